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
    from reader.model import Article, BoardCell, Dossier, FeedState, Ledger, Promise, Row, Said, Story
    from reader.query import Node
    from reader.stories.rank import Term

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
    stories: bool = False
    """The ids are the headline articles of stories."""
    fresh: int = 0
    """How many stories, from the first on, still have something new; the others follow."""


class Library:
    """One open store. Each thread opens a library of its own. Raises StoreError and QueryError with their remedies."""

    def __init__(self, path: Path, mute: Sequence[str] = ()) -> None:
        """Open the store at `path`; lists leave out what one of the queries `mute` matches. Raises QueryError for a misspelt one."""
        self.path = path
        self.mute = tuple(mute)
        self._muted = self._any_of(self.mute)
        self.store = Store(path)

    def another(self) -> Library:
        """A library like this one for another thread."""
        return Library(self.path, self.mute)

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
        return Listing(view, query, self.store.find(self._heard(query), now=now(), view=view))

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """The rows of some articles, in that order."""
        return self.store.rows(ids)

    def article(self, id: int) -> Article | None:
        """One article with its newest text; null where there is none."""
        return self.store.article(id)

    def counts(self) -> dict[str, int]:
        """How many articles each view holds."""
        return self.store.counts()

    def newest(self) -> int:
        """Id of the article that was stored last; 0 in an empty store."""
        return self.store.newest()

    def arrived(self, after: int, view: str) -> int:
        """How many articles of a view were stored after article `after`."""
        return self.store.count_after(after, view)

    def feeds(self) -> dict[str, FeedState]:
        """What is known of every feed that was polled, by URL."""
        return self.store.feed_states()

    # -- stories -------------------------------------------------------------------------------------------------------

    def story_opening(self, view: str = "inbox", rows: int = 60) -> Listing:
        """The first `rows` stories of a view with their contents, as `opening`."""
        if self._muted is not None:
            return self.story_listing(view)
        first = self.store.story_first_rows(view, rows)
        fresh = sum(not row.read and (row.novel > 0 or row.all_facts <= 0) for row in first)
        return Listing(view, "", array("q", (row.id for row in first)), tuple(first), True, fresh)

    def story_listing(self, view: str = "inbox", query: str = "") -> Listing:
        """The stories of a view with a member that matches `query`, as their headline articles: what has something new first, by rank."""
        self.store.renew(RENEWED_BEFORE_LISTING)
        ids = self.store.story_ids(view, self._heard(query), now=now())
        return Listing(view, query, ids, (), True, self.store.fresh_stories(ids))

    def muted(self, view: str) -> int:
        """How many stories of a view the muting queries leave out."""
        if self._muted is None:
            return 0
        return len(self.store.story_ids(view, None, now=now())) - len(
            self.store.story_ids(view, self._heard(""), now=now())
        )

    def story_rows(self, ids: Sequence[int]) -> list[Row]:
        """As `rows`, but with the state of each article's whole story."""
        return self.store.story_rows(ids)

    def story_counts(self) -> dict[str, int]:
        """How many stories each view holds."""
        return self.store.story_counts()

    def story(self, id: int) -> Story | None:
        """One story by its id (`Row.story_id`); null where there is none."""
        from reader.storyview import story

        return story(self.store, id)

    def story_of(self, article_id: int) -> Story | None:
        """The story of an article; null while it is not placed."""
        id = self.store.story_of(article_id)
        return None if id is None else self.story(id)

    def rank_terms(self, article_id: int) -> tuple[Term, ...]:
        """The factors whose product is the rank of an article's story now; none while it is not placed."""
        from reader.storyview import rank_terms

        id = self.store.story_of(article_id)
        return () if id is None else rank_terms(self.store, id, now=now())

    def seen(self, article_id: int) -> frozenset[int]:
        """Where the facts of an article begin that were read in another article before."""
        from reader.storyview import seen

        return seen(self.store, article_id)

    def mark_stories(self, verb: str, ids: Sequence[int], label: str = "") -> Change | None:
        """Do a marking verb to every article of the stories of some articles; one change, undone as one. `label` as in `mark`."""
        mark = mark_named(verb)
        stories = len(ids)
        said = label or (mark.done if stories == 1 else f"{stories} stories {mark.done}")
        return self.store.mark(self.store.members(ids), mark.sets, verb=mark.name, label=lambda _: said, now=now())

    def merge_stories(self, into: int, other: int) -> Change | None:
        """Make two stories one, under the id `into`; undoable. Nothing moves it afterwards. Null where it is one already."""
        return self.store.merge_stories(into, other, now=now())

    def split_story(self, article_ids: Sequence[int]) -> Change | None:
        """Take articles out of their story into one of their own; undoable. Null where nothing would stay behind."""
        return self.store.split_story(article_ids, now=now())

    def ledger(self, asked: str) -> Ledger | None:
        """Every report of one figure over time, by its key (`AlignedFact.key`, `ledger_key`) or by words; null where none fits."""
        from reader.storyview import ledger

        return ledger(self.store, asked)

    def ledger_key(self, article_id: int, start: int) -> str | None:
        """The key of the figure or score that begins at `start` in an article's text; null where none can be compared."""
        from reader.storyview import key_at

        return key_at(self.store, article_id, start)

    def board(self, benchmark: str = "", query: str = "") -> list[BoardCell]:
        """The benchmark board: of one benchmark by the beginning of its name, or of all, from the articles that match `query`."""
        from reader.storyview import board

        return board(self.store, benchmark, self._parsed(query), now=now())

    def dossier(self, entity: str) -> Dossier | None:
        """All that is stored of a company, model, person or other name; null where nothing is."""
        from reader.storyview import dossier

        return dossier(self.store, entity, now=now())

    def quotes(self, query: str = "", limit: int = 200) -> list[Said]:
        """The quotes of the articles that match `query`, newest first."""
        from reader.storyview import quotes

        return quotes(self.store, self._parsed(query), limit, now=now())

    def quotes_of(self, speaker: str) -> list[Said]:
        """The quotes of one speaker, oldest first, each held against the earlier one on the same matter."""
        from reader.storyview import quotes_of

        return quotes_of(self.store, speaker, now=now())

    def promises(self, query: str = "", at: int | None = None) -> list[Promise]:
        """The promise board as of `at` (now): overdue first, then what is due soon, open, undated, and settled."""
        from reader.storyview import promises

        return promises(self.store, self._parsed(query), now=now() if at is None else at)

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

    def _any_of(self, queries: Sequence[str]) -> Node | None:
        """What any of `queries` matches; null for none."""
        if not queries:
            return None
        from reader.query import Or, parse

        trees = tuple(parse(query) for query in queries)
        return Or(trees) if len(trees) > 1 else trees[0]

    def _heard(self, query: str) -> Node | None:
        """What `query` matches and no muting query does; null for everything."""
        tree = self._parsed(query)
        if self._muted is None:
            return tree
        from reader.query import And, Not

        return And((tree, Not(self._muted))) if tree is not None else Not(self._muted)

    def _parsed(self, query: str) -> Node | None:
        if not query.strip():
            return None
        from reader.query import parse

        return parse(query)


RENEWED_BEFORE_LISTING = 100
"""Most articles whose reading changed that a list of stories waits for; the rest is followed up with the next fetch."""


def now() -> int:
    """Seconds since 1970: the one clock of both front ends."""
    return int(time.time())


__all__ = ["PAGE", "VIEWS", "Library", "Listing", "now"]
