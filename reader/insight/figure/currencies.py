"""Currency signs, codes and words around a number."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.syntax.clauses import PREPOSITIONS
from reader.insight.syntax.document import Document


class Currency(NamedTuple):
    """A currency in the text: its first and last token, ISO 4217 code, factor (a cent is 0.01), and the scale in "MUSD"."""

    first: int
    last: int
    code: str
    factor: float = 1.0


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Code and class by form as written."""
    return {form: (code, kind) for form, code, kind in lexicons.table("currencies")}


@cache
def _prefixes() -> dict[tuple[str, str], str]:
    """Code by (lower-cased prefix, sign or singular word)."""
    return {(prefix, form): code for prefix, form, code in lexicons.table("currency_prefixes")}


def currency_before(document: Document, index: int) -> Currency | None:
    """The currency whose amount begins at token `index`: "$", "US$", "C $", "$US", "NOK", "kr", "MAUD"."""
    place = index - 1
    if place < 0 or "\n" in document.text[document.tokens[place].end : document.tokens[index].start]:
        return None
    text = document.tokens[place].text
    if text in "-−–" and document.joined(place) and place and document.tokens[place - 1].text in "$€£¥":
        place, text = place - 1, document.tokens[place - 1].text
    if text == "=" and place and document.tokens[place - 1].text in ("Y", "¥"):
        return Currency(place - 1, place, "JPY")
    if place and document.tokens[place - 1].text == "$" and document.joined(place - 1) and document.joined(place):
        code = _prefixes().get((text.lower(), "$"))
        if code:
            return Currency(place - 1, place, code)
    found = _forms().get(text)
    if found is None:
        return _million_code(text, place)
    code, kind = found
    if kind == "sign":
        return _with_prefix(document, place, text, code)
    if kind == "code" or (kind == "before" and (text != "kr" or _is_amount(document, index))):
        return Currency(place, place, code)
    counted = place and document.lows[place - 1] in ("one", "1", "a")
    if text == "dollar" and not counted and _is_amount(document, index):
        return Currency(place, place, code)
    return None


def _is_amount(document: Document, index: int) -> bool:
    """Digits, maybe with a scale: enough to be sure after a word such as "kr" or "dollar"."""
    return document.tokens[index].text[0].isdecimal()


def _million_code(text: str, place: int) -> Currency | None:
    """ "MUSD": millions of a currency."""
    if len(text) == 4 and text[0] == "M" and text[1:].isupper():
        found = _forms().get(text[1:])
        if found and found[1] == "code":
            return Currency(place, place, found[0], 1e6)
    return None


def _with_prefix(document: Document, place: int, sign: str, code: str) -> Currency:
    """The currency of a sign, with the letters that name the country: "US$", "c $", "Mex$", "U.S. $"."""
    tokens, lows = document.tokens, document.lows
    if not place or sign not in "$¥":
        return Currency(place, place, code)
    joined = document.joined(place - 1)
    prefix = lows[place - 1]
    named = _prefixes().get((prefix, sign))
    if (
        named
        and (joined or len(prefix) > 1 or tokens[place - 1].text == "c")
        and (joined or prefix not in ("a", "s", "r", "us") or tokens[place - 1].text == "US")
    ):
        return Currency(place - 1, place, named)
    return Currency(place, place, code)


def currency_after(document: Document, index: int) -> Currency | None:
    """The currency that begins at token `index`, after its amount: "won", "US dollars", "euros", "€", "USD", "MUSD", "cents"."""
    tokens, lows = document.tokens, document.lows
    if index >= len(tokens):
        return None
    found = _forms().get(tokens[index].text) or _forms().get(lows[index])
    if found and found[1] in ("word", "small", "pound", "sign", "code"):
        if found[1] == "pound" and not _is_money_word(document, index):
            return None
        if found[1] == "sign" and tokens[index].text == "$" and not _closes(document, index):
            return None
        return Currency(index, index, found[0], 0.01 if found[1] == "small" else 1.0)
    million = _million_code(tokens[index].text, index)
    if million:
        return million
    if tokens[index].text == "p" and document.joined(index - 1) and not _is_resolution(document, index):
        return Currency(index, index, "GBP", 0.01)
    return _two_words(document, index)


def _is_resolution(document: Document, index: int) -> bool:
    """Whether the "p" at token `index` is no penny: "1080p", or a text without any sterling."""
    lines = ("240", "360", "480", "720", "1080", "1440", "2160")
    return document.tokens[index - 1].text in lines or not ("£" in document.text or "pence" in document.text)


def _closes(document: Document, index: int) -> bool:
    """A dollar sign after an amount is its currency only when no other amount follows it."""
    return index + 1 >= len(document.tokens) or not document.tokens[index + 1].text[0].isdecimal()


def _is_money_word(document: Document, index: int) -> bool:
    """ "pounds" is money after a scale or before "sterling"; else it is a weight."""
    lows = document.lows
    if index + 1 < len(lows) and lows[index + 1] == "sterling":
        return True
    return index > 0 and lows[index - 1] in ("million", "billion", "thousand", "trillion", "m", "bn", "hundred")


def _two_words(document: Document, index: int) -> Currency | None:
    """ "US dollars", "Hong Kong dollars", "Chinese yuan", "U.S. dollars"."""
    lows = document.lows
    if lows[index] in PREPOSITIONS or not (lows[index].isalpha() or lows[index] == "."):
        return None  # "30% in US dollar terms"
    for last in range(index + 1, min(index + 5, len(lows))):
        word = lows[last].removesuffix("s")
        if word in _country_words():
            prefix = lows[last - 1] if lows[last - 1] != "." else "u.s"
            code = _prefixes().get((prefix, word))
            return Currency(index, last, code) if code else None
        if not (lows[last].isalpha() or lows[last] == "."):
            return None
    return None


@cache
def _country_words() -> frozenset[str]:
    return frozenset(form for _, form in _prefixes() if len(form) > 1)
