"""Two numbers as one range, and what the ends of a range lend each other: currency, unit, scale."""

from __future__ import annotations

from reader.insight.figure.numbers import tidy
from reader.insight.figure.quantity import Quantity


def adopted(first: Quantity, second: Quantity) -> Quantity | None:
    """The first number of a change "from 4.8 to 4.7 percent" with the unit of the second; null when it has its own."""
    if not first.bare or second.bare or first.low is None or not second.mantissa or second.high is None:
        return None
    scale = second.scale if first.scale == 1 else 1.0
    value = tidy(first.low * scale)
    return second._replace(first=first.first, last=first.last, low=value, high=value, per=None, mantissa=first.mantissa)


def joined_range(first: Quantity, second: Quantity) -> Quantity | None:
    """One range from its two ends: currency, unit and scale spread over it; null where they do not go together."""
    if (
        first.direction
        or second.qualifier == "range"
        or first.low is None
        or second.high is None
        or first.low != first.high
    ):
        return None
    if first.currency and second.currency and first.currency != second.currency:
        return None
    if not first.bare and not second.bare and (first.unit, first.currency) != (second.unit, second.currency):
        return None
    if first.per and second.per and first.per != second.per:
        return None
    if (first.kind == "multiple" and second.kind != "multiple") or (first.bare and first.scale > second.scale > 1):
        return None
    if second.bare and first.kind not in ("money", "count") and not first.bare:
        return None
    main = second if first.bare else first
    low, high = _spread(first, second, main)
    if low is None or high is None or not low < high:
        return None
    per = second.per or first.per
    return main._replace(
        first=first.first,
        last=second.last,
        low=low,
        high=high,
        qualifier="range",
        per=per,
        mantissa=first.mantissa,
        scale=second.scale,
        bare=first.bare and second.bare,
        rule=main.rule.partition(".")[0] + ".range",
    )


def _spread(first: Quantity, second: Quantity, main: Quantity) -> tuple[float | None, float | None]:
    """Both ends in the common unit: a scale or factor that only the second number has also holds for the first."""
    low, high = first.low, second.high
    if low is None or high is None:
        return None, None
    if first.scale == 1 and second.scale > 1 and abs(first.mantissa) < abs(second.mantissa):
        low *= second.scale
    if first.bare and not second.bare and second.mantissa:
        low *= (
            abs(second.high or 0.0) / (second.mantissa * second.scale)
            if second.kind in ("size", "money", "rate")
            else 1.0
        )
    if second.bare and not first.bare and first.mantissa:
        factor = abs(low) / (first.mantissa * first.scale) if first.mantissa else 1.0
        high *= factor if second.scale == 1 and first.kind == "size" else 1.0
        if second.scale == 1 and first.scale > 1:
            high *= first.scale
    return tidy(low), tidy(high)
