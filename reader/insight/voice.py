"""Whose voice each sentence is in: reported, attributed, opinion, mixed or other."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Attribution, Figure, Quote, Sentence


def find_voices(
    document: Document, figures: tuple[Figure, ...], quotes: tuple[Quote, ...], attributions: tuple[Attribution, ...]
) -> tuple[Sentence, ...]:
    """Every sentence of the document with its voice."""
    return tuple(Sentence(start, end) for start, end in document.sentences)
