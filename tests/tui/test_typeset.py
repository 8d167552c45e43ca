"""How blocks become lines: bullets, numbers, and nothing wider than the measure."""

from __future__ import annotations

from rich.cells import cell_len

from reader.model import Block, Text
from reader.tui.typeset import shown, typeset


def test_an_item_with_a_number_has_no_bullet() -> None:
    words = "word " * 12
    text = f"1. {words.strip()}\nplain {words.strip()}\n[2] note"
    ends = [text.index("\n"), text.rindex("\n"), len(text)]
    blocks = (Block("item", 0, ends[0]), Block("item", ends[0] + 1, ends[1], 1), Block("item", ends[1] + 1, ends[2]))
    lines = [
        "".join(piece.lead + shown(text, piece) for piece in line.pieces)
        for line in typeset([], "T", Text(text, blocks), 40).lines
        if line.pieces
    ]
    assert [line for line in lines if line[0] != " "] == ["1. word word word word word word word", "[2] note"]
    assert lines[1].startswith("   word"), "what wraps stands below the words, not below the number"
    assert lines[2].startswith("  • plain")
    assert max(map(cell_len, lines)) <= 40
