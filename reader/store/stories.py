"""Stories in the store: placing articles, what each story tells and what of it is known, the order of the briefing, its rows."""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from reader.store.base import IDS_AT_ONCE, StoreBase, marks
from reader.store.twins import SAME_PAGE

if TYPE_CHECKING:
    from reader.model import Row
    from reader.query import Node
    from reader.stories.rank import Taste

STORY_VIEWS = {
    "inbox": "inbox = 1",
    "unread": "unread = 1",
    "later": "later = 1",
    "starred": "starred = 1",
    "done": "done = 1",
    "all": "1",
}
"""The views by name, each the condition that one index of `story` covers: a story is where one of its members is, done when all are."""

RANKED_AGAIN = 14 * 86400
"""Stories whose newest report is at most so many seconds older than the newest of all are ranked again by a new taste."""

RENEWED_AT_ONCE = 200
"""So many articles whose reading changed are followed up at once; a larger change is followed up when stories are next listed."""

_ARTICLE = """
SELECT a.id, a.revision_id, a.revision, m.story_id, r.title, r.text, a.published, a.sort_time, a.outlet, a.url,
  CASE a.canonical WHEN '' THEN a.guid ELSE a.canonical END, f.layers, m.how, m.copy_of, m.score, m.why, a.read, a.changed
FROM article a JOIN revision r ON r.id = a.revision_id LEFT JOIN facts f ON f.revision_id = a.revision_id
  LEFT JOIN story_member m ON m.article_id = a.id"""

_STATES = """
UPDATE story SET inbox = s.inbox, unread = s.unread, later = s.later, starred = s.starred, done = s.done,
  fresh = s.news AND (story.novel > 0 OR story.facts = 0)
FROM (SELECT m.story_id AS id, max(a.done = 0 AND a.later = 0 AND m.how <> 'copy') AS inbox,
    max(a.read = 0 AND m.how <> 'copy') AS news,
    max(a.read = 0 AND a.done = 0 AND a.later = 0 AND m.how <> 'copy') AS unread, max(a.later) AS later, max(a.starred) AS starred,
    min(a.done OR m.how = 'copy') AS done
  FROM story_member m JOIN article a ON a.id = m.article_id WHERE m.story_id IN ({stories}) GROUP BY m.story_id) s
WHERE story.id = s.id"""

_NEWS = """EXISTS (SELECT 1 FROM story_member m JOIN article a ON a.id = m.article_id
    WHERE m.story_id = s.id AND a.read = 0 AND m.how <> 'copy')"""
_ROW = f"""
SELECT h.id, h.title, h.outlet, h.sort_time, CASE WHEN s.id IS NULL THEN h.read ELSE NOT {_NEWS} END,
  coalesce(s.starred, h.starred), coalesce(s.later, h.later),
  coalesce(s.done, h.done), h.facts, h.revision, h.words, (SELECT group_concat(tag, ' ') FROM tag WHERE article_id = h.id),
  s.id, coalesce(s.outlets, 1), coalesce(s.novel, 0), coalesce(s.facts, h.facts), coalesce(s.flag, ''), h.changed
FROM """


@dataclass(frozen=True, slots=True)
class Telling:
    """One article with its newest text and the facts of that text, as stories need it; `layers` is the JSON of `Facts.as_dict()`."""

    id: int
    revision_id: int
    revision: int
    story_id: int | None
    title: str
    text: str
    published: int | None
    time: int
    """When it was published; when it was first seen where the feed does not say."""
    outlet: str
    url: str
    key: str
    layers: str | None
    how: str | None
    copy_of: int | None
    score: float
    why: str
    read: bool
    changed: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article goes and what it tells. `story_id` is null where it keeps its place."""

    telling: Telling
    story_id: int | None
    how: str
    copy_of: int | None
    score: float
    why: str
    known: Sequence[tuple[str, float, float]]
    """Key, low and high of each fact that is new until it was read."""
    promises: Sequence[tuple[int, int | None]]
    """Start of each forecast in the text, and the day it is due, in days since 1970."""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class GroupingChange:
    """What placing changed in the memory of grouping. `generation` is the one that was loaded; another process may have moved on."""

    generation: int
    entries: Sequence[tuple[Any, ...]] = ()
    """Rows of `story_entry`; a known article's row takes the place of the old one."""
    entries_gone: Sequence[int] = ()
    originals: Sequence[tuple[Any, ...]] = ()
    originals_gone: Sequence[int] = ()
    terms: Sequence[tuple[str, int]] = ()
    terms_gone: Sequence[str] = ()
    documents: int = 0


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """What a story says as a whole, found anew from its members. `weight` is log2 of the rank without age and novelty."""

    id: int
    stale: int
    headline_id: int
    first_seen: int
    last_seen: int
    articles: int
    outlets: int
    independent: int
    flag: str
    weight: float
    sheet: str
    leans: Mapping[int, str] = field(default_factory=dict)


class Stories(StoreBase):
    """Placing, following up, listing."""

    # -- what grouping needs ----------------------------------------------------------------------------------------------

    def story_due(self, limit: int) -> list[Telling]:
        """Articles whose facts came since they were last looked at, oldest first."""
        sql = f"{_ARTICLE} WHERE a.facts >= 0 AND a.id IN (SELECT article_id FROM story_due) ORDER BY a.sort_time, a.id LIMIT ?"
        return [_telling(row) for row in self._rows(sql, (limit,))]

    def count_story_due(self) -> int:
        """How many articles wait to be placed or looked at again."""
        return int(
            self._value("SELECT count(*) FROM story_due JOIN article ON article.id = article_id WHERE facts >= 0")
        )

    def twins(self, id: int) -> list[int]:
        """Articles of other feeds that are the same page as `id` and tell no less, earliest first."""
        sql = f"SELECT b.id FROM article a JOIN article b ON {SAME_PAGE} WHERE a.id = ? AND b.words >= a.words ORDER BY b.id"
        return [int(row[0]) for row in self._rows(sql, (id,))]

    def tellings(self, ids: Sequence[int], *, layers: bool = True) -> list[Telling]:
        """Some articles, oldest first; an id that is not stored is left out. Without `layers` their facts are left out too."""
        found: list[Telling] = []
        article = _ARTICLE if layers else _ARTICLE.replace("f.layers", "NULL")
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = list(ids[start : start + IDS_AT_ONCE])
            found += [_telling(row) for row in self._rows(f"{article} WHERE a.id IN ({marks(len(some))})", some)]
        return sorted(found, key=lambda one: (one.time, one.id))

    def story_tellings(self, story_id: int) -> list[Telling]:
        """All members of a story, oldest first."""
        sql = f"{_ARTICLE} WHERE m.story_id = ? ORDER BY a.sort_time, a.id"
        return [_telling(row) for row in self._rows(sql, (story_id,))]

    def layers_before(self, article_id: int) -> tuple[str, str, str | None] | None:
        """Title, text and fact layers of the revision before the one that is shown; null where there is none.

        A text of the article's page follows one of its page, a text of the feed one of the feed: between the two nothing was changed.
        """
        sql = """SELECT r.title, r.text, f.layers FROM article a JOIN revision shown ON shown.id = a.revision_id
            JOIN revision r ON r.article_id = a.id AND r.number < shown.number AND r.source = shown.source
            LEFT JOIN facts f ON f.revision_id = r.id WHERE a.id = ? ORDER BY r.number DESC LIMIT 1"""
        row = self._row(sql, (article_id,))
        return (row[0], row[1], _unpacked(row[2])) if row else None

    def grouping(self) -> tuple[int, int, list[tuple[Any, ...]], list[tuple[Any, ...]], list[tuple[str, int]]]:
        """The memory of grouping: generation, documents counted, rows of entries and of originals in order of arrival, terms."""
        state = dict(self._rows("SELECT name, value FROM story_state"))
        entries = self._rows(
            "SELECT CAST(article_id AS TEXT), CAST(story_id AS TEXT), time, how, member, score, title_key, outlet, vector"
            " FROM story_entry ORDER BY number"
        )
        originals = self._rows(
            "SELECT CAST(article_id AS TEXT), time, outlet, title_key, whole, shingles FROM story_original ORDER BY number"
        )
        terms = [(str(a), int(b)) for a, b in self._rows("SELECT term, articles FROM story_term")]
        return state.get("generation", 0), state.get("documents", 0), entries, originals, terms

    def held_stories(self, ids: Sequence[int]) -> list[int]:
        """Which of some stories nothing may move: pinned or edited by the user, or with a member that was read or marked."""
        held: list[int] = []
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = list(ids[start : start + IDS_AT_ONCE])
            sql = f"""SELECT DISTINCT s.id FROM story s JOIN story_member m ON m.story_id = s.id JOIN article a ON a.id = m.article_id
                WHERE s.id IN ({marks(len(some))}) AND (s.pinned OR a.read OR a.starred OR a.later OR a.done)"""
            held += [row[0] for row in self._rows(sql, some)]
        return held

    # -- placing ------------------------------------------------------------------------------------------------------------

    def save_placed(self, placed: Sequence[Placed], change: GroupingChange) -> bool:
        """Save where some articles go, what they tell, and the memory of grouping, in one transaction.

        False, and nothing saved, where another process has placed articles since the memory was loaded.
        """
        with self._writing():
            if not self._save_grouping(change):
                return False
            for one in placed:
                self._save_one(one)
            stories = {one.story_id or one.telling.story_id for one in placed} - {None}
            self._touch(sorted(id for id in stories if id is not None))
            return True

    def save_moves(self, moves: Mapping[int, int], change: GroupingChange) -> bool:
        """Save that articles go to other stories (article -> story), in one transaction; stories that lose all go. As `save_placed`."""
        with self._writing() as connection:
            if not self._save_grouping(change):
                return False
            left = {
                self._value("SELECT story_id FROM story_member WHERE article_id = ?", (article,)) for article in moves
            }
            for article, story in moves.items():
                self._open(story)
                connection.execute("UPDATE story_member SET story_id = ? WHERE article_id = ?", (story, article))
                connection.execute("UPDATE article SET story_id = ? WHERE id = ?", (story, article))
            self._touch(sorted({*moves.values(), *(id for id in left if id is not None)}))
            return True

    def _save_grouping(self, change: GroupingChange) -> bool:
        if int(self._value("SELECT value FROM story_state WHERE name = 'generation'") or 0) != change.generation:
            return False
        many = self.connection.executemany
        number = int(self._value("SELECT coalesce(max(number), 0) FROM story_entry")) + 1
        many("DELETE FROM story_entry WHERE article_id = ?", ((id,) for id in change.entries_gone))
        many(
            f"""INSERT INTO story_entry (article_id, number, story_id, time, how, member, score, title_key, outlet, vector)
            VALUES ({marks(10)}) ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id, how = excluded.how""",
            ((int(row[0]), number + n, int(row[1]), *row[2:]) for n, row in enumerate(change.entries)),
        )
        number = int(self._value("SELECT coalesce(max(number), 0) FROM story_original")) + 1
        many("DELETE FROM story_original WHERE article_id = ?", ((id,) for id in change.originals_gone))
        many(
            f"INSERT OR REPLACE INTO story_original (article_id, number, time, outlet, title_key, whole, shingles) VALUES ({marks(7)})",
            ((int(row[0]), number + n, *row[1:]) for n, row in enumerate(change.originals)),
        )
        many("DELETE FROM story_term WHERE term = ?", ((term,) for term in change.terms_gone))
        many("INSERT OR REPLACE INTO story_term VALUES (?, ?)", change.terms)
        state = (("generation", change.generation + 1), ("documents", change.documents))
        many("INSERT OR REPLACE INTO story_state VALUES (?, ?)", state)
        return True

    def _save_one(self, one: Placed) -> None:
        id, execute = one.telling.id, self.connection.execute
        if self._value("SELECT revision_id FROM article WHERE id = ?", (id,)) != one.telling.revision_id:
            return
        if one.story_id is not None:
            self._open(one.story_id)
            execute(
                "INSERT OR REPLACE INTO story_member (article_id, story_id, how, copy_of, score, why) VALUES (?, ?, ?, ?, ?, ?)",
                (id, one.story_id, one.how, one.copy_of, one.score, one.why),
            )
            execute("UPDATE article SET story_id = ? WHERE id = ?", (one.story_id, id))
        execute("UPDATE article SET changed = ? WHERE id = ? AND changed <> ?", (one.changed, id, one.changed))
        self._tell(id, one.copy_of, one.known)
        execute("DELETE FROM promise WHERE article_id = ?", (id,))
        self.connection.executemany(
            "INSERT INTO promise VALUES (?, ?, ?)", ((id, start, due) for start, due in one.promises)
        )
        execute("DELETE FROM story_due WHERE article_id = ?", (id,))
        execute("INSERT OR IGNORE INTO read_due SELECT id FROM article WHERE id = ? AND read = 1", (id,))

    def _open(self, story_id: int) -> None:
        """Make the row of a story, named after the article that opens it, where there is none."""
        self.connection.execute(
            f"""INSERT OR IGNORE INTO story (id, key, headline_id, first_seen, last_seen, sort_key)
            SELECT id, CASE canonical WHEN '' THEN guid ELSE canonical END, id, sort_time, sort_time, sort_time / {HALF_LIFE}
            FROM article WHERE id = ?""",
            (story_id,),
        )

    def _tell(self, id: int, copy_of: int | None, known: Iterable[tuple[str, float, float]]) -> None:
        """Save what an article tells. Who reads one of several copies has read them all: each tells what any of them tells."""
        self.connection.execute("DELETE FROM told WHERE article_id = ?", (id,))
        self.connection.executemany(
            "INSERT OR IGNORE INTO told VALUES (?, ?)", ((id, self._known(*one)) for one in known)
        )
        root = id if copy_of is None else copy_of
        family = "SELECT ? UNION SELECT ? UNION SELECT article_id FROM story_member WHERE copy_of = ?"
        members = [row[0] for row in self._rows(family, (id, root, root))]
        others = [member for member in members if member != id]
        if others:
            those = marks(len(others))
            self.connection.execute(
                f"INSERT OR IGNORE INTO told SELECT a.id, t.known_id FROM article a, told t WHERE a.id IN ({those}) AND t.article_id = ?",
                (*others, id),
            )
            self.connection.execute(
                f"INSERT OR IGNORE INTO told SELECT ?, known_id FROM told WHERE article_id IN ({those})", (id, *others)
            )

    def _known(self, key: str, low: float, high: float) -> int:
        """The fact of that key whose values meet `low`-`high`, made where there is none: a rounder wording is the same fact."""
        slack = 1e-9 * max(abs(low), abs(high))
        sql = "SELECT id FROM known WHERE key = ? AND low <= ? AND high >= ? ORDER BY id LIMIT 1"
        found = self._value(sql, (key, high + slack, low - slack))
        if found is None:
            found = self._value("INSERT INTO known (key, low, high) VALUES (?, ?, ?) RETURNING id", (key, low, high))
        return int(found)

    def _touch(self, stories: Sequence[int]) -> None:
        """Have some stories looked at again, drop those without members, and bring their states up to date."""
        for start in range(0, len(stories), IDS_AT_ONCE):
            some = list(stories[start : start + IDS_AT_ONCE])
            those = marks(len(some))
            empty = f"{those}) AND id NOT IN (SELECT story_id FROM story_member"
            self.connection.execute(
                f"DELETE FROM story_sheet WHERE story_id IN (SELECT id FROM story WHERE id IN ({empty}))", some
            )
            self.connection.execute(f"DELETE FROM story WHERE id IN ({empty})", some)
            self.connection.execute(f"UPDATE story SET stale = stale + 1 WHERE id IN ({those})", some)
            self.connection.execute(_STATES.format(stories=those), some)

    def _move_stories(self, journal: int, side: str) -> None:
        """Put the articles of a journal entry into the stories that its `side` names, inside its transaction; nothing moves them after."""
        execute = self.connection.execute
        wanted = self._rows(
            f"SELECT article_id, {side}, (SELECT story_id FROM article WHERE id = article_id) FROM change"
            " WHERE journal_id = ? AND field = 'story'",
            (journal,),
        )
        for article, story, _ in wanted:
            self._open(story)
            for table, key in (("article", "id"), ("story_member", "article_id"), ("story_entry", "article_id")):
                execute(f"UPDATE {table} SET story_id = ? WHERE {key} = ?", (story, article))
        stories = sorted({id for _, new, old in wanted for id in (new, old)})
        those = marks(len(stories))
        execute(
            f"""UPDATE story_member SET how = CASE
              WHEN (SELECT o.story_id FROM story_member o WHERE o.article_id = story_member.copy_of) = story_id THEN 'copy'
              ELSE 'report' END
            WHERE story_id IN ({those}) AND copy_of IS NOT NULL AND how <> 'attached'""",
            stories,
        )
        execute(f"UPDATE story SET pinned = 1 WHERE id IN ({those})", stories)
        execute("UPDATE story_state SET value = value + 1 WHERE name = 'generation'")
        self._touch(stories)

    # -- taste ----------------------------------------------------------------------------------------------------------------

    def taste(self) -> Taste:
        """The weights and the watch list by which the stories are kept; the defaults while none were saved."""
        from reader.stories.rank import Taste, Weights

        row = self._row("SELECT weights, watch FROM story_taste")
        return Taste(Weights(**json.loads(row[0])), tuple(json.loads(row[1]))) if row else Taste()

    def save_taste(self, taste: Taste) -> bool:
        """Keep the stories by another taste from now on; false where it is the one they are kept by.

        The stories of the last 14 days, by the newest of them, are looked at again; older ones keep their places.
        Raises QueryError for an entry of the watch list that is no query, with nothing saved.
        """
        from reader.query import parse

        if taste == self.taste():
            return False
        for entry in taste.watch:
            parse(entry)
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO story_taste VALUES (1, ?, ?)",
                (json.dumps(asdict(taste.weights)), json.dumps(taste.watch)),
            )
            recent = "last_seen >= (SELECT max(last_seen) FROM story) - ?"
            connection.execute(f"UPDATE story SET stale = stale + 1 WHERE {recent}", (RANKED_AGAIN,))
        return True

    def watched(self, stories: Sequence[int]) -> frozenset[int]:
        """Which of some stories the watch list names: those with a member that one of its queries matches.

        What a query says of age counts from the newest article, as the order of the briefing has no clock.
        """
        watch = self.taste().watch if stories else ()
        if not watch:
            return frozenset()
        from reader.query import parse
        from reader.store.query_sql import compile_query

        newest = int(self._value("SELECT max(sort_time) FROM article") or 0)
        queries = [compile_query(parse(entry), now=newest) for entry in watch]
        found: set[int] = set()
        for start in range(0, len(stories), IDS_AT_ONCE):
            some = list(stories[start : start + IDS_AT_ONCE])
            members = f"SELECT article_id FROM story_member WHERE story_id IN ({marks(len(some))})"
            for where, parameters in queries:
                sql = f"SELECT DISTINCT a.story_id FROM article a WHERE a.id IN ({members}) AND ({where})"
                found.update(row[0] for row in self._rows(sql, (*some, *parameters)))
        return frozenset(found)

    # -- following up -------------------------------------------------------------------------------------------------------

    def stale_stories(self, limit: int) -> list[tuple[int, int]]:
        """Stories that got a member or whose member changed: id, and the number that `StoryUpdate.stale` gives back."""
        return [
            (int(a), int(b))
            for a, b in self._rows("SELECT id, stale FROM story WHERE stale > 0 ORDER BY id LIMIT ?", (limit,))
        ]

    def save_stories(self, updates: Sequence[StoryUpdate]) -> None:
        """Save what some stories say, and what of it is new, in one transaction."""
        with self._writing() as connection:
            for one in updates:
                connection.execute(
                    """UPDATE story SET headline_id = ?, first_seen = ?, last_seen = ?, articles = ?, outlets = ?, independent = ?,
                    flag = ?, weight = ?, stale = CASE stale WHEN ? THEN 0 ELSE stale END WHERE id = ?""",
                    (one.headline_id, one.first_seen, one.last_seen, one.articles, one.outlets, one.independent, one.flag,
                     one.weight, one.stale, one.id),
                )  # fmt: skip
                connection.execute(
                    "INSERT OR REPLACE INTO story_sheet SELECT id, ? FROM story WHERE id = ?",
                    (zlib.compress(one.sheet.encode()), one.id),
                )
                connection.executemany(
                    "UPDATE story_member SET leans = ? WHERE article_id = ? AND leans <> ?",
                    ((leans, id, leans) for id, leans in one.leans.items()),
                )
            self._count([one.id for one in updates])

    def renew(self, limit: int) -> int:
        """Follow up what was read or unread since: which facts are known now, and what stories still have to tell; how many articles."""
        due = [row[0] for row in self._rows("SELECT article_id FROM read_due LIMIT ?", (limit,))]
        if due:
            with self._writing():
                self._renew(due)
        return len(due)

    def _renew(self, articles: Sequence[int]) -> None:
        for start in range(0, len(articles), IDS_AT_ONCE):
            some = list(articles[start : start + IDS_AT_ONCE])
            self._renew_some(some)

    def _renew_some(self, some: list[int]) -> None:
        those = marks(len(some))
        changed = self._rows(
            f"""UPDATE known SET seen = 1 - seen WHERE id IN (SELECT known_id FROM told WHERE article_id IN ({those}))
            AND seen <> EXISTS (SELECT 1 FROM told t JOIN article a ON a.id = t.article_id WHERE t.known_id = known.id AND a.read = 1)
            RETURNING id, seen""",
            some,
        )
        for seen in (0, 1):
            facts = [id for id, now in changed if now == seen]
            for start in range(0, len(facts), IDS_AT_ONCE):
                self._shift(facts[start : start + IDS_AT_ONCE], -1 if seen else 1)
        stories = self._rows(f"SELECT DISTINCT story_id FROM story_member WHERE article_id IN ({those})", some)
        self._count([row[0] for row in stories])
        self.connection.execute(f"DELETE FROM read_due WHERE article_id IN ({those})", some)

    def _shift(self, facts: Sequence[int], by: int) -> None:
        """Count facts that became known (`by` -1) or new again (1) in every story that tells them."""
        told = self._rows(
            f"""SELECT s.id, s.weight, s.last_seen, s.novel + ? * n, s.facts FROM
              (SELECT m.story_id AS id, count(DISTINCT t.known_id) AS n FROM told t JOIN story_member m ON m.article_id = t.article_id
                WHERE t.known_id IN ({marks(len(facts))}) GROUP BY m.story_id) JOIN story s USING (id)""",
            (by, *facts),
        )
        self._place([(id, weight, last, facts, max(0, novel)) for id, weight, last, novel, facts in told])

    def _count(self, stories: Sequence[int]) -> None:
        """Count the facts of some stories and what of them is new, and give each its place in the order."""
        for start in range(0, len(stories), IDS_AT_ONCE):
            some = list(stories[start : start + IDS_AT_ONCE])
            those = marks(len(some))
            counted = self._rows(
                f"""SELECT s.id, s.weight, s.last_seen, count(DISTINCT k.id), count(DISTINCT CASE k.seen WHEN 0 THEN k.id END)
                FROM story s LEFT JOIN story_member m ON m.story_id = s.id LEFT JOIN told t ON t.article_id = m.article_id
                LEFT JOIN known k ON k.id = t.known_id WHERE s.id IN ({those}) GROUP BY s.id""",
                some,
            )
            self._place(counted)

    def _place(self, counted: Iterable[tuple[int, float, int, int, int]]) -> None:
        """Give stories their numbers of facts and of new ones, and their places: rows of id, weight, last seen, facts, new."""
        self.connection.executemany(
            f"UPDATE story AS s SET facts = ?1, novel = ?2, sort_key = ?3, fresh = (?2 > 0 OR ?1 = 0) AND {_NEWS} WHERE s.id = ?4",
            [(facts, novel, place(weight, last, novel, facts), id) for id, weight, last, facts, novel in counted],
        )

    def _stories_follow(self, journal: int) -> None:
        """Bring the stories of the articles that a journal entry changed up to date, inside its transaction."""
        changed = "SELECT article_id FROM change WHERE journal_id = :journal"
        stories = f"SELECT story_id FROM story_member WHERE article_id IN ({changed})"
        parameters = {"journal": journal}
        self.connection.execute(_STATES.format(stories=stories), parameters)
        read = f"INSERT OR IGNORE INTO read_due {changed} AND field = 'read'"
        if 0 < self.connection.execute(read, parameters).rowcount <= RENEWED_AT_ONCE:
            self._renew([row[0] for row in self._rows(f"{changed} AND field = 'read'", parameters)])

    # -- listing --------------------------------------------------------------------------------------------------------------

    def story_ids(self, view: str = "all", query: Node | None = None, *, now: int, limit: int = -1) -> array[int]:
        """The headline articles of the stories of `view` that have a member which `query` matches, in the order of the briefing.

        What still has something new comes first, then by rank. Articles that were not placed yet stand for themselves.
        """
        where, parameters = self._matching(query, now)
        order = "ORDER BY fresh DESC, sort_key DESC, id DESC LIMIT ?"
        fits = f"{STORY_VIEWS[view]} AND {where.format(id='id')}"
        chosen = f"SELECT headline_id, fresh, sort_key, id FROM story WHERE {fits} {order}"
        if not self._any_unplaced():
            return self._headlines(chosen, (*parameters, limit))
        from reader.store.articles import VIEWS

        alone = f"""SELECT id AS headline_id, read = 0 AS fresh, sort_time / {HALF_LIFE} AS sort_key, id FROM article
            WHERE story_id IS NULL AND {VIEWS[view]} AND {where.format(id="-id")} {order}"""
        both = f"SELECT * FROM ({chosen}) UNION ALL SELECT * FROM ({alone})"
        return self._headlines(f"SELECT * FROM ({both}) {order}", (*parameters, limit, *parameters, limit, limit))

    def _any_unplaced(self) -> bool:
        return bool(self._value("SELECT EXISTS (SELECT 1 FROM article WHERE story_id IS NULL)"))

    def _matching(self, query: Node | None, now: int) -> tuple[str, list[Any]]:
        """SQL that a story's `{id}` (or that of an article alone, below zero) fits the query, and its parameters."""
        if query is None:
            return "1", []
        from reader.store.query_sql import compile_query

        where, parameters = compile_query(query, now=now)
        return f"{{id}} IN (SELECT coalesce(a.story_id, -a.id) FROM article a WHERE {where})", parameters

    def _headlines(self, sql: str, parameters: Iterable[Any]) -> array[int]:
        return array("q", (row[0] for row in self._rows(sql, tuple(parameters))))

    def story_first_rows(self, view: str, limit: int) -> list[Row]:
        """The first `limit` story rows of `view`: in one query, unless some articles were not placed yet."""
        if self._any_unplaced():
            return self.story_rows(self.story_ids(view, now=0, limit=limit))
        sql = f"""{_ROW} story s JOIN article h ON h.id = s.headline_id WHERE s.{STORY_VIEWS[view] if view != "all" else "id > 0"}
            ORDER BY s.fresh DESC, s.sort_key DESC, s.id DESC LIMIT ?"""
        return [_row(row) for row in self._rows(sql, (limit,))]

    def story_rows(self, ids: Sequence[int]) -> list[Row]:
        """A row for the story of each article of `ids`, in that order: the article's headline, the story's state. No body."""
        found: dict[int, Row] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = list(ids[start : start + IDS_AT_ONCE])
            sql = f"{_ROW} article h LEFT JOIN story s ON s.id = h.story_id WHERE h.id IN ({marks(len(some))})"
            found.update((row[0], _row(row)) for row in self._rows(sql, some))
        return [found[id] for id in ids if id in found]

    def headlines(self, stories: Sequence[int]) -> list[Row]:
        """The rows of some stories, by story id, in no order."""
        found: list[Row] = []
        for start in range(0, len(stories), IDS_AT_ONCE):
            some = list(stories[start : start + IDS_AT_ONCE])
            sql = f"{_ROW} story s JOIN article h ON h.id = s.headline_id WHERE s.id IN ({marks(len(some))})"
            found += map(_row, self._rows(sql, some))
        return found

    def story_counts(self) -> dict[str, int]:
        """How many stories each view holds; articles that were not placed yet count for themselves."""
        from reader.store.articles import VIEWS

        placed, alone = "SELECT count(*) FROM story WHERE", "SELECT count(*) FROM article WHERE story_id IS NULL AND"
        return {
            view: int(self._value(f"SELECT ({placed} {where}) + ({alone} {VIEWS[view]})"))
            for view, where in STORY_VIEWS.items()
        }

    def fresh_stories(self, ids: Sequence[int]) -> int:
        """How many of a listing's stories, which come first, still have something new: where "nothing new" begins."""
        low, high = 0, len(ids)
        while low < high:
            middle = (low + high) // 2
            sql = "SELECT coalesce(s.fresh, a.read = 0) FROM article a LEFT JOIN story s ON s.id = a.story_id WHERE a.id = ?"
            low, high = (middle + 1, high) if self._value(sql, (ids[middle],)) else (low, middle)
        return low

    def members(self, ids: Sequence[int]) -> array[int]:
        """All articles of the stories of `ids`; an article without a story stands for itself."""
        found: dict[int, None] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = list(ids[start : start + IDS_AT_ONCE])
            those = marks(len(some))
            sql = f"""SELECT id FROM article WHERE id IN ({those})
                UNION SELECT article_id FROM story_member
                WHERE story_id IN (SELECT story_id FROM story_member WHERE article_id IN ({those}))"""
            found.update(dict.fromkeys(row[0] for row in self._rows(sql, (*some, *some))))
        return array("q", found)

    def story_of(self, article_id: int) -> int | None:
        """The story of an article; null while it is not placed, or where there is no such article."""
        found = self._value("SELECT story_id FROM article WHERE id = ?", (article_id,))
        return None if found is None else int(found)

    def story_head(self, id: int) -> tuple[Any, ...] | None:
        """id, key, headline article, its title, first and last seen, facts, novel, flag, stale, and the sheet's JSON, of one story."""
        row = self._row(
            """SELECT s.id, s.key, s.headline_id, a.title, s.first_seen, s.last_seen, s.facts, s.novel, s.flag, s.stale, y.sheet
            FROM story s JOIN article a ON a.id = s.headline_id LEFT JOIN story_sheet y ON y.story_id = s.id WHERE s.id = ?""",
            (id,),
        )
        return (*row[:-1], _unpacked(row[-1])) if row else None

    def story_members(self, id: int) -> list[tuple[Any, ...]]:
        """article, title, outlet, time, how, copy of, leans, score, why, read, done, words, change, url of each member, oldest first."""
        return self._rows(
            """SELECT a.id, a.title, a.outlet, a.sort_time, m.how, m.copy_of, m.leans, m.score, m.why, a.read, a.done, a.words,
            a.changed, a.url FROM story_member m JOIN article a ON a.id = m.article_id WHERE m.story_id = ? ORDER BY a.sort_time, a.id""",
            (id,),
        )


HALF_LIFE = 129600.0
"""Seconds after which a story counts half, as in `reader.stories.rank.Weights`."""


def place(weight: float, last_seen: int, novel: int, facts: int) -> float:
    """A story's place in the order, larger is earlier. The rank halves every 36 hours for all, so that no clock is needed:

    log2(rank) + age / 36 h  =  log2(weight) + log2(novelty), and the newest comes first by its own time.
    """
    from reader.stories.rank import Weights

    known = Weights().known
    share = known + (1 - known) * novel / facts if facts else 1.0
    return weight + math.log2(share) + last_seen / HALF_LIFE


def _telling(row: tuple[Any, ...]) -> Telling:
    layers, how, copy_of, score, why, read, changed = row[11:]
    return Telling(*(*row[:11], _unpacked(layers), how, copy_of, score or 0.0, why or "{}", bool(read), changed))


def _unpacked(blob: bytes | None) -> str | None:
    return zlib.decompress(blob).decode() if blob else None


def _row(row: tuple[Any, ...]) -> Row:
    from reader.model import Row

    id, title, outlet, time, read, starred, later, done, facts, revision, words, tags, *story = row
    states = (bool(read), bool(starred), bool(later), bool(done))
    return Row(id, title, outlet, time, *states, facts, revision, words, tuple((tags or "").split()), *story)
