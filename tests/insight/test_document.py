"""Tokens, sentences and blocks of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.insight.syntax.document import Document, read


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in read(text).sentences]


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_tokens_keep_digits_letters_and_the_possessive_mark_apart() -> None:
    words = [token.text for token in read("Meta’s GPT-5.4 doesn’t read 1,140 128K files.").tokens]
    assert words == ["Meta", "’s", "GPT", "-", "5.4", "doesn’t", "read", "1,140", "128", "K", "files", "."]


def test_token_and_sentence_are_found_by_offset() -> None:
    document = read("One two. Three four.")
    assert document.tokens[document.token_at(10)].text == "Three"
    assert document.sentence_at(10) == 1
    assert document.token_at(-1) == -1
    assert [document.lows[i] for i in document.tokens_in(9, 19)] == ["three", "four"]
    assert document.joined(1)
    assert not document.joined(0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lab hired Dr. Ito. She starts in May.", ["The lab hired Dr. Ito.", "She starts in May."]),
        ("It costs $4.50 a month. Cheap.", ["It costs $4.50 a month.", "Cheap."]),
        ("Shares of Acme Inc. rose. Beta Corp. fell.", ["Shares of Acme Inc. rose.", "Beta Corp. fell."]),
        ("She moved to the U.S. The lab followed.", ["She moved to the U.S.", "The lab followed."]),
        ("The U.S. Congress met.", ["The U.S. Congress met."]),
        ("On Aug. 14, it shipped. No. 2 was late.", ["On Aug. 14, it shipped.", "No. 2 was late."]),
        ("“It works.” Nobody laughed.", ["“It works.”", "Nobody laughed."]),
        ("“It works!” Ada Byron said. Then lunch.", ["“It works!” Ada Byron said.", "Then lunch."]),
        ("“Why not?” he asked.", ["“Why not?” he asked."]),
        ("She adds: “No. Write it down.” Then she leaves.", ["She adds: “No. Write it down.”", "Then she leaves."]),
        ("“We tried. We failed.” So it ends.", ["“We tried.", "We failed.”", "So it ends."]),
        ("Wait... what is this?", ["Wait... what is this?"]),
        ("Llama 4 flopped. Badly.", ["Llama 4 flopped.", "Badly."]),
        ("Version 2.0.1 is out. xAI said so.", ["Version 2.0.1 is out.", "xAI said so."]),
        ("1. Build it. 2. Ship it.", ["1. Build it.", "2. Ship it."]),
        (
            "“It costs $20 a month.” Orion CEO Mara Voss wrote on X.",
            ["“It costs $20 a month.”", "Orion CEO Mara Voss wrote on X."],
        ),
        ("“Will it work?” Orion CEO Mara Voss asked.", ["“Will it work?” Orion CEO Mara Voss asked."]),
        ("Prices rose.[12] Orion fell.¹ Nobody knows why.", ["Prices rose.[12]", "Orion fell.¹", "Nobody knows why."]),
        (
            "Run `make.` Then wait until 5 a.m. Nobody sleeps.",
            ["Run `make.`", "Then wait until 5 a.m.", "Nobody sleeps."],
        ),
        ("🚀 Launch day! 🎉 We ship 2.5. 🧠 It thinks.", ["🚀 Launch day!", "🎉 We ship 2.5.", "🧠 It thinks."]),
    ],
)
def test_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_break_ends_a_sentence_but_not_in_wrapped_prose() -> None:
    wrapped = "The company said on Monday that it would build a new data\ncentre in Narvik. It begins in May."
    assert sentences(wrapped)[0].endswith("Narvik.")
    assert sentences("Results\nThe model won.") == ["Results", "The model won."]


def test_blocks_of_a_markdown_text() -> None:
    table = "| Model | MMLU |\n|---|---|\n| Foo 1 | 70.1 |"
    text = f"# Launch\n\nWe ship today.\n\n- fast\n- small\n\n{table}\n\n```\nx = 1\n\ny = 2\n```\n\n> Nice.\n"
    assert [kind for kind, _ in kinds(read(text))] == ["heading", "paragraph", "item", "item", "table", "code", "quote"]
    assert sentences(text)[0] == "Launch"
    assert "Nice." in sentences(text)


def test_blocks_of_plain_text() -> None:
    text = (
        "Acme ships Foo 2\n\nIt is fast.\n\nResults\nTest\tFoo 2\tBar\nMMLU\t70.1\t68\n\nPhoto: A. Person\nMore soon."
    )
    found = [(kind, span.split("\t")[0][:7]) for kind, span in kinds(read(text))]
    assert found == [
        ("heading", "Acme sh"),
        ("paragraph", "It is f"),
        ("heading", "Results"),
        ("table", "Test"),
        ("caption", "Photo: "),
        ("paragraph", "More so"),
    ]


def test_columns_set_with_spaces_are_a_table() -> None:
    text = "Scores below.\n\nBenchmark     Foo 2    Bar 3\nMMLU-Pro      70.1     68.0\nGPQA          55.0     51.2\n\nThat is all."
    assert [kind for kind, _ in kinds(read(text))] == ["paragraph", "table", "paragraph"]


def test_a_row_of_a_table_is_one_sentence() -> None:
    assert sentences("A\tB\nMMLU vs. GPQA. Yes.\t3") == ["A\tB", "MMLU vs. GPQA. Yes.\t3"]


PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "U.S.",
            "Mr.",
            ". ",
            "? ",
            "! ",
            "“",
            "”",
            '"',
            "'s",
            "\n",
            "\r\n",
            "\t",
            " ",
            " ",
            "1.",
            "1,2,3",
            "$",
            "…",
            "|",
            "#",
            "元。",
            "é",
        ]
    )
    | st.text(max_size=4),
    max_size=40,
).map("".join)


@given(PIECES)
def test_spans_are_exact_for_any_text(text: str) -> None:
    document = read(text)
    assert document == read(text)
    assert all(token.text == text[token.start : token.end] and token.text.strip() for token in document.tokens)
    assert all(not token.text.isspace() for token in document.tokens)
    place = 0
    for start, end in document.sentences:
        assert place <= start < end
        assert text[start:end] == text[start:end].strip()
        place = end
    place = 0
    for block in document.blocks:
        assert text[place : block.start].strip() == ""
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        place = block.end
    assert text[place:].strip() == ""


def test_a_series_with_a_letter_ends_a_sentence() -> None:
    text = "It closed a Series A. The round was led by Ostrell."
    assert len(read(text).sentences) == 2
