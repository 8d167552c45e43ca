"""Before all other names: long ones with "of", "and", "&" or commas inside, whose parts are no names of their own.

"Journal of Botany", "Trade and Industry Foundation", "the International Drawing Olympiad (IDO)", "Pell, Marsh & Ode".
"""

from __future__ import annotations

from functools import cache

from reader.insight.lexicons import given_names, table, terms
from reader.insight.naming.evidence import is_role
from reader.insight.naming.forms import is_event, office_heads, suffixes, sure_suffixes
from reader.insight.naming.found import Found, Scan
from reader.insight.naming.gazetteer import longest, names
from reader.insight.syntax.pieces import AND, BREAK, HYPHEN, SPACE, Pieces

_SMALL = frozenset(("a", "and", "de", "for", "in", "of", "on", "the", "to"))
"""Words in small letters inside a name, which its abbreviation may leave out."""
_DETERMINERS = frozenset(("the", "a", "an", "its", "our", "us", "u.s", "uk", "eu", "states", "kingdom"))
_REACH = 12
"""How many words a name before its abbreviation has at most."""


def find_wholes(scan: Scan) -> None:
    """Add long names of organisations and firms; phrases that turn out to be events own their words without a type."""
    pieces, ends, heads = scan.pieces, suffixes(), office_heads()
    word, gap, known = pieces.word, pieces.gap, _heads_and_ends()
    behind_marks = [at for at in pieces.capitals if gap[at] == BREAK]
    _find_spelt_out(scan, behind_marks)
    named = [at for at in pieces.capitals if word[at] in known or gap[at] == AND]
    for at in named:
        if word[at] in heads:
            _add_office(scan, at)
            _add_bureau(scan, at)
    for at in behind_marks:
        if pieces.text[pieces.start[at] - 1] in '("“':
            _add_nicknamed(scan, at)
    for at in named:
        if gap[at] == AND:
            _add_partnership(scan, at)
        elif word[at] in ends:
            _add_joined_body(scan, at)


@cache
def _heads_and_ends() -> frozenset[str]:
    """Words that a long name can begin or end with."""
    return frozenset(suffixes().keys() | office_heads().keys())


# --- "University of Trondheim" ----------------------------------------------------


def _add_office(scan: Scan, at: int) -> None:
    """Add "University of Trondheim" and "Ministry of Trade and Industry", unless a list has them."""
    pieces = scan.pieces
    if at + 2 >= len(pieces.low) or scan.owner[at] or pieces.low[at + 1] not in ("of", "for", "on"):
        return
    if (
        pieces.genitive[at]
        or pieces.gap[at + 1] != SPACE
        or (pieces.low[at + 1] == "on" and pieces.near(at + 2) in _dates())
    ):
        return
    if pieces.weak[at] and pieces.low[at + 1] != "of":
        return  # "Sign Partnership on Trucks", a title
    lead, stop = at - _lead(pieces, at), _office_end(pieces, at)
    if stop < len(pieces.gap) and pieces.gap[stop] == HYPHEN:
        return
    listed = longest(names(), pieces, at) or longest(names(), pieces, lead)
    if stop and not (listed and at + len(listed.key) >= stop) and scan.free(lead, stop):
        scan.add(Found(lead, stop, office_heads()[pieces.word[at]], pieces.surface(lead, stop), "office of"))


@cache
def _dates() -> frozenset[str]:
    """Months and days of the week."""
    return frozenset(row[0] for row in table("months"))


def _office_end(pieces: Pieces, at: int) -> int:
    """Where "Ministry of …" ends, with capitals and "and" between them, and a second "of …"; 0 if no capital follows."""
    stop = _capitals_end(pieces, at + 2 + (pieces.low[at + 2] == "the"))
    if not stop:
        return 0
    if pieces.low[at + 1] != "of" or pieces.word[at] == "Ministry":
        stop = _enumerated_end(pieces, stop)
    for _ in range(2):
        if not (pieces.joined(stop) and pieces.gap[stop] == SPACE and pieces.low[stop] == "of"):
            break
        behind = _capitals_end(pieces, stop + 1 + (pieces.near(stop + 1) == "the"))
        if not behind:
            break
        stop = behind
    return stop


def _capitals_end(pieces: Pieces, first: int) -> int:
    """Where the capitals from piece `first` end, "and" between them; 0 if there are none."""
    stop = first
    while (
        stop < len(pieces.low) and pieces.gap[stop] in (SPACE, AND) and not (stop > first and pieces.genitive[stop - 1])
    ):
        if not pieces.capital[stop] and not (pieces.low[stop] == "and" and first < stop < first + 4):
            break
        if stop > first and (
            (pieces.low[stop - 1] == "and" and _is_another(pieces, stop)) or _titles_a_name(pieces, stop)
        ):
            break
        stop += 1
    stop -= stop > first and pieces.low[stop - 1] == "and"
    return stop if stop > first else 0


def _titles_a_name(pieces: Pieces, at: int) -> bool:
    """Whether a title and a name follow ("School of Law Professor Ann Reed")."""
    named = at + 1 < len(pieces.low) and pieces.gap[at + 1] == SPACE and pieces.capital[at + 1]
    return named and is_role(pieces.low[at]) and not pieces.low[at].endswith("s")


def _is_another(pieces: Pieces, at: int) -> bool:
    """Whether another name begins behind the "and": a listed one, or a person's."""
    listed = longest(names(), pieces, at)
    if pieces.word[at] in office_heads() and pieces.near(at + 1) in ("of", "for"):
        return True
    return pieces.word[at] in given_names() or (listed is not None and listed.type in _OTHERS and not listed.flag)


_OTHERS = frozenset(("company", "org", "person", "outlet"))


def _enumerated_end(pieces: Pieces, stop: int) -> int:
    """Where a list of fields ends ("Science, Space and Technology", "Privacy, Trade & the Law"); `stop` where it is none."""
    end, last = stop, _last_field(pieces, stop)
    if last:
        return last
    while (
        end < len(pieces.low)
        and pieces.gap[end] == BREAK
        and pieces.after(end, 2) == ", "
        and not pieces.genitive[end - 1]
    ):
        if pieces.low[end] == "and":
            return stop if _is_another(pieces, end + 1) else _field(pieces, end + 1) or stop
        field = _field(pieces, end)
        if not field or not _is_field(pieces, end):
            return stop
        if "and" in pieces.low[end:field] or AND in pieces.gap[end + 1 : field]:
            return field
        end = field
        if last := _last_field(pieces, end):
            return last
    return stop


def _field(pieces: Pieces, at: int) -> int:
    """Where a field ends that begins at piece `at` with a capital, or with "the"; 0 if none does."""
    at += pieces.near(at) == "the"
    if at >= len(pieces.low) or not pieces.capital[at]:
        return 0
    goes_on = at + 1 < len(pieces.low) and pieces.gap[at + 1] in (SPACE, AND) and not pieces.genitive[at]
    return (_capitals_end(pieces, at + 1) if goes_on else 0) or _last_field(pieces, at + 1) or at + 1


def _last_field(pieces: Pieces, at: int) -> int:
    """Where "and Technology" or "& the Law" at piece `at` ends; 0 if it is none."""
    if pieces.near(at) == "and" and pieces.gap[at] == SPACE:
        return 0 if at + 1 >= len(pieces.low) or _is_another(pieces, at + 1) else _field(pieces, at + 1)
    return _field(pieces, at) if pieces.near(at) == "the" and pieces.gap[at] == AND else 0


def _is_field(pieces: Pieces, at: int) -> bool:
    """Whether a word names a field and not one of the things that are named elsewhere."""
    return pieces.low[at] in terms("topic_words")


def _lead(pieces: Pieces, at: int) -> int:
    """How many pieces belong before an office word ("Max Planck Institute for …", "House of Lords Committee on …")."""
    count = 0
    while count < 3 and at - count > 0 and _leads(pieces, at - count - 1) and pieces.gap[at - count] == SPACE:
        count += 1
    count -= count > 0 and pieces.word[at - count] == "The"
    before = at - count - 1
    if (
        count
        and before > 0
        and pieces.low[before] == "of"
        and pieces.gap[before + 1] == SPACE
        and _leads(pieces, before - 1)
    ):
        count += 2
    return count


def _leads(pieces: Pieces, at: int) -> bool:
    return pieces.capital[at] and not pieces.weak[at] and not pieces.genitive[at]


def _add_bureau(scan: Scan, at: int) -> None:
    """Add the office of an officer ("the Information Commissioner's Office")."""
    pieces = scan.pieces
    if not at or not pieces.genitive[at - 1] or pieces.gap[at] != SPACE or not is_role(pieces.low[at - 1]):
        return
    start = _capitals_start(pieces, at - 1)
    start += pieces.word[start] == "The"
    if start < at - 1 and scan.free(start, at + 1):
        scan.add(Found(start, at + 1, "org", pieces.surface(start, at + 1), "office of"))


# --- "the International Drawing Olympiad (IDO)" -----------------------------------


def _find_spelt_out(scan: Scan, places: list[int]) -> None:
    """Add names whose initials stand behind them in brackets, where they hold small words, an "&" or are events."""
    pieces = scan.pieces
    short: dict[str, tuple[str, str]] = {}
    for at in places:
        word = pieces.word[at]
        if len(word) < 3 or not word.isupper() or not _in_brackets(pieces, at):
            continue
        start = spelt_start(pieces, at)
        listed = longest(names(), pieces, at)
        if start < 0 or not scan.free(start, at) or (listed and not listed.flag):
            continue
        kind = _type_of_whole(pieces, start, at)
        if kind:
            start = _with_owner(scan, start)
        if kind is not None:
            scan.add(Found(start, at, kind, pieces.surface(start, at), "spelt out"))
            if kind or is_event(pieces.word[at - 1]) or _is_fair(pieces, start, at):
                short[word] = kind, pieces.surface(start, at)
    if short:
        _add_abbreviations(scan, short)


def _with_owner(scan: Scan, start: int) -> int:
    """`start` moved before the capitals that say whose it is, and have no letter in the abbreviation ("Holm General Reading Fund (RF)")."""
    pieces, first = scan.pieces, start
    while first and pieces.joined(first) and pieces.gap[first] == SPACE and _leads(pieces, first - 1):
        first -= 1
    listed = any(longest(names(), pieces, at) or _is_title(pieces.low[at]) for at in range(first, start))
    return start if listed else first


def _is_title(low: str) -> bool:
    return is_role(low) and low != "general"


def _in_brackets(pieces: Pieces, at: int) -> bool:
    """Whether a piece stands alone in brackets, right behind another."""
    return (
        at > 0
        and pieces.text[pieces.end[at - 1] : pieces.start[at]] in (" (", "'s (", "’s (")
        and pieces.after(at + 1) == ")"
    )


def _add_abbreviations(scan: Scan, short: dict[str, tuple[str, str]]) -> None:
    """Add all mentions of the abbreviations of names that were added."""
    pieces = scan.pieces
    for at in pieces.capitals:
        if pieces.word[at] in short and scan.owner[at] is None:
            kind, name = short[pieces.word[at]]
            scan.add(Found(at, at + 1, kind, name, "abbreviation"))


def spelt_start(pieces: Pieces, at: int) -> int:
    """Where the name begins whose initials the abbreviation at piece `at` has, in brackets right behind it; -1 if none does."""
    left, first = len(pieces.word[at]), at
    while left and first > max(0, at - _REACH):
        first -= 1
        if first + 1 < at and (pieces.gap[first + 1] not in (SPACE, HYPHEN, AND) or pieces.genitive[first]):
            return -1
        if pieces.capital[first]:
            if pieces.low[first][0] != pieces.word[at][left - 1].lower():
                return -1
            left -= 1
        elif pieces.low[first] not in _SMALL:
            return -1
        elif (
            left > 1
            and pieces.low[first][0] == pieces.word[at][left - 1].lower()
            and pieces.low[first] in ("of", "for")
        ):
            left -= pieces.low[first - 1][:1] != pieces.word[at][left - 1].lower()
    return first if not left else -1


def _type_of_whole(pieces: Pieces, start: int, stop: int) -> str | None:
    """The type of a name that holds small words or is an event; None for a plain phrase, which other rules look at."""
    last = pieces.word[stop - 1]
    if is_event(last):
        return ""
    if all(pieces.capital[start:stop]) and AND not in pieces.gap[start + 1 : stop]:
        return None
    if _is_fair(pieces, start, stop):
        return ""
    heads = [office_heads()[word] for word in pieces.word[start:stop] if word in office_heads()]
    return suffixes().get(last) or (heads[0] if heads else "")


def _is_fair(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether the name is said to be held every year, or what is held stands behind its abbreviation."""
    behind = [pieces.near(stop + step) for step in (1, 2, 3)]
    return pieces.near(start - 1) in ("annual", "biennial") or any(word in terms("event_nouns") for word in behind)


# --- "Trade and Industry Foundation" ----------------------------------------------


def _add_joined_body(scan: Scan, at: int) -> None:
    """Add "the Trade and Industry Foundation": two fields, "and" between them, a word of organisations at the end."""
    pieces = scan.pieces
    if pieces.gap[at] != SPACE or suffixes()[pieces.word[at]] != "org" or scan.owner[at] or not pieces.joined(at):
        return
    middle = _capitals_start(pieces, at)
    if middle == at or pieces.near(middle - 1) != "and" or pieces.gap[middle] != SPACE:
        return
    start = _behind_place(pieces, _capitals_start(pieces, middle - 2), middle - 1)
    if _is_first_half(scan, start, middle - 1) and pieces.gap[middle - 1] == SPACE:
        scan.add(Found(start, at + 1, "org", pieces.surface(start, at + 1), "two fields"))


def _capitals_start(pieces: Pieces, at: int) -> int:
    """Where the capitals that end with piece `at` begin."""
    while at > 0 and pieces.joined(at) and pieces.gap[at] == SPACE and pieces.capital[at - 1]:
        at -= 1
    return at


def _behind_place(pieces: Pieces, start: int, stop: int) -> int:
    """`start` moved behind a place that only says where the organisation is ("UK Trade and Industry Agency")."""
    listed = longest(names(), pieces, start)
    place = listed is not None and listed.type == "place" and start + len(listed.key) < stop
    return start + len(listed.key) if listed and place else start


def _is_first_half(scan: Scan, start: int, stop: int) -> bool:
    """Whether the capitals before the "and" go with what follows: behind an article, no name and no organisation by themselves."""
    pieces = scan.pieces
    if start < 1 or stop - start > 4 or not scan.free(start, stop) or pieces.genitive[stop - 1]:
        return False
    last = pieces.word[stop - 1]
    if (
        not pieces.capital[stop - 1]
        or suffixes().get(last) == "org"
        or last in sure_suffixes()
        or (last.isupper() and len(last) > 2)
    ):
        return False
    if pieces.low[start - 1] not in _DETERMINERS or pieces.gap[start] != SPACE:
        return False
    listed = longest(names(), pieces, start)
    return (
        listed is None or listed.type in ("", "outlet") or bool(listed.flag) or _halves_are_places(pieces, start, stop)
    )


def _halves_are_places(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether both halves begin with places ("the England and Wales High Court")."""
    first, second = longest(names(), pieces, start), longest(names(), pieces, stop + 1)
    return all(found is not None and found.type == "place" for found in (first, second))


# --- "Pell, Marsh & Ode" ----------------------------------------------------------


def _add_partnership(scan: Scan, at: int) -> None:
    """Add a firm named after three or more people, the last behind "&"."""
    pieces = scan.pieces
    if at < 2 or scan.owner[at] or pieces.weak[at] or not pieces.capital[at - 1]:
        return
    start = at - 1
    while start and pieces.after(start, 2) == ", " and _is_partner(pieces, start - 1):
        start -= 1
    opens = not pieces.joined(start) or not pieces.capital[start - 1]
    if pieces.joined(at + 1) and pieces.capital[at + 1] and pieces.word[at + 1] not in sure_suffixes():
        return  # "Games, Player & Creator Experiences"
    if start < at - 1 and opens and scan.free(start, at + 1):
        scan.add(Found(start, at + 1, "company", pieces.surface(start, at + 1), "partners"))


def _is_partner(pieces: Pieces, at: int) -> bool:
    """Whether a piece is a surname in a firm's name: one capitalised word that is no name by itself."""
    word = pieces.word[at]
    if not (pieces.capital[at] and word.isalpha() and word[1:].islower()) or pieces.genitive[at]:
        return False
    listed = longest(names(), pieces, at)
    return listed is None or bool(listed.flag)


# --- "Wen-Li (Wendy) Zhao" --------------------------------------------------------


def _add_nicknamed(scan: Scan, at: int) -> None:
    """Add a person whose other given name stands in brackets or marks between given name and surname."""
    pieces = scan.pieces
    if pieces.before(at, 2) not in (" (", ' "', " “") or at + 1 >= len(pieces.low) or scan.owner[at]:
        return
    if pieces.after(at + 1, 2) not in (") ", '" ', "” ") or not pieces.capital[at + 1]:
        return
    start, named = at - 1, pieces.word[at] in given_names() or pieces.word[at - 1] in given_names()
    while start and pieces.gap[start] == HYPHEN and pieces.capital[start - 1]:
        start -= 1
    if named and pieces.capital[start] and scan.free(start, at + 2):
        short = f"{pieces.word[at]} {pieces.word[at + 1]}"
        listed = longest(names(), pieces, at + 1)
        known = listed is not None and listed.type == "person" and listed.name == short
        name = short if known else f"{pieces.surface(start, at)} {pieces.word[at + 1]}"
        scan.add(Found(start, at + 2, "person", name, "unlisted person, nickname"))
