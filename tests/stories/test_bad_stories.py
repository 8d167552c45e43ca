"""Input that no feed should send: placed alone or by exact title, never an exception, never one giant story, never slow."""

import time

import pytest

from reader.stories import compare, copies, group
from reader.stories.cluster import Settings


def row(number, title, text="", published="2026-04-08T12:00:00Z", outlet="Wire"):
    return {"id": f"a{number}", "title": title, "text": text, "published": published, "outlet": outlet, "url": ""}


def test_no_articles():
    assert group([]) == {}
    assert group([], settle=True) == {}
    assert copies([]) == {}


@pytest.mark.parametrize("settle", [False, True])
def test_missing_everything(settle):
    rows = [
        {"id": "a"},
        {"id": "b", "title": None, "text": None, "published": None},
        row(1, "", "", ""),
        row(2, "Nvidia", "", "never"),
    ]
    assert group(rows, settle=settle) == {"a": "a", "b": "b", "a1": "a1", "a2": "a2"}


@pytest.mark.parametrize("settle", [False, True])
def test_undated_articles_join_by_exact_title_only(settle):
    title, text = (
        "Corvid unveils Heron 3, a closed model",
        "Corvid unveiled Heron 3, a closed model of its Frontier Group.",
    )
    rows = [
        row(1, title, text),
        row(2, title + "!", "", None, "Other"),
        row(3, "Corvid shows Heron 3, its closed model", text[:40], None, "Third"),
    ]
    placed = group(rows, settle=settle)
    assert placed["a3"] == "a3"
    assert placed["a2"] == ("a1" if not settle else placed["a2"])


def test_future_dates_and_odd_text():
    rows = [
        row(1, "Corvid unveils Heron 3", "x", "2999-01-01T00:00:00Z"),
        row(2, "\ud800 broken \x00 title \x1b[31m", "\u202e" * 50),
        row(3, "👩‍💻" * 200, "é" * 100_000),
        row(4, "a" * 100_000, "<" * 100_000),
        row(5, "ニュース：人工知能の新モデルを発表", "人工知能の新しいモデルが発表されました。" * 10),
        row(6, "新モデルを発表：人工知能ニュース", "人工知能の新しいモデルが発表されました。" * 9),
        row(7, "خبر عن الذكاء الاصطناعي", "نص قصير عن الذكاء الاصطناعي والشركات"),
    ]
    placed = group(rows)
    assert set(placed) == {f"a{n}" for n in range(1, 8)}
    assert placed["a5"] == placed["a6"]
    assert len({placed[f"a{n}"] for n in (1, 2, 3, 4, 5, 7)}) == 6


@pytest.mark.parametrize("same_text", [False, True])
@pytest.mark.parametrize("settle", [False, True])
def test_a_flood_of_one_title_is_neither_one_story_nor_quadratic(same_text, settle):
    def rows(count):
        return [
            row(
                n,
                "Markets wrap up the trading day",
                "Stocks moved." if same_text else f"alpha{n} beta{n * 7} gamma{n * 13}",
                outlet=f"Outlet {n % 50}",
            )
            for n in range(count)
        ]

    def seconds_for(count):
        began = time.process_time()
        placed = group(rows(count), settle=settle)
        return time.process_time() - began, placed

    small, _ = seconds_for(1000)
    large, placed = seconds_for(4000)
    assert large < 12 * max(small, 0.05)
    sizes = [list(placed.values()).count(story) for story in set(placed.values())]
    assert max(sizes) <= Settings().most


def test_german_articles_about_other_things_stay_apart():
    rows = [
        row(
            1,
            "Bundestag beschließt Gesetz über künstliche Intelligenz",
            "Der Bundestag hat am Mittwoch ein Gesetz über Behörden beschlossen.",
        ),
        row(
            2,
            "Siemens baut neues Rechenzentrum in Sachsen",
            "Der Konzern hat am Mittwoch ein neues Rechenzentrum für die Industrie angekündigt.",
        ),
        row(
            3,
            "Die Bahn testet Roboter in der Wartung",
            "Der Konzern hat am Mittwoch mit dem Test von Robotern in der Wartung begonnen.",
        ),
    ]
    assert len(set(group(rows).values())) == 3


def test_compare_with_hardly_anything():
    assert compare({"entity": "A", "metric": "m", "value": 1}, {"entity": "A", "metric": "m", "value": 1.0}) == "agree"
    assert (
        compare({"entity": "A", "metric": "m", "value": 0}, {"entity": "A", "metric": "m", "value": 7, "date": "never"})
        == "conflict"
    )
    assert (
        compare(
            {"entity": "", "metric": "", "value": -5, "unit": "XYZ"},
            {"entity": "", "metric": "", "value": 5, "unit": "EUR"},
        )
        == "different"
    )
