"""The one table of states and fields: parser, error messages, completion and documentation all read it."""

from __future__ import annotations

from dataclasses import dataclass

STATES = {
    "unread": "not read yet",
    "read": "read",
    "starred": "starred",
    "later": "set aside for later",
    "done": "done (archived)",
    "today": "published since midnight, in your time zone",
}
"""Words that stand alone, and what they select. As words to search for they need quotes."""

KINDS = ("figure", "score", "quote", "attribution", "forecast", "entity")
"""Kinds of facts that are kept one by one: the names of their layers in the singular."""

UNITS = {"h": 3600, "d": 86400, "w": 604800, "m": 2592000, "y": 31536000}
"""Seconds of each unit of age; a month counts 30 days, a year 365."""

SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12}
"""What a letter after a number multiplies it by; upper or lower case."""

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}
"""ISO 4217 code of each currency sign."""


@dataclass(frozen=True, slots=True)
class Field:
    """One `name:` of the language. `value`: words | name | choice | age | count | amount; `expects` says how a value looks."""

    name: str
    value: str
    expects: str
    help: str
    choices: tuple[str, ...] = ()


_TABLE = (
    Field("newer", "age", "an age (6h, 2d, 1w, 3m, 1y) or a day (2026-04-01)", "published within that time, or since that day"),
    Field("older", "age", "an age (6h, 2d, 1w, 3m, 1y) or a day (2026-04-01)", "published before that"),
    Field("outlet", "name", "an outlet's name", "outlet whose name has a word that begins so"),
    Field("feed", "name", "a feed's title or address", "feed whose title or address has these letters in this order"),
    Field("group", "name", "a group of feeds.toml", "feed of that group"),
    Field("title", "words", 'a word or a "phrase"', "in the title"),
    Field("who", "name", "a speaker's name", "someone of that name is quoted or cited"),
    Field("company", "name", "a company's name", "names that company"),
    Field("person", "name", "a person's name", "names that person"),
    Field("model", "name", "a model's name", "names that model or one of its versions, or has a score of it"),
    Field("bench", "name", "a benchmark's name", "names that benchmark or has a score on it"),
    Field("amount", "amount", "an amount (>1B, <=$500M, 1B..5B, >50%)", "has a figure of that much money (or that many percent)"),
    Field("kind", "choice", "a kind of fact", "has a fact of that kind", KINDS),
    Field("status", "name", "a status", "has a fact of that status, such as unnamed or talks"),
    Field("story", "count", "a number (3, >2, 2..5)", "that many outlets have its story"),
    Field("novel", "count", "a number (3, >0, 2..5)", "tells that many figures and scores that no article read so far tells"),
    Field("facts", "count", "a number (3, >10, 2..5)", "holds that many facts"),
    Field("words", "count", "a number (300, >800, 200..900)", "is that long"),
    Field("id", "count", "an article's number (12, 12..20)", "is the article of that number"),
    Field("tag", "name", "a tag", "has that tag"),
    Field("is", "choice", "a state", "in that state", (*STATES, "updated", "sample", "full", "summary", "paywalled", "failed")),
    Field("has", "choice", "what it has", "has at least one of them", ("facts", "tags", "author", "link", "story")),
    Field("lang", "name", "a language (en, zh-hans)", "in that language"),
)  # fmt: skip

FIELDS = {field.name: field for field in _TABLE}
"""Every field by name, in the order in which help lists them."""
