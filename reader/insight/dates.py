"""Dates as the text says them, and the period that a figure belongs to."""

from __future__ import annotations

from functools import cache

from reader.insight import lexicons
from reader.insight.document import Document
from reader.insight.lexicons import word_class
from reader.insight.metrics import predicate_words
from reader.insight.namedigits import NameDigits
from reader.insight.quantity import Quantity

_PERIOD_REACH = 14
"""Tokens on either side of a figure in which its period is looked for."""


@cache
def _months() -> dict[str, tuple[int, str]]:
    return {name: (int(number), kind) for name, number, kind in lexicons.table("months")}


def is_date_word(low: str) -> bool:
    """Whether a lower-cased word names a month or weekday."""
    return low in _months()


def read_date(document: Document, index: int, names: NameDigits) -> Quantity | None:
    """The date that begins at token `index`: a month with day or year, a weekday, a year; null for anything else."""
    token = document.tokens[index]
    if token.text[0].isdecimal():
        return _numeric(document, index, names)
    kind = _months().get(token.low)
    if kind is None or not token.text[0].isupper():
        return None
    if kind[1] == "weekday":
        return _date(index, index, "date.weekday")
    last = _day_and_year(document, index)
    if last == index and (kind[1] == "weak" or token.text.isupper()) and not _after_preposition(document, index):
        return None
    return _date(index, last, "date.month")


def _date(first: int, last: int, rule: str) -> Quantity:
    return Quantity(first, last, "date", None, None, rule)


def _after_preposition(document: Document, index: int) -> bool:
    return index > 0 and document.lows[index - 1] in (
        "in",
        "since",
        "until",
        "by",
        "last",
        "next",
        "this",
        "of",
        "early",
        "late",
        "mid",
        "from",
        "through",
        "before",
        "after",
        "between",
    )


def _day_and_year(document: Document, index: int) -> int:
    """The last token of a month with what follows it: "January 31, 2027", "Aug. 14", "July 2025"."""
    tokens, last = document.tokens, index
    place = index + 1
    if place < len(tokens) and tokens[place].text == "." and document.joined(index):
        place += 1
    if place < len(tokens) and _is_day(tokens[place].text):
        last = place
        if place + 1 < len(tokens) and document.joined(place) and document.lows[place + 1] in ("st", "nd", "rd", "th"):
            last = place + 1
        place = last + 1
        if place < len(tokens) and tokens[place].text == ",":
            place += 1
    if place < len(tokens) and is_year(tokens[place].text):
        return place
    return last


def _is_day(text: str) -> bool:
    return text.isdecimal() and len(text) < 3 and 0 < int(text) < 32


def is_year(text: str) -> bool:
    """Whether digits are a year from 1900 to 2099."""
    return len(text) == 4 and text.isdecimal() and "1900" <= text <= "2199"


def _numeric(document: Document, index: int, names: NameDigits) -> Quantity | None:
    """ "31 January 2027", "2027" in a place where a year stands."""
    tokens, lows = document.tokens, document.lows
    following = lows[index + 1] if index + 1 < len(lows) else ""
    is_month = following in _months() and _months()[following][1] != "weekday" and tokens[index + 1].text[0].isupper()
    if is_month and _is_day(tokens[index].text) and not names.holds(index):
        return _date(index, _day_and_year(document, index + 1), "date.month")
    if not is_year(tokens[index].text) or names.holds(index) or names.inside_entity(index):
        return None
    if document.joined(index) and following not in (".", ",", ";", ":", ")", "?", "!", "’s", "'s", "”", '"', "-", "–"):
        return None
    if names.capital_before(index) and lows[index - 1] not in _months():
        return None
    return _date(index, index, "date.year")


def period_of(document: Document, first: int, last: int, start: int, end: int) -> str | None:
    """The period of a figure from token `first` to `last` within its sentence: "this year", "third quarter", "2025", "last November"."""
    after = _period_from(document, last + 1, end, 1)
    return after or _period_from(document, first - 1, start, -1)


def _period_from(document: Document, place: int, bound: int, step: int) -> str | None:
    """The nearest period on one side, not past a semicolon or another clause."""
    starts, lows, keys = document.starts, document.lows, _period_keys()
    ends = word_class("period_end_after") if step > 0 else word_class("period_end")
    aside = False
    for index in range(place, place + step * _PERIOD_REACH, step):
        if not 0 <= index < len(lows) or (starts[index] >= bound if step > 0 else starts[index] < bound):
            return None
        low = lows[index]
        if low in ends or (_is_other_verb(lows, index, place) if step > 0 else _is_other_phrase(lows, index)):
            return None
        if step < 0 and low == ",":
            aside = not aside and _leads_verb(lows, index)
        if aside:
            continue
        if step < 0 and low in ("which", "who"):
            return None
        found = _period_at(document, index) if low in keys or low[0].isdecimal() else None
        if found is not None:
            said = lows[index - 2] in word_class("saying") if index > 1 else False
            shared = step > 0 or not (said or lows[index + 1] in ("and", "or"))
            return found if shared else None
    return None


def _is_other_verb(lows: tuple[str, ...], index: int, place: int) -> bool:
    """Whether the verb at `index` behind a figure has a time of its own ("$6 billion, Reuters reported this week").

    A participle right behind the figure has not ("the $6 billion raised last year").
    """
    if lows[index] == "than":
        return True
    verb = lows[index] in predicate_words() or lows[index] in word_class("saying")
    if not verb or lows[index] in ("'s", "’s"):
        return False
    return "," in lows[place:index] or index > place + 1 or lows[index] in word_class("auxiliary")


def _is_other_phrase(lows: tuple[str, ...], index: int) -> bool:
    """Whether the words before `index` belong to another verb than the figure behind it ("spent … last year and plans")."""
    if lows[index] == "that":
        return True
    return lows[index] in ("and", "but", "then") and _leads_verb(lows, index)


def _leads_verb(lows: tuple[str, ...], index: int) -> bool:
    """Whether a verb follows token `index`, past adverbs."""
    index += 1
    while index < len(lows) - 1 and (lows[index].endswith("ly") or lows[index] in ("now", "also", "then")):
        index += 1
    return index < len(lows) and lows[index] in predicate_words()


@cache
def _period_keys() -> frozenset[str]:
    """Words that a period ends with, besides years."""
    return frozenset({"quarter", "half", "q"}) | word_class("period")


def _period_at(document: Document, place: int) -> str | None:
    """The period whose key word is token `place`."""
    tokens, lows = document.tokens, document.lows
    low = lows[place]
    before = lows[place - 1] if place else ""
    closed = not document.joined(place) or tokens[place + 1].text in (".", ",", ";", ":", ")", "?", "!", "”", '"')
    if is_year(tokens[place].text) and closed:
        if before in _months():
            return document.text[tokens[place - 1].start : tokens[place].end]
        return (
            _fiscal(document, place) if before in word_class("before_year") or before in ("fiscal", "fy", "q") else None
        )
    if low in ("quarter", "half") and before in word_class("period_ordinal"):
        return f"{before} {low}"
    if low in ("quarter", "half") and before == "-" and place > 1 and lows[place - 2] in word_class("period_ordinal"):
        return f"{lows[place - 2]} {low}"
    if low in word_class("period") and before in ("this", "last", "next"):
        return document.text[tokens[place - 1].start : tokens[place].end]
    if low == "q" and document.joined(place) and tokens[place + 1].text in ("1", "2", "3", "4"):
        return document.text[tokens[place].start : tokens[place + 1].end]
    return None


def _fiscal(document: Document, place: int) -> str:
    """A year with "fiscal" in front where it stands there."""
    if place and document.lows[place - 1] == "fiscal":
        return document.text[document.tokens[place - 1].start : document.tokens[place].end]
    return document.tokens[place].text
