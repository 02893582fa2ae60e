"""Rows of a tool's tables as plain values, so that any change of any of them can be written down and taken back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

Value: TypeAlias = "str | int | float | None"
Row: TypeAlias = "Mapping[str, Value]"


def row_to_text(row: Row) -> str:
    """A row as the history keeps it: the same row is always the same text."""
    return json.dumps(dict(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_from_text(text: str) -> dict[str, Value]:
    row: dict[str, Value] = json.loads(text)
    return row


class Tables:
    """Reads and writes rows by their primary key. Knows the tables `<prefix>_…` as the schema has them; those in
    `together` number their rows from one sequence."""

    def __init__(self, db: sqlite3.Connection, prefix: str, together: tuple[str, ...] = ()) -> None:
        self._db = db
        self._together = together
        self._name = re.compile(rf"{prefix}_[a-z_]{{1,40}}")
        self._journal = frozenset(f"{prefix}_{kind}" for kind in ("run", "change", "batch"))
        self._keys: dict[str, tuple[str, ...]] = {}
        self._numbered: dict[str, str] = {}

    def key(self, table: str, row: Row) -> dict[str, Value]:
        """The part of `row` that is its primary key. ValueError for a table that isn't one of ours."""
        return {name: row[name] for name in self.key_columns(table)}

    def get(self, table: str, key: Row) -> dict[str, Value] | None:
        """The row, by column; None if there is none."""
        where, values = _where(self.key(table, key))
        found = self._db.execute(f"SELECT * FROM {table} WHERE {where}", values)  # noqa: S608 - a checked name
        names = [column[0] for column in found.description]
        row = found.fetchone()
        return dict(zip(names, row, strict=True)) if row else None

    def insert(self, table: str, row: Row) -> int:
        """Insert; the row's number where the table gives one."""
        numbered = self.numbered(table)
        if table in self._together and numbered not in row:
            row = {numbered: self.next_number(table), **row}
        columns, marks = ", ".join(map(_column, row)), ", ".join("?" * len(row))
        done = self._db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
        return done.lastrowid or 0

    def update(self, table: str, key: Row, row: Row) -> None:
        where, values = _where(self.key(table, key))
        sets = ", ".join(f"{_column(name)} = ?" for name in row)
        self._db.execute(f"UPDATE {table} SET {sets} WHERE {where}", (*row.values(), *values))  # noqa: S608

    def delete(self, table: str, key: Row) -> None:
        where, values = _where(self.key(table, key))
        self._db.execute(f"DELETE FROM {table} WHERE {where}", values)  # noqa: S608 - a checked name

    # --- many rows of the same columns ---

    def insert_all(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        self.key_columns(table)
        names, marks = ", ".join(map(_column, columns)), ", ".join("?" * len(columns))
        self._db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - checked names

    def differs(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Row | None:
        """The first of these rows that doesn't stand in the table exactly so; None if all do."""
        keys = self.key_columns(table)
        places = [columns.index(name) for name in keys]
        where = " AND ".join(f"{_column(name)} = ?" for name in keys)
        wanted = ", ".join(map(_column, columns))
        query = f"SELECT {wanted} FROM {table} WHERE {where}"  # noqa: S608 - checked names
        for row in rows:
            if self._db.execute(query, [row[place] for place in places]).fetchone() != tuple(row):
                return dict(zip(columns, row, strict=True))
        return None

    def delete_all(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        keys = self.key_columns(table)
        places = [columns.index(name) for name in keys]
        where = " AND ".join(f"{_column(name)} = ?" for name in keys)
        self._db.executemany(f"DELETE FROM {table} WHERE {where}", ([row[place] for place in places] for row in rows))  # noqa: S608

    def next_number(self, table: str) -> int:
        """The number that the table's next row gets; a number is never given twice."""
        self.key_columns(table)
        names = self._together if table in self._together else (table,)
        marks = ", ".join("?" * len(names))
        found = self._db.execute(f"SELECT max(seq) FROM sqlite_sequence WHERE name IN ({marks})", names).fetchone()  # noqa: S608
        return int(found[0] or 0) + 1

    def numbered(self, table: str) -> str:
        """The column in which the table numbers its rows by itself; '' for a table that doesn't."""
        self.key_columns(table)
        return self._numbered[table]

    def key_columns(self, table: str) -> tuple[str, ...]:
        if table not in self._keys:
            if not self._name.fullmatch(table) or table in self._journal:
                raise ValueError(f"no table of the book: {table}")
            found = self._db.execute("SELECT name, type FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
            columns = [(str(name), str(kind)) for name, kind in found]
            if not columns:
                raise ValueError(f"no table of the book: {table}")
            self._keys[table] = tuple(name for name, _ in columns)
            self._numbered[table] = columns[0][0] if [kind for _, kind in columns] == ["INTEGER"] else ""
        return self._keys[table]


def _where(key: Row) -> tuple[str, tuple[Value, ...]]:
    return " AND ".join(f"{_column(name)} = ?" for name in key), tuple(key.values())


def _column(name: str) -> str:
    if not name.isidentifier() or not name.isascii():
        raise ValueError(f"no column: {name}")
    return f'"{name}"'
