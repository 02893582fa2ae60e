"""What the history of a tool's book is made of: runs, the rows that they wrote, and how these are kept."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from toolkit.store.history.rows import Tables, row_from_text, row_to_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from toolkit.store.history.rows import Row, Value

RunState = Literal["done", "undone"]


@dataclass(frozen=True)
class Run:
    """One change of the book. `kind` is a word such as "add" or "import" (catalogue: `<room>.run_<kind>`); `note` is
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


T = TypeVar("T")


@dataclass(frozen=True)
class Touch(Generic[T]):
    """A run that touched a thing: the thing before and after, None where the run put it in or took it out."""

    run: Run
    before: T | None
    after: T | None

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the thing's fields that differ, in their order; none where there is no before or no after."""
        if self.before is None or self.after is None:
            return ()
        before, after = vars(self.before), vars(self.after)
        return tuple(name for name in before if before[name] != after[name])


@dataclass(frozen=True)
class Batch:
    """Many rows of one table that a run put in, or took out where `gone`, kept as one piece."""

    table: str
    gone: bool
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def changes(self) -> Iterator[Change]:
        """The same row by row."""
        for values in self.rows:
            row = dict(zip(self.columns, values, strict=True))
            yield Change(self.table, row if self.gone else None, None if self.gone else row)


@dataclass(frozen=True)
class Journal:
    """Where a tool's history stands: tables `<prefix>_run`, `<prefix>_change` and, with `batches`, `<prefix>_batch`.

    `room` begins the names of its crash points; the next four are codes of its catalogue. The tables in `together`
    number their rows from one sequence, so that a number names one row in all of them. Every table that numbers its
    rows does so with AUTOINCREMENT: a number is never given twice.
    """

    prefix: str
    room: str
    nothing_to_undo: str
    run_unknown: str
    already_undone: str
    undo_changed_later: str
    batches: bool = False
    together: tuple[str, ...] = ()

    def runs(self, db: sqlite3.Connection, where: str = "", values: tuple[Value, ...] = ()) -> Iterator[Run]:
        """Runs, the newest first. `where` is a clause of ours."""
        query = f"SELECT number, kind, note, began, state, undoes FROM {self.prefix}_run {where} ORDER BY number DESC"  # noqa: S608
        for number, kind, note, began, state, undoes in db.execute(query, values):
            yield Run(number, kind, note, datetime.fromisoformat(began), state, undoes)

    def steps(self, db: sqlite3.Connection, run: int, *, backwards: bool = False) -> Iterator[Change | Batch]:
        """What a run wrote, in order, batches in one piece."""
        order = "DESC" if backwards else "ASC"
        where = f"WHERE run = ? ORDER BY position {order}"
        found = db.execute(f"SELECT position, tbl, before, after FROM {self.prefix}_change {where}", (run,)).fetchall()  # noqa: S608
        singles: Iterator[tuple[int, Change | Batch]] = (
            (position, Change(table, _row(before), _row(after))) for position, table, before, after in found
        )
        pieces = []
        if self.batches:
            columns = "position, tbl, gone, columns, packed"
            pieces = db.execute(f"SELECT {columns} FROM {self.prefix}_batch {where}", (run,)).fetchall()  # noqa: S608
        batches: Iterator[tuple[int, Change | Batch]] = ((row[0], _unpacked(*row[1:])) for row in pieces)
        for _, step in merge(singles, batches, key=itemgetter(0), reverse=backwards):
            yield step

    def changes(self, db: sqlite3.Connection, run: int) -> Iterator[Change]:
        """What a run wrote, row by row, in order."""
        for step in self.steps(db, run):
            if isinstance(step, Batch):
                yield from step.changes()
            else:
                yield step

    def tally(self, db: sqlite3.Connection, run: int) -> dict[tuple[str, Literal["new", "changed", "gone"]], int]:
        """How many rows of which table a run put in, changed and took out."""
        counted: dict[tuple[str, Literal["new", "changed", "gone"]], int] = {}
        what = "CASE WHEN before IS NULL THEN 'new' WHEN after IS NULL THEN 'gone' ELSE 'changed' END"
        query = f"SELECT tbl, {what}, count(*) FROM {self.prefix}_change WHERE run = ? GROUP BY 1, 2"  # noqa: S608
        found = db.execute(query, (run,)).fetchall()
        if self.batches:
            found += db.execute(
                f"SELECT tbl, iif(gone, 'gone', 'new'), sum(size) FROM {self.prefix}_batch WHERE run = ? GROUP BY 1, 2",  # noqa: S608
                (run,),
            ).fetchall()
        for table, done, size in found:
            counted[table, done] = counted.get((table, done), 0) + size
        return counted

    def touching(self, db: sqlite3.Connection, table: str, key: Row) -> list[tuple[Run, Change]]:
        """Every run that wrote a row, the oldest first, with what it wrote."""
        runs = f"FROM {self.prefix}_{{}} c JOIN {self.prefix}_run r ON r.number = c.run"
        columns = "c.run, c.position, r.kind, r.note, r.began, r.state, r.undoes"
        found = [
            (_run(row), row[1], Change(table, _row(row[7]), _row(row[8])))
            for row in db.execute(
                f"SELECT {columns}, c.before, c.after {runs.format('change')} WHERE c.tbl = ? AND c.key = ?",
                (table, row_to_text(key)),
            )
        ]
        if self.batches:
            wanted = Tables(db, self.prefix).key(table, key)
            first = next(iter(wanted.values()))
            for row in db.execute(
                f"SELECT {columns}, c.gone, c.columns, c.packed {runs.format('batch')}"
                " WHERE c.tbl = ? AND c.low <= ? AND c.high >= ?",
                (table, first, first),
            ):
                for change in _unpacked(table, *row[7:]).changes():
                    known = change.after or change.before or {}
                    if all(known[name] == value for name, value in wanted.items()):
                        found.append((_run(row), row[1], change))
        found.sort(key=lambda one: (one[0].number, one[1]))
        return [(run, change) for run, _, change in found]

    def write_batch(self, db: sqlite3.Connection, run: int, position: int, batch: Batch, key: str) -> None:
        """Keep a batch with the run that made it; `key` is the first column of the table's primary key."""
        place = batch.columns.index(key)
        keys = [row[place] for row in batch.rows]
        text = json.dumps(batch.rows, ensure_ascii=False, separators=(",", ":"))
        db.execute(
            f"INSERT INTO {self.prefix}_batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a name of ours
            (
                run,
                position,
                batch.table,
                int(batch.gone),
                min(keys),  # type: ignore[type-var]  # a column has one type
                max(keys),  # type: ignore[type-var]
                len(keys),
                json.dumps(batch.columns),
                zlib.compress(text.encode(), 1),
            ),
        )


def _run(row: tuple[object, ...]) -> Run:
    number, _, kind, note, began, state, undoes = row[:7]
    return Run(number, kind, note, datetime.fromisoformat(str(began)), state, undoes)  # type: ignore[arg-type]


def _unpacked(table: str, gone: int, columns: str, packed: bytes) -> Batch:
    rows = json.loads(zlib.decompress(packed))
    return Batch(table, bool(gone), tuple(json.loads(columns)), tuple(map(tuple, rows)))


def _row(text: str | None) -> dict[str, Value] | None:
    return None if text is None else row_from_text(text)
