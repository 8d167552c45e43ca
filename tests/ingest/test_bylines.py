"""Names out of author fields, and nothing else."""

from __future__ import annotations

import pytest
from conftest import item, rss
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.bylines import MAX_AUTHOR, byline
from reader.ingest.document import sniff
from reader.ingest.feed import parse
from reader.text import one_line


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (["Jane Doe"], "Jane Doe"),
        (["By Jane Doe"], "Jane Doe"),
        (["Posted by: Jane Doe"], "Jane Doe"),
        (["jane@news.example (Jane Doe)"], "Jane Doe"),
        (["Jane Doe <jane@news.example>"], "Jane Doe"),
        (["jane@news.example"], ""),
        (["Jane Doe and Joe Roe"], "Jane Doe, Joe Roe"),
        (["By Jane Doe, Joe Roe and Ludwig van Beethoven"], "Jane Doe, Joe Roe, Ludwig van Beethoven"),
        (["Jane Doe; Joe Roe"], "Jane Doe, Joe Roe"),
        (["Jane Doe", "JANE DOE", "Joe Roe"], "Jane Doe, Joe Roe"),
        (["Johnson & Johnson"], "Johnson & Johnson"),
        (["Smith, J."], "Smith, J."),
        (["Byron Reese"], "Byron Reese"),
        (["Andy Sandoval"], "Andy Sandoval"),
        (["News: www.news.example", "News"], "News"),
        (["https://news.example/authors/jane"], ""),
        (["admin"], ""),
        (["noreply@blogger.com (Unknown)"], ""),
        (["<a href='https://n.example/'>Jane &amp; Co</a>"], "Jane & Co"),
        (["Jane\x1b[2J Doe"], "Jane\ufffd[2J Doe"),
        ([""], ""),
        ([], ""),
    ],
)
def test_byline(fields: list[str], expected: str) -> None:
    assert byline(fields) == expected


def test_the_author_of_an_entry_is_read_so() -> None:
    (entry,) = parse(
        sniff(rss(item(1, author="ada@news.example (Ada Writer)")).encode()), base="", now=1_790_000_000
    ).entries
    assert entry.author == "Ada Writer"
    (entry,) = parse(
        sniff(rss(item(1, **{"dc:creator": "By Ada Writer and Bo Reader"})).encode()), base="", now=1_790_000_000
    ).entries
    assert entry.author == "Ada Writer, Bo Reader"


@given(st.lists(st.text(alphabet="abJ. ,;&@<>()by:Doe|/\x1b\u202e", max_size=60), max_size=10))
def test_any_field_gives_one_clean_line(fields: list[str]) -> None:
    line = byline(fields)
    assert line == one_line(line)
    assert len(line) <= MAX_AUTHOR
