"""What the commands print: harmless text, aligned tables, JSON. Nothing else in this package writes to a stream."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from reader.text import clean, one_line

WIDEST = 120
"""Cells that a table takes at most in a wider terminal: beyond that the eye loses the row."""

_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""What JSON may hold as it is, but a terminal should not be sent."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, whether its cells stand at the right, and whether it gives way in a narrow terminal.

    A flexible column that `wraps` goes on below instead of being cut; it is to be the last one.
    """

    header: str
    right: bool = False
    flexible: bool = False
    wraps: bool = False


def say(text: str = "") -> None:
    """Print text for people, whatever it holds: control characters and overrides are replaced."""
    sys.stdout.write(f"{clean(text)}\n")


def complain(message: str) -> None:
    """Print an error in one line on stderr."""
    sys.stderr.write(f"briefing: {one_line(message, 2000)}\n")


def note(message: str) -> None:
    """Tell something beside the output, on stderr, in one line."""
    sys.stderr.write(f"{one_line(message, 2000)}\n")


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """Print a value as JSON; it reads back as exactly that value, and no character of it can drive a terminal."""
    text = json.dumps(value, ensure_ascii=not _is_unicode(sys.stdout), indent=indent)
    sys.stdout.write(_UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")


def _is_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


def terminal_width() -> int | None:
    """Columns of the terminal on stdout; null where stdout is none, and nothing is to be cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def bold(text: str) -> str:
    """`text` emphasised where the terminal can and the user wants it. The text must be ours: it is not cleaned after this."""
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return text if plain else f"\x1b[1m{text}\x1b[22m"


def heading(text: str) -> None:
    """Print a heading."""
    sys.stdout.write(f"{bold(one_line(text))}\n")


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, indent: int = 0) -> None:
    """Print rows of cells under their headers: cut to the terminal's width in the flexible columns, whole where there is none."""
    from reader.tui.cells import fit, right

    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = _widths(columns, cells, terminal_width(), indent)
    header = [column.header for column in columns]
    for row in [header, *cells] if any(header) else cells:
        first, *more = _folded(columns, row, widths)
        placed = [
            (right if column.right else fit)(cell, width)
            for column, cell, width in zip(columns, first, widths, strict=True)
        ]
        line = " " * indent + "  ".join(placed).rstrip()
        sys.stdout.write(f"{bold(line) if row is header else line}\n")
        start = indent + sum(widths[:-1]) + 2 * (len(widths) - 1)
        for words in more:
            sys.stdout.write(f"{' ' * start}{words}\n")


def _folded(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> Iterator[Any]:
    """The row with the first line of its last cell, then the further lines of that cell where the column wraps."""
    from reader.tui.cells import folded

    lines = folded(row[-1], widths[-1]) if columns[-1].wraps else [row[-1]]
    yield [*row[:-1], lines[0] if lines else ""]
    yield from lines[1:]


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[str]], terminal: int | None, indent: int) -> list[int]:
    """Width of each column: that of its longest cell; flexible ones share what is missing, the widest gives first."""
    from rich.cells import cell_len

    texts = [[column.header, *(row[at] for row in cells)] for at, column in enumerate(columns)]
    widths = [max(map(cell_len, column)) for column in texts]
    if terminal is None:
        return widths
    excess = indent + sum(widths) + 2 * (len(widths) - 1) - min(terminal, WIDEST)
    flexible = [at for at, column in enumerate(columns) if column.flexible]
    while excess > 0 and flexible:
        widest = max(flexible, key=lambda at: widths[at])
        if widths[widest] <= 8:
            break
        widths[widest] -= 1
        excess -= 1
    return widths


def wrapped(text: str, *, indent: int = 0, width: int = 76) -> None:
    """Print paragraphs of text, wrapped where a terminal is on stdout."""
    from reader.tui.cells import folded

    terminal = terminal_width()
    for paragraph in clean(text).split("\n"):
        lines = folded(paragraph, min(terminal, width) - indent) if terminal else [paragraph]
        for line in lines or [""]:
            sys.stdout.write(f"{' ' * indent}{line}".rstrip() + "\n")


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 story`, `12 stories`: a number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def sized(size: int) -> str:
    """A number of bytes in KiB or MiB."""
    return f"{size / 1048576:.1f} MiB" if size >= 1048576 else f"{size / 1024:.0f} KiB"


def print_raw(text: str) -> None:
    """Print a document in a format of its own; only what could drive a terminal is replaced, character for character."""
    from reader.text import defuse

    sys.stdout.write("\n".join(map(defuse, text.split("\n"))))
