"""Sheets made in memory, as `toolkit.sheets` would have read them, for tests of the readers above it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.sheets.model import Cell, MergeRange, Row, Sheet, Value, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def grid(
    rows: Sequence[Sequence[Value]],
    *,
    name: str = "Lịch",
    merges: Iterable[tuple[int, int, int, int]] = (),
    hidden: Iterable[int] = (),
    struck: Iterable[int] = (),
    visible: bool = True,
) -> Sheet:
    """A sheet of these values. `merges` are (first row, first column, last row, last column); `hidden` and `struck`
    are row numbers. Covered cells carry their anchor's value, rows without any value of their own are left out."""
    blocks = [MergeRange(*m) for m in merges]
    hidden, struck = set(hidden), set(struck)
    made: list[Row] = []
    for number, values in enumerate(rows, start=1):
        width = max([len(values), *(b.last_column for b in blocks if b.first_row <= number <= b.last_row)])
        cells: list[Cell] = []
        own = False
        for column in range(1, width + 1):
            value = values[column - 1] if column <= len(values) else None
            block = next((b for b in blocks if b.covers(number, column)), None)
            if block is not None and (number, column) != (block.first_row, block.first_column):
                value = _anchor(rows, block)
            elif value is not None and value != "":
                own = True
            value = None if value == "" else value
            cells.append(Cell(value, _text(value), number, column, block, value is not None and number in struck))
        if own:
            made.append(Row(number, tuple(cells), number in hidden))
    return Sheet(name, tuple(made), visible, frozenset(), tuple(blocks))


def book(*sheets: Sheet, file: str = "lich.xlsx") -> Workbook:
    """A workbook of these sheets."""
    return Workbook(file, Path(file), "0" * 64, "xlsx", sheets)


def _anchor(rows: Sequence[Sequence[Value]], block: MergeRange) -> Value:
    row = rows[block.first_row - 1] if block.first_row <= len(rows) else ()
    return row[block.first_column - 1] if block.first_column <= len(row) else None


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds()) // 3600}:{int(value.total_seconds()) % 3600 // 60:02d}"
    return str(value)
