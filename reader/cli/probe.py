"""Asking feeds without storing anything: what `feeds check` and `feeds add` need of the network."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reader.ingest import discover, urls
from reader.ingest.entries import Document
from reader.ingest.fetch import Answer, Failure, Fetcher, Request
from reader.ingest.pipeline import GAP, HOSTS, offered, parse
from reader.ingest.pool import Pool
from reader.library import now
from reader.model import Feed
from reader.sources import TIMES, quiet_since

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Probe:
    """What a feed answered: `reason` is why it could not be read, empty for a good one; `newest` in seconds since 1970 UTC."""

    url: str
    title: str = ""
    entries: int = 0
    newest: int | None = None
    moved: str = ""
    """Where it has moved for good; empty where it has not."""
    reason: str = ""
    status: int | None = None
    """HTTP status of the answer; null for none."""
    kind: str = ""
    """Of a failure, as `Failure.kind`."""
    size: int = 0
    """Bytes of the document, unpacked."""
    text: str = ""
    """What most of its entries hold: full | summary | headline."""
    others: tuple[str, ...] = ()
    """Further feeds that the page names, where the feed was found on a page."""
    quiet: bool = False
    """Whether its newest entry is older than its entries usually are apart."""


SILENT = "its site asked to wait: not asked now; asked again when it allows"


def probe_all(feeds: Sequence[Feed], held: Mapping[str, int]) -> list[Probe]:
    """Ask all of `feeds`, hosts side by side, the feeds of one host one after the other; the probes in the same order.

    A host that asked for silence, now or until a time of `held` (by scope), is left alone.
    """
    return asyncio.run(_probe_all(feeds, held))


async def _probe_all(feeds: Sequence[Feed], held: Mapping[str, int]) -> list[Probe]:
    groups: dict[str, list[int]] = defaultdict(list)
    for at, feed in enumerate(feeds):
        groups[feed.url if feed.local else urls.scope(feed.url)].append(at)
    found: dict[int, Probe] = {}
    hosts = asyncio.Semaphore(HOSTS)
    async with Asker() as asker:

        async def ask(places: list[int]) -> None:
            async with hosts:
                silent = held.get(urls.scope(feeds[places[0]].url), 0) > now()
                for number, at in enumerate(places):
                    if silent:
                        found[at] = Probe(feeds[at].url, reason=SILENT, kind="busy")
                        continue
                    await asyncio.sleep(GAP if number else 0)
                    found[at] = await asker.probe(feeds[at])
                    silent = found[at].kind == "busy"

        await asyncio.gather(*map(ask, groups.values()))
    return [found[at] for at in range(len(feeds))]


def find_feed(url: str, *, local: bool) -> Probe:
    """The feed at `url`, or the best one that the page there names; its `reason` says why there is none."""
    return asyncio.run(_find_feed(url, local))


async def _find_feed(url: str, local: bool) -> Probe:
    known = discover.by_address(url)
    start = known.url if known else url
    async with Asker() as asker:
        answer = await asker.get(Request(start, local=local))
        if isinstance(answer, Failure):
            return _refused(start, answer)
        probe = await asker.read(Feed(start, "", "", local=local), answer)
        if not probe.reason:
            return probe
        offers = await asker.offers(answer) or tuple(map(discover.Offer, discover.guesses(answer.url)))
        for number, offer in enumerate(offers):
            await asyncio.sleep(GAP if number and not local else 0)
            near = local and urls.host_of(offer.url) == urls.host_of(answer.url)
            found = await asker.probe(Feed(offer.url, offer.title, "", local=near))
            if not found.reason:
                return replace(found, others=tuple(other.url for other in offers if other != offer and other.title))
    return Probe(
        start, reason="neither a feed nor a page that names one; look for a link called RSS or Atom on the site"
    )


class Asker:
    """A fetcher and a parsing child."""

    def __init__(self) -> None:
        self._pool = Pool(1)
        self._fetcher = Fetcher()

    async def __aenter__(self) -> Asker:
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        self._pool.close()
        await self._fetcher.close()

    async def get(self, request: Request) -> Answer | Failure:
        """What one address answers."""
        return await self._fetcher.get(request)

    async def probe(self, feed: Feed) -> Probe:
        """Ask one feed, without validators, so that it answers in full."""
        answer = await self.get(Request(feed.url, user_agent=feed.user_agent, local=feed.local))
        return _refused(feed.url, answer) if isinstance(answer, Failure) else await self.read(feed, answer)

    async def offers(self, answer: Answer) -> tuple[discover.Offer, ...]:
        """The feeds that a page names."""
        return await _in_thread(lambda: offered(self._pool, answer))

    async def read(self, feed: Feed, answer: Answer) -> Probe:
        """The probe of an answer."""
        parsed = await _in_thread(lambda: parse(self._pool, feed, answer, now()))
        if isinstance(parsed, Failure):
            return replace(_refused(feed.url, parsed), size=len(answer.body))
        return _summed_up(feed, answer, parsed)


async def _in_thread(work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(None, work)


def _refused(url: str, failure: Failure) -> Probe:
    return Probe(url, reason=failure.reason, status=failure.status, kind=failure.kind)


def _summed_up(feed: Feed, answer: Answer, parsed: Document) -> Probe:
    dates = sorted({entry.published for entry in parsed.entries if entry.published is not None}, reverse=True)
    held = Counter(entry.completeness for entry in parsed.entries).most_common(1)
    return Probe(
        feed.url,
        parsed.title or feed.title,
        parsed.total or len(parsed.children),
        dates[0] if dates else None,
        answer.moved,
        status=answer.status,
        size=len(answer.body),
        text=held[0][0] if held else "",
        quiet=quiet_since(dates[:TIMES], now()) is not None,
    )
