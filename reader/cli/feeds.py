"""`feeds`: the list of sources, their state, and changes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli.articles import iso
from reader.cli.feedcare import COMMANDS
from reader.cli.feednames import (
    called,
    configured,
    feed_argument,
    feeds_argument,
    named,
    one_named,
    remedy,
    stored,
    tell_troubles,
)
from reader.cli.output import Column, counted, note, print_json, print_table, say
from reader.cli.secrets import is_secret, shown
from reader.cli.session import CliError, Session, json_option, places

if TYPE_CHECKING:
    from reader.cli.probe import Probe
    from reader.model import Feed
    from reader.sources import Source


@click.group("feeds", invoke_without_command=True)
@places
@click.pass_context
def feeds_command(context: click.Context) -> None:
    """List, check, add and remove sources.

    Also switch them on and off, follow those that moved, find what is missing, and OPML in and out.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_feeds)


@feeds_command.command("list")
@feeds_argument
@click.option("--group", metavar="NAME", help="Only those of this group.")
@click.option("--failing", is_flag=True, help="Only those whose last poll failed.")
@json_option
@places
@click.pass_obj
def list_feeds(
    session: Session,
    names: tuple[str, ...] = (),
    group: str | None = None,
    failing: bool = False,
    as_json: bool = False,
) -> None:
    """List the feeds, the state of each, and what to do about those in trouble.

    FEED is part of a title, outlet or address.
    """
    from reader.sources import sources

    feeds = [feed for feed in named(session, names) if group in (None, feed.group)]
    wanted = [source for source in sources(stored(session), feeds) if not failing or source.fails]
    if as_json:
        print_json([_source_json(source) for source in wanted])
        return
    columns = ("state", "group", "feed", "last ok", "next")
    print_table([Column(name, flexible=name == "feed") for name in columns], [_source_row(s) for s in wanted])
    tell_troubles([(s.feed.title, (s.trouble, remedy(s))) for s in wanted if s.trouble])


def _source_row(source: Source) -> tuple[str, ...]:
    from reader.ingest.memory import NEVER
    from reader.library import now
    from reader.tui.times import age, ahead

    feed, state = source.feed, source.state
    succeeded = age(state.succeeded, now()) if state and state.succeeded else ""
    due = ahead(state.due, now()) if state and feed.enabled else ""
    return (
        source.condition,
        feed.group,
        called(feed),
        succeeded,
        "never" if state and state.due >= NEVER and due else due,
    )


def _source_json(source: Source) -> dict[str, Any]:
    from reader.ingest.memory import NEVER

    feed, state = source.feed, source.state
    return {
        "title": feed.title,
        "url": shown(feed.url),
        "outlet": feed.outlet,
        "group": feed.group,
        "kind": feed.kind,
        "text": feed.text,
        "community": feed.community,
        "enabled": feed.enabled,
        "local": feed.local,
        "state": source.condition,
        "checked": iso(state.checked) if state else None,
        "succeeded": iso(state.succeeded) if state else None,
        "due": iso(state.due) if state and state.due < NEVER else None,
        "failures": state.failures if state else 0,
        "error": state.error if state else "",
        "quiet_since": iso(source.quiet),
        "moved_to": shown(state.moved_to) if state else "",
        "moved_from": shown(feed.moved_from),
        "fallback": shown(feed.fallback),
        "offer": source.offer,
    }


@feeds_command.command("check")
@feeds_argument
@json_option
@places
@click.pass_obj
def check_feeds(session: Session, names: tuple[str, ...], as_json: bool) -> None:
    """Ask feeds now and store nothing: those named, or all that are on.

    Tells what each answered, how fresh and how large it is, whether it holds full texts, and what to do. A site that asked for silence
    is left alone. Exit code 1 when one of them fails.
    """
    from reader.cli.probe import probe_all
    from reader.ingest.pipeline import holds

    feeds = [feed for feed in named(session, names) if feed.enabled or names]
    store = stored(session)
    held = holds(store, store.feed_states()) if store else {}
    probes = probe_all(feeds, {scope: until for scope, (until, _) in held.items()})
    both = list(zip(feeds, probes, strict=True))
    if as_json:
        print_json([_probe_json(feed, probe) for feed, probe in both])
    else:
        _print_probes(both)
    if any(probe.reason for probe in probes):
        raise click.exceptions.Exit(1)


def _print_probes(both: Sequence[tuple[Feed, Probe]]) -> None:
    columns = (Column("feed", flexible=True), Column("answer", right=True), Column("entries", right=True),
               Column("newest", right=True), Column("size", right=True), Column("text"), Column("so"))  # fmt: skip
    print_table(columns, [_probe_row(feed, probe) for feed, probe in both])
    tell_troubles([(feed.title, told) for feed, probe in both if (told := _advice(feed, probe))])
    wrong = sum(bool(probe.reason) for _, probe in both)
    say(f"\n{counted(len(both), 'feed')} asked, {wrong} failed.")


def _probe_row(feed: Feed, probe: Probe) -> tuple[str, ...]:
    from reader.library import now
    from reader.tui.times import age

    newest = age(probe.newest, now()) if probe.newest else ""
    answer = str(probe.status) if probe.status else "none"
    if probe.reason:
        return (called(feed), answer, "", "", _kilobytes(probe.size), "", probe.kind)
    verdict = "moved" if probe.moved else "quiet" if probe.quiet else "ok"
    return (called(feed), answer, str(probe.entries), newest, _kilobytes(probe.size), probe.text, verdict)


def _kilobytes(size: int) -> str:
    return "" if not size else f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, size // 1024)} KB"


def _advice(feed: Feed, probe: Probe) -> list[str]:
    """What was found and what helps, each in one line; nothing for a feed that is well."""
    from reader.sources import REFUSING, short_host

    title = '"' + feed.title.replace('"', "") + '"'
    if probe.reason:
        instead = f"`briefing feeds fallback {title}` reads {short_host(feed.fallback)} instead"
        return [probe.reason, instead] if feed.fallback and probe.kind in REFUSING else [probe.reason]
    if probe.moved:
        to = "URL" if is_secret(probe.moved) else f'"{probe.moved}"'
        return [
            f"has moved for good to {shown(probe.moved)}",
            f"`briefing feeds move {title} --to {to}` takes the new address",
        ]
    if probe.quiet:
        return ["answers, but has had nothing new for long; look on the site whether its feed is another one now"]
    if probe.text and feed.text == "full" and probe.text != "full":
        return [f'holds no full texts any more: text = "{probe.text}" fits it in feeds.toml']
    return []


def _probe_json(feed: Feed, probe: Probe) -> dict[str, Any]:
    return {
        "title": feed.title,
        "url": shown(feed.url),
        "ok": not probe.reason,
        "status": probe.status,
        "kind": probe.kind,
        "entries": probe.entries,
        "newest": iso(probe.newest),
        "quiet": probe.quiet,
        "bytes": probe.size,
        "text": probe.text,
        "moved_to": shown(probe.moved),
        "reason": probe.reason,
        "advice": "; ".join(_advice(feed, probe)),
    }


@feeds_command.command("add")
@click.argument("url", metavar="URL")
@click.option("--title", metavar="TEXT", help="What to call it; else what the feed calls itself.")
@click.option("--outlet", metavar="TEXT", help="Who stands behind it; else the title.")
@click.option("--group", metavar="NAME", help="A group of feeds.toml; press without this option.")
@click.option("--local", is_flag=True, help="Allow an address on this machine or a private network.")
@click.option("--unchecked", is_flag=True, help="Add the address as it is, without asking it.")
@json_option
@places
@click.pass_obj
def add_feed(
    session: Session,
    url: str,
    title: str | None,
    outlet: str | None,
    group: str | None,
    local: bool,
    unchecked: bool,
    as_json: bool,
) -> None:
    """Add the feed at URL; of a page, the feed that the page names."""
    from reader.config import add_feeds

    url = _address(url, local=local)
    found, own_title = (url, "") if unchecked else _discovered(url, local)
    feed = _new_feed(found, title or own_title, outlet, group, local)
    added = add_feeds(session.paths, [feed])
    if as_json:
        print_json({"added": added, "url": shown(feed.url), "title": feed.title})
    elif added:
        say(f"Added {feed.title}: {shown(feed.url)}")
    else:
        say(f"{shown(feed.url)} is in the list already.")


def _address(url: str, *, local: bool) -> str:
    """`url` as an http(s) address. Raises CliError for any other, and for a private one unless `local` allows it."""
    from reader.config import host_of, is_local_host
    from reader.opener import LinkError, web_address

    try:
        address = web_address(url if "://" in url else f"https://{url}")
    except LinkError as error:
        raise CliError(f"{shown(url)}: {error}", misused=True) from error
    if not local and is_local_host(host_of(address)):
        raise CliError(f"{shown(url)}: on your own machine or network; give --local to allow it")
    return address


def _discovered(url: str, local: bool) -> tuple[str, str]:
    """Address and title of the feed at `url`, or of the one that the page there names. Raises CliError where there is none."""
    from reader.cli.probe import find_feed

    found = find_feed(url, local=local)
    if found.reason:
        raise CliError(f"{shown(url)}: {found.reason} (--unchecked adds it all the same)")
    for other in found.others:
        note(f"the page also names {shown(other)}")
    return found.url, found.title


def _new_feed(url: str, title: str, outlet: str | None, group: str | None, local: bool) -> Feed:
    from reader.config import host_of
    from reader.model import Feed

    name = title or host_of(url)
    return Feed(url=url, title=name[:200], outlet=(outlet or name)[:80], group=group or "press", local=local)


@feeds_command.command("remove")
@feed_argument
@places
@click.pass_obj
def remove_feed_command(session: Session, feed: str) -> None:
    """Take a feed out of the list.

    Its articles stay in the store.
    """
    from reader.config import remove_feed

    found = one_named(session, feed)
    remove_feed(session.paths, found.url)
    say(f"Removed {found.title}: {shown(found.url)}")


@feeds_command.command("import")
@click.argument("file", metavar="FILE")
@click.option("--local", is_flag=True, help="Allow addresses on this machine or a private network.")
@click.option("--only", is_flag=True, help="Leave the bundled feeds out, where you have no feeds.toml yet.")
@json_option
@places
@click.pass_obj
def import_feeds(session: Session, file: str, local: bool, only: bool, as_json: bool) -> None:
    """Add the feeds of an OPML file, all or none; nothing is fetched."""
    from reader.config import add_feeds
    from reader.ingest.opml import OpmlError, read_opml

    try:
        feeds, unfit = read_opml(_bytes(file), local=local)
    except OpmlError as error:
        raise CliError(f"{file}: {error}; nothing was added") from error
    if not (feeds or unfit):
        raise CliError(f"{file}: it lists no feeds; nothing was added")
    refused = [(shown(url), why) for url, why in unfit]
    added = add_feeds(session.paths, feeds, keep_bundled=not only)
    if as_json:
        print_json(
            {"found": len(feeds), "added": added, "refused": [{"url": url, "reason": why} for url, why in refused]}
        )
        return
    say(f"{counted(added, 'feed')} added, {len(feeds) - added} in the list already, {len(refused)} refused.")
    print_table((Column("refused", flexible=True), Column("why", flexible=True)), refused) if refused else None


def _bytes(file: str) -> bytes:
    """A file's content. Raises CliError for one that cannot be read or is absurdly long."""
    from reader.ingest.opml import MOST_BYTES

    try:
        with Path(file).open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CliError(f"{file}: cannot be read ({error.strerror}); check the path") from error
    if len(data) > MOST_BYTES:
        raise CliError(f"{file}: longer than {MOST_BYTES >> 20} MiB; nothing was added")
    return data


@feeds_command.command("export")
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--with-secrets", is_flag=True, help="Keep passwords and tokens in addresses.")
@places
@click.pass_obj
def export_feeds(session: Session, file: str | None, with_secrets: bool) -> None:
    """Write the feeds as OPML.

    To FILE or to stdout, without the passwords and tokens in addresses.
    """
    from reader.cli.files import write_new
    from reader.cli.output import print_raw
    from reader.ingest.opml import write_opml

    feeds = configured(session)
    secret = sum(is_secret(feed.url) for feed in feeds)
    if secret and not with_secrets:
        feeds = tuple(replace(feed, url=shown(feed.url)) for feed in feeds)
        note(f"{counted(secret, 'address', 'addresses')} written without password or token; --with-secrets keeps them")
    text = write_opml(feeds)
    if file is None or file == "-":
        print_raw(text)
        return
    write_new(Path(file), text)
    say(f"{counted(len(feeds), 'feed')} written to {file}.")


for further in COMMANDS:
    feeds_command.add_command(further)
