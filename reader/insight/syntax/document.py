"""One pass over a text: its tokens, sentences and blocks, which every layer reads.

A `Document` is made once for each text. Layers look tokens up by their lower-cased word and use a regular expression only at an
anchor (a digit, a currency sign, a quote mark, a capital), never over the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from reader.insight.facts import Span
from reader.insight.syntax.blocks import Block, find_blocks
from reader.insight.syntax.sentences import find_sentences

_TOKEN = re.compile(
    r"([a-zA-Z]++(?![\w'’\u0300-\u036f])"  # most words, fast
    r"|\d+(?:[.,]\d+)*"  # 94.3  1,140  2.0.1
    r"|(?<=\w)['’][sS](?!\w)"  # the possessive mark is a token of its own
    r"|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*|['’](?![sS](?!\w))[^\W\d_]+)*"  # don't  O’Brien
    r"|[^\w\s]|_|\w)"
)

GENITIVES = frozenset(("'s", "’s"))
"""The possessive mark as a lower-cased token."""


class Token(NamedTuple):
    """One word, number or mark: its text, its lower-cased form, and where it stands.

    Runs of letters and of digits are apart ("GPT-5.4" is `GPT` `-` `5.4`, "128K" is `128` `K`), and so is a possessive mark
    ("Meta’s" is `Meta` `’s`); contractions are one token ("don’t").
    """

    text: str
    low: str
    start: int
    end: int


_NEW_TOKEN = partial(tuple.__new__, Token)
"""`Token._make` without its Python frame: a text has thousands of tokens."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its tokens and sentences. `title`, `published` (ISO 8601) and `outlet` are what is known besides the text."""

    text: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    """`tokens[i].start`, for bisecting."""
    sentences: tuple[Span, ...]
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    lows: tuple[str, ...] = ()
    """`tokens[i].low`, for lookups in one loop."""
    blocks: tuple[Block, ...] = ()
    """Paragraphs, headings, list items, quotes, code, tables and captions, in order; a sentence never leaves its block."""
    block_starts: tuple[int, ...] = ()
    """`blocks[i].start`, for bisecting."""

    def token_at(self, offset: int) -> int:
        """Index of the last token that starts at or before `offset`; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def sentence_at(self, offset: int) -> int:
        """Index of the last sentence that starts at or before `offset`; -1 before the first."""
        return bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1

    def block_at(self, offset: int) -> int:
        """Index of the last block that starts at or before `offset`; -1 before the first."""
        return bisect_right(self.block_starts, offset) - 1

    def tokens_in(self, start: int, end: int) -> range:
        """Indices of the tokens that start in `start` (inclusive) to `end` (exclusive)."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def joined(self, index: int) -> bool:
        """Whether token `index` is followed by the next one without white space."""
        return index + 1 < len(self.tokens) and self.tokens[index].end == self.starts[index + 1]


def read(text: str, *, title: str | None = None, published: str | None = None, outlet: str | None = None) -> Document:
    """The document of `text`."""
    parts = _TOKEN.split(text)  # white space and tokens in turn
    bounds = tuple(accumulate(map(len, parts)))
    words, starts, ends = parts[1::2], bounds[:-1:2], bounds[1::2]
    lows = tuple(map(str.lower, words))
    tokens = tuple(map(_NEW_TOKEN, zip(words, lows, starts, ends, strict=True)))
    blocks = find_blocks(text)
    return Document(
        text=text,
        tokens=tokens,
        starts=starts,
        sentences=find_sentences(text, blocks),
        title=title,
        published=published,
        outlet=outlet,
        lows=lows,
        blocks=blocks,
        block_starts=tuple(block.start for block in blocks),
    )
