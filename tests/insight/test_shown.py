"""Statements and quotations as rows: the words of who is named, without remarks of the writer, and not turned round."""

from __future__ import annotations

import pytest

from reader.factsheet import ATTRIBUTION, QUOTE, factsheet
from reader.insight import analyse


def rows(text: str, kind: str) -> list[tuple[str, str]]:
    return [(item.value, item.says) for item in factsheet(text, analyse(text)).of(kind)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Calder AI confirmed it must ask before it sells to Norway, a rule of the harbour board that led to a loss.",
            "it must ask before it sells to Norway",
        ),
        (
            "Calder AI said that its new model is ahead of two others, strengthening its place in the race.",
            "that its new model is ahead of two others",
        ),
        (
            "Mara Voss said the yard closed in May, which hurt the town for years.",
            "the yard closed in May",
        ),
        (
            "The unions filed complaints against two yards, alleging that they had copied songs and asking for $2 million.",
            "that they had copied songs",
        ),
        (
            "Mara Voss claimed that the yard had paid two million for a ferry—a figure Calder AI disputes.",
            "that the yard had paid two million for a ferry",
        ),
        (
            "Mara Voss said the harbour told the yard to stop shipping its best boat, the K2, to Norway.",
            "the harbour told the yard to stop shipping its best boat, the K2, to Norway",
        ),
        (
            "Mara Voss said the yard, which opened in May, is full of ships.",
            "the yard, which opened in May, is full of ships",
        ),
    ],
)
def test_a_statement_ends_before_the_writers_remark(text: str, content: str) -> None:
    assert [value for value, _ in rows(text, ATTRIBUTION)] == [content]


@pytest.mark.parametrize(
    "text",
    [
        "The move is a sign that Calder AI believes the tool is safe enough for all.",
        "Calder AI just showed that much of both can be learned by a bot.",
        "The recent Bergen Summit also showed that many towns think of it as a feast.",
        "A woman who served as its acting head during a hard time last year said she is leaving the yard.",
        "The result is a ferry that, at least according to Calder’s tests, is ahead of others.",
        "Mara Voss said that this could change a lot by then.",
        "Norway, Sweden and Finland said that they had no plans for it.",
        "Calder’s claim that the ferry is late again has met with doubt.",
        "Calder AI also agreed to a sailing plan that the harbour board stated is part of the rules.",
        "Calder AI has convinced the market that its boats do all of the work.",
        "Ivo Reed, whose complaint says he was paid by the hour, left the yard.",
        "Many sailors now realize that a ban of the boats is like a ban of oars.",
        "Other sailors who have said that they would leave were not of the crew.",
    ],
)
def test_what_the_writer_infers_is_no_statement_of_others(text: str) -> None:
    assert rows(text, ATTRIBUTION) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Calder AI opened a yard. The company said it had sold nine ferries.", "Calder AI"),
        ("Mara Voss, head of the yard said it had sold nine ferries.", "Mara Voss"),
        ("Calder AI bought Plinth AI. The company said it had sold nine ferries.", "The company"),
        (
            "Mara Voss, who has run the small yard in the north of Bergen for years, said it had sold nine ferries.",
            "Mara Voss",
        ),
    ],
)
def test_a_company_that_is_sure_is_named(text: str, says: str) -> None:
    assert [source for _, source in rows(text, ATTRIBUTION)] == [says]


@pytest.mark.parametrize(
    "text",
    [
        "Mara Voss warned sailors against “high hopes for the year to come.”",
        "Mara Voss said the ferry was not “ready for the open sea”.",
        "The tests, which you might call “trials of the sea”, were held by Calder AI, Mara Voss said.",
        "Calder AI says the plans were read by judges and described as “clear and easy to follow.”",
        "Mara Voss says she doesn’t believe the yard should “settle for a plan that nobody has tested.”",
        "If not, “the matter will be brought to court,” Mara Voss said.",
        "Mara Voss denies the price is a “wild and crazy number”.",
        "Calder AI showed an “advanced version” of its ferry, Mara Voss said.",
        "A clerk shares his view, calling it odd and writing: “The yard has just shown us a breakthrough.”",
    ],
)
def test_words_that_mean_something_else_alone_are_no_quotes(text: str) -> None:
    assert rows(text, QUOTE) == []


def test_a_company_named_long_ago_is_not_meant() -> None:
    text = "Calder AI rose.\n" + "The company said it had sold nine ferries. " * 200
    assert {source for _, source in rows(text, ATTRIBUTION)[-5:]} == {"The company"}


def test_who_is_spoken_of_is_no_source() -> None:
    text = "According to Reuters, Calder AI, the ferry firm, could become the owner of the yard."
    assert rows(text, ATTRIBUTION) == [("Calder AI, the ferry firm, could become the owner of the yard", "Reuters")]


def test_who_speak_together_are_named_together() -> None:
    text = "“We are glad of this,” said the owners, Ann Reed, Bo Lind, and Cy Stone."
    assert [says for _, says in rows(text, QUOTE)] == ["Ann Reed, Bo Lind, and Cy Stone"]


def test_a_role_between_commas_is_the_name_before_it() -> None:
    text = "Ivo Reed, the chairman of the old yard in Bergen, called it “a great leap for all who sail”."
    assert [says for _, says in rows(text, QUOTE)] == ["Ivo Reed"]


def test_he_is_nobody_sure_where_two_act() -> None:
    text = "Ivo Reed called it late, while King Olav spoke of hope.\n\n“There is a clear need to act,” he said."
    assert rows(text, QUOTE) == []


def test_a_paper_in_another_clause_carried_nothing() -> None:
    text = "Mara Voss said the bank's report was “largely free of any facts at all.”"
    assert [says for _, says in rows(text, QUOTE)] == ["Mara Voss"]
