"""What a poll leaves behind: pure functions from a feed's old state and what was answered to its new state."""

from __future__ import annotations

import dataclasses

from reader.ingest import schedule
from reader.ingest.entries import Document, Hints
from reader.ingest.fetch import Answer, Failure, Request
from reader.ingest.memory import Memory, remember
from reader.ingest.memory import recall as recall
from reader.ingest.schedule import Pace
from reader.ingest.urls import host_of
from reader.model import Feed, FeedState

REPEATS = 3
"""Identical answers in spite of validators after which the ETag is left out, for some servers change it on the way (rule 6)."""

FULL_AFTER = 30 * schedule.DAY
"""Seconds of nothing but 304 after which the document is fetched in full once (rule 7)."""

MOVE_DAYS = 7 * schedule.DAY
MOVE_POLLS = 10
"""How long a permanent redirect must hold before it is offered (rule 24)."""


def request_for(feed: Feed, state: FeedState, *, now: int) -> Request:
    """The conditional request for a feed: validators only for the address that gave them, and none when it is time for all of it."""
    memory = recall(state)
    stuck = bool(memory.full) and now - memory.full >= FULL_AFTER
    etag, modified = (None, None) if stuck else (state.etag, state.last_modified)
    if memory.repeats >= REPEATS and modified:
        etag = None
    return Request(feed.url, etag, modified, memory.at, feed.user_agent, feed.local)


def unchanged(feed: Feed, state: FeedState, answer: Answer, *, now: int, pace: Pace) -> FeedState:
    """After a 304, or a 200 with the body of last time: a success; new validators are kept, absent ones of a 304 stay (rules 2, 3, 9)."""
    memory = recall(state)
    again = answer.status == 200
    if again:
        conditional = bool(state.etag or state.last_modified)
        memory = dataclasses.replace(memory, repeats=memory.repeats + 1 if conditional else 0, full=now)
    memory = _moving(dataclasses.replace(memory, missing=0), feed, answer, now)
    return _succeeded(feed, state, answer, memory, now=now, pace=pace, clear=again and answer.whole)


def changed(
    feed: Feed, state: FeedState, answer: Answer, document: Document, *, body_hash: str, now: int, pace: Pace
) -> FeedState:
    """After a document that was read. Validators are kept only of one that came whole (R-NET-7).

    Those of a sitemap index are not: its members change without it.
    """
    dates = [entry.published for entry in document.entries if entry.published is not None]
    memory = dataclasses.replace(
        recall(state),
        at=answer.url,
        repeats=0,
        missing=0,
        full=now,
        newest=max([*dates, *filter(None, [recall(state).newest])], default=None),
        entries=document.total or len(document.entries),
        interval=document.hints.interval,
        hours=document.hints.skip_hours,
        days=document.hints.skip_days,
    )
    whole = (answer.whole or not document.malformed) and not document.children
    state = dataclasses.replace(state, body_hash=body_hash if whole else None, slices=document.record if whole else b"")
    if not whole:
        answer = dataclasses.replace(
            answer, headers={k: v for k, v in answer.headers.items() if k not in ("etag", "last-modified")}
        )
    return _succeeded(feed, state, answer, _moving(memory, feed, answer, now), now=now, pace=pace, clear=True)


def failed(feed: Feed, state: FeedState, failure: Failure, *, now: int, pace: Pace) -> FeedState:
    """After a failure: articles, validators and success time stay; the streak grows and the next poll moves away."""
    memory, failures = recall(state), state.failures + 1
    interval = _interval(feed)
    held, reason = state.held, failure.reason
    missing = (memory.missing or now) if failure.kind == "missing" else 0
    due = schedule.back_off(now=now, failures=failures, interval=interval, random=pace.random, base=pace.base)
    if failure.kind == "gone":
        due = schedule.NEVER
    elif failure.kind == "missing" and now - missing >= schedule.PAUSED_AFTER:
        due, reason = schedule.NEVER, "not found for 60 days: paused; look for its new address, or retry it"
    elif failure.kind == "missing":
        due = schedule.missing(
            now=now, since=missing, failures=failures, interval=interval, random=pace.random, base=pace.base
        )
    elif failure.kind == "blocked":
        due = max(due, now + schedule.DAY // 2)
    if failure.kind == "busy" or (
        failure.status in schedule.PAUSING and schedule.retry_after(failure.headers, now=now)
    ):
        held = schedule.hold(failure.headers, failures=state.failures, now=now)
        due = max(held + int(60 * pace.random()), now + min(interval or pace.base, schedule.FLOOR))
    memory = dataclasses.replace(memory, missing=missing, trouble=failure.kind)
    return dataclasses.replace(
        state,
        checked=now,
        due=due,
        failures=failures,
        error=reason,
        status=failure.status,
        held=held,
        memory=remember(memory),
    )


def _succeeded(
    feed: Feed, state: FeedState, answer: Answer, memory: Memory, *, now: int, pace: Pace, clear: bool
) -> FeedState:
    """The state of a success; `clear`: a validator that is not among the headers is forgotten."""
    etag = answer.headers.get("etag", None if clear else state.etag)
    modified = answer.headers.get("last-modified", None if clear else state.last_modified)
    quiet = now - memory.newest if memory.newest is not None else None
    due = schedule.next_poll(
        now=now,
        interval=_interval(feed),
        fresh=schedule.freshness(answer.headers, now=now),
        hints=Hints(memory.interval, memory.hours, memory.days),
        quiet=quiet,
        random=pace.random,
        base=pace.base,
        unconditional=not (etag or modified),
    )
    return dataclasses.replace(
        state,
        etag=etag,
        last_modified=modified,
        checked=now,
        succeeded=now,
        due=due,
        failures=0,
        error="",
        status=answer.status,
        held=0 if state.held <= now else state.held,
        moved_to=_offered(memory, feed, now),
        memory=remember(dataclasses.replace(memory, trouble="")),
    )


def _interval(feed: Feed) -> int | None:
    """The user's own interval in seconds; a local feed has none to keep to."""
    if feed.interval is not None:
        return feed.interval * 60
    return schedule.FLOOR if feed.local else None


def _moving(memory: Memory, feed: Feed, answer: Answer, now: int) -> Memory:
    """The memory with the answer's permanent move: since when and for how many polls it has held."""
    to = answer.moved if answer.moved != feed.url else ""
    if not to:
        return dataclasses.replace(memory, to="", to_since=0, to_polls=0)
    if to == memory.to:
        return dataclasses.replace(memory, to_polls=memory.to_polls + 1)
    return dataclasses.replace(memory, to=to, to_since=now, to_polls=1)


def _offered(memory: Memory, feed: Feed, now: int) -> str:
    """The address to offer: at once for https on the same host, else when the move has held."""
    if not memory.to:
        return ""
    upgraded = (
        feed.url.startswith("http://")
        and memory.to == "https" + feed.url[4:]
        and host_of(memory.to) == host_of(feed.url)
    )
    held = now - memory.to_since >= MOVE_DAYS or memory.to_polls >= MOVE_POLLS
    return memory.to if upgraded or held else ""
