"""What can go wrong with a store, in words a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreError(Exception):
    """A store that cannot be used as asked; the message is one line: what, where, what to do."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the SQLite errors that a user can act on into a StoreError; bugs still raise as they are."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(error, path) from error
    except sqlite3.DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise StoreError(
                f"{path}: the store is damaged ({error}); it was left as it is. "
                "Restore a backup with `briefing restore FILE`, or move the file away to begin a new one."
            ) from error
        raise


def _operational(error: sqlite3.OperationalError, path: Path) -> Exception:
    """The StoreError for `error`, or `error` itself where the fault is ours."""
    said = str(error)
    if "locked" in said or "busy" in said:
        return StoreError(f"{path}: another process holds the store; try again when it is done")
    if "full" in said:
        return StoreError(f"{path}: no room left on the disk; nothing was saved. Free some space and try again")
    if "readonly" in said or "read-only" in said:
        return StoreError(f"{path}: the store may only be read; check the file's and the folder's permissions")
    if "unable to open" in said:
        return StoreError(f"{path}: the store cannot be opened; check that the folder exists and may be written")
    if "disk I/O" in said:
        return StoreError(f"{path}: the disk failed while reading or writing; nothing was saved")
    return error
