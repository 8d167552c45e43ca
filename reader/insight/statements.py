"""Who says what, sentence by sentence: a cue with its source and its content.

One reading serves both layers that need it, quotations (who speaks) and attributions (who vouches).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from reader.insight.clauses import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DASHES,
    DETERMINERS,
    EVIDENCE_NOUNS,
    HAVE,
    MODALS,
    OBJECTS,
    PERIODS,
    POSSESSIVES,
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
    fold,
    has_clause,
    is_adverb,
    is_finite,
    is_possessive,
    main_subject,
    phrase_end,
    phrase_start,
    subject_before,
    word_class,
)
from reader.insight.cues import BASE, CUES, ING, PAST, THIRD, Cue, Group, third, verb_group
from reader.insight.document import Document
from reader.insight.lexicons import terms
from reader.insight.marks import Pair, find_pairs

NOUN_CUES = terms("cue_nouns")
PLURALS = terms("plural_verbs")


@dataclass(slots=True)
class Statement:
    """Content vouched for: ranges of words in `unit`. `source` and `cue` are None where the text names none."""

    unit: int
    content: tuple[int, int]
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    negated: bool
    rule: str
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class _Complement:
    """What follows a cue: `kind` (that, quote, clause, question, phrase, infinitive, none), where it begins, where the cue ends."""

    kind: str
    begin: int
    tail: int


NOTHING = "none"


_INNER_STATES = word_class("inner_state")


def _is_inner_state(unit: Unit, statement: Statement, found: list[Statement]) -> bool:
    """Whether somebody only says what he himself believes or hopes ("he said he hopes …"): the outer statement holds it."""
    if (
        statement.lemma not in _INNER_STATES
        or statement.source is None
        or unit.low[statement.source[0]] not in PRONOUNS
    ):
        return False
    return any(s.content[0] <= statement.source[0] < s.content[1] for s in found)


def read_unit(unit: Unit, number: int) -> list[Statement]:
    """Every statement of a unit, in the order of their cues."""
    found: list[Statement] = []
    for index, low in enumerate(unit.low):
        statement: Statement | None = None
        if low in CUES:
            statement = _from_verb(unit, number, index, found)
        elif low == "according":
            statement = _according_to(unit, number, index)
        if statement is None and low in NOUN_CUES:
            statement = _from_noun(unit, number, index)
        if statement is None and low == ":":
            statement = _from_colon(unit, number, index, found)
        if statement is not None and _is_new(statement, found) and not _is_inner_state(unit, statement, found):
            found.append(statement)
    return [s for s in found if not _is_reported_further(s, found)]


def _is_reported_further(statement: Statement, found: list[Statement]) -> bool:
    """Whether a statement is only part of what another one says ("he said that polls show …"); a saying or a denial within stays."""
    if (
        statement.source is None
        or statement.negated
        or statement.lemma in _KEPT_WITHIN
        or statement.rule == "according-to"
    ):
        return False
    begin, end = statement.source[0], statement.content[1]
    return any(
        s is not statement and s.rule != "said-phrase" and s.content[0] <= begin and end <= s.content[1] for s in found
    )


_KEPT_WITHIN = frozenset(["say", "tell", "report", "announce"])


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
        if after in DETERMINERS or after in ("that", QUOTE, "it", "he", "she", "they") or after[:1].isdigit():
            return False
        return not (
            before in SOURCE_NOUNS
            or before in EVIDENCE_NOUNS
            or (text[0].isupper() and before not in ("united", "swing"))
        )
    if cue.shape == BASE and third(cue.lemma) in PLURALS:
        return not (before in SOURCE_NOUNS or before in EVIDENCE_NOUNS)
    if cue.shape == PAST and unit.low[index] in (
        "pledged",
        "detailed",
        "expected",
        "proposed",
        "estimated",
        "perceived",
        "known",
        "felt",
    ):
        return not (text[0].isupper() or before.endswith("s") or before in SOURCE_NOUNS) or after[-1:] == "s"
    return False


def _is_new(statement: Statement, found: list[Statement]) -> bool:
    """Whether no earlier statement has the same content."""
    return statement.content[0] < statement.content[1] and all(s.content != statement.content for s in found)


# --- verbs ------------------------------------------------------------------


def _from_verb(unit: Unit, number: int, index: int, found: list[Statement]) -> Statement | None:
    """The statement of a cue verb: the first of its uses that fits what stands around it."""
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


def _use(unit: Unit, number: int, index: int, cue: Cue, group: Group, found: list[Statement]) -> Statement | None:
    """The statement that one use of a verb makes, or None."""
    after = index + (2 if cue.particle else 1)
    if group.passive:
        return _passive(unit, number, index, cue, group)
    if group.infinitive or group.modal:
        return None
    complement = _complement(unit, after, cue)
    source = _subject(unit, group, cue, found)
    source = source and _antecedent(unit, source)
    if source is None:
        return _inverted(unit, number, index, cue, group, complement)
    if not _agrees(unit, source, cue, group, index):
        return None
    cue_span = (group.begin, complement.tail)
    if cue.lemma == "put" and unit.low[after : after + 1] == ["it"] and complement.kind == NOTHING:
        quote = next((k for k in range(source[0] - 1, -1, -1) if unit.low[k] == QUOTE), None)
        return (
            None
            if quote is None
            else Statement(number, (quote, quote + 1), source, (index, after + 1), False, "put-it")
        )
    left = _left_content(unit, source[0]) if "c" in cue.frames or "q" in cue.frames else None
    if (
        left is not None
        and not group.negated
        and (complement.kind == NOTHING or (complement.kind == "quote" and unit.low[complement.tail] == ","))
    ):
        return Statement(number, left, source, cue_span, group.negated, "said-after")
    if complement.kind == NOTHING:
        around = _around(unit, source, after) if "c" in cue.frames else None
        return around and Statement(number, around, source, cue_span, group.negated, "said-amid")
    if complement.kind == "phrase" and not _phrase_allowed(unit, source, cue):
        return None
    end = _content_end(unit, complement)
    return Statement(number, (complement.begin, end), source, cue_span, group.negated, f"said-{complement.kind}")


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
    if before == "," and cue.shape != ING and _inverts(unit, group):
        return None
    if before in ("and", "but", "or", "then") or (
        before == "," and unit.low[last - 1 : last] and _series(unit, group.begin)
    ):
        return _shared_subject(unit, group.begin, found)
    if before == QUOTE:
        return None
    return subject_before(unit, last)


def _antecedent(unit: Unit, source: tuple[int, int]) -> tuple[int, int]:
    """What ", who" and ", which" stand for: the noun phrase before the comma."""
    if (
        source[1] - source[0] != 1
        or unit.low[source[0]] not in ("who", "which")
        or source[0] < 2
        or unit.low[source[0] - 1] != ","
    ):
        return source
    begin = phrase_start(unit, source[0] - 2)
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
    return main_subject(unit, before, clause_start(unit, before))


def _inverts(unit: Unit, group: Group) -> bool:
    """Whether ", said X" may begin here: a noun phrase follows the verb."""
    return group.begin > 1 and not _is_insertion(unit, group.begin - 1)


def _is_insertion(unit: Unit, comma: int) -> bool:
    """Whether the comma closes an insertion behind a subject ("Wang, the head of X, said")."""
    found = subject_before(unit, comma)
    return found is not None


def _inverted(unit: Unit, number: int, index: int, cue: Cue, group: Group, complement: _Complement) -> Statement | None:
    """`“…,” said X`: the content before the verb, the source behind it."""
    if (
        cue.shape not in (PAST, THIRD)
        or "q" not in cue.frames
        or group.negated
        or complement.kind in ("that", "quote")
        or cue.particle
    ):
        return None
    left = _left_content(unit, group.begin)
    if left is None or index + 1 >= len(unit.low):
        return None
    begin = index + 1
    if unit.low[begin] in PREPOSITIONS or unit.low[begin] in STOPS or is_adverb(unit.low[begin]):
        return None
    end = phrase_end(unit, begin)
    if end <= begin or (end < len(unit.low) and is_finite(unit, end)):
        return None
    return Statement(number, left, (begin, end), (group.begin, index + 1), False, "said-inverted")


def _agrees(unit: Unit, source: tuple[int, int], cue: Cue, group: Group, index: int) -> bool:
    """Whether the phrase can be the subject of this verb form, and could be speaking at all."""
    last = unit.low[source[1] - 1]
    if unit.low[source[0]] in ("there", "what", "nothing", "you", "let", "one", "here"):
        return unit.low[source[0]] == "one" and source[1] - source[0] > 1
    if cue.shape == BASE and group.begin == index:
        first = unit.low[source[0]]
        plural = first in (
            "we",
            "they",
            "you",
            "i",
            "who",
            "people",
            "some",
            "many",
            "most",
            "both",
            "others",
            "critics",
            "few",
            "two",
        )
        return (
            plural
            or last in ("people", "police", "others")
            or (last.endswith("s") and not last.endswith("ss"))
            or ("and" in unit.low[source[0] : source[1]])
        )
    if cue.shape == THIRD and group.begin == index:
        return unit.low[source[0]] not in ("we", "they", "you", "i", "these", "those")
    return True


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
        end = _content_end(unit, _Complement("infinitive", after, after))
        return Statement(number, (after, end), None, (group.begin, after), group.negated, "passive-rumour")
    by = next((i for i in range(after, min(len(unit.low), after + 14)) if unit.low[i] == "by"), None)
    if by is not None and "a" in cue.frames and by > after and by + 1 < len(unit.low):
        return Statement(
            number, (after, by), (by + 1, phrase_end(unit, by + 1)), (group.begin, after), group.negated, "passive-by"
        )
    return None


_RUMOURED = word_class("rumoured")


# --- what follows the cue ---------------------------------------------------


def _complement(unit: Unit, begin: int, cue: Cue) -> _Complement:
    """What the words from `begin` on are to a cue with these frames."""
    size, frames = len(unit.low), cue.frames
    i = begin
    while (
        i < size
        and is_adverb(unit.low[i])
        and unit.low[i] not in DETERMINERS
        and (unit.low[i] not in ("so", "too", "even", "only") or unit.low[i + 1 : i + 2] == ["that"])
    ):
        i += 1
    if i >= size:
        return _Complement(NOTHING, i, begin)
    low = unit.low[i]
    if low == "it" and cue.lemma == "put" and "q" in frames:
        return _behind_adverbials(unit, i + 1, begin, frames, cue.lemma)
    if "a" in frames:
        return _described(unit, i, begin)
    if "t" in frames and low not in ("that", ":", ",", QUOTE, "of", "about", "against") and low not in STOPS:
        addressed = _behind_addressee(unit, i, frames)
        if addressed is not None or "n" not in frames:
            return addressed or _Complement(NOTHING, i, begin)
    if low == "to" and "i" in frames and i + 1 < size and unit.low[i + 1].isalpha():
        return _Complement("infinitive", i, begin)
    if "w" in frames and low in ("if", "whether", "how", "what", "why", "who", "when", "where", "which"):
        return _Complement("question", i, begin)
    if "c" in frames or "q" in frames:
        found = _behind_adverbials(unit, i, begin, frames, cue.lemma)
        if found.kind != NOTHING:
            return found
    if ("n" in frames or "e" in frames) and _begins_phrase(unit, i):
        return _Complement("phrase", i, begin)
    return _Complement(NOTHING, i, begin)


def _begins_phrase(unit: Unit, index: int) -> bool:
    low, text = unit.low[index], unit.words[index].text
    if low in ("that", "this", "these", "those"):
        return True
    if (
        low in STOPS
        or low in SUBORDINATORS
        or low in COORDINATORS
        or low in TIMES
        or low in ",:—)"
        or is_finite(unit, index)
    ):
        return False
    return low == QUOTE or low in DETERMINERS or low in OBJECTS or text[0].isalnum() or text[0] in "$€£"


def _behind_adverbials(unit: Unit, begin: int, tail: int, frames: str, lemma: str) -> _Complement:
    """The clause or quotation behind "on Monday", "in a statement", "to reporters"."""
    i, size = begin, len(unit.low)
    while i < size:
        low = unit.low[i]
        if low == "that" and "c" in frames and i + 1 < size and unit.low[i + 1] not in STOPS:
            return _Complement("that", i, tail)
        if low == QUOTE:
            return _quoted(unit, i, i, tail)
        if low == ":" and not (unit.tight(i) and i + 1 < size and unit.low[i + 1][0].isdigit()):
            return (
                _Complement("quote" if unit.low[i + 1 : i + 2] == [QUOTE] else "clause", i + 1, i)
                if i + 1 < size
                else _nothing(i, tail)
            )
        if low == ",":
            if unit.low[i + 1 : i + 2] == [QUOTE]:
                return _quoted(unit, i + 1, i, i)
            that = next((k for k in range(i + 1, min(size, i + 9)) if unit.low[k] == "that"), None)
            if that is not None and unit.low[that - 1] == "," and "c" in frames:
                return _Complement("that", that, tail)
            return _nothing(i, tail)
        if low in STOPS or low in ("—", "–", ")"):
            return _nothing(i, tail)
        behind = _adverbial_end(unit, i)
        if behind == i:
            break
        i = behind
    if i == begin and i < size and unit.low[i] in HAVE | BE and "c" in frames and _in_relative(unit, tail):
        return _Complement("clause", i, tail)
    if i >= size or "c" not in frames or not _begins_clause(unit, i):
        return _nothing(i, tail)
    end = _content_end(unit, _Complement("clause", i, tail))
    if _holds_clause(unit, i, end, lemma) or (lemma in _CLAUSE_ONLY and end - i > 2 and unit.low[i] in DETERMINERS):
        return _Complement("clause", i, tail)
    if QUOTE in unit.low[i:end]:
        return _Complement("clause", i, tail)
    return _nothing(i, tail)


def _in_relative(unit: Unit, index: int) -> bool:
    """Whether the cue stands in a relative clause whose subject the content goes on with: "a model that X says has gaps"."""
    return any(unit.low[k] in ("that", "which", "who") for k in range(max(1, index - 16), index))


def _holds_clause(unit: Unit, begin: int, end: int, lemma: str) -> bool:
    """Whether a clause begins at `begin`: its verb comes before any comma, relative or "because" (which would belong to a noun phrase)."""
    if lemma not in _OBJECT_VERBS:
        return has_clause(unit, begin + 1, end)
    for k in range(begin + 1, end):
        if is_finite(unit, k):
            return not unit.low[k].endswith("ed") or not _modifies(unit, k)
        if unit.low[k] in RELATIVES or unit.low[k] in _BLOCKERS:
            return False
    return False


def _modifies(unit: Unit, index: int) -> bool:
    """Whether an -ed word behind a noun is a participle: "an email published in May"."""
    return index + 1 < len(unit.low) and unit.low[index + 1] in PREPOSITIONS and unit.low[index + 1] != "to"


_OBJECT_VERBS, _BLOCKERS = word_class("object_verb"), word_class("clause_blocker")


def _nothing(begin: int, tail: int) -> _Complement:
    return _Complement(NOTHING, begin, tail)


def _quoted(unit: Unit, quote: int, begin: int, tail: int) -> _Complement:
    """A quotation as content."""
    return _Complement("quote", quote, tail if begin == quote else begin)


def _begins_clause(unit: Unit, index: int) -> bool:
    low = unit.low[index]
    if (
        low in COORDINATORS
        or low in BE
        or low in HAVE
        or low in MODALS
        or low in _NO_CLAUSE
        or low.endswith(("selves", "self"))
    ):
        return False
    return low[0].isalnum() or low in "$€£"


_PHRASE_ENDS = word_class("clause_blocker")
_CLAUSE_ONLY = word_class("clause_only")
_NO_CLAUSE = word_class("no_clause")


def _adverbial_end(unit: Unit, index: int) -> int:
    """Index behind an adverbial of time, place or addressee at `index`; `index` when none begins there."""
    low, size = unit.low[index], len(unit.low)
    after = unit.low[index + 1] if index + 1 < size else ""
    if low in TIMES:
        return index + 1
    if low in ("this", "last", "next") and after in PERIODS:
        return index + 2
    if low in ("earlier", "late", "early", "later") and after in ("this", "on", "in", "last"):
        return index + 1
    if is_adverb(low) and low not in DETERMINERS and low not in PRONOUNS:
        return index + 1
    if low not in PREPOSITIONS or low in ("as", "like", "than", "since", "despite", "about", "of"):
        return index
    return _prepositional_end(unit, index)


def _prepositional_end(unit: Unit, index: int) -> int:
    """Index behind the prepositional phrase at `index`; `index` when a clause seems to begin within it."""
    i, size = index + 1, len(unit.low)
    while i < size and (unit.low[i] in TIMES or unit.low[i].isdigit()):
        i += 1
    if i > index + 1:
        return i
    stop = i
    while stop < size:
        low = unit.low[stop]
        if low == QUOTE and stop == i:
            return stop + 1
        if low in ("that", ",", ":", QUOTE) or low in STOPS or (low in DASHES and not unit.tight(stop)) or low == ")":
            return stop
        if stop > i and low in TIMES:
            return stop
        if (
            stop > i + 1
            and (low in PRONOUNS or low in DETERMINERS)
            and unit.low[stop - 1] not in PREPOSITIONS
            and (unit.low[stop - 1] not in DETERMINERS and unit.low[stop - 1] not in COORDINATORS)
        ):
            return stop
        if is_finite(unit, stop):
            return _split_phrase(unit, index, stop)
        stop += 1
    return stop


def _split_phrase(unit: Unit, index: int, verb: int) -> int:
    """Where the clause begins when a verb follows "in a statement Apple has": at the last capital behind a small word."""
    for k in range(verb - 1, index + 1, -1):
        if (
            unit.words[k].text[0].isupper()
            and unit.words[k - 1].text[0].islower()
            and unit.low[k - 1] not in PREPOSITIONS
            and (unit.low[k - 1] not in DETERMINERS)
        ):
            return k
    return index


def _behind_addressee(unit: Unit, begin: int, frames: str) -> _Complement | None:
    """The content behind "told analysts on a call"; None when there is none."""
    i, size = begin, len(unit.low)
    stop = min(size, begin + 16)
    for k in range(i, stop):
        low = unit.low[k]
        if low == "that" and k > i and "c" in frames:
            return _Complement("that", k, begin)
        if low == QUOTE and k > i:
            tail = k - 1 if unit.low[k - 1] in ",:" else k
            return _Complement("quote", k, tail) if unit.low[k - 1] in ",:" else _clause_with_quote(unit, i, k, begin)
        if low == ":" and k + 1 < size:
            return _Complement("clause", k + 1, k)
        if low in ("how", "what", "why", "whether", "if") and k > i:
            return _Complement("question", k, begin)
        if low == "to" and k > i and "i" in frames:
            return _Complement("infinitive", k, begin)
        if low in STOPS or low == ",":
            break
    return _clause_behind_addressee(unit, i)


def _clause_with_quote(unit: Unit, begin: int, quote: int, tail: int) -> _Complement | None:
    """ "told Congress the plan “will work”": the clause begins behind the addressee."""
    return _clause_behind_addressee(unit, begin) or _Complement("quote", quote, quote)


def _clause_behind_addressee(unit: Unit, begin: int) -> _Complement | None:
    """A clause without "that" behind an addressee of one word or one name."""
    i, size = begin, len(unit.low)
    if unit.low[i] in OBJECTS or unit.low[i] in (
        "reporters",
        "investors",
        "analysts",
        "staff",
        "employees",
        "lawmakers",
        "customers",
        "me",
    ):
        i += 1
    else:
        while (
            i < size
            and (unit.low[i] in DETERMINERS or unit.words[i].text[0].isupper())
            and not (i > begin and unit.low[i] in DETERMINERS)
        ):
            i += 1
    if i == begin:
        return None
    while i < size and (behind := _adverbial_end(unit, i)) > i:
        i = behind
    if i >= size or not _begins_clause(unit, i) or is_finite(unit, i):
        return None
    complement = _Complement("clause", i, begin)
    return complement if has_clause(unit, i + 1, _content_end(unit, complement)) else None


def _described(unit: Unit, index: int, tail: int) -> _Complement:
    """ "calls the model “boring”", "described it as small": an object with a quotation, "as" or a judgement behind it."""
    if not _begins_phrase(unit, index) and unit.low[index] != "as":
        return _nothing(index, tail)
    end = _content_end(unit, _Complement("phrase", index, tail))
    words = unit.low[index:end]
    if unit.low[tail - 1].startswith("put"):
        return _Complement("description", index, tail) if _put_at(words) else _nothing(index, tail)
    words = words[: words.index(",")] if "," in words[1:] and words[0] != "," else words
    if QUOTE in words or "as" in words or words[:1] == ["as"] or (unit.low[index] in OBJECTS and end > index + 1):
        return _Complement("description", index, tail)
    if any(b in ("a", "an") and a not in PREPOSITIONS for a, b in itertools.pairwise(words)):
        return _Complement("description", index, tail)
    return _nothing(index, tail)


def _put_at(words: list[str]) -> bool:
    """ "puts its share at 27%", "put the price at “up to $10 billion”"."""
    at = words.index("at") if "at" in words else len(words)
    return any(w[0].isdigit() or w in "$€£" or w == QUOTE for w in words[at + 1 : at + 4])


def _content_end(unit: Unit, complement: _Complement) -> int:
    """Index behind the content that begins at `complement.begin`."""
    i, size = complement.begin, len(unit.low)
    if complement.kind == "quote" and unit.low[i] == QUOTE and _is_whole(unit, i):
        return i + 1
    depth = 0
    while i < size:
        low = unit.low[i]
        if low == "(":
            depth += 1
        elif low == ")":
            if depth == 0:
                break
            depth -= 1
        elif (
            depth == 0
            and i > complement.begin
            and (_closes_content(unit, i) or (complement.kind == "phrase" and low in _PHRASE_ENDS))
        ):
            break
        elif low == QUOTE and i + 1 < size and _ends_sentence(unit, i):
            i += 1
            break
        i += 1
    while i > complement.begin and unit.low[i - 1] in (".", ",", ";", "?", "!", ":", "—", "–", "and", "but"):
        if unit.low[i - 1] == "." and i < size and unit.tight(i - 1) and len(unit.low[i - 2]) == 1:
            break
        i -= 1
    return i


def _is_whole(unit: Unit, index: int) -> bool:
    """Whether a quotation is the whole content: punctuation or nothing follows it."""
    return (
        index + 1 >= len(unit.low)
        or unit.low[index + 1] in ",.;:—–)"
        or unit.low[index + 1] in COORDINATORS
        or unit.low[index + 1] in CUES
    )


def _ends_sentence(unit: Unit, index: int) -> bool:
    """Whether a quotation closes its sentence and another begins behind it."""
    return unit.words[index + 1].text[0].isupper() and unit.words[index].end - unit.words[index].start > 12


def _closes_content(unit: Unit, index: int) -> bool:
    """Whether the content of a statement ends before word `index`."""
    low, size = unit.low[index], len(unit.low)
    if low == ";":
        return True
    if low == ",":
        return _comma_closes(unit, index)
    if low == "according" and unit.low[index + 1 : index + 2] == ["to"]:
        return True
    if low in ("and", "but") and index + 1 < size:
        k = index + 1
        while k < size - 1 and is_adverb(unit.low[k]):
            k += 1
        return (
            unit.low[k] in CUES
            and CUES[unit.low[k]][0].shape in (PAST, THIRD)
            and unit.low[k] not in ("call", "question")
        )
    return False


def _comma_closes(unit: Unit, comma: int) -> bool:
    """Whether a comma ends the content: another statement, a contrast or an aside with a cue follows."""
    k, size = comma + 1, len(unit.low)
    while k < size - 1 and (is_adverb(unit.low[k]) and unit.low[k] not in DETERMINERS):
        k += 1
    if k >= size:
        return True
    low = unit.low[k]
    if low in ("but", "while", "although", "though", "whereas", "according", "prompting", "sending"):
        return True
    if low in CUES and CUES[low][0].shape == ING:
        return True
    if (
        low in ("before", "after", "when", "by")
        and unit.low[k + 1 : k + 2]
        and unit.low[k + 1] in CUES
        and unit.low[k + 1].endswith("ing")
    ):
        return True
    if low in ("and", "but") and k + 1 < size and unit.low[k + 1] in CUES and unit.low[k + 1] not in NOUN_CUES:
        return True
    return _cue_ahead(unit, k)


def _cue_ahead(unit: Unit, begin: int) -> bool:
    """Whether a subject and a saying verb follow at once ("…, he said", "…, which Samsung denied")."""
    for k in range(begin, min(len(unit.low), begin + 9)):
        low = unit.low[k]
        if low in ",;:" or low == QUOTE or low in STOPS:
            return False
        if (
            low in CUES
            and k > begin
            and any(("q" in c.frames or "-" in c.frames) and c.shape in (PAST, THIRD) for c in CUES[low])
        ):
            return verb_group(unit, k, CUES[low][0].shape) is not None
        if is_finite(unit, k) and low not in HAVE and low not in BE:
            return False
    return False


# --- what stands before the cue ---------------------------------------------


def _left_content(unit: Unit, begin: int) -> tuple[int, int] | None:
    """The clause or quotation that ends directly before `begin`."""
    last = begin - 1
    if last < 0:
        return None
    low = unit.low[last]
    if low == QUOTE:
        return _left_of_quote(unit, last)
    if low not in (",", "—", "–", "?", "!") or last == 0:
        return None
    if unit.low[last - 1] == QUOTE:
        return _left_of_quote(unit, last - 1)
    start = _left_start(unit, last - 1)
    if start >= last or not has_clause(unit, start, last):
        return None
    if unit.low[start] in ("asked", "pressed", "speaking", "citing", "writing", "according"):
        return None
    if (
        unit.low[start] in SUBORDINATORS | PREPOSITIONS
        and unit.low[start] not in ("that", "what", "how")
        and not _has_main_clause(unit, start, last)
    ):
        return None
    return start, last


def _has_main_clause(unit: Unit, start: int, end: int) -> bool:
    """Whether a comma within is followed by a clause: "When X came, Y left"."""
    return (
        any(unit.low[i] == "," and has_clause(unit, i + 1, end) for i in range(start, end))
        or unit.low[start] in PREPOSITIONS - SUBORDINATORS
    )


def _left_of_quote(unit: Unit, quote: int) -> tuple[int, int]:
    """A quotation before a cue, with the clause that it ends when it is only a part of one."""
    if quote == 0 or (not unit.low[quote - 1][0].isalnum() and unit.low[quote - 1] != "'s"):
        return quote, quote + 1
    return _left_start(unit, quote - 1), quote + 1


def _left_start(unit: Unit, last: int) -> int:
    """Where the clause that ends at `last` begins, behind a dateline, a stop or an earlier cue."""
    i = last
    while i > 0:
        low = unit.low[i - 1]
        if low in (";", ":") or (low in STOPS and len(unit.low[i - 2 if i > 1 else 0]) > 4 and not (unit.tight(i))):
            break
        if low == QUOTE and unit.words[i].text[0].isupper() and _ends_sentence(unit, i - 1):
            break
        i -= 1
    return _behind_dateline(unit, i)


def _behind_dateline(unit: Unit, begin: int) -> int:
    """`begin` moved behind "SEOUL, Oct. 29 (Reuters) -"."""
    if begin > 0 or not unit.words[0].text.isupper() or len(unit.words[0].text) < 3:
        return begin
    for i in range(1, min(len(unit.low), 14)):
        if unit.low[i] in DASHES and not unit.tight(i):
            return i + 1
    return begin


def _around(unit: Unit, source: tuple[int, int], after: int) -> tuple[int, int] | None:
    """The larger part of a clause that the cue interrupts: "Skua 3, Solheim says, will be trained …"."""
    size = len(unit.low)
    if source[0] < 2 or unit.low[source[0] - 1] != "," or after >= size or unit.low[after] != ",":
        return None
    begin = after + 1
    if begin >= size or not (is_finite(unit, begin) or has_clause(unit, begin, size)):
        return None
    return begin, _content_end(unit, _Complement("clause", begin, after))


# --- prepositions, nouns and colons -----------------------------------------


def _according_to(unit: Unit, number: int, index: int) -> Statement | None:
    """ "according to NP", behind its content or before it."""
    size = len(unit.low)
    if unit.low[index + 1 : index + 2] != ["to"] or index + 2 >= size:
        return None
    begin = index + 2
    end = phrase_end(unit, begin)
    if end <= begin:
        return None
    cue = (index, index + 2)
    start = _left_start(unit, index - 1) if index > 0 else 0
    if index > 0 and start < index and (has_clause(unit, start, index) or index - start > 3):
        stop = index - 1 if unit.low[index - 1] == "," else index
        return Statement(number, (start, stop), (begin, end), cue, False, "according-to")
    if end < size and unit.low[end] == ",":
        content = (end + 1, _content_end(unit, _Complement("clause", end + 1, end)))
        return Statement(number, content, (begin, end), cue, False, "according-to")
    return None


def _from_noun(unit: Unit, number: int, index: int) -> Statement | None:
    """ "X's claim that …", "her answer is short: “…”", "the company line is that …": a noun of saying and its owner."""
    owner = _owner(unit, index)
    viewed = _in_view(unit, number, index, owner) if owner else None
    if viewed is not None:
        return viewed
    cue = (index, index + 1)
    content = _noun_content(unit, index)
    if content is None:
        return None
    begin, end, rule = content
    if owner is None and rule in ("noun-is", "noun-colon"):
        owner = _spokesman(unit, index, begin)
    return Statement(number, (begin, end), owner, cue, False, rule) if owner else None


def _noun_content(unit: Unit, index: int) -> tuple[int, int, str] | None:
    """Where the content of a noun of saying stands, and how it is joined: "that …", "is that …", ": …"."""
    size, i = len(unit.low), index + 1
    inserted = i + 1 < size and unit.low[i] == "," and unit.low[i + 1] == "that"
    i += inserted
    if i + 1 < size and unit.low[i] == "that":
        end = _content_end(unit, _Complement("that", i, i))
        comma = next((k for k in range(i, end) if unit.low[k] == ","), end) if inserted else end
        return i, comma, "noun-that"
    if i < size and unit.low[i] == ",":
        i = next((k + 1 for k in range(i + 1, min(size, i + 20)) if unit.low[k] == ","), size)
    for k in range(i, min(size - 1, i + 8)):
        low, after = unit.low[k], unit.low[k + 1]
        if low == ":" and (after == QUOTE or has_clause(unit, k + 1, size)):
            return k + 1, _content_end(unit, _Complement("quote", k + 1, k)), "noun-colon"
        if low in ("is", "was") and after in ("that", QUOTE):
            return k + 1, _content_end(unit, _Complement("that", k + 1, k)), "noun-is"
        if low in STOPS or low == "," or low == QUOTE:
            return None
    return None


def _spokesman(unit: Unit, index: int, stop: int) -> tuple[int, int] | None:
    """Who stands behind "the company line, delivered by a press officer, is": the agent, else the modifier of the noun."""
    for k in range(index + 1, min(stop, index + 8)):
        if unit.low[k] in ("by", "from") and k + 1 < stop:
            return k + 1, phrase_end(unit, k + 1, appositive=False)
    if index > 1 and unit.low[index - 1] in SOURCE_NOUNS and unit.low[index - 2] in DETERMINERS:
        return index - 2, index
    return None


def _in_view(unit: Unit, number: int, index: int, owner: tuple[int, int]) -> Statement | None:
    """ "in her view": the clause around or behind it."""
    if (
        unit.low[index] not in ("view", "words", "opinion", "telling", "estimation", "reckoning")
        or owner[0] == 0
        or unit.low[owner[0] - 1] != "in"
    ):
        return None
    cue, size = (owner[0] - 1, index + 1), len(unit.low)
    if index + 1 >= size or (unit.low[index + 1] not in (",", ":") and index + 1 < size - 1):
        return None
    if cue[0] <= 1 and index + 2 < size:
        return Statement(
            number,
            (index + 2, _content_end(unit, _Complement("clause", index + 2, index))),
            owner,
            cue,
            False,
            "in-view",
        )
    if unit.low[cue[0] - 1] != ",":
        return None
    start = _left_start(unit, cue[0] - 2)
    end = _content_end(unit, _Complement("clause", index + 2, index)) if index + 2 < size else cue[0] - 1
    return Statement(number, (start, end), owner, cue, False, "in-view")


def _owner(unit: Unit, index: int) -> tuple[int, int] | None:
    """The possessor of the noun at `index`, behind which at most three adjectives stand."""
    for k in range(index - 1, max(-1, index - 5), -1):
        low = unit.low[k]
        if low in POSSESSIVES:
            return k, k + 1
        if is_possessive(unit, k):
            return _name_before(unit, k), k
        if not low[0].isalpha():
            return None
    return None


def _name_before(unit: Unit, mark: int) -> int:
    """Start of the name or noun that owns the possessive at `mark`: up to a preposition, a verb or a small word."""
    i = mark - 1
    while i > 0:
        low = unit.low[i - 1]
        if (
            low in PREPOSITIONS
            or low in COORDINATORS
            or low in SUBORDINATORS
            or (not low[0].isalnum() and low not in ".-'’")
        ):
            break
        if (
            unit.low[i] in DETERMINERS
            or is_finite(unit, i - 1)
            or (
                unit.words[i].text[0].isupper()
                and low.islower()
                and (unit.words[i - 1].text[0].islower() and low not in SOURCE_NOUNS)
            )
        ):
            break
        i -= 1
    return i


def _from_colon(unit: Unit, number: int, index: int, found: list[Statement]) -> Statement | None:
    """`Name: “…”` and "The most revealing detail in the CNBC report: …"."""
    if index == 0 or index + 1 >= len(unit.low) or any(s.cue and s.cue[0] < index <= s.content[0] for s in found):
        return None
    start = _left_start(unit, index - 1)
    size = len(unit.low)
    if index == 1 and unit.low[0] == QUOTE and unit.words[2].text[0].isupper():
        return _headline(unit, number)
    if unit.low[index + 1] == QUOTE:
        if (
            index - start <= 6
            and unit.words[start].text[0].isupper()
            and not has_clause(unit, start, index)
            and unit.low[start] not in PREPOSITIONS
        ):
            return Statement(number, (index + 1, index + 2), (start, index), (index, index + 1), False, "colon")
        return _lead_in(unit, number, index, start)
    for k in range(index - 1, max(start, index - 6), -1):
        if unit.low[k] in ("report", "reporting", "memo", "filing", "statement") and has_clause(unit, index + 1, size):
            begin = max(phrase_start(unit, index - 1), _behind_last_preposition(unit, start, index))
            if begin < index:
                cue = (begin - 2, begin - 1) if begin > start + 1 else (k, k + 1)
                content = (index + 1, _content_end(unit, _Complement("clause", index + 1, index)))
                return Statement(number, content, (begin, index), cue, False, "report-colon")
    return None


def _headline(unit: Unit, number: int) -> Statement | None:
    """`“…”: Name on …`: the name behind the colon speaks."""
    end = 2
    while end < len(unit.low) and unit.words[end].text[0].isupper() and end < 7:
        end += 1
    return Statement(number, (0, 1), (2, end), None, False, "headline") if end > 2 else None


def _behind_last_preposition(unit: Unit, begin: int, end: int) -> int:
    """Index behind the last preposition between `begin` and `end`; `begin` when there is none."""
    return next((k + 1 for k in range(end - 2, begin, -1) if unit.low[k] in PREPOSITIONS), begin)


def _announces(unit: Unit, source: tuple[int, int], verb: int) -> bool:
    """Whether somebody, or a text of somebody's, does something before a colon and a quotation."""
    low = unit.low[source[0]]
    if low in ("here", "there", "this", "that", "what", "it", "these", "those") or unit.low[verb] in BE | MODALS:
        return False
    words = unit.low[source[0] : source[1]]
    return (
        low in PRONOUNS
        or unit.words[source[0]].text[0].isupper()
        or any(w in SOURCE_NOUNS or w in EVIDENCE_NOUNS for w in words)
    )


def _lead_in(unit: Unit, number: int, colon: int, start: int) -> Statement | None:
    """A clause that announces a quotation: "The post includes the most corporate sentence imaginable: “…”"."""
    for verb in range(start + 1, colon):
        if is_finite(unit, verb):
            last = verb - 1
            while last > start and (is_adverb(unit.low[last]) or unit.low[last] in AUXILIARIES):
                last -= 1
            source = subject_before(unit, last)
            if (
                source is None
                or not _announces(unit, source, verb)
                or unit.low[source[0]]
                in (
                    "here",
                    "there",
                    "this",
                    "that",
                    "what",
                    "it",
                    "these",
                    "those",
                )
            ):
                return None
            return Statement(
                number, (colon + 1, colon + 2), _antecedent(unit, source), (verb, verb + 1), False, "lead-in"
            )
    return None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read for who says what: its quotations, its units, and the statements found in them."""

    pairs: tuple[Pair, ...]
    units: tuple[Unit, ...]
    statements: tuple[Statement, ...]


def read_statements(document: Document) -> Reading:
    """Every statement of `document`, unit by unit."""
    pairs = find_pairs(document.text)
    units = fold(document, pairs)
    found = [statement for number, unit in enumerate(units) for statement in read_unit(unit, number)]
    return Reading(tuple(pairs), tuple(units), tuple(found))
