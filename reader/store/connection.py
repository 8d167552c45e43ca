"""Opening a store: migration, permissions, pragmas, transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from reader.store.errors import StoreError, explained
from reader.store.schema import APPLICATION_ID, MIGRATIONS, Migration, identify, known_version

BUSY_SECONDS = 10.0
"""How long a writer waits for another one: longer than any transaction of ours takes."""


def connect(
    path: Path, *, busy: float = BUSY_SECONDS, migrations: Sequence[Migration] = MIGRATIONS
) -> sqlite3.Connection:
    """A connection to the store at `path`, made or migrated where needed. Each thread needs one of its own.

    `busy` is how many seconds it waits for another process. Raises StoreError for a file that is not ours, newer than this
    program, damaged, locked or not readable.
    """
    if identify(path, newest=len(migrations)) == len(migrations):
        return _opened(path, busy, migrations)
    _make_private(path)
    with _alone_in(path.parent):
        return _opened(path, busy, migrations)


def _opened(path: Path, busy: float, migrations: Sequence[Migration]) -> sqlite3.Connection:
    with explained(path), ExitStack() as unless_opened:
        connection = sqlite3.connect(path, timeout=busy, isolation_level=None)
        unless_opened.callback(connection.close)
        _prepare(connection)
        version = _version(connection, path, len(migrations))
        if version < len(migrations):
            _migrate(connection, path, version, migrations)
        unless_opened.pop_all()
        return connection


def _version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """Version as the connection sees it: what is still in the write-ahead log counts too."""
    return known_version(int(connection.execute("PRAGMA user_version").fetchone()[0]), path, newest)


def _make_private(path: Path) -> None:
    """The folder, and a file that only the user may read."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(0o600)
        path.chmod(0o600)
    except OSError as error:
        raise StoreError(
            f"{path}: the store cannot be made ({error.strerror}); point --store at a folder that you may write to"
        ) from error


def _prepare(connection: sqlite3.Connection) -> None:
    """Pragmas that hold for one connection only."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA cache_size = -16000")


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder: of processes that make or migrate a store at once, one does, and the others find it done.

    SQLite's own lock does not do: two that switch one file to a write-ahead log fail at once, without waiting.
    """
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _migrate(connection: sqlite3.Connection, path: Path, version: int, migrations: Sequence[Migration]) -> None:
    """Run the steps that the store lacks, each in one transaction with its number; first a copy of a store that is not new."""
    from sqlite_utils import Database

    if version:
        _copy(connection, path.with_name(f"{path.name}.v{version}.bak"))
    database = Database(connection, execute_plugins=False)
    for number, step in enumerate(migrations[version:], version + 1):
        with writing(connection, path):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            step(database)
            connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    """A compact copy of the whole store that only the user may read, in place of an older one."""
    target.unlink(missing_ok=True)
    target.touch(0o600)
    connection.execute("VACUUM INTO ?", (str(target),))


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that holds the write lock from its first statement (a deferred one can fail half-way)."""
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        with connection:  # commits, or rolls back whatever ended the block
            yield connection
