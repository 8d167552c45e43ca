"""`python -m benchmarks`: every measurement, or those that are named, as small tables."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path

from benchmarks.corpus import WORK

SUITES = ("startup", "keys", "memory", "store", "ingest", "first")
DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Measured with `python -m benchmarks --write` (see `benchmarks/`): made-up articles of 600 words with a dozen facts each, two articles
a story. Times depend on the machine and on what else it does; ratios within one table are worth more than the figures.
`python -m benchmarks.stories` measures the grouping of stories at 100,000 articles, `python -m benchmarks.peers` whole fetches beside
newsboat where it is installed, and `python -m benchmarks.corpora FOLDER...` compares our reading of collected feeds with feedparser's.
"""


def main(words: Sequence[str] | None = None) -> int:
    """Run what is asked for; the exit code."""
    asked = _asked(words)
    tables = [f"{HEAD}\n{machine()}"]
    for name in asked.suites or SUITES:
        for table in import_module(f"benchmarks.{name}").measure(asked.work, asked.sizes, asked.rounds):
            print(f"\n{table.markdown()}", flush=True)
            tables.append(table.markdown())
    if asked.write:
        DOCUMENT.write_text("\n\n".join(tables) + "\n")
    return 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"{', '.join(SUITES)} (default: all)")
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000], help="articles in the stores")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of each measurement (default: 9)")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the stores; they are made once and kept")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    asked = parser.parse_args(words)
    if wrong := set(asked.suites) - set(SUITES):
        parser.error(f"no suite {', '.join(sorted(wrong))}; there are {', '.join(SUITES)}")
    return asked


def machine() -> str:
    """What this runs on, in general words."""
    versions = (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, Textual {metadata.version('textual')}"
    )
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {platform.system()}, {platform.machine()}; {versions}; load average {load:.1f} when it began."


if __name__ == "__main__":
    sys.exit(main())
