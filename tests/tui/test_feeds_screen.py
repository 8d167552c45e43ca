"""The Feeds screen: what it says of each feed, and the keys that help, at two sizes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.config import find_paths, load_feeds
from reader.model import Feed, FeedState
from reader.tui.screens.feeds import FeedsScreen

NEWS = "https://news.example/feed"
TOML = f"""\
# mine
[[feed]]
url = "{NEWS}"
title = "Example News"

[[feed]]
url = "https://wire.example/f"
title = "The Wire"
outlet = "The Wire"
group = "wires"
fallback = "https://other.example/f"

[[feed]]
url = "https://old.example/f"
title = "Old place"
community = true

[[feed]]
url = "https://dead.example/f"
title = "Gone for good"

[[feed]]
url = "https://off.example/f"
title = "Switched off"
enabled = false
note = "Loud."
"""


@pytest.fixture
def folder(tmp_path: Path, library) -> Path:
    """A folder with five feeds: one well, one that refuses, one that moved, one gone, one off."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "feeds.toml").write_text(TOML)
    now = int(time.time())
    states = {
        "wire": {"status": 403, "failures": 2, "error": "the site refuses this reader (403)", "due": now + 9000},
        "old": {"status": 200, "succeeded": now - 60, "moved_to": "https://new.example/f", "due": now + 9000},
        "dead": {"status": 410, "failures": 1, "error": "gone for good (410)", "due": 1 << 40},
    }
    for name, state in states.items():
        url = f"https://{name}.example/f"
        library.store.save_poll(Feed(url, name, name), FeedState(url, checked=now, **state), now=now)
    return config


@pytest.fixture
def on_feeds(drive: Callable[..., None], library, folder: Path) -> Callable[..., None]:
    """Run a session on the screen."""

    def run(session, size: tuple[int, int] = (120, 30)) -> None:
        async def on_screen(d) -> None:
            await d.app.push_screen(FeedsScreen(library, folder))
            await d.settle()
            await session(d)

        drive(on_screen, size=size)

    return run


def feeds(folder: Path) -> dict[str, Feed]:
    return {feed.title: feed for feed in load_feeds(find_paths(config=str(folder)))[0]}


def line(d, words: str) -> str:
    return next(line for line in d.text().splitlines() if words in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
def test_every_feed_is_told_those_in_trouble_first(on_feeds, size) -> None:
    async def session(d) -> None:
        text = d.text()
        places = [
            text.index(name) for name in ("The Wire", "Gone for good", "Old place", "Example News", "Switched off")
        ]
        assert places == sorted(places)
        assert line(d, "The Wire").lstrip().startswith("!")
        assert line(d, "Old place (community)").lstrip().startswith(">")
        assert line(d, "Example News").lstrip().startswith("✓")
        assert "never" in line(d, "Gone for good")
        assert "the site refuses this reader (403) · enter reads other.example instead" in " ".join(text.split())
        assert all(key in text.splitlines()[-1] for key in ("enter", "e on/off", "s missing", "z undo", "esc back"))
        assert all(len(one) <= size[0] for one in text.splitlines())

    on_feeds(session, size=size)


def test_enter_takes_the_fallback_and_z_gives_it_back(on_feeds, folder: Path) -> None:
    async def session(d) -> None:
        await d.press("enter")
        assert not feeds(folder)["The Wire"].enabled
        assert feeds(folder)["The Wire (fallback)"].url == "https://other.example/f"
        assert "other.example is read in its place" in d.text()
        await d.press("z")
        assert feeds(folder)["The Wire"].enabled
        assert not feeds(folder)["The Wire (fallback)"].enabled
        await d.press("z")
        assert "nothing was changed here yet" in d.text()

    on_feeds(session)


def test_enter_follows_a_move_and_z_goes_back(on_feeds, folder: Path, library) -> None:
    async def session(d) -> None:
        await d.press("j", "j")
        assert "enter takes the new address" in d.text()
        await d.press("enter")
        assert feeds(folder)["Old place"].url == "https://new.example/f"
        assert "https://new.example/f" in library.feeds()
        await d.press("z")
        assert feeds(folder)["Old place"].url == "https://old.example/f"
        assert "https://old.example/f" in library.feeds()
        assert (folder / "feeds.toml").read_text().startswith("# mine\n")

    on_feeds(session)


def test_a_gone_feed_is_revived_and_a_feed_is_switched(on_feeds, folder: Path, library) -> None:
    async def session(d) -> None:
        await d.press("j", "enter")
        assert "asked again with the next fetch" in d.text()
        assert library.feeds()["https://dead.example/f"].due <= time.time() + 5
        await d.press("end")
        assert "off, e switches it on" in d.text()
        assert "Loud." in d.text()
        await d.press("e")
        assert feeds(folder)["Switched off"].enabled
        await d.press("z")
        assert not feeds(folder)["Switched off"].enabled
        await d.press("k", "enter")
        assert "there is nothing to do about this feed" in d.text()

    on_feeds(session)


def test_what_is_missing_is_shown_and_taken(on_feeds, folder: Path) -> None:
    async def session(d) -> None:
        await d.press("s")
        assert "Feeds that you may miss" in d.text()
        assert "no source on labs" in d.text()
        await d.press("enter")
        assert len(feeds(folder)) == 6
        assert "is among your feeds" in d.text()
        await d.press("z")
        assert len(feeds(folder)) == 5
        await d.press("escape")
        assert " Feeds: 5" in d.text()
        await d.press("escape")
        assert "Orion Labs" in d.text()

    on_feeds(session)


def test_a_broken_list_is_told_and_nothing_is_changed(on_feeds, folder: Path) -> None:
    async def session(d) -> None:
        (folder / "feeds.toml").write_text("[[feed]\n")
        await d.press("e")
        assert "feeds.toml:1" in d.text()
        assert (folder / "feeds.toml").read_text() == "[[feed]\n"

    on_feeds(session)


def test_the_sample_edition_has_no_feeds_to_change(drive) -> None:
    async def session(d) -> None:
        await d.press("g", "f", "e")
        assert "no feeds to change" in d.text()

    drive(session)
