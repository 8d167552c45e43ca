"""First reported by, cited reports, wire bylines."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Credit, Entity


def find_credits(document: Document, entities: tuple[Entity, ...]) -> tuple[Credit, ...]:
    """First reported by, cited reports, wire bylines."""
    return ()
