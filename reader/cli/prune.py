"""`prune`: drop the texts of old articles by the rules of `[keep]`, and give their room back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli.output import counted, note, print_json, say, sized
from reader.cli.session import CliError, Session, command, json_option

if TYPE_CHECKING:
    from reader.store import Store
    from reader.store.retention import Outlook, Rules

_DAYS = click.IntRange(min=7)


@command("prune")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option(
    "--days", type=_DAYS, metavar="N", help="Drop the texts of articles that you read, seen first N days ago."
)
@click.option("--unread-days", type=_DAYS, metavar="N", help="The same for unread ones; without this they stay.")
@click.option("--shrink", is_flag=True, help="Give the free room inside the file back to the disk.")
@json_option
def prune_command(
    session: Session, dry_run: bool, days: int | None, unread_days: int | None, shrink: bool, as_json: bool
) -> None:
    """Drop old texts.

    By the rules of [keep] in config.toml, or those given here. Title, link, marks and story of every article stay, so nothing that was
    read comes back. Starred, later and tagged articles keep their texts, and so do stories that go on.
    """
    if not session.paths.store.exists():
        raise CliError("there is no store yet; `briefing fetch` makes it")
    store = session.library.store
    rules = _rules(session, days, unread_days)
    found = _outlook(store, rules)
    if rules.any and not (days or unread_days):
        _note_told(store, rules)
    dropped = 0 if dry_run else drop(store, found)
    sizes = _shrunk(store) if shrink and not dry_run else None
    if as_json:
        print_json(_told(store, found, dropped, sizes))
        return
    if rules.any:
        say(in_words(found, "Would drop" if dry_run else "Dropped"))
    else:
        say(
            "No rule says what to drop, so all texts stay: write days = 90 under [keep] in config.toml, or give --days."
        )
    if not dry_run:
        say(_room(store, sizes))


def _note_told(store: Store, rules: Rules) -> None:
    """Fetches may follow these rules from now on: their user has seen what they do."""
    from reader.library import now
    from reader.store.retention import announce, announced

    if not announced(store, rules):
        announce(store, rules, now=now())


def waiting_rules(session: Session) -> bool:
    """Whether config.toml has rules that were not told of yet. Raises ConfigError and StoreError."""
    from reader.store.retention import announced

    rules = _rules(session, None, None)
    return rules.any and session.paths.store.exists() and not announced(session.library.store, rules)


def _rules(session: Session, days: int | None, unread_days: int | None) -> Rules:
    """Those given, else those of config.toml."""
    from reader.config import load_settings
    from reader.store.retention import Rules

    if days or unread_days:
        return Rules(days or 0, unread_days or 0)
    keep = load_settings(session.paths).keep
    return Rules(keep.days, keep.unread_days, keep.articles)


def _outlook(store: Store, rules: Rules) -> Outlook:
    from reader.library import now
    from reader.store.retention import Outlook, outlook

    return outlook(store, rules, now=now()) if rules.any else Outlook((), 0, 0, 0)


def drop(store: Store, found: Outlook) -> int:
    """Drop what was found, and have the stories tell only what is left; how many articles."""
    from reader.store.retention import drop_texts
    from reader.storykeeper import Storykeeper

    dropped = sum(drop_texts(store, found.ids))
    if dropped:
        Storykeeper(store).follow_up()
    return dropped


def in_words(found: Outlook, verb: str) -> str:
    """What was dropped or would be, in one line."""
    unread = f", {found.unread:,} of them unread" if found.unread else ""
    spared = (
        f" {counted(found.spared, 'article')} of that age stay: marked, touched of late, or in a story that goes on."
    )
    return f"{verb} the texts of {counted(len(found.ids), 'article')}{unread}: {sized(found.bytes)}.{spared * bool(found.spared)}"


def _shrunk(store: Store) -> tuple[int, int]:
    from reader.store.retention import shrink

    return shrink(store)


def _room(store: Store, sizes: tuple[int, int] | None) -> str:
    """What became of the file."""
    from reader.store.retention import free_bytes

    if sizes is not None:
        return f"The file went from {sized(sizes[0])} to {sized(sizes[1])}."
    return f"{sized(free_bytes(store))} inside the file are free and used before it grows; --shrink gives them back to the disk."


def _told(store: Store, found: Outlook, dropped: int, sizes: tuple[int, int] | None) -> dict[str, int]:
    from reader.store.retention import free_bytes

    return {
        "found": len(found.ids),
        "unread": found.unread,
        "bytes": found.bytes,
        "spared": found.spared,
        "dropped": dropped,
        "file_bytes": store.path.stat().st_size,
        "free_bytes": free_bytes(store),
        "given_back": sizes[0] - sizes[1] if sizes else 0,
    }


def prune_after_fetch(session: Session, *, quiet: bool, unread: bool) -> None:
    """Drop what the rules of config.toml say, after a fetch; the first time that they would drop something, only say what.

    `quiet` leaves out what was done; with `unread`, where nobody sees what is told, rules that were not told of yet wait.
    """
    from reader.store.retention import announced

    rules = _rules(session, None, None)
    store = session.library.store if rules.any else None
    if store is None:
        return
    known = announced(store, rules)
    found = _outlook(store, rules) if known or not unread else None
    if found is None or not found.ids:
        return
    if not known:
        _note_told(store, rules)
        told = in_words(found, "[keep] would drop")
        note(f"{told} The next fetch does it; `briefing prune --dry-run` tells it again.")
        return
    drop(store, found)
    if not quiet and not unread:
        note(in_words(found, "Dropped"))
