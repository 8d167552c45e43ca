"""`stories`, `story`, `ledger`, `scores`, `quotes`, `promises` on the sample edition: tables for people, JSON for programs."""

from __future__ import annotations

import pytest
from commandline import Command


def text_of(stocked: Command, id: int) -> str:
    return str(stocked("show", str(id), "--json").json["text"])


def muse(stocked: Command) -> int:
    (row,) = stocked("list", 'title:"Meta unveils Muse Spark"', "--json").json
    return int(row["id"])


def test_stories_lists_each_event_once_what_matters_most_first(stocked: Command) -> None:
    rows = stocked("stories", "--json").json
    assert len(rows) == len({row["id"] for row in rows}) == 11
    assert rows[0]["title"].startswith("Meta unveils Muse Spark")
    assert (rows[0]["outlets"], rows[0]["flag"]) == (7, "↻")
    assert rows[0]["novel"] == rows[0]["facts"] > 20
    lines = stocked("stories").out.splitlines()
    assert lines[0].split() == ["id", "new", "src", "outlet", "age", "story"]
    assert len(lines) == 12
    assert f"+{rows[0]['novel']}/{rows[0]['facts']}" in lines[1]


def test_a_query_and_a_limit_choose_stories(stocked: Command) -> None:
    assert [row["title"][:7] for row in stocked("stories", "company:corvane", "outlet:cnbc", "--json").json] == [
        "Corvane"
    ]
    assert len(stocked("stories", "--limit", "2", "--json").json) == 2
    ran = stocked("stories", "starred")
    assert ran.err == "no story matches\n"


def test_what_was_read_goes_to_the_end(stocked: Command) -> None:
    first = stocked("stories", "--json").json[0]
    stocked("mark", "read", "story:>6")
    rows = stocked("stories", "--json").json
    assert (rows[-1]["id"], rows[-1]["novel"], rows[-1]["state"]["read"]) == (first["id"], 0, True)
    stocked("undo")
    assert stocked("stories", "--json").json[0] == first


def test_a_story_names_who_repeats_whom_and_each_report_is_a_passage(stocked: Command) -> None:
    id = muse(stocked)
    story = stocked("story", str(id), "--json").json
    assert story["sources"].startswith("5 independent (")
    assert story["sources"].endswith(" · 2 repeat them")
    texts = {member["article_id"]: text_of(stocked, member["article_id"]) for member in story["members"]}
    for fact in story["facts"]:
        for report in fact["reports"]:
            passage = texts[report["article_id"]][report["start"] : report["end"]]
            assert " ".join(passage.split()) == report["value"]
    out = stocked("story", str(id)).out
    assert "copies Reuters" in out
    assert "after CNBC" in out
    assert "± headline 9% → 6.5%" in out
    (line,) = (line for line in out.splitlines() if line.startswith("= Meta · investment"))
    assert all(said in line for said in ("$14.3 billion", "Reuters", "The Straits Times", "TechCrunch"))


def test_any_article_of_a_story_shows_it(stocked: Command) -> None:
    story = stocked("story", str(muse(stocked)), "--json").json
    for member in story["members"][:2]:
        assert stocked("story", str(member["article_id"]), "--json").json["id"] == story["id"]


@pytest.mark.parametrize("id", ["999", "99999999999999999999"])
def test_an_article_without_a_story_is_an_error_in_words(stocked: Command, id: str) -> None:
    ran = stocked("story", id, code=1)
    assert ran.err == f"briefing: article {id}: no story has it; `briefing stories` shows the ids\n"


def test_the_ledger_lists_every_report_of_a_figure(stocked: Command) -> None:
    found = stocked("ledger", "meta", "capex", "--json").json
    assert found["about"] == "Meta · capex"
    (line,) = found["lines"]
    assert (line["value"], line["mark"], line["sources"]) == ("$115 billion to $135 billion", "=", 3)
    assert stocked("ledger", found["key"], "--json").json["lines"] == found["lines"]
    assert "Reuters, CNBC, The Straits Times, Bloomberg" in stocked("ledger", "meta capex").out
    ran = stocked("ledger", "nobody", "measured", "this", code=1)
    assert ran.err.startswith("briefing: no figure is about 'nobody measured this'; ")


def test_the_board_never_mixes_settings_and_follows_the_query(stocked: Command) -> None:
    cells = stocked("scores", "bench:gpqa", "--json").json
    assert {cell["benchmark"] for cell in cells} == {"GPQA Diamond"}
    by_setting = {(cell["model"], cell["setting"]) for cell in cells}
    assert ("Qinglan 2.5", "without tools") in by_setting
    assert ("Muse Spark", "") in by_setting
    (muse_cell,) = (cell for cell in cells if cell["model"] == "Muse Spark" and not cell["setting"])
    assert (muse_cell["value"], set(muse_cell["outlets"]) >= {"CNBC", "TechCrunch"}) == (89.5, True)
    for report in muse_cell["reports"]:
        text = text_of(stocked, report["article_id"])
        assert " ".join(text[report["start"] : report["end"]].split()) == report["text"]
    assert {cell["model"] for cell in stocked("scores", "bench:gpqa", "model:muse", "--json").json} == {"Muse Spark"}
    assert stocked("scores", "outlet:ap").err == "no stored article that matches reports a score\n"


def test_quotes_are_by_whom_the_query_names(stocked: Command) -> None:
    found = stocked("quotes", "who:meta", "--json").json
    assert {said["speaker"] for said in found} == {"Meta"}
    assert any(said["medium"] == "blog post" for said in found)
    for said in found:
        quote = said["quote"]
        assert " ".join(text_of(stocked, quote["article_id"])[quote["start"] : quote["end"]].split()) == quote["text"]
    assert len(stocked("quotes", "--json").json) > len(found)
    assert "Meta · blog post · CNBC" in stocked("quotes", "who:meta").out


def test_promises_come_with_the_day_they_are_due_overdue_first(stocked: Command) -> None:
    found = stocked("promises", "--json").json
    order = ["overdue", "due", "open", "undated", "missed", "put off", "kept"]
    ranks = [order.index(promise["status"]) for promise in found]
    assert ranks == sorted(ranks)
    assert any(promise["due"] for promise in found)
    assert len(stocked("promises", "company:corvane", "--json").json) < len(found)
    lines = stocked("promises", "--limit", "3").out.splitlines()
    assert lines[0].split() == ["status", "due", "holder", "outlet", "promise"]
    assert len(lines) == 4


def test_the_dossier_tells_all_of_one_name(stocked: Command) -> None:
    found = stocked("dossier", "meta", "--json").json
    assert (found["name"], found["type"]) == ("Meta", "company")
    assert any("Muse Spark" in chapter["title"] for chapter in found["chapters"])
    for quote in found["quotes"]:
        cited = quote["quote"]
        text = text_of(stocked, cited["article_id"])
        assert " ".join(text[cited["start"] : cited["end"]].split()) == cited["text"]
    told = stocked("dossier", "meta").out
    assert "Meta · company" in told
    assert "Muse Spark" in told
    ran = stocked("dossier", "nobody at all", code=1)
    assert ran.err.startswith("briefing: nothing is stored about 'nobody at all'; ")
