"""What a further revision of an article changed that a reader must know: a figure, a quote, the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from reader.stories.claims import Claim, claims
from reader.stories.independence import Source
from reader.stories.words import rare_numbers

ALIKE = 0.6
"""Share of common words from which two sentences, or two quotes, are versions of one another."""

SHOWN = 48
"""Most characters of a quote or a headline in a notice."""


def changed(before: Source, after: Source) -> str:
    """The change in one line, such as `± $38B → $40B (+1 more)`; empty where no figure, quote or headline changed.

    Figures come first, then quotes, then the headline. A text that only grew or shrank has changed nothing it said.
    """
    notices = [*_figures(before, after), *_quotes(before, after), *_headline(before, after)]
    if not notices:
        return ""
    more = f" (+{len(notices) - 1} more)" if len(notices) > 1 else ""
    return f"± {notices[0]}{more}"


def _figures(before: Source, after: Source) -> Iterator[str]:
    """A figure that is gone, in whose place another stands: of the same key, else in the same sentence."""
    old, new = claims(before), claims(after)
    gone = [claim for claim in old if not any(_same(claim, other) for other in new)]
    came = [claim for claim in new if not any(_same(claim, other) for other in old)]
    for claim in gone:
        successor = next((other for other in came if _key(other) == _key(claim)), None) or _in_sentence(claim, came)
        if successor is not None:
            came.remove(successor)
            yield f"{claim.text} → {successor.text}"


def _key(claim: Claim) -> tuple[str, str, str, str]:
    return claim.key.subject, claim.key.metric, claim.key.per, claim.key.unit


def _same(a: Claim, b: Claim) -> bool:
    return a.key.unit == b.key.unit and a.values.meets(b.values)


def _in_sentence(claim: Claim, came: Sequence[Claim]) -> Claim | None:
    """The new figure of the same unit whose sentence is most like that of `claim`; null where none is a version of it."""
    here = _words(claim.source.text[slice(*claim.sentence)])
    likeness = [
        (SequenceMatcher(None, here, _words(other.source.text[slice(*other.sentence)])).ratio(), -number)
        for number, other in enumerate(came)
        if other.key.unit == claim.key.unit
    ]
    best, number = max(likeness, default=(0.0, 0))
    return came[-number] if best >= ALIKE else None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def _quotes(before: Source, after: Source) -> Iterator[str]:
    """A quote whose words changed in the mouth of the same speaker."""
    old, new = _said(before), _said(after)
    texts = {text for _, text in new}
    for speaker, text in old:
        versions = [other for who, other in new if who == speaker and (who, other) not in old]
        if text not in texts and any(
            SequenceMatcher(None, _words(text), _words(other)).ratio() >= ALIKE for other in versions
        ):
            yield f"quote of {speaker}"


def _said(source: Source) -> list[tuple[str, str]]:
    return [
        (row["speaker"], " ".join(source.text[row["start"] : row["end"]].split()))
        for row in source.rows("quotes")
        if row["speaker"] and row["kind"] != "scare"
    ]


def _headline(before: Source, after: Source) -> Iterator[str]:
    gone = sorted(rare_numbers(before.title) - rare_numbers(after.title))
    came = sorted(rare_numbers(after.title) - rare_numbers(before.title))
    if gone and came:
        yield f"headline {', '.join(gone)} → {', '.join(came)}"
    elif gone or came or _words(before.title) != _words(after.title):
        yield f"headline was “{_short(before.title)}”"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: text.rfind(' ', 0, SHOWN)]}…"
