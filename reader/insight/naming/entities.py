"""Companies, people, models, products, benchmarks, chips, outlets, licences and places: every mention, with one id each.

Passes over the pieces of a text: long names with "of" and "and" inside; names that are listed or follow the grammar of model names;
capitalised phrases that no list has, for which the text itself must speak; then short forms of what was found ("Solheim", "Mini").
One phrase has one type in a text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reader.insight.facts import Entity
from reader.insight.naming.aliases import find_aliases
from reader.insight.naming.found import Found, Scan
from reader.insight.naming.listed import find_listed
from reader.insight.naming.unlisted import find_unlisted
from reader.insight.naming.wholes import find_wholes
from reader.insight.syntax.document import Document
from reader.insight.syntax.pieces import split

_NOT_SLUG = re.compile(r"[^\w.+]+")
_GLUED_VERSION = re.compile(r"^([a-z]{2,})(?=\d)")


def find_entities(document: Document) -> tuple[Entity, ...]:
    """Every mention of a named thing in `document`, by start; mentions do not overlap, possessive marks are left out."""
    scan = Scan(split(document))
    find_wholes(scan)
    find_listed(scan)
    find_unlisted(scan)
    find_aliases(scan)
    return tuple(_entity(scan, found) for found in sorted(scan.found) if found.type)


def _entity(scan: Scan, found: Found) -> Entity:
    pieces = scan.pieces
    end = pieces.end[found.stop - 1] + found.extra
    if pieces.text[end : end + 1] == "." and pieces.word[found.stop - 1] in _DOTTED:
        end += 1
    name = found.name if found.name.isalnum() else " ".join(found.name.split())
    return Entity(pieces.start[found.start], end, found.type, name, canonical_id(found.type, name), found.rule)


_DOTTED = frozenset(("U.S", "U.K", "U.S.A", "E.U", "U.A.E", "D.C", "U.N"))
"""Names whose last dot belongs to them."""


@lru_cache(maxsize=4096)
def canonical_id(kind: str, name: str) -> str:
    """The key of a canonical name: lower case, hyphens; a model's family and version are parted ("Qwen4" is `qwen-4`)."""
    slug = _NOT_SLUG.sub("-", name.lower().replace("'", "").replace("’", "")).strip("-.")
    return (_GLUED_VERSION.sub(r"\1-", slug) if kind == "model" else slug) or name.lower()
