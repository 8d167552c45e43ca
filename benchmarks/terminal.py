"""A program in a pseudo-terminal of 120 columns and 40 rows, and the times at which its bytes arrive."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 120, 40
QUIET = 0.04
"""Seconds without a byte after which a repaint counts as done."""

ROOT = Path(__file__).parents[1]
BRIEFING = (sys.executable, "-m", "reader")
HELLO = (sys.executable, "-m", "benchmarks.hello")
PASS = (sys.executable, "-c", "pass")


class Terminal:
    """Runs a command in a pty from its start on; `started` and all times returned are those of `time.perf_counter`."""

    def __init__(self, command: Sequence[str], home: Path | None = None) -> None:
        self.seen = bytearray()
        self.started = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.chdir(ROOT)
            os.execve(command[0], list(command), {**os.environ, **_environment(home)})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._handle)

    def read(self, timeout: float) -> float | None:
        """Read what there is within `timeout` seconds; when it came, null for nothing."""
        if not select.select([self._handle], [], [], timeout)[0]:
            return None
        try:
            self.seen += os.read(self._handle, 1 << 16)
        except OSError:
            return None
        return time.perf_counter()

    def until(self, texts: Sequence[str], count: int, timeout: float = 120) -> float:
        """When `count` of `texts` had been drawn. Raises TimeoutError with what was drawn instead."""
        wanted = [text.encode() for text in texts]
        end = time.perf_counter() + timeout
        while time.perf_counter() < end:
            at = self.read(0.5)
            if at is not None and sum(text in self.seen for text in wanted) >= count:
                return at
        raise TimeoutError(f"not drawn: {texts[:3]}; but {plain(bytes(self.seen))[-2000:]}")

    def settle(self, quiet: float = 0.6, timeout: float = 30) -> None:
        """Wait until nothing more is drawn."""
        end = time.perf_counter() + timeout
        while time.perf_counter() < end and self.read(quiet) is not None:
            pass

    def type(self, keys: str) -> None:
        """Press keys and wait until nothing more is drawn; where nothing changes nothing is drawn."""
        os.write(self._handle, keys.encode())
        self.settle(QUIET)

    def press(self, keys: str) -> tuple[float, float]:
        """Press keys: seconds to the first byte drawn, and to the last one before QUIET. Raises TimeoutError when nothing is drawn."""
        del self.seen[:]
        began = time.perf_counter()
        os.write(self._handle, keys.encode())
        first = last = self.read(5)
        while (at := self.read(QUIET)) is not None:
            last = at
        if first is None or last is None:
            raise TimeoutError(f"nothing drawn after {keys!r}")
        return first - began, last - began

    def cpu(self) -> float:
        """Seconds of processor time that the process has used (its clock by number, as clock_getcpuclockid(3) makes it)."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def peak(self) -> float:
        """Most memory the process has held so far, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0


def _environment(home: Path | None) -> dict[str, str]:
    told = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    return {**told, "BRIEFING_HOME": str(home)} if home else told


def plain(drawn: bytes) -> str:
    """The text of what was drawn, without the sequences between."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]", " ", drawn.decode(errors="replace"))


def run(command: Sequence[str]) -> float:
    """Seconds that a command takes that ends by itself."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return time.perf_counter() - began
