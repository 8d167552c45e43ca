"""Numbers with a unit of the unit table: percent, tokens, bytes, watts, lengths, durations."""

from __future__ import annotations

from reader.insight.figure.counts import Counts
from reader.insight.figure.numbers import Number, read_number, tidy
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.quantitybase import HYPHENS
from reader.insight.figure.units import Unit, read_rate, read_unit
from reader.insight.lexicons import word_class

_PROCESS_BELOW = 100
"""So many nanometres written as "2nm" name a chip process, not a length."""


class Measures(Counts):
    """Reads numbers with units."""

    def _measured(self, number: Number) -> Quantity | None:
        """A number with a unit, else with what it counts."""
        document = self.document
        place, joined = number.last + 1, document.joined(number.last)
        if number.form == "fraction" and document.tokens[number.first].text[0].isalpha():
            return self._fraction(number)
        hyphen = joined and document.tokens[place].text in HYPHENS and document.joined(place)
        bracket = not hyphen and document.lows[place : place + 1] in (("(",), ("[",))
        if bracket and joined:
            return self._counted(number)
        unit = read_unit(document, place + (hyphen or bracket), joined=joined)
        last = unit.last + bracket if unit is not None else 0
        if bracket and unit is not None and document.lows[last : last + 1] not in ((")",), ("]",)):
            unit = None
        if unit is not None and self._fits(number, unit):
            return self._unit(number, unit, last, hyphen)
        return None if number.form == "fraction" else self._counted(number)

    def _fits(self, number: Number, unit: Unit) -> bool:
        """Whether the unit goes with this number: not "the 90s", "a one mile", "zero-days" or "2nm"."""
        if number.low == 0 and number.form == "words" and self.after(number.last) in HYPHENS:
            return False
        if unit.name == "second" and self.document.tokens[unit.last].text == "s":
            decade = number.low % 10 == 0 and self.before(number.first) in (
                "the", "his", "her", "their", "my", "mid", "early", "late",
            )  # fmt: skip
            return number.low < 1000 and not decade
        if number.form == "words" and number.low == 1 and unit.kind == "size":
            return self.document.lows[number.first] == "one"
        return not (unit.name == "nanometre" and number.low < _PROCESS_BELOW and self.document.joined(number.last))

    def _unit(self, number: Number, unit: Unit, last: int, hyphen: bool) -> Quantity | None:
        """A number with a unit of the table: "94.3%", "nine months", "1.4 GB", "128K tokens", "188 miles an hour"."""
        around = self._plus_minus(number, unit, last)
        if around is not None:
            return around
        first, sign = self._sign(number.first)
        low, high = sorted((tidy(number.low * unit.factor * sign), tidy(number.high * unit.factor * sign)))
        kind, name, per = unit.kind, unit.name, None
        if " per " in name and not name.startswith("part"):
            name, _, per = name.partition(" per ")
        rate = read_rate(self.document, last + 1) if per is None else None
        if kind == "percent" and rate is not None and rate[1] not in word_class("growth_period"):
            rate = None
        if rate is not None:
            last, per = rate
            kind = kind if kind in ("duration", "percent") else "rate"
        elif name == "foot":
            last, low = self._and_inches(last, low)
            high = max(high, low)
        elif kind == "duration":
            last = self._old(last, hyphen)
            compound = self._compound(number, last, name)
            if compound is not None:
                return compound
        found = self.made(number, last, kind, f"unit.{kind}", name)
        return found._replace(first=first, low=low, high=high, per=per, signed=sign < 0)

    def _plus_minus(self, number: Number, unit: Unit, last: int) -> Quantity | None:
        """ "±3%", "plus or minus 1.6 percentage points": an interval around nothing."""
        lows = self.document.lows
        if number.first and lows[number.first - 1] == "±":
            first = number.first - 1
        elif number.first > 2 and lows[number.first - 3 : number.first] == ("plus", "or", "minus"):
            first = number.first - 3
        else:
            return None
        value = tidy(number.low * unit.factor)
        return Quantity(first, last, unit.kind, -value, value, f"unit.{unit.kind}", unit.name, None, None, "range")

    def _and_inches(self, last: int, low: float) -> tuple[int, float]:
        """ "5 ft 2 in", "5 feet and 2 inches"."""
        lows = self.document.lows
        place = last + 1 + (self.after(last) == "and")
        if self.after(place) in ("in", "inches", "inch") and lows[place].isdecimal():
            return place + 1, low + int(lows[place][:3]) / 12
        return last, low

    def _compound(self, number: Number, last: int, name: str) -> Quantity | None:
        """ "2 hours and 48 minutes" as minutes, "two years and three months" as months."""
        smaller = {"hour": ("minute", 60), "minute": ("second", 60), "year": ("month", 12)}.get(name)
        if smaller is None or self.after(last) != "and" or last + 2 >= len(self.document.tokens):
            return None
        rest = read_number(self.document, last + 2)
        unit = read_unit(self.document, rest.last + 1, joined=False) if rest is not None else None
        if rest is None or unit is None or unit.name != smaller[0] or rest.low >= smaller[1]:
            return None
        total = number.low * smaller[1] + rest.low
        return self.made(number._replace(low=total, high=total), unit.last, "duration", "unit.compound", unit.name)

    def _old(self, last: int, hyphen: bool) -> int:
        """The end of "29-year-old" and "29 years old"."""
        if hyphen and self.after(last) in HYPHENS and self.after(last + 1) in ("old", "olds"):
            return last + 2
        return last + (self.after(last) == "old")
