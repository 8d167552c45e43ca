"""The sample edition: every format, readable, dated, marked as a sample."""

import calendar
import json
import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from reader import sample

NOW = 1_775_750_400  # 9 April 2026 16:00 UTC
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def parsed(body: bytes, content_type: str) -> Any:
    found = feedparser.parse(body, response_headers={"content-type": content_type})
    assert not found.bozo, found.get("bozo_exception")
    return found


def feeds() -> list[tuple[sample.Feed, Any]]:
    return [(f, parsed(body, kind)) for f, body, kind in sample.edition(NOW) if f.kind == "feed" and "json" not in kind]


def entries() -> list[Any]:
    return [entry for _, found in feeds() for entry in found.entries]


def json_items() -> list[dict[str, Any]]:
    return [i for _, body, kind in sample.edition(NOW) if "json" in kind for i in json.loads(body)["items"]]


def sitemap_items() -> list[tuple[str, str, str]]:
    trees = [ElementTree.fromstring(body) for f, body, _ in sample.edition(NOW) if f.kind == "sitemap"]
    paths = (f"{SITEMAP}loc", f"{NEWS}news/{NEWS}title", f"{NEWS}news/{NEWS}publication_date")
    return [tuple(url.findtext(p, "") for p in paths) for tree in trees for url in tree.iter(f"{SITEMAP}url")]  # type: ignore[misc]


def text_of(entry: Any) -> str:
    html = entry.content[0].value if "content" in entry else entry.get("summary", "")
    return re.sub(r"<[^>]+>", " ", html)


def test_every_format_is_there() -> None:
    versions = {found.version for _, found in feeds()}
    assert versions == {"rss20", "rss10", "atom10"}
    assert json_items()
    assert sitemap_items()


def test_there_are_twenty_articles_of_many_outlets() -> None:
    links = {e.link for e in entries()} | {i["url"] for i in json_items()} | {i[0] for i in sitemap_items()}
    assert len(links) == 20
    assert len({feed.outlet for feed, _, _ in sample.edition(NOW)}) == 10


def test_nothing_is_passed_off_as_real() -> None:
    for feed, body, _ in sample.edition(NOW):
        assert feed.title == f"{feed.outlet} (sample)"
        assert "Sample text written for this project" in feed.note
        assert b"Sample text written for this project" in body
        assert b"(sample)" in body
        assert feed.url.split("/")[2].endswith(".sample.example")
    addresses = re.findall(r"https?://([^/\s\"<]+)", "".join(body.decode() for _, body, _ in sample.edition(NOW)))
    foreign = {a for a in addresses if not a.endswith(".example")}
    assert foreign == {"purl.org", "www.w3.org", "www.sitemaps.org", "www.google.com", "jsonfeed.org"}


def test_ages_go_from_two_hours_to_three_days() -> None:
    ages = sorted((NOW - calendar.timegm(e.get("published_parsed") or e.updated_parsed)) / 3600 for e in entries())
    assert 2 <= ages[0] < 2.5
    assert 66 < ages[-1] < 75
    assert len({round(age) for age in ages}) >= 15


def test_same_now_gives_the_same_bytes_and_another_now_moves_the_dates() -> None:
    first, again, later = sample.edition(NOW), sample.edition(NOW), sample.edition(NOW + 86_400)
    assert first == again
    assert [f for f, _, _ in first] == [f for f, _, _ in later]
    assert all(a[1] != b[1] for a, b in zip(first, later, strict=True))
    assert not [body for _, body, _ in first if b"{{" in body]


def test_weekday_in_the_text_is_that_of_the_date() -> None:
    lead = next(e for e in entries() if e.id == "cnbc-sample-muse-spark")
    assert lead.published.startswith("Wed, 08 Apr 2026 ")
    assert "Meta on Wednesday introduced Muse Spark" in text_of(lead)


@pytest.mark.parametrize(("form", "text"), [("rss", "Thu, 01 Jan 1970 00:00:09 GMT"), ("date", "1 January 1970")])
def test_dates_are_written_in_english(form: str, text: str) -> None:
    assert sample._date(9, form) == text


def test_a_later_poll_brings_a_new_text_of_one_article() -> None:
    polls = [found for feed, found in feeds() if feed.outlet == "Reuters"]
    assert len(polls) == 2
    later = polls[1].entries[0]
    first = next(e for e in polls[0].entries if e.id == later.id)
    assert (first.title, "closed 6.5%" in first.summary) == (
        "Meta shares jump as much as 9% after debut of Muse Spark AI model",
        False,
    )
    assert "closed 6.5% higher" in later.summary


def test_a_wire_report_is_repeated_word_for_word() -> None:
    reuters = next(e for f, d in feeds() if f.outlet == "Reuters" for e in d.entries if "jump" in e.title)
    copy = next(e for f, d in feeds() if f.outlet == "The Straits Times" for e in d.entries)
    sentences = [s for s in reuters.summary.split(". ") if s]
    shared = [s for s in sentences if s.rstrip(".") in text_of(copy)]
    assert len(shared) >= len(sentences) - 1


def test_titles_have_the_length_of_headlines() -> None:
    titles = [e.title for e in entries()] + [i["title"] for i in json_items()] + [i[1] for i in sitemap_items()]
    assert not [title for title in titles if not 40 <= len(title) <= 90]


def test_some_pieces_are_long() -> None:
    words = sorted(len(text_of(e).split()) for e in entries())
    assert len([n for n in words if 600 <= n <= 900]) >= 2
    assert words[0] < 100


def test_texts_have_what_the_reading_view_shows() -> None:
    html = "".join(body.decode() for _, body, _ in sample.edition(NOW))
    for tag in ("<table>", "<ol>", "<ul>", "<h2>", "<blockquote>", "<caption>"):
        assert tag in html
    assert re.search(r"[一-鿿]{8}", html)
    assert "🤖" in html


def test_loader_needs_the_standard_library_alone() -> None:
    script = "import sys; from reader import sample; sample.edition(0); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"feedparser", "lxml", "textual", "httpx2", "platformdirs"} & set(loaded)
