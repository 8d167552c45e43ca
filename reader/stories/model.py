"""The nouns of the story room as frozen dataclasses; no I/O.

Times are seconds since 1970 UTC. Ids are strings: a store with whole numbers for keys passes them through `str`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

DAY = 86400.0
"""Seconds of a day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article as grouping sees it. `published` is null when the source gave no usable date."""

    id: str
    title: str
    text: str = ""
    published: float | None = None
    outlet: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article went, and why: the line "why grouped" of a story.

    `how`: opened | joined | attached | copy | title. `score` is 0 for a story that was opened; `gap` is the time in seconds to the
    nearest member; `terms` are the shared words that weigh most, heaviest first; `numbers` the rare numbers both name.
    `related` is another story that is near, but not the same event.
    """

    article: str
    story: str
    how: str
    score: float = 0.0
    gap: float = 0.0
    terms: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    related: str | None = None


def item_from(row: Mapping[str, Any]) -> Item:
    """An item from a mapping with `id, title, text, published, outlet, url`; all but `id` may be missing or null."""
    return Item(
        id=str(row["id"]),
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
        published=seconds(row.get("published")),
        outlet=str(row.get("outlet") or ""),
        url=str(row.get("url") or ""),
    )


def seconds(value: Any) -> float | None:
    """Seconds since 1970 UTC of ISO 8601 text, of a datetime, or of a number; null for anything else. No zone means UTC."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e11 else None
    try:
        when = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
