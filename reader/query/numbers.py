"""Numbers and ranges in a query, read and written: `>2`, `1B..5B`, `<=$500M`, `>50%`."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from reader.query.errors import QueryError
from reader.query.fields import CURRENCIES, SCALES
from reader.query.tree import Range

LARGEST = 1e30
"""No figure in the news is larger; it keeps what is written short."""

_OPERATORS: dict[str, Callable[[float], Range]] = {
    ">=": lambda number: Range(low=number),
    "<=": lambda number: Range(high=number),
    ">": lambda number: Range(low=number, above=True),
    "<": lambda number: Range(high=number, below=True),
    "=": lambda number: Range(number, number),
}
_COUNT = re.compile(r"\d{1,9}\Z", re.ASCII)
_AMOUNT = re.compile(
    r"(?P<currency>[$€£¥₩₹]|[A-Za-z]{3})?(?P<number>\d[\d,]*(?:\.\d{1,40})?)(?P<scale>[KkMmBbTt][Nn]?)?(?P<percent>%)?\Z",
    re.ASCII,
)


def read_count(value: str, expects: str, at: int) -> Range:
    """The range of whole numbers that `value`, which begins at `at`, says. Raises QueryError."""

    def whole(number: str, place: int) -> int:
        if not _COUNT.match(number):
            raise QueryError(place, f"expected {expects}")
        return int(number)

    return _range(value, whole, at)


def read_amount(value: str, expects: str, at: int) -> tuple[Range, str | None, bool]:
    """The range that `value` says, its currency (ISO 4217), and whether it is in percent. Raises QueryError."""
    currencies: list[str] = []
    percents: list[str] = []

    def scaled(number: str, place: int) -> float:
        parts = _AMOUNT.match(number)
        if parts is None or (parts["scale"] or "b").lower() not in SCALES:
            raise QueryError(place, f"expected {expects}")
        if parts["currency"]:
            currencies.append(CURRENCIES.get(parts["currency"], parts["currency"].upper()))
        percents.extend(parts["percent"] or "")
        amount = float(Decimal(parts["number"].replace(",", "")) * SCALES.get((parts["scale"] or "").lower(), 1))
        if amount > LARGEST:
            raise QueryError(place, "expected an amount below 10^30")
        return amount

    found = _range(value, scaled, at)
    if len(set(currencies)) > 1:
        raise QueryError(at, "expected one currency on both sides of ..")
    if currencies and percents:
        raise QueryError(at, "expected a currency or %, not both")
    return found, currencies[0] if currencies else None, bool(percents)


def _range(value: str, read: Callable[[str, int], float], at: int) -> Range:
    """`>n`, `n..m`, `n..`, `..m` or `n`."""
    for sign, make in _OPERATORS.items():
        if value.startswith(sign):
            return make(read(value[len(sign) :], at + len(sign)))
    low, dots, high = value.partition("..")
    if not dots or not (low or high):
        number = read(value, at)
        return Range(number, number)
    found = Range(read(low, at) if low else None, read(high, at + len(low) + 2) if high else None)
    if found.low is not None and found.high is not None and found.low > found.high:
        raise QueryError(at, "expected the smaller number before ..")
    return found


def write_range(found: Range, write: Callable[[float], str]) -> str:
    """`found` as a query says it, each number written by `write`."""
    if found.low is not None and found.low == found.high:
        return write(found.low)
    if found.high is None and found.low is not None:
        return (">" if found.above else ">=") + write(found.low)
    if found.low is None and found.high is not None:
        return ("<" if found.below else "<=") + write(found.high)
    return "..".join(write(side) for side in (found.low, found.high) if side is not None)


def write_number(number: float) -> str:
    """`number` with the largest scale that it reaches, exactly: 1500000000 is `1.5B`."""
    exact = Decimal(repr(float(number)))
    for letter, scale in (("T", 10**12), ("B", 10**9), ("M", 10**6), ("K", 10**3)):
        if exact >= scale:
            return f"{_plain(exact / scale)}{letter}"
    return _plain(exact)


def _plain(number: Decimal) -> str:
    """Digits without exponent and without zeros at the end."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
