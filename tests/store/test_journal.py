"""Marks, undo and redo: what is done comes back exactly, also after a restart and for many articles at once."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from polled import FEED, NOW, entry, poll

from reader.model import FeedState
from reader.store import Change, Store
from reader.verbs import MARKS, mark_named

State = dict[int, tuple[bool, bool, bool, bool, tuple[str, ...]]]


def state(store: Store) -> State:
    return {row.id: (row.read, row.starred, row.later, row.done, row.tags) for row in store.rows(store.ids())}


def mark(store: Store, verb: str, ids: Sequence[int]) -> Change | None:
    found = mark_named(verb)
    return store.mark(ids, found.sets, verb=verb, label=lambda count: f"{count} {found.done}", now=NOW)


@pytest.fixture
def store(store: Store) -> Store:
    poll(store, *range(1, 11))
    return store


@pytest.mark.parametrize("verb", [*MARKS, "tag:chips", "untag:chips"])
def test_every_mark_sets_its_fields_and_comes_back(store: Store, verb: str) -> None:
    mark(store, "tag:chips", [2])
    mark(store, "star", [2, 3])
    mark(store, "later", [2])
    mark(store, "done", [3])
    before = state(store)
    change = mark(store, verb, [1, 2, 3])
    after = state(store)
    columns = {"read": 0, "starred": 1, "later": 2, "done": 3}
    for field, value in mark_named(verb).sets.items():
        for id in (1, 2, 3):
            found = after[id][columns[field]] if field in columns else "chips" in after[id][4]
            assert found == bool(value)
    changed = {id for id in before if before[id] != after[id]}
    assert changed
    assert changed <= {1, 2, 3}
    assert change is not None
    assert set(change.ids) == changed
    undone = store.undo()
    assert undone is not None
    assert (undone.label, set(undone.ids)) == (change.label, changed)
    assert state(store) == before
    store.redo()
    assert state(store) == after


def test_done_and_later_part_an_article_in_one_place_only(store: Store) -> None:
    mark(store, "later", [1])
    mark(store, "done", [1])
    assert state(store)[1][:4] == (True, False, False, True)
    mark(store, "later", [1])
    assert state(store)[1][:4] == (True, False, True, False)


def test_only_what_differs_is_changed_and_counted(store: Store) -> None:
    mark(store, "read", [1, 2])
    change = mark(store, "read", [1, 2, 3, 99, 3])
    assert change is not None
    assert (change.ids, change.label) == ((3,), "1 marked read")
    store.undo()
    assert [state(store)[id][0] for id in (1, 2, 3)] == [True, True, False]


def test_a_mark_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    mark(store, "star", [1])
    store.undo()
    assert mark(store, "unstar", [1]) is None
    assert mark(store, "read", []) is None
    assert mark(store, "read", [99]) is None
    redone = store.redo()
    assert redone is not None
    assert redone.label == "1 starred"


def test_undo_goes_back_step_by_step_and_redo_forward(store: Store) -> None:
    states = [state(store)]
    for verb, ids in (("star", [1, 2]), ("read", [2, 3]), ("tag:x", [1]), ("done", [1, 2, 3]), ("undone", [2])):
        mark(store, verb, ids)
        states.append(state(store))
    for earlier in reversed(states[:-1]):
        assert store.undo() is not None
        assert state(store) == earlier
    assert store.undo() is None
    for later in states[1:]:
        assert store.redo() is not None
        assert state(store) == later
    assert store.redo() is None


def test_a_new_mark_drops_what_was_redoable(store: Store) -> None:
    mark(store, "star", [1])
    mark(store, "star", [2])
    store.undo()
    mark(store, "read", [5])
    assert store.redo() is None
    store.undo()
    assert state(store)[1][1]
    assert not state(store)[5][0]
    assert store.connection.execute("SELECT count(*) FROM change WHERE article_id = 2").fetchone() == (0,)


def test_undo_and_redo_work_after_a_restart(store: Store) -> None:
    before = state(store)
    mark(store, "done", [1, 2])
    after = state(store)
    for step, expected in (("undo", before), ("redo", after), ("undo", before)):
        again = Store(store.path)
        change = getattr(again, step)()
        assert change.label == "2 done"
        again.close()
        assert state(store) == expected


def test_undo_leaves_alone_what_came_meanwhile(store: Store) -> None:
    mark(store, "done", [1])
    store.save_poll(FEED, FeedState(FEED.url), [entry(11)], [(1, entry(1, text="Revised."))], now=NOW)
    store.undo()
    article = store.article(1)
    assert article is not None
    assert (article.body.text, article.done, article.revision) == ("Revised.", False, 2)
    assert len(state(store)) == 11


def test_tags_of_any_letters(store: Store) -> None:
    for tag in ("chips", "公司", "o'neil", "a;b", "100%"):
        mark(store, f"tag:{tag}", [1, 2])
    mark(store, "untag:chips", [1])
    assert set(state(store)[1][4]) == {"公司", "o'neil", "a;b", "100%"}
    store.undo()
    assert set(state(store)[1][4]) == {"chips", "公司", "o'neil", "a;b", "100%"}


def test_thousands_at_once_are_one_step(store: Store) -> None:
    store.save_poll(FEED, FeedState(FEED.url), [entry(n) for n in range(11, 5011)], now=NOW)
    mark(store, "read", [4, 500])
    change = mark(store, "read", store.ids())
    assert change is not None
    assert (len(change.ids), change.label, store.count("unread")) == (5008, "5008 marked read", 0)
    store.undo()
    assert [row.id for row in store.rows(store.ids()) if row.read] == [4, 500]


@pytest.mark.parametrize("seed", range(4))
def test_any_walk_through_marks_undo_and_redo(store: Store, seed: int) -> None:
    """Against a plain list of states: what undo and redo promise, for any order of steps."""
    chance = random.Random(seed)
    history, at = [state(store)], 0
    for _ in range(60):
        step = chance.choice(("mark", "mark", "undo", "redo"))
        if step == "mark":
            verb = chance.choice((*MARKS, "tag:a", "untag:a"))
            if mark(store, verb, chance.sample(range(1, 11), chance.randint(1, 4))):
                history[at + 1 :] = [state(store)]
                at += 1
        else:
            change = store.undo() if step == "undo" else store.redo()
            to = at + (1 if step == "redo" else -1)
            assert (change is not None) == (0 <= to < len(history))
            at = to if change else at
        assert state(store) == history[at]
