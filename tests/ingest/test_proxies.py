"""Fetches behind TLS and through proxies that the environment names, against real ones on this machine."""

from __future__ import annotations

import asyncio
import base64
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import Site, serving

from reader.ingest.fetch import PROXY_REFUSES, Answer, Failure, Fetcher, Request

BODY = b"<rss version='2.0'><channel><title>x</title></channel></rss>"


def get(url: str, *, local: bool = False, **more: str) -> Answer | Failure:
    async def once() -> Answer | Failure:
        async with Fetcher(total=10.0) as fetcher:
            return await fetcher.get(Request(url, local=local, **more))  # type: ignore[arg-type]

    return asyncio.run(once())


@dataclass
class Relay:
    """A proxy that leads every name to one port of this machine, and what it was asked.

    With `password` only who knows it is led on, others get `refusal`.
    """

    to: int
    port: int = 0
    password: str = ""
    refusal: int = 407
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def relaying(relay: Relay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            if self.admitted():
                self.send_response(200, "Connection established")
                self.end_headers()
                with socket.create_connection(("127.0.0.1", relay.to)) as onward:
                    join(self.connection, onward)
            self.close_connection = True

        def do_GET(self) -> None:
            if self.admitted():
                self.send_response(200)
                self.send_header("Content-Length", str(len(BODY)))
                self.end_headers()
                self.wfile.write(BODY)

        def admitted(self) -> bool:
            relay.asked.append((self.command, self.path))
            relay.headers.append({name.lower(): value for name, value in self.headers.items()})
            known = base64.b64encode(relay.password.encode()).decode()
            if not relay.password or self.headers.get("Proxy-Authorization") == f"Basic {known}":
                return True
            self.send_response(relay.refusal)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return False

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def join(one: socket.socket, other: socket.socket) -> None:
    """Pass bytes on both ways until either side ends."""
    while ready := select.select([one, other], [], [], 10)[0]:
        for end in ready:
            data = end.recv(65536)
            if not data:
                return
            (other if end is one else one).sendall(data)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is no news."""


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without proxies."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def relay(sealed_site: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """A proxy before the sealed site, which the environment names for https."""
    here = Relay(sealed_site)
    with serving(_Quiet(("127.0.0.1", 0), relaying(here))) as here.port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{here.port}")
        yield here


# -- TLS --------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("trusted")
def test_a_certificate_that_the_user_trusts_is_trusted(site: Site, sealed_site: int) -> None:
    site.feed("/f", BODY, ETag='"1"')
    got = get(f"https://localhost:{sealed_site}/f", local=True, etag='"1"')
    assert isinstance(got, Answer), got
    assert got.status == 304


def test_a_certificate_that_nobody_trusts_is_told(site: Site, sealed_site: int) -> None:
    got = get(f"https://localhost:{sealed_site}/f", local=True)
    assert isinstance(got, Failure)
    assert "certificate is not valid" in got.reason
    assert site.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_told(site: Site, sealed_site: int) -> None:
    got = get(f"https://127.0.0.1:{sealed_site}/f", local=True)
    assert isinstance(got, Failure)
    assert "certificate is not valid" in got.reason
    assert site.asked == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_leads_out_of_a_secure_connection(site: Site, sealed_site: int, status: int) -> None:
    """Rule 25."""
    site.routes["/f"] = (status, {"Location": site.url("/plain", "localhost")}, b"")
    got = get(f"https://localhost:{sealed_site}/f", local=True)
    assert isinstance(got, Failure)
    assert (got.kind, "from https to http" in got.reason) == ("refused", True)
    assert site.paths() == ["/f"]


# -- proxies ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("trusted")
def test_https_goes_through_the_proxy_without_its_knowledge(site: Site, relay: Relay) -> None:
    site.feed("/f", BODY, ETag='"1"')
    got = get("https://news.example/f?key=1", etag='"1"')
    assert isinstance(got, Failure)
    assert got.kind == "missing", "the site saw the whole path"
    got = get("https://news.example/f", etag='"1"')
    assert isinstance(got, Answer), got
    assert got.status == 304
    assert relay.asked == [("CONNECT", "news.example:443")] * 2
    assert not any("if-none-match" in headers for headers in relay.headers)
    assert site.asked[-1].headers["host"] == "news.example"


@pytest.mark.usefixtures("relay")
def test_the_proxy_cannot_stand_in_for_the_site(site: Site) -> None:
    got = get("https://news.example/f")
    assert isinstance(got, Failure)
    assert "certificate is not valid" in got.reason
    assert site.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_redirect_behind_a_proxy_leads_to_nothing_inside(site: Site, relay: Relay) -> None:
    site.routes["/f"] = (302, {"Location": "https://127.0.0.1/secret"}, b"")
    got = get("https://news.example/f")
    assert isinstance(got, Failure)
    assert got.kind == "refused"
    assert relay.asked == [("CONNECT", "news.example:443")]


@pytest.mark.usefixtures("trusted")
def test_name_and_password_of_a_proxy_go_to_the_proxy_alone(
    site: Site, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay.password = "ada:secret"
    site.feed("/f", BODY)
    refused = get("https://news.example/f")
    assert isinstance(refused, Failure)
    assert refused.reason == PROXY_REFUSES
    monkeypatch.setenv("HTTPS_PROXY", f"http://ada:secret@127.0.0.1:{relay.port}")
    assert isinstance(get("https://news.example/f"), Answer)
    assert not {"authorization", "proxy-authorization"} & site.asked[0].headers.keys()


@pytest.mark.parametrize(
    ("status", "said"), [(403, "the proxy refuses"), (502, "through the proxy"), (504, "through the proxy")]
)
def test_a_proxy_that_does_not_lead_on_is_told(relay: Relay, status: int, said: str) -> None:
    relay.password, relay.refusal = "ada:secret", status
    got = get("https://news.example/f")
    assert isinstance(got, Failure)
    assert (got.kind, said in got.reason) == ("network", True)


def test_a_proxy_for_plain_http_that_wants_a_password_is_told(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    relay.password = "ada:secret"
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{relay.port}")
    refused = get("http://news.example/f")
    assert isinstance(refused, Failure)
    assert refused.reason == PROXY_REFUSES
    monkeypatch.setenv("http_proxy", f"ada:secret@127.0.0.1:{relay.port}")
    assert isinstance(get("http://news.example/f"), Answer)


@pytest.mark.usefixtures("trusted")
def test_a_proxy_may_be_behind_tls_itself(
    site: Site, sealed_site: int, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    relay, context = Relay(sealed_site), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = _Quiet(("127.0.0.1", 0), relaying(relay))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server) as relay.port:
        monkeypatch.setenv("ALL_PROXY", f"https://localhost:{relay.port}")
        assert isinstance(get("http://news.example/plain"), Answer)
    assert relay.asked == [("GET", "http://news.example/plain")]


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "http://proxy.invalid:3128"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, proxy: str, scheme: str) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    got = get(f"{scheme}://news.example/f")
    assert isinstance(got, Failure)
    assert got.reason == "cannot be reached through the proxy: check the address and HTTPS_PROXY"


def test_a_proxy_that_says_nothing_is_told_within_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    async def once() -> Answer | Failure:
        async with Fetcher(total=0.5) as fetcher:
            return await fetcher.get(Request("https://news.example/f"))

    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{silent.getsockname()[1]}")
        got = asyncio.run(once())
    assert isinstance(got, Failure)
    assert got.kind == "network"
    assert threading.active_count() < 20
