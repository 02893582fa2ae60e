"""What is written down before a calendar is touched: runs, their steps, and the steps that take them back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from toolkit.calendar.identity import content_hash
from toolkit.calendar.planning import Remembered
from toolkit.calendar.ports import Marks, Operation, OperationKind
from toolkit.core.outcome import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.calendar.model import Change, Event, Keyed, Made, Plan

RunKind = Literal["import", "undo"]
RunState = Literal["open", "done", "stopped", "undone", "partly_undone"]
StepState = Literal["planned", "begun", "done", "conflict", "failed", "dropped", "undone"]


@dataclass(frozen=True)
class Run:
    """One import, or the undoing of one. `number` is what the member calls it, `mark` what its events carry.

    `open`: cut off, some steps may be left. `stopped`: ended before all steps were made, the rest was given up.
    """

    number: int
    mark: str
    kind: RunKind
    target: str
    import_name: str
    file: str
    digest: str
    began: datetime
    state: RunState = "open"
    undoes: int | None = None
    ended: datetime | None = None


@dataclass(frozen=True)
class Stored:
    """An event together with its private marks: everything a target holds of it."""

    event: Event
    marks: Marks


@dataclass(frozen=True)
class Step:
    """One write of a run, with what it takes to know whether it was made and to take it back.

    `row` is where the event comes from, for the book's memory. `undoes` is the position, in the run being undone, of
    the step that this one takes back.
    """

    position: int
    kind: OperationKind
    event_id: str
    etag: str
    before: Stored | None
    after: Stored | None
    row: Remembered | None
    state: StepState = "planned"
    undoes: int | None = None

    @property
    def operation(self) -> Operation:
        if self.after is None:
            return Operation(self.kind, self.event_id, None, None, self.etag)
        return Operation(self.kind, self.event_id, self.after.event, self.after.marks, self.etag)

    @property
    def title(self) -> str:
        stored = self.after or self.before
        return stored.event.summary if stored else ""

    def made_already(self, standing: Made | None) -> bool:
        """Whether the target's event shows that this step was made before its result could be recorded."""
        if self.after is None:
            return standing is None
        return standing is not None and _is(standing, self.after)


@dataclass(frozen=True)
class Undoing:
    """How a run can be taken back: steps to make, steps of the run that need nothing any more, events that are kept."""

    steps: tuple[Step, ...]
    settled: tuple[Step, ...] = ()
    kept: tuple[Problem, ...] = ()


def remembered(keyed: Keyed) -> Remembered:
    """What the book keeps about a row once its event stands."""
    wanted = keyed.wanted
    return Remembered(
        keyed.key,
        keyed.event_id,
        keyed.content,
        wanted.source.sheet,
        wanted.source.row,
        wanted.event.summary,
        wanted.own_id,
        _day(wanted.event),
    )


def steps_for(plan: Plan, memory: Mapping[str, Remembered], mark: str) -> list[Step]:
    """A plan's writes in its own order, deletes last: cut off anywhere, the member has rather one too many."""
    changes = [change for change in plan.changes if change.kind in {"create", "update"}]
    changes += [change for change in plan.changes if change.kind == "delete"]
    return [_step(position, change, plan.import_name, memory, mark) for position, change in enumerate(changes)]


def as_made(steps: Iterable[Step], standing: Iterable[Made]) -> list[Step]:
    """The steps of a run that may have been cut off, each as it was made or not, so far as the target shows it."""
    by_id = {made.event_id: made for made in standing}
    return [
        replace(step, state="done") if step.state == "begun" and step.made_already(by_id.get(step.event_id)) else step
        for step in steps
    ]


def steps_to_undo(run: Run, steps: Sequence[Step], standing: Iterable[Made], run_of: Mapping[str, int]) -> Undoing:
    """Take back a run's finished steps, last one first.

    An event is touched only while it stands exactly as the run left it; what the member or a later run (`run_of`:
    mark → number) has changed since is kept and reported. What is already as it was before needs nothing.
    """
    by_id = {made.event_id: made for made in standing}
    back: list[Step] = []
    settled: list[Step] = []
    kept: list[Problem] = []
    for step in reversed([step for step in steps if step.state == "done"]):
        now = by_id.get(step.event_id)
        if (now is None and step.before is None) or (now is not None and step.before and _is(now, step.before)):
            settled.append(step)
        elif not step.made_already(now):
            kept.append(_kept(step, now, run, run_of))
        else:
            kind: OperationKind = "update" if step.before and now else "insert" if step.before else "delete"
            etag = now.etag if now else ""
            now_stored = _stored(now, run.import_name) if now else None
            back.append(
                Step(len(back), kind, step.event_id, etag, now_stored, step.before, step.row, undoes=step.position)
            )
    return Undoing(tuple(back), tuple(settled), tuple(kept))


def _step(position: int, change: Change, import_name: str, memory: Mapping[str, Remembered], mark: str) -> Step:
    before = _stored(change.made, import_name) if change.made else None
    if change.keyed is None:
        assert change.made is not None
        made = change.made
        row = memory.get(made.key) or _without_row(made)
        return Step(position, "delete", made.event_id, made.etag, before, None, row)
    keyed = change.keyed
    after = Stored(keyed.wanted.event, Marks(import_name, keyed.key, keyed.content, mark))
    if change.made is None:
        return Step(position, "insert", keyed.event_id, "", None, after, remembered(keyed))
    return Step(position, "update", change.made.event_id, change.made.etag, before, after, remembered(keyed))


def _stored(made: Made, import_name: str) -> Stored:
    return Stored(made.event, Marks(import_name, made.key, made.content, made.run))


def _is(made: Made, stored: Stored) -> bool:
    return made.run == stored.marks.run and content_hash(made.event) == content_hash(stored.event)


def _without_row(made: Made) -> Remembered:
    return Remembered(made.key, made.event_id, made.content, None, 0, made.event.summary, "", _day(made.event))


def _kept(step: Step, now: Made | None, run: Run, run_of: Mapping[str, int]) -> Problem:
    title = step.title
    if now is None:
        return Problem("calendar.undo_event_gone", params={"title": title})
    if now.run != run.mark and now.run in run_of:
        return Problem("calendar.undo_changed_later", params={"title": title, "run": run_of[now.run]})
    return Problem("calendar.undo_edited_by_hand", params={"title": title})


def _day(event: Event) -> date:
    return event.start.date() if isinstance(event.start, datetime) else event.start
