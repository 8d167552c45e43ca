"""Which figures are rows of the panel, and the words of the text that tell of what each one is.

A row is read without its sentence. The slots of a figure (subject, metric, period) say what it most likely is of; a row shows the
passage around it instead, word for word, so that nothing on the screen is more than the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reader.insight.facts import Facts, Figure
from reader.insight.figure.numbers import number_words
from reader.insight.figure.verbs import is_verb
from reader.insight.lexicons import table
from reader.insight.syntax.blocks import Block
from reader.insight.syntax.clauses import AUXILIARIES, DETERMINERS, PREPOSITIONS, TIMES, word_class
from reader.insight.syntax.document import Document, read

VALUE = "…"
"""Stands for the figure in the words around it."""
_BEFORE = 72
"""Characters in front of a figure, from which on its words begin with a clause or a word inside of their sentence."""
_DOUBTED = 140
"""The same where the words left out would be of doubt ("in talks to", "may") or hold the subject."""
_BEHIND = 34
"""Characters behind a figure at most."""
_FEW_WORDS = 1
"""Words in front of a figure up to here do not tell what it is of: what stands behind the next comma does."""
_SHORTEST = 18
"""Characters in front of a figure that a cut leaves at least."""
_FEW = 12
"""A count up to here tells nothing where it is a word ("two surveys") or has a determiner ("the other 12 states")."""
_HYPHENED = 1000
"""A count below, joined with its noun, only describes ("a 13-state region")."""
_OLDEST = 100
"""Years; a number below, behind "users under", is an age."""
_SCALES = ("hundred", "thousand", "million", "billion", "trillion")
_AROUND = frozenset(
    {"about", "almost", "another", "approximately", "around", "at", "just", "least", "more", "nearly", "only", "over", "roughly",
     "some", "than", "up", "to"}
)  # fmt: skip
"""Words between a verb and the duration that it is about ("took more than six months")."""
_NEARLY = frozenset(
    {"about", "almost", "around", "just", "least", "more", "nearly", "only", "over", "roughly", "some", "than", "under"}
)
"""Words in front of a value that say nothing of what it is."""
_TIMES = tuple((low,) for low in ("after", "ago", "before", "earlier", "from", "later"))
"""Behind a duration that says when."""
_MEASURES = frozenset({"each", "every", "per"})
"""In front of a quantity to which another one is related ("one yuan per 1 million tokens")."""
_UNDER = frozenset({"above", "below", "over", "under"})
_PEOPLE = frozenset(
    {"adults", "anyone", "children", "kids", "minors", "people", "students", "teenagers", "teens", "those", "users", "workers"}
)  # fmt: skip
_DOUBT = (
    word_class("modal")
    | word_class("negation")
    | frozenset(
        {"aim", "aims", "considering", "discussing", "expect", "expected", "expects", "eyeing", "forecast", "forecasts", "hope",
         "hopes", "if", "plan", "planned", "planning", "plans", "potential", "potentially", "possible", "projected",
         "proposed", "reportedly", "seek", "seeking", "set", "talks", "target", "targets", "wants"}
    )
)  # fmt: skip
_LEADS = AUXILIARIES | {"advanced", "early", "in", "to"}
"""Words in front of a word of doubt that belong to it ("is in talks")."""
_STRONG = re.compile(r"(?:[;:—–,]|\s-)\s+|[(“\"]")
_WEAK = re.compile(r"\s(?=(?:after|and|as|because|but|if|or|that|when|where|which|while|who)\s)")
_WORDS = re.compile(r"\s+")
_STOP = re.compile(r"[,;:.](?=[\s”\"’)]|$)|[—–()“”\"|]|\s-\s")
_LOOSE = re.compile(r"and|or|to|that|than|as|compared|said|says|\W*\d.*|,")
"""Words that cannot stand last where a passage is cut: a number may go on ("16.42" of "16.42 trillion")."""
_OPENERS = "“\"‘'([-–—,;: "
"""Marks that cannot stand first."""
_JOINS = re.compile(r"(?:and|but|or|that|which)\s+", re.IGNORECASE)
_CELL = re.compile(r"\||\t|\s{2,}")


class Claim(NamedTuple):
    """A figure that says something by itself, and its words in one line, with `VALUE` in the place of the figure."""

    figure: Figure
    words: str
    direction: str | None
    """Of a percentage that is plainly a change."""


def claims(text: str, facts: Facts) -> Iterator[Claim]:
    """The figures of `facts` that are rows; `facts` were found in exactly this `text`."""
    document = read(text)
    for number, figure in enumerate(facts.figures):
        if figure.kind in ("date", "rank") or not _is_claim(document, figure):
            continue
        words = _words(document, figure, facts.figures[number - 1] if number else None)
        if any(character.isalpha() for character in words):
            yield Claim(figure, words, _direction(document, figure))


def _direction(document: Document, figure: Figure) -> str | None:
    """Up or down for a percentage that is a change, not compared, held or reached ("20% higher than", "a 49% stake", "to 27%")."""
    tokens = document.tokens_in(figure.start, figure.end)
    lead = next(
        (low for low in reversed(document.lows[max(0, tokens.start - 5) : tokens.start]) if low not in _NEARLY), ""
    )
    behind = document.lows[tokens.stop : tokens.stop + 2]
    plain = not behind or not behind[0][0].isalpha() or behind[0] in PREPOSITIONS | TIMES | _changes()
    plain = plain and "than" not in behind and lead not in ("at", "from", "of", "to")
    return figure.direction if figure.unit in ("percent", "percentage_point") and plain else None


@cache
def _changes() -> frozenset[str]:
    """Nouns and verbs of change."""
    return frozenset(word for word, *_ in table("directions"))


# -- which


def _is_claim(document: Document, figure: Figure) -> bool:
    tokens = document.tokens_in(figure.start, figure.end)
    if not tokens:
        return False
    sentence = document.sentences[max(0, document.sentence_at(figure.start))][0]
    lead = document.lows[document.tokens_in(sentence, figure.start).start : tokens.start]
    behind = document.lows[tokens.stop : tokens.stop + 1]
    if lead[-1:] and (lead[-1] in _MEASURES or lead[-1] in ("aged", "ages")):
        return False
    if lead[-2:] in (("out", "of"), ("plus", "or"), ("minus", "or")) or _is_name(document, tokens, sentence):
        return False
    if document.lows[tokens.stop - 1] in ("old", "shot", "shots") or behind == ("old",):
        return False
    if figure.kind == "duration":
        return behind[:1] not in _TIMES and _is_object(document, tokens, lead)
    return figure.kind != "count" or not _is_idle(document, figure, tokens, lead)


def _is_name(document: Document, tokens: range, sentence: int) -> bool:
    """Whether a number is part of a name: "Three Mile Island", "Nasdaq 100 members"."""
    words = [token.text for token in document.tokens[tokens.start : tokens.stop + 1]]
    if len(words) > 2 and all(word.istitle() for word in words):
        return True
    before = document.tokens[tokens.start - 1] if tokens.start else None
    plain = words[0].isdecimal() and not any(document.lows[i] in _SCALES for i in tokens)
    named = before is not None and before.start > sentence and before.text.istitle() and len(before.text) > 1
    return plain and named and len(tokens) > 1 and words[1].isalpha()


def _is_object(document: Document, tokens: range, lead: tuple[str, ...]) -> bool:
    """Whether a duration is what a verb is about ("took six months"), and not when or for how long something else is so."""
    light = next((n for n, low in enumerate(reversed(lead)) if low not in _AROUND), len(lead))
    joined = any(document.lows[i] == "-" for i in tokens)
    return light < len(lead) and not joined and is_verb(document, tokens.start - 1 - light)


def _is_idle(document: Document, figure: Figure, tokens: range, lead: tuple[str, ...]) -> bool:
    """Whether a count is small or vague, an age, or only tells which ones are meant."""
    first, low = document.lows[tokens.start], figure.low or 0
    if figure.unit is None and figure.metric is None:
        return True
    if low < _HYPHENED and "-" in document.lows[tokens.start : tokens.stop]:
        return True
    if not any(document.text[i].isdecimal() for i in range(figure.start, figure.end)) and low <= _FEW:
        return True
    if first.endswith("s") and first[:-1] in (*_SCALES, "dozen", "ten"):
        return True
    if low <= _FEW and lead[-1:] and (lead[-1] in DETERMINERS or lead[-1] in ("both", "other")):
        return True
    age = lead[-1:] and lead[-1] in _UNDER and lead[-2:-1] and lead[-2] in _PEOPLE
    return bool(age) and figure.unit is None and (figure.high or 0) < _OLDEST and first not in number_words()


# -- the words


def _words(document: Document, figure: Figure, earlier: Figure | None) -> str:
    block = document.blocks[max(0, document.block_at(figure.start))]
    if block.kind == "table":
        return _cells(document, figure, block)
    start, end = document.sentences[max(0, document.sentence_at(figure.start))]
    begin = _begin(document, start, figure.start)
    if earlier is not None and earlier.start < begin < earlier.end:
        begin = earlier.start
    before = document.text[begin : figure.start].lstrip(_OPENERS)
    aside, _, rest = before.partition(")")
    if "(" not in aside and len(rest.split()) > _FEW_WORDS + 1:
        before = rest.lstrip(_OPENERS)
    joint = _JOINS.match(before) if begin > start else None
    before = before[joint.end() :] if joint else before
    behind = _end(document.text[figure.end : max(end, figure.end)], enough=len(before.split()) > _FEW_WORDS)
    return " ".join(f"{before}{VALUE}{behind}".split())


def _begin(document: Document, start: int, end: int) -> int:
    """Where the words in front of a figure at `end` begin: with its sentence at `start`, a clause, or a word, but before any doubt."""
    if end - start <= (_DOUBTED if _lacks_subject(document, start, end) else _BEFORE):
        return start
    cut = next(
        (
            at
            for pattern in (_STRONG, _WEAK, _WORDS)
            for at in (match.end() for match in pattern.finditer(document.text, end - _BEFORE - 1, end - _SHORTEST))
        ),
        end - _BEFORE,
    )
    clause = max((match.end() for match in _STRONG.finditer(document.text, start, cut)), default=start)
    doubt = next(
        (i for i in document.tokens_in(max(clause, end - _DOUBTED), cut + 1) if document.lows[i] in _DOUBT), None
    )
    if doubt is None:
        return cut
    while document.lows[doubt - 1] in _LEADS and document.starts[doubt - 1] >= clause:
        doubt -= 1
    return document.starts[doubt]


def _lacks_subject(document: Document, start: int, end: int) -> bool:
    """Whether the clause in front of a figure at `end` begins with its verb ("Shares of Vistra, a power firm, fell 20%")."""
    comma = max((match.end() for match in _STRONG.finditer(document.text, start, end)), default=start)
    first = document.tokens_in(comma, end)
    return comma > start and bool(first) and is_verb(document, first.start)


def _end(rest: str, *, enough: bool) -> str:
    """What of the rest of a sentence tells on: to the end of a clause, or of the next one if that is not `enough`, or of a word."""
    stops = [match.start() for match in _STOP.finditer(rest)]
    if rest.startswith(")"):
        return ")"
    if not enough and len(stops) > 1 and rest[stops[0]] == ",":
        stops.pop(0)
    whole = rest[: stops[0]] if stops else rest
    words = whole.split()
    room = _BEHIND if enough else 2 * _BEHIND
    if len(whole) > room:
        clause = _WEAK.search(whole, 1, room)
        words = (whole[: clause.start()] if clause else whole[: room + 1].rsplit(" ", 1)[0]).split()
        while words and (_LOOSE.fullmatch(words[-1].lower()) or words[-1].lower() in PREPOSITIONS | DETERMINERS):
            words.pop()
    return (" " if rest[:1].isspace() else "") + " ".join(words).rstrip(",;: ")


def _cells(document: Document, figure: Figure, block: Block) -> str:
    """The first cell of a figure's row and the head of its column."""
    text = document.text
    start = max(block.start, text.rfind("\n", 0, figure.start) + 1)
    row = _cut(text[start : figure.start])
    head = _cut(text[block.start : block.end].split("\n", 1)[0])
    names = [
        row[0] if len(row) > 1 else "",
        head[len(row) - 1] if start > block.start and len(row) <= len(head) else "",
    ]
    return " · ".join(dict.fromkeys(filter(None, names)))


def _cut(line: str) -> list[str]:
    """The cells of a line or of its beginning."""
    return [" ".join(cell.split()).strip("*_` ") for cell in _CELL.split(line.lstrip("| \t"))]
