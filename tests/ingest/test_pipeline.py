"""Feeds from a real server through a real child into a real store."""

from __future__ import annotations

import dataclasses
import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest
from conftest import NOW, Site, item, rss, send

from reader.ingest import pipeline, states
from reader.ingest.entries import MAX_ENTRIES
from reader.ingest.fetch import Answer, Failure, Request
from reader.ingest.pipeline import Progress, Report, facts_for, ingest_document, run
from reader.ingest.pool import Pool
from reader.model import Entry, Feed, FeedState, Text
from reader.store import Store

HOUR, DAY = 3600, 86400


def local(url: str, **fields: object) -> Feed:
    return Feed(url, "News", "News", local=True, **fields)  # type: ignore[arg-type]


def poll(store: Store, pool: Pool, *feeds: Feed, now: int = NOW, only_due: bool = False, **more: object) -> Report:
    return run(store, feeds, now=now, only_due=only_due, pool=pool, random=lambda: 0.0, gap=0.0, **more)  # type: ignore[arg-type]


def state(store: Store, feed: Feed) -> FeedState:
    found = store.feed_state(feed.url)
    assert found
    return found


def titles(store: Store, feed: Feed) -> list[str]:
    return [one.title for one in store.known(feed.url)]


def test_a_feed_arrives_and_comes_again_unchanged(site: Site, store: Store, pool: Pool) -> None:
    feed = local(site.feed("/f", rss(item(1), item(2)), ETag='W/"a"', Last_Modified="Sat, 1 Jan 2022 5:00:00 GMT"))
    first = poll(store, pool, feed)
    assert (first.feeds, first.new, first.failed) == (1, 2, 0)
    again = poll(store, pool, feed, now=NOW + HOUR)
    assert (again.unchanged, again.new, again.updated) == (1, 0, 0)
    assert site.asked[1].headers["if-none-match"] == 'W/"a"'
    assert state(store, feed).status == 304
    assert len(titles(store, feed)) == 2


def test_the_same_bytes_are_not_parsed_again(site: Site, store: Store, pool: Pool) -> None:
    feed = local(site.url("/f"))
    site.routes["/f"] = (200, {}, rss(item(1)).encode())
    poll(store, pool, feed)
    with Pool(1, "raise SystemExit") as dead:
        assert poll(store, dead, feed, now=NOW + HOUR).unchanged == 1
        site.routes["/f"] = (200, {}, rss(item(1), item(2)).encode())
        assert poll(store, dead, feed, now=NOW + 2 * HOUR).failed == 1


def test_new_and_changed_entries(site: Site, store: Store, pool: Pool) -> None:
    feed = local(site.feed("/f", rss(item(1), item(2))))
    poll(store, pool, feed)
    site.feed("/f", rss(item(3), item(1, title="Story number 1 about chips, corrected"), item(2)))
    report = poll(store, pool, feed, now=NOW + HOUR)
    assert (report.new, report.updated) == (1, 1)
    one = next(known for known in store.known(feed.url) if known.guid == "urn:story:1")
    assert (one.revision, one.title) == (2, "Story number 1 about chips, corrected")
    site.feed("/f", rss(item(3), head="<lastBuildDate>later</lastBuildDate>"))
    report = poll(store, pool, feed, now=NOW + 2 * HOUR)
    assert (report.unchanged, report.new, report.updated) == (1, 0, 0)
    assert len(titles(store, feed)) == 3


def test_an_unchanged_document_writes_no_article(site: Site, store: Store, pool: Pool) -> None:
    feed = local(site.feed("/f", rss(item(1), item(2))))
    poll(store, pool, feed)
    before = store.connection.execute("SELECT * FROM article").fetchall()
    site.feed("/f", rss(item(1), item(2), head="<lastBuildDate>later</lastBuildDate>"))
    poll(store, pool, feed, now=NOW + HOUR)
    assert store.connection.execute("SELECT * FROM article").fetchall() == before


FAULTS = {
    "/missing": (404, {}, b""),
    "/gone": (410, {}, b""),
    "/busy": (429, {"Retry-After": "7200"}, b""),
    "/page": (200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html><body>Log in</body></html>"),
    "/empty": (200, {}, b""),
    "/entities": (200, {}, b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>'),
    "/json": (200, {"Content-Type": "application/json"}, b"[[[["),
    "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(40 << 20))),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/noise": (200, {}, bytes(range(256)) * 10),
    "/secret": (401, {}, b""),
}


def test_every_fault_is_one_line_of_its_own_feed(site: Site, store: Store, pool: Pool) -> None:
    site.routes.update(FAULTS)
    good = local(site.feed("/good", rss(item(1), item(2))))
    bad = [local(site.url(path)) for path in FAULTS]
    report = poll(store, pool, *bad, good, local("http://127.0.0.1:1/closed"))
    assert (report.feeds, report.failed, report.new) == (len(FAULTS) + 2, len(FAULTS) + 1, 2)
    for feed in bad:
        error = state(store, feed).error
        assert error
        assert "\n" not in error
        assert len(error) < 130
        assert titles(store, feed) == []
    assert dict(report.errors).keys() == {feed.url for feed in bad} | {"http://127.0.0.1:1/closed"}
    assert state(store, good).error == ""


@pytest.mark.parametrize("path", list(FAULTS))
def test_a_fault_keeps_articles_and_validators(site: Site, store: Store, pool: Pool, path: str) -> None:
    feed = local(site.feed("/f", rss(item(1), item(2)), ETag='"a"'))
    poll(store, pool, feed)
    before = state(store, feed)
    site.routes["/f"] = FAULTS[path]
    if path == "/loop":
        site.routes["/f"] = (302, {"Location": "/f"}, b"")
    assert poll(store, pool, feed, now=NOW + HOUR).failed == 1
    after = state(store, feed)
    assert (after.etag, after.body_hash, after.succeeded, after.failures) == (before.etag, before.body_hash, NOW, 1)
    assert len(titles(store, feed)) == 2
    site.feed("/f", rss(item(1), item(2), item(3)), ETag='"b"')
    assert poll(store, pool, feed, now=NOW + 9 * DAY, named=True).new == 1
    assert (state(store, feed).failures, state(store, feed).error) == (0, "")


def test_a_feed_that_is_suddenly_empty_loses_nothing(site: Site, store: Store, pool: Pool) -> None:
    feed = local(site.feed("/f", rss(item(1)), ETag='"a"'))
    poll(store, pool, feed)
    site.feed("/f", rss(), ETag='"b"')
    assert poll(store, pool, feed, now=NOW + HOUR).failed == 1
    assert state(store, feed).etag == '"a"'
    assert "empty" in state(store, feed).error
    assert len(titles(store, feed)) == 1


def test_a_feed_that_never_had_anything_is_fine(site: Site, store: Store, pool: Pool) -> None:
    assert poll(store, pool, local(site.feed("/f", rss()))).failed == 0


def test_a_cut_answer_is_fetched_again_in_full(site: Site, store: Store, pool: Pool) -> None:
    packed = gzip.compress(rss(*(item(n) for n in range(30))).encode())
    site.routes["/f"] = (200, {"Content-Encoding": "gzip", "ETag": '"a"'}, packed[: len(packed) - 60])
    feed = local(site.url("/f"))
    poll(store, pool, feed)
    few = len(titles(store, feed))
    assert 0 < few < 30
    assert state(store, feed).etag is None
    site.routes["/f"] = (200, {"Content-Encoding": "gzip", "ETag": '"a"'}, packed)
    poll(store, pool, feed, now=NOW + HOUR)
    assert "if-none-match" not in site.asked[1].headers
    assert (len(titles(store, feed)), state(store, feed).etag) == (30, '"a"')


def test_only_what_is_due(site: Site, store: Store, pool: Pool) -> None:
    feed = local(site.feed("/f", rss(item(1))), interval=60)
    other = dataclasses.replace(feed, url=site.feed("/off", rss(item(1))), enabled=False)
    assert poll(store, pool, feed, other, only_due=True).feeds == 1
    for minute in range(10):
        assert poll(store, pool, feed, only_due=True, now=NOW + minute).feeds == 0
    assert poll(store, pool, feed, only_due=True, now=NOW + HOUR).feeds == 1
    assert site.paths() == ["/f", "/f"]


def test_silence_is_kept_by_hand_and_over_a_restart(site: Site, store: Store, pool: Pool) -> None:
    feed = local(site.url("/f"))
    site.routes["/f"] = (429, {"Retry-After": "7200"}, b"")
    poll(store, pool, feed)
    site.feed("/f", rss(item(1)))
    again = Store(store.path)
    try:
        assert poll(again, pool, feed, now=NOW + 7199).waiting == 1
        assert len(site.asked) == 1
        assert poll(again, pool, feed, now=NOW + 7200).new == 1
    finally:
        again.close()


class Answers:
    """Feeds of made-up hosts, answered from a table."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.table: dict[str, object] = {}

    async def __call__(self, request: pipeline.Request) -> pipeline.Answer | pipeline.Failure:
        self.asked.append(request.url)
        outcome = self.table.get(request.url) or pipeline.Answer(200, request.url, {}, rss(item(1)).encode())
        assert isinstance(outcome, pipeline.Answer | pipeline.Failure)
        return outcome


def test_silence_holds_for_the_host_and_for_shared_hosts(store: Store, pool: Pool) -> None:
    answers = Answers()
    feeds = [Feed(f"https://{name}.substack.com/feed", name, name) for name in "abc"] + [
        Feed("https://other.example/f", "o", "o")
    ]
    busy = pipeline.Failure("busy", "wait: asked again", 429, {"retry-after": "3600"})
    answers.table = {feed.url: busy for feed in feeds[:3]}
    report = poll(store, pool, *feeds, fetch=answers)
    assert (report.waiting, report.failed, report.new) == (2, 1, 1)
    answers.asked.clear()
    assert poll(store, pool, *feeds, fetch=answers, now=NOW + 1800).waiting == 3
    assert answers.asked == ["https://other.example/f"]


def test_one_connection_a_host_and_a_pause_between(site: Site, store: Store, pool: Pool) -> None:
    async def slow(request: pipeline.Request) -> pipeline.Answer:
        nonlocal running, most
        running[request.url.split("/")[2]] = running.get(request.url.split("/")[2], 0) + 1
        most = max(most, *running.values())
        hosts.append(len([count for count in running.values() if count]))
        started.setdefault(request.url.split("/")[2], []).append(time.monotonic())
        await pipeline.asyncio.sleep(0.02)
        running[request.url.split("/")[2]] -= 1
        return pipeline.Answer(200, request.url, {}, rss(item(1)).encode())

    running: dict[str, int] = {}
    started: dict[str, list[float]] = {}
    hosts: list[int] = []
    most = 0
    feeds = [Feed(f"https://host{host}.example/{number}", "n", "o") for host in range(12) for number in range(2)]
    run(store, feeds, now=NOW, pool=pool, fetch=slow, gap=0.1)
    assert most == 1
    assert 2 <= max(hosts) <= pipeline.HOSTS
    assert all(second - first >= 0.1 for first, second in started.values())


def test_progress_counts_every_feed(site: Site, store: Store, pool: Pool) -> None:
    told: list[Progress] = []
    feeds = [local(site.feed(f"/{n}", rss(item(n)))) for n in range(4)] + [local(site.url("/missing"))]
    poll(store, pool, *feeds, progress=told.append)
    assert [one.done for one in told] == [1, 2, 3, 4, 5]
    assert {one.total for one in told} == {5}
    assert sorted(one.outcome for one in told) == ["failed", "new", "new", "new", "new"]


def test_a_run_can_be_cancelled(site: Site, store: Store, pool: Pool) -> None:
    release = threading.Event()

    def stuck(handler: BaseHTTPRequestHandler) -> None:
        release.wait(20)
        send(handler, (200, {}, rss(item(1)).encode()))

    site.routes["/stuck"] = stuck
    good, slow = local(site.feed("/good", rss(item(1)))), local(site.url("/stuck"))
    told: list[Progress] = []
    start = time.monotonic()
    try:
        report = run(store, [good, slow], now=NOW, gap=0.0, progress=told.append, cancelled=lambda: bool(told))
    finally:
        release.set()
    assert time.monotonic() - start < 5
    assert (report.new, len(titles(store, good)), titles(store, slow)) == (1, 1, [])
    assert store.feed_state(slow.url) is None


def test_a_sitemap_index_is_followed_and_filtered(site: Site, store: Store, pool: Pool) -> None:
    def page(path: str, title: str) -> str:
        return f"<url><loc>https://news.example{path}</loc><title>{title}</title></url>"

    site.routes["/index"] = (
        200,
        {},
        f"<sitemapindex><sitemap><loc>{site.url('/part.gz')}</loc></sitemap></sitemapindex>".encode(),
    )
    pages = page("/technology/1", "New AI model") + page("/technology/2", "Football") + page("/sport/3", "AI in sport")
    site.routes["/part.gz"] = (
        200,
        {"Content-Type": "application/gzip"},
        gzip.compress(f"<urlset>{pages}</urlset>".encode()),
    )
    feed = local(site.url("/index"), kind="sitemap", paths=("/technology/",), include=("ai", "chip"))
    assert poll(store, pool, feed).new == 1
    assert titles(store, feed) == ["New AI model"]
    assert poll(store, pool, feed, now=NOW + HOUR).new == 0
    pages += page("/technology/4", "A chip")
    site.routes["/part.gz"] = (200, {}, gzip.compress(f"<urlset>{pages}</urlset>".encode()))
    assert poll(store, pool, feed, now=NOW + 2 * HOUR).new == 1


def test_undated_entries_keep_the_order_of_the_document(site: Site, store: Store, pool: Pool) -> None:
    def shown() -> list[str]:
        return [row[0] for row in store.connection.execute("SELECT guid FROM article ORDER BY sort_time DESC, id DESC")]

    feed = local(site.feed("/f", rss(*(item(n, pubDate="") for n in (5, 4, 3)))))
    poll(store, pool, feed)
    assert shown() == ["urn:story:5", "urn:story:4", "urn:story:3"]
    site.feed("/f", rss(*(item(n, pubDate="") for n in (7, 6, 5, 4))))
    poll(store, pool, feed, now=NOW + HOUR)
    assert shown() == ["urn:story:7", "urn:story:6", "urn:story:5", "urn:story:4", "urn:story:3"]


def test_a_source_of_headlines_has_headlines(site: Site, store: Store, pool: Pool) -> None:
    plain, bare = local(site.feed("/a", rss(item(1)))), local(site.feed("/b", rss(item(2))), text="headline")
    poll(store, pool, plain, bare)
    assert dict(store.connection.execute("SELECT guid, completeness FROM article")) == {
        "urn:story:1": "summary",
        "urn:story:2": "headline",
    }


@pytest.mark.parametrize(
    ("title", "path", "wanted"),
    [
        ("New AI model", "/technology/1", True),
        ("He said it in Britain", "/technology/1", False),
        ("Chips are scarce", "/technology/1", True),
        ("Nothing", "/technology/openai-data-center", True),
        ("A data-centre", "/technology/x", False),
        ("New AI model", "/sport/1", False),
        ("Podcast: chips are scarce", "/technology/1", False),
        ("Chips are scarce", "/technology/podcasts/1", False),
        ("Podcasting chips", "/technology/1", True),
    ],
)
def test_words_and_paths(title: str, path: str, wanted: bool) -> None:
    feed = Feed(
        "https://news.example/f",
        "n",
        "o",
        include=("AI", "chip", "data-center"),
        exclude=("Podcast",),
        paths=("/technology/",),
    )
    entry = Entry(guid="g", url=f"https://news.example{path}", title=title, body=Text(""))
    assert pipeline.is_wanted(feed, entry) is wanted


def test_a_large_feed_and_a_large_entry(site: Site, store: Store, pool: Pool) -> None:
    many = local(site.feed("/many", rss(*(item(n) for n in range(5000)))))
    fat = local(site.feed("/fat", rss(item(1, description="word " * 2_000_000), item(2))))
    start = time.monotonic()
    report = poll(store, pool, many, fat)
    assert time.monotonic() - start < 15
    assert len(titles(store, many)) == MAX_ENTRIES
    assert report.failed == 0 or "too long" in report.errors[0][1]


def test_a_feed_issued_anew_comes_as_read(site: Site, store: Store, pool: Pool) -> None:
    def old(number: int, prefix: str) -> str:
        return item(
            number, guid=f"{prefix}{number}", link=f"https://{prefix}.example/{number}", title=f"{prefix} {number}"
        )

    feed = local(site.feed("/f", rss(*(old(n, "first") for n in range(6)))))
    poll(store, pool, feed, now=NOW + 5 * DAY)
    site.feed(
        "/f", rss(*(old(n, "second") for n in range(6)), item(9, guid="n", pubDate="Mon, 28 Sep 2026 00:00:00 GMT"))
    )
    poll(store, pool, feed, now=NOW + 9 * DAY)
    read = {known.guid: known.read for known in store.known(feed.url)}
    assert len(read) == 13
    assert all(read[f"second{n}"] for n in range(6))
    assert not any(read[f"first{n}"] for n in range(6))
    assert not read["n"]


def test_a_document_at_hand_goes_the_same_way(store: Store, pool: Pool) -> None:
    feed = Feed("https://sample.example/feed", "Sample", "Sample")
    data = rss(item(1), item(2)).encode()
    assert (
        ingest_document(store, feed, data, content_type="application/rss+xml", now=NOW, sample=True, pool=pool).new == 2
    )
    assert ingest_document(store, feed, data, now=NOW, sample=True, pool=pool).new == 0
    assert ingest_document(store, feed, b"<html>", now=NOW, pool=pool).errors == [
        (feed.url, "a web page, not a feed: open it in a browser, or add its feed's address")
    ]


def test_facts_are_found_for_what_lacks_them(site: Site, store: Store, pool: Pool) -> None:
    told: list[Progress] = []
    poll(
        store,
        pool,
        local(
            site.feed("/f", rss(*(item(n, text=f"Acme said it will spend ${n} billion on chips.") for n in range(40))))
        ),
    )
    assert store.count_without_facts() == 40
    assert facts_for(store, pool=pool, limit=3) == 3
    assert facts_for(store, pool=pool, progress=told.append) == 37
    assert (store.count_without_facts(), told[-1].done, told[-1].total) == (0, 37, 37)
    assert facts_for(store, pool=pool) == 0


def test_facts_stop_when_told(site: Site, store: Store, pool: Pool) -> None:
    poll(store, pool, local(site.feed("/f", rss(*(item(n) for n in range(80))))))
    told: list[Progress] = []
    facts_for(store, pool=pool, progress=told.append, cancelled=lambda: bool(told))
    assert 0 < store.count_without_facts() < 80


POISON = """
import os
from reader.ingest import jobs
from reader.ingest.worker import main
facts = jobs.facts
jobs.JOBS["facts"] = lambda data: os._exit(1) if b"poison" in data else facts(data)
main()
"""


def test_a_text_that_kills_the_child_gets_no_facts_and_harms_no_other(site: Site, store: Store) -> None:
    texts = [
        item(1, text="Acme will spend $5 billion."),
        item(2, text="poison"),
        item(3, text="Acme will spend $7 billion."),
    ]
    with Pool(1, POISON) as fragile:
        poll(store, fragile, local(site.feed("/f", rss(*texts))))
        assert facts_for(store, pool=fragile) == 3
    assert store.count_without_facts() == 0
    counts = dict(store.connection.execute("SELECT guid, facts FROM article").fetchall())
    assert counts["urn:story:2"] == 0
    assert counts["urn:story:1"] > 0
    assert counts["urn:story:3"] > 0


def test_where_no_child_works_nothing_is_taken_for_found(site: Site, store: Store, pool: Pool) -> None:
    poll(store, pool, local(site.feed("/f", rss(item(1), item(2)))))
    with Pool(1, "raise SystemExit") as dead:
        assert facts_for(store, pool=dead) == 0
    assert store.count_without_facts() == 2


def test_the_report_is_json() -> None:
    report = Report(feeds=2, failed=1, errors=[("u", "why: what")])
    assert report.as_dict()["errors"] == [{"feed": "u", "reason": "why: what"}]
    assert {"feeds", "unchanged", "failed", "new", "updated", "seconds", "facts_seconds"} <= report.as_dict().keys()


def test_a_move_is_remembered_with_the_state(site: Site, store: Store, pool: Pool) -> None:
    site.feed("/new", rss(item(1)))
    site.routes["/old"] = (301, {"Location": "/new"}, b"")
    feed = local(site.url("/old"))
    for number in range(states.MOVE_POLLS):
        assert store.feed_state(feed.url) is None or state(store, feed).moved_to == "", number
        poll(store, pool, feed, now=NOW + number * HOUR)
    assert state(store, feed).moved_to == site.url("/new")
    site.feed("/new", rss(item(1)), ETag='"n"')
    for number in range(2):
        poll(store, pool, feed, now=NOW + (number + 20) * HOUR)
    assert state(store, feed).status == 304
    assert [asked.headers.get("if-none-match") for asked in site.asked[-2:]] == [None, '"n"']
    assert len(titles(store, feed)) == 1


def test_hosts_that_let_us_wait_do_not_hold_up_the_others(
    store: Store, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(request: pipeline.Request) -> pipeline.Answer | pipeline.Failure:
        await pipeline.asyncio.sleep(0.6)
        return pipeline.Failure("server", "slow: try again later")

    monkeypatch.setattr(pipeline, "PATIENCE", 0.05)
    feeds = [Feed(f"https://host{number}.example/f", "n", "o") for number in range(5 * pipeline.HOSTS)]
    start = time.monotonic()
    assert poll(store, pool, *feeds, fetch=slow).failed == len(feeds)
    assert time.monotonic() - start < 2.5


class Hosts:
    """A world in which some hosts can be reached and answer 404, and the others cannot be reached."""

    def __init__(self, *reached: str) -> None:
        self.reached = reached
        self.asked: list[str] = []

    async def __call__(self, request: Request) -> Answer | Failure:
        self.asked.append(request.url)
        if any(host in request.url for host in self.reached):
            return Failure("missing", "not found", 404)
        return Failure("network", "cannot be reached")


def wires(count: int) -> list[Feed]:
    return [Feed(f"https://wire{n}.example/feed", f"Wire {n}", "Wire") for n in range(count)]


def test_offline_is_held_against_no_feed_and_found_out_soon(store: Store, pool: Pool) -> None:
    world = Hosts()
    report = poll(store, pool, *wires(60), fetch=world)
    assert (report.offline, report.errors) == (True, [])
    assert store.feed_states() == {}
    assert pipeline.OFFLINE_HOSTS <= len(world.asked) < 60
    assert poll(store, pool, *wires(2), fetch=Hosts()).offline
    assert not poll(store, pool, *wires(1), fetch=Hosts()).offline


def test_one_answer_makes_every_failure_its_feeds_own(store: Store, pool: Pool) -> None:
    feeds = wires(5)
    report = poll(store, pool, *feeds, fetch=Hosts("wire3"))
    assert (report.offline, report.failed, len(report.errors)) == (False, 5, 5)
    assert {state(store, feed).failures for feed in feeds} == {1}


def test_feeds_that_fail_anyway_and_local_ones_prove_nothing(store: Store, pool: Pool) -> None:
    feeds = wires(5)
    poll(store, pool, *feeds, fetch=Hosts("wire0"))
    report = poll(store, pool, *feeds[1:], fetch=Hosts(), now=NOW + DAY)
    assert (report.offline, len(report.errors)) == (False, 4)
    assert {state(store, feed).failures for feed in feeds[1:]} == {2}
    here = [local(f"http://127.0.0.{n}:1/feed") for n in range(1, 4)]
    assert not poll(store, pool, *here).offline
    assert poll(store, pool, *wires(9)[5:], local("http://127.0.0.1:1/other"), fetch=Hosts("127")).offline


def test_trouble_is_told_at_the_third_failure_and_when_a_feed_is_given_up(site: Site, store: Store, pool: Pool) -> None:
    site.routes.update(FAULTS)
    feeds = [local(site.url("/missing")), local(site.url("/gone"))]
    told = [poll(store, pool, *feeds, now=NOW + day * DAY).troubles for day in range(5)]
    assert [[url for url, _ in one] for one in told] == [[feeds[1].url], [], [feeds[0].url], [], []]


def test_facts_are_found_while_a_host_lets_us_wait(store: Store, pool: Pool) -> None:
    async def world(request: Request) -> Answer | Failure:
        if "slow" not in request.url:
            return Answer(200, request.url, {"content-type": "application/rss+xml"}, rss(item(1), item(2)).encode())
        deadline = time.monotonic() + 30
        while not store.ids() or (store.count_without_facts() and time.monotonic() < deadline):
            await pipeline.asyncio.sleep(0.02)
        return Failure("server", "slow: try again later")

    feeds = [Feed(f"https://{name}.example/f", name, name) for name in ("quick", "slow")]
    assert poll(store, pool, *feeds, fetch=world, facts=True).facts == 2
    assert store.count_without_facts() == 0
