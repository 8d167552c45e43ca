"""What the form of a capitalised phrase alone says of it: a topic, an event or a law, no person, a body of a certain kind."""

from __future__ import annotations

import re
from functools import cache

from reader.insight.lexicons import given_names, lines, terms

_PERSON_PART = re.compile(
    r"(?:D['’]|O['’]|Da|De|Del|Des|Di|Du|Fitz|Jo|La|Le|Mac|Mc|Ru|St|Van|Von)?[^\W\d_][^\WA-Z\d_]*"
)
"""One word of a person's name: capitals only in front, a name such as "McKay" apart."""
_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.?){1,3}")
_STREETS = re.compile(r".* (?:[A-Z]{2,4}s|Avenue|Boulevard|Road|Square|Street)")
"""What ends like a place in a town or the plural of an abbreviation ("Pinder Square", "Joint PACs")."""
_SURNAMES = frozenset(("Bank", "Board", "Cloud", "Court", "Day", "Deal", "Fair", "Power", "Rule", "Union"))
"""Last words of organisations and events that are surnames behind a given name ("Sean Power")."""
_SURNAMES_TOO = frozenset(("Courier", "Ledger", "Mirror", "Post", "Press", "Record", "Standard", "Star"))
"""Last words of outlets that are surnames."""


@cache
def suffixes() -> dict[str, str]:
    """Last words of organisations, and the type they make."""
    rows = (line.split(" | ") for line in lines("organisation_suffixes.txt"))
    return {row[0]: row[1] for row in rows}


@cache
def sure_suffixes() -> frozenset[str]:
    """Last words that stand in names of firms only, so that all capitals before them belong to the name ("Corp", "Holdings")."""
    rows = (line.split(" | ") for line in lines("organisation_suffixes.txt"))
    return frozenset(row[0] for row in rows if row[2:] == ["sure"])


@cache
def office_heads() -> dict[str, str]:
    """First words of "University of X" and "Journal of X", and the type they make."""
    rows = (line.partition(" | ") for line in lines("office_heads.txt"))
    return {word: kind or "org" for word, _, kind in rows}


def is_event(word: str) -> bool:
    """Whether a last word makes an event, a law, an index or another thing without a type of the phrase before it."""
    return word in terms("unnamed_heads")


def is_topic(words: list[str]) -> bool:
    """Whether all words are common ones, which have a capital as the title of a segment, a trade or a topic ("Intelligent Cloud")."""
    topic = terms("topic_words")
    return all(word.lower() in topic for word in words)


def is_no_person(words: list[str]) -> bool:
    """Whether a phrase of several words cannot be a person's name by its form.

    It ends in a word of organisations or events, holds a common noun, or has capitals or digits inside a word.
    """
    if _STREETS.fullmatch(" ".join(words)):
        return True
    last, known = words[-1], words[0] in given_names()
    if last in suffixes() or is_event(last):
        return not (known and last in _SURNAMES)
    if last in terms("outlet_suffixes"):
        return last not in _SURNAMES_TOO
    if any(word.lower() in terms("topic_words") for word in words) and not (known and len(words) == 2):
        return True
    return not all(_is_person_part(word, at == 0) for at, word in enumerate(words))


def _is_person_part(word: str, first: bool) -> bool:
    """Whether one word, or each part of one with hyphens, can be part of a person's name; initials only stand in front."""
    if _PERSON_PART.fullmatch(word) or word[:1].islower():
        return True
    if first and _INITIALS.fullmatch(word):
        return True
    return len(word) < 3 or (word.isupper() and word.isalpha() and not first and len(word) < 3)
