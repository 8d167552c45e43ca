"""What is found in a text: the rows of each layer as frozen dataclasses, and their JSON.

Every `start`, `end` and `*_span` is an offset in code points into the analysed text, end exclusive; `text[start:end]` is never empty
and neither begins nor ends with white space. `rule` names the rule that made the row; it is no part of the JSON unless asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

Span = tuple[int, int]
"""Start and end (exclusive) of a passage, in code points of the text."""

SCHEMA = 1
"""Version of the JSON shape; it changes only when a key does."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and whose voice it is in: reported | attributed | opinion | mixed | other."""

    start: int
    end: int
    voice: str = "reported"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One mention of a named thing. `type`: company | org | person | model | product | benchmark | outlet | chip | license | place | other.

    `name` is the canonical name, `id` its canonical key (lower case, hyphens).
    """

    start: int
    end: int
    type: str
    name: str
    id: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity. `kind`: money | percent | count | duration | size | rate | multiple | rank | date.

    `low` and `high` are plain numbers in the canonical `unit` (`currency`, ISO 4217, for money); null where a side is open.
    `qualifier`: = | ~ | < | > | <= | >= | range. `direction`: up | down | null.
    """

    start: int
    end: int
    kind: str
    low: float | None
    high: float | None
    unit: str | None = None
    currency: str | None = None
    per: str | None = None
    qualifier: str = "="
    direction: str | None = None
    subject: str | None = None
    subject_span: Span | None = None
    metric: str | None = None
    metric_span: Span | None = None
    period: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """One result of a model on a benchmark; `setting` keeps shots, tools, pass@k … apart."""

    start: int
    end: int
    model: str
    benchmark: str
    value: float
    unit: str | None = None
    setting: str | None = None
    model_span: Span | None = None
    benchmark_span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """`winner` did better than each of `losers` on `benchmark` (null where the text names none)."""

    start: int
    end: int
    winner: str
    losers: tuple[str, ...]
    benchmark: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks, marks included. `kind`: direct | partial | scare."""

    start: int
    end: int
    kind: str
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    medium: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """`content` is vouched for by `source` with `cue`. `kind`: quote | indirect | report | evidence; `polarity`: + | -."""

    content: Span
    source: Span | None
    cue: Span | None
    kind: str
    polarity: str = "+"
    rule: str = ""

    @property
    def start(self) -> int:
        """Where the content begins: the key that the list is sorted by."""
        return self.content[0]


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that lower commitment; `strength`: 1 | 2 | 3.

    `category`: approximator | bound | range | vague_magnitude | vague_quantifier | epistemic | commitment_weak |
    tentative_action | evidential_gap | deferral | conditional | distancing.
    """

    start: int
    end: int
    category: str
    strength: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to come. `kind`: prediction | commitment | plan; `strength`: weak | medium | strong.

    `horizon` is the time as the text says it.
    """

    start: int
    end: int
    kind: str
    holder: str | None = None
    horizon: str | None = None
    strength: str = "medium"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet that the article leans on. `role`: first_reported | cited."""

    start: int
    end: int
    outlet: str
    role: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All layers of one text, each sorted by where its rows begin."""

    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    scores: tuple[Score, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    quotes: tuple[Quote, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    credits: tuple[Credit, ...] = ()
    schema: int = field(default=SCHEMA)

    def as_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """The JSON of the fact contract; with `explain` every row also names its rule."""
        layers: dict[str, Any] = {"schema": self.schema}
        for layer in fields(self):
            if layer.name != "schema":
                layers[layer.name] = _rows(getattr(self, layer.name), explain)
        return layers


def _rows(rows: tuple[Any, ...], explain: bool) -> list[dict[str, Any]]:
    """The rows of one layer as JSON values: tuples become lists, whole numbers lose their `.0`."""
    if not rows:
        return []
    names = [f.name for f in fields(rows[0]) if explain or f.name != "rule"]
    values = attrgetter(*names)
    return [dict(zip(names, map(_value, values(row)), strict=True)) for row in rows]


def _value(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return list(value)
    if kind is float and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


_LAYERS: dict[str, Any] = {
    "sentences": Sentence,
    "entities": Entity,
    "figures": Figure,
    "scores": Score,
    "rankings": Ranking,
    "quotes": Quote,
    "attributions": Attribution,
    "hedges": Hedge,
    "forecasts": Forecast,
    "credits": Credit,
}


def facts_from_dict(layers: dict[str, Any]) -> Facts:
    """Facts from their stored JSON, as `as_dict` wrote it. Raises KeyError or TypeError for another shape."""
    rows: dict[str, Any] = {}
    for name, kind in _LAYERS.items():
        rows[name] = tuple(kind(**{key: _tuple(value) for key, value in row.items()}) for row in layers[name])
    return Facts(**rows)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
