"""Subjects, metrics, periods and directions that a figure must not have: an empty slot is better than a wrong one."""

from __future__ import annotations

import pytest

from reader.insight import analyse
from reader.insight.facts import Figure


def figure(text: str, shown: str) -> Figure:
    """The figure of `text` that is written as `shown`."""
    return next(f for f in analyse(text).figures if text[f.start : f.end] == shown)


def test_object_of_a_first_verb_is_no_subject_of_the_second() -> None:
    text = "Nvidia invested $2 billion in Mistral AI last year and plans capital expenditures of $9 billion in 2027."
    second = figure(text, "$9 billion")
    assert (second.subject, second.metric, second.period) == ("Nvidia", "capex", "2027")
    assert figure(text, "$2 billion").period == "last year"


@pytest.mark.parametrize(
    ("text", "shown", "subject"),
    [
        (
            "Microsoft estimates that smaller rivals will spend over $40 billion this year.",
            "$40 billion",
            "smaller rivals",
        ),
        ("Microsoft estimates that the four biggest labs will spend $40 billion.", "$40 billion", None),
        ("Microsoft said on Tuesday it will spend $40 billion.", "$40 billion", "Microsoft"),
        ("Mistral AI said last week it raised $3 billion.", "$3 billion", "Mistral AI"),
        ("Google is said to have raised $3 billion.", "$3 billion", "Google"),
        ("Google said a new hall costs $3 billion.", "$3 billion", "new hall"),
        ("Chief executive Dana Whitlow said packaging output would double by 2029.", "double", None),
        ("Dana Whitlow told reporters that lead times have stretched to nearly 30 weeks.", "30 weeks", "lead times"),
    ],
)
def test_sayer_is_no_subject_of_content_with_its_own(text: str, shown: str, subject: str | None) -> None:
    assert figure(text, shown).subject == subject


def test_those_who_say_something_are_nobodys_count() -> None:
    text = "Anthropic may raise $6 billion, three people familiar with the matter said."
    assert figure(text, "three people").subject is None
    assert figure(text, "$6 billion").subject == "Anthropic"


@pytest.mark.parametrize(
    ("text", "shown", "period"),
    [
        ("OpenAI is in talks about a round of $6 billion, Reuters reported this week.", "$6 billion", None),
        ("OpenAI, which opened an office this week, plans capital expenditures of $6 billion.", "$6 billion", None),
        ("OpenAI said last week it raised $6 billion.", "$6 billion", None),
        ("OpenAI said last week that revenue was $6 billion.", "$6 billion", None),
        ("OpenAI plans to double its staff by the end of 2027 and will spend $6 billion.", "$6 billion", None),
        ("OpenAI will spend $6 billion this year, 60% more than in 2024.", "60%", "this year"),
        ("Rent was 11% of costs in 2024 and 34% now.", "34%", None),
        ("OpenAI had revenue of $6 billion in 2024.", "$6 billion", "2024"),
        ("OpenAI forecast revenue of $6 billion for 2027, but warned of delays.", "$6 billion", "2027"),
        ("Last year OpenAI spent $6 billion.", "$6 billion", "last year"),
    ],
)
def test_period_stands_in_the_phrase_of_the_figure(text: str, shown: str, period: str | None) -> None:
    found = figure(text, shown).period
    assert (found.lower() if found else None) == period


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("If power comes a year late, the company would need around $1.1 billion.", "$1.1 billion"),
        ("Revenue came in after 14 weeks of delay.", "14 weeks"),
        ("The staff of the lab asked for $300.", "$300"),
    ],
)
def test_metric_has_the_dimension_of_the_figure(text: str, shown: str) -> None:
    assert figure(text, shown).metric not in ("power", "revenue", "staff")


def test_verb_is_no_part_of_a_subject() -> None:
    text = "Remaining performance obligations climbed to $19 billion."
    assert figure(text, "$19 billion").subject == "Remaining performance obligations"


@pytest.mark.parametrize(
    ("text", "shown", "subject"),
    [
        ("Mistral AI, which rents Nvidia chips to labs, was valued at $19 billion.", "$19 billion", "Mistral AI"),
        ("Google sold its robots unit to Amazon for $19 billion.", "$19 billion", "robots unit"),
        ("OpenAI will pay Oracle $300 billion over five years.", "$300 billion", "OpenAI"),
        ("A year ago nothing could solve half of the tasks.", "half", None),
        ("SAN FRANCISCO (Reuters) - A judge dismissed four of nine claims on Monday.", "nine claims", "judge"),
    ],
)
def test_asides_adjuncts_and_datelines_are_no_subjects(text: str, shown: str, subject: str | None) -> None:
    assert figure(text, shown).subject == subject


@pytest.mark.parametrize(
    ("text", "shown", "metric"),
    [
        ("Google, which raised its forecast for 2026 to about $21 billion, hired a chef.", "$21 billion", None),
        ("Google has raised $21 billion.", "$21 billion", "funding"),
        ("Claude Opus 5 wins the short round by 0.6 points.", "0.6 points", None),
        ("Chips were 11% of Google's cloud bill.", "11%", "cloud bill"),
    ],
)
def test_metric_is_no_word_of_another_phrase(text: str, shown: str, metric: str | None) -> None:
    assert figure(text, shown).metric == metric


@pytest.mark.parametrize(
    ("text", "shown", "subject"),
    [
        ("Nvidia rose on Monday. The Santa Clara company employs 640 people.", "640 people", "Nvidia"),
        ("Google opened a site. A rack in it costs its owner $3 million.", "$3 million", "rack"),
        ("A hall the size of Google's costs its owner around $2.4 million.", "$2.4 million", "hall the size of Google"),
    ],
)
def test_place_owner_and_measure_are_no_subjects(text: str, shown: str, subject: str) -> None:
    assert figure(text, shown).subject == subject
