"""Made-up articles of about 600 words, the same for the same number, and stores filled with them.

    python -m benchmarks.corpus 100000

Each article has a title of its own, an opening of about 150 words with figures, quotes, scores and forecasts, and a body of sentences
without any. Openings repeat after OPENINGS articles, so that their facts need to be found only once; titles and bodies do not repeat.
"""

from __future__ import annotations

import hashlib
import random
import sys
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import reader.store
from reader.factfinder import analyse_stored, fact_rows
from reader.library import Library
from reader.model import Block, Entry, Feed, FeedState, Text
from reader.store import FactRow, Store, Unread
from reader.store.stories import GroupingChange, Placed, StoryUpdate, Telling

WORK = Path(__file__).with_name("work")
FEEDS = 50
WORDS = 600
OPENINGS = 200
AT_ONCE = 2000
SPACING = 300
"""Seconds between two articles: 288 a day, so that 100,000 of them are about a year."""

_SHEET = '{"facts":[],"independent":[],"repeats":[],"absent":0,"first":[]}'
"""What a story tells in which no outlet's figures can be compared."""

NEWEST = 1_775_736_000
"""When article 0 was published: 2026-04-09 12:00 UTC."""

COMPANIES = (
    "Orion",
    "Vantor",
    "Nimbus",
    "Halcyon",
    "Meridian",
    "Kestrel",
    "Lumen",
    "Quarry",
    "Sable",
    "Tessera",
    "Umbra",
    "Zephyr",
)
MODELS = ("Aster", "Borealis", "Corvid", "Dune", "Ember", "Fathom")
BENCHMARKS = ("GPQA Diamond", "SWE-bench Verified", "MMLU", "AIME 2025", "HumanEval")
PEOPLE = ("Mara Voss", "Ilan Reyes", "June Okafor", "Tomas Lind", "Priya Nair", "Ada Bell")
VERBS = ("unveils", "delays", "expands", "cuts", "opens", "sells", "rewrites", "tests", "defends", "licenses")
THINGS = (
    "chip plant",
    "open model",
    "search tool",
    "price list",
    "safety test",
    "data centre",
    "coding agent",
    "training run",
)
PLACES = ("Paris", "Austin", "Osaka", "Lagos", "Toronto", "Berlin", "Seoul", "Dublin")
SUBJECTS = (
    "engineers",
    "analysts",
    "customers",
    "regulators",
    "researchers",
    "suppliers",
    "teachers",
    "investors",
    "developers",
    "editors",
)
DOINGS = (
    "compared",
    "described",
    "questioned",
    "reviewed",
    "praised",
    "measured",
    "repeated",
    "explained",
    "noticed",
    "ignored",
)
OBJECTS = (
    "the method",
    "its limits",
    "the older system",
    "every draft",
    "the data",
    "the contract",
    "the results",
    "a benchmark",
    "the design",
)
SETTINGS = (
    "in a quiet room",
    "after a long pause",
    "before the meeting",
    "with some care",
    "for a second time",
    "without much noise",
)
_RARE = 40_000
"""Different made-up words in the bodies, the n-th about as often as 1/n: the law of ordinary text (Zipf 1935)."""


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up article."""

    title: str
    text: str
    published: int


def title(number: int) -> str:
    """Title of article `number`; no two begin with the same words."""
    chance = random.Random(f"title {number}")
    pick = chance.choice
    return f"{pick(COMPANIES)} {number} {pick(VERBS)} its {pick(THINGS)} in {pick(PLACES)} as {pick(SUBJECTS)} wait"


@cache
def opening(number: int) -> str:
    """About 150 words with a dozen facts."""
    chance = random.Random(f"opening {number}")
    pick, between = chance.choice, chance.randint
    company, rival, person, model = pick(COMPANIES), pick(COMPANIES), pick(PEOPLE), pick(MODELS)
    bench, low = pick(BENCHMARKS), between(50, 80)
    return (
        f"{company} raised ${between(2, 900)} million at a valuation of ${between(1, 90)} billion, the company said on Monday. "
        f"Revenue rose {between(3, 90)}% to ${between(1, 40)}.{between(0, 9)} billion last year, according to {person}, "
        f"who leads its office in {pick(PLACES)}.\n\n"
        f"“We will open the next model to every developer before the summer,” {person} said in a statement. "
        f"{model} {between(2, 6)} scored {low}.{between(0, 9)}% on {bench}, ahead of {rival} {between(2, 6)} ({low - between(1, 9)}.5%). "
        f"Training took {between(2, 11)} months on {between(4, 90)},000 chips and may have cost ${between(20, 400)} million.\n\n"
        f"Analysts expect revenue of ${between(50, 90)} billion by 2028. The group plans to hire {between(100, 9000)} people, and it "
        f"could reportedly sell a stake of {between(2, 30)}% to {rival}. A spokesperson declined to comment on the talks."
    )


@cache
def _rare_words() -> tuple[list[str], list[float]]:
    chance = random.Random("words")
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "os")]
    words = ["".join(chance.choices(syllables, k=2 + n % 3)) for n in range(_RARE)]
    return words, list(accumulate(1 / (n + 10) for n in range(_RARE)))


def article(number: int) -> Made:
    """Article `number`: 0 is the newest."""
    chance = random.Random(f"body {number}")
    words, weights = _rare_words()
    start = opening(number % OPENINGS)
    sentences, count = [start], len(start.split())
    rare = iter(chance.choices(words, cum_weights=weights, k=WORDS))
    pick = chance.choice
    while count < WORDS:
        sentence = (
            f"The {pick(SUBJECTS)} {pick(DOINGS)} {pick(OBJECTS)} {pick(SETTINGS)}, "
            f"and {next(rare)} {next(rare)} {pick(DOINGS)} the {next(rare)} of {next(rare)}."
        )
        count += len(sentence.split())
        sentences.append(sentence + ("\n\n" if len(sentences) % 4 == 0 else ""))
    text = "\n\n".join(part.strip() for part in " ".join(sentences).split("\n\n"))
    return Made(title(number), text, NEWEST - number * SPACING)


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text."""
    found, at = [], 0
    for part in text.split("\n\n"):
        found.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    return tuple(found)


def entry(number: int) -> Entry:
    """Article `number` as ingest hands it to the store."""
    made = article(number)
    url = f"https://news.example/{number}"
    return Entry(
        f"guid-{number}", url, made.title, Text(made.text, blocks(made.text)), "Ada Bell", made.published, completeness="full",
        canonical=url, content_hash=str(number),
    )  # fmt: skip


def feed(number: int) -> Feed:
    """Feed `number`, one outlet each."""
    return Feed(f"https://outlet{number}.example/feed", f"Outlet {number} News", f"Outlet {number}")


@cache
def _facts(number: int) -> tuple[dict[str, object], tuple[FactRow, ...]]:
    """Layers and rows of opening `number`."""
    text = opening(number)
    facts = analyse_stored(Unread(0, 0, "", text, NEWEST, "Outlet"))
    return facts.as_dict(), tuple(fact_rows(text, facts))


def fill(path: Path, articles: int) -> None:
    """Make a store of `articles` articles with facts and stories, two articles a story; oldest first, as they would have come."""
    with closing(Store(path)) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        numbers = list(range(articles - 1, -1, -1))
        for start in range(0, articles, AT_ONCE):
            _save_part(store, numbers[start : start + AT_ONCE])
        while store.renew(AT_ONCE):
            pass
        store.connection.execute("ANALYZE")


def _save_part(store: Store, numbers: list[int]) -> None:
    """Save some articles by feed, find their facts, mark two thirds read, and put them into stories."""
    last, saved = max(store.ids(), default=0), []
    for feed_number in range(FEEDS):
        some = [number for number in numbers if number % FEEDS == feed_number]
        source = feed(feed_number)
        state = FeedState(source.url, checked=NEWEST, succeeded=NEWEST, due=1 << 40)
        store.save_poll(source, state, [entry(number) for number in some], now=NEWEST)
        saved += some
    ids = {number: id for id, number in enumerate(saved, last + 1)}
    lean = ((Unread(id, id, "", "", None, ""), *_facts(number % OPENINGS)) for number, id in ids.items())
    store.save_facts(lean, version=1)
    for verb, every in (("read", 3), ("starred", 97), ("done", 50)):
        chosen = [id for number, id in ids.items() if (number // 2 % every > 0) == (verb == "read")]
        store.mark(chosen, {verb: 1}, verb=verb, label=str, now=NEWEST)
    _save_stories(store, ids)


def _save_stories(store: Store, ids: dict[int, int]) -> None:
    """Two articles a story, four facts an article that no other article tells."""
    placed = []
    for one in store.tellings(list(ids.values()), layers=False):
        number = NEWEST - one.time
        story = ids.get((number // SPACING) | 1, one.id)
        known = [(f"{one.id} {n}", 1.0, 1.0) for n in range(4)]
        placed.append(Placed(one, story, "report", None, 0.0, "{}", known, ()))
    store.save_placed(placed, GroupingChange(store.grouping()[0]))
    members: dict[int, list[Telling]] = {}
    for place in placed:
        members.setdefault(place.story_id or 0, []).append(place.telling)
    stale = dict(store.stale_stories(len(members)))
    store.save_stories([_story(id, stale[id], told) for id, told in members.items()])


def _story(id: int, stale: int, told: list[Telling]) -> StoryUpdate:
    first, last = min(one.time for one in told), max(one.time for one in told)
    headline = max(told, key=lambda one: one.time).id
    return StoryUpdate(id, stale, headline, first, last, len(told), len(told), len(told), "", 1.0, _SHEET)


def home(articles: int, work: Path = WORK) -> Path:
    """A folder for BRIEFING_HOME with a store of `articles` articles and no feed to ask; made where there is none of these tables."""
    folder = work / f"{articles // 1000}k"
    store = folder / "briefing.db"
    mark = _mark()
    if not (folder / "complete").exists() or (folder / "complete").read_text() != mark:
        for file in folder.glob("briefing.db*"):
            file.unlink()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        print(f"making a store of {articles} articles …", file=sys.stderr, flush=True)
        fill(store, articles)
        (folder / "feeds.toml").write_text('[[feed]]\nurl = "https://outlet0.example/feed"\nenabled = false\n')
        (folder / "complete").write_text(mark)
    return folder


def _mark() -> str:
    """What a store is made from: another one is made once its tables or its articles are others."""
    sources = (Path(__file__), *(Path(reader.store.__path__[0]) / name for name in ("schema.py", "story_tables.py")))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def titles(home: Path) -> list[str]:
    """Beginnings of the titles that a first screen of the store in `home` may show."""
    with closing(Library(home / "briefing.db")) as library:
        return [" ".join(row.title.split()[:3]) for row in library.story_opening().rows]


if __name__ == "__main__":
    for wanted in map(int, sys.argv[1:] or ["10000", "100000"]):
        print(home(wanted))
