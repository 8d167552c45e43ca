"""News sitemaps and indexes of them: addresses, headlines, dates, no text. Pure.

Source: sitemaps.org 0.9 and Google's news extension.
"""

from __future__ import annotations

import html
import re

from reader.ingest import urls
from reader.ingest.dates import parse_date, sane
from reader.ingest.document import RefusedError, Sniffed
from reader.ingest.entries import MAX_ENTRIES, Document, distinct, finish
from reader.ingest.feed import NOT_A_FEED
from reader.ingest.html import plain
from reader.model import Entry, Text
from reader.text import clean, one_line

MAX_CHILDREN = 3
"""Members of an index that are fetched in one poll, newest first."""

_RECORD = re.compile(r"<(url|sitemap)>(.*?)</\1\s*>", re.DOTALL)
_FIELD = re.compile(
    r"<(?:\w+:)?(loc|lastmod|title|publication_date|language|name)>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*</", re.DOTALL
)
_MAX_RECORD = 20_000


def parse_sitemap(sniffed: Sniffed, *, now: int) -> Document:
    """The entries of a news sitemap, or the members of an index in `children`, newest first. Raises RefusedError for anything else.

    A record that does not fit the schema is passed over; a date comes from `news:publication_date`, else `lastmod`, which flaps and
    therefore never counts as an update.
    """
    if sniffed.kind != "sitemap":
        reason = (
            'a feed, not a sitemap: set kind = "feed" for it in feeds.toml'
            if sniffed.kind in ("feed", "jsonfeed")
            else "not a sitemap: check the address"
        )
        raise RefusedError(NOT_A_FEED["empty"] if sniffed.kind == "empty" else reason)
    records = [(found[1], _fields(found[2])) for found in _RECORD.finditer(sniffed.text)]
    members = [fields for name, fields in records if name == "sitemap" and fields.get("loc")]
    members.sort(key=lambda fields: parse_date(fields.get("lastmod", "")) or 0, reverse=True)
    pages = [fields for name, fields in records if name == "url"]
    entries = [made for position, fields in enumerate(pages[:MAX_ENTRIES]) if (made := _entry(fields, position, now))]
    return Document(
        kind="sitemap",
        title=one_line(pages[0].get("name", "")) if pages else "",
        entries=distinct(entries),
        malformed="</urlset" not in sniffed.text and "</sitemapindex" not in sniffed.text,
        total=len(pages),
        children=tuple(filter(None, (urls.absolute(fields["loc"]) for fields in members[:MAX_CHILDREN]))),
    )


def _fields(record: str) -> dict[str, str]:
    """The first value of each field of a record, entities decoded once."""
    fields: dict[str, str] = {}
    for found in _FIELD.finditer(record[:_MAX_RECORD]):
        value = found[2] if found[2] is not None else html.unescape(found[3])
        fields.setdefault(found[1], value.strip())
    return fields


def _entry(fields: dict[str, str], position: int, now: int) -> Entry | None:
    """One page; null without an address or a headline."""
    link = urls.absolute(fields.get("loc", ""))
    title = one_line(plain(fields.get("title", "")))
    if not link or not title:
        return None
    return finish(
        Entry(
            guid=link,
            url=link,
            title=title,
            body=Text(""),
            published=sane(parse_date(fields.get("publication_date") or fields.get("lastmod", "")), now),
            language=clean(fields.get("language", ""))[:35],
            completeness="headline",
            position=position,
        )
    )
