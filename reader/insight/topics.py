"""Which model each sentence is about, and what a pronoun stands for."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from reader.insight.document import Document
from reader.insight.facts import Entity, Span
from reader.insight.lexicons import word_class

_PRONOUNS = frozenset({"it", "its"})
_NOUNS = frozenset({"model", "system", "release", "version", "checkpoint"})
_MODEL_TYPES = ("model", "product")


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
        self._models = [e for e in entities if e.type in _MODEL_TYPES]
        self._tests = [e for e in entities if e.type == "benchmark"]
        self._companies = {e.start: e for e in entities if e.type in ("company", "org")}
        self.only_test = len({e.name for e in self._tests}) == 1
        """The text speaks of one benchmark only."""
        self._model_starts = [e.start for e in self._models]
        self._test_starts = [e.start for e in self._tests]
        self.sentences = [
            number
            for number, (start, end) in enumerate(document.sentences)
            if bisect_left(self._test_starts, start) < bisect_left(self._test_starts, end)
            or bisect_left(self._model_starts, start) < bisect_left(self._model_starts, end)
        ]
        self._subjects: dict[int, Mention] = {}
        self._resolve()

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
        """Whether a mention stands after "than", "unlike" and the like, so that it is no subject."""
        index = self.document.token_at(mention.start)
        return index > 0 and self.document.lows[index - 1] in word_class("oblique")

    def models(self, number: int) -> list[Mention]:
        """Models named in sentence `number`, by place."""
        start, end = self.document.sentences[number]
        low, high = bisect_left(self._model_starts, start), bisect_left(self._model_starts, end)
        return [Mention(e.name, e.start, e.end) for e in self._models[low:high]]

    def tests(self, number: int) -> list[Entity]:
        """Benchmarks named in sentence `number`, by place."""
        start, end = self.document.sentences[number]
        low, high = bisect_left(self._test_starts, start), bisect_left(self._test_starts, end)
        return self._tests[low:high]

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


def _is_object(document: Document, index: int) -> bool:
    """A pronoun after a preposition is no subject."""
    return index > 0 and document.lows[index - 1] in ("of", "for", "with", "than", "to", "at", "in", "from")
