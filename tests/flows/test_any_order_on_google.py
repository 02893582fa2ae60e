"""Any order, on a Google Calendar that is out of order itself: nothing lost, nothing doubled, nothing of theirs undone.

The machine of `builders.any_order`, driven through the real client library against a server on this machine. Google
refuses, breaks off and answers nonsense in between; the process dies also before and after any single request; batches
are small, so that a run of a few rows is made of several.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, ClassVar
from unittest import mock

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from builders.any_order import POINTS, KilledError, RemoteMachine, rows
from builders.google_side import client_of
from toolkit.calendar.adapters.google import DEFAULT_ZONE, GoogleTarget
from toolkit.calendar.adapters.google_event import ID, from_body
from toolkit.calendar.book import CalendarBook, RemoteIds
from toolkit.calendar.targets import TargetSpec
from toolkit.core.errors import SignInError
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from builders.any_order import Row
    from toolkit.calendar.model import Event, Made
    from toolkit.calendar.ports import Target
    from toolkit.demo.google.faults import Kind

BATCH = 2
HASTE = 0.3  # seconds until an answer that doesn't come is given up

# What may go wrong with any request. A false "404" is left out: that a calendar is gone is only known from Google.
ANYWHERE: list[Kind] = [
    "400", "401", "403rate", "403userrate", "403quota", "403daily", "403usage", "403forbidden", "403scope", "408",
    "429", "500", "502html", "503", "504", "200html", "truncated_json", "wrong_id", "cut_body", "reset_before",
    "reset_after",
]  # fmt: skip
# What may be said of a write although it isn't so.
UNTRUE: dict[str, Kind] = {"events.insert": "409", "events.delete": "410", "events.patch": "412"}
SLOW: list[Kind] = ["hang", "slow_body"]
AT_THE_TOKEN: list[Kind] = ["invalid_grant", "503"]


class GoogleMachine(RemoteMachine):
    kind = "google"
    lost = (KilledError, SignInError)
    met: ClassVar[Counter[str]] = Counter()  # kind of fault → how often a request was struck by it

    def __init__(self) -> None:
        self.google = LoopbackGoogle().__enter__()
        patches = ExitStack()
        patches.enter_context(mock.patch.object(TargetSpec, "batch", BATCH))
        # The one wait that isn't on our own clock.
        patches.enter_context(mock.patch("google.auth._exponential_backoff.time"))
        super().__init__()
        self.stack.push(patches)
        self.stack.callback(self.google.__exit__, None, None, None)

    def make_target(self) -> Target:
        """A process of its own: a client, signed in anew, that knows only what the store knows."""
        self.ids = RemoteIds(CalendarBook(self.store), "google")
        client = self.opened.enter_context(client_of(self.google, deadline=HASTE))
        return GoogleTarget(client, "Lịch", self.ids)

    def look(self) -> list[Made]:
        known = self.ids.load("Lịch")
        return [from_body(body, DEFAULT_ZONE) for body in self.google.events(known)] if known else []

    def change(self, one: Made, now: Event | None) -> None:
        """In Google's own window: Google keeps the private marks, and a removed event leaves a tombstone."""
        [body] = [
            body for body in self.google.events() if body["extendedProperties"]["private"][ID] == one.event_id
        ]  # fmt: skip
        fields = {"description": now.description} if now else {"status": "cancelled"}
        self.google.edit(body["id"], **fields)

    # --- what Google does ---

    @rule()
    def forgets_what_was_deleted(self) -> None:
        self.google.state.purge_tombstones()

    @rule()
    def lets_the_token_run_out(self) -> None:
        self.google.tokens.expire()

    def meets(
        self, on: str, kind: Kind, *, after: int, times: int, verb: str, point: int | None, another_process: bool
    ) -> None:
        """A verb meets a fault, and perhaps is killed on top of it."""
        fault = self.failing(on, kind, after, times)
        self.does_under(fault, verb, point, another_process=another_process)

    @contextmanager
    def failing(self, on: str, kind: Kind, after: int, times: int) -> Iterator[None]:
        fault = self.google.faults.add(on, kind, after=after, times=times)
        try:
            yield
        finally:
            self.google.faults.clear()
            self.met[kind] += fault.hits

    @invariant()
    def nothing_stands_where_nobody_looks(self) -> None:
        assert len(self.google.events()) == len(self.look())


def meeting(on: str, kind: Kind) -> Callable[..., None]:
    """The rule that something in the sheet is changed and that one kind of fault is met then."""

    def meets(self: GoogleMachine, row: Row, after: int, **how: Any) -> None:
        if on == "events.patch" and self.rows:
            self.rows[-1] = (*self.rows[-1][:3], row[3])
        else:
            self.rows.append(row)
        if on == "token":
            self.google.tokens.expire()
        self.meets(on, kind, after=after if on == "*" else 0, **how)

    meets.__name__ = f"meets_{kind}_on_{on.replace('.', '_').replace('*', 'anything')}"
    ruled: Callable[..., None] = rule(
        row=rows,
        after=st.integers(0, 3),
        times=st.just(1) if kind in SLOW else st.sampled_from([1, 2, 7]),
        verb=st.sampled_from(["import", "overwrite", "undo", "resume"]),
        point=st.one_of(st.none(), POINTS),
        another_process=st.booleans(),
    )(meets)
    return ruled


FAULTS = [
    *(("*", kind) for kind in ANYWHERE),
    *UNTRUE.items(),
    *(("batch", kind) for kind in SLOW),
    *(("token", kind) for kind in AT_THE_TOKEN),
]
for number, (where, what) in enumerate(FAULTS):
    setattr(GoogleMachine, f"meets_fault_{number:02}_{what}", meeting(where, what))


@pytest.mark.timeout(900)
def test_two_thousand_steps_in_any_order_on_a_google_that_fails() -> None:
    run_state_machine_as_test(GoogleMachine, settings=settings(max_examples=90, stateful_step_count=30))
    assert GoogleMachine.steps >= 2000
    assert sum(hits > 0 for hits in GoogleMachine.met.values()) >= 20, "hardly any kind of fault was met"
