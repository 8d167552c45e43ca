"""What a figure measures, where that is sure: no name, no noun of another clause; old values, forecasts and losses say so."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cache

from reader.insight.facts import Entity, Facts, Figure, Span
from reader.insight.figure.dates import months
from reader.insight.figure.verbs import is_verb
from reader.insight.lexicons import table, word_class
from reader.insight.syntax import clauses
from reader.insight.syntax.document import GENITIVES, read

_OWNERS = frozenset({"company", "org", "model", "product", "person", "chip"})
_LEDE = 3
"""Lines at the top of a text (headline, summary, first paragraph) that name what it is about."""
_AROUND = frozenset(
    {"about", "almost", "around", "just", "nearly", "only", "over", "roughly", "some", "than", "more", "approximately"}
)
"""Words right in front of a figure that say nothing of what it is."""
_NEAR = 5
"""Tokens in front of a figure that tell a forecast or an estimate from what is so."""
_KINDS = {
    "aspiration": "goal",
    "aspirations": "goal",
    "consensus": "estimate",
    "estimate": "estimate",
    "estimates": "estimate",
    "expectation": "estimate",
    "expectations": "estimate",
    "forecast": "forecast",
    "forecasts": "forecast",
    "goal": "goal",
    "guidance": "forecast",
    "outlook": "forecast",
    "projection": "forecast",
    "projections": "forecast",
    "target": "goal",
}
_JOINS = frozenset({",", "and", "but"})
"""Behind these, words in front of a figure are of it and not of what stands before."""
_EMBEDS = frozenset({"how", "if", "that", "whether", "which", "who", "why"})
"""Words that begin what somebody wanted to know, and no wish."""
_NARROWING = frozenset({"aged", "ages", "between", "older", "over", "under", "who", "whose", "with", "younger"})
"""Words behind a noun that leave only some of what it names."""
_BEFORE_KIND = frozenset({"analyst", "analysts", "average", "consensus"})
"""Words that may stand between a figure and the estimate that it is ("the $3 billion consensus estimate")."""
_WANTING = frozenset({"aimed", "aiming", "hoped", "hoping", "seek", "seeking", "seeks", "sought", "wanted"})
WANTED = 10
"""Tokens in front of a figure in which a verb of wanting makes it a goal."""
_THINKING = (
    clauses.word_class("inner_state")
    | clauses.word_class("clause_only")
    | frozenset({"have", "report", "say", "use", "want"})
)
"""Verbs right behind a share of people, where its noun could stand ("only 16 percent believe")."""


class SureMetrics:
    """The sure metrics of the figures of one text; `facts` were found in exactly this `text`."""

    def __init__(self, text: str, facts: Facts) -> None:
        self._document = read(text)
        self._figures = facts.figures
        self._owners = [e for e in facts.entities if e.type in _OWNERS]
        self._starts = [e.start for e in self._owners]
        self._named: dict[str, list[Entity]] = {}
        for owner in self._owners:
            self._named.setdefault(owner.name, []).append(owner)
        self._often = Counter(owner.id for owner in self._owners)
        self._first = next((e.id for e in self._owners if e.type in ("company", "org")), "")
        self._places = {e.start for e in facts.entities if e.type == "place"}
        self._lede = _first_lines(text)

    def _lead(self, figure: Figure) -> list[str]:
        """The words in front of a figure in its sentence, without light words right at it."""
        document = self._document
        first = document.token_at(figure.start)
        low = document.tokens_in(*self._sentence(figure.start)).start
        while first > low and (
            document.lows[first - 1] in _AROUND or document.lows[first - 1] in word_class("article")
        ):
            first -= 1
        return list(document.lows[low:first])

    def _behind(self, figure: Figure) -> int:
        """The token behind a figure, or its last one at the end of the text."""
        return min(self._document.token_at(figure.end - 1) + 1, len(self._document.lows) - 1)

    def _metric(self, figure: Figure, lead: list[str], *, former: bool) -> str | None:
        """The metric with what makes the value no plain fact: "revenue forecast", "earlier revenue", "loss"."""
        metric = self._whole(figure) if figure.metric and self._is_metric(figure) else None
        if former and metric in moves():
            metric = None
        if metric in ("input", "output") and figure.currency:
            metric = f"{metric} price"
        near = lead[-_NEAR:]
        near = _since(near, _JOINS)
        if metric is not None and self._is_part(figure) and not metric.endswith("share"):
            return None if self._is_narrowed(figure) else f"share of {metric}"
        if former and self._document.lows[self._behind(figure)] == "for":
            return None  # "64% against 38% for the other one"
        if metric in ("net income", "earnings", "earnings per share", "profit", "net profit") and self._is_loss(
            figure, near
        ):
            metric = "loss per share" if figure.per == "share" else "loss"
        kind = next((_KINDS[low] for low in reversed(near) if low in _KINDS), None) or self._kind_behind(figure)
        if kind is None and word_class("foretelling") & set(near):
            kind = "forecast"
        if kind is None and _WANTING & set(_since(lead[-WANTED:], _EMBEDS)):
            kind = "goal"
        alone = kind == "goal" or (near[-1:] == ["of"] and near[-2:-1] and near[-2] in _KINDS)
        if kind is not None and _KINDS.keys().isdisjoint((metric or "").split()) and (metric or alone):
            return f"{metric} {kind}" if metric else kind
        return f"earlier {metric}" if metric and former and not metric.startswith("loss") else metric

    def _kind_behind(self, figure: Figure) -> str | None:
        """The kind of value that the noun right behind a figure names."""
        behind = self._behind(figure)
        lows = self._document.lows[behind : behind + 2]
        return next(
            (_KINDS[low] for i, low in enumerate(lows) if low in _KINDS and set(lows[:i]) <= _BEFORE_KIND), None
        )

    def _is_loss(self, figure: Figure, near: list[str]) -> bool:
        """Whether an amount is a loss, or restates one ("a loss of $139 million, or 9 cents per share")."""
        if "loss" in near[-3:]:
            return True
        place = bisect_left(self._figures, figure.start, key=lambda f: f.start) - 1
        if near[-1:] != ["or"] or place < 0 or not self._in_sentence((self._figures[place].start, 0), figure):
            return False
        return "loss" in self._lead(self._figures[place])[-3:]

    def _is_part(self, figure: Figure) -> bool:
        """Whether a percentage or fraction is a part of its metric ("71% of revenue")."""
        behind = figure.metric_span is not None and figure.metric_span[0] > figure.end
        fraction = figure.kind == "percent" or (figure.kind == "multiple" and (figure.high or 0) < 1)
        return behind and fraction and self._document.lows[self._behind(figure)] == "of"

    def _is_narrowed(self, figure: Figure) -> bool:
        """Whether the people or things that a part is of are only some of them ("27% of adults 30 to 49")."""
        span = figure.metric_span or (0, 0)
        after = self._document.tokens_in(*span).stop
        low = self._document.lows[after] if after < len(self._document.lows) else "."
        return low in _NARROWING or low[0].isdecimal()

    def _whole(self, figure: Figure) -> str:
        """The metric in the case of the text, with the names in front of it that say which ("HBM revenue")."""
        document, span, name = self._document, figure.metric_span, figure.metric or ""
        if span is None:
            return name
        tokens = document.tokens_in(*span)
        words = " ".join(document.text[slice(*span)].split())
        heading = document.blocks[max(0, document.block_at(span[0]))].kind == "heading"
        first, low = tokens.start, document.tokens_in(*self._sentence(span[0])).start
        opens = first == low or not document.lows[first - 1][0].isalnum()
        if words.lower() == name and not heading and not (opens and words == name.capitalize()):
            name = words
        while not heading and first - 1 > low and self._is_plain_name(first - 1):
            first -= 1
        if first - 2 >= low and document.lows[first - 2 : first] == ("non", "-"):
            first -= 2  # "non-GAAP margin" is the opposite of what it ends in
        lead = document.text[document.starts[first] : span[0]] if first < tokens.start else ""
        return f"{' '.join(lead.split()) or self._modifier(figure, tokens)} {name}".strip()

    def _modifier(self, figure: Figure, metric: range) -> str:
        """The word between a figure and the metric right behind it ("37% voting power")."""
        behind = self._behind(figure)
        low = self._document.lows[behind]
        return low if metric.start == behind + 1 and low.isalpha() and low.endswith("ing") else ""

    def _is_plain_name(self, index: int) -> bool:
        """Whether a token is a capitalised word of no owner, month or clause of its own."""
        token = self._document.tokens[index]
        if not (token.text.isalpha() and token.text[0].isupper() and len(token.text) > 1) or token.low in months():
            return False
        place = bisect_left(self._starts, token.end) - 1
        owner = self._owners[place] if place >= 0 else None
        return owner is None or owner.end < token.end or owner.type == "chip"

    def _is_metric(self, figure: Figure) -> bool:
        """Whether a metric is a noun of the figure's own clause and no name."""
        span, document = figure.metric_span, self._document
        if span is None or figure.metric is None:
            return figure.metric is not None
        tokens = document.tokens_in(*span)
        first = document.lows[tokens.start]
        if figure.metric in word_class("company_noun") or self._is_idle(figure, tokens):
            return False
        if figure.metric in word_class("empty_metric") or (tokens.start == self._behind(figure) and first in _THINKING):
            return False
        behind = self._behind(figure)
        if figure.kind == "multiple" and tokens.start < behind and document.lows[behind] in ("its", "the", "their"):
            return False  # "a deal that would triple the valuation"
        if document.lows[behind] == "of" and any(is_verb(document, i) for i in range(behind, tokens.start)):
            return False  # "22% of respondents reported regular usage"
        if figure.kind == "percent" and len(tokens) == 1 and first.endswith("ed"):
            return False  # "among employed adults, 28%"
        if any(
            e.start < span[1] and span[0] < e.end for e in self._near(span) if e.type in ("company", "person", "org")
        ):
            return False
        last = document.lows[tokens.stop - 1]
        if last.endswith("ed") and len(tokens) == 1 and last not in word_class("change_verb"):
            return figure.metric != last
        between = self._between(span, figure)
        if tokens.start >= behind and any(document.lows[i] in GENITIVES for i in between):
            return False  # "her 14-year-old son's death"
        return not any(document.lows[i] in word_class("metric_end") for i in between)

    def _is_idle(self, figure: Figure, tokens: range) -> bool:
        """Whether a metric's words say something else here ("in the order of", a secured agreement) or go on in another noun."""
        document, behind = self._document, self._behind(figure)
        if document.lows[tokens.start] == "order":
            return True
        if figure.metric == "funding" and document.lows[tokens.start].startswith("secur"):
            return document.lows[behind] in ("agreement", "contract", "deal", "order", "pact")
        if (
            tokens.start < behind
            or tokens.stop >= len(document.tokens)
            or not document.lows[tokens.stop].endswith("ments")
        ):
            return False
        return document.lows[tokens.stop - 1] == figure.metric

    def _sentence(self, offset: int) -> Span:
        return self._document.sentences[max(0, self._document.sentence_at(offset))]

    def _in_sentence(self, span: Span, figure: Figure) -> bool:
        return self._document.sentence_at(span[0]) == self._document.sentence_at(figure.start)

    def _between(self, span: Span, figure: Figure) -> range:
        """The tokens between a span and the figure."""
        return self._document.tokens_in(min(span[1], figure.end), max(span[0], figure.start))

    def _near(self, span: Span) -> list[Entity]:
        return self._owners[max(0, bisect_left(self._starts, span[0]) - 1) : bisect_left(self._starts, span[1])]


def _since(words: list[str], ends: frozenset[str]) -> list[str]:
    """The words behind the last one of `ends`."""
    return words[next((i + 1 for i in reversed(range(len(words))) if words[i] in ends), 0) :]


@cache
def moves() -> frozenset[str]:
    """Nouns and verbs of change: "an increase from 18%" does not say of what."""
    return frozenset(word for word, *_ in table("directions"))


def _first_lines(text: str) -> str:
    """The first lines of a text, in lower case."""
    lines = (line for line in text[:4000].splitlines() if line.strip())
    return "\n".join(line for _, line in zip(range(_LEDE), lines, strict=False)).lower()
