"""xlsx: what stands in a member's workbook, with its place, its look and nothing else."""

# ruff: noqa: DTZ001  (a cell knows no time zone)

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.workbooks import MAIN, Content, inline, large_xlsx, raw_xlsx, replace_member, write_xlsx
from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.sheets.model import MergeRange, Sheet, Value, Workbook
from toolkit.sheets.read import read_workbook, stream_rows

if TYPE_CHECKING:
    from pathlib import Path


def values(sheet: Sheet) -> dict[tuple[int, int], Value]:
    """Every value that a cell has of its own, by row and column."""
    return {(c.row, c.column): c.value for row in sheet for c in row.cells if c.value is not None and not c.covered}


def only(workbook: Workbook) -> Sheet:
    assert len(workbook.sheets) == 1
    return workbook.sheets[0]


def test_every_kind_of_cell_keeps_its_value_its_text_and_its_place(tmp_path: Path) -> None:
    moments: list[Content] = [date(2026, 11, 3), datetime(2026, 11, 3, 8, 30), time(19, 45)]
    path = write_xlsx(tmp_path / "lịch.xlsx", {"Tháng 11": [["chữ", 8, 8.5, True], [None, *moments], [], ["cuối"]]})
    workbook = read_workbook(path)
    sheet = only(workbook)
    assert (workbook.file, workbook.kind, sheet.name) == ("lịch.xlsx", "xlsx", "Tháng 11")
    assert [row.number for row in sheet] == [1, 2, 4]
    assert [(c.value, c.text) for c in sheet.rows[0].cells] == [("chữ", "chữ"), (8, "8"), (8.5, "8.5"), (True, "TRUE")]
    assert [(c.value, c.text, c.column) for c in sheet.rows[1].cells] == [
        (None, "", 1),
        (date(2026, 11, 3), "03/11/2026", 2),
        (datetime(2026, 11, 3, 8, 30), "03/11/2026 08:30", 3),
        (time(19, 45), "19:45", 4),
    ]
    assert type(sheet.rows[0].cells[1].value) is int
    assert sheet.rows[0].at(9).blank
    assert sheet.row(4) is sheet.rows[2]
    assert sheet.row(3) is None


def test_merged_cells_carry_the_value_of_the_block_and_say_which_block(tmp_path: Path) -> None:
    rows: list[list[str | int | None]] = [["Ngày", "Việc", "Nơi"], [None, "họp", None], [None, "gặp khách", "Q1"]]
    path = write_xlsx(tmp_path / "a.xlsx", {"S": rows}, merges=[("S", "A2:A3", "3/11"), ("S", "B5:D6", "nghỉ")])
    sheet = only(read_workbook(path))
    down, across = MergeRange(2, 1, 3, 1), MergeRange(5, 2, 6, 4)
    assert sheet.merges == (down, across)
    assert [(row.at(1).value, row.at(1).merge, row.at(1).covered) for row in sheet.rows[1:3]] == [
        ("3/11", down, False),
        ("3/11", down, True),
    ]
    assert [(c.value, c.covered) for c in sheet.rows[3].cells] == [
        (None, False), ("nghỉ", False), ("nghỉ", True), ("nghỉ", True),
    ]  # fmt: skip
    assert sheet.row(6) is None  # nothing of its own stands there


def test_hidden_rows_columns_and_sheets_and_struck_text_are_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    shown, hidden = book.add_worksheet("Thấy"), book.add_worksheet("Ẩn")
    struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
    shown.write(0, 0, "còn", plain)
    shown.write(1, 0, "hủy", struck)
    shown.write_rich_string(2, 0, struck, "cả ", struck, "câu", struck)
    shown.write_rich_string(3, 0, "một ", struck, "nửa")
    shown.set_row(1, None, None, {"hidden": True})
    shown.set_column(2, 4, None, None, {"hidden": True})
    hidden.write(0, 0, "x")
    hidden.hide()
    book.close()
    first, second = read_workbook(tmp_path / "a.xlsx").sheets
    assert [row.hidden for row in first] == [False, True, False, False]
    assert [(row.at(1).value, row.at(1).struck) for row in first] == [
        ("còn", False), ("hủy", True), ("cả câu", True), ("một nửa", False),
    ]  # fmt: skip
    assert first.hidden_columns == {3, 4, 5}
    assert (first.visible, second.visible) == (True, False)


def test_an_error_in_a_formula_is_no_value_and_is_told_with_its_place(tmp_path: Path) -> None:
    cells = '<c r="A1" t="e"><f>VLOOKUP(1,B:B,1)</f><v>#N/A</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')
    workbook = read_workbook(path)
    assert [(c.value, c.text) for c in only(workbook).rows[0].cells] == [(None, "#N/A"), (2, "2")]
    assert [(note.code, note.place) for note in workbook.notes] == [
        ("sheets.cell_error", Place("a.xlsx", "Lịch", 1, 1)),
    ]


def test_a_formula_that_no_program_has_computed_yet_is_a_problem_not_a_blank(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><f>A2+1</f><v></v></c></row>')
    workbook = read_workbook(path)
    assert [(p.code, p.place) for p in workbook.problems] == [
        ("sheets.formula_without_value", Place("a.xlsx", "Lịch", 2, 3)),
    ]


def test_a_text_that_looks_like_a_number_stays_a_text(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["0912345678", "1e5", "3/11", " "]]})
    row = only(read_workbook(path)).rows[0]
    assert [c.value for c in row.cells] == ["0912345678", "1e5", "3/11", " "]
    assert row.cells[3].blank


@pytest.mark.parametrize("raw", ["nan", "inf", "1e999", "１２", "1_000", "0x10", "--1"])
def test_what_only_python_takes_for_a_number_stays_a_text(tmp_path: Path, raw: str) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>{raw}</v></c></row>')
    assert only(read_workbook(path)).rows[0].cells[0].value == raw


def test_text_is_composed_and_escapes_and_line_ends_are_resolved(tmp_path: Path) -> None:
    texts = inline("A1", "To\u0302\u0301 _x0041_&#13;&#10;b") + inline("B1", "a_x000D__x000A_b")
    row = only(read_workbook(raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{texts}</row>'))).rows[0]
    assert [c.value for c in row.cells] == ["Tố A\nb", "a\nb"]


def test_pronunciation_aids_are_no_part_of_a_text(tmp_path: Path) -> None:
    strings = '<si><r><t>Hà</t></r><r><t xml:space="preserve"> Nội</t></r><rPh sb="0" eb="1"><t>hanoi</t></rPh></si>'
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings)
    assert only(read_workbook(path)).rows[0].cells[0].value == "Hà Nội"


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    book.add_worksheet().write_datetime(0, 0, datetime(2026, 11, 3), book.add_format({"num_format": "d/m"}))
    book.close()
    assert only(read_workbook(path)).rows[0].cells[0][:2] == (date(2026, 11, 3), "3/11")


def test_iso_dates_are_dates(tmp_path: Path) -> None:
    days = '<c r="A1" t="d"><v>2026-11-03</v></c><c r="B1" t="d"><v>2026-11-03T08:30:00.000Z</v></c>'
    row = only(read_workbook(raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{days}</row>'))).rows[0]
    assert [c.value for c in row.cells] == [date(2026, 11, 3), datetime(2026, 11, 3, 8, 30)]


def test_elapsed_times_may_exceed_a_day(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_number(0, 0, 1.5, book.add_format({"num_format": "[h]:mm"}))
    book.close()
    assert only(read_workbook(path)).rows[0].cells[0][:2] == (timedelta(hours=36), "36:00")


def test_namespace_prefixes_and_missing_references_are_no_obstacle(tmp_path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is>'
        "<x:t>b</x:t></x:is></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData><x:mergeCells>"
        '<x:mergeCell ref="A2:B2"/></x:mergeCells></x:worksheet>'
    )
    path = replace_member(raw_xlsx(tmp_path / "a.xlsx", ""), "xl/worksheets/sheet1.xml", sheet)
    assert values(only(read_workbook(path))) == {(1, 1): 1, (1, 2): "b", (2, 1): 3}
    assert only(read_workbook(path)).merges == (MergeRange(2, 1, 2, 2),)


def test_merged_blocks_are_found_wherever_the_file_is_cut_into_pieces(tmp_path: Path) -> None:
    wanted = tuple(MergeRange(row, 1, row, 2) for row in range(1, 4001))
    merges = "".join(f'<mergeCell ref="A{m.first_row}:B{m.first_row}"/>' for m in wanted)
    for shift in range(3):
        rows = f'<row r="1">{inline("A1", "a" * shift)}</row><row r="2">{inline("A2", "b")}</row>'
        path = raw_xlsx(tmp_path / "a.xlsx", rows, behind=f"<mergeCells>{merges}</mergeCells>")
        assert only(read_workbook(path)).merges == wanted


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="2">{inline("A2", "a")}</row><row r="1">{inline("A1", "b")}</row>',
        f'<row r="1">{inline("B1", "a")}{inline("A1", "b")}</row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        "<row>",
    ],
)
def test_a_sheet_that_contradicts_itself_is_damaged_not_guessed(tmp_path: Path, rows: str) -> None:
    with pytest.raises(InputError) as caught:
        read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows))
    assert caught.value.problem.code == "sheets.damaged"


def test_formatted_but_empty_cells_far_away_are_no_obstacle(tmp_path: Path) -> None:
    rows = f'<row r="1">{inline("A1", "a")}<c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    assert values(only(read_workbook(raw_xlsx(tmp_path / "a.xlsx", rows)))) == {(1, 1): "a"}


def test_more_rows_than_asked_for_are_refused_not_cut(tmp_path: Path) -> None:
    path = large_xlsx(tmp_path / "a.xlsx", 50)
    assert len(only(read_workbook(path, max_rows=50)).rows) == 50
    with pytest.raises(InputError) as caught:
        read_workbook(path, max_rows=49)
    assert caught.value.problem.code == "sheets.too_many_rows"


def test_progress_is_told_while_rows_stream(tmp_path: Path) -> None:
    said: list[tuple[int, float | None]] = []
    path = large_xlsx(tmp_path / "a.xlsx", 3_500)
    assert sum(1 for _ in stream_rows(path, progress=lambda rows, share: said.append((rows, share)))) == 3_500
    assert [rows for rows, _ in said] == [1000, 2000, 3000, 3500]
    assert said[-1] == (3500, 1.0)


def test_letting_go_of_a_stream_half_way_leaves_no_process_behind(tmp_path: Path) -> None:
    import psutil

    rows = stream_rows(large_xlsx(tmp_path / "a.xlsx", 60_000))
    next(rows)
    assert psutil.Process().children()
    rows.close()
    assert not psutil.Process().children()


TEXT = st.text(st.characters(exclude_categories=["C"], exclude_characters="_"), min_size=1, max_size=12)
CLOCK = st.times().map(lambda clock: clock.replace(microsecond=0))
CELL = st.none() | TEXT | st.integers(-(10**9), 10**9) | st.booleans() | st.dates(date(1900, 3, 1)) | CLOCK
ROWS = st.lists(st.lists(CELL, max_size=6), min_size=1, max_size=6).filter(
    lambda rows: any(content is not None for row in rows for content in row)
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(CELL, max_size=6), min_size=1, max_size=6).filter(
        lambda rows: any(c is not None for r in rows for c in r)
    )
)
def test_whatever_is_written_is_read_back_in_its_place(tmp_path: Path, rows: list[list[Content]]) -> None:

    path = write_xlsx(tmp_path / "a.xlsx", {"S": rows})
    wanted = {
        (r, c): unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        for r, row in enumerate(rows, start=1)
        for c, value in enumerate(row, start=1)
        if value is not None
    }
    assert values(only(read_workbook(path))) == wanted
