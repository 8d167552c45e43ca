"""Which language a text is in: what is declared where it fits, else what the text plainly is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.language import language_of

TEXTS = {
    "en": "The company said that it will open a new plant in the north of the country, and that it has hired 300 people for it.",
    "de": "Das Unternehmen teilte mit, dass es im Norden ein neues Werk eröffnen wird und dafür 300 Menschen einstellt.",
    "fr": "L'entreprise a dit qu'elle va ouvrir une usine dans le nord du pays et que 300 personnes ont été embauchées.",
    "es": "La empresa dijo que va a abrir una nueva planta en el norte del país y que ha contratado a 300 personas para ella.",
    "it": "La società ha detto che aprirà un impianto nel nord del paese e che per questo ha assunto 300 persone.",
    "nl": "Het bedrijf zei dat het een fabriek in het noorden van het land zal openen en dat het daar 300 mensen voor heeft.",
    "pt": "A empresa disse que vai abrir uma fábrica no norte do país, mas não disse quantas pessoas contratou para isso.",
    "sv": "Företaget sade att det ska öppna en ny fabrik i norra delen av landet och att det har anställt 300 personer för den.",
    "ja": "同社は国の北部に新しい工場を開設し、そのために300人を採用したと発表した。",
    "zh": "该公司表示,将在该国北部开设一家新工厂,并为此雇用了300人。",
    "ko": "회사는 북부에 새 공장을 열고 이를 위해 300명을 고용했다고 밝혔다.",
    "ru": "Компания сообщила, что откроет новый завод на севере страны и что для него наняли 300 человек.",
    "uk": "Компанія повідомила, що відкриє новий завод на півночі країни і що для нього найняли 300 осіб.",
    "ar": "قالت الشركة إنها ستفتح مصنعا جديدا في شمال البلاد وإنها وظفت 300 شخص من أجله",
    "he": "החברה אמרה שהיא תפתח מפעל חדש בצפון המדינה ושהיא שכרה 300 אנשים עבורו",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language
    assert language_of(TEXTS[language], "da") == language, "a text that is plainly another one is believed"


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (TEXTS["en"], "en-US", "en-us"),
        (TEXTS["en"], "EN_gb", "en-gb"),
        ("Orion raises $400 million", "de", "de"),
        ("Orion raises $400 million", "", ""),
        ("", "fr", "fr"),
        (
            "Virksomheten sa at den skal åpne en ny fabrikk i nord og at den har ansatt 300 for å drive den.",
            "nb-NO",
            "nb-no",
        ),
        (TEXTS["zh"], "yue", "yue"),
        ("GPT-5 与 Claude: the model of the year is not what it was, and that is for the best of all.", "", "en"),
    ],
)
def test_what_is_declared_holds_where_it_fits_or_nothing_is_certain(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language


@given(st.text(max_size=2000), st.text(max_size=20))
def test_any_text_has_an_answer(text: str, declared: str) -> None:
    assert language_of(text, declared) == language_of(text, declared)
