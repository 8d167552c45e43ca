"""Companies, people, models, products, benchmarks, chips, outlets: every mention, with one id each."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Entity


def find_entities(document: Document) -> tuple[Entity, ...]:
    """Companies, people, models, products, benchmarks, chips, outlets: every mention, with one id each."""
    return ()
