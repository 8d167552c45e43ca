"""Text without markup to blocks: paragraphs, and the headings, lists, quotes, code and links of Markdown where it is written so. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.ingest import urls
from reader.ingest.blocks import Piece
from reader.model import Link

_GAP = re.compile(r"\n[ \t]*\n\s*")
_HEADING = re.compile(r"(#{1,6}) +(\S.*?)(?: +#+)?$")
_ITEM = re.compile(r"( {0,12})(?:[-*+•] +|(\d{1,3}[.)] +))(\S.*)$")
_QUOTE = re.compile(r"> ?")
_LINK = re.compile(
    r"!?\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\))?)(?: \"[^\"\n]{0,200}\")?\)"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_INDENT = 2


def pieces(text: str) -> list[Piece]:
    """The blocks of a clean text; blank lines part paragraphs, single line breaks are kept.

    A line is a heading or a quote only as Markdown writes it, and an item only beside another one.
    """
    found: list[Piece] = []
    for number, part in enumerate(_FENCED.split(text)):
        if number % 2:
            if code := part.strip("\n"):
                found.append(Piece("code", 0, code))
        else:
            for paragraph in _GAP.split(part):
                found += _paragraph([line.rstrip() for line in paragraph.split("\n") if line.strip()])
    return found


_FENCED = re.compile(r"^(?:```|~~~)[^\n`]{0,40}\n(.*?)\n(?:```|~~~)[ \t]*$", re.DOTALL | re.MULTILINE)


def _paragraph(lines: list[str]) -> Iterator[Piece]:
    """The blocks of lines without a blank one between them."""
    listed = sum(bool(_ITEM.match(line)) for line in lines) > 1
    running: list[str] = []
    for kind, level, words in (_line(line, listed=listed) for line in lines):
        if kind == "paragraph":
            running.append(words)
            continue
        if running:
            yield _linked("paragraph", 0, "\n".join(running))
            running = []
        yield _linked(kind, level, words)
    if running:
        yield _linked("paragraph", 0, "\n".join(running))


def _line(line: str, *, listed: bool) -> tuple[str, int, str]:
    """Kind, level and words of a line."""
    if heading := _HEADING.match(line):
        return "heading", len(heading[1]), _spaced(heading[2])
    if listed and (item := _ITEM.match(line)):
        return "item", len(item[1]) // _INDENT, _spaced((item[2] or "") + item[3])
    if (quote := _QUOTE.match(line)) and line[quote.end() :].strip():
        return "quote", 0, _spaced(line[quote.end() :])
    return "paragraph", 0, _spaced(line)


def _spaced(words: str) -> str:
    return " ".join(words.split())


def _linked(kind: str, level: int, text: str) -> Piece:
    """A block whose links are the words in their brackets; the marks of strong words go."""
    text = _STRONG.sub(r"\2", text) if "**" in text or "__" in text else text
    if "](" not in text:
        return Piece(kind, level, text)
    parts, links, length, end = [], [], 0, 0
    for found in _LINK.finditer(text):
        before = text[end : found.start()]
        parts += [before, found[1]]
        length += len(before)
        if url := urls.absolute(found[2]):
            links.append(Link(length, length + len(found[1]), url))
        length += len(found[1])
        end = found.end()
    return Piece(kind, level, "".join([*parts, text[end:]]), links)
