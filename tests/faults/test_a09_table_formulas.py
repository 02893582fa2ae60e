"""A09: no text that we write into a table is a formula to the program that opens it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.core.errors import InputError
from toolkit.sheets.read import read_workbook
from toolkit.sheets.write import write_table

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)",
    "=cmd|'/C calc'!A0", '=HYPERLINK("http://127.0.0.1/?x="&A1,"bấm")', "=IMPORTXML(\"http://127.0.0.1\",\"//a\")",
    "\u200b=1+1", "+84 912 345 678", "-", "=",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_cell_that_we_write_is_a_formula(tmp_path: Path, attack: str, ending: str) -> None:
    path = tmp_path / f"bảng.{ending}"
    write_table(path, [["Tên"], [attack]])
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert [cell.data_type for row in sheet.iter_rows() for cell in row] == ["s", "s"]
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        (_, (text,)) = csv.reader(file)
    assert text.startswith("'")
    assert text[1:] == attack


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=30))
def test_any_text_at_all_is_a_text_in_xlsx(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bảng.xlsx"
    write_table(path, [["Tên"], [text.encode("utf-8", "ignore").decode()]])
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    rows: list[list[str | int | float | None]] = [["Tên", "Số"], ["Hồng", 5], ["=x", 2.5], [None, 7]]
    for ending in ("xlsx", "csv"):
        write_table(tmp_path / f"a.{ending}", rows)
        read = [[cell.text for cell in row.cells] for row in read_workbook(tmp_path / f"a.{ending}").sheets[0]]
        guarded = "=x" if ending == "xlsx" else "'=x"
        assert read == [["Tên", "Số"], ["Hồng", "5"], [guarded, "2.5"], ["", "7"]]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_table(tmp_path / "a.pdf", [["x"]])
    assert caught.value.problem.code == "sheets.write_kind"
    assert not list(tmp_path.glob("a.*"))
