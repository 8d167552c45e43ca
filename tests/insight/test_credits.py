"""Outlets that an article leans on."""

import pytest

from reader.insight import analyse


def credits(text: str, outlet: str | None = None) -> list[tuple[str, str]]:
    return [(c.outlet, c.role) for c in analyse(text, outlet=outlet).credits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First reported by CNBC, Reuters, and TechCrunch.", ["first_reported"] * 3),
        ("Word of the deal first surfaced on Sunday in The Information.", ["first_reported"]),
        ("Bloomberg first reported the talks.", ["first_reported"]),
        ("Bloomberg later reported that Meta had looked at the books.", ["cited"]),
        ("The deal is dead, according to Reuters.", ["cited"]),
        ("The most telling line in the CNBC report is short.", ["cited"]),
        ("Meta tried to buy it, The Information and CNBC have reported.", ["cited", "cited"]),
        ("OpenAI told The Verge that the model is safe.", ["cited"]),
    ],
)
def test_role(text: str, expected: list[str]) -> None:
    assert [role for _, role in credits(text)] == expected


def test_a_mere_mention_is_no_credit() -> None:
    assert credits("Bloomberg employs 2,700 journalists.") == []


def test_the_articles_own_outlet_is_no_credit() -> None:
    assert credits("OpenAI told Reuters that the model is safe.", outlet="Reuters") == []


def test_the_agency_of_a_dateline_filed_the_copy_of_another_outlet() -> None:
    text = "SAN FRANCISCO (Reuters) - OpenAI raised money, people told Reuters."
    assert credits(text) == []
    assert credits(text, outlet="Reuters") == []
    assert credits(text, outlet="The Daily Planet") == [("Reuters", "first_reported")]
