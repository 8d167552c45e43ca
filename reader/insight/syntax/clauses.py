"""Clauses without a parser: sentences with their quotations folded, word classes, and where noun phrases begin and end.

The rules look only at closed word classes (determiners, pronouns, prepositions, auxiliaries …), at frequent verb forms and at
punctuation; every function works on indices into `Unit.words`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from reader.insight.facts import Span
from reader.insight.lexicons import table, terms
from reader.insight.syntax.document import Document, Token
from reader.insight.syntax.marks import Pair

QUOTE = "“”"
"""`low` of the one token that stands for a whole quotation."""


@cache
def _word_classes() -> dict[str, frozenset[str]]:
    """Every class of `lexicon/word_classes.tsv`."""
    classes: dict[str, set[str]] = {}
    for word, name in table("word_classes"):
        classes.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in classes.items()}


def word_class(name: str) -> frozenset[str]:
    """The words of one class of `lexicon/word_classes.tsv`; KeyError when there is no such class."""
    return _word_classes()[name]


DETERMINERS, PRONOUNS, OBJECTS = word_class("determiner"), word_class("pronoun"), word_class("object_pronoun")


PREPOSITIONS, SUBORDINATORS = word_class("preposition"), word_class("subordinator")


RELATIVES, COORDINATORS, ADVERBS = word_class("relative"), word_class("coordinator"), word_class("adverb")


BE, HAVE, DO, MODALS = word_class("be"), word_class("have"), word_class("do"), word_class("modal")


NEGATIONS = word_class("negation")


TIMES = word_class("weekday") | word_class("month")


PERIODS = word_class("period")


AUXILIARIES = BE | HAVE | DO | MODALS


POSSESSIVES = frozenset(["my", "your", "his", "her", "its", "our", "their", "whose"])


FINITE = (AUXILIARIES - frozenset(["be", "been", "being", "having", "doing", "done"])) | terms("finite_verbs")


NOT_LY = terms("not_adverbs")


SOURCE_NOUNS, EVIDENCE_NOUNS, MEDIA = terms("source_nouns"), terms("evidence_nouns"), terms("media")


DASHES = frozenset("—–-")


STOPS = frozenset(".!?;")


@dataclass(slots=True)
class Unit:
    """A sentence, or several that one quotation spans. Each quotation outside of others is one word with `low` QUOTE."""

    words: list[Token]
    low: list[str]
    start: int
    end: int
    closed: list[int]
    """Offsets of the ends of quotations that close with a full stop, a question or an exclamation mark."""

    def ended(self, index: int) -> bool:
        """Whether word `index` is a quotation that closes its sentence."""
        return self.words[index].end in self.closed

    def span(self, begin: int, end: int) -> Span:
        """Offsets of the words `begin` to `end` (exclusive)."""
        return self.words[begin].start, self.words[end - 1].end

    def tight(self, index: int) -> bool:
        """Whether word `index` follows the one before without white space."""
        return index > 0 and self.words[index].start == self.words[index - 1].end


@lru_cache(maxsize=2)
def plain(lows: tuple[str, ...]) -> tuple[str, ...]:
    """Lower-cased words with straight apostrophes ("don’t" as "don't"), made once for the layers that look words up."""
    return tuple([w.replace("’", "'") if "’" in w else w for w in lows])


def fold(document: Document, pairs: list[Pair]) -> list[Unit]:
    """The units of `document`; every token is in at most one."""
    tops = [pair for pair in pairs if pair.depth == 0]
    units: list[Unit] = []
    lows = plain(document.lows)
    tokens, starts, quote = document.tokens, document.starts, 0
    for start, end in _joined(document.sentences, tops):
        words: list[Token] = []
        low: list[str] = []
        closed: list[int] = []
        index, stop = bisect_left(starts, start), bisect_left(starts, end)
        while quote < len(tops) and tops[quote].start < start:
            quote += 1
        while index < stop:
            inside = quote < len(tops) and tops[quote].start < end
            until = bisect_left(starts, tops[quote].start, index, stop) if inside else stop
            words += tokens[index:until]
            low += lows[index:until]
            index = until
            if inside:
                words.append(Token(QUOTE, QUOTE, tops[quote].start, tops[quote].end))
                low.append(QUOTE)
                if document.text[tops[quote].end - 2] in ".!?…":
                    closed.append(tops[quote].end)
                index = bisect_left(starts, tops[quote].end, index)
                quote += 1
        if words:
            units.append(Unit(words, low, start, end, closed))
    return units


def _joined(sentences: tuple[Span, ...], tops: list[Pair]) -> list[Span]:
    """Sentences, with those that a quotation spans made one."""
    joined: list[Span] = []
    quote = 0
    for start, end in sentences:
        while quote < len(tops) and tops[quote].end <= start:
            quote += 1
        if joined and quote < len(tops) and tops[quote].start < joined[-1][1] <= start < tops[quote].end:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def is_adverb(low: str) -> bool:
    """Whether a word may stand between subject and verb."""
    return low in ADVERBS or (len(low) > 4 and low.endswith("ly") and low not in NOT_LY)


def is_adverb_at(unit: Unit, index: int) -> bool:
    """Whether the word is an adverb, not a name that ends like one ("Kelly", "Beverly")."""
    return is_adverb(unit.low[index]) and (index == 0 or unit.words[index].text[0].islower())


def is_possessive(unit: Unit, index: int) -> bool:
    """Whether this is the possessive mark, not a short "is" or "has"."""
    return (
        unit.low[index] in ("'s", "'") and index > 0 and unit.tight(index) and unit.low[index - 1] not in _CLITIC_HOSTS
    )


_CLITIC_HOSTS = word_class("clitic_host")


def is_finite(unit: Unit, index: int) -> bool:
    """Whether the word looks like the verb of a clause."""
    low = unit.low[index]
    if low in FINITE:
        return not (low == "'s" and is_possessive(unit, index)) and not _nominal(unit, index)
    if low.endswith(("n't", "'re", "'ll", "'ve", "'m", "'d")):
        return True
    return low.endswith("ed") and len(low) > 4 and not _nominal(unit, index)


def _nominal(unit: Unit, index: int) -> bool:
    """Whether the word before makes it an adjective or a noun: "the reported deal", "of used cars"."""
    if index == 0 or unit.low[index] in AUXILIARIES:
        return False
    before = unit.low[index - 1]
    if before in PRONOUNS and before not in POSSESSIVES:
        return False
    return before in DETERMINERS or before in PREPOSITIONS or before == "-" or before in ("and", "or")


def has_clause(unit: Unit, begin: int, end: int) -> bool:
    """Whether a finite verb stands between `begin` and `end`."""
    return any(is_finite(unit, i) for i in range(begin, end))


def is_participle(unit: Unit, index: int) -> bool:
    """Whether an -ed word modifies the noun before it: "a slide seen by …", "a report published on Friday"."""
    low = unit.low[index]
    if low in AUXILIARIES or not (
        low.endswith(("ed", "en", "wn")) or low in ("made", "led", "held", "built", "sent", "cut")
    ):
        return False
    after = unit.low[index + 1] if index + 1 < len(unit.low) else ""
    return (
        after in ("by", "on", "in", "at", "to", "with", "from", "into", "under", "for", "as", "last", "this")
        or after in TIMES
    )


def ends_here(unit: Unit, index: int) -> bool:
    """Whether a full stop inside of the unit ends something longer than an initial or a title."""
    return len(unit.low[index - 1]) > 4


def clause_start(unit: Unit, index: int) -> int:
    """Index where the stretch of words that holds `index` begins: behind the last strong stop before it."""
    i = index
    while i > 0 and unit.low[i - 1] not in (";", ":") and not (unit.low[i - 1] in STOPS and ends_here(unit, i - 1)):
        i -= 1
    return i
