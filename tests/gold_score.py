"""Reads the annotated articles of `tests/gold/` and counts how well `analyse` does on them, layer by layer.

An article is `<name>.txt` beside `<name>.facts`. The annotation has one item a line, written in the words of the text, so that it can be
checked by eye; `docs/facts.md` says what is annotated and how. Run `python tests/gold_score.py [LAYER]` to print the scores and misses.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("gold")
FLOORS = FOLDER / "floors.json"
ENTITY_TYPES = ("company", "org", "person", "model", "product", "benchmark", "outlet", "chip", "license", "place")
OPTIONAL_LAYERS = ("attributions", "hedges", "forecasts")
"""Layers that only some articles annotate; the line `layers + …` names them."""

Span = tuple[int, int]
Row = dict[str, Any]


@dataclass
class Article:
    """A text and what is true of it. An item that is `optional` is neither missed nor false."""

    name: str
    text: str
    layers: set[str]
    items: dict[str, list[Row]] = field(default_factory=dict)

    def find(self, words: str) -> Span:
        """Where `words` stand: `words#2` is the second occurrence, `first … last` runs from one phrase to the other.

        Raises ValueError where they are missing, or stand more than once and no number says which is meant.
        """
        words, _, number = words.partition("#") if re.search(r"#\d+$", words) else (words, "", "")
        if " ... " in words:
            first, _, last = words.partition(" ... ")
            start = self.find(first)[0]
            return start, self.text.index(last, start) + len(last)
        spots = [m.span() for m in re.finditer(re.escape(words), self.text)]
        if not spots or (len(spots) > 1 and not number):
            raise ValueError(f"{self.name}: {words!r} stands {len(spots)} times")
        return spots[int(number or 1) - 1]

    def every(self, words: str) -> list[Span]:
        """All places of a name as a whole word; `words#2` is the second of them."""
        plain, _, number = words.partition("#")
        spots = [m.span() for m in re.finditer(rf"(?<![\w-]){re.escape(plain)}(?!\w|\.\d)", self.text)]
        if not spots:
            raise ValueError(f"{self.name}: no {plain!r}")
        return spots[int(number) - 1 : int(number)] if number else spots


# --- reading --------------------------------------------------------------------


def read_article(path: Path) -> Article:
    """The article of a `.facts` file. Raises ValueError for a line that does not fit the text."""
    article = Article(
        path.stem,
        path.with_suffix(".txt").read_text("utf8"),
        {"figures", "scores", "quotes", "entities", "credits", "rankings"},
    )
    for line in filter(None, path.read_text("utf8").splitlines()):
        verb, _, rest = line.partition(" ")
        optional, verb = verb.endswith("?"), verb.rstrip("?")
        parts = [part.strip() for part in rest.split("|")]
        if verb == "layers":
            article.layers |= set(rest.split()) - {"+"}
        elif verb in ENTITY_TYPES:
            _add_entities(article, verb, rest, optional)
        else:
            layer, rows = _READERS[verb](article, *parts)
            article.items.setdefault(layer, []).extend({**row, "optional": optional} for row in rows)
    return article


def _add_entities(article: Article, kind: str, names: str, optional: bool) -> None:
    """Every place of the names, but not inside a longer name."""
    rows = article.items.setdefault("entities", [])
    rows += [
        {"span": spot, "type": kind, "optional": optional}
        for name in names.split(";")
        for spot in article.every(name.strip())
    ]
    rows[:] = [r for r in rows if not any(_within(r["span"], other["span"]) for other in rows)]


def _within(inner: Span, outer: Span) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _figure(article: Article, where: str, value: str, *about: str) -> tuple[str, list[Row]]:
    """`[place ::] words | low[..high][|other value] unit|unit [per x] [up|down] [~] | of subject words`."""
    place, _, words = where.rpartition(" :: ")
    span = article.find(words) if not place else _inside(article, place, words)
    said = [value, *(part for part in about if not part.startswith("of "))]
    amount, *rest = "|".join(said).split()
    units = rest.pop(0).split("|") if rest else ["-"]
    per = rest[rest.index("per") + 1].split("|") if "per" in rest else []
    readings = [_reading(one, units[0]) for one in amount.split("|")]
    subject = next((part[3:] for part in about if part.startswith("of ")), "")
    return "figures", [
        {
            "span": span,
            "readings": readings,
            "units": units,
            "per": per,
            "direction": _way(rest),
            "about": _words(subject),
        }
    ]


def _inside(article: Article, place: str, words: str) -> Span:
    start, stop = article.find(place)
    at = article.text.index(words, start, stop)
    return at, at + len(words)


def _reading(amount: str, unit: str) -> tuple[float | None, float | None, str]:
    """`5..7:unit` as low, high and unit."""
    amount, _, own = amount.partition(":")
    low, dots, high = amount.partition("..")
    return float(low) if low else None, (float(high) if high else None) if dots else float(low), own or unit


def _way(words: list[str]) -> str | None:
    return next((word for word in words if word in ("up", "down")), None)


def _score(article: Article, value: str, model: str, benchmark: str) -> tuple[str, list[Row]]:
    return "scores", [{"span": article.find(value), "value": _number(value), "model": model, "benchmark": benchmark}]


def _cells(article: Article, label: str, fixed: str, *cells: str) -> tuple[str, list[Row]]:
    """One row of a table: `label | model NAME or benchmark NAME | other name=value | …`."""
    row = re.search(rf"(?m)^[|\s]*{re.escape(label)}(?:\s*[|\t:]|\s{{2}}).*$", article.text)
    if row is None:
        raise ValueError(f"{article.name}: no row {label!r}")
    kind, _, name = fixed.partition(" ")
    at, rows = row.start() + len(label), []
    for cell in cells:
        other, _, value = cell.rpartition("=")
        at = article.text.index(value, at, row.end())
        names = {kind: name, "benchmark" if kind == "model" else "model": other}
        rows.append({"span": (at, at + len(value)), "value": _number(value), **names})
        at += len(value)
    return "scores", rows


def _number(value: str) -> float:
    return float(re.sub(r"[%,]|#\d+$", "", value))


def _quote(article: Article, words: str, speaker: str, said: str = "") -> tuple[str, list[Row]]:
    return "quotes", [{"span": article.find(words), "speakers": {speaker, said} - {""}}]


def _said(article: Article, source: str, cue: str, content: str, polarity: str = "+") -> tuple[str, list[Row]]:
    """`source | cue | content [| -]`; the source is its occurrence nearest to the content."""
    span = article.find(content)
    spots = (
        [article.find(source)]
        if "#" in source
        else [m.span() for m in re.finditer(rf"(?<!\w){re.escape(source)}(?!\w)", article.text)]
    )
    if not spots:
        raise ValueError(f"{article.name}: no source {source!r}")
    nearest = min(spots, key=lambda spot: min(abs(spot[0] - span[1]), abs(span[0] - spot[1])))
    article.find(cue) if "#" in cue else article.text.index(cue)
    return "attributions", [{"span": span, "source": nearest, "polarity": polarity}]


def _hedge(article: Article, *words: str) -> tuple[str, list[Row]]:
    rows = []
    for word in words[0].split(";"):
        plain, _, number = word.strip().partition("#")
        spots = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", article.text)]
        if not spots or (len(spots) > 1 and not number):
            raise ValueError(f"{article.name}: hedge {plain!r} stands {len(spots)} times")
        rows.append({"span": spots[int(number or 1) - 1]})
    return "hedges", rows


def _forecast(article: Article, words: str, kinds: str, *more: str) -> tuple[str, list[Row]]:
    return "forecasts", [{"span": article.find(words), "kinds": {kinds, *more}}]


def _credit(article: Article, outlet: str, role: str) -> tuple[str, list[Row]]:
    return "credits", [{"span": article.every(outlet)[0], "spans": article.every(outlet), "role": role}]


def _rank(article: Article, duel: str, benchmark: str = "") -> tuple[str, list[Row]]:
    winner, _, losers = duel.partition(" > ")
    rows = [{"winner": winner, "loser": loser.strip(), "benchmark": benchmark or None} for loser in losers.split(";")]
    for name in (winner, *(row["loser"] for row in rows)):
        article.text.index(str(name))
    return "rankings", [{**row, "span": (0, 0)} for row in rows]


_READERS = {
    "figure": _figure, "score": _score, "cells": _cells, "quote": _quote, "said": _said,
    "hedge": _hedge, "forecast": _forecast, "credit": _credit, "rank": _rank,
}  # fmt: skip


def read_all() -> list[Article]:
    """All annotated articles by name."""
    return [read_article(path) for path in sorted(FOLDER.glob("*.facts"))]


# --- comparing ------------------------------------------------------------------


def _words(text: str | None) -> set[str]:
    return {_singular(w) for w in re.findall(r"[^\W_]+", (text or "").lower()) if len(w) > 1}


def _singular(word: str) -> str:
    if word == "people":
        return "person"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _share(one: Span, two: Span) -> float:
    """Shared length over joint length."""
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return max(0, shared) / (max(one[1], two[1]) - min(one[0], two[0]))


def _close(one: float, two: float) -> bool:
    return abs(one - two) <= 1e-3 * max(abs(one), abs(two), 1e-9)


def _same_value(gold: Row, row: Row) -> bool:
    mine = sorted(abs(v) for v in (row["low"], row["high"]) if v is not None)
    for low, high, _ in gold["readings"]:
        theirs = sorted(v for v in (low, high) if v is not None)
        if mine and _close(mine[0], theirs[0]) and _close(mine[-1], theirs[-1]):
            return True
    return False


def _same_unit(gold: Row, row: Row) -> bool:
    said = row["currency"] or row["unit"]
    units = {*gold["units"], *(unit for _, _, unit in gold["readings"])}
    if "-" in units and said in (None, "time", "x", "fold"):
        return True
    per = not gold["per"] or bool(
        _words(" ".join(gold["per"]).replace("_", " ")) & _words((row["per"] or "").replace("_", " "))
    )
    return (
        per
        and said is not None
        and any(u == said or _words(u.replace("_", " ")) & _words(said.replace("_", " ")) for u in units)
    )


def _same_name(one: str | None, two: str | None) -> bool:
    flat = [re.sub(r"[\W_]", "", name or "").lower() for name in (one, two)]
    return flat[0] == flat[1] or (
        bool(flat[0]) and bool(flat[1]) and (flat[1].endswith(flat[0]) or flat[0].endswith(flat[1]))
    )


def _same_speaker(article: Article, gold: Row, row: Row) -> bool:
    where = row["speaker_span"]
    written = article.text[slice(*where)] if where else ""
    return any(
        _same_name(name, row["speaker"]) or name == written or (len(name) > 3 and name in written)
        for name in gold["speakers"]
    )


def _places(row: Row) -> Span:
    return (row["content"][0], row["content"][1]) if "content" in row else (row["start"], row["end"])


@dataclass
class Tally:
    """Hits, found rows and true items of one measure, with what went wrong."""

    hit: int = 0
    found: int = 0
    true: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Balanced F score in percent; 0 where there is nothing to find."""
        return 200 * self.hit / (self.found + self.true) if self.found + self.true else 0.0


def _count(tally: Tally, article: Article, gold: list[Row], rows: list[Row], same: Any) -> None:
    """Match one to one in reading order; rows that match or only touch optional items are not counted."""
    needed, spare = [g for g in gold if not g["optional"]], [g for g in gold if g["optional"]]
    free = list(rows)
    missed = []
    for item in needed:
        row = next((row for row in free if same(item, row)), None)
        if row is None:
            missed.append(item)
        else:
            free.remove(row)
            tally.hit += 1
    false = [r for r in free if not any(same(g, r) or _overlap(g["span"], _places(r)) for g in spare)]
    tally.true += len(needed)
    tally.found += len(needed) - len(missed) + len(false)
    tally.errors += [f"{article.name}: missed {_show(article, g['span'], g)}" for g in missed]
    tally.errors += [f"{article.name}: false  {_show(article, _places(r), r)}" for r in false]


def _show(article: Article, span: Span, row: Row) -> str:
    names = (
        "type",
        "model",
        "benchmark",
        "winner",
        "loser",
        "speakers",
        "speaker",
        "units",
        "unit",
        "low",
        "high",
        "readings",
    )
    notes = {key: row[key] for key in names if row.get(key)}
    return f"{article.text[span[0] : span[1]][:70]!r} … {article.text[span[1] : span[1] + 25]!r} {notes}".replace(
        "\n", " "
    )


def _duels(rows: list[Row]) -> list[Row]:
    return [{**row, "loser": loser} for row in rows for loser in row["losers"]]


def score(articles: list[Article], analyse: Any) -> dict[str, Tally]:
    """One tally a measure over all articles; `analyse` takes a text and gives its facts as a dictionary."""
    tallies: dict[str, Tally] = {}
    for article in articles:
        facts = analyse(article.text)
        for measure, gold, rows, same in _measures(article, facts):
            if measure.split()[0] in article.layers:
                _count(tallies.setdefault(measure, Tally()), article, gold, rows, same)
    return tallies


def _measures(article: Article, facts: dict[str, list[Row]]) -> list[tuple[str, list[Row], list[Row], Any]]:
    """Measure, true items, found rows and what makes them the same."""
    items: dict[str, list[Row]] = {layer: article.items.get(layer, []) for layer in (*article.layers,)}
    cells = {g["span"] for g in items["scores"]}
    figures = [
        f
        for f in facts["figures"]
        if f["kind"] not in ("date", "rank") and not any(_overlap(_places(f), c) for c in cells)
    ]
    told = [g for g in items["figures"] if g["about"] or g["optional"]]

    def value(g: Row, r: Row) -> bool:
        return _overlap(g["span"], _places(r)) and _same_value(g, r)

    def about(g: Row, r: Row) -> bool:
        spans = [article.text[slice(*s)] for s in (r["subject_span"], r["metric_span"]) if s]
        return value(g, r) and bool(g["about"] & _words(" ".join([r["subject"] or "", r["metric"] or "", *spans])))

    def triple(g: Row, r: Row) -> bool:
        return (
            _same_name(g["model"], r["model"])
            and _same_name(g["benchmark"], r["benchmark"])
            and _close(g["value"], r["value"])
        )

    def duel(g: Row, r: Row) -> bool:
        return all(g[key] is None or _same_name(g[key], r[key]) for key in ("winner", "loser", "benchmark"))

    def claim(g: Row, r: Row) -> bool:
        return _share(g["span"], _places(r)) >= 0.5 and bool(r["source"]) and _overlap(g["source"], r["source"])

    quotes = [q for q in facts["quotes"] if q["kind"] != "scare"]
    spoken = [g for g in items["quotes"] if g["speakers"]]
    return [
        ("figures value", items["figures"], figures, value),
        ("figures unit", items["figures"], figures, lambda g, r: value(g, r) and _same_unit(g, r)),
        ("figures direction", [g for g in items["figures"] if g["direction"] and not g["optional"]],
         [f for f in figures if f["direction"] and any(_overlap(g["span"], _places(f)) and g["direction"] for g in items["figures"])],
         lambda g, r: value(g, r) and g["direction"] == r["direction"]),
        ("figures subject", told, [f for f in figures if any(value(g, f) for g in told)], about),
        ("scores", items["scores"], facts["scores"], triple),
        ("rankings", items["rankings"], _duels(facts["rankings"]), duel),
        ("quotes span", items["quotes"], quotes, lambda g, r: g["span"] == _places(r)),
        ("quotes speaker", spoken, quotes, lambda g, r: g["span"] == _places(r) and _same_speaker(article, g, r)),
        ("attributions", items.get("attributions", []), [a for a in facts["attributions"] if a["source"]], claim),
        ("hedges", items.get("hedges", []), facts["hedges"], lambda g, r: _overlap(g["span"], _places(r))),
        ("forecasts", items.get("forecasts", []), facts["forecasts"], lambda g, r: _overlap(g["span"], _places(r))),
        ("credits", items.get("credits", []), facts["credits"],
         lambda g, r: any(_overlap(s, _places(r)) for s in g["spans"]) and g["role"] == r["role"]),
        ("entities", items["entities"], [e for e in facts["entities"] if e["type"] != "other"],
         lambda g, r: g["span"] == _places(r) and g["type"] == r["type"]),
    ]  # fmt: skip


def main() -> None:
    """Print every measure, and the errors of the measures that begin with the given word."""
    from reader.insight import analyse

    articles = read_all()
    tallies = score(articles, lambda text: analyse(text).as_dict())
    floors = json.loads(FLOORS.read_text("utf8")) if FLOORS.exists() else {}
    for measure, tally in tallies.items():
        print(
            f"{measure:18} {tally.f1:5.1f}  floor {floors.get(measure, 0):5.1f}  {tally.true:4} true {tally.found:4} found"
        )
        if sys.argv[1:] and measure.startswith(sys.argv[1]):
            print(*(f"    {error}" for error in tally.errors), sep="\n")


if __name__ == "__main__":
    main()
