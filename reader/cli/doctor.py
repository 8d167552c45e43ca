"""`doctor`, `backup`, `restore`: is everything in order, and a copy of the store."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import __version__
from reader.cli.output import Column, counted, heading, print_json, print_table, say, sized
from reader.cli.session import CliError, Session, command, json_option
from reader.config import ConfigError
from reader.query import QueryError
from reader.store.errors import StoreError

if TYPE_CHECKING:
    from reader.config import Paths, Settings

PAGES = {"full": "full text", "summary": "with no more than the feed", "paywalled": "paywalled", "failed": "failed"}
"""What came of asking for articles' pages, in words."""

GOOD, NOTE, WRONG = "ok", "note", "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: its section, what was looked at, what was found, and whether that is ok, a note, or wrong."""

    section: str
    name: str
    value: str
    state: str = GOOD


@command("doctor")
@click.option("--repair", is_flag=True, help="Make the search index anew first.")
@json_option
def doctor_command(session: Session, repair: bool, as_json: bool) -> None:
    """Say what is wrong.

    Checks the store, the configuration, the feeds and the terminal. Exit code 1 when something is wrong.
    """
    if repair:
        from reader.store.health import rebuild_search

        _demand_store(session)
        rebuild_search(session.library.store)
    findings = [*_program(), *_store(session), *_configuration(session), *_feeds(session), *_terminal()]
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        _print(findings)
    if any(finding.state == WRONG for finding in findings):
        raise click.exceptions.Exit(1)


def _print(findings: list[Finding]) -> None:
    for section in dict.fromkeys(finding.section for finding in findings):
        heading(section)
        rows = [(f.name, f.value, "" if f.state == GOOD else f.state.upper()) for f in findings if f.section == section]
        print_table((Column(""), Column("", flexible=True), Column("")), rows, indent=2)
    wrong = sum(finding.state == WRONG for finding in findings)
    say(f"{counted(wrong, 'thing')} wrong." if wrong else "Nothing is wrong.")


def _program() -> Iterator[Finding]:
    from reader.store.health import sqlite_note

    trouble = sqlite_note()
    yield Finding("Program", "briefing", __version__)
    yield Finding("Program", "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    said = f"{sqlite3.sqlite_version}{': ' * bool(trouble)}{trouble}"
    yield Finding("Program", "sqlite", said, NOTE if trouble else GOOD)


def _store(session: Session) -> Iterator[Finding]:
    from reader.store.health import examine

    try:
        path = session.paths.store
        yield Finding("Store", "file", str(path))
        if not path.exists():
            yield Finding("Store", "state", "not there yet; the first fetch makes it", NOTE)
            return
        found = examine(session.library.store)
    except (StoreError, ConfigError) as error:
        yield Finding("Store", "state", str(error), WRONG)
        return
    yield Finding("Store", "version", str(found.version))
    yield Finding("Store", "size", f"{sized(found.size)}, log {sized(found.log_size)}")
    yield Finding("Store", "articles", f"{found.articles:,} from {counted(found.feeds, 'feed')}")
    if pages := session.library.store.page_counts():
        told = ", ".join(f"{pages[state]:,} {words}" for state, words in PAGES.items() if state in pages)
        yield Finding("Store", "pages", told)
    if found.dropped:
        yield Finding("Store", "texts", f"{found.dropped:,} dropped by your rules of [keep]")
    if found.without_facts:
        yield Finding(
            "Store", "facts", f"missing for {counted(found.without_facts, 'article')}; the next fetch finds them", NOTE
        )
    for problem in found.problems:
        yield Finding("Store", "damage", problem, WRONG)
    sound = "`briefing restore FILE` brings a backup back" if found.problems else "sound"
    yield Finding("Store", "integrity", sound)


def _configuration(session: Session) -> Iterator[Finding]:
    from reader.cli.prune import waiting_rules
    from reader.config import load_feeds, load_settings
    from reader.verbs import VERBS

    try:
        paths = session.paths
        yield from _files(paths)
        yield from _queries(load_settings(paths, [verb.name for verb in VERBS]))
        for warning in load_feeds(paths)[1]:
            yield Finding("Configuration", "feeds.toml", warning, NOTE)
        if waiting_rules(session):
            told = "`briefing prune --dry-run` tells what these rules drop; until then the fetch behind the reader does not follow them"
            yield Finding("Configuration", "[keep]", told, NOTE)
    except ConfigError as error:
        yield Finding("Configuration", "mistake", str(error), WRONG)
    except StoreError:
        return


def _files(paths: Paths) -> Iterator[Finding]:
    for file, without in ((paths.settings_file, "the defaults hold"), (paths.feeds_file, "the bundled feeds hold")):
        said = str(file) if file.exists() else f"{file} is not there: {without}"
        yield Finding("Configuration", file.name, said)
    yield Finding("Configuration", "logs", str(paths.logs))


def _queries(settings: Settings) -> Iterator[Finding]:
    """Mute rules and watch entries that cannot be read."""
    from reader.query import parse

    for name, queries in (("mute", settings.mute), ("watch", settings.watch)):
        for query in queries:
            try:
                parse(query)
            except QueryError as error:
                yield Finding("Configuration", name, f"{query!r}: {error}", WRONG)


def _feeds(session: Session) -> Iterator[Finding]:
    from reader.cli.feednames import remedy, stored
    from reader.config import load_feeds
    from reader.sources import sources

    try:
        found = sources(stored(session), [feed for feed in load_feeds(session.paths)[0] if feed.enabled])
    except (ConfigError, StoreError):
        return
    failing, quiet = sum(one.fails for one in found), sum(one.condition == "quiet" for one in found)
    asked = sum(one.state is not None for one in found)
    yield Finding("Feeds", "on", f"{len(found)}, of which {asked} were asked, {failing} fail and {quiet} are quiet")
    for one in found:
        if one.trouble:
            times = f" ({counted(one.state.failures, 'time')} in a row)" if one.fails and one.state else ""
            told = "; ".join(filter(None, (one.trouble + times, remedy(one))))
            yield Finding("Feeds", one.feed.title, told, NOTE)


def _terminal() -> Iterator[Finding]:
    here = sys.stdin.isatty() and sys.stdout.isatty()
    size = shutil.get_terminal_size()
    yield Finding(
        "Terminal", "terminal", f"{size.columns} x {size.lines}" if here else "none: commands print plain text"
    )
    if here and (size.columns < 60 or size.lines < 16):
        yield Finding("Terminal", "size", "the reader wants 60 x 16 or more", NOTE)
    for name in ("TERM", "COLORTERM", "NO_COLOR", "TMUX", "SSH_TTY"):
        if value := os.environ.get(name):
            yield Finding("Terminal", name, value)
    encoding = locale.getpreferredencoding(False)
    plain = "utf" not in encoding.lower()
    yield Finding(
        "Terminal", "encoding", encoding + ": set ascii = true in config.toml" * plain, NOTE if plain else GOOD
    )


@command("backup")
@click.argument("file", metavar="FILE")
def backup_command(session: Session, file: str) -> None:
    """Copy the store to FILE.

    Whole and as of now, also while the reader is open.
    """
    from reader.store.health import back_up

    _demand_store(session)
    size = back_up(session.library.store, Path(file))
    say(f"{file}: {sized(size)}; `briefing restore {file}` brings it back.")


def _demand_store(session: Session) -> None:
    if not session.paths.store.exists():
        raise CliError(f"{session.paths.store}: there is no store yet; `briefing fetch` makes it")


@command("restore")
@click.argument("file", metavar="FILE")
def restore_command(session: Session, file: str) -> None:
    """Bring a backup back.

    The store becomes what FILE holds; the store of before is kept beside it.
    """
    from reader.store.health import restore

    session.paths.create()
    path = session.paths.store
    kept = restore(Path(file), path)
    say(f"{path}: restored from {file}." + (f" What was there before is in {kept}." if kept else ""))
