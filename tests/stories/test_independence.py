import pytest

from reader.stories.independence import Source, first_reports, headline_sources, leans_on, owner, standing


def source(article, outlet, time=0.0, *, title="", credits=(), copy_of=None):
    rows = [{"start": 0, "end": 1, "outlet": name, "role": role} for name, role in credits]
    return Source(article, outlet, time, "text", {"credits": rows}, title, copy_of)


def stands(*sources):
    return standing(((s, leans_on(s, 0, 10)) for s in sources), {s.article: s for s in sources})


def test_outlets_of_one_owner_are_one_source():
    assert owner("The Wall Street Journal") == owner("WSJ") == owner("MarketWatch") != owner("Reuters")
    assert owner("Unknown Gazette") == "Unknown Gazette"
    assert stands(source("a", "WSJ"), source("b", "MarketWatch"), source("c", "Reuters")).count == 2


@pytest.mark.parametrize(
    ("title", "outlets"),
    [
        ("Nvidia plans cheaper chip for China, Reuters says", ("Reuters",)),
        ("Nvidia plans cheaper chip - Bloomberg News", ("Bloomberg News",)),
        ("Nvidia plans cheaper chip (FT)", ("FT",)),
        ("According to the Financial Times, a deal is near", ("Financial Times",)),
        ("Reuters sues chatbot maker", ()),
        ("How the Guardian built its newsroom tools", ()),
    ],
)
def test_headlines_that_lean_on_another_outlet(title, outlets):
    assert headline_sources(title) == outlets


def test_three_articles_that_credit_one_report_are_one_source():
    three = [source(name, name, credits=[("CNBC", "first_reported")]) for name in ("A", "B", "C")]
    assert stands(*three).count == 1
    assert stands(*three, source("cnbc", "CNBC")).count == 1
    assert stands(*three, source("r", "Reuters")).count == 2


def test_reports_that_share_no_credit_are_several():
    shown = stands(source("a", "A", credits=[("CNBC", "cited")]), source("b", "B", credits=[("Reuters", "cited")]))
    assert (shown.count, shown.independent, shown.repeats) == (2, (), ("A", "B"))


def test_a_cited_credit_holds_for_its_passage_only():
    article = Source("a", "A", 0, "x" * 50, {"credits": [{"start": 30, "end": 34, "outlet": "CNBC", "role": "cited"}]})
    assert leans_on(article, 25, 40) == {owner("CNBC")}
    assert leans_on(article, 0, 20) == frozenset()
    assert leans_on(article) == frozenset()


def test_a_copy_is_its_original():
    original = source("a", "A")
    shown = stands(original, source("b", "B", copy_of="a"))
    assert (shown.count, shown.repeats) == (1, ("B",))
    assert stands(source("b", "B", copy_of="gone")).count == 1


def test_crediting_oneself_is_a_report_of_ones_own():
    assert leans_on(source("a", "CNBC", credits=[("CNBC", "first_reported")])) == frozenset()


def test_who_had_it_first():
    credited = [source("a", "A", 5, credits=[("CNBC", "first_reported"), ("Reuters", "first_reported")]),
                source("b", "B", 6, credits=[("Reuters", "first_reported")]), source("c", "CNBC", 9)]  # fmt: skip
    first = first_reports(credited)
    assert [(f.outlet, f.how, f.credits, f.time) for f in first] == [
        ("Reuters", "credited", 2, None),
        ("CNBC", "credited", 1, 9),
    ]
    plain = [source("b", "B", 6), source("a", "A", 5, title="Deal near, Reuters says"), source("c", "C", None)]
    assert [(f.outlet, f.how) for f in first_reports(plain)] == [("B", "earliest")]
    assert first_reports([]) == []


def test_an_outlet_of_the_same_story_is_known_by_its_name():
    text = "Tern was fined, the Pond Gazette reported. According to Mill News it will appeal. Pond Gazette readers cheered."
    article = Source("a", "Wire", 0, text)
    peers = frozenset({"Pond Gazette", "Mill News", "Wire", ""})
    assert leans_on(article, 0, 42, peers=peers) == {"Pond Gazette"}
    assert leans_on(article, 43, 81, peers=peers) == {"Mill News"}
    assert leans_on(article, 82, len(text), peers=peers) == frozenset()
    assert leans_on(article, 0, 42) == frozenset()
    assert leans_on(article, 0, 42, peers=frozenset({""})) == frozenset()


def test_reports_that_share_an_outlet_through_a_third_are_one():
    credited = [("a", ("X", "Y")), ("b", ("Z",)), ("c", ("Y", "Z"))]
    assert (
        stands(*(source(name, name, credits=[(x, "cited") for x in outlets]) for name, outlets in credited)).count == 1
    )
