"""Which articles are copies: syndicated, cut, teased or boilerplated texts of an earlier original.

Copies share text, stories share an event; the two need different measures. Here it is the containment of hashed five-word shingles
(Broder 1997): a cut copy is all contained in its original, though the two are not alike as a whole.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from reader.stories.clock import StreamClock
from reader.stories.model import DAY, Item, item_from
from reader.stories.words import title_key

_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")
_LONGEST = 60_000
_SWEEP = 128


@dataclass(frozen=True, slots=True)
class CopySettings:
    """The numbers of copy detection, as measured on cut, edited and boilerplated versions of news texts."""

    containment: float = 0.30
    """Share of the shorter text's shingles that are in the other one."""
    words: int = 5
    """Words of a shingle."""
    sample: int = 8
    """One shingle in so many is kept, chosen by its hash: the same ones in every text."""
    fewest: int = 12
    """A text with fewer shingles says too little: only the whole text and title decide."""
    shared: int = 2
    """At least so many sampled shingles must be the same."""
    window: float = 7 * DAY
    """Copies come within this time of the original."""
    crowd: int = 24
    """A shingle that so many originals have is boilerplate."""


@dataclass(frozen=True, slots=True)
class Copy:
    """`article` copies `original`; `containment` is the share (0-1) of the shorter text found in the other."""

    article: str
    original: str
    containment: float


def shingles(text: str, size: int = 5) -> list[int]:
    """Hashes (CRC-32) of all runs of `size` words, in order of the text; words are lower case, marks and markup do not count."""
    return _hashed(_plain(text), size)


def _hashed(words: Sequence[str], size: int) -> list[int]:
    """The hashes of all runs of `size` words, cut out of the words as one text."""
    encoded = [word.encode() for word in words]
    joined = b" ".join(encoded)
    ends = [end - 1 for end in accumulate(len(word) + 1 for word in encoded)]
    starts = [0, *(end + 1 for end in ends)]
    return [zlib.crc32(joined[start:end]) for start, end in zip(starts, ends[size - 1 :], strict=False)]


def _plain(text: str) -> list[str]:
    return _WORD.findall(html.unescape(_MARKUP.sub(" ", text[:_LONGEST])).lower())


@dataclass(frozen=True, slots=True)
class Original:
    """One text that is no copy, as it is kept: `number` counts originals in order of arrival, `whole` is the hash of all its words."""

    number: int
    article: str
    time: float
    outlet: str
    key: str
    whole: int
    shingles: frozenset[int]

    def row(self) -> tuple[Any, ...]:
        """Plain values: article, time, outlet, title key, hash of the text, sampled shingles as text."""
        return self.article, self.time, self.outlet, self.key, self.whole, " ".join(map(str, sorted(self.shingles)))


class CopyIndex:
    """The originals of the last days, by their shingles; one article at a time, oldest first."""

    def __init__(self, settings: CopySettings | None = None) -> None:
        self.settings = settings or CopySettings()
        self.clock = StreamClock()
        self._originals: dict[str, Original] = {}
        self._by_shingle: dict[int, tuple[str, ...]] = {}
        self._by_text: dict[int, str] = {}
        self._number = 0

    def __len__(self) -> int:
        """Number of originals kept."""
        return len(self._originals)

    def __contains__(self, article: str) -> bool:
        """Whether an article is among the originals kept."""
        return article in self._originals

    def add(self, item: Item, *, now: float | None = None) -> Copy | None:
        """Of which original the article is a copy; null makes it an original itself. The same article twice changes nothing.

        `now` is the time of a clock, when there is one; else the stream's own dates serve to forget old originals.
        """
        if item.id in self._originals:
            return None
        published = self.clock.see(item.published, now)
        candidate = self._candidate(item, published if published is not None else self.clock.time or 0.0)
        copy = self._same_text(candidate) or self._contained(candidate)
        if copy is None:
            self._keep(candidate)
        return copy

    def _candidate(self, item: Item, time: float) -> Original:
        """The article as an original would be kept; a short text is the same only with the same title."""
        self._number += 1
        if self._number % _SWEEP == 0:
            self.expire()
        said = _plain(item.text)
        found = _hashed(said, self.settings.words)
        long = len(found) >= self.settings.fewest
        sample = frozenset(h for h in found if h % self.settings.sample == 0) if long else frozenset()
        key = title_key(item.title)
        if not long:
            said = [key, *said] if key else []
        whole = zlib.crc32(" ".join(said).encode()) if said else 0
        return Original(self._number, item.id, time, item.outlet, key, whole, sample)

    def _same_text(self, candidate: Original) -> Copy | None:
        twin = self._originals.get(self._by_text.get(candidate.whole, "")) if candidate.whole else None
        return Copy(candidate.article, twin.article, 1.0) if twin and self._near(candidate, twin) else None

    def _contained(self, candidate: Original) -> Copy | None:
        """The original that shares most; ties go to the one that came first."""
        shared: dict[str, int] = {}
        for shingle in candidate.shingles:
            holders = self._by_shingle.get(shingle, ())
            if len(holders) < self.settings.crowd:
                for article in holders:
                    shared[article] = shared.get(article, 0) + 1
        found = []
        for article, count in shared.items():
            original = self._originals[article]
            share = count / min(len(candidate.shingles), len(original.shingles))
            if count >= self.settings.shared and self._copied(candidate, original, share):
                found.append((-share, original.number, article))
        return Copy(candidate.article, min(found)[2], round(-min(found)[0], 4)) if found else None

    def _copied(self, candidate: Original, original: Original, share: float) -> bool:
        """Whether the shared text makes a copy. An outlet's own furniture is in all its articles: there the titles must agree too."""
        if share < self.settings.containment or not self._near(candidate, original):
            return False
        if candidate.outlet != original.outlet or not candidate.outlet:
            return True
        mine, theirs = set(candidate.key.split()), set(original.key.split())
        return 2 * len(mine & theirs) >= min(len(mine), len(theirs)) > 0

    def _near(self, a: Original, b: Original) -> bool:
        return abs(a.time - b.time) <= self.settings.window

    def _keep(self, original: Original) -> None:
        self._originals[original.article] = original
        self._by_text.setdefault(original.whole, original.article)
        alone = (original.article,)
        holders_of, crowd = self._by_shingle, self.settings.crowd
        for shingle in original.shingles:
            # most shingles are in one text only, and all of those share one tuple
            holders = holders_of.setdefault(shingle, alone)
            if holders is not alone and len(holders) < crowd:
                holders_of[shingle] = (*holders, original.article)

    def expire(self) -> None:
        """Forget the originals that are out of the window on either side of the clock."""
        now = self.clock.time
        if now is None:
            return
        for original in [o for o in self._originals.values() if abs(now - o.time) > self.settings.window]:
            del self._originals[original.article]
            if self._by_text.get(original.whole) == original.article:
                del self._by_text[original.whole]
            for shingle in original.shingles:
                self._release(shingle, original.article)

    def _release(self, shingle: int, article: str) -> None:
        left = tuple(holder for holder in self._by_shingle.get(shingle, ()) if holder != article)
        if left:
            self._by_shingle[shingle] = left
        else:
            self._by_shingle.pop(shingle, None)

    def originals(self) -> Iterator[Original]:
        """The originals that are kept, in order of arrival."""
        return iter(self._originals.values())

    def dump(self) -> list[tuple[Any, ...]]:
        """One plain row for each original that is kept, in order of arrival."""
        return [original.row() for original in self._originals.values()]

    @classmethod
    def restore(cls, rows: Iterable[Sequence[Any]], *, settings: CopySettings | None = None) -> CopyIndex:
        """The index that `dump` was taken from. Raises ValueError for rows of another shape."""
        index = cls(settings)
        for article, time, outlet, key, whole, hashes in rows:
            index._number += 1
            index._keep(Original(index._number, article, time, outlet, key, whole, frozenset(map(int, hashes.split()))))
        index.clock = StreamClock(original.time for original in index._originals.values())
        return index


def copies(articles: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Which articles are copies of which earlier original: article id -> article id.

    `articles` are mappings with `id, title, text, published, outlet, url`, in order of arrival.
    """
    index = CopyIndex()
    found = {}
    for row in articles:
        copy = index.add(item_from(row))
        if copy:
            found[copy.article] = copy.original
    return found
