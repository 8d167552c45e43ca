"""Opening a store: made private, migrated with a copy, refused without a byte changed, two writers side by side."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from polled import FEED, NOW, entry, poll, python

from reader.model import FeedState
from reader.store import Store, StoreError
from reader.store.schema import APPLICATION_ID, MIGRATIONS, identify

HERE = Path(__file__).parents[1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "briefing.db"


def made(path: Path, *numbers: int) -> Path:
    """A closed store with some articles."""
    store = Store(path)
    poll(store, *numbers or (1, 2))
    store.close()
    return path


def digests(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir()) if file.is_file()
    }


def refusal(path: Path, **options: Any) -> str:
    """The one line that opening fails with; nothing in the folder may have changed."""
    before = digests(path.parent) if path.parent.is_dir() else {}
    with pytest.raises(StoreError) as caught:
        Store(path, **options)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"{path}: ")
    assert (digests(path.parent) if path.parent.is_dir() else {}) == before
    return line


# ---- a new store


def test_a_new_store_and_its_folder_are_for_their_owner_alone(path: Path) -> None:
    mask = os.umask(0o022)
    try:
        store = Store(path)
        poll(store, 1)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(mask)
    store.close()
    assert modes == {"briefing.db": 0o600, "briefing.db-wal": 0o600, "briefing.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["briefing.db"]


@pytest.mark.parametrize("beginning", [None, b""])
def test_no_file_and_an_empty_one_become_a_store(path: Path, beginning: bytes | None) -> None:
    if beginning is not None:
        path.parent.mkdir()
        path.write_bytes(beginning)
        path.chmod(0o644)
    assert identify(path) is None
    with closing(Store(path)) as store:
        assert list(store.ids()) == []
    assert identify(path) == len(MIGRATIONS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_store_is_ours_by_its_header(path: Path) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_path_with_signs_that_mean_something_in_an_address(tmp_path: Path) -> None:
    path = made(tmp_path / "a b?mode=memory#c" / "50%25.db")
    with closing(Store(path)) as store:
        assert len(store.ids()) == 2


# ---- what is refused


def test_a_newer_version_is_refused_byte_for_byte(path: Path) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    line = refusal(path)
    assert "newer briefing" in line
    assert "99" in line


def test_a_newer_version_that_is_still_in_the_log_is_refused_too(path: Path) -> None:
    made(path)
    code = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA user_version = 99")
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert python(code, path).returncode == -signal.SIGKILL
    assert identify(path) == len(MIGRATIONS)
    with pytest.raises(StoreError, match="newer briefing"):
        Store(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (99,)


def test_another_programs_file_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE article (id)")
    assert "another program" in refusal(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 7")
    assert "another program" in refusal(path)


@pytest.mark.parametrize(
    "content", [b"x", b"SQLite format 3\0", b"<rss/>" * 100, b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 4080]
)
def test_what_is_not_sqlite_is_refused(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert "not a store" in refusal(path)


def test_a_folder_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    assert "not a file" in refusal(path)


def test_a_device_is_refused() -> None:
    with pytest.raises(StoreError, match="not a file"):
        Store(Path(os.devnull))


def test_a_file_in_the_way_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(StoreError, match=r"cannot be (made|read)"):
        Store(tmp_path / "home" / "briefing.db")


@contextmanager
def someone_else() -> Iterator[None]:
    """As a user without rights, also where the tests run as root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that every user can reach."""
    for folder in (tmp_path, *tmp_path.parents):
        mode = folder.stat().st_mode
        if mode & 0o055 == 0o055:
            break
        folder.chmod(mode | 0o055)
    return tmp_path


def test_an_unreadable_file_is_refused(open_folder: Path) -> None:
    path = made(open_folder / "briefing.db")
    path.chmod(0)
    with someone_else():
        assert "permissions" in _refused(path)
    path.chmod(0o600)
    with closing(Store(path)) as store:
        assert len(store.ids()) == 2


def test_a_folder_that_may_not_be_written_is_said(open_folder: Path) -> None:
    locked = open_folder / "locked"
    locked.mkdir(mode=0o555)
    with someone_else():
        assert "point --store at a folder that you may write to" in _refused(locked / "briefing.db")
        assert "point --store at a folder that you may write to" in _refused(locked / "further" / "briefing.db")


def test_a_folder_that_may_not_be_entered_is_said(open_folder: Path) -> None:
    closed = open_folder / "closed"
    made(closed / "briefing.db")
    closed.chmod(0)
    with someone_else():
        assert "permissions" in _refused(closed / "briefing.db")
    closed.chmod(0o700)


def _refused(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        Store(path)
    return str(caught.value)


def test_a_damaged_store_is_left_as_it_is_and_said(path: Path) -> None:
    made(path, *range(1, 60))
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xa5" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    before = digests(path.parent)
    with pytest.raises(StoreError, match="damaged"), closing(Store(path)) as store:
        store.rows(store.ids())
    assert digests(path.parent) == before


# ---- interrupted, migrated


CREATOR = """
import os, signal, sys
from pathlib import Path
from reader.store import Store, schema
def killed(db):
    schema.create_tables(db)
    os.kill(os.getpid(), signal.SIGKILL)
Store(Path(sys.argv[1]), migrations=(killed,))
"""


def test_an_interrupted_creation_is_finished_by_the_next_start(path: Path) -> None:
    assert python(CREATOR, path).returncode == -signal.SIGKILL
    assert path.exists()
    with closing(Store(path)) as store:
        poll(store, 1)
        assert list(store.ids()) == [1]
    assert identify(path) == len(MIGRATIONS)


def first(db: Any) -> None:
    db.execute("CREATE TABLE old (name TEXT)")
    db.execute("INSERT INTO old VALUES ('kept')")


def second(db: Any) -> None:
    db["old"].transform(rename={"name": "title"})


def third(db: Any) -> None:
    db.execute("CREATE INDEX old_title ON old (title)")


def old_store(path: Path) -> None:
    Store(path, migrations=(first,)).close()
    assert identify(path) == 1


def read(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def test_an_older_store_is_migrated_and_a_private_copy_is_kept(path: Path) -> None:
    old_store(path)
    Store(path, migrations=(first, second, third)).close()
    assert identify(path, newest=3) == 3
    assert read(path, "SELECT title FROM old") == [("kept",)]
    copy = path.with_name("briefing.db.v1.bak")
    assert read(copy, "SELECT name FROM old") == [("kept",)]
    assert identify(copy) == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_store_of_this_version_is_not_migrated_again(path: Path) -> None:
    old_store(path)
    Store(path, migrations=(first, second)).close()
    copy = path.with_name("briefing.db.v1.bak")
    copy.unlink()
    Store(path, migrations=(first, second)).close()
    assert not copy.exists()


def test_a_migration_that_fails_leaves_the_version_before_and_the_copy(path: Path) -> None:
    old_store(path)

    def broken(db: Any) -> None:
        third(db)
        db.execute("CREATE TABLE old (again)")

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Store(path, migrations=(first, second, broken))
    assert read(path, "PRAGMA user_version") == [(2,)]
    assert read(path, "SELECT title FROM old") == [("kept",)]
    assert read(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'old_title'") == [(0,)]
    assert read(path.with_name("briefing.db.v1.bak"), "SELECT name FROM old") == [("kept",)]
    Store(path, migrations=(first, second, third)).close()
    assert read(path, "PRAGMA user_version") == [(3,)]


MIGRATOR = """
import os, signal, sys
from pathlib import Path
from reader.store import Store
def first(db):
    pass
def second(db):
    db["old"].transform(rename={"name": "title"})
    for n in range(2000):
        db.execute("INSERT INTO old VALUES (?)", (str(n) * 200,))
    os.kill(os.getpid(), signal.SIGKILL)
Store(Path(sys.argv[1]), migrations=(first, second))
"""


def test_killed_in_a_migration_the_store_is_the_old_one(path: Path) -> None:
    old_store(path)
    assert python(MIGRATOR, path).returncode == -signal.SIGKILL
    assert read(path, "SELECT name FROM old") == [("kept",)]
    assert read(path, "PRAGMA user_version") == [(1,)]
    Store(path, migrations=(first, second)).close()
    assert read(path, "SELECT title FROM old") == [("kept",)]
    assert read(path.with_name("briefing.db.v1.bak"), "SELECT name FROM old") == [("kept",)]


MAKER = """
import sys, time
from pathlib import Path
from polled import poll
from reader.model import Feed
from reader.store import Store
while time.time() < float(sys.argv[3]):
    pass
poll(Store(Path(sys.argv[1])), 1, feed=Feed(f"https://{sys.argv[2]}.example/", "t", "o"))
"""


def test_many_processes_may_make_one_store_at_once(path: Path) -> None:
    start = str(time.time() + 1.5)
    command = [sys.executable, "-c", MAKER, str(path)]
    children = [
        subprocess.Popen([*command, str(n), start], cwd=HERE, stderr=subprocess.PIPE, text=True) for n in range(5)
    ]
    said = [child.communicate(timeout=60)[1] for child in children]
    assert said == [""] * 5
    with closing(Store(path)) as store:
        assert len(store.ids()) == 5
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


# ---- side by side


def test_opening_again_keeps_the_locks_of_this_process(path: Path) -> None:
    """Closing any handle of our own on the file would drop them, and the child would delete the log that is in use."""
    made(path)
    store = Store(path)
    poll(store, 3)
    Store(path).close()
    identify(path)
    code = "import sys; from pathlib import Path; from polled import poll; from reader.store import Store\n"
    code += "store = Store(Path(sys.argv[1])); poll(store, 4); store.close()"
    assert python(code, path).returncode == 0
    store.mark([1], {"starred": 1}, verb="star", label=str, now=NOW)
    seen = python(
        "import sys, sqlite3; print(sqlite3.connect(sys.argv[1]).execute('SELECT sum(starred) FROM article').fetchone())",
        path,
    )
    assert seen.stdout == "(1,)\n"
    store.close()


PUBLIC_WRITES: dict[str, Callable[[Store], object]] = {
    "save_poll": lambda store: poll(store, 7),
    "save_facts": lambda store: store.save_facts([], version=1),
    "mark": lambda store: store.mark([1], {"read": 1}, verb="read", label=str, now=NOW),
    "undo": Store.undo,
    "redo": Store.redo,
}


@pytest.mark.parametrize("write", PUBLIC_WRITES)
def test_a_locked_store_is_said_once_the_wait_is_over(path: Path, write: str) -> None:
    made(path)
    store = Store(path, busy=0.15)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StoreError) as caught:
            PUBLIC_WRITES[write](store)
        assert time.monotonic() - began >= 0.1
        assert str(caught.value) == f"{path}: another process holds the store; try again when it is done"
        assert len(store.rows(store.ids())) == 2, "reading goes on"
        other.execute("ROLLBACK")
    PUBLIC_WRITES[write](store)
    store.close()


def test_a_writer_waits_for_another_one(path: Path) -> None:
    made(path)
    store = Store(path)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, other.execute, ("COMMIT",))
    release.start()
    poll(store, 9)
    release.join()
    other.close()
    assert len(store.ids()) == 3
    store.close()


WRITER = """
import sys
from pathlib import Path
from polled import NOW
from reader.store import Store
store = Store(Path(sys.argv[1]))
field = sys.argv[2]
for n in range(150):
    store.mark([1 + n % 5], {field: (n // 5 + 1) % 2}, verb=field, label=str, now=NOW)
"""


def test_two_writers_lose_nothing(path: Path) -> None:
    """Each transaction holds the write lock from its beginning: none fails half-way, none overwrites the other's."""
    made(path, *range(1, 6))
    command = [sys.executable, "-c", WRITER, str(path)]
    children = [subprocess.Popen([*command, field], cwd=HERE, stderr=subprocess.PIPE) for field in ("starred", "later")]
    said = [child.communicate(timeout=60)[1] for child in children]
    assert [child.returncode for child in children] == [0, 0], said
    with closing(Store(path)) as store:
        assert store.connection.execute("SELECT verb, count(*) FROM journal GROUP BY 1").fetchall() == [
            ("later", 150),
            ("starred", 150),
        ]
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        while store.undo():
            pass
        assert not any(row.starred or row.later for row in store.rows(store.ids()))


def test_a_transaction_that_is_not_ended_is_taken_back(path: Path) -> None:
    store = Store(path)
    poll(store, 1)

    def begin() -> None:
        with store._writing() as db:
            db.execute("DELETE FROM search")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        begin()
    assert not store.connection.in_transaction
    poll(store, 2)
    assert len(store.ids()) == 2
    store.close()


def test_a_full_disk_is_said_and_nothing_is_saved(path: Path) -> None:
    made(path)
    store = Store(path)
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="no room left on the disk"):
        store.save_poll(
            FEED, FeedState(FEED.url, etag="new"), [entry(n, text="word " * 5000) for n in range(9, 30)], now=NOW
        )
    state = store.feed_state(FEED.url)
    assert state is not None
    assert state.etag is None
    assert len(store.ids()) == 2
    store.connection.execute("PRAGMA max_page_count = 100000")
    poll(store, 9)
    store.close()


def test_a_store_that_may_only_be_read_says_so(path: Path) -> None:
    made(path)
    store = Store(path)
    store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="may only be read"):
        poll(store, 5)
    assert len(store.ids()) == 2
    store.close()


def test_a_fault_of_ours_is_not_explained_away(path: Path) -> None:
    store = Store(path)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store._rows("SELECT * FROM nowhere")
    store.close()


def test_another_thread_may_stop_a_query(path: Path) -> None:
    store = Store(path)
    timer = threading.Timer(0.1, store.interrupt)
    timer.start()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        store._rows(endless)
    timer.join()
    store.close()
