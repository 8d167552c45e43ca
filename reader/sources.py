"""The configured feeds with what is known of each, in words: is it well, quiet, moved, refused or gone, and what can be done about it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from reader.config import address_key, host_of
from reader.ingest import memory
from reader.model import Feed, FeedState
from reader.store import Store
from reader.store.feedcare import cited, feed_times, give_back, lend, read_there, save_feed_state

DAY = 86400
TIMES = 20
"""So many of a feed's newest times tell its usual gap."""

QUIET_GAPS = 5
"""A feed is quiet when its newest entry is older than so many of its usual gaps."""

QUIET_LEAST = 7 * DAY
"""No feed is called quiet before: weekends and holidays stop whole newsrooms."""

UNKNOWN_GAP = 30 * DAY
"""The usual gap of a feed with too few entries to tell one."""

_FEW = 4

REFUSING = frozenset({"blocked", "busy", "gone", "missing"})
"""Kinds of trouble for which a feed's fallback is offered."""


def usual_gap(times: Sequence[int]) -> int:
    """Seconds between two entries of a feed, from its newest times (newest first, each once): the median of its gaps.

    For a feed that posts several entries at once and then pauses, the median of its pauses, gaps of a day and more. A single pause
    says nothing: many feeds hold one entry of long ago.
    """
    if len(times) < _FEW:
        return UNKNOWN_GAP
    gaps = [new - old for new, old in pairwise(times)]
    pauses = [gap for gap in gaps if gap >= DAY]
    return int(median(pauses if len(pauses) > 1 else gaps))


def quiet_since(times: Sequence[int], asked: int) -> int | None:
    """The time of a feed's newest entry when that is too old for it as of `asked`, its last answer; null for a feed that is not quiet.

    `times` as for `usual_gap`. A feed without entries is not quiet: nothing is known of it.
    """
    if not times:
        return None
    return times[0] if asked - times[0] > max(QUIET_LEAST, QUIET_GAPS * usual_gap(times)) else None


@dataclass(frozen=True, slots=True)
class Source:
    """A configured feed and what is known of it; `state` is null before its first poll, `quiet` since when nothing came of late."""

    feed: Feed
    state: FeedState | None = None
    quiet: int | None = None
    gap: int = 0
    """Seconds between two of its entries, usually; 0 while there are too few to tell."""

    @property
    def condition(self) -> str:
        """on | off | new (not asked yet) | quiet | moved | busy | blocked | missing | paused | gone | failing."""
        if not self.feed.enabled:
            return "off"
        if self.state is None:
            return "new"
        if kind := memory.trouble_of(self.state):
            paused = kind == "missing" and self.state.due >= memory.NEVER
            return "paused" if paused else kind if kind in REFUSING else "failing"
        return "moved" if self.state.moved_to else "quiet" if self.quiet is not None else "on"

    @property
    def fails(self) -> bool:
        """Whether the last poll of a feed that is on failed."""
        return self.feed.enabled and self.state is not None and self.state.failures > 0

    @property
    def trouble(self) -> str:
        """What is wrong or to be known, in one line; empty for a feed that is well, new or off."""
        match self.condition:
            case "on" | "off" | "new":
                return ""
            case "quiet":
                often = f": its entries usually come every {_span(self.gap)}" if self.gap else ""
                return f"quiet since {_day(self.quiet or 0)}{often}"
            case "moved":
                return f"has moved for good, to {short_host(self.state.moved_to if self.state else '')}"
        return self.state.error if self.state else ""

    @property
    def offer(self) -> str:
        """What one command or key can do about it: move | fallback | revive; empty for nothing."""
        condition = self.condition
        if condition == "moved":
            return "move"
        if condition in REFUSING | {"paused"} and self.feed.fallback:
            return "fallback"
        return "revive" if condition in ("paused", "gone", "blocked", "missing") else ""


def sources(store: Store | None, feeds: Iterable[Feed]) -> list[Source]:
    """Every feed with what the store knows of it; null for a store that is not there yet."""
    known = store.feed_states() if store else {}
    times = feed_times(store, TIMES) if store else {}
    return [_source(feed, known.get(feed.url), times.get(feed.url, [])) for feed in feeds]


def _source(feed: Feed, state: FeedState | None, times: list[int]) -> Source:
    if state is None or state.succeeded is None:
        return Source(feed, state)
    newest = memory.recall(state).newest
    if newest is not None and times and times[0] < newest <= state.succeeded:
        times = [newest, *times]
    return Source(feed, state, quiet_since(times, state.succeeded), usual_gap(times) if len(times) >= _FEW else 0)


def follow_moves(store: Store, feeds: Iterable[Feed], *, now: int) -> int:
    """Bring what is stored of feeds at former addresses (`Feed.moved_from`) to where they are now; how many feeds it was.

    Articles, marks and state go along. Where the address was a feed already the two become one: what was read of either is read.
    To be called before polling: an article that came from the former address must not come again from the new one as unread.
    """
    moved = [feed for feed in feeds if feed.moved_from and feed.moved_from != feed.url]
    known = store.feed_states() if moved else {}
    followed = 0
    for feed in moved:
        before = known.get(feed.moved_from)
        if before is None:
            continue
        if feed.url not in known:
            save_feed_state(store, memory.at_address(before, feed.url), at=feed.moved_from)
            followed += 1
            continue
        if read := read_there(store, feed.moved_from, feed.url):
            store.mark(
                read, {"read": 1}, verb="read", label=lambda count: f"{count} read before the feed moved", now=now
            )
        followed += lend(store, feed.moved_from, feed.url) > 0
    return followed


def separate(store: Store, old: str, new: str) -> int:
    """Undo what `follow_moves` did where the feed at `old` became part of the one at `new`; how many articles went back."""
    return give_back(store, old, new)


def revive(store: Store, url: str, *, now: int) -> bool:
    """Have a feed asked again with the next fetch, whatever it failed of; false for one that was never asked."""
    state = store.feed_state(url)
    if state is not None:
        save_feed_state(store, memory.revived(state, now=now))
    return state is not None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A bundled source that the user does not read, and why they may want to; `listed` where their list has it switched off."""

    feed: Feed
    why: str
    listed: bool
    named: int = 0
    """Stored articles of others that name its outlet."""


def suggestions(
    own: Sequence[Feed], bundled: Sequence[Feed], named: Mapping[str, int], *, group: str = ""
) -> list[Suggestion]:
    """Bundled sources that are off or not in the user's list and fill a gap: most named first, then groups without any source.

    `named` counts the stored articles that name an outlet (in lower case). With `group` all of that group are told, else FEW of each.
    """
    known = {address_key(feed.url): feed for feed in own}
    on = [feed for feed in own if feed.enabled]
    groups, outlets = {feed.group for feed in on}, {feed.outlet.casefold() for feed in on}
    found: list[Suggestion] = []
    for feed in bundled:
        mine = known.get(address_key(feed.url))
        if (mine and mine.enabled) or (group and feed.group != group):
            continue
        count = 0 if feed.outlet.casefold() in outlets else named.get(feed.outlet.casefold(), 0)
        why = _why(feed, count, feed.group in groups, bool(group))
        if why:
            found.append(Suggestion(feed, why, mine is not None, count if count >= NAMED else 0))
    found.sort(key=lambda one: (-one.named, one.feed.group in groups, not one.feed.enabled))
    return found if group else [*_few_of_each(found)]


FEW = 3
"""So many sources of a group without any are suggested at once, those that are on by default first."""


def _few_of_each(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    told: Counter[str] = Counter()
    for one in found:
        told[one.feed.group] += not one.named
        if one.named or told[one.feed.group] <= FEW:
            yield one


NAMED = 3
"""So many stored articles name an outlet before its feed is suggested for that."""


def _why(feed: Feed, named: int, covered: bool, asked: bool) -> str:
    """Why a source may be missed; empty for no reason."""
    if named >= NAMED:
        return f"{named} stored articles name {feed.outlet}; you read none of its own"
    if not covered:
        return f"no source on {feed.group}"
    return "not among your sources" if asked else ""


def cited_outlets(store: Store | None) -> dict[str, int]:
    """How many stored articles name each outlet, company or organisation; nothing without a store."""
    return cited(store) if store else {}


def _day(moment: int) -> str:
    parts = time.gmtime(moment)
    return f"{parts.tm_mday} {time.strftime('%b %Y', parts)}"


def _span(seconds: int) -> str:
    """A length of time in one unit."""
    for unit, length in (("day", DAY), ("hour", 3600)):
        if seconds >= length:
            number = round(seconds / length)
            return unit if number == 1 else f"{number} {unit}s"
    return "hour"


def short_host(url: str) -> str:
    """The host of an address as people say it."""
    return host_of(url).removeprefix("www.")
