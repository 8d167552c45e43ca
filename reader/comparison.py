"""The nouns of comparing as frozen dataclasses: stories, ledgers, boards, promises, dossiers; no I/O. `reader.model` hands them on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage of a stored article: `text` is what its newest text has from `start` to `end`, on one line."""

    article_id: int
    outlet: str
    published: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One outlet's value of a figure, and the sentence it stands in. `leans` are outlets whose report it repeats."""

    article_id: int
    outlet: str
    published: int
    value: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    sentence: str
    leans: tuple[str, ...] = ()
    basis: str = ""
    """The measure that the text states (intraday, without tools …) after its period; empty for none."""


@dataclass(frozen=True, slots=True)
class AlignedFact:
    """One figure of a story with all its reports, oldest first. `status`: DIFFER | CHANGED | AGREED | 1 SOURCE."""

    status: str
    subject: str
    metric: str
    period: str
    key: str
    """What the ledger of the figure is asked by."""
    note: str
    independent: tuple[str, ...]
    repeats: tuple[str, ...]
    sources: int
    """How many independent sources stand behind it; one that is only repeated here counts too."""
    reports: tuple[Report, ...]

    @property
    def letter(self) -> str:
        """The status as one character: ≠ ↻ = 1."""
        return {"DIFFER": "≠", "CHANGED": "↻", "AGREED": "="}.get(self.status, "1")

    @property
    def about(self) -> str:
        """Subject, metric and period in one line."""
        return " · ".join(filter(None, (self.subject, self.metric, self.period)))

    def values(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each value as it is written, with the outlets that have it, in the order of their reports."""
        found: dict[str, dict[str, None]] = {}
        for report in self.reports:
            found.setdefault(report.value, {})[report.outlet] = None
        return tuple((value, tuple(outlets)) for value, outlets in found.items())


@dataclass(frozen=True, slots=True)
class StoryMember:
    """One article of a story. `how`: report | second-hand (leans on `leans`) | copy (of `copy_of`) | attached (a round-up or the like)."""

    article_id: int
    title: str
    outlet: str
    published: int
    how: str
    copy_of: int | None
    leans: str
    score: float
    why: str
    """Why it is in this story, in words."""
    read: bool
    done: bool
    words: int
    changed: str
    url: str


@dataclass(frozen=True, slots=True)
class Story:
    """One event as its outlets tell it: members oldest first, aligned facts what differs first, and who stands behind it."""

    id: int
    key: str
    headline_id: int
    title: str
    first_seen: int
    last_seen: int
    all_facts: int
    novel: int
    flag: str
    members: tuple[StoryMember, ...]
    facts: tuple[AlignedFact, ...]
    independent: tuple[str, ...]
    repeats: tuple[str, ...]
    absent: int
    """Sources that are only repeated here."""
    first: tuple[tuple[str, str], ...]
    """Who had it first: outlet, and `credited` or `earliest`."""
    related: tuple[tuple[int, str], ...] = ()
    """Stories near to it that are not the same event: headline article and title."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """Its outlets, in the order of their reports."""
        return tuple(dict.fromkeys(member.outlet for member in self.members))

    @property
    def sources(self) -> str:
        """Who stands behind it in one line: `2 independent (CNBC, Bloomberg) · 3 repeat them`."""
        count = len(self.independent) + self.absent
        named = f" ({', '.join(self.independent)})" if self.independent else ""
        repeats = len(self.repeats)
        verb = "repeats" if repeats == 1 else "repeat"
        return f"{count} independent{named}" + (f" · {repeats} {verb} them" if repeats else "")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One value of a figure over time. `mark`: = corroborated, ≠ contradicted, ↻ revised, 1 one source.

    `low` and `high` are the value's range in plain numbers; `change` is the change against the line before (0.09 for 9 % more).
    """

    published: int
    value: str
    low: float
    high: float
    mark: str
    change: float | None
    sources: int
    reports: tuple[Report, ...]
    against: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every report of one figure, oldest first. `others` are further figures that fit what was asked: key and what it is about."""

    key: str
    about: str
    lines: tuple[LedgerLine, ...]
    others: tuple[tuple[str, str], ...] = ()
    left_out: int = 0
    """Older articles with the figure that were not looked at."""


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One value of a model on a benchmark in one setting, as it was reported. Values of other settings or measurers are other cells."""

    benchmark: str
    setting: str
    """As the text states it; empty where it states none."""
    model: str
    value: float
    unit: str
    measured_by: str
    """Who the texts say measured it; empty where they do not say."""
    vendor: bool
    """Measured by the model's own maker."""
    differs: bool
    """Somebody reports another value for the same model, benchmark and setting."""
    sources: int
    reports: tuple[Cited, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Outlets that report it, in the order of their reports."""
        return tuple(dict.fromkeys(report.outlet for report in self.reports))


@dataclass(frozen=True, slots=True)
class Said:
    """One quote. `drift` against an earlier one on the same matter (`before`): first | repeated | firmer | softer | again."""

    speaker: str
    quote: Cited
    medium: str = ""
    drift: str = "first"
    before: tuple[int, int, int] | None = None
    """Article, start and end of the earlier quote."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One forecast with the day it is due. `status`: overdue | due | open | undated | missed | put off | kept."""

    cited: Cited
    kind: str
    """prediction | commitment | plan."""
    holder: str
    horizon: str
    """The time as the text says it; empty where it names none."""
    due: str
    """The last day of the horizon as an ISO date; empty where the words name no day."""
    status: str
    evidence: Cited | None = None
    """The later passage that settles it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One story in a dossier. `changes` are figures that the story brings: the passage, and the value before (empty for the first)."""

    story_id: int
    headline_id: int
    title: str
    published: int
    outlets: tuple[str, ...]
    mentions: int
    changes: tuple[tuple[str, Cited, str], ...]
    """What it is about, the passage, the value before."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One company, model, person or other name: when it was named, in what stories, with what figures, scores and quotes."""

    name: str
    type: str
    articles: int
    first_seen: int
    last_seen: int
    weeks: tuple[tuple[int, int], ...]
    """Monday's midnight UTC of each week with a mention, and how many articles name it; oldest first."""
    chapters: tuple[Chapter, ...]
    """Newest first."""
    scores: tuple[Cited, ...]
    quotes: tuple[Said, ...]
