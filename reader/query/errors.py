"""What is wrong with a query, and where."""

from __future__ import annotations


class QueryError(Exception):
    """A query that cannot be read; the message is one line that names the column and what was expected.

    `position` is the offset in code points of the first character that does not fit; `expected` says what would.
    """

    def __init__(self, position: int, expected: str) -> None:
        super().__init__(f"column {position + 1}: {expected}")
        self.position = position
        self.expected = expected
