"""Scores in prose: which number belongs to which model on which benchmark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.document import Document
from reader.insight.facts import Entity, Figure, Score, Span
from reader.insight.lexicons import word_class
from reader.insight.numbers import plain_value
from reader.insight.scoretables import score_unit
from reader.insight.topics import Mention, Topics

_REACH = 60
"""Characters in which a setting or a benchmark may follow its number."""
_LIST_VALUE = re.compile(r"(:)?\s+(\d+\.\d+%?|\d{1,2}%)(?:\s*/\s*(\d+\.\d+%?|\d{1,2}%))?(?=\s*(?:[,;.)]|$|and\b))")
_LIST_LINE = re.compile(r"\d[%\d]\s*$|\d$")
_LINE = 80
"""Characters of a line that can be one row of a list of results."""
_LARGEST_SHARE = 100
_PEOPLE_REACH = 5
"""Tokens before a number in which people make it theirs."""
_SETTING = re.compile(
    r"(?i)\b(?:\d+|zero|one|few)-shot\b|\b(?:pass|maj|cons|avg|mean|best)@\d+\b|\b(?:pass|maj)\^\d+\b"
)
_WINDOW_END = re.compile(r"[,;]|\band\b|\bversus\b|\bvs\b|(?<![@\w^-])\d+(?:\.\d+)?%?(?!-shot|\w)")
_ON = frozenset({"on", "in", "at", "for"})


class _Value(NamedTuple):
    """A number that can be a score."""

    value: float
    start: int
    end: int
    percent: bool
    point: bool = False
    rival: int = 0
    """1 for the second number of "61.0 to 63.5", whose model is the one that the first is compared with."""


def prose_scores(document: Document, topics: Topics, figures: tuple[Figure, ...]) -> Iterator[Score]:
    """Scores in the sentences that name a model or a benchmark, outside tables."""
    starts = [figure.start for figure in figures]
    last_test: Entity | None = None
    last_number = -9
    for number in topics.sentences:
        start, end = document.sentences[number]
        if document.blocks and document.blocks[document.block_at(start)].kind in ("table", "code"):
            continue
        tests = topics.tests(number)
        carried = not tests and last_test is not None
        near = number - last_number == 1 or topics.only_test
        again = carried and near and _scores_again(document, start, end)
        if not tests and not again and not (carried and end - start < _LINE):
            continue
        listed = list(_listed(document, topics, number, tests or [t for t in (last_test,) if t]))
        yield from listed
        if not tests and not again:
            last_number = number if listed else last_number
            continue
        values = [
            v for f in figures[bisect_left(starts, start) : bisect_left(starts, end)] for v in _values(document, f)
        ]
        found = list(_sentence(document, topics, number, tests or [t for t in (last_test,) if t], values))
        known = {score.start for score in listed}
        yield from (score for score in found if score.start not in known)
        if tests:
            last_test, last_number = tests[-1], number


def _listed(document: Document, topics: Topics, number: int, tests: list[Entity]) -> Iterator[Score]:
    """Scores in a list: "HumanEval: Glimmer 2 90.2, Llama 5 79.9", and lines such as "GPT-6: 38.4 / 47.9"."""
    start, end = document.sentences[number]
    if not tests:
        return
    whole_line = _LIST_LINE.search(document.text, start, end) is not None
    for model in topics.models(number):
        found = _LIST_VALUE.match(document.text, model.end, end)
        if found is None or (found[1] and not whole_line):
            continue
        test = next((t for t in reversed(tests) if t.end <= model.start), tests[0])
        for group in (2, 3):
            value = plain_value((found[group] or "").rstrip("%"))
            if value is not None and value <= _LARGEST_SHARE:
                percent = found[group].endswith("%")
                yield _row(document, number, test, model, _Value(value, *found.span(group), percent))


def _scores_again(document: Document, start: int, end: int) -> bool:
    """A sentence without a benchmark that goes on with the scores of the one before."""
    return any(document.lows[i] in ("scored", "scores", "score") for i in document.tokens_in(start, end))


def _values(document: Document, figure: Figure) -> Iterator[_Value]:
    """The figure as one possible score, a pair "61.0 to 63.5" as two; nothing when it is something else."""
    percent = figure.unit == "percent"
    if (
        figure.kind not in ("percent", "count")
        or figure.unit not in (None, "percent", "point", "elo")
        or figure.currency
        or figure.per
    ):
        return
    if figure.low is None or figure.high is None or (percent and figure.high > 100) or figure.low < 0:
        return
    if figure.low == figure.high:
        if not _is_change(document, figure) and not _is_margin(document, figure):
            yield _Value(figure.high, figure.start, figure.end, percent, figure.unit == "point")
        return
    if figure.qualifier != "range":
        return
    tokens = [
        document.tokens[i]
        for i in document.tokens_in(figure.start, figure.end)
        if document.tokens[i].text[0].isdecimal()
    ]
    if len(tokens) == 2 and document.text[tokens[0].end : tokens[1].start].strip(" %") in (
        "to",
        "-",
        "–",
        "vs",
        "versus",
    ):
        second_end = figure.end if percent else tokens[1].end
        yield _Value(figure.low, tokens[0].start, tokens[0].end, percent)
        yield _Value(figure.high, tokens[1].start, second_end, percent, False, 1)


def _is_margin(document: Document, figure: Figure) -> bool:
    """A lead or a gap ("14 points ahead of", "by 3.1 points") is no score."""
    index = document.token_at(figure.end - 1)
    following = document.lows[index + 1] if index + 1 < len(document.lows) else ""
    first = document.token_at(figure.start)
    before = document.lows[first - 1] if first else ""
    return before == "by" or following in word_class("margin")


def _is_change(document: Document, figure: Figure) -> bool:
    """A change is no score ("improved 12% on"), but a target is ("rose to 74%")."""
    if figure.direction is None:
        return False
    index = document.token_at(figure.start)
    before = document.lows[index - 1] if index else ""
    return before != "to"


def _sentence(
    document: Document, topics: Topics, number: int, tests: list[Entity], values: list[_Value]
) -> Iterator[Score]:
    """The scores of one sentence."""
    pairs = _respectively(document, topics, number, tests, values)
    if pairs is not None:
        yield from pairs
        return
    for value in values:
        index = document.token_at(value.start)
        if index and document.lows[index - 1] in word_class("not_score_before"):
            continue
        if _is_part(document, value) or document.text[value.end - 1].isalpha():
            continue
        test = _test_of(document, number, tests, value, values)
        if test is None:
            continue
        model = _model_of(document, topics, number, value, values)
        if model is None or not _is_score(document, test, value, model) or _of_people(document, model, value):
            continue
        yield _row(document, number, test, model, value)
        yield from (
            _row(document, number, test, other, value) for other in _tied(document, topics, number, model, value)
        )


def _is_part(document: Document, value: _Value) -> bool:
    """A share of something else than tasks ("pruning 30% of the layers")."""
    index = document.token_at(value.end - 1) + 1
    if document.lows[index : index + 1] != ("of",):
        return False
    return not word_class("task_noun") & set(document.lows[index + 1 : index + 5])


def _of_people(document: Document, model: Mention, value: _Value) -> bool:
    """Whether people stand between the model and the number ("where humans average 60%")."""
    index = document.token_at(value.start)
    near = range(max(0, index - _PEOPLE_REACH), index)
    return any(
        document.lows[i] in word_class("people") for i in near if not model.start <= document.starts[i] < model.end
    )


def _tied(document: Document, topics: Topics, number: int, model: Mention, value: _Value) -> list[Mention]:
    """The other models of "A and B are tied on X at 79.6%"."""
    lows = document.lows
    words = {lows[i] for i in document.tokens_in(model.end, value.start)}
    if model.pronoun or not words & {"tied", "tie", "both", "each"} or value.rival:
        return []
    named = [m for m in topics.models(number) if m.end <= model.start]
    return named[-1:] if named and document.text[named[-1].end : model.start] == " and " else []


def _respectively(
    document: Document, topics: Topics, number: int, tests: list[Entity], values: list[_Value]
) -> list[Score] | None:
    """Parallel lists in a sentence with "respectively": models and numbers on one benchmark, or one model on several."""
    start, end = document.sentences[number]
    if len(values) < 2 or "respectively" not in document.text[start:end]:
        return None
    models = topics.models(number)
    subject = topics.before(number, values[0].start)
    if len(models) == len(values) and len(tests) == 1:
        pairs = [(tests[0], model) for model in models]
    elif len(tests) == len(values) and subject is not None:
        pairs = [(test, subject) for test in tests]
    elif len(models) == len(values) + 1 and len(tests) == 1:
        pairs = [(tests[0], model) for model in models[1:]]
    else:
        return None
    return [_row(document, number, test, model, value) for (test, model), value in zip(pairs, values, strict=True)]


def _is_score(document: Document, test: Entity, value: _Value, model: Mention) -> bool:
    """A bare number needs a sign that it is a score: decimals, a link to its benchmark or model, or points of a board."""
    if value.percent or value.point or value.rival:
        return True
    text = document.text[value.start : value.end]
    linked = document.text[value.end : test.start].strip().lower() in ("on", "on the", "for", "in")
    linked = (
        linked
        or 0 <= value.start - test.end < 12
        or 0 <= value.start - model.end < 14
        or 0 <= model.start - value.end < 8
    )
    return "." in text or linked or value.value > 100


def _row(document: Document, number: int, test: Entity, model: Mention, value: _Value) -> Score:
    label = document.text[test.start : test.end + 12]
    return Score(
        start=value.start,
        end=value.end,
        model=model.name,
        benchmark=test.name,
        value=value.value,
        unit="point" if value.point else score_unit(value.value, value.percent, label),
        setting=_setting(document, value, test, document.sentences[number]),
        model_span=model.span,
        benchmark_span=(test.start, test.end),
        rule="score.prose",
    )


# --- benchmark --------------------------------------------------------------


def _test_of(
    document: Document, number: int, tests: list[Entity], value: _Value, values: list[_Value]
) -> Entity | None:
    """The benchmark of a number: the one after "on", the one in front of its brackets or colon, else the nearest before."""
    following = next((t for t in tests if t.start >= value.end), None)
    if following is not None and _leads_to(document, value, following, values):
        return following
    if (
        following is not None
        and document.text[value.end : following.start] in (" (", " [")
        and not _in_brackets(document, value)
    ):
        return following
    before = [t for t in tests if t.end <= value.start]
    if before:
        return before[-1] if _still_on(document, before[-1], value, values, len(tests)) else None
    if len(tests) == 1 and tests[0].end <= document.sentences[number][0]:
        return tests[0]
    return following if following is not None and len(tests) == 1 and _single(document, value, following) else None


def _leads_to(document: Document, value: _Value, test: Entity, values: list[_Value]) -> bool:
    """Whether "on" joins the number to the benchmark that follows, with no other number between but one of a list."""
    between = document.text[value.end : test.start]
    if len(between) > _REACH or any(value.end <= v.start < test.start for v in values):
        return False
    words = between.lower().replace("(", " ").split()
    return (
        bool(words)
        and any(w in _ON or w == "against" for w in words[:4])
        and ";" not in between
        and "." not in between.strip(". ")
    )


def _single(document: Document, value: _Value, test: Entity) -> bool:
    """A sentence's only benchmark, further on: "scored 61% and 63.5%, respectively, on X"."""
    between = document.text[value.end : test.start]
    return ";" not in between and " on " in f"{between} "


def _in_brackets(document: Document, value: _Value) -> bool:
    return document.text[value.start - 1 : value.start] in "(["


def _still_on(document: Document, test: Entity, value: _Value, values: list[_Value], count: int) -> bool:
    """Whether a number still belongs to the benchmark before it: the clause has not changed the subject."""
    between = document.text[test.end : value.start]
    return ";" not in between or between.rpartition(";")[2].split()[:1] in (["with"], ["without"])


# --- model ------------------------------------------------------------------


def _model_of(document: Document, topics: Topics, number: int, value: _Value, values: list[_Value]) -> Mention | None:
    """The model of a number: in front of its brackets, after "for", compared with, else the nearest subject before."""
    named = topics.models(number)
    after = next((m for m in named if m.start >= value.end), None)
    crossed = after is not None and any(value.end <= v.start < after.start for v in values)
    if after is not None and not crossed and _belongs_after(document, value, after):
        return after
    before = [m for m in named if m.end <= value.start]
    place = _stranger(document, value)
    if place is not None and (after is None or after.start > place):
        return topics.company(place)
    if value.rival and len(before) > 1:
        return None if _stale(before[-1], values, value) else before[-1]
    if before and document.text[before[-1].end : value.start].strip() in word_class("score_link"):
        return before[-1]
    if _has_rival(value, values):
        return before[-2] if len(before) > 1 else None
    return _by_clause(document, topics, number, value, before)


def _stale(mention: Mention, values: list[_Value], value: _Value) -> bool:
    """Whether the model was compared by other numbers than this pair."""
    return any(mention.end <= v.start and v.end <= value.start - 8 for v in values)


def _has_rival(value: _Value, values: list[_Value]) -> bool:
    """Whether the number is the first of a pair ("61.0 to 63.5")."""
    return any(v.rival and 0 < v.start - value.end < 8 for v in values)


def _stranger(document: Document, value: _Value) -> int | None:
    """Offset of a capitalised name right after "for": the number is its own, whether or not it is a known model."""
    index = document.token_at(value.end - 1) + 1
    if document.lows[index : index + 1] != ("for",) or index + 1 >= len(document.tokens):
        return None
    token = document.tokens[index + 1]
    return token.start if token.text[0].isupper() or token.low in ("its", "their", "humans", "people") else None


def _belongs_after(document: Document, value: _Value, model: Mention) -> bool:
    """ "59 for Gemma", "63.7% on MMLU-Pro for Wisp", "61% by Qwen", "59% (Gemma)"."""
    between = document.text[value.end : model.start].lower()
    if (
        len(between) > _REACH
        or ";" in between
        or (any(c.isdecimal() for c in between.replace("mmlu", "")) and "," in between)
    ):
        return False
    words = between.replace(",", " ").split()
    if not words:
        return False
    if between.strip() in word_class("score_owner"):
        return True
    return (
        words[-1] in ("for", "by")
        and " and " not in between
        and "," not in between
        and not {"than", "compared", "versus", "vs"} & set(words)
    )


def _by_clause(document: Document, topics: Topics, number: int, value: _Value, before: list[Mention]) -> Mention | None:
    """The nearest model or pronoun before; a model that is only compared with is no subject."""
    mention = topics.before(number, value.start)
    if mention is None or mention.pronoun:
        return mention
    if mention.start > value.start and document.lows[document.token_at(value.start) - 1] not in (
        "with",
        "at",
        "scoring",
    ):
        return None
    if before and mention == before[-1] and _compared(document, mention):
        between = document.text[mention.end : value.start].lower()
        if (
            any(cue in between for cue in (" scored", " which ", " with ", " at ", " got ", " managed"))
            and "," not in between[:1]
        ):
            return mention
        free = [m for m in before if not _compared(document, m)]
        return free[-1] if free else topics.subject(number)
    return mention


def _compared(document: Document, mention: Mention) -> bool:
    """Whether a mention stands after a word of comparison ("beating X", "than X")."""
    index = document.token_at(mention.start)
    return index > 0 and document.lows[index - 1] in _comparing()


@cache
def _comparing() -> frozenset[str]:
    cues = {row[0].split(" ")[-1] for row in lexicons.table("ranking_cues")}
    return frozenset(cues | word_class("oblique"))


# --- setting ----------------------------------------------------------------


@cache
def _settings() -> tuple[str, ...]:
    return tuple(sorted(lexicons.terms("settings"), key=lambda term: (-len(term), term)))


def _setting(document: Document, value: _Value, test: Entity, bounds: Span) -> str | None:
    """Shots, tools, pass@k … in brackets or words right after the number, else after its benchmark."""
    places = [_window(document.text, value.end, bounds)]
    if test.start >= value.end or not _opens_setting(document.text, test.end):
        places.insert(0, _window(document.text, test.end, bounds) if test.start >= value.end else (0, 0))
    else:
        places.insert(0, _window(document.text, test.end, bounds))
    found: list[tuple[int, str]] = []
    for a, b in places:
        found.extend((m.start(), m.group().lower()) for m in _SETTING.finditer(document.text, a, b))
        low = document.text[a:b].lower()
        found.extend(
            (a + low.index(term), term) for term in _settings() if f" {term}" in f" {low}" or f"({term}" in low
        )
    return ", ".join(_longest([term for _, term in sorted(set(found))])) or None


def _opens_setting(text: str, place: int) -> bool:
    """Whether brackets, or "with" and "without", follow a benchmark's name directly."""
    return text[place : place + 2] == " (" or text[place : place + 6].lower() in (" with ", " witho", " using")


def _window(text: str, place: int, bounds: Span) -> Span:
    """Where a setting can stand after an offset: up to the next number, comma or "and" within the sentence."""
    stop = min(bounds[1], place + _REACH)
    cut = _WINDOW_END.search(text, place, stop)
    return place, cut.start() if cut else stop


def _longest(terms: list[str]) -> list[str]:
    """Terms that are not part of another, each once."""
    return [t for t in dict.fromkeys(terms) if not any(t != other and t in other for other in terms)]
