"""What one poll writes: all of it or nothing, earlier texts kept, and nothing at all where nothing changed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from polled import FEED, NOW, entry, poll, python

from reader.factfinder import find_facts
from reader.insight import facts_from_dict
from reader.model import Entry, Feed, FeedState
from reader.store import Store
from reader.store.polls import SEEN_AGAIN

LAB = Feed("https://lab.example/blog", "Lab notes", "Lab", group="labs")


def contents(store: Store, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    names = tables or ("feed", "article", "revision", "alias", "facts", "fact", "tag", "journal", "change")
    return {name: store.connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}


def assert_search_is_true(store: Store) -> None:
    """The search index holds exactly what the newest revisions say (fts5 compares both with rank 1)."""
    store.connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")


def matches(store: Store, words: str) -> list[int]:
    return [
        row[0] for row in store.connection.execute("SELECT rowid FROM search WHERE search MATCH ? ORDER BY 1", (words,))
    ]


def revise(store: Store, id: int, to: Entry, *, now: int = NOW + 60) -> None:
    store.save_poll(FEED, FeedState(FEED.url), changed=[(id, to)], now=now)


def test_articles_are_as_the_entries_were(store: Store) -> None:
    one = replace(entry(1), updated=NOW - 30, language="en", completeness="full")
    store.save_poll(FEED, FeedState(FEED.url), [one], now=NOW)
    article = store.article(1)
    assert article is not None
    assert (article.feed_url, article.feed_title, article.outlet) == (FEED.url, FEED.title, FEED.outlet)
    assert (article.url, article.title, article.author) == (one.url, one.title, one.author)
    assert (article.published, article.updated, article.fetched) == (one.published, one.updated, NOW)
    assert (article.body, article.completeness, article.words) == (one.body, "full", len(one.body.text.split()))
    assert (article.revision, article.facts) == (1, None)
    assert (article.read, article.starred, article.later, article.done, article.sample) == (False,) * 5


@pytest.mark.parametrize(("published", "sorted_at"), [(None, NOW), (NOW + 9999, NOW), (NOW - 5, NOW - 5)])
def test_no_article_sorts_ahead_of_the_moment_it_came(store: Store, published: int | None, sorted_at: int) -> None:
    store.save_poll(FEED, FeedState(FEED.url), [replace(entry(1), published=published)], now=NOW)
    article = store.article(1)
    assert article is not None
    assert article.published == sorted_at


def test_articles_of_two_feeds_may_share_a_guid(store: Store) -> None:
    poll(store, 1)
    poll(store, 1, feed=LAB)
    assert (
        [known.guid for known in store.known(FEED.url)] == [known.guid for known in store.known(LAB.url)] == ["guid-1"]
    )
    assert list(store.ids()) == [2, 1]


def test_imported_as_read_and_as_sample(store: Store) -> None:
    store.save_poll(FEED, FeedState(FEED.url), old=[entry(1)], now=NOW, sample=True)
    article = store.article(1)
    assert article is not None
    assert (article.read, article.sample) == (True, True)


def test_what_is_known_of_a_feed_is_what_the_polls_brought(store: Store) -> None:
    poll(store, 1, 2)
    poll(store, 3, feed=LAB)
    store.save_poll(
        FEED, FeedState(FEED.url), aliases=[(1, "other"), (1, "two\nlines, 'quoted'"), (1, "other")], now=NOW + 9
    )
    one, two = sorted(store.known(FEED.url), key=lambda known: known.id)
    assert (one.guid, one.canonical, one.title) == ("guid-1", "https://news.example/1", "Story 1")
    assert (one.content_hash, one.published, one.first_seen, one.revision) == (
        entry(1).content_hash,
        NOW - 3600,
        NOW,
        1,
    )
    assert sorted(one.aliases) == ["other", "two\nlines, 'quoted'"]
    assert two.aliases == ()
    assert store.known("https://unknown.example/") == []


def test_states_come_back_as_they_were_saved(store: Store) -> None:
    state = FeedState(
        FEED.url, 'W/"tag"', "Thu, 09 Apr 2026 12:00:00 GMT", "hash", NOW, NOW - 1, NOW + 3600, 2, "it said 503", 503, NOW + 60,
        "https://new.example/", '{"entries": 3}', b"\x00\xff\x10",
    )  # fmt: skip
    store.save_poll(FEED, state, now=NOW)
    assert store.feed_state(FEED.url) == state
    assert store.feed_states() == {FEED.url: state}
    assert store.feed_state(LAB.url) is None


def test_a_renamed_feed_keeps_its_articles(store: Store) -> None:
    poll(store, 1)
    store.save_poll(replace(FEED, title="New name", group="wires"), FeedState(FEED.url), now=NOW)
    article = store.article(1)
    assert article is not None
    assert article.feed_title == "New name"
    assert store.connection.execute("SELECT count(*) FROM feed").fetchone() == (1,)


def test_a_revision_replaces_the_text_and_keeps_the_earlier_one(store: Store) -> None:
    poll(store, 1, 2)
    first = store.article(1)
    revise(store, 1, entry(1, "Story 1, corrected", "Orion raised $9 million, not $1 million."))
    article = store.article(1)
    assert first is not None
    assert article is not None
    assert (article.title, article.body.text) == ("Story 1, corrected", "Orion raised $9 million, not $1 million.")
    assert (article.revision, article.published, article.fetched) == (2, first.published, NOW)
    assert [(number, created, title) for number, created, title, _ in store.revisions(1)] == [
        (1, NOW, "Story 1"),
        (2, NOW + 60, "Story 1, corrected"),
    ]
    assert store.revisions(1)[0][3] == first.body.text
    assert [row.revision for row in store.rows([1, 2])] == [2, 1]
    assert store.revisions(2)[0][3] == entry(2).body.text


def test_state_and_tags_survive_a_revision(store: Store) -> None:
    poll(store, 1)
    store.mark([1], {"starred": 1, "read": 1, "tag:funding": 1}, verb="x", label=str, now=NOW)
    revise(store, 1, entry(1, text="Another text."))
    (row,) = store.rows([1])
    assert (row.starred, row.read, row.tags) == (True, True, ("funding",))


def test_spans_of_an_earlier_revision_stay_true(store: Store) -> None:
    poll(store, 1)
    find_facts(store, store.without_facts(9))
    revise(store, 1, entry(1, text="Now Orion has raised $77 billion, it said."))
    assert store.rows([1])[0].facts == -1
    find_facts(store, store.without_facts(9))
    kept = store.connection.execute(
        "SELECT text, layers FROM facts JOIN revision ON revision.id = facts.revision_id ORDER BY number"
    ).fetchall()
    amounts = []
    for text, layers in kept:
        figures = facts_from_dict(json.loads(zlib.decompress(layers))).figures
        amounts.append([text[figure.start : figure.end] for figure in figures if figure.kind == "money"])
    assert amounts == [["$1 million"], ["$77 billion"]]
    assert [row[0] for row in store.connection.execute("SELECT text FROM fact WHERE kind = 'figure'")] == [
        "$77 billion"
    ]


def test_facts_of_a_text_that_was_replaced_meanwhile_are_not_kept(store: Store) -> None:
    poll(store, 1)
    unread = store.without_facts(9)
    revise(store, 1, entry(1, text="Another text."))
    find_facts(store, unread)
    assert store.count_without_facts() == 1
    assert contents(store, "facts", "fact") == {"facts": [], "fact": []}


def test_search_follows_each_revision(store: Store) -> None:
    poll(store, *range(1, 40))
    assert_search_is_true(store)
    for number in range(1, 40, 3):
        revise(store, number, entry(number, f"Zanzibar {number}", f"Aardvark {number} instead."))
        revise(store, number, entry(number, f"Quokka {number}", f"Numbat {number} instead."))
    assert_search_is_true(store)
    assert matches(store, "aardvark OR zanzibar") == []
    assert matches(store, "numbat AND quokka") == list(range(1, 40, 3))
    assert matches(store, "title : story") == [n for n in range(1, 40) if n % 3 != 1]


def test_search_finds_a_forgotten_row(store: Store) -> None:
    """The check above can fail: an index that lags is seen."""
    poll(store, 1)
    store.connection.execute("UPDATE revision SET text = 'changed behind the index'")
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        assert_search_is_true(store)


def test_a_poll_without_change_writes_the_feed_and_nothing_else(store: Store) -> None:
    poll(store, 1, 2, 3)
    before, changes = contents(store), store.connection.total_changes
    store.save_poll(FEED, FeedState(FEED.url, checked=NOW + 60), now=NOW + 60)
    after = contents(store)
    assert store.connection.total_changes - changes == 1
    assert after.pop("feed") != before.pop("feed")
    assert after == before


def test_reading_writes_nothing(store: Store) -> None:
    poll(store, 1, 2, 3)
    other = Store(store.path)
    version, changes = other.data_version(), store.connection.total_changes
    store.ids("inbox"), store.rows([1, 2]), store.article(1), store.counts(), store.known(FEED.url), store.feed_states()
    store.first_rows("unread", 2), store.without_facts(3), store.revisions(1)
    assert store.connection.total_changes == changes
    assert other.data_version() == version
    poll(store, 4)
    assert other.data_version() != version
    other.close()


def test_seen_articles_are_dated_once_a_day_and_left_alone(store: Store) -> None:
    poll(store, 1, 2)
    store.save_poll(FEED, FeedState(FEED.url), seen=[2], now=NOW + SEEN_AGAIN - 1)
    assert store.connection.execute("SELECT last_seen FROM article ORDER BY id").fetchall() == [(NOW,), (NOW,)]
    later = NOW + SEEN_AGAIN
    store.save_poll(FEED, FeedState(FEED.url), seen=[2], now=later)
    assert store.connection.execute("SELECT last_seen FROM article ORDER BY id").fetchall() == [(NOW,), (later,)]
    assert [row.revision for row in store.rows([1, 2])] == [1, 1]


def test_a_poll_that_fails_half_way_leaves_nothing(store: Store) -> None:
    poll(store, 1, etag="one")
    before = contents(store)
    with pytest.raises(sqlite3.IntegrityError):
        store.save_poll(FEED, FeedState(FEED.url, etag="two"), [entry(2), entry(2)], now=NOW)
    with pytest.raises(ZeroDivisionError):
        store.save_poll(
            FEED, FeedState(FEED.url, etag="two"), [entry(2)], aliases=((1, str(1 // 0)) for _ in "x"), now=NOW
        )
    assert contents(store) == before
    assert_search_is_true(store)


POLLER = """
import sys
import zlib
from pathlib import Path
from polled import FEED, NOW, entry
from reader.model import FeedState
from reader.store import Store

store = Store(Path(sys.argv[1]))
batch = int(sys.argv[2])
while True:
    first = 1 + 50 * batch
    changed = [(number, entry(number, f"Story {number} in batch {batch}")) for number in range(1, 50 * batch, 7)]
    store.save_poll(FEED, FeedState(FEED.url, etag=str(batch)), [entry(n) for n in range(first, first + 50)], changed, now=NOW)
    print(batch, flush=True)
    batch += 1
"""


@pytest.mark.parametrize("delay", [0.0, 0.004, 0.011, 0.023, 0.042, 0.061])
def test_killed_in_the_middle_every_batch_is_whole_and_no_validator_is_ahead(tmp_path: Path, delay: float) -> None:
    path = tmp_path / "briefing.db"
    Store(path).close()
    child = subprocess.Popen(
        [sys.executable, "-c", POLLER, str(path), "0"], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    assert child.stdout is not None
    said = [child.stdout.readline(), child.stdout.readline()]
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(delay or 0.0001)
    os.kill(child.pid, signal.SIGKILL)
    said += child.stdout.read().splitlines()
    child.stdout.close()
    child.wait()
    acknowledged = len([line for line in said if line.strip()])

    store = Store(path)
    count = len(store.ids())
    state = store.feed_state(FEED.url)
    assert state is not None
    assert count % 50 == 0
    assert count // 50 >= acknowledged
    assert state.etag == str(count // 50 - 1)
    titles = dict(store.connection.execute("SELECT id, title FROM article"))
    last = count // 50 - 1
    assert all(titles[number] == f"Story {number} in batch {last}" for number in range(1, 50 * last, 7))
    assert_search_is_true(store)
    assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    poll_again = python(POLLER.replace("while True:", "for _ in range(1):"), path, last + 1)
    assert poll_again.stdout == f"{last + 1}\n", poll_again.stderr
    store.close()
