"""Reading: panes by width, facts that move together, a text that keeps its place."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"


def shape(text: str) -> str:
    """A screen without what differs from day to day."""
    return re.sub(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d", "DD Mon YYYY HH:MM", text)


def check_snapshot(name: str, text: str, update: bool) -> None:
    """Compare with the stored screen; UPDATE_SNAPSHOTS=1 in the environment stores it anew."""
    file = SNAPSHOTS / f"{name}.txt"
    if update:
        file.write_text(text + "\n", "utf-8")
    assert text == file.read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize(
    ("size", "panes"),
    [((80, 24), ["list"]), ((120, 40), ["list", "facts"]), ((160, 48), ["list", "text", "facts"])],
)
def test_width_decides_which_panes_there_are(drive, size, panes):
    async def session(d):
        assert [p.id for p in (d.screen.list, d.screen.text, d.screen.facts) if p.display] == panes
        assert "Orion Labs raises" in d.text()

    drive(session, size)


@pytest.mark.parametrize(
    ("size", "panes"), [((80, 24), ["text"]), ((120, 40), ["text", "facts"]), ((160, 48), ["list", "text", "facts"])]
)
def test_reading_shows_the_text_at_every_width(drive, size, panes):
    async def session(d):
        await d.press("enter")
        assert [p.id for p in (d.screen.list, d.screen.text, d.screen.facts) if p.display] == panes
        assert "Orion Labs raised $2.4 billion at a valuation" in d.text()

    drive(session, size)


def test_facts_of_text_and_panel_move_together(drive):
    async def session(d):
        await d.press("enter", "c")
        items = d.screen.text.sheet.items
        assert d.screen.text.fact == d.screen.facts.fact == 0
        assert "$2.4 billion" in [item.value for item in items]
        assert f"fact 1 of {len(items)}" in d.text()
        await d.press("c", "C", "C")
        assert d.screen.text.fact == d.screen.facts.fact == len(items) - 1
        d.screen.facts.focus()
        await d.press("home", "j")
        assert d.screen.text.fact == d.screen.facts.fact
        assert d.screen.facts.fact != len(items) - 1

    drive(session, (160, 48))


def test_figures_of_a_sentence_share_its_row(drive):
    async def session(d):
        await d.press("j", "enter", "c")
        panel = d.screen.facts
        rows = [[part for part in line.parts if len(part) == 3] for line in panel._lines]
        words = "".join(part[0] for row in rows for part in row)
        assert words.replace(" ", "") == "Vantorexpectsrevenueof$9.1billionthisyear,up12%."
        values = [part for row in rows for part in row if part[2] >= 0]
        assert "".join(part[0] for part in values).replace(" ", "") == "$9.1billion12%"
        assert panel.fact == values[0][2]
        y = next(n for n, row in enumerate(rows) if values[-1] in row)
        x = sum(len(part[0]) for part in panel._lines[y].parts[: panel._lines[y].parts.index(values[-1])])
        await d.pilot.click(panel, offset=(x + 1, y))
        await d.settle()
        assert d.screen.text.fact == panel.fact == values[-1][2]
        looks = {segment.text: segment.style.bgcolor for segment in panel.render_line(y)}
        assert [text for text, colour in looks.items() if colour == looks["12%"]] == ["12%"]

    drive(session, (160, 48))


def test_every_panel_value_is_the_text_of_its_span(drive, library):
    async def session(d):
        await d.press("enter")
        text = library.article(1).body.text
        for item in d.screen.text.sheet.items:
            assert item.value == " ".join(text[item.start : item.end].split())

    drive(session)


def test_narrow_window_swaps_text_and_facts(drive):
    async def session(d):
        await d.press("enter", "c")
        assert "Orion Labs raised $2.4 billion" in d.text().splitlines()[-2]
        await d.press("tab")
        assert d.screen.facts.display
        assert not d.screen.text.display
        await d.press("tab")
        assert d.screen.text.display

    drive(session, (80, 24))


def test_resize_keeps_the_words_at_the_top(drive):
    async def session(d):
        await d.press("enter")
        await d.press("space")
        pane = d.screen.text
        top = pane._page.starts[pane.scroll_offset.y]
        await d.pilot.resize_terminal(84, 30)
        await d.settle()
        line = pane.scroll_offset.y
        assert pane._page.starts[line] <= top <= pane._page.starts[line + 1]

    drive(session, (160, 20))


def test_reading_marks_read_and_back_shows_it(drive, library):
    async def session(d):
        await d.press("enter", "q")
        assert "○" in d.text().splitlines()[2]
        assert library.rows([1])[0].read

    drive(session)


def test_unread_follows_across_articles(drive):
    async def session(d):
        await d.press("enter", "n")
        assert d.screen.article.id == 2
        await d.press("N")
        assert d.screen.article.id == 2
        assert "no further unread" in d.text()

    drive(session)


def test_space_at_the_end_goes_on_to_the_next_unread(drive):
    async def session(d):
        await d.press("j", "enter", "space")
        assert d.screen.article.id == 3

    drive(session)


def test_markup_of_a_headline_stays_literal(drive):
    async def session(d):
        assert "[/] [bold]markup[/x] [@click=app.quit]stays" in d.text()
        await d.press("j", "j", "enter", "s")
        assert "starred: [/] [bold]markup[/x] [@click=app.quit]stays as it is[/]" in d.text()

    drive(session)


def test_raw_escape_in_the_store_never_reaches_a_strip(drive, library):
    evil = "\x1b]52;c;AAAA\x07\x9b2J"
    library.store.connection.execute("UPDATE article SET title = ?, outlet = ? WHERE id = 2", (f"T{evil}itle", evil))
    library.store.connection.execute(
        "UPDATE revision SET text = ?, title = ?, blocks = '[]' WHERE article_id = 2",
        (f"Revenue {evil} is $9.1 billion", f"T{evil}"),
    )

    async def session(d):
        await d.press("j", "enter", "c")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", d.text())

    drive(session, (160, 48))


def test_links_are_listed_with_their_hosts(drive, tmp_path, monkeypatch):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser.sh"
    browser.write_text(f'#!/bin/sh\necho "$@" >> {opened}\n')
    browser.chmod(0o755)

    async def session(d):
        await d.press("enter", "semicolon")
        assert "orion.example" in d.text()
        assert "not a web address" in d.text()
        await d.press("2")
        assert "not opened: a link of kind 'javascript'" in d.text()
        await d.press("semicolon", "1")
        assert "opened at orion.example" in d.text()

    drive(session, (100, 30), browser=(str(browser),))
    for _ in range(200):
        if opened.exists() and opened.read_text():
            break
        import time

        time.sleep(0.02)
    assert opened.read_text() == "https://orion.example/round\n"


def test_zen_shows_the_text_alone_and_escape_ends_it(drive):
    async def session(d):
        await d.press("enter", "full_stop")
        assert [p.id for p in (d.screen.list, d.screen.text, d.screen.facts) if p.display] == ["text"]
        await d.press("escape")
        assert d.screen.facts.display
        assert d.screen.reading

    drive(session, (160, 48))


def test_themes_go_round(drive):
    async def session(d):
        names = []
        for _ in range(3):
            await d.press("T")
            names.append(d.app.theme)
        assert names == ["briefing-light", "terminal", "briefing-dark"]

    drive(session)


@pytest.mark.parametrize(("name", "size"), [("list-80", (80, 24)), ("list-120", (120, 30)), ("reading-80", (80, 24))])
def test_screens_look_as_they_did(drive, name, size):
    async def session(d):
        if name.startswith("reading"):
            await d.press("enter")
        lines = shape(d.text()).splitlines()
        cut = lines if size[0] < 100 else [line.split("│")[0].rstrip() for line in lines]
        kept = [re.sub(r"\b\d+ facts", "N facts", re.sub(r"([●○]\S*) +\d+ ", r"\1   N ", line)) for line in cut]
        unmarked = [re.sub(r"^( *)[FSQHP~](?=  \S)", r"\1 ", line) for line in kept]
        check_snapshot(name, "\n".join(unmarked), "UPDATE_SNAPSHOTS" in os.environ)

    drive(session, size)
