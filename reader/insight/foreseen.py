"""Which forecasts are rows of the panel, of what kind, and who holds them: what is doubtful is left out.

A row is a clause of its own whose main verb is in the future ("will", "is expected to", "plans to"), with its subject in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from reader.insight.facts import Attribution, Entity, Facts, Forecast
from reader.insight.lexicons import terms
from reader.insight.readable import (
    NOBODY,
    before_in_sentence,
    comment_start,
    has_main_verb,
    is_cut,
    is_forecast,
    plain,
    trimmed,
    vouches,
)
from reader.insight.speech.contents import NOUN_CUES
from reader.insight.speech.cues import CUES, PAST, THIRD
from reader.insight.speech.speakers import COMPANY
from reader.insight.status import ABLE, names_within
from reader.insight.syntax.clauses import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    is_adverb,
    word_class,
)

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:—–“”\"(]")
_RELATIVES = frozenset(("that", "where", "which", "who", "whom", "whose"))
_PRONOUNS = frozenset(("he", "it", "she", "that", "these", "they", "this", "those"))
"""What is predicted of them, only the sentence before tells."""
_WITHIN = frozenset(("he", "i", "it", "she", "they", "we", "you"))
_LOOK_BACK = 24
"""Attributions that are looked at before a place; those around it begin no further back in practice."""


class Outlook(NamedTuple):
    """A forecast as a row shows it: its kind, and who holds it (empty where that is not sure)."""

    forecast: Forecast
    kind: str
    holder: str


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a forecast, its names masked: the subject ends at `group`, where the verb group with the cue `cue`-`tail` begins."""

    words: list[str]
    starts: list[int]
    group: int
    cue: int
    tail: int

    @property
    def subject(self) -> list[str]:
        return self.words[: self.group]

    @property
    def verb(self) -> list[str]:
        """What follows the cue, without adverbs."""
        return [word for word in self.words[self.tail : self.tail + 6] if not is_adverb(word) and word not in NEGATIONS]


def forecasts(text: str, facts: Facts, around: Callable[[int, int], str]) -> Iterator[Outlook]:
    """The forecasts that are whole clauses about what is to come; `around` gives who vouches for a passage, or nothing."""
    bodies = frozenset(entity.name for entity in facts.entities if entity.type in ("company", "org", "outlet"))
    hearsay = len(_HEARSAY.findall(text)) > 1
    for found in facts.forecasts:
        forecast = _behind_saying(text, found, facts)
        clause = _clause(text, forecast, facts)
        if clause is None:
            continue
        forecast = _without_comment(text, forecast, clause)
        source = around(forecast.start, forecast.end)
        if _SEATED.match(source):
            continue
        if _is_told(text, forecast, clause) and _is_main(text, forecast, clause, facts, source):
            row = _row(text, forecast, clause, facts, source, bodies)
            if row is not None and hearsay and not source and _is_modal(clause):
                row = Outlook(row.forecast, "plan" if row.kind == "commitment" else row.kind, "")
            if row is not None:
                yield row


_SEATED = re.compile(r"[A-Z][\w.]*-based [a-z]")
"""A source that begins in the middle of "the Santa Rosa, California-based firm"."""
_HEARSAY = re.compile(
    r"\b(?:reportedly|rumou?red|is said to|(?:according to|as per) (?:an? |the )?(?:\w+ )?reports?"
    r"|the report (?:says|said|adds|suggests|claims|notes)|people familiar with)\b",
    re.IGNORECASE,
)
"""Words of an article that passes on what others have heard: what it says that a firm will do, the firm has not promised."""


def _row(
    text: str, forecast: Forecast, clause: _Clause, facts: Facts, source: str, bodies: frozenset[str]
) -> Outlook | None:
    """The row of a forecast; None where nobody is known to promise what is promised, or the writer only tells how things go."""
    subject = _subject(text, forecast, clause, facts)
    if not is_forecast(text, forecast.start, forecast.end, held=bool(subject or source), begins=False):
        return None
    forecast = replace(forecast, horizon=_horizon(text, forecast, clause))
    pledged = _has_cue(text, forecast, facts, _PLEDGING)
    if _is_modal(clause):
        kind = _kind_of_will(forecast, clause, subject, source, bodies, _has_cue(text, forecast, facts, _ANNOUNCING))
    else:
        kind = forecast.kind if subject or forecast.kind == "prediction" else ""
        if kind == "prediction" and not _needs_be(clause) and not _has_be(clause):
            subject = subject or ("" if _tells(clause) else _crowd(text, clause))
            kind = kind if subject else ""
    if pledged and kind != "":
        kind = "commitment"
    holder = source if pledged else _holder(clause, kind, subject, source)
    if kind == "commitment" and not holder:
        return None
    return Outlook(forecast, kind, holder) if kind else None


# -- the clause


def _clause(text: str, forecast: Forecast, facts: Facts) -> _Clause | None:
    """The words of a forecast around its cue; None where the cue is not found, or nothing stands before its verb group."""
    found = list(_WORD.finditer(text, forecast.start, forecast.end))
    words = [plain(match.group()) for match in found]
    cue = forecast.rule.partition(": ")[2].split()
    if not cue or forecast.rule.partition(": ")[2] in _WEAK:
        return None
    at = next((i for i in range(len(words)) if words[i : i + len(cue)] == cue), 0)
    group = at
    while group and (words[group - 1] in AUXILIARIES | NEGATIONS or is_adverb(words[group - 1])):
        group -= 1
    if group == 0:
        return None
    spans = _names(facts, forecast)
    for i, match in enumerate(found[:group]):
        named = any(start <= match.start() < end for start, end in spans)
        if (named or (i and match.group()[0].isupper())) and not words[i].endswith("'s"):
            words[i] = _NAME
    return _Clause(words, [match.start() for match in found], group, at, at + len(cue))


_NAME = "name"
"""Stands for a word of a name: "Applied" is then no verb."""
_WEAK = frozenset(
    ("aims for", "coming soon", "confident about achieving", "encouraged about achieving", "expectation to", "expectations for",
     "eyeing", "factoring in", "guidance", "modeling", "most likely to", "my bet is", "my expectation", "my prediction",
     "our expectation", "our expectations for", "planning", "plans for", "plans include")
)  # fmt: skip
"""Cues that seldom make a clause that tells what is to come."""


def _names(facts: Facts, forecast: Forecast) -> list[tuple[int, int]]:
    index = bisect_right(facts.entities, forecast.start, key=_start)
    until = bisect_left(facts.entities, forecast.end, key=_start)
    return [(e.start, e.end) for e in facts.entities[max(0, index - 1) : until]]


def _start(entity: Entity) -> int:
    return entity.start


def _is_modal(clause: _Clause) -> bool:
    """Whether the cue is "will" or a form of it, which foretells, promises and announces alike."""
    cue = clause.words[clause.cue]
    return cue in MODALS or cue.endswith("'ll") or cue in ("going", "gonna", "won't")


def _tells(clause: _Clause) -> bool:
    """Whether the cue is a verb of foretelling, whose subject must be somebody ("Calder expects")."""
    return clause.words[clause.cue].endswith("s") and clause.words[clause.cue] not in BE | {"plans"}


# -- what is left out


def _is_told(text: str, forecast: Forecast, clause: _Clause) -> bool:
    """Whether the clause has its subject and a future verb, and is no question, no rule for anybody and nothing only possible."""
    first = clause.words[0]
    asked = "?" in text[forecast.start : forecast.end + 1]
    vague = forecast.kind == "prediction" and first.partition("'")[0] in _PRONOUNS
    weak = forecast.strength == "weak" and forecast.kind != "commitment"
    if asked or vague or weak or first in _FRAGMENT or first in _ANYTHING:
        return False
    if _needs_be(clause) and not _has_be(clause):
        return False
    if clause.words[clause.cue].startswith("target") and not any(word[0].isdigit() for word in clause.verb):
        return False
    if clause.words[clause.cue] in ("would", "could", "may", "might", "should"):
        return False
    return not _is_required(clause) and not is_cut(text, forecast.start, forecast.end)


_FRAGMENT = frozenset(
    ("and", "but", "could", "or", "that", "these", "those", "this", "which", "who", "will", "won't", "would")
)
"""First words of a passage that is cut out of its sentence, or whose subject only another sentence tells."""
_ANYTHING = frozenset(
    ("any", "anybody", "anyone", "anything", "each", "every", "everybody", "everyone", "everything", "nobody", "nothing", "others",
     "some", "there", "what", "whatever", "whoever", "you", "your")
)  # fmt: skip
"""First words of a clause about anybody or about no one thing."""


def _needs_be(clause: _Clause) -> bool:
    """Whether the cue is a participle or an adjective, which foretells only behind a form of "be"."""
    cue = clause.words[clause.cue]
    return cue in _PARTICIPLES or (cue.endswith("ing") and cue != "going")


_PARTICIPLES = frozenset(
    ("anticipated", "bound", "due", "estimated", "expected", "forecasted", "guided", "likely", "on", "poised", "predicted",
     "projected", "scheduled", "seen", "set", "slated", "tipped", "unlikely")
)  # fmt: skip


def _has_be(clause: _Clause) -> bool:
    before = clause.words[clause.cue - 1 : clause.cue]
    return any(word in BE or word.endswith(("'s", "'re", "'m")) or word in ("remain", "remains") for word in (
        *before, *clause.words[clause.group : clause.cue]))  # fmt: skip


def _is_required(clause: _Clause) -> bool:
    """Whether the verb behind "will" tells a rule or a need ("bids will have to", "a judge will need to")."""
    verb = clause.verb
    if verb[:2] in (["have", "to"], ["need", "to"]) or verb[:1] in (["require"], ["depend"], ["need"]):
        return _is_modal(clause)
    return verb[:1] == ["be"] and verb[1:2] in (
        ["required"],
        ["needed"],
        ["allowed"],
        ["eligible"],
        ["subject"],
        ["expected"],
    )


def _is_main(text: str, forecast: Forecast, clause: _Clause, facts: Facts, source: str) -> bool:
    """Whether the cue is the main verb of its clause, and the clause depends on nothing before it but somebody's saying."""
    return _has_plain_subject(clause) and _stands_free(text, forecast, clause, facts, source)


def _has_plain_subject(clause: _Clause) -> bool:
    """Whether the words before the verb group are one noun phrase: no other verb, no open relative clause, nothing cut off."""
    subject = clause.subject
    words = [word for word in subject if not is_adverb(word)]
    if (
        not words
        or words[-1].endswith(("'s", "s'"))
        or words[-1] in PREPOSITIONS | DETERMINERS | {"and", "or", "but", ";", ":", "—", "“", '"'}
    ):
        return False
    if words[0] in PREPOSITIONS and "," not in words:
        return False
    if words[0] in CUES and not words[0].endswith("s") and words[1:2] != [] and words[1] not in PREPOSITIONS:
        return False
    if any(
        word in CUES and any(c.shape in (PAST, THIRD) for c in CUES[word]) and word not in _NOUNS for word in words[1:]
    ):
        return False
    return not (_is_open_relative(words) or _is_contact(subject) or has_main_verb(_unled(subject)))


_NOUNS = terms("plural_verbs")


def _unled(words: list[str]) -> list[str]:
    """The words without participles behind a noun ("a round led by")."""
    return [_NAME if after == "by" else word for word, after in zip(words, [*words[1:], ""], strict=True)]


def _is_open_relative(words: list[str]) -> bool:
    """Whether the verb group belongs to a relative clause in the subject ("chips that Calder will make")."""
    last = max((i for i, word in enumerate(words) if word in _RELATIVES), default=-1)
    return last > 0 and "," not in words[last:] and not has_main_verb(words[last + 1 :])


def _is_contact(words: list[str]) -> bool:
    """Whether a second noun phrase follows the first at once: the verb is its ("the impact the technology will have")."""
    first = words.index(_NAME) if _NAME in words else 0
    plural = (
        words[first - 1].endswith("s") and not words[first - 1].endswith(("ss", "'s", "s'")) if first > 1 else False
    )
    if plural and {_NAME} == set(words[first:]):
        return True  # "the number of chips Calder plans to buy"
    return any(
        (word in _ARTICLES or word in _WITHIN)
        and before not in PREPOSITIONS
        and before not in _BETWEEN
        and before not in TIMES
        and before not in word_class("period")
        and not is_adverb(before)
        for before, word in pairwise(words)
    )


_ARTICLES = word_class("article") | frozenset(("its", "their", "his", "her", "our", "my"))
_BETWEEN = frozenset((",", ";", ":", "—", "–", "(", "“", '"', "all", "and", "both", "but", "half", "nor", "or", "than"))


def _stands_free(text: str, forecast: Forecast, clause: _Clause, facts: Facts, source: str) -> bool:
    """Whether what stands before the clause leaves it a statement: of the article, or of somebody who is known.

    What nobody known says, fears or believes is nobody's forecast, and never the article's.
    """
    said = list(_around(facts, forecast))
    if not source and (said or _is_quoted(facts, forecast)):
        return False
    if any(_is_relative_source(text, a) for a in said):
        return False
    before = before_in_sentence(text, forecast.start)
    words = [plain(word) for word in _WORD.findall(before)]
    while words and words[-1] in ('"', "“"):
        words.pop()
    if not words or _is_listed(words, clause):
        return not words
    if words[-1] in _HANGING or _HELD_UP.search(before):
        return False
    if words[-1] == "that" and words[-2:-1] and words[-2] in NOUN_CUES and words[-2] not in CUES:
        return False
    if words[-1] == "that" or (words[-1] in CUES and words[-1] not in _NOUNS):
        at = forecast.start if words[-1] != "that" else text.rfind("that", 0, forecast.start)
        return any(a.content[0] in (at, forecast.start) for a in said)
    return True


def _is_listed(before: list[str], clause: _Clause) -> bool:
    """Whether the subject is only the end of a list ("Back office, [middle office and sales] are likely to")."""
    if before[-1] in ("and", "or") and "," in before and clause.words[0] == _NAME:
        return not has_main_verb(before)  # "Calder, Plinth and [Ostrell] will"
    if before[-1] != "," or len(before) not in (3, 4) or not {"and", "or"}.intersection(clause.subject):
        return False
    joints = PREPOSITIONS | TIMES | word_class("period") | word_class("subordinator") | word_class("determiner")
    return joints.isdisjoint(before) and not has_main_verb(before)


_HANGING = frozenset(
    ("as", "how", "if", "once", "than", "till", "unless", "until", "what", "when", "where", "whereby", "whether", "which", "who",
     "whom", "whose", "why")
)  # fmt: skip
_HELD_UP = re.compile(
    r"(?:^|[,:;—]\s*|\b(?:that|and|but)\s+)[\"“]?(?:as long as|even if|if|once|provided|should|unless|without)\b[^.;]*,\s*$",
    re.IGNORECASE,
)
"""Before a clause: a condition ("Once developed, …")."""


def _is_relative_source(text: str, said: Attribution) -> bool:
    """Whether a source is only the subject of a relative clause ("models that they hope …")."""
    return said.source is not None and bool(_RELATIVE.search(text, max(0, said.source[0] - 12), said.source[0]))


_RELATIVE = re.compile(r"\b(?:that|which|who|whom)\s$")


def _around(facts: Facts, forecast: Forecast) -> Iterator[Attribution]:
    """The attributions whose content holds a forecast, the nearest first."""
    last = bisect_right(facts.attributions, forecast.start, key=_content_start)
    for index in range(last - 1, max(-1, last - 1 - _LOOK_BACK), -1):
        if forecast.end <= facts.attributions[index].content[1]:
            yield facts.attributions[index]


def _is_quoted(facts: Facts, forecast: Forecast) -> bool:
    index = bisect_right(facts.quotes, forecast.start, key=lambda quote: quote.start) - 1
    return index >= 0 and forecast.start < facts.quotes[index].end


# -- the span


def _behind_saying(text: str, forecast: Forecast, facts: Facts) -> Forecast:
    """A forecast without the words that say whose statement it is ("Reed told the station the maker will …")."""
    at = plain(text[forecast.start : forecast.end]).find(_cue(forecast)) + forecast.start
    first = bisect_right(facts.attributions, forecast.start, key=_content_start)
    last = bisect_right(facts.attributions, at, key=_content_start)
    for said in facts.attributions[first:last]:
        whole = said.source is not None and said.cue is not None and forecast.start <= min(said.source[0], said.cue[0])
        if whole and forecast.end <= said.content[1]:
            start = said.content[0]
            return replace(forecast, start=start + 5 * text.startswith("that ", start))
    return forecast


def _cue(forecast: Forecast) -> str:
    """The words by which a forecast was found; empty for a rule without any."""
    return forecast.rule.partition(": ")[2]


def _content_start(said: Attribution) -> int:
    return said.content[0]


def _without_comment(text: str, forecast: Forecast, clause: _Clause) -> Forecast:
    """A forecast without what the writer remarks behind it, and without a second verb that is in no future tense."""
    floor = clause.starts[clause.tail - 1]
    end = comment_start(text, floor, forecast.end)
    if said := _SAID_BEHIND.search(text, floor, end):
        end = said.start()
    other = _SECOND.search(text, floor, end) if _is_modal(clause) or _needs_be(clause) else None
    return replace(forecast, end=trimmed(text, forecast.start, other.start() if other else end))


_SAID_BEHIND = re.compile(
    r", (?:[\w.’'-]+ ){1,5}(?:added|noted|reported|reports|said|says|wrote)(?: (?:at|during|in|on|to) [^,]*)?$"
)
"""Words of saying behind a forecast."""
_SECOND = re.compile(
    r",? (?:and|but) (?:(?:also|now|already|still|\w+ly) )?(?:is|are|was|were|has|have|had|could|may|might|would|serves)\b"
)


def _horizon(text: str, forecast: Forecast, clause: _Clause) -> str | None:
    """The time to come, where it is whole and belongs to the future verb, not to another one or to a saying."""
    time = forecast.horizon
    if not time or time.lower() in _NO_TIME or _MODIFIER.search(time):
        return None
    if len(_YEAR.findall(time)) < 2 and len(set(_YEAR.findall(text, clause.starts[0], forecast.end))) > 1:
        return None  # "from $2 billion in 2022 to $9 billion in 2027"
    leading = re.compile(re.escape(time) + r",?\s+[\"“]?$", re.IGNORECASE)
    if leading.search(text, max(0, forecast.start - len(time) - 4), forecast.start):
        return time if time.lower().split()[-1] not in _DAYS else None
    at = text.find(time, clause.starts[clause.tail - 1], forecast.end)
    if at < 0 or _BROKEN.match(text, at + len(time)):
        return None
    between = plain(text[clause.starts[clause.tail - 1] : at])
    if _OTHERS_TIME.search(between) or (_PARTICIPLE.search(between) and not _BE_DONE.search(between)):
        return None
    return time


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_TIME = frozenset(("eventually", "now", "today", "soon", "over time"))
_MODIFIER = re.compile(r"-(?:quarter|year|half|month)$")
"""The end of a word that only modifies a noun ("an increase in second-quarter profit")."""
_DAYS = word_class("weekday")
_BROKEN = re.compile(r"\s?[–—-]\s?\w|['’]s?\b|\s(?:end(?:ing|ed)|to [A-Z])")
"""Behind a time that goes on ("2025–2026", "by year’s end")."""
_OTHERS_TIME = re.compile(r"\b(?:after|because|following|since|than|when|which|while|who|said|says|told)\b")
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|wn|made|held|built|sold|led)\s$")
_BE_DONE = re.compile(r"\b(?:be|been|get|gets|is|are)\s(?:\w+\s){1,2}$")


# -- kind and holder


def _kind_of_will(
    forecast: Forecast, clause: _Clause, subject: str, source: str, bodies: frozenset[str], announced: bool
) -> str:
    """What "will" is: a promise of its subject, a plan that is announced, or a prediction; empty for what the writer only tells."""
    verb = clause.verb
    passive = verb[:1] == ["be"] and verb[1:2] != [] and verb[1].endswith(("ed", "wn", "en", "lt", "made"))
    own = clause.subject[-1:] and clause.subject[-1].partition("'")[0] in _OWN_PRONOUNS
    happens = bool(verb and verb[0] in _UNDERGOING | {"be"})
    if source and not own and announced and clause.subject[0] not in _PRONOUNS and not happens:
        return "plan"
    if source and subject and not own and not passive and _is_other(subject, source):
        return "plan" if verb and verb[0] not in _OF_THINGS | _UNDERGOING else "prediction"
    if (
        forecast.kind == "commitment"
        and (subject or own)
        and not passive
        and (verb[:1] != ["be"] or (verb[1:2] and verb[1].endswith("ing")))
    ):
        thing = clause.subject[-1:] == ["it"] and (
            bool(verb and verb[0] in _OF_THINGS) or not _is_body(subject or source, bodies)
        )
        return "" if thing else "prediction" if verb[:1] and verb[0] in _UNDERGOING else "commitment"
    arranged = passive or bool(verb and verb[0] in terms("undertaking_verbs") and verb[:2] != ["be", _NAME])
    if clause.subject[0] in _PRONOUNS or not (source or forecast.horizon):
        return ""
    if source:
        return "prediction"
    return "plan" if arranged and (verb[0] != "be" or passive or verb[1:2] in _READY) else "prediction"


_OWN_PRONOUNS = frozenset(("i", "we", "he", "she", "it", "they"))
_READY = (["available"], ["open"], ["ready"], ["operational"], ["held"], ["online"])
_UNDERGOING = frozenset(
    ("benefit", "continue", "double", "enjoy", "exceed", "face", "fail", "fall", "gain", "grow", "lose", "miss", "need", "outperform",
     "reach", "rise", "see", "shrink", "struggle", "suffer", "surpass", "triple", "win")
)  # fmt: skip
"""What only happens to a firm: of it, somebody else makes a prediction and tells no plan."""
_OF_THINGS = frozenset(("allow", "become", "bring", "come", "cost", "enable", "feature", "give", "have", "help", "include", "let",
                        "make", "mean", "remain", "require", "run", "take", "work"))  # fmt: skip
"""Verbs of things: "it will cost $30" promises nothing of the firm."""


def _is_other(subject: str, source: str) -> bool:
    """Whether who speaks is not who acts ("a person said that Calder will pay"): then he tells a plan, and promises nothing."""
    words = set(_WORD.findall(plain(subject))) - {"the", "a"}
    return words.isdisjoint(_WORD.findall(plain(source))) and not COMPANY.fullmatch(plain(subject))


def _is_body(holder: str, bodies: frozenset[str]) -> bool:
    """Whether "it" in a promise can be its holder: a firm or an office, no person."""
    return holder in bodies or not _BODIES.isdisjoint(plain(holder).split())


_BODIES = word_class("body") | word_class("official_voice")


def _subject(text: str, forecast: Forecast, clause: _Clause, facts: Facts) -> str:
    """Who the clause is about, where that is somebody named, or a noun phrase for somebody; empty for things and crowds."""
    begin, at = clause.starts[0], clause.starts[clause.group]
    words = [word for word in clause.subject if not is_adverb(word)]
    if len(words) == 1 and words[0] in PRONOUNS:
        holder = forecast.holder or ""
        return "" if plain(holder).partition("'")[0] in NOBODY or words[0] in ("they", "that", "this") else holder
    if COMPANY.fullmatch(" ".join(words)):
        return forecast.holder or " ".join(text[begin:at].split())
    index = bisect_left(facts.entities, forecast.start, key=_start)
    named = [e for e in facts.entities[index : index + 12] if e.end <= at and e.type in ABLE]
    for entity in reversed(named):
        if _acts(text[entity.end : at]) and not _is_complement(text, begin, entity):
            if not _JOINED.search(text, max(forecast.start, entity.start - 60), entity.start):
                return entity.name
            return " ".join(text[forecast.start : entity.end].split())
    known = names_within(facts, (begin, at), ABLE | {"place"})
    return _phrase(" ".join(text[begin:at].split()), words, clause, known=known)


def _is_complement(text: str, begin: int, entity: Entity) -> bool:
    """Whether a name only belongs to the noun before it ("the sale of Calder will")."""
    before = text[begin : entity.start].lower().split()
    return bool(before) and (before[-1] in PREPOSITIONS or before[-2:-1] == ["of"])


def _phrase(subject: str, words: list[str], clause: _Clause, *, known: bool) -> str:
    """A noun phrase for somebody as its own words; empty for things, for many, and for what is too long to be read at once.

    `known`: somebody who can act, or a place, is named in it.
    """
    bare = re.sub(r"(?:\s(?:also|now|still|already|reportedly|\w+ly|is|are|has|have))+$", "", subject)
    many = words[0] in _MANY or bare[:1].isdigit() or (words[0] in _ARTICLES - word_class("article"))
    if many or len(bare.split()) > 6 or _RELATIVES.intersection(words) or not vouches(bare):
        return ""
    if words[0] in word_class("article"):
        return bare
    parted = _is_modal(clause) and not PREPOSITIONS.isdisjoint(words)
    return bare if known and not parted else ""  # "Revenue will", "Global banks will", "Generative AI aims to"


def _crowd(text: str, clause: _Clause) -> str:
    """The words for many who expect something ("Eight in ten bankers", "25% of firms"); empty for a bare share and for a long phrase."""
    subject = " ".join(text[clause.starts[0] : clause.starts[clause.group]].split())
    return (
        "" if len(subject.split()) > _LONGEST or not re.search(r"[a-z]{3}", subject.replace("percent", "")) else subject
    )


_LONGEST = 9
"""Words beyond which a phrase for many is not read at once."""


_MANY = frozenset(("all", "both", "few", "half", "hundreds", "many", "more", "most", "no", "only", "several", "some", "these",
                   "thousands", "those"))  # fmt: skip
_JOINED = re.compile(r"[A-Z][\w.]* and (?:the )?$")
"""Behind this, a name is only the second of two who act ("Harborline and Ostrell will …")."""
_APPOSED = re.compile(r",[^,]{2,90},|\([^)]{1,40}\)|–[^–]{2,90}–|—[^—]{2,90}—")


def _acts(between: str) -> bool:
    """Whether nothing but appositions, adverbs, auxiliaries and "said it" stands between a name and what it will do."""
    if between[:1] in ("'", "’"):
        return False
    words = [plain(word) for word in _WORD.findall(_APPOSED.sub(" ", between))]
    return all(
        word in AUXILIARIES or word in PRONOUNS or word in CUES or word in TIMES or word in _JOINTS or is_adverb(word)
        for word in words
    )


_JOINTS = frozenset((",", "and", "company", "no", "not", "on", "said", "that", "the", "this", "week", "which", "who"))


def _holder(clause: _Clause, kind: str, subject: str, source: str) -> str:
    """Who holds a forecast, where that is sure: the subject of "X is expected to" or "X will rise" predicts nothing."""
    foretold = kind == "plan" or (kind == "prediction" and (_is_modal(clause) or _needs_be(clause)))
    return source if foretold else subject or source


def _has_cue(text: str, forecast: Forecast, facts: Facts, cues: frozenset[str]) -> bool:
    """Whether the nearest somebody says it with one of some words ("pledged that the state will")."""
    for said in _around(facts, forecast):
        if said.cue is not None and said.source is not None:
            return not cues.isdisjoint(plain(text[slice(*said.cue)]).split())
    return False


_ANNOUNCING = frozenset(
    ("announced", "announces", "confirmed", "confirms", "decided", "disclosed", "revealed", "unveiled")
)
_PLEDGING = frozenset(
    ("committed", "guaranteed", "guarantees", "pledged", "pledges", "pledging", "promised", "promises", "promising", "vowed", "vowing",
     "vows")
)  # fmt: skip
