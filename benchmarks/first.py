"""The first fetch of all, seen in the reader: when the first titles stand on the screen, and that the list stays where it is.

`python -m benchmarks first`: an empty store and 200 feeds of 50 articles from a server on this machine; the reader is opened in a
pseudo-terminal and fetches by itself.
"""

from __future__ import annotations

import re
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus, feeds
from benchmarks.server import ask, serving
from benchmarks.table import Table, number
from benchmarks.terminal import BRIEFING, Terminal

TITLES = 5
TITLE = re.compile(rf"(?:{'|'.join(corpus.COMPANIES)}) \d+ (?:{'|'.join(corpus.VERBS)}) ".encode())
PATIENCE = 120
GOAL = 3.0
"""Seconds from the first answer within which titles must stand on the screen."""


def measure(work: Path, sizes: Sequence[int], rounds: int) -> list[Table]:
    """One table; `sizes` does not matter."""
    table = Table("First fetch", ("what", "seconds", "worst"), _notes(rounds))
    times: dict[str, list[float]] = defaultdict(list)
    with serving(feeds.folder(work)) as server:
        for _ in range(rounds):
            home = feeds.home(work / "first", feeds.addresses(server, "etag"))
            ask(server, "reset")
            with Terminal(BRIEFING, home) as terminal:
                _watch(terminal, server, times)
    for what, seconds in times.items():
        table.add(what, number(statistics.median(seconds)), number(max(seconds)))
    return [table]


def _watch(terminal: Terminal, server: str, times: dict[str, list[float]]) -> None:
    """One first fetch until everything was asked; the first row must stay where it is."""
    seen = _until(terminal, TITLE, TITLES)
    top = TITLE.search(bytes(terminal.seen))
    first = ask(server, "log")["first"]
    facts = terminal.until(["FIGURES"], 1)
    while ask(server, "log").get("200", 0) < feeds.FEEDS:
        terminal.read(0.2)
    asked = time.perf_counter()
    _press_to_repaint(terminal)
    again = TITLE.search(bytes(terminal.seen))
    assert top
    assert again
    assert top[0] == again[0], "the list moved under the cursor"
    times["start of the reader to first titles"].append(seen - terminal.started)
    times["first answer to first titles"].append(seen - first)
    times["first answer to facts of the article under the cursor"].append(facts - first)
    times["first answer to the last one"].append(asked - first)


def _until(terminal: Terminal, wanted: re.Pattern[bytes], count: int) -> float:
    """When so many different matches had been drawn. Raises TimeoutError."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        at = terminal.read(0.5)
        if at is not None and len(set(wanted.findall(bytes(terminal.seen)))) >= count:
            return at
    raise TimeoutError(f"not drawn: {wanted.pattern!r}")


def _press_to_repaint(terminal: Terminal) -> None:
    """Have everything drawn anew: by the help, opened and closed."""
    terminal.press("?")
    terminal.settle(0.3)
    terminal.press("\x1b")
    terminal.settle(0.3)


def _notes(rounds: int) -> str:
    return (
        f"The reader on an empty store in a pseudo-terminal, {feeds.FEEDS} feeds of {feeds.ENTRIES} articles from a server on this "
        f"machine; {rounds} rounds. Goal: titles within {GOAL:g} s of the first answer."
    )
