from datetime import date

import pytest
from story_facts import entity, figure, sentences, source, span

from reader.stories.promises import promises

LAUNCH = "Corvid will release Heron 4 by June"


def launch(article="a", day=0, holder="Corvid", horizon="by June", **more):
    text = f"Corvid makes models. {LAUNCH}, it said."
    row = span(text, LAUNCH) | {"kind": "commitment", "holder": holder, "horizon": horizon, "strength": "strong"}
    entities = [entity(text, "Corvid"), entity(text, "Heron 4", "model")]
    return source(article, "Wire", day, text, forecasts=[row], entities=entities, **more)


def later(text, day=40, **layers):
    named = [entity(text, name, kind) for name, kind in (("Corvid", "company"), ("Heron 4", "model")) if name in text]
    return source("z", "Courier", day, text, entities=named, **layers)


def only(sources, today):
    (row,) = promises(sources, today)
    return row


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2026, 4, 10), "open"),
        (date(2026, 6, 20), "due"),
        (date(2026, 6, 30), "due"),
        (date(2026, 7, 1), "overdue"),
    ],
)
def test_a_promise_falls_due(today, status):
    row = only([launch()], today)
    assert (row.status, row.due, row.made) == (status, date(2026, 6, 30), date(2026, 4, 1))


def test_no_day_no_due():
    assert only([launch(horizon="soon")], date(2030, 1, 1)).status == "undated"
    assert only([launch(horizon=None)], date(2030, 1, 1)).status == "undated"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Corvid released Heron 4 on Monday.", "kept"),
        ("Corvid has delayed Heron 4 until autumn.", "put off"),
        ("Corvid has not released Heron 4.", "overdue"),
        ("Corvid released another model.", "overdue"),
        ("Heron 4 was released by nobody.", "overdue"),
        ("Corvid praised Heron 4 once more.", "overdue"),
    ],
)
def test_what_became_of_it(text, status):
    row = only([launch(), later(text)], date(2026, 8, 1))
    assert row.status == status
    if status in ("kept", "put off"):
        assert row.evidence is not None
        assert row.evidence.shows == text == later(text).text[row.evidence.start : row.evidence.end]


def test_forecasts_hedges_and_earlier_articles_settle_nothing():
    text = "Corvid reportedly released Heron 4 on Monday."
    hedged = later(text, hedges=[span(text, "reportedly") | {"category": "evidential_gap", "strength": 2}])
    assert only([launch(), hedged], date(2026, 8, 1)).status == "overdue"
    assert only([launch(day=50), later("Corvid released Heron 4 on Monday.")], date(2026, 8, 1)).status == "overdue"


def plan(low):
    text = f"Larkspur plans capital expenditure of ${low} billion in 2026."
    row = span(text, text[:-1]) | {"kind": "plan", "holder": "Larkspur", "horizon": "in 2026", "strength": "strong"}
    amount = figure(text, f"${low} billion", low * 1e9, subject="Larkspur", metric="capital expenditure", period="2026")
    return source("p", "Wire", 0, text, forecasts=[row], figures=[amount], entities=[entity(text, "Larkspur")])


@pytest.mark.parametrize(("spent", "day", "status"), [(120, 300, "kept"), (90, 300, "missed"), (90, 30, "open")])
def test_a_planned_figure_is_held_against_the_one_that_came(spent, day, status):
    text = f"Larkspur spent ${spent} billion on capital expenditure in 2026."
    row = figure(
        text, f"${spent} billion", spent * 1e9, subject="Larkspur", metric="capital expenditure", period="2026"
    )
    came = source("q", "Courier", day, text, figures=[row], entities=[entity(text, "Larkspur")])
    assert only([plan(120), came], date(2026, 5, 20)).status == status


def test_the_same_promise_in_two_articles_is_one_row_and_copies_are_none():
    rows = promises([launch("b", 1), launch("a"), launch("c", 2, copy_of="a")], date(2026, 4, 10))
    assert [row.article for row in rows] == ["a"]


def test_overdue_comes_first_and_settled_last():
    kept = launch("k", 0)
    other = launch("o", 3, holder="Tern", horizon="in 2030")
    late = launch("l", 3, holder="Larkspur", horizon="by May")
    rows = promises([kept, other, late, later("Corvid released Heron 4 on Monday.")], date(2026, 8, 1))
    assert [row.status for row in rows] == ["overdue", "open", "kept"]
    assert sentences("One. Two.")[1]["start"] == 5


def test_another_plan_settles_no_plan():
    text = "Larkspur still plans capital expenditure of $120 billion in 2026."
    row = figure(text, "$120 billion", 120e9, subject="Larkspur", metric="capital expenditure", period="2026")
    assert only([plan(120), source("q", "Courier", 30, text, figures=[row])], date(2026, 5, 20)).status == "open"


def test_a_copy_promises_nothing_of_its_own():
    assert promises([launch(copy_of="x")], date(2026, 4, 10)) == []


def test_half_of_what_was_promised_is_not_kept():
    text = "Corvid will release Heron 4 and Wren 2 by June."
    row = span(text, text[:-1]) | {"kind": "commitment", "holder": "Corvid", "horizon": "by June", "strength": "strong"}
    names = [entity(text, "Corvid"), entity(text, "Heron 4", "model"), entity(text, "Wren 2", "model")]
    both = source("a", "Wire", 0, text, forecasts=[row], entities=names)
    assert only([both, later("Corvid released Heron 4 on Monday.")], date(2026, 8, 1)).status == "overdue"
