"""The app itself: what happens when something goes wrong in it."""

from __future__ import annotations

import stat

import pytest

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
