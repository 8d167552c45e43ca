"""Third pass: short forms of names that the text has in full ("Solheim", "Wisp", "Mini", "Polder")."""

from __future__ import annotations

from collections.abc import Iterator

from reader.insight.lexicons import given_names, terms
from reader.insight.naming.evidence import is_particle, is_role, suffixes
from reader.insight.naming.found import Found, Scan
from reader.insight.naming.gazetteer import names
from reader.insight.syntax.pieces import HYPHEN, SPACE, Pieces


def find_aliases(scan: Scan) -> None:
    """Add later and earlier mentions by a short form, where it can mean only one thing."""
    short: dict[str, list[tuple[str, Found]]] = {}
    for found in scan.of_type("person", "company", "model", "org"):
        for low, kind in _short_forms(scan.pieces, found):
            short.setdefault(low, []).append((kind, found))
    if short:
        _add_mentions(scan, short)
    _name_outlets(scan)


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
    """Whether piece `at` is free, or a place that is a surname in this text ("Lund")."""
    owner = scan.owner[at]
    return owner is None or (
        owner.type == "place" and owner.stop - owner.start == 1 and any(kind == "surname" for kind, _ in options)
    )


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
    if stop < len(pieces) and pieces.gap[stop] == SPACE and pieces.joined(stop) and pieces.capital[stop]:
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
