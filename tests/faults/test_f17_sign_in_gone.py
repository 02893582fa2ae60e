"""F17: the sign-in is withdrawn, or the seven days of a project in testing are over: one sentence, the place kept."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from builders.google_side import drain, operation, target_on
from toolkit.core.errors import SignInError
from toolkit.core.outcome import Exit
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from toolkit.calendar.ports import Result


@pytest.mark.parametrize("count", [1, 30])
def test_a_withdrawn_sign_in_ends_the_run_and_says_so(count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 999)]))
        google.tokens.revoke()
        with pytest.raises(SignInError) as caught:
            list(target.perform([operation("insert", number) for number in range(count)]))
        assert caught.value.problem.code == "google.sign_in_gone"
        assert caught.value.exit is Exit.SIGN_IN
        assert len(google.events()) == 1


def test_a_sign_in_withdrawn_halfway_keeps_what_was_done() -> None:
    done: list[Result] = []
    with LoopbackGoogle() as google, target_on(google) as target:
        results = target.perform([operation("insert", number) for number in range(120)])
        drain(islice(results, 50), done)
        google.tokens.revoke()
        with pytest.raises(SignInError):
            drain(results, done)
    assert [result.kind for result in done] == ["done"] * 50


def test_a_sign_in_that_allows_too_little_says_so() -> None:
    readonly = "https://www.googleapis.com/auth/calendar.events.readonly"
    with LoopbackGoogle(scopes=[readonly]) as google, target_on(google) as target:
        with pytest.raises(SignInError) as caught:
            list(target.perform([operation("insert")]))
        assert caught.value.problem.code == "google.sign_in_narrow"
