"""What the screens say about an article, a list or a story, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library import Listing
from reader.model import Article, how_complete
from reader.opener import host_of
from reader.text import one_line
from reader.tui.times import moment
from reader.tui.widgets.facts_panel import Others

if TYPE_CHECKING:
    from reader.model import Story
_OPENS = ", o opens it"


def why_empty(listing: Listing) -> str:
    """What an empty list is, why it is empty, and which key helps; two lines."""
    if listing.query:
        return f"Nothing stored matches {listing.query!r}.\n/ searches for something else, esc goes back"
    return {
        "inbox": "The inbox is empty: everything is done or kept for later.\nR fetches the feeds, g a shows all that is stored",
        "unread": "Everything is read.\ng a shows all that is stored, R fetches the feeds",
        "later": "Nothing is kept for later.\nl on a story keeps it here",
        "starred": "Nothing is starred.\ns on a story stars it",
        "done": "Nothing is done yet.\ne on a story puts it here",
    }.get(listing.view, "The store is empty.\nR fetches the feeds")


def meta_lines(article: Article, *, asking: bool = False) -> list[str]:
    """Outlet, author, time, words, how much of it is stored: what stands above the title. `asking`: its page is asked for now."""
    parts = [
        one_line(article.outlet) + (" (sample)" if article.sample else ""),
        moment(article.published),
        f"{article.words} words",
    ]
    told = how_complete(article.completeness, article.page, article.page_reason)
    parts.append("asking for the full text …" if asking else told + _OPENS * (article.completeness == "dropped"))
    if article.revision > 1:
        parts.append(f"± revised {article.revision - 1}×")
    if article.author:
        parts.insert(1, one_line(article.author))
    return [" · ".join(parts)]


def page_told(article: Article) -> str:
    """What came of asking for an article's page, in one line."""
    if article.page == "failed":
        return f"no full text: {article.page_reason}"
    return {
        "full": f"full text, {article.words} words",
        "summary": "the page has no more than the feed",
        "paywalled": "paywalled: the page is for subscribers",
    }.get(article.page, how_complete(article.completeness))


def source_lines(article: Article) -> list[str]:
    """Where an article stands, and how many links it has."""
    host = host_of(article.url)
    links = len(article.body.links)
    lines = [f"{one_line(article.outlet)} · {host}" if host else one_line(article.outlet)]
    return lines + ([f"{links} links in the text · ; opens one"] if links else [])


def others(article: Article, story: Story, seen: frozenset[int]) -> Others:
    """What the other outlets of a story make of an article's figures; nothing where no other outlet has it."""
    if len(story.outlets) < 2:
        return Others({}, (), seen)
    marks: dict[int, str] = {}
    lines = [story.sources]
    for fact in story.facts:
        mark = f"{fact.letter}{fact.sources}" if fact.letter == "=" else fact.letter
        marks.update({report.start: mark for report in fact.reports if report.article_id == article.id})
        if fact.letter in "≠↻":
            said = " | ".join(
                f"{one_line(value)} {', '.join(map(one_line, outlets))}" for value, outlets in fact.values()
            )
            lines.append(f"{fact.letter} {one_line(fact.about)}: {said}")
    return Others(marks, (*lines, "d compares them"), seen)


def plain_words(query: str) -> list[str]:
    """The words of a query that can stand in a text: no fields, no operators, nothing excluded."""
    words = [word.strip('"()*') for word in query.split()]
    return [word for word in words if word and ":" not in word and word not in ("or", "and") and word[0] not in "-~"]
