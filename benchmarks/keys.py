"""From a key to the repainted screen: in the list, in the text, and to the next fact."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus
from benchmarks.table import Table, number
from benchmarks.terminal import BRIEFING, HELLO, QUIET, Terminal

PRESSES = 30
REST = 0.25
"""Seconds between two presses, so that each is answered alone."""

STEPS = (
    ("list, next row", "j"),
    ("list, page", " "),
    ("text, next line", "j"),
    ("text, next fact", "c"),
    ("text, next story", "J"),
)


def measure(work: Path, sizes: Sequence[int], rounds: int) -> list[Table]:
    """One table for each size; `rounds` does not matter, every key is pressed PRESSES times."""
    notes = (
        f"Seconds from a key to the first byte drawn and to the last one before {QUIET * 1000:.0f} ms of silence; median and worst of "
        f"{PRESSES} presses, each after a rest. In the list the preview draws last, 50 ms after the cursor came to rest."
    )
    table = Table("Keys", ("key", "first byte ms", "repainted ms", "worst ms"), notes)
    with Terminal(HELLO) as terminal:
        terminal.until(["Hello"], 1)
        terminal.settle()
        _add(table, "smallest Textual app, j", _press(terminal, "j"))
    for size in sizes:
        home = corpus.home(size, work)
        with Terminal(BRIEFING, home) as terminal:
            terminal.until(corpus.titles(home), 5)
            terminal.settle(1.5)
            for name, key in STEPS:
                if name == "text, next line":
                    terminal.press("\r")
                    terminal.settle()
                _add(table, f"{size:,} articles: {name}", _press(terminal, key))
    return [table]


def _press(terminal: Terminal, key: str) -> list[tuple[float, float]]:
    found = []
    for _ in range(PRESSES):
        found.append(terminal.press(key))
        time.sleep(REST)
        terminal.settle(0.05)
    return found


def _add(table: Table, name: str, found: list[tuple[float, float]]) -> None:
    first, last = zip(*found, strict=True)
    cells = (statistics.median(first), statistics.median(last), max(last))
    table.add(name, *(number(value * 1000) for value in cells))
