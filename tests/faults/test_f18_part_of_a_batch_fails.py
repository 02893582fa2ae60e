"""F18: some rows of a batch fail: the others are done, the failed ones are tried alone, the bad ones listed."""

from __future__ import annotations

from datetime import timedelta

from builders.google_side import event, operation, target_on
from toolkit.demo.google_calendar import LoopbackGoogle


def test_parts_that_failed_are_tried_alone_and_succeed() -> None:
    with LoopbackGoogle() as google, target_on(google) as target:
        google.faults.add("events.insert", "503", after=2)
        google.faults.add("events.insert", "403rate", after=6)
        results = list(target.perform([operation("insert", number) for number in range(10)]))
        assert {result.kind for result in results} == {"done"}
        assert google.count("events.insert") == 12
        assert google.count("batch") == 1


def test_bad_rows_are_listed_with_googles_reason_and_the_good_ones_stand() -> None:
    rows = [event(number) for number in range(10)]
    for bad in (3, 7):
        rows[bad] = event(bad, end=rows[bad].start - timedelta(minutes=1))
    with LoopbackGoogle() as google, target_on(google) as target:
        results = list(target.perform([operation("insert", number, row) for number, row in enumerate(rows)]))
        assert [number for number, result in enumerate(results) if result.kind == "failed"] == [3, 7]
        assert {result.detail for result in results if result.kind == "failed"} == {
            "The specified time range is empty."
        }
        assert len(google.events()) == 8
