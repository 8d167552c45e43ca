import pytest

from reader.stories.model import Item, item_from, seconds
from reader.stories.vectors import TERMS, UNIT, Frequencies, background, dot, heaviest_shared, vector
from reader.stories.words import companies, rare_numbers, stem, title_key, words


def test_words_are_stems_without_markup_numbers_or_single_letters():
    assert words("<p>Chips&nbsp;rescinded in 2026… [+498 chars]</p> A B") == ["chip", "rescind", "in"]


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("chips", "chip"),
        ("chip's", "chip"),
        ("rescinding", "rescind"),
        ("companies", "company"),
        ("boxes", "box"),
        ("plus", "plus"),
        ("used", "used"),
    ],
)
def test_stem(word, root):
    assert stem(word) == root


def test_han_text_is_pairs_of_characters():
    assert words("人工智能 model") == ["人工", "工智", "智能", "model"]


def test_rare_numbers_leave_out_years_and_small_counts():
    assert rare_numbers("In 2026 two of 12 paid $6.5 billion, 1,200 jobs, 124% and 007") == {"6.5b", "1200", "124%"}


def test_companies_of_a_headline_by_owner():
    assert companies("ChatGPT maker and Hon Hai meet Alphabet's chief") == {"openai", "foxconn", "google"}


def test_a_title_of_three_words_is_no_key():
    assert title_key("Nvidia shares rise") == ""
    assert title_key("Nvidia’s Shares: Rise Again!") == title_key("nvidia's shares rise again")


def test_background_table_is_complete_and_quick_to_read():
    counts, documents = background()
    assert documents > 30_000
    assert len(counts) > 10_000
    assert counts["the"] > counts["semiconductor"] > 0


def test_frequencies_make_what_is_often_seen_common():
    frequencies = Frequencies()
    before = frequencies.rarity("heron")
    for _ in range(50):
        frequencies.learn(["heron"])
    assert frequencies.rarity("heron") < before
    documents, rows = frequencies.rows()
    assert (documents, rows) == (50, [("heron", 50)])
    assert Frequencies(dict(rows), documents).rarity("heron") == frequencies.rarity("heron")


def test_vector_is_of_unit_length_and_bounded():
    item = Item(
        "a", "Corvid unveils Heron 3", " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(120))
    )
    packed = vector(item, Frequencies())
    assert len(packed.terms) == TERMS
    assert dot(packed.terms, packed.terms) == pytest.approx(UNIT * UNIT, rel=1e-3)
    assert next(iter(packed.terms)) in {"corvid", "heron", "unveil"}
    assert heaviest_shared(packed.terms, {"corvid": 5, "absent": 9}) == ("corvid",)


@pytest.mark.parametrize("value", [None, "", "soon", True, "99999-01-01", 1e40, [], "2026-13-45"])
def test_no_date_is_null(value):
    assert seconds(value) is None


def test_dates_without_zone_are_utc():
    assert seconds("2026-04-08T12:00:00") == seconds("2026-04-08T14:00:00+02:00") == seconds("2026-04-08T12:00:00Z")
    assert item_from({"id": 7, "title": None}) == Item("7", "")


def test_words_of_the_title_weigh_more():
    terms = vector(Item("a", "zorblax", "quimbly"), Frequencies()).terms
    assert terms["zorblax"] > terms["quimbly"]
