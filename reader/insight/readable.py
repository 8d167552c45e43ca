"""What reads as a whole by itself: clauses that are not cut out of their sentence, and sources that somebody stands behind.

The layers keep what the text says in whatever form; a row of the panel stands alone, so it must have a subject, a verb and an end.
"""

from __future__ import annotations

import re
from functools import cache

from reader.insight.lexicons import terms
from reader.insight.speech.cues import BASE, CUES, ING
from reader.insight.syntax.clauses import (
    AUXILIARIES,
    EVIDENCE_NOUNS,
    FINITE,
    MEDIA,
    MODALS,
    PREPOSITIONS,
    SOURCE_NOUNS,
    word_class,
)

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:—–“\"(]")
_RELATIVES = frozenset(("how", "that", "what", "where", "which", "who", "whom", "whose", "why"))
_SUBJECTS = frozenset(("he", "i", "it", "she", "they", "we", "you"))
_CUT_BEFORE = frozenset(
    (
        "as",
        "asked",
        "him",
        "how",
        "if",
        "me",
        "of",
        "than",
        "them",
        "to",
        "unless",
        "us",
        "what",
        "when",
        "whether",
        "who",
        "why",
    )
)
"""First words of a passage that depends on what stands before it."""
_CUT_BEHIND = frozenset(
    ("a", "am", "an", "and", "are", "be", "but", "is", "just", "no", "of", "only", "or", "than", "that", "the", "their", "to", "was",
     "were", "which", "who")
)  # fmt: skip
"""Last words of a passage whose end is missing."""
_NOUN_MARKS = frozenset(("a", "an", "her", "his", "its", "my", "of", "our", "that", "the", "their", "this"))
_AGENTS = ("er", "or", "ist", "ian", "ant", "ent", "man", "ee", "eer", "ess", "s", "people")
"""Endings of nouns for people and groups."""
_WITHHELD = re.compile(
    r"\b(?:won['’]t|will\s+not|wouldn['’]t)\s+"
    r"(?:comment|confirm|disclose|discuss|elaborate|identify|name|reveal|say|share|specify|tell)\b",
    re.IGNORECASE,
)
"""What somebody keeps to himself is no forecast."""
_SETTLED = re.compile(
    r"\b(?:is|are|was|be)\s+(?:\w+ly\s+|now\s+|also\s+|still\s+)?"
    r"(?:expected|due|set|scheduled|slated|likely|poised|projected|forecast|tipped|estimated|bound)\b"
)
_CONDITION = re.compile(r"\b(?:if|whether|unless|suppose|supposing|imagine)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?]['’\"”)]*\s|\n")
_SENTENCE = 300
"""Characters within which the beginning of a sentence is looked for."""


@cache
def _verbs() -> frozenset[str]:
    """Forms that are the verb of a clause, not an infinitive and seldom a noun."""
    cues = {word for word, uses in CUES.items() if any(use.shape not in (BASE, ING) for use in uses)}
    return FINITE | terms("figure_verbs") | (cues - terms("plural_verbs"))


def is_statement(passage: str) -> bool:
    """Whether a reported passage is a whole clause: it has a verb of its own, and nothing is cut off before or behind."""
    words = _words(passage)
    words = words[1:] if words[:1] == ["that"] else words
    return bool(words) and _is_whole(words) and not _is_verb(words, 0) and _has_main_verb(words)


def is_forecast(text: str, start: int, end: int, *, held: bool) -> bool:
    """Whether the forecast at `start`-`end` is whole, no condition, and not about "you" or "us"; `held`: somebody named holds it."""
    words = _words(text[start:end])
    if not words or not _is_whole(words) or _WITHHELD.search(text, start, end):
        return False
    before = _before(text, start)
    if _CONDITION.search(before) or before.rstrip().rpartition(" ")[2].lower() in PREPOSITIONS | {"as"}:
        return False
    relative = not _RELATIVES.isdisjoint(words)
    if relative and (_opens_with_relative(words) or not (held or _has_main_verb(words))):
        return False
    if held:
        return words[0] not in MODALS and words[0] not in ("said", "says")
    hosts = {word.partition("'")[0] for word in words}
    return (
        not _is_verb(words, 0)
        and words[1:2] != ["to"]
        and _SUBJECTS.isdisjoint(word.partition("'")[0] for word in words[:2])
        and hosts.isdisjoint(("i", "we", "you", "your"))
    )


def vouches(source: str) -> bool:
    """Whether the words of a source can be somebody, or a document: no thing ("the law"), and no piece of another clause."""
    words = _words(source)
    if (
        not words
        or words[0] in _CUT_BEFORE
        or words[-1] in PREPOSITIONS
        or (len(words) > 2 and words[-1] in ("say", "show", "suggest"))
        or (source[0].islower() and words[0].endswith("ed"))
        or "my" in words
        or "i" in words
        or _acts(source.split())
    ):
        return False
    if len(words) == 2 and words[0] in ("the", "our", "its", "this") and source.split()[-1].islower():
        known = words[1] in SOURCE_NOUNS or words[1] in EVIDENCE_NOUNS or words[1] in MEDIA or words[1] in _bodies()
        return known or words[1].endswith(_AGENTS)
    return not any(word in ("he", "she", "his") for word in words[1:] if "who" not in words)


def _acts(words: list[str]) -> bool:
    """Whether a name is followed by what it did ("Common Sense published in July"); "the people interviewed" are somebody."""
    for index in range(1, len(words)):
        if words[index] in _RELATIVES or words[index - 1][-1] == ",":
            return False
        if words[index - 1][0].isupper() and words[index].islower() and _is_verb(words, index):
            return True
    return False


def is_expected_by_others(passage: str) -> bool:
    """Whether a forecast only says what is to happen ("X is expected to", "X will be replaced"): its subject is no holder of it."""
    words = _words(passage)
    modal = next((i for i, word in enumerate(words) if word in MODALS or word == "won't"), len(words))
    said = any(word in CUES and word not in terms("plural_verbs") for word in words[:modal])
    return bool(_SETTLED.search(passage)) if modal == len(words) else not said


@cache
def _bodies() -> frozenset[str]:
    return word_class("body") | frozenset(("jury", "state", "church", "press", "industry", "public", "website"))


def _words(passage: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(passage.lower())]


def _is_whole(words: list[str]) -> bool:
    return (
        words[0] not in _CUT_BEFORE
        and words[-1] not in _CUT_BEHIND
        and words[-2:] not in (["it", "had"], ["it", "has"])
    )


def _is_verb(words: list[str], index: int) -> bool:
    """Whether the word is a finite verb, and not part of a noun phrase ("the proposed law")."""
    word = words[index]
    if index and words[index - 1] in _NOUN_MARKS and word not in AUXILIARIES:
        return False
    return word in _verbs() or word.endswith("n't") or (word.endswith("ed") and len(word) > 4)


def _has_main_verb(words: list[str]) -> bool:
    """Whether a verb stands outside of relative clauses: not so in "an app, which millions use" or "the number who left"."""
    relative = False
    for index, word in enumerate(words):
        if word in (",", ";", ":", "—", "–"):
            relative = False
        elif word in _RELATIVES:
            relative = True
        elif _is_verb(words, index) or "'" in word:
            if not relative:
                return True
            behind = index + 1 < len(words) and _is_verb(words, index + 1)
            relative = word in AUXILIARIES and behind
    return False


def _opens_with_relative(words: list[str]) -> bool:
    """Whether the first verb is a modal behind "who" or "that" ("ignorants who will believe")."""
    first = next((i for i in range(len(words)) if _is_verb(words, i)), 0)
    return words[first] in MODALS and words[first - 1] in _RELATIVES


def _before(text: str, start: int) -> str:
    """What stands before `start` in its sentence."""
    return _STOP.split(text[max(0, start - _SENTENCE) : start])[-1]
