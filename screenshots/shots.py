"""Makes the pictures in this folder from the running app on the sample edition: `make shots`.

Each picture is what the app draws, as SVG by Textual, then PNG by resvg (package resvg-py) with the fonts of this machine.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import resvg_py

from reader.config import Settings
from reader.ingest.pipeline import facts_for, ingest_document, stories_for
from reader.ingest.pool import Pool
from reader.library import Library
from reader.sample import edition
from reader.store import Store
from reader.tui.app import BriefingApp

HERE = Path(__file__).parent
LEAD = "Meta unveils Muse Spark"
"""The story that the pictures are about."""

SHOTS: Sequence[tuple[str, tuple[int, int], str, Sequence[str]]] = (
    ("list", (120, 32), "dark", ()),
    ("reading", (160, 44), "dark", ("enter", *"cccccc")),
    ("narrow", (80, 30), "dark", ("enter", *"ccc")),
    ("light", (120, 40), "light", ("enter", *"cccc")),
    ("compare", (120, 34), "dark", ("d",)),
    ("help", (100, 40), "dark", ("question_mark",)),
)
"""Name, columns and rows, theme, keys."""


def fill(path: Path) -> None:
    """The sample edition in a store of its own."""
    store, pool, now = Store(path), Pool(2), int(time.time())
    for feed, data, content_type in edition(now):
        ingest_document(store, feed, data, content_type=content_type, now=now, sample=True, pool=pool)
    facts_for(store, pool=pool)
    stories_for(store)
    pool.close()
    store.close()


async def shoot(path: Path, size: tuple[int, int], theme: str, keys: Sequence[str]) -> str:
    """The screen after `keys`, as SVG."""
    app = BriefingApp(Library(path), Settings(theme=theme), name="briefing demo")
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        rows = app.screen.list
        rows.cursor = next(at for at in range(len(rows.ids)) if rows.row(at).title.startswith(LEAD))
        await pilot.pause(0.2)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.12)
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)
        return app.export_screenshot(title="briefing")


def picture(svg: str) -> bytes:
    """PNG of an SVG: without the font it would load from the network, blanks kept where they are."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.replace("<text ", '<text xml:space="preserve" '), font_family="DejaVu Sans Mono"
        )
    )


def main() -> None:
    """All pictures, or those named on the command line."""
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sample.db"
        fill(source)
        for name, size, theme, keys in SHOTS:
            if wanted and name not in wanted:
                continue
            copy = Path(folder) / f"{name}.db"
            copy.write_bytes(source.read_bytes())
            svg = asyncio.run(shoot(copy, size, theme, keys))
            (HERE / f"{name}.png").write_bytes(picture(svg))
            print(HERE.name + f"/{name}.png")


if __name__ == "__main__":
    main()
