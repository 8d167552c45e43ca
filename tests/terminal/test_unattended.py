"""The reader beside a fetch of another process: what that one stores appears, and the two never ask at once."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reader.ingest.runlock import RunLock
from reader.store import Store

ITEM = (
    "<item><title>{title}</title><link>http://wire.example/{at}</link><guid>{at}</guid>"
    "<pubDate>Thu, 09 Apr 2026 12:0{at}:00 GMT</pubDate><description>{text}</description></item>"
)
NEWS = (
    ("Vantor lifts its forecast", "The chip maker expects revenue of $9.1 billion this year."),
    ("Orion opens a laboratory in Oslo", "Forty researchers will study protein folding there."),
    ("Court hears the licence dispute", "Judges asked who owns the weights of an abandoned model."),
)


class Quiet(SimpleHTTPRequestHandler):
    """The files of a folder, without a word about it."""

    def log_message(self, *words: object) -> None:
        pass


class Wire:
    """A feed on this machine."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "feed.xml"
        self.told = 0

    def tell(self, number: int) -> None:
        """Let it hold the first `number` of NEWS."""
        items = "".join(ITEM.format(title=title, text=text, at=at) for at, (title, text) in enumerate(NEWS[:number]))
        self.file.write_text(f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>')
        self.told += 1
        os.utime(self.file, (1_700_000_000 + self.told,) * 2)


@pytest.fixture
def wire(home: Path, tmp_path: Path) -> Iterator[Wire]:
    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/feed.xml"
    (home / "feeds.toml").write_text(f'[[feed]]\nurl = "{url}"\ntitle = "Wire"\nlocal = true\n')
    yield Wire(folder)
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "reader", "fetch", "--wait", *words], env=environment, check=True, capture_output=True
    )


def test_the_open_reader_sees_what_another_process_fetched(
    wire: Wire, tmux, environment: dict[str, str], tmp_path: Path
) -> None:
    wire.tell(1)
    fetch(environment)
    tmux.start(f"{sys.executable} -m reader", environment, (120, 40))
    seen = tmux.wait_for("Vantor lifts", "Inbox 1")
    assert "new" not in seen.splitlines()[0]
    wire.tell(3)
    fetch(environment, "--now")
    seen = tmux.wait_for("2 new", "Vantor lifts")
    assert "Orion opens" not in seen, "the list moved under the reader"
    tmux.press("g", "r")
    tmux.wait_for(*(title for title, _ in NEWS))
    tmux.press("q")
    assert tmux.wait_for_end() == 0


def test_a_refresh_beside_another_fetch_says_so(wire: Wire, tmux, environment: dict[str, str], home: Path) -> None:
    wire.tell(1)
    fetch(environment)
    with RunLock(home / "briefing.db", now=0):
        tmux.start(f"{sys.executable} -m reader", environment, (120, 40))
        tmux.wait_for("Vantor lifts", "another fetch is under way", "appears here by itself")
        tmux.press("q")
        assert tmux.wait_for_end() == 0


def test_facts_are_told_stopped_with_the_reader_and_found_after_a_restart(
    wire: Wire, tmux, environment: dict[str, str], home: Path
) -> None:
    text = "</p><p>".join(f"Vantor raised ${n} billion at a valuation of ${n}0 billion, it said." for n in range(2, 60))
    items = "".join(
        ITEM.format(title=f"Vantor report number {n}", text=f"<![CDATA[<p>{text}</p>]]>", at=n) for n in range(400)
    )
    wire.file.write_text(f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>')
    tmux.start(f"{sys.executable} -m reader", environment, (120, 40))
    tmux.wait_for("Vantor report number", "finding facts", "of 400")
    tmux.press("q")
    assert tmux.wait_for_end() == 0
    store = Store(home / "briefing.db")
    with RunLock(home / "briefing.db", now=0, wait=lambda _: time.sleep(0.02) is None):
        assert 0 < store.count_without_facts() < 400, "the fetch did not end with the reader"
    tmux.ended.unlink()
    again = f"env BRIEFING_HOME={home} {sys.executable} -m reader; echo $? > {tmux.ended}"
    tmux.run("respawn-pane", "-k", "-t", "t", again)
    tmux.wait_for("finding facts")
    tmux.wait_without("finding facts")
    tmux.wait_without("grouping stories")
    assert store.count_without_facts() == 0
    store.close()
    tmux.press("q")
    assert tmux.wait_for_end() == 0
