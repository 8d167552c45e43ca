"""The clause that a figure stands in, without a parser: where its words begin, its verb, and the noun phrase that is the verb's subject.

The verb is the nearest one in front of the figure; its subject is found by going left past auxiliaries, closed asides and coordinated
verbs. Everything is in token indices, and no search leaves the sentence.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reader.insight.figure.numbers import number_words
from reader.insight.figure.verbs import closed_words, is_participle, is_verb
from reader.insight.lexicons import word_class
from reader.insight.syntax import clauses
from reader.insight.syntax.document import Document

_BACK = 80
"""Tokens in front of a figure in which its clause is looked for at most, so that the work grows with the text and not its square."""
_CHAIN = 5
"""Verbs that share one subject at most ("bought, merged and sold")."""
_OWN_REACH = 12
"""Tokens behind a figure in which the verb stands that it is the subject of."""
_INSERTED = 10
"""Tokens of a speaker's name and title in the middle of a sentence at most."""
_LABEL = 6
"""Tokens of a label in front of a colon at most."""
_WITH_REACH = 6
"""Tokens between "with" and the -ing form of its noun ("with one customer alone accounting for")."""
_NO_AMOUNTS = frozenset({"one", "first", "second", "third", "fourth", "quarter", "half", "dozen"})
"""Number words that are as often no amount."""
_PRONOUNS = frozenset({"it", "he", "she", "they", "we"})


class Frame(NamedTuple):
    """The clause of a figure. `begin` is the first token of its own words: its verb, or what joins that to an earlier one."""

    begin: int
    verb: int | None = None
    subject: range | None = None
    opens: bool = False
    """The figure itself is the subject, or a part of it."""
    joined: bool = False
    """The verb shares its subject with an earlier one."""


@cache
def _openers() -> frozenset[str]:
    """Words that begin a clause of its own, in front of which no verb governs what follows."""
    return closed_words().walls | word_class("clause_opener") | closed_words().relatives


@cache
def _phrase_ends() -> frozenset[str]:
    """Words that a noun phrase never goes back over."""
    return _openers() | word_class("soft_opener") | {","}


def frame_of(document: Document, first: int, last: int, low: int, end: int) -> Frame:
    """The clause of the figure from token `first` to `last`, in a sentence from token `low` to before token `end`."""
    if low + 1 < first and document.lows[low][0].isdecimal() and document.lows[low + 1] in (".", ")", "/"):
        low += 2  # the number of a list item
    low = max(low, first - _BACK)
    lows, openers, index, begin = document.lows, _openers(), first - 1, -1
    start = _own_start(document, first, low)
    if start is not None and _leads_verb(document, last + 1, end):
        return Frame(start, opens=True)
    plain = _plain_words()
    while index >= low:
        token = lows[index]
        if token in plain:
            index -= 1
            continue
        if token in (")", "”"):
            index = _back_to(document, index, low)
            continue
        if token in ("and", "but") and lows[index - 1] == "," and _leads_verb(document, last + 1, end):
            return Frame(index + 1, subject=_until_preposition(document, index + 1, first), opens=False)
        if token in openers and not lows[index + 1].endswith("ing") and not _is_open(document, index, first, low):
            break
        if token.endswith("ing") and begin < 0 and not is_verb(document, index):
            absolute = _absolute(document, index, first, low) or _reduced(document, index, first, low)
            if absolute is not None:
                return absolute
            begin = index if lows[index - 1] == "," else begin
        if is_verb(document, index):
            inserted = _inserted(document, index, low)
            if inserted is not None:
                index = inserted - 1
                continue
            frame = _framed(document, index, low)
            return frame._replace(begin=begin) if begin >= 0 else frame
        index -= 1
    relative = index >= low and lows[index] in closed_words().relatives
    opening = None if relative else _opening(document, first - 1, low)
    listed = opening is not None and document.tokens[opening + 1].text[0].isupper() and "and" in lows[opening:first]
    if opening is not None and opening > index and not listed:
        return Frame(index + 1, subject=_phrase(document, opening - 1, low))
    return Frame(index + 1)


def _inserted(document: Document, verb: int, low: int) -> int | None:
    """The comma in front of "the analyst said," in the middle of a sentence; null when the verb leads what follows."""
    lows = document.lows
    if lows[verb] not in word_class("saying") or lows[verb + 1 : verb + 2] != (",",):
        return None
    for index in range(verb - 1, max(low, verb - _INSERTED), -1):
        if lows[index] == ",":
            return index
        if is_verb(document, index) or lows[index] in _phrase_ends():
            return None
    return None


@cache
def _plain_words() -> frozenset[str]:
    """Function words that a search for the verb passes over without a second look."""
    words = closed_words()
    plain = words.stops | word_class("article") | clauses.PREPOSITIONS | words.objects
    return (
        plain
        - words.verbs
        - clauses.AUXILIARIES
        - _openers()
        - frozenset({"and", "but"})
        - clauses.word_class("past_verb")
    )


def _until_preposition(document: Document, first: int, stop: int) -> range | None:
    """The words from token `first` to the first preposition or `stop`; null when there are none."""
    place = next((i for i in range(first, stop) if document.lows[i] in clauses.PREPOSITIONS), stop)
    return range(first, place) if place > first else None


def _is_open(document: Document, index: int, first: int, low: int) -> bool:
    """Whether a mark lets through what stands before it: a colon behind a label, a quotation mark right in front of the figure."""
    lows = document.lows
    if lows[index] == ":":
        return index - low <= _LABEL and not any(is_verb(document, i) for i in range(low, index))
    if lows[index] in ("“", '"', "("):
        return lows[index] != "(" and all(lows[i] in word_class("light") for i in range(index + 1, first))
    return False


def _back_to(document: Document, index: int, low: int) -> int:
    """The token in front of the bracket, quotation mark or dash that opens what token `index` closes; at least `low` - 1."""
    opening = {")": "(", "”": "“"}.get(document.lows[index], document.lows[index])
    index -= 1
    while index >= low and document.lows[index] != opening:
        index -= 1
    return index - 1


def _absolute(document: Document, index: int, first: int, low: int) -> Frame | None:
    """The clause of an -ing form with a noun of its own: "with one customer accounting for", ", sending the shares down"."""
    lows = document.lows
    if lows[index] in word_class("ing_noun"):
        return None
    for place in range(index - 1, max(low - 1, index - _WITH_REACH), -1):
        if lows[place] == "with":
            return Frame(index, index, range(place + 1, index)) if place + 1 < index else None
        if lows[place] == "," or is_verb(document, place):
            break
    if lows[index - 1] != "," or index + 1 >= first or lows[index + 1] not in ("the", "a", "an"):
        return None
    stop = next(
        (i for i in range(index + 2, first) if lows[i] in clauses.PREPOSITIONS or not lows[i][0].isalpha()), first
    )
    return Frame(index, index, range(index + 1, stop)) if stop < first else None


def _reduced(document: Document, index: int, first: int, low: int) -> Frame | None:
    """The clause of an -ing form that says what the noun in front of it has: "a model featuring a context of", "GPUs costing over".

    "including" and its like lead examples: what they count is of nothing named. A list is not searched for the noun it belongs to.
    """
    lows = document.lows
    if lows[index] in word_class("example_lead"):
        return Frame(index, index)
    having = lows[index] in word_class("having")
    if lows[index - 1] == ",":
        return Frame(index, index) if having else None
    if index <= low or lows[index] in word_class("ing_noun") or not _is_plain(document, index - 1):
        return None
    named = document.tokens[index - 1].text[0].isupper() and lows[index + 1] in word_class("article")
    if having or (index + 1 < first and named):
        return Frame(index, index, _antecedent(document, index, low))
    led = lows[index + 1] in closed_words().objects or lows[index + 1] in clauses.PREPOSITIONS
    return Frame(index, index) if led and index + 1 < first else None


def _own_start(document: Document, first: int, low: int) -> int | None:
    """Where a clause begins that the figure opens, past light words; null when other words stand before it."""
    lows, index, light = document.lows, first - 1, word_class("light")
    while index >= low and (lows[index] in light or lows[index] in ("than", "only", "then", "remaining", "other")):
        index -= 1
    if index < low:
        return low
    token = lows[index]
    opens = token in _phrase_ends() or token in ("and", "but") or token in word_class("saying")
    return index + 1 if opens else None


def _leads_verb(document: Document, index: int, end: int) -> bool:
    """Whether a verb follows before anything that ends the clause: the figure and its noun are that verb's subject."""
    for place in range(index, min(end, index + _OWN_REACH)):
        low = document.lows[place]
        if low in _phrase_ends() or low in ("and", "but", "from", "to"):
            return low in ("who", "that") and place > index
        if is_verb(document, place):
            return not is_participle(document, place)
    return False


def _framed(document: Document, verb: int, low: int) -> Frame:
    """The clause of a verb: its own words begin behind the joint in front of it, else with its subject."""
    begin, place = -1, verb
    for _ in range(_CHAIN):
        before = _past_helpers(document, place, low)
        if before < low:
            break
        link = document.lows[before]
        if link in closed_words().joints or (link == "," and _opening(document, before, low) is None):
            begin = before + 1 if begin < 0 else begin
            earlier = _verb_before(document, before - 1, low)
        elif "to" in document.lows[before + 1 : place]:
            earlier = _verb_before(document, before, low)
            if earlier is None or (earlier < before and document.lows[earlier] in closed_words().stated):
                return _with_subject(document, begin, verb, before, low)
        elif _is_gerund(document, place, link):
            begin = place if begin < 0 else begin
            earlier = _verb_before(document, before, low)
        else:
            return _with_subject(document, begin, verb, before, low)
        if earlier is None:
            break
        place = earlier
    return Frame(place if begin < 0 else begin, verb)


def _is_gerund(document: Document, verb: int, link: str) -> bool:
    """Whether a form in -ing shares the subject of the verb before it ("after falling 5%", "while cutting costs")."""
    return document.lows[verb].endswith("ing") and (
        link in clauses.PREPOSITIONS or link in clauses.SUBORDINATORS or link == ","
    )


def _with_subject(document: Document, begin: int, verb: int, last: int, low: int) -> Frame:
    """The frame with the noun phrase that ends at token `last`; `begin` is -1 where the verb is not joined to an earlier one."""
    lows, start = document.lows, begin if begin >= 0 else last + 1
    if lows[last] == ",":
        opening = _opening(document, last, low)
        if opening is not None and lows[low] == "the" and _is_named(document, opening + 1, last):
            return Frame(start, verb, range(opening + 1, last))
        last = opening - 1 if opening is not None else last - 1
    elif lows[last] in (")", "—", "–"):
        last = _back_to(document, last, low)
    elif lows[last] in closed_words().relatives:
        return Frame(start, verb, _antecedent(document, last, low))
    phrase = _phrase(document, last, low) if last >= low else None
    if phrase is not None and phrase.start > low and lows[phrase.start - 1] == "who":
        return Frame(start, verb, _antecedent(document, phrase.start - 1, low), joined=begin >= 0)
    if phrase is not None and phrase.start - 2 > low and lows[phrase.start - 1] in ("before", "after"):
        opens = _is_plain(document, phrase.start - 2) and _verb_before(document, phrase.start - 2, low) is None
        phrase = _phrase(document, phrase.start - 2, low) if opens else phrase
    embedded = phrase is not None and phrase.start - 1 > low and lows[phrase.start] not in _PRONOUNS
    if phrase is not None and embedded and is_verb(document, phrase.start - 1):
        relative = _past_helpers(document, phrase.start - 1, low)
        if relative > low and lows[relative] in ("that", "which", "who") and _is_plain(document, relative - 1):
            phrase = _antecedent(document, relative, low)
        elif "to" in lows[relative + 1 : phrase.start - 1]:
            phrase = None
        elif lows[verb].endswith("ed") and lows[phrase.start - 1] not in closed_words().stated:
            phrase = _from_article(document, phrase)
    return Frame(start, verb, phrase, joined=begin >= 0)


def _is_named(document: Document, first: int, stop: int) -> bool:
    """Whether an aside is nothing but a name ("The largest, Tern 3 Max, has")."""
    return all(not document.tokens[i].text[0].islower() and document.lows[i] != "," for i in range(first, stop))


def _from_article(document: Document, phrase: range) -> range:
    """A noun phrase from its last article behind a preposition on ("Meta for a package" is about the package)."""
    lows = document.lows
    for index in range(phrase.stop - 2, phrase.start, -1):
        if (
            lows[index] in ("a", "an", "the", "its")
            and lows[index - 1] in clauses.PREPOSITIONS
            and lows[index - 1] != "of"
        ):
            return range(index, phrase.stop)
    return phrase


def _antecedent(document: Document, pronoun: int, low: int) -> range | None:
    """What a relative pronoun stands for: the noun phrase before it from its last article on, or what that is an apposition to."""
    lows, last = document.lows, pronoun - 1
    if last >= low and lows[last] == ",":
        last -= 1
    if last >= low and lows[last] == ")":
        last = _back_to(document, last, low)
    phrase = _phrase(document, last, low, relative=True) if last >= low else None
    if phrase is None or (last < pronoun - 1 and lows[max(low, phrase.start - 2)] == "to"):
        return None
    opening = phrase.start - 1
    if opening > low and lows[opening] == "," and lows[phrase.start] in ("a", "an", "the", "its"):
        named = _phrase(document, opening - 1, low)
        if named and document.tokens[named.start].text[0].isupper():
            return named
    return _from_article(document, phrase)


def _past_helpers(document: Document, verb: int, low: int) -> int:
    """The last token in front of a verb's auxiliaries, adverbs, "to" and "last month"."""
    lows, index, helpers = document.lows, verb - 1, closed_words().helpers
    while index >= low:
        word, before = lows[index], lows[index - 1] if index > low else ""
        if word in helpers or clauses.is_adverb(word):
            index -= 1
        elif (word in clauses.TIMES and before in ("on", "in")) or (
            word in clauses.PERIODS and before in ("last", "this", "next")
        ):
            index -= 2
        else:
            break
    return index


def _verb_before(document: Document, index: int, low: int) -> int | None:
    """The nearest verb at or before token `index`, not past a wall."""
    walls = closed_words().walls
    while index >= low:
        if document.lows[index] in (")", "”"):
            index = _back_to(document, index, low)
            continue
        if document.lows[index] in walls:
            return None
        if is_verb(document, index):
            return index
        index -= 1
    return None


def _opening(document: Document, comma: int, low: int) -> int | None:
    """The comma that opens the aside which token `comma` closes; null when none does."""
    lows, walls = document.lows, closed_words().walls
    for index in range(comma - 1, low, -1):
        if lows[index] in walls:
            return None
        if lows[index] == "," and _begins_aside(document, index + 1) and not _has_verb(document, index, low):
            return index
    return None


def _begins_aside(document: Document, index: int) -> bool:
    """Whether token `index` can begin what stands between commas behind a noun."""
    low = document.lows[index]
    return (
        low in word_class("aside_opener")
        or low in clauses.PREPOSITIONS
        or low.endswith(("ing", "ed"))
        or low in word_class("past_participle")
        or low[0].isdecimal()
        or document.tokens[index].text[0].isupper()
        or document.lows[index + 1 : index + 2] == ("by",)
    )


def _has_verb(document: Document, comma: int, low: int) -> bool:
    """Whether a verb stands in the words right before a comma, back to what begins their clause."""
    ends, joints = _phrase_ends(), closed_words().joints
    for place in range(comma - 1, low - 1, -1):
        if document.lows[place] in ends or document.lows[place] in joints:
            return False
        if is_verb(document, place):
            return True
    return False


def _phrase(document: Document, last: int, low: int, *, relative: bool = False) -> range | None:
    """The noun phrase that ends at token `last`: back to a verb, a comma or a word that begins a clause.

    A participle inside it and what follows that are no part of it; null when it is empty or only a counted noun. Before a relative
    pronoun what follows the last preposition behind an amount counts ("$5 for flights that").
    """
    lows, ends, joints, index, stop = document.lows, _phrase_ends(), closed_words().joints, last, last + 1
    if lows[last] in _PRONOUNS and (last == low or lows[last - 1] not in clauses.PREPOSITIONS):
        return range(last, last + 1)
    joint = -1
    while index >= low:
        word = lows[index]
        pointing = word == "that" and index > low and lows[index - 1] in clauses.PREPOSITIONS
        spaced = word == "-" and not document.joined(index) and not document.joined(index - 1)
        if spaced or (word in ends and not pointing) or (word in joints and _has_verb(document, index, low)):
            break
        if word in "%$€£¥" or (_is_amount(document, index) and (index == low or not _in_name(document, index))):
            if joint > 0:
                return range(joint + 1, stop) if joint + 1 < stop else None
            if lows[index + 1] == "of":
                return None
            front = _before_amount(document, index, low)
            if front < low or lows[front] not in clauses.PREPOSITIONS:
                return _behind_amount(document, index + 1, last + 1) if relative else None
            stop, index = front, front - 1
            continue
        joint = index if word in joints else joint
        if word.endswith("ing") and index > low and lows[index - 1] == "," and lows[low] not in clauses.PREPOSITIONS:
            return None
        if index < last and is_verb(document, index):
            if not (is_participle(document, index) and index - 1 > low and _is_plain(document, index - 1)):
                break
            stop = index
        index -= 1
    while index + 1 < stop and lows[index + 1] in ("then", "now", "today", "there"):
        index += 1
    return range(index + 1, stop) if index + 1 < stop else None


def _before_amount(document: Document, index: int, low: int) -> int:
    """The token in front of the amount that ends at token `index`."""
    skipped = word_class("article") | word_class("amount_link") - clauses.PREPOSITIONS
    while index >= low:
        word = document.lows[index]
        prefix = len(word) <= 2 and document.lows[index + 1] in "$€£¥" and document.joined(index)
        if not (word in "%$€£¥" or prefix or word in skipped or _is_amount(document, index)):
            break
        index -= 1
    return index


def _behind_amount(document: Document, first: int, stop: int) -> range | None:
    """The words of `first` to `stop` behind their last preposition; null when they have none."""
    place = next((i for i in range(stop - 2, first - 1, -1) if document.lows[i] in clauses.PREPOSITIONS), None)
    return range(place + 1, stop) if place is not None else None


def _is_plain(document: Document, index: int) -> bool:
    """Whether a token is a word that a participle can follow: no function word, no verb."""
    low = document.lows[index]
    return (
        low[0].isalpha()
        and low not in closed_words().stops
        and low not in closed_words().nominal
        and not is_verb(document, index)
    )


def _is_amount(document: Document, index: int) -> bool:
    low = document.lows[index]
    if len(low) == 4 and low.isdecimal() and "1900" <= low < "2100":
        return False
    return low[0].isdecimal() or low in ("percent", "cent") or (low in number_words() and low not in _NO_AMOUNTS)


def _in_name(document: Document, index: int) -> bool:
    """Whether digits belong to a capitalised name before or around them ("Tern 3 Max", "10-year")."""
    before = document.tokens[index - 1]
    return before.text[0].isupper() or before.text == "-" or document.joined(index)


def frame_at(document: Document, verb: int, low: int) -> Frame:
    """The clause of a figure that is itself the verb ("latency tripled")."""
    return _framed(document, verb, max(low, verb - _BACK))
