"""The query language: text to a tree and back."""

from reader.query.errors import QueryError
from reader.query.fields import FIELDS, KINDS, STATES, Field
from reader.query.parser import parse
from reader.query.tree import (
    Age,
    Amount,
    And,
    Count,
    Day,
    Everything,
    Match,
    Node,
    Not,
    Or,
    Range,
    State,
    Words,
    sought,
)
from reader.query.writer import to_text

__all__ = [
    "FIELDS",
    "KINDS",
    "STATES",
    "Age",
    "Amount",
    "And",
    "Count",
    "Day",
    "Everything",
    "Field",
    "Match",
    "Node",
    "Not",
    "Or",
    "QueryError",
    "Range",
    "State",
    "Words",
    "parse",
    "sought",
    "to_text",
]
