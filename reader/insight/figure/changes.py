"""What stands around a quantity: a bound or "about", and whether it went up or down."""

from __future__ import annotations

from functools import cache

from reader.insight import lexicons
from reader.insight.figure.quantity import Quantity
from reader.insight.lexicons import word_class
from reader.insight.syntax.document import Document

"""Words between a qualifier and its number."""
_SAME_MONEY = 16
"""Tokens from an amount of money to a second one in millions that leaves the currency out at most."""
_REACH = 8
"""Tokens that a verb of change can stand before its amount."""


@cache
def _qualifiers() -> tuple[
    dict[str, tuple[tuple[tuple[str, ...], str], ...]], dict[str, tuple[tuple[tuple[str, ...], str], ...]]
]:
    """Phrases in front of a figure by their last word, and phrases after it by their first, longest first."""
    before: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    after: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, sign, side in lexicons.table("qualifiers"):
        words = tuple(phrase.split(" "))
        table, key = (before, words[-1]) if side == "before" else (after, words[0])
        table.setdefault(key, []).append((words, sign))
    order = {True: before, False: after}
    return tuple(
        {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in order[side].items()} for side in (True, False)
    )  # type: ignore[return-value]


@cache
def _directions() -> dict[str, tuple[str, str]]:
    return {word: (way, kind) for word, way, kind in lexicons.table("directions")}


def qualified(document: Document, found: Quantity) -> tuple[Quantity, int]:
    """The quantity with its bound, and the token where the qualifier (else the quantity) begins."""
    sign, begin = _before(document, found.first)
    if sign is None and found.qualifier != "range":
        sign, begin = _mark(document, found.first)
    if sign is None:
        sign = _after(document, found.last)
    timed = found.kind == "duration" or found.unit in word_class("session")
    if sign is None or found.qualifier == "range" or (timed and _is_span(document, begin)):
        return found, begin
    if sign == "~":
        return found._replace(qualifier="~"), begin
    if found.low != found.high:
        return found, begin
    if sign in (">", ">="):
        return found._replace(qualifier=sign, high=None), begin
    return found._replace(qualifier=sign, low=None), begin


def _is_span(document: Document, begin: int) -> bool:
    """ "spent $1bn over eight years" names a span of time; "for over two years" a bound."""
    if document.lows[begin] != "over":
        return False
    return begin == 0 or document.lows[begin - 1] not in word_class("before_bound")


def _before(document: Document, first: int) -> tuple[str | None, int]:
    """The qualifier that ends right before token `first`, past an article, and where it begins."""
    lows, place = document.lows, first - 1
    while place >= 0 and lows[place] in word_class("skipped") and lows[place] not in _qualifiers()[0]:
        place -= 1
    if place > 0 and lows[place] == "-" and lows[place - 1] in ("sub", "mid"):
        place -= 1
    for words, sign in _qualifiers()[0].get(lows[place], ()) if place >= 0 else ():
        begin = place - len(words) + 1
        if begin >= 0 and lows[begin : place + 1] == words and not _is_phrase_trap(document, begin, words, first):
            return sign, begin
    return None, first


def _is_phrase_trap(document: Document, begin: int, words: tuple[str, ...], first: int) -> bool:
    """Words that look like a qualifier: "some" as a determiner is kept, "over the last", "up to" a place, "just about"."""
    lows = document.lows
    if words[0] in ("over", "under", "above", "below", "beyond", "around", "near") and begin:
        following = lows[begin + len(words)] if begin + len(words) < len(lows) else ""
        article = following in ("a", "an") and begin + len(words) < first
        return article or following == "the" or lows[begin - 1] in word_class("no_bound_before")
    return False


def _mark(document: Document, first: int) -> tuple[str | None, int]:
    """A sign joined to the front: ~, ≈, <, >, ≤, ≥."""
    if not first:
        return None, first
    signs = {"~": "~", "≈": "~", "<": "<", ">": ">", "≤": "<=", "≥": ">="}
    text = document.tokens[first - 1].text
    return (signs[text], first - 1) if text in signs else (None, first)


def _after(document: Document, last: int) -> str | None:
    lows, place = document.lows, last + 1
    if place >= len(lows):
        return None
    if lows[place] == "+" and document.joined(last) and not (document.joined(place) and lows[place + 1][0].isalnum()):
        return ">="
    if lows[place] == "-" and document.joined(last) and lows[place + 1 : place + 2] in (("plus",), ("odd",)):
        return ">=" if lows[place + 1] == "plus" else "~"
    for words, sign in _qualifiers()[1].get(lows[place], ()):
        if lows[place : place + len(words)] == words and words != ("plus",):
            return sign
    return None


def directed(document: Document, found: Quantity, begin: int, start: int, end: int) -> Quantity:
    """The quantity with its direction: it stands in the sentence from offset `start` to `end`, its qualifier begins at `begin`."""
    if found.kind not in ("percent", "money", "count", "size", "rate", "multiple") or found.direction:
        return found
    way = _following(document, found, end) or _leading(document, found, begin, start)
    return found._replace(direction=way) if way else found


def _following(document: Document, found: Quantity, end: int) -> str | None:
    """A change named after the figure: "1.9% lower", "43% fewer tokens", "a 20% drop", "6.5 points more than"."""
    tokens, lows, place = document.tokens, document.lows, found.last + 1
    share = found.kind == "percent" or found.unit == "point" or found.kind == "multiple"
    for step in range(3):
        index = place + step
        if index >= len(tokens) or tokens[index].start >= end or not lows[index][0].isalpha():
            return None
        way, kind = _directions().get(lows[index], (None, None))
        if kind == "comparative" and step == 0 and found.kind != "multiple":
            return way if share or lows[index] in ("higher", "lower") else None
        if kind == "particle" and step == 0 and share and lows[index] != "off" and not _leads_on(lows, index):
            return way
        if kind in ("noun", "verb") and share and found.kind != "multiple" and _is_noun_use(document, found, index):
            return way
        if lows[index] in word_class("change_stop"):
            return None
    return None


def _leads_on(lows: tuple[str, ...], index: int) -> bool:
    """Whether "up" or "down" after a figure belongs to what follows ("44%, up from")."""
    return lows[index + 1 : index + 2] in (("from",), ("to",)) or (
        index + 1 < len(lows) and lows[index + 1][0].isalnum()
    )


def _is_noun_use(document: Document, found: Quantity, index: int) -> bool:
    """Whether the word of change at `index` is a noun that the figure stands in front of ("a 3% drop", "the 20% increase")."""
    lows = document.lows
    before = lows[found.first - 1] if found.first else ""
    following = lows[index + 1] if index + 1 < len(lows) else "."
    return before in (
        "a",
        "an",
        "the",
        "its",
        "their",
        "this",
        "about",
        "nearly",
        "roughly",
        "per",
        "another",
    ) or following in ("in", "from", "on", "for", "since", ".", ",", "to", "after", "over")


def _leading(document: Document, found: Quantity, begin: int, start: int) -> str | None:
    """A verb, noun or particle of change before the figure, with only light words between."""
    tokens, lows = document.tokens, document.lows
    target = False
    for index in range(begin - 1, max(-1, begin - 1 - _REACH), -1):
        if tokens[index].start < start:
            return None
        low = lows[index]
        if low == "to" and index == begin - 1:
            target = True
            continue
        way, kind = _directions().get(low, (None, None))
        if kind is not None and lows[index - 1] == "-" and index and document.joined(index - 1):
            return None  # "a jaw-dropping $5 billion"
        if kind is not None and not (kind == "comparative" and low in word_class("light")):
            return _accepted(document, found, index, kind, way, target)
        if low not in word_class("light") and not (low.endswith("ly") and len(low) > 4):
            return _moved_way(document, index, start)
    return None


def leads_up_to(document: Document, found: Quantity) -> bool:
    """Whether a word of change stands before a quantity, so that "A to B" is a step and its target and no range."""
    start = document.sentences[max(0, document.sentence_at(document.tokens[found.first].start))][0]
    _sign, begin = _before(document, found.first)
    for index in range(begin - 1, max(-1, begin - 1 - _REACH), -1):
        if document.tokens[index].start < start:
            return False
        low = document.lows[index]
        _way, kind = _directions().get(low, (None, None))
        if kind in ("verb", "price", "add", "particle", "weak", "noun") and not (kind == "particle" and low == "off"):
            return not (low == "up" and document.lows[index + 1] == "to")
        if low not in word_class("light") and not (low.endswith("ly") and len(low) > 4):
            return _moved(document, index, start)
    return False


def _moved(document: Document, index: int, start: int) -> bool:
    """Whether a verb of change or motion stands up to four words before "by" or "from" ("went from", "triples, from")."""
    lows = document.lows
    if lows[index + 1 : index + 2] == ("from",):
        earlier = next(
            (i for i in range(index - 1, -1, -1) if document.tokens[i].start < start or lows[i] == "from"), -1
        )
        if earlier >= 0 and document.tokens[earlier].start >= start and _moved(document, earlier - 1, start):
            return True
        last = index - (lows[index] == ",")
        for place in range(last, max(-1, last - 5), -1):
            if document.tokens[place].start < start or not lows[place][0].isalpha():
                break
            if lows[place] in word_class("moved"):
                return True
    return _moved_way(document, index, start) is not None


def _moved_way(document: Document, index: int, start: int) -> str | None:
    """ "grow sales by", "cut its forecast from": the verb's direction, up to four words before "by" or "from"."""
    lows = document.lows
    if lows[index + 1 : index + 2] not in (("by",), ("from",)):
        return None
    for place in range(index, max(-1, index - 5), -1):
        if document.tokens[place].start < start or not lows[place][0].isalpha():
            return None
        way, kind = _directions().get(lows[place], ("", ""))
        if kind in ("verb", "price"):
            return way
    return None


def _accepted(document: Document, found: Quantity, index: int, kind: str, way: str | None, target: bool) -> str | None:
    """Whether the word of change at `index` speaks of the figure."""
    lows = document.lows
    if kind == "particle":
        session = _session_way(found, lows[index - 1] if index else "", lows[index], way)
        if session is not None:
            return session
        if lows[index] == "down":
            return None if index and lows[index - 1] in word_class("not_down") else way
        if (
            lows[index] == "off"
            or (index + 1 < len(lows) and lows[index + 1] == "to")
            or (index and lows[index - 1] in word_class("not_up"))
        ):
            return None
        return way
    if kind == "comparative":
        return None
    if kind == "price":
        return way if target or found.kind == "percent" else None
    if kind == "add":
        return (
            way
            if found.kind == "percent" or found.unit == "point" or (found.kind == "money" and (found.high or 0) < 1)
            else None
        )
    if found.kind == "multiple":
        return way
    if found.kind == "count" and found.unit not in ("point", None) and not target and lows[begin_of(found) - 1] != "by":
        return None
    return way


def _session_way(found: Quantity, before: str, particle: str, way: str | None) -> str | None:
    """The direction of "closed up 4.9%" and "gave up 5.3%"; null for other verbs and figures."""
    if found.kind != "percent" or particle not in ("up", "down"):
        return None
    if before in word_class("closing"):
        return way
    return "down" if particle == "up" and before in ("gave", "gives", "give", "giving") else None


def begin_of(found: Quantity) -> int:
    """Token where the quantity begins, at least 1 so that the token in front exists."""
    return max(1, found.first)


def restated(document: Document, first: Quantity, second: Quantity) -> Quantity:
    """The second of two neighbouring quantities that say the same: "190 points, or 0.6%", "296 hp (224 kW)"."""
    between = document.lows[first.last + 1 : second.first]
    if first.kind == "date" or between not in (
        (",", "or"),
        ("or",),
        (",", "or", "by"),
        ("(",),
        ("/",),
        (",", "or", "about"),
    ):
        return second
    if between in (("(",), ("/",)):
        return _same_bound(first, second) if first.kind == second.kind else second
    if second.direction is None and first.kind != "duration":
        return second._replace(direction=first.direction)
    return second


def _same_bound(first: Quantity, second: Quantity) -> Quantity:
    """The second quantity with the bound and direction of the first."""
    if second.qualifier != "=" or first.qualifier not in ("<", "<=", ">", ">=", "~"):
        return second._replace(direction=second.direction or first.direction)
    low = None if first.qualifier in ("<", "<=") else second.low
    high = None if first.qualifier in (">", ">=") else second.high
    return second._replace(qualifier=first.qualifier, low=low, high=high, direction=second.direction or first.direction)


def _far(between: tuple[str, ...]) -> int:
    """How many words can stand between a quantity and the bare number that it is compared with."""
    return 14 if between[-2:] in (("up", "from"), ("down", "from")) else 6


def like(document: Document, first: Quantity, second: Quantity) -> Quantity:
    """A bare number that is compared with a quantity takes its unit: "3.9 million headsets up from 2.4 million"."""
    if (
        not second.bare
        or first.bare
        or first.kind in ("date", "multiple", "duration")
        or (first.unit is None and first.currency is None)
    ):
        return second
    between = document.lows[first.last + 1 : second.first]
    if between in ((",", "of", "which"), ("of", "which")) and first.currency:
        return second._replace(unit=first.unit, currency=first.currency, kind=first.kind, bare=False)
    near = second.first - first.last <= _SAME_MONEY and "(" not in document.lows[first.last : second.last + 2]
    if first.currency and near and second.scale > 1 and first.scale > 1 and second.low is not None:
        return second._replace(unit=first.unit, currency=first.currency, kind=first.kind, bare=False)
    if between[-1:] == ("to",) and (first.first == 0 or document.lows[first.first - 1] != "from"):
        return second
    if not between or len(between) > _far(between) or between[-1] not in word_class("like_link"):
        return second
    if not set(between) & word_class("like_cue") or second.low is None:
        return second
    return second._replace(unit=first.unit, currency=first.currency, kind=first.kind, bare=False)


def paired(document: Document, first: Quantity, second: Quantity) -> tuple[Quantity, Quantity] | None:
    """Two neighbouring quantities as a change: "from A to B", "to B from A", "B, up from A"; null when they are none."""
    lows = document.lows
    between = lows[first.last + 1 : second.first]
    words = [word for word in between if word not in word_class("pair_skip")]
    way = None
    if words == ["to"] and "from" in lows[max(0, first.first - 3) : first.first]:
        way = _compared(second, first)
    elif words in (["from"], ["up", "from"], ["down", "from"]):
        way = _compared(first, second)
        way = way if words[0] in ("from", way) else None
    if way is None or (first.kind, first.unit, first.currency) != (second.kind, second.unit, second.currency):
        return None
    return first._replace(direction=first.direction or way), second._replace(direction=second.direction or way)


def _compared(later: Quantity, earlier: Quantity) -> str | None:
    """Direction from the earlier to the later value."""
    new = later.low if later.low is not None else later.high
    old = earlier.low if earlier.low is not None else earlier.high
    if new is None or old is None or new == old:
        return None
    return "up" if new > old else "down"
