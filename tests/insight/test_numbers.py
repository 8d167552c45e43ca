"""Numbers as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.insight.figure.numbers import plain_value, read_number
from reader.insight.syntax.document import read


def value(text: str) -> float | tuple[float, float] | None:
    number = read_number(read(text), 0)
    if number is None:
        return None
    return number.low if number.low == number.high else (number.low, number.high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,140 tests", 1140),
        ("94.3%", 94.3),
        ("12,34,567.89 rupees", 1234567.89),
        ("1\u202f234\u202f567 euros", 1234567),
        ("128K tokens", 128_000),
        ("27.5T tokens", 27.5e12),
        ("12m users", 12e6),
        ("4.3 bn", 4.3e9),
        ("1.8 billion-mile", 1.8e9),
        ("10 1/2 miles", 10.5),
        ("1/4 mile", 0.25),
        ("½ cup", 0.5),
        ("10^25 operations", 1e25),
        ("10²⁵ operations", 1e25),
        ("1.5×10^24 operations", 1.5e24),
    ],
)
def test_digits(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["2.0.1", "1,2,3", "12,34", "1" * 40, "3,2 trillion"])
def test_odd_digits_are_no_number(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nineteen hours", 19),
        ("twenty-one labs", 21),
        ("two hundred and fifty-one thousand", 251_000),
        ("one point five million", 1.5e6),
        ("one and a half million", 1.5e6),
        ("half a million", 5e5),
        ("a quarter million", 2.5e5),
        ("two dozen labs", 24),
        ("four hundred million", 4e8),
        ("one-tenth as much", 0.1),
        ("two-thirds of", 2 / 3),
        ("a third of", 1 / 3),
    ],
)
def test_words(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hundreds of billions", (2e11, 9.99e11)),
        ("tens of thousands of users", (2e4, 9.99e4)),
        ("a few thousand", (2e3, 9e3)),
        ("several hundred", (2e2, 9e2)),
    ],
)
def test_vague_magnitudes_are_intervals(text: str, expected: tuple[float, float]) -> None:
    assert value(text) == pytest.approx(expected)


@given(st.integers(0, 10**12))
def test_grouped_and_plain_digits_have_the_same_value(number: int) -> None:
    assert plain_value(f"{number:,}") == plain_value(str(number)) == number


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    document = read(text)
    for index in range(len(document.tokens)):
        number = read_number(document, index)
        if number is not None:
            assert number.first <= number.last < len(document.tokens)
            assert number.low <= number.high < 1e31
