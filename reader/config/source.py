"""A TOML file as text and as values: read within bounds, and with the line of every table and key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.config.errors import ConfigError, printable

_NAME_PARTS = 8
_DEPTH = 16

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
class Spot:
    """A table of a file: its name (empty for the keys before the first table), which one of that name, and a key in it."""

    table: str = ""
    nth: int = 0
    key: str = ""

    def at(self, key: str) -> Spot:
        """The place of a key of this table."""
        return Spot(self.table, self.nth, key)


@dataclass(frozen=True, slots=True)
class Source:
    """A file and its text."""

    file: Path
    text: str

    def error(self, spot: Spot, problem: str) -> ConfigError:
        """What is wrong at a place of this file."""
        return ConfigError(self.file, self.line(spot), problem)

    def line(self, spot: Spot) -> int | None:
        """Line of a key, else of its table, else null: found in the text, as the parser keeps no places."""
        lines = bare(self.text).split("\n")
        start, end = table_lines(lines, spot)
        key = re.compile(rf"\s*{re.escape(spot.key)}\s*[.=]") if spot.key else None
        for number in range(start, end):
            if key and key.match(lines[number]):
                return number + 1
        head = re.compile(rf"\s*\[+\s*{re.escape(spot.key)}\s*[.\]]") if spot.key and not spot.table else None
        for number, line in enumerate(lines):
            if head and head.match(line):
                return number + 1
        return (start or self.line(Spot(key=spot.table))) if spot.table else None


def bare(text: str) -> str:
    """Return the text with comments and the insides of strings left out, line for line."""
    return _TOKEN.sub(lambda m: "\n" * m[0].count("\n") if m[0][0] == "#" else '""' + "\n" * m[0].count("\n"), text)


def table_lines(lines: list[str], spot: Spot) -> tuple[int, int]:
    """Return the half-open range of lines that hold the keys of a table, from 0; the header is the line before the range."""
    heads = [n for n, line in enumerate(lines) if line.lstrip().startswith("[")]
    name = re.compile(rf"\s*\[{{1,2}}\s*{re.escape(spot.table)}\s*\]")
    own = [n for n in heads if name.match(lines[n])] if spot.table else [-1]
    if spot.nth >= len(own):
        return 0, 0
    start = own[spot.nth] + 1
    return start, min((n for n in heads if n >= start), default=len(lines))


def read_source(file: Path, limit: int) -> Source | None:
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
    return Source(file, _decoded(file, raw))


def _decoded(file: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(file, line, "is not UTF-8; save the file in that encoding") from error


def parsed(source: Source) -> dict[str, Any]:
    """Parse TOML after bounding what makes the parser slow: long dotted names, deep brackets, endless numbers."""
    import tomllib

    _demand_bounds(source)
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(source, str(error)) from error
    except ValueError as error:
        raise ConfigError(source.file, None, "holds a number of too many digits; write a smaller one") from error


def _demand_bounds(source: Source) -> None:
    depth = 0
    for number, line in enumerate(bare(source.text).split("\n"), 1):
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


def _syntax_error(source: Source, message: str) -> ConfigError:
    place = re.search(r"\(at line (\d+)", message)
    line = int(place[1]) if place else len(source.text.rstrip("\n").split("\n"))
    plain = message.partition(" (at ")[0]
    for start, remedy in _SYNTAX.items():
        if plain.startswith(start):
            return ConfigError(source.file, line, remedy)
    return ConfigError(source.file, line, f"this is no valid TOML ({printable(plain)})")
