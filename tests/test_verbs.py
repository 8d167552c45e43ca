"""The table of verbs: every mark has its way back, every key one verb, every preset and key of the user's own fits."""

from __future__ import annotations

from collections import Counter

import pytest

from reader.store.journal import FIELDS
from reader.verbs import FACTS, LIST, MARKS, PRESETS, TEXT, VERBS, keymap, mark_named

NAMES = [verb.name for verb in VERBS]


@pytest.mark.parametrize("mark", MARKS.values(), ids=lambda mark: mark.name)
def test_a_mark_sets_stored_fields_and_names_its_opposite(mark) -> None:
    assert set(mark.sets) <= set(FIELDS)
    assert set(mark.sets.values()) <= {0, 1}
    opposite = MARKS[mark.opposite]
    assert opposite.opposite == mark.name
    main = next(iter(mark.sets))
    assert opposite.sets[main] == 1 - mark.sets[main]


def test_marks_are_found_by_name_and_tags_by_prefix() -> None:
    assert mark_named("star") is MARKS["star"]
    assert mark_named("tag:chips").sets == {"tag:chips": 1}
    assert mark_named("untag:chips").sets == {"tag:chips": 0}
    assert mark_named("tag:chips").opposite == "untag:chips"
    assert mark_named("tag:a:b").sets == {"tag:a:b": 1}


@pytest.mark.parametrize("name", ["", "delete", "tag:", "tag", "untag:", "tag:a b", "tag:a\tb", "READ"])
def test_no_such_mark_says_which_there_are(name: str) -> None:
    with pytest.raises(KeyError, match="there are read, unread") as caught:
        mark_named(name)
    assert "\n" not in caught.value.args[0]


def test_names_are_unique_and_everything_is_said() -> None:
    assert len(set(NAMES)) == len(NAMES)
    for verb in VERBS:
        assert verb.action
        assert verb.label
        assert verb.help
        assert verb.help[0].isupper()
        assert not verb.help.endswith(".")
        assert verb.where <= {LIST, TEXT, FACTS}
        assert set(verb.bar) <= (verb.where or {LIST, TEXT, FACTS})


@pytest.mark.parametrize("pane", [LIST, TEXT, FACTS])
def test_a_key_bar_has_an_order(pane: str) -> None:
    places = [verb.bar[pane] for verb in VERBS if pane in verb.bar]
    assert len(set(places)) == len(places)
    assert all(verb.keys for verb in VERBS if pane in verb.bar)


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_has_two_verbs_and_the_way_out_keeps_one(preset: str) -> None:
    keys = keymap(preset)
    assert list(keys) == NAMES
    twice = [key for key, count in Counter(key for bound in keys.values() for key in bound).items() if count > 1]
    assert twice == []
    assert keys["quit"]
    assert keys["help"]
    assert keys["down"]
    assert keys["open"]


def test_a_preset_takes_its_keys_from_other_verbs() -> None:
    assert keymap("newsboat")["read"] == ("N",)
    assert keymap("gmail")["later"] == ("b",)
    assert keymap("gmail")["page-up"] == ("pageup",)
    assert "b" in keymap()["page-up"]


def test_own_keys_win_over_the_preset() -> None:
    keys = keymap("gmail", {"star": ("b", "f9"), "tag": ()})
    assert keys["star"] == ("b", "f9")
    assert keys["tag"] == ()
    assert "b" not in keys["later"]


def test_what_does_not_exist_is_named() -> None:
    with pytest.raises(KeyError, match="no keymap preset 'vim'; there are default, newsboat, gmail"):
        keymap("vim")
    with pytest.raises(KeyError, match="no verb 'fly' to bind; there are down"):
        keymap("default", {"fly": ("f",)})
