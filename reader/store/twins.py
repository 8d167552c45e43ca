"""The same page in two feeds: which stored articles are one for the reader."""

from __future__ import annotations


def _alone(alias: str) -> str:
    """Condition that the feed of `alias` has no further article with its link: where several share one, it names none of them."""
    return (
        "NOT EXISTS (SELECT 1 FROM article c WHERE c.canonical = a.canonical AND c.canonical <> ''"
        f" AND c.feed_id = {alias}.feed_id AND c.id <> {alias}.id)"
    )


SAME_PAGE = (
    "b.canonical = a.canonical AND b.canonical <> '' AND b.feed_id <> a.feed_id AND instr(a.canonical, '/') > 0"
    f" AND {_alone('a')} AND {_alone('b')}"
)
"""Condition that the articles `a` and `b` of two feeds are one page: the same canonical link, which leads to more than a whole site."""

SHARED = frozenset(("read", "done"))
"""What holds for a page wherever it is listed; stars, tags and "later" are the one article's own."""
