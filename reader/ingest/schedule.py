"""When a feed is asked again: pure functions over what is known, what was answered, and the time. Seconds since 1970 UTC throughout."""

from __future__ import annotations

import calendar
import email.utils
import random as randomness
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reader.ingest.entries import Hints
from reader.ingest.memory import NEVER as NEVER

BASE = 3600
"""Seconds between polls of a feed that says nothing (rule 12)."""

FLOOR = 900
CEILING = 86400
"""What any hint is clamped to."""

RETRY_CEILING = 14 * 86400
"""The longest Retry-After that is believed; one beyond a day is plainly meant."""

HOLD = 600
"""Seconds of silence after a 429 that names no time, doubled with each in a row (rule 19)."""

JITTER = 0.1
"""Share by which a normal interval is spread either way."""

DAY = 86400
PAUSING = frozenset((301, 302, 303, 307, 308, 429, 503))
"""Statuses whose Retry-After counts (RFC 9110 10.2.3, RFC 6585)."""

Random = Callable[[], float]
"""Uniform in [0, 1)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run spreads its polls, and the seconds between polls of a feed that names no interval."""

    random: Random = randomness.random
    base: int = BASE


def http_date(text: str) -> int | None:
    """An HTTP date in any of its three forms; null for anything else."""
    try:
        return calendar.timegm(email.utils.parsedate_to_datetime(text.strip()).utctimetuple())
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        return calendar.timegm(time.strptime(text.strip(), "%a %b %d %H:%M:%S %Y"))
    except ValueError:
        return None


def freshness(headers: Mapping[str, str], *, now: int) -> int:
    """Seconds for which an answer says it stays fresh: max-age less Age, else Expires against the answer's own Date; 0 for nothing.

    Header names in lower case. Source: RFC 9111 4.2.1, 5.2.2, 5.3 (rules 13, 14).
    """
    directives = _directives(headers.get("cache-control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return 0
    if "max-age" in directives:
        return max(0, _number(directives["max-age"]) - _number(headers.get("age", "")))
    expires = http_date(headers["expires"]) if "expires" in headers else None
    if expires is None:
        return 0
    sent = http_date(headers["date"]) if "date" in headers else None
    return max(0, expires - (now if sent is None else sent))


def _directives(value: str) -> dict[str, str]:
    pairs = (part.strip().lower().partition("=") for part in value.split(","))
    return {name.strip(): argument.strip(' "') for name, _, argument in pairs if name.strip()}


def _number(text: str) -> int:
    """A non-negative whole number; 0 for anything else, a very large one for more digits than make sense."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal()):
        return 0
    return int(text) if len(text) < 12 else 10**11


def retry_after(headers: Mapping[str, str], *, now: int) -> int | None:
    """Seconds of silence that Retry-After (number or date) or X-RateLimit-Reset asks for, clamped; null when neither does."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return min(_number(value), RETRY_CEILING)
    moment = http_date(value) if value else None
    if moment is not None:
        sent = http_date(headers["date"]) if "date" in headers else None
        return max(0, min(moment - (now if sent is None else sent), RETRY_CEILING))
    reset = headers.get("x-ratelimit-reset", "").strip().partition(".")[0]
    if not (reset.isascii() and reset.isdecimal()):
        return None
    seconds = _number(reset)
    return max(0, min(seconds - now if seconds > 10**9 else seconds, RETRY_CEILING))


def hold(headers: Mapping[str, str], *, failures: int, now: int) -> int:
    """Until when a host that answered 429 or 503 is left alone."""
    asked = retry_after(headers, now=now)
    if asked is None:
        asked = min(HOLD * 2 ** min(failures, 10), CEILING)
    return now + max(asked, 1)


def next_poll(
    *,
    now: int,
    interval: int | None,
    fresh: int,
    hints: Hints,
    quiet: int | None,
    random: Random,
    base: int = BASE,
    unconditional: bool = False,
) -> int:
    """When a feed that answered well is asked again.

    The longest of the feed's own interval (seconds; null: `base`), the freshness of the answer and the document's hint, clamped to
    [FLOOR, CEILING]; slower for a feed whose newest entry is `quiet` seconds old (rule 23); spread by JITTER; moved out of skipped
    hours and days. A feed without validators (`unconditional`) is asked at most every four hours unless the user says otherwise.
    """
    own = base if interval is None else interval
    wanted = max(own, fresh, hints.interval)
    if interval is None:
        wanted = max(wanted, slowed(quiet), 4 * base if unconditional else 0)
    wanted = min(max(wanted, min(FLOOR, own)), max(CEILING, own))
    spread = int(wanted * JITTER * random())
    return outside(now + wanted + spread, hints)


def slowed(quiet: int | None) -> int:
    """Interval of a feed whose newest entry is that old: a day from 30 days, half a day from 14, a quarter from 7."""
    if quiet is None:
        return 0
    for days, interval in ((30, DAY), (14, DAY // 2), (7, DAY // 4)):
        if quiet >= days * DAY:
            return interval
    return 0


def outside(moment: int, hints: Hints) -> int:
    """The first time from `moment` that is in none of the skipped hours and days (GMT); `moment` when all are skipped."""
    at = moment
    for _ in range(24 * 8):
        parts = time.gmtime(at)
        if parts.tm_hour not in hints.skip_hours and parts.tm_wday not in hints.skip_days:
            return at
        at += 3600 - at % 3600
    return moment


def back_off(*, now: int, failures: int, interval: int | None, random: Random, base: int = BASE) -> int:
    """When a feed that failed `failures` times in a row is asked again: exponential with full jitter, FLOOR to CEILING (rule 20)."""
    own = base if interval is None else interval
    most = min(own * 2 ** min(failures, 8), CEILING)
    return now + max(FLOOR // 3, int(FLOOR + random() * max(0, most - FLOOR)))


def missing(*, now: int, since: int, failures: int, interval: int | None, random: Random, base: int = BASE) -> int:
    """When a feed that is 404 since `since` is asked again: daily after 3 failures, weekly after 14 days (rule 28)."""
    if now - since >= 14 * DAY:
        return now + 7 * DAY + int(DAY * random())
    if failures >= 3:
        return now + DAY + int(3600 * random())
    return back_off(now=now, failures=failures, interval=interval, random=random, base=base)


PAUSED_AFTER = 60 * DAY
"""Seconds of 404 after which a feed is paused and shown as such."""


def held_until(scope: str, holds: Iterable[tuple[str, int]]) -> int:
    """Until when a scope is silent: the latest of the holds of its feeds."""
    return max((until for held, until in holds if held == scope), default=0)
