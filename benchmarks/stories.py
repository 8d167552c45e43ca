"""Grouping at scale: place 100,000 articles, 1,700 a day, and print what it costs; then restart, settle, and copies.

    python benchmarks/stories.py [--articles N] [--per-day N]

The articles are made up from a seed: events with names of their own, told by one to twelve outlets over a day or two, among articles
that stand alone. Prints medians over three blocks of the stream where the figure allows it. Title overlap is the usual rival: the same
job by comparing the words of titles with all articles of the window.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
import tracemalloc
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import accumulate

from reader.stories import Clusterer, CopyIndex
from reader.stories.model import DAY, Item
from reader.stories.settle import regroup
from reader.stories.vectors import Frequencies, background
from reader.stories.words import words

START = 1_767_225_600.0
SYLLABLES = [
    a + b
    for a in ("b", "c", "d", "f", "k", "l", "m", "n", "p", "r", "s", "t", "v")
    for b in ("a", "e", "i", "or", "ul")
]
TOLD = 1.64
"""Outlets that tell an event, on average."""


def articles(count: int, per_day: int, seed: int = 1) -> Iterator[tuple[Item, str]]:
    """Articles in order of publication, each with the event it tells; the same for the same numbers."""
    rng = random.Random(seed)
    common = [word for word, number in sorted(background()[0].items(), key=lambda pair: -pair[1])[:6000]]
    weights = [1 / (rank + 8) for rank in range(len(common))]
    cumulative = list(accumulate(weights))
    pending: list[tuple[float, int, Item, str]] = []
    made, now, number = 0, START, 0
    while made < count:
        now += rng.expovariate(1) * DAY / per_day * TOLD
        number += 1
        names = ["".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 3))) for _ in range(rng.randint(1, 3))]
        topic = rng.choices(common, cum_weights=cumulative, k=14)
        told = 1 if rng.random() < 0.7 else min(12, 2 + int(rng.expovariate(0.5)))
        for outlet in range(told):
            published = now + (0 if outlet == 0 else rng.expovariate(1) * 0.3 * DAY)
            pending.append(
                (
                    published,
                    made,
                    _told(rng, f"a{made}", names, topic, common, cumulative, published, outlet),
                    f"e{number}",
                )
            )
            made += 1
    for _, _, item, event in sorted(pending)[:count]:
        yield item, event


def _told(
    rng: random.Random,
    id: str,
    names: list[str],
    topic: list[str],
    common: list[str],
    cumulative: list[float],
    published: float,
    outlet: int,
) -> Item:
    """One outlet's words for an event: its names, half of its topic, and words that everybody uses."""
    own = rng.sample(topic, 7)
    title = " ".join([*names, *own[:3], *rng.choices(common, cum_weights=cumulative, k=3)])
    body = [*names, *names, *own, *rng.choices(common, cum_weights=cumulative, k=90)]
    rng.shuffle(body)
    return Item(id, title.capitalize(), " ".join(body), published, f"Outlet {(outlet * 7 + len(title)) % 40}", "")


def place_all(stream: list[tuple[Item, str]]) -> tuple[Clusterer, list[float], dict[str, str]]:
    """Place the stream; gives the clusterer, seconds for each article, and the story of each."""
    clusterer = Clusterer()
    spent, placed = [], {}
    for item, _ in stream:
        began = time.process_time()
        placed[item.id] = clusterer.place(item).story
        spent.append(time.process_time() - began)
    return clusterer, spent, placed


def title_overlap(stream: list[tuple[Item, str]]) -> tuple[list[float], dict[str, str]]:
    """The usual rival: the story of the article whose title shares most words (Jaccard, from 0.2 on) in a window of five days."""
    window: deque[tuple[float, frozenset[str], str]] = deque()
    spent, placed = [], {}
    for item, _ in stream:
        began = time.process_time()
        now, own = item.published or 0.0, frozenset(words(item.title))
        while window and now - window[0][0] > 5 * DAY:
            window.popleft()
        best, story = max(
            ((len(own & other) / len(own | other), name) for _, other, name in window), default=(0.0, item.id)
        )
        placed[item.id] = story if best >= 0.2 else item.id
        window.append((now, own, placed[item.id]))
        spent.append(time.process_time() - began)
    return spent, placed


def pair_f1(stream: list[tuple[Item, str]], placed: dict[str, str]) -> float:
    """F1 (0-1) over pairs of articles of one event."""

    def pairs(numbers: Iterable[int]) -> int:
        return sum(number * (number - 1) // 2 for number in numbers)

    both = pairs(Counter((event, placed[item.id]) for item, event in stream).values())
    gold = pairs(Counter(event for _, event in stream).values())
    mine = pairs(Counter(placed[item.id] for item, _ in stream).values())
    return 2 * both / (gold + mine)


def report(name: str, value: str, note: str = "") -> None:
    """One line of the result."""
    print(f"{name:44} {value:>14}  {note}")


def milliseconds(spent: list[float]) -> tuple[float, float, float]:
    """Mean, 95th and 99th percentile in ms: of each, the median of three blocks."""
    size = max(1, len(spent) // 3)
    blocks = [sorted(spent[start : start + size]) for start in range(0, size * 3, size)]
    blocks = [block for block in blocks if block]
    means = [1000 * statistics.fmean(block) for block in blocks]
    tails = [[1000 * block[int(share * (len(block) - 1))] for block in blocks] for share in (0.95, 0.99)]
    return statistics.median(means), statistics.median(tails[0]), statistics.median(tails[1])


def restart(clusterer: Clusterer) -> tuple[float, int]:
    """Seconds (median of three) to restore the stored state, and its size in bytes as JSON."""
    rows = clusterer.dump()
    documents, counts = clusterer.frequencies.rows()
    stored = json.dumps([rows, counts])
    spent = []
    for _ in range(3):
        began = time.process_time()
        kept, terms = json.loads(stored)
        Clusterer.restore(kept, frequencies=Frequencies(dict(terms), documents))
        spent.append(time.process_time() - began)
    return statistics.median(spent), len(stored)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--per-day", type=int, default=1_700)
    options = parser.parse_args()
    began = time.process_time()
    background()
    report("read the table of word frequencies", f"{1000 * (time.process_time() - began):.0f} ms")
    stream = list(articles(options.articles, options.per_day))
    days = ((stream[-1][0].published or 0) - (stream[0][0].published or 0)) / DAY
    report("articles", f"{len(stream):,}", f"{len(stream) / days:,.0f} a day over {days:.0f} days")

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clusterer, spent, placed = place_all(stream)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    mean, p95, p99 = milliseconds(spent)
    report(
        "place an article, mean",
        f"{mean:.2f} ms",
        f"p95 {p95:.2f}, p99 {p99:.2f} ms; {len(clusterer):,} stories open at the end",
    )
    report("pair F1 on these made-up events", f"{pair_f1(stream, placed):.3f}")
    report("memory grown while placing", f"{grown:.0f} MB")

    tail = stream[-min(len(stream), 5 * options.per_day) :]
    overlap, theirs = title_overlap(tail)
    _, own, mine = place_all(tail)
    theirs_mean, ours_mean = 1000 * statistics.fmean(overlap), 1000 * statistics.fmean(own)
    report(
        "title overlap on the last five days, mean",
        f"{theirs_mean:.2f} ms",
        f"{theirs_mean / ours_mean:.1f} times ours ({ours_mean:.2f} ms)",
    )
    report("  its pair F1", f"{pair_f1(tail, theirs):.3f}", f"ours on the same {pair_f1(tail, mine):.3f}")

    seconds, size = restart(clusterer)
    report(
        "restart from stored rows",
        f"{seconds:.2f} s",
        f"{size / 1e6:.1f} MB of JSON, {sum(1 for _ in clusterer.entries()):,} articles",
    )

    last = stream[-1][0].published or 0.0
    window = [item for item, _ in stream if (item.published or 0.0) >= last - 4 * DAY]
    began = time.process_time()
    settled = regroup(window, clusterer.frequencies)
    report(
        "settle the last 96 h",
        f"{time.process_time() - began:.2f} s",
        f"{len(window):,} articles into {len(set(settled.values())):,} stories",
    )

    copies(stream)


def copies(stream: list[tuple[Item, str]]) -> None:
    """Time the copy index on long texts, one in ten a copy."""
    rng = random.Random(3)
    long = []
    for number in range(3000):
        text = " ".join(stream[(number * 7 + part) % len(stream)][0].text for part in range(6))
        long.append(
            Item(f"l{number}", f"Long read {number}", text, START + number * DAY / 1700, f"Outlet {number % 40}")
        )
        if number % 10 == 9:
            source = long[rng.randrange(max(0, len(long) - 500), len(long))]
            cut = " ".join(source.text.split()[:250])
            long.append(Item(f"c{number}", "Cut copy", cut, START + number * DAY / 1700, "Copier"))
    index = CopyIndex()
    tracemalloc.start()
    spent = []
    for item in long:
        began = time.process_time()
        index.add(item)
        spent.append(time.process_time() - began)
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    mean, _, p99 = milliseconds(spent)
    report(
        "look for the original of 600 words, mean",
        f"{mean:.2f} ms",
        f"p99 {p99:.2f} ms (while memory is traced); {held:.0f} MB for {len(index):,}",
    )


if __name__ == "__main__":
    main()
