"""Which quotation mark closes which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.insight.syntax.marks import find_pairs


def quoted(text: str, depth: int = 0) -> list[str]:
    return [text[p.start : p.end] for p in find_pairs(text) if p.depth == depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes, we can" and left.', ['"yes, we can"']),
        ("He said “yes, we can” and left.", ["“yes, we can”"]),
        ("Sie sagte: „Das geht nicht“, und ging.", ["„Das geht nicht“"]),
        ("« Non », dit-il.", ["« Non »"]),
        ("'It's ours,' she said.", ["'It's ours,'"]),
        ("‘The users’ data stays,’ he said.", ["‘The users’ data stays,’"]),
        ("''Old wire style,'' he said.", ["''Old wire style,''"]),
        ("``Tokens,'' she said.", ["``Tokens,''"]),
    ],
)
def test_each_style_of_mark_is_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the '90s, and the users' data isn't theirs.",
        'A 27" screen and a 32" one.',
        "“This never closes.\n\nA new paragraph.",
        '“”""',
        "rock ’n’ roll",
    ],
)
def test_apostrophes_inches_and_stray_marks_are_no_quotation(text: str) -> None:
    assert quoted(text) == []


def test_quotation_over_paragraphs_is_one_pair() -> None:
    text = "“First paragraph.\n\n“Second paragraph.” After."
    assert quoted(text) == ["“First paragraph.\n\n“Second paragraph.”"]


def test_a_plain_paragraph_between_ends_an_open_quotation() -> None:
    assert quoted("“Left open.\n\nPlain text.\n\n“Closed.”") == ["“Closed.”"]


def test_nested_quotations_know_their_depth() -> None:
    text = "“They ask ‘why?’ and I say ‘why not?’”"
    assert quoted(text) == [text]
    assert quoted(text, depth=1) == ["‘why?’", "‘why not?’"]


@given(st.text(alphabet="“”\"'‘’«»„` ab.,\n", max_size=80))
def test_pairs_stay_inside_the_text_and_never_cross(text: str) -> None:
    open_ends: list[int] = []
    for pair in find_pairs(text):
        assert 0 <= pair.start < pair.inner[0] < pair.inner[1] < pair.end <= len(text)
        while open_ends and open_ends[-1] <= pair.start:
            open_ends.pop()
        assert len(open_ends) == pair.depth
        assert all(pair.end <= end for end in open_ends)
        open_ends.append(pair.end)
