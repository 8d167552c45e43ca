"""When a feed is asked again, from tables of what was answered."""

from __future__ import annotations

import calendar
import email.utils
import time

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import schedule
from reader.ingest.entries import Hints

HOUR, DAY = 3600, 86400


def http(moment: int) -> str:
    return email.utils.formatdate(moment, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=7200"}, 7200),
        ({"cache-control": "public, Max-Age=7200, stale-while-revalidate=9"}, 7200),
        ({"cache-control": 'max-age="7200"'}, 7200),
        ({"cache-control": "max-age=7200", "age": "7000"}, 200),
        ({"cache-control": "max-age=60", "age": "7000"}, 0),
        ({"cache-control": "no-cache, max-age=7200"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=nonsense"}, 0),
        ({"cache-control": "max-age=504911232"}, 504911232),
        ({"expires": http(NOW + 600)}, 600),
        ({"expires": http(NOW + 600), "cache-control": "max-age=5"}, 5),
        ({"expires": http(NOW - 600)}, 0),
        ({"expires": "0"}, 0),
        ({"expires": http(NOW + 10_600), "date": http(NOW + 10_000)}, 600),
    ],
)
def test_freshness(headers: dict[str, str], seconds: int) -> None:
    assert schedule.freshness(headers, now=NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120),
        ({"retry-after": http(NOW + 300)}, 300),
        ({"retry-after": http(NOW - 300)}, 0),
        ({"retry-after": http(NOW + 5300), "date": http(NOW + 5000)}, 300),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 40}, schedule.RETRY_CEILING),
        ({"x-ratelimit-reset": "45.3"}, 45),
        ({"x-ratelimit-reset": str(NOW + 90)}, 90),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: int | None) -> None:
    assert schedule.retry_after(headers, now=NOW) == seconds


@pytest.mark.parametrize(
    "form", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_http_dates_in_all_three_forms(form: str) -> None:
    assert schedule.http_date(form) == 784111777


def test_a_429_without_a_time_doubles() -> None:
    waits = [schedule.hold({}, failures=failures, now=NOW) - NOW for failures in range(4)]
    assert waits == [600, 1200, 2400, 4800]
    assert schedule.hold({}, failures=99, now=NOW) - NOW == DAY


def due(**known: object) -> int:
    given: dict[str, object] = {
        "now": NOW,
        "interval": None,
        "fresh": 0,
        "hints": Hints(),
        "quiet": None,
        "random": lambda: 0.0,
        **known,
    }
    return schedule.next_poll(**given) - NOW  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "seconds"),
    [
        ({}, HOUR),
        ({"fresh": 6}, HOUR),
        ({"fresh": 2 * HOUR}, 2 * HOUR),
        ({"fresh": 504911232}, DAY),
        ({"hints": Hints(interval=3 * HOUR)}, 3 * HOUR),
        ({"hints": Hints(interval=60)}, HOUR),
        ({"interval": 5 * 60}, 5 * 60),
        ({"interval": 5 * 60, "fresh": HOUR}, HOUR),
        ({"interval": 2 * DAY}, 2 * DAY),
        ({"quiet": 8 * DAY}, 6 * HOUR),
        ({"quiet": 15 * DAY}, 12 * HOUR),
        ({"quiet": 31 * DAY}, DAY),
        ({"quiet": 31 * DAY, "interval": HOUR}, HOUR),
        ({"unconditional": True}, 4 * HOUR),
        ({"unconditional": True, "interval": HOUR}, HOUR),
        ({"random": lambda: 0.999}, HOUR + 359),
    ],
)
def test_next_poll(known: dict[str, object], seconds: int) -> None:
    assert due(**known) == seconds


def test_skipped_hours_and_days_move_the_poll() -> None:
    moment = calendar.timegm((2026, 10, 3, 9, 30, 0))  # a Saturday
    assert schedule.outside(moment, Hints(skip_hours=(9, 10))) == calendar.timegm((2026, 10, 3, 11, 0, 0))
    assert schedule.outside(moment, Hints(skip_days=(5, 6))) == calendar.timegm((2026, 10, 5, 0, 0, 0))
    assert schedule.outside(moment, Hints(skip_hours=tuple(range(24)))) == moment


@given(
    st.integers(0, 2**31), st.frozensets(st.integers(0, 23), max_size=20), st.frozensets(st.integers(0, 6), max_size=5)
)
def test_a_poll_is_never_in_a_skipped_time(moment: int, hours: frozenset[int], days: frozenset[int]) -> None:
    at = schedule.outside(moment, Hints(0, tuple(hours), tuple(days)))
    parts = time.gmtime(at)
    assert at >= moment
    assert at - moment <= 8 * DAY
    assert parts.tm_hour not in hours
    assert parts.tm_wday not in days


@given(st.integers(0, 40), st.one_of(st.none(), st.integers(300, DAY)), st.floats(0, 1, exclude_max=True))
def test_back_off_stays_in_its_bounds(failures: int, interval: int | None, chance: float) -> None:
    wait = schedule.back_off(now=NOW, failures=failures, interval=interval, random=lambda: chance) - NOW
    assert schedule.FLOOR <= wait <= schedule.CEILING


def test_feeds_that_fail_together_do_not_come_back_together() -> None:
    chances = [number / 20 for number in range(20)]
    waits = {schedule.back_off(now=NOW, failures=3, interval=None, random=lambda c=chance: c) for chance in chances}
    assert len(waits) == 20
    assert max(waits) - min(waits) > 4 * HOUR


@given(
    st.integers(0, 10**10),
    st.one_of(st.none(), st.integers(300, 7 * DAY)),
    st.integers(0, 10**10),
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.floats(0, 1, exclude_max=True),
)
def test_a_poll_is_never_too_soon_nor_never(
    fresh: int, interval: int | None, hint: int, quiet: int | None, chance: float
) -> None:
    wait = due(fresh=fresh, interval=interval, hints=Hints(interval=hint), quiet=quiet, random=lambda: chance)
    assert min(schedule.FLOOR, interval or schedule.FLOOR) <= wait <= 1.1 * max(DAY, interval or 0)
    assert wait >= min(max(interval or schedule.BASE, fresh, hint), max(DAY, interval or 0)), "never sooner than told"


def test_the_hold_of_a_scope_is_the_latest_of_its_feeds() -> None:
    assert schedule.held_until("a", [("a", 5), ("b", 9), ("a", 7)]) == 7
    assert schedule.held_until("c", [("a", 5)]) == 0


def test_the_next_poll_is_outside_of_skipped_hours() -> None:
    hour = time.gmtime(NOW + HOUR).tm_hour
    assert time.gmtime(NOW + due(hints=Hints(skip_hours=(hour,)))).tm_hour == (hour + 1) % 24
