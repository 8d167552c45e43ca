"""What a figure measures: revenue, price, capex, parameters …, from the words around it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.facts import Span
from reader.insight.figure.frames import Frame
from reader.insight.figure.numbers import number_words
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.verbs import is_verb, predicate_words
from reader.insight.lexicons import word_class
from reader.insight.syntax.clauses import PREPOSITIONS
from reader.insight.syntax.document import Document

_ADJECTIVE = re.compile(r"(?:ous|ful|less|ible|[a-z]{3}able|ical|onal|atic|legal|ssful|ailed)$")
"""Ends of adjectives: alone they measure nothing ("years of legal and political debate")."""
_FAR = 40
"""Tokens before a figure in which its metric is looked for."""
_TARGETS = (("to",), ("by",), ("from",))
"""What follows "raised" when it is no money that is raised."""
_MODIFIERS = 3
"""Words in front of a metric's noun that can belong to its name."""
_LONGEST = 4
"""Words of a metric that no table has."""


_REFUSED = {
    "money": frozenset({"duration", "size", "rate", "counted"}),
    "share": frozenset({"money", "duration"}),
    "people": frozenset({"money", "duration", "size", "rate"}),
    "physical": frozenset({"money"}),
    "work": frozenset({"money", "percent"}),
}
"""Kinds of figure that a metric of such a dimension cannot have; a rate of money ("$200 a month") is money, points are counted."""


class Metric(NamedTuple):
    """What a figure measures: canonical name, the span that says so, and whose it is (company, model, any)."""

    name: str
    span: Span
    owner: str


class _Row(NamedTuple):
    """One phrase of the metric table, as words."""

    words: tuple[str, ...]
    name: str
    kind: str
    owner: str


@cache
def _metrics() -> dict[str, tuple[_Row, ...]]:
    """Metric phrases by their last word, longest first; nouns before verbs."""
    table: dict[str, list[_Row]] = {}
    for phrase, name, kind, owner in lexicons.table("metrics"):
        words = tuple(phrase.split(" "))
        table.setdefault(words[-1], []).append(_Row(words, name, kind, owner))
    return {key: tuple(sorted(rows, key=_row_order)) for key, rows in table.items()}


@cache
def _dimensions() -> dict[str, str]:
    return {row[0]: row[1] for row in lexicons.table("metric_kinds")}


def _contradicts(name: str, quantity: Quantity) -> bool:
    """Whether a metric has another dimension than the figure ("power" for dollars, "revenue" for weeks)."""
    kind = "money" if quantity.currency else quantity.kind
    if quantity.unit in ("point", "percentage_point") or (kind == "count" and quantity.unit):
        kind = "counted"
    if quantity.unit == "bit":
        return name == "memory"
    return kind in _REFUSED.get(_dimensions().get(name, ""), ())


def _row_order(row: _Row) -> tuple[int, str]:
    return -len(row.words), {"noun": "a", "act": "b", "verb": "c"}[row.kind]


def find_metric(
    document: Document, quantity: Quantity, bounds: Span, taken: dict[int, int], frame: Frame
) -> Metric | None:
    """The metric of a figure in its sentence (`bounds`): in the phrase after it, next to it, before it, else what it is a share of.

    `taken` maps the last token of each earlier figure of the sentence to its first: their words are no metric of this one.
    """
    search = _Search(document, quantity, bounds, taken)
    if quantity.kind in ("count", "duration"):
        found = search.owned() or search.changed() or search.of_which() or search.attribute() or search.share()
    else:
        sold = quantity.kind == "money" and document.lows[quantity.last + 1 : quantity.last + 2] == ("of",)
        found = (
            (search.share() if sold else None)
            or search.after()
            or search.before(frame)
            or search.changed()
            or search.share()
            or search.of_subject(frame)
            or search.of_which()
            or search.attribute()
        )
        whole = search.of_subject(frame) if found is not None and found.name in word_class("rate_of") else None
        found = whole or found
    return _refined(document, quantity, found)


def _refined(document: Document, quantity: Quantity, found: Metric | None) -> Metric | None:
    """Prices of tokens by direction, and stock that is sold rather than quoted."""
    if quantity.kind == "money" and (quantity.per or "").endswith("tokens"):
        found = found or Metric("price", _place(document, quantity), "model")
        return found._replace(name=f"{_side(document, quantity)} price".strip())
    if found is None:
        return None
    after = found.span[0] > document.starts[quantity.last]
    if found.name == "share price" and quantity.kind == "money" and after:
        return found._replace(name="stock")
    return found


def _place(document: Document, quantity: Quantity) -> Span:
    return document.tokens[quantity.first].start, document.tokens[quantity.last].end


def _side(document: Document, quantity: Quantity) -> str:
    """Whether a price of tokens is for input or output, by its words or its place in "$1/$5 per million tokens"."""
    start, end = _place(document, quantity)
    words = document.text[start:end].lower()
    named = next((word for word in ("cached", "input", "output") if word in words), "")
    if named:
        return named
    if document.text[end : end + 1] == "/":
        return "input"
    return "output" if document.text[start - 1 : start] == "/" else ""


class _Search:
    """The search for the metric of one figure."""

    def __init__(self, document: Document, quantity: Quantity, bounds: Span, taken: dict[int, int]) -> None:
        self._document = document
        self._quantity = quantity
        self._start, self._end = bounds
        self._taken = taken

    def _at(self, index: int, low: int, kinds: tuple[str, ...]) -> Metric | None:
        """The metric phrase of the given kinds whose last word is token `index` and that begins at or after token `low`."""
        document = self._document
        rows = _metrics().get(document.lows[index])
        if rows is None:
            return None
        for row in rows:
            first = index - len(row.words) + 1
            if row.kind == "verb" and document.lows[index + 1 : index + 2] == ("of",):
                continue
            if row.kind == "noun" and not self._is_head(index):
                continue
            if _contradicts(row.name, self._quantity):
                continue
            if row.name == "funding" and (self._has_object(index) or document.lows[index + 1 : index + 2] in _TARGETS):
                continue
            if row.kind in kinds and first >= low and document.lows[first : index + 1] == row.words:
                return self._whole(row, first, index)
        return None

    def _is_head(self, index: int) -> bool:
        """Whether a noun is the head of its phrase: no verb, and no other noun behind it ("infrastructure unit", "price war")."""
        lows = self._document.lows
        if lows[index] == "demand" and lows[index - 1] == "on":
            return False
        if is_verb(self._document, index) or (lows[index] in word_class("means") and lows[index - 1] == "in"):
            return False
        following = index + 1
        if following >= len(self._document.tokens) or following == self._quantity.first:
            return True
        token = self._document.tokens[following]
        if token.text == "-" and self._document.joined(index):
            return False
        if not token.text[0].isalpha() or token.text != token.low or token.low in word_class("metric_tail"):
            return True
        return not _is_noun(token.low) or is_verb(self._document, following)

    def _whole(self, row: _Row, first: int, index: int) -> Metric:
        """The metric with the nouns in front of it that say which ("subscription sales", "net debt")."""
        document, begin = self._document, first
        canonical = row.kind == "noun" and row.words[-1].rstrip("s") == row.name.rpartition(" ")[2].rstrip("s")
        while canonical and begin > 0 and first - begin < _MODIFIERS and self._modifies(begin - 1):
            begin -= 1
        while document.lows[begin] == "-":
            begin += 1
        name = row.name
        if begin < first:
            name = f"{document.text[document.starts[begin] : document.starts[first]].lower()}{row.name}"
        return Metric(" ".join(name.split()), (document.tokens[begin].start, document.tokens[index].end), row.owner)

    def _modifies(self, index: int, *, head: bool = False) -> bool:
        """Whether a word before a metric's noun says which one it is: a noun or adjective, not a verb, a name or a word of degree."""
        document = self._document
        token = document.tokens[index]
        if token.start < self._start or index == self._quantity.last or token.low in number_words():
            return False
        if token.low in word_class("metric_dull") or not _is_noun(token.low):
            return False
        if token.text == "-":
            return document.joined(index) and index > 0 and document.joined(index - 1)
        if not head and token.low.endswith("s") and token.low not in word_class("plural_modifier"):
            return False
        plain = token.text == token.low or token.start == self._start or token.text in ("AI", "API", "GPU", "IT", "PC")
        return plain and not token.low.endswith(("ly", "ing")) and not is_verb(document, index)

    def _has_object(self, index: int) -> bool:
        """Whether what is raised is named and no money ("raised its forecast to")."""
        document = self._document
        following = document.lows[index + 1 : index + 2]
        return index + 2 < self._quantity.first and bool(following) and following[0] in word_class("possessor")

    def after(self) -> Metric | None:
        """ "$7.2 billion in revenue", "a $300 million contract", "375 won dividend"."""
        tokens, lows = self._document.tokens, self._document.lows
        linked = False
        first = self._quantity.last + 1
        if self._quantity.kind == "percent" and lows[first : first + 1] in (("fewer",), ("more",), ("less",)):
            return self._nouns(first + 1)
        for index in range(first, min(len(tokens), first + 5)):
            low = lows[index]
            if low == ":" and index == first:
                continue
            if tokens[index].start >= self._end or (not low[0].isalnum() and low not in ("-", "’s", "'s")):
                return None
            if low in ("in", "of", "on", "for") and not linked:
                if low in ("on", "for") and self._quantity.kind == "money":
                    return None
                linked = True
                continue
            if low in PREPOSITIONS and low not in ("in", "of", "on", "per"):
                return None
            found = self._at(index, first, ("noun",))
            if found is not None:
                longer = self._at(index + 1, first, ("noun",)) if index + 1 < len(tokens) else None
                return longer if longer is not None and longer.span[0] <= found.span[0] else longer or found
            if low in word_class("change_stop") or low in lexicons.terms("noun_stops"):
                return None
        return None

    def before(self, frame: Frame) -> Metric | None:
        """The nearest metric word before the figure, back to where the words of its own verb begin."""
        kinds = ("noun", "verb" if self._quantity.kind in ("money", "multiple") else "act")
        index, stop = self._quantity.first - 1, max(frame.begin, self._quantity.first - _FAR)
        if self._document.lows[index] == "with":
            return None
        while index >= stop:
            if self._document.tokens[index].start < self._start or self._document.lows[index] == ";":
                return None
            if index in self._taken:
                index = self._taken[index] - 1
                continue
            if self._document.lows[index] == "," and self._document.lows[index + 1] in ("a", "an"):
                return None
            found = self._at(index, 0, kinds)
            if found is not None and not (found.name == "funding" and self._quantity.kind == "multiple"):
                return found
            index -= 1
        return None

    def of_subject(self, frame: Frame) -> Metric | None:
        """The metric that the subject of the figure's clause is ("Revenue at Acme … and hit")."""
        if frame.subject is None:
            return None
        document, first = self._document, frame.subject.start
        ends = word_class("preposition") | word_class("article")
        stop = next((i for i in frame.subject if i > first and document.lows[i] in ends), frame.subject.stop)
        found = (self._at(index, first, ("noun",)) for index in range(first, stop))
        return min(filter(None, found), key=lambda metric: (metric.span[0], -metric.span[1]), default=None)

    def of_which(self) -> Metric | None:
        """The nouns that the figure is the amount of: "a useful life of five years", "a team of 85"."""
        document, lows = self._document, self._document.lows
        if self._quantity.kind in ("duration", "size") and "-" in lows[self._quantity.first : self._quantity.last]:
            return None
        of = self._quantity.first - 1
        while of > 0 and lows[of] in word_class("amount_link") and lows[of] != "of":
            of -= 1
        first = of
        while first > 0 and of - first < _LONGEST and self._modifies(first - 1, head=first == of):
            first -= 1
        if first == of or lows[of] != "of" or lows[of - 1] in word_class("no_metric_of"):
            return None
        opens = first > 0 and (lows[first - 1] in word_class("article") or lows[first - 1] in ("'s", "’s", "with"))
        if not opens and not (first > 0 and is_verb(document, first - 1)):
            return None
        span = document.starts[first], document.tokens[of - 1].end
        return Metric(" ".join(document.text[slice(*span)].split()).lower(), span, "any")

    def changed(self) -> Metric | None:
        """What a verb of change has as its object: "grow sales by", "boost the driving range by", "raised its floor to"."""
        lows = self._document.lows
        index = self._quantity.first - 1
        while index > 0 and lows[index] in word_class("amount_link") and lows[index] not in ("by", "to", "from"):
            index -= 1
        if index < 2 or lows[index] not in ("by", "to", "from"):
            return None
        for verb in range(index - 1, max(-1, index - 7), -1):
            if self._document.tokens[verb].start < self._start or not lows[verb][0].isalpha():
                return None
            if lows[verb] in word_class("change_verb"):
                return self._nouns(verb + 1, index) if verb < index - 1 else None
        return None

    def owned(self) -> Metric | None:
        """The noun that a count is the amount of ("sales of 5,835 units"), or the act ("employs 340 people")."""
        index = self._quantity.first - 1
        for _ in range(5):
            if index < 0 or self._document.tokens[index].start < self._start:
                return None
            found = self._at(index, 0, ("act",)) or self._at(index, 0, ("noun",))
            if found is not None:
                return found
            if self._document.lows[index] not in word_class("amount_link"):
                return None
            index -= 1
        return None

    def share(self) -> Metric | None:
        """What a percentage or amount is of: "44% of DRAM sales", "60% of the Fortune 100"."""
        lows, place = self._document.lows, self._quantity.last + 1
        if place >= len(lows) or lows[place] != "of":
            return None
        found = self._nouns(place + 1)
        if found is not None and found.name in word_class("company_noun"):
            return None
        return found._replace(name="shares") if found is not None and found.name == "share price" else found

    def attribute(self) -> Metric | None:
        """The noun that a figure stands in front of: "a two-week test", "80 yard touchdown"."""
        if self._quantity.kind not in ("duration", "size", "money", "percent", "rate"):
            return None
        first, lows = self._quantity.first, self._document.lows
        amount = self._quantity.kind in ("money", "percent")
        if amount and not word_class("determiner") & set(lows[max(0, first - 3) : first]):
            return None
        last = self._quantity.last + 1
        if last >= len(lows) or (self._quantity.kind == "money" and lows[last].endswith("s")):
            return None
        article = last + 1 < len(lows) and lows[last] in word_class("article")
        return None if article or self._document.tokens[last].text[0].isupper() else self._nouns(last)

    def _is_whole(self, index: int, first: int) -> bool:
        """Whether token `index` ends a run of nouns: a plural, in front of which one does not look for another ("customers opt")."""
        low = self._document.lows[index]
        plural = (
            low.endswith("s")
            and not low.endswith(("ss", "us", "is", "ics"))
            and low not in word_class("plural_modifier")
        )
        return plural and len(low) > 3 and self._document.tokens[index + 1].text[0].islower() and index >= first

    def _ends_run(self, first: int, index: int) -> bool:
        """Whether a form in -s that is often a verb is the noun of the adjective before it ("38% of failed runs,")."""
        lows = self._document.lows
        after = lows[index + 1 : index + 2]
        closed = not after or not after[0][0].isalnum() or after[0] in ("was", "were", "are", "had", "have", "in", "of")
        return index == first + 1 and lows[index].endswith("s") and closed and not lows[first].endswith("s")

    def _nouns(self, index: int, stop: int | None = None) -> Metric | None:
        """The run of nouns from token `index` (to before `stop`) as a metric; none when it runs into a name with digits."""
        document = self._document
        tokens, lows = document.tokens, document.lows
        while index < len(tokens) and (lows[index] in word_class("article") or lows[index] == "worldwide"):
            index += 1
        first = index
        while index < (stop or len(tokens)) and index - first < _LONGEST and tokens[index].start < self._end:
            verbal = not _is_noun(lows[index]) or is_verb(document, index)
            if verbal and not self._ends_run(first, index):
                break
            if index > first and _starts_name(tokens[index].text) and tokens[index - 1].text[0].islower():
                if index == first + 1:
                    return None  # an adjective of the name ("adult Americans")
                break
            if index > first and (
                self._is_whole(index - 1, first) or lows[index].endswith("ly") or _is_participle(lows[index])
            ):
                break
            index += 1
        if index > first and lows[index : index + 1] in (("'s",), ("’s",)):
            return self._nouns(index + 1, stop)
        if index > first and document.joined(index - 1) and tokens[index].text[0].isalnum() and stop is None:
            return None
        while index > first and lows[index - 1] == "-":
            index -= 1
        if index == first or (index == first + 1 and len(lows[first]) == 1):
            return None
        listed = next((m for i in range(index - 1, first - 1, -1) if (m := self._at(i, first, ("noun",)))), None)
        if listed is not None:
            return listed
        if index == first + 1 and _starts_name(tokens[first].text) and not lows[first].endswith("s"):
            return None
        if index == first + 1 and (lows[first].endswith(("ing", "ed")) or _ADJECTIVE.search(lows[first])):
            return None
        if index - first == _LONGEST and stop is None and _is_noun(lows[index]) and not is_verb(document, index):
            return None  # a longer run would lose its head
        span = tokens[first].start, tokens[index - 1].end
        return Metric(" ".join(document.text[span[0] : span[1]].split()).lower(), span, "any")


def _starts_name(text: str) -> bool:
    """Whether a word is a name in capitals and small letters: none of a metric's nouns."""
    return text[0].isupper() and not text.isupper()


def _is_participle(low: str) -> bool:
    """Whether a form in -ing begins what a noun does ("a model supporting text"), and is no noun itself."""
    return low.endswith("ing") and low not in word_class("ing_noun")


def _is_noun(low: str) -> bool:
    """Whether a word can be part of a metric's name that no table has."""
    if not low[0].isalpha():
        return low == "-"
    if low in word_class("verb_or_noun"):
        return True
    stops = lexicons.terms("noun_stops"), word_class("change_stop"), word_class("attribute_stop"), predicate_words()
    return not any(low in words for words in stops)
