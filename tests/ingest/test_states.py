"""From what was answered to what is remembered."""

from __future__ import annotations

import dataclasses

import pytest
from conftest import NOW

from reader.ingest import schedule, states
from reader.ingest.entries import Document, Hints
from reader.ingest.fetch import Answer, Failure
from reader.ingest.schedule import Pace
from reader.model import Feed, FeedState

URL = "http://news.example/feed"
FEED = Feed(URL, "News", "News")
DAY = 86400
OK = FeedState(
    URL,
    etag='W/"a,b"',
    last_modified="Sat, 1 Jan 2022 5:00:00 GMT",
    body_hash="h",
    checked=NOW - 9,
    succeeded=NOW - 9,
    status=200,
)


STILL = Pace(lambda: 0.0)


def unchanged(state: FeedState, status: int = 304, now: int = NOW, **headers: str) -> FeedState:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return states.unchanged(FEED, state, Answer(status, URL, named), now=now, pace=STILL)


def changed(state: FeedState, answer: Answer, *, now: int = NOW, malformed: bool = False) -> FeedState:
    return states.changed(
        FEED, state, answer, Document("feed", malformed=malformed), body_hash="new", now=now, pace=STILL
    )


def failed(state: FeedState, kind: str, *, now: int = NOW, status: int | None = None, **headers: str) -> FeedState:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return states.failed(FEED, state, Failure(kind, "why: what to do", status, named), now=now, pace=STILL)


def test_validators_of_a_304_are_taken_each_on_its_own() -> None:
    after = unchanged(OK, etag='"new"')
    assert (after.etag, after.last_modified) == ('"new"', OK.last_modified)
    after = unchanged(OK, last_modified="x")
    assert (after.etag, after.last_modified) == (OK.etag, "x")


def test_validators_of_a_200_are_taken_also_when_the_body_is_the_same() -> None:
    after = unchanged(OK, status=200, etag='"new"')
    assert (after.etag, after.last_modified) == ('"new"', None)


def test_a_304_is_a_success() -> None:
    after = unchanged(dataclasses.replace(OK, failures=3, error="why"))
    assert (after.failures, after.error, after.succeeded, after.status) == (0, "", NOW, 304)
    assert after.due == NOW + schedule.BASE


def test_a_304_has_freshness_too() -> None:
    assert unchanged(OK, cache_control="max-age=7200").due == NOW + 7200


def test_a_cut_body_leaves_no_validator() -> None:
    answer = Answer(200, URL, {"etag": '"x"'}, b"", whole=False)
    after = changed(OK, answer, malformed=True)
    assert (after.etag, after.last_modified, after.body_hash) == (None, None, None)
    assert changed(OK, answer).etag == '"x"'


def test_an_etag_that_never_matches_is_left_out() -> None:
    state = dataclasses.replace(OK, etag='"x-gzip"')
    for number in range(states.REPEATS):
        assert states.request_for(FEED, state, now=NOW).etag == '"x-gzip"', number
        state = unchanged(state, status=200, etag='"x-gzip"', last_modified="m")
    request = states.request_for(FEED, state, now=NOW)
    assert (request.etag, request.last_modified) == (None, "m")


def test_nothing_but_304_for_a_month_asks_for_all_of_it() -> None:
    state = changed(OK, Answer(200, URL, {"etag": '"x"'}))
    state = unchanged(state, now=NOW + 29 * DAY)
    assert states.request_for(FEED, state, now=NOW + 29 * DAY).etag == '"x"'
    assert states.request_for(FEED, state, now=NOW + 30 * DAY).etag is None


def test_a_failure_keeps_what_is_known() -> None:
    after = failed(OK, "network")
    assert (after.etag, after.last_modified, after.body_hash, after.succeeded) == (
        OK.etag,
        OK.last_modified,
        "h",
        OK.succeeded,
    )
    assert (after.failures, after.error, after.checked) == (1, "why: what to do", NOW)


def test_gone_is_asked_no_more() -> None:
    assert failed(OK, "gone", status=410).due == schedule.NEVER


def test_missing_is_asked_daily_then_weekly_then_no_more() -> None:
    state, now, waits = OK, NOW, []
    while True:
        state = failed(state, "missing", now=now, status=404)
        if state.due == schedule.NEVER:
            break
        waits.append(state.due - now)
        now = state.due
    assert all(wait <= schedule.CEILING for wait in waits[:2])
    assert waits[3] == DAY
    assert waits[-1] == 7 * DAY
    assert 60 * DAY <= now - NOW < 68 * DAY
    assert len(waits) < 30
    assert "paused" in state.error


def test_a_success_ends_the_streak() -> None:
    state = failed(OK, "missing", status=404)
    state = unchanged(state)
    assert states.recall(state).missing == 0


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept(status: int) -> None:
    after = failed(OK, "busy", status=status, retry_after="7200")
    assert (after.held, after.due) == (NOW + 7200, NOW + 7200)
    assert failed(OK, "busy", status=status).held == NOW + schedule.HOLD


def test_blocked_is_asked_seldom() -> None:
    assert failed(OK, "blocked", status=403).due >= NOW + DAY // 2


def moved(state: FeedState, to: str, now: int) -> FeedState:
    return states.unchanged(FEED, state, Answer(304, to, {}, moved=to), now=now, pace=STILL)


def test_a_permanent_move_is_offered_when_it_has_held() -> None:
    to, state = "http://new.example/feed", OK
    state = moved(state, to, NOW)
    assert state.moved_to == ""
    state = moved(state, to, NOW + 6 * DAY)
    assert state.moved_to == ""
    state = moved(state, to, NOW + 8 * DAY)
    assert state.moved_to == to
    assert moved(state, "http://third.example/feed", NOW + 9 * DAY).moved_to == ""
    assert unchanged(state, now=NOW + 9 * DAY).moved_to == ""


def test_a_move_of_ten_polls_is_offered() -> None:
    state = OK
    for number in range(states.MOVE_POLLS):
        assert state.moved_to == ""
        state = moved(state, "http://new.example/feed", NOW + number)
    assert state.moved_to == "http://new.example/feed"


def test_https_on_the_same_host_is_offered_at_once() -> None:
    assert moved(OK, "https://news.example/feed", NOW).moved_to == "https://news.example/feed"


def test_hints_last_beyond_the_document() -> None:
    document = Document("feed", hints=Hints(4 * 3600, (3,), (6,)))
    state = states.changed(FEED, OK, Answer(200, URL), document, body_hash="n", now=NOW, pace=STILL)
    kept = states.recall(state)
    assert Hints(kept.interval, kept.hours, kept.days) == document.hints
    assert unchanged(state).due >= NOW + 4 * 3600


@pytest.mark.parametrize(
    "memory", ["", "{}", "nonsense", "[1]", '{"at": "x", "unknown": 5}', '{"hours": [1, 2]}', "null"]
)
def test_any_memory_can_be_recalled(memory: str) -> None:
    assert isinstance(states.recall(dataclasses.replace(OK, memory=memory)), states.Memory)


def test_memory_round_trips() -> None:
    memory = states.Memory(at="x", repeats=2, newest=NOW, hours=(1, 2), to="y", to_since=5)
    assert states.recall(dataclasses.replace(OK, memory=states.remember(memory))) == memory


def test_the_users_interval_holds_for_feeds_that_name_none() -> None:
    slow = Pace(lambda: 0.0, 3 * 3600)
    answer = Answer(304, URL, {})
    assert states.unchanged(FEED, OK, answer, now=NOW, pace=slow).due == NOW + 3 * 3600
    named = dataclasses.replace(FEED, interval=30)
    assert states.unchanged(named, OK, answer, now=NOW, pace=slow).due == NOW + 1800
