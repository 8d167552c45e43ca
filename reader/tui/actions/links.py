"""Links and copies: the browser, the links of the text, the clipboard."""

from __future__ import annotations

from reader.opener import LinkError, host_of, open_link
from reader.text import one_line
from reader.tui.actions.base import ScreenActions


class LinkActions(ScreenActions):
    """Verbs that lead out of the reader."""

    def _address(self) -> str:
        row = self.list.at_cursor()
        if self.reading and self.article is not None:
            return self.article.url
        article = self.library.article(row.id) if row else None
        return article.url if article else ""

    def action_open_link(self) -> None:
        """Open the article in the browser."""
        self.open_address(self._address())

    def open_address(self, url: str) -> None:
        """Open an address, or say why not."""
        try:
            opened = open_link(url, self.settings.browser)
        except LinkError as error:
            self.say(str(error), failed=True)
        else:
            self.say(f"opened at {host_of(opened)}: {opened}")

    def action_link_hints(self) -> None:
        """Number the links of the text."""
        from reader.tui.screens.links import LinkMenu

        if self.article is None:
            return
        text, links = self.article.body.text, self.article.body.links
        named = [(one_line(text[link.start : link.end]), link.url) for link in links]
        self.app.push_screen(LinkMenu([("the article itself", self.article.url), *named]), self._chosen_link)

    def _chosen_link(self, url: str | None) -> None:
        if url:
            self.open_address(url)

    def action_copy_url(self) -> None:
        """Copy the article's address."""
        self._copy(self._address(), "the address")

    def action_copy_fact(self) -> None:
        """Copy the fact under the cursor with its sentence's source."""
        if self.text.fact is None or self.article is None:
            self.say("no fact under the cursor · c goes to the next one")
            return
        item = self.text.sheet.items[self.text.fact]
        said = f" ({item.says})" if item.says else ""
        about = f"{item.about}: " if item.about else ""
        words = item.about if item.at >= 0 else f"{about}{item.value}"
        self._copy(
            f"{words}{said}\n{self.article.outlet}, {one_line(self.article.title)}\n{self.article.url}",
            "the fact",
        )

    def _copy(self, text: str, what: str) -> None:
        if not text:
            self.say(f"{what} is not known")
            return
        self.app.copy_to_clipboard(text)
        self.say(f"{what} was sent to the terminal's clipboard: {one_line(text)}")
