"""One fetch at a time on a store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.ingest.runlock import HeldError, Holder, RunLock, UnusableError

HOLD = """
import sys, pathlib
from reader.ingest.runlock import RunLock
with RunLock(pathlib.Path(sys.argv[1]), now=77):
    print("held", flush=True)
    sys.stdin.read()
"""


def holding(store: Path) -> subprocess.Popen[str]:
    """A process that holds the lock of `store` until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefing.db"


def test_the_second_learns_who_was_first(store: Path) -> None:
    with holding(store) as first:
        with pytest.raises(HeldError) as told, RunLock(store, now=99):
            pass
        assert told.value.holder == Holder(first.pid, 77)
        first.communicate("")
    with RunLock(store, now=100) as lock:
        assert lock.holder() == Holder(os.getpid(), 100)


def test_two_names_of_a_store_share_a_lock(store: Path, tmp_path: Path) -> None:
    store.touch()
    other = tmp_path / "other.db"
    other.symlink_to(store)
    with RunLock(store, now=1), pytest.raises(HeldError), RunLock(other, now=2):
        pass


def test_a_holder_that_is_killed_holds_nothing(store: Path) -> None:
    with holding(store) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        with RunLock(store, now=1):
            pass


def test_who_waits_has_it_after_the_other(store: Path) -> None:
    first = holding(store)
    asked: list[Holder] = []

    def wait(holder: Holder) -> bool:
        asked.append(holder)
        first.communicate("")
        return True

    with RunLock(store, now=1, wait=wait):
        assert asked == [Holder(first.pid, 77)]


def test_who_gives_up_waiting_has_nothing(store: Path) -> None:
    with RunLock(store, now=1), pytest.raises(HeldError), RunLock(store, now=2, wait=lambda _: False):
        pass


def test_the_line_of_an_earlier_holder_does_not_stay(store: Path) -> None:
    with RunLock(store, now=1) as lock:
        pass
    assert lock.path.read_bytes() == b""
    assert lock.path.stat().st_mode & 0o777 == 0o600


def test_a_lock_file_that_is_a_folder_or_a_link_is_told_with_its_remedy(store: Path, tmp_path: Path) -> None:
    lock = tmp_path / "briefing.db.lock"
    lock.mkdir()
    with pytest.raises(UnusableError, match=r"briefing\.db\.lock: .*errno 21\); check that you own") as told:
        RunLock(store, now=1).__enter__()
    assert "remove the file" in str(told.value)
    lock.rmdir()
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnusableError, match="errno"):
        RunLock(store, now=1).__enter__()
    assert not (tmp_path / "elsewhere").exists()
