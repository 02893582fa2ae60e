"""F09: 403 rateLimitExceeded and userRateLimitExceeded: back off with jitter, and finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.google_side import Counted, operation, target_on
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from toolkit.demo.google.faults import Kind


@pytest.mark.parametrize("kind", ["403rate", "403userrate", "429"])
@pytest.mark.parametrize("method", ["events.insert", "batch"])
def test_rate_limits_are_waited_out(kind: Kind, method: str) -> None:
    clock = Counted()
    with LoopbackGoogle() as google, target_on(google, clock) as target:
        google.faults.add(method, kind, after=2 if method == "events.insert" else 0, times=4)
        results = list(target.perform([operation("insert", number) for number in range(8)]))
        assert {result.kind for result in results} == {"done"}
        assert len(google.events()) == 8
    assert len(clock.slept) >= 1


def test_the_pace_keeps_below_the_quota_of_itself() -> None:
    clock = Counted()
    began = clock.monotonic()
    with LoopbackGoogle() as google, target_on(google, clock, per_second=8.0) as target:
        list(target.perform([operation("insert", number) for number in range(200)]))
        asked = sum(google.counts().values()) - google.count("batch")
    assert asked == 201
    assert clock.monotonic() - began >= (asked - 50 - 8) / 8 - 1
