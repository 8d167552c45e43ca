"""Small tables of medians, printed for people and written into the documentation."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Table:
    """A caption, a head and rows of cells; `notes` say how it was measured."""

    caption: str
    head: tuple[str, ...]
    notes: str = ""
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        """One more row."""
        self.rows.append(tuple(map(str, cells)))

    def markdown(self) -> str:
        """The table as Markdown, its columns aligned."""
        widths = [max(map(len, column)) for column in zip(self.head, *self.rows, strict=True)]
        rule = tuple("-" * width if n == 0 else "-" * (width - 1) + ":" for n, width in enumerate(widths))
        lines = (_line(row, widths) for row in (self.head, rule, *self.rows))
        parts = (f"## {self.caption}", self.notes, "\n".join(lines))
        return "\n\n".join(filter(None, parts))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(w) if n == 0 else cell.rjust(w) for n, (cell, w) in enumerate(zip(cells, widths, strict=True)))
    return f"| {' | '.join(padded)} |"


def milliseconds(seconds: Iterable[float]) -> str:
    """The median in milliseconds."""
    return number(statistics.median(seconds) * 1000)


def number(value: float) -> str:
    """A number with as many digits as mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
