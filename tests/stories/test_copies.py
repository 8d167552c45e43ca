import random

import pytest

from reader.stories import CopyIndex, copies
from reader.stories.copies import shingles
from reader.stories.model import DAY, Item

NOUNS = [
    "model",
    "company",
    "chip",
    "engineer",
    "investor",
    "regulator",
    "data",
    "center",
    "benchmark",
    "license",
    "agent",
    "robot",
    "team",
]
VERBS = [
    "trained",
    "sold",
    "bought",
    "measured",
    "announced",
    "delayed",
    "praised",
    "shipped",
    "licensed",
    "tested",
    "valued",
    "copied",
]
PLACES = [
    "Oslo",
    "Lyon",
    "Kyoto",
    "Austin",
    "Bremen",
    "Pune",
    "Leeds",
    "Quito",
    "Tallinn",
    "Busan",
    "Perth",
    "Lagos",
    "Turin",
    "Gdansk",
]


def text(seed, sentences=40):
    rng = random.Random(seed)
    return "\n".join(
        f"The {rng.choice(NOUNS)} {rng.choice(VERBS)} a {rng.choice(NOUNS)} near {rng.choice(PLACES)} with {rng.randrange(3, 90)} "
        f"{rng.choice(NOUNS)}s while another {rng.choice(NOUNS)} {rng.choice(VERBS)} its {rng.choice(NOUNS)}."
        for _ in range(sentences)
    )


def row(number, title, body, published="2026-04-08T08:00:00Z", outlet="Wire"):
    return {"id": f"a{number}", "title": title, "text": body, "published": published, "outlet": outlet, "url": ""}


def edited(body, share, seed):
    rng = random.Random(seed)
    return " ".join(rng.choice(NOUNS) if rng.random() < share else word for word in body.split())


MADE = {
    "boilerplate": lambda body: f"(Wire) - {body}\nReporting by A. Writer. Sign up for our newsletter.",
    "markup": lambda body: f"<p>{body}</p>".replace("\n", "</p>\n<p>"),
    "edited": lambda body: edited(body, 0.1, 1),
    "cut": lambda body: " ".join(body.split()[: int(len(body.split()) * 0.4)]),
    "teaser": lambda body: " ".join(body.split()[:60]),
    "half": lambda body: "\n".join(random.Random(3).sample(body.split("\n"), 20)),
    "case": str.upper,
}


@pytest.mark.parametrize("kind", MADE)
def test_copies_as_wires_and_aggregators_make_them(kind):
    found = sum(
        copies([row(1, "One", text(n)), row(2, "Two", MADE[kind](text(n)), outlet="Other")]) == {"a2": "a1"}
        for n in range(20)
    )
    assert found >= 19


def test_other_texts_with_the_same_words_are_none():
    assert copies([row(n, f"Headline {n}", text(n), outlet=f"Outlet {n}") for n in range(60)]) == {}


def test_all_copies_point_to_the_first():
    body = text(1)
    rows = [
        row(1, "One", body),
        row(2, "Two", MADE["cut"](body), outlet="B"),
        row(3, "Three", MADE["teaser"](body), outlet="C"),
    ]
    assert copies(rows) == {"a2": "a1", "a3": "a1"}


def test_a_longer_version_that_comes_later_copies_the_teaser():
    assert copies([row(1, "One", MADE["teaser"](text(4))), row(2, "Two", text(4), outlet="B")]) == {"a2": "a1"}


def test_furniture_of_one_outlet_makes_no_copies():
    furniture = text(99, 6)
    rows = [row(n, f"{PLACES[n]} {VERBS[n]} something", f"{text(n, 3)}\n{furniture}") for n in range(10)]
    assert copies(rows) == {}


def test_short_texts_are_copies_only_with_title_and_text():
    rows = [
        row(1, "Corvid unveils Heron 3 model", ""),
        row(2, "Corvid unveils Heron 3 model", "", outlet="B"),
        row(3, "Corvid unveils Heron 3 model", "Read more on the site.", outlet="C"),
        row(4, "Corvid", ""),
        row(5, "Corvid", "", outlet="B"),
        row(6, "", ""),
        row(7, "", ""),
    ]
    assert copies(rows) == {"a2": "a1"}


def test_copies_come_within_the_window():
    rows = [row(1, "One", text(5)), row(2, "Two", text(5), "2026-04-20T08:00:00Z", "B")]
    assert copies(rows) == {}


def item(number, body, day=0.0):
    return Item(f"a{number}", f"Title {number}", body, 1_775_649_600.0 + DAY * day, f"Outlet {number}")


def test_the_index_survives_a_restart_and_forgets_in_time():
    index = CopyIndex()
    for number in range(30):
        assert index.add(item(number, text(number), number / 10)) is None
    again = CopyIndex.restore(index.dump())
    copy = again.add(item(100, MADE["cut"](text(7)), 4))
    assert copy is not None
    assert (copy.original, copy.containment) == ("a7", pytest.approx(1, abs=0.1))
    again.clock.see(None, now=1_775_649_600.0 + 30 * DAY)
    again.expire()
    assert len(again) == 0
    assert again.add(item(101, text(7), 30)) is None


def test_the_same_article_again_is_no_copy():
    index = CopyIndex()
    assert index.add(item(1, text(1))) is None
    assert index.add(item(1, text(1))) is None


def test_shingles_ignore_marks_and_case():
    assert shingles("One, two three - FOUR five six") == shingles("<b>one</b> two three four five, six!")
    assert shingles("too few words") == []


def test_what_many_originals_have_in_common_is_no_copied_text():
    furniture = text(99, 6)
    rows = [row(n, f"Word{n} other{n} third{n} last{n}", f"{text(n, 3)}\n{furniture}") for n in range(30)]
    rows.append(row(50, "Elsewhere", f"{text(500, 3)}\n{furniture}", outlet="Other"))
    assert copies(rows) == {}
    assert copies([rows[0], rows[-1]]) == {"a50": "a0"}
