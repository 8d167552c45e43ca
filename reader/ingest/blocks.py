"""The blocks of a text as they are collected from a tree: what each element means, lists, links and white space. Pure."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from lxml import etree

from reader.ingest import urls
from reader.ingest.standins import Embed
from reader.ingest.tables import Grid, is_data
from reader.model import Link
from reader.text import clean

MAX_TEXT = 400_000
"""Characters of text that are kept of one entry."""

MAX_BLOCKS = 4000
MAX_LINKS = 1000

MAX_IMAGES = 10
"""Descriptions of images that stand for an entry without text."""

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
_CODE = frozenset(tag for tag, kind in _KINDS.items() if kind == "code")
_BLOCKS = _PARAGRAPHS | _HEADINGS.keys() | _KINDS.keys()
_LISTS = frozenset(("ul", "ol", "menu"))
_CAPTIONED = frozenset(("p", "div", "td", "dd"))
_CAPTION = re.compile(r"(?:^|\s)(?:[\w-]*[-_])?caption(?:[-_]text)?(?:\s|$)", re.IGNORECASE)
_RAGGED = re.compile(r" +(?=[ \n\t])")
_NOTE = re.compile(r"\[(?:\d{1,3}|[*†‡])\]\s*")
_FILE = re.compile(
    r"(?:screen ?shot|img|image|dsc|photo|picture|file)[ _-]*(?:from )?\d.*|\S+\.(?:png|jpe?g|gif|webp|svg)",
    re.IGNORECASE,
)
_PLAIN = r"[^\s<>\"'“”‘’«»()\[\]{}|\\^`]"
_ADDRESS = re.compile(rf"https?://{_PLAIN}(?:{_PLAIN}|\({_PLAIN}{{0,200}}\))*", re.IGNORECASE)
_ALT_WORDS = 4
_TAIL = 12


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
        self._openers: list[etree._Element] = []
        self._parts: list[str] = []
        self._length = 0
        self._total = 0
        self._links: list[Link] = []
        self._open: tuple[int, str] | None = None
        self._counters: list[int | None] = []
        self._lead = ""
        self._code = 0
        self._table: Grid | None = None
        self._described: Piece | None = None
        self._short: list[Piece] = []
        self._link_count = 0

    @property
    def full(self) -> bool:
        """Whether a limit is reached and the rest of the document is left."""
        return self._total > MAX_TEXT or len(self.blocks) >= MAX_BLOCKS

    @property
    def tail(self) -> str:
        """The last characters of the block so far."""
        return "".join(self._parts[-3:])[-_TAIL:]

    @property
    def in_heading(self) -> bool:
        """Whether what comes next belongs to a heading."""
        return self._kinds[-1][0] == "heading"

    def start(self, element: etree._Element) -> None:
        """An element begins."""
        tag = str(element.tag)
        if self._table:
            self._table_start(tag, element)
        elif self._code:
            self._code_start(tag, element)
        elif tag in _BLOCKS:
            self._block_start(tag, element)
        elif tag == "br":
            self._break()
        elif tag == "img":
            self._image(element)
        elif tag == "q":
            self._append("“")
        if tag == "a" and self._open is None and self._link_count < MAX_LINKS:
            self._link_start(element)

    def end(self, element: etree._Element) -> None:
        """An element ends."""
        tag = str(element.tag)
        if tag == "a":
            self._close_link()
            self._open = None
        if self._table:
            self._table_end(tag, self._table)
        elif self._code and not (tag in _CODE and self._code == 1):
            self._code_end(tag)
        elif tag in _BLOCKS:
            self._block_end(tag, element)
        elif tag == "q":
            self._append("”")

    def write(self, text: str | None) -> None:
        """Running text, white space collapsed unless it is code."""
        if not text or (not self._parts and not self._code and text.isspace()):
            return
        if self._code and not self._table:
            self._append(text)
            return
        words = " ".join(text.split())
        if text[0].isspace() and self._parts and self._parts[-1][-1] not in " \n\t":
            words = " " + words
        if text[-1].isspace() and words and words != " ":
            words += " "
        self._append(words)

    def put(self, text: str) -> None:
        """Words that stand for an element within a block."""
        self._append(text)

    def embed(self, thing: Embed) -> None:
        """A block for something of another site: a post's words, or a line about it."""
        if self._table:
            return
        self.flush()
        text = clean(thing.text)
        link = [Link(thing.start, len(text), thing.url)] if text == thing.text else []
        self._add(Piece("quote" if thing.quoted else "caption", 0, text, link))

    def flush(self) -> None:
        """The block that was collected ends; the next one begins."""
        self._close_link()
        if not self._parts:
            return
        kind, level = self._kinds[-1]
        if self._table:
            kind, level = ("caption" if self._table.caption else "table"), 0
        text, links = "".join(self._parts), self._links
        self._parts, self._length, self._links = [], 0, []
        if self._open:
            self._open = (0, self._open[1])
        if len(text) < _TAIL and kind in ("paragraph", "item") and _NOTE.fullmatch(text):
            self._lead = text.rstrip() + " "
            return
        piece = _piece(kind, level, text, links)
        if piece is None or _is_gutter(piece):
            return
        self._led(piece)
        self._add(piece)
        if kind == "item":
            self._kinds[-1] = ("paragraph", 0)

    def images(self) -> list[Piece]:
        """Short descriptions of images, for a document that has no text."""
        return self._short[:MAX_IMAGES]

    def _led(self, piece: Piece) -> None:
        """Put an item's number or a footnote's mark before the block that it belongs to."""
        lead, self._lead = self._lead, ""
        if lead and piece.kind not in ("table", "code"):
            piece.text = lead + piece.text
            piece.links = [Link(link.start + len(lead), link.end + len(lead), link.url) for link in piece.links]

    def _add(self, piece: Piece) -> None:
        """Keep a block; what an image's caption says, its description need not say too."""
        before, self._described = self._described, None
        if (
            before
            and self.blocks
            and self.blocks[-1] is before
            and (piece.kind == "caption" or _repeats(before, piece))
        ):
            self.blocks.pop()
        self.blocks.append(piece)
        self._total += len(piece.text)

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _block_start(self, tag: str, element: etree._Element) -> None:
        self.flush()
        if tag == "table" and is_data(element):
            self._table = Grid()
            return
        if tag in _LISTS:
            self._counters.append(_first_number(element) if tag == "ol" else None)
        if kind := _kind_of(tag, element, len(self._counters)):
            self._kinds.append(kind)
            self._openers.append(element)
        if tag in _CODE:
            self._code = 1
        if tag == "li":
            self._lead = self._number(element)

    def _block_end(self, tag: str, element: etree._Element) -> None:
        self.flush()
        if tag in _CODE:
            self._code = 0
        if tag in _LISTS and self._counters:
            self._counters.pop()
        if self._openers and self._openers[-1] is element:
            self._openers.pop()
            self._kinds.pop()
        if tag == "li":
            self._lead = ""

    def _number(self, element: etree._Element) -> str:
        """The number of an item in an ordered list; empty in any other."""
        if not self._counters or self._counters[-1] is None:
            return ""
        number = _decimal(element.get("value"), self._counters[-1])
        self._counters[-1] = number + 1
        return f"{number}. "

    def _code_start(self, tag: str, element: etree._Element) -> None:
        """Inside code every block, row or further `code` is a line of its own."""
        if tag in _CODE:
            self._code += 1
        if tag in _BLOCKS or tag == "br" or (tag == "code" and _follows_code(element)):
            self._new_line(always=tag == "br")

    def _code_end(self, tag: str) -> None:
        if tag in _CODE:
            self._code -= 1
        if tag in _BLOCKS:
            self._new_line()

    def _new_line(self, *, always: bool = False) -> None:
        if always or (self._parts and not self._parts[-1].endswith("\n")):
            self._append("\n")

    def _break(self) -> None:
        """A line break; a second one in a row is a paragraph's end."""
        if self._parts and self._parts[-1] != "\n":
            self._append("\n")
        elif self._parts:
            self.flush()

    def _image(self, element: etree._Element) -> None:
        """An image's description, when it says something, as a caption of its own; a shorter one counts where there is nothing else."""
        words = clean(element.get("alt") or "").split()
        if not words or element.get("width") == "1" or element.get("height") == "1" or _FILE.fullmatch(" ".join(words)):
            return
        caption = Piece("caption", 0, " ".join(words))
        if len(words) < _ALT_WORDS:
            self._short.append(caption)
        elif caption not in self.blocks[-3:]:
            self.flush()
            self._add(caption)
            self._described = caption

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
            self._append(table.next_cell(element))
        elif tag in _BLOCKS or tag == "br":
            self.write(" ")

    def _table_end(self, tag: str, table: Grid) -> None:
        if tag == "caption" and table.caption:
            self.flush()
            table.caption = False
        elif tag == "table":
            table.depth -= 1
            if not table.depth:
                self.flush()
                self._table = None

    def _link_start(self, element: etree._Element) -> None:
        """A link begins; two links that touch are parted, for each is read by itself."""
        if self._links and self._links[-1].end == self._length and not self.tail[-1:].isspace() and not self._code:
            self._append(" ")
        self._open = (self._length, urls.absolute(element.get("href") or "", self.base))

    def _close_link(self) -> None:
        if self._open is None:
            return
        start, url = self._open
        if url and self._length > start:
            self._links.append(Link(start, self._length, url))
            self._link_count += 1


def linked(piece: Piece) -> Piece:
    """The block with its bare addresses as links."""
    if piece.kind == "code" or "://" not in piece.text:
        return piece
    links = list(piece.links)
    for found in _ADDRESS.finditer(piece.text):
        shown = found[0].rstrip(".,;:!?…*_")
        start, end = found.start(), found.start() + len(shown)
        free = all(end <= link.start or link.end <= start for link in piece.links)
        if free and len(links) < MAX_LINKS and (url := urls.absolute(shown)):
            links.append(Link(start, end, url))
    return Piece(piece.kind, piece.level, piece.text, sorted(links, key=lambda link: link.start))


def _kind_of(tag: str, element: etree._Element, lists: int) -> tuple[str, int] | None:
    """Kind and level of the blocks inside a tag; null where the tag does not say."""
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if tag in _CAPTIONED and (classes := element.get("class")) and len(classes) < 500 and _CAPTION.search(classes):
        return "caption", 0
    if tag in ("li", "dt"):
        return "item", max(0, lists - 1)
    if tag == "dd":
        return "item", max(1, lists)
    return (_KINDS[tag], 0) if tag in _KINDS else None


def _first_number(element: etree._Element) -> int | None:
    """Where an ordered list begins to count; null for one that counts by letters or backwards."""
    if element.get("type", "1") != "1" or element.get("reversed") is not None:
        return None
    return _decimal(element.get("start"), 1)


def _decimal(digits: str | None, default: int) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) < 6 else default


def _follows_code(element: etree._Element) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == "code" and not before.tail


def _is_gutter(piece: Piece) -> bool:
    """Whether a block of code is nothing but the numbers of lines."""
    if piece.kind != "code":
        return False
    lines = piece.text.split()
    return len(lines) > 1 and lines == [str(number) for number in range(1, len(lines) + 1)]


def _repeats(described: Piece, piece: Piece) -> bool:
    """Whether a block begins with the words of an image's description, or those with the block."""
    one, other = described.text.casefold(), piece.text.casefold()
    return one.startswith(other) or other.startswith(one)


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
