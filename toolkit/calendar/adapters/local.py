"""The embedded calendar: events in the member's own store. It needs no account and no network."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from toolkit.calendar.body import event_from_text, event_to_text, sort_moment
from toolkit.calendar.model import Event, Made
from toolkit.calendar.ports import Operation, Result

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager


class Database(Protocol):
    def read(self) -> sqlite3.Connection: ...

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]: ...


class LocalTarget:
    """One named calendar in the store. A sequence of operations is one transaction: all of it or nothing."""

    def __init__(self, database: Database, calendar: str) -> None:
        self.name = calendar
        self._database = database

    def made_by(self, import_name: str) -> list[Made]:
        rows = self._database.read().execute(
            "SELECT id, key, content, run, import_name, body FROM calendar_event"
            " WHERE calendar = ? AND import_name = ? ORDER BY starts, id",
            (self.name, import_name),
        )
        return [_made(row) for row in rows]

    def get(self, event_id: str) -> Made | None:
        return _get(self._database.read(), self.name, event_id)

    def perform(self, operations: Sequence[Operation]) -> Iterator[Result]:
        with self._database.transaction() as db:
            results = [self._write(db, operation) for operation in operations]
        yield from results

    def events(self) -> list[Event]:
        """Everything in this calendar, in the order of time."""
        rows = self._database.read().execute(
            "SELECT body FROM calendar_event WHERE calendar = ? ORDER BY starts, id", (self.name,)
        )
        return [event_from_text(body) for (body,) in rows]

    def everything(self) -> list[tuple[Made, str]]:
        """Every event of this calendar with the name of the import that made it."""
        rows = self._database.read().execute(
            "SELECT id, key, content, run, import_name, body FROM calendar_event"
            " WHERE calendar = ? ORDER BY starts, id",
            (self.name,),
        )
        return [(_made(row), row[4]) for row in rows]

    def _write(self, db: sqlite3.Connection, operation: Operation) -> Result:
        standing = _get(db, self.name, operation.event_id)
        if operation.kind == "delete":
            if standing is not None and standing.etag != operation.etag:
                return Result(operation, "conflict", standing)
            db.execute("DELETE FROM calendar_event WHERE calendar = ? AND id = ?", (self.name, operation.event_id))
            return Result(operation, "done")
        event, marks = operation.event, operation.marks
        assert event is not None
        assert marks is not None
        if operation.kind == "insert" and standing is not None:
            same = (standing.content, standing.run) == (marks.content, marks.run)
            return Result(operation, "done" if same else "conflict", standing)
        if operation.kind == "update" and (standing is None or standing.etag != operation.etag):
            return Result(operation, "conflict", standing)
        db.execute(
            "INSERT OR REPLACE INTO calendar_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.name,
                operation.event_id,
                sort_moment(event.start),
                event_to_text(event),
                marks.import_name,
                marks.key,
                marks.content,
                marks.run,
            ),
        )
        return Result(operation, "done", _get(db, self.name, operation.event_id))


def calendars(database: Database) -> list[str]:
    """The names of the local calendars that have events."""
    rows = database.read().execute("SELECT DISTINCT calendar FROM calendar_event ORDER BY calendar")
    return [str(name) for (name,) in rows]


def _get(db: sqlite3.Connection, calendar: str, event_id: str) -> Made | None:
    row = db.execute(
        "SELECT id, key, content, run, import_name, body FROM calendar_event WHERE calendar = ? AND id = ?",
        (calendar, event_id),
    ).fetchone()
    return _made(row) if row else None


def _made(row: tuple[str, str, str, str, str, str]) -> Made:
    event_id, key, content, run, _, body = row
    # The version mark follows from what stands there: the same state has the same mark.
    etag = hashlib.sha256(f"{content}\0{run}\0{body}".encode()).hexdigest()[:16]
    return Made(event_id, key, content, run, etag, event_from_text(body))
