"""Untrusted text made harmless for a terminal: `clean` for texts, `one_line` for titles and list rows."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"
"""Stands for one character that could drive a terminal or reorder a line."""

MAX_LINE = 500
"""Characters of a title or a list row."""

MAX_MARKS = 8
"""Combining marks that one base character may carry."""

_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_NEWLINES = re.compile(f"\r\n|[{_BREAKS}]")

_HIDDEN_BMP = "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2060-\u2065\u3164\ufe00-\ufe0e\ufeff\uffa0"
_HIDDEN = _HIDDEN_BMP + "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
"""Invisible characters that are dropped: soft hyphen, fillers, zero-width and directional marks, variation selectors, tags."""

_DANGEROUS_BMP = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
_DANGEROUS = _DANGEROUS_BMP + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
"""Controls, C1, overrides and isolates, surrogates and non-characters that are replaced one for one (never parsed as sequences)."""

_JOINERS = "\u200d\ufe0f"
"""Zero-width joiner and emoji selector: kept between emoji only."""

_SUSPECT = re.compile(f"[{_HIDDEN}{_DANGEROUS}{_JOINERS}]")
_UNCLEAN = re.compile(f"[{_HIDDEN_BMP}{_DANGEROUS_BMP}{_JOINERS}{_BREAKS}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
"""Apart, for a class of characters with some beyond the first plane is searched ten times as slowly."""
_IS_HIDDEN = re.compile(f"[{_HIDDEN}]")
_EMOJI = re.compile("[\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
_MARK_RUN = re.compile(f"[^\x00-\u02ff\\w\\s]{{{MAX_MARKS + 1},}}")
_UNMARKED = "\x00-\u02ff\u2000-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7ff\uff00-\uffef\U0001f000-\U0001faff"
_MAY_BE_MARK = re.compile(f"[^{_UNMARKED}]")
"""Common characters that are no combining marks are passed over quickly."""

_SPACE = re.compile(r"\s+")
_DISPUTED = re.compile("[\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")


def clean(text: str) -> str:
    """`text` without anything that can drive, reorder or hide on a terminal; tabs and newlines stay, newlines become LF.

    Dangerous characters become U+FFFD one for one, so that the text after a broken sequence stays readable; invisible ones are
    dropped; at most MAX_MARKS combining marks stay on a base. `clean(clean(x)) == clean(x)`.
    """
    if text.isascii() and text.isprintable():
        return text
    if _UNCLEAN.search(text) or any(map(_SUSPECT.match, _ASTRAL.findall(text))):
        text = _NEWLINES.sub("\n", text)
        while (harmless := _SUSPECT.sub(_harmless, text)) != text:
            text = harmless
    return _MARK_RUN.sub(_few_marks, text) if _MAY_BE_MARK.search(text) else text


def one_line(text: str, limit: int = MAX_LINE) -> str:
    """`text` as one line of at most `limit` characters: cleaned, white space collapsed, cut with an ellipsis.

    What terminals draw in different widths goes too: joiners, emoji selectors and skin tones are dropped, flags become their letters.
    """
    line = text if text.isascii() and text.isprintable() else clean(text[: limit * 16])
    if not line.isascii():
        line = _DISPUTED.sub(_undisputed, line)
        line = _MARK_RUN.sub(_few_marks, line)
    line = _SPACE.sub(" ", line).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _harmless(found: re.Match[str]) -> str:
    """What stands for one suspect character."""
    character = found[0]
    if character in _JOINERS:
        return character if _joins(found) else ""
    return "" if _IS_HIDDEN.match(character) else REPLACEMENT


def _joins(found: re.Match[str]) -> bool:
    """Whether a joiner or selector stands where emoji need it."""
    text, at = found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if found[0] == "\ufe0f":
        return bool(_EMOJI.match(before)) or (before.isascii() and before in "#*0123456789" and after == "\u20e3")
    return bool((_EMOJI.match(before) or before == "\ufe0f") and _EMOJI.match(after))


def _few_marks(found: re.Match[str]) -> str:
    """A run of symbols and marks with at most MAX_MARKS marks in a row."""
    kept, marks = [], 0
    for character in found[0]:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _undisputed(found: re.Match[str]) -> str:
    """A flag half as its letter; nothing for the rest."""
    letter = ord(found[0]) - 0x1F1E6
    return chr(ord("A") + letter) if 0 <= letter < 26 else ""


_DRIVES = re.compile(f"[{_DANGEROUS}{_BREAKS}]")


def defuse(text: str) -> str:
    """`text` with every dangerous character replaced one for one, so that offsets stay: for what is about to be drawn."""
    return text if text.isascii() and text.isprintable() else _DRIVES.sub(REPLACEMENT, text)
