"""The order of the briefing as config.toml weighs it: watch list and weights reach the store, mistakes are told in a line."""

from __future__ import annotations

import math

import pytest
from commandline import Command, Site


def configure(command: Command, text: str) -> None:
    command.home.mkdir(mode=0o700, exist_ok=True)
    (command.home / "config.toml").write_text(text)


def stories(command: Command) -> list[int]:
    """Ids of the stories, in the order of the briefing."""
    return [row["id"] for row in command("stories", "--json").json]


def terms(command: Command, id: int) -> dict[str, float]:
    return {term["name"]: term["factor"] for term in command("story", str(id), "--json").json["rank"]}


@pytest.mark.parametrize("words", [("fetch",), ("demo",), ("facts-rebuild",)])
def test_a_misspelt_watch_entry_is_one_line_and_nothing_is_done(
    briefing: Command, site: Site, words: tuple[str, ...]
) -> None:
    configure(briefing, 'theme = "auto"\n\nwatch = ["Meta", "compny:anthropic"]\n')
    site.feed("/feed", "Acme raises money")
    (briefing.home / "feeds.toml").write_text(f'[[feed]]\nurl = "{site.url}/feed"\nlocal = true\n')
    ran = briefing(*words, code=1)
    assert ran.out == ""
    assert ran.err.startswith(f"briefing: {briefing.home}/config.toml:3: watch: 'compny:anthropic': column 1: ")
    assert ran.err.count("\n") == 1
    assert site.asked == []


def test_doctor_finds_a_misspelt_watch_entry(stocked: Command) -> None:
    configure(stocked, 'watch = ["Meta", "who:"]\n')
    wrong = [finding for finding in stocked("doctor", "--json", code=1).json if finding["state"] == "wrong"]
    assert [(finding["name"], finding["value"][:8]) for finding in wrong] == [("watch", "'who:': ")]


def test_a_fetch_ranks_what_is_stored_by_the_watch_list_and_the_weights(stocked: Command, site: Site) -> None:
    (stocked.home / "feeds.toml").write_text(f'[[feed]]\nurl = "{site.url}/feed"\nlocal = true\n')
    site.feed("/feed", "Acme raises money")
    stocked("fetch")
    before = stories(stocked)
    last = before[-2]  # the very last is the one that was fetched, older than what is ranked again
    title = next(row["title"] for row in stocked("stories", "--json").json if row["id"] == last)
    plain = terms(stocked, last)
    configure(stocked, f"""watch = ['title:"{title}"']\n[rank]\nwatch = 10\n""")
    assert "No feed is due" in stocked("fetch").out
    assert stories(stocked).index(last) < before.index(last)
    assert terms(stocked, last)["content"] == pytest.approx(plain["content"] + 10)
    configure(stocked, "")
    stocked("fetch")
    assert stories(stocked) == before


def test_facts_rebuild_ranks_by_the_configuration(stocked: Command) -> None:
    id = stories(stocked)[0]
    configure(stocked, "[rank]\nfigures = 3\n")
    before = terms(stocked, id)
    stocked("facts-rebuild")
    assert terms(stocked, id)["content"] > before["content"] + 5


def test_the_sample_is_ranked_by_the_configuration(briefing: Command) -> None:
    briefing.home.mkdir(mode=0o700)
    plain = briefing("demo").out
    configure(briefing, 'watch = ["Corvane"]\n[rank]\nwatch = 10\nsize = 0\n')
    watched = briefing("demo").out
    assert plain.index("Meta") < plain.index("Corvane")
    assert watched.index("Corvane") < watched.index("Meta")


def test_a_story_tells_the_terms_of_its_rank(stocked: Command) -> None:
    first, second = (stocked("story", str(id), "--json").json["rank"] for id in stories(stocked)[:2])
    assert [term["name"] for term in first] == ["sources", "content", "novelty", "age", "form"]
    assert all(set(term) == {"name", "factor", "why"} and term["why"] for term in first)
    assert first[0]["why"].startswith("5 independent, ")
    ranks = [math.prod(term["factor"] for term in some) for some in (first, second)]
    assert ranks[0] > ranks[1]
