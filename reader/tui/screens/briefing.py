"""The briefing screen: list, text and facts, moving together."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Static

from reader.config import Settings
from reader.library import Library
from reader.model import Article
from reader.tui.actions.comparing import ComparingActions
from reader.tui.actions.finding import FindingActions
from reader.tui.actions.fulltexts import FullTextActions
from reader.tui.actions.links import LinkActions
from reader.tui.actions.listing import ListingActions
from reader.tui.actions.moving import MovingActions
from reader.tui.keys import bar, bindings
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_pane import ArticlePane
from reader.tui.widgets.bars import Rule, StatusBar, TitleBar
from reader.tui.widgets.facts_panel import FactsPanel
from reader.tui.widgets.prompt import Prompt
from reader.verbs import keymap


class BriefingScreen(MovingActions, FullTextActions, ListingActions, FindingActions, LinkActions, ComparingActions):
    """Holds what is listed and what is open; the panes are handed what they show and tell what the reader did."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (140, "-wide")]  # noqa: RUF012 - Textual declares it for instances
    BINDINGS: ClassVar[list[Binding]] = bindings()  # type: ignore[assignment]
    is_reading: var[bool] = var(False)

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
        self._fetch_process = None
        self._stopping = False
        self._newest = 0
        self.muted = 0
        self._arrived = 0
        self._preview: Timer | None = None
        self._asking: set[int] = set()
        self._asking_in_turn = asyncio.Lock()
        self._offline_told = False
        self.is_standing = False
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

    def on_mount(self) -> None:
        """Show the first rows at once; the rest follows the first paint."""
        stories = self.library.story_opening()
        self.show_listing(stories if stories.ids else self.library.opening())
        self.list.focus()

    def follow_up(self) -> None:
        """The first rows are on the terminal: now the whole list, the counts, the preview, and what the feeds have."""
        self.is_standing = True
        self.read_listing("inbox", "", None)
        self.show_preview()
        self.set_interval(5, self.look_for_news)
        if self._feeds_folder is not None:
            self._fetch()

    def show_place(self) -> None:
        """Where the cursor is, and the keys that matter there."""
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
        self.show_place()

    def on_key(self) -> None:
        """A notice goes with the next key."""
        self.status.message = ""

    def on_resize(self) -> None:
        """Another width shows other panes."""
        if not self.is_reading and self.list.ids:
            self.call_after_refresh(self.show_preview)
        self.call_after_refresh(self.show_title)

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
