"""The tables of the store, the steps from one version of them to the next, and whose file a file is.

Nothing but SQLite opens the file: POSIX drops every lock of a process on a file when the process closes any handle on it, and then
another process takes the write-ahead log of a store in use for one that was left behind (sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from reader.store.errors import StoreError
from reader.store.feed_tables import add_feed_care
from reader.store.fulltext_tables import add_fulltexts
from reader.store.script import run_script
from reader.store.story_tables import add_stories

if TYPE_CHECKING:
    from sqlite_utils import Database

Migration: TypeAlias = "Callable[[Database], None]"
"""Makes a store of one version from a store of the version before; runs in a transaction together with its version number."""

APPLICATION_ID = 0x42524647
"""SQLite `application_id` of our files ("BRFG"): a file of another program is refused, not overwritten."""

HEADER_BYTES = 100
"""Of an SQLite file (sqlite.org/fileformat.html, 1.3). What is shorter SQLite takes for empty, and would write over."""

_TABLES = """
CREATE TABLE feed (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL, outlet TEXT NOT NULL, kind TEXT NOT NULL, grp TEXT NOT NULL,
  etag TEXT, last_modified TEXT, body_hash TEXT, checked INTEGER, succeeded INTEGER, due INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '', status INTEGER,
  held INTEGER NOT NULL DEFAULT 0, moved_to TEXT NOT NULL DEFAULT '', memory TEXT NOT NULL DEFAULT '', slices BLOB NOT NULL DEFAULT x'');

CREATE TABLE article (
  id INTEGER PRIMARY KEY, feed_id INTEGER NOT NULL REFERENCES feed(id), guid TEXT NOT NULL, url TEXT NOT NULL,
  canonical TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, outlet TEXT NOT NULL, published INTEGER, updated INTEGER,
  sort_time INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  revision_id INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 1, words INTEGER NOT NULL, completeness TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '', sample INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0, later INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0, facts INTEGER NOT NULL DEFAULT -1, story_id INTEGER,
  UNIQUE (feed_id, guid));

CREATE INDEX article_all ON article (sort_time, id);
CREATE INDEX article_inbox ON article (sort_time, id) WHERE done = 0 AND later = 0;
CREATE INDEX article_unread ON article (sort_time, id) WHERE read = 0 AND done = 0 AND later = 0;
CREATE INDEX article_later ON article (sort_time, id) WHERE later = 1;
CREATE INDEX article_starred ON article (sort_time, id) WHERE starred = 1;
CREATE INDEX article_done ON article (sort_time, id) WHERE done = 1;
CREATE INDEX article_without_facts ON article (sort_time, id) WHERE facts = -1;
CREATE INDEX article_canonical ON article (canonical) WHERE canonical <> '';
CREATE INDEX article_story ON article (story_id) WHERE story_id IS NOT NULL;

CREATE TABLE revision (
  id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article(id), number INTEGER NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL, blocks TEXT NOT NULL, links TEXT NOT NULL, hash TEXT NOT NULL, created INTEGER NOT NULL,
  UNIQUE (article_id, number));

CREATE TABLE alias (article_id INTEGER NOT NULL REFERENCES article(id), guid TEXT NOT NULL, PRIMARY KEY (article_id, guid)) WITHOUT ROWID;

CREATE VIEW article_text AS
  SELECT article.id AS id, revision.title AS title, revision.text AS text FROM article JOIN revision ON revision.id = article.revision_id;
CREATE VIRTUAL TABLE search USING fts5(title, text, content='article_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2');

CREATE TABLE facts (
  revision_id INTEGER PRIMARY KEY REFERENCES revision(id), article_id INTEGER NOT NULL REFERENCES article(id),
  version INTEGER NOT NULL, layers BLOB NOT NULL);

CREATE TABLE fact (
  article_id INTEGER NOT NULL REFERENCES article(id), kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  name TEXT NOT NULL DEFAULT '', key TEXT NOT NULL DEFAULT '', low REAL, high REAL, unit TEXT, currency TEXT,
  status TEXT NOT NULL DEFAULT '', text TEXT NOT NULL);
CREATE INDEX fact_article ON fact (article_id);
CREATE INDEX fact_name ON fact (kind, name, low, article_id);
CREATE INDEX fact_key ON fact (kind, key, name, article_id);
CREATE INDEX fact_money ON fact (coalesce(high, low), low, high, currency, article_id) WHERE kind = 'figure' AND currency IS NOT NULL;

CREATE TABLE tag (article_id INTEGER NOT NULL REFERENCES article(id), tag TEXT NOT NULL, PRIMARY KEY (article_id, tag)) WITHOUT ROWID;
CREATE INDEX tag_name ON tag (tag);

CREATE TABLE journal (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, verb TEXT NOT NULL, label TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE change (
  journal_id INTEGER NOT NULL REFERENCES journal(id), article_id INTEGER NOT NULL, field TEXT NOT NULL, before INTEGER NOT NULL,
  after INTEGER NOT NULL);
CREATE INDEX change_journal ON change (journal_id);
"""


def create_tables(db: Database) -> None:
    """Version 1: feeds, articles with every revision, search, facts, tags, journal."""
    run_script(db, _TABLES)


_FASTER = """
INSERT INTO search (search, rank) VALUES ('automerge', 8);
DROP INDEX known_key;
CREATE INDEX known_key ON known (key, low, high);
"""


def store_faster(db: Database) -> None:
    """Version 5: search merges its segments when there are eight of a size, not four: a sixth less work to store, none more to ask.

    And an index alone tells which known fact a value meets; some kinds of figures have thousands.
    """
    run_script(db, _FASTER)


MIGRATIONS: tuple[Migration, ...] = (create_tables, add_stories, add_fulltexts, add_feed_care, store_faster)
"""One function a version, in order; their number is the `user_version` of a store that this program writes."""


def identify(path: Path, *, newest: int = len(MIGRATIONS)) -> int | None:
    """Version of the store at `path`, not a byte of which is touched; null where there is no file, or one without a table.

    Raises StoreError for what is not a regular file, not an SQLite file, another program's, or of a version above `newest`.
    """
    try:
        if not path.exists() or (path.is_file() and not path.stat().st_size):
            return None
    except OSError as error:
        raise _unreadable(path, error.strerror or "") from error
    if not path.is_file():
        raise StoreError(f"{path}: not a file; point --store at a file")
    if path.stat().st_size < HEADER_BYTES:
        raise _not_ours(path)
    cookie, version, application = _header(path)
    if cookie == version == application == 0:
        return None
    if application != APPLICATION_ID:
        raise StoreError(f"{path}: this file belongs to another program; point --store at another file")
    return known_version(version, path, newest)


def _header(path: Path) -> list[int]:
    """Schema cookie, user version and application id, from the file alone: `immutable` takes no lock and makes no file."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            names = ("schema_version", "user_version", "application_id")
            return [int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names]
    except sqlite3.OperationalError as error:
        raise _unreadable(path, str(error)) from error
    except sqlite3.DatabaseError as error:
        raise _not_ours(path) from error


def _not_ours(path: Path) -> StoreError:
    return StoreError(f"{path}: not a store (not an SQLite file); move it away or point --store at another file")


def _unreadable(path: Path, reason: str) -> StoreError:
    return StoreError(f"{path}: cannot be read ({reason}); check its permissions")


def known_version(version: int, path: Path, newest: int) -> int:
    """`version`, where this program knows it."""
    if version > newest:
        raise StoreError(
            f"{path}: written by a newer briefing (store version {version}, this program knows {newest}); "
            "update briefing, or point --store at another file"
        )
    return version
