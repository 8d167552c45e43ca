"""Retention: the texts of old articles go, the articles stay.

What is dropped is the text with its revisions, blocks, links and facts, which is nine tenths of the file. The article's row stays as
its own tombstone for good, with every id, link, title, time and mark: so matching knows it for ever, nothing that was read comes back as
unread, its title can still be sought, and what was read of its facts still counts for what is new elsewhere.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.store.base import StoreBase, marks

DAY = 86400

GRACE = 7 * DAY
"""Seconds after which something that was done to an article no longer holds its text: undo and second thoughts find it there."""

AT_ONCE = 200
"""Articles whose texts are dropped in one transaction."""

_MARKED = "(a.starred = 1 OR a.later = 1 OR EXISTS (SELECT 1 FROM tag WHERE tag.article_id = a.id))"

_AGED = """a.completeness <> 'dropped' AND a.sample = 0
  AND ((a.read = 1 AND a.first_seen < :read_before) OR (a.read = 0 AND a.first_seen < :unread_before))"""

_OVER = f"""
WITH touched AS (SELECT c.article_id FROM journal j JOIN change c ON c.journal_id = j.id WHERE j.at > :touched),
over AS MATERIALIZED (SELECT a.id, a.story_id FROM article a WHERE {_AGED} AND NOT {_MARKED} AND a.facts >= 0
  AND a.id NOT IN (SELECT article_id FROM story_due) AND a.id NOT IN (SELECT article_id FROM touched))
SELECT id FROM over WHERE NOT EXISTS (SELECT 1 FROM article b WHERE b.story_id = over.story_id AND b.completeness <> 'dropped'
  AND b.id NOT IN (SELECT id FROM over)) ORDER BY id"""
"""What may be dropped: a story goes as a whole or not at all, so that its comparisons are never torn."""

_BYTES = "length(CAST(r.text AS BLOB)) + length(CAST(r.blocks AS BLOB)) + length(CAST(r.links AS BLOB))"


@dataclass(frozen=True, slots=True)
class Rules:
    """When texts are dropped, 0 for never: read articles after `days` and beyond the newest `articles`; unread ones after `unread_days`.

    Days count from when an article was first seen.
    """

    days: int = 0
    unread_days: int = 0
    articles: int = 0

    @property
    def any(self) -> bool:
        """Whether there is a rule at all."""
        return bool(self.days or self.unread_days or self.articles)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the rules would drop: ids of articles, how many of them are unread, bytes of their texts and facts.

    `spared` are articles of that age which are kept: starred, for later, tagged, touched of late, or in a story that goes on.
    """

    ids: tuple[int, ...]
    unread: int
    bytes: int
    spared: int


def outlook(store: StoreBase, rules: Rules, *, now: int) -> Outlook:
    """What `rules` would drop as of `now`; nothing is changed."""
    cuts = _cuts(store, rules, now)
    ids = tuple(row[0] for row in store._rows(_OVER, cuts))
    those = json.dumps(ids)
    unread = store._value(
        "SELECT count(*) FROM article WHERE read = 0 AND id IN (SELECT value FROM json_each(?))", (those,)
    )
    texts = f"SELECT coalesce(sum({_BYTES}), 0) FROM revision r WHERE r.article_id IN (SELECT value FROM json_each(?))"
    facts = "SELECT coalesce(sum(length(layers)), 0) FROM facts WHERE article_id IN (SELECT value FROM json_each(?))"
    size = sum(int(store._value(sql, (those,))) for sql in (texts, facts))
    aged = int(store._value(f"SELECT count(*) FROM article a WHERE {_AGED}", cuts))
    return Outlook(ids, int(unread), size, aged - len(ids))


def _cuts(store: StoreBase, rules: Rules, now: int) -> dict[str, int]:
    """The times before which an article's text goes."""
    read_before = now - rules.days * DAY if rules.days else 0
    if rules.articles:
        sql = "SELECT first_seen FROM article WHERE completeness <> 'dropped' ORDER BY first_seen DESC LIMIT 1 OFFSET ?"
        read_before = max(read_before, int(store._value(sql, (rules.articles - 1,)) or 0))
    unread_before = now - rules.unread_days * DAY if rules.unread_days else 0
    return {"read_before": read_before, "unread_before": unread_before, "touched": now - GRACE}


def drop_texts(store: StoreBase, ids: Sequence[int]) -> Iterator[int]:
    """Drop the texts of some articles, AT_ONCE in a transaction; tells after each how many it dropped.

    An article that was marked since it was chosen keeps its text. Stopping between two transactions leaves a sound store.
    """
    for start in range(0, len(ids), AT_ONCE):
        with store._writing() as connection:
            some = _still(connection, ids[start : start + AT_ONCE])
            if some:
                _drop(connection, some)
        yield len(some)


def _still(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that have a text and no mark."""
    sql = f"SELECT a.id FROM article a WHERE a.id IN ({marks(len(ids))}) AND a.completeness <> 'dropped' AND NOT {_MARKED}"
    return [row[0] for row in connection.execute(sql, tuple(ids))]


def _drop(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Drop texts, facts and what points into the texts; titles stay in the search, and the stories are to be looked at again.

    What an unread article told is no longer there to be read; what a read one told stays known.
    """
    those = marks(len(ids))
    texts = connection.execute(f"SELECT id, title, text FROM article_text WHERE id IN ({those})", ids).fetchall()
    many = connection.executemany
    many("INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)", texts)
    many("INSERT INTO search (rowid, title, text) VALUES (?, ?, '')", ((id, title) for id, title, _ in texts))
    for sql in (
        "DELETE FROM facts WHERE article_id IN ({})",
        "DELETE FROM fact WHERE article_id IN ({})",
        "DELETE FROM promise WHERE article_id IN ({})",
        "DELETE FROM told WHERE article_id IN (SELECT id FROM article WHERE read = 0 AND id IN ({}))",
        "INSERT INTO page (article_id) SELECT id FROM article WHERE id IN ({}) ON CONFLICT (article_id) DO UPDATE SET due = NULL",
        "UPDATE article SET completeness = 'dropped', words = 0, facts = 0 WHERE id IN ({})",
        "DELETE FROM story_due WHERE article_id IN ({})",
        "UPDATE story SET stale = stale + 1 WHERE id IN (SELECT story_id FROM story_member WHERE article_id IN ({}))",
    ):
        connection.execute(sql.format(those), ids)
    _empty_revisions(connection, ids)


def _empty_revisions(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Empty the revisions of some articles: each is taken out and put back, for an update would leave its page as large as it was."""
    cursor = connection.execute(f"SELECT * FROM revision WHERE article_id IN ({marks(len(ids))})", ids)
    names = [column[0] for column in cursor.description]
    rows = [{**dict(zip(names, row, strict=True)), "text": "", "blocks": "[]", "links": "[]"} for row in cursor]
    connection.executemany("DELETE FROM revision WHERE id = ?", ((row["id"],) for row in rows))
    connection.executemany(
        f"INSERT INTO revision ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})", rows
    )


def announced(store: StoreBase, rules: Rules) -> bool:
    """Whether it was told what exactly these rules do."""
    row = store._row("SELECT rules FROM retention")
    return bool(row and row[0] == _written(rules))


def announce(store: StoreBase, rules: Rules, *, now: int) -> None:
    """Note that it was told what these rules do."""
    with store._writing() as connection:
        connection.execute("INSERT OR REPLACE INTO retention VALUES (1, ?, ?)", (_written(rules), now))


def _written(rules: Rules) -> str:
    return f"{rules.days} {rules.unread_days} {rules.articles}"


def free_bytes(store: StoreBase) -> int:
    """Bytes inside the file that hold nothing and are used before it grows again."""
    return int(store._value("PRAGMA freelist_count")) * int(store._value("PRAGMA page_size"))


def shrink(store: StoreBase) -> tuple[int, int]:
    """Give the file's free pages back to the disk; its size before and after, in bytes.

    Needs as much free disk as the file will have, and no other process that writes. Raises StoreError, with the store as it was.
    """
    before = store.path.stat().st_size
    with store._writing() as connection:
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    store._rows("VACUUM")
    store._rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return before, store.path.stat().st_size
