"""The setting of a score: shots, tools, tries, effort, in brackets or words beside the number or its benchmark."""

from __future__ import annotations

import re
from functools import cache

from reader.insight import lexicons
from reader.insight.facts import Entity, Span

REACH = 60
"""Characters in which a setting or a benchmark may follow its number."""
_SETTING = re.compile(
    r"(?i)\b(?:\d+|zero|one|few)-shot\b|\b(?:pass|maj|cons|avg|mean|best)@\d+\b|\b(?:pass|maj)\^\d+\b"
)
_WINDOW_END = re.compile(r"[,;]|\band\b|\bversus\b|\bvs\b|(?<![@\w^-])\d+(?:\.\d+)?%?(?!-shot|\w)")

_BARE = re.compile(r"%?\s(without|with)(?=\s*(?:[,.;)]|$|and\b))", re.IGNORECASE)
"""A preposition whose noun stands with the number before ("94.2% with Python and 88.7% without")."""
_WITH = re.compile(
    r"\b(?:with|without) (tools|Python|search|thinking|reasoning|code execution|web search|tool use)\b", re.IGNORECASE
)


@cache
def _settings() -> tuple[str, ...]:
    return tuple(sorted(lexicons.terms("settings"), key=lambda term: (-len(term), term)))


def setting_of(text: str, end: int, test: Entity, bounds: Span) -> str | None:
    """Shots, tools, pass@k … right after the number that ends at `end`, else after its benchmark; null where none is named."""
    places = [_window(text, end, bounds)]
    if test.start >= end or _opens_setting(text, test.end):
        places.insert(0, _window(text, test.end, bounds))
    found: list[tuple[int, str]] = []
    if bare := _BARE.match(text, end, bounds[1]):
        named = _WITH.findall(text, bounds[0], end)
        return f"{bare[1].lower()} {named[-1].lower()}" if named else None
    for a, b in places:
        found.extend((m.start(), m.group().lower()) for m in _SETTING.finditer(text, a, b))
        low = text[a:b].lower()
        found.extend(
            (a + low.index(term), term) for term in _settings() if f" {term}" in f" {low}" or f"({term}" in low
        )
    return ", ".join(_longest([term for _, term in sorted(set(found))])) or None


def _opens_setting(text: str, place: int) -> bool:
    """Whether brackets, or "with" and "without", follow a benchmark's name directly."""
    return text[place : place + 2] == " (" or text[place : place + 6].lower() in (" with ", " witho", " using")


def _window(text: str, place: int, bounds: Span) -> Span:
    """Where a setting can stand after an offset: up to the next number, comma or "and" within the sentence."""
    stop = min(bounds[1], place + REACH)
    cut = _WINDOW_END.search(text, place, stop)
    return place, cut.start() if cut else stop


def _longest(terms: list[str]) -> list[str]:
    """Terms that are not part of another, each once."""
    return [t for t in dict.fromkeys(terms) if not any(t != other and t in other for other in terms)]
