"""What a value of a file must be: each check turns a parsed value into a setting or says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from reader.config.errors import WrongError, hint, shown
from reader.config.source import Source, Spot

Check = Callable[[object], Any]
"""Turns a parsed value into a setting or raises `WrongError`."""


def text(limit: int) -> Check:
    """One line of text without control characters, at most `limit` of them."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise WrongError(f'must be text in quotes, such as "example", not {shown(value)}')
        if len(value) > limit:
            raise WrongError(f"is longer than {limit} characters; write less")
        if not value.isprintable():
            raise WrongError(f"holds a control character: {shown(value)}; leave it out")
        return value.strip()

    return check


def texts(count: int, limit: int) -> Check:
    """A list of at most `count` such texts."""
    each = text(limit)

    def check(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise WrongError(f'must be a list, such as ["one", "two"], not {shown(value)}')
        if len(value) > count:
            raise WrongError(f"has more than {count} items; write fewer")
        return tuple(each(item) for item in value)

    return check


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise WrongError(f"must be true or false, not {shown(value)}")
    return value


def number(low: int, high: int) -> Check:
    """A whole number from `low` to `high`."""

    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise WrongError(f"must be a whole number from {low} to {high}, not {shown(value)}")
        return value

    return check


def weight(value: object) -> float:
    """A number from 0 to 10."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 10:
        raise WrongError(f"must be a number from 0 to 10, not {shown(value)}")
    return float(value)


def choice(options: tuple[str, ...]) -> Check:
    """One of some words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in options:
            raise WrongError(f"must be {' or '.join(options)}, not {shown(value)}{hint(str(value), options)}")
        return value

    return check


def columns(value: object) -> int:
    """1, 2 or 3 panes; "auto" is 0."""
    if value == "auto":
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or value not in (1, 2, 3):
        raise WrongError(f'must be "auto", 1, 2 or 3, not {shown(value)}')
    return value


def group(value: object) -> str:
    """One word in small letters."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", value):
        raise WrongError(f'must be one word in small letters, such as "press", not {shown(value)}')
    return value


def address(value: object) -> str:
    """An http or https address with a host."""
    from urllib.parse import urlsplit

    url: str = text(4096)(value)
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or " " in url:
        raise WrongError(f"must be an address that begins with https:// or http://, not {shown(value)}")
    return url


def command(value: object) -> tuple[str, ...]:
    """A program and its arguments, never a line for a shell."""
    if isinstance(value, str):
        raise WrongError(
            f'must be a list of program and arguments, such as ["firefox", "--new-tab"], not {shown(value)}'
        )
    argv: tuple[str, ...] = texts(64, 4096)(value)
    if not argv:
        raise WrongError('is empty; name a program, such as ["firefox"], or leave the key out')
    return argv


def table(name: str) -> Check:
    """The table called `name`; its keys are checked by themselves."""

    def check(value: object) -> dict[str, object]:
        if not isinstance(value, dict):
            raise WrongError(f"must be a table; write [{name}] on a line of its own, not {shown(value)}")
        return value

    return check


def checked(source: Source, table: Mapping[str, object], keys: Mapping[str, Check], spot: Spot) -> dict[str, Any]:
    """Check every value of a table against its key's rule."""
    checked = {}
    for name, value in table.items():
        if name not in keys:
            what = "table" if isinstance(value, dict) else "key"
            remedy = hint(name, keys) or f"; there are {', '.join(keys)}"
            raise source.error(spot.at(name), f"there is no {what} {shown(name)}{remedy}")
        try:
            checked[name] = keys[name](value)
        except WrongError as wrong:
            raise source.error(spot.at(name), f"{name} {wrong}") from wrong
    return checked
