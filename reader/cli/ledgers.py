"""`ledger`, `scores`, `quotes`, `promises`, `dossier`: what is reported over time, each row a passage of a stored article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from reader.cli.articles import SHOWN, iso, limit_option
from reader.cli.output import Column, heading, note, print_json, print_table, say, terminal_width, wrapped
from reader.cli.session import QUERY_SETTINGS, CliError, Session, command, json_option, query_argument
from reader.cli.stories import aged, plain

if TYPE_CHECKING:
    from reader.model import BoardCell, LedgerLine, Promise, Said

QUOTED = 1000
"""Most quotes that are looked at; a query finds older ones."""


@command("ledger", context_settings=QUERY_SETTINGS)
@query_argument(required=True)
@json_option
def ledger_command(session: Session, query: str, as_json: bool) -> None:
    """Print every report of one figure over time.

    QUERY is words of what the figure is about, such as `meta capex`, or the key that `story --json` gives.
    """
    found = session.library.ledger(query)
    if found is None:
        raise CliError(f"no figure is about {query!r}; `briefing story ID` shows what figures are about")
    if as_json:
        print_json(plain(asdict(found)))
        return
    heading(found.about)
    columns = (Column("day"), Column("value", right=True), Column(""), Column("reported by", flexible=True), Column(""))
    print_table(columns, [_line(line) for line in found.lines])
    if found.others:
        say()
        say("Also: " + " · ".join(dict.fromkeys(about for _, about in found.others)))
    if found.left_out:
        note(f"{found.left_out:,} older articles with this figure are left out")


def _line(line: LedgerLine) -> tuple[str, ...]:
    outlets = ", ".join(dict.fromkeys(report.outlet for report in line.reports))
    change = f"{line.change:+.0%}" if line.change else ""
    return (day(line.published), line.value, line.mark, outlets, change)


@command("scores", context_settings=QUERY_SETTINGS)
@query_argument()
@json_option
def scores_command(session: Session, query: str, as_json: bool) -> None:
    """Print the benchmark board.

    Scores in the articles that QUERY matches.
    `bench:` and `model:` also choose the rows. Scores of other settings, or by other measurers, are rows of their own.
    """
    wanted = dict(_named(query, ("bench", "model")))
    cells = [
        cell
        for cell in session.library.board("", query)
        if _fits(cell.benchmark, wanted.get("bench")) and _fits(cell.model, wanted.get("model"))
    ]
    if as_json:
        print_json([plain({**asdict(cell), "outlets": list(cell.outlets)}) for cell in cells])
        return
    for number, (benchmark, group) in enumerate(groupby(cells, key=lambda cell: cell.benchmark)):
        if number:
            say()
        heading(benchmark)
        columns = (Column("model", flexible=True), Column("score", right=True), Column(""), Column("setting", flexible=True),
                   Column("measured by", flexible=True), Column("reported by", flexible=True))  # fmt: skip
        print_table(columns, [_cell(cell) for cell in group])
    if not cells:
        note("no stored article that matches reports a score")


def _cell(cell: BoardCell) -> tuple[str, ...]:
    marks = "≠" * cell.differs + "v" * cell.vendor
    return (cell.model, f"{cell.value:g}", marks, cell.setting or "-", cell.measured_by or "-", ", ".join(cell.outlets))


@command("quotes", context_settings=QUERY_SETTINGS)
@query_argument()
@limit_option
@json_option
def quotes_command(session: Session, query: str, limit: int | None, as_json: bool) -> None:
    """Print quotes, newest first.

    Those in the articles that QUERY matches; `who:` also chooses the speakers.
    """
    wanted = dict(_named(query, ("who",))).get("who")
    found = [said for said in session.library.quotes(query, QUOTED) if _fits(said.speaker, wanted)]
    shown = found[: _limit(limit, as_json)]
    if as_json:
        print_json([plain(asdict(said)) for said in shown])
        return
    for said in shown:
        _print_quote(said)
    if len(shown) < len(found):
        note(f"{len(shown)} of {len(found):,}; --limit 0 shows all")
    elif not found:
        note("no stored article that matches quotes anybody")


def _print_quote(said: Said) -> None:
    wrapped(said.quote.text)
    speaker = said.speaker or "speaker not stated"
    by = " · ".join(
        filter(
            None,
            (speaker, said.medium, said.quote.outlet, aged(said.quote.published), f"article {said.quote.article_id}"),
        )
    )
    wrapped(by, indent=4)


@command("promises", context_settings=QUERY_SETTINGS)
@query_argument()
@limit_option
@json_option
def promises_command(session: Session, query: str, limit: int | None, as_json: bool) -> None:
    """Print forecasts, plans and commitments.

    Each with the day it is due: overdue first, then what comes next.
    Of the articles that QUERY matches, or of all. A promise is kept or missed only where a later article says so.
    """
    found = session.library.promises(query)
    shown = found[: _limit(limit, as_json)]
    if as_json:
        print_json([plain(asdict(promise)) for promise in shown])
        return
    columns = (
        Column("status"),
        Column("due"),
        Column("holder", flexible=True),
        Column("outlet", flexible=True),
        Column("promise", flexible=True),
    )
    print_table(columns, [_promise(promise) for promise in shown])
    if len(shown) < len(found):
        note(f"{len(shown)} of {len(found):,}; --limit 0 shows all")
    elif not found:
        note("no stored article that matches says what is to come")


def _promise(promise: Promise) -> tuple[str, ...]:
    text = promise.cited.text
    if promise.evidence:
        text = f"{text} [{promise.status}: {promise.evidence.outlet}, {day(promise.evidence.published)}, {promise.evidence.text}]"
    return (promise.status, promise.due or promise.horizon, promise.holder or "-", promise.cited.outlet, text)


def day(moment: int) -> str:
    """The day (UTC) of a time, in ISO 8601."""
    return (iso(moment) or "")[:10]


def _limit(limit: int | None, as_json: bool) -> int | None:
    """Rows to show: those asked for, as many as fit on a terminal, or all (null)."""
    if limit is None and not as_json and terminal_width() is not None:
        return SHOWN
    return limit or None


def _named(query: str, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The values of some fields that every article of the query must have."""
    from reader.query import parse
    from reader.query.tree import And, Match

    tree = parse(query)
    for term in tree.terms if isinstance(tree, And) else (tree,):
        if isinstance(term, Match) and term.field in fields:
            yield term.field, term.value


def _fits(name: str, wanted: str | None) -> bool:
    """Whether a word of `name` begins what is `wanted`, as in a query."""
    return wanted is None or f" {wanted.lower()}" in f" {name.lower()}"


@command("dossier", context_settings=QUERY_SETTINGS)
@query_argument(required=True)
@json_option
def dossier_command(session: Session, query: str, as_json: bool) -> None:
    """Print all that is stored of one name.

    QUERY is the name of a company, a model, a person or another thing: its stories with the figures they changed, its scores and quotes.
    """
    found = session.library.dossier(query)
    if found is None:
        raise CliError(f"nothing is stored about {query!r}; `briefing search {query}` looks for the word")
    if as_json:
        print_json(plain(asdict(found)))
        return
    heading(f"{found.name} · {found.type}")
    say(f"{found.articles} articles, {day(found.first_seen)} to {day(found.last_seen)}")
    say()
    columns = (Column("day"), Column("story", flexible=True), Column("outlets", flexible=True))
    print_table(columns, [(day(one.published), one.title, ", ".join(one.outlets)) for one in found.chapters])
    changes = [(about, before, cited) for chapter in found.chapters for about, cited, before in chapter.changes]
    if changes:
        say()
        rows = (
            Column("figure", flexible=True),
            Column("before", right=True),
            Column("now", right=True),
            Column("article"),
        )
        print_table(rows, [(about, before, cited.text, str(cited.article_id)) for about, before, cited in changes])
    for said in found.quotes:
        say()
        _print_quote(said)
