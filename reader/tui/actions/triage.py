"""Triage: marking, tags, selection, undo."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from operator import attrgetter

from textual import work

from reader.model import Row
from reader.store import Change, StoreError
from reader.text import one_line
from reader.tui.actions.base import ScreenActions
from reader.tui.widgets.article_list import FOLD, is_fresh
from reader.tui.widgets.prompt import Prompt
from reader.verbs import MARKS, mark_named


class TriageActions(ScreenActions):
    """Verbs that change the state of articles; every one is in the journal and can be undone."""

    def chosen(self) -> list[int]:
        """Ids that a verb acts on: the article that is read, else the selected rows, else the row under the cursor."""
        if self.reading and self.article is not None:
            return [self.article.id]
        if self.list.selected:
            return [id for id in self.list.ids if id in self.list.selected]
        row = self.list.at_cursor()
        return [row.id] if row and row.id != FOLD else []

    def action_toggle_mark(self, name: str) -> None:
        """Set a mark on the chosen stories, or take it back where all of them have it."""
        rows = self.chosen_rows()
        if rows:
            field = {"read": "read", "star": "starred", "done": "done", "later": "later"}[name]
            everywhere = all(map(attrgetter(field), rows))
            self.mark(MARKS[name].opposite if everywhere else name, rows)

    def action_mark(self, name: str) -> None:
        """Set a mark on the chosen articles."""
        rows = self.chosen_rows()
        if rows:
            self.mark(name, rows)

    def chosen_rows(self) -> Sequence[Row]:
        """The rows that a verb acts on, with the state of their whole stories where the list shows stories."""
        read = self.library.story_rows if self.list.rows.listing.stories else self.library.rows
        return read(self.chosen())

    def mark(self, name: str, rows: Sequence[Row], *, quiet: bool = False) -> None:
        """Do a marking verb to some stories, say so, and go on where the article left the view while it was read.

        In a list of stories every article of each story is marked; tags, and what reading marks, stay with the one article.
        """
        said = mark_named(name).done
        what = one_line(rows[0].title) if len(rows) == 1 else f"{len(rows)} stories"
        whole = self.list.rows.listing.stories and name in MARKS and not quiet
        ids = [row.id for row in rows]
        try:
            change = (self.library.mark_stories if whole else self.library.mark)(name, ids, f"{said}: {what}")
        except StoreError as error:
            self.say(str(error), failed=True)
            return
        if change is not None:
            self._after(change, ids, quiet=quiet)

    def _after(self, change: Change, ids: Sequence[int], *, quiet: bool) -> None:
        self.list.selected.clear()
        left = self.article is not None and self.article.id in change.ids
        before = len(self.list.ids)
        self.rows_changed(ids)
        self.show_counts()
        if not quiet:
            self.say(f"{change.label} · z takes it back")
        if self.reading and left and len(self.list.ids) < before:
            if self.list.ids:
                self.read_article()
            else:
                self.stop_reading()

    def action_select(self) -> None:
        """Select the row, or no longer, and go on to the next one."""
        row = self.list.at_cursor()
        if row is not None and row.id != FOLD:
            self.list.selected ^= {row.id}
            self.list.forget()
            self.list.cursor += 1
            self.say(f"{len(self.list.selected)} selected · a verb acts on all of them · esc forgets them")

    def action_select_range(self) -> None:
        """Select from the last selected row above to the cursor."""
        at = self.list.cursor
        above = [i for i in range(at) if self.list.ids[i] in self.list.selected]
        self.list.selected.update(self.list.ids[(above[-1] if above else at) : at + 1])
        self.list.forget()
        self.say(f"{len(self.list.selected)} selected · a verb acts on all of them · esc forgets them")

    def action_mark_all_read(self) -> None:
        """Everything in this list."""
        self.say(f"marking {len(self.list.ids)} stories read …")
        self._mark_many("read", self.list.ids)

    def action_clear_known(self) -> None:
        """Done with all stories that have nothing new."""
        known = [id for at, id in enumerate(self.list.ids) if id != FOLD and not is_fresh(self.list.row(at))]
        if known:
            self._mark_many("done", array("q", known))
        else:
            self.say("every story of this list has something new")

    @work(thread=True, group="marking")
    def _mark_many(self, name: str, ids: array[int]) -> None:
        library = self.library.another()
        mark = library.mark_stories if self.list.rows.listing.stories else library.mark
        try:
            change = mark(name, ids)
            self.app.call_from_thread(self._marked_many, change)
        except StoreError as error:
            self.app.call_from_thread(self.say, str(error), failed=True)
        finally:
            library.close()

    def _marked_many(self, change: Change | None) -> None:
        if change is None:
            self.say("nothing to change: all of them are that already")
            return
        self.rows_changed(self.list.ids)
        self.show_counts()
        self.say(f"{change.label} · z takes it back")

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(self.library.undo, "taken back", "nothing to take back")

    def action_redo(self) -> None:
        """Do it again."""
        self._step(self.library.redo, "done again", "nothing to do again")

    def _step(self, step: Callable[[], Change | None], said: str, nothing: str) -> None:
        try:
            change = step()
        except StoreError as error:
            self.say(str(error), failed=True)
            return
        if change is None:
            self.say(nothing)
            return
        listing = self.list.rows.listing
        self.open_listing(listing.view, listing.query, keep=change.ids[0] if change.ids else None)
        self.say(f"{said}: {change.label}")

    def action_merge(self) -> None:
        """Make the stories of the selected rows one, under the first of them."""
        stories = [row.story_id for row in self.chosen_rows() if row.story_id is not None]
        if self.reading or len(stories) < 2:
            self.say("x selects the stories to merge; two or more")
            return
        changes = [self.library.merge_stories(stories[0], other) for other in stories[1:]]
        self._regrouped([change for change in changes if change is not None])

    def action_split(self) -> None:
        """Take the article that is shown out of its story."""
        if self.article is None:
            return
        change = self.library.split_story([self.article.id])
        if change is None:
            self.say("this article is a story of its own already")
        else:
            self._regrouped([change])

    def _regrouped(self, changes: Sequence[Change]) -> None:
        listing = self.list.rows.listing
        self.list.selected.clear()
        self.open_listing(listing.view, listing.query)
        if changes:
            self.say(f"{changes[-1].label} · z takes it back")

    def action_tag(self) -> None:
        """Ask for tags."""
        self.query_one(Prompt).ask("tag", "tag", hint="names, with blanks between; -name takes one away")

    def tag(self, text: str) -> None:
        """Give the chosen articles the tags in `text`, or take those away that follow a minus."""
        rows = self.chosen_rows()
        for word in text.split():
            name = f"untag:{word[1:]}" if word.startswith("-") else f"tag:{word}"
            try:
                self.mark(name, rows)
            except KeyError as error:
                self.say(str(error.args[0]), failed=True)
