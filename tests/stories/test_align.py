import time

import pytest
from story_facts import entity, figure, source

from reader.stories.align import align, claims


def one(article, outlet, text, words, low, *, metric, subject="Solstice", day=0.0, others=(), **more):
    layers = {
        "figures": [figure(text, words, low, metric=metric, subject=subject, **more)],
        "entities": [entity(text, name) for name in others],
    }
    return source(article, outlet, day, text, **layers)


def status(*sources):
    return {row.status for row in align(sources)}


def valued(outlet, words, low, lead="is valued at", day=0.0, **more):
    return one(outlet, outlet, f"Solstice {lead} {words}.", words, low, metric="valued", day=day, **more)


def test_disjoint_values_of_independent_outlets_differ():
    assert status(valued("Wire", "$18 billion", 18e9), valued("Courier", "$21 billion", 21e9)) == {"DIFFER"}


@pytest.mark.parametrize(
    "sources",
    [
        (valued("Wire", "$18 billion", 18e9), valued("Courier", "$18.3 billion", 18.3e9)),
        (
            valued("Wire", "$18 billion", 18e9, "has a pre-money value of"),
            valued("Courier", "$20 billion", 20e9, "has a post-money value of"),
        ),
        (
            valued("Wire", "$18 billion", 18e9),
            one(
                "b",
                "Courier",
                "Marlin is valued at $21 billion.",
                "$21 billion",
                21e9,
                metric="valued",
                subject="Marlin",
            ),
        ),
        (
            valued("Wire", "$18 billion", 18e9),
            one("b", "Courier", "Solstice raised $2 billion.", "$2 billion", 2e9, metric="raised"),
        ),
        (valued("WSJ", "$18 billion", 18e9), valued("MarketWatch", "$21 billion", 21e9)),
        (
            valued("Wire", "$18 billion", 18e9),
            valued("Courier", "$12 billion", 12e9, "is worth more than before, up from"),
        ),
    ],
    ids=["rounded", "other basis", "other subject", "other metric", "one owner", "the value before"],
)
def test_what_is_no_difference(sources):
    assert "DIFFER" not in status(*sources)


def test_a_metric_in_words_of_its_own_is_never_held_against_another():
    def size(outlet, words, low):
        return one(outlet, outlet, f"Solstice runs a {words} unit.", words, low, metric="unit")

    assert status(size("Wire", "$15 billion", 15e9), size("Courier", "$20 billion", 20e9)) == {"1 SOURCE"}


def test_revenue_without_a_period_says_too_little():
    def revenue(outlet, words, low, period):
        return one(outlet, outlet, f"Solstice has revenue of {words}.", words, low, metric="revenue", period=period)

    assert status(revenue("Wire", "$44 billion", 44e9, None), revenue("Courier", "$130 billion", 130e9, None)) == {
        "1 SOURCE"
    }
    assert status(revenue("Wire", "$44 billion", 44e9, "Q1"), revenue("Courier", "$130 billion", 130e9, "2025")) == {
        "1 SOURCE"
    }
    assert status(
        revenue("Wire", "$44 billion", 44e9, "Q1"), revenue("Courier", "$48 billion", 48e9, "first quarter")
    ) == {"DIFFER"}


def test_investments_in_different_companies_are_different_figures():
    def put(outlet, words, low, other):
        return one(
            outlet,
            outlet,
            f"Solstice invested {words} in {other}.",
            words,
            low,
            metric="invested",
            others=["Solstice", other],
        )

    assert status(put("Wire", "$14 billion", 14e9, "Tessera"), put("Courier", "$3 billion", 3e9, "Monolith")) == {
        "1 SOURCE"
    }
    assert status(put("Wire", "$14 billion", 14e9, "Tessera"), put("Courier", "$14 billion", 14e9, "Monolith")) == {
        "1 SOURCE"
    }
    assert status(put("Wire", "$14 billion", 14e9, "Tessera"), put("Courier", "$30 billion", 30e9, "Tessera")) == {
        "DIFFER"
    }


def test_an_article_that_gives_several_values_contradicts_nobody():
    text = "Solstice is valued at $18 billion, and some holders think it is valued at $30 billion."
    rows = [
        figure(text, words, low, metric="valued", subject="Solstice")
        for words, low in (("$18 billion", 18e9), ("$30 billion", 30e9))
    ]
    both = source("a", "Wire", 0, text, figures=rows)
    assert status(both, valued("Courier", "$21 billion", 21e9)) <= {"1 SOURCE", "AGREED"}


def test_of_several_values_only_the_one_that_fits_is_in_the_row():
    text = "Solstice is valued at $18 billion, and some holders think it is valued at $30 billion."
    rows = [
        figure(text, words, low, metric="valued", subject="Solstice")
        for words, low in (("$18 billion", 18e9), ("$30 billion", 30e9))
    ]
    agreed, alone = align([source("a", "Wire", 0, text, figures=rows), valued("Courier", "$18 billion", 18e9)])
    assert (agreed.status, [claim.text for claim in agreed.claims]) == ("AGREED", ["$18 billion", "$18 billion"])
    assert (alone.status, [claim.text for claim in alone.claims]) == ("1 SOURCE", ["$30 billion"])


def test_people_are_cut_not_missiles():
    text = "Solstice fired two missiles."
    (claim,) = claims(
        one("a", "Wire", text, "two missiles", 2, metric=None, kind="count", currency=None, unit="missile")
    )
    assert claim.metric is None


def test_an_update_of_one_outlet_is_a_change():
    assert status(
        valued("Wire", "$18 billion", 18e9),
        one("b", "Wire", "Solstice is valued at $25 billion.", "$25 billion", 25e9, metric="valued", day=1),
    ) == {"CHANGED"}


def test_headline_and_text_of_one_article_are_one_source():
    text = "Solstice is valued at $18 billion. Investors say Solstice is valued at $18 billion."
    rows = [figure(text, "$18 billion", 18e9, metric="valued", subject="Solstice")]
    rows.append({**rows[0], "start": text.rindex("$18"), "end": text.rindex("$18") + 11})
    (row,) = align([source("a", "Wire", 0, text, figures=rows)])
    assert (row.status, row.standing.count, len(row.claims)) == ("1 SOURCE", 1, 2)


def test_figures_without_subject_or_of_other_kinds_are_left_out():
    text = "It took nine months and $5 million."
    rows = [
        figure(text, "nine months", 9, metric="took", subject="It", kind="duration", currency=None, unit="month"),
        figure(text, "$5 million", 5e6, metric="cost", subject=None),
    ]
    assert claims(source("a", "Wire", 0, text, figures=rows)) == []


def test_no_sources_and_no_facts():
    assert align([]) == []
    assert align([source("a", "Wire", 0, "Nothing.")]) == []


def deal(outlet, subject, words, low, day=0.0):
    text = f"Brightline pays {words} for Quarrel, which it agreed to buy."
    return one(
        outlet, outlet, text, words, low, metric="pays", subject=subject, day=day, others=["Brightline", "Quarrel"]
    )


def test_either_side_of_a_deal_may_be_its_subject():
    (row,) = align(
        [deal("Wire", "Brightline", "$3.9 billion", 3.9e9), deal("Courier", "Quarrel", "$3.9 billion", 3.9e9)]
    )
    assert (row.status, row.key.metric) == ("AGREED", "acquisition_price")


def test_a_noun_may_stand_for_the_subject_only_where_the_value_is_the_same():
    assert status(
        deal("Wire", "Brightline", "$3.9 billion", 3.9e9), deal("Courier", "buyer", "$3.9 billion", 3.9e9)
    ) == {"AGREED"}
    assert status(deal("Wire", "Brightline", "$3.9 billion", 3.9e9), deal("Courier", "buyer", "$5 billion", 5e9)) == {
        "1 SOURCE"
    }


def test_the_same_small_number_is_no_agreement():
    def count(outlet, subject):
        return one(
            outlet,
            outlet,
            f"{subject} opened 12 offices.",
            "12 offices",
            12,
            metric="offices",
            subject=subject,
            kind="count",
            currency=None,
            unit="office",
        )

    assert status(count("Wire", "Solstice"), count("Courier", "It")) == {"1 SOURCE"}


def test_jobs_and_people_are_one_unit():
    def cut(outlet, words, low, unit):
        return one(
            outlet,
            outlet,
            f"Solstice is cutting {words}.",
            words,
            low,
            metric="jobs",
            kind="count",
            currency=None,
            unit=unit,
        )

    assert status(cut("Wire", "1,200 jobs", 1200, "job"), cut("Courier", "1,200 workers", 1200, "worker")) == {"AGREED"}
    assert status(cut("Wire", "1,200 jobs", 1200, "job"), cut("Courier", "1,500 workers", 1500, "worker")) == {"DIFFER"}


def test_share_price_moves_of_other_days_are_no_difference():
    def moved(outlet, words, low, day):
        text = f"Solstice shares rose {words} higher."
        return one(
            outlet, outlet, text, words, low, metric="shares", kind="percent", currency=None, unit="percent", day=day
        )

    assert status(moved("Wire", "6.5%", 6.5, 0), moved("Courier", "9%", 9, 0)) == {"DIFFER"}
    assert status(moved("Wire", "6.5%", 6.5, 0), moved("Courier", "9%", 9, 4)) == {"1 SOURCE"}


def test_words_of_another_meaning_stay_their_own_whatever_stands_near():
    text = "Solstice invested through its $15 billion unit in Tessera."
    (claim,) = claims(one("a", "Wire", text, "$15 billion", 15e9, metric="unit"))
    assert (claim.key.metric, claim.metric) == ("unit", None)
    (open_claim,) = claims(one("a", "Wire", text, "$15 billion", 15e9, metric=None))
    assert (open_claim.key.metric, open_claim.sure) == ("investment", False)


def test_a_part_of_a_limit_is_another_figure():
    def put(outlet, words, low, **more):
        text = f"Solstice can put up to {words} into Tessera." if more else f"Solstice put {words} into Tessera."
        return one(outlet, outlet, text, words, low, metric="put into", others=["Solstice", "Tessera"], **more)

    assert status(put("Wire", "$40 billion", 40e9, qualifier="<="), put("Courier", "$10 billion", 10e9)) == {"1 SOURCE"}
    assert status(put("Wire", "$40 billion", 40e9, qualifier="<="), put("Courier", "$38 billion", 38e9)) == {"AGREED"}


def test_a_change_whose_way_one_text_leaves_out_is_the_same_change():
    def moved(outlet, direction):
        text = "Solstice shares moved 6.5% on Wednesday."
        claim = one(outlet, outlet, text, "6.5%", 6.5, metric="shares", kind="percent", currency=None, unit="percent")
        claim.facts["figures"][0]["direction"] = direction
        return claim

    assert status(moved("Wire", "up"), moved("Courier", None)) == {"AGREED"}
    assert status(moved("Wire", "up"), moved("Courier", "down")) == {"1 SOURCE"}


def test_the_measure_of_the_next_figure_is_not_that_of_this_one():
    text = "Solstice shares closed 6.5% higher after rising as much as 9% in the morning."
    rows = [
        figure(text, words, low, metric="shares", subject="Solstice", kind="percent", currency=None, unit="percent")
        for words, low in (("6.5%", 6.5), ("9%", 9))
    ]
    close, high = claims(source("a", "Wire", 0, text, figures=rows))
    assert (close.report.basis, high.report.basis) == ("", "intraday")


def test_thousands_of_figures_are_read_quickly():
    text = "".join(f"Solstice has {n} users. " for n in range(1000, 5000))
    rows = [
        figure(text, "1000 users", 1000, metric="users", subject="Solstice", kind="count", currency=None, unit="user")
    ]
    rows = [
        {**rows[0], "start": 13 + 25 * n, "end": 23 + 25 * n, "low": 1000 + n, "high": 1000 + n} for n in range(4000)
    ]
    names = [
        {"start": 25 * n, "end": 25 * n + 8, "type": "company", "name": "Solstice", "id": "solstice"}
        for n in range(4000)
    ]
    began = time.process_time()
    found = claims(source("a", "Wire", 0, text, figures=rows, entities=names))
    assert found[-1].text == "4999 users"
    assert {claim.metric.name for claim in found} == {"users"}
    assert time.process_time() - began < 5


def test_a_rare_value_of_one_subject_is_known_in_other_words():
    def spending(outlet, words, low, high, metric):
        text = f"Solstice expects {metric} of {words} in 2026."
        return one(outlet, outlet, text, words, low, high=high, metric=metric, period="2026", others=["Solstice"])

    span = "$115 billion to $135 billion", 115e9, 135e9
    assert status(spending("Wire", *span, "capex"), spending("Courier", *span, "outlays")) == {"AGREED"}
    plain = "$15 billion", 15e9, 15e9
    assert status(spending("Wire", *plain, "capex"), spending("Courier", *plain, "a unit")) == {"1 SOURCE"}


def test_a_figure_without_a_subject_can_agree_but_neither_stands_alone_nor_differs():
    def income(outlet, subject, words, low):
        text = f"Net income was {words}, and Solstice was content."
        return one(outlet, outlet, text, words, low, metric="net income", subject=subject, period="Q1")

    known = income("Wire", "Solstice", "$4.3 billion", 4.3e9)
    (row,) = align([known, income("Courier", None, "$4.3 billion", 4.3e9)])
    assert (row.status, row.key.subject, len(row.claims)) == ("AGREED", "solstice", 2)
    assert status(known, income("Courier", None, "$4.8 billion", 4.8e9)) == {"1 SOURCE"}
    assert align([income("Wire", None, "$4.3 billion", 4.3e9), income("Courier", None, "$4.8 billion", 4.8e9)]) == []


def test_what_is_cut_is_no_staff():
    text = "Solstice will cut 1,500 jobs, it said."
    (claim,) = claims(one("a", "Wire", text, "1,500 jobs", 1500, metric=None, kind="count", currency=None, unit="job"))
    assert (claim.key.metric, claim.sure) == ("jobs_cut", False)


def test_a_bare_small_number_is_no_fact_to_agree_on():
    def bare(outlet):
        return one(outlet, outlet, "Solstice backs motion 1 today.", "1", 1, metric=None, kind="count", currency=None)

    assert status(bare("Wire"), bare("Courier")) == {"1 SOURCE"}


def test_the_same_amount_by_another_measure_or_period_is_another_figure():
    before = valued("Wire", "$18 billion", 18e9, "has a pre-money value of")
    after = valued("Courier", "$18 billion", 18e9, "has a post-money value of", subject="startup")
    assert status(before, after) == {"1 SOURCE"}
    assert status(
        valued("Wire", "$18 billion", 18e9, period="2025"), valued("Courier", "$18 billion", 18e9, period="2026")
    ) == {"1 SOURCE"}


def test_two_companies_with_the_same_amount_do_not_agree():
    def worth(outlet, name):
        text = f"{name} is valued at $18 billion."
        return one(outlet, outlet, text, "$18 billion", 18e9, metric="valued", subject=name, others=[name])

    assert status(worth("Wire", "Solstice"), worth("Courier", "Marlin")) == {"1 SOURCE"}


def test_who_repeats_an_outlet_of_the_story_is_no_second_source():
    text = "Solstice is valued at $18 billion, the Pond Gazette reported."
    repeats = one("b", "Courier", text, "$18 billion", 18e9, metric="valued")
    (row,) = align([valued("Pond Gazette", "$18 billion", 18e9), repeats])
    assert (row.status, row.standing.repeats, row.note) == ("1 SOURCE", ("Courier",), "1 repeat it")


def test_words_count_up_to_the_next_figure():
    text = "Solstice shares rose as much as 9% before closing 6.5% higher."
    rows = [
        figure(text, words, low, metric="shares", subject="Solstice", kind="percent", currency=None, unit="percent")
        for words, low in (("9%", 9), ("6.5%", 6.5))
    ]
    assert [claim.report.basis for claim in claims(source("a", "Wire", 0, text, figures=rows))] == ["intraday", ""]
    text = "Solstice pays $3 million and $4 million in fines."
    rows = [
        figure(text, words, low, metric="pays", subject="Solstice")
        for words, low in (("$3 million", 3e6), ("$4 million", 4e6))
    ]
    assert [claim.key.metric for claim in claims(source("a", "Wire", 0, text, figures=rows))] == ["amount", "fine"]


def test_a_rate_is_a_price_whatever_stands_near():
    text = "Anyone can buy Solstice for $20 a month."
    row = figure(text, "$20 a month", 20, metric="price", subject="Solstice") | {"per": "month"}
    (claim,) = claims(source("a", "Wire", 0, text, figures=[row]))
    assert (claim.key.metric, claim.key.per) == ("price", "month")


def test_vague_amounts_are_held_against_nothing():
    text = "Solstice is valued at hundreds of billions."
    (claim,) = claims(
        one("a", "Wire", text, "hundreds of billions", 2e11, high=9.99e11, metric="valued", qualifier="~")
    )
    assert not claim.sure


def test_the_words_before_a_figure_say_how_near_it_is():
    (claim,) = claims(valued("Wire", "$14 billion", 14e9, "is valued at nearly", qualifier="~"))
    assert (claim.values.low, claim.values.high) == (pytest.approx(13.3e9), 14e9)
    (claim,) = claims(valued("Wire", "$14 billion", 14e9, qualifier="~"))
    assert claim.values.high > 14.5e9
