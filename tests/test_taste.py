"""The user's order of the briefing on real stores: the watch list, weights of one's own, and what a place is made of."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from storied import CHIPS, HOUR, NOW, RAISE, RAISE_ELSEWHERE, RULES, revise, tell

from reader import storyview
from reader.library import Library, now
from reader.query import QueryError
from reader.store import Store
from reader.store.stories import HALF_LIFE, RANKED_AGAIN
from reader.stories.rank import Taste, Weights
from reader.storykeeper import Storykeeper, keep_stories
from reader.verbs import mark_named

ROUND, LAW, PLANT = 1, 3, 4
"""The stories of the store below, by the article that opened each."""


@pytest.fixture
def told(store: Store) -> Store:
    """Two outlets tell of a round, one of a law without any figure of money, one of a plant; all within three hours."""
    tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    tell(store, "Reuters", "Halcyon leads $400 million round for Orion Robotics", RAISE_ELSEWHERE, hours=1)
    tell(store, "Reuters", "EU lawmakers delay the high-risk rules", RULES, hours=2)
    tell(store, "The Verge", "Vantor to build a chip plant near Osaka", CHIPS, hours=3)
    keep_stories(store)
    return store


def order(store: Store) -> list[int | None]:
    """The stories in the order of the briefing."""
    return [store.story_of(id) for id in store.story_ids(now=NOW)]


def keys(store: Store) -> dict[int, float]:
    """What the order goes by, of each story."""
    return dict(store._rows("SELECT id, sort_key FROM story"))


def test_stories_are_kept_by_the_defaults_until_a_taste_is_saved(told: Store) -> None:
    before = keys(told)
    assert told.taste() == Taste()
    assert not told.save_taste(Taste())
    assert told.stale_stories(9) == []
    keep_stories(told, taste=Taste())
    assert keys(told) == before
    assert order(told) == [ROUND, PLANT, LAW]


@pytest.mark.parametrize(
    "entry", ["Brussels", '"high-risk rules"', "title:lawmakers", "brussels -osaka", "outlet:reuters brussels"]
)
def test_the_watch_list_moves_a_story_up(told: Store, entry: str) -> None:
    before = keys(told)
    keep_stories(told, taste=Taste(Weights(watch=10), ("nobody", entry)))
    assert order(told) == [LAW, ROUND, PLANT]
    after = keys(told)
    assert {id for id in before if after[id] != before[id]} == {LAW}
    assert after[LAW] - before[LAW] == pytest.approx(math.log2(11), abs=0.2), (
        "one of one or two figures is in the sum too"
    )
    keep_stories(told, taste=Taste())
    assert keys(told) == before


def test_a_story_is_watched_by_any_of_its_articles(told: Store) -> None:
    assert told.watched([ROUND, LAW, PLANT]) == frozenset()
    told.save_taste(Taste(watch=("founded",)))
    assert told.watched([ROUND, LAW, PLANT]) == {ROUND}, "only its second article has the word"
    told.save_taste(Taste(watch=("osaka", "outlet:reuters")))
    assert told.watched([ROUND, LAW, PLANT]) == {ROUND, LAW, PLANT}
    assert told.watched([LAW]) == {LAW}
    assert told.watched([]) == frozenset()


def test_what_a_watched_query_says_of_age_counts_from_the_newest_article(told: Store) -> None:
    told.save_taste(Taste(watch=("newer:1h",)))
    assert told.watched([ROUND, LAW, PLANT]) == {LAW, PLANT}


def test_changed_weights_rank_stored_stories_again(told: Store) -> None:
    before = keys(told)
    keep_stories(told, taste=Taste(Weights(size=10)))
    risen = {id: key - before[id] for id, key in keys(told).items()}
    assert risen[PLANT] > risen[ROUND] > 1 > risen[LAW] == 0, (
        "seven billion are more than three, and a law has no price"
    )
    keep_stories(told, taste=Taste(Weights(size=0, figures=0)))
    assert order(told)[0] == ROUND, "two outlets have it"
    assert keys(told)[LAW] < keys(told)[PLANT], "what is left between them is the hour"
    assert keys(told)[PLANT] - keys(told)[LAW] == pytest.approx(HOUR / HALF_LIFE)


def test_only_the_stories_of_the_last_days_are_ranked_again(store: Store) -> None:
    days = RANKED_AGAIN // 86400
    old = tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    young = tell(store, "Reuters", "EU lawmakers delay the high-risk rules", RULES, hours=24)
    new = tell(store, "The Verge", "Vantor to build a chip plant near Osaka", CHIPS, hours=24 * days + 1)
    keep_stories(store)
    store.save_taste(Taste(Weights(figures=1)))
    assert [id for id, _ in store.stale_stories(9)] == [young, new]
    before = keys(store)
    Storykeeper(store).follow_up()
    assert keys(store)[old] == before[old]
    assert keys(store)[new] > before[new]


def test_new_articles_and_a_restart_go_by_the_stored_taste(told: Store, tmp_path: Path) -> None:
    keep_stories(told, taste=Taste(Weights(watch=10), ("brussels",)))
    again = Store(told.path)
    late = tell(
        again,
        "CNBC",
        "Council in Brussels names a new supervisor for models",
        "The office in Brussels has 40 people.",
        hours=4,
    )
    keep_stories(again)
    assert again.taste() == Taste(Weights(watch=10), ("brussels",))
    assert [order(again)[0], order(again)[1]] == [late, LAW]
    again.close()


def test_a_story_that_is_read_before_it_is_followed_up_goes_by_the_taste(told: Store) -> None:
    before = keys(told)
    told.save_taste(Taste(Weights(watch=3), ("brussels",)))
    assert keys(told) == before
    assert storyview.story(told, LAW) is not None
    assert keys(told)[LAW] - before[LAW] > 1
    assert [id for id, _ in told.stale_stories(9)] == [ROUND, PLANT]


def test_a_watch_that_is_no_query_changes_nothing(told: Store) -> None:
    keep_stories(told, taste=Taste(watch=("brussels",)))
    with pytest.raises(QueryError, match="column 5"):
        keep_stories(told, taste=Taste(watch=("osaka", "who:")))
    assert told.taste() == Taste(watch=("brussels",))
    assert told.stale_stories(9) == []


# -- what a place is made of ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("taste", [Taste(), Taste(Weights(size=3, repeat=2, figures=0.7, watch=2), ("osaka",))])
def test_the_product_of_the_terms_is_the_rank(told: Store, taste: Taste) -> None:
    keep_stories(told, taste=taste)
    told.mark([3], mark_named("read").sets, verb="read", label=str, now=NOW)
    keep_stories(told)
    at = NOW + 30 * HOUR
    for id, key in keys(told).items():
        terms = storyview.rank_terms(told, id, now=at)
        assert [term.name for term in terms] == ["sources", "content", "novelty", "age", "form"]
        assert all(term.why for term in terms)
        assert math.log2(math.prod(term.factor for term in terms)) == pytest.approx(key - at / HALF_LIFE)


def test_terms_say_why_in_words(told: Store) -> None:
    keep_stories(told, taste=Taste(watch=("osaka",)))
    why = {term.name: term.why for term in storyview.rank_terms(told, PLANT, now=NOW + 5 * HOUR)}
    assert why["sources"] == "1 independent"
    assert why["content"].startswith("on your watch list, up to $7,000,000,000, ")
    assert why["age"] == "2 h old"
    assert "2 independent" in storyview.rank_terms(told, ROUND, now=NOW)[0].why


def test_terms_are_those_of_the_newest_text(told: Store) -> None:
    keep_stories(told, taste=Taste(watch=("gadolinium",)))
    assert "watch" not in storyview.rank_terms(told, LAW, now=NOW)[1].why
    revise(told, LAW, "EU lawmakers delay the high-risk rules", f"{RULES} Nobody spoke of gadolinium.")
    keep_stories(told)
    assert "on your watch list" in storyview.rank_terms(told, LAW, now=NOW)[1].why


def test_no_story_has_no_terms(told: Store) -> None:
    assert storyview.rank_terms(told, 99, now=NOW) == ()


def test_the_library_gives_the_terms_of_an_article_s_story_as_of_now(told: Store) -> None:
    unplaced = tell(told, "CNBC", "Nobody has looked at this yet", "A text.", hours=5)
    library = Library(told.path)
    before = now()
    terms = library.rank_terms(2)
    assert [(term.name, term.why) for term in terms if term.name != "age"] == [
        (term.name, term.why) for term in storyview.rank_terms(told, ROUND, now=before) if term.name != "age"
    ]
    age = {term.name: term.factor for term in terms}["age"]
    assert age == pytest.approx(2 ** (-max(0, before - NOW - HOUR) / HALF_LIFE), rel=1e-3)
    assert library.rank_terms(unplaced) == ()
    library.close()
