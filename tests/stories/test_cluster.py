import json
import random

import pytest

from reader.stories import Clusterer
from reader.stories.cluster import Settings, entry_from_row
from reader.stories.model import DAY, Item
from reader.stories.vectors import Frequencies

NOON = 1_775_649_600.0


def item(number, title, text="", *, hours=0.0, outlet="Ledger Wire", url=""):
    return Item(f"a{number}", title, text, NOON + 3600 * hours, outlet, url)


HERON = "Corvid unveils Heron 3, a closed model"
HERON_TEXT = "Corvid on Wednesday unveiled Heron 3, the first closed model of its Frontier Group led by Ida Ekholm."
OTHER = "Corvid locks the door with Heron 3"
OTHER_TEXT = "The new Heron 3 model of Corvid cannot be downloaded. Ida Ekholm leads the Frontier Group that built it."
TERN = "Italy fines chatbot maker Tern 240 million euros"
TERN_TEXT = "Italy's data watchdog fined Tern 240 million euros for training on messages of children."


def test_two_outlets_on_one_event_are_one_story_and_say_why():
    stories = Clusterer()
    first = stories.place(item(1, HERON, HERON_TEXT))
    second = stories.place(item(2, OTHER, OTHER_TEXT, hours=3, outlet="Byte Courier"))
    third = stories.place(item(3, TERN, TERN_TEXT, hours=4))
    assert (first.how, first.story) == ("opened", "a1")
    assert (second.how, second.story) == ("joined", "a1")
    assert "heron" in second.terms
    assert second.gap == 3 * 3600
    assert second.score >= Settings().join
    assert third.story == "a3"


def test_the_same_words_a_month_later_are_another_story():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT))
    assert stories.place(item(2, OTHER, OTHER_TEXT, hours=24 * 30)).story == "a2"


def score(first, second, **settings):
    stories = Clusterer(Settings(join=0.0, related=0.0, **settings))
    stories.place(first)
    return stories.place(second).score


def test_headlines_that_name_different_companies_are_held_apart():
    text = "The company will buy the coding startup for its agents, people familiar with the talks said."
    rows = (
        item(1, "OpenAI in talks to buy a coding startup", text),
        item(2, "Anthropic in talks to buy a startup", text, hours=1),
    )
    assert score(*rows, clash=0.0) - score(*rows) == pytest.approx(Settings().clash)


def test_rare_numbers_in_common_bring_articles_together():
    rows = (
        item(1, TERN, TERN_TEXT),
        item(2, "Chatbot maker must pay 240 million euros", TERN_TEXT.replace("Tern", "It"), hours=1),
    )
    assert score(*rows) - score(*rows, number=0.0) == pytest.approx(Settings().number)


def test_a_story_that_goes_on_stays_one_while_its_names_are_the_same():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT))
    assert stories.place(item(2, HERON + " at last", HERON_TEXT, hours=80)).story == "a1"
    assert Clusterer(Settings(faded=0.0)).place(item(2, HERON, HERON_TEXT, hours=80)).how == "opened"


def test_an_archive_that_comes_late_closes_nothing():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT))
    for number in range(2, 300):
        stories.place(
            item(number, f"Headline about topic{number} of subject{number}", f"thing{number}", hours=-24 * 30)
        )
    assert stories.story_of("a1") == "a1"
    assert stories.place(item(300, OTHER, OTHER_TEXT, hours=2)).story == "a1"


def test_a_near_story_is_only_linked():
    stories = Clusterer(Settings(join=0.9))
    stories.place(item(1, HERON, HERON_TEXT))
    placed = stories.place(item(2, OTHER, OTHER_TEXT, hours=1))
    assert (placed.how, placed.story, placed.related) == ("opened", "a2", "a1")


def test_a_round_up_hangs_on_a_story_but_bridges_nothing():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT))
    bridge = stories.place(
        item(2, "Week in AI: Corvid's Heron 3, Italy fines Tern, and more", f"{HERON_TEXT} {TERN_TEXT}", hours=2)
    )
    tern = stories.place(item(3, TERN, TERN_TEXT, hours=3))
    assert bridge.how in ("attached", "opened")
    assert tern.story == "a3"


def test_a_round_up_that_comes_first_collects_nothing():
    stories = Clusterer()
    stories.place(item(1, "Week in AI: Corvid unveils Heron 3, a closed model, and more", HERON_TEXT))
    assert stories.place(item(2, HERON, HERON_TEXT, hours=1)).story == "a2"


def test_a_copy_goes_where_its_original_is_and_changes_nothing():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT))
    placed = stories.place(
        item(2, "Another headline", "Other words altogether about gardening.", hours=1), copy_of="a1"
    )
    assert (placed.how, placed.story) == ("copy", "a1")
    assert stories.place(item(3, "Gardening", "Other words altogether about gardening.", hours=1)).story == "a3"


def test_an_article_that_is_placed_stays():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT))
    assert stories.place(item(1, TERN, TERN_TEXT, hours=50)).story == "a1"
    assert len(stories) == 1


def test_stories_out_of_the_window_are_closed():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT))
    stories.place(item(2, TERN, TERN_TEXT, hours=24 * 9))
    stories.clock.see(None, now=NOON + 9 * DAY)
    assert stories.expire() == ["a1"]
    assert stories.story_of("a1") is None
    assert stories.story_of("a2") == "a2"
    assert stories.place(item(3, HERON, HERON_TEXT, hours=24 * 9)).story == "a3"


def test_a_bogus_future_date_closes_nothing():
    stories = Clusterer()
    for number in range(300):
        stories.place(
            item(number, f"Headline about topic{number} of subject{number}", f"thing{number}", hours=number / 10)
        )
    stories.place(Item("later", "Something from the year 2099", "", NOON + 73 * 365 * DAY))
    for number in range(300, 600):
        stories.place(
            item(number, f"Headline about topic{number} of subject{number}", f"thing{number}", hours=number / 10)
        )
    assert stories.story_of("a0") == "a0"
    assert stories.story_of("later") is None


def test_dates_ahead_of_a_given_clock_do_not_count():
    stories = Clusterer()
    stories.place(item(1, HERON, HERON_TEXT), now=NOON)
    assert stories.place(item(2, OTHER, OTHER_TEXT, hours=24 * 3), now=NOON).how == "opened"


def stream(count, seed):
    rng = random.Random(seed)
    names = [
        f"{a}{b}"
        for a in ("cor", "hal", "ter", "vol", "sol", "bri")
        for b in ("vid", "cyon", "taic", "stice", "line", "na")
    ]
    rows = []
    for number in range(count):
        event = rng.choice(names), rng.choice(names), rng.choice(names)
        text = " ".join(rng.choice([*event, "deal", "chip", "model", "funding", "says", "after"]) for _ in range(30))
        rows.append(
            item(
                number,
                f"{event[0]} and {event[1]} {rng.choice(('agree', 'split', 'launch'))} over {event[2]}",
                text,
                hours=number / 7,
            )
        )
    return rows


def test_state_survives_a_restart_byte_for_byte():
    rows = stream(400, 1)
    whole, half = Clusterer(), Clusterer()
    for row in rows[:250]:
        whole.place(row)
        half.place(row)
    documents, counts = half.frequencies.rows()
    kept = json.loads(json.dumps(half.dump()))
    again = Clusterer.restore(kept, held=half.held(), frequencies=Frequencies(dict(counts), documents))
    assert [again.place(row) for row in rows[250:]] == [whole.place(row) for row in rows[250:]]
    assert {e.article: e.story for e in again.entries()}.items() <= {
        e.article: e.story for e in whole.entries()
    }.items()


def test_two_runs_are_the_same():
    first, second = Clusterer(), Clusterer()
    assert [first.place(row) for row in stream(300, 2)] == [second.place(row) for row in stream(300, 2)]
    assert first.dump() == second.dump()


def test_merge_split_and_move_keep_ids_and_hold():
    stories = Clusterer()
    for row in (item(1, HERON, HERON_TEXT), item(2, TERN, TERN_TEXT), item(3, OTHER, OTHER_TEXT, hours=1)):
        stories.place(row)
    stories.merge("a1", "a2")
    assert stories.articles_of("a1") == ("a1", "a2", "a3")
    assert stories.articles_of("a2") == ()
    assert stories.split(["a2"]) == "a2"
    assert stories.held() == ["a1", "a2"]
    assert stories.place(item(4, TERN, TERN_TEXT, hours=2)).story == "a2"
    assert stories.split(["a1"]) == "a1"
    assert (stories.story_of("a1"), stories.story_of("a3")) == ("a1", "a3")
    assert stories.held() == ["a1", "a2", "a3"]


def test_split_and_merge_of_what_is_not_there():
    stories = Clusterer()
    with pytest.raises(ValueError, match="no articles"):
        stories.split([])
    with pytest.raises(KeyError):
        stories.split(["nothing"])
    with pytest.raises(KeyError):
        stories.merge("a1", "a2")


def test_a_row_of_another_shape_is_refused():
    with pytest.raises(ValueError):
        entry_from_row(("a", "b"))
