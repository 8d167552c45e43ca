"""Text without markup: what is written as Markdown is read so, and prose stays prose."""

from __future__ import annotations

import time

import pytest

from reader.ingest.html import Converted, bare, to_text


def shape(converted: Converted) -> list[tuple[str, int, str]]:
    text = converted.text
    return [(block.kind, block.level, text.text[block.start : block.end]) for block in text.blocks]


def test_headings_lists_quotes_and_code() -> None:
    page = """## What is new

- A faster **parser**
  - for feeds
- A list: see [the notes](https://n.example/notes "Notes"), or https://n.example/b.

> He said so.

```sh
pip  install x

# not a heading
```
1. One
2. Two"""
    assert shape(to_text(page)) == [
        ("heading", 2, "What is new"),
        ("item", 0, "A faster parser"),
        ("item", 1, "for feeds"),
        ("item", 0, "A list: see the notes, or https://n.example/b."),
        ("quote", 0, "He said so."),
        ("code", 0, "pip  install x\n\n# not a heading"),
        ("item", 0, "1. One"),
        ("item", 0, "2. Two"),
    ]
    text = to_text(page).text
    assert [(text.text[link.start : link.end], link.url) for link in text.links] == [
        ("the notes", "https://n.example/notes"),
        ("https://n.example/b", "https://n.example/b"),
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "one\ntwo\n\nthree four",
        "#chips and #AI are tags",
        "- a single dash is speech",
        "2 * 3 * 4 = 24 and snake_case_name",
        "f[0](x) and [link](javascript:alert(1))",
        "a < b & c",
        "1. A sentence that begins with a number.",
    ],
)
def test_prose_stays_as_it_is(prose: str) -> None:
    assert bare(prose).text.text == prose
    assert {kind for kind, _, _ in shape(bare(prose))} == {"paragraph"}


def test_characters_of_markup_in_bare_text_are_text() -> None:
    assert bare("a <b>tag</b> &amp; more").text.text == "a <b>tag</b> &amp; more"
    assert bare("").text.text == ""
    assert bare("x\x1b[2J").text.text == "x\ufffd[2J"


@pytest.mark.parametrize(
    "bomb", ["[" * 200_000, "**" * 100_000, "```\n" * 100_000, "- " * 100_000, "http://a " * 50_000]
)
def test_bombs_are_read_in_seconds(bomb: str) -> None:
    start = time.process_time()
    bare(bomb)
    assert time.process_time() - start < 4
