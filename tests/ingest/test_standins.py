"""What a text cannot show leaves a trace: embeds, powers, marks of footnotes, formulas."""

from __future__ import annotations

import time

import pytest

from reader.ingest.html import to_text


def linked(page: str, base: str = "https://n.example/a") -> list[tuple[str, str, str]]:
    """Kind of the block, words and address of each link."""
    text = to_text(f"<p>.</p>{page}", base).text
    return [
        (next(b.kind for b in text.blocks if b.start <= link.start < b.end), text.text[link.start : link.end], link.url)
        for link in text.links
    ]


@pytest.mark.parametrize(
    ("page", "words", "url"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abc123XYZ_-?rel=0" title="YouTube video player"></iframe>',
            "Video on YouTube",
            "https://www.youtube.com/watch?v=abc123XYZ_-",
        ),
        (
            '<iframe src="//player.vimeo.com/video/1" title="The plant from above"></iframe>',
            "Video on Vimeo: The plant from above",
            "https://player.vimeo.com/video/1",
        ),
        (
            '<script src="https://gist.github.com/ada/1a2b.js"></script>',
            "Code on GitHub",
            "https://gist.github.com/ada/1a2b",
        ),
        ('<video controls><source src="/film.mp4">No film</video>', "Video", "https://n.example/film.mp4"),
    ],
)
def test_an_embed_is_a_line_with_a_link(page: str, words: str, url: str) -> None:
    text = to_text(f"<p>before</p>{page}<p>after</p>", "https://n.example/a").text.text
    assert text == f"before\n\n{words}\n\nafter"
    assert linked(page) == [("caption", words, url)]


@pytest.mark.parametrize(
    "page",
    [
        '<iframe src="https://ads.example/banner"></iframe>',
        '<iframe src="https://www.youtube.com/embed/abc123" width="0" height="0"></iframe>',
        '<iframe src="javascript:alert(1)"></iframe>',
        '<script src="https://counter.example/x.js"></script>',
        "<video></video>",
        '<div data-attrs="{"></div>',
        '<div data-attrs="[1]"></div>',
        '<div data-attrs=\'{"url": "javascript:x()", "title": "T"}\'></div>',
    ],
)
def test_other_embeds_leave_nothing(page: str) -> None:
    assert to_text(f"<p>before</p>{page}", "https://n.example/a").text.text == "before"


def test_a_post_of_a_newsletter_is_a_quote() -> None:
    page = """<div class="twitter-embed" data-attrs='{"url": "https://x.com/ada/status/1",
        "full_text": "We raised $5 &amp;amp; a half.\\u001b[2J", "name": "Ada", "username": "ada"}'></div>"""
    text = to_text(page).text
    assert text.text == "We raised $5 & a half.\ufffd[2J — Ada"
    assert linked(page) == [("quote", "Ada", "https://x.com/ada/status/1")]
    shown = page.replace("></div>", ">Shown already</div>")
    assert to_text(shown).text.text == "Shown already"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("more than 10<sup>26</sup> operations", "more than 10^26 operations"),
        ("3 × 10<sup>-6</sup> of it", "3 × 10^-6 of it"),
        ("3,000 m<sup>2</sup> of land", "3,000 m² of land"),
        ("on the 1<sup>st</sup> of May", "on the 1st of May"),
        ("in 2024.<sup>3</sup> Then", "in 2024.[3] Then"),
        ("raised $5 billion in 2024<sup>3</sup> and", "raised $5 billion in 2024[3] and"),
        ('he said<sup><a href="#fn1">1</a></sup> so', "he said[1] so"),
        ('he said<sup>[<a href="#cite_note-4">4</a>]</sup> so', "he said[4] so"),
        ('he said<a class="footnote-anchor" href="https://n.example/p#footnote-2">2</a> so', "he said[2] so"),
        ("CO<sub>2</sub> fell", "CO2 fell"),
        ("costs <s>$20</s> $10 a month", "costs $10 a month"),
        ("by <del>May</del> <ins>June</ins>", "by June"),
        (f"<s>{'word ' * 60}</s>", ("word " * 60).strip()),
        ("he called it <q>a plan</q>", "he called it “a plan”"),
        ("<math alttext='x^2'><mi>x</mi></math> grows", "x^2 grows"),
        (
            '<span class="katex"><span><math><semantics><mi>n</mi><annotation encoding="application/x-tex">n!</annotation></semantics>'
            '</math></span><span class="katex-html" aria-hidden="true">n!n</span></span> ways',
            "n! ways",
        ),
    ],
)
def test_what_is_raised_is_not_run_together(page: str, expected: str) -> None:
    assert to_text(f"<p>{page}</p>").text.text == expected


def test_footnotes_keep_their_number() -> None:
    page = """<p>Text<sup><a href="#fn1">1</a></sup>.</p><ol><li id="fn1"><p>In a list. <a href="#r1">↩︎</a></p></li></ol>
      <div class="footnote"><a class="footnote-number" href="#footnote-anchor-2">2</a><div><p>In a <a href="https://n.example/b">box</a>.</p></div></div>"""
    assert to_text(page).text.text == "Text[1].\n\n1. In a list.\n\n[2] In a box."
    assert linked(page)[-1] == ("paragraph", "box", "https://n.example/b")


def test_the_anchor_of_a_heading_is_no_word() -> None:
    page = '<h2>Results <a href="#results">#</a></h2><p>See <a href="#results">#</a></p>'
    assert to_text(page).text.text == "Results\n\nSee #"


@pytest.mark.parametrize("tag", ["<sup>", "<div data-attrs='{}'>", "<a href='#fn1'>", "<q>"])
def test_deep_trees_cost_little(tag: str) -> None:
    start = time.process_time()
    to_text(tag * 30_000 + "x")
    to_text((tag * 200 + "x") * 100)
    assert time.process_time() - start < 4
