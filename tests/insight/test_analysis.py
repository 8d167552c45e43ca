"""All layers of one article together."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.insight import analyse, facts_from_dict

ARTICLE = """Acme ships Foo 2

PARIS — Acme, which raised €1.2 billion last year, on Tuesday released Foo 2, a model with 70 billion parameters. “It is small,” said \
Ada Byron, its chief executive. Foo 2 scored 61.2% on MMLU-Pro, ahead of GPT-5 (60.1%).

Benchmark\tFoo 2\tGPT-5
GPQA Diamond\t70.1\t68.0

Acme plans to hire about 200 people by the end of 2027. First reported by Reuters.
"""
ODD = {
    "empty": "",
    "blank": " \n\t\r\n ",
    "one letter": "x",
    "CRLF": ARTICLE.replace("\n", "\r\n"),
    "no-break spaces": ARTICLE.replace(" ", "\u00a0"),
    "one line": ARTICLE.replace("\n", " "),
    "upper case": ARTICLE.upper(),
    "Chinese": "元は100億円だった。「はい」と彼は言った。\n据报道，其估值为“1万亿美元”。",
    "Arabic": "قال إن السعر ٥ دولارات\u200f.",
    "controls": "\x00\x0b\x0c\u2028\u2029\ufeff" + ARTICLE,
    "lone surrogate": "\ud83d " + ARTICLE,
    "too large": "1e999 and " + "9" * 400 + " and 1,2,3 and $1,2,3",
    "marks": "$" * 50 + "%" * 50 + "(" * 50,
}


def spans(facts: dict[str, object], text: str) -> None:
    for layer in (value for value in facts.values() if isinstance(value, list)):
        for row in layer:
            places = [row["content"]] if "content" in row else [[row["start"], row["end"]]]
            places += [v for k, v in row.items() if v and (k.endswith("_span") or k in ("source", "cue"))]
            for start, end in places:
                assert 0 <= start < end <= len(text)
                assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_give_sound_facts(name: str) -> None:
    facts = analyse(ODD[name]).as_dict()
    spans(facts, ODD[name])
    json.dumps(facts, allow_nan=False)


def test_an_article_has_its_figures_scores_and_rankings() -> None:
    facts = analyse(ARTICLE)
    values = [(f.kind, f.low, f.qualifier) for f in facts.figures if f.kind != "date"]
    assert values == [("money", 1.2e9, "="), ("size", 7e10, "="), ("count", 200, "~")]
    assert [(s.model, s.value) for s in facts.scores] == [
        ("Foo 2", 61.2),
        ("GPT-5", 60.1),
        ("Foo 2", 70.1),
        ("GPT-5", 68.0),
    ]
    assert [(r.winner, r.losers) for r in facts.rankings] == [("Foo 2", ("GPT-5",))]


def test_offsets_move_with_the_text() -> None:
    moved = analyse("🚀é\n\n" + ARTICLE)
    assert [(f.start - 4, f.end - 4) for f in moved.figures] == [(f.start, f.end) for f in analyse(ARTICLE).figures]


def test_rules_are_named_only_when_asked_for() -> None:
    facts = analyse(ARTICLE)
    assert all("rule" not in row for row in facts.as_dict()["figures"])
    assert all(row["rule"] for row in facts.as_dict(explain=True)["figures"])
    assert all(row["rule"] for row in facts.as_dict(explain=True)["scores"])


def test_facts_come_back_from_their_json() -> None:
    facts = analyse(ARTICLE)
    stored = json.loads(json.dumps(facts.as_dict()))
    assert facts_from_dict(stored).as_dict() == facts.as_dict()


def test_output_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "import sys, json; from reader.insight import analyse; print(json.dumps(analyse(sys.stdin.read()).as_dict()))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script],
            input=ARTICLE,
            capture_output=True,
            encoding="utf8",
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(p for p in sys.path if p) or "."},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(runs) == 1


def test_importing_it_needs_the_standard_library_only() -> None:
    script = "import sys; import reader.insight; print(*{m.partition('.')[0] for m in sys.modules} - set(sys.stdlib_module_names))"
    known = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    allowed = {"reader", "__main__"}
    assert [m for m in known if m not in allowed and not m.startswith(("_", "__editable"))] == []


@given(st.text(max_size=200))
def test_any_text_gives_sound_facts(text: str) -> None:
    facts = analyse(text)
    spans(facts.as_dict(), text)
    assert facts == analyse(text)
