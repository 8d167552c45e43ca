"""Where sentences begin and end, with exact offsets.

The rules follow the 48 golden rules of pragmatic_segmenter (K. Dias, MIT): abbreviations, initials, numbers, quotation marks,
ellipses, lists in one line. A sentence never leaves its block; a row of a table is one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from reader.insight import lexicons
from reader.insight.facts import Span
from reader.insight.syntax.blocks import Block

_MARKS = (
    r"(?<=\w)\.(?=(?: \.){3}\s+[A-Z])"  # compounds. . . . The practice
    r"|\.(?: \.)+"  # a spaced ellipsis
    r"|(?:\.{2,}|…)+[.!?]*"
    r"|[.!?]+"
    r"|[。！？]+(?=\S)"
)
_MARK = re.compile(rf"(?=[.!?…。！？])(?:{_MARKS})")
_ADDRESS = r":(?=\s+https?://\S*[^.\s](?:\s|$))|https?://[^\s<>\"]+(?=\s+[A-Z][a-z])"
"""An address that stands by itself ends a sentence and is one."""
_MARK_OR_ADDRESS = re.compile(rf"(?=[.!?…。！？:h])(?:{_MARKS}|{_ADDRESS})")
_CLOSERS = "\"'”’»)]*_`」』）"
_NOTE = re.compile(r"(?:\[\d{1,3}\])+|[¹²³⁰⁴-⁹]+")
"""Marks of footnotes right behind a full stop."""
_WORD = 40
"""Characters in front of a full stop in which its word is looked for."""
_NOT_SPACE = re.compile(r"\S")
_NEXT = re.compile(r"\s*[\"'“‘«(\[*_—–-]*\s*([^\W_]+(?:['’.&-][^\W_]+)*)?")
_SHORT_QUOTE = 240
"""A quotation within a sentence of up to so many characters is not split."""
_LONGEST = 2000
"""Characters of a sentence at most; the longest in news have about 600."""
_SHORTEST = 12
"""A sentence that ends with an abbreviation has more characters than "At 5 a.m."."""
_SMILEY = re.compile(r"\s?[:;]-?[)(DP](?=\s|$)")
_SPEECH = re.compile(
    r"(?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w’'-]*\s(?:said|says|asked|asks|wrote|writes|added|adds|told|replied|joked|quipped)\b"
)
_ENUMERATOR = re.compile(r"[•⁃▪◦●‣]\s?(?:\d+[.)])?|\(?(\d{1,2}|[a-z])([.)]{1,2})(?=\s)")
_STRIP = re.compile(r"\s*(?:#{1,6}\s+|>\s*)*")


@cache
def _abbreviations() -> dict[str, str]:
    return dict(lexicons.table("abbreviations"))  # type: ignore[arg-type]


def find_sentences(text: str, blocks: tuple[Block, ...]) -> tuple[Span, ...]:
    """Spans of the sentences of `text`; none is empty or has white space at its ends."""
    spans: list[Span] = []
    for block in blocks:
        if block.kind in ("table", "code"):
            pieces = [(m.start(), m.end()) for m in re.compile(r"[^\r\n]+").finditer(text, block.start, block.end)]
        else:
            pieces = [piece for part in _parts(text, block) for piece in _split(text, *part)]
        trimmed = (_trimmed(text, *piece) for piece in pieces)
        spans.extend(part for piece in trimmed if piece[0] < piece[1] for part in _capped(text, *piece))
    return tuple(spans)


def _capped(text: str, start: int, end: int) -> Iterator[Span]:
    """The span, cut at white space into pieces of bearable length: no rule then looks further than that."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        piece = _trimmed(text, start, cut)
        if piece[0] < piece[1]:
            yield piece
        start = _trimmed(text, cut, end)[0]
    if start < end:
        yield start, end


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space and without a heading's or a quotation's mark."""
    if start < end and not (text[start].isspace() or text[end - 1].isspace() or text[start] in "#>"):
        return start, end
    piece = text[start:end].rstrip()
    end = start + len(piece)
    start = end - len(piece.lstrip())
    if start < end and text[start] in "#>" and (lead := _STRIP.match(text, start, end)):
        start = lead.end()
    return start, end


def _parts(text: str, block: Block) -> Iterator[Span]:
    """The items of a list that is set in one line ("1. … 2. …"), else the block."""
    first = _ENUMERATOR.match(text, block.start, block.end)
    cuts = [block.start, *(_later_items(text, block, first) if first else ()), block.end]
    yield from pairwise(cuts)


def _later_items(text: str, block: Block, first: re.Match[str]) -> Iterator[int]:
    """Where the second item begins, and each after it."""
    label, place = first[1], first.end()
    while True:
        label = _successor(label)
        mark = re.escape(text[block.start]) if label is None else rf"\(?{label}{re.escape(first[2])}(?=\s)"
        following = re.compile(rf"(?<=\s){mark}").search(text, place, block.end)
        if not following:
            return
        yield following.start()
        place = following.end()


def _successor(label: str | None) -> str | None:
    """2 after 1, b after a; null for bullets."""
    if label is None:
        return None
    return str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences of one passage."""
    begin, place = start, _skip_enumerator(text, start, end)
    search = (_MARK_OR_ADDRESS if text.find("://", start, end) >= 0 else _MARK).search
    while mark := search(text, place, end):
        stop = place = mark.end()
        while stop < end and (text[stop] in _CLOSERS or (text[stop] == "“" and text[stop + 1 : stop + 2].isspace())):
            stop += 1
        if note := _NOTE.match(text, stop, end):
            stop = note.end()
        if smiley := _SMILEY.match(text, stop, end):
            stop = smiley.end()
        if stop >= end:
            break
        if _is_plain_end(text, begin, mark, stop) or _ends(text, begin, mark, stop, end):
            yield begin, stop
            begin = place = stop
    yield begin, end


def _is_plain_end(text: str, begin: int, mark: re.Match[str], stop: int) -> bool:
    """A quick look at the common case: a plain word, a full stop, a space and a capital, and no quotation mark in the sentence."""
    place = mark.start()
    if stop != place + 1 or text[place] != "." or text[stop] != " " or not text[stop + 1 : stop + 2].isupper():
        return False
    word = text[text.rfind(" ", begin, place) + 1 : place]
    if not 1 < len(word) < _WORD or not (word.isalpha() and word.islower()) or word in _abbreviations():
        return False
    return text.find("“", begin, place) < 0 and text.find('"', begin, place) < 0


def _skip_enumerator(text: str, start: int, end: int) -> int:
    found = _ENUMERATOR.match(text, start, end)
    return found.end() if found and not text[start : found.end()].isalpha() else start


def _ends(text: str, begin: int, mark: re.Match[str], stop: int, end: int) -> bool:
    """Whether a sentence that begins at `begin` ends with `mark` and the closing marks up to `stop`."""
    if mark[0][0] in "。！？":
        return text[stop] not in "，、"
    if not text[stop].isspace():
        return False
    if mark[0][0] in "h:":
        return True
    following = _NEXT.match(text, stop, end)
    word = following[1] if following else None
    if word is None:
        return _next_mark(text, stop) not in ",;:)]"
    closed = stop > mark.end()
    if "…" in mark[0] or ".." in mark[0] or " ." in mark[0]:
        return _ends_ellipsis(mark, word, closed)
    if mark[0][-1] in "!?" or mark[0][0] in "!?":
        return _ends_loud(text, mark, stop, word, closed)
    if not closed and _inside_quote(text, begin, mark.start(), end):
        return False
    if closed:
        return not word[0].islower() and _next_mark(text, stop) != "("
    return _ends_period(text, begin, mark, word, stop)


def _inside_quote(text: str, begin: int, place: int, end: int) -> bool:
    """Inside a short quotation that opened within the sentence, as in: She adds: “No. Write it.”"""
    begin = max(begin, place - _SHORT_QUOTE)
    opened, mark = text.rfind("“", begin, place), "”"
    if opened < 0:
        opened, mark = text.rfind(' "', begin, place) + 1, '"'
    if not text[begin:opened].strip() or text.find(mark, opened + 1, place) >= 0:
        return False
    return text.find(mark, place, min(end, opened + _SHORT_QUOTE)) >= 0


def _ends_ellipsis(mark: re.Match[str], word: str, closed: bool) -> bool:
    """Dots end a sentence before a capital; three spaced ones only mark an omission."""
    if " ." in mark[0]:
        return mark[0].count(".") > 3 and word[0].isupper()
    return word[0].isupper() and not closed


def _ends_loud(text: str, mark: re.Match[str], stop: int, word: str, closed: bool) -> bool:
    """After ! or ?: not before "she said", and not in a name ("Yahoo! in")."""
    if not word[0].islower():
        return not (closed and _SPEECH.match(text, stop + 1))
    if closed or ("?" not in mark[0] and _before(text, mark)[:1].isupper()):
        return False
    return _next_mark(text, stop) not in "-–—"


def _next_mark(text: str, stop: int) -> str:
    """The first character after white space; empty at the end."""
    found = _NOT_SPACE.search(text, stop)
    return found[0] if found else ""


def _before(text: str, mark: re.Match[str]) -> str:
    """The word in front of a mark, without spaces."""
    piece = text[max(0, mark.start() - _WORD) : mark.start()]
    if not piece or piece[-1].isspace():
        return ""
    return piece.split()[-1].lstrip('(["“‘')


def _ends_period(text: str, begin: int, mark: re.Match[str], word: str, stop: int) -> bool:
    """After a single full stop and white space."""
    before = _before(text, mark)
    low, starter = before.lower(), word.lower() in lexicons.terms("sentence_starters")
    kind = _abbreviations().get(low)
    if (kind == "title" and (before[:1].isupper() or (word[0].isupper() and low != "st"))) or kind == "never":
        return False
    if kind == "number" and word[0].isdigit():
        return False
    if len(before) == 1 and before.isalpha():
        return before.isupper() and starter and word[0].isupper() and (before == "I" or not _initial(text, mark))
    if word[0].islower():
        return kind is None and "." not in before and len(before) != 1 and (before[-1:].isalpha() or not before)
    if kind == "may" or kind == "title" or ("." in before and before.replace(".", "").isalpha() and len(before) < 8):
        return (starter or _new_speaker(low, word)) and mark.start() - begin > _SHORTEST
    return True


def _initial(text: str, mark: re.Match[str]) -> bool:
    """Whether the letter in front of the mark is an initial after a name ("Jonas E."), not a share class or round ("Series A.")."""
    if text[max(0, mark.start() - 8) : mark.start() - 1].rstrip().endswith(_LETTERED):
        return False
    return text[max(0, mark.start() - 3) : mark.start() - 1][:1].isalpha()


_LETTERED = ("Series", "Class", "Option", "Plan")


def _new_speaker(low: str, word: str) -> bool:
    """A time of day ends a sentence before a title ("at 6 p.m. Mr. Smith")."""
    return low in ("a.m", "p.m", "am", "pm") and word.lower() in ("mr", "mrs", "ms", "dr")
