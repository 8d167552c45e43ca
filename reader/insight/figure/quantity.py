"""One quantity in a text, in tokens: what the reading rules hand to each other before a figure is made of it."""

from __future__ import annotations

from typing import NamedTuple


class Quantity(NamedTuple):
    """A quantity in the text: tokens `first` to `last` (inclusive), its interval, and what is measured."""

    first: int
    last: int
    kind: str
    low: float | None
    high: float | None
    rule: str
    unit: str | None = None
    currency: str | None = None
    per: str | None = None
    qualifier: str = "="
    direction: str | None = None
    mantissa: float = 0.0
    """The first number as written, without its scale."""
    scale: float = 1.0
    signed: bool = False
    """It has a minus sign."""
    bare: bool = False
    """It has neither unit nor currency."""
