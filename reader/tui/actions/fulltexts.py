"""Full texts: the page of an article is asked for when the article is opened, or by hand; the reader goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import work

from reader.library import now
from reader.model import Article
from reader.tui.actions.reading import ReadingActions
from reader.tui.wording import page_told

DWELL = 0.7
"""Seconds for which an article must stay open before its page is asked for: who leafs through asks for nothing."""

UNREACHED = ("cannot be reached", "its host is not known")
"""Reasons of a page whose site did not answer: the machine may be offline."""


class FullTextActions(ReadingActions):
    """Asks for pages in a process of their own, one at a time, and shows in place what they bring."""

    _feeds_folder: Path | None
    _asking: set[int]
    """Ids of the articles whose pages are asked for now."""
    _asking_in_turn: asyncio.Lock
    _offline_told: bool

    def is_asking(self, id: int) -> bool:
        """Whether the page of article `id` is asked for right now."""
        return id in self._asking

    def article_opened(self) -> None:
        """Ask for the page of the article that was opened, where its feed has no full texts and the page was not asked for."""
        if self._feeds_folder is not None and self.article is not None and _is_open(self.article):
            self._ask_soon(self.article, self._feeds_folder)

    def action_full_text(self) -> None:
        """Ask for the pages of the chosen articles now."""
        ids = [id for id in self.chosen() if not self.is_asking(id)]
        if self._feeds_folder is None:
            self.say("the sample edition has no pages to ask for", failed=True)
        elif ids:
            self._ask_pages(ids, self._feeds_folder, by_hand=True)

    @work(group="opened", exclusive=True)
    async def _ask_soon(self, article: Article, folder: Path) -> None:
        """Once the article has been open for a moment, and where the feed's `full_text` says so."""
        await asyncio.sleep(DWELL)
        automatic = await asyncio.to_thread(_is_automatic, folder, article.feed_url)
        if automatic and self._is_shown(article.id) and not self.is_asking(article.id):
            self._ask_pages([article.id], folder, by_hand=False)

    def _is_shown(self, id: int) -> bool:
        return self.reading and self.article is not None and self.article.id == id

    @work(group="pages")
    async def _ask_pages(self, ids: Sequence[int], folder: Path, *, by_hand: bool) -> None:
        """Ask in another process; one process at a time, so that no host is asked twice at once."""
        from reader.tui.fetching import FetchProcess

        self._mark_asking(ids, on=True)
        trouble = ""
        async with self._asking_in_turn:
            if by_hand or self._is_shown(ids[0]):
                words = [word for id in ids for word in ("--article", str(id))]
                process = FetchProcess(self.library.path, ("--config", str(folder), *words))
                async for step in process.steps():
                    trouble = step.trouble
        self._mark_asking(ids, on=False)
        self.list.forget()
        self._tell(ids, trouble, by_hand=by_hand)

    def _mark_asking(self, ids: Sequence[int], *, on: bool) -> None:
        """Show above the text whether its page is asked for, and what is stored now."""
        self._asking = self._asking | set(ids) if on else self._asking - set(ids)
        if self.article is not None and self.article.id in ids:
            self.renew_article()

    def _tell(self, ids: Sequence[int], trouble: str, *, by_hand: bool) -> None:
        """What came of it, for who asked; that the machine is offline, once, also for who only opened an article."""
        if trouble:
            self.say(trouble, failed=True)
            return
        articles = [article for article in map(self.library.article, ids) if article is not None]
        unreached = bool(articles) and all(one.page_reason.startswith(UNREACHED) for one in articles)
        if by_hand and len(articles) > 1:
            full = sum(article.completeness == "full" for article in articles)
            self.say(f"{full} of {len(articles)} articles have their full text")
        elif by_hand and articles:
            self.say(page_told(articles[0]), failed=articles[0].page == "failed")
        elif unreached and not self._offline_told:
            self.say("the page cannot be reached: offline? It is asked for again later", failed=True)
        self._offline_told = unreached


def _is_open(article: Article) -> bool:
    """Whether an article may have more than is stored: a page that was not asked for yet, or is due again."""
    if article.sample or not article.url or article.completeness not in ("summary", "headline"):
        return False
    return not article.page or (article.page_due is not None and article.page_due <= now())


def _is_automatic(folder: Path, feed_url: str) -> bool:
    """Whether opening an article of a feed asks for its page, as feeds.toml says now; not where that cannot be read."""
    from reader.config import ConfigError, find_paths, load_feeds
    from reader.ingest.fulltext import is_automatic

    try:
        feeds, _ = load_feeds(find_paths(config=str(folder)))
    except ConfigError:
        return False
    return is_automatic(next((feed for feed in feeds if feed.url == feed_url and feed.enabled), None))
