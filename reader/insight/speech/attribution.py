"""Who vouches for which content, and with what words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from reader.insight.facts import Attribution, Entity, Quote, Span
from reader.insight.speech.contents import Statement
from reader.insight.speech.statements import Reading
from reader.insight.syntax.clauses import EVIDENCE_NOUNS, QUOTE, Unit
from reader.insight.syntax.document import Document

_OUTLETS = ("outlet",)


def find_attributions(
    document: Document, entities: tuple[Entity, ...], quotes: tuple[Quote, ...], reading: Reading
) -> tuple[Attribution, ...]:
    """Who vouches for which content, and with what words. One cue makes one row.

    A quotation that no statement holds (it continues one before, or nobody is named) is a row without source;
    its speaker stands with the quote.
    """
    outlets = {(e.start, e.end) for e in entities if e.type in _OUTLETS}
    signed = {(q.start, q.end): q.speaker_span for q in quotes if q.rule == "signed"}
    rows = [_row(document, reading.units[s.unit], s, outlets) for s in reading.statements if s.cue is not None]
    rows = [_with_whole_name(row, entities) for row in rows if row.content not in signed]
    held = _Cover(row.content for row in rows)
    alone = [q for q in quotes if q.kind != "scare" and (q.start, q.end) not in held]
    rows += [_quoted(q, signed.get((q.start, q.end))) for q in alone]
    return tuple(sorted(rows, key=lambda r: (r.content, r.source or (0, 0), r.cue or (0, 0))))


def _quoted(quote: Quote, source: Span | None) -> Attribution:
    """A quotation as content of its own; `source` only where no other row has it."""
    return Attribution((quote.start, quote.end), source, quote.cue_span, "quote", "+", "quotation")


class _Cover:
    """Passages that lie within any of some contents."""

    def __init__(self, contents: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._reach: list[int] = []
        for start, end in sorted(contents):
            self._starts.append(start)
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def __contains__(self, passage: Span) -> bool:
        index = bisect_right(self._starts, passage[0]) - 1
        return index >= 0 and passage[1] <= self._reach[index]


def _row(document: Document, unit: Unit, s: Statement, outlets: set[tuple[int, int]]) -> Attribution:
    """One statement as an attribution."""
    source = unit.span(*s.source) if s.source else None
    return Attribution(
        content=unit.span(*s.content),
        source=source,
        cue=unit.span(*s.cue) if s.cue else None,
        kind=_kind(unit, s, source, outlets),
        polarity="-" if s.negated else "+",
        rule=s.rule,
    )


def _with_whole_name(row: Attribution, entities: tuple[Entity, ...]) -> Attribution:
    """The row with the beginning of a name that its source cuts ("Advanced [Harbour Systems CEO …]"), or the name behind a title."""
    if row.source is None:
        return row
    start, end = row.source
    after = bisect_left(entities, end, key=lambda e: e.start) if row.rule == "said-inverted" else len(entities)
    if after < len(entities) and entities[after].type == "person" and entities[after].start == end + 1:
        return replace(row, source=(start, entities[after].end))
    index = bisect_left(entities, start, key=lambda e: e.start) - 1
    name = entities[index] if index >= 0 else None
    if name is None or not name.start < start < name.end <= end:
        return row
    free = row.content[1] <= name.start or start <= row.content[0]
    return replace(row, source=(name.start, end)) if free else row


def _kind(unit: Unit, s: Statement, source: tuple[int, int] | None, outlets: set[tuple[int, int]]) -> str:
    """quote | report | evidence | indirect."""
    if QUOTE in unit.low[s.content[0] : s.content[1]]:
        return "quote"
    if s.source is None or source is None:
        return "indirect"
    words = unit.low[s.source[0] : s.source[1]]
    if s.rule == "report-colon" or any(source[0] <= a and b <= source[1] for a, b in outlets):
        return "report"
    return "evidence" if any(w in EVIDENCE_NOUNS for w in words) else "indirect"
