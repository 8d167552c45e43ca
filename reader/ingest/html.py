"""HTML of a feed or a page to a cleaned text with blocks and links. Pure; the tree is walked without recursion."""

from __future__ import annotations

import html as entities
import itertools
import re
from dataclasses import dataclass

from lxml import etree

from reader.ingest import furniture, markdownish, standins
from reader.ingest.blocks import MAX_TEXT, Piece, Writer, linked
from reader.model import Block, Link, Text
from reader.text import clean

MAX_HTML = 1 << 20
"""Characters of HTML that are read of one entry (R-XML-3)."""

_MARKUP = re.compile(r"<[a-zA-Z!/?][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;)\]?|\b(?:read more|continue reading|read the full (?:story|article|post)"
    r"|to (?:read|view) (?:this|the) (?:full )?(?:article|story|post)(?: in full)?, please click here))\s*\W*$",
    re.IGNORECASE,
)
_ESCAPED = re.compile(
    r"&lt;/?(?:p|div|br|a|li|ul|blockquote|h[1-6]|strong|em|img)(?:\s(?:(?!&lt;).){0,1000}?)?/?&gt;",
    re.IGNORECASE | re.DOTALL,
)
_UNESCAPED = re.compile(r"<(?:p|pre|code|li|h[1-6]|blockquote)\b", re.IGNORECASE)
_MANY = 3
"""Tags of paragraphs that are escaped once too often in markup that has none: the feed's doing, not the author's."""

_PLAIN = frozenset((
    "b", "blockquote", "body", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "html", "i", "li", "ol", "p", "pre", "span", "strong",
    "ul",
))  # fmt: skip
"""Tags that are read as they are where they have no attributes: most of any text."""

_WORD = re.compile(r"\w+")
_TITLED = 3
"""First blocks among which the title may stand once more."""


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


def to_text(markup: str, base: str = "", title: str = "") -> Converted:
    """The text of `markup` with blocks and links; links are resolved against `base` and kept when absolute http(s).

    Blocks are parted by a blank line, list items and table rows by a newline, cells by a tab. Items of an ordered list begin with
    their number, marks of footnotes stand in brackets. Scripts, styles, forms, hidden elements and tracking pixels are dropped, and so
    are the publishing system's own boxes and lines (reader.ingest.furniture) and a first block that repeats `title`. Videos, posts and
    charts of other sites become a line with a link. Text without markup is read as Markdown where it is written so.
    """
    cut = len(markup) > MAX_HTML
    markup = markup[:MAX_HTML]
    if "&lt;" in markup and _is_escaped_twice(markup):
        markup = entities.unescape(markup)
    if not _MARKUP.search(markup):
        return _finished(markdownish.pieces(clean(markup)), title, cut=cut)
    root = _parsed(markup)
    if root is None:
        return _finished([], title, cut=cut)
    writer = Writer(base)
    _walk(root, writer)
    return _finished(writer.blocks or writer.images(), title, cut=cut or writer.full)


def _is_escaped_twice(markup: str) -> bool:
    """Whether markup is text that shows tags rather than markup with text: several escaped tags of paragraphs and none of its own."""
    found = _ESCAPED.finditer(markup)
    return not _UNESCAPED.search(markup) and sum(1 for _ in itertools.islice(found, _MANY)) == _MANY


def bare(text: str) -> Converted:
    """Text that is no markup, whatever characters it has."""
    return _finished(markdownish.pieces(clean(text[:MAX_HTML])), "", cut=len(text) > MAX_HTML)


def _parsed(markup: str) -> etree._Element | None:
    """The tree that libxml2 makes of any HTML; null for nothing but comments or blanks."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    source = markup.encode("utf-8", "replace").replace(b"\0", b"")
    try:
        return etree.fromstring(source, parser)
    except etree.LxmlError:
        return None


def _walk(root: etree._Element, writer: Writer) -> None:
    """Feed every element and text of the tree to `writer`, in order of the document; the end of a subtree left out comes at once."""
    context = etree.iterwalk(root, events=("start", "end"))
    left_out = False
    for event, element in context:
        if event == "start":
            left_out = not isinstance(element.tag, str) or _stands_for(element, writer)
            if left_out:
                context.skip_subtree()
            else:
                writer.start(element)
                writer.write(element.text)
            continue
        if not left_out:
            writer.end(element)
        left_out = False
        writer.write(element.tail)
        if writer.full:
            break
    writer.flush()


def _stands_for(element: etree._Element, writer: Writer) -> bool:
    """Whether something else was written for an element, or nothing."""
    if element.tag in _PLAIN and not element.keys():
        return False
    if thing := standins.embed(element, writer.base):
        writer.embed(thing)
        return True
    if furniture.is_skipped(element):
        return True
    words = standins.inline(element, writer)
    if words is not None:
        writer.put(words)
    return words is not None


def _finished(pieces: list[Piece], title: str, *, cut: bool) -> Converted:
    """The blocks as one text, without what the publishing system added."""
    teaser = bool(pieces) and bool(_TEASER.search(pieces[-1].text[-200:]))
    kept = [linked(piece) for piece in _untitled(furniture.without(pieces), title)]
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


def _untitled(pieces: list[Piece], title: str) -> list[Piece]:
    """The blocks without a first one that is the title again, when others follow."""
    words = _WORD.findall(title.casefold())
    if not words or len(pieces) < 2:
        return pieces
    for number, piece in enumerate(pieces[:_TITLED]):
        if len(piece.text) < 2 * len(title) + 20 and _WORD.findall(piece.text.casefold()) == words:
            return pieces[:number] + pieces[number + 1 :]
    return pieces
