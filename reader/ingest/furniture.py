"""What publishing systems put around an article: boxes known by class, lines known by their words, lists of other articles. Pure."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

from lxml import etree

from reader.ingest.blocks import Piece

HEAD, FOOT = 2, 6
"""First and last blocks of an entry among which lines of the publishing system stand."""

_SKIPPED = frozenset((
    "applet", "area", "audio", "base", "button", "canvas", "dialog", "embed", "fieldset", "footer", "form", "frame", "frameset",
    "head", "iframe", "input", "link", "map", "meta", "nav", "noembed", "noframes", "object", "option", "param", "progress",
    "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
))  # fmt: skip
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FORMULA_COPIES = frozenset(("katex-html", "MathJax_Preview", "mjx-assistive-mml"))
"""Classes of elements that show a formula once more."""

_NOT_BETWEEN = str.maketrans("", "", "|·•,/→»›>.()[]")
_LONGEST = 1600


def is_skipped(element: etree._Element) -> bool:
    """Whether an element shows nothing, or nothing of the article."""
    if element.tag in _SKIPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and len(style) < 2000 and _HIDDEN.search(style):
        return True
    classes = element.get("class")
    return bool(classes and len(classes) < 2000 and not _classes().isdisjoint(classes.split()))


def without(pieces: Sequence[Piece]) -> list[Piece]:
    """The blocks without those of the publishing system."""
    pieces = [piece for piece in pieces if not _is_shares(piece)]
    inner = range(HEAD, len(pieces) - FOOT)
    kept = [piece for number, piece in enumerate(pieces) if not _is_line(piece, inside=number in inner)]
    return _without_list(kept)


def _without_list(pieces: list[Piece]) -> list[Piece]:
    """The blocks without a list of other articles at their end."""
    if pieces and _is_head(pieces[-1]):
        pieces = pieces[:-1]
    head = len(pieces)
    while head and pieces[head - 1].kind != "code" and _is_all_links(pieces[head - 1]):
        head -= 1
    return pieces[: head - 1] if 0 < head < len(pieces) and _is_head(pieces[head - 1]) else pieces


def _is_head(piece: Piece) -> bool:
    """Whether a block is the head of such a list, and no sentence."""
    text = piece.text
    return len(text) < 100 and text[-1] not in ".!?" and bool(_lines().heads.fullmatch(text))


def _is_shares(piece: Piece) -> bool:
    """Whether a block is nothing but links to share services."""
    if not piece.links or len(piece.text) > 400:
        return False
    return all(_is_share(link.url) for link in piece.links) and _is_all_links(piece)


def _is_line(piece: Piece, *, inside: bool) -> bool:
    """Whether a block is a line of the publishing system; `inside`: it is none of the first or last."""
    if len(piece.text) > _LONGEST or piece.kind in ("code", "table") or (inside and not piece.links):
        return False
    lines, text = _lines(), piece.text
    if inside:
        return bool(lines.anywhere_linked.fullmatch(text) and _is_all_links(piece, lead=True))
    if piece.kind != "heading" and lines.always.fullmatch(text):
        return True
    linked = lines.linked.fullmatch(text) or lines.anywhere_linked.fullmatch(text)
    return bool(linked and _is_all_links(piece, lead=True))


def _is_all_links(piece: Piece, *, lead: bool = False) -> bool:
    """Whether a block has no words but those of its links; `lead`: nor any before the first colon."""
    if not piece.links:
        return False
    text = piece.text
    start = text.find(":") + 1 if lead and text.find(":") < piece.links[0].start else 0
    linked = sum(link.end - link.start for link in piece.links)
    return linked >= sum(map(len, text[start:].translate(_NOT_BETWEEN).split()))


def _is_share(url: str) -> bool:
    return url.partition("://")[2].removeprefix("www.").startswith(_share_hosts())


@dataclass(frozen=True, slots=True)
class _Lines:
    """The patterns of boilerplate.txt by their marks."""

    always: re.Pattern[str]
    linked: re.Pattern[str]
    anywhere_linked: re.Pattern[str]
    heads: re.Pattern[str]


@functools.cache
def _lines() -> _Lines:
    terms = _terms("boilerplate.txt")
    return _Lines(
        _any_of(term for term in terms if term[0] not in "~*>"),
        _any_of(term[1:] for term in terms if term[0] == "~"),
        _any_of(term[2:] for term in terms if term.startswith("*~")),
        _any_of(term[1:] for term in terms if term[0] == ">"),
    )


@functools.cache
def _share_hosts() -> tuple[str, ...]:
    return tuple(_terms("share_hosts.txt"))


@functools.cache
def _classes() -> frozenset[str]:
    return frozenset(_terms("furniture_classes.txt")) | _FORMULA_COPIES


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.DOTALL)


def _terms(name: str) -> list[str]:
    text = resources.files("reader.ingest").joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
