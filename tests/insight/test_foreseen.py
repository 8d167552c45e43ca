"""Forecasts as rows: a clause of its own in the future, of the right kind, by somebody who holds it."""

from __future__ import annotations

import pytest

from reader.factsheet import FORECAST, factsheet
from reader.insight import analyse


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(item.value, item.about, item.says) for item in factsheet(text, analyse(text)).of(FORECAST)]


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose 12%, well above the anticipated 9% increase.",
        "Calder AI had $7 million in revenue rather than an expected $6 million.",
        "The chip that Calder AI claims will make ferries sing is on sale.",
        "The completion date for the yard that Calder AI plans to lease has moved.",
        "These are the values a model aims to keep during training.",
        "It is also the model most likely to make things up.",
        "Most of the sailors worry about the impact the ferry will have in the harbour.",
        "The crews have mixed feelings about the role machines will play in the yard.",
        "Almost a third, 32%, believe AI will lead to fewer crews.",
        "Calder AI sells tools that it hopes people will adopt for work.",
        "The doubters, who for many reasons all believe that AI will not change the yard, meet in May.",
        "To get the money, bids will have to show value.",
        "Two clerks just published a report saying it is likely the yard will be sold by 2030.",
        "Once built, the yard will be larger than any other.",
        "Letters sent to Calder AI will not be used to train models.",
        "The meeting later this week will feature talks by Mara Voss.",
        "Any deal above $2 billion will mark a record.",
        "The strike began over fears that AI will cut pay.",
        "Calder’s announcement that it will build a ferry has met with doubt.",
        "The suit also targets Plinth AI, where the yard began.",
        "Calder AI is eyeing a valuation of $500 million.",
        "Back office, middle office and sales are likely to be at risk.",
        "The number of boats Calder AI plans to buy is open.",
        "Plinth AI, Ostrell AI, Norvik AI, and Calder AI will now run the yards of the state.",
        "Further, 58% expect AI to raise the number of ferries.",
    ],
)
def test_what_is_no_clause_about_what_is_to_come_is_left_out(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Calder AI plans to build a yard in Bergen by 2030, showing how large the need is.",
            ("Calder AI plans to build a yard in Bergen by 2030", "commitment · by 2030", "Calder AI"),
        ),
        (
            "Calder AI will build a yard and is a sign of hope.",
            ("Calder AI will build a yard", "commitment", "Calder AI"),
        ),
        (
            "The top five yards are set to spend $7 million in 2029–2030.",
            ("The top five yards are set to spend $7 million in 2029–2030", "prediction · in 2029–2030", ""),
        ),
        (
            "Mara Voss said the ferry will sail by year’s end.",
            ("the ferry will sail by year’s end", "prediction · by year’s end", "Mara Voss"),
        ),
        (
            "Ministers promised that the state will pay for the yard by the end of this year.",
            (
                "the state will pay for the yard by the end of this year",
                "commitment · by the end of this year",
                "Ministers",
            ),
        ),
        ("The yard will open in 2031.", ("The yard will open in 2031", "plan · in 2031", "")),
        (
            "Mara Voss said Calder AI will pay $2 million for the yard.",
            ("Calder AI will pay $2 million for the yard", "plan", "Mara Voss"),
        ),
        (
            "Demand for ferries is expected to surge in the coming decades.",
            ("Demand for ferries is expected to surge in the coming decades", "prediction · in the coming decades", ""),
        ),
        (
            "Calder AI is expected to post a rise in third-quarter profit.",
            ("Calder AI is expected to post a rise in third-quarter profit", "prediction", ""),
        ),
        (
            "Global banks will cut nine thousand jobs, according to Plinth Research.",
            ("Global banks will cut nine thousand jobs", "prediction", "Plinth Research"),
        ),
        (
            "Eight in ten bankers expect AI to raise sales in the next three years.",
            (
                "Eight in ten bankers expect AI to raise sales in the next three years",
                "prediction · in the next three years",
                "Eight in ten bankers",
            ),
        ),
        (
            "The tech giant plans to spend $66 million in 2029.",
            ("The tech giant plans to spend $66 million in 2029", "commitment · in 2029", "The tech giant"),
        ),
    ],
)
def test_a_row_has_its_kind_its_time_and_its_holder(text: str, row: tuple[str, str, str]) -> None:
    assert rows(text) == [row]


def test_what_many_do_is_no_promise_of_who_tells_it() -> None:
    text = "“Leaders talk of AI, but many firms aim to use it,” said Mara Voss, an analyst."
    assert rows(text) == []


def test_it_promises_only_where_it_can_act() -> None:
    assert rows("Calder AI showed a new chart. It will cost $30 a month.") == []
    assert [says for _, _, says in rows("Calder AI bought a yard. It will sell the boats to Plinth AI.")] == [
        "Calder AI"
    ]
