"""`list`, `search`, `show`: stored articles as a table, as excerpts, as a text to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from reader.cli.output import Column, counted, heading, note, print_json, print_table, say, terminal_width, wrapped
from reader.cli.secrets import shown
from reader.cli.session import QUERY_SETTINGS, CliError, Session, command, json_option, query_argument

if TYPE_CHECKING:
    from reader.model import Article
    from reader.query import Node
    from reader.store.records import Record

SHOWN = 50
"""Rows on a terminal unless asked for more; a pipe gets all."""

EXCERPT = 160
"""Characters of an excerpt around the first hit."""

limit_option = click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="At most N articles; 0 for all of them."
)

_COLUMNS = (
    Column("id", right=True),
    Column(""),
    Column("outlet", flexible=True),
    Column("age", right=True),
    Column("facts", right=True),
    Column("title", flexible=True),
)


@command("list", context_settings=QUERY_SETTINGS)
@query_argument()
@limit_option
@json_option
def list_command(session: Session, query: str, limit: int | None, as_json: bool) -> None:
    """List stored articles, newest first.

    Those that QUERY matches; without QUERY all of them. Put a query with quotes or parentheses in single quotes.
    """
    ids = session.library.listing("all", query).ids
    wanted = _cut(ids, limit, as_json)
    found = _records(session, wanted)
    if as_json:
        print_json([record_json(record) for record in found])
        return
    print_table(_COLUMNS, [_row(record) for record in found])
    _tell_rest(len(wanted), len(ids), query)


@command("search", context_settings=QUERY_SETTINGS)
@query_argument(required=True)
@limit_option
@json_option
def search_command(session: Session, query: str, limit: int | None, as_json: bool) -> None:
    """Search titles and texts, and show where the words stand.

    QUERY is the same language as everywhere; articles that match are listed newest first, each with the passage of its first hit.
    """
    from reader.query import parse

    tree = parse(query)
    ids = session.library.listing("all", query).ids
    wanted = _cut(ids, limit, as_json)
    found = zip(_records(session, wanted), (_excerpt(session, id, tree) for id in wanted), strict=True)
    if as_json:
        print_json([{**record_json(record), "excerpt": excerpt} for record, excerpt in found])
        return
    for record, excerpt in found:
        _print_hit(record, excerpt)
    _tell_rest(len(wanted), len(ids), query)


@command("show")
@click.argument("id", type=int, metavar="ID")
@json_option
def show_command(session: Session, id: int, as_json: bool) -> None:
    """Print one stored article: its text, and the facts in it."""
    article = stored_article(session, id)
    if as_json:
        (record,) = _records(session, [id])
        links = [{"start": link.start, "end": link.end, "url": link.url} for link in article.body.links]
        print_json({**record_json(record), "updated": iso(article.updated), "revision": article.revision, "sample": article.sample,
                    "text": article.body.text, "links": links})  # fmt: skip
        return
    heading(article.title)
    say(byline(article))
    if article.url:
        say(article.url)
    say()
    wrapped(article.body.text)
    from reader.cli.sheet import print_sheet

    print_sheet(session.library.sheet(article))


def stored_article(session: Session, id: int) -> Article:
    """The stored article `id`. Raises CliError where there is none."""
    article = session.library.article(id) if -(1 << 63) <= id < 1 << 63 else None
    if article is None:
        raise CliError(f"article {id}: not in the store; `briefing list` shows the ids")
    return article


def byline(article: Article) -> str:
    """Outlet, author, time, length and completeness in one line."""
    from reader.model import how_complete
    from reader.tui.times import moment

    parts = (
        article.outlet + " (sample)" * article.sample,
        article.author,
        moment(article.published),
        counted(article.words, "word"),
        how_complete(article.completeness, article.page, article.page_reason),
        f"text {article.revision}" if article.revision > 1 else "",
    )
    return " · ".join(filter(None, parts))


def record_json(record: Record) -> dict[str, Any]:
    """One article as programs get it; `facts` and `novel` are null while the facts are not known."""
    from reader.model import how_complete

    known = record.facts >= 0
    return {
        "id": record.id,
        "story_id": record.story_id,
        "title": record.title,
        "outlet": record.outlet,
        "feed": shown(record.feed_url),
        "author": record.author,
        "url": record.url,
        "published": iso(record.published),
        "fetched": iso(record.fetched),
        "state": {
            "read": record.read,
            "starred": record.starred,
            "later": record.later,
            "done": record.done,
            "tags": list(record.tags),
        },
        "completeness": record.completeness,
        "full_text": how_complete(record.completeness, record.page, record.page_reason),
        "words": record.words,
        "facts": record.facts if known else None,
        "novel": record.novel if known else None,
    }


def iso(moment: int | None) -> str | None:
    """A time as ISO 8601 in UTC; null stays null."""
    return None if moment is None else datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def states(record: Record) -> str:
    """State letters in fixed places: unread, starred, later, done."""
    marks = ((not record.read, "●"), (record.starred, "*"), (record.later, "l"), (record.done, "e"))
    return "".join(letter if on else " " for on, letter in marks).rstrip()


def _records(session: Session, ids: Sequence[int]) -> Iterable[Record]:
    from reader.store.records import records

    return list(records(session.library.store, ids))


def _row(record: Record) -> tuple[str, ...]:
    from reader.library import now
    from reader.tui.times import age

    facts = str(record.facts) if record.facts >= 0 else ""
    return (str(record.id), states(record), record.outlet, age(record.sort_time, now()), facts, record.title)


def _cut(ids: Sequence[int], limit: int | None, as_json: bool) -> Sequence[int]:
    """The first `limit` ids; where none is given as many as fit on a terminal, else all."""
    if limit is None and not as_json and terminal_width() is not None:
        limit = SHOWN
    return ids[:limit] if limit else ids


def _tell_rest(shown: int, found: int, query: str) -> None:
    """Say on stderr what the list leaves out, or why it is empty."""
    if shown < found:
        note(f"{shown} of {found:,}; --limit 0 shows all")
    elif not found and query.strip():
        note("nothing matches; `briefing list` shows everything")
    elif not found:
        note("nothing is stored yet; `briefing fetch` asks the feeds, `briefing demo` shows a sample")


def _excerpt(session: Session, id: int, tree: Node) -> str:
    """The passage of an article's text where the first of the sought words stands; its beginning where none does."""
    article = session.library.article(id)
    text = " ".join(article.body.text.split()) if article else ""
    at = min(_hits(text, tree), default=0)
    start = max(0, at - EXCERPT // 3)
    start = text.find(" ", start, at) + 1 or start if start else 0
    cut = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        cut = f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"
    return f"{'…' * bool(start)}{cut}"


def _hits(text: str, tree: Node) -> Iterator[int]:
    """Where the words of a query first stand in `text`, whatever their case and what parts them."""
    from reader.query import sought

    for words in sought(tree):
        pattern = r"\W+".join(map(re.escape, re.findall(r"\w+", words.text))) or re.escape(words.text.strip())
        if found := re.search(pattern, text, re.IGNORECASE):
            yield found.start()


def _print_hit(record: Record, excerpt: str) -> None:
    from reader.library import now
    from reader.tui.times import age

    say()
    heading(record.title)
    say(f"  {record.outlet} · {age(record.sort_time, now())} · article {record.id}")
    wrapped(excerpt, indent=2)
