"""The nouns of the house as frozen dataclasses; no I/O.

Times are whole seconds since 1970 UTC; offsets are code points into the text of one revision, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass


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
    interval: int | None = None
    """Minutes between polls; null takes the default."""
    include: tuple[str, ...] = ()
    """Keep only entries whose title or path has one of these words (for sitemaps); empty keeps all."""
    paths: tuple[str, ...] = ()
    """Keep only entries whose URL path begins with one of these (for sitemaps); empty keeps all."""
    user_agent: str | None = None
    local: bool = False
    """The user allowed a loopback or private address."""
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


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage of a stored article: `text` is what its newest text has from `start` to `end`, on one line."""

    article_id: int
    outlet: str
    published: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One outlet's value of a figure, and the sentence it stands in. `leans` are outlets whose report it repeats."""

    article_id: int
    outlet: str
    published: int
    value: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    sentence: str
    leans: tuple[str, ...] = ()
    basis: str = ""
    """The measure that the text states (intraday, without tools …) after its period; empty for none."""


@dataclass(frozen=True, slots=True)
class AlignedFact:
    """One figure of a story with all its reports, oldest first. `status`: DIFFER | CHANGED | AGREED | 1 SOURCE."""

    status: str
    subject: str
    metric: str
    period: str
    key: str
    """What the ledger of the figure is asked by."""
    note: str
    independent: tuple[str, ...]
    repeats: tuple[str, ...]
    sources: int
    """How many independent sources stand behind it; one that is only repeated here counts too."""
    reports: tuple[Report, ...]

    @property
    def letter(self) -> str:
        """The status as one character: ≠ ↻ = 1."""
        return {"DIFFER": "≠", "CHANGED": "↻", "AGREED": "="}.get(self.status, "1")

    @property
    def about(self) -> str:
        """Subject, metric and period in one line."""
        return " · ".join(filter(None, (self.subject, self.metric, self.period)))

    def values(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each value as it is written, with the outlets that have it, in the order of their reports."""
        found: dict[str, dict[str, None]] = {}
        for report in self.reports:
            found.setdefault(report.value, {})[report.outlet] = None
        return tuple((value, tuple(outlets)) for value, outlets in found.items())


@dataclass(frozen=True, slots=True)
class StoryMember:
    """One article of a story. `how`: report | second-hand (leans on `leans`) | copy (of `copy_of`) | attached (a round-up or the like)."""

    article_id: int
    title: str
    outlet: str
    published: int
    how: str
    copy_of: int | None
    leans: str
    score: float
    why: str
    """Why it is in this story, in words."""
    read: bool
    done: bool
    words: int
    changed: str
    url: str


@dataclass(frozen=True, slots=True)
class Story:
    """One event as its outlets tell it: members oldest first, aligned facts what differs first, and who stands behind it."""

    id: int
    key: str
    headline_id: int
    title: str
    first_seen: int
    last_seen: int
    all_facts: int
    novel: int
    flag: str
    members: tuple[StoryMember, ...]
    facts: tuple[AlignedFact, ...]
    independent: tuple[str, ...]
    repeats: tuple[str, ...]
    absent: int
    """Sources that are only repeated here."""
    first: tuple[tuple[str, str], ...]
    """Who had it first: outlet, and `credited` or `earliest`."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """Its outlets, in the order of their reports."""
        return tuple(dict.fromkeys(member.outlet for member in self.members))

    @property
    def sources(self) -> str:
        """Who stands behind it in one line: `2 independent (CNBC, Bloomberg) · 3 repeat them`."""
        count = len(self.independent) + self.absent
        named = f" ({', '.join(self.independent)})" if self.independent else ""
        repeats = len(self.repeats)
        verb = "repeats" if repeats == 1 else "repeat"
        return f"{count} independent{named}" + (f" · {repeats} {verb} them" if repeats else "")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One value of a figure over time. `mark`: = corroborated, ≠ contradicted, ↻ revised, 1 one source.

    `low` and `high` are the value's range in plain numbers; `change` is the change against the line before (0.09 for 9 % more).
    """

    published: int
    value: str
    low: float
    high: float
    mark: str
    change: float | None
    sources: int
    reports: tuple[Report, ...]
    against: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every report of one figure, oldest first. `others` are further figures that fit what was asked: key and what it is about."""

    key: str
    about: str
    lines: tuple[LedgerLine, ...]
    others: tuple[tuple[str, str], ...] = ()
    left_out: int = 0
    """Older articles with the figure that were not looked at."""


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One value of a model on a benchmark in one setting, as it was reported. Values of other settings or measurers are other cells."""

    benchmark: str
    setting: str
    """As the text states it; empty where it states none."""
    model: str
    value: float
    unit: str
    measured_by: str
    """Who the texts say measured it; empty where they do not say."""
    vendor: bool
    """Measured by the model's own maker."""
    differs: bool
    """Somebody reports another value for the same model, benchmark and setting."""
    sources: int
    reports: tuple[Cited, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Outlets that report it, in the order of their reports."""
        return tuple(dict.fromkeys(report.outlet for report in self.reports))


@dataclass(frozen=True, slots=True)
class Said:
    """One quote. `drift` against an earlier one on the same matter (`before`): first | repeated | firmer | softer | again."""

    speaker: str
    quote: Cited
    medium: str = ""
    drift: str = "first"
    before: tuple[int, int, int] | None = None
    """Article, start and end of the earlier quote."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One forecast with the day it is due. `status`: overdue | due | open | undated | missed | put off | kept."""

    cited: Cited
    kind: str
    """prediction | commitment | plan."""
    holder: str
    horizon: str
    """The time as the text says it; empty where it names none."""
    due: str
    """The last day of the horizon as an ISO date; empty where the words name no day."""
    status: str
    evidence: Cited | None = None
    """The later passage that settles it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One story in a dossier. `changes` are figures that the story brings: the passage, and the value before (empty for the first)."""

    story_id: int
    headline_id: int
    title: str
    published: int
    outlets: tuple[str, ...]
    mentions: int
    changes: tuple[tuple[str, Cited, str], ...]
    """What it is about, the passage, the value before."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One company, model, person or other name: when it was named, in what stories, with what figures, scores and quotes."""

    name: str
    type: str
    articles: int
    first_seen: int
    last_seen: int
    weeks: tuple[tuple[int, int], ...]
    """Monday's midnight UTC of each week with a mention, and how many articles name it; oldest first."""
    chapters: tuple[Chapter, ...]
    """Newest first."""
    scores: tuple[Cited, ...]
    quotes: tuple[Said, ...]
