"""Locks between processes. The kernel lets go of them when their holder dies, so none is ever stale."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from toolkit.core.errors import StoreError
from toolkit.disk.failures import disk_failure

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import filelock


class FileLock:
    """One process at a time. Whoever waits too long is told who holds it.

    `path` is the lock's file (it stays; being there means nothing), `what` says in the member's words what is being
    done, `timeout` is in seconds. A second entry by the same object is free.
    """

    def __init__(self, path: Path, what: str, timeout: float) -> None:
        self._path = path
        self._what = what
        self._timeout = timeout
        self._depth = 0
        self._lock: filelock.FileLock | None = None

    def __enter__(self) -> Self:
        """Raises StoreError("disk.busy", pid=, what=) when the time is up; "disk.busy_elsewhere" if nobody is named."""
        if self._depth == 0:
            self._acquire()
        self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0 and self._lock is not None:
            with suppress(OSError):
                self._holder_file.unlink()
            self._lock.release()
            self._lock = None

    @property
    def _holder_file(self) -> Path:
        # Beside the lock, not in it: Windows lets nobody read a locked file.
        return self._path.with_name(f"{self._path.name}.holder")

    def _acquire(self) -> None:
        import filelock

        lock = filelock.FileLock(self._path, mode=0o600, preserve_lock_file=True, thread_local=False)
        try:
            lock.acquire(timeout=self._timeout, poll_interval=0.02)
        except filelock.Timeout:
            pid, what = holder(self._path)
            if not pid:
                raise StoreError("disk.busy_elsewhere", path=str(self._path)) from None
            raise StoreError("disk.busy", path=str(self._path), pid=pid, what=what) from None
        except OSError as error:
            raise disk_failure(error, self._path) from error
        self._lock = lock
        with suppress(OSError):
            descriptor = os.open(self._holder_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(f"{os.getpid()}\n{self._what}\n")


def holder(path: Path) -> tuple[int, str]:
    """Who holds the lock at `path`, as far as is known: (process id, what it does); (0, "") when nothing is known."""
    try:
        pid, what, *_ = path.with_name(f"{path.name}.holder").read_text("utf-8").splitlines()
        return int(pid), what
    except (OSError, ValueError):
        return 0, ""


class Presence:
    """Many processes at a time say "I have it open"; one that needs all the others gone asks with `alone`.

    On Windows nothing is needed: the system itself refuses to replace a file that another process has open.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def enter(self) -> None:
        """Say so. Waits while somebody is alone; that is never longer than a rename takes. Raises OSError."""
        if sys.platform == "win32":
            return
        import fcntl

        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def alone(self) -> bool:
        """Become the only one, at once or not at all. Needs `enter` first."""
        if sys.platform == "win32" or self._descriptor is None:
            return True
        import fcntl

        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        """Take it back; also when it was never said."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
