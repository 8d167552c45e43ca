"""Running the statements of a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def run_script(db: Database, script: str) -> None:
    """Every statement of `script`, each ended by a semicolon and a line end, in the transaction that is open.

    sqlite3's own executescript commits that transaction first.
    """
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
