"""`fetch`: ask the feeds, store what is new, find its facts."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self

import click

from reader.cli.fulltexts import Wish, ask_pages, pages_json, print_pages
from reader.cli.output import Column, counted, note, print_json, print_table, say
from reader.cli.prune import prune_after_fetch
from reader.cli.secrets import shown
from reader.cli.session import CliError, Session, command, json_option
from reader.text import one_line

if TYPE_CHECKING:
    from reader.ingest.pages import Report as PagesReport
    from reader.ingest.pipeline import Progress, Report
    from reader.ingest.runlock import Holder
    from reader.model import Feed

ALIKE = 4
"""So many feeds that fail for one reason have a row each; more share one."""

HELD, OFFLINE = 3, 4
"""Exit codes: another fetch runs on this store; no feed could be reached."""

LONG = 3600
"""Seconds after which another fetch that still runs is trouble."""

DOING = {"facts": "finding facts", "stories": "grouping stories", "pages": "asking for full texts"}
"""What a phase is called while it lasts."""

_LINE = "\r\x1b[K"
"""Back to the first column, and the rest of the line empty."""


@command("fetch")
@click.option(
    "--now",
    "at_once",
    is_flag=True,
    help="Ask every feed, also those that are not due; Retry-After still holds. What is gone or paused is asked only with --feed.",
)
@click.option(
    "--feed", "wanted", metavar="FEED", multiple=True, help="Only this feed (part of its title, outlet or address)."
)
@click.option("--full-text", is_flag=True, help="Then ask for the pages of articles whose full text is wanted and due.")
@click.option(
    "--offline-pack", is_flag=True, help="Then ask for the pages of everything starred, kept for later or unread."
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1, 100_000),
    default=1000,
    show_default=True,
    help="Most pages of one run; the next one goes on.",
)
@click.option(
    "--article", "articles", type=int, multiple=True, hidden=True, help="Ask for the page of this article alone."
)
@click.option("--quiet", is_flag=True, help="Say nothing but what needs you: for cron.")
@click.option("--wait", is_flag=True, help="Where another fetch runs, wait until it is done.")
@click.option("--no-facts", is_flag=True, help="Store only; a later fetch finds the facts and the stories.")
@click.option("--events", is_flag=True, hidden=True, help="Tell each step as a line of JSON, for the reader.")
@json_option
def fetch_command(
    session: Session,
    at_once: bool,
    wanted: tuple[str, ...],
    full_text: bool,
    offline_pack: bool,
    limit: int,
    articles: tuple[int, ...],
    quiet: bool,
    wait: bool,
    no_facts: bool,
    events: bool,
    as_json: bool,
) -> None:
    """Ask the feeds that are due and store what is new.

    Never more than one request a second to a host. A feed that fails keeps its articles and is asked again later. One fetch runs at a
    time on a store: exit code 3 tells that another one runs, 4 that nothing could be reached.
    """
    feeds = enabled_feeds(session, wanted, quiet=quiet)
    stopped = Stopped()
    wish = Wish(full_text, offline_pack, articles, limit)
    with nullcontext() if articles else _alone(session, stopped, wait=wait, quiet=quiet):
        report, pages = _fetched(
            session, feeds, at_once, bool(wanted), events, wish,
            quiet=quiet or as_json or events, stopped=stopped, facts=not no_facts,
        )  # fmt: skip
        if not (articles or no_facts or stopped.number):
            prune_after_fetch(session, quiet=quiet or as_json, unread=events)
    told = {"pages": pages_json(pages, session.library.store, wish)} if pages else {}
    if events:
        _tell_event({**_report_json(report), **told})
    elif as_json:
        print_json({**_report_json(report), **told})
    elif not quiet:
        if not articles:
            _print_report(report, {feed.url: feed.title for feed in feeds})
        if pages:
            print_pages(pages, session.library.store, wish)
    elif report.troubles and not report.offline:
        _print_errors(report.troubles, {feed.url: feed.title for feed in feeds})
    _raise_for(report, stopped, None if events or articles else pages)


def _raise_for(report: Report, stopped: Stopped, pages: PagesReport | None) -> None:
    """Raise CliError with the exit code of a run that is no success."""
    if stopped.number:
        raise CliError("fetch: stopped; what was stored by then is kept", code=128 + stopped.number)
    if report.offline:
        asked = counted(report.failed, "feed")
        why = f": {report.why}." if "proxy" in report.why else "; is this machine online?"
        raise CliError(f"fetch: none of {asked} could be reached{why} They are asked again next time", code=OFFLINE)
    if report.feeds and report.failed == report.feeds:
        raise CliError(f"fetch: {_all_failed(report)}; `briefing feeds check` asks again and stores nothing")
    if pages and pages.offline:
        raise CliError(
            "fetch: no page could be reached; is this machine online? They are asked again next time", code=OFFLINE
        )
    if pages and pages.failed and pages.failed == pages.full + pages.summary + pages.paywalled + pages.failed:
        raise CliError(f"fetch: {counted(pages.failed, 'page')} failed: {pages.errors[0][2]}")


@contextmanager
def _alone(session: Session, stopped: Stopped, *, wait: bool, quiet: bool) -> Iterator[None]:
    """Hold the store's lock. Raises CliError where another fetch has it, or where there can be none."""
    from reader.ingest.runlock import PAUSE, HeldError, RunLock, UnusableError

    def waited(holder: Holder) -> bool:
        return not stopped.event.wait(PAUSE)

    session.paths.create()
    now = int(time.time())
    try:
        with RunLock(session.paths.store, now=now, wait=waited if wait else None):
            yield
    except HeldError as error:
        if stopped.number:
            raise CliError("fetch: stopped while it waited for another fetch", code=128 + stopped.number) from error
        raise CliError(_held(error.holder, now=now, quiet=quiet), code=HELD) from error
    except UnusableError as error:
        raise CliError(f"fetch: {error}") from error


def _held(holder: Holder, *, now: int, quiet: bool) -> str:
    """Who fetches now; nothing for those who want to hear only of trouble, unless it goes on for long."""
    if quiet and now - holder.since < LONG:
        return ""
    who = (
        f"process {holder.pid}, since {datetime.fromtimestamp(holder.since):%H:%M on %d %b}"
        if holder.pid
        else "unknown"
    )
    return f"fetch: another fetch is under way on this store ({who}); --wait waits for it"


def enabled_feeds(session: Session, wanted: Sequence[str] = (), *, quiet: bool = False) -> list[Feed]:
    """The configured feeds that are on; of `wanted`, those that one of the words names. Raises CliError where none does.

    Small faults of the list are told, but not `quiet`: a job that says them four times an hour is soon read by nobody.
    """
    from reader.config import load_feeds

    configured, warnings = load_feeds(session.paths)
    for warning in () if quiet else warnings:
        note(warning)
    feeds = [feed for feed in configured if feed.enabled]
    for word in wanted:
        if not word or not any(is_named(feed, word) for feed in configured):
            raise CliError(f"no feed is called {word!r}; `briefing feeds list` shows them", misused=True)
        if not any(is_named(feed, word) for feed in feeds):
            raise CliError(f"{word!r} is switched off; `briefing feeds enable {word}` turns it on", misused=True)
    return [feed for feed in feeds if not wanted or any(is_named(feed, word) for word in wanted)]


def is_named(feed: Feed, word: str) -> bool:
    """Whether `word` is part of a feed's title, outlet or address; an address in full names only itself."""
    folded = word.casefold()
    if "://" in word:
        return feed.url.casefold() == folded
    return any(folded in name.casefold() for name in (feed.title, feed.outlet, feed.url))


def _fetched(
    session: Session,
    feeds: Sequence[Feed],
    at_once: bool,
    named: bool,
    events: bool,
    wish: Wish,
    *,
    quiet: bool,
    stopped: Stopped,
    facts: bool,
) -> tuple[Report, PagesReport | None]:
    """Poll, ask for pages where that is wished for, then find facts and stories; the report holds the seconds of these."""
    from reader.config import load_settings
    from reader.ingest.pipeline import Report, facts_for, run, stories_for
    from reader.ingest.pool import Pool
    from reader.library import now
    from reader.sources import follow_moves

    settings = load_settings(session.paths)
    taste = session.taste(settings)
    store = session.library.store
    if not wish.articles:
        follow_moves(store, feeds, now=now())
    pool = Pool()
    ended = stopped.event.is_set
    pages = None
    try:
        with Meter(quiet=quiet, events=events) as meter:
            report = Report() if wish.articles else run(
                store, feeds, now=now(), only_due=not at_once, named=named, interval=60 * settings.interval,
                progress=meter.show, cancelled=ended, pool=pool, facts=facts,
            )  # fmt: skip
            if wish and not ended() and not report.offline:
                pages = ask_pages(store, feeds, wish, now=now(), progress=meter.show, cancelled=ended, pool=pool)
                pages.stopped = ended()
            started = time.monotonic()
            if wish.articles:
                from reader.factfinder import find_facts

                report.facts = len(find_facts(store, store.without_facts(len(wish.articles), wish.articles)))
            elif facts and not ended():
                report.facts += facts_for(store, progress=meter.show, cancelled=ended, pool=pool)
            if facts and not ended():
                report.stories = stories_for(store, taste=taste, progress=meter.show, cancelled=ended)
            report.stopped = ended()
            report.facts_seconds = round(time.monotonic() - started, 3)
    finally:
        pool.close()
    return report, pages


class Stopped:
    """Set by SIGTERM and SIGHUP, so that a run ends between two transactions; `number` is that of the signal, 0 before."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.number = 0
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.number = number
        self.event.set()


class Meter:
    """A progress line on a terminal's stderr, or with `events` a line of JSON on stdout for each step."""

    def __init__(self, *, quiet: bool = False, events: bool = False) -> None:
        self.drawn = not quiet and sys.stderr.isatty()
        self.events = events
        self.new = self.failed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.drawn:
            sys.stderr.write(_LINE)
            sys.stderr.flush()

    def show(self, progress: Progress) -> None:
        """Tell one step, with the feed that was just asked."""
        from reader.tui.cells import fit

        self.new += progress.new
        self.failed += progress.outcome == "failed"
        if self.events:
            step = {"phase": progress.phase, "done": progress.done, "total": progress.total}
            _tell_event({**step, "new": self.new, "failed": self.failed, "feed": one_line(progress.feed)})
        elif self.drawn:
            doing = DOING.get(progress.phase, "fetching")
            new = f" · {self.new} new" if progress.phase != "pages" else ""
            latest = f" · {one_line(progress.feed)}" if progress.feed else ""
            line = f"{doing} {progress.done} of {progress.total}{new}{latest}"
            sys.stderr.write(_LINE + fit(line, shutil.get_terminal_size().columns - 1).rstrip())
            sys.stderr.flush()


def _tell_event(event: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def _report_json(report: Report) -> dict[str, Any]:
    """The report as programs get it, without passwords and tokens in addresses."""
    values = report.as_dict()
    for told in (*values["errors"], *values["troubles"]):
        told["feed"] = shown(told["feed"])
    return values


def _print_report(report: Report, titles: dict[str, str]) -> None:
    if not report.feeds and not report.waiting:
        say("No feed is due; `briefing fetch --now` asks all the same.")
        return
    counts = {"new": report.new, "updated": report.updated, "unchanged feeds": report.unchanged, "failed": report.failed,
              "waiting": report.waiting}  # fmt: skip
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number or what == "new")
    say(f"{counted(report.feeds, 'feed')} asked in {report.seconds:.1f} s: {told}.")
    if report.errors:
        _print_errors(report.errors, titles)


def _print_errors(errors: Sequence[tuple[str, str]], titles: dict[str, str]) -> None:
    columns = (Column("failed", flexible=True), Column("why", flexible=True, wraps=True))
    print_table(columns, _by_reason([(titles.get(url, shown(url)), reason) for url, reason in errors]))


def _by_reason(errors: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Failed feeds and why; many that fail alike share a row."""
    reasons: dict[str, list[str]] = {}
    for title, reason in errors:
        reasons.setdefault(reason, []).append(title)
    rows = []
    for reason, titles in reasons.items():
        many = f"{len(titles)} feeds, such as {', '.join(titles[:ALIKE])}"
        named = titles if len(titles) <= ALIKE else [many]
        rows += [(title, reason) for title in named]
    return rows


def _all_failed(report: Report) -> str:
    """Why nothing came, in a few words."""
    if report.feeds == 1:
        return report.errors[0][1]
    return f"all {report.feeds} feeds failed; look whether this machine is online"
