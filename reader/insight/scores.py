"""Benchmark scores as model x benchmark x value, and who beats whom."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Entity, Figure, Ranking, Score


def find_scores(
    document: Document, entities: tuple[Entity, ...], figures: tuple[Figure, ...]
) -> tuple[tuple[Score, ...], tuple[Ranking, ...], tuple[Figure, ...]]:
    """Scores and rankings, and `figures` without those that turned out to be scores."""
    return (), (), figures
