"""Scores in tables: every cell on a benchmark's row or column is a score with its model, benchmark and setting."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.facts import Entity, Score, Span
from reader.insight.figure.numbers import plain_value
from reader.insight.lexicons import score_words
from reader.insight.syntax.document import Document
from reader.insight.syntax.tables import Table, find_tables

_VALUE = re.compile(
    r"[~≈]?\s*(\d[\d,.]*)\s*(%|pts?\b|points?\b)?\s*(?:(?:±|\+/-)\s*[\d.]+\s*%?)?\s*[*_†‡§¹²³⁰⁴-⁹]*\s*(?:\([^()\d]*\))?"
)
_PRICED = re.compile(r"[$€£¥]|\bper\b|/")
"""In a heading that is no listed benchmark: a price or a rate."""
_VERSION = re.compile(r"v?\d[\w.]*")
_NEAR = 2
"""Blocks between a table and the benchmark in its caption or lead-in at most."""
_LABELS = 3
"""Columns in front of the results in which the names can stand: rank, category, model."""
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_MODEL_HEADS = frozenset({"model", "models", "system", "method", "llm", "name", "agent"})
_TEST_HEADS = frozenset(
    {"benchmark", "benchmarks", "task", "eval", "evaluation", "evals", "test", "dataset", "category", "bench"}
)


class Axis(NamedTuple):
    """One heading of a score table: its name, span, and the setting in its brackets."""

    name: str
    span: Span
    setting: str | None
    benchmark: bool


def table_scores(document: Document, entities: tuple[Entity, ...]) -> tuple[list[Score], list[Span]]:
    """Scores of all tables, and the spans of the labels in those tables."""
    scores: list[Score] = []
    labels: list[Span] = []
    tests = [entity for entity in entities if entity.type == "benchmark"]
    for table in find_tables(document):
        place = table.rows[0][0][0]
        above = next((test for test in reversed(tests) if test.end <= place), None)
        found, used = _scores(document, entities, _from_labels(document.text, entities, table), above)
        scores.extend(found)
        if found:
            labels.extend(used)
    return scores, labels


def _scores(
    document: Document, entities: tuple[Entity, ...], table: Table, above: Entity | None
) -> tuple[list[Score], list[Span]]:
    """Scores of one table and the spans of its labels; `above` is the benchmark named last before it."""
    header, body = table.rows[0], table.rows[1:]
    text = document.text
    near = above is not None and document.block_at(header[0][0]) - document.block_at(above.start) <= _NEAR
    columns = [_of_board(_axis(text, entities, cell), above if near else None) for cell in header[1:]]
    rows = [_axis(text, entities, row[0]) for row in body]
    tests_in_rows = _tests_in_rows(text, header[0], columns, rows, entities)
    if tests_in_rows is None and above is not None and _is_results(text, entities, header[0], rows, body):
        columns, tests_in_rows = [_under(column, above, near) for column in columns], False
    if tests_in_rows is None:
        return [], []
    scores = []
    for axis, row in zip(rows, body, strict=True):
        shift = 1 if len(row) == len(header) else 1 + len(row) - len(header)
        for column, cell in zip(columns, row[max(1, shift) :], strict=False):
            model, test = (column, axis) if tests_in_rows else (axis, column)
            score = _cell(text, cell, model, test)
            if score is not None:
                scores.append(score)
    labels = [*header, *(row[0] for row in body)]
    return scores, [cell for cell in labels if cell[0] < cell[1]]


def _from_labels(text: str, entities: tuple[Entity, ...], table: Table) -> Table:
    """The table from the column of names on: a rank or a category may stand in front of it."""
    width = min(len(row) for row in table.rows)
    counts = [
        sum(_entity_at(entities, *row[at]) is not None for row in table.rows[1:]) for at in range(min(width, _LABELS))
    ]
    if width < _LABELS or any(len(row) != len(table.rows[0]) for row in table.rows):
        return table
    first = counts.index(max(counts))
    if not counts[first] and all(text[slice(*row[0])].strip("#. ").isdecimal() for row in table.rows[1:]):
        first = 1
    return Table(tuple(row[first:] for row in table.rows)) if first else table


def _axis(text: str, entities: tuple[Entity, ...], cell: Span) -> Axis:
    """A heading: the listed entity that it begins with, else its own words without brackets."""
    start, end = cell
    bracket = _BRACKETS.search(text, start, end) if start < end else None
    setting = bracket[1].strip() if bracket and bracket[1].strip() else None
    stop = bracket.start() if bracket and bracket.start() > start else end
    found = _entity_at(entities, start, stop)
    name = found.name if found else text[start:stop].strip()
    is_test = (
        found.type == "benchmark"
        if found
        else any(mark in name.lower() for mark in ("bench", "eval", "mmlu", "arena", "elo"))
    )
    rest = text[found.end : stop].strip(" ,-–—") if found else ""
    if found and found.type == "benchmark" and rest and text[found.end] == "-":
        name, rest = f"{found.name}-{rest}", ""
    if found and found.type == "benchmark" and _VERSION.fullmatch(rest):
        name, rest = f"{found.name} {rest}", ""
    if found and found.type == "benchmark" and rest and rest.lower() not in ("elo", "score", "accuracy"):
        setting = f"{rest}, {setting}" if setting else rest
    if found and found.type != "benchmark" and rest:
        name = text[start:stop].strip()
    return Axis(name, (start, stop), setting, is_test)


def _entity_at(entities: tuple[Entity, ...], start: int, end: int) -> Entity | None:
    """The model or benchmark that a heading begins with; a maker's name in front is skipped."""
    place = bisect_left(entities, start, key=_entity_start)
    for entity in entities[place : place + 3]:
        if entity.start >= end:
            return None
        if entity.type in ("benchmark", "model", "product"):
            return entity
    return None


def _entity_start(entity: Entity) -> int:
    return entity.start


def _tests_in_rows(
    text: str, corner: Span, columns: list[Axis], rows: list[Axis], entities: tuple[Entity, ...]
) -> bool | None:
    """True when rows are benchmarks and columns models, False the other way round, null when it is no score table."""
    words = set(text[corner[0] : corner[1]].lower().split())
    row_tests, column_tests = sum(a.benchmark for a in rows), sum(a.benchmark for a in columns)
    row_models = sum(_is_model(entities, a) for a in rows)
    column_models = sum(_is_model(entities, a) for a in columns)
    if words & _TEST_HEADS or (column_models and not column_tests and row_tests):
        return True if column_models or row_tests else None
    if words & _MODEL_HEADS or (row_models and column_tests):
        return False if column_tests else None
    if row_tests > column_tests and 2 * row_tests >= len(rows):
        return True
    return False if column_tests and row_models else None


def _is_model(entities: tuple[Entity, ...], axis: Axis) -> bool:
    found = _entity_at(entities, *axis.span)
    return found is not None and found.type in ("model", "product")


def _is_results(
    text: str, entities: tuple[Entity, ...], corner: Span, rows: list[Axis], body: tuple[tuple[Span, ...], ...]
) -> bool:
    """Whether a table with models in its rows holds results only: every filled cell of the first column is a share."""
    if 2 * sum(_is_model(entities, axis) for axis in rows) < len(rows):
        return False
    if not set(text[corner[0] : corner[1]].lower().split()) & _MODEL_HEADS:
        return False
    cells = [text[slice(*row[1])] for row in body if len(row) > 1 and row[1][0] < row[1][1]]
    return any("." in cell for cell in cells) and all(
        _VALUE.fullmatch(cell) or not cell[:1].isdecimal() for cell in cells
    )


def _of_board(column: Axis, above: Entity | None) -> Axis:
    """A column that is headed "Elo" or "Rating" holds the points of the board named right above, else of none."""
    if column.name.lower() not in ("elo", "elo score", "elo rating", "rating", "arena score"):
        return column
    return Axis(above.name, (above.start, above.end), None, True) if above else Axis("", column.span, None, False)


def _under(column: Axis, above: Entity, near: bool) -> Axis:
    """A column of results: a length, a degree of difficulty … is a setting of the benchmark above, other words name a part of it."""
    low = column.name.lower()
    if low in score_words("part") and not near:
        return column._replace(name="")
    if column.name[:1].isdecimal() or low in lexicons.terms("settings") or low in score_words("part"):
        return Axis(above.name, (above.start, above.end), column.name, True)
    return column


@cache
def _no_tests() -> frozenset[str]:
    """Words of headings that are no benchmark: prices, sizes, dates."""
    return lexicons.terms("not_benchmarks")


def _cell(text: str, cell: Span, model: Axis, test: Axis) -> Score | None:
    """The score of a cell; null for an empty or other cell."""
    value = _VALUE.fullmatch(text, *cell) if cell[0] < cell[1] else None
    if value is None or not test.name or not _can_be_model(model):
        return None
    if not test.benchmark and (
        _PRICED.search(test.name) or set(re.findall(r"[a-z]+", test.name.lower())) & _no_tests()
    ):
        return None
    number = plain_value(value[1])
    if number is None:
        return None
    end = value.end(2) if value[2] else value.end(1)
    setting = ", ".join(part for part in (test.setting, model.setting) if part) or None
    return Score(
        start=value.start(1),
        end=end,
        model=model.name,
        benchmark=test.name,
        value=number,
        unit=score_unit(number, bool(value[2]) and value[2] == "%", text[test.span[0] : test.span[1]]),
        setting=setting,
        model_span=model.span,
        benchmark_span=test.span,
        rule="score.table",
    )


def _can_be_model(axis: Axis) -> bool:
    """A heading that is no year, rank, mean or difference."""
    words = re.findall(r"[a-zδ]+", axis.name.lower())
    return bool(words) and not set(words) <= score_words("no_model")


def score_unit(value: float, percent: bool, label: str) -> str:
    """`percent` for shares of right answers, `point` for Elo, indices and anything above 100."""
    words = label.lower()
    if percent:
        return "percent"
    return "point" if value > 100 or "elo" in words or "index" in words or "arena" in words else "percent"
