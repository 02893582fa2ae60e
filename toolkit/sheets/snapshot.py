"""A file as it was at one moment: a private copy and its digest.

Whatever happens to the original afterwards, everything works on the copy.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from toolkit.core.errors import InputError, StoreError
from toolkit.core.outcome import Place

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`stream` is an open, seekable copy without a name on disk; `head` its first bytes. Closing it removes it."""

    name: str
    path: Path
    digest: str
    size: int
    head: bytes
    stream: BinaryIO

    def close(self) -> None:
        self.stream.close()


def take_snapshot(path: Path) -> Snapshot:
    """Copy a file and hash it on the way. Raises InputError when it can't be read, StoreError when there is no room."""
    place = Place(file=path.name or str(path))
    try:
        if path.is_dir():
            raise InputError("sheets.folder", place, name=str(path))
        if path.exists() and not path.is_file():
            raise InputError("sheets.no_file", place, name=str(path))
        source = path.open("rb")
    except FileNotFoundError as error:
        raise InputError("sheets.missing", place, name=str(path)) from error
    except PermissionError as error:
        raise InputError("sheets.forbidden", place, name=str(path)) from error
    except (OSError, ValueError) as error:
        raise InputError("sheets.no_file", place, name=str(path)) from error
    with source:
        return _copy(source, path)


def _copy(source: BinaryIO, path: Path) -> Snapshot:
    digest = hashlib.sha256()
    head = b""
    size = 0
    try:
        copy = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the snapshot)
    except OSError as error:
        raise StoreError("sheets.no_room") from error
    try:
        while chunk := _read(source, path):
            digest.update(chunk)
            head = head or chunk[:4096]
            size += len(chunk)
            copy.write(chunk)
        copy.flush()
        os.lseek(copy.fileno(), 0, os.SEEK_SET)
        copy.seek(0)
    except OSError as error:
        copy.close()
        raise StoreError("sheets.no_room") from error
    except InputError:
        copy.close()
        raise
    return Snapshot(path.name, path, digest.hexdigest(), size, head, copy)


def _read(source: BinaryIO, path: Path) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise InputError("sheets.no_file", Place(file=path.name), name=str(path)) from error
