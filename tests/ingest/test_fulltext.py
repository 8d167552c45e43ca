"""What a page is worth and when it is asked for again: pure functions over tables of cases, and their properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.fetch import Answer, Failure
from reader.ingest.fulltext import (
    DAY,
    HOUR,
    LEAST,
    RETRIES,
    Known,
    Read,
    Verdict,
    after,
    is_allowed,
    is_automatic,
    is_same_site,
    judge,
    overlap,
    phrases,
    without_title,
)
from reader.ingest.robots import NOTHING, Rules, delay, rules
from reader.ingest.robots import is_allowed as may_read
from reader.model import Block, Feed, Link, PageState, PageText, Text

NOW = 1_790_000_000
KINDS = (*RETRIES, "full", "short", "paywall", "elsewhere", "repeated", "gone", "refused", "damaged")
FULL = Verdict("full", "", PageText(Text("x")), "trafilatura 2")

# (state, kind and tries before) → answer → (state, tries, seconds to the next try or null)
CASES = [
    (("", "", 0), "full", ("full", 0, None)),
    (("failed", "network", 3), "full", ("full", 0, None)),
    (("paywalled", "paywall", 1), "full", ("full", 0, None)),
    (("", "", 0), "network", ("failed", 1, 900)),
    (("failed", "network", 1), "network", ("failed", 2, HOUR)),
    (("failed", "network", 2), "network", ("failed", 3, 4 * HOUR)),
    (("failed", "network", 3), "network", ("failed", 4, DAY)),
    (("failed", "network", 4), "network", ("failed", 5, None)),
    (("failed", "network", 4), "server", ("failed", 1, 900)),
    (("", "", 0), "busy", ("failed", 1, HOUR)),
    (("", "", 0), "missing", ("failed", 1, DAY)),
    (("failed", "missing", 1), "missing", ("failed", 2, None)),
    (("", "", 0), "blocked", ("failed", 1, DAY)),
    (("failed", "blocked", 1), "blocked", ("failed", 2, None)),
    (("", "", 0), "gone", ("failed", 1, None)),
    (("", "", 0), "refused", ("failed", 1, None)),
    (("", "", 0), "elsewhere", ("failed", 1, None)),
    (("", "", 0), "damaged", ("failed", 1, None)),
    (("", "", 0), "repeated", ("failed", 1, None)),
    (("", "", 0), "robots", ("failed", 1, 7 * DAY)),
    (("", "", 0), "consent", ("failed", 1, DAY)),
    (("", "", 0), "challenge", ("failed", 1, DAY)),
    (("", "", 0), "paywall", ("paywalled", 1, None)),
    (("", "", 0), "short", ("summary", 1, None)),
    (("full", "", 0), "network", ("full", 1, 900)),
    (("full", "", 0), "paywall", ("full", 1, None)),
    (("full", "", 0), "short", ("full", 1, None)),
]


@pytest.mark.parametrize(("before", "answer", "expected"), CASES)
def test_when_a_page_is_asked_for_again(
    before: tuple[str, str, int], answer: str, expected: tuple[str, int, int | None]
) -> None:
    state, kind, tries = before
    verdict = FULL if answer == "full" else Verdict(answer, "why")
    page = after(PageState(state, kind, "", NOW - 9, tries, NOW), verdict, now=NOW)
    delay = page.due - NOW if page.due is not None else None
    assert (page.state, page.tries, delay) == expected
    assert page.asked == NOW
    assert page.reason == ("" if answer == "full" else "why")


def test_a_page_waits_for_its_host() -> None:
    assert after(PageState(), Verdict("busy", "", until=NOW + 5 * DAY), now=NOW).due == NOW + 5 * DAY
    assert after(PageState(), Verdict("busy", "", until=NOW + 5), now=NOW).due == NOW + HOUR


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40 * DAY), st.floats(0, 0.999)), max_size=40),
    st.booleans(),
)
def test_tries_are_capped_spread_and_never_in_haste(steps: list[tuple[str, int, float]], stale: bool) -> None:
    """However answers follow one another: a page is asked again minutes later at the earliest, and no kind of failure for ever."""
    page, now, had_text, in_a_row, before = PageState(stale=stale), NOW, False, 0, ""
    for kind, later, random in steps:
        page = after(
            page, FULL if kind == "full" else Verdict(kind, "why"), now=now, random=lambda random=random: random
        )
        in_a_row = in_a_row + 1 if kind == before else 1
        had_text = had_text or kind == "full"
        assert page.due is None or page.due >= now + 900
        assert page.due is None or kind in RETRIES
        assert in_a_row <= len(RETRIES.get(kind, ())) or page.due is None
        assert (page.state == "full") == had_text
        assert page.tries == (0 if kind == "full" else in_a_row)
        assert page.reason or kind == "full"
        before, now = kind, now + later


# ---- what a page is worth

TITLE = "Orion Robotics opens a warehouse laboratory in Oslo"
SUMMARY = "The company will teach its machines to sort parcels there."
BODY = (
    "Orion Robotics opened a laboratory in Oslo on Monday. Its machines will learn there to sort parcels of any shape. "
    * 4
)
KNOWN = Known(TITLE, SUMMARY, "https://news.example/1")


def found(*texts: str, seen: str = "", free: bool | None = None, url: str = "https://news.example/1") -> Read:
    return Read(url, [(f"finder {n}", Text(text)) for n, text in enumerate(texts)], seen, free)


VERDICTS = {
    "an article": (found(BODY), "full"),
    "the first that is one": (found("We use cookies. Our privacy policy tells more. " * 9, BODY), "full"),
    "none of several": (found("Too short.", "Short as well."), "short"),
    "nothing found": (found(seen="Home News Sport"), "short"),
    "nothing found, and a wall": (found(seen="Home. Subscribe to continue."), "paywall"),
    "nothing found, and a check": (found(seen="Verify you are human"), "challenge"),
    "another site": (found(BODY, url="https://elsewhere.example/1"), "elsewhere"),
    "declared to cost": (found(BODY, free=False), "paywall"),
    "declared to be free": (found(BODY, free=True), "full"),
    "long, its end behind a wall": (found(BODY * 9 + " To read the full story, log in."), "paywall"),
    "long, a wall's words in its middle": (found(BODY * 5 + "They wrote: subscribe to continue. " + BODY * 5), "full"),
    "short, in a frame that sells": (found(BODY, seen="Subscribe now. Already a subscriber? " + BODY), "full"),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_what_a_page_is_worth(case: str) -> None:
    read, kind = VERDICTS[case]
    assert judge(KNOWN, read).kind == kind


def test_a_page_with_no_more_than_the_feed_is_no_full_text() -> None:
    long = Known(TITLE, BODY, KNOWN.url)
    assert judge(long, found(BODY)).kind == "short"
    assert judge(long, found(BODY + "And it grew.")).kind == "full"


@pytest.mark.parametrize(("length", "kind"), [(249, "short"), (250, "full")])
def test_a_text_of_250_characters_is_one(length: int, kind: str) -> None:
    """Rule 65."""
    assert judge(KNOWN, found((BODY * 9)[: length - 1] + ".")).kind == kind


def test_the_headline_goes_and_offsets_follow() -> None:
    text = Text(
        "A title!\n\nThe body links.",
        (Block("heading", 0, 8, 1), Block("paragraph", 10, 25)),
        (Link(0, 1, "u"), Link(14, 18, "v")),
    )
    cut = without_title(text, "A Title")
    assert (cut.text, cut.blocks, cut.links) == ("The body links.", (Block("paragraph", 0, 15),), (Link(4, 8, "v"),))
    assert without_title(text, "Another title") is text
    assert without_title(Text("A title", (Block("heading", 0, 7),)), "A title").text == "A title"


def test_curly_apostrophes_are_plain_ones() -> None:
    assert phrases("You’ve  reached your\nlimit of free articles", "paywall")


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=3000))
def test_a_text_is_accepted_only_when_it_is_long_and_longer(title: str, summary: str, text: str) -> None:
    verdict = judge(Known(title, summary, "https://a.example/"), found(text, url="https://a.example/"))
    if verdict.kind == "full":
        assert verdict.page is not None
        assert len(text) >= LEAST
        assert len(text) > len(summary)
    else:
        assert verdict.page is None
        assert verdict.reason


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://news.example/1", "https://www.news.example/2", True),
        ("https://m.news.example/1", "https://news.example/", True),
        ("https://news.example/1", "https://live.news.example/1", True),
        ("https://news.example/1", "http://news.example/1", True),
        ("https://news.example/1", "https://badnews.example/1", False),
        ("https://one.substack.com/p", "https://two.substack.com/p", False),
        ("https://news.example/1", "https://news.example.evil.example/", False),
        ("https://news.example/1", "", False),
    ],
)
def test_sites(one: str, other: str, same: bool) -> None:
    assert is_same_site(one, other) is same
    assert is_same_site(other, one) is same


def test_overlap_counts_beginnings_and_pairs() -> None:
    assert overlap(KNOWN, BODY) is not None
    assert overlap(KNOWN, "") == 0
    assert overlap(Known("Short", "", ""), BODY) is None
    chinese = Known("人工智能公司发布新模型", "", "")
    assert overlap(chinese, "这家人工智能公司周一发布了新的模型。") > 0.5
    assert overlap(chinese, "今天的天气很好,我们去公园散步。") < 0.2


FEEDS = [
    ("auto", "summary", True, True), ("auto", "headline", True, True), ("auto", "full", True, False),
    ("always", "full", True, True), ("always", "summary", True, True), ("never", "summary", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("full_text", "text", "allowed", "automatic"), FEEDS)
def test_which_feeds_are_asked(full_text: str, text: str, allowed: bool, automatic: bool) -> None:
    feed = Feed("https://a.example/feed", "A", "A", text=text, full_text=full_text)
    assert (is_allowed(feed), is_automatic(feed)) == (allowed, automatic)
    assert not is_allowed(None)
    assert not is_automatic(None)


# ---- robots.txt


@pytest.mark.parametrize(
    ("answer", "allowed", "seconds"),
    [
        (Answer(200, "", body=b"User-agent: *\nDisallow: /x"), True, 86400),
        (Answer(200, "", body=b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), False, 86400),
        (Failure("missing", "", 404), True, 86400),
        (Failure("blocked", "", 403), True, 86400),
        (Failure("gone", "", 410), True, 86400),
        (Failure("refused", "redirects in a circle", 302), True, 86400),
        (Failure("busy", "", 429), False, 3600),
        (Failure("server", "", 503), False, 3600),
        (Failure("network", ""), False, 3600),
        (Failure("damaged", ""), False, 3600),
    ],
)
def test_what_an_answer_for_robots_txt_allows(answer: Answer | Failure, allowed: bool, seconds: int) -> None:
    kept = rules(answer)
    assert isinstance(kept, Rules)
    assert may_read(kept.text, "https://news.example/a") is allowed
    assert kept.seconds == seconds


def test_a_crawl_delay_is_kept_within_reason() -> None:
    assert delay("User-agent: *\nCrawl-delay: 10") == 10
    assert delay("User-agent: *\nCrawl-delay: 86400") == 60
    assert delay("User-agent: *\nCrawl-delay: soon") == 0
    assert delay(NOTHING) == 0


@given(st.text(max_size=300))
def test_any_robots_txt_can_be_read(text: str) -> None:
    assert may_read(text, "https://news.example/a") in (True, False)
    assert 0 <= delay(text) <= 60
