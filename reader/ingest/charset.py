"""Which characters a document's bytes mean: byte order mark, HTTP charset, own declaration, UTF-8, windows-1252. Pure."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = tuple(mark for mark, _ in _BOMS)
_PIECE = 1 << 14
_WIDE = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_ALLOWED = re.compile(
    r"utf-?_?(?:8|16|32)(?:[-_]?[bl]e)?|(?:us-)?ascii|iso-?8859-?\d{1,2}|latin[-_]?\d{1,2}|l1|(?:windows|cp)-?_?(?:125\d|874|932|949|1361)"
    r"|koi8[-_]?[rut]|(?:x-)?mac-?roman|shift[-_]?(?:jis|jisx0213)|sjis|x-sjis|euc[-_]?(?:jp|kr|cn|tw)|gb(?:k|2312|18030)|big5(?:-?hkscs)?"
    r"|tis-620|iso-2022-(?:jp|kr)",
    re.IGNORECASE,
)
"""Names of text encodings; every other codec (punycode, zlib, utf-7 …) can be used against the reader (R-XML-4)."""

_SINGLE_BYTE = re.compile(r"iso-?8859-?1|latin[-_]?1|l1|windows-1252|cp-?1252|(?:us-)?ascii", re.IGNORECASE)
_HTTP = re.compile(r"charset\s*=\s*[\"']?([^\s\"';]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']", re.DOTALL)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_META_REACH = 8192


def decode(data: bytes, content_type: str = "", *, html: bool = False) -> str:
    """The text of `data`, undecodable bytes as U+FFFD; `content_type` is the HTTP header. Never raises.

    Order: byte order mark, HTTP charset, XML declaration (or HTML meta), strict UTF-8, windows-1252. Text that is valid UTF-8 with
    non-ASCII letters is UTF-8 whatever a single-byte label says; a label that is unknown, not allowed or does not fit is passed over.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    for name in _candidates(data, content_type, html=html):
        if (text := _try(data, name)) is not None:
            return text
    return data.decode("utf-8", "replace") if _mostly_utf8(data) else data.decode("windows-1252", "replace")


def to_utf8(data: bytes, content_type: str = "") -> bytes:
    """`decode` as UTF-8; the same bytes where they are that already."""
    if (
        not data.startswith(_MARKS)
        and _candidates(data, content_type, html=False)[0].lower() == "utf-8"
        and _is_utf8(data)
    ):
        return data
    return decode(data, content_type).encode("utf-8", "replace")


def _is_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8, looked at in pieces: one text of it all would take four bytes a character for a single emoji."""
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _candidates(data: bytes, content_type: str, *, html: bool) -> list[str]:
    """Names to try strictly, in order."""
    wide = [name for start, name in _WIDE if data.startswith(start)]
    http = _HTTP.search(content_type)
    declared = _META.search(data[:_META_REACH]) if html else _XML.match(data[:512])
    names = wide + ([http[1]] if http else []) + ([declared[1].decode("ascii")] if declared else [])
    names = [name for name in names if _ALLOWED.fullmatch(name)]
    if names and _SINGLE_BYTE.fullmatch(names[0]):
        names.insert(0, "utf-8")
    return [*names, "utf-8"]


def _try(data: bytes, name: str) -> str | None:
    """`data` decoded strictly; null where it does not fit. ISO 8859-1 is read as windows-1252, as every browser does."""
    if _SINGLE_BYTE.fullmatch(name):
        name = "windows-1252"
    if re.fullmatch(r"gb(?:k|2312)", name, re.IGNORECASE):
        name = "gb18030"
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError):
        return None
    return None if name.lower().startswith("utf-16") and "<" not in text[:4096] and "{" not in text[:4096] else text


def _mostly_utf8(data: bytes) -> bool:
    """Whether a text that is not valid UTF-8 is still one with a few damaged places."""
    text = data[:65536].decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    letters = sum(1 for character in text if character > "\x7f") - damaged
    return letters > damaged
