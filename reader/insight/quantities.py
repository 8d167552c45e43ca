"""One quantity at a time: money, percent, measures, counts, multiples and ranges, from the token where it begins."""

from __future__ import annotations

from functools import cache

from reader.insight import lexicons
from reader.insight.changes import leads_up_to
from reader.insight.currencies import Currency, currency_after, currency_before
from reader.insight.document import Document
from reader.insight.facts import Entity
from reader.insight.lexicons import word_class
from reader.insight.namedigits import NameDigits
from reader.insight.nouns import is_plural, noun_phrase, singular
from reader.insight.numbers import MINUS, Number, number_words, read_number, tidy
from reader.insight.quantity import Quantity
from reader.insight.units import Unit, read_rate, read_unit

_HYPHENS = "-‐‑"
_DASHES = "-‐‑–—−"


class Reader:
    """Reads quantities of one document."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self.document = document
        self.names = NameDigits(document, entities)
        self._ends = [end for _, end in document.sentences]
        self._chips = frozenset(e.start for e in entities if e.type == "chip")

    def sentence_end(self, index: int) -> int:
        """Offset where the sentence of token `index` ends."""
        number = self.document.sentence_at(self.document.tokens[index].start)
        return self._ends[number] if number >= 0 else len(self.document.text)

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
        return Quantity(
            number.first, number.last, "count", number.low, number.high, "count.bare", mantissa=number.low, bare=True
        )

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

    # --- one number ---------------------------------------------------------

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
        return place < len(document.tokens) and document.tokens[place].text in _HYPHENS and document.joined(number.last)

    def _sign(self, first: int) -> tuple[int, float]:
        """The first token with a minus sign or ± in front, and the factor it makes."""
        document = self.document
        if first and document.joined(first - 1):
            before = document.tokens[first - 1]
            free = first == 1 or not document.joined(first - 2)
            if before.text in MINUS and (free or document.tokens[first - 2].text in "(±~"):
                return first - 1, -1.0
            if before.text in _HYPHENS and first > 1 and document.lows[first - 2] == "minus":
                return first - 2, -1.0
        if first and document.lows[first - 1] == "minus":
            return first - 1, -1.0
        return first, 1.0

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

    # --- measures and counts ------------------------------------------------

    def _measured(self, number: Number) -> Quantity | None:
        document = self.document
        if number.form == "fraction" and not document.tokens[number.first].text[0].isdecimal():
            return self._fraction(number)
        place = number.last + 1
        joined = document.joined(number.last)
        hyphen = (
            joined
            and place + 1 < len(document.tokens)
            and document.tokens[place].text in _HYPHENS
            and document.joined(place)
        )
        if hyphen:
            place += 1
        elif joined and document.tokens[place].text in "([" if place < len(document.tokens) else False:
            return self._counted(number)
        bracket = place < len(document.tokens) and document.tokens[place].text in "([" and not joined
        unit = read_unit(document, place + bracket, joined=joined)
        if (
            bracket
            and unit is not None
            and (
                unit.last != place + 1 or document.tokens[min(unit.last + 1, len(document.tokens) - 1)].text not in ")]"
            )
        ):
            unit = None
        if unit is None or not self._fits(number, unit, joined):
            return self._counted(number)
        last = unit.last + (1 if bracket else 0)
        return self._unit(number, unit, last, hyphen)

    def _fits(self, number: Number, unit: Unit, joined: bool) -> bool:
        """Whether the unit goes with this number: not "1990s", not "two second-hand", not "first quarter"."""
        document = self.document
        if unit.name == "second" and document.tokens[unit.last].text == "s":
            return number.low < 1000 and not (
                number.low % 10 == 0
                and document.lows[number.first - 1] in ("the", "his", "her", "their", "my", "mid", "early", "late")
            )
        if number.form == "words" and number.low == 1 and unit.kind == "size":
            return document.lows[number.first] == "one"
        return True

    def _unit(self, number: Number, unit: Unit, last: int, hyphen: bool) -> Quantity | None:
        """A number with a unit of the table: "94.3%", "nine months", "1.4 GB", "128K tokens", "188 miles an hour"."""
        first, sign = self._sign(number.first)
        if self._is_name_size(number, unit):
            return None
        around = self._plus_minus(number, unit, last)
        if around is not None:
            return around
        low, high = sorted((tidy(number.low * unit.factor * sign), tidy(number.high * unit.factor * sign)))
        kind, name, per = unit.kind, unit.name, None
        if " per " in name and not name.startswith("part"):
            name, _, per = name.partition(" per ")
        rate = read_rate(self.document, last + 1) if kind != "percent" and per is None else None
        if rate is not None:
            last, per = rate
            kind = kind if kind == "duration" else "rate"
        if name == "foot" and rate is None:
            last, low = self._and_inches(last, low)
            high = max(high, low)
        if kind == "duration":
            last = self._old(last, hyphen)
        return Quantity(
            first, last, kind, low, high, f"unit.{kind}", name, None, per, "~" if number.form == "vague" else "=",
            mantissa=number.low / number.scale, scale=number.scale, signed=sign < 0,
        )  # fmt: skip

    def _is_name_size(self, number: Number, unit: Unit) -> bool:
        """A chip process is a name ("2nm", "a 3nm node")."""
        return unit.name == "nanometre" and number.low < 100 and self.document.joined(number.last)

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
        document, place = self.document, last + 1
        if place < len(document.tokens) and document.lows[place] == "and":
            place += 1
        if (
            place + 1 < len(document.tokens)
            and document.tokens[place].text.isdecimal()
            and document.lows[place + 1] in ("in", "inches", "inch")
        ):
            return place + 1, low + int(document.tokens[place].text[:3]) / 12
        return last, low

    def _old(self, last: int, hyphen: bool) -> int:
        """The end of "29-year-old" and "29 years old"."""
        document = self.document
        if (
            hyphen
            and last + 2 < len(document.tokens)
            and document.tokens[last + 1].text in _HYPHENS
            and document.lows[last + 2] in ("old", "olds")
        ):
            return last + 2
        if last + 1 < len(document.tokens) and document.lows[last + 1] == "old":
            return last + 1
        return last

    def _fraction(self, number: Number) -> Quantity | None:
        """ "a third of", "two-thirds", "half of", "one-tenth as much"; ordinals are none."""
        document, words = self.document, number_words()
        place = number.last + 1
        following = document.lows[place] if place < len(document.lows) else ""
        unit = read_unit(document, place, joined=document.joined(number.last))
        if len(document.tokens[number.first].text) == 1 and document.tokens[number.first].text not in "aA":
            return self._unit(number, unit, unit.last, False) if unit else None
        last_word = document.lows[number.last]
        numerator = number.first != number.last and document.lows[number.first] not in ("a", "an")
        if words[last_word].value == 2 and not numerator:
            fits = self._is_half(number, following) and document.lows[number.first - 1] not in (
                "first",
                "second",
                "latter",
                "other",
                "better",
                "and",
            )
        elif document.lows[number.first] == "one" and number.last == number.first + 1:
            fits = following in ("of", "as", "the", "less", "more", "its")
        elif last_word in ("quarter", "quarters", "second") or not numerator:
            fits = following in ("of", "as") and (numerator or document.lows[number.first] in ("a", "an"))
        else:
            fits = True
        if not fits:
            return None
        value = tidy(number.low)
        return Quantity(number.first, number.last, "multiple", value, value, "fraction", mantissa=value)

    def _is_half(self, number: Number, following: str) -> bool:
        """ "half of them", "half as much"; "half the" only at the start of a sentence."""
        return following in ("of", "as") or (following == "the" and self.names.begins_sentence(number.first))

    def _in_number(self, number: Number, place: int) -> Quantity | None:
        """ "one in five", "3 in 10", "one in 20 users": a share."""
        document = self.document
        if document.lows[place : place + 1] != ("in",) or place + 1 >= len(document.tokens):
            return None
        whole = read_number(document, place + 1)
        if whole is None or whole.form == "vague" or not number.low < whole.low <= 1e6 or whole.low != int(whole.low):
            return None
        if self.names.inside_entity(place + 1) or (whole.digits and self._is_year(whole)):
            return None
        if number.low > 1 and not self._is_round(whole, place):
            return None
        value = tidy(number.low / whole.low)
        unit = read_unit(document, whole.last + 1, joined=False)
        return (
            None
            if unit
            else Quantity(number.first, whole.last, "multiple", value, value, "fraction.in", mantissa=value)
        )

    def _is_round(self, whole: Number, place: int) -> bool:
        """Whether "3 in 10" is a share: a round whole that counts no nouns of its own."""
        nouns = noun_phrase(self.document, whole.last + 1, self.sentence_end(place))
        return whole.low in (4, 5, 10, 20, 100) and nouns is None

    def _counted(self, number: Number) -> Quantity | None:
        """A number with counted nouns, a multiple, or a bare number."""
        document = self.document
        place = number.last + 1
        following = document.lows[place] if place < len(document.tokens) else ""
        if number.form == "vague":
            return self._vague(number)
        if document.joined(number.last):
            glued = self._glued(number, place)
            if glued is not None or document.tokens[place].text[0].isalpha() or following == "'":
                return glued
        if following == "times":
            return self._times(number, place)
        if following == "in" and 1 <= number.low < 10:
            share = self._in_number(number, place)
            if share is not None or number.low == 1:
                return share
        if following in ("fold", "x", "×") and (following == "fold" or not self._measures_on(place)):
            return self._multiple(number, place, "multiple.x")
        return self._noun(number, place) or self._bare(number)

    def _measures_on(self, place: int) -> bool:
        """ "4 x 100" is no multiple."""
        tokens = self.document.tokens
        return place + 1 < len(tokens) and tokens[place + 1].text[0].isdecimal()

    def _glued(self, number: Number, place: int) -> Quantity | None:
        """What is joined to a number: "3x", "8-needle", "100+", "sixfold"."""
        document = self.document
        token = document.tokens[place]
        if (
            token.low in ("x", "×")
            and not self._measures_on(place)
            and not (document.joined(place) and document.tokens[place + 1].text[0].isalnum())
        ):
            return self._multiple(number, place, "multiple.x")
        if token.text in _HYPHENS and document.joined(place) and place + 1 < len(document.tokens):
            if document.lows[place + 1] == "fold":
                return self._multiple(number, place + 1, "multiple.x")
            if document.lows[place + 1] in ("time", "times"):
                return None
            return self._hyphenated(number, place + 1)
        if token.text[0].isalpha():
            return None
        return None

    def _hyphenated(self, number: Number, place: int) -> Quantity | None:
        """ "8-needle", "80-page report", "3-billion-parameter": a unit in the singular."""
        document = self.document
        token = document.tokens[place]
        if (
            not token.text[0].isalpha()
            or len(token.text) < 3
            or token.text != token.low
            or token.low in lexicons.terms("noun_stops")
        ):
            return None
        if token.low in word_class("no_hyphen_unit"):
            return self._bare(number)
        if number.form == "words" and number.scale == 1 and token.low in ("way", "fold", "sided", "part", "year"):
            return None
        if number.low != int(number.low) or self.names.capital_before(number.first):
            return None
        return Quantity(
            number.first,
            place,
            "count",
            number.low,
            number.high,
            "count.hyphen",
            singular(token.low),
            mantissa=number.low / number.scale,
            scale=number.scale,
        )

    def _times(self, number: Number, place: int) -> Quantity | None:
        """ "three times as big" is a multiple; "three times since Monday" counts how often."""
        document = self.document
        following = document.lows[place + 1] if place + 1 < len(document.lows) else ""
        if following in word_class("after_times"):
            return self._multiple(number, place, "multiple.times")
        return Quantity(
            number.first,
            place,
            "count",
            number.low,
            number.high,
            "count.times",
            "time",
            mantissa=number.low,
            scale=number.scale,
        )

    def _multiple(self, number: Number, last: int, rule: str) -> Quantity | None:
        if number.low <= 0:
            return None
        return Quantity(
            number.first, last, "multiple", number.low, number.high, rule, mantissa=number.low, scale=number.scale
        )

    def _vague(self, number: Number) -> Quantity | None:
        """ "hundreds of billions of dollars", "tens of thousands of users", "hundreds of billions in commitments"."""
        document, place = self.document, number.last + 1
        lows = document.lows
        low, high = tidy(number.low), tidy(number.high)
        of = place + 1 < len(lows) and lows[place] == "of"
        after = place + 1 if of else place
        currency = currency_after(document, after)
        if currency is not None and currency.factor == 1:
            return Quantity(
                number.first,
                currency.last,
                "money",
                low,
                high,
                "money.vague",
                None,
                currency.code,
                None,
                "~",
                scale=number.scale,
            )
        sign = self._sign_nearby(number.first) if number.low >= 1e9 and not of else None
        if sign is not None:
            return Quantity(
                number.first,
                number.last,
                "money",
                low,
                high,
                "money.vague_in",
                None,
                sign,
                None,
                "~",
                scale=number.scale,
            )
        if (
            place + 1 < len(lows)
            and lows[place] == "in"
            and number.low >= 1e9
            and word_class("finance") & set(lows[place + 1 : place + 4])
        ):
            return Quantity(
                number.first,
                number.last,
                "money",
                low,
                high,
                "money.vague_in",
                None,
                "USD",
                None,
                "~",
                scale=number.scale,
            )
        unit = read_unit(document, after, joined=False)
        if unit is not None and unit.kind != "percent":
            return Quantity(
                number.first,
                unit.last,
                unit.kind,
                tidy(low * unit.factor),
                tidy(high * unit.factor),
                "unit.vague",
                unit.name,
                None,
                None,
                "~",
                scale=number.scale,
            )
        phrase = (
            noun_phrase(document, after, self.sentence_end(number.first)) if of or number.last > number.first else None
        )
        if phrase is None:
            return None
        return Quantity(
            number.first, phrase[0], "count", low, high, "count.vague", phrase[1], None, None, "~", scale=number.scale
        )

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

    def _noun(self, number: Number, place: int) -> Quantity | None:
        """A number with the nouns it counts: "64 people", "1,140 passing tests", "4,096 MI450s"."""
        document = self.document
        if number.low == 1 or place >= len(document.tokens):
            return None
        if self._is_size(number, place):
            return None
        chip = self._chip(place)
        if chip is not None:
            return Quantity(
                number.first,
                chip,
                "size",
                number.low,
                number.high,
                "count.chips",
                "gpu",
                mantissa=number.low / number.scale,
                scale=number.scale,
            )
        phrase = noun_phrase(document, place, self.sentence_end(number.first))
        if phrase is None or self._is_year(number):
            return None
        last, name = phrase
        head = name.rpartition(" ")[2]
        kind = "size" if head in ("gpu", "token", "parameter", "tpu") else "count"
        unit = read_unit(document, last, joined=False) if head in name.split(" ")[:1] or " " in name else None
        if name.endswith("gpu hour"):
            kind, name, head = "size", "gpu_hour", "gpu_hour"
        elif unit is not None and unit.kind == "duration" and unit.last == last:
            kind, name, head = "duration", unit.name, unit.name
        name = head if head in _canonical_heads() else name
        rate = read_rate(document, last + 1)
        if rate is not None:
            last = rate[0]
        if self._blocked_count(number, place):
            return None
        return Quantity(
            number.first, last, "rate" if rate else kind, number.low, number.high, "count.noun", name, None, rate[1] if rate else None,
            mantissa=number.low / number.scale, scale=number.scale,
        )  # fmt: skip

    def _is_size(self, number: Number, place: int) -> bool:
        """A model's size: "the 32B version"; "2B users" counts."""
        document = self.document
        suffix = (
            document.tokens[number.last].text == "B" and number.first < number.last and document.joined(number.first)
        )
        return suffix and (not is_plural(document.lows[place]) or document.lows[place] in word_class("size_noun"))

    def _blocked_count(self, number: Number, place: int) -> bool:
        """A number that names something although a plural follows: "Kestrel 3 models", "Fortune 500 companies", "Five Eyes"."""
        if not number.digits:
            token = self.document.tokens[number.first]
            return (
                token.text[0].isupper()
                and not self.names.begins_sentence(number.first)
                and not self._headline(number.first)
            )
        if number.scale > 1:
            return False
        if self.names.is_numbered(number.first):
            return True
        small = number.low < 100 or number.low != int(number.low)
        if self.names.names_bare(number.first, number.last):
            return (
                small
                or not self.names.capital_before(number.first)
                or self.document.tokens[number.first - 1].end in self.names._models_end
            )
        return False

    def _of_them(self, number: Number) -> str | None:
        """The counted noun in "35m of its Echo devices"."""
        lows, place = self.document.lows, number.last + 1
        if (
            number.scale == 1
            or lows[place : place + 1] != ("of",)
            or lows[place + 1 : place + 2][:1] not in (("its",), ("their",), ("the",), ("our",), ("his",))
        ):
            return None
        phrase = noun_phrase(self.document, place + 2, self.sentence_end(number.first))
        return phrase[1] if phrase else None

    def _headline(self, index: int) -> bool:
        """Whether the sentence of token `index` is a heading."""
        document = self.document
        block = document.block_at(document.tokens[index].start)
        return block >= 0 and document.blocks[block].kind == "heading"

    def _chip(self, place: int) -> int | None:
        """Last token of a chip's name in the plural ("MI450s", "H100 GPUs")."""
        document = self.document
        if document.tokens[place].start in self._chips or document.tokens[place].text.isupper():
            end = place
            while document.joined(end) and document.tokens[end + 1].text[0].isalnum():
                end += 1
            word = document.text[document.tokens[place].start : document.tokens[end].end]
            if any(c.isdecimal() for c in word) and word[0].isupper() and word[-1] == "s":
                return end
            if (
                any(c.isdecimal() for c in word)
                and end + 1 < len(document.lows)
                and document.lows[end + 1] in ("gpus", "chips", "accelerators", "tpus")
            ):
                return end + 1
        return None

    def _is_year(self, number: Number) -> bool:
        """A plain four-digit number from 1900 to 2099 names a year."""
        text = self.document.tokens[number.first].text
        return number.first == number.last and len(text) == 4 and text.isdecimal() and "1900" <= text <= "2099"

    def _bare(self, number: Number) -> Quantity | None:
        """A number without a unit after it; whether it is a figure depends on what stands around it."""
        if (not number.digits and number.scale == 1 and number.low < 13) or self._is_year(number):
            return None
        if number.digits and (self.names.names_bare(number.first, number.last) or self._names_next(number)):
            return None
        if number.scale > 1 and number.digits and self._named_size(number):
            return None
        point = self._leading_point(number)
        if point is not None:
            return point
        first, sign = self._sign(number.first)
        last, unit = self._loose_unit(number)
        return Quantity(
            first, last, "size" if unit in ("parameter", "token") else "count", number.low * sign, number.high * sign, "count.bare", unit,
            mantissa=number.low / number.scale, scale=number.scale, signed=sign < 0, bare=unit is None,
        )  # fmt: skip

    def _names_next(self, number: Number) -> bool:
        """Whether a small number belongs to the name after it ("the 11 Pro Max", "a 787 Dreamliner")."""
        document, place = self.document, number.last + 1
        if number.scale > 1 or number.low >= 1000 or place >= len(document.tokens) or document.joined(number.last):
            return False
        text = document.tokens[place].text
        return (
            text[0].isupper() and text[1:].islower() and document.tokens[place].start < self.sentence_end(number.first)
        )

    def _leading_point(self, number: Number) -> Quantity | None:
        """ ".500": a decimal without its zero."""
        document, first = self.document, number.first
        text = document.tokens[first].text
        if not first or document.lows[first - 1] != "." or not document.joined(first - 1) or not text.isdecimal():
            return None
        value = float(f"0.{text[:12]}")
        return Quantity(first - 1, number.last, "count", value, value, "count.bare", mantissa=value, bare=True)

    def _loose_unit(self, number: Number) -> tuple[int, str | None]:
        """What a number without a noun right after it counts: "36B" parameters, "95,800 who", "35m of its devices", "2 TDs"."""
        document, place = self.document, number.last + 1
        if number.first < number.last and document.tokens[number.last].text == "B" and document.joined(number.first):
            return number.last, "parameter"
        if place >= len(document.tokens):
            return number.last, None
        token = document.tokens[place]
        if token.low == "who":
            return number.last, "person"
        if token.low == "context" and number.scale > 1:
            return number.last, "token"
        caps = token.text.removesuffix("s")
        if (
            caps.isupper()
            and caps.isalpha()
            and 1 < len(caps) < 6
            and not document.joined(number.last)
            and not self.names.inside_entity(place)
        ):
            return place, caps.lower()
        return number.last, self._of_them(number)

    def _named_size(self, number: Number) -> bool:
        """ "Qwen 72B", "Llama 3.1 405B": a size as part of a name."""
        suffix = self.document.tokens[number.last].text
        return suffix in "BMbm" and self.document.joined(number.last - 1) and self.names.capital_before(number.first)

    # --- ranges -------------------------------------------------------------

    def _ranged(self, found: Quantity) -> Quantity | None:
        """The range that begins with `found`; null where it stands alone."""
        document = self.document
        place = self._connector(found)
        if (
            place is None
            or place >= len(document.tokens)
            or document.tokens[place].start >= self.sentence_end(found.first)
        ):
            return None
        start = place
        while start < min(place + 3, len(document.tokens) - 1) and self._is_sign(start):
            start += 1
        if start >= len(document.tokens) or not (
            document.tokens[start].text[0].isdecimal() or document.lows[start] in number_words()
        ):
            return None
        second = self._second(start)
        if second is None:
            return None
        came_from = document.lows[max(0, found.first - 1)] == "from"
        if came_from and second.bare and found.kind == "count" and not found.bare:
            return None
        if document.lows[found.last + 1] == "to" and leads_up_to(document, found):
            return _adopted(found, second) if came_from else None
        whole = _joined_range(found, second)
        return _adopted(found, second) if whole is None and came_from else whole

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

    def _measured_second(self, number: Number) -> Quantity | None:
        found = self._measured(number)
        if found is not None and found.first < number.first:
            return found._replace(
                first=number.first, low=abs(found.low or 0.0), high=abs(found.high or 0.0), signed=False
            )
        return found or Quantity(
            number.first,
            number.last,
            "count",
            number.low,
            number.high,
            "count.bare",
            mantissa=number.low / number.scale,
            scale=number.scale,
            bare=True,
        )

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


@cache
def _canonical_heads() -> frozenset[str]:
    """Counted nouns that are a unit by themselves: their modifiers say which ones, not what is counted."""
    return lexicons.terms("canonical_counts")


def _adopted(first: Quantity, second: Quantity) -> Quantity | None:
    """The first number of a change "from 4.8 to 4.7 percent" with the unit of the second; null when it has its own."""
    if not first.bare or second.bare or first.low is None or not second.mantissa or second.high is None:
        return None
    scale = second.scale if first.scale == 1 else 1.0
    value = tidy(first.low * scale)
    return second._replace(first=first.first, last=first.last, low=value, high=value, per=None, mantissa=first.mantissa)


def _joined_range(first: Quantity, second: Quantity) -> Quantity | None:
    """One range from its two ends: currency, unit and scale spread over it; null where they do not go together."""
    if (
        first.direction
        or second.qualifier == "range"
        or first.low is None
        or second.high is None
        or first.low != first.high
    ):
        return None
    if first.currency and second.currency and first.currency != second.currency:
        return None
    if not first.bare and not second.bare and (first.unit, first.currency) != (second.unit, second.currency):
        return None
    if first.per and second.per and first.per != second.per:
        return None
    if (first.kind == "multiple" and second.kind != "multiple") or (first.bare and first.scale > second.scale > 1):
        return None
    if second.bare and first.kind not in ("money", "count") and not first.bare:
        return None
    main = second if first.bare else first
    low, high = _spread(first, second, main)
    if low is None or high is None or not low < high:
        return None
    per = second.per or first.per
    return main._replace(
        first=first.first,
        last=second.last,
        low=low,
        high=high,
        qualifier="range",
        per=per,
        mantissa=first.mantissa,
        scale=second.scale,
        bare=first.bare and second.bare,
        rule=main.rule.partition(".")[0] + ".range",
    )


def _spread(first: Quantity, second: Quantity, main: Quantity) -> tuple[float | None, float | None]:
    """Both ends in the common unit: a scale or factor that only the second number has also holds for the first."""
    low, high = first.low, second.high
    if low is None or high is None:
        return None, None
    if first.scale == 1 and second.scale > 1 and abs(first.mantissa) < abs(second.mantissa):
        low *= second.scale
    if first.bare and not second.bare and second.mantissa:
        low *= (
            abs(second.high or 0.0) / (second.mantissa * second.scale)
            if second.kind in ("size", "money", "rate")
            else 1.0
        )
    if second.bare and not first.bare and first.mantissa:
        factor = abs(low) / (first.mantissa * first.scale) if first.mantissa else 1.0
        high *= factor if second.scale == 1 and first.kind == "size" else 1.0
        if second.scale == 1 and first.scale > 1:
            high *= first.scale
    return tidy(low), tidy(high)
