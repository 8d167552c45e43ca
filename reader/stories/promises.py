"""The promise board: forecasts, plans and commitments with the day they are due, and what later reports say became of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from reader.stories.claims import Claim, claims
from reader.stories.independence import Source
from reader.stories.periods import day_of, horizon
from reader.stories.words import table

STATUSES = ("overdue", "due", "open", "undated", "missed", "put off", "kept")
"""What a row of the board says, in the order of the board. `due`: within `SOON`."""

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A later passage that settles a promise: `text[start:end]` of an article, and what it shows."""

    article: str
    start: int
    end: int
    outlet: str
    shows: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One forecast. Span: offsets into its article's text. `due` is the last day of its horizon, null when the words name no day."""

    article: str
    start: int
    end: int
    kind: str
    holder: str | None
    horizon: str | None
    strength: str
    outlet: str
    made: date | None
    due: date | None
    status: str
    evidence: Evidence | None = None


def promises(sources: Iterable[Source], today: date) -> list[Promise]:
    """The board: overdue first, then what is due soon, open, without a date, and settled; by due day within.

    A promise is settled only by a later article: a figure of the same key, or the same thing done by the same holder. Of two articles
    with the same promise (holder, verb, things, due day) the first is kept.
    """
    ordered = sorted((s for s in sources if s.copy_of is None), key=lambda source: (source.time or 0.0, source.article))
    known = {source.article: claims(source) for source in ordered}
    board: dict[tuple[Any, ...], Promise] = {}
    for number, source in enumerate(ordered):
        for row in source.rows("forecasts"):
            promise = _promise(source, row, today)
            key = (
                (promise.holder, _verbs(_span(source, row)), _things(source, row), promise.due)
                if _things(source, row)
                else (promise.article, promise.start)
            )
            if key not in board:
                board[key] = _settled(promise, source, row, ordered[number + 1 :], known)
    return sorted(board.values(), key=lambda p: (STATUSES.index(p.status), p.due or date.max, p.article, p.start))


def _promise(source: Source, row: Mapping[str, Any], today: date) -> Promise:
    made = None if source.time is None else day_of(source.time)
    due = horizon(row["horizon"], made) if row["horizon"] and made else None
    if due is None:
        status = "undated"
    else:
        status = "overdue" if due < today else "due" if due <= today + SOON else "open"
    return Promise(
        source.article,
        row["start"],
        row["end"],
        row["kind"],
        row["holder"],
        row["horizon"],
        row["strength"],
        source.outlet,
        made,
        due,
        status,
    )


def _settled(
    promise: Promise,
    source: Source,
    row: Mapping[str, Any],
    later: Sequence[Source],
    known: Mapping[str, Sequence[Claim]],
) -> Promise:
    """The promise with the first later passage that settles it, if there is one."""
    promised = [claim for claim in known[source.article] if promise.start <= claim.start < promise.end]
    verbs, things = _verbs(_span(source, row)), _things(source, row)
    for other in later:
        if (other.time or 0.0) <= (source.time or 0.0):
            continue
        found = _by_figure(promised, known[other.article], promise.due) or _by_deed(
            verbs, things, promise.holder, other
        )
        if found:
            status, evidence = found
            return replace(promise, status=status, evidence=evidence)
    return promise


def _by_figure(promised: Sequence[Claim], later: Sequence[Claim], due: date | None) -> tuple[str, Evidence] | None:
    """A later figure of the same subject, metric, period, rate and unit that is done: inside what was promised, or outside of it."""
    for claim in promised:
        for other in later:
            if other.key != claim.key or not (claim.sure and other.sure and claim.key.period) or other.report.tentative:
                continue
            kept = claim.values.meets(other.values)
            if kept or (due and other.source.time and day_of(other.source.time) > due):
                evidence = Evidence(other.source.article, other.start, other.end, other.source.outlet, other.text)
                return ("kept" if kept else "missed"), evidence
    return None


def _by_deed(
    verbs: frozenset[str], things: frozenset[str], holder: str | None, other: Source
) -> tuple[str, Evidence] | None:
    """A later sentence, in the outlet's own voice or somebody's, that says the holder has done the thing, or put it off."""
    if not (verbs and things and holder):
        return None
    for sentence in other.rows("sentences"):
        start, end = sentence["start"], sentence["end"]
        named = _named(other, start, end)
        if (
            not things <= named
            or holder.lower() not in {*named, *_names(other, start, end)}
            or _unsettled(other, start, end)
        ):
            continue
        words = f" {' '.join(re.findall(r'[a-z-]+', other.text[start:end].lower()))} "
        evidence = Evidence(other.article, start, end, other.outlet, other.text[start:end])
        if any(f" {phrase} " in words for phrase in _delays()):
            return "put off", evidence
        if any(f" {phrase} " in words for verb in verbs for phrase in _outcomes()[verb][1]):
            return "kept", evidence
    return None


def _unsettled(source: Source, start: int, end: int) -> bool:
    """Whether a sentence is itself a forecast, hedged, or negated: then it settles nothing."""
    inside = any(start <= row["start"] < end for layer in ("forecasts", "hedges") for row in source.rows(layer))
    return inside or bool(
        re.search(r"\b(?:not|never|no|yet|without)\b|n[’']t\b", source.text[start:end], re.IGNORECASE)
    )


def _span(source: Source, row: Mapping[str, Any]) -> str:
    return source.text[row["start"] : row["end"]]


def _verbs(text: str) -> frozenset[str]:
    words = f" {' '.join(re.findall(r'[a-z-]+', text.lower()))} "
    return frozenset(verb for verb, (forms, _) in _outcomes().items() if any(f" {form} " in words for form in forms))


def _things(source: Source, row: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the models and products that a promise names."""
    return frozenset(
        entity["id"]
        for entity in source.rows("entities")
        if row["start"] <= entity["start"] < row["end"] and entity["type"] in ("model", "product", "chip")
    )


def _named(source: Source, start: int, end: int) -> frozenset[str]:
    return frozenset(entity["id"] for entity in source.rows("entities") if start <= entity["start"] < end)


def _names(source: Source, start: int, end: int) -> frozenset[str]:
    return frozenset(entity["name"].lower() for entity in source.rows("entities") if start <= entity["start"] < end)


@cache
def _outcomes() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {verb: (tuple(forms.split("|")), tuple(done.split("|"))) for verb, forms, done in table("outcomes.tsv")}


@cache
def _delays() -> tuple[str, ...]:
    return tuple(row[0] for row in table("delays.txt"))
