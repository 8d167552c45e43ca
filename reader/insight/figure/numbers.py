"""Numbers as they are written: digits, words, fractions, scales and vague magnitudes.

A number is read from the token where it begins; what it counts, and whether it is a figure at all, is decided elsewhere.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.syntax.document import Document

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,3}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_NARROW = "\u202f\u2009"
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32})
_HYPHENS = "-‐‑"
MINUS = "-−–"
_LARGEST = 1e30
"""No figure in the news is larger; what is, is no number."""
VAGUE_HIGH = 9.99
"""A vague plural magnitude ends just below ten times itself ("hundreds" is 200 to 999)."""


class Number(NamedTuple):
    """A number: its first and last token, its value or interval, and how it is written."""

    first: int
    last: int
    low: float
    high: float
    form: str
    """digits | words | fraction | vague."""
    scale: float = 1.0
    """The scale word's value ("billion" is 1e9), 1 without."""

    @property
    def digits(self) -> bool:
        """Whether it begins with a digit."""
        return self.form == "digits"


class Word(NamedTuple):
    """A number word: its value and class."""

    value: float
    kind: str


@cache
def number_words() -> dict[str, Word]:
    """Number words by their lower-cased form."""
    return {word: Word(float(value), kind) for word, value, kind in lexicons.table("numbers")}


@cache
def _suffixes() -> dict[str, tuple[float, str]]:
    return {form: (float(value), where) for form, value, where in lexicons.table("scale_suffixes")}


def plain_value(text: str) -> float | None:
    """Value of digits with separators ("1,140", "94.3", "12,34,567.89"); null for anything else ("2.0.1", "1,2,3")."""
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text) or _INDIAN.fullmatch(text)):
        return None
    value = float(text.replace(",", ""))
    return value if value < _LARGEST else None


def tidy(value: float) -> float:
    """`value` without the noise of binary multiplication: twelve significant digits."""
    return float(value) if value % 1 == 0 and -1e12 < value < 1e12 else float(f"{value:.12g}")


def read_number(document: Document, index: int, *, money: bool = False) -> Number | None:
    """The number that begins at token `index`, with its scale; null if there is none."""
    token = document.tokens[index]
    if token.text[0].isdecimal():
        return _digits(document, index, money)
    if token.low in ("a", "an"):
        return _after_article(document, index)
    if token.low == "several":
        return _several(document, index, index + 1)
    word = number_words().get(token.low)
    if word is None:
        return _glyph(document, index)
    if word.kind == "vague":
        return _vague(document, index, word)
    return _words(document, index)


# --- digits -----------------------------------------------------------------


def _digits(document: Document, index: int, money: bool) -> Number | None:
    value, last = _grouped_by_spaces(document, index)
    if value is None:
        return None
    power = _power(document, index, last, value)
    if power is not None:
        return power
    low, last, fraction = _fraction(document, index, last, value)
    scale, last = (1.0, last) if fraction and low < 1 else _scale(document, last, money)
    if not math.isfinite(low * scale) or low * scale > _LARGEST:
        return None
    low = tidy(low * scale)
    return Number(index, last, low, low, "digits", scale)


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def _power(document: Document, index: int, last: int, value: float) -> Number | None:
    """A power of ten: 10^25, 10²⁵, 1.5×10^25; null when there is none."""
    tokens = document.tokens
    factor, place = 1.0, last
    if (
        last + 2 < len(tokens)
        and tokens[last + 1].text in "×x*"
        and tokens[last + 2].text == "10"
        and document.joined(last)
    ):
        factor, place, value = value, last + 2, 10.0
    if value != 10.0 or place + 1 >= len(tokens) or not document.joined(place):
        return None
    after = tokens[place + 1].text
    if (
        after == "^"
        and place + 2 < len(tokens)
        and tokens[place + 2].text.isdecimal()
        and len(tokens[place + 2].text) < 3
    ):
        exponent, end = int(tokens[place + 2].text), place + 2
    elif after.translate(_SUPERSCRIPTS).isdecimal() and not after.isdecimal() and len(after) < 3:
        exponent, end = int(after.translate(_SUPERSCRIPTS)), place + 1
    else:
        return None
    total = tidy(factor * 10.0**exponent)
    return Number(index, end, total, total, "digits") if total <= _LARGEST else None


def _grouped_by_spaces(document: Document, index: int) -> tuple[float | None, int]:
    """Value of the digits at `index`, also when thousands are parted by narrow spaces."""
    tokens, last = document.tokens, index
    text = tokens[index].text
    while (
        last + 1 < len(tokens)
        and len(text) <= 12
        and document.text[tokens[last].end : tokens[last + 1].start] in tuple(_NARROW)
        and re.fullmatch(r"\d{3}(?:\.\d+)?", tokens[last + 1].text)
    ):
        last += 1
        text += tokens[last].text
    return plain_value(text), last


def _fraction(document: Document, first: int, last: int, value: float) -> tuple[float, int, bool]:
    """Value with a fraction that belongs to it: 1/4, 10 1/2, 10½."""
    tokens = document.tokens
    simple = _simple_fraction(document, last)
    if simple is not None:
        return simple, last + 2, True
    if last + 1 < len(tokens) and tokens[last + 1].text[0].isdecimal() and first == last:
        mixed = _simple_fraction(document, last + 1)
        if mixed is not None and mixed < 1:
            return value + mixed, last + 3, True
    glyph = _glyph_value(tokens[last + 1].text) if last + 1 < len(tokens) and document.joined(last) else None
    if glyph is not None:
        return value + glyph, last + 1, True
    return value, last, False


def _simple_fraction(document: Document, index: int) -> float | None:
    """Value of `1/4` that begins at token `index`."""
    tokens = document.tokens
    if (
        index + 2 >= len(tokens)
        or tokens[index + 1].text != "/"
        or not document.joined(index)
        or not document.joined(index + 1)
    ):
        return None
    above, below = tokens[index].text, tokens[index + 2].text
    if not (
        above.isdecimal() and below.isdecimal() and len(above) < 3 and len(below) < 3 and int(below) in _DENOMINATORS
    ):
        return None
    if int(above) >= int(below) or (index + 3 < len(tokens) and tokens[index + 3].text == "/"):
        return None
    return int(above) / int(below)


def _glyph_value(text: str) -> float | None:
    """Value of a fraction sign such as ½."""
    if len(text) != 1 or unicodedata.category(text) != "No" or text.isdigit():
        return None
    return unicodedata.numeric(text)


def _glyph(document: Document, index: int) -> Number | None:
    value = _glyph_value(document.tokens[index].text)
    return None if value is None else Number(index, index, value, value, "fraction")


def _scale(document: Document, last: int, money: bool) -> tuple[float, int]:
    """Value of the scale after token `last`, and the last token with it."""
    tokens, index = document.tokens, last + 1
    if index >= len(tokens):
        return 1.0, last
    joined = document.joined(last)
    if joined and tokens[index].text in _HYPHENS and document.joined(index) and index + 1 < len(tokens):
        word = number_words().get(tokens[index + 1].low)
        return (word.value, index + 1) if word and word.kind == "scale" and word.value >= 1000 else (1.0, last)
    word = number_words().get(tokens[index].low)
    if word and word.kind == "scale":
        return _double_scale(document, word.value, index)
    suffix = _suffixes().get(tokens[index].text)
    if suffix and _scale_fits(document, index, suffix[1], joined, money):
        return suffix[0], index
    return 1.0, last


def _double_scale(document: Document, value: float, index: int) -> tuple[float, int]:
    """ "hundred million", "thousand billion"."""
    following = document.lows[index + 1] if index + 1 < len(document.lows) else ""
    word = number_words().get(following)
    if word and word.kind == "scale" and word.value > value:
        return value * word.value, index + 1
    return value, index


def _scale_fits(document: Document, index: int, where: str, joined: bool, money: bool) -> bool:
    """Whether a letter after a number can be its scale there."""
    after = document.tokens[index + 1].text if document.joined(index) else ""
    if after and (after[0].isalnum() or (after[0] in "/²³" and len(document.tokens[index].text) == 1 and not money)):
        return False
    if where == "money":
        return money
    return (
        joined
        or money
        or (where == "any" and len(document.tokens[index].text) > 1)
        or document.tokens[index].text in "BMT"
    )


# --- words ------------------------------------------------------------------


def _after_article(document: Document, index: int) -> Number | None:
    """ "a million", "a dozen", "a third of", "a quarter million", "a few thousand"; the article belongs to the number."""
    if index + 1 >= len(document.tokens):
        return None
    low = document.lows[index + 1]
    if low == "few":
        return _several(document, index, index + 2)
    word = number_words().get(low)
    if word is None or word.kind not in ("scale", "dozen", "part"):
        return None
    found = _words(document, index + 1)
    if found is None:
        return None
    return found._replace(first=index if found.form == "fraction" else index + 1)


def _several(document: Document, first: int, index: int) -> Number | None:
    """ "several hundred", "a few thousand": three to nine of it, a few from two."""
    word = number_words().get(document.lows[index]) if index < len(document.lows) else None
    if word is None or word.kind not in ("scale", "dozen"):
        return None
    value, last = _double_scale(document, word.value, index)
    return Number(first, last, 2 * value, 9 * value, "vague", value)


def _vague(document: Document, index: int, word: Word) -> Number | None:
    """ "hundreds of billions", "tens of thousands of", "dozens of", "millions of"."""
    lows, last, value = document.lows, index, word.value
    if index + 2 < len(lows) and lows[index + 1] == "of":
        inner = number_words().get(lows[index + 2])
        if inner and inner.kind in ("vague", "scale") and inner.value >= 100:
            value, last = value * inner.value, index + 2
    if last == index and word.value in (10, 20):
        return None
    return Number(index, last, 2 * value, VAGUE_HIGH * value if value != 12 else 99, "vague", value)


def _words(document: Document, index: int) -> Number | None:
    """A number in words from token `index` ("two hundred and fifty-one thousand", "one and a half million")."""
    lows, words = document.lows, number_words()
    first_word = words[lows[index]]
    if first_word.kind == "part":
        return _part(document, index, index, 1.0)
    if first_word.kind == "scale" and not (index and lows[index - 1] in ("a", "an")):
        return None
    total = current = 0.0
    last, place, scale, previous = index, index, 1.0, ""
    while place < len(lows):
        word = words.get(lows[place])
        if word is None or word.kind in ("part", "vague") or not _follows(previous, word, current):
            break
        if word.kind in ("scale", "dozen"):
            scale = word.value if word.value >= 1000 else scale
            current = max(current, 1.0) * word.value
            if word.value >= 1000:
                total, current = total + current, 0.0
        else:
            current += word.value
        previous, last = word.kind, place
        place = _next_word(document, place)
    value = total + current
    return _finish_words(document, index, last, value, scale)


def _follows(previous: str, word: Word, current: float) -> bool:
    """Whether `word` can go on with a number whose last word was of class `previous`."""
    if word.kind == "unit":
        return previous in ("", "ten", "scale") and (previous != "ten" or word.value > 0)
    if word.kind in ("teen", "ten"):
        return previous in ("", "scale")
    return True if previous else word.kind in ("scale", "dozen")


def _next_word(document: Document, place: int) -> int:
    """The token where the next word of a number could stand, past a hyphen or "and"."""
    lows, tokens = document.lows, document.tokens
    following = place + 1
    if following + 1 >= len(lows):
        return following
    if tokens[following].text in _HYPHENS and document.joined(place):
        return following + 1
    following_word = number_words().get(lows[following + 1])
    if (
        lows[following] == "and"
        and lows[place] in ("hundred", "thousand", "million")
        and following_word
        and following_word.kind
        in (
            "unit",
            "teen",
            "ten",
        )
    ):
        return following + 1
    return following


def _finish_words(document: Document, first: int, last: int, value: float, scale: float) -> Number | None:
    """A whole number with what may follow it: a fraction, a decimal part, a scale as letters."""
    lows = document.lows
    after = _next_word(document, last)
    if after < len(lows):
        part = number_words().get(lows[after])
        if part and part.kind == "part" and scale == 1 and value < 100:
            return _part(document, first, after, value)
        if lows[after] == "point" and after + 1 < len(lows):
            return _spoken_decimal(document, first, after + 1, value)
        if lows[after : after + 3] == ("and", "a", "half") or lows[after : after + 3] == ("and", "a", "quarter"):
            part_value = 0.5 if lows[after + 2] == "half" else 0.25
            factor, end = _scale(document, after + 2, money=False)
            return Number(first, end, (value + part_value) * factor, (value + part_value) * factor, "words", factor)
    if scale == 1:
        factor, end = _scale(document, last, money=False)
        if end > last and value * factor < _LARGEST:
            return Number(first, end, value * factor, value * factor, "words", factor)
    return Number(first, last, value, value, "words", scale) if value < _LARGEST else None


def _spoken_decimal(document: Document, first: int, place: int, value: float) -> Number | None:
    """ "one point five million"."""
    digits = ""
    while place < len(document.lows):
        word = number_words().get(document.lows[place])
        if word is None or word.kind != "unit":
            break
        digits += str(int(word.value))
        place += 1
    if not digits:
        return None
    total = value + float("0." + digits)
    factor, last = _scale(document, place - 1, money=False)
    return Number(first, last, total * factor, total * factor, "words", factor)


def _part(document: Document, first: int, index: int, above: float) -> Number | None:
    """A fraction in words whose denominator is token `index`; "half a million" and "quarter million" are numbers."""
    lows = document.lows
    value = above / number_words()[lows[index]].value
    after = index + 1
    after += lows[after : after + 1] == ("a",) or 2 * (lows[after : after + 2] == ("of", "a"))
    word = number_words().get(lows[after]) if after < len(lows) else None
    if word and word.kind in ("scale", "dozen") and lows[index] in ("half", "quarter", "quarters", "third", "thirds"):
        return Number(first, after, value * word.value, value * word.value, "words", word.value)
    return Number(first, index, value, value, "fraction")
