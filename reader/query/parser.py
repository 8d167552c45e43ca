"""Text to tree: a small recursive-descent parser that always knows its column."""

from __future__ import annotations

import datetime
import re
from difflib import get_close_matches
from unicodedata import category

from reader.query.errors import QueryError
from reader.query.fields import FIELDS, STATES, UNITS, Field
from reader.query.numbers import read_amount, read_count
from reader.query.tree import Age, Amount, And, Count, Day, Everything, Match, Node, Not, Or, State, Words

MOST_TERMS = 64
"""More terms than anyone types; it bounds the SQL."""
DEEPEST = 32
"""Deepest nesting of parentheses and exclusions; SQLite's own limit on an expression is 1000 levels."""
LONGEST_WORD = 256
"""Most characters of one word, phrase or value."""
MOST_WORDS = 32
"""Most words of a phrase: matching a word that a phrase repeats takes time with the square of their number."""

_QUOTES = {'"': '"', "“": "”"}
_FIELD = re.compile(r"([A-Za-z]+):")
_BARE = re.compile(r"[^\s()\"“”]+")
_WORD = re.compile(r"\w+")
_AGE = re.compile(r"(\d{1,5})([hdwmy])\Z", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def parse(query: str) -> Node:
    """The tree of `query`; Everything for a blank one. Control characters count as spaces. Raises QueryError."""
    return _Parser("".join(" " if category(c) in ("Cc", "Cs") else c for c in query)).whole()


class _Parser:
    """A cursor over one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.terms = 0

    def whole(self) -> Node:
        """The query up to its end."""
        self._skip_spaces()
        if self._ended():
            return Everything()
        tree = self._alternatives(0)
        if not self._ended():
            raise QueryError(self.at, "expected a term or the end, found a ) that closes nothing")
        return tree

    def _alternatives(self, depth: int) -> Node:
        """`a or b or c`."""
        terms = [self._conjunction(depth)]
        while self._keyword("or"):
            terms.append(self._conjunction(depth))
        return Or(tuple(terms)) if len(terms) > 1 else terms[0]

    def _conjunction(self, depth: int) -> Node:
        """`a b c`, also written `a and b and c`."""
        terms = [self._term(depth)]
        while self._keyword("and") or not (self._ended() or self._peek(")") or self._at_keyword("or")):
            terms.append(self._term(depth))
        return And(tuple(terms)) if len(terms) > 1 else terms[0]

    def _term(self, depth: int) -> Node:
        """One term, and the spaces behind it."""
        if depth > DEEPEST:
            raise QueryError(self.at, f"expected at most {DEEPEST} levels of parentheses and exclusions")
        if self._ended() or self._peek(")") or self._at_keyword("or") or self._at_keyword("and"):
            raise QueryError(self.at, f"expected a word, a field or ( … ), found {self._found()}")
        node = self._unspaced_term(depth)
        self._skip_spaces()
        return node

    def _unspaced_term(self, depth: int) -> Node:
        if self._peek("-") or self._peek("~"):
            return self._exclusion(depth)
        if self._peek("("):
            return self._group(depth)
        self._count_term()
        if name := _FIELD.match(self.text, self.at):
            return self._field(name)
        quoted = self._at_quote()
        text, prefix = self._words('a word or a "phrase"')
        if not quoted and not prefix and text.lower() in STATES:
            return State(text.lower())
        return Words(text, prefix)

    def _exclusion(self, depth: int) -> Node:
        """`-term` or `~term`; the sign touches what it excludes."""
        sign = self.text[self.at]
        self.at += 1
        if self._ended() or self.text[self.at].isspace():
            raise QueryError(self.at, f'expected a term right after {sign} (as a word, write "{sign}")')
        return Not(self._term(depth + 1))

    def _group(self, depth: int) -> Node:
        opened = self.at
        self.at += 1
        self._skip_spaces()
        node = self._alternatives(depth + 1)
        if not self._peek(")"):
            raise QueryError(self.at, f"expected ) for the ( in column {opened + 1}")
        self.at += 1
        return node

    def _field(self, name: re.Match[str]) -> Node:
        """`field:value`."""
        field = FIELDS.get(name[1].lower())
        if field is None:
            raise QueryError(self.at, _unknown_field(name[1]))
        self.at = name.end()
        if self._ended() or self.text[self.at].isspace() or self.text[self.at] in "()":
            raise QueryError(self.at, f"expected {field.expects} right after {field.name}:")
        if field.value == "words":
            return Words(*self._words(field.expects), title=True)
        start = self.at
        return _valued(field, self._value(field), start)

    def _value(self, field: Field) -> str:
        """A quoted or bare value, spaces at its ends removed."""
        start = self.at
        value = (self._quoted() if self._at_quote() else self._bare()).strip()
        if not value:
            raise QueryError(start, f"expected {field.expects} between the quotes")
        return value

    def _words(self, expected: str) -> tuple[str, bool]:
        """A word or phrase, and whether a `*` behind it makes its last word a prefix."""
        start = self.at
        if self._at_quote():
            text = self._quoted()
            prefix = self._peek("*")
            self.at += prefix
        else:
            bare = self._bare()
            text = bare.rstrip("*")
            prefix = text != bare
        if not text.strip():
            raise QueryError(start, f"expected {expected}, found nothing to search for")
        if len(_WORD.findall(text)) > MOST_WORDS:
            raise QueryError(start, f"expected at most {MOST_WORDS} words in a phrase")
        return text, prefix

    def _bare(self) -> str:
        """Characters up to a space, parenthesis or quotation mark."""
        found = _BARE.match(self.text, self.at)
        if found is None:
            raise QueryError(self.at, f"expected a word, found {self._found()}")
        self._check_length(found[0])
        self.at = found.end()
        return found[0]

    def _quoted(self) -> str:
        """What stands between quotation marks; a backslash takes the next character as it is."""
        opened = self.at
        close = _QUOTES[self.text[opened]]
        self.at += 1
        letters: list[str] = []
        while not self._peek(close):
            self.at += self._peek("\\")
            if self._ended():
                raise QueryError(self.at, f"expected {close} to end the phrase that begins in column {opened + 1}")
            letters.append(self.text[self.at])
            self.at += 1
        self.at += 1
        self._check_length("".join(letters))
        return "".join(letters)

    def _check_length(self, text: str) -> None:
        if len(text) > LONGEST_WORD:
            raise QueryError(self.at, f"expected at most {LONGEST_WORD} characters in a word, phrase or value")

    def _count_term(self) -> None:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise QueryError(self.at, f"expected at most {MOST_TERMS} terms")

    def _keyword(self, word: str) -> bool:
        """Step over `word` and the spaces behind it, where it stands here."""
        if not self._at_keyword(word):
            return False
        self.at += len(word)
        self._skip_spaces()
        return True

    def _at_keyword(self, word: str) -> bool:
        found = _BARE.match(self.text, self.at)
        return found is not None and found[0].lower() == word

    def _found(self) -> str:
        """What stands here, for an error."""
        if self._ended():
            return "the end"
        found = _BARE.match(self.text, self.at)
        return f'"{found[0]}"' if found and len(found[0]) < 20 else self.text[self.at]

    def _skip_spaces(self) -> None:
        while not self._ended() and self.text[self.at].isspace():
            self.at += 1

    def _peek(self, character: str) -> bool:
        return self.text.startswith(character, self.at)

    def _at_quote(self) -> bool:
        return not self._ended() and self.text[self.at] in _QUOTES

    def _ended(self) -> bool:
        return self.at >= len(self.text)


def _valued(field: Field, value: str, at: int) -> Node:
    """The term of `field` with `value`, which begins at `at`."""
    if field.value == "name":
        return Match(field.name, value)
    if field.value == "choice":
        return Match(field.name, _choice(field, value, at))
    if field.value == "age":
        return _age(field, value, at)
    if field.value == "count":
        return Count(field.name, read_count(value, field.expects, at))
    return Amount(*read_amount(value, field.expects, at))


def _choice(field: Field, value: str, at: int) -> str:
    """`value` as the choice it names; the plural will do."""
    lower = value.lower()
    for choice in (lower, lower.removesuffix("s")):
        if choice in field.choices:
            return choice
    hint = _nearest(lower, field.choices)
    raise QueryError(at, f"expected {field.expects} ({', '.join(field.choices)}){hint}")


def _age(field: Field, value: str, at: int) -> Age | Day:
    if age := _AGE.match(value):
        return Age(field.name, int(age[1]), age[2].lower())
    if _DAY.match(value):
        try:
            return Day(field.name, datetime.date.fromisoformat(value))
        except ValueError as error:
            raise QueryError(at, f"expected {field.expects}, but {value} is no day") from error
    units = ", ".join(UNITS)
    raise QueryError(at, f"expected {field.expects}; units are {units}")


def _unknown_field(name: str) -> str:
    hint = _nearest(name.lower(), tuple(FIELDS), ":")
    if not hint:
        hint = f"; fields are {' '.join(f'{field}:' for field in FIELDS)}"
    return f'expected a field, but {name}: is none{hint} (to search for it as text, write it in "quotes")'


def _nearest(word: str, known: tuple[str, ...], mark: str = "") -> str:
    """A hint at the nearest known word; empty where none is near."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]}{mark}?" if near else ""
