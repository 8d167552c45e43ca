"""JSON Feed 1.0 and 1.1 to cleaned entries. Pure. Source: https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

import json
from typing import Any

from reader.ingest import feed, urls
from reader.ingest.bylines import byline
from reader.ingest.dates import parse_date, sane
from reader.ingest.document import RefusedError
from reader.ingest.entries import MAX_ENTRIES, Document, distinct, finish, trimmed_guid
from reader.ingest.html import bare, plain, to_text
from reader.ingest.language import tag
from reader.model import Entry
from reader.text import clean, one_line

_MAX_DIGITS = 18


def parse(text: str, *, base: str, now: int) -> Document:
    """The entries of a JSON Feed; a field of a wrong type counts as missing.

    Raises RefusedError for any other JSON, and where no item can be read.
    """
    try:
        document = json.loads(text, strict=False, parse_int=_number, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise RefusedError("damaged JSON, not a feed: asked again later") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise RefusedError("JSON, but not a JSON Feed: check the address")
    items = [item for item in document["items"] if isinstance(item, dict)]
    home = urls.absolute(_string(document, "home_page_url"), base)
    language = tag(_string(document, "language"))
    entries = [
        made
        for position, item in enumerate(items[:MAX_ENTRIES])
        if (made := _entry(item, position, home or base, now, language, _authors(document)))
    ]
    if items and not entries:
        raise RefusedError(feed.UNREADABLE)
    return Document(
        kind="jsonfeed",
        title=one_line(clean(_string(document, "title"))),
        home=home,
        language=language,
        entries=distinct(entries),
        total=len(items),
    )


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MAX_DIGITS else None


def _string(item: dict[str, Any], name: str) -> str:
    """A field's text: a string as it is, an id's number as its digits, anything else as missing."""
    value = item.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _entry(item: dict[str, Any], position: int, base: str, now: int, language: str, authors: str) -> Entry | None:
    """One item; null when it has neither title, text nor link."""
    link = urls.absolute(_string(item, "url")) or urls.absolute(_string(item, "external_url"))
    rich, plain_text = _string(item, "content_html"), _string(item, "content_text")
    title = one_line(plain(_string(item, "title")))
    content = to_text(rich, link or base, title) if rich else bare(plain_text)
    body, summary, completeness = feed.texts(content, bare(_string(item, "summary")))
    if not (title or body.text or link):
        return None
    published = sane(parse_date(_string(item, "date_published")), now)
    updated = sane(parse_date(_string(item, "date_modified")), now)
    entry = Entry(
        guid=trimmed_guid(_string(item, "id")),
        url=link,
        title=title,
        body=body,
        author=_authors(item) or authors,
        published=published if published is not None else updated,
        updated=updated,
        summary=summary,
        language=tag(_string(item, "language")) or language,
        completeness=completeness,
        position=position,
        enclosures=_attachments(item, base),
    )
    return finish(entry)


def _authors(item: dict[str, Any]) -> str:
    """Names of 1.1's `authors` or 1.0's `author`."""
    people = item.get("authors")
    people = people if isinstance(people, list) else [item.get("author")]
    return byline(_string(person, "name") for person in people if isinstance(person, dict))


def _attachments(item: dict[str, Any], base: str) -> tuple[str, ...]:
    attached = item.get("attachments")
    attached = attached if isinstance(attached, list) else []
    found = [
        urls.absolute(_string(one, "url"), base) for one in attached[: feed.MAX_ENCLOSURES] if isinstance(one, dict)
    ]
    return tuple(dict.fromkeys(url for url in found if url))
