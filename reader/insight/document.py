"""One pass over a text: its tokens, sentences and blocks, which every layer reads.

A `Document` is made once for each text. Layers look tokens up by their lower-cased word and use a regular expression only at an
anchor (a digit, a currency sign, a quote mark, a capital), never over the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from reader.insight.facts import Span

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_|\w")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: its text, its lower-cased form, and where it stands."""

    text: str
    low: str
    start: int
    end: int


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

    def token_at(self, offset: int) -> int:
        """Index of the last token that starts at or before `offset`; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def sentence_at(self, offset: int) -> int:
        """Index of the last sentence that starts at or before `offset`; -1 before the first."""
        return bisect_right(self.sentences, (offset, len(self.text) + 1)) - 1


def read(text: str, *, title: str | None = None, published: str | None = None, outlet: str | None = None) -> Document:
    """The document of `text`."""
    tokens = tuple(Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text))
    return Document(text, tokens, tuple(t.start for t in tokens), tuple(_sentences(text)), title, published, outlet)


def _sentences(text: str) -> list[Span]:
    """Spans of the sentences, line by line."""
    spans: list[Span] = []
    for line in re.finditer(r"[^\r\n]+", text):
        begin = line.start()
        for stop in _END.finditer(text, line.start(), line.end()):
            spans.append((begin, stop.end()))
            begin = stop.end()
        spans.append((begin, line.end()))
    stripped = (
        (a + len(text[a:b]) - len(text[a:b].lstrip()), b - len(text[a:b]) + len(text[a:b].rstrip())) for a, b in spans
    )
    return [(a, b) for a, b in stripped if a < b]
