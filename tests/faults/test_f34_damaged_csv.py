"""F34: mixed line ends, any delimiter, NUL, unclosed quotes, ragged rows: bad lines are told, all others are read."""

from __future__ import annotations

import csv
import io
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.workbooks import SCHEDULE, csv_text
from toolkit.core.errors import InputError
from toolkit.sheets.delimited import guess_delimiter, split_quoted
from toolkit.sheets.read import read_workbook, stream_rows

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.sheets.model import Workbook


def read(tmp_path: Path, content: str | bytes, name: str = "lich.csv") -> Workbook:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_workbook(path)


def rows(workbook: Workbook) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in workbook.sheets[0]]


def told(workbook: Workbook) -> list[tuple[str, object]]:
    return [(problem.code, problem.params.get("line")) for problem in (*workbook.problems, *workbook.notes)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_and_every_line_end_gives_the_same_rows(tmp_path: Path, delimiter: str, end: str) -> None:
    workbook = read(tmp_path, csv_text(SCHEDULE, delimiter, end))
    assert rows(workbook) == SCHEDULE
    assert told(workbook) == []


def test_line_ends_may_be_mixed_within_a_file(tmp_path: Path) -> None:
    ends = ["\n", "\r\n", "\r", "\n", "\r\n", ""]
    lines = csv_text(SCHEDULE).split("\r\n")
    assert rows(read(tmp_path, "".join(line + end for line, end in zip(lines, ends, strict=False)))) == SCHEDULE


def test_a_semicolon_file_with_decimal_commas_is_cut_at_the_semicolons(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "Ngày;Số tiền;Tỉ lệ\n3/11;1,5;2,5\n4/11;2,5;3,5\n")) == [
        ["Ngày", "Số tiền", "Tỉ lệ"], ["3/11", "1,5", "2,5"], ["4/11", "2,5", "3,5"],
    ]  # fmt: skip


def test_the_delimiter_that_excel_declares_is_taken_and_its_line_is_no_row(tmp_path: Path) -> None:
    workbook = read(tmp_path, "\ufeffsep=|\r\na|b,c\r\n1|2,3\r\n")
    assert rows(workbook) == [["a", "b,c"], ["1", "2,3"]]
    assert [row.number for row in workbook.sheets[0]] == [1, 2]


def test_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    workbook = read(tmp_path, 'Ngày,Việc,Nơi\n3/11,"họp,Q1\n4/11,gặp,Q2\n5/11,"giao, nhận",Q3\n6/11,nghỉ,"Q4"\n')
    assert rows(workbook) == [
        ["Ngày", "Việc", "Nơi"], ["3/11", "họp", "Q1"], ["4/11", "gặp", "Q2"], ["5/11", "giao, nhận", "Q3"],
        ["6/11", "nghỉ", "Q4"],
    ]  # fmt: skip
    assert told(workbook) == [("sheets.unclosed_quote", 2)]
    assert workbook.problems[0].place.row == 2


def test_an_unclosed_quote_with_no_other_quote_behind_it_swallows_nothing(tmp_path: Path) -> None:
    body = "".join(f"{day}/11,việc {day}\n" for day in range(1, 31))
    workbook = read(tmp_path, 'Ngày,Việc\n0/11,"mở\n' + body)
    assert len(rows(workbook)) == 32
    assert told(workbook) == [("sheets.unclosed_quote", 2)]


def test_two_slips_that_close_each_other_are_still_two_rows(tmp_path: Path) -> None:
    workbook = read(tmp_path, 'a,b,c\n1,"x,y\n2,z,w"\n3,u,v\n')
    assert [row[0] for row in rows(workbook)] == ["a", "1", "2", "3"]
    assert ("sheets.unclosed_quote", 2) in told(workbook)


def test_a_quoted_text_may_span_lines_and_rows_keep_the_numbers_that_excel_shows(tmp_path: Path) -> None:
    workbook = read(tmp_path, 'Ngày,Ghi chú\r\n3/11,"dòng một\r\ndòng hai\r\n\r\ndòng bốn"\r\n4/11,x\r\n')
    assert rows(workbook) == [["Ngày", "Ghi chú"], ["3/11", "dòng một\ndòng hai\n\ndòng bốn"], ["4/11", "x"]]
    assert [row.number for row in workbook.sheets[0]] == [1, 2, 3]
    assert told(workbook) == []


def test_a_name_in_quotes_that_were_not_doubled_is_kept_as_it_stands(tmp_path: Path) -> None:
    assert rows(read(tmp_path, 'a,b\n"Nhà hàng "Sen" Hà Nội",5\nQuán "Gió",6\n')) == [
        ["a", "b"], ['Nhà hàng "Sen" Hà Nội', "5"], ['Quán "Gió"', "6"],
    ]  # fmt: skip


def test_nul_characters_are_left_out_and_told(tmp_path: Path) -> None:
    workbook = read(tmp_path, "Ngày,Việc\n3/11,h\x00ọp\n4/11,gặp\n")
    assert rows(workbook) == [["Ngày", "Việc"], ["3/11", "họp"], ["4/11", "gặp"]]
    assert told(workbook) == [("sheets.nul", 2)]


def test_ragged_rows_are_read_and_told(tmp_path: Path) -> None:
    workbook = read(tmp_path, "LỊCH THÁNG 11\n\na,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,,,\n13,14,15\n")
    assert rows(workbook)[2:] == [
        ["1", "2", "3"],
        ["4", "5"],
        ["6", "7", "8", "9"],
        ["10", "11", "12"],
        ["13", "14", "15"],
    ]
    assert [(problem.code, problem.place.row) for problem in workbook.problems] == [("sheets.row_too_long", 6)]
    assert [(note.code, note.place.row) for note in workbook.notes] == [("sheets.row_too_short", 5)]
    assert [row.number for row in workbook.sheets[0]] == [1, 3, 4, 5, 6, 7, 8]


def test_a_line_of_one_cell_below_a_table_is_no_row_that_lacks_cells(tmp_path: Path) -> None:
    workbook = read(tmp_path, "a,b,c\n1,2,3\n\nCa 1: 6h-14h\nNgười lập: Lan\n")
    assert rows(workbook)[2:] == [["Ca 1: 6h-14h"], ["Người lập: Lan"]]
    assert not told(workbook)
    assert not workbook.notes


def test_many_bad_lines_are_counted_not_listed_without_end(tmp_path: Path) -> None:
    workbook = read(tmp_path, "a,b\n1,2\n3,4\n" + "1,2\n" * 300 + "1,2,3\n" * 250)
    codes = [problem.code for problem in workbook.problems]
    assert codes.count("sheets.row_too_long") == 100
    assert [p.params for p in workbook.problems if p.code == "sheets.more_alike"] == [{"n": 150}]


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, b"a" * 4_000_001)
    assert caught.value.problem.code == "sheets.long_line"


def test_tabs_are_tried_first_where_the_name_says_so() -> None:
    assert guess_delimiter(["một cột"], tabs=True) == "\t"
    assert guess_delimiter(["một cột"]) == ","
    assert guess_delimiter(['"a;b;c",2', '"d;e;f",3']) == ","


FIELD = st.text(st.characters(exclude_categories=["C"]), max_size=8) | st.text('", ;\t', max_size=6)


@given(st.lists(FIELD, min_size=1, max_size=6), st.sampled_from(",;\t|"), st.booleans())
def test_whatever_a_csv_writer_writes_is_split_as_it_was(fields: list[str], delimiter: str, everything: bool) -> None:
    fields = [field.strip() for field in fields]
    out = io.StringIO()
    dialect = csv.unix_dialect if everything else csv.excel
    csv.writer(out, dialect, delimiter=delimiter, lineterminator="\n").writerow(fields)
    assert split_quoted(out.getvalue(), delimiter) == fields


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('ab1,;\t|"\r\n\x00 đ', max_size=120))
def test_no_text_is_too_odd_to_be_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(text.encode())
    try:
        numbers = [row.number for _, row in stream_rows(path)]
    except InputError as error:
        assert error.problem.code in {"sheets.empty", "sheets.unknown_kind"}  # noqa: PT017  (rows are right too)
        return
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "text",
    [
        'a,"b\n' * 20_000,
        'a,"b",""\n' * 20_000,
        '"' * 200_000,
        '"a\n' + "b\n" * 50_000,
        ('x,"' + "y" * 50 + "\n") + "z,w\n" * 150 + ('x,"' + "y" * 50 + "\n") * 300,
        "," * 900 + "\n",
        ('"' + "a" * 5_000 + "\n") * 40,
    ],
    ids=["open", "closed", "quotes", "one open", "rare", "commas", "long"],
)
def test_hostile_quotes_take_no_time(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    begin = process_time()
    for _ in stream_rows(path):
        pass
    assert process_time() - begin < 1


def test_fields_left_blank_at_the_ends_of_rows_make_no_other_row_too_long(tmp_path: Path) -> None:
    workbook = read(tmp_path, "Giỗ họ Trần;;\nHọ tên;Ngày giỗ;Ghi chú\nCụ A;12/3;Nhà thờ\nCụ B;13/3;\nCụ C;14/3;\n")
    assert told(workbook) == []
    assert rows(workbook)[1:3] == [["Họ tên", "Ngày giỗ", "Ghi chú"], ["Cụ A", "12/3", "Nhà thờ"]]
