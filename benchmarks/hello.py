"""The smallest Textual app there is: the floor under every program written with Textual. `q` quits."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One Static; j counts up."""

    BINDINGS = [("q", "quit", "Quit"), ("j", "count", "Count")]  # noqa: RUF012 - Textual declares it for instances
    count = 0

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield Static("Hello 0")

    def action_count(self) -> None:
        """Another number."""
        self.count += 1
        self.query_one(Static).update(f"Hello {self.count}")


if __name__ == "__main__":
    Hello().run()
