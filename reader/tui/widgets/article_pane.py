"""The reading pane: an article as wrapped lines, facts marked by kind, a gutter with their letters, a cursor on one fact."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

from reader.factsheet import ATTRIBUTION, FIGURE, FORECAST, HEDGE, OPINION, QUOTE, SCORE, Factsheet
from reader.model import Text
from reader.text import defuse
from reader.tui.typeset import MEASURE, Line, Piece, shown, typeset

GUTTER = 3
"""Cells left of the text: the letter of the strongest fact in the line, and two blanks."""

_STRENGTH = (SCORE, FIGURE, QUOTE, FORECAST, HEDGE)
"""Kinds that have a letter in the gutter, the strongest first."""

SEEN = "K"
"""Stands for the kind of a fact that was read elsewhere."""

_LAYERS = (QUOTE, FORECAST, ATTRIBUTION, HEDGE, FIGURE, SCORE, SEEN)
"""In which order kinds are painted: a figure inside a quote shows as a figure."""

_COMPONENTS = {
    FIGURE: "fact--figure", SCORE: "fact--score", QUOTE: "fact--quote", ATTRIBUTION: "fact--attribution", HEDGE: "fact--hedge",
    FORECAST: "fact--forecast", SEEN: "fact--seen",
}  # fmt: skip
_ROLES = ("meta", "title", "heading", "quote", "code", "columns", "caption")

_TRACE = 80
"""Characters by which a place of a text is found again in another version of it."""

EMPTY = Factsheet((), (), (), (), (), (), ())
"""The sheet of a text whose facts are not known."""


class ArticlePane(ScrollView, can_focus=True):
    """One article. `fact` is the index of the item under the fact cursor, or null."""

    ALLOW_SELECT = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *_COMPONENTS.values(), *(f"text--{role}" for role in _ROLES), "fact--cursor", "text--gutter", "text--hit", "text--link",
    }  # fmt: skip
    DEFAULT_CSS = """
    ArticlePane {
        background: $background; color: $foreground; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        & > .fact--figure { color: $fact-figure; text-style: underline; }
        & > .fact--score { color: $fact-score; text-style: underline; }
        & > .fact--quote { color: $fact-quote; text-style: italic; }
        & > .fact--attribution { text-style: underline; }
        & > .fact--hedge { color: $fact-hedge; }
        & > .fact--forecast { color: $fact-forecast; }
        & > .fact--seen { color: $faint; text-style: underline; }
        & > .fact--cursor { background: $fact-cursor; color: $fact-cursor-text; text-style: bold; }
        & > .text--meta { color: $faint; }
        & > .text--title { color: $bright; text-style: bold; }
        & > .text--heading { color: $bright; text-style: bold; }
        & > .text--quote { text-style: italic; }
        & > .text--code { color: $faint; }
        & > .text--columns { color: $faint; text-style: bold; }
        & > .text--caption { color: $faint; text-style: italic; }
        & > .text--gutter { color: $faint; }
        & > .text--hit { text-style: reverse; }
        & > .text--link { text-style: underline; }
    }
    """

    fact: reactive[int | None] = reactive(None, repaint=False)

    class FactReached(Message):
        """The fact cursor came to rest on another fact."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Scrolled(Message):
        """Another part of the text is in sight."""

        def can_replace(self, message: Message) -> bool:
            """A newer one makes this one idle."""
            return isinstance(message, ArticlePane.Scrolled)

    def __init__(self, *, id: str | None = None, measure: int = MEASURE) -> None:
        super().__init__(id=id)
        self._measure = measure
        self._meta: Sequence[str] = ()
        self._title = ""
        self._body = Text("")
        self._sheet = EMPTY
        self._hits: list[tuple[int, int]] = []
        self._runs = _Runs(EMPTY, frozenset())
        self._page = typeset((), "", self._body, 40)
        self._strips: LRUCache[int, Strip] = LRUCache(1024)
        self._looks: dict[str, Style] = {}

    # -- what is shown

    def show(
        self,
        meta: Sequence[str],
        title: str,
        body: Text,
        sheet: Factsheet,
        words: Sequence[str] = (),
        seen: frozenset[int] = frozenset(),
    ) -> None:
        """Show an article from its top.

        `words` (of a search) are marked where the text has them; facts that begin at one of `seen` are dim: they were read elsewhere.
        """
        self._meta, self._title, self._body, self._sheet = meta, title, body, sheet
        self._runs = _Runs(sheet, seen)
        self._hits = list(_hits(body.text, words))
        self.set_reactive(ArticlePane.fact, None)
        self._set()
        self.scroll_home(animate=False)
        self.refresh()

    def renew(
        self,
        meta: Sequence[str],
        title: str,
        body: Text,
        sheet: Factsheet,
        words: Sequence[str] = (),
        seen: frozenset[int] = frozenset(),
    ) -> None:
        """As `show`, for another state of the same article: the line at the top and the fact under the cursor stay where they are."""
        page, y, old, fact = self._page, self.scroll_offset.y, self._body, self.fact
        cited = self._sheet.items[fact] if fact is not None else None
        top = min(y, len(page.lines) - 1)
        start = page.starts[top]
        is_head = start == 0 and not page.lines[top].pieces
        self.show(meta, title, body, sheet, words, seen)
        there = self._page.line_of(_followed(old.text, start, body.text)) + top - page.line_of(start)
        self.scroll_to(y=y if is_head else there, animate=False)
        if cited is not None:
            same = _followed(old.text, cited.start, body.text)
            at = next((i for i, item in enumerate(sheet.items) if (item.kind, item.start) == (cited.kind, same)), None)
            self.set_reactive(ArticlePane.fact, at)

    @property
    def sheet(self) -> Factsheet:
        """The facts of the text that is shown."""
        return self._sheet

    @property
    def hits(self) -> int:
        """How many search hits the text has."""
        return len(self._hits)

    @property
    def percent(self) -> int:
        """How far down the text the last line in sight is."""
        bottom = self.scroll_offset.y + self.scrollable_content_region.height
        return min(100, 100 * bottom // max(1, len(self._page.lines)))

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y

    def _set(self) -> None:
        """Wrap for the width there is, keeping a margin of two cells."""
        width = self.scrollable_content_region.width
        self._page = typeset(self._meta, self._title, self._body, width - GUTTER - 2, self._measure)
        self._strips.clear()
        self.virtual_size = Size(width, len(self._page.lines))

    def on_resize(self) -> None:
        """Keep the same words at the top."""
        page, y = self._page, self.scroll_offset.y
        top = page.starts[min(y, len(page.starts) - 1)]
        head = y if page.lines[min(y, len(page.lines) - 1)].role in ("meta", "title") or top == 0 else None
        self._set()
        self.scroll_to(y=head if head is not None else self._page.line_of(top), animate=False)

    # -- drawing

    def notify_style_update(self) -> None:
        """Another theme: draw everything anew."""
        super().notify_style_update()
        self._strips.clear()

    def selection_updated(self, selection: Selection | None) -> None:
        """The mouse selects: draw everything anew."""
        self._strips.clear()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Look the styles up once a frame, not once a line; a partial style has no background, which the cursor needs."""
        looks = {"": self.visual_style}
        for name in self.COMPONENT_CLASSES:
            looks[name] = self.get_visual_style(name, partial=name != "fact--cursor")
        if looks != self._looks:
            self._looks = looks
            self._strips.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The strip of one line."""
        number = y + self.scroll_offset.y
        if number >= len(self._page.lines):
            return Strip.blank(self.size.width, self._looks[""].rich_style)
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._draw(number, self._page.lines[number])
        return strip

    def _draw(self, number: int, line: Line) -> Strip:
        base = self._looks[""]
        style = base + self._looks[f"text--{line.role}"] if line.role in _ROLES else base
        segments = [Segment(" " * self._margin, base.rich_style), self._gutter(line, base)]
        if line.pieces:
            for piece in line.pieces:
                segments += self._piece(piece, base, style)
        else:
            segments.append(Segment(defuse(line.label), style.rich_style))
        strip = Strip(segments)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(number)) is not None:
            strip = self._selected(strip, *span)
        return strip.apply_offsets(0, number).adjust_cell_length(self.size.width, base.rich_style)

    @property
    def _margin(self) -> int:
        """Blanks at the left that put the text in the middle."""
        return max(0, (self.scrollable_content_region.width - self._page.width - GUTTER) // 2)

    def _gutter(self, line: Line, base: Style) -> Segment:
        letter = self._runs.letter(line.pieces[0].start, line.pieces[-1].end) if line.pieces else ""
        look = self._looks[_COMPONENTS[letter]] if letter in _COMPONENTS else self._looks["text--gutter"]
        colour = Style(foreground=look.foreground)
        return Segment(f"{'~' if letter == OPINION else letter or ' '}  ", (base + colour).rich_style)

    def _piece(self, piece: Piece, base: Style, style: Style) -> Iterator[Segment]:
        text = self._body.text
        yield Segment(piece.lead, (base + self._looks["text--gutter"]).rich_style)
        words = defuse(shown(text, piece))
        drawn = piece.start
        cut = min(piece.end, piece.start + len(words) - (piece.width >= 0 and words.rstrip().endswith("…")))
        for start, end, kinds in self._runs.between(piece.start, cut):
            yield Segment(words[start - piece.start : end - piece.start], self._style(style, start, kinds).rich_style)
            drawn = end
        yield Segment(words[drawn - piece.start :], style.rich_style)

    def _style(self, style: Style, at: int, kinds: str) -> Style:
        """The style of a place with facts of some `kinds`; the fact under the cursor hides them all."""
        if self.fact is not None:
            item = self._sheet.items[self.fact]
            if item.start <= at < item.end:
                return style + self._looks["fact--cursor"]
        for kind in kinds:
            style += self._looks[_COMPONENTS[kind]]
        if self._hits:
            after = bisect_right(self._hits, (at, len(self._body.text))) - 1
            if after >= 0 and at < self._hits[after][1]:
                style += self._looks["text--hit"]
        return style

    def _selected(self, strip: Strip, start: int, stop: int) -> Strip:
        chosen = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        stop = len(strip.text) if stop == -1 else stop
        cuts = [strip.index_to_cell_position(start), strip.index_to_cell_position(stop), strip.cell_length]
        before, within, after = strip.divide(cuts)
        styled = Strip(
            Segment(text, (Style.from_rich_style(style) + chosen).rich_style) for text, style, _ in within if style
        )
        return Strip.join([before, styled, after])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words as the text has them, without the line breaks that wrapping added."""
        start = self._offset(selection.start.x, selection.start.y) if selection.start else 0
        stop = self._offset(selection.end.x, selection.end.y) if selection.end else len(self._body.text)
        return self._body.text[start:stop], "\n"

    def _offset(self, x: int, y: int) -> int:
        """Offset of the text at column `x` of line `y`."""
        line = self._page.lines[min(y, len(self._page.lines) - 1)]
        at = self._margin + GUTTER
        for piece in line.pieces:
            at += len(piece.lead)
            if x < at + piece.end - piece.start:
                return max(piece.start, piece.start + x - at)
            at += max(piece.width, piece.end - piece.start)
        return line.pieces[-1].end if line.pieces else line.start

    # -- the fact cursor

    def validate_fact(self, fact: int | None) -> int | None:
        """Wrap around at both ends; null where there is no fact."""
        return None if fact is None or not self._sheet.items else fact % len(self._sheet.items)

    def watch_fact(self, old: int | None, new: int | None) -> None:
        """Draw the lines of both facts again, bring the new one into sight, and tell."""
        for index in (old, new):
            if index is not None and index < len(self._sheet.items):
                first, last = self._page.lines_of(self._sheet.items[index].start, self._sheet.items[index].end)
                for number in range(first, last + 1):
                    self._strips.discard(number)
                self.refresh_lines(first, last - first + 1)
        if new is not None:
            self._reveal(self._sheet.items[new].start, self._sheet.items[new].end)
            self.post_message(self.FactReached(new))

    def _reveal(self, start: int, end: int) -> None:
        """Scroll as little as shows the span with some lines around it."""
        first, last = self._page.lines_of(start, end)
        height = self.scrollable_content_region.height
        around = min(4, max(0, (height - (last - first + 1)) // 2))
        self.scroll_to_region(
            Region(0, max(0, first - around), 1, last - first + 1 + 2 * around), animate=False, force=True
        )

    def go_to(self, start: int, end: int) -> None:
        """Bring a passage into sight; the fact cursor goes to the fact that begins there, if one does."""
        at = next((i for i, item in enumerate(self._sheet.items) if item.start == start), None)
        self.fact = at
        if at is None:
            self._reveal(start, max(start + 1, end))

    def move_fact(self, steps: int) -> None:
        """To the next (1) or previous (-1) fact; without one yet, from the top line in sight."""
        items = self._sheet.items
        if not items:
            return
        if self.fact is None:
            top = self._page.starts[min(self.scroll_offset.y, len(self._page.starts) - 1)]
            following = bisect_left(items, top, key=lambda item: item.start)
            self.fact = following if steps > 0 else following - 1
        else:
            self.fact += steps

    def move_hit(self, steps: int) -> bool:
        """To the next or previous search hit from the lines in sight; false where there is none that way."""
        y = self.scroll_offset.y + min(4, self.scrollable_content_region.height // 2)
        lines = [self._page.line_of(start) for start, _ in self._hits]
        ahead = [line for line in lines if (line > y if steps > 0 else line < y)]
        if not ahead:
            return False
        self._scroll_line(ahead[0] if steps > 0 else ahead[-1])
        return True

    def _scroll_line(self, number: int) -> None:
        self.scroll_to(y=max(0, number - min(4, self.scrollable_content_region.height // 2)), animate=False)

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Tell how far the reader is."""
        super().watch_scroll_y(old, new)
        if round(old) != round(new):
            self.post_message(self.Scrolled())

    def on_click(self, event: events.Click) -> None:
        """A click on a fact puts the cursor there."""
        number = event.y + self.scroll_offset.y
        if number < len(self._page.lines) and self._page.lines[number].pieces:
            offset = self._offset(event.x, number)
            inside = [i for i, item in enumerate(self._sheet.items) if item.start <= offset < item.end]
            if inside:
                self.fact = min(inside, key=lambda i: self._sheet.items[i].end - self._sheet.items[i].start)


class _Runs:
    """The marks of a sheet cut into runs that do not overlap, and the letter of each line."""

    def __init__(self, sheet: Factsheet, seen: frozenset[int]) -> None:
        cuts = sorted(
            {at for _, start, end in sheet.marks for at in (start, end)}
            | {at for i in sheet.items for at in (i.start, i.end)}
        )
        kinds: list[set[str]] = [set() for _ in cuts]
        for kind, start, end in sheet.marks:
            kind = SEEN if kind in (FIGURE, SCORE, QUOTE, FORECAST) and start in seen else kind
            for index in range(bisect_left(cuts, start), bisect_left(cuts, end)):
                kinds[index].add(kind)
        self._starts = cuts
        self._kinds = ["".join(kind for kind in _LAYERS if kind in there) for there in kinds]
        self._opinions = sheet.opinions

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Runs that cover `start`-`end` without a gap, each with its kinds in the order of painting."""
        at = start
        index = bisect_right(self._starts, start) - 1
        while at < end:
            following = self._starts[index + 1] if index + 1 < len(self._starts) else end
            stop = min(following, end)
            if stop > at:
                yield at, stop, self._kinds[index] if index >= 0 else ""
            at, index = max(at, stop), index + 1

    def letter(self, start: int, end: int) -> str:
        """The letter of the strongest kind in `start`-`end`; OPINION where there is no fact, but the author's own voice."""
        there = "".join(kinds for _, _, kinds in self.between(start, end))
        for kind in _STRENGTH:
            if kind in there:
                return kind
        after = bisect_right(self._opinions, (end, 0)) - 1
        return OPINION if after >= 0 and self._opinions[after][1] > start else ""


def _followed(old: str, offset: int, new: str) -> int:
    """Where what stands at `offset` of a text stands in another version of it; as far down where it is gone."""
    if old == new:
        return offset
    for length in (_TRACE, _TRACE // 4):
        words = old[offset : offset + length]
        if words.strip() and (at := new.find(words)) >= 0:
            return at
    return min(offset, max(0, len(new) - 1))


def _hits(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a search stand."""
    if words:
        either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        for match in re.finditer(rf"(?<!\w)(?:{either})", text, re.IGNORECASE):
            yield match.span()
