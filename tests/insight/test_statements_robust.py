"""The layers of who says what on any input: spans inside the text, nothing raised, the same twice, linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.insight import analyse
from reader.insight.facts import Facts
from reader.insight.status import STATUSES, status_of

MARKS = ["“", "”", '"', "'", "’", ",", ".", ":", ";", "?", "—", "(", ")", "\n\n"]
NAMES = ["Meta", "OpenAI", "Paul Meyer", "Reuters", "2027", "$5", "billion"]
CUES = [
    "said",
    "says",
    "told",
    "called",
    "report",
    "expected",
    "denied",
    "adding",
    "put",
    "according",
    "first",
    "reported",
]
SMALL = [
    "he",
    "it",
    "that",
    "not",
    "the",
    "a",
    "as",
    "is",
    "by",
    "if",
    "who",
    "which",
    "and",
    "at",
    "to",
    "will",
    "about",
]
WORDS = [*MARKS, *NAMES, *CUES, *SMALL]


def spans(facts: Facts) -> list[tuple[int, int]]:
    found = [
        (r.start, r.end)
        for layer in (facts.sentences, facts.quotes, facts.hedges, facts.forecasts, facts.credits)
        for r in layer
    ]
    for quote in facts.quotes:
        found += [s for s in (quote.speaker_span, quote.cue_span) if s]
    for row in facts.attributions:
        found += [s for s in (row.content, row.source, row.cue) if s]
    return found


def check(text: str) -> None:
    facts = analyse(text)
    for start, end in spans(facts):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
    for rows in (facts.figures, facts.quotes, facts.attributions, facts.forecasts):
        for row in rows:
            assert status_of(row, facts, text) in ("", *STATUSES)
    assert facts == analyse(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_order_of_telling_words(text: str) -> None:
    check(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "“",
        "”",
        "said",
        "said.",
        ", said",
        "according to",
        "according to.",
        ":",
        "“a”",
        "“”",
        "he said “",
        "x\u2029“y”",
        'an estimate by" the : it was so.',
        "\ud83d “a b c d” said X.",
    ],
)
def test_odd_input(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "piece", ["said ", "“a b c d” ", "he said, ", "according to X, ", "(", ", and X", "A. ", '"', "‘a "]
)
def test_long_repetition_stays_quick(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begin = time.process_time()
    analyse(text)
    assert time.process_time() - begin < 4
