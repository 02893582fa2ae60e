"""By what a log is known again, whatever it is called by now: hashes of its first lines and of the last ones read.

Hashes are made of lines without addresses (`masking`), so that none can be guessed back from them.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from toolkit.disk.failures import disk_failures
from toolkit.sitestats.adapters.files import DAMAGED, LONGEST_LINE, is_gzip
from toolkit.sitestats.adapters.masking import without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

HEAD: Final = 4096
"""Bytes (unpacked) at the beginning that a log is known by; each line's end in them is remembered."""
WINDOW: Final = 1024
"""Bytes before the place up to which a log has been read that it is known by."""
_MOST_MARKS: Final = 64


class Mark(NamedTuple):
    """What stands before byte `end`: `size` bytes with this hash."""

    end: int
    size: int
    hash: str


@dataclass(frozen=True)
class Fingerprint:
    """A log that has been read up to byte `offset` (unpacked, a line's end). `heads`: its beginning, up to each line's
    end within HEAD; `marks`: what stood before the places where reading has paused, the last one at `offset`."""

    heads: tuple[Mark, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def offset(self) -> int:
        return self.marks[-1].end if self.marks else 0


def hashed(raw: bytes) -> str:
    """A short hash of lines without their addresses."""
    return hashlib.blake2b(without_addresses(raw), digest_size=10).hexdigest()


def heads_of(beginning: bytes) -> tuple[Mark, ...]:
    """The marks of a beginning: at each line's end within HEAD, at HEAD itself where the first line is longer. The
    directives that a W3C log begins with are the same in many of them: marks begin behind them."""
    beginning = beginning[:HEAD]
    found: list[Mark] = []
    start = 0
    while end := beginning.find(b"\n", start) + 1:
        if found or beginning[start : start + 1] != b"#":
            found.append(Mark(end, end, hashed(beginning[:end])))
        start = end
    if not found and len(beginning) == HEAD:
        found.append(Mark(HEAD, HEAD, hashed(beginning)))
    return tuple(found)


def mark_at(end: int, before: bytes) -> Mark:
    """The mark of what stands before byte `end`: whole lines of at most WINDOW bytes, or the end of a longer one."""
    window = before[-WINDOW:]
    if len(before) > WINDOW:
        line = window.find(b"\n") + 1
        window = window[line:] if 0 < line < len(window) else window
    return Mark(end, len(window), hashed(window))


def read_further(known: Fingerprint, beginning: bytes, mark: Mark) -> Fingerprint:
    """The fingerprint of a log that has been read on: `beginning` is what is known of its first bytes by now."""
    heads = known.heads
    if not heads or heads[-1].end < HEAD:
        heads = max(heads, heads_of(beginning), key=len)
    marks = (*known.marks, mark)
    if len(marks) > _MOST_MARKS:  # the older ones stand further and further apart
        half = _MOST_MARKS // 2
        marks = (*marks[:half:2], *marks[half:])
    return Fingerprint(heads, marks)


@dataclass
class Looked:
    """A file that can be looked into at any place. `identity` tells whether it is still the same one."""

    path: Path
    packed: bool
    stream: BufferedIOBase
    identity: tuple[int, int]
    size: int
    broken: bool = False
    _beginning: bytes | None = field(default=None, repr=False)
    _length: int | None = None

    @property
    def beginning(self) -> bytes:
        if self._beginning is None:
            self._beginning = self.at(0, HEAD)
        return self._beginning

    def at(self, start: int, size: int) -> bytes:
        """`size` bytes from `start` on, unpacked; fewer where the file ends before, or is damaged."""
        parts, missing = [], size
        try:
            self.stream.seek(start)
            while missing and (part := self.stream.read1(missing)):
                parts.append(part)
                missing -= len(part)
        except DAMAGED:
            self.broken = True
        return b"".join(parts)

    @property
    def has_no_line(self) -> bool:
        """Whether there is no whole line as yet; a packed file is as it will stay, and its last line is one."""
        return not self.beginning or (not self.packed and len(self.beginning) < HEAD and b"\n" not in self.beginning)

    def fits(self, mark: Mark) -> bool:
        """Whether what stands before a place is what stood there."""
        if mark.end <= HEAD:
            raw = self.beginning[mark.end - mark.size : mark.end]
        else:
            raw = self.at(mark.end - mark.size, mark.size)
        return len(raw) == mark.size and hashed(raw) == mark.hash

    def continues(self, known: Fingerprint) -> bool:
        """Whether this is the log that was read, perhaps with more lines."""
        return bool(known.marks and known.heads) and self.fits(known.heads[-1]) and self.fits(known.marks[-1])

    @property
    def length(self) -> int:
        """Bytes, unpacked: a packed file has to be read for it."""
        if not self.packed:
            return self.size
        if self._length is None:
            self._length = 0
            while block := self.at(self._length, 1 << 20):
                self._length += len(block)
        return self._length

    def ends_within(self, known: Fingerprint) -> int:
        """The last line's end in this file if the file is the beginning of the log that was read; 0 if it isn't, or if
        that can't be known."""
        if self.length >= known.offset:
            return 0
        start = max(self.length - LONGEST_LINE, 0)
        end = start + self.at(start, self.length - start).rfind(b"\n") + 1
        if end <= HEAD:
            return end if any(head.end == end and self.fits(head) for head in known.heads) else 0
        marks = [mark for mark in known.marks if HEAD < mark.end <= end]
        return end if all(self.fits(mark) for mark in (known.heads[-1], *marks)) else 0

    def shared(self, known: Fingerprint) -> int:
        """The last place, a line's end, up to which this file is known to be like the log that was read; 0: none."""
        place = 0
        for head in known.heads:
            if not self.fits(head):
                return place
            place = head.end if self.beginning[head.end - 1 : head.end] == b"\n" else place
        for mark in known.marks:
            if mark.end > HEAD and self.fits(mark):
                place = mark.end
        return place

    def find(self, mark: Mark) -> int:
        """The place behind the lines of a mark, wherever they stand here now; 0: they don't. The last one counts."""
        found, start, rest = 0, 0, b""
        if mark.size < WINDOW // 2:  # too little to be sure
            return 0
        while block := self.at(start, 1 << 20):
            text = rest + block
            base = start - len(rest)
            end = text.find(b"\n", mark.size - 1) + 1
            while end:
                begin = end - mark.size
                if text[begin - 1 : begin] in (b"", b"\n") and hashed(text[begin:end]) == mark.hash:
                    found = base + end
                end = text.find(b"\n", end) + 1
            start += len(block)
            rest = text[-mark.size - 1 :]
        return found

    def is_beginning_of(self, other: Looked) -> bool:
        """Whether every whole line here stands at the same place in another file."""
        start = 0
        while block := self.at(start, 1 << 20):
            same = other.at(start, len(block))
            if same != block:
                cut = block.rfind(b"\n") + 1  # a half line at the end may still be different
                return len(block) < 1 << 20 and block[:cut] == same[:cut] and len(block) - cut < WINDOW
            start += len(block)
        return start > 0


@contextmanager
def looked_into(path: Path) -> Iterator[Looked]:
    """A file to look into. Raises StoreError("disk.…")."""
    packed = is_gzip(path)
    with disk_failures(path), path.open("rb") as raw:
        state = os.fstat(raw.fileno())
        stream = cast("BufferedIOBase", gzip.GzipFile(fileobj=raw)) if packed else raw
        yield Looked(path, packed, stream, (state.st_dev, state.st_ino), state.st_size)
