"""Which quotations, statements and forecasts are rows of the panel, and whom a row names: what is doubtful is left out.

The layers keep what the text says in whatever form and hold to the fact contract; a row stands alone, and a wrong one costs more than
one that is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from reader.insight.facts import Attribution, Entity, Facts, Forecast, Quote, Span
from reader.insight.readable import is_cut, is_expected_by_others, is_forecast, is_statement, vouches
from reader.insight.speech.cues import CUES
from reader.insight.status import ABLE, names_within
from reader.insight.syntax.clauses import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    is_adverb,
    word_class,
)

_EMBEDDED = frozenset(("how", "what", "when", "where", "whether", "which", "who", "why"))
"""First words of an embedded question: "did not say what it will pay" asserts nothing."""
_JOINING = frozenset(("and", "but", "nor", "or", "yet"))
_SAID_ONLY = re.compile(r"[\w .'’-]{2,60}\b(?:said|says|added|wrote) (?:at|by|during|in|on) [^,:“\"]*")
"""Words of saying without what was said ("Reed said at a press conference")."""
_GOES_ON = re.compile(r", (?:and|but) s?he (?:also |then |later )?\w+ed\b")
"""The writer goes on about the speaker ("argued that it was late, and he linked that to …"), or seems to."""
FRAGMENT = frozenset(
    ("and", "but", "could", "i", "i'd", "i'll", "or", "that", "which", "who", "will", "won't", "would", "we'd")
)
"""First words of a passage that is cut out of its sentence or says what the writer is about to do."""
NOBODY = word_class("nobody")
"""Sources that name nobody."""
_DENYING = word_class("denying")
_FEWEST_WORDS = 4
"""Words that a statement needs to be one."""
_NAMED = ABLE | {"place"}
_THINGS = frozenset(("benchmark", "chip", "model", "product"))
_PHRASES = ("said-phrase", "said-description")
"""Rules whose content is a thing, not a clause ("cited the delay", "called it a mistake")."""
_BARE_OBJECTS = frozenset("ein")
"""Frames of cues that also take things as objects."""
_SMALL = word_class("title_word")
_GUESSED = ("same-speaker", "subject")
"""Rules that give a quotation the speaker of what stands around it."""
_CONDITION = re.compile(r"\b(?:if|unless|until|whether)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OBJECT = re.compile(r"^\s+(?:on|about|of|for|to)\b.*\b(?:an?|its|the|their|his|her)\s+[a-z-]+\s+$", re.DOTALL)
"""Between cue and content: a thing that the "content" only describes ("elaborated on the ways it saves")."""
_RELATIVE = re.compile(r"\b(?:that|which|who)\b")
_APPOSED = re.compile(r",[^,]{2,90},|\([^)]{1,40}\)|–[^–]{2,90}–|—[^—]{2,90}—")
_WORD = re.compile(r"[\w'’-]+")


def plain(words: str) -> str:
    """Lower case with straight apostrophes."""
    return words.replace("’", "'").lower()


# -- quotations


def quotes(text: str, facts: Facts) -> Iterator[tuple[Quote, str | None]]:
    """The quotations that tell something by somebody, or are sentences of their own, and who says them where that is sure.

    No quotation stands twice where one of the two names nobody.
    """
    things = _things(facts)
    spoken = {_inner(text, quote) for quote in facts.quotes if quote.speaker}
    for quote in facts.quotes:
        if quote.kind == "scare" or _is_title(text, quote) or _is_unbalanced(text[quote.start + 1 : quote.end - 1]):
            continue
        speaker = _speaker(text, quote, things)
        if speaker is None:
            own = quote.kind == "direct" and not text[quote.start + 1].islower() and _is_closed(text, quote)
            if not own or (quote.speaker is None and _inner(text, quote) in spoken):
                continue
        elif _is_named(text, quote) or (
            len(text[quote.start + 1 : quote.end - 1].split()) < 2 and not _is_closed(text, quote)
        ):
            continue
        yield quote, speaker


def _speaker(text: str, quote: Quote, things: frozenset[str]) -> str | None:
    """Who says a quotation, where that is sure; None else."""
    if not quote.speaker or quote.speaker in things or not vouches(quote.speaker, named=True):
        return None
    if quote.rule in _GUESSED and not _goes_on(text, quote):
        return None
    return quote.speaker if _is_near(text, quote) and not _is_anothers(text, quote) else None


def _is_anothers(text: str, quote: Quote) -> bool:
    """Whether a relative clause about another person ends between the cue and a few words ("asked Reed, who left, calling it “odd”")."""
    between = text[(quote.cue_span or (0, quote.start))[1] : quote.start] if quote.kind == "partial" else ""
    return bool(_WHO.search(between)) or between.endswith(", which ")


_WHO = re.compile(r"\bwho\b[^.]*, \w+ing\b")


def _is_named(text: str, quote: Quote) -> bool:
    """Whether a few words in marks are a name ("known as a “coding agent”"), or a third person's ("OpenAI's “careful” work")."""
    before = text[max(0, quote.start - 30) : quote.start].lower()
    few = len(text[quote.start : quote.end].split()) < 4
    return bool(before.endswith(("'s ", "’s ")) or (few and _NAMING.search(before)))


_NAMING = re.compile(r"\b(?:known as|so-called|called|dubbed|named|nicknamed|termed|titled)(?: an?| the)? $")


def _goes_on(text: str, quote: Quote) -> bool:
    """Whether a quotation that nobody is said to have said is a sentence behind another one of the same paragraph."""
    if quote.rule != "same-speaker" or quote.speaker_span is None:
        return False
    between = text[quote.speaker_span[1] : quote.start]
    return "\n" not in between and between.rstrip()[-1:] in (".", "!", "?", "”", '"')


def _inner(text: str, quote: Quote) -> str:
    """The words of a quote without marks and the comma before "he said"."""
    return " ".join(text[quote.start : quote.end].split()).strip("“”\"'‘’«»„,. ").lower()


def _is_closed(text: str, quote: Quote) -> bool:
    return text[quote.start + 1 : quote.end - 1].rstrip()[-1:] in (".", ",", "!", "?", "…")


def _is_title(text: str, quote: Quote) -> bool:
    """Whether a quotation is the title of a work: every longer word has a capital, and there are two of them at least."""
    words = text[quote.start + 1 : quote.end - 1].split()
    long = [word for word in words if word.lower().strip(".,!?") not in _SMALL | PREPOSITIONS]
    return len(words) > 1 and len(long) > 1 and all(not word[0].islower() for word in (*long, words[-1]))


def _is_unbalanced(inner: str) -> bool:
    """Whether a passage between marks ends one quotation and begins the next, as the marks of the text do not fit."""
    return 0 <= inner.find("”") < inner.rfind("“")


def _is_near(text: str, quote: Quote) -> bool:
    """Whether a speaker is named in the quotation's paragraph, or the quotation is a sentence of its own that goes on with another."""
    if (
        quote.speaker_span is None
        or "\n" not in text[min(quote.end, quote.speaker_span[1]) : max(quote.start, quote.speaker_span[0])]
    ):
        return True
    behind = text[quote.end : quote.end + 3].lstrip(" ")
    return not behind[:1].islower()


def _things(facts: Facts) -> frozenset[str]:
    """Names of what cannot vouch for anything: models, products, tests."""
    able = {entity.name for entity in facts.entities if entity.type in ABLE}
    return frozenset(e.name for e in facts.entities if e.type in _THINGS) - able


# -- statements


def statements(text: str, facts: Facts, name: Callable[[Span], str]) -> Iterator[Attribution]:
    """The reported statements that can stand alone, by somebody; `name` gives the words or the name of a source."""
    things = _things(facts)
    for said in facts.attributions:
        if said.kind == "quote" or said.source is None or said.cue is None:
            continue
        source = name(said.source)
        words = text[slice(*said.source)]
        named = source != " ".join(words.split()) or names_within(facts, said.source, _NAMED)
        thing = source in things or (not named and names_within(facts, said.source, _THINGS))
        if thing or plain(source) in NOBODY or not vouches(source, named=named):
            continue
        if _is_statement(text, said) and not _is_cut_source(text, said.source) and not _depends(text, said):
            dateline = _DATELINE.match(text, *said.content)
            yield replace(said, content=(dateline.end(), said.content[1])) if dateline else said


_DATELINE = re.compile(r"[A-Z][\w.]+(?: [A-Z][\w.]+)?(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)? (?:—|–|--) (?=[A-Z])")


def _is_statement(text: str, said: Attribution) -> bool:
    """Whether the content is a whole clause and no embedded question; what is denied may be a thing, as its row shows the verb."""
    passage = text[slice(*said.content)]
    words = [word for word in passage.lower().split() if any(c.isalnum() for c in word)]
    words = words[1:] if words[:1] == ["that"] else words
    if len(words) < _FEWEST_WORDS or words[0] in _EMBEDDED or words[0] in _JOINING or _GOES_ON.search(passage):
        return False
    if _SAID_ONLY.fullmatch(passage):
        return False
    cues = _WORD.findall(text[slice(*said.cue or (0, 0))].lower())
    if said.polarity == "-" and words[0] in ("it", "them", "these", "this", "those"):
        return False
    if said.polarity == "-" and (passage.startswith("that ") or not _DENYING.isdisjoint(cues)):
        return True
    bare = passage[0].islower() and words[0] not in DETERMINERS | PRONOUNS
    if "added" in cues and bare and said.rule != "said-that":
        return False  # "has added disclaimers to its site"
    objects = any(not _BARE_OBJECTS.isdisjoint(use.frames) for cue in cues for use in CUES.get(cue, ()))
    behind = said.source is not None and said.source[0] < said.content[0]
    between = text[(said.cue or (0, 0))[1] : said.content[0]]
    if (said.polarity == "-" and ":" in between) or _OBJECT.search(between):
        return False
    return said.rule not in _PHRASES and is_statement(passage, objects=objects and behind)


def _is_cut_source(text: str, source: Span) -> bool:
    """Whether a source is only the end of a list ("artists" of "authors, publishers and artists")."""
    words = text[slice(*source)]
    return text[max(0, source[0] - 2) : source[0]] == ", " and words[0].islower() and " and " in words and (
        words.split()[0] not in DETERMINERS)  # fmt: skip


_SIDE = re.compile(r"(?:^|[.\n]\s*)(?:Although|As|Because|Since|Though|When|While) $")
"""Before a name: it is the subject of a side clause, and "…, saying" belongs to the main one."""


def _depends(text: str, said: Attribution) -> bool:
    """Whether a condition holds the statement ("if the emails show that"), or the cue belongs to a relative clause behind its content."""
    source, cue = said.source or (0, 0), said.cue or (0, 0)
    first = min(source[0], cue[0])
    if _CONDITION.search(text, max(0, first - 30), first):
        return True
    if _SIDE.search(text, max(0, source[0] - 12), source[0]) and text[slice(*cue)].endswith("ing"):
        return "," in text[source[1] : cue[0]]
    behind = said.content[1] <= source[0] and source[1] <= cue[0]
    return behind and bool(_RELATIVE.search(text, source[1], cue[0]))


def _start(entity: Entity) -> int:
    return entity.start


# -- forecasts


class Outlook(NamedTuple):
    """A forecast as a row shows it: its kind, and who holds it (empty where that is not sure)."""

    forecast: Forecast
    kind: str
    holder: str


def forecasts(text: str, facts: Facts, around: Callable[[int, int], str]) -> Iterator[Outlook]:
    """The forecasts that are whole clauses and no questions; `around` gives who vouches for a passage, or nothing."""
    bodies = frozenset(entity.name for entity in facts.entities if entity.type in ("company", "org", "outlet"))
    for found in facts.forecasts:
        forecast = _behind_saying(text, found, facts)
        passage, cue = plain(text[forecast.start : forecast.end]), _cue(forecast)
        if not _is_told(text, forecast, passage):
            continue
        subject, source = _subject(text, forecast, facts), around(forecast.start, forecast.end)
        held = bool(subject or source)
        if _is_noun(passage, cue, named=held):
            continue
        if passage.startswith("it ") and not _is_body(subject or source, bodies):
            continue
        if is_forecast(text, forecast.start, forecast.end, held=held, begins=bool(subject)):
            yield Outlook(forecast, _kind(passage, forecast, subject), _holder(passage, forecast, subject, source))


def _cue(forecast: Forecast) -> str:
    """The words by which a forecast was found; empty for a rule without any."""
    return forecast.rule.partition(": ")[2]


def _is_told(text: str, forecast: Forecast, passage: str) -> bool:
    """Whether a `passage` (lower case) tells what is to come: no question, no fragment, nothing vague or only possible."""
    first, cue = passage.split()[0], _cue(forecast)
    asked = passage.endswith("?") or text[forecast.end : forecast.end + 1] == "?"
    vague = forecast.kind == "prediction" and first.partition("'")[0] in _PRONOUNS
    weak = forecast.strength == "weak" and forecast.kind != "commitment"
    if asked or vague or weak or first in FRAGMENT or cue in _WEAK or _is_participle(passage, cue):
        return False
    return not is_cut(text, forecast.start, forecast.end)


def _behind_saying(text: str, forecast: Forecast, facts: Facts) -> Forecast:
    """A forecast without the words that say whose statement it is ("Reed told the station the maker will …")."""
    at = plain(text[forecast.start : forecast.end]).find(_cue(forecast)) + forecast.start
    first = bisect_right(facts.attributions, forecast.start, key=_content_start)
    last = bisect_right(facts.attributions, at, key=_content_start)
    for said in facts.attributions[first:last]:
        whole = said.source is not None and said.cue is not None and forecast.start <= min(said.source[0], said.cue[0])
        if whole and forecast.end <= said.content[1]:
            return replace(forecast, start=said.content[0])
    return forecast


def _content_start(said: Attribution) -> int:
    return said.content[0]


def _is_noun(passage: str, cue: str, *, named: bool) -> bool:
    """Whether a cue that is a noun or an adjective as often as a verb is none ("announced projects", "the estimated cost").

    `named`: somebody is named who may be its subject.
    """
    if cue not in _NOUNS:
        return False
    before = [word for word in _WORD.findall(passage.partition(cue)[0]) if not is_adverb(word)]
    if before and (before[-1] in BE or before[-1].endswith("'s")):
        return before[-1] not in BE
    return cue.endswith("ed") or not named


def _is_participle(passage: str, cue: str) -> bool:
    """Whether "aiming to" only describes a noun before it ("a venture aiming to build it"), without a form of "be"."""
    before = [word for word in _WORD.findall(passage.partition(cue)[0]) if not is_adverb(word)] if cue else []
    return cue.partition(" ")[0].endswith("ing") and bool(before) and before[-1] not in BE and "'" not in before[-1]


_PRONOUNS = frozenset(("he", "it", "she", "that", "these", "they", "this", "those"))
"""What is predicted of them, only the sentence before tells."""
_NOUNS = word_class("forecast_noun")
_WEAK = frozenset(
    (
        "aims for",
        "coming soon",
        "plans for",
        "confident about achieving",
        "encouraged about achieving",
        "factoring in",
        "guidance",
        "modeling",
        "planning",
        "plans include",
    )
)
"""Cues that seldom make a clause that tells what is to come."""


def _is_body(holder: str, bodies: frozenset[str]) -> bool:
    """Whether "it" in a promise can be its holder: a firm or an office, no person."""
    return holder in bodies or not _BODIES.isdisjoint(holder.lower().split())


def _kind(passage: str, forecast: Forecast, subject: str) -> str:
    """The kind of a forecast as a row shows it: "will" promises only where a person, a firm or "we" is its subject."""
    if forecast.kind != "commitment" or not _MODAL.search(forecast.rule):
        return forecast.kind
    return forecast.kind if subject or _OWN.match(passage) else "prediction"


_BODIES = word_class("body") | word_class("official_voice")
_MODAL = re.compile(r": (?:\w*'ll|will|won't|shall|going to)$")
_OWN = re.compile(r"(?:i|we|it|he|she|they|the (?:company|firm|startup|start-up))\b")


def _holder(passage: str, forecast: Forecast, subject: str, source: str) -> str:
    """Who holds a forecast, where that is sure: the subject of "X is expected to" or "X will be replaced" predicts nothing."""
    if forecast.kind == "prediction" and is_expected_by_others(passage):
        return source
    return subject or source


def _subject(text: str, forecast: Forecast, facts: Facts) -> str:
    """The holder that the layer found, if it is what the cue's clause is about and not only a part of that."""
    holder = forecast.holder or ""
    if not holder or plain(holder).partition("'")[0] in NOBODY:
        return ""
    cue = _cue(forecast)
    found = plain(text[forecast.start : forecast.end]).find(cue) if cue else -1
    at = forecast.start + found if found >= 0 else -1
    index = bisect_left(facts.entities, forecast.start, key=_start)
    named = [e for e in facts.entities[index : index + 12] if e.start < at and e.type in ABLE]
    if at < 0 or not named:
        return holder
    for entity in reversed(named):
        if _acts(text[entity.end : at]):
            if not _JOINED.search(text, max(forecast.start, entity.start - 60), entity.start):
                return entity.name
            return " ".join(text[forecast.start : entity.end].split())
    subject = " ".join(text[forecast.start : at].split())
    return subject if len(subject.split()) < 7 and vouches(subject) and not _RELATIVE.search(subject) else ""


_JOINED = re.compile(r"[A-Z][\w.]* and (?:the )?$")
"""Behind this, a name is only the second of two who act ("Harborline and Ostrell will …")."""


def _acts(between: str) -> bool:
    """Whether nothing but appositions, adverbs, auxiliaries and "said it" stands between a name and what it will do."""
    if between[:1] in ("'", "’"):
        return False
    words = [plain(word) for word in _WORD.findall(_APPOSED.sub(" ", between))]
    return all(
        word in AUXILIARIES or word in PRONOUNS or word in CUES or word in TIMES or word in _JOINTS or is_adverb(word)
        for word in words
    )


_JOINTS = frozenset(("and", "company", "no", "not", "on", "said", "that", "the", "this", "week", "which", "who"))
