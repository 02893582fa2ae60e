"""Cells as a spreadsheet names them."""

from __future__ import annotations


def column_letters(column: int) -> str:
    """The letters that a spreadsheet shows over a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """A cell as the member sees it, both counted from 1: B12."""
    return f"{column_letters(column)}{row}"
