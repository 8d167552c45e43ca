"""Whose voice each sentence is in: reported, attributed, opinion, mixed or other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from reader.insight.facts import Attribution, Figure, Quote, Sentence, Span
from reader.insight.lexicons import table
from reader.insight.speech.cues import CUES
from reader.insight.syntax.clauses import FINITE, MODALS, TIMES, plain, word_class
from reader.insight.syntax.document import Document

_WEIGHTS = {row[0]: float(row[1]) for row in table("opinion_words")}
_OPENERS, _CREDITS = word_class("opener"), word_class("credit_opener")
_NOT_VERBS, _FACTIVE = word_class("not_past"), word_class("factive")
_DATES, _SAYING = TIMES - word_class("not_date"), word_class("saying")
_PAST, _UNREAL = word_class("past_verb"), word_class("unreal")
_DUTIES = word_class("duty")
_VERBAL = FINITE | MODALS | frozenset(CUES)
_UNREAL_PAIRS = frozenset(
    [("going", "to"), ("have", "to"), ("has", "to"), ("need", "to"), ("want", "to"), ("wants", "to"), ("ought", "to")]
)
_ENDS = (".", "!", "?", "…", "”", '"', "»", ")", "’", ":")
SUBJECTIVE = 0.6
"""Weight of judgement from which a sentence is the writer's opinion."""
LONG = 24
"""Words from which a sentence is more than a heading or a byline."""
HEADING_WORDS = 4
"""A line of so few words without a mark at its end is a heading."""
COVERED = 0.5
"""Share of a sentence that an attribution must cover to make it attributed (fact contract: "most of it")."""


def find_voices(
    document: Document, figures: tuple[Figure, ...], quotes: tuple[Quote, ...], attributions: tuple[Attribution, ...]
) -> tuple[Sentence, ...]:
    """Every sentence of the document with its voice."""
    heard = _Cover([(q.start, q.end) for q in quotes if q.kind != "scare"])
    told = _Cover([_extent(a) for a in attributions if a.source is not None and not _is_inner(document, a)])
    figure_starts = [f.start for f in figures]
    marks = _Marks(document)
    rows: list[Sentence] = []
    for start, end in document.sentences:
        voice, rule = _voice(document, (start, end), heard, told, figure_starts, marks)
        rows.append(Sentence(start, end, voice, rule))
    return tuple(rows)


def _is_inner(document: Document, row: Attribution) -> bool:
    """Whether the writer only imputes what somebody grasped ("it realized that"): nobody said so."""
    if row.cue is None:
        return False
    return document.lows[document.token_at(row.cue[1] - 1)] in _FACTIVE


def _extent(row: Attribution) -> Span:
    """Content, source and cue of an attribution as one passage."""
    parts = [part for part in (row.content, row.source, row.cue) if part is not None]
    return min(p[0] for p in parts), max(p[1] for p in parts)


class _Cover:
    """How much of a passage some others cover."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans: list[Span] = []
        for start, end in sorted(spans):
            if self._spans and start <= self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))
        self._at = 0

    def share(self, start: int, end: int) -> float:
        """Covered share of the passage, 0 to 1; passages are asked for in their order."""
        spans, at = self._spans, self._at
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        self._at = at
        covered = 0
        while at < len(spans) and spans[at][0] < end:
            covered += min(end, spans[at][1]) - max(start, spans[at][0])
            at += 1
        return covered / (end - start)


def _voice(
    document: Document, span: Span, heard: _Cover, told: _Cover, figure_starts: list[int], marks: _Marks
) -> tuple[str, str]:
    """Voice of one sentence and the rule that decided."""
    start, end = span
    words = document.tokens_in(start, end)
    if heard.share(start, end) > 0.6:
        return "attributed", "quoted"
    if told.share(start, end) > COVERED:
        return "attributed", "vouched for"
    low = marks.low[words.start : words.stop]
    if _is_other(document, span, low):
        return "other", "no statement"
    weight = marks.judgement(words)
    if weight < SUBJECTIVE:
        return "reported", "plain"
    figure = bisect_left(figure_starts, start)
    checkable = (figure < len(figure_starts) and figure_starts[figure] < end) or _is_checkable(marks, words)
    return ("mixed", "loaded and checkable") if checkable else ("opinion", "judgement")


def _is_other(document: Document, span: Span, low: tuple[str, ...]) -> bool:
    """Headings, bylines, credits and words that state nothing."""
    if len(low) > LONG and low[0] not in _CREDITS:
        return False
    plain_start = len(low) > HEADING_WORDS and low[0][0].isalpha() and low[1][0].isalpha()
    if plain_start and low[0] not in _CREDITS and not _VERBAL.isdisjoint(low):
        return False
    alphabetic = [w for w in low if w[0].isalpha()]
    if not alphabetic or (low[0] == "(" and low[-1] == ")" and len(alphabetic) <= 3):
        return True
    if low[0] in _CREDITS and low[1:2] and low[1] in ("by", "reported", "reporting"):
        return True
    if len(alphabetic) == 1:
        return True
    has_verb = any(w in FINITE or w in MODALS or (w.endswith("ed") and w not in _NOT_VERBS) or w in CUES for w in low)
    ended = document.text[span[1] - 1] in _ENDS
    if not ended and len(alphabetic) == len(low) <= HEADING_WORDS:
        return True
    if has_verb or any(w[0].isdigit() for w in low):
        return False
    return (len(alphabetic) <= 6 and not ended) or "—" in low or "|" in low


class _Marks:
    """What the words of a sentence add to judgement or to fact."""

    def __init__(self, document: Document) -> None:
        self.low = plain(document.lows)
        self._tokens = document.tokens

    def names(self, words: range) -> list[bool]:
        """Which words of a sentence, its first left out, have a capital."""
        tokens = self._tokens[words.start + 1 : words.stop]
        return [t[0] != t[1] and t[0][0] != t[1][0] and len(t[0]) > 1 for t in tokens]

    def judgement(self, words: range) -> float:
        """Weight of the writer's own stance in a sentence: words that judge or appeal, less what only facts have.

        What facts have is looked at only where the rest would do.
        """
        low = self.low[words.start : words.stop]
        total = sum([_WEIGHTS[w] for w in low if w in _WEIGHTS]) + _stance(low)
        if "most" in low:
            total += 0.5 * sum(a == "most" and b.isalpha() and b[-1] != "s" for a, b in pairwise(low))
        if total < SUBJECTIVE:
            return total
        dates = 0 if _DATES.isdisjoint(low) else sum([w in _DATES for w in low])
        total -= min(1.2, 0.5 * sum(["0" <= w < ":" for w in low])) + min(1.5, dates)
        total -= min(0.8, 0.15 * sum(self.names(words))) + (0.0 if _SAYING.isdisjoint(low) else 1.2)
        return total * min(1.0, 18 / len(low)) if total > 0 else total


def _stance(low: tuple[str, ...]) -> float:
    """Marks of a voice: questions, exclamations, openers of argument; "not clear" is no judgement."""
    weight = 1.0 if "?" in low[-3:] else 0.0
    if "!" in low:
        weight += 1.2
    if low[0] in _OPENERS:
        weight += 0.6
    if "to" in low:
        weight += 0.7 * sum(b == "to" and a in _DUTIES for a, b in pairwise(low))
    if "clear" in low and ("not" in low or any(w.endswith("n't") for w in low[: low.index("clear")])):
        weight -= _WEIGHTS["clear"]
    return weight


def _is_checkable(marks: _Marks, words: range) -> bool:
    """Whether a sentence with judgement also states what happened: a verb in the past, and no wish, duty or condition."""
    low = marks.low[words.start : words.stop]
    if not _UNREAL.isdisjoint(low) or ("to" in low and not _UNREAL_PAIRS.isdisjoint(pairwise(low))):
        return False
    past = sum(_is_past(w, low[i - 1]) for i, w in enumerate(low) if i and (w in _PAST or w[-2:] == "ed"))
    return past > 1 or (past == 1 and any(marks.names(words)))


def _is_past(word: str, before: str) -> bool:
    """Whether a word is a past form used as a verb, not an adjective behind an article."""
    if word.endswith("ed") and len(word) > 4 and word not in _NOT_VERBS:
        return before not in ("a", "an", "the", "of", "very", "so")
    return word in _PAST
