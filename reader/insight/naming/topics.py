"""Which model each sentence is about, and what a pronoun stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import NamedTuple, TypeVar

from reader.insight.facts import Entity, Span
from reader.insight.lexicons import score_words, terms, word_class
from reader.insight.syntax.document import Document

_PRONOUNS = frozenset({"it", "its"})
_DEFINITE = frozenset({"the", "this", "new"})
_NOUNS = frozenset({"model", "system", "release", "version", "checkpoint"})
_SHAPE = re.compile(
    r"(?<![\w’'.-])[A-Z][A-Za-z]+[a-z](?:[ -]|(?=\d))v?(?:[1-9]|[12]\d|[1-9]\.\d{1,2})(?:[ -]\d{1,3}[bBT])?(?![\w%]|[.,]\d)"
)
"""A capitalised word with a low version number: in a sentence about a benchmark most likely a model that no list has."""
_DIGIT = re.compile(r"[1-9](?:(?<=[a-z][ -].)|(?<=[a-z][ -]v.)|(?<=[A-Za-z][a-z].))")
"""Where the version of such a name begins: a quick look before `_SHAPE`."""
_WORD_END = re.compile(r"[ \d-]")
_LONGEST_VERSION = 16
_PART = re.compile(r"-(?:[A-Z]{1,4}|\d{1,2}(?:\.\d)?)(?![\w-])| Tier \d(?!\w)| \d(?=[,:;)]| ?\(|\.?\s*$|\.\s)")
_NEXT_WORD = re.compile(r"[ -]([A-Z][A-Za-z]+)")


class Mention(NamedTuple):
    """A model in the text, by name or by pronoun: what it stands for and where."""

    name: str
    start: int
    end: int
    pronoun: bool = False

    @property
    def span(self) -> Span:
        """Start and end of the mention."""
        return self.start, self.end


_Thing = TypeVar("_Thing", Mention, Entity)


class Topics:
    """Models and benchmarks of a document by sentence; pronouns are resolved from front to back."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self.document = document
        self._entities = entities
        self._entity_starts = [e.start for e in entities]
        models = [e for e in entities if e.type == "model" or (e.type == "product" and not self._is_tool(e))]
        self._models = [Mention(e.name, e.start, e.end) for e in models]
        self._tests = [_whole(document.text, e) for e in entities if e.type == "benchmark"]
        self._companies = {e.start: e for e in entities if e.type in ("company", "org")}
        if self._tests:
            self._models = sorted([*self._models, *self._shaped()], key=_start)
        self._model_starts = [m.start for m in self._models]
        self._models_in = self._by_sentence(self._models)
        self._tests_in = self._by_sentence(self._tests)
        self.sentences = sorted(self._models_in.keys() | self._tests_in.keys())
        """Numbers of the sentences that name a model or a benchmark."""
        self._heads: dict[int, Mention | None] = {}
        self._subjects: dict[int, Mention] = {}
        self._resolve()

    def _by_sentence(self, things: list[_Thing]) -> dict[int, list[_Thing]]:
        """Mentions by the number of the sentence that they begin in."""
        found: dict[int, list[_Thing]] = {}
        for thing in things:
            number = self.document.sentence_at(thing.start)
            if number >= 0 and thing.start < self.document.sentences[number][1]:
                found.setdefault(number, []).append(thing)
        return found

    def _is_tool(self, product: Entity) -> bool:
        """Whether a product is what a model was run with ("with Python", "(Claude Code)"), not what was tested."""
        document = self.document
        if product.name.lower() in score_words("harness"):
            return True
        index = document.token_at(product.start)
        before = document.lows[index - 1] if index > 0 else ""
        return before in ("(", "by", "with", "without", "using", "via", "in", "inside", "through")

    def _shaped(self) -> list[Mention]:
        """Capitalised words with a version number that no entity owns, in the sentences from the first benchmark on."""
        text, found = self.document.text, []
        first = self.document.sentences[max(0, self.document.sentence_at(self._tests[0].start))][0]
        for digit in _DIGIT.finditer(text, first):
            begin = max(text.rfind(" ", 0, digit.start() - 2), text.rfind("\n", 0, digit.start() - 2)) + 1
            match = _SHAPE.search(text, begin, digit.end() + _LONGEST_VERSION)
            if match is None or not match.start() < digit.start() < match.end():
                continue
            start, end = match.span()
            word = _WORD_END.split(match.group(), maxsplit=1)[0]
            if word in terms("not_models") or word.lower() in terms("stop_words") or self.is_named(start, end):
                continue
            while (tail := _NEXT_WORD.match(text, end)) and tail[1] in terms("variants"):
                end = tail.end()
            found.append(Mention(text[start:end], start, end))
        return found

    def is_named(self, start: int, end: int | None = None) -> bool:
        """Whether a named thing stands at `start` (up to `end`)."""
        index = bisect_right(self._entity_starts, start) - 1
        around = self._entities[max(0, index) : index + 2]
        return any(e.start < (end or start + 1) and start < e.end for e in around)

    def _resolve(self) -> None:
        """The subject of every sentence that has one, from front to back."""
        last: Mention | None = None
        for number in self.sentences:
            if self._is_cell(number):
                continue
            found = self._subject(number, last)
            if found is not None:
                self._subjects[number] = last = found

    def _is_cell(self, number: int) -> bool:
        """Whether a sentence is a row of a table: its models are no topic of the text below."""
        document = self.document
        block = document.block_at(document.sentences[number][0])
        return block >= 0 and document.blocks[block].kind == "table"

    def _subject(self, number: int, last: Mention | None) -> Mention | None:
        """The first model that can be the subject, or the pronoun that stands in front of it."""
        start, end = self.document.sentences[number]
        model = next((m for m in self.models(number) if not self._oblique(m)), None)
        if last is None:
            return model
        pronoun = self._pronoun(start, model.start if model else end, last)
        return pronoun or model

    def _pronoun(self, start: int, end: int, last: Mention) -> Mention | None:
        """A pronoun or "the model" before the first name of a sentence."""
        document = self.document
        for index in document.tokens_in(start, end):
            low = document.lows[index]
            if low in _PRONOUNS or (
                low in _NOUNS and not _DEFINITE.isdisjoint(document.lows[max(0, index - 3) : index])
            ):
                token = document.tokens[index]
                return Mention(last.name, token.start, token.end, True)
        return None

    def _oblique(self, mention: Mention) -> bool:
        """Whether a mention stands after "than", "unlike", "for" and the like, so that it is no subject."""
        index = self.document.token_at(mention.start)
        before = self.document.lows[index - 1] if index > 0 else ""
        return before in word_class("oblique") or before in ("by", "for", "from", "inside", "of", "to")

    def models(self, number: int) -> list[Mention]:
        """Models named in sentence `number`, by place."""
        return self._models_in.get(number, [])

    def tests(self, number: int) -> list[Entity]:
        """Benchmarks named in sentence `number`, by place."""
        return self._tests_in.get(number, [])

    def head(self, number: int) -> Mention | None:
        """The only model named in the line or heading above the list that sentence `number` is an item of."""
        document, heads = self.document, self._heads
        block = document.block_at(document.sentences[number][0])
        passed = []
        while block >= 0 and block not in heads and document.blocks[block].kind == "item":
            passed.append(block)
            block -= 1
        if block >= 0 and block not in heads:
            heads[block] = self._only_model(*document.blocks[block][1:3])
        head = heads[block] if block >= 0 else None
        heads.update(dict.fromkeys(passed, head))
        return head

    def _only_model(self, start: int, end: int) -> Mention | None:
        """The model of a passage that names one only."""
        named = self._models[bisect_left(self._model_starts, start) : bisect_left(self._model_starts, end)]
        return named[-1] if len({m.name for m in named}) == 1 else None

    def company(self, place: int) -> Mention | None:
        """The company named at offset `place`, as the one whose system was tested."""
        entity = self._companies.get(place)
        return Mention(entity.name, entity.start, entity.end) if entity else None

    def subject(self, number: int) -> Mention | None:
        """What sentence `number` is about."""
        return self._subjects.get(number)

    def before(self, number: int, place: int) -> Mention | None:
        """The nearest model or pronoun before offset `place` in sentence `number`; else the sentence's subject."""
        document = self.document
        start, _ = document.sentences[number]
        named = [m for m in self.models(number) if m.end <= place]
        subject = self.subject(number)
        nearest = named[-1] if named else None
        if subject is not None:
            for index in reversed(document.tokens_in(nearest.end if nearest else start, place)):
                token = document.tokens[index]
                if token.low in _PRONOUNS and not _is_object(document, index):
                    return Mention(subject.name, token.start, token.end, True)
        return nearest or subject


def _whole(text: str, test: Entity) -> Entity:
    """A benchmark with the version or part that follows its listed name ("Terminal-Bench 3", "GDPval-AA", "FrontierMath Tier 4")."""
    found = _PART.match(text, test.end)
    return replace(test, end=found.end(), name=test.name + found.group()) if found else test


def _start(mention: Mention) -> int:
    return mention.start


def _is_object(document: Document, index: int) -> bool:
    """A pronoun after a preposition is no subject."""
    return index > 0 and document.lows[index - 1] in ("of", "for", "with", "than", "to", "at", "in", "from")
