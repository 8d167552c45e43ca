"""The facts of one article as people read them: sections of rows, each row a span of the text; what panel, table and queries share."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.insight.facts import Attribution, Facts, Figure, Forecast, Quote, Score, Span

    Row = Figure | Score | Quote | Attribution | Forecast

FIGURE, SCORE, QUOTE, ATTRIBUTION, HEDGE, FORECAST, OPINION = "F", "S", "Q", "A", "H", "P", "O"
"""The letter of each kind, the same in gutter, panel and help."""

KINDS = {
    FIGURE: "figure",
    SCORE: "benchmark score",
    QUOTE: "quote",
    ATTRIBUTION: "attribution",
    HEDGE: "hedge",
    FORECAST: "forecast",
    OPINION: "opinion",
}

STATUS_LETTERS = {"unnamed sources": "?", "estimate": "~", "vendor benchmark": "v", "denied": "!"}
"""Claim statuses that carry a letter; the others need none."""


@dataclass(frozen=True, slots=True)
class FactItem:
    """One fact. `value` is the exact text of its span in one line; `says` tells who stands behind it.

    `about` says of what and whose it is: of a figure the passage around it.
    """

    kind: str
    start: int
    end: int
    value: str
    about: str = ""
    says: str = ""
    status: str = ""
    """Claim status in words (`reader.insight.status`); empty where the text gives none."""
    number: float | None = None
    """A score's value, for its bar."""
    group: str = ""
    """The benchmark of a score."""
    at: int = -1
    """Where a figure's value stands in `about`, if that is the passage around it."""
    passage: Span = (0, 0)
    """The span of that passage: figures of one passage are read together."""

    @property
    def letter(self) -> str:
        """The status as one character; empty for a status that needs none."""
        return STATUS_LETTERS.get(self.status, "")


@dataclass(frozen=True, slots=True)
class Name:
    """Something the article names, and how often. `type` as in the contract."""

    type: str
    name: str
    id: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Factsheet:
    """Everything the panel shows. `items` are in the order of the text; `marks` also hold what is highlighted but no item."""

    items: tuple[FactItem, ...]
    marks: tuple[tuple[str, int, int], ...]
    """(kind letter, start, end) of everything underlined in the text, by start."""
    opinions: tuple[Span, ...]
    """Sentences in the author's own voice, for the gutter."""
    hedges: tuple[str, ...]
    names: tuple[Name, ...]
    first: tuple[str, ...]
    """Outlets that reported it first, as the text says."""
    cited: tuple[str, ...]
    """Outlets that the text leans on otherwise."""

    def of(self, *kinds: str) -> tuple[FactItem, ...]:
        """The items of some kinds, in the order of the text."""
        return tuple(item for item in self.items if item.kind in kinds)


def factsheet(text: str, facts: Facts) -> Factsheet:
    """The sheet of `facts`, which were found in exactly this `text`; a row that says nothing, or is doubtful, is left out."""
    items = sorted(_items(text, facts), key=lambda item: (item.start, item.end))
    return Factsheet(
        items=tuple(items),
        marks=tuple(sorted(_marks(facts), key=lambda mark: (mark[1], -mark[2]))),
        opinions=tuple((s.start, s.end) for s in facts.sentences if s.voice in ("opinion", "mixed")),
        hedges=tuple(one_line(text, hedge.start, hedge.end) for hedge in facts.hedges),
        names=_names(facts),
        first=_outlets(facts, "first_reported"),
        cited=_outlets(facts, "cited"),
    )


def one_line(text: str, start: int, end: int) -> str:
    """The span as it is, but on one line."""
    return " ".join(text[start:end].split())


def quantities(facts: Facts) -> tuple[Figure, ...]:
    """The figures that measure something: dates and ranks are found, too, but are no claim by themselves."""
    return tuple(figure for figure in facts.figures if figure.kind not in ("date", "rank"))


def _items(text: str, facts: Facts) -> Iterator[FactItem]:
    """The rows that are claims to read, layer by layer: what says nothing, repeats a result or is doubtful is left out.

    A statement whose words are a forecast is read as that alone.
    """
    sources = _Sources(text, facts)
    yield from _figures(text, facts, sources)
    yield from _scores(text, facts)
    yield from _quotes(text, facts)
    forecasts = list(_forecasts(text, facts, sources))
    told = {(item.says, item.end) for item in forecasts}
    yield from (said for said in _statements(text, facts, sources) if (said.says, said.end) not in told)
    yield from forecasts


# -- rows


def _figures(text: str, facts: Facts, sources: _Sources) -> Iterator[FactItem]:
    from reader.insight.figure.claims import (
        claims,
    )  # the first screen has empty sheets only, and needs none of the rules

    for figure, words, at, passage in claims(text, facts):
        start, end = figure.start, figure.end
        value, says, status = one_line(text, start, end), sources.of(start, end), _status(figure, facts, text)
        yield FactItem(FIGURE, start, end, value, words, says, status, at=at, passage=passage)


def _scores(text: str, facts: Facts) -> Iterator[FactItem]:
    results = {(s.model, s.benchmark, s.value, s.setting): s for s in reversed(facts.scores)}
    for score in reversed(results.values()):
        about = " · ".join(filter(None, (score.model, score.setting)))
        value, status = one_line(text, score.start, score.end), _status(score, facts, text)
        yield FactItem(SCORE, score.start, score.end, value, about, "", status, score.value, score.benchmark)


def _quotes(text: str, facts: Facts) -> Iterator[FactItem]:
    from reader.insight import shown  # as above

    for quote, speaker in shown.quotes(text, facts):
        says = " · ".join(filter(None, (speaker or "speaker not stated", _medium(text, quote, speaker))))
        status = _status(quote, facts, text) if speaker else ""
        yield FactItem(QUOTE, quote.start, quote.end, one_line(text, quote.start, quote.end), "", says, status)


def _medium(text: str, quote: Quote, speaker: str | None) -> str | None:
    """What carried the words, unless it is the speaker ("the letter states") or tells who that is (", the defendant in the lawsuit,")."""
    if not speaker or not quote.medium or quote.medium in speaker:
        return None
    _, apart, told = text[slice(*quote.speaker_span or (0, 0))].partition(", ")
    return None if apart and quote.medium in told else quote.medium


def _statements(text: str, facts: Facts, sources: _Sources) -> Iterator[FactItem]:
    from reader.insight import shown  # as above

    for said in shown.statements(text, facts, sources.name):
        source = sources.name(said.source) if said.source else ""
        if said.polarity == "-" and said.cue is not None:
            source = f"{source} · {one_line(text, *said.cue)}"
        value, status = one_line(text, *said.content), _status(said, facts, text)
        yield FactItem(ATTRIBUTION, *said.content, value, "", source, status)


def _forecasts(text: str, facts: Facts, sources: _Sources) -> Iterator[FactItem]:
    from reader.insight.foreseen import forecasts  # as above

    for forecast, kind, holder in forecasts(text, facts, sources.of):
        about = " · ".join(filter(None, (kind, forecast.horizon)))
        value, status = one_line(text, forecast.start, forecast.end), _status(forecast, facts, text)
        yield FactItem(FORECAST, forecast.start, forecast.end, value, about, holder, status)


def _status(row: Row, facts: Facts, text: str) -> str:
    from reader.insight.status import status_of  # as above

    return status_of(row, facts, text)


def _source_names(text: str, facts: Facts) -> dict[Span, str]:
    from reader.insight.speech.speakers import source_names  # as above

    return source_names(text, facts)


class _Sources:
    """Who vouches for a place in the text: the source of the smallest attribution or quote around it."""

    def __init__(self, text: str, facts: Facts) -> None:
        self._text, self._names = text, _source_names(text, facts) if facts.attributions else {}
        quotes: list[tuple[int, int, str]] = [(q.start, q.end, q.speaker) for q in facts.quotes if q.speaker]
        said = [(*a.content, self.name(a.source)) for a in facts.attributions if a.source]
        self._spans = sorted((*said, *quotes), key=lambda span: span[0])
        self._furthest = list(accumulate((end for _, end, _ in self._spans), max))
        """The furthest end of the spans up to each."""

    def name(self, source: Span) -> str:
        """Who a source is: the name behind a pronoun, else the words of the text."""
        return self._names.get(source) or one_line(self._text, *source)

    def of(self, start: int, end: int) -> str:
        """The source of `start`-`end`; empty where the article itself says it, or nobody who is named or can speak."""
        from reader.insight.readable import NOBODY, plain, vouches  # as above

        source = min(self._around(start, end), key=lambda found: found[0], default=(0, ""))[1]
        return source if source and plain(source) not in NOBODY and vouches(source) else ""

    def _around(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """(length, source) of each span around `start`-`end`, a quotation before the attribution of the same words."""
        index = bisect_right(self._spans, start, key=lambda span: span[0]) - 1
        while index >= 0 and self._furthest[index] >= end:
            first, last, source = self._spans[index]
            if end <= last:
                yield last - first, source
            index -= 1


def _marks(facts: Facts) -> Iterator[tuple[str, int, int]]:
    for letter, layer in (
        (FIGURE, quantities(facts)),
        (SCORE, facts.scores),
        (HEDGE, facts.hedges),
        (FORECAST, facts.forecasts),
    ):
        for row in layer:
            yield letter, row.start, row.end
    for quote in facts.quotes:
        if quote.kind != "scare":
            yield QUOTE, quote.start, quote.end
    for said in facts.attributions:
        for span in (said.source, said.cue):
            if span is not None:
                yield ATTRIBUTION, *span


def _names(facts: Facts) -> tuple[Name, ...]:
    """Each named thing once, the most often mentioned first."""
    counts = Counter((e.type, e.id) for e in facts.entities)
    names = {(e.type, e.id): e.name for e in facts.entities}
    return tuple(Name(type, names[type, id], id, n) for (type, id), n in counts.most_common())


def _outlets(facts: Facts, role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(credit.outlet for credit in facts.credits if credit.role == role))
