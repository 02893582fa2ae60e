"""Make a run's steps, each written down before and recorded after, so that a run can be cut off anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from toolkit.core.errors import ToolkitError
from toolkit.core.outcome import Place, Problem
from toolkit.disk.crash import crashpoint

if TYPE_CHECKING:
    from toolkit.calendar.book import CalendarBook
    from toolkit.calendar.journal import Run, Step, StepState
    from toolkit.calendar.ports import OperationKind, Result, Target
    from toolkit.core.dates import Clock

Progress = Callable[[int], None]


def nothing(_: int) -> None:
    """No one watches."""


class Stop(Protocol):
    """Asked between two batches: true once the member or the system wants the program to end."""

    def __bool__(self) -> bool: ...


@dataclass(frozen=True)
class Ended:
    """How far a run came. `made` counts the writes recorded in this go, by kind.

    `interrupted`: it isn't at its end; a stop was asked for, or `failure` says why the target or the store refused.
    """

    run: Run
    made: Counter[OperationKind] = field(default_factory=Counter)
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False
    failure: ToolkitError | None = None


class Applier:
    """Makes the steps of runs in one target."""

    def __init__(self, book: CalendarBook, target: Target, batch: int, clock: Clock) -> None:
        self._book = book
        self._target = target
        self._batch = batch
        self._clock = clock

    def make(self, run: Run, *, stop: Stop | bool = False, progress: Progress = nothing) -> Ended:
        """Make every step of `run` that isn't made yet.

        Ends early, leaving the run open, when `stop` becomes true (after the batch in hand), or when the network, the
        sign-in or the store fails; what was made until then is recorded.
        """
        made: Counter[OperationKind] = Counter()
        problems: list[Problem] = []
        try:
            left = self._settle(run, made, progress)
            for at in range(0, len(left), self._batch):
                if stop:
                    return Ended(run, made, tuple(problems), interrupted=True)
                batch = left[at : at + self._batch]
                self._book.mark(run, [step.position for step in batch], "begun")
                crashpoint("calendar.apply.begun")
                self._make(run, batch, made, problems, progress)
                crashpoint("calendar.apply.recorded")
            self._book.end(run, "done", self._clock.now())
        except ToolkitError as failure:
            return Ended(run, made, (*problems, failure.problem), interrupted=True, failure=failure)
        crashpoint("calendar.apply.ended")
        return Ended(run, made, tuple(problems))

    def give_up(self, run: Run) -> None:
        """Find out what a cut-off run has made, and drop the rest of it."""
        left = self._settle(run, Counter(), nothing)
        self._book.mark(run, [step.position for step in left if step.state == "begun"], "planned")
        self._book.drop_rest(run)
        self._book.end(run, "stopped", self._clock.now())

    def _make(
        self, run: Run, batch: Sequence[Step], made: Counter[OperationKind], problems: list[Problem], progress: Progress
    ) -> None:
        steps = {step.event_id: step for step in batch}
        ended: list[tuple[Step, StepState]] = []
        try:
            for result in self._target.perform([step.operation for step in batch]):
                step = steps[result.operation.event_id]
                ended.append((replace(step, event_id=result.made.event_id) if result.made else step, result.kind))
                if result.kind == "done":
                    made[step.kind] += 1
                else:
                    problems.append(_problem(run, step, result))
                progress(1)
        finally:
            crashpoint("calendar.apply.performed")
            self._book.record(run, ended)

    def _settle(self, run: Run, made: Counter[OperationKind], progress: Progress) -> list[Step]:
        """The steps still to make. Steps that were begun when the run was cut off are looked up in the target first."""
        steps = [step for step in self._book.steps(run) if step.state in {"planned", "begun"}]
        begun = [step for step in steps if step.state == "begun"]
        if not begun:
            return steps
        standing = self._target.made_by(run.import_name)
        by_id = {one.event_id: one for one in standing}
        by_key = {one.key: one for one in standing}
        settled: list[tuple[Step, StepState]] = []
        for step in begun:
            now = by_id.get(step.event_id) or by_key.get(step.row.key if step.row else "")
            if step.made_already(now):
                settled.append((replace(step, event_id=now.event_id) if now else step, "done"))
                made[step.kind] += 1
                progress(1)
        self._book.record(run, settled)
        crashpoint("calendar.apply.settled")
        done = {step.position for step, _ in settled}
        return [step for step in steps if step.position not in done]


def _problem(run: Run, step: Step, result: Result) -> Problem:
    row = step.row
    place = Place(run.file, row.sheet if row else None, row.row or None if row else None)
    if result.kind == "conflict":
        return Problem("calendar.changed_meanwhile", place, {"title": step.title})
    return Problem("calendar.not_written", place, {"title": step.title, "reason": result.detail or result.code})
