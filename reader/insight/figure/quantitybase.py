"""What every reader of quantities shares: the document, its names, the bounds of sentences, signs in front of numbers."""

from __future__ import annotations

from reader.insight.facts import Entity
from reader.insight.figure.numbers import MINUS, Number, tidy
from reader.insight.figure.quantity import Quantity
from reader.insight.naming.namedigits import NameDigits
from reader.insight.syntax.document import Document

HYPHENS = "-‐‑"


class Base:
    """Access to one document for the readers of quantities."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self.document = document
        self.names = NameDigits(document, entities)
        self._ends = [end for _, end in document.sentences]
        self._chips = frozenset(e.start for e in entities if e.type == "chip")

    def sentence_end(self, index: int) -> int:
        """Offset where the sentence of token `index` ends."""
        number = self.document.sentence_at(self.document.tokens[index].start)
        return self._ends[number] if number >= 0 else len(self.document.text)

    def _sign(self, first: int) -> tuple[int, float]:
        """The first token with a minus sign or ± in front, and the factor it makes."""
        document = self.document
        if first and document.joined(first - 1):
            before = document.tokens[first - 1]
            free = first == 1 or not document.joined(first - 2)
            if before.text in MINUS and (free or document.tokens[first - 2].text in "(±~"):
                return first - 1, -1.0
            if before.text in HYPHENS and first > 1 and document.lows[first - 2] == "minus":
                return first - 2, -1.0
        if first and document.lows[first - 1] == "minus":
            return first - 1, -1.0
        return first, 1.0

    def before(self, index: int) -> str:
        """The lower-cased token in front of token `index`; empty at the start."""
        return self.document.lows[index - 1] if index else ""

    def after(self, index: int) -> str:
        """The lower-cased token after token `index`; empty at the end."""
        return self.document.lows[index + 1] if index + 1 < len(self.document.lows) else ""

    def made(self, number: Number, last: int, kind: str, rule: str, unit: str | None = None) -> Quantity:
        """A quantity from a number to token `last`, with the number's own interval."""
        qualifier = "~" if number.form == "vague" else "="
        return Quantity(
            number.first, last, kind, tidy(number.low), tidy(number.high), rule, unit, qualifier=qualifier,
            mantissa=number.low / number.scale, scale=number.scale,
        )  # fmt: skip

    def _is_year(self, number: Number) -> bool:
        """A plain four-digit number from 1900 to 2099 names a year."""
        text = self.document.tokens[number.first].text
        return number.first == number.last and len(text) == 4 and text.isdecimal() and "1900" <= text <= "2099"
