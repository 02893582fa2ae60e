"""What arrives through a pipe: read once, looked at before it is read, and never without an end."""

from __future__ import annotations

import gzip
import sys
from contextlib import contextmanager
from io import BufferedIOBase
from typing import TYPE_CHECKING, Final, cast

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.disk.failures import disk_failures
from toolkit.sitestats.adapters.files import DAMAGED, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STANDARD_INPUT: Final = "-"
MOST: Final = 4 << 30
"""Bytes (unpacked) of one pipe that are read: some twenty million requests. What sends more may never end."""
_LOOKED_AT: Final = 1 << 20
"""Bytes that finding the format may wait for, however long their lines are."""
_ENDLESS: Final = 1 << 62


def is_pipe(path: Path) -> bool:
    """Whether this can be read but once: standard input by its name `-`, or a named pipe such as `<(…)` gives."""
    return str(path) == STANDARD_INPUT or path.is_fifo()


@contextmanager
def opened_pipe(path: Path) -> Iterator[Piped]:
    """A pipe to read, unpacked where it is packed. InputError("sitestats.nothing_piped") where a person would have to
    type the log; StoreError("disk.…")."""
    with disk_failures(path):
        if str(path) != STANDARD_INPUT:
            with path.open("rb") as stream:
                yield unpacked(stream)
            return
        typed = sys.stdin
        if typed is None or typed.isatty() or not hasattr(typed, "buffer"):
            raise InputError("sitestats.nothing_piped", Place(STANDARD_INPUT), value=STANDARD_INPUT)
        yield unpacked(cast("BufferedIOBase", typed.buffer))


def unpacked(stream: BufferedIOBase) -> Piped:
    """What `stream` holds, whether it is packed or not."""
    piped = Piped(stream, _ENDLESS)
    if piped.beginning(2) != b"\x1f\x8b":
        return Piped(piped, MOST)
    return Piped(cast("BufferedIOBase", gzip.GzipFile(fileobj=piped, mode="rb")), MOST)


class Piped(BufferedIOBase):
    """A stream that is read once, of which the beginning can be looked at first. `was_cut`: it went on at `most`."""

    def __init__(self, stream: BufferedIOBase, most: int) -> None:
        """`most` is in bytes; the stream stays the caller's to close."""
        super().__init__()
        self._stream = stream
        self._head = b""
        self._left = most
        self._damage: Exception | None = None
        self.was_cut = False

    def readable(self) -> bool:
        return True

    def seek(self, place: int, _whence: int = 0, /) -> int:
        """To where it stands: `chunks_of` asks for the beginning of what it reads."""
        return place

    def read1(self, size: int | None = -1, /) -> bytes:
        """As many bytes as are there, at most `size`. What is damaged raises after all that came before it."""
        wanted = 1 << 16 if size is None or size < 0 else size
        if self._head:
            found, self._head = self._head[:wanted], self._head[wanted:]
            return found
        if self._damage is not None:
            raise self._damage
        return self._more(wanted)

    def read(self, size: int | None = -1, /) -> bytes:
        return self.read1(size)

    def _more(self, wanted: int) -> bytes:
        if not self._left:
            self.was_cut = self.was_cut or bool(self._stream.read1(1))
            return b""
        found = self._stream.read1(min(wanted, self._left))
        self._left -= len(found)
        return found

    def beginning(self, size: int, lines: int = 0) -> bytes:
        """The first bytes, which are still to be read: at least `size` of them, or `lines` lines, where there are."""
        while len(self._head) < size and not (lines and self._head.count(b"\n") >= lines):
            try:
                more = self._more(min(size, 1 << 16))
            except DAMAGED as error:
                self._damage = error
                break
            if not more:
                break
            self._head += more
        return self._head[:size]

    def first_lines(self, most: int = 400) -> list[str]:
        """The first lines, for finding out what it is."""
        return decoded(self.beginning(_LOOKED_AT, most)).split("\n")[:most]
