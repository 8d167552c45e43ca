"""Facts in the store: the whole layers of each revision, and one row for each fact that can be asked for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reader.store.base import StoreBase


@dataclass(frozen=True, slots=True)
class Unread:
    """An article whose newest text has no facts yet."""

    article_id: int
    revision_id: int
    title: str
    text: str
    published: int | None
    outlet: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact as queries see it. `name`: speaker, model, subject or entity; `key`: benchmark, metric or entity type."""

    kind: str
    start: int
    end: int
    name: str
    key: str
    low: float | None
    high: float | None
    unit: str | None
    currency: str | None
    status: str
    text: str


class Factbook(StoreBase):
    """Which articles lack facts, and saving them."""

    def without_facts(self, limit: int, ids: Sequence[int] = ()) -> list[Unread]:
        """Up to `limit` articles whose newest text has no facts yet, newest first; only among `ids` where given."""
        among = f"AND article.id IN ({','.join(str(int(id)) for id in ids)})" if ids else ""
        sql = f"""SELECT article.id, revision.id, revision.title, revision.text, published, outlet
            FROM article JOIN revision ON revision.id = article.revision_id
            WHERE facts = -1 {among} ORDER BY sort_time DESC, article.id DESC LIMIT ?"""
        return [Unread(*row) for row in self._rows(sql, (limit,))]

    def count_without_facts(self) -> int:
        """How many articles have no facts yet."""
        return int(self._value("SELECT count(*) FROM article WHERE facts = -1"))

    def save_facts(self, found: Iterable[tuple[Unread, dict[str, Any], Sequence[FactRow]]], *, version: int) -> None:
        """Save the layers (`Facts.as_dict()`) and rows of some articles in one transaction; older ones of the article go.

        An article that got another revision meanwhile is left for the next round. `version` is that of the rules.
        """
        with self._writing() as connection:
            for unread, layers, rows in found:
                current = self._value("SELECT revision_id FROM article WHERE id = ?", (unread.article_id,))
                if current != unread.revision_id:
                    continue
                blob = zlib.compress(json.dumps(layers, ensure_ascii=False, separators=(",", ":")).encode())
                connection.execute(
                    "INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)",
                    (unread.revision_id, unread.article_id, version, blob),
                )
                connection.execute("DELETE FROM fact WHERE article_id = ?", (unread.article_id,))
                connection.executemany(
                    "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        (
                            unread.article_id,
                            r.kind,
                            r.start,
                            r.end,
                            r.name,
                            r.key,
                            r.low,
                            r.high,
                            r.unit,
                            r.currency,
                            r.status,
                            r.text,
                        )
                        for r in rows
                    ),
                )
                shown = sum(row.kind != "entity" for row in rows)
                connection.execute("UPDATE article SET facts = ? WHERE id = ?", (shown, unread.article_id))
