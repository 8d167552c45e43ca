"""Which quotations and statements are rows of the panel, and whom a row names: what is doubtful is left out.

The layers keep what the text says in whatever form and hold to the fact contract; a row stands alone, and a wrong one costs more than
one that is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from reader.insight.facts import Attribution, Entity, Facts, Quote, Span
from reader.insight.readable import NOBODY, comments, is_statement, is_verb, plain, trimmed, vouches
from reader.insight.speech.cues import CUES
from reader.insight.status import ABLE, names_within
from reader.insight.syntax.clauses import (
    DETERMINERS,
    EVIDENCE_NOUNS,
    MEDIA,
    PREPOSITIONS,
    PRONOUNS,
    SOURCE_NOUNS,
    TIMES,
    word_class,
)

_EMBEDDED = frozenset(("how", "what", "when", "where", "whether", "which", "who", "why"))
"""First words of an embedded question: "did not say what it will pay" asserts nothing."""
_JOINING = frozenset(("and", "but", "nor", "or", "yet"))
_SAID_ONLY = re.compile(r"[\w .'’-]{2,60}\b(?:said|says|added|wrote) (?:at|by|during|in|on) [^,:“\"]*")
"""Words of saying without what was said ("Reed said at a press conference")."""
_GOES_ON = re.compile(
    r", (?:and|but) s?he (?:also |then |later )?\w+ed\b|\band (?:also|then|later) (?:[a-z]+-)?[a-z]+ed\b"
)
"""The writer goes on about the speaker ("argued that it was late, and he linked that to …"), or seems to."""
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
_OBJECT = re.compile(
    r"^\s+(?:(?:on|about|of|for|to)\b.*\b(?:an?|its|the|their|his|her)\s+[a-z-]+"
    r"|(?:about|of|for|to)\s+(?:an?|its|the|their)\s+(?:[a-z-]+\s+){1,2}[a-z-]+)\s+$",
    re.DOTALL,
)
"""Between cue and content: a thing that the "content" only describes ("elaborated on the ways it saves")."""
_RELATIVE = re.compile(r"\b(?:that|which|who)\b")
_APPOSED = re.compile(r",[^,]{2,90},|\([^)]{1,40}\)|–[^–]{2,90}–|—[^—]{2,90}—")
_WORD = re.compile(r"[\w'’-]+")


# -- quotations


def quotes(text: str, facts: Facts) -> Iterator[tuple[Quote, str | None]]:
    """The quotations that tell something by somebody, or are sentences of their own, and who says them where that is sure.

    No quotation stands twice where one of the two names nobody.
    """
    things, denied = _things(facts), sorted(a.content for a in facts.attributions if a.polarity == "-")
    spoken = {_inner(text, quote) for quote in facts.quotes if quote.speaker}
    for quote in facts.quotes:
        if quote.kind == "scare" or _is_title(text, quote) or _is_unbalanced(text[quote.start + 1 : quote.end - 1]):
            continue
        speaker = _speaker(text, facts, quote, things)
        if speaker is None:
            if not _stands_alone(text, quote) or (quote.speaker is None and _inner(text, quote) in spoken):
                continue
            if _has_hidden_speaker(text, facts, quote):
                continue
        elif _is_named(text, quote) or _is_scrap(text, quote) or _is_turned(text, quote, denied):
            continue
        yield quote, speaker


def _stands_alone(text: str, quote: Quote) -> bool:
    """Whether a quotation is a sentence of its own."""
    return quote.kind == "direct" and not text[quote.start + 1].islower() and _is_closed(text, quote)


def _is_within(spans: list[Span], at: int) -> bool:
    """Whether the last of some sorted spans that begins before `at` holds it."""
    index = bisect_right(spans, (at, at)) - 1
    return index >= 0 and at < spans[index][1]


def _speaker(text: str, facts: Facts, quote: Quote, things: frozenset[str]) -> str | None:
    """Who says a quotation, where that is sure; None else."""
    if not quote.speaker or quote.speaker in things or not vouches(quote.speaker, named=True):
        return None
    if quote.rule in _GUESSED and not _goes_on(text, quote):
        return None
    if quote.speaker_span and (
        _is_last_of_several(text, quote.speaker_span) or _may_be_two(text, facts, quote.speaker_span)
    ):
        return None
    return quote.speaker if _is_near(text, quote) and not _is_anothers(text, quote) else None


_LISTED = re.compile(r"(?:\b([^\W_]+) )?([A-Z]\w+), $")
"""Before a name: another one with a comma; the word before that one, which may make an adverbial of it ("In Norway, …")."""
_NAMES = re.compile(r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*,? and (?:the )?[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*")
_AND = re.compile(r"[A-Z][\w.]*,? (?:and|&|or) (?:the )?$")


def _is_last_of_several(text: str, source: Span) -> bool:
    """Whether a name is only the last of those who speak ("Norway, Sweden and [Finland] agreed")."""
    if " and " not in text[slice(*source)]:
        return bool(_AND.search(text, max(0, source[0] - 60), source[0]))
    listed = _LISTED.search(text, max(0, source[0] - 60), source[0])
    if listed is None or not _NAMES.fullmatch(text, *source):
        return False
    return plain(listed[2]) not in TIMES and plain(listed[1] or "") not in PREPOSITIONS


def _may_be_two(text: str, facts: Facts, source: Span) -> bool:
    """Whether "he" or "she" follows a sentence in which two speak, or a second one acts ("…, while Ann Reed urged")."""
    if text[slice(*source)].lower() not in ("he", "she"):
        return False
    index = bisect_right(facts.sentences, source[0], key=lambda s: s.start) - 1
    while index > 0 and text[facts.sentences[index].start] in '“"':
        index -= 1
    if index < 0:
        return False
    start, end = facts.sentences[index].start, facts.sentences[index].end
    first = bisect_left(facts.attributions, start, key=lambda a: a.content[0])
    near = facts.attributions[max(0, first - 2) : first + 6]
    heard = {
        text[slice(*a.source)] for a in near if a.source and start <= a.source[0] < end and a.source[0] < source[0]
    }
    return len(heard) > 1 or bool(_SECOND_ACTS.search(text, start, min(end, source[0])))


_SECOND_ACTS = re.compile(r", (?:while|and|but) [A-Z]\w+ (?:[A-Z]\w+|\w+(?:ed|s)\b)")


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


_CALLED = re.compile(
    r"\b(?:(?:you|one|some|many|others|critics|we|people) (?:might |may |could |would |also )?call(?: it| this| that)?"
    r"|what (?:\S+ ){1,4}calls?(?: an?| the| its| their)?)\s$",
    re.IGNORECASE,
)
"""Before words in marks: a term, of the writer or of anybody ("which you might call …", "what Calder calls a …")."""
_TURNING = re.compile(
    r"\b(?:\w*n['’]t|not|never)\s(?:believe|expect|intend|mean|plan|think|want)\b[^.;“\"]{0,60}$|"
    r"\b(?:against|no|not|never|without|nothing|neither|nor|hardly|cannot|\w+n['’]t"
    r"|den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)\s"
    r"(?:(?:a|an|and|any|are|as|be|been|being|by|for|have|in|is|it|its|of|so|such|that|the|their|this|to|very|was|were)\s){0,3}$",
    re.IGNORECASE,
)
"""Before a part of a sentence: it says the opposite of the words in marks ("warned against “high hopes”")."""
_IF = re.compile(r"(?:^|[.\n] ?)(?:If|Once|Unless|When)\b[^.;“\"]{0,60},\s$")
"""Before a part of a sentence: a condition that it hangs on ("If not, “the matter goes to court”")."""
_RELAYED = re.compile(
    r"\b(?:was|were|been|being|is|are|and)\s(?:\w+ly\s)?"
    r"(?:branded|called|characteri[sz]ed|criticized|described|dubbed|hailed|labell?ed|praised|referred)\s(?:to\s)?(?:by\s[^“\"]{2,60}\s)?"
    r"(?:as\s)?(?:an?\s|the\s)?$"
)
"""Before a part of a sentence: somebody else described a thing so, whom the speaker only passes on."""
_PASSIVE = re.compile(r"\b(?:are|been|being|is|was|were)\s(?:\w+ly\s)?\w+(?:ed|en)\b[^“\".;]*\sand\s$")
"""Between speaker and cue: the cue goes on with what was done by others ("says it was read by judges and called “clear”")."""
_FEWEST_QUOTED = 4
"""Words that a part of a sentence needs to tell anything alone, unless it has a verb in -ing or ends its sentence as an answer."""


def _is_turned(text: str, quote: Quote, denied: list[Span]) -> bool:
    """Whether the words before a part of a sentence turn it round, or make it a term or the words of a third."""
    if quote.kind == "partial" and _is_within(denied, quote.start):
        return True
    if quote.kind != "partial" and not text[quote.start + 1].islower():
        return False
    floor, cue = max(0, quote.start - 90), quote.cue_span
    if cue is not None and cue[1] <= quote.start:
        begin = quote.speaker_span[1] if quote.speaker_span else cue[0]
        if _RELAYED.search(text, max(floor, cue[1]), quote.start) or _PASSIVE.search(text, begin, cue[0]):
            return True
    return any(mark.search(text, floor, quote.start) for mark in (_CALLED, _TURNING, _IF))


def _is_scrap(text: str, quote: Quote) -> bool:
    """Whether a quotation is a word or two out of a sentence ("an “advanced version” of")."""
    words = text[quote.start + 1 : quote.end - 1].split()
    if len(words) < 2 and not _is_closed(text, quote):
        return True
    if quote.kind == "direct" or len(words) >= _FEWEST_QUOTED:
        return False
    first = text[quote.start + 1 : quote.start + 2]
    return not (first.isupper() and _is_closed(text, quote)) and not (
        len(words) > 1 and words[0].lower().endswith("ing")
    )


def _has_hidden_speaker(text: str, facts: Facts, quote: Quote) -> bool:
    """Whether a quotation that nobody sure speaks has words of saying beside it, or goes on with another one: somebody does speak."""
    rest = text[quote.end : quote.end + 200].partition("\n")[0]
    if text[quote.end - 2] == "," and rest.strip(" .,"):
        return True
    behind = _WORD.findall(re.split(r"[.!?;“\"]", rest)[0])
    before = _WORD.findall(re.split(r"[.!?;”\"\n]", text[max(0, quote.start - 60) : quote.start])[-1])[-4:]
    if any(word.lower() in CUES for word in (*behind, *before)) or text[quote.start - 1 : quote.start] == "(":
        return True
    index = bisect_left(facts.quotes, quote.start, key=lambda q: q.start)
    last = facts.quotes[index - 1] if index else None
    return last is not None and text.count("\n\n", last.end, quote.start) < 2 and quote.start - last.end < _NEXT


_NEXT = 300
"""Characters behind a quotation within which one that names nobody may be its speaker's, too."""


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
        if thing or plain(source) in NOBODY or not vouches(source, named=named) or _shows_nothing(text, said, facts):
            continue
        cut = _is_cut_source(text, said.source) or _depends(text, said) or _is_subject(text, said)
        if not cut and not _repeats(text, said, facts) and _is_statement(text, said):
            yield _tidied(text, said, facts)


_KNOWING = frozenset(("forget", "realise", "realize", "remember", "understand"))
"""What somebody grasps is true for the writer, too, and nobody's statement."""
_SHOWING = frozenset(("convince", "demonstrate", "expose", "illustrate", "persuade", "prove", "show"))
"""What a paper or a test does; of a person, a firm or an event it is the writer who says so ("Calder just showed that")."""
_PAPERS = EVIDENCE_NOUNS | MEDIA


def _shows_nothing(text: str, said: Attribution, facts: Facts) -> bool:
    """Whether something is only said to be shown by what is no evidence, or a place stands in the name of an event."""
    source, cue = said.source or (0, 0), said.cue or (0, 0)
    heads = plain(text[slice(*source)]).split()
    words = _WORD.findall(plain(text[slice(*cue)]))
    lemmas = {use.lemma for word in words for use in CUES.get(word, ())}
    if not _KNOWING.isdisjoint(lemmas):
        return True
    shows = not _SHOWING.isdisjoint(lemmas)
    if len(heads) == 1 and heads[0] in _PAPERS - {"data"} and not heads[0].endswith("s") and text[source[0]].islower():
        return True  # "whose complaint says"
    if shows and _PAPERS.isdisjoint(heads) and not (source[1] <= cue[0] and "data" in heads):
        return True
    able = names_within(facts, source, ABLE)
    return not able and names_within(facts, source, _NAMED) and not vouches(text[slice(*source)])


def _is_subject(text: str, said: Attribution) -> bool:
    """Whether a noun with its content is itself a subject ("Calder's claim that it is late surprised nobody"), whose end is unsure."""
    before = text[max(0, (said.source or (0, 0))[0] - 3) : (said.source or (0, 0))[0]].rstrip(' “"')
    return said.rule == "noun-that" and (not before or before[-1] in "\n.!?:;")


def _repeats(text: str, said: Attribution, facts: Facts) -> bool:
    """Whether a statement begins with the words of saying of the same source ("Calder said that …, according to Calder")."""
    index = bisect_left(facts.attributions, said.content[0], key=lambda a: a.content[0])
    source = plain(text[slice(*said.source)]) if said.source else ""
    return any(
        inner.source and inner.source[0] == said.content[0] and plain(text[slice(*inner.source)]) == source
        for inner in facts.attributions[index : index + 4]
    )


def _tidied(text: str, said: Attribution, facts: Facts) -> Attribution:
    """A statement without dateline, without the writer's remarks behind it, and its source without a long description."""
    start, end = said.content
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline else start
    source, cue = said.source or (0, 0), said.cue or (0, 0)
    if cue[1] <= start and said.polarity == "+":
        end = next(
            (at for at in comments(text, start, end) if _is_statement(text, replace(said, content=(start, at)))), end
        )
    if text[slice(*cue)].endswith("ing") and (asking := _ASKING.search(text, start, end)):
        end = asking.start()
    seated = _SEATED.match(text, source[0])
    if seated and names_within(facts, (seated.end(), source[1]), ABLE):
        source = (seated.end() + 1, source[1])
    parted = text.find(", ", *source) if said.rule == "according-to" and cue[1] <= source[0] else -1
    if parted > 0 and _is_name(facts, (parted + 2, source[1])) and source[1] < start:
        start, source = parted + 2, (source[0], parted)
    based = _BASED.search(text, max(0, source[0] - 60), source[0]) if _SEATED.match(text, source[0]) else None
    if based and end <= source[0]:
        source = (based.start(), source[1])
        end = min(end, based.start() - 2)
    if sent := _SENT.match(text, *source):
        source = (source[0], sent.end(1))
    source = _with_person(text, source, facts)
    if occasion := _OCCASION.search(text, *source):
        source = (source[0], occasion.start())
    comma = text.find(",", *source)
    if comma > 0 and len(text[slice(*source)].split()) > _LONGEST and names_within(facts, (source[0], comma)):
        source = (source[0], comma)
    return replace(said, content=(start, trimmed(text, start, end)), source=source)


_ASKING = re.compile(r",? and (?:asking|calling|demanding|seeking|urging|saying|adding|noting|warning)\b")
"""What a source does besides ("alleging that … and asking for damages")."""
_BASED = re.compile(r"\b(?:[Tt]he|[Aa]) [A-Z][\w.]+(?: [A-Z][\w.]+)*, $")
_SEATED = re.compile(r"[A-Z][\w.]*(?: [A-Z][\w.]*)*-based\b")
"""The beginning of "the Santa Rosa, California-based firm", which the comma cuts."""


def _is_name(facts: Facts, span: Span) -> bool:
    """Whether a passage is one name of somebody who can act ("According to Reuters, [Calder], which …")."""
    index = bisect_left(facts.entities, span[0], key=lambda e: e.start)
    return index < len(facts.entities) and (facts.entities[index].start, facts.entities[index].end) == span and (
        facts.entities[index].type in ABLE)  # fmt: skip


def _with_person(text: str, source: Span, facts: Facts) -> Span:
    """The name right before a role that a comma parts from it ("Ann Reed, [head of the yard] said")."""
    if text[source[0] - 2 : source[0]] != ", ":
        return source
    index = bisect_left(facts.entities, source[0], key=lambda e: e.start) - 1
    name = facts.entities[index] if index >= 0 else None
    role = not SOURCE_NOUNS.isdisjoint(plain(text[slice(*source)]).split()[:4])
    return (name.start, name.end) if name and name.type == "person" and name.end == source[0] - 2 and role else source


_OCCASION = re.compile(r"\s(?:during|ahead of)\s|(?<=[a-z])\s(?:issued|obtained|published|released|seen)$")
_SENT = re.compile(
    r"((?:an?|the|its|his|her|their) (?:[a-z-]+ ){0,3}(?:email|filing|letter|memo|message|note|post|report|statement)) "
    r"(?=[A-Z])(?![^,]*\b(?:and|by|for|from|in|of|on|to|with)\b)"
)
"""A paper with the beginning of who sent it ("a memo Ann Reed [sent]")."""
_LONGEST = 8
"""Words of a source beyond which a name stands without the description behind it."""
_DATELINE = re.compile(r"[A-Z][\w.]+(?: [A-Z][\w.]+)?(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)? (?:—|–|--) (?=[A-Z])")


def _is_statement(text: str, said: Attribution) -> bool:
    """Whether the content is a whole clause and no embedded question; what is denied may be a thing, as its row shows the verb."""
    passage = text[slice(*said.content)]
    words = [word for word in passage.lower().split() if any(c.isalnum() for c in word)]
    words = words[1:] if words[:1] == ["that"] else words
    if len(words) < _FEWEST_WORDS or words[0] in _EMBEDDED or words[0] in _JOINING or _GOES_ON.search(passage):
        return False
    if _SAID_ONLY.fullmatch(passage) or _CUT_END.search(passage):
        return False
    if (passage.startswith("That ") or words[0] in _VAGUE) and is_verb(["this", *words[words[0] in _VAGUE :], ""], 1):
        return False
    if words[-1] in PREPOSITIONS - _PARTICLES and text[said.content[1] : said.content[1] + 1] == ",":
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


_CUT_END = re.compile(r"\b(?:at (?:least|most)|such as|for example|according)$")
_VAGUE = frozenset(("that", "these", "this", "those"))
"""What a statement is about that only the sentence before tells."""
_PARTICLES = frozenset(("down", "off", "out", "over", "up", "through"))


def _is_cut_source(text: str, source: Span) -> bool:
    """Whether a source is only the end of a list ("artists" of "authors, publishers and artists")."""
    words = text[slice(*source)]
    if _is_last_of_several(text, source):
        return True
    return text[max(0, source[0] - 2) : source[0]] == ", " and words[0].islower() and " and " in words and (
        words.split()[0] not in DETERMINERS)  # fmt: skip


_WHO_SAYS = re.compile(r",? (?:which|who)\b")
_LAST = re.compile(r"(\w+)\s$")
_LEADING = PREPOSITIONS | {"that", "whether", "if", "because"}
_THAT_SAY = re.compile(r" (?:that|which|who)\b")
"""Behind a source: its own verb is still to come ("Others who have said so left the yard")."""
_MODIFYING = re.compile(r"\s(?:of|by|as)\b")
"""Behind a form that only describes the noun before it ("sums demanded of a firm")."""
_SIDE = re.compile(r"(?:^|[.\n]\s*)(?:Although|As|Because|Since|Though|When|While) $")
"""Before a name: it is the subject of a side clause, and "…, saying" belongs to the main one."""


def _depends(text: str, said: Attribution) -> bool:
    """Whether a condition holds the statement ("if the emails show that"), the cue belongs to a relative clause behind its content,
    or the source is only a piece of another phrase ("a sign that Calder believes", "who served as its head in a crisis said").
    """
    source, cue = said.source or (0, 0), said.cue or (0, 0)
    lead = _LAST.search(text, max(0, source[0] - 24), source[0])
    if (
        lead
        and source[1] <= cue[0]
        and not _WHO_SAYS.match(text, source[1])
        and lead[1] in _LEADING - {"after", "before", "since", "until"}
    ):
        return True
    if said.content[1] <= source[0] <= cue[0] and _MODIFYING.match(text, cue[1]):
        return True
    first = min(source[0], cue[0])
    if _CONDITION.search(text, max(0, first - 30), first):
        return True
    if _SIDE.search(text, max(0, source[0] - 12), source[0]) and text[slice(*cue)].endswith("ing"):
        return "," in text[source[1] : cue[0]]
    opens = not text[max(0, source[0] - 2) : source[0]].strip(" \n.!?")
    if opens and source[1] <= cue[0] <= said.content[0] and _THAT_SAY.match(text, source[1], cue[0]):
        return True
    behind = said.content[1] <= source[0] and source[1] <= cue[0]
    return behind and bool(_RELATIVE.search(text, source[1], cue[0]))


def _start(entity: Entity) -> int:
    return entity.start
