"""Retention: only what may go loses its text, and nothing that was read ever comes back as unread."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polled import FEED, NOW, entry, poll, python

from reader.factfinder import find_facts
from reader.ingest.entries import Document
from reader.ingest.pipeline import store_document
from reader.model import Entry, FeedState
from reader.store import Store
from reader.store.retention import DAY, Rules, announce, announced, drop_texts, free_bytes, outlook, shrink
from reader.storykeeper import keep_stories


def long(n: int) -> str:
    """A text that shares no words with the others but those of its first sentence."""
    return f"Firm{n} raised ${n} million from investors, Firm{n} said. " + " ".join(f"word{n}x{i}" for i in range(300))


RULES = Rules(days=30)
LATER = NOW + 40 * DAY


@pytest.fixture
def filled(store: Store) -> Store:
    """Twelve articles of forty days ago, each a story, with facts; the first eight read twenty days ago."""
    for n in range(1, 13):
        poll_of(store, [replace(entry(n, f"Topic{n}a topic{n}b topic{n}c", long(n)), body=body(long(n)))])
    settle(store)
    mark(store, range(1, 9), "read", now=NOW + 20 * DAY)
    return store


def body(text: str):  # type: ignore[no-untyped-def]
    return entry(1, text=text).body


def poll_of(store: Store, entries: list[Entry], now: int = NOW) -> None:
    store.save_poll(FEED, FeedState(FEED.url), entries, now=now)


def settle(store: Store) -> None:
    """Find the facts and stories of all that is stored."""
    find_facts(store, store.without_facts(1000))
    keep_stories(store)


def mark(store: Store, ids: range | list[int], field: str, *, now: int = NOW) -> None:
    store.mark(list(ids), {field: 1}, verb=field, label=str, now=now)


def prune(store: Store, rules: Rules = RULES, *, now: int = LATER) -> int:
    dropped = sum(drop_texts(store, outlook(store, rules, now=now).ids))
    keep_stories(store)
    return dropped


def texts(store: Store) -> dict[int, str]:
    return dict(store.connection.execute("SELECT id, text FROM article_text"))


def with_text(store: Store) -> set[int]:
    return {id for id, text in texts(store).items() if text}


def assert_sound(store: Store) -> None:
    store.connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("fact", "facts", "promise"):
        sql = (
            f"SELECT count(*) FROM {table} WHERE article_id IN (SELECT id FROM article WHERE completeness = 'dropped')"
        )
        assert store.connection.execute(sql).fetchone() == (0,)


def test_read_texts_go_and_everything_else_stays(filled: Store) -> None:
    before = filled.connection.execute(
        "SELECT id, guid, title, url, read, published, first_seen, story_id FROM article"
    ).fetchall()
    assert prune(filled) == 8
    assert with_text(filled) == {9, 10, 11, 12}
    after = filled.connection.execute(
        "SELECT id, guid, title, url, read, published, first_seen, story_id FROM article"
    ).fetchall()
    assert after == before
    assert_sound(filled)
    assert list(filled.find(None, now=LATER)) == [row[0] for row in before]
    found = filled.article(1)
    assert found is not None
    assert (found.completeness, found.words, found.body.text, found.facts) == ("dropped", 0, "", None)


def test_titles_can_still_be_sought_and_texts_not(filled: Store) -> None:
    def hits(word: str) -> list[tuple[int]]:
        return filled.connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (word,)).fetchall()

    prune(filled)
    assert hits("topic1a") == [(1,)]
    assert hits("investors") == [(9,), (10,), (11,), (12,)]


@pytest.mark.parametrize("field", ["starred", "later"])
def test_marked_articles_keep_their_texts(filled: Store, field: str) -> None:
    mark(filled, [3], field)
    assert prune(filled) == 7
    assert 3 in with_text(filled)


def test_tagged_articles_keep_their_texts(filled: Store) -> None:
    filled.mark([4], {"tag:chips": 1}, verb="tag", label=str, now=NOW)
    assert prune(filled) == 7
    assert 4 in with_text(filled)


def test_unread_articles_go_only_by_a_rule_of_their_own(filled: Store) -> None:
    assert prune(filled, Rules(days=7)) == 8
    assert prune(filled, Rules(unread_days=50)) == 0
    assert prune(filled, Rules(unread_days=30)) == 4
    assert filled.count("unread") == 4


def test_an_unread_article_without_a_text_has_nothing_new_to_tell(filled: Store) -> None:
    def novel() -> list[int]:
        return [row[0] for row in filled.connection.execute("SELECT novel FROM story WHERE id > 8 ORDER BY id")]

    assert min(novel()) > 0
    prune(filled, Rules(unread_days=30))
    assert novel() == [0, 0, 0, 0]
    prune(filled)
    assert filled.connection.execute("SELECT count(DISTINCT article_id) FROM told").fetchone() == (8,)


def test_what_was_touched_of_late_keeps_its_text(filled: Store) -> None:
    mark(filled, [9, 10], "read", now=LATER - 3 * DAY)
    assert prune(filled) == 8
    assert prune(filled, now=LATER + 5 * DAY) == 2


def test_a_story_goes_as_a_whole_or_not_at_all(filled: Store) -> None:
    filled.merge_stories(1, 9, now=NOW)
    filled.merge_stories(2, 3, now=NOW)
    assert prune(filled) == 7
    assert with_text(filled) == {1, 9, 10, 11, 12}


def test_the_newest_are_kept_by_number(store: Store) -> None:
    for n in range(1, 6):
        poll_of(store, [entry(n, f"Topic{n}a topic{n}b topic{n}c")], now=NOW + n)
    settle(store)
    mark(store, range(1, 6), "read")
    assert prune(store, Rules(articles=3)) == 2
    assert with_text(store) == {3, 4, 5}
    assert prune(store, Rules(articles=3)) == 0


def test_the_outlook_tells_what_will_go_and_changes_nothing(filled: Store) -> None:
    mark(filled, [1], "starred")
    before = filled.connection.total_changes
    found = outlook(filled, Rules(days=30, unread_days=30), now=LATER)
    assert filled.connection.total_changes == before
    assert (len(found.ids), found.unread, found.spared) == (11, 4, 1)
    assert found.bytes > 11 * len(long(1))
    assert sum(drop_texts(filled, found.ids)) == 11
    assert outlook(filled, Rules(days=30, unread_days=30), now=LATER).ids == ()


def test_a_mark_between_choice_and_dropping_counts(filled: Store) -> None:
    found = outlook(filled, RULES, now=LATER)
    mark(filled, [1, 2], "starred")
    assert sum(drop_texts(filled, found.ids)) == 6
    assert {1, 2} <= with_text(filled)


def test_what_was_read_still_counts_for_what_is_new_elsewhere(filled: Store) -> None:
    seen = filled.connection.execute("SELECT key FROM known WHERE seen = 1 ORDER BY key").fetchall()
    assert seen
    prune(filled)
    mark(filled, [9], "read", now=LATER)
    filled.undo()
    keep_stories(filled)
    assert filled.connection.execute("SELECT key FROM known WHERE seen = 1 ORDER BY key").fetchall() == seen


def test_undo_of_a_mark_of_before_is_harmless(filled: Store) -> None:
    prune(filled)
    assert filled.undo() is not None
    assert filled.count("unread") == 12
    assert filled.redo() is not None
    assert_sound(filled)


def test_a_changed_entry_brings_its_text_back_as_read(filled: Store) -> None:
    prune(filled)
    new = replace(entry(1, "Topic1a topic1b topic1c, corrected", "Orion raised $9 million after all."), updated=LATER)
    store_document(filled, FEED, FeedState(FEED.url), Document("feed", entries=(new,)), now=LATER)
    settle(filled)
    found = filled.article(1)
    assert found is not None
    assert (found.read, found.body.text, found.completeness) == (True, "Orion raised $9 million after all.", "summary")
    assert_sound(filled)
    assert prune(filled, now=LATER + 8 * DAY) == 1
    assert_sound(filled)


def test_facts_are_not_found_anew_where_there_is_no_text(filled: Store) -> None:
    from reader.store.rebuild import forget_facts

    prune(filled)
    forget_facts(filled)
    assert filled.count_without_facts() == 4


def test_a_crash_between_two_batches_leaves_a_sound_store(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.store.retention.AT_ONCE", 3)
    found = outlook(filled, RULES, now=LATER)
    steps = drop_texts(filled, found.ids)
    assert next(steps) == 3
    steps.close()
    assert_sound(filled)
    assert prune(filled) == 5
    assert_sound(filled)


def test_a_killed_run_leaves_whole_batches(filled: Store) -> None:
    code = """
import os, signal, sys
from pathlib import Path
import reader.store.retention as retention
from reader.store import Store
retention.AT_ONCE = 2
store = Store(Path(sys.argv[1]))
batches = []
def traced(sql):
    batches.extend([1] * sql.startswith("DELETE FROM promise"))
    if len(batches) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
store.connection.set_trace_callback(traced)
list(retention.drop_texts(store, range(1, 9)))
"""
    assert python(code, filled.path).returncode == -9
    assert with_text(filled) == set(range(5, 13))
    assert_sound(filled)


@pytest.mark.parametrize("words", [300, 3000])
def test_the_room_of_texts_is_free_again_and_the_file_gives_it_back(store: Store, words: int) -> None:
    text = " ".join(f"word{n}" for n in range(words))
    for n in range(1, 200):
        poll_of(store, [replace(entry(n, f"Topic{n}a topic{n}b topic{n}c"), body=body(f"{n} {text}"))])
    settle(store)
    mark(store, range(1, 200), "read")
    found = outlook(store, RULES, now=LATER)
    assert prune(store) == 199
    assert free_bytes(store) > found.bytes * 2 / 3
    before, after = shrink(store)
    assert after < before * 2 / 3
    assert free_bytes(store) == 0
    assert_sound(store)


def test_rules_are_announced_once_each(store: Store) -> None:
    assert not announced(store, RULES)
    announce(store, RULES, now=NOW)
    assert announced(store, RULES)
    assert not announced(store, Rules(days=60))
    announce(store, Rules(days=60), now=NOW)
    assert not announced(store, RULES)


# ---- replays: a feed over two years, read, pruned, and made anew in every way that feeds are ----

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["same", "new guids", "new links", "issued anew", "empty", "revised", "shorter", "reordered"]),
        st.integers(0, 4),  # further entries
        st.integers(1, 120),  # days until the next document
        st.booleans(),  # whether retention runs
    ),
    min_size=4,
    max_size=12,
)
WORDS = ("Orion", "raises", "funding", "for", "chips", "number")


class Publisher:
    """A feed as its publisher makes it: what it lists, and under which ids and links."""

    def __init__(self) -> None:
        self.made: list[int] = []
        self.dates: dict[int, int] = {}
        self.guids = self.links = self.texts = 0

    def document(self, what: str, further: int, now: int) -> Document:
        """The next document."""
        self.guids += what in ("new guids", "issued anew")
        self.links += what in ("new links", "issued anew")
        self.texts += what == "revised"
        for _ in range(further):
            self.made.append(len(self.made) + 1)
            self.dates[self.made[-1]] = now - 60 * self.made[-1]
        listed = {"empty": [], "shorter": self.made[-3:], "reordered": self.made[::-1]}.get(what, self.made)
        entries = tuple(self._entry(n) for n in listed)
        return Document("feed", entries=entries, total=len(entries))

    def _entry(self, n: int) -> Entry:
        url = f"https://news.example/{self.links}/{n}"
        title = " ".join((*WORDS, f"n{n}x", f"m{n}y"))
        made = entry(n, title, f"Orion raised ${n} million, text {self.texts}.")
        return replace(
            made, guid=f"g{self.guids}-{n}", url=url, canonical=url, published=self.dates[n],
            content_hash=f"{title}|{self.texts}",
        )  # fmt: skip


@contextmanager
def a_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "briefing.db")
        yield store
        store.close()


@settings(max_examples=40)
@given(STEPS)
def test_nothing_that_was_read_comes_back_unread(steps: list[tuple[str, int, int, bool]]) -> None:
    publisher, now, ever = Publisher(), NOW, set()
    with a_store() as store:
        for what, further, days, pruned in steps:
            document = publisher.document(what, further, now)
            store_document(store, FEED, FeedState(FEED.url), document, now=now)
            unread = {row.title for row in store.rows(store.ids("unread"))}
            assert not unread & ever, (what, unread & ever)
            settle(store)
            mark(store, list(store.ids("unread")), "read", now=now)
            ever |= {e.title for e in document.entries}
            now += days * DAY
            if pruned:
                prune(store, Rules(days=7), now=now)
                assert_sound(store)
        assert {row.title for row in store.rows(store.ids())} == ever
        assert store.connection.execute("SELECT count(DISTINCT title) = count(*) FROM article").fetchone() == (1,)


def test_a_feed_made_anew_after_thirty_empty_days_brings_nothing_back(store: Store) -> None:
    publisher, now = Publisher(), NOW
    store_document(store, FEED, FeedState(FEED.url), publisher.document("same", 8, now), now=now)
    settle(store)
    mark(store, list(store.ids("unread")), "read", now=now)
    for day in range(1, 31):
        now = NOW + day * DAY
        store_document(store, FEED, FeedState(FEED.url), publisher.document("empty", 0, now), now=now)
    assert prune(store, Rules(days=7), now=now) == 8
    store_document(store, FEED, FeedState(FEED.url), publisher.document("issued anew", 0, now), now=now)
    assert (store.count("unread"), store.count("all")) == (0, 8)
    store_document(store, FEED, FeedState(FEED.url), publisher.document("same", 2, now), now=now)
    assert (store.count("unread"), store.count("all")) == (2, 10)
    poll(store, now=now)
