"""From stored texts to stored facts: one row for each fact that can be asked for, in one transaction, of the newest text."""

from __future__ import annotations

import json

from polled import FEED, NOW, entry, poll

from reader.factfinder import RULES, analyse_stored, fact_rows, facts_of, find_facts
from reader.factsheet import factsheet
from reader.insight import analyse
from reader.model import FeedState
from reader.store import FactRow, Store

TEXT = (
    "Nvidia and Meta met. Nvidia expects revenue of $57 billion, chief executive Jensen Huang said. “We ship the chips in June,” "
    "Huang said. Claude Opus 4.6 scored 92.7% on GPQA Diamond."
)


def rows(text: str = TEXT) -> list[FactRow]:
    return fact_rows(text, analyse(text))


def test_rows_are_spans_and_their_text() -> None:
    for row in rows():
        assert row.text == " ".join(TEXT[row.start : row.end].split())


def test_claims_are_the_items_of_the_panel() -> None:
    claims = [row for row in rows() if row.kind != "entity"]
    items = factsheet(TEXT, analyse(TEXT)).items
    assert sorted((row.start, row.end, row.text) for row in claims) == sorted((i.start, i.end, i.value) for i in items)
    assert [row.status for row in sorted(claims, key=lambda r: (r.start, r.end, r.text))] == [
        item.status for item in sorted(items, key=lambda i: (i.start, i.end, i.value))
    ]


def test_a_figure_keeps_its_interval_and_currency() -> None:
    (figure,) = [row for row in rows() if row.kind == "figure" and row.currency]
    assert (figure.low, figure.high, figure.currency) == (57e9, 57e9, "USD")


def test_a_score_keeps_model_benchmark_and_value() -> None:
    (score,) = [row for row in rows() if row.kind == "score"]
    assert (score.name, score.key, score.low, score.high) == ("claude opus 4.6", "gpqa diamond", 92.7, 92.7)


def test_names_are_in_lower_case_and_each_thing_is_named_once() -> None:
    named = [(row.key, row.name) for row in rows() if row.kind == "entity"]
    assert len(set(named)) == len(named)
    assert ("company", "nvidia") in named
    assert all(name == name.lower() for _, name in named)
    first = next(row for row in rows() if row.kind == "entity" and row.name == "nvidia")
    assert (first.start, first.end) == (0, 6)


def test_facts_are_saved_for_all_or_none_and_only_once(store: Store) -> None:
    poll(store, 1, 2, 3)
    found = find_facts(store, store.without_facts(2))
    assert len(found) == 2
    assert store.count_without_facts() == 1
    stored = store.connection.execute("SELECT article_id, version FROM facts ORDER BY 1").fetchall()
    assert stored == [(1, RULES), (2, RULES)]
    find_facts(store, store.without_facts(9))
    assert store.without_facts(9) == []


def test_what_is_stored_is_what_was_found(store: Store) -> None:
    store.save_poll(FEED, FeedState(FEED.url), [entry(1, text=TEXT)], now=NOW)
    unread = store.without_facts(1)
    (found,) = find_facts(store, unread)
    article = store.article(1)
    assert article is not None
    assert article.facts is not None
    assert (
        json.loads(article.facts)
        == found.as_dict()
        == analyse_stored(unread[0]).as_dict()
        == facts_of(article).as_dict()
    )
    kept = store.connection.execute("SELECT kind, start, end, text FROM fact ORDER BY rowid").fetchall()
    assert kept == [(row.kind, row.start, row.end, row.text) for row in rows()]
