"""A member who does things in any order: sheet edited, imported, event edited by hand, killed, resumed, undone.

The machine drives the calendar's verbs on a real store and a real target; a kill is an exception that no code catches,
raised at one of the crash points, after which the store is opened anew.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from unittest import mock

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from builders.calendar_sheets import HEADINGS, sheet
from toolkit.calendar.adapters.ics import IcsTarget
from toolkit.calendar.adapters.local import LocalTarget
from toolkit.calendar.identity import content_hash
from toolkit.calendar.ports import Marks, Operation
from toolkit.calendar.reading import ReadOptions
from toolkit.calendar.results import Choices
from toolkit.calendar.service import CalendarService
from toolkit.calendar.targets import TargetSpec, opener
from toolkit.core.dates import FixedClock
from toolkit.core.errors import ToolkitError
from toolkit.disk import crash
from toolkit.net.transport import Transport
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from toolkit.calendar.model import Event, Made
    from toolkit.calendar.ports import OperationKind, Target
    from toolkit.calendar.targets import TargetKind

NAME = "lịch"
WEEKLY = "Lớp tối"  # what has this title comes back every week
NOTES = ["mang theo mẫu", "dời sang phòng họp"]
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # thousands of fsyncs take long on a disk
POINTS = st.integers(1, 40)
CLOCK = FixedClock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))

Row = tuple[str, str, str, str]
rows = st.tuples(
    st.sampled_from(["Họp nhóm", "Gặp chị Hoa", WEEKLY, "HỌP NHÓM"]),
    st.sampled_from(["12/12/2026", "13/12/2026"]),
    st.sampled_from(["8h", "14h"]),
    st.sampled_from(["Phòng 2", "Quán cô Ba", "ở nhà"]),
)


def other_than(said: str, note: str) -> str:
    """A note that is news: writing what stands there already is no edit."""
    return f"{note}!" if said == note else note


class KilledError(BaseException):
    """The process is gone."""


class CalendarMachine(RuleBasedStateMachine):
    kind: ClassVar[TargetKind] = "local"
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(dir=IN_MEMORY)))
        self.rows: list[Row] = []
        self.by_hand: dict[str, Event | None] = {}  # event id → what the member made of it; None: removed
        self.at_risk: dict[str, Event | None] = {}  # what an unfinished import with --overwrite may yet undo of that
        self.touched = False  # whether anything was ever done by hand
        self.before_latest: dict[str, str] | None = None  # what stood before the newest import, while it can be undone
        self.open()

    def open(self) -> None:
        home = self.folder / "kho"
        self.opened = ExitStack()
        self.store = self.opened.enter_context(Store.open(home / "toolkit.db", backups=home / "backups", clock=CLOCK))
        self.target = self.make_target()
        self.service = CalendarService(self.store, CLOCK, opener({self.kind: self.its_target}))

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
        return TargetSpec(self.kind)

    def look(self) -> list[Made]:
        """What stands in the calendar, seen by somebody who has no part in any of this."""
        return self.target.made_by(NAME)

    def standing(self) -> dict[str, Made]:
        made = self.look()
        by_id = {one.event_id: one for one in made}
        assert len(by_id) == len(made) == len({one.key for one in made}), "an event is there twice"
        return by_id

    def contents(self) -> dict[str, str]:
        return {event_id: content_hash(one.event) for event_id, one in self.standing().items()}

    def choices(self, *, overwrite: bool = False) -> Choices:
        return Choices(self.spec, ReadOptions(today=date(2026, 11, 22)), NAME, delete=1000, overwrite=overwrite)

    def file(self) -> Path:
        rows = [*self.rows, ("Việc cố định", "20/12/2026", "9h", "đây")]
        repeated = [(*row, "hằng tuần đến 31/1/2027" if row[0] == WEEKLY else "") for row in rows]
        return sheet(self.folder / "lịch.csv", repeated, (*HEADINGS, "Lặp lại"))

    # --- what the member does ---

    @rule(row=rows)
    def adds_a_row(self, row: Row) -> None:
        self.rows.append(row)

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def deletes_a_row(self, data: st.DataObject) -> None:
        self.rows.pop(data.draw(st.integers(0, len(self.rows) - 1)))

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), row=rows)
    def edits_a_row(self, data: st.DataObject, row: Row) -> None:
        self.rows[data.draw(st.integers(0, len(self.rows) - 1))] = row

    @precondition(lambda self: len(self.rows) > 1)
    @rule()
    def sorts_the_sheet(self) -> None:
        self.rows.sort(reverse=True)

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), note=st.sampled_from(NOTES))
    def edits_an_event(self, data: st.DataObject, note: str) -> None:
        self.by_their_own_hand(data, note)
        self.before_latest = None

    @precondition(lambda self: len(self.standing()) > 1)
    @rule(data=st.data())
    def removes_an_event(self, data: st.DataObject) -> None:
        self.by_their_own_hand(data, None)
        self.forget_removed()
        self.before_latest = None

    def by_their_own_hand(self, data: st.DataObject, note: str | None) -> None:
        """The member writes a note into some event, or (None) removes it."""
        one = data.draw(st.sampled_from(sorted(self.standing().values(), key=lambda made: made.event_id)))
        now = None if note is None else replace(one.event, description=other_than(one.event.description, note))
        self.change(one, now)
        self.by_hand[one.event_id] = now
        self.touched = True

    def change(self, one: Made, now: Event | None) -> None:
        """What a member's own calendar program does to an event: its marks stay, its version moves on."""
        marks = Marks(NAME, one.key, one.content, one.run)
        kind: OperationKind = "update" if now else "delete"
        [result] = self.target.perform([Operation(kind, one.event_id, now, marks if now else None, one.etag)])
        assert result.kind == "done"

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

    @rule(data=st.data(), note=st.sampled_from([*NOTES, None]), overwrite=st.booleans())
    def imports_what_changes_while_the_plan_is_shown(
        self, data: st.DataObject, note: str | None, overwrite: bool
    ) -> None:
        self.may_stop_halfway()
        prepared = self.service.prepare(self.file(), self.choices(overwrite=overwrite)).data
        self.undoing_brings_back_what_was_by_hand()
        self.forget_unnoticed()
        if overwrite:
            self.by_hand.clear()
        if self.standing():
            self.by_their_own_hand(data, note)
        self.service.apply(prepared)
        self.forget_removed()

    @rule(point=POINTS, overwrite=st.booleans())
    def is_killed_while_importing(self, point: int, overwrite: bool) -> None:
        path, choices = self.file(), self.choices(overwrite=overwrite)
        if overwrite:
            self.at_risk = dict(self.by_hand)
        self.killed(point, lambda: self.service.apply(self.service.prepare(path, choices).data))

    @precondition(lambda self: not self.service.book.open_runs())
    @rule(point=POINTS)
    def is_killed_while_importing_and_takes_it_back(self, point: int) -> None:
        before, runs = self.contents(), len(self.service.book.runs())
        path, choices = self.file(), self.choices()
        self.killed(point, lambda: self.service.apply(self.service.prepare(path, choices).data))
        if len(self.service.book.runs()) > runs:
            self.service.undo(self.service.book.runs()[0].number)
            self.undoing_brings_back_what_was_by_hand()
        assert self.contents() == before

    @precondition(lambda self: self.service.book.runs())
    @rule(point=POINTS)
    def is_killed_while_undoing(self, point: int) -> None:
        newest = next(run for run in self.service.book.runs() if run.kind == "import")
        self.killed(point, lambda: self.service.undo(newest.number))

    @precondition(lambda self: self.service.book.open_runs())
    @rule(point=POINTS)
    def is_killed_while_resuming(self, point: int) -> None:
        self.killed(point, self.service.resume)

    def killed(self, point: int, verb: Callable[[], object]) -> None:
        """The verb, killed at the crash point of that number; the store is opened anew."""
        self.may_stop_halfway()
        with self.dying_at(point), suppress(KilledError):
            verb()
        self.opened.close()
        self.open()
        self.undoing_brings_back_what_was_by_hand()

    def may_stop_halfway(self) -> None:
        """A verb begins of which nobody knows how far it will come."""
        if self.service.book.open_runs() or not self.standing():
            self.forget_unnoticed()
        self.before_latest = None

    @contextmanager
    def dying_at(self, point: int) -> Iterator[Callable[[str], None]]:
        """Inside, the process is gone at the crash point of that number. Gives the function that counts them."""
        met = 0

        def fault(_: str) -> None:
            nonlocal met
            met += 1
            if met >= point:
                raise KilledError

        crash._fault = fault
        try:
            yield fault
        finally:
            crash._fault = None

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
        self.forget_what_was_overwritten()
        for event_id, one in self.standing().items():
            if content_hash(one.event) != one.content:
                self.by_hand[event_id] = one.event
        self.forget_removed()

    def forget_what_was_overwritten(self) -> None:
        """How far an import with --overwrite came, stopped halfway or finished later, only the calendar shows."""
        standing = self.standing()
        for event_id, left in self.at_risk.items():
            now = standing[event_id].event if event_id in standing else None
            if now != left and event_id in self.by_hand and self.by_hand[event_id] == left:
                del self.by_hand[event_id]
        if not self.service.book.open_runs():
            self.at_risk.clear()

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
        type(self).steps += 1
        self.forget_what_was_overwritten()
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


class RemoteMachine(CalendarMachine):
    """The same with a server behind the calendar, which may fail, and be lost, at any request."""

    lost: ClassVar[tuple[type[BaseException], ...]] = (KilledError,)  # what only another process recovers from

    def does_under(
        self, fault: AbstractContextManager[object], verb: str, point: int | None, *, another_process: bool
    ) -> None:
        """A verb meets a fault, is killed on top of it at `point`, and another process may go on from there."""
        newest = next((run for run in self.service.book.runs() if run.kind == "import"), None)
        self.may_stop_halfway()
        if verb == "overwrite":
            self.at_risk = dict(self.by_hand)
        try:
            with fault, self.dying_at(point) if point else nullcontext():
                if verb == "undo" and newest:
                    self.service.undo(newest.number)
                elif verb == "resume" and self.service.book.open_runs():
                    self.service.resume()
                else:
                    choices = self.choices(overwrite=verb == "overwrite")
                    self.service.apply(self.service.prepare(self.file(), choices).data)
        except (ToolkitError, KilledError) as ended:
            another_process |= isinstance(ended, self.lost)
        if another_process:
            self.opened.close()
            self.open()
        self.undoing_brings_back_what_was_by_hand()

    @contextmanager
    def dying_at(self, point: int) -> Iterator[Callable[[str], None]]:
        """The moments before and after each request are points as well."""
        send = Transport.request

        def sent(transport: Transport, *arguments: Any, **more: Any) -> Any:
            reached("before")
            answer = send(transport, *arguments, **more)
            reached("after")
            return answer

        with super().dying_at(point) as reached, mock.patch.object(Transport, "request", sent):
            yield reached
