"""Place one article among the stories of the last days: single pass, in memory, a few milliseconds, the same every time."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import islice
from typing import Any, Protocol

from reader.stories.clock import StreamClock
from reader.stories.forms import ATTACHED, form
from reader.stories.model import DAY, Item, Placement
from reader.stories.vectors import UNIT, Frequencies, Vector, dot, heaviest_shared, vector
from reader.stories.words import title_key

_SWEEP = 128
"""So many articles are placed between two looks for stories to close."""

Row = tuple[Any, ...]
"""Plain values of one placed article: text, whole numbers, floats and null; see `Entry.row`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of grouping. Thresholds are cosines after decay; measured on 601 AI-industry items and not fitted since."""

    join: float = 0.26
    """From here on two articles are one story."""
    related: float = 0.16
    """From here to `join` they are only linked."""
    decay: float = 1.5 * DAY
    """Standard deviation of the Gaussian over the gap between an article and the nearest member."""
    faded: float = 0.5
    """Decay goes no lower within the window: what is twice as alike as needed is the same story some days on."""
    window: float = 5 * DAY
    """A story that got no member for so long is closed and forgotten."""
    number: float = 0.05
    """Added for each rare number that both name, two at most, once the words alone reach `number_floor`."""
    number_floor: float = 0.10
    clash: float = 0.08
    """Taken off when both headlines name companies and none is the same."""
    most: int = 200
    """A story with so many articles is a template or a flood; it takes no more."""
    probes: int = 12
    """The rarest terms of an article, by which stories are looked up."""
    crowd: int = 800
    """A term with more stories than this is not looked up."""
    best: int = 10
    """Stories that are compared in full."""
    recent: int = 8
    """Newest members of a story that are compared one by one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One placed article as it is kept while its story is open. `member` is false for what only hangs on the story."""

    article: str
    story: str
    time: float
    how: str
    member: bool
    score: float
    key: str
    outlet: str
    vector: Vector

    def row(self) -> Row:
        """Plain values in the order of the fields; the vector as one JSON text."""
        packed = [dict(self.vector.terms), sorted(self.vector.numbers), sorted(self.vector.companies)]
        text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
        return self.article, self.story, self.time, self.how, int(self.member), self.score, self.key, self.outlet, text


def entry_from_row(row: Sequence[Any]) -> Entry:
    """The entry that `Entry.row` wrote. Raises ValueError for a row of another shape."""
    article, story, time, how, member, score, key, outlet, text = row
    terms, numbers, names = json.loads(text)
    packed = Vector(terms, frozenset(numbers), frozenset(names))
    return Entry(article, story, time, how, bool(member), score, key, outlet, packed)


class Story:
    """One open story: its members' sum of terms, newest members, and times."""

    __slots__ = (
        "_norm",
        "articles",
        "centroid",
        "companies",
        "first",
        "held",
        "id",
        "last",
        "numbers",
        "recent",
        "size",
    )

    def __init__(self, story_id: str) -> None:
        self.id = story_id
        self.articles: list[str] = []
        self.centroid: dict[str, int] = {}
        self._norm: float | None = 0.0
        self.recent: list[Entry] = []
        self.numbers: frozenset[str] = frozenset()
        self.companies: frozenset[str] = frozenset()
        self.first = math.inf
        self.last = -math.inf
        self.size = 0
        self.held = False

    def add(self, entry: Entry, recent: int) -> list[str]:
        """Take an article in; gives the terms that the story did not have before. What is no member changes nothing but the list."""
        self.articles.append(entry.article)
        if not entry.member:
            if not self.size:
                self.first, self.last = min(self.first, entry.time), max(self.last, entry.time)
            return []
        if not self.size:
            self.first, self.last = math.inf, -math.inf
        self.size += 1
        self.first, self.last = min(self.first, entry.time), max(self.last, entry.time)
        self.recent = sorted([*self.recent, entry], key=lambda other: (other.time, other.article))[-recent:]
        self.numbers |= entry.vector.numbers
        self.companies |= entry.vector.companies
        centroid = self.centroid
        new = [term for term in entry.vector.terms if term not in centroid]
        for term, weight in entry.vector.terms.items():
            centroid[term] = centroid.get(term, 0) + weight
        self._norm = None
        return new

    @property
    def norm(self) -> float:
        """Length of the sum of terms; found when it is asked for, as most stories that are restored are never compared."""
        if self._norm is None:
            self._norm = math.sqrt(sum([weight * weight for weight in self.centroid.values()]))
        return self._norm


class _Named(Protocol):
    @property
    def numbers(self) -> frozenset[str]: ...
    @property
    def companies(self) -> frozenset[str]: ...


def evidence(cosine: float, gap: float, a: _Named, b: _Named, settings: Settings) -> float:
    """Likeness of two things `gap` seconds apart: the cosine faded over the gap; shared numbers add, other companies take off."""
    fade = math.exp(-gap * gap / (2 * settings.decay * settings.decay))
    score = cosine * max(fade, settings.faded)
    if score >= settings.number_floor:
        score += settings.number * min(2, len(a.numbers & b.numbers))
    if a.companies and b.companies and not a.companies & b.companies:
        score -= settings.clash
    return score


class Clusterer:
    """Stories of the last days, and the rule by which the next article joins one, hangs on one, or opens its own.

    A story's id is the id of the article that opened it and goes with that article. Placing depends only on what was placed before.
    """

    def __init__(self, settings: Settings | None = None, frequencies: Frequencies | None = None) -> None:
        self.settings = settings or Settings()
        self.frequencies = frequencies or Frequencies()
        self.clock = StreamClock()
        self._entries: dict[str, Entry] = {}
        self._stories: dict[str, Story] = {}
        self._postings: dict[str, list[str]] = {}
        self._titles: dict[str, str] = {}
        self._placed = 0

    def __len__(self) -> int:
        """Number of open stories."""
        return len(self._stories)

    def entries(self) -> Iterator[Entry]:
        """All articles of open stories, in the order they were placed."""
        return iter(self._entries.values())

    def story_of(self, article: str) -> str | None:
        """The story of an article; null when the article is unknown or its story is closed."""
        entry = self._entries.get(article)
        return entry.story if entry else None

    def articles_of(self, story: str) -> tuple[str, ...]:
        """The articles of an open story in the order they were placed; empty for a closed one."""
        return tuple(self._stories[story].articles) if story in self._stories else ()

    # -- placing -------------------------------------------------------------------------------------------------------

    def place(self, item: Item, *, copy_of: str | None = None, now: float | None = None) -> Placement:
        """Find the story of an article, or open one. An article that is placed already stays where it is.

        `copy_of` is the article of which this one is a copy: it hangs on that one's story. `now` is the time of a clock, when there
        is one; an article dated more than a day later then counts as undated. Undated articles join by exact title or stand alone.
        """
        if item.id in self._entries:
            entry = self._entries[item.id]
            return Placement(entry.article, entry.story, entry.how, entry.score)
        self._placed += 1
        if self._placed % _SWEEP == 0:
            self.expire()
        published = self.clock.see(item.published, now)
        time = published if published is not None else self.clock.time or 0.0
        packed = vector(item, self.frequencies)
        entry = Entry(
            item.id,
            item.id,
            time,
            "opened",
            form(item.title, item.url) not in ATTACHED,
            0.0,
            title_key(item.title),
            item.outlet,
            packed,
        )
        placement = self._copied(entry, copy_of) or self._titled(entry) or self.nearest(entry, published is not None)
        self.adopt(
            replace(
                entry,
                story=placement.story,
                how=placement.how,
                score=placement.score,
                member=self._joins(entry, placement),
            )
        )
        return placement

    @staticmethod
    def _joins(entry: Entry, placement: Placement) -> bool:
        return entry.member and placement.how not in ("copy", "attached")

    def _copied(self, entry: Entry, copy_of: str | None) -> Placement | None:
        original = self._entries.get(copy_of) if copy_of else None
        if original is None or self._full(original.story):
            return None
        return Placement(entry.article, original.story, "copy", 1.0, abs(entry.time - original.time))

    def _titled(self, entry: Entry) -> Placement | None:
        """The story with an article of the same title: within the decay time; of the same outlet, which repeats titles, half of it."""
        twin = self._entries.get(self._titles.get(entry.key, "")) if entry.key else None
        if twin is None or self._full(twin.story):
            return None
        gap = abs(entry.time - twin.time)
        if gap > self.settings.decay / (2 if twin.outlet == entry.outlet else 1):
            return None
        return Placement(entry.article, twin.story, "title", 1.0, gap)

    def nearest(self, entry: Entry, dated: bool = True) -> Placement:
        """Where an article that is not placed would go: the story most like it, or one of its own. Nothing changes."""
        ranked = self._ranked(entry) if dated else []
        if not ranked or ranked[0][0] < self.settings.related:
            return Placement(entry.article, entry.article, "opened")
        score, story, gap = ranked[0]
        if score < self.settings.join:
            return Placement(entry.article, entry.article, "opened", related=story.id)
        second = ranked[1][1].id if len(ranked) > 1 and ranked[1][0] >= self.settings.related else None
        return Placement(
            entry.article,
            story.id,
            "joined" if entry.member else "attached",
            round(score, 4),
            gap,
            heaviest_shared(entry.vector.terms, story.centroid),
            tuple(sorted(entry.vector.numbers & story.numbers)),
            second,
        )

    def _ranked(self, entry: Entry) -> list[tuple[float, Story, float]]:
        """The stories most like an article: score, story, gap; best first, ties by the story that came first."""
        scored = []
        for story in self._candidates(entry.vector):
            gap = min(abs(entry.time - story.first), *(abs(entry.time - other.time) for other in story.recent))
            if gap <= self.settings.window and not self._full(story.id):
                scored.append((self.likeness(entry.vector, story, gap), story, gap))
        return sorted(scored, key=lambda row: (-row[0], row[1].first, row[1].id))

    def _full(self, story: str) -> bool:
        return len(self._stories[story].articles) >= self.settings.most

    def _candidates(self, packed: Vector) -> list[Story]:
        """Stories that share the rarest terms, those with the most shared weight first."""
        weights: dict[str, int] = {}
        for term, weight in islice(packed.terms.items(), self.settings.probes):
            posting = self._postings.get(term, ())
            if len(posting) <= self.settings.crowd:
                for story in posting:
                    weights[story] = weights.get(story, 0) + weight
        best = nsmallest(self.settings.best, weights, key=lambda story: (-weights[story], story))
        return [self._stories[story] for story in best]

    def likeness(self, packed: Vector, story: Story, gap: float) -> float:
        """Half cosine to the story, half to its nearest recent member, faded over the gap; numbers add, other companies take off."""
        settings = self.settings
        whole = dot(packed.terms, story.centroid) / (UNIT * story.norm) if story.norm else 0.0
        member = max((dot(packed.terms, other.vector.terms) for other in story.recent), default=0) / (UNIT * UNIT)
        return evidence((whole + member) / 2, gap, packed, story, settings)

    def adopt(self, entry: Entry) -> None:
        """Enter an article into the story it names, without asking where it belongs."""
        story = self._stories.get(entry.story)
        if story is None:
            story = self._stories[entry.story] = Story(entry.story)
        self._entries[entry.article] = entry
        if entry.key:
            self._titles[entry.key] = entry.article
        for term in story.add(entry, self.settings.recent):
            self._postings.setdefault(term, []).append(story.id)

    # -- time ----------------------------------------------------------------------------------------------------------

    def expire(self) -> list[str]:
        """Close the stories that are out of the window on either side of the clock; gives their ids."""
        now, window = self.clock.time, self.settings.window
        if now is None:
            return []
        closed = [story.id for story in self._stories.values() if abs(now - story.last) > window]
        for story in closed:
            self._drop(story)
        return closed

    def _drop(self, story_id: str) -> list[Entry]:
        story = self._stories.pop(story_id)
        for term in story.centroid:
            posting = self._postings[term]
            posting.remove(story_id)
            if not posting:
                del self._postings[term]
        gone = [self._entries.pop(article) for article in story.articles]
        for entry in gone:
            if self._titles.get(entry.key) == entry.article:
                del self._titles[entry.key]
        return gone

    # -- what the reader and the settle pass change ----------------------------------------------------------------------

    def hold(self, *stories: str) -> None:
        """Mark stories as pinned, edited or read: settling never moves, splits or merges them."""
        for story in stories:
            if story in self._stories:
                self._stories[story].held = True

    def held(self) -> list[str]:
        """Ids of the open stories that are held, sorted."""
        return sorted(story.id for story in self._stories.values() if story.held)

    def merge(self, into: str, other: str) -> None:
        """Make two open stories one under the id `into`, and hold it. Raises KeyError for a closed story."""
        if into not in self._stories:
            raise KeyError(into)
        self.move(dict.fromkeys(self._stories[other].articles, into))
        self.hold(into)

    def split(self, articles: Iterable[str]) -> str:
        """Take articles out of their stories into one of their own, held with those they leave; gives its id.

        A story's id goes with the article that opened it: where that one is split off, those that stay are named after the earliest of
        them. Raises KeyError for an unknown article, ValueError for none.
        """
        chosen = sorted((self._entries[article] for article in articles), key=lambda entry: (entry.time, entry.article))
        if not chosen:
            raise ValueError("no articles to split off")
        names = {entry.article: entry.story for entry in chosen}
        opened = [story for story in sorted(set(names.values())) if story in names]
        left = sorted(set(names.values()))
        for story in opened:
            staying = [article for article in self._stories[story].articles if article not in names]
            self.move(dict.fromkeys(staying, staying[0]) if staying else {})
            self.hold(*staying[:1])
        new = opened[0] if opened else chosen[0].article
        self.move(dict.fromkeys(names, new))
        self.hold(new, *left)
        return new

    def move(self, moves: dict[str, str]) -> None:
        """Put articles of open stories into other stories, by id; a story that loses all is gone. Raises KeyError for unknown ones."""
        changed = [self._entries[article] for article in moves]
        touched = {entry.story for entry in changed} | (set(moves.values()) & self._stories.keys())
        held = {story for story in touched if self._stories[story].held}
        entries = [entry for story in sorted(touched) for entry in self._drop(story)]
        for entry in sorted(entries, key=lambda entry: (entry.time, entry.article)):
            self.adopt(replace(entry, story=moves.get(entry.article, entry.story)))
        self.hold(*held)

    # -- storing -------------------------------------------------------------------------------------------------------

    def dump(self) -> list[Row]:
        """One plain row for each article of an open story: with `held` and `frequencies.rows` all that `restore` needs."""
        return [entry.row() for entry in self._entries.values()]

    @classmethod
    def restore(
        cls,
        rows: Iterable[Sequence[Any]],
        *,
        held: Iterable[str] = (),
        frequencies: Frequencies | None = None,
        settings: Settings | None = None,
    ) -> Clusterer:
        """The clusterer that `dump` was taken from. Raises ValueError for rows of another shape."""
        clusterer = cls(settings, frequencies)
        for row in rows:
            clusterer.adopt(entry_from_row(row))
        clusterer.hold(*held)
        clusterer.clock = StreamClock(entry.time for entry in clusterer._entries.values())
        return clusterer
