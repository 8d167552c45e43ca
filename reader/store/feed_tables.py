"""What the store keeps for the care of feeds: times by feed, articles of merged feeds, and what was said of retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.store.script import run_script

if TYPE_CHECKING:
    from sqlite_utils import Database

_TABLES = """
CREATE INDEX article_times ON article (feed_id, sort_time) WHERE feed_id > 0;

CREATE TABLE lent (
  article_id INTEGER PRIMARY KEY REFERENCES article(id), feed_id INTEGER NOT NULL REFERENCES feed(id));
CREATE INDEX lent_feed ON lent (feed_id);

CREATE TABLE retention (id INTEGER PRIMARY KEY CHECK (id = 1), rules TEXT NOT NULL, announced INTEGER NOT NULL);
"""


def add_feed_care(db: Database) -> None:
    """Version 4: the times of each feed's articles, which articles a merged feed lent to another, and the announced rules.

    The condition of the index keeps it out of queries over all articles, which have indexes of their own.
    """
    run_script(db, _TABLES)
