"""How much of a file is believed. A file beyond these is refused with a reason, never read half."""

from __future__ import annotations

from toolkit.core.cells import cell_name
from toolkit.core.errors import InputError
from toolkit.core.outcome import Place

MAX_COLUMN = 1_024  # a value further right is a slip of the hand or an attack; wide rosters reach some 400
MAX_EMPTY_ROWS = 100_000  # between two rows with values
MAX_TEXT = 1_000_000  # characters in one cell; Excel itself stops at 32,767
MAX_REMARKS = 100  # of one kind; the rest is counted


def check_reach(sheet: str, row: int, column: int, row_before: int) -> None:
    """Refuse a value that lies far away from all others: whoever fills the space between would fill the memory."""
    if column > MAX_COLUMN or row - row_before > MAX_EMPTY_ROWS:
        raise InputError("sheets.far_cell", Place(sheet=sheet, row=row, column=column), cell=cell_name(row, column))


def check_text(sheet: str, row: int | None, column: int | None, length: int) -> None:
    """Refuse a cell with more text than any sheet holds."""
    if length > MAX_TEXT:
        raise InputError("sheets.long_cell", Place(sheet=sheet, row=row, column=column), most=MAX_TEXT)
