"""The outside world into the store: ask what is due, read it in a child, match it, save each feed in one transaction."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import json
import random as randomness
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from reader.ingest import identity, schedule, states, urls, wire
from reader.ingest.entries import Document, distinct
from reader.ingest.fetch import Answer, Failure, Fetcher, Request
from reader.ingest.pool import DiedError, Pool
from reader.ingest.worker import KEPT
from reader.model import Entry, Feed, FeedState, Known
from reader.store import FactRow, Unread
from reader.store import Store as StoryStore

if TYPE_CHECKING:
    from reader.ingest.discover import Offer
    from reader.stories.rank import Taste

HOSTS = 8
"""Hosts that are asked at once (rule 22)."""

PATIENCE = 3.0
"""Seconds after which a host that does not answer no longer counts among HOSTS: waiting costs nothing, and the others go on."""

GAP = 1.0
"""Seconds between two requests to one host."""

OFFLINE_HOSTS = 8
"""Hosts that answered last time and cannot be reached now, none having answered, after which no further one is tried."""

TROUBLE_AFTER = 3
"""Failures in a row after which a feed's trouble is worth a word to somebody who reads only what needs him."""

IDLE = 0.1
"""Seconds after which it is looked again whether a child has nothing to parse."""

RENEWED = 100
"""Articles that were read since, and are followed up to see whether there is anything to do."""

FACTS_AT_ONCE = 16
"""Articles whose facts are found in one job."""

FACTS_SAVED = 64
"""Articles whose facts are saved in one transaction: each writes the same pages of indexes anew, but holds the lock meanwhile."""

FACTS_AHEAD = 256
"""Articles that are read from the store at once, for the children to work ahead of the saving."""


class FactStore(Protocol):
    """What finding facts needs of the store."""

    def without_facts(self, limit: int) -> list[Unread]:
        """Articles whose newest text has no facts yet, newest first."""

    def count_without_facts(self) -> int:
        """How many articles have no facts yet."""

    def save_facts(self, found: Iterable[tuple[Unread, dict[str, Any], Sequence[FactRow]]], *, version: int) -> None:
        """Save the facts of some articles in one transaction."""


class Store(FactStore, Protocol):
    """What the pipeline needs of the store."""

    def feed_states(self) -> dict[str, FeedState]:
        """What is known of every polled feed, by URL."""

    def held_hosts(self) -> dict[str, tuple[int, int]]:
        """Scope of each host that asked for silence when a page was asked for: until when, and how often in a row."""

    def known(self, feed_url: str) -> Sequence[Known]:
        """The stored articles of a feed."""

    def save_poll(
        self,
        feed: Feed,
        state: FeedState,
        new: Sequence[Entry] = ...,
        changed: Sequence[tuple[int, Entry]] = ...,
        aliases: Iterable[tuple[int, str]] = ...,
        seen: Sequence[int] = ...,
        *,
        old: Sequence[Entry] = ...,
        now: int,
        sample: bool = ...,
    ) -> None:
        """Store what one poll brought, in one transaction."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` in `phase` (fetch | pages | facts | stories).

    `feed` is the title of what was just done (of a page its host), `outcome` how it went: new | unchanged | failed | waiting | facts |
    stories, of a page full | summary | paywalled | failed | waiting.
    """

    phase: str
    done: int
    total: int
    feed: str = ""
    outcome: str = ""
    new: int = 0


@dataclass(slots=True)
class Report:
    """What a run brought; `errors` are (feed address, one plain line). `seconds`: until every article was stored."""

    feeds: int = 0
    """Feeds that were asked."""
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    updated: int = 0
    waiting: int = 0
    """Feeds that were due but whose host asked for silence."""
    facts: int = 0
    """Articles whose facts were found."""
    stories: int = 0
    """Articles that were placed among the stories."""
    seconds: float = 0.0
    facts_seconds: float = 0.0
    offline: bool = False
    """No feed could be reached: nothing is held against any of them, and all are asked again next time."""
    why: str = ""
    """What all of them said then, where they said one thing."""
    stopped: bool = False
    """The run was ended from outside before it was done."""
    errors: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    """Those of `errors` that begin to need somebody: the third failure in a row, and a feed that is asked no more."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `briefing fetch --json`."""
        values = asdict(self)
        for name in ("errors", "troubles"):
            values[name] = [{"feed": feed, "reason": reason} for feed, reason in values[name]]
        return values


Watch = Callable[[Progress], None]
Found = list[tuple[Unread, dict[str, Any], list[FactRow]]]
Fetch = Callable[[Request], Awaitable[Answer | Failure]]


def run(
    store: Store,
    feeds: Sequence[Feed],
    *,
    now: int,
    only_due: bool = True,
    named: bool = False,
    progress: Watch | None = None,
    cancelled: Callable[[], bool] | None = None,
    fetch: Fetch | None = None,
    pool: Pool | None = None,
    random: schedule.Random = randomness.random,
    interval: int = schedule.BASE,
    gap: float = GAP,
    facts: bool = False,
) -> Report:
    """Poll `feeds` and store what they bring; blocks until done or `cancelled` says so (what is stored by then stays).

    With `only_due` those that are due; without, all of them, still conditionally, but those that are gone or paused (rule 27) only where
    they were `named` by the user. A host that asked for silence is left alone either way. `interval` is the seconds between polls of a
    feed that names none. One feed's failure is its own state and a line of the report; it never touches another. With `facts` a child
    that has nothing to parse finds the facts of what is stored, newest first. The store is used in this thread only.
    """
    started = time.monotonic()
    own = pool is None
    pool = pool or Pool()
    poller = _Poller(store, pool, now=now, pace=schedule.Pace(random, interval), watch=progress, gap=gap)
    until = now if only_due else schedule.NEVER if named else schedule.NEVER - 1
    try:
        asyncio.run(poller.poll(feeds, until=until, fetch=fetch, cancelled=cancelled, facts=facts))
    finally:
        if own:
            pool.close()
    poller.report.seconds = round(time.monotonic() - started, 3)
    return poller.report


class _Poller:
    """One run over the feeds."""

    def __init__(
        self, store: Store, pool: Pool, *, now: int, pace: schedule.Pace, watch: Watch | None, gap: float
    ) -> None:
        self.store, self.pool, self.now, self.pace, self.watch, self.gap = store, pool, now, pace, watch, gap
        self.report = Report()
        self.states = store.feed_states()
        self.held = defaultdict(int, {scope: until for scope, (until, _) in holds(store, self.states).items()})
        self.done = self.total = 0
        self.reached = False
        """Whether any feed gave an answer of any kind; local ones tell nothing about the world."""
        self.unreached: list[tuple[Feed, FeedState, Failure]] = []
        """Failures that wait for the answer of another feed, which makes them their own."""
        self.parsing = 0
        """Documents that a child reads or that wait for one."""
        self.executor: ThreadPoolExecutor | None = None
        self.hosts = asyncio.Semaphore(HOSTS)

    async def poll(
        self,
        feeds: Sequence[Feed],
        *,
        until: int,
        fetch: Fetch | None,
        cancelled: Callable[[], bool] | None,
        facts: bool,
    ) -> None:
        """Ask all that are due by `until`: hosts side by side, the feeds of one host one after the other, in random order."""
        wanted = [feed for feed in feeds if feed.enabled and self._due(feed) <= until]
        self.total = len(wanted)
        groups: dict[str, list[Feed]] = defaultdict(list)
        for feed in sorted(wanted, key=lambda _: self.pace.random()):
            groups[feed.url if feed.local else urls.scope(feed.url)].append(feed)
        with ThreadPoolExecutor(2, thread_name_prefix="parse") as executor:
            self.executor = executor
            async with Fetcher() as fetcher:
                tasks = [asyncio.create_task(self._host(group, fetch or fetcher.get)) for group in groups.values()]
                beside = asyncio.create_task(self._facts_beside(tasks)) if facts else None
                await all_or_cancelled(tasks, lambda: self._is_to_end(cancelled), self.pool)
                if beside:
                    await beside
        self._settle()

    def _is_to_end(self, cancelled: Callable[[], bool] | None) -> bool:
        """Whether somebody ended the run, or enough was tried in vain."""
        return bool(cancelled and cancelled()) or self._is_offline(OFFLINE_HOSTS)

    def _is_offline(self, hosts: int) -> bool:
        """Whether nothing was reached, and so many of the hosts had answered last time: those that fail anyway prove nothing."""
        if self.reached:
            return False
        return len({urls.host_of(feed.url) for feed, state, _ in self.unreached if not state.failures}) >= hosts

    def _settle(self) -> None:
        """Hold what was not reached against nobody when the machine is offline, else against each feed."""
        self.report.offline = self._is_offline(2)
        unreached, self.unreached = self.unreached, []
        if self.report.offline:
            self.report.failed += len(unreached)
            reasons = {failure.reason for _, _, failure in unreached}
            self.report.why = reasons.pop() if len(reasons) == 1 else ""
            return
        for feed, state, failure in unreached:
            self._hold_against(feed, state, failure)

    def _due(self, feed: Feed) -> int:
        state = self.states.get(feed.url)
        return state.due if state else 0

    async def _host(self, feeds: list[Feed], fetch: Fetch) -> None:
        """The feeds of one host, with a pause between them."""
        async with turn(self.hosts):
            for number, feed in enumerate(feeds):
                if self._is_offline(OFFLINE_HOSTS):
                    return
                if self.held[urls.scope(feed.url)] > self.now:
                    self.report.waiting += 1
                    self._tell(feed, "waiting")
                    continue
                if number and self.gap:
                    await asyncio.sleep(self.gap)
                await self._feed(feed, fetch)

    async def _feed(self, feed: Feed, fetch: Fetch) -> None:
        """One feed, from the question to the transaction."""
        state = self.states.get(feed.url) or FeedState(feed.url)
        answer = await fetch(states.request_for(feed, state, now=self.now))
        self.report.feeds += 1
        if not feed.local and not self.reached and not _is_unreached(answer):
            self.reached = True
            self._settle()
        read = isinstance(answer, Answer) and answer.status == 200
        outcome = await self._read(feed, state, answer, fetch) if isinstance(answer, Answer) and read else answer
        if isinstance(outcome, Answer):
            self._unchanged(feed, state, outcome)
        elif isinstance(outcome, Failure):
            self._failed(feed, state, outcome)

    async def _read(self, feed: Feed, state: FeedState, answer: Answer, fetch: Fetch) -> Answer | Failure | None:
        """Parse and store a body: the answer back for one that was seen before, null when it is stored."""
        digest = _digest(answer.body)
        if digest == state.body_hash and not state.failures:
            return answer
        parsed = await self._parse(feed, answer, state.slices)
        if isinstance(parsed, Document) and parsed.children:
            parsed = await self._members(feed, parsed, fetch)
        if isinstance(parsed, Failure):
            return parsed
        if not (parsed.entries or parsed.present) and states.recall(state).entries:
            return Failure("damaged", "suddenly empty: its articles are kept, and it is asked again later", 200)
        after = states.changed(feed, state, answer, parsed, body_hash=digest, now=self.now, pace=self.pace)
        new, updated = store_document(self.store, feed, after, parsed, now=self.now)
        self.report.new += new
        self.report.updated += updated
        self.report.unchanged += not (new or updated)
        self._tell(feed, "new" if new or updated else "unchanged", new)
        return None

    async def _members(self, feed: Feed, index: Document, fetch: Fetch) -> Document | Failure:
        """A sitemap index with the entries of its newest members; the first failure when none can be read."""
        entries: list[Entry] = list(index.entries)
        failure: Failure | None = None
        for url in index.children:
            await asyncio.sleep(self.gap)
            local = feed.local and urls.host_of(url) == urls.host_of(feed.url)
            answer = await fetch(Request(url, user_agent=feed.user_agent, local=local))
            part = answer if isinstance(answer, Failure) else await self._parse(feed, answer)
            if isinstance(part, Failure):
                failure = failure or part
            else:
                entries += part.entries
        return failure if failure and not entries else replace(index, entries=distinct(entries), total=len(entries))

    async def _parse(self, feed: Feed, answer: Answer, recorded: bytes = b"") -> Document | Failure:
        """`parse` off the loop."""
        self.parsing += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self.executor, parse, self.pool, feed, answer, self.now, recorded
            )
        finally:
            self.parsing -= 1

    async def _facts_beside(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Find facts while the hosts are waited for and no document is; one job at a time, so that a document finds a child free."""
        while not all(task.done() for task in tasks):
            part = [] if self.parsing else self.store.without_facts(FACTS_AT_ONCE)
            if not part:
                await asyncio.sleep(IDLE)
                continue
            found = await asyncio.get_running_loop().run_in_executor(self.executor, _facts_of, self.pool, part)
            if not found:
                return
            from reader.factfinder import RULES

            self.store.save_facts(found, version=RULES)
            self.report.facts += len(found)

    def _unchanged(self, feed: Feed, state: FeedState, answer: Answer) -> None:
        self.report.unchanged += 1
        self.store.save_poll(feed, states.unchanged(feed, state, answer, now=self.now, pace=self.pace), now=self.now)
        self._tell(feed, "unchanged")

    def _failed(self, feed: Feed, state: FeedState, failure: Failure) -> None:
        if self.reached or feed.local or not _is_unreached(failure):
            self._hold_against(feed, state, failure)
        else:
            self.unreached.append((feed, state, failure))
        self._tell(feed, "failed")

    def _hold_against(self, feed: Feed, state: FeedState, failure: Failure) -> None:
        """A failure as the state of its feed."""
        after = states.failed(feed, state, failure, now=self.now, pace=self.pace)
        self.report.failed += 1
        self.report.errors.append((feed.url, after.error))
        if state.due != schedule.NEVER and (after.failures == TROUBLE_AFTER or after.due == schedule.NEVER):
            self.report.troubles.append((feed.url, after.error))
        self.held[urls.scope(feed.url)] = max(self.held[urls.scope(feed.url)], after.held)
        self.store.save_poll(feed, after, now=self.now)

    def _tell(self, feed: Feed, outcome: str, new: int = 0) -> None:
        self.done += 1
        if self.watch:
            self.watch(Progress("fetch", self.done, self.total, feed.title, outcome, new))


@asynccontextmanager
async def turn(hosts: asyncio.Semaphore) -> AsyncIterator[None]:
    """One of the places of `hosts`, given back when the host is done or PATIENCE is over."""
    await hosts.acquire()
    patience = asyncio.get_running_loop().call_later(PATIENCE, hosts.release)
    try:
        yield
    finally:
        if patience.when() > asyncio.get_running_loop().time():
            patience.cancel()
            hosts.release()


def holds(store: Store, states: Mapping[str, FeedState]) -> dict[str, tuple[int, int]]:
    """Until when each host is left alone, and how often in a row a page of it asked for that; it holds for feeds and pages alike."""
    held = store.held_hosts()
    for url, state in states.items():
        scope = urls.scope(url)
        until, failures = held.get(scope, (0, 0))
        held[scope] = (max(until, state.held), failures)
    return held


async def all_or_cancelled(tasks: list[asyncio.Task[None]], cancelled: Callable[[], bool] | None, pool: Pool) -> None:
    """Wait for all tasks; end them at once when `cancelled` says so. An error of one ends the others and is raised."""
    pending = set(tasks)
    stopped = False
    try:
        while pending and not stopped:
            done, pending = await asyncio.wait(
                pending, timeout=0.1 if cancelled else None, return_when=asyncio.FIRST_EXCEPTION
            )
            for task in done:
                task.result()
            stopped = bool(cancelled and cancelled())
    finally:
        if pending:
            pool.close()
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)


def _is_unreached(answer: Answer | Failure) -> bool:
    """Whether nobody answered."""
    return isinstance(answer, Failure) and answer.kind == "network"


def parse(pool: Pool, feed: Feed, answer: Answer, now: int, recorded: bytes = b"") -> Document | Failure:
    """The document in an answer, read by a child, without what `recorded` has; a Failure when it is none or costs too much."""
    job = {
        "job": "parse",
        "content_type": answer.headers.get("content-type", ""),
        "base": answer.url,
        "now": now,
        "sitemap": feed.kind == "sitemap",
        "recorded": recorded.hex(),
    }
    try:
        reply = pool.call(job, answer.body)
    except DiedError as death:
        return Failure("damaged", f"{death}: {KEPT}", answer.status)
    if "refused" in reply:
        return Failure("damaged", reply["refused"], answer.status)
    return wire.unpack(reply["document"])


def offered(pool: Pool, answer: Answer) -> tuple[Offer, ...]:
    """The feeds that a fetched page names, best first, read by a child; none where it costs too much."""
    from reader.ingest.discover import Offer  # which knows the parser of pages; only who looks for a feed needs it

    job = {"job": "offers", "content_type": answer.headers.get("content-type", ""), "url": answer.url}
    try:
        reply = pool.call(job, answer.body)
    except DiedError:
        return ()
    return tuple(Offer(url, title) for url, title in reply.get("offers", ()))


def store_document(
    store: Store, feed: Feed, state: FeedState, document: Document, *, now: int, sample: bool = False
) -> tuple[int, int]:
    """Match a document with what is stored and save both with the feed's new state; how many entries are new and how many changed.

    New ones are stored from the last to the first, so that among equal or missing dates the first of the document comes out on top.
    """
    entries = [_as_configured(feed, entry) for entry in document.entries if is_wanted(feed, entry)]
    found = identity.match(entries, store.known(feed.url), present=document.present)
    news = bool(found.new or found.old_news or found.changed or found.aliases)
    store.save_poll(
        feed, state, found.new[::-1], found.changed, found.aliases, found.seen if news else (),
        old=found.old_news[::-1], now=now, sample=sample,
    )  # fmt: skip
    return len(found.new) + len(found.old_news), len(found.changed)


def _as_configured(feed: Feed, entry: Entry) -> Entry:
    """The entry as no more than a headline where the source is known to have only these."""
    headlines = feed.text == "headline" and entry.completeness == "summary"
    return replace(entry, completeness="headline") if headlines else entry


def is_wanted(feed: Feed, entry: Entry) -> bool:
    """Whether a feed's own `paths`, `include` and `exclude` keep an entry: words whatever their case, also with a plural s."""
    path = entry.url.partition("://")[2].partition("/")[2]
    if feed.paths and not any(f"/{path}".startswith(start) for start in feed.paths):
        return False
    words = f"{entry.title} /{path}".casefold()
    if feed.exclude and _any_word(feed.exclude).search(words):
        return False
    return not feed.include or bool(_any_word(feed.include).search(words))


@functools.lru_cache(maxsize=64)
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(word.casefold())}s?(?!\w)" for word in words))


def facts_for(
    store: FactStore,
    *,
    progress: Watch | None = None,
    cancelled: Callable[[], bool] | None = None,
    pool: Pool | None = None,
    limit: int | None = None,
) -> int:
    """Find and save the facts of articles that lack them, newest first, in children; how many. Blocks until done or cancelled.

    A text whose facts cannot be found within the limits gets none, so that it is not tried for ever; where no child works at all,
    nothing is saved and the rest is left for another time.
    """
    total = min(store.count_without_facts(), limit if limit is not None else 1 << 60)
    if not total:
        return 0
    from reader.factfinder import RULES

    own = pool is None
    pool = pool or Pool()
    done = 0
    try:
        while done < total and (batch := store.without_facts(min(FACTS_AHEAD, total - done))):
            before = done
            unsaved: Found = []
            for found in _found(pool, batch, cancelled):
                unsaved += found
                done += len(found)
                if len(unsaved) >= FACTS_SAVED:
                    store.save_facts(unsaved, version=RULES)
                    unsaved = []
                if progress:
                    progress(Progress("facts", done, total, outcome="facts"))
            store.save_facts(unsaved, version=RULES)
            if done - before < len(batch):
                break
    finally:
        if own:
            pool.close()
    return done


def facts_anew(texts: Iterable[Unread]) -> Iterator[tuple[Unread, dict[str, Any]]]:
    """The layers that the rules of today find in stored texts, in children and in order, saved nowhere; ends early where none works."""
    with closing(Pool()) as pool:
        waiting = iter(texts)
        while batch := list(islice(waiting, FACTS_AHEAD)):
            before = len(batch)
            for found in _found(pool, batch, None):
                before -= len(found)
                yield from ((one, layers) for one, layers, _ in found)
            if before:
                return


def _found(pool: Pool, batch: list[Unread], cancelled: Callable[[], bool] | None) -> Iterator[Found]:
    """The facts of a batch, a few articles at a time and in order, the children working ahead; ends early when cancelled or none works."""
    parts = [batch[start : start + FACTS_AT_ONCE] for start in range(0, len(batch), FACTS_AT_ONCE)]
    with ThreadPoolExecutor(pool.size, thread_name_prefix="facts") as executor:
        waiting = [executor.submit(_facts_of, pool, part) for part in parts]
        for future in waiting:
            found = None if cancelled and cancelled() else future.result()
            if found is None:
                executor.shutdown(wait=False, cancel_futures=True)
                return
            yield found


def stories_for(
    store: StoryStore,
    *,
    taste: Taste | None = None,
    progress: Watch | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Place the articles whose facts are known among the stories, and follow up what changed; how many articles.

    `taste` as in `keep_stories`. Where there is nothing to do, what does it is not even imported.
    """
    if taste is not None:
        store.save_taste(taste)
    if not (store.count_story_due() or store.stale_stories(1)) and not store.renew(RENEWED):
        return 0
    from reader.storykeeper import keep_stories

    def show(done: int, total: int) -> None:
        if progress:
            progress(Progress("stories", done, total, outcome="stories"))

    return keep_stories(store, progress=show, cancelled=cancelled)


def _facts_of(pool: Pool, part: list[Unread]) -> Found | None:
    """The facts of a few articles; where the child dies, of each alone, and none of the one it dies of. Null when no child works."""
    texts = [[one.text, one.title, _iso(one.published), one.outlet] for one in part]
    reply = _reply(pool, texts)
    if "facts" in reply:
        return [
            (one, layers, [FactRow(*row) for row in rows])
            for one, (layers, rows) in zip(part, reply["facts"], strict=True)
        ]
    if len(part) > 1:
        alone = [_facts_of(pool, [one]) for one in part]
        return None if None in alone else [found for one in alone if one for found in one]
    if "facts" not in _reply(pool, []):
        return None
    from reader.insight import Facts

    return [(part[0], Facts().as_dict(), [])]


def _reply(pool: Pool, texts: list[list[str | None]]) -> dict[str, Any]:
    """The child's answer; an empty one when it died."""
    try:
        return pool.call({"job": "facts"}, json.dumps(texts).encode())
    except DiedError:
        return {}


def _iso(moment: int | None) -> str | None:
    return datetime.fromtimestamp(moment, UTC).isoformat() if moment is not None else None


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def ingest_document(
    store: Store,
    feed: Feed,
    data: bytes,
    *,
    content_type: str = "",
    now: int,
    sample: bool = False,
    pool: Pool | None = None,
) -> Report:
    """Store the entries of a document that is at hand, as if it had just been fetched from the feed's address."""
    state = store.feed_states().get(feed.url) or FeedState(feed.url)
    answer = Answer(200, feed.url, {"content-type": content_type}, data)
    own = pool is None
    pool = pool or Pool(1)
    try:
        parsed = parse(pool, feed, answer, now)
    finally:
        if own:
            pool.close()
    if isinstance(parsed, Failure):
        return Report(feeds=1, failed=1, errors=[(feed.url, parsed.reason)])
    after = states.changed(
        feed, state, answer, parsed, body_hash=_digest(data), now=now, pace=schedule.Pace(lambda: 0.0)
    )
    new, updated = store_document(store, feed, after, parsed, now=now, sample=sample)
    return Report(feeds=1, new=new, updated=updated, unchanged=int(not (new or updated)))
