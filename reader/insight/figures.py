"""Money, percent, counts, durations, sizes, rates, multiples, ranks and dates."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Entity, Figure


def find_figures(document: Document, entities: tuple[Entity, ...]) -> tuple[Figure, ...]:
    """Money, percent, counts, durations, sizes, rates, multiples, ranks and dates."""
    return ()
