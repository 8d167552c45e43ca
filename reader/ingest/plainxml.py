"""The common shapes of RSS 2.0 and Atom 1.0, read with lxml into the items that feedparser makes of them; null for any other. Pure.

feedparser takes eight times as long, and most feeds are well-formed and use the same two dozen elements. What is not certain to come
out the same (an element it gives a meaning to that is not named here, a repeated one, nested markup, xml:base, a person's address) is
left to feedparser, whose reading is the measure: the tests compare both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
SY = "{http://purl.org/rss/1.0/modules/syndication/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_RSS_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "pubDate": "published",
    "description": "summary",
    f"{CONTENT}encoded": "content",
    f"{DC}date": "updated",
}
_ATOM_FIELDS = {f"{ATOM}{name}": name for name in ("id", "title", "published", "updated", "summary", "content")}
_PERSONS = frozenset((f"{DC}creator", "author"))
_ORIGIN = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_IGNORED = frozenset(
    ["category", "comments", "source", f"{ATOM}category", f"{ATOM}rights"]
    + [f"{DC}{name}" for name in ("format", "identifier", "publisher", "rights", "rightsHolder", "subject", "type")]
    + [f"{_MEDIA}{name}" for name in ("content", "credit", "keywords", "rating", "thumbnail")]
)
"""Elements without a meaning for us."""

_MEANT = (
    ATOM,
    DC,
    _MEDIA,
    CONTENT,
    "{http://www.itunes.com/",
    "{http://example.com/",
    "{http://purl.org/",
    "{http://www.w3.org/",
    "{http://backend.userland.com/",
    "{http://my.netscape.com/",
    "{http://podlove.org/",
    "{http://www.georss.org/",
    "{http://web.resource.org/",
    "{http://rssnamespace.org/",
)
_MEANT_PREFIXES = frozenset(
    (
        "atom",
        "atom03",
        "atom10",
        "cc",
        "content",
        "creativecommons",
        "dc",
        "dcterms",
        "feedburner",
        "georss",
        "gml",
        "itunes",
        "media",
    )
) | {"psc", "rdf", "rss", "xhtml"}
"""Namespaces, and prefixes whatever their namespace, to whose elements feedparser may give a meaning."""

_HARMLESS = (
    "{http://purl.org/rss/1.0/modules/slash/}",
    "{http://purl.org/syndication/thread/1.0}",
    "{com-wordpress:feed-additions:1}",
)
_HEAD = {
    "title": "title",
    "link": "link",
    "language": "language",
    "ttl": "ttl",
    f"{SY}updatePeriod": "sy_updateperiod",
    f"{SY}updateFrequency": "sy_updatefrequency",
}
_TEXTS = {"text": "text/plain", "html": "text/html"}
HTML = frozenset(("text/html", "application/xhtml+xml"))
_C1 = re.compile(r"[\x80-\x9f\ufffd]")
_REFERENCE = re.compile(r"&#(?:x0*[89][0-9a-fA-F]|0*1[2-5]\d);")
"""C1 characters, raw and as references, which feedparser translates."""

_PICTURE = frozenset(("title", "url", "link", "width", "height", "description"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """What feedparser.parse would have given, as far as it is used."""

    feed: dict[str, Any]
    entries: list[dict[str, Any]]
    version: str
    bozo: bool = False

    def get(self, name: str) -> str:
        """As feedparser's result: only the version is asked for."""
        return self.version if name == "version" else ""


def read(text: str) -> Parsed | None:
    """The feed in a document that begins with its root tag, or null when feedparser is to read it."""
    if _C1.search(text) or "xml:base" in text or _REFERENCE.search(text):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None
    if any(not isinstance(element.tag, str) for element in root.iter()):
        return None
    if root.tag == "rss" and root.get("version") == "2.0":
        return _rss(root)
    return _atom(root) if root.tag == f"{ATOM}feed" else None


def _rss(root: etree._Element) -> Parsed | None:
    """An RSS document of one channel."""
    if len(root) != 1 or root[0].tag != "channel" or _has_language(root):
        return None
    head: dict[str, str] = {}
    entries = []
    for element in root[0]:
        if element.tag == "item":
            item = _item(element)
            if item is None:
                return None
            entries.append(item)
        elif not _is_head(element):
            return None
        elif name := _HEAD.get(element.tag):
            head[name] = _text(element)
    return Parsed(head, entries, "rss20") if "title" in head and "link" in head else None


def _is_head(element: etree._Element) -> bool:
    """Whether a channel's own element is plain: no alternate link, no other name for a known field, no markup inside."""
    if element.tag == "image":
        return all(child.tag in _PICTURE and not len(child) and not child.attrib for child in element)
    if element.tag == f"{ATOM}link":
        return str(element.get("rel", "alternate")) != "alternate"
    if element.tag in _HEAD:
        return not len(element) and not element.attrib
    return not str(element.tag).startswith((DC, "textInput"))


def _item(element: etree._Element) -> dict[str, Any] | None:
    """One RSS item; null in doubt."""
    item: dict[str, Any] = {"authors": [], "enclosures": []}
    for child in element:
        field = _RSS_FIELDS.get(child.tag)
        if field:
            if field in item or len(child) or not _has_plain_attributes(child) or not _set(item, field, child):
                return None
        elif child.tag in _PERSONS:
            if len(child) or not _person(item, _text(child)):
                return None
        elif child.tag == "enclosure":
            item["enclosures"].append({"href": child.get("url", "")})
        elif child.tag == _ORIGIN:
            item["feedburner_origlink"] = _text(child)
        elif not _is_ignored(child):
            return None
    return _with_link(item, permalink=_permalink(element))


def _set(item: dict[str, Any], field: str, child: etree._Element) -> bool:
    """Put a child's text where feedparser puts it; false in doubt."""
    value = _text(child)
    if field in ("published", "updated") and not value.isascii():
        return False
    if field == "content":
        item["content"] = [{"value": value}]
    elif field == "link":
        item["link"] = re.sub("&([A-Za-z0-9_]+);", r"&\1", value.replace("&amp;", "&"))
    else:
        item[field] = value
    return True


def _person(item: dict[str, Any], name: str) -> bool:
    """Add an author; false where the name has an address in it, which feedparser takes apart."""
    if "@" in name:
        return False
    if name:
        item["authors"].append({"name": name})
        item["author"] = name
    return True


def _permalink(element: etree._Element) -> bool:
    """Whether an item's guid may stand for its link; the attribute's name is read whatever its case."""
    guid = element.find("guid")
    return guid is not None and all(value == "true" for value in guid.attrib.values())


def _has_plain_attributes(child: etree._Element) -> bool:
    """Whether a field has no attributes that could change its meaning."""
    return not child.attrib or (child.tag == "guid" and [name.lower() for name in child.attrib] == ["ispermalink"])


def _with_link(item: dict[str, Any], *, permalink: bool) -> dict[str, Any]:
    """The item with its id as link, when it has no link and the id may stand for it."""
    if permalink and item.get("id") and "link" not in item:
        item["link"], item["guidislink"] = item["id"], True
    return item


def _atom(root: etree._Element) -> Parsed | None:
    """An Atom document."""
    language = root.get(LANG, "")
    if any(_has_language(child) for child in root):
        return None
    head: dict[str, Any] = {"language": language} if language else {}
    entries = []
    for element in root:
        if element.tag == f"{ATOM}entry":
            item = _entry(element)
            if item is None:
                return None
            entries.append(item)
        elif element.tag == f"{ATOM}title":
            if len(element) or not _is_typed(element):
                return None
            head["title"] = _text(element)
        elif element.tag == f"{ATOM}link" and _is_page(element):
            head["link"] = element.get("href", "")
    return Parsed(head, entries, "atom10") if "title" in head and "link" in head else None


def _entry(element: etree._Element) -> dict[str, Any] | None:
    """One Atom entry; null in doubt."""
    item: dict[str, Any] = {"authors": [], "enclosures": []}
    for child in element:
        field = _ATOM_FIELDS.get(child.tag)
        if field:
            if field in item or len(child) or not _set_typed(item, field, child):
                return None
        elif child.tag == f"{ATOM}author":
            if (
                not _person(item, " ".join((name.text or "").strip() for name in child.findall(f"{ATOM}name")))
                or len(child.findall(f"{ATOM}name")) > 1
            ):
                return None
        elif child.tag == f"{ATOM}link":
            if not child.get("href"):
                return None
            if child.get("rel") == "enclosure":
                item["enclosures"].append({"href": child.get("href", "")})
            elif _is_page(child):
                item["link"] = child.get("href", "")
        elif child.tag == _ORIGIN:
            item["feedburner_origlink"] = _text(child)
        elif not _is_ignored(child):
            return None
    return _with_link(item, permalink=True)


def _set_typed(item: dict[str, Any], field: str, child: etree._Element) -> bool:
    """Put an Atom construct where feedparser puts it, with its type; false in doubt (xhtml, media, content elsewhere)."""
    if field in ("id", "published", "updated"):
        return _set(item, field, child)
    if not _is_typed(child):
        return False
    kind, value = _TEXTS[child.get("type", "text")], _text(child)
    if field == "content":
        item["content"] = [{"value": value, "type": kind}]
    else:
        item[field], item[f"{field}_detail"] = value, {"type": kind}
    return True


def _is_typed(construct: etree._Element) -> bool:
    """Whether an Atom construct is plain text or escaped HTML, here and not elsewhere."""
    return construct.get("type", "text") in _TEXTS and construct.get("src") is None and construct.get("mode") is None


def _is_page(link: etree._Element) -> bool:
    """Whether a link leads to the page, as feedparser tells it."""
    return (
        link.get("rel", "alternate") == "alternate" and link.get("type", "text/html") in HTML and bool(link.get("href"))
    )


def _text(element: etree._Element) -> str:
    """An element's own text, trimmed; text that is UTF-8 read as latin-1 is mended, as feedparser mends it."""
    text = (element.text or "").strip()
    if text.isascii():
        return text
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


def _has_language(element: etree._Element) -> bool:
    """Whether an element or one inside it names a language of its own."""
    return any(LANG in inner.attrib for inner in element.iter(etree.Element))


def _is_ignored(element: etree._Element) -> bool:
    """Whether neither we nor feedparser take anything from an element."""
    if element.tag == f"{_MEDIA}content":
        return all(child.tag in _IGNORED and not len(child) for child in element)
    if len(element):
        return False
    if element.tag in _IGNORED or element.tag.startswith(_HARMLESS):
        return True
    if not element.tag.startswith("{") or element.tag.startswith(_MEANT):
        return False
    return bool(element.prefix) and element.prefix.lower() not in _MEANT_PREFIXES
