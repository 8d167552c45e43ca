"""Sources, cues, contents and polarity."""

import pytest

from reader.insight import analyse
from reader.insight.facts import Attribution


def rows(text: str) -> list[tuple[str, str | None, str]]:
    """Content, source and polarity of every attribution."""
    return [
        (text[slice(*a.content)], text[slice(*a.source)] if a.source else None, a.polarity)
        for a in analyse(text).attributions
    ]


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("Nvidia said that demand was strong.", "that demand was strong", "Nvidia"),
        ("Nvidia on Tuesday said demand was strong.", "demand was strong", "Nvidia"),
        ("Demand was strong, Nvidia said.", "Demand was strong", "Nvidia"),
        (
            "Demand was strong, said Colette Kress, its finance chief.",
            "Demand was strong",
            "Colette Kress, its finance chief",
        ),
        ("The chip, Nvidia said, will ship in May.", "will ship in May", "Nvidia"),
        (
            "Demand is strong, according to three people familiar with the matter.",
            "Demand is strong",
            "three people familiar with the matter",
        ),
        ("According to Nvidia, demand is strong.", "demand is strong", "Nvidia"),
        ("Analysts at Morgan Stanley expect the chip to ship late.", None, None),
        ("The filing shows a loss of $3 million.", "a loss of $3 million", "The filing"),
        ("The benchmarks show it is competitive.", "it is competitive", "The benchmarks"),
        ("TrendForce puts its share at 27%.", "its share at 27%", "TrendForce"),
        ("She went on to say that the deal was dead.", "that the deal was dead", "She"),
        ("Her claim that the model sleeps is new.", "that the model sleeps is new", "Her"),
        (
            "The most telling line in the CNBC report: Meta is selling access.",
            "Meta is selling access",
            "the CNBC report",
        ),
    ],
)
def test_content_and_source(text: str, content: str | None, source: str | None) -> None:
    found = [(c, s) for c, s, _ in rows(text)]
    assert found == ([(content, source)] if content else [])


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "SAN FRANCISCO (Reuters) -AMD will sell chips to OpenAI, the companies said.",
            "AMD will sell chips to OpenAI",
            "the companies",
        ),
        (
            "It bought Scale in June and, Bloomberg has reported, offered packages worth millions.",
            "offered packages worth millions",
            "Bloomberg",
        ),
        (
            "OpenAI to buy chips worth billions from AMD, sources say",
            "OpenAI to buy chips worth billions from AMD",
            "sources",
        ),
        ("It is a result the authors call “counterintuitive.”", "“counterintuitive.”", "the authors"),
        ("Wang, who joined in June, wrote that the team was too big.", "that the team was too big", "Wang"),
        (
            "Jane Roe, a chemist at the University of California, Berkeley, said it works.",
            "it works",
            "Jane Roe, a chemist at the University of California, Berkeley",
        ),
        (
            "A lawsuit that accused Perplexity of copying articles is over.",
            "Perplexity of copying articles is over",
            "A lawsuit",
        ),
        (
            "Documents reviewed by the Journal show that Meta knew.",
            "that Meta knew",
            "Documents reviewed by the Journal",
        ),
        ("Sources tell Bloomberg the round values it at $20 billion.", "the round values it at $20 billion", "Sources"),
        ("One investor left; another said it was over.", "it was over", "another"),
        ("In her view, the gap is closing.", "the gap is closing", "her"),
        (
            "What matters, in her view, is that it fails loudly.",
            "What matters, in her view, is that it fails loudly",
            "her",
        ),
    ],
)
def test_boundaries_of_content_and_source(text: str, content: str, source: str) -> None:
    assert (content, source) in [(c, s) for c, s, _ in rows(text)]


def test_what_somebody_says_that_he_hopes_is_one_statement() -> None:
    assert rows("He said he hopes the model ships soon.") == [("he hopes the model ships soon", "He", "+")]


def test_people_cited_are_no_content() -> None:
    text = "The deal is dead, Reuters reported, citing three people familiar with the matter."
    assert rows(text) == [("The deal is dead", "Reuters", "+")]


def test_signed_quotation_has_its_signer() -> None:
    text = "“We are one or two breakthroughs away.” — Demis Hassabis"
    assert rows(text) == [("“We are one or two breakthroughs away.”", "Demis Hassabis", "+")]


def test_cue_holds_its_auxiliaries_and_adverbs() -> None:
    text = "Nvidia has repeatedly said demand is strong."
    (row,) = analyse(text).attributions
    assert row.cue is not None
    assert text[slice(*row.cue)] == "has repeatedly said"


@pytest.mark.parametrize(
    "text",
    [
        "OpenAI denied that it had trained on the data.",
        "OpenAI did not say that it had trained on the data.",
        "OpenAI declined to confirm that it had trained on the data.",
        "OpenAI doubts the deal will happen.",
        "OpenAI stopped short of calling it a failure.",
        "OpenAI has never said the model is safe.",
    ],
)
def test_negated_saying_has_negative_polarity(text: str) -> None:
    assert [polarity for _, _, polarity in rows(text)] == ["-"]


def test_two_cues_share_one_subject() -> None:
    text = "It is a model that Meta describes as “small and fast” and acknowledges has “performance gaps”."
    assert [source for _, source, _ in rows(text)] == ["Meta", "Meta"]


def test_adding_takes_the_subject_of_the_main_clause() -> None:
    text = "Demand was strong, Nvidia said, adding that supply would stay tight."
    assert ("that supply would stay tight", "Nvidia", "+") in rows(text)


def test_relative_pronoun_gives_way_to_its_noun() -> None:
    text = "The news surfaced in The Information, which put the price at “up to $10 billion”."
    assert [source for _, source, _ in rows(text)] == ["The Information"]


def test_content_ends_before_the_next_statement() -> None:
    text = "Bloomberg reported that Meta had looked at the books, which a Meta spokesperson denied."
    assert rows(text)[0][:2] == ("that Meta had looked at the books", "Bloomberg")


def test_rumour_has_no_source() -> None:
    assert rows("The company is said to weigh a sale.") == [("to weigh a sale", None, "+")]


@pytest.mark.parametrize(
    "text",
    [
        "Meta unveiled Muse Spark on Wednesday.",
        "Apple declined to comment.",
        "The startup gets calls every week.",
        "A company called Wisp makes chips.",
        "The United States reports to nobody.",
        "She will tell you what it cost.",
    ],
)
def test_actions_and_nouns_are_no_attribution(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nvidia said “demand is strong”.", "quote"),
        ("Nvidia said demand is strong.", "indirect"),
        ("Bloomberg reported that demand is strong.", "report"),
        ("The data show that demand is strong.", "evidence"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    (row,) = analyse(text).attributions
    assert isinstance(row, Attribution)
    assert row.kind == kind


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "Among the investors is Nordic Semiconductor, which will also join the board, said two people familiar with it.",
            "Among the investors is Nordic Semiconductor, which will also join the board",
            "two people familiar with it",
        ),
        (
            "It is due next autumn and, according to the company, will draw a third of the power.",
            "will draw a third of the power",
            "the company",
        ),
        ("Tasks finished, he said, meant little to them.", "meant little to them", "he"),
        ("The firm confirmed the deal but would not name the price.", "the deal", "The firm"),
        ("The team — two people and a cat — found that it works.", "that it works", "The team"),
        ("Helix at first said that it was closed.", "that it was closed", "Helix"),
        ("A lawyer who drafts them said that it was closed.", "that it was closed", "A lawyer who drafts them"),
        (
            "It was shut, records reviewed by this newspaper and others show.",
            "It was shut",
            "records reviewed by this newspaper and others",
        ),
        (
            "Bosch disputes that account; according to a spokesman, the switch was ordered in May.",
            "the switch was ordered in May",
            "a spokesman",
        ),
        ("The company confirmed that he was leaving but gave no reason.", "that he was leaving", "The company"),
        ("Halyard outsells Kiva in Europe, says Mina Roy.", "Halyard outsells Kiva in Europe", "Mina Roy"),
        ("Lokesh Thapar called the claim absurd.", "the claim absurd", "Lokesh Thapar"),
        (
            "In a message that was seen by others, Lena Hoffmann promised there would be no cuts.",
            "there would be no cuts",
            "Lena Hoffmann",
        ),
    ],
)
def test_whole_sources_and_what_they_say(text: str, content: str, source: str) -> None:
    assert (content, source) in [(c, s) for c, s, _ in rows(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The doctor said nothing, and they left.",
        "A columnist asks it why, and it grovels.",
        "He laughed, then wrote it down.",
        "Whether the videos showed real accidents is contested.",
        "Not everybody blames the models.",
        "Cartouche has 40 employees and, since June, money from Index Ventures.",
        "An update, made by Agile Grip, told all 214 of them to wait for one another.",
    ],
)
def test_no_words_are_no_statement(text: str) -> None:
    assert rows(text) == []


def test_who_said_ends_before_the_verb_of_the_main_clause() -> None:
    text = "Sanders, who said he would campaign with him, ultimately did not show up."
    assert [content for content, *_ in rows(text)] == ["he would campaign with him"]


def test_when_said_that_ends_at_the_comma() -> None:
    text = "When Osmium announced that its chip had won, the industry noticed."
    assert [content for content, *_ in rows(text)] == ["that its chip had won"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Reuters reported last week the owners had offered the yard for sale.",
            "the owners had offered the yard for sale",
        ),
        ("Ilan Berg told the court the case was old.", "the case was old"),
        ("Calder said July 14 it is preparing to move.", "it is preparing to move"),
        ("(Reuters) -- The yard is in talks, people familiar with the matter said.", "The yard is in talks"),
        (
            "According to the lawsuit, Calder, which runs a yard, had copied the plans.",
            "Calder, which runs a yard, had copied the plans",
        ),
        ("According to the suit, Calder tracks hours but pays none.", "Calder tracks hours but pays none"),
        ("Voss set a goal, saying the yard is to grow.", "the yard is to grow"),
    ],
)
def test_where_the_content_begins(text: str, content: str) -> None:
    found = [a for a in analyse(text).attributions if a.source]
    assert [text[slice(*a.content)] for a in found] == [content]


def test_thinking_big_vouches_for_nothing() -> None:
    assert not analyse("But Voss is not just sorry — she is also thinking big.").attributions


def test_dash_and_a_new_source_end_what_nobody_confirmed() -> None:
    text = "Neither bank has confirmed the sale – Reuters observed “nobody had any comment” – so it is a rumour."
    found = [
        (text[slice(*a.content)], text[slice(*a.source)], a.polarity) for a in analyse(text).attributions if a.source
    ]
    assert found == [("the sale", "Neither bank", "-"), ("“nobody had any comment”", "Reuters", "+")]


def test_what_projects_exceeded_is_not_denied() -> None:
    assert not analyse("Payments were reduced or denied for projects that exceeded a limit.").attributions


def test_what_somebodys_complaint_says_ends_before_what_he_does() -> None:
    text = "Voss, whose complaint says he was paid by the hour, is accusing Calder of theft."
    assert "he was paid by the hour" in [text[slice(*a.content)] for a in analyse(text).attributions]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Licences rose to $570 million and sales to $507 million, both beating analyst forecasts.", []),
        ("Profit came to $4 million, each topping Wall Street estimates for the quarter.", []),
        ("The analyst forecasts a rise of 12% in 2027.", ["The analyst"]),
        ("The yard will close, the analyst forecasts.", ["the analyst"]),
        ("The analyst estimates that demand fell.", ["The analyst"]),
        ("The yard will close, a leading analyst forecasts.", ["a leading analyst"]),
        ("Recent reports suggest the yard will close.", ["Recent reports"]),
        (
            "Advanced Micro Devices CEO Lisa Su expects growth, telling a station that demand is strong.",
            ["Advanced Micro Devices CEO Lisa Su"],
        ),
    ],
)
def test_a_noun_of_forecasts_has_no_source_and_a_name_is_not_cut(text: str, sources: list[str]) -> None:
    assert [source for _, source, _ in rows(text)] == sources
