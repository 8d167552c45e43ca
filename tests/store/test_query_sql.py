"""The compiled condition against a real store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.query import parse
from reader.store import Store
from reader.store.query_sql import compile_query

NOON = 1_775_736_000
"""2026-04-09 12:00 UTC."""
DAY = 86400
BLANK = {chr(number) for number in (*range(33), *range(127, 161))}

FEEDS = (
    (1, "https://techcrunch.example/ai/feed", "TechCrunch | AI", "TechCrunch", "press"),
    (2, "https://reuters.example/tech", "Reuters Technology", "Reuters", "press"),
    (3, "https://verge.example/rss", "The Verge", "The Verge", "press"),
    (4, "https://labs.example/blog", "100%_Lab notes", "Example Lab", "labs"),
)
ARTICLES: dict[int, dict[str, Any]] = {
    1: {"feed_id": 1, "title": "Meta unveils Muse Spark", "text": "A big deal for the open weights crowd.", "facts": 3, "story_id": 1,
        "words": 100, "author": "Ann", "url": "https://techcrunch.example/1", "completeness": "full", "read": 1},
    2: {"feed_id": 2, "title": "Meta shares rise", "text": "The deal is big. Inference costs fell.", "age": DAY, "story_id": 1,
        "starred": 1, "facts": 2, "words": 900, "language": "en-GB"},
    3: {"feed_id": 3, "title": "Café über alles 🚀", "text": "Résumé of the week: 100% C++ and gpt-5.4", "age": 3 * DAY, "story_id": 1,
        "revision": 2, "later": 1, "language": "en"},
    4: {"feed_id": 4, "title": "新模型发布", "text": "今天我们发布了新的大语言模型。", "age": 9 * DAY, "story_id": 2,
        "language": "zh-Hans", "facts": 0},
    5: {"feed_id": 4, "title": "Unread notes", "text": "a_b 50% off; say \"hello\"", "age": 40 * DAY, "sample": 1, "done": 1},
}  # fmt: skip
FACTS = (
    (1, "figure", "meta", "capex", 1.15e11, 1.35e11, None, "USD", "announced", "$115 to $135 billion"),
    (1, "quote", "sam altman", "", None, None, None, None, "named source", "“We did it,”"),
    (1, "score", "gemini 3.1 pro", "gpqa diamond", 94.3, 94.3, "percent", None, "vendor benchmark", "94.3%"),
    (1, "entity", "meta", "company", None, None, None, None, "", "Meta"),
    (2, "figure", "meta", "capex", 1.15e11, 1.35e11, None, "USD", "announced", "$115 billion to $135 billion"),
    (2, "figure", "meta", "shares", 6.5, 6.5, "percent", None, "", "6.5%"),
    (2, "figure", "scale ai", "stake", 1.43e10, 1.43e10, None, "USD", "unnamed sources", "$14.3 billion"),
    (3, "figure", "mistral", "funding", 2e9, None, None, "EUR", "estimate", "over €2 billion"),
    (3, "attribution", "two people familiar", "report", None, None, None, None, "unnamed sources", "it was near"),
    (3, "entity", "openai", "company", None, None, None, None, "", "OpenAI"),
    (3, "entity", "altman plastics", "company", None, None, None, None, "", "Altman Plastics"),
    (3, "entity", "swe-bench verified", "benchmark", None, None, None, None, "", "SWE-bench Verified"),
    (3, "entity", "gpt-5.4", "model", None, None, None, None, "", "gpt-5.4"),
    (3, "entity", "sam altman", "person", None, None, None, None, "", "Altman"),
)

TOLD = ((1, 1), (2, 1), (2, 2), (2, 3), (3, 4))
"""Article and fact: the first fact stands in the read article 1 as well."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(Path(tmp_path_factory.mktemp("query") / "store.db"))
    db = store.connection
    feeds = [(*feed[:4], "feed", feed[4]) for feed in FEEDS]
    db.executemany("INSERT INTO feed (id, url, title, outlet, kind, grp) VALUES (?, ?, ?, ?, ?, ?)", feeds)
    outlets = {feed[0]: feed[3] for feed in FEEDS}
    for id, row in ARTICLES.items():
        text, age = row["text"], row.get("age", 0)
        columns = {
            "id": id, "guid": str(id), "canonical": "", "outlet": outlets[row["feed_id"]], "sort_time": NOON - age,
            "first_seen": NOON, "last_seen": NOON, "revision_id": id, "words": 10, "author": "", "url": "", "completeness": "summary",
            **{name: value for name, value in row.items() if name not in ("text", "age")},
        }  # fmt: skip
        db.execute(
            f"INSERT INTO article ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            tuple(columns.values()),
        )
        db.execute(
            "INSERT INTO revision VALUES (?, ?, 1, ?, ?, '[]', '[]', '', 0, 'feed')", (id, id, row["title"], text)
        )
        db.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (id, row["title"], text))
    names = "article_id, kind, name, key, low, high, unit, currency, status, text, start, end"
    db.executemany(f"INSERT INTO fact ({names}) VALUES ({', '.join('?' * 10)}, 0, 1)", FACTS)
    db.execute("INSERT INTO tag VALUES (2, 'Chips')")
    db.executemany("INSERT INTO known (id, key, low, high) VALUES (?, 'key', 0, 0)", [(1,), (2,), (3,), (4,)])
    db.executemany("INSERT INTO told VALUES (?, ?)", TOLD)
    yield store
    store.close()


def found(store: Store, query: str) -> set[int]:
    where, parameters = compile_query(parse(query), now=NOON)
    return {row[0] for row in store.connection.execute(f"SELECT a.id FROM article a WHERE {where}", parameters)}


CASES = {
    "": {1, 2, 3, 4, 5},
    "unread": {2, 3, 4, 5},
    "read": {1},
    "is:read": {1},
    "starred or later or done": {2, 3, 5},
    "-done": {1, 2, 3, 4},
    "today": {1},
    "newer:2d": {1, 2},
    "older:1w": {4, 5},
    "older:1m": {5},
    "newer:0h": {1},
    "outlet:reuters": {2},
    "outlet:verge": {3},
    "outlet:crunch": set(),
    'outlet:"the verge"': {3},
    "outlet:%": set(),
    "feed:techcrunch-ai": {1},
    "feed:reuters.example": {2},
    "feed:%_": {4, 5},
    "feed:__": set(),
    "group:LABS": {4, 5},
    "title:deal": set(),
    "deal": {1, 2},
    '"big deal"': {1},
    "big deal": {1, 2},
    "infer*": {2},
    '"inference co"*': {2},
    "infer": set(),
    "resume": {3},
    "CAFE": {3},
    "title:meta -shares": {1},
    "title:meta*": {1, 2},
    "gpt-5.4": {3},
    "C++": {3},
    "🚀": {3},
    "title:🚀": {3},
    "模型": {4},
    "大语言": {4},
    "title:大语言": set(),
    "a_b": {5},
    '"100%"': {3},
    '"%"': {3, 5},
    "who:altman": {1},
    'who:"Sam Altman"': {1},
    "who:familiar": {3},
    "who:ltman": set(),
    "company:meta": {1},
    "company:Altman": {3},
    "company:ai": set(),
    "person:altman": {3},
    "model:gemini": {1},
    "model:gpt": {3},
    "bench:gpqa": {1},
    "bench:swe-bench": {3},
    "amount:>1B": {1, 2, 3},
    "amount:>$1B": {1, 2},
    "amount:>€1B": {3},
    "amount:>120B": {1, 2},
    "amount:>135B": set(),
    "amount:>=135B": {1, 2},
    "amount:<115B": {2, 3},
    "amount:1B..5B": {3},
    "amount:14.3B": {2},
    "amount:5%..10%": {2},
    "amount:>50%": set(),
    "kind:quote": {1},
    "kind:figures": {1, 2, 3},
    "status:unnamed": {2, 3},
    "status:ANNOUNCED": {1, 2},
    "story:>2": {1, 2, 3},
    "story:3": {1, 2, 3},
    "story:1": {4, 5},
    "story:<3": {4, 5},
    "-story:>2": {4, 5},
    "facts:>2": {1},
    "facts:0": {3, 4, 5},
    "words:>800": {2},
    "novel:>0": {2, 3},
    "novel:2": {2},
    "novel:0": {1, 4, 5},
    "id:2..3 or id:5": {2, 3, 5},
    "tag:chips": {2},
    "~tag:chips": {1, 3, 4, 5},
    "is:updated": {3},
    "is:sample": {5},
    "is:full": {1},
    "is:summary": {2, 3, 4, 5},
    "has:facts": {1, 2},
    "has:tags": {2},
    "has:author": {1},
    "has:link": {1},
    "has:story": {1, 2, 3, 4},
    "lang:en": {2, 3},
    "lang:EN-gb": {2},
    "lang:zh": {4},
    "meta (starred or today)": {1, 2},
    "-(meta or done)": {3, 4},
}


@pytest.mark.parametrize("query", CASES)
def test_selects(store: Store, query: str) -> None:
    assert found(store, query) == CASES[query]


@pytest.mark.parametrize("query", CASES)
def test_excluding_selects_all_others(store: Store, query: str) -> None:
    if query:
        assert found(store, f"-({query})") == set(ARTICLES) - CASES[query]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("amount:>1B", "fact_money"),
        ("amount:>$1B", "fact_money"),
        ("company:meta", "fact_key (kind=? AND key=?)"),
        ("model:gemini", "fact_key (kind=? AND key=?)"),
        ("who:altman", "fact_name (kind=?)"),
        ("tag:x", "tag_name"),
        ("newer:2d", "article_all"),
    ],
)
def test_no_query_by_fact_or_time_reads_a_whole_table(store: Store, query: str, index: str) -> None:
    where, parameters = compile_query(parse(query), now=NOON)
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN SELECT a.id FROM article a WHERE {where}", parameters)
    steps = "\n".join(row[3] for row in plan)
    assert index in steps
    assert "SCAN fact" not in steps


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "AND",
        "NEAR(a b)",
        "title:x",
        "a OR",
        "^a",
        "a + b",
        "{title}: a",
        "-a",
        "*",
        "a\\",
        "; DROP TABLE fact",
        "'",
    ],
)
def test_no_word_is_read_as_search_syntax(store: Store, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    found(store, f'"{escaped}"')
    found(store, f'"{escaped}"*')
    assert store.connection.execute("SELECT count(*) FROM fact").fetchone() == (len(FACTS),)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip))
def test_any_words_can_be_sought(store: Store, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for field in ("", "title:", "outlet:", "who:", "bench:", "lang:", "tag:", "feed:"):
        if not set(escaped) <= BLANK:
            found(store, f'{field}"{escaped}"')


def test_a_day_begins_at_the_readers_midnight(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    assert found(store, "today") == {1}
    assert found(store, "newer:2026-04-09") == {1, 2}
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert found(store, "newer:2026-04-09") == {1}
    assert found(store, "older:2026-04-09") == {2, 3, 4, 5}
    assert found(store, "newer:0001-01-01") == {1, 2, 3, 4, 5}
    monkeypatch.undo()
    time.tzset()
