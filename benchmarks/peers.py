"""Whole fetches beside newsboat, in turn: `python -m benchmarks.peers`.

200 feeds of 50 articles from a server on this machine, which both ask in the same state: each run is one process on a copy of what two
fetches before left behind (newsboat 2.21 sends validators only from the third on). CPU is user and system time of the process and of its
children. A ratio is the median of the rounds' own ratios. Without newsboat only our own figures are told. What has no new article has no
facts to find either, so that only the first fetch and the new articles are measured with facts as well.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import feeds
from benchmarks.corpus import WORK
from benchmarks.server import ask, serving
from benchmarks.table import Table, number
from benchmarks.terminal import BRIEFING, ROOT

SCENARIOS = {
    "first": "first fetch of all articles",
    "304": "nothing new, 304",
    "none": "nothing new, the same bytes without validators",
    "new": "one new article in each feed",
}
NEWSBOAT = "newsboat"
OURS = {"briefing, no facts": ("--no-facts",), "briefing": ()}
GOALS = {
    ("first", "briefing, no facts"): "wall 2.5",
    ("304", "briefing, no facts"): "CPU 0.3",
    ("none", "briefing, no facts"): "CPU 0.15",
    ("new", "briefing, no facts"): "CPU 0.35",
    ("new", "briefing"): "CPU 0.6",
}
"""Most that ours may take, in newsboat's."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, in seconds."""

    wall: float
    cpu: float


def cost(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end. Raises RuntimeError when it fails."""
    quiet = subprocess.DEVNULL
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=ROOT, env={**os.environ, **environment}
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime)


class Newsboat:
    """The program as it is installed, with one thread, its default."""

    def prepare(self, place: Path, urls: list[str]) -> None:
        """A folder with nothing fetched."""
        place.mkdir(parents=True)
        (place / "urls").write_text("\n".join(urls) + "\n")
        (place / "config").write_text("auto-reload no\ncleanup-on-quit no\n")

    def run(self, place: Path) -> Cost:
        """One fetch of all feeds."""
        files = ("-u", place / "urls", "-c", place / "cache.db", "-C", place / "config")
        return cost([NEWSBOAT, "-q", *map(str, files), "-x", "reload"], {})

    def stored(self, place: Path) -> int:
        """How many articles there are."""
        return _count(place / "cache.db", "rss_item")


@dataclass(frozen=True)
class Briefing:
    """Our own fetch with some options."""

    options: tuple[str, ...]

    def prepare(self, place: Path, urls: list[str]) -> None:
        """A home with nothing fetched."""
        feeds.home(place, urls)

    def run(self, place: Path) -> Cost:
        """One fetch of all feeds."""
        return cost([*BRIEFING, "fetch", "--now", "--quiet", *self.options], {"BRIEFING_HOME": str(place)})

    def stored(self, place: Path) -> int:
        """How many articles there are."""
        return _count(place / "briefing.db", "article")


def _count(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def measure(work: Path, scenarios: Sequence[str], rounds: int, *, with_facts_first: bool = False) -> Table:
    """One table: medians and ratios of the scenarios."""
    peers: dict[str, Newsboat | Briefing] = {name: Briefing(options) for name, options in OURS.items()}
    if shutil.which(NEWSBOAT):
        peers = {NEWSBOAT: Newsboat(), **peers}
    table = Table("Peers", ("scenario", "program", "wall s", "CPU s", "x wall", "x CPU", "goal"), _notes(rounds))
    with serving(feeds.folder(work)) as server:
        for scenario in scenarios:
            left_out = (
                {"briefing"} if scenario in ("304", "none") or (scenario == "first" and not with_facts_first) else set()
            )
            found = _rounds(work, server, scenario, {k: v for k, v in peers.items() if k not in left_out}, rounds)
            for name, costs in found.items():
                table.add(
                    SCENARIOS[scenario], name, *_cells(costs, found.get(NEWSBOAT)), GOALS.get((scenario, name), "")
                )
    return table


def _rounds(
    work: Path, server: str, scenario: str, peers: dict[str, Newsboat | Briefing], rounds: int
) -> dict[str, list[Cost]]:
    """The costs of a scenario, each round running every program once."""
    urls = feeds.addresses(server, "none" if scenario == "none" else "etag")
    ask(server, "use/a")
    states = {
        name: _state(work / "peers" / f"{n}", peer, urls, scenario) for n, (name, peer) in enumerate(peers.items())
    }
    ask(server, "use/b" if scenario == "new" else "use/a")
    found: dict[str, list[Cost]] = {name: [] for name in peers}
    now = work / "peers" / "now"
    for _ in range(rounds):
        for name, peer in peers.items():
            shutil.rmtree(now, ignore_errors=True)
            shutil.copytree(states[name], now)
            found[name].append(peer.run(now))
            wanted = feeds.FEEDS * (feeds.ENTRIES + (scenario == "new"))
            assert peer.stored(now) == wanted, f"{name} stored {peer.stored(now)} of {wanted}"
    return found


def _state(place: Path, peer: Newsboat | Briefing, urls: list[str], scenario: str) -> Path:
    """What a program has before a run: nothing for the first one, else what two fetches left."""
    shutil.rmtree(place, ignore_errors=True)
    peer.prepare(place, urls)
    for _ in range(0 if scenario == "first" else 2):
        peer.run(place)
    return place


def _cells(costs: list[Cost], other: list[Cost] | None) -> tuple[str, ...]:
    """Medians, and ratios to the other program."""
    medians = (number(statistics.median(getattr(one, name) for one in costs)) for name in ("wall", "cpu"))
    if not other:
        return (*medians, "-", "-")
    ratios = (
        statistics.median(getattr(a, name) / getattr(b, name) for a, b in zip(costs, other, strict=True))
        for name in ("wall", "cpu")
    )
    return (*medians, *(f"{ratio:.2f}" for ratio in ratios))


def _notes(rounds: int) -> str:
    missing = "" if shutil.which(NEWSBOAT) else " newsboat is not installed: nothing to compare with."
    load = os.getloadavg()[0]
    return (
        f"{feeds.FEEDS} feeds of {feeds.ENTRIES} articles of 600 words from a server on the same machine; medians of {rounds} rounds, each "
        f"of which ran every program once on a copy of its state; load average {load:.1f} when it began.{missing}"
    )


def main(words: Sequence[str] | None = None) -> int:
    """Measure what is asked for; the exit code."""
    parser = argparse.ArgumentParser("python -m benchmarks.peers", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"{', '.join(SCENARIOS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--facts-first", action="store_true", help="the first fetch also with facts: minutes a round")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of all that is made")
    asked = parser.parse_args(words)
    if wrong := set(asked.scenarios) - set(SCENARIOS):
        parser.error(f"no scenario {', '.join(sorted(wrong))}; there are {', '.join(SCENARIOS)}")
    if not shutil.which(NEWSBOAT):
        print("newsboat is not installed (Debian: apt install newsboat); only our own figures follow", file=sys.stderr)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    table = measure(asked.work, asked.scenarios or list(SCENARIOS), asked.rounds, with_facts_first=asked.facts_first)
    print(table.markdown())
    return 0


if __name__ == "__main__":
    sys.exit(main())
