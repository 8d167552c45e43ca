from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query import (
    FIELDS,
    STATES,
    Age,
    Amount,
    And,
    Count,
    Day,
    Everything,
    Match,
    Node,
    Not,
    Or,
    QueryError,
    Range,
    State,
    Words,
    parse,
    to_text,
)

letters = st.characters(exclude_categories=("Cc", "Cs"))
phrases = st.text(letters, min_size=1, max_size=40).filter(lambda text: text.strip())
values = phrases.map(str.strip)


def ranges(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[Range]:
    pairs = st.tuples(numbers, numbers).map(sorted)
    return st.one_of(
        pairs.map(lambda pair: Range(*pair)),
        st.builds(lambda low, above: Range(low=low, above=above), numbers, st.booleans()),
        st.builds(lambda high, below: Range(high=high, below=below), numbers, st.booleans()),
    )


amounts = st.floats(0, 1e30).filter(lambda number: number == 0 or number > 1e-15)
named = st.sampled_from([field.name for field in FIELDS.values() if field.value == "name"])
counted = st.sampled_from([field.name for field in FIELDS.values() if field.value == "count"])
choices = st.sampled_from([(field.name, choice) for field in FIELDS.values() for choice in field.choices])
ages = st.sampled_from(["newer", "older"])
money = st.builds(Amount, ranges(amounts), st.sampled_from([None, "USD", "EUR", "CNY"]))
terms: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, phrases, st.booleans(), st.booleans()),
    st.builds(State, st.sampled_from(list(STATES))),
    st.builds(Match, named, values),
    choices.map(lambda choice: Match(*choice)),
    st.builds(Age, ages, st.integers(0, 99999), st.sampled_from("hdwmy")),
    st.builds(Day, ages, st.dates(datetime.date(1, 1, 1))),
    st.builds(Count, counted, ranges(st.integers(0, 10**9 - 1))),
    money,
    st.builds(Amount, ranges(amounts), percent=st.just(True)),
)


def groups(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(inner.map(Not), several.map(And), several.map(Or))


trees = st.one_of(st.just(Everything()), st.recursive(terms, groups, max_leaves=12))


@given(trees)
def test_what_is_written_reads_as_the_same_tree(tree: Node) -> None:
    assert parse(to_text(tree)) == tree


def check(text: str) -> None:
    """Any text is a tree that can be written, or an error within it."""
    try:
        tree = parse(text)
    except QueryError as error:
        position = error.position
    else:
        position = 0
        assert parse(to_text(tree)) == tree
    assert 0 <= position <= len(text)


@given(st.text())
def test_any_text_is_a_tree_or_an_error(text: str) -> None:
    check(text)


SIGNS = ["a", "or", "and", "-", "~", "(", ")", '"', "*", " ", ":", "who:", "story:", ">", "..", "2", "\\"]


@given(st.lists(st.sampled_from(SIGNS)).map("".join))
def test_any_mix_of_signs_is_a_tree_or_an_error(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("A  and   B", "A B"),
        ("~tag:x", "-tag:x"),
        ("((a or b)) c", "(a or b) c"),
        ("(a b) or c", "a b or c"),
        ('"chips"', "chips"),
        ('"unread"', '"unread"'),
        ("who:'x", 'who:"\'x"'),
        ("amount:>=$1500m", "amount:>=$1.5B"),
        ("amount:=1000000", "amount:1M"),
        ("amount:<0.5%", "amount:<0.5%"),
        ("story:2..2", "story:2"),
        ("NEWER:2D", "newer:2d"),
    ],
)
def test_the_plain_spelling(query: str, plain: str) -> None:
    assert to_text(parse(query)) == plain
