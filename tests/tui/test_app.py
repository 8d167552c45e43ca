"""The app itself: what happens when something goes wrong in it."""

from __future__ import annotations

import stat

import pytest

from reader.__main__ import read
from reader.config import ConfigError, Settings
from reader.library import Library
from reader.tui.app import BriefingApp
from reader.tui.screens.briefing import BriefingScreen


def test_an_error_of_its_own_leaves_a_report_without_values(drive, library, monkeypatch):
    def broken(self, steps):
        secret = "value-of-a-local-variable"
        raise RuntimeError(f"broken by {len(secret)}")

    monkeypatch.setattr(BriefingScreen, "action_move", broken)

    async def session(d):
        await d.press("j")

    with pytest.raises(RuntimeError, match="broken by"):
        drive(session)
    report = library.path.with_name("crash.txt")
    assert "RuntimeError: broken by 25" in report.read_text()
    assert "value-of-a-local-variable" not in report.read_text().replace('secret = "value-of-a-local-variable"', "")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_an_unknown_theme_is_one_clear_line(library):
    with pytest.raises(ConfigError, match=r"config.toml: theme: there is no theme 'dusk'; there are auto, dark, light"):
        BriefingApp(library, Settings(theme="dusk"))


def test_columns_and_width_of_the_config_hold(drive):
    async def session(d):
        assert [p.id for p in (d.screen.list, d.screen.text, d.screen.facts) if p.display] == ["list", "facts"]
        await d.press("enter")
        assert d.screen.text._page.width == 50

    drive(session, (160, 40), columns=2, width=50)


def test_ascii_signs_replace_ours_and_leave_the_text(drive):
    async def session(d):
        text = d.text()
        for sign in "●○★│─…·":
            assert sign not in text.replace("青岚宣布新政策", ""), sign
        assert "模型价格下降" in text

    drive(session, (120, 30), ascii=True)


def test_muted_stories_are_left_out_and_counted(store_path):
    library = Library(store_path, mute=("title:licences", "title:chip"))
    try:
        assert len(library.story_listing("inbox").ids) == 3
        assert library.muted("inbox") == 2
        assert len(library.another().story_opening().ids) == 3
        assert list(library.listing("all", "chip").ids) == []
    finally:
        library.close()


def test_a_misspelt_muting_query_is_told(store_path):
    with pytest.raises(ConfigError, match=r"config.toml: mute: .*titel"):
        read(store_path, Settings(mute=("titel:x",)))
