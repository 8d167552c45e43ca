"""Full texts behind the reader: asked for when an article is opened or by hand, shown in place, and what did not work said once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from reader.config import Settings
from reader.factfinder import find_facts
from reader.factsheet import Factsheet
from reader.ingest.pipeline import ingest_document, stories_for
from reader.library import Library
from reader.model import Block, Feed, Text
from reader.tui.app import BriefingApp

SENTENCE = "Orion Robotics opened its third laboratory of the north in Oslo on Monday, and {number} machines learn there to sort parcels."
PAGE = "<html><body><article>{text}</article></body></html>"
TITLES = ("Orion opens a laboratory in Oslo", "Vantor lifts its forecast for chips", "Halcyon leaves Brussels for good")
ITEM = "<item><guid>{url}</guid><link>{url}</link><title>{title}</title><description>{text}</description></item>"


class Drive:
    """The running app and its screen."""

    def __init__(self, app: BriefingApp, pilot: Any) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> Any:
        return self.app.screen

    def text(self) -> str:
        """The screen as text: one line a row."""
        rows = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)


def paragraphs(text: str) -> Text:
    """A text whose paragraphs are parted by a blank line."""
    found, start = [], 0
    for part in text.split("\n\n"):
        found.append(Block("paragraph", start, start + len(part)))
        start += len(part) + 2
    return Text(text, tuple(found))


class Site:
    """A site whose first page has an article; the second leads to a port where nobody listens, and so does the third."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.asked: list[str] = []
        self.page = PAGE.format(text="".join(f"<p>{SENTENCE.format(number=n)}</p>" for n in range(40)))
        self.hold = threading.Event()
        self.hold.set()

    @property
    def links(self) -> list[str]:
        return [f"{self.url}/1", "http://127.0.0.1:1/2", "http://127.0.0.1:1/3"]


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.hold.wait(20)
            body = site.page.encode() if self.path == "/1" else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            with suppress(BrokenPipeError, ConnectionResetError):
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    site = Site(server.server_port)
    yield site
    site.hold.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Path:
    """A configuration and a store with the summaries of three articles."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    configure(folder, site)
    library = Library(folder / "briefing.db")
    items = "".join(
        ITEM.format(
            url=url,
            title=title,
            text=f"{title}, as the company said on Monday in a letter to those who own a part of it.",
        )
        for url, title in zip(site.links, TITLES, strict=True)
    )
    document = f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>".encode()
    feed = Feed(f"{site.url}/feed", "Wire", "Wire", local=True)
    ingest_document(library.store, feed, document, now=int(time.time()))
    find_facts(library.store, library.store.without_facts(9))
    stories_for(library.store)
    library.close()
    return folder


def configure(folder: Path, site: Site, **setting: str) -> None:
    lines = "".join(f'{name} = "{value}"\n' for name, value in setting.items())
    (folder / "feeds.toml").write_text(f'[[feed]]\nurl = "{site.url}/feed"\ntitle = "Wire"\nlocal = true\n{lines}')


def run(home: Path, session: Callable[[Drive], Awaitable[None]]) -> None:
    async def go() -> None:
        library = Library(home / "briefing.db")
        app = BriefingApp(library, Settings(), feeds=home)
        async with app.run_test(size=(120, 30)) as pilot:
            driven = Drive(app, pilot)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause(0.1)
            await session(driven)
        library.close()

    asyncio.run(go())


async def wait_for(d: Drive, *words: str) -> str:
    """The screen once it shows all `words`."""
    limit = time.monotonic() + 20
    while not all(word in d.text() for word in words):
        assert time.monotonic() < limit, d.text()
        await d.pilot.pause(0.05)
    return d.text()


def open_titled(d: Drive, title: str) -> None:
    """Put the cursor on the article with that title and open it."""
    rows = [d.screen.list.row(at) for at in range(len(d.screen.list.ids))]
    d.screen.list.cursor = next(at for at, row in enumerate(rows) if row.title == title)
    d.screen.read_article()


def test_an_opened_article_gets_its_full_text(home: Path, site: Site) -> None:
    async def session(d: Drive) -> None:
        site.hold.clear()
        open_titled(d, TITLES[0])
        await wait_for(d, "asking for the full text", "as the company said")
        site.hold.set()
        seen = await wait_for(d, "full text", "0 machines learn there")
        assert "asking" not in seen
        assert d.screen.text.sheet.items, "the facts are those of the new text"
        assert site.asked == ["/robots.txt", "/1"]
        d.screen.stop_reading()
        open_titled(d, TITLES[0])
        await d.pilot.pause(1.2)
        assert site.asked == ["/robots.txt", "/1"], "what is stored is not asked for again"

    run(home, session)


def test_leafing_through_asks_for_nothing(home: Path, site: Site) -> None:
    async def session(d: Drive) -> None:
        open_titled(d, TITLES[0])
        await d.pilot.pause(0.1)
        d.screen.stop_reading()
        await d.pilot.pause(1.2)
        assert site.asked == []

    run(home, session)


def test_never_is_kept_to_also_by_hand(home: Path, site: Site) -> None:
    configure(home, site, full_text="never")

    async def session(d: Drive) -> None:
        open_titled(d, TITLES[0])
        await d.pilot.pause(1.2)
        await d.pilot.press("X")
        await wait_for(d, "never")
        assert site.asked == []

    run(home, session)


def test_a_key_asks_by_hand(home: Path, site: Site) -> None:
    configure(home, site, text="full")

    async def session(d: Drive) -> None:
        open_titled(d, TITLES[0])
        await d.pilot.pause(1.2)
        assert site.asked == [], "the feed has full texts by itself"
        await d.pilot.press("X")
        await wait_for(d, "full text,", "0 machines learn there")
        site.page = PAGE.format(text="<p>Gone.</p>")
        await d.pilot.press("X")
        await wait_for(d, "0 machines learn there")

    run(home, session)


def test_offline_is_said_once(home: Path, site: Site) -> None:
    async def session(d: Drive) -> None:
        open_titled(d, TITLES[1])
        await wait_for(d, "offline? It is asked for again later", "failed: cannot be reached")
        d.screen.say("")
        open_titled(d, TITLES[2])
        await wait_for(d, TITLES[2], "failed: cannot be reached")
        await d.pilot.pause(0.2)
        assert "offline?" not in d.text()
        await d.pilot.press("X")
        await wait_for(d, "no full text: cannot be reached")

    run(home, session)


SHEET = Factsheet((), (), (), (), (), (), ())
LONG = "\n\n".join(SENTENCE.format(number=n) for n in range(60))


@pytest.mark.parametrize("before", ["", "Another paragraph that the page has at its top, and the feed had not.\n\n"])
def test_the_line_that_is_read_stays_where_it_is(drive, before: str) -> None:
    async def session(d: Drive) -> None:
        await d.press("enter")
        pane = d.screen.text
        pane.show(["meta"], "Title", paragraphs(LONG), SHEET)
        await d.pilot.pause()
        pane.scroll_to(y=41, animate=False)
        await d.pilot.pause()
        seen = d.text().splitlines()[2:8]
        longer = before + LONG + "\n\nAnd an end that the feed had not."
        pane.renew(["meta", "another line of it"], "Title", paragraphs(longer), SHEET)
        await d.pilot.pause()
        assert d.text().splitlines()[2:8] == seen

    drive(session)


def test_at_the_top_it_stays_at_the_top(drive) -> None:
    async def session(d: Drive) -> None:
        await d.press("enter")
        pane = d.screen.text
        pane.show(["meta"], "Title", paragraphs("Short."), SHEET)
        pane.renew(["meta"], "Title", paragraphs(LONG), SHEET)
        await d.pilot.pause()
        assert pane.scroll_offset.y == 0
        assert "0 machines" in d.text()

    drive(session)
