"""Feeds of every format to the same entries; what feedparser gets wrong is mended."""

from __future__ import annotations

import time

import pytest
from conftest import NOW, item, rss
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import jsonfeed
from reader.ingest.document import RefusedError, sniff, unzip
from reader.ingest.entries import MAX_ENTRIES, Document, content_hash
from reader.ingest.feed import parse
from reader.model import Entry
from reader.text import clean

BASE = "https://news.example/feed.xml"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://news.example/blog/"><title>A &amp; B</title>
<link href="/"/><entry><id>tag:news.example,2026:1</id><title type="html">The &lt;b&gt;bold&lt;/b&gt; &amp;amp; free</title>
<link rel="self" href="x.atom"/><link href="one.html"/><published>2026-09-20T10:00:00Z</published>
<updated>2026-09-21T10:00:00+02:00</updated>
<author><name>Ada Writer</name><email>ada@news.example</email></author><summary>In short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long <a href="ref">text</a>.</p></div></content></entry>
<entry><id>2</id><title>Generics like List&lt;b&gt; stay</title><link href="two.html"/><updated>2026-09-19</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>R</title><link>https://news.example/</link></channel>
<item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link><dc:date>2026-09-20T10:00:00Z</dc:date>
<dc:creator>Ada</dc:creator><description>Text.</description></item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "https://news.example/", "language": "en",
"authors": [{"name": "Desk"}], "items": [{"id": 7, "url": "https://news.example/7", "title": "Seven",
"content_html": "<p>One</p><p>Two</p>",
"date_published": "2026-09-20T10:00:00Z", "attachments": [{"url": "https://news.example/a.mp3"}]},
{"id": "8", "external_url": "https://other.example/8", "content_text": "a < b & c\\nnext",
"author": {"name": "Ada"}}, 5, {"id": "empty"}]}"""


def read(text: str, **more: bytes) -> Document:
    return parse(sniff(text.encode()), base=BASE, now=NOW, **more)


def only(text: str) -> Entry:
    (entry,) = read(text).entries
    return entry


def test_atom() -> None:
    document = read(ATOM)
    one, two = document.entries
    assert (document.title, document.home, document.language) == ("A & B", "https://news.example/", "en")
    assert (one.guid, one.url, one.title) == (
        "tag:news.example,2026:1",
        "https://news.example/blog/one.html",
        "The bold & free",
    )
    assert (one.published, one.updated, one.author) == (1789898400, 1789977600, "Ada Writer")
    assert one.body.text == "Long text."
    assert one.body.links[0].url == "https://news.example/blog/ref"
    assert (two.title, two.guid, two.published, two.position) == ("Generics like List<b> stay", two.guid, 1789776000, 1)


def test_rdf() -> None:
    entry = only(RDF)
    assert (entry.guid, entry.url, entry.title, entry.author) == (
        "https://news.example/1",
        "https://news.example/1",
        "One",
        "Ada",
    )
    assert entry.published == 1789898400


def test_json_feed() -> None:
    seven, eight = read(JSON).entries
    assert (seven.guid, seven.url, seven.body.text, seven.author) == (
        "7",
        "https://news.example/7",
        "One\n\nTwo",
        "Desk",
    )
    assert seven.enclosures == ("https://news.example/a.mp3",)
    assert (eight.url, eight.body.text, eight.author) == ("https://other.example/8", "a < b & c\nnext", "Ada")


@pytest.mark.parametrize(
    "text",
    [
        "[]", "{}", '{"items": 3}', '{"version": "https://jsonfeed.org/version/1", "items": ', "[" * 20_000, '{"items": [' + "[" * 20_000,
        '{"a": NaN}',
    ],
)  # fmt: skip
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        read(text)


def test_json_fields_of_wrong_types_are_missing() -> None:
    text = '{"items": [{"id": [1], "url": 5, "title": {"a": 1}, "content_html": ["x"], "content_text": "kept", "date_published": 1e400,'
    text += '"authors": "x", "attachments": {"a": 1}, "language": ' + "9" * 6000 + "}, null, 3]}"
    (entry,) = jsonfeed.parse(text, base=BASE, now=NOW).entries
    assert (entry.body.text, entry.url, entry.published, entry.author) == ("kept", "", None, "")


def test_content_is_the_body_and_description_the_summary() -> None:
    long = "<![CDATA[" + "<p>The whole article has many words.</p>" * 20 + "]]>"
    entry = only(rss(item(1, description="In short.", **{"content:encoded": long})))
    assert entry.completeness == "full"
    assert entry.summary == "In short."
    assert len(entry.body.blocks) == 20


def test_the_richer_text_is_the_body_wherever_it_stands() -> None:
    long = "<![CDATA[" + "<p>The whole article has many words.</p>" * 90 + "]]>"
    entry = only(rss(item(1, description=long, **{"content:encoded": "In short."})))
    assert (entry.completeness, entry.summary, len(entry.body.blocks)) == ("full", "In short.", 90)
    same = only(rss(item(1, description=long, **{"content:encoded": long})))
    assert (same.summary, len(same.body.blocks)) == ("", 90)
    bare = only(rss(item(1, description="", **{"content:encoded": long})))
    assert (bare.summary, bare.completeness) == ("", "full")


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Short.", "headline"),
        ("x" * 300, "summary"),
        ("x" * 300 + " [&amp;#8230;]", "summary"),
        ("<![CDATA[" + "<p>word word word</p>" * 200 + "]]>", "full"),
    ],
)
def test_completeness(description: str, expected: str) -> None:
    assert only(rss(item(1, description=description))).completeness == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("AT&amp;T rises", "AT&T rises"),
        ("<![CDATA[AT&amp;T <b>rises</b>]]>", "AT&T rises"),
        ("&amp;lt;i&amp;gt;Nature&amp;lt;/i&amp;gt; paper", "<i>Nature</i> paper"),
        ("[@click=app.quit]click[/]", "[@click=app.quit]click[/]"),
        ("two\n  lines", "two lines"),
        ("a&#x9b;31mb", "a\u203a31mb"),
    ],
)
def test_titles(title: str, expected: str) -> None:
    assert only(rss(item(1, title=title))).title == expected


@pytest.mark.parametrize(
    ("fields", "guid", "url"),
    [
        ({"guid": " urn:1 "}, "urn:1", "https://news.example/1"),
        (
            {"guid": "https://news.example/p?1#a", "link": ""},
            "https://news.example/p?1#a",
            "https://news.example/p?1#a",
        ),
        ({"guid": "12", "link": ""}, "12", ""),
        ({"guid": ""}, "https://news.example/1", "https://news.example/1"),
        ({"link": "/etc/hostname"}, "urn:story:1", ""),
        ({"link": "javascript:alert(1)"}, "urn:story:1", ""),
    ],
)
def test_ids_and_links(fields: dict[str, str], guid: str, url: str) -> None:
    entry = only(rss(item(1, **fields)))
    assert (entry.guid, entry.url) == (guid, url)


def test_a_permalink_that_is_no_permalink() -> None:
    entry = only(
        rss(item(1, link="", guid="")).replace(
            "<item>", '<item><guid isPermaLink="false">https://news.example/g</guid>'
        )
    )
    assert (entry.guid, entry.url) == ("https://news.example/g", "")


@pytest.mark.parametrize(
    ("guid", "link", "url"),
    [
        ('<guid isPermaLink="true">https://news.example/g</guid>', "", "https://news.example/g"),
        ("<guid>https://news.example/g</guid>", "", "https://news.example/g"),
        (
            '<guid isPermaLink="false">https://news.example/g</guid>',
            "<link>https://news.example/l</link>",
            "https://news.example/l",
        ),
        (
            '<guid isPermaLink="true">https://news.example/g</guid>',
            "<link>https://news.example/l</link>",
            "https://news.example/l",
        ),
        ('<guid isPermaLink="true">12</guid>', "", ""),
    ],
)
def test_a_guid_is_a_link_only_where_it_says_so_and_is_one(guid: str, link: str, url: str) -> None:
    """Rule 47: the id stays what it is, whatever it is taken for."""
    entry = only(rss(item(1, guid="", link="").replace("<item>", f"<item>{guid}{link}")))
    assert (entry.guid, entry.url) == (guid.partition(">")[2].partition("<")[0], url)


def test_bases_within_bases() -> None:
    """Rule 59: the nearest xml:base counts, relative to those around it; the final address of the feed where there is none."""
    entries = """<entry xml:base="2026/"><id>1</id><title>One</title><link href="one.html"/>
      <content type="html" xml:base="img/">&lt;p&gt;&lt;a href="a"&gt;x&lt;/a&gt; &lt;a href="/b"&gt;y&lt;/a&gt;&lt;/p&gt;</content></entry>
      <entry><id>2</id><title>Two</title><link href="two.html"/><content type="html">&lt;a href="c"&gt;z&lt;/a&gt;</content></entry>"""
    head = '<feed xmlns="http://www.w3.org/2005/Atom"{}><title>T</title>'
    one, two = read(head.format(' xml:base="https://blog.example/x/"') + entries + "</feed>").entries
    assert one.url == "https://blog.example/x/2026/one.html"
    assert [link.url for link in one.body.links] == ["https://blog.example/x/2026/img/a", "https://blog.example/b"]
    assert (two.url, two.body.links[0].url) == ("https://blog.example/x/two.html", "https://blog.example/x/c")
    bare = only(head.format("") + entries.partition("</entry>")[2] + "</feed>")
    assert (bare.url, bare.body.links[0].url) == ("https://news.example/two.html", "https://news.example/c")


@pytest.mark.parametrize(
    ("feed", "inside", "language"),
    [
        ("<language>en_US</language>", "", "en-us"),
        ("<language>en-us</language>", "<dc:language>de</dc:language>", "de"),
        ("<language>English</language>", "", ""),
        ("<language>und</language>", "<dc:language>zh-Hans</dc:language>", "zh-hans"),
        ("<language>en</language>", '<description xml:lang="fr">Un mot.</description>', "fr"),
        ("<language>en</language>", "<dc:language>\x9b31m</dc:language>", "en"),
    ],
)
def test_the_language_is_the_entrys_own_where_it_says_so(feed: str, inside: str, language: str) -> None:
    entry = only(rss(item(1, description="").replace("<item>", f"<item>{inside}"), head=feed))
    assert entry.language == language


def test_the_language_of_atom_and_json() -> None:
    words = '<content type="html" xml:lang="nl">Een</content>'
    one = only(
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><entry xml:lang="de"><id>1</id>{words}</entry></feed>'
    )
    assert one.language == "nl"
    two = only('{"language": "en-GB", "items": [{"id": "1", "content_text": "x", "language": "pt_BR"}]}')
    assert two.language == "pt-br"


def test_an_empty_link_is_the_page_of_the_content() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/wp-atom.php"><title>T</title><entry><id>1</id>
      <title>One</title><link rel="alternate" type="text/html" href=""/><content type="html"{}>Text</content></entry></feed>"""
    assert only(text.format(' xml:base="https://news.example/2026/one/"')).url == "https://news.example/2026/one/"
    assert only(text.format("")).url == ""


def test_an_entry_with_nothing_but_text_has_an_id_and_a_title() -> None:
    first = only(rss(item(1, title="", link="", guid="", pubDate="", description="Only words, but good ones.")))
    again = only(rss(item(1, title="", link="", guid="", pubDate="", description="Only words, but good ones.")))
    assert first.guid == again.guid
    assert first.title == "Only words, but good ones."


def test_an_empty_entry_is_left_and_its_neighbours_stay() -> None:
    empty = "<item></item>"
    assert [entry.position for entry in read(rss(item(1), empty, item(2))).entries] == [0, 2]


def test_one_guid_for_all() -> None:
    entries = read(rss(*(item(n, guid="same") for n in range(4)))).entries
    assert len({entry.guid for entry in entries}) == 4
    backwards = read(rss(*(item(n, guid="same") for n in reversed(range(4))))).entries
    assert {entry.guid for entry in backwards} == {entry.guid for entry in entries}


def test_an_exact_repeat_is_one_entry() -> None:
    assert len(read(rss(item(1), item(1), item(2))).entries) == 2


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026/09/20", 1789862400),
        ("Sun, 20 Sep 2026 10:00:00 CEST", 1789891200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 01 Jan 2035 00:00:00 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_ours(date: str, expected: int | None) -> None:
    assert only(rss(item(1, pubDate=date))).published == expected


def test_a_long_guid_is_kept_as_its_hash() -> None:
    one, other = only(rss(item(1, guid="g" * 200_000))), only(rss(item(1, guid="g" * 200_001)))
    assert one.guid != other.guid
    assert len(one.guid) < 100


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("Body of", "Body & of"),
        lambda text: text.replace("Body of", "Body\x0b of"),
        lambda text: text.replace("Body of", "Body&nbsp;of"),
        lambda text: text.replace("Body of", "Body &#xD800; &#99999999; of"),
        lambda text: "junk before\n" + text,
        lambda text: "\n\n  " + text,
    ],
)
def test_broken_xml_keeps_its_entries(damage: object) -> None:
    assert callable(damage)
    titles = [entry.title for entry in read(damage(rss(item(1), item(2)))).entries]
    assert titles == ["Story number 1 about chips", "Story number 2 about chips"]


def test_a_cut_document_keeps_what_came() -> None:
    text = rss(item(1), item(2), item(3))
    document = read(text[: text.index("urn:story:3")])
    assert [entry.guid for entry in document.entries][:2] == ["urn:story:1", "urn:story:2"]
    assert document.malformed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        ("/dev/zero", "neither"),
        ("https://news.example/", "neither"),
        ('<?xml version="1.0"?><opml version="2.0"><body/></opml>', "list of feeds"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "sitemap"),
        ("<svg></svg>", "neither"),
    ],
)
def test_what_is_no_feed_says_so(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read(text)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1/">%a;]>',
        '<!-- x --><!doctype rss [\n<!entity a "b">\n]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/hostname" [',
        '<!ENTITY a "b">',
    ],
)
def test_entities_are_refused_before_any_parser(head: str) -> None:
    with pytest.raises(RefusedError, match="entities"):
        sniff(f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>&a;</title></channel></rss>'.encode())


def test_entities_inside_an_article_are_its_text() -> None:
    entry = only(
        rss(item(1, description='<![CDATA[How <code>&lt;!ENTITY a "b"&gt;</code> and <!ENTITY c "d"> work]]>'))
    )
    assert "work" in entry.body.text


def test_a_plain_doctype_is_passed_over() -> None:
    text = rss(item(1)).replace(
        "<rss", '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss', 1
    )
    assert len(read(text).entries) == 1
    assert len(read("\n" * 60_000 + text.partition("?>")[2]).entries) == 1


def test_a_base_that_is_no_address_makes_no_links() -> None:
    entry = only(
        ATOM.replace("https://news.example/blog/", "javascript:alert(1)//").partition("<entry><id>2")[0] + "</feed>"
    )
    assert (entry.url, entry.body.text, entry.body.links) == ("", "Long text.", ())


@pytest.mark.parametrize("text", [rss("<item></item>"), '{"items": [{"id": []}]}'])
def test_entries_none_of_which_can_be_read_are_a_fault(text: str) -> None:
    with pytest.raises(RefusedError, match="none of its entries"):
        read(text)


def test_a_body_that_repeats_the_title_is_a_headline() -> None:
    title = "A rather long headline about a chip maker, its new chip, its price and what others think of all three"
    body = f"<![CDATA[<a href='https://x.example/'>{title}</a>&nbsp;&nbsp;<font>Example News</font>]]>"
    assert only(rss(item(1, title=title, description=body))).completeness == "headline"
    assert only(rss(item(1, title=title, description=f"{title} {'and more words ' * 5}"))).completeness == "summary"


def test_hints() -> None:
    head = "<ttl>90</ttl><skipHours><hour>1</hour><hour>23</hour><hour>24</hour></skipHours>"
    head += "<skipDays><day>Sunday</day><day>Saturday</day></skipDays>"
    hints = read(rss(item(1), head=head)).hints
    assert (hints.interval, hints.skip_hours, hints.skip_days) == (5400, (0, 1, 23), (5, 6))
    slow = read(rss(head="<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>")).hints
    assert slow.interval == 43200
    assert read(rss(head=f"<ttl>{'9' * 40}</ttl>")).hints.interval == 0


def test_no_more_entries_than_the_limit() -> None:
    document = read(rss(*(item(n) for n in range(MAX_ENTRIES + 500))))
    assert (len(document.entries), document.total) == (MAX_ENTRIES, MAX_ENTRIES + 500)


def test_floods_are_read() -> None:
    many = "".join(f"<category>c{n}</category>" for n in range(20_000))
    assert len(read(rss(item(1).replace("</item>", many + "</item>"), item(2))).entries) == 2
    assert len(read(rss(item(1, author="a." * 20_000), item(2))).entries) == 2


def test_the_hash_sees_words_not_clocks() -> None:
    assert content_hash("T", "posted 2 hours ago  here") == content_hash("T", "posted 5 minutes ago here")
    assert content_hash("T", "one") != content_hash("T", "two")
    assert content_hash("T", "one") != content_hash("U", "one")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80), st.text(max_size=80))
def test_every_field_is_clean(title: str, words: str) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    try:
        document = read(rss(item(1, title=escaped(title), description=escaped(words), author=escaped(title)), item(2)))
    except RefusedError:
        return
    for entry in document.entries:
        for field in (entry.title, entry.body.text, entry.author, entry.summary, entry.guid, entry.url):
            assert clean(field) == field


def test_unzip() -> None:
    import gzip

    assert unzip(gzip.compress(b"<rss/>")) == b"<rss/>"
    assert unzip(b"<rss/>") == b"<rss/>"
    with pytest.raises(RefusedError, match="damaged"):
        unzip(b"\x1f\x8b\x08nonsense")
    with pytest.raises(RefusedError, match="more than"):
        unzip(gzip.compress(b" " * 5000), limit=4000)


@pytest.mark.parametrize("declaration", ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!ENTITY a "b">', "<!entity a 'b'>"])
def test_entities_after_the_root_are_refused_too(declaration: str) -> None:
    with pytest.raises(RefusedError, match="entities"):
        sniff(rss(declaration + item(1)).encode())


@pytest.mark.parametrize(
    "flood",
    [
        f"<author>{'a.' * 20_000}</author>",
        f"<author><![CDATA[{'a.' * 20_000}]]></author>",
        "".join(f"<category>c{n}</category>" for n in range(20_000)),
    ],
)
def test_floods_do_not_hold_up_feedparser(flood: str) -> None:
    start = time.process_time()
    text = rss(item(1).replace("</item>", f"<comments xml:base='https://x.example/'/>{flood}</item>"), item(2))
    assert len(read(text).entries) == 2
    assert time.process_time() - start < 4
