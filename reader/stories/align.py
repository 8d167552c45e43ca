"""The facts of a story's articles side by side: which figures outlets agree on, where they differ, what changed, what only one has.

A row of the source diff is one figure with all its reports. Better no badge than a wrong one: two values are called different only when
subject, metric, period, rate, unit, object and measure are known to be the same, and the outlets are independent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from reader.stories.compare import Report, relation
from reader.stories.independence import Source, Standing, leans_on, owner, standing
from reader.stories.metrics import Metric, find_basis, find_metric, find_status
from reader.stories.model import DAY
from reader.stories.periods import day_of, period
from reader.stories.quantity import Interval, hedge_factors, in_dollars, is_currency

STATUSES = ("DIFFER", "CHANGED", "AGREED", "1 SOURCE")
"""What a row says, in the order of rows."""

KINDS = frozenset({"money", "percent", "count", "size", "rate", "multiple"})
"""Kinds of figures that are compared; dates, ranks and durations say too little by themselves."""

SAME_DAY = 1.5 * DAY
"""Share price moves without a day are of one day when the articles are no further apart."""

_BEFORE, _AFTER = 70, 50
_LEAST = 0.8
"""Share of a limit ("up to") from which a value may be the same figure."""

_NATURES_THAT_DIFFER = frozenset({"growing", "fixed", "moving", "flow"})
_PARTNERS = {
    "valuation": {"round_size", "investment"},
    "round_size": {"round_size", "investment"},
    "total_raised": {"round_size", "total_raised"},
    "investment": {"investment"},
    "acquisition_price": {"acquisition_price", "investment"},
    "contract": {"contract"},
}
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


@dataclass(frozen=True)
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
    objects: frozenset[str]
    leans: frozenset[str]

    @property
    def text(self) -> str:
        """The figure as it is written."""
        return self.source.text[self.start : self.end]

    @cached_property
    def values(self) -> Interval:
        """The values that the figure may stand for."""
        return self.report.values


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a story with all its reports, oldest first. `status` is one of `STATUSES`; `note` says more in plain words."""

    key: Key
    status: str
    claims: tuple[Claim, ...]
    standing: Standing
    note: str = ""

    @property
    def outlets(self) -> tuple[str, ...]:
        """Outlets that have the figure, in the order of their reports."""
        return tuple(dict.fromkeys(claim.source.outlet for claim in self.claims))


def align(sources: Iterable[Source]) -> list[Row]:
    """The figures and scores of a story's articles as rows: what differs first, then what changed, is agreed, and stands alone."""
    articles = list(sources)
    by_id = {source.article: source for source in articles}
    found = [claim for source in articles for claim in claims(source)]
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in found:
        unit = "money" if is_currency(claim.key.unit) else claim.key.unit
        groups.setdefault((claim.key.subject, claim.key.metric, claim.key.per, unit), []).append(claim)
    rows = [_row(part, found, by_id) for group in groups.values() for part in _parts(group)]
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[int, int, str, str, str]:
    return STATUSES.index(row.status), -len(row.outlets), row.key.subject, row.key.metric, row.key.period


# -- claims ------------------------------------------------------------------------------------------------------------


def claims(source: Source) -> list[Claim]:
    """The figures and scores of one article that can be compared, in order of the text."""
    names = {entity["name"].lower(): entity["id"] for entity in source.rows("entities")}
    found = [_figure_claim(source, row, names) for row in source.rows("figures") if row["kind"] in KINDS]
    found += [_score_claim(source, row, names) for row in source.rows("scores")]
    return sorted((claim for claim in found if claim), key=lambda claim: (claim.start, claim.end, claim.key.subject))


def _figure_claim(source: Source, row: Mapping[str, Any], names: Mapping[str, str]) -> Claim | None:
    values = [value for value in (row["low"], row["high"]) if value is not None]
    start, end = row["start"], row["end"]
    sentence = _sentence(source, start)
    lead = source.text[max(sentence[0], start - _BEFORE) : start]
    if not values or not row["subject"] or _PRIOR.search(lead):
        return None
    near = lead + source.text[end : min(sentence[1], end + _AFTER)]
    metric = find_metric(row["metric"] or near)
    subject = _subject(source, row, names)
    key = Key(
        subject,
        _metric_name(row, metric),
        _period(source, row["period"]),
        row["per"] or "",
        row["currency"] or row["unit"] or "",
    )
    vague = row["qualifier"] == "~" and len(values) == 2 and values[1] > 1.2 * values[0]
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
    sure = bool(metric and row["metric"]) and not vague
    objects = _objects(source, sentence, subject)
    return Claim(
        key, report, source, start, end, sentence, row["kind"], metric, sure, objects, leans_on(source, *sentence)
    )


def _score_claim(source: Source, row: Mapping[str, Any], names: Mapping[str, str]) -> Claim:
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
        True,
        frozenset(),
        leans_on(source, *sentence),
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


# -- rows --------------------------------------------------------------------------------------------------------------


def _parts(group: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of one key in parts that speak of the same thing: two belong together unless they are `different`."""
    alike: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in group:
        alike.setdefault(_signature(claim), []).append(claim)
    sets = list(alike.values())
    part = list(range(len(sets)))
    for a, b in combinations(range(len(sets)), 2):
        if part[a] != part[b] and _related(sets[a][0], sets[b][0]):
            keep, drop = sorted((part[a], part[b]))
            part = [keep if number == drop else number for number in part]
    return [
        [claim for claims, number in zip(sets, part, strict=True) if number == first for claim in claims]
        for first in dict.fromkeys(part)
    ]


def _signature(claim: Claim) -> tuple[Any, ...]:
    """What two claims must have in common to be compared as one: many outlets write the same value in the same words."""
    report = claim.report
    day = None if claim.source.time is None else day_of(claim.source.time)
    return (
        report.low,
        report.high,
        report.basis,
        report.hedge,
        report.status,
        claim.sure,
        claim.objects,
        day,
        report.outlet,
    )


def _related(a: Claim, b: Claim) -> bool:
    said = relation(a.report, b.report)
    if said in ("agree", "compatible"):
        return _same_object(a, b, strict=False) and (said == "agree" or _top(a).meets(_top(b)))
    return said != "different" and _comparable(a, b)


def _top(claim: Claim) -> Interval:
    """A claim's values; of "up to $40 billion" only those near the limit, for ten is no report of the same figure."""
    values = claim.values if claim.values.low > 0 else Interval(_LEAST * claim.values.high, claim.values.high)
    return (in_dollars(values, claim.key.unit) if is_currency(claim.key.unit) else None) or values


def _comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims are clear enough to say that they differ."""
    if not (a.sure and b.sure and a.metric and b.metric) or a.metric.nature not in _NATURES_THAT_DIFFER:
        return False
    if a.metric.nature == "flow" and not (a.key.period and a.key.period == b.key.period):
        return False
    if a.metric.name == "price_move" and abs((a.source.time or 0.0) - (b.source.time or 0.0)) > SAME_DAY:
        return False
    return _same_object(a, b, strict=True)


def _same_object(a: Claim, b: Claim, *, strict: bool) -> bool:
    """Whether two figures that need an object can have the same; `strict` asks for one that both name."""
    if not a.metric or not a.metric.object:
        return True
    if strict:
        return bool(a.objects & b.objects)
    return bool(a.objects & b.objects) or not (a.objects and b.objects)


def _row(part: Sequence[Claim], found: Sequence[Claim], by_id: Mapping[str, Source]) -> Row:
    ordered = tuple(sorted(part, key=lambda claim: (claim.source.time or 0.0, claim.source.article, claim.start)))
    relations = _between_articles(ordered)
    stands = standing(((claim.source, claim.leans) for claim in ordered), by_id)
    note = ""
    status = "AGREED" if stands.count > 1 else "1 SOURCE"
    if "revised" in relations:
        status = "CHANGED"
    if "conflict" in relations:
        sums = _adds_up(ordered, found)
        status, note = (
            ("AGREED" if stands.count > 1 else "1 SOURCE", f"adds up with {sums.text}") if sums else ("DIFFER", note)
        )
    elif status == "1 SOURCE" and stands.repeats and len(stands.repeats) + len(stands.independent) > 1:
        note = f"{len(stands.repeats)} repeat it"
    return Row(_shared_key(ordered), status, ordered, stands, note)


def _shared_key(ordered: Sequence[Claim]) -> Key:
    """The key of the first claim that states a period."""
    return next((claim.key for claim in ordered if claim.key.period), ordered[0].key)


def _between_articles(ordered: Sequence[Claim]) -> set[str]:
    """How the articles of one figure relate: of each two, what fits best; an article that gives several values contradicts nobody."""
    by_article: dict[str, list[Claim]] = {}
    for claim in ordered:
        by_article.setdefault(claim.source.article, []).append(claim)
    several = {
        article
        for article, own in by_article.items()
        if any(not a.values.meets(b.values) for a, b in combinations(own, 2))
    }
    found = set()
    for first, second in combinations(by_article.values(), 2):
        said = {_relation(a, b) for a in first for b in second}
        best = next((kind for kind in ("agree", "compatible", "revised", "conflict") if kind in said), "different")
        if best in ("agree", "compatible") or not {first[0].source.article, second[0].source.article} & several:
            found.add(best)
    return found


def _relation(a: Claim, b: Claim) -> str:
    """As `relation`; between reports that are not independent a conflict is a revision of the later one, or nothing."""
    said = relation(a.report, b.report)
    if said in ("conflict", "revised") and not _comparable(a, b):
        return "different"
    if said == "conflict" and not _independent(a, b):
        same = (
            a.report.outlet == b.report.outlet
            and a.source.time != b.source.time
            and not (a.source.copy_of or b.source.copy_of)
        )
        return "revised" if same else "different"
    return said


def _independent(a: Claim, b: Claim) -> bool:
    mine, theirs = a.leans or {a.report.outlet}, b.leans or {b.report.outlet}
    return not (a.source.copy_of or b.source.copy_of or set(mine) & set(theirs))


def _adds_up(ordered: Sequence[Claim], found: Sequence[Claim]) -> Claim | None:
    """A third figure of the story that explains the difference: pre-money + round = post-money, upfront + contingent = maximum."""
    metric = ordered[0].metric
    partners = _PARTNERS.get(metric.name, set()) if metric else set()
    values = sorted((claim.values for claim in ordered), key=lambda values: values.low)
    smallest, largest = values[0], values[-1]
    for other in found:
        fits = other.metric and other.metric.name in partners and other.key.unit == ordered[0].key.unit
        if fits and not other.values.meets(largest) and smallest.plus(other.values).meets(largest):
            return other
    return None
