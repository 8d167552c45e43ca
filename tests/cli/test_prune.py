"""prune: what it tells, what it drops, and rules that a fetch follows only after it told of them."""

from __future__ import annotations

import sqlite3

from commandline import Command, Site


def age(command: Command, days: int) -> None:
    """Let the stored articles have come so many days earlier, and what was done to them too."""
    with sqlite3.connect(command.store) as db:
        db.execute("UPDATE article SET first_seen = first_seen - ?", (days * 86400,))
        db.execute("UPDATE journal SET at = at - ?", (days * 86400,))
    db.close()


def filled(command: Command, site: Site) -> None:
    command.home.mkdir(mode=0o700)
    titles = {
        "/a": ("Acme raises money", "Its investors paid $2 billion in spring."),
        "/b": ("Bolt hires", "Bolt now has 900 engineers."),
        "/c": ("Corvane moves house", "Its new tower holds 40 laboratories."),
    }
    for path, (title, text) in titles.items():
        site.feed(path, title, text=text)
        status, kind, document = site.pages[path]
        site.pages[path] = (status, kind, document.replace("wire.example/1", f"wire.example{path}"))
    tables = [f'[[feed]]\nurl = "{site.url}{path}"\nlocal = true\n' for path in titles]
    (command.home / "feeds.toml").write_text("".join(tables))
    command("fetch")
    command("mark", "read", "title:money")
    command("mark", "read", "title:hires")
    command("mark", "star", "title:hires")
    age(command, 100)


def kept(command: Command) -> set[str]:
    return {row["title"] for row in command("list", "--json").json if row["words"]}


def test_prune_tells_first_and_drops_then(briefing: Command, site: Site) -> None:
    assert "no store yet" in briefing("prune", "--days", "30", code=1).err
    filled(briefing, site)
    assert "so all texts stay" in briefing("prune").out
    told = briefing("prune", "--days", "30", "--dry-run").out
    assert told.startswith("Would drop the texts of 1 article")
    assert len(kept(briefing)) == 3
    ran = briefing("prune", "--days", "30", "--json").json
    assert (ran["found"], ran["dropped"], ran["unread"], ran["spared"]) == (1, 1, 0, 1)
    assert kept(briefing) == {"Bolt hires", "Corvane moves house"}
    assert "Dropped the texts of 1 article, 1 of them unread" in briefing("prune", "--unread-days", "30").out
    assert kept(briefing) == {"Bolt hires"}
    assert len(briefing("list", "--json").json) == 3
    assert "The file went from" in briefing("prune", "--shrink").out
    assert "2 dropped by your rules of [keep]" in briefing("doctor").out
    assert "text dropped" in briefing("show", str(briefing("list", "title:money", "--json").json[0]["id"])).out
    assert [row["title"] for row in briefing("list", "unread", "title:money", "--json").json] == []


def test_a_fetch_tells_of_new_rules_before_it_follows_them(briefing: Command, site: Site) -> None:
    filled(briefing, site)
    (briefing.home / "config.toml").write_text("[keep]\ndays = 30\n")
    briefing("fetch", "--events")
    assert len(kept(briefing)) == 3
    assert "tells what these rules drop" in briefing("doctor").out
    first = briefing("fetch", "--quiet")
    assert "[keep] would drop the texts of 1 article" in first.err
    assert len(kept(briefing)) == 3
    (briefing.home / "config.toml").write_text("[keep]\ndays = 31\n")
    assert briefing("prune", "--dry-run").out.startswith("Would drop the texts of 1 article")
    assert "tells what these rules drop" not in briefing("doctor").out
    second = briefing("fetch")
    assert "Dropped the texts of 1 article" in second.err
    assert kept(briefing) == {"Bolt hires", "Corvane moves house"}
    assert briefing("fetch").err == ""
