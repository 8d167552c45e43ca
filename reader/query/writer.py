"""Tree to text: the shortest plain spelling that parses to the same tree."""

from __future__ import annotations

import re
from functools import partial

from reader.query.fields import CURRENCIES, STATES
from reader.query.numbers import write_number, write_range
from reader.query.tree import Age, Amount, And, Count, Day, Everything, Match, Node, Not, Or, Range, State, Words

_PLAIN = re.compile(r"\w[\w.,'’/&+#@%$-]*\Z")
_SIGNS = {code: sign for sign, code in CURRENCIES.items()}


def to_text(tree: Node) -> str:
    """`tree` as a query; `parse(to_text(tree)) == tree` for every tree that parsing can make."""
    match tree:
        case Everything():
            return ""
        case Or(terms):
            return " or ".join(_inside(term, Or) for term in terms)
        case And(terms):
            return " ".join(_inside(term, And, Or) for term in terms)
        case Not(term):
            return f"-{_inside(term, And, Or)}"
        case _:
            return _term(tree)


def _inside(term: Node, *groups: type[Node]) -> str:
    """A term of a longer query, in parentheses where it is one of `groups`."""
    text = to_text(term)
    return f"({text})" if isinstance(term, groups) else text


def _term(term: Node) -> str:
    match term:
        case Words(text, prefix, title):
            return f"{'title:' * title}{_words(text, bare=not prefix and not title)}{'*' * prefix}"
        case Match(field, value):
            return f"{field}:{_quoted(value)}"
        case Age(field, count, unit):
            return f"{field}:{count}{unit}"
        case Day(field, day):
            return f"{field}:{day.isoformat()}"
        case Count(field, range):
            return f"{field}:{write_range(range, lambda number: str(int(number)))}"
        case Amount(range, currency, percent):
            return f"amount:{_amount(range, currency, percent)}"
        case State(name):
            return name
    raise TypeError(f"not a term: {term!r}")


def _amount(range: Range, currency: str | None, percent: bool) -> str:
    sign = _SIGNS.get(currency, currency) if currency else ""
    return write_range(range, partial(_scaled, sign or "", "%" * percent))


def _scaled(before: str, after: str, number: float) -> str:
    return f"{before}{write_number(number)}{after}"


def _words(text: str, *, bare: bool) -> str:
    """A word as it is, unless quotes must keep it from being read as something else."""
    reserved = text.lower() in ("or", "and") or text.lower() in STATES
    return _quote(text) if bare and reserved else _quoted(text)


def _quoted(text: str) -> str:
    return text if _PLAIN.match(text) else _quote(text)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
