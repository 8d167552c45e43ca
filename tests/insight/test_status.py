"""Who stands behind a claim."""

import pytest

from reader.insight import analyse
from reader.insight.status import status_of


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("OpenAI raised $40 billion, two people familiar with the matter said.", "unnamed sources"),
        ("OpenAI reportedly raised $40 billion.", "unnamed sources"),
        ("OpenAI is said to seek $40 billion.", "unnamed sources"),
        ("OpenAI raised $40 billion, Sam Altman said.", "named source"),
        ("OpenAI denied that it had raised $40 billion.", "denied"),
        ("OpenAI will raise $40 billion next year.", "forecast"),
        ("Bernstein analysts estimate that OpenAI lost $40 billion.", "estimate"),
        ("OpenAI announced a $40 billion round.", "announced"),
        ("The round was $40 billion.", ""),
        ("The round was about $40 billion.", ""),
        ("OpenAI raised $40 billion and reportedly closed its shop.", ""),
        ("OpenAI is at work on the newly announced $40 billion site.", ""),
        ("OpenAI denied paying too much for a $40 billion firm.", "named source"),
        ("A $40 billion plant will open in May.", ""),
        ("OpenAI will hire more staff after a $40 billion round.", ""),
        ("OpenAI will pay for each of the $40 billion notes.", ""),
        ("OpenAI would grow from its last valuation of $40 billion.", ""),
        ("OpenAI met banks before it announced its plans, and has $40 billion.", ""),
    ],
)
def test_status_of_a_figure(text: str, status: str) -> None:
    facts = analyse(text)
    (figure,) = [f for f in facts.figures if f.kind == "money"]
    assert status_of(figure, facts, text) == status


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("one banker", "unnamed sources"),
        ("two people who saw it", "unnamed sources"),
        ("a spokesperson", "named source"),
        ("a Samsung engineer", "named source"),
        ("Lisa Su", "named source"),
        ("a lawmaker", "named source"),
        ("the judge", "named source"),
        ("a lawsuit accusing the company", "named source"),
        ("one label professional", "unnamed sources"),
        ("several employees", "unnamed sources"),
        ("employees", ""),
        ("several companies", ""),
        ("media reports", ""),
        ("Reuters sources", "unnamed sources"),
        ("an official quoted by Reuters", "unnamed sources"),
        ("the media", ""),
    ],
)
def test_who_counts_as_unnamed(source: str, status: str) -> None:
    text = f"“We sell boring things,” said {source}."
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.quotes] == [status]


def test_forecast_row_is_a_forecast() -> None:
    text = "OpenAI will open an office in 2027."
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.forecasts] == ["forecast"]


def test_score_that_the_maker_gives_is_a_vendor_benchmark() -> None:
    text = "Anthropic said Claude Opus 5 scored 84.1% on SWE-bench Verified."
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.scores] == ["vendor benchmark"]


def test_score_that_somebody_else_measured_is_no_vendor_benchmark() -> None:
    for text in (
        "Epoch AI said Claude Opus 5 scored 84.1% on SWE-bench Verified.",
        "We follow five boards. Claude Opus 5 scored 84.1% on SWE-bench Verified. We ran each model once.",
        "We are releasing DullBench today. Claude Opus 5 scored 24.1% on DullBench. We tried six others.",
    ):
        facts = analyse(text)
        assert facts.scores
        assert "vendor benchmark" not in [status_of(row, facts, text) for row in facts.scores]


def test_score_in_a_post_about_the_own_model_is_a_vendor_benchmark() -> None:
    text = "Today we are releasing Qwen5-72B. Qwen5-72B scores 84.1% on SWE-bench Verified. We thank our testers."
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.scores] == ["vendor benchmark"]


def test_quote_of_a_named_speaker() -> None:
    text = "“We sell boring things,” says Paul Meyer."
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.quotes] == ["named source"]


def test_report_that_cites_people_without_names_is_from_unnamed_sources() -> None:
    text = "OpenAI raised $40 billion, Reuters reported on Monday, citing two people with knowledge of the matter."
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.attributions if row.source] == ["unnamed sources"]


def test_further_words_of_somebody_unnamed_stay_unnamed() -> None:
    text = "“We were told to wait,” said one of the engineers, who asked not to be named. “Nobody told us why.”"
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.quotes] == ["unnamed sources"] * 2


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("Thirty-one percent of Germans", ""),
        ("About 31 percent of Nvidia employees", ""),
        ("Only 2.5 percent", ""),
        ("Half of the welders", ""),
        ("Two thirds of the managers", ""),
        ("Nearly three in ten welders", ""),
        ("Most respondents", ""),
        ("Mira Okoye", "named source"),
        ("Recent reporting", ""),
        ("New reporting", ""),
        ("One in the group, Mira Okoye,", "named source"),
        ("The Quarter", "named source"),
    ],
)
def test_shares_of_people_and_unknown_reporters_are_no_named_source(source: str, status: str) -> None:
    text = f"{source} said that the yard was closed in May."
    facts = analyse(text)
    assert [status_of(row, facts, text) for row in facts.attributions] == [status]
