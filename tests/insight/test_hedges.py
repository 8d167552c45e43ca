"""Hedges and the contexts in which the same words are none."""

import pytest

from reader.insight.outlook.hedges import find_hedges
from reader.insight.syntax.document import read


def hedges(text: str) -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.category) for h in find_hedges(read(text))]


@pytest.mark.parametrize(
    ("text", "hedge", "category"),
    [
        ("It cost about $5 million.", "about", "approximator"),
        ("It took the better part of a year.", "the better part of", "approximator"),
        ("It was over US$100 million.", "over", "bound"),
        ("It accepts up to 2 million tokens.", "up to", "bound"),
        ("It raised between $9 billion and $11 billion.", "between", "range"),
        ("They spent hundreds of billions on chips.", "hundreds of", "vague_magnitude"),
        ("Some users left.", "Some", "vague_quantifier"),
        ("Most users left.", "Most", "vague_quantifier"),
        ("The deal could fall apart.", "could", "epistemic"),
        ("The deal may fall apart.", "may", "epistemic"),
        ("The price is thought to be high.", "is thought", "epistemic"),
        ("Profit likely tripled.", "likely", "epistemic"),
        ("The model reportedly beats it.", "reportedly", "evidential_gap"),
        ("It is not clear who ran it.", "It is not clear", "evidential_gap"),
        ("We hope to ship it.", "hope to", "commitment_weak"),
        ("Meta is experimenting with access.", "is experimenting with", "tentative_action"),
        ("It will eventually ship.", "eventually", "deferral"),
        ("If it ships, we buy.", "If", "conditional"),
    ],
)
def test_hedge(text: str, hedge: str, category: str) -> None:
    assert hedges(text) == [(hedge, category)]


@pytest.mark.parametrize(
    "text",
    [
        "The talk is about chips.",
        "It is our most capable model.",
        "The loss was averaged over five runs.",
        "It trained over 71 days.",
        "It is four points more than in the second quarter.",
        "It could not fix them.",
        "The suite above is hard.",
        "It was released in May 2025.",
        "Hope. Future. Versions.",
        "He does not say no.",
        "How many chips does it use?",
        "This kind of model is new.",
        "It has no plans to ship.",
    ],
)
def test_the_same_words_without_a_hedge(text: str) -> None:
    assert hedges(text) == []


def test_strength_of_hope_is_highest() -> None:
    (hedge,) = find_hedges(read("We hope to ship it."))
    assert hedge.strength == 3
