"""Who vouches for which content, and with what words."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Attribution, Entity, Quote


def find_attributions(
    document: Document, entities: tuple[Entity, ...], quotes: tuple[Quote, ...]
) -> tuple[Attribution, ...]:
    """Who vouches for which content, and with what words."""
    return ()
