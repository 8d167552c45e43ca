"""Whose voice a sentence is in."""

import pytest

from reader.insight import analyse


def voices(text: str) -> list[str]:
    return [s.voice for s in analyse(text).sentences]


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Nvidia released the chip on Tuesday.", "reported"),
        ("Revenue rose 46% to $25.7 billion in the third quarter.", "reported"),
        ("“We sell boring things,” says Paul Meyer.", "attributed"),
        ("Demand is strong, according to Nvidia.", "attributed"),
        ("You cannot write satire this good.", "opinion"),
        ("Honestly, it is a ridiculous, shameless stunt.", "opinion"),
        ("It was a ridiculous stunt that cost Meta $14.3 billion.", "mixed"),
        ("Results", "other"),
        ("Hope.", "other"),
        ("First reported by CNBC.", "other"),
    ],
)
def test_voice(text: str, voice: str) -> None:
    assert voices(text) == [voice]


def test_every_sentence_inside_a_quotation_is_attributed() -> None:
    assert voices("“It is awful. It is a stupid, reckless joke,” Paul Meyer said.")[0] == "attributed"


def test_what_somebody_only_realized_is_not_attributed() -> None:
    assert voices("Meta realized that it had lost.") == ["reported"]
