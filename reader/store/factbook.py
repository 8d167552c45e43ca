"""Facts in the store: the whole layers of each revision, and one row for each fact that can be asked for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from reader.store.base import StoreBase, marks


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


COLUMNS = attrgetter(*(field.name for field in fields(FactRow)))
"""The fields of a fact as a tuple; `dataclasses.astuple` copies deeply, which costs much for dozens of facts in each article."""

_FACT = f"INSERT INTO fact VALUES ({marks(1 + len(fields(FactRow)))})"


class Factbook(StoreBase):
    """Which articles lack facts, and saving them."""

    def without_facts(self, limit: int, ids: Sequence[int] = ()) -> list[Unread]:
        """Up to `limit` articles whose newest text has no facts yet, newest first; only among `ids` where given."""
        among = f"AND article.id IN ({marks(len(ids))})" if ids else ""
        sql = f"""SELECT article.id, revision.id, revision.title, revision.text, published, outlet
            FROM article JOIN revision ON revision.id = article.revision_id
            WHERE facts = -1 {among} ORDER BY sort_time DESC, article.id DESC LIMIT ?"""
        return [Unread(*row) for row in self._rows(sql, (*ids, limit))]

    def count_without_facts(self) -> int:
        """How many articles have no facts yet."""
        return int(self._value("SELECT count(*) FROM article WHERE facts = -1"))

    def save_facts(self, found: Iterable[tuple[Unread, dict[str, Any], Sequence[FactRow]]], *, version: int) -> None:
        """Save the layers (`Facts.as_dict()`) and rows of some articles in one transaction; older ones of the article go.

        An article that got another revision meanwhile is left for the next round. `version` is that of the rules.
        """
        with self._writing():
            for unread, layers, rows in found:
                if (
                    self._value("SELECT revision_id FROM article WHERE id = ?", (unread.article_id,))
                    == unread.revision_id
                ):
                    self._save(unread, layers, rows, version)

    def _save(self, unread: Unread, layers: dict[str, Any], rows: Sequence[FactRow], version: int) -> None:
        """Layers, rows and count of one article, in the place of those it had."""
        id, execute = unread.article_id, self.connection.execute
        blob = zlib.compress(json.dumps(layers, ensure_ascii=False, separators=(",", ":")).encode())
        execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?)", (unread.revision_id, id, version, blob))
        execute("DELETE FROM fact WHERE article_id = ?", (id,))
        self.connection.executemany(_FACT, ((id, *COLUMNS(row)) for row in rows))
        shown = sum(row.kind != "entity" for row in rows)
        execute("UPDATE article SET facts = ? WHERE id = ?", (shown, id))
