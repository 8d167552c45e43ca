"""What a fetched document is, told from its first element and not from its label; what no parser may see is refused here. Pure.

A document is looked through as UTF-8 bytes: most of one that is fetched again is only compared, and never made a text.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

MAX_DOCUMENT = 20 << 20
"""Bytes of a decoded document (rule 36)."""

_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_BLANK = re.compile(rb"(?:[\s\x1c-\x1f\0]|\xef\xbb\xbf|\xc2[\x85\xa0]|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe3\x80\x80)*")
"""White space of any script, nulls and byte order marks."""
_KINDS = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "html": "page",
    "opml": "opml",
}
_PAGE_TAGS = frozenset((
    "a", "article", "body", "br", "center", "div", "doctype", "footer", "form", "h1", "h2", "head", "header", "iframe", "img",
    "main", "meta", "p", "script", "section", "span", "style", "title",
))  # fmt: skip
_PROLOG_REACH = 1 << 18
_DECLARATION = re.compile(rb"<!(?:[Ee][Nn][Tt][Ii][Tt][Yy]|[Dd][Oo][Cc][Tt][Yy][Pp][Ee])")
_ENTITIES = (
    "declares entities of its own, which are used to attack readers: not read; look for another feed on the site"
)


class RefusedError(ValueError):
    """A document that cannot be read; the message is one plain line: what it is, and what to do."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`kind`: feed | jsonfeed | sitemap | page | opml | empty | unknown; `data` is UTF-8 without byte order mark and prolog."""

    kind: str
    data: bytes

    @property
    def text(self) -> str:
        """The document as a text."""
        return self.data.decode("utf-8", "replace")


def unzip(data: bytes, limit: int = MAX_DOCUMENT) -> bytes:
    """`data`, or what it is the gzip file of, at most `limit` bytes. Raises RefusedError for a damaged or larger one."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise RefusedError("a damaged gzip file: asked again later") from error
    if len(plain) > limit or unpacker.unconsumed_tail:
        raise RefusedError(f"a gzip file of more than {limit >> 20} MB: not read; look for a shorter feed on the site")
    return plain


def sniff(data: bytes) -> Sniffed:
    """What a document in UTF-8 is. Raises RefusedError for a document type with declarations of its own: no parser sees it (R-XML-1)."""
    start = _skip_space(data)
    if start == len(data):
        return Sniffed("empty", b"")
    if data.startswith((b"{", b"["), start):
        return Sniffed("jsonfeed", data[start:])
    root = _skip_prolog(data, start)
    _refuse_entities(data, root)
    found = _ROOT.match(data, root)
    name = found[1].decode().lower() if found else ""
    kind = _KINDS.get(name.rpartition(":")[2], "page" if name in _PAGE_TAGS else "unknown")
    return Sniffed(kind, data[root:])


def _skip_space(data: bytes) -> int:
    found = _BLANK.match(data)
    return found.end() if found else 0


def _skip_prolog(data: bytes, at: int) -> int:
    """Where the first element begins: after declaration, comments, instructions, a plain DOCTYPE, and junk; the end when there is none."""
    while at < len(data):
        if data.startswith(b"<!--", at):
            at = _after(data, b"-->", at + 4)
        elif data.startswith(b"<?", at):
            at = _after(data, b"?>", at + 2)
        elif data.startswith(b"<!", at):
            at = _skip_doctype(data, at)
        elif _ROOT.match(data, at):
            return at
        else:
            found = data.find(b"<", at + 1)
            at = len(data) if found < 0 else found
    return at


def _after(data: bytes, end: bytes, at: int) -> int:
    found = data.find(end, at)
    return len(data) if found < 0 else found + len(end)


def _skip_doctype(data: bytes, at: int) -> int:
    """The end of a DOCTYPE that only names its type. Raises RefusedError for one with declarations inside."""
    close = data.find(b">", at)
    head = data[at : close if 0 <= close < at + _PROLOG_REACH else at + _PROLOG_REACH]
    if b"[" in head or b"<!ENTITY" in head.upper():
        raise RefusedError(_ENTITIES)
    return len(data) if close < 0 else close + 1


def _refuse_entities(data: bytes, at: int) -> None:
    """Raises RefusedError for an entity declaration anywhere outside a CDATA section."""
    for found in _DECLARATION.finditer(data, at):
        place = found.start()
        if data.rfind(b"<![CDATA[", 0, place) <= data.rfind(b"]]>", 0, place):
            if found[0].upper() == b"<!DOCTYPE" and b"[" not in data[place : place + 2048].partition(b">")[0]:
                continue
            raise RefusedError(_ENTITIES)
