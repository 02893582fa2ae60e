"""F12: storms of 500, 502 with HTML, 503: at most six tries a row, then the run pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.google_side import Counted, drain, operation, target_on
from toolkit.core.errors import RemoteError
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from toolkit.calendar.ports import Result
    from toolkit.demo.google.faults import Kind


@pytest.mark.parametrize("kind", ["500", "502html", "503", "504"])
@pytest.mark.parametrize("applied", [False, True])
def test_a_short_storm_is_sat_out(kind: Kind, applied: bool) -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 99)]))
        google.faults.add("events.insert", kind, times=4, applied=applied)
        results = list(target.perform([operation("insert", number) for number in range(3)]))
        assert {result.kind for result in results} == {"done"}
        assert len(google.events()) == 4


@pytest.mark.parametrize("count", [1, 5])
def test_a_long_storm_costs_six_tries_and_pauses_the_run(count: int) -> None:
    clock = Counted()
    with LoopbackGoogle() as google, target_on(google, clock) as target:
        list(target.perform([operation("insert", 99)]))
        google.forget_requests()
        google.faults.add("events.insert", "503", times=999)
        with pytest.raises(RemoteError) as caught:
            list(target.perform([operation("insert", number) for number in range(count)]))
        assert google.count("events.insert") == 6 + (count - 1)  # the others were tried once, in the batch
    assert caught.value.problem.code == "google.busy"


def test_the_rows_that_went_through_a_storm_are_reported_before_it_ends_the_run() -> None:
    done: list[Result] = []
    with LoopbackGoogle() as google, target_on(google) as target:
        google.faults.add("events.insert", "500", after=3, times=999)
        with pytest.raises(RemoteError):
            drain(target.perform([operation("insert", number) for number in range(6)]), done)
        assert len(google.events()) == 3
    assert [result.kind for result in done] == ["done"] * 3
