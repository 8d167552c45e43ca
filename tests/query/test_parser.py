from __future__ import annotations

import datetime

import pytest

from reader.query import (
    Age,
    Amount,
    And,
    Count,
    Day,
    Everything,
    Match,
    Not,
    Or,
    QueryError,
    Range,
    State,
    Words,
    parse,
    sought,
)

CASES = {
    "": Everything(),
    "  \n": Everything(),
    "chips": Words("chips"),
    '"exact phrase"': Words("exact phrase"),
    "“exact phrase”": Words("exact phrase"),
    r'"a \"b\" \\ c"': Words(r'a "b" \ c'),
    "infer*": Words("infer", prefix=True),
    '"open wei"*': Words("open wei", prefix=True),
    "title:meta": Words("meta", title=True),
    'title:"muse spark"': Words("muse spark", title=True),
    "title:infer*": Words("infer", prefix=True, title=True),
    "title:unread": Words("unread", title=True),
    "unread": State("unread"),
    "UNREAD": State("unread"),
    '"unread"': Words("unread"),
    "unread*": Words("unread", prefix=True),
    "gpt-5.4": Words("gpt-5.4"),
    "10:30": Words("10:30"),
    "newer:2d": Age("newer", 2, "d"),
    "older:1W": Age("older", 1, "w"),
    "newer:2026-04-01": Day("newer", datetime.date(2026, 4, 1)),
    "outlet:reuters": Match("outlet", "reuters"),
    "Outlet:Reuters": Match("outlet", "Reuters"),
    "feed:techcrunch-ai": Match("feed", "techcrunch-ai"),
    'who:"Sam Altman"': Match("who", "Sam Altman"),
    'who:" Sam Altman "': Match("who", "Sam Altman"),
    "kind:quote": Match("kind", "quote"),
    "kind:Quotes": Match("kind", "quote"),
    "is:updated": Match("is", "updated"),
    "story:>2": Count("story", Range(low=2, above=True)),
    "story:<=2": Count("story", Range(high=2)),
    "novel:0": Count("novel", Range(0, 0)),
    "words:200..900": Count("words", Range(200, 900)),
    "words:200..": Count("words", Range(low=200)),
    "words:..900": Count("words", Range(high=900)),
    "amount:>1B": Amount(Range(low=1e9, above=True)),
    "amount:>=$1.5bn": Amount(Range(low=1.5e9), "USD"),
    "amount:<€500m": Amount(Range(high=5e8, below=True), "EUR"),
    "amount:1B..5B": Amount(Range(1e9, 5e9)),
    "amount:$1B..$5B": Amount(Range(1e9, 5e9), "USD"),
    "amount:$1B..5B": Amount(Range(1e9, 5e9), "USD"),
    "amount:cny2T": Amount(Range(2e12, 2e12), "CNY"),
    "amount:1,234,567": Amount(Range(1234567, 1234567)),
    "amount:>50%": Amount(Range(low=50, above=True), percent=True),
    "-word": Not(Words("word")),
    "~tag:y": Not(Match("tag", "y")),
    "--word": Not(Not(Words("word"))),
    "a b": And((Words("a"), Words("b"))),
    "a and b": And((Words("a"), Words("b"))),
    "a AND b OR c": Or((And((Words("a"), Words("b"))), Words("c"))),
    "a (b or c)": And((Words("a"), Or((Words("b"), Words("c"))))),
    "-(a b)c": And((Not(And((Words("a"), Words("b")))), Words("c"))),
    "( a )": Words("a"),
    'a"b"': And((Words("a"), Words("b"))),
    '"or"': Words("or"),
    "a\x00b": And((Words("a"), Words("b"))),
}


@pytest.mark.parametrize("query", CASES)
def test_reads(query: str) -> None:
    assert parse(query) == CASES[query]


ERRORS = {
    "outle:reuters": (0, "did you mean outlet:?"),
    "unread whom:altman": (7, "did you mean who:?"),
    "zzzz:1": (0, "fields are newer: older:"),
    "https://example.org/x": (0, '"quotes"'),
    "outlet:": (7, "expected an outlet's name right after outlet:"),
    "outlet: reuters": (7, "expected an outlet's name right after outlet:"),
    'outlet:""': (7, "between the quotes"),
    "newer:2": (6, "expected an age"),
    "newer:2x": (6, "expected an age"),
    "newer:2026-02-30": (6, "2026-02-30 is no day"),
    "story:many": (6, "expected a number"),
    "story:>": (7, "expected a number"),
    "story:..": (6, "expected a number"),
    "story:5..2": (6, "smaller number before .."),
    "story:1.5": (6, "expected a number"),
    "amount:>1X": (8, "expected an amount"),
    "amount:$1B..€5B": (7, "one currency"),
    "amount:$5%": (7, "a currency or %"),
    "amount:1..5x": (10, "expected an amount"),
    "amount:" + "9" * 40: (7, "below 10^30"),
    "kind:qoute": (5, "did you mean quote?"),
    "has:money": (4, "(facts, tags, author, link, story)"),
    '"open': (5, 'expected " to end the phrase that begins in column 1'),
    '"open\\': (6, 'expected " to end'),
    '""': (0, "nothing to search for"),
    "*": (0, "nothing to search for"),
    "a or": (4, "found the end"),
    "or a": (0, 'found "or"'),
    "a or or b": (5, 'found "or"'),
    "a and": (5, "found the end"),
    "a )": (2, "closes nothing"),
    "(a": (2, "expected ) for the ( in column 1"),
    "()": (1, "found )"),
    "- a": (1, "right after -"),
    "a -": (3, "right after -"),
    "title:": (6, 'expected a word or a "phrase"'),
    "(" * 40 + "a" + ")" * 40: (33, "at most 32 levels"),
    "-" * 40 + "a": (33, "at most 32 levels"),
    " ".join("a" * 65): (128, "at most 64 terms"),
    '"' + "a " * 33 + '"': (0, "at most 32 words in a phrase"),
    "a" * 300: (0, "at most 256 characters"),
}


@pytest.mark.parametrize("query", ERRORS)
def test_errors_name_the_column_and_what_was_expected(query: str) -> None:
    position, said = ERRORS[query]
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert (raised.value.position, str(raised.value).count("\n")) == (position, 0)
    assert said in str(raised.value)
    assert str(raised.value).startswith(f"column {position + 1}: ")


def test_an_excluded_word_is_not_sought() -> None:
    assert [words.text for words in sought(parse('chips (title:meta or "big deal") -rumour unread'))] == [
        "chips",
        "meta",
        "big deal",
    ]


@pytest.mark.parametrize(
    ("bounds", "inside", "outside"),
    [
        (Range(2, 5), (2, 3, 5), (1, 6)),
        (Range(low=2, above=True), (3,), (2, 1)),
        (Range(high=2, below=True), (1,), (2, 3)),
    ],
)
def test_a_range_holds_its_numbers(bounds: Range, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    assert all(number in bounds for number in inside)
    assert not any(number in bounds for number in outside)
