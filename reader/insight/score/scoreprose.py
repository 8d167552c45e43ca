"""Scores in prose: which number belongs to which model on which benchmark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from reader.insight import lexicons
from reader.insight.facts import Entity, Figure, Score, Span
from reader.insight.figure.numbers import plain_value
from reader.insight.lexicons import score_words, word_class
from reader.insight.naming.topics import Mention, Topics
from reader.insight.score.scoresettings import REACH, setting_of
from reader.insight.score.scoretables import score_unit
from reader.insight.score.scorevalues import Value, is_share_of_tasks, values_of
from reader.insight.syntax.document import GENITIVES, Document

_LIST_VALUE = re.compile(
    r"(?:\s?\([^()\n]{1,40}\))?(\s?[:–—,]|\s-)?\s+(\d{1,3}(?:,\d{3})+|\d+\.\d+%?|\d{1,2}%)(?:\s*/\s*(\d+\.\d+%?|\d{1,2}%))?"
    r"(?=\s*(?:[,;.)]|$|and\b))"
)
_LIST_LINE = re.compile(r"\d[%\d]\s*$|\d$")
_LINE = 80
"""Characters of a line that can be one row of a list of results."""
_LARGEST_SHARE = 100
_PEOPLE_REACH = 5
"""Tokens before a number in which people make it theirs."""
_LONGEST_LINK = 9
"""Tokens between a model and its number at most, brackets and benchmarks left out ("now has a new top score of just")."""
_ON = frozenset({"on", "in", "at", "for", "against"})
_LEADING = frozenset({"lead", "top", "head"})
"""Verbs whose object is the board that the models in front of them are on."""
_OTHER_TEST = re.compile(r"%?\s+on (?!it\b|the (?:same|test|benchmark)\b|average\b|[A-Z])[a-z~]")
"""A test without a name behind a number ("~80% on aider code editing"), which is not the one named before."""
_CORRECTION = re.compile(
    r"(?i)\bcorrections?:|\bearlier version\b|\bmisstated\b|\bshould have been\b|\b(?:in|not )correctly (?:said|gave|stated)|\bwe gave\b"
)


def prose_scores(document: Document, topics: Topics, figures: tuple[Figure, ...]) -> Iterator[Score]:
    """Scores in the sentences that name a model or a benchmark, outside tables."""
    starts = [figure.start for figure in figures]
    carrier = _Carrier(document, topics)
    for number in topics.sentences:
        start, end = document.sentences[number]
        block = document.blocks[document.block_at(start)] if document.blocks else None
        if block is not None and block.kind in ("table", "code"):
            continue
        tests, strict = carrier.tests(number)
        inside = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        if tests and not _CORRECTION.search(document.text, start, end):
            rows = _Sentence(document, topics, number, tests, inside, strict).rows()
            carrier.done(number, bool(rows))
            yield from rows


class _Carrier:
    """The benchmark that a sentence without one goes on about."""

    def __init__(self, document: Document, topics: Topics) -> None:
        self._document, self._topics = document, topics
        self._test: Entity | None = None
        self._from = self._last = -9
        self._names: set[str] = set()
        self._rows: dict[int, bool] = {}

    def tests(self, number: int) -> tuple[list[Entity], bool]:
        """The benchmarks of sentence `number`, and whether they were named before and so count for plain pairs only."""
        own = self._topics.tests(number)
        if own:
            self._test = own[-1] if len({test.name for test in own}) == 1 else None
            self._from = self._last = number
            self._names |= {test.name for test in own}
            return own, False
        if self._test is None or not self._goes_on(number):
            return [], False
        return [self._test], True

    def _is_row(self, number: int) -> bool:
        """Whether the line is one row of a list ("GPT-6: 38.4 / 47.9") whose first words do not say that it is about something else."""
        document, (start, end) = self._document, self._document.sentences[number]
        model = self._topics.models(number)[:1]
        if not model or end - start > _LINE or not _LIST_VALUE.match(document.text, model[0].end, end):
            return False
        above, passed = number - 1, [number]
        while above >= 0 and above not in self._rows and self._has_list_value(above):
            passed.append(above)
            above -= 1
        fits = (
            self._rows[above]
            if above in self._rows
            else above < 0 or not _has_other_topic(document, *document.sentences[above])
        )
        self._rows.update(dict.fromkeys(passed, fits))
        return fits

    def _has_list_value(self, number: int) -> bool:
        """Whether sentence `number` is short and has a number right behind a model."""
        start, end = self._document.sentences[number]
        models = self._topics.models(number) if end - start < _LINE else ()
        return any(_LIST_VALUE.match(self._document.text, model.end, end) for model in models)

    def done(self, number: int, found: bool) -> None:
        """Note whether sentence `number` had scores."""
        if found:
            self._last = number

    def _goes_on(self, number: int) -> bool:
        """Whether the sentence stands in the paragraph of the benchmark, below a heading that names it, or after its scores."""
        document, (start, end) = self._document, self._document.sentences[number]
        models = self._topics.models(number)
        if not models:
            subject = self._topics.before(number, end)
            if subject is None or not subject.pronoun:
                return False
        return self._is_near(number, models) and not _has_other_topic(document, start, end)

    def _is_near(self, number: int, models: list[Mention]) -> bool:
        """Whether the sentence stands close enough to the benchmark, or the text has named no other and it speaks of scores."""
        document, (start, end) = self._document, self._document.sentences[number]
        block, home = document.block_at(start), document.block_at(document.sentences[self._from][0])
        if block == home or number - self._last == 1 or self._is_row(number):
            return True
        if document.blocks[block].kind == "item" and block - document.block_at(document.sentences[self._last][0]) < 2:
            return True
        if len(self._names) != 1 or not any(c.isdigit() for model in models for c in model.name):
            return False
        return _speaks_of_scores(document, start, end)


def _has_other_topic(document: Document, start: int, end: int) -> bool:
    """Whether the sentence is about prices, users, shares of a market … or names another test in words of its own."""
    span = document.tokens_in(start, end)
    lows = document.lows[span.start : span.stop]
    if not score_words("not_result").isdisjoint(lows):
        return True
    tests = [i for i, low in enumerate(lows) if low in score_words("test_noun")]
    return any(not {"same", "this", "that", "these"} & set(lows[max(0, i - 3) : i]) for i in tests)


def _speaks_of_scores(document: Document, start: int, end: int) -> bool:
    span = document.tokens_in(start, end)
    lows = set(document.lows[span.start : span.stop])
    return bool(lows & (score_words("noun") | {"leads", "lead", "followed", "ahead", "first", "scoring", "solves"}))


class _Sentence:
    """One sentence with its benchmarks, models and numbers. `strict`: only numbers that stand right beside their model count."""

    def __init__(
        self,
        document: Document,
        topics: Topics,
        number: int,
        tests: list[Entity],
        figures: tuple[Figure, ...],
        strict: bool,
    ) -> None:
        self.document, self.topics, self.number, self.tests, self.strict = document, topics, number, tests, strict
        self.bounds = document.sentences[number]
        self.models = topics.models(number)
        self.values = values_of(document, figures, self.bounds)
        self.head = topics.head(number) if self._is_labelled() else None
        self._given: dict[tuple[str, str], set[str | None]] = {}

    def rows(self) -> list[Score]:
        """The scores of the sentence, by place."""
        listed = list(self._listed())
        known = {score.start for score in listed}
        rows = self._parallel()
        if rows is None:
            rows = [row for value in self.values if value.start not in known for row in self._of(value)]
        return sorted([*listed, *(row for row in rows if row.start not in known)], key=place)

    # -- lists

    def _is_labelled(self) -> bool:
        """Whether the sentence is a row "GPQA Diamond: 82.1%" of a list, a benchmark in front and no other number before its own."""
        document, (start, end) = self.document, self.bounds
        if not document.blocks or not self.tests or not self.values:
            return False
        test, value = self.tests[0], self.values[0]
        label, link = (
            document.text[start : test.start].strip(" *_-•–"),
            document.text[test.end : value.start].strip(" *_"),
        )
        if label and (not label.endswith((":", "**")) or len(label) > REACH // 2 or any(c.isdecimal() for c in label)):
            return False
        if any(m.start < value.start for m in self.models) or end - start > 2 * _LINE:
            return False
        setting = re.fullmatch(r"\([^()]*\)\W*", link)
        return document.blocks[document.block_at(start)].kind == "item" and (
            bool(setting) or link in (":", "-", "–", "—", "=", "at", ":*")
        )

    def _of_head(self, head: Mention, value: Value) -> Iterator[Score]:
        """The score of a row "GPQA Diamond: 82.1%", whose model stands in the line above the list."""
        if value is self.values[0]:
            yield self._row(self.tests[0], head, value)

    def _listed(self) -> Iterator[Score]:
        """Scores in a list: "HumanEval: Glimmer 2 90.2, Llama 5 79.9", and lines such as "GPT-6: 38.4 / 47.9"."""
        start, end = self.bounds
        if self.strict and end - start >= _LINE:
            return
        whole_line = _LIST_LINE.search(self.document.text, start, end) is not None
        most = float("inf") if any(v.value > _LARGEST_SHARE for v in self.values) else _LARGEST_SHARE
        for model in self.models:
            found = _LIST_VALUE.match(self.document.text, model.end, end)
            if found is None or (found[1] and not whole_line):
                continue
            test = next((t for t in reversed(self.tests) if t.end <= model.start), self.tests[0])
            for group in (2, 3):
                value = plain_value((found[group] or "").rstrip("%"))
                if value is not None and value <= most:
                    yield self._row(test, model, Value(value, *found.span(group), found[group].endswith("%")))

    def _parallel(self) -> list[Score] | None:
        """Parallel lists: "A and B score 1 and 2 on X", "A scores 1 and 2 on X and Y"; null where there are none.

        "respectively" between lists of other lengths leaves all of it in doubt, and nothing is taken.
        """
        values = self.values
        if len(values) < 2 or self.strict:
            return None
        said = "respectively" in self.document.text[slice(*self.bounds)]
        if not said and not self._is_list([(v.start, v.end) for v in values]):
            return None
        subject = self.topics.before(self.number, values[0].start) or self.topics.subject(self.number)
        models = [m for m in self.models if not self._is_compared(m)] if len(self.models) > len(values) else self.models
        if len(self.tests) == 1 and len(models) == len(values) and (said or self._is_list([m.span for m in models])):
            return [self._row(self.tests[0], *pair) for pair in zip(models, values, strict=True)]
        tests = [(t.start, t.end) for t in self.tests]
        if len(tests) == len(values) and subject is not None and (said or self._is_list(tests)):
            return [self._row(test, subject, value) for test, value in zip(self.tests, values, strict=True)]
        return [] if said else None

    def _is_list(self, spans: list[tuple[int, int]]) -> bool:
        """Whether nothing but commas, slashes and "and" stand between the spans."""
        text = self.document.text
        between = [text[a[1] : b[0]].strip() for a, b in pairwise(spans)]
        return len(spans) > 1 and all(gap in (",", "and", ", and", "/", "&") for gap in between)

    # -- single numbers

    def _of(self, value: Value) -> Iterator[Score]:
        test = self.tests[0] if self.strict else self._test_of(value)
        if not self.strict and self.head is not None and not self._owner_after(value):
            yield from self._of_head(self.head, value)
            return
        if test is None or (value.former and self._owner_after(value) is None):
            return
        model, sure = self._owner(value)
        if model is None or (self.strict and not sure) or (self._is_of_a_name(value) and not self._owner_after(value)):
            return
        if not self._is_score(test, value, model) or self._is_of_people(model, value):
            return
        row = self._row(test, model, value)
        settings = self._given.setdefault((model.name, test.name), set())
        if not sure and settings and (row.setting in settings or None in settings) and not self._is_told_apart(value):
            return
        settings.add(row.setting)
        yield row
        yield from (self._row(test, other, value) for other in self._tied(model, value))

    def _is_of_a_name(self, value: Value) -> bool:
        """Whether "of" and no tasks follow ("the 58.0% of Nimbus 2"): only the model after it can have the number."""
        index = self.document.token_at(value.end - 1) + 1
        return self.document.lows[index : index + 1] == ("of",) and not is_share_of_tasks(self.document, index + 1)

    def _is_told_apart(self, value: Value) -> bool:
        """Whether words say what another number of the same model is ("without tools, it manages 31.9%", "at low effort … 74%")."""
        clause = self.document.text[max(self.bounds[0], value.start - REACH) : min(self.bounds[1], value.end + REACH)]
        words = re.findall(r"[a-z@\d]+", clause.lower())
        return bool({"with", "without", "effort", "single", "tries", "tools", "when", "attempts", "pass"} & set(words))

    def _is_score(self, test: Entity, value: Value, model: Mention) -> bool:
        """A bare number needs a sign that it is a score: decimals, a link to its benchmark or model, or points of a board."""
        if value.percent or value.point or value.rival:
            return True
        text = self.document.text
        linked = text[value.end : test.start].strip().lower() in ("on", "on the", "for", "in")
        linked = (
            linked
            or 0 <= value.start - test.end < 12
            or 0 <= value.start - model.end < 14
            or 0 <= model.start - value.end < 8
        )
        return "." in text[value.start : value.end] or linked or value.value > _LARGEST_SHARE

    def _is_of_people(self, model: Mention, value: Value) -> bool:
        """Whether people stand between the model and the number ("where humans average 60%")."""
        lows, index = self.document.lows, self.document.token_at(value.start)
        near = range(max(0, index - _PEOPLE_REACH), index)
        people = word_class("people") | score_words("people")
        return any(lows[i] in people for i in near if not model.start <= self.document.starts[i] < model.end)

    def _tied(self, model: Mention, value: Value) -> list[Mention]:
        """The other models of "A and B are tied on X at 79.6%" and of "both A and B score 82%"."""
        document = self.document
        words = {document.lows[i] for i in document.tokens_in(self.bounds[0], value.start)}
        if model.pronoun or not words & {"tied", "tie", "both", "each"} or value.rival:
            return []
        named = [m for m in self.models if m.end <= model.start]
        return named[-1:] if named and document.text[named[-1].end : model.start] == " and " else []

    def _row(self, test: Entity, model: Mention, value: Value) -> Score:
        label = self.document.text[test.start : test.end + 12]
        return Score(
            start=value.start,
            end=value.end,
            model=model.name,
            benchmark=test.name,
            value=value.value,
            unit="point" if value.point else score_unit(value.value, value.percent, label),
            setting=setting_of(self.document.text, value.end, test, self.bounds),
            model_span=model.span,
            benchmark_span=(test.start, test.end),
            rule="score.carried" if self.strict else "score.prose",
        )

    # -- benchmark

    def _test_of(self, value: Value) -> Entity | None:
        """The benchmark of a number: the one after "on", the one in front of its brackets or colon, else the nearest before."""
        text, at = self.document.text, self.values.index(value)
        if value.rival and at:
            return self._test_of(self.values[at - 1])
        following = next((t for t in self.tests if t.start >= value.end), None)
        if following is not None:
            if self._leads_to(value, following):
                return following
            if text[value.end : following.start] in (" (", " [") and text[value.start - 1] not in "([":
                return following
        before = [t for t in self.tests if t.end <= value.start]
        if following is not None and self._is_in_front(value, following, before):
            return following
        if _OTHER_TEST.match(text, value.end) or (before and _OTHER_TEST.search(text, before[-1].end, value.start)):
            return None
        if before:
            return before[-1] if self._still_on(before[-1], value) else None
        if following is None or len(self.tests) > 1:
            return None
        between = text[value.end : following.start]
        if ";" in between:
            return None
        fronted = self._is_fronted(value) or not _LEADING.isdisjoint(between.split()) or between.strip() == "of"
        return following if fronted or " on " in f"{between} " else None

    def _is_in_front(self, value: Value, test: Entity, before: list[Entity]) -> bool:
        """Whether the number stands right in front of its benchmark, as do others ("71.3 MMLU-Pro, 77.1 GPQA Diamond")."""
        text = self.document.text
        own = text[before[-1].end : value.start].strip() if before else ":"
        return (
            text[value.end : test.start] == " "
            and own in (",", ", and", "and", ":", ";")
            and text[value.start - 2] in ":,;d"
        )

    def _leads_to(self, value: Value, test: Entity) -> bool:
        """Whether "on" joins the number to the benchmark that follows, with no other number between but one of a list."""
        between = self.document.text[value.end : test.start]
        if len(between) > REACH or any(value.end <= v.start < test.start for v in self.values):
            return False
        words = between.lower().replace("(", " ").split()
        return any(w in _ON for w in words[:4]) and ";" not in between and "." not in between.strip(". ")

    def _still_on(self, test: Entity, value: Value) -> bool:
        """Whether a number still belongs to the benchmark before it: the clause has not changed the subject."""
        between = self.document.text[test.end : value.start]
        if ";" not in between or between.rpartition(";")[2].split()[:1] in (["with"], ["without"]):
            return True
        later = self.document.text.rfind(";", test.end, value.start)
        subject = self.topics.before(self.number, value.start)
        again = subject is not None and subject.pronoun and subject.start > later
        return again or (len(self.tests) == 1 and self._owner(value)[1])

    # -- model

    def _owner(self, value: Value) -> tuple[Mention | None, bool]:
        """The model of a number, and whether the two stand right beside each other."""
        after = self._owner_after(value)
        if after is not None:
            return after, True
        before = [m for m in self.models if m.end <= value.start and not self._is_bracketed(m, value)]
        place = self._stranger_after(value)
        following = next((m for m in self.models if m.start >= value.end), None)
        if place is not None and (following is None or following.start > place):
            return self.topics.company(place), False
        if value.rival or self._has_rival(value):
            return self._of_pair(value, before), True
        if before and self._is_linked(before[-1], value):
            return before[-1], True
        if self._stranger_before(value):
            return None, False
        mention = self._by_clause(value, before)
        return mention, mention is not None and mention.pronoun and self._is_linked(mention, value)

    def _owner_after(self, value: Value) -> Mention | None:
        """ "59 for Gemma", "63.7% on MMLU-Pro for Wisp", "61% by Qwen", "59% (Gemma)"."""
        after = next((m for m in self.models if m.start >= value.end), None)
        if after is None or any(value.end <= v.start < after.start for v in self.values):
            return None
        between = self.document.text[value.end : after.start].lower()
        if len(between) > REACH or ";" in between or ("," in between and any(c.isdecimal() for c in between)):
            return None
        if between.strip() == "(" and after.end < (closed := self.document.text.find(")", after.end, self.bounds[1])):
            inside = self.document.text[after.end : closed]
            return None if any(c.isdecimal() for c in inside) else after
        owns = self.document.text[after.end : after.end + 2] in GENITIVES
        if between.strip() in word_class("score_owner"):
            return None if owns and between.strip() == "of" else after
        words = between.split()
        other = {"than", "compared", "versus", "vs", "vs.", "and"} & set(words)
        return after if words and words[-1] in ("for", "by") and "," not in between and not other else None

    def _stranger_after(self, value: Value) -> int | None:
        """Offset of a capitalised name right after "for": the number is its own, whether or not it is a known model."""
        document = self.document
        index = document.token_at(value.end - 1) + 1
        if document.lows[index : index + 1] != ("for",) or index + 1 >= len(document.tokens):
            return None
        token = document.tokens[index + 1]
        return token.start if token.text[0].isupper() or token.low in ("its", "their", "humans", "people") else None

    def _stranger_before(self, value: Value) -> bool:
        """Whether a capitalised word that is no known model has the number ("Osprey got 84", "Osprey 84%")."""
        document = self.document
        index = document.token_at(value.start) - 1
        while index > 0 and document.lows[index] in score_words("verb") | score_words("light"):
            index -= 1
        token = document.tokens[index]
        if token.start <= self.bounds[0] or not token.text[0].isupper() or token.text.isupper():
            return False
        return not self.topics.is_named(token.start)

    def _is_bracketed(self, mention: Mention, value: Value) -> bool:
        """Whether a mention stands in brackets that close before the number: it had the number before them."""
        text = self.document.text
        if text[mention.start - 1 : mention.start] != "(" or text[mention.end : mention.end + 1] != ")":
            return False
        return any(v.end == mention.start - 2 for v in self.values) and mention.end < value.start

    def _of_pair(self, value: Value, before: list[Mention]) -> Mention | None:
        """The model of one number of a pair: the subject has the first ("it trails X, 61 to 65"), the one compared with the second."""
        if not before or self._is_stale(before[-1], value):
            return None
        if len(before) > 1:
            return before[-1] if value.rival else before[-2]
        subject = self.topics.before(self.number, before[0].start)
        if subject is not None and subject.pronoun:
            return before[0] if value.rival else subject
        alone = not value.rival and not self._is_compared(before[0]) and not self._is_object(before[0])
        return before[0] if alone else None

    def _is_stale(self, mention: Mention, value: Value) -> bool:
        """Whether the model was given another number than those of pairs such as this one."""
        return any(
            mention.end <= v.start and v.end <= value.start - 8 and not v.rival and not self._has_rival(v)
            for v in self.values
        )

    def _has_rival(self, value: Value) -> bool:
        """Whether the number is the first of a pair ("61.0 to 63.5")."""
        at = self.values.index(value) + 1
        return at < len(self.values) and self.values[at].rival

    def _is_linked(self, mention: Mention, value: Value) -> bool:
        """Whether only light words, brackets and benchmarks stand between a model and its number ("M now has 61", "M (low) at 61")."""
        document, place = self.document, value.start
        if any(mention.end <= v.start < value.start and not v.former for v in self.values):
            return False
        words = [document.lows[i] for i in self._plain_tokens(mention.end, place)]
        if document.text[mention.end : place].strip() in word_class("score_link"):
            words = words or ["("]
            if words[0] == "at" and self._is_beside_gerund(mention):
                return True
            return words[0] not in ("at", "with", ":") or not self._is_object(mention)
        words = self._without_aside(mention, words)
        if len(words) > _LONGEST_LINK:
            return False
        allowed = (
            score_words("verb")
            | score_words("light")
            | {"’s", "'s", ":", "–", "—", "-", "which", "from", "%", "~", "(", "≈"}
        )
        if not all(word in allowed for word in words):
            return False
        spoken = not words or words[0] in ("(", "’s", "'s", "which", ":", "–", "—", "-")
        if spoken or not self._is_object(mention) or words[0] in score_words("verb"):
            return True
        return "at" in words and self._is_beside_gerund(mention)

    def _is_beside_gerund(self, mention: Mention) -> bool:
        """Whether a gerund stands in front (", surpassing M at 67.0%"): what follows is the model's own number."""
        index = self.document.token_at(mention.start) - 1
        return index >= 0 and self.document.lows[index].endswith("ing")

    def _without_aside(self, mention: Mention, words: list[str]) -> list[str]:
        """The words behind a mention without the aside between two commas, or the comma that closes an apposition."""
        if words[:1] != [","]:
            return words
        apposed = self.document.text[mention.start - 2 : mention.start] == ", "
        if (
            apposed
            or words[1:2] in (["with"], ["at"], ["on"], [","])
            or (words[1:2] == ["which"] and "," not in words[1:])
        ):
            return words[1:]
        if "," in words[1:] and words.index(",", 1) <= _LONGEST_LINK and not self._is_compared(mention):
            rest = words[words.index(",", 1) + 1 :]
            return rest if rest and rest[0] in score_words("verb") else words
        return words

    def _plain_tokens(self, start: int, end: int) -> Iterator[int]:
        """Tokens between two places without those of benchmarks and of brackets that close."""
        document, closed = self.document, start
        for index in document.tokens_in(start, end):
            token = document.tokens[index]
            if (
                token.start < closed
                or any(t.start <= token.start < t.end for t in self.tests)
                or any(v.start <= token.start < v.end for v in self.values)
            ):
                continue
            if token.text == "(":
                stop = document.text.find(")", token.start, end)
                if stop >= 0:
                    closed = stop + 1
                    continue
            yield index

    def _is_object(self, mention: Mention) -> bool:
        """Whether a verb of comparison stands in front ("beats X on T with 61%"): the number is the subject's."""
        index = self.document.token_at(self._head(mention).start) - 1
        if self.document.lows[max(0, index - 1) : index + 1] in (
            ("improves", "on"),
            ("improved", "on"),
            ("builds", "on"),
        ):
            return True
        while index > 0 and self.document.lows[index] in ("the", "’s", "'s", "its", "both", "older", "larger", "rival"):
            index -= 1
        return index > 0 and self.document.lows[index] in _comparing_verbs()

    def _head(self, mention: Mention) -> Mention:
        """The first model of the list that a mention is in ("models like A, B and C")."""
        at = self.models.index(mention) if mention in self.models else 0
        text = self.document.text
        while at and text[self.models[at - 1].end : self.models[at].start].strip() in (",", "and", ", and", "or", "&"):
            at -= 1
        return self.models[at] if mention in self.models else mention

    def _is_compared(self, mention: Mention) -> bool:
        """Whether a mention, or the list that it is in, stands after a word of comparison ("beating X", "than X")."""
        index = self.document.token_at(self._head(mention).start)
        return index > 0 and self.document.lows[index - 1] in _comparing()

    def _by_clause(self, value: Value, before: list[Mention]) -> Mention | None:
        """The nearest model or pronoun before; a model that is only compared with is no subject."""
        mention = self.topics.before(self.number, value.start)
        if mention is None and self._is_fronted(value):
            return next((m for m in self.models if m.start >= value.end), None)
        if mention is None or mention.pronoun:
            return mention if mention is None or mention.start < value.start else None
        if mention.start > value.start:
            return next((m for m in self.models if m.start >= value.end), None) if self._is_fronted(value) else None
        clause = self.document.text.rfind(";", self.bounds[0], value.start)
        if mention.start < clause and sum(v.start > clause for v in self.values) > 1:
            return None
        if before and mention == before[-1] and (self._is_compared(mention) or self._is_object(mention)):
            free = [m for m in before if not self._is_compared(m) and not self._is_object(m)]
            subject = self.topics.subject(self.number)
            return free[-1] if free else subject if subject is not None and subject.pronoun else None
        return mention

    def _is_fronted(self, value: Value) -> bool:
        """Whether the number opens its sentence after "with" or "at" ("With 61.0% on X, Tern overtakes")."""
        index = self.document.token_at(value.start) - 1
        return self.document.lows[index] in ("with", "at") and self.document.starts[index] == self.bounds[0]


def place(row: Score) -> Span:
    """Where a score stands."""
    return row.start, row.end


@cache
def _comparing() -> frozenset[str]:
    cues = {row[0].split(" ")[-1] for row in lexicons.table("ranking_cues")}
    return frozenset(cues | word_class("oblique"))


@cache
def _comparing_verbs() -> frozenset[str]:
    """Last words of the cues that take the other model as their object, and of matching."""
    cues = {row[0].split(" ")[-1] for row in lexicons.table("ranking_cues")}
    return frozenset(cues - {"of", "than", "to", "behind"}) | score_words("match")
