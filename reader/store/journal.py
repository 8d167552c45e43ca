"""Changes of state, each in the journal with the values from before: crash-safe, undoable, also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reader.store.stories import Stories
from reader.store.twins import SAME_PAGE, SHARED

FIELDS = ("read", "starred", "later", "done")
"""Columns of `article` that a verb may change; any other field is a tag, written `tag:NAME`."""

_TWINS = f"""INSERT OR IGNORE INTO chosen
SELECT b.id FROM article a CROSS JOIN article b ON {SAME_PAGE} WHERE a.id IN (SELECT id FROM chosen)"""
"""From the chosen ones to the others: in another order SQLite goes through all articles at every mark."""

STORY = "story"
"""The field that notes which story an article was moved to; its values are story ids."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal: what was done to how many articles. `ids` holds those that changed."""

    id: int
    label: str
    ids: tuple[int, ...]


class Journal(Stories):
    """Marking articles, undo and redo."""

    def mark(
        self, ids: Sequence[int], sets: Mapping[str, int], *, verb: str, label: Callable[[int], str], now: int
    ) -> Change | None:
        """Set each field of `sets` (0 or 1) on the articles `ids`; null where nothing was different already.

        What is read or done is so in every feed that lists the same page.
        `label` says in words what was done to so many articles. What was redoable is dropped. Raises StoreError where nothing
        could be saved.
        """
        with self._writing() as connection:
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY)")
            connection.execute("DELETE FROM chosen")
            connection.executemany("INSERT OR IGNORE INTO chosen VALUES (?)", ((id,) for id in ids))
            if SHARED.issuperset(sets):
                connection.execute(_TWINS)
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

    def merge_stories(self, into: int, other: int, *, now: int) -> Change | None:
        """Put all articles of the story `other` into the story `into`; null where both are one."""
        moves = {article: into for (article, *_) in self.story_members(other)} if into != other else {}
        return self._regroup(moves, "merge", "stories merged", now)

    def split_story(self, articles: Sequence[int], *, now: int) -> Change | None:
        """Put articles of one story into a story of their own; null where they are not of one, or nothing would stay behind.

        A story's id goes with the article that opened it: where that one leaves, those that stay are named after their earliest.
        """
        old = {self.story_of(article) for article in articles}
        story = old.pop() if len(old) == 1 else None
        members = [article for (article, *_) in self.story_members(story)] if story is not None else []
        leaving = [article for article in members if article in set(articles)]
        staying = [article for article in members if article not in set(articles)]
        if not leaving or not staying:
            return None
        moved = staying if story in leaving else leaving
        return self._regroup(dict.fromkeys(moved, moved[0]), "split", "story split", now)

    def _regroup(self, moves: Mapping[int, int], verb: str, label: str, now: int) -> Change | None:
        """Move articles to other stories (article -> story) as one entry of the journal."""
        if not moves:
            return None
        with self._writing() as connection:
            started = connection.execute("INSERT INTO journal (at, verb, label) VALUES (?, ?, ?)", (now, verb, label))
            journal = started.lastrowid or 0
            connection.executemany(
                "INSERT INTO change SELECT ?, id, ?, story_id, ? FROM article WHERE id = ?",
                ((journal, STORY, story, article) for article, story in moves.items()),
            )
            self._forget_redo()
            self._apply(journal, "after")
            return Change(journal, label, self._changed(journal))

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
            if field == STORY:
                self._move_stories(journal, side)
                continue
            for sql in _writes(field, side):
                self.connection.execute(sql, {"journal": journal, "field": field, "tag": _tag(field)})
        self._stories_follow(journal)

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
