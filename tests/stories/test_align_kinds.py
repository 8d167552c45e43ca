"""Comparing claims kind by kind finds what comparing each two of them finds."""

import random
from itertools import combinations

import pytest

from reader.stories import align
from reader.stories.align import Claim, Key
from reader.stories.compare import Report
from reader.stories.independence import Source, owner
from reader.stories.metrics import find_metric
from reader.stories.model import DAY

METRICS = [find_metric(words) for words in ("valuation", "shares rose", "invested in", "revenue", "headcount", "capex")]


def one_claim(rng, source, metric, settled):
    low = rng.choice((1e9, 1.2e9, 1.25e9, 14e9, 14.5e9, 92.7))
    high = low * rng.choice((1.1, 1.5)) if not settled and rng.random() < 0.2 else None
    period, status = rng.choice(("", "2026", "2025")), "done" if settled else rng.choice(("done", "talks"))
    name = metric.name if metric else rng.choice(("", "thing"))
    report = Report(
        "x", name, period, low, high, rng.choice(("USD", "EUR")), rng.choice(("", "about", "up to")), status,
        source.time, owner(source.outlet),
    )  # fmt: skip
    objects = frozenset(rng.sample("opq", rng.randint(0, 2)))
    leans = frozenset({"Reuters"}) if rng.random() < 0.2 else frozenset()
    key = Key("x", name, period, "", report.unit)
    return Claim(
        key, report, source, 1, 5, (0, 9), rng.choice(("money", "count")), metric, rng.random() < 0.9, True, objects, leans
    )  # fmt: skip


def some_claims(seed):
    rng = random.Random(seed)
    span, metric = rng.choice((0.2, 2, 6)) * DAY, rng.choice([*METRICS, None])
    settled, found = rng.random() < 0.5, []
    for number in range(rng.randint(2, 12)):
        time = None if rng.random() < 0.05 else 1.77e9 + rng.random() * span
        source = Source(str(number), rng.choice(("Reuters", "CNBC", "Wire")), time, "x" * 9)
        found += [one_claim(rng, source, metric, settled) for _ in range(rng.randint(1, 3))]
    return found


def pairs(links):
    return {tuple(sorted((a, b))) for some, others in links for a in some for b in others if a != b}


@pytest.mark.parametrize("block", range(20))
def test_links_are_those_of_each_two_claims(block):
    for seed in range(block * 20, block * 20 + 20):
        found = some_claims(seed)
        said = {(a, b): align._related(found[a], found[b]) for a, b in combinations(range(len(found)), 2)}
        fitting, apart = align._links(found)
        assert pairs(fitting) == {pair for pair, how in said.items() if how == "fits"}
        assert pairs(apart) == {pair for pair, how in said.items() if how == "differs"}


@pytest.mark.parametrize("block", range(20))
def test_articles_relate_as_each_two_of_them_do(block):
    for seed in range(block * 20, block * 20 + 20):
        found = some_claims(seed)
        articles = [
            [one for one in found if one.source.article == id]
            for id in dict.fromkeys(one.source.article for one in found)
        ]
        said = {align._best(first, second) for first, second in combinations(articles, 2)}
        assert align._between_articles(found) & {"revised", "conflict"} == said & {"revised", "conflict"}
