"""Grids: days across or down, a cell an event."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.grids import book, grid
from toolkit.calendar.reading import Hours, ReadOptions, ReadResult, read_events
from toolkit.calendar.reading.items import leading_time
from toolkit.core.errors import InputError

TODAY = date(2026, 11, 22)
WEEK = "Tuần từ 23/11/2026 đến 29/11/2026"
DAYS = ["Giờ", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6"]


def read(rows: list[list[Any]], merges: Any = (), **options: Any) -> ReadResult:
    return read_events(book(grid(rows, merges=merges)), ReadOptions(TODAY, **options))


def found(result: ReadResult) -> list[tuple[str, str, str]]:
    def shown(moment: date) -> str:
        return moment.strftime("%d/%m %H:%M") if isinstance(moment, datetime) else moment.strftime("%d/%m")

    return sorted((w.event.summary, shown(w.event.start), shown(w.event.end)) for w in result.wanted)


def test_a_cell_is_an_event_on_its_day_at_its_hours() -> None:
    result = read([[WEEK], DAYS, ["8h-9h", None, "Họp", None, None, None]])
    assert found(result) == [("Họp", "24/11 08:00", "24/11 09:00")]
    assert (result.wanted[0].source.row, result.wanted[0].source.column) == (3, 3)
    assert result.shapes == {"Lịch": "weekday_grid"}


def test_a_merged_block_is_one_event_from_its_first_row_to_its_last() -> None:
    rows: list[Any] = [[WEEK], DAYS, ["8h-9h", "Họp"], ["9h-10h", None], ["10h", "Gọi khách"], ["11h", None]]
    result = read(rows, merges=[(3, 2, 4, 2), (5, 2, 6, 2)])
    assert found(result) == [("Gọi khách", "23/11 10:00", "23/11 12:00"), ("Họp", "23/11 08:00", "23/11 10:00")]


def test_a_row_across_all_days_is_a_break() -> None:
    rows: list[Any] = [
        [WEEK],
        DAYS,
        ["8h-9h", "Họp"],
        ["11h", "Nghỉ trưa"],
        ["13h-14h", "Ăn chung", None, None, None, None],
    ]
    result = read(rows, merges=[(5, 2, 5, 6)])
    assert found(result) == [("Họp", "23/11 08:00", "23/11 09:00")]
    assert [(n.code, n.params["rows"]) for n in result.notes] == [("calendar.rows_skipped", "4, 5")]


def test_a_block_across_some_days_is_asked_about() -> None:
    result = read([[WEEK], DAYS, ["8h-9h", "Tập huấn", None, None, "Họp"]], merges=[(3, 2, 3, 4)])
    assert [(p.code, p.place.row, p.place.column) for p in result.problems] == [("calendar.block_over_days", 3, 2)]
    assert found(result) == [("Họp", "26/11 08:00", "26/11 09:00")]


def test_weekdays_without_weeks_are_refused_as_a_whole() -> None:
    rows: list[Any] = [DAYS, ["8h-9h", "Họp", None, None, None, None]]
    with pytest.raises(InputError) as refused:
        read(rows)
    assert refused.value.problem.code == "calendar.grid_without_weeks"
    weekly = read(rows, since=date(2026, 11, 23), until=date(2026, 12, 31))
    assert weekly.wanted[0].event.recurrence == ("RRULE:FREQ=WEEKLY;UNTIL=20261231T165959Z;BYDAY=MO",)


def test_lessons_that_begin_anew_in_the_afternoon_are_told_apart() -> None:
    head: list[Any] = ["Buổi", "Tiết", "T2", "T3", "T4"]
    rows: list[Any] = [[WEEK], head, ["Sáng", 1, "Toán"], [None, 2, "Văn"], ["Chiều", 1, "Tin"]]
    result = read(rows, merges=[(3, 1, 4, 1)])
    assert [name for name, _, _ in found(result)] == [
        "Tin (chiều, tiết 1)",
        "Toán (sáng, tiết 1)",
        "Văn (sáng, tiết 2)",
    ]
    known = Hours(lessons={1: (time(7), time(7, 45)), 2: (time(7, 50), time(8, 35))})
    morning = read([[WEEK], head, ["Sáng", 1, "Toán"], [None, 2, None]], merges=[(3, 3, 4, 3)], hours=known)
    assert found(morning) == [("Toán", "23/11 07:00", "23/11 08:35")]


def test_lines_of_a_cell_are_title_place_and_remarks() -> None:
    result = read([[WEEK], DAYS, ["8h-9h", "Toán\nP.201\nCô Hạnh\nmang compa"]])
    event = result.wanted[0].event
    assert (event.summary, event.location, event.description) == ("Toán", "P.201", "Cô Hạnh\nmang compa")


def test_hours_in_a_cell_come_before_those_of_its_row() -> None:
    result = read([[WEEK], ["Buổi", *DAYS[1:]], ["Chiều", "2h: họp\nphòng 302\n4h30-5h gọi anh Sơn"]])
    assert found(result) == [("gọi anh Sơn", "23/11 16:30", "23/11 17:00"), ("họp", "23/11 14:00", "23/11 15:00")]
    assert {w.event.location for w in result.wanted} == {"phòng 302", ""}


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("8h họp giao ban", "họp giao ban"),
        ("8h30: họp", "họp"),
        ("từ 8h đến 10h họp", "họp"),
        ("- 14h-15h gặp khách", "gặp khách"),
        ("(9h30) gọi điện", "gọi điện"),
        ("2 áo cho chị Hoa", None),
        ("12 Lê Lợi", None),
        ("3 giờ", None),
        ("họp lúc 8h", None),
    ],
)
def test_only_hours_at_the_beginning_of_a_line_are_its_hours(line: str, rest: str | None) -> None:
    slots, text = leading_time(line, "afternoon" if line.startswith("3") else None)
    assert (bool(slots), text) == ((True, rest) if rest else (False, line))


def test_days_down_and_sessions_across() -> None:
    rows: list[Any] = [
        ["Lịch tháng 12/2026"],
        ["Ngày", "Sáng", "Chiều", "Ghi chú"],
        ["1/12", "Họp", None, "xa"],
        ["2/12", "-", "Đi kho"],
    ]
    result = read(rows)
    assert result.shapes == {"Lịch": "session_grid"}
    assert found(result) == [("Họp", "01/12", "02/12"), ("Đi kho", "02/12", "03/12")]
    assert result.wanted[0].event.description == "Buổi sáng\nGhi chú: xa"


def test_a_day_that_cannot_be_read_refuses_its_row_alone() -> None:
    rows: list[Any] = [["Ngày", "Sáng", "Chiều"], ["31/11/2026", "Họp"], ["2/12/2026", "Họp"], [None, None, "Đi đâu"]]
    result = read(rows)
    assert [(p.code, p.place.row) for p in result.problems] == [
        ("core.date_no_such_day", 2),
        ("calendar.day_missing", 4),
    ]
    assert found(result) == [("Họp", "02/12", "03/12")]


cells = st.one_of(
    st.none(), st.text(max_size=15), st.integers(0, 9),
    st.sampled_from(["8h: họp", "-", "Nghỉ", "Toán\nP.1", "T2", "25/11", "Sáng", "7h-8h"]),
    st.dates(date(2026, 11, 1), date(2026, 12, 1)),
)  # fmt: skip


@given(
    st.sampled_from(
        [DAYS, ["Tiết/Thứ", 2, 3, 4, 5, 6], ["Thứ", "Ngày", "Sáng", "Chiều", "Tối"], ["", "T2", "T3", "T4", "T5"]]
    ),
    st.lists(st.lists(cells, max_size=7), max_size=7),
    st.lists(st.tuples(st.integers(2, 6), st.integers(1, 5), st.integers(0, 3), st.integers(0, 3)), max_size=2),
)
def test_any_grid_is_read_or_refused_and_its_events_have_rows(head: list[Any], rows: Any, blocks: Any) -> None:
    merges = [(r, c, r + h, c + w) for r, c, h, w in blocks if h + w]
    all_rows = [[WEEK], head, *rows, *([[]] * 8)]
    try:
        result = read(all_rows, merges)
    except InputError:
        return
    filled = {n for n, row in enumerate(all_rows, start=1) if any(v not in (None, "") for v in row)}
    assert {w.source.row for w in result.wanted} <= filled
    assert bool(result.problems) or not result.refused
    assert all(w.event.start < w.event.end and w.event.summary for w in result.wanted)


@pytest.mark.parametrize("rows_above", [["NĂM HỌC 2026-2027"], ["HỌC KỲ I, 2026 - 2027"]])
def test_a_school_year_alone_does_not_say_when_classes_begin(rows_above: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        read([rows_above, DAYS, ["8h-9h", "Toán", None, None, None, None]])
    assert refused.value.problem.code == "calendar.grid_without_weeks"


def test_the_days_a_timetable_holds_for_count_whatever_school_year_stands_above() -> None:
    title = [["NĂM HỌC 2026-2027"], ["(Áp dụng từ 07/09/2026 đến 27/12/2026)"]]
    result = read([*title, DAYS, ["8h-9h", "Toán", None, None, None, None]])
    assert [w.event.start.date() for w in result.wanted if isinstance(w.event.start, datetime)] == [date(2026, 9, 7)]
    assert "UNTIL=20261227T165959Z" in result.wanted[0].event.recurrence[0]


def test_a_timetable_in_force_since_a_day_repeats_until_further_notice_and_says_so() -> None:
    result = read([["Thực hiện từ ngày 07/09/2026"], DAYS, ["8h-9h", None, "Văn", None, None, None]])
    assert found(result) == [("Văn", "08/09 08:00", "08/09 09:00")]
    assert result.wanted[0].event.recurrence == ("RRULE:FREQ=WEEKLY;BYDAY=TU",)
    assert [note.code for note in result.notes] == ["calendar.grid_until_further_notice"]
