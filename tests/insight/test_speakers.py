"""Who a pronoun, a title or a phrase stands for, and when the text leaves it open."""

import pytest

from reader.insight import analyse
from reader.insight.speech.speakers import source_names


def speaker(text: str) -> str | None:
    """The speaker of the last quotation."""
    return analyse(text).quotes[-1].speaker


def sources(text: str) -> dict[str, str]:
    """Names behind the pronouns that are sources."""
    return {text[slice(*span)]: name for span, name in source_names(text, analyse(text)).items()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (  # the last speaker, not the last name
            "Mira Okoye, who founded the lab with Pål-Erik Nguyen, dismissed the criticism. “We are early,” she said.",
            "Mira Okoye",
        ),
        (  # an ending speaks against the name, and nobody else is guessed
            "Hillel Wayne doubts it. Zukwuma Edozien accepts the point. “We will use real bugs,” he said.",
            None,
        ),
        ("Noga Elbaz sells it. Her brother put it differently. “I regret nothing,” he said.", "Her brother"),
        (  # a pronoun goes on with a pronoun
            "Mira Okoye said the plan was sound. She said Tomas Berg had left. “We are early,” she added.",
            "Mira Okoye",
        ),
        ("His lawyer, Philippa March, wrote to the paper. “It is all invented,” she said.", "Philippa March"),
        ("Its counsel, Hyun-woo Baek, said the firm would appeal. “The law is with us,” he said.", "Hyun-woo Baek"),
        ("A former researcher puts it simply. “The numbers were wrong,” he told me.", "A former researcher"),
        ("Some shrugged. Another laughed. “We all knew of it,” she said.", "Another"),
        (
            "Judge Marisol Etxeberria wrote the order. The judge was brief. “Both cannot be true,” she wrote.",
            "Marisol Etxeberria",
        ),
        (
            "The authors suggest that it be hidden. That may cost money, they write, but “so does being wrong”.",
            "The authors",
        ),
        ("“We saw it coming.” He pauses. Tomas Berg has told this before.", None),
        ("Nvidia’s Rev Lebaredian showed it and said that “the floor is never wet in there”.", "Rev Lebaredian"),
    ],
)
def test_who_a_phrase_stands_for(text: str, name: str | None) -> None:
    assert speaker(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "At noon Tomas Berg, Adam Holt and Viktor Lund met. “That is not what I meant,” he said.",
        "Kanjira left early. “That is not what I meant,” she said.",
        "Asked about it, Albatross answered. “That is not what I meant,” it said.",
    ],
)
def test_two_who_would_do_or_none_are_no_answer(text: str) -> None:
    assert speaker(text) is None


def test_the_memo_speaks_and_not_the_paper_that_saw_it() -> None:
    text = "The plan was called “a big mistake for us”, according to a memo obtained by Wired."
    assert speaker(text) == "a memo obtained by Wired"


def test_the_guest_of_an_interview_answers() -> None:
    text = "Birgitta Lund rents out GPUs. Lund lives in Luleå.\n\nQ: How many?\n\nA: “Six hundred and twelve of them.”"
    assert speaker(text) == "Birgitta Lund"


def test_short_partial_words_are_not_the_last_speakers() -> None:
    text = "“We are early in this market,” said Mira Okoye.\n\nNot “the team”. Not “our systems”."
    assert [q.speaker for q in analyse(text).quotes] == ["Mira Okoye", None, None]


def test_pronouns_of_statements_have_names() -> None:
    text = "Mira Okoye runs Plinth AI. She said that sales had doubled. He said that they had not."
    assert sources(text) == {"She": "Mira Okoye"}


def test_it_is_what_the_sentence_before_is_about() -> None:
    text = "Nvidia denied the report. It said that demand was strong."
    assert sources(text) == {"It": "Nvidia"}
    assert sources("Gemini 4 Pro failed. It said that demand was strong.") == {}


def test_the_manager_of_somebody_is_not_that_somebody() -> None:
    text = "Ben Carson waited. Ben Carson’s business manager, Armstrong Williams, stated: “He was so sad about it.”"
    assert speaker(text) == "Armstrong Williams"
    assert speaker("Ben Carson waited. “He was so sad about it,” said Ben Carson's lawyer.") == "Ben Carson's lawyer"


@pytest.mark.parametrize(
    "text",
    [
        "Tsongas lost to him, and Paul Tsongas left.\n\n“I won,” Sanders said. He said it was “not a handful of wealthy donors.”",
        "Groberg will not be supporting the nominee, Donald Trump. “He has absolutely zero experience,” he said.",
    ],
)
def test_he_is_nobody_where_an_unknown_name_spoke_or_is_spoken_of(text: str) -> None:
    assert speaker(text) not in ("Paul Tsongas", "Donald Trump")


def test_several_people_who_speak_together_are_all_named() -> None:
    text = "Mara Voss, Ilan Reyes and Tomas Berg, who accused the firm of “taking every book it could find”, sued."
    assert speaker(text) == "Mara Voss, Ilan Reyes and Tomas Berg"


def test_a_board_is_not_the_member_whom_the_text_describes_so() -> None:
    text = "Tomas Berg, a member of the board, left. The board said the firm is “short of money and of time”."
    assert speaker(text) == "The board"


def test_season_stands_outside_of_the_source() -> None:
    text = "They left after Berg over the summer announced the yard is to close."
    assert [text[slice(*a.source)] for a in analyse(text).attributions if a.source] == ["Berg"]


def test_who_sits_beside_somebody_is_not_the_sitting() -> None:
    text = "Sitting next to him on stage, Ann Reyes, president of the yard, said things were only getting started."
    assert [text[slice(*a.source)] for a in analyse(text).attributions] == ["Ann Reyes, president of the yard"]


def test_platform_within_the_content_carried_no_words() -> None:
    (quote,) = analyse("The watchdog said its work is about the posting on X of “potentially harmful” pictures.").quotes
    assert quote.medium is None
