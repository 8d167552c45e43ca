"""Which model each sentence is about, and what a pronoun stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import NamedTuple

from reader.insight.document import Document
from reader.insight.facts import Entity, Span
from reader.insight.lexicons import terms, word_class

_PRONOUNS = frozenset({"it", "its"})
_NOUNS = frozenset({"model", "system", "release", "version", "checkpoint"})
_SHAPE = re.compile(
    r"(?<![\w’'.-])[A-Z][A-Za-z]+[a-z](?:[ -]|(?=\d))v?(?:[1-9]|[12]\d|[1-9]\.\d{1,2})(?:[ -]\d{1,3}[bBT])?(?![\w%]|[.,]\d)"
)
"""A capitalised word with a low version number: in a sentence about a benchmark most likely a model that no list has."""
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
        self.only_test = len({e.name for e in self._tests}) == 1
        """The text speaks of one benchmark only."""
        self._test_starts = [e.start for e in self._tests]
        if self._tests:
            self._models = sorted([*self._models, *self._shaped()], key=_start)
        self._model_starts = [m.start for m in self._models]
        self.sentences = [
            number
            for number, (start, end) in enumerate(document.sentences)
            if bisect_left(self._test_starts, start) < bisect_left(self._test_starts, end)
            or bisect_left(self._model_starts, start) < bisect_left(self._model_starts, end)
        ]
        self._subjects: dict[int, Mention] = {}
        self._resolve()

    def _is_tool(self, product: Entity) -> bool:
        """Whether a product is what a model was run with ("with Python", "(Claude Code)")."""
        document = self.document
        index = document.token_at(product.start)
        before = document.lows[index - 1] if index > 0 else ""
        return before in ("(", "with", "without", "using", "via", "in", "inside", "through")

    def _shaped(self) -> list[Mention]:
        """Capitalised words with a version number that no entity owns, in the sentences from the first benchmark on."""
        text, found = self.document.text, []
        first = self.document.sentences[max(0, self.document.sentence_at(self._tests[0].start))][0]
        for match in _SHAPE.finditer(text, first):
            start, end = match.span()
            word = re.split(r"[ \d-]", match.group(), maxsplit=1)[0]
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
        touched = set(self.sentences)
        for number in range(len(self.document.sentences)):
            found = self._subject(number, last, number in touched)
            if found is not None:
                self._subjects[number] = last = found

    def _subject(self, number: int, last: Mention | None, touched: bool) -> Mention | None:
        """The first model that can be the subject, or the pronoun that stands in front of it."""
        start, end = self.document.sentences[number]
        model = next((m for m in self.models(number) if not self._oblique(m)), None) if touched else None
        if last is None:
            return model
        if model is None and not touched:
            return None
        pronoun = self._pronoun(start, model.start if model else end, last)
        return pronoun or model

    def _pronoun(self, start: int, end: int, last: Mention) -> Mention | None:
        """A pronoun or "the model" before the first name of a sentence."""
        document = self.document
        for index in document.tokens_in(start, end):
            low = document.lows[index]
            if low in _PRONOUNS or (low in _NOUNS and index and document.lows[index - 1] in ("the", "this", "new")):
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
        start, end = self.document.sentences[number]
        low, high = bisect_left(self._model_starts, start), bisect_left(self._model_starts, end)
        return self._models[low:high]

    def tests(self, number: int) -> list[Entity]:
        """Benchmarks named in sentence `number`, by place."""
        start, end = self.document.sentences[number]
        low, high = bisect_left(self._test_starts, start), bisect_left(self._test_starts, end)
        return self._tests[low:high]

    def head(self, number: int) -> Mention | None:
        """The only model named in the line or heading above the list that sentence `number` is an item of."""
        document, place = self.document, self.document.sentences[number][0]
        block = document.block_at(place)
        while block >= 0 and document.blocks[block].kind == "item":
            block -= 1
        if block < 0:
            return None
        above = document.blocks[block]
        named = self._models[bisect_left(self._model_starts, above.start) : bisect_left(self._model_starts, above.end)]
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
