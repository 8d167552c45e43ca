"""The syntax tree of a query: one frozen dataclass a kind of term."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: every article."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand together in the title or the text (in the title only with `title`); the last may be a `prefix`."""

    text: str
    prefix: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A bare word of STATES: what the reader did with the article, or `today`."""

    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """`field:value` for the fields whose value is a name or one of a few choices."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Age:
    """`newer:2d` or `older:1w`: `count` of a `unit` (h d w m y) before now."""

    field: str
    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Day:
    """`newer:2026-04-01` (that day or later) or `older:2026-04-01` (before that day), in the reader's time zone."""

    field: str
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers from `low` to `high`; null is an open side. `above` and `below` leave out the bound itself."""

    low: float | None = None
    high: float | None = None
    above: bool = False
    below: bool = False

    def __contains__(self, number: float) -> bool:
        low, high = self.low, self.high
        return (low is None or number > low or (number == low and not self.above)) and (
            high is None or number < high or (number == high and not self.below)
        )


@dataclass(frozen=True, slots=True)
class Count:
    """`story:>2` and its like: a whole number that belongs to the article."""

    field: str
    range: Range


@dataclass(frozen=True, slots=True)
class Amount:
    """`amount:>1B`: the article holds a figure in the range.

    The figure is money (of `currency`, ISO 4217, where given), or a percentage with `percent`.
    """

    range: Range
    currency: str | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What `term` does not match."""

    term: Node


@dataclass(frozen=True, slots=True)
class And:
    """What every one of `terms` (two or more) matches."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any of `terms` (two or more) matches."""

    terms: tuple[Node, ...]


Node: TypeAlias = Everything | Words | State | Match | Age | Day | Count | Amount | Not | And | Or


def sought(tree: Node) -> Iterator[Words]:
    """The words that a matching article may show, in the order of the query: what a reader wants highlighted."""
    match tree:
        case Words():
            yield tree
        case And(terms) | Or(terms):
            for term in terms:
                yield from sought(term)
