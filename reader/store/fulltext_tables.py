"""The tables of full texts: what is known of an article's page, what a host allows, and how long it is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.store.script import run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = """
ALTER TABLE revision ADD COLUMN source TEXT NOT NULL DEFAULT 'feed';

CREATE TABLE page (
  article_id INTEGER PRIMARY KEY REFERENCES article(id), state TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '', asked INTEGER, tries INTEGER NOT NULL DEFAULT 0, due INTEGER,
  stale INTEGER NOT NULL DEFAULT 0, url TEXT NOT NULL DEFAULT '', host TEXT NOT NULL DEFAULT '',
  text_hash TEXT NOT NULL DEFAULT '', extractor TEXT NOT NULL DEFAULT '', told TEXT NOT NULL DEFAULT 'summary');
CREATE INDEX page_due ON page (due) WHERE due IS NOT NULL;
CREATE INDEX page_text ON page (host, text_hash) WHERE text_hash <> '';

CREATE TABLE robots (
  origin TEXT PRIMARY KEY, rules TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE host (scope TEXT PRIMARY KEY, held INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
"""


def add_fulltexts(db: Database) -> None:
    """Version 3: whence each revision's text comes (`feed` or `page`), and the tables of pages, robots.txt and silent hosts."""
    run_script(db, _TABLES)
