"""The words that attribute: verb forms of every cue lemma, and the verb group around one (auxiliaries, negation, control verbs)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from reader.insight.lexicons import table
from reader.insight.syntax.clauses import (
    BE,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    Unit,
    is_adverb_at,
    is_possessive,
    word_class,
)

BASE, THIRD, PAST, ING = "base", "third", "past", "ing"


@dataclass(frozen=True, slots=True)
class Cue:
    """One use of a cue verb. `frames`: see `lexicon/cue_verbs.tsv`; `particle` is empty or must follow; `shape` is the verb form."""

    lemma: str
    frames: str
    particle: str
    shape: str


@dataclass(frozen=True, slots=True)
class Group:
    """The verb group that ends in a cue: where it begins, and what its auxiliaries say."""

    begin: int
    negated: bool = False
    passive: bool = False
    modal: bool = False
    infinitive: bool = False
    progressive: bool = False
    controlled: bool = False


def _doubled(lemma: str) -> bool:
    """Whether a final consonant doubles; the few longer lemmas that do are in `irregular_verbs.tsv`."""
    return len(lemma) <= 4 and lemma[-1] in "bdgmnpt" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"


def third(lemma: str) -> str:
    """Third person singular of a regular verb."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    return lemma[:-1] + "ies" if lemma[-1] == "y" and lemma[-2] not in "aeiou" else lemma + "s"


def past(lemma: str) -> str:
    """Past of a regular verb."""
    if lemma[-1] == "y" and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + ("d" if lemma[-1] == "e" else lemma[-1] + "ed" if _doubled(lemma) else "ed")


def gerund(lemma: str) -> str:
    """The -ing form of a verb."""
    if lemma[-1] == "e" and lemma[-2] not in "eo":
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubled(lemma) else "") + "ing"


def _forms() -> dict[str, tuple[Cue, ...]]:
    """Every form of every cue verb, with the uses it may have."""
    irregular = {lemma: forms.split() for lemma, forms in table("irregular_verbs")}
    forms: dict[str, list[Cue]] = {}
    for lemma, frames, particle in table("cue_verbs"):
        given = irregular.get(lemma, [])
        spelled = [(form, ING if form.endswith("ing") else PAST) for form in given]
        regular = [(gerund(lemma), ING)] if ING not in dict(spelled).values() else []
        regular += [] if PAST in dict(spelled).values() else [(past(lemma), PAST)]
        for form, shape in ((lemma, BASE), (third(lemma), THIRD), *spelled, *regular):
            uses = forms.setdefault(form, [])
            if not any(u.lemma == lemma and u.particle == particle and u.shape == shape for u in uses):
                uses.append(Cue(lemma, frames, particle, shape))
    return {form: tuple(sorted(uses, key=lambda u: not u.particle)) for form, uses in forms.items()}


CUES = _forms()
CONTROL = {row[0]: row[1] for row in table("control_verbs")}
"""Verbs before "to" or -ing that belong to the cue ("declined to say"), with + or - for what they make of it."""


_Row = TypeVar("_Row", bound=tuple[Any, ...])


def by_second(rows: list[_Row]) -> dict[str, tuple[_Row, ...]]:
    """Rows that begin with a phrase (its words, the first the same in all) by the second word, longest first.

    Phrases of one word stand under every second word, and under "" for all others.
    """
    ordered = sorted(rows, key=lambda row: -len(row[0]))
    seconds = {row[0][1] for row in rows if len(row[0]) > 1} | {""}
    return {second: tuple(row for row in ordered if len(row[0]) == 1 or row[0][1] == second) for second in seconds}


def verb_group(unit: Unit, index: int, shape: str) -> Group | None:
    """The group that ends in the cue at `index`; None when the word is a noun or an adjective there."""
    i, negated, modal, be, control = index, False, False, False, False
    while i > 0:
        low = unit.low[i - 1]
        if low == "to" and i == index and shape == BASE:
            begin, sign = _control_before(unit, i - 1)
            if begin is None:
                return Group(index, infinitive=True)
            i, control, negated = begin, True, negated or sign == "-"
            continue
        if low in ("of", "short") and shape == ING and i == index and i > 2 and unit.low[i - 2] == "short":
            i, negated, control = i - 3, True, True
            continue
        if low in NEGATIONS or low.endswith("n't"):
            negated, be = True, be or (low in BE and not control)
        elif low in BE:
            if low == "'s" and is_possessive(unit, i - 1):
                break
            be = be or not control
        elif low in MODALS:
            modal = True
        elif not (low in HAVE or low in DO or is_adverb_at(unit, i - 1) or low in ("longer", "yet", "n't")):
            break
        if low in DETERMINERS and low in NEGATIONS and i - 1 == 0:
            break
        if low in ("first", "last", "once") and i > 1 and unit.low[i - 2] == "at":
            break
        i -= 1
    if _is_noun(unit, i, index, shape):
        return None
    return Group(i, negated, be and shape == PAST, modal, False, be and shape == ING, control)


def _control_before(unit: Unit, to: int) -> tuple[int | None, str]:
    """Start of the verb that governs the "to" at index `to`, and its sign; (None, "") when it is no such verb."""
    i = to - 1
    while i > 0 and is_adverb_at(unit, i):
        i -= 1
    if i >= 1 and unit.low[i] == "on" and unit.low[i - 1] in ("went", "goes", "going", "go", "gone"):
        return i - 1, "+"
    sign = CONTROL.get(unit.low[i]) if i >= 0 else None
    return (i, sign) if sign else (None, "")


def _is_noun(unit: Unit, begin: int, index: int, shape: str) -> bool:
    """Whether a determiner, a possessive or a preposition before makes a noun or adjective of the cue."""
    if begin == 0 or shape == ING:
        return False
    before = unit.low[begin - 1]
    if is_possessive(unit, begin - 1) or before == "-" or unit.low[max(0, begin - 2) : begin] == ["'", "s"]:
        return True
    if before in DETERMINERS:
        return before not in _STANDALONE or (
            shape == BASE and before not in ("many", "some", "most", "both", "others", "several", "few")
        )
    return before in PREPOSITIONS and before not in ("since",) and begin == index


_STANDALONE = word_class("standalone")
