"""The tables of stories: who belongs together, what each tells, what of it is known, and what grouping remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.store.script import run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = """
ALTER TABLE article ADD COLUMN changed TEXT NOT NULL DEFAULT '';

CREATE TABLE story (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, headline_id INTEGER NOT NULL REFERENCES article(id),
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, articles INTEGER NOT NULL DEFAULT 1, outlets INTEGER NOT NULL DEFAULT 1,
  independent INTEGER NOT NULL DEFAULT 1, facts INTEGER NOT NULL DEFAULT 0, novel INTEGER NOT NULL DEFAULT 0,
  flag TEXT NOT NULL DEFAULT '', weight REAL NOT NULL DEFAULT 0, sort_key REAL NOT NULL DEFAULT 0, fresh INTEGER NOT NULL DEFAULT 1,
  inbox INTEGER NOT NULL DEFAULT 1, unread INTEGER NOT NULL DEFAULT 1, later INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, pinned INTEGER NOT NULL DEFAULT 0,
  stale INTEGER NOT NULL DEFAULT 1);
CREATE INDEX article_unplaced ON article (sort_time, id) WHERE story_id IS NULL;
CREATE INDEX story_all ON story (fresh, sort_key, id, headline_id);
CREATE INDEX story_inbox ON story (fresh, sort_key, id, headline_id, inbox) WHERE inbox = 1;
CREATE INDEX story_unread ON story (fresh, sort_key, id, headline_id, unread) WHERE unread = 1;
CREATE INDEX story_later ON story (fresh, sort_key, id, headline_id, later) WHERE later = 1;
CREATE INDEX story_starred ON story (fresh, sort_key, id, headline_id, starred) WHERE starred = 1;
CREATE INDEX story_done ON story (fresh, sort_key, id, headline_id, done) WHERE done = 1;
CREATE INDEX story_stale ON story (id) WHERE stale > 0;

CREATE TABLE story_member (
  article_id INTEGER PRIMARY KEY REFERENCES article(id), story_id INTEGER NOT NULL REFERENCES story(id), how TEXT NOT NULL,
  copy_of INTEGER, leans TEXT NOT NULL DEFAULT '', score REAL NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '{}');
CREATE INDEX story_members ON story_member (story_id, article_id);
CREATE INDEX story_copies ON story_member (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE story_sheet (story_id INTEGER PRIMARY KEY REFERENCES story(id), sheet BLOB NOT NULL);

CREATE TABLE known (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, low REAL NOT NULL, high REAL NOT NULL, seen INTEGER NOT NULL DEFAULT 0);
CREATE INDEX known_key ON known (key);
CREATE TABLE told (
  article_id INTEGER NOT NULL REFERENCES article(id), known_id INTEGER NOT NULL REFERENCES known(id),
  PRIMARY KEY (article_id, known_id)) WITHOUT ROWID;
CREATE INDEX told_known ON told (known_id, article_id);

CREATE TABLE promise (
  article_id INTEGER NOT NULL REFERENCES article(id), start INTEGER NOT NULL, due INTEGER, PRIMARY KEY (article_id, start)) WITHOUT ROWID;
CREATE INDEX promise_due ON promise (due) WHERE due IS NOT NULL;

CREATE TABLE story_due (article_id INTEGER PRIMARY KEY);
CREATE TABLE read_due (article_id INTEGER PRIMARY KEY);
CREATE TABLE story_entry (
  article_id INTEGER PRIMARY KEY, number INTEGER NOT NULL, story_id INTEGER NOT NULL, time REAL NOT NULL, how TEXT NOT NULL,
  member INTEGER NOT NULL, score REAL NOT NULL, title_key TEXT NOT NULL, outlet TEXT NOT NULL, vector TEXT NOT NULL);
CREATE TABLE story_original (
  article_id INTEGER PRIMARY KEY, number INTEGER NOT NULL, time REAL NOT NULL, outlet TEXT NOT NULL, title_key TEXT NOT NULL,
  whole INTEGER NOT NULL, shingles TEXT NOT NULL);
CREATE TABLE story_term (term TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE story_taste (id INTEGER PRIMARY KEY CHECK (id = 1), weights TEXT NOT NULL, watch TEXT NOT NULL);
CREATE TABLE story_state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TRIGGER article_is_due AFTER UPDATE OF facts ON article WHEN new.facts >= 0
  BEGIN INSERT OR IGNORE INTO story_due VALUES (new.id); END;
CREATE TRIGGER article_came_due AFTER INSERT ON article WHEN new.facts >= 0
  BEGIN INSERT OR IGNORE INTO story_due VALUES (new.id); END;
INSERT INTO story_due SELECT id FROM article WHERE facts >= 0;
"""


def add_stories(db: Database) -> None:
    """Version 2: stories and their members, aligned facts, facts that were read, and the state of grouping.

    An article is due for grouping once its facts are known, and again with those of a further revision.
    """
    run_script(db, _TABLES)
