"""What a text says of a capitalised phrase that is in no list: the cues in its neighbourhood that make it a person, a company …

Each mention adds points to types; the phrase is what most points say over the whole text, and nothing where they are too few.
"""

from __future__ import annotations

from functools import cache

from reader.insight.lexicons import given_names, lines, terms
from reader.insight.naming.forms import is_event, is_no_person, is_topic, suffixes, sure_suffixes
from reader.insight.syntax.pieces import AND, BREAK, HYPHEN, LINE, SPACE, Pieces

ENOUGH = 2
"""Points from which a phrase is taken for a name."""

_OF = frozenset(("of", "at", "from", "for"))
_MODEL_NOUNS = frozenset(("model", "models", "llm", "llms", "checkpoint", "checkpoints"))
_SCORING = frozenset(("scores", "scored", "outperforms", "outperformed", "beats", "trails"))
_MAKING = frozenset(("led", "backed", "owned", "acquired", "made", "built", "developed", "co-led", "funded", "sold"))
_FOUNDING = frozenset(("founded", "co-founded", "written", "directed", "edited", "hosted"))
_BEFORE_NAMES = frozenset(
    ("at", "by", "with", "from", "via", "like", "using", "remains", "is", "was", "and", "of", "on", "to")
)
_CHIPMAKERS = frozenset(("nvidia", "amd", "intel", "google", "huawei", "amazon"))
_LEADING = frozenset(("leads", "leading", "beats", "record", "trails", "wins", "ahead", "behind", "loses", "tops"))
_NAMING = frozenset(("called", "named", "dubbed", "codenamed", "code-named"))

_BENCHMARK_NOUNS = terms("benchmark_nouns")
_BUSINESS_VERBS = terms("business_verbs")
_CHIP_NOUNS = terms("chip_nouns")
_COMPANY_BELONGINGS = terms("company_belongings")
_COMPANY_NOUNS = terms("company_nouns")
_COMPANY_OBJECTS = terms("company_objects")
_COMPANY_PLURALS = terms("company_plurals")
_FAMILY_NAMES = terms("family_names") - {
    "he",
    "im",
    "long",
    "min",
    "moon",
    "oh",
    "pan",
    "park",
    "so",
    "song",
    "star",
    "sun",
}
_GIVEN_NAMES = given_names()
_HONORIFICS = terms("honorifics")
_NAME_PARTICLES = terms("name_particles")
_OUTLET_SUFFIXES = terms("outlet_suffixes")
_PERSON_VERBS = terms("person_verbs")
_PLACE_NOUNS = terms("place_nouns")
_PRODUCT_NOUNS = terms("product_nouns")
_PUBLIC_OFFICES = terms("public_offices")
_ROLES = terms("roles")
_SPEECH_VERBS = terms("speech_verbs")
_STOP_WORDS = terms("stop_words")


@cache
def _weights() -> dict[str, int]:
    """Points of the words that speak for a model."""
    return {word: int(points) for word, points in (line.split(" | ") for line in lines("model_words.txt"))}


@cache
def _roles() -> frozenset[str]:
    listed = {role.lower() for role in _ROLES}
    return frozenset(listed | {f"{role}s" for role in listed})


def is_particle(word: str) -> bool:
    """Whether a lower-cased word may stand inside a person's name."""
    return word in _NAME_PARTICLES


def is_role(word: str) -> bool:
    """Whether a lower-cased word is what a person is called."""
    return word in _roles() or word.partition("-")[0] == "co" or word.endswith(("chief", "officer"))


def points(pieces: Pieces, start: int, stop: int) -> dict[str, int]:
    """Points by type of one mention, pieces `start` to before `stop`."""
    found: dict[str, int] = {}
    for kind, score in (
        ("person", _person(pieces, start, stop)),
        ("company", _company(pieces, start, stop)),
        ("model", model_points(pieces, start, stop)),
        ("product", _product(pieces, start, stop)),
        (
            "chip",
            3
            * (
                _follows(pieces, stop, _CHIP_NOUNS)
                or _named(pieces, start, _CHIP_NOUNS)
                or _chip_follows(pieces, start, stop)
            ),
        ),
        ("place", _place(pieces, start, stop)),
        ("benchmark", benchmark_points(pieces, start, stop)),
        ("org", _org(pieces, start)),
        (_suffixed(pieces, start, stop), 4),
    ):
        if kind and score:
            found[kind] = found.get(kind, 0) + score
    return found


def _chip_follows(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether "called X, the chip" has the noun behind the name."""
    return pieces.near(start - 1) in _NAMING and bool(_apposed(pieces, stop, _CHIP_NOUNS, 3))


def _org(pieces: Pieces, start: int) -> int:
    """Points for "the group BEUC", "the union Verdi": people who stand together, not a firm."""
    spaced = start > 1 and pieces.gap[start] == SPACE
    return 3 * (spaced and pieces.low[start - 1] in _GROUPS and not pieces.capital[start - 1])


_GROUPS = frozenset(
    (
        "group",
        "union",
        "team",
        "charity",
        "nonprofit",
        "ngo",
        "association",
        "campaign",
        "regulator",
        "watchdog",
        "ministry",
    )
)


def _suffixed(pieces: Pieces, start: int, stop: int) -> str:
    """The type that the last word of a phrase makes of it; empty where none does."""
    last = pieces.word[stop - 1]
    if stop - start < 2:
        return ""
    if last in _OUTLET_SUFFIXES and pieces.word[start] in ("The", "Daily", "Sunday", "Evening", "Morning"):
        return "outlet"
    if last in ("License", "Licence"):
        return "license"
    if is_of_people(pieces, stop):
        return "org"
    if last in suffixes() and (suffixes()[last] != "company" or not is_no_firm(pieces, start, stop)):
        return suffixes()[last]
    return "product" if last.lower() in _PRODUCT_NOUNS else ""


_OF_GROUPS = frozenset(
    (
        "action",
        "advocacy",
        "consumer",
        "consumers",
        "contact",
        "expert",
        "interest",
        "study",
        "support",
        "user",
        "users",
        "workers",
        "working",
    )
)
"""Words before "Group" in names of people who stand together, not of a firm."""


def is_of_people(pieces: Pieces, stop: int) -> bool:
    """Whether a name that ends before piece `stop` is that of a group of people ("Holm Energy Users Group")."""
    return pieces.word[stop - 1] == "Group" and pieces.low[stop - 2] in _OF_GROUPS


def is_no_firm(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether a phrase of several words is no firm's name by its form: an event, a law, a segment, a row of tickers."""
    words = pieces.word[start:stop]
    if len(words) < 2:
        return False
    tickers = all(word.isupper() and 1 < len(word) < 6 for word in words) and AND not in pieces.gap[start + 1 : stop]
    return tickers or is_event(words[-1]) or (words[-1] not in sure_suffixes() and is_topic(words))


def _follows(pieces: Pieces, stop: int, words: frozenset[str], reach: int = 1) -> int:
    """Whether one of `words` comes within `reach` pieces, nothing but spaces, hyphens and lower-cased words between."""
    for i in range(stop, min(stop + reach, len(pieces.low))):
        if pieces.gap[i] not in (SPACE, HYPHEN) or (i > stop and pieces.capital[i]):
            return 0
        if pieces.low[i] in words:
            return 1
    return 0


def _modifies(pieces: Pieces, stop: int, words: frozenset[str], reach: int = 4) -> bool:
    """Whether one of `words` follows with nothing but adjectives between ("Wisp on-device models")."""
    for i in range(stop, min(stop + reach, len(pieces.low))):
        if pieces.gap[i] not in (SPACE, HYPHEN):
            return False
        if pieces.low[i] in words:
            return True
        hyphened = HYPHEN in pieces.gap[i : i + 2]
        if pieces.capital[i] or (
            not hyphened and (pieces.low[i] in _STOP_WORDS or pieces.low[i].endswith(("ing", "ed", "es")))
        ):
            return False
    return False


def _apposed(pieces: Pieces, stop: int, words: frozenset[str], reach: int = 9) -> int:
    """Whether ", a …" or ", which …" follows with one of `words` before the next mark."""
    if (
        stop >= len(pieces.low)
        or pieces.low[stop] not in ("a", "an", "the", "its", "whose", "another", "our")
        or pieces.after(stop, 2) != ", "
    ):
        return 0
    for i in range(stop + 1, min(stop + reach, len(pieces.low))):
        if pieces.gap[i] == BREAK:
            return 0
        if pieces.low[i] in words or (pieces.low[i] == "up" and pieces.low[i - 1] == "start" and "startup" in words):
            return 1
        if is_role(pieces.low[i]) and pieces.near(i + 1) in _OF:
            return 0
    return 0


def _role_before(pieces: Pieces, start: int, reach: int = 4) -> int:
    """How many pieces before `start` a role stands with only spaces between; 0 for none."""
    for i in range(start - 1, max(-1, start - 1 - reach), -1):
        between = pieces.text[pieces.end[i] : pieces.start[i + 1]]
        if between not in (" ", "\u00a0", "-") and not (i == start - 1 and between == ", "):
            return 0
        if is_role(pieces.low[i]):
            return 0 if _is_part_of_name(pieces, i) else start - i
    return 0


def _is_part_of_name(pieces: Pieces, at: int) -> bool:
    """Whether a role is the capitalised plural at the end of a firm's name ("Pell Venture Partners, Wittgen Ventures")."""
    return pieces.word[at] in suffixes() and pieces.joined(at) and pieces.capital[at - 1]


def _person(pieces: Pieces, start: int, stop: int) -> int:
    size = stop - start
    if (
        size > 5
        or pieces.word[start] == "The"
        or AND in pieces.gap[start + 1 : stop]
        or len(pieces.word[stop - 1]) == 1
        or any(c.isdigit() for c in pieces.surface(start, stop))
    ):
        return 0
    before = pieces.word[start - 1].rstrip(".") if start else ""
    if len(pieces.word[stop - 1]) > 1 and set(pieces.word[stop - 1]) <= set("IVX"):
        return 0
    if pieces.low[stop - 1] in ("podcast", "show") or (
        size > 1 and len(pieces.word[stop - 1]) > 2 and pieces.word[stop - 1].isupper()
    ):
        return 0
    if size > 1 and is_role(pieces.low[stop - 1]) and pieces.word[start] not in _GIVEN_NAMES:
        return 0
    within = start > 0 and pieces.low[start - 1] in ("across", "in", "near", "outside") and pieces.gap[start] == SPACE
    spoken = not within and (_speaks(pieces, stop) or _asked_before(pieces, start))
    score = (
        4 if before in _HONORIFICS and pieces.text[pieces.end[start - 1] : pieces.start[start]] in (" ", ". ") else 0
    )
    distance = _role_before(pieces, start)
    if size < 2:
        return score + (2 if distance == 1 and spoken and pieces.before(start) == " " else 0)
    if pieces.word[start] in _GIVEN_NAMES:
        score += 1 if pieces.low[start] in _places() or pieces.low[start] in _MONTHS else 3
    between = pieces.low[start - distance + 1 : start]
    held = distance > 1 and (pieces.low[start - 1] in _OF or ("of" in between and "the" in between))
    if distance and not held and not _of_firms(pieces, start):
        score += 3
    score += 2 * _follows(pieces, stop, _PERSON_VERBS) * (pieces.word[stop - 1] not in suffixes())
    before = pieces.near(start - 2) if pieces.near(start - 1) == "by" else ""
    score += 3 * (before in _FOUNDING or (before == "led" and pieces.near(start - 3).strip(",") in _LED))
    score += 2 * (pieces.near(start - 1) in _HIRING and pieces.gap[start] == SPACE)
    score += 3 * any(is_particle(pieces.low[i]) and not pieces.capital[i] for i in range(start + 1, stop - 1))
    placed = start > 0 and pieces.low[start - 1] in _WHERE and pieces.gap[start] == SPACE
    score += 3 * (is_described(pieces, stop) and not placed)
    score += score < ENOUGH and not placed and _pronoun_follows(pieces, start, stop)
    score += score > 0 and start > 0 and pieces.genitive[start - 1] and size < 4
    score += 2 * (size == 2 and not pieces.weak[start] and pieces.low[stop - 1] in _FAMILY_NAMES)
    score += 2 * bool(spoken) + 3 * _set_off(pieces, start, stop)
    return 0 if score and is_no_person(pieces.word[start:stop]) else score


def _of_firms(pieces: Pieces, start: int) -> bool:
    """Whether the word before is a plural that people and firms share, and no given name follows ("investors Vane Chrysalis")."""
    return pieces.near(start - 1) in _COMPANY_PLURALS and pieces.word[start] not in _GIVEN_NAMES


_LED = frozenset(
    ("team", "group", "project", "lab", "laboratory", "effort", "study", "work", "unit", "division", "researchers")
)
"""What people lead; companies lead rounds of money."""
_HIRING = frozenset(("hired", "hires", "hire", "poached", "appointed", "promoted", "recruited", "fired"))
_MONTHS = frozenset(("april", "june", "august", "jan"))
_WHERE = frozenset(("in", "near", "outside", "across", "to", "on"))


def _pronoun_follows(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether the next sentence of the paragraph begins with "he" or "she", or has it behind a quotation, and names nobody before."""
    if pieces.after(stop) not in (".", ","):
        return False
    ended = False
    for i in range(stop, min(stop + 40, len(pieces.low))):
        if pieces.gap[i] == LINE:
            return False
        if pieces.weak[i] and pieces.gap[i] == BREAK and not ended:
            ended = True
        if pieces.low[i] in ("he", "she"):
            opens = pieces.weak[i] or pieces.before(i, 2)[:1] in ('"', "”", "'", "’")
            return ended and opens and all(p.isalpha() for p in pieces.word[start:stop])
        if pieces.capital[i] and not pieces.weak[i] and pieces.capital[i - 1] and pieces.gap[i] == SPACE:
            return False
    return False


@cache
def _places() -> frozenset[str]:
    """Listed places of one word, in lower case."""
    return frozenset(place.lower() for line in lines("places.txt") for place in line.lstrip("?").split(" | "))


def speaks_of_person(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether a phrase speaks or is described as people are, so that a place in it is only a part of a person's name."""
    if pieces.low[start] in _STOP_WORDS:
        return False
    return bool(_speaks(pieces, stop) or is_described(pieces, stop)) or _role_before(pieces, start) == 1


def _set_off(pieces: Pieces, start: int, stop: int) -> int:
    """Whether commas set the phrase off beside a verb of saying ("says our tester, Bohdan Reyes", "a rival, Jo Vik, said")."""
    if pieces.before(start, 2) != ", ":
        return 0
    if stop < len(pieces.low) and pieces.after(stop, 2) == ", " and pieces.low[stop] in _SPEECH_VERBS:
        return 1
    return int(pieces.after(stop) in (".", ",") and any(pieces.near(start - k) in _SPEECH_VERBS for k in (2, 3, 4, 5)))


def _speaks(pieces: Pieces, stop: int) -> int:
    """Whether a verb of saying follows, an "of Imbue" before it or not."""
    if _follows(pieces, stop, _SPEECH_VERBS):
        return 1
    if stop + 1 >= len(pieces.low) or pieces.low[stop] not in ("of", "at", "from") or pieces.gap[stop] != SPACE:
        return 0
    end = stop + 1
    while end < min(stop + 4, len(pieces.low)) and not pieces.capital[end] and pieces.gap[end] == SPACE:
        end += 1
    first = end
    while end < min(first + 4, len(pieces.low)) and pieces.capital[end] and pieces.gap[end] == SPACE:
        end += 1
    return _follows(pieces, end, _SPEECH_VERBS) if end > first else 0


def _asked_before(pieces: Pieces, start: int) -> int:
    """Whether a verb of saying stands right before, as in "explains Amara Diallo"; who is told or called something does not speak."""
    before = pieces.low[start - 1] if start else ""
    return int(
        pieces.before(start) == " " and before in _SPEECH_VERBS and before not in _NAMING and before not in _TELLING
    )


_TELLING = frozenset(("tell", "tells", "told", "telling"))


def is_described(pieces: Pieces, stop: int) -> int:
    """Whether an age, "who" or a role follows after a comma."""
    if stop >= len(pieces.low) or pieces.after(stop, 2) != ", ":
        return int(pieces.after(stop, 2) == " (" and pieces.after(stop, 3)[-1:] == "@")
    if pieces.low[stop] in _SPEECH_VERBS:
        return 0
    if pieces.low[stop] == "who" or (
        pieces.word[stop].isdigit() and len(pieces.word[stop]) == 2 and pieces.after(stop + 1) == ","
    ):
        return 1
    for i in range(stop, min(stop + 7, len(pieces.low))):
        if i > stop and pieces.gap[i] == BREAK:
            return 0
        if pieces.low[i] in ("that", "which"):
            return 0
        if is_role(pieces.low[i]) and not pieces.low[i].endswith("s"):
            return 1
    return 0


def _company(pieces: Pieces, start: int, stop: int) -> int:
    score, before = 0, pieces.near(start - 1)
    if stop - start == 1 and (before in ("the", "a", "an", "this") or suffixes().get(pieces.word[start]) == "org"):
        return 0
    if _is_field(pieces, start, stop):
        return 0
    spaced = start > 0 and pieces.gap[start] == SPACE
    nouns = _COMPANY_NOUNS
    if (spaced and before in nouns and not pieces.genitive[start - 1]) or _named(pieces, start, nouns):
        score += 3
    score += 3 * (before in nouns and pieces.before(start, 2) == ", " and pieces.after(stop) == ",")
    score += 4 * _apposed(pieces, stop, nouns)
    score += 3 * (before == "of" and spaced and pieces.near(start - 2) in ("shares", "stock", "customers", "maker"))
    distance = _role_before(pieces, start, 7) if before in _OF and spaced else 0
    if distance and pieces.low[start - distance] not in _PUBLIC_OFFICES:
        score += 3
    if before == "group" and spaced and pieces.near(start - 2) in ("the", "a", "lobby", "advocacy", "rights", "trade"):
        return 0
    holding = _follows(pieces, stop, _COMPANY_BELONGINGS) or (
        pieces.genitive[stop - 1] and _follows(pieces, stop, _COMPANY_BELONGINGS, 3)
    )
    if holding and not _role_before(pieces, start):
        score += 3 + _titles_a_name(pieces, stop)
    plain = stop - start > 1 and pieces.word[stop - 1] not in suffixes()
    score += (1 if plain else 2) * _does(pieces, stop)
    score += 2 * (spaced and before in _COMPANY_OBJECTS)
    score += 2 * (
        AND in pieces.gap[start + 1 : stop] and not pieces.weak[start] and not _holds_common(pieces, start, stop)
    )
    score += 2 * (spaced and before != "developers" and _of_firms(pieces, start)) + 2 * _in_group(pieces, start)
    return 0 if score and (is_no_firm(pieces, start, stop) or _is_work(pieces, start)) else score


def _holds_common(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether one of the words is a trade, a title or a topic, so that "&" joins no partners ("Player & Creator Experiences")."""
    topics = terms("topic_words")
    return any(is_role(low) or low in topics or low.removesuffix("s") in topics for low in pieces.low[start:stop])


def _does(pieces: Pieces, stop: int) -> int:
    """Whether a verb of what companies do follows, an adverb before it or not."""
    adverb = (
        stop < len(pieces.low)
        and not pieces.capital[stop]
        and (pieces.low[stop] in ("also", "has", "had", "just", "later") or pieces.low[stop].endswith("ly"))
    )
    return _follows(pieces, stop, _BUSINESS_VERBS, 1 + adverb)


def _is_work(pieces: Pieces, start: int) -> bool:
    """Whether the phrase is a title: somebody wrote it, or has an issue or a part of it ("the authors of Mind the Gap")."""
    if pieces.near(start - 1) != "of" or pieces.gap[start] != SPACE:
        return False
    return pieces.near(start - 2) in _OF_WORKS


_OF_WORKS = frozenset(
    (
        "author",
        "authors",
        "chapter",
        "co-author",
        "co-authors",
        "edition",
        "episode",
        "episodes",
        "issue",
        "season",
        "writer",
    )
)


def _titles_a_name(pieces: Pieces, stop: int) -> bool:
    """Whether a role and a capital follow ("Mirae analyst Cho Eun-byul")."""
    return (
        stop + 1 < len(pieces.low)
        and is_role(pieces.low[stop])
        and pieces.capital[stop + 1]
        and pieces.gap[stop + 1] == SPACE
    )


def _in_group(pieces: Pieces, start: int) -> bool:
    """Whether "investors include", "customers such as", "led by" or the like comes before."""
    before, two = pieces.near(start - 1), pieces.near(start - 2)
    if before in ("include", "includes", "including", "as", "like", "are", "were"):
        return any(pieces.near(start - k) in _COMPANY_PLURALS and not pieces.capital[start - k] for k in (2, 3, 4))
    return before == "by" and two in _MAKING


def model_points(pieces: Pieces, start: int, stop: int) -> int:
    """How strongly the neighbourhood of a phrase says that it is a model."""
    if _modifies(pieces, stop, _MODEL_NOUNS):
        return 3
    if _speaks(pieces, stop):
        return 0
    before = pieces.near(start - 1)
    if (
        before in _MODEL_NOUNS
        and start
        and pieces.gap[start] in (SPACE, BREAK)
        and pieces.before(start, 2) in (" ", ", ", before[-1:] + " ")
    ):
        return 3
    if _named(pieces, start, _MODEL_NOUNS) or _of_its_own(pieces, start, _MODEL_NOUNS):
        return 3
    return 3 * _apposed(pieces, stop, _MODEL_NOUNS, 12)


def _named(pieces: Pieces, start: int, words: frozenset[str]) -> bool:
    """Whether "called", "codenamed" or "known (internally) as" stands before, and one of `words` before that."""
    before = start - 1
    if pieces.near(before) == "as":
        before -= 1 + pieces.near(before - 1).endswith("ly")
        return pieces.near(before) == "known" and any(pieces.near(before - k) in words for k in (1, 2, 3))
    joined = before > 0 and pieces.gap[before] in (SPACE, HYPHEN)
    return joined and pieces.near(before) in _NAMING and pieces.near(before - 1) in words


def _of_its_own(pieces: Pieces, start: int, words: frozenset[str]) -> bool:
    """Whether "a model of its own," or "its model," comes before."""
    if pieces.before(start, 2) != ", ":
        return False
    back = 4 if pieces.near(start - 1) == "own" else 1
    return pieces.near(start - back) in words


def benchmark_points(pieces: Pieces, start: int, stop: int) -> int:
    """How strongly the neighbourhood of a phrase says that it is a benchmark."""
    nouns = _BENCHMARK_NOUNS
    if (
        (_follows(pieces, stop, nouns) and not pieces.genitive[stop - 1])
        or _apposed(pieces, stop, nouns)
        or _apposed(pieces, stop, frozenset(("set", "collection")), 5)
    ):
        return 3
    before = pieces.near(start - 1)
    if before in ("on", "in") and start > 1 and pieces.gap[start] == SPACE:
        scored = any(pieces.near(start - k) in _SCORING and before == "on" for k in (2, 3, 4))
        if scored or (before == "on" and _points_before(pieces, start - 2)):
            return 3
        if before == "on" and any(pieces.near(start - k) in _LEADING for k in range(2, 8)):
            return 2
        ahead = range(stop, min(stop + 5, len(pieces.low)))
        return 3 * (pieces.weak[start - 1] and any(pieces.low[i] in _SCORING for i in ahead))
    asks = (
        stop < len(pieces.low)
        and pieces.low[stop] in ("tests", "measures", "asks", "feeds", "contains")
        and pieces.gap[stop] == SPACE
    )
    return 3 * bool(asks and any(c[:1].isdigit() for c in pieces.low[stop + 1 : stop + 9]))


def _points_before(pieces: Pieces, at: int) -> bool:
    """Whether piece `at` is a number that can be a score: no money, no count of things."""
    return (
        at >= 0
        and pieces.word[at].replace(".", "").isdigit()
        and pieces.before(at) not in "$€£"
        and float_under(pieces.word[at])
    )


def float_under(word: str, limit: float = 100.0) -> bool:
    """Whether a number written with one dot at most is not above `limit`."""
    return word.count(".") < 2 and float(word) <= limit


def sentence_points(pieces: Pieces, start: int, stop: int, reach: int = 12) -> int:
    """Points of the words that speak for a model around a phrase with a version, within its sentence and `reach` pieces."""
    weights, total = _weights(), 0
    for i in range(start - 1, max(-1, start - 1 - reach), -1):
        if pieces.gap[i + 1] == BREAK and "." in pieces.text[pieces.end[i] : pieces.start[i + 1]]:
            break
        total += weights.get(pieces.low[i], 0)
    for i in range(stop, min(stop + reach, len(pieces.low))):
        if pieces.gap[i] == BREAK and "." in pieces.text[pieces.end[i - 1] : pieces.start[i]]:
            break
        total += weights.get(pieces.low[i], 0)
    return total


def _is_field(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether a phrase is the abbreviation of a trade before what serves it ("EDA software")."""
    word = pieces.word[start]
    short = stop - start == 1 and word.isupper() and len(word) < 5
    return short and bool(_follows(pieces, stop, _PRODUCT_NOUNS))


def _product(pieces: Pieces, start: int, stop: int) -> int:
    if _follows(pieces, stop, _PRODUCT_NOUNS) and not _is_field(pieces, start, stop):
        return 2
    if pieces.after(stop, 2) in ('" ', "” ") and pieces.near(stop) in _PRODUCT_NOUNS:
        return 4
    spaced = start > 0 and pieces.gap[start] == SPACE and not pieces.genitive[start - 1]
    if spaced and pieces.low[start - 1] in _ONLINE and not pieces.capital[start - 1]:
        return 3
    return 3 * _named(pieces, start, _PRODUCT_NOUNS) + 2 * _apposed(pieces, stop, _PRODUCT_NOUNS, 6)


_ONLINE = frozenset(("app", "chatbot", "network", "platform"))
"""Nouns right before the name of what people use ("the social media platform Lark")."""


def is_apposed_product(pieces: Pieces, stop: int) -> bool:
    """Whether a phrase is called an app, an assistant or another product right behind a comma ("Lark Spark, an agentic assistant")."""
    return bool(_apposed(pieces, stop, _PRODUCT_NOUNS - {"chatbot"}, 5))


def _place(pieces: Pieces, start: int, stop: int) -> int:
    """Points for "Delft-based" and for a dateline in capitals before a dash."""
    if stop < len(pieces.low) and pieces.gap[stop] == HYPHEN and pieces.low[stop] in ("based", "headquartered", "born"):
        return 3
    before = pieces.near(start - 1)
    if (
        before in ("in", "outside", "near")
        and pieces.gap[start] == SPACE
        and stop - start < 3
        and not pieces.weak[start]
    ):
        if before == "outside" or any(pieces.near(start - k) in _PLACE_NOUNS for k in (2, 3)):
            return 3
        return 2 * (
            start > 1
            and not pieces.capital[start - 2]
            and pieces.after(stop) in (".", ",", ";")
            and pieces.word[start][1:].islower()
        )
    return 4 * _dateline(pieces, start, stop)


def _dateline(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether capitals open a line before a dash or an agency in brackets, a state or a date between them or not."""
    if not (start == 0 or pieces.before(start) == "\n") or not pieces.surface(start, stop).isupper():
        return False
    follows = pieces.after(stop, 30).partition("\n")[0]
    if follows.startswith(", "):
        return any(mark in follows for mark in (" — ", " – ", " ("))
    return follows.startswith((" — ", " – ", " - ", " ("))


def speaks_for(kind: str, pieces: Pieces, start: int, stop: int) -> bool:
    """Whether a listed name that is also a common word is meant as the name."""
    if (
        stop < len(pieces.low)
        and pieces.joined(stop)
        and pieces.capital[stop]
        and pieces.gap[stop] == SPACE
        and not pieces.weak[stop]
    ):
        return False
    if kind == "place":
        behind_city = pieces.before(start, 2) == ", " and pieces.near(start - 1) in _places()
        return (
            not pieces.weak[start]
            and (behind_city or pieces.near(start - 1) in ("in", "from", "near", "across", "to"))
            and not pieces.genitive[stop - 1]
        )
    if kind == "chip":
        return bool(_follows(pieces, stop, _CHIP_NOUNS, 2)) or pieces.near(start - 1) in _CHIPMAKERS
    if kind == "benchmark":
        return benchmark_points(pieces, start, stop) > 2
    if kind == "model":
        return model_points(pieces, start, stop) > 0
    if kind == "product":
        return _product(pieces, start, stop) > 0 or _used(pieces, start, stop)
    return _company(pieces, start, stop) >= ENOUGH or _used(pieces, start, stop)


def _used(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether a capital in mid-sentence after a preposition, or a possessive mark, makes a common word a name."""
    if pieces.near(start - 1) in ("of", "for") and pieces.near(start - 2) in _SCHOOLED:
        return False
    if pieces.weak[start]:
        return (pieces.genitive[stop - 1] and bool(_follows(pieces, stop, _COMPANY_BELONGINGS))) or bool(
            _follows(pieces, stop, _SPEECH_VERBS)
        )
    return pieces.genitive[stop - 1] or pieces.near(start - 1) in _BEFORE_NAMES


_SCHOOLED = frozenset(
    (
        "bachelor",
        "bachelors",
        "degree",
        "department",
        "doctor",
        "master",
        "masters",
        "minister",
        "ministry",
        "secretary",
    )
)
"""What one is "of Science", which is no name there."""


def is_machine(pieces: Pieces, stop: int) -> bool:
    """Whether a machine is named right behind a phrase, an adjective before it or not ("Hermes 2 nuclear plant")."""
    return bool(_follows(pieces, stop, terms("other_machines"), 2))


def acts_as_company(pieces: Pieces, start: int, stop: int) -> bool:
    """Whether a platform is spoken of as the company behind it."""
    return _company(pieces, start, stop) >= ENOUGH
