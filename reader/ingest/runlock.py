"""One fetch at a time on a store: a lock on a file beside it, which the kernel releases when its holder ends, however it ends."""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

PAUSE = 0.2
"""Seconds between two tries of a run that waits; a signal ends the wait at once."""

_LINE = re.compile(rb"pid (\d{1,10}) since (\d{1,12})\n")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the lock: a process id and since when (seconds since 1970); both 0 where the file does not tell."""

    pid: int = 0
    since: int = 0


class HeldError(Exception):
    """Another process has the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(f"held by process {holder.pid}")
        self.holder = holder


class UnusableError(Exception):
    """There can be no lock; the message names the file, the error's number and what to do."""


class RunLock:
    """The lock of the store at `store`, taken with `with`; the file stays, for whoever removes it may remove another's lock.

    The line in it tells others who holds it; whether it is held, only the kernel says. `wait` is asked between two tries and ends
    the wait when it returns false; without it a held lock raises HeldError at once. Raises UnusableError where the file cannot be
    opened or the file system has no locks.
    """

    def __init__(self, store: Path, *, now: int, wait: Callable[[Holder], bool] | None = None) -> None:
        real = store.resolve()
        self.path = real.with_name(f"{real.name}.lock")
        self._now = now
        self._wait = wait
        self._file = -1

    def __enter__(self) -> Self:
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            self._take()
        except OSError as error:
            self._drop()
            raise UnusableError(self._remedy(error)) from error
        except HeldError:
            self._drop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.ftruncate(self._file, 0)
        self._drop()

    def _take(self) -> None:
        while not self._locked():
            holder = self.holder()
            if self._wait is None or not self._wait(holder):
                raise HeldError(holder)
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"pid {os.getpid()} since {self._now}\n".encode(), 0)

    def _locked(self) -> bool:
        """Whether the lock is ours now."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def holder(self) -> Holder:
        """What the file says about its holder."""
        found = _LINE.fullmatch(os.pread(self._file, 64, 0))
        return Holder(int(found[1]), int(found[2])) if found else Holder()

    def _drop(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _remedy(self, error: OSError) -> str:
        what = f"{self.path}: the lock file cannot be used ({error.strerror}, errno {error.errno})"
        if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL):
            return (
                f"{what}; this file system has no locks: keep the store on a local disk, with --store or BRIEFING_HOME"
            )
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"{what}; free some space and try again"
        return f"{what}; check that you own the file and its folder and may write to both, or remove the file"
