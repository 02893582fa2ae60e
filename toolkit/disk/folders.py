"""Folders that only their owner can look into."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.core.errors import StoreError
from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# How the folders are called that copy what is in them to somebody's server, as the programs that do it name them.
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "iclouddrive", "mobile documents",
           "cloudstorage", "nextcloud", "owncloud", "pcloud", "megasync", "box sync", "yandexdisk")  # fmt: skip


def private_folder(path: Path) -> Path:
    """Make `path`, and every folder above it that is missing, readable by the owner alone (0700). Gives `path` back.

    A folder that exists keeps its mode. Raises StoreError("disk.…").
    """
    with disk_failures(path):
        missing = [path]
        while not missing[-1].exists() and missing[-1].parent != missing[-1]:
            missing.append(missing[-1].parent)
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
    return path


def real_path(path: Path) -> Path:
    """Where `path` leads when every link on the way is followed. StoreError("disk.link") if they go in a circle."""
    try:
        return path.resolve()
    except RuntimeError as error:  # how pathlib tells of a circle before Python 3.13
        raise StoreError("disk.link", path=str(path)) from error


def close_to_others(paths: Iterable[Path]) -> list[Path]:
    """Take away what others may do with these files and folders, and give back those where there was something to take.

    Links are left alone, and what belongs to somebody else. Windows keeps its own lists; nothing to do there.
    """
    closed: list[Path] = []
    if os.name == "nt":
        return closed
    for path in paths:
        with suppress(OSError):
            state = path.lstat()
            if not path.is_symlink() and state.st_mode & 0o077 and state.st_uid == os.getuid():
                path.chmod(state.st_mode & 0o700)
                closed.append(path)
    return closed


def synced_by(path: Path) -> str | None:
    """The name of the folder above `path` (or of `path`) that a cloud service keeps a copy of; None if there is none.

    Goes by the names that these services give their folders, in any case.
    """
    for part in path.absolute().parts:
        name = part.casefold()
        if any(name == synced or name.startswith((f"{synced} ", f"{synced}-", f"{synced}(")) for synced in _SYNCED):
            return part
    return None
