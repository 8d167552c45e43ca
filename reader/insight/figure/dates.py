"""Dates as the text says them, and the period that a figure belongs to."""

from __future__ import annotations

from functools import cache

from reader.insight import lexicons
from reader.insight.figure.quantity import Quantity
from reader.insight.naming.namedigits import NameDigits
from reader.insight.syntax.document import Document


@cache
def months() -> dict[str, tuple[int, str]]:
    """Names of months and weekdays, lower-cased: number, and whether it is a weekday or a word with other meanings."""
    return {name: (int(number), kind) for name, number, kind in lexicons.table("months")}


def is_date_word(low: str) -> bool:
    """Whether a lower-cased word names a month or weekday."""
    return low in months()


def read_date(document: Document, index: int, names: NameDigits) -> Quantity | None:
    """The date that begins at token `index`: a month with day or year, a weekday, a year; null for anything else."""
    token = document.tokens[index]
    if token.text[0].isdecimal():
        return _numeric(document, index, names)
    kind = months().get(token.low)
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
    is_month = following in months() and months()[following][1] != "weekday" and tokens[index + 1].text[0].isupper()
    if is_month and _is_day(tokens[index].text) and not names.holds(index):
        return _date(index, _day_and_year(document, index + 1), "date.month")
    if not is_year(tokens[index].text) or names.holds(index) or names.inside_entity(index):
        return None
    if document.joined(index) and following not in (".", ",", ";", ":", ")", "?", "!", "’s", "'s", "”", '"', "-", "–"):
        return None
    if names.capital_before(index) and lows[index - 1] not in months():
        return None
    return _date(index, index, "date.year")
