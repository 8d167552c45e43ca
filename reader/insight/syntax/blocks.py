"""What each line of a text is: paragraph, heading, list item, quote, code, table row or caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.insight.facts import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_ITEM = re.compile(r"(?:[-*+•–—⁃▪◦●‣·]|\(?\d{1,3}[.)]+|\(?[a-zA-Z][.)]+)(?=\s)|[•⁃▪◦●‣]")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_CAPTION = re.compile(
    r"(?i:image|photo|photograph|picture|figure|fig\.|chart|table|source|credit|illustration)s?(?: \d+)?\s?[:|]\s"
)
_GAPS = re.compile(r"\S(?:\t|\s{2,})(?=\S)")
_UNDERLINE = re.compile(r"(?:=+|-+)\s*$")
_CLOSERS = "\"'”’»)]*_"
_HEADING_LENGTH = 120
"""Longest heading in characters: a headline of a news site has up to about 110."""
_WRAPPED_LENGTH = 50
"""Shortest line that can be one of a hard-wrapped paragraph."""

_Line = tuple[int, int, str]


class Block(NamedTuple):
    """One block of a text. `kind`: paragraph | heading | item | quote | code | table | caption; `level` is a heading's rank."""

    kind: str
    start: int
    end: int
    level: int = 0


def find_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of `text` in order; between two blocks the text has only white space."""
    lines = [
        (m.start() + _lead(m.group()), m.start() + len(m.group().rstrip()), m.group().strip())
        for m in _LINE.finditer(text)
    ]
    lines = [line for line in lines if line[2]]
    kinds = list(_kinds(lines))
    return tuple(_merged(text, lines, kinds))


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip())


def _kinds(lines: list[_Line]) -> Iterator[tuple[str, int]]:
    """Kind and level of each line."""
    fenced = False
    for number, (_, _, line) in enumerate(lines):
        if line.startswith(("```", "~~~")):
            fenced = not fenced
            yield "code", 0
        elif fenced:
            yield "code", 0
        else:
            yield _kind(lines, number)


def _kind(lines: list[_Line], number: int) -> tuple[str, int]:
    line = lines[number][2]
    if hashes := _HASHES.match(line):
        return "heading", len(hashes[1])
    if _is_row(line) or _is_aligned(lines, number):
        return "table", 0
    if line.startswith(">"):
        return "quote", 0
    if _ITEM.match(line):
        return "item", 0
    if number + 1 < len(lines) and _UNDERLINE.match(lines[number + 1][2]) and len(lines[number + 1][2]) > 2:
        return "heading", 1 if lines[number + 1][2][0] == "=" else 2
    if _CAPTION.match(line):
        return "caption", 0
    if number + 1 < len(lines) and _is_heading(line):
        return "heading", 1 if number == 0 else 2
    return "paragraph", 0


def _is_row(line: str) -> bool:
    """A row with tabs between its cells, or of a Markdown table."""
    return "\t" in line or (line.count("|") >= 2 and (line[0] == "|" or line.count(" | ") >= 2))


def _is_aligned(lines: list[_Line], number: int) -> bool:
    """A row of a table set with spaces: at least two wide gaps here and in a neighbouring line."""
    if "  " not in lines[number][2] or len(_GAPS.findall(lines[number][2])) < 2:
        return False
    around = lines[max(0, number - 1) : number] + lines[number + 1 : number + 2]
    return any(len(_GAPS.findall(line)) >= 2 for _, _, line in around)


def _is_heading(line: str) -> bool:
    """A short line that begins like a title and has no final punctuation."""
    if len(line) > _HEADING_LENGTH or line[-1] in ".!?:;,…。！？" or line.rstrip(_CLOSERS)[-1:] in ("", *".!?:;,…"):
        return False
    return line[0].isupper() or line[0].isdigit() or line[0] in "“‘\"'"


def _merged(text: str, lines: list[_Line], kinds: list[tuple[str, int]]) -> Iterator[Block]:
    """Blocks from lines: rows of a table, lines of code and of a hard-wrapped paragraph go together."""
    open_block: Block | None = None
    for number, ((start, end, line), (kind, level)) in enumerate(zip(lines, kinds, strict=True)):
        if open_block and _continues(text, open_block, lines[number - 1], (start, end, line), kind):
            open_block = Block(open_block.kind, open_block.start, end, open_block.level)
            continue
        if open_block:
            yield open_block
        open_block = Block(kind, start, end, level)
    if open_block:
        yield open_block


def _continues(text: str, block: Block, before: _Line, line: _Line, kind: str) -> bool:
    """Whether `line` goes on with `block`, whose last line is `before`."""
    if block.kind in ("table", "code") and kind == block.kind:
        return block.kind == "code" or text.count("\n", before[1], line[0]) < 2
    wraps = block.kind in ("paragraph", "item", "quote", "heading") and kind == "paragraph" and line[2][0].islower()
    return (
        wraps
        and text.count("\n", before[1], line[0]) < 2
        and len(before[2]) >= _WRAPPED_LENGTH
        and before[2][-1] not in ".!?:"
    )


def rows(text: str, block: Block) -> list[Span]:
    """Spans of the non-empty lines of `block`, without white space around them."""
    found = _LINE.finditer(text, block.start, block.end)
    spans = [(m.start() + _lead(m.group()), m.start() + len(m.group().rstrip())) for m in found]
    return [(a, b) for a, b in spans if a < b]
