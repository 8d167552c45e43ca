"""Which numbers of a sentence can be benchmark scores: not changes, leads, shares of something else, rates of failure or counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.insight.facts import Figure, Span
from reader.insight.lexicons import score_words, word_class
from reader.insight.syntax.document import Document

_PAIR = re.compile(r"\s?%?\s?(?:to|-|–|—|vs\.?|versus|against|/)\s?")
_FORMER_LEVEL = re.compile(r"[^.;:]{0,40}?,? (?:up|down|improved|rising|compared|an improvement) (?:\w+ )?from\b")
_OF_TASKS = 5
"""Tokens after "61% of" in which a noun such as "tasks" makes it a share of tasks solved."""


class Value(NamedTuple):
    """A number that can be a score."""

    value: float
    start: int
    end: int
    percent: bool
    point: bool = False
    rival: bool = False
    """The second number of "61.0 to 63.5", whose model is the one that the first is compared with."""
    former: bool = False
    """The old number of "from 71.2% to 82.2%"."""


def values_of(document: Document, figures: Sequence[Figure], sentence: Span) -> list[Value]:
    """The possible scores among the `figures` of one sentence, by place; pairs are marked."""
    values = [value for figure in figures for value in _readings(document, figure)]
    values = [value for value in values if not _is_other(document, value, sentence)]
    for index in range(1, len(values)):
        first, second = values[index - 1 : index + 1]
        if not first.former and not second.former and _PAIR.fullmatch(document.text, first.end, second.start):
            values[index] = second._replace(rival=not first.rival)
    return values


def _readings(document: Document, figure: Figure) -> Iterator[Value]:
    """The figure as one possible score, a pair "61.0 to 63.5" as two; nothing when it is something else."""
    percent = figure.unit == "percent"
    if figure.kind not in ("percent", "count") or figure.unit not in (None, "percent", "point", "elo"):
        return
    if figure.currency or figure.per or not document.text[figure.start].isdecimal():
        return
    if figure.start and document.text[figure.start - 1] in "+−":
        return
    if figure.low is None or figure.high is None or (percent and figure.high > 100) or figure.low < 0:
        return
    if figure.low == figure.high:
        if not _is_change(document, figure) and not _is_margin(document, figure):
            former = _word_before(document, figure.start) == "from"
            point = figure.unit in ("point", "elo")
            yield Value(figure.high, figure.start, figure.end, percent, point, former=former)
    elif figure.qualifier == "range":
        yield from _both_ends(document, figure, percent)


def _both_ends(document: Document, figure: Figure, percent: bool) -> Iterator[Value]:
    """The two numbers of "61.0 to 63.5"."""
    span = document.tokens_in(figure.start, figure.end)
    tokens = [token for token in (document.tokens[i] for i in span) if token.text[0].isdecimal()]
    if len(tokens) == 2 and _PAIR.fullmatch(document.text, tokens[0].end, tokens[1].start):
        former = _word_before(document, figure.start) == "from"
        yield Value(figure.low or 0.0, tokens[0].start, tokens[0].end, percent, former=former)
        yield Value(figure.high or 0.0, tokens[1].start, figure.end if percent else tokens[1].end, percent)


def _word_before(document: Document, place: int) -> str:
    """The lower-cased token before the one at `place`, adverbs such as "about" left out."""
    index = document.token_at(place) - 1
    while index > 0 and document.lows[index] in ("a", "about", "roughly", "nearly", "almost", "some", "just", "only"):
        index -= 1
    return document.lows[index] if index >= 0 else ""


def _is_margin(document: Document, figure: Figure) -> bool:
    """A lead or a gap ("14 points ahead of", "by 3.1 points") is no score."""
    index = document.token_at(figure.end - 1)
    following = document.lows[index + 1] if index + 1 < len(document.lows) else ""
    return _word_before(document, figure.start) == "by" or following in word_class("margin")


def _is_change(document: Document, figure: Figure) -> bool:
    """A change is no score ("improved 12% on"), but a level is ("rose to 74%", "82.2% on X, up from 71.2%")."""
    if figure.direction is None:
        return False
    before = _word_before(document, figure.start)
    if before in ("to", "from"):
        return False
    return before in score_words("change") or not _FORMER_LEVEL.match(document.text, figure.end)


def _is_other(document: Document, value: Value, sentence: Span) -> bool:
    """A share, count or rate of something else than tasks solved."""
    lows, text = document.lows, document.text
    first, last = document.token_at(value.start), document.token_at(value.end - 1)
    if first and lows[first - 1] in score_words("before_no") | word_class("not_score_before"):
        return True
    if text[value.end - 1].isalpha() and not (value.percent or value.point):
        return True
    if lows[first - 1] == "of" and not value.percent and not _is_of_a_score(document, first - 1):
        return True
    following = lows[last + 1 : last + 3]
    if lows[last] in score_words("after_no") or (following[:1] and following[0] in score_words("after_no")):
        return True
    if value.percent and following[:1] and _is_share_of_thing(following[0]):
        return True
    if following[:1] == ("-",) and document.joined(last) and document.joined(last + 1) and following[1].isalpha():
        return True
    if following[:1] == ("of",) and not (value.percent and is_share_of_tasks(document, last + 2)):
        return not (following[1:] and document.tokens[last + 2].text[0].isupper())
    if following[:1] == ("of",) and not score_words("unsolved").isdisjoint(lows[last + 2 : last + 10]):
        return True
    return _is_inverse(document, value, sentence)


def _is_share_of_thing(word: str) -> bool:
    """Whether a plain noun follows a percentage ("7% attention")."""
    return (
        word.isascii()
        and word.isalpha()
        and word not in score_words("after_ok")
        and not word.endswith(("ing", "ed", "ly"))
    )


def _is_of_a_score(document: Document, index: int) -> bool:
    """Whether "of" at token `index` follows a word such as "score" or "rating"."""
    nouns = score_words("noun") | {"elo", "high", "pass"}
    return any(low in nouns for low in document.lows[max(0, index - 2) : index])


def is_share_of_tasks(document: Document, index: int) -> bool:
    """Whether the words from token `index`, after "of", are tasks or stand for a benchmark."""
    words = document.lows[index : index + _OF_TASKS]
    return bool(word_class("task_noun") & set(words)) or words[:1] in (("it",), ("them",))


def _is_inverse(document: Document, value: Value, sentence: Span) -> bool:
    """A rate of failure ("hallucinated in 4.1% of answers"): less is better, and no verb of scoring comes after the word."""
    for index in reversed(document.tokens_in(sentence[0], value.start)):
        low = document.lows[index]
        if low in score_words("inverse"):
            return True
        if low in score_words("reset"):
            return False
    return False
