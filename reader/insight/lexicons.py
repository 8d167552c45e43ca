"""The word lists of `lexicon/`, read once when first asked for.

A list has one term a line; a table has tab-separated columns. Empty lines and lines that begin with `# ` are comments.
"""

from __future__ import annotations

import os
from functools import cache

_FOLDER = os.path.join(os.path.dirname(__file__), "lexicon")


def lines(name: str) -> list[str]:
    """Lines of `lexicon/<name>` without comments."""
    with open(os.path.join(_FOLDER, name), encoding="utf8") as file:
        return [line for line in file.read().split("\n") if line and not line.startswith("# ")]


@cache
def terms(name: str) -> frozenset[str]:
    """The terms of the list `lexicon/<name>.txt`."""
    return frozenset(lines(f"{name}.txt"))


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `lexicon/<name>.tsv`, split at tabs."""
    return tuple(tuple(line.split("\t")) for line in lines(f"{name}.tsv"))


@cache
def classes(name: str) -> dict[str, frozenset[str]]:
    """Terms by class of the table `lexicon/<name>.tsv`, whose rows are term and class."""
    groups: dict[str, set[str]] = {}
    for term, kind in table(name):
        groups.setdefault(kind, set()).add(term)
    return {kind: frozenset(members) for kind, members in groups.items()}


@cache
def given_names() -> dict[str, str]:
    """Given names that make a person of what follows, each with its pronoun (he | she), or `-` where it tells none."""
    return {row[0]: row[1] for row in table("given_names")}


@cache
def word_class(kind: str) -> frozenset[str]:
    """The small word class `kind` of the rules for figures."""
    return classes("figure_words")[kind]


@cache
def score_words(kind: str) -> frozenset[str]:
    """The small word class `kind` of the rules for benchmark scores."""
    return classes("score_words")[kind]
