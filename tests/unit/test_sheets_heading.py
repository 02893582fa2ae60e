"""The heading row is found under whatever members put above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.grids import grid
from toolkit.sheets.heading import find_heading, heading_key

if TYPE_CHECKING:
    from toolkit.sheets.model import Value

ALIASES = {
    "title": ["Nội dung", "Công việc", "Summary"],
    "date": ["Ngày", "Date", "Thứ ngày"],
    "time": ["Thời gian", "Giờ"],
    "start": ["Bắt đầu", "Từ", "Giờ từ", "Thời gian (từ)"],
    "end": ["Kết thúc", "Đến"],
    "place": ["Địa điểm", "Phòng"],
}


def test_a_heading_in_the_first_row_is_found() -> None:
    heading = find_heading(grid([["STT", "Ngày", "Nội dung"], [1, "3/11", "họp"]]), ALIASES)
    assert heading is not None
    assert (heading.row, heading.last_row) == (1, 1)
    assert heading.columns == {"date": 2, "title": 3}
    assert [(u.column, u.heading) for u in heading.unknown] == [(1, "STT")]
    assert heading.names == {1: "STT", 2: "Ngày", 3: "Nội dung"}


def test_titles_and_addresses_above_are_told_top_to_bottom() -> None:
    rows: list[list[Value]] = [
        ["CÔNG TY ABC"], ["Địa chỉ: 12 Lê Lợi", None, "Phòng 3"], [], ["LỊCH LÀM VIỆC\nTHÁNG 11/2026"], [],
        ["Ngày", "Giờ", "Nội dung", "Địa điểm"], ["3/11", "8h", "họp", "Q1"],
    ]  # fmt: skip
    heading = find_heading(grid(rows, merges=[(4, 1, 4, 4)]), ALIASES)
    assert heading is not None
    assert heading.row == 6
    assert heading.title == ("CÔNG TY ABC", "Địa chỉ: 12 Lê Lợi", "Phòng 3", "LỊCH LÀM VIỆC THÁNG 11/2026")


@pytest.mark.parametrize(
    "written",
    ["Ngày", "NGÀY", "ngay", " Ngày : ", "Ngày (*)", "Ngày\n", "Nga\u0300y", "Ngày(dd/mm)", "* Ngày", "Ngày\u00a0"],
)
def test_a_heading_is_known_however_it_is_written(written: str) -> None:
    heading = find_heading(grid([[written, "Nội\ndung (*)"], ["3/11", "họp"]]), ALIASES)
    assert heading is not None
    assert heading.columns == {"date": 1, "title": 2}


def test_a_name_with_its_bracket_wins_over_the_name_without() -> None:
    heading = find_heading(grid([["Ngày", "Thời gian (từ)", "Thời gian (đến)"]]), ALIASES)
    assert heading is not None
    assert heading.columns == {"date": 1, "start": 2, "time": 3}


def test_a_second_line_under_a_wide_heading_names_its_columns() -> None:
    rows: list[list[Value]] = [
        ["Ngày", "Giờ", None, "Nội dung"],
        [None, "Từ", "Đến", None],
        ["3/11", "8h", "9h", "họp"],
    ]
    sheet = grid(rows, merges=[(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)])
    heading = find_heading(sheet, ALIASES)
    assert heading is not None
    assert (heading.row, heading.last_row) == (1, 2)
    assert heading.columns == {"date": 1, "start": 2, "end": 3, "title": 4}
    assert heading.names[2] == "Giờ – Từ"


def test_a_wide_heading_without_a_second_line_stands_for_its_first_column() -> None:
    sheet = grid([["Ngày", "Nội dung", None], ["3/11", "họp", "gấp"]], merges=[(1, 2, 1, 3)])
    heading = find_heading(sheet, ALIASES)
    assert heading is not None
    assert (heading.last_row, heading.columns) == (1, {"date": 1, "title": 2})


def test_the_first_data_row_is_not_taken_for_a_second_heading() -> None:
    rows: list[list[Value]] = [["Ngày", "Phòng", "Nội dung"], ["Thứ hai", "Phòng", "họp"], ["Thứ ba", "Q1", "gặp"]]
    heading = find_heading(grid(rows), ALIASES)
    assert heading is not None
    assert heading.last_row == 1


def test_a_field_that_is_named_twice_keeps_both_columns() -> None:
    heading = find_heading(grid([["Ngày", "Nội dung", "Công việc", "Summary"]]), ALIASES)
    assert heading is not None
    assert heading.columns == {"date": 1, "title": 2}
    assert heading.repeated == {"title": (3, 4)}


def test_of_several_candidates_the_one_that_names_most_wins() -> None:
    rows: list[list[Value]] = [["Ngày", "Phòng"], ["Ngày", "Giờ", "Nội dung", "Địa điểm"], ["3/11", "8h", "họp", "Q1"]]
    heading = find_heading(grid(rows), ALIASES)
    assert heading is not None
    assert heading.row == 2


def test_a_sheet_without_known_headings_has_none() -> None:
    assert find_heading(grid([["a", "b"], ["c", "d"]]), ALIASES) is None
    assert find_heading(grid([["Ngày", "b"]]), ALIASES) is None
    assert find_heading(grid([["Ngày", 1, 2, 3, 4, "Nội dung"]]), ALIASES) is None
    assert find_heading(grid([]), ALIASES) is None


def test_the_key_of_a_heading_has_no_case_marks_brackets_or_signs() -> None:
    assert heading_key("  Thứ –\nNGÀY (*)") == "thu ngay"
    assert heading_key("(Ngày)") == "ngay"


CONTENT = (
    st.none() | st.integers(0, 99) | st.sampled_from(["Ngày", "Giờ", "Từ", "Nội dung", "(*)", "", "x" * 300, "3/11"])
)


@given(st.lists(st.lists(CONTENT, max_size=6), max_size=6), st.lists(st.tuples(*[st.integers(1, 6)] * 4), max_size=3))
def test_whatever_a_sheet_looks_like_the_heading_points_into_it(
    rows: list[list[Value]], blocks: list[tuple[int, int, int, int]]
) -> None:
    merges = [
        (min(a, c), min(b, d), max(a, c), max(b, d))
        for a, b, c, d in blocks
        if max(a, c) <= len(rows) and min(b, d) <= len(rows[min(a, c) - 1])
    ]
    sheet = grid(rows, merges=merges)
    heading = find_heading(sheet, ALIASES)
    if heading is not None:
        assert sheet.row(heading.row) is not None
        assert heading.row <= heading.last_row <= heading.row + 1
        assert len(heading.columns) >= 1
        assert set(heading.columns.values()) <= set(heading.names)
        assert {u.column for u in heading.unknown}.isdisjoint(heading.columns.values())
