"""OPML: what is read, what is refused, and that what is written reads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.opml import DEEPEST, MOST_OUTLINES, OpmlError, read_opml, write_opml
from reader.model import Feed


def opml(*outlines: str) -> bytes:
    return f'<opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def feed(url: str, text: str = "") -> str:
    return f'<outline text="{text}" xmlUrl="{url}"/>'


def test_folders_become_groups_and_titles_names() -> None:
    folder = f'<outline text="AI Labs &amp; co">{feed("https://a.example/feed", "A")}</outline>'
    feeds, refused = read_opml(opml(folder, feed("https://b.example/feed")))
    assert [(f.url, f.title, f.outlet, f.group) for f in feeds] == [
        ("https://a.example/feed", "A", "A", "ai-labs-co"),
        ("https://b.example/feed", "b.example", "b.example", "press"),
    ]
    assert refused == []


def test_attributes_are_read_in_any_case_and_twice_is_once() -> None:
    feeds, _ = read_opml(opml('<OUTLINE TITLE="U" XMLURL="https://u.example/"/>', feed("https://u.example/")))
    assert [(f.url, f.title) for f in feeds] == [("https://u.example/", "U")]


@pytest.mark.parametrize(
    "document",
    [
        b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?>%s',
        b'\n\n <?xml version="1.0"?>%s',
    ],
)
def test_what_stands_before_a_list_does_not_matter(document: bytes) -> None:
    (one,), refused = read_opml(document % opml(feed("https://a.example/f", "A")))
    assert (one.url, one.title, refused) == ("https://a.example/f", "A", [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("declared", [True, False])
def test_encodings(encoding: str, declared: bool) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if declared else ""
    (one,), _ = read_opml((head + opml(feed("https://a.example/f", "Caf\u00e9")).decode()).encode(encoding))
    assert one.title == "Caf\u00e9"


def test_a_bare_ampersand_is_read_as_it_is_meant() -> None:
    (one,), _ = read_opml(opml(feed("https://a.example/f?x=1&y=2", "A & B &amp; C &#8217; &nbsp;")))
    assert (one.url, one.title) == ("https://a.example/f?x=1&y=2", "A & B & C \u2019 &nbsp;")


def test_one_address_written_in_several_ways_is_one_feed() -> None:
    ways = (
        "https://a.example/f",
        "HTTPS://A.Example/f",
        "https://a.example/f#x",
        "https://b.example",
        "https://b.example/",
    )
    feeds, _ = read_opml(opml(*map(feed, ways)))
    assert [one.url for one in feeds] == ["https://a.example/f", "https://b.example"]
    feeds, _ = read_opml(
        opml(feed("https://a.example/f?x=1"), feed("https://a.example/f?x=2"), feed("https://a.example/F"))
    )
    assert len(feeds) == 3


@pytest.mark.parametrize(
    ("outline", "url"),
    [
        ('xmlUrl="feed://a.example/f"', "http://a.example/f"),
        ('xmlUrl="feed:https://a.example/f"', "https://a.example/f"),
        ('xmlUrl=" https://a.example/f "', "https://a.example/f"),
        ('type="rss" url="https://a.example/f"', "https://a.example/f"),
        ('type="link" url="https://a.example/f"', ""),
        ('htmlUrl="https://a.example/f"', ""),
    ],
)
def test_addresses_as_other_readers_write_them(outline: str, url: str) -> None:
    feeds, refused = read_opml(opml(f"<outline text='A' {outline}/>"))
    assert ([one.url for one in feeds], refused) == ([url] if url else [], [])


def test_the_innermost_of_nested_folders_is_the_group() -> None:
    deep = f'<outline text="Tech"><outline text="AI">{feed("https://a.example/f")}</outline>{feed("https://b.example/f")}</outline>'
    assert [one.group for one in read_opml(opml(deep))[0]] == ["ai", "tech"]
    bare = f"<opml>{feed('https://a.example/f')}</opml>".encode()
    assert [one.group for one in read_opml(bare)[0]] == ["press"]


def test_no_name_of_a_feed_can_drive_the_terminal() -> None:
    (one,), _ = read_opml(opml('<outline text="A&#155;31m\u202e&#x9d;" xmlUrl="https://a.example/f"/>'))
    assert one.title == "A\ufffd31m\ufffd\ufffd"


@pytest.mark.parametrize(
    "url",
    [
        "|touch x",
        "exec:touch x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://x.example/",
        "https://",
        "https://x.example:x/",
        "http://a b.example/",
    ],
)
def test_only_web_addresses_are_taken(url: str) -> None:
    feeds, refused = read_opml(opml(feed(url)))
    assert (feeds, [address for address, _ in refused]) == ([], [url])


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.1", "[::1]", "10.0.0.1", "2130706433", "0x7f.1", "x.local", "localhost.", "\u2460\u2461\u2466.0.0.1",
        "[64:ff9b::7f00:1]", "[::ffff:10.0.0.1]", "169.254.169.254",
    ],
)  # fmt: skip
def test_private_addresses_need_leave(host: str) -> None:
    document = opml(feed(f"http://{host}/feed"), feed("https://public.example/feed"))
    feeds, refused = read_opml(document)
    assert ([f.url for f in feeds], "--local" in refused[0][1]) == (["https://public.example/feed"], True)
    allowed, refused = read_opml(document, local=True)
    assert ([f.local for f in allowed], refused) == ([True, False], [])


@pytest.mark.parametrize(
    ("attributes", "title"),
    [
        ('text="The "Daily" wire" xmlUrl="https://a.example/f"', 'The "Daily" wire'),
        ('xmlUrl="https://a.example/f" text="\'One\', "two" & <three>"', "'One', \"two\" & <three>"),
        (
            'text="A" description="of <a href="https://b.example" title="B" class="x">B</a>." xmlUrl="https://a.example/f"',
            "A",
        ),
        ('text="A < B &amp; C &quot;D&quot;" xmlUrl="https://a.example/f"', 'A < B & C "D"'),
        ("text='It's \"A\"' xmlUrl='https://a.example/f'", 'It\'s "A"'),
        ('text="" xmlUrl="https://a.example/f" description=""', "a.example"),
    ],
)
@pytest.mark.parametrize("end", ["/>", ' type="rss" />', "></outline>"])
def test_quotes_and_brackets_that_nobody_escaped(attributes: str, title: str, end: str) -> None:
    good = feed("https://c.example/f", "C")
    feeds, refused = read_opml(
        opml('<outline text="My "best" ones">', f"<outline {attributes}{end}", good, "</outline>")
    )
    assert [(f.url, f.title, f.group) for f in feeds] == [
        ("https://a.example/f", title, "my-best-ones"),
        ("https://c.example/f", "C", "my-best-ones"),
    ]
    assert refused == []


def test_a_feed_outside_of_the_body_is_one() -> None:
    (one,), _ = read_opml(b'<opml version="2.0"><body/><outline text="A" xmlUrl="https://a.example/f"/></opml>')
    assert one.title == "A"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (b"", "nor any other XML"),
        (b"plain text", "nor any other XML"),
        (opml(feed("https://x.example/"))[:60], "damaged in line 1, or cut off"),
        (opml(feed("https://x.example/", 'a "b"'))[:-8], "damaged in line 1, or cut off"),
        (opml("<outline>", "</body>"), "damaged in line 1, or cut off"),
        (b"<rss><channel/></rss>", "not a list of feeds"),
        (b'<!DOCTYPE opml SYSTEM "http://x.example/x.dtd"><opml/>', "document type"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE opml><opml/>'.encode("utf-16"), "document type"),
        (opml("<outline>" * (DEEPEST + 1) + "</outline>" * (DEEPEST + 1)), "nested deeper"),
        (opml("<outline>" * 300 + "</outline>" * 300), "nested deeper"),
        (opml(*["<outline/>"] * (MOST_OUTLINES + 1)), "more than 20,000"),
    ],
)
def test_what_is_no_list_of_feeds_is_refused_in_one_line(document: bytes, said: str) -> None:
    with pytest.raises(OpmlError, match=said) as raised:
        read_opml(document)
    assert "\n" not in str(raised.value)


names = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=60)
feeds = st.builds(
    lambda path, title, group: Feed(url=f"https://x.example/{path}", title=title, outlet=title, group=group),
    st.text("abcxyz0189/?&=%+;,~-._'", max_size=30),
    st.text("abcdef 123<>&\"'é模🚀", min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool),
    st.sampled_from(["press", "labs", "my-own"]),
)


@given(st.lists(feeds, unique_by=lambda one: one.url.rstrip("?")), names)
def test_what_is_written_reads_back(many: list[Feed], title: str) -> None:
    read, refused = read_opml(write_opml(many, title=title).encode())
    assert refused == []
    assert sorted((f.url, f.title, f.group) for f in read) == sorted((f.url, f.title, f.group) for f in many)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for document in (data, opml(data.decode("latin-1"))):
        try:
            read_opml(document)
        except OpmlError as error:
            said = str(error)
        else:
            said = "read"
        assert said
