"""Feeds and entries as ingest hands them to the store, and a child process that can be killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from reader.model import Block, Entry, Feed, FeedState, Link, Text
from reader.store import Store

NOW = 1_775_736_000
"""2026-04-09 12:00 UTC."""

FEED = Feed("https://news.example/feed", "Example News", "Example")


def entry(number: int, title: str = "", text: str = "", *, age: int | None = None) -> Entry:
    """Entry `number`; by default one hour older than the one before."""
    title = title or f"Story {number}"
    text = text or f"Orion raised ${number} million. It has {number} employees."
    published = NOW - (3600 * number if age is None else age)
    url = f"https://news.example/{number}"
    body = Text(text, (Block("paragraph", 0, len(text)),), (Link(0, 5, "https://orion.example/"),))
    return Entry(
        f"guid-{number}", url, title, body, "Ada Bell", published, canonical=url, content_hash=f"{title}|{text}"
    )


def poll(store: Store, *numbers: int, feed: Feed = FEED, now: int = NOW, **state: object) -> None:
    """One poll that brings the entries `numbers`, all of them new."""
    store.save_poll(feed, FeedState(feed.url, **state), [entry(number) for number in numbers], now=now)


def python(code: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run some Python in a process of its own; its output must be read by the caller."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parent, **options)
