"""How long the Google side tries, how long it waits, and when it stops."""

from __future__ import annotations

import http.client
import json
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.google_side import Counted
from toolkit.core.errors import RemoteError, SignInError, ToolkitError
from toolkit.google.retry import (
    PER_SECOND,
    Answer,
    NotGoogleError,
    RefusedError,
    judge_answer,
    judge_silence,
    read_answer,
)
from toolkit.net.persistence import Judgement, Pace, retry_after
from toolkit.net.transport import LateError, NotReachedError

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class Script:
    """An attempt that fails as told, then answers."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        return "done"


def refusal(status: int, reason: str = "") -> Exception:
    return judge_answer(Answer(status, reason), NOW).error


@pytest.mark.parametrize(
    ("status", "reason", "verdict", "code"),
    [
        (403, "rateLimitExceeded", "again", "google.busy"),
        (403, "userRateLimitExceeded", "again", "google.busy"),
        (429, "", "again", "google.busy"),
        (500, "backendError", "unsure", "google.busy"),
        (502, "", "unsure", "google.busy"),
        (503, "", "unsure", "google.busy"),
        (504, "", "unsure", "google.busy"),
        (408, "", "unsure", "google.too_slow"),
        (302, "", "unsure", "google.not_google"),
        (403, "quotaExceeded", "stop", "google.used_up"),
        (403, "calendarUsageLimits", "stop", "google.used_up"),
        (403, "dailyLimitExceeded", "stop", "google.used_up_today"),
        (403, "insufficientPermissions", "stop", "google.sign_in_narrow"),
        (401, "authError", "stop", "google.sign_in_gone"),
        (400, "invalid", "never", "google.refused"),
        (403, "forbidden", "never", "google.refused"),
        (404, "notFound", "never", "google.refused"),
        (409, "duplicate", "never", "google.refused"),
        (410, "deleted", "never", "google.refused"),
        (412, "conditionNotMet", "never", "google.refused"),
        (501, "", "never", "google.refused"),
    ],
)
def test_each_refusal_of_googles_means_one_thing(status: int, reason: str, verdict: str, code: str) -> None:
    judgement = judge_answer(Answer(status, reason), NOW)
    assert (judgement.verdict, judgement.error.problem.code) == (verdict, code)


@pytest.mark.parametrize(
    ("failure", "verdict", "code"),
    [
        (NotReachedError("x"), "again", "google.unreachable"),
        (LateError("x"), "unsure", "google.too_slow"),
        (TimeoutError(), "unsure", "google.too_slow"),
        (ConnectionResetError(), "unsure", "google.cut_off"),
        (BrokenPipeError(), "unsure", "google.cut_off"),
        (http.client.IncompleteRead(b""), "unsure", "google.cut_off"),
        (http.client.RemoteDisconnected("x"), "unsure", "google.cut_off"),
        (http.client.BadStatusLine("x"), "unsure", "google.cut_off"),
        (ssl.SSLError("x"), "unsure", "google.cut_off"),
        (ssl.SSLCertVerificationError("x"), "never", "google.false_certificate"),
        (NotGoogleError(), "unsure", "google.not_google"),
    ],
)
def test_each_silence_means_one_thing(failure: Exception, verdict: str, code: str) -> None:
    judgement = judge_silence(failure)
    assert judgement is not None
    assert (judgement.verdict, judgement.error.problem.code) == (verdict, code)


def test_what_is_no_failure_of_the_network_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        Counted().persistence().run(Script(ZeroDivisionError()))


def test_six_tries_and_then_the_member_is_told() -> None:
    clock, script = Counted(), Script(*[ConnectionResetError() for _ in range(20)])
    with pytest.raises(RemoteError) as caught:
        clock.persistence().run(script)
    assert script.asked == 6
    assert caught.value.problem.code == "google.cut_off"


def test_tries_made_in_a_batch_count() -> None:
    script = Script(*[ConnectionResetError() for _ in range(20)])
    with pytest.raises(RemoteError):
        Counted().persistence().run(script, tried=1)
    assert script.asked == 5


def test_waits_double_and_fall_anywhere_between_nothing_and_their_bound() -> None:
    longest, shortest = Counted(), Counted()
    for clock, jitter in ((longest, 1.0), (shortest, 0.0)):
        with pytest.raises(RemoteError):
            clock.persistence(jitter=jitter).run(Script(*[ConnectionResetError() for _ in range(20)]))
    assert longest.slept == [1, 2, 4, 8, 16]
    assert shortest.slept == [0, 0, 0, 0, 0]


def test_whoever_is_offline_hears_so_at_once() -> None:
    clock, script = Counted(), Script(NotReachedError("x"))
    with pytest.raises(RemoteError) as caught:
        clock.persistence().run(script)
    assert (script.asked, clock.slept, caught.value.problem.code) == (1, [], "google.unreachable")


def test_a_connection_that_drops_in_the_middle_is_waited_for() -> None:
    persistence = Counted().persistence()
    persistence.run(Script())
    assert persistence.run(Script(NotReachedError("x"), NotReachedError("x"))) == "done"


def test_what_would_be_made_twice_is_not_sent_twice() -> None:
    script = Script(ConnectionResetError())
    with pytest.raises(RemoteError):
        Counted().persistence().run(script, repeatable=False)
    assert script.asked == 1
    busy = Script(refusal(429))
    with pytest.raises(RemoteError):  # an error that was judged already is final
        Counted().persistence().run(busy, repeatable=False)


def test_refusals_are_never_asked_again() -> None:
    for status, reason in ((409, "duplicate"), (403, "quotaExceeded"), (401, ""), (412, "")):
        script = Script(refusal(status, reason))
        with pytest.raises(ToolkitError):
            Counted().persistence().run(script)
        assert script.asked == 1


def test_the_day_that_a_quota_begins_anew_is_midnight_in_california_on_the_members_clock() -> None:
    judgement = judge_answer(Answer(403, "dailyLimitExceeded"), NOW)  # 22 Nov 03:00 UTC = 21 Nov 19:00 in California
    again = datetime(2026, 11, 22, 8, 0, tzinfo=UTC).astimezone()
    assert judgement.error.problem.params["when"] == again.strftime("%H:%M %d/%m/%Y")


def test_a_wait_that_is_too_long_ends_the_run_with_the_time_to_come_back() -> None:
    clock = Counted()
    judgement = judge_answer(Answer(429, retry_after=3600.0), clock.now())
    assert judgement.error.problem.code == "google.busy_until"
    assert clock.persistence().wait_after([Judgement("again", RemoteError("x")), judgement]) is judgement.error
    assert clock.slept == []


@pytest.mark.parametrize(("text", "seconds"), [("0", 0), ("7", 7), (" 12 ", 12), ("120", 120)])
def test_retry_after_in_seconds(text: str, seconds: float) -> None:
    assert retry_after(text, NOW) == seconds


def test_retry_after_as_a_date() -> None:
    assert retry_after(format_datetime(NOW + timedelta(seconds=30), usegmt=True), NOW) == 30
    assert retry_after(format_datetime(NOW - timedelta(days=1), usegmt=True), NOW) == 0


@pytest.mark.parametrize("text", [None, "", "soon", "-3", "１２", "1e3", "Mon, 99 Foo 2026 99:99:99 GMT", "9" * 10_000])
def test_a_retry_after_that_makes_no_sense_is_none_or_finite(text: str | None) -> None:
    seconds = retry_after(text, NOW)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize("text", ["9" * 14, "9" * 64, "Fri, 31 Dec 9999 23:59:59 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_retry_after_beyond_all_calendars_still_ends_in_a_sentence(text: str, status: int) -> None:
    judgement = judge_answer(read_answer(status, {"retry-after": text}, b"", NOW), NOW)
    assert judgement.error.problem.code == "google.busy_until"


@given(st.text(max_size=80))
def test_no_retry_after_raises(text: str) -> None:
    seconds = retry_after(text, NOW)
    assert seconds is None or seconds >= 0


json_values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["error", "errors", "message", "reason"]), inner),
)


@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_body_of_a_refusal_raises(content: bytes) -> None:
    assert judge_answer(read_answer(400, {}, content, NOW), NOW).verdict in {"never", "again", "stop", "unsure"}


def test_googles_reason_and_sentence_are_kept() -> None:
    body = {"error": {"errors": [{"reason": "timeRangeEmpty"}], "message": "The specified time range is empty."}}
    error = judge_answer(read_answer(400, {}, json.dumps(body).encode(), NOW), NOW).error
    assert isinstance(error, RefusedError)
    assert (error.status, error.reason, error.detail) == (400, "timeRangeEmpty", "The specified time range is empty.")


def test_the_newer_shape_of_googles_errors_is_read_too() -> None:
    body = {"error": {"status": "PERMISSION_DENIED", "details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}
    error = judge_answer(read_answer(403, {}, json.dumps(body).encode(), NOW), NOW).error
    assert isinstance(error, SignInError)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60), st.floats(0.5, 20), st.integers(1, 10))
def test_the_pace_is_kept_over_every_stretch_of_time(costs: list[int], rate: float, burst: int) -> None:
    clock = Counted()
    pace = Pace(rate, burst, monotonic=clock.monotonic, sleep=clock.sleep)
    sent: list[tuple[float, int]] = []
    for cost in costs:
        pace.take(cost)
        sent.append((clock.monotonic(), cost))
    for i in range(len(sent)):
        before_last = sum(cost for _, cost in sent[i:-1])
        stretch = sent[-1][0] - sent[i][0]
        assert before_last <= rate * stretch + burst + 0.01


def test_no_minute_sees_more_than_googles_quota() -> None:
    clock = Counted()
    pace = Pace(PER_SECOND, monotonic=clock.monotonic, sleep=clock.sleep)
    sent: list[float] = []
    for _ in range(40):
        pace.take(50)
        sent += [clock.monotonic()] * 50
    assert max(sum(start <= at < start + 60 for at in sent) for start in sent) <= 600


def test_without_a_limit_nothing_waits() -> None:
    clock = Counted()
    Pace(None, monotonic=clock.monotonic, sleep=clock.sleep).take(10_000)
    assert clock.slept == []
