"""Exit codes and errors: one line on stderr that says what, where, what to do."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import Command

MISUSED = {
    ("nosuch",): "No such command 'nosuch'",
    ("list", "--nosuch"): "No such option '--nosuch'",
    ("list", "outle:x"): "query: column 1: expected a field",
    ("search",): "Missing argument 'QUERY'",
    ("show", "x"): "not a valid integer",
    ("mark", "shout", "meta"): "there are read, unread",
    ("mark", "read"): "name a QUERY",
    ("mark", "read", "meta", "--all"): "not both",
    ("export", "--format", "pdf"): "'pdf' is not one of",
    ("facts", "1", "--file", "x"): "not both",
    ("facts", "x.txt"): "--file x.txt",
    ("fetch", "--feed", "nosuch"): "no feed is called 'nosuch'",
    ("fetch", "--feed", ""): "no feed is called ''",
    ("feeds", "remove", "nosuch"): "no feed is called 'nosuch'",
    ("feeds", "add", "javascript://x.example/%0aalert(1)"): "only http and https",
    ("list", "--store", ""): "is empty",
}
FAILED = {
    ("show", "999"): "article 999: not in the store; `briefing list`",
    ("facts", "999999999999999999999"): "not in the store",
    ("facts", "--file", "/nosuch/file"): "/nosuch/file: cannot be read (No such file or directory)",
    ("restore", "/nosuch/file"): "/nosuch/file: no backup of a store",
    ("feeds", "import", "/nosuch.opml"): "/nosuch.opml: cannot be read",
    ("feeds", "add", "http://127.1/feed"): "give --local to allow it",
    ("list", "--store", "/dev/null/x"): "/dev/null/x",
}


def check(command: Command, words: tuple[str, ...], code: int, said: str) -> None:
    ran = command(*words, code=code)
    assert ran.out == ""
    assert ran.err.startswith("briefing: ")
    assert ran.err.count("\n") == 1
    assert said in ran.err


@pytest.mark.parametrize("words", MISUSED)
def test_misuse_is_told_in_one_line(briefing: Command, words: tuple[str, ...]) -> None:
    check(briefing, words, 2, MISUSED[words])


@pytest.mark.parametrize("words", FAILED)
def test_failure_is_told_in_one_line(briefing: Command, words: tuple[str, ...]) -> None:
    check(briefing, words, 1, FAILED[words])


def test_a_file_that_is_no_store_is_left_alone(briefing: Command, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("mine\n" * 100)
    check(briefing, ("list", "--store", str(other)), 1, "not a store")
    assert other.read_text() == "mine\n" * 100


def test_a_mistake_in_the_configuration_names_file_and_line(briefing: Command) -> None:
    briefing.home.mkdir()
    (briefing.home / "feeds.toml").write_text('[[feed]]\nurl = "ftp://x.example/"\n')
    check(briefing, ("fetch",), 1, "feeds.toml:2:")
    check(briefing, ("feeds",), 1, "feeds.toml:2:")


def test_control_characters_in_arguments_come_back_harmless(briefing: Command) -> None:
    ran = briefing("show\x1b]0;x\x07\n\u202e", code=2)
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("list",), ("list", "--json"), ("export", "--format", "jsonl"), ("feeds", "list"), ("--help",)]
)
def test_a_reader_that_goes_away_is_no_error(stocked: Command, words: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "reader", *words], stdout=write, stderr=subprocess.PIPE, env=stocked.environ, timeout=60
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [("list",), ("export",), ("--help",)])
def test_output_that_cannot_be_written_is_told_in_one_line(stocked: Command, words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reader", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            env=stocked.environ,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == b"briefing: output: No space left on device; what was stored by then is kept\n"


def test_closed_streams_are_empty_ones(stocked: Command) -> None:
    script = f"{shlex.quote(sys.executable)} -m reader list >&- && {shlex.quote(sys.executable)} -m reader facts --json - <&-"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, env=stocked.environ, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["text"] == ""
    alone = f"{shlex.quote(sys.executable)} -m reader <&-"
    done = subprocess.run(["sh", "-c", alone], capture_output=True, text=True, env=stocked.environ, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "in the inbox" in done.stdout


def test_an_ascii_terminal_gets_question_marks_and_ascii_json(stocked: Command) -> None:
    plain = Command(stocked.home, {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert plain("list").out.isascii()
    assert plain("list", "--json").json == stocked("list", "--json").json


def test_config_and_store_are_taken_before_and_after_the_command(stocked: Command, tmp_path: Path) -> None:
    elsewhere = Command(tmp_path / "other")
    store = str(stocked.store)
    assert len(elsewhere("list", "--store", store, "--json").json) == 20
    assert len(elsewhere("--store", store, "list", "--json").json) == 20
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "feeds.toml").write_text('[[feed]]\nurl = "https://one.example/feed"\n')
    for words in (
        ("feeds", "list", "--config", str(folder)),
        ("--config", str(folder), "feeds"),
        ("feeds", "--config", str(folder)),
    ):
        assert "one.example" in elsewhere(*words).out


def test_no_command_loads_what_it_does_not_need(stocked: Command) -> None:
    slow = {"textual", "httpx2", "feedparser", "lxml", "sqlite_utils"}
    script = (
        "import sys; from reader.cli import run; loaded = lambda: {m.partition('.')[0] for m in sys.modules};"
        f"first = loaded(); run(['list', '--json', '--limit', '1'], None); print(sorted((first | loaded()) & {slow!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=stocked.environ, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"
