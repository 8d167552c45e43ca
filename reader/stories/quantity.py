"""A written number as the interval of values it stands for: precision, hedges, ranges, currencies."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from reader.stories.words import table

EXCHANGE = 0.05
"""Share by which a value is widened when it is converted at a yearly rate."""

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common, give or take what arithmetic loses."""
        slack = 1e-9 * max(abs(self.low), abs(self.high), abs(other.low), abs(other.high))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def plus(self, other: Interval) -> Interval:
        """The interval of sums."""
        return Interval(self.low + other.low, self.high + other.high)


def half_step(value: float, written: str | None = None) -> float:
    """Half a unit of the last written digit, in the unit of `value`: 0.5e9 for "$14 billion", 0.05 for "92.7".

    With the text as it was `written` the digits are counted there ("$115 to $135 billion": the last number); else the value is taken
    to be written with the largest scale (thousand … trillion) that leaves at least one digit before the point.
    """
    numbers = _DIGITS.findall(written) if written else []
    if numbers:
        last = numbers[-1].replace(",", "")
        number = float(last)
        scale = abs(value) / number if number else 1.0
        return 0.5 * scale * 10.0 ** -len(last.partition(".")[2])
    scale = 1.0
    for larger in (1e3, 1e6, 1e9, 1e12):
        if abs(value) >= larger:
            scale = larger
    mantissa = f"{abs(value) / scale:.6f}".rstrip("0").rstrip(".")
    return 0.5 * scale * 10.0 ** -len(mantissa.partition(".")[2])


def interval(low: float, high: float | None = None, *, hedge: str = "", written: str | None = None) -> Interval:
    """The values that a written number or range may stand for, widened by half its last digit and by its hedge.

    A hedge with one side ("over", "nearly", "up to") keeps the written value as its sharp limit.
    """
    top = low if high is None else high
    step = half_step(top, written)
    factors = hedge_factors(hedge)
    if factors is None:
        return Interval(low - step, top + step)
    down, up = factors
    blur = step if down < 1 < up else 0.0
    lower, upper = low * down - blur, top * up + blur
    return Interval(min(lower, upper), max(lower, upper))


@lru_cache(maxsize=4096)
def hedge_factors(hedge: str) -> tuple[float, float] | None:
    """Shares of the written value between which it may lie ("could top" -> 1 … 1.15); null when the words say nothing of size."""
    plain = f" {' '.join(re.findall(r'[a-z]+', hedge.lower()))} "
    found = [(len(phrase), factors) for phrase, factors in _hedges() if phrase in plain]
    if found:
        return max(found)[1]
    return (0.95, 1.05) if "~" in hedge else None


@cache
def _hedges() -> tuple[tuple[str, tuple[float, float]], ...]:
    """Phrases with a space at either end, and their factors."""
    return tuple((f" {phrase} ", (float(low), float(high))) for phrase, low, high in table("hedges.tsv"))


def in_dollars(values: Interval, currency: str) -> Interval | None:
    """The interval in US dollars, wider by the exchange rate's change in a year; null for an unknown currency."""
    rate = _rates().get(currency)
    if rate is None:
        return None
    if currency == "USD":
        return values
    return Interval(values.low * rate * (1 - EXCHANGE), values.high * rate * (1 + EXCHANGE))


def is_currency(unit: str) -> bool:
    """Whether a unit is an ISO 4217 code that has a rate here."""
    return unit in _rates()


def same_value(a: float, b: float) -> bool:
    """Whether two written values are the same number."""
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)


@cache
def _rates() -> dict[str, float]:
    return {code: float(rate) for code, rate in table("currencies.tsv")}
