"""Text -> the words, numbers and company names that two articles may share."""

from __future__ import annotations

import html
import itertools
import re
from functools import cache, lru_cache
from importlib import resources

_MARKUP = re.compile(r"<[^<>]{0,2000}>|\[\+\d+ chars\]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_NUMBER = re.compile(
    r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,6})?[\s-]?(trillion|tn|billion|bn|million|mn|percent|per cent|%|[bmt])?(?!\w)",
    re.IGNORECASE,
)
_SCALES = {
    "t": "t",
    "tn": "t",
    "trillion": "t",
    "b": "b",
    "bn": "b",
    "billion": "b",
    "m": "m",
    "mn": "m",
    "million": "m",
}

LONGEST = 40
"""Letters of a word that count; a longer run is no word of a language."""


def words(text: str) -> list[str]:
    """Lower-case word stems in order of the text: no markup, no numbers, runs of Han or kana as pairs of characters."""
    plain = html.unescape(_MARKUP.sub(" ", html.unescape(text))).lower().replace("’", "'")
    found: list[str] = []
    for word in _WORD.findall(plain):
        if not word.isascii() and _HAN.search(word):
            found += [word[i : i + 2] for i in range(len(word) - 1)] or [word]
        elif len(word) > 1 and word[0].isalpha():
            found.append(stem(word[:LONGEST]))
    return found


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without possessive, plural, -ed, -ing and final e: "chips", "chip's" -> "chip"; "rescinding", "rescind" -> "rescind".

    Lighter than Porter's stemmer (1980): names must stay apart.
    """
    word = word.removesuffix("'s")
    if len(word) > 4:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith("es") and word[-3] in "sxzh":
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us")):
            word = word[:-1]
    if len(word) > 5:
        for ending in ("ing", "ed", "e"):
            if word.endswith(ending):
                return word.removesuffix(ending)
    return word


def title_key(title: str) -> str:
    """A title as the same title elsewhere would read: words only, lower case; empty below four words."""
    plain = _WORD.findall(html.unescape(_MARKUP.sub(" ", title)).lower().replace("’", "'"))
    han = sum(len(run) for run in _HAN.findall(title))
    return " ".join(plain) if len(plain) >= 4 or han >= 8 else ""


def rare_numbers(text: str) -> frozenset[str]:
    """Numbers that tell one event from another, as "6.5b" or "124%": with a scale, a fraction, or from 100 on; years are left out."""
    found = set()
    for match in _NUMBER.finditer(text):
        digits, fraction = match[1].replace(",", "").lstrip("0"), match[2] or ""
        unit = (match[3] or "").lower()
        year = len(digits) == 4 and digits[:2] in ("19", "20") and "," not in match[1]
        if float(f"0{digits}{fraction}") and (unit or fraction or (len(digits) > 2 and not year)):
            found.add(digits + fraction + (_SCALES.get(unit, "%") if unit else ""))
    return frozenset(found)


def companies(title: str) -> frozenset[str]:
    """Companies that a title names, by the name of the company that owns the brand."""
    plain = _WORD.findall(title.lower().replace("’", "'"))
    plain = [word.removesuffix("'s") for word in plain]
    names = _companies()
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(plain)]
    return frozenset(names[word] for word in (*plain, *pairs) if word in names)


@cache
def _companies() -> dict[str, str]:
    return {row[0]: row[1] for row in table("companies.tsv")}


def table(name: str) -> list[tuple[str, ...]]:
    """Rows of a data file of this room: fields parted by tabs, lines that begin with `# ` left out."""
    text = resources.files("reader.stories").joinpath(name).read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("# ")]
