"""Sheet edited, imported, event edited by hand, process killed, resumed, undone, in any order: nothing lost or doubled.

The machine drives the calendar's verbs on a real store and a real target; a kill is an exception that no code catches,
raised at one of the crash points, after which the store is opened anew.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from builders.calendar_sheets import sheet
from builders.google_side import client_of
from toolkit.calendar.adapters.google import GoogleTarget
from toolkit.calendar.adapters.ics import IcsTarget
from toolkit.calendar.adapters.local import LocalTarget
from toolkit.calendar.book import CalendarBook, RemoteIds
from toolkit.calendar.identity import content_hash
from toolkit.calendar.ports import Marks, Operation
from toolkit.calendar.reading import ReadOptions
from toolkit.calendar.results import Choices
from toolkit.calendar.service import CalendarService
from toolkit.calendar.targets import TargetSpec, opener
from toolkit.core.dates import FixedClock
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.disk import crash
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.calendar.model import Event, Made
    from toolkit.calendar.ports import Target

NAME = "lịch"
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # thousands of fsyncs take long on a disk
CLOCK = FixedClock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))

rows = st.tuples(
    st.sampled_from(["Họp nhóm", "Gặp chị Hoa", "Giao hàng", "HỌP NHÓM"]),
    st.sampled_from(["12/12/2026", "13/12/2026"]),
    st.sampled_from(["8h", "14h"]),
    st.sampled_from(["Phòng 2", "Quán cô Ba", "ở nhà"]),
)


class KilledError(BaseException):
    """The process is gone."""


class CalendarMachine(RuleBasedStateMachine):
    kind: str = "local"

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(dir=IN_MEMORY)))
        self.rows: list[tuple[str, str, str, str]] = []
        self.by_hand: dict[str, Event | None] = {}  # event id → what the member made of it; None: removed
        self.touched = False  # whether anything was ever done by hand
        self.before_latest: dict[str, str] | None = None  # what stood before the newest import, while it can be undone
        self.open()

    def open(self) -> None:
        home = self.folder / "kho"
        self.opened = ExitStack()
        self.store = self.opened.enter_context(Store.open(home / "toolkit.db", backups=home / "backups", clock=CLOCK))
        self.target = self.make_target()
        self.service = CalendarService(
            self.store, CLOCK, opener({"local": self.its_target, "ics": self.its_target, "google": self.its_target})
        )

    def its_target(self, _: TargetSpec) -> Target:
        return self.target

    def make_target(self) -> Target:
        if self.kind == "ics":
            return IcsTarget(self.folder / "ra.ics", "Lịch", CLOCK.now)
        return LocalTarget(self.store, "Lịch")

    def teardown(self) -> None:
        self.opened.close()
        self.stack.close()

    @property
    def spec(self) -> TargetSpec:
        if self.kind == "ics":
            return TargetSpec("ics", path=str(self.folder / "ra.ics"))
        return TargetSpec("google" if self.kind == "google" else "local")

    def standing(self) -> dict[str, Made]:
        made = self.target.made_by(NAME)
        by_id = {one.event_id: one for one in made}
        assert len(by_id) == len(made) == len({one.key for one in made}), "an event is there twice"
        return by_id

    def contents(self) -> dict[str, str]:
        return {event_id: content_hash(one.event) for event_id, one in self.standing().items()}

    def choices(self, *, overwrite: bool = False) -> Choices:
        return Choices(self.spec, ReadOptions(today=date(2026, 11, 22)), NAME, delete=1000, overwrite=overwrite)

    def file(self) -> Path:
        return sheet(self.folder / "lịch.csv", [*self.rows, ("Việc cố định", "20/12/2026", "9h", "đây")])

    # --- what the member does ---

    @rule(row=rows)
    def adds_a_row(self, row: tuple[str, str, str, str]) -> None:
        self.rows.append(row)

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def deletes_a_row(self, data: st.DataObject) -> None:
        self.rows.pop(data.draw(st.integers(0, len(self.rows) - 1)))

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), row=rows)
    def edits_a_row(self, data: st.DataObject, row: tuple[str, str, str, str]) -> None:
        self.rows[data.draw(st.integers(0, len(self.rows) - 1))] = row

    @precondition(lambda self: len(self.rows) > 1)
    @rule()
    def sorts_the_sheet(self) -> None:
        self.rows.sort(reverse=True)

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), note=st.sampled_from(["mang theo mẫu", "dời sang phòng họp"]))
    def edits_an_event(self, data: st.DataObject, note: str) -> None:
        one = data.draw(st.sampled_from(sorted(self.standing().values(), key=lambda made: made.event_id)))
        now = replace(one.event, description=note)
        marks = Marks(NAME, one.key, one.content, one.run)
        [result] = self.target.perform([Operation("update", one.event_id, now, marks, one.etag)])
        assert result.kind == "done"
        self.by_hand[one.event_id] = now
        self.touched = True
        self.before_latest = None

    @precondition(lambda self: len(self.standing()) > 1)
    @rule(data=st.data())
    def removes_an_event(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(sorted(self.standing().values(), key=lambda made: made.event_id)))
        [result] = self.target.perform([Operation("delete", one.event_id, etag=one.etag)])
        assert result.kind == "done"
        self.by_hand[one.event_id] = None
        self.forget_removed()
        self.touched = True
        self.before_latest = None

    # --- what the program does ---

    @initialize()
    def first_import(self) -> None:
        self.imports(overwrite=False)

    @rule()
    def imports_again(self) -> None:
        self.imports(overwrite=False)

    @rule(overwrite=st.sampled_from([False, False, True]))
    def imports(self, overwrite: bool) -> None:
        before = self.contents()
        runs = len(self.service.book.runs())
        unfinished = bool(self.service.book.open_runs())
        prepared = self.service.prepare(self.file(), self.choices(overwrite=overwrite)).data
        if unfinished:
            self.undoing_brings_back_what_was_by_hand()
            self.forget_unnoticed()
        outcome = self.service.apply(prepared)
        if not self.touched:
            assert not outcome.problems or {one.code for one in outcome.problems} == {"calendar.row_repeated"}
        if overwrite:
            self.by_hand.clear()
        if not before:
            self.forget_unnoticed()
        if len(self.service.book.runs()) > runs:
            self.before_latest = None if unfinished else before
        self.says_what_the_sheet_says(overwrite=overwrite)
        self.forget_removed()
        assert not outcome.data.interrupted

    @rule(point=st.integers(1, 24))
    def is_killed_while_importing(self, point: int) -> None:
        path = self.file()
        self.killed(point, lambda: self.service.apply(self.service.prepare(path, self.choices()).data))

    @precondition(lambda self: self.service.book.runs())
    @rule(point=st.integers(1, 24))
    def is_killed_while_undoing(self, point: int) -> None:
        newest = next(run for run in self.service.book.runs() if run.kind == "import")
        self.killed(point, lambda: self.service.undo(newest.number))

    def killed(self, point: int, verb: Callable[[], object]) -> None:
        """The verb, killed at the crash point of that number; the store is opened anew."""
        if self.service.book.open_runs() or not self.standing():
            self.forget_unnoticed()
        self.before_latest = None
        met = 0

        def fault(_: str) -> None:
            nonlocal met
            met += 1
            if met >= point:
                raise KilledError

        crash._fault = fault
        try:
            verb()
        except KilledError:
            pass
        finally:
            crash._fault = None
        self.opened.close()
        self.open()
        self.undoing_brings_back_what_was_by_hand()

    @rule()
    def resumes(self) -> None:
        self.service.resume()
        self.undoing_brings_back_what_was_by_hand()
        assert not self.service.book.open_runs()

    @precondition(lambda self: self.service.book.runs())
    @rule(data=st.data())
    def undoes_a_run(self, data: st.DataObject) -> None:
        imports = [run for run in self.service.book.runs() if run.kind == "import"]
        run = data.draw(st.sampled_from(imports))
        newest = run.number == imports[0].number and run.number == self.service.book.runs()[0].number
        self.service.undo(run.number)
        self.undoing_brings_back_what_was_by_hand()
        if newest and self.before_latest is not None:
            assert self.contents() == self.before_latest
        self.before_latest = None
        again = self.contents()
        self.service.undo(run.number)
        assert self.contents() == again

    def undoing_brings_back_what_was_by_hand(self) -> None:
        """An edit that an import overwrote is there again; an event of a run that isn't there any more isn't missed."""
        for event_id, one in self.standing().items():
            if content_hash(one.event) != one.content:
                self.by_hand[event_id] = one.event
        self.forget_removed()

    def forget_removed(self) -> None:
        """An event that the book doesn't know isn't missed, and comes back with its row: its row or its run is gone, or
        the program was killed before it learned that the event had been made."""
        memory = {row.event_id for row in self.service.book.memory(self.spec.id, NAME).values()}
        self.by_hand = {
            event_id: left for event_id, left in self.by_hand.items() if left is not None or event_id in memory
        }

    def forget_unnoticed(self) -> None:
        """A calendar that holds nothing of ours, perhaps since an unfinished undo has just been finished, is taken for
        an emptied one and filled again, except for what an import has found removed before."""
        noticed = {row.event_id for row in self.service.book.memory(self.spec.id, NAME).values() if row.removed}
        self.by_hand = {
            event_id: left for event_id, left in self.by_hand.items() if left is not None or event_id in noticed
        }

    # --- what must always hold ---

    @invariant()
    def what_the_member_did_by_hand_stays(self) -> None:
        standing = self.standing()
        for event_id, left in self.by_hand.items():
            if left is None:
                assert event_id not in standing, "an event that the member removed is back"
            else:
                assert standing[event_id].event == left, "an event that the member edited was changed"

    def says_what_the_sheet_says(self, *, overwrite: bool) -> None:
        """After an import: every distinct row has its event, but for what the member did by hand; nothing is left."""
        again = self.service.preview(self.folder / "lịch.csv", self.choices(overwrite=overwrite)).data
        assert not again.writes
        wanted = [change.keyed for change in again.plan.changes if change.keyed]
        assert len(wanted) == len({*self.rows}) + 1
        standing = self.standing()
        touched = {event_id for event_id, left in self.by_hand.items() if left is not None}
        assert {one.content for one in wanted if one.event_id in standing and one.event_id not in touched} == {
            content_hash(one.event) for event_id, one in standing.items() if event_id not in touched
        }
        if not self.touched:
            assert again.plan.counts["unchanged"] == len(standing) == len(wanted)


class GoogleMachine(CalendarMachine):
    """The same on a Google Calendar: a server on this machine, spoken to through the real client library."""

    kind = "google"

    def __init__(self) -> None:
        self.google = LoopbackGoogle().__enter__()
        super().__init__()
        self.stack.callback(self.google.__exit__, None, None, None)

    def make_target(self) -> Target:
        client = self.opened.enter_context(client_of(self.google))
        return GoogleTarget(client, "Lịch", RemoteIds(CalendarBook(self.store), "google"))


class LocalMachine(CalendarMachine):
    kind = "local"


class IcsMachine(CalendarMachine):
    kind = "ics"


TestLocal = LocalMachine.TestCase
TestLocal.settings = settings(max_examples=70, stateful_step_count=20)
TestGoogle = GoogleMachine.TestCase
TestGoogle.settings = settings(max_examples=15, stateful_step_count=15)
TestIcs = IcsMachine.TestCase
TestIcs.settings = settings(max_examples=30, stateful_step_count=20)
