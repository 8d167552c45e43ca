"""A fetch that is stopped from the reader keeps what came, and a failure tells its remedy on a narrow terminal, too."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

FEED = """<rss version="2.0"><channel><title>W</title><item><title>Vantor lifts its forecast</title><guid>1</guid>
<link>http://wire.example/1</link><description>The chip maker expects revenue of $9.1 billion.</description></item></channel></rss>"""


@dataclass
class Site:
    """A site that answers at once, or at /slow when it is told to."""

    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/slow":
                here.released.wait()
            body = FEED.encode() if self.path == "/quick" else b""
            try:
                self.send_response(200 if body else 302)
                if not body:
                    self.send_header("Location", "ftp://wire.example/")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        here.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield here
        here.released.set()
        server.shutdown()
        thread.join()


def follow(home: Path, *urls: str) -> None:
    """Let the list of feeds be these."""
    tables = (f'[[feed]]\nurl = "{url}"\ntitle = "Wire {url[-5:]}"\nlocal = true\n' for url in urls)
    (home / "feeds.toml").write_text("".join(tables))


def test_a_fetch_is_stopped_by_its_key_and_what_came_is_kept(
    site: Site, tmux, environment: dict[str, str], home: Path
) -> None:
    follow(home, site.url("/quick"), site.url("/slow"))
    tmux.start(f"{sys.executable} -m reader", environment, (80, 24))
    tmux.wait_for("fetching", "Vantor lifts")
    tmux.press("R")
    tmux.wait_for("once more stops this", "is kept · fetching")
    tmux.press("R")
    tmux.wait_for("stopped · 1 new are kept")
    tmux.wait_without("fetching")
    tmux.wait_for("Vantor lifts")
    tmux.press("q")
    assert tmux.wait_for_end() == 0


def test_a_remedy_is_whole_on_a_narrow_terminal(site: Site, start, environment: dict[str, str], home: Path) -> None:
    follow(home, site.url("/elsewhere"))
    command = [sys.executable, "-m", "reader", "fetch"]
    terminal = start("fetch", size=(60, 24))
    assert terminal.finish() == 1
    drawn = terminal.output.decode().replace("\x1b[1m", "").replace("\x1b[22m", "").rpartition("\x1b[K")[2]
    table = drawn.partition("briefing:")[0].splitlines()
    assert max(map(len, table)) <= 60
    assert "…" not in drawn
    told = subprocess.run([*command, "--now"], env=environment, capture_output=True, text=True, check=False).stdout
    assert "http or https address: not followed; check the address\n" in told
