"""What a run may write, with what it takes to take it back."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError
from toolkit.disk.crash import crashpoint
from toolkit.store.history.journal import Batch
from toolkit.store.history.rows import Tables, row_to_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from toolkit.store.history.journal import Change, Journal, Run
    from toolkit.store.history.rows import Row, Value

BATCH: Final = 2_000
"""Rows that are kept as one piece; finding one of them again unpacks the piece."""


class Recording:
    """What a run may write, within its transaction. Every row is kept as it was before and as it is after.

    `number` is the run's, `at` its time, `changes` how many steps it has written so far. Any table of the journal's
    prefix may be written.
    """

    def __init__(self, db: sqlite3.Connection, journal: Journal, number: int, at: datetime) -> None:
        """Use `History.recording`."""
        self._db = db
        self._journal = journal
        self._tables = Tables(db, journal.prefix, journal.together)
        self.number = number
        self.at = at
        self.changes = 0

    def row(self, table: str, **key: Value) -> dict[str, Value] | None:
        """A row by its primary key, as it stands within this run."""
        return self._tables.get(table, key)

    def insert(self, table: str, row: Row) -> int:
        """Insert a row; the number that it was given, 0 where the table doesn't number its rows."""
        given = self._tables.insert(table, row)
        numbered = self._tables.numbered(table)
        key = {numbered: given} if numbered and numbered not in row else self._tables.key(table, row)
        self._note(table, None, self._tables.get(table, key))
        return given if numbered else 0

    def put(self, table: str, row: Row) -> None:
        """Insert a whole row, or write it over the one with the same primary key."""
        before = self._tables.get(table, row)
        if before is None:
            self._tables.insert(table, row)
        elif row_to_text(before) != row_to_text(row):
            self._tables.update(table, row, row)
        else:
            return
        self._note(table, before, self._tables.get(table, row))

    def drop(self, table: str, **key: Value) -> bool:
        """Delete a row by its primary key; whether it was there."""
        before = self._tables.get(table, key)
        if before is None:
            return False
        self._tables.delete(table, key)
        self._note(table, before, None)
        return True

    def insert_many(self, table: str, rows: Iterable[Row]) -> range:
        """Insert new rows, all with the same columns, every column of the table named (its number may be left out).

        Gives the numbers that they were given, in order; an empty range where the table doesn't number its rows or
        they came with numbers of their own. The history keeps them in pieces of `BATCH`, so that they cost a fraction
        of what `insert` does. A journal without batches keeps them one by one.
        """
        numbered = self._tables.numbered(table)
        first = following = self._tables.next_number(table) if numbered else 0
        own = False
        waiting = iter(rows)
        while piece := list(islice(waiting, BATCH)):
            columns = tuple(piece[0])
            own = not numbered or numbered in columns
            values = [tuple(row[name] for name in columns) for row in piece]
            if not own:
                columns = (numbered, *columns)
                values = [(number, *row) for number, row in enumerate(values, following)]
                following += len(piece)
            self._put_in(Batch(table, False, columns, tuple(values)))
        return range(0) if own else range(first, following)

    def take_back(self, run: Run) -> None:
        """Put every row that `run` wrote back as it was before, the last one first.

        ConflictError("….undo_changed_later", run=, later=) where a row is no longer as the run left it.
        """
        for step in self._journal.steps(self._db, run.number, backwards=True):
            if isinstance(step, Batch):
                self._take_back_batch(run, step)
            else:
                self._take_back_row(run, step)
            crashpoint(f"{self._journal.room}.undo.row")

    def _take_back_row(self, run: Run, change: Change) -> None:
        known = change.after or change.before
        assert known is not None
        now = self._tables.get(change.table, known)
        if _text(now) != _text(change.after):
            raise self._changed_later(run, change.table, known)
        if change.before is None:
            self._tables.delete(change.table, known)
        elif now is None:
            self._tables.insert(change.table, change.before)
        else:
            self._tables.update(change.table, known, change.before)
        self._note(change.table, now, change.before)

    def _take_back_batch(self, run: Run, batch: Batch) -> None:
        if batch.gone:
            for row in batch.changes():
                assert row.before is not None
                if self._tables.get(batch.table, row.before) is not None:
                    raise self._changed_later(run, batch.table, row.before)
            self._put_in(Batch(batch.table, False, batch.columns, batch.rows))
            return
        other = self._tables.differs(batch.table, batch.columns, batch.rows)
        if other is not None:
            raise self._changed_later(run, batch.table, other)
        self._tables.delete_all(batch.table, batch.columns, batch.rows)
        self._keep(Batch(batch.table, True, batch.columns, batch.rows))

    def _put_in(self, batch: Batch) -> None:
        self._tables.insert_all(batch.table, batch.columns, batch.rows)
        self._keep(batch)

    def _keep(self, batch: Batch) -> None:
        if not self._journal.batches:
            for row in batch.changes():
                self._note(batch.table, row.before, row.after)
            return
        key = self._tables.key_columns(batch.table)[0]
        self._journal.write_batch(self._db, self.number, self.changes, batch, key)
        self.changes += 1
        crashpoint(f"{self._journal.room}.record.row")

    def _note(self, table: str, before: Row | None, after: Row | None) -> None:
        known = before or after
        assert known is not None
        self._db.execute(
            f"INSERT INTO {self._journal.prefix}_change VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - a name of ours
            (
                self.number,
                self.changes,
                table,
                row_to_text(self._tables.key(table, known)),
                row_to_text(before) if before else None,
                row_to_text(after) if after else None,
            ),
        )
        self.changes += 1
        crashpoint(f"{self._journal.room}.record.row")

    def _changed_later(self, run: Run, table: str, row: Row) -> ConflictError:
        touched = self._journal.touching(self._db, table, self._tables.key(table, row))
        later = [other.number for other, _ in touched if other.number > run.number and other.state == "done"]
        return ConflictError(
            self._journal.undo_changed_later, run=run.number, later=max(set(later) - {self.number}, default=run.number)
        )


def _text(row: Row | None) -> str | None:
    return None if row is None else row_to_text(row)
