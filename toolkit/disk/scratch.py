"""Folders for what doesn't fit into memory: thrown away afterwards, by the next one where a process was killed."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Iterator

    import filelock

PREFIX: Final = "toolkit-scratch-"
_HELD: Final = "held"
_NEW: Final = 60.0
"""Seconds: a folder so young may be held in a moment, though it isn't yet."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of its own that only the member can open, gone afterwards. Those of killed processes are taken away
    first: visitors' addresses may be in what they have left. StoreError("disk.…")."""
    with ExitStack() as stack:
        with disk_failures(Path(os.environ.get("TMPDIR", "/tmp"))):  # noqa: S108 - what is named in the sentence
            _sweep(Path(tempfile.gettempdir()))
            made = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(made))
            stack.enter_context(_lock(folder))  # the kernel lets go of it when the process dies
        yield folder


def _lock(folder: Path) -> filelock.FileLock:
    import filelock

    return filelock.FileLock(folder / _HELD, timeout=0, mode=0o600)


def _sweep(parent: Path) -> None:
    """Take away the folders that nobody holds. What can't be taken away stays: the next one tries again."""
    import filelock

    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if not entry.name.startswith(PREFIX):
                continue
            with suppress(OSError, filelock.Timeout):
                if not entry.is_dir(follow_symlinks=False) or not _is_own_and_old(entry.stat(follow_symlinks=False)):
                    continue
                with _lock(Path(entry.path)):
                    pass
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_own_and_old(seen: os.stat_result) -> bool:
    own = not hasattr(os, "geteuid") or seen.st_uid == os.geteuid()
    return own and time.time() - seen.st_mtime > _NEW
