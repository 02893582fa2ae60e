"""What a spreadsheet is made of, once read. Rows and columns count from 1, as the member sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from toolkit.core.outcome import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Value = str | int | float | bool | date | datetime | time | timedelta | None
Shows = Literal["", "date", "time"]
Kind = Literal["xlsx", "xlsb", "xls", "ods", "csv", "tsv", "html", "google"]
Encoding = Literal["utf-8", "utf-16-le", "utf-16-be", "cp1258", "tcvn3", "vni", "viscii", "cp1252"]


class MergeRange(NamedTuple):
    """A merged block, both corners included. The value stands in its first cell, the anchor."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


class Cell(NamedTuple):
    """One cell.

    `value` is what the cell holds: text in NFC, a whole number as int, a real date as `date` or `datetime`, a time of
    day as `time`, an elapsed time (24 hours or more) as `timedelta`; None for an empty cell and for an error such as
    #N/A. `text` is what the member sees, number format applied ("3/11" for a date shown as d/m).
    A cell covered by a merged block carries the anchor's value and text; `merge` says which block.
    `shows` is set where the number format hides half of a moment: "date" or "time" is the half that is seen.
    A tuple, not a dataclass: a large sheet makes millions of them.
    """

    value: Value
    text: str
    row: int
    column: int
    merge: MergeRange | None = None
    struck: bool = False
    shows: Shows = ""

    @property
    def blank(self) -> bool:
        """Nothing to be seen: empty, or nothing but spaces."""
        return not self.text.strip() and (self.value is None or isinstance(self.value, str))

    @property
    def covered(self) -> bool:
        """Inside a merged block, but not the cell in which the value stands."""
        return self.merge is not None and (self.row, self.column) != (self.merge.first_row, self.merge.first_column)


class Row(NamedTuple):
    """One row with at least one value of its own. `cells` run from column 1 without a gap."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def at(self, column: int) -> Cell:
        """The cell in a column; a blank one beyond the row's end."""
        if 1 <= column <= len(self.cells):
            return self.cells[column - 1]
        return Cell(None, "", self.number, column)


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """What is known of a sheet before its rows are read. csv, tsv and html files have one sheet, named ""."""

    name: str
    visible: bool = True
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[MergeRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows, in order; rows without any value are left out, their numbers are skipped."""

    name: str
    rows: tuple[Row, ...]
    visible: bool = True
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[MergeRange, ...] = ()

    def row(self, number: int) -> Row | None:
        """The row with this number (binary search); None if it is empty."""
        low, high = 0, len(self.rows)
        while low < high:
            middle = (low + high) // 2
            if self.rows[middle].number < number:
                low = middle + 1
            else:
                high = middle
        return self.rows[low] if low < len(self.rows) and self.rows[low].number == number else None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@dataclass(frozen=True, slots=True)
class Decoding:
    """The encoding of a text file and how sure it is. When it isn't, `candidates` are the ones to ask about, most
    likely first; each may be given as `encoding` to a second reading."""

    encoding: Encoding
    sure: bool = True
    candidates: tuple[Encoding, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file, or a Google Sheet, as it was at one moment; of the latter `file` and `path` are its title.

    `digest` is the SHA-256 (hex) of what was read. `notes` tell how it was read (which encoding, which old
    font) and ask for nothing; `problems` are lines or cells that could not be read, each with its place; everything
    else was read. `decoding` is set for csv and tsv.
    """

    file: str
    path: Path
    digest: str
    kind: Kind
    sheets: tuple[Sheet, ...]
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    decoding: Decoding | None = None

    def place(self, sheet: Sheet | None = None, row: int | None = None, column: int | None = None) -> Place:
        """A place in this file, for a problem. A csv file has no sheet name to tell."""
        return Place(self.file, sheet.name or None if sheet else None, row, column)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name, letter case and surrounding spaces aside."""
        wanted = name.strip().casefold()
        return next((s for s in self.sheets if s.name.strip().casefold() == wanted), None)
