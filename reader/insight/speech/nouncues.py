"""Statements without a cue verb: "according to X", "her claim that", "in his view", and names before a colon."""

from __future__ import annotations

from reader.insight.speech.contents import Complement, Statement, content_end, is_cut_off, left_start
from reader.insight.speech.verbcues import antecedent
from reader.insight.syntax.clauses import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    EVIDENCE_NOUNS,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE,
    SOURCE_NOUNS,
    STOPS,
    SUBORDINATORS,
    Unit,
    has_clause,
    is_adverb_at,
    is_finite,
    is_possessive,
)
from reader.insight.syntax.phrases import phrase_end, phrase_start, subject_before


def according_to(unit: Unit, number: int, index: int) -> Statement | None:
    """ "according to NP", behind its content or before it."""
    size = len(unit.low)
    if unit.low[index + 1 : index + 2] != ["to"] or index + 2 >= size:
        return None
    begin = index + 2
    end = phrase_end(unit, begin, appositive=not _is_paper(unit, begin))
    if end <= begin:
        return None
    if end < size and unit.low[end] in ("who", "which", "that"):
        end = next((k for k in range(end, size) if unit.low[k] in (",", ".", ";", ":") or unit.low[k] == QUOTE), size)
    cue = (index, index + 2)
    if end + 1 < size and unit.low[end] == "," and _begins_behind(unit, index, end):
        content = (end + 1, content_end(unit, Complement("clause", end + 1, end)))
        return Statement(number, content, (begin, end), cue, False, "according-to")
    start = left_start(unit, index - 1) if index > 0 else 0
    if index > 0 and start < index and (has_clause(unit, start, index) or index - start > 3):
        stop = index - 1 if unit.low[index - 1] == "," else index
        return Statement(number, (start, stop), (begin, end), cue, False, "according-to")
    if end < size and unit.low[end] == ",":
        content = (end + 1, content_end(unit, Complement("clause", end + 1, end)))
        return Statement(number, content, (begin, end), cue, False, "according-to")
    return None


def _is_paper(unit: Unit, begin: int) -> bool:
    """Whether a phrase is "the lawsuit" or the like, behind whose comma the content begins ("According to the lawsuit, Calder had …")."""
    return (
        unit.low[begin] in DETERMINERS
        and unit.low[begin + 1 : begin + 3][1:] == [","]
        and unit.low[begin + 1] in EVIDENCE_NOUNS
    )


def _begins_behind(unit: Unit, index: int, end: int) -> bool:
    """Whether the content goes on behind "…, according to X," and nothing before it is a clause of its own."""
    before = unit.low[index - 1] if index else ""
    if before in (";", ":", "—", "–"):
        return True
    return before == "," and index > 2 and (is_cut_off(unit, index - 2) or unit.low[end + 1] == QUOTE)


def from_noun(unit: Unit, number: int, index: int) -> Statement | None:
    """ "X's claim that …", "her answer is short: “…”", "the company line is that …": a noun of saying and its owner."""
    owner = _owner(unit, index)
    viewed = _in_view(unit, number, index, owner) if owner else None
    if viewed is not None or (owner and unit.low[index] in _VIEWS and unit.low[max(0, owner[0] - 1)] == "in"):
        return viewed
    cue = (index, index + 1)
    content = _noun_content(unit, index)
    if content is None:
        return None
    begin, end, rule = content
    if owner is None and rule in ("noun-is", "noun-colon"):
        owner = _spokesman(unit, index, begin)
    return Statement(number, (begin, end), owner, cue, False, rule) if owner else None


def _noun_content(unit: Unit, index: int) -> tuple[int, int, str] | None:
    """Where the content of a noun of saying stands, and how it is joined: "that …", "is that …", ": …"."""
    size, i = len(unit.low), index + 1
    inserted = i + 1 < size and unit.low[i] == "," and unit.low[i + 1] == "that"
    i += inserted
    if i + 1 < size and unit.low[i] == "that":
        end = content_end(unit, Complement("that", i, i))
        comma = next((k for k in range(i, end) if unit.low[k] == ","), end) if inserted else end
        return i, comma, "noun-that"
    if i < size and unit.low[i] == ",":
        i = next((k + 1 for k in range(i + 1, min(size, i + 20)) if unit.low[k] == ","), size)
    for k in range(i, min(size - 1, i + 8)):
        low, after = unit.low[k], unit.low[k + 1]
        if low == ":" and (after == QUOTE or has_clause(unit, k + 1, size)):
            return k + 1, content_end(unit, Complement("quote", k + 1, k)), "noun-colon"
        if low in ("is", "was") and after in ("that", QUOTE):
            return k + 1, content_end(unit, Complement("that", k + 1, k)), "noun-is"
        if low in STOPS or low == "," or low == QUOTE:
            return None
    return None


def _spokesman(unit: Unit, index: int, stop: int) -> tuple[int, int] | None:
    """Who stands behind "the company line, delivered by a press officer, is": the agent, else the modifier of the noun."""
    for k in range(index + 1, min(stop, index + 8)):
        if unit.low[k] in ("by", "from") and k + 1 < stop:
            return k + 1, phrase_end(unit, k + 1, appositive=False)
    if index > 1 and unit.low[index - 1] in SOURCE_NOUNS and unit.low[index - 2] in DETERMINERS:
        return index - 2, index
    return None


_VIEWS = frozenset(["view", "words", "opinion", "telling", "estimation", "reckoning"])


def _in_view(unit: Unit, number: int, index: int, owner: tuple[int, int]) -> Statement | None:
    """ "in her view": the clause around or behind it."""
    if unit.low[index] not in _VIEWS or owner[0] == 0 or unit.low[owner[0] - 1] != "in":
        return None
    cue, size = (owner[0] - 1, index + 1), len(unit.low)
    if index + 1 >= size:
        return None
    if cue[0] == 0 and (unit.low[index + 1] in DETERMINERS or unit.low[index + 1] in PRONOUNS):
        content = (index + 1, content_end(unit, Complement("clause", index + 1, index)))
        return Statement(number, content, owner, cue, False, "in-view")
    if unit.low[index + 1] not in (",", ":") and index + 1 < size - 1:
        return None
    if cue[0] <= 1 and index + 2 < size:
        return Statement(
            number,
            (index + 2, content_end(unit, Complement("clause", index + 2, index))),
            owner,
            cue,
            False,
            "in-view",
        )
    if unit.low[cue[0] - 1] != ",":
        return None
    start = left_start(unit, cue[0] - 2)
    end = content_end(unit, Complement("clause", index + 2, index)) if index + 2 < size else cue[0] - 1
    return Statement(number, (start, end), owner, cue, False, "in-view")


def _owner(unit: Unit, index: int) -> tuple[int, int] | None:
    """The possessor of the noun at `index`, behind which at most three adjectives stand."""
    for k in range(index - 1, max(-1, index - 5), -1):
        low = unit.low[k]
        if low in POSSESSIVES:
            return k, k + 1
        if is_possessive(unit, k):
            return _name_before(unit, k), k
        if not low[0].isalpha():
            return None
    return None


def _name_before(unit: Unit, mark: int) -> int:
    """Start of the name or noun that owns the possessive at `mark`: up to a preposition, a verb or a small word."""
    i = mark - 1
    while i > 0:
        low = unit.low[i - 1]
        if (
            low in PREPOSITIONS
            or low in COORDINATORS
            or low in SUBORDINATORS
            or (not low[0].isalnum() and low not in ".-'’")
        ):
            break
        if (
            unit.low[i] in DETERMINERS
            or is_finite(unit, i - 1)
            or (
                unit.words[i].text[0].isupper()
                and low.islower()
                and (unit.words[i - 1].text[0].islower() and low not in SOURCE_NOUNS)
            )
        ):
            break
        i -= 1
    return i


def from_colon(unit: Unit, number: int, index: int, found: list[Statement]) -> Statement | None:
    """`Name: “…”` and "The most revealing detail in the CNBC report: …"."""
    if index == 0 or index + 1 >= len(unit.low) or any(s.cue and s.cue[0] < index <= s.content[0] for s in found):
        return None
    start = left_start(unit, index - 1)
    size = len(unit.low)
    if index == 1 and unit.low[0] == QUOTE and unit.words[2].text[0].isupper():
        return _headline(unit, number)
    if unit.low[index + 1] == QUOTE:
        if (
            index - start <= 6
            and unit.words[start].text[0].isupper()
            and not has_clause(unit, start, index)
            and unit.low[start] not in PREPOSITIONS
        ):
            return Statement(number, (index + 1, index + 2), (start, index), (index, index + 1), False, "colon")
        return _lead_in(unit, number, index, start)
    for k in range(index - 1, max(start, index - 6), -1):
        if unit.low[k] in ("report", "reporting", "memo", "filing", "statement") and has_clause(unit, index + 1, size):
            begin = max(phrase_start(unit, index - 1), _behind_last_preposition(unit, start, index))
            if begin < index:
                cue = (begin - 2, begin - 1) if begin > start + 1 else (k, k + 1)
                content = (index + 1, content_end(unit, Complement("clause", index + 1, index)))
                return Statement(number, content, (begin, index), cue, False, "report-colon")
    return None


def _headline(unit: Unit, number: int) -> Statement | None:
    """`“…”: Name on …`: the name behind the colon speaks."""
    end = 2
    while end < len(unit.low) and unit.words[end].text[0].isupper() and end < 7:
        end += 1
    return Statement(number, (0, 1), (2, end), None, False, "headline") if end > 2 else None


def _behind_last_preposition(unit: Unit, begin: int, end: int) -> int:
    """Index behind the last preposition between `begin` and `end`; `begin` when there is none."""
    return next((k + 1 for k in range(end - 2, begin, -1) if unit.low[k] in PREPOSITIONS), begin)


def _announces(unit: Unit, source: tuple[int, int], verb: int) -> bool:
    """Whether somebody, or a text of somebody's, does something before a colon and a quotation."""
    low = unit.low[source[0]]
    if low in ("here", "there", "this", "that", "what", "it", "these", "those") or unit.low[verb] in MODALS:
        return False
    if unit.low[verb] in BE:
        return low in ("he", "she", "another", "one", "others") or unit.low[source[1] - 1] in SOURCE_NOUNS
    words = unit.low[source[0] : source[1]]
    return (
        low in PRONOUNS
        or unit.words[source[0]].text[0].isupper()
        or any(w in SOURCE_NOUNS or w in EVIDENCE_NOUNS for w in words)
    )


def _lead_in(unit: Unit, number: int, colon: int, start: int) -> Statement | None:
    """A clause that announces a quotation: "The post includes the most corporate sentence imaginable: “…”"."""
    for verb in range(start + 1, colon):
        if is_finite(unit, verb):
            last = verb - 1
            while last > start and (is_adverb_at(unit, last) or unit.low[last] in AUXILIARIES):
                last -= 1
            source = subject_before(unit, last)
            if source is None or not _announces(unit, source, verb):
                return None
            return Statement(
                number, (colon + 1, colon + 2), antecedent(unit, source), (verb, verb + 1), False, "lead-in"
            )
    return None
