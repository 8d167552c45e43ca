"""Who beats whom: verbs and comparatives between models, and pronouns such as "all of them"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reader.insight import lexicons
from reader.insight.facts import Entity, Ranking
from reader.insight.lexicons import score_words, word_class
from reader.insight.naming.topics import Mention, Topics
from reader.insight.syntax.document import GENITIVES, Document

_NEAR = 8
"""Tokens between a model and the verb that is surely its own."""


class Cue(NamedTuple):
    """A word of comparison at tokens `first` to `last`; `up` when what stands before it is the winner."""

    first: int
    last: int
    up: bool


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Cues by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for phrase, side in lexicons.table("ranking_cues"):
        words = tuple(phrase.split(" "))
        table.setdefault(words[0], []).append((words, side == "before"))
    return {word: tuple(sorted(found, key=lambda f: -len(f[0]))) for word, found in table.items()}


@cache
def _group_pronouns() -> tuple[tuple[str, ...], ...]:
    """Phrases that stand for several models, longest first."""
    return tuple(sorted((tuple(t.split(" ")) for t in lexicons.terms("group_pronouns")), key=lambda p: (-len(p), p)))


def find_rankings(document: Document, topics: Topics) -> Iterator[Ranking]:
    """The rankings of a document, by place."""
    last_list: list[Mention] = []
    for number in topics.sentences:
        if document.blocks and document.blocks[document.block_at(document.sentences[number][0])].kind in (
            "table",
            "code",
        ):
            continue
        rows = list(_sentence(document, topics, number, last_list))
        yield from sorted(rows, key=lambda row: (row.start, row.end))
        named = topics.models(number)
        if len(named) > 1:
            last_list = named


def _sentence(document: Document, topics: Topics, number: int, last_list: list[Mention]) -> Iterator[Ranking]:
    held: Mention | None = None
    for cue in _find_cues(document, number):
        winner = topics.before(number, document.tokens[cue.first].start)
        if held is not None and winner is not None and _is_object(document, winner):
            winner = held
        held = winner
        if winner is None or _is_denied(document, cue.first, winner.start, document.sentences[number][0]):
            continue
        others = _others(document, topics, number, cue, last_list, winner)
        if not others or document.tokens[cue.last].end <= winner.start < others[-1].end:
            continue
        if cue.up:
            yield _ranking(document, topics, number, cue, winner, winner, others)
        else:
            for other in others:
                yield _ranking(document, topics, number, cue, winner, other, [winner])


def _ranking(
    document: Document,
    topics: Topics,
    number: int,
    cue: Cue,
    subject: Mention,
    winner: Mention,
    losers: list[Mention],
) -> Ranking:
    """One row; its span reaches from the subject (else the cue) to the last model named."""
    named = [m for m in (winner, *losers) if m.start >= document.tokens[cue.last].end]
    start = min(subject.start, document.tokens[cue.first].start)
    start = start if start >= document.sentences[number][0] else document.tokens[cue.first].start
    end = max([document.tokens[cue.last].end, *(m.end for m in named)])
    test = _test(document, topics, number, cue, end)
    names = tuple(dict.fromkeys(m.name for m in losers))
    return Ranking(
        start, end, winner.name, names, test.name if test else None, "ranking." + ("up" if cue.up else "down")
    )


def _find_cues(document: Document, number: int) -> Iterator[Cue]:
    """Cues of one sentence; a passive turns the sides round ("was beaten by")."""
    lows, done = document.lows, -1
    span = document.tokens_in(*document.sentences[number])
    if _cues().keys().isdisjoint(lows[span.start : span.stop]):
        return
    for index in span:
        if index <= done or lows[index] not in _cues():
            continue
        for words, up in _cues()[lows[index]]:
            if lows[index : index + len(words)] == words:
                last = index + len(words) - 1
                passive = (last + 1 < len(lows) and lows[last + 1] == "by" and lows[index].endswith("ed")) or lows[
                    last
                ] == "beaten"
                if passive and lows[last + 1 : last + 2] == ("by",):
                    yield Cue(index, last + 1, not up)
                else:
                    yield Cue(index, last, up)
                done = last
                break


def _is_object(document: Document, mention: Mention) -> bool:
    """Whether a model is what the verb before it compares with ("beats X but trails …")."""
    index = document.token_at(mention.start)
    return index > 0 and document.lows[index - 1] in _last_words()


@cache
def _last_words() -> frozenset[str]:
    return frozenset(phrase[-1] for found in _cues().values() for phrase, _ in found)


def _is_denied(document: Document, first: int, winner: int, start: int) -> bool:
    """Negated, hoped-for or possible comparisons are no ranking."""
    lows = document.lows
    named = document.token_at(winner)
    reach = min(first - 5, named - 2) if first - named < _NEAR else first - 5
    for index in range(first - 1, max(-1, reach), -1):
        if document.tokens[index].start < start or lows[index] in (",", ";", "—"):
            return False
        if (
            lows[index] in word_class("no_ranking")
            or lows[index] in score_words("no_ranking")
            or lows[index].endswith(("n't", "n’t"))
        ):
            return True
    return False


def _others(
    document: Document, topics: Topics, number: int, cue: Cue, last_list: list[Mention], subject: Mention
) -> list[Mention]:
    """The models right after the cue, as a list; or those that "all of them" stands for."""
    lows = document.lows
    for words in _group_pronouns():
        if lows[cue.last + 1 : cue.last + 1 + len(words)] == words:
            token = document.tokens[cue.last + len(words)]
            return [Mention(m.name, token.start, token.end) for m in last_list if m.name != subject.name]
    named = [m for m in topics.models(number) if m.start >= document.tokens[cue.last].end]
    found: list[Mention] = []
    place = document.tokens[cue.last].end
    for mention in named:
        if not _goes_on(document, place, mention.start, bool(found)):
            break
        owns = document.text[mention.end : mention.end + 2] in GENITIVES
        if mention.name != subject.name and not (owns and document.lows[cue.last] == "leads"):
            found.append(mention)
        place = mention.end
    return found


def _goes_on(document: Document, start: int, end: int, listed: bool) -> bool:
    """Whether only light words (and, in a list, brackets with numbers) stand between two places."""
    depth = 0
    for index in document.tokens_in(start, end):
        token = document.tokens[index]
        depth += (token.text in "([") - (token.text in ")]")
        if depth > 0 or token.text in ")]":
            continue
        if (
            token.low in word_class("list_link")
            or token.low in score_words("list_link")
            or (not listed and token.text[0].isupper())
            or token.low in GENITIVES
        ):
            continue
        return False
    return depth <= 0


def _test(document: Document, topics: Topics, number: int, cue: Cue, end: int) -> Entity | None:
    """The benchmark of a ranking: after the models ("… on X"), or before in the same clause."""
    tests = topics.tests(number)
    after = next((t for t in tests if t.start >= end), None)
    if after is not None:
        words = document.text[end : after.start].lower().split()
        link = " ".join(words)
        plain = not set(words) & {"and", "but", "while", "though", *_cues()} and "," not in link
        if words and plain and (words[0] in ("on", "in", "at") or words[-1] == "on"):
            return after
    inner = [t for t in tests if document.tokens[cue.first].start <= t.start < end]
    if inner:
        return inner[0]
    before = [t for t in tests if t.end <= document.tokens[cue.first].start]
    if not before:
        return None
    between = document.text[before[-1].end : document.tokens[cue.first].start]
    first = document.tokens_in(*document.sentences[number]).start
    if document.lows[first] in ("on", "in", "at") and len(before) == 1:
        opens = document.token_at(before[0].start) - first <= 2
        if opens and between.startswith((",", " ")) and ";" not in between:
            return before[0]
    return None if ";" in between or " but " in between else before[-1]
