"""Two reports of a figure: do they agree, fit, contradict each other, does one revise the other, or are they about different things?

Better no badge than a wrong one: whatever is unsure is `different`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from reader.stories.metrics import is_tentative, metric_nature
from reader.stories.model import DAY, seconds
from reader.stories.quantity import Interval, in_dollars, interval, is_currency, same_value

RELATIONS = ("agree", "compatible", "conflict", "revised", "different")
"""All answers of `compare`."""

SAME_TIME = 3 * DAY
"""Reports that are no further apart speak of the same moment: other outlets follow up a figure for about so long."""

_UNSTATED = frozenset({"", "unstated", "unknown", "not stated"})
_SCORE_UNITS = frozenset({"score", "point", "percent", "%", "", "pct"})


@dataclass(frozen=True)
class Report:
    """One report of a figure. `high` is null for a single value; `basis` is what it is measured by, empty when the text does not say.

    `time` is in seconds since 1970 UTC; `written` is the number as the text has it, if known.
    """

    entity: str
    metric: str
    basis: str
    low: float
    high: float | None
    unit: str
    hedge: str = ""
    status: str = "done"
    time: float | None = None
    outlet: str = ""
    written: str | None = None

    @cached_property
    def values(self) -> Interval:
        """The values that the written number may stand for."""
        return interval(self.low, self.high, hedge=self.hedge, written=self.written)

    @cached_property
    def tentative(self) -> bool:
        """Whether the figure was not settled when it was reported."""
        return is_tentative(self.status)


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    """How two reports of a figure relate: one of `RELATIONS`; the order of the two does not matter.

    Reports are mappings with `entity, metric, basis, value, value_hi, unit, hedge, status, date, outlet`; all but the first two and
    `value` may be missing or null.
    """
    return relation(_report(a), _report(b))


def _report(row: Mapping[str, Any]) -> Report:
    high = row.get("value_hi")
    return Report(
        entity=str(row["entity"]),
        metric=str(row["metric"]),
        basis=str(row.get("basis") or ""),
        low=float(row["value"]),
        high=None if high is None else float(high),
        unit=str(row.get("unit") or ""),
        hedge=str(row.get("hedge") or ""),
        status=str(row.get("status") or "done"),
        time=seconds(row.get("date")),
        outlet=str(row.get("outlet") or ""),
    )


def relation(a: Report, b: Report) -> str:
    """How two reports relate: one of `RELATIONS`."""
    said = timeless(a, b)
    if said == "overlap":
        return "compatible" if _gap(a, b) < DAY else "revised"
    return _apart(a, b) if said == "apart" else said


def timeless(a: Report, b: Report) -> str:
    """How two reports relate whenever and by whomever they were told: agree, compatible or different; else it depends on that.

    `apart` are values of one key that cannot both be, `overlap` two ranges of which neither is a rounder wording of the other.
    """
    if not (_same_words(a.entity, b.entity) and _same_words(a.metric, b.metric)):
        return "different"
    basis = "same" if a.basis == b.basis else _basis(a.basis, b.basis)
    values = _same_unit(a, b)
    if basis is None or values is None:
        return "different"
    if a.unit == b.unit and _written_alike(a, b):
        return "agree" if basis == "same" else "compatible"
    if a.high is not None and b.high is not None:
        return _ranges(*values) if basis == "same" else "different"
    if values[0].meets(values[1]):
        return "compatible"
    return "apart" if basis == "same" else "different"


def _ranges(first: Interval, second: Interval) -> str:
    """Two ranges that are not written alike: one inside the other is a rounder wording; else the later one may be new."""
    if first.low <= second.low <= second.high <= first.high or second.low <= first.low <= first.high <= second.high:
        return "compatible"
    return "overlap" if first.meets(second) else "apart"


def _apart(a: Report, b: Report) -> str:
    """Two values of one key that cannot both be: the later one may be new, else somebody is wrong."""
    earlier, later = _in_order(a, b)
    if earlier.tentative or later.tentative:
        settled = earlier.tentative and not later.tentative
        return "revised" if settled or _gap(a, b) >= DAY else "conflict"
    nature = metric_nature(a.metric)
    if nature == "fixed":
        return "revised" if a.outlet and a.outlet == b.outlet and a.time != b.time else "conflict"
    if _gap(a, b) <= SAME_TIME:
        return "conflict"
    if nature == "growing" and later.values.high < earlier.values.low:
        return "conflict"
    return "revised"


def _in_order(a: Report, b: Report) -> tuple[Report, Report]:
    """The earlier report and the later; of one time, or with a date unknown, what is not settled comes before what is."""
    if a.time is not None and b.time is not None and a.time != b.time:
        return (a, b) if a.time < b.time else (b, a)
    return (a, b) if a.tentative else (b, a)


def _gap(a: Report, b: Report) -> float:
    return abs(a.time - b.time) if a.time is not None and b.time is not None else 0.0


def _written_alike(a: Report, b: Report) -> bool:
    if a.high is None or b.high is None:
        return a.high is b.high and same_value(a.low, b.low)
    return same_value(a.low, b.low) and same_value(a.high, b.high)


def _same_unit(a: Report, b: Report) -> tuple[Interval, Interval] | None:
    """Both reports' values in one unit; null when there is none."""
    if a.unit == b.unit or {_plain(a.unit), _plain(b.unit)} <= _SCORE_UNITS:
        return a.values, b.values
    if is_currency(a.unit) and is_currency(b.unit):
        first, second = in_dollars(a.values, a.unit), in_dollars(b.values, b.unit)
        return (first, second) if first and second else None
    return None


def _basis(a: str, b: str) -> str | None:
    """`same`; `loose` where one says less than the other; null where both say what the other does not."""
    first, second = _words(a), _words(b)
    if first == second:
        return "same"
    return "loose" if first <= second or second <= first else None


def _same_words(a: str, b: str) -> bool:
    return a == b or _plain(a) == _plain(b)


@lru_cache(maxsize=4096)
def _words(basis: str) -> frozenset[str]:
    plain = _plain(basis)
    return frozenset() if plain in _UNSTATED else frozenset(plain.split())


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:\.\d+)?|[%>]", text.lower()))
