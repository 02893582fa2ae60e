"""F08: an answer that never comes, or comes a byte at a time: one deadline for the whole exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.google_side import Ids, operation, target_on
from toolkit.core.errors import RemoteError
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from toolkit.demo.google.faults import Kind


@pytest.mark.parametrize("kind", ["hang", "slow_body"])
def test_a_slow_answer_is_cut_and_the_write_made_sure_of(kind: Kind) -> None:
    ids = Ids()
    with LoopbackGoogle() as google:
        with target_on(google, ids=ids) as target:
            list(target.perform([operation("insert", 99)]))
        google.faults.add("events.insert", kind)
        with target_on(google, ids=ids, deadline=0.5) as target:
            assert next(target.perform([operation("insert")])).kind == "done"
        assert len(google.events()) == 2


def test_a_server_that_stays_slow_ends_the_run_with_one_sentence() -> None:
    ids = Ids()
    with LoopbackGoogle() as google:
        with target_on(google, ids=ids) as target:
            list(target.perform([operation("insert", 99)]))
        google.faults.add("events.insert", "slow_body", times=99)
        google.faults.add("events.get", "slow_body", times=99)
        with target_on(google, ids=ids, deadline=0.2) as target, pytest.raises(RemoteError) as caught:
            list(target.perform([operation("insert")]))
    assert caught.value.problem.code == "google.too_slow"
