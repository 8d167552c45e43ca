"""A server of made-up feeds on this machine, in a process of its own: `python -m benchmarks.server FOLDER`.

The first part of a path chooses how it answers: `/etag/F` has validators and honours them, `/ignore/F` has them and sends everything
again, `/none/F` has none. `/use/b` puts the documents of FOLDER/b in the place of those of FOLDER/a, `/use/a` puts them back; `/log` is
how many answers of each status there were since `/reset`, when the first 200 was sent (time.perf_counter, one clock for all processes),
and the bytes of all bodies.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATES = {"a": "Thu, 09 Apr 2026 12:00:00 GMT", "b": "Thu, 09 Apr 2026 13:00:00 GMT"}
REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found"}


class Feeds:
    """The documents, and what was asked for."""

    def __init__(self, folder: Path) -> None:
        self.sets = {name: _documents(folder / name) for name in DATES if (folder / name).is_dir()}
        self.used = "a"
        self.answers: Counter[str] = Counter()
        self.first = 0.0

    def command(self, path: str) -> bytes:
        """What one of our own paths does and tells."""
        verb, _, word = path.strip("/").partition("/")
        if verb == "use":
            self.used = word
        elif verb == "reset":
            self.answers.clear()
            self.first = 0.0
        return json.dumps({**self.answers, "first": self.first}).encode()

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for the path of a feed."""
        mode, _, name = path.strip("/").partition("/")
        if mode in ("use", "reset", "log"):
            return 200, {"Content-Type": "application/json"}, self.command(path)
        found = self.sets[self.used].get(name)
        if found is None or mode not in ("etag", "ignore", "none"):
            return 404, {}, b""
        body, tag = found
        headers = {"Content-Type": "application/rss+xml; charset=UTF-8"}
        if mode != "none":
            headers |= {"ETag": tag, "Last-Modified": DATES[self.used], "Cache-Control": "max-age=0"}
        status = 304 if mode == "etag" and self._is_known(asked, tag) else 200
        body = b"" if status == 304 else body
        self.answers[str(status)] += 1
        self.answers["bytes"] += len(body)
        if status == 200 and not self.first:
            self.first = time.perf_counter()
        return status, headers, body

    def _is_known(self, asked: dict[str, str], tag: str) -> bool:
        """As RFC 9110 13.2.2: the date counts only without a tag."""
        if "if-none-match" in asked:
            return asked["if-none-match"] == tag
        return asked.get("if-modified-since") == DATES[self.used]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The requests of one connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                asked = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
                status, headers, body = self.answer(head[0].split(" ")[1], asked)
                lines = [f"HTTP/1.1 {status} {REASONS[status]}", *(f"{n}: {v}" for n, v in headers.items())]
                length = [] if status == 304 else [f"Content-Length: {len(body)}"]
                writer.write("\r\n".join([*lines, *length, "", ""]).encode() + body)
                await writer.drain()
                if asked.get("connection", "").lower() == "close":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _documents(folder: Path) -> dict[str, tuple[bytes, str]]:
    bodies = ((file.name, file.read_bytes()) for file in sorted(folder.glob("*.xml")))
    return {name: (body, f'"{hashlib.sha256(body).hexdigest()[:16]}"') for name, body in bodies}


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[str]:
    """The address of a server of the feeds of a folder."""
    command = [sys.executable, "-m", "benchmarks.server", str(folder), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait()


def ask(address: str, path: str) -> dict[str, float]:
    """What the server tells on one of its own paths."""
    with urllib.request.urlopen(f"{address}/{path}") as answer:
        told: dict[str, float] = json.load(answer)
        return told


async def main(folder: str, port: str = "0") -> None:
    """Serve until the end of the process; the port is the first line of the output."""
    server = await asyncio.start_server(Feeds(Path(folder)).serve, "127.0.0.1", int(port), limit=1 << 20, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
