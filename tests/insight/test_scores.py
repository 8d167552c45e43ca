"""Benchmark scores and rankings, in prose and in tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.insight.facts import Figure, Ranking, Score
from reader.insight.figure.figures import find_figures
from reader.insight.naming.entities import find_entities
from reader.insight.score.scores import find_scores
from reader.insight.syntax.document import read


def results(text: str) -> tuple[tuple[Score, ...], tuple[Ranking, ...], tuple[Figure, ...]]:
    document = read(text)
    entities = find_entities(document)
    return find_scores(document, entities, find_figures(document, entities))


def triples(text: str) -> list[tuple[str, str, float]]:
    return [(s.model, s.benchmark, s.value) for s in results(text)[0]]


def duels(text: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(r.winner, r.losers, r.benchmark) for r in results(text)[1]]


# --- prose ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-5 scored 89.5% on GPQA Diamond.", [("GPT-5", "GPQA Diamond", 89.5)]),
        ("On GPQA Diamond, GPT-5 reached 89.5%.", [("GPT-5", "GPQA Diamond", 89.5)]),
        (
            "GPT-5 scored 88.1% on MMLU-Pro, 72% on GPQA Diamond and 65% on SWE-bench Verified.",
            [("GPT-5", "MMLU-Pro", 88.1), ("GPT-5", "GPQA Diamond", 72), ("GPT-5", "SWE-bench Verified", 65)],
        ),
        (
            "GPT-5 scored 89.5% on GPQA Diamond, trailing Gemini 3 Pro (94.3%) and Claude Opus 4.5 (92.7%).",
            [
                ("GPT-5", "GPQA Diamond", 89.5),
                ("Gemini 3 Pro", "GPQA Diamond", 94.3),
                ("Claude Opus 4.5", "GPQA Diamond", 92.7),
            ],
        ),
        (
            "A slide shows 63.7% on MMLU-Pro for Gemini 3 Pro against 59 for GPT-5 and 61.5 for Qwen3-32B.",
            [("Gemini 3 Pro", "MMLU-Pro", 63.7), ("GPT-5", "MMLU-Pro", 59), ("Qwen3-32B", "MMLU-Pro", 61.5)],
        ),
        (
            "Gemini 3 Pro trails Qwen3-32B on MMLU-Pro, 61.0 to 63.5.",
            [("Gemini 3 Pro", "MMLU-Pro", 61.0), ("Qwen3-32B", "MMLU-Pro", 63.5)],
        ),
        (
            "On SWE-bench Verified, GPT-5 scores 71.4%, compared with 74.9% for Claude Opus 4.5.",
            [("GPT-5", "SWE-bench Verified", 71.4), ("Claude Opus 4.5", "SWE-bench Verified", 74.9)],
        ),
        (
            "GPT-5, Claude Opus 4.5 and Gemini 3 Pro got 43.2%, 35.5% and 30.2% on SWE-bench Verified, respectively.",
            [
                ("GPT-5", "SWE-bench Verified", 43.2),
                ("Claude Opus 4.5", "SWE-bench Verified", 35.5),
                ("Gemini 3 Pro", "SWE-bench Verified", 30.2),
            ],
        ),
        (
            "GPT-5 and Gemini 3 Pro are tied on SWE-bench Verified at 79.6%.",
            [("Gemini 3 Pro", "SWE-bench Verified", 79.6), ("GPT-5", "SWE-bench Verified", 79.6)],
        ),
        (
            "On MMLU-Pro GPT-5 scores 86.1, against 84.9 for DeepL and 85.2 for Qwen3-32B.",
            [("GPT-5", "MMLU-Pro", 86.1), ("DeepL", "MMLU-Pro", 84.9), ("Qwen3-32B", "MMLU-Pro", 85.2)],
        ),
        ("GPT-5 has an Elo of 1,492 on LMArena.", [("GPT-5", "LMArena", 1492)]),
    ],
)
def test_scores_in_prose(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert sorted(triples(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "GPT-5 gained 9.4 points on SWE-bench Verified.",
        "GPT-5 is 14 points ahead of Gemini 3 Pro on LMArena.",
        "GPT-5 costs $4 and beats others on GPQA Diamond.",
        "On GPQA Diamond, where humans average 60%, GPT-5 does well.",
        "GPT-5 ranks in the top 3% on Codeforces.",
        "OpenAI grew 46% last year.",
        "GPT-5 refuses 1.9% of harmless prompts in GPQA Diamond, against 6.4% for its predecessor.",
        "Pruning 30% of the layers of GPT-5 hurts little on MMLU-Pro.",
        "GPT-5 reads 128K tokens on MMLU-Pro.",
    ],
)
def test_other_numbers_are_no_scores(text: str) -> None:
    assert triples(text) == []


def test_a_pronoun_stands_for_the_model_before() -> None:
    text = "GPT-5 is not bad. It scored 89.5% on GPQA Diamond."
    (score,) = results(text)[0]
    assert (score.model, text[slice(*(score.model_span or (0, 0)))]) == ("GPT-5", "It")


def test_scores_leave_the_figures() -> None:
    scores, _, figures = results("GPT-5 scored 89.5% on GPQA Diamond and costs $4.")
    assert [s.value for s in scores] == [89.5]
    assert [f.kind for f in figures] == ["money"]


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("GPT-5 scored 31.7% on Humanity's Last Exam (no tools).", ["no tools"]),
        (
            "GPT-5 reached 88.2% on AIME 2025 without tools and 97.1% with code execution.",
            ["without tools", "with code execution"],
        ),
        ("GPT-5 scored 91.3 (pass@1) on AIME 2025.", ["pass@1"]),
        ("GPT-5 scored 87.9% on MMLU-Pro in a 5-shot setting.", ["5-shot"]),
        ("GPT-5 scored 87.9% on MMLU-Pro.", [None]),
    ],
)
def test_settings_are_kept_apart(text: str, settings: list[str | None]) -> None:
    found = [s.setting for s in results(text)[0]]
    assert len(found) == len(settings)
    for got, want in zip(found, settings, strict=True):
        assert got == want or (want is not None and got is not None and want in got)


# --- rankings ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-5 beats Gemini 3 Pro on GPQA Diamond.", [("GPT-5", ("Gemini 3 Pro",), "GPQA Diamond")]),
        ("On GPQA Diamond GPT-5 trails Gemini 3 Pro.", [("Gemini 3 Pro", ("GPT-5",), "GPQA Diamond")]),
        ("GPT-5 was beaten by Gemini 3 Pro on GPQA Diamond.", [("Gemini 3 Pro", ("GPT-5",), "GPQA Diamond")]),
        ("GPT-5 outperforms Gemini 3 Pro and Qwen3-32B.", [("GPT-5", ("Gemini 3 Pro", "Qwen3-32B"), None)]),
        ("GPT-5 does not beat Gemini 3 Pro.", []),
        ("GPT-5 could beat Gemini 3 Pro.", []),
        ("Neither GPT-5 nor Qwen3-32B beats Gemini 3 Pro.", []),
        ("Nvidia beat estimates.", []),
        ("Ada Byron, who leads GPT-5’s research, trusts Gemini 3 Pro.", []),
        (
            "GPT-5 beats Qwen3-32B on all three tests but trails Gemini 3 Pro on GPQA Diamond.",
            [("GPT-5", ("Qwen3-32B",), None), ("Gemini 3 Pro", ("GPT-5",), "GPQA Diamond")],
        ),
    ],
)
def test_rankings(text: str, expected: list[tuple[str, tuple[str, ...], str | None]]) -> None:
    assert duels(text) == expected


def test_all_of_them_are_the_models_named_before() -> None:
    text = (
        "GPT-5 scored 80.5% on GPQA Diamond, trailing Gemini 3 Pro (94.3%) and Qwen3-32B (92.8%). "
        "On HealthBench Hard, it beat all of them."
    )
    assert duels(text)[-1] == ("GPT-5", ("Gemini 3 Pro", "Qwen3-32B"), "HealthBench Hard")


# --- tables -----------------------------------------------------------------

MARKDOWN = """| Benchmark | GPT-5 | Gemini 3 Pro |
|---|---|---|
| GPQA Diamond | **86.4** | 84.1 |
| Humanity's Last Exam (no tools) | 31.7% | — |
| Input price ($/M tokens) | 0.15 | 0.25 |
"""
TABS = "Model\tParams\tMMLU-Pro (5-shot)\tGPQA Diamond\nGPT-5\t2T\t87.9\t84.6\nQwen3-32B\t32B\t82.2\t—"
ALIGNED = """Model          MMLU-Pro   GPQA Diamond
GPT-5          85.6       83.3
Gemini 3 Pro   84.1       84.0"""


def test_a_markdown_table_with_benchmarks_in_its_rows() -> None:
    assert triples(MARKDOWN) == [
        ("GPT-5", "GPQA Diamond", 86.4),
        ("Gemini 3 Pro", "GPQA Diamond", 84.1),
        ("GPT-5", "Humanity's Last Exam", 31.7),
    ]
    scores, _, figures = results(MARKDOWN)
    assert [s.setting for s in scores] == [None, None, "no tools"]
    assert figures == ()


def test_a_table_with_models_in_its_rows() -> None:
    assert triples(TABS) == [
        ("GPT-5", "MMLU-Pro", 87.9),
        ("GPT-5", "GPQA Diamond", 84.6),
        ("Qwen3-32B", "MMLU-Pro", 82.2),
    ]
    assert [s.setting for s in results(TABS)[0]] == ["5-shot", None, "5-shot"]


def test_a_table_set_with_spaces() -> None:
    assert triples(ALIGNED) == [
        ("GPT-5", "MMLU-Pro", 85.6),
        ("GPT-5", "GPQA Diamond", 83.3),
        ("Gemini 3 Pro", "MMLU-Pro", 84.1),
        ("Gemini 3 Pro", "GPQA Diamond", 84.0),
    ]


def test_a_table_left_in_markup() -> None:
    text = (
        "<table><tr><th>Benchmark</th><th>GPT-5</th><th>Gemini 3 Pro</th></tr>\n"
        "<tr><td>GPQA Diamond</td><td><b>86.4</b></td><td>84.1%</td></tr></table>"
    )
    assert triples(text) == [("GPT-5", "GPQA Diamond", 86.4), ("Gemini 3 Pro", "GPQA Diamond", 84.1)]


def test_columns_of_lengths_are_settings_of_the_benchmark_above() -> None:
    text = "MMLU-Pro at two lengths.\n\nModel\t128K\t1M\nGPT-5\t86.4\t80.1\nGemini 3 Pro\t84.1\t83.0"
    assert [(s.model, s.benchmark, s.setting, s.value) for s in results(text)[0]] == [
        ("GPT-5", "MMLU-Pro", "128K", 86.4),
        ("GPT-5", "MMLU-Pro", "1M", 80.1),
        ("Gemini 3 Pro", "MMLU-Pro", "128K", 84.1),
        ("Gemini 3 Pro", "MMLU-Pro", "1M", 83.0),
    ]


def test_lists_of_results() -> None:
    text = "Results on MMLU-Pro (no tools / with tools)\nGPT-5: 38.4 / 47.9\nGemini 3 Pro: 41.0 / 46.5\nThat is all."
    assert triples(text) == [
        ("GPT-5", "MMLU-Pro", 38.4),
        ("GPT-5", "MMLU-Pro", 47.9),
        ("Gemini 3 Pro", "MMLU-Pro", 41.0),
        ("Gemini 3 Pro", "MMLU-Pro", 46.5),
    ]
    text = "MMLU-Pro: GPT-5 90.2, Gemini 3 Pro 81.7, Qwen3-32B 79.9."
    assert triples(text) == [
        ("GPT-5", "MMLU-Pro", 90.2),
        ("Gemini 3 Pro", "MMLU-Pro", 81.7),
        ("Qwen3-32B", "MMLU-Pro", 79.9),
    ]


def test_a_table_of_money_has_no_scores() -> None:
    assert triples("Company\tRevenue\tProfit\nNvidia\t57\t31\nIntel\t13\t-2") == []


# --- any text ---------------------------------------------------------------

PIECES = """GPT-5 Gemini 3 Pro GPQA Diamond MMLU-Pro beats trails on scored 89.5% 61.0 to 63.5 ( ) , and it all of them respectively
tied . ; | -"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\t", "|---|"])


@given(st.lists(WORDS, max_size=40))
def test_rows_hold_for_any_text(words: list[str]) -> None:
    text = " ".join(words)
    scores, rankings, figures = results(text)
    assert (scores, rankings, figures) == results(text)
    for row in (*scores, *rankings):
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == text[row.start : row.end].strip()
        assert row.rule
    for score in scores:
        for span in (score.model_span, score.benchmark_span):
            assert span is not None
            assert text[slice(*span)].strip()
        assert not any(score.start < f.end and f.start < score.end for f in figures)
    assert [(s.start, s.end) for s in scores] == sorted((s.start, s.end) for s in scores)
    assert [(r.start, r.end) for r in rankings] == sorted((r.start, r.end) for r in rankings)
    assert all(r.winner not in r.losers and r.losers for r in rankings)


# --- numbers and their owners -------------------------------------------------

V, G = "SWE-bench Verified", "GPQA Diamond"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-6 scores 62.4% on SWE-bench Verified, six points ahead of Claude Opus 5.", [("GPT-6", V, 62.4)]),
        ("GPT-6 is six points ahead of Claude Opus 5 on SWE-bench Verified.", []),
        ("On GPQA Diamond, GPT-6 leads Claude Opus 5 by 3.2 points.", []),
        ("On GPQA Diamond, GPT-6 beats Qwen4 88.1% to 86.0%.", [("GPT-6", G, 88.1), ("Qwen4", G, 86.0)]),
        ("GPT-6 reaches 82.2% on GPQA Diamond, up from 71.2% for GPT-5.", [("GPT-6", G, 82.2), ("GPT-5", G, 71.2)]),
        (
            "On GPQA Diamond and SWE-bench Verified, GPT-6 scores 82.2% and 61.0%.",
            [("GPT-6", G, 82.2), ("GPT-6", V, 61.0)],
        ),
        (
            "GPT-6 still leads on GPQA Diamond (91.0%), followed by Qwen4 (90.3%) and Tern 4 (82.2%).",
            [("GPT-6", G, 91.0), ("Qwen4", G, 90.3), ("Tern 4", G, 82.2)],
        ),
        ("Qwen4 Mini matches GPT-6 on GPQA Diamond at 82%.", [("Qwen4 Mini", G, 82)]),
        ("On SWE-bench Verified, GPT-6 uses 35% fewer tokens than Qwen4 and scores 61.0%.", [("GPT-6", V, 61.0)]),
        ("GPT-6 reaches 90% of Claude Opus 5's performance on SWE-bench Verified at 12% of the cost.", []),
        ("GPT-6 hallucinated in 4.1% of answers on SimpleQA, against 9.3% for Qwen4.", []),
        ("GPT-6 was tested on GPQA Diamond with 5 attempts and a temperature of 0.7.", []),
        ("Correction: an earlier version said that GPT-6 scored 61.0% on SWE-bench Verified.", []),
        (
            "GPT-6 beats Qwen4 on SWE-bench Verified (61.0% vs. 58.0%) but loses on GPQA Diamond (82.2% vs. 91.0%).",
            [("GPT-6", V, 61.0), ("Qwen4", V, 58.0), ("GPT-6", G, 82.2), ("Qwen4", G, 91.0)],
        ),
        (
            "With 61.0% on SWE-bench Verified, GPT-6 overtakes Qwen4 (58.0%).",
            [("GPT-6", V, 61.0), ("Qwen4", V, 58.0)],
        ),
        (
            "GPT-6 scored 61.0% on SWE-bench Verified. Qwen4 got 66.2% and Claude Opus 5 68.0%.",
            [("GPT-6", V, 61.0), ("Qwen4", V, 66.2), ("Claude Opus 5", V, 68.0)],
        ),
        (
            "GPT-6 scored 61.0% on SWE-bench Verified. Qwen4 is 40% cheaper. Claude Opus 5 has 12% of the market.",
            [("GPT-6", V, 61.0)],
        ),
        (
            "Qwen4 had 58.0 on SWE-bench Verified last year; GPT-6 now has 61.0.",
            [("Qwen4", V, 58.0), ("GPT-6", V, 61.0)],
        ),
        (
            "On GPQA Diamond it is 91.0 for GPT-6 and 82.2 for Qwen4; on SWE-bench Verified it is 61.0 and 66.2.",
            [("GPT-6", G, 91.0), ("Qwen4", G, 82.2)],
        ),
        ("Terminal-Bench 3: Qwen4 61.5%.", [("Qwen4", "Terminal-Bench 3", 61.5)]),
        (
            "On AIME 2026, GPT-6 solved 88.3% when allowed to run Python, and 79.6% when not.",
            [("GPT-6", "AIME 2026", 88.3), ("GPT-6", "AIME 2026", 79.6)],
        ),
        ("Only 3% of tasks in SWE-bench Verified remain unsolved by GPT-6.", []),
        ("GPT-6: 77.1 GPQA Diamond, 64.0 SWE-bench Verified.", [("GPT-6", G, 77.1), ("GPT-6", V, 64.0)]),
        ("GPT-6 (91.2%) and Qwen4 (77.1%) lead the GPQA Diamond table.", [("GPT-6", G, 91.2), ("Qwen4", G, 77.1)]),
        ("Qwen5 improved from 51.0% (Qwen4) to 64.0% on SWE-bench Verified.", [("Qwen4", V, 51.0), ("Qwen5", V, 64.0)]),
        ("GPT-6 outperforms Qwen4 on GPQA Diamond, 70.2% against 68.8%.", [("GPT-6", G, 70.2), ("Qwen4", G, 68.8)]),
        ("At 64.0%, GPT-6's SWE-bench Verified result is the best.", [("GPT-6", V, 64.0)]),
        ("GPT-6 answered 77.1% of GPQA Diamond's questions correctly.", [("GPT-6", G, 77.1)]),
        (
            "On GPQA Diamond, GPT-6 scores 77.1%. On the bar exam, a test of its own, Qwen4 has 79.",
            [("GPT-6", G, 77.1)],
        ),
        (
            "On SWE-bench Verified and GPQA Diamond it scores 64.0% and 77.1%, respectively, versus 70.1% and 91.2% for GPT-6.",
            [],
        ),
        ("The method (MoA) helps, scoring 65.1% on GPQA Diamond versus GPT-6's 57.5%.", [("GPT-6", G, 57.5)]),
        ("A Qwen4 model with 7% attention surpasses a transformer on GPQA Diamond.", []),
        ("The tuned GPT-6 had gains: +40% GPQA Diamond, +19% MMLU-Pro.", []),
        ("GPT-6 brings cost reductions of over 85% on GPQA Diamond and 45% on MMLU-Pro.", []),
        ("GPT-6 scored 21% on GPQA Diamond and 80% on our code editing (Qwen4 had 77%).", [("GPT-6", G, 21)]),
        ("GPT-6 reaches 95.1% on GPQA Diamond, surpassing Qwen4 at 67.0%.", [("GPT-6", G, 95.1), ("Qwen4", G, 67.0)]),
        ("GPT-6 is in the 99.8 percentile on GPQA Diamond.", []),
        ("It goes on: GPT-6 goes from 49.8% to 64.4% on GPQA Diamond.", [("GPT-6", G, 64.4)]),
    ],
)
def test_number_goes_to_the_model_that_has_it(text, expected):
    assert triples(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Terminal-Bench 2.0:\n\n1. GPT-6 (Codex) - 74.8%\n2. Qwen4 (OpenHands) - 61.5%\n",
            [("GPT-6", "Terminal-Bench 2.0", 74.8), ("Qwen4", "Terminal-Bench 2.0", 61.5)],
        ),
        (
            "Benchmarks for GPT-6\n- MMLU-Pro: 74.0\n- GPQA Diamond: 82.1%\n",
            [("GPT-6", "MMLU-Pro", 74.0), ("GPT-6", G, 82.1)],
        ),
        (
            "GPT-6 leads GPQA Diamond at 61.0%.\n\nPrices per million tokens:\nGPT-6: 1.25 / 10.0\n",
            [("GPT-6", G, 61.0)],
        ),
        (
            "| # | Model | GPQA Diamond | $ per task | Rank |\n|---|---|---|---|---|\n| 1 | GPT-6 | **91.0**¹ | 1.32 | 4 |\n",
            [("GPT-6", G, 91.0)],
        ),
        (
            "| Category | Benchmark | GPT-6 | Qwen4 |\n|---|---|---|---|\n| Code | SWE-bench Verified | 61.0 | 66.2 |\n"
            "| | GPQA Diamond | 70.1 | — |\n| Mean | | 65.5 | 66.2 |\n",
            [("GPT-6", V, 61.0), ("Qwen4", V, 66.2), ("GPT-6", G, 70.1)],
        ),
        (
            "Pass@1 on GPQA Diamond by difficulty\n\n| Model | Easy | Hard |\n|---|---|---|\n| GPT-6 | 96.1 | 31.4 |\n",
            [("GPT-6", G, 96.1), ("GPT-6", G, 31.4)],
        ),
        ("| | 2025 | 2026 |\n|---|---|---|\n| SWE-bench Verified | 74.9% | 82.0% |\n", []),
    ],
)
def test_lists_and_tables_of_results(text, expected):
    assert triples(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On LMArena, GPT-6 has 1,417 points, behind Qwen4 (1,462) but ahead of the much smaller Gemini 4 Flash (1,398).",
            [("Qwen4", ("GPT-6",), "LMArena"), ("GPT-6", ("Gemini 4 Flash",), "LMArena")],
        ),
        (
            "GPQA Diamond is hard. GPT-6 leads with 59.1% ahead of Qwen4 with 58.0%.",
            [("GPT-6", ("Qwen4",), "GPQA Diamond")],
        ),
    ],
)
def test_ranking_has_the_benchmark_of_its_numbers(text, expected):
    assert duels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "An algorithm for edits surpasses GPT-5 and GPT-6 in accuracy.",
        "Gemini 4 is potentially superior to GPT-6.",
        "The lab released Qwen5, aiming to surpass GPT-6.",
    ],
)
def test_no_ranking_where_the_winner_is_unknown_or_hoped_for(text):
    assert duels(text) == []


def test_rows_of_a_table_are_no_topic_for_a_pronoun_below():
    table = "| Model | GPQA Diamond |\n|---|---|\n| GPT-6 | 61.4 |"
    text = f"Qwen4 reads GPQA Diamond.\n\n{table}\n\nWith tools, it scores 91.8% on GPQA Diamond."
    assert triples(text)[-1] == ("Qwen4", "GPQA Diamond", 91.8)


def test_setting_that_is_named_once_for_two_numbers():
    text = "GPT-6 scores 94.2% on AIME 2026 with Python and 88.7% without."
    assert [(s.value, s.setting) for s in results(text)[0]] == [(94.2, "with python"), (88.7, "without python")]


def test_earlier_variant_of_the_same_name_gives_no_second_row():
    text = "GPQA Diamond\n- Qwen5 (new): 47.0%\n- Qwen5 Mini: 40.2%\n- Original Qwen5: 31.4%\n- Qwen5 (old): 30.1%\n"
    assert triples(text) == [("Qwen5", "GPQA Diamond", 47.0), ("Qwen5 Mini", "GPQA Diamond", 40.2)]


def test_earlier_model_keeps_its_row_where_no_later_one_has_its_name():
    text = "On GPQA Diamond, Qwen5 scores 47.0%, and the previous Qwen4 scores 31.4%."
    assert triples(text) == [("Qwen5", "GPQA Diamond", 47.0), ("Qwen4", "GPQA Diamond", 31.4)]
