"""feeds.toml as typed, frozen feeds: the user's own or else the bundled one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from reader.config import checks
from reader.config.addresses import address_key, host_of, is_local_host
from reader.config.checks import Check, checked
from reader.config.errors import hint, printable, shown
from reader.config.paths import Paths
from reader.config.settings import Settings, load_settings
from reader.config.source import Source, Spot, parsed, read_source
from reader.model import Feed

BUNDLED_FEEDS = Path(__file__).parents[1] / "feeds.toml"
"""The sources that come with the program."""

GROUPS = ("labs", "press", "wires", "research", "newsletters", "chips", "policy", "dev", "aggregators", "podcasts")
"""The groups of the bundled sources; a user may name others."""

KINDS = ("feed", "sitemap")
TEXTS = ("full", "summary", "headline")
FULL_TEXTS = ("auto", "always", "never")

FEEDS_BYTES = 2 * 1024 * 1024
_MANY = 20

FEED_KEYS: dict[str, Check] = {
    "title": checks.text(200),
    "url": checks.address,
    "outlet": checks.text(80),
    "group": checks.group,
    "kind": checks.choice(KINDS),
    "text": checks.choice(TEXTS),
    "full_text": checks.choice(FULL_TEXTS),
    "enabled": checks.flag,
    "interval": checks.number(15, 10080),
    "include": checks.texts(200, 80),
    "exclude": checks.texts(200, 80),
    "paths": checks.texts(200, 400),
    "user_agent": checks.text(200),
    "local": checks.flag,
    "fallback": checks.address,
    "moved_from": checks.address,
    "community": checks.flag,
    "note": checks.text(400),
}


@dataclass(frozen=True, slots=True)
class Config:
    """All that is configured: settings, feeds in the order of the file, and warnings of one line each."""

    settings: Settings
    feeds: tuple[Feed, ...]
    warnings: tuple[str, ...] = ()


def load(paths: Paths, verbs: Collection[str] = ()) -> Config:
    """Read settings and feeds; `verbs` as for `load_settings`. Raise `ConfigError`."""
    settings = load_settings(paths, verbs)
    feeds, warnings = load_feeds(paths)
    return Config(settings, feeds, warnings)


def load_feeds(paths: Paths) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """Read the user's feeds.toml or else the bundled one: feeds, and warnings of one line each. Raise `ConfigError`."""
    source = read_source(paths.feeds_file, FEEDS_BYTES) or bundled()
    return feeds_of(source)


def bundled_feeds() -> tuple[Feed, ...]:
    """The feeds that come with the program."""
    return feeds_of(bundled())[0]


def bundled() -> Source:
    """The list that comes with the program."""
    return Source(BUNDLED_FEEDS, BUNDLED_FEEDS.read_text("utf-8"))


def feeds_of(source: Source) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """Read the feeds of a file, each address once, and warnings of one line each. Raise `ConfigError`."""
    feeds: dict[str, tuple[Feed, int]] = {}
    doubts: list[tuple[Spot, str]] = []
    for nth, table in enumerate(feed_tables(source)):
        spot = Spot("feed", nth)
        feed = _feed(source, table, spot)
        if feed.group not in GROUPS and (meant := hint(feed.group, GROUPS)):
            doubts.append((spot.at("group"), f"group {shown(feed.group)} is one of your own{meant}"))
        first = feeds.setdefault(address_key(feed.url), (feed, nth))
        if first[1] != nth:
            problem = f'this address is already that of "{printable(first[0].title)}"; it is counted once, take one out'
            doubts.append((spot.at("url"), problem))
    return tuple(feed for feed, _ in feeds.values()), _warnings(source, doubts)


def _warnings(source: Source, doubts: list[tuple[Spot, str]]) -> tuple[str, ...]:
    """Write the doubts as lines: each asks for a search of the file, so of very many only the first are written."""
    lines = [str(source.error(spot, problem)) for spot, problem in doubts[:_MANY]]
    more = len(doubts) - len(lines)
    return (*lines, f"{printable(str(source.file))}: and {more} more of the like") if more else tuple(lines)


def feed_tables(source: Source) -> list[dict[str, object]]:
    """Return the [[feed]] tables of a file as they stand, in order. Raise `ConfigError`."""
    document = parsed(source)
    for name in document:
        if name != "feed":
            raise source.error(Spot(key=name), f"there is no key {shown(name)}; write every source as a [[feed]] table")
    tables = document.get("feed", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error(Spot(key="feed"), "feed must be a table in double brackets; write [[feed]]")
    return tables


def _feed(source: Source, table: Mapping[str, object], spot: Spot) -> Feed:
    values = checked(source, table, FEED_KEYS, spot)
    if "url" not in values:
        raise source.error(spot, 'this feed has no url; write url = "https://…"')
    host = host_of(values["url"])
    if is_local_host(host) and not values.get("local"):
        problem = f"{printable(host)} is on your own machine or network; write local = true to allow it"
        raise source.error(spot.at("url"), problem)
    values.setdefault("title", host)
    values.setdefault("outlet", values["title"])
    return Feed(**values)
