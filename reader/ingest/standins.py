"""What stands for an element that a text cannot show as it is: embeds, formulas, powers, marks of footnotes. Pure."""

from __future__ import annotations

import functools
import html as entities
import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Protocol
from urllib.parse import urlsplit

from lxml import etree

from reader.ingest import urls
from reader.text import one_line

_PLAYERS = frozenset(("iframe", "embed", "script", "video", "audio"))
_STRUCK = frozenset(("del", "s", "strike"))
_INLINE = frozenset(("a", "math", "sup")) | _STRUCK
_LONGEST_STRUCK = 200
"""Characters of struck words that are left out, for what stands beside them took their place; more is a text of its own."""

_FEW = 8
"""Children of a link or a raised word that is read as a mark."""

_FOOTNOTE = re.compile(r"#(?:_?ftn|fn|foot|note|cite|ref|en)[\w:.-]*$", re.IGNORECASE)
_MARK = re.compile(r"\[?(\d{1,3}|[*†‡])\]?")
_BACK = re.compile(r"[\s\u200b\ufe0e\ufe0f]*[↩↑⤴↵^][\s\ufe0e\ufe0f]*")
_ANCHOR = re.compile(r"#|¶|§|🔗|(?:permalink|anchor|copy link)|link to (?:this )?(?:heading|section).*", re.IGNORECASE)
_POWER = re.compile(r"[-−+]?\d{1,3}|[nkxij]")
_BASE = re.compile(r"(?:^|[^\d.,])(?:10|2|e)$")
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[A-Za-z]{1,2}|\))$")
_RAISED = str.maketrans("0123456789-−+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺ⁿ")
_STYLE = re.compile(r"\\(?:display|text|script)style\s*")
_NO_TITLE = re.compile(r"(?:.{0,30}\b(?:player|embed|iframe|video|content|widget)|spotify embed: ?)\s*", re.IGNORECASE)
_VIDEO = re.compile(r"^/(?:embed|v)/([\w-]{6,20})")


@dataclass(frozen=True, slots=True)
class Embed:
    """A thing of another site: `text`, whose part from `start` on links to `url`; `quoted`: the words of a post, else a line about it."""

    text: str
    url: str
    start: int = 0
    quoted: bool = False


class Place(Protocol):
    """Where an element stands in the text so far."""

    @property
    def tail(self) -> str:
        """The last characters before it."""
        ...

    @property
    def in_heading(self) -> bool:
        """Whether it belongs to a heading."""
        ...


def inline(element: etree._Element, place: Place) -> str | None:
    """What is written for a formula, a power, a mark of a footnote or words that were struck; null for an element that is read as it is."""
    if element.tag not in _INLINE:
        return None
    if element.tag in _STRUCK:
        return "" if sum(map(len, element.itertext())) <= _LONGEST_STRUCK else None
    if element.tag == "math":
        return _formula(element)
    if len(element) > _FEW:
        return None
    words = "".join(itertools.islice(element.itertext(), 2 * _FEW))[:200].strip()
    if element.tag == "sup":
        return _raised(element, words, place.tail)
    href = element.get("href") or ""
    if "#" not in href or len(words) > 60:
        return None
    if _BACK.fullmatch(words) or (place.in_heading and _ANCHOR.fullmatch(words)):
        return ""
    return _footnote(words) if _is_footnote(element, href) else None


def _formula(element: etree._Element) -> str | None:
    """TeX of a formula where it has it."""
    tex = element.get("alttext") or ""
    for annotation in element.iter("annotation"):
        if "tex" in (annotation.get("encoding") or ""):
            tex = annotation.text or tex
    tex = " ".join(_STYLE.sub("", tex[:2000]).split())
    return tex[1:-1].strip() if tex.startswith("{") and tex.endswith("}") else tex or None


def _raised(element: etree._Element, words: str, before: str) -> str | None:
    """10^26, m², or [1] for the mark of a footnote; null for what is read as letters (1st)."""
    if any("#" in (link.get("href") or "") for link in element.iter("a")):
        return _footnote(words)
    if not _POWER.fullmatch(words):
        return None
    if _BASE.search(before):
        return f"^{words}"
    if _UNIT.search(before):
        return words.translate(_RAISED) if words in ("2", "3", "n") or words[0] in "-−+" else f"^{words}"
    return f"[{words}]" if words.isdecimal() else None


def _is_footnote(element: etree._Element, href: str) -> bool:
    return bool(_FOOTNOTE.search(href)) or "footnote" in (element.get("class") or "")


def _footnote(words: str) -> str | None:
    """The mark of a footnote in brackets; null for other words."""
    found = _MARK.fullmatch(words)
    return f"[{found[1]}]" if found else None


def embed(element: etree._Element, base: str) -> Embed | None:
    """The video, post, chart … that an element embeds from a site of embeds.tsv; null for any other element."""
    if element.tag in _PLAYERS:
        return _player(element, base)
    data = element.get("data-attrs")
    return _described(element, data) if data else None


def _player(element: etree._Element, base: str) -> Embed | None:
    source = element.get("src") or element.get("data-src") or ""
    if not source and element.tag in ("video", "audio"):
        source = next((inner.get("src") or "" for inner in element.iter("source")), "")
    url = urls.absolute(source, base or "https:")
    if not url or {element.get("width"), element.get("height")} & {"0", "1"}:
        return None
    label = element.tag.capitalize() if element.tag in ("video", "audio") else _label(url)
    if not label:
        return None
    title = one_line(element.get("title") or "", 120)
    return Embed(f"{label}: {title}" if title and not _NO_TITLE.fullmatch(title) else label, _watched(url))


def _watched(url: str) -> str:
    """The page of an embedded video; the address itself for anything else."""
    parts = urlsplit(url)
    if urls.host_of(url) in ("youtube.com", "youtube-nocookie.com") and (found := _VIDEO.match(parts.path)):
        return f"https://www.youtube.com/watch?v={found[1]}" if found[1] != "videoseries" else url
    return url.partition(".js")[0] if urls.host_of(url) == "gist.github.com" else url


def _described(element: etree._Element, data: str) -> Embed | None:
    """What an element without words tells about its post or page in `data-attrs`, as Substack writes them."""
    if len(data) > 20_000 or any(words.strip() for words in element.itertext()):
        return None
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    url = urls.absolute(_told(told, "url")) or urls.absolute(_told(told, "canonical_url"))
    words, name = _told(told, "full_text"), _told(told, "name") or _told(told, "username")
    if url and words and name:
        return Embed(f"{words} — {name}", url, len(words) + 3, quoted=True)
    title = _told(told, "title")
    return Embed(title, url) if url and title else None


def _told(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return one_line(entities.unescape(value), 1000) if isinstance(value, str) else ""


def _label(url: str) -> str:
    """What an address is known to embed; empty for none."""
    place = url.partition("://")[2].removeprefix("www.")
    return next((label for start, label in _labels() if place.startswith(start)), "")


@functools.cache
def _labels() -> tuple[tuple[str, str], ...]:
    text = resources.files("reader.ingest").joinpath("embeds.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((start, label) for start, label in rows)
