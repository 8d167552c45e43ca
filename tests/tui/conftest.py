"""A small store of our own making, and the app on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from reader.config import Settings
from reader.factfinder import find_facts
from reader.ingest.pipeline import stories_for
from reader.library import Library
from reader.model import Block, Entry, Feed, FeedState, Link, Text
from reader.store import Store
from reader.tui.app import BriefingApp

HOUR = 3600

ORION = (
    "Orion Labs raised $2.4 billion at a valuation of $31 billion, the company said on Monday.\n\n"
    "A model for agents\n\n"
    "“We will ship the next model in June,” chief executive Mara Voss said in a statement. "
    "It scored 71.5% on SWE-bench Verified, ahead of Gemini 3.1 Pro (68.2%).\n\n"
    "Benchmark\tOrion 2\tGemini 3.1 Pro\nGPQA Diamond\t88.1\t94.3\nSWE-bench Verified\t71.5\t68.2\n\n"
    "The round may close within weeks, and the company hopes to open a second office.\n\n"
    "模型推理成本下降了一半，开发者表示欢迎。🚀\n\n"
    + "Orion was founded in 2021 and has 240 employees in three cities. "
    * 30
)


def blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a text whose blocks are parted by a blank line."""
    found, start = [], 0
    for part in text.split("\n\n"):
        kind = (
            "table"
            if "\t" in part
            else "heading"
            if len(part) < 40 and part.isascii() and not part.endswith(".")
            else "paragraph"
        )
        found.append(Block(kind, start, start + len(part.rstrip()), 2 if kind == "heading" else 0))
        start += len(part) + 2
    return tuple(found)


def entry(number: int, title: str, text: str, *, age: int, now: int, links: tuple[Link, ...] = ()) -> Entry:
    """An entry `age` seconds old."""
    body = Text(text, blocks(text), links)
    url = f"https://news.example/{number}"
    return Entry(
        f"guid-{number}", url, title, body, "Ada Bell", now - age, completeness="full", content_hash=f"{title}{text}"
    )


ENTRIES = (
    ("Orion Labs raises $2.4 billion for agents", ORION, 2 * HOUR),
    ("Chip maker Vantor lifts its forecast", "Vantor expects revenue of $9.1 billion this year, up 12%.", 5 * HOUR),
    (
        "[/] [bold]markup[/x] [@click=app.quit]stays as it is[/]",
        "A text with [brackets] and $5 million in it.",
        9 * HOUR,
    ),
    ("模型价格下降：青岚宣布新政策，开发者欢迎", "青岚 cut its price to $1 per million tokens.", 26 * HOUR),
    ("Older news about licences", "The licence changed. Nothing else did.", 70 * HOUR),
)


def fill(path: Path, entries: tuple[tuple[str, str, int], ...] = ENTRIES) -> None:
    """A store with `entries` (title, text, age in seconds), facts found, stories made."""
    now = int(time.time())
    store = Store(path)
    feed = Feed("https://news.example/feed", "Example News", "Example News")
    links = (Link(0, 10, "https://orion.example/round"), Link(24, 36, "javascript:alert(1)"))
    new = [
        entry(n, title, text, age=age, now=now, links=links if n == 0 else ())
        for n, (title, text, age) in enumerate(entries)
    ]
    store.save_poll(feed, FeedState(feed.url, checked=now, succeeded=now, due=now + HOUR), new, now=now)
    while unread := store.without_facts(100):
        find_facts(store, unread)
    stories_for(store)
    store.close()


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """A file with five articles."""
    path = tmp_path / "store.db"
    fill(path)
    return path


@pytest.fixture
def library(store_path: Path) -> Iterator[Library]:
    """The library on it."""
    found = Library(store_path)
    yield found
    found.close()


Session = Callable[["Drive"], Awaitable[None]]


class Drive:
    """The running app, with what tests ask of it again and again."""

    def __init__(self, app: BriefingApp, pilot: object) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything they started is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text, then enter."""
        for character in text:
            await self.pilot.press(character)
        await self.press("enter")

    async def settle(self) -> None:
        """Wait for workers, timers of the preview, and repaints."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause(0.06)
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def text(self) -> str:
        """The screen as text: one line a row, blanks at the end dropped."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)

    @property
    def screen(self):
        """The screen that is shown."""
        return self.app.screen


@pytest.fixture
def drive(library: Library) -> Callable[..., None]:
    """Run a session (a coroutine function taking a Drive) on the app at a size."""

    def run(session: Session, size: tuple[int, int] = (120, 40), **settings: object) -> None:
        async def go() -> None:
            app = BriefingApp(library, Settings(**settings))
            async with app.run_test(size=size) as pilot:
                driven = Drive(app, pilot)
                await driven.settle()
                await session(driven)

        asyncio.run(go())

    return run
