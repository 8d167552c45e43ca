"""Feeds that moved, refuse or fell silent, and what is missing: the commands against a server on this machine."""

from __future__ import annotations

from collections import Counter

from commandline import Command, Site


def write_feeds(command: Command, text: str) -> None:
    command.home.mkdir(mode=0o700, exist_ok=True)
    (command.home / "feeds.toml").write_text(text)


def listed(command: Command, *words: str) -> dict[str, dict[str, object]]:
    return {feed["title"]: feed for feed in command("feeds", "list", *words, "--json").json}


def test_a_moved_feed_keeps_its_articles_and_goes_back(briefing: Command, site: Site) -> None:
    old, new = site.feed("/old", "One", "Two"), site.url + "/new"
    write_feeds(briefing, f'# mine\n[[feed]]\nurl = "{old}" # here\ntitle = "Wire"\nlocal = true\n')
    briefing("fetch")
    briefing("mark", "read", "title:One")
    assert "give the address with --to" in briefing("feeds", "move", "wire", code=1).err
    site.feed("/new", "One", "Two", "Three")
    assert "--undo" in briefing("feeds", "move", "wire", "--to", new).out
    toml = (briefing.home / "feeds.toml").read_text()
    assert toml.startswith(f'# mine\n[[feed]]\nurl = "{new}" # here\n')
    assert listed(briefing)["Wire"]["moved_from"] == old
    assert briefing("fetch", "--now", "--json").json["new"] == 1
    rows = {row["title"]: row["state"]["read"] for row in briefing("list", "--json").json}
    assert rows == {"One": True, "Two": False, "Three": False}
    assert "again" in briefing("feeds", "move", "wire", "--undo").out
    assert listed(briefing)["Wire"]["url"] == old
    assert briefing("fetch", "--now", "--json").json["new"] == 0
    assert "nothing to undo" not in briefing("feeds", "move", "wire", "--undo").out


def test_a_move_in_the_file_by_hand_is_followed_by_the_next_fetch(briefing: Command, site: Site) -> None:
    old, new = site.feed("/old", "One"), site.feed("/new", "One")
    write_feeds(briefing, f'[[feed]]\nurl = "{old}"\ntitle = "Wire"\nlocal = true\n')
    briefing("fetch")
    briefing("mark", "read", "--all")
    write_feeds(briefing, f'[[feed]]\nurl = "{new}"\nmoved_from = "{old}"\ntitle = "Wire"\nlocal = true\n')
    assert briefing("fetch", "--json").json["new"] == 0
    assert briefing("list", "unread", "--json").json == []


def test_a_feed_that_moves_to_one_of_the_list_becomes_one_with_it(briefing: Command, site: Site) -> None:
    old, new = site.feed("/old", "One", "Two"), site.feed("/new", "One", "Two")
    both = "".join(
        f'[[feed]]\nurl = "{url}"\ntitle = "{title}"\nlocal = true\n' for url, title in ((old, "A"), (new, "B"))
    )
    write_feeds(briefing, both)
    briefing("fetch")
    briefing("mark", "read", "feed:A")
    briefing("feeds", "move", old, "--to", new)
    feeds = listed(briefing)
    assert (feeds["A"]["enabled"], feeds["B"]["enabled"], feeds["B"]["moved_from"]) == (False, True, old)
    assert briefing("list", "unread", "--json").json == []
    briefing("feeds", "move", new, "--undo")
    feeds = listed(briefing)
    assert (feeds["A"]["enabled"], feeds["B"]["enabled"], feeds["B"]["moved_from"]) == (True, True, "")
    assert briefing("fetch", "--now", "--json").json["new"] == 0


def test_a_feed_that_refuses_says_so_and_offers_its_fallback(briefing: Command, site: Site) -> None:
    refused, other = site.page("/wire", "no", status=403), site.feed("/other", "One")
    write_feeds(
        briefing,
        f'[[feed]]\nurl = "{refused}"\ntitle = "Wire"\noutlet = "The Wire"\nlocal = true\nfallback = "{other}"\n',
    )
    assert "the site refuses this reader (403)" in briefing("fetch", code=1).err
    told = briefing("feeds", "list").out
    assert "blocked" in told
    assert "the site refuses this reader (403)" in told
    assert '`briefing feeds fallback "Wire"` reads 127.0.0.1 instead' in told
    assert listed(briefing)["Wire"]["offer"] == "fallback"
    assert '`briefing feeds fallback "Wire"`' in briefing("doctor").out
    assert '`briefing feeds fallback "Wire"`' in briefing("feeds", "check", code=1).out
    briefing("feeds", "fallback", "wire")
    feeds = listed(briefing)
    assert (feeds["Wire"]["enabled"], feeds["Wire (fallback)"]["enabled"]) == (False, True)
    assert (feeds["Wire (fallback)"]["url"], feeds["Wire (fallback)"]["outlet"]) == (other, "The Wire")
    assert briefing("fetch", "--json").json["new"] == 1
    briefing("feeds", "fallback", refused, "--undo")
    feeds = listed(briefing)
    assert (feeds["Wire"]["enabled"], feeds["Wire (fallback)"]["enabled"]) == (True, False)
    assert "has no fallback" in briefing("feeds", "fallback", "Wire (fallback)", code=1).err


def test_a_feed_that_is_gone_is_asked_no_more_until_it_is_revived(briefing: Command, site: Site) -> None:
    gone = site.page("/gone", "away", status=410)
    write_feeds(briefing, f'[[feed]]\nurl = "{gone}"\ntitle = "Wire"\nlocal = true\n')
    assert briefing("feeds", "retry", "wire").out == "Wire is asked with the next fetch.\n"
    briefing("fetch", code=1)
    assert (listed(briefing)["Wire"]["state"], listed(briefing)["Wire"]["due"]) == ("gone", None)
    briefing("fetch")
    assert len(site.asked) == 1
    assert '`briefing feeds retry "Wire"`' in briefing("feeds", "list").out
    site.feed("/gone", "Back")
    briefing("feeds", "retry", "wire")
    assert briefing("fetch", "--json").json["new"] == 1
    assert listed(briefing)["Wire"]["failures"] == 0


def test_a_group_is_switched_as_one(briefing: Command) -> None:
    write_feeds(
        briefing, "".join(f'[[feed]]\nurl = "https://{n}.example/f"\ngroup = "{g}"\n' for n, g in ("ax", "bx", "cy"))
    )
    assert briefing("feeds", "disable", "--group", "x").out == "2 feeds of x are off.\n"
    assert [feed["state"] for feed in briefing("feeds", "list", "--json").json] == ["off", "off", "new"]
    briefing("feeds", "enable", "--group", "x")
    assert [feed["state"] for feed in briefing("feeds", "list", "--group", "x", "--json").json] == ["new", "new"]
    assert "there are x, y" in briefing("feeds", "enable", "--group", "z", code=2).err
    assert "--group" in briefing("feeds", "enable", code=2).err


def test_what_is_missing_is_suggested_and_taken(briefing: Command) -> None:
    write_feeds(briefing, '[[feed]]\nurl = "https://mine.example/f"\ngroup = "press"\n')
    found = briefing("feeds", "suggest", "--json").json
    assert {one["group"] for one in found} >= {"labs", "chips", "policy"}
    assert "press" not in {one["group"] for one in found}
    assert max(Counter(one["group"] for one in found).values()) == 3
    assert all(one["why"] == f"no source on {one['group']}" for one in found)
    chips = briefing("feeds", "suggest", "chips", "--json").json
    assert {one["group"] for one in chips} == {"chips"}
    title = chips[0]["title"]
    assert title in briefing("feeds", "suggest", "chips").out
    assert f"{title} is on." in briefing("feeds", "enable", title).out
    assert listed(briefing)[title]["enabled"] is True
    assert title not in [one["title"] for one in briefing("feeds", "suggest", "chips", "--json").json]
    assert "there are" in briefing("feeds", "suggest", "garden", code=2).err


def test_outlets_that_stored_articles_name_are_suggested_first(stocked: Command) -> None:
    write_feeds(stocked, '[[feed]]\nurl = "https://mine.example/f"\ngroup = "press"\n')
    first = stocked("feeds", "suggest", "--json").json[0]
    assert first["why"].endswith("; you read none of its own")
    assert first["why"].startswith(("3 stored articles name Reuters", "8 stored articles name Meta"))


def test_a_check_tells_answer_freshness_size_and_text(briefing: Command, site: Site) -> None:
    good, bad = site.feed("/good", "One", "Two"), site.page("/bad", "no feed at all")
    write_feeds(
        briefing,
        f'[[feed]]\nurl = "{good}"\ntitle = "Good"\nlocal = true\ncommunity = true\n'
        f'[[feed]]\nurl = "{bad}"\ntitle = "Bad"\nlocal = true\n',
    )
    one, two = briefing("feeds", "check", "--json", code=1).json
    assert (one["status"], one["entries"], one["text"], one["kind"]) == (200, 2, "headline", "")
    assert one["bytes"] == len(site.pages["/good"][2].encode())
    assert (two["status"], two["kind"], two["ok"]) == (200, "damaged", False)
    told = briefing("feeds", "check", code=1).out
    assert "Good (community)" in told
    assert f"Bad\n  {two['reason']}\n" in told
    assert "2 feeds asked, 1 failed." in told
    assert not briefing.store.exists()


def test_a_check_leaves_a_site_alone_that_asked_for_silence(briefing: Command, site: Site) -> None:
    busy, good = site.page("/busy", "later", status=429), site.feed("/good", "One")
    write_feeds(
        briefing,
        f'[[feed]]\nurl = "{busy}"\ntitle = "Busy"\nlocal = true\n[[feed]]\nurl = "{good}"\ntitle = "Good"\nlocal = true\n',
    )
    briefing("fetch")
    one, two = briefing("feeds", "check", "--json", code=1).json
    assert (one["ok"], one["kind"], one["status"], two["ok"]) == (False, "busy", None, True)
    assert "asked to wait: not asked now" in briefing("feeds", "check", code=1).out
    assert site.asked.count("/busy") == 1
