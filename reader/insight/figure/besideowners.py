"""The owners at a figure itself or at its metric: named beside it, apposed to it, in its bracket, row or fragment."""

from __future__ import annotations

from bisect import bisect_left

from reader.insight import lexicons
from reader.insight.facts import Entity, Span
from reader.insight.figure.dates import months
from reader.insight.figure.frames import Frame
from reader.insight.figure.metrics import Metric
from reader.insight.figure.phraseowners import MODEL_LIKE, PASSIVE, PhraseOwners, is_name
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.verbs import is_verb
from reader.insight.lexicons import word_class
from reader.insight.syntax.clauses import PERIODS, PREPOSITIONS, TIMES
from reader.insight.syntax.document import GENITIVES

COMPANY_LIKE = frozenset({"company", "org", "person"})
_RELATIVES = frozenset({"which", "who", "whose"})
_APPOSED = 16
"""Tokens between a figure and the comma of its apposition."""
_WITH_REACH = 6
"""Tokens between "with" and a figure of what stands before it ("except those with income above $250,000")."""
_LIKENED = 6
"""Tokens in front of a name in which it is compared with ("top models like A and B with")."""
_NAME_LEADS = frozenset({"a", "an", "and", "at", "its", "the"})


class BesideOwners(PhraseOwners):
    """Finds what stands at a figure, before the subject of its clause is asked."""

    def _whose(self, metric: Metric | None, frame: Frame, quantity: Quantity) -> tuple[str, Span] | None:
        """The owner that is named at the metric itself: "the price of its older Tern 2", "Halden's gross margin"."""
        document, lows = self._document, self._document.lows
        if metric is None or not self._starts or metric.span[0] < document.starts[frame.begin]:
            return None
        if metric.span[0] > document.starts[quantity.first]:
            return None
        index = document.token_at(metric.span[1] - 1) + 1
        if is_verb(document, index - 1):
            return None
        if lows[index : index + 1] in (("of",), ("at",)):
            place = bisect_left(self._starts, document.starts[index])
            owner = self._owners[place] if place < len(self._owners) else None
            near = (
                owner and owner.end <= document.starts[quantity.first] and document.token_at(owner.start) - index <= 3
            )
            if (
                owner
                and near
                and not any(is_verb(document, i) for i in document.tokens_in(document.starts[index], owner.start))
            ):
                return owner.name, (owner.start, owner.end)
        place = bisect_left(self._starts, metric.span[0]) - 1
        if place >= 0 and self._document.text[self._owners[place].end : metric.span[0]] in (" ", "'s ", "’s "):
            owner = self._owners[place]
            return owner.name, (owner.start, owner.end)
        return None

    def _apposed(self, quantity: Quantity, start: int) -> tuple[str, Span] | None:
        """The owner that the words with the figure are an apposition to: "runs Fjordmind, a lab of 64 people"."""
        document, lows = self._document, self._document.lows
        if "," not in lows[max(0, quantity.first - _APPOSED) : quantity.first]:
            return None
        for index in range(quantity.first - 1, max(0, quantity.first - _APPOSED), -1):
            if document.starts[index] < start or is_verb(document, index):
                return None
            if lows[index] == "," and lows[index + 1] in ("a", "an"):
                place = bisect_left(self._starts, document.starts[index]) - 1
                owner = self._owners[place] if place >= 0 else None
                if owner is not None and owner.end == document.starts[index]:
                    return owner.name, (owner.start, owner.end)
                name = document.tokens[index - 1]
                named = name.text[0].isupper() and name.start > start and name.low not in TIMES | months().keys()
                return (name.text, (name.start, name.end)) if named else None
            if lows[index] in word_class("clause_start") or lows[index] in _RELATIVES:
                return None
        return None

    def _beside(self, quantity: Quantity) -> tuple[str, Span] | None:
        """The owner at the figure: "the Tern 3 Max with 400,000 tokens", "Micron's 16%", "26-year-old Theo Marsh"."""
        lows, with_ = self._document.lows, quantity.first - 1
        if with_ < 1:
            return None
        if lows[with_] in GENITIVES:
            place = bisect_left(self._starts, self._document.starts[with_]) - 1
            owner = self._owners[place] if place >= 0 else None
            return (
                (owner.name, (owner.start, owner.end)) if owner and owner.end == self._document.starts[with_] else None
            )
        if quantity.kind == "duration" and lows[quantity.last] == "old":
            place = bisect_left(self._starts, self._document.tokens[quantity.last].end)
            owner = self._owners[place] if place < len(self._owners) else None
            if owner and owner.start == self._document.tokens[quantity.last].end + 1:
                return owner.name, (owner.start, owner.end)
        if lows[with_] != "with":
            return None
        place = bisect_left(self._starts, self._document.starts[with_]) - 1
        owner = self._owners[place] if place >= 0 else None
        near = owner is not None and owner.end == self._document.tokens[with_ - 1].end
        if owner is None or not near:
            return None
        before = lows[max(0, self._document.token_at(owner.start) - _LIKENED) : self._document.token_at(owner.start)]
        return None if "like" in before else (owner.name, (owner.start, owner.end))

    def _carried(self, quantity: Quantity, frame: Frame) -> tuple[None, Span] | None:
        """No subject for what the object of a verb has ("released the data set with 5 trillion tokens"); null for other figures.

        What ends or begins with an amount has it itself ("ended the year with").
        """
        lows, index = self._document.lows, quantity.first - 1
        while index > 0 and lows[index] != "with" and quantity.first - index < _WITH_REACH:
            if not lows[index][0].isalpha() or is_verb(self._document, index):
                return None
            index -= 1
        named = index < 2 or self._document.tokens[index - 2].text[0].isupper()
        if lows[index - 1 : index + 1] == (",", "with") and not named and quantity.kind in ("count", "percent"):
            return None, self._document.tokens[index][2:]
        if lows[index] != "with" or frame.verb is None or lows[frame.verb] in word_class("ending_verb"):
            return None
        if lows[frame.verb] in PASSIVE or lows[frame.verb] in ("has", "have", "had"):
            return None
        if index - frame.verb < 2 or not lows[index - 1][0].isalnum() or is_verb(self._document, index - 1):
            return None
        return None, self._document.tokens[index][2:]

    def _dealt(
        self, metric: Metric | None, frame: Frame, quantity: Quantity, start: int
    ) -> tuple[str | None, Span | None] | None:
        """The object of an active verb of valuing, selling or estimating: "values it at", "sells the chip for", "puts sales at".

        Null for other verbs.
        """
        lows, verb = self._document.lows, frame.verb
        if verb is None or not lows[verb].startswith(
            ("valu", "sell", "sold", "offer", "pric", "put", "peg", "estimat")
        ):
            return None
        putting = lows[verb] in word_class("putting")
        if not putting and (metric is None or metric.name not in ("valuation", "price")):
            return None
        links = ("at",) if putting else ("at", "for", "to")
        stop = next((i for i in range(verb + 1, quantity.first) if lows[i] in links), verb + 1)
        if stop == verb + 1:
            passive = lows[verb] != "valued" or lows[verb - 1] in PASSIVE or not lows[verb - 1][0].isalpha()
            return None if passive else (None, self._document.tokens[verb][2:])
        if lows[verb + 1] in ("it", "them", "him", "her"):
            main = self._main() if lows[verb + 1] == "it" else None
            return (main.name, self._document.tokens[verb + 1][2:]) if main else (None, self._document.tokens[verb][2:])
        return self._of_phrase(range(verb + 1, stop), metric, quantity, start)

    def _belongs(self, quantity: Quantity) -> tuple[str, Span] | None:
        """The owner behind "for" and the figure ("against 94.0% for Qwen3-VL 8B")."""
        lows, index = self._document.lows, quantity.last + 1
        if lows[index : index + 1] != ("for",) or index + 1 >= len(lows):
            return None
        place = bisect_left(self._starts, self._document.starts[index + 1])
        owner = self._owners[place] if place < len(self._owners) else None
        near = owner is not None and owner.start == self._document.starts[index + 1]
        return (owner.name, (owner.start, owner.end)) if owner is not None and near else None

    def _nearest(self, quantity: Quantity, metric: Metric | None, start: int) -> tuple[str | None, Span | None]:
        """The nearest owner in front of the figure, from offset `start` on; null when none stands there."""
        place = self._document.starts[quantity.first]
        block = self._document.block_at(place)
        if block >= 0 and self._document.blocks[block].kind == "table":
            return self._of_row(place)
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, place)
        if high and self._document.text[self._owners[high - 1].end : place] == " (":
            owner_in_front = self._owners[high - 1]
            return owner_in_front.name, (owner_in_front.start, owner_in_front.end)
        before = [e for e in self._owners[low:high] if not self._is_compared(e) and not self._is_agent(e)]
        before = [e for e in before if not self._is_oblique(e) and not self._says(e)]
        owner = "model" if self._is_of_model(quantity) else metric.owner if metric else "any"
        fitting = [e for e in before if _fits(e, owner)] or before
        if not fitting or self._is_apart(fitting[-1], quantity):
            return None, None
        return self._with_partners(fitting[-1], before)

    def _is_apart(self, owner: Entity, quantity: Quantity) -> bool:
        """Whether an owner without a known verb is only the object of one ("leaves X after 11 years"), or parted by ", on"."""
        document, lows = self._document, self._document.lows
        first, after = document.token_at(owner.start), document.token_at(owner.end - 1) + 1
        if any(lows[i] == "," and lows[i + 1] in PREPOSITIONS for i in range(after, quantity.first)):
            return True
        before = lows[first - 1] if first > self._tokens.start else "."
        plain = before[0].isalpha() and document.tokens[first - 1].text == before and before not in _NAME_LEADS
        among = quantity.kind == "count" and "among" in lows[after : quantity.first]
        return plain and (quantity.kind == "duration" or among)

    def _of_row(self, place: int) -> tuple[str | None, Span | None]:
        """The owner that the table row around offset `place` begins with; null when it begins with something else."""
        text = self._document.text
        line = text.rfind("\n", 0, place) + 1
        index = bisect_left(self._starts, line)
        owner = self._owners[index] if index < len(self._owners) and self._owners[index].start < place else None
        if owner is None or text[line : owner.start].strip(" |*"):
            return None, None
        return owner.name, (owner.start, owner.end)

    def _says(self, entity: Entity) -> bool:
        """Whether an entity is who says the words around it ("Rob says, against 0.3%")."""
        after = self._document.token_at(entity.end - 1) + 1
        return self._document.lows[after : after + 1] != () and self._document.lows[after] in word_class("saying")

    def _before_bracket(self, quantity: Quantity, start: int) -> Span | None:
        """The capitalised name in front of a figure's bracket ("Ada Gant (0.5 WAR)"); null when an owner is named there."""
        tokens, index = self._document.tokens, quantity.first - 1
        if index < 1 or tokens[index].text != "(" or not tokens[index - 1].text[0].isupper():
            return None
        first = index - 1
        while first and tokens[first - 1].text[0].isupper() and tokens[first - 1].start >= start:
            first -= 1
        span = tokens[first].start, tokens[index - 1].end
        place = bisect_left(self._starts, span[1]) - 1
        owner = place >= 0 and self._owners[place].end > span[0]
        return None if owner or tokens[first].low in lexicons.terms("noun_stops") else span

    def _fragment(self, first: int, start: int) -> Span | None:
        """The noun at the start of a sentence without a known verb ("Panel strength below 8.9 ksi", "The material shoots out at").

        Nothing where a comma, a colon or "and" parts it from the figure, or where it is a participle or a row of a table.
        """
        document, lows = self._document, self._document.lows
        index = document.tokens_in(start, start + 1).start
        block = document.block_at(start)
        if block >= 0 and document.blocks[block].kind == "table":
            return None
        while index < first and lows[index] in word_class("determiner"):
            index += 1
        if lows[index] in TIMES or lows[index] in PERIODS or lows[index] in months():
            return None
        if lows[index - 1] in ("that", "this") and lows[index].endswith("s"):
            return None
        stop = index
        while stop < min(first, index + 5) and is_name(document, stop):
            stop += 1
        upper = [document.tokens[i].text[0].isupper() for i in range(index, stop)]
        if any(a and not b and c for a, b, c in zip(upper, upper[1:], upper[2:], strict=False)):
            return None  # "Mira Solberg leaves DeepMind": a verb between two names
        parted = any(lows[i] in ("and", "with", ",") or not lows[i][0].isalnum() for i in range(stop, first))
        if not index < stop < first or parted or document.joined(stop - 1) or lows[index].endswith("ed"):
            return None
        if stop - index > 1 and lows[stop - 1].endswith("s") and not lows[stop - 2].endswith("s"):
            stop -= lows[stop] in PREPOSITIONS or lows[stop] in ("out", "up", "down", "lower", "higher")
        return document.starts[index], document.tokens[stop - 1].end


def _fits(entity: Entity, owner: str) -> bool:
    """Whether an entity can own such a metric."""
    if owner == "company":
        return entity.type in COMPANY_LIKE
    return entity.type in MODEL_LIKE if owner == "model" else True
