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
    body = entry.body
    blocks, links = (
        [(b.kind, b.start, b.end, b.level) for b in body.blocks],
        [(k.start, k.end, k.url) for k in body.links],
    )
    return [[getattr(entry, name) for name in _PLAIN], entry.enclosures, body.text, blocks, links]


def _unpack_entry(row: list[Any]) -> Entry:
    plain, enclosures, text, blocks, links = row
    body = Text(text, tuple(Block(*block) for block in blocks), tuple(Link(*link) for link in links))
    return Entry(**dict(zip(_PLAIN, plain, strict=True)), body=body, enclosures=tuple(enclosures))
