"""Predictions, commitments and plans with holder and horizon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from reader.insight.clauses import (
    BE,
    DETERMINERS,
    HAVE,
    NEGATIONS,
    PREPOSITIONS,
    SOURCE_NOUNS,
    is_adverb,
    word_class,
)
from reader.insight.document import Document
from reader.insight.facts import Attribution, Entity, Forecast, Quote, Span
from reader.insight.horizons import find_horizon, is_past
from reader.insight.lexicons import table
from reader.insight.speakers import Speakers

_Cue = tuple[tuple[str, ...], str, str, str]
_MARKS = frozenset('“”"«»„;:()‘')
_ENDS = frozenset('“”"«»„;.!?')
_PAST = word_class("past_verb")
_WEEKDAYS = word_class("weekday")
NEAR = 8
"""Characters within which a company must be named in a sentence for the next one's "it" to stand for it."""
_FIRST = frozenset(["i", "we"])
_OTHERS = frozenset(["you", "anyone", "everyone", "one", "nobody"])


def _cues() -> dict[str, tuple[_Cue, ...]]:
    """Cues by their first word, longest first."""
    index: dict[str, list[_Cue]] = {}
    for phrase, kind, strength, gate in table("forecasts"):
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append((words, kind, strength, gate))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in index.items()}


_CUES = _cues()


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence as words, and the clause of the cue in it: `begin` to `end`, the cue from `cue` to `tail`."""

    low: list[str]
    begin: int
    end: int
    cue: int
    tail: int
    named: bool = False
    """Whether the word before the cue is capitalised."""

    @property
    def before(self) -> str:
        """The word before the cue, over adverbs."""
        i = self.cue - 1
        while i > self.begin and is_adverb(self.low[i]):
            i -= 1
        return self.low[i] if i >= self.begin else ""

    @property
    def after(self) -> str:
        """The word behind the cue."""
        return self.low[self.tail] if self.tail < self.end else ""


def find_forecasts(
    document: Document, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], quotes: tuple[Quote, ...]
) -> tuple[Forecast, ...]:
    """What the text says is to come, one row a clause; not the content of a denial or a doubt, nor a past expectation."""
    said = _Said(attributions)
    holders = _Holders(document, entities, quotes)
    found: list[Forecast] = []
    for start, end in document.sentences:
        words = document.tokens_in(start, end)
        low = [w.replace("’", "'") if "’" in w else w for w in document.lows[words.start : words.stop]]
        free = 0
        for index, word in enumerate(low):
            if index < free or word not in _CUES:
                continue
            row, free_now = _read_cue(document, low, words.start, index, said, holders, free)
            if row is not None:
                found.append(row)
                free = free_now
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def _read_cue(
    document: Document, low: list[str], offset: int, index: int, said: _Said, holders: _Holders, free: int
) -> tuple[Forecast | None, int]:
    """The forecast of the cue at `index`, and the first word that another one may use."""
    for words, kind, strength, gate in _CUES[low[index]]:
        tail = index + len(words)
        if tuple(low[index:tail]) != words:
            continue
        named = index > 0 and document.tokens[offset + index - 1].text[0].isupper()
        at = document.tokens[offset + index].start
        limit = max(tail, document.token_at(said.end_of(at) - 1) + 1 - offset) if said.end_of(at) else len(low)
        stop = min(_clause_end(low, tail), limit)
        start = max(free, _clause_begin(low, index))
        while start < index and not low[start][0].isalnum() and low[start] not in "$€£":
            start += 1
        clause = _Clause(low, start, stop, index, tail, named)
        if not _GATES[gate](clause) or _is_generic(clause) or (free and _continues(clause)):
            continue
        begin, end = document.tokens[offset + clause.begin].start, document.tokens[offset + clause.end - 1].end
        if said.denies(at):
            return None, free
        return _row(document, clause, offset, (begin, end), kind, strength, holders, words), clause.end
    return None, free


def _continues(clause: _Clause) -> bool:
    """Whether the clause only goes on with the forecast before it in its sentence: ", and it will not be bigger"."""
    return (
        clause.low[clause.begin : clause.cue] in (["and", "it"], ["and", "they"], ["and"], ["it"], ["they"])
        and clause.low[clause.cue] == "will"
    )


def _row(
    document: Document,
    clause: _Clause,
    offset: int,
    span: Span,
    kind: str,
    strength: str,
    holders: _Holders,
    words: tuple[str, ...],
) -> Forecast:
    """The row of one clause."""
    time = find_horizon(clause.low, clause.begin, clause.end)
    horizon = None
    if time is not None:
        horizon = document.text[document.tokens[offset + time[0]].start : document.tokens[offset + time[1] - 1].end]
    holder, own = holders.holder(span, document.tokens[offset + clause.cue].start, clause)
    if kind == "will":
        kind = "commitment" if own and strength == "strong" else "prediction"
    return Forecast(span[0], span[1], kind, holder, horizon, strength, f"{kind}: {' '.join(words)}")


def _clause_begin(low: list[str], index: int) -> int:
    """Where the clause of the word at `index` begins."""
    i = index
    while i > 0:
        word = low[i - 1]
        if word in _MARKS or word in (
            "—",
            "–",
            "but",
            "because",
            "whether",
            "if",
            "when",
            "while",
            "although",
            "though",
            "that",
            "where",
            "so",
            "as",
        ):
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
        if word in _ENDS and not (word == "." and i + 1 < size and low[i + 1][0].isalnum()):
            if word in ("“", '"') and i + 1 < size and i - tail < 8:
                i += 1
                continue
            break
        if (
            word == ","
            and i + 1 < size
            and low[i + 1]
            in (
                "but",
                "while",
                "although",
                "though",
                "because",
                "which",
                "who",
                "and",
                "he",
                "she",
                "it",
                "they",
                "according",
                "said",
            )
        ) and (low[i + 1] != "and" or (i + 2 < size and low[i + 2] in ("it", "he", "she", "they", "we", "i"))):
            break
        if word in ("—", "–") and i > tail:
            break
        i += 1
    while i > tail and low[i - 1] in (",", "and", '"', "”", "“", "’", "'"):
        i -= 1
    return i


# --- gates ------------------------------------------------------------------


def _is_be(word: str) -> bool:
    """A form of "be", on its own or in a contraction ("we're")."""
    return word in BE or word.endswith(("'re", "'m"))


def _always(clause: _Clause) -> bool:
    return clause.before not in ("than", "not", "no", "was", "were") or clause.low[clause.cue] == "would"


def _verb(clause: _Clause) -> bool:
    """A verb in the present with its subject before it; not a noun, not a negated or past expectation."""
    before, after, word = clause.before, clause.after, clause.low[clause.cue]
    if _is_denied(clause) or not after or after in (",", ".", ";", ":", ")", "by", "of"):
        return False
    if before == "to":
        return _continued(clause)
    if (
        before in DETERMINERS
        and before not in ("many", "some", "most", "both")
        and not (before == "that" and word.endswith("s"))
    ):
        return False
    if before in PREPOSITIONS or before in HAVE or before in _NO_SUBJECT or before.endswith("n't"):
        return False
    return word not in _NOUNS or _as_verb(clause)


_NO_SUBJECT = frozenset(["'s", "'", "consensus", "-", "did", "not", "nor", "former", "first"])
_NOUNS = frozenset(["estimate", "estimates", "target", "targets", "forecast", "forecasts", "project", "projects"])


def _continued(clause: _Clause) -> bool:
    """ "continues to expect"."""
    i = clause.cue - 1
    while i > clause.begin and clause.low[i] != "to":
        i -= 1
    return i > clause.begin and clause.low[i - 1] in ("continue", "continues")


def _as_verb(clause: _Clause) -> bool:
    """Whether a form that is also a noun has a speaker before it and an object behind it: "the airline forecasts a loss"."""
    if (
        clause.cue == clause.begin
        or (clause.after in PREPOSITIONS and clause.after != "to")
        or clause.after in BE
        or clause.after == "and"
    ):
        return False
    before = clause.before
    plural = before in ("we", "they", "i", "you") or (
        before.endswith("s") and not before.endswith("ss") and not clause.named
    )
    if clause.low[clause.cue].endswith("s") == plural or before in _METRICS or not before[:1].isalpha():
        return False
    if not clause.low[clause.cue].startswith("estimate"):
        return True
    tail = clause.low[clause.tail : clause.end]
    if clause.after == "that" or _PAST & set(tail):
        return bool({"will", "would", "could"} & set(tail))
    return any(w in ("to", "will", "between") or w[0].isdigit() for w in tail)


def _plural(clause: _Clause) -> bool:
    """A base form as a verb: behind a plural, "we" or "they", or a control verb."""
    before = clause.before
    if clause.low[clause.cue] == "forecast" and clause.named and clause.after[:1].isalpha():
        return clause.after not in PREPOSITIONS and clause.after not in BE and not _is_denied(clause)
    if before in ("we", "they", "i", "who", "you", "to", "and", "people") or (
        before.endswith("s") and not before.endswith(("ss", "'s"))
    ):
        return before not in _METRICS and _verb(clause)
    return False


def _is_denied(clause: _Clause) -> bool:
    """ "not a bug we plan to fix": a negation shortly before, in the same clause."""
    return any(w in NEGATIONS or w.endswith("n't") for w in clause.low[max(clause.begin, clause.cue - 6) : clause.cue])


def _progressive(clause: _Clause) -> bool:
    return _is_be(clause.before) and clause.before not in ("was", "were", "been") and not _is_denied(clause)


def _passive(clause: _Clause) -> bool:
    """ "is expected to", "are projected at"; "growth expected to slow"; not "was expected", "than expected"."""
    before, after, word = clause.before, clause.after, clause.low[clause.cue]
    if before.endswith(("'re", "'m")) or (
        before in ("is", "are", "be", "am", "'s", "being", "remains", "still") and not _is_denied(clause)
    ):
        if word in ("set", "due", "bound", "seen", "poised", "tipped"):
            return (
                after in ("to", "for", "at")
                if word != "due"
                else after in ("to", "for", "in", "on", "by", "next") and not _because(clause)
            )
        if word in ("estimated", "targeted"):
            return after == "to" or (after in ("at", "between", "in", "within") and _is_range(clause))
        return after not in ("by", "as") or word in ("slated", "scheduled")
    if before in ("an", "the", "its") and word in ("expected", "anticipated", "projected"):
        return any(w[0].isdigit() or w in "$€£" for w in clause.low[clause.tail : clause.tail + 8])
    if (
        before == "been"
        or before in HAVE
        or before in ("was", "were", "than", "as", "had", "they", "we", "analysts", "it", "previously")
    ):
        return False
    return after == "to" and word in (
        "expected",
        "projected",
        "anticipated",
        "forecast",
        "slated",
        "scheduled",
        "estimated",
    )


def _is_range(clause: _Clause) -> bool:
    """Whether two figures with a dash, "to" or "and" between them follow: what is only estimated as a range has yet to come."""
    tail = clause.low[clause.tail : clause.tail + 14]
    digits = [i for i, w in enumerate(tail) if w[0].isdigit()]
    return len(digits) > 1 and any(w in ("-", "–", "to", "and") for w in tail[digits[0] : digits[1]])


def _because(clause: _Clause) -> bool:
    """ "is due to strong demand" gives a reason; "is due to ship" a date."""
    after = clause.low[clause.tail + 1] if clause.tail + 1 < clause.end else ""
    return clause.after == "to" and (not after or after in DETERMINERS or after in PREPOSITIONS or after.endswith("er"))


def _guidance(clause: _Clause) -> bool:
    """Guidance that is given with a figure; not a former one that a result is compared with."""
    if any(w in _FORMER for w in clause.low[max(clause.begin, clause.cue - 4) : clause.cue]):
        return False
    tail = clause.low[clause.tail : clause.tail + 14]
    return any(w[0].isdigit() for w in tail) and any(
        w in ("of", "to", "range", "at", "for", "between", "calls", "assumes") for w in tail
    )


_FORMER, _METRICS = word_class("former"), word_class("metric_noun")


def _will(clause: _Clause) -> bool:
    """The modal before its verb; not the noun, nor the habit of "she will tell you"."""
    after = clause.after
    if clause.before in DETERMINERS and clause.before not in (
        "this",
        "that",
        "these",
        "those",
        "both",
        "some",
        "many",
        "most",
        "all",
    ):
        return False
    if "mean" in clause.low[max(0, clause.begin - 3) : clause.cue]:
        return False
    if "'" in clause.low[clause.cue]:
        return bool(after) and after[0].isalpha() and after != "you"
    if clause.cue == clause.begin == 0 or clause.low[clause.cue - 1] in ("free", "at", "of", "good", "political"):
        return False
    return bool(after) and after[0].isalpha() and "you" not in clause.low[clause.tail : clause.tail + 2]


def _sees(clause: _Clause) -> bool:
    """ "now sees 2026 profit of …": somebody named or an analyst, and a year or an amount directly behind."""
    tail = clause.low[clause.tail : clause.tail + 3]
    return (clause.named or clause.before in SOURCE_NOUNS) and any(w[0].isdigit() for w in tail) and _verb(clause)


def _going(clause: _Clause) -> bool:
    after = clause.after
    return (
        _is_be(clause.before)
        and clause.before not in ("was", "were")
        and after.isalpha()
        and after not in DETERMINERS
        and not after[0].isdigit()
    )


def _with_horizon(clause: _Clause) -> bool:
    """A weaker modal counts only with a time to come ("could … by summer")."""
    after = clause.after
    if (
        not after
        or not after[0].isalpha()
        or after in ("have", "not")
        or after in DETERMINERS
        or clause.before in PREPOSITIONS
    ):
        return False
    if clause.low[clause.cue] == "would" and after in ("probably", "likely"):
        return True
    time = find_horizon(clause.low, clause.tail, clause.end)
    if time is None or is_past(clause.low, clause.begin, clause.end):
        return False
    return not _WEEKDAYS & set(clause.low[time[0] : time[1]])


def _business(clause: _Clause) -> bool:
    """ "is spending $115 billion this year": a business verb in progress, with a period to come."""
    if not _is_be(clause.before) or clause.before in ("was", "were", "been", "being"):
        return False
    time = find_horizon(clause.low, clause.tail, clause.end)
    return time is not None and clause.low[time[0]] not in ("for", "over", "after", "since", "during", "from")


def _is_generic(clause: _Clause) -> bool:
    """Advice and rules about anybody ("you will need", "anyone who wants to")."""
    subject = clause.low[clause.begin : clause.cue]
    return any(w in _OTHERS for w in subject[-2:]) or (
        clause.begin > 0 and clause.low[clause.begin - 1] in ("whether", "when", "how", "what")
    )


_GATES: dict[str, Callable[[_Clause], bool]] = {
    "-": _always,
    "verb": _verb,
    "plural": _plural,
    "progressive": _progressive,
    "passive": _passive,
    "will": _will,
    "going": _going,
    "sees": _sees,
    "guidance": _guidance,
    "horizon": _with_horizon,
    "business": _business,
}


# --- holders ----------------------------------------------------------------


class _Holders:
    """Who stands behind a forecast: the speaker of its quotation, else its subject where that is named or clear."""

    def __init__(self, document: Document, entities: tuple[Entity, ...], quotes: tuple[Quote, ...]) -> None:
        self._document = document
        self._quotes = quotes
        self._quote_starts = [q.start for q in quotes]
        self._names = [e for e in entities if e.type in ("company", "org", "person")]
        self._starts = [e.start for e in self._names]
        self._speakers = Speakers(document, entities, [(q.start, q.end) for q in quotes])

    def holder(self, span: Span, at: int, clause: _Clause) -> tuple[str | None, bool]:
        """Name of the holder of the forecast that begins at `span[0]` with its cue at `at`, and whether it is about what he does."""
        subject = clause.low[clause.begin : clause.tail]
        first = any(w.partition("'")[0] in _FIRST for w in subject)
        i = bisect_right(self._quote_starts, at) - 1
        if i >= 0 and at < self._quotes[i].end:
            return self._quotes[i].speaker, first
        k = bisect_left(self._starts, span[0])
        if k < len(self._names) and self._names[k].end <= at:
            return self._names[k].name, True
        return self._behind_pronoun(span[0], subject), first or "it" in subject[-2:] or "company" in subject

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
