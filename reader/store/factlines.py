"""Facts across articles: which articles tell of a figure, a benchmark, a name, a promise; each answer is one index scan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.store.base import StoreBase, marks

if TYPE_CHECKING:
    from reader.model import Cited
    from reader.query import Node

REPORTS = 12
"""Newest articles with one dated figure, or one name, that are looked at for what became of a promise."""

_REPORTING = """SELECT DISTINCT t.article_id FROM known k JOIN told t ON t.known_id = k.id WHERE k.key = ?
ORDER BY t.article_id DESC LIMIT ?"""
_NAMING = """SELECT DISTINCT article_id FROM fact WHERE kind = 'entity' AND name = ? AND low IS NULL ORDER BY article_id DESC LIMIT ?"""

_CITED = "a.id, a.outlet, a.sort_time, f.start, f.end, f.text"
_FROM = "FROM fact f JOIN article a ON a.id = f.article_id"


class FactLines(StoreBase):
    """Looking facts up over all that is stored."""

    def figure_keys(self, words: Sequence[str], limit: int) -> list[tuple[str, int]]:
        """Keys of figures that have all `words`, with the number of articles that tell them; most told first."""
        fits = " AND ".join([r"k.key LIKE ? ESCAPE '\'"] * len(words)) or "1"
        sql = f"""SELECT k.key, count(DISTINCT t.article_id) FROM known k JOIN told t ON t.known_id = k.id
            WHERE k.key >= 'figure|' AND k.key < 'figure}}' AND {fits} GROUP BY k.key ORDER BY 2 DESC, 1 LIMIT ?"""
        return [(str(a), int(b)) for a, b in self._rows(sql, (*(f"%{_escaped(word)}%" for word in words), limit))]

    def figure_articles(self, subject: str, metric: str, limit: int) -> tuple[list[int], int]:
        """The newest articles that tell a figure of that subject and metric, and how many there are."""
        start = f"figure|{subject}|{metric}|"
        told = f"SELECT t.article_id FROM known k JOIN told t ON t.known_id = k.id WHERE k.key >= ? AND k.key < ?"  # noqa: F541
        bounds = (start, start[:-1] + "}")
        ids = self._rows(
            f"SELECT id FROM article WHERE id IN ({told}) ORDER BY sort_time DESC, id DESC LIMIT ?", (*bounds, limit)
        )
        total = self._value(f"SELECT count(*) FROM (SELECT DISTINCT article_id FROM ({told}))", bounds)
        return [row[0] for row in ids], int(total)

    def score_articles(self, benchmark: str, query: Node | None, limit: int, *, now: int) -> list[int]:
        """The newest articles with a score on a benchmark whose name begins with `benchmark` (empty: any) that `query` matches."""
        low = benchmark.lower()
        scores = "SELECT article_id FROM fact WHERE kind = 'score' AND key >= ? AND key < ?"
        where, parameters = _condition(query, now)
        sql = f"SELECT a.id FROM article a WHERE a.id IN ({scores}) AND {where} ORDER BY a.sort_time DESC, a.id DESC LIMIT ?"
        return [row[0] for row in self._rows(sql, (low, low + "\U0010ffff", *parameters, limit))]

    def fact_lines(
        self, kind: str, name: str, query: Node | None, limit: int, *, now: int
    ) -> list[tuple[Cited, str, str, str]]:
        """Facts of a kind of articles that `query` matches, newest first: the passage, name, key and status.

        `name` is a whole name in lower case; empty takes every one.
        """
        from reader.model import Cited

        where, parameters = _condition(query, now)
        named, names = ("f.name = ?", [name]) if name else ("1", [])
        sql = f"""SELECT {_CITED}, f.name, f.key, f.status {_FROM} WHERE f.kind = ? AND {named} AND {where}
            ORDER BY a.sort_time DESC, a.id DESC, f.start LIMIT ?"""
        return [(Cited(*row[:6]), *row[6:]) for row in self._rows(sql, (kind, *names, *parameters, limit))]

    def names_like(self, kinds: Sequence[str], words: str, limit: int) -> list[tuple[str, str, int]]:
        """Names of facts of some kinds that are `words`, else begin with them, else have a word that does; most told of first.

        Name in lower case, key, number of articles. Only the last of the three looks at every name.
        """
        low = words.lower()
        for condition, parameters in (
            ("name = ?", [low]),
            ("name >= ? AND name < ?", [low, low + "\U0010ffff"]),
            (r"name LIKE ? ESCAPE '\'", [f"% {_escaped(low)}%"]),
        ):
            sql = f"""SELECT name, key, count(DISTINCT article_id) FROM fact WHERE kind IN ({marks(len(kinds))}) AND {condition}
                GROUP BY name, key ORDER BY 3 DESC, 1 LIMIT ?"""
            rows = self._rows(sql, (*kinds, *parameters, limit))
            if rows:
                return [(str(a), str(b), int(c)) for a, b, c in rows]
        return []

    def told_before(self, article_id: int) -> list[tuple[str, float, float]]:
        """Key and values of the facts of an article that another article tells, one that was read."""
        rows = self._rows(
            """SELECT DISTINCT k.key, k.low, k.high FROM told t JOIN known k ON k.id = t.known_id WHERE t.article_id = ? AND EXISTS (
            SELECT 1 FROM told o JOIN article a ON a.id = o.article_id WHERE o.known_id = k.id AND o.article_id <> ? AND a.read = 1)""",
            (article_id, article_id),
        )
        return [(str(key), float(low), float(high)) for key, low, high in rows]

    def mentions(self, name: str) -> list[tuple[int, int, int | None]]:
        """Article, time and story of every article that names an entity (lower case), newest first."""
        sql = """SELECT DISTINCT a.id, a.sort_time, a.story_id FROM fact f JOIN article a ON a.id = f.article_id
            WHERE f.kind = 'entity' AND f.name = ? ORDER BY a.sort_time DESC, a.id DESC"""
        return [(row[0], row[1], row[2]) for row in self._rows(sql, (name,))]

    def promise_articles(self, today: int, limit: int, query: Node | None, *, now: int) -> list[int]:
        """Articles with the forecasts to look at first: overdue ones, those due next, and the newest without a day; `limit` of each."""
        where, parameters = _condition(query, now)
        joined = f"SELECT p.article_id FROM promise p JOIN article a ON a.id = p.article_id WHERE {where}"
        found: dict[int, None] = {}
        for chosen in (
            "p.due < ? ORDER BY p.due DESC",
            "p.due >= ? ORDER BY p.due",
            "p.due IS NULL AND ? ORDER BY a.sort_time DESC",
        ):
            rows = self._rows(f"{joined} AND {chosen} LIMIT ?", (*parameters, today, limit))
            found.update(dict.fromkeys(row[0] for row in rows))
        return list(found)

    def followers(self, articles: Sequence[int], limit: int) -> list[int]:
        """Where promises of some articles may be settled: other articles of their stories, the newest with their figures or names.

        Figures count where they are dated; names are those of models, products and chips. Newest first.
        """
        those = marks(len(articles))
        found = self._rows(
            f"""SELECT DISTINCT o.article_id FROM story_member m JOIN story_member o ON o.story_id = m.story_id
            WHERE m.article_id IN ({those})""",
            articles,
        )
        told = self._rows(
            f"""SELECT DISTINCT k.key FROM told t JOIN known k ON k.id = t.known_id
            WHERE t.article_id IN ({those}) AND k.key >= 'figure|' AND k.key < 'figure}}' ORDER BY 1""",
            articles,
        )
        named = self._rows(
            f"""SELECT DISTINCT name FROM fact WHERE article_id IN ({those}) AND kind = 'entity' AND key IN ('model', 'product', 'chip')
            ORDER BY 1""",
            articles,
        )
        dated = [key for (key,) in told if key.split("|")[3]]
        for sql, values in ((_REPORTING, dated), (_NAMING, [name for (name,) in named])):
            for value in values[:limit]:
                found += self._rows(sql, (value, REPORTS))
        return sorted({row[0] for row in found}, reverse=True)[:limit]


def _condition(query: Node | None, now: int) -> tuple[str, list[Any]]:
    if query is None:
        return "1", []
    from reader.store.query_sql import compile_query

    where, parameters = compile_query(query, now=now)
    return f"({where})", list(parameters)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
