"""The Feeds screen: the state of every feed, what is wrong and what helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widgets import Static

from reader.library import now
from reader.model import FeedState
from reader.text import one_line
from reader.tui.cells import fit, right
from reader.tui.times import age, ahead
from reader.tui.widgets.bars import Rule, StatusBar
from reader.tui.widgets.virtual_list import VirtualList


class _States:
    """Feed states, those in trouble first."""

    def __init__(self, states: Mapping[str, FeedState]) -> None:
        self._states = sorted(states.values(), key=lambda state: (not state.error, state.url))

    def __len__(self) -> int:
        return len(self._states)

    def page(self, start: int, stop: int) -> Sequence[FeedState]:
        """Some of them."""
        return self._states[start:stop]


class FeedList(VirtualList[FeedState]):
    """One feed a line: sign, last success, next poll, address, what is wrong."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"virtual-list--cursor", "feed--error", "feed--faint", "feed--ok"}
    DEFAULT_CSS = """
    FeedList {
        & > .feed--error { color: $error; }
        & > .feed--faint { color: $faint; }
        & > .feed--ok { color: $success; }
    }
    """

    def draw_row(self, index: int, row: FeedState, width: int, style: Style) -> Strip:
        """One feed."""
        error, faint, good = (
            style + self.get_visual_style(f"feed--{name}", partial=True) for name in ("error", "faint", "ok")
        )
        clock = now()
        last = age(row.succeeded, clock) if row.succeeded else "never"
        address = one_line(row.url).split("//", 1)[-1]
        room = width - 24
        room_address = room if not row.error else min(len(address) + 2, max(20, room // 3))
        return Strip(
            [
                Segment(" ! " if row.error else " ✓ ", (error if row.error else good).rich_style),
                Segment(right(last, 6), faint.rich_style),
                Segment(right(ahead(row.due, clock), 10) + "   ", faint.rich_style),
                Segment(fit(address, room_address), style.rich_style),
                Segment(fit(one_line(row.error), max(0, width - 22 - room_address)), error.rich_style),
            ]
        ).adjust_cell_length(width, style.rich_style)


class FeedsScreen(Screen[None]):
    """Every feed that was polled."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q", "dismiss(None)"),
        Binding("j,down", "move(1)"),
        Binding("k,up", "move(-1)"),
    ]
    DEFAULT_CSS = """
    FeedsScreen { background: $background; }
    FeedsScreen FeedList { height: 1fr; }
    FeedsScreen .head { height: 1; color: $faint; background: $background; }
    FeedsScreen #detail { height: auto; max-height: 4; padding: 0 1; color: $foreground; background: $background; }
    """

    def __init__(self, states: Mapping[str, FeedState]) -> None:
        super().__init__()
        self._states = _States(states)

    def compose(self) -> ComposeResult:
        """Head, list, details, keys."""
        yield Static(" Feeds", classes="head")
        yield Rule()
        yield Static(f"   {'last':>6}{'next':>10}   feed", classes="head")
        yield FeedList()
        yield Rule()
        yield Static(id="detail", markup=False)
        yield StatusBar()

    def on_mount(self) -> None:
        """Show them all, the cursor on the first in trouble."""
        feeds = self.query_one(FeedList)
        feeds.show(self._states)
        feeds.focus()
        self.query_one(StatusBar).keys = (("j k", "move"), ("esc", "back"))
        self._show_detail()

    def on_virtual_list_highlighted(self) -> None:
        """Another feed."""
        self._show_detail()

    def _show_detail(self) -> None:
        row = self.query_one(FeedList).at_cursor()
        told = (
            "no feed was polled yet · R in the list fetches"
            if row is None
            else one_line(row.error or f"{row.url} is well")
        )
        self.query_one("#detail", Static).update(told)

    def action_move(self, steps: int) -> None:
        """Next or previous feed."""
        self.query_one(FeedList).cursor += steps
