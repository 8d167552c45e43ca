"""The facts panel: every fact of the article in sections, scores as bars; a cursor that moves together with the text's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from reader.factsheet import ATTRIBUTION, FIGURE, FORECAST, QUOTE, SCORE, FactItem, Factsheet
from reader.text import defuse
from reader.tui.cells import fit, folded, right, wrap
from reader.tui.plain import is_plain, plain_strip
from reader.tui.widgets.article_pane import EMPTY

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_NAMES = (("company", "COMPANIES"), ("model", "MODELS"), ("person", "PEOPLE"))
"""Types of named things that have a section."""


Part = tuple[str, str] | tuple[str, str, int]
"""Text, style name, and the item that only this part of a line belongs to (-1: none)."""


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line of the panel, and the item it belongs to (-1: none), or the last one of its passage so far."""

    parts: tuple[Part, ...]
    item: int = -1


@dataclass(frozen=True, slots=True)
class Others:
    """What other outlets make of the same story. `marks`: where a figure begins, to `=3`, `≠`, `↻` or `1`."""

    marks: Mapping[int, str]
    lines: tuple[str, ...]
    """Who stands behind the story, and where they differ."""
    seen: frozenset[int] = frozenset()
    """Where the facts begin that were read in another article before."""


NOBODY = Others({}, ())


class FactsPanel(ScrollView, can_focus=True):
    """The sheet of one article. `fact` is the index of the item under the fact cursor, or null."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "panel--section", "panel--value", "panel--faint", "panel--figure", "panel--score", "panel--quote", "panel--forecast",
        "panel--hedge", "panel--differ", "panel--agree", "panel--cursor", "panel--speaker", "panel--words",
    }  # fmt: skip
    DEFAULT_CSS = """
    FactsPanel {
        background: $background; color: $foreground; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        & > .panel--section { color: $faint; text-style: bold; }
        & > .panel--value { color: $bright; text-style: bold; }
        & > .panel--speaker { color: $bright; }
        & > .panel--words { color: $foreground 75%; }
        & > .panel--faint { color: $faint; }
        & > .panel--figure { color: $fact-figure; text-style: bold; }
        & > .panel--score { color: $fact-score; }
        & > .panel--quote { color: $fact-quote; text-style: italic; }
        & > .panel--forecast { color: $fact-forecast; }
        & > .panel--hedge { color: $fact-hedge; }
        & > .panel--agree { color: $success; }
        & > .panel--differ { color: $error; text-style: bold; }
        & > .panel--cursor { background: $block-cursor-background; }
    }
    """

    fact: reactive[int | None] = reactive(None, repaint=False)

    class FactChosen(Message):
        """The reader moved to another fact in the panel."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sheet = EMPTY
        self._sources: Sequence[str] = ()
        self._others: Others = NOBODY
        self._lines: list[PanelLine] = []
        self._first: dict[int, int] = {}
        self._order: list[int] = []
        self._looks: dict[str, Style] = {}

    def show(self, sheet: Factsheet, sources: Sequence[str], others: Others) -> None:
        """Show a sheet from its top; `sources` are lines about where the article stands, `others` is what other outlets say."""
        self._sheet, self._sources, self._others = sheet, sources, others
        self.set_reactive(FactsPanel.fact, None)
        self._set()
        self.scroll_home(animate=False)
        self.refresh()

    def _set(self) -> None:
        width = self.scrollable_content_region.width
        self._lines = list(panel_lines(self._sheet, self._sources, self._others, width)) if width > 8 else []
        self._first = {}
        for number, line in enumerate(self._lines):
            for item in (*(part[2] for part in line.parts if len(part) == 3), line.item):
                if item >= 0:
                    self._first.setdefault(item, number)
        self._order = list(self._first)
        self.virtual_size = Size(width, len(self._lines))

    def on_resize(self) -> None:
        """Lay out for the new width, the same fact in sight."""
        self._set()
        if self.fact is not None:
            self._reveal(self.fact)

    # -- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Look the styles up once a frame, not once a line."""
        self._looks = {
            name.removeprefix("panel--"): self.get_visual_style(name, partial=True) for name in self.COMPONENT_CLASSES
        }
        self._looks["base"] = self.visual_style
        self._looks["cursor"] = self.get_visual_style("panel--cursor")
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The strip of one line."""
        base = self._looks["base"]
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(self.size.width, base.rich_style)
        line = self._lines[number]
        whole = line.item if _is_whole(line) else -1
        segments = []
        for text, name, *own in line.parts:
            under = self._looks["cursor"] if (own[0] if own else whole) == self.fact else base
            segments.append(Segment(defuse(text), (under + self._looks[name] if name else under).rich_style))
        strip = Strip(segments).adjust_cell_length(self.size.width, base.rich_style)
        return plain_strip(strip) if is_plain(self) else strip

    # -- the fact cursor

    def watch_fact(self, old: int | None, new: int | None) -> None:
        """Draw both facts again and bring the new one into sight."""
        self.refresh()
        if new is not None:
            self._reveal(new)

    def _reveal(self, item: int) -> None:
        if item in self._first:
            first = self._first[item]
            last = max(number for number, line in enumerate(self._lines) if line.item == item)
            self.scroll_to_region(Region(0, max(0, first - 1), 1, last - first + 3), animate=False, force=True)

    def move(self, steps: int) -> None:
        """The cursor some items down (or up) in the order of the panel."""
        if self._order:
            at = self._order.index(self.fact) if self.fact in self._order else -1 if steps > 0 else 0
            self._choose(self._order[max(0, min(len(self._order) - 1, at + steps))])

    def first(self) -> None:
        """To the first item."""
        self.move(-len(self._order))

    def last(self) -> None:
        """To the last item."""
        self.move(len(self._order))

    def _choose(self, item: int) -> None:
        self.fact = item
        self.post_message(self.FactChosen(item))

    def on_click(self, event: events.Click) -> None:
        """A click chooses the fact."""
        number = event.y + self.scroll_offset.y
        item = _item_at(self._lines[number], event.x) if number < len(self._lines) else -1
        if item >= 0:
            self._choose(item)


def panel_lines(sheet: Factsheet, sources: Sequence[str], others: Others, width: int) -> Iterator[PanelLine]:
    """The lines of the panel for `width` cells; a section with nothing to say is left out."""
    numbered = list(enumerate(sheet.items))
    sections = (
        _figures([(i, item) for i, item in numbered if item.kind == FIGURE], others, width),
        _scores([(i, item) for i, item in numbered if item.kind == SCORE], others, width),
        _said([(i, item) for i, item in numbered if item.kind in (QUOTE, ATTRIBUTION)], width),
        _forecasts([(i, item) for i, item in numbered if item.kind == FORECAST], width),
        _hedges(sheet.hedges, width),
        *(_names(sheet, type, title, width) for type, title in _NAMES),
        _outlets(others.lines, width),
        _sources(sheet, sources, width),
    )
    between = False
    for section in sections:
        lines = list(section)
        if lines and between:
            yield PanelLine((("", ""),))
        between = between or bool(lines)
        yield from lines


def _item_at(line: PanelLine, x: int) -> int:
    """The item in the cell `x` of a line, else the line's own; -1 for none."""
    for text, _, *own in line.parts:
        if x < cell_len(text):
            return own[0] if own and own[0] >= 0 else line.item
        x -= cell_len(text)
    return line.item


def _is_whole(line: PanelLine) -> bool:
    """Whether a line is of one item, and not of a passage with several."""
    return all(len(part) == 2 for part in line.parts)


def _section(title: str, count: int | None, width: int) -> PanelLine:
    return PanelLine(((fit(f" {title}", width - 5), "section"), (right(str(count) if count else "", 4), "faint")))


def _outlets(lines: Sequence[str], width: int) -> Iterator[PanelLine]:
    if lines:
        yield _section("THIS STORY", None, width)
        for line in lines:
            for part in folded(line, width - 5):
                yield PanelLine((("   ", ""), (part, _style(line))))


def _style(mark: str) -> str:
    return {"≠": "differ", "↻": "hedge", "=": "agree", "1": "faint"}.get(mark[:1], "")


def _end(item: FactItem, others: Others) -> tuple[str, str]:
    """The end of an item's line: how it compares, else its status; three cells."""
    mark = others.marks.get(item.start, "")
    shown = f"{mark}{item.letter}" if mark in ("", "1") else mark
    return (f" {shown:<2}", _style(mark) if mark not in ("", "1") else "hedge" if item.letter else "faint")


def _figures(items: Sequence[tuple[int, FactItem]], others: Others, width: int) -> Iterator[PanelLine]:
    """Each passage with its figures marked, and who says so where the passage does not tell."""
    if not items:
        return
    yield _section("FIGURES", len(items), width)
    for (passage, _), group in groupby(items, key=lambda pair: (pair[1].passage, pair[1].at < 0 and pair[0])):
        rows = list(group)
        yield from _passage(rows, others, width) if passage[1] else _cell(*rows[0], others, width)


def _passage(rows: Sequence[tuple[int, FactItem]], others: Others, width: int) -> Iterator[PanelLine]:
    """The words of a passage; a value has a style of its own, and how it compares stands at the end of its line."""
    words, near = rows[0][1].about, rows[0][0]
    for number, (start, end) in enumerate(wrap(words, 0, len(words), width - 6)):
        parts: list[Part] = [(" " if not number else "   ", "")]
        at, marks = start, []
        for index, item in rows:
            a, b = max(item.at, start), min(item.at + len(item.value), end)
            if a < b:
                look = "faint" if item.start in others.seen else "figure"
                parts += [(words[at:a], "words", -1), (words[a:b].rstrip(), look, index)]
                at, near = a + len(words[a:b].rstrip()), index
                marks += [_end(item, others)] if item.at >= start else []
        parts.append((words[at:end].rstrip(), "words", -1))
        used = sum(cell_len(part[0]) for part in parts)
        yield PanelLine((*parts, (" " * max(0, width - 3 - used), ""), *marks[:1]), near)
    for source in dict.fromkeys(item.says for _, item in rows if item.says and item.says.split()[-1] not in words):
        for line in folded(f"says {source}", width - 6):
            yield PanelLine((("   ", ""), (line, "faint")), near)


def _cell(index: int, item: FactItem, others: Others, width: int) -> Iterator[PanelLine]:
    """A value of a table, with its row and column."""
    room = max(0, width - 7 - cell_len(item.value))
    head, *rest = folded(item.about, room) or [""]
    look = "faint" if item.start in others.seen else "figure"
    yield PanelLine(((f" {item.value}  ", look), (fit(head, room), ""), _end(item, others)), index)
    for line in rest:
        yield PanelLine(((" " * (cell_len(item.value) + 3), ""), (line, "")), index)


def _scores(items: Sequence[tuple[int, FactItem]], others: Others, width: int) -> Iterator[PanelLine]:
    """Per benchmark, the highest first: model, score, bar."""
    if not items:
        return
    yield _section("SCORES", len(items), width)
    ordered = sorted(items, key=lambda pair: pair[1].group.lower())
    for benchmark, group in groupby(ordered, key=lambda pair: pair[1].group.lower()):
        rows = sorted(group, key=lambda pair: (-(pair[1].number or 0), pair[0]))
        yield PanelLine(((f" {fit(rows[0][1].group or benchmark, width - 2)}", "value"),))
        yield from _bars(rows, others, width)


def _bars(rows: Sequence[tuple[int, FactItem]], others: Others, width: int) -> Iterator[PanelLine]:
    numbers = max(cell_len(item.value) for _, item in rows)
    names = min(max(cell_len(item.about) for _, item in rows), max(8, width - numbers - 12))
    bar = max(0, width - names - numbers - 9)
    top = max(100.0, max(item.number or 0 for _, item in rows))
    for index, item in rows:
        yield PanelLine(
            (
                (f"   {fit(item.about, names)} ", ""),
                (right(item.value, numbers), "faint" if item.start in others.seen else "value"),
                (f" {fit(_bar((item.number or 0) / top, bar), bar)}", "score"),
                _end(item, others),
            ),
            index,
        )


def _bar(share: float, width: int) -> str:
    """A bar of `share` (0-1) of `width` cells, to an eighth of a cell."""
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")


def _said(items: Sequence[tuple[int, FactItem]], width: int) -> Iterator[PanelLine]:
    """Who said what: the speaker, then the words."""
    if not items:
        return
    yield _section("WHO SAID WHAT", len(items), width)
    speakers: dict[str, list[tuple[int, FactItem]]] = {}
    for index, item in items:
        speakers.setdefault(item.says, []).append((index, item))
    for speaker, said in speakers.items():
        yield PanelLine(((f" {fit(speaker, width - 2)}", "speaker"),))
        for index, item in said:
            yield from _words(item.value, "quote" if item.kind == QUOTE else "", index, width, item.letter)


def _forecasts(items: Sequence[tuple[int, FactItem]], width: int) -> Iterator[PanelLine]:
    if not items:
        return
    yield _section("FORECASTS", len(items), width)
    for index, item in items:
        head = " · ".join(filter(None, (item.says, item.about)))
        yield PanelLine(((f" {fit(head, width - 2)}", "speaker"),), index)
        yield from _words(item.value, "forecast", index, width)


def _words(text: str, style: str, index: int, width: int, letter: str = "") -> Iterator[PanelLine]:
    """The first three lines of a passage; its status letter at the end of the first."""
    room = width - 5
    lines = folded(text, room)
    if len(lines) > 3:
        lines = [*lines[:2], fit(f"{lines[2]} {lines[3]}", room)]
    for number, line in enumerate(lines):
        yield PanelLine((("   ", ""), (fit(line, room), style), ("" if number else f" {letter}", "hedge")), index)


def _hedges(hedges: Sequence[str], width: int) -> Iterator[PanelLine]:
    if not hedges:
        return
    yield _section("HEDGES", len(hedges), width)
    for line in folded(" · ".join(dict.fromkeys(hedge.lower() for hedge in hedges)), width - 5):
        yield PanelLine((("   ", ""), (line, "hedge")))


def _names(sheet: Factsheet, type: str, title: str, width: int) -> Iterator[PanelLine]:
    names = [name for name in sheet.names if name.type == type]
    if not names:
        return
    yield _section(title, len(names), width)
    shown = " · ".join(f"{name.name} {name.mentions}" if name.mentions > 1 else name.name for name in names)
    for line in folded(shown, width - 5):
        yield PanelLine((("   ", ""), (line, "")))


def _sources(sheet: Factsheet, sources: Sequence[str], width: int) -> Iterator[PanelLine]:
    lines = [
        (f"first: {' · '.join(sheet.first)}", "") if sheet.first else None,
        *((source, "faint") for source in sources),
    ]
    cited = [outlet for outlet in sheet.cited if outlet not in sheet.first]
    if cited:
        lines.insert(1, (f"cites: {' · '.join(cited)}", ""))
    there = [line for line in lines if line]
    if not there:
        return
    yield _section("SOURCES", None, width)
    for text, style in there:
        for line in folded(text, width - 5):
            yield PanelLine((("   ", ""), (line, style)))
