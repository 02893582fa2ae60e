"""Checksums of our own over the database file, because SQLite's own check misses most damage.

PRAGMA integrity_check looks at the shape of the pages, not at what is in them: it misses more than half of random
one-byte changes. So a small file beside the database, the seal, holds a CRC-32 of every block (CRC-32 finds every
change within 32 bits; it guards against failing disks and stray writes, not against somebody who wants to deceive).

The seal only exists while it is true:
- it is written under SQLite's write lock at the end of a session, when the write-ahead log has been emptied;
- the first write of a session removes it, durably, before anything of that write reaches the disk.
So a process that dies leaves either a true seal or none. A seal also names the `token` of the state that it was made
of, and that first write puts a new token into the database: a database file that was replaced by another good one
(copied from another computer) is seen as "not sealed", never as damaged.
"""

from __future__ import annotations

import json
import secrets
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from toolkit.disk.atomic import atomic_write
from toolkit.disk.crash import crashpoint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FORMAT = 1
_BLOCK = 64 * 1024
# Reading and summing 128 MB takes 25 ms from the page cache on the machine this was measured on. A larger file is
# looked at through a window of this size, elsewhere every time; doctor and backup always look at all of it.
WINDOW = 128 * 1024 * 1024


@dataclass(frozen=True)
class Seal:
    """What a database file looked like when it was last put away: its token, size in bytes, and one sum per block."""

    token: str
    size: int
    sums: tuple[int, ...]


def seal_path(database: Path) -> Path:
    return database.with_name(f"{database.name}-seal")


def take_seal(database: Path, token: str) -> Seal:
    """Sum up a file that nobody is writing to. Raises OSError."""
    with database.open("rb", buffering=0) as file:
        sums = tuple(zlib.crc32(block) for block in iter(lambda: _read(file), b""))
        return Seal(token, file.tell(), sums)


def write_seal(database: Path, seal: Seal) -> None:
    """Put the seal beside its database, durably. Raises StoreError("disk.…")."""
    body = json.dumps({"format": _FORMAT, "token": seal.token, "size": seal.size, "block": _BLOCK, "sums": seal.sums})
    crashpoint("store.seal.taken")
    atomic_write(seal_path(database), f"{zlib.crc32(body.encode()):08x} {body}\n")
    crashpoint("store.seal.written")


def read_seal(database: Path) -> Seal | None:
    """The seal of a database; None if there is none that can be relied on (it carries a checksum of its own)."""
    try:
        text = seal_path(database).read_bytes()
        own, _, body = text.strip().partition(b" ")
        if int(own, 16) != zlib.crc32(body):
            return None
        kept = json.loads(body)
        if kept["format"] != _FORMAT or kept["block"] != _BLOCK:
            return None
        return Seal(str(kept["token"]), int(kept["size"]), tuple(kept["sums"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def matches(database: Path, seal: Seal, *, window: int | None = WINDOW) -> bool:
    """Whether the file is byte for byte what was sealed; looks at all of it, or at `window` bytes at most. OSError."""
    if database.stat().st_size != seal.size:
        return False
    with database.open("rb", buffering=0) as file:
        for number in _blocks_to_check(len(seal.sums), window):
            file.seek(number * _BLOCK)
            if zlib.crc32(_read(file)) != seal.sums[number]:
                return False
    return True


def _blocks_to_check(count: int, window: int | None) -> Iterable[int]:
    if window is None or count * _BLOCK <= window:
        return range(count)
    length = max(window // _BLOCK, 1)
    start = secrets.randbelow(count)
    return sorted({0, *((start + step) % count for step in range(length))})  # block 0 holds the header


def _read(file: BinaryIO) -> bytes:
    """One block; an unbuffered read may stop early, a sum must not."""
    block = file.read(_BLOCK)
    while 0 < len(block) < _BLOCK and (more := file.read(_BLOCK - len(block))):
        block += more
    return block
