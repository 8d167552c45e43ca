"""config.toml as typed, frozen values."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from reader.config import checks
from reader.config.checks import Check, checked
from reader.config.errors import ConfigError
from reader.config.keys import verb_keys
from reader.config.paths import Paths
from reader.config.source import Source, Spot, parsed, read_source

KEYMAPS = ("default", "newsboat", "gmail")

_BYTES = 256 * 1024

RANK: Mapping[str, float] = MappingProxyType(
    {
        "second_hand": 0.4,
        "repeat": 0.15,
        "watch": 0.4,
        "size": 0.5,
        "figures": 0.1,
        "vendor": 0.5,
        "side": 0.4,
        "opinion": 0.8,
    }
)
"""What `[rank]` may set, with the values that hold without it; `reader.stories.rank.Weights` says what each means."""


@dataclass(frozen=True, slots=True)
class Keep:
    """What `[keep]` says of how long texts are kept; 0 for always. `reader.store.retention.Rules` says what each means."""

    days: int = 0
    unread_days: int = 0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml says; without the file these are the values."""

    theme: str = "auto"
    """Name of a theme; the screens know which there are."""
    keymap: str = "default"
    """default | newsboat | gmail."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Keys by verb, by Textual's names, in place of the preset's; an empty tuple leaves the verb without a key."""
    mute: tuple[str, ...] = ()
    """Queries; what matches is muted and counted."""
    watch: tuple[str, ...] = ()
    """Queries, of which a plain name is one; a story with an article that one matches ranks higher."""
    interval: int = 60
    """Minutes between two polls of a feed that names no interval of its own."""
    columns: int = 0
    """Panes side by side, 1 to 3; 0 lets the width decide."""
    width: int = 72
    """Cells of the reading column."""
    mouse: bool = True
    ascii: bool = False
    """Plain letters in place of ≠ ↻ and the bars."""
    browser: tuple[str, ...] = ()
    """Program and arguments that open a link: it stands for `%s`, else follows; empty takes the platform's own."""
    rank: Mapping[str, float] = field(default_factory=lambda: RANK)
    """The weights of the order of the briefing, all of those in `RANK`."""
    keep: Keep = Keep()


SETTINGS_KEYS: dict[str, Check] = {
    "theme": checks.text(40),
    "keymap": checks.choice(KEYMAPS),
    "mute": checks.texts(1000, 2000),
    "watch": checks.texts(1000, 2000),
    "interval": checks.number(15, 10080),
    "columns": checks.columns,
    "width": checks.number(40, 120),
    "mouse": checks.flag,
    "ascii": checks.flag,
    "browser": checks.command,
    "keys": checks.table("keys"),
    "rank": checks.table("rank"),
    "keep": checks.table("keep"),
}

KEEP_KEYS: dict[str, Check] = {
    "days": checks.number(7, 36500),
    "unread_days": checks.number(7, 36500),
    "articles": checks.number(100, 10_000_000),
}

RANK_KEYS: dict[str, Check] = dict.fromkeys(RANK, checks.weight)


def load_settings(paths: Paths, verbs: Collection[str] = ()) -> Settings:
    """Read config.toml, if there is one; with `verbs` given, `[keys]` may name no other. Raise `ConfigError`."""
    source = read_source(paths.settings_file, _BYTES)
    if source is None:
        return Settings()
    values = checked(source, parsed(source), SETTINGS_KEYS, Spot())
    if "browser" in values:
        _demand_own_file(source)
    keys = values.pop("keys", {})
    rank = {**RANK, **checked(source, values.pop("rank", {}), RANK_KEYS, Spot("rank"))}
    keep = Keep(**checked(source, values.pop("keep", {}), KEEP_KEYS, Spot("keep")))
    return Settings(
        **values, keep=keep, keys=MappingProxyType(verb_keys(source, keys, verbs)), rank=MappingProxyType(rank)
    )


def settings_error(paths: Paths, key: str, problem: str) -> ConfigError:
    """The error that a key of config.toml, found good by `load_settings`, does not do for who uses it; with the key's line."""
    source = read_source(paths.settings_file, _BYTES) or Source(paths.settings_file, "")
    return source.error(Spot(key=key), f"{key}: {problem}")


def _demand_own_file(source: Source) -> None:
    """A file that names a program to run must be the user's own: nobody else may be able to write it."""
    found = source.file.stat()
    if found.st_uid not in (os.geteuid(), 0) or found.st_mode & 0o022:
        problem = "browser names a program, but others may write this file; run: chmod go-w on it"
        raise source.error(Spot(key="browser"), problem)
