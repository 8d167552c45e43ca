"""The period that a figure belongs to: "this year", "third quarter", "2025", "last November"."""

from __future__ import annotations

from functools import cache

from reader.insight.figure.dates import is_year, months
from reader.insight.figure.verbs import is_verb, predicate_words
from reader.insight.lexicons import word_class
from reader.insight.syntax.document import GENITIVES, Document

_REACH = 14
"""Tokens on either side of a figure in which its period is looked for."""
_LEADING = 10
"""Tokens of a phrase at the start of a sentence that says when all of it happens ("In the third quarter, …")."""
_FORMER = frozenset({"from", "against", "versus", "vs"})
"""Words in front of a value of another time: it shares no period with what stands before it."""


def period_of(document: Document, first: int, last: int, bounds: range, begin: int) -> str | None:
    """The period of a figure from token `first` to `last` in the sentence of the tokens `bounds`; its own words begin at token `begin`.

    Behind the figure up to the next clause, else in front of it in its own words, else in the phrase that opens the sentence.
    """
    lows = document.lows
    found, other = _after(document, last + 1, bounds.stop)
    if found or other:
        return found
    former = first > 0 and (lows[first - 1] in _FORMER or lows[max(0, first - 2) : first] == ("compared", "with"))
    return (
        None if former else _before(document, first - 1, max(bounds.start, begin)) or _leading(document, bounds, first)
    )


def _after(document: Document, place: int, end: int) -> tuple[str | None, bool]:
    """The period behind a figure, and whether its time is told in another way ("a year earlier", "now")."""
    lows, keys, telling, comma = document.lows, _period_keys(), _telling(), False
    for index in range(place, min(end, place + _REACH)):
        low = lows[index]
        if low == ",":
            comma = True
            continue
        number = low[0].isdecimal()
        if low not in telling and not number:
            continue
        if low in word_class("elsewhen") and not comma:
            return None, True
        if low in word_class("period_end_after") or _is_other_verb(document, index, place, comma):
            return None, False
        found = _period_at(document, index) if low in keys or number else None
        if found is not None:
            return found or None, True
        if number and is_year(document.tokens[index].text) and not _dates(document, index):
            return None, True
        if comma and (low in "%$€£¥" or (number and not is_year(document.tokens[index].text))):
            return None, False
    return None, False


@cache
def _telling() -> frozenset[str]:
    """Words behind a figure that say, or end, its period."""
    verbs = predicate_words() | word_class("saying") | {"than"}
    return verbs | _period_keys() | word_class("elsewhen") | word_class("period_end_after") | frozenset("%$€£¥")


def _before(document: Document, place: int, bound: int) -> str | None:
    """The nearest period in front of a figure among its own words, not past a comma that begins another phrase."""
    lows, keys, ends = document.lows, _period_keys(), word_class("period_end")
    near, linked = place, word_class("period_comma")
    while near > bound and lows[near] in word_class("light"):
        near -= 1
    for index in range(place, max(bound - 1, place - _REACH), -1):
        low = lows[index]
        if low in ends or low == "that" or (low == "," and index < near and lows[index + 1] not in linked):
            return None
        found = _period_at(document, index) if low in keys or low[0].isdecimal() else None
        if found is not None:
            said = index > 1 and lows[index - 2] in word_class("saying")
            return None if said or lows[index + 1] in ("and", "or") else found or None
    return None


def _leading(document: Document, bounds: range, first: int) -> str | None:
    """The period of the phrase before the first comma of a sentence ("In the third quarter, revenue …")."""
    lows, low = document.lows, bounds.start
    if lows[low] not in word_class("period_opener"):
        return None
    for index in range(low + 1, min(first, low + _LEADING)):
        if lows[index] == ",":
            places = (i for i in range(low, index) if lows[i] in _period_keys() or lows[i][0].isdecimal())
            shared = word_class("clause_opener").isdisjoint(lows[index:first])
            return next((found for i in places if (found := _period_at(document, i))), None) if shared else None
        if is_verb(document, index):
            return None
    return None


def _is_other_verb(document: Document, index: int, place: int, comma: bool) -> bool:
    """Whether the word at `index` behind a figure begins something with a time of its own ("$6 billion, Reuters reported this week").

    A participle right behind the figure does not ("the $6 billion raised last year").
    """
    lows = document.lows
    if lows[index] == "than":
        return True
    verb = lows[index] in predicate_words() or lows[index] in word_class("saying")
    if not verb or lows[index] in GENITIVES:
        return False
    participle = lows[index].endswith("ed") and lows[index] not in word_class("saying")
    return comma or index > place + 1 or not participle or lows[index] in word_class("auxiliary")


def _dates(document: Document, place: int) -> bool:
    """Whether a period says when something was, not since or until when."""
    lows, index = document.lows, place - 1
    while index >= 0 and lows[index] in word_class("period_modifier"):
        index -= 1
    return index < 0 or lows[index] not in word_class("period_limit")


@cache
def _period_keys() -> frozenset[str]:
    """Words that a period ends with, besides years."""
    return frozenset({"quarter", "half", "q"}) | word_class("period")


def _period_at(document: Document, place: int) -> str | None:
    """The period whose key word is token `place`; empty for one that names a part of another year without its number."""
    tokens, lows = document.tokens, document.lows
    low = lows[place]
    before = lows[place - 1] if place else ""
    if lows[place + 1 : place + 2] in (("'s",), ("’s",)) or not _dates(document, place):
        return None
    closed = not document.joined(place) or tokens[place + 1].text in (".", ",", ";", ":", ")", "?", "!", "”", '"')
    if is_year(tokens[place].text) and closed:
        if before in ("of", ",") and place > 2 and lows[place - 2] in ("quarter", "half"):
            whole = _period_at(document, place - 2)
            return whole or ""
        if before in months() and not _dates(document, place - 1):
            return ""
        if before in months():
            return document.text[tokens[place - 1].start : tokens[place].end]
        return (
            _fiscal(document, place) if before in word_class("before_year") or before in ("fiscal", "fy", "q") else None
        )
    if low in ("quarter", "half") and before in word_class("period_ordinal"):
        return _part(document, place, f"{before} {low}")
    if low in ("quarter", "half") and before == "-" and place > 1 and lows[place - 2] in word_class("period_ordinal"):
        return _part(document, place, f"{lows[place - 2]} {low}")
    if low in word_class("period") and before in ("this", "last", "next"):
        return document.text[tokens[place - 1].start : tokens[place].end]
    if low == "q" and document.joined(place) and tokens[place + 1].text in ("1", "2", "3", "4"):
        return _part(document, place + 1, document.text[tokens[place].start : tokens[place + 1].end])
    return None


def _part(document: Document, last: int, name: str) -> str:
    """A quarter or half with the year behind it; empty where that is told as "last year" ("the second quarter of last year")."""
    tokens, lows = document.tokens, document.lows
    place = last + 2 if lows[last + 1 : last + 2] == ("of",) else last + 1
    if lows[place : place + 1] in (("last",), ("next",)) or lows[place : place + 2] == ("a", "year"):
        return ""
    if place >= len(tokens) or not is_year(tokens[place].text):
        return name
    year = document.text[tokens[last].end : tokens[place].end]
    return name if "\n" in year else name + year


def _fiscal(document: Document, place: int) -> str:
    """A year with "fiscal" in front where it stands there."""
    if place and document.lows[place - 1] == "fiscal":
        return document.text[document.tokens[place - 1].start : document.tokens[place].end]
    return document.tokens[place].text
