"""Dates as publishers write them."""

from __future__ import annotations

import calendar
import datetime
import email.utils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.dates import AHEAD, EARLIEST, parse_date, sane

TEN = "2026-10-02T10:00:00Z"


def seconds(iso: str) -> int:
    return int(datetime.datetime.fromisoformat(iso.replace("Z", "+00:00")).timestamp())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri, 02 Oct 2026 10:00:00 GMT", TEN),
        ("Fri, 02 Oct 2026 10:00:00", TEN),
        ("Fri, 2 Oct 26 10:00 UT", TEN),
        ("02 Oct 2026 10:00:00 +0000", TEN),
        ("Fri, 02 Oct 2026 12:00:00 CEST", TEN),
        ("Fri, 02 Oct 2026 06:00:00 EDT", TEN),
        ("Fri, 02 Oct 2026 15:30:00 +05:30", TEN),
        ("Fri, 02 Oct 2026 12:00:00 GMT+2", TEN),
        ("2026-10-02T10:00:00Z", TEN),
        ("2026-10-02T10:00:00.123456+00:00", TEN),
        ("2026-10-02T05:00:00-0500", TEN),
        ("2026-10-02 10:00:00 UTC", TEN),
        ("2026-10-02 10:00", TEN),
        ("2026-10-02T12:00:0+02:00", TEN),
        ("2026-10-02T9:5:07Z", "2026-10-02T09:05:07Z"),
        ("2026/10/02 10:00:00", TEN),
        ("Friday, October 2, 2026 10:00 AM", TEN),
        ("October 2nd, 2026 12:00 PM CEST", TEN),
        ("Fri Oct  2 10:00:00 2026", TEN),
        ("Fri Oct  2 10:00:00 UTC 2026", TEN),
        ("Fr, 2 Okt. 2026 12:00:00 +0200", TEN),
        ("Sex, 02 Out 2026 07:00:00 -0300", TEN),
        ("ven., 2 octobre 2026 12:00 CEST", TEN),
        ("1790935200", TEN),
        ("1790935200000", TEN),
        ("Oct 2, 2026", "2026-10-02T00:00:00Z"),
        ("2026/10/02", "2026-10-02T00:00:00Z"),
        ("20261002", "2026-10-02T00:00:00Z"),
        ("2026-10-02", "2026-10-02T00:00:00Z"),
        ("2026-10", "2026-10-01T00:00:00Z"),
        ("2026-10-01T24:00:00Z", "2026-10-02T00:00:00Z"),
        ("Thu, 01 Oct 2026 12:00 AM", "2026-10-01T00:00:00Z"),
    ],
)
def test_parse_date(text: str, expected: str) -> None:
    assert parse_date(text) == seconds(expected)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "yesterday", "TBD 99999999999999999999", "2026-W53-7", "2026-13-01", "2026-02-30", "Mon, 01 Jun 2026 00:00:00 +9959",
        "Sat, 01 Jan 0000 00:00:00 GMT", "2026-10-02T25:00:00Z", "2026-10-02T10:61:00Z", "20261002T10000", "2026-10-02T910:00",
        "Oct Nov 2 2026", "2 3 4 Oct", "x" * 5000, "\x1b[2J",
    ],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.integers(EARLIEST, 4_000_000_000))
def test_every_standard_form_round_trips(moment: int) -> None:
    assert parse_date(email.utils.formatdate(moment)) == moment
    assert parse_date(email.utils.formatdate(moment, usegmt=True)) == moment
    iso = datetime.datetime.fromtimestamp(moment, datetime.UTC)
    assert parse_date(iso.isoformat()) == moment
    assert parse_date(iso.strftime("%Y-%m-%dT%H:%M:%SZ")) == moment
    assert calendar.timegm(iso.timetuple()) == moment


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), int)


def test_sane() -> None:
    now = seconds(TEN)
    assert sane(now - 5, now) == now - 5
    assert sane(now + 3600, now) == now
    assert sane(now + AHEAD + 1, now) is None
    assert sane(0, now) is None
    assert sane(EARLIEST - 1, now) is None
    assert sane(None, now) is None
