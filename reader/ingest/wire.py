"""How documents pass between the parsing child and its parent: JSON lists, never pickles, for the child reads hostile input. Pure."""

from __future__ import annotations

from typing import Any

from reader.ingest.entries import Document, Hints
from reader.model import Block, Entry, Link, Text

_PLAIN = (
    "guid", "url", "title", "author", "published", "updated", "summary", "language", "completeness", "position", "canonical",
    "content_hash",
)  # fmt: skip


def pack(document: Document) -> dict[str, Any]:
    """A document as JSON values."""
    return {
        "kind": document.kind,
        "title": document.title,
        "home": document.home,
        "language": document.language,
        "entries": [_pack_entry(entry) for entry in document.entries],
        "hints": [document.hints.interval, document.hints.skip_hours, document.hints.skip_days],
        "malformed": document.malformed,
        "total": document.total,
        "children": document.children,
        "record": document.record.hex(),
        "present": sorted(one.hex() for one in document.present),
    }


def unpack(packed: dict[str, Any]) -> Document:
    """The document that `pack` made JSON of."""
    interval, hours, days = packed["hints"]
    return Document(
        kind=packed["kind"],
        title=packed["title"],
        home=packed["home"],
        language=packed["language"],
        entries=tuple(_unpack_entry(row) for row in packed["entries"]),
        hints=Hints(interval, tuple(hours), tuple(days)),
        malformed=packed["malformed"],
        total=packed["total"],
        children=tuple(packed["children"]),
        record=bytes.fromhex(packed["record"]),
        present=frozenset(bytes.fromhex(one) for one in packed["present"]),
    )


def _pack_entry(entry: Entry) -> list[Any]:
    return [[getattr(entry, name) for name in _PLAIN], entry.enclosures, *pack_text(entry.body)]


def _unpack_entry(row: list[Any]) -> Entry:
    plain, enclosures, *body = row
    return Entry(**dict(zip(_PLAIN, plain, strict=True)), body=unpack_text(*body), enclosures=tuple(enclosures))


def pack_text(text: Text) -> list[Any]:
    """A text as JSON values: its words, its blocks, its links."""
    blocks = [(block.kind, block.start, block.end, block.level) for block in text.blocks]
    return [text.text, blocks, [(link.start, link.end, link.url) for link in text.links]]


def unpack_text(text: str, blocks: list[Any], links: list[Any]) -> Text:
    """The text that `pack_text` made JSON of."""
    return Text(text, tuple(Block(*block) for block in blocks), tuple(Link(*link) for link in links))
