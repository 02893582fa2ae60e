"""From found contents to rows: each cell gets its place, merged blocks are filled, old fonts' letters are mended."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place, Problem
from toolkit.sheets.charset import looks_old, mend, old_font_of
from toolkit.sheets.legacy import OldEncoding, decode_old
from toolkit.sheets.limits import MAX_COLUMN
from toolkit.sheets.model import Cell, Decoding, Kind, MergeRange, Row, SheetInfo
from toolkit.sheets.wire import FONT_CAPITALS, FONT_TCVN3, FONT_VNI, STRUCK

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.sheets.isolation import FoundRow, Item

Progress = Callable[[int, float | None], None]

_NOTES = frozenset({"sheets.row_too_short", "sheets.cell_error"})  # worth saying, nothing to mend
_FONT_SAMPLE = 1_000  # rows by which a sheet whose fonts are unknown is judged
_MOST_FILLED = 3_000_000  # cells that merged blocks may cover, all rows together
_PROGRESS_EVERY = 1_000  # rows


@dataclass
class Findings:
    """What is known of a file while its rows are read: complete when they are all read."""

    file: str
    path: Path
    digest: str
    kind: Kind
    decoding: Decoding | None = None
    notes: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def assemble(source: Iterable[Item], findings: Findings, progress: Progress | None) -> Generator[SheetInfo | Row]:
    """Each sheet's head and rows. What is found wrong on the way goes to `findings`."""
    count = 0
    share: float | None = None
    builder: _SheetBuilder | None = None
    for item in source:
        if isinstance(item, tuple):
            if builder is not None:
                yield from builder.take(item)
            count += 1
            if progress is not None and count % _PROGRESS_EVERY == 0:
                progress(count, share)
        elif isinstance(item, SheetInfo):
            if builder is not None:
                yield from builder.finish(findings)
            builder = _SheetBuilder(item, findings.file)
            yield item
        elif isinstance(item, Problem):
            (findings.notes if item.code in _NOTES else findings.problems).append(item)
        else:
            share = item
    if builder is not None:
        yield from builder.finish(findings)
    if progress is not None:
        progress(count, 1.0)


class _SheetBuilder:
    """Holds back the first rows of a sheet until its fonts can be judged, then lets rows pass one by one."""

    def __init__(self, head: SheetInfo, file: str) -> None:
        self._file = file
        self._name = head.name
        self._merges = sorted(head.merges, reverse=True)  # the next one to begin is the last
        self._open: dict[MergeRange, Cell | None] = {}
        self._filled = 0
        self._sample: list[FoundRow] | None = []
        self._old: OldEncoding | None = None
        self._mixed = False
        self._mended: dict[str, int] = {}

    def take(self, found: FoundRow) -> Iterator[Row]:
        if self._sample is None:
            yield self._row(found)
            return
        self._sample.append(found)
        if len(self._sample) >= _FONT_SAMPLE:
            yield from self._release()

    def finish(self, findings: Findings) -> Iterator[Row]:
        """The rows still held back; what was mended is noted."""
        yield from self._release()
        for encoding, count in self._mended.items():
            place = Place(findings.file, self._name or None)
            findings.notes.append(Problem("sheets.old_font", place, {"encoding": encoding, "n": count}))

    def _release(self) -> Iterator[Row]:
        sample, self._sample = self._sample, None
        if sample is None:
            return
        texts = [
            found.value
            for _, _, cells in sample
            for found in cells
            if found is not None and isinstance(found.value, str) and not found.value.isascii()
        ]
        if texts:
            self._old = old_font_of([text for text in texts if looks_old(text)])
            self._mixed = any(not looks_old(text) for text in texts)
        for found_row in sample:
            yield self._row(found_row)

    def _row(self, found_row: FoundRow) -> Row:
        number, hidden, contents = found_row
        cells: list[Cell] = []
        column = 0
        for found in contents:
            column += 1
            if found is None:
                cells.append(Cell(None, "", number, column))
                continue
            value, text, shows, flags = found
            if isinstance(value, str) and not value.isascii() and (flags or self._old):
                value = text = self._mend(value, flags)
            cells.append(Cell(value, text, number, column, None, bool(flags & STRUCK), shows))
        if self._merges or self._open:
            self._fill(number, cells)
        return Row(number, tuple(cells), hidden)

    def _mend(self, text: str, flags: int) -> str:
        by_font: OldEncoding | None = "tcvn3" if flags & FONT_TCVN3 else "vni" if flags & FONT_VNI else None
        if by_font is not None and looks_old(text):
            mended = decode_old(text, by_font)
            mended = mended.upper() if flags & FONT_CAPITALS else mended
        elif self._old is not None and by_font is None:
            mended = mend(text, self._old, mixed=self._mixed)
        else:
            return text
        if mended != text:
            encoding = by_font or self._old or ""
            self._mended[encoding] = self._mended.get(encoding, 0) + 1
        return mended

    def _fill(self, row: int, cells: list[Cell]) -> None:
        """Give every cell of a merged block the block's value and extent."""
        while self._merges and self._merges[-1].first_row <= row:
            merge = self._merges.pop()
            anchor = cells[merge.first_column - 1] if merge.first_column <= len(cells) else None
            self._open[merge] = anchor if merge.first_row == row else None
        for merge in [merge for merge in self._open if merge.last_row < row]:
            del self._open[merge]
        width = sum(merge.last_column - merge.first_column + 1 for merge in self._open)
        self._filled += width
        if width > MAX_COLUMN or self._filled > _MOST_FILLED:  # blocks that don't overlap are never that wide together
            raise InputError("sheets.too_big", Place(self._file, self._name or None, row))
        for merge, anchor in self._open.items():
            cells.extend(Cell(None, "", row, column) for column in range(len(cells) + 1, merge.last_column + 1))
            value, text, _, _, _, struck, shows = anchor or Cell(None, "", row, merge.first_column)
            for column in range(merge.first_column, merge.last_column + 1):
                cells[column - 1] = Cell(value, text, row, column, merge, struck, shows)
