"""The briefing list: state, facts, headline, outlet, age; one line an article."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.style import Style

from reader.library import Library, Listing
from reader.model import Row
from reader.text import one_line
from reader.tui.cells import fit, right
from reader.tui.times import age
from reader.tui.widgets.virtual_list import VirtualList


class StoredRows:
    """Rows of a listing, read from the library a page at a time; the first ones may have come with the listing."""

    def __init__(self, library: Library, listing: Listing) -> None:
        self.listing = listing
        self.ids: array[int] = array("q", listing.ids)
        self._known = len(listing.ids) - listing.fresh
        if listing.stories and 0 < listing.fresh < len(listing.ids):
            self.ids.insert(listing.fresh, FOLD)
        self._library = library
        self._first = {row.id: row for row in listing.rows}

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def count(self) -> int:
        """How many articles or stories there are: the fold is none."""
        return len(self.listing.ids)

    def place(self, index: int) -> int:
        """Which of them stands on row `index`, 1 for the first."""
        return min(self.count, index + 1 - (FOLD in self.ids[:index]))

    def page(self, start: int, stop: int) -> Sequence[Row]:
        """The rows from `start` to before `stop`, in one query or none."""
        ids = self.ids[start:stop]
        if self._first:
            known = [self._first[id] for id in ids if id in self._first]
            self._first = {}
            if len(known) == len(ids):
                return known
        read = self._library.story_rows if self.listing.stories else self._library.rows
        found = {row.id: row for row in read(ids)}
        if FOLD in ids:
            found[FOLD] = replace(
                _gone(FOLD),
                title=f"nothing new in {self._known} {'story' if self._known == 1 else 'stories'} · E clears them",
            )
        return [found.get(id) or _gone(id) for id in ids]


FOLD = 0
"""Stands between the stories with something new and the others; no article has this id."""


def _gone(id: int) -> Row:
    """Stands for an article that left the store while it was listed."""
    return Row(id, "(no longer in the store)", "", 0, True, False, False, True, 0, 1, 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column for one width; 0 leaves a column out."""

    facts: int
    """`+5/9`: facts not seen yet of all facts of the story."""
    sources: int
    """`≠ 5`: the flag, and how many outlets have the story."""
    outlet: int
    age: int

    @classmethod
    def for_width(cls, width: int) -> Columns:
        """Fewer columns where there is less room: the headline keeps at least half of the line."""
        if width >= 72:
            return cls(7, 5, 12 if width >= 84 else 10, 6)
        return cls(7, 5, 0, 6) if width >= 50 else cls(0, 0, 0, 0)


class ArticleList(VirtualList[Row]):
    """Articles of one listing. Brightness shows what is unread; the dot, the star and the letters say it without colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "virtual-list--cursor", "list--unread", "list--faint", "list--mark", "list--facts", "list--differ", "list--changed",
    }  # fmt: skip
    DEFAULT_CSS = """
    ArticleList {
        & > .list--unread { color: $bright; text-style: bold; }
        & > .list--faint { color: $faint; }
        & > .list--mark { color: $accent; text-style: bold; }
        & > .list--facts { color: $fact-figure; }
        & > .list--differ { color: $error; text-style: bold; }
        & > .list--changed { color: $fact-hedge; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.selected: set[int] = set()
        self.now = 0
        self._styles: dict[str, Style] = {}

    @property
    def rows(self) -> StoredRows:
        """The source, as what it is."""
        assert isinstance(self.source, StoredRows)
        return self.source

    @property
    def ids(self) -> array[int]:
        """Ids of all rows, in their order."""
        return self.rows.ids if isinstance(self.source, StoredRows) else array("q")

    def look(self) -> tuple[object, ...]:
        """The styles of the parts of a row."""
        names = ("unread", "faint", "mark", "facts", "differ", "changed")
        self._styles = {name: self.get_visual_style(f"list--{name}", partial=True) for name in names}
        return (*self._styles.values(), self.now // 60)

    def draw_row(self, index: int, row: Row, width: int, style: Style) -> Strip:
        """State, star, novelty, flag and outlets, headline, outlet, age."""
        if row.id == FOLD:
            return self._fold(row, width, style)
        columns, styles = Columns.for_width(width), self._styles
        faint, mark = style + styles["faint"], style + styles["mark"]
        fresh = is_fresh(row)
        segments = [
            Segment("▌" if row.id in self.selected else " ", mark.rich_style),
            Segment(_state(row), (mark if fresh else faint).rich_style),
            Segment("★" if row.starred else "›" if row.later else " ", mark.rich_style),
        ]
        if columns.facts:
            fact_style = style + styles["facts"] if fresh else faint
            segments.append(Segment(right(_novelty(row), columns.facts), fact_style.rich_style))
        if columns.sources:
            flag_style = style + styles["differ" if row.flag == "≠" else "changed"]
            segments.append(Segment(f" {row.flag or ' '}", flag_style.rich_style))
            count = str(row.outlets) if row.outlets > 1 else ""
            segments.append(Segment(right(count, columns.sources - 3) + " ", faint.rich_style))
        taken = 4 + columns.facts + columns.sources + columns.age + (columns.outlet + 1 if columns.outlet else 0)
        title_style = style + styles["unread"] if fresh else faint
        segments.append(Segment(" ", style.rich_style))
        segments += self._headline(row, width - taken, title_style, faint, style + styles["changed"])
        if columns.outlet:
            segments.append(Segment(f" {fit(one_line(row.outlet), columns.outlet)}", faint.rich_style))
        if columns.age:
            segments.append(Segment(right(age(row.published, self.now), columns.age - 1) + " ", faint.rich_style))
        return Strip(segments).adjust_cell_length(width, style.rich_style)

    def _fold(self, row: Row, width: int, style: Style) -> Strip:
        """A thin line that says what follows."""
        text = f" {fit(row.title, max(4, min(len(row.title), width - 8)))} "
        line = f"───{text}".ljust(width, "─")
        return Strip([Segment(line, (style + self._styles["faint"]).rich_style)]).adjust_cell_length(
            width, style.rich_style
        )

    def _headline(self, row: Row, width: int, style: Style, faint: Style, changed: Style) -> list[Segment]:
        """The headline, `±` before it where the text was revised; after it what changed, or tags, where there is room."""
        revised = "± " if row.revision > 1 else ""
        title = one_line(row.title) or "(no title)"
        tail = "".join(f" #{one_line(tag)}" for tag in row.tags) + (f" {one_line(row.changed)}" if row.changed else "")
        room = width - cell_len(revised) - (cell_len(tail) if cell_len(tail) < width // 2 else 0)
        shown = fit(title, room)
        return [
            Segment(revised, changed.rich_style),
            Segment(shown, style.rich_style),
            Segment(fit(tail, width - cell_len(revised) - cell_len(shown)), faint.rich_style),
        ]


def is_fresh(row: Row) -> bool:
    """Whether the story still has something new: it is not all read, and tells facts that were not seen (or none are known)."""
    return not (row.read or row.done) and (row.novel > 0 or row.all_facts <= 0 or row.story_id is None)


def _novelty(row: Row) -> str:
    """`+5/9` for a story, the count of its facts for an article alone; a dot while they are not known."""
    if row.story_id is None or row.all_facts < 0:
        return str(row.facts) if row.facts > 0 else "" if row.facts == 0 else "·"
    if row.all_facts == 0:
        return ""
    return f"+{row.novel}/{row.all_facts}" if row.novel else f"{row.novel}/{row.all_facts}"


def _state(row: Row) -> str:
    return "✓" if row.done else "●" if is_fresh(row) else "○"
