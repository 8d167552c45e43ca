"""Benchmark scores as model x benchmark x value, and who beats whom."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import islice

from reader.insight.facts import Entity, Figure, Ranking, Score, Span
from reader.insight.naming.topics import Topics
from reader.insight.score.rankings import find_rankings
from reader.insight.score.scoreprose import place, prose_scores
from reader.insight.score.scoretables import table_scores
from reader.insight.syntax.document import Document


def find_scores(
    document: Document, entities: tuple[Entity, ...], figures: tuple[Figure, ...]
) -> tuple[tuple[Score, ...], tuple[Ranking, ...], tuple[Figure, ...]]:
    """Scores and rankings, and `figures` without those that turned out to be scores or stand in a label of a score table."""
    from_tables, labels = table_scores(document, entities)
    if not any(entity.type in ("model", "product", "benchmark") for entity in entities) and not from_tables:
        return (), (), figures
    topics = Topics(document, entities)
    scores = sorted([*from_tables, *prose_scores(document, topics, figures)], key=place)
    taken = sorted([(score.start, score.end) for score in scores] + labels)
    rankings = [_with_benchmark(document, ranking, scores) for ranking in find_rankings(document, topics)]
    return tuple(scores), tuple(rankings), tuple(_outside(figures, taken))


def _with_benchmark(document: Document, ranking: Ranking, scores: list[Score]) -> Ranking:
    """The ranking with the benchmark on which its sentence gives the numbers of its models, where it names none itself."""
    if ranking.benchmark is not None:
        return ranking
    start, end = document.sentences[document.sentence_at(ranking.start)]
    first = bisect_left(scores, start, key=_start)
    names, tests = {ranking.winner, *ranking.losers}, set()
    for score in islice(scores, first, None):
        if score.start >= end:
            break
        if score.model in names:
            tests.add(score.benchmark)
    return replace(ranking, benchmark=tests.pop()) if len(tests) == 1 else ranking


def _start(row: Score) -> int:
    return row.start


def _outside(figures: tuple[Figure, ...], taken: list[Span]) -> list[Figure]:
    """Figures that touch none of the sorted spans."""
    kept, at = [], 0
    for figure in figures:
        while at < len(taken) and taken[at][1] <= figure.start:
            at += 1
        if not any(start < figure.end and figure.start < end for start, end in taken[at : at + 4]):
            kept.append(figure)
    return kept
