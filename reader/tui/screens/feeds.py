"""The Feeds screen: the state of every feed, what is wrong and the key that helps; what may be missing, and the key that takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.segment import Segment
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widgets import Static

from reader.library import Library, now
from reader.text import one_line
from reader.tui.cells import fit, folded, right
from reader.tui.times import age, ahead
from reader.tui.widgets.bars import Rule, StatusBar
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.feedcare import Done, FeedCare
    from reader.sources import Source, Suggestion

Line: TypeAlias = "Source | Suggestion"
"""A feed of the list, or one that is suggested."""

_SIGNS = {"on": "✓", "new": "·", "off": " ", "quiet": "~", "moved": ">"}
"""What stands before a feed; `!` before one that fails."""

_FEED_KEYS = (
    ("enter", "helps"),
    ("e", "on/off"),
    ("r", "ask again"),
    ("s", "missing"),
    ("z", "undo"),
    ("esc", "back"),
)
_SUGGESTION_KEYS = (("enter", "read it"), ("z", "undo"), ("s", "your feeds"), ("esc", "back"))
_DETAILS = 4
"""Lines below the list."""


class _Lines:
    """Rows that are all there."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def page(self, start: int, stop: int) -> Sequence[Line]:
        """Some of them."""
        return self._lines[start:stop]


class FeedList(VirtualList[Line]):
    """One feed a line: sign, last success, next poll, title, what is wrong or why it is suggested."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "virtual-list--cursor",
        "feed--error",
        "feed--faint",
        "feed--ok",
        "feed--note",
    }
    DEFAULT_CSS = """
    FeedList {
        & > .feed--error { color: $error; }
        & > .feed--faint { color: $faint; }
        & > .feed--ok { color: $success; }
        & > .feed--note { color: $fact-hedge; }
    }
    """

    def draw_row(self, index: int, row: Line, width: int, style: Style) -> Strip:
        """One feed."""
        sign, look, before, told = _parts(row)
        faint = style + self.get_visual_style("feed--faint", partial=True)
        looked = style + self.get_visual_style(f"feed--{look}", partial=True)
        title = one_line(f"{row.feed.title} (community)" if row.feed.community else row.feed.title)
        room = max(0, width - 3 - len(before))
        room_title = min(room, max(24, room // 3) if told else room)
        return Strip(
            [
                Segment(f" {sign} ", looked.rich_style),
                Segment(before, faint.rich_style),
                Segment(fit(title, room_title), (faint if look == "faint" else style).rich_style),
                Segment(fit(f"  {one_line(told)}" if told else "", room - room_title), looked.rich_style),
            ]
        ).adjust_cell_length(width, style.rich_style)


def _parts(row: Line) -> tuple[str, str, str, str]:
    """Sign, how it looks (error, note, faint or ok), what stands before the title, and what is told of a feed."""
    from reader.ingest.memory import NEVER
    from reader.sources import Source

    if not isinstance(row, Source):
        return "+", "note", f"{row.feed.group:<14}", row.why
    state, clock = row.state, now()
    last = "" if state is None else age(state.succeeded, clock) if state.succeeded else "never"
    due = "" if state is None or not row.feed.enabled else ahead(state.due, clock) if state.due < NEVER else "never"
    look = "error" if row.fails else "note" if row.trouble else "faint" if row.condition == "off" else "ok"
    sign = "!" if row.fails else _SIGNS[row.condition]
    return sign, look, f"{right(last, 6)}{right(due, 10)}   ", row.trouble


def _rank(source: Source) -> int:
    """Feeds in trouble first, those that are off last."""
    return 0 if source.fails else 1 if source.trouble else 3 if source.condition == "off" else 2


def _polled(library: Library) -> Iterator[Source]:
    """What was polled, where there is no list of feeds."""
    from reader.model import Feed
    from reader.sources import Source

    for url, state in library.feeds().items():
        name = url.split("//", 1)[-1]
        yield Source(Feed(url, name, name), state)


def _details(row: Line) -> str:
    """All that is told of a feed."""
    from reader.sources import Source, short_host

    address = row.feed.url.split("//", 1)[-1].rpartition("@")[2]
    if not isinstance(row, Source):
        return " · ".join(filter(None, (row.why, f"enter reads it: {address}", row.feed.note)))
    offers = {
        "move": "enter takes the new address",
        "fallback": f"enter reads {short_host(row.feed.fallback)} instead",
        "revive": "enter has it asked again with the next fetch",
    }
    well = "" if row.trouble else {"off": "off, e switches it on", "new": "not asked yet"}.get(row.condition, "is well")
    return " · ".join(filter(None, (row.trouble, offers.get(row.offer), well, address, row.feed.note)))


def _outcome(done: Done | str | None) -> tuple[str, Callable[[FeedCare], str] | None]:
    """What was done, and what takes it back."""
    if done is None or isinstance(done, str):
        return done or "", None
    return done.said, done.undo


class FeedsScreen(Screen[None]):
    """Every configured feed, or what may be missing among them. `folder` is that of feeds.toml; null shows what was polled."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q", "back"),
        Binding("j,down", "move(1)"),
        Binding("k,up", "move(-1)"),
        Binding("home", "move(-1000000)", priority=True),
        Binding("end,G", "move(1000000)", priority=True),
        Binding("enter", "help"),
        Binding("e", "switch"),
        Binding("r", "retry"),
        Binding("s", "suggest"),
        Binding("z", "undo"),
    ]
    DEFAULT_CSS = """
    FeedsScreen { background: $background; }
    FeedsScreen FeedList { height: 1fr; }
    FeedsScreen .head { height: 1; color: $faint; background: $background; }
    FeedsScreen #detail { height: auto; max-height: 4; padding: 0 1; color: $foreground; background: $background; }
    """

    class Read(Message):
        """The rows were read; `said` is what was done before, `failed` whether that did not work."""

        def __init__(self, lines: list[Line], said: str, failed: bool, undo: Callable[[FeedCare], str] | None) -> None:
            super().__init__()
            self.lines = lines
            self.said = said
            self.failed = failed
            self.undo = undo

    def __init__(self, library: Library, folder: Path | None) -> None:
        super().__init__()
        self._library = library
        self._folder = folder
        self._suggesting = False
        self._undo: list[Callable[[FeedCare], str]] = []

    def compose(self) -> ComposeResult:
        """Head, list, details, keys."""
        yield Static(" Feeds", classes="head", id="name")
        yield Rule()
        yield Static(classes="head", id="columns")
        yield FeedList()
        yield Rule()
        yield Static(id="detail", markup=False)
        yield StatusBar()

    def on_mount(self) -> None:
        """Read them."""
        self.query_one(FeedList).focus()
        self._read()

    # -- what is shown

    @work(thread=True, exclusive=True, group="feeds")
    def _read(self, do: Callable[[FeedCare], Done | str | None] | None = None) -> None:
        """Do something to the feeds, if anything, and read them, in a thread of its own; `Read` tells."""
        from reader.config import ConfigError
        from reader.store.errors import StoreError

        library = self._library.another()
        try:
            care = self._care(library)
            said, undo = _outcome(do(care)) if do and care else ("", None)
            self.post_message(self.Read(self._lines(care, library), said, bool(do) and not said, undo))
        except (ConfigError, StoreError) as error:
            self.post_message(self.Read([], str(error), True, None))
        finally:
            library.close()

    def _care(self, library: Library) -> FeedCare | None:
        from reader.config import find_paths
        from reader.feedcare import FeedCare

        return FeedCare(find_paths(config=str(self._folder)), library.store) if self._folder else None

    def _lines(self, care: FeedCare | None, library: Library) -> list[Line]:
        """What is to be shown: suggestions, or the feeds, those in trouble first and those that are off last."""
        if care is None:
            return list(_polled(library))
        if self._suggesting:
            return list(care.suggestions())
        return [*sorted(care.sources(), key=_rank)]

    def on_feeds_screen_read(self, event: Read) -> None:
        """Show the rows, the cursor where it was, and what was done."""
        feeds = self.query_one(FeedList)
        if event.lines or not event.failed:
            feeds.show(_Lines(event.lines), self._place(event.lines))
        if event.undo:
            self._undo.append(event.undo)
        self._show_frame(len(event.lines))
        self._show_detail()
        if event.said or event.failed:
            self.query_one(StatusBar).say(event.said or "there is nothing to do about this feed", failed=event.failed)

    def _place(self, lines: Sequence[Line]) -> int:
        """Where the feed under the cursor stands in `lines`; where the cursor is for one that is not among them."""
        feeds = self.query_one(FeedList)
        row = feeds.at_cursor()
        return next((n for n, line in enumerate(lines) if row and line.feed.url == row.feed.url), feeds.cursor)

    def _show_frame(self, number: int) -> None:
        keys: tuple[tuple[str, str], ...] = _SUGGESTION_KEYS if self._suggesting else _FEED_KEYS
        name = f" Feeds that you may miss: {number}" if self._suggesting else f" Feeds: {number}"
        columns = "   group         feed" if self._suggesting else f"   {'last':>6}{'next':>10}   feed"
        self.query_one("#name", Static).update(name)
        self.query_one("#columns", Static).update(columns)
        self.query_one(StatusBar).keys = keys if self._folder else keys[-1:]

    def on_virtual_list_highlighted(self) -> None:
        """Another feed."""
        self._show_detail()

    def _show_detail(self) -> None:
        row = self.query_one(FeedList).at_cursor()
        empty = "nothing is missing: every group has a source that is on" if self._suggesting else "there is no feed"
        told = _details(row) if row else empty
        lines = folded(one_line(told, 2000), max(20, self.app.size.width - 2))[:_DETAILS]
        self.query_one("#detail", Static).update("\n".join(lines))

    # -- keys

    def action_move(self, steps: int) -> None:
        """Next or previous feed."""
        self.query_one(FeedList).cursor += steps

    def action_back(self) -> None:
        """From the suggestions to the feeds, from the feeds to the briefing."""
        if self._suggesting:
            self.action_suggest()
        else:
            self.dismiss(None)

    def action_suggest(self) -> None:
        """Show what may be missing, and back."""
        if self._may_change():
            self._suggesting = not self._suggesting
            self._read()

    def action_help(self) -> None:
        """Do what helps the feed under the cursor, or read the suggested one from now on."""
        from reader.sources import Source

        row = self._row()
        if isinstance(row, Source):
            self._read(lambda care: care.help(row, now=now()))
        elif row is not None:
            self._read(lambda care: care.take(row))

    def action_switch(self) -> None:
        """Switch the feed under the cursor on or off."""
        from reader.sources import Source

        row = self._row()
        if isinstance(row, Source):
            self._read(lambda care: care.switch(row.feed, not row.feed.enabled))

    def action_retry(self) -> None:
        """Have the feed under the cursor asked with the next fetch."""
        from reader.sources import Source

        row = self._row()
        if isinstance(row, Source):
            self._read(lambda care: care.revive(row.feed, now=now()))

    def action_undo(self) -> None:
        """Take back what was done here last."""
        if not self._may_change():
            return
        if self._undo:
            self._read(self._undo.pop())
        else:
            self.query_one(StatusBar).say("nothing was changed here yet", failed=True)

    def _row(self) -> Line | None:
        """The row under the cursor, where it may be changed."""
        return self.query_one(FeedList).at_cursor() if self._may_change() else None

    def _may_change(self) -> bool:
        if self._folder is None:
            self.query_one(StatusBar).say("the sample edition has no feeds to change", failed=True)
        return self._folder is not None
