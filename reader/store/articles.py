"""Reading articles: ids of a view, rows of a page, one whole article. The list never reads a body."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reader.model import Article, Block, Link, Row, Text
from reader.store.base import IDS_AT_ONCE, StoreBase, marks
from reader.store.errors import explained

if TYPE_CHECKING:
    from reader.query import Node

VIEWS = {
    "inbox": "done = 0 AND later = 0",
    "unread": "read = 0 AND done = 0 AND later = 0",
    "later": "later = 1",
    "starred": "starred = 1",
    "done": "done = 1",
    "all": "1",
}
"""The views by name, each the condition that one index of `article` covers."""

_ROW = (
    "SELECT id, title, outlet, sort_time, read, starred, later, done, facts, revision, words,"
    " (SELECT group_concat(tag, ' ') FROM tag WHERE article_id = article.id), story_id, changed FROM article"
)
_ARTICLE = """
SELECT article.id, feed.url, feed.title, article.outlet, article.url, revision.title, article.author, article.sort_time, article.updated,
  article.first_seen, article.completeness, article.words, article.revision, revision.text, revision.blocks, revision.links,
  facts.layers, article.read, article.starred, article.later, article.done,
  (SELECT group_concat(tag, ' ') FROM tag WHERE article_id = article.id), article.sample, article.story_id, article.changed,
  coalesce(page.state, ''), coalesce(page.reason, ''), page.due
FROM article JOIN feed ON feed.id = article.feed_id JOIN revision ON revision.id = article.revision_id
  LEFT JOIN facts ON facts.revision_id = article.revision_id LEFT JOIN page ON page.article_id = article.id
WHERE article.id = ?"""


class Articles(StoreBase):
    """Reads for the list and the reading pane."""

    def ids(self, view: str = "all", *, limit: int = -1) -> array[int]:
        """Ids of the articles of `view` (a name in VIEWS), newest first; `limit` -1 is no limit."""
        return self._ids(
            f"SELECT id FROM article WHERE {VIEWS[view]} ORDER BY sort_time DESC, id DESC LIMIT ?", (limit,)
        )

    def find(self, query: Node | None, *, now: int, view: str = "all", limit: int = -1) -> array[int]:
        """Ids of the articles in `view` that `query` matches, newest first. `now` is what `newer:` and `today` count from."""
        if query is None:
            return self.ids(view, limit=limit)
        from reader.store.query_sql import compile_query

        where, parameters = compile_query(query, now=now)
        sql = f"SELECT a.id FROM article a WHERE {VIEWS[view]} AND ({where})"
        return self._ids(f"{sql} ORDER BY a.sort_time DESC, a.id DESC LIMIT ?", (*parameters, limit))

    def count(self, view: str) -> int:
        """How many articles `view` holds."""
        return int(self._value(f"SELECT count(*) FROM article WHERE {VIEWS[view]}"))

    def newest(self) -> int:
        """Id of the article that was stored last; 0 in an empty store."""
        return int(self._value("SELECT coalesce(max(id), 0) FROM article"))

    def count_after(self, id: int, view: str) -> int:
        """How many articles of `view` were stored after article `id`."""
        return int(self._value(f"SELECT count(*) FROM article WHERE {VIEWS[view]} AND id > ?", (id,)))

    def counts(self) -> dict[str, int]:
        """How many articles each view holds."""
        return {view: self.count(view) for view in VIEWS}

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """The rows of `ids` in that order; an id that is not stored is left out. One query for IDS_AT_ONCE of them, no body."""
        found: dict[int, Row] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = list(ids[start : start + IDS_AT_ONCE])
            found.update((row[0], _row(row)) for row in self._rows(f"{_ROW} WHERE id IN ({marks(len(some))})", some))
        return [found[id] for id in ids if id in found]

    def first_rows(self, view: str, limit: int) -> list[Row]:
        """The newest `limit` rows of `view`: what the first screen needs, in one query."""
        sql = f"{_ROW} WHERE {VIEWS[view]} ORDER BY sort_time DESC, id DESC LIMIT ?"
        return [_row(row) for row in self._rows(sql, (limit,))]

    def article(self, id: int) -> Article | None:
        """The article with its newest text and the facts of that text, in one query; null where there is none."""
        row = self._row(_ARTICLE, (id,))
        return _article(row) if row else None

    def revisions(self, id: int) -> list[tuple[int, int, str, str]]:
        """Every kept text of an article as (number, created, title, text), oldest first."""
        rows = self._rows(
            "SELECT number, created, title, text FROM revision WHERE article_id = ? ORDER BY number", (id,)
        )
        return [(int(a), int(b), str(c), str(d)) for a, b, c, d in rows]

    def _ids(self, sql: str, parameters: Iterable[Any]) -> array[int]:
        with explained(self.path):
            return array("q", (id for (id,) in self.connection.execute(sql, tuple(parameters))))


def _row(row: tuple[Any, ...]) -> Row:
    id, title, outlet, time, read, starred, later, done, facts, revision, words, tags, story_id, changed = row
    states = (bool(read), bool(starred), bool(later), bool(done))
    labels = tuple((tags or "").split())
    return Row(id, title, outlet, time, *states, facts, revision, words, labels, story_id=story_id, changed=changed)


def _article(row: tuple[Any, ...]) -> Article:
    text, blocks, links, layers, read, starred, later, done, tags, sample, *others = row[13:]
    body = Text(text, tuple(Block(*b) for b in json.loads(blocks)), tuple(Link(*link) for link in json.loads(links)))
    facts = zlib.decompress(layers).decode() if layers else None
    states = (bool(read), bool(starred), bool(later), bool(done))
    return Article(*(*row[:13], body, facts, *states, tuple((tags or "").split()), bool(sample), *others))
