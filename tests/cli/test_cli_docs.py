"""docs/commands.md against the commands themselves, both ways."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from commandline import Command

from reader.cli.start import COMMANDS, briefing
from reader.verbs import MARKS

DOCS = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
COMMON = {"--store", "--config", "--help", "--version"}
EXAMPLES = [
    line for block in re.findall(r"^```\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL) for line in block.splitlines()
]


def section(name: str) -> str:
    return next(text for title, text in SECTIONS.items() if name in title.split(", "))


def options(command: click.Command) -> set[str]:
    """Long options of a command and of its commands, without the common and the hidden ones."""
    found = {o for p in command.params if isinstance(p, click.Option) and not p.hidden for o in p.opts}
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found |= options(command.get_command(context, name) or pytest.fail(name))
    return found - COMMON


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(briefing)
    for name in briefing.list_commands(context):
        command = briefing.get_command(context, name)
        assert command is not None
        yield name, command


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_is_described(name: str, command: click.Command) -> None:
    told = section(name)
    assert {option for option in options(command) if option not in told} == set()
    if isinstance(command, click.Group):
        assert [sub for sub in command.commands if f"`{name} {sub}" not in told] == []


def test_no_command_or_option_is_described_that_is_not_there() -> None:
    named = {name for title in SECTIONS for name in title.split(", ")} - {"Shell completion"}
    assert named == set(COMMANDS)
    for title, text in SECTIONS.items():
        held = {option for name, command in commands() if name in title.split(", ") for option in options(command)}
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) - COMMON <= held, title


def test_the_common_options_are_those_of_the_command() -> None:
    assert {o for p in briefing.params for o in p.opts} | {"--help"} == COMMON
    assert all(f"`{option}" in DOCS for option in COMMON)
    for _, command in commands():
        assert {o for p in command.params for o in p.opts} >= {"--store", "--config"}


def test_every_marking_verb_is_described() -> None:
    assert [verb for verb in MARKS if f"`{verb}`" not in section("mark")] == []


RUNNABLE = [
    line
    for line in EXAMPLES
    if line.startswith("briefing ") and not re.search("fetch|check|add|import|restore|reuters|--file", line)
]


@pytest.mark.parametrize("line", RUNNABLE)
def test_the_examples_run(stocked: Command, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(tmp_path)
    stocked("mark", "star", "id:1")
    words = shlex.split(line, comments=True)[1:]
    stocked(*words, stdin="Acme raised $2 billion.")


def test_help_lists_every_command_and_says_what_each_does(briefing_help: str) -> None:
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", briefing_help, re.MULTILINE)


@pytest.fixture
def briefing_help() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shells_get_completion(stocked: Command, shell: str) -> None:
    assert f"_BRIEFING_COMPLETE={shell}_source briefing" in DOCS
    assert "briefing" in Command(stocked.home, {"_BRIEFING_COMPLETE": f"{shell}_source"})(code=None).out


def test_no_line_of_help_is_cut_short(briefing_help: str) -> None:
    assert "..." not in briefing_help.partition("Commands:")[2]
