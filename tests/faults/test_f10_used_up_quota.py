"""F10: a used-up quota: stop, keep the place, say when to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.google_side import Counted, drain, id_of, operation, target_on
from toolkit.core.errors import RemoteError
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from toolkit.calendar.ports import Result
    from toolkit.demo.google.faults import Kind


@pytest.mark.parametrize(
    ("kind", "code"),
    [("403quota", "google.used_up"), ("403usage", "google.used_up"), ("403daily", "google.used_up_today")],
)
def test_what_was_done_is_reported_and_nothing_more_is_asked(kind: Kind, code: str) -> None:
    clock = Counted()
    done: list[Result] = []
    with LoopbackGoogle() as google, target_on(google, clock) as target:
        google.faults.add("events.insert", kind, after=3, times=999)
        with pytest.raises(RemoteError) as caught:
            drain(target.perform([operation("insert", number) for number in range(120)]), done)
        assert len(google.events()) == 3
        assert google.count("events.insert") <= 51  # the rest of the batch was on its way already
        google.faults.clear()
        results = list(target.perform([operation("insert", number) for number in range(120)]))
        assert {result.kind for result in results} == {"done"}
        assert len(google.events()) == 120
    assert caught.value.problem.code == code
    assert [result.kind for result in done] == ["done"] * 3
    assert ("when" in caught.value.problem.params) == (kind == "403daily")


def test_rows_of_the_same_batch_that_went_through_are_reported_too() -> None:
    done: list[Result] = []
    with LoopbackGoogle() as google, target_on(google) as target:
        google.faults.add("events.insert", "403quota", after=2)  # the third row in the batch …
        google.faults.add("events.insert", "403quota", after=9)  # … and again when it is sent alone
        with pytest.raises(RemoteError):
            drain(target.perform([operation("insert", number) for number in range(10)]), done)
        assert len(google.events()) == 9
    assert [result.operation.event_id for result in done] == [id_of(number) for number in range(10) if number != 2]
