"""What stands alone in the panel: clauses with a verb of their own, forecasts without a condition, sources that can vouch."""

from __future__ import annotations

import pytest

from reader.insight.readable import is_cut, is_expected_by_others, is_forecast, is_statement, vouches


@pytest.mark.parametrize(
    ("passage", "whole"),
    [
        ("Meta, which rents the chips since spring, is in talks about more", True),
        ("that it had passed $300 million in revenue", True),
        ("Revenue climbed 9% in the quarter", True),
        ("GitHub Copilot, which 26 million people use", False),
        ("the number of shirts at 1.2 million", False),
        ("The number of countries that have ratified the convention", False),
        ("has never spent a krone on advertising", False),
        ("obliges nobody, as the proposed law did", False),
        ("replied to her report with a single word", False),
        ("two thirds of its customers had opted out of", False),
        ("to sell the printer business was right", False),
        ("Even if the ferry company agrees in the end", False),
        ("Even if the ferry company agrees, the harbour is shut", True),
        ("In a letter sent on Friday to the harbour master", False),
        ("In Bergen, the port is full", True),
        ("an operating profit of 8.1 trillion won in the quarter", False),
        ("Calder's forecast profit in the quarter", False),
        ("it's moving to Bergen", True),
    ],
)
def test_a_statement_has_a_verb_of_its_own_and_both_its_ends(passage: str, whole: bool) -> None:
    assert is_statement(passage) is whole


@pytest.mark.parametrize(
    ("passage", "whole"),
    [
        ("the need to say how models are trained", False),
        ("the risks involved in open weights", False),
        ("that the plan was a mistake", True),
        ("the plan was a mistake", True),
        ("profit of nine million in the quarter, as sales rose", False),
    ],
)
def test_behind_a_verb_that_also_takes_things_the_verb_comes_early(passage: str, whole: bool) -> None:
    assert is_statement(passage, objects=True) is whole


@pytest.mark.parametrize(
    ("text", "passage", "held", "shown"),
    [
        ("Prices will fall by 2028.", "Prices will fall by 2028", False, True),
        ("If anybody copies it, prices will fall.", "prices will fall", False, False),
        ("She asked whether prices will fall.", "prices will fall", True, False),
        ("If so, good. Prices will fall.", "Prices will fall", False, True),
        ("We will be 25 people by summer.", "We will be 25 people by summer", False, False),
        ("We will be 25 people by summer.", "We will be 25 people by summer", True, True),
        ("It plans to hire 350.", "plans to hire 350", False, False),
        ("It plans to hire 350.", "plans to hire 350", True, True),
        (
            "He treats them as ignorants who will believe what he says.",
            "ignorants who will believe what he says",
            False,
            False,
        ),
        ("Roffman won't reveal the terms.", "Roffman won't reveal the terms", True, False),
        ("It's the last time we're going to see it.", "It's the last time we're going to see it", False, False),
        ("He said that as president he would know.", "president he would know", True, False),
        ("She intends to keep it that way.", "She intends to keep it that way", True, True),
        ("Your telephone will do it.", "Your telephone will do it", False, False),
        (
            "The chip will ship in May, and that it had grown.",
            "The chip will ship in May, and that it had",
            True,
            False,
        ),
    ],
)
def test_a_forecast_is_whole_and_hangs_on_no_condition(text: str, passage: str, held: bool, shown: bool) -> None:
    start = text.index(passage)
    assert is_forecast(text, start, start + len(passage), held=held) is shown


@pytest.mark.parametrize(
    ("source", "able"),
    [
        ("the judge", True),
        ("The jury", True),
        ("its website", True),
        ("contracts reviewed by Lighthouse Reports", True),
        ("a nurse who said he was tired", True),
        ("the law", False),
        ("Why not just say", False),
        ("Carson appeared on shows amid news", False),
        ("Canova in", False),
        ("filed in a dispute with its landlord show", False),
        ("The robot", False),
        ("Common Sense published", False),
        ("reporters his copy", False),
        ("a company that I will not name", False),
        ("a new venture", False),
        ("such as Calder and Plinth", False),
        ("meaning investors", False),
        ("the timetable in the law", False),
        ("much of which", False),
        ("one of the engineers", True),
        ("Solheim", True),
        ("13 former employees", True),
    ],
)
def test_a_source_is_somebody_or_a_document(source: str, able: bool) -> None:
    assert vouches(source) is able


@pytest.mark.parametrize(
    ("passage", "others"),
    [
        ("Thrive is expected to lead the round", True),
        ("Voss will be replaced in June", True),
        ("Voss expects that prices will fall", False),
        ("Voss said prices would fall", False),
    ],
)
def test_the_subject_of_what_is_to_happen_holds_nothing(passage: str, others: bool) -> None:
    assert is_expected_by_others(passage) is others


@pytest.mark.parametrize(
    ("text", "passage", "cut"),
    [
        ("Prices will fall by 2028.", "Prices will fall by 2028", False),
        ("She said prices will fall.", "prices will fall", False),
        ("After the vote, prices will fall.", "prices will fall", False),
        ("When the vote came, prices will fall, he said.", "prices will fall", False),
        ("She said the Bergen, Vestland-based yard will close.", "Vestland-based yard will close", True),
        ("That means all ships will stop.", "means all ships will stop", True),
        ("The yard that is being built is expected to open.", "is being built is expected to open", True),
        ("“That the yard sold it will not help,” she said.", "the yard sold it will not help", True),
        ("The rest will go to the yard’s “Deep Sea” unit.", "The rest will go to the yard’s", True),
        ("The rest will go to building and meeting “demand”.", "The rest will go to building and meeting", True),
    ],
)
def test_a_clause_torn_out_of_its_sentence_is_known(text: str, passage: str, cut: bool) -> None:
    start = text.index(passage)
    assert is_cut(text, start, start + len(passage)) is cut


def test_a_bare_share_vouches_for_nothing() -> None:
    assert not vouches("Only 4 percent", named=True)
    assert vouches("Four percent of adults", named=True)
