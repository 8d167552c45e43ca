"""`stories`, `story`: the briefing as one row a story, and one story as its outlets tell it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from reader.cli.articles import SHOWN, iso, limit_option
from reader.cli.output import Column, heading, note, print_json, print_table, say, terminal_width, wrapped
from reader.cli.session import QUERY_SETTINGS, CliError, Session, command, json_option, query_argument

if TYPE_CHECKING:
    from reader.model import AlignedFact, Row, Story, StoryMember

TIMES = ("published", "first_seen", "last_seen")
"""Fields of rows that hold a time."""

_COLUMNS = (
    Column("id", right=True),
    Column("new", right=True),
    Column(""),
    Column("src", right=True),
    Column("outlet", flexible=True),
    Column("age", right=True),
    Column("story", flexible=True),
)


@command("stories", context_settings=QUERY_SETTINGS)
@query_argument()
@limit_option
@json_option
def stories_command(session: Session, query: str, limit: int | None, as_json: bool) -> None:
    """List stories, what matters most first.

    Those with an article that QUERY matches; without QUERY all of them.
    `new` counts the facts that no article read so far tells, `src` the outlets; `≠` marks figures on which outlets differ.
    """
    listing = session.library.story_listing("all", query)
    if limit is None and not as_json and terminal_width() is not None:
        limit = SHOWN
    ids = listing.ids[:limit] if limit else listing.ids
    rows = session.library.story_rows(ids)
    if as_json:
        print_json([story_json(row) for row in rows])
        return
    print_table(_COLUMNS, [_row(row) for row in rows])
    if len(ids) < len(listing.ids):
        note(f"{len(ids)} of {len(listing.ids):,}; --limit 0 shows all")
    elif not ids:
        note("no story matches" if query.strip() else "nothing is stored yet; `briefing fetch` asks the feeds")


@command("story")
@click.argument("id", type=int, metavar="ID")
@json_option
def story_command(session: Session, id: int, as_json: bool) -> None:
    """Print the story of an article.

    Its outlets, and each figure with all that report it.
    """
    story = session.library.story_of(id) if -(1 << 63) <= id < 1 << 63 else None
    if story is None:
        raise CliError(f"article {id}: no story has it; `briefing stories` shows the ids")
    if as_json:
        rank = [asdict(term) for term in session.library.rank_terms(id)]
        print_json({**plain(asdict(story)), "sources": story.sources, "rank": rank})
        return
    heading(story.title)
    say(f"{story.sources} · {story.novel} of {story.all_facts} facts new")
    if story.first:
        said = "First reported by" if story.first[0][1] == "credited" else "Earliest here:"
        say(f"{said} {' · '.join(outlet for outlet, _ in story.first)}")
    say()
    columns = (Column("id", right=True), Column("age", right=True), Column("outlet", flexible=True), Column("", flexible=True),
               Column("title", flexible=True))  # fmt: skip
    print_table(columns, [_member(member, story) for member in story.members])
    _print_facts(story)


def story_json(row: Row) -> dict[str, Any]:
    """One story as programs get it; `facts` and `novel` are null while the facts are not known."""
    known = row.all_facts >= 0
    return {
        "id": row.story_id,
        "headline_id": row.id,
        "title": row.title,
        "outlet": row.outlet,
        "published": iso(row.published),
        "state": {
            "read": row.read,
            "starred": row.starred,
            "later": row.later,
            "done": row.done,
            "tags": list(row.tags),
        },
        "outlets": row.outlets,
        "facts": row.all_facts if known else None,
        "novel": row.novel if known else None,
        "flag": row.flag,
    }


def plain(value: Any) -> Any:
    """Rows as JSON values: times in ISO 8601, everything else as it is."""
    if isinstance(value, dict):
        return {key: iso(item) if key in TIMES else plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def aged(moment: int) -> str:
    """How long ago a time is."""
    from reader.library import now
    from reader.tui.times import age

    return age(moment, now())


def _row(row: Row) -> tuple[str, ...]:
    facts = f"{'+' * bool(row.novel)}{row.novel}/{row.all_facts}" if row.all_facts >= 0 else ""
    return (str(row.story_id or row.id), facts, row.flag, str(row.outlets), row.outlet, aged(row.published), row.title)


def _member(member: StoryMember, story: Story) -> tuple[str, ...]:
    original = next((one.outlet for one in story.members if one.article_id == member.copy_of), "")
    how = {"copy": f"copies {original}", "second-hand": f"after {member.leans}", "attached": "round-up"}.get(
        member.how, ""
    )
    return (
        str(member.article_id),
        aged(member.published),
        member.outlet,
        how,
        " ".join(filter(None, (member.title, member.changed))),
    )


def _print_facts(story: Story) -> None:
    """Each figure in a line, what differs first; under one that differs or changed, the sentences."""
    for fact in story.facts:
        if fact is story.facts[0]:
            say()
        said = " | ".join(f"{value} {', '.join(outlets)}" for value, outlets in fact.values())
        say(f"{fact.letter} {fact.about or 'not stated'}: {said}" + (f" ({fact.note})" if fact.note else ""))
        if fact.status in ("DIFFER", "CHANGED"):
            _print_sentences(fact)


def _print_sentences(fact: AlignedFact) -> None:
    for report in fact.reports:
        wrapped(f"{report.outlet}: {report.sentence}", indent=4)
