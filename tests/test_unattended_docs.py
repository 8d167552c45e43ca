"""docs/unattended.md: its unit files are files that systemd and launchd take, and its options are those of the command."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli.fetch import HELD, OFFLINE, fetch_command

TEXT = (Path(__file__).parent.parent / "docs" / "unattended.md").read_text("utf-8")
UNITS = dict(re.findall(r"`(briefing-fetch\.\w+)`:\n\n```ini\n(.*?)```", TEXT, re.DOTALL))


def test_systemd_takes_the_unit_files(tmp_path: Path) -> None:
    assert set(UNITS) == {"briefing-fetch.service", "briefing-fetch.timer"}
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    program = tmp_path / "briefing"
    program.touch(0o755)
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text.replace("%h/.local/bin/briefing", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True,
        text=True,
    )
    told = [line for line in done.stderr.splitlines() if "briefing-fetch" in line]
    assert (done.returncode, told) == (0, [])


def test_launchd_would_run_the_command() -> None:
    found = re.search(r"```xml\n(.*?)```", TEXT, re.DOTALL)
    assert found
    assert plistlib.loads(found[1].encode())["ProgramArguments"][1:] == ["fetch", "--quiet"]


def test_options_and_codes_are_those_of_the_command() -> None:
    options = {option for parameter in fetch_command.params for option in parameter.opts}
    named = set(re.findall(r"briefing fetch (--[a-z]+)", TEXT)) | set(re.findall(r"`(--(?:wait|quiet|json))`", TEXT))
    assert named
    assert named <= options
    assert f"| {HELD} | another fetch" in TEXT
    assert f"| {OFFLINE} | no feed at all" in TEXT
