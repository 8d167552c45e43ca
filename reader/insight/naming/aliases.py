"""Third pass: short forms of names that the text has in full ("Solheim", "Wisp", "Mini", "Polder")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.insight.lexicons import given_names, terms
from reader.insight.naming.evidence import is_particle, is_role
from reader.insight.naming.forms import suffixes
from reader.insight.naming.found import Found, Scan
from reader.insight.naming.gazetteer import families, longest, names
from reader.insight.syntax.pieces import BREAK, HYPHEN, SPACE, Pieces


def find_aliases(scan: Scan) -> None:
    """Add later and earlier mentions by a short form, where it can mean only one thing."""
    _add_bracketed(scan)
    _add_models_in_lists(scan)
    short: dict[str, list[tuple[str, Found]]] = {}
    for found in scan.of_type("person", "company", "model", "org"):
        for low, kind in _short_forms(scan.pieces, found):
            short.setdefault(low, []).append((kind, found))
    if short:
        _add_mentions(scan, short)
    _name_outlets(scan)
    _join_initials(scan)


def _join_initials(scan: Scan) -> None:
    """Let a person who is written with and without the initial of a middle name be one ("Ada M. Holm", "Ada Holm")."""
    longer: dict[str, set[str]] = {}
    for found in scan.found:
        parts = found.name.split() if found.type == "person" and found.stop - found.start > 2 else ()
        if len(parts) > 2 and all(len(part.rstrip(".")) == 1 for part in parts[1:-1]):
            longer.setdefault(f"{parts[0]} {parts[-1]}", set()).add(found.name)
    for index, found in enumerate(scan.found) if longer else ():
        if found.type == "person" and len(names_of := longer.get(found.name, ())) == 1:
            scan.found[index] = found._replace(name=next(iter(names_of)))


_BRACKET = re.compile(r"(?:['’]s)? \((?:(?:[A-Z]{3,8}|Nasdaq|Euronext) ?: ?)?([A-Z]{2,6})(?:[.:][A-Z]{1,2})?[),;]")
"""An abbreviation, or the ticker of a share, in brackets behind a name."""


_ABBREVIATED = frozenset(("company", "org", "outlet"))


def _add_bracketed(scan: Scan) -> None:
    """Let an abbreviation or a ticker in brackets be a name of what stands before it, wherever it is written."""
    pieces, short = scan.pieces, dict[str, Found]()
    for found in scan.found:
        if found.type not in _ABBREVIATED or found.stop >= len(pieces.gap) or pieces.gap[found.stop] != BREAK:
            continue
        match = _BRACKET.match(pieces.text, pieces.end[found.stop - 1])
        if match and _abbreviates(match[1], pieces.surface(found.start, found.stop), found.type):
            short.setdefault(match[1], found)
    dropped = set()
    for at in pieces.capitals if short else ():
        full, owner = short.get(pieces.word[at]), scan.owner[at]
        if full is None or (owner and not (owner.rule.startswith("unlisted") and owner.stop - owner.start == 1)):
            continue
        dropped.add(owner)
        scan.add(Found(at, at + 1, full.type, full.name, "abbreviation"))
    if dropped:
        scan.found = [found for found in scan.found if found not in dropped]


def _abbreviates(short: str, name: str, kind: str) -> bool:
    """Whether capitals stand for a name: its initials, or, of a firm, letters of it in their order, the first one first."""
    if short == "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()):
        return True
    letters = iter(name.upper())
    return kind == "company" and name[0].upper() == short[0] and all(letter in letters for letter in short)


def _add_models_in_lists(scan: Scan) -> None:
    """Let a firm whose models bear its name be the model in a list of models ("Lark, Wren and DeepSeek")."""
    pieces, models = scan.pieces, dict[Found, str]()
    for found in scan.found:
        if found.type != "company" or found.stop - found.start > 1 or pieces.low[found.start] not in families():
            continue
        if pieces.genitive[found.start]:
            continue
        name = longest(families(), pieces, found.start)
        if name is not None and _stands_among_models(scan, found.start):
            models[found] = name.name
    if models:
        scan.found = [found for found in scan.found if found not in models]
        for found, written in models.items():
            scan.add(Found(found.start, found.stop, "model", written, "in a list of models"))


def _stands_among_models(scan: Scan, at: int) -> bool:
    """Whether a model stands before the word in a list, and another one behind it, or it is the last."""
    pieces = scan.pieces
    ends = pieces.near(at - 1) in ("and", "or")
    before = at - 1 - ends
    if before < 0 or pieces.text[pieces.end[before] : pieces.start[at]].strip(" andor") not in ("", ","):
        return False
    behind = at + 1 + (pieces.near(at + 1) in ("and", "or"))
    return _is_model(scan, before) and (ends or (_is_model(scan, behind) and pieces.after(at + 1) in (",", " ")))


def _is_model(scan: Scan, at: int) -> bool:
    owner = scan.owner[at] if 0 <= at < len(scan.owner) else None
    return owner is not None and owner.type == "model"


def _name_outlets(scan: Scan) -> None:
    """Let "The Post" be the one outlet of the text whose name ends so ("The Washington Post")."""
    outlets = {found.name for found in scan.of_type("outlet")}
    for index, found in enumerate(scan.found):
        last = found.name.removeprefix("The ")
        if found.type == "outlet" and " " not in last:
            longer = {name for name in outlets if name.endswith(f" {last}") and name != found.name}
            if len(longer) == 1:
                scan.found[index] = found._replace(name=longer.pop())


def _short_forms(pieces: Pieces, found: Found) -> Iterator[tuple[str, str]]:
    """Lower-cased last or first pieces by which a text goes on to name the thing, and what kind of short form each is."""
    size = found.stop - found.start
    if size < 2:
        return
    low = pieces.low[found.start : found.stop]
    if found.type == "person":
        yield (low[0] if _family_first(pieces, found) else low[-1]), "surname"
        if found.rule.startswith("unlisted"):
            yield low[0], "given name"
    elif found.type == "company":
        if found.rule.startswith("unlisted") and pieces.word[found.stop - 1] in suffixes() and size == 2:
            yield low[0], "company without suffix"
    elif found.type == "org":
        if suffixes().get(pieces.word[found.stop - 1]) == "org":
            yield low[-1], "office"
    else:
        yield from _model_forms(pieces, found)


def _family_first(pieces: Pieces, found: Found) -> bool:
    """Whether the family name stands first: an East Asian one before a hyphenated or otherwise unfamiliar given name."""
    first, last = pieces.word[found.start], pieces.low[found.stop - 1]
    if first.lower() not in terms("family_names"):
        return False
    if pieces.gap[found.stop - 1] == HYPHEN:
        return True
    return last not in terms("family_names") and len(first) < 6 and first not in given_names()


def _model_forms(pieces: Pieces, found: Found) -> Iterator[tuple[str, str]]:
    last = pieces.word[found.stop - 1]
    if last in terms("variants"):
        yield last.lower(), "variant"
    elif len(last) > 1 and last[0].isupper() and last[1:].replace(".", "").isdigit() and len(last) < 5:
        yield last.lower(), "version"
    if found.rule == "unknown family, version":
        head = next(i for i in range(found.start, found.stop) if any(c.isdigit() for c in pieces.word[i]))
        if head == found.start + 1:
            yield pieces.low[found.start], "family"


def _add_mentions(scan: Scan, short: dict[str, list[tuple[str, Found]]]) -> None:
    pieces, places = scan.pieces, list[Found | None]()
    for at in pieces.capitals:
        if pieces.low[at] not in short or not _open(scan, at, short[pieces.low[at]]):
            continue
        choice = _choice(scan, at, short[pieces.low[at]])
        if choice is None:
            continue
        kind, full = choice
        name = full.name if kind != "family" else pieces.word[at]
        if scan.owner[at] is not None:
            places.append(scan.owner[at])
        start = _surname_start(scan, at, full) if kind == "surname" else at
        if start is not None:
            scan.add(Found(start, at + 1, full.type, name, kind))

    if places:
        scan.found = [found for found in scan.found if found not in set(places)]


def _open(scan: Scan, at: int, options: list[tuple[str, Found]]) -> bool:
    """Whether piece `at` is free, or a place or a common word that is a surname in this text ("Lund")."""
    owner = scan.owner[at]
    if owner is None:
        return True
    common = owner.type == "place" or owner.rule == "listed, in context"
    return common and owner.stop - owner.start == 1 and any(kind == "surname" for kind, _ in options)


def _choice(scan: Scan, at: int, options: list[tuple[str, Found]]) -> tuple[str, Found] | None:
    """The last fitting thing named before piece `at`, else the first after it."""
    pieces = scan.pieces
    alone = not _within_phrase(pieces, at, at + 1)
    fitting = [(kind, full) for kind, full in options if _fits(pieces, at, kind, alone)]
    before = [option for option in fitting if option[1].start < at]
    if before:
        return before[-1]
    return fitting[0] if fitting and fitting[0][0] in ("surname", "company without suffix") else None


def _within_phrase(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether another capital is joined to the piece, so that it is part of a longer name."""
    if stop < len(pieces.low) and pieces.gap[stop] == SPACE and pieces.joined(stop) and pieces.capital[stop]:
        return True
    return (
        start > 0
        and pieces.joined(start)
        and pieces.gap[start] == SPACE
        and pieces.capital[start - 1]
        and not pieces.weak[start - 1]
    )


def _fits(pieces: Pieces, at: int, kind: str, alone: bool) -> bool:
    if kind == "surname":
        return pieces.low[at] not in terms("stop_words") or not pieces.weak[at]
    if not alone or pieces.low[at] in terms("stop_words"):
        return False
    if kind == "given name":
        return len(pieces.word[at]) > 2 and pieces.low[at] not in names()
    if kind == "office":
        return pieces.near(at - 1) == "the" or (not pieces.genitive[at] and is_role(pieces.near(at + 1)))
    if kind == "variant":
        return pieces.near(at + 1) not in terms("plan_nouns") and not (pieces.weak[at] and pieces.genitive[at])
    return True


def _surname_start(scan: Scan, at: int, full: Found) -> int | None:
    """Where the surname that ends at piece `at` begins, with the first part of a double name and with particles ("van der Meer").

    None where a hyphen joins it to something that is no part of the full name.
    """
    pieces, start, own = scan.pieces, at, full.stop - 1
    if pieces.low[own] != pieces.low[at]:
        return at
    while pieces.gap[start] == HYPHEN and start:
        start, own = start - 1, own - 1
        if own < full.start or pieces.low[start] != pieces.low[own]:
            return None
    for _ in range(2):
        if start and pieces.gap[start] == SPACE and is_particle(pieces.low[start - 1]):
            start -= 1
    return start
