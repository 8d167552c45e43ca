"""Quotations with speaker, cue and medium."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Entity, Quote


def find_quotes(document: Document, entities: tuple[Entity, ...]) -> tuple[Quote, ...]:
    """Quotations with speaker, cue and medium."""
    return ()
