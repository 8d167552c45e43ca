"""The owners that a text names, and which of them its sentences are about: what "it" and "the company" stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from reader.insight.facts import Entity, Span
from reader.insight.figure.frames import frame_of
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.verbs import is_verb, predicate_words
from reader.insight.lexicons import word_class
from reader.insight.syntax.document import Document

_OWNERS = frozenset({"company", "org", "model", "product", "person", "chip"})
_MODEL_LIKE = frozenset({"model", "product", "chip"})
_MAKER = re.compile(r"(?:[-‑]|['’]s)?\s*(?:maker|owner|parent|creator|developer)\b", re.IGNORECASE)
"""Behind a name: another company is meant."""
_FIRST_VERB = 40
"""Tokens of a sentence in which its first verb stands."""
_BACK = 3
"""Sentences back in which what a pronoun stands for is looked for."""


class Owners:
    """The owners of one document, read from front to back: `advance` first, then ask about the sentence."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self._document = document
        self._owners = [e for e in entities if e.type in _OWNERS and not _owned_by(document, e)]
        self._starts = [e.start for e in self._owners]
        self._sentence = -1
        self._tokens = range(0)
        self._company: Entity | None = None
        self._model: Entity | None = None
        self._seen = 0
        self._counts: Counter[str] = Counter()
        self._firsts: dict[str, Entity] = {}
        self._tests = [e.start for e in entities if e.type == "benchmark"]
        self._tested = False
        self._raters: set[str] = set()

    def advance(self, number: int) -> None:
        """Remember the company and the model that the sentences before `number` were about."""
        self._sentence = number
        self._tokens = self._document.tokens_in(*self._document.sentences[number])
        start, end = self._document.sentences[number]
        self._tested = bisect_left(self._tests, start) < bisect_left(self._tests, end)
        until = bisect_left(self._starts, start, self._seen)
        closed = {True: -1, False: -1}
        for entity in self._owners[self._seen : until]:
            is_model = entity.type in _MODEL_LIKE
            if entity.type == "chip":
                continue
            if self._is_rater(entity):
                self._raters.add(entity.id)
                self._counts.pop(entity.id, None)
            if entity.id in self._raters:
                continue
            if entity.start < closed[is_model] or entity.type == "person" or self._is_oblique(entity):
                continue
            closed[is_model] = self._document.sentences[self._document.sentence_at(entity.start)][1]
            if is_model:
                self._model = entity
            else:
                self._company = entity
                self._counts[entity.id] += 1
                self._firsts.setdefault(entity.id, entity)
        self._seen = max(self._seen, until)

    def _is_rater(self, entity: Entity) -> bool:
        """Whether a company judges others ("analysts at X", "X Securities"): what it writes is not about itself."""
        index = self._document.token_at(entity.start)
        judging = self._document.lows[max(0, index - 2) : index] in (("analysts", "at"), ("analyst", "at"))
        return judging or entity.name.endswith((" Securities", " Research"))

    def _topic(self, quantity: Quantity | None = None) -> Entity | None:
        """What the sentences before were about: a model for what models have, else the owner that is the last subject.

        In a list only the sentences of the same item count.
        """
        if quantity is not None and self._is_of_model(quantity) and self._model is not None:
            return self._model
        for number in range(self._sentence - 1, max(-1, self._sentence - 1 - _BACK), -1):
            if self._is_listed(number):
                return None
            phrase, named = self._first_subject(number)
            if named is not None and named.id in self._raters:
                return None
            if named is not None:
                return named if quantity is None else self._launched(phrase, named, quantity)
            if phrase is None or not self._goes_on(phrase):
                return None
        return None

    def _launched(self, phrase: range | None, maker: Entity, quantity: Quantity) -> Entity | None:
        """What "it" is after a sentence about `maker`: behind a verb of launching what that launched, where it has such a figure."""
        document = self._document
        if phrase is None or maker.type in _MODEL_LIKE or quantity.kind not in ("percent", "multiple", "rate", "size"):
            return maker
        verb = phrase.stop
        while verb < len(document.tokens) and verb < phrase.stop + _BACK and not is_verb(document, verb):
            verb += 1
        if document.lows[verb] not in word_class("launching"):
            return maker
        place = bisect_left(self._starts, document.tokens[verb].end)
        thing = self._owners[place] if place < len(self._owners) else None
        near = thing is not None and document.token_at(thing.start) <= verb + _BACK
        return thing if near and thing is not None and thing.type in _MODEL_LIKE else None

    def _is_listed(self, number: int) -> bool:
        """Whether the border of a list item, a heading or a table lies between a sentence and the present one."""
        document = self._document
        blocks = document.blocks
        first = document.block_at(document.sentences[number][0])
        last = document.block_at(document.sentences[self._sentence][0])
        if first == last or last < 0:
            return False
        return any(blocks[i].kind != "paragraph" for i in range(max(first, 0), last + 1))

    def _goes_on(self, phrase: range) -> bool:
        """Whether a subject points back to the sentence before ("It", "The company")."""
        return self._document.lows[phrase.start] in ("it", "its", "they", "their") or self._is_the_company(
            phrase.stop - 1
        )

    def _first_subject(self, number: int) -> tuple[range | None, Entity | None]:
        """The noun phrase that is the subject of a sentence's first verb, and the owner that it names first, if any."""
        document = self._document
        tokens = document.tokens_in(*document.sentences[number])
        verb = next((i for i in tokens[1:_FIRST_VERB] if is_verb(document, i)), None)
        phrase = frame_of(document, verb + 1, verb + 1, tokens.start, tokens.stop).subject if verb is not None else None
        if phrase is None:
            return None, None
        start, end = span_of(document, phrase)
        owners = self._owners[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        owners = [e for e in owners if e.type != "person"]
        return phrase, owners[0] if owners and not self._is_oblique(owners[0]) else None

    def _main(self) -> Entity | None:
        """The company that the text is about so far: the one named most often, when no other is named nearly as often."""
        document = self._document
        block = document.block_at(document.sentences[self._sentence][0])
        if block >= 0 and document.blocks[block].kind == "item":
            return None
        first, most = next(iter(self._counts.most_common(1)), ("", 0))
        return self._firsts.get(first) if most > 1 or len(self._counts) == 1 else None

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

    def _is_oblique(self, entity: Entity) -> bool:
        """Whether an entity stands after a preposition or a comparison, so that a sentence is hardly about it."""
        index = self._document.token_at(entity.start)
        if index and self._document.lows[index - 1] == "single":
            index -= 1
        if index and self._document.lows[index - 1] in ("the", "a", "an", "its"):
            index -= 1
        return index > 0 and self._document.lows[index - 1] in word_class("preposition")

    def _is_the_company(self, index: int) -> bool:
        """Whether a noun for companies stands for one: "the company", with a place in front ("the San Jose company")."""
        document = self._document
        if document.tokens[index].text[0].isupper() and index > self._tokens.start + 1:
            return False
        for before in range(index - 1, max(-1, index - 4), -1):
            if document.lows[before] == "the":
                return True
            if not document.tokens[before].text[0].isupper():
                return False
        return False

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

    def _names_between(self, earlier: Quantity, quantity: Quantity) -> bool:
        """Whether another owner is named between two figures."""
        low = bisect_left(self._starts, self._document.tokens[earlier.last].end)
        return low < len(self._starts) and self._starts[low] < self._document.starts[quantity.first]


def _owned_by(document: Document, entity: Entity) -> bool:
    """Whether a name only says which company is meant ("the ChatGPT maker"), or is a chip that something runs on."""
    if entity.type == "chip":
        before = document.token_at(entity.start) - 1
        low = document.lows[before] if before >= 0 else ""
        if low:
            return low[0].isdecimal() or low in word_class("preposition") or low in ("using", "million", "thousand")
    return _MAKER.match(document.text, entity.end) is not None


def span_of(document: Document, tokens: range) -> Span:
    """Offsets of a run of tokens."""
    return document.tokens[tokens.start].start, document.tokens[tokens.stop - 1].end
