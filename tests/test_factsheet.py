"""Facts as people read them: every row a span of the text, in order, said by whom, and nothing twice."""

from __future__ import annotations

import pytest

from reader.factsheet import (
    ATTRIBUTION,
    FIGURE,
    FORECAST,
    HEDGE,
    KINDS,
    QUOTE,
    SCORE,
    STATUS_LETTERS,
    FactItem,
    factsheet,
)
from reader.insight import analyse
from reader.insight.facts import (
    Attribution,
    Credit,
    Entity,
    Facts,
    Figure,
    Forecast,
    Hedge,
    Quote,
    Score,
    Sentence,
)

TEXT = (
    "Orion raised $2.4 billion,\nMara Voss said. “We will ship\nin June,” she added. It scored 71.5% on GPQA.\n"
    "A “cheap” trick may come. Models are expected to work by 2027."
)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def facts() -> Facts:
    """Layers made by hand: what the sheet does with them does not hang on the rules that find them."""
    says = Attribution(span("Orion raised $2.4 billion"), span("Mara Voss"), span("said"), "indirect")
    mute = Attribution(span("A “cheap” trick may come"), None, span("may"), "report")
    return Facts(
        sentences=(Sentence(*span("A “cheap” trick may come."), "opinion"), Sentence(*span("It scored 71.5% on GPQA."))),
        entities=(Entity(*span("Orion"), "company", "Orion", "orion"), Entity(*span("It"), "company", "Orion", "orion"),
                  Entity(*span("Mara Voss"), "person", "Mara Voss", "mara-voss")),
        figures=(Figure(*span("$2.4 billion"), "money", 2.4e9, 2.4e9, None, "USD", metric="funding", subject="Orion"),
                 Figure(*span("2027"), "date", 2027, 2027)),
        scores=(Score(*span("71.5%"), "Orion 2", "GPQA", 71.5, "percent", setting="no tools"),),
        quotes=(Quote(*span("“We will ship\nin June,”"), "direct", "Mara Voss", medium="statement"), Quote(*span("“cheap”"), "scare")),
        attributions=(says, Attribution(span("“We will ship\nin June,”"), span("she"), span("added"), "quote"), mute),
        hedges=(Hedge(*span("may"), "epistemic", 2),),
        forecasts=(Forecast(*span("Models are expected to work by 2027"), "prediction", None, "by 2027", rule="prediction: expected"),),
        credits=(Credit(0, 5, "CNBC", "first_reported"), Credit(6, 12, "CNBC", "first_reported"), Credit(6, 12, "Reuters", "cited")),
    )  # fmt: skip


def test_every_item_is_its_span_on_one_line(facts: Facts) -> None:
    for item in factsheet(TEXT, facts).items:
        assert item.value == " ".join(TEXT[item.start : item.end].split())
        assert "\n" not in item.value


def test_items_stand_in_the_order_of_the_text(facts: Facts) -> None:
    sheet = factsheet(TEXT, facts)
    assert [item.kind for item in sheet.items] == [ATTRIBUTION, FIGURE, QUOTE, SCORE, FORECAST]
    assert sheet.of(FIGURE, SCORE) == tuple(item for item in sheet.items if item.kind in (FIGURE, SCORE))


def test_dates_scare_quotes_and_nameless_claims_are_no_items(facts: Facts) -> None:
    values = [item.value for item in factsheet(TEXT, facts).items]
    assert "2027" not in values
    assert "“cheap”" not in values
    assert "A “cheap” trick may come" not in values


def test_each_kind_says_what_and_whose(facts: Facts) -> None:
    said, figure, quote, score, forecast = factsheet(TEXT, facts).items
    assert (figure.about, figure.says) == ("Orion raised $2.4 billion", "Mara Voss")
    assert said.says == "Mara Voss"
    assert quote.says == "Mara Voss · statement"
    assert (score.about, score.number, score.group) == ("Orion 2 · no tools", 71.5, "GPQA")
    assert forecast.about == "prediction · by 2027"


def test_names_are_counted_and_outlets_named_once(facts: Facts) -> None:
    sheet = factsheet(TEXT, facts)
    assert [(name.name, name.mentions) for name in sheet.names] == [("Orion", 2), ("Mara Voss", 1)]
    assert (sheet.first, sheet.cited, sheet.hedges) == (("CNBC",), ("Reuters",), ("may",))
    assert sheet.opinions == (span("A “cheap” trick may come."),)


def test_marks_come_by_start_and_hold_cue_and_source(facts: Facts) -> None:
    marks = factsheet(TEXT, facts).marks
    assert list(marks) == sorted(marks, key=lambda mark: (mark[1], -mark[2]))
    assert (ATTRIBUTION, *span("Mara Voss")) in marks
    assert (HEDGE, *span("may")) in marks
    assert (QUOTE, *span("“cheap”")) not in marks


def test_the_smallest_source_around_a_figure_speaks_for_it() -> None:
    wide = Attribution(span(TEXT[:40]), span("Mara Voss"), None, "indirect")
    near = Quote(*span("raised $2.4 billion"), "direct", "Ilan Reyes")
    found = Facts(figures=(Figure(*span("$2.4 billion"), "money", 2.4e9, 2.4e9),), attributions=(wide,), quotes=(near,))
    assert factsheet(TEXT, found).of(FIGURE)[0].says == "Ilan Reyes"


def test_no_facts_make_an_empty_sheet() -> None:
    assert factsheet("", Facts()).items == factsheet(TEXT, Facts()).items == ()


def test_letters_stand_for_statuses_that_need_one() -> None:
    for status, letter in STATUS_LETTERS.items():
        assert FactItem(FIGURE, 0, 1, "x", status=status).letter == letter
    assert FactItem(FIGURE, 0, 1, "x", status="announced").letter == ""
    assert len({*KINDS}) == len(KINDS)


def test_a_text_as_it_is_found_makes_a_sheet_of_true_spans() -> None:
    text = "Orion raised $2.4 billion, Mara Voss said on Monday.\n\nIt scored 71.5% on GPQA Diamond, and may grow 12% by 2027."
    sheet = factsheet(text, analyse(text))
    assert {"$2.4 billion", "12%"} <= {item.value for item in sheet.of(FIGURE)}
    assert all(item.value == " ".join(text[item.start : item.end].split()) for item in sheet.items)


# --- what is left out ---------------------------------------------------------


def rows(text: str, kind: str, **layers: object) -> list[FactItem]:
    sheet = factsheet(text, Facts(**{"sentences": (Sentence(0, len(text)),), **layers}))  # type: ignore[arg-type]
    return [item for item in sheet.items if item.kind == kind]


@pytest.mark.parametrize(
    ("content", "source", "shown"),
    [
        ("that the plant is late by a year", "Mara Voss", True),
        ("what it will pay", "Mara Voss", False),
        ("that fast", "Mara Voss", False),
        ("the test is long since saturated", "they", False),
    ],
)
def test_statement_needs_words_and_somebody(content: str, source: str, shown: bool) -> None:
    text = f"{source} said {content}."
    said = Attribution(
        (len(source) + 6, len(text) - 1), (0, len(source)), (len(source) + 1, len(source) + 5), "indirect"
    )
    assert bool(rows(text, ATTRIBUTION, attributions=(said,))) is shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Orchard computing aims to sort pears by their colour.", []),
        ("Calder AI aims to sort pears by their colour.", ["Calder AI · commitment"]),
        ("Calder AI will benefit from the frost, it said.", ["Calder AI · prediction"]),
        ("Pear sales are expected to rise from $2 billion in 2029 to $3 billion in 2034.", [" · prediction"]),
        ("Pear sales are expected to reach $3 billion in 2034.", [" · prediction · in 2034"]),
    ],
)
def test_a_forecast_needs_somebody_to_hold_it_and_one_year(text: str, shown: list[str]) -> None:
    assert [f"{item.says} · {item.about}" for item in factsheet(text, analyse(text)).of(FORECAST)] == shown


def test_an_apposition_is_no_medium() -> None:
    text = "“We are glad that the court has seen this,” Calder AI, the defendant in the lawsuit, said on Monday."
    assert [item.says for item in factsheet(text, analyse(text)).of(QUOTE)] == ["Calder AI"]


def test_statement_that_is_a_forecast_is_one_row() -> None:
    text = "Pelorus AI said it will move the yard to Bergen by 2031. Pelorus AI said the yard has sunk by a metre."
    kinds = [(item.kind, item.says) for item in factsheet(text, analyse(text)).items]
    assert kinds == [(FORECAST, "Pelorus AI"), (ATTRIBUTION, "Pelorus AI")]


def test_statement_that_is_doubted_says_so() -> None:
    text = "Mara Voss doubts that open weights pay for long."
    said = Attribution((17, 47), (0, 9), (10, 16), "indirect", "-")
    assert [item.says for item in rows(text, ATTRIBUTION, attributions=(said,))] == ["Mara Voss · doubts"]


@pytest.mark.parametrize("passage", ["which diplomats expect in June", "I'll repeat the test", "Will it make us rich?"])
def test_forecast_must_be_a_clause_of_its_own(passage: str) -> None:
    assert not rows(passage, FORECAST, forecasts=(Forecast(0, len(passage), "prediction"),))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Acme announced two power projects of nine gigawatts.", 0),
        ("The estimated cost of the site is $4 billion.", 0),
        ("Acme's forecast for chips rose to $4 billion in May.", 0),
        ("Nvidia forecasts sales of $4 billion in 2030.", 1),
        ("Sales are projected to reach $4 billion in 2030.", 1),
    ],
)
def test_nouns_foretell_nothing_on_the_panel(text: str, count: int) -> None:
    assert len(factsheet(text, analyse(text)).of(FORECAST)) == count


def test_bare_number_is_no_row() -> None:
    text = "1/ Orion has 7 offices. 12%. Rents fell 9%."
    bare, counted = Figure(0, 1, "count", 1, 1), Figure(13, 22, "count", 7, 7, "office")
    share, fall = (
        Figure(24, 27, "percent", 12, 12, "percent"),
        Figure(40, 42, "percent", 9, 9, "percent", subject="Rents"),
    )
    assert [item.value for item in rows(text, FIGURE, figures=(bare, counted, share, fall))] == ["7 offices", "9%"]


def test_result_in_text_and_table_is_one_row() -> None:
    scores = tuple(Score(at, at + 4, "Orion 2", "GPQA", 71.5, "percent") for at in (0, 5))
    assert [item.start for item in rows("71.5 71.5", SCORE, scores=scores)] == [0]


def test_quote_without_speaker_is_left_out_where_the_same_words_have_one() -> None:
    text = "“It never rains here”\nFog. “It never rains here,” says Mara Voss."
    first, second = Quote(0, 21, "direct"), Quote(27, 49, "direct", "Mara Voss")
    assert [item.says for item in rows(text, QUOTE, quotes=(first, second))] == ["Mara Voss"]


def test_quote_of_one_word_and_heading_are_left_out() -> None:
    text = "“Reading in the rain”\n\nIt was “awake”, she said. “No,” she said. “It sleeps.”"
    quotes = tuple(
        Quote(text.index(words), text.index(words) + len(words), "direct", speaker)
        for words, speaker in (
            ("“Reading in the rain”", None),
            ("“awake”", "Mara Voss"),
            ("“No,”", "Mara Voss"),
            ("“It sleeps.”", None),
        )
    )
    assert [item.value for item in rows(text, QUOTE, quotes=quotes)] == ["“No,”"]


def test_quote_without_speaker_is_shown_where_nobody_says_anything_near() -> None:
    text = "The law was read aloud in the square.\n\n“No ship shall leave the yard at night.”\n\nRain fell."
    start, end = text.index("“"), text.index("”") + 1
    assert [item.says for item in rows(text, QUOTE, quotes=(Quote(start, end, "direct"),))] == ["speaker not stated"]


def test_speaker_from_another_paragraph_is_shown_only_for_a_quote_that_stands_alone() -> None:
    text = "“We moved,” Voss said.\n\n“These are fantasies,” his brother put in later.\n\n“We stay.”"
    voss = (text.index("Voss"), text.index("Voss") + 4)
    quotes = tuple(
        Quote(text.index(words), text.index(words) + len(words), "direct", "Mara Voss", voss)
        for words in ("“We moved,”", "“These are fantasies,”", "“We stay.”")
    )
    assert [item.says for item in rows(text, QUOTE, quotes=quotes)] == ["Mara Voss", "Mara Voss"]


def test_models_vouch_for_nothing() -> None:
    text = "Orion 2 says that prices will have fallen."
    model = Entity(0, 7, "model", "Orion 2", "orion-2")
    said = Attribution((13, 41), (0, 7), (8, 12), "indirect")
    assert rows(text, ATTRIBUTION, attributions=(said,))
    assert not rows(text, ATTRIBUTION, attributions=(said,), entities=(model,))


def test_who_is_only_expected_to_do_something_predicts_nothing() -> None:
    text = "Thrive is expected to lead the round, the people said."
    expected = Forecast(0, 36, "prediction", "Thrive", rule="prediction: expected")
    said = Attribution((0, 36), (38, 48), (49, 53), "indirect")
    assert [item.says for item in rows(text, FORECAST, forecasts=(expected,))] == [""]
    assert [item.says for item in rows(text, FORECAST, forecasts=(expected,), attributions=(said,))] == ["the people"]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("EQT partner Carolina Brochado will join the board.", "EQT partner Carolina Brochado"),
        ("EQT, which runs three funds, will join the board.", "EQT"),
        ("The EQT administration will join the board.", "The EQT administration"),
        ("A few buildings that EQT owns will join the board.", None),
    ],
)
def test_who_stands_in_the_subject_need_not_be_it(text: str, holder: str | None) -> None:
    at = text.index("EQT")
    entity = Entity(at, at + 3, "company", "EQT", "eqt")
    promise = Forecast(0, len(text) - 1, "commitment", "EQT", rule="commitment: will")
    assert [item.says for item in rows(text, FORECAST, forecasts=(promise,), entities=(entity,))] == [holder] * bool(
        holder
    )


def test_title_of_a_show_is_no_quote() -> None:
    text = "Sanders said on “Meet the Press” that it was “a very costly mistake”."
    quotes = tuple(
        Quote(text.index(words), text.index(words) + len(words), "partial", "Sanders")
        for words in ("“Meet the Press”", "“a very costly mistake”")
    )
    assert [item.value for item in rows(text, QUOTE, quotes=quotes)] == ["“a very costly mistake”"]


def test_speaker_of_the_quote_before_is_sure_only_in_its_paragraph() -> None:
    text = "“We moved,” Voss said. “We stay.” Rain fell, “softly and for days.”\n\n“Nobody came back to us.”"
    voss = (text.index("Voss"), text.index("Voss") + 4)
    quotes = tuple(
        Quote(text.index(words), text.index(words) + len(words), "direct", "Mara Voss", voss, rule="same-speaker")
        for words in ("“We stay.”", "“softly and for days.”", "“Nobody came back to us.”")
    )
    assert [(item.value, item.says) for item in rows(text, QUOTE, quotes=quotes)] == [
        ("“We stay.”", "Mara Voss"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "If the minutes show that the board was told, it pays.",
        "The ferry line stressed the need to say how ships are built.",
        "The ferry runs, publishers and artists in nine towns said.",
        "The ferry is late for the third time, which hints that a new venture is behind it.",
        "Calder AI denied this in a blog post on Thursday.",
        "Calder AI asked for more, adding to the scrutiny the yard is under in Bergen.",
        "Mara Voss spoke about the ways ferries are to save fuel.",
        "Calder wasn’t done objecting: it asked the court to wait for nine days.",
    ],
)
def test_what_is_no_statement_of_somebody_is_left_out(text: str) -> None:
    assert not factsheet(text, analyse(text)).of(ATTRIBUTION)


@pytest.mark.parametrize(
    "text",
    [
        "Mara Voss said that the yard runs a “coding agent”, known as a “ship’s boy”.",
        "Judge Ona Reyes said nobody had doubted Calder’s “complete removal of names”.",
        "“A Right to Speak about Ships,” a letter, was signed by nine.",
    ],
)
def test_names_and_a_third_persons_words_are_no_quotes(text: str) -> None:
    quotes = factsheet(text, analyse(text)).of(QUOTE)
    assert all(
        "boy" not in quote.value and "removal" not in quote.value and "Right" not in quote.value for quote in quotes
    )


def test_letter_that_speaks_is_not_its_own_medium() -> None:
    text = "“We do not believe that they can share it,” the letter states."
    assert [item.says for item in factsheet(text, analyse(text)).of(QUOTE)] == ["the letter"]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Calder’s case against the port will go to trial.", None),
        ("Calder’s case against the port will go to trial by May.", "plan · by May"),
        ("Calder’s case against the port will go to trial, Mara Voss said.", "prediction"),
        ("“We will move the yard,” Mara Voss said.", "commitment"),
        ("Mara Voss said that it will be hard.", None),
        ("Calder AI said it will move to Bergen.", "commitment"),
        ("In some towns, Calder will “just come and they’ll sail,” Mara Voss said.", None),
        ("That explains the yard’s growth plans for this year.", None),
        ("Bergen has a venture launched in May aiming to build it.", None),
    ],
)
def test_kind_of_a_forecast_as_shown(text: str, about: str | None) -> None:
    assert [item.about for item in factsheet(text, analyse(text)).of(FORECAST)] == [about] * bool(about)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The watchdog said the review will cover forty contracts.", ["the review will cover forty contracts"]),
        ("“It’s definitely gonna be both,” said Ann Reed.", []),
        ("“They’ll be in every shop by 2027,” said Ann Reed.", []),
    ],
)
def test_a_forecast_begins_behind_the_words_of_saying_and_names_what_it_is_about(text: str, shown: list[str]) -> None:
    assert [text[item.start : item.end] for item in factsheet(text, analyse(text)).items if item.kind == "P"] == shown


@pytest.mark.parametrize(
    "text",
    [
        "Harborline’s interest in a deal with a rival suggests that it saw no easy path to a listing.",
        "Reed argued that Harborline had put speed first, and he linked that concern to the delay.",
        "The term means nothing to anybody, Reed said, but he is not soured on the possibility.",
        "Although talks go on, there’s no certainty the two companies will reach an agreement.",
        "Reed questioned Ann Stone, who left the board last year, charging her with “outright neglect.”",
    ],
)
def test_what_another_did_or_nothing_foretells_is_not_shown(text: str) -> None:
    assert [item for item in factsheet(text, analyse(text)).items if item.kind in "APQ"] == []


def test_what_somebody_answers_to_did_not_carry_his_words() -> None:
    text = "“It was late,” Ann Reed said in response to the report."
    assert [item.says for item in factsheet(text, analyse(text)).items if item.kind == "Q"] == ["Ann Reed"]


def test_of_two_who_act_together_a_forecast_names_both() -> None:
    text = "Intel and OpenAI will also build a second plant in Ohio."
    assert [item.says for item in factsheet(text, analyse(text)).items if item.kind == "P"] == ["Intel and OpenAI"]


def test_words_of_saying_alone_are_no_statement() -> None:
    text = "“It is late,” Reed said at a press conference, according to CNN."
    assert [item for item in factsheet(text, analyse(text)).items if item.kind == "A"] == []


def test_a_law_behind_which_is_not_the_speakers_word() -> None:
    text = "Ann Reed said a letter was sent under the law, which “prohibits any person from doing so.”"
    assert [item for item in factsheet(text, analyse(text)).items if item.kind == "Q"] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Reed said it’s not a given that the new tool will reach all shops this year.", "P"),
        ("Harborline has added disclaimers to several pages of its site noting they were late.", "A"),
        ("While Reed was quiet about the delay, Ann Stone did not hold back, saying the firm was late with it.", "A"),
        ("Asked about media reports that the firm has looked at plants in Ohio, Reed left the room.", "A"),
        ('"Prices may rise, but others pay them,” said Reed. “The concern is what comes later."', "Q"),
    ],
)
def test_a_row_whose_meaning_or_speaker_would_be_turned_round_is_left_out(text: str, kinds: str) -> None:
    assert [item for item in factsheet(text, analyse(text)).items if item.kind in kinds] == []


def test_a_dateline_is_no_part_of_a_statement() -> None:
    text = "Oslo, Norway — Harborline has opened a second plant, the ministry said on Monday."
    rows = [text[item.start : item.end] for item in factsheet(text, analyse(text)).items if item.kind == "A"]
    assert rows == ["Harborline has opened a second plant"]
