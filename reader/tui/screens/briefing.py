"""The briefing screen: list, text and facts, moving together."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Static

from reader.config import Settings
from reader.factsheet import Factsheet
from reader.library import Library, Listing, now
from reader.model import Article, Row
from reader.opener import host_of
from reader.store import StoreError
from reader.text import one_line
from reader.tui.actions.comparing import ComparingActions
from reader.tui.actions.finding import FindingActions
from reader.tui.actions.links import LinkActions
from reader.tui.actions.moving import MovingActions
from reader.tui.actions.triage import TriageActions
from reader.tui.cells import fit
from reader.tui.keys import bar, bindings
from reader.tui.times import moment
from reader.tui.widgets.article_list import FOLD, ArticleList, StoredRows
from reader.tui.widgets.article_pane import EMPTY, ArticlePane
from reader.tui.widgets.bars import Rule, StatusBar, TitleBar
from reader.tui.widgets.facts_panel import NOBODY, FactsPanel, Others
from reader.tui.widgets.prompt import Prompt
from reader.tui.widgets.virtual_list import VirtualList
from reader.verbs import keymap

if TYPE_CHECKING:
    from reader.model import Story

PREVIEW_SECONDS = 0.05
"""The preview follows when the cursor rests this long: key repeat draws rows, not articles."""

_COMPLETENESS = {"full": "full text", "summary": "summary only", "headline": "headline only"}


class BriefingScreen(MovingActions, TriageActions, FindingActions, LinkActions, ComparingActions):
    """Holds what is listed and what is open; the panes are handed what they show and tell what the reader did."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (140, "-wide")]  # noqa: RUF012 - Textual declares it for instances
    BINDINGS: ClassVar[list[Binding]] = bindings()  # type: ignore[assignment]

    is_reading: var[bool] = var(False)

    class ListingRead(Message):
        """A worker has read the whole list of a view or search."""

        def __init__(self, listing: Listing, keep: int | None, muted: int) -> None:
            super().__init__()
            self.listing = listing
            self.muted = muted
            self.keep = keep

    class ListingFailed(Message):
        """A search was misspelt, or the store could not be read; `reason` is one line."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    class Counted(Message):
        """A worker has counted the views; `feeds` says how the feeds are."""

        def __init__(self, counts: dict[str, int], feeds: str) -> None:
            super().__init__()
            self.counts = counts
            self.feeds = feeds

    class FactsFound(Message):
        """A worker has found the facts of an article."""

        def __init__(self, article: Article, sheet: Factsheet) -> None:
            super().__init__()
            self.article = article
            self.sheet = sheet

    def __init__(
        self, library: Library, settings: Settings, *, name: str = "briefing", feeds: Path | None = None
    ) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.article: Article | None = None
        self._product = name
        self._feeds_folder = feeds
        if settings.columns:
            self.HORIZONTAL_BREAKPOINTS = [(0, ("-narrow", "-medium", "-wide")[settings.columns - 1])]
        self.set_class(settings.ascii, "-ascii")
        self._keys = keymap(settings.keymap, settings.keys)
        self._counts: dict[str, int] = {}
        self._feeds = ""
        self._fetching = ""
        self._newest = 0
        self._muted = 0
        self._arrived = 0
        self._preview: Timer | None = None
        self._is_standing = False
        self._data_version = library.store.data_version()

    def compose(self) -> ComposeResult:
        """Title, panes, prompt, status."""
        yield TitleBar(self._product)
        yield Rule()
        with Horizontal(id="panes"):
            yield ArticleList(id="list")
            yield ArticlePane(id="text", measure=self.settings.width)
            yield FactsPanel(id="facts")
            yield Static(id="empty")
        yield Rule()
        yield Static(id="fact-line")
        yield Prompt()
        yield StatusBar()

    # -- the panes

    @property
    def list(self) -> ArticleList:
        """The list."""
        return self.query_one("#list", ArticleList)

    @property
    def text(self) -> ArticlePane:
        """The reading pane."""
        return self.query_one("#text", ArticlePane)

    @property
    def facts(self) -> FactsPanel:
        """The facts panel."""
        return self.query_one("#facts", FactsPanel)

    @property
    def status(self) -> StatusBar:
        """The status bar."""
        return self.query_one(StatusBar)

    @property
    def reading(self) -> bool:
        """Whether an article is open, not only previewed."""
        return self.is_reading

    @property
    def pane(self) -> str:
        """Name of the pane that has the focus."""
        focused = self.focused
        return focused.id if focused is not None and focused.id in ("list", "text", "facts") else "list"

    def say(self, message: str, *, failed: bool = False) -> None:
        """One line in the status bar, until the next key."""
        self.status.say(message, failed=failed)

    # -- listings

    def on_mount(self) -> None:
        """Show the first rows at once; the rest follows the first paint."""
        stories = self.library.story_opening()
        self._show_listing(stories if stories.ids else self.library.opening())
        self.list.focus()

    def follow_up(self) -> None:
        """The first rows are on the terminal: now the whole list, the counts, the preview, and what the feeds have."""
        self._is_standing = True
        self._read_listing("inbox", "", None)
        self._show_preview()
        self.set_interval(5, self._look_for_news)
        if self._feeds_folder is not None:
            self._fetch()

    def open_listing(self, view: str, query: str = "", *, keep: int | None = None) -> None:
        """Show another view or search: read by a worker, shown when it is there."""
        self._read_listing(view, query, keep)

    @work(thread=True, group="listing", exclusive=True)
    def _read_listing(self, view: str, query: str, keep: int | None) -> None:
        from reader.query import QueryError  # the first screen has no query, and needs none of the parser

        library = self.library.another()
        try:
            read = library.listing if view == "all" and query else library.story_listing
            self.post_message(self.ListingRead(read(view, query), keep, 0 if query else library.muted(view)))
            self.post_message(self._count(library))
        except (QueryError, StoreError) as error:
            self.post_message(self.ListingFailed(str(error)))
        finally:
            library.close()

    def _count(self, library: Library) -> Counted:
        states = library.feeds().values()
        failed = sum(bool(state.error) for state in states)
        feeds = ("1 feed" if len(states) == 1 else f"{len(states)} feeds") + (f" · {failed} failed" if failed else "")
        return self.Counted(library.story_counts(), feeds)

    @on(ListingRead)
    def _listing_read(self, event: ListingRead) -> None:
        self._muted = event.muted
        same = isinstance(self.list.source, StoredRows) and self._is_same(event.listing)
        row = self.list.at_cursor()
        self._show_listing(event.listing, event.keep if event.keep is not None else row.id if same and row else None)
        if not same and self.is_reading:
            self.stop_reading()
        if not self.is_reading:
            self._show_preview()

    def _is_same(self, listing: Listing) -> bool:
        shown = self.list.rows.listing
        return (shown.view, shown.query) == (listing.view, listing.query)

    @on(ListingFailed)
    def _listing_failed(self, event: ListingFailed) -> None:
        self.say(event.reason, failed=True)

    def _show_listing(self, listing: Listing, keep: int | None = None) -> None:
        source = StoredRows(self.library, listing)
        at = source.ids.index(keep) if keep is not None and keep in source.ids else 0
        self.list.now = now()
        self._arrived = 0
        self._newest = self.library.newest()
        self.list.show(source, at)
        self._show_emptiness()
        self._show_title()
        self._show_place()

    def _show_emptiness(self) -> None:
        """Say what an empty list is, why it is empty, and which key helps."""
        empty = not self.list.ids
        self.set_class(empty, "-empty")
        if empty:
            listing = self.list.rows.listing
            self.query_one("#empty", Static).update(Content(_why_empty(listing)))

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
            if not self.is_reading:
                self._show_preview()
        self.list.forget()
        self._show_title()
        self._show_place()

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
        self._show_title()

    def _look_for_news(self) -> None:
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
        """Ask every feed now; a fetch that runs already goes on."""
        if self._feeds_folder is None:
            self.say("the sample edition has no feeds to ask", failed=True)
        elif self._fetching:
            self.say(f"{self._fetching} · this goes on behind what you read")
        else:
            self._fetch("--now")

    @work(group="fetch")
    async def _fetch(self, *words: str) -> None:
        """Fetch in another process; the title tells how far it is, the status how it ended."""
        from reader.tui.fetching import FetchProcess

        self._fetching = "fetching …"
        process = FetchProcess(self.library.path, ("--config", str(self._feeds_folder), *words))
        async for step in process.steps():
            self._fetching = step.said if not step.ended else ""
            if step.trouble:
                self.say(step.trouble, failed=True)
            elif step.ended and words:
                self.say(f"{step.new} new" + (f" · {step.failed} feeds failed · g f says why" if step.failed else ""))
            self._look_for_news()
            self._show_title()

    def _show_title(self) -> None:
        listing = self.list.rows.listing
        muted = f"{self._muted} muted · " if self._muted else ""
        right = f"{muted}{self._fetching or self._feeds}"
        news = f"{self._arrived} new · g r shows them   " if self._arrived else ""
        self.query_one(TitleBar).show(listing.view, listing.query, self.list.rows.count, self._counts, f"{news}{right}")

    # -- what is read

    @on(VirtualList.Highlighted)
    def _highlighted(self) -> None:
        self._show_place()
        if self._preview is not None:
            self._preview.stop()
        if not self.is_reading:
            self._preview = self.set_timer(PREVIEW_SECONDS, self._show_preview)

    @on(VirtualList.Clicked)
    def _clicked(self) -> None:
        self.read_article()

    def _show_preview(self) -> None:
        """Text and facts of the row under the cursor, where a pane shows them."""
        row = self.list.at_cursor()
        if (
            row is not None
            and row.id != FOLD
            and self._is_standing
            and not self.is_reading
            and (self.facts.display or self.text.display)
        ):
            self._show_article(row.id)

    def _show_article(self, id: int) -> None:
        article = self.library.article(id)
        if article is None:
            self.say("this article is no longer in the store", failed=True)
            return
        self.article = article
        self._show_facts(article, self.library.sheet(article) if article.facts is not None else EMPTY)
        if article.facts is None:
            self._find_facts(article)

    def _show_facts(self, article: Article, sheet: Factsheet) -> None:
        words = _plain_words(self.list.rows.listing.query)
        seen = self.library.seen(article.id)
        self.text.show(_meta(article), one_line(article.title), article.body, sheet, words, seen)
        story = self.library.story_of(article.id)
        self.facts.show(sheet, _sources(article), _others(article, story, seen) if story is not None else NOBODY)
        self._show_fact_line()

    @work(thread=True, group="facts", exclusive=True)
    def _find_facts(self, article: Article) -> None:
        library = self.library.another()
        try:
            self.post_message(self.FactsFound(article, library.sheet(article)))
        except StoreError as error:
            self.post_message(self.ListingFailed(str(error)))
        finally:
            library.close()

    @on(FactsFound)
    def _facts_found(self, event: FactsFound) -> None:
        if self.article is not None and self.article.id == event.article.id:
            y = self.text.scroll_offset.y
            self._show_facts(event.article, event.sheet)
            self.text.scroll_to(y=y, animate=False)
            self.list.forget()

    def read_article(self) -> None:
        """Open the article under the cursor and mark it read."""
        row = self.list.at_cursor()
        if row is None or row.id == FOLD:
            return
        if self.article is None or self.article.id != row.id or not self.is_reading:
            self._show_article(row.id)
        self.is_reading = True
        self.set_class(True, "-reading")
        self.remove_class("-swapped")
        self.text.focus()
        if not row.read:
            self.mark("read", [row], quiet=True)
        self._show_place()

    def stop_reading(self) -> None:
        """Back to the list."""
        self.is_reading = False
        self.remove_class("-reading", "-swapped", "-zen")
        self.list.focus()
        self.list.scroll_to_cursor()
        self._show_preview()
        self._show_place()

    def open_passage(self, article_id: int, start: int, end: int) -> None:
        """Read an article at a passage: the fact that begins there, or the line."""
        self._show_article(article_id)
        if self.article is None or self.article.id != article_id:
            return
        self.is_reading = True
        self.set_class(True, "-reading")
        self.remove_class("-swapped")
        self.text.focus()
        if end:
            self.call_after_refresh(self.text.go_to, start, end)
        if not self.article.read:
            self.mark("read", self.library.rows([article_id]), quiet=True)
        self._show_place()

    # -- facts move together

    @on(ArticlePane.FactReached)
    def _fact_reached(self, event: ArticlePane.FactReached) -> None:
        self.facts.fact = event.index
        self._show_place()
        self._show_fact_line()

    @on(FactsPanel.FactChosen)
    def _fact_chosen(self, event: FactsPanel.FactChosen) -> None:
        self.text.fact = event.index

    @on(ArticlePane.Scrolled)
    def _scrolled(self) -> None:
        self._show_place()

    def _show_fact_line(self) -> None:
        """At 80 columns: the fact under the cursor in one line."""
        line = ""
        if self.text.fact is not None:
            item = self.text.sheet.items[self.text.fact]
            line = " · ".join(filter(None, (f" {item.kind} {item.value}", item.about, item.says)))
        self.query_one("#fact-line", Static).update(Content(fit(line, max(1, self.size.width))))

    # -- the bars

    def _show_place(self) -> None:
        if self.is_reading:
            items = len(self.text.sheet.items)
            fact = f"fact {self.text.fact + 1} of {items}" if self.text.fact is not None else f"{items} facts"
            self.status.place = f"{fact} · {self.text.percent} %"
        else:
            source = self.list.rows
            self.status.place = f"{source.place(self.list.cursor)} of {source.count}" if source.count else ""
        self.status.keys = bar(self.pane, self._keys)

    def on_descendant_focus(self) -> None:
        """Another pane: other keys."""
        self._show_place()

    def on_key(self) -> None:
        """A notice goes with the next key."""
        self.status.message = ""

    def on_resize(self) -> None:
        """Another width shows other panes."""
        if not self.is_reading and self.list.ids:
            self.call_after_refresh(self._show_preview)
        self.call_after_refresh(self._show_title)

    @on(Prompt.Submitted)
    def _prompted(self, event: Prompt.Submitted) -> None:
        (self.text if self.is_reading else self.list).focus()
        if event.purpose == "tag":
            self.tag(event.text)
        elif event.purpose == "dossier":
            self.dossier(event.text)
        elif event.purpose == "search" and event.text:
            self.open_listing("all", event.text)
        elif event.purpose == "filter":
            self.open_listing(self.list.rows.listing.view, event.text)

    @on(Prompt.Cancelled)
    def _unprompted(self) -> None:
        (self.text if self.is_reading else self.list).focus()

    def run_first(self) -> None:
        """To the top of the pane."""
        self.action_first()

    def action_help(self) -> None:
        """All keys."""
        from reader.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self._keys, self.pane))


def _belongs(row: Row, view: str) -> bool:
    """Whether a row stays in a view that it was listed in; one that was only read stays where it is until the view is read anew."""
    return {
        "inbox": not row.done and not row.later, "unread": not row.done and not row.later, "later": row.later, "done": row.done,
    }.get(view, True)  # fmt: skip


def _why_empty(listing: Listing) -> str:
    if listing.query:
        return f"Nothing stored matches {listing.query!r}.\n/ searches for something else, esc goes back"
    return {
        "inbox": "The inbox is empty: everything is done or kept for later.\nR fetches the feeds, g a shows all that is stored",
        "unread": "Everything is read.\ng a shows all that is stored, R fetches the feeds",
        "later": "Nothing is kept for later.\nl on a story keeps it here",
        "starred": "Nothing is starred.\ns on a story stars it",
        "done": "Nothing is done yet.\ne on a story puts it here",
    }.get(listing.view, "The store is empty.\nR fetches the feeds")


def _meta(article: Article) -> list[str]:
    parts = [
        one_line(article.outlet) + (" (sample)" if article.sample else ""),
        moment(article.published),
        f"{article.words} words",
    ]
    parts.append(_COMPLETENESS.get(article.completeness, article.completeness))
    if article.revision > 1:
        parts.append(f"± revised {article.revision - 1}×")
    if article.author:
        parts.insert(1, one_line(article.author))
    return [" · ".join(parts)]


def _sources(article: Article) -> list[str]:
    host = host_of(article.url)
    links = len(article.body.links)
    lines = [f"{one_line(article.outlet)} · {host}" if host else one_line(article.outlet)]
    return lines + ([f"{links} links in the text · ; opens one"] if links else [])


def _others(article: Article, story: Story, seen: frozenset[int]) -> Others:
    """What the other outlets of a story make of an article's figures; nothing where no other outlet has it."""
    if len(story.outlets) < 2:
        return Others({}, (), seen)
    marks: dict[int, str] = {}
    lines = [story.sources]
    for fact in story.facts:
        mark = f"{fact.letter}{fact.sources}" if fact.letter == "=" else fact.letter
        marks.update({report.start: mark for report in fact.reports if report.article_id == article.id})
        if fact.letter in "≠↻":
            said = " | ".join(
                f"{one_line(value)} {', '.join(map(one_line, outlets))}" for value, outlets in fact.values()
            )
            lines.append(f"{fact.letter} {one_line(fact.about)}: {said}")
    return Others(marks, (*lines, "d compares them"), seen)


def _plain_words(query: str) -> list[str]:
    """The words of a query that can stand in a text: no fields, no operators, nothing excluded."""
    words = [word.strip('"()*') for word in query.split()]
    return [word for word in words if word and ":" not in word and word not in ("or", "and") and word[0] not in "-~"]


__all__ = ["BriefingScreen"]
