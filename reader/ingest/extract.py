"""An article's page to the texts it holds and what it says of itself. Runs in the parsing child only: it is where trafilatura is loaded."""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from lxml import etree
from lxml import html as pages

from reader.ingest import charset, document, urls
from reader.ingest.dates import parse_date, sane
from reader.ingest.html import Converted, plain, to_text
from reader.ingest.wire import pack_text
from reader.text import clean

MAX_MARKUP = 1 << 20
"""Characters of a page without its scripts and styles; a larger one is not searched for an article (R-HTML-2)."""

MAX_DEPTH, MAX_CELLS, MAX_LINKS = 256, 2000, 5000
"""Nesting, table cells and links of a page that is searched: what an extractor does with more takes minutes (R-HTML-2)."""

MAX_DATA = 1 << 19
"""Characters of one block of structured data."""

SEEN = 40_000
"""Characters of everything a page shows that are looked through for what walls it off."""

_DROPPED = ("script", "style", "svg", "template", "iframe", "object", "embed", "canvas", "video", "audio")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,2})|0*(\d{1,3}));?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Reportage\w*|LiveBlogPosting)$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Structured:
    """What the structured data of a page says of its article (schema.org); empty or null where it does not."""

    body: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    free: bool | None = None


def read_page(data: bytes, *, content_type: str, url: str, now: int) -> dict[str, Any]:
    """The texts that the page at `url` may have for its article, the likeliest first, and what it says of itself; as JSON values.

    `texts` are `[name and version of what found it, text, blocks, links]`; `seen` is the beginning of all it shows. Raises
    RefusedError for what is no page.
    """
    source = _harmless(charset.decode(document.unzip(data, document.MAX_DOCUMENT), content_type, html=True))
    tree = _parsed(source)
    if tree is None:
        raise document.RefusedError("no page that can be read")
    found = structured(tree)
    head = _head(tree)
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    texts = [(name, text) for name, text in _candidates(tree, found, url) if text.text.text]
    return {
        "texts": [_packed(name, text) for name, text in texts],
        "seen": " ".join("".join(tree.itertext()).split())[:SEEN],
        "free": found.free,
        "author": _name(found.author or head.get("author") or head.get("article:author") or ""),
        "published": _date(found.published or head.get("article:published_time") or head.get("date") or "", now),
        "language": _declared(tree, found, head),
    }  # fmt: skip


def _harmless(source: str) -> str:
    """The source without controls, also those that are written as references: at the first of them an extractor may give up.

    References to 128-159 are those of windows-1252, as in every browser (html.spec.whatwg.org, 13.2.5.80).
    """
    return _CONTROL.sub("\ufffd", _REFERENCE.sub(_referred, source))


def _referred(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    if code in (9, 10, 13) or 32 <= code < 127 or code >= 160:
        return found[0]
    return bytes((code,)).decode("windows-1252", "replace") if 128 <= code < 160 else "\ufffd"


def _parsed(source: str) -> pages.HtmlElement | None:
    parser = pages.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return pages.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


# ---- the article's text


def _candidates(tree: pages.HtmlElement, found: Structured, url: str) -> Iterator[tuple[str, Converted]]:
    """The text of the main content, and that of the structured data; first the one that is much longer."""
    texts = []
    if is_searchable(tree) and (markup := _main_content(tree, url)):
        texts.append((f"trafilatura {version('trafilatura')}", to_text(markup, url)))
    if found.body:
        texts.append(("json-ld", to_text(_paragraphs(found.body), url)))
    if len(texts) == 2 and len(texts[1][1].text.text) > 2 * len(texts[0][1].text.text):
        texts.reverse()
    yield from texts


def _paragraphs(body: str) -> str:
    """An article in structured data with its paragraphs parted: where none is by a blank line, each line is one."""
    return body if "<p" in body or re.search(r"\n\s*\n", body) else body.replace("\n", "\n\n")


def is_searchable(tree: etree._Element) -> bool:
    """Whether a page is within the limits of what an extractor can do in a few seconds."""
    depth = deepest = cells = links = size = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        deepest = max(deepest, depth)
        cells += element.tag in ("td", "th")
        links += element.tag == "a"
        size += 5 + len(element.text or "") + len(element.tail or "") + sum(map(len, element.attrib.values()))
        if deepest > MAX_DEPTH or cells > MAX_CELLS or links > MAX_LINKS or size > MAX_MARKUP:
            return False
    return True


def _main_content(tree: pages.HtmlElement, url: str) -> str:
    """The main content as HTML, for our own reader to make text of; empty where none is found."""
    return str(_extractor()(
        tree, url=url, output_format="html", include_comments=False, include_tables=True, include_links=True,
        include_formatting=True, include_images=False, deduplicate=False, with_metadata=False,
    ) or "")  # fmt: skip


@functools.cache
def _extractor() -> Any:
    """trafilatura's `extract`. It guesses languages with a library that needs NumPy where that is installed; nothing here asks it to."""
    sys.modules.setdefault("py3langid", None)  # type: ignore[arg-type]
    import logging

    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    return extract


def _packed(name: str, converted: Converted) -> list[Any]:
    return [name, *pack_text(converted.text)]


# ---- what the page says of itself


def structured(tree: etree._Element) -> Structured:
    """What the JSON-LD of a page says of its article; damaged blocks are passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        source = (script.text or "").strip()
        if not source or len(source) > MAX_DATA:
            continue
        try:
            node = next(_articles(json.loads(source, strict=False)), None)
        except (ValueError, RecursionError):
            continue
        if node is not None:
            return _structured(node)
    return Structured()


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The articles among the nodes of a JSON-LD document, outer ones first."""
    if depth > 4:
        return
    if isinstance(value, list):
        for one in value[:50]:
            yield from _articles(one, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _articles(value.get(name), depth + 1)


def _structured(node: dict[str, Any]) -> Structured:
    free = node.get("isAccessibleForFree")
    told = str(free).rpartition("/")[2].strip().lower() if isinstance(free, (bool, str)) else ""
    return Structured(
        _string(node.get("articleBody")),
        ", ".join(filter(None, map(_person, _many(node.get("author"))[:5]))),
        _string(node.get("datePublished"))[:64],
        _string(node.get("inLanguage"))[:35],
        {"true": True, "false": False}.get(told),
    )


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _person(value: Any) -> str:
    return _string(value.get("name") if isinstance(value, dict) else value).strip()


def _head(tree: etree._Element) -> dict[str, str]:
    """The page's meta elements by name or property, the first of each."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").strip().lower()
        found.setdefault(name, (meta.get("content") or "")[:1000])
    return found


def _name(text: str) -> str:
    """An author as a name; an address is none."""
    name = " ".join(plain(text).split())[:200]
    return "" if urls.absolute(name) or "@" in name else name


def _date(text: str, now: int) -> int | None:
    return sane(parse_date(text[:64]), now)


def _declared(tree: etree._Element, found: Structured, head: dict[str, str]) -> str:
    """The language that a page declares, as a tag in lower case; empty where it declares none."""
    for text in (tree.get("lang") or "", found.language, head.get("content-language", ""), head.get("og:locale", "")):
        if match := _LANGUAGE.fullmatch(clean(text).strip()):
            return match[0].replace("_", "-").lower()
    return ""
