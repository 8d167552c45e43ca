"""Outlets that tell stories: hand-written articles in the store with their facts and stories, and the sample edition."""

from __future__ import annotations

from pathlib import Path

from reader.factfinder import find_facts
from reader.ingest.pipeline import ingest_document
from reader.ingest.pool import Pool
from reader.model import Block, Entry, Feed, FeedState, Text
from reader.sample import edition
from reader.store import Store
from reader.storykeeper import keep_stories

NOW = 1_775_736_000
"""2026-04-09 12:00 UTC."""

HOUR = 3600

RAISE = (
    "Orion Robotics raised $400 million in a round led by Halcyon Partners. The deal values Orion Robotics at $3 billion. "
    "Founder Mara Voss said the robots will reach ten warehouses in Rotterdam by the end of the year."
)
RAISE_ELSEWHERE = (
    "Halcyon Partners led a $400 million round for Orion Robotics, whose robots pack boxes in Rotterdam warehouses. "
    "Orion Robotics, founded by Mara Voss, is now valued at $3 billion."
)
RULES = "European lawmakers voted to delay the rules for high-risk systems by sixteen months, after a long night in Brussels."
CHIPS = (
    "Vantor will build a chip plant near Osaka for $7 billion. Vantor said the first wafers leave the plant in 2028."
)
LONG = (
    "The company said on Thursday that its newest machine can sort parcels of any size without being taught what they hold. "
    "Engineers who watched it for a week in a hall near the harbour counted fourteen mistakes in nine thousand parcels. "
    "Its makers will not say what a machine costs, but a customer in Ghent has ordered thirty of them for next spring. "
    "Unions have asked for talks before the first one arrives, and the city has promised a hearing in the old exchange. "
)


def feed(outlet: str) -> Feed:
    return Feed(f"https://{outlet.lower().replace(' ', '')}.example/feed", outlet, outlet)


def tell(
    store: Store, outlet: str, title: str, text: str, *, hours: float = 0, guid: str = "", facts: bool = True
) -> int:
    """Store an article of `outlet`, published `hours` after NOW; its id. Without `facts` they are left to be found."""
    url = f"https://{outlet.lower().replace(' ', '')}.example/{guid or title.replace(' ', '-')}"
    body = Text(text, (Block("paragraph", 0, len(text)),))
    entry = Entry(
        guid or url, url, title, body, published=NOW + int(hours * HOUR), canonical=url, content_hash=title + text
    )
    store.save_poll(feed(outlet), FeedState(feed(outlet).url), [entry], now=NOW + 1000 * HOUR)
    id = max(store.ids())
    if facts:
        find_facts(store, store.without_facts(100))
    return id


def revise(store: Store, id: int, title: str, text: str) -> None:
    """Give article `id` a further revision, and find its facts."""
    article = store.article(id)
    assert article is not None
    body = Text(text, (Block("paragraph", 0, len(text)),))
    entry = Entry("", article.url, title, body, published=article.published, content_hash=title + text)
    outlet = feed(article.outlet)
    store.save_poll(outlet, FeedState(outlet.url), (), [(id, entry)], now=NOW + 1000 * HOUR)
    find_facts(store, store.without_facts(100))


def story_map(store: Store) -> dict[int, int | None]:
    """The story of every article."""
    return {id: store.story_of(id) for id in store.ids()}


def fill_sample(path: Path) -> None:
    """The sample edition with facts and stories, in a store at `path`."""
    store = Store(path)
    pool = Pool(1)
    try:
        for outlet, body, content_type in edition(NOW):
            ingest_document(store, outlet, body, content_type=content_type, now=NOW, sample=True, pool=pool)
        find_facts(store, store.without_facts(100))
        keep_stories(store)
    finally:
        pool.close()
        store.close()
