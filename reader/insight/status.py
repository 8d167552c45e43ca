"""The status of a claim: who stands behind it, read off the layers around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from reader.insight.facts import Attribution, Facts, Figure, Forecast, Hedge, Quote, Ranking, Score, Span
from reader.insight.lexicons import terms
from reader.insight.syntax.clauses import PREPOSITIONS, RELATIVES, SOURCE_NOUNS, word_class

ANNOUNCED, NAMED, UNNAMED = "announced", "named source", "unnamed sources"
ESTIMATE, VENDOR, FORECAST, DENIED = "estimate", "vendor benchmark", "forecast", "denied"
STATUSES = (DENIED, UNNAMED, VENDOR, FORECAST, ESTIMATE, NAMED, ANNOUNCED)
"""Every status, the one that matters most to a reader first; a claim has the first that fits, or none ("")."""

Row = Figure | Score | Ranking | Quote | Attribution | Forecast
_NOT_NEWS = re.compile(
    r"(?:\b(?:an?|its|just|newly|previously|recently|the|their)|['’]s) (?:just |newly |recently )?\w+ed\b"
)
"""What is called announced is not what the sentence announces."""
_NAMELESS, _OFFICIAL = word_class("nameless"), word_class("official_voice")
_DENYING, _ESTIMATING, _ANNOUNCING = word_class("denying"), word_class("estimating"), word_class("announcing")
_PUBLIC = word_class("public_voice")
"""People whose office speaks in public: "a lawmaker" hides nobody."""
_PAST = word_class("past_verb") - {"be"}
_FUTURE = (
    word_class("modal")
    | word_class("expected_participle")
    | frozenset(("aims", "expects", "forecasts", "hopes", "plans", "sees", "to"))
)
"""Words from which on a passage speaks of the future."""
_REPORTS = re.compile(
    r"\b(?:(?:by|from|in|local|media|recent|to|with)\s+reports?|reports?\s+(?:indicat\w+|of|suggest\w*|that))\b"
)
"""Reports of others, which announce nothing."""
ABLE = frozenset(["person", "company", "org", "outlet"])
"""Types of entities that can speak and act."""
_ESTIMATED = 4
"""Words in front of a number in which "estimate" is said of it ("compared with estimates of about")."""
_LOOK_BACK = 24
"""Rows of a layer that are looked at before a place; passages around it begin no further back in practice."""


def status_of(row: Row, facts: Facts, text: str) -> str:
    """Status of one row of `facts`, found in `text`; "" where the text gives none (the writer's own plain report).

    Raises nothing: a row of another text simply finds nothing around it.
    """
    span = (row.content[0], row.content[1]) if isinstance(row, Attribution) else (row.start, row.end)
    said = [row] if isinstance(row, Attribution) else list(_around(facts.attributions, span))
    sentence = _sentence(facts, span)
    if any(a.polarity == "-" and _has(_cut(text, a.cue), _DENYING) and _is_denied(row, a, text) for a in said):
        return DENIED
    if _is_unnamed(row, said, facts, text, sentence):
        return UNNAMED
    if isinstance(row, Score | Ranking) and _is_vendors_own(said, facts, text, sentence):
        return VENDOR
    if isinstance(row, Forecast) or (_is_forecast(row, facts, span) and not _is_past(row, facts, text)):
        return FORECAST
    if _is_estimate(row, said, facts, text):
        return ESTIMATE
    sources = _sources(row, said)
    if any(not _is_crowd(facts, text, source) for source in sources):
        return NAMED
    if sources or _has_speaker(row, facts, span):
        return "" if sources else NAMED
    if isinstance(row, Figure) and not _has(
        _NOT_NEWS.sub("", _clause_before(text, sentence[0], row.start)), _ANNOUNCING
    ):
        return ""
    return ANNOUNCED if _is_announced(facts, text, sentence) else ""


def _around(attributions: Sequence[Attribution], span: Span) -> Iterator[Attribution]:
    """The attributions whose content holds `span`, the nearest first."""
    last = bisect_right(attributions, span[0], key=lambda a: a.content[0])
    for index in range(last - 1, max(-1, last - 1 - _LOOK_BACK), -1):
        if span[1] <= attributions[index].content[1]:
            yield attributions[index]


def _is_forecast(row: Row, facts: Facts, span: Span) -> bool:
    """Whether a forecast holds the row; a statement within one ("will go to trial after a judge found that …") is none itself."""
    forecast = _holder(facts.forecasts, span)
    return forecast is not None and not (isinstance(row, Attribution) and forecast.start < span[0])


def _is_denied(row: Row, said: Attribution, text: str) -> bool:
    """Whether a denial is of the row: of a figure only as part of a whole first clause ("denied paying too much for a $1 billion firm")."""
    if not isinstance(row, Figure):
        return True
    before = text[said.content[0] : row.start]
    return not (before.partition(" ")[0].endswith("ing") or ", " in before)


def _clause_before(text: str, start: int, end: int) -> str:
    """The words from `start` to `end` that stand in the same clause as what begins at `end`, in lower case."""
    return _BREAK.split(text[start:end].lower())[-1]


_BREAK = re.compile(
    r"[;:—–()“”]|, |\b(?:after|although|and|as|because|before|but|from|if|than|that|when|whereas|which|while|who)\b"
)
"""What parts the clause of a figure from the words before."""


def _is_past(row: Row, facts: Facts, text: str) -> bool:
    """Whether a figure in what a forecast says is there already.

    It is told as past in front of the future ("profit rose 54% and is expected to"), or known ("for each of the 40,000 books",
    "after a 35% jump").
    """
    if not isinstance(row, Figure):
        return False
    forecast = _holder(facts.forecasts, (row.start, row.end))
    if forecast is None:
        return False
    before = _words(text[forecast.start : row.start].lower())
    verb = _WILL.search(text, forecast.start, forecast.end)
    begin = verb.end() if verb else forecast.start
    if row.end <= begin or before[-1:] in (["from"], ["the"], ["its"], ["their"], ["these"], ["those"]):
        return True
    if not _FORMER.isdisjoint(before[-_ESTIMATED:]):
        return True
    if _KNOWN.search(text, begin, row.start):
        return True
    return any(word in _PAST for word in before[-_ESTIMATED:]) and not any(word in _FUTURE for word in before)


_FORMER = frozenset(("current", "earlier", "existing", "last", "previous", "prior"))
"""In front of a value that is or was so already ("a rise from its last valuation of")."""
_WILL = re.compile(r"\b(?:will|won['’]t|would|could)\b")
"""Verbs of the future whose subject is there already ("a $5 million plant will open")."""
_KNOWN = re.compile(
    r":|\b(?:after|following|already|compared (?:with|to)|up from|down from|rather than|versus)\b(?:[^,.]*)$",
    re.IGNORECASE,
)
"""In front of a value that is there already."""


def _holder(rows: Sequence[Forecast] | Sequence[Quote], span: Span) -> Forecast | Quote | None:
    """The last of `rows` that holds `span`."""
    last = bisect_right(rows, span[0], key=lambda r: r.start)
    for index in range(last - 1, max(-1, last - 1 - _LOOK_BACK), -1):
        if span[1] <= rows[index].end:
            return rows[index]
    return None


def _sentence(facts: Facts, span: Span) -> Span:
    """The sentence in which `span` begins, or `span` itself."""
    index = bisect_right(facts.sentences, span[0], key=lambda s: s.start) - 1
    if index < 0 or facts.sentences[index].end <= span[0]:
        return span
    return facts.sentences[index].start, facts.sentences[index].end


def _cut(text: str, span: Span | None) -> str:
    return "" if span is None else text[span[0] : span[1]].lower()


def _words(passage: str) -> list[str]:
    return passage.replace("’", "'").replace(",", " ").replace(".", " ").split()


def _has(passage: str, words: frozenset[str]) -> bool:
    """Whether one of `words` is in the passage."""
    return any(word in words for word in _words(passage))


def _names_person(facts: Facts, span: Span) -> bool:
    """Whether a person is named within `span`."""
    return names_within(facts, span, frozenset(["person"]))


def names_within(facts: Facts, span: Span, types: frozenset[str] = ABLE) -> bool:
    """Whether an entity of one of some types is named within `span`."""
    index = bisect_left(facts.entities, span[0], key=lambda e: e.start)
    while index < len(facts.entities) and facts.entities[index].start < span[1]:
        if facts.entities[index].type in types:
            return True
        index += 1
    return False


def _is_unnamed(row: Row, said: list[Attribution], facts: Facts, text: str, sentence: Span) -> bool:
    """Whether nobody who can be named stands behind the claim: "people familiar with the matter", "reportedly", "is said to"."""
    sources = _sources(row, said)
    if sources:
        around = text[min(sentence[0], *(s[0] for s in sources)) : sentence[1]].lower()
        hidden = any(phrase in around for phrase in _HIDING) or bool(_CITING.search(around))
        return any(_is_nameless(facts, text, s) or (hidden and not _names_person(facts, s)) for s in sources)
    if any(a.cue is not None and a.source is None and a.kind == "indirect" for a in said):
        return True
    if any(
        h.category == "evidential_gap" and text[h.start : h.end].lower().endswith("edly") and _is_within(row, h, text)
        for h in _hedges(facts, sentence)
    ):
        return True
    passage = text[sentence[0] : sentence[1]].lower()
    return not isinstance(row, Quote) and any(phrase in passage for phrase in _PHRASES)


def _is_within(row: Row, hedge: Hedge, text: str) -> bool:
    """Whether a hedge is of the row: of a figure only where it stands before it in the same clause."""
    if not isinstance(row, Figure):
        return True
    return hedge.end <= row.start and not _BREAK.search(text, hedge.end, row.start)


def _sources(row: Row, said: list[Attribution]) -> list[Span]:
    """Who vouches for a row: the sources around it, else the speaker of a quotation."""
    sources = [a.source for a in said if a.source is not None]
    if not sources and isinstance(row, Quote) and row.speaker_span is not None:
        return [row.speaker_span]
    return sources


def _is_crowd(facts: Facts, text: str, source: Span) -> bool:
    """Whether a source is people or firms in the plural whom nobody names: "employees", "several tech companies"."""
    words = _words(_cut(text, source))
    if _SHARE.match(" ".join(words)):
        return True
    heads = words[: next((i for i, word in enumerate(words) if i and word in PREPOSITIONS), len(words))]
    if not heads or names_within(facts, source):
        return False
    if words in (["they"], ["the", "media"], ["the", "press"]) or set(words) <= _HEARSAY:
        return True
    return any(
        w in SOURCE_NOUNS and w.endswith("s") and not SOURCE_NOUNS.isdisjoint((w[:-1], f"{w[:-3]}y")) for w in heads
    )


_SHARE = re.compile(
    r"(?:(?:about|almost|an?|another|around|just|more than|nearly|only|over|roughly|some|the)\s+)*"
    r"(?:[\w-]+(?:\s[\w-]+)?\s?(?:%|percent\b|per\s?cent\b)|most\s(?!of\b)\w+s\b"
    r"|(?:half|majority|(?:[\w-]+\s)?(?:quarters?|[\w-]*thirds?)|three-quarters) of\b"
    r"|(?:\d+|one|two|three|four|five|six|seven|eight|nine) (?:in|out of) (?:\d+|three|four|five|six|seven|eight|nine|ten)\b)"
)
"""A share of people at the beginning of a source: "23 percent of adults", "half of the teachers", "one in five voters"."""
_HEARSAY = frozenset(
    ("earlier", "local", "media", "multiple", "new", "news", "press", "published", "recent", "report", "reporting", "reports",
     "several", "some")
)  # fmt: skip
"""Words of "media reports" and the like, which tell nobody."""
_CITING = re.compile(
    r"\b(?:citing|cited|quoting)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:people|persons?|sources?|insiders?|officials?|executives?|employees?)\b"
)
"""An outlet's report that leans on people whom it does not name."""
_HIDING = ("anonymity", "asked not to be", "declined to be named", "not authorized to", "not authorised to")
_PHRASES = (
    "familiar with the",
    "close to the matter",
    "briefed on the",
    "asked not to be named",
    "asked not to be identified",
    "spoke on condition of anonymity",
    "on condition of anonymity",
    "knowledge of the matter",
    "declined to be named",
)
"""What articles in English say of people whom they do not name; written by this project."""


_RELAYED = re.compile(r"\s(?:cited|interviewed|quoted) (?:by|in)\b")
"""Behind a source: where it spoke ("an official quoted by the Harbour News")."""


def _is_nameless(facts: Facts, text: str, source: Span) -> bool:
    """Whether a source is people without a name: "two sources", "a person briefed on the talks", "one of them"."""
    relayed = _RELAYED.search(text, *source)
    source = (source[0], relayed.start()) if relayed else source
    words = _words(_cut(text, source))
    known = any(w in ("familiar", "briefed") for w in words) or words[-1:] in (["people"], ["sources"])
    if not words or (names_within(facts, source) and not known):
        return False
    if any(word in _NAMELESS for word in words):
        return True
    some = words[0] in ("a", "an", "one", "two", "three", "four", "several", "some", "another", "multiple", "many")
    end = next(
        (
            i
            for i, word in enumerate(words)
            if i and (word in PREPOSITIONS or word.endswith("ing") or word in RELATIVES)
        ),
        len(words),
    )
    return some and any(w in SOURCE_NOUNS and w not in _OFFICIAL and w not in _PUBLIC for w in words[:end])


def _hedges(facts: Facts, sentence: Span) -> Iterator[Hedge]:
    """Hedges of a sentence."""
    index = bisect_left(facts.hedges, sentence[0], key=lambda h: h.start)
    while index < len(facts.hedges) and facts.hedges[index].start < sentence[1]:
        yield facts.hedges[index]
        index += 1


def _is_vendors_own(said: list[Attribution], facts: Facts, text: str, sentence: Span) -> bool:
    """Whether a score is a maker's own number: a company that makes models says so, or the text is a company's about its own model."""
    sources = [a.source for a in said if a.source is not None]
    if sources:
        return any(_is_maker(facts, source) and not _has(_cut(text, source), _MEASURING) for source in sources)
    return _speaks_as_maker(facts, text)


def _is_maker(facts: Facts, source: Span) -> bool:
    """Whether a company or one of its people speaks, and no company that measures the models of others."""
    index = bisect_left(facts.entities, source[0], key=lambda e: e.start)
    named = [e for e in facts.entities[index : index + 8] if e.start < source[1]]
    return any(e.type in ("company", "person") for e in named) and not any(e.name in terms("evaluators") for e in named)


_MEASURING = frozenset(
    ("analysis", "benchmark", "benchmarks", "comparison", "evaluation", "index", "leaderboard", "ranking")
)
"""What a company that measures the models of others publishes."""
_MAKING = frozenset(
    ("introduce", "introducing", "launch", "launched", "launching", "release", "released", "releasing", "ship", "shipping",
     "train", "trained", "training", "built", "announce", "announcing", "open-sourcing")
)  # fmt: skip
"""Verbs with which a company's post presents a model of its own."""


def _speaks_as_maker(facts: Facts, text: str) -> bool:
    """Whether at least two of the first sentences outside of quotations say "we" or "our", and one of them presents a model."""
    own = [
        passage
        for sentence, passage in ((s, f" {text[s.start : s.end].lower()} ") for s in facts.sentences[:40])
        if sentence.voice != "attributed" and (" we " in passage or " our " in passage)
    ]
    return len(own) > 1 and any(_presents_model(passage, facts) for passage in own)


def _presents_model(passage: str, facts: Facts) -> bool:
    """Whether a lower-cased passage says "our model", or that we release or train something that is a model."""
    if " our model" in passage or " our new model" in passage or " our latest model" in passage:
        return True
    names = {entity.name.lower() for entity in facts.entities if entity.type == "model"}
    return _has(passage, _MAKING) and (_has(passage, _MODEL_WORDS) or any(name in passage for name in names))


_MODEL_WORDS = frozenset(("model", "models", "checkpoint", "checkpoints"))


def _is_estimate(row: Row, said: list[Attribution], facts: Facts, text: str) -> bool:
    """Whether a number is somebody's estimate: said to be one, only about so much, or put at so much by an analyst."""
    if any(_has(_cut(text, a.cue), _ESTIMATING) for a in said):
        return True
    if not isinstance(row, Figure):
        return False
    if any(a.kind != "quote" and _has(_cut(text, a.source), _ESTIMATING) for a in said):
        return True
    lead = text[max(0, row.start - 40) : row.start].lower()
    near = lead.rpartition("\n")[2].rpartition(". ")[2].rpartition(", ")[2].split()[-_ESTIMATED:]
    return any(word in _ESTIMATING for word in near)


def _has_speaker(row: Row, facts: Facts, span: Span) -> bool:
    """Whether the row is, or lies in, words that somebody speaks."""
    if isinstance(row, Quote):
        return row.speaker is not None
    holder = _holder(facts.quotes, span)
    return isinstance(holder, Quote) and holder.speaker is not None


def _is_announced(facts: Facts, text: str, sentence: Span) -> bool:
    """Whether the sentence reports what a company made public itself."""
    if not names_within(facts, sentence):
        passage = _words(text[sentence[0] : sentence[1]].lower())
        return any(w in ("we", "our") for w in passage) and any(w in _ANNOUNCING for w in passage)
    return _has(_REPORTS.sub("", text[sentence[0] : sentence[1]].lower()), _ANNOUNCING)
