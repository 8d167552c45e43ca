"""The facts of a story's articles side by side: which figures outlets agree on, where they differ, what changed, what only one has.

A row of the source diff is one figure with all its reports. Better no badge than a wrong one: two values are called different only when
subject, metric, period, rate, unit, object and measure are known to be the same, and the outlets are independent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement, product
from typing import Any

from reader.stories.claims import OPEN, Claim, Key, claims
from reader.stories.compare import SAME_TIME, relation, timeless
from reader.stories.independence import Source, Standing, standing
from reader.stories.model import DAY
from reader.stories.periods import day_of
from reader.stories.quantity import Interval, in_dollars, is_currency

__all__ = ["STATUSES", "Claim", "Key", "Row", "align", "claims"]

STATUSES = ("DIFFER", "CHANGED", "AGREED", "1 SOURCE")
"""What a row says, in the order of rows."""

SAME_DAY = 1.5 * DAY
"""Share price moves without a day are of one day when the articles are no further apart."""

_LEAST = 0.8
"""Share of a limit ("up to") from which a value may be the same figure."""

_MOST, _EACH, _FEWEST = 2000, 400, 20
"""Claims that are compared in one story, of one article at most, and at least: the first of each text; more is no news but a table dump."""

_NATURES_THAT_DIFFER = frozenset({"growing", "fixed", "moving", "flow"})
_PARTNERS = {
    "valuation": {"round_size", "investment"},
    "round_size": {"round_size", "investment"},
    "total_raised": {"round_size", "total_raised"},
    "investment": {"investment"},
    "acquisition_price": {"acquisition_price", "investment"},
    "contract": {"contract"},
}


_Link = tuple[list[int], list[int]]


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
    peers = frozenset(source.outlet for source in articles)
    each = min(_EACH, max(_FEWEST, _MOST // max(1, len(articles))))
    found = [claim for source in articles for claim in claims(source, peers, loose=True)[:each]]
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in found:
        unit = "money" if is_currency(claim.key.unit) else claim.key.unit
        groups.setdefault((claim.key.subject, claim.key.metric, claim.key.per, unit), []).append(claim)
    parts = _united([part for group in groups.values() for part in _parts(group)])
    told = [part for part in parts if any(claim.key.subject for claim in part)]
    return sorted((_row(part, found, by_id) for part in told), key=_order)


def _order(row: Row) -> tuple[int, int, str, str, str]:
    return STATUSES.index(row.status), -len(row.outlets), row.key.subject, row.key.metric, row.key.period


# -- rows --------------------------------------------------------------------------------------------------------------


def _parts(group: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of one key in parts that speak of the same thing.

    Values that fit belong together. Values that do not are one figure on which outlets differ, unless one article gives them both: then
    the key says too little, and they are two.
    """
    alike: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in group:
        alike.setdefault(_signature(claim), []).append(claim)
    sets = list(alike.values())
    fitting, apart = _links([own[0] for own in sets])
    homes = _linked(list(range(len(sets))), fitting)
    several = _in_several(sets, homes)
    torn = {home for home, held in _articles(sets, homes).items() if held & several}
    whole = {number for number, home in enumerate(homes) if home not in torn}
    homes = _linked(homes, [([n for n in a if n in whole], [n for n in b if n in whole]) for a, b in apart])
    return _collected(sets, homes)


def _links(claims: Sequence[Claim]) -> tuple[list[_Link], list[_Link]]:
    """Which claims fit, and which differ: pairs of lists of numbers, each of the one with each of the other.

    What decides whatever the time and the outlet is looked at once for all claims of a kind: a large story has the same few in many texts.
    """
    kinds: dict[tuple[Any, ...], list[int]] = {}
    for number, claim in enumerate(claims):
        kinds.setdefault(_kind(claim), []).append(number)
    found: dict[str, list[_Link]] = {"fits": [], "differs": []}
    for some, others in combinations_with_replacement(kinds.values(), 2):
        a, b = claims[some[0]], claims[others[0]]
        said = timeless(a.report, b.report)
        verdict, back = (_verdict(said, a, b), _verdict(said, b, a)) if said != "different" else ("", "")
        if verdict == back != "ask":
            found.get(verdict, []).append((some, others))
            continue
        for first, second in combinations(some, 2) if some is others else map(sorted, product(some, others)):
            found.get(_related(claims[first], claims[second]), []).append(([first], [second]))
    return found["fits"], found["differs"]


def _kind(claim: Claim) -> tuple[Any, ...]:
    """All that decides how a claim relates to others but its time, its outlet, and the objects that its sentence names."""
    report, key = claim.report, claim.key
    return (
        report.low, report.high, report.written, report.hedge, report.basis, report.status, report.unit, report.entity,
        report.metric, key.subject, key.metric, key.period, claim.kind, claim.sure, claim.metric and claim.metric.name,
    )  # fmt: skip


def _verdict(said: str, a: Claim, b: Claim) -> str:
    """What `_related` says of all claims of two kinds that are `said` to be so; `ask` where it is not the same of all."""
    if said == "apart":
        if not _ever_comparable(a, b):
            return ""
        return "ask" if _needs_object(a) or _holds_for_a_day(a) else "differs"
    if said in ("agree", "compatible"):
        fits = _speaks(a) and (said == "agree" or _top(a).meets(_top(b)))
        return ("ask" if _needs_object(a) else "fits") if fits else ""
    return "ask"


def _linked(homes: list[int], links: Iterable[_Link]) -> list[int]:
    """The homes when all that is linked has one, the first of theirs."""
    for some, others in links:
        met = {homes[number] for number in (*some, *others)} if some and others else set()
        if len(met) > 1:
            keep = min(met)
            homes = [keep if home in met else home for home in homes]
    return homes


def _joined(homes: list[int], a: int, b: int) -> list[int]:
    keep, drop = sorted((homes[a], homes[b]))
    return homes if keep == drop else [keep if home == drop else home for home in homes]


def _collected(sets: Sequence[Sequence[Claim]], homes: Sequence[int]) -> list[list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for own, home in zip(sets, homes, strict=True):
        found.setdefault(home, []).extend(own)
    return list(found.values())


def _articles(sets: Sequence[Sequence[Claim]], homes: Sequence[int]) -> dict[int, set[str]]:
    """The articles of each part."""
    found: dict[int, set[str]] = {}
    for own, home in zip(sets, homes, strict=True):
        found.setdefault(home, set()).update(claim.source.article for claim in own)
    return found


def _in_several(sets: Sequence[Sequence[Claim]], homes: Sequence[int]) -> set[str]:
    """Articles with claims in more than one part."""
    seen: dict[str, set[int]] = {}
    for own, home in zip(sets, homes, strict=True):
        for claim in own:
            seen.setdefault(claim.source.article, set()).add(home)
    return {article for article, parts in seen.items() if len(parts) > 1}


def _united(parts: list[list[Claim]]) -> list[list[Claim]]:
    """Parts of which a claim of one is plainly a claim of the other, though the texts name its subject or metric differently, as one."""
    homes = list(range(len(parts)))
    by_value: dict[tuple[Any, ...], list[tuple[int, Claim]]] = {}
    for number, part in enumerate(parts):
        for claim in {_signature(claim): claim for claim in part if claim.kind != "score"}.values():
            report = claim.report
            by_value.setdefault((report.low, report.high, claim.key.per, claim.key.unit), []).append((number, claim))
    for same in by_value.values():
        for (a, first), (b, second) in combinations(same, 2):
            if homes[a] != homes[b] and _same_fact(first, second):
                homes = _joined(homes, a, b)
    return _collected(parts, homes)


def _same_fact(a: Claim, b: Claim) -> bool:
    """Whether two claims with the same written value of two articles are one fact: nothing known about them speaks against it."""
    first, second = set(a.report.basis.split()), set(b.report.basis.split())
    if a.source.article == b.source.article or not (first <= second or second <= first):
        return False
    if a.key.subject == b.key.subject and a.metric and a.metric == b.metric and _directions_fit(a, b):
        return _same_object(a, b, strict=False)
    return (a.kind == "money" or _distinct(a)) and _metrics_fit(a, b) and _subjects_fit(a, b)


def _distinct(claim: Claim) -> bool:
    """Whether a value is seldom met by chance: a range, three digits that say something, or a large count."""
    digits = f"{claim.report.low:.12g}".replace(".", "").strip("0")
    return claim.report.high is not None or len(digits) >= 3 or (claim.kind == "count" and claim.report.low >= 1e5)


def _directions_fit(a: Claim, b: Claim) -> bool:
    """Whether a change goes the same way, or one of the texts does not say which."""
    ways = {claim.key.metric.rpartition(" ")[2] for claim in (a, b)} & {"up", "down"}
    return len(ways) < 2


def _metrics_fit(a: Claim, b: Claim) -> bool:
    """The same metric; or one of the two texts does not say which; or says it in words of its own, of the same subject and a rare value."""
    if a.key.metric == b.key.metric or any(claim.key.metric == "" or _open(claim) for claim in (a, b)):
        return True
    return a.key.subject == b.key.subject and a.named and (a.metric is None or b.metric is None) and _distinct(a)


def _open(claim: Claim) -> bool:
    return claim.metric is not None and claim.metric.name in OPEN


def _subjects_fit(a: Claim, b: Claim) -> bool:
    """The same subject; a noun for it; or each sentence names the other's subject, as the two sides of a deal are."""
    if a.key.subject == b.key.subject or not a.named or not b.named:
        return _same_object(a, b, strict=False)
    return a.key.subject in b.objects and b.key.subject in a.objects


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


def _related(a: Claim, b: Claim) -> str:
    """`fits` or `differs` where two claims are of one figure, else empty."""
    said = relation(a.report, b.report)
    if said in ("agree", "compatible"):
        fits = _speaks(a) and _same_object(a, b, strict=False) and (said == "agree" or _top(a).meets(_top(b)))
        return "fits" if fits else ""
    return "differs" if said != "different" and _comparable(a, b) else ""


def _speaks(claim: Claim) -> bool:
    """Whether a value alone says what it is of: something that is measured, a unit, or a number seldom met by chance."""
    return bool(claim.key.metric or claim.key.unit) or _distinct(claim)


def _top(claim: Claim) -> Interval:
    """A claim's values; of "up to $40 billion" only those near the limit, for ten is no report of the same figure."""
    values = claim.values if claim.values.low > 0 else Interval(_LEAST * claim.values.high, claim.values.high)
    return (in_dollars(values, claim.key.unit) if is_currency(claim.key.unit) else None) or values


def _comparable(a: Claim, b: Claim) -> bool:
    """Whether two claims are clear enough to say that they differ."""
    if not _ever_comparable(a, b):
        return False
    if _holds_for_a_day(a) and abs((a.source.time or 0.0) - (b.source.time or 0.0)) > SAME_DAY:
        return False
    return _same_object(a, b, strict=True)


def _ever_comparable(a: Claim, b: Claim) -> bool:
    """Whether claims of two kinds can be clear enough, whatever their times and objects."""
    if not (a.sure and b.sure and a.metric and b.metric and a.key.subject):
        return False
    if a.metric.nature == "flow":
        return a.key.period > "" and a.key.period == b.key.period
    return a.metric.nature in _NATURES_THAT_DIFFER


def _holds_for_a_day(claim: Claim) -> bool:
    return claim.metric is not None and claim.metric.name == "price_move"


def _needs_object(claim: Claim) -> bool:
    return claim.metric is not None and claim.metric.object


def _same_object(a: Claim, b: Claim, *, strict: bool) -> bool:
    """Whether two figures that need an object can have the same; `strict` asks for one that both name."""
    if not _needs_object(a):
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
    """The key of the claim that says most: a subject, a listed metric, a named subject, a period; the earliest of those."""

    def says(claim: Claim) -> tuple[bool, bool, bool, bool]:
        listed = claim.metric is not None and not _open(claim)
        return claim.key.subject > "", listed, claim.named, claim.key.period > ""

    return max(ordered, key=says).key


def _between_articles(ordered: Sequence[Claim]) -> set[str]:
    """Which of `revised` and `conflict` some two articles of one figure are; of each two it is what fits best that counts."""
    by_article: dict[str, list[Claim]] = {}
    for claim in ordered:
        by_article.setdefault(claim.source.article, []).append(claim)
    alike: dict[frozenset[tuple[Any, ...]], list[list[Claim]]] = {}
    for own in by_article.values():
        alike.setdefault(frozenset(map(_kind, own)), []).append(own)
    unsettled = any(claim.report.tentative or claim.report.high is not None for claim in ordered)
    found: set[str] = set()
    for some, others in combinations(alike.values(), 2):
        for first, second in product(some, others) if _may_differ(some[0], others[0]) else ():
            if "conflict" not in found or unsettled or _may_revise(first[0], second[0]):
                found.add(_best(first, second))
        if {"revised", "conflict"} <= found:
            break
    return found


def _may_differ(first: Sequence[Claim], second: Sequence[Claim]) -> bool:
    """Whether articles with claims of these kinds can be told apart at some times; those with the same kinds agree."""
    said = [(timeless(a.report, b.report), a, b) for a in first for b in second]
    if any(how in ("agree", "compatible") for how, _, _ in said):
        return False
    return any(how != "different" and _ever_comparable(a, b) for how, a, b in said)


def _may_revise(a: Claim, b: Claim) -> bool:
    """Whether single settled values of two articles can be anything but a conflict, where they differ."""
    return a.report.outlet == b.report.outlet or abs((a.source.time or 0.0) - (b.source.time or 0.0)) > SAME_TIME


def _best(first: Iterable[Claim], second: Sequence[Claim]) -> str:
    """How two articles relate in what fits best."""
    said = {_relation(a, b) for a in first for b in second}
    return next((how for how in ("agree", "compatible", "revised", "conflict") if how in said), "different")


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
