"""What a figure is said of: its subject (a company, a model, else the words of the sentence) and its metric."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.document import Document
from reader.insight.facts import Entity, Figure, Span
from reader.insight.lexicons import word_class
from reader.insight.quantity import Quantity

_OWNERS = frozenset({"company", "org", "model", "product", "person", "chip"})
_COMPANY_LIKE = frozenset({"company", "org", "person"})
_MODEL_LIKE = frozenset({"model", "product", "chip"})
_PRONOUNS = frozenset({"it", "its", "he", "his", "she", "her", "they", "their", "we", "our"})
_NEAR = 12
"""Tokens before a figure in which its metric is looked for first."""
_LONGEST_SUBJECT = 10
"""Tokens of a subject's noun phrase at most."""


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
    return {key: tuple(sorted(rows, key=lambda r: (-len(r.words), r.kind))) for key, rows in table.items()}


@cache
def _verbs() -> frozenset[str]:
    """Words that end a subject's noun phrase."""
    changes = {row[0] for row in lexicons.table("directions") if row[2] in ("verb", "price", "add", "weak")}
    return frozenset(lexicons.terms("finite_verbs") | changes | word_class("auxiliary"))


class Subjects:
    """Gives the figures of one document their subject and metric, from front to back."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self._document = document
        self._owners = [e for e in entities if e.type in _OWNERS]
        self._starts = [e.start for e in self._owners]
        self._sentence = -1
        self._company: Entity | None = None
        self._model: Entity | None = None
        self._seen = 0

    def describe(self, quantity: Quantity, figure: Figure) -> Figure:
        """`figure` with what its sentence says of it; `quantity` is the same figure in tokens."""
        number = self._document.sentence_at(figure.start)
        if number < 0:
            return figure
        self._advance(number)
        start, end = self._document.sentences[number]
        metric = self._metric(quantity, figure, start, end)
        subject, span = self._said_of(quantity, figure, metric, start)
        return replace(
            figure,
            subject=subject,
            subject_span=span,
            metric=metric.name if metric else None,
            metric_span=metric.span if metric else None,
        )

    def _said_of(
        self, quantity: Quantity, figure: Figure, metric: Metric | None, start: int
    ) -> tuple[str | None, Span | None]:
        """The subject: an owner named in the figure's clause, the words of that clause, an owner before it, or the topic."""
        clause, phrase = self._clause(quantity.first, start)
        subject, span = self._subject(figure, metric, start)
        if span is not None and (phrase is None or span[0] >= clause):
            return subject, span
        if phrase is not None and (metric is None or not _overlap(phrase, metric.span)):
            return " ".join(self._document.text[phrase[0] : phrase[1]].split()), phrase
        if span is not None:
            return subject, span
        topic = self._topic(metric.owner if metric else "any", figure) if phrase is not None else None
        return (topic.name, (topic.start, topic.end)) if topic else (None, None)

    def _clause(self, first: int, start: int) -> tuple[int, Span | None]:
        """Offset of the last clause before token `first` that has a subject and a verb, and its subject's words."""
        document = self._document
        stop = document.tokens[first].start
        for index in range(first - 1, -1, -1):
            if document.tokens[index].start < start:
                break
            if document.lows[index] in word_class("clause_start"):
                phrase = self._phrase(document.tokens[index].end, stop)
                if phrase is not None:
                    return phrase[0], phrase
        return start, self._phrase(start, stop)

    # --- topics -------------------------------------------------------------

    def _advance(self, number: int) -> None:
        """Remember the company and the model that the sentences before `number` were about."""
        if number == self._sentence:
            return
        self._sentence = number
        until = bisect_left(self._starts, self._document.sentences[number][0])
        last = -1
        for entity in self._owners[self._seen : until]:
            place = self._document.sentence_at(entity.start)
            first_of_kind = place != last
            if entity.type in ("company", "org") and (first_of_kind or self._company is None):
                self._company, last = entity, place
            elif entity.type in ("model", "product") and (first_of_kind or self._model is None):
                self._model, last = entity, place
        self._seen = max(self._seen, until)

    def _topic(self, owner: str, figure: Figure) -> Entity | None:
        """What the text is about at a figure: a model for what models have, else a company."""
        if owner == "model" or figure.unit in ("token", "parameter") or (figure.per or "").endswith("tokens"):
            return self._model or self._company
        return self._company if owner == "company" or figure.kind == "money" else None

    # --- subject ------------------------------------------------------------

    def _subject(self, figure: Figure, metric: Metric | None, start: int) -> tuple[str | None, Span | None]:
        """The nearest owner or pronoun in front of the figure in its sentence; null when none stands there."""
        before = [
            e
            for e in self._owners[bisect_left(self._starts, start) : bisect_left(self._starts, figure.start)]
            if e.end <= figure.start
        ]
        owner = metric.owner if metric else "any"
        if figure.unit in ("token", "parameter") or (figure.per or "").endswith("tokens"):
            owner = "model"
        fitting = [e for e in before if _fits(e, owner)] or before
        fitting = [e for e in fitting if not self._is_source(e)] or fitting
        nearest = fitting[-1] if fitting else None
        pronoun = self._pronoun(nearest.end if nearest else start, figure.start)
        if pronoun is not None:
            referent = self._referent(pronoun, fitting, owner)
            if referent is not None:
                return referent.name, pronoun
        if nearest is None:
            return None, None
        return self._with_partner(nearest, fitting)

    def _is_source(self, entity: Entity) -> bool:
        """Whether an entity only vouches for what follows or stands in a comparison ("according to X", "than X")."""
        index = self._document.token_at(entity.start)
        return (
            index > 0
            and self._document.lows[index - 1] in ("to", "than", "by", "from", "with", "at", "for", "on")
            and (
                self._document.lows[index - 1] == "than"
                or self._document.lows[max(0, index - 2)] in ("according", "compared")
            )
        )

    def _pronoun(self, start: int, end: int) -> Span | None:
        """The last subject pronoun between two offsets."""
        document = self._document
        for index in reversed(document.tokens_in(start, end)):
            if document.lows[index] in _PRONOUNS:
                token = document.tokens[index]
                return token.start, token.end
        return None

    def _referent(self, pronoun: Span, before: list[Entity], owner: str) -> Entity | None:
        """What a pronoun stands for: the sentence's first owner, else the topic."""
        low = self._document.text[pronoun[0] : pronoun[1]].lower()
        if low in ("he", "his", "she", "her"):
            people = [e for e in before if e.type == "person"]
            return people[0] if people else None
        named = [e for e in before if e.end <= pronoun[0] and e.type != "person"]
        if named:
            return named[0]
        if owner == "model":
            return self._model or self._company
        return self._company if owner == "company" else (self._company or self._model)

    def _with_partner(self, entity: Entity, before: list[Entity]) -> tuple[str, Span]:
        """The entity, or both of "A and B"."""
        place = before.index(entity)
        if (
            place
            and self._document.text[before[place - 1].end : entity.start] == " and "
            and before[place - 1].type == entity.type
        ):
            return f"{before[place - 1].name} and {entity.name}", (before[place - 1].start, entity.end)
        return entity.name, (entity.start, entity.end)

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
            if index > first and (
                low in _verbs() or (low.endswith("ed") and len(low) > 4 and lows[index - 1] not in ("the", "a", "an"))
            ):
                return tokens[first].start, tokens[index - 1].end
            if low in (",", ";", ":", "(", ")", "that", "which", "who", "—", "“", '"') and index > first:
                return (
                    (tokens[first].start, tokens[index - 1].end) if low in (",", "(", "that", "which", "who") else None
                )
        return None

    def _phrase_start(self, span: range) -> int | None:
        """The first token of the subject: past a leading phrase with a comma, a conjunction and determiners."""
        document = self._document
        lows = document.lows
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
        if first >= span.stop or lows[first] in _PRONOUNS or lows[first] in ("there", "i", "you", "who", "what"):
            return None
        return first

    # --- metric -------------------------------------------------------------

    def _metric(self, quantity: Quantity, figure: Figure, start: int, end: int) -> Metric | None:
        """The metric of a figure: in the phrase after it, next to it, before it, else the words it is a share of."""
        return (
            self._after(quantity, end, ("in", "of", "on", "for"))
            or self._before(quantity, start, _NEAR)
            or self._share(quantity, end)
            or self._before(quantity, start, 40)
            or self._attribute(quantity, figure, end)
        )

    def _at(self, index: int, low: int, *, verbs: bool = True) -> Metric | None:
        """The metric phrase whose last word is token `index` and that begins at or after token `low`."""
        document = self._document
        for row in _metrics().get(document.lows[index], ()):
            first = index - len(row.words) + 1
            if first < low or document.lows[first : index + 1] != row.words or (row.kind == "verb" and not verbs):
                continue
            return Metric(row.name, (document.tokens[first].start, document.tokens[index].end), row.owner)
        return None

    def _after(self, quantity: Quantity, end: int, links: tuple[str, ...]) -> Metric | None:
        """ "$7.2 billion in revenue", "a $300 million contract", "375 won dividend"."""
        document = self._document
        tokens, lows = document.tokens, document.lows
        linked = False
        for index in range(quantity.last + 1, min(len(tokens), quantity.last + 6)):
            low = lows[index]
            if tokens[index].start >= end or (not low[0].isalnum() and low not in ("-", "’s", "'s")):
                return None
            if low in links and not linked:
                if low in ("on", "for") and quantity.kind == "money":
                    return None
                linked = True
                continue
            found = self._at(index, quantity.last + 1, verbs=False)
            if found is not None:
                following = self._at(index + 1, quantity.last + 1, verbs=False) if index + 1 < len(tokens) else None
                return (
                    following
                    if following
                    and len(document.text[following.span[0] : following.span[1]])
                    > len(document.text[found.span[0] : found.span[1]])
                    else found
                )
            if low in word_class("change_stop") or low in lexicons.terms("noun_stops"):
                return None
        return None

    def _before(self, quantity: Quantity, start: int, reach: int) -> Metric | None:
        """The nearest metric word before the figure in its sentence, up to `reach` tokens away."""
        document = self._document
        for index in range(quantity.first - 1, max(-1, quantity.first - 1 - reach), -1):
            if document.tokens[index].start < start or document.lows[index] == ";":
                return None
            found = self._at(index, 0)
            if found is not None:
                return found
        return None

    def _share(self, quantity: Quantity, end: int) -> Metric | None:
        """What a percentage is of: "44% of DRAM sales", "60% of the Fortune 100"."""
        document = self._document
        lows, place = document.lows, quantity.last + 1
        if quantity.kind in ("count", "duration") or place >= len(lows) or lows[place] != "of":
            return None
        return self._nouns(place + 1, end)

    def _attribute(self, quantity: Quantity, figure: Figure, end: int) -> Metric | None:
        """The noun that a figure stands in front of: "a two-week test", "80 yard touchdown"."""
        if quantity.kind not in ("duration", "size", "money", "percent", "rate"):
            return None
        return self._nouns(quantity.last + 1, end)

    def _nouns(self, index: int, end: int) -> Metric | None:
        """The run of nouns from token `index` as a metric."""
        document = self._document
        tokens, lows = document.tokens, document.lows
        while index < len(tokens) and lows[index] in word_class("determiner"):
            index += 1
        first = index
        while index < len(tokens) and index - first < 4 and tokens[index].start < end:
            low = lows[index]
            if (
                (not low[0].isalpha() and low != "-")
                or low in lexicons.terms("noun_stops")
                or low in word_class("change_stop")
                or low in word_class("attribute_stop")
                or low in _verbs()
            ):
                break
            index += 1
        while index > first and lows[index - 1] == "-":
            index -= 1
        if index == first:
            return None
        span = tokens[first].start, tokens[index - 1].end
        return Metric(" ".join(document.text[span[0] : span[1]].split()).lower(), span, "any")


def _fits(entity: Entity, owner: str) -> bool:
    """Whether an entity can own such a metric."""
    if owner == "company":
        return entity.type in _COMPANY_LIKE
    return entity.type in _MODEL_LIKE if owner == "model" else True


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
