"""Benchmark scores as model x benchmark x value, and who beats whom."""

from __future__ import annotations

import re
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
    scores = _without_former(document.text, scores)
    rankings = [_with_benchmark(document, ranking, scores) for ranking in find_rankings(document, topics)]
    return tuple(scores), tuple(rankings), tuple(_outside(figures, taken))


_FORMER = re.compile(r"\b(?:[Oo]riginal|[Oo]ld|[Oo]lder|[Pp]revious|[Ee]arlier)\s$")
_FORMER_MARK = re.compile(r"\s?\((?:old|original|previous)\)")


def _without_former(text: str, scores: list[Score]) -> list[Score]:
    """The scores without those of an earlier variant ("Original Wisp 3: 31%") where the same test has a number of the later one too.

    Both variants have one name, under which a row of the earlier one would contradict the other.
    """
    former = [score for score in scores if _is_former(text, score)]
    later = {(score.model, score.benchmark) for score in scores if score not in former} if former else set()
    return [score for score in scores if score not in former or (score.model, score.benchmark) not in later]


def _is_former(text: str, score: Score) -> bool:
    """Whether the model of a score is marked as the earlier one of two with the same name."""
    if score.model_span is None:
        return False
    start, end = score.model_span
    return bool(_FORMER.search(text, max(0, start - 12), start) or _FORMER_MARK.match(text, end))


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
