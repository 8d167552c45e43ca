"""What is told of feeds: when one is quiet, what is offered for one in trouble, feeds that moved, and what may be missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polled import FEED, NOW, entry, poll

from reader.ingest import memory
from reader.model import Feed, FeedState
from reader.sources import (
    DAY,
    QUIET_LEAST,
    UNKNOWN_GAP,
    Source,
    follow_moves,
    quiet_since,
    revive,
    separate,
    sources,
    suggestions,
    usual_gap,
)
from reader.store import Store

HOUR = 3600


def every(gap: int, number: int = 20, *, newest: int = NOW) -> list[int]:
    return [newest - gap * n for n in range(number)]


@pytest.mark.parametrize(
    ("times", "days", "quiet"),
    [
        ([], 400, False),
        (every(HOUR), 6, False),  # an hourly wire over a long weekend
        (every(HOUR), 8, True),
        (every(DAY), 6, False),
        (every(DAY), 8, True),
        (every(7 * DAY), 34, False),
        (every(7 * DAY), 36, True),
        (every(30 * DAY, 12), 149, False),
        (every(30 * DAY, 12), 151, True),
        (every(DAY, 2), 149, False),  # too few entries to tell a gap
        (every(DAY, 2), 151, True),
        ([*every(DAY, 10), NOW - 3000 * DAY], 8, True),  # one entry of long ago says nothing
        (
            [t for month in range(4) for t in every(HOUR, 5, newest=NOW - 30 * DAY * month)],
            20,
            False,
        ),  # five at once, monthly
    ],
)
def test_a_feed_is_quiet_when_its_newest_entry_is_too_old_for_it(times: list[int], days: int, quiet: bool) -> None:
    found = quiet_since(times, NOW + days * DAY)
    assert found == (times[0] if quiet else None)


TIMES = st.lists(st.integers(0, NOW), max_size=20, unique=True).map(lambda found: sorted(found, reverse=True))


@given(TIMES, st.integers(NOW, NOW + 4000 * DAY), st.integers(0, 1000 * DAY))
def test_a_quiet_feed_stays_quiet_until_something_comes(times: list[int], asked: int, later: int) -> None:
    now = quiet_since(times, asked)
    if now is not None:
        assert asked - times[0] > QUIET_LEAST
        assert quiet_since(times, asked + later) == now
    if times:
        assert quiet_since([asked + later + 1, *times][:20], asked + later + 1) is None
        assert quiet_since(times, times[0] + QUIET_LEAST) is None


@given(TIMES, st.integers(1, 10**6))
def test_the_gap_does_not_depend_on_the_day(times: list[int], by: int) -> None:
    gap = usual_gap(times)
    assert usual_gap([t + by for t in times]) == gap
    assert quiet_since(times, NOW + by) == (
        None if (q := quiet_since([t - by for t in times], NOW)) is None else q + by
    )
    assert gap == UNKNOWN_GAP if len(times) < 4 else gap > 0


@pytest.mark.parametrize(
    ("state", "condition", "offer"),
    [
        ({}, "on", ""),
        ({"moved_to": "https://other.example/f"}, "moved", "move"),
        ({"failures": 1, "status": 403, "error": "no"}, "blocked", "revive"),
        ({"failures": 1, "status": 429, "error": "no"}, "busy", ""),
        ({"failures": 1, "status": 404, "error": "no"}, "missing", "revive"),
        ({"failures": 9, "status": 404, "error": "no", "due": memory.NEVER}, "paused", "revive"),
        ({"failures": 1, "status": 410, "error": "no", "due": memory.NEVER}, "gone", "revive"),
        ({"failures": 1, "status": 500, "error": "no"}, "failing", ""),
        ({"failures": 1, "status": 503, "memory": '{"trouble":"blocked"}'}, "blocked", "revive"),
        ({"failures": 1, "status": None, "error": "no answer"}, "failing", ""),
    ],
)
def test_conditions_and_offers(state: dict[str, object], condition: str, offer: str) -> None:
    source = Source(FEED, FeedState(FEED.url, **state))  # type: ignore[arg-type]
    assert (source.condition, source.offer) == (condition, offer)
    assert Source(replace(FEED, enabled=False), source.state).condition == "off"


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429])
def test_a_fallback_is_offered_before_anything_else(status: int) -> None:
    feed = replace(FEED, fallback="https://other.example/f")
    assert Source(feed, FeedState(FEED.url, failures=1, status=status)).offer == "fallback"
    assert Source(feed, FeedState(FEED.url, failures=1, status=500)).offer == ""


def test_sources_tell_what_the_store_knows(store: Store) -> None:
    other = Feed("https://lab.example/f", "Lab", "Lab")
    store.save_poll(FEED, FeedState(FEED.url, succeeded=NOW + 8 * DAY), [entry(n) for n in range(1, 9)], now=NOW)
    one, two = sources(store, [FEED, other])
    assert (one.condition, two.condition) == ("quiet", "new")
    assert one.trouble == "quiet since 9 Apr 2026: its entries usually come every hour"
    assert [source.condition for source in sources(None, [FEED])] == ["new"]


def test_a_filter_that_hides_the_newest_entries_does_not_make_a_feed_quiet(store: Store) -> None:
    newest = memory.remember(memory.Memory(newest=NOW + 7 * DAY))
    store.save_poll(
        FEED, FeedState(FEED.url, succeeded=NOW + 8 * DAY, memory=newest), [entry(n) for n in range(1, 9)], now=NOW
    )
    assert sources(store, [FEED])[0].condition == "on"


# ---- moving ----

NEW = Feed("https://new.example/feed", "Example News", "Example", moved_from=FEED.url)


def marks(store: Store) -> dict[str, int]:
    return dict(store.connection.execute("SELECT guid, read FROM article ORDER BY id").fetchall())


def test_articles_marks_and_state_follow_a_feed_to_its_new_address(store: Store) -> None:
    poll(store, 1, 2, 3, etag='"1"', moved_to=NEW.url, succeeded=NOW)
    store.mark([1], {"read": 1}, verb="read", label=str, now=NOW)
    id = store.connection.execute("SELECT id FROM feed").fetchone()
    assert follow_moves(store, [NEW], now=NOW) == 1
    assert follow_moves(store, [NEW], now=NOW) == 0
    state = store.feed_state(NEW.url)
    assert state is not None
    assert (state.etag, state.moved_to, state.due, state.succeeded) == (None, "", 0, NOW)
    assert store.connection.execute("SELECT id FROM feed").fetchall() == [id]
    assert {known.guid: known.read for known in store.known(NEW.url)} == {
        "guid-1": True,
        "guid-2": False,
        "guid-3": False,
    }


def test_a_move_goes_back(store: Store) -> None:
    poll(store, 1, 2)
    follow_moves(store, [NEW], now=NOW)
    follow_moves(store, [replace(FEED, moved_from=NEW.url)], now=NOW)
    assert set(store.feed_states()) == {FEED.url}
    assert len(store.known(FEED.url)) == 2


def test_two_feeds_that_become_one_share_what_was_read(store: Store) -> None:
    poll(store, 1, 2, 3)
    poll(store, 2, 4, feed=NEW)
    store.mark([1, 2, 3], {"read": 1}, verb="read", label=str, now=NOW)
    assert follow_moves(store, [NEW], now=NOW) == 1
    known = {one.guid: one.read for one in store.known(NEW.url)}
    assert known == {"guid-1": True, "guid-2": True, "guid-3": True, "guid-4": False}
    assert len(store.known(FEED.url)) == 1
    assert follow_moves(store, [NEW], now=NOW) == 0
    assert separate(store, FEED.url, NEW.url) == 2
    assert {one.guid for one in store.known(FEED.url)} == {"guid-1", "guid-2", "guid-3"}
    assert {one.guid for one in store.known(NEW.url)} == {"guid-2", "guid-4"}


def test_a_feed_without_a_former_address_is_left_alone(store: Store) -> None:
    poll(store, 1)
    before = store.feed_states()
    assert (
        follow_moves(store, [FEED, Feed("https://x.example/f", "x", "x", moved_from="https://y.example/f")], now=NOW)
        == 0
    )
    assert store.feed_states() == before


def test_a_revived_feed_is_asked_with_the_next_fetch(store: Store) -> None:
    poll(store, 1, failures=70, status=404, due=memory.NEVER, error="paused", memory='{"missing":5}')
    assert revive(store, FEED.url, now=NOW)
    state = store.feed_state(FEED.url)
    assert state is not None
    assert (state.due, state.failures, memory.recall(state).missing) == (NOW, 1, 0)
    assert not revive(store, "https://never.example/", now=NOW)


def test_a_revived_feed_still_keeps_the_silence_that_was_asked_for() -> None:
    assert memory.revived(FeedState(FEED.url, failures=2, held=NOW + 50), now=NOW).due == NOW + 50


# ---- suggestions ----

CHIPS = Feed("https://chips.example/f", "Chips", "Chip Daily", group="chips")
WIRE = Feed("https://wire.example/f", "Wire", "The Wire", group="press")
PLAIN = Feed("https://plain.example/f", "Plain", "Plain", group="press")


def test_what_is_missing_is_suggested_with_a_reason() -> None:
    found = suggestions([FEED, replace(WIRE, enabled=False)], [FEED, CHIPS, WIRE, PLAIN], {"the wire": 7, "plain": 2})
    assert [(one.feed.title, one.why, one.listed) for one in found] == [
        ("Wire", "7 stored articles name The Wire; you read none of its own", True),
        ("Chips", "no source on chips", False),
    ]
    assert [one.feed.title for one in suggestions([FEED], [FEED, CHIPS, WIRE, PLAIN], {}, group="press")] == [
        "Wire",
        "Plain",
    ]


def test_nothing_that_is_read_is_suggested() -> None:
    assert suggestions([FEED, CHIPS, WIRE, PLAIN], [CHIPS, WIRE, PLAIN], {"the wire": 99}) == []
    assert suggestions([FEED, replace(WIRE, url="https://wire.example/other")], [WIRE], {"the wire": 99}) == []
