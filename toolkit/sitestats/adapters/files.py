"""Log files as chunks of whole lines: plain, gzip, several parts one after the other; memory stays flat."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

CHUNK: Final = 8 << 20
"""Bytes that are read at once; a chunk ends where a line does."""
LONGEST_LINE: Final = 1 << 20
"""Bytes of a line that are kept: what is longer is no request and is cut, so that one line can't fill the memory."""
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True)
class Chunk:
    """Whole lines without the last line's end. `size`: bytes of the file (unpacked) that have been read up to here;
    `whole` is False for the end of a file whose last line has no end yet."""

    text: str
    size: int
    whole: bool = True


@dataclass
class Trouble:
    """What was wrong with a file while it was read: "truncated" for a gzip that ends too early."""

    code: str = ""


def is_gzip(path: Path) -> bool:
    """Whether a file is packed, by its first bytes, whatever its name says."""
    with disk_failures(path), path.open("rb") as file:
        return file.read(2) == _GZIP


def read_chunks(path: Path, trouble: Trouble | None = None, *, begin: int = 0, size: int = CHUNK) -> Iterator[Chunk]:
    """The lines of a file from byte `begin` (unpacked) on. A gzip that ends too early yields what is there and says so
    in `trouble`. Raises InputError for a file that can't be read."""
    packed = is_gzip(path)
    with disk_failures(path), path.open("rb") as raw:
        stream = cast("BufferedIOBase", gzip.GzipFile(fileobj=raw)) if packed else raw
        if begin:
            stream.seek(begin)
        yield from _chunks(_Reader(stream, trouble or Trouble()), begin, size)


class _Reader:
    """Reads on until the end, or until a packed file turns out to be damaged."""

    def __init__(self, stream: BufferedIOBase, trouble: Trouble) -> None:
        self._stream = stream
        self._trouble = trouble

    def read(self, size: int) -> bytes:
        if self._trouble.code:
            return b""
        try:
            return self._stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):  # cut off, or damaged in the middle
            self._trouble.code = "sitestats.gzip_damaged"
            return b""


def _chunks(stream: _Reader, begin: int, size: int) -> Iterator[Chunk]:
    done, rest, skipping = begin, b"", False
    while block := stream.read(size):
        done += len(block)
        if skipping:  # inside of a line that is too long
            end = block.find(b"\n")
            if end < 0:
                continue
            block, skipping = block[end + 1 :], False
        block = rest + block
        cut = block.rfind(b"\n") + 1
        whole, rest = block[:cut], block[cut:]
        if whole:
            yield Chunk(decoded(whole[:-1]), done - len(rest))
        if len(rest) > LONGEST_LINE:
            yield Chunk(decoded(rest[:LONGEST_LINE]), done)
            rest, skipping = b"", True
    if rest:
        yield Chunk(decoded(rest), done, whole=False)


def decoded(raw: bytes) -> str:
    """Lines as text: UTF-8, and byte by byte as Latin-1 where a line isn't."""
    if b"\0" in raw:
        raw = raw.replace(b"\0", b"?")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return "\n".join(_line(line) for line in raw.split(b"\n"))


def _line(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def first_lines(path: Path, most: int = 400) -> list[str]:
    """The first lines of a file, for finding out what it is."""
    found: list[str] = []
    for chunk in read_chunks(path, Trouble(), size=1 << 16):
        found += chunk.text.split("\n")
        if len(found) >= most:
            break
    return found[:most]


def existing(path: Path) -> Path:
    """The file, if it is one. InputError("sitestats.no_such_log")."""
    if not path.is_file():
        raise InputError("sitestats.no_such_log", Place(str(path)), value=str(path))
    return path
