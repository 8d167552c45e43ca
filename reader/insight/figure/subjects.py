"""What a figure is said of: a company, a model or a person named in its clause, else the words of the clause."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from reader.insight.facts import Entity, Span
from reader.insight.figure.besideowners import COMPANY_LIKE, BesideOwners
from reader.insight.figure.frames import Frame, frame_at, frame_of
from reader.insight.figure.metrics import Metric, find_metric
from reader.insight.figure.phraseowners import OPENING, PASSIVE, POSSESSIVES, is_name
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.verbs import is_verb, predicate_words
from reader.insight.lexicons import word_class
from reader.insight.syntax.document import GENITIVES, Document

_HELD = (("compared", "with"), ("compared", "to"), ("up", "from"), ("down", "from"))
"""What stands between a value and the one that it is held against."""
_HELD_REACH = 10
"""Tokens between the two at most."""
_AGO = (("ago",), ("before",), ("later",), ("earlier",))
"""Behind a span of time that only says when something was."""
_EARNED = ("income", "profit", "earnings")
"""Metrics whose amount for a share is the earnings per share."""
_SUPERLATIVE = 10
"""Tokens in front of a span of time in which a superlative says what it is the greatest of."""
_NEAR_VERB = 3
"""Tokens from a verb to the figure of its object at most."""
_ROUNDS = frozenset({"listing", "offering", "round"})
_SPAN_WORDS = frozenset({"past", "last", "next", "the", "more", "than"})
_KEPT = 6
"""Figures of a sentence that a later one is compared with."""
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


class Subjects(BesideOwners):
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
        return ahead and before in POSSESSIVES and subject is not None and subject == subject.lower()

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
        if participle or stop > first + 3 or not all(is_name(document, i) for i in range(first, stop)):
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
        if dangling and (lows[verb] in word_class("launching") or lows[verb] in PASSIVE):
            return True
        if lows[verb - 1] != "to" or frame.subject is None:
            return False
        return any(lows[i] in GENITIVES for i in range(max(frame.subject.stop, verb - 5), verb - 1))

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
        return owner is not None and owner.start < span[1] and owner.type in COMPANY_LIKE

    def _is_expected(self, quantity: Quantity, frame: Frame) -> bool:
        """Whether a figure is the subject of what somebody expects ("expects a fifth of them to close")."""
        lows, verb = self._document.lows, frame.verb
        if verb is None or lows[verb] not in word_class("raising_verb"):
            return False
        light = all(lows[i] in word_class("light") for i in range(verb + 1, quantity.first))
        return light and "to" in lows[quantity.last + 1 : quantity.last + 9]

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
        opens = document.starts[frame.begin] - start < OPENING
        if not opens and any(is_verb(document, i) for i in document.tokens_in(start, document.starts[frame.begin])):
            return None, None
        topic = self._main() if metric and metric.owner == "company" and metric.span[0] - start < OPENING else None
        if topic is None and metric is None:
            fragment = self._fragment(quantity.first, start)
            return (document.text[slice(*fragment)], fragment) if fragment else (None, None)
        return (topic.name, (topic.start, topic.end)) if topic else (None, None)


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
