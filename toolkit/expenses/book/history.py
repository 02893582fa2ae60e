"""Runs: every change of the book is one, is made whole or not at all, and can be taken back exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from toolkit.core.errors import ConflictError
from toolkit.disk.crash import crashpoint
from toolkit.expenses.book.entries import entry_of, row_of, waiting_row
from toolkit.expenses.book.rows import Row, Tables, Value, row_from_text, row_to_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from toolkit.expenses.model import Draft, Entry

RunState = Literal["done", "undone"]
ENTRY = "expense_entry"


@dataclass(frozen=True)
class Run:
    """One change of the book. `kind` is a word such as "add" or "import" (catalogue: `expenses.run_<kind>`); `note` is
    what it is listed with, such as the file; `undoes` the number of the run that it took back."""

    number: int
    kind: str
    note: str
    began: datetime
    state: RunState
    undoes: int | None = None


@dataclass(frozen=True)
class Change:
    """One row that a run wrote: None before where it was new, None after where it is gone."""

    table: str
    before: dict[str, Value] | None
    after: dict[str, Value] | None


class Recording:
    """What a run may write, within its transaction. Every row is kept as it was before and as it is after.

    `number` is the run's. Entries have verbs of their own; `put` and `drop` are for any other table `expense_…`.
    """

    def __init__(self, db: sqlite3.Connection, number: int, at: datetime) -> None:
        """Use `ExpenseBook.recording`."""
        self._db = db
        self._tables = Tables(db)
        self.number = number
        self.at = at
        self.changes = 0

    def add(self, draft: Draft, *, made_at: datetime | None = None) -> Entry:
        """Put an entry into the book. `made_at` is when it was first written down, where that wasn't now."""
        row = row_of(draft, run=self.number, made_at=made_at or self.at)
        entry_id = self._tables.insert(ENTRY, row)
        now = self._tables.get(ENTRY, {"id": entry_id})
        assert now is not None
        self._note(ENTRY, None, now)
        return entry_of(now)

    def change(self, entry: Entry, **fields: Any) -> Entry:
        """The entry with other values in these fields of `Entry`; nothing is written where they are what they were.

        ConflictError("expenses.entry_unknown") if there is no such entry (any more).
        """
        before = self._tables.get(ENTRY, {"id": entry.id})
        if before is None:
            raise ConflictError("expenses.entry_unknown", value=str(entry.id), id=entry.id)
        changed = replace(entry_of(before), **fields)
        after = {"id": entry.id, **row_of(changed, run=changed.run, made_at=changed.made_at)}
        if row_to_text(after) != row_to_text(before):
            self._tables.update(ENTRY, {"id": entry.id}, after)
            self._note(ENTRY, before, after)
        return changed

    def remove(self, entry: Entry) -> None:
        """Take an entry out of the book. ConflictError as in `change`."""
        if not self.drop(ENTRY, id=entry.id):
            raise ConflictError("expenses.entry_unknown", value=str(entry.id), id=entry.id)

    def wait(self, sentence: str, draft: str) -> int:
        """Keep something whose amount isn't certain, outside of the book; its number in the queue."""
        row = waiting_row(sentence, draft, self.number, self.at)
        number = self._tables.insert("expense_waiting", row)
        self._note("expense_waiting", None, {"id": number, **row})
        return number

    def row(self, table: str, **key: Value) -> dict[str, Value] | None:
        """A row of a table `expense_…` by its primary key, as it stands within this run."""
        return self._tables.get(table, key)

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

    def _note(self, table: str, before: Row | None, after: Row | None) -> None:
        known = before or after
        assert known is not None
        self._db.execute(
            "INSERT INTO expense_change VALUES (?, ?, ?, ?, ?, ?)",
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
        crashpoint("expenses.record.row")

    def take_back(self, run: Run) -> None:
        """Put every row that `run` wrote back as it was before, the last one first.

        ConflictError("expenses.undo_changed_later", run=, later=) where a row is no longer as the run left it.
        """
        changes = changes_of(self._db, run.number)
        for change in reversed(changes):
            known = change.after or change.before
            assert known is not None
            now = self._tables.get(change.table, known)
            if _text(now) != _text(change.after):
                raise ConflictError(
                    "expenses.undo_changed_later", run=run.number, later=self._later(change.table, known, run)
                )
            if change.before is None:
                self._tables.delete(change.table, known)
            elif now is None:
                self._tables.insert(change.table, change.before)
            else:
                self._tables.update(change.table, known, change.before)
            self._note(change.table, now, change.before)
            crashpoint("expenses.undo.row")

    def _later(self, table: str, known: Row, run: Run) -> int:
        key = row_to_text(self._tables.key(table, known))
        found = self._db.execute(
            "SELECT max(c.run) FROM expense_change c JOIN expense_run r ON r.number = c.run"
            " WHERE c.tbl = ? AND c.key = ? AND c.run > ? AND r.state = 'done'",
            (table, key, run.number),
        ).fetchone()
        return int(found[0] or run.number)


def changes_of(db: sqlite3.Connection, number: int) -> list[Change]:
    """What a run wrote, in order."""
    rows = db.execute("SELECT tbl, before, after FROM expense_change WHERE run = ? ORDER BY position", (number,))
    return [Change(table, _row(before), _row(after)) for table, before, after in rows]


def history_of(db: sqlite3.Connection, table: str, key: Row) -> list[tuple[Run, Change]]:
    """Every run that wrote a row, the oldest first, with what it wrote."""
    found = db.execute(
        "SELECT r.number, r.kind, r.note, r.began, r.state, r.undoes, c.before, c.after"
        " FROM expense_change c JOIN expense_run r ON r.number = c.run"
        " WHERE c.tbl = ? AND c.key = ? ORDER BY c.run, c.position",
        (table, row_to_text(key)),
    )
    return [
        (
            Run(number, kind, note, datetime.fromisoformat(began), state, undoes),
            Change(table, _row(before), _row(after)),
        )
        for number, kind, note, began, state, undoes, before, after in found
    ]


def runs_of(db: sqlite3.Connection, where: str = "", values: tuple[Value, ...] = ()) -> Iterator[Run]:
    """Runs, the newest first. `where` is a clause of ours."""
    rows = db.execute(
        f"SELECT number, kind, note, began, state, undoes FROM expense_run {where} ORDER BY number DESC",  # noqa: S608
        values,
    )
    for number, kind, note, began, state, undoes in rows:
        yield Run(number, kind, note, datetime.fromisoformat(began), state, undoes)


def _row(text: str | None) -> dict[str, Value] | None:
    return None if text is None else row_from_text(text)


def _text(row: Row | None) -> str | None:
    return None if row is None else row_to_text(row)
