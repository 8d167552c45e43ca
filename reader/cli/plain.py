"""The briefing without a terminal: for pipes, cron and screen readers."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from reader.cli.output import Column, counted, heading, print_table, say

if TYPE_CHECKING:
    from reader.cli.session import Session
    from reader.factsheet import FactItem, Factsheet
    from reader.library import Library
    from reader.model import Article, Row

STORIES = 40
"""Stories in a printed briefing; the list has the others."""

FACTS = 4
"""Facts under each of them."""


def open_or_print(session: Session) -> None:
    """Open the reader on the user's store where there is a terminal; print the briefing where there is none."""
    from reader.config import load_settings
    from reader.verbs import VERBS

    paths = session.paths
    settings = load_settings(paths, [verb.name for verb in VERBS])
    if has_terminal():
        raise click.exceptions.Exit(session.open_reader(paths.store, settings, feeds=paths.config))
    print_briefing(session.library)


def has_terminal() -> bool:
    """Whether somebody sits before both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def print_briefing(library: Library, *, title: str = "briefing", footer: str = "") -> None:
    """Print the unread stories, what has most to tell first, each with the first facts of its headline article.

    Nothing is marked read.
    """
    unread = library.story_listing("unread")
    say(f"{title} · {datetime.now():%a %d %b %Y %H:%M}")
    say(
        f"{counted(len(unread.ids), 'unread story', 'unread stories')} of {library.story_counts()['inbox']:,} in the inbox"
    )
    for row in library.story_rows(unread.ids[:STORIES]):
        if article := library.article(row.id):
            _print_story(library, row, article)
    say()
    if not library.counts()["all"]:
        say("Nothing is stored yet: `briefing fetch` asks the feeds, `briefing demo` shows a sample.")
    elif len(unread.ids) > STORIES:
        say(f"{counted(len(unread.ids) - STORIES, 'more story', 'more stories')}: `briefing stories unread`")
    say(footer or "`briefing show ID` prints a text with all its facts; `briefing --help` lists the commands.")


def _print_story(library: Library, row: Row, article: Article) -> None:
    from reader.library import now
    from reader.tui.times import age

    sheet = library.sheet(article)
    parts = (
        article.outlet + " (sample)" * article.sample,
        age(article.published, now()),
        counted(row.outlets, "outlet") if row.outlets > 1 else "",
        f"{row.novel} of {counted(row.all_facts, 'fact')} new"
        if row.all_facts > 0
        else counted(len(sheet.items), "fact"),
        {"≠": "≠ outlets differ", "↻": "↻ changed"}.get(row.flag, row.flag),
        f"article {article.id}",
    )
    say()
    heading(article.title)
    say(f"  {' · '.join(filter(None, parts))}")
    columns = (Column(""), Column("", flexible=True), Column("", flexible=True))
    print_table(columns, [(item.kind, _short(item), item.about or item.says) for item in _telling(sheet)], indent=4)


def _telling(sheet: Factsheet) -> list[FactItem]:
    """The first facts of a sheet, in the order of the text: figures and scores that say of what before all others."""
    from reader.factsheet import FIGURE, SCORE

    clear = sorted(sheet.items, key=lambda item: not (item.kind in (FIGURE, SCORE) and item.about))
    return sorted(clear[:FACTS], key=lambda item: item.start)


def _short(item: FactItem, most: int = 90) -> str:
    """A fact's text, cut at a word where it is long."""
    if len(item.value) <= most:
        return item.value
    return f"{item.value[:most].rsplit(' ', 1)[0]}…"
