import pytest
from story_facts import at, entity, figure, source, span

from reader.stories.align import align, claims
from reader.stories.dossier import Chapter, sayings, timeline
from reader.stories.ledger import ledger
from reader.stories.scoreboard import scoreboard


def capex(article, outlet, day, words, low, high, **more):
    text = f"Larkspur expects capital expenditure of {words} in 2026."
    row = figure(
        text, words, low, high=high, subject="Larkspur", metric="capital expenditure", period="2026", qualifier="range"
    )
    return source(article, outlet, day, text, figures=[row], entities=[entity(text, "Larkspur")], **more)


JANUARY = capex("a", "Wire", -60, "$115 billion to $135 billion", 115e9, 135e9)
SAME_DAY = capex("b", "Courier", -60, "$115 billion to $135 billion", 115e9, 135e9)
APRIL = capex("c", "Courier", 20, "$125 billion to $145 billion", 125e9, 145e9)


def lines(*sources):
    return ledger(claim for one in sources for claim in claims(one))


def test_ledger_of_a_plan_that_is_raised():
    first, second = lines(APRIL, SAME_DAY, JANUARY)
    assert (first.mark, first.standing.count, len(first.claims)) == ("=", 2, 2)
    assert (second.mark, second.standing.count) == ("↻", 1)
    assert second.change == pytest.approx(0.08)
    assert str(second.day) == "2026-04-21"


def test_a_copy_is_no_further_source_in_ledger_and_board():
    copy = capex("d", "Echo", -60, "$115 billion to $135 billion", 115e9, 135e9, copy_of="a")
    (line,) = lines(JANUARY, copy)
    assert (line.mark, line.standing.count, line.standing.repeats) == ("1", 1, ("Echo",))
    (cell,) = scoreboard(
        [score("a", "Wire", 0, [("Pip", 71.0, None)]), score("b", "Echo", 0, [("Pip", 71.0, None)], copy_of="a")]
    )
    assert (cell.standing.count, cell.standing.repeats) == (1, ("Echo",))


def test_ledger_of_a_contradiction():
    def fine(article, outlet, words, low):
        text = f"Tern was fined {words} on Monday."
        return source(article, outlet, 1, text, figures=[figure(text, words, low, subject="Tern", metric="fined")])

    marks = [
        (line.mark, len(line.against))
        for line in lines(fine("a", "Wire", "$240 million", 240e6), fine("b", "Courier", "$300 million", 3e8))
    ]
    assert marks == [("≠", 1), ("≠", 1)]


def test_ledger_of_nothing_and_of_one():
    assert ledger([]) == []
    assert [line.mark for line in lines(APRIL)] == ["1"]


def score(article, outlet, day, rows, attributed=None, **more):
    text = "On GPQA Diamond, " + ", ".join(f"{model} {value}" for model, value, *_ in rows) + ". Corvid said so."
    found = [
        span(text, f"{model} {value}")
        | {"model": model, "benchmark": "GPQA Diamond", "value": value, "unit": "percent", "setting": setting}
        for model, value, setting in rows
    ]
    said = (
        [
            {
                "content": [0, text.index(".  ") if ".  " in text else text.rindex(". ")],
                "source": list(span(text, attributed).values()),
            }
        ]
        if attributed
        else []
    )
    return source(article, outlet, day, text, scores=found, attributions=said, **more)


def test_scoreboard_keeps_settings_apart_and_best_first():
    board = scoreboard(
        [
            score("a", "Wire", 1, [("Heron 3", 89.5, None), ("Plover 4", 94.3, None)], attributed="Corvid"),
            score("b", "Courier", 1, [("Heron 3", 91.0, "with tools"), ("Plover 4", 94.3, None)]),
        ]
    )
    assert [(c.model, c.setting, c.value) for c in board] == [
        ("Plover 4", None, 94.3),
        ("Heron 3", None, 89.5),
        ("Heron 3", "with tools", 91.0),
    ]
    assert board[0].outlets == ("Wire", "Courier")
    assert board[0].standing.count == 2
    assert board[1].measured_by == "Corvid"
    assert not any(cell.differs for cell in board)


def test_a_newer_value_of_the_same_measurer_replaces_that_of_another_stands_beside():
    old, new = score("a", "Wire", 1, [("Heron 3", 89.5, None)]), score("b", "Wire", 9, [("Heron 3", 90.1, None)])
    other = score("c", "Courier", 9, [("Heron 3", 77.0, None)])
    assert [cell.value for cell in scoreboard([new, old])] == [90.1]
    beside = scoreboard([old, other])
    assert [(cell.value, cell.differs) for cell in beside] == [(89.5, True), (77.0, True)]
    same_time = scoreboard([old, score("d", "Wire", 1, [("Heron 3", 80.0, None)])])
    assert [(cell.value, cell.differs) for cell in same_time] == [(89.5, True), (80.0, True)]


def test_every_cell_points_to_its_sentence():
    one = score("a", "Wire", 1, [("Heron 3", 89.5, None)])
    (cell,) = scoreboard([one])
    article, start, end = cell.reports[0]
    assert (article, one.text[start:end]) == ("a", "Heron 3 89.5")


def valuation(article, day, words, low):
    text = f"Solstice is valued at {words} now."
    return source(
        article,
        "Wire",
        day,
        text,
        figures=[figure(text, words, low, subject="Solstice", metric="valued")],
        entities=[entity(text, "Solstice")],
    )


def test_timeline_shows_what_changed_once():
    chapters = [
        Chapter("s3", "Third", (valuation("c", 30, "$38 billion", 38e9),)),
        Chapter("s1", "First", (valuation("a", 1, "$35 billion", 35e9),)),
        Chapter("s2", "Second", (valuation("b", 9, "about $35 billion", 35e9),)),
        Chapter("other", "Other", (capex("x", "Wire", 3, "$1 billion to $2 billion", 1e9, 2e9),)),
    ]
    rows = timeline(chapters, "solstice")
    assert [row.headline for row in rows] == ["First", "Second", "Third"]
    assert [[str(change) for change in row.changes] for row in rows] == [
        ["$35 billion"],
        [],
        ["$35 billion → $38 billion"],
    ]
    assert [row.mentions for row in rows] == [1, 1, 1]
    assert timeline([], "solstice") == []


def saying(article, day, words, hedged=0):
    text = f"“{words}” Ida Ekholm said."
    hedges = [{"start": 1, "end": 3, "category": "epistemic", "strength": hedged}] if hedged else []
    return source(
        article,
        "Wire",
        day,
        text,
        quotes=[{"start": 0, "end": len(words) + 2, "kind": "direct", "speaker": "Ida Ekholm"}],
        hedges=hedges,
    )


def test_what_a_speaker_said_before():
    said = sayings(
        [
            saying("a", 1, "We may open-source the weights of Heron someday.", 2),
            saying("b", 5, "The kitchen in Tromsø serves herring."),
            saying("c", 9, "We will open-source the Heron weights in June."),
            saying("d", 12, "We will open-source the Heron weights in June."),
        ],
        "ida ekholm",
    )
    assert [one.drift for one in said] == ["first", "first", "firmer", "repeated"]
    assert said[2].before == ("a", 0, 50)
    assert said[0].text.startswith("“We may")
    assert sayings([], "x") == []


def test_tables_in_a_story_of_200_articles_are_aligned_quickly():
    sources = [
        capex(f"a{n}", f"Outlet {n}", n / 100, f"${100 + n % 7} billion", (100 + n % 7) * 1e9, None) for n in range(200)
    ]
    rows = align(sources)
    assert sum(len(row.claims) for row in rows) == 200
    assert rows[0].key.period == "2026"
    assert at(0) == sources[0].time


def test_the_makers_own_number_is_marked():
    (own,) = scoreboard([score("a", "Wire", 1, [("GPT-5", 89.5, None)], attributed="Corvid")])
    assert not own.vendor
    text = "On GPQA Diamond, GPT-5 89.5. OpenAI said so."
    row = span(text, "GPT-5 89.5") | {
        "model": "GPT-5",
        "benchmark": "GPQA Diamond",
        "value": 89.5,
        "unit": "percent",
        "setting": None,
    }
    said = [{"content": [0, 28], "source": list(span(text, "OpenAI").values())}]
    (vendor,) = scoreboard([source("b", "Wire", 1, text, scores=[row], attributions=said)])
    assert (vendor.vendor, vendor.measured_by) == (True, "OpenAI")
