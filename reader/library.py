"""The facade that both front ends use: open, look, find, mark, undo, facts."""

from __future__ import annotations

import json
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.store import VIEWS, Change, Store
from reader.verbs import mark_named

if TYPE_CHECKING:
    from reader.factsheet import Factsheet
    from reader.insight import Facts
    from reader.model import Article, FeedState, Row
    from reader.query import Node

PAGE = 128
"""Rows read at once: about three screens."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles in a fixed order: the view it shows, the query it was filtered by (empty: none), and the ids."""

    view: str
    query: str
    ids: array[int]
    rows: tuple[Row, ...] = ()
    """The first rows where they came with the listing, so that a first screen needs no second query."""


class Library:
    """One open store. Each thread opens a library of its own. Raises StoreError and QueryError with their remedies."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store(path)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    # -- looking ------------------------------------------------------------------------------------------------

    def opening(self, view: str = "inbox", rows: int = 60) -> Listing:
        """The first `rows` of a view with their contents: all that a first screen needs, in one query."""
        first = self.store.first_rows(view, rows)
        return Listing(view, "", array("q", (row.id for row in first)), tuple(first))

    def listing(self, view: str = "inbox", query: str = "") -> Listing:
        """Every article of a view that matches `query`, newest first."""
        return Listing(view, query, self.store.find(self._parsed(query), now=now(), view=view))

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """The rows of some articles, in that order."""
        return self.store.rows(ids)

    def article(self, id: int) -> Article | None:
        """One article with its newest text; null where there is none."""
        return self.store.article(id)

    def counts(self) -> dict[str, int]:
        """How many articles each view holds."""
        return self.store.counts()

    def feeds(self) -> dict[str, FeedState]:
        """What is known of every feed that was polled, by URL."""
        return self.store.feed_states()

    # -- facts ----------------------------------------------------------------------------------------------------

    def facts(self, article: Article) -> Facts:
        """The facts of exactly the text that `article` has; where the store has none yet they are found now, and kept."""
        from reader.insight import facts_from_dict

        if article.facts is not None:
            return facts_from_dict(json.loads(article.facts))
        from reader.factfinder import facts_of, find_facts

        unread = [one for one in self.store.without_facts(1, (article.id,)) if one.text == article.body.text]
        return find_facts(self.store, unread)[0] if unread else facts_of(article)

    def sheet(self, article: Article) -> Factsheet:
        """The facts of an article as people read them."""
        from reader.factsheet import factsheet

        return factsheet(article.body.text, self.facts(article))

    # -- changing -------------------------------------------------------------------------------------------------

    def mark(self, verb: str, ids: Sequence[int], label: str = "") -> Change | None:
        """Do a marking verb to some articles; null where nothing was different already. Raises KeyError for no such verb.

        `label` is what undo will call it; empty lets the verb and the number of articles that changed say it.
        """
        mark = mark_named(verb)

        def said(count: int) -> str:
            return label or (mark.done if count == 1 else f"{count} stories {mark.done}")

        return self.store.mark(ids, mark.sets, verb=mark.name, label=said, now=now())

    def mark_all(self, verb: str, query: str, view: str = "all") -> Change | None:
        """Do a marking verb to every article of `view` that matches `query`."""
        return self.mark(verb, self.listing(view, query).ids)

    def undo(self) -> Change | None:
        """Take the newest change back; null where there is none."""
        return self.store.undo()

    def redo(self) -> Change | None:
        """Do the change again that was undone last; null where there is none."""
        return self.store.redo()

    def _parsed(self, query: str) -> Node | None:
        if not query.strip():
            return None
        from reader.query import parse

        return parse(query)


def now() -> int:
    """Seconds since 1970: the one clock of both front ends."""
    return int(time.time())


__all__ = ["PAGE", "VIEWS", "Library", "Listing", "now"]
