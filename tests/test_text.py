"""Nothing that passes `clean` can drive a terminal, and what is harmless stays as it is."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import MAX_LINE, MAX_MARKS, REPLACEMENT, clean, one_line

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\xad\u200b\u200c\u2060\u2063\ufeff\u180e\u115f\u3164"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def is_harmless(text: str) -> bool:
    for character in text:
        if character in "\t\n":
            continue
        category = unicodedata.category(character)
        if category in ("Cc", "Cs") or character in BIDI or character in ZERO_WIDTH:
            return False
        if 0xE0000 <= ord(character) <= 0xE0FFF:
            return False
    return True


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain", "plain"),
        ("tab\tand\nnewline", "tab\tand\nnewline"),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("a\x1b]0;title never closed, text stays", "a\ufffd]0;title never closed, text stays"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("nul\0 del\x7f", "nul\ufffd del\ufffd"),
        (
            "one\r\ntwo\rthree\u2028four\u2029five\x85six\x0bseven\x0ceight",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight",
        ),
        ("user\u202egpj.exe", "user\ufffdgpj.exe"),
        ("in\u2066side\u2069", "in\ufffdside\ufffd"),
        ("soft\xadhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("lone\ud800surrogate", "lone\ufffdsurrogate"),
        ("non\ufffe\U0010ffffchar", "non\ufffd\ufffdchar"),
        (f"family {FAMILY}", f"family {FAMILY}"),
        ("heart \u2764\ufe0f", "heart \u2764\ufe0f"),
        ("key 1\ufe0f\u20e3", "key 1\ufe0f\u20e3"),
        ("a\u200db\ufe0f", "ab"),
        ("caf\u00e9 cafe\u0301 \u4eba\u5de5\u77e5\u80fd", "caf\u00e9 cafe\u0301 \u4eba\u5de5\u77e5\u80fd"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_clean_leaves_nothing_dangerous_and_does_its_work_once(raw: str) -> None:
    cleaned = clean(raw)
    assert is_harmless(cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")


@given(st.text(alphabet="\u200d\ufe0f\U0001f468\u2764a1\u20e3\u0301\u202e", max_size=30))
def test_clean_of_joiners_settles(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


def test_a_base_carries_few_marks() -> None:
    heap = "z" + "\u0301" * 6000 + "a" + "\u0e47" * 50 + "!"
    assert clean(heap) == "z" + "\u0301" * MAX_MARKS + "a" + "\u0e47" * MAX_MARKS + "!"


def test_runs_of_symbols_are_no_marks() -> None:
    assert clean("\u2014" * 40 + "\u2026" * 40) == "\u2014" * 40 + "\u2026" * 40


def test_clean_is_fast_on_clean_text() -> None:
    text = ("The quick brown fox \u2013 said \u201chello\u201d to the \u4e16\u754c.\n" * 800)[:33_000]
    rounds = []
    for _ in range(7):
        start = time.process_time()
        assert clean(text) is not None
        rounds.append(time.process_time() - start)
    assert min(rounds) < 0.01


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  two \t words\r\n and\u2028more\u3000here ", "two words and more here"),
        ("\U0001f1fa\U0001f1f8 chips", "US chips"),
        (FAMILY, "\U0001f468\U0001f469\U0001f467"),
        ("thumb \U0001f44d\U0001f3fd", "thumb \U0001f44d"),
        ("\u2764\ufe0f 1\ufe0f\u20e3", "\u2764 1"),
        ("", ""),
    ],
)
def test_one_line(raw: str, expected: str) -> None:
    assert one_line(raw) == expected


@given(st.text(alphabet=st.characters(exclude_categories=())), st.integers(2, 40))
def test_one_line_is_one_short_harmless_line(raw: str, limit: int) -> None:
    line = one_line(raw, limit)
    assert len(line) <= limit
    assert line == " ".join(line.split())
    assert is_harmless(line)


def test_one_line_cuts_with_an_ellipsis() -> None:
    assert one_line("A" * 200_000) == "A" * (MAX_LINE - 1) + "\u2026"
    assert REPLACEMENT not in one_line("x" * MAX_LINE)
