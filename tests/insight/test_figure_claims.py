"""Figures as rows of the panel: which ones, and in which words of the text."""

from __future__ import annotations

import pytest

from reader.insight import analyse
from reader.insight.figure.claims import VALUE, claims


def rows(text: str) -> list[tuple[str, str]]:
    return [(text[c.figure.start : c.figure.end], c.words) for c in claims(text, analyse(text))]


def ways(text: str) -> list[str | None]:
    return [claim.direction for claim in claims(text, analyse(text))]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pelorus is in talks to raise $6 billion from two funds.", "Pelorus is in talks to raise … from two funds"),
        ("Sales rose 12% to $4 billion, up from $3 billion.", "Sales rose … to $4 billion"),
        ("Almost a third, 32%, believe that it helps.", "Almost …, 32%"),
        ("(Harbour News) -- Pelorus has raised $6 billion.", "Pelorus has raised …"),
        ("Pelorus earned 5 trillion won ($4 billion) in May.", "Pelorus earned …"),
        ("“We lost $6 billion,” said Mara Voss.", "We lost …"),
        ("Of 195 letters, nurses answered most within a day.", "Of …, nurses answered most within a day"),
    ],
)
def test_words_of_the_sentence_around_the_first_figure(text: str, shown: str) -> None:
    assert rows(text)[0][1] == shown


def test_every_part_of_the_words_stands_in_the_text() -> None:
    text = (
        "The ferry line, whose boats cross the bay every hour and carry the mail as well as most of the fish, said in June that it may "
        "still buy nine boats for $41 million, or 12% more than it had planned to spend on them, before the winter of 2027 ends."
    )
    found = rows(text)
    assert [value for value, _ in found] == ["$41 million", "12%"]
    assert all(part.strip() in text for _, words in found for part in words.split(VALUE))


def test_long_sentence_is_cut_at_a_clause() -> None:
    text = "While the old harbour was being rebuilt from the ground up by a crew of welders, traffic on the coast road fell 12%."
    assert rows(text) == [("12%", "traffic on the coast road fell …")]


def test_a_cut_keeps_the_words_of_doubt() -> None:
    text = "The ferry line along the northern coast is in talks to buy the five oldest boats of its only rival in town for $41 million."
    assert rows(text) == [("$41 million", "is in talks to buy the five oldest boats of its only rival in town for …")]


def test_a_verb_keeps_its_subject() -> None:
    text = "Shares of Pelorus, one of the two lines that cross the bay and by far the larger one, fell 12%."
    assert rows(text) == [("12%", text.replace("12%.", VALUE))]


def test_a_cut_never_halves_another_number() -> None:
    text = "Analysts thought that boats would earn about $16.42 billion in the whole of the year to June and pay out $12.1 million."
    assert rows(text)[1][1] == "would earn about $16.42 billion in the whole of the year to June and pay out …"
    text = "The ferries burned 40 tons of oil and then the whole 16.42 trillion litres."
    assert rows(text)[0][1] == "The ferries burned … of oil"


def test_figure_in_a_table_stands_with_its_row_and_column() -> None:
    text = "| Boat | Price a trip | Crew |\n|---|---|---|\n| Heron 2 | $12.50 | 40 people |\n"
    assert rows(text) == [("$12.50", "Heron 2 · Price a trip"), ("40 people", "Heron 2 · Crew")]


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
        "It costs a yuan for every 1 million tokens.",
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
    assert rows(text) in ([], [("a yuan", "It costs … for every")])


@pytest.mark.parametrize(
    "text",
    [
        "The repair took six months.",
        "It employs 140 people.",
        "The cost tripled.",
        "One in five boats sank.",
        "It sank 12% of the boats.",
    ],
)
def test_what_says_something_is_a_row(text: str) -> None:
    assert len(rows(text)) == 1


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Shares of Pelorus fell 12% in May.", "down"),
        ("Pelorus saw a 12% drop.", "down"),
        ("Sales rose 12 percent.", "up"),
        ("Pelorus gained a 49% stake in the line.", None),
        ("Shares rose 20 percent higher than the forecasts.", None),
        ("Google raised its forecast to $21 billion.", None),
    ],
)
def test_arrow_only_for_a_percentage_that_is_plainly_a_change(text: str, way: str | None) -> None:
    assert ways(text) == [way]
