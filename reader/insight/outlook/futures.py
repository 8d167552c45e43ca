"""What must stand around a word of the future for it to tell what is to come: one gate for each kind of cue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reader.insight.outlook.horizons import find_horizon, is_past
from reader.insight.syntax.clauses import (
    BE,
    DETERMINERS,
    FINITE,
    HAVE,
    NEGATIONS,
    PREPOSITIONS,
    SOURCE_NOUNS,
    is_adverb,
    word_class,
)

_STANDING = word_class("standing_determiner")
_EXPECTED = word_class("expected_participle")

_PAST = word_class("past_verb")


_WEEKDAYS, _COMING = word_class("weekday"), word_class("coming")


_ASKING = frozenset(["whether", "when", "how", "what", "why"])
_OTHERS = frozenset(["you", "anyone", "everyone", "one", "nobody"])


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence as words, and the clause of the cue in it: `begin` to `end`, the cue from `cue` to `tail`."""

    low: list[str]
    begin: int
    end: int
    cue: int
    tail: int
    named: bool = False
    """Whether the word before the cue is capitalised."""

    @property
    def before(self) -> str:
        """The word before the cue, over adverbs."""
        i = self.cue - 1
        while i > self.begin and is_adverb(self.low[i]):
            i -= 1
        return self.low[i] if i >= self.begin else ""

    @property
    def after(self) -> str:
        """The word behind the cue."""
        return self.low[self.tail] if self.tail < self.end else ""


def _is_be(word: str) -> bool:
    """A form of "be", on its own or in a contraction ("we're")."""
    return word in BE or word.endswith(("'re", "'m"))


def _always(clause: Clause) -> bool:
    compared = clause.cue > 0 and clause.low[clause.cue - 1] in ("as", "less", "more", "so")
    if compared:
        return False
    return clause.before not in ("than", "not", "no", "was", "were") or clause.low[clause.cue] == "would"


def _verb(clause: Clause) -> bool:
    """A verb in the present with its subject before it; not a noun, not a negated or past expectation."""
    before, after, word = clause.before, clause.after, clause.low[clause.cue]
    if _is_denied(clause) and not (word.startswith(("expect", "anticipate")) and _has_time(clause)):
        return False
    if not after or after in (",", ".", ";", ":", ")", "by", "of"):
        return False
    if before == "to":
        return _continued(clause)
    if (
        before in DETERMINERS
        and before not in ("many", "some", "most", "both")
        and not (before == "that" and word.endswith("s"))
    ):
        return False
    if (
        before in PREPOSITIONS
        or before in HAVE
        or before in _NO_SUBJECT
        or _is_hope(before, word)
        or _is_object(before, word)
    ):
        return before == "not" and word.startswith(("expect", "anticipate"))
    if before.endswith("n't"):
        return before in ("don't", "doesn't") and word.startswith(("expect", "anticipate"))
    if clause.low[clause.cue : clause.tail] == ["plans", "for"] and not clause.named and before not in _PLANNING:
        return False
    return word not in _NOUNS or _as_verb(clause)


_PLANNING = frozenset(["company", "firm", "government", "he", "it", "she", "startup", "team"])
"""Lower-cased subjects of "plans for", which is a noun behind others ("changes to design plans for two sites")."""


def _is_object(before: str, word: str) -> bool:
    """Whether plans are what somebody revealed, not what he does."""
    verb = before in FINITE or (before.endswith("ed") and len(before) > 4)
    return word in ("aims", "hopes", "plans", "pledges", "promises", "targets") and verb


def _is_hope(before: str, word: str) -> bool:
    """Whether hopes are a noun ("there are hopes for") or past ("investors were hoping to")."""
    return (before in BE and word in ("hope", "hopes")) or (before in ("was", "were") and word.endswith("ing"))


_NO_SUBJECT = frozenset(["'s", "'", "consensus", "-", "did", "not", "nor", "former", "first"])


_NOUNS = frozenset(["estimate", "estimates", "target", "targets", "forecast", "forecasts", "project", "projects"])


def _has_time(clause: Clause) -> bool:
    """Whether a time to come stands in the clause."""
    return find_horizon(clause.low, clause.tail, clause.end) is not None


def _scheduled(clause: Clause) -> bool:
    """ "rolls out next week": the present of a verb of beginning, with a time that can only be to come."""
    if clause.before in DETERMINERS or clause.before in PREPOSITIONS or not clause.before or _is_denied(clause):
        return False
    time = find_horizon(clause.low, clause.tail, clause.end)
    return time is not None and not _COMING.isdisjoint(clause.low[time[0] : time[1]])


def _continued(clause: Clause) -> bool:
    """ "continues to expect"."""
    i = clause.cue - 1
    while i > clause.begin and clause.low[i] != "to":
        i -= 1
    return i > clause.begin and clause.low[i - 1] in ("continue", "continues")


def _as_verb(clause: Clause) -> bool:
    """Whether a form that is also a noun has a speaker before it and an object behind it: "the airline forecasts a loss"."""
    if (
        clause.cue == clause.begin
        or (clause.after in PREPOSITIONS and clause.after != "to")
        or clause.after in BE
        or clause.after == "and"
    ):
        return False
    before = clause.before
    plural = before in ("we", "they", "i", "you") or (
        before.endswith("s") and not before.endswith("ss") and not clause.named
    )
    if clause.low[clause.cue].endswith("s") == plural or before in _METRICS or not before[:1].isalpha():
        return False
    if not clause.low[clause.cue].startswith("estimate"):
        return True
    tail = clause.low[clause.tail : clause.end]
    if clause.after == "that" or _PAST & set(tail):
        return bool({"will", "would", "could"} & set(tail))
    return any(w in ("to", "will", "between") or w[0].isdigit() for w in tail)


def _plural(clause: Clause) -> bool:
    """A base form as a verb: behind a plural, "we" or "they", or a control verb."""
    before = clause.before
    if clause.low[clause.cue] == "forecast" and clause.named and clause.after[:1].isalpha():
        return clause.after not in PREPOSITIONS and clause.after not in BE and not _is_denied(clause)
    if before in ("we", "they", "i", "who", "you", "to", "and", "people") or (
        before.endswith("s") and not before.endswith(("ss", "'s"))
    ):
        return before not in _METRICS and _verb(clause)
    return False


def _is_denied(clause: Clause) -> bool:
    """ "not a bug we plan to fix": a negation shortly before, in the same clause."""
    return any(w in NEGATIONS or w.endswith("n't") for w in clause.low[max(clause.begin, clause.cue - 6) : clause.cue])


def _progressive(clause: Clause) -> bool:
    return _is_be(clause.before) and clause.before not in ("was", "were", "been") and not _is_denied(clause)


def _passive(clause: Clause) -> bool:
    """ "is expected to", "are projected at"; "growth expected to slow"; not "was expected", "than expected"."""
    before, after, word = clause.before, clause.after, clause.low[clause.cue]
    if before.endswith(("'re", "'m")) or (
        before in ("is", "are", "be", "am", "'s", "being", "remains", "still") and not _is_denied(clause)
    ):
        if word in ("set", "due", "bound", "seen", "poised", "tipped"):
            return (
                after in ("to", "for", "at")
                if word != "due"
                else after in ("to", "for", "in", "on", "by", "next") and not _because(clause)
            )
        if word in ("estimated", "targeted"):
            return after == "to" or (after in ("at", "between", "in", "within") and _is_range(clause))
        return after not in ("by", "as") or word in ("slated", "scheduled")
    if before in ("an", "the", "its") and word in ("expected", "anticipated", "projected"):
        return any(w[0].isdigit() or w in "$€£" for w in clause.low[clause.tail : clause.tail + 8])
    if (
        before == "been"
        or before in HAVE
        or before in ("was", "were", "than", "as", "had", "they", "we", "analysts", "it", "previously")
    ):
        return False
    return after == "to" and word in _EXPECTED


def _is_range(clause: Clause) -> bool:
    """Whether two figures with a dash, "to" or "and" between them follow: what is only estimated as a range has yet to come."""
    tail = clause.low[clause.tail : clause.tail + 14]
    digits = [i for i, w in enumerate(tail) if w[0].isdigit()]
    return len(digits) > 1 and any(w in ("-", "–", "to", "and") for w in tail[digits[0] : digits[1]])


def _because(clause: Clause) -> bool:
    """ "is due to strong demand" gives a reason; "is due to ship" a date."""
    after = clause.low[clause.tail + 1] if clause.tail + 1 < clause.end else ""
    return clause.after == "to" and (not after or after in DETERMINERS or after in PREPOSITIONS or after.endswith("er"))


def _guidance(clause: Clause) -> bool:
    """Guidance that is given with a figure; not a former one that a result is compared with."""
    if any(w in _FORMER for w in clause.low[max(clause.begin, clause.cue - 4) : clause.cue]):
        return False
    tail = clause.low[clause.tail : clause.tail + 14]
    return any(w[0].isdigit() for w in tail) and any(
        w in ("of", "to", "range", "at", "for", "between", "calls", "assumes") for w in tail
    )


_FORMER, _METRICS = word_class("former"), word_class("metric_noun")


def _will(clause: Clause) -> bool:
    """The modal before its verb; not the noun, nor the habit of "she will tell you"."""
    after = clause.after
    if clause.before in DETERMINERS and clause.before not in _STANDING:
        return False
    if "mean" in clause.low[max(0, clause.begin - 3) : clause.cue] or _is_anybody(clause):
        return False
    if clause.cue == clause.begin and "?" in clause.low[clause.tail :]:
        return False
    if after in _TELLING and (
        clause.low[clause.cue] == "won't" or not _NONE.isdisjoint(clause.low[clause.begin : clause.cue])
    ):
        return False
    if "'" in clause.low[clause.cue]:
        return bool(after) and after[0].isalpha() and after != "you" and not _is_see(clause)
    if clause.cue == clause.begin == 0 or clause.low[clause.cue - 1] in ("free", "at", "of", "good", "political"):
        return False
    return bool(after) and after[0].isalpha() and "you" not in clause.low[clause.tail : clause.tail + 2]


_TELLING = frozenset(["say", "comment", "elaborate", "disclose", "confirm", "tell"])
_NONE = frozenset(["neither", "nor", "nobody", "none", "no"])


def _is_see(clause: Clause) -> bool:
    """Whether "we'll see" is all that is said."""
    behind = clause.low[clause.tail + 1 : clause.tail + 2]
    return clause.low[clause.cue] == "we'll" and clause.after == "see" and not (behind and behind[0].isalpha())


def _is_anybody(clause: Clause) -> bool:
    """Whether nobody in particular is meant: "somebody who will be there", "some will say", "people will forgive", "we shall see"."""
    subject = clause.low[clause.begin : clause.cue]
    if (
        subject in (["people"], ["that", "people"])
        or (subject == ["we"] and clause.after == "see")
        or [*subject[-1:], clause.after] == ["i", "say"]
    ):
        return True
    if subject[-1:] == ["who"] and any(w in _ANYBODY for w in subject[-3:-1]):
        return True
    return clause.before in ("some", "many", "critics", "sceptics", "skeptics", "others") and clause.after in (
        "say",
        "argue",
        "object",
        "call",
    )


_ANYBODY = frozenset(["somebody", "someone", "anybody", "anyone", "people", "those", "whoever"])


def _sees(clause: Clause) -> bool:
    """ "now sees 2026 profit of …": somebody named or an analyst, and a year or an amount directly behind."""
    tail = clause.low[clause.tail : clause.tail + 5]
    return (clause.named or clause.before in SOURCE_NOUNS) and any(w[0].isdigit() for w in tail) and _verb(clause)


def _going(clause: Clause) -> bool:
    after = clause.after
    return (
        _is_be(clause.before)
        and clause.before not in ("was", "were")
        and after.isalpha()
        and after not in DETERMINERS
        and not after[0].isdigit()
    )


def _with_horizon(clause: Clause) -> bool:
    """A weaker modal counts only with a time to come ("could … by summer")."""
    after = clause.after
    if (
        not after
        or not after[0].isalpha()
        or after == "have"
        or (after == "not" and clause.low[clause.cue] not in ("may", "might"))
        or after in DETERMINERS
        or clause.before in PREPOSITIONS
    ):
        return False
    if clause.low[clause.cue] == "would" and after in ("probably", "likely"):
        return True
    time = find_horizon(clause.low, clause.tail, clause.end)
    if time is None or is_past(clause.low, clause.begin, clause.end):
        return False
    return not _WEEKDAYS & set(clause.low[time[0] : time[1]])


def _business(clause: Clause) -> bool:
    """ "is spending $115 billion this year": a business verb in progress, with a period to come."""
    if not _is_be(clause.before) or clause.before in ("was", "were", "been", "being"):
        return False
    time = find_horizon(clause.low, clause.tail, clause.end)
    return time is not None and clause.low[time[0]] not in ("for", "over", "after", "since", "during", "from")


def is_generic(clause: Clause) -> bool:
    """Advice and rules about anybody ("you will need", "anyone who wants to")."""
    subject = clause.low[clause.begin : clause.cue]
    before = clause.low[max(0, clause.begin - 2) : clause.begin]
    asked = before[-1:] == ["that"] and before[0] in _ASKING
    asked = asked or "why" in subject or "whether" in subject
    return asked or any(w in _OTHERS for w in subject[-2:]) or (before[-1:] != [] and before[-1] in _ASKING)


GATES: dict[str, Callable[[Clause], bool]] = {
    "-": _always,
    "verb": _verb,
    "plural": _plural,
    "progressive": _progressive,
    "passive": _passive,
    "will": _will,
    "going": _going,
    "sees": _sees,
    "scheduled": _scheduled,
    "guidance": _guidance,
    "horizon": _with_horizon,
    "business": _business,
}
