"""Moving: lines, pages, stories, facts, panes."""

from __future__ import annotations

from reader.tui.actions.base import ScreenActions
from reader.tui.widgets.article_list import is_fresh


class MovingActions(ScreenActions):
    """Verbs that change what is in sight and nothing else."""

    def action_move(self, steps: int) -> None:
        """One row, line or fact down or up."""
        if self.pane == "list":
            self.list.cursor += steps
        elif self.pane == "facts":
            self.facts.move(steps)
        else:
            self.text.scroll_relative(y=steps, animate=False)

    def action_page(self, steps: int) -> None:
        """A page down or up; a page down at the end of a text reads the next unread story."""
        if self.pane == "list":
            self.list.cursor += steps * self.list.page_rows
        elif self.pane == "facts":
            self.facts.scroll_relative(y=steps * (self.facts.size.height - 2), animate=False)
        elif steps > 0 and self.text.at_end:
            self.action_unread(1)
        else:
            self.text.scroll_relative(y=steps * max(1, self.text.size.height - 2), animate=False)

    def action_first(self) -> None:
        """To the top."""
        if self.pane == "list":
            self.list.cursor = 0
        elif self.pane == "facts":
            self.facts.first()
        else:
            self.text.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the bottom."""
        if self.pane == "list":
            self.list.cursor = len(self.list.ids) - 1
        elif self.pane == "facts":
            self.facts.last()
        else:
            self.text.scroll_end(animate=False)

    def action_story(self, steps: int) -> None:
        """The next or previous story, open if one is open."""
        before = self.list.cursor
        self.list.cursor += steps
        if self.list.cursor == before:
            self.say("this is the last story of the list" if steps > 0 else "this is the first story of the list")
        elif self.reading:
            self.read_article()

    def action_unread(self, steps: int) -> None:
        """The next or previous unread story; in a text that was searched, its next or previous hit."""
        if self.reading and self.text.hits and self.pane == "text" and self.text.move_hit(steps):
            return
        at = self.list.cursor + steps
        while 0 <= at < len(self.list.ids) and not is_fresh(self.list.row(at)):
            at += steps
        if not 0 <= at < len(self.list.ids):
            self.say("no further unread story in this list")
            return
        self.list.cursor = at
        if self.reading:
            self.read_article()

    def action_fact(self, steps: int) -> None:
        """The next or previous fact of the text; from the list it opens the article first."""
        if not self.reading and self.pane == "list" and not self.has_class("-wide"):
            self.read_article()
        if not self.text.sheet.items:
            self.say("no facts in this text")
        self.text.move_fact(steps)

    def action_open(self) -> None:
        """Enter: open the article; on a fact in the panel, go to its sentence."""
        if self.pane == "list":
            self.read_article()
        elif self.pane == "facts":
            self.action_pane("text")

    def action_back(self) -> None:
        """Back one step: from the text to the list, from a search to the view before, from the list out."""
        if self.has_class("-zen"):
            self.remove_class("-zen")
        elif self.reading:
            self.stop_reading()
        elif self.list.selected:
            self.list.selected.clear()
            self.list.forget()
        elif self.list.rows.listing.query:
            self.open_listing("inbox")
        else:
            self.app.exit()

    def action_next_pane(self) -> None:
        """Text to facts to list; in a narrow window text and facts swap."""
        if self.has_class("-narrow"):
            if self.reading:
                self.toggle_class("-swapped")
                (self.facts if self.has_class("-swapped") else self.text).focus()
            return
        panes = [pane for pane in (self.list, self.text, self.facts) if pane.display]
        there = next((i for i, pane in enumerate(panes) if pane.has_focus), -1)
        panes[(there + 1) % len(panes)].focus()

    def action_pane(self, name: str) -> None:
        """To one pane, where it is in sight."""
        if name == "list" and self.reading and not self.list.display:
            self.stop_reading()
        elif name == "text" and not self.text.display:
            self.remove_class("-swapped")
            self.read_article()
        elif name == "facts" and self.has_class("-narrow") and self.reading:
            self.add_class("-swapped")
        (self.list if name == "list" else self.text if name == "text" else self.facts).focus()

    def action_toggle_list(self) -> None:
        """Hide or show the list while reading."""
        self.toggle_class("-no-list")

    def action_toggle_facts(self) -> None:
        """Hide or show the facts."""
        self.toggle_class("-no-facts")

    def action_zen(self) -> None:
        """Text only, and back."""
        if not self.reading:
            self.read_article()
        self.toggle_class("-zen")
        self.text.focus()
