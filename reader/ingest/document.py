"""What a fetched document is, told from its first element and not from its label; what no parser may see is refused here. Pure."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

MAX_DOCUMENT = 20 << 20
"""Bytes of a decoded document (rule 36)."""

_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
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
_DECLARATION = re.compile("<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_ENTITIES = (
    "declares entities of its own, which are used to attack readers: not read; look for another feed on the site"
)


class RefusedError(ValueError):
    """A document that cannot be read; the message is one plain line: what it is, and what to do."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`kind`: feed | jsonfeed | sitemap | page | opml | empty | unknown; `text` is the document without byte order mark and prolog."""

    kind: str
    text: str


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


def sniff(text: str) -> Sniffed:
    """What `text` is. Raises RefusedError for a document type with declarations of its own: no parser sees it (R-XML-1)."""
    start = _skip_space(text, 0)
    if start == len(text):
        return Sniffed("empty", "")
    if text[start] in "{[":
        return Sniffed("jsonfeed", text[start:])
    root = _skip_prolog(text, start)
    _refuse_entities(text, root)
    found = _ROOT.match(text, root)
    name = found[1].lower() if found else ""
    kind = _KINDS.get(name.rpartition(":")[2], "page" if name in _PAGE_TAGS else "unknown")
    return Sniffed(kind, text[root:])


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in "\ufeff\0"):
        at += 1
    return at


def _skip_prolog(text: str, at: int) -> int:
    """Where the first element begins: after declaration, comments, instructions, a plain DOCTYPE, and junk; the end when there is none."""
    while at < len(text):
        if text.startswith("<!--", at):
            at = _after(text, "-->", at + 4)
        elif text.startswith("<?", at):
            at = _after(text, "?>", at + 2)
        elif text.startswith("<!", at):
            at = _skip_doctype(text, at)
        elif _ROOT.match(text, at):
            return at
        else:
            found = text.find("<", at + 1)
            at = len(text) if found < 0 else found
    return at


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _skip_doctype(text: str, at: int) -> int:
    """The end of a DOCTYPE that only names its type. Raises RefusedError for one with declarations inside."""
    close = text.find(">", at)
    head = text[at : close if 0 <= close < at + _PROLOG_REACH else at + _PROLOG_REACH]
    if "[" in head or "<!ENTITY" in head.upper():
        raise RefusedError(_ENTITIES)
    return len(text) if close < 0 else close + 1


def _refuse_entities(text: str, at: int) -> None:
    """Raises RefusedError for an entity declaration anywhere outside a CDATA section."""
    for found in _DECLARATION.finditer(text, at):
        place = found.start()
        if text.rfind("<![CDATA[", 0, place) <= text.rfind("]]>", 0, place):
            if found[0].upper() == "<!DOCTYPE" and "[" not in text[place : place + 2048].partition(">")[0]:
                continue
            raise RefusedError(_ENTITIES)
