"""Help: every key and what it does, searchable, and what the letters and lines in the text mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.factsheet import KINDS, STATUS_LETTERS
from reader.tui.cells import folded
from reader.tui.keys import shown
from reader.verbs import VERBS, Verb

_STYLES = {
    "F": "$fact-figure",
    "S": "$fact-score",
    "Q": "$fact-quote",
    "A": "$foreground",
    "H": "$fact-hedge",
    "P": "$fact-forecast",
    "O": "$faint",
}


_KEYS = 14
"""Cells of the column of keys."""

_COMPARED = (
    ("=3", "three independent sources agree"),
    ("≠", "outlets differ"),
    ("↻", "revised since"),
    ("1", "one source"),
)


_SIGNS = (
    ("●  ○  ✓", "something new, nothing new, done"),
    ("★  ›", "starred, kept for later"),
    ("+5/9", "facts not seen yet, of all facts of the story; a dot while they are not known"),
    ("≠ 4", "outlets differ on a figure; four outlets have the story"),
    ("±", "the text was revised"),
)


class HelpScreen(ModalScreen[None]):
    """Keys by group, filtered as one types."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,f1", "dismiss(None)", priority=True),
        Binding("down", "scroll(1)", priority=True),
        Binding("up", "scroll(-1)", priority=True),
        Binding("pagedown", "scroll(10)", priority=True),
        Binding("pageup", "scroll(-10)", priority=True),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen > Vertical { width: 90%; max-width: 92; height: 90%; border: round $rule; background: $background; padding: 0 1; }
    HelpScreen Input { border: none; height: 1; padding: 0; background: $background; color: $bright; margin-bottom: 1; }
    HelpScreen Input:focus { border: none; }
    HelpScreen VerticalScroll { scrollbar-size-vertical: 1; }
    """

    def __init__(self, keys: Mapping[str, tuple[str, ...]], pane: str) -> None:
        super().__init__()
        self._keys = keys
        self._pane = pane

    def compose(self) -> ComposeResult:
        """A line to type on, and the keys."""
        with Vertical():
            yield Input(placeholder="type to search the keys · esc closes", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(id="keys")

    def on_mount(self) -> None:
        """Everything, to begin with."""
        self._show("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, words: str) -> None:
        wanted = words.lower().split()
        verbs = [verb for verb in VERBS if all(word in self._text(verb) for word in wanted)]
        parts = [*self._verbs(verbs), *(self._legend() if not wanted else ())]
        self.query_one("#keys", Static).update(Content.assemble(*(parts or [("no key does that", "$faint")])))

    def _text(self, verb: Verb) -> str:
        keys = " ".join(map(shown, self._keys[verb.name]))
        return f"{verb.name} {verb.label} {verb.help} {keys} {verb.group}".lower()

    def _verbs(self, verbs: list[Verb]) -> Iterator[tuple[str, str]]:
        groups = list(dict.fromkeys(verb.group for verb in VERBS))
        ordered = sorted(verbs, key=lambda verb: groups.index(verb.group))
        for group, members in groupby(ordered, key=lambda verb: verb.group):
            yield f"{group}\n", "bold $bright"
            for verb in members:
                keys = " ".join(map(shown, self._keys[verb.name]))
                yield f"  {keys:<12}", "bold $accent"
                yield f"{self._folded(verb.help)}\n", "$foreground"
            yield "\n", ""

    def _folded(self, text: str) -> str:
        """The text in lines that begin under each other."""
        return f"\n{' ' * _KEYS}".join(folded(text, max(20, min(92, self.app.size.width * 9 // 10) - _KEYS - 5)))

    def _legend(self) -> Iterator[tuple[str, str]]:
        yield "Facts in the text and in the gutter\n", "bold $bright"
        for letter, kind in KINDS.items():
            yield f"  {'~' if letter == 'O' else letter:<12}", f"bold {_STYLES[letter]}"
            yield f"{kind}\n", "$foreground"
        yield "\nLetters behind a fact in the panel\n", "bold $bright"
        for letter, meaning in (*_COMPARED, *((letter, status) for status, letter in STATUS_LETTERS.items())):
            yield f"  {letter:<12}", "bold $fact-hedge"
            yield f"{meaning}\n", "$foreground"
        yield "\nIn the list\n", "bold $bright"
        for sign, meaning in _SIGNS:
            yield f"  {sign:<12}", "bold $accent"
            yield f"{meaning}\n", "$foreground"

    def action_scroll(self, lines: int) -> None:
        """Move the page."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
