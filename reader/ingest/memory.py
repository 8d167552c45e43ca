"""What ingest remembers of a feed beside its state, and what a user may do to it: ask again, or move it. Pure, and quick to import."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from reader.model import FeedState

NEVER = 1 << 40
"""Due time of a feed that is asked no more by itself: gone, or paused."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What ingest remembers of a feed beside its state; FeedState.memory as JSON.

    `at`: address that gave the validators; `repeats`: identical 200s in a row; `missing`: since when it is 404; `full`: time of the
    last 200; `newest`: date of the newest entry; `entries`: number in the last document; `to`, `to_since`, `to_polls`: permanent move;
    `trouble`: kind of the last poll's failure (`Failure.kind`), empty after a success.
    """

    at: str = ""
    repeats: int = 0
    missing: int = 0
    full: int = 0
    newest: int | None = None
    entries: int = 0
    interval: int = 0
    hours: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    to: str = ""
    to_since: int = 0
    to_polls: int = 0
    trouble: str = ""


def recall(state: FeedState) -> Memory:
    """The memory of a state; an empty one where it cannot be read."""
    try:
        stored = json.loads(state.memory or "{}")
        known: dict[str, Any] = {
            field.name: stored[field.name] for field in dataclasses.fields(Memory) if field.name in stored
        }
        known.update({name: tuple(value) for name, value in known.items() if isinstance(value, list)})
        return Memory(**known)
    except (ValueError, TypeError):
        return Memory()


def remember(memory: Memory) -> str:
    """The memory as JSON, without what is at its default."""
    default = Memory()
    kept = {field.name: getattr(memory, field.name) for field in dataclasses.fields(memory)}
    return json.dumps(
        {name: value for name, value in kept.items() if value != getattr(default, name)}, separators=(",", ":")
    )


def trouble_of(state: FeedState) -> str:
    """The kind of the last poll's failure (`Failure.kind`); empty after a success."""
    if not state.failures:
        return ""
    return recall(state).trouble or _KINDS.get(state.status or 0, "network")


_KINDS = {
    401: "blocked",
    402: "blocked",
    403: "blocked",
    451: "blocked",
    404: "missing",
    410: "gone",
    429: "busy",
    503: "busy",
}
"""Kinds by status, for states of before the kind was remembered."""


def revived(state: FeedState, *, now: int) -> FeedState:
    """The state of a feed that is to be asked again with the next fetch, whatever it failed of: paused, gone or refused.

    A server's wish for silence still holds, and what failed last is told until the feed has answered. One that is well is fetched in
    full and read anew: that is the only unconditional request that a user can ask for (rule 8).
    """
    memory = dataclasses.replace(recall(state), missing=0)
    state = dataclasses.replace(
        state, due=max(now, state.held), failures=min(state.failures, 1), memory=remember(memory)
    )
    return (
        state
        if state.failures
        else dataclasses.replace(state, etag=None, last_modified=None, body_hash=None, slices=b"")
    )


def at_address(state: FeedState, url: str) -> FeedState:
    """The state of a feed that has another address from now on: due at once, without validators, which belong to an address (rule 4)."""
    memory = dataclasses.replace(recall(state), at="", missing=0, to="", to_since=0, to_polls=0, trouble="")
    return dataclasses.replace(
        state,
        url=url,
        etag=None,
        last_modified=None,
        due=0,
        failures=0,
        error="",
        held=0,
        moved_to="",
        memory=remember(memory),
    )
