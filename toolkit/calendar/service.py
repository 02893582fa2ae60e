"""The verbs of the calendar tool: preview, apply, undo, resume, runs, agenda, export. Nothing here prints or asks."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, defaultdict
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar

from toolkit.calendar.agenda import Occurrence, occurrences
from toolkit.calendar.applying import Applier, Ended, Progress, Stop, nothing
from toolkit.calendar.body import zone
from toolkit.calendar.book import CalendarBook, Database
from toolkit.calendar.identity import identify, import_name, import_name_of
from toolkit.calendar.journal import Run, Step, as_made, remembered, steps_for, steps_to_undo
from toolkit.calendar.overlaps import Overlaps, Party, find_overlaps
from toolkit.calendar.planning import Refused, Remembered, Scope, coinciding, is_change, make_plan, stands_after
from toolkit.calendar.results import Applied, Choices, Preview, RunLine, Snapshot, Undone, UndoPreview
from toolkit.calendar.targets import DEFAULT_CALENDAR, Opener, TargetSpec, target_of
from toolkit.core.errors import ConflictError
from toolkit.core.outcome import Exit, Outcome, Place, Problem
from toolkit.core.text import fold
from toolkit.disk.crash import crashpoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from toolkit.calendar.model import Change, Plan
    from toolkit.calendar.ports import OperationKind
    from toolkit.calendar.reading.options import ReadResult
    from toolkit.core.dates import Clock
    from toolkit.sheets.model import Workbook

T = TypeVar("T")

_LEFT: Final = frozenset({"planned", "begun"})  # states of a step that is still to be made

HOLD_IMPORT = "toolkit calendar import"
HOLD_UNDO = "toolkit calendar undo"

# Entered around writing: inside, a request to stop makes the Stop true instead of ending the program at once.
Stopping: TypeAlias = "AbstractContextManager[Stop | bool]"
_NEVER: Final[Stopping] = nullcontext(False)


class Storage(Database, Protocol):
    """What the service needs of the member's store."""

    def hold(self, what: str) -> AbstractContextManager[None]: ...


class CalendarService:
    """Everything the calendar commands do, on one store."""

    def __init__(self, store: Storage, clock: Clock, open_target: Opener) -> None:
        self._store = store
        self._clock = clock
        self._open = cache(open_target)  # a target may learn while it lists; what lists must also write
        self._book = CalendarBook(store)

    @property
    def book(self) -> CalendarBook:
        return self._book

    def preview(self, source: Path | Workbook, choices: Choices) -> Outcome[Preview]:
        """What importing `source` would do. Writes nothing. Raises InputError for a file that can't be read at all."""
        snapshot = self._read(source, choices)
        outcome = self._outcome(self._compare(snapshot, choices))
        unfinished = self._book.open_runs(choices.target.id)
        notes = tuple(Problem("calendar.run_unfinished", params={"run": run.number}) for run in unfinished)
        return replace(outcome, notes=notes + outcome.notes)

    def prepare(
        self, source: Path | Workbook, choices: Choices, *, stopping: Stopping = _NEVER, progress: Progress = nothing
    ) -> Outcome[Preview]:
        """The preview that `apply` takes. What an earlier import or undo of this target left unfinished is settled
        first, within `stopping`: the same file's is finished, another file's is given up where it stopped."""
        snapshot = self._read(source, choices)
        resumed = self._catch_up(snapshot, choices.target, stopping, progress)
        return self._outcome(replace(self._compare(snapshot, choices), resumed=resumed))

    def apply(self, preview: Preview, *, stop: Stop | bool = False, progress: Progress = nothing) -> Outcome[Applied]:
        """Do exactly what the preview shows. Raises ConflictError when it is refused or no longer true."""
        if refusal := refusal_of(preview):
            raise ConflictError(refusal.code, refusal.place, value=refusal.value, **refusal.params)
        spec, snapshot = preview.target, preview.snapshot
        with self._store.hold(HOLD_IMPORT) if preview.writes else nullcontext():
            if preview.writes and self._book.latest(spec.id) != preview.latest:
                preview = self._still_true(preview)
            ended = self._make_plan(preview, stop, progress) if preview.writes else None
            if ended is None or not ended.interrupted:
                self._remember(preview)
        counts = preview.plan.counts
        applied = Applied(
            snapshot.file,
            spec,
            ended.run.number if ended else None,
            dict(ended.made) if ended else {},
            counts.get("unchanged", 0),
            counts.get("conflict", 0) + len(preview.draft.kept),
            tuple(one.run.number for one in preview.resumed),
            ended.interrupted if ended else False,
            overlaps=preview.overlaps.pairs,
        )
        return _failed(_partial(applied, preview, _problems(preview), ended.problems if ended else ()), ended)

    def runs(self) -> Outcome[tuple[RunLine, ...]]:
        """Every run, the newest first."""
        tallies = self._book.tallies()
        return Outcome(tuple(_run_line(run, tallies.get(run.number, {})) for run in self._book.runs()))

    def preview_undo(self, number: int) -> Outcome[UndoPreview]:
        """What undoing run `number` would do. Raises ConflictError if there is no such run or it can't be undone."""
        run = self._undoable(number)
        standing = self._open(target_of(run.target)).made_by(run.import_name)
        undoing = steps_to_undo(run, as_made(self._book.steps(run), standing), standing, self._run_numbers())
        return Outcome(UndoPreview(run, Counter(step.kind for step in undoing.steps), len(undoing.kept)), undoing.kept)

    def undo(self, number: int, *, stop: Stop | bool = False, progress: Progress = nothing) -> Outcome[Undone]:
        """Put back what run `number` did, the last write first; what was changed since is kept and reported.

        Going on where an earlier undo was cut off. An undone run has nothing left to undo, and that is no error.
        """
        run = self._undoable(number)
        spec = target_of(run.target)
        with self._store.hold(HOLD_UNDO):
            applier = self._applier(spec)
            made: Counter[OperationKind] = Counter()
            for unfinished in self._book.open_runs(spec.id):
                if unfinished.undoes == number:
                    ended = applier.make(unfinished, stop=stop, progress=progress)
                    made += ended.made
                    if ended.interrupted:
                        undone = Undone(run, dict(made), 0, interrupted=True)
                        return _failed(Outcome(undone, ended.problems, "partial"), ended)
                elif unfinished.number == number:
                    applier.give_up(unfinished)
            run = self._book.run(number) or run
            if run.state == "undone":
                note = () if made else (Problem("calendar.already_undone", params={"run": number}),)
                return Outcome(Undone(run, dict(made), 0), notes=note)
            standing = self._open(spec).made_by(run.import_name)
            undoing = steps_to_undo(run, self._book.steps(run), standing, self._run_numbers())
            self._book.settle_undone(run, undoing.settled)
            back = None
            if undoing.steps:
                begun = replace(run, kind="undo", mark=_new_mark(), began=self._clock.now(), undoes=number)
                back = self._make(begun, undoing.steps, stop, progress)
                made += back.made
        run = self._book.run(number) or run
        interrupted = back is not None and back.interrupted
        problems = (*undoing.kept, *(back.problems if back else ()))
        undone = Undone(run, dict(made), len(undoing.kept), interrupted)
        nothing_left = not (made or undoing.kept or interrupted)
        note = (Problem("calendar.nothing_left_to_undo", params={"run": number}),) if nothing_left else ()
        return _failed(Outcome(undone, problems, "partial" if problems or interrupted else "ok", notes=note), back)

    def unfinished(self, number: int | None = None) -> int:
        """How many writes cut-off runs have left, run `number`'s or everyone's: the most that `resume` will make."""
        tallies = self._book.tallies()
        runs = [run for run in self._book.open_runs() if number in {None, run.number}]
        left = (count for run in runs for (_, state), count in tallies[run.number].items() if state in _LEFT)
        return sum(left)

    def resume(
        self, number: int | None = None, *, stop: Stop | bool = False, progress: Progress = nothing
    ) -> Outcome[tuple[Ended, ...]]:
        """Finish what was cut off: run `number`, or everything. Nothing to finish is no error."""
        if number is not None:
            run = self._book.run(number)
            if run is None:
                raise ConflictError("calendar.run_unknown", value=str(number), run=number)
            todo = [run] if run.state == "open" else []
        else:
            todo = self._book.open_runs()
        done: list[Ended] = []
        if todo:
            with self._store.hold(HOLD_IMPORT):
                for run in todo:
                    done.append(self._applier(target_of(run.target)).make(run, stop=stop, progress=progress))
                    if done[-1].interrupted:
                        break
        problems = tuple(problem for ended in done for problem in ended.problems)
        return _failed(Outcome(tuple(done), problems, "partial" if problems else "ok"), done[-1] if done else None)

    def agenda(self, since: date, until: date, calendar: str | None = None) -> Outcome[tuple[Occurrence, ...]]:
        """What the local calendar holds from `since` to before `until`, repetitions written out, in order of time."""
        from toolkit.calendar.adapters.local import LocalTarget, calendars

        names = [self._known(calendar)] if calendar else calendars(self._store)
        found = [
            one
            for name in names
            for one in occurrences(LocalTarget(self._store, name).events(), since, until, self._clock.now().tzinfo)
        ]
        return Outcome(tuple(sorted(found, key=lambda one: one.order)))

    def export(self, calendar: str, path: Path) -> Outcome[int]:
        """Write a local calendar to an .ics file; how many events it has. What others put into the file stays.

        Raises ConflictError if there are calendars, but none of this name.
        """
        from toolkit.calendar.adapters.ics import IcsTarget
        from toolkit.calendar.adapters.local import LocalTarget

        if calendar != DEFAULT_CALENDAR:
            calendar = self._known(calendar)
        events = LocalTarget(self._store, calendar).everything()
        IcsTarget(path, calendar, self._clock.now).replace_all(events)
        return Outcome(len(events))

    def _known(self, calendar: str) -> str:
        """The name of a local calendar as it is written there. Raises ConflictError if there are only others."""
        from toolkit.calendar.adapters.local import calendars

        names = calendars(self._store)
        found = next((name for name in names if fold(name) == fold(calendar)), None)
        if found is None and names:
            raise ConflictError("calendar.calendar_unknown", value=calendar, known=", ".join(names))
        return found or calendar

    def _read(self, source: Path | Workbook, choices: Choices) -> Snapshot:
        from toolkit.calendar.reading import read_events
        from toolkit.sheets.model import Workbook
        from toolkit.sheets.read import read_workbook

        workbook = source if isinstance(source, Workbook) else read_workbook(source, encoding=choices.encoding)
        named = choices.name or (workbook.file if workbook.kind == "google" else "")  # a title has no file ending
        name = import_name(named) if named else import_name_of(workbook.file)
        memory = self._book.memory(choices.target.id, name)
        result = read_events(workbook, replace(choices.read, remembered=_days(memory)))
        if result.part and not choices.name:
            # Each person's shifts are an import of their own: Hoa's must not look like Lan's that vanished.
            name = import_name(f"{name} – {result.part}")
        return Snapshot(
            workbook.file,
            workbook.digest,
            name,
            replace(result, problems=workbook.problems + result.problems),
            tuple(_refused(workbook, result)),
            workbook.notes,
        )

    def _compare(self, snapshot: Snapshot, choices: Choices) -> Preview:
        spec, name, result = choices.target, snapshot.import_name, snapshot.result
        latest = self._book.latest(spec.id)
        memory = self._book.memory(spec.id, name)
        made = self._open(spec).made_by(name)
        identified = identify(name, result.wanted, {one.key: one.content for one in made if not one.cancelled})
        scope = Scope(
            file=snapshot.file,
            refused=snapshot.refused,
            harmless=self._book.harmless(spec.id, name),
            sheets=frozenset(fold(sheet) for sheet in result.shapes) if choices.read.sheet else None,
            overwrite=choices.overwrite,
            delete=choices.delete,
        )
        draft = make_plan(
            identified.keyed, made, memory, scope, import_name=name, target=spec.id, digest=snapshot.digest
        )
        draft = replace(draft, problems=identified.problems + draft.problems, notes=identified.notes)
        same_as = None
        if not made and not memory and not choices.name:
            others = {other: found for other, found in self._book.contents(spec.id).items() if other != name}
            same_as = coinciding([one.content for one in identified.keyed], others)
        overlaps = self._overlaps(draft.plan, choices)
        return Preview(draft.plan, spec, snapshot, choices, draft, memory, latest, overlaps, same_as)

    def _overlaps(self, plan: Plan, choices: Choices) -> Overlaps:
        """What would take place at the same time, of this import and of others in the same calendar.

        Shifts of different people are no two places for anyone.
        """
        mine = [
            Party(event, change.keyed.wanted.source if change.keyed else None)
            for change in plan.changes
            if (event := stands_after(change)) is not None
        ]
        beside = self._book.standing_beside(plan.target, plan.import_name) if mine else []
        others = [Party(event, import_name=name) for name, event in beside]
        read = choices.read
        return find_overlaps(mine, others, read.today, zone(read.timezone), among_mine=not read.everyone)

    def _outcome(self, preview: Preview) -> Outcome[Preview]:
        problems = _problems(preview)
        if refusal := refusal_of(preview):
            problems = (refusal, *problems)
        result = preview.snapshot.result
        only_examples = not problems and any(note.code == "calendar.examples_left_in" for note in result.notes)
        told = result.wanted or result.cancelled or only_examples or preview.plan.counts["delete"]
        nothing_read = not told and preview.draft.refusal is None
        if nothing_read and not problems:
            problems = (Problem("calendar.nothing_to_import", Place(preview.file)),)
        outcome = _partial(preview, preview, problems)
        return replace(outcome, status="error", exit=Exit.INPUT) if nothing_read else outcome

    def _catch_up(
        self, snapshot: Snapshot, spec: TargetSpec, stopping: Stopping, progress: Progress
    ) -> tuple[Ended, ...]:
        if not self._book.open_runs(spec.id):
            return ()
        finished = []
        with stopping as stop, self._store.hold(HOLD_IMPORT):
            applier = self._applier(spec)
            for run in self._book.open_runs(spec.id):
                same = (run.import_name, run.digest) == (snapshot.import_name, snapshot.digest)
                if run.kind == "undo" or same:
                    finished.append(ended := applier.make(run, stop=stop, progress=progress))
                    if ended.failure:
                        raise ended.failure
                    if ended.interrupted:
                        break
                elif run.import_name == snapshot.import_name:
                    applier.give_up(run)
        return tuple(finished)

    def _still_true(self, preview: Preview) -> Preview:
        """The plan made again because another run came in between: fewer writes are fine, others are not."""
        again = replace(self._compare(preview.snapshot, preview.choices), resumed=preview.resumed)
        confirmed = {(change.kind, _key(change)) for change in preview.writes}
        if not confirmed.issuperset((change.kind, _key(change)) for change in again.writes):
            raise ConflictError("calendar.plan_outdated", Place(preview.file))
        return again

    def _make_plan(self, preview: Preview, stop: Stop | bool, progress: Progress) -> Ended:
        snapshot, mark = preview.snapshot, _new_mark()
        run = Run(
            0,
            mark,
            "import",
            preview.target.id,
            snapshot.import_name,
            snapshot.file,
            snapshot.digest,
            self._clock.now(),
        )
        return self._make(run, steps_for(preview.plan, preview.memory, mark), stop, progress)

    def _make(self, run: Run, steps: Sequence[Step], stop: Stop | bool, progress: Progress) -> Ended:
        begun = self._book.begin(run, steps)
        crashpoint("calendar.apply.journaled")
        return self._applier(target_of(run.target)).make(begun, stop=stop, progress=progress)

    def _applier(self, spec: TargetSpec) -> Applier:
        return Applier(self._book, self._open(spec), spec.batch, self._clock)

    def _remember(self, preview: Preview) -> None:
        """Note where the rows of standing events are in the sheet now, and forget rows that have neither any more."""
        rows = []
        for change in preview.plan.changes:
            if change.keyed is None or is_change(change):
                continue
            row = remembered(change.keyed)
            if change.made is None:
                rows.append(replace(row, content=preview.memory[row.key].content, removed=True))
            else:
                content = row.content if change.kind == "unchanged" else change.made.content
                rows.append(replace(row, event_id=change.made.event_id, content=content))
        gone: set[str] = set()
        if preview.choices.read.sheet is None:
            gone = preview.memory.keys() - {key for change in preview.plan.changes if (key := _key(change))}
            gone -= {made.key for made in preview.draft.kept}
        self._book.remember(preview.target.id, preview.snapshot.import_name, rows, gone, preview.draft.harmless)

    def _undoable(self, number: int) -> Run:
        run = self._book.run(number)
        if run is None:
            raise ConflictError("calendar.run_unknown", value=str(number), run=number)
        if run.kind == "undo":
            raise ConflictError("calendar.run_is_undo", value=str(number), run=number, undoes=run.undoes or 0)
        return run

    def _run_numbers(self) -> dict[str, int]:
        return {run.mark: run.number for run in self._book.runs()}


def refusal_of(preview: Preview) -> Problem | None:
    """Why the previewed import won't be applied, None if it may be."""
    if preview.draft.refusal is not None:
        return preview.draft.refusal
    if preview.same_as is not None:
        params = {"name": preview.same_as, "own": preview.snapshot.import_name}
        return Problem("calendar.same_as_another_import", Place(preview.file), params)
    return None


def nothing_done(preview: Preview, *, interrupted: bool = False) -> Outcome[Applied]:
    """The result of an import that the member declined or stopped before anything was written."""
    resumed = tuple(ended.run.number for ended in preview.resumed)
    open_run = next((ended.run.number for ended in preview.resumed if ended.interrupted), None)
    done = Applied(preview.file, preview.target, open_run, {}, 0, 0, resumed, interrupted, declined=not interrupted)
    return Outcome(done)


def _problems(preview: Preview) -> tuple[Problem, ...]:
    resumed = (problem for ended in preview.resumed for problem in ended.problems)
    return (*preview.snapshot.result.problems, *preview.draft.problems, *resumed)


def _notes(preview: Preview) -> tuple[Problem, ...]:
    return (*preview.snapshot.notes, *preview.snapshot.result.notes, *preview.draft.notes)


def _partial(data: T, preview: Preview, problems: tuple[Problem, ...], later: tuple[Problem, ...] = ()) -> Outcome[T]:
    """Problems make an outcome partial; rows that the member cancelled are told among them and change nothing.

    `later` are problems that came up after the preview was shown.
    """
    told = sorted((*problems, *preview.snapshot.result.cancelled), key=_row_of)
    return Outcome(data, (*told, *later), "partial" if problems or later else "ok", notes=_notes(preview))


def _row_of(problem: Problem) -> tuple[bool, str, int]:
    """Where a problem stands, for telling them in the order of the sheet; what concerns the whole file comes first."""
    place = problem.place
    return place.row is not None, place.sheet or "", place.row or 0


def _failed(outcome: Outcome[T], ended: Ended | None) -> Outcome[T]:
    """The same outcome, as the failure that ended the run makes the command end."""
    if ended is None or ended.failure is None:
        return outcome
    return replace(outcome, status="error", exit=ended.failure.exit)


def _key(change: Change) -> str:
    if change.keyed is not None:
        return change.keyed.key
    return change.made.key if change.made else ""


def _new_mark() -> str:
    """Names a run on its events; unique among all machines that write to the same calendar."""
    return secrets.token_hex(8)


def _days(memory: Mapping[str, Remembered]) -> dict[str, frozenset[date]]:
    days: defaultdict[str, set[date]] = defaultdict(set)
    for row in memory.values():
        days[fold(row.title)].add(row.day)
    return {title: frozenset(found) for title, found in days.items()}


def _refused(workbook: Workbook, result: ReadResult) -> Iterator[Refused]:
    """The refused rows with a fingerprint of their text, so that they are known again wherever they stand."""
    sheets = {sheet.name or None: sheet for sheet in workbook.sheets}
    for row in result.refused:
        sheet = sheets.get(row.sheet)
        found = sheet.row(row.row) if sheet else None
        texts = [fold(cell.text) for cell in found.cells] if found else []
        text = "\x1f".join([row.sheet or "", *texts])
        yield Refused(row.sheet, row.row, row.title, row.own_id, hashlib.sha256(text.encode()).hexdigest()[:32])


def _run_line(run: Run, tally: Mapping[tuple[str, str], int]) -> RunLine:
    kinds: tuple[OperationKind, ...] = ("insert", "update", "delete")
    made = {kind: tally.get((kind, "done"), 0) + tally.get((kind, "undone"), 0) for kind in kinds}
    return RunLine(run, made, sum(tally.values()) - sum(made.values()))
