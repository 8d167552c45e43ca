"""First pass: names of the lists, and models by their grammar."""

from __future__ import annotations

import re

from reader.insight.lexicons import given_names, terms
from reader.insight.naming.evidence import (
    acts_as_company,
    is_apposed_product,
    is_of_people,
    is_particle,
    is_role,
    speaks_for,
    speaks_of_person,
)
from reader.insight.naming.forms import is_event, office_heads, suffixes, sure_suffixes
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
    _settle(scan, doubtful)


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
    if model.versioned or model.varied or stop + 1 >= len(pieces) or pieces.gap[stop] != SPACE:
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
    if name.type == "outlet" and _goes_on_as_office(pieces, stop):
        return stop
    if name.type == "outlet" and (longer := _firm_of_outlet(pieces, stop)):
        scan.add(Found(at, longer, "company", pieces.surface(at, longer), "outlet and firm"))
        return longer
    if name.flag == "?":
        doubtful.append((at, stop, name.type, name.name))
        return stop
    school = name.type == "product" and pieces.word[stop : stop + 1] in (["College"], ["University"])
    if (school or name.type in ("place", "org")) and (longer := _institution(pieces, at, stop)):
        begin = at - _is_given_name_before(scan, at)
        scan.add(Found(begin, longer, "org", pieces.surface(begin, longer), "institution"))
        return longer
    if name.type == "place" and (longer := _outlet_of_place(pieces, at, stop)):
        scan.add(Found(at, longer, "outlet", pieces.surface(at, longer), "place and outlet"))
        return longer
    if name.type == "place" and _ends_a_name(scan, at, stop):
        return stop
    if name.type == "place" and (longer := _firm_of_place(pieces, at, stop)):
        scan.add(Found(at, longer, "company", pieces.surface(at, longer), "place and firm"))
        return longer
    if name.type == "place" and (longer := _event_of_place(pieces, stop)):
        scan.add(Found(at, longer, "", pieces.surface(at, longer), "place and event"))
        return longer
    if name.type == "company" and (longer := _institution(pieces, at, stop, _NAMED_AFTER_FIRMS)):
        scan.add(Found(at, longer, "org", pieces.surface(at, longer), "institution"))
        return longer
    if name.type in ("place", "") and stop - at == 1 and _is_of_person(scan, at, plain=not name.type):
        return stop
    if name.form == "AI" and at and pieces.gap[at] == SPACE and _may_be_name(scan, at - 1):
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
        stop = _division_end(pieces, stop)
    canonical, written = name.name, at + len(name.key)
    if stop > written:  # a division is named as the text does, a version goes behind the listed name
        rest = pieces.text[pieces.end[written - 1] : pieces.end[stop - 1]]
        canonical = pieces.surface(at, stop) if kind == "company" else name.name + rest
    scan.add(Found(at, stop, kind, canonical, "listed", extra))
    return stop


def _goes_on_as_office(pieces: Pieces, stop: int) -> bool:
    """Whether an officer and his office make another body of an outlet's name ("The Information Commissioner's Office")."""
    if stop >= len(pieces) or not pieces.joined(stop) or pieces.gap[stop] != SPACE or not pieces.capital[stop]:
        return False
    behind = pieces.word[stop + 1 : stop + 2]
    return pieces.genitive[stop] and bool(behind) and behind[0] in office_heads().keys() | suffixes().keys()


def _division_end(pieces: Pieces, stop: int) -> int:
    """Where another company ends that has a listed one's name and a word of trade ("Siemens Energy", "Siemens Startup Fund")."""
    end = _phrase_end(pieces, stop, 3) if pieces.joined(stop) else stop
    for at in range(stop, end):
        if pieces.word[at] in terms("division_words") and not pieces.weak[at]:
            return at + 1 if at == stop or pieces.word[at] == "Fund" else stop
    return stop


def _may_be_name(scan: Scan, at: int) -> bool:
    """Whether piece `at` is a capitalised word that nothing owns and that is no common sentence opener ("Plinth AI")."""
    pieces = scan.pieces
    return (
        pieces.capital[at]
        and not pieces.genitive[at]
        and scan.owner[at] is None
        and pieces.low[at] not in terms("stop_words")
    )


def _is_of_another(scan: Scan, at: int) -> bool:
    """Whether a listed surname stands behind another given name or an initial ("Roger C. Altman", "Jane Altman")."""
    pieces, before = scan.pieces, at - 1
    if at == 0:
        return False
    if len(pieces.word[before]) == 1 and pieces.capital[before] and pieces.low[before] not in ("a", "i"):
        return pieces.text[pieces.end[before] : pieces.start[at]] in (". ", " ")
    if pieces.gap[at] != SPACE or not _may_be_name(scan, before):
        return False
    return pieces.word[before] in given_names()


def _is_of_person(scan: Scan, at: int, *, plain: bool) -> bool:
    """Whether a place, or the name of a month (`plain`), is part of a person's name ("Sydney Okafor", "Birgitta Lund", "Jan Koum")."""
    pieces, stop = scan.pieces, at + 1
    if plain and pieces.joined(stop) and pieces.gap[stop] == HYPHEN and pieces.word[stop].islower():
        return pieces.word[at] in given_names() or pieces.low[at] in terms("family_names")
    goes_on = pieces.joined(stop) and pieces.capital[stop] and pieces.word[stop].isalpha()
    if goes_on and (pieces.word[at] in given_names() or (plain and pieces.low[at] in terms("family_names"))):
        return pieces.gap[stop] == SPACE and (plain or speaks_of_person(pieces, at, stop + 1))
    if at == 0 or not _may_be_name(scan, at - 1) or not pieces.word[at - 1].isalpha():
        return False
    if pieces.gap[at] == HYPHEN:
        return longest(names(), pieces, at - 1) is None
    if pieces.gap[at] != SPACE:
        return False
    if pieces.word[at - 1] in given_names():
        return not plain or pieces.low[at] in ("march", "may", "august", "june")
    return not plain and not goes_on and speaks_of_person(pieces, at - 1, stop)


def _is_given_name_before(scan: Scan, at: int) -> bool:
    """Whether the place is a surname in an institution's name ("George Washington University")."""
    joined = at > 0 and scan.pieces.gap[at] == SPACE and _may_be_name(scan, at - 1)
    return joined and scan.pieces.word[at - 1] in given_names()


_NAMED_AFTER_FIRMS = frozenset(
    ("Academy", "Center", "Centre", "College", "Foundation", "Hospital", "Institute", "Museum", "School", "University")
)
"""What an organisation is that has a firm's name in its own ("Siemens Foundation")."""


def _firm_of_outlet(pieces: Pieces, stop: int) -> int:
    """Where the firm's name ends that an outlet's begins ("Wire Media", "Wire Media Group"); 0 if none does."""
    end = _phrase_end(pieces, stop, 2) if pieces.joined(stop) else stop
    if end == stop or pieces.weak[end - 1]:
        return 0
    return end if pieces.word[end - 1] == "Media" or pieces.word[end - 1] in sure_suffixes() else 0


def _outlet_of_place(pieces: Pieces, at: int, stop: int) -> int:
    """Where a newspaper's name ends that begins with a place ("Oslo Tribune", "New Holm Daily News"); 0 if none does."""
    end = _phrase_end(pieces, stop, 3) if pieces.joined(stop) else stop
    short = pieces.word[at].isupper() or "." in pieces.word[at]
    if end == stop or short or pieces.weak[end - 1] or pieces.word[end - 1] not in terms("outlet_suffixes"):
        return 0
    return end if all(longest(names(), pieces, i) is None for i in range(stop, end - 1)) else 0


def _ends_a_name(scan: Scan, at: int, stop: int) -> bool:
    """Whether a place is the last part of a name of three words and more ("Holm Development Canada")."""
    pieces, start = scan.pieces, at
    while start and pieces.joined(start) and pieces.gap[start] == SPACE and _may_be_name(scan, start - 1):
        start -= 1
    if at - start < 2 or any(pieces.weak[start + 1 : stop]) or (pieces.joined(stop) and pieces.capital[stop]):
        return False
    return not any(is_role(low) for low in pieces.low[start:at])


def _firm_of_place(pieces: Pieces, at: int, stop: int) -> int:
    """Where a firm's name ends that begins with a place ("Oslo Western Land Corp"); 0 if none does."""
    end = _phrase_end(pieces, stop, 4)
    while end > stop and pieces.word[end - 1] not in sure_suffixes():
        end -= 1
    if (
        end == stop
        or pieces.weak[end - 1]
        or "." in pieces.word[at]
        or (pieces.word[at].isupper() and len(pieces.word[at]) < 4)
    ):
        return 0
    if is_of_people(pieces, end) or any(
        found.type not in ("", "place") and not found.flag for found in _listed_within(pieces, stop, end)
    ):
        return 0
    return end


def _listed_within(pieces: Pieces, start: int, stop: int) -> list[Name]:
    return [found for at in range(start, stop) if (found := longest(names(), pieces, at))]


def _event_of_place(pieces: Pieces, stop: int) -> int:
    """Where an event, a law or an index ends that begins with a place ("Oslo Privacy Act"); 0 if none does."""
    end = _phrase_end(pieces, stop, 4)
    return end if end > stop and is_event(pieces.word[end - 1]) and not pieces.weak[end - 1] else 0


def _phrase_end(pieces: Pieces, stop: int, reach: int) -> int:
    """Where the capitals from piece `stop` on end, at most `reach` of them."""
    end = stop
    while (
        end < len(pieces)
        and end < stop + reach
        and pieces.gap[end] == SPACE
        and pieces.capital[end]
        and not pieces.genitive[end - 1]
    ):
        end += 1
    return end


def _institution(pieces: Pieces, at: int, stop: int, ends: frozenset[str] = frozenset()) -> int:
    """Where "Oslo University Hospital" ends that begins with a place; 0 if no organisation follows, or none of `ends` if given."""
    end = _phrase_end(pieces, stop, 4)
    org = suffixes().get(pieces.word[end - 1]) == "org" or is_of_people(pieces, end)
    if end == stop or not org or pieces.weak[end - 1]:
        return 0
    if ends and (pieces.word[end - 1] not in ends or "Data" in pieces.word[stop:end]):
        return 0
    listed = longest(names(), pieces, end - 1)  # "US Department of Justice" is a body of its own in the lists
    return 0 if listed and len(listed.key) > 1 else end


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
        if settled and scan.free(start, stop) and not _ends_a_phrase(scan, start):
            scan.add(Found(start, stop, kind, name, "listed, in context"))


def _ends_a_phrase(scan: Scan, at: int) -> bool:
    """Whether another capitalised word that is no title stands right before, so that the common word is part of a longer name."""
    pieces, before = scan.pieces, at - 1
    if at == 0 or not pieces.joined(at) or pieces.gap[at] != SPACE or not _may_be_name(scan, before):
        return False
    return (
        not pieces.weak[before] and not is_role(pieces.low[before]) and pieces.word[before] not in terms("title_words")
    )
