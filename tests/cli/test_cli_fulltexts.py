"""fetch --full-text and --offline-pack against a server on this machine."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from commandline import Command, Site

BODY = (
    "Acme opened a plant in Bergen on Monday, the third that the company runs in the north of the country.",
    "The plant cost $90 million, of which the city paid a third, said Ada Bell, who leads the work for Acme.",
    "It has 120 employees, and 40 more are to come by June, when the second line is to be ready, Bell said.",
    "Carriers have waited for such a plant for years. Two of them, which did not want to be named, are testing its goods.",
)
SUMMARY = "Acme has opened a plant in Bergen, where its machines will learn to sort parcels, the company said."
ITEM = "<item><guid>{n}</guid><link>{url}</link><title>{title}</title><description>{text}</description></item>"


def article(number: int, *extra: str) -> str:
    paragraphs = "".join(f"<p>{text} ({number})</p>" for text in (*BODY, *extra))
    return f"<html><body><nav><a href='/'>Home</a></nav><article><h1>Plant {number}</h1>{paragraphs}</article></body></html>"


@pytest.fixture
def local(briefing: Command, site: Site) -> Command:
    """A feed of four summaries: two with a page, one behind a wall, one without a page; number 1 is starred."""
    return stocked(briefing, site, 4)


def stocked(briefing: Command, site: Site, count: int, **setting: str) -> Command:
    titles = [f"Acme opens plant {n} in Bergen" for n in range(1, count + 1)]
    items = "".join(
        ITEM.format(n=n, url=f"{site.url}/{n}", title=title, text=SUMMARY) for n, title in enumerate(titles, 1)
    )
    site.page("/feed", f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>", "application/rss+xml")
    for n in range(1, count + 1):
        site.page(f"/{n}", article(n))
    if count == 4:
        site.page(
            "/3",
            "<html><body><article><p>Acme opened a plant.</p><p>Subscribe to continue reading.</p></article></body></html>",
        )
        del site.pages["/4"]
    configure(briefing, site, **setting)
    briefing("fetch")
    ids = {row["title"]: row["id"] for row in briefing("list", "--json").json}
    assert len(ids) == count
    briefing("mark", "star", "title:1")
    return briefing


def configure(briefing: Command, site: Site, **setting: str) -> None:
    briefing.home.mkdir(mode=0o700, exist_ok=True)
    lines = [f'{name} = "{value}"\n' for name, value in setting.items()]
    text = f'[[feed]]\nurl = "{site.url}/feed"\ntitle = "Wire"\nlocal = true\n{"".join(lines)}'
    (briefing.home / "feeds.toml").write_text(text)


def told(command: Command) -> dict[int, str]:
    """What `list` says of each article's text, by the number in its title."""
    return {int(row["title"].split()[3]): row["full_text"] for row in command("list", "--json").json}


def test_full_text_asks_for_what_is_kept(local: Command, site: Site) -> None:
    report = local("fetch", "--full-text", "--json").json
    assert (report["pages"]["pages"], report["pages"]["full"], report["pages"]["failed"]) == (1, 1, 0)
    assert told(local) == {1: "full text", 2: "summary only", 3: "summary only", 4: "summary only"}
    assert [path for path in site.asked if path != "/feed"] == ["/robots.txt", "/1"]
    assert local("list", "oslo", "--json").json == []
    found = local("list", "carriers", "--json").json
    assert [row["facts"] for row in found] != [0], "facts follow the new text"
    assert "No page is due." in local("fetch", "--full-text").out


def test_always_asks_for_all_that_is_unread(local: Command, site: Site) -> None:
    configure(local, site, full_text="always")
    local("mark", "read", "title:2")
    pages = local("fetch", "--full-text", "--json").json["pages"]
    assert (pages["pages"], pages["full"], pages["paywalled"], pages["failed"]) == (3, 1, 1, 1)
    assert told(local)[2] == "summary only"


def test_an_offline_pack_tells_what_is_in_it(local: Command) -> None:
    out = local("fetch", "--offline-pack").out
    assert "4 pages asked" in out
    assert "Offline pack of 4 articles: 2 full text, 1 paywalled, 1 failed." in out
    assert "not found (404)" in out
    assert told(local) == {1: "full text", 2: "full text", 3: "paywalled", 4: "failed: not found (404)"}
    id = local("list", "title:4", "--json").json[0]["id"]
    assert "failed: not found (404)" in local("show", str(id)).out
    doctor = {one["name"]: one["value"] for one in local("doctor", "--json").json}
    assert doctor["pages"] == "2 full text, 1 paywalled, 1 failed"
    report = local("fetch", "--offline-pack", "--json").json["pages"]
    assert report["pages"] == 0, "what was just asked is not asked again"
    assert report["pack"] == {"full": 2, "summary": 0, "headline": 0, "paywalled": 1, "failed": 1}


def test_a_pack_is_made_in_parts(local: Command) -> None:
    first = local("fetch", "--offline-pack", "--limit", "1", "--json").json["pages"]
    assert (first["pages"], first["left"]) == (1, 3)
    assert told(local)[1] == "full text", "what is starred comes first"
    assert local("fetch", "--offline-pack", "--json").json["pages"]["pages"] == 3


def test_when_every_page_fails_the_exit_code_is_one(local: Command, site: Site) -> None:
    for n in range(1, 5):
        site.pages.pop(f"/{n}", None)
    ran = local("fetch", "--offline-pack", "--json", code=1)
    assert ran.json["pages"]["failed"] == 4
    assert "4 pages failed: not found (404)" in ran.err


def test_one_article_is_asked_for_by_hand(local: Command, site: Site) -> None:
    id = next(row["id"] for row in local("list", "--json").json if "plant 2" in row["title"])
    local("fetch", "--article", str(id))
    assert told(local)[2] == "full text"
    assert site.asked.count("/feed") == 1, "no feed is asked for it"
    assert "briefing list" in local("fetch", "--article", "999", code=2).err
    configure(local, site, full_text="never")
    assert "never" in local("fetch", "--article", str(id), code=1).err
    assert site.asked.count("/2") == 1


def test_a_pack_that_is_killed_goes_on_where_it_was(briefing: Command, site: Site) -> None:
    stocked(briefing, site, 12)
    site.slow = "/6"
    command = [sys.executable, "-m", "reader", "fetch", "--offline-pack"]
    process = subprocess.Popen(command, env=briefing.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 30
    while "/6" not in site.asked and time.monotonic() < limit:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    site.released.set()
    asked = set(site.asked)
    with sqlite3.connect(briefing.store) as db:
        (kept,) = db.execute("SELECT count(*) FROM page WHERE state = 'full'").fetchone()
        assert db.execute("SELECT count(*) FROM article WHERE completeness = 'full'").fetchone() == (kept,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    assert 0 < kept < 12
    report = briefing("fetch", "--offline-pack", "--json").json
    assert report["pages"]["pages"] == 12 - kept
    assert set(told(briefing).values()) == {"full text"}
    assert asked < set(site.asked)


def test_the_steps_are_told_to_the_reader(local: Command) -> None:
    lines = [json.loads(line) for line in local("fetch", "--events", "--offline-pack").out.splitlines()]
    assert [line["done"] for line in lines if line.get("phase") == "pages"] == [1, 2, 3, 4]
    assert lines[-1]["pages"]["pack"]["full"] == 2
