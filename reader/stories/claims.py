"""The figures and scores of one article as claims: a key, a report that can be compared, and the span it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from reader.stories.compare import Report
from reader.stories.independence import Source, leans_on, owner
from reader.stories.metrics import Metric, find_basis, find_metric, find_status
from reader.stories.periods import day_of, period
from reader.stories.quantity import Interval, hedge_factors

KINDS = frozenset({"money", "percent", "count", "size", "rate", "multiple"})
"""Kinds of figures that are compared; dates, ranks and durations say too little by themselves."""

_BEFORE, _AFTER = 70, 50
"""Characters before and after a figure, within its sentence, whose words can say by which measure it holds."""

OPEN = frozenset({"amount", "headcount", "price"})
"""Metrics that only say that money or people are meant: "the price", "a deal of", "pays", "jobs"."""

_PEOPLE = frozenset({"employee", "job", "person", "position", "role", "staff", "worker"})
"""Units that are all people, where staff is counted."""

_LONGEST_NAME = 120
"""Characters of the longest name of an entity."""

_VAGUE = 1.2
"""An approximate figure whose upper end is more than so many times the lower ("hundreds of billions") is held against nothing."""

_PRIOR = re.compile(
    r"\b(?:from|compared (?:with|to)|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )(?<!other )than|against|after|previous(?:ly)?|earlier"
    r"|last (?:year|quarter)'?s?)\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:—–(]|\b(?:after|and|as|before|but|having|then|when|while)\b", re.IGNORECASE)
"""Where the words after a figure begin to speak of something else."""

_QUALIFIERS = {"~": "about", "<": "under", "<=": "up to", ">": "over", ">=": "at least"}
_FORMS = re.compile(r"\b(?:inc|corp|corporation|co|ltd|llc|plc|company|group|holdings|platforms|technologies)\b\.?")


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure is a report of. `period` is a calendar period ("2026", "2026-Q3"), `per` a rate; empty where the text says none."""

    subject: str
    metric: str
    period: str
    per: str
    unit: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure or score of one article. Spans are offsets into that article's text, end exclusive; `text[start:end]` is the figure."""

    key: Key
    report: Report
    source: Source
    start: int
    end: int
    sentence: tuple[int, int]
    kind: str
    metric: Metric | None
    """The listed metric that its words name; null when they are words of their own."""
    sure: bool
    """Whether subject, metric and value are clear enough to hold it against another."""
    named: bool
    """Whether the subject is a named thing, not only a noun such as "the company"."""
    objects: frozenset[str]
    """Companies, organisations and products that its sentence names beside the subject."""
    leans: frozenset[str]
    """Owners of the outlets on whose report it leans."""

    @property
    def text(self) -> str:
        """The figure as it is written."""
        return self.source.text[self.start : self.end]

    @property
    def values(self) -> Interval:
        """The values that the figure may stand for."""
        return self.report.values


def claims(source: Source, peers: frozenset[str] = frozenset(), *, loose: bool = False) -> list[Claim]:
    """The figures and scores of one article that can be compared, in order of the text; `peers` are outlets it may lean on.

    With `loose` also figures whose text names a listed metric, but no subject: their key's subject is empty.
    """
    article = _Article(source, peers)
    found = [_figure_claim(article, row, bounds, loose) for row, bounds in article.figures() if row["kind"] in KINDS]
    found += [_score_claim(article, row) for row in source.rows("scores")]
    return sorted((claim for claim in found if claim), key=lambda claim: (claim.start, claim.end, claim.key.subject))


class _Article:
    """One article's facts, so that what stands near a figure is found without looking at all of them."""

    def __init__(self, source: Source, peers: frozenset[str]) -> None:
        self.source = source
        self.names = {entity["name"].lower(): entity["id"] for entity in source.rows("entities")}
        self.ids = frozenset(self.names.values())
        self._peers = peers
        self._sentences = source.rows("sentences")
        self._sentence_starts = [row["start"] for row in self._sentences]
        self._entities = source.rows("entities")
        self._entity_starts = [row["start"] for row in self._entities]

    def figures(self) -> Iterator[tuple[Mapping[str, Any], tuple[int, int]]]:
        """Each figure with the end of the one before it and the start of the one after it; dates are passed over."""
        rows = [row for row in self.source.rows("figures") if row["kind"] != "date"]
        ends = accumulate((row["end"] for row in rows), max, initial=0)
        starts = [row["start"] for row in rows[1:]] + [len(self.source.text)]
        return zip(rows, zip(ends, starts, strict=False), strict=False)

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence at an offset; where there is none, the line."""
        number = bisect_right(self._sentence_starts, at) - 1
        if number >= 0 and at < self._sentences[number]["end"]:
            return self._sentences[number]["start"], self._sentences[number]["end"]
        text = self.source.text
        return max(text.rfind("\n", 0, at) + 1, 0), (text.find("\n", at) + 1 or len(text) + 1) - 1

    def entities(self, start: int, end: int) -> Sequence[Mapping[str, Any]]:
        """The entities that begin from `start` on and before `end`."""
        return self._entities[bisect_left(self._entity_starts, start) : bisect_left(self._entity_starts, end)]

    def objects(self, sentence: tuple[int, int], subject: str) -> frozenset[str]:
        """Companies, organisations and products that a sentence names beside the subject."""
        kinds = ("company", "org", "model", "product")
        return frozenset(row["id"] for row in self.entities(*sentence) if row["type"] in kinds and row["id"] != subject)

    def leans(self, sentence: tuple[int, int]) -> frozenset[str]:
        """Owners on whose report a sentence leans."""
        return leans_on(self.source, *sentence, peers=self._peers)

    def subject(self, row: Mapping[str, Any]) -> str:
        """The key of the named thing that a figure describes, else its words without legal forms."""
        if row["subject_span"]:
            start, end = row["subject_span"]
            for entity in self.entities(start - _LONGEST_NAME, end):
                if entity["end"] > start:
                    return str(entity["id"])
        return self.key_of(row["subject"])

    def key_of(self, name: str) -> str:
        """The key of a name among the article's entities; for a name that is none of them, what its key would be."""
        return self.names.get(name.lower()) or _plain(name).replace(" ", "-")

    def period(self, words: str | None) -> str:
        """The calendar period that `words` name, seen from the article's day; the words themselves where they name none."""
        found = period(words, day_of(self.source.time)) if words and self.source.time is not None else None
        return found.key if found else _plain(words or "")


def _figure_claim(article: _Article, row: Mapping[str, Any], bounds: tuple[int, int], loose: bool) -> Claim | None:
    """One figure; null where it has no value or subject, or is the value that another is held against ("up from $10 billion")."""
    source, start, end = article.source, row["start"], row["end"]
    values = [value for value in (row["low"], row["high"]) if value is not None]
    sentence = article.sentence(start)
    lead = source.text[max(sentence[0], start - _BEFORE, min(bounds[0], start)) : start]
    if not values or not (row["subject"] or (loose and row["metric"])) or _PRIOR.search(lead):
        return None
    tail = source.text[end : max(end, min(sentence[1], end + _AFTER, bounds[1]))]
    metric = _metric(row["metric"] or "", "" if row["per"] else f"{lead} {source.text[start:end]} {tail}", row["kind"])
    subject, unit = article.subject(row) if row["subject"] else "", row["currency"] or row["unit"] or ""
    if metric and metric.name in ("headcount", "jobs_cut"):
        metric, unit = (metric, "person") if unit in _PEOPLE else (metric if not unit else None, unit)
    if not subject and metric is None:
        return None
    key = Key(subject, _metric_name(row, metric), article.period(row["period"]), row["per"] or "", unit)
    close = f"{lead} {source.text[start:end]} {_CLAUSE.split(tail, maxsplit=1)[0]} {row['metric'] or ''}"
    report = Report(
        entity=subject,
        metric=metric.name if metric else key.metric,
        basis=" ".join(part for part in (key.period, find_basis(close)) if part),
        low=values[0],
        high=values[1] if len(values) == 2 and values[1] != values[0] else None,
        unit=unit,
        hedge=_hedge(lead, row["qualifier"]),
        status=find_status(lead),
        time=source.time,
        outlet=owner(source.outlet),
        written=source.text[start:end],
    )
    vague = row["qualifier"] == "~" and len(values) == 2 and values[1] > _VAGUE * values[0]
    sure = bool(metric and row["metric"]) and not vague
    return _claim(article, key, report, (start, end), row["kind"], metric, sure, subject in article.ids)


def _score_claim(article: _Article, row: Mapping[str, Any]) -> Claim:
    source, start, end = article.source, row["start"], row["end"]
    benchmark, setting = _plain(row["benchmark"]), _plain(row["setting"] or "")
    key = Key(article.key_of(row["model"]), f"benchmark {benchmark}", "", "", "score")
    report = Report(
        entity=key.subject,
        metric="benchmark",
        basis=f"{benchmark} {setting}".strip(),
        low=float(row["value"]),
        high=None,
        unit="score",
        hedge=_hedge(source.text[max(article.sentence(start)[0], start - _BEFORE) : start], "="),
        time=source.time,
        outlet=owner(source.outlet),
        written=source.text[start:end],
    )
    return _claim(article, key, report, (start, end), "score", find_metric("benchmark"), sure=True, named=True)


def _claim(
    article: _Article,
    key: Key,
    report: Report,
    span: tuple[int, int],
    kind: str,
    metric: Metric | None,
    sure: bool,
    named: bool,
) -> Claim:
    sentence = article.sentence(span[0])
    objects = article.objects(sentence, key.subject) if kind != "score" else frozenset()
    return Claim(
        key, report, article.source, *span, sentence, kind, metric, sure, named, objects, article.leans(sentence)
    )


def _metric(words: str, near: str, kind: str) -> Metric | None:
    """What the figure measures: the metric that its own words name; where they only say that it is an amount, that of the words near it.

    Words of another meaning ("a $15 billion unit") stay their own, whatever stands near them.
    """
    own = find_metric(words, kind)
    if own is None:
        return None if words else find_metric(near, kind, without=OPEN) or find_metric(near, kind)
    if own.name in OPEN:
        return find_metric(near, kind, without=OPEN) or own
    return own


def _metric_name(row: Mapping[str, Any], metric: Metric | None) -> str:
    """The metric's listed name, else its own words; percent changes keep their direction, for up and down are no two values of one."""
    name = metric.name if metric else _plain(row["metric"] or "")
    return f"{name} {row['direction']}" if row["kind"] in ("percent", "multiple") and row["direction"] else name


def _hedge(lead: str, qualifier: str) -> str:
    """Words that say how near the figure is: those right before it, else what its qualifier stands for."""
    last = " ".join(lead.split()[-4:]).lstrip(",;:")
    return last if hedge_factors(last) else _QUALIFIERS.get(qualifier, "")


def _plain(text: str) -> str:
    words = re.findall(r"[^\W_]+(?:[.-][^\W_]+)*", text.lower().replace("’", "'").removesuffix("'s"))
    return _FORMS.sub("", " ".join(words)).strip() or " ".join(words)
