"""From articles to stories on real stores: the sample edition, copies, revisions, settling, other processes, restarts."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from storied import CHIPS, LONG, NOW, RAISE, RAISE_ELSEWHERE, RULES, fill_sample, revise, story_map, tell

from reader.library import Library
from reader.model import AlignedFact, Story
from reader.store import Store
from reader.storykeeper import Storykeeper, keep_stories
from reader.verbs import mark_named


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "briefing.db"
    fill_sample(path)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Library]:
    """A library on a copy of the sample edition."""
    shutil.copy(sample_file, tmp_path / "briefing.db")
    library = Library(tmp_path / "briefing.db")
    yield library
    library.close()


def titled(library: Library, words: str) -> int:
    """The article whose title has `words`."""
    (id,) = library.listing("all", f'title:"{words}"').ids
    return id


def muse(library: Library) -> Story:
    """The story of Meta's Muse Spark."""
    story = library.story_of(titled(library, "Meta unveils Muse Spark"))
    assert story is not None
    return story


def fact(story: Story, about: str, value: str) -> AlignedFact:
    (found,) = (
        one for one in story.facts if one.about.startswith(about) and any(r.value == value for r in one.reports)
    )
    return found


# -- the sample edition ---------------------------------------------------------------------------------------------------


def test_the_muse_spark_story_is_one_story_of_seven_outlets(sample: Library) -> None:
    story = muse(sample)
    about = {row.id for row in sample.rows(sample.listing("all", "title:muse OR title:meta").ids)}
    others = {titled(sample, "halves prices")}
    assert {member.article_id for member in story.members} == about - others
    assert set(story.outlets) == {
        "Reuters",
        "Associated Press",
        "CNBC",
        "The Straits Times",
        "TechCrunch",
        "The Verge",
        "The Decoder",
    }
    assert story.title.startswith("Meta unveils Muse Spark"), "the newest of the central headlines"
    assert story.all_facts >= 30


def test_the_wire_copy_is_no_independent_source(sample: Library) -> None:
    story = muse(sample)
    (copy,) = (member for member in story.members if member.how == "copy")
    assert (copy.outlet, copy.copy_of) == ("The Straits Times", titled(sample, "after debut of Muse Spark"))
    assert "The Straits Times" not in story.independent
    assert "The Straits Times" in story.repeats
    assert "The Decoder" in story.repeats, "it says itself that it leans on CNBC"
    assert set(story.independent) == {"Reuters", "Associated Press", "CNBC", "TechCrunch", "The Verge"}
    assert story.sources == f"5 independent ({', '.join(story.independent)}) · 2 repeat them"
    assert {name for name, how in story.first if how == "credited"} == {"Reuters", "CNBC", "TechCrunch"}
    assert {(one.outlet, one.leans) for one in story.members if one.how == "second-hand"} >= {("The Decoder", "CNBC")}


def test_both_share_prices_are_seen_and_neither_is_called_wrong(sample: Library) -> None:
    story = muse(sample)
    moves = [one for one in story.facts if one.subject == "Meta" and one.metric.startswith("price move")]
    assert {report.value for one in moves for report in one.reports} == {"6.5%", "9%"}
    assert all(one.status != "DIFFER" for one in moves)
    assert any(one.note == "9% intraday" for one in moves if "6.5%" in dict(one.values()))
    reuters = sample.article(titled(sample, "after debut of Muse Spark"))
    assert reuters is not None
    assert (reuters.revision, reuters.changed) == (2, "± headline 9% → 6.5%")
    assert story.flag == "↻"


def test_no_outlet_is_said_to_differ_anywhere_else(sample: Library) -> None:
    stories = {row.story_id for row in sample.story_rows(sample.story_listing("all").ids)}
    assert len(stories) == 11
    differing = [
        one.about for id in stories if (story := sample.story(id or 0)) for one in story.facts if one.status == "DIFFER"
    ]
    assert differing == []


def test_every_report_is_a_passage_of_its_article(sample: Library) -> None:
    seen = 0
    for row in sample.story_rows(sample.story_listing("all").ids):
        story = sample.story(row.story_id or 0)
        assert story is not None
        for report in (report for one in story.facts for report in one.reports):
            article = sample.article(report.article_id)
            assert article is not None
            text = article.body.text
            assert " ".join(text[report.start : report.end].split()) == report.value
            assert " ".join(text[report.sentence_start : report.sentence_end].split()) == report.sentence
            assert report.sentence_start <= report.start < report.end <= report.sentence_end
            seen += 1
    assert seen > 100


def test_why_an_article_is_here_is_said_in_words(sample: Library) -> None:
    why = {member.outlet: member.why for member in muse(sample).members}
    assert why["Reuters"] == "began the story"
    assert why["The Straits Times"].startswith("the same text, ")
    assert why["CNBC"].startswith("shares Muse")
    assert "both name 6.5%" in why["CNBC"]


def test_agreed_means_two_independent_outlets(sample: Library) -> None:
    found = fact(muse(sample), "Muse Spark · GPQA Diamond", "89.5%")
    assert (found.status, found.letter) == ("AGREED", "=")
    assert set(found.independent) >= {"CNBC", "TechCrunch"}
    for one in muse(sample).facts:
        assert (one.sources > 1) == (one.status == "AGREED") or one.status in ("DIFFER", "CHANGED")


def test_marking_a_story_marks_all_its_articles_and_is_undone_as_one(sample: Library) -> None:
    story = muse(sample)
    change = sample.mark_stories("done", [story.headline_id])
    assert change is not None
    assert (change.label, len(change.ids)) == ("done", len(story.members))
    assert story.headline_id not in sample.story_listing("inbox").ids
    assert sample.story_listing("done").ids.tolist() == [story.headline_id]
    sample.undo()
    assert sample.story_listing("inbox").ids[0] == story.headline_id


def test_reading_a_copy_reads_the_original_too(sample: Library) -> None:
    story = muse(sample)
    copy = next(member for member in story.members if member.how == "copy")
    sample.mark("read", [copy.article_id])
    after_copy = muse(sample).novel
    sample.mark("read", [copy.copy_of or 0])
    assert muse(sample).novel == after_copy < story.novel


# -- placing -----------------------------------------------------------------------------------------------------------------


def test_a_copy_that_was_cut_hangs_on_its_original(store: Store) -> None:
    whole = tell(store, "Reuters", "A sorting machine that nobody taught", LONG + RULES)
    cut = tell(store, "Straits Times", "Machine sorts parcels untaught, makers say", LONG, hours=2)
    keep_stories(store)
    (first, second) = store.story_members(store.story_of(whole) or 0)
    assert (first[0], first[4], second[0], second[4], second[5]) == (whole, "report", cut, "copy", whole)
    assert store._value("SELECT independent FROM story") == 1


def test_a_copy_brings_no_story_back(store: Store) -> None:
    original = tell(store, "Reuters", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    keep_stories(store)
    store.mark([original], mark_named("done").sets, verb="done", label=str, now=NOW)
    tell(store, "Straits Times", "Robot maker raises $400 million", f"NEW YORK (Reuters) - {RAISE}", hours=2)
    keep_stories(store)
    assert [row[4] for row in store.story_members(original)] == ["report", "copy"]
    assert (store.story_counts()["inbox"], store.story_counts()["done"]) == (0, 1)
    tell(store, "CNBC", "Halcyon leads $400 million round for Orion Robotics", RAISE_ELSEWHERE, hours=3)
    keep_stories(store)
    assert (store.story_counts()["inbox"], store.story_counts()["done"]) == (1, 0)


def test_who_leans_on_others_does_not_give_the_headline(store: Store) -> None:
    own = tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    tell(store, "The Verge", "Orion Robotics raises $400 million, CNBC reports", RAISE_ELSEWHERE, hours=5)
    keep_stories(store)
    assert store._row("SELECT headline_id, independent FROM story") == (own, 1)


def test_what_is_too_old_to_be_joined_is_forgotten(store: Store) -> None:
    tell(store, "Reuters", "A sorting machine that nobody taught", LONG + RULES)
    keep_stories(store)
    tell(store, "CNBC", "Vantor to build a chip plant near Osaka", CHIPS, hours=400)
    keep_stories(store)
    tell(
        store,
        "Reuters",
        "Vantor plans chip plant near Osaka for $7 billion",
        CHIPS.replace("will build", "plans"),
        hours=402,
    )
    keep_stories(store)
    for table in ("story_entry", "story_original"):
        assert store._rows(f"SELECT article_id FROM {table} WHERE article_id = 1") == []
        assert store._value(f"SELECT count(*) FROM {table}") == 2
    assert story_map(store) == {1: 1, 2: 2, 3: 2}


def test_a_story_that_is_opened_before_it_was_followed_up_shows_all_its_members(store: Store) -> None:
    id = tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    keep_stories(store)
    tell(store, "Reuters", "Halcyon leads $400 million round for Orion Robotics", RAISE_ELSEWHERE, hours=1)
    placed: list[int] = []
    Storykeeper(store).keep(progress=lambda done, total: placed.append(done), cancelled=lambda: bool(placed))
    assert store.stale_stories(9) != []
    with closing(Library(store.path)) as library:
        story = library.story_of(id)
        assert story is not None
        assert any(set(one.independent) == {"CNBC", "Reuters"} for one in story.facts)
    assert store.stale_stories(9) == []


def test_a_round_up_hangs_on_a_story_and_changes_neither_its_end_nor_its_headline(store: Store) -> None:
    report = tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    tell(
        store,
        "Bloomberg",
        "Orion Robotics raises $400 million, robots in Rotterdam | Bloomberg Tech 4/9/2026",
        RAISE_ELSEWHERE,
        hours=5,
    )
    keep_stories(store)
    assert [row[4] for row in store.story_members(report)] == ["report", "attached"]
    assert store._row("SELECT headline_id, last_seen FROM story WHERE id = ?", (report,)) == (report, NOW)


def test_a_restart_places_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    told = [
        ("CNBC", RAISE),
        ("The Verge", CHIPS),
        ("Reuters", RAISE_ELSEWHERE),
        ("Bloomberg", LONG),
        ("Straits Times", LONG),
    ]
    at_once, one_by_one = tmp_path / "a.db", tmp_path / "b.db"
    for path in (at_once, one_by_one):
        for number, (outlet, text) in enumerate(told):
            with closing(Store(path)) as store:
                tell(store, outlet, f"Title {number} of {text[:30]}", text, hours=number)
                if path == one_by_one:
                    keep_stories(store)
        with closing(Store(path)) as store:
            keep_stories(store)
    with closing(Store(at_once)) as a, closing(Store(one_by_one)) as b:
        for sql in (
            "SELECT article_id, story_id, how, copy_of, why FROM story_member",
            "SELECT * FROM story_entry ORDER BY article_id",
            "SELECT * FROM story_original ORDER BY article_id",
            "SELECT * FROM story_term ORDER BY term",
            "SELECT id, headline_id, facts, novel, sort_key, flag FROM story ORDER BY id",
        ):
            assert a._rows(sql) == b._rows(sql)


def test_two_processes_that_place_at_once_do_not_forget_each_other(store: Store) -> None:
    first, second = Storykeeper(store), Storykeeper(store)
    tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    first.keep()
    tell(store, "The Verge", "Vantor to build a chip plant near Osaka", CHIPS, hours=1)
    second.keep()
    tell(
        store,
        "Reuters",
        "Vantor plans chip plant near Osaka for $7 billion",
        CHIPS.replace("will build", "plans"),
        hours=2,
    )
    first.keep()
    assert story_map(store) == {1: 1, 2: 2, 3: 2}


def test_cancelled_it_stops_between_two_batches_and_goes_on_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.storykeeper.AT_ONCE", 2)
    for number in range(5):
        tell(
            store,
            "CNBC",
            f"Title number {number} of five different ones",
            f"{RULES[: 40 + number]} {number}",
            hours=100 * number,
        )
    seen: list[tuple[int, int]] = []
    done = Storykeeper(store).keep(progress=lambda a, b: seen.append((a, b)), cancelled=lambda: bool(seen))
    assert (done, seen, store.count_story_due()) == (2, [(2, 5)], 3)
    assert keep_stories(store) == 3
    assert (store.count_story_due(), store.stale_stories(9)) == (0, [])


def test_an_article_whose_facts_come_again_keeps_its_place(store: Store) -> None:
    id = tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    tell(store, "Reuters", "Halcyon leads $400 million round for Orion Robotics", RAISE_ELSEWHERE, hours=1)
    keep_stories(store)
    before = story_map(store)
    revise(store, id, "Nothing of the kind", RULES)
    assert keep_stories(store) == 1
    assert story_map(store) == before
    assert store._value("SELECT changed FROM article WHERE id = ?", (id,)).startswith("± headline was “Orion Robotics")


# -- revisions --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "notice"),
    [
        ("Orion raised $38 billion in May.", "Orion raised $40 billion in May.", "± $38 billion → $40 billion"),
        ("Orion raised $38 billion in May.", "Orion raised $38 billion in May. It has 90 employees.", ""),
        ("Orion raised $38 billion in May.", "Orion raised $38bn in May.", ""),
        (
            "Orion raised $38 billion in May with help from Vantor and its founder.",
            "Halcyon raised $40 billion in May with help from Vantor and its founder.",
            "± $38 billion → $40 billion",
        ),
        (
            "“We will open the plant in spring,” Mara Voss said.",
            "“We will not open the plant in spring,” Mara Voss said.",
            "± quote of Mara Voss",
        ),
        (
            "Orion raised $38 billion. Vantor cut 200 jobs.",
            "Orion raised $40 billion. Vantor cut 300 jobs.",
            "± $38 billion → $40 billion (+1 more)",
        ),
    ],
)  # fmt: skip
def test_a_revision_tells_what_it_changed(store: Store, old: str, new: str, notice: str) -> None:
    id = tell(store, "CNBC", "A title that stays as it is", old)
    keep_stories(store)
    revise(store, id, "A title that stays as it is", new)
    keep_stories(store)
    article = store.article(id)
    assert article is not None
    assert article.changed == notice
    (row,) = store.story_rows([id])
    assert (row.changed, row.flag) == (notice, "↻" if notice else "")


# -- settling ---------------------------------------------------------------------------------------------------------------------


def shuffled(store: Store) -> Storykeeper:
    """Three reports of one event; the one in the middle, which binds them, comes last and late."""
    keeper = Storykeeper(store)
    tell(store, "CNBC", "Orion Robotics raises $400 million for warehouse robots", RAISE)
    tell(store, "The Verge", "Vantor to build a chip plant near Osaka", CHIPS, hours=1)
    tell(store, "Reuters", "Halcyon leads $400 million round for Orion Robotics", RAISE_ELSEWHERE, hours=20)
    keeper.keep()
    return keeper


def part(store: Store, *articles: int) -> None:
    """Put articles, the first of which is 3, into a story of their own behind the user's back."""
    store._open(3)
    for table, key in (("article", "id"), ("story_member", "article_id"), ("story_entry", "article_id")):
        store.connection.executemany(f"UPDATE {table} SET story_id = 3 WHERE {key} = ?", ((id,) for id in articles))


def test_settling_moves_nothing_that_was_edited(store: Store) -> None:
    shuffled(store)
    store.split_story([3], now=NOW)
    assert Storykeeper(store).settle() == 0
    assert story_map(store) == {1: 1, 2: 2, 3: 3}


@pytest.mark.parametrize("verb", ["read", "star", "later", "done"])
def test_settling_moves_nothing_that_was_marked(store: Store, verb: str) -> None:
    shuffled(store)
    part(store, 3)
    store.mark([3], mark_named(verb).sets, verb=verb, label=str, now=NOW)
    assert Storykeeper(store).settle() == 0
    store.undo()
    assert Storykeeper(store).settle() == 1


def test_an_article_that_comes_late_has_the_stories_settled(store: Store) -> None:
    shuffled(store)
    part(store, 3)
    tell(store, "The Verge", "EU lawmakers delay the high-risk rules", RULES, hours=19)
    keep_stories(store)
    assert story_map(store) == {1: 1, 2: 2, 3: 3, 4: 4}, "one hour late is in time"
    tell(store, "Bloomberg", "A sorting machine that nobody taught", LONG, hours=2)
    keep_stories(store)
    assert story_map(store) == {1: 1, 2: 2, 3: 1, 4: 4, 5: 5}


def test_a_copy_goes_where_its_original_goes(store: Store) -> None:
    shuffled(store)
    copy = tell(
        store,
        "Straits Times",
        "Robots that pack boxes are worth $3 billion",
        f"NEW YORK (Reuters) - {RAISE_ELSEWHERE}",
        hours=21,
    )
    keep_stories(store)
    part(store, 3, copy)
    assert store._value("SELECT copy_of FROM story_member WHERE article_id = ?", (copy,)) == 3
    assert Storykeeper(store).settle() == 1
    assert story_map(store) == {1: 3, 2: 2, 3: 3, copy: 3}, "the id that most of them have"


def test_settling_joins_what_was_placed_apart(store: Store) -> None:
    shuffled(store)
    apart = {1: 1, 2: 2, 3: 3}
    part(store, 3)
    assert story_map(store) == apart
    keeper = Storykeeper(store)
    assert keeper.settle(cancelled=lambda: True) == 0
    assert story_map(store) == apart
    assert keeper.settle() == 1
    keeper.follow_up()
    assert story_map(store) == {1: 1, 2: 2, 3: 1}
    assert store._value("SELECT count(*) FROM story") == 2
    assert next(iter(store.story_rows([1]))).outlets == 2
    assert Storykeeper(store).settle() == 0


def test_a_table_dump_of_one_figure_costs_no_more_than_a_second_or_two(store: Store) -> None:
    dump = " ".join(f"Meta raised ${number} million in {1990 + number % 30}." for number in range(1, 1500))
    tell(store, "CNBC", "Everything that Meta ever raised", dump)
    began = time.process_time()
    keep_stories(store)
    assert time.process_time() - began < 20
    assert store._value("SELECT facts FROM story") > 100
