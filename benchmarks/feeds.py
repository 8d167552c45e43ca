"""Made-up feeds as files for `benchmarks.server`, and folders that hold them as their only sources."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks import corpus

FEEDS, ENTRIES = 200, 50
SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
ADDED = 1_000_000
"""Number of the article that feed 0 gains; feed n gains the n-th after it."""


def document(feed: int, entries: int = ENTRIES, *, more: bool = False) -> bytes:
    """RSS 2.0 of the articles of one feed as a blog's system writes it; with `more` one article on top."""
    numbers = [*([ADDED + feed] if more else []), *range(feed * entries, (feed + 1) * entries)]
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())
    head = (
        f"<title>Feed {feed}</title><link>https://outlet{feed}.example/</link><description>News of {feed}</description>"
    )
    items = "".join(_item(number) for number in numbers)
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{items}</channel></rss>'.encode()


def _item(number: int) -> str:
    """An item with all that WordPress writes into one: links and pictures in the text, comments, categories, media."""
    made = corpus.article(number)
    parts = made.text.split("\n\n")
    page = f"https://news.example/{made.published}/{number}"
    paragraphs = "".join(_paragraph(escape(part), page, n) for n, part in enumerate(parts))
    published = made.published if number < ADDED else corpus.NEWEST + number - ADDED
    categories = "".join(f"<category><![CDATA[{word}]]></category>" for word in ("AI", "Chips", "Startups", "Policy"))
    return (
        f"\n<item>\n\t<title>{escape(made.title)}</title>\n\t<link>{page}</link>\n\t<comments>{page}#comments</comments>\n"
        f"\t<dc:creator><![CDATA[Ada Bell]]></dc:creator>\n"
        f"\t<pubDate>{format_datetime(datetime.fromtimestamp(published, UTC))}</pubDate>\n\t{categories}\n"
        f'\t<guid isPermaLink="false">https://news.example/?p={number}</guid>\n'
        f"\t<description><![CDATA[<p>{escape(parts[0][:300])} […]</p>\n<p>The post appeared first.</p>]]></description>\n"
        f"\t<content:encoded><![CDATA[{paragraphs}]]></content:encoded>\n"
        f"\t<wfw:commentRss>{page}/feed</wfw:commentRss>\n\t<slash:comments>3</slash:comments>\n"
        f'\t<media:content url="{page}.jpg" medium="image"><media:title type="html">Picture</media:title></media:content>\n</item>'
    )


def _paragraph(text: str, page: str, number: int) -> str:
    """A paragraph with a link in every one, a picture before every third and a list after every fourth."""
    first, _, rest = text.partition(" ")
    shot = f"{page}-{number}"
    picture = (
        f'<figure class="wp-block-image size-large"><img src="{shot}.jpg" alt="A picture" sizes="(max-width: 1024px) 100vw, 1024px" '
        f'srcset="{shot}-300x200.jpg 300w, {shot}-1024x683.jpg 1024w" /></figure>\n'
    )
    items = f'<ul class="wp-block-list"><li>{first} first</li><li>{first} second</li></ul>\n'
    return (
        f'{"" if number % 3 else picture}<p class="wp-block-paragraph"><a href="{page}?utm_source=rss&#038;utm_medium=feed" '
        f'target="_blank" rel="noopener">{first}</a> {rest}</p>\n{items if number % 4 == 3 else ""}'
    )


def folder(work: Path, feeds: int = FEEDS, entries: int = ENTRIES) -> Path:
    """A folder with the documents in `a`, and with one more entry each in `b`; made once."""
    found = work / f"feeds-{feeds}x{entries}"
    if not (found / "complete").exists():
        shutil.rmtree(found, ignore_errors=True)
        for name in ("a", "b"):
            (found / name).mkdir(parents=True)
            for feed in range(feeds):
                (found / name / f"{feed:04}.xml").write_bytes(document(feed, entries, more=name == "b"))
        (found / "complete").touch()
    return found


def addresses(server: str, mode: str, feeds: int = FEEDS) -> list[str]:
    """Where the feeds are."""
    return [f"{server}/{mode}/{feed:04}.xml" for feed in range(feeds)]


def home(place: Path, urls: list[str]) -> Path:
    """A new folder for BRIEFING_HOME with these feeds and nothing stored."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, mode=0o700)
    tables = (
        f'[[feed]]\nurl = "{url}"\ntitle = "Feed {n}"\noutlet = "Outlet {n}"\nlocal = true\n'
        for n, url in enumerate(urls)
    )
    (place / "feeds.toml").write_text("\n".join(tables))
    return place
