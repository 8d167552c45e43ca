"""A list of any length that reads, draws and holds only the rows on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from reader.tui.plain import is_plain, plain_strip

PAGE = 128
"""Rows asked of the source at once: about three screens."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class RowSource(Protocol[T_co]):
    """Rows in an order that stands still."""

    def __len__(self) -> int:
        """How many rows there are."""

    def page(self, start: int, stop: int) -> Sequence[T_co]:
        """The rows from `start` to before `stop`."""


class NoRows(Generic[T]):
    """A source without a row."""

    def __len__(self) -> int:
        return 0

    def page(self, start: int, stop: int) -> Sequence[T]:
        """No row."""
        return ()


class VirtualList(ScrollView, Generic[T], can_focus=True):
    """One row of the source a line. A subclass says how a row is drawn; the screen moves the cursor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"virtual-list--cursor"}
    DEFAULT_CSS = """
    VirtualList {
        background: $background; color: $foreground; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        & > .virtual-list--cursor { background: $block-cursor-blurred-background; }
        &:focus > .virtual-list--cursor { background: $block-cursor-background; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    class Highlighted(Message):
        """The cursor came to rest on another row; only the last one of several is handled."""

        def __init__(self, sender: VirtualList[Any], index: int) -> None:
            super().__init__()
            self.sender = sender
            self.index = index

        @property
        def control(self) -> VirtualList[Any]:
            """The list."""
            return self.sender

        def can_replace(self, message: Message) -> bool:
            """A newer one makes this one idle."""
            return isinstance(message, VirtualList.Highlighted)

    class Clicked(Message):
        """A row was clicked that already had the cursor."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._source: RowSource[T] = NoRows()
        self._pages: LRUCache[int, Sequence[T]] = LRUCache(16)
        self._strips: LRUCache[tuple[int, bool], Strip] = LRUCache(512)
        self._look: tuple[object, ...] = ()

    # -- for subclasses

    def draw_row(self, index: int, row: T, width: int, style: Style) -> Strip:
        """Draw `row` on a line of `width` cells, on top of `style`."""
        raise NotImplementedError

    def look(self) -> tuple[object, ...]:
        """What the drawing depends on besides the rows; looked up once a frame, and a change draws everything anew."""
        return ()

    # -- rows

    @property
    def source(self) -> RowSource[T]:
        """Where the rows come from."""
        return self._source

    def show(self, source: RowSource[T], cursor: int = 0) -> None:
        """Show other rows, with the cursor on row `cursor`."""
        self._source = source
        self.forget()
        self.virtual_size = Size(0, len(source))
        self.set_reactive(VirtualList.cursor, max(0, min(cursor, len(source) - 1)))
        self.scroll_to_cursor()
        self.refresh()

    def forget(self) -> None:
        """Read and draw every row anew."""
        self._pages.clear()
        self._strips.clear()
        self.refresh()

    def row(self, index: int) -> T:
        """The row at `index`, from a page that is kept."""
        number, offset = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            start = number * PAGE
            page = self._pages[number] = self._source.page(start, min(start + PAGE, len(self._source)))
        return page[offset]

    def at_cursor(self) -> T | None:
        """The row under the cursor; null in an empty list."""
        return self.row(self.cursor) if len(self._source) else None

    # -- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Look the styles up once a frame, not once a line."""
        width = self.scrollable_content_region.width
        look = (self.visual_style, self.get_visual_style("virtual-list--cursor"), width, *self.look())
        if look != self._look:
            self._look = look
            self._strips.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The strip of one line."""
        style, cursor_style, width = self._look[:3]
        assert isinstance(style, Style)
        assert isinstance(cursor_style, Style)
        assert isinstance(width, int)
        index = y + self.scroll_offset.y
        if index >= len(self._source):
            return Strip.blank(width, style.rich_style)
        at_cursor = index == self.cursor
        strip = self._strips.get((index, at_cursor))
        if strip is None:
            strip = self.draw_row(index, self.row(index), width, style + cursor_style if at_cursor else style)
            strip = plain_strip(strip) if is_plain(self) else strip
            self._strips[index, at_cursor] = strip
        return strip

    # -- the cursor

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(cursor, len(self._source) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows and tell."""
        self.refresh_line(old)
        self.refresh_line(new)
        self.scroll_to_cursor()
        self.post_message(self.Highlighted(self, new))

    def scroll_to_cursor(self) -> None:
        """Bring the cursor's row into sight."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    @property
    def page_rows(self) -> int:
        """Rows that a page key moves."""
        return max(1, self.scrollable_content_region.height - 1)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on the cursor opens."""
        index = event.y + self.scroll_offset.y
        if index >= len(self._source):
            return
        if index == self.cursor:
            self.post_message(self.Clicked())
        self.cursor = index
