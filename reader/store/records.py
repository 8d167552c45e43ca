"""Whole rows of articles for programs: everything but the text, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from reader.store.base import IDS_AT_ONCE, StoreBase, marks
from reader.store.query_sql import NOVEL


@dataclass(frozen=True, slots=True)
class Record:
    """One article. Times are in seconds since 1970 UTC; `published` is null where the feed says none."""

    id: int
    story_id: int | None
    title: str
    outlet: str
    feed_url: str
    feed_title: str
    author: str
    url: str
    published: int | None
    sort_time: int
    fetched: int
    read: bool
    starred: bool
    later: bool
    done: bool
    completeness: str
    words: int
    facts: int
    """How many facts it holds; -1 while they are not known."""
    novel: int
    """How many of them no article read so far holds; 0 for one that was read."""
    revision: int
    sample: bool
    page: str
    """State of its page, as in `PageState`."""
    page_reason: str
    tags: tuple[str, ...] = ()


_NAMES = tuple(field.name for field in fields(Record))
_RECORD = f"""
SELECT a.id, story_id, a.title, a.outlet, feed.url, feed.title, author, a.url, published, sort_time, first_seen,
  read, starred, later, done, completeness, words, facts, {NOVEL}, revision, sample,
  coalesce(page.state, ''), coalesce(page.reason, ''),
  (SELECT group_concat(tag, ' ') FROM tag WHERE article_id = a.id)
FROM article a JOIN feed ON feed.id = a.feed_id LEFT JOIN page ON page.article_id = a.id WHERE a.id IN """


def records(store: StoreBase, ids: Sequence[int]) -> Iterator[Record]:
    """The records of `ids` in that order, read a few hundred at a time; an id that is not stored is left out."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        part = list(ids[start : start + IDS_AT_ONCE])
        found = {row[0]: row for row in store._rows(f"{_RECORD} ({marks(len(part))})", part)}
        for id in part:
            if id in found:
                yield _record(found[id])


def _record(row: tuple[Any, ...]) -> Record:
    values = dict(zip(_NAMES, row, strict=True))
    flags = {name: bool(values[name]) for name in ("read", "starred", "later", "done", "sample")}
    return Record(**{**values, **flags, "tags": tuple((values["tags"] or "").split())})
