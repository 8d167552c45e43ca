"""Which digits belong to a name (model, product, licence, law, chip, version), an address, a time or an enumeration.

These are never figures. The rules need no list of models: they look at how a number is joined to its neighbours, and use the
entities at hand as one more witness.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from reader.insight import lexicons
from reader.insight.facts import Entity
from reader.insight.syntax.document import Document

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\w+", re.I)
_PREFIXES = frozenset(
    {"minus", "sub", "mid", "top", "plus", "pre", "post", "to", "and", "or", "a", "non", "now", "then"}
)
_NUMBERED = frozenset({"model", "product", "benchmark", "chip", "license"})
"""Types of things whose names end with numbers."""
_HYPHENS = "-‐‑"
_TIMES = frozenset(
    {"am", "pm", "gmt", "utc", "est", "edt", "pst", "pdt", "cet", "et", "pt", "bst", "o’clock", "o'clock"}
)


class NameDigits:
    """Answers for one document, token by token."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self._document = document
        self._starts = [e.start for e in entities]
        self._ends = [e.end for e in entities]
        self._models_end = frozenset(e.end for e in entities if e.type in _NUMBERED)
        self._addresses = _addresses(document)
        self._begins = frozenset(start for start, _ in document.sentences)
        self._known: dict[int, bool] = {}

    def holds(self, index: int) -> bool:
        """Whether the digits of token `index` are part of a name, whatever follows them."""
        known = self._known.get(index)
        if known is None:
            known = self._known[index] = (
                self.inside_entity(index) or self._joined_left(index) or self._joined_right(index)
            )
        return known

    def names_bare(self, index: int, last: int) -> bool:
        """Whether a number without unit, from token `index` to `last`, belongs to the name or noun in front of it."""
        if self._enumerates(index) or self._is_time(index, last):
            return True
        if index == 0:
            return False
        if self.is_numbered(index):
            return True
        return self.follows_model(index) or self.capital_before(index)

    def is_numbered(self, index: int) -> bool:
        """Whether a noun in front says that the number names one of them ("section 230", "the Fortune 100")."""
        lows = self._document.lows
        before = lows[index - 1] if index else ""
        if before == "." and index > 1 and lows[index - 2] in ("ep", "no", "nos", "vol", "fig", "art", "sec"):
            return True
        return before in lexicons.terms("numbered_nouns")

    def follows_model(self, index: int) -> bool:
        """Whether the name of a model, product, benchmark, chip or licence ends right before token `index`."""
        return index > 0 and self._document.tokens[index - 1].end in self._models_end

    def capital_before(self, index: int) -> bool:
        """Whether a word that can be the first part of a name stands right in front of token `index`."""
        if index == 0:
            return False
        document = self._document
        before = document.tokens[index - 1]
        gap = document.text[before.end : document.tokens[index].start]
        if not gap or gap.strip() or "\n" in gap or "\t" in gap:
            return False
        if before.text[0].isdecimal():
            return index - 1 in self._known and self._known[index - 1]
        if not (before.text[0].isalpha() and before.text != before.low):
            return False
        return before.low not in _common_capitals()

    def inside_entity(self, index: int) -> bool:
        """Whether token `index` is part of a named entity."""
        start = self._document.starts[index]
        place = bisect_right(self._starts, start) - 1
        return (place >= 0 and start < self._ends[place]) or index in self._addresses

    def begins_sentence(self, index: int) -> bool:
        """Whether token `index` is the first of a sentence."""
        return self._document.tokens[index].start in self._begins

    def _joined_left(self, index: int) -> bool:
        document = self._document
        if index == 0 or not document.joined(index - 1):
            return False
        tokens = document.tokens
        before = tokens[index - 1]
        if before.text[0].isalnum():
            return not _is_currency(before.text)
        wider = tokens[index - 2] if index > 1 and document.joined(index - 2) else None
        if before.text in _HYPHENS:
            return wider is not None and wider.text[-1].isalnum() and wider.low not in _PREFIXES
        if before.text == ".":
            return wider is not None and wider.text[-1].isalnum()
        if before.text in "/:":
            if wider is None or not wider.text[0].isalnum():
                return False
            return not (_is_money(document, index - 2) or _is_scaled(document, index - 2))
        if before.text in "'’":
            return wider is None
        return before.text in "#@_=&\\" or (
            before.text == "[" and document.text[tokens[index].end : tokens[index].end + 1] == "]"
        )

    def _joined_right(self, index: int) -> bool:
        document = self._document
        if not document.joined(index):
            return False
        tokens = document.tokens
        after = tokens[index + 1]
        wider = tokens[index + 2] if document.joined(index + 1) and index + 2 < len(tokens) else None
        if after.text in ".@_" and wider is not None:
            return wider.text[0].isalnum()
        if after.text == "(" and wider is not None:
            return len(wider.text) == 1 and wider.text[0].isalpha()
        if after.text == ":" and wider is not None:
            return wider.text[0].isdecimal()
        if after.text in _HYPHENS and wider is not None:
            return (
                wider.text[0].isupper()
                and not wider.text[0].isdecimal()
                and len(wider.text) > 1
                and not wider.text[:2].isupper()
            )
        return False

    def _enumerates(self, index: int) -> bool:
        """A list's number at the start of a sentence: "1.", "2)", "(3)", "4/ "."""
        document = self._document
        tokens = document.tokens
        first = index - 1 if index and tokens[index - 1].text == "(" else index
        if not self.begins_sentence(first) or index + 1 >= len(tokens) or not document.joined(index):
            return False
        slash = tokens[index + 1].text == "/" and not document.joined(index + 1)
        return (
            (slash or tokens[index + 1].text in (".", ")"))
            and tokens[index].text.isdecimal()
            and len(tokens[index].text) < 4
        )

    def _is_time(self, index: int, last: int) -> bool:
        lows = self._document.lows
        following = lows[last + 1] if last + 1 < len(lows) else ""
        return following in _TIMES or lows[last + 1 : last + 4] in (("a", ".", "m"), ("p", ".", "m"))


@cache
def _common_capitals() -> frozenset[str]:
    """Words that may have a capital for another reason than being a name."""
    months = frozenset(row[0] for row in lexicons.table("months"))
    return (
        months | lexicons.terms("headline_verbs") | lexicons.terms("noun_stops") | lexicons.terms("sentence_starters")
    )


@cache
def _currency_codes() -> frozenset[str]:
    codes = {form for form, _, kind in lexicons.table("currencies") if kind in ("code", "before", "sign")}
    return frozenset(codes | {"M" + code for code in codes if len(code) == 3})


def _is_currency(text: str) -> bool:
    return text in _currency_codes()


def _is_money(document: Document, index: int) -> bool:
    """Whether the digits at token `index` follow a currency sign."""
    return index > 0 and document.tokens[index - 1].text in _currency_codes()


def _is_scaled(document: Document, index: int) -> bool:
    """Whether token `index` is the scale of a number, as in "139M/395M"."""
    return document.tokens[index].text in ("K", "M", "B", "T", "k", "m") and index > 0 and document.joined(index - 1)


def _addresses(document: Document) -> frozenset[int]:
    """Tokens of web and mail addresses."""
    text = document.text
    if "://" not in text and "www." not in text and "@" not in text:
        return frozenset()
    return frozenset(i for address in _ADDRESS.finditer(text) for i in document.tokens_in(*address.span()))
