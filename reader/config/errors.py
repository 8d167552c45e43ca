"""What is wrong with a file of the user, in one line, and the words such lines are made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class ConfigError(Exception):
    """A file or folder that the user can mend; its text is one line: file, line, what is wrong, what to write instead."""

    def __init__(self, file: Path, line: int | None, problem: str) -> None:
        place = f"{file}:{line}" if line else str(file)
        super().__init__(f"{printable(place)}: {problem}")
        self.file = file
        self.line = line
        """Line in the file, 1 for the first; null when the fault has no line."""
        self.problem = problem


class WrongError(ValueError):
    """A value that does not do: what is wrong and what to write instead."""


def shown(value: object) -> str:
    """Return a value as it stands in the file, short and without control characters."""
    if isinstance(value, bool):
        return str(value).lower()
    shown = '"' + repr(value)[1:-1] + '"' if isinstance(value, str) else printable(str(value))
    return shown if len(shown) <= 60 else shown[:59] + "…"


def printable(text: str) -> str:
    """Return the text with a replacement character for each that does not print."""
    return "".join(character if character.isprintable() else "�" for character in text)


def hint(word: str, options: Iterable[str]) -> str:
    """Return a question for the option that looks most like a word, to be put behind a message; empty where none does."""
    import difflib

    near = difflib.get_close_matches(word, list(options), 1, 0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
