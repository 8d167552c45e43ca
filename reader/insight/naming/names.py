"""The grammar of model names: a family word, then versions, sizes, dates and variants ("Kestrel 3 Mini", "Qwen4-32B", "o3-pro").

Most models of next year are in no list. What keeps a name recognisable is its shape, so families are listed only as far as their bare
word or their capital is ambiguous, and an unknown word before a version is kept as a candidate for which the text must speak.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reader.insight.lexicons import terms
from reader.insight.naming.gazetteer import Name, families, longest
from reader.insight.syntax.pieces import AND, HYPHEN, SPACE, Pieces

_VERSION = re.compile(r"[A-Za-z]?\d+(?:[.x_]\d+)*[A-Za-z]{0,2}|[A-Za-z]\d+(?:\.\d+)?[bB]")
_PLAIN_VERSION = re.compile(
    r"[vVrRkKmMgG]?\d{1,2}(?:\.\d+){0,2}[bBnoevVTM]?|\d{1,4}(?:\.\d+)?[bB]|\d+x\d+[bB]|[EA]\d+[bB]|\d{3}[bB]?"
)
_SIZE = re.compile(r"\d+(?:\.\d+)?[bBT]|\d+x\d+[bB]|[EAea]\d+(?:\.\d+)?[bB]")
_GLUED = re.compile(r"([A-Za-z]{2,}?)-?(\d+(?:[.x]\d+)*[A-Za-z]{0,3})")


_AFTER_VERSION = frozenset(
    ("turbo", "mini", "nano", "pro", "flash", "instruct", "lite", "ultra", "sonnet", "opus", "haiku")
)


class ModelName(NamedTuple):
    """A model's name from piece `start` to before `stop`.

    `stem` is the lower-cased family, `family` its listed spelling (None where unknown). `sized` and `varied` say whether a size or a
    variant word is in it, `versioned` whether a digit is, `flag` is the list's mark.
    """

    start: int
    stop: int
    stem: str
    family: str | None
    flag: str
    head: int
    versioned: bool
    sized: bool
    varied: bool


@cache
def _variants() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Variant words as written, lower-cased, and those of two words."""
    listed = terms("variants")
    return listed, frozenset(v.lower() for v in listed) | terms("model_tails"), frozenset(v for v in listed if " " in v)


def known_model(pieces: Pieces, at: int) -> ModelName | None:
    """The name of a listed family that begins at piece `at`."""
    low = pieces.low[at]
    if low not in families():
        return None if low.isalpha() else _glued(pieces, at)
    name = longest(families(), pieces, at) or _small(pieces, at)
    if name is None:
        return None
    head = at + len(name.key)
    return _whole(pieces, at, head, name.name.lower(), name.name, name.flag, any(c.isdigit() for c in name.form))


def _small(pieces: Pieces, at: int) -> Name | None:
    """A listed family in small letters before a version ("mistral-7b", "claude 3.7"); a space only after an unmistakable one."""
    group = families().get(pieces.low[at])
    if (
        group is None
        or not group.single
        or at + 1 >= len(pieces.low)
        or not any(c.isdigit() for c in pieces.word[at + 1])
    ):
        return None
    name = group.single[0]
    spaced = (
        pieces.gap[at + 1] == SPACE
        and (not name.flag or name.form == "GPT")
        and _version(pieces, at + 1, versioned=False)
    )
    return name if pieces.gap[at + 1] == HYPHEN or spaced else None


def _glued(pieces: Pieces, at: int) -> ModelName | None:
    """A listed family with its version in one piece ("Qwen4", "llama3.1")."""
    match = _GLUED.fullmatch(pieces.word[at])
    if match is None:
        return None
    group = families().get(match[1].lower())
    for name in group.single if group else ():
        if pieces.capital[at] or (not name.flag and len(match[1]) > 2):
            return _whole(pieces, at, at + 1, name.name.lower(), name.name, name.flag, versioned=True)
    return None


def unknown_model(pieces: Pieces, at: int, stop: int) -> ModelName | None:
    """A candidate: capitalised pieces `at` to before `stop`, then a version; or a word with digits in one piece."""
    low = pieces.low[stop - 1]
    if (
        stop - at == 1
        and (match := _GLUED.fullmatch(pieces.word[at]))
        and len(match[1]) > 2
        and match[1] not in _barred()
    ):
        return _whole(pieces, at, stop, match[1].lower(), None, "", versioned=True)
    barred = pieces.word[stop - 1] in _barred()
    if (barred and stop - at < 2) or len(low) < 2 or any(c.isdigit() for c in low):
        return None
    found = _whole(pieces, at, stop, pieces.surface(at, stop).lower(), None, "", versioned=False)
    return found if found.versioned and (found.sized or not barred) else None


@cache
def _barred() -> frozenset[str]:
    return terms("not_models")


def _whole(pieces: Pieces, at: int, head: int, stem: str, family: str | None, flag: str, versioned: bool) -> ModelName:
    """The name whose family ends before piece `head`, with all that belongs to it."""
    stop, sized, varied = head, False, False
    while stop < len(pieces.low) and pieces.joined(stop) and pieces.gap[stop] != AND:
        step = _variant(pieces, stop, versioned)
        if step:
            varied = True
        elif _version(pieces, stop, versioned):
            step = 1
            sized = sized or bool(_SIZE.fullmatch(pieces.word[stop]))
            versioned = True
        elif pieces.gap[stop] == HYPHEN and pieces.capital[stop] and (versioned or _chain_has_digit(pieces, stop)):
            step = 1
        else:
            break
        stop += step
    return ModelName(at, stop, stem, family, flag, head, versioned, sized, varied)


def _variant(pieces: Pieces, at: int, versioned: bool) -> int:
    """How many pieces at `at` are a variant; a lower-cased one must be joined by a hyphen, or follow a version ("GPT-4o mini")."""
    written, low, pairs = _variants()
    if at + 1 < len(pieces.low) and pieces.joined(at + 1) and f"{pieces.word[at]} {pieces.word[at + 1]}" in pairs:
        return 2
    if pieces.word[at] in written and not (pieces.gap[at] == SPACE and _is_company_word(pieces, at)):
        return 1
    if pieces.gap[at] == HYPHEN:
        return int(pieces.low[at] in low)
    return int(versioned and pieces.low[at] in _AFTER_VERSION and pieces.gap[at + 1 : at + 2] != [HYPHEN])


def _is_company_word(pieces: Pieces, at: int) -> bool:
    """Whether a capitalised word such as "Research" belongs to a phrase of its own ("Research Lead")."""
    return pieces.word[at] in ("Research", "Code", "Search", "Agent", "Voice", "Core", "Edge", "Air") and pieces.near(at + 1) in (
        "team", "lab", "labs", "lead", "api", "app", "preview's")  # fmt: skip


def _version(pieces: Pieces, at: int, versioned: bool) -> bool:
    """Whether piece `at` is a version, size or date of the name before it."""
    word = pieces.word[at]
    if not any(c.isdigit() for c in word):
        return False
    if pieces.gap[at] == HYPHEN:
        return bool(_VERSION.fullmatch(word)) or word.isalnum()
    if not _PLAIN_VERSION.fullmatch(word) or pieces.after(at + 1) in ("%", "°") or _is_long_number(pieces, at):
        return False
    if versioned and not _SIZE.fullmatch(word) and word.replace(".", "").isdigit():
        return False
    return not (
        word.replace(".", "").isdigit()
        and pieces.gap[at + 1 : at + 2] == [SPACE]
        and pieces.near(at + 1) in terms("counted_nouns")
    )


def _is_long_number(pieces: Pieces, at: int) -> bool:
    """Whether the digits go on after a comma ("3,000")."""
    follows = pieces.after(at + 1, 2)
    return len(follows) == 2 and follows[0] == "," and follows[1].isdigit()


def _chain_has_digit(pieces: Pieces, at: int) -> bool:
    """Whether a piece with a digit follows in the same chain of hyphens."""
    while at + 1 < len(pieces.low) and pieces.gap[at + 1] == HYPHEN:
        at += 1
        if any(c.isdigit() for c in pieces.word[at]):
            return True
    return False


_VERSIONS_OF = {  # what may follow a listed name of a type
    "benchmark": re.compile(
        r"v\d+(?:\.\d+)?|\d\.\d|20[2-3]\d|Verified|Pro|Hard|Lite|Multilingual|Multimodal|Diamond|Plus|Mini|Extended|Full|Redux|Lite"
    ),
    "chip": re.compile(r"v\d+[a-z]?|\d{1,4}[A-Z]{0,2}|Ultra|Max|Pro|Super|NVL\d+"),
}
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d+)*|[A-Z]\d{1,3}|XL|Pro|Max|Ultra|Plus|Mini|Air|Fold")


def versioned_stop(pieces: Pieces, stop: int, kind: str) -> int:
    """Where a listed benchmark, chip or product ends with the version that follows it."""
    pattern = _VERSIONS_OF.get(kind)
    if pattern is None:
        if pieces.word[stop - 1] not in _barred():
            return stop
        pattern = _NUMBERED
    while stop < len(pieces.low) and pieces.joined(stop) and pattern.fullmatch(pieces.word[stop]):
        if (
            pieces.after(stop + 1) == "%"
            or pieces.near(stop + 1) in terms("counted_nouns")
            or _is_long_number(pieces, stop)
        ):
            break
        stop += 1
    return stop
