"""A feed's text to cleaned entries: RSS, RDF and Atom through feedparser, JSON Feed by itself. Pure; may be slow or die on hostile input.

Run it in the parsing child (reader.ingest.worker), which bounds its time and memory.
"""

from __future__ import annotations

import calendar
import dataclasses
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reader.ingest import plainxml, slices, urls
from reader.ingest.bylines import byline
from reader.ingest.dates import parse_date, sane
from reader.ingest.document import RefusedError, Sniffed
from reader.ingest.entries import MAX_ENTRIES, Document, Hints, distinct, finish, trimmed_guid
from reader.ingest.html import Converted, plain, to_text
from reader.ingest.language import tag
from reader.model import Entry, Text
from reader.text import clean, one_line

MAX_ENCLOSURES = 32
MAX_SUMMARY = 1000
MAX_CATEGORIES = 5000
"""Categories of a document; beyond that all are left, for feedparser compares each with all (14 s for 20,000)."""

_FULL = 250
"""Characters from which on a content element that is not cut counts as the full text."""

_LONG = 2500
"""Characters from which on a description without content element counts as the full text, when it has several blocks."""

_HEADLINE = 80
"""Characters below which a body says no more than the headline."""


_REFERENCE = re.compile(r"&#([xX]?)([0-9a-fA-F]{4,30}|\d{5,30});")
_PERSON = re.compile(
    r"(<(?:author|managingEditor|webMaster|name|email|contributor|dc:creator|itunes:author)\b[^<>]{0,200}>(?:<!\[CDATA\[)?[^<]{1000})[^<\]]+"
)
_OTHER_BASE = re.compile(r"""xml:base\s*=\s*["']\s*(?!https?:)[a-z][a-z0-9+.-]*:""", re.IGNORECASE)
"""A base that makes relative links into something else than addresses: they are none then."""

_CATEGORY = re.compile(r"<category\b[^<>]{0,500}(?:/>|>(?:<!\[CDATA\[)?[^<]{0,500}</category>)")
_UNIT = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse(sniffed: Sniffed, *, base: str, now: int, recorded: bytes = b"") -> Document:
    """The entries of a feed's text. `base` is its final address; `now` bounds dates.

    Entries that `recorded` (the record of the document before) has are left out, and named in `present`.

    Raises RefusedError with one plain line when the document is no feed.
    """
    if sniffed.kind == "jsonfeed":
        from reader.ingest import jsonfeed

        return jsonfeed.parse(sniffed.text, base=base, now=now)
    if sniffed.kind != "feed":
        raise RefusedError(NOT_A_FEED.get(sniffed.kind, NOT_A_FEED["unknown"]))
    return _parse_xml(sniffed.data, base=base, now=now, recorded=recorded)


UNREADABLE = "none of its entries can be read: asked again later"
NOT_A_FEED = {
    "empty": "the answer was empty: asked again later",
    "page": "a web page, not a feed: open it in a browser, or add its feed's address",
    "opml": "a list of feeds, not a feed: save it, then `briefing feeds import FILE`",
    "sitemap": 'a sitemap, not a feed: set kind = "sitemap" for it in feeds.toml',
    "unknown": "neither a feed nor a page: check the address",
}


def _parse_xml(data: bytes, *, base: str, now: int, recorded: bytes) -> Document:
    """RSS, RDF or Atom: its unseen entries where they can be told apart, else all of it."""
    pieces = slices.cut(data, MAX_ENTRIES)
    if pieces is None:
        return _read(data, base, now)
    before = slices.seen(recorded)
    some = [number for number, piece in enumerate(pieces.hashes) if piece not in before]
    present = {before[piece] for piece in pieces.hashes if piece in before}
    document = _read(pieces.only(some), base, now, some)
    if len(some) < len(pieces.entries) and not _stands_alone(document, len(some), present):
        some, present = list(range(len(pieces.entries))), set()
        document = _read(pieces.only(some), base, now, some)
    if some and not (document.entries or present):
        raise RefusedError(UNREADABLE)
    guids = {entry.position: slices.guid_hash(entry.guid) for entry in document.entries}
    guids.update(
        {number: before[piece] for number, piece in enumerate(pieces.hashes) if number not in guids and piece in before}
    )
    plain = _stands_alone(document, len(some), set())
    return dataclasses.replace(
        document,
        total=pieces.total,
        record=slices.record(pieces.hashes, guids) if plain else b"",
        present=frozenset(present),
    )


def _stands_alone(document: Document, expected: int, present: set[bytes]) -> bool:
    """Whether entries read without the others are what they are among them: well-formed, one of each slice, no shared id."""
    if document.malformed or document.total != expected or document.shared:
        return False
    return present.isdisjoint(slices.guid_hash(entry.guid) for entry in document.entries)


def _read(data: bytes, base: str, now: int, positions: Sequence[int] = ()) -> Document:
    """The document as lxml or feedparser read it; `positions` are the entries' places in the whole document.

    Raises RefusedError where it finds no feed.
    """
    text = data.decode("utf-8", "replace")
    parsed = plainxml.read(tamed := _tamed(text)) or _feedparsed(tamed)
    base = "" if _OTHER_BASE.search(text) else base
    about, raw = parsed.feed, parsed.entries[:MAX_ENTRIES]
    home = urls.absolute(str(about.get("link") or ""), base)
    atom = str(parsed.version).startswith("atom")
    language = tag(str(about.get("language") or ""))
    places = positions if len(positions) == len(raw) else range(len(raw))
    made = [
        made
        for position, item in zip(places, raw, strict=True)
        if (made := _entry(item, position, base, now, language, atom=atom))
    ]
    entries = distinct(made)
    return Document(
        kind="feed",
        title=one_line(plain(str(about.get("title") or ""))),
        home=home,
        language=language,
        entries=entries,
        hints=_hints(about, text),
        malformed=bool(parsed.bozo),
        total=len(parsed.entries),
        shared=len({entry.guid for entry in made}) < len(made),
    )


def _feedparsed(text: str) -> Any:
    """feedparser's reading, strict first, then lenient. Raises RefusedError where it finds no feed."""
    import feedparser

    source = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(source, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError, LookupError, RecursionError) as error:
        raise RefusedError("the feed is damaged beyond reading: asked again later") from error
    if not parsed.get("version") and not parsed.entries:
        raise RefusedError(NOT_A_FEED["unknown"])
    return parsed


def _tamed(text: str) -> str:
    """The text without what is known to take a parser down: impossible character references, endless names, floods of categories."""
    text = _REFERENCE.sub(_possible, text)
    text = _PERSON.sub(r"\1", text)
    return _CATEGORY.sub("", text) if text.count("<category") > MAX_CATEGORIES else text


def _possible(found: re.Match[str]) -> str:
    """A character reference, or the replacement character for one that no document may hold."""
    number = int(found[2], 16) if found[1] else int(found[2])
    return found[0] if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def _entry(item: Any, position: int, base: str, now: int, language: str, *, atom: bool) -> Entry | None:
    """One entry; null when it has neither title, text nor link."""
    link = _link(item, base if atom else "")
    title = one_line(_title(item, atom=atom))
    body, summary, completeness = _texts(item, link or base, title)
    guid = trimmed_guid(str(item.get("id") or ""))
    enclosures = _enclosures(item.get("enclosures") or (), base)
    if not (title or body.text or link):
        return None
    published = _date(item, "published", now) or _date(item, "created", now)
    updated = _date(item, "updated", now)
    return finish(
        Entry(
            guid=guid,
            url=link,
            title=title,
            body=body,
            author=_author(item),
            published=published if published is not None else updated,
            updated=updated,
            summary=summary,
            language=_language(item) or language,
            completeness=completeness,
            position=position,
            enclosures=enclosures,
        )
    )


def _link(item: Any, base: str) -> str:
    """The page of an entry; a guid that is no address is none (rule 47), nor is a relative link of RSS, which has only absolute ones.

    `base` is empty then; feedparser has resolved what has an xml:base. An empty link becomes that base: then the base of the content
    is the page, as WordPress writes it.
    """
    raw = str(item.get("feedburner_origlink") or item.get("link") or "")
    named = any(
        link.get("href") == raw and link.get("rel") == "alternate" and link.get("type") in plainxml.HTML
        for link in item.get("links") or ()
    )
    if (
        item.get("guidislink")
        and not named
        and raw == item.get("id")
        and not raw.lower().startswith(("http://", "https://"))
    ):
        return ""
    around = str(_detail(item, "title").get("base") or "")
    if raw and raw == around:
        inner = (str(content.get("base") or "") for content in item.get("content") or ())
        raw = next((page for page in inner if page and page != around), "")
    return urls.absolute(raw, base)


def _title(item: Any, *, atom: bool) -> str:
    raw = str(item.get("title") or "")
    if atom and _detail(item, "title").get("type") == "text/plain":
        return clean(raw)
    return plain(raw)


def _detail(item: Any, name: str) -> Mapping[str, Any]:
    detail = item.get(f"{name}_detail")
    return detail if isinstance(detail, Mapping) else {}


def _texts(item: Any, base: str, title: str) -> tuple[Text, str, str]:
    """Body (the richest text), a plain summary when it is another text, and how complete the body is.

    feedparser gives an entry without a summary its content for one.
    """
    contents = list(item.get("content") or ())[:4]
    summary = {"value": item.get("summary") or "", **_detail(item, "summary")}
    if any(content.get("value") == summary["value"] for content in contents):
        summary = {}
    converted = [_converted(content, base, title) for content in contents]
    content = max(converted, key=lambda one: len(one.text.text), default=Converted(Text("")))
    return texts(content, _converted(summary, base, title))


def texts(content: Converted, described: Converted) -> tuple[Text, str, str]:
    """Which of content element and description is the body, the other's plain form as summary, and full | summary | headline."""
    body, other = (content, described) if len(content.text.text) >= len(described.text.text) else (described, content)
    summary = one_line(other.text.text, MAX_SUMMARY)
    if len(summary) >= len(body.text.text):
        summary = ""
    length = len(body.text.text)
    if length < _HEADLINE:
        return body.text, summary, "headline"
    if body.teaser:
        return body.text, summary, "summary"
    full = length >= _FULL if body is content else length >= _LONG and len(body.text.blocks) >= 4
    return body.text, summary, "full" if full else "summary"


def _converted(content: Mapping[str, Any], base: str, title: str) -> Converted:
    """A content element's text; its own xml:base comes before the entry's."""
    value = str(content.get("value") or "")
    own = str(content.get("base") or "")
    return to_text(value, urls.absolute(own, base) or base, title)


def _author(item: Any) -> str:
    """Names, not addresses. feedparser takes an address with a long last part for half a name: one with an address is read raw."""
    raw = str(item.get("author") or "")
    people = [person for person in item.get("authors") or () if isinstance(person, Mapping)]
    if len(people) < 2 and "@" in raw:
        people = []
    return byline(str(person.get("name") or "") for person in people) or byline([raw])


def _language(item: Any) -> str:
    """The language that an entry declares (dc:language), or its text or title (xml:lang); empty where none does."""
    told = [item, *(item.get("content") or ())[:4], _detail(item, "summary"), _detail(item, "title")]
    return next((found for one in told if (found := tag(str(one.get("language") or "")))), "")


def _enclosures(items: Iterable[Mapping[str, Any]], base: str) -> tuple[str, ...]:
    found = [urls.absolute(str(item.get("href") or ""), base) for item in list(items)[:MAX_ENCLOSURES]]
    return tuple(dict.fromkeys(url for url in found if url))


def _date(item: Any, name: str, now: int) -> int | None:
    """A date of an entry: our reading of its words; feedparser's for other scripts, when the year is in the words."""
    if name not in item:
        return None
    raw = str(item[name])
    moment = parse_date(raw)
    if moment is None and not raw.isascii() and (parts := item.get(f"{name}_parsed")) and str(parts[0]) in raw:
        moment = calendar.timegm(parts)
    return sane(moment, now)


def _hints(about: Any, text: str) -> Hints:
    """ttl and the syndication module's period, skipHours and skipDays read from the text (feedparser keeps only the last)."""
    ttl = str(about.get("ttl") or "").strip()
    interval = int(ttl) * 60 if ttl.isdecimal() and len(ttl) < 9 else 0
    period = str(about.get("sy_updateperiod") or "").strip().lower()
    if period in _UNIT:
        often = str(about.get("sy_updatefrequency") or "1").strip()
        interval = max(interval, _UNIT[period] // max(1, int(often) if often.isdecimal() and len(often) < 9 else 1))
    hours = [int(number) for number in re.findall(r"\d{1,2}", _element(text, "skipHours"))]
    days = [_DAYS.index(day) for day in re.findall("[a-z]+day", _element(text, "skipDays").lower()) if day in _DAYS]
    return Hints(interval, tuple(sorted({hour % 24 for hour in hours if hour <= 24})), tuple(sorted(set(days))))


def _element(text: str, name: str) -> str:
    """The inside of the first element of that name, at most 2,000 characters."""
    start = text.find(f"<{name}>")
    end = text.find(f"</{name}>", start) if start >= 0 else -1
    return text[start + len(name) + 2 : end][:2000] if end >= 0 else ""
