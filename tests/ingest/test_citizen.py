"""Two simulated days against a server that counts what it would complain about."""

from __future__ import annotations

import dataclasses
import random
import socket
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from conftest import NOW, Site, item, rss, send, server_v6, serving

from reader.ingest.fetch import USER_AGENT, Answer, Failure, Fetcher, Request
from reader.ingest.pipeline import run
from reader.ingest.pool import Pool
from reader.model import Feed
from reader.store import Store

HOUR = 3600
STEP = 600


@dataclass
class Ledger:
    """What the server knows of its one client. `now` is the simulated time."""

    now: int = NOW
    version: int = 1
    touched: int = 0
    """How often the file was written again with the same bytes, which gives it other validators."""
    validators: bool = True
    quiet_until: int = 0
    columns: Counter[str] = field(default_factory=Counter)
    times: list[int] = field(default_factory=list)
    given: list[tuple[str, str]] = field(default_factory=list)

    def tags(self) -> tuple[str, str]:
        """The validators of the version: an ETag with a comma, a date as no library would write it."""
        return f'W/"v,{self.version}.{self.touched}"', f"Sat, 1 Jan 2022 5:{self.version}:{self.touched} GMT"

    def judge(self, kind: str, sent: str | None, place: int) -> None:
        """Count one validator as right, old or made up."""
        if sent is None:
            return
        values = [pair[place] for pair in self.given]
        verdict = "right" if values and sent == values[-1] else "old" if sent in values else "made up"
        self.columns[f"{kind} {verdict}"] += 1

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Judge a request and answer it."""
        tag, date = handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")
        self.times.append(self.now)
        self.columns["unconditional" if tag is None and date is None else "conditional"] += 1
        self.judge("tag", tag, 0)
        self.judge("date", date, 1)
        for name in ("Cookie", "Referer"):
            self.columns[name] += name in handler.headers
        self.columns["query"] += "?" in handler.path
        self.columns["IPv6" if ":" in handler.client_address[0] else "IPv4"] += 1
        self.columns["plain agent"] += handler.headers.get("User-Agent") == USER_AGENT
        if self.now < self.quiet_until:
            self.columns["while quiet"] += 1
        self.reply(handler)

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        """A 304 for the newest tag, else the feed; cookies are offered and should not come back."""
        headers = {"Set-Cookie": "id=1; Path=/"}
        if self.validators:
            headers["ETag"], headers["Last-Modified"] = self.tags()
        if self.quiet_until > self.now:
            return send(handler, (429, {"Retry-After": str(self.quiet_until - self.now)}, b""))
        if self.validators and handler.headers.get("If-None-Match") == self.tags()[0]:
            return send(handler, (304, headers, b""))
        if self.validators:
            self.given.append(self.tags())
        body = rss(
            *(item(n) for n in range(self.version, self.version + 5)), head=f"<lastBuildDate>{self.now}</lastBuildDate>"
        )
        return send(handler, (200, headers, body.encode()))


HOST = "both.example"
"""A name that has an address of each kind here."""


def of_both_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let HOST be this machine, by IPv4 and IPv6."""
    real = socket.getaddrinfo

    def resolve(host: object, port: int, *more: object, **options: object) -> object:
        if host not in (HOST, HOST.encode()):
            return real(host, port, *more, **options)  # type: ignore[arg-type]
        v4 = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
        return [v4, (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", port, 0, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def lent(request: Request) -> Request:
    """The request as one that may go to this machine, its pace being that of the open network."""
    return dataclasses.replace(request, local=True)


async def fetch(request: Request) -> Answer | Failure:
    async with Fetcher() as fetcher:
        return await fetcher.get(lent(request))


def live(
    ledger: Ledger,
    site: Site,
    path: Path,
    pool: Pool,
    hours: int,
    happens: dict[int, object] | None = None,
    host: str = "127.0.0.1",
) -> Store:
    """Run the reader every ten minutes, restarted each time; what `happens` at an hour is a function of the ledger."""
    site.routes["/f"] = ledger.answer
    feed, chance = Feed(site.url("/f", host), "News", "News"), random.Random(7).random
    for moment in range(0, hours * HOUR, STEP):
        ledger.now = NOW + moment
        act = (happens or {}).get(moment // HOUR) if moment % HOUR == 0 else None
        if callable(act):
            act(ledger)
        store = Store(path)
        run(store, [feed], now=ledger.now, pool=pool, fetch=fetch, random=chance)
        store.close()
    return Store(path)


def gaps(ledger: Ledger) -> list[int]:
    return [later - sooner for sooner, later in zip(ledger.times, ledger.times[1:], strict=False)]


def publish(ledger: Ledger) -> None:
    ledger.version += 1


def touch(ledger: Ledger) -> None:
    ledger.touched += 1


def quiet(ledger: Ledger) -> None:
    ledger.quiet_until = ledger.now + 5 * HOUR


def test_two_days_as_a_good_citizen(site: Site, tmp_path: Path, pool: Pool) -> None:
    ledger = Ledger()
    store = live(ledger, site, tmp_path / "store.db", pool, 48, dict.fromkeys((5, 6, 19, 30), publish))
    columns = ledger.columns
    assert columns["unconditional"] == 1
    assert columns["tag right"] == columns["date right"] == columns["conditional"]
    assert not any(
        columns[bad] for bad in ("tag old", "tag made up", "date old", "date made up", "Cookie", "Referer", "query")
    )
    assert columns["plain agent"] == columns["IPv4"] == len(ledger.times)
    assert min(gaps(ledger)) >= HOUR
    assert 40 <= len(ledger.times) <= 48
    assert len(store.known(site.url("/f"))) == 9
    store.close()


def test_two_days_at_a_host_of_both_kinds_of_addresses(
    site_v6: Site, tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each poll comes once, by IPv6 where that answers, under the one name of this reader; both kinds are one client to the server."""
    of_both_kinds(monkeypatch)
    ledger = Ledger()
    live(ledger, site_v6, tmp_path / "store.db", pool, 48, dict.fromkeys((5, 19, 30), publish), HOST).close()
    columns = ledger.columns
    assert (columns["IPv6"], columns["IPv4"]) == (len(ledger.times), 0)
    assert columns["unconditional"] == 1
    assert columns["tag right"] == columns["date right"] == columns["conditional"]
    assert columns["plain agent"] == len(ledger.times)
    assert min(gaps(ledger)) >= HOUR


def test_two_days_at_a_host_whose_newer_address_comes_and_goes(
    site: Site, tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IPv6 answers in the middle half day only: no poll is lost, none is made twice, and the validators go on."""
    of_both_kinds(monkeypatch)
    ledger, open_now = Ledger(), ExitStack()

    def opened(_: Ledger) -> None:
        open_now.enter_context(serving(server_v6(site)))

    def closed(_: Ledger) -> None:
        open_now.close()

    with open_now:
        live(ledger, site, tmp_path / "store.db", pool, 36, {12: opened, 24: closed, 30: publish}, HOST).close()
    columns = ledger.columns
    assert columns["IPv6"] + columns["IPv4"] == len(ledger.times)
    assert min(columns["IPv6"], columns["IPv4"]) >= 9
    assert (columns["unconditional"], columns["tag old"], columns["tag made up"]) == (1, 0, 0)
    assert HOUR <= min(gaps(ledger)) <= max(gaps(ledger)) < 2 * HOUR


def test_a_file_that_is_only_touched_gives_new_validators_and_nothing_else(
    site: Site, tmp_path: Path, pool: Pool
) -> None:
    ledger = Ledger()
    store = live(ledger, site, tmp_path / "store.db", pool, 48, dict.fromkeys((3, 4, 20, 40), touch))
    columns = ledger.columns
    assert ledger.given[-1] == ledger.tags()
    assert len(ledger.given) == 5
    assert (columns["unconditional"], columns["tag old"], columns["date old"]) == (1, 0, 0)
    assert columns["tag right"] == columns["date right"] == columns["conditional"]
    assert {known.revision for known in store.known(site.url("/f"))} == {1}
    store.close()


def test_silence_when_asked_for(site: Site, tmp_path: Path, pool: Pool) -> None:
    ledger = Ledger()
    live(ledger, site, tmp_path / "store.db", pool, 24, {4: quiet}).close()
    assert ledger.columns["while quiet"] == 1
    assert ledger.columns["unconditional"] == 1
    assert max(gaps(ledger)) >= 4 * HOUR
    assert len([moment for moment in ledger.times if moment > NOW + 10 * HOUR]) > 8


def test_a_server_without_validators_is_asked_seldom(site: Site, tmp_path: Path, pool: Pool) -> None:
    ledger = Ledger(validators=False)
    live(ledger, site, tmp_path / "store.db", pool, 24).close()
    assert ledger.columns["conditional"] == 0
    assert min(gaps(ledger)) >= 4 * HOUR


def test_a_gone_feed_is_asked_once(site: Site, tmp_path: Path, pool: Pool) -> None:
    ledger = Ledger()
    asked: list[int] = []

    def gone(handler: BaseHTTPRequestHandler) -> None:
        asked.append(ledger.now)
        send(handler, (410, {}, b""))

    def close(_: Ledger) -> None:
        site.routes["/f"] = gone

    live(ledger, site, tmp_path / "store.db", pool, 24, {3: close}).close()
    assert len(asked) == 1


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Apia"])
def test_the_local_time_zone_means_nothing(
    site: Site, tmp_path: Path, pool: Pool, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        ledger = Ledger(now=1_792_890_000)
        live(ledger, site, tmp_path / "store.db", pool, 6).close()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert ledger.columns["unconditional"] == 1
    assert min(gaps(ledger)) >= HOUR
