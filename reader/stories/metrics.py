"""The words of a text -> what a figure measures, by which measure it holds, and whether it is settled."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from reader.stories.words import table

_Phrases = dict[str, list[tuple[str, str]]]
"""Phrases by their first word, each with a space at either end, and what it stands for."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that is measured. `nature`: growing | fixed | moving | flow | many.

    `object` tells that the figure needs one ("invested in X").
    """

    name: str
    nature: str
    object: bool
    kinds: frozenset[str]
    """Kinds of figures that can measure it: money | percent | count | size | rate | multiple."""


def find_metric(words: str, kind: str | None = None, without: Container[str] = ()) -> Metric | None:
    """The metric that `words` name, by the longest phrase that fits, the last of them on a tie; null when none does.

    With the `kind` of a figure only what such a figure can measure, no dollars of share price moves; `without` names metrics to pass over.
    """
    plain = _plain(words)
    best: tuple[int, int, Metric] | None = None
    begins = _phrases()
    for phrase, metric in (one for word in set(plain.split()) for one in begins.get(word, ())):
        at = plain.rfind(phrase)
        fits = at >= 0 and (kind is None or kind in metric.kinds) and metric.name not in without
        if fits and (best is None or (len(phrase), at) > best[:2]):
            best = (len(phrase), at, metric)
    return best[2] if best else None


@lru_cache(maxsize=1024)
def metric_nature(name: str) -> str:
    """The nature of a metric by its name ("round_size" or "round size"); `moving` for an unknown one."""
    metric = _metrics().get(name.strip().lower().replace(" ", "_"))
    return metric.nature if metric else "moving"


def find_basis(words: str) -> str:
    """The measures that `words` name, sorted, parted by spaces; empty when they name none."""
    return " ".join(sorted({basis.replace(" ", "-") for basis in _named(words, _bases())}))


def find_status(words: str) -> str:
    """`talks` or `guidance` when `words` show that the matter is not settled; else `done`."""
    found = set(_named(words, _statuses()))
    return next((status for status in ("talks", "guidance") if status in found), "done")


@lru_cache(maxsize=1024)
def is_tentative(status: str) -> bool:
    """Whether a status, in whatever words, says that a figure was not settled when it was reported."""
    return find_status(status) != "done" or bool({"guidance", "reported"} & set(_plain(status).split()))


def _plain(words: str) -> str:
    """Lower-case words and hyphens, with a space at either end, so that a phrase with spaces is found as whole words."""
    return f" {' '.join(_WORD.findall(words.lower()))} "


def _named(words: str, begins: _Phrases) -> Iterator[str]:
    """What the phrases that occur in `words` stand for; only those are looked for whose first word occurs."""
    plain = _plain(words)
    for word in begins.keys() & plain.split():
        for phrase, meaning in begins[word]:
            if phrase in plain:
                yield meaning


@cache
def _metrics() -> dict[str, Metric]:
    return {
        name: Metric(name, nature, needs == "object", frozenset(kinds.split("|")))
        for name, nature, needs, kinds, _ in table("metrics.tsv")
    }


@cache
def _phrases() -> dict[str, list[tuple[str, Metric]]]:
    """The phrases by their first word, each with a space at either end."""
    found: dict[str, list[tuple[str, Metric]]] = {}
    for row in table("metrics.tsv"):
        for phrase in row[4].split("|"):
            found.setdefault(phrase.split()[0], []).append((f" {phrase} ", _metrics()[row[0]]))
    return found


@cache
def _bases() -> _Phrases:
    return _by_first_word("bases.tsv")


@cache
def _statuses() -> _Phrases:
    return _by_first_word("statuses.tsv")


def _by_first_word(name: str) -> _Phrases:
    found: _Phrases = {}
    for meaning, phrases in table(name):
        for phrase in phrases.split("|"):
            found.setdefault(phrase.split()[0], []).append((f" {phrase} ", meaning))
    return found
