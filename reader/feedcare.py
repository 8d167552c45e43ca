"""What a user may do to a feed, in the file and in the store together: switch, move, take its fallback, revive, add; and take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from reader.config import (
    Paths,
    add_feeds,
    bundled_feeds,
    drop_fallback,
    load_feeds,
    move_back,
    move_feed,
    remove_feed,
    set_enabled,
    take_fallback,
)
from reader.model import Feed
from reader.sources import (
    Source,
    Suggestion,
    cited_outlets,
    follow_moves,
    revive,
    separate,
    short_host,
    sources,
    suggestions,
)
from reader.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in one line, and what takes it back and says so (null where nothing does)."""

    said: str
    undo: Callable[[FeedCare], str] | None = None


class FeedCare:
    """Changes to the feeds of one configuration; every one raises ConfigError or StoreError, with nothing changed.

    `store` is null while there is none. Used in one thread.
    """

    def __init__(self, paths: Paths, store: Store | None) -> None:
        self.paths = paths
        self.store = store

    def feeds(self) -> tuple[Feed, ...]:
        """The configured feeds."""
        return load_feeds(self.paths)[0]

    def sources(self) -> list[Source]:
        """The configured feeds with what is known of each."""
        return sources(self.store, self.feeds())

    def suggestions(self, group: str = "") -> list[Suggestion]:
        """Bundled feeds that may be missed."""
        return suggestions(self.feeds(), bundled_feeds(), cited_outlets(self.store), group=group)

    def switch(self, feed: Feed, on: bool) -> Done:
        """Switch a feed on or off."""
        set_enabled(self.paths, feed.url, on)
        said = f"{feed.title} is {'on' if on else 'off'}"
        return Done(said, lambda care: care.switch(feed, not on).said)

    def take(self, suggestion: Suggestion) -> Done:
        """Read a suggested feed from now on."""
        feed = replace(suggestion.feed, enabled=True)
        if suggestion.listed:
            return self.switch(feed, True)
        add_feeds(self.paths, [feed])

        def undo(care: FeedCare) -> str:
            remove_feed(care.paths, feed.url)
            return f"{feed.title} is not among your feeds"

        return Done(f"{feed.title} is among your feeds", undo)

    def move(self, feed: Feed, to: str, *, now: int) -> Done | None:
        """Give a feed another address; null where it is there already."""
        if not move_feed(self.paths, feed.url, to):
            return None
        self._follow(now)
        return Done(f"{feed.title} is at {short_host(to)} now", lambda care: care.move_back(to, now=now))

    def move_back(self, url: str, *, now: int) -> str:
        """Give the feed at `url` its former address back; what was done, empty where it was not moved."""
        feeds = self.feeds()
        feed = next((one for one in feeds if one.url == url and one.moved_from), None)
        if feed is None:
            return ""
        if self.store is not None and any(one.url == feed.moved_from for one in feeds):
            separate(self.store, feed.moved_from, feed.url)
        former = move_back(self.paths, feed.url)
        self._follow(now)
        return f"{feed.title} is at {short_host(former)} again"

    def _follow(self, now: int) -> None:
        if self.store is not None:
            follow_moves(self.store, self.feeds(), now=now)

    def fallback(self, feed: Feed) -> Done | None:
        """Read a feed's fallback in place of it; null where it has none."""
        if not take_fallback(self.paths, feed):
            return None
        return Done(
            f"{feed.title} is off, {short_host(feed.fallback)} is read in its place",
            lambda care: care.drop_fallback(feed),
        )

    def drop_fallback(self, feed: Feed) -> str:
        """Read a feed again in place of its fallback; empty where it has none."""
        return f"{feed.title} is on again, its fallback off" if drop_fallback(self.paths, feed) else ""

    def revive(self, feed: Feed, *, now: int) -> Done:
        """Have a feed asked with the next fetch, whatever it failed of."""
        known = self.store is not None and revive(self.store, feed.url, now=now)
        return Done(f"{feed.title} is asked {'again ' if known else ''}with the next fetch")

    def help(self, source: Source, *, now: int) -> Done | None:
        """Do what helps a feed in trouble (`Source.offer`); null where nothing does."""
        match source.offer:
            case "move":
                return self.move(source.feed, source.state.moved_to if source.state else "", now=now)
            case "fallback":
                return self.fallback(source.feed)
            case "revive":
                return self.revive(source.feed, now=now)
        return None
