"""The clause of a figure: its subject, its metric and its period stay inside of it; what is doubtful is left out."""

from __future__ import annotations

import time

import pytest

from reader.insight import analyse
from reader.insight.facts import Figure
from reader.insight.figure.frames import frame_of
from reader.insight.figure.verbs import is_verb
from reader.insight.syntax.document import read


def figure(text: str, shown: str) -> Figure:
    """The figure of `text` that is written as `shown`."""
    return next(f for f in analyse(text).figures if text[f.start : f.end] == shown)


def phrase(text: str, number: str) -> str | None:
    """The words of the subject of the clause that `number`, one token, stands in."""
    document = read(text)
    index = document.token_at(text.index(number))
    subject = frame_of(document, index, index, 0, len(document.tokens)).subject
    return None if subject is None else " ".join(document.lows[i] for i in subject)


@pytest.mark.parametrize(
    ("text", "number", "subject"),
    [
        ("The chip, which costs little to make, draws 750 watts.", "750", "the chip"),
        ("The plates, made in June, need 40 grams.", "40", "the plates"),
        ("Sales rose and costs fell 5 percent.", "5", "costs"),
        ("The firm sold a stake and would put 30 million into halls.", "30", "the firm"),
        ("Output fell after a strike closed 3 plants.", "3", "a strike"),
        ("The round, run by a fund, raised 9 million.", "9", "the round"),
        ("Nobody expects net debt to climb to 9 trillion.", "9", "net debt"),
        ("The mill agreed to spend 9 million.", "9", "the mill"),
        ("The clusters the mill watches are 34 percent busy.", "34", "the clusters the mill watches"),
        ("A campus that would draw 1800 megawatts was approved.", "1800", "a campus"),
        ("The stock, up 38 percent this year, fell.", "38", "the stock"),
        ("With one lab alone accounting for 14 million, sales rose.", "14", "one lab alone"),
        ("Customers spent more, while 26 firms have signed.", "26", None),
    ],
)
def test_subject_of_the_clause(text: str, number: str, subject: str | None) -> None:
    assert phrase(text, number) == subject


@pytest.mark.parametrize(
    ("text", "word", "verb"),
    [
        ("The suite feeds 2,300 questions to models.", "feeds", True),
        ("The chip carries 192 gigabytes.", "carries", True),
        ("Free accounts get 50 requests.", "accounts", False),
        ("A sharp drop hurt.", "drop", False),
        ("Prices drop.", "drop", True),
        ("It plans to spend.", "spend", True),
        ("He moved to corvid-small.", "corvid", False),
        ("The reported deal failed.", "reported", False),
        ("On May 9 it rose.", "May", False),
    ],
)
def test_verbs(text: str, word: str, verb: bool) -> None:
    document = read(text)
    assert is_verb(document, document.token_at(text.index(word))) is verb


@pytest.mark.parametrize(
    ("text", "shown", "subject", "metric"),
    [
        ("Nvidia sold its $5 billion stake in Arm and said it will put $30 billion into halls.", "$30 billion", "Nvidia", None),
        ("The maker assumes a useful life of five years for servers.", "five years", "maker", "useful life"),
        ("Google, which earned $9 million last week, fell 5.5%.", "5.5%", "Google", None),
        ("Subscription sales were flat at $3 billion.", "$3 billion", None, "subscription sales"),
        ("Analysts put funding for legal tools at $3 billion.", "$3 billion", "funding for legal tools", "funding"),
        ("Nvidia has a 57% share, ahead of Samsung's 27%.", "27%", "Samsung Electronics", "share"),
        ("It took 90 seconds, against 48 seconds for Gemini.", "48 seconds", "Gemini", None),
        ("A round that values it at $2.4 billion closed.", "$2.4 billion", None, "valuation"),
        ("Support loses 340, sales 290 and marketing 150.", "150", "marketing", None),
        ("Net profit rose to $5 million, Dana Whitlow said, ten times as much as before.", "ten times", None, "net profit"),
        ("The AI infrastructure unit grew 112%.", "112%", "AI infrastructure unit", None),
        ("The firm expects a fifth of the seed companies to close.", "a fifth", None, "seed companies"),
        ("Capital spending will be raised to $74 million.", "$74 million", None, "capex"),
        ("They paid $1.3 billion in cash and stock.", "$1.3 billion", None, "payment"),
    ],
)  # fmt: skip
def test_words_of_other_clauses_say_nothing_of_a_figure(
    text: str, shown: str, subject: str | None, metric: str | None
) -> None:
    found = figure(text, shown)
    assert (found.subject, found.metric) == (subject, metric)


def test_speaker_inside_a_sentence_owns_no_figure() -> None:
    text = "Margins would recover, the analyst Dana Whitlow said, to 18% by spring."
    assert figure(text, "18%").subject != "Dana Whitlow"


@pytest.mark.parametrize(
    ("text", "shown", "period"),
    [
        ("Sales were $3 billion for the second quarter, up 14%, while cloud sales jumped 32%.", "32%", None),
        ("For the second quarter sales were $3 billion, while cloud sales jumped 32%.", "32%", None),
        ("Debt will climb to $9 billion by 2027 from $7 billion now.", "$7 billion", None),
        ("The rate reached 4.4% in spring, the highest since 2012.", "4.4%", None),
        ("Sales were $5 billion in the second quarter of last year.", "$5 billion", None),
        ("Sales were $5 billion in the second quarter of 2025.", "$5 billion", "second quarter of 2025"),
        ("Sales were $5 billion in Q1 2025.", "$5 billion", "Q1 2025"),
        ("In the third quarter, sales were $5 billion.", "$5 billion", "third quarter"),
        ("The chip is twice as fast as last year's model.", "twice", None),
        ("Founded in 2022, Google employs 260 people.", "260 people", None),
        ("It made a loss of $24 million, compared with a profit of $61 million last year.", "$24 million", None),
    ],
)
def test_period_of_another_value_or_clause_is_none(text: str, shown: str, period: str | None) -> None:
    assert figure(text, shown).period == period


@pytest.mark.parametrize(
    ("text", "values", "way"),
    [
        ("Its margin went from 52 to 61 percent in a year.", ("52", "61 percent"), "up"),
        ("Its cost per task triples, from $4.10 to $12.70.", ("$4.10", "$12.70"), "up"),
        ("Revenue has gone from €18 million to €12 million.", ("€18 million", "€12 million"), "down"),
    ],
)
def test_motion_from_one_value_to_another_is_a_change(text: str, values: tuple[str, str], way: str) -> None:
    assert [figure(text, value).direction for value in values] == [way, way]


@pytest.mark.parametrize(
    ("text", "shown", "way"),
    [
        ("Shares closed up 4.9% at noon.", "4.9%", "up"),
        ("Tokyo Electron gave up 5.3% on Monday.", "5.3%", "down"),
        ("Errors turned up in 0.7% of cases.", "0.7%", None),
        ("The firm will put up 5 million euros.", "5 million euros", None),
    ],
)
def test_up_as_part_of_a_verb(text: str, shown: str, way: str | None) -> None:
    assert figure(text, shown).direction == way


def test_one_currency_holds_for_two_amounts() -> None:
    text = "They paid fares of 18.40 and 14.10 euros. The shop lost 40 million euros on revenue of 1.9 billion."
    assert {figure(text, shown).currency for shown in ("18.40", "14.10 euros", "40 million euros", "1.9 billion")} == {
        "EUR"
    }


def test_pronoun_goes_back_within_an_item_only() -> None:
    text = "Notes\n\n- Nvidia opened a hall in Oslo. It cost $3 billion.\n- It will employ 40 people.\n"
    assert figure(text, "$3 billion").subject == "Nvidia"
    assert figure(text, "40 people").subject is None


def test_long_sentence_is_read_in_time_that_grows_with_it() -> None:
    def seconds(parts: int) -> float:
        document = "The plan, " + "which rose 5% and, it said, cut 3% of jobs, " * parts
        start = time.process_time()
        analyse(document)
        return time.process_time() - start

    seconds(20)
    assert seconds(1600) < 40 * seconds(200)
