"""What the list and the reading pane read: the right articles in the right order, no body too many, few queries."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from polled import FEED, NOW, entry, poll

from reader.factfinder import find_facts
from reader.model import FeedState
from reader.query import parse
from reader.store import VIEWS, Store

STATES = ("read", "starred", "later", "done")


@pytest.fixture
def filled(store: Store) -> Store:
    """Sixteen articles, one for every mix of states, newest first by number."""
    poll(store, *range(1, 17))
    for bit, name in enumerate(STATES):
        ids = [number for number in range(1, 17) if (number - 1) >> bit & 1]
        store.connection.execute(f"UPDATE article SET {name} = 1 WHERE id IN ({','.join(map(str, ids))})")
    return store


@contextmanager
def watched(store: Store) -> Iterator[tuple[list[str], set[tuple[str, str]]]]:
    """The statements that run inside, and every (table, column) that they read."""
    said: list[str] = []
    read: set[tuple[str, str]] = set()

    def note(action: int, one: str | None, two: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ:
            read.add((one or "", two or ""))
        return sqlite3.SQLITE_OK

    store.connection.set_authorizer(note)
    store.connection.set_trace_callback(said.append)
    try:
        yield said, read
    finally:
        store.connection.set_trace_callback(None)
        store.connection.set_authorizer(None)


def bodies(read: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {
        (table, column)
        for table, column in read
        if table in ("revision", "article_text", "facts") or column == "layers"
    }


EXPECTED = {
    "inbox": [1, 2, 3, 4],
    "unread": [1, 3],
    "later": [5, 6, 7, 8, 13, 14, 15, 16],
    "starred": [3, 4, 7, 8, 11, 12, 15, 16],
    "done": [9, 10, 11, 12, 13, 14, 15, 16],
    "all": list(range(1, 17)),
}


def test_every_view_is_expected() -> None:
    assert set(EXPECTED) == set(VIEWS)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_holds_its_articles_newest_first(filled: Store, view: str) -> None:
    assert list(filled.ids(view)) == EXPECTED[view]
    assert list(filled.ids(view, limit=2)) == EXPECTED[view][:2]
    assert list(filled.find(None, now=NOW, view=view)) == EXPECTED[view]
    assert filled.count(view) == filled.counts()[view] == len(EXPECTED[view])
    assert [row.id for row in filled.first_rows(view, 3)] == EXPECTED[view][:3]
    assert filled.count_after(10, view) == len([id for id in EXPECTED[view] if id > 10])


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_read_from_one_index_without_sorting(filled: Store, view: str) -> None:
    for sql in (
        f"SELECT id FROM article WHERE {VIEWS[view]} ORDER BY sort_time DESC, id DESC",
        f"SELECT count(*) FROM article WHERE {VIEWS[view]}",
    ):
        (plan,) = filled.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        assert f"INDEX article_{view}" in plan[3]


def test_equal_times_stand_in_the_order_of_arrival_newest_first(store: Store) -> None:
    same = [entry(n, age=60) for n in range(1, 6)]
    store.save_poll(FEED, FeedState(FEED.url), same, now=NOW)
    assert list(store.ids()) == [5, 4, 3, 2, 1]


def test_rows_come_in_the_order_asked_for_and_gaps_are_left_out(filled: Store) -> None:
    assert [row.id for row in filled.rows([7, 99, 2, 16])] == [7, 2, 16]
    assert filled.rows([]) == []


def test_rows_of_more_articles_than_a_statement_takes(filled: Store) -> None:
    most = filled.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 600)
    ids = [random.Random(4).randint(1, 20) for _ in range(1700)]
    assert [row.id for row in filled.rows(ids)] == [id for id in ids if id <= 16]
    filled.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, most)


def test_a_row_says_what_is_drawn(filled: Store) -> None:
    filled.mark([8], {"tag:chips": 1, "tag:a-b": 1}, verb="tag", label=str, now=NOW)
    find_facts(filled, filled.without_facts(1, (8,)))
    (row,) = filled.rows([8])
    assert (row.title, row.outlet, row.published) == ("Story 8", "Example", NOW - 8 * 3600)
    assert (row.read, row.starred, row.later, row.done) == (True, True, True, False)
    assert (row.tags, row.revision, row.words) == (("a-b", "chips"), 1, 8)
    assert row.facts == 2


def test_the_list_never_reads_a_body(filled: Store) -> None:
    with watched(filled) as (said, read):
        for view in VIEWS:
            filled.ids(view)
            filled.first_rows(view, 60)
            filled.find(parse("outlet:example newer:2d is:unread facts:<9"), now=NOW, view=view)
        filled.rows(range(1, 17))
        filled.counts()
    assert said
    assert bodies(read) == set()
    assert {table for table, _ in read} <= {"article", "tag"}


def test_the_watch_sees_a_body_that_is_read(filled: Store) -> None:
    with watched(filled) as (_, read):
        filled.article(1)
    assert ("revision", "text") in bodies(read)


def test_the_first_screen_and_an_article_are_one_query_each(filled: Store) -> None:
    with watched(filled) as (said, _):
        filled.first_rows("inbox", 60)
    assert len(said) == 1
    with watched(filled) as (said, _):
        filled.article(3)
    assert len(said) == 1
    assert filled.article(99) is None


def test_a_page_of_rows_is_one_query(filled: Store) -> None:
    with watched(filled) as (said, _):
        filled.rows(range(1, 17))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("query", "view", "found"),
    [
        ("orion", "inbox", [1, 2, 3, 4]),
        ('"story 3"', "all", [3]),
        ("starred -read", "all", [3, 7, 11, 15]),
        ("starred -read", "unread", [3]),
        ("employees or zebra", "later", EXPECTED["later"]),
        ("zebra", "all", []),
        ("amount:>8m kind:figure", "done", [9, 10, 11, 12, 13, 14, 15, 16]),
        ("newer:5h", "inbox", [1, 2, 3, 4]),
    ],
)
def test_a_query_filters_a_view(filled: Store, query: str, view: str, found: list[int]) -> None:
    find_facts(filled, filled.without_facts(99))
    assert list(filled.find(parse(query), now=NOW, view=view)) == found
    assert list(filled.find(parse(query), now=NOW, view=view, limit=2)) == found[:2]


def test_names_are_asked_for_and_not_counted_as_facts(store: Store) -> None:
    text = "Nvidia shares rose. Orion raised $4 million."
    store.save_poll(FEED, FeedState(FEED.url), [entry(1, text=text)], now=NOW)
    find_facts(store, store.without_facts(1))
    rows = store.connection.execute("SELECT kind, start, end, text FROM fact").fetchall()
    assert store.rows([1])[0].facts == sum(row[0] != "entity" for row in rows) < len(rows)
    assert list(store.find(parse("company:nvidia"), now=NOW)) == [1]
    assert [text[start:end] for _, start, end, _ in rows] == [row[3] for row in rows]


def test_articles_without_facts_come_newest_first_and_only_once(filled: Store) -> None:
    assert [one.article_id for one in filled.without_facts(3)] == [1, 2, 3]
    assert [one.article_id for one in filled.without_facts(9, (7, 5, 99))] == [5, 7]
    find_facts(filled, filled.without_facts(3))
    assert filled.count_without_facts() == 13
    assert [one.article_id for one in filled.without_facts(2)] == [4, 5]
    assert filled.without_facts(9, (1, 2)) == []
