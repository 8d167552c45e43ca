from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.stories.periods import day_of, horizon, period

TODAY = date(2026, 4, 9)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("this year", "2026"),
        ("last year", "2025"),
        ("fiscal 2026", "2026"),
        ("FY26", "2026"),
        ("Q3", "2026-Q3"),
        ("third quarter of 2025", "2025-Q3"),
        ("last quarter", "2026-Q1"),
        ("May", "2026-05"),
        ("December", "2025-12"),
        ("on Wednesday", "2026-04-08"),
        ("Thursday", "2026-04-09"),
        ("yesterday", "2026-04-08"),
        ("April 8, 2026", "2026-04-08"),
        ("8 April", "2026-04-08"),
        ("2026-04-08", "2026-04-08"),
        ("this week", "2026-04-06/2026-04-12"),
        ("second half of 2026", "2026-07-01/2026-12-31"),
        ("this summer", "2026-06-01/2026-08-31"),
    ],
)
def test_period(words, key):
    found = period(words, TODAY)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by the end of 2027", date(2027, 12, 31)),
        ("by June", date(2026, 6, 30)),
        ("before 2027", date(2026, 12, 31)),
        ("in early 2027", date(2027, 4, 30)),
        ("mid-2027", date(2027, 8, 31)),
        ("later this year", date(2026, 12, 31)),
        ("next month", date(2026, 5, 31)),
        ("within five years", date(2031, 4, 9)),
        ("over the next 18 months", date(2027, 10, 9)),
        ("in the coming weeks", date(2026, 5, 21)),
        ("tomorrow", date(2026, 4, 10)),
        ("next Tuesday", date(2026, 4, 14)),
        ("this decade", date(2030, 12, 31)),
    ],
)
def test_horizon(words, due):
    assert horizon(words, TODAY) == due


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by the end of June", date(2027, 6, 30)),
        ("in October", date(2027, 10, 31)),
        ("in November", date(2026, 11, 30)),
        ("this summer", date(2027, 8, 31)),
        ("in the third quarter", date(2027, 9, 30)),
        ("on Friday", date(2026, 11, 27)),
        ("before March", date(2027, 2, 28)),
        ("by February 3", date(2027, 2, 3)),
        ("in 2025", None),
        ("last year", None),
        ("yesterday", None),
        ("by June 2026", None),
    ],
)
def test_a_horizon_is_never_past(words, due):
    assert horizon(words, date(2026, 11, 23)) == due


@pytest.mark.parametrize(
    "words", ["soon", "eventually", "", "a decade", "February 30", "at scale", "two to three years"]
)
def test_words_that_name_no_day(words):
    assert horizon(words, TODAY) is None


@given(st.text(max_size=60), st.dates(min_value=date(1971, 1, 1), max_value=date(2200, 1, 1)))
def test_any_words_are_read_without_error(words, published):
    found = period(words, published)
    assert found is None or found.start <= found.end
    due = horizon(words, published)
    assert due is None or due >= published - timedelta(days=1)


def test_day_of():
    assert day_of(0) == date(1970, 1, 1)
