"""Words -> a short vector of the terms that say what an article is about (tf-idf, whole numbers, cosine)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from types import MappingProxyType

from reader.stories.model import Item
from reader.stories.words import companies, rare_numbers, stem, words

UNIT = 10_000
"""The length of a vector. Weights are whole numbers, so that sums do not depend on their order and survive JSON unchanged."""

TERMS = 40
"""Terms kept of an article, the heaviest; more cost time and find nothing."""

TEXT = 800
"""Characters of the text that are read: the lead names the event, what follows is background to many events."""

TITLE = 400
"""Characters of the title that are read."""

_AGEING = 60_000
"""When the counts of the reader's own articles reach this many documents, all are halved: memory stays bounded, news fades."""


@dataclass(frozen=True, slots=True)
class Vector:
    """What an article is about. `terms` have length `UNIT`; `numbers` and `companies` as in `words`."""

    terms: Mapping[str, int]
    numbers: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()


class Frequencies:
    """In how many documents a word occurs: a table of general English news that comes with the program, plus the articles seen."""

    def __init__(self, counts: Mapping[str, int] | None = None, documents: int = 0) -> None:
        self._counts = Counter(counts or {})
        self._documents = documents

    def learn(self, terms: Iterable[str]) -> None:
        """Count one document that has `terms`, each once."""
        self._documents += 1
        for term in terms:
            self._counts[term] += 1
        if self._documents >= _AGEING:
            self._documents //= 2
            self._counts = Counter({term: count // 2 for term, count in self._counts.items() if count > 1})

    def rarity(self, term: str) -> float:
        """Natural logarithm of one over the share of documents with `term`; words that were never seen count as once and a half."""
        table, size = background()
        count = table.get(term, 1.5) + self._counts.get(term, 0)
        return math.log((size + self._documents + 1) / (count + 0.5))

    def rows(self) -> tuple[int, list[tuple[str, int]]]:
        """Number of documents learnt, and each term with its count, sorted: what a store keeps."""
        return self._documents, sorted(self._counts.items())


def vector(item: Item, frequencies: Frequencies, *, learn: bool = True) -> Vector:
    """The vector of an article; with `learn` it is counted in `frequencies` first. The title counts twice."""
    title, lead = item.title[:TITLE], item.text[:TEXT]
    counts: Counter[str] = Counter()
    for word in words(title):
        counts[word] += 2
    counts.update(words(lead))
    if learn:
        frequencies.learn(counts)
    weights = {term: (1 + math.log(count)) * frequencies.rarity(term) for term, count in counts.items()}
    return Vector(unit_length(weights), rare_numbers(f"{title}\n{lead}"), companies(title))


def unit_length(weights: Mapping[str, float]) -> dict[str, int]:
    """The `TERMS` heaviest terms, heaviest first, as a vector of length `UNIT`."""
    kept = sorted(weights.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:TERMS]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {term: round(UNIT * weight / length) for term, weight in kept}


def dot(a: Mapping[str, int], b: Mapping[str, int]) -> int:
    """Scalar product of two term maps; of two vectors it is the cosine times `UNIT` squared."""
    if len(b) < len(a):
        a, b = b, a
    get = b.get
    return sum([weight * get(term, 0) for term, weight in a.items()])


def heaviest_shared(a: Mapping[str, int], b: Mapping[str, int], limit: int = 6) -> tuple[str, ...]:
    """The shared terms that make `a` and `b` alike, heaviest first."""
    shared = sorted(((a[term] * b[term], term) for term in a if term in b), key=lambda pair: (-pair[0], pair[1]))
    return tuple(term for _, term in islice(shared, limit))


@cache
def background() -> tuple[Mapping[str, int], int]:
    """Counts by stem, and the number of documents, of the table of English news that comes with the program."""
    text = resources.files("reader.stories").joinpath("document_frequencies.tsv").read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    counts: dict[str, int] = {}
    for line in lines:
        word, _, count = line.partition("\t")
        root = stem(word)
        counts[root] = counts.get(root, 0) + int(count)
    return MappingProxyType(counts), int(head.split("\t")[1])
