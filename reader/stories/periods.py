"""Words for a time -> the days they mean, seen from the day the text was published: "this year", "Q3", "by 2030", "within five years"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SMALL = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_SMALL |= {"twelve": 12, "eighteen": 18, "twenty": 20, "couple": 2, "few": 3, "several": 5}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}

_UNIT = r"(?P<unit>day|week|month|quarter|year|decade)"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included. `kind`: day | week | month | quarter | season | half | year | span."""

    start: date
    end: date
    kind: str

    @property
    def key(self) -> str:
        """The same text for the same period: "2026", "2026-Q3", "2026-04", "2026-04-08" or start/end."""
        if self.kind == "year":
            return f"{self.start.year}"
        if self.kind == "quarter":
            return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
        if self.kind == "month":
            return f"{self.start:%Y-%m}"
        return f"{self.start}" if self.start == self.end else f"{self.start}/{self.end}"


def day_of(time: float) -> date:
    """The day (UTC) of a time in seconds since 1970 UTC."""
    return datetime.fromtimestamp(time, UTC).date()


def period(words: str, published: date) -> Period | None:
    """The period that `words` name, seen from `published`; null when they name none. A bare weekday is the last one up to that day."""
    plain = re.sub(r"\s+", " ", words.lower().replace("’", "'")).strip()[:120]
    return _first(_PERIODS, plain, published)


def horizon(words: str, published: date) -> date | None:
    """The last day by which something announced with `words` is due; null when no day can be named ("soon") or it is past.

    The latest reading is taken, so that nothing is called overdue too soon: "by June" ends with June, "this decade" with 2030; only
    "before 2027" ends with the day before. "Early 2027" ends with April, "mid-2027" with August. A month, season, quarter or weekday
    without a year is the next to come.
    """
    plain = re.sub(r"\s+", " ", words.lower().replace("’", "'")).strip()[:120]
    ahead = _first(_HORIZONS, plain, published) or _coming(plain, published)
    if ahead is None or ahead.end < published:
        return None
    year = ahead.start.year if ahead.kind == "year" else None
    if year and re.search(r"\b(?:early|first half of)\b", plain):
        return date(year, 6 if "half" in plain else 4, 30)
    if year and re.search(r"\bmid\b|\bmiddle of\b", plain):
        return date(year, 8, 31)
    if re.search(r"\bbefore\b(?! the end\b)", plain) and ahead.start > published:
        return ahead.start - timedelta(days=1)
    return ahead.end


def _coming(plain: str, published: date) -> Period | None:
    """The period that words of a forecast name: where it would be past, and no year is named, the next one of its kind."""
    named = period(plain, published)
    if (
        named is None
        or named.end >= published
        or re.search(rf"\b{_YEAR}\b|\b(?:last|past|previous|yesterday|fy)", plain)
    ):
        return named
    if any(day in plain for day in _WEEKDAYS):
        return Period(named.start + timedelta(days=7), named.end + timedelta(days=7), named.kind)
    return period(plain, published.replace(year=published.year + 1, day=min(published.day, 28)))


Reader = Callable[[re.Match[str], date], Period | None]


def _first(table: tuple[tuple[re.Pattern[str], Reader], ...], plain: str, published: date) -> Period | None:
    for pattern, read in table:
        match = pattern.search(plain)
        if match:
            try:
                found = read(match, published)
            except (ValueError, OverflowError):  # a day that no calendar has
                return None
            if found:
                return found
    return None


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def _months(year: int, first: int, last: int, kind: str) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), kind)


def _quarter(number: int, year: int) -> Period:
    return _months(year, 3 * number - 2, 3 * number, "quarter")


def _shift(word: str) -> int:
    return {"last": -1, "past": -1, "previous": -1, "prior": -1, "next": 1, "coming": 1, "following": 1}.get(word, 0)


def _full_day(match: re.Match[str], published: date) -> Period:
    month, day = _MONTHS[match["month"]], int(match["day"])
    year = int(match["year"]) if match["year"] else _near_year(published, month, day)
    found = date(year, month, day)
    return Period(found, found, "day")


def _near_year(published: date, month: int, day: int) -> int:
    """The year that brings a day without one nearest to the day of publication."""
    return min(
        (published.year + shift for shift in (-1, 0, 1)),
        key=lambda year: abs((date(year, month, min(day, 28)) - published).days),
    )


def _named_month(match: re.Match[str], published: date) -> Period:
    month = _MONTHS[match["month"]]
    year = int(match["year"]) if match["year"] else _near_year(published, month, 15)
    return _months(year, month, month, "month")


def _named_quarter(match: re.Match[str], published: date) -> Period:
    word = match["number"] or match["ordinal"]
    number = int(word) if word.isdigit() else _ORDINALS[word]
    year = match["year"]
    if not year:
        return _quarter(number, published.year)
    return _quarter(number, int(year) if len(year) == 4 else 2000 + int(year))


def _relative(match: re.Match[str], published: date) -> Period | None:
    shift, unit = _shift(match["which"]), match["unit"]
    if unit == "year":
        return _year(published.year + shift)
    if unit == "quarter":
        index = published.year * 4 + (published.month - 1) // 3 + shift
        return _quarter(index % 4 + 1, index // 4)
    if unit == "month":
        index = published.year * 12 + published.month - 1 + shift
        return _months(index // 12, index % 12 + 1, index % 12 + 1, "month")
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
        return Period(monday, monday + timedelta(days=6), "week")
    first, last = _SEASONS[unit]
    return _months(published.year + shift, first, last, "season")


def _half(match: re.Match[str], published: date) -> Period:
    year = int(match["year"]) if match["year"] else published.year + _shift(match["which"] or "this")
    return _months(year, 1, 6, "half") if match["half"] in ("first", "1") else _months(year, 7, 12, "half")


def _weekday(match: re.Match[str], published: date) -> Period:
    back = (published.weekday() - _WEEKDAYS[match["day"]]) % 7
    found = published - timedelta(days=back) if match["which"] != "next" else published + timedelta(days=7 - back)
    return Period(found, found, "day")


def _near_day(match: re.Match[str], published: date) -> Period:
    shift = {"yesterday": -1, "tomorrow": 1}.get(match[0], 0)
    found = published + timedelta(days=shift)
    return Period(found, found, "day")


def _iso(match: re.Match[str], _: date) -> Period:
    found = date.fromisoformat(match[0])
    return Period(found, found, "day")


def _within(match: re.Match[str], published: date) -> Period | None:
    count = int(match["count"]) if match["count"].isdigit() else _SMALL[match["count"]]
    days = {"day": 1, "week": 7, "month": 30.4375, "quarter": 91.3125, "year": 365.25, "decade": 3652.5}[match["unit"]]
    return Period(published, published + timedelta(days=round(count * days)), "span")


def _few(match: re.Match[str], published: date) -> Period:
    days = {"days": 7, "weeks": 42, "months": 183, "quarters": 274, "years": 1826}[match["unit"]]
    return Period(published, published + timedelta(days=days), "span")


def _decade_end(match: re.Match[str], published: date) -> Period:
    return _year(published.year // 10 * 10 + 10)


def _table(*rows: tuple[str, Reader]) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple((re.compile(pattern), read) for pattern, read in rows)


_PERIODS = _table(
    (rf"\b{_YEAR}-\d\d-\d\d\b", _iso),
    (rf"\b(?P<month>{_MONTH})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?:,? (?P<year>{_YEAR}))?", _full_day),
    (rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>{_YEAR}))?", _full_day),
    (rf"\bq(?P<number>[1-4])(?P<ordinal>)(?:[ -](?:of )?(?:fy|fiscal )?'?(?P<year>{_YEAR}|\d\d\b))?", _named_quarter),
    (
        rf"\b(?P<number>)(?P<ordinal>first|second|third|fourth)[ -](?:fiscal )?quarter\b(?: of)?(?: (?:fiscal )?(?P<year>{_YEAR}))?",
        _named_quarter,
    ),
    (rf"\b(?P<half>first|second) half(?: of)?(?: (?P<year>{_YEAR}))?(?: (?P<which>this|next|last)? ?year)?", _half),
    (rf"\bh(?P<half>[12])(?: (?P<year>{_YEAR}))?(?P<which>)", _half),
    (
        r"\b(?P<which>this|current|last|past|previous|prior|next|coming|following)"
        r" (?:fiscal |calendar )?(?P<unit>year|quarter|month|week)\b",
        _relative,
    ),
    (r"\b(?P<which>this|last|past|next|coming) (?P<unit>spring|summer|fall|autumn)\b", _relative),
    (r"\b(?P<which>)(?:end of the|later in the|the|full) (?P<unit>year|quarter|month|week)\b", _relative),
    (r"\byear(?P<which>)[ -]end\b(?P<unit>)", lambda _, published: _year(published.year)),
    (r"\b(?:this|the|of the) decade\b", _decade_end),
    (rf"\b(?P<month>{_MONTH})\b\.?(?:,? (?:of )?(?P<year>{_YEAR}))?", _named_month),
    (rf"\b(?:fy|fiscal(?: year)? ?)?'?(?P<year>{_YEAR})\b", lambda match, _: _year(int(match["year"]))),
    (r"\bfy(?P<year>\d\d)\b", lambda match, _: _year(2000 + int(match["year"]))),
    (rf"\b(?:(?P<which>last|next|this) )?(?P<day>{'|'.join(_WEEKDAYS)})\b", _weekday),
    (r"\btoday\b|\byesterday\b|\btomorrow\b|\btonight\b", _near_day),
)

_COUNT = "|".join(sorted(_SMALL, key=len, reverse=True))
_HORIZONS = _table(
    (
        rf"\b(?:within|in|over|after)(?: the)?(?: next| coming)?(?: about| roughly| around| just| some)? (?P<count>\d{{1,3}}|{_COUNT})"
        rf"(?: of| or so)? {_UNIT}s?\b",
        _within,
    ),
    (
        rf"\b(?:the )?(?:next|coming) (?P<count>\d{{1,3}}|{_COUNT})(?: of| or so)? {_UNIT}s?\b",
        _within,
    ),
    (rf"\b(?P<count>\d{{1,3}}|{_COUNT}) {_UNIT}s? from now\b", _within),
    (r"\b(?:coming|next few|following) (?P<unit>days|weeks|months|quarters|years)\b", _few),
)
