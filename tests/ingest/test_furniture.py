"""Lines and boxes of publishing systems go; sentences of the article stay, wherever they stand."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from reader.ingest.html import to_text

BODY = "<p>The company said on Monday that it will build a plant.</p><p>It gave no price.</p>"
TEXT = "The company said on Monday that it will build a plant.\n\nIt gave no price."


@pytest.mark.parametrize(
    "line",
    [
        '<p>The post <a href="https://n.example/a">A title</a> appeared first on <a href="https://n.example">News</a>.</p>',
        '<p>Der Beitrag <a href="https://n.example/a">Titel</a> erschien zuerst auf <a href="https://n.example">Nachrichten</a>.</p>',
        '<p><a href="https://n.example/a">Titel</a> was originally published in <a href="https://n.example">News</a> on Medium, '
        "where people are continuing the conversation by highlighting and responding to this story.</p>",
        '<p><a href="https://n.example/a">Continue reading Chip maker shows a faster chip</a></p>',
        '<p><a href="https://n.example/a">To read this article in full, please click here</a></p>',
        '<p><a href="https://n.example/a">Read more &raquo;</a></p>',
        '<p><a href="https://n.example/a">★</a></p>',
        '<p><a href="https://n.example/a">∞ Permalink</a></p>',
        '<p><a href="https://n.example/a#comments">12 Comments</a></p>',
        '<p>Read more: <a href="https://n.example/b">Another story altogether</a></p>',
        "<p>(Image credit: Jane Doe for News)</p>",
        "<p>Image by Jane Doe/News</p>",
        "<p>Photo credit: Getty Images</p>",
        "<p>Thanks for reading Import News! Subscribe for free to receive new posts and support my work.</p>",
        "<p>News is a reader-supported publication. To receive new posts, consider becoming a paid subscriber.</p>",
        "<p>This article was originally published on <a href='https://o.example/'>Other</a> and is here by agreement.</p>",
        "<p>Sign up for our weekly AI newsletter here</p>",
        "<p>Get the latest tech news delivered straight to your inbox.</p>",
        "<p>[If the formatting looks odd in your feed reader, <a href='https://n.example/a'>visit the original article</a>]</p>",
        '<h3>Share this:</h3><ul><li><a href="https://twitter.com/intent/tweet?url=x">Tweet</a></li></ul>',
        '<div class="feedflare"><a href="https://n.example/~ff">Anything</a></div>',
        '<p class="button-wrapper"><a class="button primary" href="https://n.example/subscribe"><span>Subscribe now</span></a></p>',
        '<div class="jp-relatedposts"><p>Another post of ours, about something else.</p></div>',
        '<h3>Related articles</h3><ul><li><a href="https://n.example/1">One</a></li><li><a href="https://n.example/2">Two</a></li></ul>',
        '<p>Related:</p><p><a href="https://n.example/1">One</a></p><p><a href="https://n.example/2">Two</a></p>',
        "<p>ADVERTISEMENT</p>",
    ],
)
def test_the_publishing_system_says_nothing(line: str) -> None:
    assert to_text(BODY + line).text.text == TEXT


@pytest.mark.parametrize(
    "sentence",
    [
        "The post office appeared busy on Monday.",
        "The post he left at the company appeared first on a list of jobs that nobody wanted in the city last year.",
        "Share prices fell.",
        "Read more slowly, she said, and the model will follow every word of what you wrote in the margin of the book.",
        "Subscribe to nobody: that is the advice.",
        "Related: the court will hear the second case in May.",
        "Photo by photo, the lab rebuilt the scene.",
        "Images credit the model with the idea.",
        "Comments closed on Monday.",
        "Advertisement revenue rose 5 percent.",
        "Thanks for reading the room, he told the board.",
        "The study was originally published in Nature on Medium-term effects.",
        "This story was first, and it was wrong.",
        "Get the latest model, the company said, and it will not fit in your inbox.",
        "Sign up now costs $5, the page says.",
        "Follow the money.",
        "More from less is the motto.",
        "The story was first published by Other News on Monday.",
        "Picture: a boardroom in which nobody speaks.",
        "Source: people familiar with the matter.",
    ],
)
def test_sentences_of_the_article_stay(sentence: str) -> None:
    for page in (f"<p>{sentence}</p>{BODY}", f"{BODY}<p>{sentence}</p>", f"<p>First.</p><p>{sentence}</p><p>Last.</p>"):
        assert sentence in to_text(page).text.text


def test_lines_of_the_publishing_system_in_the_middle_are_the_articles_own() -> None:
    page = "".join(f"<p>Paragraph {number}.</p>" for number in range(8))
    assert "more" in to_text(f"{page}<p>Read more</p>{page}").text.text
    assert "more" not in to_text(f"{page}<p>Read more</p>").text.text
    linked = '<p><a href="https://n.example/x">Share this with the court</a></p>'
    assert "Share" in to_text(page + linked + page).text.text
    assert "Share" not in to_text(page + linked).text.text


def test_a_pointer_to_another_article_goes_anywhere() -> None:
    page = "".join(f"<p>Paragraph {number}.</p>" for number in range(8))
    pointer = '<p>READ MORE: <a href="https://n.example/b">Another story</a></p>'
    assert "READ" not in to_text(page + pointer + page).text.text
    assert "READ" in to_text(f"{page}<p>READ MORE: in the next chapter</p>{page}").text.text


def test_a_list_of_links_is_the_articles_own_without_such_a_head() -> None:
    links = '<ul><li><a href="https://n.example/1">One</a></li><li><a href="https://n.example/2">Two</a></li></ul>'
    assert "Two" in to_text(f"{BODY}<p>The papers in question</p>{links}").text.text
    assert "Two" in to_text(f"{BODY}<p>Related articles</p>{links}<p>It ends here.</p>").text.text


def test_a_heading_and_code_are_no_credit() -> None:
    assert "Graphics by Nvidia" in to_text(f"<h2>Graphics by Nvidia</h2>{BODY}").text.text
    assert "read more" in to_text(f"{BODY}<pre>read more</pre>").text.text


def test_the_title_again_is_left_out_once() -> None:
    title = "Chip maker shows a faster chip"
    assert to_text(f"<h1>Chip maker shows a faster chip.</h1>{BODY}", title=title).text.text == TEXT
    assert to_text(f'<img alt="{title}">{BODY}', title=title).text.text == TEXT
    assert to_text(f"<p>{title}</p>", title=title).text.text == title
    assert title in to_text(f"<p>{title} than the last one</p>{BODY}", title=title).text.text
    assert title in to_text(f"{BODY}<p>One.</p><p>{title}</p>", title=title).text.text


def test_every_pattern_stands_alone() -> None:
    """A pattern is one line, has a mark or none, and does not match the empty block."""
    text = resources.files("reader.ingest").joinpath("boilerplate.txt").read_text("utf-8")
    patterns = [line.lstrip("~*>") for line in text.splitlines() if not line.startswith("#")]
    assert len(patterns) == len(set(patterns))
    for pattern in patterns:
        assert not re.fullmatch(pattern, "", re.IGNORECASE)


@pytest.mark.parametrize("name", ["share_hosts.txt", "furniture_classes.txt", "nobody.txt", "embeds.tsv"])
def test_lists_are_sorted_and_say_their_source(name: str) -> None:
    lines = resources.files("reader.ingest").joinpath(name).read_text("utf-8").splitlines()
    terms = [line for line in lines if not line.startswith("#")]
    assert any(line.startswith("# Source: ") for line in lines)
    assert len(terms) == len(set(terms))
    assert terms == sorted(terms)
