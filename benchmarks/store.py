"""What the store answers, in one process and without a screen."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks import corpus
from benchmarks.table import Table, number
from reader.library import Library

QUERIES = (
    ("search, word in every article", "engineers"),
    ("search, rare words", "zanzibanpu"),
    ("search, no hit", "xylophone"),
    ("search, phrase", '"after a long pause"'),
    ("query, company", "company:orion"),
    ("query, amount", "amount:>80B"),
    ("query, speaker and age", 'who:"Mara Voss" newer:2025-12-01'),
)


def measure(work: Path, sizes: Sequence[int], rounds: int) -> list[Table]:
    """One table, a column for each size."""
    notes = f"Milliseconds; medians of {rounds} calls, with the pages of the store in the system's cache."
    table = Table("Store", ("call", *(f"{size:,} articles" for size in sizes)), notes)
    columns = [_column(corpus.home(size, work) / "briefing.db", rounds) for size in sizes]
    for name in columns[0]:
        table.add(name, *(column[name] for column in columns))
    return [table]


def _column(path: Path, rounds: int) -> dict[str, str]:
    found = {"open and close": number(_median(lambda: Library(path).close(), rounds))}
    with closing(Library(path)) as library:
        found |= {name: number(_median(call, rounds)) for name, call in _reads(library).items()}
        found |= _writes(library, rounds)
    return found


def _reads(library: Library) -> dict[str, Callable[[], object]]:
    """Every call that a key of the reader makes."""
    ids = library.listing("all").ids
    middle = ids[len(ids) // 2 :][:128]
    calls: dict[str, Callable[[], object]] = {
        "first screen, 60 stories": library.story_opening,
        "all stories of the inbox": lambda: library.story_listing("inbox"),
        "all articles of the inbox": lambda: library.listing("inbox"),
        "page of 128 rows from the middle": lambda: library.rows(middle),
        "one article": lambda: library.article(ids[len(ids) // 3]),
        "counts of all views": library.story_counts,
    }
    return calls | {name: lambda query=query: library.listing("all", query) for name, query in QUERIES}


def _writes(library: Library, rounds: int) -> dict[str, str]:
    """Marks and their way back."""
    ids = library.listing("all").ids
    one = _median(lambda: (library.mark("later", ids[:1]), library.undo()), rounds)
    marks, undos = [], []
    for _ in range(min(rounds, 3)):
        marks.append(_once(lambda: library.mark("star", ids)))
        undos.append(_once(library.undo))
    return {
        "mark one and undo": number(one),
        "star all": number(statistics.median(marks)),
        "undo that": number(statistics.median(undos)),
    }


def _once(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _median(call: Callable[[], object], rounds: int) -> float:
    call()
    return statistics.median(_once(call) for _ in range(rounds))
