"""How the database is, looked at thoroughly and without changing anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.errors import StoreError
from toolkit.disk.folders import real_path
from toolkit.store.checks import damage, examine, open_to_read, writable
from toolkit.store.failures import store_failure
from toolkit.store.schema import MIGRATIONS, load_migrations, version_of
from toolkit.store.store import PATIENCE, with_backup, write_lock

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Health:
    """A sound database. `sealed`: checksums of our own vouch for every byte; otherwise SQLite's check has to do.

    `size` in bytes; `version` is its schema, `newest` the one that this program would bring it to.
    """

    size: int
    version: int
    newest: int
    sealed: bool
    writable: bool


def look_over(database: Path, *, backups: Path, migrations: Path = MIGRATIONS) -> Health | None:
    """Check all of the database; None if there is none yet. Raises StoreError as `Store.open` does."""
    database = real_path(database)
    if not database.exists():
        return None
    newest = load_migrations(migrations)[-1].number
    try:
        with write_lock(database, PATIENCE) if writable(database) else nullcontext():
            sealed, version = _look(database, newest)
    except StoreError as error:
        raise with_backup(error, database, backups) from error
    return Health(database.stat().st_size, version, newest, sealed, writable(database))


def _look(database: Path, newest: int) -> tuple[bool, int]:
    sealed = examine(database, newest, window=None)
    try:
        with closing(open_to_read(database)) as db:
            found, version = damage(db), version_of(db)
    except sqlite3.Error as error:
        raise store_failure(error, database) or error from error
    if found:
        raise StoreError("store.damaged", path=str(database), reason=found)
    return sealed, version
