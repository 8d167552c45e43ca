"""Finding: views, search, filter."""

from __future__ import annotations

from pathlib import Path

from reader.library import VIEWS
from reader.tui.actions.base import ScreenActions
from reader.tui.widgets.prompt import Prompt


class FindingActions(ScreenActions):
    """Verbs that show another list."""

    _feeds_folder: Path | None

    def action_search(self) -> None:
        """Ask for words to search all stored text for."""
        self.query_one(Prompt).ask(
            "search", "search", hint='words, "a phrase", outlet:cnbc, who:"Sam Altman", newer:2d …'
        )

    def action_filter(self) -> None:
        """Ask for a query to filter this view by."""
        self.query_one(Prompt).ask(
            "filter", "filter", self.list.rows.listing.query, hint="unread, outlet:reuters, kind:quote …"
        )

    def action_go(self) -> None:
        """Ask where to."""
        from reader.tui.screens.go import GoMenu

        self.app.push_screen(GoMenu(), self._go)

    def _go(self, place: str | None) -> None:
        if place in VIEWS:
            self.open_listing(place)
        elif place == "refresh":
            listing = self.list.rows.listing
            self.open_listing(listing.view, listing.query)
        elif place == "top":
            self.run_first()
        elif place == "feeds":
            self.action_feeds()

    def run_first(self) -> None:
        """To the top of the pane."""
        raise NotImplementedError

    def action_feeds(self) -> None:
        """The state of every feed."""
        from reader.tui.screens.feeds import FeedsScreen

        self.app.push_screen(FeedsScreen(self.library, self._feeds_folder))
