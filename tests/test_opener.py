"""Links: what may be opened, in which form, and with which program; nothing passes through a shell."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.opener import LinkError, browser_command, host_of, open_link, web_address

REFUSED = [
    "", "   ", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "javascript://news.example/%0aalert(1)", "file:///etc/passwd",
    "local_file:///etc/passwd", "data:text/html,x", "ftp://news.example/", "mailto:a@b.example", "news.example/x", "//news.example/x",
    "http:", "http://", "https:///path", "http://news.example:99999/", "http://news.example:x/", "http://[::1", "-new-window", "--help",
    "%action--incognito", "| touch x", "http://news.example/a b", "http://news.example/\x1b]8;;", "http://news.example/\x9b31m",
    "http://news.example/a\nb", "http://news.example/\tb", "http://news.example\\@evil.example/", "http://news\u2028.example/",
    "smb://share/", "x-apple.systempreferences:", "vbscript:x", "about:blank", "view-source:http://news.example/",
]  # fmt: skip

OPENED = {
    "http://news.example/a?b=c#d": "http://news.example/a?b=c#d",
    "  https://news.example/a  ": "https://news.example/a",
    "HTTPS://News.Example/A": "https://news.example/A",
    "https://bücher.example/ü": "https://xn--bcher-kva.example/ü",
    "https://user:secret@news.example:8443/": "https://user:secret@news.example:8443/",
    "http://[::1]:8080/x": "http://[::1]:8080/x",
    "http://news.example/$(touch%20x);`id`'\"&|<>": "http://news.example/$(touch%20x);`id`'\"&|<>",
    "http://news.example/%s%20%25": "http://news.example/%s%20%25",
}


@pytest.mark.parametrize("url", REFUSED)
def test_anything_but_a_web_address_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(LinkError) as caught:
        web_address(url)
    line = str(caught.value)
    assert line
    assert line.isprintable()
    assert host_of(url) == ""


@pytest.mark.parametrize("url", OPENED)
def test_a_web_address_is_written_anew(url: str) -> None:
    assert web_address(url) == OPENED[url]
    assert web_address(web_address(url)) == web_address(url)


def test_the_host_that_is_shown_is_the_one_that_is_looked_up() -> None:
    assert host_of("https://news.example@evil.example/") == "evil.example"
    assert host_of("https://аpple.example/") == "xn--pple-43d.example"


@given(st.text())
def test_whatever_is_opened_begins_with_http_and_drives_nothing(text: str) -> None:
    for url in (text, f"http://{text}", f"https://news.example/{text}"):
        try:
            address = web_address(url)
        except LinkError:
            continue
        assert address.startswith(("http://", "https://"))
        assert not any(ord(c) <= 32 or 0x7F <= ord(c) <= 0x9F for c in address)


@pytest.mark.parametrize(
    ("own", "browser", "words"),
    [
        (["firefox", "-P", "news"], "lynx", ["firefox", "-P", "news"]),
        ([], "lynx -nocolor", ["lynx", "-nocolor"]),
        ([], f"{os.pathsep}w3m '%s' x", ["w3m", "%s", "x"]),
    ],
)
def test_the_program_is_the_users_own_first(own: list[str], browser: str, words: list[str]) -> None:
    assert browser_command(own, {"BROWSER": browser}) == words


@pytest.mark.skipif(sys.platform == "darwin", reason="there `open` always opens")
def test_without_a_screen_there_is_no_program_and_the_address_is_said() -> None:
    assert browser_command((), {}) == []
    with pytest.raises(LinkError, match=r"no browser here; the address is https://news\.example/x"):
        open_link("https://news.example/x", environ={})


def test_a_browser_that_cannot_be_read_or_started_is_said() -> None:
    with pytest.raises(LinkError, match="BROWSER cannot be read"):
        open_link("https://news.example/x", environ={"BROWSER": "'lynx"})
    with pytest.raises(LinkError, match="cannot be started"):
        open_link("https://news.example/x", ["/nowhere/browser"])


NOTE = "import json, sys; open(sys.argv[1], 'w').write(json.dumps(sys.argv[2:]))"


def started(tmp_path: Path, url: str, *words: str) -> list[str]:
    """The words that the browser was started with."""
    note = tmp_path / "note"
    assert open_link(url, [sys.executable, "-c", NOTE, str(note), *words]) == web_address(url)
    for _ in range(500):
        if note.exists() and note.read_text():
            return list(json.loads(note.read_text()))
        time.sleep(0.01)
    raise AssertionError("the browser was not started")


@pytest.mark.parametrize("url", OPENED)
def test_the_address_is_one_word_of_the_command(tmp_path: Path, url: str) -> None:
    assert started(tmp_path, url) == [OPENED[url]]
    (tmp_path / "note").unlink()
    assert started(tmp_path, url, "--url=%s", "last") == [f"--url={OPENED[url]}", "last"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["note"]


def test_what_is_refused_starts_nothing(tmp_path: Path) -> None:
    for url in REFUSED:
        with pytest.raises(LinkError):
            open_link(url, [sys.executable, "-c", NOTE, str(tmp_path / "note")])
    time.sleep(0.1)
    assert list(tmp_path.iterdir()) == []
