"""The real command in processes of its own, against real stores and a local server."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from commandline import Command, Site


@pytest.fixture
def briefing(tmp_path: Path) -> Command:
    """The command with nothing stored or configured."""
    return Command(tmp_path / "home")


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample edition, made once; for copying."""
    folder = tmp_path_factory.mktemp("sample")
    Command(folder)("demo", "--store", str(folder / "sample.db"))
    return folder / "sample.db"


@pytest.fixture
def stocked(briefing: Command, sample_store: Path) -> Command:
    """The command on a store of its own with the sample edition."""
    briefing.home.mkdir(mode=0o700)
    shutil.copy(sample_store, briefing.store)
    return briefing


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on a loopback port."""
    served = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            if self.path == served.slow:
                served.released.wait(20)
            status, kind, text = served.pages.get(self.path, (404, "text/plain", "not here"))
            body = text.encode()
            if self.headers.get("If-None-Match") == '"1"':
                status, body = 304, b""
            self.send_response(status)
            if status == 200:
                self.send_header("ETag", '"1"')
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            with suppress(BrokenPipeError, ConnectionResetError):
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    yield served
    served.released.set()
    server.shutdown()
    thread.join()
    server.server_close()
