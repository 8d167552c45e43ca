"""The command in a process of its own, and a small web site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Command:
    """`briefing` with a home of its own."""

    home: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.home / "briefing.db"

    def __call__(self, *words: str, stdin: str | bytes = b"", code: int | None = 0) -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "reader", *words], input=data, capture_output=True, env=self.environ, timeout=60
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert code is None or ran.code == code, ran
        return ran

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV") if name in os.environ}
        return {
            **kept,
            "BRIEFING_HOME": str(self.home),
            "PYTHONUTF8": "1",
            "TZ": "UTC",
            "HOME": str(self.home),
            **self.env,
        }


FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Local Wire</title><link>http://wire.example/</link><description>d</description>
{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>http://wire.example/{n}</link><guid>{n}</guid>
<pubDate>Thu, 09 Apr 2026 12:0{n}:00 GMT</pubDate><description>{text}</description></item>"""


@dataclass
class Site:
    """Documents by path, how often each was asked for, and the address of the server."""

    url: str
    pages: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    slow: str = ""
    """A path that is answered only when `released` is set."""
    released: threading.Event = field(default_factory=threading.Event)

    def feed(self, path: str, *titles: str, text: str = "Acme raised $2 billion, Acme said.") -> str:
        items = "".join(ITEM.format(title=title, n=n, text=text) for n, title in enumerate(titles, 1))
        return self.page(path, FEED.format(items=items), "application/rss+xml")

    def page(self, path: str, text: str, kind: str = "text/html", status: int = 200) -> str:
        self.pages[path] = (status, kind, text)
        return self.url + path
