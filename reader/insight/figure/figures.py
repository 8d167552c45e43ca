"""Money, percent, counts, durations, sizes, rates, multiples, ranks and dates."""

from __future__ import annotations

from functools import cache

from reader.insight import lexicons
from reader.insight.facts import Entity, Figure
from reader.insight.figure.changes import directed, like, paired, qualified, restated
from reader.insight.figure.dates import is_date_word, is_year, read_date
from reader.insight.figure.numbers import number_words
from reader.insight.figure.periods import period_of
from reader.insight.figure.quantities import Reader
from reader.insight.figure.quantity import Quantity
from reader.insight.figure.subjects import About, Subjects
from reader.insight.lexicons import word_class
from reader.insight.syntax.document import Document

_DIGITS = "0123456789"
_GLYPHS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_ANCHOR_WORDS = frozenset({"several"})


def find_figures(document: Document, entities: tuple[Entity, ...]) -> tuple[Figure, ...]:
    """Money, percent, counts, durations, sizes, rates, multiples, ranks and dates, in order."""
    reader = Reader(document, entities)
    found = [quantity for quantity in _read_all(document, reader) if not _in_table(document, quantity)]
    found = _described(document, frozenset(e.start for e in entities if e.type == "benchmark"), found)
    subjects = Subjects(document, entities)
    return tuple(_figure(document, quantity, subjects) for quantity in found)


def _in_table(document: Document, quantity: Quantity) -> bool:
    """Whether a bare number stands in a table: only its row and column would say what it is."""
    if not quantity.bare:
        return False
    block = document.block_at(document.tokens[quantity.first].start)
    return block >= 0 and document.blocks[block].kind == "table"


@cache
def _anchors() -> frozenset[str]:
    """Lower-cased words where a figure can begin, besides digits."""
    return frozenset(
        set(number_words()) | _ANCHOR_WORDS | set(_multiples()) | {row[0] for row in lexicons.table("months")}
    )


@cache
def _multiples() -> dict[str, tuple[float, str | None]]:
    return {word: (float(factor), None if way == "none" else way) for word, factor, way in lexicons.table("multiples")}


def _read_all(document: Document, reader: Reader) -> list[Quantity]:
    """All quantities from left to right; none overlaps the one before."""
    found: list[Quantity] = []
    anchors, done = _anchors(), 0
    for index in [i for i, low in enumerate(document.lows) if low in anchors or low[0] in _DIGITS]:
        quantity = _read(document, reader, index) if index >= done else None
        if quantity is not None and quantity.first >= done:
            found.append(quantity)
            done = quantity.last + 1
    return found


def _read(document: Document, reader: Reader, index: int) -> Quantity | None:
    """What begins at an anchor: a date, a multiple in one word, or a number (with an article in front)."""
    low = document.lows[index]
    if low[0] in _DIGITS:
        return _read_digits(document, reader, index)
    if is_date_word(low):
        return read_date(document, index, reader.names)
    if low in _multiples():
        return _multiple_word(document, reader, index)
    if low in number_words() or low in _ANCHOR_WORDS or low in _GLYPHS:
        article = (
            index > 0
            and document.lows[index - 1] in ("a", "an")
            and number_words().get(low) is not None
            and number_words()[low].kind == "part"
        )
        return reader.read(index - 1 if article else index)
    return None


def _read_digits(document: Document, reader: Reader, index: int) -> Quantity | None:
    """A date, an age or a number in digits."""
    if is_year(document.tokens[index].text) and reader.is_measured(index):
        return reader.read(index)
    return read_date(document, index, reader.names) or reader.age(index) or reader.read(index)


def _multiple_word(document: Document, reader: Reader, index: int) -> Quantity | None:
    """ "doubled", "twice as loud", "sixfold"; "double-digit" and "double down" are none."""
    factor, way = _multiples()[document.lows[index]]
    word, before, following = document.lows[index], reader.before(index), reader.after(index)
    if following in ("-", "down", "check", "digit", "digits", "major", "header") or before == "-":
        return None
    plain = word in ("double", "triple", "treble", "quadruple", "halve") and before not in word_class("before_double")
    often = word in ("twice", "thrice") and following not in word_class("after_twice")
    if plain or often or reader.names.inside_entity(index):
        return None
    return Quantity(index, index, "multiple", factor, factor, "multiple.word", direction=way)


def _described(document: Document, tests: frozenset[int], found: list[Quantity]) -> list[Quantity]:
    """The quantities with qualifier, direction and unit of points."""
    out: list[Quantity] = []
    for quantity in found:
        if quantity.kind == "date":
            out.append(quantity)
            continue
        start, end = _sentence(document, quantity.first)
        last = out[-1] if out and document.tokens[out[-1].first].start >= start and out[-1].kind != "date" else None
        quantity = like(document, last, quantity) if last else quantity
        if last is not None and quantity.currency and document.lows[last.last + 1 : quantity.first] == ("/",):
            out[-1], quantity = _priced(out, quantity, start, document)
        quantity = _pointed(document, quantity, out, start, tests)
        quantity, begin = qualified(document, quantity)
        quantity = directed(document, quantity, begin, start, end)
        quantity = restated(document, last, quantity) if last else quantity
        if last is not None and last.bare and quantity.currency and _shares_currency(document, last, quantity):
            out[-1] = last = last._replace(kind="money", currency=quantity.currency, bare=False)
        pair = paired(document, last, quantity) if last else None
        if pair is not None:
            out[-1], quantity = pair
        out.append(quantity)
    return out


def _shares_currency(document: Document, first: Quantity, second: Quantity) -> bool:
    """Whether a currency named behind the second of two amounts holds for both ("18.40 and 14.10 euros")."""
    joined = document.lows[first.last + 1 : second.first] in (("and",), ("or",))
    return joined and document.tokens[second.first].text[0].isdecimal() and second.scale == first.scale


def _priced(out: list[Quantity], second: Quantity, start: int, document: Document) -> tuple[Quantity, Quantity]:
    """Two prices parted by a slash share their rate, else that of an earlier price of the sentence."""
    first = out[-1]
    here = (q.per for q in reversed(out[:-1]) if q.per and q.currency and document.tokens[q.first].start >= start)
    per = second.per or first.per or next(here, None)
    return first._replace(per=first.per or per), second._replace(per=second.per or per)


def _sentence(document: Document, index: int) -> tuple[int, int]:
    number = document.sentence_at(document.tokens[index].start)
    return document.sentences[number] if number >= 0 else (0, len(document.text))


def _pointed(
    document: Document, quantity: Quantity, earlier: list[Quantity], start: int, tests: frozenset[int]
) -> Quantity:
    """Points beside a percent or of a benchmark (`tests` has their offsets) are percentage points; those of an index are points."""
    if quantity.kind != "count" or quantity.unit != "point":
        return quantity
    following = document.lows[quantity.last + 1 : quantity.last + 3]
    if following == (",", "or") or following[:1] == ("or",):
        return quantity
    end = _sentence(document, quantity.first)[1]
    words = {document.lows[i] for i in document.tokens_in(start, document.tokens[quantity.first].start)}
    named = any(document.starts[i] in tests for i in document.tokens_in(start, end)) and not words & {
        "elo",
        "arena",
        "lmarena",
    }
    nearby = (
        named
        or words & word_class("share_context")
        or any(q.unit == "percent" and document.tokens[q.first].start >= start for q in earlier)
    )
    if nearby and not words & word_class("index_context"):
        return quantity._replace(kind="percent", unit="percentage_point", rule="percent.points")
    return quantity


def _figure(document: Document, quantity: Quantity, subjects: Subjects) -> Figure:
    """The row of a quantity; a date is of nothing but itself."""
    start, end = document.tokens[quantity.first].start, document.tokens[quantity.last].end
    if quantity.kind == "date":
        return Figure(start, end, "date", None, None, rule=quantity.rule)
    about = subjects.describe(quantity)
    return Figure(
        start,
        end,
        quantity.kind,
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.currency,
        quantity.per,
        quantity.qualifier,
        quantity.direction,
        about.subject,
        about.subject_span,
        about.metric,
        about.metric_span,
        _period(document, quantity, about),
        quantity.rule,
    )


def _period(document: Document, quantity: Quantity, about: About) -> str | None:
    """The period of a quantity; a span of time has none."""
    if quantity.kind == "duration" or about.sentence is None:
        return None
    return period_of(document, quantity.first, quantity.last, about.sentence, about.begin)
