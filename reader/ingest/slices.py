"""Cutting a feed's text into its entries, so that only those that were not seen before are parsed. Pure.

The parser is the cost of a fetch (2 ms an entry), and most of a document was there last time. Where anything is in doubt the whole
document is parsed: `cut` gives nothing.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
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
    """A document in pieces: `head`, the entries' texts in order, `tail`. `hashes`: one for each entry, over its text and the root tag."""

    head: str
    entries: tuple[str, ...]
    tail: str
    hashes: tuple[bytes, ...]

    def only(self, chosen: Iterable[int]) -> str:
        """The document with no other entries than those."""
        return self.head + "".join(self.entries[number] for number in chosen) + self.tail


def cut(text: str) -> Cut | None:
    """The pieces of an RSS, RDF or Atom document that begins with its root tag; null where they are not plain to see.

    Not plain are: entries inside entries, a comment or CDATA section that does not end, anything but white space between two entries.
    """
    root = _ROOT.match(text)
    if not root:
        return None
    spans = _spans(text, "item" if root["item"] else "entry", root.end())
    if not spans:
        return None
    for (_, end), (start, _) in itertools.pairwise(spans):
        if not (start == end or text[end:start].isspace()):
            return None
    salt = _VERSION + root[0].encode("utf-8", "replace")
    entries = tuple(text[start:end] for start, end in spans)
    hashes = tuple(_hash(entry.encode("utf-8", "replace"), salt) for entry in entries)
    return Cut(text[: spans[0][0]], entries, text[spans[-1][1] :], hashes)


def _spans(text: str, name: str, at: int) -> list[tuple[int, int]]:
    """Where each entry begins and ends; empty when in doubt."""
    tokens, spans, start = _TOKENS[name], [], -1
    while found := tokens.search(text, at):
        token, at = found[0], found.end()
        if end := _ENDS.get(token):
            close = text.find(end, at)
            if close < 0:
                return []
            at = close + len(end)
        elif token.startswith("</"):
            if start < 0:
                return []
            spans.append((start, at))
            start = -1
        elif start >= 0 or token.endswith("/>"):
            return []
        else:
            start = found.start()
    return [] if start >= 0 else spans


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
