"""list, search, show, mark, undo, redo on the sample edition."""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from commandline import Command

KEYS = [
    "id",
    "story_id",
    "title",
    "outlet",
    "feed",
    "author",
    "url",
    "published",
    "fetched",
    "state",
    "completeness",
    "full_text",
    "words",
    "facts",
    "novel",
]


def poison(command: Command, **columns: str) -> None:
    """Put text into the store behind the back of everything that cleans it."""
    with closing(sqlite3.connect(command.store)) as db:
        for name, value in columns.items():
            db.execute(f"UPDATE article SET {name} = ?", (value,))
        db.commit()


def test_list_shows_every_article_newest_first(stocked: Command) -> None:
    header, *rows = stocked("list").out.splitlines()
    assert header.split() == ["id", "outlet", "age", "facts", "title"]
    assert len(rows) == 20
    assert "●" in rows[0]


def test_list_json_has_the_agreed_keys_in_order(stocked: Command) -> None:
    rows = stocked("list", "--json").json
    assert len(rows) == 20
    assert {tuple(row) for row in rows} == {tuple(KEYS)}
    assert set(rows[0]["state"]) == {"read", "starred", "later", "done", "tags"}
    assert [row["published"] for row in rows] == sorted((row["published"] for row in rows), reverse=True)
    assert all(row["facts"] >= row["novel"] >= 0 for row in rows)
    assert any(row["novel"] for row in rows)


def test_list_takes_a_query_of_several_words_and_exclusions(stocked: Command) -> None:
    every = {row["id"] for row in stocked("list", "--json").json}
    cnbc = {row["id"] for row in stocked("list", "outlet:cnbc", "--json").json}
    others = {row["id"] for row in stocked("list", "-outlet:cnbc", "--json").json}
    assert cnbc
    assert others == every - cnbc
    assert {row["id"] for row in stocked("list", "--json", "outlet:cnbc", "or", "-outlet:cnbc").json} == every
    assert len(stocked("list", "--json", "--limit", "3").json) == 3


def test_an_empty_store_says_what_to_do_and_prints_an_empty_list(briefing: Command) -> None:
    assert briefing("list", "--json").json == []
    assert "briefing fetch" in briefing("list").err


def test_search_shows_the_passage(stocked: Command) -> None:
    rows = stocked("search", "title:spark", "superintelligence", "--json").json
    assert rows
    assert all("superintelligence" in row["excerpt"].lower() for row in rows)
    assert rows[0]["title"] in stocked("search", "title:spark", "superintelligence").out


def test_show_prints_text_and_facts(stocked: Command) -> None:
    id = stocked("list", "title:unveils", "--json").json[0]["id"]
    told = stocked("show", str(id)).out
    assert "(sample)" in told
    assert "\nFigures\n" in told
    assert "$115 billion to $135 billion" in told
    shown = stocked("show", str(id), "--json").json
    assert shown["id"] == id
    assert shown["text"][:40] in told
    assert all(shown["text"][link["start"] : link["end"]] for link in shown["links"])


def test_mark_tells_how_many_changed_and_undo_takes_it_back(stocked: Command) -> None:
    before = stocked("list", "--json").json
    cnbc = len(stocked("list", "outlet:cnbc", "--json").json)
    assert stocked("mark", "star", "outlet:cnbc", "--json").json == {
        "changed": cnbc,
        "label": f"{cnbc} stories starred",
        "matched": cnbc,
    }
    assert len(stocked("list", "starred", "--json").json) == cnbc
    assert "all were so already" in stocked("mark", "star", "outlet:cnbc").out
    assert f"{cnbc} stories starred ({cnbc} articles changed)" in stocked("undo").out
    assert stocked("list", "--json").json == before
    assert "Done again" in stocked("redo").out
    assert len(stocked("list", "starred", "--json").json) == cnbc


def test_marks_of_several_fields_and_tags_come_back_whole(stocked: Command) -> None:
    stocked("mark", "later", "id:1")
    before = stocked("list", "id:1", "--json").json
    assert "`briefing undo`" in stocked("mark", "done", "id:1").out
    assert stocked("list", "id:1", "--json").json[0]["state"] == {
        "read": True,
        "starred": False,
        "later": False,
        "done": True,
        "tags": [],
    }
    stocked("mark", "tag:chips", "id:1")
    assert [row["state"]["tags"] for row in stocked("list", "tag:chips", "--json").json] == [["chips"]]
    stocked("undo")
    assert stocked("undo", "--json").json["changed"] == 1
    assert stocked("list", "id:1", "--json").json == before


def test_reading_makes_the_same_facts_elsewhere_old_news(stocked: Command) -> None:
    assert sum(row["novel"] for row in stocked("list", "--json").json) > 0
    stocked("mark", "read", "--all")
    assert {row["novel"] for row in stocked("list", "--json").json} == {0}


def test_undo_on_a_fresh_store_says_so(briefing: Command) -> None:
    assert briefing("undo").out == "There is nothing to undo.\n"
    assert briefing("undo", "--json").json == {"changed": 0, "label": None}
    assert briefing("redo").out == "There is nothing to do again.\n"


HOSTILE = "\x1b]0;owned\x07\x9b31m\u202egnp.exe\x00[/][@click=app.quit]x[/]"


@pytest.mark.parametrize(
    "words",
    [("list",), ("search", "meta"), ("show", "5"), ("list", "--json"), ("export",), ("export", "--format", "csv"), ()],
)
def test_no_stored_text_can_drive_the_terminal(stocked: Command, words: tuple[str, ...]) -> None:
    poison(stocked, title=HOSTILE, outlet=HOSTILE, author=HOSTILE)
    with closing(sqlite3.connect(stocked.store)) as db:
        db.execute("UPDATE revision SET title = ?, text = text || ?", (HOSTILE, HOSTILE))
        db.commit()
    told = stocked(*words).out
    assert "gnp.exe" in told
    assert "[@click=app.quit]" in told.replace("\\", "")
    assert [c for c in told if (c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f" or c == "\u202e"] == []


def test_json_gives_hostile_text_back_unchanged(stocked: Command) -> None:
    poison(stocked, title=HOSTILE)
    assert stocked("list", "--json", "--limit", "1").json[0]["title"] == HOSTILE


def on_terminal(command: Command, *words: str, columns: int = 60) -> str:
    """What a command draws on a terminal of that width."""
    master, slave = pty.openpty()
    env = {**command.environ, "COLUMNS": str(columns), "LINES": "24", "TERM": "xterm-256color"}
    done = subprocess.Popen([sys.executable, "-m", "reader", *words], stdin=slave, stdout=slave, stderr=slave, env=env)
    os.close(slave)
    drawn = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        drawn += part
    done.wait()
    os.close(master)
    return drawn.decode()


def test_a_table_keeps_to_the_width_of_the_terminal(stocked: Command) -> None:
    from rich.cells import cell_len

    lines = on_terminal(stocked, "list", columns=60).replace("\x1b[1m", "").replace("\x1b[22m", "").splitlines()
    assert len(lines) == 21
    assert max(map(cell_len, lines)) <= 60
    assert any("…" in line for line in lines)
    assert "…" not in stocked("list").out
