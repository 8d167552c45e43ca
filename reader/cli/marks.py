"""`mark`, `undo`, `redo`: changes of state, each taken back with one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli.output import counted, print_json, say
from reader.cli.session import QUERY_SETTINGS, CliError, Session, command, json_option, query_argument

if TYPE_CHECKING:
    from reader.store import Change


@command("mark", context_settings=QUERY_SETTINGS)
@click.argument("verb", metavar="VERB")
@query_argument()
@click.option("--all", "everything", is_flag=True, help="Every stored article, in place of QUERY.")
@json_option
def mark_command(session: Session, verb: str, query: str, everything: bool, as_json: bool) -> None:
    """Do VERB to every stored article that QUERY matches.

    VERB is read, unread, star, unstar, done, undone, later, unlater, tag:NAME or untag:NAME.
    """
    if bool(query.strip()) == everything:
        raise CliError("mark: name a QUERY, or give --all, but not both", misused=True)
    ids = session.library.listing("all", query).ids
    try:
        change = session.library.mark(verb, ids)
    except KeyError as error:
        raise CliError(str(error.args[0]), misused=True) from error
    _tell(change, as_json, found=len(ids))


@command("undo")
@json_option
def undo_command(session: Session, as_json: bool) -> None:
    """Take the last change back.

    Also one made in the reader, and also after a restart.
    """
    change = session.library.undo()
    if as_json:
        print_json(_change_json(change))
    else:
        say(f"Undone: {_said(change)}. `briefing redo` does it again." if change else "There is nothing to undo.")


@command("redo")
@json_option
def redo_command(session: Session, as_json: bool) -> None:
    """Do again what was undone last."""
    change = session.library.redo()
    if as_json:
        print_json(_change_json(change))
    else:
        say(f"Done again: {_said(change)}." if change else "There is nothing to do again.")


def _tell(change: Change | None, as_json: bool, *, found: int) -> None:
    if as_json:
        print_json({**_change_json(change), "matched": found})
    elif change:
        say(f"{_said(change)}; `briefing undo` takes it back.")
    elif found:
        say(f"Nothing to change: {counted(found, 'article')} matched, and all were so already.")
    else:
        say("Nothing to change: no article matches.")


def _change_json(change: Change | None) -> dict[str, object]:
    return {"changed": len(change.ids) if change else 0, "label": change.label if change else None}


def _said(change: Change) -> str:
    """How many articles changed, and how."""
    return f"{change.label} ({counted(len(change.ids), 'article')} changed)"
