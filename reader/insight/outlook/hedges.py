"""Words that lower commitment."""

from __future__ import annotations

from collections.abc import Callable

from reader.insight.facts import Hedge
from reader.insight.lexicons import table, terms
from reader.insight.speech.cues import by_second
from reader.insight.syntax.clauses import (
    BE,
    DETERMINERS,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    TIMES,
    is_adverb,
    plain,
    word_class,
)
from reader.insight.syntax.document import Document

_ROUND = word_class("round_amount")

_NUMBERS = terms("number_words")
_EVENTS, _SPELLS = word_class("event"), word_class("spell")
_SIGNS = frozenset("$€£¥₩₹~")
_Phrase = tuple[tuple[str, ...], str, int, str]


def _phrases() -> dict[str, dict[str, tuple[_Phrase, ...]]]:
    """Phrases by their first and second word, longest first; those of one word stand under every second word, and under ""."""
    index: dict[str, list[_Phrase]] = {}
    for phrase, category, strength, gate in table("hedges"):
        words = tuple(phrase.replace("-", " - ").split())
        index.setdefault(words[0], []).append((words, category, int(strength), gate))
    return {first: by_second(rows) for first, rows in index.items()}


_PHRASES = _phrases()


def find_hedges(document: Document) -> tuple[Hedge, ...]:
    """Every hedge outside of another one. A context gate decides for words that hedge only before a number, a plural or a verb."""
    low = list(plain(document.lows))
    found: list[Hedge] = []
    free = 0
    for index in [i for i, word in enumerate(low) if word in _PHRASES]:
        if index < free:
            continue
        phrases = _PHRASES[low[index]]
        for words, category, strength, gate in phrases.get(_word(low, index + 1)) or phrases[""]:
            end = index + len(words)
            if (len(words) < 3 or tuple(low[index:end]) == words) and _GATES[gate](document, low, index, end):
                begin = _with_auxiliary(low, index) if gate == "passive" else index
                found.append(
                    Hedge(
                        document.tokens[begin].start,
                        document.tokens[end - 1].end,
                        category,
                        strength,
                        f"{category}: {' '.join(words)}",
                    )
                )
                free = end
                break
    return tuple(found)


def _with_auxiliary(low: list[str], index: int) -> int:
    """Index of the form of "be" before a participle."""
    for i in range(index - 1, max(-1, index - 4), -1):
        if low[i] in BE:
            return i
    return index


def _word(low: list[str], index: int) -> str:
    return low[index] if 0 <= index < len(low) else ""


def _free(document: Document, low: list[str], index: int, end: int) -> bool:
    """No condition but one: the word is used, not mentioned (a sentence of its own: "Hope.")."""
    return not (_word(low, index - 1) in ".!?" and _word(low, end) in ".!?") or index == 0


def _meant(document: Document, low: list[str], index: int, end: int) -> bool:
    """An intention that somebody has, not one that he has not ("has no plans to", "do not plan to")."""
    before = (_word(low, index - 1), _word(low, index - 2))
    return _free(document, low, index, end) and not any(w in NEGATIONS or w.endswith("n't") for w in before)


def _is_number(document: Document, low: list[str], at: int) -> bool:
    """Whether an amount begins at `at`."""
    word = _word(low, at)
    if word in ("a", "the"):
        at, word = at + 1, _word(low, at + 1)
        return word in _ROUND
    if not word:
        return False
    if word[0].isdigit() or word in _SIGNS or word in _NUMBERS:
        return True
    after = _word(low, at + 1)
    return (
        document.tokens[at].text.isupper()
        and bool(after)
        and (after in _SIGNS or after[0].isdigit())
        and len(word) <= 3
    )


def _before_number(document: Document, low: list[str], index: int, end: int) -> bool:
    return _is_number(document, low, end)


def _before_amount(document: Document, low: list[str], index: int, end: int) -> bool:
    """A bound of an amount, not a stretch of time ("over 71 days") nor a comparison ("more than in May")."""
    if not _is_number(document, low, end):
        return False
    if low[index] in ("over", "under", "above", "below"):
        if _word(low, index - 1) in ("averaged", "-", "takes", "spread", "takeover", "up", "take"):
            return False
        return low[index] != "over" or not any(w in _SPELLS for w in low[end : end + 3])
    return True


def _before_event(document: Document, low: list[str], index: int, end: int) -> bool:
    """A time: "around June", "around the developer conference"."""
    if _word(low, end) in TIMES:
        return True
    return _word(low, end) in ("the", "a", "its") and any(w in _EVENTS for w in low[end + 1 : end + 4])


def _some(document: Document, low: list[str], index: int, end: int) -> bool:
    return _word(low, end) not in ("day", "time", "kind", "sort", "point")


def _many(document: Document, low: list[str], index: int, end: int) -> bool:
    return (
        _word(low, index - 1) not in ("how", "as", "too", "so", "that", "this", "not") and _word(low, index + 1) != "-"
    )


def _most(document: Document, low: list[str], index: int, end: int) -> bool:
    """A share ("most users", "most of them"), not a superlative ("the most capable")."""
    before, after = _word(low, index - 1), _word(low, end)
    if before in DETERMINERS or before in POSSESSIVES or before in ("'s", "'", "-", "at"):
        return False
    if after in ("of", "people", "likely"):
        return True
    return (after.endswith("s") and not after.endswith(("ss", "ous"))) or (
        _word(low, end + 1).endswith("s")
        and not is_adverb(after)
        and (before in PREPOSITIONS or before in ".," or index == 0)
    )


def _plural(document: Document, low: list[str], index: int, end: int) -> bool:
    before, after, second = _word(low, index - 1), _word(low, end), _word(low, end + 1)
    if (low[index] == "few" and before in DETERMINERS) or (before in BE and low[index] == "certain"):
        return False
    return (
        any(w.endswith("s") and not w.endswith("ss") for w in (after, second))
        and after not in BE
        and after not in PREPOSITIONS
    )


def _modal(document: Document, low: list[str], index: int, end: int) -> bool:
    """A modal before a verb; not the month, and not the negated ability of "could not"."""
    after = _word(low, end)
    if low[index] == "could":
        return after not in NEGATIONS and not after.endswith("n't")
    if document.tokens[index].text == "May" and index > 0 and _word(low, index - 1) not in '.!?"“':
        return False
    return (
        after.isalpha()
        and after not in DETERMINERS
        and after not in PREPOSITIONS
        and _word(low, index - 1) not in ("in", "of", "on", "since", "by")
    )


def _passive(document: Document, low: list[str], index: int, end: int) -> bool:
    """A participle behind a form of "be", without the agent that would vouch for it."""
    i = index - 1
    while i >= 0 and is_adverb(low[i]):
        i -= 1
    if i < 0 or low[i] not in BE or low[i] == "being":
        return False
    tail = low[end : end + 4]
    return "by" not in tail or tail[tail.index("by") + 1 : tail.index("by") + 2] in (
        ["some"],
        ["many"],
        ["several"],
        ["most"],
    )


def _if(document: Document, low: list[str], index: int, end: int) -> bool:
    return (
        _word(low, index - 1) not in ("as", "even", "only", "what", "wonder", "ask", "asked", "see")
        and _word(low, end) != "not"
    )


def _unsaid(document: Document, low: list[str], index: int, end: int) -> bool:
    """A gap in what is known ("did not say whether"), not a word that went unsaid ("does not say no")."""
    return _word(low, end) not in ("no", "yes", "so", "much", "anything", "hello", '"', "“", "‘")


def _kind_of(document: Document, low: list[str], index: int, end: int) -> bool:
    """ "is kind of done", not "this kind of model"."""
    return (
        _word(low, index - 1) not in DETERMINERS
        and not is_adverb(_word(low, index - 1))
        and _word(low, index - 1) not in ("what", "of")
    )


def _likely(document: Document, low: list[str], index: int, end: int) -> bool:
    """The adverb before its verb ("likely tripled"), not a comparison ("more likely than")."""
    after = _word(low, end)
    return (
        after.isalpha()
        and after not in PREPOSITIONS
        and after not in ("than", "to")
        and (_word(low, index - 1) not in ("most", "more", "less", "as", "not", "a", "the"))
    )


_GATES: dict[str, Callable[[Document, list[str], int, int], bool]] = {
    "-": _free,
    "meant": _meant,
    "number": _before_number,
    "amount": _before_amount,
    "event": _before_event,
    "some": _some,
    "many": _many,
    "most": _most,
    "plural": _plural,
    "modal": _modal,
    "passive": _passive,
    "if": _if,
    "unsaid": _unsaid,
    "kind": _kind_of,
    "likely": _likely,
}
