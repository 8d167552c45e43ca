"""What form an article has: a report of one event, or something that only refers to events."""

from __future__ import annotations

import re
from functools import cache

from reader.stories.words import table

FORMS = ("report", "roundup", "podcast", "advice", "opinion", "vendor")
"""All forms, plainest first."""

ATTACHED = frozenset({"roundup", "podcast", "advice"})
"""Forms that hang on a story but are no member: they name several events, or an actor without an event, and would bridge stories."""

_LONGEST = 400


def form(title: str, url: str = "") -> str:
    """One of `FORMS`, told by the headline and the address alone."""
    fields = {"title": title[:_LONGEST], "url": url[:_LONGEST]}
    for kind, field, pattern in _patterns():
        if pattern.search(fields[field]):
            return kind
    return "report"


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((kind, field, re.compile(pattern, re.IGNORECASE)) for kind, field, pattern in table("forms.tsv"))
