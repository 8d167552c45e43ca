"""Is a store sound, and copies of it: what `doctor`, `backup` and `restore` ask of the database."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reader.store.base import StoreBase
from reader.store.connection import BUSY_SECONDS, connect
from reader.store.errors import StoreError, explained
from reader.store.schema import identify

WAL_FIXED = (3, 51, 3)
"""First SQLite release without the race between a checkpoint and a reset of the write-ahead log (sqlite.org/wal.html)."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a look at a store found. Sizes in bytes; `problems` are what SQLite complains of, empty for a sound store."""

    version: int
    size: int
    log_size: int
    articles: int
    without_facts: int
    dropped: int
    """Articles whose texts retention dropped."""
    feeds: int
    problems: tuple[str, ...]


def examine(store: StoreBase) -> Health:
    """Look at every page and index of a store, at its references and at its search index. Nothing is changed."""
    log = store.path.with_name(f"{store.path.name}-wal")
    return Health(
        version=int(store._value("PRAGMA user_version")),
        size=store.path.stat().st_size,
        log_size=log.stat().st_size if log.exists() else 0,
        articles=int(store._value("SELECT count(*) FROM article")),
        without_facts=int(store._value("SELECT count(*) FROM article WHERE facts = -1")),
        dropped=int(store._value("SELECT count(*) FROM article WHERE completeness = 'dropped'")),
        feeds=int(store._value("SELECT count(*) FROM feed")),
        problems=tuple(_problems(store)),
    )


def _problems(store: StoreBase) -> list[str]:
    found = [str(row[0]) for row in store._rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
    found += [
        f"{row[0]} {row[1]}: refers to a {row[2]} that is not there"
        for row in store._rows("PRAGMA foreign_key_check")[:20]
    ]
    return [*found, *_search_problems(store)]


def _search_problems(store: StoreBase) -> list[str]:
    """Whether the search index fits the stored texts; SQLite tells by failing as if the file were damaged."""
    try:
        with store._writing() as connection:
            connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except (StoreError, sqlite3.DatabaseError) as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):
            return [f"search index not checked: {error}"]
        return ["the search index does not fit the texts; `briefing doctor --repair` makes it anew"]
    return []


def rebuild_search(store: StoreBase) -> None:
    """Make the search index anew from the stored texts. Raises StoreError where that cannot be saved."""
    with store._writing() as connection:
        connection.execute("INSERT INTO search (search) VALUES ('rebuild')")


def back_up(store: StoreBase, file: Path) -> int:
    """Write a copy of the store, as of now, to a new file that only the user may read; its size in bytes.

    Raises StoreError, with no file left, for one that exists or cannot be written.
    """
    if file.exists():
        raise StoreError(f"{file}: is there already; name another file, or move it away")
    scratch = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        os.close(os.open(scratch, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with explained(file):
            store.connection.execute("VACUUM INTO ?", (str(scratch),))
        scratch.rename(file)
    except OSError as error:
        raise StoreError(f"{file}: cannot be written ({error.strerror}); check the folder") from error
    finally:
        scratch.unlink(missing_ok=True)
    return file.stat().st_size


def restore(file: Path, path: Path, *, wait: float = BUSY_SECONDS) -> Path | None:
    """Make the store at `path` what the backup `file` holds; where the store was copied to before, null where there was none.

    Another writer is waited for, at most `wait` seconds.

    The pages go through SQLite itself, so that a write-ahead log of before cannot spoil them. Raises StoreError, with the store as
    it was, for a file that is no sound backup.
    """
    _demand_sound(file)
    kept = _kept(path)
    with closing(connect(path)) as target, closing(_opened(file)) as source, explained(path):
        source.backup(target, progress=_patience(path, wait))
    connect(path).close()
    return kept


def _patience(path: Path, seconds: float) -> Callable[[int, int, int], None]:
    """What `Connection.backup` is to call after each try: it would try for ever while another process writes."""
    end = time.monotonic() + seconds

    def tried(status: int, remaining: int, total: int) -> None:
        if status != sqlite3.SQLITE_DONE and time.monotonic() > end:
            raise StoreError(f"{path}: another process holds the store; try again when it is done")

    return tried


def _demand_sound(file: Path) -> None:
    if identify(file) is None:
        raise StoreError(f"{file}: no backup of a store; name a file that `briefing backup` wrote")
    with explained(file), closing(_opened(file)) as source:
        if source.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreError(f"{file}: this backup is damaged; nothing was restored")


def _opened(file: Path) -> sqlite3.Connection:
    """The backup, read only."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _kept(path: Path) -> Path | None:
    """A copy of the store that is about to be replaced."""
    if identify(path) is None:
        return None
    number = 1
    while (kept := path.with_name(f"{path.stem}.before-restore-{number}{path.suffix}")).exists():
        number += 1
    with closing(connect(path)) as connection, explained(kept):
        connection.execute("VACUUM INTO ?", (str(kept),))
    kept.chmod(0o600)
    return kept


def sqlite_note() -> str:
    """What the SQLite in use is known for, in one line; empty for a release without known trouble."""
    if sqlite3.sqlite_version_info >= WAL_FIXED:
        return ""
    return "two writers at once can lose a commit in rare cases; a release from 3.51.3 on cannot"
