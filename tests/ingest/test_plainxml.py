"""What lxml reads is what feedparser reads; what could differ is left to feedparser."""

from __future__ import annotations

from unittest import mock
from xml.sax.saxutils import escape, quoteattr

import pytest
from conftest import NOW, item, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest import plainxml
from reader.ingest.document import sniff
from reader.ingest.entries import Document
from reader.ingest.feed import parse

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><link href="https://news.example/"/>
<link rel="self" href="https://news.example/f"/>{}</feed>"""
ENTRY = """<entry><id>tag:1</id><title>One</title><link href="https://news.example/1"/><updated>2026-09-20T10:00:00Z</updated>
<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content>{}</entry>"""


def read(text: str) -> Document:
    return parse(sniff(text.encode()), base="https://news.example/feed", now=NOW)


def both(text: str) -> tuple[Document, Document]:
    """The document read by the quick way where it is taken, and by feedparser."""
    quick = read(text)
    with mock.patch.object(plainxml, "read", return_value=None):
        return quick, read(text)


def is_plain(text: str) -> bool:
    return plainxml.read(sniff(text.encode()).text) is not None


@pytest.mark.parametrize("text", [rss(item(1), item(2)), ATOM.format(ENTRY.format("")), rss()])
def test_common_feeds_are_read_the_quick_way(text: str) -> None:
    assert is_plain(text)
    quick, slow = both(text)
    assert quick == slow


@pytest.mark.parametrize(
    "inside",
    [
        "<title>again</title>",
        "<author>ada@news.example (Ada)</author>",
        "<description>a <b>b</b></description>",
        "<itunes:summary xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>x</itunes:summary>",
        "<media:description xmlns:media='http://search.yahoo.com/mrss/'>x</media:description>",
        "<x:note xmlns:x='http://x.example/'><title>inner</title></x:note>",
        "<itunes:title xmlns:itunes='http://other.example/'>x</itunes:title>",
        "<body xmlns='http://www.w3.org/1999/xhtml'><p>x</p></body>",
        "<modified>2026-01-01</modified>",
        "<link url='https://other.example/'/>",
        "<dc:date>\u4e8c\u96f6\u4e8c\u516d</dc:date>",
        "<comments>a &#155; b</comments>",
        "<comments xml:base='https://other.example/'>x</comments>",
        "<comments xml:lang='de'>x</comments>",
        "<comments>&nbsp;</comments>",
        "<comments>a & b</comments>",
        "<comments>\x85</comments>",
    ],
)
def test_what_could_differ_is_left_to_feedparser(inside: str) -> None:
    text = rss(item(1).replace("</item>", inside + "</item>"))
    assert not is_plain(text)
    assert read(text).entries


@pytest.mark.parametrize(
    "inside",
    [
        "<category>x</category>",
        "<slash:comments xmlns:slash='http://purl.org/rss/1.0/modules/slash/'>5</slash:comments>",
        "<wfw:commentRss xmlns:wfw='http://wellformedweb.org/CommentAPI/'>https://x.example/</wfw:commentRss>",
        "<media:content xmlns:media='http://search.yahoo.com/mrss/' url='https://x.example/a.jpg'><media:credit>A</media:credit></media:content>",
        "<metadata:type xmlns:metadata='http://search.cnbc.com/rss/2.0/modules/siteContentMetadata'>x</metadata:type>",
        "<post-id xmlns='com-wordpress:feed-additions:1'>3</post-id>",
        "<dc:creator>Ada</dc:creator><dc:creator>Bob</dc:creator>",
        "<enclosure url='https://x.example/a.mp3' type='audio/mpeg' length='5'/>",
        "<source url='https://x.example/'>Elsewhere</source>",
        "<feedburner:origLink xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>https://origin.example/1</feedburner:origLink>",
    ],
)
def test_what_means_nothing_here_does_not_slow_down(inside: str) -> None:
    text = rss(item(1).replace("</item>", inside + "</item>"))
    assert is_plain(text)
    quick, slow = both(text)
    assert quick == slow


@pytest.mark.parametrize(
    "inside",
    [
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></content>",
        "<summary type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></summary>",
        "<author><name>A</name></author><source><title>x</title></source>",
    ],
)
def test_nested_atom_is_left_to_feedparser(inside: str) -> None:
    assert not is_plain(ATOM.format(ENTRY.format(inside)))


TEXTS = st.text(alphabet=st.sampled_from(list("abc <>&;'\"/\u00e9\u00c3\u00a9\u2019\u4eba\U0001f916\n")), max_size=20)
HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "word ", "&amp;", "&lt;", "<b>", "</b>", "<a href='/x'>", "</a>", "\u2019", "<br/>", "\n"]
    ),
    max_size=10,
).map("".join)
URLS = st.sampled_from(
    [
        "https://news.example/1",
        "https://news.example/?a=1&b=2",
        "/relative",
        "news.example",
        "HTTPS://X.example/",
        "",
        "a b",
    ]
)
DATES = st.sampled_from(
    ["Mon, 21 Sep 2026 10:00:00 GMT", "2026-09-21T10:00:00+02:00", "2026/09/21", "soon", "", "21 Sep 26 10:00 EDT"]
)


@st.composite
def rss_items(draw: st.DrawFn) -> str:
    parts = [f"<title>{escape(draw(TEXTS))}</title>"] if draw(st.booleans()) else []
    if draw(st.booleans()):
        parts.append(f"<link>{escape(draw(URLS))}</link>")
    if draw(st.booleans()):
        flag = draw(st.sampled_from(["", ' isPermaLink="true"', ' isPermaLink="false"', ' ispermalink="false"']))
        parts.append(f"<guid{flag}>{escape(draw(st.one_of(URLS, TEXTS)))}</guid>")
    if draw(st.booleans()):
        parts.append(f"<pubDate>{draw(DATES)}</pubDate>")
    if draw(st.booleans()):
        parts.append(f"<dc:date>{draw(DATES)}</dc:date>")
    if draw(st.booleans()):
        parts.append(f"<description>{escape(draw(HTML))}</description>")
    if draw(st.booleans()):
        parts.append(f"<content:encoded><![CDATA[{draw(HTML)}]]></content:encoded>")
    parts += [f"<dc:creator>{escape(draw(TEXTS))}</dc:creator>" for _ in range(draw(st.integers(0, 2)))]
    parts += [f"<enclosure url={quoteattr(draw(URLS))}/>" for _ in range(draw(st.integers(0, 2)))]
    return "<item>" + "".join(draw(st.permutations(parts))) + "</item>"


@st.composite
def atom_entries(draw: st.DrawFn) -> str:
    parts = [f"<id>{escape(draw(st.one_of(URLS, TEXTS)))}</id>"] if draw(st.booleans()) else []
    for name in ("title", "summary", "content"):
        if draw(st.booleans()):
            kind = draw(st.sampled_from(["", ' type="text"', ' type="html"']))
            parts.append(f"<{name}{kind}>{escape(draw(HTML))}</{name}>")
    parts += [f"<{name}>{draw(DATES)}</{name}>" for name in ("published", "updated") if draw(st.booleans())]
    for _ in range(draw(st.integers(0, 3))):
        relation = draw(
            st.sampled_from(
                [
                    "",
                    ' rel="alternate"',
                    ' rel="self"',
                    ' rel="enclosure"',
                    ' type="text/html"',
                    ' type="application/json"',
                ]
            )
        )
        parts.append(f"<link{relation} href={quoteattr(draw(URLS))}/>")
    if draw(st.booleans()):
        parts.append(f"<author><name>{escape(draw(TEXTS))}</name><email>a@b.example</email></author>")
    return "<entry>" + "".join(draw(st.permutations(parts))) + "</entry>"


HEADS = st.sampled_from(
    [
        "",
        "<ttl>5</ttl>",
        "<language>de-DE</language>",
        "<image><title>I</title><url>https://x.example/i</url><link>https://y.example/</link></image>",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(rss_items(), min_size=1, max_size=3), HEADS)
def test_rss_is_read_as_feedparser_reads_it(items: list[str], head: str) -> None:
    text = rss(*items, item(99), head=head)
    quick, slow = both(text)
    assert quick == slow


@settings(max_examples=300, deadline=None)
@given(st.lists(atom_entries(), min_size=1, max_size=3))
def test_atom_is_read_as_feedparser_reads_it(entries: list[str]) -> None:
    quick, slow = both(ATOM.format("".join(entries) + ENTRY.format("")))
    assert quick == slow
