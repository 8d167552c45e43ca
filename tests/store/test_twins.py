"""The same page in two feeds is one article for the reader: read here is read there, and a story tells it once."""

from __future__ import annotations

import dataclasses

from polled import FEED, NOW, entry

from reader.factfinder import find_facts
from reader.model import Entry, Feed, FeedState, Text
from reader.store import Store
from reader.store.journal import _TWINS
from reader.storykeeper import keep_stories

OTHER = Feed("https://other.example/feed", "Other News", "Other")
PAGE = "news.example/page"
LONG = "Orion raised $400 million. " * 3 + "It builds robots in a plant near Osaka, with 300 workers."


def page(guid: str, text: str = LONG, canonical: str = PAGE) -> Entry:
    return dataclasses.replace(
        entry(1, "Orion raises $400 million for warehouse robots"), guid=guid, canonical=canonical, body=Text(text)
    )


def save(store: Store, feed: Feed, *entries: Entry) -> None:
    store.save_poll(feed, FeedState(feed.url), list(entries), now=NOW)


def mark(store: Store, id: int, **sets: int) -> tuple[int, ...]:
    change = store.mark([id], sets, verb="x", label=str, now=NOW)
    return tuple(sorted(change.ids)) if change else ()


def test_what_is_read_in_one_feed_is_read_in_the_other(store: Store) -> None:
    save(store, FEED, page("a"), entry(2))
    save(store, OTHER, page("b"), entry(3))
    assert mark(store, 1, read=1) == (1, 3)
    assert list(store.ids("unread")) == [2, 4]
    store.undo()
    assert len(store.ids("unread")) == 4
    assert mark(store, 3, read=1, done=1) == (1, 3)
    assert mark(store, 3, read=0, done=0) == (1, 3)


def test_a_star_and_later_are_the_one_articles_own(store: Store) -> None:
    save(store, FEED, page("a"))
    save(store, OTHER, page("b"))
    assert mark(store, 1, starred=1) == (1,)
    assert mark(store, 2, later=1, done=0) == (2,)


def test_what_comes_later_in_another_feed_comes_read(store: Store) -> None:
    save(store, FEED, page("a"), entry(2))
    mark(store, 1, read=1)
    save(store, OTHER, page("b"), entry(3))
    assert list(store.ids("unread")) == [2, 4]


def test_a_link_that_several_articles_share_names_none(store: Store) -> None:
    save(store, FEED, page("a"), dataclasses.replace(page("live"), title="Another title"))
    save(store, OTHER, page("b"))
    assert mark(store, 1, read=1) == (1,)
    assert mark(store, 3, read=1) == (3,)


def test_the_front_page_of_a_site_and_no_link_name_nothing(store: Store) -> None:
    save(store, FEED, page("a", canonical="orion.example"), page("c", canonical=""))
    save(store, OTHER, page("b", canonical="orion.example"), page("d", canonical=""))
    assert mark(store, 1, read=1) == (1,)
    assert mark(store, 2, read=1) == (2,)


def test_two_articles_of_one_feed_stay_two(store: Store) -> None:
    save(store, FEED, page("a"))
    save(store, FEED, page("b"))
    assert mark(store, 1, read=1) == (1,)


def told(store: Store) -> list[tuple[int, int, str, int | None]]:
    """Article, story, how and copied article of every article that has a story."""
    find_facts(store, store.without_facts(100))
    keep_stories(store)
    return store._rows("SELECT article_id, story_id, how, copy_of FROM story_member ORDER BY article_id")


def test_a_story_tells_a_page_once(store: Store) -> None:
    save(store, FEED, page("a"))
    save(store, OTHER, page("b", "In short, Orion has new money for its robots."))
    assert told(store) == [(1, 1, "report", None), (2, 1, "copy", 1)]
    mark(store, 1, read=1)
    assert list(store.story_ids(now=NOW, view="unread")) == []


def test_a_page_of_which_a_feed_tells_more_is_a_report_of_its_own(store: Store) -> None:
    save(store, FEED, page("a", "In short, Orion has new money for its robots."))
    save(store, OTHER, page("b"))
    assert [how for _, _, how, _ in told(store)] == ["report", "report"]


def test_marking_looks_only_at_what_is_chosen(store: Store) -> None:
    save(store, FEED, page("a"))
    mark(store, 1, read=1)
    plan = " ".join(row[3] for row in store._rows(f"EXPLAIN QUERY PLAN {_TWINS}"))
    assert "SEARCH a USING" in plan
    assert "SEARCH b USING" in plan
    assert "BLOOM" not in plan
