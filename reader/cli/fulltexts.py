"""What `fetch` does about articles' own pages: which are wanted, asking for them, telling what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.cli.output import Column, counted, print_table, say
from reader.cli.session import CliError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ingest.pages import Report
    from reader.ingest.pipeline import Progress
    from reader.ingest.pool import Pool
    from reader.model import Feed
    from reader.store import Store

AGAIN = 300
"""Seconds after which an offline pack tries again what failed, whether it is due or not (R-NET-8)."""

ALIKE = 3
"""So many articles that fail for one reason are named."""

_STATES = {
    "full": "full text", "summary": "summary only", "headline": "headline only", "paywalled": "paywalled", "failed": "failed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pages a run asks for: those wanted and due, all for an offline pack, or some articles; at most `limit`."""

    full_text: bool = False
    pack: bool = False
    articles: tuple[int, ...] = ()
    limit: int = 1000

    def __bool__(self) -> bool:
        return self.full_text or self.pack or bool(self.articles)


def ask_pages(
    store: Store,
    feeds: Sequence[Feed],
    wish: Wish,
    *,
    now: int,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    pool: Pool,
) -> Report:
    """Ask for the pages that are wished for, of articles of `feeds`. What is stored by then stays when it is ended."""
    from reader.ingest.pages import fetch_pages

    by_url = {feed.url: feed for feed in feeds}
    wanted = _wanted(store, by_url, wish, now=now)
    report = fetch_pages(store, wanted[: wish.limit], by_url, progress=progress, cancelled=cancelled, pool=pool)
    report.left += len(wanted[wish.limit :])
    return report


def _wanted(store: Store, feeds: Mapping[str, Feed], wish: Wish, *, now: int) -> list[int]:
    """Ids of the articles whose pages are asked for, the most wanted first."""
    from reader.ingest.fulltext import is_allowed

    if wish.articles:
        known = {id: feeds.get(feed_url) for id, feed_url, _ in store.page_addresses(wish.articles)}
        for id in wish.articles:
            if id not in known:
                raise CliError(f"no article {id}; `briefing list` shows their numbers", misused=True)
            if not is_allowed(known[id]):
                raise CliError(
                    'the page is not asked for: the feed says full_text = "never", is off, or is gone from feeds.toml'
                )
        return list(wish.articles)
    allowed = [feed for feed in feeds.values() if is_allowed(feed)]
    if wish.pack:
        return store.pack_pages([feed.url for feed in allowed], asked_before=now - AGAIN + 1)
    always = [feed.url for feed in allowed if feed.full_text == "always"]
    auto = [feed.url for feed in allowed if feed.full_text == "auto"]
    return store.due_pages(auto, always, now=now, limit=wish.limit)


def pages_json(report: Report, store: Store, wish: Wish) -> dict[str, Any]:
    """The report as programs get it; of an offline pack also what all articles in it have."""
    values = report.as_dict()
    return {**values, "pack": {name: store.pack_states().get(name, 0) for name in _STATES}} if wish.pack else values


def print_pages(report: Report, store: Store, wish: Wish) -> None:
    """What came of the pages, for people."""
    if report.pages or report.waiting or report.left:
        counts = {
            "full text": report.full, "summary only": report.summary, "paywalled": report.paywalled, "failed": report.failed,
            "waiting": report.waiting, "left for the next run": report.left,
        }  # fmt: skip
        told = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
        say(f"{counted(report.pages, 'page')} asked in {report.seconds:.1f} s{': ' if told else ''}{told}.")
    elif not wish.pack:
        say("No page is due.")
    if wish.pack:
        states = store.pack_states()
        told = ", ".join(f"{states[name]:,} {words}" for name, words in _STATES.items() if states.get(name))
        say(f"Offline pack of {counted(sum(states.values()), 'article')}: {told or 'nothing is kept or unread'}.")
    if report.errors:
        print_table((Column("failed", flexible=True), Column("why", flexible=True)), _by_reason(report.errors))


def _by_reason(errors: Sequence[tuple[int, str, str]]) -> list[tuple[str, str]]:
    """Articles that failed and why; many that fail alike share a row."""
    reasons: dict[str, list[str]] = {}
    for _, title, reason in errors:
        reasons.setdefault(reason, []).append(title)
    rows: list[tuple[str, str]] = []
    for reason, titles in reasons.items():
        named = titles if len(titles) <= ALIKE else [f"{len(titles)} articles, such as “{titles[0]}”"]
        rows += [(title, reason) for title in named]
    return rows
