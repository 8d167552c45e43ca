"""What every part of the store shares: one connection, one way to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from reader.store.connection import BUSY_SECONDS, connect, writing
from reader.store.errors import explained
from reader.store.schema import MIGRATIONS, Migration

IDS_AT_ONCE = 500
"""Most ids in one IN list; SQLite's own limit on parameters is far above it."""


class StoreBase:
    """One connection to the store at `path`. A thread opens one of its own; readers never wait for the writer."""

    def __init__(self, path: Path, *, busy: float = BUSY_SECONDS, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.path = path
        self.connection = connect(path, busy=busy, migrations=migrations)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def interrupt(self) -> None:
        """Stop the query that runs now; the only call that another thread may make."""
        self.connection.interrupt()

    def data_version(self) -> int:
        """A number that changes when another connection has committed to the store."""
        return int(self._value("PRAGMA data_version"))

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        return writing(self.connection, self.path)

    def _rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        with explained(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def _row(self, sql: str, parameters: Any = ()) -> tuple[Any, ...] | None:
        with explained(self.path):
            row: tuple[Any, ...] | None = self.connection.execute(sql, parameters).fetchone()
            return row

    def _value(self, sql: str, parameters: Any = ()) -> Any:
        row = self._row(sql, parameters)
        return row[0] if row else None


def marks(count: int) -> str:
    """`count` parameter marks for an IN list."""
    return ",".join("?" * count)
