"""feeds.toml and config.toml: what is read, every error line, and edits that keep the file."""

import dataclasses
import json
import os
import re
import stat
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.keys import _character_to_key

from reader import config, verbs
from reader.config import ConfigError, Paths, Settings
from reader.model import Feed
from reader.stories.rank import Weights

FEED = '[[feed]]\nurl = "https://news.example/rss"\n'


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return config.find_paths({"BRIEFING_HOME": str(tmp_path / "home")})


def put(paths: Paths, name: str, text: str | bytes) -> Path:
    paths.create()
    file = paths.config / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    file.chmod(0o600)
    return file


def settings_error(paths: Paths, text: str | bytes, verbs: tuple[str, ...] = ()) -> str:
    file = put(paths, "config.toml", text)
    with pytest.raises(ConfigError) as caught:
        config.load_settings(paths, verbs)
    line = str(caught.value)
    assert "\n" not in line
    assert line.isprintable()
    return line.removeprefix(str(file))


def feeds_error(paths: Paths, text: str) -> str:
    file = put(paths, "feeds.toml", text)
    with pytest.raises(ConfigError) as caught:
        config.load_feeds(paths)
    return str(caught.value).removeprefix(str(file))


# ---- the bundled sources ----


def test_bundled_feeds_are_valid(paths: Paths) -> None:
    feeds, warnings = config.load_feeds(paths)
    assert warnings == ()
    assert len(feeds) >= 60
    assert {feed.group for feed in feeds} == set(config.GROUPS)
    assert all(feed.title and feed.outlet and not feed.local for feed in feeds)
    assert len({feed.title for feed in feeds}) == len(feeds)


def test_bundled_feeds_begin_with_the_three_outlets(paths: Paths) -> None:
    feeds, _ = config.load_feeds(paths)
    assert list(dict.fromkeys(feed.outlet for feed in feeds))[:3] == ["CNBC", "Reuters", "TechCrunch"]
    assert {feed.outlet for feed in feeds if feed.enabled} >= {"CNBC", "Reuters", "TechCrunch"}


def test_bundled_defaults_keep_the_first_fetch_quick(paths: Paths) -> None:
    feeds, _ = config.load_feeds(paths)
    enabled = [feed for feed in feeds if feed.enabled]
    assert 35 <= len(enabled) <= 40
    assert not [feed.title for feed in enabled if feed.group == "podcasts" or feed.outlet == "arXiv"]
    reuters = next(feed for feed in feeds if feed.outlet == "Reuters" and feed.kind == "sitemap")
    assert not reuters.enabled
    assert (reuters.text, bool(reuters.include), "/technology/" in reuters.paths) == ("headline", True, True)


def test_bundled_file_is_the_one_at_the_top() -> None:
    assert config.BUNDLED_FEEDS.read_bytes() == (Path(__file__).parents[1] / "feeds.toml").read_bytes()


# ---- folders ----


def test_home_holds_everything_in_one_folder(tmp_path: Path) -> None:
    paths = config.find_paths({"BRIEFING_HOME": str(tmp_path)})
    assert (paths.config, paths.store, paths.logs) == (tmp_path, tmp_path / "briefing.db", tmp_path / "logs")
    assert paths.settings_file == tmp_path / "config.toml"


def test_without_home_the_platform_decides() -> None:
    paths = config.find_paths({})
    assert paths.config.is_absolute()
    assert "briefing" in paths.config.parts
    assert len({paths.config, paths.store.parent, paths.logs}) == 3


def test_options_go_before_home(tmp_path: Path) -> None:
    environ = {"BRIEFING_HOME": str(tmp_path)}
    paths = config.find_paths(environ, config=str(tmp_path / "c"), store=str(tmp_path / "s" / "x.db"))
    assert (paths.config, paths.store, paths.logs) == (tmp_path / "c", tmp_path / "s" / "x.db", tmp_path / "logs")


def test_config_option_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "config.toml").touch()
    with pytest.raises(ConfigError, match="is a file; name the folder"):
        config.find_paths({}, config=str(tmp_path / "config.toml"))


def test_folders_are_private(tmp_path: Path) -> None:
    paths = config.find_paths({"BRIEFING_HOME": str(tmp_path / "a" / "b")})
    paths.create()
    paths.create()
    for folder in (tmp_path / "a", paths.config, paths.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"cannot be made .*set BRIEFING_HOME"):
        config.find_paths({"BRIEFING_HOME": str(tmp_path / "file" / "home")}).create()


# ---- settings ----


def test_without_file_settings_are_the_defaults(paths: Paths) -> None:
    assert config.load_settings(paths) == Settings()
    put(paths, "config.toml", "")
    assert config.load_settings(paths) == Settings()


def test_every_setting_is_read(paths: Paths) -> None:
    text = """
theme = "dusk"
keymap = "newsboat"
mute = ["title:podcast", "outlet:x -star"]
watch = ["Meta", 'who:"Sam Altman"']
interval = 30
columns = 2
width = 66
mouse = false
ascii = true
browser = ["firefox", "--new-tab"]
[keys]
open = ["enter", "o"]
star = "*"
later = []
palette = "ctrl+shift+p"
"""
    put(paths, "config.toml", text)
    found = config.load_settings(paths, ("open", "star", "later", "palette"))
    assert dict(found.keys) == {
        "open": ("enter", "o"),
        "star": ("asterisk",),
        "later": (),
        "palette": ("ctrl+shift+p",),
    }
    assert (found.theme, found.keymap, found.interval, found.columns, found.width) == ("dusk", "newsboat", 30, 2, 66)
    assert (found.mouse, found.ascii, found.browser) == (False, True, ("firefox", "--new-tab"))
    assert found.mute == ("title:podcast", "outlet:x -star")
    assert found.watch == ("Meta", 'who:"Sam Altman"')


def test_the_weights_are_those_of_the_order_of_the_briefing() -> None:
    fixed = {"half_life", "known"}
    weights = dataclasses.asdict(Weights())
    assert dict(config.RANK) == {name: value for name, value in weights.items() if name not in fixed}
    assert Weights(**Settings().rank) == Weights()


def test_weights_that_are_not_named_keep_their_value(paths: Paths) -> None:
    put(paths, "config.toml", "[rank]\nsize = 2\nside = 0\n")
    found = config.load_settings(paths).rank
    assert found == {**config.RANK, "size": 2.0, "side": 0.0}


def test_who_uses_a_setting_names_its_line(paths: Paths) -> None:
    file = put(paths, "config.toml", 'theme = "dusk"\nwatch = ["who:"]\n')
    assert str(config.settings_error(paths, "watch", "no good")) == f"{file}:2: watch: no good"
    file.unlink()
    assert str(config.settings_error(paths, "watch", "no good")) == f"{file}: watch: no good"


def test_columns_may_be_automatic(paths: Paths) -> None:
    put(paths, "config.toml", 'columns = "auto"')
    assert config.load_settings(paths).columns == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('\nthemes = "a"', ':2: there is no key "themes"; did you mean "theme"?'),
        ("[hooks]\non_start = 'x'", ':1: there is no table "hooks"; there are theme, '),
        ("theme = 7", ':1: theme must be text in quotes, such as "example", not 7'),
        ('theme = "a\\u001b]0;x"', ':1: theme holds a control character: "a\\x1b]0;x"; leave it out'),
        (
            'keymap = "newsbot"',
            ':1: keymap must be default or newsboat or gmail, not "newsbot"; did you mean "newsboat"?',
        ),
        ('mute = "x"', ':1: mute must be a list, such as ["one", "two"], not "x"'),
        ("mute = [1]", ':1: mute must be text in quotes, such as "example", not 1'),
        ("interval = 5", ":1: interval must be a whole number from 15 to 10080, not 5"),
        ("interval = true", ":1: interval must be a whole number from 15 to 10080, not true"),
        ("width = nan", ":1: width must be a whole number from 40 to 120, not nan"),
        ("columns = 4", ':1: columns must be "auto", 1, 2 or 3, not 4'),
        ("columns = [1]", ':1: columns must be "auto", 1, 2 or 3, not [1]'),
        ("mouse = 1", ":1: mouse must be true or false, not 1"),
        ('browser = "firefox"', ":1: browser must be a list of program and arguments"),
        ("browser = []", ":1: browser is empty; name a program"),
        ('keys = "q"', ":1: keys must be a table; write [keys] on a line of its own"),
        ('# [keys]\n[keys]\nopne = "o"', ':3: there is no verb "opne"; did you mean "open"?'),
        (
            '[keys]\nopen = "two words"',
            ':2: "two words" is no key; write a character, or a name such as "enter" or "ctrl+p"',
        ),
        ('[keys]\nhelp = "\\u001b"', ':2: "\\x1b" is no key'),
        ("[keys]\nopen = 1", ":2: open must be a key or a list of keys"),
        ("[keys]\nquit = []", ":2: quit needs a key, or there is no way out; name one"),
        ('[keys]\nopen = "?"\nstar = ["s", "question_mark"]', ':3: "question_mark" is already a key of open'),
        ('[keys]\nopen = "q"\nstar = "q"', ':3: "q" is already a key of open; choose another'),
        ("rank = 1", ":1: rank must be a table; write [rank] on a line of its own, not 1"),
        ("mouse = true\n[rank]\nsizes = 1", ':3: there is no key "sizes"; did you mean "size"?'),
        ("[rank]\nhalf_life = 10", ':2: there is no key "half_life"; there are second_hand, repeat, watch, size, '),
        ("[rank]\nwatch = 11", ":2: watch must be a number from 0 to 10, not 11"),
        ("[rank]\nsize = -0.1", ":2: size must be a number from 0 to 10, not -0.1"),
        ("[rank]\nsize = nan", ":2: size must be a number from 0 to 10, not nan"),
        ("[rank]\nsize = true", ":2: size must be a number from 0 to 10, not true"),
        ('[rank]\nsize = "much"', ':2: size must be a number from 0 to 10, not "much"'),
        ("\nrank = {size = -1}", ":2: size must be a number from 0 to 10, not -1"),
        ("\nrank.size = -1", ":2: size must be a number from 0 to 10, not -1"),
    ],
)
def test_wrong_setting_is_told_with_line_and_remedy(paths: Paths, text: str, line: str) -> None:
    assert settings_error(paths, text, ("open", "star", "quit", "help")).startswith(line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("theme = dark", ":1: this is no value; write text in quotes"),
        ('\ntheme = "dark', ':2: a text is not closed; end it with "'),
        ('theme = "da\nrk"', ":1: a text holds a line end or control character"),
        ("theme = 'a\0b'", ":1: a text holds a line end or control character"),
        ("mute = ['a'\nmouse = true", ":2: a list is not closed; end it with ]"),
        ("\n\nmouse", ":3: a key has no value; write key = value"),
        ("mouse = true\n# x\nmouse = false\nascii = true", ":3: a key is set twice; leave one of them"),
        ("mouse = true\n\nmouse = false", ":3: a key is set twice"),
        ("[keys]\n[keys]", ":2: a table stands here twice"),
        ("= 1", ":1: this is no line of TOML"),
        (b"ascii = true\ntheme = '\xff'", ":2: is not UTF-8; save the file in that encoding"),
        ("width = " + "9" * 6000, ": holds a number of too many digits"),
    ],
)
def test_broken_file_is_told_with_line_and_remedy(paths: Paths, text: str | bytes, line: str) -> None:
    assert settings_error(paths, text).startswith(line)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (".".join(["a"] * 30_000) + " = 1", ":1: a name has more than 8 parts"),
        ("\n" + ".".join(['"a"'] * 30_000) + " = 1", ":2: a name has more than 8 parts"),
        ("mute = " + "[" * 3000, ":1: brackets are nested more than 16 deep"),
        ("mute = '''" + '"""\\"' * 20_000, ": "),
        ('theme = """' + '\\"""' * 60_000, ": "),
        ("# " + "x" * 300_000, ": is larger than 256 KiB"),
    ],
)
def test_hostile_file_is_refused_at_once(paths: Paths, text: str, line: str) -> None:
    started = time.process_time()
    assert line.lstrip(":") in settings_error(paths, text)
    assert time.process_time() - started < 1


def test_urls_and_comments_are_no_long_names(paths: Paths) -> None:
    put(paths, "config.toml", 'mute = ["a.b.c.d.e.f.g.h.i.j.k"] # a.b.c.d.e.f.g.h.i.j.k.l.m\n')
    assert config.load_settings(paths).mute == ("a.b.c.d.e.f.g.h.i.j.k",)


def test_browser_only_from_a_file_of_ones_own(paths: Paths) -> None:
    file = put(paths, "config.toml", '\nbrowser = ["firefox"]\n')
    file.chmod(0o622)
    with pytest.raises(ConfigError, match=r":2: browser names a program, but others may write this file"):
        config.load_settings(paths)
    file.chmod(0o644)
    assert config.load_settings(paths).browser == ("firefox",)


def test_unreadable_file_is_told(paths: Paths) -> None:
    paths.create()
    paths.settings_file.mkdir()
    with pytest.raises(ConfigError, match=r"cannot be read .*make it a file"):
        config.load_settings(paths)


@pytest.mark.parametrize("character", string.punctuation + "aZ9")
def test_characters_take_the_names_the_screens_use(paths: Paths, character: str) -> None:
    put(paths, "config.toml", f"[keys]\nopen = {json.dumps(character)}\nstar = {json.dumps('ctrl+' + character)}")
    keys = config.load_settings(paths).keys
    assert keys["open"] == (_character_to_key(character),)
    assert keys["star"] == ("ctrl+" + _character_to_key(character),)


def test_presets_and_kept_verbs_are_those_of_the_verbs() -> None:
    assert set(config.KEYMAPS) == set(verbs.PRESETS)
    assert set(config.KEPT_VERBS) <= {verb.name for verb in verbs.VERBS}


# ---- feeds ----


def test_own_feeds_take_the_place_of_the_bundled(paths: Paths) -> None:
    put(paths, "feeds.toml", FEED + 'kind = "sitemap"\ninclude = ["AI"]\ncommunity = true\ninterval = 30\n')
    feeds, warnings = config.load_feeds(paths)
    assert warnings == ()
    assert feeds == (
        Feed(
            url="https://news.example/rss",
            title="news.example",
            outlet="news.example",
            kind="sitemap",
            include=("AI",),
            community=True,
            interval=30,
        ),
    )


def test_load_brings_all_together(paths: Paths) -> None:
    put(paths, "feeds.toml", FEED + FEED)
    put(paths, "config.toml", "width = 60")
    found = config.load(paths)
    assert (found.settings.width, len(found.feeds), len(found.warnings)) == (60, 1, 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[[feeds]]\nurl = 'https://a.example'", ':1: there is no key "feeds"; write every source as a [[feed]] table'),
        ("[feed]\nurl = 'https://a.example'", ":1: feed must be a table in double brackets; write [[feed]]"),
        (FEED + "[[feed]]\ntitle = 'x'", ':3: this feed has no url; write url = "https://…"'),
        (FEED + FEED + "outlit = 'x'", ':5: there is no key "outlit"; did you mean "outlet"?'),
        (FEED + 'kind = "feeds"', ':3: kind must be feed or sitemap, not "feeds"; did you mean "feed"?'),
        (FEED + 'text = "all"', ':3: text must be full or summary or headline, not "all"'),
        (FEED + 'group = "My press"', ':3: group must be one word in small letters, such as "press", not "My press"'),
        (FEED + "enabled = 'no'", ':3: enabled must be true or false, not "no"'),
        (FEED + 'user_agent = "x\\r\\nX-Injected: 1"', ":3: user_agent holds a control character"),
        ("[[feed]]\nurl = 'ftp://a.example/x'", ":2: url must be an address that begins with https:// or http://"),
        ("[[feed]]\nurl = '|touch x'", ":2: url must be an address"),
        ("[[feed]]\nurl = 'https://[bad/'", ":2: url must be an address"),
        ("[[feed]]\nurl = 'http://a.example:99999/'", ":2: url must be an address"),
        ("[[feed]]\nurl = 'http:///x'", ":2: url must be an address"),
        (
            "[[feed]]\nurl = 'http://localhost:8000/x'",
            ":2: localhost is on your own machine or network; write local = true",
        ),
        ("[[feed]]\nurl = 'http://10.0.0.7/x'", ":2: 10.0.0.7 is on your own machine or network"),
        ("[[feed]]\nurl = 'http://0x7f.1/x'", ":2: 0x7f.1 is on your own machine or network"),
        ("[[feed]]\nurl = 'http://[::ffff:127.0.0.1]/x'", ":2: ::ffff:127.0.0.1 is on your own machine or network"),
    ],
)
def test_wrong_feed_is_told_with_line_and_remedy(paths: Paths, text: str, line: str) -> None:
    assert feeds_error(paths, text).startswith(line)


def test_lines_are_right_beside_strings_that_look_like_tables(paths: Paths) -> None:
    text = (
        '# [[feed]]\n[[feed]]\nurl = "https://a.example"\nnote = "[[feed]] kind = 1"\n\n[[feed]]\n# kind\nkind = "x"\n'
    )
    assert feeds_error(paths, text).startswith(":8: kind must be")


@pytest.mark.parametrize(
    "host", ["localhost", "a.localhost", "127.0.0.1", "127.1", "2130706433", "::1", "192.168.1.1", "nas.local"]
)
def test_local_hosts(host: str) -> None:
    assert config.is_local_host(host)


@pytest.mark.parametrize(
    "host", ["example.org", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "cafe.de", "localhost.example"]
)
def test_public_hosts(host: str) -> None:
    assert not config.is_local_host(host)


def test_local_feed_is_allowed_when_asked_for(paths: Paths) -> None:
    put(paths, "feeds.toml", "[[feed]]\nurl = 'http://127.0.0.1:8000/x'\nlocal = true")
    feeds, _ = config.load_feeds(paths)
    assert feeds[0].local


def test_address_that_stands_twice_is_a_warning(paths: Paths) -> None:
    file = put(paths, "feeds.toml", FEED + "\n[[feed]]\nurl = 'HTTPS://News.example:443/rss#top'\ntitle = 'again'\n")
    feeds, warnings = config.load_feeds(paths)
    assert [feed.title for feed in feeds] == ["news.example"]
    assert warnings == (f'{file}:5: this address is already that of "news.example"; it is counted once, take one out',)


def test_very_many_warnings_are_counted(paths: Paths) -> None:
    put(paths, "feeds.toml", FEED * 5000)
    started = time.process_time()
    _, warnings = config.load_feeds(paths)
    assert (len(warnings), warnings[-1].rpartition(": ")[2]) == (21, "and 4979 more of the like")
    assert time.process_time() - started < 5


def test_group_of_ones_own_is_kept_and_a_slip_is_a_warning(paths: Paths) -> None:
    file = put(
        paths, "feeds.toml", FEED + "group = 'newsletter'\n[[feed]]\nurl='https://b.example'\ngroup = 'garden'\n"
    )
    feeds, warnings = config.load_feeds(paths)
    assert [feed.group for feed in feeds] == ["newsletter", "garden"]
    assert warnings == (f'{file}:3: group "newsletter" is one of your own; did you mean "newsletters"?',)


# ---- edits ----


def test_first_addition_begins_with_the_bundled_feeds(paths: Paths) -> None:
    before, _ = config.load_feeds(paths)
    feed = Feed(
        url="https://new.example/rss",
        title='A "new" one',
        outlet="New",
        group="mine",
        include=("AI", "chips"),
        interval=60,
    )
    assert config.add_feeds(paths, [feed]) == 1
    after, warnings = config.load_feeds(paths)
    assert after == (*before, feed)
    assert warnings == ()
    assert paths.feeds_file.read_text().startswith(config.BUNDLED_FEEDS.read_text())
    assert stat.S_IMODE(paths.feeds_file.stat().st_mode) == 0o600


def test_addition_may_begin_empty(paths: Paths) -> None:
    feeds = [Feed(url=f"http://127.0.0.1:{port}/", title="t", outlet="o", local=True) for port in (8001, 8002, 8001)]
    assert config.add_feeds(paths, feeds, keep_bundled=False) == 2
    assert config.load_feeds(paths)[0] == tuple(feeds[:2])


def test_known_address_is_not_added_again(paths: Paths) -> None:
    file = put(paths, "feeds.toml", FEED)
    assert config.add_feeds(paths, [Feed(url="https://NEWS.example/rss", title="t", outlet="o")]) == 0
    assert file.read_text() == FEED


def test_addition_that_would_not_read_back_changes_nothing(paths: Paths) -> None:
    file = put(paths, "feeds.toml", FEED)
    with pytest.raises(ConfigError, match="url must be an address"):
        config.add_feeds(paths, [Feed(url="gopher://old.example", title="t", outlet="o")])
    assert file.read_text() == FEED


def test_addition_that_is_too_large_changes_nothing(paths: Paths) -> None:
    feeds = [Feed(url=f"https://{n}.example/{'x' * 1000}", title="t", outlet="o") for n in range(2200)]
    with pytest.raises(ConfigError, match="would be larger than 2048 KiB"):
        config.add_feeds(paths, feeds)
    assert not paths.feeds_file.exists()


def test_what_is_no_address_is_no_feed(paths: Paths) -> None:
    assert not config.remove_feed(paths, "http://[bad")
    assert not config.set_enabled(paths, "http://a.example:99999/", True)
    assert not paths.feeds_file.exists()


COMMENTED = """\
# mine
[[feed]]
# about a
url = "https://a.example"   # why

# ---- b ----
[[feed]]
url = "https://b.example"
note = '[[feed]]'

# ---- c ----
[[feed]]
url = "https://c.example"
enabled = false # too loud
# end
"""


def test_removal_keeps_the_comments_of_the_others(paths: Paths) -> None:
    file = put(paths, "feeds.toml", COMMENTED)
    assert config.remove_feed(paths, "https://b.example/")
    left = COMMENTED.split('[[feed]]\nurl = "https://b')[0] + "# ---- c ----" + COMMENTED.split("# ---- c ----")[1]
    assert file.read_text() == left
    assert not config.remove_feed(paths, "https://b.example/")


def test_removal_from_the_bundled_feeds_makes_a_list_of_ones_own(paths: Paths) -> None:
    before, _ = config.load_feeds(paths)
    assert config.remove_feed(paths, before[3].url)
    assert config.load_feeds(paths)[0] == before[:3] + before[4:]


def test_every_bundled_feed_can_be_removed(paths: Paths) -> None:
    feeds, _ = config.load_feeds(paths)
    for feed in feeds[:5] + feeds[-5:]:
        assert config.remove_feed(paths, feed.url)
    assert config.load_feeds(paths)[0] == feeds[5:-5]


def test_enabling_keeps_comments(paths: Paths) -> None:
    file = put(paths, "feeds.toml", COMMENTED)
    before = file.read_text()
    assert config.set_enabled(paths, "https://c.example", True)
    assert file.read_text() == before.replace("enabled = false #", "enabled = true #")
    assert config.set_enabled(paths, "https://a.example", False)
    assert [feed.enabled for feed in config.load_feeds(paths)[0]] == [False, True, True]
    assert "# why" in file.read_text()
    assert not config.set_enabled(paths, "https://nowhere.example", True)


def test_a_move_keeps_comments_and_goes_back(paths: Paths) -> None:
    file = put(paths, "feeds.toml", COMMENTED)
    assert config.move_feed(paths, "https://a.example", "https://new.example/f")
    moved = file.read_text()
    assert 'url = "https://new.example/f"   # why\n' in moved
    assert config.load_feeds(paths)[0][0].moved_from == "https://a.example"
    assert config.move_back(paths, "https://new.example/f") == "https://a.example"
    assert file.read_text().replace('moved_from = "https://new.example/f"\n', "") == COMMENTED
    assert config.move_back(paths, "https://b.example") == ""
    assert not config.move_feed(paths, "https://nowhere.example", "https://new.example/f")
    assert not config.move_feed(paths, "https://b.example", "https://B.example/#top")


def test_a_move_to_a_feed_of_the_list_joins_the_two(paths: Paths) -> None:
    put(paths, "feeds.toml", COMMENTED)
    before, _ = config.load_feeds(paths)
    assert config.move_feed(paths, "https://a.example", "https://c.example")
    a, _, c = config.load_feeds(paths)[0]
    assert (a.enabled, c.enabled, c.moved_from) == (False, True, "https://a.example")
    assert config.move_back(paths, "https://c.example") == "https://a.example"
    after = config.load_feeds(paths)[0]
    assert [feed.url for feed in after] == [feed.url for feed in before]
    assert [(feed.enabled, feed.moved_from) for feed in after] == [(True, ""), (True, ""), (True, "")]


def test_a_fallback_takes_the_place_of_a_feed_and_gives_it_back(paths: Paths) -> None:
    put(paths, "feeds.toml", FEED + 'fallback = "https://other.example/f"\noutlet = "News"\ngroup = "wires"\n')
    feed = config.load_feeds(paths)[0][0]
    for _ in range(2):
        assert config.take_fallback(paths, feed)
        first, other = config.load_feeds(paths)[0]
        assert (first.enabled, other.enabled, other.url, other.outlet, other.group) == (
            False, True, "https://other.example/f", "News", "wires",
        )  # fmt: skip
        assert config.drop_fallback(paths, first)
        assert [feed.enabled for feed in config.load_feeds(paths)[0]] == [True, False]
    assert not config.take_fallback(paths, other)
    assert not config.drop_fallback(paths, other)


def test_edit_of_a_broken_file_changes_nothing(paths: Paths) -> None:
    file = put(paths, "feeds.toml", FEED + "x")
    for edit in (lambda: config.remove_feed(paths, "https://a.example"), lambda: config.add_feeds(paths, [])):
        with pytest.raises(ConfigError):
            edit()
    assert file.read_text() == FEED + "x"


def test_edit_keeps_a_symbolic_link_and_the_mode(paths: Paths, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text(FEED)
    kept.chmod(0o640)
    paths.create()
    paths.feeds_file.symlink_to(kept)
    config.set_enabled(paths, "https://news.example/rss", False)
    assert paths.feeds_file.is_symlink()
    assert "enabled = false" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["dotfiles.toml", "home"]


def test_failed_write_leaves_file_and_folder_as_they_were(paths: Paths, tmp_path: Path) -> None:
    paths.create()
    target = paths.config / "feeds.toml"
    target.mkdir()
    with pytest.raises(ConfigError, match=r"cannot be written .*it is as it was"):
        config.write_file(target, "x")
    assert sorted(os.listdir(paths.config)) == ["feeds.toml", "logs"]


def test_two_processes_lose_no_addition(paths: Paths) -> None:
    put(paths, "feeds.toml", FEED)
    script = (
        "import sys; from reader import config; from reader.model import Feed\n"
        "paths = config.find_paths()\n"
        "for n in range(15):\n"
        "    config.add_feeds(paths, [Feed(url=f'https://{sys.argv[1]}.example/{n}', title='t', outlet='o')])\n"
    )
    environ = {**os.environ, "BRIEFING_HOME": str(paths.config)}
    both = [subprocess.Popen([sys.executable, "-c", script, name], env=environ) for name in ("a", "b")]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len(config.load_feeds(paths)[0]) == 31


# ---- the documentation ----

DOCUMENTATION = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", DOCUMENTATION, re.DOTALL)


def test_documented_settings_are_valid_and_complete(paths: Paths) -> None:
    put(paths, "config.toml", EXAMPLES[0])
    found = config.load_settings(paths, [verb.name for verb in verbs.VERBS])
    assert dict(found.keys) == {"star": ("asterisk",), "open": ("enter", "o"), "fetch": ("ctrl+r",)}
    assert set(re.findall(r"^\[?(\w+)", EXAMPLES[0], re.MULTILINE)) >= set(config.SETTINGS_KEYS)
    defaults = {"theme", "keymap", "interval", "width", "columns", "mouse", "ascii"}
    assert all(getattr(found, name) == getattr(Settings(), name) for name in defaults)
    assert found.rank == Settings().rank
    assert set(re.findall(r"^(\w+) = [\d.]+ ", EXAMPLES[0].partition("[rank]")[2], re.MULTILINE)) == set(config.RANK)


def test_documented_feeds_are_valid_and_complete(paths: Paths) -> None:
    put(paths, "feeds.toml", EXAMPLES[1])
    feeds, warnings = config.load_feeds(paths)
    assert ([feed.kind for feed in feeds], warnings) == (["feed", "sitemap"], ())
    assert set(re.findall(r"^\| `(\w+)` \|", DOCUMENTATION, re.MULTILINE)) == set(config.FEED_KEYS)
    head = config.BUNDLED_FEEDS.read_text("utf-8").partition("[[feed]]\n")[0]
    assert set(re.findall(r"^#   (\w+) ", head, re.MULTILINE)) == set(config.FEED_KEYS)


def test_import_needs_nothing_slow() -> None:
    script = "import sys, reader.config; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"tomllib", "tomlkit", "platformdirs", "difflib", "textual"} & set(loaded)


def test_texts_are_kept_for_always_without_a_rule(paths: Paths) -> None:
    put(paths, "config.toml", "[keep]\ndays = 90")
    assert config.load_settings(paths).keep == config.Keep(days=90)
    assert Settings().keep == config.Keep(0, 0, 0)
    for wrong, told in (
        ("days = 0", "7 to 36500"),
        ("weeks = 1", "there is no key"),
        ("articles = true", "whole number"),
    ):
        put(paths, "config.toml", f"[keep]\n{wrong}")
        with pytest.raises(ConfigError, match=told):
            config.load_settings(paths)
