"""Putting a backup, or what can be saved of a damaged database, in the place of the database."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.errors import ConflictError, StoreError
from toolkit.core.outcome import Place
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import private_folder, real_path
from toolkit.disk.lock import Presence
from toolkit.store.backup import (
    Backup,
    as_backup,
    copy_file,
    hash_file,
    keep_damaged,
    make_backup,
    newest_good,
)
from toolkit.store.checks import (
    check_copy,
    check_header,
    content_digest,
    damage,
    examine,
    has_log,
    open_still,
    open_to_read,
    wal_path,
)
from toolkit.store.failures import Connection, store_failure
from toolkit.store.salvage import save_rows
from toolkit.store.schema import MIGRATIONS, Migration, apply_migrations, load_migrations, version_of
from toolkit.store.store import PATIENCE, Clock, build, locked_for_good, presence_path, put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Restored:
    """What a restore did. `source` is None for a salvage. `replaced` is the copy of what stood there before.

    `changed` is False when the database held the same already; then nothing was written. `rows` are the rows saved and
    `lost` the names of tables of which some couldn't be read; both only after a salvage.
    """

    source: Path | None
    replaced: Backup | None
    changed: bool
    rows: int = 0
    lost: tuple[str, ...] = ()


def restore(
    database: Path,
    source: Path | None,
    *,
    backups: Path,
    clock: Clock,
    migrations: Path = MIGRATIONS,
    patience: float = PATIENCE,
) -> Restored:
    """Make the database hold what `source` holds (None: the newest good backup), whatever state it is in now.

    The backup is checked, copied beside the database, brought up to date and checked again; then it takes the place in
    one step, and what it replaces is kept as a backup. Raises ConflictError("store.backup_missing" | "store.no_backup")
    and StoreError("store.backup_damaged" | "store.backup_not_ours" | "store.backup_newer" | "store.in_use" |
    "store.busy" | "disk.…"); the database then is as it was.
    """
    steps = load_migrations(migrations)
    if source is None:
        newest = newest_good(backups)
        if newest is None:
            raise ConflictError("store.no_backup", path=str(backups))
        source = newest.path
    if not source.is_file():
        raise ConflictError("store.backup_missing", Place(file=source.name), path=str(source))
    database = real_path(database)
    private_folder(database.parent)
    with locked_for_good(database, "toolkit restore", patience), _workshop(database) as temporary:
        _fetch(source, temporary, steps)
        crashpoint("store.restore.fetched")
        if _holds_the_same(database, temporary, steps[-1].number):
            return Restored(source, None, changed=False)
        return Restored(source, _swap(temporary, database, backups, clock, steps), changed=True)


def salvage(
    database: Path, *, backups: Path, clock: Clock, migrations: Path = MIGRATIONS, patience: float = PATIENCE
) -> Restored:
    """Move every row that can still be read into a new database, and keep the old file as a backup.

    For a database that is damaged, or that another program has changed. Raises StoreError("store.in_use" |
    "store.busy" | "store.newer" | "disk.…").
    """
    steps = load_migrations(migrations)
    database = real_path(database)
    private_folder(database.parent)
    with locked_for_good(database, "toolkit restore", patience), _workshop(database) as temporary:
        rows, lost = 0, list[str]()
        version = _claimed_version(database, steps[-1].number)
        build(temporary, steps[: version + 1])
        with closing(_connect(temporary)) as new:
            if database.exists():
                with _workshop(database) as copy:
                    with disk_failures(copy):
                        _copy_with_log(database, copy)
                    rows, lost = save_rows(copy, new)
            apply_migrations(new, steps[version + 1 :])
        crashpoint("store.salvage.saved")
        return Restored(None, _swap(temporary, database, backups, clock, steps), True, rows, tuple(lost))


def _swap(temporary: Path, database: Path, backups: Path, clock: Clock, steps: Sequence[Migration]) -> Backup | None:
    """Give the finished file the database's name, once nobody has the old one open; keep the old one."""
    presence = Presence(presence_path(database))
    with disk_failures(database):
        presence.enter()
    try:
        if not presence.alone():
            raise StoreError("store.in_use", path=str(database))
        replaced = None
        if database.exists():
            if _is_sound(database, steps[-1].number):
                replaced = make_backup(database, backups, "replaced", clock.now())
                _empty_log(database)
            else:
                replaced = keep_damaged(database, backups, clock.now())
        crashpoint("store.restore.kept")
        put_in_place(temporary, database)
        crashpoint("store.restore.placed")
        return replaced
    finally:
        presence.leave()


def _fetch(source: Path, temporary: Path, steps: Sequence[Migration]) -> None:
    """Copy a backup to `temporary`, check the copy, bring it up to date."""
    place = Place(file=source.name)
    backup = as_backup(source)
    with disk_failures(temporary):
        _copy_with_log(source, temporary)
        if backup is not None and not hash_file(temporary).startswith(backup.digest):
            raise StoreError("store.backup_damaged", place, path=str(source))
    try:
        check_copy(temporary, steps[-1].number)
        with closing(_connect(temporary)) as db:
            db.execute("PRAGMA journal_mode = DELETE")  # works a log in that came along
            apply_migrations(db, steps[version_of(db) + 1 :])
            sound = not damage(db)
    except StoreError as error:
        if error.problem.code in ("store.backup_damaged", "store.backup_not_ours", "store.backup_newer"):
            raise StoreError(error.problem.code, place, path=str(source)) from error
        raise
    if not sound:
        raise StoreError("store.backup_damaged", place, path=str(source))


def _copy_with_log(source: Path, target: Path) -> None:
    copy_file(source, target)
    if has_log(source):
        copy_file(wal_path(source), wal_path(target))


def _holds_the_same(database: Path, other: Path, newest: int) -> bool:
    if not database.exists() or not _is_sound(database, newest):
        return False
    with closing(open_still(other)) as new, closing(open_to_read(database)) as old:
        return content_digest(new) == content_digest(old)


def _is_sound(database: Path, newest: int) -> bool:
    """Whether a database can be copied as SQLite copies it; a damaged one is kept byte for byte instead."""
    try:
        examine(database, newest, window=None)
        with closing(open_to_read(database)) as db:
            return not damage(db)
    except (StoreError, sqlite3.Error):
        return False


def _empty_log(database: Path) -> None:
    """Work the log into the file: the log is removed before the file is, and must hold nothing then."""
    with closing(_connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _claimed_version(database: Path, newest: int) -> int:
    """The schema that the header of a database speaks of; the newest where it makes no sense."""
    try:
        with disk_failures(database):
            check_header(database, newest)
        with closing(open_still(database)) as db:
            return version_of(db)
    except StoreError as error:
        if error.problem.code == "store.newer":
            raise
    except sqlite3.Error:
        pass
    return newest


def _connect(path: Path) -> Connection:
    db = sqlite3.connect(path, isolation_level=None, factory=Connection)
    db.explain = lambda error: store_failure(error, path)
    return db


@contextmanager
def _workshop(database: Path) -> Iterator[Path]:
    """The path of a file to build beside the database; what is left of it at the end is removed."""
    folder = database.with_name(f".toolkit-{secrets.token_hex(8)}.tmp")
    with disk_failures(folder):
        folder.mkdir(mode=0o700)
    try:
        yield folder / database.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
