"""docs/query.md against the parser: every field and state is explained, and every example reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.query import FIELDS, KINDS, STATES, QueryError, parse
from reader.query.parser import DEEPEST, LONGEST_WORD, MOST_TERMS, MOST_WORDS

DOCS = (Path(__file__).parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`[^|]*`) \|", DOCS, re.MULTILINE)
EXAMPLES = [example for row in ROWS for example in re.findall(r"`([^`]+)`", row) if "…" not in example]
BLOCK = DOCS.split("```")[1].split("\n")[1:-1]


@pytest.mark.parametrize("query", [*EXAMPLES, *BLOCK])
def test_every_example_reads(query: str) -> None:
    parse(query)


def test_every_field_and_state_is_explained() -> None:
    explained = " ".join(EXAMPLES)
    assert [name for name in FIELDS if not re.search(rf"(?<!\w){name}:", explained)] == []
    assert [name for name in STATES if not re.search(rf"(?<![\w:]){name}(?!\w)", explained)] == []
    choices = {choice for field in FIELDS.values() for choice in field.choices} - set(STATES)
    assert [choice for choice in choices if choice not in DOCS] == []
    assert " ".join(KINDS) in DOCS


def test_the_mistake_shown_is_the_message_given() -> None:
    with pytest.raises(QueryError) as raised:
        parse("outle:reuters")
    assert str(raised.value) in DOCS


def test_the_limits_are_those_of_the_parser() -> None:
    assert (
        f"{MOST_TERMS} terms, {DEEPEST} levels of parentheses, {MOST_WORDS} words in a phrase, and {LONGEST_WORD} characters"
        in DOCS
    )
