"""Made-up feeds as files for `benchmarks.server`, and folders that hold them as their only sources."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks import corpus

FEEDS, ENTRIES = 200, 50
ADDED = 1_000_000
"""Number of the article that feed 0 gains; feed n gains the n-th after it."""


def document(feed: int, entries: int = ENTRIES, *, more: bool = False) -> bytes:
    """RSS 2.0 of the articles of one feed as a blog's system writes it; with `more` one article on top."""
    numbers = [*([ADDED + feed] if more else []), *range(feed * entries, (feed + 1) * entries)]
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    head = (
        f"<title>Feed {feed}</title><link>https://outlet{feed}.example/</link><description>News of {feed}</description>"
    )
    items = "".join(_item(number) for number in numbers)
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{items}</channel></rss>'.encode()


def _item(number: int) -> str:
    made = corpus.article(number)
    parts = made.text.split("\n\n")
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in parts)
    published = made.published if number < ADDED else corpus.NEWEST + number - ADDED
    return (
        f"<item><title>{escape(made.title)}</title><link>https://news.example/{number}</link><dc:creator>Ada Bell</dc:creator>"
        f'<guid isPermaLink="false">https://news.example/?p={number}</guid><category>AI</category>'
        f"<pubDate>{format_datetime(datetime.fromtimestamp(published, UTC))}</pubDate>"
        f"<description><![CDATA[<p>{escape(parts[0][:300])} […]</p>]]></description>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
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
