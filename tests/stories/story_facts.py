"""Builds sources with facts for the tests of boards and ledgers: spans are found in the text, the rest is said."""

from reader.stories.independence import Source
from reader.stories.model import DAY, seconds


def at(day):
    return seconds("2026-04-01T12:00:00Z") + DAY * day


def span(text, words):
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def figure(
    text, words, low, *, subject, metric, high=None, period=None, unit=None, currency="USD", kind="money", qualifier="="
):
    return span(text, words) | {
        "kind": kind, "low": low, "high": low if high is None else high, "unit": unit, "currency": currency, "per": None,
        "qualifier": qualifier, "direction": None, "subject": subject, "subject_span": None, "metric": metric, "metric_span": None,
        "period": period,
    }  # fmt: skip


def entity(text, name, kind="company"):
    return span(text, name) | {"type": kind, "name": name, "id": name.lower().replace(" ", "-")}


def sentences(text):
    rows, start = [], 0
    for part in text.split(". "):
        rows.append({"start": start, "end": min(start + len(part) + 1, len(text)), "voice": "reported"})
        start += len(part) + 2
    return rows


def source(article, outlet, day, text, *, title="", copy_of=None, **layers):
    return Source(article, outlet, at(day), text, {"sentences": sentences(text), **layers}, title, copy_of)
