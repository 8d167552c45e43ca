"""What a story tells that the reader has not read yet: `+5/9` is five facts not seen of nine, by key and value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reader.stories.claims import KINDS, claims
from reader.stories.independence import Source
from reader.stories.quantity import Interval, interval
from reader.stories.words import words


@dataclass(frozen=True, slots=True)
class SeenFact:
    """One fact as it is remembered: a readable key, and for a figure the values it may stand for (else 0 and 0)."""

    key: str
    low: float = 0.0
    high: float = 0.0

    @property
    def values(self) -> Interval:
        """The values of a figure."""
        return Interval(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Novelty:
    """How many facts of a story are `new` of its `total`; `fresh` are the new ones themselves."""

    new: int
    total: int
    fresh: tuple[SeenFact, ...] = ()

    def __str__(self) -> str:
        return f"+{self.new}/{self.total}" if self.new else f"0/{self.total}"


class Seen:
    """Facts that the reader has met. Rounder wordings of a known figure are known; another value is new."""

    def __init__(self, facts: Iterable[SeenFact] = ()) -> None:
        self._values: dict[str, list[Interval]] = {}
        for fact in facts:
            self.add(fact)

    def __contains__(self, fact: SeenFact) -> bool:
        return any(fact.values.meets(known) for known in self._values.get(fact.key, ()))

    def add(self, fact: SeenFact) -> bool:
        """Remember a fact; says whether it was new."""
        if fact in self:
            return False
        self._values.setdefault(fact.key, []).append(fact.values)
        return True


def facts_of(source: Source) -> list[SeenFact]:
    """The facts of one article in order of the text: figures, scores, quotes with a speaker, forecasts, rankings; each once."""
    return list(dict.fromkeys(fact for _, fact in placed_facts(source)))


def placed_facts(source: Source) -> list[tuple[int, SeenFact]]:
    """The same with where each begins in the text, also when it stands there more than once."""
    found = [*_figures(source), *_passages(source), *_rankings(source)]
    return sorted(found, key=lambda pair: (pair[0], pair[1].key))


def _figures(source: Source) -> Iterator[tuple[int, SeenFact]]:
    """Figures by key and value; one without a subject is known by its unit and value alone."""
    keyed = set()
    for claim in claims(source):
        keyed.add((claim.start, claim.end))
        key = claim.key
        words = ("figure", key.subject, key.metric, key.period, key.per, key.unit)
        yield claim.start, SeenFact("|".join(words), claim.values.low, claim.values.high)
    for row in source.rows("figures"):
        value = row["low"] if row["low"] is not None else row["high"]
        if (row["start"], row["end"]) not in keyed and value is not None and row["kind"] in KINDS:
            known = interval(value, row["high"], written=source.text[row["start"] : row["end"]])
            yield (
                row["start"],
                SeenFact(
                    f"figure||{row['kind']}||{row['per'] or ''}|{row['currency'] or row['unit'] or ''}",
                    known.low,
                    known.high,
                ),
            )


def _passages(source: Source) -> Iterator[tuple[int, SeenFact]]:
    for row in source.rows("quotes"):
        if row["speaker"] and row["kind"] != "scare":
            yield (
                row["start"],
                SeenFact(f"quote|{_plain(row['speaker'])}|{_gist(source.text[row['start'] : row['end']])}"),
            )
    for row in source.rows("forecasts"):
        yield (
            row["start"],
            SeenFact(f"forecast|{_plain(row['holder'] or '')}|{_gist(source.text[row['start'] : row['end']])}"),
        )


def _rankings(source: Source) -> Iterator[tuple[int, SeenFact]]:
    for row in source.rows("rankings"):
        losers = ",".join(sorted(map(_plain, row["losers"])))
        yield row["start"], SeenFact(f"ranking|{_plain(row['winner'])}|{_plain(row['benchmark'] or '')}|{losers}")


def novelty(sources: Iterable[Source], seen: Seen) -> Novelty:
    """How much of a story's articles is new against what was `seen`; a fact that several of them have counts once. `seen` stays as is."""
    total = Seen()
    fresh = []
    count = 0
    for source in sources:
        for fact in facts_of(source):
            if total.add(fact):
                count += 1
                if fact not in seen:
                    fresh.append(fact)
    return Novelty(len(fresh), count, tuple(fresh))


def _gist(text: str) -> str:
    """The first eight word stems of a passage: the same words quoted elsewhere, whatever their marks and case."""
    return " ".join(words(text)[:8])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
