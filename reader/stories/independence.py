"""Who really stands behind a report: copies, outlets of one owner, and articles that lean on another's report are no second source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from reader.stories.words import table

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Source:
    """One article of a story with its facts, as `Facts.as_dict()` gives them (the fact contract's JSON).

    `time` is when it was published, in seconds since 1970 UTC; `copy_of` is the article it copies.
    """

    article: str
    outlet: str
    time: float | None
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    copy_of: str | None = None

    def rows(self, layer: str) -> Sequence[Mapping[str, Any]]:
        """The rows of one layer of the facts; empty when it is missing."""
        found: Sequence[Mapping[str, Any]] = self.facts.get(layer, ())
        return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How many stand behind something. `independent` are owners with a report of their own, `repeats` outlets that lean on others.

    `absent` counts reports that are only repeated here: three articles that credit the same one are one.
    """

    independent: tuple[str, ...]
    repeats: tuple[str, ...]
    absent: int = 0

    @property
    def count(self) -> int:
        """Number of independent sources."""
        return len(self.independent) + self.absent


@dataclass(frozen=True, slots=True)
class First:
    """An outlet that had a story first, and how that is known: `credited` (by how many) or `earliest` (of those stored here)."""

    outlet: str
    how: str
    credits: int
    time: float | None


@lru_cache(maxsize=4096)
def owner(outlet: str) -> str:
    """The owner of an outlet; an outlet that is not known to belong to one owns itself."""
    return _owners().get(_plain(outlet), outlet.strip())


def leans_on(
    source: Source, start: int | None = None, end: int | None = None, *, peers: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Owners on whose report an article leans, or one passage of it; empty when it speaks for itself.

    A headline ("..., Reuters says") and "first reported by" hold for the whole article; a `cited` credit for the passage it stands in,
    and so does a report of one of `peers`, the outlets of the same story, which need not be known by name.
    """
    own = owner(source.outlet)
    named = {owner(name) for name in headline_sources(source.title)}
    if peers and start is not None and end is not None:
        named |= {owner(match["a"] or match["b"]) for match in _reports_of(peers).finditer(source.text, start, end)}
    for credit in source.rows("credits"):
        inside = start is not None and end is not None and start <= credit["start"] < end
        if credit["role"] == "first_reported" or inside:
            named.add(owner(credit["outlet"]))
    return frozenset(named - {own})


@lru_cache(maxsize=1024)
def headline_sources(title: str) -> tuple[str, ...]:
    """Outlets to which a headline gives its report: "..., Reuters says", "... - FT", "... (Bloomberg)", "Exclusive: ..." names none."""
    found = []
    for pattern in _headline_patterns():
        found += [match["outlet"] for match in pattern.finditer(title[:_LONGEST])]
    return tuple(dict.fromkeys(found))


def standing(
    reports: Iterable[tuple[Source, frozenset[str]]], originals: Mapping[str, Source] | None = None
) -> Standing:
    """Who stands behind a figure or a story. `reports` are sources with the owners they lean on; `originals` finds a copy's original."""
    own: dict[str, None] = {}
    repeats: dict[str, None] = {}
    borrowed: list[frozenset[str]] = []
    for source, leans in reports:
        original = (originals or {}).get(source.copy_of or "")
        if source.copy_of is not None:
            repeats[source.outlet] = None
            borrowed.append(frozenset({owner(original.outlet)}) if original else frozenset({source.copy_of}))
        elif leans:
            repeats[source.outlet] = None
            borrowed.append(leans)
        else:
            own[owner(source.outlet)] = None
    return Standing(
        tuple(own), tuple(name for name in repeats if owner(name) not in own), _absent(borrowed, own.keys())
    )


def _absent(borrowed: Iterable[frozenset[str]], own: Iterable[str]) -> int:
    """Number of sources that are only repeated: borrowed reports that share an owner are one."""
    present = set(own)
    groups: list[set[str]] = []
    for owners in borrowed:
        if owners & present:
            continue
        touching = [group for group in groups if group & owners]
        groups = [group for group in groups if not group & owners] + [set(owners).union(*touching)]
    return len(groups)


def first_reports(sources: Iterable[Source]) -> list[First]:
    """Who had a story first: outlets that others credit, most credited first; with no credits the earliest that leans on nobody."""
    ordered = sorted(sources, key=lambda source: (source.time is None, source.time or 0.0, source.article))
    credited: dict[str, set[str]] = {}
    for source in ordered:
        for credit in source.rows("credits"):
            if credit["role"] == "first_reported" and owner(credit["outlet"]) != owner(source.outlet):
                credited.setdefault(credit["outlet"], set()).add(source.outlet)
    if credited:
        times = {owner(source.outlet): source.time for source in reversed(ordered)}
        names = sorted(credited, key=lambda name: (-len(credited[name]), name))
        return [First(name, "credited", len(credited[name]), times.get(owner(name))) for name in names]
    alone = [
        source for source in ordered if source.time is not None and source.copy_of is None and not leans_on(source)
    ]
    return [First(source.outlet, "earliest", 0, source.time) for source in alone[:1]]


@lru_cache(maxsize=256)
def _reports_of(outlets: frozenset[str]) -> re.Pattern[str]:
    """Finds "X reported", "according to X" for the names of outlets."""
    names = (
        "|".join(
            map(re.escape, sorted((name for name in outlets if name.strip()), key=lambda name: (-len(name), name)))
        )
        or r"(?!)"
    )
    return re.compile(
        rf"\b(?P<a>{names})(?:['’]s)? (?:has |had )?(?:first )?(?:reported|reports|reporting|report|revealed|wrote)\b"
        rf"|\b(?:[Aa]ccording to|[Rr]eported by|[Cc]iting|cited by|[Rr]eport (?:by|from|in)|confirmed to|told) (?:the )?(?P<b>{names})\b"
    )


@cache
def _owners() -> dict[str, str]:
    return {_plain(name): row[0] for row in table("outlets.tsv") for name in row[1].split("|")}


@cache
def _headline_patterns() -> tuple[re.Pattern[str], ...]:
    names = sorted(
        {name for row in table("outlets.tsv") for name in row[1].split("|")}, key=lambda name: (-len(name), name)
    )
    outlets = rf"(?:the )?(?P<outlet>{'|'.join(map(re.escape, names))})"
    says = r"(?:says|said|reports|reported|report|writes|sources)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"[,:;–—-]\s*{outlets}\s+{says}\s*$",
            rf"\s[–—-]\s*{outlets}\s*$",
            rf"\((?:via )?{outlets}\)\s*$",
            rf"\baccording to {outlets}\b",
            rf"^{outlets}:\s",
            rf"\b{outlets} {says}\s*$",
        )
    )


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.lower().removeprefix("the ")))
