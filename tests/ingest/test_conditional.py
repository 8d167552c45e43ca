"""Polls over time against a server with a will of its own: what is sent, and when the next one is due."""

from __future__ import annotations

import gzip
import random
from http.server import BaseHTTPRequestHandler

import pytest
from conftest import NOW, Site, item, rss, send

from reader.ingest import pipeline, schedule, states
from reader.ingest.fetch import Answer, Failure, Request
from reader.ingest.pipeline import Report, run
from reader.ingest.pool import Pool
from reader.model import Feed, FeedState
from reader.store import Store

HOUR, DAY = 3600, 86400
BODY = rss(item(1), item(2)).encode()
OTHER = rss(item(3), item(1), item(2)).encode()


def local(url: str, **fields: object) -> Feed:
    return Feed(url, "News", "News", local=True, **fields)  # type: ignore[arg-type]


def poll(store: Store, pool: Pool, *feeds: Feed, now: int = NOW, only_due: bool = False, **more: object) -> Report:
    return run(store, feeds, now=now, only_due=only_due, pool=pool, gap=0.0, **{"random": lambda: 0.0, **more})  # type: ignore[arg-type]


def state(store: Store, feed: Feed) -> FeedState:
    found = store.feed_state(feed.url)
    assert found
    return found


def script(site: Site, path: str, *replies: tuple[int, dict[str, str], bytes]) -> Feed:
    """A feed that answers one reply after the other."""
    left = list(replies)
    site.routes[path] = lambda handler: send(handler, left.pop(0))
    return local(site.url(path))


def sent(site: Site) -> list[tuple[str | None, str | None]]:
    return [(one.headers.get("if-none-match"), one.headers.get("if-modified-since")) for one in site.asked]


SERIES = [
    ((200, {"ETag": '"a"', "Last-Modified": "m1"}, BODY), ('"a"', "m1")),
    ((200, {"ETag": '"b"', "Last-Modified": "m1"}, BODY), ('"b"', "m1")),
    ((200, {"ETag": '"b"', "Last-Modified": "m2"}, BODY), ('"b"', "m2")),
    ((304, {"ETag": 'W/"c"'}, b""), ('W/"c"', "m2")),
    ((304, {"Last-Modified": "Sat, 1 Jan 2022 5:00:00 GMT"}, b""), ('W/"c"', "Sat, 1 Jan 2022 5:00:00 GMT")),
    ((304, {}, b""), ('W/"c"', "Sat, 1 Jan 2022 5:00:00 GMT")),
    ((200, {"Last-Modified": "m3"}, OTHER), (None, "m3")),
    ((200, {"ETag": "bare"}, OTHER), ("bare", None)),
    ((200, {}, BODY), (None, None)),
    ((200, {"ETag": '"d"', "Last-Modified": ""}, BODY), ('"d"', None)),
]
"""Answers, and what the next request must send: each validator on its own, of every 200 and 304, whether the body is new or not."""


def test_validators_follow_every_answer_each_on_its_own(site: Site, store: Store, pool: Pool) -> None:
    """Rules 1, 2, 3 and 10."""
    feed = script(site, "/f", *(reply for reply, _ in SERIES), (304, {}, b""))
    for number in range(len(SERIES) + 1):
        report = poll(store, pool, feed, now=NOW + number * HOUR)
        assert (report.failed, report.feeds) == (0, 1), number
    assert sent(site) == [(None, None), *(expected for _, expected in SERIES)]


def test_a_304_is_one_request_and_ends_a_streak(site: Site, store: Store, pool: Pool) -> None:
    """Rule 9."""
    feed = script(site, "/f", (200, {"ETag": '"a"'}, BODY), (500, {}, b""), (304, {}, b""))
    for number in range(3):
        poll(store, pool, feed, now=NOW + number * DAY)
        assert len(site.asked) == number + 1
    after = state(store, feed)
    assert (after.failures, after.error, after.status, after.succeeded) == (0, "", 304, NOW + 2 * DAY)


def test_a_server_that_changes_its_own_tags_is_asked_by_date(site: Site, store: Store, pool: Pool) -> None:
    """Rule 6: it appends -gzip to the tag and does not know it again; with a date alone it would answer 304."""
    statuses: list[int] = []

    def apache(handler: BaseHTTPRequestHandler) -> None:
        tag, date = handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")
        fresh = tag == '"abc"' or (tag is None and date == "m1")
        statuses.append(304 if fresh else 200)
        headers = {"ETag": '"abc"' if fresh else '"abc-gzip"', "Last-Modified": "m1", "Content-Encoding": "gzip"}
        send(handler, (304, {"ETag": '"abc"'}, b"") if fresh else (200, headers, gzip.compress(BODY, mtime=0)))

    site.routes["/f"] = apache
    feed = local(site.url("/f"))
    for number in range(10):
        poll(store, pool, feed, now=NOW + number * HOUR)
    assert statuses == [200] * (1 + states.REPEATS) + [304] * (9 - states.REPEATS)
    assert {tag for tag, _ in sent(site)} == {None, '"abc-gzip"'}


@pytest.mark.parametrize(
    "date",
    ["Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 19 Jan 2038 03:14:07 GMT", "Mon, 01 Jan 2041 00:00:00 GMT", "yesterday"],
)
def test_a_last_modified_that_is_nonsense_goes_back_and_moves_no_poll(
    site: Site, store: Store, pool: Pool, date: str
) -> None:
    """Rule 7."""
    feed = script(site, "/f", (200, {"Last-Modified": date}, BODY), (304, {"Last-Modified": date}, b""))
    plain = script(site, "/plain", (200, {"ETag": '"x"'}, BODY), (304, {}, b""))
    for number in range(2):
        poll(store, pool, feed, plain, now=NOW + number * HOUR)
        assert state(store, feed).due == state(store, plain).due
    assert [one.headers.get("if-modified-since") for one in site.asked if one.path == "/f"] == [None, date]


def test_a_feed_that_says_304_while_it_changes_is_fetched_in_full_in_the_end(
    site: Site, store: Store, pool: Pool
) -> None:
    """Rule 7."""

    def stuck(handler: BaseHTTPRequestHandler) -> None:
        asked = "If-None-Match" in handler.headers
        send(handler, (304, {}, b"") if asked else (200, {"ETag": '"1"'}, rss(item(len(site.asked))).encode()))

    site.routes["/f"] = stuck
    feed = local(site.url("/f"))
    new = [poll(store, pool, feed, now=NOW + day * DAY).new for day in range(40)]
    assert [day for day, count in enumerate(new) if count] == [0, 30]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["7200", "Mon, 21 Sep 2026 16:13:20 GMT"])
def test_silence_in_both_forms_over_a_restart(site: Site, store: Store, pool: Pool, status: int, form: str) -> None:
    """Rule 17; the date is two hours from NOW."""

    def busy(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in {
            "Date": "Mon, 21 Sep 2026 14:13:20 GMT",
            "Retry-After": form,
            "Content-Length": "6",
        }.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(b"<html>")

    site.routes["/f"] = busy
    feed = local(site.url("/f"))
    poll(store, pool, feed)
    site.feed("/f", BODY)
    assert "<" not in state(store, feed).error
    for moment in (1, 3600, 7199):
        again = Store(store.path)
        assert poll(again, pool, feed, now=NOW + moment).waiting == 1
        again.close()
    assert len(site.asked) == 1
    assert poll(store, pool, feed, now=NOW + 7200).new == 2


def test_a_redirect_that_asks_for_silence_gets_it(site: Site, store: Store, pool: Pool) -> None:
    """Rule 17: 3xx, too."""
    feed = script(site, "/f", (302, {"Location": "/f", "Retry-After": "7200"}, b""))
    assert poll(store, pool, feed).failed == 1
    assert poll(store, pool, feed, now=NOW + 7199).waiting == 1
    assert len(site.asked) == 1


class World:
    """Hosts that all answer alike, and what they were asked."""

    def __init__(self, outcome: Failure | None = None) -> None:
        self.outcome = outcome
        self.asked: list[str] = []

    async def __call__(self, request: Request) -> Answer | Failure:
        self.asked.append(request.url)
        return self.outcome or Answer(200, request.url, {"etag": '"1"'}, BODY)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_fault_of_one_feed_silences_no_other_of_its_host(store: Store, pool: Pool, status: int) -> None:
    """Rule 18: only 429 and 503 are the host's."""
    world = World(Failure("server", "a fault: asked again later", status, {"retry-after": "7200"}))
    feeds = [Feed(f"https://news.example/{n}", "n", "o") for n in range(3)]
    report = poll(store, pool, *feeds, fetch=world)
    assert (report.failed, report.waiting) == (3, 0)
    assert {state(store, feed).held for feed in feeds} == {0}


def test_a_local_feed_that_asks_for_silence_gets_it_alone(site: Site, store: Store, pool: Pool) -> None:
    """Rule 18."""
    busy, other = script(site, "/busy", (429, {}, b"")), local(site.feed("/f", BODY))
    poll(store, pool, busy)
    assert (poll(store, pool, busy, other, now=NOW + 60).waiting, state(store, other).failures) == (1, 0)


def test_feeds_that_fail_at_once_are_asked_again_at_times_of_their_own(store: Store, pool: Pool) -> None:
    """Rule 20, with the chance that a run has by itself."""
    feeds = [Feed(f"https://news.example/{n}", "n", "o") for n in range(20)]
    world = World(Failure("server", "a fault: asked again later", 500))
    due: set[int] = set()
    for number in range(4):
        run(store, feeds, now=NOW + number * DAY, only_due=False, pool=pool, gap=0.0, fetch=world)
        due = {state(store, feed).due for feed in feeds}
    assert len(due) >= 18
    assert max(due) - min(due) > 3 * HOUR


def test_feeds_that_answer_at_once_drift_apart(store: Store, pool: Pool) -> None:
    """Rule 20: a tenth, and never sooner than the interval."""
    feeds = [Feed(f"https://host{n}.example/", "n", "o") for n in range(20)]
    run(store, feeds, now=NOW, pool=pool, gap=0.0, fetch=World())
    waits = {state(store, feed).due - NOW for feed in feeds}
    assert len(waits) >= 15
    assert schedule.BASE <= min(waits) <= max(waits) <= 1.1 * schedule.BASE


def test_the_order_of_a_run_is_chance(store: Store, pool: Pool) -> None:
    """Rule 22, with its numbers: one second between two requests to a host, four to eight hosts at once."""
    feeds = [Feed(f"https://news.example/{n}", "n", "o") for n in range(12)]
    orders = []
    for seed in (1, 2, 1):
        world = World()
        poll(store, pool, *feeds, fetch=world, random=random.Random(seed).random)
        orders.append(world.asked)
    assert orders[0] == orders[2] != orders[1]
    assert [feed.url for feed in feeds] not in orders
    assert pipeline.GAP >= 1
    assert 4 <= pipeline.HOSTS <= 8


def test_links_are_relative_to_where_the_redirects_led(site: Site, store: Store, pool: Pool) -> None:
    """Rule 59."""
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>7</id><title>One</title><link href="one"/></entry></feed>'
    site.feed("/deep/down/feed", atom)
    site.routes["/f"] = (302, {"Location": "/deep/down/feed"}, b"")
    feed = local(site.url("/f"))
    poll(store, pool, feed)
    told = store.connection.execute("SELECT guid, url FROM article").fetchall()
    assert [tuple(row) for row in told] == [("7", site.url("/deep/down/one"))], (
        "and the id is as raw as it came (rule 46)"
    )


PAGES = {
    "html": "<!doctype html><html><head><title>Home</title></head><body><h1>News</h1></body></html>",
    "xhtml": '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>Home</p></body></html>',
    "bare xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body/></html>',
    "login": "<form action='/login'><input name='password'></form>",
    "empty": "",
    "blank": "\n\n  ",
    "another root": '<?xml version="1.0"?><data><item><title>x</title></item></data>',
    "an error in JSON": '{"error": "not found"}',
    "a feed without entries": rss(),
    "a JSON Feed without entries": '{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}',
    "an Atom feed without entries": '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
    "a sitemap": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>',
    "a list of feeds": '<opml version="2.0"><body><outline xmlUrl="https://a.example/f"/></body></opml>',
    "words": "The feed has moved.",
}


@pytest.mark.parametrize("trap", PAGES)
@pytest.mark.parametrize("kind", ["text/html", "application/rss+xml"])
def test_a_200_that_is_no_feed_any_more_is_a_soft_failure(
    site: Site, store: Store, pool: Pool, trap: str, kind: str
) -> None:
    """Rule 30: entries and validators stay, the streak grows, the next poll sends what it had."""
    page = (200, {"Content-Type": kind, "ETag": '"page"', "Last-Modified": "page"}, PAGES[trap].encode())
    feed = script(site, "/f", (200, {"ETag": '"1"', "Last-Modified": "m1"}, BODY), page, page, (304, {}, b""))
    for number in range(3):
        report = poll(store, pool, feed, now=NOW + number * DAY)
        assert (report.failed, state(store, feed).failures) == (int(number > 0), number)
        assert len(store.known(feed.url)) == 2
    poll(store, pool, feed, now=NOW + 3 * DAY)
    assert sent(site)[1:] == [('"1"', "m1")] * 3
    assert state(store, feed).failures == 0
