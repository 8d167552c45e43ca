"""One company, model or person over time: a row for each story with what its figures changed, and what a speaker said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reader.stories.claims import Claim, Key, claims
from reader.stories.compare import relation
from reader.stories.independence import Source
from reader.stories.periods import day_of
from reader.stories.vectors import background
from reader.stories.words import words

REPEATED = 0.6
"""Share of common word stems, of the shorter quote, from which two quotes are the same words again."""

SAME_TOPIC = 0.25
"""From here to `REPEATED` a speaker comes back to a matter."""

_COMMON = 0.03
"""Words in a larger share of English news items name no matter."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One story as a timeline takes it: its sources, and the headline to show."""

    story: str
    headline: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the entity in one story. `before` is the last report of the same key in an earlier story, null for the first."""

    claim: Claim
    before: Claim | None

    def __str__(self) -> str:
        return f"{self.before.text} → {self.claim.text}" if self.before else self.claim.text


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One story in an entity's timeline. `mentions` counts how often the story's articles name the entity."""

    day: date | None
    story: str
    headline: str
    outlets: tuple[str, ...]
    mentions: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """One quote of a speaker. `drift`: first | repeated | firmer | softer | again, against `before`, an earlier quote on the matter.

    `hedged` is the summed strength of the hedges inside the quote.
    """

    source: Source
    start: int
    end: int
    kind: str
    hedged: int
    drift: str = "first"
    before: tuple[str, int, int] | None = None

    @property
    def text(self) -> str:
        """The quote with its marks."""
        return self.source.text[self.start : self.end]


def timeline(chapters: Iterable[Chapter], entity: str) -> list[TimelineRow]:
    """The stories that name an entity (by id), oldest first, each with the figures whose subject it is and what they were before.

    A figure that says the same as before is left out.
    """
    last: dict[Key, Claim] = {}
    rows = []
    for chapter in sorted(chapters, key=lambda chapter: (_time(chapter), chapter.story)):
        mentions = sum(row["id"] == entity for source in chapter.sources for row in source.rows("entities"))
        own = [claim for source in chapter.sources for claim in claims(source) if claim.key.subject == entity]
        if mentions or own:
            outlets = tuple(dict.fromkeys(source.outlet for source in chapter.sources))
            day = day_of(_time(chapter)) if _time(chapter) else None
            rows.append(TimelineRow(day, chapter.story, chapter.headline, outlets, mentions, _changes(own, last)))
    return rows


def _changes(own: Iterable[Claim], last: dict[Key, Claim]) -> tuple[Change, ...]:
    found = []
    for claim in own:
        before = last.get(claim.key)
        if before is None or relation(before.report, claim.report) not in ("agree", "compatible"):
            found.append(Change(claim, before))
            last[claim.key] = claim
    return tuple(found)


def _time(chapter: Chapter) -> float:
    return min((source.time for source in chapter.sources if source.time is not None), default=0.0)


def sayings(sources: Iterable[Source], speaker: str) -> list[Saying]:
    """The quotes of a speaker (by name, case ignored), oldest first, each held against the earlier one that is most on the same matter."""
    found: list[Saying] = []
    topics: list[frozenset[str]] = []
    for source in sorted(
        (s for s in sources if s.copy_of is None), key=lambda source: (source.time or 0.0, source.article)
    ):
        for row in source.rows("quotes"):
            if row["kind"] != "scare" and (row["speaker"] or "").lower() == speaker.lower():
                topic = _topic(source.text[row["start"] : row["end"]])
                found.append(_saying(source, row["start"], row["end"], row["kind"], topic, found, topics))
                topics.append(topic)
    return found


def _topic(text: str) -> frozenset[str]:
    """Word stems of a quote that are not in every other news item."""
    counts, documents = background()
    return frozenset(word for word in words(text) if counts.get(word, 0) <= _COMMON * documents)


def _saying(
    source: Source,
    start: int,
    end: int,
    kind: str,
    topic: frozenset[str],
    earlier: Sequence[Saying],
    topics: Sequence[frozenset[str]],
) -> Saying:
    hedged = sum(row["strength"] for row in source.rows("hedges") if start <= row["start"] and row["end"] <= end)
    likeness = [len(topic & other) / min(len(topic), len(other)) if topic and other else 0.0 for other in topics]
    nearest = max(range(len(likeness)), key=lambda number: (likeness[number], number), default=-1)
    if nearest < 0 or likeness[nearest] < SAME_TOPIC:
        return Saying(source, start, end, kind, hedged)
    before = earlier[nearest]
    drift = "repeated" if likeness[nearest] >= REPEATED and hedged == before.hedged else _drift(before.hedged, hedged)
    return Saying(source, start, end, kind, hedged, drift, (before.source.article, before.start, before.end))


def _drift(before: int, now: int) -> str:
    if now == before:
        return "again"
    return "firmer" if now < before else "softer"
