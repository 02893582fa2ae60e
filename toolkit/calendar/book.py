"""The calendar's own tables: runs, their journal, and which row is behind which event."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import astuple, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.calendar.body import event_from_text, event_to_text, marks_from_text, marks_to_text
from toolkit.calendar.journal import Run, RunState, Step, StepState, Stored
from toolkit.calendar.planning import Remembered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from toolkit.calendar.model import Event


class Database(Protocol):
    """What the book needs of the member's store."""

    def read(self) -> sqlite3.Connection: ...

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]: ...


RUNS = "SELECT number, mark, kind, target, import_name, file, digest, began, state, undoes, ended FROM calendar_run"
STEPS = "SELECT position, kind, event_id, etag, before, after, row, state, undoes FROM calendar_step"


class CalendarBook:
    """Reads and writes the journal. Every method that writes is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, run: Run, steps: Iterable[Step]) -> Run:
        """Write down a run and all its steps before the first of them is made; the result has the run's number."""
        with self._database.transaction() as db:
            values = (run.mark, run.kind, run.target, run.import_name, run.file, run.digest, run.began.isoformat())
            number = db.execute(
                "INSERT INTO calendar_run (mark, kind, target, import_name, file, digest, began, state, undoes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?)",
                (*values, run.undoes),
            ).lastrowid
            assert number is not None
            db.executemany(
                "INSERT INTO calendar_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((number, *_step_values(step)) for step in steps),
            )
        return replace(run, number=number)

    def end(self, run: Run, state: RunState, at: datetime) -> None:
        with self._database.transaction() as db:
            db.execute(
                "UPDATE calendar_run SET state = ?, ended = ? WHERE number = ?", (state, at.isoformat(), run.number)
            )
            if run.undoes is not None:
                _note_undone(db, run.undoes)

    def drop_rest(self, run: Run) -> None:
        """Give up what a run has not begun."""
        with self._database.transaction() as db:
            db.execute("UPDATE calendar_step SET state = 'dropped' WHERE run = ? AND state = 'planned'", (run.number,))

    def mark(self, run: Run, positions: Iterable[int], state: StepState) -> None:
        with self._database.transaction() as db:
            db.executemany(
                "UPDATE calendar_step SET state = ? WHERE run = ? AND position = ?",
                [(state, run.number, position) for position in positions],
            )

    def record(self, run: Run, ended: Sequence[tuple[Step, StepState]]) -> None:
        """Write down how steps ended, and with it which events stand now."""
        with self._database.transaction() as db:
            for step, state in ended:
                db.execute(
                    "UPDATE calendar_step SET state = ?, event_id = ? WHERE run = ? AND position = ?",
                    (state, step.event_id, run.number, step.position),
                )
                if state != "done":
                    continue
                if step.row is not None:
                    _remember_step(db, run, step.row, step.event_id, step.after)
                if run.undoes is not None and step.undoes is not None:
                    _mark_undone(db, run.undoes, [step.undoes])

    def settle_undone(self, run: Run, steps: Iterable[Step]) -> None:
        """Steps of `run` whose effect is gone already count as undone: what stands is what stood before them."""
        with self._database.transaction() as db:
            for step in steps:
                _mark_undone(db, run.number, [step.position])
                if step.row is not None:
                    _remember_step(db, run, step.row, step.event_id, step.before)
            _note_undone(db, run.number)

    def run(self, number: int) -> Run | None:
        row = self._database.read().execute(f"{RUNS} WHERE number = ?", (number,)).fetchone()
        return _run(row) if row else None

    def runs(self) -> list[Run]:
        """Every run, the newest first."""
        return [_run(row) for row in self._database.read().execute(f"{RUNS} ORDER BY number DESC")]

    def open_runs(self, target: str | None = None) -> list[Run]:
        """Runs that were cut off, the oldest first; of one target or of all."""
        found = [run for run in self.runs() if run.state == "open" and target in {None, run.target}]
        return found[::-1]

    def latest(self, target: str) -> int:
        """The number of the newest run on a target, 0 if there is none: whether something happened in between."""
        row = self._database.read().execute("SELECT max(number) FROM calendar_run WHERE target = ?", (target,))
        return int(row.fetchone()[0] or 0)

    def steps(self, run: Run) -> list[Step]:
        rows = self._database.read().execute(f"{STEPS} WHERE run = ? ORDER BY position", (run.number,))
        return [_step(row) for row in rows]

    def tallies(self) -> dict[int, dict[tuple[str, str], int]]:
        """How many steps each run has: number → (kind, state) → count."""
        tallies: defaultdict[int, dict[tuple[str, str], int]] = defaultdict(dict)
        query = "SELECT run, kind, state, count(*) FROM calendar_step GROUP BY run, kind, state"
        for number, kind, state, count in self._database.read().execute(query):
            tallies[number][kind, state] = count
        return dict(tallies)

    def memory(self, target: str, import_name: str) -> dict[str, Remembered]:
        """Key → what is known of each event that this import made in the target."""
        rows = self._database.read().execute(
            "SELECT key, event_id, content, sheet, row, title, own_id, day, removed FROM calendar_row"
            " WHERE target = ? AND import_name = ?",
            (target, import_name),
        )
        return {row[0]: _row(row) for row in rows}

    def remember(
        self, target: str, import_name: str, rows: Sequence[Remembered], gone: Iterable[str], harmless: Iterable[str]
    ) -> None:
        """Note where the rows of standing events are now, which keys (`gone`) have neither row nor event any more, and
        which refused rows have no event. Writes only differences."""
        known = self.memory(target, import_name)
        moved = [row for row in rows if known.get(row.key) != row]
        gone, fingerprints = list(gone), sorted(set(harmless))
        if not moved and not gone and fingerprints == sorted(self.harmless(target, import_name)):
            return
        with self._database.transaction() as db:
            for row in moved:
                _remember(db, target, import_name, row)
            _forget(db, target, import_name, gone)
            db.execute("DELETE FROM calendar_harmless WHERE target = ? AND import_name = ?", (target, import_name))
            db.executemany(
                "INSERT INTO calendar_harmless VALUES (?, ?, ?)", [(target, import_name, one) for one in fingerprints]
            )

    def harmless(self, target: str, import_name: str) -> frozenset[str]:
        query = "SELECT fingerprint FROM calendar_harmless WHERE target = ? AND import_name = ?"
        return frozenset(row[0] for row in self._database.read().execute(query, (target, import_name)))

    def contents(self, target: str) -> dict[str, set[str]]:
        """Import name → contents of the events that stand in the target because of it."""
        contents: defaultdict[str, set[str]] = defaultdict(set)
        query = "SELECT import_name, content FROM calendar_row WHERE target = ?"
        for import_name, content in self._database.read().execute(query, (target,)):
            contents[import_name].add(content)
        return dict(contents)

    def standing_beside(self, target: str, import_name: str) -> list[tuple[str, Event]]:
        """(import name, event) for what the other imports of a target have written there, as it was written last."""
        rows = self._database.read().execute(
            "SELECT kept.import_name, step.after FROM calendar_row AS kept"
            " JOIN calendar_run AS run ON run.target = kept.target AND run.import_name = kept.import_name"
            " JOIN calendar_step AS step ON step.run = run.number AND step.event_id = kept.event_id"
            " WHERE kept.target = ? AND kept.import_name <> ? AND NOT kept.removed"
            " AND step.state = 'done' AND step.after IS NOT NULL ORDER BY step.run, step.position",
            (target, import_name),
        )
        latest: dict[tuple[str, str], Event] = {}
        for name, after in rows:
            stored = _stored(after)
            if stored is not None:
                latest[name, stored.marks.key] = stored.event
        return [(name, event) for (name, _), event in latest.items()]

    def remote_id(self, target: str) -> str | None:
        """The id under which a remote service keeps the calendar that we made there."""
        row = self._database.read().execute("SELECT remote_id FROM calendar_remote WHERE target = ?", (target,))
        found = row.fetchone()
        return str(found[0]) if found else None

    def keep_remote_id(self, target: str, remote_id: str) -> None:
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO calendar_remote VALUES (?, ?)"
                " ON CONFLICT (target) DO UPDATE SET remote_id = excluded.remote_id",
                (target, remote_id),
            )

    def profiles(self) -> dict[str, str]:
        """The member's profiles: name → body."""
        return dict(self._database.read().execute("SELECT name, body FROM calendar_profile"))

    def keep_profile(self, name: str, body: str) -> None:
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO calendar_profile VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
                (name, body),
            )

    def forget_profile(self, name: str) -> None:
        with self._database.transaction() as db:
            db.execute("DELETE FROM calendar_profile WHERE name = ?", (name,))


class RemoteIds:
    """Which remote calendar is ours, by the name that the member gave it, for one kind of target."""

    def __init__(self, book: CalendarBook, kind: str) -> None:
        self._book = book
        self._kind = kind

    def load(self, name: str) -> str | None:
        return self._book.remote_id(f"{self._kind}:{name}")

    def save(self, name: str, calendar_id: str) -> None:
        self._book.keep_remote_id(f"{self._kind}:{name}", calendar_id)


def _remember_step(db: sqlite3.Connection, run: Run, row: Remembered, event_id: str, stands: Stored | None) -> None:
    if stands is None:
        _forget(db, run.target, run.import_name, [row.key])
    else:
        now = replace(row, event_id=event_id, content=stands.marks.content)
        _remember(db, run.target, run.import_name, now)


def _remember(db: sqlite3.Connection, target: str, import_name: str, row: Remembered) -> None:
    db.execute(
        "INSERT OR REPLACE INTO calendar_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (target, import_name, *_row_values(row)),
    )


def _forget(db: sqlite3.Connection, target: str, import_name: str, keys: Iterable[str]) -> None:
    db.executemany(
        "DELETE FROM calendar_row WHERE target = ? AND import_name = ? AND key = ?",
        [(target, import_name, key) for key in keys],
    )


def _mark_undone(db: sqlite3.Connection, run: int, positions: Iterable[int]) -> None:
    db.executemany(
        "UPDATE calendar_step SET state = 'undone' WHERE run = ? AND position = ?",
        [(run, position) for position in positions],
    )


def _note_undone(db: sqlite3.Connection, run: int) -> None:
    """A run is undone when none of its steps stands any more."""
    left = db.execute("SELECT count(*) FROM calendar_step WHERE run = ? AND state = 'done'", (run,)).fetchone()[0]
    db.execute("UPDATE calendar_run SET state = ? WHERE number = ?", ("partly_undone" if left else "undone", run))


def _run(row: tuple[Any, ...]) -> Run:
    number, mark, kind, target, import_name, file, digest, began, state, undoes, ended = row
    ended_at = datetime.fromisoformat(ended) if ended else None
    return Run(
        number, mark, kind, target, import_name, file, digest, datetime.fromisoformat(began), state, undoes, ended_at
    )


def _step_values(step: Step) -> tuple[object, ...]:
    return (
        step.position,
        step.kind,
        step.event_id,
        step.etag,
        _stored_text(step.before),
        _stored_text(step.after),
        json.dumps(_row_values(step.row), ensure_ascii=False) if step.row else None,
        step.state,
        step.undoes,
    )


def _step(row: tuple[Any, ...]) -> Step:
    position, kind, event_id, etag, before, after, remembered, state, undoes = row
    known = _remembered(remembered)
    return Step(position, kind, event_id, etag, _stored(before), _stored(after), known, state, undoes)


def _stored_text(stored: Stored | None) -> str | None:
    return f"{marks_to_text(stored.marks)}\n{event_to_text(stored.event)}" if stored else None


def _stored(text: str | None) -> Stored | None:
    if text is None:
        return None
    marks, _, event = text.partition("\n")
    return Stored(event_from_text(event), marks_from_text(marks))


def _remembered(text: str | None) -> Remembered | None:
    if text is None:
        return None
    return _row(json.loads(text))


def _row(fields: Sequence[Any]) -> Remembered:
    key, event_id, content, sheet, row, title, own_id, day, removed = fields
    return Remembered(key, event_id, content, sheet, row, title, own_id, date.fromisoformat(day), bool(removed))


def _row_values(row: Remembered) -> tuple[object, ...]:
    *fields, day, removed = astuple(row)
    return (*fields, day.isoformat(), int(removed))
