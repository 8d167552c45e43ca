"""Reading: the article that text and facts show, and the fact under their common cursor."""

from __future__ import annotations

from textual import on, work
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from reader.factsheet import Factsheet
from reader.model import Article
from reader.store import StoreError
from reader.text import one_line
from reader.tui.actions.triage import TriageActions
from reader.tui.cells import fit
from reader.tui.messages import FactsFound, ListingFailed
from reader.tui.widgets.article_list import FOLD
from reader.tui.widgets.article_pane import EMPTY, ArticlePane
from reader.tui.widgets.facts_panel import NOBODY, FactsPanel
from reader.tui.widgets.virtual_list import VirtualList
from reader.tui.wording import meta_lines, others, plain_words, source_lines

PREVIEW_SECONDS = 0.05
"""The preview follows when the cursor rests this long: key repeat draws rows, not articles."""


class ReadingActions(TriageActions):
    """What text and facts show; both panes move together."""

    is_reading: bool
    is_standing: bool
    """The first screen is on the terminal: from then on the preview follows the cursor."""
    _preview: Timer | None

    @on(VirtualList.Highlighted)
    def _highlighted(self) -> None:
        self.show_place()
        if self._preview is not None:
            self._preview.stop()
        if not self.is_reading:
            self._preview = self.set_timer(PREVIEW_SECONDS, self.show_preview)

    @on(VirtualList.Clicked)
    def _clicked(self) -> None:
        self.read_article()

    def show_preview(self) -> None:
        """Text and facts of the row under the cursor, where a pane shows them."""
        row = self.list.at_cursor()
        if (
            row is not None
            and row.id != FOLD
            and self.is_standing
            and not self.is_reading
            and (self.facts.display or self.text.display)
        ):
            self._show_article(row.id)

    def _show_article(self, id: int) -> None:
        article = self.library.article(id)
        if article is None:
            self.say("this article is no longer in the store", failed=True)
            return
        self.article = article
        self._show_facts(article, self.library.sheet(article) if article.facts is not None else EMPTY)
        if article.facts is None:
            self._find_facts(article)

    def _show_facts(self, article: Article, sheet: Factsheet, *, stay: bool = False) -> None:
        words = plain_words(self.list.rows.listing.query)
        seen = self.library.seen(article.id)
        meta = meta_lines(article, asking=self.is_asking(article.id))
        (self.text.renew if stay else self.text.show)(meta, one_line(article.title), article.body, sheet, words, seen)
        story = self.library.story_of(article.id)
        self.facts.show(sheet, source_lines(article), others(article, story, seen) if story is not None else NOBODY)
        self._show_fact_line()

    def renew_article(self) -> None:
        """Show the article that is shown as it is stored now, the line that is read in its place."""
        article = self.library.article(self.article.id) if self.article is not None else None
        if article is not None:
            self.article = article
            self._show_facts(article, self.library.sheet(article) if article.facts is not None else EMPTY, stay=True)
            if article.facts is None:
                self._find_facts(article)
            self.show_place()

    @work(thread=True, group="facts", exclusive=True)
    def _find_facts(self, article: Article) -> None:
        library = self.library.another()
        try:
            self.post_message(FactsFound(article, library.sheet(article)))
        except StoreError as error:
            self.post_message(ListingFailed(str(error)))
        finally:
            library.close()

    @on(FactsFound)
    def _facts_found(self, event: FactsFound) -> None:
        if self.article is not None and self.article.id == event.article.id:
            self._show_facts(event.article, event.sheet, stay=True)
            self.list.forget()

    def read_article(self) -> None:
        """Open the article under the cursor and mark it read."""
        row = self.list.at_cursor()
        if row is None or row.id == FOLD:
            return
        if self.article is None or self.article.id != row.id or not self.is_reading:
            self._show_article(row.id)
        self.is_reading = True
        self.set_class(True, "-reading")
        self.remove_class("-swapped")
        self.text.focus()
        if not row.read:
            self.mark("read", [row], quiet=True)
        self.show_place()
        self.article_opened()

    def stop_reading(self) -> None:
        """Back to the list."""
        self.is_reading = False
        self.remove_class("-reading", "-swapped", "-zen")
        self.list.focus()
        self.list.scroll_to_cursor()
        self.show_preview()
        self.show_place()

    def open_passage(self, article_id: int, start: int, end: int) -> None:
        """Read an article at a passage: the fact that begins there, or the line."""
        self._show_article(article_id)
        if self.article is None or self.article.id != article_id:
            return
        self.is_reading = True
        self.set_class(True, "-reading")
        self.remove_class("-swapped")
        self.text.focus()
        if end:
            self.call_after_refresh(self.text.go_to, start, end)
        if not self.article.read:
            self.mark("read", self.library.rows([article_id]), quiet=True)
        self.show_place()
        self.article_opened()

    @on(ArticlePane.FactReached)
    def _fact_reached(self, event: ArticlePane.FactReached) -> None:
        self.facts.fact = event.index
        self.show_place()
        self._show_fact_line()

    @on(FactsPanel.FactChosen)
    def _fact_chosen(self, event: FactsPanel.FactChosen) -> None:
        self.text.fact = event.index

    @on(ArticlePane.Scrolled)
    def _scrolled(self) -> None:
        self.show_place()

    def _show_fact_line(self) -> None:
        """At 80 columns: the fact under the cursor in one line."""
        line = ""
        if self.text.fact is not None:
            item = self.text.sheet.items[self.text.fact]
            line = " · ".join(filter(None, (f" {item.kind} {item.value}", item.about, item.says)))
        self.query_one("#fact-line", Static).update(Content(fit(line, max(1, self.size.width))))
