"""One screen for everything that is compared across articles: a list of lines, the sentences behind the line under the cursor below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widgets import Static

from reader.text import defuse, one_line
from reader.tui.records import RecordLine, Target
from reader.tui.widgets.bars import Rule, StatusBar
from reader.tui.widgets.virtual_list import VirtualList

_STYLES = ("head", "faint", "value", "differ", "changed", "agree", "quote", "forecast", "figure", "bar")

Build = Callable[[int], Iterable[RecordLine]]
"""Makes the lines for a width in cells."""


class _Lines:
    """Lines as a source of rows."""

    def __init__(self, lines: Sequence[RecordLine]) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def page(self, start: int, stop: int) -> Sequence[RecordLine]:
        """Some of them."""
        return self.lines[start:stop]


class RecordList(VirtualList[RecordLine]):
    """The lines; the cursor rests on those that stand on a passage."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"virtual-list--cursor", *(f"record--{name}" for name in _STYLES)}
    DEFAULT_CSS = """
    RecordList {
        & > .record--head { color: $bright; text-style: bold; }
        & > .record--faint { color: $faint; }
        & > .record--value { color: $bright; }
        & > .record--differ { color: $error; text-style: bold; }
        & > .record--changed { color: $fact-hedge; }
        & > .record--agree { color: $success; }
        & > .record--quote { color: $fact-quote; text-style: italic; }
        & > .record--forecast { color: $fact-forecast; }
        & > .record--figure { color: $fact-figure; text-style: bold; }
        & > .record--bar { color: $fact-score; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="records")
        self._styles: dict[str, Style] = {}

    def look(self) -> tuple[object, ...]:
        """The styles of the parts."""
        self._styles = {name: self.get_visual_style(f"record--{name}", partial=True) for name in _STYLES}
        return tuple(self._styles.values())

    def draw_row(self, index: int, row: RecordLine, width: int, style: Style) -> Strip:
        """The parts, one after the other."""
        segments = [
            Segment(defuse(text), (style + self._styles[name] if name else style).rich_style)
            for text, name in row.parts
        ]
        return Strip(segments).adjust_cell_length(width, style.rich_style)

    def step(self, steps: int) -> None:
        """To the next line, in that direction, that stands on a passage."""
        at = self.cursor + steps
        while 0 <= at < len(self.source) and self.row(at).target is None:
            at += 1 if steps > 0 else -1
        if 0 <= at < len(self.source):
            self.cursor = at


class RecordScreen(Screen[Target | None]):
    """Answers with the passage to open, or with nothing."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q", "dismiss(None)"),
        Binding("j,down", "move(1)"),
        Binding("k,up", "move(-1)"),
        Binding("space,pagedown", "page(1)"),
        Binding("b,pageup", "page(-1)"),
        Binding("home", "edge(0)"),
        Binding("end,G", "edge(1)"),
        Binding("enter", "choose"),
    ]
    DEFAULT_CSS = """
    RecordScreen { background: $background; }
    RecordScreen RecordList { height: 1fr; }
    RecordScreen #record-title { height: 1; background: $background; }
    RecordScreen #record-detail { height: auto; max-height: 12; padding: 0 1; background: $background; }
    RecordScreen #record-empty { height: 1fr; content-align: center middle; text-align: center; color: $faint; display: none; }
    RecordScreen.-empty #record-empty { display: block; }
    RecordScreen.-empty RecordList { display: none; }
    """

    def __init__(self, title: str, build: Build, *, note: str = "", empty: str = "") -> None:
        super().__init__()
        self._title, self._note, self._build, self._empty = title, note, build, empty

    def compose(self) -> ComposeResult:
        """Title, lines, the sentences, keys."""
        yield Static(
            Content.assemble((f" {one_line(self._title)}", "bold $bright"), (f"   {one_line(self._note)}", "$faint")),
            id="record-title",
        )
        yield Rule()
        yield RecordList()
        yield Static(Content(self._empty), id="record-empty")
        yield Rule()
        yield Static(id="record-detail")
        yield StatusBar()

    @property
    def records(self) -> RecordList:
        """The lines."""
        return self.query_one(RecordList)

    def on_mount(self) -> None:
        """Lay out, the cursor on the first line that stands on a passage."""
        self.query_one(StatusBar).keys = (("enter", "open the passage"), ("j k", "move"), ("q", "back"))
        self._lay_out()
        self.records.focus()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        lines = list(self._build(max(40, self.app.size.width - 1)))
        first = next((at for at, line in enumerate(lines) if line.target is not None), 0)
        self.set_class(not lines, "-empty")
        self.records.show(_Lines(lines), max(first, self.records.cursor))
        if self.records.cursor < self.records.page_rows:
            self.records.scroll_home(animate=False)
        self._show_detail()

    def on_virtual_list_highlighted(self) -> None:
        """Another line."""
        self._show_detail()

    def on_virtual_list_clicked(self) -> None:
        """A click on the cursor's line."""
        self.action_choose()

    def _show_detail(self) -> None:
        """The sentences behind the line, one an outlet."""
        line = self.records.at_cursor()
        parts: list[tuple[str, str]] = []
        for outlet, sentence in (line.detail if line else ())[:6]:
            shown = one_line(sentence)
            parts += [(f"{one_line(outlet)}  " if outlet else "", "bold $accent"), (f"{shown}\n", "$foreground")]
        self.query_one("#record-detail", Static).update(Content.assemble(*parts) if parts else Content(""))
        targets = sum(row.target is not None for row in self._shown())
        self.query_one(StatusBar).place = f"{targets} rows" if targets else ""

    def _shown(self) -> Sequence[RecordLine]:
        source = self.records.source
        return source.lines if isinstance(source, _Lines) else ()

    def action_move(self, steps: int) -> None:
        """Next or previous line."""
        self.records.step(steps)

    def action_page(self, steps: int) -> None:
        """A page."""
        self.records.step(steps * self.records.page_rows)

    def action_edge(self, end: int) -> None:
        """The first or the last line."""
        self.records.cursor = len(self.records.source) - 1 if end else 0
        if (row := self.records.at_cursor()) is not None and row.target is None:
            self.records.step(-1 if end else 1)

    def action_choose(self) -> None:
        """Open the passage."""
        line = self.records.at_cursor()
        if line is not None and line.target is not None:
            self.dismiss(line.target)
