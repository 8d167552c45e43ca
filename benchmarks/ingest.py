"""The whole way in: feeds from a server on this machine, fetched, parsed, matched, stored; then their facts and stories."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks import corpus
from benchmarks.table import Table, number
from reader.ingest.pipeline import facts_for, run, stories_for
from reader.ingest.pool import Pool
from reader.model import Feed
from reader.store import Store

FEEDS, ENTRIES = 40, 50


def measure(work: Path, sizes: Sequence[int], rounds: int) -> list[Table]:
    """One table; neither `sizes` nor `rounds` matters: one run over FEEDS feeds of ENTRIES articles."""
    count = FEEDS * ENTRIES
    notes = (
        f"{FEEDS} RSS feeds of {ENTRIES} articles of {corpus.WORDS} words each, from a server on the same machine; one run. "
        "Openings repeat among these articles, so that grouping meets many copies: `benchmarks.stories` measures it on a truer stream."
    )
    table = Table("Ingest", ("step", "seconds", "articles a second"), notes)
    folder = work / "ingest"
    shutil.rmtree(folder, ignore_errors=True)
    with _served() as address, closing(Store(folder / "briefing.db")) as store, closing(Pool()) as pool:
        feeds = [Feed(f"{address}/{n}.xml", f"Feed {n}", f"Outlet {n}", local=True) for n in range(FEEDS)]
        now = corpus.NEWEST
        first = _seconds(lambda: run(store, feeds, now=now, only_due=False, pool=pool))
        assert len(store.ids()) == count, f"{len(store.ids())} of {count} articles were stored"
        table.add("fetch, parse and store all", number(first), number(count / first))
        again = _seconds(lambda: run(store, feeds, now=now + 7200, only_due=False, pool=pool))
        table.add("the same again, nothing changed", number(again), number(count / again))
        facts = _seconds(lambda: facts_for(store, pool=pool))
        table.add("find facts", number(facts), number(count / facts))
        stories = _seconds(lambda: stories_for(store))
        table.add("group into stories", number(stories), number(count / stories))
    return [table]


def document(feed: int) -> bytes:
    """RSS 2.0 of the articles of one feed."""
    items = "".join(_item(feed * ENTRIES + n) for n in range(ENTRIES))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title>{items}</channel></rss>'.encode()
    )


def _item(number: int) -> str:
    made = corpus.article(number)
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in made.text.split("\n\n"))
    date = format_datetime(datetime.fromtimestamp(made.published, UTC))
    return (
        f"<item><title>{escape(made.title)}</title><link>https://news.example/{number}</link><guid>https://news.example/{number}</guid>"
        f"<pubDate>{date}</pubDate><description><![CDATA[{paragraphs}]]></description></item>"
    )


class _Handler(BaseHTTPRequestHandler):
    """Feeds by number, with validators."""

    documents: dict[str, tuple[bytes, str]] = {}  # noqa: RUF012 - one for all requests

    def do_GET(self) -> None:
        """A document, or 304 for one that is known."""
        body, tag = self.documents[self.path]
        known = self.headers.get("If-None-Match") == tag
        self.send_response(304 if known else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", "0" if known else str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def _served() -> Iterator[str]:
    """The address of a server that holds all feeds."""
    bodies = {f"/{n}.xml": document(n) for n in range(FEEDS)}
    _Handler.documents = {path: (body, f'"{hashlib.sha256(body).hexdigest()[:16]}"') for path, body in bodies.items()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _seconds(call: object) -> float:
    assert callable(call)
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
