"""Where the content of a statement begins and ends: behind its cue, before it, or around it."""

from __future__ import annotations

from dataclasses import dataclass

from reader.insight.lexicons import terms
from reader.insight.speech.cues import BASE, CUES, ING, PAST, THIRD, verb_group
from reader.insight.syntax.clauses import (
    BE,
    COORDINATORS,
    DASHES,
    DETERMINERS,
    HAVE,
    MODALS,
    PREPOSITIONS,
    QUOTE,
    STOPS,
    SUBORDINATORS,
    TIMES,
    Unit,
    has_clause,
    is_adverb,
    is_adverb_at,
    is_finite,
    word_class,
)

NOTHING = "none"
NOUN_CUES = terms("cue_nouns")


@dataclass(slots=True)
class Statement:
    """Content vouched for: ranges of words in `unit`. `source` and `cue` are None where the text names none."""

    unit: int
    content: tuple[int, int]
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    negated: bool
    rule: str
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Complement:
    """What follows a cue: `kind` (that, quote, clause, question, phrase, infinitive, none), where it begins, where the cue ends."""

    kind: str
    begin: int
    tail: int


_PHRASE_ENDS = word_class("clause_blocker")


def content_end(unit: Unit, complement: Complement) -> int:
    """Index behind the content that begins at `complement.begin`."""
    holds_clause = complement.kind != "phrase"
    i, size = complement.begin, len(unit.low)
    if complement.kind == "quote" and unit.low[i] == QUOTE and _is_whole(unit, i):
        return i + 1
    depth = 0
    while i < size:
        low = unit.low[i]
        if low == "(":
            depth += 1
        elif low == ")":
            if depth == 0:
                break
            depth -= 1
        elif (
            depth == 0
            and i > complement.begin
            and (_closes_content(unit, i) or (not holds_clause and (low in _PHRASE_ENDS or _goes_on_without(unit, i))))
        ):
            break
        elif low == QUOTE and i + 1 < size and _ends_sentence(unit, i):
            i += 1
            break
        holds_clause = holds_clause or low == "that"
        i += 1
    while i > complement.begin and unit.low[i - 1] in (".", ",", ";", "?", "!", ":", "—", "–", "and", "but"):
        if unit.low[i - 1] == "." and i < size and unit.tight(i - 1) and len(unit.low[i - 2]) == 1:
            break
        i -= 1
    return i


def _goes_on_without(unit: Unit, index: int) -> bool:
    """Whether a conjunction goes on with what the subject does besides: "confirmed the deal but would not name a price"."""
    if unit.low[index] not in ("and", "but") or index + 1 >= len(unit.low):
        return False
    return unit.low[index] == "but" or unit.low[index + 1] in MODALS or unit.low[index + 1] in HAVE


def _is_whole(unit: Unit, index: int) -> bool:
    """Whether a quotation is the whole content: punctuation or nothing follows it."""
    return (
        index + 1 >= len(unit.low)
        or unit.low[index + 1] in ",.;:—–)"
        or unit.low[index + 1] in COORDINATORS
        or unit.low[index + 1] in CUES
    )


def _ends_sentence(unit: Unit, index: int) -> bool:
    """Whether a quotation closes its sentence and another begins behind it."""
    return unit.words[index + 1].text[0].isupper() and unit.words[index].end - unit.words[index].start > 12


def _closes_content(unit: Unit, index: int) -> bool:
    """Whether the content of a statement ends before word `index`."""
    low, size = unit.low[index], len(unit.low)
    if low == ";" or (low == ":" and unit.low[index + 1 : index + 2] == [QUOTE]):
        return True
    if low == ",":
        return _comma_closes(unit, index)
    if low in DASHES and not unit.tight(index):
        return _cue_ahead(unit, index + 1) or not any(
            w in DASHES and not unit.tight(k) for k, w in enumerate(unit.low[index + 1 :], index + 1)
        )
    if low == "according" and unit.low[index + 1 : index + 2] == ["to"]:
        return True
    if low in ("and", "but") and index + 1 < size:
        k = index + 1
        while k < size - 1 and is_adverb_at(unit, k):
            k += 1
        if unit.low[k] in _WITHHOLDING and not _WITHHELD.isdisjoint(unit.low[k + 1 : k + 5]):
            return True
        return (
            unit.low[k] in CUES
            and CUES[unit.low[k]][0].shape in (PAST, THIRD)
            and unit.low[k] not in ("call", "question")
        )
    return False


_WITHHOLDING = frozenset(["gave", "gives", "offered", "provided", "did", "would", "declined", "refused", "could"])
_WITHHELD = frozenset(
    [
        "comment",
        "detail",
        "details",
        "disclose",
        "elaborate",
        "evidence",
        "explain",
        "name",
        "reason",
        "reasons",
        "say",
        "specify",
    ]
)
"""What a source does not tell, at the end of what it does ("confirmed that he was leaving but gave no reason")."""


def _comma_closes(unit: Unit, comma: int) -> bool:
    """Whether a comma ends the content: another statement, a contrast or an aside with a cue follows."""
    k, size = comma + 1, len(unit.low)
    while k < size - 1 and (is_adverb_at(unit, k) and unit.low[k] not in DETERMINERS):
        k += 1
    if k >= size:
        return True
    low = unit.low[k]
    if low in ("but", "while", "although", "though", "whereas", "according", "prompting", "sending"):
        return True
    if low in CUES and CUES[low][0].shape == ING:
        return True
    if (
        low in ("before", "after", "when", "by")
        and unit.low[k + 1 : k + 2]
        and unit.low[k + 1] in CUES
        and unit.low[k + 1].endswith("ing")
    ):
        return True
    joined = low in ("and", "but") and k + 1 < size and unit.low[k + 1] not in NOUN_CUES
    if joined and any(cue.shape != BASE for cue in CUES.get(unit.low[k + 1], ())):
        return True
    return _cue_ahead(unit, k)


_ABBREVIATED = frozenset(["dr", "gov", "mr", "mrs", "ms", "prof", "rep", "sen"])


def _cue_ahead(unit: Unit, begin: int) -> bool:
    """Whether a subject and a saying verb follow at once ("…, he said", "…, which Samsung denied")."""
    for k in range(begin, min(len(unit.low), begin + 9)):
        low = unit.low[k]
        if low == "." and unit.low[k - 1] in _ABBREVIATED:
            continue
        if low in ",;:" or low == QUOTE or low in STOPS:
            return False
        if (
            low in CUES
            and k > begin
            and any(("q" in c.frames or "-" in c.frames) and c.shape in (PAST, THIRD) for c in CUES[low])
        ):
            return verb_group(unit, k, CUES[low][0].shape) is not None
        if is_finite(unit, k) and low not in HAVE and low not in BE:
            return False
    return False


def left_content(unit: Unit, begin: int) -> tuple[int, int] | None:
    """The clause or quotation that ends directly before `begin`."""
    last = begin - 1
    if last < 0:
        return None
    low = unit.low[last]
    if low == QUOTE:
        return _left_of_quote(unit, last)
    if low not in (",", "—", "–", "?", "!") or last == 0:
        return None
    if unit.low[last - 1] == QUOTE:
        return _left_of_quote(unit, last - 1)
    start = left_start(unit, last - 1)
    if unit.low[start:last] == ["not", "so"]:
        return start, last
    start += unit.low[start] in ("and", "but") and start + 1 < last
    if start >= last or is_cut_off(unit, last - 1):
        return None
    if not (
        has_clause(unit, start, last) or any(w in CUES for w in unit.low[start:last]) or _is_headline(unit, start, last)
    ):
        return None
    if unit.low[start] in ("asked", "pressed", "speaking", "citing", "writing", "according"):
        return None
    if (
        unit.low[start] in SUBORDINATORS | PREPOSITIONS
        and unit.low[start] not in ("that", "what", "how")
        and not _has_main_clause(unit, start, last)
    ):
        return None
    return start, last


def is_cut_off(unit: Unit, last: int) -> bool:
    """Whether a clause stops at a word that must go on ("They were also, my editor told me, …")."""
    low = unit.low[last]
    if is_adverb(low) and last > 0:
        low = unit.low[last - 1]
        return low in BE
    return (
        low in PREPOSITIONS
        or low in BE
        or low in HAVE
        or low in MODALS
        or low in COORDINATORS
        or low in ("the", "a", "an")
    )


def _is_headline(unit: Unit, start: int, last: int) -> bool:
    """Whether the words before the comma may have a verb that no list has, and all that follows is who says so ("…, sources say")."""
    size = len(unit.low) - (unit.low[-1] == ".")
    behind = unit.low[last + 1 : size]
    return start == 0 and last >= 4 and size - last <= 6 and bool(behind) and (behind[-1] in CUES or behind[0] in CUES)


def _has_main_clause(unit: Unit, start: int, end: int) -> bool:
    """Whether a comma within is followed by a clause: "When X came, Y left"."""
    return any(unit.low[i] == "," and has_clause(unit, i + 1, end) for i in range(start, end)) or (
        unit.low[start] in PREPOSITIONS - SUBORDINATORS and _has_free_verb(unit, start, end)
    )


def _has_free_verb(unit: Unit, start: int, end: int) -> bool:
    """Whether a verb stands outside of relative clauses: not so in "In a message that was seen by others"."""
    return any(
        is_finite(unit, k) and not {"that", "which", "who"}.intersection(unit.low[max(start, k - 3) : k])
        for k in range(start, end)
    )


def _left_of_quote(unit: Unit, quote: int) -> tuple[int, int]:
    """A quotation before a cue, with the clause that it ends when it is only a part of one."""
    if quote == 0 or (not unit.low[quote - 1][0].isalnum() and unit.low[quote - 1] != "'s"):
        return quote, quote + 1
    return left_start(unit, quote - 1), quote + 1


def left_start(unit: Unit, last: int) -> int:
    """Where the clause that ends at `last` begins, behind a dateline, a stop or an earlier cue."""
    i = last
    while i > 0:
        low = unit.low[i - 1]
        if low in (";", ":") or (low in STOPS and len(unit.low[i - 2 if i > 1 else 0]) > 4 and not (unit.tight(i))):
            break
        if low == QUOTE and unit.words[i].text[0].isupper() and _ends_sentence(unit, i - 1):
            break
        i -= 1
    return _behind_dateline(unit, i)


def _behind_dateline(unit: Unit, begin: int) -> int:
    """`begin` moved behind "SEOUL, Oct. 29 (Reuters) -"."""
    if begin > 0 or not unit.low:
        return begin
    first = unit.words[0].text
    if not (first == "(" or unit.low[0] in TIMES or (first.isupper() and len(first) > 2)):
        return begin
    for i in range(1, min(len(unit.low) - 1, 14)):
        if unit.low[i] in DASHES and not unit.tight(i):
            return i + 1
    return begin


def around(unit: Unit, source: tuple[int, int], after: int) -> tuple[int, int] | None:
    """The larger part of a clause that the cue interrupts: "Skua 3, Solheim says, will be trained …"."""
    size = len(unit.low)
    if source[0] < 2 or unit.low[source[0] - 1] != "," or after >= size or unit.low[after] != ",":
        return None
    begin = after + 1
    if begin >= size or not (is_finite(unit, begin) or has_clause(unit, begin, size)):
        return None
    return begin, content_end(unit, Complement("clause", begin, after))
