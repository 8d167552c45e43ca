"""What a figure is said of: a company, a model or a person named in its clause, else the words of the clause."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.document import Document
from reader.insight.facts import Entity, Span
from reader.insight.lexicons import word_class
from reader.insight.metrics import Metric, find_metric, predicate_words
from reader.insight.numbers import number_words
from reader.insight.quantity import Quantity

_OWNERS = frozenset({"company", "org", "model", "product", "person", "chip"})
_COMPANY_LIKE = frozenset({"company", "org", "person"})
_MODEL_LIKE = frozenset({"model", "product", "chip"})
_PRONOUNS = frozenset({"it", "its", "he", "his", "she", "her", "they", "their", "we", "our"})
_PERSONAL = frozenset({"he", "his", "she", "her"})
_JOINTS = frozenset({"and", "but", "then"})
_RELATIVES = frozenset({"which", "who", "whose"})
_POSSESSIVES = frozenset({"its", "his", "her", "their"})
_LONGEST_SUBJECT = 10
"""Tokens of a subject's noun phrase at most."""
_REACH = 60
"""Tokens before a figure in which its clause is looked for."""
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


class _Said(NamedTuple):
    """One figure of the sentence with what was found out about it."""

    quantity: Quantity
    about: About


class Subjects:
    """Gives the figures of one document their subject and metric, from front to back."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self._document = document
        self._owners = [e for e in entities if e.type in _OWNERS and not _owned_by(document, e)]
        self._starts = [e.start for e in self._owners]
        self._sentence = -1
        self._company: Entity | None = None
        self._model: Entity | None = None
        self._seen = 0
        self._said: list[_Said] = []
        self._tests = [e.start for e in entities if e.type == "benchmark"]
        self._tested = False

    def describe(self, quantity: Quantity) -> About:
        """What the sentence of a figure says of it."""
        number = self._document.sentence_at(self._document.starts[quantity.first])
        if number < 0:
            return About()
        self._advance(number)
        if self._document.lows[max(0, quantity.first - 2) : quantity.first] == ("according", "to"):
            return About()
        if self._is_witness(quantity):
            return About()
        about = self._like_compared(quantity)
        if about is None:
            bounds = self._document.sentences[number]
            taken = {said.quantity.last: said.quantity.first for said in self._said}
            metric = find_metric(self._document, quantity, bounds, taken)
            subject, span = self._named(quantity, metric, bounds[0])
            about = About(subject, span, metric.name if metric else None, metric.span if metric else None)
        self._said = [*self._said[1 - _KEPT :], _Said(quantity, about)]
        return about

    def _like_compared(self, quantity: Quantity) -> About | None:
        """A figure that restates or is compared with an earlier one of the sentence is of the same thing.

        "190 points, or 0.6%", "296 hp (224 kW)"; after "beating" or "versus" the earlier figure is the one of its own size.
        """
        lows = self._document.lows
        if self._said and self._restates(lows[self._said[-1].quantity.last + 1 : quantity.first], quantity):
            return self._of_its_own(quantity, self._said[-1].about)
        value = _size(quantity)
        for earlier, about in reversed(self._said):
            between = lows[earlier.last + 1 : quantity.first]
            if not value or not _size(earlier) or not any(word in word_class("comparing") for word in between):
                continue
            close = 1 / _ALIKE < value / _size(earlier) < _ALIKE
            if close and about.metric and _alike(earlier, quantity) and not self._names_between(earlier, quantity):
                return about
        return None

    def _of_its_own(self, quantity: Quantity, about: About) -> About:
        """The same subject, but what the figure itself is a share of ("620 people, or 14 percent of its workforce")."""
        if self._document.lows[quantity.last + 1 : quantity.last + 2] != ("of",):
            return about
        bounds = self._document.sentences[self._sentence]
        metric = find_metric(self._document, quantity, bounds, {})
        return about._replace(metric=metric.name, metric_span=metric.span) if metric else about

    def _restates(self, between: tuple[str, ...], quantity: Quantity) -> bool:
        """Whether the words between the last figure and this one say that both are the same, or two ends of a change."""
        last = self._said[-1].quantity
        if quantity.kind == "money" and between == ("/",):
            return False
        ends = (
            between in (("from",), ("to",)) and quantity.direction is not None and quantity.direction == last.direction
        )
        return between in _RESTATING or (ends and quantity.kind == last.kind)

    def _names_between(self, earlier: Quantity, quantity: Quantity) -> bool:
        """Whether another owner is named between two figures."""
        low = bisect_left(self._starts, self._document.tokens[earlier.last].end)
        return low < len(self._starts) and self._starts[low] < self._document.starts[quantity.first]

    def _is_witness(self, quantity: Quantity) -> bool:
        """Whether a count is of those who say something ("two people familiar with the matter said"): it is of nobody."""
        lows = self._document.lows
        following, saying = range(quantity.last + 1, min(len(lows), quantity.last + 8)), word_class("saying")
        if quantity.kind != "count" or saying.isdisjoint(lows[following.start : following.stop]):
            return False
        for index in following:
            if lows[index] in saying:
                return True
            if not lows[index][0].isalpha() or lows[index] in predicate_words():
                return False
        return False

    def _named(self, quantity: Quantity, metric: Metric | None, start: int) -> tuple[str | None, Span | None]:
        """The subject in the clause that a saying verb leads in, else in the sentence; a pronoun's own text is none."""
        subject, span = self._said_of(quantity, metric, self._content(quantity.first, start))
        dateline = subject is not None and subject.isupper() and " " in subject and subject.replace(" ", "").isalpha()
        vague = subject is not None and bool(set(subject.lower().split()) & word_class("vague_subject"))
        return (None, None) if vague or dateline else (subject, span)

    def _content(self, first: int, start: int) -> int:
        """Where the content of the last saying verb before a figure begins; `start` when the sayer may be its subject.

        "Acme estimates that rivals will spend $3bn" is of the rivals, "Acme assumes a life of five years" of nobody;
        "Acme said it will spend $3bn" is of Acme.
        """
        document, lows = self._document, self._document.lows
        begin, saying = document.tokens_in(start, start + 1).start, word_class("saying")
        if saying.isdisjoint(lows[begin:first]):
            return start
        for verb in range(first - 1, begin, -1):
            if lows[verb] == "“" or lows[verb] == '"':
                return start
            if lows[verb] not in saying or lows[verb - 1] in word_class("no_saying_after"):
                continue
            place = verb + 1
            while place < first and lows[place] in word_class("saying_day"):
                place += 1
            that = next((i for i in range(place, min(first, place + 8)) if lows[i] == "that"), None)
            if that is not None and not any(_is_predicate(lows, i) for i in range(place, that)):
                place = that + 1
            elif lows[place] == ",":
                place += 1
            elif lows[verb] in word_class("saying_that"):
                return start
            own = place < first and lows[place] not in _PRONOUNS
            return document.starts[place] if own else start
        return start

    def _said_of(self, quantity: Quantity, metric: Metric | None, start: int) -> tuple[str | None, Span | None]:
        """The subject: an owner named in the figure's clause, the words of that clause, an owner before it, or the topic."""
        bracketed = self._before_bracket(quantity, start)
        if bracketed is not None:
            return " ".join(self._document.text[slice(*bracketed)].split()), bracketed
        subject, span = self._subject(quantity, metric, start)
        if span is not None and self._same_clause(span, quantity.first, start):
            return subject, span
        clause, phrase = self._clause(quantity.first, start)
        if span is not None and phrase is not None and self._points_back(span, phrase, start):
            span = None
        if span is not None and (phrase is None or span[1] > clause):
            return subject, span
        if phrase is not None and (metric is None or not _overlap(phrase, metric.span)):
            return " ".join(self._document.text[phrase[0] : phrase[1]].split()), phrase
        if span is not None:
            return subject, span
        opening = phrase is not None and phrase[0] - start < _OPENING
        topic = self._topic(metric.owner if metric else "any", quantity) if opening else None
        if topic is None and metric is None and phrase is None:
            fragment = self._fragment(quantity.first, start)
            return (self._document.text[slice(*fragment)], fragment) if fragment else (None, None)
        return (topic.name, (topic.start, topic.end)) if topic else (None, None)

    # --- topics -------------------------------------------------------------

    def _advance(self, number: int) -> None:
        """Remember the company and the model that the sentences before `number` were about."""
        if number == self._sentence:
            return
        self._sentence = number
        self._said = []
        start, end = self._document.sentences[number]
        self._tested = bisect_left(self._tests, start) < bisect_left(self._tests, end)
        until = bisect_left(self._starts, self._document.sentences[number][0])
        seen: set[tuple[int, bool]] = set()
        for entity in self._owners[self._seen : until]:
            place = self._document.sentence_at(entity.start)
            is_model = entity.type in _MODEL_LIKE
            if entity.type == "person" or (place, is_model) in seen or self._is_oblique(entity):
                continue
            seen.add((place, is_model))
            if is_model:
                self._model = entity
            else:
                self._company = entity
        self._seen = max(self._seen, until)

    def _topic(self, owner: str, quantity: Quantity) -> Entity | None:
        """What the text is about at a figure: a model for what models have, else a company."""
        if owner == "model" or self._is_of_model(quantity):
            return self._model or self._company
        return self._company if owner == "company" or quantity.kind == "money" else None

    # --- owners and pronouns ------------------------------------------------

    def _subject(self, quantity: Quantity, metric: Metric | None, start: int) -> tuple[str | None, Span | None]:
        """The nearest owner or pronoun in front of the figure in its sentence; null when none stands there."""
        place = self._document.starts[quantity.first]
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, place)
        if high and self._document.text[self._owners[high - 1].end : place] == " (":
            owner_in_front = self._owners[high - 1]
            return owner_in_front.name, (owner_in_front.start, owner_in_front.end)
        before = [e for e in self._owners[low:high] if e.end <= place and not self._is_compared(e)]
        owner = "model" if self._is_of_model(quantity) else metric.owner if metric else "any"
        second = self._second_verb(start, quantity.first)
        aside = self._closed_aside(start, quantity.first)
        free = [e for e in before if not self._is_agent(e) and not self._is_left_object(e, start, second)]
        free = self._leading([e for e in free if not aside[0] <= e.start < aside[1]], start)
        fitting = [e for e in free if _fits(e, owner)] or free
        nearest = fitting[-1] if fitting else None
        pronoun = self._pronoun(nearest.end if nearest else start, place)
        if pronoun is not None:
            referent = self._referent(pronoun, fitting, owner)
            if referent is not None:
                return referent.name, pronoun
        if nearest is None:
            return None, None
        return self._with_partners(nearest, before)

    def _is_of_model(self, quantity: Quantity) -> bool:
        """Whether only a model can have it: tokens, parameters, prices of tokens, anything in a sentence on a benchmark."""
        if quantity.unit in ("token", "parameter") or (quantity.per or "").endswith("tokens"):
            return True
        following = self._document.lows[quantity.last + 1 : quantity.last + 5]
        return bool(word_class("model_word") & set(following)) or (
            self._tested and quantity.kind in ("percent", "multiple")
        )

    def _is_compared(self, entity: Entity) -> bool:
        """Whether an entity only vouches for what follows or is compared with ("according to X", "than X")."""
        index = self._document.token_at(entity.start)
        lows = self._document.lows
        return index > 0 and (
            lows[index - 1] in ("than", "versus", "vs", "unlike")
            or (index > 1 and lows[index - 2] in ("according", "compared"))
        )

    def _is_agent(self, entity: Entity) -> bool:
        """Whether an entity only stands in an aside or a comparison ("founded by X", "trails X", "the size of X's", "and X (32.0)")."""
        document, index = self._document, self._document.token_at(entity.start)
        if index > 0 and document.lows[index - 1] in word_class("aside"):
            return True
        after = document.token_at(entity.end - 1) + 1
        mark, verb = document.lows[after : after + 1], document.lows[after + 1 : after + 2]
        if index > 0 and document.lows[index - 1] == "of" and mark in (("'s",), ("’s",)) and verb:
            return verb[0] in predicate_words()
        return document.lows[after : after + 1] == ("(",) and document.lows[after + 1 : after + 2][0][:1].isdecimal()

    def _second_verb(self, start: int, first: int) -> int:
        """Offset of the last verb before token `first` that shares its subject with one before it; `start` for none."""
        document, lows = self._document, self._document.lows
        begin = document.tokens_in(start, start + 1).start
        if _JOINTS.isdisjoint(lows[begin:first]):
            return start
        for index in range(first - 2, begin, -1):
            following = index + 1
            while following < first - 1 and lows[following].endswith("ly"):
                following += 1
            if lows[index] in _JOINTS and lows[following] in predicate_words():
                return document.starts[index]
        return start

    def _is_left_object(self, entity: Entity, start: int, second: int) -> bool:
        """Whether an entity is the object of a verb before the one at `second` ("Acme bought X last year and plans …")."""
        if entity.start >= second:
            return False
        return any(_is_predicate(self._document.lows, i) for i in self._document.tokens_in(start, entity.start))

    def _closed_aside(self, start: int, first: int) -> Span:
        """The relative clause between commas before token `first` ("Acme, which rents Foo chips, was valued at")."""
        document, lows = self._document, self._document.lows
        begin = document.tokens_in(start, start + 1).start
        if _RELATIVES.isdisjoint(lows[begin:first]):
            return start, start
        for index in range(first - 2, begin, -1):
            if lows[index] == "," and lows[index + 1] in predicate_words():
                opening = next((i for i in range(index - 1, begin, -1) if lows[i] == ","), begin)
                if lows[opening + 1] in _RELATIVES:
                    return document.starts[opening], document.starts[index]
        return start, start

    def _leading(self, owners: list[Entity], start: int) -> list[Entity]:
        """Without those that only stand where, with or to whom the one before the verb does it ("X sold Y to Z for $4")."""
        document, lows = self._document, self._document.lows
        if len(owners) < 2 or not any(
            _is_predicate(lows, i) for i in document.tokens_in(owners[0].end, owners[-1].start)
        ):
            return owners
        return [
            owners[0],
            *(e for e in owners[1:] if lows[document.token_at(e.start) - 1] not in word_class("adjunct")),
        ]

    def _is_oblique(self, entity: Entity) -> bool:
        """Whether an entity stands after a preposition or a comparison, so that a sentence is hardly about it."""
        index = self._document.token_at(entity.start)
        if index and self._document.lows[index - 1] in ("the", "a", "an", "its"):
            index -= 1
        return index > 0 and self._document.lows[index - 1] in word_class("preposition")

    def _pronoun(self, start: int, end: int) -> Span | None:
        """The last subject pronoun, or "the company", between two offsets."""
        document = self._document
        companies = word_class("company_noun")
        for index in reversed(document.tokens_in(start, end)):
            low = document.lows[index]
            if low in _POSSESSIVES and index and document.lows[index + 1] in word_class("affected"):
                continue
            if index and low in ("it", "her", "his") and document.lows[index - 1] in word_class("preposition"):
                continue
            if low in _PRONOUNS or (low in companies and self._is_the_company(index)):
                token = document.tokens[index]
                return token.start, token.end
        return None

    def _is_the_company(self, index: int) -> bool:
        """Whether a noun for companies stands for one: "the company", with a place in front ("the San Jose company")."""
        document = self._document
        for before in range(index - 1, max(-1, index - 4), -1):
            if document.lows[before] == "the":
                return True
            if not document.tokens[before].text[0].isupper():
                return False
        return False

    def _referent(self, pronoun: Span, before: list[Entity], owner: str) -> Entity | None:
        """What a pronoun stands for: the sentence's first owner that is no object, else the topic."""
        low = self._document.text[pronoun[0] : pronoun[1]].lower()
        if low in _PERSONAL and owner != "company":
            people = [e for e in before if e.type == "person"]
            return people[0] if people else None
        named = [e for e in before if e.end <= pronoun[0] and e.type != "person" and not self._is_oblique(e)]
        if named and low not in _PERSONAL and low not in word_class("company_noun"):
            return named[0]
        if low in word_class("company_noun"):
            companies = [e for e in named if e.type in _COMPANY_LIKE]
            return companies[0] if companies else self._company
        if owner == "model":
            return self._model or self._company
        return self._company if owner == "company" else (self._company or self._model)

    def _with_partners(self, entity: Entity, before: list[Entity]) -> tuple[str, Span]:
        """The entity, with those that it is listed with ("A and B", "A, B and C")."""
        place = before.index(entity)
        names, start = [entity.name], entity.start
        while place and before[place - 1].type == entity.type:
            link = self._document.text[before[place - 1].end : start]
            if link not in (" and ", ", and ", ", ") or (link == ", " and len(names) == 1):
                break
            place -= 1
            names.append(before[place].name)
            start = before[place].start
        if len(names) == 1:
            return entity.name, (entity.start, entity.end)
        names.reverse()
        return ", ".join(names[:-1]) + " and " + names[-1], (start, entity.end)

    # --- the words of a clause ----------------------------------------------

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

    def _same_clause(self, span: Span, first: int, start: int) -> bool:
        """Whether a named owner stands in the clause of token `first`: nothing that begins a clause is between them."""
        document, begins = self._document, word_class("clause_start")
        if document.text[slice(*span)].lower() in _PRONOUNS:
            return False
        aside = self._closed_aside(start, first)
        between = document.tokens_in(span[1], document.starts[first])
        return not any(document.lows[i] in begins and not aside[0] <= document.starts[i] <= aside[1] for i in between)

    def _points_back(self, span: Span, phrase: Span, start: int) -> bool:
        """Whether a pronoun stands for the clause's own words ("India has put … into its mission"): no owner is named there."""
        low = bisect_left(self._starts, start)
        named = low < len(self._starts) and self._starts[low] < span[0]
        pronoun = self._document.text[slice(*span)].lower() in _PRONOUNS
        return pronoun and not named and phrase[1] <= span[0]

    def _clause(self, first: int, start: int) -> tuple[int, Span | None]:
        """Offset of the last clause before token `first` that has a subject and a verb, and its subject's words."""
        document = self._document
        stop = document.starts[first]
        begins, lows = word_class("clause_start"), document.lows
        for index in range(first - 1, max(-1, first - _REACH), -1):
            if document.starts[index] < start:
                break
            if lows[index] in begins:
                phrase = self._phrase(document.tokens[index].end, stop)
                if phrase is not None and not (lows[index] == "," and self._is_aside(phrase, start, stop)):
                    return phrase[0], phrase
        return start, self._phrase(start, stop)

    def _phrase(self, start: int, stop: int) -> Span | None:
        """The noun phrase that a clause begins with, up to its verb; null when there is no verb before `stop`."""
        document = self._document
        tokens, lows = document.tokens, document.lows
        span = document.tokens_in(start, stop)
        first = self._phrase_start(span)
        if first is None:
            return None
        for index in range(first, min(span.stop, first + _LONGEST_SUBJECT + 1)):
            low = lows[index]
            if _is_predicate(lows, index):
                return self._trimmed(first, index)
            if low in "%$€£¥" or (_is_number(low) and (index == first or not tokens[index - 1].text[0].isupper())):
                return None
            if index > first and low in (",", ";", ":", "(", ")", "that", "which", "who", "—", "“", '"'):
                closes = low in (",", "(", "that", "which", "who")
                return self._trimmed(first, index) if closes and self._has_verb(index, span) else None
        return None

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
        """The noun at the start of a sentence without a verb ("Panel strength below 8.9 ksi")."""
        document = self._document
        begin = document.tokens_in(start, start + 1)
        index = begin.start
        while index < first and document.lows[index] in word_class("determiner"):
            index += 1
        stop = index
        while (
            stop < min(first, index + 5)
            and document.lows[stop][0].isalpha()
            and not _is_predicate(document.lows, stop)
            and document.lows[stop] not in lexicons.terms("noun_stops")
        ):
            stop += 1
        if not index < stop < first or document.lows[index] in number_words() or document.joined(stop - 1):
            return None
        return document.tokens[index].start, document.tokens[stop - 1].end

    def _is_aside(self, phrase: Span, start: int, stop: int) -> bool:
        """Whether a clause between commas only describes an owner before it ("Foo, the model Acme wants, runs in 2 GB")."""
        low = bisect_left(self._starts, start)
        named = low < len(self._starts) and self._starts[low] < phrase[0]
        return named and "," in self._document.text[phrase[1] : stop]

    def _has_verb(self, index: int, span: range) -> bool:
        """Whether a verb follows before the figure."""
        return any(_is_predicate(self._document.lows, place) for place in range(index, min(span.stop, index + _REACH)))

    def _phrase_start(self, span: range) -> int | None:
        """The first token of the subject: past a leading phrase with a comma, a conjunction and determiners."""
        lows = self._document.lows
        first = span.start
        if first >= span.stop:
            return None
        if lows[first] in word_class("leading"):
            comma = next((i for i in range(first, min(span.stop, first + 14)) if lows[i] == ","), None)
            if comma is None:
                return None
            first = comma + 1
        while first < span.stop and (lows[first] in word_class("determiner") or not lows[first][0].isalnum()):
            first += 1
        if first >= span.stop or lows[first] in _PRONOUNS or lows[first] in word_class("no_subject"):
            return None
        participle = lows[first].endswith("ing") and len(lows[first]) > 5 and lows[first] not in word_class("ing_noun")
        return None if participle else first


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


def _owned_by(document: Document, entity: Entity) -> bool:
    """Whether a name only says which company is meant ("the ChatGPT maker"), or is a chip that something runs on."""
    before = document.token_at(entity.start) - 1
    if entity.type == "chip" and before >= 0:
        low = document.lows[before]
        return low[0].isdecimal() or low in word_class("preposition") or low in ("using", "million", "thousand")
    index = document.token_at(entity.end)
    following = document.lows[index : index + 2]
    return bool(following) and following[-1] in ("maker", "owner", "parent", "creator", "developer")


def _is_predicate(lows: tuple[str, ...], index: int) -> bool:
    """Whether the word is a verb: listed, or an -ed form that is no adjective after an article."""
    low = lows[index]
    if low in predicate_words():
        return True
    return (
        low.endswith("ed") and len(low) > 4 and index > 0 and lows[index - 1] not in ("the", "a", "an", "its", "their")
    )


def _fits(entity: Entity, owner: str) -> bool:
    """Whether an entity can own such a metric."""
    if owner == "company":
        return entity.type in _COMPANY_LIKE
    return entity.type in _MODEL_LIKE if owner == "model" else True


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
