"""What follows a cue verb: a clause, a quotation, a question, an infinitive, a noun phrase or a description; or nothing."""

from __future__ import annotations

import itertools

from reader.insight.lexicons import table
from reader.insight.speech.contents import NOTHING, Complement, content_end
from reader.insight.speech.cues import Cue
from reader.insight.syntax.clauses import (
    BE,
    COORDINATORS,
    DASHES,
    DETERMINERS,
    HAVE,
    MODALS,
    OBJECTS,
    PERIODS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE,
    RELATIVES,
    STOPS,
    SUBORDINATORS,
    TIMES,
    Unit,
    has_clause,
    is_adverb,
    is_adverb_at,
    is_finite,
    is_participle,
    word_class,
)

_ADDRESSEES = word_class("addressee")


def complement_of(unit: Unit, begin: int, cue: Cue) -> Complement:
    """What the words from `begin` on are to a cue with these frames."""
    size, frames = len(unit.low), cue.frames
    i = begin
    while (
        i < size
        and is_adverb_at(unit, i)
        and unit.low[i] not in DETERMINERS
        and not (unit.low[i] in ("last", "next") and unit.low[i + 1 : i + 2] and unit.low[i + 1] in PERIODS | TIMES)
        and (unit.low[i] not in ("so", "too", "even", "only") or unit.low[i + 1 : i + 2] == ["that"])
    ):
        i += 1
    if i >= size:
        return Complement(NOTHING, i, begin)
    low = unit.low[i]
    if low == "it" and cue.lemma == "put" and "q" in frames and unit.low[i + 1 : i + 2] != ["at"]:
        return _behind_adverbials(unit, i + 1, begin, frames, cue.lemma)
    if "a" in frames:
        return _described(unit, i, begin)
    if "t" in frames and low not in ("that", ":", ",", QUOTE, "of", "about", "against") and low not in STOPS:
        if low in ("there", "it") and "c" in frames and i + 1 < size and is_finite(unit, i + 1):
            return Complement("clause", i, begin)
        addressed = _behind_addressee(unit, i, frames)
        if addressed is not None or "n" not in frames:
            return addressed or Complement(NOTHING, i, begin)
    if low == "to" and "i" in frames and i + 1 < size and unit.low[i + 1].isalpha():
        return Complement("infinitive", i, begin)
    if _says_nothing(unit, i):
        return Complement(NOTHING, i, begin)
    if "w" in frames and low in ("if", "whether", "how", "what", "why", "who", "when", "where", "which"):
        return Complement("question", i, begin)
    if "c" in frames or "q" in frames:
        found = _behind_adverbials(unit, i, begin, frames, cue.lemma)
        if found.kind != NOTHING:
            return found
    if ("n" in frames or "e" in frames) and _begins_phrase(unit, i):
        return Complement("phrase", i, begin)
    return Complement(NOTHING, i, begin)


def _says_nothing(unit: Unit, index: int) -> bool:
    """Whether the object only stands for words ("said nothing", "has argued so", "not said a word"), and no clause begins with it."""
    low, after = unit.low[index], unit.low[index + 1] if index + 1 < len(unit.low) else ""
    if low == "a" and after == "word":
        return True
    if low not in ("nothing", "so", "yes", "no", "little", "something"):
        return False
    return not after or not after[0].isalnum() or after in SUBORDINATORS or after in PREPOSITIONS


def _begins_phrase(unit: Unit, index: int) -> bool:
    low, text = unit.low[index], unit.words[index].text
    if low in ("that", "this", "these", "those"):
        return True
    if low in PREPOSITIONS and not unit.low[min(index + 1, len(unit.low) - 1)][0].isdigit():
        return False
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


def _behind_adverbials(unit: Unit, begin: int, tail: int, frames: str, lemma: str) -> Complement:
    """The clause or quotation behind "on Monday", "in a statement", "to reporters"."""
    i, size = begin, len(unit.low)
    while i < size:
        low = unit.low[i]
        if low == "that" and "c" in frames and i + 1 < size and unit.low[i + 1] not in STOPS:
            if i > begin and unit.low[i - 1] not in TIMES and unit.low[i + 1].endswith("ed") and is_finite(unit, i + 1):
                return _nothing(i, tail)  # "denied for projects that exceeded the limit"
            return Complement("that", i, tail)
        if low == QUOTE:
            return Complement("quote", i, tail)
        if low == ":" and "q" not in frames:
            return _nothing(i, tail)
        if low == ":" and not (unit.tight(i) and i + 1 < size and unit.low[i + 1][0].isdigit()):
            return (
                Complement("quote" if unit.low[i + 1 : i + 2] == [QUOTE] else "clause", i + 1, tail)
                if i + 1 < size
                else _nothing(i, tail)
            )
        if low == ",":
            if unit.low[i + 1 : i + 2] == [QUOTE]:
                return Complement("quote", i + 1, tail)
            that = next((k for k in range(i + 1, min(size, i + 9)) if unit.low[k] == "that"), None)
            if that is not None and unit.low[that - 1] == "," and "c" in frames:
                return Complement("that", that, tail)
            return _nothing(i, tail)
        if low in STOPS or low in ("—", "–", ")"):
            return _nothing(i, tail)
        behind = _adverbial_end(unit, i)
        if behind == i:
            break
        i = behind
    if i == begin and i < size and unit.low[i] in HAVE | BE and "c" in frames and _in_relative(unit, tail):
        return Complement("clause", i, tail)
    if i >= size or "c" not in frames or not _begins_clause(unit, i):
        return _nothing(i, tail)
    end = content_end(unit, Complement("clause", i, tail))
    if _holds_clause(unit, i, end, lemma) or (i == begin and lemma in _CLAUSE_ONLY and _may_be_clause(unit, i, end)):
        return Complement("clause", i, tail)
    if QUOTE in unit.low[i:end]:
        return Complement("clause", i, tail)
    return _nothing(i, tail)


def _may_be_clause(unit: Unit, begin: int, end: int) -> bool:
    """Whether words without a known verb may be a clause: an article and a noun, and a word in -s or more behind them."""
    if unit.low[begin] in DETERMINERS:
        return end - begin > 3 or (end - begin == 3 and unit.low[end - 1].endswith("s"))
    return unit.low[begin] in ("it", "nothing", "everything", "nobody", "everyone") and end - begin > 1


def _in_relative(unit: Unit, index: int) -> bool:
    """Whether the cue stands in a relative clause whose subject the content goes on with: "a model that X says has gaps"."""
    return any(unit.low[k] in ("that", "which", "who") for k in range(max(1, index - 16), index))


def _holds_clause(unit: Unit, begin: int, end: int, lemma: str) -> bool:
    """Whether a clause begins at `begin`: its verb comes before any comma, relative or "because" (which would belong to a noun phrase)."""
    if (unit.low[begin] in ("he", "she", "they", "we", "i") or "'" in unit.low[begin][1:]) and end - begin > 1:
        return True
    if lemma not in _OBJECT_VERBS:
        return has_clause(unit, begin + 1, end)
    for k in range(begin + 1, end):
        if is_finite(unit, k):
            return not unit.low[k].endswith("ed") or not _modifies(unit, k)
        if unit.low[k] in RELATIVES or unit.low[k] in _BLOCKERS or unit.low[k] == "but":
            return False
    return False


def _modifies(unit: Unit, index: int) -> bool:
    """Whether an -ed word behind a noun is a participle: "an email published in May"."""
    return index + 1 < len(unit.low) and unit.low[index + 1] in PREPOSITIONS and unit.low[index + 1] != "to"


_OBJECT_VERBS, _BLOCKERS = word_class("object_verb"), word_class("clause_blocker")


def _nothing(begin: int, tail: int) -> Complement:
    return Complement(NOTHING, begin, tail)


def _begins_clause(unit: Unit, index: int) -> bool:
    low = unit.low[index]
    if (
        low in COORDINATORS
        or low in BE
        or low in HAVE
        or low in MODALS
        or low in _NO_CLAUSE
        or low in PREPOSITIONS
        or low.endswith(("selves", "self"))
    ):
        return False
    return low[0].isalnum() or low in "$€£"


_CLAUSE_ONLY = word_class("clause_only")


_NO_CLAUSE = word_class("no_clause")


def _adverbial_end(unit: Unit, index: int) -> int:
    """Index behind an adverbial of time, place or addressee at `index`; `index` when none begins there."""
    low, size = unit.low[index], len(unit.low)
    after = unit.low[index + 1] if index + 1 < size else ""
    if low in TIMES:
        return _date_end(unit, index + 1)
    if low in ("this", "last", "next") and after in PERIODS:
        return index + 2
    if low in ("earlier", "late", "early", "later") and after in ("this", "on", "in", "last"):
        return index + 1
    if is_adverb(low) and low not in DETERMINERS and low not in PRONOUNS:
        return index + 1
    if low not in PREPOSITIONS or low in ("as", "like", "than", "since", "despite", "about", "of"):
        return index
    return _prepositional_end(unit, index)


def _date_end(unit: Unit, index: int) -> int:
    """Index behind the day, and the year, that follow the name of a month or a weekday ("July 14", "Monday, Oct. 3, 2025")."""
    size, i = len(unit.low), index
    while i < size and (
        (unit.low[i].isdigit() and len(unit.low[i]) in (1, 2, 4) and unit.low[i + 1 : i + 2] != ["%"])
        or (
            unit.low[i] in (",", ".")
            and i + 1 < size
            and unit.low[i + 1].isdigit()
            and len(unit.low[i + 1]) in (1, 2, 4)
        )
    ):
        i += 1
    return i


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
        if is_finite(unit, stop) and not is_participle(unit, stop):
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


def _behind_addressee(unit: Unit, begin: int, frames: str) -> Complement | None:
    """The content behind "told analysts on a call"; None when there is none."""
    i, size = begin, len(unit.low)
    stop = min(size, begin + 16)
    for k in range(i, stop):
        low = unit.low[k]
        if low == "that" and k > i and "c" in frames:
            return Complement("that", k, begin)
        if low == QUOTE and k > i:
            tail = k - 1 if unit.low[k - 1] in ",:" else k
            return Complement("quote", k, tail) if unit.low[k - 1] in ",:" else _clause_with_quote(unit, i, k, begin)
        if low == ":" and k + 1 < size:
            return _clause_behind_addressee(unit, i) or Complement("clause", k + 1, begin)
        if low in ("how", "what", "why", "whether", "if") and k > i:
            return Complement("question", k, begin)
        if low == "to" and k > i and "i" in frames:
            return Complement("infinitive", k, begin)
        if low == "," and unit.low[k + 1 : k + 2] == [QUOTE]:
            return Complement("quote", k + 1, begin)
        if low in STOPS or low == ",":
            break
    return _clause_behind_addressee(unit, i)


def _clause_with_quote(unit: Unit, begin: int, quote: int, tail: int) -> Complement | None:
    """ "told Congress the plan “will work”": the clause begins behind the addressee."""
    return _clause_behind_addressee(unit, begin) or Complement("quote", quote, quote)


def _clause_behind_addressee(unit: Unit, begin: int) -> Complement | None:
    """A clause without "that" behind an addressee of one word or one name."""
    i, size = begin, len(unit.low)
    if unit.low[i] in OBJECTS or unit.low[i] in _ADDRESSEES:
        i += 1
    else:
        while (
            i < size
            and (unit.low[i] in DETERMINERS or unit.words[i].text[0].isupper())
            and not (i > begin and unit.low[i] in DETERMINERS)
        ):
            i += 1
        i += _ends_at_noun(unit, i, begin)
    if i == begin:
        return None
    while i < size and (behind := _adverbial_end(unit, i)) > i:
        i = behind
    if i >= size or not _begins_clause(unit, i) or is_finite(unit, i):
        return None
    complement = Complement("clause", i, begin)
    end = content_end(unit, complement)
    return complement if has_clause(unit, i + 1, end) or _may_be_clause(unit, i, end) else None


def _ends_at_noun(unit: Unit, index: int, begin: int) -> bool:
    """Whether a plain noun ends an addressee that began with an article, and a clause begins behind it ("told the court the case …")."""
    if index != begin + 1 or unit.low[begin] not in DETERMINERS or index + 1 >= len(unit.low):
        return False
    after = unit.low[index + 1]
    begins = after in DETERMINERS or after in PRONOUNS or unit.words[index + 1].text[0].isupper()
    return begins and unit.low[index].isalpha() and not is_finite(unit, index)


def _described(unit: Unit, index: int, tail: int) -> Complement:
    """ "calls the model “boring”", "described it as small": an object with a quotation, "as" or a judgement behind it."""
    if not _begins_phrase(unit, index) and unit.low[index] != "as":
        return _nothing(index, tail)
    end = content_end(unit, Complement("description", index, tail))
    words = unit.low[index:end]
    if unit.low[tail - 1].startswith("put"):
        return Complement("description", index, tail) if _put_at(words) else _nothing(index, tail)
    words = words[: words.index(",")] if "," in words[1:] and words[0] != "," else words
    if QUOTE in words or "as" in words or words[:1] == ["as"] or (unit.low[index] in OBJECTS and end > index + 1):
        return Complement("description", index, tail)
    if any(b in ("a", "an") and a not in PREPOSITIONS for a, b in itertools.pairwise(words)):
        return Complement("description", index, tail)
    if len(words) > 2 and words[0] in DETERMINERS and words[-1] in _JUDGEMENTS:
        return Complement("description", index, tail)
    return _nothing(index, tail)


_JUDGEMENTS = frozenset(word for word, weight in table("opinion_words") if float(weight) >= 0.6)
"""Words that judge: "called the claim absurd"."""


def _put_at(words: list[str]) -> bool:
    """ "puts its share at 27%", "put the price at “up to $10 billion”"."""
    at = words.index("at") if "at" in words else len(words)
    return any(w[0].isdigit() or w in "$€£" or w == QUOTE for w in words[at + 1 : at + 4])
