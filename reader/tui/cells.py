"""Text in terminal cells: cutting, padding and wrapping by width, not by length."""

from __future__ import annotations

import itertools

from rich._wrap import divide_line
from rich.cells import cell_len, set_cell_size


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: padded, or cut with `…`, at a word where the line does not lose much by it."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    cut = set_cell_size(text, width - 1).rstrip()
    space = cut.rfind(" ")
    if space > len(cut) * 3 // 4 and not text[len(cut) : len(cut) + 1].isspace():
        cut = cut[:space]
    return set_cell_size(f"{cut.rstrip(' ,;:–—-')}…", width)


def right(text: str, width: int) -> str:
    """`text` at the right of `width` cells."""
    return " " * max(0, width - cell_len(text)) + set_cell_size(text, min(width, cell_len(text)))


def wrap(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """Spans of `text[start:end]`, each no wider than `width` cells; only white space may hang over. Newlines break.

    Rich's own line breaker: the one that Textual's widgets use as well.
    """
    spans: list[tuple[int, int]] = []
    for paragraph in text[start:end].split("\n"):
        cuts = [0, *divide_line(paragraph, max(1, width)), len(paragraph)]
        spans.extend((start + a, start + b) for a, b in itertools.pairwise(cuts))
        start += len(paragraph) + 1
    return spans


def folded(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, without the blanks at their ends."""
    return [text[a:b].rstrip() for a, b in wrap(text, 0, len(text), width)]
