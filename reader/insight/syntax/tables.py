"""Cells of the tables in a text: tabs, Markdown pipes, or columns set with spaces."""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.insight.facts import Span
from reader.insight.syntax.blocks import Block, rows
from reader.insight.syntax.document import Document

_RULE = re.compile(r"[\s|:+=-]+")
_PIPE = re.compile(r"[^|]+")
_HTML_TABLE = re.compile(r"<table\b.*?</table>", re.S | re.I)
_HTML_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=</tr>|<tr\b|</table>)", re.S | re.I)
_HTML_CELL = re.compile(r"<t[dh]\b[^>]*>(?:\s*<[^>]*>)*([^<]*)", re.I)
_DECORATION = re.compile(r"[\s*_`]+")


class Table(NamedTuple):
    """One table: the spans of its cells by row; an empty cell is an empty span. Every row has a first cell (its label)."""

    rows: tuple[tuple[Span, ...], ...]


def find_tables(document: Document) -> list[Table]:
    """The tables of a document that have at least two rows and two columns."""
    found = []
    for block in document.blocks:
        if block.kind == "table":
            table = _table(document.text, block)
            if len(table.rows) > 1 and all(len(row) > 1 for row in table.rows[:2]):
                found.append(table)
    if "</table>" in document.text:
        found.extend(_html_table(document.text, *m.span()) for m in _HTML_TABLE.finditer(document.text))
    return [table for table in found if len(table.rows) > 1]


def _html_table(text: str, start: int, end: int) -> Table:
    """A table in markup that was left in the text."""
    found = []
    for row in _HTML_ROW.finditer(text, start, end):
        cells = tuple(_trim(text, *cell.span(1)) for cell in _HTML_CELL.finditer(text, *row.span(1)))
        if len(cells) > 1:
            found.append(cells)
    return Table(tuple(found))


def _table(text: str, block: Block) -> Table:
    lines = [line for line in rows(text, block) if not _RULE.fullmatch(text, *line)]
    if any("\t" in text[a:b] for a, b in lines):
        return Table(tuple(_split_tabs(text, line) for line in lines))
    if any(text[a:b].count("|") > 1 for a, b in lines):
        return Table(tuple(_split_pipes(text, line) for line in lines))
    return Table(_aligned(text, lines))


def _split_tabs(text: str, line: Span) -> tuple[Span, ...]:
    """Cells between tabs, empty ones too."""
    cells, begin = [], line[0]
    while True:
        end = text.find("\t", begin, line[1])
        cells.append(_trim(text, begin, line[1] if end < 0 else end))
        if end < 0:
            return tuple(cells)
        begin = end + 1


def _split_pipes(text: str, line: Span) -> tuple[Span, ...]:
    """Cells between pipes; the outer pipes make no cell."""
    start, end = line
    start += text[start] == "|"
    end -= text[end - 1] == "|" and end - 1 >= start
    return tuple(_trim(text, m.start(), m.end()) for m in _PIPE.finditer(text, start, end))


def _aligned(text: str, lines: list[Span]) -> tuple[tuple[Span, ...], ...]:
    """Cells parted by two or more spaces, put under the heading whose middle is nearest."""
    split = [
        [_trim(text, m.start(), m.end()) for m in re.compile(r"\S+(?: \S+)*").finditer(text, *line)] for line in lines
    ]
    if not split:
        return ()
    widest = max(len(cells) for cells in split)
    full = [cells for cells in split if len(cells) == widest]
    return tuple(tuple(cells) for cells in split if len(cells) in (widest, widest - 1)) if full else ()


def _trim(text: str, start: int, end: int) -> Span:
    """The span without white space and the marks of bold or code around it."""
    lead = _DECORATION.match(text, start, end)
    start = lead.end() if lead else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_`"):
        end -= 1
    return start, max(start, end)
