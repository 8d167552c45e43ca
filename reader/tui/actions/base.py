"""What every group of actions may use of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from reader.library import Library
from reader.model import Article

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.tui.widgets.article_list import ArticleList
    from reader.tui.widgets.article_pane import ArticlePane
    from reader.tui.widgets.facts_panel import FactsPanel


class ScreenActions(Screen[None]):
    """The parts of the briefing screen that its actions are written against."""

    library: Library
    settings: Settings
    article: Article | None
    """The article that text and facts show."""

    @property
    def list(self) -> ArticleList:
        """The list."""
        raise NotImplementedError

    @property
    def text(self) -> ArticlePane:
        """The reading pane."""
        raise NotImplementedError

    @property
    def facts(self) -> FactsPanel:
        """The facts panel."""
        raise NotImplementedError

    @property
    def reading(self) -> bool:
        """Whether an article is open, not only previewed."""
        raise NotImplementedError

    @property
    def pane(self) -> str:
        """Name of the pane that has the focus: list, text or facts."""
        raise NotImplementedError

    def say(self, message: str, *, failed: bool = False) -> None:
        """Show one line in the status bar."""
        raise NotImplementedError

    def article_opened(self) -> None:
        """An article was opened: what is shown of it may not be all there is."""
        raise NotImplementedError

    def is_asking(self, id: int) -> bool:
        """Whether the page of article `id` is asked for right now."""
        raise NotImplementedError

    def renew_article(self) -> None:
        """Show the article that is shown as it is stored now, the line that is read in its place."""
        raise NotImplementedError

    def read_article(self) -> None:
        """Open the article under the cursor and mark it read."""
        raise NotImplementedError

    def stop_reading(self) -> None:
        """Back to the list."""
        raise NotImplementedError

    def open_listing(self, view: str, query: str = "", *, keep: int | None = None) -> None:
        """Show another view or search; the cursor goes to article `keep` where it is listed."""
        raise NotImplementedError

    def open_passage(self, article_id: int, start: int, end: int) -> None:
        """Read an article at a passage."""
        raise NotImplementedError

    def rows_changed(self, ids: Sequence[int]) -> None:
        """The state of some listed articles is another one: draw them anew, and drop those that left the view."""
        raise NotImplementedError

    def show_counts(self) -> None:
        """Count the views anew."""
        raise NotImplementedError

    def show_preview(self) -> None:
        """Text and facts of the row under the cursor, where a pane shows them."""
        raise NotImplementedError

    def show_place(self) -> None:
        """Where the cursor is, and the keys that matter there."""
        raise NotImplementedError
