"""Who wrote an article, from what feeds put into their author fields: names, without addresses, roles of programs and "By". Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from importlib import resources

from reader.ingest.html import plain
from reader.text import one_line

MAX_AUTHOR = 200
MAX_NAMES = 8

_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+[>)\]]?")
_SITE = re.compile(r"[<(\[]?(?:https?://|www\.)[^\s<>()\[\]]{1,300}[>)\]]?", re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:(?:posted|written|reported|story|words|text|article) )?by:?|authors?:)\s+(?=\S)", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,\s*(?:and|&)\s|\s(?:and|&|und|et|y)\s|[;/|]|,)\s*")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_PARTICLES = frozenset("al bin da de del della den der di dos du el la le ten ter van von".split())  # noqa: SIM905


def byline(raw: Iterable[str]) -> str:
    """The names of author fields as one line, each once, parted by commas; empty where no field names anybody.

    "By Jane Doe and Joe Roe", "jane@x.example (Jane Doe)" and "Jane Doe <jane@x.example>" give the names alone. A field is taken
    apart only where every part is a name of at least two words, so that "Johnson & Johnson" stays.
    """
    names: dict[str, str] = {}
    for field in raw:
        for name in _names(field):
            names.setdefault(name.casefold(), name)
        if len(names) >= MAX_NAMES:
            break
    return one_line(", ".join(names.values()), MAX_AUTHOR)


def _names(field: str) -> Iterator[str]:
    """The names of one field."""
    text = _SITE.sub(" ", _ADDRESS.sub(" ", one_line(plain(field[:2000]), 1000)))
    text = _BY.sub("", " ".join(text.split()), count=1) if _BY.match(text.strip()) else " ".join(text.split())
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    parts = [part for part in _AND.split(text) if part]
    for name in parts if len(parts) > 1 and all(map(_is_person, parts)) else [text]:
        name = name.strip(" ,;:/|·•-–—")
        if name and name.casefold() not in _nobody():
            yield name


def _is_person(name: str) -> bool:
    """Whether a part of a list reads as a person's name: two to five words, all but particles with a capital."""
    words = name.split()
    return 2 <= len(words) <= 5 and all(
        _WORD.fullmatch(word) and (word[0].isupper() or word in _PARTICLES) for word in words
    )


@functools.cache
def _nobody() -> frozenset[str]:
    text = resources.files("reader.ingest").joinpath("nobody.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
