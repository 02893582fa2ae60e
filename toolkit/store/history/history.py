"""The only ways to change a tool's book: record a run, undo a run."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from toolkit.core.errors import ConflictError
from toolkit.disk.crash import crashpoint
from toolkit.store.history.recording import Recording

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from toolkit.store.history.journal import Change, Journal, Run
    from toolkit.store.history.rows import Row

R = TypeVar("R", bound=Recording)


class Database(Protocol):
    """What a book needs of the member's store."""

    def read(self) -> sqlite3.Connection: ...

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]: ...


class _NothingToWriteError(Exception):
    """A run that changed nothing leaves no trace."""


class History(Generic[R]):
    """Records runs in one tool's tables, takes them back, and tells of them.

    `make` makes the recording that the tool's blocks get: `Recording`, or a subclass with verbs of the tool's own.
    """

    def __init__(
        self, database: Database, journal: Journal, make: Callable[[sqlite3.Connection, Journal, int, datetime], R]
    ) -> None:
        self._database = database
        self._journal = journal
        self._make = make

    @contextmanager
    def recording(self, kind: str, *, at: datetime, note: str = "") -> Iterator[R]:
        """A run: everything that the block writes, or nothing if it raises. A block that writes nothing leaves no run.

        `kind` is a word that the catalogue has a sentence for (`<room>.run_<kind>`); `at` is now. Raises StoreError.
        """
        journal = self._journal
        try:
            with self._database.transaction() as db:
                begun = db.execute(
                    f"INSERT INTO {journal.prefix}_run (kind, note, began, state) VALUES (?, ?, ?, 'done')",  # noqa: S608
                    (kind, note, at.isoformat()),
                )
                crashpoint(f"{journal.room}.record.begun")
                recording = self._make(db, journal, begun.lastrowid or 0, at)
                yield recording
                if not recording.changes:
                    raise _NothingToWriteError  # noqa: TRY301 - the way out of the transaction, its run undone with it
                crashpoint(f"{journal.room}.record.written")
        except _NothingToWriteError:
            pass

    def undo(self, number: int | None = None, *, at: datetime) -> Run:
        """Put back what run `number` changed (None: the newest that stands), and give that run.

        Undoing is a run itself; undoing that by its number brings the changes back. Raises ConflictError with the
        journal's codes "nothing_to_undo", "run_unknown", "already_undone", "undo_changed_later".
        """
        journal = self._journal
        with self._database.transaction() as db:
            run = self._undoable(db, number)
            begun = db.execute(
                f"INSERT INTO {journal.prefix}_run (kind, note, began, state, undoes) VALUES ('undo', ?, ?, 'done', ?)",  # noqa: S608
                (run.note, at.isoformat(), run.number),
            )
            db.execute(f"UPDATE {journal.prefix}_run SET state = 'undone' WHERE number = ?", (run.number,))  # noqa: S608
            if run.undoes is not None:
                db.execute(f"UPDATE {journal.prefix}_run SET state = 'done' WHERE number = ?", (run.undoes,))  # noqa: S608
            crashpoint(f"{journal.room}.undo.begun")
            self._make(db, journal, begun.lastrowid or 0, at).take_back(run)
            crashpoint(f"{journal.room}.undo.written")
            return run

    def runs(self, most: int = 20) -> list[Run]:
        """The newest runs, the newest first."""
        return list(islice(self._journal.runs(self._database.read()), most))

    def newest(self, kinds: Collection[str]) -> Run | None:
        """The newest run of one of these kinds that stands."""
        where = f"WHERE kind IN ({', '.join('?' * len(kinds))}) AND state = 'done'"
        return next(self._journal.runs(self._database.read(), where, tuple(kinds)), None)

    def changes(self, run: int) -> Iterator[Change]:
        """What a run wrote, row by row."""
        return self._journal.changes(self._database.read(), run)

    def tally(self, run: int) -> dict[tuple[str, Literal["new", "changed", "gone"]], int]:
        """How many rows of which table a run put in, changed and took out."""
        return self._journal.tally(self._database.read(), run)

    def touching(self, table: str, key: Row) -> list[tuple[Run, Change]]:
        """Every run that wrote a row, the oldest first, with what it wrote."""
        return self._journal.touching(self._database.read(), table, key)

    def _undoable(self, db: sqlite3.Connection, number: int | None) -> Run:
        journal = self._journal
        if number is None:
            run = next(journal.runs(db, "WHERE kind <> 'undo' AND state = 'done'"), None)
            if run is None:
                raise ConflictError(journal.nothing_to_undo)
            return run
        run = next(journal.runs(db, "WHERE number = ?", (number,)), None)
        if run is None:
            raise ConflictError(journal.run_unknown, value=str(number), run=number)
        if run.state == "undone":
            raise ConflictError(journal.already_undone, value=str(number), run=number)
        return run
