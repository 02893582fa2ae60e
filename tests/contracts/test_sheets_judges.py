"""Independent judges: openpyxl, calamine and iconv read the same as we do."""

# ruff: noqa: DTZ001  (a cell knows no time zone)

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from builders.workbooks import Content, as_old, write_xlsx
from toolkit.sheets.legacy import decode_old
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.sheets.model import Value

CONTENTS: list[list[Content]] = [
    ["Ngày", "Giờ", "Số", "Chữ", "Đúng"],
    [date(2026, 11, 3), time(8, 30), 8, "gặp chị Hồng", True],
    [datetime(2026, 12, 31, 23, 59, 59), time(0, 0), -2.5, " cách ", False],
    [date(1900, 3, 1), time(23, 59, 59), 10**14, "a\nb", True],
    [date(9999, 12, 31), time(12, 0), 1e-7, "0912345678", False],
]


def plain(value: object) -> object:
    """One form for what the libraries see differently: a date is a moment at midnight, a whole number is an int."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def ours(path: Path) -> list[list[object]]:
    return [[plain(cell.value) for cell in row.cells] for row in read_workbook(path).sheets[0]]


def test_openpyxl_and_calamine_read_the_same_values(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": CONTENTS})
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert ours(path) == [[plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    calamine = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert ours(path) == [[plain(value) for value in row] for row in calamine]


def test_a_workbook_that_openpyxl_wrote_is_read_with_its_styles(tmp_path: Path) -> None:
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    wanted: list[Value] = [date(2026, 11, 3), time(8, 30), timedelta(hours=30), "hủy", 5]
    sheet.append(wanted)
    sheet["A1"].number_format = "d/m"
    sheet["D1"].font = Font(strike=True)
    sheet.merge_cells("A2:C2")
    sheet["A2"] = "nghỉ"
    sheet.row_dimensions[1].hidden = True
    book.save(tmp_path / "a.xlsx")
    first, second = read_workbook(tmp_path / "a.xlsx").sheets[0].rows
    assert [cell.value for cell in first.cells] == wanted
    assert first.cells[0].text == "3/11"
    assert [cell.struck for cell in first.cells] == [False, False, False, True, False]
    assert first.hidden
    assert [cell.value for cell in second.cells] == ["nghỉ"] * 3


LETTERS = "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not on this machine")
@pytest.mark.parametrize(("encoding", "name"), [("tcvn3", "TCVN5712-1"), ("viscii", "VISCII")])
def test_iconv_has_the_same_tables(encoding: str, name: str) -> None:
    letters = LETTERS + LETTERS.upper() if encoding == "viscii" else LETTERS + "ĂÂÊÔƠƯĐ"
    done = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", name], input=letters.encode(), capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"this iconv doesn't know {name}")
    assert decode_old(done.stdout.decode("latin-1"), encoding) == letters  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("encoding", "stored", "text"),
    [
        ("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("vni", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ],
)
def test_the_state_motto_as_it_stands_in_old_documents_is_read(encoding: str, stored: str, text: str) -> None:
    assert decode_old(stored, encoding) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
def test_every_vietnamese_letter_survives_an_old_encoding(encoding: str) -> None:
    letters = LETTERS if encoding == "tcvn3" else LETTERS + LETTERS.upper()
    assert decode_old(as_old(letters, encoding), encoding) == letters  # type: ignore[arg-type]
