"""Rosters: whose shifts, which days, which hours; what isn't known is asked about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.grids import book, grid
from toolkit.calendar.reading import Hours, ReadOptions, ReadResult, read_events
from toolkit.calendar.reading.roster_people import matching
from toolkit.calendar.reading.shifts import Legend, Shift, code_key, explained_in, read_codes, shift_hours
from toolkit.core.errors import InputError

TODAY = date(2026, 11, 22)
MONTH = "PHÂN CA THÁNG 12/2026"
HEAD: list[Any] = ["Họ tên", 1, 2, 3, 4]
LEGEND = "S: 6h-14h; C: 14h-22h"


def read(rows: list[list[Any]], merges: Any = (), **options: Any) -> ReadResult:
    return read_events(book(grid(rows, merges=merges)), ReadOptions(TODAY, **options))


def found(result: ReadResult) -> list[tuple[str, str, str]]:
    def shown(moment: date) -> str:
        return moment.strftime("%d/%m %H:%M") if isinstance(moment, datetime) else moment.strftime("%d/%m")

    return [(w.event.summary, shown(w.event.start), shown(w.event.end)) for w in result.wanted]


def refusal(rows: list[list[Any]], **options: Any) -> str:
    with pytest.raises(InputError) as refused:
        read(rows, **options)
    return refused.value.problem.code


def test_one_person_needs_no_choice() -> None:
    result = read([[MONTH, LEGEND], HEAD, ["Lan", "S", "C", "OFF", "S"]])
    assert found(result) == [
        ("Ca S", "01/12 06:00", "01/12 14:00"),
        ("Ca C", "02/12 14:00", "02/12 22:00"),
        ("Ca S", "04/12 06:00", "04/12 14:00"),
    ]
    assert (result.wanted[1].source.row, result.wanted[1].source.column) == (3, 3)
    assert result.shapes == {"Lịch": "roster"}


def test_shifts_of_several_people_never_land_in_one_calendar_unasked() -> None:
    rows: list[list[Any]] = [[MONTH, LEGEND], HEAD, ["Lan", "S", "C"], ["Mai", "C", "S"]]
    assert refusal(rows) == "calendar.person_needed"
    assert [name for name, _, _ in found(read(rows, person="mai"))] == ["Ca C", "Ca S"]
    everyone = found(read(rows, everyone=True))
    assert [name for name, _, _ in everyone] == ["Ca S – Lan", "Ca C – Lan", "Ca C – Mai", "Ca S – Mai"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyễn Thị Hòa", ["Nguyễn Thị Hòa"]),
        ("nguyen thi hoa", ["Nguyễn Thị Hòa"]),
        ("hùng", ["Trần Hùng"]),
        ("HUNG", ["Trần Hùng"]),
        ("hoa", ["Nguyễn Thị Hòa", "Lê Hoa"]),
        ("Hòa", ["Nguyễn Thị Hòa"]),
        ("hun", []),
        ("", []),
    ],
)
def test_a_name_is_found_without_marks_and_by_whole_words(typed: str, meant: list[str]) -> None:
    assert matching(["Nguyễn Thị Hòa", "Lê Hoa", "Trần Hùng"], typed) == meant


def test_a_name_that_fits_nobody_or_several_is_refused_with_the_names() -> None:
    rows: list[list[Any]] = [[MONTH, LEGEND], HEAD, ["Lê Hoa", "S"], ["Trần Hoa", "C"]]
    assert refusal(rows, person="hoa") == "calendar.person_ambiguous"
    assert refusal(rows, person="Tuấn") == "calendar.person_unknown"
    assert refusal([["Nội dung", "Ngày"], ["Họp", "1/12/2026"]], person="Lan") == "calendar.person_without_roster"


def test_a_code_without_hours_refuses_its_row_once_and_its_other_days_stand() -> None:
    result = read([[MONTH, LEGEND], HEAD, ["Lan", "S", "HC", "HC", "C"]])
    assert [(p.code, p.place.row, p.place.column, p.value) for p in result.problems] == [
        ("calendar.shift_without_hours", 3, 3, "HC")
    ]
    assert [row.row for row in result.refused] == [3]
    assert len(result.wanted) == 2


def test_a_profile_explains_what_the_sheet_does_not_and_comes_before_it() -> None:
    codes = {"hc": Shift("Hành chính", shift_hours("8h-17h")), "s": Shift("Ca S", shift_hours("7h-11h"))}
    result = read([[MONTH, LEGEND], HEAD, ["Lan", "S", "HC"]], hours=Hours(codes=codes))
    assert found(result) == [
        ("Ca S", "01/12 07:00", "01/12 11:00"),
        ("Hành chính", "02/12 08:00", "02/12 17:00"),
    ]


def test_letters_of_leave_make_no_event_and_are_said() -> None:
    result = read([[MONTH, LEGEND], HEAD, ["Lan", "S", "P", "P", "C"]])
    assert len(result.wanted) == 2
    assert [(n.code, n.params["letter"], n.params["rows"]) for n in result.notes] == [
        ("calendar.taken_as_leave", "P", "3")
    ]
    explained = read([[MONTH, LEGEND + "; P: phụ việc 8h-10h"], HEAD, ["Lan", "S", "P", "P", "C"]])
    assert [name for name, _, _ in found(explained)] == ["Ca S", "Phụ việc", "Phụ việc", "Ca C"]


def test_a_merged_block_says_the_same_of_each_of_its_days() -> None:
    result = read([[MONTH, LEGEND], HEAD, ["Lan", "S", None, None, "C"]], merges=[(3, 2, 3, 4)])
    assert [start for _, start, _ in found(result)] == ["01/12 06:00", "02/12 06:00", "03/12 06:00", "04/12 14:00"]


def test_a_day_that_the_month_does_not_have_is_refused_only_if_it_has_a_shift() -> None:
    head: list[Any] = ["Họ tên", 28, 29, 30, 31]
    title = "PHÂN CA THÁNG 11/2026"
    assert not read([[title, LEGEND], head, ["Lan", "S", "S", "C", None]]).problems
    wrong = read([[title, LEGEND], head, ["Lan", "S", "S", "C", "S"]])
    assert [(p.code, p.place.column) for p in wrong.problems] == [("core.date_no_such_day", 5)]
    assert len(wrong.wanted) == 3


def test_a_month_that_is_not_said_or_contradicts_the_weekdays_is_refused() -> None:
    rows: list[list[Any]] = [["PHÂN CA", LEGEND], HEAD, ["Lan", "S", "S", "S", "S"]]
    assert refusal(rows) == "calendar.roster_month_missing"
    wrong: list[list[Any]] = [[MONTH, LEGEND], HEAD, [None, "T2", "T3", "T4", "T5"], ["Lan", "S", "S", "S", "S"]]
    assert refusal(wrong) == "calendar.roster_weekdays_contradict"
    over: list[list[Any]] = [[MONTH, LEGEND], ["Họ tên", 29, 30, 1, 2], ["Lan", "S", "S", "S", "S"]]
    assert refusal(over) == "calendar.roster_month_missing"


def test_a_single_wrong_weekday_refuses_its_own_column() -> None:
    rows: list[list[Any]] = [[MONTH, LEGEND], HEAD, [None, "T3", "T4", "T6", "T6"], ["Lan", "S", "S", "S", "S"]]
    result = read(rows)
    assert [(p.code, p.place.column) for p in result.problems] == [("core.date_weekday_contradicts", 4)]
    assert len(result.wanted) == 3


def test_a_swapped_shift_keeps_its_identity() -> None:
    before = read([[MONTH, LEGEND], HEAD, ["Lan", "S", "S/C"]])
    after = read([[MONTH, LEGEND], HEAD, ["Mai", "OFF"], ["Lan", "C", "S/C"]], person="lan")
    assert [w.own_id for w in before.wanted] == [w.own_id for w in after.wanted]
    assert len({w.own_id for w in before.wanted}) == 3


def test_rows_of_totals_and_remarks_are_nobody() -> None:
    rows: list[list[Any]] = [
        [MONTH], HEAD, ["Lan", "S", "C", "S", None], ["Tổng cộng", 1, 1, 1, 0], [None, "Quản lý ký"], [LEGEND],
    ]  # fmt: skip
    result = read(rows)
    assert len(result.wanted) == 3
    assert not result.problems


def test_a_table_of_words_is_no_roster() -> None:
    rows: list[list[Any]] = [[MONTH], ["Phòng", 1, 2, 3], ["A1", "Họp với đại lý miền Tây", "Tập huấn nhân viên", "Ôn"]]
    assert refusal(rows) == "calendar.headings_unknown"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("S: 6h-14h, C: 14h-22h", {"S": "Ca S", "C": "Ca C"}),
        ("Ca sáng = 06:00–14:00", {"Ca sáng": "Ca sáng"}),
        ("Ca sáng (S): 6h-14h", {"Ca sáng": "Ca sáng", "S": "Ca sáng"}),
        ("Ghi chú: S: ca sáng 6h-14h", {"S": "Ca sáng"}),
        ("Ca 1 (6h-14h)", {"Ca 1": "Ca 1"}),
        ("T: Trực 16h30-7h30 hôm sau", {"T": "Trực"}),
        ("HC: 7h30-11h30, 13h30-17h", {"HC": "Ca HC"}),
        ("S: 6h-14h   C: 14h-22h", {"S": "Ca S", "C": "Ca C"}),
        ("P: nghỉ phép", {"P": "nghỉ phép"}),
        ("ĐT: 0912345678", {}),
        ("Người lập: Lan", {}),
    ],
)
def test_legends_are_read_as_people_write_them(text: str, codes: dict[str, str]) -> None:
    assert {name: shift.name for name, shift in explained_in(text)} == codes


def test_a_code_that_two_places_explain_differently_is_not_known() -> None:
    assert not read_codes(grid([["S: 6h-14h"], ["S: 7h-15h"]]).rows)
    assert list(read_codes(grid([["Đ: 22h-6h", "D: 6h-14h"]]).rows)) == ["đ", "d"]


def test_hours_that_may_be_night_or_afternoon_are_not_guessed() -> None:
    assert shift_hours("2h-10h") == ()
    assert [s.slots[0].end_days for _, s in explained_in("Đ: 22h-6h; T: 7h-7h hôm sau")] == [1, 1]


words = st.sampled_from(
    ["S", "C", "S/C", "OFF", "x", "8h-16h", "25h-26h", "Lan", "1/12", "T2", "S: 6h-14h", "Tổng", "-"]
)
values = st.none() | words | st.integers(-3, 40) | st.dates(date(2026, 11, 1), date(2027, 1, 1)) | st.text(max_size=8)


@settings(max_examples=60)
@given(
    head=st.lists(values, min_size=4, max_size=8),
    rows=st.lists(st.lists(values, max_size=8), max_size=6),
    blocks=st.lists(st.tuples(st.integers(2, 6), st.integers(1, 6), st.integers(0, 2), st.integers(0, 2)), max_size=1),
)
def test_any_table_is_read_or_refused_and_its_events_have_cells(
    head: list[Any], rows: list[list[Any]], blocks: list[tuple[int, int, int, int]]
) -> None:
    merges = [(r, c, r + down, c + right) for r, c, down, right in blocks if down or right]
    sheet = grid([[MONTH, LEGEND], head, *rows], merges=merges)
    try:
        result = read_events(book(sheet), ReadOptions(TODAY, everyone=True))
    except InputError:
        return
    for wanted in result.wanted:
        row = sheet.row(wanted.source.row)
        assert row is not None
        assert wanted.source.column is not None
        assert not row.at(wanted.source.column).blank


@given(st.text(max_size=120))
def test_any_text_is_a_legend_or_none(text: str) -> None:
    for name, shift in explained_in(text):
        assert Legend({code_key(name): shift}, Hours(), {}).shift(name) == shift
