"""What of a figure's slots is sure enough to stand alone: a row of the panel shows no subject, metric or period that may be another's.

The rules for figures say what a figure most likely is of. A row is read without its sentence, so it keeps a slot only where nothing
between the words of that slot and the figure could own the figure instead.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from reader.insight.facts import Entity, Facts, Figure, Span
from reader.insight.figure.dates import months
from reader.insight.figure.numbers import number_words
from reader.insight.figure.suremetrics import WANTED, SureMetrics, moves
from reader.insight.figure.verbs import is_verb, predicate_words
from reader.insight.lexicons import table, terms, word_class
from reader.insight.syntax.clauses import PERIODS, PREPOSITIONS, TIMES, is_adverb
from reader.insight.syntax.document import Document

_NEXT = 2
"""Tokens between an owner and a figure or metric that stand at each other ("Halden's 16%", "revenue at Halden")."""
_LOOSE = 2
"""Words of its own that may stand between a verb and the figure whose subject is a name."""
_LONGEST = 6
"""Words of a subject at most; a longer one has caught a part of its sentence."""
_FEW = 12
"""A count up to here, written as a word and of nothing named, tells nothing ("two surveys")."""
_WALLS = frozenset(';:—–“”"()|')
_OTHER_CLAUSE = frozenset(
    {"although", "as", "because", "but", "if", "that", "when", "whereas", "which", "while", "who", "whose"}
)
_FORMER = (
    ("compared", "with"),
    ("compared", "to"),
    ("previous",),
    ("prior",),
    ("from",),
    ("versus",),
    ("against",),
    ("vs",),
)
"""What stands in front of an old value."""
_UNREAL = frozenset({("could", "have"), ("might", "have"), ("should", "have"), ("would", "have")})
"""In front of a figure of what did not happen."""
_POINTING = frozenset({"that", "these", "this", "those"})
"""Right in front of a figure that was named before, maybe of something else."""
_HIGHER = frozenset({"bigger", "higher", "larger", "lower", "smaller"})
"""In front of "than" and a value that something else has."""
_AMONG = frozenset({"across", "among", "at", "from", "in", "inside", "of", "through", "throughout", "within"})
"""Prepositions in front of a count that says where or of how many."""
_VAGUE = frozenset({"billions", "dozens", "hundreds", "millions", "tens", "thousands", "trillions"})
_THAN_AGE = frozenset({"above", "below", "over", "under"})
_PEOPLE = frozenset(
    {
        "adults",
        "anyone",
        "children",
        "kids",
        "minors",
        "people",
        "students",
        "teenagers",
        "teens",
        "those",
        "users",
        "workers",
    }
)
_OLDEST = 100
"""Years; a number below, behind "users under", is an age."""
_TELLING = frozenset({"analysis", "estimate", "forecast", "outlook", "poll", "projection", "report", "study", "survey"})
"""What tells an amount and has it not."""
_SELVES = frozenset({"i", "my", "our", "us", "we"})
_SHARING = frozenset({"and", "or", "/", "&"})


class Slots(NamedTuple):
    """The slots of a figure that are sure; null where the text gives none or leaves a doubt."""

    subject: str | None = None
    metric: str | None = None
    period: str | None = None
    direction: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said of the figure."""
        return self.subject is None and self.metric is None and self.period is None


class Sure(SureMetrics):
    """The sure slots of the figures of one text; `facts` were found in exactly this `text`."""

    def __init__(self, text: str, facts: Facts) -> None:
        super().__init__(text, facts)
        self._known: dict[int, Slots] = {}

    def slots(self, figure: Figure) -> Slots:
        """What is sure of one figure."""
        known = self._known.get(figure.start)
        if known is None:
            known = self._known[figure.start] = self._find(figure)
        return known

    def _find(self, figure: Figure) -> Slots:
        """The sure slots. An old value, a forecast or a goal says so in its metric, as the row stands alone."""
        lead = self._lead(figure)
        former = is_former(lead)
        way = None if former else figure.direction
        if self._shares_verb(figure):
            return Slots(period=figure.period, direction=way)
        if self._document.lows[self._behind(figure)] in ("short", "shy") or (lead and lead[-1] in _HIGHER):
            return Slots()
        metric = self._metric(figure, lead, former=former)
        led = metric is None and _stand_in_order(figure)
        subject = figure.subject if figure.subject and not led and self._is_subject(figure) else None
        if subject and metric and subject.lower().startswith(metric.lower()):
            metric = None
        return Slots(subject, metric, None if former or self._is_period_of_other(figure) else figure.period, way)

    def _is_period_of_other(self, figure: Figure) -> bool:
        """Whether the period is that of the old value in front ("from $9 billion at the end of 2025 to $30 billion")."""
        place = bisect_left(self._figures, figure.start, key=lambda f: f.start) - 1
        while place >= 0 and self._figures[place].kind in ("date", "rank"):
            place -= 1
        if place < 0 or not figure.period or not self._in_sentence((self._figures[place].start, 0), figure):
            return False
        between = self._document.text[self._figures[place].end : figure.start]
        return is_former(self._lead(self._figures[place])) and figure.period in between

    def is_claim(self, figure: Figure) -> bool:
        """Whether a figure says something by itself: an amount with its unit, or a share, a multiple or a number of something."""
        lead = self._lead(figure)
        if any(pair in _UNREAL for pair in zip(lead[-WANTED:], lead[-WANTED:][1:], strict=False)):
            return False
        if lead[-1:] in (["aged"], ["ages"]) or lead[-2:] in (["plus", "or"], ["minus", "or"]):
            return False
        if self._is_no_amount(figure, lead):
            return False
        if "old" in (self._document.lows[self._behind(figure)], self._document.text[figure.end - 3 : figure.end]):
            return False
        slots, first = self.slots(figure), self._document.token_at(figure.start)
        if figure.kind == "multiple" and slots.metric is None and slots.direction is None:
            return False
        if is_former(lead) and self._document.lows[first].endswith("s") and figure.start + 9 >= figure.end:
            return False  # "compared to the billions earned by others"
        if figure.kind in ("percent", "multiple"):
            return slots.subject is not None or slots.metric is not None or bool(slots.direction and slots.period)
        spelled = self._document.lows[first] in number_words() and (figure.low or 0) <= _FEW
        hyphened = "-" in self._document.text[figure.start : figure.end]
        if figure.kind == "duration":
            return not slots.is_empty and not (spelled and (slots.subject is None or hyphened))
        if figure.kind == "count":
            if figure.unit is None:
                return slots.metric is not None or (slots.subject or "").startswith("number of")
            bare = slots.subject is None and slots.metric is None
            return not (bare and (spelled or hyphened or self._document.lows[first] in _VAGUE))
        return not (slots.is_empty and self._document.lows[first] in _VAGUE)

    def _is_no_amount(self, figure: Figure, lead: list[str]) -> bool:
        """Whether a number is part of a name ("Three Mile Island"), the setting of a test ("5-shot") or an age ("users under 18")."""
        tokens = self._document.tokens_in(figure.start, figure.end)
        words = [token.text for token in self._document.tokens[tokens.start : tokens.stop + 1]]
        if len(words) > 2 and all(word.istitle() for word in words):
            return True
        if self._document.lows[tokens.stop - 1] in ("shot", "shots"):
            return True
        aged = lead[-1:] and lead[-1] in _THAN_AGE and figure.unit is None and figure.currency is None
        return bool(
            aged and figure.kind == "count" and (figure.high or 0) < _OLDEST and lead[-2:-1] and lead[-2] in _PEOPLE
        )

    def _shares_verb(self, figure: Figure) -> bool:
        """Whether several figures and subjects share a verb ("grew 21% and 33%, respectively"): which is whose needs counting."""
        document = self._document
        start, end = document.sentences[max(0, document.sentence_at(figure.start))]
        return "respectively" in document.lows[slice_of(document, start, end)]

    def _is_subject(self, figure: Figure) -> bool:
        """Whether nothing else could be what the figure is of."""
        subject, span = figure.subject or "", figure.subject_span
        if not _is_phrase(subject):
            return False
        named = self._named.get(subject, [])
        if not _TELLING.isdisjoint(subject.lower().split()) or self._is_partner(span):
            return False
        lead = self._lead(figure)
        if lead[-1:] and lead[-1] in _POINTING:
            return False
        if _says_nothing(subject.lower().split(), figure):
            return False
        if (
            lead[-1:]
            and lead[-1] in word_class("foretelling")
            and {word.lower() for word in subject.split()} & set(lead[-4:])
        ):
            return False
        if figure.kind == "count" and ((lead[-1:] and lead[-1] in _AMONG) or word_class("recording") & set(lead[-3:])):
            return False
        if span is None:
            return True
        if not self._in_sentence(span, figure):
            return self._is_elsewhere(figure, span, named)
        words = self._document.text[span[0] : span[1]].lower()
        if words in _SELVES:
            return False
        resolved = subject.split()[0].lower() not in words
        if resolved and not self._is_recent(named, span):
            return False
        block = self._document.blocks[max(0, self._document.block_at(span[0]))]
        if not named and block.kind == "heading":
            return False
        if not resolved and (self._is_cut(span) if not named else self._is_cut_name(span)):
            return False
        here = None if resolved else _last(named, span[0] + 1)
        if here is not None and here.start == span[0] and self._is_longer(here):
            return False
        if span[0] >= figure.end:
            return len(self._between(span, figure)) <= _NEXT
        return self._governs(figure, span, named=bool(named))

    def _is_partner(self, span: Span | None) -> bool:
        """Whether a name only stands behind "with" ("a partnership with Meta exceeding $20 billion")."""
        first = self._document.tokens_in(*span).start if span is not None else 0
        return first > 0 and self._document.lows[first - 1] in ("alongside", "with")

    def _is_cut(self, span: Span) -> bool:
        """Whether a phrase is a piece of a longer name or phrase, or a date: more capitals in front of it, a month, a verb at its end."""
        document = self._document
        tokens = document.tokens_in(*span)
        before = document.tokens[tokens.start - 1] if tokens.start else None
        opens = tokens.start in (document.tokens_in(*s).start for s in [self._sentence(span[0])])
        glued = before is not None and document.joined(tokens.start - 1) and before.text not in _WALLS
        if not opens and before is not None and (glued or (before.text[0].isupper() and before.text[0].isalpha())):
            return before.end > self._sentence(span[0])[0]
        lead = document.lows[tokens.stop : tokens.stop + 2]
        if any(low in ("that", "which", "who") for low in lead) and any(
            document.lows[i] in PREPOSITIONS for i in tokens
        ):
            return True
        if any(document.lows[i] in months() or document.lows[i] in TIMES for i in tokens):
            return True
        if any(document.lows[i] in number_words() or document.lows[i][0].isdecimal() for i in tokens[:1]):
            return True
        return len(tokens) > 1 and is_verb(document, tokens[-1]) and document.lows[tokens[-1]].endswith("ed")

    def _is_cut_name(self, span: Span) -> bool:
        """Whether a name lacks its beginning ("Merchants Capital" behind "China")."""
        document = self._document
        tokens = document.tokens_in(*span)
        if document.lows[tokens.stop : tokens.stop + 1] == ("-",) and document.joined(tokens.stop - 1):
            return True  # "the Amazon-Anthropic deal"
        before = document.tokens[tokens.start - 1] if tokens.start else None
        if before is None or before.start < self._sentence(span[0])[0] or not before.text.istitle():
            return False
        if before.start == self._sentence(span[0])[0]:
            return before.start in self._places
        place = bisect_left(self._starts, before.end) - 1
        owned = place >= 0 and self._owners[place].end >= before.end
        return not owned and before.low not in terms("roles") and before.text not in terms("title_words")

    def _is_longer(self, owner: Entity) -> bool:
        """Whether the name goes on behind what is known of it ("Microsoft Cloud revenue")."""
        document = self._document
        after = document.token_at(owner.end - 1) + 1
        if after >= len(document.tokens) or document.tokens[after].start != owner.end + 1:
            return False
        token = document.tokens[after]
        return token.text[0].isupper() and not token.text.isupper() and self._sentence(owner.start)[1] > token.end

    def _governs(self, figure: Figure, span: Span, *, named: bool) -> bool:
        """Whether the words between a subject and the figure leave no room for another owner."""
        document = self._document
        earlier = self._inherited(figure)
        if earlier is not None:
            if not self._is_subject(earlier):
                return False
            span = (earlier.start, earlier.end)
        between = self._between(span, figure)
        if earlier is None and self._is_beside(figure, span):
            return True
        verbs = [i for i in between if is_verb(document, i) and document.lows[i] not in word_class("saying")]
        if earlier is None and not verbs:
            return named and self._loose(between, figure) <= _LOOSE - 1 and not self._has_wall(between)
        begin = verbs[-1] + 1 if verbs else between.start
        own = range(begin, between.stop)
        if self._names_other(own, figure) or any(document.lows[i] in _OTHER_CLAUSE for i in own):
            return False
        allowed = _LOOSE if named else 0
        if self._loose(own, figure) > allowed:
            return False
        lead = range(between.start, verbs[0] if verbs else between.start)
        return earlier is not None or named or self._loose(lead, figure) == 0 or document.lows[lead.start] == ","

    def _inherited(self, figure: Figure) -> Figure | None:
        """The figure before of the same sentence that has the same subject by the same words."""
        place = bisect_left(self._figures, figure.start, key=lambda f: f.start) - 1
        while place >= 0 and self._figures[place].kind in ("date", "rank"):
            place -= 1
        if place < 0:
            return None
        earlier = self._figures[place]
        same = earlier.subject_span == figure.subject_span and self._in_sentence((earlier.start, earlier.end), figure)
        return earlier if same and figure.subject_span is not None and figure.subject_span[1] <= earlier.start else None

    def _is_beside(self, figure: Figure, span: Span) -> bool:
        """Whether a subject stands at the figure or at its metric."""
        if len(self._between(span, figure)) <= _NEXT - 1:
            return True
        metric = figure.metric_span
        if metric is None or metric[0] > figure.start:
            return False
        near = len(self._document.tokens_in(min(span[1], metric[1]), max(span[0], metric[0]))) <= _NEXT
        return near and not self._names_other(self._document.tokens_in(max(span[1], metric[1]), figure.start), figure)

    def _loose(self, tokens: range, figure: Figure) -> int:
        """How many of some tokens are nouns or other words of their own: no function word, no number, no part of the metric."""
        document, metric = self._document, figure.metric_span or (0, 0)
        light = _light()
        count = 0
        for index in tokens:
            low, start = document.lows[index], document.starts[index]
            if not low[0].isalpha() or low in light or low in number_words() or metric[0] <= start < metric[1]:
                continue
            count += not (is_adverb(low) or low in predicate_words() or self._in_figure(start))
        return count

    def _in_figure(self, offset: int) -> bool:
        place = bisect_left(self._figures, offset + 1, key=lambda f: f.start) - 1
        return place >= 0 and offset < self._figures[place].end

    def _has_wall(self, tokens: range) -> bool:
        return any(self._document.lows[i] in _WALLS for i in tokens)

    def _names_other(self, tokens: range, figure: Figure) -> bool:
        """Whether an owner other than the subject is named among some tokens, not behind "with", "from" or "by"."""
        document = self._document
        for index in tokens:
            place = bisect_left(self._starts, document.starts[index])
            here = place < len(self._owners) and self._owners[place].start == document.starts[index]
            if here and self._owners[place].name != figure.subject and document.lows[index - 1] not in PREPOSITIONS:
                return True
        return False

    def _is_recent(self, named: list[Entity], span: Span) -> bool:
        """Whether what a pronoun or "the company" stands for is named in its sentence or the one before, else in the first lines."""
        before = _last(named, span[0])
        if before is None:
            return False
        if before.name.split()[0].lower() in self._lede:
            return True
        low = self._document.sentence_at(span[0]) - 1
        near = before.start >= self._document.sentences[max(0, low)][0]
        return near and "\n" not in self._document.text[before.end : span[0]]

    def _is_elsewhere(self, figure: Figure, span: Span, named: list[Entity]) -> bool:
        """Whether the topic of a text is what a figure without a subject of its own is of: in the first lines, and no other named since."""
        text = self._document.text
        place = _last(named, figure.start)
        if place is None or self._is_longer(place):
            return False
        between = text[place.end : figure.start]
        in_table = "\n\n" not in between and any(mark in between.rpartition("\n")[2] for mark in ("|", "\t", "  "))
        if in_table:
            return True
        if place.name.split()[0].lower() not in self._lede and "\n" in between:
            return False
        low, high = bisect_left(self._starts, place.end), bisect_left(self._starts, figure.start)
        others = {e.id for e in self._owners[low:high] if e.type in ("company", "org") and e.id != place.id}
        return (
            not others
            and (self._often[place.id] > 1 or place.id == self._first)
            and any((figure.metric or "").endswith(name) for name in _company_metrics())
        )


def _last(owners: list[Entity], offset: int) -> Entity | None:
    """The last of some owners (by start) that begins before an offset."""
    index = bisect_left(owners, offset, key=lambda owner: owner.start)
    return owners[index - 1] if index else None


def slice_of(document: Document, start: int, end: int) -> slice:
    """The tokens from offset `start` to `end` as a slice."""
    tokens = document.tokens_in(start, end)
    return slice(tokens.start, tokens.stop)


def is_former(lead: list[str]) -> bool:
    """Whether the words in front of a value (`lead`, in lower case) make it the old one: "up from", "compared with", "against"."""
    held = any(tuple(lead[-len(words) :]) == words for words in _FORMER)
    return held or any(low in ("compared", "earlier", "previous", "prior") for low in lead[-4:])


def _stand_in_order(figure: Figure) -> bool:
    """Whether subject, metric and figure follow each other, so that the subject led to the figure by way of the metric."""
    if figure.subject_span is None or figure.metric_span is None:
        return False
    return figure.subject_span[0] <= figure.metric_span[0] < figure.start


def _says_nothing(words: list[str], figure: Figure) -> bool:
    """Whether a subject's words (lower case) are no name of anything: "company", "range", "shares of Acme" for a share price."""
    empty = word_class("empty_metric") | word_class("company_noun") | moves()
    bare = len(words) == 1 and words[0] in empty
    return bare or (words[0] in ("shares", "stock") and figure.metric == "share price")


@cache
def _light() -> frozenset[str]:
    """Words between a subject and a figure that cannot own the figure."""
    classes = ("light", "amount_link", "determiner", "article", "auxiliary")
    words = PREPOSITIONS | TIMES | PERIODS | months().keys() | terms("noun_stops")
    return frozenset(words.union(*(word_class(name) for name in classes)))


@cache
def _company_metrics() -> tuple[str, ...]:
    """Metrics that only companies have: a sentence that opens with one goes on about the company of the text."""
    return tuple(sorted({name for _, name, _, owner in table("metrics") if owner == "company"}))


@cache
def _suffixes() -> frozenset[str]:
    """Last words of organisations' names, in lower case."""
    return frozenset(row.partition(" |")[0].lower() for row in terms("organisation_suffixes"))


def _is_phrase(subject: str) -> bool:
    """Whether a subject is a short phrase that begins and ends with a word, and names or describes something."""
    words = subject.replace("’", "'").lower().split()
    if not words or len(subject) < 2 or len(words) > _LONGEST or not subject[0].isalnum():
        return False
    if not (subject[-1].isalnum() or subject[-1] in ".)+"):
        return False
    if all(word.strip(".,") in _suffixes() for word in words):
        return False
    first = words[0].partition("'")[0]
    return not (first in terms("no_subjects") or first in PREPOSITIONS or first.endswith("ly"))
