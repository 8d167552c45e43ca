"""What the passes over a text share: its pieces, the mentions found so far, and which piece belongs to which."""

from __future__ import annotations

from typing import NamedTuple

from reader.insight.syntax.pieces import Pieces


class Found(NamedTuple):
    """One mention, pieces `start` to before `stop`. An empty `type` is a phrase known to be no name; `extra` characters follow it."""

    start: int
    stop: int
    type: str
    name: str
    rule: str
    extra: int = 0


class Scan:
    """The pieces of a text, the mentions found, and for each piece whether a mention owns it."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.found: list[Found] = []
        self.owner: list[Found | None] = [None] * len(pieces.low)

    def add(self, found: Found) -> None:
        """Keep a mention; its pieces are its own from now on."""
        self.found.append(found)
        for index in range(found.start, found.stop):
            self.owner[index] = found

    def free(self, start: int, stop: int) -> bool:
        """Whether no mention owns any of the pieces."""
        return not any(self.owner[start:stop])

    def of_type(self, *types: str) -> list[Found]:
        """Mentions of these types in the order of the text."""
        return sorted(found for found in self.found if found.type in types)
