"""The links of an article, numbered."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from reader.opener import host_of


class LinkMenu(ModalScreen[str | None]):
    """Answers with the address of the chosen link, or nothing."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q", "dismiss(None)"),
        Binding("j", "down"),
        Binding("k", "up"),
    ]
    DEFAULT_CSS = """
    LinkMenu { align: center middle; background: $background 60%; }
    LinkMenu Vertical {
        width: 80%; max-width: 100; height: auto; max-height: 80%; border: round $rule; background: $background; padding: 0 1;
    }
    LinkMenu Static { color: $faint; height: 1; }
    LinkMenu OptionList:focus { border: none; }
    LinkMenu OptionList { border: none; height: auto; background: $background; padding: 0; }
    """

    def __init__(self, links: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._links = links
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The links with their hosts: what is opened is seen before."""
        with Vertical():
            yield Static(Content("links · enter or the number opens one · esc goes back"))
            yield OptionList(*(self._option(number, *link) for number, link in enumerate(self._links)), markup=False)

    def _option(self, number: int, label: str, url: str) -> Content:
        host = host_of(url) or "not a web address"
        return Content.assemble(
            (f"{number:>3}  ", "bold $accent"), (label or url, "$foreground"), (f"  {host}", "$faint")
        )

    def on_mount(self) -> None:
        """Keys go to the list."""
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """A number chooses as soon as no longer one is possible."""
        if event.character and event.character.isdigit():
            event.stop()
            self._typed += event.character
            number = int(self._typed)
            if number >= len(self._links):
                self._typed = ""
            elif number * 10 >= len(self._links) or number == 0:
                self.dismiss(self._links[number][1])
            else:
                self.query_one(OptionList).highlighted = number

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._links[event.option_index][1])

    def action_down(self) -> None:
        """Next link."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Previous link."""
        self.query_one(OptionList).action_cursor_up()
