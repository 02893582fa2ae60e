"""Log files as chunks of whole lines: plain, gzip, several parts one after the other; memory stays flat."""

from __future__ import annotations

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar, cast

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.disk.failures import disk_failures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

CHUNK: Final = 2 << 20
"""Bytes that are read at once; a chunk ends where a line does."""
LONGEST_LINE: Final = 1 << 20
"""Bytes of a line that are kept: what is longer is no request and is cut, so that one line can't fill the memory."""
_GZIP: Final = b"\x1f\x8b"
DAMAGED: Final = (EOFError, zlib.error, gzip.BadGzipFile)
"""What a packed file that is cut off or damaged raises."""


T = TypeVar("T")


@dataclass(frozen=True)
class Chunk:
    """Whole lines without the last line's end. `size`: bytes of the file (unpacked) that have been read up to here;
    `raw`: the bytes of it that stand right before there; `whole` is False for the end of a file whose last line has no
    end yet; `within`: the last line was cut, its end is still to come and will be skipped."""

    text: str
    size: int
    raw: bytes = b""
    whole: bool = True
    within: bool = False


@dataclass
class Trouble:
    """What was wrong with a file while it was read: "truncated" for a gzip that ends too early."""

    code: str = ""


def is_gzip(path: Path) -> bool:
    """Whether a file is packed, by its first bytes, whatever its name says."""
    with disk_failures(path), path.open("rb") as file:
        return file.read(2) == _GZIP


def read_chunks(
    path: Path, trouble: Trouble | None = None, *, begin: int = 0, within: bool = False, size: int = CHUNK
) -> Iterator[Chunk]:
    """The lines of a file from byte `begin` (unpacked) on; `within`: the rest of a line that was cut comes first. A
    gzip that ends too early yields what is there and says so in `trouble`. Raises StoreError("disk.…")."""
    packed = is_gzip(path)
    with disk_failures(path), path.open("rb") as raw:
        stream = cast("BufferedIOBase", gzip.GzipFile(fileobj=raw)) if packed else raw
        yield from chunks_of(stream, trouble or Trouble(), begin=begin, within=within, size=size)


def chunks_of(
    stream: BufferedIOBase, trouble: Trouble, *, begin: int = 0, within: bool = False, size: int = CHUNK
) -> Iterator[Chunk]:
    """The lines of an opened file (unpacked while reading), as in `read_chunks`."""
    try:
        stream.seek(begin)
    except DAMAGED:
        trouble.code = "sitestats.gzip_damaged"
        return
    yield from _chunks(_Reader(stream, trouble), begin, size, skipping=within)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, each made in another thread while the one before it is worked on."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


class _Reader:
    """Reads on until the end, or until a packed file turns out to be damaged."""

    def __init__(self, stream: BufferedIOBase, trouble: Trouble) -> None:
        self._stream = stream
        self._trouble = trouble

    def read(self, size: int) -> bytes:
        parts: list[bytes] = []
        try:
            while not self._trouble.code and size > 0 and (part := self._stream.read1(size)):
                parts.append(part)
                size -= len(part)
        except DAMAGED:  # cut off, or damaged in the middle: what came before is good
            self._trouble.code = "sitestats.gzip_damaged"
        return parts[0] if len(parts) == 1 else b"".join(parts)


def _chunks(stream: _Reader, begin: int, size: int, *, skipping: bool = False) -> Iterator[Chunk]:
    done, rest = begin, b""
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
            yield Chunk(decoded(whole[:-1]), done - len(rest), whole)
        if len(rest) > LONGEST_LINE:
            yield Chunk(decoded(rest[:LONGEST_LINE]), done, rest, within=True)
            rest, skipping = b"", True
    if rest:
        yield Chunk(decoded(rest), done, rest, whole=False)


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
    """The file, if it is one. InputError("sitestats.log_is_folder" | "sitestats.no_such_log")."""
    if path.is_dir():
        raise InputError("sitestats.log_is_folder", Place(str(path)), value=str(path))
    if not path.is_file():
        raise InputError("sitestats.no_such_log", Place(str(path)), value=str(path))
    return path
