"""Long names whose parts are none: with "of", "and", "&" or commas inside, spelt out before a bracket, behind a place or a firm."""

import pytest

from reader.insight.naming.entities import find_entities
from reader.insight.syntax.document import read

Named = set[tuple[str, str]]


def named(text: str) -> Named:
    """Types and names of a text."""
    return {(entity.type, entity.name) for entity in find_entities(read(text))}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He wrote it in the New Holm Journal of Medicine.", {("outlet", "New Holm Journal of Medicine")}),
        (
            "It was filed in the District Court for the Northern District of California.",
            {("org", "District Court for the Northern District of California")},
        ),
        (
            "She sits on the House Committee on Science, Space and Technology.",
            {("org", "House Committee on Science, Space and Technology")},
        ),
        (
            "The Committee on Privacy, Technology, and the Law met.",
            {("org", "Committee on Privacy, Technology, and the Law")},
        ),
        (
            "It was Holm University School of Law Professor Ann Reed.",
            {("org", "Holm University School of Law"), ("person", "Ann Reed")},
        ),
        (
            "They include the Alliance for Dry Land and Walmart.",
            {("org", "Alliance for Dry Land"), ("company", "Walmart")},
        ),
        ("He runs the Trade and Industry Foundation.", {("org", "Trade and Industry Foundation")}),
        ("It went to the England and Wales High Court.", {("org", "England and Wales High Court")}),
        ("He met the Department of Labor on Monday.", {("org", "Department of Labor")}),
        ("The Harbour Commissioner's Office said no.", {("org", "Harbour Commissioner's Office")}),
        ("He praised the School of Law and Amara Diallo.", {("org", "School of Law"), ("person", "Amara Diallo")}),
    ],
)
def test_a_name_with_of_and_and_inside_is_one(text: str, names: Named) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("At the Global Drawing Olympiad (GDO) it won. The GDO model of marking changed.", set()),
        ("Buyers came to the annual Pumps & Valves International (PVI) trade fair.", set()),
        (
            "The Coastal Learning and Reading Fund (CLRF) gave money. CLRF spokeswoman Ann Reed said so.",
            {("org", "Coastal Learning and Reading Fund"), ("person", "Ann Reed")},
        ),
        (
            "The money came from investors, from Holm General Ravel Artful Reading and Writing Fund (ARWF), and from others who gave less.",
            {("org", "Holm General Ravel Artful Reading and Writing Fund")},
        ),
        (
            "The head of Holm Public Schools (HPS) agreed. HPS announced it.",
            {("org", "Holm Public Schools")},
        ),
        (
            "Chipmaker Ostrell (Nasdaq: OSTL) grew. OSTL shares rose.",
            {("company", "Ostrell")},
        ),
    ],
)
def test_what_stands_in_brackets_is_another_form(text: str, names: Named) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "A report by the outplacement firm Pellman, Marsh & Odewald counts them. Dora Pellman, its analyst, agreed.",
            {("company", "Pellman, Marsh & Odewald"), ("person", "Dora Pellman")},
        ),
        ("Oslo Western Land Corp. rose.", {("company", "Oslo Western Land Corp")}),
        ("It fined Oslo under the Oslo Privacy Act.", {("place", "Oslo")}),
        (
            "Export Holm Canada met the Oslo Western Fuel Users Group.",
            {("org", "Oslo Western Fuel Users Group")},
        ),
        ("It sold Samsung Startup Fund.", {("company", "Samsung Startup Fund")}),
        ("It sold Samsung Securities.", {("company", "Samsung Securities")}),
        ("He works at the Qualcomm Institute.", {("org", "Qualcomm Institute")}),
        ("McKinsey and Company counts them.", {("company", "McKinsey")}),
        ("Sure, Bold & Early: Why Chips Win\n\nIt is so.", set()),
    ],
)
def test_a_firm_owns_the_parts_of_its_name(text: str, names: Named) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Investors include Corvane International, which wrote it.",
        "She told Corvane Healthcare.",
        "Orchard Weekly Insider, a reporter wrote, grew.",
        "The system, built by Microsoft's MIR-QxO, an expert, works.",
        "She is co-director of the Applied Property Program.",
        "The previous investors Vane Chrysalis and Holm Capital took part.",
        "Co-founders announced it.",
        "Why Developers Are Switching",
    ],
)
def test_what_is_no_person_by_its_form(text: str) -> None:
    assert not [name for kind, name in named(text) if kind == "person"]
    assert ("company", "Co") not in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "He is an expert on Lethal Autonomous Weapons Systems, which spread.",
        "Revenue of the Intelligent Cloud segment, a unit of the firm, grew.",
        "Results for Third Quarter announced today.",
        "He is a co-author of Mind Your Step and lives here.",
        "The firm's Hyperia facility opens soon.",
        "Non-GAAP earnings rose.",
    ],
)
def test_topics_titles_and_segments_are_no_companies(text: str) -> None:
    assert not [name for kind, name in named(text) if kind == "company"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Originally called Lake Moor, the chip is fast.", {("chip", "Lake Moor")}),
        ("They showed Gemini Spark, an agentic assistant.", {("product", "Gemini Spark")}),
        ("It asked Claude, Grok, and DeepSeek.", {("model", "Claude"), ("model", "Grok"), ("model", "DeepSeek")}),
        ("It asked Claude, DeepSeek, and Grok.", {("model", "Claude"), ("model", "Grok"), ("model", "DeepSeek")}),
        ("DeepSeek answered Claude.", {("company", "DeepSeek"), ("model", "Claude")}),
        ("Haiku 4.5 is out as claude-haiku-4-5-20251001.", {("model", "Claude Haiku 4.5")}),
        ("Admiral Piet Hansen, a former commander, agreed.", {("person", "Piet Hansen")}),
        ("Wen-Li (Wendy) Zhao founded it.", {("person", "Wen-Li Zhao")}),
        ("Sean Power, chief executive, agreed.", {("person", "Sean Power")}),
        ("She wrote for the Oslo Evening Gazette.", {("outlet", "Oslo Evening Gazette")}),
        ("It was bought by Vox Media.", {("company", "Vox Media")}),
        ("He met the Minister of Science and ICT Ann Reed.", {("person", "Ann Reed")}),
        ("He wrote on the social media platform X.", {("product", "X")}),
        ("They showed Gemini Intelligence and Gemini.", {("product", "Gemini Intelligence"), ("model", "Gemini")}),
        ("DKU announced it.", set()),
        (
            "Work at Stanford Health Care goes on at Stanford.",
            {("org", "Stanford Health Care"), ("org", "Stanford University")},
        ),
        ("They use a tool called QRX Copilot.", {("product", "QRX Copilot")}),
        ("It was Ada M. Holm, a doctor. Then Ada Holm, a doctor, said no.", {("person", "Ada M. Holm")}),
        ("He met Alan Turing, a doctor. It answers Turing’s question.", {("person", "Alan Turing")}),
        (
            "What went to Holm Partners also include Health Insights, Clinical Development and Gadwall.",
            {("company", "Holm Partners")},
        ),
        ("She is director of the Teamsters Mottled Picture.", {("org", "Teamsters")}),
        (
            "The Committee on Foreign Pumps in the Isles (CFPI) met. CFPI agreed.",
            {("org", "Committee on Foreign Pumps in the Isles")},
        ),
        ("The Hermes 2 nuclear plant is small. Hermes 2 costs much.", set()),
        ("She leads Games, Player & Creator Experiences, and more.", set()),
        (
            "He met the Guild of Painters and Alliance of Printers.",
            {("org", "Guild of Painters"), ("org", "Alliance of Printers")},
        ),
        (
            "Google and Oslo Valley Authority Sign a Power Deal\n\nThe Oslo Valley Authority agreed.",
            {("company", "Google"), ("org", "Oslo Valley Authority")},
        ),
        ("Holm and Vale Sign Partnership on Self-Driving Trucks\n\nIt is so.", set()),
        ("Beside him sat Ansel Huang, who wrote it. Huang laughed.", {("person", "Ansel Huang")}),
        ("It was written, said Bryn Altman. Altman laughed.", {("person", "Bryn Altman")}),
        ("She joined the American Kite Association.", {("org", "American Kite Association")}),
        (
            "The United States Federal Trade Commission and the FTC.",
            {("place", "United States"), ("org", "Federal Trade Commission")},
        ),
        (
            "The visit of Sheikh Tahir bin Omar, a minister, went on. Sheikh Tahir said so.",
            {("person", "Tahir bin Omar")},
        ),
        (
            "“No,” Baghdad Gerras, a venture partner at Holm Capital, said.",
            {("person", "Baghdad Gerras"), ("company", "Holm Capital")},
        ),
        ("Its strategy for Embodied AI launched.", set()),
        ("The Vale announced it. Firms of the Vale raised money.", set()),
        ("He read it in the Weekly Holm Daily.", set()),
        ("It opened in Atlanta, Georgia, a robot hall.", {("place", "Atlanta"), ("place", "Georgia")}),
    ],
)
def test_type_by_what_stands_beside_the_name(text: str, names: Named) -> None:
    assert named(text) == names
