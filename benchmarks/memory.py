"""Peak memory at the first screen, and after paging through the list and an article."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus
from benchmarks.table import Table, number
from benchmarks.terminal import BRIEFING, HELLO, Terminal

PAGES = 200


def measure(work: Path, sizes: Sequence[int], rounds: int) -> list[Table]:
    """One table; `rounds` does not matter, memory hardly varies."""
    notes = f"Peak resident memory of the reader's own process, in MB; paging is {PAGES} pages down, the end, the top, and an article."
    table = Table("Memory", ("program", "first screen", "list read", "after paging"), notes)
    with Terminal(HELLO) as terminal:
        terminal.until(["Hello"], 1)
        table.add("smallest Textual app", number(terminal.peak()), "-", "-")
    for size in sizes:
        home = corpus.home(size, work)
        with Terminal(BRIEFING, home) as terminal:
            terminal.until(corpus.titles(home), 5)
            first = terminal.peak()
            terminal.settle(1.5)
            listed = terminal.peak()
            for _ in range(PAGES):
                terminal.type(" ")
            for key in ("G", "\x1b[H", "\r", "G"):
                terminal.type(key)
                terminal.settle()
            table.add(f"briefing, {size:,} articles", *map(number, (first, listed, terminal.peak())))
    return [table]
