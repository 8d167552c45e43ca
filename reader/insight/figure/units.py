"""Units after a number: percent, measures, durations, tokens, and the rate that may follow ("per second", "a day")."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.syntax.document import Document
from reader.insight.syntax.nouns import singular

_HYPHENS = "-‐‑"


class Unit(NamedTuple):
    """A unit as it stands in the text: its last token, canonical name, factor to it, and the kind of figure it makes."""

    last: int
    name: str
    factor: float
    kind: str


class _Form(NamedTuple):
    """One row of the unit table: the tokens of the form, and what it means."""

    tokens: tuple[str, ...]
    name: str
    factor: float
    kind: str
    where: str
    exact: bool


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """Forms by the lower-cased first token, longest first."""
    table: dict[str, list[_Form]] = {}
    for form, name, factor, kind, where in lexicons.table("units"):
        exact = where in ("symbol", "joined", "spaced") or form != form.lower()
        for tokens in _spellings(form, where):
            key = tokens[0].lower()
            table.setdefault(key, []).append(_Form(tokens, name, float(factor), kind, where, exact))
    return {key: tuple(sorted(forms, key=lambda f: -len(f.tokens))) for key, forms in table.items()}


def _spellings(form: str, where: str) -> list[tuple[str, ...]]:
    """The form and, for words, its plural and hyphenated spellings, as tokens."""
    tokens = tuple(_tokens(form))
    if where != "word":
        return [tokens]
    plain = [tokens] if tokens[-1].endswith(("s", "x", "z", "ch")) else [tokens, (*tokens[:-1], tokens[-1] + "s")]
    if len(tokens) > 1 and tokens[0] == "part":
        plain.append(("parts", *tokens[1:]))
    hyphenated = [tuple(part for word in spelling for part in ("-", word))[1:] for spelling in plain if len(tokens) > 1]
    return plain + hyphenated


def _tokens(form: str) -> list[str]:
    """The form cut as the document cuts its text: letters, digits and marks apart."""
    parts: list[str] = []
    for word in form.split(" "):
        run = ""
        for char in word:
            if run and not (_lettered(char) and _lettered(run[-1])):
                parts.append(run)
                run = ""
            run += char
        parts.append(run)
    return parts


def _lettered(char: str) -> bool:
    """Whether the character stands in a run of letters (² does)."""
    return char.isalnum() and not char.isdecimal()


def read_unit(document: Document, index: int, *, joined: bool) -> Unit | None:
    """The unit that begins at token `index`; `joined` says that it follows its number without white space."""
    if index >= len(document.tokens):
        return None
    for form in _forms().get(document.lows[index], ()):
        last = index + len(form.tokens) - 1
        if last < len(document.tokens) and _matches(document, index, form) and _fits(document, last, form, joined):
            return Unit(last, form.name, form.factor, form.kind)
    return None


def _matches(document: Document, index: int, form: _Form) -> bool:
    for offset, wanted in enumerate(form.tokens):
        token = document.tokens[index + offset]
        if (token.text if form.exact else token.low) != (wanted if form.exact else wanted.lower()):
            return False
    return True


def _fits(document: Document, last: int, form: _Form, joined: bool) -> bool:
    """Whether the form can stand here: symbols end at a word's end, and one letter is a unit only next to its number."""
    if form.where == "joined" and not joined:
        return False
    if (
        form.where == "spaced"
        and not joined
        and document.text[document.tokens[last].end : document.tokens[last].end + 1] == "'"
    ):
        return False
    if form.tokens == ('"',) and document.joined(last) and document.tokens[last + 1].text[0].isalnum():
        return False
    if form.where == "sign" or not document.joined(last):
        return True
    after = document.tokens[last + 1].text
    return not (after[0].isalnum() or after[0] in "_²³") or after[0] in _HYPHENS


def read_rate(document: Document, index: int) -> tuple[int, str] | None:
    """Last token and name of a rate that begins at token `index`: "per second", "a day", "-a-share", "/month", "each"."""
    lows, tokens = document.lows, document.tokens
    if index + 1 >= len(lows):
        return None
    if tokens[index].text in _HYPHENS and document.joined(index) and lows[index + 1] in ("a", "per", "an"):
        place = index + 2
        place += tokens[place].text in _HYPHENS if place < len(tokens) else 0
        return _per(document, place)
    if lows[index] == "per" or (tokens[index].text == "/" and document.joined(index)):
        return _per(document, index + 1)
    if lows[index] in ("a", "an", "each", "every") and singular(lows[index + 1]) in _periods():
        return None if lows[index + 2 : index + 3] in _NOT_RATES else (index + 1, singular(lows[index + 1]))
    return None


_NOT_RATES = (("ago",), ("earlier",), ("before",), ("later",), ("after",))
"""Words that make "a year" a point in time."""


@cache
def _periods() -> frozenset[str]:
    """What "a" and "each" make a rate with."""
    return lexicons.terms("rate_nouns")


def _per(document: Document, place: int) -> tuple[int, str] | None:
    """The denominator from token `place`: "million input tokens", "GPU-hour", "user per month", "M tokens", "share"."""
    tokens, lows = document.tokens, document.lows
    if place >= len(tokens):
        return None
    amount, place = _amount(document, place)
    if place >= len(tokens):
        return None
    last, noun = _denominator(document, place)
    if noun is None:
        return None
    if noun == "token" and amount:
        return last, f"{amount}_tokens"
    if amount:
        return last, f"{amount}_{noun}s"
    if (
        last + 1 < len(lows)
        and lows[last + 1] in ("per", "a")
        and last + 2 < len(lows)
        and singular(lows[last + 2]) in _periods()
    ):
        return last + 2, f"{noun}_{singular(lows[last + 2])}"
    return last, noun


_AMOUNTS = {
    "million": "million",
    "m": "million",
    "mm": "million",
    "mtok": "million",
    "billion": "billion",
    "thousand": "thousand",
    "k": "thousand",
}


def _amount(document: Document, place: int) -> tuple[str, int]:
    """The scale in a denominator and the token after it ("1M tokens", "million tokens", "1,000 requests")."""
    lows = document.lows
    if lows[place] in ("1", "one", "a") and place + 1 < len(lows):
        place += 1
    if lows[place] in ("1,000", "1000"):
        return "thousand", place + 1
    if lows[place] in ("1,000,000", "1000000"):
        return "million", place + 1
    if lows[place] == "mtok" or lows[place] == "mtoks":
        return "million", place
    if (
        lows[place] in _AMOUNTS
        and place + 1 < len(lows)
        and lows[place + 1] in ("token", "tokens", "input", "output", *_COUNTED)
    ):
        return _AMOUNTS[lows[place]], place + 1
    return "", place


_COUNTED = (
    "requests",
    "words",
    "characters",
    "queries",
    "calls",
    "images",
    "users",
    "people",
    "pages",
    "cached",
    "prompt",
    "tok",
)


def _denominator(document: Document, place: int) -> tuple[int, str | None]:
    """Last token and name of one denominator; null when it is no noun."""
    tokens, lows = document.tokens, document.lows
    if lows[place] in ("mtok", "mtoks", "tok", "toks"):
        return place, "token"
    while lows[place] in (
        "input",
        "output",
        "cached",
        "prompt",
        "completion",
        "active",
        "additional",
        "paid",
        "monthly",
    ) and (place + 1 < len(tokens) and tokens[place + 1].text[0].isalpha()):
        place += 1
    if not tokens[place].text[0].isalpha():
        return place, None
    noun = _short(tokens[place].text, singular(lows[place]))
    after = place + 1
    hyphen = (
        after < len(tokens) and tokens[after].text in _HYPHENS and document.joined(place) and document.joined(after)
    )
    if hyphen and after + 1 < len(tokens) and tokens[after + 1].text[0].isalpha():
        return after + 1, f"{noun}_{singular(lows[after + 1])}"
    if noun == "gpu" and after < len(tokens) and singular(lows[after]) in ("hour", "day"):
        return after, f"gpu_{singular(lows[after])}"
    if noun in ("square", "cubic", "capita", "metric") and after < len(tokens) and noun != "capita":
        return after, f"{noun} {singular(lows[after])}"
    return place, noun


_SHORT = {
    "s": "second",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "d": "day",
    "mo": "month",
    "yr": "year",
    "y": "year",
    "annum": "year",
    "tok": "token",
}


def _short(text: str, word: str) -> str:
    return _SHORT.get(text, _SHORT.get(word, word))
