"""Reading what can still be read of a damaged database."""

from __future__ import annotations

import sqlite3
from collections import Counter
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
    saved, lost = 0, set[str]()
    new.execute("PRAGMA foreign_keys = OFF")
    new.execute("BEGIN")
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> ? AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    for (table,) in new.execute(query, (MARK,)).fetchall():
        rows, complete = _save_table(damaged, new, table)
        saved += rows
        if not complete:
            lost.add(table)
    dropped = _drop_orphans(new)
    saved -= sum(dropped.values())
    lost.update(table for table, rows in dropped.items() if rows)
    new.execute("COMMIT")
    new.execute("PRAGMA foreign_keys = ON")
    return saved, sorted(lost)


def _save_table(damaged: Path, new: sqlite3.Connection, table: str) -> tuple[int, bool]:
    about = new.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    columns = ", ".join(quoted(str(row[1])) for row in about)
    key = ", ".join(quoted(str(row[1])) for row in sorted(about, key=lambda row: int(row[5])) if row[5])
    values = ", ".join("?" * len(about))
    insert = f"INSERT INTO {quoted(table)} ({columns}) VALUES ({values})"  # noqa: S608 - quoted names of our own schema
    saved, complete = 0, True
    with closing(sqlite3.connect(damaged, isolation_level=None)) as old:
        old.text_factory = lambda text: text.decode("utf-8", "replace")
        by_rowid = _has_rowid(new, table)
        for row in _readable_by_rowid(old, table, columns) if by_rowid else _readable(old, table, columns, key):
            if row is None:
                complete = False
                continue
            try:
                saved += new.execute(insert, row).rowcount
            except sqlite3.IntegrityError:
                complete = False
    return saved, complete


def _drop_orphans(new: sqlite3.Connection) -> Counter[str]:
    """Remove the rows whose parent is missing, and theirs; gives how many of each table."""
    dropped: Counter[str] = Counter()
    while found := new.execute('SELECT DISTINCT "table", fkid FROM pragma_foreign_key_check').fetchall():
        for table, number in found:
            keys = new.execute(
                'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, number)
            ).fetchall()
            parent = str(keys[0][0])
            primary = [row[1] for row in new.execute(f"PRAGMA table_info({quoted(parent)})").fetchall() if row[5]]
            theirs = [quoted(str(to or primary[position])) for position, (_, _, to) in enumerate(keys)]
            ours = [quoted(str(column)) for _, column, _ in keys]
            dropped[table] += new.execute(
                f"DELETE FROM {quoted(table)} WHERE ({', '.join(ours)}) NOT IN "  # noqa: S608 - names of our own schema
                f"(SELECT {', '.join(theirs)} FROM {quoted(parent)})"
            ).rowcount
    return dropped


def _has_rowid(db: sqlite3.Connection, table: str) -> bool:
    return not db.execute("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (table,)).fetchone()[0]


def _readable(old: sqlite3.Connection, table: str, columns: str, key: str) -> Iterator[tuple[Any, ...] | None]:
    """The rows of a table without rowids: forward to the first that can't be read (None), then backward from the end.

    Where both ways meet, some rows come twice.
    """
    for direction in ("ASC", "DESC"):
        by_key = ", ".join(f"{column} {direction}" for column in key.split(", "))
        try:
            yield from old.execute(
                f"SELECT {columns} FROM {quoted(table)} NOT INDEXED ORDER BY {by_key}"  # noqa: S608 - names of our own schema
            )
        except sqlite3.DatabaseError:
            yield None
        else:
            return


def _readable_by_rowid(old: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...] | None]:
    """The rows of a table in the order of their rowids; None where some can't be read, then on behind them."""
    select = f"SELECT rowid, {columns} FROM {quoted(table)} NOT INDEXED"  # noqa: S608 - quoted names of our own schema
    start: int | None = -_LAST
    while start is not None:
        try:
            for rowid, *row in old.execute(f"{select} WHERE rowid >= {start} ORDER BY rowid"):
                yield tuple(row)
                start = int(rowid) + 1
        except sqlite3.DatabaseError:
            yield None
        else:
            return
        start = _beyond(old, table, max(start, 0))


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
        old.execute(
            f"SELECT * FROM {quoted(table)} NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT 1",  # noqa: S608 - our schema
            (start,),
        ).fetchone()
        return True
    return False
