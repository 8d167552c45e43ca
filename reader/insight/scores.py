"""Benchmark scores as model x benchmark x value, and who beats whom."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Entity, Figure, Ranking, Score, Span
from reader.insight.rankings import find_rankings
from reader.insight.scoreprose import prose_scores
from reader.insight.scoretables import table_scores
from reader.insight.topics import Topics


def find_scores(
    document: Document, entities: tuple[Entity, ...], figures: tuple[Figure, ...]
) -> tuple[tuple[Score, ...], tuple[Ranking, ...], tuple[Figure, ...]]:
    """Scores and rankings, and `figures` without those that turned out to be scores or stand in a label of a score table."""
    from_tables, labels = table_scores(document, entities)
    if not any(entity.type in ("model", "product", "benchmark") for entity in entities) and not from_tables:
        return (), (), figures
    topics = Topics(document, entities)
    scores = sorted([*from_tables, *prose_scores(document, topics, figures)], key=_place)
    taken = sorted([(score.start, score.end) for score in scores] + labels)
    return tuple(scores), tuple(find_rankings(document, topics)), tuple(_outside(figures, taken))


def _place(row: Score) -> Span:
    return row.start, row.end


def _outside(figures: tuple[Figure, ...], taken: list[Span]) -> list[Figure]:
    """Figures that touch none of the sorted spans."""
    kept, at = [], 0
    for figure in figures:
        while at < len(taken) and taken[at][1] <= figure.start:
            at += 1
        if not any(start < figure.end and figure.start < end for start, end in taken[at : at + 4]):
            kept.append(figure)
    return kept
