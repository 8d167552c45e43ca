"""Against a real server that misbehaves: every answer is bounded, and every fault is one line."""

from __future__ import annotations

import asyncio
import gzip
import re
import socket
import threading
import time
import tracemalloc
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import Site, send, serving

from reader.ingest.fetch import (
    ACCEPT,
    CONNECT,
    MAX_BYTES,
    MAX_HOPS,
    READ,
    TOTAL,
    USER_AGENT,
    Answer,
    Decoder,
    Failure,
    Fetcher,
    Request,
    refusal,
)

BODY = b"<rss version='2.0'><channel><title>x</title></channel></rss>"


def get(request: Request, *, total: float = 10.0, max_bytes: int = 1 << 20) -> Answer | Failure:
    async def once() -> Answer | Failure:
        async with Fetcher(total=total, max_bytes=max_bytes) as fetcher:
            return await fetcher.get(request)

    return asyncio.run(once())


def fetch(site: Site, path: str, **more: object) -> Answer | Failure:
    return get(Request(site.url(path), local=True), **more)  # type: ignore[arg-type]


def answer(got: Answer | Failure) -> Answer:
    assert isinstance(got, Answer), got
    return got


def failure(got: Answer | Failure) -> Failure:
    assert isinstance(got, Failure), got
    assert "\n" not in got.reason
    assert len(got.reason) < 130
    assert ":" in got.reason
    return got


def test_the_request_says_who_and_what_and_nothing_else(site: Site) -> None:
    site.routes["/f"] = (200, {"Set-Cookie": "a=b"}, BODY)
    request = Request(site.url("/f"), etag='W/"a,b"', last_modified="Sat, 1 Jan 2022 5:00:00 GMT", local=True)

    async def twice() -> None:
        async with Fetcher() as fetcher:
            await fetcher.get(request)
            await fetcher.get(request)

    asyncio.run(twice())
    for asked in site.asked:
        assert asked.headers["if-none-match"] == 'W/"a,b"'
        assert asked.headers["if-modified-since"] == "Sat, 1 Jan 2022 5:00:00 GMT"
        assert asked.headers["accept"] == ACCEPT
        assert asked.headers["user-agent"] == USER_AGENT
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        assert set(asked.headers) <= {
            "host",
            "accept",
            "accept-encoding",
            "user-agent",
            "connection",
            "if-none-match",
            "if-modified-since",
        }


def test_who_asks_and_what_for() -> None:
    """Rules 32 and 33: name and version, no word that firewalls know; feeds before anything else."""
    assert re.fullmatch(r"briefing/\d+\.\d+\.\d+", USER_AGENT)
    assert ACCEPT == (
        "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/rdf+xml;q=0.8, "
        "application/xml;q=0.7, text/xml;q=0.6, */*;q=0.1"
    )
    assert (CONNECT, READ, TOTAL, MAX_BYTES, MAX_HOPS) == (5, 15, 30, 20 << 20, 5), "rules 25, 36, 37"


def test_nothing_is_added_to_an_address_and_no_fragment_is_sent(site: Site) -> None:
    """Rule 34."""
    site.routes["/f?b=2&a=1"] = (302, {"Location": "/g?x=%20y#there"}, b"")
    site.routes["/g?x=%20y"] = (200, {}, BODY)
    answer(fetch(site, "/f?b=2&a=1#here"))
    assert site.paths() == ["/f?b=2&a=1", "/g?x=%20y"]
    assert not {"cookie", "referer"} & {name for asked in site.asked for name in asked.headers}


def test_a_password_goes_to_its_own_host_only(site: Site) -> None:
    """Rule 25: kept on the way to another path of the host, dropped on the way to another port or name."""
    with serving(_Elsewhere(("127.0.0.1", 0), site.handler)) as other:
        site.routes |= {"/f": (302, {"Location": "/g"}, b""), "/g": (200, {}, BODY)}
        site.routes["/out"] = (302, {"Location": f"http://127.0.0.1:{other}/g"}, b"")
        for path in ("/f", "/out"):
            answer(get(Request(site.url(path, "ada:secret@127.0.0.1"), local=True)))
    sent = [(asked.path, asked.headers.get("authorization")) for asked in site.asked]
    basic = "Basic YWRhOnNlY3JldA=="
    assert sent == [("/f", basic), ("/g", basic), ("/out", basic), ("/g", None)]


class _Elsewhere(ThreadingHTTPServer):
    daemon_threads = True


@pytest.mark.parametrize("location", ["/f", "file:///x", ""])
def test_a_redirect_that_asks_to_wait_says_until_when(site: Site, location: str) -> None:
    """Rule 17: a redirect that leads nowhere may carry Retry-After, too."""
    site.routes["/f"] = (302, {"Location": location, "Retry-After": "7200"}, b"")
    assert failure(fetch(site, "/f")).headers["retry-after"] == "7200"


def test_odd_bytes_in_a_validator_come_back_as_they_were(site: Site) -> None:
    site.routes["/f"] = (200, {"ETag": '"caf\xe9"'}, BODY)
    first = answer(fetch(site, "/f"))
    answer(get(Request(site.url("/f"), etag=first.headers["etag"], local=True)))
    assert site.asked[1].headers["if-none-match"] == '"caf\xe9"'


def test_a_feed_may_have_its_own_user_agent(site: Site) -> None:
    site.routes["/f"] = (200, {}, BODY)
    get(Request(site.url("/f"), user_agent="Other/1", local=True))
    assert site.asked[0].headers["user-agent"] == "Other/1"


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("gzip", lambda data: data),
        ("deflate", lambda data: data),
        ("identity", lambda data: data),
    ],
)
def test_codings_and_wrong_labels(site: Site, coding: str, encode: object) -> None:
    assert callable(encode)
    site.routes["/f"] = (200, {"Content-Encoding": coding}, encode(BODY))
    got = answer(fetch(site, "/f"))
    assert (got.body, got.whole) == (BODY, True)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_stops_at_the_limit(site: Site, coding: str) -> None:
    packer = zlib.compressobj(wbits=31 if coding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    site.routes["/f"] = (200, {"Content-Encoding": coding}, bomb)
    tracemalloc.start()
    try:
        got = failure(fetch(site, "/f", max_bytes=2 << 20))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert got.kind == "damaged"
    assert "larger" in got.reason
    assert peak < 16 << 20


def test_a_chain_of_codings_is_refused(site: Site) -> None:
    site.routes["/f"] = (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(BODY)))
    assert failure(fetch(site, "/f")).kind == "damaged"


def test_a_cut_or_damaged_body_is_told(site: Site) -> None:
    packed = gzip.compress(BODY * 50)
    site.routes["/cut"] = (200, {"Content-Encoding": "gzip"}, packed[:-20])
    site.routes["/bad"] = (200, {"Content-Encoding": "gzip"}, packed[:10] + b"\x07" * 60)
    site.routes["/short"] = (200, {"Content-Length": "9999", "Connection": "close"}, BODY)
    assert not answer(fetch(site, "/cut")).whole
    assert failure(fetch(site, "/bad")).kind == "damaged"

    def short(handler: BaseHTTPRequestHandler) -> None:
        send(handler, (200, {"Content-Length": "9999"}, BODY))
        handler.close_connection = True

    site.routes["/short"] = short
    assert failure(fetch(site, "/short")).kind == "network"


def test_a_body_without_an_end_is_not_trusted(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.0"
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + BODY)
        handler.close_connection = True

    site.routes["/f"] = endless
    got = answer(fetch(site, "/f"))
    assert (got.body, got.whole) == (BODY, False)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "10000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(b"X-%d: y\r\n" % number)
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("route", [drip, drip_header])
def test_a_slow_drip_ends_at_the_deadline(site: Site, route: object) -> None:
    assert callable(route)
    site.routes["/f"] = route
    start = time.monotonic()
    got = failure(fetch(site, "/f", total=0.5))
    assert got.kind == "network"
    assert time.monotonic() - start < 3


def endless_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        handler.wfile.write(b"X-%d: %s\r\n" % (number, b"y" * 1000))


def one_long_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(10_000):
        handler.wfile.write(b"y" * 1000)
    handler.wfile.write(b"\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("route", [endless_headers, one_long_header])
def test_headers_have_a_limit_too(site: Site, route: object) -> None:
    """Rule 36."""
    assert callable(route)
    site.routes["/f"] = route
    tracemalloc.start()
    try:
        assert failure(fetch(site, "/f")).kind == "network"
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_silence_between_two_pieces_ends_it_before_the_deadline(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 37: a server that stops in the middle."""
    done = threading.Event()

    def stall(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        done.wait(10)

    monkeypatch.setattr("reader.ingest.fetch.READ", 0.2)
    site.routes["/f"] = stall
    start = time.monotonic()
    try:
        assert failure(fetch(site, "/f", total=30)).reason == "stopped answering: asked again later"
    finally:
        done.set()
    assert time.monotonic() - start < 5


def named(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let the name `both.example` have these addresses."""
    real = socket.getaddrinfo

    def resolve(host: object, port: object, *more: object, **options: object) -> object:
        if host not in ("both.example", b"both.example"):
            return real(host, port, *more, **options)  # type: ignore[arg-type]
        families = ((socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in addresses)
        return [
            (family, socket.SOCK_STREAM, 6, "", (address, port, 0, 0) if ":" in address else (address, port))
            for family, address in families
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.parametrize("addresses", [("::1", "127.0.0.1"), ("127.0.0.1", "::1"), ("127.0.0.9", "127.0.0.1")])
def test_where_one_address_of_a_name_does_not_answer_another_is_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    """Rule 39: nobody listens on the others."""
    site.routes["/f"] = (200, {}, BODY)
    named(monkeypatch, *addresses)
    assert answer(get(Request(site.url("/f", "both.example"), local=True))).body == BODY
    assert len(site.asked) == 1


def test_a_name_with_addresses_of_both_kinds_is_asked_once(site_v6: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site_v6.routes["/f"] = (200, {}, BODY)
    named(monkeypatch, "127.0.0.1", "::1")
    answer(get(Request(site_v6.url("/f", "both.example"), local=True)))
    assert [asked.family for asked in site_v6.asked] == ["v6"]


def test_a_private_address_of_the_newer_kind_is_refused_too(site_v6: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule 38: whichever of its addresses a name is reached at."""
    site_v6.routes["/f"] = (200, {}, BODY)
    for addresses in (("::1", "127.0.0.1"), ("127.0.0.1", "::1"), ("::1",)):
        named(monkeypatch, *addresses)
        assert failure(get(Request(site_v6.url("/f", "both.example")))).kind == "refused"
    assert site_v6.asked == []


def test_redirects_are_followed_and_told_apart(site: Site) -> None:
    site.routes["/end"] = (200, {"ETag": '"e"'}, BODY)
    for status in (301, 308, 302, 303, 307):
        site.routes[f"/{status}"] = (status, {"Location": "/end"}, b"x" * 100)
    site.routes["/mixed"] = (301, {"Location": "/302"}, b"")
    site.routes["/first"] = (302, {"Location": "/301"}, b"")
    site.routes["/both"] = (308, {"Location": "/301"}, b"")
    moved = {
        path: answer(fetch(site, path)).moved
        for path in ("/301", "/308", "/302", "/303", "/307", "/mixed", "/first", "/both", "/end")
    }
    end = site.url("/end")
    assert moved == {
        "/301": end,
        "/308": end,
        "/302": "",
        "/303": "",
        "/307": "",
        "/mixed": "",
        "/first": "",
        "/both": end,
        "/end": "",
    }
    assert answer(fetch(site, "/302")).url == end


def test_validators_go_only_where_they_came_from(site: Site) -> None:
    end, start = site.feed("/end", BODY, ETag='"e"'), site.url("/start")
    site.routes["/start"] = (302, {"Location": "/end"}, b"")
    site.routes["/elsewhere"] = (200, {}, BODY)
    assert answer(get(Request(start, etag='"e"', validated=end, local=True))).status == 304
    assert [asked.headers.get("if-none-match") for asked in site.asked] == [None, '"e"']
    site.routes["/start"] = (302, {"Location": "/elsewhere"}, b"")
    assert answer(get(Request(start, etag='"e"', validated=end, local=True))).status == 200
    assert "if-none-match" not in site.asked[-1].headers


def test_too_many_redirects_circles_and_other_schemes_are_refused(site: Site) -> None:
    for number in range(9):
        site.routes[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")
    site.routes["/a"] = (302, {"Location": "/b"}, b"")
    site.routes["/b"] = (302, {"Location": "/a"}, b"")
    for number, target in enumerate(["file:///etc/hostname", "ftp://x.example/", "javascript:1", "http://"]):
        site.routes[f"/to{number}"] = (302, {"Location": target}, b"")
    site.routes["/nowhere"] = (302, {}, b"")
    for path in ("/0", "/a", "/to0", "/to1", "/to2", "/to3"):
        assert failure(fetch(site, path)).kind == "refused"
    assert failure(fetch(site, "/nowhere")).kind == "server"
    site.routes["/4"] = (200, {}, BODY)
    answer(fetch(site, "/0"))


def test_the_body_of_a_redirect_is_not_read(site: Site) -> None:
    site.routes["/end"] = (200, {}, BODY)
    site.routes["/f"] = (302, {"Location": "/end", "Content-Encoding": "gzip"}, gzip.compress(bytes(50 << 20)))
    assert answer(fetch(site, "/f", max_bytes=1000)).body == BODY


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0.0.0.0", "[::ffff:127.0.0.1]"])
def test_private_addresses_are_refused_before_a_byte_is_sent(site: Site, host: str) -> None:
    site.routes["/f"] = (200, {}, BODY)
    failure(get(Request(site.url("/f", host))))
    assert site.asked == []


def test_a_local_feed_leads_to_no_other_private_host(site: Site) -> None:
    site.routes["/f"] = (200, {}, BODY)
    site.routes["/inside"] = (302, {"Location": site.url("/f", "localhost")}, b"")
    site.routes["/same"] = (302, {"Location": site.url("/f")}, b"")
    assert failure(fetch(site, "/inside")).kind == "refused"
    assert site.paths() == ["/inside"]
    assert answer(fetch(site, "/same")).body == BODY


def test_a_local_connection_is_not_lent_to_others(site: Site) -> None:
    site.routes["/f"] = (200, {}, BODY)

    async def both() -> Answer | Failure:
        async with Fetcher() as fetcher:
            await fetcher.get(Request(site.url("/f"), local=True))
            return await fetcher.get(Request(site.url("/f")))

    assert failure(asyncio.run(both())).kind == "refused"
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (401, {}, "blocked"), (403, {}, "blocked"), (407, {}, "network"),
        (503, {"cf-mitigated": "challenge"}, "blocked"), (404, {}, "missing"),
        (410, {}, "gone"),
        (429, {}, "busy"), (503, {}, "busy"), (500, {}, "server"), (502, {}, "server"), (418, {}, "server"),
        (204, {}, "server"), (226, {}, "server"),
    ],
)  # fmt: skip
def test_statuses(site: Site, status: int, headers: dict[str, str], kind: str) -> None:
    site.routes["/f"] = (status, headers, b"")
    got = failure(fetch(site, "/f"))
    assert (got.kind, got.status) == (kind, status)
    assert refusal(status, headers).reason == got.reason


def test_a_304_that_was_not_asked_for_is_a_fault(site: Site) -> None:
    site.routes["/f"] = (304, {}, b"")
    assert failure(fetch(site, "/f")).kind == "server"
    assert answer(get(Request(site.url("/f"), etag='"x"', local=True))).status == 304


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/", "http://nosuch.invalid/", "http://x.example:99999/", "ftp://x.example/", "", "http://a b/"],
)
def test_what_cannot_be_asked(url: str) -> None:
    failure(get(Request(url, local=True)))


def test_names_that_never_resolve_hold_up_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.routes["/f"] = (200, {}, BODY)
    real, stuck = socket.getaddrinfo, threading.Event()

    def resolve(host: str, *more: object, **named: object) -> object:
        if "stuck" in str(host):
            stuck.wait(20)
        return real(host, *more, **named)  # type: ignore[arg-type]

    async def all_of_them() -> list[Answer | Failure]:
        async with Fetcher(total=0.5) as fetcher:
            names = [fetcher.get(Request(f"http://stuck{number}.example/", local=True)) for number in range(40)]
            return await asyncio.gather(fetcher.get(Request(site.url("/f", "localhost"), local=True)), *names)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    start = time.monotonic()
    try:
        good, *bad = asyncio.run(all_of_them())
        assert time.monotonic() - start < 5
    finally:
        stuck.set()
    assert answer(good).body == BODY
    assert {failure(one).kind for one in bad} == {"network"}


@pytest.mark.parametrize(
    "noise",
    [
        b"\x00\x01\x02garbage\r\n\r\n",
        b"HTTP/9.9 whatever\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"",
    ],
)
def test_noise_is_one_line(site: Site, noise: bytes) -> None:
    def answer_noise(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(noise)
        handler.close_connection = True

    site.routes["/f"] = answer_noise
    assert failure(fetch(site, "/f")).kind == "network"


def test_the_decoder_never_holds_more_than_its_limit() -> None:
    decoder = Decoder("gzip", 1000)
    for byte in gzip.compress(b"a" * 1000):
        decoder.feed(bytes([byte]))
    assert (decoder.body(), decoder.ended) == (b"a" * 1000, True)


@pytest.fixture
def proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that stands in the environment as the proxy for all."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("http_proxy", site.url(""))
    return site


def test_a_proxy_of_the_environment_is_asked_for_what_is_outside(proxy: Site) -> None:
    proxy.routes["http://news.example/f"] = (200, {"Content-Type": "application/rss+xml"}, BODY)
    assert answer(get(Request("http://news.example/f", etag='"1"'))).body == BODY
    assert [asked.path for asked in proxy.asked] == ["http://news.example/f"]
    assert proxy.asked[0].headers["if-none-match"] == '"1"'


def test_no_proxy_is_asked_for_local_feeds_and_what_is_left_out(proxy: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy.routes["/f"] = (200, {}, BODY)
    assert answer(fetch(proxy, "/f")).body == BODY
    monkeypatch.setenv("no_proxy", "news.invalid")
    assert failure(get(Request("http://news.invalid/f"))).kind == "network"
    assert [asked.path for asked in proxy.asked] == ["/f"]


@pytest.mark.parametrize("host", ["169.254.169.254", "127.1", "[::1]", "localhost", "printer.local"])
def test_a_proxy_is_not_asked_for_what_is_inside(proxy: Site, host: str) -> None:
    proxy.routes["http://news.example/f"] = (302, {"Location": f"http://{host}/secret"}, b"")
    assert failure(get(Request("http://news.example/f"))).kind == "refused"
    assert len(proxy.asked) == 1


def test_a_proxy_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch, proxy: Site) -> None:
    for address in ("http://127.0.0.1:1", "socks5://127.0.0.1:1"):
        monkeypatch.setenv("http_proxy", address)
        assert failure(get(Request("http://news.example/f"))).kind == "network"
