"""The same article under another id stays the same article; another article under the same id does not."""

from __future__ import annotations

import dataclasses

import pytest
from conftest import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.entries import content_hash, distinct, finish
from reader.ingest.identity import FIRST, MAX_SILENT, alike, match
from reader.ingest.slices import guid_hash
from reader.model import Entry, Known, Text

DAY = 86400
TITLE = "Chip maker shows a faster chip for data centres"


def entry(number: int, **fields: object) -> Entry:
    made = Entry(
        guid=f"g{number}",
        url=f"https://news.example/{number}",
        title=f"{TITLE} number {number}",
        body=Text(f"Body {number}"),
        published=NOW - number * 3600,
        position=number,
    )
    return finish(dataclasses.replace(made, **fields))  # type: ignore[arg-type]


def stored(one: Entry, id: int, **fields: object) -> Known:
    made = Known(
        id=id,
        guid=one.guid,
        aliases=(),
        canonical=one.canonical,
        title=one.title,
        content_hash=one.content_hash,
        published=one.published,
        updated=one.updated,
        first_seen=NOW,
        revision=1,
        read=False,
    )
    return dataclasses.replace(made, **fields)  # type: ignore[arg-type]


KNOWN = [stored(entry(n), n) for n in range(1, 6)]


def test_a_first_poll_is_all_new() -> None:
    entries = [entry(1), entry(2)]
    assert match(entries, []).new == tuple(entries)


def test_the_same_document_changes_nothing() -> None:
    found = match([entry(n) for n in range(1, 6)], KNOWN)
    assert (found.new, found.changed, found.aliases) == ((), (), ())
    assert set(found.seen) == {1, 2, 3, 4, 5}


def test_another_text_is_a_revision() -> None:
    found = match([entry(1, body=Text("Another body"))], KNOWN)
    assert [id for id, _ in found.changed] == [1]
    assert found.new == ()


def test_a_moved_date_alone_is_none() -> None:
    assert match([entry(1, updated=NOW)], KNOWN).changed == ()


def test_a_clock_in_the_text_is_believed_a_while() -> None:
    worn = [stored(entry(1), 1, revision=MAX_SILENT)]
    assert match([entry(1, body=Text("tick"))], worn).changed == ()
    assert match([entry(1, body=Text("tick"), updated=NOW)], worn).changed


def test_a_new_guid_with_the_old_link_and_a_like_title() -> None:
    found = match([entry(1, guid="g1#3", title=f"{TITLE} number one")], KNOWN)
    assert found.new == ()
    assert found.aliases == ((1, "g1#3"),)


def test_an_alias_counts_as_an_id() -> None:
    known = [stored(entry(1), 1, aliases=("old", "g1#3"))]
    found = match([entry(1, guid="g1#3", url="https://elsewhere.example/x", body=Text("moved"))], known)
    assert found.aliases == ()
    assert [id for id, _ in found.changed] == [1]


def test_one_link_for_all_is_no_identity() -> None:
    link = "https://news.example/live"
    known = [stored(entry(n, url=link), n) for n in (1, 2)]
    found = match([entry(n, url=link, guid=f"new{n}", published=None) for n in (3, 4, 5)], known)
    assert len(found.new) == 3
    again = match([entry(n, url=link, guid=f"new{n}", published=None) for n in (1, 2, 3)], known)
    assert (len(again.new), again.aliases) == (1, ((1, "new1"), (2, "new2"))), "the same title on it is"


def test_the_same_title_and_time_on_another_address() -> None:
    found = match([entry(1, guid="x", url="https://new-host.example/1", published=NOW - 3600 + DAY)], KNOWN)
    assert found.aliases == ((1, "x"),)
    assert match([entry(1, guid="x", url="https://new-host.example/1", published=NOW - 3600 + 3 * DAY)], KNOWN).new


def test_a_daily_title_is_another_article_each_day() -> None:
    known = [stored(entry(1, title="Morning briefing"), 1)]
    assert match([entry(2, title="Morning briefing", published=NOW + DAY)], known).new


def test_a_title_whose_article_is_still_listed_is_another_one() -> None:
    again = entry(7, title=entry(1).title, published=entry(1).published)
    assert match([again, entry(1)], KNOWN).new == (again,)
    assert match([again], KNOWN, present=[guid_hash("g1")]).new == (again,)


def test_numbers_used_anew_do_not_overwrite() -> None:
    fresh = entry(1, url="https://news.example/99", title="Something else entirely happened")
    found = match([fresh], KNOWN)
    assert found.changed == ()
    (new,) = found.new
    assert new.guid != "g1"
    known = [*KNOWN, stored(new, 9)]
    assert match([fresh], known).new == ()


def test_a_feed_issued_anew_is_old_news() -> None:
    known = [stored(entry(n, published=NOW - n * DAY), n, first_seen=NOW - DAY) for n in range(1, 9)]
    fresh = [
        entry(
            n,
            guid=f"new{n}",
            url=f"https://other.example/{n}",
            title=f"Old headline {n} retold",
            published=NOW - (n + 3) * DAY,
        )
        for n in range(10, 16)
    ]
    news = entry(20, published=NOW)
    found = match([news, *fresh], known)
    assert found.new == (news,)
    assert found.old_news == tuple(fresh)


def test_a_new_feed_brings_its_newest_as_news() -> None:
    entries = [entry(n) for n in range(FIRST + 20)]
    found = match(entries[::-1], [])
    assert {one.guid for one in found.new} == {one.guid for one in entries[:FIRST]}
    assert {one.guid for one in found.old_news} == {one.guid for one in entries[FIRST:]}


def test_a_week_of_news_is_news() -> None:
    known = [stored(entry(n, published=NOW - (n + 10) * DAY), n, first_seen=NOW - 9 * DAY) for n in range(1, 9)]
    fresh = [entry(n, published=NOW - (n - 10) * DAY) for n in range(10, 18)]
    assert match(fresh, known).new == tuple(fresh)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Chip maker shows chip", "Chip maker shows faster chip", True),
        ("UPDATE 1-Chip maker shows chip", "Chip maker shows chip", True),
        ("Chip maker shows chip", "Senate votes on budget", False),
        ("", "", True),
        ("", "word", False),
        ("CHIP", "chip", True),
    ],
)
def test_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


ENTRIES = st.lists(
    st.builds(
        lambda guid, link, title, text, date: finish(
            Entry(guid=guid, url=link and f"https://n.example/{link}", title=title, body=Text(text), published=date)
        ),
        st.sampled_from(["", "a", "b", "c", "https://n.example/1"]),
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from([TITLE, f"{TITLE} again", "Morning briefing", "Other"]),
        st.sampled_from(["x", "y"]),
        st.sampled_from([None, NOW, NOW - DAY, NOW - 30 * DAY]),
    ),
    max_size=8,
).map(distinct)


@settings(max_examples=400)
@given(st.lists(ENTRIES, max_size=4))
def test_a_feed_over_time(documents: list[tuple[Entry, ...]]) -> None:
    """However a feed goes on: no id is given twice, an article is paired once, and the same document again brings nothing."""
    known: list[Known] = []
    for document in documents:
        for round in range(2):
            found = match(document, known)
            new = [*found.new, *found.old_news]
            taken = {guid for one in known for guid in (one.guid, *one.aliases)}
            assert len({one.guid for one in new}) == len(new)
            assert not {one.guid for one in new} & taken
            ids = [id for id, _ in found.changed]
            assert len(set(ids)) == len(ids)
            if round:
                assert (new, found.changed, found.aliases) == ([], (), ())
            changed, aliases = dict(found.changed), dict(found.aliases)
            known = [
                dataclasses.replace(
                    one,
                    aliases=(*one.aliases, aliases[one.id]) if one.id in aliases else one.aliases,
                    content_hash=changed[one.id].content_hash if one.id in changed else one.content_hash,
                    title=changed[one.id].title if one.id in changed else one.title,
                    canonical=changed[one.id].canonical if one.id in changed else one.canonical,
                )
                for one in known
            ]
            known += [stored(one, len(known) + number) for number, one in enumerate(new)]


def test_the_hash_of_an_entry_is_over_title_and_text() -> None:
    assert entry(1).content_hash == content_hash(entry(1).title, "Body 1")
