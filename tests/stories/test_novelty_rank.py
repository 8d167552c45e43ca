import math

import pytest
from story_gold import stories

from reader.stories.independence import Source
from reader.stories.novelty import Seen, SeenFact, facts_of, novelty
from reader.stories.rank import HOUR, Signals, Weights, explain, rank

HERON = stories()[0].sources


def test_facts_of_an_article_each_once():
    keys = [fact.key for fact in facts_of(HERON[0])]
    assert len(keys) == len(set(keys)) == 5
    assert "figure|corvid|investment|||USD" in keys


def test_what_was_read_is_no_longer_new():
    seen = Seen(facts_of(HERON[0]))
    wire, copy = novelty([HERON[0]], seen), novelty([HERON[2]], seen)
    assert (wire.new, copy.new) == (0, 0)
    assert str(copy) == "0/4"
    other = novelty([HERON[1]], seen)
    assert (other.new, other.total, str(other)) == (1, 2, "+1/2")
    assert other.fresh[0].key == "figure|heron-3|benchmark gpqa diamond|||score"


def test_a_fact_that_all_outlets_have_counts_once():
    assert novelty(HERON, Seen()).total == 7


def test_a_rounder_wording_is_no_new_fact_but_another_value_is():
    seen = Seen([SeenFact("k", 14.25, 14.35)])
    assert SeenFact("k", 13.5, 14.5) in seen
    assert SeenFact("k", 15, 16) not in seen
    assert SeenFact("other", 14.25, 14.35) not in seen
    assert seen.add(SeenFact("k", 15, 16))
    assert not seen.add(SeenFact("k", 15, 16))


def test_quotes_forecasts_and_rankings_are_facts():
    text = '"We hope to open future versions," Corvid said. Corvid will ship it. Heron beat Plover on HLE. The rest cost $5 million.'
    facts = {
        "quotes": [{"start": 0, "end": 34, "kind": "direct", "speaker": "Corvid"},
                   {"start": 1, "end": 9, "kind": "scare", "speaker": None}],
        "forecasts": [{"start": 48, "end": 67, "holder": "Corvid"}],
        "rankings": [{"start": 68, "end": 90, "winner": "Heron", "losers": ["Plover"], "benchmark": "HLE"}],
        "figures": [{"start": text.index("$5"), "end": text.index("$5") + 10, "kind": "money", "low": 5e6, "high": 5e6, "unit": None,
                     "currency": "USD", "per": None, "qualifier": "=", "direction": None, "subject": None, "subject_span": None,
                     "metric": None, "metric_span": None, "period": None}],
    }  # fmt: skip
    kinds = [fact.key.split("|")[0] for fact in facts_of(Source("a", "Wire", 0.0, text, facts))]
    assert kinds == ["quote", "forecast", "ranking", "figure"]


PLAIN = Signals(independent=2, facts=4, new=4, figures=2, largest=1e9, age=HOUR)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (PLAIN, Signals(1, facts=4, new=4, figures=2, largest=1e9, age=HOUR)),
        (PLAIN, Signals(1, second_hand=1, facts=4, new=4, figures=2, largest=1e9, age=HOUR)),
        (PLAIN, Signals(2, facts=4, new=0, figures=2, largest=1e9, age=HOUR)),
        (PLAIN, Signals(2, facts=4, new=4, figures=2, largest=1e7, age=HOUR)),
        (PLAIN, Signals(2, facts=4, new=4, figures=2, largest=1e9, age=30 * HOUR)),
        (PLAIN, Signals(2, facts=4, new=4, figures=2, largest=1e9, age=HOUR, forms=frozenset({"advice"}))),
        (Signals(2, watched=True, facts=4, new=4, figures=2, largest=1e9, age=HOUR), PLAIN),
        (Signals(1, second_hand=1), Signals(1, copies=1)),
    ],
)
def test_rank_prefers(better, worse):
    assert rank(better) > rank(worse) >= 0


def test_rank_is_the_product_of_what_it_explains():
    terms = explain(PLAIN)
    assert rank(PLAIN) == pytest.approx(math.prod(term.factor for term in terms))
    assert [term.name for term in terms] == ["sources", "content", "novelty", "age", "form"]
    assert all(term.why for term in terms)
    assert "2 independent" in terms[0].why
    assert "$1,000,000,000" in terms[1].why


def test_a_story_counts_half_after_the_half_life():
    old = Signals(2, facts=4, new=4, figures=2, largest=1e9, age=HOUR + Weights().half_life)
    assert rank(old) == pytest.approx(rank(PLAIN) / 2)


def test_a_report_beside_advice_counts_as_a_report():
    assert rank(Signals(1, forms=frozenset({"advice", "report"}))) == rank(Signals(1))


def test_nothing_known_is_rank_zero_and_a_date_ahead_is_no_bonus():
    assert rank(Signals(0)) == 0
    assert rank(Signals(1, age=-HOUR)) == rank(Signals(1))


def test_more_than_five_figures_add_nothing():
    assert rank(Signals(1, figures=5)) == rank(Signals(1, figures=50)) > rank(Signals(1, figures=4))
