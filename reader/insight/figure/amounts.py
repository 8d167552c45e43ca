"""Amounts of money: the currency before or after the number, cents, and the rate that follows."""

from __future__ import annotations

from reader.insight.figure.currencies import Currency, currency_after, currency_before
from reader.insight.figure.numbers import Number, number_words, read_number, tidy
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.quantitybase import Base
from reader.insight.figure.units import read_rate


class Amounts(Base):
    """Reads amounts of money."""

    def _money(self, number: Number, currency: Currency) -> Quantity | None:
        """An amount after its currency: "$115 billion", "NOK 1.9 billion a year"."""
        first, sign = self._sign(currency.first)
        if self.document.tokens[number.first - 1].text in "-−–" and currency.last < number.first - 1:
            sign = -1.0
        last = number.last
        code = currency_after(self.document, last + 1)
        if code is not None and code.code == currency.code and code.factor == 1:
            last = code.last
        factor = sign * currency.factor
        return self._amount(number, first, last, currency.code, factor, "money.sign")

    def _money_after(self, number: Number, currency: Currency) -> Quantity | None:
        """An amount before its currency: "14.2 trillion won", "5 €", "3 dollars 50 cents"."""
        first, sign = self._sign(number.first)
        last, low = currency.last, number
        if currency.code and currency.factor == 1:
            last, low = self._with_cents(number, currency)
            last, low = self._scale_after(last, low)
        return self._amount(low, first, last, currency.code, sign * currency.factor, "money.word")

    def _with_cents(self, number: Number, currency: Currency) -> tuple[int, Number]:
        """ "3 dollars 50 cents", "thirteen dollars and forty-five cents", "15 dollars and 15"."""
        document, place = self.document, currency.last + 1
        if place + 1 < len(document.tokens) and document.lows[place] == "and":
            place += 1
        if place >= len(document.tokens) or number.scale > 1:
            return currency.last, number
        cents = read_number(document, place)
        if (
            cents is None
            or cents.low >= 100
            or cents.low != int(cents.low)
            or document.tokens[place].start >= self.sentence_end(number.first)
        ):
            return currency.last, number
        small = currency_after(document, cents.last + 1)
        if small is not None and small.factor < 1:
            return small.last, number._replace(low=number.low + cents.low / 100, high=number.high + cents.low / 100)
        following = document.tokens[cents.last + 1].text if cents.last + 1 < len(document.tokens) else "."
        if cents.digits and following in ".,;" and small is None:
            return cents.last, number._replace(low=number.low + cents.low / 100, high=number.high + cents.low / 100)
        return currency.last, number

    def _scale_after(self, last: int, number: Number) -> tuple[int, Number]:
        """ "75 USD million": the scale stands after the currency."""
        document = self.document
        word = number_words().get(document.lows[last + 1]) if last + 1 < len(document.tokens) else None
        if word and word.kind == "scale" and number.scale == 1 and word.value >= 1000:
            return last + 1, number._replace(
                low=number.low * word.value, high=number.high * word.value, scale=word.value
            )
        return last, number

    def _amount(self, number: Number, first: int, last: int, code: str, factor: float, rule: str) -> Quantity | None:
        low, high = sorted((tidy(number.low * factor), tidy(number.high * factor)))
        rate = read_rate(self.document, last + 1)
        qualifier = "~" if number.form == "vague" else "="
        return Quantity(
            first, rate[0] if rate else last, "money", low, high, rule, None, code, rate[1] if rate else None, qualifier,
            mantissa=number.low / number.scale, scale=number.scale, signed=factor < 0,
        )  # fmt: skip

    def _sign_nearby(self, index: int) -> str | None:
        """The currency of the first amount in the sentence of token `index`."""
        document = self.document
        number = document.sentence_at(document.tokens[index].start)
        if number < 0:
            return None
        for place in document.tokens_in(*document.sentences[number]):
            if document.tokens[place].text in "$€£¥₹₩" and place + 1 < len(document.tokens):
                found = currency_before(document, place + 1)
                return found.code if found else None
        return None
