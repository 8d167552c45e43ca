"""The listed names: one dictionary from the first piece of a name to the names that begin with it, longest first."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reader.insight.lexicons import lines
from reader.insight.syntax.pieces import Pieces, key_of

_LISTS = (  # file, type; of two names of the same length the earlier list wins
    ("decoys", ""),
    ("licenses", "license"),
    ("benchmarks", "benchmark"),
    ("chips", "chip"),
    ("products", "product"),
    ("outlets", "outlet"),
    ("companies", "company"),
    ("orgs", "org"),
    ("people", "person"),
    ("places", "place"),
)
_FLAGS = "?+~"


class Name(NamedTuple):
    """One listed form: its pieces, how it is written, the list's mark (empty, `?`, `+` or `~`), type and canonical name."""

    key: tuple[str, ...]
    form: str
    flag: str
    type: str
    name: str


class Group(NamedTuple):
    """Names that begin with the same piece: those of one piece, and the longer ones by their second piece, longest first."""

    single: list[Name]
    longer: dict[str, list[Name]]


Index = dict[str, Group]


def _read(file: str, kind: str) -> list[Name]:
    """The forms of one list; the first of a line is the canonical name."""
    names = []
    for line in lines(f"{file}.txt"):
        forms = [form for form in line.split(" | ") if not form.startswith("@")]
        canonical = forms[0].lstrip(_FLAGS)
        for form in forms:
            flag = form[0] if form[0] in _FLAGS else ""
            plain = form[len(flag) :]
            names.append(Name(key_of(plain), plain, flag, kind, canonical))
    return names


def _indexed(names: list[Name]) -> Index:
    """Names by their first pieces, in the order given where lengths are equal."""
    index: Index = {}
    for name in names:
        group = index.setdefault(name.key[0], Group([], {}))
        (group.longer.setdefault(name.key[1], []) if len(name.key) > 1 else group.single).append(name)
    for group in index.values():
        for longer in group.longer.values():
            longer.sort(key=_shortness)
    return index


def _shortness(name: Name) -> int:
    return -len(name.key)


@cache
def lower_starts() -> frozenset[str]:
    """First pieces of the forms that are written without a capital ("llama.cpp", "gpt-oss", "o3")."""
    listed = [name for index in (names(), families()) for group in index.values() for name in _all(group)]
    return frozenset(name.key[0] for name in listed if not name.form[0].isupper()) | {
        "gpt",
        "llama",
        "claude",
        "gemini",
    }


def _all(group: Group) -> list[Name]:
    return [*group.single, *(name for longer in group.longer.values() for name in longer)]


@cache
def names() -> Index:
    """All listed names but models."""
    return _indexed([name for file, kind in _LISTS for name in _read(file, kind)])


@cache
def families() -> Index:
    """The families of models."""
    return _indexed(_read("model_families", "model"))


def longest(index: Index, pieces: Pieces, at: int) -> Name | None:
    """The longest name of `index` that begins at piece `at`."""
    group = index.get(pieces.low[at])
    if group is None:
        return None
    if group.longer and at + 1 < len(pieces.low):
        for name in group.longer.get(pieces.low[at + 1], ()):
            if _fits(name, pieces, at):
                return name
    for name in group.single:
        if _written(name.form, pieces, at, at + 1):
            return name
    return None


def _fits(name: Name, pieces: Pieces, at: int) -> bool:
    stop = at + len(name.key)
    if tuple(pieces.low[at:stop]) != name.key:
        return False
    if any(not pieces.joined(i) and not _listed_possessive(name, pieces, i) for i in range(at + 1, stop)):
        return False
    return _written(name.form, pieces, at, stop)


def _listed_possessive(name: Name, pieces: Pieces, i: int) -> bool:
    """Whether the mark before piece `i` is the name's own ("Humanity's Last Exam")."""
    return pieces.gap[i] == 1 and ("'s " in name.form or "’s " in name.form)


def _written(form: str, pieces: Pieces, at: int, stop: int) -> bool:
    """Whether the text's spelling can be that of `form`: capitals where the form has them, short capitals exactly."""
    if form.endswith("'s"):
        return pieces.genitive[stop - 1] and pieces.capital[at]
    surface = pieces.surface(at, stop)
    if surface == form or (form[-1] == "." and surface == form[:-1]):
        return True
    if form.isupper() and len(form) < 5:
        return False
    if stop - at == 1 and surface.isupper() and len(form) < 4:
        return False
    if form.islower():
        return surface == form or (surface[0].isupper() and any(c.isdigit() for c in form))
    return pieces.capital[at] or any(c.isdigit() for c in form) or sum(pieces.capital[at:stop]) > 1
