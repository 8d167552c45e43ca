"""Warm parsing children: started when first needed, killed when a job is over its time, replaced when they die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from reader.ingest.worker import read_frame, write_frame

WALL_SECONDS = 10.0
"""Wall time of one job (R-XML-2)."""

JOBS_PER_CHILD = 400
"""After so many jobs a child is replaced, so that what a library leaks stays small."""

SHORT, PATIENCE = 0.03, 0.5
"""Seconds of a job on average below which one child is enough, and the most that a job then waits for it.

To start another takes 0.09 s of CPU and 36 MB; to read what is new in a document 0.002 s, all of it 0.05 s.
"""

_OUT_OF_TIME = (-signal.SIGKILL, -signal.SIGXCPU)

PROGRAM = "from reader.ingest.worker import main; main()"
"""What a child runs."""


class DiedError(RuntimeError):
    """The child was killed or fell over during a job."""


class Child:
    """One parsing child; used by one thread at a time, killed from any."""

    def __init__(self, program: str = PROGRAM) -> None:
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs = 0

    @property
    def answered(self) -> bool:
        """Whether its process has done a job."""
        return self._jobs > 0

    def call(self, job: dict[str, Any], data: bytes, *, seconds: float = WALL_SECONDS) -> dict[str, Any]:
        """The child's answer to a job. Raises DiedError when it takes longer than `seconds` or the child dies; a new one follows."""
        process = self._running()
        timer = threading.Timer(seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            answer = _exchange(process, json.dumps(job).encode(), data)
        finally:
            timer.cancel()
        if answer is None:
            _soon(process)
            code = self.close()
            raise DiedError("took too long to read" if code in _OUT_OF_TIME else "is too broken to read")
        self._jobs += 1
        decoded: dict[str, Any] = json.loads(answer)
        return decoded

    def close(self) -> int | None:
        """End the child, if there is one; its exit code."""
        process, self._process, self._jobs = self._process, None, 0
        if process is None:
            return None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue
        return process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._jobs >= JOBS_PER_CHILD or self._process.poll() is not None):
            self.close()
        if self._process is None:
            self._process = _started(self._program)
        return self._process


def _soon(process: subprocess.Popen[bytes]) -> None:
    """Let a child that is about to end by itself tell its own exit code."""
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return


def _started(program: str) -> subprocess.Popen[bytes]:
    """A fresh child with this package on its path and nothing of the current folder."""
    home = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )


def _exchange(process: subprocess.Popen[bytes], job: bytes, data: bytes) -> bytes | None:
    """Write a job, read its answer; null when the child is gone."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        write_frame(process.stdin, job)
        write_frame(process.stdin, data)
        return read_frame(process.stdout)
    except (OSError, ValueError):
        return None


class Pool:
    """Up to `size` children for as many threads; a context manager that leaves none behind."""

    def __init__(self, size: int = 2, program: str = PROGRAM) -> None:
        self.size = size
        self._all = tuple(Child(program) for _ in range(size))
        self._idle = set(self._all)
        self._freed = threading.Condition()
        self._jobs, self._spent = 0, 0.0
        """Jobs of children that had answered before, and their seconds."""

    def call(self, job: dict[str, Any], data: bytes, *, seconds: float = WALL_SECONDS) -> dict[str, Any]:
        """As Child.call, by whichever child is free."""
        with self._freed:
            child = self._chosen()
            self._idle.remove(child)
        known, since = child.answered, time.monotonic()
        try:
            return child.call(job, data, seconds=seconds)
        finally:
            with self._freed:
                self._idle.add(child)
                self._jobs += known
                self._spent += known * (time.monotonic() - since)
                self._freed.notify_all()

    def _chosen(self) -> Child:
        """A free child that runs; a new one where jobs are long, or none of those gets free."""

        def running() -> Child | None:
            return next((child for child in self._idle if child.answered), None)

        if len(self._idle) < self.size:
            self._freed.wait_for(lambda: running() or self._spent > SHORT * self._jobs, PATIENCE)
        self._freed.wait_for(lambda: self._idle)
        return running() or next(iter(self._idle))

    def close(self) -> None:
        """End all children; jobs that run end with DiedError."""
        for child in self._all:
            child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
