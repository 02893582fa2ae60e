"""What the operating system refuses, in codes that the member's sentences hang on."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CODES = {
    errno.ENOSPC: "disk.full",
    errno.EDQUOT: "disk.full",
    errno.EFBIG: "disk.full",
    errno.EROFS: "disk.read_only",
    errno.EACCES: "disk.no_permission",
    errno.EPERM: "disk.no_permission",
    errno.ENAMETOOLONG: "disk.name_too_long",
    errno.ENOENT: "disk.no_folder",
    errno.ENOTDIR: "disk.no_folder",
    errno.EEXIST: "disk.no_folder",  # a file stands where a folder of ours should be
    errno.EISDIR: "disk.is_folder",
    errno.ELOOP: "disk.link",
}
_WINDOWS_IN_USE = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: Excel has the file open


def disk_failure(error: OSError, path: Path) -> StoreError:
    """The failure to raise for an error of the operating system met while working on `path`."""
    if getattr(error, "winerror", None) in _WINDOWS_IN_USE:
        return StoreError("disk.in_use", path=str(path))
    code = _CODES.get(error.errno or 0)
    if code is None:
        return StoreError("disk.failed", path=str(path), reason=os.strerror(error.errno or errno.EIO))
    return StoreError(code, path=str(path))


@contextmanager
def disk_failures(path: Path) -> Iterator[None]:
    """Turn every OSError of the body into the StoreError that says so about `path`."""
    try:
        yield
    except OSError as error:
        raise disk_failure(error, path) from error
