"""From the start of the process to the first list of stored titles on the screen, beside the smallest Textual app."""

from __future__ import annotations

import compileall
import statistics
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import reader
from benchmarks import corpus
from benchmarks.table import Table, milliseconds, number
from benchmarks.terminal import BRIEFING, HELLO, PASS, Terminal, run

TITLES = 5
"""Stored titles that must be seen."""

GOAL = 1.5
"""Most that a start may take, in starts of the smallest Textual app."""


def measure(work: Path, sizes: Sequence[int], rounds: int) -> list[Table]:
    """One table. A round runs each program once, so that whatever else the machine does meets all alike.

    The sources are compiled first, as an installation does it: without their .pyc files Python compiles them at every start.
    """
    for package in (reader.__path__[0], Path(__file__).parent):
        compileall.compile_dir(package, quiet=1)
    homes = {size: corpus.home(size, work) for size in sizes}
    titles = {size: corpus.titles(home) for size, home in homes.items()}
    walls: dict[str, list[float]] = defaultdict(list)
    cpus: dict[str, list[float]] = defaultdict(list)
    for number_of_round in range(rounds + 1):
        found = {"python -c pass": (run(PASS), 0.0), "smallest Textual app": start(HELLO, None, ["Hello"], 1)}
        for size, home in homes.items():
            found[f"briefing, {size:,} articles"] = start(BRIEFING, home, titles[size], TITLES)
        if number_of_round:
            for name, (wall, cpu) in found.items():
                walls[name].append(wall)
                cpus[name].append(cpu)
    return [_table(walls, cpus, rounds)]


def start(command: Sequence[str], home: Path | None, texts: Sequence[str], count: int) -> tuple[float, float]:
    """Seconds, and seconds of processor time, until `count` of `texts` are on the screen."""
    with Terminal(command, home) as terminal:
        at = terminal.until(texts, count)
        return at - terminal.started, terminal.cpu()


def _table(walls: dict[str, list[float]], cpus: dict[str, list[float]], rounds: int) -> Table:
    notes = (
        f"Process start until {TITLES} stored titles were drawn, in a pseudo-terminal of 120x40; medians of {rounds} rounds, each of which "
        f"ran every program once. The ratio is the median of the rounds' own ratios. Goal: at most {GOAL}."
    )
    table = Table("Start", ("program", "ms", "least", "CPU ms", "x smallest app", "x CPU"), notes)
    floor, cpu_floor = walls["smallest Textual app"], cpus["smallest Textual app"]
    for name, wall in walls.items():
        cpu = cpus[name]
        ratio = statistics.median(a / b for a, b in zip(wall, floor, strict=True))
        cpu_ratio = statistics.median(a / b for a, b in zip(cpu, cpu_floor, strict=True))
        shown_cpu = (milliseconds(cpu), f"{cpu_ratio:.2f}") if any(cpu) else ("-", "-")
        table.add(name, milliseconds(wall), number(min(wall) * 1000), shown_cpu[0], f"{ratio:.2f}", shown_cpu[1])
    return table
