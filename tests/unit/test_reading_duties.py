"""Duty sheets: names in the cells under shifts and posts. Somebody's own duties, never somebody's by chance."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.grids import book, grid
from toolkit.calendar.reading import ReadOptions, ReadResult, read_events
from toolkit.calendar.reading.positions_shape import names_in
from toolkit.core.errors import InputError
from toolkit.sheets.model import Cell

TODAY = date(2026, 11, 22)
WARD: list[list[Any]] = [
    ["LỊCH TRỰC THÁNG 12/2026"],
    ["Ngày", "Ca sáng (6h-14h)", "Ca đêm (22h-6h)", "Ghi chú"],
    ["1/12", "Hoa, Lan", "Minh", "đông"],
    ["2/12", "1. Minh\n2. Hoa (thay Tú)", "nghỉ", None],
]


def read(rows: list[list[Any]], **options: Any) -> ReadResult:
    return read_events(book(grid(rows)), ReadOptions(TODAY, **options))


def told(result: ReadResult) -> list[str]:
    return [f"{w.event.summary} {w.event.start:%d/%m %H:%M} {w.event.description}".strip() for w in result.wanted]


def test_a_persons_duties_have_the_hours_of_their_shifts_and_name_who_else_is_there() -> None:
    result = read(WARD, person="hoa")
    assert told(result) == ["Ca sáng 01/12 06:00 Lan", "Ca sáng 02/12 06:00 1. Minh 2. Hoa (thay Tú)"]
    assert result.part == "hoa"
    assert set(result.shapes.values()) == {"positions"}


def test_a_night_ends_the_next_morning() -> None:
    night = read(WARD, person="Minh").wanted[0].event
    assert (f"{night.start:%d %H:%M}", f"{night.end:%d %H:%M}") == ("01 22:00", "02 06:00")


def test_without_a_name_nothing_is_read_and_the_names_are_listed() -> None:
    with pytest.raises(InputError) as refused:
        read(WARD)
    assert refused.value.problem.code == "calendar.person_needed"
    assert refused.value.problem.params["people"] == "Hoa, Lan, Minh"


def test_everybodys_duties_carry_their_names() -> None:
    summaries = {w.event.summary for w in read(WARD, everyone=True).wanted}
    assert summaries == {"Ca sáng – Hoa", "Ca sáng – Lan", "Ca sáng – Minh", "Ca đêm – Minh"}


def test_a_post_is_held_the_whole_day_and_a_shift_without_hours_is_asked_about() -> None:
    rows = [["Ngày", "Bác sĩ trực", "Ca 3"], ["1/12", "BS. Hiền", "Lan"], ["2/12", "BS. Quang", "BS. Hiền"]]
    result = read([["LỊCH TRỰC THÁNG 12/2026"], *rows], person="Hiền")
    assert [w.event.summary for w in result.wanted] == ["Bác sĩ trực"]
    assert result.wanted[0].event.all_day
    assert [p.code for p in result.problems] == ["calendar.shift_without_hours"]


def test_days_may_run_across_and_sessions_have_no_hours_of_their_own() -> None:
    rows = [["XẾP CA TUẦN 23/11/2026 - 29/11/2026"], ["Ca", "T2 23/11", "T3 24/11", "T4 25/11"],
            ["Sáng", "Lan", "Hoa", "Lan"], ["Chiều", "Hoa", "Lan", "Hoa"]]  # fmt: skip
    result = read(rows, person="Lan")
    assert told(result) == ["Ca sáng 23/11 00:00", "Ca sáng 25/11 00:00", "Ca chiều 24/11 00:00"]
    assert {note.code for note in result.notes} == {"calendar.without_hours"}


def test_work_in_the_cells_is_no_list_of_people() -> None:
    rows = [["LỊCH PHÂN CÔNG TUẦN 23/11/2026 - 29/11/2026"], ["Ngày", "Sáng", "Chiều"],
            ["T2 23/11", "Họp giao ban", "Soạn thư"], ["T3 24/11", "Họp giao ban", "Đi cơ sở"]]  # fmt: skip
    assert set(read(rows).shapes.values()) == {"session_grid"}


def test_a_duty_that_changes_its_shift_stays_the_same_event() -> None:
    before, after = WARD, [*WARD[:2], ["1/12", "Lan", "Minh\nHoa", None], WARD[3]]
    first, second = (
        [w.own_id for w in read(rows, person="Hoa").wanted if w.event.start.day == 1] for rows in (before, after)
    )
    assert first == second == ["hoa 2026-12-01 1"]


def test_a_wrong_weekday_refuses_the_row_of_the_duty() -> None:
    rows = [["LỊCH TRỰC THÁNG 12/2026"], ["Thứ", "Ngày", "Ca sáng (6h-14h)"], ["T3", "1/12", "Lan"],
            ["T5", "2/12", "Lan"]]  # fmt: skip
    result = read(rows, person="Lan")
    assert len(result.wanted) == 1
    assert [p.code for p in result.problems] == ["core.date_weekday_contradicts"]


@pytest.mark.parametrize("text", ["x " * 200, "a," * 200, "Lan " * 80 + "1", "(" * 390, "A." * 195])
def test_a_long_cell_is_told_quickly(text: str) -> None:
    begun = time.process_time()
    names_in(Cell(text, text, 1, 1))
    assert time.process_time() - begun < 1


@given(st.text(max_size=400))
def test_any_text_is_a_list_of_names_or_none(text: str) -> None:
    assert all(0 < len(name) <= 60 for name in names_in(Cell(text, text, 1, 1)))
