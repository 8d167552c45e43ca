"""`analyse`: one document through every layer, in the order in which they need each other."""

from __future__ import annotations

from reader.insight.facts import Facts
from reader.insight.figure.figures import find_figures
from reader.insight.naming.entities import find_entities
from reader.insight.outlook.forecasts import find_forecasts
from reader.insight.outlook.hedges import find_hedges
from reader.insight.score.scores import find_scores
from reader.insight.speech.attribution import find_attributions
from reader.insight.speech.credits import find_credits
from reader.insight.speech.quotes import find_quotes
from reader.insight.speech.statements import read_statements
from reader.insight.speech.voice import find_voices
from reader.insight.syntax.document import read


def analyse(text: str, *, title: str | None = None, published: str | None = None, outlet: str | None = None) -> Facts:
    """Facts of `text`: pure, deterministic, and true to it (every row is an exact span).

    `title`, `published` (ISO 8601) and `outlet` are context only; no span points into them.
    """
    document = read(text, title=title, published=published, outlet=outlet)
    entities = find_entities(document)
    figures = find_figures(document, entities)
    scores, rankings, figures = find_scores(document, entities, figures)
    reading = read_statements(document)
    quotes = find_quotes(document, entities, reading)
    attributions = find_attributions(document, entities, quotes, reading)
    return Facts(
        sentences=find_voices(document, figures, quotes, attributions),
        entities=entities,
        figures=figures,
        scores=scores,
        rankings=rankings,
        quotes=quotes,
        attributions=attributions,
        hedges=find_hedges(document),
        forecasts=find_forecasts(document, entities, attributions, quotes),
        credits=find_credits(document, entities),
    )
