"""Group the articles of a window again, all at once, so that the order in which they came no longer matters.

Average linkage over pairs of articles: two groups become one while their members are alike on average, the most alike first. A pair
that shares no heavy term counts as not alike at all, which is what keeps chains of half-related articles apart.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from reader.stories.cluster import Clusterer, Entry, Settings, evidence
from reader.stories.forms import ATTACHED, form
from reader.stories.model import Item
from reader.stories.vectors import UNIT, Frequencies, dot, vector
from reader.stories.words import title_key

Watch = Callable[[float], bool]
"""Called with the share of the work that is done (0-1); settling stops when it answers false."""


@dataclass(frozen=True, slots=True)
class SettleSettings:
    """The numbers of settling, beside those of `Settings`."""

    join: float = 0.18
    """Average likeness from which two groups are one. Lower than for placing: an average also counts the least alike pairs."""
    faint: float = 0.04
    """Pairs that are less alike count as not alike."""
    neighbours: int = 30
    """Earlier articles that each article is compared with in full."""


class Stopped(Exception):  # noqa: N818 - an answer to the caller's own request, no error
    """Settling was told to stop; nothing has changed."""


def regroup(
    items: Iterable[Item],
    frequencies: Frequencies,
    *,
    copies: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    watch: Watch | None = None,
) -> dict[str, str]:
    """The story of each article, article id -> id of the story's earliest member, whatever the order of `items`.

    `copies` are copy -> original: they go where the original goes. Round-ups and the like hang on a story or stand alone, and articles
    without a date stand alone. Leave out the articles of stories that must not change. Raises Stopped when `watch` answers false.
    """
    settings, copies = settings or Settings(), copies or {}
    ordered = sorted(
        (item for item in items if item.id not in copies), key=lambda item: (item.published or 0.0, item.id)
    )
    nodes = [_entry(item, frequencies) for item in ordered]
    dated = {item.id for item in ordered if item.published is not None}
    members = [node for node in nodes if node.member and node.article in dated]
    settled: dict[str, str] = {}
    for group in _linked(members, settings, watch or (lambda _: True)):
        settled |= dict.fromkeys((node.article for node in group), group[0].article)
    settled |= _attached([node for node in nodes if node.article not in settled], members, settled, dated, settings)
    return settled | _copied(copies, settled, settings.most)


def moves(settled: Mapping[str, str], current: Mapping[str, str]) -> dict[str, str]:
    """What to change so that `current` (article -> story id) groups as `settled` does: article -> story id, changes only.

    A story's id goes with the article that opened it. Of the ids that a group could keep it keeps the one that most of its articles
    have, then the smallest; a group that can keep none is named after its earliest member.
    """
    groups: dict[str, list[str]] = {}
    for article, story in settled.items():
        groups.setdefault(story, []).append(article)
    claims = sorted(
        (-count, old, new)
        for new, articles in groups.items()
        for old, count in Counter(current[article] for article in articles if article in current).items()
        if settled.get(old, new) == new
    )
    names: dict[str, str] = {}
    for _, old, new in claims:
        if new not in names and old not in names.values():
            names[new] = old
    wanted = {article: names.get(story, story) for article, story in settled.items()}
    return {article: story for article, story in wanted.items() if current.get(article) != story}


def _entry(item: Item, frequencies: Frequencies) -> Entry:
    packed = vector(item, frequencies, learn=False)
    report = form(item.title, item.url) not in ATTACHED
    return Entry(
        item.id, item.id, item.published or 0.0, "opened", report, 0.0, title_key(item.title), item.outlet, packed
    )


def _attached(
    loose: Sequence[Entry],
    members: Sequence[Entry],
    settled: Mapping[str, str],
    dated: Collection[str],
    settings: Settings,
) -> dict[str, str]:
    """The story that each round-up, podcast or undated article hangs on, else its own."""
    clusterer = Clusterer(settings)
    for node in members:
        clusterer.adopt(replace(node, story=settled[node.article]))
    return {node.article: clusterer.nearest(node, node.article in dated).story for node in loose}


def _copied(copies: Mapping[str, str], settled: Mapping[str, str], most: int) -> dict[str, str]:
    """The story of each copy: its original's, until that is full; then so many at a time are stories of their own."""
    sizes = Counter(settled.values())
    homes: dict[str, str] = {}
    found = {}
    for copy, original in sorted(copies.items()):
        if original in settled:
            home = homes.setdefault(original, settled[original])
            if sizes[home] >= most:
                home = homes[original] = copy
            sizes[home] += 1
            found[copy] = home
    return found


def _linked(nodes: Sequence[Entry], settings: Settings, watch: Watch) -> list[list[Entry]]:
    """Average linkage: groups of entries in the order of `nodes`, each group's earliest first."""
    groups = _Groups(len(nodes))
    for later, earlier, likeness in _pairs(nodes, settings, watch):
        groups.link(later, earlier, likeness)
    groups.merge(SettleSettings().join, settings.most, watch)
    return [[nodes[number] for number in sorted(group)] for group in groups.members.values()]


def _pairs(nodes: Sequence[Entry], settings: Settings, watch: Watch) -> Iterator[tuple[int, int, float]]:
    """Pairs of entries that are alike at all: number of the later, of the earlier, likeness."""
    own = SettleSettings()
    postings: dict[str, deque[int]] = {}
    for number, node in enumerate(nodes):
        if number % 256 == 0 and not watch(0.9 * number / len(nodes)):
            raise Stopped
        shared = _shared_weights(node, number, nodes, postings, settings)
        nearest = sorted(shared, key=lambda other: (-shared[other], other))
        for other in islice(nearest, own.neighbours):
            likeness = _likeness(node, nodes[other], settings)
            if likeness >= own.faint:
                yield number, other, likeness


def _shared_weights(
    node: Entry, number: int, nodes: Sequence[Entry], postings: dict[str, deque[int]], settings: Settings
) -> dict[int, int]:
    """Earlier entries of the window with the weight of the heavy terms they share; then `node` is entered in the postings too."""
    weights: dict[int, int] = {}
    for term, weight in islice(node.vector.terms.items(), settings.probes):
        posting = postings.setdefault(term, deque(maxlen=settings.crowd))
        while posting and node.time - nodes[posting[0]].time > settings.window:
            posting.popleft()
        for other in posting:
            weights[other] = weights.get(other, 0) + weight
        posting.append(number)
    return weights


def _likeness(a: Entry, b: Entry, settings: Settings) -> float:
    gap = abs(a.time - b.time)
    if a.key and a.key == b.key and gap <= settings.decay / 2:
        return 1.0
    return evidence(dot(a.vector.terms, b.vector.terms) / (UNIT * UNIT), gap, a.vector, b.vector, settings)


class _Groups:
    """Groups of numbered things, the summed likeness between groups, and the merging of the most alike."""

    def __init__(self, size: int) -> None:
        self.members: dict[int, list[int]] = {number: [number] for number in range(size)}
        self._links: dict[int, dict[int, float]] = {number: {} for number in range(size)}
        self._heap: list[tuple[float, int, int]] = []

    def link(self, a: int, b: int, likeness: float) -> None:
        self._links[a][b] = self._links[b][a] = likeness
        heapq.heappush(self._heap, (-likeness, min(a, b), max(a, b)))

    def merge(self, join: float, most: int, watch: Watch) -> None:
        """Merge the two most alike groups until none reach `join` on average; ties go to the earliest. A group has at most `most`."""
        steps = 0
        while self._heap:
            steps += 1
            if steps % 4096 == 0 and not watch(0.95):
                raise Stopped
            likeness, a, b = heapq.heappop(self._heap)
            if -likeness < join:
                return
            if self._current(-likeness, a, b) and len(self.members[a]) + len(self.members[b]) <= most:
                self._unite(a, b)

    def _current(self, likeness: float, a: int, b: int) -> bool:
        """Whether a heap row still says how alike two groups are; rows of merged groups stay behind in the heap."""
        return a in self.members and b in self._links[a] and self._average(a, b) == likeness

    def _average(self, a: int, b: int) -> float:
        return self._links[a][b] / (len(self.members[a]) * len(self.members[b]))

    def _unite(self, a: int, b: int) -> None:
        """Put group `b` into `a`; the smaller number, the earlier, stays the group's name."""
        self.members[a] += self.members.pop(b)
        links = self._links[a]
        for other, likeness in self._links.pop(b).items():
            del self._links[other][b]
            if other != a:
                links[other] = self._links[other][a] = links.get(other, 0.0) + likeness
        for other in links:
            heapq.heappush(self._heap, (-self._average(a, other), min(a, other), max(a, other)))
