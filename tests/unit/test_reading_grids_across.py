"""Grids the other way: lessons or hours across and days down, and days across that are written as dates alone."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from builders.grids import book, grid
from toolkit.calendar.reading import Hours, ReadOptions, ReadResult, read_events
from toolkit.core.errors import InputError

TODAY = date(2026, 11, 22)


def read(*rows: list[Any], **options: Any) -> ReadResult:
    return read_events(book(grid(list(rows))), ReadOptions(TODAY, **options))


def told(result: ReadResult) -> list[str]:
    return [f"{w.event.summary} {w.event.start:%d/%m %H:%M}" for w in result.wanted]


def test_lessons_across_have_the_hours_of_the_profile() -> None:
    hours = Hours(lessons={1: (time(7), time(7, 45)), 2: (time(7, 50), time(8, 35))})
    result = read(
        ["Thứ", "Ngày", "Tiết 1", "Tiết 2"],
        ["Hai", "23/11/2026", "Toán", "Văn"],
        ["Ba", "24/11/2026", "Lý", None],
        hours=hours,
    )
    assert told(result) == ["Toán 23/11 07:00", "Văn 23/11 07:50", "Lý 24/11 07:00"]
    assert set(result.shapes.values()) == {"session_grid"}


def test_lessons_without_hours_are_named_on_their_day() -> None:
    result = read(["Ngày", "Tiết 1", "Tiết 2"], ["23/11/2026", "Toán", "Văn"], ["24/11/2026", "Lý", "Hóa"])
    assert [w.event.description for w in result.wanted] == ["Tiết 1", "Tiết 2", "Tiết 1", "Tiết 2"]
    assert {note.code for note in result.notes} == {"calendar.without_hours"}


def test_hours_across_are_those_of_their_column() -> None:
    result = read(
        ["Từ 23/11/2026 đến 29/11/2026"],
        ["Thứ", "7h-8h30", "9h - 10h30"],
        ["Thứ 2", "Yoga", "Zumba"],
        ["Thứ 4", None, "Yoga"],
    )
    assert told(result) == ["Yoga 23/11 07:00", "Zumba 23/11 09:00", "Yoga 25/11 09:00"]


def test_dates_alone_may_head_the_columns() -> None:
    result = read(["Giờ", "23/11", "24/11", "25/11"], ["8h", "Họp", None, "Khám"], ["14h-15h", None, "Đi chợ", None])
    assert told(result) == ["Họp 23/11 08:00", "Khám 25/11 08:00", "Đi chợ 24/11 14:00"]
    assert set(result.shapes.values()) == {"weekday_grid"}


@pytest.mark.parametrize(
    "rows",
    [
        (["Ngày", "8h", "9h"], ["23/11/2026", "A", "B"]),  # a column of starts could be anything
        (["Nội dung", "Tiết 1", "Tiết 2"], ["Toán", "x", "x"]),
        (["Giờ", "25/11", "24/11", "23/11"], ["8h", "Họp", "Gặp", "Khám"]),
    ],
)
def test_what_is_no_grid_is_not_taken_for_one(rows: tuple[list[Any], ...]) -> None:
    try:
        result = read(*rows)
    except InputError:
        return
    assert not set(result.shapes.values()) & {"weekday_grid", "session_grid"}


def test_a_list_with_a_first_and_a_last_hour_stays_a_list() -> None:
    result = read(
        ["Ngày", "Nội dung", "Từ", "Đến"], ["23/11/2026", "Họp", "8h", "9h"], ["24/11/2026", "Gặp", "8h", "9h"]
    )
    assert set(result.shapes.values()) == {"list"}
    assert told(result) == ["Họp 23/11 08:00", "Gặp 24/11 08:00"]
