"""Rows of a list and the events they ask for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from builders.grids import book, grid
from toolkit.calendar.reading import Hours, ReadOptions, ReadResult, read_events
from toolkit.core.errors import InputError

if TYPE_CHECKING:
    from toolkit.calendar.model import Event

TODAY = date(2026, 11, 22)
HEADINGS = ["Tiêu đề", "Ngày", "Giờ"]


def read(*rows: list[Any], headings: list[str] = HEADINGS, title: str | None = None, **options: Any) -> ReadResult:
    """Read a sheet of these rows under these headings (row 1, or row 2 below a title)."""
    above = [[title]] if title else []
    return read_events(book(grid([*above, headings, *rows])), ReadOptions(options.pop("today", TODAY), **options))


def one(result: ReadResult) -> Event:
    assert [p.code for p in result.problems] == []
    assert len(result.wanted) == 1
    return result.wanted[0].event


def codes(result: ReadResult) -> list[str]:
    assert not result.wanted
    return [problem.code for problem in result.problems]


def span(event: Event) -> tuple[str, str]:
    if isinstance(event.start, datetime) and isinstance(event.end, datetime):
        return event.start.strftime("%d/%m %H:%M"), event.end.strftime("%d/%m %H:%M")
    return event.start.strftime("%d/%m"), event.end.strftime("%d/%m")


# --- day and time -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "at", "start", "end"),
    [
        (date(2026, 11, 25), time(8, 30), "25/11 08:30", "25/11 09:30"),
        (date(2026, 11, 25), "8h", "25/11 08:00", "25/11 09:00"),
        ("25/11", "8g30", "25/11 08:30", "25/11 09:30"),
        ("25/11/2026", "8:30 - 11:30", "25/11 08:30", "25/11 11:30"),
        ("25-11-26", "14h", "25/11 14:00", "25/11 15:00"),
        ("2026-11-25", "2h chiều", "25/11 14:00", "25/11 15:00"),
        ("Thứ 4, 25/11", "7:00 sáng", "25/11 07:00", "25/11 08:00"),
        ("thứ tư", "10:00 PM", "25/11 22:00", "25/11 23:00"),
        ("ngày mai", "8 giờ rưỡi", "23/11 08:30", "23/11 09:30"),
        ("25/11", "23h", "25/11 23:00", "26/11 00:00"),
        ("25/11", "22H30-2H30", "25/11 22:30", "26/11 02:30"),
        ("25/11", "cả ngày", "25/11", "26/11"),
        ("25/11", None, "25/11", "26/11"),
        ("25/11 9h30", None, "25/11 09:30", "25/11 10:30"),
        ("9h30 - 11h thứ 4 25/11", None, "25/11 09:30", "25/11 11:00"),
        ("24-26/11/2026", None, "24/11", "27/11"),
        ("từ 24/11 đến 26/11/2026", "", "24/11", "27/11"),
        ("25/11", 9, "25/11 09:00", "25/11 10:00"),
        ("tối thứ 4 25/11", "7h", "25/11 19:00", "25/11 20:00"),
    ],
)
def test_days_and_times_as_members_write_them(day: Any, at: Any, start: str, end: str) -> None:
    assert span(one(read(["Họp", day, at]))) == (start, end)


@pytest.mark.parametrize(
    ("day", "at", "code", "column"),
    [
        ("31/11", "8h", "core.date_no_such_day", 2),
        ("12/13/2026", "8h", "core.date_no_such_month", 2),
        ("29/2/2027", "8h", "core.date_no_leap_day", 2),
        ("Thứ 3, 25/11/2026", "8h", "core.date_weekday_contradicts", 2),
        ("hôm nào đó", "8h", "core.date_unknown", 2),
        (3.1, "8h", "calendar.date_became_number", 2),
        (46350, "8h", "core.date_unknown", 2),
        ("25/11", "15h-9h", "core.time_end_before_start", 3),
        ("25/11", "9h-9h", "core.time_equal", 3),
        ("25/11", "25h", "core.time_no_such", 3),
        ("25/11", "2h", "core.time_ambiguous", 3),
        ("25/11", "chắc buổi sáng", "core.time_unknown", 3),
        (None, "8h", "calendar.day_missing", 2),
        ("28/11/2026 - 26/11/2026", None, "core.period_backwards", 2),
        ("x" * 300, "8h", "core.date_too_long", 2),
    ],
)
def test_a_cell_with_no_or_two_meanings_is_reported_with_its_place(day: Any, at: Any, code: str, column: int) -> None:
    result = read(["Họp", day, at])
    assert codes(result) == [code]
    assert (result.problems[0].place.row, result.problems[0].place.column) == (2, column)
    assert [(r.row, r.title) for r in result.refused] == [(2, "Họp")]


def test_a_row_tells_everything_that_is_wrong_with_it_at_once() -> None:
    assert codes(read([None, "31/11", "15h-9h"])) == [
        "calendar.title_missing",
        "core.date_no_such_day",
        "core.time_end_before_start",
    ]


def test_a_bad_row_does_not_hold_up_the_others() -> None:
    result = read(["Một", "31/11", "8h"], ["Hai", "25/11", "8h"], ["Ba", "26/11", "8h-8h"], ["Bốn", "27/11", None])
    assert [w.event.summary for w in result.wanted] == ["Hai", "Bốn"]
    assert [r.row for r in result.refused] == [2, 4]


def test_a_date_without_a_year_is_the_nearest_to_come() -> None:
    assert one(read(["Họp", "22/11", None])).start == date(2026, 11, 22)
    assert one(read(["Họp", "21/11", None])).start == date(2027, 11, 21)


def test_the_titles_year_and_month_come_before_the_nearest_future() -> None:
    assert one(read(["Họp", "3/11", None], title="LỊCH THÁNG 11/2026")).start == date(2026, 11, 3)
    assert one(read(["Họp", "3/11", None], title="Kế hoạch năm 2028")).start == date(2028, 11, 3)
    assert one(read(["Họp", 3, None], title="Lịch tháng 11")).start == date(2026, 11, 3)
    assert one(read(["Họp", "2/1", None], title="LỊCH THÁNG 12/2026")).start == date(2027, 1, 2)


def test_a_school_years_dates_fall_into_its_two_calendar_years() -> None:
    title = "LỊCH NĂM HỌC 2026-2027"
    assert one(read(["Khai giảng", "5/9", None], title=title)).start == date(2026, 9, 5)
    assert one(read(["Thi", "5/5", None], title=title)).start == date(2027, 5, 5)


def test_a_stated_weekday_is_checked_against_the_date() -> None:
    headings = ["Thứ", "Ngày", "Việc"]
    assert one(read([4, "25/11/2026", "Họp"], headings=headings)).start == date(2026, 11, 25)
    assert codes(read(["T3", "25/11/2026", "Họp"], headings=headings)) == ["core.date_weekday_contradicts"]


@pytest.mark.parametrize(
    ("begin", "end", "start", "until"),
    [
        ("8h", "9h30", "25/11 08:00", "25/11 09:30"),
        (time(22, 0), time(6, 0), "25/11 22:00", "26/11 06:00"),
        ("20h", "24h", "25/11 20:00", "26/11 00:00"),
        ("8h-9h", None, "25/11 08:00", "25/11 09:00"),
        ("14h", None, "25/11 14:00", "25/11 15:00"),
        (None, None, "25/11", "26/11"),
    ],
)
def test_start_and_end_may_have_columns_of_their_own(begin: Any, end: Any, start: str, until: str) -> None:
    headings = ["Việc", "Ngày", "Giờ bắt đầu", "Giờ kết thúc"]
    assert span(one(read(["Họp", "25/11", begin, end], headings=headings))) == (start, until)


def test_an_end_without_a_start_is_reported() -> None:
    headings = ["Việc", "Ngày", "Giờ bắt đầu", "Giờ kết thúc"]
    assert codes(read(["Họp", "25/11", None, "9h"], headings=headings)) == ["calendar.start_missing"]
    assert codes(read(["Họp", "25/11", "9h", "9h"], headings=headings)) == ["core.time_equal"]
    assert codes(read(["Họp", "25/11", "14h", "9h"], headings=headings)) == ["core.time_end_before_start"]


def test_a_session_column_says_which_two_o_clock() -> None:
    headings = ["Việc", "Ngày", "Buổi", "Giờ"]
    assert span(one(read(["Họp", "25/11", "Chiều", "2h"], headings=headings)))[0] == "25/11 14:00"
    assert span(one(read(["Họp", "25/11", "Chiều", time(2, 0)], headings=headings)))[0] == "25/11 14:00"
    assert codes(read(["Họp", "25/11", "Sáng", "14h"], headings=headings)) == ["core.time_session_contradicts"]


def test_a_session_without_hours_is_an_all_day_event_that_says_so() -> None:
    result = read(["Họp", "25/11", "Sáng"], headings=["Việc", "Ngày", "Buổi"])
    event = one(result)
    assert (event.summary, event.all_day, event.description) == ("Họp", True, "Buổi sáng")
    assert [note.code for note in result.notes] == ["calendar.without_hours"]
    with_hours = Hours(sessions={"sang": (time(7, 30), time(11, 30))})
    timed = one(read(["Họp", "25/11", "Sáng"], headings=["Việc", "Ngày", "Buổi"], hours=with_hours))
    assert (timed.summary, *span(timed)) == ("Họp", "25/11 07:30", "25/11 11:30")


def test_lessons_take_their_hours_from_a_profile_or_a_legend() -> None:
    headings = ["Môn", "Ngày", "Tiết"]
    without = one(read(["Toán", "25/11", "1-3"], headings=headings))
    assert (without.summary, without.description) == ("Toán", "Tiết: 1-3")
    known = Hours(lessons={1: (time(7), time(7, 45)), 2: (time(7, 50), time(8, 35)), 3: (time(8, 40), time(9, 25))})
    assert span(one(read(["Toán", "25/11", "1-3"], headings=headings, hours=known))) == ("25/11 07:00", "25/11 09:25")
    explained = "Tiết 1: 7h-7h45; Tiết 2: 7h50-8h35; Tiết 3: 8h40-9h25"
    assert span(one(read(["Toán", "25/11", "1,2,3"], headings=headings, title=explained)))[1] == "25/11 09:25"


def test_a_shift_needs_hours() -> None:
    headings = ["Nhân viên", "Ngày", "Ca"]
    assert span(one(read(["Lan", "25/11", "Ca 1 (6h-14h)"], headings=headings))) == ("25/11 06:00", "25/11 14:00")
    assert span(one(read(["Lan", "25/11", "6h-14h"], headings=headings))) == ("25/11 06:00", "25/11 14:00")
    assert codes(read(["Lan", "25/11", "Ca 1"], headings=headings)) == ["calendar.shift_without_hours"]
    night = Hours(shifts={"ca 3": (time(22), time(6))})
    assert span(one(read(["Lan", "25/11", "Ca 3"], headings=headings, hours=night))) == ("25/11 22:00", "26/11 06:00")


def test_a_length_column_ends_the_event() -> None:
    headings = ["Việc", "Ngày", "Giờ", "Thời lượng"]
    assert span(one(read(["Thi", "25/11", "8h", "90 phút"], headings=headings)))[1] == "25/11 09:30"
    assert span(one(read(["Thi", "25/11", "8h", 45], headings=headings)))[1] == "25/11 08:45"
    assert codes(read(["Thi", "25/11", "8h", "hơi lâu"], headings=headings)) == ["calendar.duration_unknown"]
    assert span(one(read(["Thi", "25/11", "8h"], duration=30)))[1] == "25/11 08:30"


def test_hours_beside_several_days_are_two_readings_unless_both_ends_have_a_column() -> None:
    one_column = ["Việc", "Từ ngày", "Đến ngày", "Giờ"]
    assert codes(read(["Trại", "24/11", "26/11", "8h-17h"], headings=one_column)) == ["calendar.daily_or_through"]
    two_columns = ["Việc", "Từ ngày", "Giờ bắt đầu", "Đến ngày", "Giờ kết thúc"]
    through = one(read(["Trại", "24/11", "8h", "26/11", "17h"], headings=two_columns))
    assert span(through) == ("24/11 08:00", "26/11 17:00")
    daily = one(read(["Trại", "24/11", "26/11", "8h-17h", "hằng ngày"], headings=[*one_column, "Lặp lại"]))
    assert (*span(daily), daily.recurrence) == (
        "24/11 08:00",
        "24/11 17:00",
        ("RRULE:FREQ=DAILY;UNTIL=20261126T165959Z",),
    )


# --- repetition ---------------------------------------------------------------------------------------------------

WEEKLY = ["Môn", "Thứ", "Giờ", "Từ ngày", "Đến ngày"]


def test_a_weekday_within_a_period_is_weekly_until_its_end() -> None:
    event = one(read(["Toán", "T4", "8h", "07/09/2026", "25/10/2026"], headings=WEEKLY))
    assert (*span(event), event.recurrence) == (
        "09/09 08:00",
        "09/09 09:00",
        ("RRULE:FREQ=WEEKLY;UNTIL=20261025T165959Z;BYDAY=WE",),
    )


def test_a_weekday_that_its_period_does_not_have_is_reported() -> None:
    result = read(["Toán", "T4", "8h", "07/09/2026", "08/09/2026"], headings=WEEKLY)
    assert codes(result) == ["calendar.weekday_not_in_period"]


def test_weekdays_alone_need_to_know_the_weeks() -> None:
    headings = ["Môn", "Thứ", "Giờ"]
    assert codes(read(["Toán", "T4", "8h"], headings=headings)) == ["calendar.weekday_without_weeks"]
    within: dict[str, Any] = {"since": date(2026, 11, 23), "until": date(2026, 12, 31)}
    event = one(read(["Toán", "T4", "8h"], headings=headings, **within))
    assert (event.start.strftime("%d/%m"), event.recurrence[0][-8:]) == ("25/11", "BYDAY=WE")
    week = one(read(["Toán", "T4", "8h"], headings=headings, title="Tuần từ 23/11/2026 đến 29/11/2026"))
    assert (week.start.strftime("%d/%m"), week.recurrence) == ("25/11", ())


def test_weeks_of_a_term_are_counted_from_its_first() -> None:
    headings = ["Môn", "Thứ", "Giờ", "Tuần học"]
    result = read(["Toán", "T3", "8h", "1-3, 5"], headings=headings, title="Học kỳ I, tuần 1 từ ngày 07/09/2026")
    assert not result.problems
    assert [(w.event.start.strftime("%d/%m"), "".join(w.event.recurrence)) for w in result.wanted] == [
        ("08/09", "RRULE:FREQ=WEEKLY;UNTIL=20260927T165959Z;BYDAY=TU"),
        ("06/10", ""),
    ]


@pytest.mark.parametrize(
    ("repeat", "rule"),
    [
        ("hằng tuần", "FREQ=WEEKLY"),
        ("hàng ngày", "FREQ=DAILY"),
        ("hằng tháng", "FREQ=MONTHLY"),
        ("hằng năm", "FREQ=YEARLY"),
        ("2 tuần một lần", "FREQ=WEEKLY;INTERVAL=2"),
        ("thứ 2-4-6 đến 25/12/2026", "FREQ=WEEKLY;UNTIL=20261225T165959Z;BYDAY=MO,WE,FR"),
        ("hằng tuần đến hết ngày 25/12", "FREQ=WEEKLY;UNTIL=20261225T165959Z"),
    ],
)
def test_repetitions_become_rules(repeat: str, rule: str) -> None:
    event = one(read(["Họp", "23/11/2026", "8h", repeat], headings=[*HEADINGS, "Lặp lại"]))
    assert event.recurrence == (f"RRULE:{rule}",)


@pytest.mark.parametrize("repeat", ["không", "1 lần", "-", None])
def test_no_repetition_is_no_rule(repeat: str | None) -> None:
    assert one(read(["Họp", "23/11/2026", "8h", repeat], headings=[*HEADINGS, "Lặp lại"])).recurrence == ()


@pytest.mark.parametrize(
    ("day", "repeat", "code"),
    [
        ("23/11/2026", "khi nào rảnh", "core.repeat_unknown"),
        ("24/11/2026", "thứ 2-4-6", "calendar.repeat_not_on_start"),
        ("23/11/2026", "hằng tuần đến 1/11/2026", "calendar.repeat_ends_before"),
        ("23/11/2026", "hằng tuần đến 31/11/2026", "calendar.repeat_end_unknown"),
        ("12/3 ÂL", "hằng tuần", "calendar.lunar_repeats_yearly_only"),
    ],
)
def test_a_repetition_that_cannot_be_is_reported(day: str, repeat: str, code: str) -> None:
    assert codes(read(["Họp", day, None, repeat], headings=[*HEADINGS, "Lặp lại"])) == [code]


def test_the_rule_of_an_all_day_event_ends_on_a_day() -> None:
    event = one(read(["Trực", "23/11/2026", None, "hằng tuần đến 25/12/2026"], headings=[*HEADINGS, "Lặp lại"]))
    assert event.recurrence == ("RRULE:FREQ=WEEKLY;UNTIL=20261225",)


STUDENT = ["Môn", "Thời gian", "Từ ngày", "Đến ngày"]


def test_weekdays_with_their_hours_in_one_cell_are_weekly_each() -> None:
    result = read(["Toán", "Thứ 2: 7h-9h\nThứ 4: 13h-15h", "07/09/2026", "25/10/2026"], headings=STUDENT)
    assert not result.problems
    assert [(*span(w.event), "".join(w.event.recurrence)[-8:]) for w in result.wanted] == [
        ("07/09 07:00", "07/09 09:00", "BYDAY=MO"),
        ("09/09 13:00", "09/09 15:00", "BYDAY=WE"),
    ]
    assert codes(read(["Toán", "Thứ 2: 7h-9h\nThứ 4: 13h-15h"], headings=STUDENT)) == ["calendar.weekday_without_weeks"]
    assert span(one(read(["Gặp", "Thứ 4, 8h"], headings=STUDENT))) == ("25/11 08:00", "25/11 09:00")


@pytest.mark.parametrize(
    ("text", "start", "rule"),
    [
        ("Thứ 2, 4, 6: 18h-19h30", "07/09 18:00", "BYDAY=MO,WE,FR"),
        ("Thứ 2-4-6 18h-19h30", "07/09 18:00", "BYDAY=MO,WE,FR"),
        ("8h-9h T3, T5", "08/09 08:00", "BYDAY=TU,TH"),
        ("18h thứ 2 hằng tuần", "07/09 18:00", "BYDAY=MO"),
    ],
)
def test_several_weekdays_share_their_hours(text: str, start: str, rule: str) -> None:
    event = one(read(["Toán", text, "07/09/2026", "25/10/2026"], headings=STUDENT))
    assert (span(event)[0], "".join(event.recurrence).rpartition(";")[2]) == (start, rule)
    assert codes(read(["Toán", text], headings=STUDENT)) == ["calendar.weekday_without_weeks"]


def test_a_stretch_of_a_month_is_no_day_to_meet_on() -> None:
    assert codes(read(["Họp", "đầu tháng 12", "8h"])) == ["core.date_is_period"]
    assert codes(read(["Họp", "cuối tháng 11"], headings=["Việc", "Thời gian"])) == ["core.date_is_period"]


def test_one_day_may_be_written_at_both_ends() -> None:
    event = one(read(["Họp", "08:00 25/11/2026 - 10:00 25/11/2026"], headings=["Việc", "Thời gian"]))
    assert span(event) == ("25/11 08:00", "25/11 10:00")
    backwards = read(["Họp", "10:00 25/11/2026 - 08:00 25/11/2026"], headings=["Việc", "Thời gian"])
    assert codes(backwards) == ["core.period_backwards"]


def test_a_weekday_under_the_heading_of_days_is_weekly_beside_a_first_and_a_last_day() -> None:
    headings = ["Môn", "Ngày", "Giờ", "Từ ngày", "Đến ngày"]
    event = one(read(["Toán", "T4", "8h", "07/09/2026", "25/10/2026"], headings=headings))
    assert (event.start.strftime("%d/%m"), event.recurrence[0][-8:]) == ("09/09", "BYDAY=WE")
    assert one(read(["Họp", "T4", "8h"], headings=headings)).recurrence == ()


def test_days_counted_from_today_are_pointed_out() -> None:
    result = read(
        ["Một", "ngày mai", "8h"], ["Hai", "thứ 6 tuần sau", "8h"], ["Ba", "T4", None], ["Bốn", "25/11", None]
    )
    assert [(n.code, n.params["rows"]) for n in result.notes] == [("calendar.days_relative", "2, 3, 4")]


def test_a_day_that_has_just_passed_and_became_next_years_is_pointed_out() -> None:
    result = read(["Một", "3/11", None], ["Hai", "25/11", None], ["Ba", "3/11/2026", None])
    assert [(n.code, n.params["rows"]) for n in result.notes] == [("calendar.days_next_year", "2")]
    assert not read(["Một", "3/11", None], title="Tháng 11/2026").notes


def test_the_two_calendars_of_a_row_must_agree() -> None:
    headings = ["Việc", "Ngày dương", "Ngày âm"]
    assert one(read(["Khai trương", "25/11/2026", "17/10"], headings=headings)).start == date(2026, 11, 25)
    assert codes(read(["Khai trương", "25/11/2026", "18/10"], headings=headings)) == ["calendar.calendars_contradict"]
    anniversary = read(["Giỗ ông", "25/11/2026", "17/10"], headings=headings, years=2)
    assert [w.event.start.strftime("%d/%m/%Y") for w in anniversary.wanted] == ["25/11/2026", "14/11/2027"]


def test_the_day_on_which_a_sheet_was_made_is_not_the_day_of_its_events() -> None:
    headings = ["Giờ", "Nội dung"]
    assert one(read(["8h", "Đón khách"], headings=headings, title="Khai trương ngày 5/12/2026")).start.day == 5
    assert codes(read(["8h", "Đón khách"], headings=headings, title="Cập nhật ngày 20/11/2026")) == [
        "calendar.day_missing"
    ]


def test_without_its_marks_a_heading_of_hours_is_not_one_of_anniversaries() -> None:
    assert (
        one(read(["Khám", "25/11/2026 8h"], headings=["Dịch vụ", "Ngày giờ"])).start.strftime("%d/%m %H") == "25/11 08"
    )
    assert len(read(["Ông nội", "12/3"], headings=["Tên", "Ngày giỗ"]).wanted) == 5


# --- which rows are events ----------------------------------------------------------------------------------------


def test_totals_headings_of_later_pages_and_signatures_are_no_events() -> None:
    result = read(
        ["Họp", "25/11", "8h"],
        HEADINGS,
        ["Tổng cộng", None, None],
        ["Gặp khách", "26/11", "9h"],
        [None, None, None, "Người lập biểu"],
    )
    assert [w.event.summary for w in result.wanted] == ["Họp", "Gặp khách"]
    assert not result.problems


@pytest.mark.parametrize("status", ["HỦY", "Đã huỷ", "huy", "Hoãn", "Cancelled"])
def test_a_cancelled_row_makes_no_event_and_is_told(status: str) -> None:
    result = read(["Họp", "25/11", "8h", status], ["Gặp", "26/11", "8h", "xong"], headings=[*HEADINGS, "Trạng thái"])
    assert [w.event.summary for w in result.wanted] == ["Gặp"]
    assert [(told.code, told.place.row) for told in result.cancelled] == [("calendar.row_cancelled", 2)]
    assert not result.refused


@pytest.mark.parametrize("title", ["HỦY: họp nhóm", "[Huỷ] họp nhóm", "họp nhóm (hủy)", "Đã hủy họp nhóm"])
def test_a_title_may_say_that_it_is_cancelled(title: str) -> None:
    assert not read([title, "25/11", "8h"]).wanted


@pytest.mark.parametrize("title", ["Huy: gặp khách", "Hủy hợp đồng cũ với anh Nam", "Gặp Huy", "Đã hứa gọi lại"])
def test_a_person_or_a_task_is_not_a_cancellation(title: str) -> None:
    assert one(read([title, "25/11", "8h"])).summary == title


def test_a_struck_through_row_makes_no_event_and_is_told() -> None:
    sheet = grid([HEADINGS, ["Họp", "25/11", "8h"], ["Gặp", "26/11", "8h"]], struck=[2])
    result = read_events(book(sheet), ReadOptions(TODAY))
    assert [w.event.summary for w in result.wanted] == ["Gặp"]
    assert [(told.code, told.place.row) for told in result.cancelled] == [("calendar.row_cancelled", 2)]


def test_hidden_rows_are_read_unless_only_visible_ones_are_asked_for() -> None:
    sheet = grid([HEADINGS, ["Họp", "25/11", "8h"], ["Gặp", "26/11", "8h"]], hidden=[2])
    assert len(read_events(book(sheet), ReadOptions(TODAY)).wanted) == 2
    visible = read_events(book(sheet), ReadOptions(TODAY, visible_only=True)).wanted
    assert [w.event.summary for w in visible] == ["Gặp"]


def test_a_day_merged_over_rows_is_the_day_of_each() -> None:
    sheet = grid(
        [["Ngày", "Giờ", "Việc"], ["25/11", "8h", "Một"], [None, "7h", "Hai"]],
        merges=[(2, 1, 3, 1)],
    )
    result = read_events(book(sheet), ReadOptions(TODAY))
    assert [w.event.start.strftime("%d/%m %H") for w in result.wanted] == ["25/11 08", "25/11 07"]


def test_a_day_left_out_twice_is_that_of_the_row_above_and_is_told() -> None:
    result = read(["Một", "25/11", "8h"], ["Hai", None, "10h"], ["Ba", "26/11", "8h"], ["Bốn", None, "14h"])
    assert [w.event.start.strftime("%d/%m %H") for w in result.wanted] == [
        "25/11 08",
        "25/11 10",
        "26/11 08",
        "26/11 14",
    ]
    assert [(note.code, note.params["rows"]) for note in result.notes] == [("calendar.days_from_above", "3, 5")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Một", "25/11", "8h"], ["Hai", None, "10h"], ["Ba", "26/11", "8h"]],  # once: it may have been forgotten
        [
            ["Một", "25/11", "8h"],
            ["Hai", "25/11", "10h"],
            ["Ba", None, "11h"],
            ["Bốn", None, "14h"],
        ],  # days are repeated
        [["Một", "25/11", "8h"], ["Hai", None, "7h"], ["Ba", None, "9h"]],  # the hours go back
        [["Một", "25/11", "8h"], ["Hai", None, "9h"], ["Ba", None, None]],  # no hour to compare
    ],
)
def test_a_day_that_may_have_been_forgotten_is_asked_for(rows: list[list[Any]]) -> None:
    result = read(*rows)
    missing = [i for i, row in enumerate(rows, start=2) if row[1] is None]
    assert [problem.code for problem in result.problems] == ["calendar.day_missing"] * len(missing)
    assert [r.row for r in result.refused] == missing


# --- details ------------------------------------------------------------------------------------------------------


def test_what_a_row_says_beside_its_time_goes_with_the_event() -> None:
    event = one(
        read(
            [
                "Họp",
                "25/11",
                "8h",
                "12 Lê Lợi",
                302,
                "mang máy tính",
                "Lan, minh@example.com",
                "30 phút; 1 ngày",
                "đỏ",
                "0901",
            ],
            headings=[*HEADINGS, "Địa điểm", "Phòng", "Ghi chú", "Thành phần", "Nhắc trước", "Màu", "SĐT"],
        )
    )
    assert event.location == "Phòng 302, 12 Lê Lợi"
    assert event.description == "mang máy tính\nThành phần: Lan, minh@example.com\nSĐT: 0901"
    assert event.attendees == ("minh@example.com",)
    assert event.reminders == (30, 1440)
    assert event.color == "11"
    assert event.timezone == "Asia/Ho_Chi_Minh"


def test_columns_we_do_not_know_are_told_and_kept() -> None:
    result = read(["Họp", "25/11", "8h", "A"], headings=[*HEADINGS, "Hạng khách"])
    assert [(n.code, n.params["columns"]) for n in result.notes] == [("calendar.columns_in_description", "Hạng khách")]
    assert one(result).description == "Hạng khách: A"


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Nhắc trước", "lúc nào cũng được", "calendar.reminder_unknown"),
        ("Nhắc trước", "60 ngày", "calendar.reminder_unknown"),
        ("Nhắc trước", "1, 2, 3, 4, 5, 6", "calendar.reminder_unknown"),
        ("Email", "hoa@@example", "calendar.email_unknown"),
        ("Email", "chị Hoa", "calendar.email_unknown"),
        ("Màu", "màu gì đó", "calendar.color_unknown"),
    ],
)
def test_an_unreadable_detail_is_reported_and_the_event_is_still_made(heading: str, value: str, code: str) -> None:
    result = read(["Họp", "25/11", "8h", value], headings=[*HEADINGS, heading], reminders=(10,))
    assert [(p.code, p.place.column) for p in result.problems] == [(code, 4)]
    assert [w.event.summary for w in result.wanted] == ["Họp"]
    assert result.wanted[0].event.reminders == (10,)
    assert not result.refused


def test_a_reminder_of_the_row_replaces_the_usual_one() -> None:
    headings = [*HEADINGS, "Nhắc trước"]
    assert one(read(["Họp", "25/11", "8h", None], headings=headings, reminders=(10,))).reminders == (10,)
    assert one(read(["Họp", "25/11", "8h", 45], headings=headings, reminders=(10,))).reminders == (45,)
    assert one(read(["Họp", "25/11", "8h", "không"], headings=headings, reminders=(10,))).reminders == ()


def test_the_row_number_is_no_id_but_an_id_column_is() -> None:
    result = read([1, "A7", "Họp", "25/11", "8h"], headings=["STT", "Mã", *HEADINGS])
    assert result.wanted[0].own_id == "A7"
    assert read([1, "Họp", "25/11", "8h"], headings=["STT", *HEADINGS]).wanted[0].own_id == ""


def test_several_events_of_one_row_have_ids_of_their_own() -> None:
    result = read(["A7", "Họp", "25/11", "8h-9h; 14h-15h"], headings=["Mã", *HEADINGS])
    assert [w.own_id for w in result.wanted] == ["A7/1", "A7/2"]


def test_the_best_named_column_is_the_title_and_the_others_are_kept() -> None:
    event = one(read(["Chị Hoa", "Ký hợp đồng", "25/11"], headings=["Khách hàng", "Nội dung", "Ngày"]))
    assert (event.summary, event.description) == ("Ký hợp đồng", "Khách hàng: Chị Hoa")
    alone = one(read(["Chị Hoa", "25/11"], headings=["Khách hàng", "Ngày"]))
    assert alone.summary == "Chị Hoa"


# --- the file as a whole ------------------------------------------------------------------------------------------


def test_headings_nobody_knows_are_refused_with_what_was_found_and_what_is_known() -> None:
    with pytest.raises(InputError) as refused:
        read_events(book(grid([["Mặt hàng", "Giá"], ["Áo", 120000]])), ReadOptions(TODAY))
    problem = refused.value.problem
    assert problem.code == "calendar.headings_unknown"
    assert problem.params["found"] == "Mặt hàng, Giá"
    assert "Tiêu đề" in str(problem.params["known"])
    assert (problem.place.sheet, problem.place.row) == ("Lịch", 1)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read_events(book(grid([])), ReadOptions(TODAY))
    assert refused.value.problem.code == "calendar.nothing_in_file"


def test_one_sheet_can_be_asked_for_by_name() -> None:
    two = book(grid([HEADINGS, ["Một", "25/11", "8h"]], name="A"), grid([HEADINGS, ["Hai", "25/11", "8h"]], name="B"))
    assert [w.event.summary for w in read_events(two, ReadOptions(TODAY)).wanted] == ["Một", "Hai"]
    assert [w.event.summary for w in read_events(two, ReadOptions(TODAY, sheet="b")).wanted] == ["Hai"]
    with pytest.raises(InputError) as refused:
        read_events(two, ReadOptions(TODAY, sheet="C"))
    assert (refused.value.problem.code, refused.value.problem.params["sheets"]) == ("calendar.sheet_unknown", "A, B")


def test_a_hidden_sheet_is_left_out_and_told_unless_it_is_asked_for() -> None:
    hidden = grid([HEADINGS, ["Cũ", "25/11", "8h"]], name="Cũ", visible=False)
    both = book(grid([HEADINGS, ["Mới", "25/11", "8h"]], name="Mới"), hidden)
    result = read_events(both, ReadOptions(TODAY))
    assert [w.event.summary for w in result.wanted] == ["Mới"]
    assert [(n.code, n.place.sheet) for n in result.notes] == [("calendar.sheet_hidden", "Cũ")]
    assert [w.event.summary for w in read_events(both, ReadOptions(TODAY, sheet="Cũ")).wanted] == ["Cũ"]


def test_a_time_that_the_clocks_skip_is_reported() -> None:
    result = read(["Họp", "28/3/2027", "2h30 sáng"], timezone="Europe/Berlin")
    assert codes(result) == ["core.time_skipped"]


def test_an_hour_is_an_hour_also_over_a_change_of_the_clocks() -> None:
    event = one(read(["Họp", "28/3/2027", "1h30 sáng"], timezone="Europe/Berlin"))
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    assert event.end.timestamp() - event.start.timestamp() == 3600
    assert event.end.strftime("%H:%M") == "03:30"


# --- titles with hours of their own, parts of days ----------------------------------------------------------------

OFFICE = ["Thứ/Ngày", "Buổi", "Nội dung", "Địa điểm"]


def test_an_office_week_gives_an_event_for_each_hour_that_a_cell_names() -> None:
    result = read(
        ["Thứ Hai 23/11", "Sáng", "8h00: Chào cờ\n10h: Họp giao ban", "Hội trường"],
        ["", "Chiều", "14h30 Làm việc với Sở", "Sở KH"],
        ["Thứ Ba 24/11", "Sáng", "", ""],
        ["", "Chiều", "Đi cơ sở", ""],
        headings=OFFICE,
        title="LỊCH CÔNG TÁC TUẦN 48 (Từ 23/11/2026 đến 29/11/2026)",
    )
    assert result.problems == ()
    assert [(w.event.summary, *span(w.event), w.event.location) for w in result.wanted] == [
        ("Chào cờ", "23/11 08:00", "23/11 09:00", "Hội trường"),
        ("Họp giao ban", "23/11 10:00", "23/11 11:00", "Hội trường"),
        ("Làm việc với Sở", "23/11 14:30", "23/11 15:30", "Sở KH"),
        ("Đi cơ sở", "24/11", "25/11", ""),
    ]
    assert {note.code: note.params["rows"] for note in result.notes} == {
        "calendar.days_from_above": "4, 6",
        "calendar.without_hours": "6",
        "calendar.rows_skipped": "5",
    }


@pytest.mark.parametrize("title", ["5 năm thành lập công ty", "12 con giáp", "3 khách mới", "7-9 tổng kết", "2h"])
def test_a_title_that_begins_with_a_number_has_no_hours_in_it(title: str) -> None:
    result = read([title, "25/11/2026", ""])
    assert [(w.event.summary, *span(w.event)) for w in result.wanted] == [(title, "25/11", "26/11")]


def test_hours_of_another_column_leave_the_title_as_it_is() -> None:
    assert one(read(["8h: Chào cờ", "25/11/2026", "9h"])).summary == "8h: Chào cờ"


def test_several_hours_between_semicolons_are_several_events() -> None:
    result = read(["8h30 Họp; 14h Tiếp khách", "25/11/2026", ""])
    assert [(w.event.summary, *span(w.event)) for w in result.wanted] == [
        ("Họp", "25/11 08:30", "25/11 09:30"),
        ("Tiếp khách", "25/11 14:00", "25/11 15:00"),
    ]


def test_weeks_may_be_written_as_days() -> None:
    rows = [["Kinh tế vi mô", "2", "8h-10h", "Từ 07/12/2026 đến 27/12/2026"]]
    result = read(*rows, headings=["Môn học", "Thứ", "Giờ", "Tuần học"], title="LỊCH HỌC HỌC KỲ I")
    event = one(result)
    assert span(event) == ("07/12 08:00", "07/12 10:00")
    assert event.recurrence == ("RRULE:FREQ=WEEKLY;UNTIL=20261227T165959Z;BYDAY=MO",)


@pytest.mark.parametrize(
    ("weeks", "code"),
    [("1-8", "calendar.weeks_without_first"), ("tuần chẵn", "calendar.weeks_unknown")],
)
def test_weeks_that_can_not_be_dated_are_never_taken_for_every_week(weeks: str, code: str) -> None:
    title = "LỊCH HỌC (từ 07/09/2026 đến 27/12/2026)"
    result = read(["Toán", "4", "8h-10h", weeks], headings=["Môn học", "Thứ", "Giờ", "Tuần học"], title=title)
    assert codes(result) == [code]


def test_a_pause_without_hours_in_a_programme_is_no_event_and_any_other_line_without_hours_is_asked_about() -> None:
    result = read(
        ["7h30 - 8h00", "Đón khách"], ["", "Giải lao"], ["", "Trao quà"],
        headings=["Thời gian", "Nội dung"], title="CHƯƠNG TRÌNH HỘI NGHỊ - Ngày 05/12/2026",
    )  # fmt: skip
    assert [w.event.summary for w in result.wanted] == ["Đón khách"]
    assert [(p.code, p.place.row) for p in result.problems] == [("calendar.row_without_time", 5)]
