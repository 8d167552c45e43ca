"""Finding the facts of stored texts and keeping them: between the pure rules and the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from reader.factsheet import one_line
from reader.insight import Facts, analyse
from reader.insight.status import status_of
from reader.store import FactRow, Store, Unread

RULES = 1
"""Version of the rules, kept with the facts they found; a higher one makes a rebuild find them anew."""


def find_facts(store: Store, unread: Iterable[Unread]) -> list[Facts]:
    """Find and save the facts of some stored texts in one transaction; the facts in the same order."""
    found = [(one, _analyse(one)) for one in unread]
    store.save_facts(((one, facts.as_dict(), fact_rows(one.text, facts)) for one, facts in found), version=RULES)
    return [facts for _, facts in found]


def _analyse(one: Unread) -> Facts:
    published = datetime.fromtimestamp(one.published, UTC).isoformat() if one.published is not None else None
    return analyse(one.text, title=one.title, published=published, outlet=one.outlet)


def fact_rows(text: str, facts: Facts) -> list[FactRow]:
    """One row for each fact that can be asked for; names and keys in lower case, each named thing once."""
    return [*_claims(text, facts), *_entities(text, facts)]


def _claims(text: str, facts: Facts) -> Iterator[FactRow]:
    def row(
        kind: str, at: tuple[int, int], name: str | None, key: str | None, status: str, numbers: tuple[float | None, ...] = (None, None),
        unit: str | None = None, currency: str | None = None,
    ) -> FactRow:  # fmt: skip
        words = ((name or "").lower(), (key or "").lower())
        return FactRow(kind, *at, *words, numbers[0], numbers[1], unit, currency, status, one_line(text, *at))

    for f in facts.figures:
        if f.kind not in ("date", "rank"):
            at, status = (f.start, f.end), status_of(f, facts, text)
            yield row("figure", at, f.subject, f.metric, status, (f.low, f.high), f.unit, f.currency)
    for s in facts.scores:
        yield row(
            "score", (s.start, s.end), s.model, s.benchmark, status_of(s, facts, text), (s.value, s.value), s.unit
        )
    for q in facts.quotes:
        if q.kind != "scare":
            yield row("quote", (q.start, q.end), q.speaker, q.medium, status_of(q, facts, text))
    for a in facts.attributions:
        if a.kind != "quote" and a.source:
            yield row("attribution", a.content, one_line(text, *a.source), a.kind, status_of(a, facts, text))
    for p in facts.forecasts:
        yield row("forecast", (p.start, p.end), p.holder, p.horizon, status_of(p, facts, text))


def _entities(text: str, facts: Facts) -> Iterator[FactRow]:
    seen: set[tuple[str, str]] = set()
    for entity in facts.entities:
        if (entity.type, entity.id) not in seen:
            seen.add((entity.type, entity.id))
            at = (entity.start, entity.end)
            yield FactRow(
                "entity", *at, entity.name.lower(), entity.type, None, None, None, None, "", one_line(text, *at)
            )
