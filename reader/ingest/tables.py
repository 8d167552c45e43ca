"""Tables: which hold data, and where the next cell of one stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

MAX_CELLS = 2000
"""Table cells that are read of one entry (R-HTML-2)."""

MAX_SPAN = 20
"""Columns or rows that one cell is believed to span."""


@dataclass(slots=True)
class Grid:
    """Where the next cell of a data table stands."""

    depth: int = 1
    caption: bool = False
    """Inside its caption."""
    rows: int = 0
    column: int = 0
    pending: int = 0
    hanging: dict[int, int] = field(default_factory=dict)
    """Column -> rows that a cell from above still covers."""

    def next_row(self) -> str:
        """What parts the new row from the one before."""
        lead = "\n" if self.rows else ""
        self.rows, self.column, self.pending = self.rows + 1, 0, 0
        return lead

    def next_cell(self, element: etree._Element) -> str:
        """What parts the new cell from the one before in its row: one tab for each column boundary."""
        columns, rows = _span(element, "colspan"), _span(element, "rowspan")
        lead = "\t" * self.pending
        while self.hanging.get(self.column, 0) > 0:
            self.hanging[self.column] -= 1
            self.column += 1
            lead += "\t"
        if rows > 1:
            for column in range(self.column, self.column + columns):
                self.hanging[column] = rows - 1
        self.column += columns
        self.pending = columns
        return lead


def _span(element: etree._Element, name: str) -> int:
    """A cell's span as it says, within 1 and MAX_SPAN."""
    digits = (element.get(name) or "1").strip()
    return max(1, min(int(digits), MAX_SPAN)) if digits.isdecimal() and len(digits) < 9 else 1


def is_data(table: etree._Element) -> bool:
    """Whether a table holds data rather than the layout of a page: several rows and columns, and no blocks of text in its cells."""
    rows, widest, cells, blocks = 0, 0, 0, 0
    width = 0
    for element in table.iterdescendants():
        if element.tag == "tr":
            rows, width = rows + 1, 0
        elif element.tag in ("td", "th"):
            cells, width = cells + 1, width + 1
            widest = max(widest, width)
        elif element.tag in ("table", "h1", "h2", "h3", "blockquote", "pre") or cells > MAX_CELLS:
            return False
        elif element.tag in ("p", "li"):
            blocks += 1
    return rows >= 2 and widest >= 2 and blocks <= cells
