"""The reader in a real terminal: a pty whose bytes are read back, and tmux."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 60.0
"""Seconds after which a wait is given up: a guard against hanging, not a measure."""


class Terminal:
    """A program on a pty of its own; everything it writes is kept."""

    def __init__(self, words: list[str], environment: dict[str, str], size: tuple[int, int] = (120, 40)) -> None:
        self.master, self.slave = pty.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(self.slave)
        self.output = b""
        self.process = subprocess.Popen(
            words, stdin=self.slave, stdout=self.slave, stderr=self.slave, env=environment, start_new_session=True
        )

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float = 0.1) -> bytes:
        """What comes within `seconds`."""
        new = b""
        while select.select([self.master], [], [], seconds)[0]:
            try:
                part = os.read(self.master, 65536)
            except OSError:
                break
            if not part:
                break
            new += part
        self.output += new
        return new

    def wait_for(self, *words: str) -> None:
        """Read until all of `words` were written."""
        end = time.monotonic() + PATIENCE
        while not all(word.encode() in self.output for word in words):
            assert time.monotonic() < end, f"never saw {words}: {self.output[-2000:]!r}"
            assert self.process.poll() is None, f"ended early: {self.output[-2000:]!r}"
            self.read()

    def press(self, keys: str) -> bytes:
        """Press keys and read until the terminal is quiet."""
        os.write(self.master, keys.encode())
        return self.read(0.4)

    def finish(self) -> int:
        """Wait for the end; the exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, "did not end"
            self.read()
        self.read()
        return self.process.returncode

    def close(self) -> None:
        """End it in any case."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home for config and store in which no feed is on: nothing is asked of the network."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    feed = '[[feed]]\ntitle = "Nowhere"\nurl = "https://nowhere.invalid/feed"\noutlet = "Nowhere"\ngroup = "press"\nenabled = false\n'
    (folder / "feeds.toml").write_text(feed)
    return folder


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment of a plain colour terminal."""
    dropped = (
        "NO_COLOR",
        "TMUX",
        "BROWSER",
        "DISPLAY",
        "COLUMNS",
        "LINES",
    )  # the last two would stand for the terminal's size
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "BRIEFING_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[object]:
    """Start `briefing` with some words in a terminal."""
    open_ones: list[Terminal] = []

    def begin(*words: str, size: tuple[int, int] = (120, 40)) -> Terminal:
        terminal = Terminal([sys.executable, "-m", "reader", *words], environment, size)
        open_ones.append(terminal)
        return terminal

    yield begin
    for terminal in open_ones:
        terminal.close()


class Tmux:
    """A tmux server of our own with one window."""

    def __init__(self, socket: str, folder: Path) -> None:
        self.socket = socket
        self.ended = folder / "ended"
        """Where the shell notes the exit code: tmux itself does not always know it."""

    def run(self, *words: str) -> str:
        """Output of one tmux command."""
        done = subprocess.run(["tmux", "-L", self.socket, *words], capture_output=True, text=True, check=True)
        return done.stdout

    def start(self, command: str, environment: dict[str, str], size: tuple[int, int]) -> None:
        """A window of `size` with `command` in it, which begins when the window has its size."""
        pairs = [word for name in ("BRIEFING_HOME", "COLORTERM") for word in ("-e", f"{name}={environment[name]}")]
        columns, rows = map(str, size)
        self.run("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", columns, "-y", rows, "cat")
        self.run("set", "-g", "status", "off")
        self.run("set", "-g", "remain-on-exit", "on")
        self.run("resize-window", "-t", "t", "-x", columns, "-y", rows)
        self.run("respawn-pane", "-k", "-t", "t", *pairs, f"env -u COLUMNS -u LINES {command}; echo $? > {self.ended}")

    def screen(self) -> str:
        """What a person sees."""
        return self.run("capture-pane", "-p", "-t", "t")

    def wait_for(self, *words: str) -> str:
        """Look until all of `words` are on the screen."""
        end = time.monotonic() + PATIENCE
        while not all(word in (seen := self.screen()) for word in words):
            ended = f"ended with {self.ended.read_text()}" if self.ended.exists() else "still runs"
            assert time.monotonic() < end, f"never saw {words}, {ended}:\n{seen}"
            time.sleep(0.05)
        return seen

    def wait_without(self, words: str) -> str:
        """Look until `words` are no longer on the screen."""
        end = time.monotonic() + PATIENCE
        while words in (seen := self.screen()):
            assert time.monotonic() < end, f"still there: {words}\n{seen}"
            time.sleep(0.05)
        return seen

    def wait_for_end(self) -> int:
        """Wait until the command has ended; its exit code."""
        end = time.monotonic() + PATIENCE
        while not (told := self.ended.read_text() if self.ended.exists() else "").strip():
            assert time.monotonic() < end, f"still runs:\n{self.screen()}"
            time.sleep(0.05)
        return int(told)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        for key in keys:
            self.run("send-keys", "-t", "t", key)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A tmux; skips where there is none."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    server = Tmux(f"briefing-test-{os.getpid()}-{time.monotonic_ns()}", tmp_path)
    yield server
    subprocess.run(["tmux", "-L", server.socket, "kill-server"], capture_output=True, check=False)
