"""The sample edition: feed files of every format, written for this project, read through the same pipeline as the network's."""

from __future__ import annotations

import re
import time
from pathlib import Path

from reader.model import Feed

CAPTION = "Sample edition: texts written for this program, not the outlets' reporting"
"""What the screens show as long as the sample is open."""

_FOLDER = Path(__file__).parent
_NOTE = "Sample text written for this project, not the outlet's reporting."

_RSS = "application/rss+xml; charset=utf-8"
_ATOM = "application/atom+xml; charset=utf-8"
_RDF = "application/rdf+xml; charset=utf-8"
_JSON = "application/feed+json; charset=utf-8"
_XML = "application/xml; charset=utf-8"

_FILES = (
    ("decoder.rdf", "The Decoder", "newsletters", "summary", _RDF),
    ("ars.xml", "Ars Technica", "press", "full", _RSS),
    ("cnbc.xml", "CNBC", "press", "full", _RSS),
    ("reuters.xml", "Reuters", "wires", "summary", _RSS),
    ("techcrunch.xml", "TechCrunch", "press", "full", _ATOM),
    ("ap-sitemap.xml", "Associated Press", "wires", "headline", _XML),
    ("straitstimes.xml", "The Straits Times", "press", "summary", _RSS),
    ("verge.xml", "The Verge", "press", "full", _ATOM),
    ("scmp.json", "South China Morning Post", "press", "full", _JSON),
    ("bloomberg.xml", "Bloomberg", "press", "full", _RSS),
    ("reuters-later.xml", "Reuters", "wires", "summary", _RSS),
)
"""File, outlet, group, text and content type, in the order of ingest; the last one brings a new text of a stored article."""


def edition(now: int) -> list[tuple[Feed, bytes, str]]:
    """Return the documents of the edition in the order of ingest: feed, body, content type.

    `now` is in seconds since 1970 UTC: the newest article is two hours older, the oldest three days. The same `now` gives the same
    bytes. A feed may come more than once; each time is a later poll of it.
    """
    return [(_feed(*row), _dated((_FOLDER / row[0]).read_text("utf-8"), now).encode(), row[4]) for row in _FILES]


def _feed(file: str, outlet: str, group: str, text: str, content_type: str) -> Feed:
    name = file.partition(".")[0].removesuffix("-later")
    return Feed(
        url=f"https://{name.removesuffix('-sitemap')}.sample.example/{name}",
        title=f"{outlet} (sample)",
        outlet=outlet,
        kind="sitemap" if content_type == _XML else "feed",
        group=group,
        text=text,
        note=_NOTE,
    )


_PLACEHOLDER = re.compile(r"\{\{-(\d+)h(\d\d)m (rss|iso|weekday|date)\}\}")
"""A moment before `now` in hours and minutes, and how it is written."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _dated(text: str, now: int) -> str:
    """Put dates in place of the placeholders."""
    return _PLACEHOLDER.sub(lambda m: _date(now - int(m[1]) * 3600 - int(m[2]) * 60, m[3]), text)


def _date(moment: int, form: str) -> str:
    """Write a moment in English whatever the locale: rss (RFC 822), iso (RFC 3339), weekday, or date (`9 April 2026`)."""
    at = time.gmtime(moment)
    day, month = _DAYS[at.tm_wday], _MONTHS[at.tm_mon - 1]
    clock = f"{at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02}"
    return {
        "rss": f"{day[:3]}, {at.tm_mday:02} {month[:3]} {at.tm_year} {clock} GMT",
        "iso": f"{at.tm_year}-{at.tm_mon:02}-{at.tm_mday:02}T{clock}Z",
        "weekday": day,
        "date": f"{at.tm_mday} {month} {at.tm_year}",
    }[form]
