"""Opening a store: pragmas, permissions, transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.store.errors import explained
from reader.store.schema import VERSION, identify, migrate

BUSY_SECONDS = 10.0
"""How long a writer waits for another one: longer than any transaction of ours takes."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the store at `path`, made or migrated where needed. Each thread needs one of its own.

    Raises StoreError for a file that is not ours, newer than this program, damaged, locked or not readable.
    """
    version = identify(path)
    with explained(path):
        if version is None:
            _make_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _prepare(connection)
            if version != VERSION:
                _migrate_once(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def _make_private(path: Path) -> None:
    """The folder and an empty file that only the user may read."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(connection: sqlite3.Connection) -> None:
    """Pragmas that hold for one connection only."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA cache_size = -16000")


def _migrate_once(connection: sqlite3.Connection, path: Path) -> None:
    """Migrate while holding a lock file beside the store; a process that had to wait finds the work done."""
    import fcntl

    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        version = identify(path)
        if version != VERSION:
            migrate(connection, path, version)


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that holds the write lock from its first statement (a deferred one can fail half-way)."""
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
