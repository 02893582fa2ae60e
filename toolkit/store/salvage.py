"""Reading what can still be read of a damaged database."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from toolkit.store.checks import MARK, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LAST = 2**63 - 1  # the largest rowid


def save_rows(damaged: Path, new: sqlite3.Connection) -> tuple[int, list[str]]:
    """Copy every readable row of `damaged` into the empty database `new` of the same schema.

    Gives the number of rows and the tables of which some couldn't be read or no longer fit. A row whose parent is
    lost is left out. `damaged` may be written to (its log is worked in): give a copy.
    """
    saved, lost = 0, set()
    new.execute("PRAGMA foreign_keys = OFF")
    new.execute("BEGIN")
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> ? AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    for (table,) in new.execute(query, (MARK,)).fetchall():
        rows, complete = _save_table(damaged, new, table)
        saved += rows
        if not complete:
            lost.add(table)
    while orphans := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in orphans:
            saved -= new.execute(f"DELETE FROM {quoted(table)} WHERE rowid = ?", (rowid,)).rowcount  # noqa: S608
            lost.add(table)
    new.execute("COMMIT")
    new.execute("PRAGMA foreign_keys = ON")
    return saved, sorted(lost)


def _save_table(damaged: Path, new: sqlite3.Connection, table: str) -> tuple[int, bool]:
    columns = [quoted(str(row[1])) for row in new.execute(f"PRAGMA table_info({quoted(table)})").fetchall()]
    insert = f"INSERT INTO {quoted(table)} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    saved, complete = 0, True
    with closing(sqlite3.connect(damaged, isolation_level=None)) as old:
        old.text_factory = lambda text: text.decode("utf-8", "replace")
        for row in _readable(old, table, ", ".join(columns), by_rowid=_has_rowid(new, table)):
            if row is None:
                complete = False
                continue
            try:
                saved += new.execute(insert, row).rowcount
            except sqlite3.IntegrityError:
                complete = False
    return saved, complete


def _has_rowid(db: sqlite3.Connection, table: str) -> bool:
    return not db.execute("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (table,)).fetchone()[0]


def _readable(old: sqlite3.Connection, table: str, columns: str, *, by_rowid: bool) -> Iterator[tuple[Any, ...] | None]:
    """The rows of a table in the order of their rowids; None where some can't be read, then on behind them."""
    key = "rowid" if by_rowid else "NULL"
    select = f"SELECT {key}, {columns} FROM {quoted(table)} NOT INDEXED"  # noqa: S608 - quoted names of our own schema
    start = -_LAST
    while True:
        try:
            for rowid, *row in old.execute(f"{select} WHERE rowid >= {start} ORDER BY rowid" if by_rowid else select):
                yield tuple(row)
                start = int(rowid) + 1 if by_rowid else start
        except sqlite3.DatabaseError:
            yield None
        else:
            return
        further = _beyond(old, table, max(start, 0)) if by_rowid else None
        if further is None:
            return
        start = further


def _beyond(old: sqlite3.Connection, table: str, start: int) -> int | None:
    """The first rowid after `start` from which rows can be read again: gallop, then halve. None if there is none."""
    low, step = start, 1
    while not _can_read(old, table, low + step):
        low, step = low + step, step * 2
        if low + step > _LAST:
            return None
    while step > 1:
        step //= 2
        if not _can_read(old, table, low + step):
            low += step
    return low + 1


def _can_read(old: sqlite3.Connection, table: str, start: int) -> bool:
    """Whether the next row from `start` on is readable; true also where there is none any more."""
    with suppress(sqlite3.DatabaseError):
        select = f"SELECT * FROM {quoted(table)} NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT 1"  # noqa: S608
        old.execute(select, (start,)).fetchone()
        return True
    return False
