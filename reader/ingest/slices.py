"""Cutting a feed's text into its entries, so that only those that were not seen before are parsed. Pure.

The parser is the cost of a fetch (2 ms an entry), and most of a document was there last time. Where anything is in doubt the whole
document is parsed: `cut` gives nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SIZE = 8
"""Bytes of a hash: among a thousand entries two are equal by chance once in 10^13 documents."""

_ROOT = re.compile(r"<(?:(?P<item>rss|[\w-]+:RDF|RDF)|feed)\b[^<>]*>", re.IGNORECASE)
_TOKENS = {
    name: re.compile(rf"<!\[CDATA\[|<!--|<\?|<{name}(?=[\s/>])[^<>]*>|</{name}\s*>") for name in ("item", "entry")
}
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_VERSION = b"1"
"""Changes when entries are read otherwise, so that stored hashes no longer fit."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in pieces: `head`, the texts of its first entries, `tail`, and the `total` of entries.

    `hashes`: one for each of the first entries, over its text and the root tag.
    """

    head: str
    entries: tuple[str, ...]
    tail: str
    hashes: tuple[bytes, ...]
    total: int

    def only(self, chosen: Iterable[int]) -> str:
        """The document with no other entries than those."""
        return self.head + "".join(self.entries[number] for number in chosen) + self.tail


def cut(text: str, limit: int) -> Cut | None:
    """The pieces of an RSS, RDF or Atom document that begins with its root tag, up to `limit` entries; null where they are not plain.

    Not plain are: entries inside entries, a comment or CDATA section that does not end, anything but white space between two entries.
    """
    root = _ROOT.match(text)
    found = _spans(text, "item" if root["item"] else "entry", root.end(), limit) if root else None
    if not root or not found:
        return None
    spans, total, end = found
    salt = _VERSION + root[0].encode("utf-8", "replace")
    entries = tuple(text[start:stop] for start, stop in spans)
    hashes = tuple(_hash(entry.encode("utf-8", "replace"), salt) for entry in entries)
    return Cut(text[: spans[0][0]], entries, text[end:], hashes, total)


def _spans(text: str, name: str, at: int, limit: int) -> tuple[list[tuple[int, int]], int, int] | None:
    """Where each of the first entries begins and ends, how many there are, and where the last one ends; null in doubt or for none.

    Beyond `limit` a doubt only ends the count: what follows is not read, and the last one ends with the text.
    """
    spans: list[tuple[int, int]] = []
    total, last, plain = 0, -1, True
    for start, stop in _pairs(text, _TOKENS[name], at):
        plain = start >= 0 and _is_blank(text, last, start)
        if not plain:
            break
        total, last = total + 1, stop
        if total <= limit:
            spans.append((start, stop))
    if plain:
        return (spans, total, last) if spans else None
    return (spans, total, len(text)) if total >= limit else None


_DOUBT = (-1, -1)


def _pairs(text: str, tokens: re.Pattern[str], at: int) -> Iterator[tuple[int, int]]:
    """Beginning and end of each entry, in order; _DOUBT where the tags do not pair, and then no more."""
    start = -1
    while found := tokens.search(text, at):
        token, at = found[0], found.end()
        if closing := _ENDS.get(token):
            close = text.find(closing, at)
            at = close + len(closing)
            if close < 0:
                break
        elif token.startswith("</"):
            if start < 0:
                break
            yield start, at
            start = -1
        elif start >= 0 or token.endswith("/>"):
            break
        else:
            start = found.start()
    else:
        if start < 0:
            return
    yield _DOUBT


def _is_blank(text: str, last: int, start: int) -> bool:
    """Whether nothing but white space stands between the end of an entry, if there was one, and the next."""
    return last < 0 or last == start or text[last:start].isspace()


def _hash(data: bytes, salt: bytes = b"") -> bytes:
    return hashlib.blake2b(salt + data, digest_size=SIZE).digest()


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
