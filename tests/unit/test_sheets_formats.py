"""ods, xls and HTML tables: the same rows, whatever program the member uses."""

# ruff: noqa: DTZ001  (a cell knows no time zone)

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import LineBreak, P, S, Span

from builders.workbooks import Content, encode, write_xls, write_xlsb
from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.sheets.model import MergeRange, Sheet
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

# --- ods


def cell(text: str = "", *more: Any, **attributes: Any) -> Any:
    made = TableCell(**attributes)
    if text:
        made.addElement(P(text=text))
    for element in more:
        made.addElement(element)
    return made


def text(content: str, **attributes: Any) -> Any:
    return cell(content, valuetype="string", **attributes)


def row(*cells: Any, **attributes: Any) -> Any:
    made = TableRow(**attributes)
    for one in cells:
        made.addElement(one)
    return made


def ods(path: Path, *rows: Any, columns: tuple[Any, ...] = (), styles: tuple[Any, ...] = (), **table: Any) -> Path:
    document = OpenDocumentSpreadsheet()
    for style in styles:
        document.automaticstyles.addElement(style)
    made = Table(name="Lịch", **table)
    for element in (*columns, *rows):
        made.addElement(element)
    document.spreadsheet.addElement(made)
    document.save(str(path))
    return path


def only(path: Path) -> Sheet:
    (sheet,) = read_workbook(path).sheets
    return sheet


def test_an_ods_cell_keeps_its_value_and_the_text_that_was_seen(tmp_path: Path) -> None:
    sheet = only(
        ods(
            tmp_path / "a.ods",
            row(
                text("chữ"),
                cell("12.000 đ", valuetype="currency", value="12000"),
                cell("3/11", valuetype="date", datevalue="2026-11-03"),
                cell("3/11/26 8:30", valuetype="date", datevalue="2026-11-03T08:30:00"),
                cell("3/11", valuetype="date", datevalue="2026-11-03T08:30:00"),
                cell("8:30", valuetype="time", timevalue="PT08H30M00S"),
                cell("36:00", valuetype="time", timevalue="PT36H00M00S"),
                cell("ĐÚNG", valuetype="boolean", booleanvalue="true"),
            ),
        )
    )
    assert [(c.value, c.text, c.shows) for c in sheet.rows[0].cells] == [
        ("chữ", "chữ", ""),
        (12000, "12.000 đ", ""),
        (date(2026, 11, 3), "3/11", ""),
        (datetime(2026, 11, 3, 8, 30), "3/11/26 8:30", ""),
        (datetime(2026, 11, 3, 8, 30), "3/11", "date"),
        (time(8, 30), "8:30", ""),
        (timedelta(hours=36), "36:00", ""),
        (True, "ĐÚNG", ""),
    ]


def test_ods_repetitions_are_counted_and_empty_ones_cost_nothing(tmp_path: Path) -> None:
    sheet = only(
        ods(
            tmp_path / "a.ods",
            row(text("a", numbercolumnsrepeated=2), cell(numbercolumnsrepeated=3), text("b"), numberrowsrepeated=2),
            row(cell(numbercolumnsrepeated=16384), numberrowsrepeated=10),
            row(cell(), text("c"), cell(numbercolumnsrepeated=16382)),
            row(cell(numbercolumnsrepeated=16384), numberrowsrepeated=1_048_563),
        )
    )
    assert [(r.number, [c.value for c in r.cells]) for r in sheet] == [
        (1, ["a", "a", None, None, None, "b"]),
        (2, ["a", "a", None, None, None, "b"]),
        (13, [None, "c"]),
    ]


def test_ods_merged_blocks_hidden_rows_and_struck_text_are_told(tmp_path: Path) -> None:
    struck = Style(name="struck", family="table-cell")
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    child = Style(name="child", family="table-cell", parentstylename="struck")
    hidden = Style(name="away", family="table")
    hidden.addElement(TableProperties(display="false"))
    sheet = only(
        ods(
            tmp_path / "a.ods",
            row(
                text("tiêu đề", numbercolumnsspanned=3, numberrowsspanned=2), CoveredTableCell(numbercolumnsrepeated=2)
            ),
            row(CoveredTableCell(numbercolumnsrepeated=3), text("x")),
            row(text("hủy", stylename="struck"), text("cũng hủy", stylename="child"), visibility="filter"),
            columns=(TableColumn(numbercolumnsrepeated=2), TableColumn(visibility="collapse")),
            styles=(struck, child, hidden),
            stylename="away",
        )
    )
    block = MergeRange(1, 1, 2, 3)
    assert sheet.merges == (block,)
    assert sheet.hidden_columns == {3}
    assert not sheet.visible
    assert [(c.value, c.merge, c.covered) for c in sheet.rows[1].cells] == [
        ("tiêu đề", block, True), ("tiêu đề", block, True), ("tiêu đề", block, True), ("x", None, False),
    ]  # fmt: skip
    assert [(r.hidden, [c.struck for c in r.cells][:2]) for r in sheet][2] == (True, [True, True])


def test_ods_paragraphs_are_lines_and_notes_are_not_part_of_a_cell(tmp_path: Path) -> None:
    note = Annotation()
    note.addElement(P(text="ghi chú riêng"))
    rich = P(text="một ")
    rich.addElement(Span(text="hai"))
    rich.addElement(S(c=2))
    rich.addElement(LineBreak())
    rich.addText("ba")
    sheet = only(ods(tmp_path / "a.ods", row(cell("", note, rich, P(text="bốn"), valuetype="string"))))
    assert sheet.rows[0].cells[0].value == "một hai  \nba\nbốn"


def test_an_ods_formula_error_is_no_value_and_is_told(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", row(text("a"), cell("#N/A", valuetype="string", formula="of:=NA()")))
    workbook = read_workbook(path)
    assert [(c.value, c.text) for c in workbook.sheets[0].rows[0].cells] == [("a", "a"), (None, "#N/A")]
    assert [(n.code, n.place) for n in workbook.notes] == [("sheets.cell_error", Place("a.ods", "Lịch", 1, 2))]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((row(text("a"), numberrowsrepeated=1_048_577),), "sheets.damaged"),
        ((row(text("a", numbercolumnsrepeated=1000), numberrowsrepeated=1_048_576),), "sheets.too_big"),
        ((row(text("a", numbercolumnsrepeated=10_000_000)),), "sheets.far_cell"),
        ((row(cell(numbercolumnsrepeated=16383), text("a")),), "sheets.far_cell"),
        ((row(cell(), numberrowsrepeated=1_048_575), row(text("a"))), "sheets.far_cell"),
    ],
)
def test_ods_counts_are_not_believed_beyond_reason(tmp_path: Path, rows: tuple[Any, ...], code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_workbook(ods(tmp_path / "a.ods", *rows))
    assert caught.value.problem.code == code


# --- xls

ROWS: list[list[Content]] = [
    ["Ngày", "Giờ", "Nội dung", "Số tiền"],
    [date(2026, 11, 3), time(8, 30), "Gặp chị Hồng", 1500000],
    [datetime(2026, 11, 4, 14, 15), None, "Giao hàng", 2.5],
    [None, None, None, True],
]


def test_an_xls_file_is_read_with_its_dates_and_merged_blocks(tmp_path: Path) -> None:
    workbook = read_workbook(write_xls(tmp_path / "a.xls", [*ROWS, ["nghỉ", None]], merges=[(4, 4, 0, 1)]))
    (sheet,) = workbook.sheets
    assert (workbook.kind, sheet.name) == ("xls", "Lịch")
    assert [[c.value for c in r.cells] for r in sheet][:4] == [
        ["Ngày", "Giờ", "Nội dung", "Số tiền"],
        [date(2026, 11, 3), time(8, 30), "Gặp chị Hồng", 1500000],
        [datetime(2026, 11, 4, 14, 15), None, "Giao hàng", 2.5],
        [None, None, None, True],
    ]
    assert [c.text for c in sheet.rows[1].cells] == ["03/11/2026", "08:30", "Gặp chị Hồng", "1500000"]
    assert [(c.value, c.merge) for c in sheet.rows[4].cells] == [("nghỉ", MergeRange(5, 1, 5, 2))] * 2


def test_rows_of_an_xls_keep_their_numbers_when_the_sheet_begins_further_down(tmp_path: Path) -> None:
    sheet = only(write_xls(tmp_path / "a.xls", [[], [], [None, "a"], [], [None, None, "b"]]))
    assert [(c.row, c.column, c.value) for r in sheet for c in r.cells if c.value] == [(3, 2, "a"), (5, 3, "b")]


def test_an_xlsb_file_is_read(tmp_path: Path) -> None:
    workbook = read_workbook(write_xlsb(tmp_path / "a.xlsb", [["Ngày", "Số"], [], [None, 5.0, "đến"], [2.5]]))
    (sheet,) = workbook.sheets
    assert (workbook.kind, sheet.name) == ("xlsb", "Lịch")
    assert [(r.number, [c.value for c in r.cells]) for r in sheet] == [
        (1, ["Ngày", "Số"]), (3, [None, 5, "đến"]), (4, [2.5]),
    ]  # fmt: skip


# --- HTML saved as .xls

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>x</title>
</head><body>
<table><tr><td><table border=1>
<tr><th rowspan=2>Ngày</th><th colspan="2">Giờ</th><th rowspan=2>Nội dung</th></tr><tr><th>Từ</th><th>Đến</th></tr>
<tr><td>3/11<td>8h<td>9h30<br>hoặc   10h</td><td>Gặp khách ở <b>Đống</b> Đa</td></tr>
<tr style="display: none"><td><s>4/11</s></td><td>a&amp;b&nbsp;c</td></table></td></tr></table>
<script>document.write("<table><tr><td>không</td></tr></table>")</script></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-bom", "cp1258"])
def test_a_web_page_saved_as_xls_is_read_as_the_table_it_holds(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "lich.xls"
    path.write_bytes(encode(PAGE.format(charset={"cp1258": "windows-1258"}.get(charset, charset)), charset))
    workbook = read_workbook(path)
    (sheet,) = workbook.sheets
    assert workbook.kind == "html"
    assert [[c.value for c in r.cells] for r in sheet] == [
        ["Ngày", "Giờ", "Giờ", "Nội dung"],
        ["Ngày", "Từ", "Đến", "Nội dung"],
        ["3/11", "8h", "9h30\nhoặc 10h", "Gặp khách ở Đống Đa"],
        ["4/11", "a&b c"],
    ]
    assert sheet.merges == (MergeRange(1, 1, 2, 1), MergeRange(1, 2, 1, 3), MergeRange(1, 4, 2, 4))
    assert [(r.hidden, r.cells[0].struck) for r in sheet][3] == (True, True)


def test_a_web_page_without_a_table_is_refused_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lich.xls"
    path.write_text("<!DOCTYPE html><html><body><p>Phiên đăng nhập đã hết hạn</p></body></html>", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    assert caught.value.problem.code == "sheets.html_without_table"


@pytest.mark.parametrize(("span", "cells"), [("99999999999", 1), ("-1", 1), ("999999", 1024), ("x", 1)])
def test_html_spans_are_not_believed_beyond_reason(tmp_path: Path, span: str, cells: int) -> None:
    path = tmp_path / "lich.xls"
    path.write_text(f'<table><tr><td colspan="{span}">a</td></tr></table>', encoding="utf-8")
    assert len(only(path).rows[0].cells) == cells


def test_html_that_covers_millions_of_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lich.xls"
    path.write_text('<table><tr><td rowspan="9999" colspan="999">a</td></tr></table>', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    assert caught.value.problem.code == "sheets.too_big"
