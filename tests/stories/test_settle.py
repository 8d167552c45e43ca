import random

import pytest
from story_gold import stories as gold_stories

from reader.stories import group
from reader.stories.model import Item
from reader.stories.settle import Stopped, moves, regroup
from reader.stories.vectors import Frequencies

ARTICLES = sorted(
    (article for story in gold_stories() for article in story.articles), key=lambda row: (row["published"], row["id"])
)


def parts(placed):
    groups = {}
    for article, story in placed.items():
        groups.setdefault(story, set()).add(article)
    return sorted(map(sorted, groups.values()))


def test_the_order_of_arrival_does_not_matter():
    settled = group(ARTICLES, settle=True)
    for seed in range(5):
        shuffled = ARTICLES.copy()
        random.Random(seed).shuffle(shuffled)
        assert group(shuffled, settle=True) == settled


def test_a_story_is_named_after_its_earliest_member():
    settled = group(ARTICLES, settle=True)
    assert {settled[article] for article in ("he1", "he2", "he4", "he5")} == {"he1"}
    assert settled["he3"] == "he1"


def test_settling_can_be_stopped():
    items = [Item(f"a{n}", f"Corvid unveils Heron {n}", "", float(n)) for n in range(300)]
    with pytest.raises(Stopped):
        regroup(items, Frequencies(), watch=lambda done: done < 0.5)


def test_progress_never_runs_back():
    seen = []
    regroup(
        [Item(f"a{n}", f"Headline{n} of topic{n}", "", float(n)) for n in range(600)],
        Frequencies(),
        watch=lambda done: not seen.append(done),
    )
    assert seen == sorted(seen)
    assert len(seen) >= 3


def test_moves_keep_ids_and_change_as_little_as_can_be():
    current = {"a": "a", "b": "a", "c": "c", "d": "d", "e": "d", "held": "h"}
    settled = {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}
    assert moves(settled, current) == {"c": "a", "e": "e"}
    assert moves(current, current) == {}


def test_moves_keep_the_id_that_most_have():
    current = {"a": "a", "b": "b", "c": "b", "d": "d"}
    assert moves(dict.fromkeys("abcd", "a"), current) == {"a": "b", "d": "b"}


def test_an_id_goes_with_the_article_that_opened_the_story():
    current = {"a": "b", "b": "b", "c": "b"}
    assert moves({"a": "a", "b": "b", "c": "a"}, current) == {"a": "a", "c": "a"}


def test_a_story_that_began_before_the_window_keeps_its_id_once():
    assert moves({"b": "b", "c": "b", "d": "d"}, {"b": "old", "c": "old", "d": "old"}) == {"d": "d"}


def test_moves_made_are_the_settled_grouping():
    placed = group(ARTICLES[:30])
    settled = group(ARTICLES[:40], settle=True)
    current = placed | {article: article for article in settled if article not in placed}
    after = current | moves(settled, current)
    assert parts(after) == parts(settled)
    assert moves(settled, after) == {}


def test_a_copy_stays_with_its_original_whatever_its_headline():
    body = " ".join(f"word{n % 97}x{n % 89}" for n in range(600))
    rows = [
        {
            "id": "copy",
            "title": "Gardens in spring",
            "text": body[2500:],
            "published": "2026-04-08T12:00:00Z",
            "outlet": "B",
        },
        {
            "id": "first",
            "title": "Corvid unveils Heron 3",
            "text": body,
            "published": "2026-04-08T08:00:00Z",
            "outlet": "A",
        },
    ]
    assert group(rows, settle=True) == {"first": "first", "copy": "first"}
    assert group(rows) == {"copy": "copy", "first": "copy"}
