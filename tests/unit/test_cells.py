"""Cells are named as every spreadsheet program names them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from toolkit.core.cells import cell_name, column_letters


@given(st.integers(1, 18_278))  # openpyxl ends at ZZZ
def test_columns_have_the_letters_that_openpyxl_gives_them(column: int) -> None:
    assert column_letters(column) == get_column_letter(column)


def test_a_cell_is_its_column_and_its_row() -> None:
    assert [cell_name(1, 1), cell_name(12, 2), cell_name(7, 28)] == ["A1", "B12", "AB7"]
