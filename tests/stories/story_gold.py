"""Reads the stories of gold/: articles with their figures marked in the text, and the rows that their alignment should show.

`@ key=value …` begins an article, its title is the next line. In the text `{name}` is a company, `{m:name}` a model, `[[figure|subject|
metric|period|direction]]` a figure, `<<value%|model|benchmark>>` a score, `%%outlet|role%%` a credit. `= STATUS subject | metric` is an
expected row; every other row must be AGREED or 1 SOURCE.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from reader.stories.independence import Source
from reader.stories.model import seconds

FOLDER = Path(__file__).parent / "gold"
MARK = re.compile(r"\[\[(?P<figure>[^]]+)\]\]|<<(?P<score>[^>]+)>>|%%(?P<credit>[^%]+)%%|\{(?P<entity>[^}]+)\}")
SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12, "gigawatts": 1e9}
UNITS = {"%": "percent", "users": "user", "jobs": "job", "gigawatts": "watt", "hours": "hour"}
HEDGES = {"about": "~", "roughly": "~", "over": ">", "more than": ">", "up to": "<="}


@dataclass
class GoldStory:
    name: str
    articles: list[dict[str, str]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    expected: dict[tuple[str, str], str] = field(default_factory=dict)


def stories() -> list[GoldStory]:
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def read(path: Path) -> GoldStory:
    story = GoldStory(path.stem)
    for block in re.split(r"(?m)^(?=[@=] )", path.read_text(encoding="utf-8")):
        if block.startswith("= "):
            status, _, rest = block[2:].strip().partition(" ")
            subject, metric = rest.split(" | ")
            story.expected[subject, metric] = status
        elif block.startswith("@ "):
            head, title, body = block[2:].split("\n", 2)
            fields = dict(re.findall(r"(\w+)=(.*?)(?= \w+=|$)", head))
            text, facts = marked(body.strip())
            cluster = fields["id"] if fields.get("single") else path.stem
            story.articles.append({**fields, "title": title, "text": text, "cluster": cluster})
            story.sources.append(
                Source(
                    fields["id"],
                    fields["outlet"],
                    seconds(fields["published"]),
                    text,
                    facts,
                    title,
                    fields.get("copy_of"),
                )
            )
    return story


def marked(body: str) -> tuple[str, dict[str, list[dict[str, object]]]]:
    """The plain text of a marked one, and its facts in the form of the fact contract."""
    layers: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("entities", "figures", "scores", "credits", "sentences")
    }
    text, at = "", 0
    for match in MARK.finditer(body):
        text += body[at : match.start()]
        at = match.end()
        kind = match.lastgroup or ""
        shown, *slots = match[kind].split("|")
        start = len(text)
        if kind == "entity":
            shown = shown.removeprefix("m:")
            name = {
                "type": "model" if ":" in match[kind] else "company",
                "name": shown,
                "id": shown.lower().replace(" ", "-"),
            }
            layers["entities"].append({"start": start, "end": start + len(shown), **name})
        elif kind == "credit":
            layers["credits"].append({"start": start, "end": start + len(shown), "outlet": shown, "role": slots[0]})
        elif kind == "score":
            row = {
                "model": slots[0],
                "benchmark": slots[1],
                "value": float(shown.rstrip("%")),
                "unit": "percent",
                "setting": None,
            }
            layers["scores"].append({"start": start, "end": start + len(shown), **row})
        else:
            layers["figures"].append(figure(shown, slots, start))
        text += shown
    text += body[at:]
    for match in re.finditer(r"[^\s].*?(?:[.!?](?=\s)|$)", text, re.DOTALL):
        layers["sentences"].append({"start": match.start(), "end": match.end(), "voice": "reported"})
    return text, layers


def figure(shown: str, slots: list[str], start: int) -> dict[str, object]:
    """One figure of the fact contract; hedging words before the number stay outside its span, as the contract has it."""
    hedge = next((word for word in HEDGES if shown.startswith(word + " ")), "")
    offset = len(hedge) + 1 if hedge else 0
    plain = shown[offset:]
    subject, metric, period, direction = (*slots, "", "", "")[:4]
    words = plain.split()
    scale = next((SCALES[word] for word in words if word in SCALES), 1.0)
    spelt = {"five": 5.0, "six": 6.0}
    values = [float(number.replace(",", "")) * scale for number in re.findall(r"\d[\d,]*(?:\.\d+)?", plain)] or [
        spelt[words[0]]
    ]
    money = plain[0] in "$€£"
    unit = next((UNITS[word] for word in (plain[-1], words[-1]) if word in UNITS), None)
    kind = "money" if money else {"percent": "percent", "watt": "size", "hour": "duration"}.get(unit or "", "count")
    return {
        "start": start + offset,
        "end": start + len(shown),
        "kind": kind,
        "low": None if hedge == "up to" else values[0],
        "high": None if HEDGES.get(hedge) == ">" else values[-1],
        "unit": unit,
        "currency": {"$": "USD", "€": "EUR", "£": "GBP"}[plain[0]] if money else None,
        "per": "month" if plain.endswith("a month") else None,
        "qualifier": HEDGES.get(hedge, "range" if len(values) == 2 else "="),
        "direction": direction or None,
        "subject": subject,
        "subject_span": None,
        "metric": metric,
        "metric_span": None,
        "period": period or None,
    }
