"""The benchmark board: model by benchmark, from stored reports only; different settings are never mixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reader.stories.independence import Source, Standing, leans_on, owner, standing
from reader.stories.quantity import same_value
from reader.stories.words import companies


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a model on a benchmark in one setting. `reports` are (article, start, end) of the scores, oldest first.

    `measured_by` is who the texts say measured it, null when they do not say; `vendor` tells that it is the model's own maker.
    `differs` tells that somebody reports another value for the same model, benchmark and setting.
    """

    model: str
    benchmark: str
    setting: str | None
    value: float
    unit: str | None
    measured_by: str | None
    vendor: bool
    reports: tuple[tuple[str, int, int], ...]
    outlets: tuple[str, ...]
    standing: Standing
    time: float | None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class _Score:
    source: Source
    row: Mapping[str, Any]
    measured_by: str | None

    @property
    def place(self) -> tuple[str, str, str]:
        setting = (self.row["setting"] or "").lower()
        return self.row["benchmark"].lower(), setting, self.row["model"].lower()


def scoreboard(sources: Iterable[Source]) -> list[Cell]:
    """The cells of the board: by benchmark, then setting (none stated first), then value, best first.

    A newer value of the same measurer takes the place of the older one; a value of another measurer stands beside it.
    """
    places: dict[tuple[str, str, str], list[_Score]] = {}
    for source in sorted(sources, key=lambda source: (source.time or 0.0, source.article)):
        for row in source.rows("scores"):
            score = _Score(source, row, _measurer(source, row))
            places.setdefault(score.place, []).append(score)
    cells = [cell for place in sorted(places) for cell in _cells(places[place])]
    return sorted(
        cells, key=lambda cell: (cell.benchmark.lower(), (cell.setting or "").lower(), -cell.value, cell.model.lower())
    )


def _cells(scores: list[_Score]) -> list[Cell]:
    """The values of one place on the board: reports of one value are one cell."""
    values: list[list[_Score]] = []
    for score in scores:
        home = next((group for group in values if same_value(group[0].row["value"], score.row["value"])), None)
        if home is None:
            values = [group for group in values if not _replaced(group, score)]
            values.append([score])
        else:
            home.append(score)
    return [_cell(group, differs=len(values) > 1) for group in values]


def _replaced(group: list[_Score], score: _Score) -> bool:
    """Whether a newer score comes from the same measurer, or the same outlet, as all reports of an older value."""
    if (group[-1].source.time or 0.0) >= (score.source.time or 0.0):
        return False
    measurers = {other.measured_by for other in group}
    outlets = {owner(other.source.outlet) for other in group}
    return (measurers == {score.measured_by} and score.measured_by is not None) or outlets == {
        owner(score.source.outlet)
    }


def _cell(group: list[_Score], *, differs: bool) -> Cell:
    first = group[0]
    measured_by = next((score.measured_by for score in group if score.measured_by), None)
    return Cell(
        model=first.row["model"],
        benchmark=first.row["benchmark"],
        setting=first.row["setting"],
        value=float(first.row["value"]),
        unit=first.row["unit"],
        measured_by=measured_by,
        vendor=bool(measured_by and companies(measured_by) & companies(first.row["model"])),
        reports=tuple((score.source.article, score.row["start"], score.row["end"]) for score in group),
        outlets=tuple(dict.fromkeys(score.source.outlet for score in group)),
        standing=standing(
            ((score.source, leans_on(score.source, score.row["start"], score.row["end"])) for score in group),
            {score.source.article: score.source for score in group},
        ),
        time=first.source.time,
        differs=differs,
    )


def _measurer(source: Source, row: Mapping[str, Any]) -> str | None:
    """Who the text says stands behind the score: the source of the attribution whose content holds it."""
    for attribution in source.rows("attributions"):
        start, end = attribution["content"]
        if start <= row["start"] and row["end"] <= end and attribution["source"]:
            return source.text[slice(*attribution["source"])]
    return None
