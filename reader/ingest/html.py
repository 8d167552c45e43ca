"""HTML of a feed or a page to a cleaned text with blocks and links. Pure; the tree is walked without recursion."""

from __future__ import annotations

import functools
import html as entities
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from lxml import etree

from reader.ingest.blocks import MAX_TEXT, Piece, Writer
from reader.model import Block, Link, Text
from reader.text import clean

MAX_HTML = 1 << 20
"""Characters of HTML that are read of one entry (R-XML-3)."""

HEAD, FOOT = 2, 6
"""First and last blocks of an entry among which lines of the publishing system stand."""

_SKIPPED = frozenset((
    "applet", "area", "audio", "base", "button", "canvas", "dialog", "embed", "fieldset", "footer", "form", "frame", "frameset",
    "head", "iframe", "input", "link", "map", "meta", "nav", "noembed", "noframes", "object", "option", "param", "progress",
    "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
))  # fmt: skip
_SPACE = re.compile(r"[\s\u00a0\u3000]+")
_MARKUP = re.compile(r"<[a-zA-Z!/?][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_TEASER = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;)\]?|\b(?:read more|continue reading|read the full (?:story|article|post)))\s*\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Converted:
    """A converted text; `teaser`: it ends where the feed cut it ("…", "Continue reading"); `cut`: a limit of ours ended it."""

    text: Text
    teaser: bool = False
    cut: bool = False


def plain(markup: str) -> str:
    """A short field (title, name) without inline tags, its entities decoded once, cleaned. Unknown tags are kept as they read."""
    markup = markup[:20_000]
    if "<" in markup:
        markup = _TAG.sub("", markup)
    return clean(entities.unescape(markup) if "&" in markup else markup)


def to_text(markup: str, base: str = "") -> Converted:
    """The text of `markup` with blocks and links; links are resolved against `base` and kept when absolute http(s).

    Blocks are parted by a blank line, list items and table rows by a newline, cells by a tab. Scripts, styles, forms, hidden
    elements and tracking pixels are dropped, and so are the publishing system's own lines (boilerplate.txt, share links).
    """
    cut = len(markup) > MAX_HTML
    markup = markup[:MAX_HTML]
    if not _MARKUP.search(markup):
        return _finished(_from_plain(markup), cut=cut)
    root = _parsed(markup)
    if root is None:
        return _finished([], cut=cut)
    writer = Writer(base)
    _walk(root, writer)
    return _finished(writer.blocks or writer.images(), cut=cut or writer.full)


def _from_plain(text: str) -> list[Piece]:
    """Paragraphs of a text without markup: blank lines part them, single line breaks are kept."""
    pieces = []
    for paragraph in re.split(r"\n[ \t]*\n\s*", clean(text)):
        lines = [_SPACE.sub(" ", line).strip() for line in paragraph.split("\n")]
        if joined := "\n".join(line for line in lines if line):
            pieces.append(Piece("paragraph", 0, joined))
    return pieces


def _parsed(markup: str) -> etree._Element | None:
    """The tree that libxml2 makes of any HTML; null for nothing but comments or blanks."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    source = markup.encode("utf-8", "replace").replace(b"\0", b"")
    try:
        return etree.fromstring(source, parser)
    except etree.LxmlError:
        return None


def _walk(root: etree._Element, writer: Writer) -> None:
    """Feed every element and text of the tree to `writer`, in order of the document."""
    context = etree.iterwalk(root, events=("start", "end"))
    for event, element in context:
        shown = isinstance(element.tag, str) and not _is_skipped(element)
        if event == "start":
            if shown:
                writer.start(element)
                writer.write(element.text)
            else:
                context.skip_subtree()
            continue
        if shown:
            writer.end(element)
        writer.write(element.tail)
        if writer.full:
            break
    writer.flush()


def _is_skipped(element: etree._Element) -> bool:
    """Whether an element shows nothing, or nothing of the article."""
    if element.tag in _SKIPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and len(style) < 2000 and _HIDDEN.search(style))


def _finished(pieces: list[Piece], *, cut: bool) -> Converted:
    """The blocks as one text, without what the publishing system added."""
    pieces = [piece for piece in pieces if not _is_shares(piece)]
    teaser = bool(pieces) and bool(_TEASER.search(pieces[-1].text[-200:]))
    inner = range(HEAD, len(pieces) - FOOT)
    kept = [piece for number, piece in enumerate(pieces) if number in inner or not _is_boilerplate(piece)]
    text, blocks, links, length = [], [], [], 0
    for number, piece in enumerate(kept):
        if number:
            gap = "\n" if piece.kind == kept[number - 1].kind == "item" else "\n\n"
            text.append(gap)
            length += len(gap)
        if length + len(piece.text) > MAX_TEXT:
            cut = True
            piece = Piece(piece.kind, piece.level, piece.text[: max(0, MAX_TEXT - length)].rstrip())
        if not piece.text:
            break
        text.append(piece.text)
        blocks.append(Block(piece.kind, length, length + len(piece.text), piece.level))
        links += [Link(length + link.start, length + link.end, link.url) for link in piece.links]
        length += len(piece.text)
        if length >= MAX_TEXT:
            break
    return Converted(Text("".join(text).rstrip("\n"), tuple(blocks), tuple(links)), teaser, cut)


def _is_shares(piece: Piece) -> bool:
    """Whether a block is nothing but links to share services."""
    if not piece.links or len(piece.text) > 400:
        return False
    return all(_is_share(link.url) for link in piece.links) and _is_all_links(piece)


def _is_boilerplate(piece: Piece) -> bool:
    """Whether a block is a line of the publishing system."""
    if len(piece.text) > 1000:
        return False
    always, linked = _boilerplate()
    return bool(always.fullmatch(piece.text) or (linked.fullmatch(piece.text) and _is_all_links(piece)))


def _is_all_links(piece: Piece) -> bool:
    """Whether a block has no words but those of its links."""
    linked = sum(link.end - link.start for link in piece.links)
    return linked >= sum(not character.isspace() and character not in "|·•,/→»›>." for character in piece.text)


def _is_share(url: str) -> bool:
    return url.partition("://")[2].removeprefix("www.").startswith(_share_hosts())


@functools.cache
def _share_hosts() -> tuple[str, ...]:
    return tuple(_terms("share_hosts.txt"))


@functools.cache
def _boilerplate() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of lines that are never part of an article, and of those that are not when they are all links."""
    terms = _terms("boilerplate.txt")
    return _any_of(term for term in terms if term[0] != "~"), _any_of(term[1:] for term in terms if term[0] == "~")


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.DOTALL)


def _terms(name: str) -> list[str]:
    text = resources.files("reader.ingest").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
