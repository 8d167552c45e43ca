"""The parsing child is bounded, and the parent outlives it."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import NOW, item, rss

from reader.ingest import wire
from reader.ingest.document import sniff
from reader.ingest.entries import Document
from reader.ingest.feed import parse
from reader.ingest.language import language_of
from reader.ingest.pool import Child, DiedError, Pool

PROGRAM = """
import socket, subprocess, time
from pathlib import Path
from reader.ingest import jobs
from reader.ingest.worker import main

def spin(data):
    while True:
        pass

def eat(data):
    return {"size": len([bytes(1 << 20) for _ in range(2000)])}

def dig(data):
    return dig(data)

def guarded(act):
    def job(data):
        try:
            act(Path(data.decode()))
        except OSError as error:
            return {"refused": type(error).__name__}
        return {}
    return job

jobs.JOBS.update(
    sleep=lambda data: time.sleep(60),
    spin=spin,
    eat=eat,
    dig=dig,
    connect=guarded(lambda path: socket.create_connection(("127.0.0.1", 9), 1)),
    write=guarded(lambda path: (path / "file").write_text("x")),
    run=guarded(lambda path: subprocess.run(["touch", path / "file"])),
)
main(cpu_seconds=1)
"""
JOB = {"job": "parse", "content_type": "application/rss+xml", "base": "https://news.example/", "now": NOW}


def test_a_child_reads_what_the_parent_would(pool: Pool) -> None:
    text = rss(
        item(1),
        item(2, description="<![CDATA[<p>See <a href='https://x.example/'>this</a>.</p><ul><li>one</li></ul>]]>"),
    )
    reply = pool.call(JOB, text.encode())
    expected = parse(sniff(text.encode()), base="https://news.example/", now=NOW)
    entries = tuple(replace(one, language=language_of(f"{one.title}\n{one.body.text}")) for one in expected.entries)
    assert wire.unpack(reply["document"]) == replace(expected, entries=entries), "the language is that of the text"


def test_documents_pass_the_wire_unchanged() -> None:
    document = parse(sniff(rss(item(1), item(2)).encode()), base="https://news.example/", now=NOW)
    assert wire.unpack(json.loads(json.dumps(wire.pack(document)))) == document
    assert wire.unpack(json.loads(json.dumps(wire.pack(Document("feed"))))) == Document("feed")


def test_a_refusal_is_an_answer(pool: Pool) -> None:
    assert "web page" in pool.call(JOB, b"<html></html>")["refused"]


def test_a_job_over_its_time_is_killed_and_the_next_one_works() -> None:
    child = Child(PROGRAM)
    try:
        child.call(JOB, rss(item(1)).encode())
        start = time.monotonic()
        with pytest.raises(DiedError, match="too long"):
            child.call({"job": "sleep"}, b"", seconds=0.3)
        assert time.monotonic() - start < 3
        assert "document" in child.call(JOB, rss(item(1)).encode())
    finally:
        child.close()


def test_too_little_memory_and_too_deep_a_nesting_are_answers() -> None:
    child = Child(PROGRAM)
    try:
        for job, said in (("eat", "too much memory"), ("dig", "nested too deeply")):
            assert said in child.call({"job": job}, b"")["refused"]
            assert "asked again later" in child.call({"job": job}, b"")["refused"]
        assert "document" in child.call(JOB, rss(item(1)).encode())
    finally:
        child.close()


def test_a_child_that_is_killed_is_replaced() -> None:
    child = Child()
    try:
        child.call(JOB, rss().encode())
        process = child._process
        assert process
        process.kill()
        process.wait()
        assert "document" in child.call(JOB, rss().encode())
    finally:
        child.close()


@pytest.mark.parametrize("job", ["spin", "eat", "connect", "write", "run"])
def test_what_a_child_may_not_do(job: str, tmp_path: Path) -> None:
    child = Child(PROGRAM)
    start = time.monotonic()
    try:
        try:
            assert "refused" in child.call({"job": job}, str(tmp_path).encode(), seconds=30)
        except DiedError:
            assert job == "spin"
        assert time.monotonic() - start < 25
        assert list(tmp_path.iterdir()) == []
    finally:
        child.close()


def test_both_children_work_at_once(pool: Pool) -> None:
    with ThreadPoolExecutor(4) as executor:
        replies = list(executor.map(lambda n: pool.call(JOB, rss(item(n)).encode()), range(12)))
    assert [wire.unpack(reply["document"]).entries[0].guid for reply in replies] == [
        f"urn:story:{n}" for n in range(12)
    ]


def test_another_child_is_started_only_for_long_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    with Pool(2, PROGRAM) as children, ThreadPoolExecutor(2) as executor:
        monkeypatch.setattr("reader.ingest.pool.PATIENCE", 60)
        monkeypatch.setattr("reader.ingest.pool.SHORT", 60)
        list(executor.map(lambda n: children.call(JOB, rss(item(n)).encode()), range(20)))
        assert sum(child.answered for child in children._all) == 1
        monkeypatch.setattr("reader.ingest.pool.SHORT", 0)
        long = executor.submit(children.call, {"job": "sleep"}, b"")
        while len(children._idle) == 2:
            time.sleep(0.01)
        assert "document" in children.call(JOB, rss(item(1)).encode())
        assert sum(child.answered for child in children._all) == 2
        children.close()
        with pytest.raises(DiedError):
            long.result(timeout=5)


def test_closing_ends_a_running_job() -> None:
    children = Pool(1, PROGRAM)
    with ThreadPoolExecutor(1) as executor:
        running = executor.submit(children.call, {"job": "sleep"}, b"")
        time.sleep(0.3)
        children.close()
        with pytest.raises(DiedError):
            running.result(timeout=5)
