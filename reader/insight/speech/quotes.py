"""Quotations with speaker, cue and medium."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from reader.insight.facts import Entity, Quote, Span
from reader.insight.lexicons import terms
from reader.insight.speech.contents import Statement
from reader.insight.speech.cues import CUES, THIRD
from reader.insight.speech.speakers import Speakers, medium
from reader.insight.speech.statements import Reading
from reader.insight.syntax.clauses import (
    COORDINATORS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE,
    Unit,
    has_clause,
    word_class,
)
from reader.insight.syntax.document import Document
from reader.insight.syntax.marks import Pair
from reader.insight.syntax.phrases import main_subject

_NAMED = terms("named_things")
_NAMING = word_class("naming")
_SMALL = word_class("title_word")
GAP = 12
"""Words between "he said" and the rest of his words ("on Monday in Paris,")."""
NEAR = 5
"""Sentences after which the speaker of a quotation is forgotten."""
BEAT = 12
"""Most words of a sentence that only says what a speaker does between his words."""
DIRECT_WORDS = 4
"""A quotation of fewer words is never a direct one (fact contract)."""


@dataclass(slots=True)
class _Heard:
    """Whose words a quotation is, and how that is known. `goes_on`: it continues a clause begun in the same sentence."""

    unit: int
    source: tuple[int, int]
    cue: tuple[int, int] | None
    rule: str
    goes_on: bool = False


def find_quotes(document: Document, entities: tuple[Entity, ...], reading: Reading) -> tuple[Quote, ...]:
    """Every quotation outside of others: `direct` from four words and a clause on, else `partial`; `scare` when nobody says it.

    Titles and names of products or modes in marks are left out.
    """
    listener = _Listener(document, entities, reading)
    starts = [unit.start for unit in reading.units]
    quotes: list[Quote] = []
    for pair in reading.pairs:
        number = bisect_right(starts, pair.start) - 1
        if pair.depth or number < 0:
            continue
        unit = reading.units[number]
        index = next((i for i, w in enumerate(unit.words) if w.start == pair.start and w.low == QUOTE), None)
        if index is None:
            continue
        heard = listener.hear(number, index)
        if heard is not None or not _is_name(document, unit, index, pair):
            quotes.append(listener.row(pair, heard))
    return tuple(quotes)


class _Listener:
    """Hears the quotations of a document in order, and remembers who spoke last."""

    def __init__(self, document: Document, entities: tuple[Entity, ...], reading: Reading) -> None:
        self._document = document
        self._units = reading.units
        self._speakers = Speakers(
            document.text,
            document.sentences,
            entities,
            [(p.start, p.end) for p in reading.pairs if p.depth == 0],
            [reading.units[s.unit].span(*s.source) for s in reading.statements if s.source],
        )
        self._statements: dict[int, list[Statement]] = {}
        for statement in reading.statements:
            if statement.source is not None:
                self._statements.setdefault(statement.unit, []).append(statement)
        self._last: _Heard | None = None

    def hear(self, number: int, index: int) -> _Heard | None:
        """Who says the quotation at word `index` of unit `number`; None when nobody does."""
        heard = _signed(self._units, number, index) or self._stated(number, index) or self._from_context(number, index)
        self._last = heard or self._last
        return heard

    def row(self, pair: Pair, heard: _Heard | None) -> Quote:
        """The row of one quotation."""
        if heard is None:
            return Quote(pair.start, pair.end, "direct" if _is_direct(self._document, pair) else "scare", rule="nobody")
        home = self._units[heard.unit]
        span = home.span(*heard.source)
        return Quote(
            start=pair.start,
            end=pair.end,
            kind="direct" if _is_direct(self._document, pair, heard.goes_on) else "partial",
            speaker=self._speakers.name(span),
            speaker_span=_tidy(self._document.text, span),
            cue_span=home.span(*heard.cue) if heard.cue else None,
            medium=medium(home, heard.source, heard.cue),
            rule=heard.rule,
        )

    def _stated(self, number: int, index: int) -> _Heard | None:
        """The source of the statement that holds the quotation, or that it goes on with."""
        unit, statements = self._units[number], self._statements.get(number, [])
        holding = [s for s in statements if s.content[0] <= index < s.content[1]]
        if holding:
            return _said(min(holding, key=lambda s: s.content[1] - s.content[0]))
        for statement in statements:
            if statement.source and statement.cue and _continues(unit, statement, index):
                return _Heard(number, statement.source, statement.cue, "goes-on", statement.content[0] < index)
        return None

    def _from_context(self, number: int, index: int) -> _Heard | None:
        """The speaker from a lead-in before, from the sentence around, or from the quotation before."""
        unit = self._units[number]
        if _is_sentence(unit, index) and self._last is not None and number - self._last.unit <= 2:
            return self._again()
        if not _alone(unit, index):
            return self._from_sentence(number, index)
        before = self._units[number - 1] if number else None
        subject = main_subject(before, len(before.low)) if before is not None and before.low[-1] == ":" else None
        if subject is not None:
            return _Heard(number - 1, subject, None, "lead-in-before")
        if _words_in(self._document, unit.words[index].start, unit.words[index].end) < DIRECT_WORDS and number:
            near = self._last is not None and self._last.unit == number - 1 and not self._breaks(number - 1, number)
            return self._again() if near else None
        return self._beat(number) or self._before(number)

    def _beat(self, number: int) -> _Heard | None:
        """The person who does something right behind a quotation that nobody is said to say: "“…” She pauses."."""
        unit = self._units[number + 1] if number + 1 < len(self._units) else None
        if unit is None or len(unit.low) > BEAT or QUOTE in unit.low or number + 1 in self._statements:
            return None
        if "\n" in self._document.text[self._units[number].end : unit.start] or unit.low[0] not in ("he", "she"):
            return None
        return _Heard(number + 1, (0, 1), None, "beat")

    def _before(self, number: int) -> _Heard | None:
        """The speaker of a quotation that stands alone: of the statement just before in its paragraph, else of the quotation before."""
        unit, last = self._units[number], self._last
        first = last.unit + 1 if last is not None else number - 2
        for n in range(number - 1, max(first - 1, number - 3, -1), -1):
            if last is not None and "\n" in self._document.text[self._units[n].end : unit.start]:
                break
            for statement in reversed(self._statements.get(n, [])):
                return _said(statement)
        if last is not None and number - last.unit <= NEAR and not self._parted(last.unit, number):
            return self._again()
        return None

    def _parted(self, begin: int, end: int) -> bool:
        """Whether a paragraph that nobody is quoted in stands between two units."""
        return self._breaks(begin, end) > 1

    def _breaks(self, begin: int, end: int) -> int:
        """How many paragraphs end between two units."""
        text, units = self._document.text, self._units
        return sum("\n" in text[units[n].end : units[n + 1].start] for n in range(begin, end))

    def _from_sentence(self, number: int, index: int) -> _Heard | None:
        """The subject of the sentence in which a quotation of some length stands, where it can speak."""
        unit = self._units[number]
        if _words_in(self._document, unit.words[index].start, unit.words[index].end) < DIRECT_WORDS:
            return None
        subject = main_subject(unit, index)
        if subject is not None and unit.low[subject[0]] == "according":
            return None
        if subject is not None and self._speakers.can_speak(unit.span(*subject)):
            return _Heard(number, subject, None, "subject")
        partial = self._document.text[unit.words[index].start + 1].islower()
        if (
            partial
            and subject is not None
            and unit.low[subject[0]] not in PRONOUNS
            and number != (self._last and self._last.unit)
        ):
            return None
        return self._again() if self._last is not None and number - self._last.unit <= NEAR else None

    def _again(self) -> _Heard | None:
        """The speaker of the quotation before."""
        last = self._last
        return last and _Heard(last.unit, last.source, last.cue, "same-speaker")


def _signed(units: tuple[Unit, ...], number: int, index: int) -> _Heard | None:
    """The name behind a dash that signs a quotation: `“…” — Demis Hassabis`."""
    unit, at = units[number], index + 1
    if at >= len(unit.low):
        if number + 1 >= len(units):
            return None
        number, at = number + 1, 0
        unit = units[number]
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
    if (
        statement.content[0] < index
        and statement.cue
        and statement.source
        and _SMALL_STEPS.issuperset(unit.low[max(statement.content[1], statement.cue[1], statement.source[1]) : index])
    ):
        return True
    if _is_sentence(unit, index):
        return False
    return (
        statement.content[0] > index
        and QUOTE in unit.low[statement.content[0] : statement.content[1]]
        and statement.cue is not None
    )


_SMALL_STEPS = frozenset([",", "—", "–", "-", ":", "and", "but", "or", "that"])
"""What may stand between "she said" and a quotation that goes on with it."""


def _is_sentence(unit: Unit, index: int) -> bool:
    """Whether a quotation that opens its unit is a sentence of its own, and another one follows it."""
    after = unit.words[index + 1].text if index + 1 < len(unit.words) else ""
    return index == 0 and after[:1].isupper() and unit.ended(index)


def _alone(unit: Unit, index: int) -> bool:
    """Whether a quotation is nearly all of its unit."""
    return len(unit.low) - index <= 2 and index <= 1


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
