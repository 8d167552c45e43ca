"""What a site allows programs to read: its robots.txt by the rules of RFC 9309, as the standard library reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from reader.ingest.fetch import Answer, Failure

AGENT = "briefing"
"""The name by which a robots.txt may address this program."""

MAX_BYTES = 512_000
"""Of a robots.txt; what follows is not read (RFC 9309, 2.5, asks for at least so many)."""

HOLDS = 86400
"""Seconds for which a robots.txt is believed (RFC 9309, 2.4)."""

UNREACHED = 3600
"""Seconds for which a site whose robots.txt could not be had is left alone."""

LONGEST_DELAY = 60
"""Seconds of a Crawl-delay that are kept; a longer one is no pace for one page now and then."""

ALL, NOTHING = "", "User-agent: *\nDisallow: /\n"

_ANY_END = re.compile(r"^(\s*(?:dis)?allow\s*:\s*/[^*$#\s]*)\*+\s*(?:#.*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site: `text` as it is kept, and for how many seconds."""

    text: str
    seconds: int = HOLDS


def address(url: str) -> tuple[str, str]:
    """The origin of `url` and the address of its robots.txt."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin, f"{origin}/robots.txt"


def rules(answer: Answer | Failure) -> Rules:
    """What an answer for robots.txt allows: a site without one allows all, one that has a fault or is not reached nothing for now.

    Source: RFC 9309, 2.3.1: 4xx is "unavailable", 5xx and no answer are "unreachable". 429 is a wish to be left alone.
    """
    if isinstance(answer, Answer):
        return Rules(answer.body[:MAX_BYTES].decode("utf-8", "replace"))
    status = answer.status or 0
    if 400 <= status < 500 and status != 429:
        return Rules(ALL)
    if answer.kind == "refused":
        return Rules(ALL)
    return Rules(NOTHING, UNREACHED)


def is_allowed(text: str, url: str) -> bool:
    """Whether the robots.txt `text` lets this program read `url`."""
    return _read(text).can_fetch(AGENT, url)


def delay(text: str) -> float:
    """Seconds between two requests that the robots.txt asks for; 0 where it does not."""
    asked = _read(text).crawl_delay(AGENT)
    return min(float(asked), LONGEST_DELAY) if asked else 0.0


def _read(text: str) -> RobotFileParser:
    """The standard library's parser, which knows no wildcards: one at the end of a path says what its absence says, and goes."""
    parser = RobotFileParser()
    parser.parse(_plain(text.lstrip("\ufeff").splitlines()))
    parser.modified()
    return parser


def _plain(lines: Sequence[str]) -> list[str]:
    return [_ANY_END.sub(r"\1", line) for line in lines[:20_000]]
