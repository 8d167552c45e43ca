"""fetch and feeds against a server on this machine."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commandline import Command, Ran, Site

REPORT = {
    "feeds", "unchanged", "failed", "new", "updated", "waiting", "facts", "stories", "seconds", "facts_seconds", "offline", "why",
    "stopped", "errors", "troubles",
}  # fmt: skip


@pytest.fixture
def local(briefing: Command, site: Site) -> Command:
    """The command with one local feed of two entries as its only source."""
    site.feed("/feed", "Acme raises money", "Acme hires")
    add_only(briefing, site.url + "/feed")
    return briefing


def add_only(command: Command, *urls: str) -> None:
    command.home.mkdir(mode=0o700, exist_ok=True)
    tables = [f'[[feed]]\nurl = "{url}"\ntitle = "Wire {n}"\nlocal = true\n' for n, url in enumerate(urls, 1)]
    (command.home / "feeds.toml").write_text("\n".join(tables))


def test_fetch_stores_what_is_new_with_its_facts(local: Command) -> None:
    report = local("fetch", "--json").json
    assert set(report) == REPORT
    assert (report["feeds"], report["new"], report["failed"], report["errors"]) == (1, 2, 0, [])
    rows = local("list", "--json").json
    assert [row["title"] for row in rows] == ["Acme hires", "Acme raises money"]
    assert {row["feed"] for row in rows} == {local("feeds", "list", "--json").json[0]["url"]}
    assert all(row["facts"] > 0 for row in rows)
    assert rows[0]["published"] == "2026-04-09T12:02:00Z"
    assert local("list", "amount:$2B", "--json").json == rows


def test_a_second_fetch_asks_only_with_now_and_then_conditionally(local: Command, site: Site) -> None:
    local("fetch")
    assert "No feed is due" in local("fetch").out
    assert len(site.asked) == 1
    report = local("fetch", "--now", "--json").json
    assert (report["feeds"], report["unchanged"], report["new"]) == (1, 1, 0)
    assert len(site.asked) == 2


def test_a_failing_feed_is_told_and_does_not_touch_the_others(briefing: Command, site: Site) -> None:
    add_only(briefing, site.feed("/good", "One"), site.page("/bad", "no feed at all"), site.url + "/gone")
    ran = briefing("fetch", "--json")
    assert (ran.json["new"], ran.json["failed"]) == (1, 2)
    assert {error["feed"] for error in ran.json["errors"]} == {site.url + "/bad", site.url + "/gone"}
    assert all(error["reason"] for error in ran.json["errors"])
    told = briefing("fetch", "--now").out
    assert "Wire 2" in told
    assert "failing" in briefing("feeds", "list", "--failing").out
    states = [(feed["state"], feed["failures"]) for feed in briefing("feeds", "list", "--json").json]
    assert (states[0][1], states[1:]) == (0, [("failing", 2), ("missing", 2)])
    assert "Wire 3" in briefing("doctor").out


def test_when_every_feed_fails_the_exit_code_is_one(briefing: Command, site: Site) -> None:
    add_only(briefing, site.url + "/gone")
    assert "briefing feeds check" in briefing("fetch", code=1).err
    assert briefing("fetch", "--now", "--json", code=1).json["failed"] == 1


def test_many_feeds_that_fail_alike_share_a_row(briefing: Command, site: Site) -> None:
    add_only(briefing, *(f"{site.url}/gone{n}" for n in range(5)), site.page("/bad", "no feed at all"))
    told = briefing("fetch", code=1).out.splitlines()
    assert len(told) == 4
    assert any(line.startswith("5 feeds, such as Wire ") for line in told)


def test_one_feed_can_be_asked_alone(briefing: Command, site: Site) -> None:
    add_only(briefing, site.feed("/one", "One"), site.feed("/two", "Two"))
    briefing("fetch", "--feed", "wire 2")
    assert site.asked == ["/two"]


def test_events_tell_each_step_and_the_report(local: Command) -> None:
    *steps, report = map(json.loads, local("fetch", "--events").out.splitlines())
    assert steps[0] == {"phase": "fetch", "done": 1, "total": 1, "new": 2, "failed": 0, "feed": "Wire 1"}
    assert "facts" in {step["phase"] for step in steps}
    assert set(report) == REPORT


def test_check_asks_and_stores_nothing(briefing: Command, site: Site) -> None:
    add_only(briefing, site.feed("/good", "One", "Two"), site.url + "/gone")
    good, gone = briefing("feeds", "check", "--json", code=1).json
    assert (good["ok"], good["entries"], good["newest"]) == (True, 2, "2026-04-09T12:02:00Z")
    assert (gone["ok"], gone["reason"] != "") == (False, True)
    assert not briefing.store.exists()
    assert "ok" in briefing("feeds", "check", "wire 1").out


def test_add_finds_the_feed_that_a_page_names(briefing: Command, site: Site) -> None:
    site.feed("/news.xml", "One")
    link = '<link rel="alternate" type="application/rss+xml" href="/news.xml">'
    page = site.page("/", f"<html><head>{link}</head><body>Hello</body></html>")
    assert "--local" in briefing("feeds", "add", page, code=1).err
    assert site.asked == []
    assert briefing("feeds", "add", page, "--local", "--json").json == {
        "added": 1,
        "url": site.url + "/news.xml",
        "title": "Local Wire",
    }
    assert "in the list already" in briefing("feeds", "add", site.url + "/news.xml", "--local").out
    listed = briefing("feeds", "list", "local wire", "--json").json
    assert [(feed["url"], feed["local"], feed["state"]) for feed in listed] == [(site.url + "/news.xml", True, "new")]
    assert briefing("fetch", "--feed", "local wire", "--json").json["new"] == 1


def test_add_refuses_what_is_no_feed_unless_told(briefing: Command, site: Site) -> None:
    page = site.page("/", "<html><body>Nothing here</body></html>")
    assert "neither a feed nor a page that names one" in briefing("feeds", "add", page, "--local", code=1).err
    assert not (briefing.home / "feeds.toml").exists()
    assert briefing("feeds", "add", page, "--local", "--unchecked", "--title", "Odd", "--json").json["added"] == 1
    assert briefing("feeds", "list", "odd", "--json").json[0]["url"] == page


def test_feeds_are_removed_and_switched(local: Command) -> None:
    assert "Wire 1 is off" in local("feeds", "disable", "wire").out
    assert [feed["state"] for feed in local("feeds", "list", "--json").json] == ["off"]
    assert "feeds enable" in local("fetch", "--feed", "wire", code=2).err
    local("feeds", "enable", "wire")
    assert local("fetch", "--json").json["new"] == 2
    assert "Removed Wire 1" in local("feeds", "remove", "wire").out
    assert local("feeds", "list", "--json").json == []
    assert len(local("list", "--json").json) == 2


def test_a_word_that_names_several_feeds_changes_none(briefing: Command, site: Site) -> None:
    add_only(briefing, site.url + "/one", site.url + "/two")
    assert "names 2 feeds" in briefing("feeds", "remove", "wire", code=2).err
    assert len(briefing("feeds", "list", "--json").json) == 2


def test_opml_goes_out_and_comes_back(local: Command, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    local("feeds", "export", str(file))
    assert local("feeds", "export").out == file.read_text()
    assert "is there already" in local("feeds", "export", str(file), code=1).err
    other = Command(tmp_path / "other")
    refused = other("feeds", "import", str(file), "--json").json
    assert (refused["added"], len(refused["refused"])) == (0, 1)
    taken = other("feeds", "import", str(file), "--local", "--only", "--json").json
    assert taken == {"found": 1, "added": 1, "refused": []}
    here, there = (command("feeds", "list", "--json").json for command in (local, other))
    assert [(f["url"], f["title"], f["group"], f["local"]) for f in there] == [
        (f["url"], f["title"], f["group"], f["local"]) for f in here
    ]


def test_an_import_of_an_empty_list_adds_nothing_and_says_so(briefing: Command, tmp_path: Path) -> None:
    file = tmp_path / "in.opml"
    file.write_text('<opml version="2.0"><body><outline text="Labs"/></body></opml>')
    assert "it lists no feeds" in briefing("feeds", "import", str(file), "--only", code=1).err
    assert not (briefing.home / "feeds.toml").exists()


def test_an_import_executes_and_asks_nothing(briefing: Command, site: Site, tmp_path: Path) -> None:
    bad = [
        "|touch /tmp/x",
        "exec:touch x",
        "file:///etc/passwd",
        "http://127.0.0.1/x",
        "javascript:alert(1)",
        site.url + "/feed",
    ]
    outlines = "".join(f'<outline text="x" xmlUrl="{url}"/>' for url in [*bad, "https://good.example/feed"])
    file = tmp_path / "in.opml"
    file.write_text(f'<opml version="2.0"><body><outline text="My Labs">{outlines}</outline></body></opml>')
    report = briefing("feeds", "import", str(file), "--json").json
    assert report["added"] == 1
    assert [entry["url"] for entry in report["refused"]] == bad
    assert site.asked == []
    assert briefing("feeds", "list", "good.example", "--json").json[0]["group"] == "my-labs"
    file.write_text('<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>')
    assert "document type" in briefing("feeds", "import", str(file), code=1).err


SECRET = "https://user:hunter2@news.example/private.xml?token=SECRETTOKEN&page=2"


def test_no_password_or_token_is_ever_printed(briefing: Command, tmp_path: Path) -> None:
    file = tmp_path / "in.opml"
    outline = SECRET.replace("&", "&amp;")
    file.write_text(f'<opml version="2.0"><body><outline text="News" xmlUrl="{outline}"/></body></opml>')
    briefing("feeds", "import", str(file), "--only")
    assert SECRET in (briefing.home / "feeds.toml").read_text()
    told = [
        briefing(*words, code=None)
        for words in (
            ("feeds", "list"),
            ("feeds", "list", "--json"),
            ("feeds", "add", SECRET, "--unchecked"),
            ("feeds", "export"),
            ("doctor",),
        )
    ]
    printed = "".join(ran.out + ran.err for ran in told)
    assert "https://news.example/private.xml?token=***&page=2" in printed
    assert "hunter2" not in printed
    assert "SECRETTOKEN" not in printed
    assert "hunter2" in briefing("feeds", "export", "--with-secrets").out
    briefing("feeds", "remove", "news")
    assert briefing("feeds", "list", "--json").json == []


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGTERM, 143, "fetch: stopped"),
        (signal.SIGHUP, 129, "fetch: stopped"),
        (signal.SIGINT, 130, "interrupted"),
    ],
)
def test_a_fetch_that_is_ended_keeps_what_it_has(
    briefing: Command, site: Site, number: signal.Signals, code: int, said: str
) -> None:
    site.slow = "/slow"
    add_only(briefing, site.feed("/quick", "One"), site.feed("/slow", "Two"))
    running = subprocess.Popen(
        [sys.executable, "-m", "reader", "fetch", "--events"],
        env=briefing.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(
            number, signal.SIG_DFL
        ),  # a test run in the background ignores ctrl-c, and so do its children
    )
    assert running.stdout is not None
    assert json.loads(running.stdout.readline())["new"] == 1
    running.send_signal(number)
    _, told = running.communicate(timeout=30)
    site.released.set()
    assert running.returncode == code
    assert told.startswith(f"briefing: {said}")
    assert told.count("\n") == 1
    assert [row["title"] for row in briefing("list", "--json").json] == ["One"]
    assert briefing("fetch", "--json").json["new"] == 1


@contextmanager
def fetching(briefing: Command, site: Site) -> Iterator[subprocess.Popen[str]]:
    """A fetch in the middle of its work, until the block ends."""
    site.slow = "/slow"
    add_only(briefing, site.feed("/quick", "One"), site.feed("/slow", "Two"))
    running = subprocess.Popen(
        [sys.executable, "-m", "reader", "fetch", "--events"],
        env=briefing.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert json.loads(running.stdout.readline())["new"] == 1
    try:
        yield running
    finally:
        site.released.set()
        running.communicate(timeout=30)


def test_two_fetches_never_run_at_once(briefing: Command, site: Site) -> None:
    with fetching(briefing, site) as first:
        asked = list(site.asked)
        told = briefing("fetch", "--now", code=3)
        assert f"process {first.pid}, since " in told.err
        assert told.err.count("\n") == 1
        assert briefing("fetch", "--now", "--quiet", code=3) == Ran(3, "", "")
        assert site.asked == asked
    assert first.returncode == 0
    briefing("fetch")


def test_a_fetch_that_waits_comes_after_the_other(briefing: Command, site: Site) -> None:
    with fetching(briefing, site):
        command = [sys.executable, "-m", "reader", "fetch", "--wait", "--json"]
        second = subprocess.Popen(command, env=briefing.environ, stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(2)
    told, _ = second.communicate(timeout=30)
    assert second.returncode == 0
    assert json.loads(told)["feeds"] == 0


def test_a_fetch_that_waits_ends_on_a_signal(briefing: Command, site: Site) -> None:
    with fetching(briefing, site):
        command = [sys.executable, "-m", "reader", "fetch", "--wait"]
        second = subprocess.Popen(command, env=briefing.environ, stderr=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(2)
        second.terminate()
        _, told = second.communicate(timeout=30)
        assert second.returncode == 143
        assert "while it waited" in told


def test_a_lock_file_that_cannot_be_used_is_told(local: Command) -> None:
    lock = local.home / "briefing.db.lock"
    lock.mkdir()
    told = local("fetch", code=1).err
    assert str(lock) in told
    assert "errno 21" in told


def test_quiet_says_nothing_when_all_is_well(local: Command, site: Site) -> None:
    assert local("fetch", "--quiet") == Ran(0, "", "")
    assert local("fetch", "--quiet") == Ran(0, "", "")
    add_only(local, site.url + "/feed", site.url + "/gone")
    assert local("fetch", "--quiet", "--now") == Ran(0, "", "")
    assert local("fetch", "--quiet", "--now") == Ran(0, "", "")
    told = local("fetch", "--quiet", "--now").out
    assert "Wire 2" in told
    assert "404" in told
    assert local("fetch", "--quiet", "--now") == Ran(0, "", "")


def test_a_machine_that_is_offline_is_told_once_and_held_against_no_feed(briefing: Command) -> None:
    add_only(briefing, *(f"http://wire{n}.invalid/feed" for n in range(12)))
    toml = briefing.home / "feeds.toml"
    toml.write_text(toml.read_text().replace("local = true\n", ""))
    ran = briefing("fetch", "--json", code=4)
    assert ran.json["offline"]
    assert ran.json["errors"] == []
    assert ran.err.count("\n") == 1
    assert "online" in ran.err
    assert {feed["state"] for feed in briefing("feeds", "list", "--json").json} == {"new"}
    assert briefing("fetch", code=4).out.count("\n") <= 1


def test_a_proxy_that_is_not_there_is_told_as_what_it_is(briefing: Command) -> None:
    add_only(briefing, *(f"https://wire{n}.example/feed" for n in range(3)))
    toml = briefing.home / "feeds.toml"
    toml.write_text(toml.read_text().replace("local = true\n", ""))
    briefing.env["HTTPS_PROXY"] = "http://127.0.0.1:1"
    ran = briefing("fetch", "--json", code=4)
    assert (ran.json["offline"], ran.json["errors"]) == (True, [])
    assert "through the proxy: check the address and HTTPS_PROXY. They are asked again" in ran.err


def test_small_faults_of_the_list_are_told_but_not_to_a_job(briefing: Command, site: Site) -> None:
    site.feed("/good", "One")
    add_only(briefing, site.url + "/good", site.url + "/good")
    assert "already" in briefing("fetch").err
    assert briefing("fetch", "--quiet").err == ""
