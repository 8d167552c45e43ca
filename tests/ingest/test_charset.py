"""What the bytes mean, for every mix of mark, header and declaration."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.charset import decode, to_utf8

DECLARED = '<?xml version="1.0" encoding="{}"?><rss>{}</rss>'
EURO = "caf\u00e9 \u20ac \u201cquoted\u201d"
RUSSIAN = "\u043f\u0440\u0438\u0432\u0435\u0442"
CHINESE = "\u4eba\u5de5\u667a\u80fd"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", EURO),
        ("windows-1252", EURO),
        ("koi8-r", RUSSIAN),
        ("gb2312", CHINESE),
        ("shift_jis", "\u65e5\u672c"),
        ("utf-16", EURO),
    ],
)
@pytest.mark.parametrize("place", ["http", "declaration", "both"])
def test_a_right_label_is_believed(encoding: str, text: str, place: str) -> None:
    document = DECLARED.format(encoding, text) if place != "http" else f"<rss>{text}</rss>"
    content_type = f"text/xml; charset={encoding}" if place != "declaration" else "text/xml"
    assert text in decode(document.encode(encoding), content_type)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF32_BE, "utf-32-be")],
)
def test_a_byte_order_mark_comes_first(mark: bytes, encoding: str) -> None:
    assert decode(mark + f"<rss>{EURO}</rss>".encode(encoding), "text/xml; charset=koi8-r") == f"<rss>{EURO}</rss>"


def test_utf8_under_a_single_byte_label_is_utf8() -> None:
    for label in ("iso-8859-1", "windows-1252", "us-ascii"):
        for text in (EURO, "caf\u00e9"):
            assert text in decode(f"<rss>{text}</rss>".encode(), f"text/xml; charset={label}")


def test_a_declaration_of_utf16_over_utf8_bytes_is_passed_over() -> None:
    assert EURO in decode(DECLARED.format("utf-16", EURO).encode(), "application/xml")


def test_text_xml_without_charset_is_not_ascii() -> None:
    assert EURO in decode(f"<rss>{EURO}</rss>".encode(), "text/xml")


@pytest.mark.parametrize(
    "codec",
    [
        "undefined",
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "rot13",
        "zlib",
        "hz",
        "cp037",
        "no-such",
        "mbcs",
    ],
)
def test_other_codecs_are_never_used(codec: str) -> None:
    document = DECLARED.format(codec, "+ABs- \\x1b plain").encode()
    assert "plain" in decode(document, f"text/xml; charset={codec}")
    assert "\x1b" not in decode(document, f"text/xml; charset={codec}")


def test_no_label_and_not_utf8_is_windows_1252() -> None:
    assert EURO in decode(f"<rss>{EURO}</rss>".encode("windows-1252"))


def test_a_damaged_place_does_not_turn_utf8_into_something_else() -> None:
    text = decode(b"<rss>" + (EURO * 20).encode() + b"\xff</rss>")
    assert EURO in text
    assert "\ufffd" in text


def test_html_meta() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + f"<p>{RUSSIAN}"
    assert RUSSIAN in decode(page.encode("koi8-r"), "text/html", html=True)


@given(st.binary(max_size=200), st.text(max_size=30))
def test_it_never_raises(data: bytes, content_type: str) -> None:
    assert isinstance(decode(data, f"text/xml; charset={content_type}"), str)


@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)),
    st.sampled_from(["", "text/xml; charset=latin-1"]),
)
def test_as_utf8_it_is_the_same_text(data: bytes, content_type: str) -> None:
    assert to_utf8(data, content_type) == decode(data, content_type).encode("utf-8", "replace")


@pytest.mark.parametrize("damage", [b"\xff", b"\xe2\x82"])
def test_utf8_is_looked_at_to_its_end(damage: bytes) -> None:
    long = (EURO * 20_000).encode()
    assert to_utf8(long) is long
    assert to_utf8(long + damage) == decode(long + damage).encode()
