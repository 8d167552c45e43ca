"""Pages over a real server into a real store: politeness, what is refused and why, what replaces what, and that nothing is asked twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from conftest import NOW, Site

from reader.ingest.fetch import Answer, Failure, Request
from reader.ingest.pages import Report, fetch_pages
from reader.ingest.pipeline import ingest_document, run
from reader.ingest.pool import Pool
from reader.model import Article, Feed
from reader.store import Store

HTML = {"Content-Type": "text/html; charset=utf-8"}
TITLE = "Orion Robotics opens a warehouse laboratory in Oslo"
SUMMARY = "Orion Robotics has opened a laboratory in Oslo, where its machines learn to sort parcels, the company said on Monday."
BODY = (
    "Orion Robotics opened a laboratory in Oslo on Monday, the third that the company runs in northern Europe.",
    "Its machines will learn there to sort parcels of any shape, said Ada Bell, who leads the work.",
    "The laboratory cost $90 million, of which the city paid a third. It has 120 employees, and 40 more are to come by June.",
    "“We could not have done it anywhere else,” Bell said, and pointed at the harbour behind the warehouse.",
    "Parcel carriers have waited for such machines for years. Two of them, which did not want to be named, are testing the first ones.",
)


def page(*paragraphs: str, head: str = "", after: str = "", title: str = TITLE) -> bytes:
    """A page as publishers make them: navigation, an article, related stories, a foot."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or BODY)
    return (
        f'<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/tech">Technology</a></nav>'
        f"<main><article><h1>{title}</h1>{text}</article></main>{after}"
        "<aside><h2>More stories</h2><ul><li><a href='/x'>Another thing happened</a></li></ul></aside>"
        "<footer><p>Copyright. All rights reserved.</p></footer></body></html>"
    ).encode()


def data(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


@pytest.fixture
def feed(site: Site) -> Feed:
    return Feed(site.url("/feed"), "Local news", "Local", local=True)


def announce(store: Store, pool: Pool, feed: Feed, *items: tuple[str, str, str], now: int = NOW) -> list[int]:
    """The feed lists (address, title, summary); the ids of its articles in that order."""
    entries = "".join(
        f"<item><guid>{url}</guid><link>{url}</link><title>{title}</title><description>{summary}</description></item>"
        for url, title, summary in items
    )
    document = f"<rss version='2.0'><channel><title>L</title>{entries}</channel></rss>".encode()
    assert not ingest_document(store, feed, document, now=now, pool=pool).failed
    ids = {known.guid: known.id for known in store.known(feed.url)}
    return [ids[url] for url, _, _ in items]


def ask(store: Store, pool: Pool, feed: Feed, ids: Sequence[int], *, now: int = NOW, **options: Any) -> Report:
    options.setdefault("gap", 0.0)
    options.setdefault("random", lambda: 0.0)
    return fetch_pages(store, ids, {feed.url: feed}, clock=lambda: now, pool=pool, **options)


def one(
    store: Store, pool: Pool, feed: Feed, site: Site, body: bytes, *, summary: str = SUMMARY, title: str = TITLE
) -> Article:
    """What is stored of an article after its page answered `body`."""
    site.routes["/a"] = (200, HTML, body)
    (id,) = announce(store, pool, feed, (site.url("/a"), title, summary))
    ask(store, pool, feed, [id])
    return shown(store, id)


def shown(store: Store, id: int) -> Article:
    article = store.article(id)
    assert article is not None
    return article


# ---- the text


def test_the_article_of_a_page_is_shown(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    article = one(store, pool, feed, site, page())
    assert article.completeness == "full"
    assert article.page == "full"
    assert all(paragraph in article.body.text for paragraph in BODY)
    assert not article.body.text.startswith(TITLE), "the headline stands above the text anyway"
    assert "More stories" not in article.body.text
    assert "Copyright" not in article.body.text
    (job,) = store.page_jobs([article.id])
    assert job.page.extractor.startswith("trafilatura ")
    assert job.text == SUMMARY
    assert [row.id for row in store.rows(store.ids())] == [article.id]
    assert store._value("SELECT language FROM article") == "en-us"


def test_the_text_has_headings_lists_quotes_tables_code_and_links(
    store: Store, pool: Pool, feed: Feed, site: Site
) -> None:
    rich = (
        *BODY[:3],
        "The figures are in <a href='/report#p2'>the report</a>, and in <a href='javascript:alert(1)'>a script</a>.",
    )
    more = (
        "<h2>What it cost</h2><table><tr><th>Part</th><th>Cost</th></tr><tr><td>Building</td><td>$60 million</td></tr>"
        "<tr><td>Machines</td><td>$30 million</td></tr></table><ul><li>a harbour view over the whole fjord</li>"
        "<li>a canteen with bread from the region</li></ul><blockquote><p>Nobody had tried this before us in the north.</p></blockquote>"
        "<pre><code>sort(parcels)\nship(parcels)</code></pre>"
    )
    text = "".join(f"<p>{paragraph}</p>" for paragraph in rich)
    body = f"<html><body><article><h1>{TITLE}</h1>{text}{more}<p>{BODY[4]}</p></article></body></html>".encode()
    article = one(store, pool, feed, site, body)
    kinds = {article.body.text[block.start : block.end].strip(): block.kind for block in article.body.blocks}
    assert kinds["What it cost"] == "heading"
    assert kinds["Part\tCost\nBuilding\t$60 million\nMachines\t$30 million"] == "table"
    assert kinds["a canteen with bread from the region"] == "item"
    assert kinds["Nobody had tried this before us in the north."] == "quote"
    assert kinds["sort(parcels)\nship(parcels)"] == "code"
    links = {article.body.text[link.start : link.end]: link.url for link in article.body.links}
    assert links == {"the report": site.url("/report#p2")}


def test_nothing_of_a_page_can_drive_a_terminal(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    hostile = (
        "It said &#27;]52;c;Q0FOQVJZ&#7; and \x1b[2J and &#155;31m and \u202egnp.exe; more words follow after all that."
    )
    article = one(store, pool, feed, site, page(*BODY, hostile, head=data(author={"name": "Eve \x1b[31m Moss"})))
    assert "more words follow after all that" in article.body.text
    for text in (article.body.text, article.author, article.title):
        assert not any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c == "\u202e" for c in text)


def test_the_page_tells_what_the_feed_left_open(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    article = one(
        store,
        pool,
        feed,
        site,
        page(head=data(author=[{"name": "Eve Moss"}, "Jan Roe"], datePublished="2026-09-20T08:00:00Z")),
    )
    assert article.author == "Eve Moss, Jan Roe"
    assert article.published == 1789891200


def test_structured_data_steps_in_where_the_page_shows_no_article(
    store: Store, pool: Pool, feed: Feed, site: Site
) -> None:
    body = page("Loading …", head=data(articleBody="\n".join(BODY)))
    article = one(store, pool, feed, site, body)
    assert article.body.text == "\n\n".join(BODY)
    assert store.page_jobs([article.id])[0].page.extractor == "json-ld"


@pytest.mark.parametrize(
    ("declared", "words", "language"), [("de", BODY, "en"), ("en-GB", BODY, "en-gb"), ("", BODY, "en")]
)
def test_the_language_is_that_of_the_text(
    store: Store, pool: Pool, feed: Feed, site: Site, declared: str, words: Sequence[str], language: str
) -> None:
    one(store, pool, feed, site, page(*words).replace(b'lang="en-US"', f'lang="{declared}"'.encode()))
    assert store._value("SELECT language FROM article") == language


# ---- what is no article

CONSENT = (
    "We and our partners store and/or access information on a device, such as unique identifiers in cookies, to process personal data.",
    "You may accept or manage your choices, including your right to object where legitimate interest is used, at any time.",
    "These choices will be signalled to our partners and will not affect browsing data. See our privacy policy for what we do.",
)
CHECK = (
    "Verify you are human by completing the action below. This site needs to review the security of your connection before proceeding.",
    "Please enable JavaScript and cookies to continue. Performance and security by an edge network that most of the web is behind now.",
)
OTHER = (
    "The best pancakes are made with buttermilk, and with butter that has been browned until it smells of nuts and toffee.",
    "Whisk the eggs, fold them in, let the batter rest while the pan gets hot, and turn each one only when its edge is dry.",
    "Serve them at once, with maple syrup or with stewed plums, and do not count how many you had before the guests came.",
)
STUB = (BODY[0], BODY[1], "This article is for subscribers. Subscribe to continue reading.")

WALL = "<div class='wall'>To continue reading, subscribe now. Start your free trial.</div>"
GRAPH = '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "isAccessibleForFree": "http://schema.org/False"}]}</script>'
PRICED = data(isAccessibleForFree="False", articleBody=" ".join(BODY))

REFUSED = {
    "consent": (page(*CONSENT), "failed", "consent form"),
    "consent under the headline": (page(BODY[0], *CONSENT), "failed", "consent form"),
    "a check": (page(*CHECK), "failed", "check for robots"),
    "another text": (page(*OTHER, title="Pancakes"), "failed", "another text"),
    "a wall in the text": (page(*STUB), "paywalled", "subscribers"),
    "a wall beside a stub": (page(*BODY[:3], after=WALL), "paywalled", "subscribers"),
    "declared to cost": (page(head=data(isAccessibleForFree=False)), "paywalled", "subscribers"),
    "declared to cost, in words": (page(head=PRICED), "paywalled", "subscribers"),
    "declared to cost, in a graph": (page(head=GRAPH), "paywalled", "subscribers"),
    "too short": (page("Orion Robotics opened."), "summary", "no more than the feed"),
    "nothing": (b"<html><body></body></html>", "summary", "no article"),
    "no markup": (b"", "failed", "no page"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_article_is_refused_and_said(store: Store, pool: Pool, feed: Feed, site: Site, case: str) -> None:
    body, state, reason = REFUSED[case]
    article = one(store, pool, feed, site, body)
    assert (article.page, article.body.text, article.completeness) == (state, SUMMARY, "summary")
    assert reason in article.page_reason
    assert store._value("SELECT count(*) FROM revision") == 1


def test_an_article_about_consent_is_one(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    about = (
        "The regulator told publishers on Monday that a consent form must offer “reject all” as plainly as “accept all cookies”.",
        "Sites that process personal data without your consent risk fines of 4 percent, said the regulator, who named 30 of them.",
        "Publishers say that the order will cost them a third of their revenue from advertising; the regulator does not believe it.",
        "The order takes effect in June. Those who ignore it will be named, the regulator said, and after that they will be fined.",
    )
    title = "Regulator orders publishers to let readers reject all cookies"
    article = one(
        store,
        pool,
        feed,
        site,
        page(*about, title=title),
        title=title,
        summary="Publishers must offer a plain way to say no, the regulator said on Monday.",
    )
    assert article.page == "full"


def test_a_text_that_stands_under_several_headlines_is_none(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    titles = (TITLE, "Vantor builds a chip plant near Osaka", "Lawmakers delay the rules for risky systems")
    ids = announce(store, pool, feed, *((site.url(f"/{n}"), title, "") for n, title in enumerate(titles)))
    for n in range(3):
        site.routes[f"/{n}"] = (
            200,
            HTML,
            page("\n".join(BODY) + " Orion Vantor Osaka plant Lawmakers delay rules risky systems chip builds"),
        )
    report = ask(store, pool, feed, ids)
    assert [shown(store, id).page for id in ids] == ["failed"] * 3
    assert not any("laboratory cost" in shown(store, id).body.text for id in ids)
    assert report.failed == 2, "the first was taken for one until the second came"


def test_the_same_story_at_two_addresses_is_one_story(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    ids = announce(
        store, pool, feed, (site.url("/tech/a"), TITLE, SUMMARY), (site.url("/world/a"), f"{TITLE} — video", "")
    )
    site.routes["/tech/a"] = site.routes["/world/a"] = (200, HTML, page())
    ask(store, pool, feed, ids)
    assert [shown(store, id).page for id in ids] == ["full"] * 2


# ---- what replaces what


def test_a_page_with_less_than_the_feed_replaces_nothing(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    long = " ".join(BODY) * 2
    article = one(store, pool, feed, site, page(), summary=long)
    assert article.body.text == long


def test_polls_go_on_without_a_word_about_it(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    article = one(store, pool, feed, site, page())
    for day in range(3):
        announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY), now=NOW + 86400 * day)
    assert shown(store, article.id).body == article.body
    assert shown(store, article.id).revision == 1
    assert store._value("SELECT count(*) FROM revision") == 2


def test_a_changed_summary_brings_the_changed_page(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    article = one(store, pool, feed, site, page())
    announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY + " It is to grow."), now=NOW + 60)
    assert "laboratory cost $90 million" in shown(store, article.id).body.text
    site.routes["/a"] = (200, HTML, page(*(text.replace("$90", "$95") for text in BODY)))
    due = store.due_pages([feed.url], [], now=NOW + 60, limit=9)
    assert due == [article.id]
    ask(store, pool, feed, due, now=NOW + 60)
    assert "laboratory cost $95 million" in shown(store, article.id).body.text
    assert shown(store, article.id).revision == 2
    assert store.due_pages([feed.url], [], now=NOW + 10**9, limit=9) == []


def test_a_page_that_is_walled_off_later_keeps_its_text(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    article = one(store, pool, feed, site, page())
    site.routes["/a"] = (200, HTML, page(*STUB))
    ask(store, pool, feed, [article.id], now=NOW + 60)
    assert shown(store, article.id).body == article.body
    assert shown(store, article.id).page == "full"


# ---- politeness


def test_a_refresh_of_feeds_asks_for_no_page(store: Store, pool: Pool, site: Site) -> None:
    site.feed(
        "/feed",
        f"<rss version='2.0'><channel><item><link>{site.url('/a')}</link><title>{TITLE}</title></item></channel></rss>",
    )
    feed = Feed(site.url("/feed"), "Local", "Local", local=True, full_text="always")
    assert run(store, [feed], now=NOW, pool=pool, gap=0.0).new == 1
    assert site.paths() == ["/feed"]


def test_one_robots_txt_a_day_and_one_request_a_page(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    for n in range(5):
        site.routes[f"/{n}"] = (200, HTML, page(*(f"{text} ({n})" for text in BODY)))
    ids = announce(store, pool, feed, *((site.url(f"/{n}"), f"{TITLE} {n}", SUMMARY) for n in range(5)))
    report = ask(store, pool, feed, ids[:3])
    assert (report.pages, report.full, report.failed) == (3, 3, 0)
    ask(store, pool, feed, ids[3:], now=NOW + 86399)
    assert sorted(site.paths()) == ["/0", "/1", "/2", "/3", "/4", "/robots.txt"]
    ask(store, pool, feed, ids[:1], now=NOW + 86400)
    assert site.paths()[-2:] == ["/robots.txt", "/0"]


def test_one_connection_a_host_and_a_pause_between_two_requests(
    store: Store, pool: Pool, feed: Feed, site: Site
) -> None:
    remote = Feed("https://news.example/feed", "Remote", "Remote")
    ids = announce(store, pool, remote, *((f"https://news.example/{n}", f"{TITLE} {n}", "") for n in range(3)))
    times: list[float] = []
    running = 0

    async def fetch(request: Request) -> Answer | Failure:
        nonlocal running
        import asyncio

        assert running == 0
        running += 1
        times.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.01)
        running -= 1
        return Answer(200, request.url, HTML, page())

    fetch_pages(store, ids, {remote.url: remote}, clock=lambda: NOW, pool=pool, gap=0.15, fetch=fetch)
    assert len(times) == 4, "robots.txt and three pages"
    assert all(later - earlier >= 0.15 for earlier, later in pairwise(times))


def test_requests_are_plain(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    named = replace(feed, user_agent="reader for my own use")
    site.routes["/a"] = (200, {**HTML, "Set-Cookie": "id=1"}, page())
    (id,) = announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY))
    ask(store, pool, named, [id])
    ask(store, pool, named, [id])
    for asked in site.asked:
        assert not {"cookie", "referer", "authorization", "if-none-match"} & set(asked.headers)
    assert site.asked[-1].headers["user-agent"] == "reader for my own use"
    assert site.asked[-1].headers["accept"].startswith("text/html")


ROBOTS = {
    "none": ((404, {}, b""), True),
    "allows": ((200, {}, b"User-agent: *\nDisallow: /private\n"), True),
    "forbids all": ((200, {}, b"User-agent: *\nDisallow: /\n"), False),
    "forbids all by a wildcard": ((200, {}, b"User-agent: *\nDisallow: /*\n"), False),
    "forbids this path": ((200, {}, b"User-agent: *\nDisallow: /a\n"), False),
    "forbids another program": ((200, {}, b"User-agent: otherbot\nDisallow: /\n"), True),
    "forbids this program": ((200, {}, b"User-agent: briefing\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), False),
    "has a fault": ((500, {}, b""), False),
    "is closed itself": ((403, {}, b""), True),
    "is junk": ((200, {}, b"\xff\xfe\x00<html>" * 99), True),
}


@pytest.mark.parametrize("case", ROBOTS)
def test_robots_txt_is_kept_to(store: Store, pool: Pool, feed: Feed, site: Site, case: str) -> None:
    reply, allowed = ROBOTS[case]
    site.routes["/robots.txt"] = reply
    article = one(store, pool, feed, site, page())
    assert ("/a" in site.paths()) is allowed
    assert article.page == ("full" if allowed else "failed")
    if not allowed:
        assert article.page_reason == "the site does not want programs to read it"


def test_a_wish_for_silence_holds_for_all_of_the_host(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    remote = Feed("https://news.example/feed", "Remote", "Remote")
    ids = announce(store, pool, remote, *((f"https://news.example/{n}", f"{TITLE} {n}", "") for n in range(3)))
    asked: list[str] = []

    async def fetch(request: Request) -> Answer | Failure:
        asked.append(request.url)
        if request.url.endswith("robots.txt"):
            return Failure("missing", "not found", 404)
        return Failure("busy", "the site asks to wait (429): asked again when it allows", 429, {"retry-after": "7200"})

    def again(now: int) -> Report:
        return fetch_pages(store, ids, {remote.url: remote}, clock=lambda: now, pool=pool, gap=0.0, fetch=fetch)

    report = again(NOW)
    assert (report.pages, report.failed, report.waiting) == (1, 1, 2)
    assert again(NOW + 7199).pages == 0
    assert again(NOW + 7200).pages == 1
    assert store.held_hosts()["news.example"][1] == 2
    polled: list[str] = []

    async def poll(request: Request) -> Answer | Failure:
        polled.append(request.url)
        return Failure("server", "a fault", 500)

    run(store, [remote], now=NOW + 7300, only_due=False, fetch=poll, pool=pool, gap=0.0)
    assert polled == [], "the feeds of that host wait too"


def test_what_a_host_told_a_feed_holds_for_its_pages(store: Store, pool: Pool) -> None:
    from reader.model import FeedState

    remote = Feed("https://news.example/feed", "Remote", "Remote")
    ids = announce(store, pool, remote, ("https://news.example/1", TITLE, ""))
    store.save_poll(remote, FeedState(remote.url, held=NOW + 60), now=NOW)

    async def fetch(request: Request) -> Answer | Failure:
        raise AssertionError(request.url)

    assert fetch_pages(store, ids, {remote.url: remote}, clock=lambda: NOW, pool=pool, fetch=fetch).waiting == 1


# ---- addresses


def test_a_page_at_a_private_address_is_not_asked_for(store: Store, pool: Pool, site: Site) -> None:
    public = Feed("https://news.example/feed", "Remote", "Remote")
    (id,) = announce(store, pool, public, (site.url("/a"), TITLE, SUMMARY))
    report = fetch_pages(store, [id], {public.url: public}, clock=lambda: NOW, pool=pool, gap=0.0)
    assert site.asked == []
    assert report.failed == 1
    assert shown(store, id).page_reason == "leads where this reader does not go"


def test_a_redirect_to_a_private_address_is_not_followed(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    for where in (
        site.url("/b", "localhost"),
        site.url("/b", "127.1"),
        site.url("/b", "2130706433"),
        "file:///etc/passwd",
    ):
        site.routes["/a"] = (302, {"Location": where}, b"")
        (id,) = announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY))
        ask(store, pool, feed, [id])
        assert "/b" not in site.paths()
        assert (shown(store, id).page, shown(store, id).body.text) == ("failed", SUMMARY)
        assert shown(store, id).page_reason == "leads where this reader does not go"


def test_a_page_that_leads_to_another_site_is_not_taken(store: Store, pool: Pool) -> None:
    public = Feed("https://news.example/feed", "Remote", "Remote")
    ids = announce(
        store,
        pool,
        public,
        ("https://news.example/1", TITLE, SUMMARY),
        ("https://news.example/2", TITLE + " 2", SUMMARY),
    )
    leads = {
        "https://news.example/1": "https://consent.portal.example/?next=1",
        "https://news.example/2": "https://www.news.example/2",
    }

    async def fetch(request: Request) -> Answer | Failure:
        return Answer(200, leads.get(request.url, request.url), HTML, page())

    fetch_pages(store, ids, {public.url: public}, clock=lambda: NOW, pool=pool, gap=0.0, fetch=fetch)
    assert [shown(store, id).page for id in ids] == ["failed", "full"]
    assert shown(store, ids[0]).page_reason == "leads to another site (consent.portal.example)"


# ---- limits


def test_a_page_that_is_too_large_to_search_falls_back_or_fails_in_time(
    store: Store, pool: Pool, feed: Feed, site: Site
) -> None:
    deep = b"<html><body>" + b"<div>" * 3000 + b"<p>x</p>" + b"</div>" * 3000 + b"</body></html>"
    cells = page(after="<table>" + "<tr>" + "<td colspan=9999>1</td>" * 2500 + "</tr></table>")
    words = page(after="<p>" + "word " * 300_000 + "</p>")
    for body in (deep, cells, words):
        article = one(store, pool, feed, site, body)
        assert (article.page, article.body.text) == ("summary", SUMMARY)
        store.want_page(article.id, now=NOW)
    rescued = page(after="<p>" + "word " * 300_000 + "</p>", head=data(articleBody="\n".join(BODY)))
    assert one(store, pool, feed, site, rescued).body.text == "\n\n".join(BODY)


def test_another_kind_of_document_is_not_read(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    site.routes["/a"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7")
    (id,) = announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY))
    ask(store, pool, feed, [id])
    assert shown(store, id).page_reason == "no page but another kind of document"


def test_a_body_beyond_the_limit_is_not_read(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    import zlib

    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(b"<p>" + b"x" * (11 << 20)) + packer.flush()
    site.routes["/a"] = (200, {**HTML, "Content-Encoding": "gzip"}, bomb)
    (id,) = announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY))
    ask(store, pool, feed, [id])
    assert shown(store, id).page_reason == "larger than 10 MB"


# ---- runs


def test_a_run_that_is_ended_goes_on_where_it_was(store: Store, pool: Pool) -> None:
    remote = Feed("https://news.example/feed", "Remote", "Remote")
    announce(store, pool, remote, *((f"https://news.example/{n}", f"{TITLE} {n}", SUMMARY) for n in range(6)))
    wanted = store.pack_pages([remote.url], asked_before=NOW)
    asked: list[str] = []

    async def fetch(request: Request) -> Answer | Failure:
        asked.append(request.url)
        number = request.url.rpartition("/")[2]
        return Answer(200, request.url, HTML, page(*(f"{text} ({number})" for text in BODY)))

    def go_on(ids: Sequence[int], **options: Any) -> Report:
        with Pool(1) as fresh:
            return fetch_pages(store, ids, {remote.url: remote}, clock=lambda: NOW, pool=fresh, fetch=fetch, **options)

    report = go_on(wanted, gap=0.3, cancelled=lambda: len(asked) > 2)
    assert 0 < report.left < 6
    left = store.pack_pages([remote.url], asked_before=NOW)
    assert len(left) == report.left
    assert go_on(left, gap=0.0).full == len(left)
    assert store.pack_pages([remote.url], asked_before=NOW + 10**6) == []
    assert store.pack_states() == {"full": 6}
    assert len(asked) <= len(set(asked)) + 1, "but the one that was under way no page is asked for twice"


def test_an_offline_machine_is_said_once_and_held_against_nobody(store: Store, pool: Pool) -> None:
    feeds = [Feed(f"https://{name}.example/feed", name, name) for name in ("a", "b", "c", "d", "e")]
    ids = [
        announce(store, pool, feed, (f"https://{feed.title}.example/{n}", f"{TITLE} {n}", ""))[0]
        for feed in feeds
        for n in range(1)
    ]
    asked: list[str] = []

    async def fetch(request: Request) -> Answer | Failure:
        asked.append(request.url)
        return Failure("network", "cannot be reached: check the address and your connection")

    report = fetch_pages(
        store, ids, {feed.url: feed for feed in feeds}, clock=lambda: NOW, pool=pool, gap=0.0, fetch=fetch
    )
    assert report.offline
    assert report.failed == 0
    assert all(shown(store, id).page == "" for id in ids)
    assert len(store.pack_pages([feed.url for feed in feeds], asked_before=NOW)) == 5


def test_one_site_that_is_down_is_its_own_trouble(store: Store, pool: Pool, feed: Feed, site: Site) -> None:
    down = Feed("https://down.example/feed", "Down", "Down")
    site.routes["/a"] = (200, HTML, page())
    ids = [
        *announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY)),
        *announce(store, pool, down, ("https://down.example/1", TITLE, "")),
    ]

    async def fetch(request: Request) -> Answer | Failure:
        if "down" in request.url:
            return Failure("network", "cannot be reached: check the address and your connection")
        return Answer(200, request.url, HTML, page())

    report = fetch_pages(
        store,
        ids,
        {feed.url: feed, down.url: down},
        clock=lambda: NOW,
        pool=pool,
        gap=0.0,
        random=lambda: 0.0,
        fetch=fetch,
    )
    assert (report.full, report.failed, report.offline) == (1, 1, False)
    assert shown(store, ids[1]).page_reason == "cannot be reached"
    assert store.page_jobs([ids[1]])[0].page.due == NOW + 900


@pytest.mark.parametrize("full_text", ["auto", "always", "never"])
def test_a_feed_that_says_never_is_never_asked(
    store: Store, pool: Pool, feed: Feed, site: Site, full_text: str
) -> None:
    site.routes["/a"] = (200, HTML, page())
    (id,) = announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY))
    ask(store, pool, replace(feed, full_text=full_text), [id])
    assert ("/a" in site.paths()) is (full_text != "never")


def test_an_article_without_an_address_or_a_feed_is_left_alone(
    store: Store, pool: Pool, feed: Feed, site: Site
) -> None:
    announce(store, pool, feed, (site.url("/a"), TITLE, SUMMARY))
    assert fetch_pages(store, [1, 99], {}, clock=lambda: NOW, pool=pool).pages == 0
    assert site.asked == []


def test_a_slow_page_holds_up_no_other_site(store: Store, pool: Pool) -> None:
    import asyncio

    feeds = [Feed(f"https://{name}.example/feed", name, name) for name in ("slow", "quick")]
    ids = [announce(store, pool, feed, (f"https://{feed.title}.example/1", TITLE, SUMMARY))[0] for feed in feeds]

    async def fetch(request: Request) -> Answer | Failure:
        await asyncio.sleep(0.5 if "slow" in request.url else 0)
        return Answer(200, request.url, HTML, page())

    order: list[str] = []
    by_url = {feed.url: feed for feed in feeds}
    fetch_pages(store, ids, by_url, pool=pool, gap=0.0, fetch=fetch, progress=lambda step: order.append(step.feed))
    assert order == ["quick.example", "slow.example"]


def test_a_page_that_kills_its_reader_is_one_failed_page(store: Store, feed: Feed, site: Site) -> None:
    site.routes["/a"] = site.routes["/b"] = (200, HTML, page())
    with Pool(1, program="raise SystemExit(1)") as broken:
        ids = announce_with(store, feed, site)
        report = ask(store, broken, feed, ids)
    assert (report.pages, report.failed) == (2, 2)
    assert [(job.page.kind, bool(job.page.reason)) for job in store.page_jobs(ids)] == [("damaged", True)] * 2
    assert [job.page.due for job in store.page_jobs(ids)] == [None, None], "it would do so again"


def announce_with(store: Store, feed: Feed, site: Site) -> list[int]:
    with Pool(1) as sound:
        return announce(
            store, sound, feed, (site.url("/a"), TITLE, SUMMARY), (site.url("/b"), f"{TITLE} again", SUMMARY)
        )
