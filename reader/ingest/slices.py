"""Cutting a feed into its entries, so that only those that were not seen before are parsed. Pure.

The parser is the cost of a fetch (2 ms an entry), and most of a document was there last time. Where anything is in doubt the whole
document is parsed: `cut` gives nothing. Documents are UTF-8 bytes: to find tags and to compare no text is needed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SIZE = 8
"""Bytes of a hash: among a thousand entries two are equal by chance once in 10^13 documents."""

_ROOT = re.compile(rb"<(?:(?P<item>rss|[\w-]+:RDF|RDF)|feed)\b[^<>]*>", re.IGNORECASE)
_TOKENS = {
    name: re.compile(rb"<!\[CDATA\[|<!--|<\?|<%b(?=[\s/>])[^<>]*>|</%b\s*>" % (name, name))
    for name in (b"item", b"entry")
}
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_VERSION = b"1"
"""Changes when entries are read otherwise, so that stored hashes no longer fit."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in pieces: `head`, its first entries, `tail`, and the `total` of entries.

    `hashes`: one for each of the first entries, over its bytes and the root tag.
    """

    head: bytes
    entries: tuple[bytes, ...]
    tail: bytes
    hashes: tuple[bytes, ...]
    total: int

    def only(self, chosen: Iterable[int]) -> bytes:
        """The document with no other entries than those."""
        return self.head + b"".join(self.entries[number] for number in chosen) + self.tail


def cut(data: bytes, limit: int) -> Cut | None:
    """The pieces of an RSS, RDF or Atom document that begins with its root tag, up to `limit` entries; null where they are not plain.

    Not plain are: entries inside entries, a comment or CDATA section that does not end, anything but white space between two entries.
    """
    root = _ROOT.match(data)
    found = _spans(data, b"item" if root["item"] else b"entry", root.end(), limit) if root else None
    if not root or not found:
        return None
    spans, total, end = found
    salt = _VERSION + root[0]
    entries = tuple(data[start:stop] for start, stop in spans)
    hashes = tuple(_hash(entry, salt) for entry in entries)
    return Cut(data[: spans[0][0]], entries, data[end:], hashes, total)


def _spans(data: bytes, name: bytes, at: int, limit: int) -> tuple[list[tuple[int, int]], int, int] | None:
    """Where each of the first entries begins and ends, how many there are, and where the last one ends; null in doubt or for none.

    Beyond `limit` a doubt only ends the count: what follows is not read, and the last one ends with the document.
    """
    spans: list[tuple[int, int]] = []
    total, last, plain = 0, -1, True
    for start, stop in _pairs(data, _TOKENS[name], at):
        plain = start >= 0 and _is_blank(data, last, start)
        if not plain:
            break
        total, last = total + 1, stop
        if total <= limit:
            spans.append((start, stop))
    if plain:
        return (spans, total, last) if spans else None
    return (spans, total, len(data)) if total >= limit else None


_DOUBT = (-1, -1)


def _pairs(data: bytes, tokens: re.Pattern[bytes], at: int) -> Iterator[tuple[int, int]]:
    """Beginning and end of each entry, in order; _DOUBT where the tags do not pair, and then no more."""
    start = -1
    while found := tokens.search(data, at):
        token, at = found[0], found.end()
        if closing := _ENDS.get(token):
            close = data.find(closing, at)
            at = close + len(closing)
            if close < 0:
                break
        elif token.startswith(b"</"):
            if start < 0:
                break
            yield start, at
            start = -1
        elif start >= 0 or token.endswith(b"/>"):
            break
        else:
            start = found.start()
    else:
        if start < 0:
            return
    yield _DOUBT


def _is_blank(data: bytes, last: int, start: int) -> bool:
    """Whether nothing but white space stands between the end of an entry, if there was one, and the next."""
    return last < 0 or last == start or data[last:start].isspace()


def _hash(data: bytes, salt: bytes = b"") -> bytes:
    state = hashlib.blake2b(salt, digest_size=SIZE)
    state.update(data)
    return state.digest()


def guid_hash(guid: str) -> bytes:
    """What stands for an entry's id in the record of a document."""
    return _hash(guid.encode("utf-8", "replace"))


def record(hashes: Sequence[bytes], guids: Mapping[int, bytes]) -> bytes:
    """A document's slices to be remembered: for each its hash and its id's hash (`guids` by position; zeros for none)."""
    return b"".join(piece + guids.get(number, bytes(SIZE)) for number, piece in enumerate(hashes))


def seen(recorded: bytes) -> dict[bytes, bytes]:
    """Hash of a slice -> hash of its entry's id, of a remembered document."""
    pairs = (recorded[at : at + 2 * SIZE] for at in range(0, len(recorded) - 2 * SIZE + 1, 2 * SIZE))
    return {pair[:SIZE]: pair[SIZE:] for pair in pairs}
