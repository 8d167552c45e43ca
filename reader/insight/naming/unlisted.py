"""Second pass: capitalised phrases that no list has, and names of models whose family is unknown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from reader.insight.lexicons import terms
from reader.insight.naming.evidence import (
    ENOUGH,
    benchmark_points,
    is_no_firm,
    is_particle,
    is_role,
    points,
    sentence_points,
)
from reader.insight.naming.forms import is_event, is_no_person, suffixes
from reader.insight.naming.found import Found, Scan
from reader.insight.naming.names import ModelName, unknown_model
from reader.insight.syntax.clauses import word_class
from reader.insight.syntax.pieces import HYPHEN, SPACE, Pieces

_ORDER = ("benchmark", "license", "outlet", "org", "person", "chip", "company", "model", "product", "place")
_CHIP = re.compile(r"(?:[HABLV]\d{2,3}|GB\d{3}|GH\d{3}|MI\d{3}|HBM\d|DDR\d|GDDR\d|LPDDR\d|TPUv\d)[A-Z]{0,2}s?")
_BENCHMARK = re.compile(r"\w*(?:Bench|bench|Eval|Arena|QA|(?<=\w)Test)(?:-?v?\d+)?")
_BENCHMARK_ENDS = ("Bench", "bench", "Eval", "Arena", "QA", "Test")
"""How a word of letters ends that is a benchmark."""
_VERSION_WORD = re.compile(r"[A-Za-z]?\d+(?:\.\d+)*[A-Za-z]?")
_BENCHMARK_TAILS = re.compile(r"Verified|Pro|Hard|Lite|Multilingual|Diamond|Plus|v\d+|\d\.\d|Elo")
_LEADS = word_class("company_lead")
"""Nouns that stand before a company's name, and have a capital in a title or at a sentence's start ("Rival Vantor cut its prices")."""
_LISTED_AFTER = {"company", "model", "benchmark", "person"}

_Run = tuple[int, int]
_Key = tuple[str, ...]
_Decided = dict[_Key, tuple[str, str]]


def find_unlisted(scan: Scan) -> None:
    """Add phrases for which the text speaks, at every place where they are written."""
    _find_shapes(scan)
    models = list(_model_candidates(scan))
    _add_models(scan, models)
    runs = _without_openers(scan, list(_runs(scan)))
    decided = _with_listed(scan, _decide(scan, runs))
    _spread(scan, runs, decided)
    _place_all(scan, decided)


def _find_shapes(scan: Scan) -> None:
    """Add chips and benchmarks that their form gives away ("MI455X", "TraceBench", "Orbit-Bench")."""
    pieces = scan.pieces
    for at in pieces.capitals:
        if scan.owner[at]:
            continue
        word = pieces.word[at]
        plain = word.isalpha()
        if not plain and _CHIP.fullmatch(word):
            scan.add(Found(at, at + 1, "chip", word.rstrip("s"), "chip number"))
        elif (
            (not plain or word.endswith(_BENCHMARK_ENDS))
            and _BENCHMARK.fullmatch(word)
            and (len(word) > 5 or pieces.gap[at] == HYPHEN)
        ):
            _add_benchmark(scan, at)
        elif pieces.gap[at + 1 : at + 2] == [HYPHEN] and pieces.low[at + 1] == "bench":
            _add_benchmark(scan, at + 1)


def _add_benchmark(scan: Scan, at: int) -> None:
    pieces, start, stop = scan.pieces, at, at + 1
    while start and pieces.gap[start] == HYPHEN and scan.owner[start - 1] is None:
        start -= 1
    while stop < len(pieces.low) and pieces.joined(stop) and _BENCHMARK_TAILS.fullmatch(pieces.word[stop]):
        stop += 1
    if start < at or stop > at + 1 or len(pieces.word[at]) > 5:
        scan.add(Found(start, stop, "benchmark", pieces.surface(start, stop), "benchmark word"))


# --- models ---------------------------------------------------------------------


def _model_candidates(scan: Scan) -> Iterator[ModelName]:
    """Unknown words before a version, longest stem first, sentence openers cut off."""
    pieces, stop_words, past = scan.pieces, terms("stop_words"), 0
    for at in pieces.capitals:
        if at < past or scan.owner[at]:
            continue
        stop = at + 1
        while stop < min(at + 3, len(pieces.low)) and _goes_into_stem(scan, stop):
            stop += 1
        start = at
        while pieces.weak[start] and start < stop - 1 and pieces.low[start] in stop_words:
            start += 1
        if pieces.low[start] in stop_words:
            continue
        found = unknown_model(pieces, start, stop)
        past = stop if stop > at + 1 else past
        if found and not any(owner and owner.type for owner in scan.owner[start : found.stop]):
            yield found
            past = found.stop


def _goes_into_stem(scan: Scan, at: int) -> bool:
    """Whether piece `at` may belong to the family word: a free capital, or an abbreviation such as the ASR of "Brook ASR 1.1"."""
    owner = scan.owner[at]
    abbreviation = owner is not None and not owner.type and scan.pieces.word[at].isupper() and scan.pieces.joined(at)
    return (_continues(scan, at) or abbreviation) and not _digits(scan.pieces.word[at])


def _continues(scan: Scan, at: int) -> bool:
    pieces = scan.pieces
    return pieces.joined(at) and pieces.capital[at] and scan.owner[at] is None


def _digits(word: str) -> bool:
    return any(c.isdigit() for c in word)


def _add_models(scan: Scan, candidates: list[ModelName]) -> None:
    """Keep candidates whose family has enough for it in the whole text."""
    total: dict[str, int] = {}
    for model in candidates:
        stem = model.stem.split()[-1]
        total[stem] = total.get(stem, 0) + _model_points(scan, model)
    for model in candidates:
        surface = scan.pieces.surface(model.start, model.stop)
        if benchmark_points(scan.pieces, model.start, model.stop) > 2 and not model.varied:
            scan.add(Found(model.start, model.stop, "benchmark", surface, "named a benchmark"))
        elif total[model.stem.split()[-1]] >= 3 and scan.pieces.near(model.stop) not in _OTHER_NOUNS:
            scan.add(Found(model.start, model.stop, "model", surface, "unknown family, version"))


_OTHER_NOUNS = frozenset(
    (
        "dataset",
        "datasets",
        "corpus",
        "pipeline",
        "library",
        "framework",
        "standard",
        "engine",
        "browser",
        "protocol",
        "requirements",
        "chip",
        "chips",
    )
)
"""Nouns after a name with a version that make it no model."""


def _model_points(scan: Scan, model: ModelName) -> int:
    pieces = scan.pieces
    score = 3 * model.sized + 2 * model.varied + min(4, sentence_points(pieces, model.start, model.stop))
    score += 2 * (model.stop - model.head > 0 and pieces.gap[model.head : model.head + 1] == [HYPHEN])
    return score + 2 * _beside(scan, model.start, model.stop, ("model", "benchmark"))


def _beside(scan: Scan, start: int, stop: int, types: tuple[str, ...], reach: int = 6) -> bool:
    """Whether a mention of one of the types stands within `reach` pieces."""
    nearby = scan.owner[max(0, start - reach) : start] + scan.owner[stop : stop + reach]
    return any(found is not None and found.type in types for found in nearby)


# --- phrases --------------------------------------------------------------------


def _runs(scan: Scan) -> Iterator[_Run]:
    """Capitalised phrases that nothing owns, particles inside, sentence openers and titles cut off."""
    pieces, past = scan.pieces, 0
    for at in pieces.capitals:
        if at < past or scan.owner[at] or not pieces.word[at][0].isalpha():
            continue
        past = at + 1
        while past < len(pieces.low) and (_continues(scan, past) or _is_inner_particle(scan, past)):
            past += 1
        start = _trimmed(pieces, at, past)
        if start == at and suffixes().get(pieces.word[past - 1]) == "org" and _is_demonym(scan, at - 1):
            start -= 1
            scan.owner[start] = None
        if (
            start < past
            and not _is_leftover(scan, start, past)
            and not _is_half(scan, start, past)
            and not _is_no_name(pieces, start, past)
        ):
            yield start, past


_DEMONYM = re.compile(r"[A-Z][a-z]+(?:an|ese|ish|aeli|aqi|ench|utch|eek|zech|hai|iss)")


def _is_demonym(scan: Scan, at: int) -> bool:
    """Whether an adjective of a country stands at piece `at` and belongs to the organisation behind it ("American Go Association")."""
    pieces = scan.pieces
    owner = scan.owner[at] if at >= 0 else None
    return (
        owner is not None
        and not owner.type
        and pieces.gap[at + 1] == SPACE
        and bool(_DEMONYM.fullmatch(pieces.word[at]))
    )


def _without_openers(scan: Scan, runs: list[_Run]) -> list[_Run]:
    """The phrases without a participle that opens a sentence before a surname that another phrase ends with ("Probing Toner")."""
    pieces = scan.pieces
    known = {pieces.low[stop - 1] for start, stop in runs if stop - start > 1 and not pieces.weak[start]}
    known |= {pieces.low[found.stop - 1] for found in scan.found if found.type == "person"}
    return [
        (start + (stop - start == 2 and _is_opener(pieces, start) and pieces.low[stop - 1] in known), stop)
        for start, stop in runs
    ]


def _is_opener(pieces: Pieces, at: int) -> bool:
    return pieces.weak[at] and pieces.low[at].endswith("ing") and len(pieces.low[at]) > 5


def _is_no_name(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether a phrase is a party and a state ("R-Mich"), a part of the sky, shares ("Class A") or firms ("Leading AI firms")."""
    if stop - start == 1:
        return (
            pieces.low[start] in _DIRECTIONS
            or is_event(pieces.word[start])
            or (pieces.low[start] in _PREFIXES and pieces.gap[stop : stop + 1] == [HYPHEN])
        )
    if pieces.low[start] in _AUXILIARIES or (pieces.low[start] in _PREFIXES and pieces.gap[start + 1] == HYPHEN):
        return True
    if stop - start == 2 and pieces.low[start] in ("class", "tier") and len(pieces.word[start + 1]) == 1:
        return True
    if stop - start == 2 and pieces.weak[start] and pieces.low[start + 1] == "ai":
        return pieces.near(stop) in _FIRMS
    return pieces.word[start] in ("D", "I", "R") and pieces.gap[start + 1] == HYPHEN


_FIRMS = frozenset(("companies", "developers", "firms", "labs", "shares", "startups", "stocks"))
_AUXILIARIES = frozenset(("are", "be", "can", "did", "do", "does", "has", "have", "is", "was", "were", "will"))
_PREFIXES = frozenset(
    ("anti", "co", "ex", "half", "mid", "multi", "non", "post", "pre", "pro", "self", "semi", "sub", "ultra")
)
"""First parts of words with a hyphen ("Co-founders", "Non-GAAP")."""
_DIRECTIONS = frozenset(("central", "eastern", "northern", "southern", "western"))


def _is_leftover(scan: Scan, start: int, stop: int) -> bool:
    """Whether a phrase is the rest of another name: versions, variants, or words joined to a name before them."""
    pieces = scan.pieces
    if all(pieces.word[i] in terms("variants") or _VERSION_WORD.fullmatch(pieces.word[i]) for i in range(start, stop)):
        return True
    before = scan.owner[start - 1] if start and pieces.joined(start) else None
    if before is None or not before.type:
        return False
    event = (
        before.type == "company"
        and suffixes().get(pieces.word[stop - 1]) == "company"
        and not pieces.genitive[start - 1]
    )
    return stop - start == 1 or pieces.gap[start] == HYPHEN or event


def _is_half(scan: Scan, start: int, stop: int) -> bool:
    """Whether a phrase is the second half of an office's name ("Energy Committee" of "Environment and Energy Committee")."""
    pieces = scan.pieces
    office = pieces.word[stop - 1] in ("Agency", "Commission", "Committee", "Department", "Ministry", "Office")
    halved = start > 1 and pieces.low[start - 1] == "and" and pieces.text[pieces.end[start - 2] :].startswith(" and ")
    return office and halved and pieces.capital[start - 2] and scan.owner[start - 2] is None


def _is_inner_particle(scan: Scan, at: int) -> bool:
    """Whether a lower-cased particle stands between two capitals ("Joost van der Meer", "Eun-byul")."""
    pieces = scan.pieces
    if pieces.gap[at] == HYPHEN:
        return _is_second_syllable(pieces, at)
    if pieces.gap[at] != SPACE or not is_particle(pieces.low[at]) or pieces.genitive[at - 1]:
        return False
    end = at + 1
    while end < len(pieces.low) and end < at + 3 and pieces.gap[end] == SPACE and is_particle(pieces.low[end]):
        end += 1
    return end < len(pieces.low) and pieces.gap[end] == SPACE and pieces.capital[end] and scan.owner[end] is None


def _is_second_syllable(pieces: Pieces, at: int) -> bool:
    """Whether piece `at` ends a given name of two syllables, the family name before or behind it ("Cho Eun-byul", "Hyun-woo Baek")."""
    first, word = pieces.word[at - 1], pieces.word[at]
    if not (word.isalpha() and len(word) < 7 and pieces.capital[at - 1] and len(first) < 7 and first[1:].islower()):
        return False
    if word in terms("compound_tails") or pieces.genitive[at - 1]:
        return False
    if at > 1 and pieces.gap[at - 1] == SPACE and pieces.capital[at - 2] and len(first) < 6:
        return True
    return pieces.joined(at + 1) and pieces.gap[at + 1] == SPACE and pieces.capital[at + 1]


def _trimmed(pieces: Pieces, start: int, stop: int) -> int:
    """Where a phrase begins without sentence openers and titles of office."""
    if stop - start == 1 and pieces.low[start] in terms("stop_words"):
        return stop
    if (
        stop - start > 2
        and len(pieces.word[start]) > 2
        and pieces.word[start].isupper()
        and pieces.word[start + 1][1:].islower()
    ):
        family_first = pieces.low[start] in terms("family_names")
        start += not family_first and not is_no_person(pieces.word[start + 1 : stop]) and pieces.gap[start + 1] == SPACE
    while start < stop and (
        pieces.word[start] in terms("title_words")
        or pieces.word[start] in terms("honorifics")
        or (is_role(pieces.low[start]) and stop - start > 1 and pieces.low[start] != "general")
        or (pieces.weak[start] and pieces.low[start] in terms("stop_words"))
        or (pieces.weak[start] and pieces.low[start] in _LEADS and _continues_name(pieces, start + 1, stop))
    ):
        start += 1
    if (
        pieces.low[start : start + 1] == ["state"]
        and pieces.near(start - 1) == "of"
        and pieces.near(start - 2) == "secretary"
    ):
        start += 1
    return _behind_titles(pieces, start, stop)


def _continues_name(pieces: Pieces, at: int, stop: int) -> bool:
    """Whether a capital follows in the same phrase, joined by a space."""
    return at < stop and pieces.gap[at] == SPACE and pieces.capital[at]


def _behind_titles(pieces: Pieces, start: int, stop: int) -> int:
    """`start` moved behind a title of several words, two words at least before the end ("Financial Officer Paul Adeyemi")."""
    for at in range(stop - 3, start - 1, -1):
        if is_role(pieces.low[at]) and pieces.gap[at + 1] == SPACE:
            return at + 1
    return start


@dataclass(slots=True)
class _Case:
    """What speaks for one phrase: points by type, mentions, and whether one of them has a capital that means something."""

    surface: str
    scores: dict[str, int] = field(default_factory=dict)
    count: int = 0
    definite: int = 0
    solid: bool = False

    def add(self, kind: str, points: int) -> None:
        """Add points to a type."""
        self.scores[kind] = self.scores.get(kind, 0) + points


def _decide(scan: Scan, runs: list[_Run]) -> _Decided:
    """Type and name of each phrase with enough points."""
    cases, spoken = _cases(scan, runs)
    decided: _Decided = {}
    _join_short_forms(cases)
    surnames = {scan.pieces.low[f.stop - 1] for f in scan.found if f.type == "person" and f.stop - f.start > 1}
    for key, case in cases.items():
        if (
            len(key) == 1
            and key[0] in surnames
            and max(case.scores, key=case.scores.__getitem__, default="") == "company"
        ):
            continue  # a short form of the person
        if 1 < len(key) < 4 and key[-1] in spoken:  # "Achterhuis says" speaks for "Salim Achterhuis"
            case.add("person", 3)
        if len(key) > 1 and "person" in case.scores and is_no_person(re.split(r"[\s&-]+", case.surface)):
            case.scores.pop("person", None)
        kind = max(_ORDER, key=lambda kind: case.scores.get(kind, 0))
        if kind == "company" and len(key) == 1 and case.surface.isupper() and len(key[0]) < 5 and case.scores[kind] < 3:
            continue  # an abbreviation of which only a verb says that it acts
        if kind == "company" and len(key) == 1 and 2 * case.definite >= case.count:
            continue  # "the Gulf" is no firm
        doubtful = not case.solid and _is_plain(key, case.surface, case.count)
        if doubtful and kind == "company" and case.count < 2 and case.surface.endswith(("ing", "ly")):
            continue
        if case.scores.get(kind, 0) >= ENOUGH + 2 * doubtful:
            decided[key] = kind, case.surface
    return _with_knights(scan, _with_full_names(decided))


_TITLES = frozenset(("Dame", "Emir", "King", "Prince", "Princess", "Queen", "Sheikh", "Sheikha", "Sir"))
"""Titles before a given name."""


def _with_knights(scan: Scan, decided: _Decided) -> _Decided:
    """The phrases with the full name of each "Sir Aldous", whose title stands before the given name of one person in the text."""
    pieces = scan.pieces
    titled = {pieces.word[at + 1] for at in pieces.capitals[:-1] if pieces.word[at] in _TITLES}
    knights = [
        key for key, (kind, surface) in decided.items() if len(key) == 1 and kind == "person" and surface in titled
    ]
    people = {name for kind, name in decided.values() if kind == "person" and " " in name} if knights else set()
    people |= {found.name for found in scan.found if found.type == "person"} if knights else set()
    for key in knights:
        surface = decided[key][1]
        full = [name for name in people if name.startswith(f"{surface} ")]
        decided[key] = "person", full[0] if len(full) == 1 else surface
    return decided


def _join_short_forms(cases: dict[_Key, _Case]) -> None:
    """Let "Tern AI" speak for "Tern": what a name with its legal or trade suffix is, is the name without."""
    for key, case in list(cases.items()):
        short = cases.get(key[:-1]) if len(key) > 1 else None
        kind = suffixes().get(case.surface.split()[-1], "")
        if short is not None and kind and short.solid:
            short.add(kind, 4)


def _with_listed(scan: Scan, decided: _Decided) -> _Decided:
    """The phrases with the full name of a listed firm where one of the text begins so ("Pellan" beside "Pellan Medicine")."""
    listed: dict[str, set[str]] = {}
    for found in scan.found:
        if found.type == "company" and found.stop - found.start == 2:
            listed.setdefault(scan.pieces.low[found.start], set()).add(found.name)
    for key, (kind, _) in decided.items():
        if kind == "company" and len(key) == 1 and len(listed.get(key[0], ())) == 1:
            decided[key] = kind, next(iter(listed[key[0]]))
    return decided


def _with_full_names(decided: _Decided) -> _Decided:
    """The phrases with the full name of each short one: a person's surname, an organisation without its suffix."""
    longer: dict[tuple[str, _Key], set[str]] = {}
    for key, (kind, surface) in decided.items():
        if kind == "person":
            for cut in range(1, len(key)):
                longer.setdefault((kind, key[cut:]), set()).add(surface)
            if len(key) == 2 and key[0] in terms("family_names"):
                longer.setdefault((kind, key[:1]), set()).add(surface)
        elif kind in ("company", "org"):
            longer.setdefault((kind, key[:-1]), set()).add(surface)
    full = {}
    for key, (kind, surface) in decided.items():
        if kind == "company" and ("person", key) in longer and key[-1].capitalize() not in suffixes():
            kind = "person"
        names_of = longer.get((kind, key), ())
        full[key] = kind, next(iter(names_of)) if len(names_of) == 1 else surface
    return full


def _cases(scan: Scan, runs: list[_Run]) -> tuple[dict[_Key, _Case], set[str]]:
    """The phrases with what speaks for them, and the single words that a verb of saying follows; title case says nothing."""
    pieces = scan.pieces
    cases: dict[_Key, _Case] = {}
    spoken: set[str] = set()
    for start, stop in runs:
        key = tuple(pieces.low[start:stop])
        case = cases.setdefault(key, _Case(pieces.surface(start, stop)))
        case.count += 1
        case.definite += _is_definite(pieces, start, stop)
        case.solid = case.solid or not pieces.weak[start]
        if pieces.weak[start] and any(pieces.weak[start + 1 : stop + 1]):
            continue
        for kind, score in points(pieces, start, stop).items():
            case.add(kind, score)
        if cell := "model" if _acts_as_model(scan, start, stop) else _type_of_cells(scan, start, stop):
            case.add(cell, 3)
        double = stop - start == 2 and pieces.gap[stop - 1] == HYPHEN
        if (stop - start == 1 or double) and pieces.near(stop) in terms("speech_verbs"):
            spoken.add(key[-1])
    return cases, spoken


def _is_definite(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether "the" stands before the word, and no noun behind it ("the Gulf", not "the Pellan deal")."""
    if pieces.near(start - 1) != "the" or pieces.gap[start] != SPACE:
        return False
    noun = pieces.joined(stop) and not pieces.capital[stop] and pieces.low[stop] not in terms("stop_words")
    return not noun


def _is_plain(key: tuple[str, ...], surface: str, count: int) -> bool:
    """Whether a phrase seen with weak capitals only may be plain words: one word, or "X AI", without capitals or digits inside."""
    if len(key) > 1:
        return key[-1] == "ai" and count < 2
    odd = not surface.isalpha() or not surface[1:].islower()
    return not odd and (count < 2 or surface.endswith(("s", "ing", "ed", "ly")))


def _acts_as_model(scan: Scan, start: int, stop: int) -> bool:
    """Whether a verb of scoring follows, and a benchmark after it."""
    pieces = scan.pieces
    if (
        stop >= len(pieces.low)
        or pieces.gap[stop] != SPACE
        or pieces.low[stop] not in ("scores", "scored", "outperforms", "beats", "reached")
    ):
        return False
    return any(found is not None and found.type == "benchmark" for found in scan.owner[stop : stop + 9])


def _type_of_cells(scan: Scan, start: int, stop: int) -> str:
    """The type, model or benchmark, of the cell before a table cell or in the first cell of the row above; empty for none."""
    pieces, text = scan.pieces, scan.pieces.text
    mark = "\t" if pieces.after(stop) == "\t" else "|" if pieces.after(stop, 2) == " |" else ""
    if not mark or (pieces.before(start) not in "\n\t|" and pieces.before(start, 2) != "| "):
        return ""
    line = text.rfind("\n", 0, pieces.start[start])
    if start and pieces.start[start - 1] > line:
        return _listed_type(scan.owner[start - 1])
    above = bisect_left(pieces.start, text.rfind("\n", 0, max(0, line)) + 1)
    return _listed_type(scan.owner[above]) if line > 0 and above < start else ""


def _listed_type(found: Found | None) -> str:
    return found.type if found is not None and found.type in ("model", "benchmark") else ""


def _spread(scan: Scan, runs: list[_Run], decided: _Decided) -> None:
    """In "Georgian and Inovia", give the phrase that nothing speaks for the type of its neighbour."""
    pieces = scan.pieces
    types = {stop: decided[key][0] for start, stop in runs if (key := tuple(pieces.low[start:stop])) in decided}
    types |= {found.stop: found.type for found in scan.found}
    for start, stop in runs:
        key = tuple(pieces.low[start:stop])
        if key in decided or pieces.weak[start] or not start:
            continue
        previous = start - (pieces.low[start - 1] in ("and", "or"))
        between = pieces.text[pieces.end[previous - 1] : pieces.start[start]] if previous else ""
        kind = types.get(previous, "")
        if (
            kind in _LISTED_AFTER
            and between in (", ", " and ", ", and ", " or ", ", or ")
            and (between != ", " or _goes_on(pieces, stop))
        ):
            words = pieces.word[start:stop]
            if kind == "person" and (len(words) < 2 or is_no_person(words)):
                continue
            if (kind == "model" and not _digits("".join(words))) or (
                kind == "company" and is_no_firm(pieces, start, stop)
            ):
                continue
            decided[key] = kind, pieces.surface(start, stop)
            types[stop] = kind


def _goes_on(pieces: Pieces, stop: int) -> bool:
    """Whether a list goes on after the phrase."""
    return stop + 1 < len(pieces.low) and pieces.after(stop, 1) in (",", " ") and (
        pieces.low[stop] in ("and", "or") or (pieces.after(stop) == "," and pieces.capital[stop]))  # fmt: skip


def _place_all(scan: Scan, decided: _Decided) -> None:
    """Add every mention of the decided phrases, longest first."""
    pieces = scan.pieces
    index: dict[str, list[tuple[str, ...]]] = {}
    for key in decided:
        index.setdefault(key[0], []).append(key)
    for keys in index.values():
        keys.sort(key=lambda key: (-len(key), key))
    lower = {low for low, capital in zip(pieces.low, pieces.capital, strict=True) if not capital} if index else set()
    for at in pieces.capitals if index else ():
        if scan.owner[at]:
            continue
        for key in index.get(pieces.low[at], ()):
            stop = at + len(key)
            if pieces.low[at:stop] != list(key) or not scan.free(at, stop) or not _one_name(pieces, at, stop):
                continue
            if len(key) == 1 and pieces.weak[at] and key[0] in lower:
                continue
            kind, name = decided[key]
            version = unknown_model(pieces, at, stop) if kind == "model" else None
            if version is not None and scan.free(stop, version.stop):
                stop, name = version.stop, pieces.surface(at, version.stop)
            scan.add(Found(at, stop, kind, name, f"unlisted {kind}"))
            break


def _one_name(pieces: Pieces, start: int, stop: int) -> bool:
    return all(pieces.joined(i) for i in range(start + 1, stop))
