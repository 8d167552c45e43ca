"""Quotations with speaker, cue and medium."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from reader.insight.clauses import COORDINATORS, FINITE, PREPOSITIONS, QUOTE, Unit, has_clause, main_subject, word_class
from reader.insight.contents import Statement
from reader.insight.cues import CUES, THIRD
from reader.insight.document import Document
from reader.insight.facts import Entity, Quote, Span
from reader.insight.lexicons import terms
from reader.insight.marks import Pair
from reader.insight.speakers import Speakers, medium
from reader.insight.statements import Reading

_NAMED = terms("named_things")
_NAMING = word_class("naming")
_SMALL = word_class("title_word")
GAP = 12
"""Words between "he said" and the rest of his words ("on Monday in Paris,")."""
DIRECT_WORDS = 4
"""A quotation of fewer words is never a direct one (fact contract)."""


@dataclass(slots=True)
class _Heard:
    """Whose words a quotation is, and how that is known."""

    unit: int
    source: tuple[int, int]
    cue: tuple[int, int] | None
    rule: str
    goes_on: bool = False


def find_quotes(document: Document, entities: tuple[Entity, ...], reading: Reading) -> tuple[Quote, ...]:
    """Every quotation outside of others: `direct` from four words and a clause on, else `partial`; `scare` when nobody says it.

    Titles and names of products or modes in marks are left out.
    """
    speakers = Speakers(document, entities, [(p.start, p.end) for p in reading.pairs if p.depth == 0])
    by_unit: dict[int, list[Statement]] = {}
    for statement in reading.statements:
        by_unit.setdefault(statement.unit, []).append(statement)
    starts = [unit.start for unit in reading.units]
    quotes: list[Quote] = []
    last: _Heard | None = None
    for pair in reading.pairs:
        if pair.depth:
            continue
        number = bisect_right(starts, pair.start) - 1
        if number < 0:
            continue
        unit = reading.units[number]
        index = next((i for i, w in enumerate(unit.words) if w.start == pair.start and w.low == QUOTE), None)
        if index is None:
            continue
        heard = _heard(document, reading, by_unit, number, index, last)
        if heard is None and _is_name(document, unit, index, pair):
            continue
        quotes.append(_quote(document, reading, speakers, unit, index, pair, heard))
        last = heard or last
    return tuple(quotes)


def _heard(
    document: Document,
    reading: Reading,
    by_unit: dict[int, list[Statement]],
    number: int,
    index: int,
    last: _Heard | None,
) -> _Heard | None:
    """Who says the quotation at word `index` of unit `number`."""
    unit = reading.units[number]
    signed = _signed(reading, number, index)
    if signed is not None:
        return signed
    holding = [s for s in by_unit.get(number, ()) if s.content[0] <= index < s.content[1] and s.source]
    if holding:
        best = min(holding, key=lambda s: s.content[1] - s.content[0])
        return _said(best)
    for statement in by_unit.get(number, ()):
        if statement.source and statement.cue and _continues(unit, statement, index):
            return _Heard(number, statement.source, statement.cue, "goes-on", statement.content[0] < index)
    if _is_sentence(unit, index) and last is not None and number - last.unit <= 2:
        return _Heard(last.unit, last.source, last.cue, "same-speaker")
    length = _words_in(document, unit.words[index].start, unit.words[index].end)
    if length < DIRECT_WORDS and not _alone(unit, index):
        return None
    return _from_context(reading, by_unit, number, index, last)


def _signed(reading: Reading, number: int, index: int) -> _Heard | None:
    """The name behind a dash that signs a quotation: `“…” — Demis Hassabis`."""
    unit, at = reading.units[number], index + 1
    if at >= len(unit.low):
        if number + 1 >= len(reading.units):
            return None
        number, at = number + 1, 0
        unit = reading.units[number]
    if unit.low[at] not in ("—", "–") or at + 1 >= len(unit.low) or not unit.words[at + 1].text[0].isupper():
        return None
    end = at + 1
    while end < len(unit.low) and unit.words[end].text[0].isupper() and end - at < 6:
        end += 1
    whole = (
        end == len(unit.low) or unit.low[end] in (",", ".", "(") or unit.words[end].start > unit.words[end - 1].end + 1
    )
    return _Heard(number, (at + 1, end), None, "signed") if whole and end - at > 1 else None


def _said(statement: Statement) -> _Heard | None:
    return _Heard(statement.unit, statement.source, statement.cue, statement.rule) if statement.source else None


def _continues(unit: Unit, statement: Statement, index: int) -> bool:
    """Whether a quotation goes on behind "he said," or stands before or behind another of the same statement."""
    if statement.content[0] < index and QUOTE in unit.low[statement.content[0] : statement.content[1]]:
        parts = [part for part in (statement.content, statement.source, statement.cue) if part]
        end = max(part[1] for part in parts if part[0] < index)
        return index - end <= GAP and not has_clause(unit, end, index)
    if _is_sentence(unit, index):
        return False
    return (
        statement.content[0] > index
        and QUOTE in unit.low[statement.content[0] : statement.content[1]]
        and statement.cue is not None
    )


def _is_sentence(unit: Unit, index: int) -> bool:
    """Whether a quotation that opens its unit is a sentence of its own, and another one follows it."""
    after = unit.words[index + 1].text if index + 1 < len(unit.words) else ""
    return index == 0 and after[:1].isupper() and unit.ended(index)


def _alone(unit: Unit, index: int) -> bool:
    """Whether a quotation is nearly all of its unit."""
    return len(unit.low) - index <= 2 and index <= 1


def _from_context(
    reading: Reading, by_unit: dict[int, list[Statement]], number: int, index: int, last: _Heard | None
) -> _Heard | None:
    """The speaker of a quotation that no statement holds: from a lead-in before, the speaker before, or the subject of its sentence."""
    unit = reading.units[number]
    if not _alone(unit, index):
        subject = main_subject(unit, index)
        if subject is not None and unit.low[subject[0]] not in ("it", "there", "this", "that", "these", "what"):
            return _Heard(number, subject, None, "subject")
        return _Heard(last.unit, last.source, last.cue, "same-speaker") if last and number - last.unit <= 4 else None
    before = reading.units[number - 1] if number else None
    if before is not None and before.low[-1] == ":":
        subject = main_subject(before, len(before.low))
        if subject is not None:
            return _Heard(number - 1, subject, None, "lead-in-before")
    if last is not None and number - last.unit <= 6:
        return _Heard(last.unit, last.source, last.cue, "same-speaker")
    said = [s for n in range(number - 1, max(-1, number - 4), -1) for s in reversed(by_unit.get(n, [])) if s.source]
    return _said(said[0]) if said else None


def _quote(
    document: Document, reading: Reading, speakers: Speakers, unit: Unit, index: int, pair: Pair, heard: _Heard | None
) -> Quote:
    """The row of one quotation."""
    if heard is None:
        kind = "direct" if _is_direct(document, pair) else "scare"
        return Quote(pair.start, pair.end, kind, rule="nobody")
    home = reading.units[heard.unit]
    span = home.span(*heard.source)
    kind = "direct" if _is_direct(document, pair, heard.goes_on) else "partial"
    cue = home.span(*heard.cue) if heard.cue else None
    return Quote(
        pair.start,
        pair.end,
        kind,
        speakers.name(span),
        _tidy(document.text, span),
        cue,
        medium(home, heard.source, heard.cue),
        heard.rule,
    )


def _tidy(text: str, span: Span) -> Span:
    """A source without a closing comma."""
    start, end = span
    while end > start + 1 and text[end - 1] in ", ":
        end -= 1
    return start, end


def _words_in(document: Document, start: int, end: int) -> int:
    return sum(document.tokens[i].text[0].isalnum() for i in document.tokens_in(start, end))


def _is_direct(document: Document, pair: Pair, goes_on: bool = False) -> bool:
    """Whether a quotation is a clause of its own, or goes on with one: four words, and a verb that does not come first."""
    words = [document.tokens[i] for i in document.tokens_in(*pair.inner) if document.tokens[i].text[0].isalnum()]
    if len(words) < DIRECT_WORDS:
        return False
    first = words[0].low
    if goes_on:
        return True
    if first in PREPOSITIONS or first in COORDINATORS or _is_verb(first):
        return words[0].text[0].isupper()
    return words[0].text[0].isupper() or any(_is_verb(w.low) for w in words[1:])


def _is_verb(low: str) -> bool:
    return low in FINITE or any(cue.shape == THIRD for cue in CUES.get(low, ())) or "n’t" in low or "n't" in low


def _is_name(document: Document, unit: Unit, index: int, pair: Pair) -> bool:
    """Whether marks only set off a name or a title: `the "Contemplating" mode`, `a show called “Inside”`, “Meet the Press”."""
    words = [document.tokens[i] for i in document.tokens_in(*pair.inner) if document.tokens[i].text[0].isalnum()]
    if not words or not all(w.text[0].isupper() or w.text[0].isdigit() or w.low in _SMALL for w in words):
        return False
    before, after = unit.low[index - 1] if index else "", unit.low[index + 1] if index + 1 < len(unit.low) else ""
    if document.text[pair.inner[1] - 1] in ".!?" and before not in _NAMING:
        return False
    return before in _NAMING or after in _NAMED or len(words) > 1 or before == "as"
