"""The bundled sources: complete, of known groups and kinds, each once, one of each pair of twins, none that is known to be dead."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from reader.config import BUNDLED_FEEDS, GROUPS, KINDS, TEXTS, bundled_feeds
from reader.config.source import Source, parsed
from reader.model import Feed

FEEDS = bundled_feeds()
TABLES = parsed(Source(BUNDLED_FEEDS, BUNDLED_FEEDS.read_text("utf-8")))["feed"]

TWINS = (
    ("search.cnbc.com/rs/search/combinedcms/view.xml", "www.cnbc.com/id/19854910/device/rss/rss.html"),
    ("importai.substack.com/feed", "jack-clark.net/feed/"),
    ("thezvi.wordpress.com/feed/", "thezvi.substack.com/feed"),
    ("nvidianews.nvidia.com/releases.xml", "blogs.nvidia.com/feed/"),
    ("simonwillison.net/atom/everything/", "simonwillison.net/atom/entries/", "simonwillison.net/atom/links/"),
    ("mistral.ai/rss.xml", "mistral.ai/news/rss"),
    ("epochai.substack.com/feed", "epoch.ai/atom.xml"),
    ("metr.substack.com/feed", "metr.org/feed.xml"),
    ("www.normaltech.ai/feed", "www.aisnakeoil.com/feed"),
)
"""Addresses that bring the same entries."""

DEAD = (
    "anthropic.com/news/rss.xml",
    "feeds.a.dj.com/",
    "semianalysis.com/feed",
    "qwenlm.github.io/blog/index.xml",
    "cohere.com/blog/rss.xml",
    "hai.stanford.edu/news/rss.xml",
    "blogs.microsoft.com/ai/feed/",
    "api.axios.com/feed/ai",
    "ollama.com/blog/rss",
    "x.ai/news/rss.xml",
    "theneurondaily.com/feed",
)
"""Addresses of many lists that are gone, answer with a web page, or stopped long ago."""


def place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


def named(feed: Feed) -> str:
    return feed.title


def test_there_are_enough_of_every_group() -> None:
    groups = Counter(feed.group for feed in FEEDS)
    assert len(FEEDS) >= 60
    assert set(groups) == set(GROUPS)
    assert min(groups.values()) >= 3
    on = Counter(feed.group for feed in FEEDS if feed.enabled)
    assert 30 <= on.total() <= 60
    assert {"labs", "press", "wires", "research", "newsletters", "chips", "policy", "dev", "aggregators"} <= set(on)


def test_the_three_sources_of_the_design_are_there() -> None:
    outlets = {feed.outlet for feed in FEEDS if feed.enabled}
    assert {"CNBC", "Reuters", "TechCrunch"} <= outlets


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["title"])
def test_every_source_says_what_it_is(table: dict[str, object]) -> None:
    assert {"title", "url", "outlet", "group", "kind", "text", "enabled"} <= set(table)
    assert (table["group"] in GROUPS, table["kind"] in KINDS, table["text"] in TEXTS) == (True, True, True)
    assert table["enabled"] or table.get("note"), "a source that is off says why"


@pytest.mark.parametrize("feed", FEEDS, ids=named)
def test_every_source_can_be_asked_politely(feed: Feed) -> None:
    assert feed.url.startswith("https://")
    assert not urlsplit(feed.url).fragment
    assert feed.kind == "feed" or (feed.text == "headline" and feed.include and (feed.interval or 0) >= 120)
    assert not feed.local
    assert feed.moved_from == ""
    assert not feed.user_agent
    if feed.fallback:
        assert feed.fallback in {other.url for other in FEEDS}


def test_no_address_and_no_title_stands_twice() -> None:
    places = Counter((place(feed.url), urlsplit(feed.url).query) for feed in FEEDS)
    assert [one for one, number in places.items() if number > 1] == []
    assert [one for one, number in Counter(feed.title for feed in FEEDS).items() if number > 1] == []


@pytest.mark.parametrize("twins", TWINS, ids=lambda twins: twins[0])
def test_one_of_twins_is_listed(twins: tuple[str, ...]) -> None:
    assert len({place(feed.url) for feed in FEEDS} & set(twins)) <= 1


def test_no_dead_address_is_listed() -> None:
    places = {place(feed.url).removeprefix("www.") for feed in FEEDS}
    assert [
        one for one in places for dead in DEAD if one == dead or (dead.endswith("/") and one.startswith(dead))
    ] == []


def test_feeds_made_by_others_are_marked() -> None:
    made = {feed.title for feed in FEEDS if urlsplit(feed.url).hostname == "raw.githubusercontent.com"}
    assert made == {feed.title for feed in FEEDS if feed.community and feed.title in made}
    assert made


def test_what_search_engines_are_given_is_off_unless_its_owner_allows_programs() -> None:
    reuters = next(feed for feed in FEEDS if feed.kind == "sitemap" and feed.outlet == "Reuters")
    assert not reuters.enabled
    assert reuters.fallback
    assert {"AI", "OpenAI"} <= set(reuters.include)
    assert "/technology/" in reuters.paths
