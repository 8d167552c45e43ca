"""Bringing stories into the store: place new articles, note copies, align facts, count what is new, rank, settle."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from reader.revisions import changed
from reader.store import Store
from reader.store.stories import GroupingChange, Placed, StoryUpdate, Telling
from reader.stories.align import Row as Aligned
from reader.stories.align import align
from reader.stories.claims import Claim, Key
from reader.stories.cluster import Clusterer, Entry
from reader.stories.copies import CopyIndex
from reader.stories.forms import ATTACHED, form
from reader.stories.independence import Source, Standing, first_reports, headline_sources, leans_on, owner, standing
from reader.stories.metrics import find_basis
from reader.stories.model import DAY, Item, Placement
from reader.stories.novelty import facts_of
from reader.stories.periods import day_of, horizon
from reader.stories.quantity import in_dollars, same_value
from reader.stories.rank import Signals, Taste, Term, Weights, explain, rank
from reader.stories.settle import Stopped, moves, regroup
from reader.stories.vectors import UNIT, Frequencies, dot
from reader.stories.words import words

AT_ONCE = 128
"""Articles that are placed, and stories that are followed up, in one transaction."""

READ_AT_ONCE = 2000
"""Articles that were read or unread since, and are followed up in one transaction."""

LATE = DAY / 4
"""An article that comes so much after its time may have met other stories than it would have in time: then stories are settled."""

SETTLED = 4 * DAY
"""Stories that began within this time can still be settled."""

CENTRAL = 0.85
"""Reports this near to the most central one are as good for the headline; of those it is the newest."""

EPOCH = date(1970, 1, 1)

Watch = Callable[[int, int], None]
"""Called with how many articles are done and how many there are."""


def keep_stories(
    store: Store,
    *,
    taste: Taste | None = None,
    progress: Watch | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Place every article whose facts are known, and follow up all that changed; how many articles. Blocks until done or cancelled.

    A `taste` other than the store's takes its place, and the stories of the last days are ranked by it. Raises QueryError for an
    entry of its watch list that is no query.
    """
    if taste is not None:
        store.save_taste(taste)
    return Storykeeper(store).keep(progress=progress, cancelled=cancelled)


class Storykeeper:
    """The stories of one store. The memory of grouping is loaded when it is first needed, and again when another process placed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._memory: _Memory | None = None

    def keep(self, *, progress: Watch | None = None, cancelled: Callable[[], bool] | None = None) -> int:
        """As `keep_stories`; stops between two batches when `cancelled` says so."""
        stop = cancelled or (lambda: False)
        total, done = self.store.count_story_due(), 0
        while not stop() and (due := self.store.story_due(AT_ONCE)):
            if self._place(due):
                done += len(due)
                if progress:
                    progress(min(done, total), total)
        if self._memory is not None and self._memory.late:
            self.settle(cancelled=stop)
        self.follow_up(cancelled=stop)
        return done

    def follow_up(self, *, cancelled: Callable[[], bool] | None = None) -> int:
        """Align, rank and count the stories that changed; how many."""
        stop = cancelled or (lambda: False)
        entries = {entry.article: entry for entry in self._memory.clusterer.entries()} if self._memory else {}
        done = 0
        while not stop() and (stale := self.store.stale_stories(AT_ONCE)):
            judge = Judge.of(self.store, [id for id, _ in stale])
            self.store.save_stories([story_update(self.store, id, number, entries, judge) for id, number in stale])
            done += len(stale)
        while not stop() and self.store.renew(READ_AT_ONCE):
            pass
        return done

    def settle(self, *, cancelled: Callable[[], bool] | None = None) -> int:
        """Group the last days' stories again, so that the order of arrival does not matter; how many articles moved.

        Stories that were read, marked, pinned or edited stay as they are.
        """
        memory = self._loaded()
        memory.late = False
        current = self._movable(memory)
        articles = self.store.tellings([int(article) for article in current], layers=False)
        copies = {str(one.id): str(one.copy_of) for one in articles if str(one.copy_of) in current}
        try:
            settled = regroup(
                [_item(one) for one in articles],
                memory.clusterer.frequencies,
                copies=copies,
                watch=lambda _: not (cancelled and cancelled()),
            )
        except Stopped:
            return 0
        wanted = moves(settled, current)
        if wanted:
            memory.clusterer.move(wanted)
            if not self.store.save_moves({int(a): int(s) for a, s in wanted.items()}, memory.change(moved=wanted)):
                self._memory = None
                return 0
            memory.saved()
        return len(wanted)

    def _movable(self, memory: _Memory) -> dict[str, str]:
        """Articles of the stories that may be settled, with the story each is in now."""
        first: dict[str, float] = {}
        for entry in memory.clusterer.entries():
            first[entry.story] = min(entry.time, first.get(entry.story, entry.time))
        young = {story for story, time in first.items() if time >= memory.now - SETTLED}
        young -= {str(id) for id in self.store.held_stories(sorted(int(story) for story in young))}
        return {entry.article: entry.story for entry in memory.clusterer.entries() if entry.story in young}

    # -- placing --------------------------------------------------------------------------------------------------------

    def _place(self, due: Sequence[Telling]) -> bool:
        """Place some articles and save them; false where another process placed meanwhile, and all is to be done again."""
        memory = self._loaded()
        placed = [self._placed(memory, one) for one in due]
        if self.store.save_placed(placed, memory.change()):
            memory.saved()
            return True
        self._memory = None
        return False

    def _loaded(self) -> _Memory:
        if self._memory is None:
            self._memory = _Memory(self.store)
        return self._memory

    def _placed(self, memory: _Memory, one: Telling) -> Placed:
        source = source_of(one)
        known = [(fact.key, fact.low, fact.high) for fact in facts_of(source)]
        due = _promises(source)
        if one.story_id is not None:
            return Placed(
                one, None, one.how or "report", one.copy_of, one.score, one.why, known, due, self._change(one, source)
            )
        placement, copy_of = memory.place(_item(one), float(one.time), map(str, self.store.twins(one.id)))
        how = "copy" if placement.how == "copy" else "attached" if _hangs_on(one, placement) else "report"
        return Placed(
            one, int(placement.story), how, copy_of, placement.score, _why(placement), known, due,
            self._change(one, source),
        )  # fmt: skip

    def _change(self, one: Telling, source: Source) -> str:
        """What the newest revision changed; what was noted before stays where it changed nothing of weight."""
        before = self.store.layers_before(one.id) if one.revision > 1 else None
        if before is None:
            return one.changed
        title, text, layers = before
        facts = json.loads(layers) if layers else _found_anew(text, title, one.outlet)
        old = Source(source.article, source.outlet, source.time, text, facts, title)
        return changed(old, source) or one.changed


class _Memory:
    """Open stories, originals and word counts as they are stored, and what changed since."""

    def __init__(self, store: Store) -> None:
        self.generation, documents, entries, originals, terms = store.grouping()
        self.clusterer = Clusterer.restore(entries, frequencies=Frequencies(dict(terms), documents))
        self.index = CopyIndex.restore(originals)
        self.late = False
        self.now = max((entry.time for entry in self.clusterer.entries()), default=0.0)
        self._entries = {row[0] for row in entries}
        self._originals = {row[0] for row in originals}
        self._terms = dict(terms)
        self._next: tuple[set[str], set[str], dict[str, int]] | None = None

    def place(self, item: Item, time: float, twins: Iterable[str] = ()) -> tuple[Placement, int | None]:
        """The article's placement, and the article it is a copy of; `time` is its place in the store's order.

        `twins` are articles of other feeds with the same page: where no text is copied, it is a copy of the first of them that is known.
        The clock of grouping is the latest of these: the store takes no date from the future, so it runs with the news itself.
        """
        self.late |= time < self.now - LATE
        self.now = max(self.now, time)
        copy = self.index.add(item, now=self.now)
        original = copy.original if copy else next((twin for twin in twins if twin in self.index), None)
        placement = self.clusterer.place(item, copy_of=original, now=self.now)
        return placement, int(original) if original else None

    def change(self, moved: Iterable[str] = ()) -> GroupingChange:
        """What is to be saved since the last time, when what is too old was forgotten; `moved` are articles whose story changed."""
        self.clusterer.clock.time = self.index.clock.time = self.now
        self.clusterer.expire()
        self.index.expire()
        entries = {entry.article: entry for entry in self.clusterer.entries()}
        originals = {original.article: original for original in self.index.originals()}
        documents, counted = self.clusterer.frequencies.rows()
        terms = dict(counted)
        self._next = (set(entries), set(originals), terms)
        again = set(moved)
        return GroupingChange(
            self.generation,
            [entry.row() for article, entry in entries.items() if article not in self._entries or article in again],
            [int(article) for article in self._entries - entries.keys()],
            [original.row() for article, original in originals.items() if article not in self._originals],
            [int(article) for article in self._originals - originals.keys()],
            [(term, count) for term, count in terms.items() if self._terms.get(term) != count],
            sorted(self._terms.keys() - terms.keys()),
            documents,
        )

    def saved(self) -> None:
        """Take note that the last `change` is stored."""
        if self._next is not None:
            self._entries, self._originals, self._terms = self._next
        self.generation += 1


# -- one article --------------------------------------------------------------------------------------------------------


def source_of(one: Telling) -> Source:
    """A stored article as the story room takes it."""
    facts = json.loads(one.layers) if one.layers else {}
    copied = None if one.copy_of is None else str(one.copy_of)
    return Source(str(one.id), one.outlet, float(one.time), one.text, facts, one.title, copied)


def _found_anew(text: str, title: str, outlet: str) -> dict[str, Any]:
    from reader.insight import analyse  # seldom needed, and slow to load

    return analyse(text, title=title, outlet=outlet).as_dict()


def _item(one: Telling) -> Item:
    published = None if one.published is None else float(one.time)
    return Item(str(one.id), one.title, one.text, published, one.outlet, one.url)


def _hangs_on(one: Telling, placement: Placement) -> bool:
    return placement.how == "attached" or form(one.title, one.url) in ATTACHED


def _why(placement: Placement) -> str:
    """Why an article went where it is, as JSON: how, gap in seconds, shared terms and numbers, a related story."""
    found = asdict(placement)
    return json.dumps({name: found[name] for name in ("how", "gap", "terms", "numbers", "related") if found[name]})


def _promises(source: Source) -> list[tuple[int, int | None]]:
    """Start of each forecast and the day it is due, in days since 1970."""
    made = None if source.time is None else day_of(source.time)
    found: dict[int, int | None] = {}
    for row in source.rows("forecasts"):
        due = horizon(row["horizon"], made) if row["horizon"] and made else None
        found.setdefault(row["start"], (due - EPOCH).days if due else None)
    return list(found.items())


# -- one story ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judge:
    """What the user gives weight to, for some stories: the weights, and which of the stories are watched."""

    weights: Weights
    watched: frozenset[int]

    @classmethod
    def of(cls, store: Store, stories: Sequence[int]) -> Judge:
        """By the taste that the store keeps."""
        return cls(store.taste().weights, store.watched(stories))


def story_update(
    store: Store, id: int, stale: int, entries: Mapping[str, Entry] | None = None, judge: Judge | None = None
) -> StoryUpdate:
    """What a story says as a whole, from its members as they are stored; `entries` are those of open stories, for the headline."""
    judge = judge or Judge.of(store, [id])
    members = store.story_tellings(id)
    sources = [source_of(one) for one in members]
    rows = align(sources)
    leans = {source.article: leans_on(source) for source in sources}
    stands = story_standing(sources, leans)
    reports = [one for one in members if one.how == "report"] or members
    signals = _signals(rows, members, stands, watched=id in judge.watched)
    outlets = outlet_names(sources)
    return StoryUpdate(
        id=id,
        stale=stale,
        headline_id=_headline(reports, leans, entries or {}),
        first_seen=members[0].time,
        last_seen=max(one.time for one in reports),
        articles=len(members),
        outlets=len({one.outlet for one in members}),
        independent=stands.count,
        flag=_flag(rows, members),
        weight=math.log2(max(rank(signals, judge.weights), 2.0**-20)),
        sheet=json.dumps(sheet(rows, sources, stands, outlets), ensure_ascii=False, separators=(",", ":")),
        leans={int(article): ", ".join(sorted(outlets[one] for one in owners)) for article, owners in leans.items()},
    )


def story_standing(sources: Sequence[Source], leans: Mapping[str, frozenset[str]]) -> Standing:
    """Who stands behind a story as a whole."""
    return standing(
        ((source, leans[source.article]) for source in sources), {source.article: source for source in sources}
    )


def _flag(rows: Iterable[Aligned], members: Iterable[Telling]) -> str:
    statuses = {row.status for row in rows}
    if "DIFFER" in statuses:
        return "≠"
    return "↻" if "CHANGED" in statuses or any(one.changed for one in members) else ""


def rank_terms(store: Store, id: int, *, facts: int, new: int, age: float) -> tuple[Term, ...]:
    """The factors of a story's rank, `age` seconds after its newest report; of its `facts` so many are `new`."""
    members = store.story_tellings(id)
    sources = [source_of(one) for one in members]
    stands = story_standing(sources, {source.article: leans_on(source) for source in sources})
    judge = Judge.of(store, [id])
    signals = _signals(align(sources), members, stands, watched=id in judge.watched)
    return explain(replace(signals, facts=facts, new=new, age=age), judge.weights)


def _signals(rows: Sequence[Aligned], members: Sequence[Telling], stands: Standing, *, watched: bool) -> Signals:
    copies = sum(one.how == "copy" for one in members)
    amounts = [claim for row in rows for claim in row.claims if claim.kind == "money"]
    return Signals(
        independent=stands.count,
        second_hand=max(0, len(stands.repeats) - copies),
        copies=copies,
        watched=watched,
        largest=max((_dollars(claim) for claim in amounts), default=0.0),
        figures=len(rows),
        forms=frozenset(form(one.title, one.url) for one in members if one.how != "copy"),
    )


def _dollars(claim: Claim) -> float:
    values = in_dollars(claim.values, claim.key.unit)
    return values.high if values else 0.0


def _headline(reports: Sequence[Telling], leans: Mapping[str, frozenset[str]], entries: Mapping[str, Entry]) -> int:
    """The newest of the central reports: their texts and headlines say what all say. Who leans on others only stands if all do."""
    own = [one for one in reports if not leans[str(one.id)]] or list(reports)
    total: Counter[str] = Counter()
    for one in reports:
        if str(one.id) in entries:
            total.update(entries[str(one.id)].vector.terms)
    length = math.sqrt(sum(weight * weight for weight in total.values()))
    central = {one.id: _centrality(one, entries.get(str(one.id)), total, length) for one in own}
    enough = CENTRAL * max(central.values())
    return max((one for one in own if central[one.id] >= enough), key=lambda one: (one.time, -one.id)).id


def _centrality(one: Telling, entry: Entry | None, total: Mapping[str, int], length: float) -> float:
    """How much of a story's weight a report's text (cosine) and its headline (share) have, multiplied; 1 once the story is closed."""
    if entry is None or not length:
        return 1.0
    title = set(words(one.title))
    held = math.sqrt(sum(total[term] ** 2 for term in title if term in total))
    return dot(entry.vector.terms, total) / (UNIT * length) * held / length


# -- the sheet ------------------------------------------------------------------------------------------------------------


def sheet(
    rows: Sequence[Aligned], sources: Sequence[Source], stands: Standing, outlets: Mapping[str, str]
) -> dict[str, Any]:
    """What the story view shows, as JSON values: aligned facts with each report and its sentence, and who stands behind the story."""
    names = entity_names(sources)
    return {
        "facts": [
            _fact(row, names, outlets, measure) for row, measure in zip(rows, _other_measures(rows), strict=True)
        ],
        "independent": [outlets[one] for one in stands.independent],
        "repeats": list(stands.repeats),
        "absent": stands.absent,
        "first": [[first.outlet, first.how, first.credits] for first in first_reports(sources)],
    }


def entity_names(sources: Iterable[Source]) -> dict[str, str]:
    """How the texts write each named thing most often, by id; benchmarks also by their name in lower case."""
    found: dict[str, Counter[str]] = {}
    for source in sources:
        for row in source.rows("entities"):
            found.setdefault(row["id"], Counter())[row["name"]] += 1
        for row in source.rows("scores"):
            found.setdefault(row["benchmark"].lower(), Counter())[row["benchmark"]] += 1
    return {id: counts.most_common(1)[0][0] for id, counts in found.items()}


def outlet_names(sources: Iterable[Source]) -> dict[str, str]:
    """The outlet by which each owner is known in a story: one that reports there, else one that is credited."""
    listed = list(sources)
    named = [source.outlet for source in listed]
    for source in listed:
        named += [row["outlet"] for row in source.rows("credits")]
        named += headline_sources(source.title)
    return {owner(outlet): outlet for outlet in reversed(named)}


def _other_measures(rows: Sequence[Aligned]) -> list[str]:
    """For each row another value of the same thing that holds by another measure, which it states: `9% intraday`; else empty."""
    measures = [find_basis(row.claims[0].report.basis) for row in rows]
    stated: dict[tuple[str, str, str, str], list[int]] = {}
    for number, row in enumerate(rows):
        if measures[number]:
            stated.setdefault(_thing(row.key), []).append(number)
    notes = []
    for row, measure in zip(rows, measures, strict=True):
        value = row.claims[0].report.low
        others = (one for one in stated.get(_thing(row.key), ()) if measures[one] != measure)
        other = next((one for one in others if not same_value(value, rows[one].claims[0].report.low)), None)
        notes.append("" if other is None else f"{rows[other].claims[0].text} {measures[other]}")
    return notes


def _thing(key: Key) -> tuple[str, str, str, str]:
    """What a figure is about; which way a change went is told by its value's sign."""
    return key.subject, key.metric.removesuffix(" up").removesuffix(" down"), key.per, key.unit


def _fact(row: Aligned, names: Mapping[str, str], outlets: Mapping[str, str], measure: str) -> dict[str, Any]:
    key = row.key
    return {
        "status": row.status,
        "subject": names.get(key.subject, key.subject),
        "metric": metric_words(key.metric, names),
        "period": key.period,
        "per": key.per,
        "unit": key.unit,
        "key": "|".join((key.subject, key.metric, key.per, key.unit)),
        "note": row.note or measure,
        "independent": [outlets[one] for one in row.standing.independent],
        "repeats": list(row.standing.repeats),
        "count": row.standing.count,
        "reports": [report_of(claim) for claim in row.claims],
    }


def metric_words(metric: str, names: Mapping[str, str]) -> str:
    """A metric's key as words: "price_move up" is "price move up", "benchmark gpqa diamond" is "GPQA Diamond"."""
    words = metric.removeprefix("benchmark ").replace("_", " ")
    return names.get(words, words) if metric.startswith("benchmark ") else words


def report_of(claim: Claim) -> list[Any]:
    """One outlet's value: article, outlet, time, value, its span, its sentence's span and text, owners it leans on."""
    source = claim.source
    start, end = claim.sentence
    said = " ".join(source.text[start:end].split())
    return [
        int(source.article), source.outlet, int(source.time or 0), " ".join(claim.text.split()), claim.start, claim.end,
        start, end, said, sorted(claim.leans), claim.report.basis,
    ]  # fmt: skip
