"""Stories on the screen: one row for several outlets, their figures beside each other, and the boards behind them."""

from __future__ import annotations

import time

import pytest
from rich.cells import cell_len

from reader.factfinder import find_facts
from reader.ingest.pipeline import stories_for
from reader.library import Library
from reader.model import Block, Entry, Feed, FeedState, Text
from reader.store import Store
from reader.tui import records

HOUR = 3600
TOLD = (
    (
        "CNBC",
        "Vantor raises $1.4 billion at $12 billion valuation",
        "Vantor Systems on Monday raised $1.4 billion in a funding round led by Harbor Capital, valuing the chip maker at $12 billion. "
        "“We will ship the second chip in March 2027,” chief executive Lena Ortiz said in a statement. "
        "Its model Vantor Base 2 scored 71.2% on GPQA Diamond.",
        6,
    ),
    (
        "Reuters",
        "Chip maker Vantor raises $1.4 billion from Harbor Capital and others",
        "Vantor, which designs accelerators for data centers, said that it had closed a $1.4 billion funding round. Vantor's revenue rose "
        "48% last year, according to a filing. Harbor Capital led the investors, and two sovereign funds joined them.",
        5,
    ),
    (
        "The Verge",
        "Vantor has $1.4 billion more to take on bigger chip makers",
        "The startup Vantor raised $1.4 billion, mostly from Harbor Capital, and plans a factory in Arizona. Its chip runs the model "
        "Vantor Base 2, which scored 71.2% on GPQA Diamond, well behind the leaders of that table.",
        4,
    ),
)


@pytest.fixture
def store_path(tmp_path):
    """One event told by three outlets, and another one."""
    now = int(time.time())
    store = Store(tmp_path / "store.db")
    for number, (outlet, title, text, age) in enumerate(TOLD):
        save(store, outlet, number, title, text, now - age * HOUR, now)
    save(
        store,
        "Ars Technica",
        9,
        "A bird that counts to four",
        "Crows counted to four in a study with 12 birds.",
        now - HOUR,
        now,
    )
    while unread := store.without_facts(100):
        find_facts(store, unread)
    stories_for(store)
    store.close()
    return tmp_path / "store.db"


def save(store: Store, outlet: str, number: int, title: str, text: str, published: int, now: int) -> None:
    url = f"https://{outlet.lower().replace(' ', '')}.example"
    body = Text(text, (Block("paragraph", 0, len(text)),))
    entry = Entry(
        f"g{number}", f"{url}/{number}", title, body, published=published, completeness="full", content_hash=text
    )
    store.save_poll(Feed(f"{url}/feed", outlet, outlet), FeedState(f"{url}/feed"), [entry], now=now)


def row_of(d, words: str) -> str:
    return next(line for line in d.text().splitlines() if words in line)


async def to_vantor(d) -> None:
    d.screen.list.cursor = next(at for at in range(len(d.screen.list.ids)) if "Vantor" in d.screen.list.row(at).title)
    await d.settle()


def test_one_row_a_story_with_its_outlets_and_what_is_new(drive):
    async def session(d):
        assert len(d.screen.list.ids) == 2
        row = d.screen.list.row(next(i for i in range(2) if "Vantor" in d.screen.list.row(i).title))
        assert row.outlets == 3
        assert f"+{row.novel}/{row.all_facts}" in row_of(d, "Vantor")
        assert "Inbox 2" in d.text()

    drive(session)


def test_done_takes_the_whole_story(drive, library):
    async def session(d):
        await to_vantor(d)
        await d.press("e")
        assert len(d.screen.list.ids) == 1
        assert library.counts()["done"] == 3
        await d.press("z")
        assert library.counts()["done"] == 0
        assert len(d.screen.list.ids) == 2

    drive(session)


def test_the_panel_says_how_many_sources_stand_behind_a_figure(drive):
    async def session(d):
        await to_vantor(d)
        await d.press("enter")
        text = d.text()
        assert "THIS STORY" in text or d.screen.facts.virtual_size.height > d.screen.facts.size.height
        marks = d.screen.facts._others.marks
        assert any(mark.startswith("=") for mark in marks.values())

    drive(session, (160, 48))


def test_compare_shows_a_column_an_outlet_and_opens_the_passage(drive):
    async def session(d):
        await to_vantor(d)
        await d.press("d")
        text = d.text()
        for outlet in ("CNBC", "Reuters", "The Verge"):
            assert outlet in text
        assert "$1.4 billion" in text
        await d.press("enter")
        assert d.screen.reading
        assert d.screen.article.outlet in ("CNBC", "Reuters", "The Verge")
        assert d.screen.text.fact is not None

    drive(session)


def test_outlets_says_why_each_article_is_in_the_story(drive):
    async def session(d):
        await to_vantor(d)
        await d.press("a")
        assert "independent" in d.text()
        assert "began the story" in d.text()

    drive(session)


def test_ledger_of_the_figure_under_the_cursor(drive):
    async def session(d):
        await to_vantor(d)
        await d.press("enter", "number_sign")
        assert "c to a figure first" in d.text()
        await d.press("c")
        at = next(i for i, item in enumerate(d.screen.text.sheet.items) if item.value == "$1.4 billion")
        d.screen.text.fact = at
        await d.press("number_sign")
        assert "values over time" in d.text()
        assert "$1.4 billion" in row_of(d, "Reuters")

    drive(session)


def test_boards_open_and_go_back(drive):
    async def session(d):
        await d.press("B")
        assert "GPQA Diamond" in d.text()
        assert "Vantor Base 2" in d.text()
        await d.press("q", "P")
        assert "We will ship the second chip in March 2027" in d.text()
        await d.press("q", "quotation_mark")
        assert "Lena Ortiz" in d.text()
        await d.press("enter")
        assert d.screen.reading

    drive(session)


def test_dossier_offers_the_articles_own_subject(drive):
    async def session(d):
        await to_vantor(d)
        await d.press("enter", "at", "enter")
        assert "stories" in d.text()
        assert "Vantor" in row_of(d, "$1.4 billion")
        await d.press("q", "at")
        for _ in range(40):
            await d.pilot.press("backspace")
        await d.type("Nobody Known")
        assert "nothing is stored about 'Nobody Known'" in d.text()

    drive(session)


def test_empty_boards_say_why(drive, library):
    library.store.connection.execute("DELETE FROM fact")
    library.store.connection.execute("DELETE FROM promise")

    async def session(d):
        await d.press("P")
        assert "No forecast or commitment is stored yet." in d.text()

    drive(session)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(library: Library, width: int):
    story = library.story_of(1)
    lines = [
        *records.diff_lines(story, width),
        *records.story_lines(story, width),
        *records.board_lines(library.board(), width),
        *records.promise_lines(library.promises(), width),
        *records.quote_lines(library.quotes(), width),
    ]
    assert lines
    for line in lines:
        assert sum(cell_len(text) for text, _ in line.parts) <= width + 1, line


def test_every_line_with_a_target_stands_on_stored_text(library: Library):
    for line in (*records.quote_lines(library.quotes(), 100), *records.promise_lines(library.promises(), 100)):
        if line.target:
            article, start, end = line.target
            assert library.article(article).body.text[start:end].strip()


def test_facts_read_elsewhere_are_dim(drive, library: Library):
    def start_of(id: int) -> int:
        return library.article(id).body.text.index("$1.4 billion")

    assert library.seen(3) == frozenset()
    library.mark("read", [2])
    assert start_of(3) in library.seen(3)
    assert library.seen(2) == frozenset()
    library.undo()
    assert library.seen(3) == frozenset()

    async def session(d):
        library.mark("read", [2])
        d.screen.open_passage(3, 0, 0)
        await d.settle()
        assert d.screen.article.id == 3
        assert start_of(3) in d.screen.facts._others.seen
        at = start_of(3)
        assert [kinds for a, b, kinds in d.screen.text._runs.between(at, at + 3)] == ["K"]

    drive(session)


def test_stories_with_nothing_new_stand_below_a_fold_and_one_key_clears_them(drive, library: Library):
    library.mark("read", [1, 2, 3])
    library.store.renew(100)

    async def session(d):
        lines = d.text().splitlines()
        fold = next(i for i, line in enumerate(lines) if "nothing new in 1 story · E clears them" in line)
        assert "crows" in lines[fold - 1].lower() or "bird" in lines[fold - 1].lower()
        assert "Vantor" in lines[fold + 1]
        assert "1 of 2" in lines[-1]
        await d.press("j", "enter")
        assert not d.screen.reading
        await d.press("e")
        assert "2 of 2" in d.text() or "1 of 2" in d.text()
        await d.press("E")
        assert len(d.screen.list.ids) == 1
        assert "Inbox 1" in d.text()

    drive(session)


def test_a_story_is_split_and_merged_by_hand_and_undone(drive, library: Library):
    async def session(d):
        await to_vantor(d)
        await d.press("a")
        assert "first: CNBC (earliest)" in d.text()
        await d.press("q", "enter", "S")
        assert d.screen.list.rows.count == 3
        assert "story split · z takes it back" in d.text()
        await d.press("z")
        assert d.screen.list.rows.count == 2
        await d.press("q", "M")
        assert "x selects the stories to merge" in d.text()
        await d.press("home", "x", "x", "M")
        assert d.screen.list.rows.count == 1
        assert library.story_of(1).outlets == ("CNBC", "Reuters", "The Verge", "Ars Technica")
        await d.press("z")
        assert d.screen.list.rows.count == 2

    drive(session)
