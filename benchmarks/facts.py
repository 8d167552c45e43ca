"""Time of the facts layer: CPU milliseconds for an article of about 800 words, by layer, and growth up to one megabyte.

Run `python benchmarks/facts.py` from the project's root. The text is made here, from a fixed seed; only the standard library is used.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from reader.factsheet import factsheet
from reader.insight import analyse
from reader.insight.figure.figures import find_figures
from reader.insight.naming.entities import find_entities
from reader.insight.outlook.forecasts import find_forecasts
from reader.insight.outlook.hedges import find_hedges
from reader.insight.score.scores import find_scores
from reader.insight.speech.attribution import find_attributions
from reader.insight.speech.credits import find_credits
from reader.insight.speech.quotes import find_quotes
from reader.insight.speech.statements import read_statements
from reader.insight.speech.voice import find_voices
from reader.insight.syntax.document import read

FIRMS = ("OpenAI", "Anthropic", "Meta", "Nvidia", "Quillon", "SK hynix", "Fjordmind")
MODELS = ("GPT-5.4", "Claude Opus 4.6", "Gemini 3.1 Pro", "Skua 2", "Qwen4-32B")
HEAD = "| Model | GPQA Diamond | MMLU-Pro |\n|---|---|---|\n"
TESTS = ("GPQA Diamond", "SWE-bench Verified", "MMLU-Pro")
SENTENCES = (
    "{firm} raised ${n} billion at a valuation of about ${m} billion, up from ${n} billion last year.",
    "Revenue rose {n}% to a record ${m}.{n} billion in the third quarter, beating the ${m} billion analysts had expected.",
    "It scored {m}.{n}% on {test}, trailing {model} ({m}.{n}%) and {other} ({m}.{n}%).",
    "“We are signing a customer every {n} hours,” said Ada Byron, chief executive of {firm}.",
    "The company plans to spend ${n} to ${m} billion on data centres this year, according to two people familiar with the matter.",
    "{model} reads up to {n} million tokens and costs ${n} per million input tokens, {firm} wrote in a blog post.",
    "That is, to be fair, a confession, and the most interesting part of the story.",
    "It may hire some {m}0 people by the end of the year, but no decision has been made.",
    "The agency told Reuters that nothing in the law would prevent the deal.",
)


def article(words: int, seed: int = 7) -> str:
    """Prose of at least so many words in paragraphs of five sentences; the same for the same seed."""
    draw = random.Random(seed)
    paragraphs: list[str] = []
    count = 0
    while count < words:
        sentences = [draw.choice(SENTENCES).format(**_slots(draw)) for _ in range(5)]
        paragraphs.append(" ".join(sentences))
        count += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def _slots(draw: random.Random) -> dict[str, object]:
    model, other = draw.sample(MODELS, 2)
    numbers = {"n": draw.randint(2, 9), "m": draw.randint(40, 99)}
    return {"firm": draw.choice(FIRMS), "model": model, "other": other, "test": draw.choice(TESTS), **numbers}


def median_ms(function: Callable[[], object], runs: int) -> float:
    """Median CPU milliseconds of a call over so many runs, after one to warm up."""
    function()
    spent = []
    for _ in range(runs):
        begin = time.process_time()
        function()
        spent.append((time.process_time() - begin) * 1000)
    return statistics.median(spent)


def layers(text: str) -> dict[str, Callable[[], object]]:
    """What finds each layer of `text`, in the order of `analyse`; what it needs of other layers is found before."""
    document = read(text)
    entities = find_entities(document)
    figures = find_figures(document, entities)
    reading = read_statements(document)
    quotes = find_quotes(document, entities, reading)
    said = find_attributions(document, entities, quotes, reading)
    facts = analyse(text)
    return {
        "document": lambda: read(text),
        "entities": lambda: find_entities(document),
        "figures": lambda: find_figures(document, entities),
        "scores": lambda: find_scores(document, entities, figures),
        "statements": lambda: read_statements(document),
        "quotes": lambda: find_quotes(document, entities, reading),
        "attributions": lambda: find_attributions(document, entities, quotes, reading),
        "voices": lambda: find_voices(document, figures, quotes, said),
        "hedges": lambda: find_hedges(document),
        "forecasts": lambda: find_forecasts(document, entities, said, quotes),
        "credits": lambda: find_credits(document, entities),
        "all": lambda: analyse(text),
        "panel": lambda: factsheet(text, facts),
    }


def import_ms(runs: int) -> float:
    """Median CPU milliseconds to import `reader.insight` in a new process, its compiled files kept between runs."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    script = "import time; a = time.process_time(); import reader.insight; print((time.process_time() - a) * 1000)"
    spent = [
        float(
            subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env).stdout
        )
        for _ in range(runs + 1)
    ]
    return statistics.median(spent[1:])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each measurement (default 15)")
    runs = parser.parse_args().runs
    text = article(800)
    print(f"article of {len(text.split())} words, {len(text)} characters; median of {runs} runs, CPU ms")
    for name, find in layers(text).items():
        print(f"  {name:12} {median_ms(find, runs):8.2f}")
    print(f"import         {import_ms(5):8.2f}")
    growth("prose", text)
    growth(
        "rows of a table",
        "".join(f"| {model} | {n}.5 | {n + 1}.2 |\n" for n in range(30, 90) for model in MODELS),
        HEAD,
    )


def growth(name: str, text: str, head: str = "") -> None:
    """Print the time for `text` repeated up to one megabyte, below `head`."""
    print(f"growth, {name}")
    small = 0.0
    for size in (10_000, 100_000, 1_000_000):
        sample = head + (text * (size // len(text) + 1))[:size]
        spent = median_ms(lambda sample=sample: analyse(sample), 1)  # type: ignore[misc]
        facts = analyse(sample)
        panel = median_ms(lambda sample=sample, facts=facts: factsheet(sample, facts), 1)  # type: ignore[misc]
        ratio = f"  {spent / small:5.1f} times the time" if small else ""
        print(f"  {size:9,} characters {spent:10.1f} ms, its panel {panel:8.1f} ms{ratio}")
        small = spent


if __name__ == "__main__":
    main()
