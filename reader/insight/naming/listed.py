"""First pass: names of the lists, and models by their grammar."""

from __future__ import annotations

import re

from reader.insight.lexicons import given_names, terms
from reader.insight.naming.evidence import (
    acts_as_company,
    is_apposed_product,
    is_described,
    is_machine,
    is_particle,
    is_role,
    speaks_for,
    speaks_of_person,
)
from reader.insight.naming.extended import division_end, ends_a_name, goes_on_as_office, longer_name, may_be_name
from reader.insight.naming.found import Found, Scan
from reader.insight.naming.gazetteer import Name, families, longest, lower_starts, names
from reader.insight.naming.names import ModelName, known_model, versioned_stop
from reader.insight.syntax.pieces import HYPHEN, SPACE, Pieces

_Doubtful = tuple[int, int, str, str]


def find_listed(scan: Scan) -> None:
    """Add every listed name; common words among them last, where the text speaks for them or has their plain form."""
    doubtful: list[_Doubtful] = []
    past, low = 0, scan.pieces.low
    listed, models = names(), families()
    for at in _candidates(scan.pieces):
        if at < past or (low[at] not in listed and low[at] not in models and low[at].isalpha()):
            continue
        if scan.owner[at] is None:
            past = _at(scan, at, doubtful)
    _drop_namesakes(scan)
    _drop_machines(scan)
    _repeat_longer(scan)
    _settle(scan, doubtful)


def _drop_namesakes(scan: Scan) -> None:
    """Drop bare surnames of listed people where the text has the surname behind another given name, and never the listed full name."""
    bare = [found for found in scan.found if found.type == "person" and found.stop - found.start == 1]
    if not bare:
        return
    full = {found.name for found in scan.found if found.type == "person" and found.stop - found.start > 1}
    low = {found.name: scan.pieces.low[found.start] for found in bare if found.name not in full}
    wanted, pieces = set(low.values()), scan.pieces
    others = {pieces.low[at] for at in pieces.capitals if pieces.low[at] in wanted and _is_namesake(scan, at)}
    dropped = {found for found in bare if low.get(found.name, "") in others}
    if dropped:
        scan.found = [found for found in scan.found if found not in dropped]
        for found in dropped:
            scan.owner[found.start] = None


def _drop_machines(scan: Scan) -> None:
    """Drop models with a version that the text calls a reactor, a rocket or another machine ("the Hermes 2 nuclear plant")."""
    low, machines = scan.pieces.low, terms("other_machines")
    models = [
        found
        for found in scan.found
        if found.type == "model" and not machines.isdisjoint(low[found.stop : found.stop + 2])
    ]
    others = {found.name for found in models if is_machine(scan.pieces, found.stop)}
    if not others:
        return
    dropped = {found for found in scan.found if found.type == "model" and found.name in others}
    scan.found = [found for found in scan.found if found not in dropped]
    for found in dropped:
        scan.owner[found.start : found.stop] = [None] * (found.stop - found.start)


def _repeat_longer(scan: Scan) -> None:
    """Find the long names of the text again where they are written in a title, which says nothing by its capitals."""
    pieces, known = scan.pieces, dict[str, list[Found]]()
    for found in scan.found:
        if found.rule in _LONGER and found.type:
            known.setdefault(pieces.low[found.start], []).append(found)
    dropped = set()
    for at in pieces.capitals if known else ():
        for found in known.get(pieces.low[at], ()):
            stop = at + found.stop - found.start
            inner = {owner for owner in scan.owner[at:stop] if owner}
            if pieces.low[at:stop] != pieces.low[found.start : found.stop] or any(
                owner.rule in _LONGER for owner in inner
            ):
                continue
            if all(at <= owner.start and owner.stop <= stop for owner in inner):
                dropped |= inner
                scan.add(Found(at, stop, found.type, found.name, found.rule))
                break
    if dropped:
        scan.found = [found for found in scan.found if found not in dropped]


_LONGER = frozenset(
    ("office of", "longer than place", "longer than company", "longer than outlet", "partners", "two fields")
)
"""Rules that make long names."""


def _is_namesake(scan: Scan, at: int) -> bool:
    return scan.owner[at] is None and _is_of_another(scan, at)


def _candidates(pieces: Pieces) -> list[int]:
    """Pieces at which a name can begin: with a capital, with letters before digits, listed without a capital, or before a version."""
    lower, listed = lower_starts(), families()
    starts = set(pieces.capitals)
    for index in [i for i, low in enumerate(pieces.low) if low in lower or not low.isalpha()]:
        low = pieces.low[index]
        if low in lower or low[0].isalpha():
            starts.add(index)
        elif index and pieces.low[index - 1] in listed:
            starts.add(index - 1)
    return sorted(starts)


def _at(scan: Scan, at: int, doubtful: list[_Doubtful]) -> int:
    """Look at piece `at`; the piece to go on with."""
    pieces = scan.pieces
    low = pieces.low[at]
    name = longest(names(), pieces, at) if low in names() else None
    model = known_model(pieces, at) if low in families() or not low.isalpha() else None
    if model and model.flag == "+" and not (model.versioned or model.varied):
        model = None
    if model and (
        name is None
        or model.stop > at + len(name.key)
        or (model.stop == at + len(name.key) and name.type not in _OVER_MODELS)
    ):
        return _model(scan, model, doubtful)
    if name:
        return _name(scan, name, at, doubtful)
    return at + 1


_OVER_MODELS = frozenset(("", "license", "benchmark", "chip", "product"))


def _model(scan: Scan, model: ModelName, doubtful: list[_Doubtful]) -> int:
    pieces = scan.pieces
    name = model_name(pieces, model)
    if model.flag == "?" and not (model.versioned or model.varied):
        doubtful.append((model.start, model.stop, "model", name))
        return model.stop
    if _is_person_like(pieces, model):
        return model.start + 1
    if start := _hyphened_before(scan, model):
        model = model._replace(start=start)
        surface = pieces.surface(start, model.stop)
        name = (surface.islower() and _of_identifier(surface)) or surface
    kind = "product" if model.varied and not model.versioned and is_apposed_product(pieces, model.stop) else "model"
    if stop := _longer_product(scan, model):
        scan.add(Found(model.start, stop, "product", pieces.surface(model.start, stop), "family and noun"))
        return stop
    scan.add(
        Found(
            model.start,
            model.stop,
            kind,
            name,
            "model grammar" if model.versioned else "model family",
            _bracket(pieces, model),
        )
    )
    return model.stop


def _longer_product(scan: Scan, model: ModelName) -> int:
    """Where a product's name ends that begins with a bare family ("Lark Intelligence" of the family "Lark"); 0 if none does."""
    pieces, stop = scan.pieces, model.stop
    if model.versioned or model.varied or model.head < stop or not pieces.joined(stop) or pieces.gap[stop] != SPACE:
        return 0
    if (
        pieces.weak[stop]
        or not pieces.capital[stop]
        or scan.owner[stop]
        or pieces.low[stop] not in terms("topic_words")
    ):
        return 0
    goes_on = pieces.joined(stop + 1) and pieces.capital[stop + 1]
    return 0 if goes_on or longest(names(), pieces, stop) or pieces.low[stop] in ("model", "models") else stop + 1


def _hyphened_before(scan: Scan, model: ModelName) -> int:
    """Where a name begins whose family has a word joined before it by a hyphen ("FLAN-T5"); 0 if none has."""
    pieces, before = scan.pieces, model.start - 1
    if before < 1 or pieces.gap[model.start] != HYPHEN or scan.owner[before]:
        return 0
    if not pieces.capital[before]:  # "lark-haiku-4-5" where "haiku" is the listed form
        return before if pieces.low[before] in families() and pieces.word[model.start].islower() else 0
    return before if pieces.word[before].isalpha() and len(pieces.word[before]) > 1 else 0


def _is_person_like(pieces: Pieces, model: ModelName) -> bool:
    """Whether a bare family that is also a given name has a surname after it ("Claude Shannon", "Claude de Reed")."""
    stop = model.stop
    if model.versioned or model.varied or stop + 1 >= len(pieces.low) or pieces.gap[stop] != SPACE:
        return False
    if is_particle(pieces.low[stop]) and not pieces.capital[stop]:
        return pieces.gap[stop + 1] == SPACE and pieces.capital[stop + 1]
    return pieces.word[model.start] in given_names() and pieces.capital[stop]


def _bracket(pieces: Pieces, model: ModelName) -> int:
    """Length of a variant in square brackets right after the name ("FLUX.1 Kontext [dev]")."""
    follows = pieces.after(model.stop, 12)
    word, mark, _ = follows[2:].partition("]")
    return len(word) + 3 if follows.startswith(" [") and mark and word.isalpha() and word.islower() else 0


def model_name(pieces: Pieces, model: ModelName) -> str:
    """Canonical name: the listed spelling of the family, then the rest as written; an identifier as the name it stands for."""
    surface = pieces.surface(model.start, model.stop)
    if surface.islower() and (named := _of_identifier(surface)):
        return named
    if model.family is None or model.head == model.start:
        return surface
    written = pieces.surface(model.start, model.head)
    if len(written) > len(model.family) and any(c.isdigit() for c in written):
        return model.family + written[len(model.stem) :] + surface[len(written) :]
    return model.family + surface[len(written) :]


def _of_identifier(surface: str) -> str:
    """The name that an identifier in small letters stands for ("lark-mini-4-5-20260101" is "Lark Mini 4.5"); empty if it is plain."""
    plain = _DATE.sub("", surface)
    dotted = _PARTED_VERSION.sub(r"\1.\2", plain)
    if dotted == surface:
        return ""
    return " ".join(word if word[0].isdigit() else word.capitalize() for word in dotted.split("-")).replace(
        "Gpt ", "GPT-"
    )


_DATE = re.compile(r"-20\d{6}$|-latest$")
_PARTED_VERSION = re.compile(r"(?<=-)(\d)-(\d)(?=-|$)")


def _name(scan: Scan, name: Name, at: int, doubtful: list[_Doubtful]) -> int:
    pieces, stop = scan.pieces, at + len(name.key)
    if name.type == "place" and pieces.after(stop) == "$":
        return stop
    if name.type == "outlet" and goes_on_as_office(pieces, stop):
        return stop
    goes_on = stop < len(pieces.capital) and pieces.capital[stop] and pieces.gap[stop] == SPACE
    if goes_on and name.type != "person" and (longer := longer_name(scan, name, at)):
        scan.add(longer)
        return longer.stop
    if name.flag == "?":
        doubtful.append((at, stop, name.type, name.name))
        return stop
    if name.type == "place" and ends_a_name(scan, at, stop):
        return stop
    if name.type in ("place", "") and stop - at == 1 and _is_of_person(scan, at, plain=not name.type):
        return stop
    if name.form == "AI" and at and pieces.gap[at] == SPACE and may_be_name(scan, at - 1):
        return stop
    if name.type == "person" and stop - at == 1 and _is_of_another(scan, at):
        return stop
    kind = name.type
    if name.flag == "~" and acts_as_company(pieces, at, stop):
        kind = "company"
    extra = 0
    if name.form.endswith("'s"):
        extra = 2
    elif kind in ("benchmark", "product", "chip"):
        stop = versioned_stop(pieces, stop, kind)
    elif kind == "company":
        stop = division_end(pieces, stop)
    if kind == "product" and stop - at == 1 and _is_of_longer_product(scan, at):
        scan.add(Found(at - 1, stop, "product", pieces.surface(at - 1, stop), "longer than product"))
        return stop
    canonical, written = _maker(name) if kind != name.type else name.name, at + len(name.key)
    if stop > written:  # a division is named as the text does, a version goes behind the listed name
        rest = pieces.text[pieces.end[written - 1] : pieces.end[stop - 1]]
        canonical = pieces.surface(at, stop) if kind == "company" else name.name + rest
    scan.add(Found(at, stop, kind, canonical, "listed", extra))
    return stop


def _is_of_longer_product(scan: Scan, at: int) -> bool:
    """Whether an abbreviation before a product's name makes another product of it ("DAX Copilot")."""
    pieces, before = scan.pieces, at - 1
    if before < 0 or pieces.gap[at] != SPACE or pieces.weak[at] or not may_be_name(scan, before):
        return False
    return pieces.word[before].isupper() and len(pieces.word[before]) > 1 and longest(names(), pieces, before) is None


def _maker(name: Name) -> str:
    """The firm that is meant where a platform acts as one: the firm its name begins with, or the one of the same name."""
    firms = names()[name.key[0]].single if len(name.key) > 1 else []
    return next((firm.name for firm in firms if firm.type == "company" and not firm.flag), name.name)


def _is_of_another(scan: Scan, at: int) -> bool:
    """Whether a listed surname stands behind another given name or an initial ("Roger C. Altman", "Jane Altman")."""
    pieces, before = scan.pieces, at - 1
    if at == 0:
        return False
    if len(pieces.word[before]) == 1 and pieces.capital[before] and pieces.low[before] not in ("a", "i"):
        return pieces.text[pieces.end[before] : pieces.start[at]] in (". ", " ")
    if pieces.gap[at] != SPACE or not may_be_name(scan, before):
        return False
    if pieces.word[before] in given_names():
        return True
    named = pieces.word[before].isalpha() and pieces.word[before][1:].islower() and not pieces.weak[before]
    return named and not _titles(pieces, before)


def _titles(pieces: Pieces, at: int) -> bool:
    """Whether a capitalised word before a surname is a title, a trade or another common word."""
    word, low = pieces.word[at], pieces.low[at]
    return is_role(low) or word in terms("title_words") or word in terms("honorifics") or low in terms("topic_words")


def _is_of_person(scan: Scan, at: int, *, plain: bool) -> bool:
    """Whether a place, or the name of a month (`plain`), is part of a person's name ("Sydney Okafor", "Birgitta Lund", "Jan Koum")."""
    pieces, stop = scan.pieces, at + 1
    if plain and pieces.joined(stop) and pieces.gap[stop] == HYPHEN and pieces.word[stop].islower():
        return pieces.word[at] in given_names() or pieces.low[at] in terms("family_names")
    goes_on = pieces.joined(stop) and pieces.capital[stop] and pieces.word[stop].isalpha()
    if goes_on and (pieces.word[at] in given_names() or (plain and pieces.low[at] in terms("family_names"))):
        return pieces.gap[stop] == SPACE and (plain or speaks_of_person(pieces, at, stop + 1))
    if goes_on and not plain and pieces.gap[stop] == SPACE and not _titles(pieces, stop) and not pieces.weak[stop]:
        return bool(is_described(pieces, stop + 1)) and longest(names(), pieces, stop) is None
    if at == 0 or not may_be_name(scan, at - 1) or not pieces.word[at - 1].isalpha():
        return False
    if pieces.gap[at] == HYPHEN:
        return longest(names(), pieces, at - 1) is None
    if pieces.gap[at] != SPACE:
        return False
    if pieces.word[at - 1] in given_names():
        return not plain or pieces.low[at] in ("march", "may", "august", "june")
    return not plain and not goes_on and speaks_of_person(pieces, at - 1, stop)


def _settle(scan: Scan, doubtful: list[_Doubtful]) -> None:
    """Add common words that are names here: the text speaks for this mention, or has a plain form of the same name."""
    plain = {(found.type, found.name) for found in scan.found}
    spoken = set()
    for start, stop, kind, name in doubtful:
        if speaks_for(kind, scan.pieces, start, stop) and not _ends_a_phrase(scan, start):
            spoken.add((start, kind, name))
    strong = plain | {(kind, name) for start, kind, name in spoken if not scan.pieces.weak[start]}
    for start, stop, kind, name in doubtful:
        settled = (
            (kind, name) in plain
            or (start, kind, name) in spoken
            or ((kind, name) in strong and not scan.pieces.weak[start])
        )
        if settled and scan.free(start, stop) and not _ends_a_phrase(scan, start) and not _begins_a_phrase(scan, stop):
            scan.add(Found(start, stop, kind, name, "listed, in context"))


def _ends_a_phrase(scan: Scan, at: int) -> bool:
    """Whether another capitalised word that is no title stands right before, so that the common word is part of a longer name."""
    pieces, before = scan.pieces, at - 1
    if at == 0 or not pieces.joined(at) or pieces.gap[at] != SPACE or not may_be_name(scan, before):
        return False
    return (
        not pieces.weak[before] and not is_role(pieces.low[before]) and pieces.word[before] not in terms("title_words")
    )


def _begins_a_phrase(scan: Scan, stop: int) -> bool:
    """Whether another capitalised word that says something by its capital stands right behind ("Watson" in "Watson Health")."""
    pieces = scan.pieces
    if stop >= len(pieces.low) or pieces.gap[stop] != SPACE or not pieces.joined(stop) or pieces.weak[stop]:
        return False
    return may_be_name(scan, stop) and not is_role(pieces.low[stop])
