"""Keys of the verbs as Textual's bindings, and how they are written on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding

from reader.verbs import VERBS

_SHOWN = {
    "slash": "/", "question_mark": "?", "semicolon": ";", "colon": ":", "full_stop": ".", "left_square_bracket": "[",
    "right_square_bracket": "]", "escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "vertical_line": "|", "number_sign": "#",
    "quotation_mark": '"', "at": "@",
}  # fmt: skip


def bindings() -> list[Binding]:
    """One binding a verb, with the verb's name as its id, so that a keymap can give it other keys."""
    return [
        Binding(",".join(verb.keys), verb.action, verb.label, id=verb.name, show=False) for verb in VERBS if verb.keys
    ]


def shown(key: str) -> str:
    """A key as the screen names it."""
    return _SHOWN.get(key, key.replace("ctrl+", "^"))


def bar(pane: str, keys: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """The key bar of a pane as (key, label), in the order of use; `keys` are the verbs' keys as they are bound."""
    there = sorted((verb for verb in VERBS if pane in verb.bar and keys[verb.name]), key=lambda verb: verb.bar[pane])
    return tuple((shown(keys[verb.name][-1 if verb.name == "back" else 0]), verb.label) for verb in there)
