"""The documents: every link leads somewhere, every key that the README names is a verb's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.tui.keys import shown
from reader.verbs import VERBS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text("utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_keys_of_the_readme_are_bound():
    table = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    named = {key for line in table for cell in line.split("|")[1::2] for key in re.findall(r"`([^`]+)`", cell)}
    bound = {shown(key) for verb in VERBS for key in verb.keys}
    assert named
    assert named <= bound, named - bound


def test_every_key_has_one_verb():
    keys = [key for verb in VERBS for key in verb.keys]
    assert sorted(keys) == sorted(set(keys))


def test_the_two_commands_of_the_readme_are_there():
    text = (ROOT / "README.md").read_text("utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/briefing demo" in text
    assert "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest" in text
