"""What lists leave to the reader beside the plain row: tables below each other, split days, counted repetitions."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.grids import book, grid
from toolkit.calendar.reading import HeadingsUnknownError, OwnHeading, ReadOptions, ReadResult, read_events
from toolkit.calendar.reading.days import DayContext, days_in
from toolkit.calendar.reading.repeats import Often, Rule, read_often
from toolkit.core.dates import Repeat

TODAY = date(2026, 11, 22)


def read(*rows: list[Any], **options: Any) -> ReadResult:
    return read_events(book(grid(list(rows))), ReadOptions(TODAY, **options))


def told(result: ReadResult) -> list[str]:
    return [f"{w.event.summary} {w.event.start:%Y-%m-%d}" for w in result.wanted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hằng quý", Often(Repeat("month", 3))),
        ("mỗi quý một lần", Often(Repeat("month", 3))),
        ("nửa năm một lần", Often(Repeat("month", 6))),
        ("hằng tuần, 10 lần", Often(Repeat("week"), 10)),
        ("hằng tuần (10 buổi)", Often(Repeat("week"), 10)),
        ("2 tuần một lần, 3 lần", Often(Repeat("week", 2), 3)),
        ("thứ 2-4-6 trong 4 tuần", Often(Repeat("week", 1, (0, 2, 4)), 12)),
        ("hằng ngày trong 7 ngày", Often(Repeat("day"), 7)),
        ("hằng tuần x 10", Often(Repeat("week"), 10)),
        ("weekly, 10 times", Often(Repeat("week"), 10)),
        ("hằng tuần", Often(Repeat("week"))),
    ],
)
def test_how_often_and_how_many_times(text: str, expected: Often) -> None:
    assert read_often(text).value == expected


@pytest.mark.parametrize(
    "text", ["mỗi tuần 2 lần", "hằng tuần, 2 lần", "mỗi ngày, 3 lần", "10 lần", "hằng tuần, 1 lần", "hằng tuần, 0 lần",
             "hằng tuần trong 3 tháng", "2 tuần một lần trong 6 tuần"]
)  # fmt: skip
def test_how_often_within_a_week_is_not_how_many_weeks(text: str) -> None:
    assert read_often(text).value is None


@given(st.text(max_size=200))
def test_any_text_is_a_repetition_or_none(text: str) -> None:
    often = read_often(text).value
    assert often is None or often.count is None or 2 <= often.count <= 999


@pytest.mark.parametrize("text", ["1 " * 100, "hằng tuần" + "," * 110, "x" * 120, "t2 " * 40, "trong " * 20])
def test_a_long_repetition_is_told_quickly(text: str) -> None:
    begun = time.process_time()
    read_often(text)
    assert time.process_time() - begun < 1


def test_a_count_becomes_part_of_the_rule_and_must_agree_with_a_last_day() -> None:
    heading = ["Nội dung", "Ngày", "Lặp lại", "Lặp đến"]
    result = read(
        heading,
        ["A", "24/11/2026", "hằng tuần, 4 lần", None],
        ["B", "24/11/2026", "hằng tuần, 4 lần", "15/12/2026"],
        ["C", "24/11/2026", "hằng tuần, 4 lần", "31/12/2026"],
    )
    assert [w.event.recurrence[0] for w in result.wanted] == [
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "RRULE:FREQ=WEEKLY;UNTIL=20261215",
    ]
    assert [(p.code, p.params["n"]) for p in result.problems] == [("calendar.repeat_count_contradicts", 6)]


def test_the_31st_of_every_month_is_said_to_leave_months_out() -> None:
    result = read(["Nội dung", "Ngày", "Lặp lại"], ["Nộp thuế", "31/12/2026", "hằng tháng"])
    assert "calendar.months_without_day" in {note.code for note in result.notes}


@given(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), st.integers(1, 4), st.integers(0, 400))
def test_a_rule_counts_its_own_days(frequency: Any, interval: int, days: int) -> None:
    first = date(2026, 11, 23)
    rule = Rule(frequency, interval, (), date.fromordinal(first.toordinal() + days))
    assert 1 <= rule.times(first) <= days + 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("24-25-26/11", ["2026-11-24", "2026-11-25", "2026-11-26"]),
        ("24 - 25 - 27/11/2026", ["2026-11-24", "2026-11-25", "2026-11-27"]),
        ("Hai 23/11", ["2026-11-23"]),
        ("Hai\n23/11", ["2026-11-23"]),
        ("Chúa nhật 29/11", ["2026-11-29"]),
        ("Nhật, 29/11", ["2026-11-29"]),
    ],
)
def test_days_as_they_are_written_in_a_hurry(text: str, days: list[str]) -> None:
    found = days_in(text, DayContext(TODAY)).value
    assert found is not None
    assert [stretch.first.date.isoformat() for stretch in found] == days


@pytest.mark.parametrize("text", ["26-25-24/11", "Hai 24/11", "30-31-32/12", "Năm 2026", "24-11-26-12/11"])
def test_days_that_cannot_be_stay_unread(text: str) -> None:
    assert days_in(text, DayContext(TODAY)).value is None


def test_day_month_and_year_in_columns_of_their_own() -> None:
    result = read(
        ["Ngày", "Tháng", "Năm", "Nội dung"],
        [28, 11, 2026, "A"],
        [5, "Tháng 12", None, "B"],
        ["2", "T1", "2027", "C"],
        [31, 11, 2026, "D"],
        [3, "mười", 2026, "E"],
        ["7/12/2026", None, None, "F"],
    )
    assert told(result) == ["A 2026-11-28", "B 2026-12-05", "C 2027-01-02", "F 2026-12-07"]
    assert {refused.row for refused in result.refused} == {5, 6}


def test_a_second_table_is_read_under_its_own_headings() -> None:
    result = read(
        ["Ngày", "Môn thi", "Phòng"],
        ["14/12/2026", "Toán", "12"],
        ["HỌP PHỤ HUYNH THÁNG 12/2026"],
        ["Lớp", "Thời gian", "Địa điểm"],
        ["6A", "8h ngày 19/12", "Hội trường"],
    )
    assert told(result) == ["Toán 2026-12-14", "6A 2026-12-19"]
    assert [w.event.location for w in result.wanted] == ["Phòng 12", "Hội trường"]
    assert not result.problems


def test_a_second_table_that_says_too_little_is_named_and_makes_no_event() -> None:
    result = read(
        ["Ngày", "Môn thi", "Giờ"],
        ["14/12/2026", "Toán", "8h"],
        ["Ngày", "Email", "Số tiền", "Ghi chú"],
        ["15/12/2026", "a@example.com", "100000", "Lan"],
    )
    assert told(result) == ["Toán 2026-12-14"]
    assert [(p.code, p.place.row) for p in result.problems] == [("calendar.table_not_read", 3)]


def test_towns_under_from_and_to_are_no_hours() -> None:
    result = read(
        ["Chuyến bay", "Ngày", "Giờ đi", "Giờ về", "Từ", "Đến"],
        ["VN218", "12/12/2026", "14h", "16h10", "Sài Gòn", "Hà Nội"],
    )
    event = result.wanted[0].event
    assert (f"{event.start:%H:%M}", f"{event.end:%H:%M}") == ("14:00", "16:10")
    assert event.description == "Từ: Sài Gòn\nĐến: Hà Nội"


def test_weekdays_hold_from_the_day_on_which_the_sheet_comes_into_force() -> None:
    result = read(["ÁP DỤNG TỪ NGÀY 23/11/2026"], ["Thứ", "Giờ", "Môn"], ["Thứ 4", "19h-20h", "Toán"])
    assert (told(result), result.wanted[0].event.recurrence) == (
        ["Toán 2026-11-25"],
        ("RRULE:FREQ=WEEKLY;BYDAY=WE",),
    )
    assert "calendar.repeats_for_ever" in {note.code for note in result.notes}


@pytest.mark.parametrize(
    "rows",
    [
        (["Ngày", "Khách hàng", "Số tiền"], ["2/12/2026", "Lan", 100]),
        (["Ngày", "Nội dung", "Thu", "Chi"], ["2/12/2026", "Mua giấy", 0, 100]),
        (["Ngày", "Diễn giải", "Nợ", "Có", "Số dư"], ["2/12/2026", "Mua giấy", 0, 100, 5]),
    ],
)
def test_books_of_account_are_no_calendar(rows: tuple[list[Any], ...]) -> None:
    with pytest.raises(HeadingsUnknownError):
        read(*rows)


def test_a_price_beside_work_with_an_hour_is_a_detail() -> None:
    result = read(["Ngày", "Giờ", "Khách hàng", "Số tiền"], ["2/12/2026", "9h", "Lan", 100])
    assert told(result) == ["Lan 2026-12-02"]
    assert result.wanted[0].event.description == "Số tiền: 100"


def test_a_weekday_with_a_range_of_hours_comes_back_in_the_stated_weeks() -> None:
    result = read(
        ["LỊCH TẬP (từ 23/11/2026 đến 20/12/2026)"],
        ["Nội dung", "Thời gian"],
        ["Tập bè", "Thứ 3, 19h30-21h"],
        ["Tập chung", "CN 15-17h"],
        ["Khai mạc", "Thứ 3, 8h-10h 24-11-2026"],
    )
    assert [bool(w.event.recurrence) for w in result.wanted] == [True, True, False]


def test_a_day_alone_above_the_headings_is_that_of_rows_without_one() -> None:
    heading, row = ["Giờ", "Nội dung"], ["8h", "Khai mạc"]
    assert told(read(["NGÀY HỘI"], ["Thứ Bảy 12/12/2026"], heading, row)) == ["Khai mạc 2026-12-12"]
    dated = read(["NGÀY HỘI"], ["Thứ Bảy 12/12/2026"], ["Ngày", *heading], [None, *row])
    assert not dated.wanted  # where there is a column for days, a day that is missing is missing


def test_who_explains_a_column_of_an_account_book_means_it() -> None:
    own = (OwnHeading("Khách hàng", "title"),)
    result = read(["Ngày", "Khách hàng", "Số tiền"], ["2/12/2026", "Lan", 100], headings=own)
    assert told(result) == ["Lan 2026-12-02"]


@pytest.mark.parametrize("heading", ["Hôm nào", "Xuất phát hôm", "Buổi của"])
def test_the_only_column_of_days_is_when_it_takes_place(heading: str) -> None:
    result = read([heading, "Giờ", "Nội dung"], ["24/11/2026", "8h", "A"], [date(2026, 11, 25), "9h", "B"])
    assert told(result) == ["A 2026-11-24", "B 2026-11-25"]


@pytest.mark.parametrize(
    "rows",
    [
        (["Sinh hôm", "Giờ", "Nội dung"], ["24/11/2026", "8h", "A"]),
        (["Hôm nào", "Giờ", "Nội dung"], ["24/11/2026", "8h", "A"], ["hôm ấy", "9h", "B"]),
        (["Hôm này", "Hôm kia", "Giờ", "Nội dung"], ["24/11/2026", "25/11/2026", "8h", "A"]),
        (["Hôm nào", "Nội dung", "Số lượng"], ["24/11/2026", "A", 3]),
        (["Hôm nào", "Giờ", "Nội dung"], [24, "8h", "A"]),
    ],
)
def test_a_column_that_may_be_something_else_is_no_day(rows: tuple[list[Any], ...]) -> None:
    try:
        result = read(*rows)
    except HeadingsUnknownError:
        return
    assert not result.wanted
