"""Which language a text is written in: by its script, else by its function words; what the publisher declares decides where these do not.

A small guess of our own: the libraries for it weigh 50 MB and more (langid's with NumPy, lingua, fastText) or guess by chance
(langdetect), and news needs a few dozen languages told apart in whole paragraphs.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from importlib import resources

REACH = 800
"""Characters of a text that are looked at: some hundred words."""

LEAST = 5
"""Function words below which nothing is told from them; they are a seventh of the words of any text, at least."""

MAX_TAG = 35
"""Characters of a language tag."""

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.ASCII)
_VAGUE = frozenset(("mis", "mul", "und", "zxx"))
_WORD = re.compile(r"[^\W\d_]+")
_ANY_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\ud7ff]")
"""Any letter of _SCRIPTS: most texts have none."""

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 20),
    ("ko", re.compile("[\uac00-\ud7af]"), 5),
    ("zh", re.compile("[\u4e00-\u9fff]"), 5),
    ("th", re.compile("[\u0e00-\u0e7f]"), 4),
    ("hi", re.compile("[\u0900-\u097f]"), 4),
    ("he", re.compile("[\u0590-\u05ff]"), 4),
    ("fa", re.compile("[\u067e\u0686\u0698\u06af\u06cc]"), 20),
    ("ar", re.compile("[\u0600-\u06ff]"), 4),
    ("el", re.compile("[\u0370-\u03ff]"), 4),
    ("uk", re.compile("[іїєґІЇЄҐ]"), 40),
    ("ru", re.compile("[\u0400-\u04ff]"), 4),
)
"""Language, its letters, and of how many characters one must be such a letter. The rarer of two that share a script come first."""

_ALIKE = {
    "nb": "no",
    "nn": "no",
    "bs": "hr",
    "sr": "hr",
    "iw": "he",
    "in": "id",
    "ms": "id",
    "bg": "ru",
    "mk": "ru",
    "be": "ru",
    "yue": "zh",
}
"""Languages that are not told apart here, and the one that stands for them."""


def tag(declared: str) -> str:
    """A declared language as a tag in lower case ("en_US" is "en-us"); empty for what is no tag or says nothing (RFC 5646, 2.1 and 4.1)."""
    found = declared.strip()[:MAX_TAG].replace("_", "-").lower()
    return found if _TAG.fullmatch(found) and found.partition("-")[0] not in _VAGUE else ""


def language_of(text: str, declared: str = "") -> str:
    """The language of `text` as a tag in lower case; `declared` (a tag of any case) where it fits or nothing is certain.

    Many systems declare the language of their settings and not of the article, so a text that is plainly another one is believed.
    """
    declared = declared.strip().replace("_", "-").lower()
    primary = declared.partition("-")[0]
    found = _by_script(text[:REACH]) or _by_words(text[:REACH])
    return declared if not found or found == _ALIKE.get(primary, primary) else found


def _by_script(text: str) -> str:
    if not _ANY_SCRIPT.search(text):
        return ""
    for language, letters, one_in in _SCRIPTS:
        if len(letters.findall(text)) * one_in > len(text):
            return language
    return ""


def _by_words(text: str) -> str:
    """The language whose function words the text has, a word of several languages counted as a share of each; empty where another
    comes near or too few are there.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    hits: defaultdict[str, int] = defaultdict(int)
    table = _languages()
    words = _WORD.findall(text.lower())
    for word, times in Counter(words).items():
        languages = table.get(word, ())
        for language in languages:
            hits[language] += times
            weights[language] += times / len(languages)
    (most, first), (second, _) = [
        *sorted(((weight, name) for name, weight in weights.items()), reverse=True),
        (0, ""),
        (0, ""),
    ][:2]
    return first if hits[first] >= max(LEAST, len(words) // 7) and 3 * most >= 4 * second else ""


@functools.cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Function words to the languages that have them."""
    table: dict[str, tuple[str, ...]] = {}
    source = resources.files("reader.ingest").joinpath("function_words.tsv").read_text("utf-8")
    for line in source.splitlines():
        language, _, words = line.partition("\t")
        if words and not line.startswith("#"):
            for word in words.split():
                table[word] = (*table.get(word, ()), language)
    return table
