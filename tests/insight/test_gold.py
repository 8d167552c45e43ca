"""The annotated articles of tests/gold: every line fits its text, and no layer falls below its floor."""

import json

import gold_score
import pytest

from reader.insight import analyse

FLOORS = json.loads(gold_score.FLOORS.read_text("utf8"))


@pytest.fixture(scope="module")
def articles():
    return gold_score.read_all()


@pytest.fixture(scope="module")
def tallies(articles):
    return gold_score.score(articles, lambda text: analyse(text).as_dict())


def test_set_has_the_size_it_is_said_to_have(articles):
    sizes = {layer: sum(len(a.items.get(layer, [])) for a in articles) for layer in ("figures", "scores", "quotes")}
    assert len(articles) == len(list(gold_score.FOLDER.glob("*.txt")))
    assert all(sizes[layer] >= FLOORS["size"][layer] for layer in sizes), sizes


@pytest.mark.parametrize("measure", [name for name in FLOORS if name != "size"])
def test_layer_keeps_its_floor(tallies, measure):
    tally = tallies[measure]
    assert tally.f1 >= FLOORS[measure], "\n".join([f"{measure} {tally.f1:.2f} < {FLOORS[measure]}", *tally.errors])


def test_scorer_counts_a_miss_and_a_false_hit(articles):
    empty = {layer: [] for layer in analyse("").as_dict() if layer != "schema"}
    nothing = gold_score.score(articles, lambda text: empty)
    assert all(tally.f1 == 0 for tally in nothing.values())
    wrong = {**empty, "entities": [{"start": 0, "end": 1, "type": "company", "name": "x", "id": "x"}]}
    assert gold_score.score(articles[:1], lambda text: wrong)["entities"].found == 1


def test_annotation_that_does_not_fit_its_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("Calder raised $5. Calder said so.", "utf8")
    facts = tmp_path / "a.facts"
    for line in ("figure $6 | 6 USD", "quote “no” | Calder", "company Caldera", "score 9 | Calder | X"):
        facts.write_text(line, "utf8")
        with pytest.raises(ValueError):
            gold_score.read_article(facts)
    facts.write_text("figure $5 | 5 USD\ncompany Calder", "utf8")
    assert [row["span"] for row in gold_score.read_article(facts).items["entities"]] == [(0, 6), (18, 24)]
