"""Predictions, commitments and plans."""

import pytest

from reader.insight import analyse
from reader.insight.facts import Forecast


def forecasts(text: str) -> tuple[Forecast, ...]:
    return analyse(text).forecasts


@pytest.mark.parametrize(
    ("text", "kind", "horizon"),
    [
        ("We will retire the model on January 31, 2027.", "commitment", "on January 31, 2027"),
        ("We hope to ship by the end of Q1.", "commitment", "by the end of Q1"),
        ("OpenAI plans to open an office in 2026.", "commitment", "in 2026"),
        ("Supply will stay tight through 2027.", "prediction", "through 2027"),
        ("The company expects revenue to triple this year.", "prediction", "this year"),
        ("Sales are expected to fall next quarter.", "prediction", "next quarter"),
        ("That number could be in the forties by summer.", "prediction", "by summer"),
        ("Meta is spending $115 billion on data centers this year.", "plan", "this year"),
        ("The company guided for shipments to slip 3% in 2026.", "prediction", "in 2026"),
        ("OpenAI continues to expect a profit in 2029.", "prediction", "in 2029"),
        ("OpenAI doesn’t expect a profit until 2029.", "prediction", "until 2029"),
        ("Nvidia sees 2026 sales of $65 billion by year-end.", "prediction", "by year-end"),
        ("The feature rolls out next week.", "plan", "next week"),
        ("We’re launching a new model in March 2026.", "plan", "in March 2026"),
        ("By 2030, data centers will use more power than in 2022.", "prediction", "By 2030"),
        ("The deal could close as soon as this week.", "prediction", "this week"),
    ],
)
def test_kind_and_horizon(text: str, kind: str, horizon: str) -> None:
    (row,) = forecasts(text)
    assert (row.kind, row.horizon) == (kind, horizon)


@pytest.mark.parametrize(
    "text",
    [
        "Analysts had expected a profit.",
        "Profit was higher than expected.",
        "OpenAI denied that it will use the data.",
        "She will tell you what it cost.",
        "If you want to use it, you will need an account.",
        "It is not a bug we plan to fix.",
        "The discussions could fall apart.",
        "The free will of machines is a myth.",
        "The Zacks consensus estimate was $2.99.",
        "Meta is spending too much.",
        "OpenAI has no plans to release the weights.",
        "It is unclear when the model will be released.",
        "It does not mean that it won’t happen.",
        "He estimates that one in five ideas leads to an experiment.",
    ],
)
def test_no_forecast(text: str) -> None:
    assert forecasts(text) == ()


def test_holder_is_the_speaker_of_the_quotation() -> None:
    (row,) = forecasts("“We hope to ship it by May,” said Lena Hoffmann.")
    assert (row.holder, row.strength) == ("Lena Hoffmann", "weak")


def test_insertion_stays_with_its_subject() -> None:
    text = "Yann LeCun, the company’s chief scientist, is expected to leave in June."
    (row,) = forecasts(text)
    assert (text[row.start : row.end], row.holder) == (text[:-1], "Yann LeCun")


def test_pronoun_without_a_clear_company_has_no_holder() -> None:
    (row,) = forecasts("Chips from Nvidia are scarce. They could be cheaper by 2027.")
    assert row.holder is None


def test_span_ends_with_the_attributed_content() -> None:
    text = "The deal would probably close in June, two people said on Monday."
    (row,) = forecasts(text)
    assert text[row.start : row.end] == "The deal would probably close in June"


@pytest.mark.parametrize(
    "text",
    [
        "An apology is a promise by somebody who will be there.",
        "Some will say that this is pedantry.",
        "That is why he will not sell to Amazon.",
        "People will forgive anything.",
        "Neither man will say why.",
        "“Will he be the next attorney general?” she asked.",
    ],
)
def test_what_anybody_does_is_no_forecast(text: str) -> None:
    assert forecasts(text) == ()


def test_who_only_thinks_or_undergoes_it_commits_to_nothing() -> None:
    assert [f.kind for f in forecasts("Jenny Xiao thinks most robots will end up as coat racks.")] == ["prediction"]
    assert [f.kind for f in forecasts("Vikram Subbarao will be replaced by Anneliese Vogt.")] == ["prediction"]


def test_an_owner_is_not_who_acts() -> None:
    (row,) = forecasts("Two of Nvidia’s founders will not join the board.")
    assert (row.kind, row.holder) == ("prediction", None)


def test_a_forecast_begins_behind_dateline_and_source() -> None:
    text = "SANTIAGO - Quipu will pay $60 million next year."
    assert [text[f.start : f.end] for f in forecasts(text)] == ["Quipu will pay $60 million next year"]


@pytest.mark.parametrize(
    "text",
    ["The shares fell after the yard revealed plans for a second dock.", "Members said there are hopes for a dock."],
)
def test_plans_and_hopes_as_things_are_no_forecasts(text: str) -> None:
    assert not analyse(text).forecasts


def test_what_the_speaker_expects_of_others_is_no_commitment() -> None:
    text = "“We think this will help the yards,” Mara Voss said."
    assert [f.kind for f in analyse(text).forecasts] == ["prediction"]


def test_dot_of_an_abbreviation_before_a_comma_ends_no_forecast() -> None:
    text = "Calder will open yards in Washington, D.C., Bergen and Oslo in 2031."
    assert [(text[f.start : f.end], f.horizon) for f in analyse(text).forecasts] == [(text[:-1], "in 2031")]


@pytest.mark.parametrize(
    ("text", "kinds", "horizons"),
    [
        ("Calder AI will probably sign most of the contracts.", ["prediction"], [None]),
        ("Once the yards close on Saturday, the ships will have to wait.", ["prediction"], [None]),
        ("By 2030, the ships will be gone.", ["prediction"], ["By 2030"]),
        ("Studies show the pilots are more likely to sleep.", [], []),
    ],
)
def test_what_a_will_promises_and_when(text: str, kinds: list[str], horizons: list[str | None]) -> None:
    found = analyse(text).forecasts
    assert ([f.kind for f in found], [f.horizon for f in found]) == (kinds, horizons)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Reed said: “We are going to build a second plant in Ohio.”", "commitment"),
        ("“We're going to hire ten engineers this year,” Ann Reed said.", "commitment"),
        ("“We are going to see more of that,” Ann Reed said.", "prediction"),
        ("“Prices are going to fall,” Ann Reed said.", "prediction"),
    ],
)
def test_what_the_speaker_is_going_to_do_himself_is_a_commitment(text: str, kind: str) -> None:
    assert [forecast.kind for forecast in analyse(text).forecasts] == [kind]


def test_a_year_that_describes_a_noun_is_no_horizon() -> None:
    text = "Any deal would likely value the firm below the price it fetched in a 2021 round."
    assert [forecast.horizon for forecast in analyse(text).forecasts] in ([None], [])
