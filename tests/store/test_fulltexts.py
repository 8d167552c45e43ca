"""Full texts in the store: the migration, texts of pages beside those of feeds, and what polls do to them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from polled import FEED, NOW, entry, poll

from reader.factfinder import find_facts
from reader.model import Article, Block, Entry, FeedState, PageState, PageText, Text
from reader.query import parse
from reader.store import Store
from reader.store.schema import MIGRATIONS

VERSION = 3


def test_a_store_of_the_version_before_keeps_its_texts_as_those_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with closing(Store(path, migrations=MIGRATIONS[: VERSION - 1])) as old:
        old.connection.execute(
            "INSERT INTO feed (url, title, outlet, kind, grp) VALUES ('https://news.example/feed', 'E', 'E', 'feed', 'p')"
        )
        for number in (1, 2):
            old.connection.execute(
                "INSERT INTO article (id, feed_id, guid, url, canonical, title, author, outlet, sort_time, first_seen, last_seen,"
                " revision_id, words, completeness) VALUES (?, 1, ?, '', '', 'Old', '', 'E', 5, 5, 5, ?, 2, 'summary')",
                (number, f"guid-{number}", number),
            )
            old.connection.execute(
                "INSERT INTO revision (id, article_id, number, title, text, blocks, links, hash, created)"
                " VALUES (?, ?, 1, 'Old', 'Old text', '[]', '[]', 'h', 5)",
                (number, number),
            )  # fmt: skip
    with closing(Store(path)) as store:
        assert store._value("PRAGMA user_version") == len(MIGRATIONS)
        assert store._rows("SELECT source, text FROM revision") == [("feed", "Old text")] * 2
        assert store._rows("SELECT count(*) FROM page") == [(0,)]
        poll(store, 7)
        assert store._rows("SELECT source FROM revision WHERE article_id = 3") == [("feed",)]
        article = store.article(1)
        assert article is not None
        assert article.body.text == "Old text"
    with closing(sqlite3.connect(tmp_path / f"briefing.db.v{VERSION - 1}.bak")) as backup:
        assert backup.execute("SELECT count(*) FROM article").fetchone() == (2,)
        assert backup.execute("SELECT count(*) FROM sqlite_master WHERE name = 'page'").fetchone() == (0,)


LONG = "Orion raised $90 million for robots in Oslo. " * 20
FULL = PageState(
    "full", asked=NOW + 10, url="https://news.example/1", host="news.example", text_hash="a", extractor="trafilatura 2"
)
FAILED = PageState("failed", "network", "cannot be reached", asked=NOW + 10, tries=1, due=NOW + 600)


def page_text(text: str = LONG, **values: object) -> PageText:
    return PageText(Text(text.strip(), (Block("paragraph", 0, len(text.strip())),)), **values)


def shown(store: Store, id: int = 1) -> Article:
    article = store.article(id)
    assert article is not None
    return article


def bring(store: Store, changed: Entry, now: int = NOW + 100) -> None:
    """The feed lists entry 1 as `changed`: it is stored only when it differs, as a poll does."""
    from reader.ingest.identity import match

    found = match([changed], store.known(FEED.url))
    assert not found.new
    store.save_poll(FEED, FeedState(FEED.url), changed=found.changed, seen=found.seen, now=now)


def is_updated(store: Store, id: int = 1) -> bool:
    return id in store.find(parse("is:updated"), now=NOW)


def search_is_true(store: Store) -> bool:
    store.connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    return True


def test_a_page_text_is_shown_and_the_feeds_text_is_kept(store: Store) -> None:
    poll(store, 1, 2)
    find_facts(store, store.without_facts(9))
    assert store.save_page(1, FULL, page_text(author="Other", language="en"), now=NOW + 10)
    article = shown(store)
    assert (article.body.text, article.completeness, article.words) == (LONG.strip(), "full", len(LONG.split()))
    assert (article.author, article.facts, article.revision, article.page) == ("Ada Bell", None, 1, "full")
    assert [one.article_id for one in store.without_facts(9)] == [1]
    assert store._rows("SELECT number, source FROM revision WHERE article_id = 1") == [(1, "feed"), (2, "page")]
    assert list(store.find(parse("oslo"), now=NOW)) == [1]
    assert not is_updated(store), "a full text is no update of the article"
    assert search_is_true(store)


def test_the_same_summary_does_not_flip_it_back(store: Store) -> None:
    poll(store, 1)
    store.save_page(1, FULL, page_text(), now=NOW + 10)
    for hour in range(3):
        bring(store, entry(1), now=NOW + 3600 * hour)
    assert shown(store).body.text == LONG.strip()
    assert store._value("SELECT count(*) FROM revision") == 2
    assert not is_updated(store)
    assert store.due_pages([FEED.url], [], now=NOW + 10**9, limit=9) == []


def test_a_changed_summary_keeps_the_page_text_and_asks_for_the_page_again(store: Store) -> None:
    poll(store, 1)
    store.save_page(1, FULL, page_text(), now=NOW + 10)
    find_facts(store, store.without_facts(9))
    changed = entry(1, text="Orion raised $95 million, it says now.")
    bring(store, changed)
    assert shown(store).body.text == LONG.strip()
    assert shown(store).facts is not None, "the text is the same, and so are its facts"
    assert is_updated(store)
    assert store._rows("SELECT source, text FROM revision ORDER BY number")[-1] == ("feed", changed.body.text)
    assert store.due_pages([FEED.url], [], now=NOW + 100, limit=9) == [1]
    bring(store, changed)
    assert store._value("SELECT count(*) FROM revision") == 3, "the same change again is none"
    newer = LONG.replace("$90", "$95")
    store.save_page(1, replace(FULL, asked=NOW + 200), page_text(newer), now=NOW + 200)
    assert shown(store).body.text == newer.strip()
    assert shown(store).revision == 2, "one change is one update"
    assert store.layers_before(1) is not None
    assert store.layers_before(1)[1] == LONG.strip(), "compared is page with page"


def test_a_changed_headline_is_shown_at_once_above_the_page_text(store: Store) -> None:
    poll(store, 1)
    store.save_page(1, FULL, page_text(), now=NOW + 10)
    bring(store, entry(1, title="Orion raises $95 million"))
    assert (shown(store).title, shown(store).body.text) == ("Orion raises $95 million", LONG.strip())
    assert [row.title for row in store.rows([1])] == ["Orion raises $95 million"]
    assert list(store.find(parse("title:raises"), now=NOW)) == [1]
    assert search_is_true(store)


def test_a_feed_that_gives_more_than_the_page_takes_its_place(store: Store) -> None:
    poll(store, 1)
    store.save_page(1, FULL, page_text(), now=NOW + 10)
    richer = replace(entry(1, text=LONG + "And there is more to tell."), completeness="full")
    bring(store, richer)
    assert shown(store).body.text == richer.body.text
    assert not store.save_page(1, FULL, page_text(), now=NOW + 300), "a page with less does not take it back"
    assert shown(store).body.text == richer.body.text


@pytest.mark.parametrize("text", ["", "Short.", LONG[:200]])
def test_a_page_text_that_is_only_a_part_of_the_one_before_is_not_taken(store: Store, text: str) -> None:
    poll(store, 1)
    store.save_page(1, FULL, page_text(), now=NOW + 10)
    assert not store.save_page(1, FULL, page_text(text), now=NOW + 300)
    assert shown(store).body.text == LONG.strip()


def test_a_withdrawn_page_text_gives_the_feeds_text_back(store: Store) -> None:
    store.save_poll(FEED, FeedState(FEED.url), [replace(entry(1), completeness="headline")], now=NOW)
    store.save_page(1, FULL, page_text(), now=NOW + 10)
    store.withdraw_page(1, replace(FAILED, kind="repeated"), now=NOW + 20)
    article = shown(store)
    assert (article.body.text, article.completeness) == (entry(1).body.text, "headline")
    assert (article.page, article.page_reason, article.facts) == ("failed", "cannot be reached", None)
    assert article.words == len(entry(1).body.text.split())
    bring(store, entry(1))
    assert store._value("SELECT count(*) FROM revision") == 2
    assert search_is_true(store)


def test_a_page_fills_what_the_feed_left_open(store: Store) -> None:
    bare = replace(entry(1), author="", published=None, language="")
    store.save_poll(FEED, FeedState(FEED.url), [bare], now=NOW)
    store.save_page(1, FULL, page_text(author="Eve Moss", published=NOW - 7200, language="de"), now=NOW + 10)
    assert (shown(store).author, shown(store).published) == ("Eve Moss", NOW - 7200)
    assert list(store.find(parse("lang:de"), now=NOW)) == [1]


def test_which_pages_are_wanted(store: Store) -> None:
    poll(store, 1, 2, 3, 4, 5)
    ids = {number: next(k.id for k in store.known(FEED.url) if k.guid == f"guid-{number}") for number in range(1, 6)}
    for number, sets in ((1, {"starred": 1}), (2, {"later": 1}), (3, {"read": 1})):
        store.mark([ids[number]], sets, verb="x", label=str, now=NOW)
    store.save_page(ids[4], FAILED, now=NOW)
    kept, every = [ids[1], ids[2]], {ids[number] for number in (1, 2, 5)}
    assert store.due_pages([FEED.url], [], now=NOW, limit=9) == kept
    assert set(store.due_pages([], [FEED.url], now=NOW, limit=9)) == every
    assert store.due_pages([], [], now=NOW, limit=9) == []
    assert set(store.due_pages([FEED.url], [], now=NOW + 600, limit=9)) == {*kept, ids[4]}, (
        "a failed one when it is due"
    )
    assert set(store.pack_pages([FEED.url], asked_before=NOW)) == every
    assert set(store.pack_pages([FEED.url], asked_before=NOW + 11)) == {*every, ids[4]}
    store.save_page(ids[5], PageState("paywalled", "paywall", "", NOW), now=NOW)
    assert ids[5] not in store.pack_pages([FEED.url], asked_before=NOW + 11)
    store.want_page(ids[5], now=NOW)
    assert ids[5] in store.due_pages([FEED.url], [], now=NOW, limit=9)
    assert store.pack_states() == {"summary": 2, "failed": 1, "paywalled": 1}
    assert list(store.find(parse("is:failed"), now=NOW)) == [ids[4]]
    assert list(store.find(parse("is:paywalled"), now=NOW)) == [ids[5]]


def test_what_is_known_of_a_page_comes_back(store: Store) -> None:
    poll(store, 1)
    store.save_page(1, FAILED, now=NOW)
    assert store.page_addresses([99, 1]) == [(1, FEED.url, entry(1).url)]
    (job,) = store.page_jobs([1, 99])
    assert (job.page, job.text, job.has_page_text, job.title) == (FAILED, entry(1).body.text, False, "Story 1")
    store.save_page(1, FULL, page_text(), now=NOW)
    (job,) = store.page_jobs([1])
    assert (job.page, job.text, job.has_page_text) == (FULL, entry(1).body.text, True)
    assert [one.id for one in store.same_text("news.example", "a")] == [1]
    assert store.same_text("news.example", "") == []


def test_hosts_and_their_rules_are_remembered_for_a_time(store: Store) -> None:
    store.save_robots("https://news.example", "User-agent: *", until=NOW + 10)
    assert store.robots("https://news.example", now=NOW) == "User-agent: *"
    assert store.robots("https://news.example", now=NOW + 10) is None
    store.hold_host("news.example", NOW + 60, 2)
    assert store.held_hosts() == {"news.example": (NOW + 60, 2)}
    store.hold_host("news.example", 0, 0)
    assert store.held_hosts() == {}
