"""F06: the connection is reset before Google has done anything: the same write again, never a second event."""

from __future__ import annotations

import pytest

from builders.google_side import IMPORT, operation, target_on
from toolkit.demo.google_calendar import LoopbackGoogle


@pytest.mark.parametrize("method", ["events.insert", "batch", "events.list"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_reset_is_tried_again_and_makes_each_event_once(method: str, times: int) -> None:
    count = 1 if method == "events.insert" else 5
    with LoopbackGoogle() as google, target_on(google) as target:
        list(target.perform([operation("insert", 99)]))  # our calendar is there
        fault = google.faults.add(method, "reset_before", times=times)
        results = list(target.perform([operation("insert", number) for number in range(count)]))
        assert {result.kind for result in results} == {"done"}
        assert len(target.made_by(IMPORT)) == count + 1
        assert len(google.events()) == count + 1
        assert fault.hits == times if method != "batch" else fault.hits == 1


def test_a_delete_and_an_update_survive_a_reset() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        first, second = list(target.perform([operation("insert", 0), operation("insert", 1)]))
        assert first.made is not None
        assert second.made is not None
        google.faults.add("events.patch", "reset_before", times=2)
        google.faults.add("events.delete", "reset_before", times=2)
        update = operation("update", 0, etag=first.made.etag, run="run2")
        assert next(target.perform([update])).kind == "done"
        assert next(target.perform([operation("delete", 1, etag=second.made.etag)])).kind == "done"
        assert [made.run for made in target.made_by(IMPORT)] == ["run2"]
