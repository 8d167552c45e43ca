"""What the parsing child does: documents to entries, texts to facts. Each job takes bytes and gives JSON values."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reader.ingest import charset, discover, document, feed, wire
from reader.ingest.entries import Document
from reader.ingest.language import language_of


def warm() -> None:
    """Import what nearly every document needs before limits count; feedparser comes with the first that needs it."""
    from lxml import etree

    etree.fromstring(b"<p>warm</p>", etree.HTMLParser())


def parse(
    data: bytes, *, content_type: str, base: str, now: int, sitemap: bool = False, recorded: str = ""
) -> dict[str, Any]:
    """`{"document": …}` of a fetched body, or `{"refused": why}`; `recorded` is the record of the document before, in hex."""
    try:
        sniffed = document.sniff(charset.to_utf8(document.unzip(data), content_type))
        if sitemap:
            from reader.ingest.sitemap import parse_sitemap

            return {"document": wire.pack(_with_languages(parse_sitemap(sniffed, now=now)))}
        parsed = feed.parse(sniffed, base=base, now=now, recorded=bytes.fromhex(recorded))
        return {"document": wire.pack(_with_languages(parsed))}
    except document.RefusedError as refusal:
        return {"refused": str(refusal)}


def _with_languages(parsed: Document) -> Document:
    """The document with the language that each entry is in, where its words tell, else the one that the feed declares."""
    entries = (
        replace(one, language=language_of(f"{one.title}\n{one.body.text[:1000]}", one.language))
        for one in parsed.entries
    )
    return replace(parsed, entries=tuple(entries))


def offers(data: bytes, *, content_type: str, url: str) -> dict[str, Any]:
    """`{"offers": [[address, title], …]}`: the feeds that a fetched page names, or `{"refused": why}`."""
    try:
        page = charset.decode(document.unzip(data), content_type, html=True)
    except document.RefusedError as refusal:
        return {"refused": str(refusal)}
    return {"offers": [[offer.url, offer.title] for offer in discover.in_page(page, url)]}


def page(data: bytes, *, content_type: str, url: str, now: int) -> dict[str, Any]:
    """What `extract.read_page` finds in an article's page, or `{"refused": why}`."""
    from reader.ingest import extract

    try:
        return extract.read_page(data, content_type=content_type, url=url, now=now)
    except document.RefusedError as refusal:
        return {"refused": str(refusal)}


def facts(data: bytes) -> dict[str, Any]:
    """`{"facts": [[layers, rows], …]}` of a JSON list of `[text, title, published, outlet]`; `published` is ISO 8601 or null."""
    from reader.factfinder import fact_rows
    from reader.insight import analyse
    from reader.store.factbook import COLUMNS

    found = []
    for text, title, published, outlet in json.loads(data):
        layers = analyse(text, title=title, published=published, outlet=outlet)
        found.append([layers.as_dict(), [COLUMNS(row) for row in fact_rows(text, layers)]])
    return {"facts": found}


JOBS: dict[str, Callable[..., dict[str, Any]]] = {"parse": parse, "offers": offers, "page": page, "facts": facts}
