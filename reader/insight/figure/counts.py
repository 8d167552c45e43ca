"""Counts, multiples, fractions and vague magnitudes: numbers whose unit is a noun, or none."""

from __future__ import annotations

from reader.insight import lexicons
from reader.insight.figure.amounts import Amounts
from reader.insight.figure.currencies import currency_after
from reader.insight.figure.numbers import Number, number_words, read_number, tidy
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.quantitybase import HYPHENS
from reader.insight.figure.units import read_rate, read_unit
from reader.insight.figure.verbs import is_verb
from reader.insight.lexicons import word_class
from reader.insight.syntax.nouns import is_plural, noun_phrase, singular

_MONEY_FROM = 1e9
"""A vague magnitude from a billion on can be money without saying so."""


class Counts(Amounts):
    """Reads numbers that count nouns."""

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
        if token.text in HYPHENS and document.joined(place) and place + 1 < len(document.tokens):
            if document.lows[place + 1] == "fold":
                return self._multiple(number, place + 1, "multiple.x")
            if document.lows[place + 1] in ("time", "times"):
                return None
            return self._hyphenated(number, place + 1)
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
        return self.made(number, place, "count", "count.hyphen", singular(token.low))

    def _times(self, number: Number, place: int) -> Quantity | None:
        """ "three times as big" is a multiple; "three times since Monday" counts how often."""
        if self.after(place) in word_class("after_times") or number.low != int(number.low):
            return self._multiple(number, place, "multiple.times")
        return self.made(number, place, "count", "count.times", "time")

    def _multiple(self, number: Number, last: int, rule: str) -> Quantity | None:
        return self.made(number, last, "multiple", rule) if number.low > 0 else None

    def _fraction(self, number: Number) -> Quantity | None:
        """ "a third of", "two-thirds", "half of", "one-tenth as much"; ordinals are none."""
        following = self.after(number.last)
        if self.before(number.first) in ("first", "last", "next", "past", "previous"):
            return None
        article = self.document.lows[number.first] in ("a", "an")
        numerator = number.first != number.last and not article
        if number_words()[self.document.lows[number.last]].value == 2 and not numerator:
            fits = self._is_half(number, following)
        elif self.document.lows[number.first] == "one" and number.last == number.first + 1:
            fits = following in ("of", "as", "the", "less", "more", "its")
        elif not numerator or self.document.lows[number.last] in ("quarter", "quarters"):
            fits = (numerator or article) and following in word_class("after_part")
        else:
            fits = True
        return self.made(number, number.last, "multiple", "fraction") if fits else None

    def _is_half(self, number: Number, following: str) -> bool:
        """ "half of them", "half as much"; "half the" only at the start of a sentence; not "the second half of"."""
        if self.before(number.first) in ("first", "second", "latter", "other", "better", "and"):
            return False
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
        if read_unit(document, whole.last + 1, joined=False) is not None:
            return None
        share = tidy(100 * number.low / whole.low)
        return self.made(number._replace(low=share, high=share), whole.last, "percent", "fraction.in", "percent")

    def _is_round(self, whole: Number, place: int) -> bool:
        """Whether "3 in 10" is a share: a round whole that counts no nouns of its own."""
        nouns = noun_phrase(self.document, whole.last + 1, self.sentence_end(place))
        return whole.low in (4, 5, 10, 20, 100) and (nouns is None or not whole.digits)

    def _vague(self, number: Number) -> Quantity | None:
        """ "hundreds of billions of dollars", "tens of thousands of users", "hundreds of billions in commitments"."""
        document, place = self.document, number.last + 1
        of = document.lows[place : place + 1] == ("of",)
        after = place + of
        currency = currency_after(document, after)
        if currency is not None and currency.factor == 1:
            return self.made(number, currency.last, "money", "money.vague")._replace(currency=currency.code)
        code = None if of else self._unsaid_currency(number, place)
        if code is not None:
            return self.made(number, number.last, "money", "money.vague_in")._replace(currency=code)
        unit = read_unit(document, after, joined=False)
        if unit is not None and unit.kind != "percent":
            scaled = number._replace(low=number.low * unit.factor, high=number.high * unit.factor)
            return self.made(scaled, unit.last, unit.kind, "unit.vague", unit.name)
        if not of and number.last == number.first:
            return None
        phrase = noun_phrase(document, after, self.sentence_end(number.first))
        return self.made(number, phrase[0], "count", "count.vague", phrase[1]) if phrase else None

    def _unsaid_currency(self, number: Number, place: int) -> str | None:
        """The currency of vague billions: that of another amount of the sentence, dollars before "in spending"."""
        if number.low < _MONEY_FROM:
            return None
        lows = self.document.lows
        if self._sign_nearby(number.first) is not None:
            return self._sign_nearby(number.first)
        return (
            "USD"
            if lows[place : place + 1] == ("in",) and word_class("finance") & set(lows[place : place + 4])
            else None
        )

    def _noun(self, number: Number, place: int) -> Quantity | None:
        """A number with the nouns it counts: "64 people", "1,140 passing tests", "4,096 MI450s"."""
        if number.low == 1 or place >= len(self.document.tokens) or self._is_size(number, place):
            return None
        if self.document.tokens[number.last].text == "K" and self.document.lows[place] in word_class("resolution_noun"):
            return None
        if self.document.tokens[number.last].text == "B" and is_verb(self.document, place):
            return None
        chip = self._chip(place, many=number.scale > 1)
        if chip is not None:
            return self.made(number, chip, "size", "count.chips", "gpu")
        phrase = noun_phrase(self.document, place, self.sentence_end(number.first))
        if phrase is None or self._is_year(number) or self._blocked_count(number):
            return None
        last, name = phrase
        if last == place and self.after(last) in word_class("article") and is_verb(self.document, last):
            return None  # "the figure of 450,000 offers a measure"
        kind, name = self._counted_unit(name, last)
        rate = read_rate(self.document, last + 1)
        if rate is None:
            return self.made(number, last, kind, "count.noun", name)
        return self.made(number, rate[0], "rate", "count.noun", name)._replace(per=rate[1])

    def _counted_unit(self, name: str, last: int) -> tuple[str, str]:
        """Kind and unit of counted nouns that end at token `last`: GPUs and tokens are sizes, "fiscal years" are years."""
        head = name.rpartition(" ")[2]
        if name.endswith("gpu hour"):
            return "size", "gpu_hour"
        unit = read_unit(self.document, last, joined=False)
        if unit is not None and unit.kind == "duration" and unit.last == last:
            return "duration", unit.name
        kind = "size" if head in ("gpu", "token", "parameter", "tpu") else "count"
        return kind, head if head in lexicons.terms("canonical_counts") else name

    def _is_size(self, number: Number, place: int) -> bool:
        """A model's size: "the 32B version"; "2B users" counts."""
        document = self.document
        suffix = (
            document.tokens[number.last].text == "B" and number.first < number.last and document.joined(number.first)
        )
        return suffix and (not is_plural(document.lows[place]) or document.lows[place] in word_class("size_noun"))

    def _blocked_count(self, number: Number) -> bool:
        """A number that names something although a plural follows: "Kestrel 3 models", "Fortune 500 companies", "Five Eyes"."""
        if not number.digits:
            first = number.first
            capital = self.document.tokens[first].text[0].isupper()
            opens = self.names.begins_sentence(first) or not self.before(first)[:1].isalnum()
            return capital and not opens and not self._headline(first)
        if number.scale > 1:
            return False
        if self.names.is_numbered(number.first):
            return True
        if not self.names.names_bare(number.first, number.last):
            return False
        small = number.low < 100 or number.low != int(number.low)
        return small or not self.names.capital_before(number.first) or self.names.follows_model(number.first)

    def _of_them(self, number: Number) -> str | None:
        """The counted noun in "35m of its Echo devices"."""
        lows, place = self.document.lows, number.last + 1
        if number.scale == 1 or lows[place : place + 1] != ("of",) or self.after(place) not in word_class("article"):
            return None
        phrase = noun_phrase(self.document, place + 2, self.sentence_end(number.first))
        return phrase[1] if phrase else None

    def _headline(self, index: int) -> bool:
        """Whether the sentence of token `index` is a heading."""
        document = self.document
        block = document.block_at(document.tokens[index].start)
        return block >= 0 and document.blocks[block].kind == "heading"

    def _chip(self, place: int, *, many: bool) -> int | None:
        """Last token of a chip's name in the plural ("MI450s", "H100 GPUs"), or of what so `many` of it make ("100k H100 cluster")."""
        document = self.document
        if document.tokens[place].start not in self._chips and not document.tokens[place].text.isupper():
            return None
        end = place
        while document.joined(end) and document.tokens[end + 1].text[0].isalnum():
            end += 1
        word = document.text[document.tokens[place].start : document.tokens[end].end]
        if not word[0].isupper() or not any(char.isdecimal() for char in word):
            return None
        clustered = document.tokens[place].start in self._chips and self.after(end) in word_class("cluster")
        if word[-1] == "s" or (many and clustered):
            return end
        return end + 1 if self.after(end) in ("gpus", "chips", "accelerators", "tpus") else None

    def _bare(self, number: Number) -> Quantity | None:
        """A number without a unit after it; whether it is a figure depends on what stands around it."""
        if (not number.digits and number.scale == 1 and number.low < 13) or self._is_year(number):
            return None
        if self.document.tokens[number.last].text == "K" and self.after(number.last) in word_class("resolution_noun"):
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
        kind = "size" if unit in ("parameter", "token") else "count"
        found = self.made(number, last, kind, "count.bare", unit)
        return found._replace(
            first=first, low=number.low * sign, high=number.high * sign, signed=sign < 0, bare=unit is None
        )

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
        short = caps.isupper() and caps.isalpha() and 1 < len(caps) < 6
        if short and not document.joined(number.last) and not self.names.inside_entity(place):
            return place, caps.lower()
        return number.last, self._of_them(number)

    def _named_size(self, number: Number) -> bool:
        """ "Qwen 72B", "Llama 3.1 405B": a size as part of a name."""
        suffix = self.document.tokens[number.last].text
        return suffix in "BMbm" and self.document.joined(number.last - 1) and self.names.capital_before(number.first)
