"""Ledger, dossier, quotes and promises over hand-written articles: every row a passage, newest reports and evidence found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from storied import HOUR, NOW, tell

from reader.library import Library
from reader.model import Cited
from reader.store import Store
from reader.storykeeper import keep_stories

DAY = 24


@pytest.fixture
def library(store: Store) -> Iterator[Library]:
    """Three months of one company: guidance that is raised, a speaker who softens, a promise that is kept, one that is overdue."""
    tell(
        store,
        "CNBC",
        "Nvidia plans to spend more on chips",
        "Nvidia expects capital expenditures of $7 billion in 2026.",
        hours=-60 * DAY,
    )
    tell(
        store,
        "Reuters",
        "Nvidia to raise spending on data centres",
        "Nvidia expects capital expenditures of $7 billion in 2026.",
        hours=-60 * DAY + 1,
    )
    tell(
        store,
        "CNBC",
        "Mara Voss on open models",
        "“We will open every model to developers this summer,” Nvidia chief Mara Voss said on Monday.",
        hours=-40 * DAY,
    )
    tell(
        store,
        "CNBC",
        "Nvidia lifts its outlook",
        "Nvidia expects capital expenditures of $9 billion in 2026.",
        hours=-20 * DAY,
    )
    tell(
        store,
        "The Verge",
        "Mara Voss is less sure",
        "“We may perhaps open every model to developers this summer,” Mara Voss said.",
        hours=-10 * DAY,
    )
    keep_stories(store)
    with closing(Library(store.path)) as opened:
        yield opened


def passage(library: Library, cited: Cited) -> str:
    article = library.article(cited.article_id)
    assert article is not None
    return " ".join(article.body.text[cited.start : cited.end].split())


def test_a_ledger_tells_what_was_corroborated_and_what_was_revised(library: Library) -> None:
    found = library.ledger("nvidia capex")
    assert found is not None
    first, second = found.lines
    assert (first.value, first.mark, first.sources, [r.outlet for r in first.reports]) == (
        "$7 billion",
        "=",
        2,
        ["CNBC", "Reuters"],
    )
    assert (second.value, second.mark) == ("$9 billion", "↻")
    assert second.change == pytest.approx(2 / 7)
    assert library.ledger(found.key) is not None
    for report in first.reports:
        assert library.ledger_key(report.article_id, report.start) == found.key
    assert library.ledger_key(first.reports[0].article_id, 0) is None
    assert library.ledger("nobody at all") is None


def test_quotes_of_a_speaker_tell_how_they_drift(library: Library) -> None:
    first, second = library.quotes_of("mara voss")
    assert (first.speaker, first.drift, second.drift) == ("Mara Voss", "first", "softer")
    assert second.before == (first.quote.article_id, first.quote.start, first.quote.end)
    assert passage(library, first.quote) == first.quote.text
    assert [said.quote for said in library.quotes_of("voss")] == [first.quote, second.quote], (
        "any word of the name will do"
    )
    assert library.quotes_of("nobody") == []


def test_a_dossier_has_a_chapter_a_story_with_what_its_figures_were_before(library: Library) -> None:
    found = library.dossier("nvidia")
    assert found is not None
    assert (found.name, found.articles) == ("Nvidia", 4)
    assert (found.first_seen, found.last_seen) == (NOW - 60 * DAY * HOUR, NOW - 20 * DAY * HOUR)
    assert sum(count for _, count in found.weeks) == 4
    assert all(week % (7 * DAY * HOUR) == 4 * DAY * HOUR for week, _ in found.weeks)
    changes = {cited.text: before for chapter in found.chapters for _, cited, before in chapter.changes}
    assert changes["$9 billion"] == "$7 billion"
    assert changes["$7 billion"] == ""
    times = [chapter.published for chapter in found.chapters]
    assert times == sorted(times, reverse=True)
    assert library.dossier("nobody") is None


def test_promises_are_overdue_by_the_day_that_is_asked(library: Library) -> None:
    early, late = library.promises(at=NOW), library.promises(at=NOW + 365 * DAY * HOUR)
    assert {promise.status for promise in early} <= {"due", "open", "undated"}
    overdue = [promise for promise in late if promise.status == "overdue"]
    assert any(promise.due == "2026-12-31" and "capital expenditures" in promise.cited.text for promise in overdue)
    for promise in late:
        assert passage(library, promise.cited) == promise.cited.text
    assert library.promises("outlet:reuters", at=NOW) != early


def test_a_promise_is_kept_where_a_later_article_says_so(store: Store) -> None:
    promise = tell(store, "CNBC", "OpenAI promises a chip", "OpenAI will release GPT-6 by the end of May.", hours=0)
    tell(store, "Reuters", "OpenAI delivers", "OpenAI released GPT-6 on Tuesday.", hours=20 * DAY)
    keep_stories(store)
    with closing(Library(store.path)) as library:
        (found,) = (one for one in library.promises(at=NOW + 90 * DAY * HOUR) if one.cited.article_id == promise)
        assert (found.status, found.due) == ("kept", "2026-05-31")
        assert found.evidence is not None
        assert found.evidence.outlet == "Reuters"
        assert passage(library, found.evidence) == found.evidence.text
