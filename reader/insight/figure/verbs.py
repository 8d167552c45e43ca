"""Which words are verbs, without a parser: listed ones that do not stand where a noun does, and unlisted ones by their form."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.figure.numbers import number_words
from reader.insight.lexicons import word_class
from reader.insight.syntax import clauses
from reader.insight.syntax.document import GENITIVES, Document

_LY_VERBS = frozenset({"apply", "comply", "fly", "imply", "multiply", "rely", "reply", "supply"})


class ClosedWords(NamedTuple):
    """Closed classes of words, looked up once."""

    verbs: frozenset[str]
    doubtful: frozenset[str]
    helpers: frozenset[str]
    nominal: frozenset[str]
    stops: frozenset[str]
    walls: frozenset[str]
    relatives: frozenset[str]
    joints: frozenset[str]
    stated: frozenset[str]
    objects: frozenset[str]


@cache
def closed_words() -> ClosedWords:
    """The closed classes that tell verbs from nouns and clauses from one another."""
    walls = frozenset(';:“”"()[]—–|')
    return ClosedWords(
        predicate_words(),
        word_class("verb_or_noun"),
        clauses.AUXILIARIES | word_class("verb_helper"),
        word_class("before_noun"),
        lexicons.terms("noun_stops"),
        walls,
        frozenset({"which", "who", "whose", "that", "where"}),
        frozenset({"and", "but", "or", "then"}),
        word_class("saying") | word_class("raising_verb"),
        word_class("before_object"),
    )


@cache
def predicate_words() -> frozenset[str]:
    """Words that end a subject's noun phrase: verbs and auxiliaries."""
    changes = {row[0] for row in lexicons.table("directions") if row[2] in ("verb", "price", "add", "weak")}
    listed = lexicons.terms("finite_verbs") | lexicons.terms("figure_verbs") | word_class("multiplying")
    return frozenset(listed | changes | word_class("auxiliary"))


def is_verb(document: Document, index: int) -> bool:
    """Whether token `index` is a finite verb, an infinitive or a participle: listed and not in a noun's place, or by its form."""
    low, words = document.lows[index], closed_words()
    if not low[0].isalpha():
        return low in GENITIVES and index > 0 and _is_short_is(document.lows[index - 1])
    before = document.lows[index - 1] if index else ""
    if low in words.verbs:
        if low in clauses.AUXILIARIES:
            return low != "may" or document.tokens[index].text == low
        if before in words.nominal:
            return before in GENITIVES and document.lows[index + 1 : index + 2] in (("its",), ("their",))
        if _after_modifier(document, index):
            return False
        return low not in words.doubtful or _leads_object(document, index) or _is_joined(document, index)
    if low in words.stops or document.tokens[index].text != low:
        return False
    if before == "to" or before in clauses.MODALS:
        hyphened = document.joined(index) and document.lows[index + 1] == "-"
        adverb = low.endswith("ly") and low not in _LY_VERBS
        return len(low) > 2 and not hyphened and not low.endswith(("ing", "s")) and not adverb
    if low.endswith("ing"):
        return before in clauses.BE and len(low) > 5
    if low.endswith("ed"):
        return (
            len(low) > 3 and low not in clauses.word_class("not_past") and before not in words.nominal and before != "-"
        )
    if low.endswith("s"):
        return len(low) > 3 and _is_third_person(document, index, before)
    plural = (_is_plural(before) and before not in words.nominal) or before in clauses.word_class("plural_subject")
    return plural and low in word_class("base_verb")


def _is_plural(low: str) -> bool:
    return low.endswith("s") and not low.endswith(("ss", "us", "is"))


def _is_short_is(before: str) -> bool:
    return before in clauses.word_class("clitic_host")


def _after_modifier(document: Document, index: int) -> bool:
    """Whether a bare form is a noun behind an article and an adjective ("a sharp drop"); "the chips drop" has a plural before it."""
    low, lows = document.lows[index], document.lows
    if index < 2 or low.endswith(("s", "ed")) or low in clauses.word_class("past_verb"):
        return False
    return lows[index - 2] in word_class("article") and not lows[index - 1].endswith("s")


def _is_joined(document: Document, index: int) -> bool:
    """Whether a form in -s stands behind a comma or "and" and in front of a noun (", moves data at"): a second verb."""
    if index + 1 >= len(document.lows) or document.lows[index - 1] not in (",", "and"):
        return False
    after = document.lows[index + 1]
    return after[0].isalpha() and after not in closed_words().stops and after not in clauses.PREPOSITIONS


def _leads_object(document: Document, index: int) -> bool:
    """Whether what follows a form that is as often a noun makes it a verb: an amount, a determiner, "at" or "to"."""
    if index + 1 >= len(document.lows):
        return False
    after = document.lows[index + 1]
    if after in ("more", "over", "fewer", "less", "on") and document.lows[index] in closed_words().doubtful:
        return True
    return after[0].isdecimal() or after in "$€£¥" or after in number_words() or after in closed_words().objects


def _is_third_person(document: Document, index: int, before: str) -> bool:
    """Whether an unlisted form in -s is a verb: behind a noun in the singular, in front of an amount or a determiner."""
    low = document.lows[index]
    if low.endswith(("ss", "us", "is", "ings", "ers", "ors")) or not index or not _leads_object(document, index):
        return False
    if low in word_class("plural_noun") or document.lows[index + 1] in ("at", "to", "for", "from"):
        return False
    if before in closed_words().joints or before in (",", "that", "which", "who", "it", "she", "he"):
        return True
    singular = before[0].isalpha() and before not in closed_words().nominal and not before.endswith("s")
    singular = singular and before not in number_words()
    return singular and before not in closed_words().stops


def is_participle(document: Document, index: int) -> bool:
    """Whether an -ed form may modify the noun before it ("models trained with", "the $5bn raised last year")."""
    after = document.lows[index + 1 : index + 2]
    if not after or document.lows[index - 1] in closed_words().helpers:
        return False
    past = document.lows[index].endswith("ed") or document.lows[index] in word_class("past_participle")
    linked = after[0] in clauses.PREPOSITIONS or after[0] in ("last", "this") or after[0] in clauses.TIMES
    return past and linked
