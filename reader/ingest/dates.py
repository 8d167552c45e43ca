"""Dates of feeds, in the forms that publishers really write, as whole seconds UTC. Pure."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from importlib import resources

EARLIEST = 788918400
"""1995-01-01: an older date is a fault of the publisher's system (1970, 1904, year 0), not a date."""

AHEAD = 86400
"""Seconds that a date may lie in the future; beyond that it is not believed."""

_ISO = re.compile(
    r"(\d{4})-?(\d\d)(?:-?(\d\d)(?:[T\s_]+(\d\d|\d(?=:)):?(\d\d|\d(?=:))(?::?(\d\d|(?<=:)\d)(?:[.,]\d+)?)?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?|[A-Z]{1,5})?",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:[T\s]+(.*))?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_CLOCK = re.compile(r"(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d\d?):?(\d\d)?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+\.?")
_NUMBER = re.compile(r"\d+")
_MAX = 128


def parse_date(text: str) -> int | None:
    """Seconds since 1970 UTC of a date as a feed writes it; null when it has no plain reading.

    Reads RFC 822/2822 and their slips (no weekday, no zone, two-digit year, full month names, zone names such as CEST),
    ISO 8601 and RFC 3339, `2026/10/02`, `October 2, 2026 10:00 AM`, and epoch seconds or milliseconds. No zone means UTC (rule 57).
    """
    text = " ".join(text[: _MAX * 4].split())
    if not text or len(text) > _MAX or not text.isprintable():
        return None
    if _EPOCH.fullmatch(text):
        number = float(text)
        return int(number / 1000 if number > 1e11 else number)
    if found := _ISO.fullmatch(text):
        return _from_iso(found)
    if found := _SLASHED.fullmatch(text):
        return _from_parts(int(found[1]), int(found[2]), int(found[3]), found[4] or "")
    return _from_words(text)


def sane(moment: int | None, now: int) -> int | None:
    """`moment` when it can be a publication date seen at `now`: not before 1995, at most a day ahead (then it is `now`)."""
    if moment is None or moment < EARLIEST or moment > now + AHEAD:
        return None
    return min(moment, now)


def _from_iso(found: re.Match[str]) -> int | None:
    year, month, day, hour, minute, second, zone = found.groups()
    offset = _zone(zone) if zone else 0
    if offset is None:
        return None
    return _seconds(int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), offset)


def _from_parts(year: int, month: int, day: int, rest: str) -> int | None:
    clock = _clock(rest)
    if clock is None:
        return None
    hour, minute, second, zone = clock
    return _seconds(year, month, day, hour, minute, second, zone)


def _from_words(text: str) -> int | None:
    """Forms with a month's name: day and year are the numbers left when the time of day is taken out."""
    clock = _CLOCK.search(text)
    days = text if clock is None else text[: clock.start()]
    rest = "" if clock is None else text[clock.start() :]
    months = [number for word in _WORD.findall(days) if (number := _months().get(word.rstrip(".").lower()))]
    numbers = _NUMBER.findall(days)
    if len(months) != 1:
        return None
    if len(numbers) == 1 and rest and (late := re.search(r"\b(\d{4})$", rest)):
        numbers, rest = [numbers[0], late[1]], rest[: late.start()]
    if len(numbers) != 2:
        return None
    first, second = numbers
    day, year = (second, first) if len(first) == 4 else (first, second)
    return _from_parts(_year(year), months[0], int(day), rest)


def _year(digits: str) -> int:
    """A two-digit year as RFC 2822 reads it: 00-49 is 2000-2049."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _clock(text: str) -> tuple[int, int, int, int] | None:
    """Hour, minute, second and offset in seconds of `10:00 AM EDT`; midnight UTC for nothing; null for what is no time."""
    text = text.strip()
    if not text:
        return 0, 0, 0, 0
    found = _CLOCK.match(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4][0] in "pP" else 0)
    offset = _zone(text[found.end() :].strip(" ()"))
    return None if offset is None else (hour, minute, second, offset)


def _zone(text: str) -> int | None:
    """Seconds east of UTC of `+0200`, `GMT+2`, `EDT` or nothing; null for an impossible offset. An unknown name is UTC."""
    text = text.strip()
    if found := _OFFSET.match(text):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        return (1 if found[1] == "+" else -1) * (hours * 3600 + minutes * 60)
    word = _WORD.match(text)
    return _zones().get(word[0].upper(), 0) if word else 0


def _seconds(year: int, month: int, day: int, hour: int, minute: int, second: int, offset: int) -> int | None:
    """The instant; 24:00 is the next midnight and a leap second the next second. Null for no date of the calendar."""
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    return calendar.timegm(date.timetuple()) + hour * 3600 + minute * 60 + second - offset


@functools.cache
def _months() -> dict[str, int]:
    """Month names, lower case, to 1-12."""
    return {name: int(value) for name, value in _table("months.tsv")}


@functools.cache
def _zones() -> dict[str, int]:
    """Zone names, upper case, to seconds east of UTC."""
    return {name: int(float(value) * 3600) for name, value in _table("zones.tsv")}


def _table(name: str) -> list[list[str]]:
    text = resources.files("reader.ingest").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
