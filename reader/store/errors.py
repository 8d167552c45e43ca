"""What can go wrong with a store, in words a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreError(Exception):
    """A store that cannot be used as asked; the message is one line: what, where, what to do."""


_REMEDIES = {
    "is locked": "another process holds the store; try again when it is done",
    "is full": "no room left on the disk; nothing was saved. Free some space and try again",
    "readonly": "the store may only be read; check the file's and the folder's permissions",
    "unable to open": "the store cannot be opened; check that the folder exists and may be written",
    "disk I/O": "the disk failed while reading or writing; nothing was saved",
}
"""What SQLite's messages have in common, and what to say instead (sqlite3ErrStr in main.c)."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the SQLite errors that a user can act on into a StoreError; bugs still raise as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        remedy = _remedy(error)
        if remedy is None:
            raise
        raise StoreError(f"{path}: {remedy}") from error


def _remedy(error: sqlite3.DatabaseError) -> str | None:
    """What is wrong and what to do about it; null where the fault is ours."""
    said = str(error)
    if "malformed" in said or "not a database" in said:
        return (
            f"the store is damaged ({said}); it was left as it is. "
            "Restore a backup with `briefing restore FILE`, or move the file away to begin a new one."
        )
    return next((remedy for sign, remedy in _REMEDIES.items() if sign in said), None)
