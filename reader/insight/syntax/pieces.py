"""The words of a text as names are made of: letters and digits together, split at hyphens, possessive marks taken off."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import ne

from reader.insight.syntax.document import Document

_PIECE = re.compile(r"[^\W_]++(?:(?=['’.·&_])(?:['’.·&][^\W_]++|_(?<=\d_)\d+))*+\+?")
_PARTS = re.compile(f"({_PIECE.pattern})")

BREAK, SPACE, HYPHEN, SLASH, AND, LINE = 0, 1, 2, 3, 4, 5
"""What stands between a piece and the one before it; a name goes on over SPACE, HYPHEN and AND ("&") only."""


class _Gaps(dict[str, int]):
    """What may stand between two pieces; all else is a new line or a break."""

    def __missing__(self, between: str) -> int:
        return LINE if "\n" in between or "\r" in between else BREAK


_GAPS = _Gaps(
    {
        " ": SPACE,
        "\u00a0": SPACE,
        "\u202f": SPACE,
        "\u2009": SPACE,
        "-": HYPHEN,
        "‐": HYPHEN,
        "‑": HYPHEN,
        "/": SLASH,
        " & ": AND,
    }
)
_JOINS = (SPACE, HYPHEN, AND)
_POSSESSIVES = ("'s", "’s", "'S", "’S")
_POSSESSIVE = re.compile("['’][sS]")
_TITLE_SHARE = 0.6
"""Share of long words with a capital from which a line is in title case."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parallel lists, one entry a piece. `end` leaves the possessive mark out, and `genitive` says that there was one.

    `weak`: the capital says nothing, because the piece opens a sentence or stands in a line in title case.
    """

    text: str
    word: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    gap: list[int]
    capital: list[bool]
    genitive: list[bool]
    weak: list[bool]
    capitals: list[int]
    """Indices of the pieces with a capital."""

    def __len__(self) -> int:
        return len(self.word)

    def joined(self, index: int) -> bool:
        """Whether piece `index` may belong to the same name as the one before it."""
        return 0 < index < len(self.word) and self.gap[index] in _JOINS and not self.genitive[index - 1]

    def near(self, index: int) -> str:
        """The lower-cased piece at `index` if it stands in the same line and sentence part, else an empty string."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def surface(self, start: int, stop: int) -> str:
        """The text from piece `start` to before piece `stop`."""
        return self.text[self.start[start] : self.end[stop - 1]]

    def after(self, stop: int, length: int = 1) -> str:
        """The characters that follow piece `stop - 1`."""
        return self.text[self.end[stop - 1] : self.end[stop - 1] + length]

    def before(self, start: int, length: int = 1) -> str:
        """The characters before piece `start`."""
        return self.text[max(0, self.start[start] - length) : self.start[start]]


def key_of(phrase: str) -> tuple[str, ...]:
    """The lower-cased pieces of a listed form, possessive marks taken off."""
    return tuple(_bare(m.group())[0].lower().replace("’", "'") for m in _PIECE.finditer(phrase))


def _bare(word: str) -> tuple[str, bool]:
    genitive = word.endswith(_POSSESSIVES) and len(word) > 2
    return (word[:-2] if genitive else word), genitive


def split(document: Document) -> Pieces:
    """The pieces of a text."""
    parts = _PARTS.split(document.text)
    ends = list(accumulate(map(len, parts)))
    words, between = parts[1::2], parts[:-1:2]
    starts, ends = ends[:-1:2], ends[1::2]
    genitives = [False] * len(words)
    for mark in _POSSESSIVE.finditer(document.text):
        index = bisect_left(ends, mark.end())
        if index < len(ends) and ends[index] == mark.end() and len(words[index]) > 2:
            words[index], ends[index], genitives[index] = words[index][:-2], ends[index] - 2, True
    lows = list(map(str.lower, words))
    capital = list(map(ne, lows, words))
    if "’" in document.text:
        lows = [low.replace("’", "'") if "’" in low else low for low in lows]
    gaps = list(map(_GAPS.__getitem__, between))
    if gaps:
        gaps[0] = LINE
    capitals = list(compress(range(len(words)), capital))
    pieces = Pieces(document.text, words, lows, starts, ends, gaps, capital, genitives, [False] * len(words), capitals)
    _mark_weak(pieces, document)
    return pieces


def _mark_weak(pieces: Pieces, document: Document) -> None:
    """Set `weak` at sentence starts, after opening quotes, bullets and colons, and all over lines in title case."""
    weak, starts = pieces.weak, pieces.start
    for start, _ in document.sentences:
        index = bisect_left(starts, start)
        if index < len(weak):
            weak[index] = True
    for index in pieces.capitals:
        gap = pieces.gap[index]
        if gap == BREAK and _after_initial(pieces, index):
            pieces.gap[index], weak[index] = SPACE, False
        elif gap == LINE or (gap == BREAK and _opens(pieces.text, starts[index])):
            weak[index] = True
    for block in document.blocks:
        if block.kind != "table":
            _mark_title(pieces, bisect_left(starts, block.start), bisect_left(starts, block.end))


def _after_initial(pieces: Pieces, index: int) -> bool:
    """Whether an initial or "St." with its dot stands before, so that the name goes on ("Charles E. Grassley")."""
    before = pieces.word[index - 1]
    if len(before) > 1 and before != "St":
        return False
    if pieces.low[index] in ("he", "she", "it", "the", "we", "they", "i"):
        return False
    return ((len(before) == 1 and before.isupper()) or before == "St") and pieces.before(index, 2) == ". "


def _opens(text: str, start: int) -> bool:
    """Whether a quote mark, bullet or colon, or the end of a sentence, stands before `start`."""
    if text[start - 2 : start] == ". " and text[start - 3 : start - 2].isdigit():
        return True
    return text[start - 1] in "“\"‘'•*:" or text[start - 2 : start] in ("? ", "! ", ": ")


def _mark_title(pieces: Pieces, start: int, stop: int) -> None:
    """Set `weak` in a line of title case: short, and most long words with a capital."""
    if not 3 <= stop - start <= 25:
        return
    long = [pieces.capital[i] for i in range(start, stop) if len(pieces.word[i]) > 3 and pieces.word[i].isalpha()]
    share = 1.0 if pieces.after(stop) in ("!", "?") else _TITLE_SHARE
    if len(long) > 2 and sum(long) >= share * len(long) and pieces.after(stop) != ".":
        for index in range(start, stop):
            pieces.weak[index] = True
