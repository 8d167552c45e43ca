"""Comparing: the story's outlets, one figure over time, boards, dossiers. Their screens are loaded when one is asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.factsheet import FIGURE, QUOTE, SCORE, FactItem
from reader.text import one_line
from reader.tui.actions.base import ScreenActions
from reader.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from reader.model import Story
    from reader.tui.records import Target
    from reader.tui.screens.records import Build


class ComparingActions(ScreenActions):
    """Verbs that show what several articles say about the same thing; every line of theirs opens its passage."""

    def action_diff(self) -> None:
        """The story's figures, one column an outlet."""
        from reader.tui import records

        story = self._story()
        if story is not None:
            self._show(one_line(story.title), partial(records.diff_lines, story), _outlets(len(story.outlets)), "")

    def action_outlets(self) -> None:
        """Who has the story, why each article is in it, and what its place in the list is made of."""
        from reader.tui import records

        story = self._story()
        if story is not None:
            terms = self.library.rank_terms(story.headline_id)
            self._show(one_line(story.title), partial(records.story_lines, story, terms=terms), story.sources, "")

    def _story(self) -> Story | None:
        row = self.list.at_cursor()
        id = self.article.id if self.article is not None else row.id if row else None
        story = self.library.story_of(id) if id is not None else None
        if story is None:
            self.say("this article is not placed in a story yet")
        return story

    def action_ledger(self) -> None:
        """Every report of the figure under the fact cursor."""
        from reader.tui import records

        item = self._item(FIGURE, SCORE)
        key = self.library.ledger_key(self.article.id, item.start) if item and self.article else None
        ledger = self.library.ledger(key) if key else None
        if ledger is None:
            self.say(
                "c to a figure first: the ledger shows every report of one figure"
                if item is None
                else "no other report to compare with"
            )
        else:
            self._show(ledger.about, partial(records.ledger_lines, ledger), f"{len(ledger.lines)} values over time", "")

    def action_board(self) -> None:
        """Model by benchmark, from stored reports only."""
        from reader.tui import records

        cells = self.library.board()
        self._show("Benchmarks", lambda width: records.board_lines(cells, width), "stored reports only · v: the vendor's own number",
                   "No benchmark score is stored yet.\nThey come with the articles that name them.")  # fmt: skip

    def action_promises(self) -> None:
        """Forecasts and commitments by their day."""
        from reader.tui import records

        promises = self.library.promises()
        self._show("Promises", lambda width: records.promise_lines(promises, width), "forecasts, plans and commitments by their day",
                   "No forecast or commitment is stored yet.\nThey come with the articles that make them.")  # fmt: skip

    def action_quotes(self) -> None:
        """What the speaker under the fact cursor said, oldest first; without one, the newest quotes of all."""
        from reader.tui import records

        item = self._item(QUOTE)
        speaker = item.says.partition(" · ")[0] if item else ""
        said = self.library.quotes_of(speaker) if speaker and speaker != "speaker not stated" else self.library.quotes()
        title = f"Quotes of {speaker}" if speaker else "Quotes"
        self._show(title, lambda width: records.quote_lines(said, width, speaker=not speaker), f"{len(said)}",
                   "No quote is stored yet.\nThey come with the articles that hold them.")  # fmt: skip

    def action_dossier(self) -> None:
        """Ask whose; the article's own subject is offered."""
        names = [name.name for name in self.text.sheet.names if name.type in ("company", "model", "person")]
        self.query_one(Prompt).ask(
            "dossier", "dossier of", names[0] if names else "", hint="a company, a model, a person"
        )

    def dossier(self, name: str) -> None:
        """All that is stored of one name."""
        from reader.tui import records

        dossier = self.library.dossier(name) if name else None
        if dossier is None:
            self.say(f"nothing is stored about {name!r}", failed=True)
        else:
            self._show(dossier.name, partial(records.dossier_lines, dossier), dossier.type, "")

    def _item(self, *kinds: str) -> FactItem | None:
        """The item under the fact cursor, if it is of one of `kinds`."""
        at = self.text.fact
        item = self.text.sheet.items[at] if at is not None else None
        return item if item is not None and item.kind in kinds else None

    def _show(self, title: str, build: Build, note: str, empty: str) -> None:
        from reader.tui.screens.records import RecordScreen

        self.app.push_screen(RecordScreen(title, build, note=note, empty=empty), self._chosen)

    def _chosen(self, target: Target | None) -> None:
        if target is not None:
            self.open_passage(*target)


def _outlets(count: int) -> str:
    return "1 outlet" if count == 1 else f"{count} outlets"
