"""Noun phrases: where one begins and ends, its appositive, and which one is the subject before a verb."""

from __future__ import annotations

from reader.insight.syntax.clauses import (
    AUXILIARIES,
    COORDINATORS,
    DASHES,
    DETERMINERS,
    MEDIA,
    NEGATIONS,
    PERIODS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTE,
    RELATIVES,
    SOURCE_NOUNS,
    STOPS,
    SUBORDINATORS,
    TIMES,
    Unit,
    ends_here,
    has_clause,
    is_adverb,
    is_adverb_at,
    is_finite,
    is_participle,
    is_possessive,
    word_class,
)


def phrase_start(unit: Unit, last: int) -> int:
    """Index of the first word of the noun phrase that ends at `last`; `last + 1` when there is none."""
    i = last
    while i >= 0:
        low = unit.low[i]
        if low == ")":
            i = _back_to(unit, i)
        elif low == QUOTE:
            if not (i < last and i > 0 and _inside_phrase(unit, i)):
                break
        elif not low[0].isalnum():
            if low in DASHES and not (unit.tight(i) and unit.tight(i + 1) if i + 1 < len(unit.low) else False):
                break
            if low not in _INNER:
                break
        elif low in _SUBJECTS and i == last:
            return i
        elif low in _SUBJECTS or (low in _ARTICLES and _begins_anew(unit, i)):
            i -= low not in _SUBJECTS
            break
        elif low in SUBORDINATORS or low in RELATIVES:
            if not _heads_phrase(unit, i, last) and not _modifies_noun(unit, i, last):
                break
        elif low in ("but", "nor", "yet", "then") or (low in ("and", "or") and not _joins_names(unit, i)):
            break
        elif is_finite(unit, i) and not is_participle(unit, i) and not (i == last and _ends_as_participle(unit, i)):
            head = _relative_before(unit, i)
            if head is None:
                break
            i = head
        i -= 1
    return _trim_start(unit, i + 1, last)


_SUBJECTS = word_class("subject_pronoun")


_ARTICLES, _ASKED = word_class("article"), word_class("asked")
TITLE = 60
"""Longest quotation, in characters, that may be a title within a noun phrase."""


def _begins_anew(unit: Unit, index: int) -> bool:
    """Whether an article stands directly behind a noun, so that a phrase of its own begins: "a result the authors call …"."""
    if index == 0:
        return False
    before = unit.low[index - 1]
    if index > 1 and unit.low[index - 2][0].isdigit():
        return False
    small = before in PREPOSITIONS or before in DETERMINERS or before in COORDINATORS or before in SUBORDINATORS
    return (
        before.isalpha()
        and unit.words[index - 1].text.islower()
        and not small
        and not is_adverb(before)
        and not is_finite(unit, index - 1)
    )


_INNER = frozenset(".-'’/&@+#$%€£*") | {"'s"}


def _ends_as_participle(unit: Unit, index: int) -> bool:
    """Whether an -ed word closes the subject: "some 56 percent of those polled", "the people surveyed"."""
    return (
        unit.low[index] in _ASKED
        and index > 0
        and unit.low[index - 1].isalpha()
        and unit.low[index - 1] not in AUXILIARIES
    )


def _inside_phrase(unit: Unit, index: int) -> bool:
    """Whether a quotation is a title or a nickname in a noun phrase: a determiner or a noun directly before and after it."""
    before, after = unit.low[index - 1], unit.low[index + 1] if index + 1 < len(unit.low) else ""
    return before in DETERMINERS and after[:1].isalpha() and unit.words[index].end - unit.words[index].start < 60


def _back_to(unit: Unit, index: int) -> int:
    """Index of the bracket that opens what closes at `index`."""
    for i in range(index - 1, max(-1, index - 30), -1):
        if unit.low[i] == "(":
            return i
    return index


def _heads_phrase(unit: Unit, index: int, last: int) -> bool:
    """Whether "who", "that", "both", "one" … is itself the whole subject, or a preposition as in "people like him"."""
    low = unit.low[index]
    if low in ("as", "since", "before", "after", "so", "once") and index < last:
        return low in ("as",) and index > 0 and unit.low[index - 1] in ("such", "same")
    return index == last and low in ("who", "which", "that", "what")


def _modifies_noun(unit: Unit, index: int, last: int) -> bool:
    """Whether "who" opens a short relative clause behind a noun: "a lawyer in Dublin who drafts them"."""
    if unit.low[index] != "who" or not 1 < last - index < 6 or index == 0:
        return False
    before = unit.words[index - 1].text
    return before.isalpha() and not is_finite(unit, index - 1) and QUOTE not in unit.low[index : last + 1]


def _joins_names(unit: Unit, index: int) -> bool:
    """Whether "and" joins two nouns rather than two clauses: no finite verb before it in its clause."""
    for i in range(index - 1, -1, -1):
        low = unit.low[i]
        if low in ",;:" or low == QUOTE or low in DASHES:
            return True
        if low in SUBORDINATORS:
            return True
        if is_finite(unit, i) and not is_participle(unit, i):
            return False
    return True


def _relative_before(unit: Unit, index: int) -> int | None:
    """Index of "who", "that" or "which" that makes the verb at `index` part of a relative clause."""
    for i in range(index - 1, max(-1, index - 7), -1):
        low = unit.low[i]
        if low in ("who", "which", "that", "whose") and i > 0:
            return i if unit.low[i - 1][0].isalpha() and not is_finite(unit, i - 1) else None
        if not low[0].isalpha() and low not in ("'s", "-"):
            return None
    return None


def _trim_start(unit: Unit, begin: int, last: int) -> int:
    """`begin` moved behind adverbs, conjunctions and a leading prepositional phrase ("On Monday Reuters")."""
    moved = True
    while moved and begin <= last:
        low = unit.low[begin]
        moved = False
        if low in ("and", "or", "but", "yet", "so", "even", "&") or not low[0].isalnum():
            moved = low not in ("$", "@", "€", "£")
        elif is_adverb_at(unit, begin) and low not in DETERMINERS and low not in PRONOUNS:
            moved = begin < last
        elif low in TIMES and not unit.tight(begin + 1) and unit.low[min(begin + 1, last)] not in ("'s", "'"):
            moved = True
        elif low in PREPOSITIONS and low not in ("like", "about", "over", "around", "near", "per", "past"):
            return _behind_preposition(unit, begin, last)
        if moved:
            begin += 1
    return begin


def _behind_preposition(unit: Unit, begin: int, last: int) -> int:
    """Start of the noun phrase behind the prepositional phrase at `begin`; past `last` when there is none."""
    i = begin + 1
    if i <= last and (unit.low[i] in TIMES or unit.low[i].isdigit()):
        while i <= last and (unit.low[i] in TIMES or unit.low[i].isdigit()):
            i += 1
        return _trim_start(unit, i, last)
    for k in range(last, begin + 1, -1):
        low, before = unit.low[k], unit.low[k - 1]
        if (
            (low in DETERMINERS or low in PRONOUNS)
            and before not in PREPOSITIONS
            and before not in DETERMINERS
            and before
            not in (
                "and",
                "or",
                "-",
                "&",
            )
        ):
            return k
    for k in range(last, begin + 1, -1):
        if unit.words[k].text[0].isupper() and unit.words[k - 1].text[0].islower():
            if unit.low[k - 1] in PREPOSITIONS or unit.low[k - 1] in DETERMINERS or unit.low[k - 1] in ("and", "or"):
                return last + 1
            return k
    return last + 1


def phrase_end(unit: Unit, begin: int, *, appositive: bool = True) -> int:
    """Index behind the noun phrase that begins at `begin`."""
    i, size = begin, len(unit.low)
    while i < size:
        low = unit.low[i]
        if low == "(":
            i = _forward_to(unit, i)
        elif low == QUOTE:
            if not (i > begin and _inside_phrase(unit, i)):
                break
        elif low == ",":
            behind = _appositive_end(unit, i) if appositive else i
            if behind == i:
                break
            return behind
        elif (
            (not low[0].isalnum() and low not in _INNER)
            or (low in DASHES and not unit.tight(i))
            or (low == "." and i + 1 < size and unit.words[i + 1].text[0].isupper() and ends_here(unit, i))
            or low in ("but", "yet", "nor", "who", "which")
            or (low in SUBORDINATORS and i > begin and low not in ("as", "that"))
            or (i > begin and (_ends_phrase(unit, i) or (is_finite(unit, i) and not is_participle(unit, i))))
        ):
            break
        i += 1
    while i > begin and (
        unit.low[i - 1] in (".", ",", "-", "and", "or")
        or unit.low[i - 1] in PREPOSITIONS
        or (unit.low[i - 1] in _ISSUED and i - 1 > begin and i < size and unit.low[i] in ("on", "in", "at", "last"))
    ):
        i -= 1
    return i


_ISSUED = frozenset(["published", "released", "issued", "posted", "circulated"])
"""Participles that tell when a document came out, and do not tell which document it is."""


def _ends_phrase(unit: Unit, index: int) -> bool:
    """Whether an adverbial begins here: "on Monday", "in a statement", "Tuesday", "this week", "that"."""
    low = unit.low[index]
    after = unit.low[index + 1] if index + 1 < len(unit.low) else ""
    if low in TIMES or low == "that" or is_adverb_at(unit, index):
        if low in ("last", "next"):
            return after in PERIODS
        return (
            low not in ("first", "both", "may", "march", "sun", "well", "ago")
            and unit.low[index - 1] not in DETERMINERS
        )
    if low in ("on", "at", "by", "since", "until") and (after in TIMES or after.isdigit()):
        return True
    if low == "this" and after in PERIODS:
        return True
    if low == "by" and unit.low[index - 1].endswith(("ed", "en")):
        return False
    if low in ("in", "on", "via", "during", "through", "to", "at", "by"):
        return any(word in MEDIA for word in unit.low[index + 1 : index + 5]) and unit.low[index + 1] not in ("the",)
    return False


def _forward_to(unit: Unit, index: int) -> int:
    for i in range(index + 1, min(len(unit.low), index + 30)):
        if unit.low[i] == ")":
            return i
    return index


def _appositive_end(unit: Unit, comma: int) -> int:
    """Index behind an appositive that begins behind `comma`; `comma` when what follows is none."""
    i, size = comma + 1, len(unit.low)
    if i >= size or not _begins_appositive(unit, i):
        return comma
    relative = False
    while i < size:
        low = unit.low[i]
        relative = relative or low in ("who", "whose", "that")
        if low == "," and _is_place(unit, i):
            i += 2
            continue
        if low in ",;:" or low == QUOTE or (low in DASHES and not unit.tight(i)) or low == "which":
            return i
        if low in STOPS and i == size - 1:
            return i
        if not relative and is_finite(unit, i) and not is_participle(unit, i):
            return comma
        i += 1
    return i


def _is_place(unit: Unit, comma: int) -> bool:
    """Whether one capitalised word stands between two commas: "University of California, Berkeley, said"."""
    return unit.low[comma + 2 : comma + 3] == [","] and unit.words[comma + 1].text[0].isupper()


def _begins_appositive(unit: Unit, index: int) -> bool:
    """Whether a description of a person begins here: "the company’s …", "chief executive of …", "a lawyer", "42"."""
    low, text = unit.low[index], unit.words[index].text
    if low in PRONOUNS and low not in DETERMINERS:
        return False
    if (
        low in ("which", "who", "and", "but", "or", "that", "this", "so", "as")
        or low in PREPOSITIONS
        or low in SUBORDINATORS
    ):
        return False
    if is_adverb_at(unit, index) or low.endswith("ing") or low in TIMES or is_finite(unit, index):
        return low in ("chairing",)
    if low in ("a", "an", "the", "its", "his", "her", "their") or low.isdigit():
        return True
    if (
        text[0].isupper()
        and all(w.text[0].isupper() for w in unit.words[index : index + 2])
        and unit.low[index + 2 + 2 * (unit.low[index + 2 : index + 3] == ["-"]) :][:1] in ([","], ["."])
    ):
        return True
    if low in SOURCE_NOUNS and low.endswith("s") and not low.endswith("ss"):
        return False
    if any(is_possessive(unit, k) for k in range(index + 1, min(index + 4, len(unit.low)))):
        return True
    return text[0].isalpha() and any(word in SOURCE_NOUNS for word in unit.low[index : index + 7])


def main_subject(unit: Unit, before: int, begin: int = 0) -> tuple[int, int] | None:
    """The subject of the first finite verb between `begin` and `before`, as a range of words."""
    for i in range(begin, before):
        if i > begin and is_finite(unit, i) and not is_participle(unit, i):
            last = i - 1
            while last >= begin and (is_adverb_at(unit, last) or unit.low[last] in NEGATIONS):
                last -= 1
            found = subject_before(unit, last)
            if found is not None and unit.low[found[0]] not in RELATIVES:
                return found
    return None


def subject_before(unit: Unit, last: int) -> tuple[int, int] | None:
    """The noun phrase that ends at `last`, with its appositive when a comma stands there, as a range of words."""
    while last >= 0 and unit.low[last] in ("*", "_"):
        last -= 1
    end = last + 1
    if last > 1 and unit.low[last] in _FIRST_OR_LAST and unit.low[last - 1] in ("at", "in"):
        last -= 2
    if last >= 0 and unit.low[last] == ",":
        return _subject_with_insertion(unit, last)
    if last > 2 and unit.low[last] in ("—", "–") and not unit.tight(last):
        return _subject_between_dashes(unit, last)
    last = _without_adverbial(unit, last)
    begin = phrase_start(unit, last)
    if begin > last:
        return None
    return begin, min(end, last + 1)


def _subject_between_dashes(unit: Unit, dash: int) -> tuple[int, int] | None:
    """The subject of "The team — two people and a cat — found": the phrase before the insertion between dashes."""
    opening = next((k for k in range(dash - 2, 0, -1) if unit.low[k] == unit.low[dash] and not unit.tight(k)), None)
    if opening is None:
        return None
    begin = phrase_start(unit, opening - 1)
    return (begin, opening) if begin < opening and _is_fresh(unit, begin) else None


_FIRST_OR_LAST = frozenset(
    ["first", "last", "least", "once", "turn", "response", "reply", "private", "public", "court"]
)
"""Nouns that with "at" or "in" tell when or how something is said ("at first", "in turn")."""


def _without_adverbial(unit: Unit, last: int) -> int:
    """`last` moved before a time or a place of speech: "SK hynix on Wednesday reported"."""
    i = last
    while i >= 0 and (
        unit.low[i] in TIMES
        or (
            unit.low[i] in ("week", "month", "year", "quarter")
            and i > 0
            and (unit.low[i - 1] in ("this", "last", "next"))
        )
    ):
        i -= 2 if unit.low[i] in ("week", "month", "year", "quarter") else 1
        if i >= 0 and unit.low[i] in ("on", "late", "early", "earlier", "in"):
            i -= 1
    if i >= 3 and unit.low[i] in PERIODS and unit.low[i - 1] == "the" and unit.low[i - 2] in ("over", "during", "in"):
        return i - 3
    if i >= 2 and unit.low[i] in MEDIA:
        for k in range(i - 1, max(-1, i - 5), -1):
            if unit.low[k] == ",":
                break
            if unit.low[k] in ("in", "on", "during", "via", "at"):
                return k - 1 if k > 0 else last
    return i if i >= 0 else last


def _subject_with_insertion(unit: Unit, comma: int) -> tuple[int, int] | None:
    """The subject of "Name, the chief of X, said": the phrase before the insertion, and the insertion if it describes it."""
    for opening in range(comma - 1, max(-1, comma - 40), -1):
        low = unit.low[opening]
        if low in (";", ":") or (low == QUOTE and unit.words[opening].end - unit.words[opening].start > TITLE):
            return None
        if low == "," and opening > 0:
            begin = phrase_start(unit, opening - 1)
            if begin > opening - 1:
                continue
            inside = opening + 1
            if not _is_fresh(unit, begin):
                return None
            if unit.low[inside] in COORDINATORS:
                continue
            described = _begins_appositive(unit, inside) and not _has_own_verb(unit, inside, comma)
            described = described or _is_title_and_name(unit, inside, comma)
            named = (
                unit.words[begin].text[0].isupper() or unit.words[opening - 1].text[0].isupper()
            )  # "actress Ann Reyes, …"
            if described and (named or unit.low[begin] in DETERMINERS):
                return _named_before(unit, begin), comma
            if unit.low[inside] in ("who", "which", "whose") or _is_adverbial(unit, inside, comma):
                return begin, opening
    return None


def _named_before(unit: Unit, begin: int) -> int:
    """Start of the name that the phrase at `begin` only describes: "Scott Pruitt, the attorney general, one of …"."""
    if begin < 2 or unit.low[begin - 1] != "," or not _begins_appositive(unit, begin):
        return begin
    name = phrase_start(unit, begin - 2)
    if unit.low[name].endswith("ing"):  # "Sitting next to him, Reyes, the chief …"
        return begin
    return name if name < begin - 1 and unit.words[name].text[0].isupper() and _is_fresh(unit, name) else begin


def _has_own_verb(unit: Unit, begin: int, end: int) -> bool:
    """Whether an insertion has a verb outside of its relative clauses."""
    relative = False
    for i in range(begin, end):
        relative = relative or unit.low[i] in ("who", "whose", "that", "which")
        if not relative and is_finite(unit, i) and not is_participle(unit, i):
            return True
    return False


def _is_title_and_name(unit: Unit, begin: int, end: int) -> bool:
    """Whether an insertion of a few words ends in a name: ", state Sen. Scott Wiener,"."""
    return (
        1 < end - begin <= 8
        and _ends_in_capital(unit, end - 1)
        and unit.low[begin] not in PREPOSITIONS
        and not has_clause(unit, begin, end)
    )


def _ends_in_capital(unit: Unit, last: int) -> bool:
    """Whether a phrase ends in a capitalised word, of which a second syllable may be small ("Ok Seung-min")."""
    return unit.words[last - 2 * (unit.low[last - 1] == "-" and unit.tight(last))].text[0].isupper()


def _is_fresh(unit: Unit, begin: int) -> bool:
    """Whether a clause begins at `begin`: nothing, a mark, a conjunction or an adverb stands before it."""
    if begin == 0:
        return True
    before = unit.low[begin - 1]
    return not before[0].isalnum() or before in COORDINATORS or before in SUBORDINATORS or is_adverb(before)


def _is_adverbial(unit: Unit, begin: int, end: int) -> bool:
    """Whether an insertion is a time, place or manner: "in a statement", "for his part", "speaking to reporters"."""
    low = unit.low[begin]
    return (
        low in PREPOSITIONS or low in SUBORDINATORS or low.endswith(("ing", "ed")) or is_adverb(low) or low in TIMES
    ) and end - begin < 30
