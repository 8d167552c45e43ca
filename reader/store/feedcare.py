"""The care of feeds: how often each has something new, whom its articles name, and what becomes of a feed at another address."""

from __future__ import annotations

import json
from dataclasses import fields
from operator import attrgetter

from reader.model import FeedState
from reader.store.base import StoreBase

_NAMES = tuple(field.name for field in fields(FeedState))
_VALUES = attrgetter(*_NAMES)
_SETS = ", ".join(f"{name} = ?" for name in _NAMES)

_LIKE = """SELECT 1 FROM article b WHERE b.feed_id = :new AND (b.guid = a.guid OR (a.canonical <> '' AND b.canonical = a.canonical)
    OR EXISTS (SELECT 1 FROM alias WHERE alias.article_id = b.id AND alias.guid = a.guid))"""


def feed_times(store: StoreBase, limit: int) -> dict[str, list[int]]:
    """The times of the newest articles of every feed, by URL: newest first, each time once, at most `limit`."""
    newest = """SELECT DISTINCT sort_time AS t FROM article INDEXED BY article_times WHERE feed_id = feed.id AND feed_id > 0
        ORDER BY sort_time DESC LIMIT ?"""
    rows = store._rows(f"SELECT url, (SELECT json_group_array(t) FROM ({newest})) FROM feed", (limit,))
    return {url: sorted(json.loads(times), reverse=True) for url, times in rows}


def cited(store: StoreBase) -> dict[str, int]:
    """Names of outlets, companies and organisations, in lower case, with the number of articles of others that name each."""
    rows = store._rows(
        """SELECT f.name, count(DISTINCT f.article_id) FROM fact f JOIN article a ON a.id = f.article_id
        WHERE f.kind = 'entity' AND f.key IN ('outlet', 'company', 'org') AND lower(a.outlet) <> f.name GROUP BY f.name"""
    )
    return {str(name): int(number) for name, number in rows}


def save_feed_state(store: StoreBase, state: FeedState, *, at: str = "") -> None:
    """Give a feed that was polled before another state; one that is stored under the address `at` moves to the state's address.

    Its articles stay its own. No feed may be at the new address already.
    """
    with store._writing() as connection:
        connection.execute(f"UPDATE feed SET {_SETS} WHERE url = ?", (*_VALUES(state), at or state.url))


def read_there(store: StoreBase, old: str, new: str) -> list[int]:
    """Articles of the feed at `new` that are unread there, and read as articles of the feed at `old`."""
    sql = """SELECT DISTINCT b.id FROM article a JOIN article b ON b.feed_id = (SELECT id FROM feed WHERE url = :new)
          AND (b.guid = a.guid OR (a.canonical <> '' AND b.canonical = a.canonical))
        WHERE a.feed_id = (SELECT id FROM feed WHERE url = :old) AND a.read = 1 AND b.read = 0"""
    return [row[0] for row in store._rows(sql, {"old": old, "new": new})]


def lend(store: StoreBase, old: str, new: str) -> int:
    """Put those articles of the feed at `old` that the one at `new` lacks under that one; how many. `give_back` undoes it."""
    with store._writing() as connection:
        ids = _ids(store, old, new)
        if ids is None:
            return 0
        connection.execute(
            f"INSERT OR IGNORE INTO lent SELECT a.id, a.feed_id FROM article a WHERE a.feed_id = :old AND NOT EXISTS ({_LIKE})",
            ids,
        )
        lent = "SELECT article_id FROM lent WHERE feed_id = :old"
        sql = f"UPDATE article SET feed_id = :new WHERE feed_id = :old AND id IN ({lent})"
        return connection.execute(sql, ids).rowcount


def give_back(store: StoreBase, old: str, new: str) -> int:
    """Return the articles that the feed at `old` lent to the one at `new`; how many."""
    with store._writing() as connection:
        ids = _ids(store, old, new)
        if ids is None:
            return 0
        lent = "SELECT article_id FROM lent WHERE feed_id = :old"
        sql = f"UPDATE article SET feed_id = :old WHERE feed_id = :new AND id IN ({lent})"
        number = connection.execute(sql, ids).rowcount
        connection.execute("DELETE FROM lent WHERE feed_id = :old", ids)
        return number


def _ids(store: StoreBase, old: str, new: str) -> dict[str, int] | None:
    """The rows of two feeds; null where one of them is not stored."""
    found = dict(store._rows("SELECT url, id FROM feed WHERE url IN (?, ?)", (old, new)))
    return {"old": found[old], "new": found[new]} if old in found and new in found else None
