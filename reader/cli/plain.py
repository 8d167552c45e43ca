"""The briefing without a terminal: for pipes, cron and screen readers."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from reader.cli.output import Column, counted, heading, print_table, say

if TYPE_CHECKING:
    from reader.cli.session import Session
    from reader.factsheet import FactItem
    from reader.library import Library
    from reader.model import Article

STORIES = 40
"""Articles in a printed briefing; the list has the others."""

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
    """Print what is unread in the inbox, newest first, each article with its first facts; nothing is marked read."""
    counts = library.counts()
    unread = library.listing("inbox", "unread")
    say(f"{title} · {datetime.now():%a %d %b %Y %H:%M}")
    say(f"{counted(len(unread.ids), 'unread article')} of {counts['inbox']:,} in the inbox")
    for id in unread.ids[:STORIES]:
        if article := library.article(id):
            _print_article(library, article)
    say()
    if not counts["all"]:
        say("Nothing is stored yet: `briefing fetch` asks the feeds, `briefing demo` shows a sample.")
    elif len(unread.ids) > STORIES:
        say(f"{counted(len(unread.ids) - STORIES, 'more article')}: `briefing list unread`")
    say(footer or "`briefing show ID` prints a text with all its facts; `briefing --help` lists the commands.")


def _print_article(library: Library, article: Article) -> None:
    from reader.library import now
    from reader.tui.times import age

    sheet = library.sheet(article)
    say()
    heading(article.title)
    facts = counted(len(sheet.items), "fact")
    say(
        f"  {article.outlet}{' (sample)' * article.sample} · {age(article.published, now())} · {facts} · article {article.id}"
    )
    shown = sheet.items[:FACTS]
    columns = (Column(""), Column("", flexible=True), Column("", flexible=True))
    print_table(columns, [(item.kind, _short(item), item.about or item.says) for item in shown], indent=4)


def _short(item: FactItem, most: int = 90) -> str:
    """A fact's text, cut at a word where it is long."""
    if len(item.value) <= most:
        return item.value
    return f"{item.value[:most].rsplit(' ', 1)[0]}…"
