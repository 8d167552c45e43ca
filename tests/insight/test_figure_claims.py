"""Figures as rows of the panel: which ones, and in which words of the text."""

from __future__ import annotations

import pytest

from reader.insight import analyse
from reader.insight.figure.claims import Claim, claims


def found(text: str) -> list[Claim]:
    return list(claims(text, analyse(text)))


def marked(text: str) -> list[str]:
    """The passages in order, their figures in brackets."""
    passages: dict[tuple[int, int], str] = {}
    for claim in reversed(found(text)):
        words = passages.get(claim.passage, claim.words)
        end = claim.at + len(" ".join(text[claim.figure.start : claim.figure.end].split()))
        passages[claim.passage] = f"{words[: claim.at]}[{words[claim.at : end]}]{words[end:]}"
    return list(reversed(passages.values()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It rained. Pelorus is in talks to raise $6 billion from two funds.", "Pelorus is in talks to raise [$6 billion] from two funds."),
        ("Sales rose 12% to $4 billion, up from $3 billion.", "Sales rose [12%] to [$4 billion], up from [$3 billion]."),
        ("Almost a third, 32%, believe that it helps.", "Almost [a third], [32%], believe that it helps."),
        ("Pelorus  earned 5 trillion  won ($4 billion).", "Pelorus earned [5 trillion won] ([$4 billion])."),
        ("“We lost $6 billion,” said Mara Voss.", "“We lost [$6 billion],” said Mara Voss."),
    ],
)  # fmt: skip
def test_a_row_is_the_sentence_with_its_figures(text: str, shown: str) -> None:
    assert marked(text) == [shown]


def test_passage_is_the_span_of_its_words() -> None:
    text = "It rained.  Pelorus  raised $6 billion."
    (claim,) = found(text)
    assert text[slice(*claim.passage)] == "Pelorus  raised $6 billion."
    assert claim.words[claim.at :] == "$6 billion."


FILLER = " and the crew of the old boat that crosses the bay went to the fair by the lake on foot"


def test_long_sentence_ends_with_a_clause_behind_its_last_figure() -> None:
    text = f"The line paid 12% more for fuel in June, while the harbour{FILLER}{FILLER}."
    assert marked(text) == ["The line paid [12%] more for fuel in June"]


def test_a_list_is_no_place_to_end() -> None:
    text = f"The line paid 12% more for nets, ropes, sails, lamps{FILLER}{FILLER}."
    (shown,) = marked(text)
    assert shown.startswith("The line paid [12%] more for nets, ropes, sails, lamps and the crew of")
    assert shown.endswith(" …")


def test_long_sentence_begins_with_a_clause_before_its_first_figure() -> None:
    text = f"While the harbour{FILLER}{FILLER}, traffic on the coast road fell by no less than 12%."
    assert marked(text) == ["… traffic on the coast road fell by no less than [12%]."]


def test_figures_far_from_one_another_have_passages_of_their_own() -> None:
    text = f"Pelorus lost 12%{FILLER}{FILLER}{FILLER}, and Heron gained 9%."
    first, last = marked(text)
    assert first.startswith("Pelorus lost [12%] and the crew")
    assert last.endswith("and Heron gained [9%].")


def test_figure_in_a_table_stands_with_its_row_and_column() -> None:
    text = "| Boat | Price a trip | Crew |\n|---|---|---|\n| Heron 2 | $12.50 | 40 people |\n"
    assert [(claim.words, claim.at) for claim in found(text)] == [
        ("Heron 2 · Price a trip", -1),
        ("Heron 2 · Crew", -1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The harbour lost boats in six weeks.",
        "It was built over the past three years.",
        "A six-month trial ends.",
        "Nine months ago it closed.",
        "Two surveys say so.",
        "The other 12 states pay.",
        "A 13-state region pays.",
        "It is billed for every 1 million tokens.",
        "Children under 13 may not enter.",
        "It closed at Three Mile Island.",
        "Shares of most Nasdaq 100 members fell.",
        "It is 40 years old.",
        "Dozens of boats came.",
        "12%.",
        "See articles 12, 15 and 17.",
    ],
)
def test_what_says_nothing_by_itself_is_no_row(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    ["The repair took six months.", "It employs 140 people.", "The cost tripled.", "One in five boats sank.", "It sank 12% of the boats."],
)  # fmt: skip
def test_what_says_something_is_a_row(text: str) -> None:
    assert len(found(text)) == 1
