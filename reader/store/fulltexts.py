"""Full texts in the store: what is known of articles' pages, their texts beside those of the feeds, and what their hosts allow."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from reader.model import Entry, PageState, PageText, Text
from reader.store.base import IDS_AT_ONCE, StoreBase, marks

_PAGE = tuple(field.name for field in fields(PageState))
_PAGE_VALUES = attrgetter(*_PAGE)
_BLOCK, _LINK = attrgetter("kind", "start", "end", "level"), attrgetter("start", "end", "url")

_SHRUNK = 2
"""A later text of a page takes the place of an earlier one unless it is shorter by this factor: then something is missing."""

_JOB = f"""
SELECT a.id, feed.url, a.url, a.canonical, a.title, a.completeness, a.published, a.author, a.language,
  (SELECT text FROM revision WHERE article_id = a.id AND source = 'feed' ORDER BY number DESC LIMIT 1),
  shown.source = 'page', {", ".join(f"p.{name}" for name in _PAGE)}
FROM article a JOIN feed ON feed.id = a.feed_id JOIN revision shown ON shown.id = a.revision_id
  LEFT JOIN page p ON p.article_id = a.id
WHERE a.id IN """

_ASKABLE = "a.url <> '' AND a.sample = 0 AND a.completeness IN ('summary', 'headline')"
_FIRST = "ORDER BY a.starred DESC, a.later DESC, a.sort_time DESC, a.id DESC"


_DUE = f"""
SELECT a.id FROM article a JOIN feed ON feed.id = a.feed_id LEFT JOIN page p ON p.article_id = a.id
WHERE a.url <> '' AND a.sample = 0 AND a.completeness <> 'dropped' AND feed.url IN (SELECT value FROM json_each(:every)) AND (p.due <= :now
  OR (p.article_id IS NULL AND {_ASKABLE} AND (a.starred = 1 OR a.later = 1
    OR (a.read = 0 AND a.done = 0 AND feed.url IN (SELECT value FROM json_each(:always)))))) {_FIRST} LIMIT :limit"""


@dataclass(frozen=True, slots=True)
class PageJob:
    """An article whose page may be asked for, and what is stored of it."""

    id: int
    feed_url: str
    url: str
    canonical: str
    title: str
    completeness: str
    published: int | None
    author: str
    language: str
    text: str
    """The newest text that the feed gave."""
    has_page_text: bool
    """The text that is shown comes from the page."""
    page: PageState


_COLUMNS = tuple(field.name for field in fields(PageJob))[:-1]


class Fulltexts(StoreBase):
    """What is known of articles' pages, and their texts beside those of the feeds."""

    def page_jobs(self, ids: Sequence[int]) -> list[PageJob]:
        """Some articles in that order, with what is known of their pages; an id that is not stored is left out."""
        found: dict[int, PageJob] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = list(ids[start : start + IDS_AT_ONCE])
            found.update((row[0], _job(row)) for row in self._rows(f"{_JOB} ({marks(len(some))})", some))
        return [found[id] for id in ids if id in found]

    def page_addresses(self, ids: Sequence[int]) -> list[tuple[int, str, str]]:
        """Id, address of the feed and address of the page of some articles, in that order."""
        sql = """SELECT a.id, feed.url, a.url FROM json_each(?) wanted JOIN article a ON a.id = wanted.value
            JOIN feed ON feed.id = a.feed_id ORDER BY wanted.key"""
        return [(int(id), str(feed), str(url)) for id, feed, url in self._rows(sql, (json.dumps(list(ids)),))]

    def due_pages(self, auto: Iterable[str], always: Iterable[str], *, now: int, limit: int) -> list[int]:
        """Ids of articles whose page is to be asked for by now, the most wanted first.

        Of the feeds `auto` (addresses) those that are starred or for later, of the feeds `always` the unread ones too, and of both
        those that are due again.
        """
        always = list(always)
        every, whole = json.dumps([*auto, *always]), json.dumps(always)
        return self._page_ids(_DUE, {"every": every, "always": whole, "now": now, "limit": limit})

    def pack_pages(self, feeds: Iterable[str], *, asked_before: int) -> list[int]:
        """Ids of the articles of `feeds` that are kept or unread and have no full text, the most wanted first.

        Left out is what needs no further try, and what was asked at or after `asked_before`.
        """
        sql = f"""SELECT a.id FROM article a JOIN feed ON feed.id = a.feed_id LEFT JOIN page p ON p.article_id = a.id
            WHERE {_ASKABLE} AND (a.starred = 1 OR a.later = 1 OR (a.read = 0 AND a.done = 0))
              AND feed.url IN (SELECT value FROM json_each(?))
              AND (p.article_id IS NULL OR (p.due IS NOT NULL AND coalesce(p.asked, 0) < ?)) {_FIRST}"""
        return self._page_ids(sql, (json.dumps(list(feeds)), asked_before))

    def pack_states(self) -> dict[str, int]:
        """How many of the articles that are kept or unread have which text: full | summary | headline | paywalled | failed | waiting."""
        sql = """SELECT CASE WHEN a.completeness = 'full' THEN 'full' WHEN p.state IN ('paywalled', 'failed') THEN p.state
              WHEN p.article_id IS NULL OR p.state = '' THEN 'waiting:' || a.completeness ELSE a.completeness END, count(*)
            FROM article a LEFT JOIN page p ON p.article_id = a.id
            WHERE a.sample = 0 AND (a.starred = 1 OR a.later = 1 OR (a.read = 0 AND a.done = 0)) GROUP BY 1"""
        counts: dict[str, int] = {}
        for state, count in self._rows(sql):
            name = state.removeprefix("waiting:")
            counts[name] = counts.get(name, 0) + count
        return counts

    def page_counts(self) -> dict[str, int]:
        """How many pages that were asked for are in which state."""
        return dict(self._rows("SELECT state, count(*) FROM page WHERE state <> '' GROUP BY 1"))

    def same_text(self, host: str, text_hash: str) -> list[PageJob]:
        """The articles whose page at `host` gave exactly that text."""
        sql = "SELECT article_id FROM page WHERE host = ? AND text_hash = ? AND text_hash <> ''"
        return self.page_jobs([id for (id,) in self._rows(sql, (host, text_hash))])

    def want_page(self, id: int, *, now: int) -> None:
        """Have the page of article `id` asked for again, whatever came of it before."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO page (article_id, due) VALUES (?, ?) ON CONFLICT (article_id) DO UPDATE SET due = excluded.due, tries = 0",
                (id, now),
            )

    def save_page(self, id: int, page: PageState, found: PageText | None = None, *, now: int) -> bool:
        """Store in one transaction what asking for a page brought; whether the article shows another text from now on.

        A text of the page never takes the place of a longer one of the feed, nor of an earlier one of the page that it is but a part
        of: then its state is stored and the text is not. The feed's own text stays as the revision it is.
        """
        with self._writing() as connection:
            shown = connection.execute(_SHOWN, (id,)).fetchone()
            if shown is None:
                return False
            taken = found is not None and _is_better(found.body.text, *shown[:2])
            _save_state(connection, id, page)
            if found is None or not taken:
                return False
            revised = bool(shown[1] == "page" and shown[0] != found.body.text and not shown[4])
            _show(connection, id, shown[2], found.body, shown[3], now)
            _note(connection, id, found, revised=revised)
            return True

    def withdraw_page(self, id: int, page: PageState, *, now: int) -> None:
        """Show the feed's newest text again, because what the page gave turned out to be no article."""
        with self._writing() as connection:
            shown = connection.execute(_SHOWN, (id,)).fetchone()
            _save_state(connection, id, page)
            if shown is not None and shown[1] == "page":
                _withdraw(connection, id)

    # -- what hosts allow

    def robots(self, origin: str, *, now: int) -> str | None:
        """The robots.txt of `origin` (scheme, host and port) while it holds; null when it is to be fetched."""
        text = self._value("SELECT rules FROM robots WHERE origin = ? AND until > ?", (origin, now))
        return None if text is None else str(text)

    def save_robots(self, origin: str, rules: str, *, until: int) -> None:
        """Keep a robots.txt until that second."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (origin, rules, until))

    def held_hosts(self) -> dict[str, tuple[int, int]]:
        """Scope of each host that asked for silence when a page was asked for: until when, and how often in a row."""
        return {
            scope: (held, failures) for scope, held, failures in self._rows("SELECT scope, held, failures FROM host")
        }

    def hold_host(self, scope: str, until: int, failures: int) -> None:
        """Leave a host alone until that second; 0 failures forget it."""
        with self._writing() as connection:
            connection.execute("DELETE FROM host WHERE scope = ?", (scope,))
            if failures:
                connection.execute("INSERT INTO host VALUES (?, ?, ?)", (scope, until, failures))

    def _page_ids(self, sql: str, parameters: Any) -> list[int]:
        return [id for (id,) in self._rows(sql, parameters)]


_SHOWN = """
SELECT r.text, r.source, a.title, r.hash, coalesce(p.stale, 0) FROM article a JOIN revision r ON r.id = a.revision_id
  LEFT JOIN page p ON p.article_id = a.id WHERE a.id = ?"""


def keeps_page_text(connection: sqlite3.Connection, id: int, entry: Entry) -> bool:
    """Whether article `id` goes on showing the text of its page when its feed brings `entry`."""
    row = connection.execute(_SHOWN, (id,)).fetchone()
    if row is None or row[1] != "page" or not row[0]:
        return False
    return entry.completeness != "full" or len(entry.body.text) < len(row[0])


def page_behind(connection: sqlite3.Connection, id: int, entry: Entry, now: int) -> None:
    """The feed has told of a change: its page is to be asked for again, and its text now stands for that entry."""
    connection.execute(
        "UPDATE page SET stale = 1, tries = 0, told = ?, due = CASE state WHEN 'paywalled' THEN due ELSE ? END WHERE article_id = ?",
        (entry.completeness, now, id),
    )
    shown = connection.execute(
        "SELECT r.id, r.title, r.text, r.blocks, r.links FROM article a JOIN revision r ON r.id = a.revision_id"
        " WHERE a.id = ? AND r.source = 'page'",
        (id,),
    ).fetchone()
    if shown is None:
        return
    connection.execute("UPDATE revision SET hash = ? WHERE id = ?", (entry.content_hash, shown[0]))
    if shown[1] != entry.title:
        _show_row(connection, id, entry.title, shown[2:], entry.content_hash, now)


def _is_better(text: str, shown: str, source: str) -> bool:
    return len(text) > len(shown) if source == "feed" else len(text) * _SHRUNK > len(shown)


def _save_state(connection: sqlite3.Connection, id: int, page: PageState) -> None:
    names = ("article_id", *_PAGE)
    sql = f"INSERT INTO page ({', '.join(names)}) VALUES ({marks(len(names))}) ON CONFLICT (article_id) DO UPDATE SET "
    connection.execute(sql + ", ".join(f"{name} = excluded.{name}" for name in _PAGE), (id, *_PAGE_VALUES(page)))


def _show(connection: sqlite3.Connection, id: int, title: str, body: Text, content_hash: str, now: int) -> None:
    """Give article `id` a revision with the text of its page, unless it shows exactly that."""
    same = connection.execute(
        "SELECT 1 FROM article a JOIN revision r ON r.id = a.revision_id WHERE a.id = ? AND r.text = ? AND r.title = ?",
        (id, body.text, title),
    ).fetchone()
    if not same:
        blocks = json.dumps([_BLOCK(block) for block in body.blocks], separators=(",", ":"))
        links = json.dumps([_LINK(link) for link in body.links], separators=(",", ":"))
        _show_row(connection, id, title, (body.text, blocks, links), content_hash, now)


def _show_row(
    connection: sqlite3.Connection, id: int, title: str, text: Sequence[str], content_hash: str, now: int
) -> None:
    """Insert a revision of the page and show it; search follows, facts are to be found anew."""
    revision = connection.execute(
        "INSERT INTO revision (article_id, number, title, text, blocks, links, hash, created, source)"
        " SELECT ?, 1 + max(number), ?, ?, ?, ?, ?, ?, 'page' FROM revision WHERE article_id = ?",
        (id, title, *text, content_hash, now, id),
    ).lastrowid
    _point(connection, id, revision)


def _point(connection: sqlite3.Connection, id: int, revision: int | None) -> None:
    """Show another revision of article `id`."""
    old = connection.execute("SELECT title, text FROM article_text WHERE id = ?", (id,)).fetchone()
    connection.execute("INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)", (id, *old))
    connection.execute("UPDATE article SET revision_id = ?, facts = -1 WHERE id = ?", (revision, id))
    new = connection.execute("SELECT title, text FROM article_text WHERE id = ?", (id,)).fetchone()
    connection.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (id, *new))
    connection.execute("UPDATE article SET words = ? WHERE id = ?", (len(new[1].split()), id))


def _note(connection: sqlite3.Connection, id: int, found: PageText, *, revised: bool) -> None:
    """What else the page tells: it fills what the feed left open, and its language is that of the text."""
    connection.execute(
        "UPDATE page SET told = a.completeness FROM article a WHERE a.id = article_id AND a.id = ? AND a.completeness <> 'full'",
        (id,),
    )
    connection.execute(
        "UPDATE article SET completeness = 'full', revision = revision + ?, author = CASE author WHEN '' THEN ? ELSE author END,"
        " language = CASE ? WHEN '' THEN language ELSE ? END WHERE id = ?",
        (int(revised), found.author, found.language, found.language, id),
    )
    if found.published is not None:
        connection.execute(
            "UPDATE article SET published = ?, sort_time = min(?, first_seen) WHERE id = ? AND published IS NULL",
            (found.published, found.published, id),
        )


def _withdraw(connection: sqlite3.Connection, id: int) -> None:
    """Back to the newest text of the feed."""
    revision = connection.execute(
        "SELECT id FROM revision WHERE article_id = ? AND source = 'feed' ORDER BY number DESC LIMIT 1", (id,)
    ).fetchone()[0]
    _point(connection, id, revision)
    connection.execute(
        "UPDATE article SET completeness = p.told FROM page p WHERE p.article_id = article.id AND article.id = ?", (id,)
    )


def _job(row: tuple[Any, ...]) -> PageJob:
    known = dict(zip(_PAGE, row[11:], strict=True))
    page = PageState(**{**known, "stale": bool(known["stale"])}) if known["state"] is not None else PageState()
    values = dict(zip(_COLUMNS, row, strict=False))
    return PageJob(**{**values, "has_page_text": bool(values["has_page_text"])}, page=page)
