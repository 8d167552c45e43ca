"""What each way into the package loads: the way to the first screen loads nothing slow but Textual. Each case is a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from polled import poll, python

from reader.store import Store

SCREENS = ("textual", "rich")
INGEST = ("feedparser", "httpx2", "lxml", "trafilatura", "tomlkit")
WRITING = ("sqlite_utils", "click")
RULES = ("reader.insight",)
LATER = (
    "reader.ingest",
    "reader.stories",
    "reader.cli",
    "reader.query",
    "reader.comparison",
    "reader.tui.records",
    "markdown_it",
)
NETWORK = ("ssl", "http.client", "urllib.request")

LOADED = """
import json, sys
{code}
print(json.dumps(sorted(sys.modules)))
"""


def loaded(code: str, *arguments: object) -> set[str]:
    """Names of all modules that are loaded once `code` has run."""
    ran = python(LOADED.format(code=code), *arguments)
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("imports") / "briefing.db"
    store = Store(path)
    poll(store, *range(1, 9))
    store.close()
    return path


LISTED = """
from pathlib import Path
from reader.library import Library
library = Library(Path(sys.argv[1]))
assert len(library.opening().ids) == 8
assert len(library.listing('inbox', 'orion newer:99999d').ids) == 8
assert library.article(1).title
library.counts(), library.feeds(), library.mark('read', [1]), library.undo()
"""

FIRST_SCREEN = """
import reader.__main__, reader.tui.app, reader.tui.screens.briefing
from pathlib import Path
from reader.config import Settings, find_paths, load_settings
from reader.library import Library
from reader.tui.app import BriefingApp
from reader.verbs import VERBS
library = Library(Path(sys.argv[1]))
settings = load_settings(find_paths({'BRIEFING_HOME': sys.argv[1] + '.home'}), [verb.name for verb in VERBS])
BriefingApp(library, settings)
assert len(library.opening().ids) == 8
"""

CASES = {
    "model": ("import reader.model, reader.text, reader.verbs", (*SCREENS, *INGEST, *WRITING, *RULES, *NETWORK, "sqlite3")),
    "main": ("import reader.__main__", (*SCREENS, *INGEST, *WRITING, *RULES, *NETWORK, "sqlite3", "platformdirs", "tomllib")),
    "store": ("import reader.store", (*SCREENS, *INGEST, *WRITING, *RULES, *NETWORK)),
    "query": ("import reader.query", (*SCREENS, *INGEST, *WRITING, *RULES, *NETWORK, "sqlite3")),
    "insight": ("import reader.insight", (*SCREENS, *INGEST, *WRITING, *NETWORK, "sqlite3", "asyncio")),
    "stories": ("import reader.stories", (*SCREENS, *INGEST, *WRITING, *NETWORK, "sqlite3", "asyncio")),
    "library": ("import reader.library, reader.factsheet", (*SCREENS, *INGEST, *WRITING, *RULES, *NETWORK)),
    "config": ("import reader.config", (*SCREENS, *INGEST, *WRITING, *RULES, *NETWORK, "sqlite3", "platformdirs")),
    "opener": ("import reader.opener", (*SCREENS, *INGEST, *WRITING, *RULES, "sqlite3", "webbrowser")),
    "plain commands": ("import reader.cli", (*SCREENS, *INGEST, *RULES)),
    "list": (LISTED, (*SCREENS, *INGEST, *WRITING, *RULES, *NETWORK)),
    "fetching without parsers": (
        "import reader.ingest.pipeline, reader.cli.fetch", ("lxml", "feedparser", "trafilatura", "sqlite_utils", *SCREENS),
    ),
    "fetching": ("import reader.ingest.pages, reader.ingest.jobs, reader.ingest.worker, reader.cli.fetch", ("trafilatura", *SCREENS)),
    "first screen": (FIRST_SCREEN, (*INGEST, *WRITING, *RULES, *LATER)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_way_in_loads_nothing_slow(case: str, filled: Path) -> None:
    code, forbidden = CASES[case]
    modules = loaded(code, filled)
    roots = {name.split(".")[0] for name in modules}
    assert [name for name in forbidden if name in modules or name in roots] == []


def test_the_first_screen_does_load_textual(filled: Path) -> None:
    assert {"textual.app", "sqlite3"} <= loaded(FIRST_SCREEN, filled)


def test_what_is_loaded_is_seen() -> None:
    assert set(WRITING) & loaded("import click, sqlite_utils") == set(WRITING)
