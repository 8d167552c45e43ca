"""`export`: articles as Markdown, JSON Lines or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli.articles import byline, record_json
from reader.cli.output import counted, print_raw, say
from reader.cli.session import QUERY_SETTINGS, CliError, Session, command, query_argument

if TYPE_CHECKING:
    from reader.factsheet import FactItem, Factsheet
    from reader.model import Article
    from reader.store.records import Record

Entry = tuple["Article", "Record"]


@command("export", context_settings=QUERY_SETTINGS)
@query_argument()
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "jsonl", "csv"]),
    default="md",
    show_default=True,
    help="How to write them.",
)
@click.option("--output", metavar="FILE", help="A new file, in place of stdout.")
def export_command(session: Session, query: str, form: str, output: str | None) -> None:
    """Write articles and their facts to a file.

    Those that QUERY matches, newest first, in Markdown, JSON Lines or CSV.
    Without QUERY all of them. CSV has one line an article; Markdown and JSON Lines hold text and facts as well.
    """
    entries = _entries(session, session.library.listing("all", query).ids)
    writers: dict[str, Callable[[Session, Iterator[Entry]], Iterator[str]]] = {
        "md": _markdown,
        "jsonl": _jsonl,
        "csv": _csv,
    }
    parts = writers[form](session, entries)
    if output is None:
        for part in parts:
            print_raw(part)
        return
    from reader.cli.files import write_new

    written = list(parts)
    if not written:
        raise CliError("nothing matches; no file was written")
    write_new(Path(output), "".join(written))
    say(f"{counted(len(written) - (form == 'csv'), 'article')} written to {output}.")


def _entries(session: Session, ids: Sequence[int]) -> Iterator[Entry]:
    """Article and record of each id, read a few hundred at a time."""
    from reader.store.records import records

    for record in records(session.library.store, ids):
        if article := session.library.article(record.id):
            yield article, record


def _jsonl(session: Session, entries: Iterator[Entry]) -> Iterator[str]:
    for article, record in entries:
        facts = session.library.facts(article).as_dict()
        yield json.dumps({**record_json(record), "text": article.body.text, "layers": facts}, ensure_ascii=True) + "\n"


_CSV = (
    "id",
    "title",
    "outlet",
    "author",
    "published",
    "fetched",
    "url",
    "words",
    "facts",
    "read",
    "starred",
    "later",
    "done",
    "tags",
    "first_figures",
)
_FIGURES = 5


def _csv(session: Session, entries: Iterator[Entry]) -> Iterator[str]:
    """Quoted as in RFC 4180, with a header; what a spreadsheet would take for a formula begins with an apostrophe."""
    yield _csv_line(_CSV)
    for article, record in entries:
        values: dict[str, Any] = {**record_json(record), **record_json(record)["state"]}
        values["tags"] = " ".join(record.tags)
        figures = [item.value for item in session.library.sheet(article).of("F")]
        values["first_figures"] = "; ".join(figures[:_FIGURES])
        yield _csv_line([_cell(values[name]) for name in _CSV])


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    text = "" if value is None else " ".join(str(value).split())
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _markdown(session: Session, entries: Iterator[Entry]) -> Iterator[str]:
    for article, _ in entries:
        yield markdown(article, session.library.sheet(article))


def markdown(article: Article, sheet: Factsheet) -> str:
    """One article as Markdown: heading, byline, paragraphs, and its facts as a list; nothing in it is markup of the feed."""
    lines = [f"## {_escaped(article.title)}", "", _escaped(byline(article)), ""]
    if link := _link(article.url):
        lines += [link, ""]
    lines += [
        part for paragraph in article.body.text.split("\n") if paragraph.strip() for part in (_escaped(paragraph), "")
    ]
    lines += [_fact_line(item) for item in sheet.items]
    return "\n".join(lines).rstrip() + "\n\n"


def _fact_line(item: FactItem) -> str:
    said = " · ".join(filter(None, (item.about, item.says, item.status)))
    return f"- {item.kind}: {_escaped(item.value)}{' (' + _escaped(said) + ')' if said else ''}"


def _link(url: str) -> str:
    """An autolink for a web address; empty for anything else."""
    from reader.opener import LinkError, web_address

    try:
        address = web_address(url)
    except LinkError:
        return ""
    return f"<{re.sub('[<> ]', lambda found: f'%{ord(found[0]):02X}', address)}>"


def _escaped(text: str) -> str:
    r"""`text` on one line with the punctuation that Markdown reads escaped; a number at its start keeps its dot as text."""
    line = " ".join(text.split())
    numbered = re.match(r"\d+(?=[.)])", line)
    if numbered:
        head, rest = line[: numbered.end()], line[numbered.end() :]
        return f"{head}\\{rest[0]}{_marks(rest[1:])}"
    return _marks(line)


def _marks(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()<>#+!|~&-])", r"\\\1", text)
