"""One polite, bounded GET: conditional, redirects by hand, addresses checked where the connection ends, decoded bytes counted.

What can be expected to go wrong is a Failure with one plain line (what, and what to do), not an exception.
"""

from __future__ import annotations

import asyncio
import functools
import http.cookiejar
import os
import socket
import ssl
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx2

from reader import __version__
from reader.config.addresses import is_local_host
from reader.ingest import urls

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

CONNECT, READ, TOTAL = 5.0, 15.0, 30.0
"""Seconds: to connect, between two pieces, and for everything with all redirects (rule 37, R-NET-2)."""

MAX_BYTES = 20 << 20
"""Bytes of a body, on the wire and decoded (rule 36)."""

MAX_HOPS = 5
PERMANENT = frozenset((301, 308))
TEMPORARY = frozenset((302, 303, 307))
CODINGS = "gzip, deflate"
USER_AGENT = f"briefing/{__version__}"
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/rdf+xml;q=0.8, application/xml;q=0.7, "
    "text/xml;q=0.6, */*;q=0.1"
)


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: validators as the server once sent them (latin-1), and whether a private address is allowed.

    That permission holds for the host of `url`, not for others that it redirects to. `validated` is the address that gave the
    validators (empty: `url` itself); no other of the redirects gets them (rule 4).
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    validated: str = ""
    user_agent: str | None = None
    local: bool = False
    accept: str = ACCEPT


@dataclass(frozen=True, slots=True)
class Answer:
    """A 200 or 304. `headers` have lower-case names and values decoded as latin-1; `url` is where the redirects led.

    `moved` is that address when every hop to it was permanent, else empty; `whole` is false for a body that may have been cut.
    """

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: one plain line with the remedy.

    `kind`: network | refused | missing | gone | blocked | busy | server | damaged.
    """

    kind: str
    reason: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class _ForbiddenError(Exception):
    """The connection ended at an address of a private network."""


class _ProxyError(Exception):
    """The environment names a proxy of a kind that cannot be used."""


class _TooLargeError(Exception):
    """More bytes than are read."""


class _DamagedError(Exception):
    """A body that cannot be decoded; the message says why."""


class Resolvers(ThreadPoolExecutor):
    """A daemon thread for each call: a name server that does not answer holds up neither other names nor the end of the program."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """As Executor.submit; every error goes to who waits for the result."""
        future: Future[Result] = Future()

        def work() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fn(*args, **kwargs))
                except BaseException as error:  # noqa: BLE001
                    future.set_exception(error)

        threading.Thread(target=work, name="resolve", daemon=True).start()
        return future


class Fetcher:
    """Fetches with a connection kept per host; an async context manager. `total` is the deadline of one fetch in seconds."""

    def __init__(self, *, total: float = TOTAL, max_bytes: int = MAX_BYTES) -> None:
        self.total = total
        self.max_bytes = max_bytes
        self._open, self._local = _client(), _client()
        """Apart, so that a connection made for a local feed never carries another's request."""
        self._proxied: dict[str, httpx2.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        asyncio.get_running_loop().set_default_executor(Resolvers())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        for client in (self._open, self._local, *self._proxied.values()):
            await client.aclose()

    async def get(self, request: Request) -> Answer | Failure:
        """The answer to `request` after at most MAX_HOPS redirects, within the deadline."""
        try:
            async with asyncio.timeout(self.total):
                return await self._follow(request)
        except TimeoutError:
            return Failure("network", f"no complete answer within {self.total:g} seconds: asked again later")
        except _ForbiddenError:
            return Failure(
                "refused",
                "leads to a private or local address: not fetched; if it is yours, set local = true in feeds.toml",
            )
        except _ProxyError:
            return Failure(
                "network", "the environment names a proxy that cannot be used: check HTTPS_PROXY, or set NO_PROXY"
            )
        except _TooLargeError:
            return Failure(
                "damaged", f"larger than {self.max_bytes >> 20} MB: not read; look for a shorter feed on the site"
            )
        except _DamagedError as error:
            return Failure("damaged", f"{error}: asked again later")
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, UnicodeError, ValueError) as error:
            return Failure("network", explain(error, proxied=not request.local and bool(proxy_of(request.url))))

    async def _follow(self, request: Request) -> Answer | Failure:
        """The hops of one request."""
        url, permanent, visited = request.url, True, {request.url}
        for _ in range(MAX_HOPS + 1):
            if not urls.absolute(url):
                return Failure("refused", "no http or https address: check the address")
            outcome = await self._hop(request, url)
            if not isinstance(outcome, _Redirect):
                moved = url if permanent and url != request.url else ""
                return outcome if isinstance(outcome, Failure) or not moved else _with_move(outcome, moved)
            permanent = permanent and outcome.status in PERMANENT
            target = urljoin(url, outcome.location)
            if not urls.absolute(target):
                return Failure(
                    "refused",
                    "redirects to something that is no http or https address: not followed; check the address",
                    outcome.status,
                    outcome.headers,
                )
            if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
                return Failure(
                    "refused",
                    "redirects from https to http: not followed; look for its https address on the site",
                    outcome.status,
                    outcome.headers,
                )
            url = _with_user(urls.absolute(target), request.url)
            if url in visited:
                return Failure("refused", "redirects in a circle: check the address", outcome.status, outcome.headers)
            visited.add(url)
        return Failure("refused", f"redirects more than {MAX_HOPS} times: check the address")

    async def _hop(self, request: Request, url: str) -> Answer | Failure | _Redirect:
        """One exchange; the body is read only of a 200."""
        local = request.local and urls.host_of(url) == urls.host_of(request.url)
        proxy = "" if local else proxy_of(url)
        if proxy and is_local_host(urls.host_of(url)):
            raise _ForbiddenError
        client = self._local if local else self._through(proxy) if proxy else self._open
        extensions: dict[str, Any] = {} if local or proxy else {"trace": _check_peer}
        async with client.stream("GET", url, headers=_headers(request, url), extensions=extensions) as response:
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers.raw}
            status = response.status_code
            if status in PERMANENT | TEMPORARY:
                location = response.headers.get("location", "")
                return (
                    _Redirect(status, location, headers)
                    if location
                    else Failure("server", "redirects to nowhere: asked again later", status, headers)
                )
            if status == 304 and not _validators(request, url):
                return Failure(
                    "server", "says that nothing changed, but nothing was compared: asked again later", status
                )
            if status == 304:
                return Answer(status, url, headers)
            if status != 200:
                return refusal(status, headers)
            return Answer(status, url, headers, *await self._body(response, headers))

    def _through(self, proxy: str) -> httpx2.AsyncClient:
        """The client that asks a proxy."""
        if not proxy.startswith(("http://", "https://")):
            raise _ProxyError
        if proxy not in self._proxied:
            sealed = _trusted() if proxy.startswith("https:") else None
            self._proxied[proxy] = _client(httpx2.Proxy(proxy, ssl_context=sealed))
        return self._proxied[proxy]

    async def _body(self, response: httpx2.Response, headers: Mapping[str, str]) -> tuple[bytes, str, bool]:
        """The decoded body, no move, and whether it came whole."""
        coding = headers.get("content-encoding", "").strip().lower()
        decoder = Decoder(coding, self.max_bytes)
        received = 0
        async for chunk in _chunks(response):
            received += len(chunk)
            if received > self.max_bytes:
                raise _TooLargeError
            decoder.feed(chunk)
        bounded = "content-length" in headers or "transfer-encoding" in headers
        return decoder.body(), "", bounded and decoder.ended


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str
    headers: Mapping[str, str]


def _with_user(url: str, asked: str) -> str:
    """A redirect's target with the name and password of the address that was asked for: on its own host only, never unsealed (rule 25)."""
    to, first = urlsplit(url), urlsplit(asked)
    user = first.netloc.rpartition("@")[0]
    sealed = (first.scheme, urls.port(first), to.scheme, urls.port(to)) == ("http", 80, "https", 443)
    same = (to.scheme, urls.port(to)) == (first.scheme, urls.port(first)) or sealed
    return (
        to._replace(netloc=f"{user}@{to.netloc}").geturl() if user and same and to.hostname == first.hostname else url
    )


async def _chunks(response: httpx2.Response) -> AsyncIterator[bytes]:
    async for chunk in response.aiter_raw():
        yield chunk


def _with_move(answer: Answer, moved: str) -> Answer:
    return Answer(answer.status, answer.url, answer.headers, answer.body, moved, answer.whole)


class Decoder:
    """Decodes one content coding piece by piece, never holding more than `limit` bytes of it."""

    def __init__(self, coding: str, limit: int) -> None:
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise _DamagedError("an answer in a form that was not asked for")
        self._coding = "" if coding == "identity" else coding
        self._limit = limit
        self._unpacker: Any = None
        self._parts: list[bytes] = []
        self._size = 0
        self._started = False

    @property
    def ended(self) -> bool:
        """Whether the coding's own end was seen; true for a body without coding."""
        return self._unpacker is None or bool(self._unpacker.eof)

    def feed(self, chunk: bytes) -> None:
        """Take the next piece. Raises for damaged or too much data."""
        if chunk and not self._started:
            self._started = True
            self._unpacker = self._chosen(chunk)
        if self._unpacker is None:
            self._keep(chunk)
            return
        while chunk and not self._unpacker.eof:
            try:
                self._keep(self._unpacker.decompress(chunk, self._limit + 1 - self._size))
            except zlib.error as error:
                raise _DamagedError("a damaged answer") from error
            chunk = self._unpacker.unconsumed_tail

    def body(self) -> bytes:
        """Everything decoded so far."""
        return b"".join(self._parts)

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise _TooLargeError
        self._parts.append(data)

    def _chosen(self, start: bytes) -> Any:
        """The unpacker that the first bytes call for; none where the label is wrong and the bytes are plain."""
        if self._coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(wbits=31) if start.startswith(b"\x1f") else None
        if self._coding == "deflate" and start[:1] not in (b"<", b"{", b"\xef"):
            return zlib.decompressobj(
                wbits=15 if start[0] & 0x0F == 8 and (len(start) < 2 or not (start[0] << 8 | start[1]) % 31) else -15
            )
        return None


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted; loading them takes longer than a request."""
    return httpx2.create_ssl_context()


def proxy_of(url: str) -> str:
    """The proxy that the environment names for an address (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, without what NO_PROXY names); else empty."""
    if not any(name.lower().endswith("_proxy") for name in os.environ):
        return ""
    from urllib.request import getproxies_environment, proxy_bypass

    parts, proxies = urlsplit(url), getproxies_environment()
    proxy = proxies.get(parts.scheme) or proxies.get("all", "")
    if not proxy or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _client(proxy: httpx2.Proxy | None = None) -> httpx2.AsyncClient:
    """A client that keeps no cookie, follows nothing, and reads no password from its surroundings."""
    client = httpx2.AsyncClient(
        proxy=proxy,
        verify=_trusted(),
        timeout=httpx2.Timeout(READ, connect=CONNECT, pool=None),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=16, keepalive_expiry=5),
        follow_redirects=False,
        trust_env=False,
        headers={"user-agent": USER_AGENT},
    )
    client.cookies.jar.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    return client


def _validators(request: Request, url: str) -> list[tuple[bytes, str | None]]:
    """The conditional headers for one of the addresses, byte for byte as they came; none for an address that did not give them."""
    if url != (request.validated or request.url):
        return []
    pairs: list[tuple[bytes, str | None]] = [
        (b"If-None-Match", request.etag),
        (b"If-Modified-Since", request.last_modified),
    ]
    return [(name, value) for name, value in pairs if value]


def _headers(request: Request, url: str) -> list[tuple[bytes, bytes]]:
    """The headers of one exchange."""
    pairs = [
        (b"Accept", request.accept),
        (b"Accept-Encoding", CODINGS),
        (b"User-Agent", request.user_agent or USER_AGENT),
        *_validators(request, url),
    ]
    return [(name, value.encode("latin-1", "replace")) for name, value in pairs if value]


async def _check_peer(event: str, info: Mapping[str, Any]) -> None:
    """Break off a connection to a private address before a byte is sent (R-NET-4): names are resolved once, and this is what counts."""
    if event != "connection.connect_tcp.complete":
        return
    stream = info["return_value"]
    peer = stream.get_extra_info("server_addr")
    if not urls.is_public(str(peer[0])):
        await stream.aclose()
        raise _ForbiddenError


PROXY_REFUSES = "the proxy refuses this reader: check HTTPS_PROXY, its name and its password"


def refusal(status: int, headers: Mapping[str, str]) -> Failure:
    """What a status other than 200 and 304 means."""
    if status == 407:
        return Failure("network", PROXY_REFUSES, status, headers)
    if status in (401, 402, 403, 451) or headers.get("cf-mitigated", "") == "challenge":
        return Failure(
            "blocked",
            f"the site refuses this reader ({status}): open the site in a browser, or remove the feed",
            status,
            headers,
        )
    if status == 404:
        return Failure("missing", "not found (404): the feed may have moved; look for it on the site", status, headers)
    if status == 410:
        return Failure(
            "gone", "closed by its publisher (410): asked no more; remove it or find its new address", status, headers
        )
    if status in (429, 503):
        return Failure("busy", f"the site asks to wait ({status}): asked again when it allows", status, headers)
    if 500 <= status < 600:
        return Failure("server", f"the site has a fault ({status}): asked again later", status, headers)
    return Failure("server", f"an answer that makes no sense here ({status}): check the address", status, headers)


def explain(error: Exception, *, proxied: bool = False) -> str:
    """A network error in plain words with its remedy."""
    if isinstance(error, httpx2.ProxyError) and str(error).startswith(("401", "403", "407")):
        return PROXY_REFUSES
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({cause.verify_message}): not fetched; check the address"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection could be made: check the address"
        if isinstance(cause, socket.gaierror) and not proxied:
            return "its host is not known: check the address and your connection"
        cause = cause.__cause__ or cause.__context__
    unreached = isinstance(error, (httpx2.ConnectTimeout, httpx2.ConnectError))
    if isinstance(error, httpx2.ProxyError) or (proxied and unreached):
        return "cannot be reached through the proxy: check the address and HTTPS_PROXY"
    if unreached:
        return "cannot be reached: check the address and your connection"
    if isinstance(error, httpx2.TimeoutException):
        return "stopped answering: asked again later"
    if isinstance(error, (httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError)):
        return "not an address that can be fetched: check it"
    return "the connection broke off or made no sense: asked again later"
