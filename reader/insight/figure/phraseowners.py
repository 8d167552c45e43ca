"""What a noun phrase is about: the owner that it names, what its pronoun stands for, else its words."""

from __future__ import annotations

from bisect import bisect_left

from reader.insight import lexicons
from reader.insight.facts import Entity, Span
from reader.insight.figure.frames import Frame, frame_of
from reader.insight.figure.metrics import Metric
from reader.insight.figure.numbers import number_words
from reader.insight.figure.owners import Owners, span_of
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.verbs import is_verb
from reader.insight.lexicons import word_class
from reader.insight.syntax.clauses import PERIODS, PREPOSITIONS, TIMES
from reader.insight.syntax.document import GENITIVES, Document

MODEL_LIKE = frozenset({"model", "product", "chip"})
_PRONOUNS = frozenset({"it", "its", "he", "his", "she", "her", "they", "their", "we", "our"})
_PERSONAL = frozenset({"he", "his", "she", "her"})
_REST = 5
"""Characters behind the metric's words from which on a noun phrase says more than the metric ("Turnover in Tokyo")."""
_TIME_LINKS = frozenset({"of", "to", "on", "last", "this", "next", "in", "talks", "for", "-", "–", "through", "the"})
_OF_COMPANIES = ("price", "revenue", "margin", "sales")
"""Metrics that no person has: who names them is not whose they are."""
_LETTING = frozenset({"let", "lets", "allow", "allows", "allowed", "help", "helps", "helped"})
PASSIVE = frozenset({"is", "was", "were", "are", "been", "be", "being"})
POSSESSIVES = frozenset({"its", "his", "her", "their"})
_LONGEST_SUBJECT = 10
"""Tokens of a subject's noun phrase at most."""
_PERIODIC = frozenset({"-", "annual", "half", "quarter", "quarterly", "yearly", "monthly", "fiscal"})
_UNPARTED = frozenset({"adjusted", "fiscal", "net", "non", "q", "record", "the", "total"})
"""Words in front of a period and a metric that name no part of a company."""
OPENING = 24
"""A sentence that opens with a metric within so many characters goes on about the topic ("On Monday revenue rose")."""


class PhraseOwners(Owners):
    """Reads the noun phrases that are subjects of clauses."""

    def _of_phrase(
        self, phrase: range, metric: Metric | None, quantity: Quantity, start: int
    ) -> tuple[str | None, Span | None]:
        """The subject that a clause's noun phrase names: an owner in it, what a pronoun stands for, else its words."""
        document, lows = self._document, self._document.lows
        first, stop = phrase.start, phrase.stop
        if lows[stop - 1] in _PRONOUNS and stop - first == 1:
            return self._of_pronoun(first, metric, quantity, start)
        if lows[first] in POSSESSIVES and metric is not None and _overlap(span_of(document, phrase), metric.span):
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
        if first >= stop or lows[stop - 1] in GENITIVES:
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
        if lows[head] in word_class("source_document") and metric is None and lows[phrase.stop] not in PASSIVE:
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
            opening = span[0] - start < OPENING and metric.owner == "company"
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
        return bool(after) and is_name(self._document, stop) and not lows[stop - 2].endswith("s")

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
            leading = [e for e in leading if e.type in MODEL_LIKE]
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
        if lows[phrase.start] in POSSESSIVES:
            return owners[-1].name if owners and owners[-1].end == span[1] else None
        head = next((i for i in phrase if lows[i] in PREPOSITIONS), phrase.stop)
        if not word_class("source_document").isdisjoint(lows[phrase.start : head]):
            return ""
        if owners and all(e.type == "person" for e in owners):
            return None if lows[index] in ("it", "its") else ""
        return self._of_phrase(phrase, None, quantity, start)[0]

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


def _is_number(low: str) -> bool:
    return low[0].isdecimal() or low in number_words()


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def is_name(document: Document, index: int) -> bool:
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
