"""facts, facts-rebuild, export, doctor, backup, restore, demo."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from commandline import Command

from reader.store.errors import StoreError
from reader.store.health import restore

TEXT = "Acme said on Monday it raised $2.5 billion.\r\n“We will open 40 plants,” said Jane Doe, its chief executive. 模型 🚀\n"
LAYERS = [
    "sentences",
    "entities",
    "figures",
    "scores",
    "rankings",
    "quotes",
    "attributions",
    "hedges",
    "forecasts",
    "credits",
]


def spans(facts: dict[str, list[dict[str, object]]]) -> list[str]:
    return [str(facts["text"])[row["start"] : row["end"]] for row in facts["figures"]]  # type: ignore[misc]


def test_facts_of_stdin_and_of_a_file_are_the_same(briefing: Command, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(TEXT.encode())
    facts = briefing("facts", "-", "--json", stdin=TEXT).json
    assert list(facts) == ["schema", *LAYERS, "text"]
    assert facts["text"] == TEXT
    assert "$2.5 billion" in spans(facts)
    assert briefing("facts", "--file", str(file), "--json").json == facts
    assert briefing("facts", "--json", stdin=TEXT).json == facts
    assert not briefing.home.exists()


def test_facts_print_as_a_table(briefing: Command) -> None:
    told = briefing("facts", "-", stdin=TEXT).out
    assert "\nFigures\n" in told
    assert "$2.5 billion" in told
    assert "“We will open 40 plants,”" in told


def test_facts_name_their_rules(briefing: Command) -> None:
    rows = briefing("facts", "-", "--json", "--explain", stdin=TEXT).json["figures"]
    assert all(row["rule"] for row in rows)
    assert "rule" not in briefing("facts", "-", "--json", stdin=TEXT).json["figures"][0]
    assert rows[0]["rule"] in briefing("facts", "-", "--explain", stdin=TEXT).out


def test_facts_of_a_stored_article_point_into_its_text(stocked: Command) -> None:
    id = stocked("list", "amount:>1B", "--json").json[0]["id"]
    facts = stocked("facts", str(id), "--json").json
    assert facts["text"] == stocked("show", str(id), "--json").json["text"]
    assert all(spans(facts))
    assert stocked("facts", str(id), "--explain").out


@pytest.mark.parametrize(
    ("data", "said"), [(b"\xff\xfe", "not UTF-8 (byte 0)"), (b"x" * (4 << 20) + b"y", "longer than 4 MiB")]
)
def test_a_text_that_cannot_be_read_is_refused(briefing: Command, data: bytes, said: str) -> None:
    assert said in briefing("facts", "-", stdin=data, code=1).err


def test_rebuild_shows_and_repairs_what_differs(stocked: Command) -> None:
    before = stocked("list", "--json").json
    assert "Nothing would change" in stocked("facts-rebuild", "--diff").out
    with closing(sqlite3.connect(stocked.store)) as db:
        layers = db.execute("SELECT layers FROM facts WHERE article_id = 1").fetchone()[0]
        other = db.execute("SELECT layers FROM facts WHERE article_id = 2").fetchone()[0]
        assert layers != other
        db.execute("UPDATE facts SET layers = ? WHERE article_id = 1", (_without_figures(layers),))
        db.commit()
    (change,) = stocked("facts-rebuild", "--diff", "--json").json
    assert (change["id"], change["removed"]) == (1, [])
    assert {row["layer"] for row in change["added"]} == {"figures"}
    assert "+ figures: " in stocked("facts-rebuild", "--diff").out
    assert stocked("facts-rebuild", "--json").json == {"articles": 20}
    assert "Nothing would change" in stocked("facts-rebuild", "--diff").out
    assert stocked("list", "--json").json == before


def test_diff_names_what_changes_in_a_row_that_stays(stocked: Command) -> None:
    with closing(sqlite3.connect(stocked.store)) as db:
        import zlib

        rows = db.execute("SELECT article_id, layers FROM facts ORDER BY article_id").fetchall()
        id, layers = next(
            (id, found) for id, packed in rows if (found := json.loads(zlib.decompress(packed)))["figures"]
        )
        layers["figures"][0]["subject"] = "Pelorus"
        db.execute("UPDATE facts SET layers = ? WHERE article_id = ?", (zlib.compress(json.dumps(layers).encode()), id))
        db.commit()
    out = stocked("facts-rebuild", "--diff").out
    assert "  ~ figures: " in out
    assert "(subject Pelorus → " in out


def _without_figures(layers: bytes) -> bytes:
    import zlib

    return zlib.compress(json.dumps({**json.loads(zlib.decompress(layers)), "figures": []}).encode())


def test_export_as_json_lines_holds_text_and_layers(stocked: Command) -> None:
    lines = [json.loads(line) for line in stocked("export", "outlet:cnbc", "--format", "jsonl").out.splitlines()]
    assert [line["id"] for line in lines] == [row["id"] for row in stocked("list", "outlet:cnbc", "--json").json]
    assert all(line["text"] and line["layers"]["sentences"] for line in lines)


def test_export_as_csv_disarms_formulas(stocked: Command) -> None:
    with closing(sqlite3.connect(stocked.store)) as db:
        db.execute('UPDATE article SET title = \'=HYPERLINK("http://x","a, b")\' WHERE id = 1')
        db.commit()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(stocked("export", "--format", "csv").out))}
    assert len(rows) == 20
    assert rows["1"]["title"] == '\'=HYPERLINK("http://x","a, b")'
    assert rows["2"]["read"] == "0"


def test_export_as_markdown_escapes_what_is_markup(stocked: Command) -> None:
    with closing(sqlite3.connect(stocked.store)) as db:
        db.execute("UPDATE revision SET title = '1. <script>x</script> [a](javascript:b) *c*' WHERE article_id = 1")
        db.execute("UPDATE article SET url = 'javascript:alert(1)' WHERE id = 1")
        db.commit()
    told = stocked("export", "id:1").out
    assert told.startswith("## 1\\. \\<script\\>x\\</script\\> \\[a\\]\\(javascript:b\\) \\*c\\*\n")
    assert "javascript:alert" not in told
    assert "\n- F: " in told


def test_export_to_a_file_is_whole_and_never_over_another(stocked: Command, tmp_path: Path) -> None:
    file = tmp_path / "out.md"
    assert "2 articles" in stocked("export", "outlet:cnbc", "--output", str(file)).out
    assert file.read_text() == stocked("export", "outlet:cnbc").out
    assert file.stat().st_mode & 0o777 == 0o600
    assert "is there already" in stocked("export", "--output", str(file), code=1).err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_doctor_finds_nothing_wrong_with_a_good_store(stocked: Command) -> None:
    found = stocked("doctor", "--json").json
    assert [finding for finding in found if finding["state"] == "wrong"] == []
    values = {finding["name"]: finding["value"] for finding in found}
    assert values["articles"].startswith("20 from ")
    assert values["integrity"] == "sound"
    assert "Nothing is wrong." in stocked("doctor").out


def test_doctor_finds_a_damaged_search_index_and_a_bad_rule(stocked: Command) -> None:
    with closing(sqlite3.connect(stocked.store)) as db:
        db.execute("INSERT INTO search (search) VALUES ('delete-all')")
        db.commit()
    (stocked.home / "config.toml").write_text('mute = ["outle:x"]\n')
    wrong = [finding for finding in stocked("doctor", "--json", code=1).json if finding["state"] == "wrong"]
    assert {finding["name"] for finding in wrong} == {"damage", "mute"}
    assert "2 things wrong." in stocked("doctor", code=1).out
    assert stocked("list", "muse", "--json").json == []
    assert "1 thing wrong." in stocked("doctor", "--repair", code=1).out
    assert stocked("list", "muse", "--json").json != []


def test_doctor_reports_a_file_that_is_no_store(briefing: Command) -> None:
    briefing.home.mkdir()
    briefing.store.write_text("not a database" * 20)
    assert "not a store" in briefing("doctor", code=1).out


def test_a_backup_brings_everything_back(stocked: Command, tmp_path: Path) -> None:
    stocked("mark", "star", "outlet:cnbc")
    before = stocked("list", "--json").json
    backup = tmp_path / "backup.db"
    assert "briefing restore" in stocked("backup", str(backup)).out
    assert backup.stat().st_mode & 0o777 == 0o600
    stocked("mark", "done", "--all")
    kept = stocked("restore", str(backup)).out
    assert stocked("list", "--json").json == before
    assert "before-restore-1.db" in kept
    earlier = str(stocked.home / "briefing.before-restore-1.db")
    assert len(stocked("list", "done", "--json", "--store", earlier).json) == 20
    assert "Undone: " in stocked("undo").out


def test_a_log_left_behind_cannot_spoil_a_restored_store(stocked: Command, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    stocked("backup", str(backup))
    with closing(sqlite3.connect(stocked.store)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE article SET title = 'stale'")
        db.commit()
        stale = stocked.store.with_name("briefing.db-wal").read_bytes()
    stocked.store.with_name("briefing.db-wal").write_bytes(stale)
    stocked("restore", str(backup))
    assert "stale" not in stocked("list").out
    assert "Nothing is wrong." in stocked("doctor").out


def test_a_restore_waits_for_another_writer_but_not_for_ever(stocked: Command, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    stocked("backup", str(backup))
    with closing(sqlite3.connect(stocked.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process holds the store"):
            restore(backup, stocked.store, wait=0.1)
        other.execute("ROLLBACK")
    assert restore(backup, stocked.store, wait=0.1) is not None
    assert len(stocked("list", "--json").json) == 20


def test_a_damaged_backup_leaves_the_store_as_it_was(stocked: Command, tmp_path: Path) -> None:
    before = stocked("list", "--json").json
    backup = tmp_path / "backup.db"
    stocked("backup", str(backup))
    data = bytearray(backup.read_bytes())
    data[8192:40960] = b"\xa5" * 32768
    backup.write_bytes(data)
    assert "damaged" in stocked("restore", str(backup), code=1).err
    assert stocked("list", "--json").json == before


@pytest.mark.parametrize("words", [("demo",), ()])
def test_without_a_terminal_the_briefing_is_printed(stocked: Command, words: tuple[str, ...]) -> None:
    told = stocked(*words).out
    stories = re.search(r"(\d+) unread stories of \1 in the inbox", told)
    assert stories
    assert told.count(" (sample) · ") == int(stories[1])
    assert "$115 billion to $135 billion" in told


def test_what_was_read_is_not_printed_again(stocked: Command) -> None:
    stocked("mark", "read", "--all")
    assert "0 unread stories of" in stocked().out


def test_the_sample_leaves_nothing_behind(briefing: Command, tmp_path: Path) -> None:
    command = Command(briefing.home, {"TMPDIR": str(tmp_path)})
    command("demo")
    assert list(tmp_path.glob("briefing-demo-*")) == []
    assert not briefing.store.exists()


def test_an_empty_briefing_says_what_to_do(briefing: Command) -> None:
    assert "`briefing fetch` asks the feeds" in briefing().out


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_sample_that_is_ended_leaves_nothing_behind(
    briefing: Command, tmp_path: Path, number: signal.Signals
) -> None:
    env = {**briefing.environ, "TMPDIR": str(tmp_path)}
    running = subprocess.Popen(
        [sys.executable, "-m", "reader", "demo"],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    while running.poll() is None and not list(tmp_path.glob("briefing-demo-*")):
        time.sleep(0.01)
    running.send_signal(number)
    _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (128 + number, b"")
    assert list(tmp_path.glob("briefing-demo-*")) == []
