"""What `feeds` does for feeds in trouble and for what is missing: enable, disable, move, fallback, retry, suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli.feednames import called, configured, feed_argument, group_named, one_named, only_one, stored
from reader.cli.fetch import is_named
from reader.cli.output import Column, counted, print_json, print_table, say
from reader.cli.secrets import shown
from reader.cli.session import CliError, Session, json_option, places

if TYPE_CHECKING:
    from reader.feedcare import FeedCare
    from reader.model import Feed

SUGGESTED = 12
"""So many suggestions are told at once where no group is named."""


def _switching(function: click.decorators.FC) -> click.decorators.FC:
    group = click.option("--group", metavar="NAME", help="All feeds of this group in place of FEED.")
    return click.argument("feed", metavar="[FEED]", required=False)(group(places(function)))


@click.command("enable")
@_switching
@click.pass_obj
def enable_feed(session: Session, feed: str | None, group: str | None) -> None:
    """Switch a feed on, or all of a group.

    A bundled feed that your own list lacks is added to it.
    """
    _switch(session, feed, group, on=True)


@click.command("disable")
@_switching
@click.pass_obj
def disable_feed(session: Session, feed: str | None, group: str | None) -> None:
    """Switch a feed off, or all of a group: it stays in the list and is not asked."""
    _switch(session, feed, group, on=False)


def _switch(session: Session, word: str | None, group: str | None, *, on: bool) -> None:
    from reader.config import add_feeds, set_enabled

    if (word is None) == (group is None):
        raise CliError("name one feed, or a group with --group", misused=True)
    if group is not None:
        feeds = group_named(session, group)
        set_enabled(session.paths, [feed.url for feed in feeds], on)
        say(f"{counted(len(feeds), 'feed')} of {group} {'is' if len(feeds) == 1 else 'are'} {'on' if on else 'off'}.")
        return
    word = word or ""
    found = _bundled(session, word) if on else None
    if found is not None:
        add_feeds(session.paths, [found])
    else:
        found = one_named(session, word)
        set_enabled(session.paths, found.url, on)
    say(f"{found.title} is {'on' if on else 'off'}.{' Note: ' + found.note if on and found.note else ''}")


def _bundled(session: Session, word: str) -> Feed | None:
    """The bundled feed, as one that is on, that a word names while no configured one has that name; null where there is none."""
    from dataclasses import replace

    from reader.config import bundled_feeds

    if not word or any(is_named(feed, word) for feed in configured(session)):
        return None
    found = [feed for feed in bundled_feeds() if is_named(feed, word)]
    return replace(only_one(found, word), enabled=True) if found else None


@click.command("move")
@feed_argument
@click.option("--to", metavar="URL", help="The new address; else the one that the feed's server names.")
@click.option("--undo", is_flag=True, help="Back to the address of before.")
@places
@click.pass_obj
def move_feed_command(session: Session, feed: str, to: str | None, undo: bool) -> None:
    """Follow a feed to its new address.

    Its articles and what you read of them go along, and --undo takes it back. Where the new address is among your feeds already, the
    two become one.
    """
    from reader.library import now

    found = one_named(session, feed)
    if undo:
        if not (said := _care(session).move_back(found.url, now=now())):
            raise CliError(f"{found.title} was not moved; nothing to undo")
        say(f"{said}.")
        return
    care = _care(session)
    state = care.store.feed_state(found.url) if care.store else None
    address = _new_address(found, to or (state.moved_to if state else ""))
    if care.move(found, address, now=now()) is None:
        raise CliError(f"{found.title} is at {shown(address)} already")
    say(f'{found.title} is at {shown(address)} now; `briefing feeds move "{found.title}" --undo` takes it back.')


def _care(session: Session) -> FeedCare:
    from reader.feedcare import FeedCare

    return FeedCare(session.paths, stored(session))


def _new_address(feed: Feed, to: str) -> str:
    """The address that a feed is to have. Raises CliError for none, and for one that it must not have."""
    from reader.config import host_of, is_local_host
    from reader.opener import LinkError, web_address

    if not to:
        raise CliError(
            f"{feed.title} has not moved for good, as far as its server says; give the address with --to URL"
        )
    try:
        address = web_address(to)
    except LinkError as error:
        raise CliError(f"{shown(to)}: {error}", misused=True) from error
    if is_local_host(host_of(address)) and not feed.local:
        raise CliError(
            f"{shown(to)}: on your own machine or network; set local = true for this feed in feeds.toml first"
        )
    return address


@click.command("fallback")
@feed_argument
@click.option("--undo", is_flag=True, help="Back to the feed itself.")
@places
@click.pass_obj
def fallback_command(session: Session, feed: str, undo: bool) -> None:
    """Read a feed's fallback in place of it, for one that refuses programs.

    The feed is switched off and its `fallback` of feeds.toml on; --undo turns both back.
    """
    found = one_named(session, feed)
    if not found.fallback:
        raise CliError(f'{found.title} has no fallback; write fallback = "URL" to it in feeds.toml')
    care = _care(session)
    done = None if undo else care.fallback(found)
    say(f"{done.said if done else care.drop_fallback(found)}.")


@click.command("retry")
@feed_argument
@places
@click.pass_obj
def retry_command(session: Session, feed: str) -> None:
    """Have a feed asked again with the next fetch that is paused, gone, refused or waiting.

    One that is well is fetched in full and read anew; every other fetch asks only for what has changed.
    """
    from reader.library import now

    found = one_named(session, feed)
    done = _care(session).revive(found, now=now())
    say(f"{done.said}.{'' if found.enabled else ' It is off: `briefing feeds enable` turns it on.'}")


@click.command("suggest")
@click.argument("group", metavar="[GROUP]", required=False)
@json_option
@places
@click.pass_obj
def suggest_command(session: Session, group: str | None, as_json: bool) -> None:
    """Sources that you do not read and may miss, with the reason.

    Bundled sources that are off or not in your list: outlets that your stored articles often name, and groups of which you read none;
    with GROUP all that are missing of it. Nothing is fetched; `briefing feeds enable` takes one.
    """
    from reader.config import bundled_feeds

    groups = dict.fromkeys(feed.group for feed in bundled_feeds())
    if group is not None and group not in groups:
        raise CliError(f"no bundled feed is of the group {group!r}; there are {', '.join(groups)}", misused=True)
    found = _care(session).suggestions(group or "")
    if as_json:
        told = [{"title": s.feed.title, "url": s.feed.url, "group": s.feed.group, "text": s.feed.text, "why": s.why,
                 "community": s.feed.community, "listed": s.listed, "note": s.feed.note} for s in found]  # fmt: skip
        print_json(told)
        return
    if not found:
        say("Nothing is missing: every group has a source that is on.")
        return
    few = found if group else found[:SUGGESTED]
    columns = (Column("group"), Column("feed", flexible=True), Column("text"), Column("why", flexible=True))
    print_table(columns, [(s.feed.group, called(s.feed), s.feed.text, s.why) for s in few])
    say(f'\n`briefing feeds enable "{few[0].feed.title}"` takes one.')


COMMANDS = (enable_feed, disable_feed, move_feed_command, fallback_command, retry_command, suggest_command)
