"""Changes of state, each in the journal with the values from before: crash-safe, undoable, also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reader.store.base import StoreBase

FIELDS = ("read", "starred", "later", "done")
"""Columns of `article` that a verb may change; any other field is a tag, written `tag:NAME`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal: what was done to how many articles. `ids` holds those that changed."""

    id: int
    label: str
    ids: tuple[int, ...]


class Journal(StoreBase):
    """Marking articles, undo and redo."""

    def mark(
        self, ids: Sequence[int], sets: Mapping[str, int], *, verb: str, label: Callable[[int], str], now: int
    ) -> Change | None:
        """Set each field of `sets` (0 or 1) on the articles `ids`; null where nothing was different already.

        `label` says in words what was done to so many articles. What was redoable is dropped. Raises StoreError where nothing
        could be saved.
        """
        with self._writing() as connection:
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
            connection.execute("DELETE FROM chosen")
            connection.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", ((id,) for id in ids))
            started = connection.execute("INSERT INTO journal (at, verb, label) VALUES (?, ?, '')", (now, verb))
            journal = started.lastrowid or 0
            for field, after in sets.items():
                connection.execute(
                    _record(field), {"journal": journal, "field": field, "after": after, "tag": _tag(field)}
                )
            ids = self._changed(journal)
            if not ids:
                connection.execute("DELETE FROM journal WHERE id = ?", (journal,))
                return None
            change = Change(journal, label(len(ids)), ids)
            connection.execute("UPDATE journal SET label = ? WHERE id = ?", (change.label, journal))
            self._forget_redo()
            self._apply(journal, "after")
            return change

    def undo(self) -> Change | None:
        """Take the newest change back; null where there is none."""
        return self._step("SELECT id, label FROM journal WHERE undone = 0 ORDER BY id DESC LIMIT 1", "before", undone=1)

    def redo(self) -> Change | None:
        """Do the change again that was undone last; null where there is none."""
        return self._step("SELECT id, label FROM journal WHERE undone = 1 ORDER BY id LIMIT 1", "after", undone=0)

    def _step(self, choose: str, side: str, *, undone: int) -> Change | None:
        with self._writing() as connection:
            row = self._row(choose)
            if row is None:
                return None
            journal, label = row
            self._apply(journal, side)
            connection.execute("UPDATE journal SET undone = ? WHERE id = ?", (undone, journal))
            return Change(journal, label, self._changed(journal))

    def _changed(self, journal: int) -> tuple[int, ...]:
        return tuple(
            row[0] for row in self._rows("SELECT DISTINCT article_id FROM change WHERE journal_id = ?", (journal,))
        )

    def _apply(self, journal: int, side: str) -> None:
        """Write the `before` or `after` values of one journal entry into the articles."""
        for (field,) in self._rows("SELECT DISTINCT field FROM change WHERE journal_id = ?", (journal,)):
            for sql in _writes(field, side):
                self.connection.execute(sql, {"journal": journal, "field": field, "tag": _tag(field)})

    def _forget_redo(self) -> None:
        self.connection.execute("DELETE FROM change WHERE journal_id IN (SELECT id FROM journal WHERE undone = 1)")
        self.connection.execute("DELETE FROM journal WHERE undone = 1")


def _record(field: str) -> str:
    """SQL that notes (journal, field, before, after) for the chosen articles where the value differs."""
    before = field if field in FIELDS else "EXISTS (SELECT 1 FROM tag WHERE article_id = article.id AND tag = :tag)"
    return (
        f"INSERT INTO change SELECT :journal, id, :field, {before}, :after FROM article"
        f" WHERE id IN (SELECT id FROM chosen) AND {before} <> :after"
    )


def _writes(field: str, side: str) -> Iterable[str]:
    """SQL statements that write one field of one journal entry."""
    chosen = "FROM change WHERE journal_id = :journal AND field = :field"
    if field in FIELDS:
        for value in (0, 1):
            yield f"UPDATE article SET {field} = {value} WHERE id IN (SELECT article_id {chosen} AND {side} = {value})"
    else:
        yield f"DELETE FROM tag WHERE tag = :tag AND article_id IN (SELECT article_id {chosen} AND {side} = 0)"
        yield f"INSERT OR IGNORE INTO tag SELECT article_id, :tag {chosen} AND {side} = 1"


def _tag(field: str) -> str:
    """NAME of a field `tag:NAME`; empty for a column."""
    return field.partition(":")[2]
