"""Predictions, commitments and plans with holder and horizon."""

from __future__ import annotations

from reader.insight.document import Document
from reader.insight.facts import Attribution, Entity, Forecast, Quote


def find_forecasts(
    document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], quotes: tuple[Quote, ...]
) -> tuple[Forecast, ...]:
    """Predictions, commitments and plans with holder and horizon."""
    return ()
