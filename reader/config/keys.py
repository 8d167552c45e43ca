"""The table of keys: known verbs, valid keys by Textual's names, and always a way out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from reader.config.errors import hint, shown
from reader.config.source import Source, Spot

KEPT_VERBS = ("quit", "help")
"""Verbs that always keep a key: without them there is no way out of the program."""

_KEY = re.compile(r"[!-~]|(?:(?:ctrl|shift|alt)\+){0,3}(?:[a-z0-9_]{2,24}|[!-~])")
"""A key as Textual names it (`ctrl+p`, `escape`, `f5`), or the printable character itself."""


_KEY_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def verb_keys(source: Source, table: Mapping[str, object], verbs: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Check `[keys]`: known verbs, valid keys, no key for two verbs, and always a way to quit and to help."""
    taken: dict[str, str] = {}
    keys = {}
    for verb, value in table.items():
        spot = Spot("keys", 0, verb)
        if verbs and verb not in verbs:
            raise source.error(spot, f"there is no verb {shown(verb)}{hint(verb, verbs)}")
        keys[verb] = _keys_of(source, spot, value)
        for key in keys[verb]:
            if taken.setdefault(key, verb) != verb:
                raise source.error(spot, f"{shown(key)} is already a key of {taken[key]}; choose another")
    return keys


def _keys_of(source: Source, spot: Spot, value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list):
        raise source.error(
            spot, f'{spot.key} must be a key or a list of keys, such as "o" or ["o", "enter"], not {shown(value)}'
        )
    for name in names:
        if not isinstance(name, str) or not _KEY.fullmatch(name):
            raise source.error(
                spot, f'{shown(name)} is no key; write a character, or a name such as "enter" or "ctrl+p"'
            )
    if not names and spot.key in KEPT_VERBS:
        raise source.error(spot, f"{spot.key} needs a key, or there is no way out; name one")
    return tuple(_key_name(name) for name in names)


def _key_name(key: str) -> str:
    """Return Textual's name of a key (`?` is `question_mark`): the Unicode name of its character but for six."""
    import unicodedata

    modifiers, character = (key[:-1], key[-1]) if len(key) == 1 or key[-2] == "+" else (key, "")
    if not character or character.isalnum():
        return key
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return modifiers + _KEY_NAMES.get(name, name)
