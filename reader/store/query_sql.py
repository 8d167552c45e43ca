"""A query's tree as an SQL condition on `article a`; every value is a parameter."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from typing import TypeAlias

from reader.query.fields import UNITS
from reader.query.tree import Age, Amount, And, Count, Day, Everything, Match, Node, Not, Or, Range, State, Words

Parameter: TypeAlias = str | int | float
Condition: TypeAlias = tuple[str, list[Parameter]]
"""SQL that is true or false (never null) for each article, and its parameters."""

_STATES = {
    "unread": "a.read = 0",
    "read": "a.read = 1",
    "starred": "a.starred = 1",
    "later": "a.later = 1",
    "done": "a.done = 1",
    "updated": "a.revision > 1",
    "sample": "a.sample = 1",
    "full": "a.completeness = 'full'",
    "summary": "a.completeness <> 'full'",
    "paywalled": "EXISTS (SELECT 1 FROM page WHERE article_id = a.id AND state = 'paywalled')",
    "failed": "EXISTS (SELECT 1 FROM page WHERE article_id = a.id AND state = 'failed')",
}
_HAS = {
    "facts": "a.facts > 0",
    "tags": "EXISTS (SELECT 1 FROM tag WHERE article_id = a.id)",
    "author": "a.author <> ''",
    "link": "a.url <> ''",
    "story": "a.story_id IS NOT NULL",
}
_NAMED = {
    "who": "kind IN ('quote', 'attribution')",
    "company": "kind = 'entity' AND key = 'company'",
    "person": "kind = 'entity' AND key = 'person'",
}
NOVEL = """
(SELECT count(*) FROM told t WHERE t.article_id = a.id AND a.read = 0 AND NOT EXISTS
  (SELECT 1 FROM told o JOIN article r ON r.id = o.article_id WHERE o.known_id = t.known_id AND r.read = 1))"""
"""SQL for how many facts of an unread `article a` no article read so far tells; what was read has nothing new."""

_TOKEN = re.compile(r"\w")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that do not part words by spaces (Thai to Khmer, kana, Han) or glue endings to them (Hangul)."""


def compile_query(tree: Node, *, now: int) -> Condition:
    """`tree` as a condition for `… FROM article a WHERE`, and its parameters in order.

    `now` is in seconds since 1970 UTC; days begin at midnight of the local time zone.
    """
    match tree:
        case Everything():
            return "1", []
        case Words():
            return _words(tree)
        case State(name):
            return _state(name, now)
        case Match(field, value):
            return _match(field, value, now)
        case Age(field, count, unit):
            return _published(field, now - count * UNITS[unit])
        case Day(field, day):
            return _published(field, _seconds(datetime(day.year, day.month, day.day)))
        case Count(field, range):
            return _count(field, range)
        case Amount(range, currency, percent):
            return _amount(range, currency, percent=percent)
        case Not(term):
            sql, parameters = compile_query(term, now=now)
            return f"NOT ({sql})", parameters
        case And(terms):
            return _joined(" AND ", terms, now)
        case Or(terms):
            return _joined(" OR ", terms, now)


def _joined(operator: str, terms: tuple[Node, ...], now: int) -> Condition:
    conditions = [compile_query(term, now=now) for term in terms]
    parameters = [parameter for _, some in conditions for parameter in some]
    return operator.join(f"({sql})" for sql, _ in conditions), parameters


def _words(words: Words) -> Condition:
    """Words by the search index; where it has no such words (symbols, scripts without spaces) by looking at the text itself."""
    text = unicodedata.normalize("NFC", words.text.replace("\0", " "))
    if _UNSPACED.search(text) or not _TOKEN.search(text):
        return _substring(text, title=words.title)
    quoted = '"{}"'.format(text.replace('"', '""'))
    column = "title : " * words.title
    return "a.id IN (SELECT rowid FROM search WHERE search MATCH ?)", [f"{column}{quoted}{' *' * words.prefix}"]


def _substring(text: str, *, title: bool) -> Condition:
    pattern = f"%{_escaped(text.strip())}%"
    if title:
        return r"a.title LIKE ? ESCAPE '\'", [pattern]
    looked = r"v.title LIKE ? ESCAPE '\' OR v.text LIKE ? ESCAPE '\'"
    return f"EXISTS (SELECT 1 FROM revision v WHERE v.id = a.revision_id AND ({looked}))", [pattern, pattern]


def _state(name: str, now: int) -> Condition:
    if name == "today":
        midnight = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return _published("newer", _seconds(midnight))
    return _STATES[name], []


def _published(field: str, time: int) -> Condition:
    return f"a.sort_time {'>=' if field == 'newer' else '<'} ?", [time]


def _seconds(local: datetime) -> int:
    """A local time as seconds since 1970 UTC, also before 1970 and after 2038."""
    naive = int((local - datetime(1970, 1, 1)) / timedelta(seconds=1))
    try:
        return int(local.timestamp())
    except (OverflowError, ValueError, OSError):
        return naive


def _match(field: str, value: str, now: int) -> Condition:
    match field:
        case "outlet":
            return r"' ' || a.outlet LIKE ? ESCAPE '\'", [f"% {_loose(value)}%"]
        case "feed":
            wanted = f"%{_loose(value)}%"
            looked = r"title LIKE ? ESCAPE '\' OR url LIKE ? ESCAPE '\'"
            return f"a.feed_id IN (SELECT id FROM feed WHERE {looked})", [wanted, wanted]
        case "group":
            return "a.feed_id IN (SELECT id FROM feed WHERE grp = ? COLLATE NOCASE)", [value]
        case "tag":
            return "a.id IN (SELECT article_id FROM tag WHERE tag = ? COLLATE NOCASE)", [value]
        case "lang":
            return r"a.language LIKE ? ESCAPE '\' OR a.language LIKE ? ESCAPE '\'", [
                _escaped(value),
                f"{_escaped(value)}-%",
            ]
        case "kind":
            return "a.id IN (SELECT article_id FROM fact WHERE kind = ?)", [value]
        case "status":
            status = r"' ' || status LIKE ? ESCAPE '\'"
            return f"EXISTS (SELECT 1 FROM fact WHERE article_id = a.id AND {status})", [f"% {_escaped(value)}%"]
        case "is":
            return _state(value, now)
        case "has":
            return _HAS[value], []
        case "model":
            return _either(
                _named("kind = 'entity' AND key = 'model'", "name", value), _named("kind = 'score'", "name", value)
            )
        case "bench":
            return _either(
                _named("kind = 'entity' AND key = 'benchmark'", "name", value), _named("kind = 'score'", "key", value)
            )
    return _named(_NAMED[field], "name", value)


def _named(condition: str, column: str, value: str) -> Condition:
    """Facts under `condition` whose `column` has a word that begins with `value`."""
    like = rf"' ' || {column} LIKE ? ESCAPE '\'"
    return f"a.id IN (SELECT article_id FROM fact WHERE {condition} AND {like})", [f"% {_escaped(value.lower())}%"]


def _either(one: Condition, other: Condition) -> Condition:
    return f"{one[0]} OR {other[0]}", [*one[1], *other[1]]


def _count(field: str, range: Range) -> Condition:
    if field == "story":
        return _outlets(range)
    column = {"novel": NOVEL, "facts": "max(a.facts, 0)", "words": "a.words", "id": "a.id"}[field]
    return _within(column, range)


def _outlets(range: Range) -> Condition:
    """How many outlets have the story; an article without a story is the only one that has it."""
    test, parameters = _within("count(DISTINCT outlet)", range)
    stories = f"SELECT story_id FROM article WHERE story_id IS NOT NULL GROUP BY story_id HAVING {test}"
    alone = int(1 in range)
    return f"CASE WHEN a.story_id IS NULL THEN {alone} ELSE a.story_id IN ({stories}) END", parameters


def _within(column: str, range: Range) -> Condition:
    """`column` lies in `range`."""
    tests: list[str] = []
    parameters: list[Parameter] = []
    if range.low is not None:
        tests.append(f"{column} {'>' if range.above else '>='} ?")
        parameters.append(range.low)
    if range.high is not None:
        tests.append(f"{column} {'<' if range.below else '<='} ?")
        parameters.append(range.high)
    return " AND ".join(tests), parameters


def _amount(range: Range, currency: str | None, *, percent: bool) -> Condition:
    """A figure whose interval meets `range`; an open side of the figure counts as its other side."""
    table, sort, parameters = "fact INDEXED BY fact_money", "currency IS NOT NULL", list[Parameter]()
    if percent:
        table, sort = "fact", "unit IN ('percent', 'percentage_point')"
    elif currency:
        sort, parameters = f"{sort} AND currency = ?", [currency]
    above, lows = _within("coalesce(high, low)", Range(low=range.low, above=range.above))
    below, highs = _within("coalesce(low, high)", Range(high=range.high, below=range.below))
    tests = " AND ".join(test for test in (sort, above, below) if test)
    return f"a.id IN (SELECT article_id FROM {table} WHERE kind = 'figure' AND {tests})", [*parameters, *lows, *highs]


def _loose(value: str) -> str:
    """A LIKE pattern with the letters and digits of `value` in order, whatever stands between them."""
    return "%".join(re.findall(r"[^\W_]+", value)) or _escaped(value)


def _escaped(value: str) -> str:
    r"""`value` for LIKE … ESCAPE '\', every character itself."""
    return re.sub(r"([%_\\])", r"\\\1", value)
