"""`facts`, `facts-rebuild`: what a text asserts, and finding it anew under newer rules."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli.articles import stored_article
from reader.cli.output import Column, counted, print_json, print_table, say, wrapped
from reader.cli.session import CliError, Session, command, json_option

if TYPE_CHECKING:
    from reader.insight import Facts
    from reader.store import Unread
    from reader.store.rebuild import Found

MOST_BYTES = 4 << 20
"""Largest text that is read from a file or from stdin."""


@command("facts")
@click.argument("source", metavar="[ID | -]", required=False)
@click.option("--file", "file", metavar="PATH", help="Read the text from a file in UTF-8; - is stdin.")
@click.option("--explain", is_flag=True, help="Name the rule that found each fact.")
@json_option
def facts_command(session: Session, source: str | None, file: str | None, explain: bool, as_json: bool) -> None:
    """Print the facts of a text.

    The text of a stored article, of a file, or what stdin holds.
    Offsets count characters (code points) of the text that the JSON also holds.
    """
    text, facts = _found(session, source, file, explain)
    if as_json:
        print_json({**facts.as_dict(explain=explain), "text": text})
    elif explain:
        rows = sorted(_explained(facts, text), key=lambda row: row[0])
        print_table(_EXPLAINED, [(str(row[0]), *row[1:]) for row in rows])
    else:
        _print_facts(text, facts)


_EXPLAINED = (Column("at", right=True), Column("layer"), Column("text", flexible=True), Column("rule"))


def _found(session: Session, source: str | None, file: str | None, explain: bool) -> tuple[str, Facts]:
    """The text that was asked for and its facts."""
    if source is not None and file is not None:
        raise CliError("facts: name an article or a --file, not both", misused=True)
    if source is None and file is None:
        if sys.stdin.isatty():
            raise CliError("facts: name an article's ID, a --file PATH, or - for stdin", misused=True)
        source = "-"
    if source not in (None, "-"):
        return _facts_of_stored(session, str(source), explain)
    text = _text(file or "-")
    from reader.insight import analyse

    return text, analyse(text)


def _facts_of_stored(session: Session, id: str, explain: bool) -> tuple[str, Facts]:
    """Text and facts of the stored article `id`; found anew where the rules are to be named, for those are not kept."""
    if not id.isascii() or not id.isdigit():
        raise CliError(f"facts: {id!r} is no article's ID; for a file write --file {id}", misused=True)
    article = stored_article(session, int(id))
    if not explain:
        return article.body.text, session.library.facts(article)
    from reader.factfinder import facts_of

    return article.body.text, facts_of(article)


def _text(file: str) -> str:
    """The text of a file or of stdin, line ends as they are."""
    name = "stdin" if file == "-" else file
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise CliError(f"{name}: cannot be read ({error.strerror}); check the path") from error
    if len(data) > MOST_BYTES:
        raise CliError(f"{name}: longer than {MOST_BYTES >> 20} MiB; cut it into parts")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CliError(f"{name}: not UTF-8 (byte {error.start}); convert it first, for instance with iconv") from error


def _print_facts(text: str, facts: Facts) -> None:
    from reader.cli.sheet import print_sheet
    from reader.factsheet import factsheet

    sheet = factsheet(text, facts)
    say(f"{counted(len(sheet.items), 'fact')} in {counted(len(text.split()), 'word')}")
    print_sheet(sheet)


def _explained(facts: Facts, text: str) -> Iterator[tuple[int, str, str, str]]:
    """Where each row begins, its layer, its text and its rule."""
    for layer, rows in facts.as_dict(explain=True).items():
        for row in rows if isinstance(rows, list) else ():
            start, end = _span(row)
            yield start, layer, text[start:end], row["rule"]


@command("facts-rebuild")
@click.option("--diff", is_flag=True, help="Only show what would change, and change nothing.")
@json_option
def facts_rebuild_command(session: Session, diff: bool, as_json: bool) -> None:
    """Find the facts of every text anew.

    As after an update with better rules.
    """
    if diff:
        _print_diff(session, as_json)
        return
    from reader.cli.fetch import Meter
    from reader.config import load_settings
    from reader.ingest.pipeline import facts_for, stories_for
    from reader.store.rebuild import forget_facts

    taste = session.taste(load_settings(session.paths))
    store = session.library.store
    forget_facts(store)
    with Meter(quiet=as_json) as meter:
        rebuilt = facts_for(store, progress=meter.show)
        stories_for(store, taste=taste, progress=meter.show)
    if as_json:
        print_json({"articles": rebuilt})
    else:
        say(f"Facts of {counted(rebuilt, 'article')} found anew.")


def _print_diff(session: Session, as_json: bool) -> None:
    from reader.store.rebuild import count_facts

    changes, seen = [], 0
    for change in _changes(session):
        seen += 1
        if change:
            changes.append(change)
    if seen < count_facts(session.library.store):
        raise CliError("facts-rebuild: the workers that find facts do not start; run `briefing doctor`")
    if as_json:
        print_json(changes)
        return
    for change in changes:
        say(f"{change['id']}  {change['title']}")
        _print_change(change)
    say(
        f"{counted(len(changes), 'article')} would change; `briefing facts-rebuild` does it."
        if changes
        else "Nothing would change."
    )


def _changes(session: Session) -> Iterator[dict[str, Any] | None]:
    """For each article that has facts what would change; null where nothing would."""
    from reader.ingest.pipeline import facts_anew
    from reader.store.rebuild import stored_facts

    stored: deque[Found] = deque()

    def texts() -> Iterator[Unread]:
        for found in stored_facts(session.library.store):
            stored.append(found)
            yield found.unread

    for _, layers in facts_anew(texts()):
        yield _change(stored.popleft(), layers)


def _print_change(change: dict[str, Any]) -> None:
    """The rows of one article: `-` goes, `+` comes, `~` stays with other values."""
    came = {(row["layer"], *_span(row)): row for row in change["added"]}
    for row in change["removed"]:
        new = came.pop((row["layer"], *_span(row)), None)
        note = f" ({_differences(row, new)})" if new else ""
        wrapped(f"{'~' if new else '-'} {row['layer']}: {row['text']}{note}", indent=2)
    for row in came.values():
        wrapped(f"+ {row['layer']}: {row['text']}", indent=2)


def _span(row: dict[str, Any]) -> tuple[int, int]:
    start, end = row["content"] if "content" in row else (row["start"], row["end"])
    return start, end


def _differences(old: dict[str, Any], new: dict[str, Any]) -> str:
    """`subject Orion → Pelorus, unit none → percent`; offsets of slots are left out."""
    names = [name for name in old if old[name] != new.get(name) and not name.endswith("_span")]
    return ", ".join(f"{name} {_value(old[name])} → {_value(new.get(name))}" for name in names) or "other words"


def _value(value: Any) -> str:
    return "none" if value is None else str(value)


def _change(found: Found, layers: dict[str, Any]) -> dict[str, Any] | None:
    """What of an article's facts would go and what would come with `layers`; null where nothing would."""
    before, after = _rows(found.layers, found.text), _rows(layers, found.text)
    removed = [row for key, row in before.items() if key not in after]
    added = [row for key, row in after.items() if key not in before]
    if not removed and not added:
        return None
    return {"id": found.unread.article_id, "title": found.unread.title, "removed": removed, "added": added}


def _rows(layers: dict[str, Any], text: str) -> dict[str, dict[str, Any]]:
    """Every row of every layer with its layer and text, by its whole content."""
    rows = {}
    for layer, found in layers.items():
        for row in found if isinstance(found, list) else ():
            start, end = _span(row)
            rows[f"{layer} {json.dumps(row, sort_keys=True)}"] = {"layer": layer, "text": text[start:end], **row}
    return rows
