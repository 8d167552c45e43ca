"""The order of the briefing: who reports a story, what is in it, what is new in it, how old it is. Every term can be shown."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much. Tried on three mornings of a real stream, read by eye; a taste, not a measurement."""

    second_hand: float = 0.4
    """An outlet that reports what another had, as a share of an independent one."""
    repeat: float = 0.15
    """A copy, as a share of an independent report."""
    watch: float = 0.4
    """Added for a story that touches the watch list."""
    size: float = 0.5
    """Added for the largest amount of money, growing with its logarithm from ten million to a trillion dollars."""
    figures: float = 0.1
    """Added for each figure, five at most."""
    known: float = 0.15
    """What is left of a story when nothing in it is new."""
    half_life: float = 36 * HOUR
    """Seconds after which a story counts half."""
    vendor: float = 0.5
    """A story that only a company tells about itself."""
    side: float = 0.4
    """A story that is only a round-up, a podcast or advice."""
    opinion: float = 0.8
    """A story that is only opinion."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What a reader gives weight to: the weights, and queries of the query language for what is watched."""

    weights: Weights = field(default_factory=Weights)
    watch: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a story when it is ranked. `age` in seconds; `largest` in US dollars; `forms` as in `forms.FORMS`."""

    independent: int
    second_hand: int = 0
    copies: int = 0
    watched: bool = False
    largest: float = 0.0
    figures: int = 0
    new: int = 0
    facts: int = 0
    age: float = 0.0
    forms: frozenset[str] = frozenset({"report"})


@dataclass(frozen=True, slots=True)
class Term:
    """One factor of a rank: its name, the factor, and why in plain words."""

    name: str
    factor: float
    why: str


def explain(signals: Signals, weights: Weights | None = None) -> tuple[Term, ...]:
    """The factors whose product is the rank."""
    weights = weights or Weights()
    return (
        _sources(signals, weights),
        _content(signals, weights),
        _new(signals, weights),
        Term("age", 2.0 ** (-max(0.0, signals.age) / weights.half_life), f"{max(0.0, signals.age) / HOUR:.0f} h old"),
        _form(signals, weights),
    )


def rank(signals: Signals, weights: Weights | None = None) -> float:
    """The rank of a story, larger is earlier: the product of the terms that `explain` gives."""
    return math.prod(term.factor for term in explain(signals, weights))


def _sources(signals: Signals, weights: Weights) -> Term:
    count = signals.independent + weights.second_hand * signals.second_hand + weights.repeat * signals.copies
    parts = ((signals.independent, "independent"), (signals.second_hand, "second-hand"), (signals.copies, "copies"))
    why = ", ".join(f"{number} {name}" for number, name in parts if number)
    return Term("sources", math.log2(1 + max(0.0, count)), why or "no source")


def _content(signals: Signals, weights: Weights) -> Term:
    size = min(1.0, max(0.0, (math.log10(signals.largest) - 7) / 5)) if signals.largest > 0 else 0.0
    figures = min(5, signals.figures)
    factor = 1 + weights.watch * signals.watched + weights.size * size + weights.figures * figures
    parts = ["on your watch list"] if signals.watched else []
    parts += [f"up to ${signals.largest:,.0f}"] if size else []
    parts += [f"{signals.figures} figures"] if signals.figures else []
    return Term("content", factor, ", ".join(parts) or "no figures")


def _new(signals: Signals, weights: Weights) -> Term:
    if not signals.facts:
        return Term("novelty", 1.0, "facts not known")
    share = min(1.0, signals.new / signals.facts)
    return Term(
        "novelty", weights.known + (1 - weights.known) * share, f"{signals.new} of {signals.facts} facts are new"
    )


def _form(signals: Signals, weights: Weights) -> Term:
    factors = {
        "vendor": weights.vendor,
        "roundup": weights.side,
        "podcast": weights.side,
        "advice": weights.side,
        "opinion": weights.opinion,
    }
    best = max(((factors.get(form, 1.0), form) for form in signals.forms), default=(1.0, "report"))
    return Term("form", *best)
