"""Finding the facts of stored texts and keeping them: between the pure rules and the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.factsheet import one_line, quantities
from reader.model import Article
from reader.store import FactRow, Store, Unread

if TYPE_CHECKING:
    from reader.insight import Facts
    from reader.insight.facts import Span

RULES = 1
"""Version of the rules, kept with the facts they found; a higher one makes a rebuild find them anew."""


def find_facts(store: Store, unread: Iterable[Unread]) -> list[Facts]:
    """Find and save the facts of some stored texts in one transaction; the facts in the same order."""
    found = [(one, analyse_stored(one)) for one in unread]
    store.save_facts(((one, facts.as_dict(), fact_rows(one.text, facts)) for one, facts in found), version=RULES)
    return [facts for _, facts in found]


def analyse_stored(one: Unread) -> Facts:
    """The facts of a stored text, kept nowhere."""
    return _analyse(one.text, one.title, one.published, one.outlet)


def facts_of(article: Article) -> Facts:
    """The facts of an article as it was read from the store, kept nowhere."""
    return _analyse(article.body.text, article.title, article.published, article.outlet)


def _analyse(text: str, title: str, published: int | None, outlet: str) -> Facts:
    from reader.insight import analyse  # who only saves what children found needs none of the rules

    day = datetime.fromtimestamp(published, UTC).isoformat() if published is not None else None
    return analyse(text, title=title, published=day, outlet=outlet)


def fact_rows(text: str, facts: Facts) -> list[FactRow]:
    """One row for each fact that can be asked for; names and keys in lower case, each named thing once."""
    return [*_claims(text, facts), *_entities(text, facts)]


def _claims(text: str, facts: Facts) -> Iterator[FactRow]:
    """Every claim that can be asked for: the rows of `Factsheet.items`, and those that the sheet leaves out as saying too little."""
    from reader.insight.status import status_of  # as above

    for f in quantities(facts):
        row = _row("figure", text, (f.start, f.end), f.subject, f.metric, status_of(f, facts, text))
        yield replace(row, low=f.low, high=f.high, unit=f.unit, currency=f.currency)
    for s in facts.scores:
        row = _row("score", text, (s.start, s.end), s.model, s.benchmark, status_of(s, facts, text))
        yield replace(row, low=s.value, high=s.value, unit=s.unit)
    for q in facts.quotes:
        if q.kind != "scare":
            yield _row("quote", text, (q.start, q.end), q.speaker, q.medium, status_of(q, facts, text))
    for a in facts.attributions:
        if a.kind != "quote" and a.source:
            source = one_line(text, *a.source)
            yield _row("attribution", text, a.content, source, a.kind, status_of(a, facts, text))
    for p in facts.forecasts:
        yield _row("forecast", text, (p.start, p.end), p.holder, p.horizon, status_of(p, facts, text))


def _entities(text: str, facts: Facts) -> Iterator[FactRow]:
    first = {(entity.type, entity.id): entity for entity in reversed(facts.entities)}
    for entity in reversed(first.values()):
        yield _row("entity", text, (entity.start, entity.end), entity.name, entity.type)


def _row(kind: str, text: str, at: Span, name: str | None, key: str | None, status: str = "") -> FactRow:
    words = ((name or "").lower(), (key or "").lower())
    return FactRow(kind, *at, *words, None, None, None, None, status, one_line(text, *at))
