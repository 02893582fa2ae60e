"""Is this file a sound database of ours? Answered without ever writing to it."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from toolkit.core.errors import StoreError
from toolkit.core.outcome import Place
from toolkit.disk.failures import disk_failures
from toolkit.store.schema import APPLICATION_ID, version_of
from toolkit.store.seal import WINDOW, matches, read_seal

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100
_OF_A_COPY = {
    "store.damaged": "store.backup_damaged",
    "store.not_ours": "store.backup_not_ours",
    "store.newer": "store.backup_newer",
}
MARK = "store_mark"  # the table that says which seal belongs to the file; no content of the member's


def examine(database: Path, newest: int, *, window: int | None = WINDOW) -> bool:
    """Look at the file of a database before SQLite touches it. True if a seal vouches for it, False if there is none.

    `newest` is the newest schema that this program knows. Raises StoreError("store.damaged" | "store.not_ours" |
    "store.newer" | "disk.…").
    """
    while True:
        with disk_failures(database):
            check_header(database, newest)
            seal = read_seal(database)
            if seal is None:
                return False
            if matches(database, seal, window=window):
                return True
            if read_seal(database) != seal:
                continue  # another process wrote in between: what was read belongs together no more
        if mark_of(database) == seal.token:
            raise StoreError("store.damaged", path=str(database))
        return False  # another good file was put in its place; SQLite's own check will tell


def check_header(database: Path, newest: int) -> None:
    """Raises StoreError("store.damaged" | "store.not_ours" | "store.newer") or OSError."""
    with database.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    if not header.startswith(_MAGIC[: len(header)]) and header.strip(b"\0"):
        raise StoreError("store.not_ours", path=str(database))
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise StoreError("store.damaged", path=str(database))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreError("store.not_ours", path=str(database))
    if (found := int.from_bytes(header[60:64], "big")) > newest:
        raise StoreError("store.newer", path=str(database), found=found, known=newest)


def check_copy(path: Path, newest: int | None = None) -> int:
    """Check that a single file is a sound database of ours, and give the number of its schema.

    Raises StoreError("store.backup_damaged" | "store.backup_not_ours" | "store.backup_newer" | "disk.…").
    """
    place = Place(file=path.name)
    with disk_failures(path):
        try:
            check_header(path, 2**32 if newest is None else newest)
            with closing(open_still(path)) as db:
                if not damage(db):
                    return version_of(db)
        except StoreError as error:
            raise StoreError(_OF_A_COPY[error.problem.code], place, path=str(path)) from error
        except sqlite3.Error:
            pass
    raise StoreError("store.backup_damaged", place, path=str(path))


def damage(db: sqlite3.Connection) -> str:
    """What SQLite's own checks find wrong with the shape of a database; empty if nothing. May raise sqlite3.Error."""
    found = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found != "ok":
        return found
    broken = db.execute("PRAGMA foreign_key_check").fetchone()
    return f"foreign key: {broken[0]}" if broken else ""


def content_digest(db: sqlite3.Connection) -> str:
    """A hash over every table's definition and rows, the same for two databases that hold the same."""
    whole = hashlib.sha256()
    tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name <> ? AND name NOT LIKE 'sqlite~_%' "
    for name, sql in db.execute(f"{tables} ESCAPE '~' ORDER BY name", (MARK,)).fetchall():
        whole.update(repr((name, sql)).encode())
        if str(sql).upper().startswith("CREATE VIRTUAL"):
            continue  # its rows stand in ordinary tables of its own
        for row in db.execute(f"SELECT * FROM {quoted(name)} NOT INDEXED"):  # noqa: S608 - a quoted name of the schema
            whole.update(repr(row).encode())
    return whole.hexdigest()


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def mark_of(database: Path) -> str | None:
    """The token in the file itself, leaving the write-ahead log aside; None if it can't be read."""
    try:
        with closing(open_still(database)) as db:
            return str(db.execute("SELECT token FROM store_mark").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return None


def renew_mark(db: sqlite3.Connection) -> None:
    """Say that this is a state of its own: no older seal speaks of it."""
    db.execute("UPDATE store_mark SET token = ?", (secrets.token_hex(16),))


def open_still(path: Path) -> sqlite3.Connection:
    """Read a file that nobody changes: no lock, no log, and nothing is made beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def open_to_read(database: Path) -> sqlite3.Connection:
    """Read a database, its log included, that nobody is writing to: hold the store's lock meanwhile."""
    if not has_log(database):
        return open_still(database)  # a read-only connection would leave an empty log behind
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def wal_path(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def has_log(database: Path) -> bool:
    """Whether the write-ahead log holds something that the file itself may not have yet."""
    try:
        return wal_path(database).stat().st_size > 0
    except OSError:
        return False


def writable(database: Path) -> bool:
    """Whether the file and its folder, where the log stands, can both be written."""
    return os.access(database, os.W_OK) and os.access(database.parent, os.W_OK)
