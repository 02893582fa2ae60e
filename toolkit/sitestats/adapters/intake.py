"""Where the collector puts what pages tell, until that becomes rows of the site's tables: a small SQLite file.

A row is there for good once `add` returns: the file is written with `synchronous=FULL`. Rows bear numbers that are
never given twice, and the file an identity, so that whoever takes them over knows exactly which ones it has.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from toolkit.core.errors import StoreError
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import private_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

APPLICATION: Final = 0x544B434C
"""`TKCL` in the file's head: ours, and no other program's."""
VERSION: Final = 1
PATIENCE: Final = 5.0
"""Seconds to wait for the other process, which holds the file for milliseconds."""

_SCHEMA: Final = """
CREATE TABLE own (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE told (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice, also after rows were taken away
    seen INTEGER NOT NULL, visitor INTEGER NOT NULL, country TEXT NOT NULL, agent TEXT NOT NULL, kind TEXT NOT NULL,
    host TEXT NOT NULL, path TEXT NOT NULL, marks TEXT NOT NULL, referrer TEXT NOT NULL, name TEXT NOT NULL
) STRICT;
"""


class Told(NamedTuple):
    """One thing that a page told. `seen` in seconds since 1970 (UTC); `visitor` a hash with the day's salt, 63 bits;
    `marks` the words of a campaign as JSON, "" for none. No address, no query."""

    seen: int
    visitor: int
    country: str
    agent: str
    kind: str
    host: str
    path: str
    marks: str
    referrer: str
    name: str


class Intake:
    """The file, open. One thread at a time."""

    def __init__(self, path: Path) -> None:
        """Made where it isn't there. StoreError("sitestats.intake_unusable" | "disk.…")."""
        self.path = path
        private_folder(path.parent)
        with disk_failures(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite would let others read it
        try:
            self._db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            try:
                self.identity = self._prepared()
            except BaseException:
                self._db.close()
                raise
        except sqlite3.Error as error:
            raise StoreError("sitestats.intake_unusable", path=str(path)) from error

    def _prepared(self) -> str:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA secure_delete = ON")  # what is taken away leaves nothing behind in the file
        with self._transaction():
            (application,) = self._db.execute("PRAGMA application_id").fetchone()
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if application == 0 and not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in _SCHEMA.split(";\n"):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO own VALUES ('identity', ?)", [secrets.token_hex(8)])
                self._db.execute(f"PRAGMA application_id = {APPLICATION}")
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            elif application != APPLICATION or version > VERSION:
                raise StoreError("sitestats.intake_unusable", path=str(self.path))
            (identity,) = self._db.execute("SELECT value FROM own WHERE name = 'identity'").fetchone()
        return str(identity)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def add(self, rows: Iterable[Told]) -> None:
        """Keep rows; they are on the disk when this returns. Raises sqlite3.Error where the disk refuses."""
        with self._transaction():
            self._db.executemany(
                "INSERT INTO told (seen, visitor, country, agent, kind, host, path, marks, referrer, name)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            crashpoint("sitestats.collect.written")
        crashpoint("sitestats.collect.kept")

    def after(self, number: int, most: int) -> list[tuple[int, Told]]:
        """Rows after the one of this number, in order, at most so many, each with its own number."""
        found = self._db.execute(
            "SELECT id, seen, visitor, country, agent, kind, host, path, marks, referrer, name FROM told"
            " WHERE id > ? ORDER BY id LIMIT ?",
            [number, most],
        )
        return [(row[0], Told(*row[1:])) for row in found]

    def drop(self, number: int) -> None:
        """Take away the rows up to this number: they are kept elsewhere by now."""
        with self._transaction():
            self._db.execute("DELETE FROM told WHERE id <= ?", [number])

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM told").fetchone()[0])

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
