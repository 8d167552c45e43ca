"""A fetch that is killed, at any moment: nothing is lost, nothing comes twice, and no validator is ahead of its articles (rule 5)."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from conftest import NOW, Site, item, rss

from reader.ingest.pipeline import run
from reader.ingest.pool import Pool
from reader.model import Feed
from reader.store import Store

FEEDS, ENTRIES = 6, 40
MANY = 340
"""Entries of which the oldest are stored as read."""

PROGRAM = """
import os, signal, sys
from pathlib import Path
from reader.ingest.pipeline import run
from reader.model import Feed
from reader.store import Store, polls

path, now, step, count, *urls = sys.argv[1:]
calls = 0

def die():
    global calls
    calls += 1
    if calls == int(count):
        os.kill(os.getpid(), signal.SIGKILL)

def dying(function, *, after):
    def wrapped(*args, **more):
        if not after:
            die()
        result = function(*args, **more)
        if after:
            die()
        return result
    return wrapped

if step == "parsed":
    Store.save_poll = dying(Store.save_poll, after=False)
elif step == "state":
    Store._save_feed = dying(Store._save_feed, after=True)
elif step == "inserted":
    polls._insert_articles = dying(polls._insert_articles, after=True)

store = Store(Path(path))
print("go", flush=True)
run(store, [Feed(url, "News", "News", local=True) for url in urls], now=int(now), gap=0.0, random=lambda: 0.0)
store.close()
print("done", flush=True)
"""


def killed(path: Path, now: int, step: str, count: int, *urls: str) -> None:
    """A fetch in a process of its own that kills itself where `step` is reached for the `count`th time."""
    command = [sys.executable, "-c", PROGRAM, str(path), str(now), step, str(count), *urls]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parents[2])
    assert done.returncode == -signal.SIGKILL, done.stderr


def stored(path: Path) -> list[tuple[str, str, int]]:
    """Every article as feed, id and number of revisions."""
    with closing(Store(path)) as store:
        sql = "SELECT feed.url, guid, count(*) FROM article JOIN feed ON feed.id = feed_id JOIN revision ON article_id = article.id"
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return sorted(store.connection.execute(f"{sql} GROUP BY article.id"))


def poll(path: Path, pool: Pool, now: int, *urls: str, only_due: bool = True) -> None:
    with closing(Store(path)) as store:
        feeds = [Feed(url, "News", "News", local=True) for url in urls]
        run(store, feeds, now=now, only_due=only_due, pool=pool, gap=0.0, random=lambda: 0.0)


STEPS = [("parsed", 1), ("state", 1), ("inserted", 1), ("inserted", 2)]
"""Before the transaction of a poll, in it before any article, after those that are stored as read, and after all."""


@pytest.mark.parametrize(("step", "count"), STEPS)
def test_killed_in_a_first_poll(site: Site, tmp_path: Path, pool: Pool, step: str, count: int) -> None:
    url = site.feed("/f", rss(*(item(n) for n in range(MANY))), ETag='"1"', Last_Modified="then")
    path = tmp_path / "store.db"
    killed(path, NOW, step, count, url)
    with closing(Store(path)) as store:
        assert (store.feed_state(url), len(store.known(url))) == (None, 0)
    poll(path, pool, NOW, url)
    assert "if-none-match" not in site.asked[1].headers
    assert [(guid, revisions) for _, guid, revisions in stored(path)] == sorted(
        (f"urn:story:{n}", 1) for n in range(MANY)
    )
    with closing(Store(path)) as store:
        assert len(store.ids("unread")) == 300
    poll(path, pool, NOW, url, only_due=False)
    assert site.asked[2].headers["if-none-match"] == '"1"'


@pytest.mark.parametrize(("step", "count"), STEPS[:3])
def test_killed_in_a_later_poll_the_old_validators_stay(
    site: Site, tmp_path: Path, pool: Pool, step: str, count: int
) -> None:
    url = site.feed("/f", rss(*(item(n) for n in range(5))), ETag='"1"')
    path = tmp_path / "store.db"
    poll(path, pool, NOW, url)
    before = stored(path)
    site.feed("/f", rss(*(item(n, title=f"Story {n}, told anew") for n in range(3)), item(7)), ETag='"2"')
    killed(path, NOW + 7200, step, count, url)
    assert stored(path) == before
    poll(path, pool, NOW + 7200, url)
    assert [asked.headers.get("if-none-match") for asked in site.asked] == [None, '"1"', '"1"']
    assert [(guid, revisions) for _, guid, revisions in stored(path)] == [
        *((f"urn:story:{n}", 2) for n in range(3)), *((f"urn:story:{n}", 1) for n in (3, 4, 7)),
    ]  # fmt: skip


@pytest.mark.parametrize("delay", [0.02, 0.06, 0.1, 0.15, 0.2, 0.3])
def test_killed_at_any_moment(site: Site, tmp_path: Path, pool: Pool, delay: float) -> None:
    urls = [
        site.feed(f"/{feed}", rss(*(item(n, guid=f"{feed}:{n}") for n in range(ENTRIES))), ETag=f'"{feed}"')
        for feed in range(FEEDS)
    ]
    path = tmp_path / "store.db"
    command = [sys.executable, "-c", PROGRAM, str(path), str(NOW), "never", "0", *urls]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout
        assert process.stdout.readline() == "go\n"
        time.sleep(delay)
        process.kill()
    with closing(Store(path)) as store:
        for feed, url in enumerate(urls):
            state = store.feed_state(url)
            assert (state.etag if state else None, len(store.known(url))) in ((None, 0), (f'"{feed}"', ENTRIES))
    poll(path, pool, NOW, *urls)
    assert stored(path) == sorted((url, f"{feed}:{n}", 1) for feed, url in enumerate(urls) for n in range(ENTRIES))
