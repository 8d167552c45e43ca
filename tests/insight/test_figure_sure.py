"""What the panel shows of a figure: the slots that cannot be another's."""

from __future__ import annotations

import pytest

from reader.factsheet import FIGURE, FactItem, factsheet
from reader.insight import analyse


def shown(text: str) -> dict[str, FactItem]:
    return {item.value: item for item in factsheet(text, analyse(text)).of(FIGURE)}


@pytest.mark.parametrize(
    ("text", "value", "about"),
    [
        ("Meta reported revenue of $9 billion, up from $7 billion.", "$7 billion", "earlier revenue · Meta"),
        ("Meta reported revenue of $9 billion, above the consensus estimate of $8 billion.", "$8 billion", "revenue estimate · Meta"),
        ("Meta's third-quarter revenue forecast is $9 billion.", "$9 billion", "revenue forecast · Meta · third quarter"),
        ("Meta had net income of $3 million, compared to a loss of $4 million.", "$4 million", "loss · Meta"),
        ("OpenAI wanted ChatGPT to reach 90 million users by June.", "90 million users", "goal · ChatGPT"),
        ("- Meta said so.\n- Gaming first-quarter revenue was $2 billion.", "$2 billion", "revenue · Gaming · first quarter"),
        ("Google Lantern revenue reached $5 billion.", "$5 billion", "Lantern revenue"),
        ("Layoffs Watch recorded 900 cuts across 40 companies.", "900 cuts", ""),
        ("Layoffs Watch recorded 900 cuts across 40 companies.", "40 companies", ""),
        ("The prize was the outlook, calling for $5 billion in revenue.", "$5 billion", "revenue"),
        ("Nvidia closed a round of $9 million that pushed its valuation to $90 million.", "$90 million", "valuation"),
        ("During the first half of 2025 Meta took $4 billion in revenue.", "$4 billion", "revenue · Meta · first half of 2025"),
        ("Non-GAAP earnings per diluted share were $1.09.", "$1.09", "earnings per share"),
        ("Meta's earnings beat hopes, with JPMorgan forecasting $875 per share.", "$875 per share", ""),
        ("Meta had net income of $2 billion, lower than the $9 billion it had hoped for.", "$9 billion", ""),
        ("Meta raised its capex outlook to $70 billion, up from an earlier range of $66 billion.", "$66 billion", "earlier capex · Meta"),
        ("Microsoft accounted for 71% of revenue.", "71%", "share of revenue · Microsoft"),
        ("Nvidia shares jumped 13% after announcing a $14 billion pact with Meta.", "$14 billion", ""),
        ("Meta runs a lab that uses $3 input and $5 output pricing. Orion 2 costs $15 input.", "$15", "input price · Orion 2"),
        ("Microsoft secured a $650 million agreement with a start-up.", "$650 million", ""),
        ("It is a win for Acme's backers, who have raised $243 million.", "$243 million", "funding"),
        ("It grew into a $29 million startup.", "$29 million", ""),
        ("Goldman Sachs foresees a $38 billion market.", "$38 billion", "market forecast"),
        ("Meta was seeking a $5 billion valuation.", "$5 billion", "valuation goal · Meta"),
        ("Revenue was $4 billion, ahead of the $3 billion consensus estimate.", "$3 billion", "revenue estimate"),
        ("Nvidia announced a partnership with Meta exceeding $20 billion.", "$20 billion", ""),
        ("Rosa Lind keeps 37% voting power.", "37%", "voting power · Rosa Lind"),
        ("Orion 2 solves 64% of problems versus 38% for Claude 3 Opus.", "38%", "Claude 3 Opus"),
        ("The Amazon-Anthropic deal is worth $4 billion.", "$4 billion", "value"),
        ("Azure grew. AI services added seven points to this 31% growth.", "31%", "growth"),
        ("Acme sells. Some 9% of Danes use it.", "9%", "share of Danes"),
        ("SK Hynix grew. Its HBM revenue more than doubled.", "doubled", "HBM revenue · SK hynix"),
        ("Acme lifted sales, beating expectations and growing revenue 20%.", "20%", "revenue · Acme"),
        ("Rosa Lind wanted to know why her options cost $14.", "$14", "cost · options"),
        ("Meta's non-GAAP gross margin was 65.5%.", "65.5%", "non-GAAP gross margin · Meta"),
        ("Meta says the company signed a $300 billion contract.", "$300 billion", "contract"),
    ],
)  # fmt: skip
def test_a_row_says_only_what_is_sure(text: str, value: str, about: str) -> None:
    assert shown(text)[value].about == about


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Meta expects revenue of $5 billion, plus or minus $300 million.", "minus $300 million"),
        ("Acme could have faced damages of $1 trillion.", "$1 trillion"),
        ("Two recent surveys say so.", "Two recent surveys"),
        ("Among employed adults, 28% reported using it.", "28%"),
        ("It is new, and only 16 percent believe AI helps.", "16 percent"),
        ("Adults aged 18 to 64 use it.", "18 to 64"),
        ("Meta's cloud and advertising units grew 21% and 33%, respectively.", "21%"),
    ],
)
def test_a_number_that_says_nothing_alone_is_no_row(text: str, value: str) -> None:
    assert value not in shown(text)


def test_a_hyphened_adjective_of_falling_is_no_change() -> None:
    assert shown("Meta posted a jaw-dropping $57 billion in revenue.")["$57 billion"].direction is None


def test_old_values_and_shortfalls_have_no_arrow() -> None:
    rows = shown("Meta's margin rose to 30% from 20%. Its forecast fell $3 million short of hopes.")
    assert [rows[value].direction for value in ("30%", "20%", "$3 million")] == ["up", None, None]


def test_a_period_that_only_ends_a_span_is_none() -> None:
    assert (
        "2031"
        not in shown("Meta signed a $14 billion pact with Nvidia, running through December 2031.")["$14 billion"].about
    )


def test_who_measures_models_of_others_is_no_vendor() -> None:
    from reader.factsheet import SCORE

    text = "Brightlab's model comparison shows Claude Opus 5 achieves 77.2% on SWE-bench Verified."
    assert [item.status for item in factsheet(text, analyse(text)).of(SCORE)] != ["vendor benchmark"]


def test_a_past_fact_beside_a_forecast_is_none() -> None:
    text = "Acme said on Thursday that quarterly profit rose more than 54% and is expected to grow further."
    assert shown(text)["54%"].status != "forecast"


def test_a_new_value_has_not_the_period_of_the_old_one() -> None:
    rows = shown("Anthropic's annualized revenue jumped from $9 billion at the end of 2025 to more than $30 billion.")
    assert rows["$30 billion"].about == "annualized revenue · Anthropic"


def test_taiwan_dollars_and_dollar_terms() -> None:
    text = "TSMC's profit was T$475.2 billion. NT$9 was paid. Growth was 32-34% in US dollar terms."
    assert [(f.currency, f.unit) for f in analyse(text).figures] == [("TWD", None), ("TWD", None), (None, "percent")]


def test_a_verb_behind_a_number_is_not_counted() -> None:
    assert "450,000 offers" not in shown("The figure of 450,000 offers a measure of it.")


@pytest.mark.parametrize("text", ["It runs the Colossus 100k H100 cluster.", "It runs a 100k H100 cluster."])
def test_a_cluster_counts_its_chips(text: str) -> None:
    (found,) = analyse(text).figures
    assert (text[found.start : found.end], found.low, found.unit) == ("100k H100", 100_000, "gpu")


def test_an_estimate_in_another_clause_is_not_the_number() -> None:
    text = "Meta beat the analysts' estimate.\n\nThe stock was up 25% on Thursday."
    assert shown(text)["25%"].status != "estimate"


@pytest.mark.parametrize("text", ["Her 14-year-old son's death came in May.", "Her son was 14 years old."])
def test_ages_are_no_rows(text: str) -> None:
    assert shown(text) == {}


def test_amounts_vouch_for_nothing() -> None:
    assert shown("Sales of $5 billion found that 12,000 stores are open.")["12,000 stores"].says == ""


@pytest.mark.parametrize(
    "text",
    [
        "They will open the Three Mile Island plant again.",
        "Orion 2 scores well on HumanEval (0-shot).",
        "It is no site for users under 18.",
        "They began the first five-finger moves last week.",
        "Some 17 percent of adults 50 to 64 use it.",
        "It would mean a deal that doubles the valuation of Meta.",
        "They train models, which takes billions of dollars.",
        "He taught there for 20 years.",
    ],
)
def test_names_settings_ages_parts_of_groups_and_vague_amounts_are_no_rows(text: str) -> None:
    assert shown(text) == {}
