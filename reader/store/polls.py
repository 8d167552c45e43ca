"""Writing what a poll brought: feeds, articles, revisions, search rows and validators in one transaction a feed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from reader.model import Block, Entry, Feed, FeedState, Known, Link
from reader.store.base import StoreBase
from reader.store.fulltexts import keeps_page_text, page_behind
from reader.store.twins import SAME_PAGE

_STATE = tuple(field.name for field in fields(FeedState))
_VALUES = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in (Block, Link, FeedState)}
"""The fields of each kind as a tuple; `dataclasses.astuple` copies deeply, which costs more than all of SQLite."""

_KNOWN = """
SELECT article.id, guid, (SELECT json_group_array(alias.guid) FROM alias WHERE article_id = article.id), canonical, article.title,
  revision.hash, published, updated, first_seen, article.revision, read
FROM article JOIN revision ON revision.id = article.revision_id WHERE feed_id = (SELECT id FROM feed WHERE url = ?)"""


SEEN_AGAIN = 86400
"""Seconds after which it is noted again that a feed still lists an article: each poll would write every page of the feed's articles."""

_SEEN = "UPDATE article SET last_seen = ? WHERE id IN (SELECT value FROM json_each(?)) AND last_seen <= ?"


class Polls(StoreBase):
    """Feed states, and the one way in for articles."""

    def feed_states(self) -> dict[str, FeedState]:
        """What is known of every polled feed, by URL."""
        return {row[0]: FeedState(*row) for row in self._rows(f"SELECT {', '.join(_STATE)} FROM feed")}

    def feed_state(self, url: str) -> FeedState | None:
        """What is known of the feed at `url`; null before its first poll."""
        row = self._row(f"SELECT {', '.join(_STATE)} FROM feed WHERE url = ?", (url,))
        return FeedState(*row) if row else None

    def known(self, feed_url: str) -> list[Known]:
        """The stored articles of a feed, as far as matching needs them."""
        rows = self._rows(_KNOWN, (feed_url,))
        return [_known(row) for row in rows]

    def save_poll(
        self,
        feed: Feed,
        state: FeedState,
        new: Sequence[Entry] = (),
        changed: Sequence[tuple[int, Entry]] = (),
        aliases: Iterable[tuple[int, str]] = (),
        seen: Sequence[int] = (),
        *,
        old: Sequence[Entry] = (),
        now: int,
        sample: bool = False,
    ) -> None:
        """Store what one poll brought, in one transaction: all of it or nothing, validators never ahead of the articles.

        `changed` gives an article a further revision and leaves its state as it is; `aliases` are further raw ids of stored
        articles; `seen` are the stored articles that the document still lists, which is noted once in SEEN_AGAIN; `old` are new ones
        to be imported as read.
        """
        with self._writing() as connection:
            feed_id = self._save_feed(feed, state)
            for entries, read in ((old, True), (new, False)):
                if entries:
                    _insert_articles(connection, feed, feed_id, entries, now=now, read=read, sample=sample)
            for id, entry in changed:
                _revise(connection, id, entry, now)
            connection.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases)
            connection.execute(_SEEN, (now, json.dumps(seen), now - SEEN_AGAIN))

    def _save_feed(self, feed: Feed, state: FeedState) -> int:
        """Insert or update the feed's row; its id."""
        names = ("title", "outlet", "kind", "grp", *_STATE)
        updates = ", ".join(f"{name} = excluded.{name}" for name in names if name != "url")
        sql = f"INSERT INTO feed ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) ON CONFLICT (url) DO UPDATE SET {updates}"
        values = (feed.title, feed.outlet, feed.kind, feed.group, *_VALUES[FeedState](state))
        return int(self._value(f"{sql} RETURNING id", values))


def _known(row: tuple[Any, ...]) -> Known:
    id, guid, aliases, canonical, title, content_hash, published, updated, first_seen, revision, read = row
    others = tuple(json.loads(aliases)) if aliases != "[]" else ()
    return Known(id, guid, others, canonical, title, content_hash, published, updated, first_seen, revision, bool(read))


def _insert_articles(
    connection: sqlite3.Connection,
    feed: Feed,
    feed_id: int,
    entries: Sequence[Entry],
    *,
    now: int,
    read: bool,
    sample: bool,
) -> None:
    """New articles, the first revision of each, and their search rows; what was read in another feed is read."""
    article = connection.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()[0]
    revision = connection.execute("SELECT coalesce(max(id), 0) FROM revision").fetchone()[0]
    numbered = [(article + n, revision + n, entry) for n, entry in enumerate(entries, 1)]
    articles = [
        {
            **_article_columns(entry, now),
            "id": id, "feed_id": feed_id, "guid": entry.guid, "outlet": feed.outlet, "published": entry.published,
            "sort_time": min(entry.published or now, now), "first_seen": now, "revision_id": revision_id,
            "sample": int(sample), "read": int(read),
        }
        for id, revision_id, entry in numbered
    ]  # fmt: skip
    _insert(connection, "article", articles)
    _insert(connection, "revision", [{"id": rid, **_revision(id, 1, entry, now)} for id, rid, entry in numbered])
    connection.executemany(
        "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)",
        ((id, e.title, e.body.text) for id, _, e in numbered),
    )
    connection.execute(
        f"UPDATE article AS a SET read = 1 WHERE id > ? AND read = 0 AND EXISTS (SELECT 1 FROM article b WHERE b.read AND {SAME_PAGE})",
        (article,),
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, object]]) -> None:
    """Insert rows that all have the columns of the first."""
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({marks})", [tuple(row.values()) for row in rows]
    )


def _article_columns(entry: Entry, now: int) -> dict[str, object]:
    """Columns of `article` that a further revision may change."""
    return {
        "url": entry.url, "canonical": entry.canonical, "title": entry.title, "author": entry.author, "updated": entry.updated,
        "last_seen": now, "words": len(entry.body.text.split()), "completeness": entry.completeness, "language": entry.language,
    }  # fmt: skip


def _revision(article_id: int, number: int, entry: Entry, now: int) -> dict[str, object]:
    body = entry.body
    return {
        "article_id": article_id, "number": number, "title": entry.title, "text": body.text,
        "blocks": json.dumps([_VALUES[Block](block) for block in body.blocks], separators=(",", ":")),
        "links": json.dumps([_VALUES[Link](link) for link in body.links], separators=(",", ":")),
        "hash": entry.content_hash, "created": now,
    }  # fmt: skip


def _revise(connection: sqlite3.Connection, id: int, entry: Entry, now: int) -> None:
    """A further revision of article `id`; its facts are to be found anew, its state stays.

    An article that shows the text of its page goes on showing it until the page was asked for again; the feed's text is kept beside.
    """
    kept = keeps_page_text(connection, id, entry)
    number = connection.execute("SELECT 1 + max(number) FROM revision WHERE article_id = ?", (id,)).fetchone()[0]
    row = _revision(id, number, entry, now)
    sql = f"INSERT INTO revision ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    revision_id = connection.execute(sql, tuple(row.values())).lastrowid
    columns = _article_columns(entry, now)
    if kept:
        told = {name: value for name, value in columns.items() if name not in ("words", "completeness") and value != ""}
        _update(connection, id, told)
    else:
        old = connection.execute("SELECT title, text FROM article_text WHERE id = ?", (id,)).fetchone()
        connection.execute("INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)", (id, *old))
        _update(connection, id, {**columns, "revision_id": revision_id, "facts": -1})
        connection.execute(
            "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (id, entry.title, entry.body.text)
        )
    connection.execute("UPDATE article SET revision = revision + 1 WHERE id = ?", (id,))
    page_behind(connection, id, entry, now)


def _update(connection: sqlite3.Connection, id: int, columns: dict[str, object]) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE article SET {names} WHERE id = ?", (*columns.values(), id))
