"""Stories in the store: migration, states, novelty, order, merge and split, each undone as it was done."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from polled import poll
from storied import CHIPS, NOW, RAISE, RAISE_ELSEWHERE, RULES, story_map, tell

from reader.factfinder import find_facts
from reader.query import parse
from reader.store import Change, Store
from reader.store.schema import MIGRATIONS
from reader.storykeeper import keep_stories
from reader.verbs import mark_named


def mark(store: Store, verb: str, ids: Sequence[int]) -> Change | None:
    sets = mark_named(verb).sets
    return store.mark(ids, sets, verb=verb, label=lambda count: f"{count} {verb}", now=NOW)


def rows(store: Store) -> dict[str, tuple[object, ...]]:
    """Everything that is kept of stories, but for counters that only grow."""
    tables = ("story", "story_member", "known", "told", "story_entry", "promise")
    found = {table: tuple(sorted(store._rows(f"SELECT * FROM {table}"))) for table in tables}
    columns = [column[1] for column in store._rows("PRAGMA table_info(story)")]
    kept = [number for number, column in enumerate(columns) if column not in ("stale", "pinned")]
    found["story"] = tuple(tuple(row[number] for number in kept) for row in found["story"])
    return found


@pytest.fixture
def told(store: Store) -> Store:
    """Articles 1 and 2 tell one story, 3 and 4 one each."""
    tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    tell(store, "Reuters", "Halcyon leads $400 million round for Orion Robotics", RAISE_ELSEWHERE, hours=1)
    tell(store, "Reuters", "EU lawmakers delay the high-risk rules", RULES, hours=2)
    tell(store, "The Verge", "Vantor to build a chip plant near Osaka", CHIPS, hours=3)
    keep_stories(store)
    return store


def test_a_store_of_the_version_before_is_copied_and_its_articles_become_due(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    old = Store(path, migrations=MIGRATIONS[:1])
    poll(old, 1, 2, 3)
    old.connection.execute("UPDATE article SET facts = 0 WHERE id < 3")
    old.close()
    store = Store(path)
    assert store._value("PRAGMA user_version") == len(MIGRATIONS)
    assert sorted(row[0] for row in store._rows("SELECT article_id FROM story_due")) == [1, 2]
    assert [row.id for row in store.rows(store.ids())] == [1, 2, 3]
    store.close()
    with sqlite3.connect(tmp_path / "briefing.db.v1.bak") as backup:
        assert backup.execute("SELECT count(*) FROM article").fetchone() == (3,)
        assert backup.execute("SELECT count(*) FROM sqlite_master WHERE name = 'story'").fetchone() == (0,)
    backup.close()


def test_an_article_is_due_once_its_facts_are_known(store: Store) -> None:
    poll(store, 1)
    assert (store.count_story_due(), store.story_due(9)) == (0, [])
    find_facts(store, store.without_facts(9))
    assert [one.id for one in store.story_due(9)] == [1]


def test_a_story_stands_where_a_member_is_and_is_done_when_all_are(told: Store) -> None:
    assert story_map(told) == {1: 1, 2: 1, 3: 3, 4: 4}
    mark(told, "done", [1])
    assert told.story_counts() == {"inbox": 3, "unread": 3, "later": 0, "starred": 0, "done": 0, "all": 3}
    mark(told, "done", [2])
    mark(told, "star", [3])
    mark(told, "later", [4])
    assert told.story_counts() == {"inbox": 1, "unread": 1, "later": 1, "starred": 1, "done": 1, "all": 3}
    assert set(told.story_ids("done", now=NOW)) <= {1, 2}
    (row,) = told.story_rows(told.story_ids("later", now=NOW))
    assert (row.story_id, row.later, row.done, row.read) == (4, True, False, False)


def test_every_mark_and_its_undo_bring_states_and_novelty_back(told: Store) -> None:
    before = rows(told)
    for verb in ("read", "done", "later", "star"):
        mark(told, verb, [1, 3])
        assert rows(told) != before
        told.undo()
        assert rows(told) == before


def test_what_was_read_is_no_longer_new_in_any_story(told: Store) -> None:
    (row,) = (row for row in told.story_rows(told.ids()) if row.id == 2)
    assert row.novel == row.all_facts > 0
    mark(told, "read", [1])
    (half,) = told.story_rows([2])
    assert 0 < half.novel < row.novel
    again = tell(
        told,
        "Ars Technica",
        "What Orion Robotics plans in Rotterdam",
        "Orion Robotics raised $400 million in March.",
        hours=200,
    )
    keep_stories(told)
    (later,) = told.story_rows([again])
    assert (later.story_id, later.novel, later.all_facts) == (again, 0, 1)
    assert told.story_ids("inbox", now=NOW)[-1] == again
    told.undo()
    (later,) = told.story_rows([again])
    assert (later.novel, later.all_facts) == (1, 1)


def test_a_rounder_wording_is_no_new_fact_and_another_value_is(told: Store) -> None:
    texts = (
        "Vantor spent $7.1 billion on chips.",
        "Vantor spent about $7 billion on chips.",
        "Vantor spent $9.5 billion on chips.",
    )
    titles = (
        "A closer look at chips made in Japan",
        "Why Osaka wants more factories",
        "Chipmakers pay more than planned",
    )
    ids = [
        tell(told, "CNBC", title, text, hours=300 * number)
        for number, (title, text) in enumerate(zip(titles, texts, strict=True), 1)
    ]
    keep_stories(told)
    mark(told, "read", ids[:1])
    assert [(row.novel, row.all_facts) for row in told.story_rows(ids)] == [(0, 1), (0, 1), (1, 1)]


def test_large_changes_are_followed_up_later_and_come_to_the_same(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(told, "read", [1, 3])
    at_once = rows(told)
    told.undo()
    monkeypatch.setattr("reader.store.stories.RENEWED_AT_ONCE", 1)
    told.redo()
    assert rows(told) != at_once
    assert told.renew(1) + told.renew(1) + told.renew(1) == 2
    assert rows(told) == at_once


def test_the_order_is_what_is_new_then_rank_and_never_asks_a_clock(told: Store) -> None:
    first = list(told.story_ids("all", now=NOW))
    assert list(told.story_ids("all", now=NOW + 10**8)) == first
    assert told.fresh_stories(told.story_ids("all", now=NOW)) == 3
    mark(told, "read", [first[0], *told.members([first[0]])])
    ids = told.story_ids("all", now=NOW)
    assert list(ids) == [*first[1:], first[0]]
    assert told.fresh_stories(ids) == 2
    assert [row.id for row in told.story_first_rows("all", 2)] == list(ids[:2])


def test_two_outlets_go_before_one_and_newer_before_older(told: Store) -> None:
    ids = told.story_ids("all", now=NOW)
    assert told.story_of(ids[0]) == 1, "the only story of two outlets"
    assert [told.story_of(id) for id in ids[1:]] == [4, 3]


def test_a_query_finds_stories_by_any_member(told: Store) -> None:
    (found,) = told.story_ids("all", parse("outlet:reuters title:halcyon"), now=NOW)
    assert told.story_of(found) == 1
    assert told.story_ids("starred", parse("outlet:reuters"), now=NOW).tolist() == []
    assert sorted(told.story_of(id) or 0 for id in told.story_ids("all", parse("story:2"), now=NOW)) == [1]


def test_articles_that_are_not_placed_yet_stand_for_themselves(told: Store) -> None:
    id = tell(told, "CNBC", "Something else altogether", "Nothing that anybody told before.", hours=400, facts=False)
    ids = told.story_ids("inbox", now=NOW)
    assert ids[0] == id
    assert len(ids) == 4
    assert list(told.story_ids("inbox", now=NOW, limit=2)) == list(ids[:2])
    assert [row.id for row in told.story_first_rows("inbox", 3)] == list(ids[:3])
    (row,) = told.story_rows([id])
    assert (row.story_id, row.outlets, row.novel, row.all_facts) == (None, 1, 0, -1)
    assert list(told.story_ids("inbox", parse("altogether"), now=NOW)) == [id]
    assert set(told.members([id, 1])) == {id, 1, 2}


def test_the_list_scans_one_covering_index_without_sorting(told: Store) -> None:
    for view, index in (("inbox", "story_inbox"), ("all", "story_all"), ("unread", "story_unread")):
        where = "1" if view == "all" else f"{view} = 1"
        sql = f"SELECT headline_id FROM story WHERE {where} ORDER BY fresh DESC, sort_key DESC, id DESC"
        plan = " ".join(row[3] for row in told._rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert f"COVERING INDEX {index}" in plan
        assert "TEMP B-TREE" not in plan


def test_merging_and_splitting_are_undone_and_hold_the_story(told: Store) -> None:
    before = rows(told)
    change = told.merge_stories(1, 4, now=NOW)
    assert change is not None
    assert story_map(told) == {1: 1, 2: 1, 3: 3, 4: 1}
    assert told._value("SELECT count(*) FROM story") == 2
    keep_stories(told)
    assert next(row for row in told.story_rows([1])).outlets == 3
    assert told.held_stories([1, 3]) == [1]
    told.undo()
    keep_stories(told)
    assert rows(told) == before
    assert told.merge_stories(1, 1, now=NOW) is None


def test_a_story_keeps_the_name_of_the_article_that_opened_it(told: Store) -> None:
    before = rows(told)
    told.split_story([2], now=NOW)
    assert story_map(told) == {1: 1, 2: 2, 3: 3, 4: 4}
    told.undo()
    told.split_story([1], now=NOW)
    assert story_map(told) == {1: 1, 2: 2, 3: 3, 4: 4}
    told.undo()
    keep_stories(told)
    assert rows(told) == before
    assert told.split_story([1, 2], now=NOW) is None
    assert told.split_story([1, 3], now=NOW) is None


def test_what_was_split_off_stays_off(told: Store) -> None:
    told.split_story([2], now=NOW)
    tell(
        told,
        "TechCrunch",
        "Orion Robotics raises $400 million, says founder Mara Voss",
        RAISE_ELSEWHERE + " " + RULES,
        hours=3,
    )
    keep_stories(told)
    stories = story_map(told)
    assert stories[1] != stories[2]
    assert stories[5] in (stories[1], stories[2])
