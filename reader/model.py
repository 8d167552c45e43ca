"""The nouns of the house as frozen dataclasses; no I/O.

Times are whole seconds since 1970 UTC; offsets are code points into the text of one revision, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.comparison import AlignedFact as AlignedFact
    from reader.comparison import BoardCell as BoardCell
    from reader.comparison import Chapter as Chapter
    from reader.comparison import Cited as Cited
    from reader.comparison import Dossier as Dossier
    from reader.comparison import Ledger as Ledger
    from reader.comparison import LedgerLine as LedgerLine
    from reader.comparison import Promise as Promise
    from reader.comparison import Report as Report
    from reader.comparison import Said as Said
    from reader.comparison import Story as Story
    from reader.comparison import StoryMember as StoryMember


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: what it is and where it stands.

    `kind`: paragraph | heading | item | quote | code | table | caption; `level` is a heading's rank (1-6) or an item's depth (0 …).
    Blocks are in order and do not overlap; between two blocks the text has only white space. A table's text has one row a line,
    cells parted by a tab.
    """

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A passage of the text that links to `url`, an absolute http or https address."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Text:
    """A cleaned text with its blocks and links: nothing in it can drive a terminal, and offsets are final."""

    text: str
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """One source as the user configured it: a table of feeds.toml."""

    url: str
    title: str
    outlet: str
    kind: str = "feed"
    """feed (RSS, Atom, RDF, JSON Feed: told apart by content) | sitemap (a news sitemap or an index of them)."""
    group: str = "press"
    enabled: bool = True
    text: str = "summary"
    """What the source's entries hold: full | summary | headline."""
    full_text: str = "auto"
    """When the page of an article is asked for its text: auto (opened or kept, where the feed has no full texts) | always | never."""
    interval: int | None = None
    """Minutes between polls; null takes the default."""
    include: tuple[str, ...] = ()
    """Keep only entries whose title or path has one of these words (for sitemaps); empty keeps all."""
    paths: tuple[str, ...] = ()
    """Keep only entries whose URL path begins with one of these (for sitemaps); empty keeps all."""
    exclude: tuple[str, ...] = ()
    """Leave out entries whose title or path has one of these words."""
    user_agent: str | None = None
    local: bool = False
    """The user allowed a loopback or private address."""
    fallback: str = ""
    """Address of a feed to read instead when this one refuses programs; offered, never taken by itself."""
    moved_from: str = ""
    """Address it had before: what is stored of that one is this feed's."""
    note: str = ""
    community: bool = False
    """Made by others from a site without a feed of its own: it may lag or stop."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a fetched document, cleaned, before it is matched with what is stored."""

    guid: str
    """The raw, trimmed id; else the link; else a hash of title and text."""
    url: str
    """Absolute http(s) link as the feed gave it; empty where there is none."""
    title: str
    body: Text
    author: str = ""
    published: int | None = None
    """As the feed says, when it is sane; null when missing or implausible."""
    updated: int | None = None
    summary: str = ""
    """A short plain summary when the body is something longer; else empty."""
    language: str = ""
    completeness: str = "summary"
    """full | summary | headline."""
    position: int = 0
    """Place in the document, 0 for the first: the tie-break for undated entries."""
    enclosures: tuple[str, ...] = ()
    canonical: str = ""
    """Canonical form of `url`, for comparison only."""
    content_hash: str = ""
    """Hash of title, link and text, without what changes by itself: tells whether a known entry was revised."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed between two polls; the store's row without the configuration."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    """Both validators are opaque: sent back byte for byte."""
    body_hash: str | None = None
    checked: int | None = None
    """When it was last asked, whatever came of it."""
    succeeded: int | None = None
    """When it last answered with a feed or 304."""
    due: int = 0
    """Not before this second is it asked again."""
    failures: int = 0
    """Failed polls in a row."""
    error: str = ""
    """Why the last poll failed, in plain words with the remedy; empty when it did not."""
    status: int | None = None
    """HTTP status of the last answer."""
    held: int = 0
    """The server asked for silence until this second: holds for every feed of its host, also when polled by hand."""
    moved_to: str = ""
    """Address that permanent redirects lead to, to be offered to the user; the configured one stays until they take it."""
    memory: str = ""
    """What ingest remembers for itself between polls, as JSON; opaque to the store."""
    slices: bytes = b""
    """Hashes of the entry slices of the last document; opaque to the store."""


@dataclass(frozen=True, slots=True)
class PageState:
    """What came of asking for an article's own page; as it stands, of a page that was never asked for."""

    state: str = ""
    """full | summary (the page has no more than the feed) | paywalled | failed; empty while it was not asked."""
    kind: str = ""
    """Of what did not work: as `Failure.kind` of fetching, or robots | elsewhere | short | consent | repeated | paywall."""
    reason: str = ""
    """Why, in a few words; empty for a full text."""
    asked: int | None = None
    tries: int = 0
    """In a row, without success."""
    due: int | None = None
    """When it is asked again by itself; null for never."""
    stale: bool = False
    """The feed told of a change since."""
    url: str = ""
    """What was asked for."""
    host: str = ""
    text_hash: str = ""
    """Of the text that the page gave, accepted or not."""
    extractor: str = ""
    """Name and version of what found the text in the page."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What an article's page gave: a cleaned text, and what it says of itself (empty or null where it does not)."""

    body: Text
    author: str = ""
    published: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the briefing list: everything that is drawn, and no body."""

    id: int
    title: str
    outlet: str
    published: int
    read: bool
    starred: bool
    later: bool
    done: bool
    facts: int
    """How many facts the article holds; -1 while they are not known."""
    revision: int
    """1 for a text that never changed."""
    words: int
    tags: tuple[str, ...] = ()
    story_id: int | None = None
    """The story it stands for or belongs to; null while it is not placed."""
    outlets: int = 1
    """How many outlets have the story."""
    novel: int = 0
    """Facts of the story that no article read so far tells."""
    all_facts: int = -1
    """How many different facts the story tells; -1 while they are not known."""
    flag: str = ""
    """≠ where outlets differ on a figure, ↻ where a figure or a text changed, else empty."""
    changed: str = ""
    """What the newest text changed, such as `± $38B → $40B`; empty for a text that changed nothing of weight."""


@dataclass(frozen=True, slots=True)
class Article:
    """One stored article as the reading pane shows it: its newest revision and the facts of exactly that text."""

    id: int
    feed_url: str
    feed_title: str
    outlet: str
    url: str
    title: str
    author: str
    published: int
    updated: int | None
    fetched: int
    completeness: str
    words: int
    revision: int
    body: Text
    facts: str | None
    """The JSON of `Facts.as_dict()`; null while they are not known."""
    read: bool
    starred: bool
    later: bool
    done: bool
    tags: tuple[str, ...] = ()
    sample: bool = False
    story_id: int | None = None
    changed: str = ""
    """As in `Row`."""
    page: str = ""
    """State of the article's page, as in `PageState`."""
    page_reason: str = ""
    """Why its page gave no text, in a few words."""
    page_due: int | None = None
    """When its page is asked for again by itself; null for never."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of one article of a feed: enough to tell whether a fetched entry is the same one."""

    id: int
    guid: str
    aliases: tuple[str, ...]
    """Other raw ids under which the feed has listed it."""
    canonical: str
    """Canonical URL, for comparison only."""
    title: str
    content_hash: str
    """That of the entry which the newest revision was made from."""
    published: int | None
    updated: int | None
    first_seen: int
    revision: int
    read: bool


_HELD = {"full": "full text", "headline": "headline only", "dropped": "text dropped by your [keep] rules"}


def how_complete(completeness: str, page: str = "", reason: str = "") -> str:
    """How much of an article is stored, in words: full text | summary only | headline only | paywalled | failed: why."""
    if completeness in ("full", "dropped") or page not in ("paywalled", "failed"):
        return _HELD.get(completeness, "summary only")
    return f"failed: {reason}" if page == "failed" else "paywalled"


def __getattr__(name: str) -> Any:
    """The nouns of comparing, loaded with the first of them that is asked for: the first screen needs none."""
    if not name.startswith("_"):
        from reader import comparison

        if name in vars(comparison):
            return getattr(comparison, name)
    raise AttributeError(f"module 'reader.model' has no attribute {name!r}")
