"""Longer names that begin with a listed one: "Oslo University Hospital", "Oslo Tribune", "Oslo Land Corp", "Siemens Energy"."""

from __future__ import annotations

from reader.insight.lexicons import given_names, terms
from reader.insight.naming.evidence import is_of_people, is_role
from reader.insight.naming.forms import is_event, office_heads, suffixes, sure_suffixes
from reader.insight.naming.found import Found, Scan
from reader.insight.naming.gazetteer import Name, longest, names
from reader.insight.syntax.pieces import SPACE, Pieces


def longer_name(scan: Scan, name: Name, at: int) -> Found | None:
    """The longer name of another thing that begins with the listed `name` at piece `at`; None if it does not go on."""
    pieces, stop = scan.pieces, at + len(name.key)
    if stop >= len(pieces.low) or not pieces.capital[stop] or pieces.gap[stop] != SPACE or pieces.genitive[stop - 1]:
        return None
    begin, end, kind = at, 0, ""
    if name.type == "outlet":
        end, kind = _firm_of_outlet(pieces, stop), "company"
    elif name.flag == "?":
        return None
    elif name.type == "company":
        end, kind = _institution(pieces, at, stop, _NAMED_AFTER_FIRMS), "org"
    elif name.type in ("place", "org") or (name.type == "product" and pieces.word[stop] in ("College", "University")):
        end, kind = _institution(pieces, at, stop), "org"
        begin -= bool(end) and _is_given_name_before(scan, at)
        if not end and name.type == "org" and any(word in name.name for word in ("University", "Institute", "College")):
            end = _branch(pieces, stop)
    if name.type == "place" and not end:
        end, kind = _of_place(scan, at, stop)
    return Found(begin, end, kind, pieces.surface(begin, end), f"longer than {name.type}") if end else None


def _branch(pieces: Pieces, stop: int) -> int:
    """Where the name of a university's hospital or school ends ("Holm Medicine", "Holm Health Care"); 0 if none follows."""
    end = _phrase_end(pieces, stop, 2)
    fields = all(pieces.low[at] in terms("topic_words") and not pieces.weak[at] for at in range(stop, end))
    return end if end > stop and fields and not (pieces.joined(end) and pieces.capital[end]) else 0


def _of_place(scan: Scan, at: int, stop: int) -> tuple[int, str]:
    """Where a newspaper's, firm's or event's name ends that begins with a place, and its type; 0 if none does."""
    pieces = scan.pieces
    if end := _outlet_of_place(pieces, at, stop):
        return end, "outlet"
    if not ends_a_name(scan, at, stop) and (end := _firm_of_place(pieces, at, stop)):
        return end, "company"
    return _event_of_place(pieces, stop), ""


def goes_on_as_office(pieces: Pieces, stop: int) -> bool:
    """Whether an officer and his office make another body of an outlet's name ("The Information Commissioner's Office")."""
    if stop >= len(pieces.low) or not pieces.joined(stop) or pieces.gap[stop] != SPACE or not pieces.capital[stop]:
        return False
    behind = pieces.word[stop + 1 : stop + 2]
    return pieces.genitive[stop] and bool(behind) and behind[0] in office_heads().keys() | suffixes().keys()


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


def ends_a_name(scan: Scan, at: int, stop: int) -> bool:
    """Whether a place is the last part of a name of three words and more ("Holm Development Canada")."""
    pieces, start = scan.pieces, at
    while start and pieces.joined(start) and pieces.gap[start] == SPACE and may_be_name(scan, start - 1):
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
    if end == stop or not is_event(pieces.word[end - 1]) or pieces.weak[end - 1]:
        return 0
    return 0 if any(len(found.key) > 1 for found in _listed_within(pieces, stop, end)) else end


def division_end(pieces: Pieces, stop: int) -> int:
    """Where another company ends that has a listed one's name and a word of trade ("Siemens Energy", "Siemens Startup Fund")."""
    end = _phrase_end(pieces, stop, 3) if pieces.joined(stop) else stop
    for at in range(stop, end):
        if pieces.word[at] in terms("division_words") and not pieces.weak[at]:
            return at + 1 if at == stop or pieces.word[at] == "Fund" else stop
    return stop


_NAMED_AFTER_FIRMS = frozenset(
    ("Academy", "Center", "Centre", "College", "Foundation", "Hospital", "Institute", "Museum", "School", "University")
)
"""What an organisation is that has a firm's name in its own ("Siemens Foundation")."""


def _institution(pieces: Pieces, at: int, stop: int, ends: frozenset[str] = frozenset()) -> int:
    """Where "Oslo University Hospital" ends that begins with a place; 0 if no organisation follows, or none of `ends` if given."""
    end = _phrase_end(pieces, stop, 4)
    org = suffixes().get(pieces.word[end - 1]) == "org" or is_of_people(pieces, end)
    if end == stop or not org or pieces.weak[end - 1]:
        return 0
    if ends and (pieces.word[end - 1] not in ends or "Data" in pieces.word[stop:end]):
        return 0
    whole = longest(names(), pieces, stop)  # "United States Federal Trade Commission" is the listed body
    if whole and not ends and stop + len(whole.key) == end:
        return 0
    listed = longest(names(), pieces, end - 1)  # "US Department of Justice" is a body of its own in the lists
    return 0 if listed and len(listed.key) > 1 else end


def _is_given_name_before(scan: Scan, at: int) -> bool:
    """Whether the place is a surname in an institution's name ("George Washington University")."""
    joined = at > 0 and scan.pieces.gap[at] == SPACE and may_be_name(scan, at - 1)
    return joined and scan.pieces.word[at - 1] in given_names()


def may_be_name(scan: Scan, at: int) -> bool:
    """Whether piece `at` is a capitalised word that nothing owns and that is no common sentence opener ("Plinth AI")."""
    pieces = scan.pieces
    return (
        pieces.capital[at]
        and not pieces.genitive[at]
        and scan.owner[at] is None
        and pieces.low[at] not in terms("stop_words")
    )


def _phrase_end(pieces: Pieces, stop: int, reach: int) -> int:
    """Where the capitals from piece `stop` on end, at most `reach` of them."""
    end = stop
    while (
        end < len(pieces.low)
        and end < stop + reach
        and pieces.gap[end] == SPACE
        and pieces.capital[end]
        and not pieces.genitive[end - 1]
    ):
        end += 1
    return end
