"""Every report of one figure over time: what was written when, by whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from reader.stories.claims import Claim
from reader.stories.compare import relation
from reader.stories.independence import Source, Standing, standing
from reader.stories.model import DAY
from reader.stories.periods import day_of
from reader.stories.quantity import Interval

MARKS = ("=", "≠", "↻", "1")
"""Corroborated, contradicted, revised, one source."""

_TOGETHER = 3 * DAY


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the figure in the ledger: the reports that give it within a few days of each other, oldest first.

    `mark` is one of `MARKS`; `change` is the change of the middle of the range against the line before (0.09 for 9 % more), null where
    it stayed; `against` are reports of the same time that contradict it.
    """

    day: date | None
    claims: tuple[Claim, ...]
    standing: Standing
    mark: str
    change: float | None = None
    against: tuple[Claim, ...] = ()

    @property
    def values(self) -> Interval:
        """The values that the first report stands for."""
        return self.claims[0].values


def ledger(claims: Iterable[Claim]) -> list[Entry]:
    """The lines of a figure's ledger, oldest first. `claims` are the reports of one key, from any number of stories."""
    ordered = sorted(claims, key=lambda claim: (claim.source.time or 0.0, claim.source.article, claim.start))
    groups: list[list[Claim]] = []
    for claim in ordered:
        home = next((group for group in reversed(groups) if _same_line(group[0], claim)), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    originals = {claim.source.article: claim.source for claim in ordered}
    lines: list[Entry] = []
    for group in groups:
        others = [other for other in groups if other is not group]
        lines.append(_line(group, others, lines[-1] if lines else None, originals))
    return lines


def _same_line(first: Claim, claim: Claim) -> bool:
    near = abs((claim.source.time or 0.0) - (first.source.time or 0.0)) <= _TOGETHER
    return near and relation(first.report, claim.report) in ("agree", "compatible")


def _line(
    group: list[Claim], others: list[list[Claim]], before: Entry | None, originals: Mapping[str, Source]
) -> Entry:
    stands = standing(((claim.source, claim.leans) for claim in group), originals)
    against = tuple(other[0] for other in others if relation(group[0].report, other[0].report) == "conflict")
    time = group[0].source.time
    entry = Entry(
        None if time is None else day_of(time), tuple(group), stands, "=" if stands.count > 1 else "1", None, against
    )
    if against:
        return replace(entry, mark="≠")
    if before and relation(before.claims[0].report, group[0].report) == "revised":
        return replace(entry, mark="↻", change=_change(before.values, entry.values))
    return entry


def _change(before: Interval, after: Interval) -> float | None:
    old, new = (before.low + before.high) / 2, (after.low + after.high) / 2
    return (new - old) / abs(old) if old else None
