"""What is compared across articles, as lines for a screen: source diff, ledger, benchmark board, dossier, quotes, promises.

Pure functions from the library's rows to lines of a given width; each line knows the passage that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.library import now
from reader.model import AlignedFact, BoardCell, Cited, Dossier, Ledger, Promise, Report, Said, Story
from reader.text import one_line
from reader.tui.cells import fit, right
from reader.tui.times import age, day

if TYPE_CHECKING:
    from reader.stories.rank import Term

Target = tuple[int, int, int]
"""Article, start and end of the passage that a line stands on."""

Part = tuple[str, str]
"""Text, and the style's name without `record--`."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line; `detail` are (outlet, sentence) pairs that are shown below while the cursor is here."""

    parts: tuple[Part, ...]
    target: Target | None = None
    detail: tuple[tuple[str, str], ...] = ()


BLANK = RecordLine((("", ""),))


def heading(text: str, note: str = "") -> RecordLine:
    """A line above others."""
    return RecordLine(((f" {text}", "head"), (f"   {note}" if note else "", "faint")))


def _style_of(letter: str) -> str:
    return {"≠": "differ", "↻": "changed", "=": "agree"}.get(letter, "faint")


# -- source diff


def diff_lines(story: Story, width: int) -> Iterator[RecordLine]:
    """One column an outlet, one row a figure, what differs first; outlets that do not fit are counted.

    A figure of one source that does not say what it measures compares with nothing and is left out.
    """
    facts = [fact for fact in story.facts if fact.metric or fact.letter != "1"]
    outlets = list(dict.fromkeys(report.outlet for fact in facts for report in fact.reports))
    label = max(20, min(40, width * 2 // 5))
    column = 16
    fitting = max(1, (width - label - 8) // column)
    shown, hidden = outlets[:fitting], len(outlets) - fitting
    yield RecordLine(((f"    {fit(story.sources, width - 5)}", "faint"),))
    yield BLANK
    if not facts:
        yield RecordLine((("    no figure of this story can be compared", "faint"),))
        return
    head = "".join(fit(one_line(outlet), column - 1) + " " for outlet in shown)
    yield RecordLine(((" " * (label + 4) + head, "head"), (f" +{hidden}" if hidden > 0 else "", "faint")))
    for fact in facts:
        yield _diff_row(fact, shown, label, column)


def _diff_row(fact: AlignedFact, outlets: Sequence[str], label: int, column: int) -> RecordLine:
    about = _about(fact)
    parts: list[Part] = [(f" {fact.letter} ", _style_of(fact.letter)), (fit(one_line(about), label) + " ", "")]
    for outlet in outlets:
        values = dict.fromkeys(report.value for report in fact.reports if report.outlet == outlet)
        text = " / ".join(map(one_line, values)) or "-"
        parts.append((fit(text, column - 1) + " ", "value" if values else "faint"))
    first = fact.reports[0]
    detail = [(report.outlet, report.sentence) for report in fact.reports]
    if fact.note:
        detail.insert(0, ("", fact.note))
    return RecordLine(tuple(parts), _at(first), tuple(detail))


def _about(fact: AlignedFact) -> str:
    """Whose, what, when and on what basis, each once; keys of names as words, days as people write them."""
    subject = fact.subject.replace("-", " ") if fact.subject.islower() else fact.subject
    parts = (subject, fact.metric, _period(fact.period), *(_period(report.basis) for report in fact.reports))
    told: dict[str, str] = {}
    for part in filter(None, parts):
        told.setdefault(part.lower(), part)
    return " · ".join(told.values())


def _period(text: str) -> str:
    """`2026-11-23/2026-11-29` as `23 Nov 2026 to 29 Nov 2026`; other words as they are."""
    try:
        days = [date.fromisoformat(part) for part in text.split("/")]
    except ValueError:
        return text
    return " to ".join(f"{one.day} {one:%b %Y}" for one in days)


def _at(report: Report | Cited) -> Target:
    return report.article_id, report.start, report.end


# -- ledger


def ledger_lines(ledger: Ledger, width: int) -> Iterator[RecordLine]:
    """Every value of one figure over time, with a band from the lowest to the highest where there is room."""
    values = max((cell_len(one_line(line.value)) for line in ledger.lines), default=0) + 2
    low, high = min((x.low for x in ledger.lines), default=0.0), max((x.high for x in ledger.lines), default=0.0)
    band = 16 if width >= 100 else 0
    for line in ledger.lines:
        outlets = ", ".join(dict.fromkeys(report.outlet for report in line.reports))
        change = f"{line.change:+.0%}" if line.change else ""
        room = max(8, width - values - 24 - band - 2)
        parts = (
            (f" {fit(day(line.published), 11)} ", "faint"),
            (fit(one_line(line.value), values), "value"),
            (_band(line.low, line.high, low, high, band), "bar"),
            (f" {line.mark}{line.sources if line.mark == '=' else ' '} ", _style_of(line.mark)),
            (right(change, 6) + "  ", "changed"),
            (fit(one_line(outlets), room), ""),
        )
        detail = tuple((report.outlet, report.sentence) for report in (*line.reports, *line.against))
        yield RecordLine(parts, _at(line.reports[0]) if line.reports else None, detail)
    if ledger.left_out:
        yield RecordLine(((f" {ledger.left_out} older articles were not looked at", "faint"),))


def _band(low: float, high: float, least: float, most: float, width: int) -> str:
    """Where `low`-`high` lies between `least` and `most`, in `width` cells."""
    if not width or most <= least:
        return " " * width
    first = round((low - least) / (most - least) * (width - 1))
    last = round((high - least) / (most - least) * (width - 1))
    return "·" * first + "█" * (last - first + 1) + "·" * (width - 1 - last)


# -- benchmark board


def board_lines(cells: Sequence[BoardCell], width: int) -> Iterator[RecordLine]:
    """Benchmarks with their models, the highest first; settings stand apart and are never mixed."""
    names = max(12, min(30, width // 4))
    between = False
    for benchmark, there in groupby(sorted(cells, key=lambda c: c.benchmark.lower()), key=lambda c: c.benchmark):
        if between:
            yield BLANK
        between = True
        yield heading(one_line(benchmark))
        by_setting = sorted(there, key=lambda c: (c.setting, -c.value, c.model))
        for setting, rows in groupby(by_setting, key=lambda c: c.setting):
            if setting:
                yield RecordLine(((f"   ── {one_line(setting)}", "faint"),))
            yield from (_board_row(cell, names, width) for cell in rows)


def _board_row(cell: BoardCell, names: int, width: int) -> RecordLine:
    measured = f"{one_line(cell.measured_by)}{' v' if cell.vendor else ''}" if cell.measured_by else "not stated"
    when = day(max((report.published for report in cell.reports), default=0))
    mark = "≠" if cell.differs else "=" if cell.sources > 1 else " "
    by = 17 if width >= 80 else 0
    room = max(8, width - names - by - 29)
    parts = (
        (f"   {fit(one_line(cell.model), names)} ", ""),
        (right(f"{cell.value:g}", 8), "value"),
        (f" {mark}  ", _style_of(mark)),
        (fit(measured, by), "faint"),
        (fit(", ".join(map(one_line, cell.outlets)), room) + " ", ""),
        (right(when, 11), "faint"),
    )
    detail = tuple((report.outlet, report.text) for report in cell.reports)
    return RecordLine(parts, _at(cell.reports[0]) if cell.reports else None, detail)


# -- quotes and promises


def quote_lines(quotes: Sequence[Said], width: int, *, speaker: bool = True) -> Iterator[RecordLine]:
    """Who said what and when; `drift` where it departs from what the same speaker said before."""
    names = max(12, min(26, width // 4)) if speaker else 0
    for said in quotes:
        drift = said.drift if said.drift not in ("first", "") else ""
        tail = f"  {drift}" if drift else ""
        room = width - names - 25 - len(tail)
        parts = (
            (f" {fit(day(said.quote.published), 11)} ", "faint"),
            (fit(one_line(said.speaker), names) + " " if speaker else "", "value"),
            (fit(one_line(said.quote.text), room), "quote"),
            (tail, "changed"),
            (f" {fit(one_line(said.quote.outlet), 10)}", "faint"),
        )
        yield RecordLine(parts, _at(said.quote), ((said.quote.outlet, said.quote.text),))


_PROMISES = {
    "overdue": "overdue", "due": "due soon", "open": "open", "undated": "no day named", "missed": "missed", "put off": "put off",
    "kept": "kept",
}  # fmt: skip


def promise_lines(promises: Sequence[Promise], width: int) -> Iterator[RecordLine]:
    """By status, overdue first: holder, day, what was said."""
    names = max(12, min(22, width // 5))
    between = False
    for status, there in groupby(promises, key=lambda p: p.status):
        rows = list(there)
        if between:
            yield BLANK
        between = True
        yield heading(_PROMISES.get(status, status), str(len(rows)))
        for promise in rows:
            when = promise.due or one_line(promise.horizon) or "-"
            room = width - names - 33
            parts = (
                (f"   {fit(when, 12)} ", "differ" if status in ("overdue", "missed") else "faint"),
                (fit(one_line(promise.holder) or "not stated", names) + " ", "value"),
                (fit(one_line(promise.cited.text), max(8, room)) + " ", "forecast"),
                (fit(one_line(promise.cited.outlet), 12), "faint"),
            )
            detail = [(promise.cited.outlet, promise.cited.text)]
            if promise.evidence:
                detail.append((f"{status} · {promise.evidence.outlet}", promise.evidence.text))
            yield RecordLine(parts, _at(promise.cited), tuple(detail))


# -- dossier

_LEVELS = "▁▂▃▄▅▆▇█"


def dossier_lines(dossier: Dossier, width: int) -> Iterator[RecordLine]:
    """Mentions over time, stories with the figures they changed, scores, quotes."""
    most = max((count for _, count in dossier.weeks), default=0)
    line = "".join(_LEVELS[(count * 7) // most] for _, count in dossier.weeks[-52:]) if most else ""
    first, last = day(dossier.first_seen), day(dossier.last_seen)
    yield RecordLine(((f" {dossier.articles} articles, {first} to {last}   ", "faint"), (line, "bar")))
    yield BLANK
    yield heading("stories", str(len(dossier.chapters)))
    for chapter in dossier.chapters:
        outlets = ", ".join(map(one_line, chapter.outlets))
        room = max(8, width - 44)
        title = (fit(one_line(chapter.title), room) + " ", "value")
        parts = ((f" {fit(day(chapter.published), 11)} ", "faint"), title, (fit(outlets, 28), "faint"))
        yield RecordLine(parts, (chapter.headline_id, 0, 0))
        for about, passage, before in chapter.changes:
            was = f"{one_line(before)} → " if before else ""
            told = f"{' ' * 13}{fit(one_line(about), max(12, room // 2))} "
            yield RecordLine(
                ((told, ""), (was, "faint"), (one_line(passage.text), "figure")),
                _at(passage),
                ((passage.outlet, passage.text),),
            )
    if dossier.scores:
        yield BLANK
        yield heading("scores", str(len(dossier.scores)))
        for score in dossier.scores:
            text = (fit(one_line(score.text), max(8, width - 30)), "value")
            parts = ((f" {fit(day(score.published), 11)} ", "faint"), text, (one_line(score.outlet), "faint"))
            yield RecordLine(parts, _at(score), ((score.outlet, score.text),))
    if dossier.quotes:
        yield BLANK
        yield heading("quotes", str(len(dossier.quotes)))
        yield from quote_lines(dossier.quotes, width, speaker=False)


# -- the story itself


def story_lines(story: Story, width: int, terms: Sequence[Term] = ()) -> Iterator[RecordLine]:
    """Members of a story, oldest first, with why each is in it; then the terms of its rank, which stand on its headline article."""
    clock = now()
    if story.first:
        told = ", ".join(f"{one_line(outlet)} ({how})" for outlet, how in story.first)
        yield RecordLine(((f" first: {fit(told, width - 9)}", "faint"),))
        yield BLANK
    for member in story.members:
        how = {"copy": "copy", "second-hand": f"repeats {one_line(member.leans)}", "attached": "attached"}.get(
            member.how, ""
        )
        room = max(8, width - 46)
        parts = (
            (f" {right(age(member.published, clock), 6)}  ", "faint"), (fit(one_line(member.outlet), 16) + " ", "value"),
            (fit(one_line(member.title), room) + " ", ""), (fit(how, 18), "faint"),
        )  # fmt: skip
        yield RecordLine(parts, (member.article_id, 0, 0), (("why here", member.why),) if member.why else ())
    if story.related:
        yield BLANK
        yield heading("related", "near, but not the same event")
        for headline, title in story.related:
            yield RecordLine(((f"   {fit(one_line(title), width - 4)}", ""),), (headline, 0, 0))
    if terms:
        yield BLANK
        yield heading("why it stands where it stands", "the factors of its rank")
        yield from _term_lines(story, width, terms)


def _term_lines(story: Story, width: int, terms: Iterable[Term]) -> Iterator[RecordLine]:
    """One line a term: factor, name, why; each stands on the headline article, so that the cursor reaches it."""
    for term in terms:
        why = one_line(term.why)
        parts = (
            (f" {right(f'{term.factor:.2f}', 6)}  ", "value"), (fit(term.name, 16) + " ", ""),
            (fit(why, max(8, width - 27)), "faint"),
        )  # fmt: skip
        yield RecordLine(parts, (story.headline_id, 0, 0), ((term.name, why),))
