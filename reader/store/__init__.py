"""The only SQL in the house: schema and migrations, articles, polls, facts, search, journal, stories."""

from __future__ import annotations

from reader.store.articles import VIEWS, Articles
from reader.store.errors import StoreError
from reader.store.factbook import Factbook, FactRow, Unread
from reader.store.factlines import FactLines
from reader.store.fulltexts import Fulltexts, PageJob
from reader.store.journal import Change, Journal
from reader.store.polls import Polls
from reader.store.stories import STORY_VIEWS, Stories

__all__ = ["STORY_VIEWS", "VIEWS", "Change", "FactRow", "PageJob", "Store", "StoreError", "Unread"]


class Store(Articles, Polls, Factbook, Journal, Stories, FactLines, Fulltexts):
    """Everything that is stored, through one connection. Raises StoreError, with the remedy, for what a user can mend."""
