"""A parsed document and its entries, whatever their format: ids, hashes, what a document says of its next poll. Pure."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reader.ingest import urls
from reader.model import Entry
from reader.text import clean, one_line

MAX_ENTRIES = 1000
"""Entries that are read of one document (rule 42)."""

MAX_GUID = 2048

_AROUND = 40
"""Characters around a title that a body which repeats it may have."""

_AGO = re.compile(r"\b(?:\d+|an?|one) (?:second|minute|hour|day|week|month)s? ago\b|\b[Jj]ust now\b")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a document says about when to come back: `interval` in seconds (0: nothing), hours 0-23 and weekdays 0-6 (Monday 0), GMT."""

    interval: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document. `title`, `home` (the site's page) and `language` are the feed's own; `children` are a sitemap index's members."""

    kind: str
    title: str = ""
    home: str = ""
    language: str = ""
    entries: tuple[Entry, ...] = ()
    hints: Hints = Hints()
    malformed: bool = False
    total: int = 0
    """Entries in the document, also those beyond MAX_ENTRIES."""
    children: tuple[str, ...] = ()
    shared: bool = False
    """Whether several entries came under one id."""
    record: bytes = b""
    """What to remember of its entries (slices.record); empty when the next document is to be read whole."""
    present: frozenset[bytes] = frozenset()
    """Hashes of the ids of entries that the document also lists and that were seen before: they are not in `entries`."""


def finish(entry: Entry) -> Entry:
    """The entry with what follows from its fields: an id when it has none, a title when it has none, keys for comparison."""
    title = entry.title or one_line(entry.summary or entry.body.text, 80) or entry.url
    guid = entry.guid or entry.url or "hash:" + _digest(entry.title, entry.body.text)
    if _repeats(title, entry.body.text):
        entry = dataclasses.replace(entry, completeness="headline")
    return dataclasses.replace(
        entry,
        guid=guid,
        title=title,
        canonical=urls.canonical(entry.url),
        content_hash=content_hash(title, entry.body.text),
    )


def _repeats(title: str, text: str) -> bool:
    """Whether a text is the title again, with at most an outlet's name around it."""
    most = len(title) + _AROUND
    if len(" ".join(text[: 2 * most].split())) > most:
        return False
    words = " ".join(text.split())
    return len(words) <= most and title.casefold() in words.casefold()


def content_hash(title: str, text: str) -> str:
    """32 hex digits over title and text, white space and relative times ("2 hours ago") apart (rule 52)."""
    if "ago" in text or "now" in text:
        text = _AGO.sub("", text)
    return _digest(" ".join(title.split()), " ".join(text.split()))


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries with one id each: where several share a guid, each is known by guid and link; exact repeats go (rule 48).

    All of them change, not only the later ones, so that an id does not depend on the order of the document.
    """
    entries = list(entries)
    shared = {guid for guid, count in Counter(entry.guid for entry in entries).items() if count > 1}
    kept: dict[str, Entry] = {}
    for entry in entries:
        guid = entry.guid
        if guid in shared and _differs(entry, entries):
            guid = joint_guid(entry)
        if guid not in kept:
            kept[guid] = entry if guid == entry.guid else dataclasses.replace(entry, guid=guid)
    return tuple(kept.values())


def joint_guid(entry: Entry) -> str:
    """An id for an entry whose guid does not tell it from others: guid and link, or guid and title where there is no link."""
    return trimmed_guid(f"{entry.guid} {entry.canonical or entry.title}")


def _differs(entry: Entry, entries: list[Entry]) -> bool:
    """Whether some entry of the same guid leads to another page."""
    return any(other.guid == entry.guid and joint_guid(other) != joint_guid(entry) for other in entries)


def trimmed_guid(raw: str) -> str:
    """A raw id, trimmed; one of more than MAX_GUID characters as its hash."""
    guid = " ".join(clean(raw).split())
    return guid if len(guid) <= MAX_GUID else "hash:" + _digest(guid)
