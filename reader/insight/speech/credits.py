"""First reported by, cited reports, wire bylines."""

from __future__ import annotations

from reader.insight.facts import Credit, Entity
from reader.insight.syntax.clauses import HAVE, TIMES, is_adverb, word_class
from reader.insight.syntax.document import Document

_BREAKING, _REPORTING = word_class("breaking"), word_class("reporting")
_WIRE_DASHES = frozenset("-–—")
_JOINTS = frozenset([",", "and", "&", "the", "or"])
REACH = 6
"""Words between an outlet and the word that makes it a source."""


def find_credits(document: Document, entities: tuple[Entity, ...]) -> tuple[Credit, ...]:
    """Outlets that the text leans on: `first_reported` for who broke the news or filed the copy, `cited` for a report within it.

    The article's own outlet is no credit: the one that is known, else the agency of its dateline. One outlet counts once in a sentence.
    """
    own = (document.outlet or "").casefold()
    outlets = [e for e in entities if e.type == "outlet" and not (own and e.name.casefold() == own)]
    roles = [_role(document, outlet) for outlet in outlets]
    if not own:
        filing = {o.id for o, (_, rule) in zip(outlets, roles, strict=True) if rule == "wire-byline"}
        roles = [("", "") if o.id in filing else role for o, role in zip(outlets, roles, strict=True)]
    _spread(document, outlets, roles)
    found: list[Credit] = []
    seen: set[tuple[int, str]] = set()
    for outlet, (role, rule) in zip(outlets, roles, strict=True):
        sentence = document.sentence_at(outlet.start)
        if role and (sentence, outlet.id) not in seen:
            seen.add((sentence, outlet.id))
            found.append(Credit(outlet.start, outlet.end, outlet.name, role, rule))
    return tuple(found)


def _spread(document: Document, outlets: list[Entity], roles: list[tuple[str, str]]) -> None:
    """Give every outlet of a list ("CNBC, Reuters and TechCrunch") the role of the one that has it."""
    for order in (range(1, len(outlets)), range(len(outlets) - 2, -1, -1)):
        for index in order:
            other = index - 1 if order.step > 0 else index + 1
            first, second = sorted((index, other))
            if not roles[index][0] and roles[other][0] and _joined(document, outlets[first].end, outlets[second].start):
                roles[index] = roles[other]


def _joined(document: Document, end: int, start: int) -> bool:
    """Whether only a comma or "and" stands between two outlets of one list."""
    between = document.tokens_in(end, start)
    return len(between) <= 3 and all(document.lows[i] in _JOINTS for i in between) and len(between) > 0


def _role(document: Document, entity: Entity) -> tuple[str, str]:
    """Role of one mention, and the rule that gave it; ("", "") for a mention that credits nothing."""
    first = document.token_at(entity.start)
    last = document.token_at(entity.end - 1)
    begin, end = _sentence_words(document, entity.start)
    before = document.lows[max(begin, first - REACH) : first]
    after = document.lows[last + 1 : min(end, last + 1 + REACH)]
    if _is_wire(document, first, last):
        return "first_reported", "wire-byline"
    if _broke(before, after, document.lows[begin:first]):
        return "first_reported", "broke-news"
    if _is_cited(before, after):
        return "cited", "cited-report"
    return "", ""


def _sentence_words(document: Document, offset: int) -> tuple[int, int]:
    """First word of the sentence at `offset` and the word behind its last."""
    sentence = document.sentence_at(offset)
    if sentence < 0:
        return 0, len(document.tokens)
    words = document.tokens_in(*document.sentences[sentence])
    return words.start, words.stop


def _is_wire(document: Document, first: int, last: int) -> bool:
    """ "SEOUL (Reuters) -": an outlet alone in brackets before a dash, near the start of a paragraph."""
    low = document.lows
    if (
        first == 0
        or low[first - 1] != "("
        or last + 2 >= len(low)
        or low[last + 1] != ")"
        or low[last + 2] not in _WIRE_DASHES
    ):
        return False
    block = document.block_at(document.tokens[first].start)
    return block < 0 or first - document.tokens_in(document.blocks[block].start, document.blocks[block].end).start <= 12


def _broke(before: tuple[str, ...], after: tuple[str, ...], earlier: tuple[str, ...]) -> bool:
    """ "first reported by X", "X first reported", "X broke the story", "word of the deal first surfaced on Sunday in X"."""
    if before[-1:] == ("the",):
        before = before[:-1]
    if before[-1:] in (("by",), ("in",), ("at",), ("to",)) and "first" in earlier:
        tail = earlier[len(earlier) - 1 - earlier[::-1].index("first") :]
        if any(word in _BREAKING for word in tail[:3]) and len(tail) <= 8:
            return True
    if after[:1] == ("first",) and after[1:2] and after[1] in _BREAKING:
        return True
    if after[:1] == ("was",) and "first" in after[:3] and "report" in after:
        return True
    return after[:1] == ("broke",) and any(w in ("news", "story") for w in after[1:4])


def _is_cited(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """ "according to X", "X reported", "a report in X", "told X", "the X report"."""
    if before[-1:] == ("the",):
        before = before[:-1]
    if before[-2:] == ("according", "to") or before[-1:] in (("per",), ("via",), ("told",), ("citing",)):
        return True
    if (
        before[-1:]
        and before[-1] in ("by", "from", "in", "with", "to", "of")
        and any(w in _REPORTING for w in before[-4:-1])
    ):
        return True
    if after[:2] == (",", "citing"):
        return True
    after = after[1:] if after[:1] in (("’s",), ("'s",)) else after
    for word in after[:5]:
        if word in _REPORTING:
            return True
        if not (
            is_adverb(word)
            or word in HAVE
            or word in TIMES
            or word in ("on", "in", "this", "last", "week", "not", "could")
        ):
            return False
    return False
