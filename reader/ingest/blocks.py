"""The blocks of a text as they are collected from a tree: what each element means, tables, links and white space. Pure."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from lxml import etree

from reader.ingest import urls
from reader.model import Link
from reader.text import clean

MAX_TEXT = 400_000
"""Characters of text that are kept of one entry."""

MAX_BLOCKS = 4000
MAX_LINKS = 1000
MAX_CELLS = 2000
"""Table cells that are read of one entry (R-HTML-2)."""

MAX_IMAGES = 10
"""Descriptions of images that stand for an entry without text."""

MAX_SPAN = 20
"""Columns or rows that one cell is believed to span."""

_PARAGRAPHS = frozenset((
    "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {
    "blockquote": "quote",
    "pre": "code",
    "xmp": "code",
    "listing": "code",
    "figcaption": "caption",
    "caption": "caption",
}
_BLOCKS = _PARAGRAPHS | _HEADINGS.keys() | _KINDS.keys()
_LISTS = frozenset(("ul", "ol", "menu"))
_RAGGED = re.compile(r" +(?=[ \n\t])")
_ALT_WORDS = 4


@dataclass(slots=True)
class Piece:
    """One block before it has its place: links are offsets into `text`."""

    kind: str
    level: int
    text: str
    links: list[Link] = field(default_factory=list)


class Writer:
    """Collects the blocks of a document from its elements and texts."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.blocks: list[Piece] = []
        self._kinds: list[tuple[str, int]] = [("paragraph", 0)]
        self._parts: list[str] = []
        self._length = 0
        self._total = 0
        self._links: list[Link] = []
        self._open: tuple[int, str] | None = None
        self._lists = 0
        self._table: _Table | None = None
        self._short: list[Piece] = []
        self._link_count = 0

    @property
    def full(self) -> bool:
        """Whether a limit is reached and the rest of the document is left."""
        return self._total > MAX_TEXT or len(self.blocks) >= MAX_BLOCKS

    def start(self, element: etree._Element) -> None:
        """An element begins."""
        tag = str(element.tag)
        if self._table:
            self._table_start(tag, element)
        elif tag in _BLOCKS:
            self._block_start(tag, element)
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._image(element)
        if tag == "a" and self._open is None and self._link_count < MAX_LINKS:
            self._open = (self._length, urls.absolute(element.get("href") or "", self.base))

    def end(self, element: etree._Element) -> None:
        """An element ends."""
        tag = str(element.tag)
        if tag == "a":
            self._close_link()
            self._open = None
        if self._table:
            if tag == "caption" and self._table.caption:
                self.flush()
                self._table.caption = False
            elif tag == "table":
                self._table.depth -= 1
                if not self._table.depth:
                    self.flush()
                    self._table = None
            return
        if tag in _BLOCKS:
            self.flush()
            if tag in _LISTS:
                self._lists -= 1
            if _kind_of(tag, self._lists):
                self._kinds.pop()

    def write(self, text: str | None) -> None:
        """Running text, white space collapsed unless it is code."""
        if not text:
            return
        if self._kinds[-1][0] == "code" and not self._table:
            self._append(text)
            return
        words = " ".join(text.split())
        if text[0].isspace() and self._parts and self._parts[-1][-1] not in " \n\t":
            words = " " + words
        if text[-1].isspace() and words and words != " ":
            words += " "
        self._append(words)

    def flush(self) -> None:
        """The block that was collected ends; the next one begins."""
        self._close_link()
        kind, level = self._kinds[-1]
        if self._table:
            kind, level = ("caption" if self._table.caption else "table"), 0
        text, links = "".join(self._parts), self._links
        self._parts, self._length, self._links = [], 0, []
        if self._open:
            self._open = (0, self._open[1])
        piece = _piece(kind, level, text, links)
        if piece is None:
            return
        self.blocks.append(piece)
        self._total += len(piece.text)
        if kind == "item":
            self._kinds[-1] = ("paragraph", 0)

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _block_start(self, tag: str, element: etree._Element) -> None:
        self.flush()
        if tag == "table" and _is_data(element):
            self._table = _Table()
            return
        if kind := _kind_of(tag, self._lists):
            inherited = self._kinds[-1]
            self._kinds.append(inherited if kind[0] == "code" and inherited[0] == "code" else kind)
        if tag in _LISTS:
            self._lists += 1

    def _break(self) -> None:
        """A line break; a second one in a row is a paragraph's end."""
        if self._kinds[-1][0] == "code" or (self._parts and self._parts[-1] != "\n"):
            self._append("\n")
        elif self._parts:
            self.flush()

    def _image(self, element: etree._Element) -> None:
        """An image's description, when it says something, as a caption of its own; a shorter one counts where there is nothing else."""
        words = clean(element.get("alt") or "").split()
        if not words or element.get("width") == "1" or element.get("height") == "1":
            return
        caption = Piece("caption", 0, " ".join(words))
        if len(words) < _ALT_WORDS:
            self._short.append(caption)
        elif caption not in self.blocks[-3:]:
            self.flush()
            self.blocks.append(caption)

    def images(self) -> list[Piece]:
        """Short descriptions of images, for a document that has no text."""
        return self._short[:MAX_IMAGES]

    def _table_start(self, tag: str, element: etree._Element) -> None:
        """Rows by newline, cells by tab; spans leave empty cells so that the columns stay aligned."""
        table = self._table
        if table is None:
            return
        if tag == "caption" and not table.rows:
            table.caption = True
        elif tag == "table":
            table.depth += 1
        elif tag == "tr":
            self._append(table.next_row())
        elif tag in ("td", "th"):
            self._append(table.next_cell(_span(element, "colspan"), _span(element, "rowspan")))
        elif tag in _BLOCKS or tag == "br":
            self.write(" ")

    def _close_link(self) -> None:
        if self._open is None:
            return
        start, url = self._open
        if url and self._length > start:
            self._links.append(Link(start, self._length, url))
            self._link_count += 1


@dataclass(slots=True)
class _Table:
    """Where the next cell of a data table stands."""

    depth: int = 1
    caption: bool = False
    """Inside its caption."""
    rows: int = 0
    cells: int = 0
    column: int = 0
    pending: int = 0
    hanging: dict[int, int] = field(default_factory=dict)
    """Column -> rows that a cell from above still covers."""

    def next_row(self) -> str:
        """What parts the new row from the one before."""
        lead = "\n" if self.rows else ""
        self.rows, self.column, self.pending = self.rows + 1, 0, 0
        return lead

    def next_cell(self, columns: int, rows: int) -> str:
        """What parts the new cell from the one before in its row: one tab for each column boundary."""
        self.cells += 1
        lead = "\t" * self.pending
        while self.hanging.get(self.column, 0) > 0:
            self.hanging[self.column] -= 1
            self.column += 1
            lead += "\t"
        if rows > 1:
            for column in range(self.column, self.column + columns):
                self.hanging[column] = rows - 1
        self.column += columns
        self.pending = columns
        return lead


def _span(element: etree._Element, name: str) -> int:
    """A cell's span as it says, within 1 and MAX_SPAN."""
    digits = (element.get(name) or "1").strip()
    return max(1, min(int(digits), MAX_SPAN)) if digits.isdecimal() and len(digits) < 9 else 1


def _is_data(table: etree._Element) -> bool:
    """Whether a table holds data rather than the layout of a page: several rows and columns, and no blocks of text in its cells."""
    rows, widest, cells, blocks = 0, 0, 0, 0
    width = 0
    for element in table.iterdescendants():
        if element.tag == "tr":
            rows, width = rows + 1, 0
        elif element.tag in ("td", "th"):
            cells, width = cells + 1, width + 1
            widest = max(widest, width)
        elif element.tag in ("table", "h1", "h2", "h3", "blockquote", "pre") or cells > MAX_CELLS:
            return False
        elif element.tag in ("p", "li"):
            blocks += 1
    return rows >= 2 and widest >= 2 and blocks <= cells


def _kind_of(tag: str, lists: int) -> tuple[str, int] | None:
    """Kind and level of the blocks inside a tag; null where the tag does not say."""
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if tag in ("li", "dt", "dd"):
        return "item", max(0, lists - 1)
    if tag in _KINDS:
        return _KINDS[tag], 0
    return None


def _piece(kind: str, level: int, text: str, links: list[Link]) -> Piece | None:
    """The collected text as a clean block without white space at its ends; null when nothing is left."""
    ragged = kind != "code" and ("  " in text or " \n" in text or " \t" in text)
    if ragged or clean(text) != text:
        text, links = _mended(kind, text, links)
    body = text.rstrip(" \n" if kind == "table" else None)
    lead = len(body) - len(body.lstrip("\n" if kind in ("table", "code") else None))
    body = body[lead:]
    if not body.strip():
        return None
    return Piece(kind, level, body, [kept for link in links if (kept := _within(body, link, lead))])


def _mended(kind: str, body: str, links: list[Link]) -> tuple[str, list[Link]]:
    """The text cleaned and without blanks before its line ends and tabs; links keep their words.

    The parts between the ends of links are cleaned one by one, so that their new places are known. Where the whole is still not
    clean (a character that is harmless only beside its neighbour), it loses its links.
    """
    edges = sorted({0, len(body), *(edge for link in links for edge in (link.start, link.end))})
    parts, places, length = [], {0: 0}, 0
    for start, end in itertools.pairwise(edges):
        part = clean(body[start:end])
        if kind != "code":
            part = _RAGGED.sub("", part)
        parts.append(part)
        length += len(part)
        places[end] = length
    text = "".join(parts)
    if clean(text) != text:
        return clean(text), []
    return text, [Link(places[link.start], places[link.end], link.url) for link in links]


def _within(text: str, link: Link, lead: int) -> Link | None:
    """The link's words without white space around them, in offsets of the block; null for none."""
    start, end = max(0, link.start - lead), min(len(text), link.end - lead)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Link(start, end, link.url) if start < end else None
