"""Which feeds a word of the command line names, and what can be done about one, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli.fetch import is_named
from reader.cli.output import note, say, wrapped
from reader.cli.session import CliError, Session

if TYPE_CHECKING:
    from reader.model import Feed
    from reader.sources import Source
    from reader.store import Store

feed_argument = click.argument("feed", metavar="FEED")
feeds_argument = click.argument("names", metavar="[FEED]...", nargs=-1)


def configured(session: Session) -> tuple[Feed, ...]:
    """All feeds of feeds.toml; its warnings are told."""
    from reader.config import load_feeds

    feeds, warnings = load_feeds(session.paths)
    for warning in warnings:
        note(warning)
    return feeds


def named(session: Session, words: Sequence[str]) -> list[Feed]:
    """The configured feeds that the words name, all of them without words. Raises CliError for a word that names none."""
    feeds = configured(session)
    for word in words:
        if not word or not any(is_named(feed, word) for feed in feeds):
            raise CliError(f"no feed is called {word!r}; `briefing feeds list` shows them", misused=True)
    return [feed for feed in feeds if not words or any(is_named(feed, word) for word in words)]


def one_named(session: Session, word: str) -> Feed:
    """The feed that a word names. Raises CliError where it names none or several."""
    return only_one(named(session, [word]), word)


def only_one(found: Sequence[Feed], word: str) -> Feed:
    """The one of some feeds that `word` is the whole title or address of, where it names several. Raises CliError for none such."""
    exact = [feed for feed in found if word.casefold() in (feed.title.casefold(), feed.url.casefold())]
    if len(exact or found) > 1:
        titles = ", ".join(feed.title for feed in found[:5])
        raise CliError(f"{word!r} names {len(found)} feeds ({titles}); give one's whole title or address", misused=True)
    return (exact or found)[0]


def group_named(session: Session, group: str) -> list[Feed]:
    """The configured feeds of a group. Raises CliError where there are none."""
    feeds = configured(session)
    found = [feed for feed in feeds if feed.group == group]
    if not found:
        groups = ", ".join(dict.fromkeys(feed.group for feed in feeds))
        raise CliError(f"no feed is of the group {group!r}; there are {groups}", misused=True)
    return found


def stored(session: Session) -> Store | None:
    """The store; null while there is none."""
    return session.library.store if session.paths.store.exists() else None


def called(feed: Feed) -> str:
    """A feed in a list: its title, and that it is made by others than its outlet."""
    return f"{feed.title} (community)" if feed.community else feed.title


def remedy(source: Source) -> str:
    """What command helps a feed in trouble; empty for none."""
    from reader.sources import short_host

    title = '"' + source.feed.title.replace('"', "") + '"'
    match source.offer:
        case "move":
            return f"`briefing feeds move {title}` takes the new address"
        case "fallback":
            return f"`briefing feeds fallback {title}` reads {short_host(source.feed.fallback)} instead"
        case "revive":
            return f"`briefing feeds retry {title}` has it asked again with the next fetch"
    return ""


def tell_troubles(troubles: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Print what is wrong with some feeds and what helps, each as a title and its lines, whole at any width."""
    for title, lines in troubles:
        say(f"\n{title}")
        for line in filter(None, lines):
            wrapped(line, indent=2, width=110)
