"""What SQLite refuses, in codes that the member's sentences hang on."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING, Any, NoReturn, cast

from toolkit.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NEARLY_FULL = 1024 * 1024  # bytes; SQLite reports some full disks as plain input/output errors


def store_failure(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The failure to raise for an error of SQLite about the database at `path`; None if it is a fault of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = code & 0xFF
    where = str(path)
    if primary == sqlite3.SQLITE_FULL:
        return StoreError("disk.full", path=where)
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreError("store.damaged", path=where)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError("store.busy_elsewhere", path=where)
    if primary == sqlite3.SQLITE_IOERR:
        reason = getattr(error, "sqlite_errorname", str(error))
        return (
            StoreError("disk.full", path=where) if _full(path) else StoreError("disk.failed", path=where, reason=reason)
        )
    if primary == sqlite3.SQLITE_CANTOPEN or code in (
        sqlite3.SQLITE_READONLY_DBMOVED,
        sqlite3.SQLITE_READONLY_CANTINIT,
        sqlite3.SQLITE_READONLY_CANTLOCK,
        sqlite3.SQLITE_READONLY_DIRECTORY,
    ):
        return StoreError("store.cannot_open", path=where, reason=getattr(error, "sqlite_errorname", str(error)))
    return None


def _full(path: Path) -> bool:
    try:
        import resource

        if resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY:
            return True
    except ImportError:  # Windows has no such limit
        pass
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_FULL
    except OSError:
        return False


class Connection(sqlite3.Connection):
    """A connection whose errors about the disk and the file are StoreErrors; a broken constraint stays what it is.

    `explain` turns an error into the failure to raise, or leaves it as it is (None).
    """

    explain: Callable[[sqlite3.Error], StoreError | None] = staticmethod(lambda _: None)

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or Cursor)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        return cast("Cursor", self.cursor()).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        return cast("Cursor", self.cursor()).executemany(sql, parameters)

    def fail(self, error: sqlite3.Error) -> NoReturn:
        """Raise what `error` means."""
        failure = self.explain(error)
        try:
            if failure is None:
                raise error
            raise failure from error
        finally:
            del error, failure  # a frame that holds its own exception would keep the statement, and the log, open


class Cursor(sqlite3.Cursor):
    """Belongs to `Connection`."""

    connection: Connection

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        try:
            super().execute(sql, parameters)
        except sqlite3.Error as error:
            self.connection.fail(error)
        return self

    def executemany(self, sql: str, parameters: Any, /) -> Cursor:
        try:
            super().executemany(sql, parameters)
        except sqlite3.Error as error:
            self.connection.fail(error)
        return self

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            self.connection.fail(error)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        try:
            return super().fetchmany(size)
        except sqlite3.Error as error:
            self.connection.fail(error)

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            self.connection.fail(error)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as error:
            self.connection.fail(error)
