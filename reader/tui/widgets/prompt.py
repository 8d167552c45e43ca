"""A line at the bottom that asks for words: a search, a filter, tags."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label


class Prompt(Horizontal):
    """Hidden until asked; answers with Submitted or Cancelled."""

    BINDINGS = [Binding("escape", "cancel", show=False, priority=True)]  # noqa: RUF012
    DEFAULT_CSS = """
    Prompt {
        & Label { width: auto; padding: 0 1; color: $accent; text-style: bold; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $background; color: $bright; }
        & Input:focus { border: none; }
    }
    """

    class Submitted(Message):
        """The reader pressed enter. `purpose` is what the prompt was opened for."""

        def __init__(self, purpose: str, text: str) -> None:
            super().__init__()
            self.purpose = purpose
            self.text = text

    class Cancelled(Message):
        """The reader pressed escape."""

    def __init__(self) -> None:
        super().__init__()
        self._purpose = ""

    def compose(self) -> ComposeResult:
        """What is asked, and the line to answer on."""
        yield Label(id="prompt-label")
        yield Input(compact=True, id="prompt-input")

    def ask(self, purpose: str, label: str, text: str = "", hint: str = "") -> None:
        """Open, with `text` to begin from and a `hint` while nothing is typed."""
        self._purpose = purpose
        self.query_one(Label).update(Content(label))
        line = self.query_one(Input)
        line.value, line.placeholder = text, hint
        self.add_class("-open")
        self.screen.add_class("-prompting")
        line.focus()

    def close(self) -> None:
        """Hide."""
        self.remove_class("-open")
        self.screen.remove_class("-prompting")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.close()
        self.post_message(self.Submitted(self._purpose, event.value.strip()))

    def action_cancel(self) -> None:
        """Escape."""
        self.close()
        self.post_message(self.Cancelled())
