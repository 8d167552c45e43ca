"""Which fetched entries are stored articles: the same, revised, under another id, or new. Pure.

What is needed of each stored article of the feed (model.Known): id; guid and aliases, as raw as they came; canonical URL; title; content
hash, `updated` and number of the newest revision; published; first_seen; read.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reader.ingest.entries import joint_guid
from reader.ingest.slices import guid_hash
from reader.model import Entry, Known

NEAR = 48 * 3600
"""Seconds within which an entry of the same title and another id can be the same one (rule 50)."""

FIRST = 300
"""Entries of a new feed that count as news; some list everything they ever wrote (rule 42)."""

MARGIN = 86400
"""Seconds by which an entry must be older than a feed's last news to be old news."""

MAX_SILENT = 24
"""Revisions after which a change of text without a newer `updated` is no longer stored: a clock in the body (rule 52)."""

_DISTINCT = 5
"""Words from which on a title is not shared by chance within two days."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Matched:
    """What one document brings, each in order of the document.

    `new`: entries to store; `old_news`: entries to store as read, because the feed is new or was issued anew (rules 42, 51);
    `changed`: (article id, entry) revisions; `aliases`: (article id, further raw id); `seen`: ids of articles the document lists.
    """

    new: tuple[Entry, ...] = ()
    old_news: tuple[Entry, ...] = ()
    changed: tuple[tuple[int, Entry], ...] = ()
    aliases: tuple[tuple[int, str], ...] = ()
    seen: tuple[int, ...] = ()


def match(entries: Sequence[Entry], known: Iterable[Known], *, present: Iterable[bytes] = ()) -> Matched:
    """Pair `entries` with the stored articles of the same feed: by id, then by link, then by title and date (rules 46-53).

    `present` are hashes (slices.guid_hash) of the ids that the document also lists but that are not among `entries`: what they name
    is taken. A stored article is paired at most once.
    """
    matcher = _Matcher(list(known), set(present))
    pairs = matcher.pair(entries)
    new = [entry for entry, found in pairs if found is None]
    old = set(map(id, _old_news(new, len(entries) + len(matcher.listed), matcher.known)))
    return Matched(
        new=tuple(entry for entry in new if id(entry) not in old),
        old_news=tuple(entry for entry in new if id(entry) in old),
        changed=tuple((found.id, entry) for entry, found in pairs if found and is_changed(entry, found)),
        aliases=tuple(
            (found.id, entry.guid) for entry, found in pairs if found and entry.guid not in (found.guid, *found.aliases)
        ),
        seen=(*matcher.listed, *(found.id for _, found in pairs if found)),
    )


def is_changed(entry: Entry, known: Known) -> bool:
    """Whether the entry's title or text is another one; an article that changes for ever by itself is believed MAX_SILENT times."""
    if entry.content_hash == known.content_hash:
        return False
    moved = entry.updated is not None and (known.updated is None or entry.updated > known.updated)
    return moved or known.revision < MAX_SILENT


class _Matcher:
    """The indexes over a feed's stored articles, and which of them are taken."""

    def __init__(self, known: list[Known], present: set[bytes]) -> None:
        self.known = known
        self._by_guid = {guid: one for one in reversed(known) for guid in (*one.aliases, one.guid)}
        self._by_link: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            self._by_link[one.canonical].append(one)
        self._by_title: dict[tuple[str, ...], list[Known]] = {}
        self._taken = (
            {one.id for guid, one in self._by_guid.items() if guid_hash(guid) in present} if present else set()
        )
        self.listed = tuple(self._taken)
        self._listed = frozenset(self._taken)

    def pair(self, entries: Sequence[Entry]) -> list[tuple[Entry, Known | None]]:
        """Each entry, under the id it is to have, with its stored article: all by id first, then by link, then by title.

        The pairs stand as the entries do, but do not depend on how these stand.
        """
        settled = sorted(range(len(entries)), key=lambda place: _standing(entries[place]))
        pairs = {place: self._own(entries[place]) for place in settled}
        links = Counter(entry.canonical for entry in entries)
        self._find(pairs, lambda entry: self._by_same_link(entry, links))
        self._by_title = self._titles([entry for entry, found in pairs.values() if found is None])
        self._find(pairs, self._by_same_title)
        return self._unique(pairs)

    def _find(self, pairs: dict[int, tuple[Entry, Known | None]], find: Callable[[Entry], Known | None]) -> None:
        """Look for the stored article of each entry that has none yet."""
        for place, (entry, found) in pairs.items():
            if found is None and (found := find(entry)):
                self._taken.add(found.id)
                pairs[place] = entry, found

    def _titles(self, entries: Sequence[Entry]) -> dict[tuple[str, ...], list[Known]]:
        """The stored articles of the time of `entries` by the words of their titles; to take all titles apart takes longest."""
        times = [entry.published for entry in entries if entry.published is not None]
        first, last = min(times, default=0) - NEAR, max(times, default=0) + NEAR
        titles = defaultdict(list)
        for one in self.known if times else ():
            if one.published is not None and first <= one.published <= last:
                titles[words(one.title)].append(one)
        return titles

    def _unique(self, pairs: dict[int, tuple[Entry, Known | None]]) -> list[tuple[Entry, Known | None]]:
        """The pairs by their places, without new entries under an id, or under a link and a title, that is stored or given already."""
        given = set(self._by_guid)
        links = {entry.canonical for entry, found in pairs.values() if found is None}
        told = {_telling(one) for one in self.known if one.id in self._listed and one.canonical in links}
        told |= {_telling(entry) for entry, found in pairs.values() if found}
        kept: dict[int, tuple[Entry, Known | None]] = {}
        for place, (entry, found) in pairs.items():
            if found is None and entry.guid in given:
                entry = dataclasses.replace(entry, guid=joint_guid(entry))
            telling = _telling(entry)
            if found is None and (entry.guid in given or (telling and telling in told)):
                continue
            given.add(entry.guid)
            told.add(telling)
            kept[place] = entry, found
        return [kept[place] for place in sorted(kept)]

    def _own(self, entry: Entry) -> tuple[Entry, Known | None]:
        """The article of the entry's id; an id that is taken or names another page and title now is joined with the link."""
        joint = joint_guid(entry)
        if joint in self._by_guid:
            entry = dataclasses.replace(entry, guid=joint)
        found = self._by_guid.get(entry.guid)
        if found and entry.guid != joint and (found.id in self._taken or _is_other(entry, found)):
            entry, found = dataclasses.replace(entry, guid=joint), None
        if found is None or found.id in self._taken:
            return entry, None
        self._taken.add(found.id)
        return entry, found

    def _by_same_link(self, entry: Entry, links: Counter[str]) -> Known | None:
        """The one article with that link and a like title; where several share the link, the one with the same title."""
        others = self._by_link.get(entry.canonical, []) if entry.canonical else []
        if len(others) != 1 or links[entry.canonical] != 1:
            telling = _telling(entry)
            others = [one for one in others if telling and _telling(one) == telling]
        if len(others) != 1 or others[0].id in self._taken:
            return None
        return others[0] if alike(entry.title, others[0].title) else None

    def _by_same_title(self, entry: Entry) -> Known | None:
        """The one article with that title, of the same time: within NEAR for a title that says enough, else to the second."""
        title = words(entry.title)
        if not title or entry.published is None:
            return None
        reach = NEAR if len(title) >= _DISTINCT else 0
        near = [
            one
            for one in self._by_title.get(title, [])
            if one.id not in self._taken and one.published is not None and abs(one.published - entry.published) <= reach
        ]
        return near[0] if len(near) == 1 else None


def _telling(one: Entry | Known) -> tuple[str, tuple[str, ...]] | None:
    """Link and title: what some feeds list twice under two ids; null where they are too little to tell articles apart."""
    title = words(one.title)
    return (one.canonical, title) if one.canonical and len(title) >= _DISTINCT else None


def _standing(entry: Entry) -> tuple[str, str, str, str]:
    """Where an entry stands among others, wherever its document has it."""
    return entry.guid, entry.canonical, entry.title, entry.content_hash


def _is_other(entry: Entry, known: Known) -> bool:
    """Whether an id was given to another article: neither page nor title is the known one."""
    if not entry.canonical or not known.canonical or entry.canonical == known.canonical:
        return False
    return not alike(entry.title, known.title)


@functools.lru_cache(maxsize=4096)
def words(title: str) -> tuple[str, ...]:
    """A title as its words in lower case: what comparisons of titles see."""
    return tuple(_WORD.findall(title.casefold()))


def alike(one: str, other: str) -> bool:
    """Whether two titles may be of one article: half of their words are the same ones."""
    first, second = set(words(one)), set(words(other))
    if not first or not second:
        return first == second
    return 2 * len(first & second) >= len(first | second) or first <= second or second <= first


def _old_news(new: Sequence[Entry], listed: int, known: Sequence[Known]) -> list[Entry]:
    """The new entries that are old news.

    Of a feed that comes for the first time: what is beyond its newest FIRST. Of a known one of which more than half looks new: what
    dates from before its last news (rule 51).
    """
    if not known:
        return sorted(new, key=lambda entry: entry.published or 0, reverse=True)[FIRST:]
    if 2 * len(new) <= listed or listed < 4:
        return []
    last = max(one.first_seen for one in known)
    return [entry for entry in new if entry.published is not None and entry.published < last - MARGIN]
