"""What a figure is said of: a company, a model or a person named in its clause, else the words of the clause."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.facts import Entity, Span
from reader.insight.figure.dates import months
from reader.insight.figure.frames import Frame, frame_at, frame_of, is_verb, predicate_words
from reader.insight.figure.metrics import Metric, find_metric
from reader.insight.figure.numbers import number_words
from reader.insight.figure.owners import Owners, span_of
from reader.insight.figure.quantity import Quantity
from reader.insight.lexicons import word_class
from reader.insight.syntax.clauses import PERIODS, PREPOSITIONS, TIMES
from reader.insight.syntax.document import Document

_COMPANY_LIKE = frozenset({"company", "org", "person"})
_MODEL_LIKE = frozenset({"model", "product", "chip"})
_PRONOUNS = frozenset({"it", "its", "he", "his", "she", "her", "they", "their", "we", "our"})
_PERSONAL = frozenset({"he", "his", "she", "her"})
_RELATIVES = frozenset({"which", "who", "whose"})
_HELD = (("compared", "with"), ("compared", "to"), ("up", "from"), ("down", "from"))
"""What stands between a value and the one that it is held against."""
_HELD_REACH = 10
"""Tokens between the two at most."""
_REST = 5
"""Characters behind the metric's words from which on a noun phrase says more than the metric ("Turnover in Tokyo")."""
_TIME_LINKS = frozenset({"of", "to", "on", "last", "this", "next", "in", "talks", "for", "-", "–", "through", "the"})
_AGO = (("ago",), ("before",), ("later",), ("earlier",))
"""Behind a span of time that only says when something was."""
_EARNED = ("income", "profit", "earnings")
"""Metrics whose amount for a share is the earnings per share."""
_OF_COMPANIES = ("price", "revenue", "margin", "sales")
"""Metrics that no person has: who names them is not whose they are."""
_LETTING = frozenset({"let", "lets", "allow", "allows", "allowed", "help", "helps", "helped"})
_PASSIVE = frozenset({"is", "was", "were", "are", "been", "be", "being"})
_POSSESSIVES = frozenset({"its", "his", "her", "their"})
_LONGEST_SUBJECT = 10
"""Tokens of a subject's noun phrase at most."""
_APPOSED = 16
"""Tokens between a figure and the comma of its apposition."""
_WITH_REACH = 6
"""Tokens between "with" and a figure of what stands before it ("except those with income above $250,000")."""
_LIKENED = 6
"""Tokens in front of a name in which it is compared with ("top models like A and B with")."""
_SUPERLATIVE = 10
"""Tokens in front of a span of time in which a superlative says what it is the greatest of."""
_NEAR_VERB = 3
"""Tokens from a verb to the figure of its object at most."""
_ROUNDS = frozenset({"listing", "offering", "round"})
_SPAN_WORDS = frozenset({"past", "last", "next", "the", "more", "than"})
_NAME_LEADS = frozenset({"a", "an", "and", "at", "its", "the"})
_PERIODIC = frozenset({"-", "annual", "half", "quarter", "quarterly", "yearly", "monthly", "fiscal"})
_UNPARTED = frozenset({"adjusted", "fiscal", "net", "non", "q", "record", "the", "total"})
"""Words in front of a period and a metric that name no part of a company."""
_KEPT = 6
"""Figures of a sentence that a later one is compared with."""
_OPENING = 24
"""A sentence that opens with a metric within so many characters goes on about the topic ("On Monday revenue rose")."""
_ALIKE = 2.0
"""A figure that is compared with another of the sentence is at most so many times as large or small."""


_RESTATING = frozenset(
    {
        ("(",),
        ("/",),
        (",", "or"),
        ("or",),
        (",", "or", "by"),
        (",", "or", "about"),
        (",", "or", "roughly"),
        ("(", "about"),
        ("(", "~"),
    }
)
"""What stands between two figures that say the same."""


class About(NamedTuple):
    """What a figure is said of, each with the span that says so."""

    subject: str | None = None
    subject_span: Span | None = None
    metric: str | None = None
    metric_span: Span | None = None
    begin: int = 0
    """Token where the figure's own words begin."""
    sentence: range | None = None
    """Tokens of its sentence."""


class _Said(NamedTuple):
    """One figure of the sentence with what was found out about it."""

    quantity: Quantity
    about: About


class Subjects(Owners):
    """Gives the figures of one document their subject and metric, from front to back."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        super().__init__(document, entities)
        self._said: list[_Said] = []

    def describe(self, quantity: Quantity) -> About:
        """What the sentence of a figure says of it."""
        number = self._document.sentence_at(self._document.starts[quantity.first])
        if number < 0:
            return About()
        if number != self._sentence:
            self._said = []
            self.advance(number)
        ago = self._document.lows[quantity.last + 1 : quantity.last + 2] in _AGO
        vouching = (quantity.kind == "duration" and ago) or self._document.lows[
            max(0, quantity.first - 2) : quantity.first
        ] == ("according", "to")
        if vouching or self._is_witness(quantity):
            return About(sentence=self._tokens)
        about = self._like_compared(quantity) or self._gapped(quantity)
        owner = self._belongs(quantity) if about else None
        if about is None:
            about = self._found(quantity)
        elif owner is not None:
            about = about._replace(subject=owner[0], subject_span=owner[1])
        self._said = [*self._said[1 - _KEPT :], _Said(quantity, about)]
        return about

    def _found(self, quantity: Quantity) -> About:
        """What the clause of a figure says of it."""
        bounds, tokens = self._document.sentences[self._sentence], self._tokens
        taken = {said.quantity.last: said.quantity.first for said in self._said}
        if quantity.rule == "multiple.word" and self._document.lows[quantity.first].endswith("ing"):
            frame = Frame(quantity.first, quantity.first)
        elif quantity.rule == "multiple.word" and is_verb(self._document, quantity.first):
            frame = frame_at(self._document, quantity.first, tokens.start)
        else:
            frame = frame_of(self._document, quantity.first, quantity.last, tokens.start, tokens.stop)
        metric = find_metric(self._document, quantity, bounds, taken, frame)
        subject, span = self._named(quantity, metric, frame, bounds[0])
        if metric is not None and (
            self._is_attribute(quantity, metric, frame) or self._is_its(quantity, metric, subject)
        ):
            subject, span = None, None
        if metric is not None and metric.name == "funding" and self._is_raising(metric):
            metric = None if self._is_tax(quantity) or not _can_raise(subject) else metric
        own = min(frame.begin, frame.subject.start) if frame.subject and not frame.joined else frame.begin
        name, place = (metric.name, metric.span) if metric else (None, None)
        return About(subject, span, name, place, own, tokens)

    def _is_its(self, quantity: Quantity, metric: Metric, subject: str | None) -> bool:
        """Whether a metric is of "its" while the clause is about a thing ("a round that pushed its valuation to")."""
        before = self._document.lows[self._document.token_at(metric.span[0]) - 1]
        ahead = metric.span[0] < self._document.starts[quantity.first]
        return ahead and before in _POSSESSIVES and subject is not None and subject == subject.lower()

    def _is_raising(self, metric: Metric) -> bool:
        """Whether a metric is the verb "raise": money that nobody named raises can be a tax."""
        return self._document.text[metric.span[0] : metric.span[1]].lower().startswith("rais")

    def _is_tax(self, quantity: Quantity) -> bool:
        """Whether the words behind an amount say that it is taxes or fees."""
        following = self._document.lows[quantity.last + 1 : quantity.last + 4]
        return any(low in ("fee", "fees", "tax", "taxes", "tolls") for low in following)

    def _is_attribute(self, quantity: Quantity, metric: Metric, frame: Frame) -> bool:
        """Whether a length of time or a size says which noun is meant, far from the verb ("a permit for the 1,200-mile project")."""
        if quantity.kind not in ("duration", "size") or quantity.unit in ("token", "parameter") or frame.verb is None:
            return False
        behind = self._document.token_at(metric.span[0]) == quantity.last + 1
        return behind and metric.owner == "any" and quantity.first - frame.verb > _NEAR_VERB

    def _like_compared(self, quantity: Quantity) -> About | None:
        """A figure that restates or is compared with an earlier one of the sentence is of the same thing.

        "190 points, or 0.6%", "296 hp (224 kW)"; after "beating" or "versus" the earlier figure is the one of its own size.
        """
        lows = self._document.lows
        if self._said and self._restates(lows[self._said[-1].quantity.last + 1 : quantity.first], quantity):
            held = self._is_held_against(self._said[-1].quantity, quantity)
            same = (
                s for s in reversed(self._said) if s.quantity.per == quantity.per and s.quantity.kind == quantity.kind
            )
            return self._of_its_own(quantity, (next(same, self._said[-1]) if held else self._said[-1]).about)
        value = _size(quantity)
        for earlier, about in reversed(self._said):
            between = lows[earlier.last + 1 : quantity.first]
            if not value or not _size(earlier) or not any(word in word_class("comparing") for word in between):
                continue
            close = 1 / _ALIKE < value / _size(earlier) < _ALIKE
            if close and about.metric and _alike(earlier, quantity) and not self._names_between(earlier, quantity):
                return about
        return None

    def _gapped(self, quantity: Quantity) -> About | None:
        """A figure right behind a noun that takes the verb of the figure before ("loses 340, sales 290 and marketing 150")."""
        if not self._said or self._said[-1].about.subject is None:
            return None
        document, lows, last = self._document, self._document.lows, self._said[-1].quantity.last
        first, stop = last + 1, quantity.first - (lows[quantity.first - 1] in ("at", "by", "with", "from"))
        while first < stop and lows[first] in (",", "and", "the", "its", "followed", "by"):
            first += 1
        if not last + 1 < first < stop or self._said[-1].quantity.kind != quantity.kind:
            return None
        span = document.starts[first], document.tokens[stop - 1].end
        place = bisect_left(self._starts, span[0])
        if place < len(self._owners) and (self._owners[place].start, self._owners[place].end) == span:
            return self._said[-1].about._replace(subject=self._owners[place].name, subject_span=span)
        participle = lows[first].endswith("ing") and lows[first - 1] == ","
        if participle or stop > first + 3 or not all(_is_name(document, i) for i in range(first, stop)):
            return None
        return self._said[-1].about._replace(subject=document.text[slice(*span)], subject_span=span)

    def _of_its_own(self, quantity: Quantity, about: About) -> About:
        """The same subject, but what the figure itself is a share of ("620 people, or 14 percent of its workforce")."""
        if quantity.per == "share" and about.metric and about.metric.endswith(_EARNED):
            return about._replace(metric="earnings per share")
        if self._document.lows[quantity.last + 1 : quantity.last + 2] != ("of",):
            return about
        bounds = self._document.sentences[self._sentence]
        metric = find_metric(self._document, quantity, bounds, {}, Frame(quantity.first))
        return about._replace(metric=metric.name, metric_span=metric.span) if metric else about

    def _restates(self, between: tuple[str, ...], quantity: Quantity) -> bool:
        """Whether the words between the last figure and this one say that both are the same, or two ends of a change."""
        last = self._said[-1].quantity
        if quantity.kind == "money" and between == ("/",):
            return False
        if self._is_held_against(last, quantity):
            return True
        ends = (
            between in (("from",), ("to",)) and quantity.direction is not None and quantity.direction == last.direction
        )
        return between in _RESTATING or (ends and quantity.kind == last.kind)

    def _is_held_against(self, last: Quantity, quantity: Quantity) -> bool:
        """Whether a figure is the other value of the one before: "38%, compared with 21%", "4%, down from 11%"."""
        lows = self._document.lows
        place = quantity.first - 1
        while place > last.last and lows[place] in word_class("light") - word_class("ratio_link"):
            place -= 1
        lead = lows[max(0, place - 1) : place + 1]
        links = lows[place] in ("against", "versus", "vs") or lead in _HELD
        alike = last.kind == quantity.kind and (last.unit, last.currency) == (quantity.unit, quantity.currency)
        if not links or not alike or self._names_between(last, quantity):
            return False
        if lead[1:] == ("from",) and place - last.last <= 2 * _HELD_REACH:
            return True
        return place - last.last <= _HELD_REACH and not any(
            is_verb(self._document, i) for i in range(last.last + 1, place - 1)
        )

    def _is_witness(self, quantity: Quantity) -> bool:
        """Whether a count is of those who say something ("two people familiar with the matter said"): it is of nobody."""
        lows = self._document.lows
        following, saying = range(quantity.last + 1, min(len(lows), quantity.last + 8)), word_class("saying")
        if quantity.kind != "count":
            return False
        if quantity.unit in ("person", "analyst", "source", "official") and lows[quantity.first - 1] in saying:
            return True
        for index in following:
            if lows[index] in saying:
                return True
            if not lows[index][0].isalpha() or lows[index] in predicate_words():
                return False
        return False

    def _named(
        self, quantity: Quantity, metric: Metric | None, frame: Frame, start: int
    ) -> tuple[str | None, Span | None]:
        """The subject in the clause that a saying verb leads in, else in the sentence; a pronoun's own text is none."""
        if self._document.lows[quantity.first + 1 : quantity.first + 2] in (("other",), ("others",)):
            return None, None
        if frame.opens:
            of_which = self._document.lows[frame.begin - 2 : frame.begin] in (("of", "which"), ("of", "whom"))
            earlier = self._said[-1].about if of_which and self._said and metric else About()
            return earlier.subject, earlier.subject_span
        if self._is_expected(quantity, frame) or self._is_aside_worth(metric) or self._is_loose(quantity, frame):
            return None, None
        subject, span = (
            self._beside(quantity)
            or self._whose(metric, frame, quantity)
            or self._apposed(quantity, start)
            or self._carried(quantity, frame)
            or self._dealt(metric, frame, quantity, start)
            or self._belongs(quantity)
            or (None, None)
        )
        if span is not None:
            pass
        elif frame.subject is not None:
            subject, span = self._of_phrase(frame.subject, metric, quantity, start)
        elif frame.verb is None:
            subject, span = self._unframed(quantity, metric, frame, start)
        if quantity.unit == "parameter" and span is not None and self._is_maker(span):
            return None, None
        dateline = subject is not None and subject.isupper() and " " in subject and subject.replace(" ", "").isalpha()
        vague = subject is not None and any(
            w.lower() in word_class("vague_subject") for w in subject.split() if w != "US"
        )
        return (None, None) if vague or dateline else (subject, span)

    def _is_loose(self, quantity: Quantity, frame: Frame) -> bool:
        """Whether the clause of a figure does not say of what it is.

        "the largest fall in 50 years", "released X, a model, running at twice the speed", "Groq's mission to cut costs by".
        """
        lows, verb = self._document.lows, frame.verb
        if quantity.kind == "duration" and "in" in lows[quantity.first - 3 : quantity.first]:
            words = lows[max(0, quantity.first - _SUPERLATIVE) : quantity.first]
            if any(low in ("first", "most") or (low.endswith("est") and len(low) > 5) for low in words):
                return True
        if quantity.kind == "duration" and self._is_span(quantity, frame):
            return True
        if verb is None:
            return False
        dangling = lows[frame.begin].endswith("ing") and lows[frame.begin - 1] == "," and frame.begin > verb
        if dangling and (lows[verb] in word_class("launching") or lows[verb] in _PASSIVE):
            return True
        if lows[verb - 1] != "to" or frame.subject is None:
            return False
        return any(lows[i] in ("'s", "’s") for i in range(max(frame.subject.stop, verb - 5), verb - 1))

    def _is_span(self, quantity: Quantity, frame: Frame) -> bool:
        """Whether a length of time says over what time something is told, or is an age that no verb gives somebody."""
        lows, first = self._document.lows, quantity.first
        if lows[quantity.last] in ("old", "older"):
            return self._beside(quantity) is None and (frame.verb is None or first - frame.verb > _NEAR_VERB)
        while first > 0 and (lows[first - 1] in word_class("light") or lows[first - 1] in _SPAN_WORDS):
            first -= 1
        return first > 0 and lows[first - 1] == "of" and lows[first - 2] in word_class("no_metric_of")

    def _is_aside_worth(self, metric: Metric | None) -> bool:
        """Whether "worth" stands behind a comma: what is worth so much may be any noun before it."""
        if metric is None or metric.name != "value":
            return False
        index = self._document.token_at(metric.span[0])
        return self._document.lows[index - 1 : index + 1] == (",", "worth")

    def _is_maker(self, span: Span) -> bool:
        """Whether a subject is a company or a person, who have no parameters."""
        place = bisect_left(self._starts, span[0])
        owner = self._owners[place] if place < len(self._owners) else None
        return owner is not None and owner.start < span[1] and owner.type in _COMPANY_LIKE

    def _is_expected(self, quantity: Quantity, frame: Frame) -> bool:
        """Whether a figure is the subject of what somebody expects ("expects a fifth of them to close")."""
        lows, verb = self._document.lows, frame.verb
        if verb is None or lows[verb] not in word_class("raising_verb"):
            return False
        light = all(lows[i] in word_class("light") for i in range(verb + 1, quantity.first))
        return light and "to" in lows[quantity.last + 1 : quantity.last + 9]

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
        if lows[with_] in ("'s", "’s"):
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
        if lows[frame.verb] in _PASSIVE or lows[frame.verb] in ("has", "have", "had"):
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
            passive = lows[verb] != "valued" or lows[verb - 1] in _PASSIVE or not lows[verb - 1][0].isalpha()
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

    def _of_phrase(
        self, phrase: range, metric: Metric | None, quantity: Quantity, start: int
    ) -> tuple[str | None, Span | None]:
        """The subject that a clause's noun phrase names: an owner in it, what a pronoun stands for, else its words."""
        document, lows = self._document, self._document.lows
        first, stop = phrase.start, phrase.stop
        if lows[stop - 1] in _PRONOUNS and stop - first == 1:
            return self._of_pronoun(first, metric, quantity, start)
        if lows[first] in _POSSESSIVES and metric is not None and _overlap(span_of(document, phrase), metric.span):
            return self._of_pronoun(first, metric, quantity, start)
        if lows[stop - 1] in word_class("company_noun") and self._is_the_company(stop - 1):
            main = self._main()
            if main is not None:
                alone = not self._names_other(main, start, first)
                return (main.name, span_of(document, range(stop - 1, stop))) if alone else (None, None)
        while first < stop and (lows[first] in word_class("determiner") or not lows[first][0].isalnum()):
            first += 1
        first = self._past_number(first, stop)
        while stop > first and lows[stop - 1] in ("together", "alone", "each", "both", "jointly"):
            stop -= 1
        if first >= stop or lows[stop - 1] in ("'s", "’s"):
            return None, None
        place, end = document.starts[first], document.tokens[stop - 1].end
        owners = self._owners[bisect_left(self._starts, place) : bisect_left(self._starts, end)]
        if lows[first] in word_class("leading"):
            last = owners[-1] if owners and owners[-1].end >= end else None
            if last is not None:
                return last.name, (last.start, last.end)
            the = next((i for i in range(stop - 1, first, -1) if lows[i] == "the"), stop)
            free = the < stop - 1 and lows[the - 1] not in word_class("preposition")
            return self._words(range(the + 1, stop), metric, start) if free else (None, None)
        found = self._owner_in(owners, place, end, metric) if owners else None
        if found is not None and metric is not None and all(e.type == "person" for e in owners):
            return (None, None) if metric.name.endswith(_OF_COMPANIES) else found
        return found or self._words(range(first, stop), metric, start)

    def _names_other(self, main: Entity, start: int, first: int) -> bool:
        """Whether another company is named from offset `start` to token `first`: "the company" could be that one."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, self._document.starts[first])
        named = (e for e in self._owners[low:high] if e.type in ("company", "org") and not self._is_oblique(e))
        return any(e.id != main.id for e in named)

    def _past_number(self, first: int, stop: int) -> int:
        """The token behind the number of a list item ("1. Vantor")."""
        document = self._document
        numbered = first + 1 < stop and document.lows[first].isdecimal() and document.lows[first + 1] in (".", ")")
        return first + 2 if numbered else first

    def _owner_in(self, owners: list[Entity], place: int, end: int, metric: Metric | None) -> tuple[str, Span] | None:
        """The owner that a noun phrase is about: all of it, its last word behind a title, or whose metric it is."""
        document, lows = self._document, self._document.lows
        head, last = owners[0], owners[-1]
        opening = document.tokens[document.token_at(place)]
        if opening.text == opening.low and opening.low.endswith("ing") and opening.low not in word_class("ing_noun"):
            return None
        if last.end >= end:
            between = document.tokens_in(place, last.start)
            if not any(lows[i] in word_class("preposition") or lows[i] in ("'s", "’s", "that") for i in between):
                return self._with_partners(last, owners)
        if head.start == place:
            after = document.token_at(head.end)
            if lows[after] in word_class("preposition") or lows[after] in ("and", "or"):
                return head.name, (head.start, head.end)
            if metric is not None and _overlap((head.end, end), metric.span):
                return head.name, (head.start, head.end)
        elif metric is not None and _overlap((place, head.start), metric.span):
            articles = word_class("article")
            if any(lows[i] in articles for i in document.tokens_in(place, metric.span[0])):
                return None
            return head.name, (head.start, head.end)
        return None

    def _words(self, phrase: range, metric: Metric | None, start: int) -> tuple[str | None, Span | None]:
        """The words of a noun phrase; for one that is only the metric's name what the text is about."""
        document, lows = self._document, self._document.lows
        first, stop = phrase.start, min(phrase.stop, phrase.start + _LONGEST_SUBJECT)
        if stop - first == 1 and lows[first].endswith("ed"):
            return None, None
        contracted = "’" in lows[first] or "'" in lows[first]
        if contracted or lows[first] in word_class("no_subject") or lows[first] in PREPOSITIONS:
            return None, None
        if lows[first] == "true" or lows[first + 1] == "to":
            return None, None
        head = next((i for i in range(first + 1, stop) if lows[i] in PREPOSITIONS), stop) - 1
        if lows[head] in word_class("source_document") and metric is None and lows[phrase.stop] not in _PASSIVE:
            return None, None
        if _is_number(lows[first]) and not document.joined(first):
            return None, None
        stop = _without_time(lows, first, stop)
        first = self._behind_article(first, stop)
        stop -= self._ends_in_verb(first, stop)
        span = self._trimmed(first, stop)
        if span is not None and document.text[span[0] : span[1]].endswith(("'s", "’s")):
            return None, None
        if span is None or all(lows[i] in PERIODS or lows[i] in ("last", "this", "next") for i in range(first, stop)):
            return None, None
        if metric is not None and _overlap(span, metric.span):
            if span[1] - metric.span[1] > _REST:
                return " ".join(document.text[slice(*span)].split()), span
            part = self._part(span, metric)
            if part is not None:
                return " ".join(document.text[slice(*part)].split()), part
            opening = span[0] - start < _OPENING and metric.owner == "company"
            topic = (self._topic() or self._main()) if opening else None
            return (topic.name, (topic.start, topic.end)) if topic else (None, None)
        return " ".join(document.text[slice(*span)].split()), span

    def _part(self, span: Span, metric: Metric) -> Span | None:
        """The part of a company in front of a period and a metric ("Gaming first-quarter revenue"); null when there is none."""
        document = self._document
        tokens = document.tokens_in(span[0], metric.span[0])
        stop = tokens.stop
        while stop > tokens.start and (
            document.lows[stop - 1] in _PERIODIC or document.lows[stop - 1] in word_class("period_ordinal")
        ):
            stop -= 1
        if stop == tokens.stop or stop == tokens.start or document.tokens[tokens.start].text.islower():
            return None
        first = document.tokens[tokens.start]
        return (first.start, document.tokens[stop - 1].end) if first.low not in _UNPARTED else None

    def _ends_in_verb(self, first: int, stop: int) -> bool:
        """Whether the last word of a noun phrase is its verb: a form in -s that is often one, with an object behind it."""
        lows = self._document.lows
        if stop - first < 2 or lows[stop - 1] not in word_class("verb_or_noun") or not lows[stop - 1].endswith("s"):
            return False
        after = lows[stop : stop + 1]
        return bool(after) and _is_name(self._document, stop) and not lows[stop - 2].endswith("s")

    def _behind_article(self, first: int, stop: int) -> int:
        """The token behind an article inside a noun phrase that no preposition leads: what stands before it is another phrase."""
        lows = self._document.lows
        for index in range(stop - 2, first, -1):
            before = lows[index - 1]
            if lows[index] in ("the", "a", "an") and before[0].isalpha() and before not in PREPOSITIONS:
                whole = (
                    lows[first].endswith("ing")
                    or before in ("and", "or", "than", "all", "both")
                    or is_verb(self._document, index - 1)
                )
                return first if whole or lows[index + 1] == "size" else index + 1
        return first

    def _of_pronoun(
        self, index: int, metric: Metric | None, quantity: Quantity, start: int
    ) -> tuple[str | None, Span | None]:
        """What the pronoun at token `index` stands for: the subject of the clause around it, else of the sentence before."""
        document = self._document
        place, low = document.starts[index], document.lows[index]
        people = low in _PERSONAL
        taking = document.lows[index + 1 : index + 2] in (("takes",), ("took",), ("take",), ("would",), ("will",))
        if low in ("we", "our") or (low == "it" and taking and quantity.kind == "duration"):
            return None, None
        outer = self._outer(index, quantity, start)
        if outer is not None and not people:
            return (outer, (place, document.tokens[index].end)) if outer else (None, None)
        before = self._owners[bisect_left(self._starts, start) : bisect_left(self._starts, place)]
        before = [e for e in before if (e.type == "person") == people and not self._is_compared(e)]
        leading = [e for e in before if not self._is_agent(e) and not self._is_oblique(e)]
        if self._is_of_model(quantity):
            leading = [e for e in leading if e.type in _MODEL_LIKE]
        alone = not people and low not in ("they", "their")
        referent = leading[0] if leading else self._topic(quantity) if alone else None
        if referent is None and metric is not None and metric.owner == "company" and not people:
            referent = self._main()
        return (referent.name, (place, document.tokens[index].end)) if referent else (None, None)

    def _outer(self, index: int, quantity: Quantity, start: int) -> str | None:
        """The subject of the clause that the pronoun at token `index` stands in ("Acme says it has"); empty where it is none.

        A study that finds, or a person who says what they bring, is not what the pronoun stands for.
        """
        low = self._document.tokens_in(start, start + 1).start
        frame = frame_of(self._document, index, index, low, index) if index > low else Frame(index)
        opener = self._document.lows[frame.begin - 1]
        if frame.verb is None and frame.subject is None and frame.begin > low + 1 and opener[0].isalpha():
            frame = frame_of(self._document, frame.begin - 1, frame.begin - 1, low, index)
        phrase, lows = frame.subject, self._document.lows
        if phrase is None or (frame.verb is not None and lows[frame.verb] in _LETTING):
            return None
        if lows[phrase.stop - 1] in _PRONOUNS:
            return None
        span = span_of(self._document, phrase)
        owners = self._owners[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]
        if lows[phrase.start] in _POSSESSIVES:
            return owners[-1].name if owners and owners[-1].end == span[1] else None
        head = next((i for i in phrase if lows[i] in PREPOSITIONS), phrase.stop)
        if not word_class("source_document").isdisjoint(lows[phrase.start : head]):
            return ""
        if owners and all(e.type == "person" for e in owners):
            return None if lows[index] in ("it", "its") else ""
        return self._of_phrase(phrase, None, quantity, start)[0]

    def _unframed(
        self, quantity: Quantity, metric: Metric | None, frame: Frame, start: int
    ) -> tuple[str | None, Span | None]:
        """The subject where no verb leads: a name at the bracket, the last owner of the figure's own words, else the first words."""
        document = self._document
        if self._said and frame.begin > 0 and document.lows[frame.begin - 1] == ";":
            return self._said[-1].about.subject, self._said[-1].about.subject_span
        bracketed = self._before_bracket(quantity, start)
        if bracketed is not None:
            return " ".join(document.text[slice(*bracketed)].split()), bracketed
        subject, span = self._nearest(quantity, metric, document.starts[frame.begin])
        if span is not None:
            return subject, span
        opens = document.starts[frame.begin] - start < _OPENING
        if not opens and any(is_verb(document, i) for i in document.tokens_in(start, document.starts[frame.begin])):
            return None, None
        topic = self._main() if metric and metric.owner == "company" and metric.span[0] - start < _OPENING else None
        if topic is None and metric is None:
            fragment = self._fragment(quantity.first, start)
            return (document.text[slice(*fragment)], fragment) if fragment else (None, None)
        return (topic.name, (topic.start, topic.end)) if topic else (None, None)

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

    # --- the words of a clause ----------------------------------------------

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

    def _trimmed(self, first: int, stop: int) -> Span | None:
        """The words from token `first` to before `stop` without adverbs at the end; null when no noun is left."""
        lows = self._document.lows
        while (
            stop > first
            and self._document.tokens[stop - 1].text == lows[stop - 1]
            and (lows[stop - 1].endswith("ly") or lows[stop - 1] in lexicons.terms("noun_stops"))
        ):
            if (stop - 2 > first and lows[stop - 2] == "-") or (lows[stop - 1] == "times" and stop - 2 >= first):
                break
            stop -= 1
        if all(low in lexicons.terms("noun_stops") or low in word_class("preposition") for low in lows[first:stop]):
            return None
        return self._document.tokens[first].start, self._document.tokens[stop - 1].end

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
        while stop < min(first, index + 5) and _is_name(document, stop):
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


def _can_raise(subject: str | None) -> bool:
    """Whether a subject is a name or a word for a company, so that what it raises is capital."""
    raisers = word_class("company_noun") | _ROUNDS
    return subject is not None and (subject != subject.lower() or subject.split()[-1] in raisers)


def _size(quantity: Quantity) -> float:
    """The value of a figure for comparing sizes; 0 for none."""
    return quantity.low or quantity.high or 0.0


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are money of one currency, or both percentages."""
    return one.kind in ("money", "percent") and (one.kind, one.currency, one.unit) == (
        other.kind,
        other.currency,
        other.unit,
    )


def _is_number(low: str) -> bool:
    return low[0].isdecimal() or low in number_words()


def _fits(entity: Entity, owner: str) -> bool:
    """Whether an entity can own such a metric."""
    if owner == "company":
        return entity.type in _COMPANY_LIKE
    return entity.type in _MODEL_LIKE if owner == "model" else True


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _is_name(document: Document, index: int) -> bool:
    """Whether a token is a noun or a part of a name: no function word, no number, no mark, no verb."""
    low = document.lows[index]
    return (
        low[0].isalpha()
        and low not in number_words()
        and low not in lexicons.terms("noun_stops")
        and not is_verb(document, index)
    )


def _without_time(lows: tuple[str, ...], first: int, stop: int) -> int:
    """The end of a noun phrase without "on Monday", "last year", "for July-September", "in talks"."""
    end, timed = stop, False
    while end - first > 1 and (lows[end - 1] in TIMES | PERIODS or lows[end - 1] in _TIME_LINKS):
        if lows[end - 1] in PERIODS and _is_number(lows[end - 2]):
            break
        timed = timed or lows[end - 1] in TIMES | PERIODS or lows[end - 1] == "talks"
        end -= 1
    return end if timed else stop
