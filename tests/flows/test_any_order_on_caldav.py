"""Any order, on a calendar server that is out of order itself: nothing lost, nothing doubled, nothing of theirs undone.

The machine of `builders.any_order` on a real Radicale. In between the server refuses, breaks off before and after it
has worked, and answers nonsense; the process dies also before and after any single request.
"""

from __future__ import annotations

import gc
import logging
from collections import Counter
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, ClassVar
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from builders.any_order import CLOCK, NAME, POINTS, RemoteMachine, rows
from builders.caldav_side import Fault, Radicale
from builders.google_side import Counted, Ids
from toolkit.calendar.adapters.caldav import CaldavTarget
from toolkit.calendar.book import CalendarBook, RemoteIds
from toolkit.calendar.targets import TargetSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from builders.any_order import Row
    from toolkit.calendar.model import Event, Made
    from toolkit.calendar.ports import Target

FAULTS: list[dict[str, Any]] = [
    {"kind": "reset"},
    {"kind": "reset_after"},
    {"kind": "cut_body"},
    {"kind": "html"},
    *({"kind": "status", "status": status} for status in (400, 401, 403, 429, 500, 502, 503, 507)),
    {"kind": "status", "status": 503, "headers": {"Retry-After": "5"}},
    {"kind": "status", "status": 207, "body": "<d:multistatus xmlns:d='DAV:'><d:response>"},
    {"kind": "status", "status": 500, "applied": True},
    {"kind": "status", "status": 502, "applied": True},
]


class CaldavMachine(RemoteMachine):
    kind = "caldav"
    met: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        logging.getLogger("radicale").setLevel(logging.CRITICAL)
        patches = ExitStack()
        patches.enter_context(mock.patch.object(TargetSpec, "batch", 2))
        self.radicale: Radicale | None = None
        self.servers = ExitStack()
        super().__init__()
        self.stack.push(patches)
        self.stack.push(self.servers)

    def make_target(self) -> Target:
        """A process of its own that knows only what the store knows."""
        if self.radicale is None:
            self.radicale = self.servers.enter_context(Radicale(self.folder / "radicale"))
        server = self.opened.enter_context(self.radicale.server(clock=Counted()))
        return CaldavTarget(server, "Lịch", RemoteIds(CalendarBook(self.store), "caldav"), CLOCK.now)

    @property
    def spec(self) -> TargetSpec:
        assert self.radicale is not None
        return TargetSpec("caldav", path=self.radicale.url)

    def look(self) -> list[Made]:
        assert self.radicale is not None
        with self.radicale.target(calendar="Lịch", ids=Ids()) as other:
            return other.made_by(NAME)

    def change(self, one: Made, now: Event | None) -> None:
        """In another calendar program, which tells nobody."""
        mine = self.target
        assert self.radicale is not None
        with self.radicale.target(calendar="Lịch", ids=Ids()) as other:
            self.target = other
            other.made_by(NAME)
            try:
                super().change(one, now)
            finally:
                self.target = mine

    def meets(
        self,
        fault: dict[str, Any],
        row: Row,
        *,
        method: str,
        after: int,
        times: int,
        verb: str,
        point: int | None,
        another_process: bool,
    ) -> None:
        """Something in the sheet is changed, and a verb meets a fault, and perhaps is killed on top of it."""
        self.rows.append(row)
        planned = Fault(method, after=after, times=times, **fault)
        self.does_under(self.failing(planned), verb, point, another_process=another_process)

    @contextmanager
    def failing(self, planned: Fault) -> Iterator[None]:
        assert self.radicale is not None
        times = planned.times
        self.radicale.faults.append(planned)
        try:
            yield
        finally:
            self.radicale.faults.clear()
            if planned.times < times:
                self.met[f"{planned.kind} {planned.status}"] += 1

    @invariant()
    def nothing_stands_where_nobody_looks(self) -> None:
        assert self.radicale is not None
        assert len(self.radicale.texts()) == len(self.look())


def meeting(fault: dict[str, Any]) -> Callable[..., None]:
    """The rule that something in the sheet is changed and that this fault is met then."""

    def meets(self: CaldavMachine, **how: Any) -> None:
        self.meets(fault, **how)

    ruled: Callable[..., None] = rule(
        row=rows,
        method=st.sampled_from(["PUT", "PUT", "DELETE", "REPORT", "*"]),
        after=st.sampled_from([0, 0, 1]),
        times=st.sampled_from([1, 2, 7]),
        verb=st.sampled_from(["import", "overwrite", "undo", "resume"]),
        point=st.one_of(st.none(), POINTS),
        another_process=st.booleans(),
    )(meets)
    return ruled


for number, one_fault in enumerate(FAULTS):
    setattr(CaldavMachine, f"meets_fault_{number:02}", meeting(one_fault))


# What is killed in this very process leaves its connections to the collector, which is asked to come before the end.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.timeout(900)
def test_some_hundred_steps_in_any_order_on_a_server_that_fails() -> None:
    try:
        run_state_machine_as_test(CaldavMachine, settings=settings(max_examples=18, stateful_step_count=25))
    finally:
        gc.collect()
    assert CaldavMachine.steps >= 300
    assert len(CaldavMachine.met) >= 8, "hardly any kind of fault was met"
