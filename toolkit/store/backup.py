"""Copies of the database: consistent, read again after they are written, named by time and by what is in them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

from toolkit.core.errors import ConflictError, StoreError
from toolkit.core.outcome import Place
from toolkit.disk.atomic import sweep, sync_folder
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import private_folder
from toolkit.store.checks import check_copy, content_digest, has_log, open_still, open_to_read, renew_mark, wal_path
from toolkit.store.failures import store_failure
from toolkit.store.schema import version_of

if TYPE_CHECKING:
    from pathlib import Path

# manual: the member asked; daily: at the end of a day's first writing; upgrade: before a migration; replaced: what a
# restore took the place of; damaged: the same, as it was found, byte for byte.
Kind = Literal["manual", "daily", "upgrade", "replaced", "damaged"]
KEPT = 10  # of each kind that the program makes by itself; what the member asked for stays until the member removes it

_STAMP = "%Y%m%dT%H%M%S%z"
_NAME = re.compile(r"toolkit-(\d{8}T\d{6}[+-]\d{4})-([a-z]{1,10})-([0-9a-f]{16})\.db")


@dataclass(frozen=True)
class Backup:
    """A copy in the backups folder. `digest` is the start of the file's SHA-256, which is part of its name."""

    path: Path
    at: datetime
    kind: Kind
    size: int
    digest: str


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first, as their names tell; nothing is opened. Raises StoreError("disk.…")."""
    with disk_failures(folder):
        files = list(folder.iterdir()) if folder.is_dir() else []
    found = [backup for backup in map(as_backup, files) if backup is not None]
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def as_backup(path: Path) -> Backup | None:
    """What the name of a file says of it; None if it is no backup of ours (or was renamed)."""
    name = _NAME.fullmatch(path.name)
    if name is None or not path.is_file():
        return None
    kind = next((kind for kind in get_args(Kind) if kind == name[2]), None)
    try:
        at = datetime.strptime(name[1], _STAMP)  # noqa: DTZ007 - the format ends in %z
        return Backup(path, at, kind, path.stat().st_size, name[3]) if kind else None
    except (OSError, ValueError):
        return None


def make_backup(database: Path, folder: Path, kind: Kind, now: datetime, *, target: Path | None = None) -> Backup:
    """Copy a database that nobody writes to while this runs; then read the copy again and compare.

    `target` is a folder or a file of the member's choice; else the copy goes to `folder`. Raises StoreError
    ("disk.…", "store.damaged" about the database, "store.backup_unverified" about the copy); what there was stays.
    """
    folder = private_folder(folder if target is None else target if target.is_dir() else target.parent)
    temporary = folder / f".toolkit-{secrets.token_hex(8)}.tmp"
    crashpoint("store.backup.begun")
    with disk_failures(target or folder):
        try:
            content, version = _copy(database, temporary)
            crashpoint("store.backup.copied")
            digest = sync_and_hash(temporary)
            crashpoint("store.backup.synced")
            _compare(temporary, content, version, target or folder)
            crashpoint("store.backup.verified")
            final = _final_path(folder, target, now, kind, digest)
            temporary.replace(final)
        except BaseException:
            _remove(temporary)
            raise
        crashpoint("store.backup.named")
        sync_folder(folder)
        if target is None:
            prune(folder, made=final)
        return Backup(final, now.replace(microsecond=0), kind, final.stat().st_size, digest[:16])


def keep_damaged(database: Path, folder: Path, now: datetime) -> Backup:
    """Keep a database as it was found, byte for byte, its write-ahead log too, because something takes its place.

    Raises StoreError("disk.…").
    """
    private_folder(folder)
    temporary = folder / f".toolkit-{secrets.token_hex(8)}.tmp"
    log = wal_path(temporary)
    with disk_failures(folder):
        try:
            copy_file(database, temporary)
            digest = sync_and_hash(temporary)
            final = _final_path(folder, None, now, "damaged", digest)
            if has_log(database):
                log = wal_path(final)
                copy_file(wal_path(database), log)
                sync_and_hash(log)
            crashpoint("store.keep.copied")
            temporary.replace(final)
        except BaseException:
            _remove(temporary)
            _remove(log)
            raise
        crashpoint("store.keep.named")
        sync_folder(folder)
        prune(folder, made=final)
        return Backup(final, now.replace(microsecond=0), "damaged", final.stat().st_size, digest[:16])


def verify_backup(path: Path, newest: int | None = None) -> int:
    """Check all of a backup and give the number of its schema, which may be `newest` at most.

    Raises ConflictError("store.backup_missing") and StoreError("store.backup_damaged" | "store.backup_not_ours" |
    "store.backup_newer").
    A file that was renamed has lost its SHA-256; then SQLite's own check has to do.
    """
    if not path.is_file():
        raise ConflictError("store.backup_missing", Place(file=path.name), path=str(path))
    backup = as_backup(path)
    with disk_failures(path):
        if backup is not None and not hash_file(path).startswith(backup.digest):
            raise StoreError("store.backup_damaged", Place(file=path.name), path=str(path))
    return check_copy(path, newest)


def newest_good(folder: Path) -> Backup | None:
    """The newest backup that can be restored; what a restore took the place of doesn't count. None if there is none."""
    with suppress(StoreError):
        for backup in list_backups(folder):
            if backup.kind not in ("replaced", "damaged"):
                with suppress(StoreError):
                    verify_backup(backup.path)
                    return backup
    return None


def prune(folder: Path, made: Path | None = None) -> None:
    """Remove the oldest of the backups that the program made by itself, beyond `KEPT` of a kind, and half-made ones.

    The one just `made` stays, even where a clock that went back has named it the oldest.
    """
    sweep(folder)
    seen: dict[str, int] = {}
    for backup in list_backups(folder):
        seen[backup.kind] = seen.get(backup.kind, 0) + 1
        if backup.kind != "manual" and seen[backup.kind] > KEPT and backup.path != made:
            _remove(backup.path)
            _remove(wal_path(backup.path))


def copy_file(source: Path, target: Path) -> None:
    """Copy bytes into a file that only its owner can read. Raises OSError."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as copy, source.open("rb") as original:
        while block := original.read(1024 * 1024):
            copy.write(block)


def sync_and_hash(path: Path) -> str:
    """Bring a file to the disk, then read it back, from the disk where the system lets us ask for that: its SHA-256."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
    return hash_file(path)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(database: Path, temporary: Path) -> tuple[str, int]:
    """Write the copy; gives a hash over the rows of the original, and its schema."""
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(open_to_read(database)) as source:
        try:
            source.execute("VACUUM INTO ?", (str(temporary),))
            with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
                renew_mark(copy)  # so that the original's seal never speaks of the copy, wherever it is put
            return content_digest(source), version_of(source)
        except sqlite3.Error as error:
            failure = store_failure(error, temporary.parent)
            if failure is None or failure.problem.code == "store.damaged":
                failure = StoreError("store.damaged", path=str(database))
            raise failure from error


def _compare(copy: Path, content: str, version: int, where: Path) -> None:
    try:
        with closing(open_still(copy)) as db:
            if check_copy(copy) == version and content_digest(db) == content:
                return
    except (StoreError, sqlite3.Error, OSError) as error:
        raise StoreError("store.backup_unverified", path=str(where)) from error
    raise StoreError("store.backup_unverified", path=str(where))


def _final_path(folder: Path, target: Path | None, now: datetime, kind: Kind, digest: str) -> Path:
    if target is None or target.is_dir():
        return folder / f"toolkit-{now.strftime(_STAMP)}-{kind}-{digest[:16]}.db"
    if target.is_symlink():
        raise StoreError("disk.link", path=str(target))
    return target


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
