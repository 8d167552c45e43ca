"""OPML in and out: lists of feeds as other readers write them. Pure: nothing is asked, no entity is expanded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr, unescape

from lxml import etree

from reader.config import host_of, is_local_host
from reader.ingest import charset, urls
from reader.model import Feed
from reader.text import one_line

MOST_BYTES = 16 << 20
MOST_OUTLINES = 20_000
DEEPEST = 32
"""Limits of a list that is read: far beyond what people keep, so that a hostile file ends early (R-OPML-2)."""

_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,200}\?>")
_DECLARES = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_WORD = re.compile(r"[^a-z0-9]+")
_OUTLINE = re.compile(r"<(?=/?(?:outline|body|opml)\b)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\s(text|title|type|description|xmlurl|htmlurl|url|language|version|category)\s*=\s*([\"'])", re.IGNORECASE
)
_END = re.compile(r"</opml\s*>\s*\Z", re.IGNORECASE)


class OpmlError(Exception):
    """A file that is no OPML, or one that is refused; the message is one line."""


def read_opml(data: bytes, *, local: bool = False) -> tuple[list[Feed], list[tuple[str, str]]]:
    """The feeds of an OPML document, each address once, and what was refused as (address, why).

    A feed's group is the name of the innermost outline around it. With `local` private addresses are allowed and marked so.
    Raises OpmlError for a document that is none, has a document type, or is beyond the limits.
    """
    feeds: dict[str, Feed] = {}
    refused: list[tuple[str, str]] = []
    for url, title, group in _outlines(_parsed(data)):
        if why := _refusal(url, local):
            refused.append((one_line(url, 200), why))
        else:
            name = title or host_of(url)
            feeds.setdefault(
                _same(url),
                Feed(url=url, title=name, outlet=name[:80], group=group, local=local and _is_local(url)),
            )
    return list(feeds.values()), refused


def _is_local(url: str) -> bool:
    """Whether an address is on this machine or a private network, however its host is written."""
    host = urls.host_of(urls.absolute(url))
    if is_local_host(host_of(url)) or is_local_host(host):
        return True
    try:
        return not urls.is_public(host)
    except ValueError:
        return False


def _same(url: str) -> str:
    """A key under which two ways to write one address are equal."""
    parts = urlsplit(url)
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path or "/", fragment=""
    ).geturl()


def _parsed(data: bytes) -> etree._Element:
    """The root of the document, whatever its encoding; a bare & is read as people mean it."""
    text = _DECLARATION.sub("", charset.decode(data[: MOST_BYTES + 1]).lstrip("\ufeff\0 \t\r\n"), count=1)
    if _DECLARES.search(text):
        raise OpmlError("it declares a document type, which no list of feeds needs; it was not read")
    root = _root(text)
    if etree.QName(root).localname.lower() != "opml":
        raise OpmlError(f"not a list of feeds in OPML (its root is {one_line(str(root.tag), 40)!r})")
    return root


def _root(text: str, *, mended: bool = False) -> etree._Element:
    """The root of a document; of a whole one that is not well-formed, of what its outlines are meant to say."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    text = _BARE.sub("&amp;", text)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if not mended and _END.search(text):
            return _root(_mended(text), mended=True)
        raise OpmlError(_damage(text, error)) from error


def _damage(text: str, error: Exception) -> str:
    """What is wrong with a document that is not well-formed."""
    if not text.lstrip().startswith("<"):
        return "not a list of feeds in OPML, nor any other XML"
    if "depth" in str(error).lower():
        return f"nested deeper than {DEEPEST}"
    line = f" in line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
    return f"damaged{line}, or cut off; have it exported again"


def _mended(text: str) -> str:
    """The document with what stands bare in the attributes of outlines escaped: quotes and angle brackets of titles and descriptions.

    An attribute ends with the last quote before the next one that OPML knows; one that comes twice counts once.
    """
    first, *parts = _OUTLINE.split(text)
    return first + "".join("<" + _outline_mended(part) for part in parts)


def _outline_mended(part: str) -> str:
    """One tag, from its name to the next tag of a list, with its attributes rewritten; as it is where it has none."""
    starts = list(_ATTRIBUTE.finditer(part))
    if part[:7].lower() != "outline" or not starts:
        return part
    values: dict[str, str] = {}
    rest = ""
    for start, end in zip(starts, [*(one.start() for one in starts[1:]), len(part)], strict=True):
        value, quote, rest = part[start.end() : end].rpartition(start[2])
        values.setdefault(start[1].lower(), value if quote else rest)
    attributes = "".join(f" {name}={quoteattr(unescape(value, _QUOTES))}" for name, value in values.items())
    return f"outline{attributes}{'/' if rest.lstrip().startswith('/') else ''}>"


_QUOTES = {"&quot;": '"', "&apos;": "'"}


def _outlines(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Address, title and group of every outline that has an address."""
    stack = [(root, "", 0)]
    seen = 0
    while stack:
        element, group, depth = stack.pop()
        seen += 1
        if seen > MOST_OUTLINES or depth > DEEPEST:
            raise OpmlError(f"more than {MOST_OUTLINES:,} outlines, or nested deeper than {DEEPEST}")
        names = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        title = one_line(names.get("text") or names.get("title") or "", 200)
        url = _address(names)
        if url:
            yield url, title, group or "press"
        inner = group if url or not title else _group(title)
        stack.extend((child, inner, depth + 1) for child in reversed(element) if isinstance(child.tag, str))


def _address(names: Mapping[str, str]) -> str:
    """The address of an outline: `xmlUrl`, of some writers `url`; with `feed:` before it or instead of http."""
    url = names.get("xmlurl", "").strip()
    if not url and names.get("type", "").lower() in ("rss", "atom"):
        url = names.get("url", "").strip()
    scheme, _, rest = url.partition(":")
    if scheme.lower() != "feed":
        return url
    return f"http:{rest}" if rest.startswith("//") else rest


def _group(title: str) -> str:
    """A folder's name as the name of a group: small letters, digits and hyphens."""
    return _WORD.sub("-", title.lower()).strip("-")[:40] or "press"


def _refusal(url: str, local: bool) -> str:
    """Why an address is not taken; empty for a good one."""
    if len(url) > 4096 or not url.isprintable() or re.search(r"\s", url):
        return "not a web address"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "not a web address"
    if parts.scheme.lower() not in ("http", "https") or not host:
        return "only http and https addresses are read"
    if not local and _is_local(url):
        return "on your own machine or network; give --local to allow it"
    return ""


def write_opml(feeds: Sequence[Feed], *, title: str = "briefing") -> str:
    """The feeds as OPML 2.0, one outline a group; `read_opml` gives the same addresses, titles and groups."""
    groups: dict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        groups[feed.group].append(feed)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{_xml(title)}</title></head>",
        "  <body>",
    ]
    for group, members in groups.items():
        lines.append(f"    <outline text={quoteattr(group)} title={quoteattr(group)}>")
        lines += [f"      {_outline(feed)}" for feed in members]
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _outline(feed: Feed) -> str:
    name = quoteattr(one_line(feed.title))
    return f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.url)}/>'


def _xml(text: str) -> str:
    return quoteattr(text)[1:-1]
