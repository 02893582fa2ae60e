"""Look at a zip archive before anything in it is unpacked: sizes, ratios, names. Nothing is ever unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from toolkit.core.errors import InputError

MAX_MEMBERS = 5_000  # the largest office files at hand have some hundred; a picture is one member
MAX_TOTAL = 2_000_000_000  # bytes; 1,048,576 rows of 20 columns unpack to about 1.5 GB
MAX_RATIO = 150  # a million equal rows reach 25, a bomb 1,000
RATIO_FROM = 10_000_000  # bytes: below this a ratio is harmless


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, once it is known to be harmless; raises InputError with the reason otherwise."""
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise InputError("sheets.damaged") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise InputError("sheets.archive_members", n=len(members), most=MAX_MEMBERS)
    seen: set[str] = set()
    for member in members:
        _check(member)
        if member.filename in seen:
            raise InputError("sheets.archive_name", name=member.filename)
        seen.add(member.filename)
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise InputError("sheets.archive_size", most=MAX_TOTAL // 1_000_000)
    return archive


def _check(member: zipfile.ZipInfo) -> None:
    name = member.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if ".." in path.parts or path.is_absolute() or ":" in name or stat.S_ISLNK(member.external_attr >> 16):
        raise InputError("sheets.archive_name", name=name)
    if member.flag_bits & 1:
        raise InputError("sheets.password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError("sheets.damaged")
    if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise InputError("sheets.archive_ratio", name=name, size=member.file_size // 1_000_000)


def open_member(archive: zipfile.ZipFile, name: str) -> IO[bytes] | None:
    """A member's bytes as a stream; None if there is none. Names compare without letter case, as in Excel."""
    try:
        return archive.open(name)
    except KeyError:
        by_fold = {member.filename.casefold(): member for member in archive.infolist()}
        found = by_fold.get(name.casefold())
        return archive.open(found) if found else None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError("sheets.damaged") from error
