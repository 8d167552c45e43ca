"""Named things: spans, types, canonical names and ids; what is listed, what the grammar finds, and what only the text can tell."""

import re
from itertools import pairwise

import pytest

from reader.insight import analyse
from reader.insight.naming.entities import canonical_id, find_entities
from reader.insight.syntax.document import read


def found(text):
    return [(text[e.start : e.end], e.type) for e in find_entities(read(text))]


def names(text, kind):
    return {e.name for e in find_entities(read(text)) if e.type == kind}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Today we release Kestrel 3 Mini, a smaller model.", "Kestrel 3 Mini"),
        ("It trails Qwen4-32B on the test.", "Qwen4-32B"),
        ("Wisp-2 Nano, a new model, runs on phones.", "Wisp-2 Nano"),
        ("They compared o3-pro with others.", "o3-pro"),
        ("DeepSeek-V3.2-Exp costs less.", "DeepSeek-V3.2-Exp"),
        ("Claude Opus 4.6 leads.", "Claude Opus 4.6"),
        ("Opus 4.6 leads.", "Claude Opus 4.6"),
        ("They like GPT-4o mini best.", "GPT-4o mini"),
        ("We used gpt-4o-2024-08-06 here.", "GPT-4o-2024-08-06"),
        ("We fine-tuned meta-llama/Llama-3.1-8B-Instruct.", "Llama-3.1-8B-Instruct"),
        ("Even claude 3.7 failed.", "Claude 3.7"),
        ("Apple’s own Foundation Model 3B is smaller.", "Foundation Model 3B"),
        ("A finetune of FLAN-T5 won.", "FLAN-T5"),
        ("They released FLUX.1 Kontext [dev] today.", "FLUX.1 Kontext"),
    ],
)
def test_model_grammar(text, name):
    assert name in names(text, "model")


def test_a_score_after_a_name_is_no_version():
    assert found("MMLU: Kestrel 3 40B 90.2, Gemma 4 12B 88.4, GPT-6 93%.") == [
        ("MMLU", "benchmark"), ("Kestrel 3 40B", "model"), ("Gemma 4 12B", "model"), ("GPT-6", "model")]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "In Section 3 and on Page 12, Chapter 4 begins.",
        "The model ships in March 2026 with Python 3.12.",
        "Claude Shannon wrote it in 1948.",
        "SpaceX flew Falcon 9 again.",
        "Gemini has 3,000 users and Claude 5 million users.",
        "Researchers released models. Models released researchers.",
    ],
)
def test_no_model_here(text):
    assert not [e for e in find_entities(read(text)) if e.type == "model" and any(c.isdigit() for c in e.name)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Meta’s blog says so.", [("Meta", "company")]),
        ("It runs on 4,096 MI450s and a GB300.", [("MI450s", "chip"), ("GB300", "chip")]),
        ("It scored 61.0 on τ²-bench.", [("τ²-bench", "benchmark")]),
        ("It scored 70 on SWE-bench Verified.", [("SWE-bench Verified", "benchmark")]),
        ("It scored 61 on Plankton.", [("Plankton", "benchmark")]),
        ("It is out under Apache 2.0 and the MIT license.", [("Apache 2.0", "license"), ("MIT license", "license")]),
        ("He left MIT.", [("MIT", "org")]),
        ("Word first surfaced in The Information.", [("The Information", "outlet")]),
        ("The University of Trondheim agreed.", [("University of Trondheim", "org")]),
        ("Revenue was US$100 million in the U.S. alone.", [("U.S.", "place")]),
        ("A Delft-based lab won.", [("Delft", "place")]),
        ('The "Contemplating" mode is new.', [("Contemplating", "product")]),
    ],
)
def test_types_and_spans(text, pairs):
    assert found(text) == pairs


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Lumenary, the Montreal maker of phones, grew.", "Lumenary"),
        ("Temperance Okafor, CTO of Brightrail, agreed.", "Brightrail"),
        ("Mirae analyst Cho Eun-byul agreed.", "Mirae"),
        ("The round was led by Orrin Partners.", "Orrin Partners"),
        ("They sued Plinth AI on Thursday.", "Plinth AI"),
        ("Investors include Georgian and Inovia.", "Inovia"),
        ("It was bought by the startup Quillon.", "Quillon"),
    ],
)
def test_unlisted_companies(text, company):
    assert company in names(text, "company")


@pytest.mark.parametrize(
    "text",
    [
        "“No,” said Ottoline Marsh.",
        "Former Apple engineer Ottoline Marsh left.",
        "Ottoline Marsh, 29, left.",
        "Its chief executive, Ottoline Marsh, left.",
        "The firm was founded by Ottoline Marsh in May.",
        "“No,” says our tester, Ottoline Marsh.",
        "Dr. Ottoline Marsh left.",
    ],
)
def test_unlisted_people(text):
    assert names(text, "person") == {"Ottoline Marsh"}


def test_short_forms_mean_the_full_name():
    text = "Ingrid Solheim runs it. Joost van der Meer helps. Solheim says van der Meer is right. "
    text += "Chief Bae Seo-jin said no. Bae left."
    by_surface = {(text[e.start : e.end], e.id) for e in find_entities(read(text)) if e.type == "person"}
    assert {("Solheim", "ingrid-solheim"), ("van der Meer", "joost-van-der-meer"), ("Bae", "bae-seo-jin")} <= by_surface
    text = "We release Kestrel 3 Mini, a model. Kestrel 3 costs $4; Mini is $0.40. Mini plans are free."
    minis = [e for e in find_entities(read(text)) if text[e.start : e.end] == "Mini"]
    assert [e.name for e in minis] == ["Kestrel 3 Mini"]


def test_a_common_word_needs_a_cue():
    assert found("Figure skating is fun. Character matters. A box and a cursor.") == []
    assert ("Figure", "company") in found("Rivals noticed. Figure's chief executive, Brett Adcock, left.")
    assert ("Character", "company") not in found("Character is destiny.")
    assert ("Character", "company") in found("Character.AI grew. Users left Character in May.")


def test_a_capital_at_the_start_of_a_sentence_is_no_evidence():
    assert found("Concerns about models grew. Smaller models won. Pricing undercuts models.") == []
    assert found("New Model Released After Long Wait For Everyone\n") == []


def test_a_platform_is_a_company_where_it_acts_like_one():
    assert found("He wrote on Reddit.") == [("Reddit", "product")]
    assert found("Reddit raised $2 billion.") == [("Reddit", "company")]


def test_a_city_that_is_a_surname_here():
    assert ("Lund", "person") in found("Birgitta Lund left. Lund says so.")
    assert ("Lund", "place") in found("It is based in Lund.")


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("model", "GPT-5.4", "gpt-5.4"), ("model", "Qwen4-32B", "qwen-4-32b"), ("model", "Llama 3", "llama-3"),
        ("model", "Llama-3", "llama-3"),
        ("company", "Scale AI", "scale-ai"), ("benchmark", "Humanity's Last Exam", "humanitys-last-exam"), ("person", "…", "…"),
    ],
)  # fmt: skip
def test_ids(kind, name, key):
    assert canonical_id(kind, name) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "x",
        "’s ’s",
        "A.",
        "-",
        "GPT-",
        "3",
        "GPT-4" * 2000,
        "A-" * 3000,
        "Mr. " * 500,
        "\ud83d Meta",
        "元Meta社",
        "University of ",
        "|a\t|b\n" * 50,
    ],
)
def test_odd_input(text):
    rows = find_entities(read(text))
    assert all(text[e.start : e.end].strip() == text[e.start : e.end] != "" and e.rule and e.id for e in rows)
    assert all(a.end <= b.start for a, b in pairwise(rows))


def test_spans_hold_with_every_kind_of_space():
    text = "Meta and Claude Opus 4.6 beat Scale AI, said Alexandr Wang of Hugging Face."
    plain = [(e.name, e.type) for e in find_entities(read(text))]
    assert len(plain) == 5
    for space in ("\u00a0", "\u202f", "\u2009"):
        assert [(e.name, e.type) for e in find_entities(read(text.replace(" ", space)))] == plain
    assert not re.search(r"\s$", "".join(e.name for e in find_entities(read(text))))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chief Financial Officer Paul Adeyemi told investors so.", "Paul Adeyemi"),
        ("Its counsel, Hyun-woo Baek, said the firm would appeal.", "Hyun-woo Baek"),
        ("Her co-founder, Pieter-Jan van der Westhuizen, likes that.", "Pieter-Jan van der Westhuizen"),
        ("“No,” sighed Beatriz Salgueiro-Lima, whose start-up fails.", "Beatriz Salgueiro-Lima"),
        ("MEP Svenja Hahn said so.", "Svenja Hahn"),
        ("Sydney Ortiz said so.", "Sydney Ortiz"),
        ("April Chen, a lawyer, said so.", "April Chen"),
        ("Kanjun Qiu of Imbue disagreed with that.", "Kanjun Qiu"),
        ("Our team, led by Tobiah Okwuosa, had tested it.", "Tobiah Okwuosa"),
        ("World Labs hired Pim de Haan.", "Pim de Haan"),
        ("Safe Superintelligence has hired Ofir Press, he said.", "Ofir Press"),
        ("“No,” said Nilüfer Brandstätter. One, Brandstätter reported, fell.", "Nilüfer Brandstätter"),
    ],
)
def test_whole_names_of_people_without_titles(text, name):
    assert names(text, "person") == {name}


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        (
            "Mireille Fontaine-Diallo told them. Fontaine-Diallo said yes.",
            "Fontaine-Diallo",
            "Mireille Fontaine-Diallo",
        ),
        ("Judge Marisol Etxeberria ruled. Judge Etxeberria wrote it.", "Etxeberria", "Marisol Etxeberria"),
        ("Tern AI said no. The start-up Tern has left.", "Tern", "Tern AI"),
        ("The firm hired Vantor Systems. Shares of Vantor fell.", "Vantor", "Vantor Systems"),
    ],
)
def test_two_lengths_of_a_name_are_one(text, short, full):
    assert {e.name for e in find_entities(read(text)) if text[e.start : e.end] == short} == {full}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "General Atlantic is to lead the round, said people. Shares of General Atlantic fell.",
            "General Atlantic",
        ),
        ("It is owned by the American company Veritone Care, disputes the commissioner said.", "Veritone Care"),
        ("Shares of Vantor fell on Monday.", "Vantor"),
        ("Tessera Redes, a Brazilian start-up whose software schedules work, raised money.", "Tessera Redes"),
    ],
)
def test_companies_that_look_like_something_else(text, name):
    assert name in names(text, "company")


def test_plain_compounds_of_common_words_are_no_names():
    assert found("Apple pie is good. Meta analysis shows it. Mistral winds blow. Spark plugs fail.") == []


def test_compounds_and_pronouns_are_no_names():
    assert names("Meta-owned firms and Paris-based labs met.", "person") == set()
    assert names("They posted it on X. He calls it done.", "person") == set()


def test_a_bare_model_has_its_version_where_one_follows():
    text = "Lumora built the Vesper models. Vesper 4 was released in May."
    assert names(text, "model") == {"Vesper", "Vesper 4"}


def test_people_who_stand_together_are_an_organisation():
    assert names("Perrine Castelnau of the group BEUC told the hearing.", "org") == {"BEUC"}


def test_a_noun_in_a_headline_is_no_part_of_the_company_behind_it():
    text = "Rival Vantor undercuts Helmsley\n\nChip firm Vantor said on Monday it cut prices. Competitor Hanbit, a unit of SK, waits."
    assert names(text, "company") >= {"Vantor", "Hanbit"}
    assert names(text, "person") == set()


def test_the_addressee_of_a_letter_is_not_who_wrote_it():
    text = "“These are fantasies,” his lawyer, Philippa Marchbanks, wrote in a letter to the newspaper."
    assert [quote.speaker for quote in analyse(text).quotes] == ["Philippa Marchbanks"]


def test_a_listed_surname_behind_another_given_name_is_somebody_else():
    assert names("Roger C. Altman, founder of a boutique, said so. “Yes,” said Jane Altman.", "person") == {
        "Roger C. Altman",
        "Jane Altman",
    }
    assert names("OpenAI chief Altman said so.", "person") == {"Sam Altman"}


def test_a_bill_with_a_letter_is_nobody_and_a_league_no_person():
    assert names(
        "Bill C-63 died. The Anti-Defamation League, Jonathan Greenblatt, said so in the West Bank.", "person"
    ) <= {"Jonathan Greenblatt"}
    assert names("Settlers in the West Bank said so.", "company") == set()


def test_a_town_in_which_people_speak_is_nobody():
    assert names("People in Fort Pierce said so. Secretary of State John Kerry said so.", "person") == {"John Kerry"}


def test_an_adjective_that_opens_a_sentence_is_no_company_and_a_numeral_no_person():
    assert names("Existing investors Accel and Peak XV took part.", "company") >= {"Accel"}
    assert not names("Existing investors Accel and Peak XV took part.", "company") & {"Existing"}
    assert names("Existing investors Accel and Peak XV also took part, founder Ann Reyes said.", "person") == {
        "Ann Reyes"
    }
    assert names("The Dutch regulator AFM is looking at it.", "model") == set()


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Sen. Mara Voss, R-Mich., asked.", "person", {"Mara Voss"}),
        ("They met on the Logan Reyes Podcast.", "person", set()),
        ("The Information Commissioner's Office (ICO) said no.", "outlet", set()),
        ("Congressmember Xoe Lofdahl helms it.", "person", {"Xoe Lofdahl"}),
        ("Calder Research ran it. Many of Calder’s tests were extreme.", "benchmark", set()),
        ("The firm’s Chief AI Scientist, Mara Voss, left.", "person", {"Mara Voss"}),
        ("They buy EDA software in Northern California.", "company", set()),
        ("They buy EDA software in Northern California.", "product", set()),
        ("The rules hold for large models, Regnier said. Regnier added that no model is spared.", "model", set()),
        ("Siemens Energy signed it, and Siemens did not.", "company", {"Siemens Energy", "Siemens"}),
        ("The European Commission met. The Commission has said no.", "org", {"European Commission"}),
        ("The European Commission met. The Commission has said no.", "company", set()),
        ("The Washington Post saw it. According to The Post, it is old.", "outlet", {"The Washington Post"}),
    ],
)
def test_what_only_looks_like_a_name_of_its_own(text: str, kind: str, wanted: set[str]) -> None:
    assert names(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Denver Public Schools announced a review.", [("org", "Denver Public Schools")]),
        ("Parents in Alder County said the tool was late.", [("place", "Alder County")]),
        ("The US Department of Justice sued.", [("place", "United States"), ("org", "Department of Justice")]),
        ("Reed spoke at the UBS Global Technology event.", [("company", "UBS")]),
    ],
)
def test_institutions_are_named_in_whole(text: str, names: list[tuple[str, str]]) -> None:
    assert [(entity.type, entity.name) for entity in analyse(text).entities] == names


def test_a_family_name_written_first_is_the_person() -> None:
    text = "Engineer Lin Junyang left in March. Lin announced the plan on Monday."
    assert {(entity.type, entity.name) for entity in analyse(text).entities} == {("person", "Lin Junyang")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It rose, said Claude de Reede, an expert.", [("person", "Claude de Reede")]),
        ("Ann Reed teaches at Bard College.", [("person", "Ann Reed"), ("org", "Bard College")]),
        ("He left the George Washington University.", [("org", "George Washington University")]),
        ("He chairs the Environment and Energy Committee.", [("org", "Environment and Energy Committee")]),
        (
            "The board heard its member Ann Toner.\nProbing Toner on the delay, he asked why.",
            [("person", "Ann Toner"), ("person", "Ann Toner")],
        ),
    ],
)
def test_a_part_of_another_name_is_no_name(text: str, names: list[tuple[str, str]]) -> None:
    assert [(entity.type, entity.name) for entity in analyse(text).entities] == names


def test_a_comma_parts_what_a_firm_makes_from_whom_it_names() -> None:
    text = "Ostrell, which designs custom chips, named Reed chairman."
    assert [entity.type for entity in analyse(text).entities if entity.name == "Reed"] != ["chip"]


def test_the_surname_of_a_listed_person_is_no_firm() -> None:
    text = "Helen Toner spoke first. In May, Toner announced that the company plans a review."
    assert {(entity.type, entity.name) for entity in analyse(text).entities} == {("person", "Helen Toner")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Leading AI companies have spent $40 billion.", set()),
        ("Class A shares rose. Class B shares carry ten votes.", set()),
        ("The dueling Joint PACs have raised $40 million. Joint PACs said they would spend it.", set()),
        ("We went on our third circuit of Pinder Square and talked.", set()),
        (
            "Aldous Merrin runs the lab. Sir Aldous said that the lab was strong.",
            {("person", "Aldous Merrin")},
        ),
        (
            "Harborline AI raised money. Its chief executive Mina Park said so.",
            {("company", "Harborline AI"), ("person", "Mina Park")},
        ),
    ],
)
def test_kinds_of_shares_and_firms_are_no_names(text: str, names: set[tuple[str, str]]) -> None:
    assert {(entity.type, entity.name) for entity in analyse(text).entities} == names
