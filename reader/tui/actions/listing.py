"""Listings: views, searches, what came since, and the fetch behind them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.widgets import Static

from reader.library import Library, Listing, now
from reader.model import Row
from reader.store import StoreError
from reader.tui.actions.base import ScreenActions
from reader.tui.messages import Counted, ListingFailed, ListingRead
from reader.tui.widgets.article_list import StoredRows
from reader.tui.widgets.bars import TitleBar
from reader.tui.wording import why_empty

if TYPE_CHECKING:
    from reader.tui.fetching import FetchProcess


class ListingActions(ScreenActions):
    """What the list shows: read by workers, drawn when it is there; it never moves under the cursor by itself."""

    _counts: dict[str, int]
    _feeds: str
    _feeds_folder: Path | None
    _fetching: str
    _fetch_process: FetchProcess | None
    _stopping: bool
    """Whether the fetch that runs was asked about: the next time it is stopped."""
    _newest: int
    _arrived: int
    _data_version: int
    muted: int

    def open_listing(self, view: str, query: str = "", *, keep: int | None = None) -> None:
        """Show another view or search: read by a worker, shown when it is there."""
        self.read_listing(view, query, keep)

    @work(thread=True, group="listing", exclusive=True)
    def read_listing(self, view: str, query: str, keep: int | None) -> None:
        """Read a whole view or search in a worker; `ListingRead` or `ListingFailed` tells when it is done."""
        from reader.query import QueryError  # the first screen has no query, and needs none of the parser

        library = self.library.another()
        try:
            read = library.listing if view == "all" and query else library.story_listing
            self.post_message(ListingRead(read(view, query), keep, 0 if query else library.muted(view)))
            self.post_message(self._count(library))
        except (QueryError, StoreError) as error:
            self.post_message(ListingFailed(str(error)))
        finally:
            library.close()

    def _count(self, library: Library) -> Counted:
        states = library.feeds().values()
        failed = sum(bool(state.error) for state in states)
        feeds = ("1 feed" if len(states) == 1 else f"{len(states)} feeds") + (f" · {failed} failed" if failed else "")
        return Counted(library.story_counts(), feeds)

    @on(ListingRead)
    def _listing_read(self, event: ListingRead) -> None:
        self.muted = event.muted
        same = isinstance(self.list.source, StoredRows) and self._is_same(event.listing)
        row = self.list.at_cursor()
        self.show_listing(event.listing, event.keep if event.keep is not None else row.id if same and row else None)
        if not same and self.reading:
            self.stop_reading()
        if not self.reading:
            self.show_preview()

    def _is_same(self, listing: Listing) -> bool:
        shown = self.list.rows.listing
        return (shown.view, shown.query) == (listing.view, listing.query)

    @on(ListingFailed)
    def _listing_failed(self, event: ListingFailed) -> None:
        self.say(event.reason, failed=True)

    def show_listing(self, listing: Listing, keep: int | None = None) -> None:
        """Draw a listing, the cursor on article `keep` where it is listed."""
        source = StoredRows(self.library, listing)
        at = source.ids.index(keep) if keep is not None and keep in source.ids else 0
        self.list.now = now()
        self._arrived = 0
        self._newest = self.library.newest()
        self.list.show(source, at)
        self._show_emptiness()
        self.show_title()
        self.show_place()

    def _show_emptiness(self) -> None:
        """Say what an empty list is, why it is empty, and which key helps."""
        empty = not self.list.ids
        self.set_class(empty, "-empty")
        if empty:
            listing = self.list.rows.listing
            self.query_one("#empty", Static).update(Content(why_empty(listing)))

    def rows_changed(self, ids: Sequence[int]) -> None:
        """Draw some rows anew and drop those that left the view; the cursor stays where it is."""
        source = self.list.rows
        listing = source.listing
        read = self.library.story_rows if listing.stories else self.library.rows
        left = {row.id for row in read(ids) if not _belongs(row, listing.view)}
        if left:
            kept: array[int] = array("q", (id for id in listing.ids if id not in left))
            fresh = sum(id not in left for id in listing.ids[: listing.fresh])
            at = self.list.cursor
            self.list.show(StoredRows(self.library, replace(listing, ids=kept, fresh=fresh, rows=())), at)
            self._show_emptiness()
            if not self.reading:
                self.show_preview()
        self.list.forget()
        self.show_title()
        self.show_place()

    def show_counts(self) -> None:
        """Count the views anew, in a worker."""
        self._count_views()

    @work(thread=True, group="counting", exclusive=True)
    def _count_views(self) -> None:
        library = self.library.another()
        try:
            self.post_message(self._count(library))
        finally:
            library.close()

    @on(Counted)
    def _counted(self, event: Counted) -> None:
        self._counts, self._feeds = event.counts, event.feeds
        self.show_title()

    def look_for_news(self) -> None:
        """Another process has written: count what it brought; the list stays as it is."""
        version = self.library.store.data_version()
        if version != self._data_version:
            self._data_version = version
            listing = self.list.rows.listing
            self._arrived = self.library.arrived(self._newest, listing.view) if not listing.query else 0
            self._count_views()
            if not self.list.ids and self._arrived:
                self.open_listing(listing.view)

    def action_fetch(self) -> None:
        """Ask every feed now; while a fetch runs, tell how far it is, and stop it the second time."""
        if self._feeds_folder is None:
            self.say("the sample edition has no feeds to ask", failed=True)
        elif self._fetch_process is None:
            self._fetch("--now")
        elif self._stopping:
            self._stop_fetch(self._fetch_process)
        else:
            self._stopping = True
            self.say(f"once more stops this, what came is kept · {self._fetching}")

    @work(group="stopping")
    async def _stop_fetch(self, process: FetchProcess) -> None:
        self.say("the fetch stops …")
        await process.stop()

    @work(group="fetch")
    async def _fetch(self, *words: str) -> None:
        """Fetch in another process; the title tells how far it is, the status how it ended."""
        from reader.tui.fetching import FetchProcess

        self._fetching, self._stopping = "fetching …", False
        options = ("--config", str(self._feeds_folder), "--full-text", *words)
        process = self._fetch_process = FetchProcess(self.library.path, options)
        async for step in process.steps():
            self._fetching = step.said if not step.ended else ""
            if step.ended:
                self._fetch_process = None
            if step.ended and step.stopped:
                self.say(f"stopped · {step.new} new are kept; what was not asked is asked next time")
            elif step.trouble:
                self.say(step.trouble, failed=True)
            elif step.ended and words:
                self.say(f"{step.new} new" + (f" · {step.failed} feeds failed · g f says why" if step.failed else ""))
            self.look_for_news()
            self.show_title()

    def show_title(self) -> None:
        """The line above everything: views, counts, what is new, how the feeds are."""
        listing = self.list.rows.listing
        said = self._fetch_said() if self._fetching else self._rest_said()
        self.query_one(TitleBar).show(listing.view, listing.query, self.list.rows.count, self._counts, said)

    def _fetch_said(self) -> str:
        """How far the fetch is, the most telling first: a narrow window has no room for all."""
        done, _, latest = self._fetching.partition(" · ")
        return " · ".join(part for part in (done, f"{self._arrived} new" if self._arrived else "", latest) if part)

    def _rest_said(self) -> str:
        """What is new and how the feeds are."""
        muted = f"{self.muted} muted · " if self.muted else ""
        news = f"{self._arrived} new · g r shows them   " if self._arrived else ""
        return f"{news}{muted}{self._feeds}"


def _belongs(row: Row, view: str) -> bool:
    """Whether a row stays in a view that it was listed in; one that was only read stays where it is until the view is read anew."""
    return {
        "inbox": not row.done and not row.later, "unread": not row.done and not row.later, "later": row.later, "done": row.done,
    }.get(view, True)  # fmt: skip
