"""What workers tell the screen when they are done."""

from __future__ import annotations

from textual.message import Message

from reader.factsheet import Factsheet
from reader.library import Listing
from reader.model import Article


class ListingRead(Message):
    """A worker has read the whole list of a view or search."""

    def __init__(self, listing: Listing, keep: int | None, muted: int) -> None:
        super().__init__()
        self.listing = listing
        self.muted = muted
        self.keep = keep


class ListingFailed(Message):
    """A search was misspelt, or the store could not be read; `reason` is one line."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Counted(Message):
    """A worker has counted the views; `feeds` says how the feeds are."""

    def __init__(self, counts: dict[str, int], feeds: str) -> None:
        super().__init__()
        self.counts = counts
        self.feeds = feeds


class FactsFound(Message):
    """A worker has found the facts of an article."""

    def __init__(self, article: Article, sheet: Factsheet) -> None:
        super().__init__()
        self.article = article
        self.sheet = sheet
