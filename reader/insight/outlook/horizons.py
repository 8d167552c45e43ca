"""When something is to come: "by the end of Q1", "next year", "through 2027", "January 31, 2027"."""

from __future__ import annotations

import re

from reader.insight.syntax.clauses import word_class

_PERIODS, _WORDS, _LEADS = word_class("horizon_period"), word_class("horizon_word"), word_class("horizon_lead")
_MONTHS, _WEEKDAYS = word_class("month"), word_class("weekday")
_PREPOSITIONS = frozenset(
    [
        "by",
        "in",
        "through",
        "until",
        "till",
        "before",
        "after",
        "during",
        "for",
        "on",
        "around",
        "from",
        "within",
        "over",
    ]
)
_PARTS = frozenset(
    [
        "end",
        "early",
        "mid",
        "late",
        "middle",
        "beginning",
        "start",
        "first",
        "second",
        "third",
        "fourth",
        "half",
        "back",
        "turn",
    ]
)
_JOINTS = frozenset(
    ["the", "of", "-", "a", ",", "fiscal", "calendar", "full", "next", "this", "coming", "few", "several", "couple"]
)
_DASHES = frozenset("-–—")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DIGITS = re.compile(r"\d{1,2}$")
_NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "eighteen", "twenty"]
)


def find_horizon(low: list[str], begin: int, end: int) -> tuple[int, int] | None:
    """The first time to come between words `begin` and `end`, as a range of words with its preposition."""
    for i in range(begin, end):
        word = low[i]
        if word in _WORDS and not (word == "soon" and low[i - 1] == "as"):
            return i, i + 1
        if word in _LEADS and i + 1 < end and not (word == "this" and low[i - 1] == "in"):
            stop = _period_behind(low, i + 1, end)
            if stop:
                return (i - 1 if i > begin and low[i - 1] in _PREPOSITIONS else i), stop
        if word in _PREPOSITIONS and i + 1 < end:
            stop = _time_behind(low, i + 1, end)
            if stop and not (low[i + 1] in ("a", "an") and _YEAR.match(low[stop - 1])):  # "in a 2021 round"
                return i, stop
    return None


def _period_behind(low: list[str], i: int, end: int) -> int | None:
    """Index behind "year", "few months", "this year" at `i`."""
    for k in range(i, min(end, i + 3)):
        if low[k] in _PERIODS or low[k] in _MONTHS or low[k] in _WEEKDAYS:
            return k + 1
        if low[k] not in _JOINTS and not low[k].isdigit() and low[k] not in _NUMBERS:
            return None
    return None


def _time_behind(low: list[str], i: int, end: int) -> int | None:
    """Index behind the date or period at `i`; None when it is neither."""
    last: int | None = None
    k = i
    while k < end and k < i + 9:
        word = low[k]
        if (
            (_DIGITS.match(word) and low[k - 1] in _MONTHS)
            or _YEAR.match(word)
            or word in _MONTHS
            or word in _PERIODS
            or word in _WEEKDAYS
        ):
            last = k + 1
        elif word == "q" and k + 1 < end and low[k + 1] in ("1", "2", "3", "4"):
            last, k = k + 2, k + 1
        elif word == "end" and low[k - 1] in ("-", "'s", "’s") and last == k - 1:
            last = k + 1
        elif word in _DASHES and last == k:
            if k + 1 < end and (_YEAR.match(low[k + 1]) or low[k + 1] in _MONTHS):
                last, k = k + 2, k + 1
        elif word == "." and low[k - 1] in _MONTHS:
            pass
        elif _DIGITS.match(word) and low[k - 1] == "." and low[k - 2] in _MONTHS:
            last = k + 1
        elif word in ("'s", "’s") and last == k:
            pass
        elif not (word in _JOINTS or word in _PARTS or _DIGITS.match(word) or word in _NUMBERS):
            break
        k += 1
    return last


def is_past(low: list[str], begin: int, end: int) -> bool:
    """Whether the words speak of a year ago or of a last quarter."""
    return any(
        low[i] in ("ago", "previous", "prior") or (low[i] == "last" and i + 1 < end and low[i + 1] in _PERIODS)
        for i in range(begin, end)
    )
