"""Predictions, commitments and plans with holder and horizon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from reader.insight.facts import Attribution, Entity, Forecast, Quote, Span
from reader.insight.lexicons import table
from reader.insight.outlook.futures import GATES, Clause, is_generic
from reader.insight.outlook.horizons import find_horizon
from reader.insight.speech.cues import CUES, PAST, THIRD, by_second
from reader.insight.speech.speakers import Speakers
from reader.insight.syntax.clauses import (
    BE,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    SOURCE_NOUNS,
    TIMES,
    is_adverb,
    plain,
    word_class,
)
from reader.insight.syntax.document import Document

_CLOSERS = word_class("clause_closer")
_OPENERS = word_class("clause_opener")

_Cue = tuple[tuple[str, ...], str, str, str]


_MARKS = frozenset('“”"«»„;:()‘')


_ENDS = frozenset('“”"«»„;.!?')


NEAR = 8
"""Characters within which a company must be named in a sentence for the next one's "it" to stand for it."""


_FIRST = frozenset(["i", "we"])
_NOUN_OPENERS = DETERMINERS | PREPOSITIONS
"""Words behind which a form such as "open" or "launch" is no verb."""
_OWN = frozenset(["it", "he", "she", "they"])


def _cues() -> dict[str, dict[str, tuple[_Cue, ...]]]:
    """Cues by their first and second word, as `by_second` has them."""
    index: dict[str, list[_Cue]] = {}
    for phrase, kind, strength, gate in table("forecasts"):
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append((words, kind, strength, gate))
    return {first: by_second(rows) for first, rows in index.items()}


_CUES = _cues()


def find_forecasts(
    document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], quotes: tuple[Quote, ...]
) -> tuple[Forecast, ...]:
    """What the text says is to come, one row a clause; not the content of a denial or a doubt, nor a past expectation."""
    said = _Said(attributions)
    holders = _Holders(document, entities, attributions, quotes)
    found: list[Forecast] = []
    lows = plain(document.lows)
    current, free, words, low = -1, 0, range(0), list[str]()
    for at in _spots(lows):
        number = document.sentence_at(document.starts[at])
        if number < 0 or document.starts[at] >= document.sentences[number][1]:
            continue
        if number != current:
            current, free, words = number, 0, document.tokens_in(*document.sentences[number])
            low = list(lows[words.start : words.stop])
        if at - words.start >= free:
            row, until = _read_cue(document, low, words.start, at - words.start, said, holders, free)
            if row is not None:
                found.append(row)
                free = until
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def _spots(lows: tuple[str, ...]) -> list[int]:
    """Words at which a cue may begin: the first of one, with a second word behind it that goes with it."""
    spots = [i for i, word in enumerate(lows) if word in _CUES]
    return [i for i in spots if _CUES[lows[i]][""] or (i + 1 < len(lows) and lows[i + 1] in _CUES[lows[i]])]


def _read_cue(
    document: Document, low: list[str], offset: int, index: int, said: _Said, holders: _Holders, free: int
) -> tuple[Forecast | None, int]:
    """The forecast of the cue at `index`, and the first word that another one may use."""
    cues = _CUES[low[index]]
    for words, kind, strength, gate in cues.get(low[index + 1] if index + 1 < len(low) else "") or cues[""]:
        tail = index + len(words)
        if len(words) > 2 and tuple(low[index:tail]) != words:
            continue
        if gate == "scheduled" and index and low[index - 1] in _NOUN_OPENERS:
            continue
        named = index > 0 and document.tokens[offset + index - 1].text[0].isupper()
        at = document.tokens[offset + index].start
        told = said.end_of(at)
        limit = max(tail, document.token_at(told - 1) + 1 - offset) if told else len(low)
        limit = min(limit, holders.quote_limit(at, offset, len(low)))
        stop = min(_clause_end(low, tail), limit)
        start = max(free, _clause_begin(low, index))
        while start < index and (
            low[start] in ("and", "but") or (not low[start][0].isalnum() and low[start] not in "$€£")
        ):
            start += 1
        start = _behind_dateline(document, offset, start, index)
        if low[start] == "according" and "," in low[start:index]:
            start = low.index(",", start, index) + 1
        clause = Clause(low, start, stop, index, tail, named)
        if not GATES[gate](clause) or is_generic(clause) or (free and _continues(clause)):
            continue
        begin, end = document.tokens[offset + clause.begin].start, document.tokens[offset + clause.end - 1].end
        end += _closing_mark(document.text, begin, end)
        end -= document.text[end - 1] == ","
        if said.denies(at):
            return None, free
        return _row(document, clause, offset, (begin, end), kind, strength, holders, words), clause.end
    return None, free


def _behind_dateline(document: Document, offset: int, start: int, index: int) -> int:
    """`start` moved behind "SANTIAGO - " where the sentence opens with a dateline."""
    first = document.tokens[offset].text
    if start > 0 or len(first) < 3 or not first.isupper():
        return start
    for k in range(1, min(index, 12)):
        if (
            document.lows[offset + k] in "-–—"
            and not document.joined(offset + k)
            and not document.joined(offset + k - 1)
        ):
            return k + 1
    return start


def _closing_mark(text: str, begin: int, end: int) -> int:
    """1 where a quotation mark that was opened within closes right behind, else 0."""
    mark = text[end : end + 1]
    if mark == "”":
        return int(text.count("“", begin, end) > text.count("”", begin, end))
    return int(mark == '"' and text.count('"', begin, end) % 2 == 1)


def _leading_time(clause: Clause) -> tuple[int, int] | None:
    """A time with its comma before the clause: "By 2030, data centers will …"."""
    if clause.begin < 2 or clause.low[clause.begin - 1] != ",":
        return None
    time = find_horizon(clause.low, max(0, clause.begin - 9), clause.begin - 1)
    if time is None or time[1] != clause.begin - 1:
        return None
    before = clause.low[time[0] - 1] if time[0] else "."
    return time if not before[0].isalnum() or before in ("and", "but") else None


def _continues(clause: Clause) -> bool:
    """Whether the clause only goes on with the forecast before it in its sentence: ", and it will not be bigger"."""
    return (
        clause.low[clause.begin : clause.cue] in (["and", "it"], ["and", "they"], ["and"], ["it"], ["they"])
        and clause.low[clause.cue] == "will"
    )


def _row(
    document: Document,
    clause: Clause,
    offset: int,
    span: Span,
    kind: str,
    strength: str,
    holders: _Holders,
    words: tuple[str, ...],
) -> Forecast:
    """The row of one clause."""
    time = _leading_time(clause) or find_horizon(clause.low, clause.begin, clause.end)
    horizon = None
    if time is not None:
        horizon = document.text[document.tokens[offset + time[0]].start : document.tokens[offset + time[1] - 1].end]
    holder, own = holders.holder(span, document.tokens[offset + clause.cue].start, clause)
    if kind == "will":
        acts = (
            own
            and (strength == "strong" or _is_own_plan(clause))
            and not _is_undergone(clause)
            and clause.after not in ("likely", "probably", "surely")
        )
        kind = "commitment" if acts else "prediction"
    return Forecast(span[0], span[1], kind, holder, horizon, strength, f"{kind}: {' '.join(words)}")


_UNDERGOING = frozenset(
    [
        "become",
        "end",
        "face",
        "fail",
        "fall",
        "find",
        "have",
        "know",
        "lose",
        "miss",
        "need",
        "remain",
        "rise",
        "see",
        "suffer",
    ]
)


def _is_own_plan(clause: Clause) -> bool:
    """Whether the speaker tells what he is going to do himself ("we are going to build …")."""
    subject = [word for word in clause.low[clause.begin : clause.cue] if not is_adverb(word)]
    return clause.low[clause.cue] == "going" and subject[-2:] in (["we", "are"], ["i", "am"], ["we're"], ["i'm"])


def _is_undergone(clause: Clause) -> bool:
    """Whether something only happens to the subject: "will be replaced", "we'll find out"."""
    after = [word for word in clause.low[clause.tail : clause.tail + 5] if not is_adverb(word)]
    if after[:1] == ["be"] and len(after) > 1:
        return after[1].endswith("ed") or after[1] in CUES or after[1] == "able"
    return (after[:1] and after[0] in _UNDERGOING) or after[:2] == ["have", "to"]


def _clause_begin(low: list[str], index: int) -> int:
    """Where the clause of the word at `index` begins."""
    i = index
    while i > 0:
        word = low[i - 1]
        if word in _MARKS or word in _OPENERS:
            break
        if word == ",":
            opening = _insertion(low, i - 1, index)
            if opening is None:
                break
            i = opening
            continue
        if (
            word == "and"
            and i - 1 > 0
            and (low[i - 2] == "," or low[i] in ("it", "he", "she", "they", "we", "i", "will", "expects", "plans"))
        ):
            break
        i -= 1
    return i


def _insertion(low: list[str], comma: int, index: int) -> int | None:
    """Index of the comma that opens the insertion closed by `comma` before a verb: "Skua 3, Solheim says, will be trained"."""
    if any(not (is_adverb(w) or w in BE or w in HAVE) for w in low[comma + 1 : index]):
        return None
    return next((k for k in range(comma - 1, max(0, comma - 12), -1) if low[k] == ","), None)


def _clause_end(low: list[str], tail: int) -> int:
    """Where the clause that holds the word before `tail` ends."""
    i, size = tail, len(low)
    while i < size:
        word = low[i]
        if word in _ENDS and not (word == "." and i + 1 < size and (low[i + 1][0].isalnum() or low[i + 1] == ",")):
            if word in ("“", '"') and i + 1 < size and i - tail < 8:
                i += 1
                continue
            break
        if (word == "," and i + 1 < size and low[i + 1] in _CLOSERS) and (
            low[i + 1] != "and" or (i + 2 < size and low[i + 2] in ("it", "he", "she", "they", "we", "i"))
        ):
            break
        if word in ("—", "–") and i > tail and not _joins_times(low, i):
            break
        i += 1
    while i > tail and low[i - 1] in (",", "and", "or", "but", "then", '"', "”", "“", "’", "'"):
        i -= 1
    return i


def _joins_times(low: list[str], dash: int) -> bool:
    """Whether a dash makes one span of two years, months or numbers ("2025–2026", "the October–December quarter")."""
    before, after = low[dash - 1], low[dash + 1] if dash + 1 < len(low) else ""
    return (before[0].isdigit() and after[:1].isdigit()) or (before in TIMES and after in TIMES)


class _Holders:
    """Who stands behind a forecast: the speaker of its quotation, else its subject where that is named or clear."""

    def __init__(
        self,
        document: Document,
        entities: tuple[Entity, ...],
        attributions: tuple[Attribution, ...],
        quotes: tuple[Quote, ...],
    ) -> None:
        self._document = document
        self._quotes = quotes
        self._quote_starts = [q.start for q in quotes]
        self._names = [e for e in entities if e.type in ("company", "org", "person")]
        self._starts = [e.start for e in self._names]
        self._entities, self._attributions = entities, attributions

    @cached_property
    def _speakers(self) -> Speakers:
        return Speakers(
            self._document.text,
            self._document.sentences,
            self._entities,
            [(q.start, q.end) for q in self._quotes],
            [a.source for a in self._attributions if a.source],
        )

    def holder(self, span: Span, at: int, clause: Clause) -> tuple[str | None, bool]:
        """Name of the holder of the forecast that begins at `span[0]` with its cue at `at`, and whether it is about what he does."""
        subject = clause.low[clause.begin : clause.tail]
        begin = clause.cue - (2 if clause.before in ("am", "are") else 1)
        words = clause.low[max(clause.begin, begin, 0) : clause.tail]
        first = any(w.partition("'")[0] in _FIRST for w in words)
        i = bisect_right(self._quote_starts, at) - 1
        if i >= 0 and at < self._quotes[i].end:
            return self._quotes[i].speaker, first
        k = bisect_left(self._starts, span[0])
        if k < len(self._names) and self._names[k].end <= at and not self._is_part(span[0], self._names[k].start):
            if self._is_owner(self._names[k].end, at):
                return None, False
            return self._names[k].name, self._acts(self._names[k].end, at)
        name = self._behind_pronoun(span[0], subject)
        own = "company" in subject or ("it" in subject[-2:] and (name is not None or len(subject) < 3))
        return name, first or own

    def quote_limit(self, at: int, offset: int, size: int) -> int:
        """Index, from word `offset` on, behind the last word of the quotation around `at`; `size` outside of any."""
        i = bisect_right(self._quote_starts, at) - 1
        if i < 0 or at >= self._quotes[i].end:
            return size
        return min(size, self._document.token_at(self._quotes[i].end - 1) - offset)

    def _acts(self, begin: int, at: int) -> bool:
        """Whether a name is the subject of the cue at `at`, itself or by a pronoun, and no other follows: "Xiao thinks most will"."""
        lows = [self._document.lows[i] for i in self._document.tokens_in(begin, at)]
        said = next(
            (k for k in range(len(lows) - 1, -1, -1) if any(c.shape in (PAST, THIRD) for c in CUES.get(lows[k], ()))),
            None,
        )
        if said is None:
            return True
        rest = [low for low in lows[said + 1 :] if low != "that"]
        return not rest or rest[0] in _OWN or rest[:2] == ["the", "company"]

    def _is_owner(self, end: int, at: int) -> bool:
        """Whether a name only says whose people are meant: "two of Kleinhirn's founders will not join"."""
        lows = self._document.lows
        between = [lows[i] for i in self._document.tokens_in(end, at)]
        return between[:1] in (["'s"], ["’s"]) and any(low in SOURCE_NOUNS for low in between)

    def _is_part(self, begin: int, start: int) -> bool:
        """Whether people stand before the name, who are only of it: "analysts polled by LSEG"."""
        lows = self._document.lows
        return any(lows[i] in SOURCE_NOUNS and lows[i].endswith("s") for i in self._document.tokens_in(begin, start))

    def _behind_pronoun(self, begin: int, subject: list[str]) -> str | None:
        """The person behind "he"; the company behind "it" when the sentence before begins with its name."""
        words = [w.partition("'")[0] for w in subject]
        pronoun = None if "company" in words else next((w for w in words if w in ("he", "she", "it")), None)
        if pronoun is None and "company" not in subject:
            return None
        if pronoun is None or pronoun in ("he", "she"):
            return self._named(begin, pronoun)
        sentence = self._document.sentence_at(begin) - 1
        if sentence < 0:
            return None
        k = bisect_left(self._starts, self._document.sentences[sentence][0])
        near = k < len(self._names) and self._names[k].start - self._document.sentences[sentence][0] <= NEAR
        return (
            self._names[k].name if near and self._names[k].type != "person" and self._names[k].start < begin else None
        )

    def _named(self, begin: int, pronoun: str | None) -> str | None:
        """Name behind "he", "she" or "the company" in the words from `begin` on."""
        for i in self._document.tokens_in(begin, begin + 200):
            token = self._document.tokens[i]
            if token.low.replace("’", "'").partition("'")[0] == (pronoun or "company"):
                start = token.start if pronoun else self._document.tokens[max(0, i - 1)].start
                name = self._speakers.name((start, token.end))
                return None if name and name.lower().endswith("company") else name
        return None


class _Said:
    """Which words are the content of an attribution, and which of a denial."""

    def __init__(self, attributions: tuple[Attribution, ...]) -> None:
        self._denied = sorted(a.content for a in attributions if a.polarity == "-")
        self._contents = sorted(a.content for a in attributions if a.kind != "quote")

    def denies(self, at: int) -> bool:
        """Whether `at` lies in the content of a denial or a doubt."""
        return _last_around(self._denied, at) is not None

    def end_of(self, at: int) -> int:
        """Where the attributed content around `at` ends; 0 outside of any."""
        span = _last_around(self._contents, at)
        return span[1] if span else 0


def _last_around(spans: list[Span], at: int) -> Span | None:
    """The last of the spans that holds `at`."""
    last = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1))
    return next((spans[k] for k in range(last - 1, max(-1, last - 5), -1) if spans[k][0] <= at < spans[k][1]), None)
