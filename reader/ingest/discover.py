"""From a web page to the feeds it offers. Pure: what to ask next is said, not asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from reader.ingest import urls
from reader.text import one_line

TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/feed+json": 1,
    "application/rdf+xml": 2,
    "application/json": 3,
}
"""Types of a `link rel=alternate` that are feeds, the better ones first."""

KNOWN_PATHS = ("feed", "feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
"""Paths to try at the root of a site whose page names no feed; not more, for probing is rude (rule 63)."""

BLOG_PATHS = ("feed", "rss.xml", "feed.xml", "index.xml")
"""Paths to try in the folder of a page before half of those at the root."""

MAX_LINKS = 20
MAX_ANCHORS = 4
"""Links of a page's text that are taken for feeds by their addresses."""

_FEED_PATH = re.compile(
    r"/(?:feeds?|rss2?|atom|index)(?:\.(?:xml|rss|atom|json))?/?$|/feeds?/[\w-]+/?$|\.(?:rss|atom)$|[/_-](?:rss|feed|atom)\.xml$"
)
_REACH = 1 << 20
_HOSTS = (
    (
        re.compile(r"^https://(?:www\.)?youtube\.com/channel/([\w-]+)"),
        "https://www.youtube.com/feeds/videos.xml?channel_id={}",
    ),
    (
        re.compile(r"^https://(?:www\.)?youtube\.com/playlist\?(?:.*&)?list=([\w-]+)"),
        "https://www.youtube.com/feeds/videos.xml?playlist_id={}",
    ),
    (re.compile(r"^https://github\.com/([\w.-]+/[\w.-]+)(?:/releases)?/?$"), "https://github.com/{}/releases.atom"),
    (re.compile(r"^https://(?:www\.|old\.)?reddit\.com/(r/\w+|user/\w+)/?$"), "https://www.reddit.com/{}/.rss"),
    (re.compile(r"^https://([\w-]+)\.substack\.com(?:/.*)?$"), "https://{}.substack.com/feed"),
    (re.compile(r"^https://medium\.com/(@?[\w-]+)/?$"), "https://medium.com/feed/{}"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page may have: its address and the page's name for it."""

    url: str
    title: str = ""


def by_address(url: str) -> Offer | None:
    """The feed of a page on a site whose feeds follow from its addresses; null for any other."""
    for pattern, feed in _HOSTS:
        if found := pattern.match(url):
            return Offer(feed.format(found[1]))
    return None


def in_page(page: str, url: str) -> tuple[Offer, ...]:
    """The feeds that a page names in `link rel=alternate`, best first: comment feeds last, `wp-json` never.

    Where it names none, the links of its text that lead to what looks like a feed of the same site.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    try:
        root = etree.fromstring(page[:_REACH].encode("utf-8", "replace").replace(b"\0", b""), parser)
    except etree.LxmlError:
        return ()
    if root is None:
        return ()
    base = url
    found: dict[str, tuple[tuple[bool, int], Offer]] = {}
    for element in root.iter("base", "link"):
        href = element.get("href") or ""
        if element.tag == "base":
            base = urls.absolute(href, url) or base
        elif offer := _offer(element, href, base):
            found.setdefault(offer[1].url, offer)
    ranked = sorted(found.values(), key=lambda offer: offer[0])
    return tuple(offer for _, offer in ranked[:MAX_LINKS]) or _linked(root, base, url)


def _linked(root: etree._Element, base: str, url: str) -> tuple[Offer, ...]:
    """The feeds of its own site that a page links to in its text."""
    found: dict[str, Offer] = {}
    for element in root.iter("a"):
        address = urls.absolute((element.get("href") or "").strip(), base)
        parts = urlsplit(address)
        if parts.query or not _FEED_PATH.search(parts.path.lower()) or "comments" in parts.path.lower():
            continue
        if _site(address) == _site(url):
            found.setdefault(address, Offer(address, one_line("".join(element.itertext()), 80)))
    return tuple(found.values())[:MAX_ANCHORS]


def _site(url: str) -> str:
    """The host without what feeds and blogs put before it."""
    return re.sub(r"^(?:feeds?|rss|blog)\.(?=[^.]+\.)", "", urls.host_of(url))


def _offer(element: etree._Element, href: str, base: str) -> tuple[tuple[bool, int], Offer] | None:
    """Rank and feed of a link element; null for what is no feed."""
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    if "alternate" not in (element.get("rel") or "").lower().split() or kind not in TYPES:
        return None
    url = urls.absolute(href, base)
    if not url or "/wp-json/" in url:
        return None
    title = one_line(element.get("title") or "")
    comments = "comments" in urlsplit(url).path.lower() or "comments" in title.lower()
    return (comments, TYPES[kind]), Offer(url, title)


def guesses(url: str) -> tuple[str, ...]:
    """Addresses worth one request each when a page names no feed: in the page's first folder, as of a blog, then at the root."""
    if not urls.absolute(url):
        return ()
    root = urljoin(url, "/")
    folder = urlsplit(url).path.split("/")[1]
    if not folder or "." in folder:
        return tuple(urljoin(root, path) for path in KNOWN_PATHS)
    inner = tuple(urljoin(root, f"{folder}/{path}") for path in BLOG_PATHS)
    return (*inner, *(urljoin(root, path) for path in BLOG_PATHS))
