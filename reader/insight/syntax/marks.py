"""Quotation marks: which one closes which, over straight, curly, angle, low and single marks.

Pairs are found paragraph by paragraph, so a mark that is never closed cannot run away. A quotation that goes on in the next paragraph
repeats its opening mark there (Chicago Manual of Style, 13.32) and becomes one pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

_MARK = re.compile(r"[“”„«»\"‘’]|''?|``?")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "'": "'", "``": "''", "''": "''", "`": "'"}
_SINGLE = frozenset("‘'`")
MAX_PARAGRAPHS = 12
"""A quotation open for longer than this many paragraphs is taken for a stray mark."""
MAX_SINGLE = 1500
"""Farthest that the partner of a single mark is looked for, in characters."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One quotation, marks included, and the length of each mark. `depth` is 0 outside of any other quotation."""

    start: int
    end: int
    width: int
    single: bool
    depth: int

    @property
    def inner(self) -> tuple[int, int]:
        """The words between the marks."""
        return self.start + self.width, self.end - self.width


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner; `lines` counts the paragraphs that it has been open for."""

    mark: str
    start: int
    lines: int = 0


def find_pairs(text: str) -> list[Pair]:
    """Every quotation of `text` that is opened and closed, in the order in which they open, nested ones too."""
    found: list[tuple[int, int, str]] = []
    waiting: list[_Open] = []
    marks = list(_MARK.finditer(text))
    past = 0
    for line in _LINE.finditer(text) if marks else ():
        first = past
        while past < len(marks) and marks[past].start() < line.end():
            past += 1
        if first == past:
            if waiting and line.group().strip():
                waiting = []
            continue
        waiting = [w for w in waiting[:1] if _goes_on(text, line.start(), w)]
        found += _pair_line(text, marks[first + bool(waiting) : past], line.end(), waiting)
        waiting = [w for w in waiting[:1] if w.mark not in _SINGLE and w.lines < MAX_PARAGRAPHS]
        for mark in waiting:
            mark.lines += 1
    return list(_with_depth(sorted(found, key=lambda f: (f[0], -f[1]))))


def _goes_on(text: str, start: int, waiting: _Open) -> bool:
    """Whether the paragraph at `start` opens with the mark that the paragraph before left open."""
    begin = start + sum(1 for _ in takewhile(str.isspace, text[start : start + 40]))
    return text.startswith(waiting.mark, begin)


def _pair_line(text: str, marks: list[re.Match[str]], end: int, waiting: list[_Open]) -> Iterator[tuple[int, int, str]]:
    """Pairs that close at one of the `marks` of a line that ends at `end`; what stays open is left in `waiting`."""
    for match in marks:
        mark, here, stop = match.group(), match.start(), match.end()
        partner = _partner(text, mark, here, stop, end, waiting)
        if partner is not None:
            opened = waiting[partner]
            del waiting[partner:]
            yield opened.start, stop, opened.mark
        elif _opens(text, mark, here, stop, end):
            waiting[:] = [w for w in waiting if w.mark != mark or mark in _SINGLE]
            waiting.append(_Open(mark, here))


def _partner(text: str, mark: str, here: int, stop: int, end: int, waiting: list[_Open]) -> int | None:
    """Index in `waiting` of the mark that this one closes."""
    for index in range(len(waiting) - 1, -1, -1):
        if mark in _closers(waiting[index].mark):
            return index if _closes(text, mark, here, stop, end) else None
    return None


def _closers(mark: str) -> tuple[str, ...]:
    closers = _CLOSERS[mark]
    return (closers,) if closers == "''" else tuple(closers)


def _closes(text: str, mark: str, here: int, stop: int, end: int) -> bool:
    """Whether a mark that could close does: words stand before it, and no word goes on behind it."""
    before, after = text[here - 1 : here], text[stop : stop + 1]
    if mark in ("’", "'"):
        return not after.isalnum() and not before.isspace() and not _is_possessive(text, mark, here, stop, end)
    if mark in ('"', "''"):
        return not before.isspace() or not after.isalnum()
    return True


def _is_possessive(text: str, mark: str, here: int, stop: int, end: int) -> bool:
    """Whether this is the apostrophe of "users’ data": an `s`, a space, and a better closing mark further on."""
    if text[here - 1 : here] not in "sS" or text[stop : stop + 1] != " ":
        return False
    end = min(end, stop + MAX_SINGLE)
    later = text.find(mark, stop, end)
    while later >= 0:
        if not text[later + 1 : later + 2].isalnum():
            return "‘" not in text[stop:later] and not (mark == "'" and " '" in text[stop:later])
        later = text.find(mark, later + 1, end)
    return False


def _opens(text: str, mark: str, here: int, stop: int, end: int) -> bool:
    """Whether a mark stands where a quotation begins: nothing or a space before it, a word behind it."""
    before, after = text[max(0, here - 1) : here], text[stop : min(stop + 1, end)]
    free = not before or before.isspace() or before in "([{—–-/:“\"‘'„«…"
    if mark in ("“", "„", "«", "``"):
        return True
    if mark in ('"', "''"):
        return free and bool(after) and not after.isspace()
    if mark in ("‘", "'", "`"):
        return free and after.isalpha() and _has_partner(text, mark, stop, end)
    return mark == "»" and free and after.isalnum()


def _has_partner(text: str, mark: str, stop: int, end: int) -> bool:
    """Whether a closing single mark follows in the paragraph."""
    closer, end = _CLOSERS[mark], min(end, stop + MAX_SINGLE)
    later = text.find(closer, stop, end)
    while later >= 0:
        if _closes(text, closer, later, later + 1, end):
            return True
        later = text.find(closer, later + 1, end)
    return False


def _with_depth(spans: list[tuple[int, int, str]]) -> Iterator[Pair]:
    """The pairs that hold words, with how many others each stands in; a pair that crosses another is dropped."""
    around: list[int] = []
    for start, end, mark in spans:
        while around and around[-1] <= start:
            around.pop()
        if around and end > around[-1]:
            continue
        width = len(mark)
        if end - start > 2 * width:
            yield Pair(start, end, width, mark in _SINGLE, len(around))
            around.append(end)
