"""A local web site whose every answer a test writes itself."""

from __future__ import annotations

import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from reader.ingest import fetch
from reader.ingest.pool import Pool
from reader.store import Store

Reply = tuple[int, dict[str, str], bytes]
NOW = 1_790_000_000


@dataclass
class Asked:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]
    at: float
    family: str = "v4"
    """v6 where the client came that way."""


@dataclass
class Site:
    """`routes`: path -> a reply, or a function of the handler that writes its own."""

    port: int = 0
    routes: dict[str, Reply | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    handler: type[BaseHTTPRequestHandler] = BaseHTTPRequestHandler

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def feed(self, path: str, body: bytes | str, **headers: str) -> str:
        """Serve a document with validators that are honoured; its address."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            tag, modified = named.get("ETag"), named.get("Last-Modified")
            fresh = tag and handler.headers.get("If-None-Match") == tag
            fresh = fresh or (
                modified
                and "If-None-Match" not in handler.headers
                and handler.headers.get("If-Modified-Since") == modified
            )
            send(handler, (304, named, b"") if fresh else (200, {"Content-Type": "application/rss+xml", **named}, data))

        self.routes[path] = answer
        return self.url(path)


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    status, headers, body = reply
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 304 and "Content-Length" not in headers and "Transfer-Encoding" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no news."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on a port of its own, gone after the test."""
    here = Site()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                family = "v6" if ":" in self.client_address[0] else "v4"
                headers = {k.lower(): v for k, v in self.headers.items()}
                here.asked.append(Asked(self.path, headers, time.monotonic(), family))
                here.at_once += 1
                here.most_at_once = max(here.most_at_once, here.at_once)
            try:
                route = here.routes.get(self.path, (404, {}, b""))
                if callable(route):
                    route(self)
                else:
                    send(self, route)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with lock:
                    here.at_once -= 1

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    here.handler = Handler
    with serving(_Server(("127.0.0.1", 0), Handler)) as here.port:
        yield here


class _ServerV6(_Server):
    address_family = socket.AF_INET6


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[int]:
    """Run a server until the block ends; its port."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]  # type: ignore[misc]
        finally:
            server.shutdown()
            thread.join()


def server_v6(site: Site) -> socketserver.BaseServer:
    """A server of the same site on ::1; skips the test where this machine has no IPv6."""
    try:
        return _ServerV6(("::1", site.port), site.handler)
    except OSError as error:
        pytest.skip(f"no IPv6 on this machine: {error}")


@pytest.fixture
def site_v6(site: Site) -> Iterator[Site]:
    """The same site, on ::1 as well."""
    with serving(server_v6(site)):
        yield site


@pytest.fixture
def sealed_site(site: Site, certificate: tuple[Path, Path]) -> Iterator[int]:
    """The same site behind TLS, as news.example and localhost; its port there."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = _Server(("127.0.0.1", 0), site.handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server) as port:
        yield port


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of its own for news.example and localhost, and its key; skips where there is no openssl to make one."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl command to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    chain, key = folder / "cert.pem", folder / "key.pem"
    names = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example,DNS:localhost"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = [program, "req", *kind, *names, "-keyout", key, "-out", chain]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    return chain, key


@pytest.fixture
def trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a user who trusts that certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    fetch._trusted.cache_clear()
    yield
    monkeypatch.undo()
    fetch._trusted.cache_clear()


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Warm children for all tests; a killed one is replaced."""
    with Pool(2) as children:
        yield children


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "store.db")
    yield opened
    opened.close()


def item(number: int, *, text: str = "", **fields: str) -> str:
    """One RSS item; `fields` replace elements."""
    elements = {
        "title": f"Story number {number} about chips",
        "link": f"https://news.example/{number}",
        "guid": f"urn:story:{number}",
        "pubDate": f"Mon, 21 Sep 2026 {number % 24:02}:00:00 GMT",
        "description": text
        or f"Body of story {number}, which is long enough to say something of its own about a chip and its maker.",
        **fields,
    }
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in elements.items() if value) + "</item>"


def rss(*items: str, head: str = "") -> str:
    """An RSS document of those items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>News</title><link>https://news.example/</link>{head}\n"
        + "\n".join(items)
        + "\n</channel></rss>"
    )
