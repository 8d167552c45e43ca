"""From a page to its feeds."""

from __future__ import annotations

import pytest

from reader.ingest.discover import Offer, by_address, guesses, in_page
from reader.ingest.fetch import Answer
from reader.ingest.pipeline import offered
from reader.ingest.pool import Pool

PAGE = """<!doctype html><head><base href="https://cdn.example/x/"><title>T</title>
<link rel="alternate" type="application/rss+xml" title="Comments on it" href="/comments/feed/">
<link rel="alternate" type="application/json" href="/wp-json/posts/1">
<link rel="stylesheet" type="text/css" href="a.css">
<link rel="Alternate Home" type="application/feed+json; charset=utf-8" href="feed.json">
<link rel="alternate" type="application/rss+xml" title="Main &amp; only\x1b[2J" href="//news.example/feed">
<link rel="alternate" type="application/rss+xml" href="file:///etc/hostname">
<link rel="alternate" type="application/rss+xml" href="|touch x">
<link rel="alternate" hreflang="de" href="/de/"></head>"""


def test_a_page_names_its_feeds_best_first() -> None:
    assert in_page(PAGE, "https://news.example/") == (
        Offer("https://news.example/feed", "Main & only\ufffd[2J"),
        Offer("https://cdn.example/x/%7Ctouch%20x"),
        Offer("https://cdn.example/x/feed.json"),
        Offer("https://cdn.example/comments/feed/", "Comments on it"),
    )


@pytest.mark.parametrize("page", ["", "<!-- -->", "no markup", "<link>", "\0", "<" * 5000])
def test_a_page_without_feeds_has_none(page: str) -> None:
    assert in_page(page, "https://news.example/") == ()


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UC_x-1/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UC_x-1"),
        ("https://github.com/some/project", "https://github.com/some/project/releases.atom"),
        ("https://old.reddit.com/r/LocalLLaMA/", "https://www.reddit.com/r/LocalLLaMA/.rss"),
        ("https://letter.substack.com/p/one", "https://letter.substack.com/feed"),
        ("https://medium.com/@ada", "https://medium.com/feed/@ada"),
    ],
)
def test_sites_whose_feeds_follow_from_the_address(page: str, feed: str) -> None:
    assert by_address(page) == Offer(feed)


def test_other_sites_are_not_guessed_from_the_address() -> None:
    assert by_address("https://github.com/some/project/issues") is None
    assert by_address("https://news.example/") is None


def test_few_paths_are_tried() -> None:
    tried = guesses("https://news.example/blog/post")
    assert len(tried) <= 8
    assert "https://news.example/feed" in tried
    assert guesses("javascript:alert(1)") == ()


def test_a_fetched_page_is_read_by_a_child(pool: Pool) -> None:
    answer = Answer(200, "https://news.example/", {"content-type": "text/html"}, PAGE.encode())
    assert offered(pool, answer) == in_page(PAGE, "https://news.example/")
    assert offered(pool, Answer(200, "https://news.example/", {}, b"\x1f\x8bbroken")) == ()
    with Pool(1, "raise SystemExit") as dead:
        assert offered(dead, answer) == ()
