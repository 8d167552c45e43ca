"""Counted nouns: their singular, and how far the noun phrase after a number reaches."""

from __future__ import annotations

from functools import cache

from reader.insight import lexicons
from reader.insight.lexicons import word_class
from reader.insight.syntax.document import Document

_HYPHENS = "-‐‑"
_LONGEST = 5
"""Words of a counted noun phrase at most ("weekly active enterprise users")."""


@cache
def _irregular() -> dict[str, str]:
    """Irregular plurals and nouns without one, with their singular."""
    return {row[0]: row[1] for row in lexicons.table("plurals")}


def is_plural(word: str) -> bool:
    """Whether a lower-cased word looks like a plural noun."""
    if word in _irregular():
        return True
    return len(word) > 3 and word[-1] == "s" and not word.endswith(("ss", "us", "is", "ous")) and word not in _closed()


def singular(word: str) -> str:
    """Singular of a lower-cased plural noun; other words as they are."""
    if word in _irregular():
        return _irregular()[word]
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes", "tzes")):
        return word[:-2]
    return word[:-1]


@cache
def _closed() -> frozenset[str]:
    """Words that cannot stand in a counted noun phrase: function words, and verbs and adverbs that often follow a number."""
    return lexicons.terms("noun_stops")


def noun_phrase(document: Document, index: int, end: int) -> tuple[int, str] | None:
    """Last token and singular name of the counted nouns from token `index`; `end` is the offset where the sentence ends.

    The phrase reaches to its first plural noun ("passing tests", "weekly active users"); null when there is none. Participles and
    words such as "previous" do not become part of the name ("passing tests" are counted as `test`).
    """
    words: list[str] = []
    place = index
    tokens, lows = document.tokens, document.lows
    while place < len(tokens) and tokens[place].start < end and len(words) < _LONGEST:
        low = lows[place]
        if low == "and" and words and place + 1 < len(lows) and not is_plural(lows[place + 1]):
            place += 1
            continue
        if low in ("more", "other") and not words and place + 1 < len(lows) and is_plural(lows[place + 1]):
            place += 1
            continue
        if not low[0].isalpha() or low in _closed():
            return None
        place, word = _compound(document, place)
        words.append(word)
        if is_plural(word) and not _goes_on(document, place, end):
            return place - 1, " ".join([*(w for w in words[:-1] if not _is_light(w)), singular(word)])
    return None


def _is_light(word: str) -> bool:
    """A modifier that says nothing about what is counted."""
    return word in word_class("light_modifier") or (word.endswith(("ing", "ed")) and len(word) > 5 and "-" not in word)


def _compound(document: Document, place: int) -> tuple[int, str]:
    """The token after a word with its hyphenated parts, and the word."""
    tokens, lows = document.tokens, document.lows
    word = lows[place]
    place += 1
    while place < len(tokens) and document.joined(place - 1) and tokens[place].text[0].isalnum():
        word += lows[place]  # a name with digits, as in "GB300 GPUs"
        place += 1
    while (
        place + 1 < len(tokens)
        and tokens[place].text in _HYPHENS
        and document.joined(place - 1)
        and document.joined(place)
        and tokens[place + 1].text[0].isalnum()
    ):
        word += "-" + lows[place + 1]
        place += 2
    return place, word


def _goes_on(document: Document, place: int, end: int) -> bool:
    """Whether a plural is only the first part of a longer noun ("sales calls")."""
    if place >= len(document.tokens) or document.tokens[place].start >= end:
        return False
    low = document.lows[place]
    if document.lows[place - 1] in ("graphics", "communications"):
        return low[0].isalpha() and low not in _closed()
    return document.lows[place - 1] in ("sales", "sports", "operations", "systems", "goods") and is_plural(low)
