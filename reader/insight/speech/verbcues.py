"""Statements of cue verbs: which subject says which content, in normal, inverted and passive order."""

from __future__ import annotations

from dataclasses import replace

from reader.insight.lexicons import terms
from reader.insight.speech.complements import complement_of
from reader.insight.speech.contents import NOTHING, Complement, Statement, around, content_end, left_content, left_start
from reader.insight.speech.cues import BASE, CUES, ING, PAST, THIRD, Cue, Group, third, verb_group
from reader.insight.syntax.clauses import (
    DETERMINERS,
    EVIDENCE_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE,
    RELATIVES,
    SOURCE_NOUNS,
    STOPS,
    SUBORDINATORS,
    TIMES,
    Unit,
    clause_start,
    has_clause,
    is_adverb,
    is_adverb_at,
    is_finite,
    word_class,
)
from reader.insight.syntax.phrases import main_subject, phrase_end, phrase_start, subject_before

PLURALS = terms("plural_verbs")
_INNER_STATES = word_class("inner_state")
_PLURAL_SUBJECTS, _ADJECTIVES = word_class("plural_subject"), word_class("participle_adjective")


def from_verb(unit: Unit, number: int, index: int, found: list[Statement]) -> Statement | None:
    """The statement of a cue verb: the first of its uses that fits what stands around it."""
    if _is_in_name(unit, index):
        return None
    for cue in CUES[unit.low[index]]:
        if cue.particle and unit.low[index + 1 : index + 2] != [cue.particle]:
            continue
        group = verb_group(unit, index, cue.shape)
        if group is None or _ambiguous(unit, index, cue, group):
            return None
        statement = _use(unit, number, index, cue, group, found)
        if statement is not None:
            if "-" in cue.frames:
                statement.negated = not statement.negated
            statement.lemma = cue.lemma
            return statement
    return None


def _is_in_name(unit: Unit, index: int) -> bool:
    """Whether capitals make the cue the last word of a name ("Lighthouse Reports show", "money from Index Ventures")."""
    if index == 0 or index + 1 >= len(unit.low) or not unit.words[index].text[0].isupper():
        return False
    if not unit.words[index - 1].text[0].isupper() or unit.words[index + 1].text[0].isupper():
        return False
    if unit.low[index + 1] in CUES or is_finite(unit, index + 1):
        return True
    return sum(len(w.text) > 3 and w.text.islower() for w in unit.words) > 1


def _ambiguous(unit: Unit, index: int, cue: Cue, group: Group) -> bool:
    """Whether a form that is also a plural noun or an adjective lacks a clear subject ("United States", "pledged delegates")."""
    if group.begin != index or index == 0:
        return False
    before, text = unit.low[index - 1], unit.words[index - 1].text
    if (
        cue.shape == BASE
        and before in DETERMINERS
        and before in ("some", "many", "most", "few", "several", "both", "two", "three")
    ):
        return third(cue.lemma) in PLURALS and unit.low[index + 1 : index + 2] not in (["that"], [QUOTE])
    if before in PRONOUNS or before in RELATIVES or before in (",", ")", QUOTE, "and"):
        return False
    after = unit.low[index + 1] if index + 1 < len(unit.low) else ""
    if cue.shape == THIRD and unit.low[index] in PLURALS:
        if after in ("indicate", "say", "show", "suggest", "warn"):
            return True  # "Recent reports suggest"
        if after in DETERMINERS or after in ("that", QUOTE, "it", "he", "she", "they") or after[:1].isdigit():
            return False
        return not (
            before in SOURCE_NOUNS
            or before in EVIDENCE_NOUNS
            or (text[0].isupper() and before not in ("united", "swing"))
        )
    if cue.shape == BASE and after in ("that", QUOTE):
        return False
    if cue.shape == BASE and third(cue.lemma) in PLURALS:
        if before.endswith("s") and (after in ("that", QUOTE) or after in PRONOUNS or after in DETERMINERS):
            return False
        if after in ("", ".") and _has_witnesses(unit, index):
            return False
        return not (before in SOURCE_NOUNS or before in EVIDENCE_NOUNS)
    if cue.shape == PAST and unit.low[index] in _ADJECTIVES:
        return not (text[0].isupper() or before.endswith("s") or before in SOURCE_NOUNS) or after[-1:] == "s"
    return False


def _has_witnesses(unit: Unit, index: int) -> bool:
    """Whether people or papers in the plural stand between a comma and the verb that closes a sentence: ", records seen by X show"."""
    comma = next((k for k in range(index - 1, max(0, index - 10), -1) if unit.low[k] == ","), index)
    return any(w.endswith("s") and (w in EVIDENCE_NOUNS or w in SOURCE_NOUNS) for w in unit.low[comma + 1 : index])


def _use(unit: Unit, number: int, index: int, cue: Cue, group: Group, found: list[Statement]) -> Statement | None:
    """The statement that one use of a verb makes, or None."""
    after = index + (2 if cue.particle else 1)
    if group.begin > 0 and unit.low[group.begin - 1] == "without":
        group = replace(group, negated=not group.negated)
    if group.passive:
        return _passive(unit, number, index, cue, group)
    if group.infinitive or group.modal:
        return None
    if "a" in cue.frames and _is_name_given(unit, index, cue, group):
        return None
    source = _subject(unit, group, cue, found)
    source = source and antecedent(unit, source)
    if source is None:
        if not _may_invert(cue, group):
            return None
        return _inverted(unit, number, index, group, complement_of(unit, after, cue))
    if unit.low[source[0]] == "not" or unit.low[max(0, source[0] - 1)] == "whether":
        return None
    if not _agrees(unit, source, cue, group, index):
        return None
    if unit.low[source[0]] in ("neither", "nobody", "none"):
        group = replace(group, negated=not group.negated)
    complement = complement_of(unit, after, cue)
    if complement.kind == NOTHING and unit.low[index] in PLURALS and _opens_with_participle(unit, source):
        return None
    if cue.lemma == "cite" and _is_people(unit, complement):
        return None
    if cue.lemma == "put" and unit.low[after : after + 1] == ["it"] and complement.kind == NOTHING:
        return _put_it(unit, number, index, source)
    return _of_subject(unit, number, cue, group, source, complement, after)


def _opens_with_participle(unit: Unit, source: tuple[int, int]) -> bool:
    """Whether a subject is the beginning of ", each topping consensus estimates", whose noun looks like a verb."""
    if unit.low[source[0]] in DETERMINERS and unit.low[source[0]] not in ("all", "both", "each"):
        return False
    opening = (unit.words[k].text for k in range(source[0], min(source[0] + 2, source[1] - 1)))
    return any(w.endswith("ing") and not w.endswith("thing") and len(w) > 5 and w.islower() for w in opening)


def _put_it(unit: Unit, number: int, index: int, source: tuple[int, int]) -> Statement | None:
    """`“…,” is how he puts it`: the quotation before the subject."""
    quote = next((k for k in range(source[0] - 1, -1, -1) if unit.low[k] == QUOTE), None)
    return (
        Statement(number, (quote, quote + 1), source, (index, index + 2), False, "put-it")
        if quote is not None
        else None
    )


def _of_subject(
    unit: Unit, number: int, cue: Cue, group: Group, source: tuple[int, int], complement: Complement, after: int
) -> Statement | None:
    """The content of a verb with its subject before it: what stands before both, around them, or behind."""
    cue_span = (group.begin, complement.tail)
    if complement.kind == "that" and source[0] and unit.low[source[0] - 1] == QUOTE and _is_relative(unit, complement):
        complement = Complement(NOTHING, after, after)
        cue_span = (group.begin, after)
    if complement.kind == NOTHING and "c" in cue.frames and _is_amid(unit, source, after):
        rest = around(unit, source, after)
        if rest is not None:
            return Statement(number, rest, source, cue_span, group.negated, "said-amid")
    if complement.kind == NOTHING and "q" in cue.frames and _goes_on_quoted(unit, source, after):
        return Statement(number, (after + 1, after + 2), source, cue_span, group.negated, "said-amid")
    speaks = ("c" in cue.frames or "q" in cue.frames) and not (cue.lemma in _INNER_STATES and _goes_on(unit, after))
    left = left_content(unit, source[0]) if speaks else None
    if (
        left is not None
        and not group.negated
        and (complement.kind == NOTHING or (complement.kind == "quote" and unit.low[complement.begin - 1] == ","))
    ):
        return Statement(number, left, source, cue_span, group.negated, "said-after")
    if complement.kind == NOTHING:
        rest = around(unit, source, after) if "c" in cue.frames else None
        return rest and Statement(number, rest, source, cue_span, group.negated, "said-amid")
    if complement.kind == "phrase" and not _phrase_allowed(unit, source, cue):
        return None
    end = content_end(unit, complement)
    if unit.low[group.begin - 1] in ("who", "which") or (source[0] and unit.low[source[0] - 1] == "whose"):
        end = _within_relative(unit, complement.begin, end)
    elif source[0] and unit.low[source[0] - 1] in _SUBORDINATE and complement.kind in ("that", "clause"):
        end = _to_comma(unit, complement.begin, end)
    if complement.kind == "that" and end - complement.begin == 2 and unit.low[end - 1].isalpha():
        return None
    return Statement(number, (complement.begin, end), source, cue_span, group.negated, f"said-{complement.kind}")


def _goes_on(unit: Unit, after: int) -> bool:
    """Whether a word that belongs to the verb follows it ("he is also thinking big")."""
    return after < len(unit.low) and unit.low[after].isalpha() and unit.low[after] not in PREPOSITIONS


_SUBORDINATE = frozenset(
    ["after", "although", "as", "because", "before", "if", "since", "though", "when", "whereas", "while"]
)
"""Words that open a clause whose end is a comma: "When X said that A, B happened"."""


def _to_comma(unit: Unit, begin: int, end: int) -> int:
    """The first comma behind a clause, with which the main clause begins; `end` where none stands."""
    return next((k for k in range(begin + 3, end) if unit.low[k] == "," and has_clause(unit, begin, k)), end)


def _within_relative(unit: Unit, begin: int, end: int) -> int:
    """Where the content of ", who said …," ends: before the verb of the main clause (", ultimately did not come")."""
    for comma in range(begin + 3, end):
        if unit.low[comma] == ",":
            verb = comma + 1
            while verb < end - 1 and is_adverb_at(unit, verb):
                verb += 1
            if verb < end and is_finite(unit, verb):
                return comma
    return end


def _is_relative(unit: Unit, complement: Complement) -> bool:
    """Whether "that" belongs to the addressee: "“…,” he told a meeting that ran past midnight"."""
    return complement.begin + 1 < len(unit.low) and is_finite(unit, complement.begin + 1)


def _is_amid(unit: Unit, source: tuple[int, int], after: int) -> bool:
    """Whether a verb goes on behind the cue with a subject that stands before it: "Tasks finished, he said, meant little"."""
    if unit.low[after : after + 1] != [","] or after + 1 >= len(unit.low) or not is_finite(unit, after + 1):
        return False
    return source[0] > 1 and unit.low[source[0] - 1] == "," and unit.low[source[0] - 2] != QUOTE


def _goes_on_quoted(unit: Unit, source: tuple[int, int], after: int) -> bool:
    """Whether a quotation is the verb of words before the cue that are no clause: "The prompt, she said, “is a whisper”"."""
    if unit.low[after : after + 2] != [",", QUOTE] or source[0] < 2 or unit.low[source[0] - 1] != ",":
        return False
    start = left_start(unit, source[0] - 2)
    if unit.low[source[0] - 3 : source[0] - 1] in (["but", "only"], ["not", "only"]):
        return True
    return QUOTE not in unit.low[start : source[0]] and not has_clause(unit, start, source[0] - 1)


def _is_name_given(unit: Unit, index: int, cue: Cue, group: Group) -> bool:
    """Whether the cue is a participle that gives a name: "a feature called “Contemplating”", "a startup dubbed Wisp"."""
    if cue.shape != PAST or group.begin != index or index == 0 or index + 1 >= len(unit.low):
        return False
    before, named = unit.words[index - 1], unit.low[index + 1] == QUOTE or unit.words[index + 1].text[0].isupper()
    return named and before.text[0].islower() and before.low not in PRONOUNS and before.low not in SOURCE_NOUNS


def _subject(unit: Unit, group: Group, cue: Cue, found: list[Statement]) -> tuple[int, int] | None:
    """The subject of a verb group; that of the main clause for ", adding" and "and acknowledges"."""
    last = group.begin - 1
    if last < 0:
        return None
    before = unit.low[last]
    if cue.shape == ING and not (group.progressive or group.controlled):
        if (
            before in (",", "and", "by", "before", "after", "while", "in", "when", "without", "—", "then")
            or before == QUOTE
        ):
            return _shared_subject(unit, group.begin, found)
        return None
    if before == "," and cue.shape != ING and (_inverts(unit, group) or _closes_with_source(unit, group, cue)):
        return None
    if before in ("and", "but", "or", "then") or (
        before == "," and unit.low[last - 1 : last] and _series(unit, group.begin)
    ):
        return _shared_subject(unit, group.begin, found)
    if before == QUOTE:
        return None
    return subject_before(unit, last)


def _is_people(unit: Unit, complement: Complement) -> bool:
    """Whether what is cited is people, not words: "citing three people familiar with the matter"."""
    return any(word in SOURCE_NOUNS for word in unit.low[complement.begin : complement.begin + 4])


def antecedent(unit: Unit, source: tuple[int, int]) -> tuple[int, int]:
    """What ", who" and ", which" stand for: the noun phrase before the comma; a phrase that ends in "that" without it."""
    if source[1] - source[0] > 1 and unit.low[source[1] - 1] in ("that", "which", "who"):
        return source[0], source[1] - 1
    if (
        source[1] - source[0] != 1
        or unit.low[source[0]] not in ("who", "which", "that")
        or source[0] < 2
        or unit.low[source[0] - 1] != ","
    ):
        return source
    last = source[0] - 2
    if unit.low[last].isdigit() and last > 1 and unit.low[last - 1] == ",":
        last -= 2
    begin = phrase_start(unit, last)
    while begin < source[0] - 2 and any(
        unit.low[k] in PREPOSITIONS and unit.low[k] != "of" for k in range(begin, source[0] - 1)
    ):
        begin += 1
    return (begin, source[0] - 1) if begin < source[0] - 1 else source


def _series(unit: Unit, begin: int) -> bool:
    """Whether a comma before the verb joins it to a verb before: "rolls her eyes, then says"."""
    return unit.low[begin] in ("then", "and", "but")


def _shared_subject(unit: Unit, before: int, found: list[Statement]) -> tuple[int, int] | None:
    """The source of the statement before in the unit, else the subject of the main clause."""
    for statement in reversed(found):
        if statement.source is not None and statement.cue is not None and statement.cue[0] < before:
            return statement.source
    start = clause_start(unit, before)
    return main_subject(unit, before, start) or (_opening_name(unit, before) if start == 0 else None)


def _opening_name(unit: Unit, before: int) -> tuple[int, int] | None:
    """The name or "he" that opens a unit whose verb no list has ("Voss set a goal, saying …")."""
    if unit.low[0] in ("he", "she"):
        return 0, 1
    end = 0
    while end < before and unit.words[end].text[0].isupper() and unit.words[end].text.isalpha():
        end += 1
    plain = unit.low[0] in DETERMINERS | PREPOSITIONS | PRONOUNS | SUBORDINATORS | TIMES or is_adverb(unit.low[0])
    verb = end < before and unit.low[end].isalpha()
    return (0, end) if end and verb and not plain and not unit.low[0].endswith(("ing", "ed")) else None


def _inverts(unit: Unit, group: Group) -> bool:
    """Whether ", said X" may begin here: a noun phrase follows the verb."""
    return group.begin > 1 and not _is_insertion(unit, group.begin - 1)


def _closes_with_source(unit: Unit, group: Group, cue: Cue) -> bool:
    """Whether nothing but people who can speak follows to the end: "…, which will also join, said two people familiar with it."."""
    begin, size = group.begin + 1, len(unit.low)
    if cue.particle or "t" in cue.frames or "q" not in cue.frames or begin >= size or unit.low[begin] in PREPOSITIONS:
        return False
    end = phrase_end(unit, begin)
    closed = end >= size or unit.low[end] in STOPS
    return closed and any(word in SOURCE_NOUNS for word in unit.low[begin:end]) and not has_clause(unit, begin, end)


def _is_insertion(unit: Unit, comma: int) -> bool:
    """Whether the comma closes an insertion behind a subject ("Wang, the head of X, said")."""
    found = subject_before(unit, comma)
    return found is not None


def _may_invert(cue: Cue, group: Group) -> bool:
    """Whether this use of a verb can stand before its subject."""
    return (
        cue.shape in (PAST, THIRD)
        and "q" in cue.frames
        and "-" not in cue.frames
        and not (group.negated or cue.particle or cue.lemma == "tell")
    )


def _inverted(unit: Unit, number: int, index: int, group: Group, complement: Complement) -> Statement | None:
    """`“…,” said X`: the content before the verb, the source behind it."""
    if complement.kind in ("that", "quote"):
        return None
    left = left_content(unit, group.begin)
    if left is None or index + 1 >= len(unit.low):
        return None
    begin = index + 1
    if unit.low[begin] in PREPOSITIONS or unit.low[begin] in STOPS or is_adverb_at(unit, begin):
        return None
    if unit.low[begin] in ("it", "them", "that", "this", "so"):
        return None
    end = phrase_end(unit, begin)
    if end <= begin or (end < len(unit.low) and is_finite(unit, end)):
        return None
    if end == begin + 1 and unit.low[begin] in CUES and unit.words[begin].text[0].islower():
        return None
    return Statement(number, left, (begin, end), (group.begin, index + 1), False, "said-inverted")


def _agrees(unit: Unit, source: tuple[int, int], cue: Cue, group: Group, index: int) -> bool:
    """Whether the phrase can be the subject of this verb form, and could be speaking at all."""
    last = unit.low[source[1] - 1]
    if unit.low[source[0]] in ("there", "what", "nothing", "you", "let", "here"):
        return False
    if unit.low[source[0]].endswith("ing") and unit.words[source[0]].text[0].islower() and _is_participle(unit, source):
        return False
    if cue.shape == BASE and group.begin == index:
        return _is_plural(unit, source, last)
    if cue.shape == THIRD and group.begin == index:
        return unit.low[source[0]] not in ("both", "we", "they", "you", "i", "these", "those")
    return True


def _is_participle(unit: Unit, source: tuple[int, int]) -> bool:
    """Whether a phrase that begins with an -ing form is a participle, alone or with a saying in it: "releasing emails that she said"."""
    if source[1] - source[0] == 1:
        return unit.low[source[0]] not in ("everything", "something", "anything", "king")
    return any(word in CUES or word == "that" for word in unit.low[source[0] + 1 : source[1]])


def _is_plural(unit: Unit, source: tuple[int, int], last: str) -> bool:
    """Whether a subject takes a base form: "we", "some", "analysts at X", "A and B"."""
    words = unit.low[source[0] : source[1]]
    if words[0] in _PLURAL_SUBJECTS or last in _PLURAL_SUBJECTS or "and" in words:
        return True
    return any(
        w.endswith("s") and not w.endswith("ss") and (w == last or w in SOURCE_NOUNS or w in EVIDENCE_NOUNS)
        for w in words
    )


def _phrase_allowed(unit: Unit, source: tuple[int, int], cue: Cue) -> bool:
    """Whether a bare noun phrase can be the content: of a verb that takes one, or behind a source of evidence."""
    if "n" in cue.frames or "a" in cue.frames or "i" in cue.frames:
        return True
    return "e" in cue.frames and any(word in EVIDENCE_NOUNS for word in unit.low[source[0] : source[1]])


def _passive(unit: Unit, number: int, index: int, cue: Cue, group: Group) -> Statement | None:
    """ "is said to …": content without a source; "was told by X that …", "was called Y by X"."""
    after = index + 1
    if after >= len(unit.low):
        return None
    if unit.low[after] == "to" and cue.lemma in _RUMOURED:
        end = content_end(unit, Complement("infinitive", after, after))
        end = next((k for k in range(after, end) if unit.low[k] in (",", ":")), end)
        return Statement(number, (after, end), None, (group.begin, after), group.negated, "passive-rumour")
    by = next((i for i in range(after, min(len(unit.low), after + 14)) if unit.low[i] == "by"), None)
    if by is not None and "a" in cue.frames and by > after and by + 1 < len(unit.low):
        return Statement(
            number, (after, by), (by + 1, phrase_end(unit, by + 1)), (group.begin, after), group.negated, "passive-by"
        )
    return None


_RUMOURED = word_class("rumoured")
