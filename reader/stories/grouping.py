"""Group a whole list of articles at once: what the incremental classes do one by one, as one function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reader.stories.cluster import Clusterer
from reader.stories.copies import CopyIndex
from reader.stories.model import Item, item_from
from reader.stories.settle import regroup


def group(articles: Iterable[Mapping[str, Any]], *, settle: bool = False) -> dict[str, str]:
    """The story of each article: article id -> story id, which is the id of the story's earliest member.

    `articles` are mappings with `id, title, text, published` (ISO 8601)`, outlet, url`, in order of arrival; each is placed without
    looking ahead. With `settle` they are grouped again at the end, so that the order of arrival does not matter.
    """
    items = [item_from(row) for row in articles]
    clusterer, index = Clusterer(), CopyIndex()
    placed: dict[str, str] = {}
    for item in items:
        copy = index.add(item)
        placed[item.id] = clusterer.place(item, copy_of=copy.original if copy else None).story
    return regroup(items, clusterer.frequencies, copies=copies_by_date(items)) if settle else placed


def copies_by_date(items: Iterable[Item]) -> dict[str, str]:
    """Copy -> original, where the original is the one published first, whatever came in first."""
    index = CopyIndex()
    found = (index.add(item) for item in sorted(items, key=lambda item: (item.published or 0.0, item.id)))
    return {copy.article: copy.original for copy in found if copy}
