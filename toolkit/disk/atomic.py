"""Files that are either the old one or the new one, whole, whatever happens in between."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from toolkit.core.errors import StoreError
from toolkit.disk.crash import crashpoint
from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEMPORARY = ".toolkit-{}.tmp"
_WINDOWS_REFUSED = 5  # ERROR_ACCESS_DENIED
_LEFTOVER_AGE = 3600  # seconds; what is still half-made then belongs to a process that was killed


def atomic_write(path: Path, data: bytes | str, *, mode: int = 0o600) -> None:
    """Write the whole file, durably; text is encoded as UTF-8. Raises StoreError("disk.…"); the old file then stays."""
    with atomic_file(path, mode=mode) as file:
        file.write(data.encode() if isinstance(data, str) else data)


@contextmanager
def atomic_file(path: Path, *, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A file to write to; it takes the place of `path`, durably, when the block ends without an error.

    Temporary file in the same folder, flush, fsync, replace, fsync of the folder. The file has `mode` (less the umask)
    from its first byte on. A symbolic link at `path` is refused: what it points to isn't ours to replace. Raises
    StoreError("disk.full" | "disk.read_only" | "disk.no_permission" | "disk.name_too_long" | "disk.no_folder" |
    "disk.is_folder" | "disk.link" | "disk.in_use" | "disk.failed"); the temporary file is removed.
    """
    with disk_failures(path):
        if path.is_symlink():
            raise StoreError("disk.link", path=str(path))
        if path.is_dir():
            raise StoreError("disk.is_folder", path=str(path))
        path.exists()  # a name that the file system can't hold is refused before anything is written
        sweep(path.parent)
        temporary = path.parent / _TEMPORARY.format(secrets.token_hex(8))
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        try:
            with os.fdopen(descriptor, "wb") as file:
                crashpoint("disk.atomic.opened")
                yield file
                file.flush()
                crashpoint("disk.atomic.written")
                os.fsync(file.fileno())
            crashpoint("disk.atomic.synced")
            _take_the_place(temporary, path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        crashpoint("disk.atomic.replaced")
        sync_folder(path.parent)


def _take_the_place(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except PermissionError as error:
        # In this folder a file could just be made: what is refused is the old file, because somebody has it open.
        if getattr(error, "winerror", None) == _WINDOWS_REFUSED and path.exists():
            raise StoreError("disk.in_use", path=str(path)) from error
        raise


def sync_folder(folder: Path) -> None:
    """Make creations, renames and removals in `folder` survive a power cut. Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_durably(path: Path) -> None:
    """Remove a file, if it is there, so that it stays removed after a power cut."""
    with disk_failures(path):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Remove what killed processes left half-made in `folder`; what is young may still be in use."""
    prefix, suffix = _TEMPORARY.split("{}")
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(prefix) and suffix in entry.name:
                with suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _LEFTOVER_AGE:
                        _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        import shutil

        shutil.rmtree(entry.path)
    else:
        Path(entry.path).unlink()
