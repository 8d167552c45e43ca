"""Who says what, sentence by sentence: a cue with its source and its content.

One reading serves both layers that need it, quotations (who speaks) and attributions (who vouches).
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.insight.facts import Span
from reader.insight.speech.contents import NOUN_CUES, Statement
from reader.insight.speech.cues import CUES
from reader.insight.speech.nouncues import according_to, from_colon, from_noun
from reader.insight.speech.verbcues import from_verb
from reader.insight.syntax.clauses import DASHES, PRONOUNS, QUOTE, Unit, fold, word_class
from reader.insight.syntax.document import Document
from reader.insight.syntax.marks import Pair, find_pairs

_TRIGGERS = frozenset(CUES) | NOUN_CUES | {"according", ":"}
_INNER_STATES = word_class("inner_state")


def read_unit(unit: Unit, number: int) -> list[Statement]:
    """Every statement of a unit, in the order of their cues."""
    found: list[Statement] = []
    for index in [i for i, low in enumerate(unit.low) if low in _TRIGGERS]:
        statement = _read_word(unit, number, index, found)
        if statement is not None and _is_new(statement, found) and not _is_inner_state(unit, statement, found):
            found.append(statement)
    for statement in found:
        statement.content = _behind_dash(unit, statement.content)
    return [s for s in found if not _is_reported_further(unit, s, found) and not _is_empty(unit, s)]


def _behind_dash(unit: Unit, content: Span) -> Span:
    """Content without the dash of a dateline or a list before it ("-- The firm is in talks")."""
    begin, end = content
    while begin < end - 1 and unit.low[begin] in DASHES:
        begin += 1
    return begin, end


def _is_empty(unit: Unit, statement: Statement) -> bool:
    """Whether the content is only a pronoun or a question word ("disputes that", "asks it why, and …"): it tells a reader nothing."""
    begin, end = statement.content
    if unit.low[begin] in ("why", "how"):
        return end - begin == 1 or not unit.low[begin + 1][0].isalnum()
    return end - begin == 1 and unit.low[begin] in PRONOUNS


def _read_word(unit: Unit, number: int, index: int, found: list[Statement]) -> Statement | None:
    """The statement of the cue at `index`: as a verb, as "according to", as a noun, or as a colon."""
    low = unit.low[index]
    statement: Statement | None = None
    if low in CUES:
        statement = from_verb(unit, number, index, found)
    elif low == "according":
        statement = according_to(unit, number, index)
    if statement is None and low in NOUN_CUES:
        statement = from_noun(unit, number, index)
    return from_colon(unit, number, index, found) if low == ":" else statement


def _is_inner_state(unit: Unit, statement: Statement, found: list[Statement]) -> bool:
    """Whether somebody only says what he himself believes or hopes ("he said he hopes …"): the outer statement holds it."""
    if (
        statement.lemma not in _INNER_STATES
        or statement.source is None
        or unit.low[statement.source[0]] not in PRONOUNS
    ):
        return False
    return any(s.content[0] <= statement.source[0] < s.content[1] for s in found)


def _is_reported_further(unit: Unit, statement: Statement, found: list[Statement]) -> bool:
    """Whether a statement is only part of what another one says ("he said that polls show …"); a saying or a denial within stays."""
    if (
        statement.source is None
        or statement.negated
        or statement.lemma in _KEPT_WITHIN
        or statement.rule == "according-to"
    ):
        return False
    begin, end = statement.source[0], statement.content[1]
    quoted = QUOTE in unit.low[statement.content[0] : end]
    return any(
        s is not statement
        and s.rule != "said-phrase"
        and not (quoted and s.rule == "according-to")
        and s.content[0] <= begin
        and end <= s.content[1]
        for s in found
    )


_KEPT_WITHIN = frozenset(["say", "tell", "report", "announce"])


def _is_new(statement: Statement, found: list[Statement]) -> bool:
    """Whether its parts hold words, and no earlier statement has the same content."""
    parts = [part for part in (statement.content, statement.source, statement.cue) if part is not None]
    return all(begin < end for begin, end in parts) and all(s.content != statement.content for s in found)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read for who says what: its quotations, its units, and the statements found in them."""

    pairs: tuple[Pair, ...]
    units: tuple[Unit, ...]
    statements: tuple[Statement, ...]


def read_statements(document: Document) -> Reading:
    """Every statement of `document`, unit by unit."""
    pairs = find_pairs(document.text)
    units = fold(document, pairs)
    found = [statement for number, unit in enumerate(units) for statement in read_unit(unit, number)]
    return Reading(tuple(pairs), tuple(units), tuple(found))
