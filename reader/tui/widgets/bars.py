"""The lines above and below the panes: where we are, what happened, which keys matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from reader.text import one_line
from reader.tui.cells import fit
from reader.tui.plain import is_plain

VIEW_NAMES = {
    "inbox": "Inbox",
    "unread": "Unread",
    "later": "Later",
    "starred": "Starred",
    "done": "Done",
    "all": "All",
}


class TitleBar(Static):
    """Product, views with their counts, and at the right what the feeds do."""

    DEFAULT_CSS = "TitleBar { height: 1; background: $background; color: $faint; }"

    def __init__(self, name: str) -> None:
        super().__init__()
        self._product = name

    def show(self, view: str, query: str, found: int, counts: Mapping[str, int], right: str) -> None:
        """Show the view that is open (or the search and how many it found), the others' counts, and of `right` the parts that fit."""
        parts: list[tuple[str, str]] = [(f" {self._product}  ", "bold $bright")]
        if query:
            parts += [
                (f" {one_line(query)} ", "bold $accent"),
                (f" {found} found in {VIEW_NAMES[view].lower()} ", "$faint"),
            ]
        else:
            for name in ("inbox", "later", "starred", *(() if view in ("inbox", "later", "starred") else (view,))):
                style = "bold $accent" if name == view else "$faint"
                parts.append((f" {VIEW_NAMES[name]} {counts.get(name, '…')} ", style))
        left = sum(cell_len(text) for text, _ in parts)
        room = self.app.size.width - left - 1
        while room < cell_len(right) and " · " in right:
            right = right.rpartition(" · ")[0]
        if room >= cell_len(right):
            parts.append((" " * (room - cell_len(right)) + right, "$faint"))
        self.update(Content.assemble(*parts))


class StatusBar(Static):
    """The key bar, with the place at the right; a notice or an error takes the keys' place until the next key."""

    DEFAULT_CSS = "StatusBar { height: 1; background: $background; color: $faint; }"

    keys: var[tuple[tuple[str, str], ...]] = var(())
    place: var[str] = var("")
    message: var[str] = var("")
    failed: var[bool] = var(False)

    def say(self, message: str, *, failed: bool = False) -> None:
        """Show a line until the next key; an error in the error's colour, and with a mark for those who see none."""
        self.failed = failed
        self.message = one_line(message)

    def watch_keys(self) -> None:
        """Draw."""
        self._draw()

    def watch_place(self) -> None:
        """Draw."""
        self._draw()

    def watch_message(self) -> None:
        """Draw."""
        self._draw()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._draw()

    def _draw(self) -> None:
        width = self.app.size.width
        room = width - cell_len(self.place) - 3
        if self.message:
            style = "bold $error" if self.failed else "$bright"
            parts = [(f" {'! ' if self.failed else ''}{self.message}", style)]
            parts = [(fit(parts[0][0], min(room, cell_len(parts[0][0]))), style)]
        else:
            parts = _that_fit(self.keys, room)
        left = sum(cell_len(text) for text, _ in parts)
        parts.append((" " * max(1, width - left - cell_len(self.place) - 1) + self.place, "$faint"))
        self.update(Content.assemble(*parts))


def _that_fit(keys: Sequence[tuple[str, str]], room: int) -> list[tuple[str, str]]:
    """As many keys as fit; the last one (help) always does."""
    parts: list[tuple[str, str]] = []
    taken = 0
    last = cell_len(" ".join(keys[-1])) + 4 if keys else 0
    for number, (key, label) in enumerate(keys):
        needed = cell_len(key) + cell_len(label) + 4
        if taken + needed + (last if number < len(keys) - 1 else 0) > room:
            continue
        taken += needed
        parts += [(f" {key} ", "bold $accent"), (f"{label}  ", "$faint")]
    return parts


class Rule(Static):
    """One thin line."""

    DEFAULT_CSS = "Rule { height: 1; background: $background; color: $rule; }"

    def on_resize(self) -> None:
        """As wide as the screen."""
        self.update(Content(("-" if is_plain(self) else "─") * self.size.width))
