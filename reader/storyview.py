"""Stories, ledgers, boards, quotes, promises and dossiers as plain rows for screens and commands; each row is a passage of an article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from reader import model
from reader.model import AlignedFact, BoardCell, Cited, Dossier, Ledger, LedgerLine, Report, Said, Story, StoryMember

if TYPE_CHECKING:
    from reader.query import Node
    from reader.store import Store
    from reader.stories.claims import Claim
    from reader.stories.independence import Source
    from reader.stories.rank import Term

LEDGER_ARTICLES = 150
"""Newest articles that a ledger, a board or a dossier looks at."""

PROMISES = 80
"""Articles with overdue, coming and undated forecasts that the promise board looks at, of each."""

WEEK = 7 * 86400
MONDAY = 4 * 86400
"""1970 began on a Thursday: the first Monday came four days later."""


# -- one story ----------------------------------------------------------------------------------------------------------


def story(store: Store, id: int) -> Story | None:
    """One story; null where there is none. What changed since it was last aligned is aligned now."""
    head = _head(store, id)
    if head is None:
        return None
    *plain, _, sheet = head
    rows = json.loads(sheet)
    stored = store.story_members(id)
    members = tuple(_member(row) for row in stored)
    facts = tuple(_aligned(row) for row in rows["facts"])
    first = tuple((one[0], one[1]) for one in rows["first"])
    return Story(
        *(
            *plain,
            members,
            facts,
            tuple(rows["independent"]),
            tuple(rows["repeats"]),
            rows["absent"],
            first,
            _related(store, id, stored),
        )
    )


def _related(store: Store, id: int, members: Iterable[tuple[Any, ...]]) -> tuple[tuple[int, str], ...]:
    """The stories that came near when the members of story `id` were placed: headline article and title."""
    near = dict.fromkeys(int(json.loads(row[8])["related"]) for row in members if "related" in json.loads(row[8]))
    heads = (store.story_head(other) for other in near if other != id)
    return tuple((head[2], head[3]) for head in heads if head is not None)


def _head(store: Store, id: int) -> tuple[Any, ...] | None:
    """As `Store.story_head`, of a story that was aligned since it last changed."""
    head = store.story_head(id)
    if head is None:
        return None
    *_, stale, sheet = head
    if stale or sheet is None:
        from reader.storykeeper import story_update

        store.save_stories([story_update(store, id, stale)])
        head = store.story_head(id)
    return head


def rank_terms(store: Store, id: int, *, now: int) -> tuple[Term, ...]:
    """The factors whose product is a story's rank at `now`, by the taste that the store keeps; none where there is no such story."""
    head = _head(store, id)
    if head is None:
        return ()
    from reader.storykeeper import rank_terms

    last_seen, facts, new = head[5:8]
    return rank_terms(store, id, facts=facts, new=new, age=now - last_seen)


def _member(row: tuple[Any, ...]) -> StoryMember:
    id, title, outlet, time, how, copy_of, leans, score, why, read, done, words, changed, url = row
    if how == "report" and leans:
        how = "second-hand"
    return StoryMember(
        id, title, outlet, time, how, copy_of, leans, score, _why(json.loads(why), score, title), bool(read), bool(done), words,
        changed, url,
    )  # fmt: skip


def _why(why: dict[str, Any], score: float, title: str) -> str:
    """Why an article was put into its story, in words."""
    how = why.get("how", "")
    gap = f"{_duration(why.get('gap', 0.0))} apart"
    if how in ("opened", ""):
        return "began the story"
    if how == "copy":
        return f"the same text, {gap}"
    if how == "title":
        return f"the same headline, {gap}"
    shared = [f"shares {', '.join(_written(why.get('terms', ()), title))}"]
    shared += [f"both name {', '.join(why['numbers'])}"] if why.get("numbers") else []
    return " · ".join((*shared, gap, f"{score:.2f} alike"))


def _written(terms: Iterable[str], title: str) -> list[str]:
    """Word stems as the headline writes them, where it does."""
    from reader.stories.words import words

    found = {stem: word.strip(".,:;!?“”\"'()") for word in title.split() for stem in words(word)}
    return [found[term] for term in terms if term in found] or list(terms)


def _duration(seconds: float) -> str:
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h" if seconds < 172800 else f"{round(seconds / 86400)} days"


def _aligned(row: dict[str, Any]) -> AlignedFact:
    return AlignedFact(
        row["status"], row["subject"], row["metric"], row["period"], row["key"], row["note"], tuple(row["independent"]),
        tuple(row["repeats"]), row["count"], tuple(_report(report) for report in row["reports"]),
    )  # fmt: skip


def _report(row: Sequence[Any]) -> Report:
    return Report(*(*row[:9], tuple(row[9]), row[10]))


def seen(store: Store, article_id: int) -> frozenset[int]:
    """Where the facts of an article begin that the reader has read elsewhere."""
    told = store.told_before(article_id)
    if not told:
        return frozenset()
    from reader.stories.novelty import Seen, SeenFact, placed_facts

    known = Seen(SeenFact(*one) for one in told)
    return frozenset(
        start for source in _sources(store, [article_id]) for start, fact in placed_facts(source) if fact in known
    )


# -- the ledger of a figure -----------------------------------------------------------------------------------------------


def key_at(store: Store, article_id: int, start: int) -> str | None:
    """The ledger key of the figure or score that begins at `start` in an article's newest text; null where none does."""
    from reader.stories.claims import claims

    for source in _sources(store, [article_id]):
        for claim in claims(source):
            if claim.start == start:
                return _key(claim)
    return None


def _key(claim: Claim) -> str:
    return "|".join((claim.key.subject, claim.key.metric, claim.key.per, claim.key.unit))


def ledger(store: Store, asked: str) -> Ledger | None:
    """The ledger of a figure, by its key (`subject|metric|per|unit`) or by words that its key has; null where none fits."""
    others: list[str] = []
    if asked.count("|") != 3:
        keys = [key.split("|") for key, _ in store.figure_keys(asked.lower().split(), 40)]
        others = list(dict.fromkeys("|".join((k[1], k[2], k[4], k[5])) for k in keys if len(k) == 6))
        if not others:
            return None
        asked = others.pop(0)
    return _ledger(store, asked, others)


def _ledger(store: Store, key: str, others: Sequence[str]) -> Ledger | None:
    from reader.stories.claims import claims
    from reader.stories.ledger import ledger as lines_of
    from reader.storykeeper import entity_names

    subject, metric, _, _ = key.split("|")
    articles, total = store.figure_articles(subject, metric, LEDGER_ARTICLES)
    sources = _sources(store, articles)
    found = [claim for source in sources for claim in claims(source) if _key(claim) == key]
    if not found:
        return None
    names = entity_names(sources)
    about = _about(key, names)
    lines = tuple(
        LedgerLine(
            int(entry.claims[0].source.time or 0), " ".join(entry.claims[0].text.split()), entry.values.low, entry.values.high,
            entry.mark, entry.change, entry.standing.count, tuple(map(_reported, entry.claims)), tuple(map(_reported, entry.against)),
        )
        for entry in lines_of(found)
    )  # fmt: skip
    return Ledger(key, about, lines, tuple((other, _about(other, names)) for other in others), total - len(articles))


def _about(key: str, names: dict[str, str]) -> str:
    from reader.storykeeper import metric_words

    subject, metric, per, _ = key.split("|")
    return " · ".join(filter(None, (names.get(subject, subject), metric_words(metric, names), per and f"per {per}")))


def _reported(claim: Claim) -> Report:
    from reader.storykeeper import report_of

    return _report(report_of(claim))


# -- the benchmark board ----------------------------------------------------------------------------------------------------


def board(store: Store, benchmark: str, query: Node | None, *, now: int) -> list[BoardCell]:
    """The cells of a benchmark (by the beginning of its name; empty: all) from articles that match; settings are never mixed."""
    from reader.stories.scoreboard import scoreboard

    sources = _sources(store, store.score_articles(benchmark, query, LEDGER_ARTICLES, now=now))
    texts = {source.article: source for source in sources}
    return [
        BoardCell(
            cell.benchmark, cell.setting or "", cell.model, cell.value, cell.unit or "", cell.measured_by or "", cell.vendor,
            cell.differs, cell.standing.count, tuple(_cited(texts[article], start, end) for article, start, end in cell.reports),
        )
        for cell in scoreboard(sources)
        if cell.benchmark.lower().startswith(benchmark.lower())
    ]  # fmt: skip


# -- quotes -----------------------------------------------------------------------------------------------------------------


def quotes(store: Store, query: Node | None, limit: int, *, now: int) -> list[Said]:
    """The quotes of articles that match, newest first."""
    lines = store.fact_lines("quote", "", query, limit, now=now)
    sources = _sources(store, list(dict.fromkeys(cited.article_id for cited, *_ in lines)))
    speakers = {
        (int(source.article), row["start"]): row["speaker"] or "" for source in sources for row in source.rows("quotes")
    }
    return [
        Said(speakers.get((cited.article_id, cited.start), name), cited, medium) for cited, name, medium, _ in lines
    ]


def quotes_of(store: Store, speaker: str, *, now: int) -> list[Said]:
    """The quotes of one speaker, oldest first, each held against the earlier one on the same matter.

    `speaker` is a name or the beginning of one of its words; the name that most articles quote is taken.
    """
    from reader.stories.dossier import sayings

    names = store.names_like(("quote",), speaker, 1)
    if not names:
        return []
    name = names[0][0]
    lines = store.fact_lines("quote", name, None, LEDGER_ARTICLES, now=now)
    sources = _sources(store, list(dict.fromkeys(cited.article_id for cited, *_ in lines)))
    written = _speaker(sources, name)
    return [
        Said(
            written, _cited(one.source, one.start, one.end), "", one.drift,
            (int(one.before[0]), one.before[1], one.before[2]) if one.before else None,
        )
        for one in sayings(sources, name)
    ]  # fmt: skip


def _speaker(sources: Iterable[Source], name: str) -> str:
    """A speaker's name as the texts write it."""
    spoken = (str(row["speaker"]) for source in sources for row in source.rows("quotes") if row["speaker"])
    return next((speaker for speaker in spoken if speaker.lower() == name), name)


# -- promises ---------------------------------------------------------------------------------------------------------------


def promises(store: Store, query: Node | None, *, now: int) -> list[model.Promise]:
    """The promise board as of `now`: overdue first, then what is due soon, open, undated, and settled with the evidence."""
    from reader.stories.promises import promises as board_of
    from reader.storykeeper import EPOCH

    today = datetime.fromtimestamp(now, UTC).date()
    own = store.promise_articles((today - EPOCH).days, PROMISES, query, now=now)
    later = store.followers(own, LEDGER_ARTICLES) if own else []
    sources = _sources(store, list(dict.fromkeys((*own, *later))))
    texts = {source.article: source for source in sources}
    asked = {str(id) for id in own}
    return [
        model.Promise(
            _cited(texts[one.article], one.start, one.end), one.kind, one.holder or "", one.horizon or "", _iso(one.due), one.status,
            _cited(texts[one.evidence.article], one.evidence.start, one.evidence.end) if one.evidence else None,
        )
        for one in board_of(sources, today)
        if one.article in asked
    ]  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


# -- the dossier ------------------------------------------------------------------------------------------------------------


def dossier(store: Store, entity: str, *, now: int) -> Dossier | None:
    """All that is stored of a name (or the beginning of a word of it; the most named one is taken); null where nothing is."""
    names = store.names_like(("entity",), entity, 1)
    if not names:
        return None
    name, kind, _ = names[0]
    named = store.mentions(name)
    sources = _sources(store, [article for article, _, _ in named[:LEDGER_ARTICLES]])
    times = [time for _, time, _ in named]
    weeks = Counter((time - MONDAY) // WEEK * WEEK + MONDAY for time in times)
    scores = tuple(cited for cited, *_ in store.fact_lines("score", name, None, LEDGER_ARTICLES, now=now))
    said = tuple(reversed(quotes_of(store, name, now=now))) if kind in ("person", "company", "org") else ()
    written, id = _entity(sources, name, kind)
    return Dossier(
        written, kind, len({article for article, _, _ in named}), min(times), max(times), tuple(sorted(weeks.items())),
        _chapters(store, sources, id, {str(article): story or 0 for article, _, story in named}), scores, said,
    )  # fmt: skip


def _entity(sources: Iterable[Source], name: str, kind: str) -> tuple[str, str]:
    """Name as the texts write it, and id, of an entity."""
    rows = (row for source in sources for row in source.rows("entities"))
    return next(
        ((row["name"], row["id"]) for row in rows if (row["name"].lower(), row["type"]) == (name, kind)), (name, name)
    )


def _chapters(
    store: Store, sources: Sequence[Source], entity: str, stories: dict[str, int]
) -> tuple[model.Chapter, ...]:
    """The stories that name an entity, newest first, each with what its figures changed."""
    from reader.stories.dossier import Chapter, timeline
    from reader.storykeeper import entity_names

    grouped: dict[int, list[Source]] = {}
    for source in sources:
        grouped.setdefault(stories.get(source.article, 0) or -int(source.article), []).append(source)
    titles = {source.article: source.title for source in sources}
    heads = {row.story_id: row for row in store.headlines([id for id in grouped if id > 0])}
    names = entity_names(sources)
    told = timeline((Chapter(str(id), "", tuple(some)) for id, some in grouped.items()), entity)
    rows = []
    for row in reversed(told):
        some, head = grouped[int(row.story)], heads.get(int(row.story))
        changes = tuple(
            (_about(_key(change.claim), names), _cited(change.claim.source, change.claim.start, change.claim.end),
             change.before.text if change.before else "")
            for change in row.changes
        )  # fmt: skip
        article = head.id if head else int(some[0].article)
        time = max(int(source.time or 0) for source in some)
        title = head.title if head else titles[some[0].article]
        rows.append(model.Chapter(max(0, int(row.story)), article, title, time, row.outlets, row.mentions, changes))
    return tuple(rows)


# -- passages ---------------------------------------------------------------------------------------------------------------


def _sources(store: Store, ids: Sequence[int]) -> list[Source]:
    """Some articles as the story room takes them, oldest first."""
    from reader.storykeeper import source_of

    return [source_of(one) for one in store.tellings(ids)]


def _cited(source: Source, start: int, end: int) -> Cited:
    return Cited(
        int(source.article), source.outlet, int(source.time or 0), start, end, " ".join(source.text[start:end].split())
    )
