"""What reaches a real terminal: first paint, keys, restored on the way out; nothing of a hostile feed but text."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
import termios
from pathlib import Path

import pytest

from reader.store import Store

KNOWN = re.compile(
    rb"\x1b\[[0-9;]*[Hm]|\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]|\x1b\[>[0-9;]*[u]|\x1b\[<[0-9]*u"
    rb"|\x1b\[\?(?:2026|2048)\$p|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)|\x1b\[=[0-9;]*u|\x1b\[\?u|\x1b\[c|\x1b\[[0-9]*[ABCDJK]"
)
"""Every sequence that the reader sends itself."""

ATTACKS = {
    "title": "\x1b]0;evil title\x07\x1b[2J\x1b]52;c;ZXZpbA==\x07Headline \x9b31m after the attack \u202egnp\u202c",
    "text": "Revenue was \x1b]8;;http://evil.example\x1b\\$9.1 billion\x1b]8;;\x1b\\ "
    "\x1bP+q544e\x1b\\ and \x00\x07\x0e more \x9d52;c;eA==\x9c.",
}


def left_over(output: bytes) -> set[str]:
    """Control characters that belong to no sequence of ours."""
    rest = KNOWN.sub(b"", output).decode("utf-8", "replace")
    return {
        repr(c) for c in rest if (ord(c) < 32 and c not in "\r\n\t") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u202c"
    }


def fill_with_attacks(path: Path) -> None:
    """A store whose rows hold what a feed must never get to the terminal, written past the cleaning by SQL."""
    Store(path).close()
    store = sqlite3.connect(path)
    title, text, url = ATTACKS["title"], ATTACKS["text"], f"https://f.example/{ATTACKS['title']}"
    insert(store, "feed", id=1, url="https://f.example", title="F", outlet=title, kind="feed", grp="press")
    article = {
        "id": 1,
        "feed_id": 1,
        "guid": "g",
        "url": url,
        "canonical": "",
        "title": title,
        "author": title,
        "outlet": title,
    }
    times = dict.fromkeys(("sort_time", "first_seen", "last_seen"), 1_700_000_000)
    insert(store, "article", **article, **times, revision_id=1, words=9, completeness="full")
    insert(
        store,
        "revision",
        id=1,
        article_id=1,
        number=1,
        title=title,
        text=text,
        blocks="[]",
        links="[]",
        hash="",
        created=1,
    )
    store.commit()
    store.close()


def insert(store: sqlite3.Connection, table: str, **values: object) -> None:
    store.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )


def test_first_paint_and_quit_restore_the_terminal(start):
    terminal = start("demo")
    terminal.wait_for("briefing demo", "Inbox ", "enter")
    terminal.press("q")
    assert terminal.finish() == 0
    for switched_off in (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[?25h"):
        assert switched_off in terminal.output
    assert termios.tcgetattr(terminal.slave) == terminal.before
    assert left_over(terminal.output) == set()


def test_bytes_that_are_no_text_do_not_end_it(start):
    terminal = start("demo")
    terminal.wait_for("briefing demo", "Inbox ", "enter")
    os.write(terminal.master, b"\xff\xc0\x9bj")
    terminal.read(0.4)
    terminal.press("q")
    assert terminal.finish() == 0
    assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal(start, number):
    terminal = start("demo")
    terminal.wait_for("briefing demo", "Inbox ", "enter")
    os.kill(terminal.process.pid, number)
    assert terminal.finish() == 128 + number
    assert b"\x1b[?1049l" in terminal.output
    assert termios.tcgetattr(terminal.slave) == terminal.before


def test_hostile_rows_never_drive_the_terminal(start, home):
    fill_with_attacks(home / "store.db")
    terminal = start("--store", str(home / "store.db"), size=(160, 48))
    terminal.wait_for("after the attack")
    for key in ("\r", "c", "c", "s", "y", "Y", ";", "\x1b", "q", "/"):
        terminal.press(key)
    terminal.press("headline\r")
    terminal.press("\x1b")
    terminal.press("q")
    terminal.press("q")
    terminal.finish()
    copied = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)")  # sent by y and Y: an explicit copy, in base64
    assert left_over(copied.sub(b"", terminal.output)) == set()
    for marker in (b"\x1b]52;c;ZXZpbA==", b"\x1b]8;;http://evil", b"\x1b]0;evil", b"\x1bP+q"):
        assert marker not in terminal.output


def test_plain_output_is_clean_too(start, home):
    fill_with_attacks(home / "store.db")
    for words in (("list",), ("show", "1"), ("facts", "1"), ("search", "headline"), ("feeds",)):
        terminal = start("--store", str(home / "store.db"), *words)
        terminal.finish()
        assert left_over(re.sub(rb"\x1b\[[0-9;]*m", b"", terminal.output)) == set(), words


def test_a_triage_session_in_tmux(tmux, environment):
    tmux.start(f"{sys.executable} -m reader demo", environment, (120, 40))
    seen = tmux.wait_for("10 feeds", "1 of ", "enter")
    stories = int(re.search(r"Inbox (\d+)", seen)[1])
    tmux.press("Enter", "c")
    tmux.wait_for("fact 1 of")
    tmux.press("q", "e")
    tmux.wait_for(f"Inbox {stories - 1}", "z takes it back")
    tmux.press("s", "z", "z")
    tmux.wait_for(f"Inbox {stories}", "taken back: done")
    tmux.press("?")
    tmux.wait_for("type to search the keys")
    tmux.press("Escape")
    tmux.wait_without("type to search the keys")
    tmux.run("resize-window", "-t", "t", "-x", "80", "-y", "24")
    tmux.wait_for(f"Inbox {stories}", f"of {stories}")
    tmux.press("Enter")
    tmux.wait_for("facts ·")
    tmux.press("q", "q")
    assert tmux.wait_for_end() == 0


def test_sizes_no_one_reads_at_do_not_end_it(tmux, environment):
    tmux.start(f"{sys.executable} -m reader demo", environment, (120, 40))
    tmux.wait_for("Inbox ", "1 of ")
    for columns, rows in ((20, 5), (5, 2), (1, 1), (300, 100), (60, 16)):
        tmux.run("resize-window", "-t", "t", "-x", str(columns), "-y", str(rows))
        tmux.press("j", "Enter", "c", "J", "Tab")
    tmux.run("resize-window", "-t", "t", "-x", "120", "-y", "40")
    tmux.wait_for("briefing demo", "facts")
