"""Who a source is: the name behind a phrase, a title, a surname or a pronoun, and the medium that carried the words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reader.insight.clauses import (
    EVIDENCE_NOUNS,
    MEDIA,
    POSSESSIVES,
    PRONOUNS,
    QUOTE,
    SOURCE_NOUNS,
    STOPS,
    Unit,
    word_class,
)
from reader.insight.document import Document
from reader.insight.facts import Entity, Span
from reader.insight.lexicons import table, terms

_MODIFIERS = word_class("medium_modifier")

_PERSON = word_class("person_pronoun")
_GROUP = word_class("group_pronoun")
_FIRST = frozenset(["i", "we", "my", "our", "me", "us"])
_SHE, _HE = frozenset(["she", "her", "hers", "herself"]), frozenset(["he", "his", "him", "himself"])
_ORGANISATIONS = frozenset(("company", "org", "outlet"))
_BODIES = word_class("body")
_TITLES = word_class("title")
PLATFORMS = terms("platforms")
_GIVEN_NAMES = {row[0]: row[1] for row in table("given_name_pronouns")}
FAR = 1500
"""Characters behind which a person is no longer what a pronoun stands for."""


class Speakers:
    """Names for the sources of one document, with what has been learnt about each person's pronoun."""

    def __init__(self, document: Document, entities: tuple[Entity, ...], quoted: Sequence[Span]) -> None:
        self._document = document
        self._quote_starts = [start for start, _ in quoted]
        self._quoted = quoted
        self._people = [
            e for e in entities if e.type == "person" and not self._in_quote(e.start) and e.name[:4] != "The "
        ]
        self._bodies = [e for e in entities if e.type in _ORGANISATIONS and not self._in_quote(e.start)]
        self._firms = [e for e in self._bodies if e.type != "outlet"]
        self._people_at = [e.start for e in self._people]
        self._bodies_at = [e.start for e in self._bodies]
        self._firms_at = [e.start for e in self._firms]
        self._pronoun: dict[str, str] = {}

    def name(self, span: Span) -> str | None:
        """The person or organisation that the phrase at `span` stands for; None for "we" and an unresolved pronoun."""
        text = self._document.text[span[0] : span[1]]
        words = [token.low for token in (self._document.tokens[i] for i in self._document.tokens_in(*span))]
        if not words:
            return None
        if words[0] in _FIRST:
            return None
        if words[0] in _PERSON and (len(words) == 1 or words[0] in POSSESSIVES):
            return self._person_before(span[0], words[0])
        if words[0] in _GROUP and (len(words) == 1 or words[0] in POSSESSIVES):
            return self._body_before(span[0])
        person = self._inside(self._people, self._people_at, span)
        if person is not None:
            return person.name
        return self._body(text, words, span)

    def can_speak(self, span: Span) -> bool:
        """Whether the phrase at `span` is a person, an organisation or a pronoun, rather than a thing."""
        words = [self._document.lows[i] for i in self._document.tokens_in(*span)]
        if not words or words[0] in _PERSON or words[0] in _GROUP or words[0] in _FIRST or words[0] in PRONOUNS:
            return bool(words)
        named = self._inside(self._people, self._people_at, span) or self._inside(self._bodies, self._bodies_at, span)
        tokens = [self._document.tokens[i].text for i in self._document.tokens_in(*span)]
        if len(tokens) > 1 and all(t[0].isupper() and t.isalpha() for t in tokens[:2]):
            return True
        return named is not None or any(w in SOURCE_NOUNS or w in EVIDENCE_NOUNS or w in MEDIA for w in words)

    def _body(self, text: str, words: list[str], span: Span) -> str:
        """The organisation in a phrase without a person, unless the phrase is about somebody who works there."""
        body = self._inside(self._bodies, self._bodies_at, span)
        spoken = [w for w in words if w in SOURCE_NOUNS and w not in _BODIES]
        ends = body is not None and (body.end == span[1] or self._document.text[body.end] == ",")
        if body is not None and (
            (body.start == span[0] and ends) or not [w for w in spoken if w not in body.name.lower()]
        ):
            return body.name
        if words[0] in ("the", "this") and len(words) == 2 and words[1] in _BODIES:
            return self._body_before(span[0]) or text
        if words[0] == "the" and len(words) <= 4 and words[-1] in _TITLES and body is None:
            return self._person_before(span[0], "") or text
        return text

    def _inside(self, entities: list[Entity], starts: list[int], span: Span) -> Entity | None:
        """The last of `entities` within `span` that no comma stands before."""
        comma = self._document.text.find(",", *span)
        end = comma if comma > span[0] else span[1]
        i = bisect_left(starts, end)
        if i and starts[i - 1] >= span[0] and entities[i - 1].end <= span[1]:
            return entities[i - 1]
        return entities[i] if i < len(entities) and entities[i].end <= span[1] else None

    def _person_before(self, offset: int, pronoun: str) -> str | None:
        """The last person named before `offset` whom no other pronoun has stood for."""
        gender = "she" if pronoun in _SHE else "he" if pronoun in _HE else ""
        i = bisect_left(self._people_at, offset)
        near = [p for p in reversed(self._people[max(0, i - 12) : i]) if offset - p.start < FAR]
        fitting = [p for p in near if not gender or self._gender(p.name) in (gender, "")]
        if not fitting:
            return None
        name = fitting[0].name
        if gender:
            self._pronoun.setdefault(name, gender)
        return name

    def _gender(self, name: str) -> str:
        """ "he" or "she": the pronoun that has stood for the name, else that of most people with the given name; "" if unknown."""
        return self._pronoun.get(name) or _GIVEN_NAMES.get(name.split()[0] if name else "", "")

    def _body_before(self, offset: int) -> str | None:
        """The organisation that the sentence of `offset`, or one before it, is about."""
        i = bisect_left(self._firms_at, offset)
        if i == 0:
            return None
        last = self._firms[i - 1]
        sentence = self._document.sentence_at(last.start)
        first = bisect_left(self._firms_at, self._document.sentences[sentence][0]) if sentence >= 0 else i - 1
        return self._firms[min(first, i - 1)].name

    def _in_quote(self, offset: int) -> bool:
        i = bisect_left(self._quote_starts, offset + 1) - 1
        return i >= 0 and offset < self._quoted[i][1]


def medium(unit: Unit, source: tuple[int, int] | None, cue: tuple[int, int] | None) -> str | None:
    """What carried the words: "blog post", "conference call", "Threads"; from the source or from what follows the cue."""
    if source is not None:
        for i in range(source[0] + 1, source[1]):
            if unit.low[i] in MEDIA:
                return _medium_phrase(unit, i, source[0])
    if cue is None:
        return None
    for i in range(cue[1], min(len(unit.low), cue[1] + 14)):
        low = unit.low[i]
        if low == QUOTE or low in STOPS or low in (",", ":", "that"):
            return None
        if (
            (low in MEDIA or low in PLATFORMS)
            and i > cue[1]
            and (low not in PLATFORMS or unit.low[i - 1] in ("on", "via", "to"))
        ):
            return _medium_phrase(unit, i, cue[1])
    return None


def _medium_phrase(unit: Unit, index: int, floor: int) -> str:
    """The noun with the nouns that belong to it ("blog post", "conference call")."""
    begin, end = index, index + 1
    while end < len(unit.low) and unit.low[end] in MEDIA and not unit.low[end].endswith("s"):
        end += 1
    if begin > floor and unit.low[begin - 1] in _MODIFIERS:
        begin -= 1
    return " ".join(word.text for word in unit.words[begin:end])
