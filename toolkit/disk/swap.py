"""A folder that is put in another's place at once: whoever looks finds the old one or the new one, whole.

Linux can exchange two names in one step, on the file systems of a computer of one's own. Elsewhere the old folder is
put aside first, and `recover` finishes what was broken off between the two steps.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from toolkit.disk.atomic import sync_folder
from toolkit.disk.crash import crashpoint

if TYPE_CHECKING:
    from pathlib import Path

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
_LONG = 200  # bytes of a name to which something can still be added


def beside(folder: Path) -> Path:
    """Where what will be `folder` is made: a hidden folder next to it."""
    return _beside(folder, "new")


def put_in_place(folder: Path) -> None:
    """What was made `beside` it becomes `folder`; the old one, where there was one, is removed. OSError.

    One process at a time; the caller sees to it.
    """
    made, aside = beside(folder), _aside(folder)
    sync_tree(made)
    crashpoint("disk.swap.made")
    if not folder.exists():
        made.rename(folder)
    elif _exchange(made, folder):
        crashpoint("disk.swap.exchanged")
        made.rename(aside)
    else:
        folder.rename(aside)
        crashpoint("disk.swap.aside")
        made.rename(folder)
    sync_folder(folder.parent)
    crashpoint("disk.swap.done")
    shutil.rmtree(aside, ignore_errors=True)


def recover(folder: Path) -> None:
    """Finish what a killed process began: the new folder is in its place, or the old one; nothing lies beside it."""
    made, aside = beside(folder), _aside(folder)
    if aside.is_dir() and not folder.exists():  # put aside only after the new one was whole
        (made if made.is_dir() else aside).rename(folder)
    for left in (made, aside):
        shutil.rmtree(left, ignore_errors=True)


def is_between(folder: Path) -> bool:
    """Whether a process was killed between the two steps, so that `folder` isn't there until `recover` is called."""
    return _aside(folder).is_dir() and not folder.exists()


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the file system has one name a file. OSError."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def sync_tree(folder: Path) -> None:
    """Make everything in a folder survive a power cut. OSError."""
    if os.name == "nt":
        return
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _aside(folder: Path) -> Path:
    return _beside(folder, "old")


def _beside(folder: Path, end: str) -> Path:
    name = os.fsencode(folder.name)
    short = folder.name if len(name) <= _LONG else blake2b(name, digest_size=8).hexdigest()
    return folder.with_name(f".{short}.toolkit-{end}")


def _exchange(one: Path, other: Path) -> bool:
    """Give two folders each other's name in one step; False where that can't be done."""
    if sys.platform != "linux":
        return False
    with suppress(AttributeError, OSError):  # another C library; a file system that can't
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
    return False
