"""F16: the access token expires in the middle of a run and can be renewed: nobody notices."""

from __future__ import annotations

import pytest

from builders.google_side import operation, target_on
from toolkit.demo.google_calendar import LoopbackGoogle


@pytest.mark.parametrize("count", [1, 120])
def test_an_expired_token_is_renewed_in_passing(count: int) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 999)]))
        google.tokens.expire()
        results = list(target.perform([operation("insert", number) for number in range(count)]))
        assert {result.kind for result in results} == {"done"}
        assert len(google.events()) == count + 1
        assert google.count("token") == 1


def test_a_single_401_is_answered_with_a_new_token_too() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        google.faults.add("events.insert", "401")
        assert next(target.perform([operation("insert")])).kind == "done"


def test_a_token_endpoint_that_answers_with_a_login_page_is_not_a_lost_sign_in() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 999)]))
        google.tokens.expire()
        google.faults.add("token", "200html", times=2)
        assert next(target.perform([operation("insert")])).kind == "done"


def test_a_reset_while_renewing_is_tried_again() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 999)]))
        google.tokens.expire()
        google.faults.add("token", "reset_before", times=2)
        assert next(target.perform([operation("insert")])).kind == "done"
