"""The figures and scores of one article as claims: a key, a report that can be compared, and the span it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
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

_VAGUE = 1.2
"""An approximate figure whose upper end is more than so many times the lower ("hundreds of billions") is held against nothing."""

_PRIOR = re.compile(
    r"\b(?:from|compared (?:with|to)|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )(?<!other )than|against|after|previous(?:ly)?|earlier"
    r"|last (?:year|quarter)'?s?)\s*$",
    re.IGNORECASE,
)
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


def claims(source: Source, peers: frozenset[str] = frozenset()) -> list[Claim]:
    """The figures and scores of one article that can be compared, in order of the text; `peers` are outlets it may lean on."""
    names = {entity["name"].lower(): entity["id"] for entity in source.rows("entities")}
    found = [_figure_claim(source, row, names, peers) for row in source.rows("figures") if row["kind"] in KINDS]
    found += [_score_claim(source, row, names, peers) for row in source.rows("scores")]
    return sorted((claim for claim in found if claim), key=lambda claim: (claim.start, claim.end, claim.key.subject))


def _figure_claim(
    source: Source, row: Mapping[str, Any], names: Mapping[str, str], peers: frozenset[str]
) -> Claim | None:
    values = [value for value in (row["low"], row["high"]) if value is not None]
    start, end = row["start"], row["end"]
    sentence = _sentence(source, start)
    lead = source.text[max(sentence[0], start - _BEFORE) : start]
    if not values or not row["subject"] or _PRIOR.search(lead):
        return None
    near = f"{lead} {source.text[start : min(sentence[1], end + _AFTER)]}"
    metric = _metric(row["metric"] or "", "" if row["per"] else near, row["kind"])
    subject = _subject(source, row, names)
    unit = row["currency"] or row["unit"] or ""
    if metric and metric.name in ("headcount", "jobs_cut") and unit in _PEOPLE:
        unit = "person"
    key = Key(subject, _metric_name(row, metric), _period(source, row["period"]), row["per"] or "", unit)
    vague = row["qualifier"] == "~" and len(values) == 2 and values[1] > _VAGUE * values[0]
    report = Report(
        entity=subject,
        metric=metric.name if metric else key.metric,
        basis=" ".join(part for part in (key.period, find_basis(f"{near} {row['metric'] or ''}")) if part),
        low=values[0],
        high=values[1] if len(values) == 2 and values[1] != values[0] else None,
        unit=key.unit,
        hedge=_hedge(lead, row["qualifier"]),
        status=find_status(lead),
        time=source.time,
        outlet=owner(source.outlet),
        written=source.text[start:end],
    )
    return Claim(
        key,
        report,
        source,
        start,
        end,
        sentence,
        row["kind"],
        metric,
        sure=bool(metric and row["metric"]) and not vague,
        named=subject in names.values(),
        objects=_objects(source, sentence, subject),
        leans=leans_on(source, *sentence, peers=peers),
    )


def _metric(words: str, near: str, kind: str) -> Metric | None:
    """What the figure measures: the metric that its own words name; where they only say that it is an amount, that of the words near it.

    Words of another meaning ("a $15 billion unit") stay their own, whatever stands near them.
    """
    own = find_metric(words, kind)
    if own is None:
        return None if words else find_metric(near, kind)
    if own.name in OPEN:
        return find_metric(near, kind, without=OPEN) or own
    return own


def _score_claim(source: Source, row: Mapping[str, Any], names: Mapping[str, str], peers: frozenset[str]) -> Claim:
    start, end = row["start"], row["end"]
    sentence = _sentence(source, start)
    setting = row["setting"] or ""
    key = Key(_named(row["model"], names), f"benchmark {_plain(row['benchmark'])}", "", "", "score")
    report = Report(
        entity=key.subject,
        metric="benchmark",
        basis=f"{_plain(row['benchmark'])} {_plain(setting)}".strip(),
        low=float(row["value"]),
        high=None,
        unit="score",
        hedge=_hedge(source.text[max(sentence[0], start - _BEFORE) : start], "="),
        time=source.time,
        outlet=owner(source.outlet),
        written=source.text[start:end],
    )
    return Claim(
        key,
        report,
        source,
        start,
        end,
        sentence,
        "score",
        find_metric("benchmark"),
        sure=True,
        named=True,
        objects=frozenset(),
        leans=leans_on(source, *sentence, peers=peers),
    )


def _subject(source: Source, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The key of the named thing that the figure describes, else its words without legal forms."""
    if row["subject_span"]:
        start, end = row["subject_span"]
        for entity in source.rows("entities"):
            if entity["start"] < end and start < entity["end"]:
                return str(entity["id"])
    return _named(row["subject"], names)


def _named(name: str, names: Mapping[str, str]) -> str:
    """The key of a name among the article's entities; for a name that is none of them, what its key would be."""
    return names.get(name.lower()) or _plain(name).replace(" ", "-")


def _metric_name(row: Mapping[str, Any], metric: Metric | None) -> str:
    """The metric's listed name, else its own words; percent changes keep their direction, for up and down are no two values of one."""
    name = metric.name if metric else _plain(row["metric"] or "")
    return f"{name} {row['direction']}" if row["kind"] in ("percent", "multiple") and row["direction"] else name


def _period(source: Source, words: str | None) -> str:
    found = period(words, day_of(source.time)) if words and source.time is not None else None
    return found.key if found else _plain(words or "")


def _hedge(lead: str, qualifier: str) -> str:
    """Words that say how near the figure is: those right before it, else what its qualifier stands for."""
    last = " ".join(lead.split()[-4:]).lstrip(",;:")
    return last if hedge_factors(last) else _QUALIFIERS.get(qualifier, "")


def _objects(source: Source, sentence: tuple[int, int], subject: str) -> frozenset[str]:
    """Companies, organisations and products that the sentence names beside the subject."""
    kinds = ("company", "org", "model", "product")
    inside = (row for row in source.rows("entities") if sentence[0] <= row["start"] < sentence[1])
    return frozenset(row["id"] for row in inside if row["type"] in kinds and row["id"] != subject)


def _sentence(source: Source, at: int) -> tuple[int, int]:
    for row in source.rows("sentences"):
        if row["start"] <= at < row["end"]:
            return row["start"], row["end"]
    return max(source.text.rfind("\n", 0, at) + 1, 0), (source.text.find("\n", at) + 1 or len(source.text) + 1) - 1


def _plain(text: str) -> str:
    words = re.findall(r"[^\W_]+(?:[.-][^\W_]+)*", text.lower().replace("’", "'").removesuffix("'s"))
    return _FORMS.sub("", " ".join(words)).strip() or " ".join(words)
