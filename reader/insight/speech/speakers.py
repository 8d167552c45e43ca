"""Who a source is: the name behind a phrase, a title, a surname or a pronoun, and the medium that carried the words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, pairwise

from reader.insight.facts import Entity, Facts, Span
from reader.insight.lexicons import given_names, table, terms
from reader.insight.syntax.clauses import (
    EVIDENCE_NOUNS,
    MEDIA,
    OBJECTS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE,
    SOURCE_NOUNS,
    STOPS,
    Unit,
    is_finite,
    word_class,
)
from reader.insight.syntax.document import GENITIVES

_MODIFIERS = word_class("medium_modifier")
_WORD = re.compile(r"[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*")
_GENDERED = re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]imself|[Ss]he|[Hh]er|[Hh]ers|[Hh]erself)\b")

_OWNED = re.compile(r"['’]s ([A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){1,2})")
"""What reads like a person's name behind an organisation's possessive ("Nvidia's Rev Lebaredian")."""

_PERSON = word_class("person_pronoun")
_GROUP = word_class("group_pronoun")
_FIRST = frozenset(["i", "we", "my", "our", "me", "us"])
_SHE, _HE = frozenset(["she", "her", "hers", "herself"]), frozenset(["he", "his", "him", "himself"])
_PLURAL = frozenset(["they", "them", "their", "themselves"])
_ORGANISATIONS = frozenset(("company", "org", "outlet"))
_TITLES = word_class("title")
_BODIES, _OFFICIAL = word_class("body"), word_class("official_voice")
_SEEN = frozenset(["by", "with"])
"""Words before an organisation that only saw or got a document ("a memo obtained by Wired")."""
PLATFORMS = terms("platforms")
_GIVEN_NAMES = {
    name: pronoun for name, pronoun in (*given_names().items(), *table("given_name_pronouns")) if pronoun != "-"
}
COMPANY = re.compile(
    r"(?:the|this) (?:[a-z]+(?:,? [a-z]+)?-based )?(?:ai |tech |software |chip |robotics )?"
    r"(?:automaker|chipmaker|company|developer|firm|giant|group|lab|maker|retailer|start-up|startup|vendor)"
)
"""A phrase for a company that was named before, lower-cased."""
_OCCASION = re.compile(r"\s(?:during|ahead of|shortly (?:after|before))\s.*", re.DOTALL)
"""When somebody spoke, behind who it was ("Calder's founder during a call")."""
FAR = 900
"""Characters behind which a person is no longer what a pronoun stands for."""
BACK = 5400
"""Characters behind which a company or a bearer of a title is no longer meant."""
SENTENCES = 8
"""Sentences behind which a person is no longer what a pronoun stands for."""


class Speakers:
    """Names for the sources of one text, with what has been learnt about each person's pronoun.

    `sentences`, `quoted` (quotations) and `sources` (who vouches for something) are passages of `text`, by start. A pronoun takes the
    name that the text makes clear, the last speaker before a name only mentioned, and none where two would do.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Span],
        entities: Iterable[Entity],
        quoted: Sequence[Span],
        sources: Iterable[Span] = (),
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._quoted = quoted
        self._quote_starts = [start for start, _ in quoted]
        outside = [e for e in entities if not self._in_quote(e.start)] if quoted else list(entities)
        self._people = [e for e in outside if e.type == "person" and e.name[:4] != "The "]
        self._bodies = [e for e in outside if e.type in _ORGANISATIONS]
        self._firms = [e for e in self._bodies if e.type != "outlet"]
        self._things = [e for e in outside if e.type in ("company", "org", "model", "product", "chip")]
        self._names = {e.name for e in self._people}
        self._firm_names = {e.name for e in self._firms}
        self._starts = {e.start for e in outside}
        self._people_at = [e.start for e in self._people]
        self._bodies_at = [e.start for e in self._bodies]
        self._firms_at = [e.start for e in self._firms]
        self._things_at = [e.start for e in self._things]
        self._sources = sorted(source for source in set(sources) if not self._in_quote(source[0]))
        self._source_names: list[str | None] = []
        self._pronoun: dict[str, str] = {}
        self._own: dict[str, str] = {}

    def name(self, span: Span) -> str | None:
        """The person or organisation that the phrase at `span` stands for; None for "we" and an unresolved pronoun."""
        words = self._words(span)
        if not words or words[0] in _FIRST:
            return None
        if len(words) == 1 and (words[0] in _PERSON or words[0] in _GROUP):
            return self._behind_pronoun(span[0], words[0])
        if words in (["a"], ["q"]):
            return self._guest if words == ["a"] else None
        person = self._inside(self._people, self._people_at, span) or self._apposed(words, span)
        if person is not None and person.end <= span[0]:
            return person.name
        if person is not None:
            return self._together(person, span) or self._owned_by(person, span)
        if words[0] in ("his", "her") and _HUMAN.isdisjoint(words) and not _SAYINGS.isdisjoint(words):
            return self._behind_pronoun(span[0], words[0])
        return self._body(words, span)

    def _apposed(self, words: list[str], span: Span) -> Entity | None:
        """The person right before a role that a comma parts from the name ("Ann Reed, [Calder's founder and CEO] said")."""
        head = next((k for k, word in enumerate(words) if k and word in PREPOSITIONS), len(words))
        if self._text[span[0] - 2 : span[0]] != ", " or words[head - 1] not in _HUMAN:
            return None
        last = bisect_left(self._people_at, span[0]) - 1
        return self._people[last] if last >= 0 and self._people[last].end == span[0] - 2 else None

    def _together(self, person: Entity, span: Span) -> str | None:
        """The words for several people who speak together ("A, B and C, who accused"); None for one."""
        first = last = bisect_left(self._people_at, person.start)
        span = span[0], self._listed_until(last, span)
        told = self._text[span[1] : span[1] + 6].startswith((", who", " who"))
        while first and self._text[self._people[first - 1].end : self._people[first].start] in _LISTING:
            if self._people[first - 1].start < span[0] and not told:
                break
            first -= 1
        while last + 1 < len(self._people) and self._people[last + 1].end <= span[1]:
            if self._text[self._people[last].end : self._people[last + 1].start] not in _LISTING:
                break
            last += 1
        return self._text[self._people[first].start : self._people[last].end] if first < last else None

    def _listed_until(self, index: int, span: Span) -> int:
        """The end of `span`, moved to the end of the list of names that it cuts ("[the plaintiffs, A], B and C")."""
        last, joined = index, False
        while last + 1 < len(self._people) and not joined:
            between = self._text[self._people[last].end : self._people[last + 1].start]
            if between not in _LISTING:
                return span[1]
            joined, last = "and" in between or "&" in between, last + 1
        return max(span[1], self._people[last].end) if joined and self._people[index].end == span[1] else span[1]

    def _owned_by(self, person: Entity, span: Span) -> str:
        """The person in a phrase; of "Carson's manager, Ann Reyes" the second, and of "Carson's manager" the phrase itself."""
        if self._text[person.end : person.end + 2] not in GENITIVES or person.end + 2 >= span[1]:
            return person.name
        last = self._people[bisect_left(self._people_at, span[1]) - 1]
        if last.start > person.end and last.end <= span[1]:
            return last.name
        behind = self._words((person.end + 2, span[1]))
        return self._text[slice(*span)] if not _HUMAN.isdisjoint(behind) else person.name

    def can_speak(self, span: Span) -> bool:
        """Whether the phrase at `span` is a person, an organisation or a pronoun, rather than a thing."""
        words = self._words(span)
        if not words or words[0] in _PERSON or words[0] in _GROUP or words[0] in _FIRST:
            return bool(words)
        named = self._inside(self._people, self._people_at, span) or self._inside(self._bodies, self._bodies_at, span)
        tokens = self._text[span[0] : span[1]].split()
        if len(tokens) > 1 and all(t[0].isupper() and t.isalpha() for t in tokens[:2]):
            return True
        head = next((k for k, w in enumerate(words) if k and w in PREPOSITIONS), len(words))
        heads = words[:head]
        return (named is not None and PREPOSITIONS.isdisjoint(self._words((span[0], named.start)))) or any(
            w in SOURCE_NOUNS or w in EVIDENCE_NOUNS or w in MEDIA for w in heads
        )

    def _words(self, span: Span) -> list[str]:
        return [w.lower().replace("’", "'") for w in _WORD.findall(self._text, *span)]

    def _hear_until(self, offset: int) -> None:
        """Resolve the sources before `offset`, in their order, so that a pronoun can follow a pronoun."""
        while len(self._source_names) < len(self._sources) and self._sources[len(self._source_names)][0] < offset:
            self._source_names.append(self.name(self._sources[len(self._source_names)]))

    @cached_property
    def _guest(self) -> str | None:
        """Who answers in an interview ("A: …"): the person named most often, half of the time at least."""
        counts = Counter(person.name for person in self._people).most_common(1)
        return counts[0][0] if counts and 2 * counts[0][1] >= len(self._people) else None

    def _body(self, words: list[str], span: Span) -> str:
        """The organisation in a phrase without a person, unless the phrase is about somebody who works there."""
        text = _OCCASION.sub("", self._text[span[0] : span[1]])
        body = self._inside(self._bodies, self._bodies_at, span)
        spoken = [w for w in words if w in SOURCE_NOUNS and w not in _BODIES]
        ends = body is not None and (body.end == span[1] or self._text[body.end] == ",")
        if body is not None and (
            (body.start == span[0] and ends)
            or (not [w for w in spoken if w not in body.name.lower()] and not self._only_saw(body, span))
        ):
            owned = _OWNED.fullmatch(self._text, body.end, span[1])
            return owned[1] if owned else self._joint(body, span) or body.name
        if words[0] in ("its", "their") and body is None:
            return self._behind_pronoun(span[0], "it") or text
        if words[0] in ("the", "this") and len(words) == 2 and words[1] in _BODIES:
            return self._company_before(span[0]) or text
        if body is None and COMPANY.fullmatch(" ".join(text.lower().split())):
            return self.company(span[0]) or text
        if words[0] == "the" and len(words) < 5 and words[-1] in _HUMAN and body is None:
            return self._bearer(span[0], words[-1]) or text
        return text

    def _joint(self, body: Entity, span: Span) -> str | None:
        """The words for organisations that speak together ("Calder and Plinth say"); None for one."""
        at = bisect_left(self._bodies_at, span[0])
        named = [e for e in self._bodies[at : at + 6] if e.end <= span[1]]
        if len(named) < 2 or named[0].start != span[0] or named[-1].end != span[1] or body not in named:
            return None
        listed = all(self._text[a.end : b.start] in _LISTING for a, b in pairwise(named))
        return self._text[slice(*span)] if listed else None

    def _only_saw(self, body: Entity, span: Span) -> bool:
        """Whether an organisation at the end of a phrase only got hold of what speaks: "a memo obtained by Wired"."""
        before = self._text[span[0] : body.start].lower().split()
        return len(before) > 2 and before[-1] in _SEEN and before[-2].endswith(("ed", "en", "with"))

    def _inside(self, entities: list[Entity], starts: list[int], span: Span) -> Entity | None:
        """The last of `entities` within `span` that no comma stands before."""
        comma = self._text.find(",", *span)
        end = comma if comma > span[0] else span[1]
        i = bisect_left(starts, end)
        if i and starts[i - 1] >= span[0] and entities[i - 1].end <= span[1]:
            return entities[i - 1]
        return entities[i] if i < len(entities) and entities[i].end <= span[1] else None

    # --- pronouns ---------------------------------------------------------------

    def _behind_pronoun(self, offset: int, word: str) -> str | None:
        self._hear_until(offset)
        if word == "who":
            i = bisect_left(self._people_at, offset) - 1
            near = i >= 0 and self._text[self._people[i].end : offset].strip() in ("", ",")
            return self._people[i].name if near else None
        if word in _PERSON:
            return self._person_before(offset, "she" if word in _SHE else "he")
        if word in _PLURAL:
            return self._plural_before(offset)
        return self._body_before(offset)

    def _stretches(self, offset: int, count: int) -> Iterable[Span]:
        """The part before `offset` of its sentence, then the sentences before it, the nearest first, at most one paragraph back.

        A question that is a paragraph of its own (an interview) does not count.
        """
        last = bisect_right(self._sentences, (offset, len(self._text) + 1)) - 1
        breaks = 0
        for index in range(last, max(-1, last - count), -1):
            start, end = self._sentences[index]
            if index < last:
                breaks += "\n" in self._text[end : self._sentences[index + 1][0]]
                if breaks > 1 or offset - start > FAR:
                    return
                if self._text[end - 1] == "?" and "\n" in self._text[max(0, start - 2) : start] and breaks:
                    breaks -= 1
            yield start, min(end, offset)

    def _person_before(self, offset: int, gender: str) -> str | None:
        """The person whom "he" or "she" at `offset` stands for; None where the text leaves it open."""
        for start, end in self._stretches(offset, SENTENCES):
            heard = self._speaking(start, end, gender)
            speaking = [n for n in heard if self._gender(n) in (gender, "")]
            if speaking:
                return self._learn(speaking[0], gender)
            if any(n not in self._pronoun for n in heard):
                return None
            described = self._described(start, end, gender)
            if described is not None and self._gender(described) in (gender, ""):
                bearer = described[:4] in ("The ", "the ") and self._bearer(start, described.split()[-1].lower())
                return bearer or described
            if self._hears_unknown(start, end) or (start < offset and self._begins_unknown(start)):
                return None
            people = self._people[bisect_left(self._people_at, start) : bisect_left(self._people_at, end)]
            fitting = dict.fromkeys(p.name for p in people if self._gender(p.name) in (gender, ""))
            sure = [name for name in fitting if self._is_sure(name, gender)]
            if len(sure) == 1 or len(fitting) == 1:
                return self._learn(sure[0] if len(sure) == 1 else next(iter(fitting)), gender)
            if fitting:
                first = next(p for p in people if p.name in fitting)
                return self._learn(first.name, gender) if first.start == start else None
            if any(p.name not in self._pronoun for p in people):
                return None
        return None

    def _hears_unknown(self, start: int, end: int) -> bool:
        """Whether somebody vouches for something between two offsets who has a capital and is neither known as person nor as firm."""
        i = bisect_left(self._sources, (start, 0))
        while i < len(self._source_names) and self._sources[i][0] < end:
            name, span = self._source_names[i], self._sources[i]
            known = name in self._names or name in self._firm_names
            if name == self._text[slice(*span)] and name[:1].isupper() and name.isalpha() and not known:
                return name.lower() not in _CROWD and name.lower() not in SOURCE_NOUNS
            i += 1
        return False

    def _begins_unknown(self, start: int) -> bool:
        """Whether a sentence begins with a capitalised word that is no small word and no name known here."""
        word = _WORD.match(self._text, start)
        if word is None or start in self._starts or word.end() + 1 in self._starts:
            return False
        low = word.group().lower()
        if low in terms("stop_words") or low in SOURCE_NOUNS or low.endswith(("ly", "ing", "ed")):
            return False
        after = _WORD.search(self._text, word.end())
        return not low.endswith("s") or (after is not None and after.group() in ("did", "does", "has", "is", "was"))

    def _described(self, start: int, end: int, gender: str) -> str | None:
        """A person whom the sentence begins with and does not name: "A former researcher puts it simply", "Her brother did not"."""
        words = list(islice(_WORD.finditer(self._text, start, end), 8))
        first = words[0].group().lower() if words else ""
        if first not in _INTRODUCING and first != ("his" if gender == "she" else "her"):
            return None
        if words[0].group().lower() == "another" and words[1:] and words[1].group().endswith(("ed", "s")):
            return words[0].group()
        for word in words[1:]:
            low = word.group().lower()
            if low in PREPOSITIONS or low in ("who", "which", "that"):
                return None
            if low in _HUMAN or low.endswith(_DOERS):
                named = self._people_at[bisect_left(self._people_at, start) :][:1]
                after = self._text[word.end() : word.end() + 2]
                return (
                    self._text[start : word.end()]
                    if after[:1] == " " and not after[1:].isupper() and not (named and named[0] < end)
                    else None
                )
        return None

    def _speaking(self, start: int, end: int, gender: str) -> list[str]:
        """The people who vouch for something between two offsets, named or not, in their order."""
        i, names = bisect_left(self._sources, (start, 0)), []
        while i < len(self._source_names) and self._sources[i][0] < end:
            name, span = self._source_names[i], self._sources[i]
            other = ("her", "his")[gender == "he"] == self._words(span)[0] and name == self._text[span[0] : span[1]]
            if name is not None and not other and self._is_human(name, span):
                names.append(name)
            i += 1
        return names

    def _is_human(self, name: str, span: Span) -> bool:
        """Whether the source at `span` is one human being: a person named, a pronoun, or a phrase such as "one engineer"."""
        words = self._words(span)
        if words[0] in _PERSON or name in self._names:
            return True
        heads = words[: next((k for k, w in enumerate(words) if w in PREPOSITIONS), len(words))]
        return name == self._text[span[0] : span[1]] and (
            words[0] in ("one", "another") or not _HUMAN.isdisjoint(heads)
        )

    def _plural_before(self, offset: int) -> str | None:
        """Who "they" are: the last source in the plural, else the organisation that is spoken of."""
        for start, end in self._stretches(offset, 3):
            i = bisect_left(self._sources, (end, 0))
            while i and self._sources[i - 1][0] >= start:
                i -= 1
                words = self._words(self._sources[i])
                if len(words) > 1 and any(w in SOURCE_NOUNS and w.endswith("s") for w in words[:4]):
                    return self._text[slice(*self._sources[i])]
        return None

    def _learn(self, name: str, gender: str) -> str:
        self._pronoun.setdefault(name, gender)
        return name

    def _gender(self, name: str) -> str:
        """ "he" or "she": the pronoun of the name in this text, else that of most people with the given name; "" if unknown."""
        if name not in self._pronoun:
            if name not in self._own:
                self._own[name] = self._own_pronoun(name)
            given = _GIVEN_NAMES.get(name.partition(" ")[0], "") or self._own[name]
            low = name.lower()
            given = given or ("she" if "woman" in low else "he" if "spokesman" in low or "chairman" in low else "")
            if not given:
                return _by_ending(name)
            self._pronoun[name] = given
        return self._pronoun[name]

    def _is_sure(self, name: str, gender: str) -> bool:
        """Whether the text or the given name, not only its ending, says that the person is a "he" or a "she"."""
        return self._gender(name) == gender and name in self._pronoun

    @cached_property
    def _mentions(self) -> dict[str, list[int]]:
        """Where in `_people` each name stands."""
        places: dict[str, list[int]] = {}
        for index, person in enumerate(self._people):
            places.setdefault(person.name, []).append(index)
        return places

    def _own_pronoun(self, name: str) -> str:
        """The pronoun that follows a mention of the person in the same sentence, with nobody else named between."""
        for index in self._mentions.get(name, ()):
            person = self._people[index]
            end = self._sentences[max(0, bisect_right(self._sentences, (person.start, len(self._text))) - 1)][1]
            after = self._people_at[index + 1] if index + 1 < len(self._people) else end
            found = _GENDERED.search(self._text, person.end, max(person.end, min(end, after)))
            if found and not self._in_quote(found.start()):
                return "she" if found.group().lower() in _SHE else "he"
        return ""

    # --- organisations ----------------------------------------------------------

    def _body_before(self, offset: int) -> str | None:
        """The organisation that the sentence of `offset`, or the one before it, is about; None where that is a thing or unclear."""
        for start, end in self._stretches(offset, 3):
            i = bisect_left(self._sources, (start, 0))
            if i < len(self._source_names) and self._sources[i][0] < end:
                name = self._source_names[i]
                if name in self._firm_names:
                    return name
            things = self._between(self._things, self._things_at, start, end)
            if things:
                first = things[0]
                clear = first.start - start <= NEAR or len({t.name for t in things}) == 1
                return first.name if clear and first.type in ("company", "org") else None
            if end < offset and not self._goes_on(start):
                return None
            if start < offset and self._begins_unknown(start):
                return None
        return None

    def _goes_on(self, start: int) -> bool:
        """Whether a sentence begins with a pronoun or "the company", and so goes on about what the one before was about."""
        words = self._words((start, min(len(self._text), start + 24)))
        return bool(words) and (words[0] in _GROUP or (words[0] == "the" and not _BODIES.isdisjoint(words[1:2])))

    @staticmethod
    def _between(entities: list[Entity], starts: list[int], start: int, end: int) -> list[Entity]:
        return entities[bisect_left(starts, start) : bisect_left(starts, end)]

    def _company_before(self, offset: int) -> str | None:
        """The company that "the company" at `offset` stands for: the only one of its paragraph, or the one of the whole text so far."""
        self._hear_until(offset)
        begin = self._paragraph(offset)
        before = next((start for start, end in self._stretches(offset, 2) if end < offset), None)
        if before is not None and before >= begin and self._begins_unknown(before):
            return None
        here = self._companies(begin, offset)
        if here:
            return next(iter(here)) if len(here) == 1 else self._body_before(offset)
        counts = self._companies(offset - BACK, offset)
        best = sorted(counts.values(), reverse=True)
        return max(counts, key=lambda n: counts[n]) if best and best[0] > 2 * sum(best[1:2]) - 1 else None

    def company(self, offset: int) -> str | None:
        """The company that "the company" at `offset` can only be: the one of its paragraph so far (or of the one before), which is
        named more often than any other in the text up to there; None where two would do."""
        begin = self._paragraph(offset)
        nearest = [start for start, end in self._stretches(offset, 3) if end < offset and start >= begin]
        if any(self._begins_unknown(start) for start in nearest):
            return None
        here = self._companies(begin, offset)
        if not here and begin > 1:
            before = self._text.rfind("\n", max(0, begin - BACK), begin - 1)
            here = self._companies(self._paragraph(max(before, 0)), offset)
        counts = self._companies(max(0, offset - BACK), offset).most_common(2)
        if len(here) != 1 or not counts or (len(counts) > 1 and counts[1][1] == counts[0][1]):
            return None
        name = next(iter(here))
        return name if name == counts[0][0] else None

    def _paragraph(self, offset: int) -> int:
        """Where the paragraph of `offset` begins, or as far back as anything is looked for."""
        floor = max(0, offset - BACK)
        return max(floor, self._text.rfind("\n", floor, offset) + 1)

    def _companies(self, start: int, end: int) -> Counter[str]:
        """How often each company is named between two offsets."""
        firms = self._between(self._firms, self._firms_at, start, end)
        return Counter(firm.name for firm in firms if firm.type == "company")

    def _bearer(self, offset: int, role: str) -> str | None:
        """The only person before `offset` whom the text calls so beside the name ("Judge Etcheverry" for "the judge").

        Where it calls nobody so, the only person of the paragraph.
        """
        found = set()
        for person in self._between(self._people, self._people_at, offset - BACK, offset):
            before = self._words((max(0, person.start - 30), person.start))[-1:]
            behind = self._text[person.end : person.end + 60].partition(".")[0]
            described = behind[:2] == ", " and role in _WORD.findall(behind[2:].partition(",")[0].lower())
            if role in before or (role == "judge" and "justice" in before) or described:
                found.add(person.name)
        if not found and role in _TITLES:
            begin = self._paragraph(offset)
            near = {p.name for p in self._between(self._people, self._people_at, begin, offset)}
            return near.pop() if len(near) == 1 and role not in self._words((begin, offset)) else None
        return found.pop() if len(found) == 1 else None

    def _in_quote(self, offset: int) -> bool:
        i = bisect_left(self._quote_starts, offset + 1) - 1
        return i >= 0 and offset < self._quoted[i][1]


_LISTING = frozenset((", ", " and ", ", and ", " & "))
"""What stands between the names of people who speak together."""
NEAR = 30
"""Characters from the start of a sentence within which a name is taken for its subject."""
_SPOKEN = frozenset(["judge", "spokesman", "spokesperson", "spokeswoman"])
_HUMAN = frozenset(
    noun
    for noun in SOURCE_NOUNS - _BODIES - (_OFFICIAL - _SPOKEN) - word_class("crowd")
    if not noun.endswith("s") and not noun.endswith("people")
)
"""Nouns for one human being."""
_CROWD = word_class("crowd")
_SAYINGS = (
    EVIDENCE_NOUNS | MEDIA | frozenset(["answer", "reply", "sentence", "view", "verdict", "word", "words", "line"])
)
"""Nouns for what somebody says: "her full sentence" is hers."""
_DOERS = ("tor", "ser", "ter", "ker", "ner", "ist", "ian", "eer", "woman")
_INTRODUCING = frozenset(["a", "an", "another", "one", "the"])


def _by_ending(name: str) -> str:
    """What the ending of an unknown given name suggests; too little to choose by, but enough to doubt."""
    given = name.partition(" ")[0] if " " in name else ""
    if not given[:1].isupper() or given.lower() in ("a", "the"):
        return ""
    return "she" if given.endswith(("a", "ko")) else "he" if given[-1:] in "bdgjkoprtuvw" else ""


def source_names(text: str, facts: Facts) -> dict[Span, str]:
    """Names for the sources of attributions that are a pronoun or "the company", where the text makes clear who that is."""
    sources = [a.source for a in facts.attributions if a.source]
    pronouns = [s for s in sources if text[s[0] : s[1]].lower() in _PERSON | _GROUP]
    described = [s for s in sources if COMPANY.fullmatch(" ".join(text[s[0] : s[1]].lower().split()))]
    if not pronouns and not described:
        return {}
    sentences = [(s.start, s.end) for s in facts.sentences]
    speakers = Speakers(text, sentences, facts.entities, [(q.start, q.end) for q in facts.quotes], sources)
    names = {span: name for span in sorted(set(pronouns)) if (name := speakers.name(span)) is not None}
    return names | {span: name for span in sorted(set(described)) if (name := speakers.company(span[0])) is not None}


def medium(unit: Unit, source: tuple[int, int] | None, cue: tuple[int, int] | None) -> str | None:
    """What carried the words: "blog post", "conference call", "Threads"; from the source or from what follows the cue."""
    if source is not None:
        for i in range(source[0] + 1, source[1]):
            if unit.low[i] in MEDIA and unit.low[i + 1 : i + 2] != ["'s"]:
                return _medium_phrase(unit, i, source[0])
    if cue is None:
        return None
    if unit.low[cue[1] : cue[1] + 1] and unit.low[cue[1]] in POSSESSIVES | PRONOUNS - OBJECTS:
        return None
    led = False
    for i in range(cue[1], min(len(unit.low), cue[1] + 14)):
        low = unit.low[i]
        if low == QUOTE or low in STOPS or low in _NOT_OF_CUE:
            return None
        led = led or low in _CARRYING
        if (
            (low in MEDIA or low in PLATFORMS)
            and i > cue[1]
            and led
            and unit.low[i + 1 : i + 2] != ["'s"]
            and not (i + 1 < len(unit.low) and is_finite(unit, i + 1))
            and (low not in PLATFORMS or unit.low[i - 1] in ("on", "via", "to"))
        ):
            return _medium_phrase(unit, i, cue[1])
    return None


_CARRYING = frozenset(("at", "during", "from", "in", "on", "over", "through", "to", "via", "with"))
"""Words of which one stands between a cue and what carried the words ("said in a note")."""
_NOT_OF_CUE = frozenset(
    (",", ":", "that", "about", "after", "ahead", "before", "following", "reaction", "regarding", "response")
)
"""Words behind a cue after which no medium of its own comes ("said in response to the report")."""


def _medium_phrase(unit: Unit, index: int, floor: int) -> str:
    """The noun with the nouns that belong to it ("blog post", "conference call")."""
    begin, end = index, index + 1
    while end < len(unit.low) and unit.low[end] in MEDIA and not unit.low[end].endswith("s"):
        end += 1
    if begin > floor and unit.low[begin - 1] in _MODIFIERS:
        begin -= 1
    return " ".join(word.text for word in unit.words[begin:end])
