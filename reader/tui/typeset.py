"""An article as lines on the screen: wrapped blocks whose every piece knows its offsets in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from reader.model import Block, Text
from reader.tui.cells import fit, folded, wrap

MEASURE = 72
"""Widest line of running text, in cells: 60 to 76 read best."""

TABLE_MEASURE = 96
"""Widest table: columns may use the room that running text leaves."""

_CELL_GAP = 2
_NUMBER = re.compile(r"(?:\d{1,4}\.|\[\d{1,3}\]) ")
"""What begins an item of an ordered list or a footnote."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[start:end]`, drawn in `width` cells after `lead`; what is too long for its cells ends in an ellipsis."""

    start: int
    end: int
    lead: str = ""
    width: int = -1
    """-1: as wide as it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. A line with no `pieces` shows `label`, which is no part of the text. `start` is where the text has got to."""

    start: int
    role: str
    """meta | title | paragraph | heading | item | quote | code | table | columns | caption | blank"""
    pieces: tuple[Piece, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one article at one width."""

    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    """`lines[i].start`, never falling: for finding the line of an offset."""
    width: int

    def line_of(self, offset: int) -> int:
        """Index of the line that shows `offset` of the text."""
        at = bisect_right(self.starts, offset) - 1
        while at > 0 and not self.lines[at].pieces:
            at -= 1
        return max(0, at)

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """First and last line that show a part of `start`-`end`."""
        return self.line_of(start), self.line_of(max(start, end - 1))


def typeset(meta: Sequence[str], title: str, body: Text, width: int, measure: int = MEASURE) -> Page:
    """The page of an article: `meta` lines, the title, then the blocks of `body`, for a pane with `width` cells of text.

    Running text is at most `measure` cells wide, `meta` and tables may use more.
    """
    measure, widest = max(8, min(width, measure)), max(8, min(width, TABLE_MEASURE))
    lines = [Line(0, "meta", label=part) for one in meta for part in folded(one, widest)]
    lines.append(Line(0, "blank"))
    lines += [Line(0, "title", label=part) for part in folded(title, measure)]
    before = ""
    for block in body.blocks or _paragraphs(body.text):
        if not (block.kind == before == "item"):
            lines.append(Line(block.start, "blank"))
        lines += _lines(body.text, block, measure, widest)
        before = block.kind
    lines.append(Line(len(body.text), "blank"))
    return Page(tuple(lines), tuple(line.start for line in lines), measure)


def _paragraphs(text: str) -> Iterator[Block]:
    """Every line that holds something is a paragraph where no blocks are known."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Block("paragraph", start, start + len(line))
        start += len(line) + 1


def _lines(text: str, block: Block, measure: int, table_measure: int) -> Iterator[Line]:
    if block.kind == "table":
        yield from _table(text, block, table_measure)
        return
    first, rest = _leads(text, block)
    for number, (start, end) in enumerate(
        wrap(text, block.start, block.end, measure - max(cell_len(first), cell_len(rest)))
    ):
        yield Line(start, block.kind, (Piece(start, end, rest if number else first),))


def _leads(text: str, block: Block) -> tuple[str, str]:
    """What stands before the first and before every further line of a block; an item with a number needs no bullet."""
    if block.kind == "item":
        indent = "  " * min(block.level, 4)
        numbered = _NUMBER.match(text, block.start, block.end)
        return (indent, f"{indent}   ") if numbered else (f"{indent}• ", f"{indent}  ")
    if block.kind == "quote":
        return "▎ ", "▎ "
    return ("  ", "  ") if block.kind == "code" else ("", "")


def _table(text: str, block: Block, measure: int) -> Iterator[Line]:
    """Rows of a table in aligned columns; the widest columns give way until the table fits."""
    rows = list(_cells(text, block))
    widths = _column_widths(text, rows, measure)
    for number, row in enumerate(rows):
        pieces = tuple(
            Piece(start, end, "" if column == 0 else " " * _CELL_GAP, widths[column])
            for column, (start, end) in enumerate(row[: len(widths)])
        )
        yield Line(row[0][0], "columns" if number == 0 and len(rows) > 1 else "table", pieces)


def _cells(text: str, block: Block) -> Iterator[list[tuple[int, int]]]:
    """Spans of the cells, row by row."""
    start = block.start
    for line in text[block.start : block.end].split("\n"):
        cells, at = [], start
        for cell in line.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        yield cells
        start += len(line) + 1


def _column_widths(text: str, rows: Sequence[Sequence[tuple[int, int]]], measure: int) -> list[int]:
    count = min(max(map(len, rows)), max(1, measure // 4))
    widths = [max((cell_len(text[slice(*row[c])]) for row in rows if c < len(row)), default=0) for c in range(count)]
    while sum(widths) + _CELL_GAP * (count - 1) > measure and max(widths) > 3:
        widest = widths.index(max(widths))
        widths[widest] -= max(1, min(sum(widths) + _CELL_GAP * (count - 1) - measure, widths[widest] // 8))
    return [max(1, width) for width in widths]


def shown(text: str, piece: Piece) -> str:
    """What a piece looks like, without its lead; blanks that hang over a wrapped line are left out."""
    words = text[piece.start : piece.end]
    return words.rstrip() if piece.width < 0 else fit(words, piece.width)
