"""Full texts in the store: the migration, texts of pages beside those of feeds, and what polls do to them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from polled import poll

from reader.store import Store
from reader.store.schema import MIGRATIONS

VERSION = 3


def test_a_store_of_the_version_before_keeps_its_texts_as_those_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with closing(Store(path, migrations=MIGRATIONS[: VERSION - 1])) as old:
        old.connection.execute(
            "INSERT INTO feed (url, title, outlet, kind, grp) VALUES ('https://news.example/feed', 'E', 'E', 'feed', 'p')"
        )
        for number in (1, 2):
            old.connection.execute(
                "INSERT INTO article (id, feed_id, guid, url, canonical, title, author, outlet, sort_time, first_seen, last_seen,"
                " revision_id, words, completeness) VALUES (?, 1, ?, '', '', 'Old', '', 'E', 5, 5, 5, ?, 2, 'summary')",
                (number, f"guid-{number}", number),
            )
            old.connection.execute(
                "INSERT INTO revision (id, article_id, number, title, text, blocks, links, hash, created)"
                " VALUES (?, ?, 1, 'Old', 'Old text', '[]', '[]', 'h', 5)",
                (number, number),
            )  # fmt: skip
    with closing(Store(path)) as store:
        assert store._value("PRAGMA user_version") == len(MIGRATIONS)
        assert store._rows("SELECT source, text FROM revision") == [("feed", "Old text")] * 2
        assert store._rows("SELECT count(*) FROM page") == [(0,)]
        poll(store, 7)
        assert store._rows("SELECT source FROM revision WHERE article_id = 3") == [("feed",)]
        article = store.article(1)
        assert article is not None
        assert article.body.text == "Old text"
    with closing(sqlite3.connect(tmp_path / f"briefing.db.v{VERSION - 1}.bak")) as backup:
        assert backup.execute("SELECT count(*) FROM article").fetchone() == (2,)
        assert backup.execute("SELECT count(*) FROM sqlite_master WHERE name = 'page'").fetchone() == (0,)
