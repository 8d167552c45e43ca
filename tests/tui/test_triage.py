"""Triage by keys: every change is stored, told, and undone."""

from __future__ import annotations

from textual import events

from reader.library import Library


def state(library: Library, id: int) -> tuple[bool, bool, bool, bool]:
    row = library.rows([id])[0]
    return row.read, row.starred, row.later, row.done


def test_done_leaves_the_inbox_and_undo_brings_it_back(drive, library):
    async def session(d):
        await d.press("e")
        assert list(d.screen.list.ids) == [2, 3, 4, 5]
        assert state(library, 1) == (True, False, False, True)
        assert "done: Orion Labs raises $2.4 billion for agents · z takes it back" in d.text()
        assert "Inbox 4" in d.text()
        await d.press("z")
        assert list(d.screen.list.ids) == [1, 2, 3, 4, 5]
        assert state(library, 1) == (False, False, False, False)
        assert "taken back: done: Orion" in d.text()
        await d.press("Z")
        assert list(d.screen.list.ids) == [2, 3, 4, 5]

    drive(session)


def test_undo_outlives_a_restart(drive, library):
    async def first(d):
        await d.press("j", "s")

    async def second(d):
        await d.press("z")
        assert state(library, 2) == (False, False, False, False)

    drive(first)
    assert state(library, 2)[1]
    drive(second)


def test_a_verb_on_a_marked_article_takes_the_mark_back(drive, library):
    async def session(d):
        await d.press("s", "m")
        assert state(library, 1) == (True, True, False, False)
        await d.press("s", "m")
        assert state(library, 1) == (False, False, False, False)

    drive(session)


def test_later_waits_in_its_own_view(drive):
    async def session(d):
        await d.press("l", "g", "l")
        assert list(d.screen.list.ids) == [1]
        assert "Later 1" in d.text()
        await d.press("l")
        assert "Nothing is kept for later." in d.text()
        await d.press("g", "i")
        assert 1 in d.screen.list.ids

    drive(session)


def test_second_key_of_a_place_is_not_lost_while_the_reader_is_busy(drive):
    async def session(d):
        for key, view in (("l", "later"), ("i", "inbox"), ("s", "starred")):
            for typed in ("g", key):
                d.screen._forward_event(events.Key(typed, typed))
            await d.settle()
            assert d.screen.list.rows.listing.view == view

    drive(session)


def test_verbs_act_on_all_that_are_selected(drive, library):
    async def session(d):
        await d.press("x", "j", "V", "e")
        assert list(d.screen.list.ids) == [4, 5]
        assert "3 stories" in d.text()
        await d.press("z")
        assert len(d.screen.list.ids) == 5

    drive(session)


def test_done_while_reading_goes_on_to_the_next(drive):
    async def session(d):
        await d.press("enter", "e")
        assert d.screen.reading
        assert d.screen.article.id == 2
        for _ in range(4):
            await d.press("e")
        assert not d.screen.reading
        assert "The inbox is empty" in d.text()

    drive(session)


def test_all_read_is_one_change(drive, library):
    async def session(d):
        await d.press("A")
        assert library.counts()["unread"] == 0
        await d.press("z")
        assert library.counts()["unread"] == 5

    drive(session)


def test_tags_are_typed_shown_and_taken_away(drive, library):
    async def session(d):
        await d.press("t")
        await d.type("chips funding")
        assert library.rows([1])[0].tags == ("chips", "funding")
        assert "#chips #funding" in d.text()
        await d.press("t")
        await d.type("-chips")
        assert library.rows([1])[0].tags == ("funding",)

    drive(session, (120, 30))


def test_search_finds_marks_and_leaves(drive):
    async def session(d):
        await d.press("slash")
        await d.type("licence")
        assert list(d.screen.list.ids) == [5]
        assert "licence  1 found in all" in d.text()
        await d.press("enter")
        assert d.screen.text.hits == 1
        await d.press("q", "escape")
        assert d.screen.list.rows.count == 5

    drive(session)


def test_a_misspelt_query_says_where_and_keeps_the_list(drive):
    async def session(d):
        await d.press("f")
        await d.type("titel:orion")
        assert "! " in d.text().splitlines()[-1]
        assert "titel" in d.text().splitlines()[-1]
        assert len(d.screen.list.ids) == 5

    drive(session)


def test_nothing_found_says_what_helps(drive):
    async def session(d):
        await d.press("slash")
        await d.type("zyxwvut")
        assert "Nothing stored matches 'zyxwvut'." in d.text()
        await d.press("escape")
        assert len(d.screen.list.ids) == 5

    drive(session)


def test_help_lists_the_keys_and_filters_as_one_types(drive):
    async def session(d):
        await d.press("question_mark")
        assert "Open the article under the cursor" in d.text()
        for character in "undo":
            await d.pilot.press(character)
        await d.settle()
        assert "Take the last change back" in d.text()
        assert "Open the article under the cursor" not in d.text()
        await d.press("escape")
        assert "Orion Labs raises" in d.text()

    drive(session)


def test_own_keys_replace_the_default_ones(drive, library):
    async def session(d):
        await d.press("e")
        assert not state(library, 1)[3]
        await d.press("D")
        assert state(library, 1)[3]

    drive(session, keys={"done": ("D",)})


def test_feeds_screen_shows_every_feed(drive):
    async def session(d):
        await d.press("g", "f")
        assert "news.example/feed" in d.text()
        await d.press("q")
        assert "Orion Labs raises" in d.text()

    drive(session)
