"""`g`: one key says where to."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

PLACES = {
    "i": ("inbox", "inbox"), "u": ("unread", "unread"), "l": ("later", "later"), "s": ("starred", "starred"), "d": ("done", "done"),
    "a": ("all", "all"), "f": ("feeds", "feeds"), "r": ("refresh", "new"), "g": ("top", "top"),
}  # fmt: skip


class GoMenu(ModalScreen[str | None]):
    """Shows the places in the status line's stead and answers with one; any other key is none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"answer('{place}')", show=False) for key, (place, _) in PLACES.items()
    ]
    """A key that was typed before the menu stood waits in another widget, from where only bindings are looked up."""
    DEFAULT_CSS = """
    GoMenu { background: transparent; }
    GoMenu Static { dock: bottom; height: 1; background: $background; }
    """

    def compose(self) -> ComposeResult:
        """One line."""
        parts: list[tuple[str, str]] = [(" go  ", "$bright")]
        for key, (_, label) in PLACES.items():
            parts += [(f"{key} ", "bold $accent"), (f"{label}  ", "$faint")]
        yield Static(Content.assemble(*parts))

    def on_key(self, event: events.Key) -> None:
        """Any key but those of the places ends the menu."""
        if event.key not in PLACES:
            event.stop()
            self.dismiss(None)

    def action_answer(self, place: str) -> None:
        """To a place."""
        self.dismiss(place)
