"""Who speaks each quotation, with which cue, where."""

import pytest

from reader.insight import analyse
from reader.insight.facts import Quote


def quotes(text: str) -> list[tuple[str, str | None]]:
    return [(text[q.start : q.end], q.speaker) for q in analyse(text).quotes]


def only(text: str) -> Quote:
    (quote,) = analyse(text).quotes
    return quote


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We are not selling the company,” Lena Hoffmann said.", "Lena Hoffmann"),
        ("“We are not selling the company,” said Lena Hoffmann, its founder.", "Lena Hoffmann"),
        ("“We are not selling the company,” said chief executive Lena Hoffmann on Monday.", "Lena Hoffmann"),
        ("Lena Hoffmann, who founded the lab in 2021, said: “We are not selling the company.”", "Lena Hoffmann"),
        ("In a statement on Friday, Lena Hoffmann said “we are not selling the company.”", "Lena Hoffmann"),
        ("Lena Hoffmann told analysts that “we are not selling the company”.", "Lena Hoffmann"),
        ("Lena Hoffmann’s answer is short: “We are not selling the company.”", "Lena Hoffmann"),
        ("“We are not selling the company”: Lena Hoffmann on her plans", "Lena Hoffmann"),
        (
            "The plan, in the words of Lena Hoffmann, is clear. “We are not selling the company,” she said.",
            "Lena Hoffmann",
        ),
        ("“We are not selling the company” is how Lena Hoffmann puts it.", "Lena Hoffmann"),
        ("Lena Hoffmann called the offer “a very expensive joke”.", "Lena Hoffmann"),
        ("Lena Hoffmann dismissed the offer as “a very expensive joke”.", "Lena Hoffmann"),
    ],
)
def test_speaker_before_behind_and_around_the_words(text: str, speaker: str) -> None:
    assert [s for _, s in quotes(text)] == [speaker]


def test_pronoun_stands_for_the_last_person() -> None:
    text = "Lena Hoffmann founded the lab. She met Paul Meyer in Bonn. “It was raining,” he said."
    assert quotes(text) == [("“It was raining,”", "Paul Meyer")]


def test_company_behind_it() -> None:
    text = "OpenAI raised its prices. It said the change was “long overdue and modest”."
    assert quotes(text) == [("“long overdue and modest”", "OpenAI")]


def test_interrupted_quotation_has_one_speaker() -> None:
    text = "“We sell chips,” said Paul Meyer, “and we sell a lot of them.”"
    assert [s for _, s in quotes(text)] == ["Paul Meyer", "Paul Meyer"]


def test_standalone_quotation_keeps_the_speaker_before() -> None:
    text = "“We sell chips,” Paul Meyer said. “We have never sold anything else.”"
    assert [s for _, s in quotes(text)] == ["Paul Meyer", "Paul Meyer"]


def test_two_speakers_in_turn() -> None:
    text = "“It is late,” Paul Meyer said. “It is not,” Lena Hoffmann said."
    assert [s for _, s in quotes(text)] == ["Paul Meyer", "Lena Hoffmann"]


def test_given_name_tells_he_from_she() -> None:
    text = "Sarah Roe leads the lab. Robert Poe pays for it. “It works,” she said."
    assert quotes(text) == [("“It works,”", "Sarah Roe")]


def test_title_stands_for_the_last_person() -> None:
    text = "Arthur Mensch has a message. ‘Mistral is not for sale,’ the chief executive said."
    assert quotes(text) == [("‘Mistral is not for sale,’", "Arthur Mensch")]


def test_quotation_behind_a_new_subject_is_not_the_old_speakers() -> None:
    text = "Sarah Roe said it “makes the threat credible”, while Robert Poe, who leads a team, called it “a bit depressing”."
    assert [s for _, s in quotes(text)] == ["Sarah Roe", "Robert Poe"]


def test_lead_in_before_a_colon() -> None:
    assert quotes("Meta’s post includes a telling line: “We hope to open it.”") == [("“We hope to open it.”", "Meta")]


def test_unnamed_speaker_stays_as_written() -> None:
    assert (
        only("“They are kicking the tyres,” a person briefed on the talks said.").speaker
        == "a person briefed on the talks"
    )


def test_medium_is_where_it_was_said() -> None:
    assert only("“We grew a lot this year,” Paul Meyer said on a conference call.").medium == "conference call"
    assert only("Paul Meyer wrote in a blog post that “we grew a lot this year”.").medium == "blog post"
    assert only("Paul Meyer wrote on Threads: “We grew a lot this year.”").medium == "Threads"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We will ship it in May,” Paul Meyer said.", "direct"),
        ("Paul Meyer said it was “good enough”.", "partial"),
        ("Paul Meyer said the model “asks too many questions on Mondays”.", "partial"),
        ("A few “select partners” get access.", "scare"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "The “Deep Think” mode is slow.",
        "Paul Meyer appeared on “Meet the Press” in May.",
        "We give it away for free, they said in effect.",
        "A feature called “Contemplating” is new.",
    ],
)
def test_names_and_imputed_words_are_no_quotation(text: str) -> None:
    assert quotes(text) == []


def test_span_holds_both_marks_and_the_speaker_its_words() -> None:
    text = "“We will ship it in May,” Paul Meyer said."
    quote = only(text)
    assert text[quote.start : quote.end] == "“We will ship it in May,”"
    assert quote.speaker_span is not None
    assert quote.cue_span is not None
    assert text[slice(*quote.speaker_span)] == "Paul Meyer"
    assert text[slice(*quote.cue_span)] == "said"


def test_who_is_described_on_both_sides_speaks_and_not_the_outlet() -> None:
    text = "“The eyes of labour are upon us,” actress Ann Reyes, the head of the union, said on Friday, according to The Daily Tide."
    assert [quote.speaker for quote in analyse(text).quotes] == ["Ann Reyes"]
