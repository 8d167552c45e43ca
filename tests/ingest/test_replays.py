"""Feeds that churn: whatever a publisher does to ids, links, titles and order, a read article never comes back as an unread one."""

from __future__ import annotations

import dataclasses
import random

import pytest
from conftest import NOW, item, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.entries import distinct, finish
from reader.ingest.identity import Matched, match
from reader.ingest.pipeline import ingest_document
from reader.model import Entry, Feed, Known, Text
from reader.store import Store

DAY = 86400
WORDS = "chips robots lawsuit funding outage merger election harbour satellite vaccine museum glacier".split()  # noqa: SIM905
FEED = Feed("https://news.example/feed", "News", "News")


def article(number: int) -> Entry:
    made = Entry(
        guid=f"https://news.example/{number}#0",
        url=f"https://news.example/{number}",
        title=f"What the {WORDS[number]} of this week means for all of us",
        body=Text(f"Body {number}"),
        published=NOW - number * DAY,
        position=number,
    )
    return finish(made)


def stored(one: Entry, id: int) -> Known:
    return Known(
        id=id, guid=one.guid, aliases=(), canonical=one.canonical, title=one.title, content_hash=one.content_hash,
        published=one.published, updated=one.updated, first_seen=NOW, revision=1, read=True,
    )  # fmt: skip


KNOWN = [stored(article(number), number + 1) for number in range(len(WORDS))]

CHURN = {
    "nothing": lambda one: one,
    "fragment": lambda one: {"guid": one.guid.replace("#0", "#3")},
    "guid": lambda one: {"guid": f"urn:new:{one.position}"},
    "no guid": lambda one: {"guid": one.url},
    "title": lambda one: {"title": f"{one.title}, again"},
    "guid and title": lambda one: {"guid": f"urn:new:{one.position}", "title": f"UPDATE 1-{one.title}"},
    "https": lambda one: {"guid": one.guid.replace("https", "http"), "url": one.url.replace("https", "http")},
    "trackers": lambda one: {"guid": f"x{one.position}", "url": f"{one.url}?utm_source=rss&fbclid=1"},
    "host": lambda one: {"guid": f"y{one.position}", "url": f"https://www.new.example/story/{one.position}"},
    "host and hour": lambda one: {
        "guid": f"z{one.position}", "url": f"https://new.example/z/{one.position}", "published": one.published + 3600,
    },
    "text": lambda one: {"body": Text("Another body")},
    "no date": lambda one: {"published": None},
}  # fmt: skip


def churned(one: Entry, how: str) -> Entry:
    changed = CHURN[how](one)
    return one if changed is one else finish(dataclasses.replace(one, **changed))


def after(known: list[Known], found: Matched) -> list[Known]:
    """What is stored once `found` was saved, new entries apart."""
    changed, aliases = dict(found.changed), dict(found.aliases)
    return [
        dataclasses.replace(
            one,
            aliases=(*one.aliases, aliases[one.id]) if one.id in aliases else one.aliases,
            title=changed[one.id].title if one.id in changed else one.title,
            canonical=changed[one.id].canonical if one.id in changed else one.canonical,
            content_hash=changed[one.id].content_hash if one.id in changed else one.content_hash,
        )
        for one in known
    ]


HOSTS, TITLES = {"host", "host and hour"}, {"title", "guid and title"}


def snapshots(ways: set[str]) -> st.SearchStrategy[list[dict[int, str]]]:
    """Documents one after the other: which articles each lists, and what was done to them."""
    document = st.dictionaries(st.integers(0, len(WORDS) - 1), st.sampled_from(sorted(ways)), max_size=len(WORDS))
    return st.lists(document, max_size=5)


SNAPSHOTS = st.one_of(snapshots(CHURN.keys() - HOSTS), snapshots(CHURN.keys() - TITLES))
"""An article that gets another id, host and title has nothing left to be known by."""


@settings(max_examples=300, deadline=None)
@given(SNAPSHOTS, st.randoms())
def test_a_read_article_never_comes_back(snapshots: list[dict[int, str]], chance: random.Random) -> None:
    known = list(KNOWN)
    for snapshot in snapshots:
        document = [churned(article(number), how) for number, how in snapshot.items()]
        chance.shuffle(document)
        found = match(document, known)
        assert (found.new, found.old_news) == ((), ())
        assert sorted(found.seen) == sorted(entry.position + 1 for entry in document)
        known = after(known, found)


SOME = st.lists(
    st.builds(
        lambda guid, link, title, text, date: finish(
            Entry(guid=guid, url=link and f"https://n.example/{link}", title=title, body=Text(text), published=date)
        ),
        st.sampled_from(["", "a", "b", "c", "https://n.example/1"]),
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from([article(0).title, f"{article(0).title}, again", "Morning briefing", "Other"]),
        st.sampled_from(["x", "y"]),
        st.sampled_from([None, NOW, NOW - 3600, NOW - DAY, NOW - 30 * DAY]),
    ),
    max_size=7,
)


@settings(max_examples=500, deadline=None)
@given(SOME, SOME, st.randoms())
def test_the_order_of_a_document_does_not_matter(before: list[Entry], now: list[Entry], chance: random.Random) -> None:
    known = [stored(entry, number) for number, entry in enumerate(distinct(before), 1)]
    entries = list(distinct(now))
    first = match(entries, known)
    chance.shuffle(entries)
    second = match(entries, known)
    assert {entry.guid for entry in first.new} == {entry.guid for entry in second.new}
    assert dict(first.aliases) == dict(second.aliases)
    assert {id: entry.guid for id, entry in first.changed} == {id: entry.guid for id, entry in second.changed}


# -- whole polls ------------------------------------------------------------------------------------------------------


def told(number: int, **fields: str) -> str:
    """One item of a feed, with a title that says enough."""
    return item(number, title=article(number).title, **fields)


def poll(store: Store, *items: str, now: int = NOW) -> None:
    ingest_document(store, FEED, rss(*items).encode(), now=now)


def read_all(store: Store) -> None:
    store.mark(list(store.ids()), {"read": 1}, verb="read", label=str, now=NOW)


def test_a_feed_that_changes_what_its_ids_are_and_back(store: Store) -> None:
    """Rule 49: ids, then links for ids, then none, then ids again."""
    numbers = range(8)
    poll(store, *(told(n) for n in numbers))
    read_all(store)
    for guid in (lambda n: f"https://news.example/{n}", lambda n: "", lambda n: f"tag:{n}", lambda n: f"urn:story:{n}"):
        poll(store, *(told(n, guid=guid(n)) for n in numbers))
    assert (len(store.ids()), len(store.ids("unread"))) == (8, 0)


def test_a_story_listed_again_under_another_fragment(store: Store) -> None:
    """Rule 50: one link as #0, then as #0 and #3, then as #3 alone."""
    first, second = told(1, guid="https://news.example/1#0"), told(1, guid="https://news.example/1#3")
    poll(store, first, told(2))
    read_all(store)
    poll(store, second, first, told(2))
    poll(store, second, told(2))
    poll(store, told(2), second, first)
    assert (len(store.ids()), len(store.ids("unread"))) == (2, 0)


def test_a_story_listed_twice_from_the_start_is_one(store: Store) -> None:
    poll(store, told(1, guid="a"), told(1, guid="b"), told(2))
    assert len(store.ids()) == 2
    poll(store, told(1, guid="b"), told(2), told(1, guid="a"))
    assert len(store.ids()) == 2


def test_short_titles_on_one_page_are_articles_of_their_own(store: Store) -> None:
    """The counter-case of rule 50: a live page whose entries share link and a short title."""
    live = {"link": "https://news.example/live", "title": "Live: update"}
    poll(store, *(item(n, **live) for n in range(4)))
    assert len(store.ids()) == 4


def test_an_edit_leaves_an_article_read(store: Store) -> None:
    """Rule 53."""
    poll(store, told(1))
    read_all(store)
    poll(store, told(1, description="Another text, longer than the one before, with a correction in it."))
    row = store.rows(store.ids())[0]
    assert (row.read, row.revision) == (True, 2)


@pytest.mark.parametrize("stamp", ["", "Mon, 21 Sep 2026 10:00:00 GMT"])
def test_equal_or_missing_times_keep_the_order_of_the_feed(store: Store, stamp: str) -> None:
    """Rules 54, 58: a feed without dates, and one that stamps all its items anew at each poll."""
    numbers = list(range(6))
    poll(store, *(told(n, pubDate=stamp) for n in numbers))
    order = [store.rows([id])[0].title for id in store.ids()]
    assert order == [article(n).title for n in numbers]
    later = stamp.replace("10:00", "11:00")
    poll(store, *(told(n, pubDate=later) for n in [7, *numbers]), now=NOW + 3600)
    assert [store.rows([id])[0].title for id in store.ids()] == [article(7).title, *order]


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 01 Jan 2035 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sat, 01 Jan 1994 00:00:00 GMT",
        "Wed, 23 Sep 2026 23:00:00 GMT",
    ],
)
def test_no_date_pins_or_buries_an_article(store: Store, date: str) -> None:
    """Rules 55, 56: the far future, the epoch and two days ahead count as no date; it stands where it was first seen."""
    poll(store, told(1), told(2, pubDate=date))
    times = {row.title: row.published for row in store.rows(store.ids())}
    assert times[article(2).title] == NOW
    stored = dict(store.connection.execute("SELECT title, published FROM article"))
    assert stored[article(2).title] is None, "and it is known to have none"
