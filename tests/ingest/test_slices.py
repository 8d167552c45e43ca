"""Parsing only unseen entries gives what parsing the whole document gives."""

from __future__ import annotations

import dataclasses

import pytest
from conftest import NOW, item, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import slices
from reader.ingest.document import sniff
from reader.ingest.entries import MAX_ENTRIES, Document
from reader.ingest.feed import parse
from reader.model import Entry

BASE = "https://news.example/feed.xml"


def read(text: str, recorded: bytes = b"") -> Document:
    return parse(sniff(text.encode()), base=BASE, now=NOW, recorded=recorded)


def body(text: str) -> bytes:
    return sniff(text.encode()).data


def test_a_document_comes_apart_and_together() -> None:
    text = body(rss(item(1), item(2), item(3)))
    pieces = slices.cut(text, 100)
    assert pieces
    assert len(pieces.entries) == 3
    assert pieces.only([0, 2]).count(b"<item>") == 2
    assert pieces.entries[1] == item(2).encode()
    assert len(set(pieces.hashes)) == 3
    few = slices.cut(text, 2)
    assert few
    assert (few.head, few.entries, few.tail, few.total) == (pieces.head, pieces.entries[:2], pieces.tail, 3)


def test_beyond_the_limit_nothing_is_in_doubt() -> None:
    text = body(rss(*(item(n) for n in range(5))))
    cut_off = text[: text.index(b"urn:story:4")]
    assert slices.cut(cut_off, 100) is None
    pieces = slices.cut(cut_off, 3)
    assert pieces
    assert (len(pieces.entries), pieces.total, pieces.tail) == (3, 4, b"")


def test_entries_in_cdata_and_comments_are_text() -> None:
    tricky = item(2, description="<![CDATA[about </item><item> tags]]>", title="<!-- </item> -->Two")
    pieces = slices.cut(body(rss(item(1), tricky, item(3))), 100)
    assert pieces
    assert pieces.entries[1] == tricky.encode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("</item>", "", 1),
        lambda text: text.replace("<item>", "<item><item>", 1),
        lambda text: text.replace("Body of", "<![CDATA[Body of", 1),
        lambda text: text.replace("Body of", "<!-- Body of", 1),
        lambda text: text.replace("</item>\n<item>", "</item><ttl>5</ttl><item>", 1),
        lambda text: text.replace("<item>", "<item/><item>", 1),
        lambda text: text.replace("</channel>", "</item></channel>"),
    ],
)
def test_in_doubt_there_are_no_pieces(damage: object) -> None:
    assert callable(damage)
    text = rss(item(1, pubDate="", description="Body of one"), item(2))
    damaged = damage(text)
    assert damaged != text
    assert slices.cut(body(damaged), 100) is None


def test_the_second_reading_has_only_what_is_new() -> None:
    first = read(rss(item(1), item(2)))
    assert first.record
    second = read(rss(item(3), item(1), item(2, title="Rewritten")), first.record)
    assert [(entry.guid, entry.position) for entry in second.entries] == [("urn:story:3", 0), ("urn:story:2", 2)]
    assert second.present == {slices.guid_hash("urn:story:1")}
    assert second.total == 3
    third = read(rss(item(3), item(1), item(2, title="Rewritten")), second.record)
    assert third.entries == ()
    assert len(third.present) == 3


def test_a_changed_root_is_read_anew() -> None:
    first = read(rss(item(1), item(2)))
    moved = rss(item(1), item(2)).replace("<rss ", '<rss xml:base="https://other.example/" ')
    assert len(read(moved, first.record).entries) == 2


def test_an_id_that_comes_again_is_read_whole() -> None:
    first = read(rss(item(1), item(2)))
    again = read(rss(item(9, guid="urn:story:1"), item(1), item(2)), first.record)
    whole = read(rss(item(9, guid="urn:story:1"), item(1), item(2)))
    assert again.entries == whole.entries
    assert again.record == b""


def test_a_damaged_document_is_remembered_by_nothing() -> None:
    assert read(rss(item(1), item(2)).replace("Body of story 2", "Body & of")).record == b""


def test_a_long_document_is_cut_before_it_is_parsed() -> None:
    document = read(rss(*(item(n) for n in range(10_000))))
    assert (len(document.entries), document.total) == (MAX_ENTRIES, 10_000)


WORDS = st.text(alphabet="abc &<>]\"'\n\u00e9\u4eba", max_size=30).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
TAGS = [
    "<item>",
    "</item>",
    "<item/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "</channel>",
    "<guid>g1</guid>",
    "<?x",
    "?>",
    "&amp;",
    "a ",
]
CDATA = st.one_of(
    st.text(alphabet="abc <>/itemnry&;!-[", max_size=40), st.lists(st.sampled_from(TAGS), max_size=5).map("".join)
).map(lambda text: f"<![CDATA[{text.replace(']]>', '')}]]>")


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[str], str]:
    """Items and the head of an RSS document."""
    numbers = draw(st.lists(st.integers(0, 30), min_size=1, max_size=8, unique=True))
    items = []
    for number in numbers:
        text = draw(st.one_of(WORDS, CDATA))
        fields = {"guid": draw(st.sampled_from(["", f"g{number}", f"https://news.example/{number}", "one for some"]))}
        fields["content:encoded"] = draw(st.one_of(st.just(""), CDATA))
        items.append(item(number, title=draw(WORDS), description=text, **fields))
    return items, draw(
        st.sampled_from(["", "<ttl>60</ttl>", "<lastBuildDate>now</lastBuildDate>", "<language>de</language>"])
    )


def unplaced(entries: tuple[Entry, ...]) -> dict[int, Entry]:
    return {entry.position: dataclasses.replace(entry, position=0) for entry in entries}


@settings(max_examples=150, deadline=None)
@given(documents(), st.data())
def test_unseen_slices_are_read_as_in_the_whole(made: tuple[list[str], str], data: st.DataObject) -> None:
    items, head = made
    before = data.draw(st.lists(st.sampled_from(items), unique=True, max_size=len(items)))
    recorded = read(rss(*before)).record if before else b""
    whole, some = read(rss(*items, head=head)), read(rss(*items, head=head), recorded)
    alone = unplaced(some.entries)
    assert alone.items() <= unplaced(whole.entries).items()
    left = {slices.guid_hash(entry.guid) for entry in whole.entries if entry.position not in alone}
    assert left <= some.present
    assert (some.total, some.hints, some.language) == (whole.total, whole.hints, whole.language)


@given(st.text(alphabet="<>/!-[]CDATAitementry x", max_size=200))
def test_any_text_is_cut_or_not(text: str) -> None:
    pieces = slices.cut(b"<rss>" + text.encode(), 100)
    if pieces:
        assert pieces.only(range(len(pieces.entries))).replace(b" ", b"") == b"<rss>" + text.encode().replace(b" ", b"")
