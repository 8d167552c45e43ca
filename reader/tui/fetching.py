"""Fetching behind the reader: the same command that cron runs, in a process of its own, its progress read line by line."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reader.text import one_line

PACE = 1.0
"""Seconds between two steps that are told, and from the first one on: each makes the reader look, count and draw, and an empty list is
filled with what has come by then: a second's worth of feeds rather than the quickest one alone."""

DOING = {"pages": "asking for full texts", "facts": "finding facts", "stories": "grouping stories"}
"""What a phase is called while it lasts."""

HELD, OFFLINE, STOPPED = 3, 4, 128
"""Exit codes of `briefing fetch`: another one runs; no feed could be reached; from here on it was stopped by a signal."""


@dataclass(frozen=True, slots=True)
class FetchStep:
    """How far the fetch is; the last step has `ended` set, and `trouble` in words where the whole fetch failed."""

    phase: str = ""
    """fetch | pages | facts | stories."""
    done: int = 0
    total: int = 0
    new: int = 0
    failed: int = 0
    feed: str = ""
    """The feed that was asked last."""
    ended: bool = False
    stopped: bool = False
    """Whether it was stopped before it was done."""
    trouble: str = ""

    @property
    def said(self) -> str:
        """The step in a few words."""
        if not self.ended:
            doing = DOING.get(self.phase, "fetching")
            latest = f" · {self.feed}" if self.feed else ""
            return f"{doing} {self.done} of {self.total}{latest}" if self.total else f"{doing} …"
        return self.trouble


@dataclass(slots=True)
class FetchProcess:
    """One run of `briefing fetch`. `words` are further options."""

    store: Path
    words: Sequence[str] = ()
    _process: asyncio.subprocess.Process | None = field(default=None, init=False)

    async def steps(self) -> AsyncIterator[FetchStep]:
        """Start it and tell each step; the last one says how it ended."""
        command = (sys.executable, "-m", "reader", "fetch", "--events", "--store", str(self.store), *self.words)
        pipe = asyncio.subprocess.PIPE
        nowhere = asyncio.subprocess.DEVNULL
        process = self._process = await asyncio.create_subprocess_exec(
            *command, stdin=nowhere, stdout=pipe, stderr=pipe
        )
        assert process.stdout is not None
        assert process.stderr is not None
        new = failed = 0
        told: float | None = None
        try:
            async for line in process.stdout:
                event = _event(line)
                new, failed = int(event.get("new", new)), int(event.get("failed", failed))
                told = time.monotonic() if told is None else told
                if "phase" in event and (event["done"] == event["total"] or time.monotonic() >= told + PACE):
                    done, total = int(event["done"]), int(event["total"])
                    yield FetchStep(
                        str(event["phase"]), done, total, new, failed, one_line(str(event.get("feed", "")), 24)
                    )
                    told = time.monotonic()
            said = (await process.stderr.read()).decode(errors="replace").strip().splitlines()
            code = await process.wait()
            trouble = _trouble(code, failed, said[-1] if said else "")
            yield FetchStep(new=new, failed=failed, ended=True, stopped=code < 0 or code > STOPPED, trouble=trouble)
        finally:
            await self.stop()

    async def stop(self) -> None:
        """End it; what it has stored stays."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
            await self._process.wait()


def _trouble(code: int, failed: int, said: str) -> str:
    """Why the whole fetch failed, in words for somebody who reads; empty for feeds that fail, which have a screen of their own."""
    if code == HELD:
        who = re.search(r"\(process .*\)", said)
        return f"another fetch is under way {who[0] if who else ''}: what it brings appears here by itself"
    if code < 0 or code > STOPPED:
        return ""
    if code == OFFLINE:
        return "no feed could be reached: is this machine online?"
    return said.removeprefix("briefing: ") if code == 2 or (code and not failed) else ""


def _event(line: bytes) -> dict[str, int | str]:
    """One line of progress; empty for what is none."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}
