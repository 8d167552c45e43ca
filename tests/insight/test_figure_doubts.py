"""Slots that stay empty, and nouns that get what would otherwise go to the subject of the sentence."""

from __future__ import annotations

import pytest

from reader.insight import analyse
from reader.insight.facts import Figure


def figure(text: str, shown: str) -> Figure:
    """The figure of `text` that is written as `shown`."""
    return next(f for f in analyse(text).figures if text[f.start : f.end] == shown)


@pytest.mark.parametrize(
    ("text", "shown", "subject"),
    [
        ("Tarn Labs released the Pebble dataset with 5 trillion tokens.", "5 trillion tokens", None),
        ("Nvidia ended the quarter with $9 billion.", "$9 billion", "Nvidia"),
        ("Nvidia released a model featuring a context of 90,000 tokens.", "90,000 tokens", "model"),
        ("Nvidia bought many things including a $40,000 piano.", "$40,000", None),
        ("Founded by 14 doctors, Tarn closed.", "14 doctors", None),
    ],
)
def test_nouns_own_what_stands_with_them(text: str, shown: str, subject: str | None) -> None:
    assert figure(text, shown).subject == subject


@pytest.mark.parametrize(
    ("text", "shown", "subject"),
    [
        ("A survey by Gartner says that it saves workers 4 hours.", "4 hours", None),
        ("Donald Trump says they generate $5 billion.", "$5 billion", None),
        ("Anthropic lost. In a study by OpenAI it failed 9% of the time.", "9%", "Anthropic"),
        ("OpenAI says it has 900 employees.", "900 employees", "OpenAI"),
    ],
)
def test_pronoun_is_no_study_no_person_and_no_adjunct(text: str, shown: str, subject: str | None) -> None:
    assert figure(text, shown).subject == subject


@pytest.mark.parametrize(
    ("text", "shown", "subject"),
    [
        ("Anthropic unveiled Claude Opus 5. It needs 20% less memory.", "20%", "Claude Opus 5"),
        ("Anthropic unveiled a thing for doctors. It needs 20% less memory.", "20%", None),
        ("Anthropic unveiled Claude Opus 5. It has 900 employees.", "900 employees", "Anthropic"),
        ("Anthropic released a reader of letters, running at 40% of the speed.", "40%", None),
        ("Google detailed Groq's mission to reduce costs by 90%.", "90%", None),
        ("The drop was the largest in 50 years.", "50 years", None),
        ("Google released open models in 7B and 9B sizes.", "9B", None),
        ("Google paid for the rapid repair of the 900-mile pipe.", "900-mile", None),
    ],
)
def test_launched_things_and_modifiers_keep_their_figures(text: str, shown: str, subject: str | None) -> None:
    assert figure(text, shown).subject == subject


@pytest.mark.parametrize(
    ("text", "shown", "subject"),
    [
        ("A bill before the Dail would cost $4 million.", "$4 million", "bill"),
        ("It would oblige new sites to supply 80% of their power.", "80%", "new sites"),
        ("Owners who fail could be fined up to $10 million.", "$10 million", "Owners"),
        ("A delay of one year costs the economy $600 million.", "$600 million", "delay of one year"),
        ("Amazon, Microsoft and Google together run 82 halls.", "82 halls", "Amazon, Microsoft and Google"),
        ("Mira Solberg leaves DeepMind after 11 years.", "11 years", "Mira Solberg"),
        ("Nvidia operates a hall and plans more by June, an outlay of $9 million.", "$9 million", "Nvidia"),
        ("A shot from Moderna is said to work well in teenagers of 17-years-old.", "17-years-old", None),
        ("The Flynn Group was paid $5 million.", "$5 million", "Flynn Group"),
        ("Use was 21% two years before, it said.", "two years", None),
    ],
)
def test_subject_is_the_whole_phrase_of_its_own_verb(text: str, shown: str, subject: str | None) -> None:
    assert figure(text, shown).subject == subject


def test_bare_metric_in_a_note_is_not_of_the_bank_that_wrote_it() -> None:
    text = "Nvidia fell after analysts at Halvorsen Securities cut it. Halvorsen is gloomy. Revenue grew 62%."
    found = figure(text, "62%")
    assert (found.metric, found.subject) == ("revenue", "Nvidia")


def test_what_stands_behind_a_comma_and_with_is_nobodys() -> None:
    assert figure("Parliament voted to delay it, with 382 votes in favour.", "382 votes").subject is None
    assert figure("Vistagram, with 4 million users, closed.", "4 million users").subject == "Vistagram"


def test_the_company_is_not_chosen_between_two() -> None:
    text = "Nvidia grew. Nvidia sells chips. AMD is loud, and the company has 4,000 customers."
    assert figure(text, "4,000 customers").subject is None


def test_row_of_a_table_is_of_its_first_cell() -> None:
    text = "| Product | Model | Price |\n| --- | --- | --- |\n| Notewell | GPT-5 | $10 |\n| OpenAI | o3 | $12 |\n"
    assert figure(text, "$12").subject == "OpenAI"
    assert figure(text, "$10").subject != "GPT-5"


@pytest.mark.parametrize(
    ("text", "shown", "metric"),
    [
        ("In 38% of failed runs, the model gave up.", "38%", "failed runs"),
        ("They speak of 90 years of legal and political debate.", "90 years", None),
        ("A move is expected to raise 180 million euros.", "180 million euros", None),
        (
            "He threatens to sink a $2 trillion infrastructure bill Manchin supports.",
            "$2 trillion",
            "infrastructure bill",
        ),
        ("Colorado has raised $60 million in taxes from shops.", "$60 million", None),
        ("We want 70% of adult Americans to come.", "70%", None),
        ("They say 40% of customers write COBOL.", "40%", "customers"),
        ("Nvidia revenue reached an annual rate of $9 billion.", "$9 billion", "nvidia revenue"),
    ],
)
def test_metric_is_a_noun(text: str, shown: str, metric: str | None) -> None:
    assert figure(text, shown).metric == metric


def test_earlier_value_is_of_the_figure_with_its_rate() -> None:
    text = "Net income was $412 million, or $1.08 per share, compared with $265 million, or 71 cents per share."
    assert figure(text, "$265 million").metric == "net income"
    assert figure(text, "71 cents per share").metric == "earnings per share"
