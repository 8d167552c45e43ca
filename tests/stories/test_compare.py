import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.stories import compare
from reader.stories.compare import RELATIONS
from reader.stories.quantity import Interval, half_step, hedge_factors, in_dollars, interval

DEAL = {
    "entity": "Corvid>Tessera",
    "metric": "investment",
    "basis": "2025 deal",
    "unit": "USD",
    "status": "done",
    "date": "2026-04-09",
}
SCORE = {"entity": "Heron 3", "metric": "benchmark", "basis": "GPQA Diamond", "unit": "score", "date": "2026-04-10"}
ROUND = {
    "entity": "Solstice",
    "metric": "valuation",
    "basis": "unstated",
    "unit": "USD",
    "status": "done",
    "date": "2026-04-07",
}
PLAN = {
    "entity": "Larkspur",
    "metric": "capex",
    "basis": "FY2026",
    "unit": "USD",
    "status": "guidance",
    "date": "2026-04-09",
}
MOVE = {"entity": "Corvid", "metric": "price_move", "basis": "unstated", "unit": "percent", "date": "2026-04-09"}


def case(base, a, b):
    return {**base, "outlet": "One", **a}, {**base, "outlet": "Two", **b}


@pytest.mark.parametrize(
    ("base", "a", "b", "said"),
    [
        (DEAL, {"value": 14.3e9}, {"value": 14.3e9}, "agree"),
        (DEAL, {"value": 14.3e9}, {"value": 14e9, "hedge": "over"}, "compatible"),
        (DEAL, {"value": 14.3e9}, {"value": 14e9}, "compatible"),
        (DEAL, {"value": 14.3e9}, {"value": 15e9}, "conflict"),
        (DEAL, {"value": 14.3e9}, {"value": 15e9, "metric": "unit size"}, "different"),
        (DEAL, {"value": 14.3e9}, {"value": 3e9, "entity": "Corvid>Monolith"}, "different"),
        (DEAL, {"value": 14.3e9}, {"value": 3e9, "entity": "Tessera>Corvid"}, "different"),
        (
            DEAL,
            {"value": 10e9, "hedge": "could top", "status": "talks", "date": "2025-06-08"},
            {"value": 14.3e9, "date": "2025-06-13"},
            "revised",
        ),
        (DEAL, {"value": 10e9, "status": "talks"}, {"value": 14e9, "status": "talks", "date": "2026-04-12"}, "revised"),
        (DEAL, {"value": 10e9, "status": "talks"}, {"value": 14e9, "status": "talks"}, "conflict"),
        (DEAL, {"value": 10e9, "status": "talks"}, {"value": 14e9}, "revised"),
        (DEAL, {"value": 6.5e9, "hedge": "nearly"}, {"value": 6.4e9}, "compatible"),
        (DEAL, {"value": 10e9, "basis": "upfront"}, {"value": 40e9, "basis": "maximum"}, "different"),
        (DEAL, {"value": 40e6, "unit": "GBP"}, {"value": 50e6, "hedge": "roughly"}, "compatible"),
        (DEAL, {"value": 40e6, "unit": "GBP"}, {"value": 90e6}, "conflict"),
        (SCORE, {"value": 92.7}, {"value": 77.6}, "conflict"),
        (SCORE, {"value": 92.7}, {"value": 77.6, "date": "2026-08-01"}, "conflict"),
        (SCORE, {"value": 92.7}, {"value": 92.7, "unit": "percent"}, "compatible"),
        (SCORE, {"value": 42.8}, {"value": 42.8, "basis": "HLE"}, "different"),
        (SCORE, {"value": 42.8}, {"value": 50.2, "basis": "GPQA Diamond with tools"}, "different"),
        (ROUND, {"value": 18e9, "basis": "post-money"}, {"value": 16e9}, "different"),
        (ROUND, {"value": 18e9, "basis": "post-money"}, {"value": 18e9}, "compatible"),
        (ROUND, {"value": 18e9}, {"value": 20e9, "date": "2026-06-01"}, "revised"),
        (ROUND, {"value": 18e9}, {"value": 16e9, "date": "2026-06-01"}, "conflict"),
        (PLAN, {"value": 115e9, "value_hi": 135e9}, {"value": 135e9, "hedge": "up to"}, "compatible"),
        (
            PLAN,
            {"value": 115e9, "value_hi": 135e9},
            {"value": 125e9, "value_hi": 145e9, "date": "2026-04-29"},
            "revised",
        ),
        (PLAN, {"value": 115e9, "value_hi": 135e9}, {"value": 72e9, "basis": "FY2025"}, "different"),
        (MOVE, {"value": 6.5}, {"value": 9, "hedge": "about"}, "conflict"),
        (MOVE, {"value": 6.5}, {"value": 9, "basis": "intraday"}, "different"),
        (MOVE, {"value": 6.5}, {"value": 9, "outlet": "One", "date": "2026-04-10"}, "revised"),
    ],
)
def test_compare(base, a, b, said):
    first, second = case(base, a, b)
    assert compare(first, second) == said
    assert compare(second, first) == said


VALUES = st.floats(min_value=0.01, max_value=1e13, allow_nan=False)
REPORTS = st.fixed_dictionaries(
    {
        "entity": st.sampled_from(["A", "B"]),
        "metric": st.sampled_from(["valuation", "benchmark", "revenue"]),
        "basis": st.sampled_from(["", "unstated", "post-money", "GPQA Diamond"]),
        "value": VALUES,
        "value_hi": st.none() | VALUES,
        "unit": st.sampled_from(["USD", "EUR", "percent", ""]),
        "hedge": st.sampled_from(["", "about", "over", "up to", "nonsense"]),
        "status": st.sampled_from(["done", "talks", "guidance"]),
        "date": st.sampled_from([None, "2026-04-01", "2026-04-02", "2026-06-01"]),
        "outlet": st.sampled_from(["One", "Two"]),
    }
)


@given(REPORTS, REPORTS)
def test_compare_always_answers_and_is_symmetric(a, b):
    said = compare(a, b)
    assert said in RELATIONS
    assert compare(b, a) == said
    assert compare(a, a) == "agree"


@pytest.mark.parametrize(
    ("value", "written", "step"),
    [
        (14e9, "$14 billion", 0.5e9),
        (14.3e9, "$14.3 billion", 0.05e9),
        (135e9, "$115 billion to $135 billion", 0.5e9),
        (1200, "1,200 jobs", 0.5),
        (9, "nine months", 0.5),
        (14.3e9, None, 0.05e9),
        (50e6, None, 0.5e6),
        (92.7, None, 0.05),
        (0, None, 0.5),
        (0, "0", 0.5),
    ],
)
def test_half_a_unit_of_the_last_written_digit(value, written, step):
    assert half_step(value, written) == pytest.approx(step)


def test_intervals_of_hedged_numbers():
    assert interval(14e9, hedge="over") == Interval(14e9, pytest.approx(16.1e9))
    assert interval(14e9, hedge="nears") == Interval(pytest.approx(13.3e9), 14e9)
    assert interval(40e9, hedge="up to") == Interval(0, 40e9)
    assert interval(10, hedge="about") == Interval(pytest.approx(9), pytest.approx(11))
    assert hedge_factors("could top") == (1, 1.15)
    assert hedge_factors("no more than") == (0, 1)
    assert hedge_factors("said") is None


def test_currencies_widen():
    dollars = in_dollars(Interval(100, 100), "EUR")
    assert dollars is not None
    assert dollars.low < 113 < dollars.high
    assert in_dollars(Interval(1, 1), "USD") == Interval(1, 1)
    assert in_dollars(Interval(1, 1), "XXX") is None
