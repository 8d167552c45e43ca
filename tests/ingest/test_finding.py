"""From an address to its feed on a site: every way of rule 63, and how many requests it takes."""

from __future__ import annotations

import pytest
from conftest import Site, item, rss

from reader.cli.probe import find_feed
from reader.ingest.discover import guesses, in_page

FEED = rss(item(1))
HTML = {"Content-Type": "text/html"}
JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "content_text": "x"}]}'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>1</id><title>x</title></entry></feed>'


def page(site: Site, path: str, head: str = "", body: str = "<p>Hello</p>") -> str:
    site.routes[path] = (200, HTML, f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())
    return site.url(path)


def link(href: str, kind: str = "application/rss+xml", title: str = "T") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def test_the_address_of_a_feed_is_that_feed(site: Site) -> None:
    found = find_feed(site.feed("/feed", FEED), local=True)
    assert (found.url, found.title, found.entries, found.reason) == (site.url("/feed"), "News", 1, "")
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("application/rss+xml", FEED),
        ("application/atom+xml", ATOM),
        ("application/feed+json", JSON),
        ("application/json", JSON),
    ],
)
def test_a_page_names_a_feed_of_any_kind(site: Site, kind: str, document: str) -> None:
    site.feed("/x/news", document)
    found = find_feed(page(site, "/", link("x/news", kind)), local=True)
    assert (found.url, found.reason) == (site.url("/x/news"), "")
    assert site.paths() == ["/", "/x/news"]


@pytest.mark.parametrize("title", ["Comments", "More"])
def test_comments_come_last_and_the_programming_interface_never(site: Site, title: str) -> None:
    for path in ("/comments/feed/", "/feed/", "/wp-json/posts"):
        site.feed(path, FEED)
    head = link("/comments/feed/", title=title) + link("/wp-json/posts", "application/json") + link("/feed/")
    found = find_feed(page(site, "/", head), local=True)
    assert (found.url, found.others) == (site.url("/feed/"), (site.url("/comments/feed/"),))


def test_a_stale_link_gives_way_to_the_next(site: Site) -> None:
    site.feed("/new.xml", FEED)
    assert find_feed(page(site, "/", link("/old.xml") + link("/new.xml")), local=True).url == site.url("/new.xml")


def test_a_link_in_the_text_counts_where_the_head_names_none(site: Site) -> None:
    site.feed("/blog/rss.xml", FEED)
    body = '<a href="/about">About</a> <a href="https://other.example/feed">Theirs</a> <a href="/blog/rss.xml">RSS</a>'
    found = find_feed(page(site, "/", body=body), local=True)
    assert (found.url, site.paths()) == (site.url("/blog/rss.xml"), ["/", "/blog/rss.xml"])


@pytest.mark.parametrize(
    "path", ["/feed", "/rss.xml", "/feed.xml", "/index.xml", "/atom.xml", "/rss", "/feed/", "/feed.json"]
)
def test_known_paths_are_tried_where_nothing_is_named(site: Site, path: str) -> None:
    site.feed(path, JSON if path.endswith("json") else FEED)
    assert find_feed(page(site, "/"), local=True).url == site.url(path)
    assert len(site.asked) <= 9


@pytest.mark.parametrize("path", ["/blog/feed", "/blog/rss.xml", "/rss.xml"])
def test_the_folder_of_a_page_comes_before_the_root(site: Site, path: str) -> None:
    site.feed(path, FEED)
    assert find_feed(page(site, "/blog/one-post"), local=True).url == site.url(path)
    assert len(site.asked) <= 9


def test_a_site_that_answers_everything_with_its_page_has_no_feed(site: Site) -> None:
    for path in ("/", *(guess.partition("example")[2] for guess in guesses("https://news.example/"))):
        page(site, path)
    assert "look for a link called RSS or Atom" in find_feed(site.url("/"), local=True).reason
    assert len(site.asked) <= 9


def test_what_cannot_be_asked_says_why(site: Site) -> None:
    assert "404" in find_feed(site.url("/nowhere"), local=True).reason
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("href", "feed"),
    [
        ("/feed", True),
        ("/index.xml", True),
        ("/blog/atom.xml", True),
        ("/ai/rss/", True),
        ("https://feeds.news.example/main.rss", True),
        ("/feeds/everything", True),
        ("/all_rss.xml", True),
        ("/sitemap.xml", False),
        ("/feedback", False),
        ("/rss-explained", False),
        ("/index.html", False),
        ("/post/comments/feed", False),
        ("/feed?add-to=reader", False),
        ("https://other.example/feed", False),
        ("javascript:feed", False),
    ],
)
def test_which_links_look_like_feeds(href: str, feed: bool) -> None:
    assert bool(in_page(f'<body><a href="{href}">x</a></body>', "https://www.news.example/")) is feed
