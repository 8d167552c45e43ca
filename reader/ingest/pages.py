"""Articles' own pages into the store: asked for as politely as feeds, read in a child, judged, and each saved in one transaction."""

from __future__ import annotations

import asyncio
import random as randomness
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from reader.ingest import fulltext, identity, robots, schedule, urls
from reader.ingest.fetch import Answer, Failure, Fetcher, Request
from reader.ingest.fulltext import Known, Read, Verdict
from reader.ingest.pipeline import GAP, HOSTS, Fetch, Progress, Watch, all_or_cancelled, holds, turn
from reader.ingest.pool import DiedError, Pool
from reader.ingest.wire import unpack_text
from reader.model import Feed
from reader.store import PageJob, Store

MAX_BYTES = 10 << 20
"""Decoded bytes of a page (rule 36)."""

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

OFFLINE_HOSTS = 3
"""Hosts that cannot be reached, none having answered, after which no further page is tried."""

_READABLE = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "")

_REASONS = {
    "missing": "not found (404)",
    "gone": "taken down (410)",
    "busy": "the site asks to wait",
    "refused": "leads where this reader does not go",
    "robots": "the site does not want programs to read it",
}


@dataclass(slots=True)
class Report:
    """What a run over pages brought. `errors` are (article id, title, one plain line)."""

    pages: int = 0
    """Pages that were asked for."""
    full: int = 0
    summary: int = 0
    """Pages that have no more than the feed."""
    paywalled: int = 0
    failed: int = 0
    waiting: int = 0
    """Pages whose host asked for silence."""
    left: int = 0
    """Pages that were wanted and not asked for, because the run ended."""
    seconds: float = 0.0
    offline: bool = False
    """No site could be reached: nothing is held against any page."""
    stopped: bool = False
    errors: list[tuple[int, str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `briefing fetch --full-text --json`."""
        values = asdict(self)
        values["errors"] = [{"id": id, "title": title, "reason": reason} for id, title, reason in self.errors]
        return values


def fetch_pages(
    store: Store,
    ids: Sequence[int],
    feeds: Mapping[str, Feed],
    *,
    clock: Callable[[], int] = lambda: int(time.time()),
    progress: Watch | None = None,
    cancelled: Callable[[], bool] | None = None,
    fetch: Fetch | None = None,
    pool: Pool | None = None,
    random: schedule.Random = randomness.random,
    gap: float = GAP,
) -> Report:
    """Ask for the pages of the articles `ids` and store what they bring; blocks until done or `cancelled` (what is stored stays).

    `feeds` are the configured ones by address: an article of another, or of one that says `never`, is left alone. Hosts that asked
    for silence are left alone too. The store is used in this thread only.
    """
    started = time.monotonic()
    own = pool is None
    pool = pool or Pool()
    run = _Run(store, feeds, pool, clock=clock, watch=progress, random=random, gap=gap)
    try:
        asyncio.run(run.all(ids, fetch=fetch, cancelled=cancelled))
    finally:
        if own:
            pool.close()
    run.report.seconds = round(time.monotonic() - started, 3)
    return run.report


class _Run:
    """One run over pages."""

    def __init__(
        self, store: Store, feeds: Mapping[str, Feed], pool: Pool, *, clock: Callable[[], int], watch: Watch | None,
        random: schedule.Random, gap: float,
    ) -> None:  # fmt: skip
        self.store, self.feeds, self.pool, self.clock, self.watch = store, feeds, pool, clock, watch
        self.random, self.gap = random, gap
        self.report = Report()
        self.total = self.done = 0
        self.reached = False
        self.unreached: list[tuple[PageJob, Verdict]] = []
        """Failures that wait for the answer of another site, which makes them their own."""
        self.held = holds(store, store.feed_states())
        self.asked: dict[str, float] = {}
        """When each host was last asked, on the loop's clock."""
        self.executor: ThreadPoolExecutor | None = None
        self.hosts = asyncio.Semaphore(HOSTS)

    async def all(self, ids: Sequence[int], *, fetch: Fetch | None, cancelled: Callable[[], bool] | None) -> None:
        """Hosts side by side, the pages of one host one after the other."""
        groups: dict[str, list[int]] = defaultdict(list)
        for id, feed_url, url in self.store.page_addresses(ids):
            if fulltext.is_allowed(self.feeds.get(feed_url)) and urls.absolute(url):
                groups[_host(url)].append(id)
        self.total = sum(map(len, groups.values()))
        with ThreadPoolExecutor(self.pool.size, thread_name_prefix="pages") as executor:
            self.executor = executor
            async with Fetcher(max_bytes=MAX_BYTES) as fetcher:
                tasks = [asyncio.create_task(self._host(group, fetch or fetcher.get)) for group in groups.values()]
                await all_or_cancelled(tasks, lambda: self._is_to_end(cancelled), self.pool)
        self._settle()
        self.report.left = self.total - self.done

    def _is_to_end(self, cancelled: Callable[[], bool] | None) -> bool:
        return bool(cancelled and cancelled()) or self._is_offline(OFFLINE_HOSTS)

    def _is_offline(self, hosts: int) -> bool:
        return not self.reached and len({urls.host_of(job.url) for job, _ in self.unreached}) >= hosts

    def _settle(self) -> None:
        """Hold what was not reached against nobody when the machine is offline, else against each page."""
        self.report.offline = self._is_offline(2)
        unreached, self.unreached = self.unreached, []
        for job, verdict in unreached:
            if self.report.offline:
                self.done -= 1
            else:
                self._count(job, self._save(job, verdict))

    async def _host(self, ids: list[int], fetch: Fetch) -> None:
        """The pages of one host, in the order they are wanted."""
        async with turn(self.hosts):
            for id in ids:
                if self._is_offline(OFFLINE_HOSTS):
                    return
                await self._page(id, fetch)

    async def _page(self, id: int, fetch: Fetch) -> None:
        """One page, from the question to the transaction; read anew from the store, for another process may have brought it."""
        job = next(iter(self.store.page_jobs([id])), None)
        if job is None:
            self.total -= 1
            return
        scope = _host(job.url)
        if self.held.get(scope, (0, 0))[0] > self.clock():
            self.report.waiting += 1
            self._tell(job, "waiting")
            return
        verdict = await self._verdict(job, scope, fetch)
        if not self.reached and verdict.kind == "network":
            self.unreached.append((job, verdict))
            self._tell(job, "failed")
            return
        if not self.reached:
            self.reached = True
            self._settle()
        self._tell(job, self._count(job, self._save(job, verdict)))

    async def _verdict(self, job: PageJob, scope: str, fetch: Fetch) -> Verdict:
        """Robots.txt, the page, its text."""
        feed = self.feeds[job.feed_url]
        local = feed.local and urls.host_of(job.url) == urls.host_of(feed.url)
        rules, failure = await self._rules(job, scope, fetch, local=local)
        if failure is not None:
            return failure
        if not robots.is_allowed(rules, job.url):
            return Verdict("robots", _REASONS["robots"])
        self.report.pages += 1
        answer = await self._ask(
            Request(job.url, user_agent=feed.user_agent, local=local, accept=ACCEPT), scope, fetch, robots.delay(rules)
        )
        if isinstance(answer, Failure):
            return self._refused(answer, scope)
        self._forget_hold(scope)
        if answer.headers.get("content-type", "").partition(";")[0].strip().lower() not in _READABLE:
            return Verdict("damaged", "no page but another kind of document")
        read = await asyncio.get_running_loop().run_in_executor(
            self.executor, read_page, self.pool, answer, self.clock()
        )
        return fulltext.judge(Known(job.title, job.text, job.url), read) if isinstance(read, Read) else read

    async def _rules(self, job: PageJob, scope: str, fetch: Fetch, *, local: bool) -> tuple[str, Verdict | None]:
        """The site's robots.txt, fetched once a day; a failure where the site cannot be reached."""
        origin, url = robots.address(job.url)
        known = self.store.robots(origin, now=self.clock())
        if known is not None:
            return known, None
        answer = await self._ask(Request(url, local=local, accept="text/plain, */*;q=0.1"), scope, fetch)
        if isinstance(answer, Failure) and answer.kind in ("network", "busy"):
            return "", self._refused(answer, scope)
        rules = robots.rules(answer)
        self.store.save_robots(origin, rules.text, until=self.clock() + rules.seconds)
        return rules.text, None

    async def _ask(self, request: Request, scope: str, fetch: Fetch, delay: float = 0.0) -> Answer | Failure:
        """One request, a pause after the last one to the host."""
        loop = asyncio.get_running_loop()
        if scope in self.asked and self.gap and not request.local:
            await asyncio.sleep(max(0.0, self.asked[scope] + max(self.gap, delay) - loop.time()))
        try:
            return await fetch(request)
        finally:
            self.asked[scope] = loop.time()

    def _refused(self, failure: Failure, scope: str) -> Verdict:
        """A failure of fetching as a verdict; a host that asks for silence gets it."""
        until = 0
        if failure.kind == "busy":
            failures = self.held.get(scope, (0, 0))[1]
            until = schedule.hold(failure.headers, failures=failures, now=self.clock())
            self.held[scope] = (until, failures + 1)
            self.store.hold_host(scope, until, failures + 1)
        if failure.status == 402:
            return Verdict("paywall", "for subscribers")
        reason = _REASONS.get(failure.kind) or failure.reason.partition(":")[0]
        return Verdict(failure.kind, reason, until=until)

    def _forget_hold(self, scope: str) -> None:
        if self.held.get(scope, (0, 0))[1]:
            self.held[scope] = (0, 0)
            self.store.hold_host(scope, 0, 0)

    def _save(self, job: PageJob, verdict: Verdict) -> Verdict:
        """Store what came of a page; the verdict, another one for a text that stands under other headlines of its site too."""
        now = self.clock()
        host = urls.host_of(job.url)
        page = replace(job.page, url=job.url, host=host)
        if verdict.page is not None:
            page = replace(page, text_hash=fulltext.text_hash(verdict.page.body))
            if twins := [twin for twin in self.store.same_text(host, page.text_hash) if _is_other(twin, job)]:
                verdict = Verdict("repeated", "the site shows the same text for several articles")
                for twin in twins:
                    after = fulltext.after(replace(twin.page, state=""), verdict, now=now)
                    self.store.withdraw_page(twin.id, after, now=now)
        after = fulltext.after(page, verdict, now=now, random=self.random)
        self.store.save_page(job.id, after, verdict.page, now=now)
        return verdict

    def _count(self, job: PageJob, verdict: Verdict) -> str:
        """Count an outcome; its name."""
        outcome = {"full": "full", "short": "summary", "paywall": "paywalled"}.get(verdict.kind, "failed")
        setattr(self.report, outcome, getattr(self.report, outcome) + 1)
        if outcome == "failed":
            self.report.errors.append((job.id, job.title, verdict.reason))
        return outcome

    def _tell(self, job: PageJob, outcome: str) -> None:
        self.done += 1
        if self.watch:
            self.watch(Progress("pages", self.done, self.total, urls.host_of(job.url), outcome))


def _host(url: str) -> str:
    """What is asked one page after the other: what shares one limit, of a local address its host and port."""
    scope = urls.scope(url)
    return robots.address(url)[0] if scope == url else scope


def _is_other(one: PageJob, other: PageJob) -> bool:
    """Whether two articles of a site are different ones: other pages under other headlines."""
    return one.id != other.id and one.canonical != other.canonical and not identity.alike(one.title, other.title)


def read_page(pool: Pool, answer: Answer, now: int) -> Read | Verdict:
    """What a child makes of a page; a verdict where it is none or costs too much."""
    job = {"job": "page", "content_type": answer.headers.get("content-type", ""), "url": answer.url, "now": now}
    try:
        reply = pool.call(job, answer.body)
    except DiedError as death:
        return Verdict("damaged", str(death))
    if "refused" in reply:
        return Verdict("damaged", reply["refused"].partition(":")[0])
    texts = [(name, unpack_text(*text)) for name, *text in reply["texts"]]
    return Read(answer.url, texts, reply["seen"], reply["free"], reply["author"], reply["published"], reply["language"])
