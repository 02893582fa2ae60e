"""Cells that hold a date with its times, and how often something repeats."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import Repeat, TimeRange, parse_repeat, parse_weekdays, parse_when

TODAY = date(2026, 11, 22)  # a Sunday


def said(text: str) -> str:
    readings = parse_when(text, today=TODAY, look="forward")
    return " & ".join(map(str, readings.values)) or f"!{readings.code}"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("12/12/2026", "12/12/2026"),
        ("8h30 thứ 7 12/12", "12/12/2026 08:30"),
        ("thứ 7 12/12 8h30", "12/12/2026 08:30"),
        ("Thứ 7, 12/12\n8h30 - 10h", "12/12/2026 08:30–10:00"),
        ("12/12/2026 19:30", "12/12/2026 19:30"),
        ("12/12/2026 19:30:00", "12/12/2026 19:30"),
        ("2026-12-12T19:30", "12/12/2026 19:30"),
        ("12/12/2026 00:00:00", "12/12/2026"),
        ("12/12/2026 0:00", "12/12/2026 00:00"),
        ("19h30 – 21h, 12/12", "12/12/2026 19:30–21:00"),
        ("12/12 từ 8h đến 11h", "12/12/2026 08:00–11:00"),
        ("T7 12/12 (8h-11h)", "12/12/2026 08:00–11:00"),
        ("8h ngày 12/12", "12/12/2026 08:00"),
        ("lúc 14h ngày mai", "23/11/2026 14:00"),
        ("thứ 7 - 8h30", "28/11/2026 08:30"),
        ("12/12-8h", "12/12/2026 08:00"),
        ("tối thứ 7 lúc 8h", "28/11/2026 20:00"),
        ("chiều mai 3h", "23/11/2026 15:00"),
        ("8h-9h, 14h-16h 12/12", "12/12/2026 08:00–09:00 14:00–16:00"),
        ("12/12 sáng 8h - 11h, chiều 2h-4h", "12/12/2026 08:00–11:00 14:00–16:00"),
        ("Dec 12, 2026 7:30 PM", "12/12/2026 19:30"),
        ("15/7 âm lịch 9h", "16/08/2027 (15/7 ÂL) 09:00"),
        ("12/12/2026 - 14/12/2026", "12/12/2026 – 14/12/2026"),
        ("12-14/12", "12/12/2026 – 14/12/2026"),
        ("12/12 8h - 13/12 17h", "12/12/2026 08:00–17:00 – 13/12/2026"),
        ("08:00 12/12/2026 - 17:00 14/12/2026", "12/12/2026 08:00–17:00 – 14/12/2026"),
        ("12h đêm 12/12", "12/12/2026 00:00 & 12/12/2026 00:00 (+1)"),
        ("mùng 3 tháng 3 9h", "03/03/2027 09:00 & 09/04/2027 (3/3 ÂL) 09:00"),
        ("12/13 9h", "!core.date_no_such_month"),
        ("12/12 25h", "!core.time_no_such"),
        ("12/12 10h-8h", "!core.time_end_before_start"),
        ("thứ 6, 12/12 9h", "!core.date_weekday_contradicts"),
        ("14/12/2026 8h - 12/12/2026 9h", "!core.period_backwards"),
        ("8h", "!core.date_empty"),
        ("họp lúc 8h", "!core.date_unknown"),
        ("", "!core.date_empty"),
    ],
)
def test_a_cell_with_a_date_and_times_means_this(text: str, meaning: str) -> None:
    assert said(text) == meaning


def test_a_session_beside_a_date_is_kept_when_no_hours_are_given() -> None:
    read = parse_when("sáng thứ 7", today=TODAY, look="forward").value
    assert read is not None
    assert (read.day.date, [type(slot).__name__ for slot in read.slots]) == (date(2026, 11, 28), ["PartOfDay"])


def test_a_bare_small_hour_beside_a_date_is_asked_where_the_caller_wants_that() -> None:
    asked = parse_when("12/12 2h", today=TODAY, look="forward", ask_bare_hours=True)
    assert [when.slots for when in asked.values] == [(TimeRange(time(2)),), (TimeRange(time(14)),)]


@given(st.datetimes().filter(lambda at: 1902 <= at.year <= 2100))
def test_a_date_with_a_time_survives_being_written(at: object) -> None:
    for pattern in ("{:%d/%m/%Y %H:%M}", "{:%Y-%m-%d %H:%M}", "{:%Hh%M %d/%m/%Y}", "{:%d-%m-%Y, %Hh%M}"):
        read = parse_when(pattern.format(at), today=TODAY, look="back").value
        assert read is not None
        assert pattern.format(at).startswith(f"{at:%Y}") or str(read).startswith(f"{at:%d/%m/%Y}")
        assert str(read).endswith(f"{at:%H:%M}")


@given(st.text(max_size=220) | st.text(alphabet="0123456789/-h: ,thứđếnsángmùngâm", max_size=50))
def test_no_text_makes_reading_a_cell_or_a_repetition_fail(text: str) -> None:
    parse_when(text, today=TODAY, look="forward", ask_bare_hours=True)
    parse_repeat(text)
    parse_weekdays(text, column=True)


@pytest.mark.parametrize(
    ("text", "repeat"),
    [
        ("hằng ngày", Repeat("day")),
        ("hàng tuần", Repeat("week")),
        ("mỗi tuần", Repeat("week")),
        ("Hằng tháng", Repeat("month")),
        ("hằng năm", Repeat("year")),
        ("hang nam", Repeat("year")),
        ("weekly", Repeat("week")),
        ("2 tuần một lần", Repeat("week", 2)),
        ("hai tuần 1 lần", Repeat("week", 2)),
        ("mỗi 2 tuần", Repeat("week", 2)),
        ("cách tuần", Repeat("week", 2)),
        ("3 tháng một lần", Repeat("month", 3)),
        ("cách ngày", Repeat("day", 2)),
        ("ngày 5 hằng tháng", Repeat("month", month_day=5)),
        ("mỗi thứ 3", Repeat("week", weekdays=(1,))),
        ("thứ 3 hằng tuần", Repeat("week", weekdays=(1,))),
        ("thứ 2-4-6", Repeat("week", weekdays=(0, 2, 4))),
        ("T2,T4,T6", Repeat("week", weekdays=(0, 2, 4))),
        ("thứ 2, 4, 6", Repeat("week", weekdays=(0, 2, 4))),
        ("2-4-6", Repeat("week", weekdays=(0, 2, 4))),
        ("T7, CN", Repeat("week", weekdays=(5, 6))),
        ("thứ 7 và chủ nhật", Repeat("week", weekdays=(5, 6))),
        ("T2-T6", Repeat("week", weekdays=(0, 1, 2, 3, 4))),
        ("thứ 3 đến thứ 5", Repeat("week", weekdays=(1, 2, 3))),
        ("cuối tuần", Repeat("week", weekdays=(5, 6))),
        ("every Monday", Repeat("week", weekdays=(0,))),
    ],
)
def test_a_repetition_means_this(text: str, repeat: Repeat) -> None:
    assert parse_repeat(text).value == repeat


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("không", "core.repeat_none"),
        ("", "core.repeat_none"),
        ("một lần", "core.repeat_none"),
        ("lúc rảnh", "core.repeat_unknown"),
        ("T6-T2", "core.repeat_unknown"),
        ("ngày 32 hằng tháng", "core.repeat_unknown"),
        ("0 tuần một lần", "core.repeat_unknown"),
    ],
)
def test_what_is_no_repetition_says_why(text: str, code: str) -> None:
    assert parse_repeat(text).code == code


def test_a_dash_between_two_weekdays_is_asked_unless_it_spans_a_working_week() -> None:
    asked = parse_repeat("T3-T5")
    assert [repeat.weekdays for repeat in asked.values] == [(1, 3), (1, 2, 3)]
    assert (asked.code, asked.params["readings"]) == ("core.weekdays_ambiguous", "T3, T5 / T3, T4, T5")


@pytest.mark.parametrize(
    ("text", "days"),
    [("2", (0,)), ("7", (5,)), ("8", (6,)), ("Hai", (0,)), ("Bảy", (5,)), ("CN", (6,)), ("T2", (0,)), ("9", None)],
)
def test_under_a_heading_that_says_weekday_a_lone_number_is_one(text: str, days: tuple[int, ...] | None) -> None:
    assert parse_weekdays(text, column=True).value == days
