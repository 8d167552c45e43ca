"""News sitemaps and indexes of them."""

from __future__ import annotations

import pytest
from conftest import NOW

from reader.ingest.document import RefusedError, sniff
from reader.ingest.entries import Document
from reader.ingest.sitemap import MAX_CHILDREN, parse_sitemap

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/technology/chips?a=1&amp;b=2</loc><lastmod>2026-09-20T12:00:00Z</lastmod><news:news>
<news:publication><news:name>Example News</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-09-20T10:00:00Z</news:publication_date><news:title>Chips &amp; &quot;models&quot;</news:title></news:news></url>
<url><loc>https://news.example/sport/1</loc><news:news><news:title><![CDATA[A match & more]]></news:title></news:news></url>
<url><loc>https://news.example/no-title</loc></url><url><loc>javascript:alert(1)</loc><news:title>Bad</news:title></url></urlset>"""


def read(text: str) -> Document:
    return parse_sitemap(sniff(text.encode()), now=NOW)


def test_a_news_sitemap_is_headlines() -> None:
    document = read(NEWS)
    one, two = document.entries
    assert (document.title, document.total) == ("Example News", 4)
    assert (one.url, one.title) == ("https://news.example/technology/chips?a=1&b=2", 'Chips & "models"')
    assert (one.published, one.updated, one.completeness, one.language) == (1789898400, None, "headline", "en")
    assert (two.title, two.published) == ("A match & more", None)


def test_a_flapping_lastmod_changes_nothing() -> None:
    first, later = read(NEWS), read(NEWS.replace("12:00:00Z", "13:30:00Z"))
    assert [entry.content_hash for entry in first.entries] == [entry.content_hash for entry in later.entries]


def test_an_index_names_its_newest_members() -> None:
    members = "".join(
        f"<sitemap><loc>https://news.example/{day}.xml</loc><lastmod>2026-09-{day:02}</lastmod></sitemap>"
        for day in range(1, 9)
    )
    document = read(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{members}</sitemapindex>')
    assert document.children == tuple(f"https://news.example/{day}.xml" for day in (8, 7, 6))
    assert len(document.children) == MAX_CHILDREN


def test_a_cut_sitemap_keeps_what_came() -> None:
    document = read(NEWS[: NEWS.index("no-title")])
    assert (len(document.entries), document.malformed) == (2, True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), ("<rss version='2.0'/>", "a feed"), ("<html/>", "not a sitemap"), ("{}", "a feed")],
)
def test_anything_else_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read(text)
