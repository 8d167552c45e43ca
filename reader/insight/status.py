"""The status of a claim, derived from the layers around it."""

from __future__ import annotations

from reader.insight.facts import Attribution, Facts, Figure, Forecast, Quote, Score


def status_of(row: Figure | Score | Quote | Attribution | Forecast, facts: Facts, text: str) -> str:
    """Status of one row of `facts`, which were found in `text`.

    One of announced | named source | unnamed sources | estimate | vendor benchmark | forecast | denied; empty where the
    layers do not tell.
    """
    return "forecast" if isinstance(row, Forecast) else ""
