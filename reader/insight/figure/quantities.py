"""One quantity at a time: money, percent, measures, counts, multiples and ranges, from the token where it begins."""

from __future__ import annotations

from reader.insight.figure.changes import leads_up_to
from reader.insight.figure.currencies import currency_after, currency_before
from reader.insight.figure.measures import Measures
from reader.insight.figure.numbers import Number, number_words, read_number
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.quantitybase import HYPHENS
from reader.insight.figure.ranges import adopted, joined_range
from reader.insight.figure.units import read_unit
from reader.insight.lexicons import word_class

_LIKELY_SPAN = 3
"""The upper end of a range of percentages is at most so many times the lower one."""
_DASHES = "-‐‑–—−"


class Reader(Measures):
    """Reads the quantities of one document."""

    def read(self, index: int) -> Quantity | None:
        """The quantity whose number begins at token `index`, a range as a whole; null where there is none."""
        found = self._single(index)
        if found is None:
            small = self._small(index)
            return self._ranged(small) if small is not None else None
        return self._ranged(found) or self._checked(found)

    def _small(self, index: int) -> Quantity | None:
        """A number word that is too small to stand alone, as the first end of a range ("one to two years")."""
        number = read_number(self.document, index)
        if number is None or number.form != "words" or number.scale > 1 or self.names.inside_entity(index):
            return None
        return self.made(number, number.last, "count", "count.bare")._replace(bare=True)

    def is_measured(self, index: int) -> bool:
        """Whether four digits that look like a year are an amount: next to a currency, a unit or counted people."""
        document = self.document
        if currency_before(document, index) is not None or currency_after(document, index + 1) is not None:
            return True
        unit = read_unit(document, index + 1, joined=document.joined(index))
        if unit is not None and unit.kind != "duration":
            return True
        return index + 1 < len(document.lows) and document.lows[index + 1] in word_class("counted_people")

    def age(self, index: int) -> Quantity | None:
        """ "Diallo, 29, leads …" and "aged 18": a person's age in years."""
        document = self.document
        tokens, lows = document.tokens, document.lows
        text = tokens[index].text
        if not (text.isdecimal() and len(text) == 2 and text >= "14") or self.names.holds(index) or index == 0:
            return None
        closes = index + 1 < len(tokens) and tokens[index + 1].text == ","
        named = closes and index > 1 and lows[index - 1] == "," and tokens[index - 2].text[0].isupper()
        if named and (self.names.begins_sentence(index - 2) or tokens[index - 3].text[0].isupper()):
            return self._years(index)
        if lows[index - 1] != "aged" or lows[index + 1 : index + 2] not in (("to",), ("-",), ("–",), ("and",)):
            return self._years(index) if lows[index - 1] == "aged" else None
        last = (
            index + 2
            if index + 2 < len(tokens) and tokens[index + 2].text.isdecimal() and len(tokens[index + 2].text) < 4
            else index
        )
        value = float(text)
        high = float(tokens[last].text)
        return Quantity(
            index, last, "duration", value, high, "age", "year", None, None, "range" if high > value else "="
        )

    def _years(self, index: int) -> Quantity:
        value = float(self.document.tokens[index].text)
        return Quantity(index, index, "duration", value, value, "age", "year", mantissa=value)

    def _single(self, index: int) -> Quantity | None:
        """Money, a measure, a count or a bare number."""
        document = self.document
        if self.names.inside_entity(index):
            return None
        digits = document.tokens[index].text[0].isdecimal()
        currency = currency_before(document, index)
        if digits and currency is None and self.names.holds(index):
            return None
        number = read_number(document, index, money=currency is not None)
        if number is None:
            return None
        if currency is not None:
            return self._money(number, currency)
        after = currency_after(document, number.last + 1)
        if after is None and self._hyphen_after(number):
            after = currency_after(document, number.last + 2)
        if after is not None and (number.form != "words" or number.low != 1 or after.factor < 1):
            return self._money_after(number, after)
        return self._measured(number)

    def _hyphen_after(self, number: Number) -> bool:
        """Whether a hyphen joins the number to a word ("a 15-dollar wage")."""
        document, place = self.document, number.last + 1
        return place < len(document.tokens) and document.tokens[place].text in HYPHENS and document.joined(number.last)

    # --- ranges -------------------------------------------------------------

    def _ranged(self, found: Quantity) -> Quantity | None:
        """The range that begins with `found`; null where it stands alone."""
        second = self._second_end(found)
        if second is None:
            return None
        came_from = self.before(found.first) == "from"
        if came_from and second.bare and found.kind == "count" and not found.bare:
            return None
        step = self.after(found.last) == "to" and leads_up_to(self.document, found)
        if step and (came_from or not _is_span_of_change(found, second)):
            return adopted(found, second) if came_from else None
        whole = joined_range(found, second)
        return adopted(found, second) if whole is None and came_from else whole

    def _second_end(self, found: Quantity) -> Quantity | None:
        """The quantity that a word or dash joins to `found` within its sentence."""
        document, place = self.document, self._connector(found)
        if place is None or place >= len(document.tokens):
            return None
        start = place
        while start < min(place + 3, len(document.tokens) - 1) and self._is_sign(start):
            start += 1
        numeric = document.tokens[start].text[0].isdecimal() or document.lows[start] in number_words()
        return (
            self._second(start) if numeric and document.tokens[start].start < self.sentence_end(found.first) else None
        )

    def _is_sign(self, index: int) -> bool:
        """A currency sign, code or prefix in front of an amount."""
        text = self.document.tokens[index].text
        return (
            text in "$€£¥₩₹~" or (text.isupper() and not text[0].isdecimal()) or text in ("Rs", "kr", "around", "about")
        )

    def _second(self, index: int) -> Quantity | None:
        """The second number of a range, also when it is joined to the first by a dash."""
        document = self.document
        if self.names.inside_entity(index):
            return None
        currency = currency_before(document, index)
        number = read_number(document, index, money=currency is not None)
        if number is None or number.form == "vague":
            return None
        if currency is not None:
            return self._money(number, currency)
        after = currency_after(document, number.last + 1)
        if after is not None:
            return self._money_after(number, after)
        return self._measured_second(number)

    def _measured_second(self, number: Number) -> Quantity:
        """The second number with its unit, without a sign that is the range's dash."""
        found = self._measured(number)
        if found is None:
            return self.made(number, number.last, "count", "count.bare")._replace(bare=True)
        if found.first == number.first:
            return found
        return found._replace(first=number.first, low=abs(found.low or 0.0), high=abs(found.high or 0.0), signed=False)

    def _connector(self, found: Quantity) -> int | None:
        """The token after the word or dash that can join `found` to a second number."""
        document, place = self.document, found.last + 1
        if place + 1 >= len(document.tokens):
            return None
        token = document.tokens[place]
        if token.text in _DASHES:
            if (
                document.joined(place - 1)
                and document.joined(place)
                and document.lows[place + 1] in ("to", "or")
                and place + 2 < len(document.tokens)
            ):
                return place + 3 if document.tokens[place + 2].text in _DASHES else place + 2
            both = document.joined(place - 1) == document.joined(place)
            return place + 1 if both and (document.joined(place) or token.text in "–—-") else None
        if token.low == "to":
            return place + 1
        if (
            token.low == "up"
            and document.lows[place + 1] == "to"
            and found.first
            and document.lows[found.first - 1] == "from"
        ):
            return place + 2
        if token.low == "and" and self._between(found.first):
            return place + 1
        if token.low == "or" and found.bare and found.scale == 1:
            following = read_number(document, place + 1)
            close = following is not None and found.low is not None and 0 < following.low - found.low <= 2
            return place + 1 if close else None
        return None

    def _between(self, first: int) -> bool:
        """Whether "between" stands in front of a quantity."""
        lows = self.document.lows
        return first > 0 and (lows[first - 1] == "between" or (first > 1 and lows[first - 2] == "between"))

    def _checked(self, found: Quantity) -> Quantity | None:
        """The single quantity, unless it is a bare number that a dash joins to another ("9-2", "555-1234")."""
        document = self.document
        if not found.bare:
            return found
        place = found.last + 1
        if place < len(document.tokens) and document.joined(found.last):
            text = document.tokens[place].text
            if text in _DASHES and document.joined(place) and document.tokens[place + 1].text[0].isalnum():
                return None
            if text in "/:" and document.joined(place) and document.tokens[place + 1].text[0].isdecimal():
                return None
        return found


def _is_span_of_change(first: Quantity, second: Quantity) -> bool:
    """ "fall 40% to 60%": two shares of one size after a verb of change are one range, not a step and its target."""
    shares = first.unit == second.unit == "percent" and not first.direction
    return shares and bool(first.low and second.low) and 1 < (second.low or 0) / (first.low or 1) <= _LIKELY_SPAN
