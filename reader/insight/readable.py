"""What reads as a whole by itself: clauses that are not cut out of their sentence, and sources that somebody stands behind.

The layers keep what the text says in whatever form; a row of the panel stands alone, so it must have a subject, a verb and an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from reader.insight.lexicons import terms
from reader.insight.speech.cues import BASE, CUES, ING
from reader.insight.syntax.clauses import (
    AUXILIARIES,
    COORDINATORS,
    EVIDENCE_NOUNS,
    FINITE,
    MEDIA,
    MODALS,
    PREPOSITIONS,
    SOURCE_NOUNS,
    SUBORDINATORS,
    TIMES,
    is_adverb,
    word_class,
)

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:—–“\"(]")
_RELATIVES = frozenset(("how", "that", "what", "where", "which", "who", "whom", "whose", "why"))
_SUBJECTS = frozenset(("he", "i", "it", "she", "they", "we", "you"))
_CUT_BEFORE = frozenset(
    (
        "as",
        "asked",
        "him",
        "how",
        "if",
        "me",
        "of",
        "than",
        "them",
        "to",
        "unless",
        "us",
        "what",
        "when",
        "whether",
        "who",
        "why",
    )
)
"""First words of a passage that depends on what stands before it."""
_CUT_BEHIND = frozenset(
    ("a", "am", "an", "and", "are", "be", "but", "is", "just", "no", "of", "only", "or", "than", "that", "the", "their", "to", "was",
     "were", "which", "who")
)  # fmt: skip
"""Last words of a passage whose end is missing."""
_NOUN_MARKS = frozenset(("a", "an", "her", "his", "its", "my", "of", "our", "that", "the", "their", "this"))
_AGENTS = ("er", "or", "ist", "ian", "man", "men", "ee", "eer", "ers", "ors", "ists", "ians", "ees", "people")
"""Endings of nouns for people and groups."""
_WITHHELD = re.compile(
    r"\b(?:won['’]t|will\s+not|wouldn['’]t)\s+"
    r"(?:comment|confirm|disclose|discuss|elaborate|identify|name|reveal|say|share|specify|tell)\b",
    re.IGNORECASE,
)
"""What somebody keeps to himself is no forecast."""
_OPEN = re.compile(
    r"\b(?:not|isn['’]t|never|hardly)\s+(?:yet\s+)?(?:a\s+given|certain|clear|convinced|guaranteed|known|likely|sure)\s+(?:that\s+)?$",
    re.IGNORECASE,
)
"""Before a clause: what follows may not come ("it is not a given that …")."""
_NO_WAY = re.compile(r"there(?:['’]s|\s+is|\s+are)\s+(?:also\s+)?(?:no|little|any)\s", re.IGNORECASE)
"""Nothing is foretold by "there is no certainty that they will …"."""
_SETTLED = re.compile(
    r"\b(?:is|are|was|be)\s+(?:\w+ly\s+|now\s+|also\s+|still\s+)?"
    r"(?:expected|due|set|scheduled|slated|likely|poised|projected|forecast|tipped|estimated|bound)\b"
)
_CONDITION = re.compile(r"\b(?:if|whether|unless|suppose|supposing|imagine)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:how|whether|why|what|when)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_ASKED_WITHIN = re.compile(
    r"\b(?:on|about|of|asked|asking|explain|know|see)\s+(?:how|whether|why|what|when)\b", re.IGNORECASE
)
"""An embedded question tells nothing of what is to come."""
_ASIDES = frozenset(("meaning", "requesting", "saying", "suggesting", "warning", "adding"))
_STOP = re.compile(r"[.!?]['’\"”)]*\s|\n")
_SENTENCE = 300
"""Characters within which the beginning of a sentence is looked for."""


NOBODY = word_class("nobody")
"""Sources that name nobody."""


def plain(words: str) -> str:
    """Lower case with straight apostrophes."""
    return words.replace("’", "'").lower()


def comments(text: str, floor: int, end: int) -> Iterator[int]:
    """Where a remark may begin that the writer adds to a clause: ", which …", ", making …", ", the first to …"; not inside of quotations.

    At most `_REMARKS` places within `_FAR` characters.
    """
    limit = min(end, floor + _FAR)
    for found in islice(_COMMENT.finditer(text, floor, limit), _REMARKS):
        inside = text[floor : found.start()]
        marks = inside.count("“") - inside.count("”"), inside.count('"') % 2, inside.count("(") - inside.count(")")
        tail = text[found.end() : limit]
        apposed = found[0][0] == "," and found[0].endswith(("a ", "an ", "the ", "one "))
        if any(marks) or (not found[0].rstrip().endswith("ing") and _GOES_BACK.search(tail)):
            continue
        if not apposed or not (_ASIDE.search(inside) or has_main_verb(_words(tail))):
            yield found.start()


def trimmed(text: str, start: int, end: int) -> int:
    """`end` moved before the white space and commas that a passage ends with."""
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return end


def comment_start(text: str, floor: int, end: int) -> int:
    """The first of the `comments`; `end` where there is none."""
    return next(comments(text, floor, end), end)


_REMARKS, _FAR = 8, 1200
_GOES_BACK = re.compile(r", (?!which|who|that|(?:\w+ly )?[a-z]+ing\b)")
"""In a remark: the clause before it may go on ("its chip, the K2, to China"), or it is one of several."""
_ASIDE = re.compile(r", (?:[\w’']+ ){0,2}[\w’']+$")
"""A few words between commas, behind which a clause goes on ("was, in fact, a lesson")."""
_COMMENT = re.compile(
    r",? (?:which|whose) |, (?:a move that |who )"
    r"|, (?:thereby |thus |also |effectively |potentially |further |\w+ly )?"
    r"(?!(?:accord|beginn|depend|dur|exclud|follow|includ|noth|pend|rang|regard|someth|spr|start|train)ing\b)"
    r"[a-z]{2,}ing(?! and\b)[ ](?!,)"
    r"|, (?:an?|one|the) |—(?:an?|one|the) "
)
"""What begins a remark of the writer: relative clauses, participles, appositions."""


@cache
def _verbs() -> frozenset[str]:
    """Forms that are the verb of a clause, not an infinitive and seldom a noun."""
    cues = {word for word, uses in CUES.items() if any(use.shape not in (BASE, ING) for use in uses)}
    return FINITE | terms("figure_verbs") | (cues - terms("plural_verbs"))


def is_statement(passage: str, *, objects: bool = False) -> bool:
    """Whether a reported passage is a whole clause: it has a verb of its own, and nothing is cut off before or behind.

    `objects`: the cue also takes things ("stressed the need to"), so that a clause without "that" must show its verb early.
    """
    words = _words(passage)
    introduced = words[:1] == ["that"]
    words = words[introduced:]
    if not words or not _is_whole(words) or is_verb(words, 0) or not has_main_verb(words):
        return False
    return _has_clause_behind_adjunct(words) and (introduced or _has_early_verb(words, objects))


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether a clause is torn out of its sentence: its subject begins before, or words that belong to it follow."""
    behind = _BEHIND.match(text, end)
    if text[end : end + 2] in (".,", ".;") or (text[start - 1 : start] in ("“", '"', "‘") and text[start].islower()):
        return True
    if (
        _SEATED.match(text, end)
        or text[start:end].endswith(("'s", "’s"))
        or text[end : end + 2].lstrip() in ("“", "‘", '"')
    ):
        return True
    if behind and behind[1].lower() not in COORDINATORS | SUBORDINATORS | _RELATIVES | {"according"}:
        return True
    before = before_in_sentence(text, start).rstrip()
    words = _words(before)
    if not before or not words:
        return False
    if before[-1].isalnum():
        joints = COORDINATORS | SUBORDINATORS | {"so", "that"}
        relative = words[-1] == "that" and is_verb(_words(text[start:end]), 0)
        return before.endswith("That") or relative or not (words[-1] in CUES or words[-1] in joints)
    said = max((i + 1 for i, word in enumerate(words) if word in CUES or word == "that"), default=0)
    return before[-1] == "," and not _may_stand_before(words[said:-1])


_SEATED = re.compile(r", [A-Z][\w.]*(?: [A-Z][\w.]*)*-based\b")
"""Behind a passage that ends in a town of "the Santa Rosa, California-based firm"."""
_BEHIND = re.compile(r"[ \u00a0]+([^\W_]+)")


def _may_stand_before(words: list[str]) -> bool:
    """Whether words before a comma are a clause or an adverbial, and not the beginning of a subject ("the Mountain View, …")."""
    first = words[0] if words else "so"
    adverbial = (
        is_adverb(first) or first in SUBORDINATORS | PREPOSITIONS | COORDINATORS or first.endswith(("ing", "ed"))
    )
    return adverbial or first in TIMES or has_main_verb(words) or len(words) == 1


def _has_clause_behind_adjunct(words: list[str]) -> bool:
    """Whether a passage that begins with "in", "after" or "even if" goes on with a main clause behind a comma."""
    first = next((i for i, word in enumerate(words[:4]) if not is_adverb(word)), 0)
    if words[first] not in SUBORDINATORS | PREPOSITIONS or words[first] in _CLAUSES_AS_SUBJECT:
        return True
    commas = [i for i in range(first, len(words)) if words[i] == ","]
    return any(has_main_verb(words[comma + 1 :]) for comma in commas)


_CLAUSES_AS_SUBJECT = frozenset(("that", "what"))


def _has_early_verb(words: list[str], objects: bool) -> bool:
    """Whether the first verb comes before another clause begins; with `objects` also before "to", an -ing form or "at", and no -ed form."""
    first = next((word for word in words if not is_adverb(word)), "")
    if first in SUBORDINATORS | PREPOSITIONS | _RELATIVES:
        return True
    inserted = False
    for index, word in enumerate(words):
        inserted = (inserted or words[index - 1 : index] == [","]) and word != "," and (inserted or word in _RELATIVES)
        if inserted:
            continue
        late = word in _LATE or (word.endswith("ing") and len(word) > 5)
        if index and (word in _RELATIVES or _opens_clause(words, index) or (objects and late)):
            return False
        if _is_short_verb(word) or (is_verb(words, index) and not (objects and word.endswith("ed"))):
            return True
    return False


def _opens_clause(words: list[str], index: int) -> bool:
    """Whether a subordinate clause begins at a word: not at a mere "after", but at ", as"."""
    return words[index] in SUBORDINATORS and (words[index] not in PREPOSITIONS or words[index - 1] == ",")


_LATE = frozenset(("against", "at", "by", "for", "from", "on", "to", "with"))


def is_forecast(text: str, start: int, end: int, *, held: bool, begins: bool = True) -> bool:
    """Whether the forecast at `start`-`end` is whole, no condition, and not about "you" or "us".

    `held`: somebody named holds it; `begins`: that is its subject, so that it may begin with the verb ("plans to hire 350").
    """
    words = _words(text[start:end])
    if not words or not _is_whole(words) or _WITHHELD.search(text, start, end) or _NO_WAY.match(text, start, end):
        return False
    before = before_in_sentence(text, start)
    if _CONDITION.search(before) or before.rstrip().rpartition(" ")[2].lower() in PREPOSITIONS | {"as", "while"}:
        return False
    relative = not _RELATIVES.isdisjoint(words)
    if relative and (_opens_with_relative(words) or not (held or has_main_verb(words))):
        return False
    if words[0].endswith("ing") and before.rstrip().endswith(","):
        return False
    if _OPEN.search(before) or _ASKED.search(before) or _ASKED_WITHIN.search(text, start, end):
        return False
    if held:
        opened = begins or not is_verb(words, 0)
        return opened and words[0] not in MODALS and words[0] not in ("said", "says") and words[0] not in _ASIDES
    hosts = {word.partition("'")[0] for word in words}
    return (
        not is_verb(words, 0)
        and not words[0].endswith("ing")
        and words[1:2] != ["to"]
        and _SUBJECTS.isdisjoint(word.partition("'")[0] for word in words[:2])
        and hosts.isdisjoint(("i", "we", "you", "your"))
    )


def vouches(source: str, *, named: bool = False) -> bool:
    """Whether the words of a source can be somebody, or a document: no thing ("the law"), and no piece of another clause.

    `named`: somebody is named within; else what the phrase is about must be a noun for those who speak, or look like a name.
    """
    words = _words(source)
    if (
        not words
        or not _AMOUNTS.isdisjoint(source)
        or words[0] in _CUT_BEFORE
        or words[0] in _NO_SOURCE
        or words[-1] in PREPOSITIONS
        or words[-1] in ("cent", "percent")
        or (words[0] in PREPOSITIONS and not words[min(1, len(words) - 1)][0].isdigit())
        or (len(words) > 2 and words[-1] in ("say", "show", "suggest"))
        or (source[0].islower() and words[0].endswith(("ed", "ing")))
        or (words[0].endswith(("'s", "n't", "'re")) and source[0].islower())
        or not _WHOSE.isdisjoint(words[:4])
        or "my" in words
        or "i" in words
        or _acts(source.split())
        or any(word in ("he", "she", "his") for word in words[1:] if "who" not in words)
    ):
        return False
    if named and (belonging := _BELONGING.match(source)):
        return _is_somebody(source[belonging.end() :], _words(source[belonging.end() :]))
    return named or _is_somebody(source, words)


_BELONGING = re.compile(
    r"(?:(?!(?:of|in|on|for|with|by|at|to)\b)[^\s]+\s+)*?[^\s]+['’]s?\s+(?=[a-z]+\s+(?:of|in|on|for|with|to)\b)"
)
"""Words up to a genitive before a lower-cased head with a complement: the head speaks, not its owner ("the company's interest in …")."""
_AMOUNTS = frozenset("$€£¥₹%")
"""What an amount has and nobody who speaks."""
_NO_SOURCE = frozenset(("another", "here", "let", "most", "much", "nothing", "such", "there", "what"))
_WHOSE = frozenset(("which", "whom", "whose"))


def _is_somebody(source: str, words: list[str]) -> bool:
    """Whether the head of a phrase is a noun for people, bodies or documents, or a word with a capital that no calendar has."""
    if words[0] in _COUNTS and words[1:2] == ["of"]:
        return _is_somebody(source, words[2:]) if len(words) > 2 else False
    end = next(
        (i for i, word in enumerate(words) if i and (word in PREPOSITIONS or word in _RELATIVES or word == ",")),
        len(words),
    )
    heads = words[:end]
    if any(not _speaking().isdisjoint((word, word.removesuffix("s"))) or word.endswith(_AGENTS) for word in heads):
        return True
    if f"{heads[-1]}s" in _speaking():
        return True
    name = source.split()[: len(heads)]
    return (name[-1][0].isupper() and heads[-1] not in TIMES) or (name[0][0].isupper() and heads[-1].isdigit())


_COUNTS = frozenset(("all", "both", "each", "many", "none", "one", "several", "some", "three", "two"))


def _acts(words: list[str]) -> bool:
    """Whether a name is followed by what it did ("Common Sense published in July"); "the people interviewed" are somebody."""
    for index in range(1, len(words)):
        if words[index] in _RELATIVES or words[index - 1][-1] == ",":
            return False
        if words[index - 1][0].isupper() and words[index].islower() and is_verb(words, index):
            return True
    return False


def is_expected_by_others(passage: str) -> bool:
    """Whether a forecast only says what is to happen ("X is expected to", "X will be replaced"): its subject is no holder of it."""
    words = _words(passage)
    modal = next((i for i, word in enumerate(words) if word in MODALS or word == "won't"), len(words))
    said = any(word in CUES and word not in terms("plural_verbs") for word in words[:modal])
    return bool(_SETTLED.search(passage)) if modal == len(words) else not said


@cache
def _bodies() -> frozenset[str]:
    return word_class("body") | frozenset(("jury", "state", "church", "press", "industry", "public", "website"))


@cache
def _speaking() -> frozenset[str]:
    return SOURCE_NOUNS | EVIDENCE_NOUNS | MEDIA | _bodies()


def _words(passage: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(passage.lower())]


def _is_whole(words: list[str]) -> bool:
    return (
        words[0] not in _CUT_BEFORE
        and words[-1] not in _CUT_BEHIND
        and words[-2:] not in (["it", "had"], ["it", "has"])
    )


def is_verb(words: list[str], index: int) -> bool:
    """Whether the (lower-cased) word at `index` is a finite verb, and not part of a noun phrase ("the proposed law")."""
    word = words[index]
    before = words[index - 1] if index else ""
    if (before in _NOUN_MARKS or (before.endswith("'s") and not _is_short_verb(before))) and word not in AUXILIARIES:
        return False
    if word == "won" and before in ("billion", "million", "trillion"):
        return False
    if word in _verbs() or word.endswith("n't"):
        return True
    return (
        word.endswith("ed")
        and len(word) > 4
        and "-" not in word
        and words[index + 1 : index + 2] not in _BEHIND_PARTICIPLES
    )


def _is_short_verb(word: str) -> bool:
    """Whether a word ends in a short verb ("it's", "they'll", "isn't"), and not in the mark of an owner."""
    host, mark, end = word.rpartition("'")
    return bool(mark) and (end != "s" or host in word_class("clitic_host"))


_BEHIND_PARTICIPLES = (["as"], ["at"], ["by"], ["from"], ["in"], ["into"], ["on"], ["with"])
"""What follows "involved" or "entered" where they modify a noun; verbs of change ("climbed in") are listed."""


def has_main_verb(words: list[str]) -> bool:
    """Whether a verb stands outside of relative clauses: not so in "an app, which millions use" or "the number who left"."""
    relative = False
    for index, word in enumerate(words):
        if word in (",", ";", ":", "—", "–"):
            relative = False
        elif word in _RELATIVES:
            relative = True
        elif is_verb(words, index) or _is_short_verb(word):
            if not relative:
                return True
            behind = index + 1 < len(words) and is_verb(words, index + 1)
            relative = word in AUXILIARIES and behind
    return False


def _opens_with_relative(words: list[str]) -> bool:
    """Whether the first verb is a modal behind "who" or "that" ("ignorants who will believe")."""
    first = next((i for i in range(len(words)) if is_verb(words, i)), 0)
    return words[first] in MODALS and words[first - 1] in _RELATIVES


def before_in_sentence(text: str, start: int) -> str:
    """What stands before `start` in its sentence."""
    return _STOP.split(text[max(0, start - _SENTENCE) : start])[-1]
