"""The only SQL in the house: schema and migrations, articles, polls, facts, search, journal."""

from __future__ import annotations

from reader.store.articles import VIEWS, Articles
from reader.store.errors import StoreError
from reader.store.factbook import Factbook, FactRow, Unread
from reader.store.journal import Change, Journal
from reader.store.polls import Polls

__all__ = ["VIEWS", "Change", "FactRow", "Store", "StoreError", "Unread"]


class Store(Articles, Polls, Factbook, Journal):
    """Everything that is stored, through one connection. Raises StoreError, with the remedy, for what a user can mend."""
