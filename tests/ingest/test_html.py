"""HTML to text: blocks, links, tables, and nothing that is not the article's."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ingest.blocks import MAX_LINKS, MAX_TEXT
from reader.ingest.html import Converted, plain, to_text
from reader.text import clean


def shape(converted: Converted) -> list[tuple[str, int, str]]:
    text = converted.text
    return [(block.kind, block.level, text.text[block.start : block.end]) for block in text.blocks]


def linked(converted: Converted) -> list[tuple[str, str]]:
    text = converted.text
    return [(text.text[link.start : link.end], link.url) for link in text.links]


def test_blocks() -> None:
    page = """<h2>Head</h2><p>One <b>bold</b>
      word.</p><blockquote><p>Quoted.</p></blockquote><pre>a = 1
  b = 2</pre><figure><img src=x alt="not this one"><figcaption>A caption</figcaption></figure><div>loose</div>tail"""
    assert shape(to_text(page)) == [
        ("heading", 2, "Head"),
        ("paragraph", 0, "One bold word."),
        ("quote", 0, "Quoted."),
        ("code", 0, "a = 1\n  b = 2"),
        ("caption", 0, "A caption"),
        ("paragraph", 0, "loose"),
        ("paragraph", 0, "tail"),
    ]


def test_blocks_are_parted_by_a_blank_line_and_items_by_a_newline() -> None:
    converted = to_text("<p>a</p><ul><li>b</li><li>c<ul><li>d</li></ul></li></ul><p>e</p>")
    assert converted.text.text == "a\n\nb\nc\nd\n\ne"
    assert [(block.kind, block.level) for block in converted.text.blocks] == [
        ("paragraph", 0), ("item", 0), ("item", 0), ("item", 1), ("paragraph", 0),
    ]  # fmt: skip


def test_a_second_paragraph_of_an_item_is_no_item() -> None:
    assert [kind for kind, _, _ in shape(to_text("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>"))] == [
        "item",
        "paragraph",
        "item",
    ]


def test_line_breaks() -> None:
    assert to_text("<p>one<br>two<br><br>three <br/> four</p>").text.text == "one\ntwo\n\nthree\nfour"


def test_a_table_keeps_its_columns() -> None:
    page = """<table><caption>Scores</caption><tr><th></th><th>Model A</th><th colspan=2>Model B</th></tr>
      <tr><td rowspan=2>GPQA</td><td>89.1%</td><td>88 <a href="https://x.example/">source</a></td><td>q</td></tr>
      <tr><td>1</td><td></td><td>3</td></tr></table>"""
    converted = to_text(page)
    table = "\tModel A\tModel B\nGPQA\t89.1%\t88 source\tq\n\t1\t\t3"
    assert shape(converted) == [("caption", 0, "Scores"), ("table", 0, table)]
    assert linked(converted) == [("source", "https://x.example/")]


def test_a_table_for_layout_is_read_as_text() -> None:
    page = "<table><tr><td><p>One.</p><p>Two.</p></td></tr><tr><td><h2>Three</h2></td></tr></table>"
    assert [kind for kind, _, _ in shape(to_text(page))] == ["paragraph", "paragraph", "heading"]


@pytest.mark.parametrize("span", ["9007199254740992", "-1", "x", "0", "1e9", "9" * 400])
def test_absurd_spans_cost_nothing(span: str) -> None:
    text = to_text(
        f"<table><tr><td colspan={span} rowspan={span}>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    ).text.text
    assert len(text) < 200


def test_links_have_the_place_of_their_words() -> None:
    converted = to_text(
        '<p>See <a href="/a"> the <b>first</b> </a>, <a href="javascript:x()">second</a><a href="#f">third</a>.</p>',
        "https://n.example/x",
    )
    assert converted.text.text == "See the first , secondthird."
    assert linked(converted) == [("the first", "https://n.example/a"), ("third", "https://n.example/x#f")]


def test_a_link_around_blocks_is_a_link_in_each() -> None:
    assert linked(to_text('<a href="https://n.example/"><p>one</p><p>two</p></a>')) == [
        ("one", "https://n.example/"),
        ("two", "https://n.example/"),
    ]


def test_links_keep_their_words_in_a_dirty_block() -> None:
    converted = to_text('<p>a&#27;b\u200bc <a href="https://n.example/">li\u200bnk&#155;ed</a> tail</p>')
    assert linked(converted) == [("link\u203aed", "https://n.example/")]
    assert "\x1b" not in converted.text.text


def test_what_shows_nothing_is_dropped() -> None:
    page = """<p>kept</p><script>no()</script><style>no</style><iframe>no</iframe>
      <form><input value=no><button>no</button></form><svg><text>no</text></svg><div hidden>no</div>
      <p style="color:red; display : none">no</p><!-- no --><template>no</template>
      <img src=p width=1 height=1 alt="no no no no no"><nav>no</nav><p>kept too</p>"""
    assert to_text(page).text.text == "kept\n\nkept too"


def test_an_image_description_is_a_caption_once() -> None:
    page = '<img alt="A chip on a finger tip"><img alt="A chip on a finger tip"><img alt="chip">'
    assert shape(to_text(page)) == [("caption", 0, "A chip on a finger tip")]
    assert shape(to_text('<img alt="A chip">')) == [("caption", 0, "A chip")]
    assert shape(to_text('<noscript><p>kept</p></noscript><img alt="A chip">')) == [("paragraph", 0, "kept")]


@pytest.mark.parametrize(
    "line",
    [
        '<p>The post <a href="https://n.example/a">A title</a> appeared first on <a href="https://n.example">News</a>.</p>',
        '<p><a href="https://n.example/a">Continue reading</a></p>',
        '<p><a href="https://n.example/a">Read more &raquo;</a></p>',
        '<p><a href="https://twitter.com/intent/tweet?url=x">Tweet</a> | <a href="https://www.facebook.com/sharer.php?u=x">Share</a></p>',
        "<p>Filed under: AI, chips</p>",
    ],
)
def test_the_publishing_system_says_nothing(line: str) -> None:
    assert to_text(f"<p>The article.</p>{line}").text.text == "The article."


@pytest.mark.parametrize(
    "sentence",
    [
        "The post office appeared busy on Monday.",
        "Share prices fell.",
        "Read more slowly, she said, and the model will follow every word of what you wrote in the margin of the book.",
        "Subscribe to nobody: that is the advice.",
    ],
)
def test_sentences_of_the_article_stay(sentence: str) -> None:
    assert sentence in to_text(f"<p>First.</p><p>{sentence}</p><p>Last.</p>").text.text


@pytest.mark.parametrize(
    ("page", "teaser"),
    [
        ("<p>It goes on [&#8230;]</p>", True),
        ("<p>It goes on&hellip;</p>", True),
        ("<p>End. <a href='https://x.example'>Read more</a></p>", True),
        ("<p>The end.</p>", False),
    ],
)
def test_teasers_are_told(page: str, teaser: bool) -> None:
    assert to_text(page).teaser is teaser


def test_plain_text_keeps_paragraphs() -> None:
    assert to_text("one\ntwo\n\n\nthree  four").text.text == "one\ntwo\n\nthree four"
    assert to_text("a < b & c").text.text == "a < b & c"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A &amp; B"),
        ("<b>Bold</b> move", "Bold move"),
        ("The <thinking> tag and a<b", "The <thinking> tag and a<b"),
        ("[/nosuch] and \\[bold]", "[/nosuch] and \\[bold]"),
        ("&#27;[2J &#x9b;", "[2J \u203a"),
    ],
)
def test_plain(markup: str, expected: str) -> None:
    assert plain(markup) == expected


def test_limits() -> None:
    long = to_text("<p>" + "word " * 400_000 + "</p>")
    assert long.cut
    assert len(long.text.text) <= MAX_TEXT
    many = to_text("".join(f'<a href="https://n.example/{n}">{n}</a> ' for n in range(3 * MAX_LINKS)))
    assert len(many.text.links) == MAX_LINKS


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000,
        "<!--" * 40_000,
        "<a " * 50_000,
        "<p style='" + " " * 100_000 + "'>x",
        "<" * 300_000,
        "<table>" * 3000,
        "<li>" * 50_000,
        "&" * 200_000,
    ],
)
def test_bombs_are_read_in_seconds(bomb: str) -> None:
    start = time.process_time()
    assert len(to_text("<p>before</p>" + bomb).text.text) <= MAX_TEXT
    assert time.process_time() - start < 5


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<caption>", "</caption>", "<tr>", "<td>", "</td>", "</tr>",
            "</table>", "<br>", "<pre>", "</pre>", '<a href="https://n.example/a">', '<a href="/b">', "</a>",
            "<blockquote>", "</blockquote>",
            "<h1>", "</h1>", " ", "\n", "\t", "word", "two words ", "&amp;", "&#27;", "\u200b", "\u202e", "\U0001f468\u200d", "\u0301",
            "<script>x</script>", "<img alt='one two three four'>", "\u4eba",
        ]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300)
@given(FRAGMENTS)
def test_every_text_is_clean_and_every_span_is_inside(fragments: list[str]) -> None:
    text = to_text("".join(fragments), "https://n.example/").text
    assert clean(text.text) == text.text
    assert text.text == text.text.rstrip("\n")
    end = 0
    for number, block in enumerate(text.blocks):
        between = text.text[end : block.start]
        assert between.strip() == ""
        assert number == 0 or between in ("\n", "\n\n")
        assert block.start < block.end <= len(text.text)
        assert text.text[block.start : block.end].strip()
        end = block.end
    assert end == len(text.text)
    for link in text.links:
        words = text.text[link.start : link.end]
        assert words
        assert words == words.strip()
        assert link.url.startswith("https://n.example/")
        assert any(block.start <= link.start and link.end <= block.end for block in text.blocks)


def test_lines_of_the_publishing_system_in_the_middle_are_the_articles_own() -> None:
    page = "".join(f"<p>Paragraph {number}.</p>" for number in range(8))
    assert "more" in to_text(f"{page}<p>Read more</p>{page}").text.text
    assert "more" not in to_text(f"{page}<p>Read more</p>").text.text
