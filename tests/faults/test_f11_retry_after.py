"""F11: 429 with Retry-After, in seconds or as a date: waits at least as long as asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from builders.google_side import Counted, Ids, drain, operation, target_on
from toolkit.core.errors import RemoteError
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from toolkit.calendar.ports import Result


@pytest.mark.parametrize("as_date", [False, True])
@pytest.mark.parametrize("where", ["one", "part", "batch"])
def test_the_wait_is_at_least_what_google_asks(as_date: bool, where: str) -> None:
    clock = Counted()
    # A date is one of the server's clock, told to the second.
    asked = format_datetime(datetime.now(UTC) + timedelta(seconds=42), usegmt=True) if as_date else "40"
    with LoopbackGoogle() as google:
        ids = Ids()
        with target_on(google, ids=ids) as target:
            list(target.perform([operation("insert", 99)]))
        google.faults.add("batch" if where == "batch" else "events.insert", "429", retry_after=asked)
        count = 1 if where == "one" else 4
        with target_on(google, clock, ids=ids) as target:
            results = list(target.perform([operation("insert", number) for number in range(count)]))
        assert {result.kind for result in results} == {"done"}
    assert max(clock.slept) >= 40


@pytest.mark.parametrize("count", [1, 4])
def test_a_wait_that_nobody_would_sit_through_ends_the_run_with_the_time(count: int) -> None:
    clock = Counted()
    with LoopbackGoogle() as google, target_on(google, clock) as target:
        list(target.perform([operation("insert", 99)]))
        google.faults.add("events.insert", "429", retry_after="7200")
        done: list[Result] = []
        with pytest.raises(RemoteError) as caught:
            drain(target.perform([operation("insert", number) for number in range(count)]), done)
        assert len(google.events()) == len(done) + 1 == count
    assert caught.value.problem.code == "google.busy_until"
    assert sum(clock.slept) < 120
