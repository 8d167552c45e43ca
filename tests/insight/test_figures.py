"""Figures: every class of rule, and what must never be a figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.insight.facts import Entity, Figure
from reader.insight.figure.figures import find_figures
from reader.insight.naming.entities import find_entities
from reader.insight.syntax.document import read


def figures(text: str, *, dates: bool = False) -> list[Figure]:
    document = read(text)
    return [f for f in find_figures(document, find_entities(document)) if dates or f.kind != "date"]


def surfaces(text: str) -> list[str]:
    return [text[f.start : f.end] for f in figures(text)]


def only(text: str) -> Figure:
    found = figures(text)
    assert len(found) == 1, [text[f.start : f.end] for f in found]
    return found[0]


# --- money ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "currency", "per"),
    [
        ("It charges $200 a month.", "$200 a month", 200, 200, "USD", "month"),
        ("It costs US$3.5 million.", "US$3.5 million", 3.5e6, 3.5e6, "USD", None),
        ("It was worth C$3.4 billion.", "C$3.4 billion", 3.4e9, 3.4e9, "CAD", None),
        ("It raised NOK 1.9 billion.", "NOK 1.9 billion", 1.9e9, 1.9e9, "NOK", None),
        ("It paid 14.2 trillion won.", "14.2 trillion won", 14.2e12, 14.2e12, "KRW", None),
        ("A seat is 10 €.", "10 €", 10, 10, "EUR", None),
        ("It set aside USD115.", "USD115", 115, 115, "USD", None),
        ("It made a profit of kr 12m.", "kr 12m", 12e6, 12e6, "NOK", None),
        ("The order is worth MEUR 60.", "MEUR 60", 60e6, 60e6, "EUR", None),
        ("A call costs 34 cents.", "34 cents", 0.34, 0.34, "USD", None),
        ("It costs 3 dollars 50 cents.", "3 dollars 50 cents", 3.5, 3.5, "USD", None),
        ("It put in Rs 10,372 crore.", "Rs 10,372 crore", 1.0372e11, 1.0372e11, "INR", None),
        ("It pays $4 per million input tokens.", "$4 per million input tokens", 4, 4, "USD", "million_tokens"),
        ("It rents them at €1.85 per GPU-hour.", "€1.85 per GPU-hour", 1.85, 1.85, "EUR", "gpu_hour"),
        ("The pay is $20/mo.", "$20/mo", 20, 20, "USD", "month"),
        ("It spends $115 to $135 billion.", "$115 to $135 billion", 115e9, 135e9, "USD", None),
        ("It wants between $9 billion and $11 billion.", "$9 billion and $11 billion", 9e9, 11e9, "USD", None),
        ("It wants $50-$60.", "$50-$60", 50, 60, "USD", None),
        ("Claims range from $200 to $4 million.", "$200 to $4 million", 200, 4e6, "USD", None),
        ("It owes hundreds of billions of dollars.", "hundreds of billions of dollars", 2e11, 9.99e11, "USD", None),
    ],
)
def test_money(text: str, span: str, low: float, high: float, currency: str, per: str | None) -> None:
    found = only(text)
    assert text[found.start : found.end] == span
    assert (found.kind, found.currency, found.unit, found.per) == ("money", currency, None, per)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_year_ago_is_no_rate() -> None:
    found = figures("Sales fell to $1.5 billion from $1.55 billion a year ago.")
    assert [(f.per, f.direction) for f in found] == [(None, "down"), (None, "down")]
    assert figures("It pays $20 a month or more.")[0].per == "month"


def test_a_slash_shares_the_rate_of_two_prices() -> None:
    first, second = figures("Mini costs $1/$5 per million tokens.")
    assert (first.per, second.per) == ("million_tokens", "million_tokens")
    assert (first.metric, second.metric) == ("input price", "output price")


# --- percent, changes, bounds -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The stock popped 6.5% on Monday.", "up"),
        ("Revenue rose by nearly 46%.", "up"),
        ("Shares closed 1.9% lower.", "down"),
        ("It used 43% fewer tokens.", "down"),
        ("Revenue was up 18% year over year.", "up"),
        ("They expect to grow sales by 35%.", "up"),
        ("That is a 3% drop.", "down"),
        ("Memory made up 44% of sales.", None),
        ("Its share is 27%.", None),
    ],
)
def test_direction_of_a_percentage(text: str, direction: str | None) -> None:
    assert only(text).direction == direction


def test_from_and_to_with_a_verb_of_change_are_two_figures() -> None:
    found = figures("Success fell from 11.3% to 2.9% last week.")
    assert [(f.low, f.direction) for f in found] == [(11.3, "down"), (2.9, "down")]
    found = figures("Margin widened to 55 percent from 40 percent.")
    assert [(f.low, f.direction) for f in found] == [(55, "up"), (40, "up")]
    found = figures("Growth slowed from 4.8 to 4.7 percent.")
    assert [(f.low, f.unit) for f in found] == [(4.8, "percent"), (4.7, "percent")]


def test_a_step_and_its_target_are_no_range() -> None:
    found = figures("The index gained 0.7 percent to 6,327.80.")
    assert [(f.low, f.unit) for f in found] == [(0.7, "percent"), (6327.8, None)]


def test_a_change_by_a_range_is_one_figure() -> None:
    found = only("Prices will fall 40% to 60% next year.")
    assert (found.low, found.high, found.qualifier, found.direction) == (40, 60, "range", "down")


def test_what_restates_a_figure_shares_its_direction_and_bound() -> None:
    points, percent = figures("The Dow lost 190 points, or 0.6%.")
    assert (points.unit, points.direction, percent.direction) == ("point", "down", "down")
    power, same = figures("It makes just under 296 hp (300 PS).")
    assert (power.low, same.low, same.qualifier) == (None, None, "<")


def test_points_beside_a_percentage_are_percentage_points() -> None:
    _, second = figures("Margin was 44%, or four points more than a year ago.")
    assert (second.kind, second.unit, second.direction) == ("percent", "percentage_point", "up")
    assert only("The index slipped 17.4 points.").unit == "point"


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("It has over 64 staff engineers.", ">", 64, None),
        ("It has at least 64 engineers.", ">=", 64, None),
        ("It has up to 64 engineers.", "<=", None, 64),
        ("It has fewer than 64 engineers.", "<", None, 64),
        ("It has about 64 engineers.", "~", 64, 64),
        ("It has 64 engineers or more.", ">=", 64, None),
        ("It has 64+ engineers.", ">=", 64, None),
        ("It has 64 to 70 engineers.", "range", 64, 70),
    ],
)
def test_bounds(text: str, qualifier: str, low: float | None, high: float | None) -> None:
    found = only(text)
    assert (found.qualifier, found.low, found.high) == (qualifier, low, high)


def test_over_a_span_of_time_is_no_bound() -> None:
    assert only("It was trained over 71 days.").qualifier == "="
    assert only("They waited for over two years.").qualifier == ">"


def test_plus_or_minus_is_an_interval() -> None:
    found = only("The margin of error was plus or minus 1.6 percentage points.")
    assert (found.low, found.high, found.qualifier) == (-1.6, 1.6, "range")


# --- sizes, counts, durations, multiples ----------------------------------------


@pytest.mark.parametrize(
    ("text", "span", "kind", "low", "unit", "per"),
    [
        ("It reads 2 million tokens.", "2 million tokens", "size", 2e6, "token", None),
        ("It has 1.1 trillion parameters.", "1.1 trillion parameters", "size", 1.1e12, "parameter", None),
        ("It runs in 1.4 GB of memory.", "1.4 GB", "size", 1.4e9, "byte", None),
        ("The site draws 40MW.", "40MW", "size", 40e6, "watt", None),
        ("It bought 4,096 MI450s.", "4,096 MI450s", "size", 4096, "gpu", None),
        ("It bought 18,000 Nvidia GB300 GPUs.", "18,000 Nvidia GB300 GPUs", "size", 18000, "gpu", None),
        ("It writes 380 tokens per second.", "380 tokens per second", "rate", 380, "token", "second"),
        ("They drove 188 miles an hour.", "188 miles an hour", "rate", 188, "mile", "hour"),
        ("It has 64 people.", "64 people", "count", 64, "person", None),
        ("It had 1,140 passing tests.", "1,140 passing tests", "count", 1140, "test", None),
        ("Users get 20 requests a day.", "20 requests a day", "rate", 20, "request", "day"),
        ("They took nine months.", "nine months", "duration", 9, "month", None),
        ("It ran a two-week test.", "two-week", "duration", 2, "week", None),
        ("It caps the week at 37.5 hours.", "37.5 hours", "duration", 37.5, "hour", None),
        ("It is an 8-needle search.", "8-needle", "count", 8, "needle", None),
        ("It is 2.4x faster.", "2.4x", "multiple", 2.4, None, None),
        ("It is three times as big.", "three times", "multiple", 3, None, None),
        ("Revenue tripled.", "tripled", "multiple", 3, None, None),
        ("A third of them left.", "A third", "multiple", 1 / 3, None, None),
        ("Then one in five left.", "one in five", "percent", 20, "percent", None),
        ("It grows 15% a month.", "15% a month", "percent", 15, "percent", "month"),
        ("It costs a tenth.", "a tenth", "multiple", 0.1, None, None),
        ("He tried 7 times since Monday.", "7 times", "count", 7, "time", None),
        ("It took 2.9 million GPU hours.", "2.9 million GPU hours", "size", 2.9e6, "gpu_hour", None),
        ("The 32B version is small.", "32B", "size", 32e9, "parameter", None),
        ("It has 2B users.", "2B users", "count", 2e9, "user", None),
        ("It was down for 2 hours and 48 minutes.", "2 hours and 48 minutes", "duration", 168, "minute", None),
        ("Two in five programmers agree.", "Two in five", "percent", 40, "percent", None),
        ("We add 30 more hospitals.", "30 more hospitals", "count", 30, "hospital", None),
        ("The room is 5 feet and 2 inches.", "5 feet and 2 inches", "size", 5 + 1 / 6, "foot", None),
        ("Some 500,000 barrels a day.", "500,000 barrels a day", "rate", 5e5, "barrel", "day"),
        ("Tens of thousands of users left.", "Tens of thousands of users", "count", 2e4, "user", None),
    ],
)
def test_measures_and_counts(text: str, span: str, kind: str, low: float, unit: str | None, per: str | None) -> None:
    found = only(text)
    assert text[found.start : found.end] == span
    assert (found.kind, found.unit, found.per) == (kind, unit, per)
    assert found.low == pytest.approx(low)


def test_a_bare_number_that_is_compared_takes_the_unit() -> None:
    first, second = figures("It sold 3.9 million headsets, up from 2.4 million.")
    assert (first.unit, second.unit, second.low) == ("headset", "headset", 2.4e6)


def test_an_age_is_in_years() -> None:
    found = only("Amara Diallo, 29, leads evaluation.")
    assert (found.kind, found.unit, found.low, found.rule) == ("duration", "year", 29, "age")


# --- never a figure ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Llama 4 flopped.",
        "Gemini 3.1 Pro and GPT-5.4 are out.",
        "It ships under Apache 2.0.",
        "An H100 is a chip.",
        "It comes in Q3.",
        "Kestrel 3 Mini is small.",
        "We follow framework v4.1.",
        "The iPhone 17 is here.",
        "See Section 230 and Article 5.",
        "The top of the Fortune 500 companies.",
        "We report pass@1.",
        "They won 2-1.",
        "Call 555-1234.",
        "It starts at 9:30 or 6pm.",
        "See https://example.com/2025/12/30 for it.",
        "Mail bob99@example.com now.",
        "1. Build it. 2. Ship it.",
        "It is a 2nm chip.",
        "One complaint was heard.",
        "It is open 24/7.",
        "His 401(k) is empty.",
        "The iPhone 11 and 11 Pro are out.",
        "The 5G network is up.",
    ],
)
def test_digits_of_names_are_no_figures(text: str) -> None:
    assert surfaces(text) == []


def test_digits_of_names_need_no_entities() -> None:
    text = "Kestrel 3 costs $4, GPT-5.4 costs $5 and Zorblax 7 Turbo 60% less."
    document = read(text)
    assert [text[f.start : f.end] for f in find_figures(document, ())] == ["$4", "$5", "60%"]


def test_digits_inside_a_given_entity_are_no_figure() -> None:
    text = "The lab named 12 monkeys is new."
    document = read(text)
    entity = Entity(14, 24, "company", "12 monkeys", "12-monkeys")
    assert find_figures(document, (entity,)) == ()


def test_dates_are_dates() -> None:
    text = "We retire it on January 31, 2027, and in 2028 on a Friday; it cost $2000."
    found = figures(text, dates=True)
    assert [(f.kind, text[f.start : f.end]) for f in found] == [
        ("date", "January 31, 2027"),
        ("date", "2028"),
        ("date", "Friday"),
        ("money", "$2000"),
    ]


# --- subject, metric, period ------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subject", "metric"),
    [
        ("OpenAI is valued at $500 billion.", "OpenAI", "valuation"),
        ("Anthropic raised $13 billion in September.", "Anthropic", "funding"),
        ("Meta is spending $72 billion in capex this year.", "Meta", "capex"),
        ("Nvidia reported revenue of $57 billion.", "Nvidia", "revenue"),
        ("OpenAI and Anthropic are valued at over $1 trillion.", "OpenAI and Anthropic", "valuation"),
        ("The departure angle was 37.5 degrees.", "departure angle", None),
        ("OpenAI grew while electricity in Britain cost 25 pence.", "electricity in Britain", "cost"),
    ],
)
def test_subject_and_metric(text: str, subject: str, metric: str | None) -> None:
    found = only(text)
    assert (found.subject, found.metric) == (subject, metric)
    for span in (found.subject_span, found.metric_span):
        assert span is None or text[slice(*span)] == text[slice(*span)].strip() != ""


def test_a_pronoun_takes_the_last_company() -> None:
    text = "Meta is not leading the race. It is spending $115 billion this year."
    found = only(text)
    assert (found.subject, text[slice(*(found.subject_span or (0, 0)))], found.period) == ("Meta", "It", "this year")


def test_compared_figures_share_what_they_measure() -> None:
    text = "Microsoft reported earnings of $3.65 per share on revenue of $76 billion, beating the $3.37 and $74 billion expected."
    assert [f.metric for f in figures(text)] == ["earnings", "revenue", "earnings", "revenue"]


def test_every_row_names_its_rule() -> None:
    text = "It has 64 people, raised $5 billion, grew 3x and 46% in nine months to about 2 GW on Friday."
    assert all(f.rule for f in figures(text, dates=True))


# --- any text ---------------------------------------------------------------------

PIECES = """$ € 5 1,2,3 1e999 2.0.1 94.3 % percent million bn - – to from between and or of in per a month GPT -5.4 Llama 4
rose fell up points ( ) tokens users nine half third hundreds billions , . : / ± ~ x × ½ 10^25 元 100 قال “ ” ' é ² 🚀 2025 May 12 Q3
Rs kr USD cents twice doubled No. 1 #2 https://x.y/3 |"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\r\n", "\t", "\u00a0", "\u202f"])


@given(st.lists(WORDS | st.text(max_size=3), max_size=30), st.sampled_from(["", " "]))
def test_spans_and_values_hold_for_any_text(words: list[str], glue: str) -> None:
    text = glue.join(words)
    document = read(text)
    entities = find_entities(document)
    found = find_figures(document, entities)
    assert found == find_figures(read(text), entities)
    assert [(f.start, f.end) for f in found] == sorted((f.start, f.end) for f in found)
    end = 0
    for figure in found:
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end
        for span in ((figure.start, figure.end), figure.subject_span, figure.metric_span):
            assert span is None or text[slice(*span)].strip() == text[slice(*span)] != ""
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@pytest.mark.parametrize(
    "piece", ["$1 to ", "1,", "5% ", "hundreds of billions ", "from 1 to 2 ", "(", "A. ", "1 of the 2 x "]
)
def test_one_endless_line(piece: str) -> None:
    text = piece * (4000 // len(piece))
    assert all(text[f.start : f.end].strip() for f in figures(text))


@pytest.mark.parametrize("space", ["\u00a0", "\r\n", " 🎉 "])
def test_other_spaces_make_the_same_figures(space: str) -> None:
    text = "Meta spends $115 to $135 billion. Its stock popped 6.5%. It has 64 people."
    joined = text.replace(" ", space) if space == "\u00a0" else text.replace(". ", "." + space)
    same = [(f.kind, f.low, f.high, f.currency, f.unit) for f in figures(joined)]
    assert same == [(f.kind, f.low, f.high, f.currency, f.unit) for f in figures(text)]
