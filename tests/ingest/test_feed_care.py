"""What a user says of a feed, from feeds.toml to the requests and the store; and feeds that move, refuse and die, from poll to remedy."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest
from conftest import NOW, Site, item, rss, send
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import Paths, add_feeds, load_feeds, move_feed
from reader.feedcare import FeedCare
from reader.ingest import states
from reader.ingest.entries import Document
from reader.ingest.pipeline import Report, run, store_document
from reader.ingest.pool import Pool
from reader.model import Entry, Feed, FeedState, Text
from reader.sources import follow_moves
from reader.store import Store

HOUR, DAY = 3600, 86400


@pytest.fixture
def care(tmp_path: Path, store: Store) -> FeedCare:
    """An empty configuration and a store."""
    (tmp_path / "config").mkdir()
    return FeedCare(Paths(tmp_path / "config", store.path, tmp_path), store)


def configured(care: FeedCare, *tables: str) -> tuple[Feed, ...]:
    care.paths.feeds_file.write_text("\n".join(f"[[feed]]\nlocal = true\n{table}" for table in tables))
    return load_feeds(care.paths)[0]


def poll(care: FeedCare, pool: Pool, now: int, *, only_due: bool = False) -> Report:
    assert care.store
    feeds = [feed for feed in care.feeds() if feed.enabled]
    return run(care.store, feeds, now=now, only_due=only_due, pool=pool, random=lambda: 0.0, gap=0.0)


def reads(care: FeedCare) -> dict[str, bool]:
    assert care.store
    return {row.title: row.read for row in care.store.rows(care.store.ids())}


def read_all(care: FeedCare) -> None:
    assert care.store
    care.store.mark(list(care.store.ids()), {"read": 1}, verb="read", label=str, now=NOW)


def test_every_option_of_a_feed_reaches_the_server_and_the_store(care: FeedCare, site: Site, pool: Pool) -> None:
    words = ("AI chip sells", "AI podcast airs", "Weather turns", "GPUs ship")
    site.feed("/f", rss(*(item(n, title=title) for n, title in enumerate(words, 1))))
    configured(
        care,
        f'url = "{site.url("/f")}"\ninterval = 180\ninclude = ["AI", "GPU"]\nexclude = ["podcast"]\nuser_agent = "Mine/1"',
    )
    poll(care, pool, NOW)
    assert set(reads(care)) == {"AI chip sells", "GPUs ship"}
    assert site.asked[0].headers["user-agent"] == "Mine/1"
    poll(care, pool, NOW + 2 * HOUR, only_due=True)
    assert len(site.asked) == 1
    poll(care, pool, NOW + 4 * HOUR, only_due=True)
    assert len(site.asked) == 2


def test_a_permanent_move_is_offered_taken_and_taken_back(care: FeedCare, site: Site, pool: Pool) -> None:
    site.feed("/new", rss(item(1), item(2)), ETag='"n"')
    site.routes["/old"] = (301, {"Location": "/new"}, b"")
    (feed,) = configured(care, f'url = "{site.url("/old")}"\ntitle = "Wire"')
    for number in range(states.MOVE_POLLS):
        poll(care, pool, NOW + number * HOUR)
    (source,) = care.sources()
    assert (source.condition, source.offer) == ("moved", "move")
    read_all(care)
    done = care.help(source, now=NOW)
    assert done
    assert done.undo
    asked = len(site.asked)
    assert poll(care, pool, NOW + DAY).new == 0
    assert site.paths()[asked:] == ["/new"]
    assert "if-none-match" not in site.asked[-1].headers
    assert set(reads(care).values()) == {True}
    assert [one.condition for one in care.sources()] != ["moved"]
    done.undo(care)
    assert [one.url for one in care.feeds()] == [feed.url]
    assert poll(care, pool, NOW + 2 * DAY).new == 0
    assert set(reads(care).values()) == {True}


def test_a_move_to_a_page_or_for_now_is_not_offered(care: FeedCare, site: Site, pool: Pool) -> None:
    site.feed("/new", rss(item(1)))
    site.routes["/page"] = (200, {"Content-Type": "text/html"}, b"<html><body>log in</body></html>")
    site.routes["/login"] = (301, {"Location": "/page"}, b"")
    site.routes["/now"] = (302, {"Location": "/new"}, b"")
    site.routes["/mixed"] = (301, {"Location": "/now"}, b"")
    configured(care, *(f'url = "{site.url(path)}"' for path in ("/login", "/now", "/mixed")))
    for number in range(states.MOVE_POLLS + 1):
        poll(care, pool, NOW + number * DAY)
    assert [source.offer for source in care.sources()] == ["", "", ""]


@pytest.mark.parametrize(
    ("status", "headers", "condition"),
    [
        (401, {}, "blocked"),
        (403, {}, "blocked"),
        (503, {"cf-mitigated": "challenge"}, "blocked"),
        (429, {"Retry-After": "600"}, "busy"),
        (404, {}, "missing"),
        (410, {}, "gone"),
    ],
)
def test_a_feed_that_refuses_offers_its_fallback(
    care: FeedCare, site: Site, pool: Pool, status: int, headers: dict[str, str], condition: str
) -> None:
    site.feed("/other", rss(item(1)))
    site.routes["/wire"] = (status, headers, b"")
    configured(care, f'url = "{site.url("/wire")}"\noutlet = "Wire"\nfallback = "{site.url("/other")}"')
    poll(care, pool, NOW)
    (source,) = care.sources()
    assert (source.condition, source.offer) == (condition, "fallback")
    assert source.trouble
    done = care.help(source, now=NOW)
    assert done
    assert done.undo
    assert poll(care, pool, NOW + DAY).new == 1
    assert care.sources()[0].condition == "off"
    done.undo(care)
    assert [feed.enabled for feed in care.feeds()] == [True, False]


def test_a_gone_feed_is_asked_once_and_again_when_it_is_revived(care: FeedCare, site: Site, pool: Pool) -> None:
    site.routes["/f"] = (410, {}, b"")
    configured(care, f'url = "{site.url("/f")}"')
    for day in range(5):
        poll(care, pool, NOW + day * DAY, only_due=True)
    assert len(site.asked) == 1
    site.feed("/f", rss(item(1)))
    assert care.help(care.sources()[0], now=NOW + 5 * DAY)
    assert poll(care, pool, NOW + 5 * DAY, only_due=True).new == 1
    assert care.sources()[0].offer == ""


def test_what_is_gone_or_paused_is_not_asked_by_a_refresh_but_by_name(care: FeedCare, site: Site, pool: Pool) -> None:
    """Rules 27 and 28."""
    site.routes["/gone"] = (410, {}, b"")
    feeds = configured(care, f'url = "{site.url("/gone")}"', f'url = "{site.url("/missing")}"')
    for day in (0, 20, 40, 62):
        poll(care, pool, NOW + day * DAY)
    assert site.paths().count("/gone") == 1
    assert sorted(source.condition for source in care.sources()) == ["gone", "paused"]
    asked = len(site.asked)
    for day in range(63, 66):
        assert poll(care, pool, NOW + day * DAY).feeds == 0
    assert len(site.asked) == asked
    assert care.store
    assert run(care.store, feeds, now=NOW + 70 * DAY, only_due=False, named=True, pool=pool, gap=0.0).feeds == 2


def test_a_revived_feed_keeps_the_silence_that_its_server_asked_for(care: FeedCare, site: Site, pool: Pool) -> None:
    site.routes["/f"] = (429, {"Retry-After": "7200"}, b"")
    (feed,) = configured(care, f'url = "{site.url("/f")}"')
    poll(care, pool, NOW)
    care.revive(feed, now=NOW + 60)
    poll(care, pool, NOW + HOUR, only_due=True)
    assert len(site.asked) == 1


def test_a_refresh_by_hand_is_conditional_and_a_forced_one_reads_anew(care: FeedCare, site: Site, pool: Pool) -> None:
    """Rule 8; what an option left out before comes with the forced one, and nothing comes twice."""
    url = site.feed(
        "/f", rss(item(1), item(2, title="Weather turns over the harbour")), ETag='"1"', Last_Modified="then"
    )
    configured(care, f'url = "{url}"\nexclude = ["weather"]')
    for number in range(3):
        assert poll(care, pool, NOW + number).new == int(not number)
    read_all(care)
    (feed,) = configured(care, f'url = "{url}"')
    assert poll(care, pool, NOW + 3).new == 0, "nothing is new to the server"
    care.revive(feed, now=NOW + 4)
    assert poll(care, pool, NOW + 5, only_due=True).new == 1
    assert sorted(reads(care).values()) == [False, True]
    poll(care, pool, NOW + 6)
    assert [asked.headers.get("if-none-match") for asked in site.asked] == [None, '"1"', '"1"', '"1"', None, '"1"']
    assert [asked.headers.get("if-modified-since") for asked in site.asked[3:]] == ["then", None, "then"]


def test_a_feed_that_fails_keeps_its_validators_when_it_is_revived(care: FeedCare, site: Site, pool: Pool) -> None:
    url = site.feed("/f", rss(item(1)), ETag='"1"')
    (feed,) = configured(care, f'url = "{url}"')
    poll(care, pool, NOW)
    good, site.routes["/f"] = site.routes["/f"], (403, {}, b"")
    poll(care, pool, NOW + DAY)
    site.routes["/f"] = good
    care.revive(feed, now=NOW + DAY)
    assert poll(care, pool, NOW + DAY, only_due=True).unchanged == 1
    assert [asked.headers.get("if-none-match") for asked in site.asked] == [None, '"1"', '"1"']


def test_a_feed_that_stops_is_told_as_quiet(care: FeedCare, site: Site, pool: Pool) -> None:
    def answer(handler) -> None:  # type: ignore[no-untyped-def]
        send(handler, (200, {"Content-Type": "application/rss+xml"}, document.encode()))

    document = rss(*(dated(n, NOW - n * DAY) for n in range(1, 10)))
    site.routes["/f"] = answer
    configured(care, f'url = "{site.url("/f")}"')
    poll(care, pool, NOW)
    assert care.sources()[0].condition == "on"
    poll(care, pool, NOW + 5 * DAY)
    assert care.sources()[0].condition == "on"
    poll(care, pool, NOW + 8 * DAY)
    assert (care.sources()[0].condition, care.sources()[0].quiet) == ("quiet", NOW - DAY)
    document = rss(dated(0, NOW + 8 * DAY), *(dated(n, NOW - n * DAY) for n in range(1, 10)))
    poll(care, pool, NOW + 9 * DAY)
    assert care.sources()[0].condition == "on"


def dated(number: int, moment: int) -> str:
    return item(number, pubDate=formatdate(moment, usegmt=True))


def test_a_switch_and_a_suggestion_are_taken_back(care: FeedCare, site: Site) -> None:
    (feed,) = configured(care, f'url = "{site.url("/f")}"')
    done = care.switch(feed, False)
    assert done.undo
    done.undo(care)
    assert care.feeds() == (replace(feed, enabled=True),)
    one = care.suggestions()[0]
    done = care.take(one)
    assert done.undo
    assert [other.url for other in care.feeds()] == [feed.url, one.feed.url]
    done.undo(care)
    assert care.feeds() == (feed,)


MOVES = st.lists(
    st.sampled_from(["new entry", "poll", "read", "move", "join", "back", "by hand"]), min_size=3, max_size=14
)


@settings(max_examples=40)
@given(MOVES)
def test_nothing_that_was_read_comes_back_by_a_move(steps: list[str]) -> None:
    """One feed goes between two addresses, alone or into one that is there, and back; its entries are read on the way."""
    with tempfile.TemporaryDirectory() as folder, closing(Store(Path(folder) / "store.db")) as store:
        care = FeedCare(Paths(Path(folder), store.path, Path(folder)), store)
        care.paths.feeds_file.write_text('[[feed]]\nurl = "https://a.example/f"\ntitle = "A"\n')
        read: set[tuple[str, str]] = set()
        made, now = 1, NOW
        for step in steps:
            now += HOUR
            on = [feed for feed in care.feeds() if feed.enabled]
            if step == "new entry":
                made += 1
            elif step == "move":
                care.move(on[0], f"https://moved{now}.example/f", now=now)
            elif step == "join" and len(on) == 1:
                other = Feed("https://b.example/f", "B", "B")
                add_feeds(care.paths, [other])
                document = Document("feed", entries=tuple(an_entry(n) for n in range(2, made + 2)))
                store_document(store, other, FeedState(other.url), document, now=now)
                care.move(on[0], other.url, now=now)
            elif step == "back":
                for feed in on:
                    care.move_back(feed.url, now=now)
            elif step == "by hand":
                move_feed(care.paths, on[0].url, f"https://hand{now}.example/f")
            follow_moves(store, care.feeds(), now=now)
            for feed in care.feeds():
                if feed.enabled and step != "read":
                    document = Document("feed", entries=tuple(an_entry(n) for n in range(1, made + 1)))
                    store_document(store, feed, FeedState(feed.url), document, now=now)
            unread = {(row.outlet, row.title) for row in store.rows(store.ids("unread"))}
            assert not unread & read, step
            if sum(feed.enabled for feed in care.feeds()) == 1:
                assert not {title for _, title in unread} & {title for _, title in read}, step
            if step == "read":
                store.mark(list(store.ids()), {"read": 1}, verb="read", label=str, now=now)
                read |= {(row.outlet, row.title) for row in store.rows(store.ids())}


def an_entry(number: int) -> Entry:
    url = f"https://news.example/{number}"
    return Entry(
        f"g{number}",
        url,
        f"Story {number}",
        Text(f"Text {number}."),
        published=NOW,
        canonical=url,
        content_hash=str(number),
    )
