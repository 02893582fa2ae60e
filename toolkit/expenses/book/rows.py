"""Rows of the tool's tables as plain values, so that any change of any of them can be written down and taken back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

Value: TypeAlias = "str | int | float | None"
Row: TypeAlias = "Mapping[str, Value]"

_TABLE: Final = re.compile(r"expense_[a-z_]{1,40}")
_JOURNAL: Final = frozenset({"expense_run", "expense_change"})


class Database(Protocol):
    """What the book needs of the member's store."""

    def read(self) -> sqlite3.Connection: ...

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]: ...


def row_to_text(row: Row) -> str:
    """A row as the history keeps it: the same row is always the same text."""
    return json.dumps(dict(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_from_text(text: str) -> dict[str, Value]:
    row: dict[str, Value] = json.loads(text)
    return row


class Tables:
    """Reads and writes single rows by their primary key. Knows the tables `expense_…` as the schema has them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._keys: dict[str, tuple[str, ...]] = {}

    def key(self, table: str, row: Row) -> dict[str, Value]:
        """The part of `row` that is its primary key. ValueError for a table that isn't one of ours."""
        return {name: row[name] for name in self._key_columns(table)}

    def get(self, table: str, key: Row) -> dict[str, Value] | None:
        """The row, by column; None if there is none."""
        where, values = _where(self.key(table, key))
        found = self._db.execute(f"SELECT * FROM {table} WHERE {where}", values)  # noqa: S608 - a checked name
        names = [column[0] for column in found.description]
        row = found.fetchone()
        return dict(zip(names, row, strict=True)) if row else None

    def insert(self, table: str, row: Row) -> int:
        """Insert; the row's number where the table gives one."""
        self._key_columns(table)
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

    def _key_columns(self, table: str) -> tuple[str, ...]:
        if table not in self._keys:
            if not _TABLE.fullmatch(table) or table in _JOURNAL:
                raise ValueError(f"no table of the book: {table}")
            found = self._db.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
            names = tuple(str(name) for (name,) in found)
            if not names:
                raise ValueError(f"no table of the book: {table}")
            self._keys[table] = names
        return self._keys[table]


def _where(key: Row) -> tuple[str, tuple[Value, ...]]:
    return " AND ".join(f"{_column(name)} = ?" for name in key), tuple(key.values())


def _column(name: str) -> str:
    if not name.isidentifier() or not name.isascii():
        raise ValueError(f"no column: {name}")
    return f'"{name}"'
