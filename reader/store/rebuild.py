"""Facts that are to be found anew: what is stored of them, and forgetting it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reader.store.base import StoreBase
from reader.store.factbook import Unread

_PAGE = 64
_FOUND = """
SELECT article.id, revision.id, revision.title, revision.text, published, outlet, facts.layers
FROM article JOIN revision ON revision.id = article.revision_id JOIN facts ON facts.revision_id = article.revision_id
WHERE article.id > ? ORDER BY article.id LIMIT ?"""

_COUNT = """
SELECT count(*) FROM article JOIN revision ON revision.id = article.revision_id
JOIN facts ON facts.revision_id = article.revision_id"""


@dataclass(frozen=True, slots=True)
class Found:
    """A stored text and the layers of its facts, as `Facts.as_dict()` gave them."""

    unread: Unread
    layers: dict[str, Any]

    @property
    def text(self) -> str:
        """The text that the layers point into."""
        return self.unread.text


def stored_facts(store: StoreBase) -> Iterator[Found]:
    """Every article whose newest text has facts, oldest id first; read page by page, so that no reading lasts."""
    after = 0
    while rows := store._rows(_FOUND, (after, _PAGE)):
        for *columns, layers in rows:
            yield Found(Unread(*columns), json.loads(zlib.decompress(layers)))
        after = rows[-1][0]


def count_facts(store: StoreBase) -> int:
    """How many articles `stored_facts` gives."""
    ((count,),) = store._rows(_COUNT, ())
    return int(count)


def forget_facts(store: StoreBase) -> None:
    """Take the facts of every article that has a text for not found yet; the rows stay until new ones take their place."""
    with store._writing() as connection:
        connection.execute("UPDATE article SET facts = -1 WHERE completeness <> 'dropped'")
