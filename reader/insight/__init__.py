"""Text to facts: figures, scores, quotes, attributions, hedges, forecasts, entities, credits; pure, standard library only."""

from reader.insight.analysis import analyse
from reader.insight.facts import Facts, facts_from_dict

__all__ = ["Facts", "analyse", "facts_from_dict"]
