"""Words that lower commitment."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Hedge


def find_hedges(document: Document) -> tuple[Hedge, ...]:
    """Words that lower commitment."""
    return ()
