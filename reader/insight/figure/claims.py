"""Which figures are rows of the panel, and the passage of the text that tells of what each one is.

The slots of a figure (subject, metric, period) say what it most likely is of. A row shows the sentence around it instead, word for word,
so that nothing on the screen is more than the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from reader.insight.facts import Facts, Figure, Span
from reader.insight.figure.numbers import number_words
from reader.insight.figure.verbs import is_verb
from reader.insight.syntax.blocks import Block
from reader.insight.syntax.clauses import DETERMINERS
from reader.insight.syntax.document import Document, read

_LONGEST = 240
"""Characters of a sentence to its last figure that are read as one passage."""
_BEFORE, _BEHIND = 180, 110
"""Characters in front of the first figure of a passage and behind its last one at most."""
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
_TIMES = tuple((low,) for low in ("after", "ago", "before", "earlier", "from", "later"))
"""Behind a duration that says when."""
_MEASURES = frozenset({"each", "every", "per"})
"""In front of a quantity to which another one is related ("one yuan per 1 million tokens")."""
_UNDER = frozenset({"above", "below", "over", "under"})
_PEOPLE = frozenset(
    {"adults", "anyone", "children", "kids", "minors", "people", "students", "teenagers", "teens", "those", "users", "workers"}
)  # fmt: skip
_NEXT = re.compile(
    r"(?:[;:—–]|\s-|,)\s(?=(?:according|after|although|and|as|because|but|compared|down|following|from|if|or|said|says|since|so|than|that"
    r"|though|up|when|where|which|while|who|with|[a-z]+ing|[a-z]+ed)\b)|[;:—–]\s|\s-\s|\s(?=(?:because|but|when|whereas|while)\s)"
)
"""Where a passage may end: what follows is a clause of its own, and no member of a list."""
_CLAUSE = re.compile(r"[;:—–,](?=\s)|\s-(?=\s)")
_CELL = re.compile(r"\||\t|\s{2,}")


class Claim(NamedTuple):
    """A figure that says something by itself, and its words in one line: the passage around it, or in a table its row and column.

    `at` is where the figure stands in `words`, -1 in a table; `passage` is the passage's span, empty in a table.
    """

    figure: Figure
    words: str
    at: int
    passage: Span


def claims(text: str, facts: Facts) -> Iterator[Claim]:
    """The figures of `facts` that are rows; `facts` were found in exactly this `text`."""
    document = read(text)
    told = [f for f in facts.figures if f.kind not in ("date", "rank") and _is_claim(document, f)]
    for number, group in groupby(told, key=lambda figure: document.sentence_at(figure.start)):
        figures = list(group)
        block = document.blocks[max(0, document.block_at(figures[0].start))]
        if block.kind == "table":
            yield from (Claim(figure, _cells(document, figure, block), -1, (0, 0)) for figure in figures)
        else:
            yield from _told(text, document.sentences[max(0, number)], figures)


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


def _told(text: str, sentence: Span, figures: list[Figure]) -> Iterator[Claim]:
    """The figures of a sentence in its words, from its beginning to the end of the clause with the last one.

    A long sentence is read in parts, and an ellipsis stands where one is cut.
    """
    first, last = sentence[0], max(sentence[1], figures[-1].end)
    while figures:
        start = _begin(text, first, figures[0].start)
        part = [figure for figure in figures if figure.end - start <= _LONGEST] or figures[:1]
        figures = figures[len(part) :]
        end = _stop(text, part[-1].end, last)
        lead, tail = "… " if start > first else "", " …" if _goes_on(text, end, last) else ""
        words = f"{lead}{' '.join(text[start:end].split()).rstrip(',;: ')}{tail}"
        if any(character.isalpha() for character in words.replace(text[part[0].start : part[0].end], "", 1)):
            for figure in part:
                before = " ".join(text[start : figure.start].split())
                space = " " * (before != "" and text[figure.start - 1].isspace())
                yield Claim(figure, words, len(lead) + len(before) + len(space), (start, end))


def _begin(text: str, start: int, end: int) -> int:
    """Where to begin in front of a figure at `end`: with its sentence at `start`, else with a clause, else with a word."""
    if end - start <= _BEFORE:
        return start
    cut = _CLAUSE.search(text, end - _BEFORE, end - _BEFORE // 6)
    at = cut.end() if cut else text.find(" ", end - _BEFORE, end)
    return at + 1 if at >= 0 else end


def _stop(text: str, start: int, end: int) -> int:
    """Where to stop behind a figure that ends at `start`: with its sentence at `end`, else with a clause, else with a word."""
    if end - start <= _BEHIND:
        return end
    cut = _NEXT.search(text, start, start + _BEHIND)
    if cut:
        return cut.start()
    at = text.rfind(" ", start, start + _BEHIND)
    return at if at > start else start


def _goes_on(text: str, end: int, last: int) -> bool:
    """Whether words are cut off at `end` without a mark that parts clauses."""
    return end < last and _CLAUSE.match(text, end) is None


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
