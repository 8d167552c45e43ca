"""The facade: what is listed, found, marked and undone, and facts that always fit the text they are shown on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from polled import FEED, NOW, entry, poll

from reader.factfinder import fact_rows
from reader.library import Library
from reader.model import FeedState
from reader.query import QueryError
from reader.store import Store, StoreError


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Nine articles, newest first by number."""
    library = Library(tmp_path / "briefing.db")
    poll(library.store, *range(1, 10))
    yield library
    library.close()


def test_the_opening_brings_its_rows(library: Library) -> None:
    opening = library.opening("inbox", 4)
    assert list(opening.ids) == [row.id for row in opening.rows] == [1, 2, 3, 4]
    assert list(opening.rows) == library.rows(opening.ids)


def test_a_listing_is_the_whole_view_or_what_a_query_leaves(library: Library) -> None:
    library.mark("star", [2, 5])
    assert list(library.listing("all").ids) == list(range(1, 10))
    assert list(library.listing("starred").ids) == [2, 5]
    assert list(library.listing("all", "starred").ids) == [2, 5]
    found = library.listing("inbox", '"story 7"')
    assert (found.view, found.query, list(found.ids)) == ("inbox", '"story 7"', [7])
    assert list(library.listing("all", "  ").ids) == list(range(1, 10))


def test_a_misspelt_query_says_where(library: Library) -> None:
    with pytest.raises(QueryError, match="column"):
        library.listing("all", "kind:nothing")


def test_no_such_verb_changes_nothing(library: Library) -> None:
    with pytest.raises(KeyError, match="no verb 'burn'"):
        library.mark("burn", [1])
    assert library.undo() is None


def test_a_label_counts_what_changed(library: Library) -> None:
    library.mark("read", [1, 2])
    change = library.mark("read", library.listing("all").ids)
    assert change is not None
    assert change.label == "7 stories marked read"
    one = library.mark("star", [3])
    assert one is not None
    assert one.label == "starred"
    own = library.mark("star", [4], "starred: Story 4")
    assert own is not None
    assert own.label == "starred: Story 4"


def test_everything_that_matches_is_marked_and_comes_back(library: Library) -> None:
    change = library.mark_all("done", "orion", "inbox")
    assert change is not None
    assert len(change.ids) == 9
    assert library.counts()["inbox"] == 0
    undone = library.undo()
    assert undone is not None
    assert undone.label == "9 stories done"
    assert library.counts()["inbox"] == 9
    assert library.redo() is not None
    assert library.counts()["done"] == 9


def test_facts_are_found_once_and_kept(library: Library) -> None:
    article = library.article(1)
    assert article is not None
    assert article.facts is None
    found = library.facts(article)
    assert [article.body.text[f.start : f.end] for f in found.figures if f.kind == "money"] == ["$1 million"]
    again = library.article(1)
    assert again is not None
    assert again.facts is not None
    assert library.facts(again).as_dict() == found.as_dict()
    claims = [row for row in fact_rows(again.body.text, found) if row.kind != "entity"]
    assert library.rows([1])[0].facts == len(claims) >= len(library.sheet(again).items) > 0


def test_facts_fit_the_text_that_is_shown_also_after_it_was_revised(library: Library) -> None:
    shown = library.article(1)
    other = Store(library.path)
    later = entry(1, text="After a long preface that moves every offset: Orion raised $88 billion, not less.")
    other.save_poll(FEED, FeedState(FEED.url), changed=[(1, later)], now=NOW + 60)
    other.close()
    assert shown is not None
    money = [figure for figure in library.facts(shown).figures if figure.kind == "money"]
    assert [shown.body.text[figure.start : figure.end] for figure in money] == ["$1 million"]
    newest = library.article(1)
    assert newest is not None
    assert newest.facts is None, "facts of the earlier text are not kept for the later one"
    assert [item.value for item in library.sheet(newest).of("F")] == ["$88 billion"]


def test_articles_that_another_process_stored_are_seen(library: Library) -> None:
    version = library.store.data_version()
    other = Store(library.path)
    poll(other, 10)
    other.close()
    assert library.store.data_version() != version
    assert 10 in library.listing("all").ids


def test_feeds_are_told_by_address(library: Library) -> None:
    assert set(library.feeds()) == {FEED.url}


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes, and not a database" * 20)
    with pytest.raises(StoreError, match="not a store"):
        Library(path)
    assert path.read_text().startswith("these are my notes")
