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


def test_ordered_lists_keep_their_numbers() -> None:
    page = "<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol><ol start=7><li>e</li><li value=9>f</li><li></li></ol>"
    page += "<ol type=a><li>g</li></ol><ol reversed><li>h</li></ol>"
    assert shape(to_text(page)) == [
        ("item", 0, "1. a"), ("item", 1, "b"), ("item", 0, "2. c"), ("paragraph", 0, "d"), ("item", 0, "7. e"), ("item", 0, "9. f"),
        ("item", 0, "g"), ("item", 0, "h"),
    ]  # fmt: skip
    assert linked(to_text('<ol><li><a href="https://n.example/">x</a></li></ol>')) == [("x", "https://n.example/")]


def test_a_definition_stands_below_its_term() -> None:
    assert shape(to_text("<dl><dt>Token</dt><dd>A piece of a word.</dd></dl>")) == [
        ("item", 0, "Token"),
        ("item", 1, "A piece of a word."),
    ]


def test_lines_of_code_stay_apart() -> None:
    assert shape(to_text("<pre><code>a.h</code><code>#pragma once\n</code></pre>")) == [
        ("code", 0, "a.h\n#pragma once")
    ]
    assert shape(to_text("<pre><div>a = 1</div><div>  b = 2</div></pre><p>c</p>")) == [
        ("code", 0, "a = 1\n  b = 2"),
        ("paragraph", 0, "c"),
    ]
    assert shape(to_text("<pre>a<br>b <b>c</b></pre>")) == [("code", 0, "a\nb c")]
    gutter = "<table><tr><td><pre>1\n2</pre></td><td><pre>x = 1\ny = 2</pre></td></tr></table>"
    assert shape(to_text(gutter)) == [("code", 0, "x = 1\ny = 2")]


def test_links_that_touch_are_parted() -> None:
    converted = to_text('<a href="https://n.example/1">[link]</a><a href="https://n.example/2">[2 comments]</a>')
    assert linked(converted) == [("[link]", "https://n.example/1"), ("[2 comments]", "https://n.example/2")]
    assert converted.text.text == "[link] [2 comments]"


def test_bare_addresses_are_links() -> None:
    page = 'See https://n.example/a_(b), <a href="https://n.example/c">https://n.example/c</a> and (http://n.example/d?x=1).'
    assert linked(to_text(f"<p>{page}</p>")) == [
        ("https://n.example/a_(b)", "https://n.example/a_(b)"),
        ("https://n.example/c", "https://n.example/c"),
        ("http://n.example/d?x=1", "http://n.example/d?x=1"),
    ]
    assert linked(to_text("<pre>curl https://n.example/</pre>")) == []


def test_a_caption_says_it_once() -> None:
    alt = '<img alt="The plant seen from above">'
    assert shape(to_text(f"<figure>{alt}<figcaption>The plant in May.</figcaption></figure>")) == [
        ("caption", 0, "The plant in May.")
    ]
    assert shape(to_text(f'{alt}<p class="wp-caption-text">The plant in May.</p>')) == [
        ("caption", 0, "The plant in May.")
    ]
    assert shape(to_text(f"{alt}<p>The plant seen from above, in May.</p>")) == [
        ("paragraph", 0, "The plant seen from above, in May.")
    ]
    assert shape(to_text('<p>a</p><img alt="Screenshot 2026-01-02 at 10.11.12 AM of it">')) == [("paragraph", 0, "a")]


def test_markup_that_was_escaped_twice() -> None:
    link = '&lt;a href="https://n.example/"&gt;two&lt;/a&gt;'
    converted = to_text(
        f'<div>&lt;div class="md"&gt;&lt;p&gt;One &amp;amp; {link}.&lt;/p&gt;&lt;/div&gt; by &lt;b&gt;</div>'
    )
    assert converted.text.text == "One & two.\n\nby"
    assert linked(converted) == [("two", "https://n.example/")]
    shown = "<p>Write &lt;p&gt;, &lt;div&gt; and &lt;/p&gt; like this.</p>"
    assert to_text(shown).text.text == "Write <p>, <div> and </p> like this."
    assert to_text("&lt;think&gt; and &lt;br&gt; are tags").text.text == "<think> and <br> are tags"


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
        "&lt;p " * 100_000,
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
