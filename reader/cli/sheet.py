"""A factsheet as plain text: sections of aligned rows, absent when empty."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from reader.cli.output import Column, heading, print_table, say, wrapped

if TYPE_CHECKING:
    from reader.factsheet import FactItem, Factsheet

NAMED = ("company", "person", "model", "product", "benchmark")
"""Types of names that are listed, in this order."""


def print_sheet(sheet: Factsheet) -> None:
    """Print every section of a sheet, a blank line before each."""
    from reader.factsheet import ATTRIBUTION, FIGURE, FORECAST, QUOTE

    _figures(sheet.of(FIGURE))
    _scores(sheet)
    _passages("Quotes", sheet.of(QUOTE))
    _passages("Statements", sheet.of(ATTRIBUTION))
    _passages("Forecasts", sheet.of(FORECAST))
    _names(sheet)
    _line("Hedges", sheet.hedges)
    _line("First reported by", sheet.first)
    _line("Leans on", sheet.cited)


def status(item: FactItem) -> str:
    """The letter of a fact's status and the status in words."""
    return f"{item.letter} {item.status}".strip()


def _section(title: str) -> None:
    say()
    heading(title)


def _figures(items: Sequence[FactItem]) -> None:
    if items:
        _section("Figures")
        columns = (Column(""), Column("", flexible=True), Column("", flexible=True))
        print_table(columns, [(i.value, i.about, _standing(i)) for i in items], indent=2)


def _standing(item: FactItem) -> str:
    """Who stands behind a figure, or its status; a source that is named needs no further words."""
    if not item.says:
        return status(item)
    return f"{status(item)}: {item.says}" if item.letter or item.status == "forecast" else item.says


def _scores(sheet: Factsheet) -> None:
    from reader.factsheet import SCORE

    items = sorted(sheet.of(SCORE), key=lambda item: item.group)
    for benchmark, scores in groupby(items, key=lambda item: item.group):
        _section(f"Scores: {benchmark or 'benchmark not stated'}")
        print_table(
            (Column("", flexible=True), Column("", right=True), Column("")),
            [(s.about, s.value, status(s)) for s in scores],
            indent=2,
        )


def _passages(title: str, items: Sequence[FactItem]) -> None:
    if items:
        _section(title)
        for item in items:
            said = " · ".join(filter(None, (item.says, item.about, status(item))))
            wrapped(item.value, indent=2)
            if said:
                wrapped(said, indent=6)


def _names(sheet: Factsheet) -> None:
    names = [name for name in sheet.names if name.type in NAMED]
    if names:
        _section("Names")
        rows = []
        for kind in NAMED:
            listed = [f"{n.name} {n.mentions}" if n.mentions > 1 else n.name for n in names if n.type == kind]
            if listed:
                rows.append((kind, ", ".join(listed)))
        print_table((Column(""), Column("", flexible=True)), rows, indent=2)


def _line(title: str, words: Sequence[str]) -> None:
    if words:
        _section(title)
        wrapped(" · ".join(words), indent=2)
