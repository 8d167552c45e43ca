"""The gold set of stories: what is grouped, what differs, what changed, and above all that nothing is called different that is not."""

import pytest
from story_gold import stories

from reader.stories import copies, group
from reader.stories.align import align
from reader.stories.forms import ATTACHED, form

STORIES = stories()
ARTICLES = sorted(
    (article for story in STORIES for article in story.articles), key=lambda row: (row["published"], row["id"])
)


def bcubed(rows, placed):
    def score(of, within):
        sets = {}
        for row in rows:
            sets.setdefault(of(row), set()).add(row["id"])
        return sum(len(sets[of(row)] & within[row["id"]]) / len(sets[of(row)]) for row in rows) / len(rows)

    def mates(of):
        return {row["id"]: {other["id"] for other in rows if of(other) == of(row)} for row in rows}

    def gold(row):
        return row["cluster"]

    def mine(row):
        return placed[row["id"]]

    return score(mine, mates(gold)), score(gold, mates(mine))


def test_the_set_is_large_enough():
    assert len(ARTICLES) >= 40
    assert len({story.name for story in STORIES}) >= 12


@pytest.mark.parametrize("settle", [False, True])
def test_grouping(settle):
    rows = [row for row in ARTICLES if form(row["title"], row["url"]) not in ATTACHED]
    precision, recall = bcubed(rows, group(ARTICLES, settle=settle))
    assert precision >= 0.97
    assert recall >= 0.95


def test_copies():
    expected = {row["id"]: row["copy_of"] for row in ARTICLES if "copy_of" in row}
    assert copies(ARTICLES) == expected


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_aligned_rows(story):
    found = {}
    for row in align(story.sources):
        found.setdefault((row.key.subject, row.key.metric), set()).add(row.status)
    for key, status in story.expected.items():
        assert status in found[key]
    raised = {(key, status) for key, said in found.items() for status in said & {"DIFFER", "CHANGED"}}
    assert raised <= set(story.expected.items())


def test_every_row_is_a_span_of_its_text():
    for story in STORIES:
        for row in align(story.sources):
            for claim in row.claims:
                start, end = claim.sentence
                assert claim.text.strip() == claim.text != ""
                assert start <= claim.start < claim.end <= end <= len(claim.source.text)


def test_what_differs_comes_first():
    statuses = [row.status for row in align(STORIES[0].sources)]
    assert statuses == sorted(statuses, key=["DIFFER", "CHANGED", "AGREED", "1 SOURCE"].index)
    assert statuses[0] == "DIFFER"


def test_the_size_of_a_unit_is_no_report_of_an_investment():
    rows = {row.key.metric: row for row in align(STORIES[0].sources) if row.key.subject == "corvid"}
    assert {claim.text for claim in rows["unit"].claims} == {"$15 billion"}
    assert {claim.text for claim in rows["investment"].claims} == {"$14.3 billion", "$14 billion"}


def test_what_adds_up_is_no_difference():
    row = next(row for row in align(STORIES[1].sources) if row.key.metric == "valuation")
    assert row.note == "adds up with $2 billion"


def test_a_copy_and_second_hand_reports_are_no_second_source():
    layoffs = next(row for row in align(STORIES[4].sources) if row.key.metric == "jobs_cut")
    assert layoffs.standing.independent == ("Byte Courier", "Ledger Wire")
    assert layoffs.standing.repeats == ("Newsport", "Metro Times")


def test_all_stories_at_once_raise_nothing_new():
    sources = [source for story in STORIES for source in story.sources]
    expected = {key for story in STORIES for key, status in story.expected.items() if status in ("DIFFER", "CHANGED")}
    raised = {(row.key.subject, row.key.metric) for row in align(sources) if row.status in ("DIFFER", "CHANGED")}
    assert raised <= expected
