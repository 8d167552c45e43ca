"""feeds.toml and config.toml as typed, frozen values, with errors that name file, line and remedy; and edits of feeds.toml.

Importing this module and reading a small config.toml takes a few milliseconds: whatever is slower (platformdirs, tomlkit, difflib)
is imported where it is needed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reader.model import Feed

BUNDLED_FEEDS = Path(__file__).with_name("feeds.toml")
"""The sources that come with the program."""

GROUPS = ("labs", "press", "wires", "research", "newsletters", "chips", "policy", "dev", "aggregators", "podcasts")
"""The groups of the bundled sources; a user may name others."""

KINDS = ("feed", "sitemap")
TEXTS = ("full", "summary", "headline")
KEYMAPS = ("default", "newsboat", "gmail")

_SETTINGS_BYTES = 256 * 1024
_FEEDS_BYTES = 2 * 1024 * 1024
_NAME_PARTS = 8
_DEPTH = 16
_MANY = 20
_KEPT_VERBS = ("quit", "help")
"""Verbs that always keep a key: without them there is no way out of the program."""

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


class ConfigError(Exception):
    """A file or folder that the user can mend; its text is one line: file, line, what is wrong, what to write instead."""

    def __init__(self, file: Path, line: int | None, problem: str) -> None:
        place = f"{file}:{line}" if line else str(file)
        super().__init__(f"{_printable(place)}: {problem}")
        self.file = file
        self.line = line
        """Line in the file, 1 for the first; null when the fault has no line."""
        self.problem = problem


# ---- folders ----


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the program keeps its files: the folder of the configuration, the store's file, the folder of the logs."""

    config: Path
    store: Path
    logs: Path

    @property
    def settings_file(self) -> Path:
        """The user's config.toml; it need not exist."""
        return self.config / "config.toml"

    @property
    def feeds_file(self) -> Path:
        """The user's own feeds.toml; while it does not exist the bundled one holds."""
        return self.config / "feeds.toml"

    def create(self) -> None:
        """Make the folders that are missing, readable by their owner alone; raise `ConfigError` where that fails."""
        for folder in (self.config, self.store.parent, self.logs):
            _make_folder(folder)


def find_paths(
    environ: Mapping[str, str] = os.environ, *, config: str | None = None, store: str | None = None
) -> Paths:
    """Return the paths: `config` (a folder) and `store` (a file) if given, else in `BRIEFING_HOME`, else where the platform has them."""
    found = _home_paths(Path(environ["BRIEFING_HOME"])) if environ.get("BRIEFING_HOME") else _platform_paths()
    folder = _absolute(Path(config)) if config else found.config
    if folder.is_file():
        raise ConfigError(folder, None, "is a file; name the folder that holds config.toml and feeds.toml")
    return Paths(folder, _absolute(Path(store)) if store else found.store, found.logs)


def _home_paths(home: Path) -> Paths:
    home = _absolute(home)
    return Paths(home, home / "briefing.db", home / "logs")


def _platform_paths() -> Paths:
    import platformdirs

    dirs = platformdirs.PlatformDirs("briefing", appauthor=False)
    return Paths(Path(dirs.user_config_dir), Path(dirs.user_data_dir) / "briefing.db", Path(dirs.user_log_dir))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))


def _make_folder(folder: Path) -> None:
    try:
        for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        remedy = "set BRIEFING_HOME to a folder that you may write to"
        raise ConfigError(folder, None, f"this folder cannot be made ({error.strerror}); {remedy}") from error


# ---- what is configured ----


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


@dataclass(frozen=True, slots=True)
class Config:
    """All that is configured: settings, feeds in the order of the file, and warnings of one line each."""

    settings: Settings
    feeds: tuple[Feed, ...]
    warnings: tuple[str, ...] = ()


def load(paths: Paths, verbs: Collection[str] = ()) -> Config:
    """Read settings and feeds; `verbs` as for `load_settings`. Raise `ConfigError`."""
    settings = load_settings(paths, verbs)
    feeds, warnings = load_feeds(paths)
    return Config(settings, feeds, warnings)


def load_settings(paths: Paths, verbs: Collection[str] = ()) -> Settings:
    """Read config.toml, if there is one; with `verbs` given, `[keys]` may name no other. Raise `ConfigError`."""
    source = _read(paths.settings_file, _SETTINGS_BYTES)
    if source is None:
        return Settings()
    values = _checked(source, _parsed(source), _SETTINGS_KEYS, _Spot())
    if "browser" in values:
        _demand_own_file(source)
    keys = values.pop("keys", {})
    rank = {**RANK, **_checked(source, values.pop("rank", {}), _RANK_KEYS, _Spot("rank"))}
    return Settings(**values, keys=MappingProxyType(_verb_keys(source, keys, verbs)), rank=MappingProxyType(rank))


def settings_error(paths: Paths, key: str, problem: str) -> ConfigError:
    """The error that a key of config.toml, found good by `load_settings`, does not do for who uses it; with the key's line."""
    source = _read(paths.settings_file, _SETTINGS_BYTES) or _Source(paths.settings_file, "")
    return source.error(_Spot(key=key), f"{key}: {problem}")


def load_feeds(paths: Paths) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """Read the user's feeds.toml or else the bundled one: feeds, and warnings of one line each. Raise `ConfigError`."""
    source = _read(paths.feeds_file, _FEEDS_BYTES) or _bundled()
    return _feeds(source)


def _bundled() -> _Source:
    return _Source(BUNDLED_FEEDS, BUNDLED_FEEDS.read_text("utf-8"))


# ---- reading a file ----

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?'
    r"|'''(?:[^']|'(?!''))*+(?:''')?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
"""Strings (closed or not) and comments of TOML 1.0: every match is tried once, so the scan is linear."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A table of a file: its name (empty for the keys before the first table), which one of that name, and a key in it."""

    table: str = ""
    nth: int = 0
    key: str = ""

    def at(self, key: str) -> _Spot:
        return _Spot(self.table, self.nth, key)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file and its text."""

    file: Path
    text: str

    def error(self, spot: _Spot, problem: str) -> ConfigError:
        return ConfigError(self.file, self.line(spot), problem)

    def line(self, spot: _Spot) -> int | None:
        """Line of a key, else of its table, else null: found in the text, as the parser keeps no places."""
        lines = _bare(self.text).split("\n")
        start, end = _table_lines(lines, spot)
        key = re.compile(rf"\s*{re.escape(spot.key)}\s*[.=]") if spot.key else None
        for number in range(start, end):
            if key and key.match(lines[number]):
                return number + 1
        head = re.compile(rf"\s*\[+\s*{re.escape(spot.key)}\s*[.\]]") if spot.key and not spot.table else None
        for number, line in enumerate(lines):
            if head and head.match(line):
                return number + 1
        return (start or self.line(_Spot(key=spot.table))) if spot.table else None


def _bare(text: str) -> str:
    """Return the text with comments and the insides of strings left out, line for line."""
    return _TOKEN.sub(lambda m: "\n" * m[0].count("\n") if m[0][0] == "#" else '""' + "\n" * m[0].count("\n"), text)


def _table_lines(lines: list[str], spot: _Spot) -> tuple[int, int]:
    """Return the half-open range of lines that hold the keys of a table, from 0; the header is the line before the range."""
    heads = [n for n, line in enumerate(lines) if line.lstrip().startswith("[")]
    name = re.compile(rf"\s*\[{{1,2}}\s*{re.escape(spot.table)}\s*\]")
    own = [n for n in heads if name.match(lines[n])] if spot.table else [-1]
    if spot.nth >= len(own):
        return 0, 0
    start = own[spot.nth] + 1
    return start, min((n for n in heads if n >= start), default=len(lines))


def _read(file: Path, limit: int) -> _Source | None:
    """Return the file's text, at most `limit` bytes of UTF-8; null when there is no such file. Raise `ConfigError`."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(file, None, f"cannot be read ({error.strerror}); make it a file that you may read") from error
    if len(raw) > limit:
        raise ConfigError(file, None, f"is larger than {limit // 1024} KiB; take out what is not needed")
    return _Source(file, _decoded(file, raw))


def _decoded(file: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(file, line, "is not UTF-8; save the file in that encoding") from error


def _parsed(source: _Source) -> dict[str, Any]:
    """Parse TOML after bounding what makes the parser slow: long dotted names, deep brackets, endless numbers."""
    import tomllib

    _demand_bounds(source)
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(source, str(error)) from error
    except ValueError as error:
        raise ConfigError(source.file, None, "holds a number of too many digits; write a smaller one") from error


def _demand_bounds(source: _Source) -> None:
    depth = 0
    for number, line in enumerate(_bare(source.text).split("\n"), 1):
        if line.count(".") >= _NAME_PARTS:
            raise ConfigError(source.file, number, f"a name has more than {_NAME_PARTS} parts; write a shorter one")
        for character in line:
            depth += (character in "[{") - (character in "]}")
            if depth > _DEPTH:
                raise ConfigError(source.file, number, f"brackets are nested more than {_DEPTH} deep; close them")


_SYNTAX = {
    "Invalid value": 'this is no value; write text in quotes, a number, true, false or ["a", "list"]',
    "Unterminated string": 'a text is not closed; end it with "',
    "Illegal character": "a text holds a line end or control character; close its quote in the same line",
    "Found invalid character": "a text holds a line end or control character; take it out",
    "Unclosed array": "a list is not closed; end it with ]",
    "Expected '=' after a key": "a key has no value; write key = value",
    "Cannot overwrite a value": "a key is set twice; leave one of them",
    "Cannot declare": "a table stands here twice; put its keys into one",
    "Invalid statement": "this is no line of TOML; write key = value, [table], or # before a comment",
}
"""Remedies by the beginning of the message of tomllib (Python 3.11 to 3.14)."""


def _syntax_error(source: _Source, message: str) -> ConfigError:
    place = re.search(r"\(at line (\d+)", message)
    line = int(place[1]) if place else len(source.text.rstrip("\n").split("\n"))
    plain = message.partition(" (at ")[0]
    for start, remedy in _SYNTAX.items():
        if plain.startswith(start):
            return ConfigError(source.file, line, remedy)
    return ConfigError(source.file, line, f"this is no valid TOML ({_printable(plain)})")


# ---- checking values ----


class _WrongError(ValueError):
    """A value that does not do: what is wrong and what to write instead."""


Check = Callable[[object], Any]
"""Turns a parsed value into a setting or raises `_WrongError`."""


def _text(limit: int) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise _WrongError(f'must be text in quotes, such as "example", not {_shown(value)}')
        if len(value) > limit:
            raise _WrongError(f"is longer than {limit} characters; write less")
        if not value.isprintable():
            raise _WrongError(f"holds a control character: {_shown(value)}; leave it out")
        return value.strip()

    return check


def _texts(count: int, limit: int) -> Check:
    each = _text(limit)

    def check(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise _WrongError(f'must be a list, such as ["one", "two"], not {_shown(value)}')
        if len(value) > count:
            raise _WrongError(f"has more than {count} items; write fewer")
        return tuple(each(item) for item in value)

    return check


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _WrongError(f"must be true or false, not {_shown(value)}")
    return value


def _number(low: int, high: int) -> Check:
    def check(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise _WrongError(f"must be a whole number from {low} to {high}, not {_shown(value)}")
        return value

    return check


def _weight(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 10:
        raise _WrongError(f"must be a number from 0 to 10, not {_shown(value)}")
    return float(value)


def _choice(options: tuple[str, ...]) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in options:
            raise _WrongError(f"must be {' or '.join(options)}, not {_shown(value)}{_hint(str(value), options)}")
        return value

    return check


def _columns(value: object) -> int:
    if value == "auto":
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or value not in (1, 2, 3):
        raise _WrongError(f'must be "auto", 1, 2 or 3, not {_shown(value)}')
    return value


def _group(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", value):
        raise _WrongError(f'must be one word in small letters, such as "press", not {_shown(value)}')
    return value


def _address(value: object) -> str:
    from urllib.parse import urlsplit

    url: str = _text(4096)(value)
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or " " in url:
        raise _WrongError(f"must be an address that begins with https:// or http://, not {_shown(value)}")
    return url


def _command(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        raise _WrongError(
            f'must be a list of program and arguments, such as ["firefox", "--new-tab"], not {_shown(value)}'
        )
    argv: tuple[str, ...] = _texts(64, 4096)(value)
    if not argv:
        raise _WrongError('is empty; name a program, such as ["firefox"], or leave the key out')
    return argv


def _table(name: str) -> Check:
    def check(value: object) -> dict[str, object]:
        if not isinstance(value, dict):
            raise _WrongError(f"must be a table; write [{name}] on a line of its own, not {_shown(value)}")
        return value

    return check


_SETTINGS_KEYS: dict[str, Check] = {
    "theme": _text(40),
    "keymap": _choice(KEYMAPS),
    "mute": _texts(1000, 2000),
    "watch": _texts(1000, 2000),
    "interval": _number(15, 10080),
    "columns": _columns,
    "width": _number(40, 120),
    "mouse": _flag,
    "ascii": _flag,
    "browser": _command,
    "keys": _table("keys"),
    "rank": _table("rank"),
}

_RANK_KEYS: dict[str, Check] = dict.fromkeys(RANK, _weight)

_FEED_KEYS: dict[str, Check] = {
    "title": _text(200),
    "url": _address,
    "outlet": _text(80),
    "group": _group,
    "kind": _choice(KINDS),
    "text": _choice(TEXTS),
    "enabled": _flag,
    "interval": _number(15, 10080),
    "include": _texts(200, 80),
    "paths": _texts(200, 400),
    "user_agent": _text(200),
    "local": _flag,
    "community": _flag,
    "note": _text(400),
}


def _checked(source: _Source, table: Mapping[str, object], keys: Mapping[str, Check], spot: _Spot) -> dict[str, Any]:
    """Check every value of a table against its key's rule."""
    checked = {}
    for name, value in table.items():
        if name not in keys:
            what = "table" if isinstance(value, dict) else "key"
            remedy = _hint(name, keys) or f"; there are {', '.join(keys)}"
            raise source.error(spot.at(name), f"there is no {what} {_shown(name)}{remedy}")
        try:
            checked[name] = keys[name](value)
        except _WrongError as wrong:
            raise source.error(spot.at(name), f"{name} {wrong}") from wrong
    return checked


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


def _verb_keys(source: _Source, table: Mapping[str, object], verbs: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Check `[keys]`: known verbs, valid keys, no key for two verbs, and always a way to quit and to help."""
    taken: dict[str, str] = {}
    keys = {}
    for verb, value in table.items():
        spot = _Spot("keys", 0, verb)
        if verbs and verb not in verbs:
            raise source.error(spot, f"there is no verb {_shown(verb)}{_hint(verb, verbs)}")
        keys[verb] = _keys_of(source, spot, value)
        for key in keys[verb]:
            if taken.setdefault(key, verb) != verb:
                raise source.error(spot, f"{_shown(key)} is already a key of {taken[key]}; choose another")
    return keys


def _keys_of(source: _Source, spot: _Spot, value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list):
        raise source.error(
            spot, f'{spot.key} must be a key or a list of keys, such as "o" or ["o", "enter"], not {_shown(value)}'
        )
    for name in names:
        if not isinstance(name, str) or not _KEY.fullmatch(name):
            raise source.error(
                spot, f'{_shown(name)} is no key; write a character, or a name such as "enter" or "ctrl+p"'
            )
    if not names and spot.key in _KEPT_VERBS:
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


def _demand_own_file(source: _Source) -> None:
    """A file that names a program to run must be the user's own: nobody else may be able to write it."""
    found = source.file.stat()
    if found.st_uid not in (os.geteuid(), 0) or found.st_mode & 0o022:
        problem = "browser names a program, but others may write this file; run: chmod go-w on it"
        raise source.error(_Spot(key="browser"), problem)


# ---- feeds ----


def _feeds(source: _Source) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    feeds: dict[str, tuple[Feed, int]] = {}
    doubts: list[tuple[_Spot, str]] = []
    for nth, table in enumerate(_feed_tables(source)):
        spot = _Spot("feed", nth)
        feed = _feed(source, table, spot)
        if feed.group not in GROUPS and (hint := _hint(feed.group, GROUPS)):
            doubts.append((spot.at("group"), f"group {_shown(feed.group)} is one of your own{hint}"))
        first = feeds.setdefault(address_key(feed.url), (feed, nth))
        if first[1] != nth:
            problem = (
                f'this address is already that of "{_printable(first[0].title)}"; it is counted once, take one out'
            )
            doubts.append((spot.at("url"), problem))
    return tuple(feed for feed, _ in feeds.values()), _warnings(source, doubts)


def _warnings(source: _Source, doubts: list[tuple[_Spot, str]]) -> tuple[str, ...]:
    """Write the doubts as lines: each asks for a search of the file, so of very many only the first are written."""
    lines = [str(source.error(spot, problem)) for spot, problem in doubts[:_MANY]]
    more = len(doubts) - len(lines)
    return (*lines, f"{_printable(str(source.file))}: and {more} more of the like") if more else tuple(lines)


def _feed_tables(source: _Source) -> list[dict[str, object]]:
    document = _parsed(source)
    for name in document:
        if name != "feed":
            raise source.error(
                _Spot(key=name), f"there is no key {_shown(name)}; write every source as a [[feed]] table"
            )
    tables = document.get("feed", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error(_Spot(key="feed"), "feed must be a table in double brackets; write [[feed]]")
    return tables


def _feed(source: _Source, table: Mapping[str, object], spot: _Spot) -> Feed:
    values = _checked(source, table, _FEED_KEYS, spot)
    if "url" not in values:
        raise source.error(spot, 'this feed has no url; write url = "https://…"')
    host = host_of(values["url"])
    if is_local_host(host) and not values.get("local"):
        problem = f"{_printable(host)} is on your own machine or network; write local = true to allow it"
        raise source.error(spot.at("url"), problem)
    values.setdefault("title", host)
    values.setdefault("outlet", values["title"])
    return Feed(**values)


def host_of(url: str) -> str:
    """Return the host of an http(s) address in small letters; empty where there is none."""
    from urllib.parse import urlsplit

    return urlsplit(url).hostname or ""


def address_key(url: str) -> str:
    """Return what makes two spellings of one address equal: scheme and host in small letters, no fragment, no default port.

    What is no address is its own key.
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        number = parts.port
    except ValueError:
        return url
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{number}" if number not in (None, standard) else ""
    user = parts.netloc.rpartition("@")[0]
    return f"{parts.scheme}://{user + '@' if user else ''}{parts.hostname}{port}{parts.path or '/'}?{parts.query}"


def is_local_host(host: str) -> bool:
    """Tell whether a host names this machine or a private network by itself, without a look-up.

    All spellings of an address that the system's resolver takes count (`127.1`, `0x7f000001`). A public name may still resolve to
    a private address: whoever connects checks that.
    """
    if host in ("", "localhost") or host.endswith((".localhost", ".local", ".internal")):
        return True
    address = _literal_address(host)
    return address is not None and not address.is_global


def _literal_address(host: str) -> Any:
    import ipaddress
    import socket

    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        if not re.fullmatch(r"[0-9a-fx.]+", host):
            return None
    else:
        return getattr(literal, "ipv4_mapped", None) or literal
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


# ---- editing feeds.toml ----


def add_feeds(paths: Paths, feeds: Iterable[Feed], *, keep_bundled: bool = True) -> int:
    """Add feeds to the user's feeds.toml and return how many were new; comments and order of the file stay.

    Where there is no such file yet it begins with the bundled sources, or empty with `keep_bundled` false (the feeds are then all
    there is). Raise `ConfigError`, with the file unchanged.
    """
    with _editing(paths, keep_bundled) as edit:
        known = {address_key(feed.url) for feed in edit.feeds}
        fresh = {address_key(feed.url): feed for feed in feeds}
        added = [feed for key, feed in fresh.items() if key not in known]
        if added:
            edit.text = "\n".join([*([edit.text] if edit.text else []), *(_rendered(feed) for feed in added)])
    return len(added)


def remove_feed(paths: Paths, url: str) -> bool:
    """Take a feed out of the user's feeds.toml (with the comments inside its table); false when there is no such feed."""
    with _editing(paths) as edit:
        found = edit.places(url)
        for nth in reversed(found):
            edit.cut(nth)
    return bool(found)


def set_enabled(paths: Paths, url: str, enabled: bool) -> bool:
    """Write `enabled` of a feed in the user's feeds.toml; false when there is no such feed."""
    import tomlkit

    with _editing(paths) as edit:
        found = edit.places(url)
        document = tomlkit.parse(edit.text)
        for nth in found:
            document["feed"][nth]["enabled"] = enabled
        edit.text = tomlkit.dumps(document)
    return bool(found)


@dataclass(slots=True)
class _Edit:
    """The text of feeds.toml while it is changed, and the tables it held before."""

    file: Path
    text: str
    tables: list[dict[str, object]]
    feeds: tuple[Feed, ...]

    def places(self, url: str) -> list[int]:
        """Return which tables hold this address."""
        key = address_key(url)
        return [nth for nth, table in enumerate(self.tables) if address_key(str(table["url"])) == key]

    def cut(self, nth: int) -> None:
        """Take out a table's lines; comments after its last key belong to the next table and stay."""
        lines = self.text.split("\n")
        bare = _bare(self.text).split("\n")
        start, end = _table_lines(bare, _Spot("feed", nth))
        if not start:
            raise ConfigError(self.file, None, "its feeds are written as one list; write each as a [[feed]] table")
        while end > start and not bare[end - 1].strip():
            end -= 1
        while end < len(lines) and not lines[end].strip():
            end += 1
        self.text = "\n".join(lines[: start - 1] + lines[end:])


@contextmanager
def _editing(paths: Paths, keep_bundled: bool = True) -> Iterator[_Edit]:
    """Hand out the text to change; write it when it changed and reads well, whole or not at all, one process at a time."""
    paths.create()
    with _locked(paths.config):
        source = _read(paths.feeds_file, _FEEDS_BYTES)
        before = source or (_bundled() if keep_bundled else _Source(paths.feeds_file, ""))
        edit = _Edit(paths.feeds_file, before.text, _feed_tables(before), _feeds(before)[0])
        yield edit
        if len(edit.text.encode()) > _FEEDS_BYTES:
            raise ConfigError(
                paths.feeds_file, None, f"would be larger than {_FEEDS_BYTES // 1024} KiB; add fewer feeds"
            )
        if edit.text != before.text:
            _feeds(_Source(paths.feeds_file, edit.text))
            write_file(paths.feeds_file, edit.text)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _rendered(feed: Feed) -> str:
    """Return a feed as a [[feed]] table that holds what is not the default."""
    import tomlkit

    default = Feed(url="", title="", outlet="", group="")
    values = {name: getattr(feed, name) for name in _FEED_KEYS}
    told = {name: value for name, value in values.items() if value != getattr(default, name)}
    table = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
    return "[[feed]]\n" + tomlkit.dumps(table)


def write_file(file: Path, text: str) -> None:
    """Replace a file as a whole: written beside it, synced and renamed; a symbolic link stays one. Raise `ConfigError`."""
    target = file.resolve()
    scratch = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        _write_synced(scratch, text.encode(), mode)
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise ConfigError(file, None, f"cannot be written ({error.strerror}); it is as it was") from error


def _write_synced(file: Path, data: bytes, mode: int) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


# ---- words for messages ----


def _shown(value: object) -> str:
    """Return a value as it stands in the file, short and without control characters."""
    if isinstance(value, bool):
        return str(value).lower()
    shown = '"' + repr(value)[1:-1] + '"' if isinstance(value, str) else _printable(str(value))
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)


def _hint(word: str, options: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, list(options), 1, 0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
