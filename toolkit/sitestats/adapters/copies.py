"""Copies of what is kept of the sites: all of it in one file, read again after it was written; and the way back.

What stands in no log any more is in it, and what the member has said. The salts that visitors of the last days are
hashed with are not: whoever has both a salt and a copy could try addresses against it, and a copy is kept for long.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import zipfile
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import StoreError
from toolkit.disk.atomic import atomic_file, sync_folder
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures
from toolkit.disk.folders import private_folder
from toolkit.disk.lock import FileLock
from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters.sites import GONE, NEW, PATIENCE, Sites

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.sitestats.adapters.sites import Site

_VERSION: Final = 1
_LIST: Final = "manifest.json"
_TOLD: Final = "site.json"
_INTAKE: Final = "collector/intake.db"
_COPIED: Final = (
    "visits.duckdb.wal", "visits.duckdb", "collector/visits.duckdb.wal", "collector/visits.duckdb", _INTAKE,
    "google/visits.duckdb.wal", "google/visits.duckdb", _TOLD,
)  # fmt: skip
"""What is copied of a site, in the order in which it is put back: `site.json` last, for then the site is whole."""
_SALTS: Final = ("salts.json", "collector/salt.json")
_FOLDER: Final = re.compile(r"[^/\\:.\x00-\x1f][^/\\:\x00-\x1f]{0,120}-[0-9a-f]{8}")
_MOST_LISTED: Final = 4 << 20
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class PutBack:
    """The sites that were put back; `replaced`: the copy of what was there, None where nothing had to give way."""

    sites: tuple[str, ...] = ()
    replaced: Path | None = None


def copy_sites(folder: Path, target: Path) -> int:
    """Copy all that is kept of the sites in `folder` into a file; how many sites it holds (0: nothing is written).

    Updates wait meanwhile, a collector doesn't have to. Raises StoreError("disk.…", "sitestats.copy_damaged" where the
    copy isn't what was written).
    """
    sites = Sites(folder).all()
    if not sites:
        return 0
    listed: dict[str, str] = {}
    with atomic_file(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as copy:
        for site in sites:
            with _still(site) as held:
                for name, path in held.items():
                    whole = f"{site.folder.name}/{name}"
                    listed[whole] = _hash(path)
                    copy.write(path, whole)
            crashpoint("sitestats.copy.site")
        told = {"version": _VERSION, "files": listed}
        copy.writestr(_LIST, json.dumps(told, indent=1))
    try:
        check_copy(target)
    except StoreError:
        target.unlink(missing_ok=True)
        raise
    return len(sites)


def check_copy(path: Path) -> tuple[str, ...]:
    """Read all of a copy and compare; the folders of the sites in it. StoreError("sitestats.copy_damaged" |
    "sitestats.copy_newer")."""
    try:
        with zipfile.ZipFile(path) as copy:
            files = _listed(copy, path)
            for name, known in files.items():
                with copy.open(name) as file:
                    if hashlib.file_digest(file, "sha256").hexdigest() != known:  # type: ignore[arg-type]
                        raise StoreError("sitestats.copy_damaged", path=str(path))
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, ValueError, RuntimeError) as error:
        raise StoreError("sitestats.copy_damaged", path=str(path)) from error
    return tuple(dict.fromkeys(name.partition("/")[0] for name in files))


def put_back(source: Path, folder: Path, keep: Path) -> PutBack:
    """Put the sites of a copy back as they were then; those that were made since stay as they are.

    Where one that is there differs, all that is there is first copied to `keep`. Killed at any point, each site is the
    old one or the new one. Raises as `check_copy` and `copy_sites` do.
    """
    names = check_copy(source)
    private_folder(folder)
    with Sites(folder).lock(), disk_failures(folder):
        with zipfile.ZipFile(source) as copy:
            different = [name for name in names if not _is_same(copy, folder / name)]
            for name in different:
                _demand_rest(folder / name)
            for name in different:
                _stage(copy, folder, name)
        replaced = None
        if any((folder / name).exists() for name in different):
            copy_sites(folder, keep)
            replaced = keep
        crashpoint("sitestats.putback.kept")
        for name in different:
            _swap(folder, name)
    told = {site.folder.name: site.name for site in Sites(folder).all()}
    return PutBack(tuple(told[name] for name in different if name in told), replaced)


def _listed(copy: zipfile.ZipFile, path: Path) -> Mapping[str, str]:
    """The files that a copy says it holds, each with its hash. Raises as `check_copy`, also for one that holds others,
    or whose names lead elsewhere."""
    if copy.getinfo(_LIST).file_size > _MOST_LISTED:
        raise StoreError("sitestats.copy_damaged", path=str(path))
    told: dict[str, Any] = json.loads(copy.read(_LIST))
    if int(told["version"]) > _VERSION:
        raise StoreError("sitestats.copy_newer", path=str(path))
    files = {str(name): str(known) for name, known in told["files"].items()}
    for name in files:
        site, _, file = name.partition("/")
        if not _FOLDER.fullmatch(site) or file not in _COPIED:
            raise StoreError("sitestats.copy_damaged", path=str(path))
    packed = any(info.compress_type != zipfile.ZIP_STORED for info in copy.infolist())
    if packed or sorted(copy.namelist()) != sorted([*files, _LIST]):
        raise StoreError("sitestats.copy_damaged", path=str(path))
    return files


class _still:  # noqa: N801 - used like a function
    """The files of a site while nobody writes to them; the collector's as it is at this moment."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._stack = ExitStack()

    def __enter__(self) -> Mapping[str, Path]:
        folder = self._site.folder
        with ExitStack() as stack:
            for place in (folder, folder / "collector", folder / "google"):
                if place.is_dir():
                    stack.enter_context(FileLock(place / "lock", "backup", PATIENCE))
            held = {name: folder / name for name in _COPIED if (folder / name).is_file()}
            if _INTAKE in held:
                beside = stack.enter_context(scratch_folder())
                held[_INTAKE] = _copied_intake(held[_INTAKE], beside / "intake.db")
            self._stack = stack.pop_all()
        return held

    def __exit__(self, *told: object) -> None:
        self._stack.close()


def _copied_intake(path: Path, target: Path) -> Path:
    try:
        with closing(sqlite3.connect(path)) as db, closing(sqlite3.connect(target)) as copy:
            db.backup(copy)
    except sqlite3.Error as error:
        raise StoreError("sitestats.intake_unusable", path=str(path)) from error
    return target


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_same(copy: zipfile.ZipFile, folder: Path) -> bool:
    """Whether a site stands there just as the copy has it."""
    inside = {name for name in copy.namelist() if name.startswith(f"{folder.name}/")}
    here = {f"{folder.name}/{name}" for name in _COPIED if (folder / name).is_file()}
    if inside != here:
        return False
    for name in sorted(inside):
        path = folder.parent / PurePosixPath(name)
        if name.endswith(_INTAKE):
            with scratch_folder() as scratch:
                other = scratch / "other.db"
                other.write_bytes(copy.read(name))
                if _rows(path) != _rows(other):
                    return False
        else:
            with copy.open(name) as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != _hash(path):  # type: ignore[arg-type]
                    return False
    return True


def _rows(path: Path) -> list[str]:
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())
    return [str(path)]


def _demand_rest(site: Path) -> None:
    """StoreError("disk.busy") while a collector serves a site: what it is told would be lost."""
    serving = site / "collector" / "serving"
    if serving.exists():
        with FileLock(serving, "restore", 0.0):
            return


def _stage(copy: zipfile.ZipFile, folder: Path, name: str) -> None:
    """Write a site of a copy beside the one that is there, its `site.json` last."""
    new, old = folder / f"{NEW}{name}", folder / name
    shutil.rmtree(new, ignore_errors=True)
    private_folder(new)
    for file in _COPIED:
        if f"{name}/{file}" in copy.namelist():
            if file == _TOLD:  # from here on the site is whole; visitors of today stay who they are
                _keep_salts(old, new)
            private_folder((new / file).parent)
            with copy.open(f"{name}/{file}") as source, _private(new / file) as target:
                shutil.copyfileobj(source, target, _BLOCK)
                target.flush()
                os.fsync(target.fileno())
            sync_folder((new / file).parent)
            crashpoint("sitestats.putback.file")


def _keep_salts(old: Path, new: Path) -> None:
    for file in _SALTS:
        if (old / file).is_file() and (new / file).parent.is_dir():
            with (old / file).open("rb") as source, _private(new / file) as target:
                shutil.copyfileobj(source, target)


def _private(path: Path) -> Any:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(descriptor, "wb")


def _swap(folder: Path, name: str) -> None:
    """The staged site takes the place of the one that is there."""
    new, old, gone = folder / f"{NEW}{name}", folder / name, folder / f"{GONE}{name}"
    if not new.is_dir():  # somebody who looked at the sites has done it already
        return
    with ExitStack() as stack:
        if old.is_dir():
            stack.enter_context(FileLock(old / "lock", "restore", PATIENCE))
            shutil.rmtree(gone, ignore_errors=True)
            old.rename(gone)
            crashpoint("sitestats.putback.aside")
        with suppress(FileNotFoundError):  # the same, at this moment
            new.rename(old)
        sync_folder(folder)
    crashpoint("sitestats.putback.placed")
    shutil.rmtree(gone, ignore_errors=True)
