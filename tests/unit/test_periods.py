"""Periods: weeks, months, quarters, stretches; what a sheet's title says of its dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import Look, Period, parse_period, parse_stretch, periods, read_title

TODAY = date(2026, 11, 22)  # a Sunday

# What is written · what a calendar means · what an account book means; both ends are days that belong to it.
PERIODS = """
tháng 11              | 2026-11-01..2026-11-30 | 2026-11-01..2026-11-30
tháng 12              | 2026-12-01..2026-12-31 | 2025-12-01..2025-12-31
tháng 3               | 2027-03-01..2027-03-31 | 2026-03-01..2026-03-31
tháng ba              | 2027-03-01..2027-03-31 | 2026-03-01..2026-03-31
tháng 2/2028          | 2028-02-01..2028-02-29 | 2028-02-01..2028-02-29
tháng 11 năm 2025     | 2025-11-01..2025-11-30 | 2025-11-01..2025-11-30
T11/2026              | 2026-11-01..2026-11-30 | 2026-11-01..2026-11-30
T11                   | 2026-11-01..2026-11-30 | 2026-11-01..2026-11-30
11/2026               | 2026-11-01..2026-11-30 | 2026-11-01..2026-11-30
2026-11               | 2026-11-01..2026-11-30 | 2026-11-01..2026-11-30
tháng này             | 2026-11-01..2026-11-30 | 2026-11-01..2026-11-30
tháng trước           | 2026-10-01..2026-10-31 | 2026-10-01..2026-10-31
tháng sau             | 2026-12-01..2026-12-31 | 2026-12-01..2026-12-31
tháng chạp            | 2027-01-08..2027-02-05 | 2026-01-19..2026-02-16
quý 4                 | 2026-10-01..2026-12-31 | 2026-10-01..2026-12-31
quý 1                 | 2027-01-01..2027-03-31 | 2026-01-01..2026-03-31
quý IV/2025           | 2025-10-01..2025-12-31 | 2025-10-01..2025-12-31
Q4/2026               | 2026-10-01..2026-12-31 | 2026-10-01..2026-12-31
2026-Q3               | 2026-07-01..2026-09-30 | 2026-07-01..2026-09-30
quý này               | 2026-10-01..2026-12-31 | 2026-10-01..2026-12-31
quý trước             | 2026-07-01..2026-09-30 | 2026-07-01..2026-09-30
năm 2026              | 2026-01-01..2026-12-31 | 2026-01-01..2026-12-31
2025                  | 2025-01-01..2025-12-31 | 2025-01-01..2025-12-31
năm nay               | 2026-01-01..2026-12-31 | 2026-01-01..2026-12-31
năm ngoái             | 2025-01-01..2025-12-31 | 2025-01-01..2025-12-31
tuần này              | 2026-11-16..2026-11-22 | 2026-11-16..2026-11-22
tuần trước            | 2026-11-09..2026-11-15 | 2026-11-09..2026-11-15
tuần sau              | 2026-11-23..2026-11-29 | 2026-11-23..2026-11-29
tuần sau nữa          | 2026-11-30..2026-12-06 | 2026-11-30..2026-12-06
tuần 47/2026          | 2026-11-16..2026-11-22 | 2026-11-16..2026-11-22
2026-W53              | 2026-12-28..2027-01-03 | 2026-12-28..2027-01-03
last month            | 2026-10-01..2026-10-31 | 2026-10-01..2026-10-31
7 ngày qua            | 2026-11-16..2026-11-22 | 2026-11-16..2026-11-22
30 ngày tới           | 2026-11-22..2026-12-21 | 2026-11-22..2026-12-21
2 tháng gần đây       | 2026-09-23..2026-11-22 | 2026-09-23..2026-11-22
hôm nay               | 2026-11-22..2026-11-22 | 2026-11-22..2026-11-22
hôm qua               | 2026-11-21..2026-11-21 | 2026-11-21..2026-11-21
đầu tháng 11          | 2027-11-01..2027-11-10 | 2026-11-01..2026-11-10
1/11 - 15/11          | 2027-11-01..2027-11-15 | 2026-11-01..2026-11-15
16/11 - 22/11         | 2026-11-16..2026-11-22 | 2026-11-16..2026-11-22
20/12 - 5/1           | 2026-12-20..2027-01-05 | 2025-12-20..2026-01-05
20/12/2026 - 5/1      | 2026-12-20..2027-01-05 | 2026-12-20..2027-01-05
20/12 - 5/1/2027      | 2026-12-20..2027-01-05 | 2026-12-20..2027-01-05
07/09/2026 - 25/10/2026 | 2026-09-07..2026-10-25 | 2026-09-07..2026-10-25
từ ngày 7/9/2026 đến hết ngày 25/10/2026 | 2026-09-07..2026-10-25 | 2026-09-07..2026-10-25
2026-11-01..2026-11-15 | 2026-11-01..2026-11-15 | 2026-11-01..2026-11-15
12-14/12              | 2026-12-12..2026-12-14 | 2025-12-12..2025-12-14
tháng 13              | !core.date_no_such_month | !core.date_no_such_month
quý 5                 | !core.period_no_such_quarter | !core.period_no_such_quarter
tuần 60/2026          | !core.period_no_such_week | !core.period_no_such_week
15/11/2026 - 1/11/2026 | !core.period_backwards | !core.period_backwards
15/11 - 1/11/2026     | !core.period_backwards | !core.period_backwards
tháng 1/1850          | !core.period_unknown | !core.period_unknown
lâu lâu               | !core.period_unknown | !core.period_unknown
-                     | !core.period_unknown | !core.period_unknown
"""


def rows() -> list[tuple[str, str, str]]:
    lines = [line.split(" | ") for line in PERIODS.strip().splitlines()]
    return [(text.strip(), forward.strip(), back.strip()) for text, forward, back in lines]


def said(text: str, look: Look) -> str:
    readings = parse_period(text, today=TODAY, look=look)
    return " & ".join(f"{p.start}..{p.last}" for p in readings.values) or f"!{readings.code}"


@pytest.mark.parametrize(("text", "forward", "back"), rows())
def test_a_period_means_this_to_a_calendar_and_that_to_an_account_book(text: str, forward: str, back: str) -> None:
    assert (said(text, "forward"), said(text, "back")) == (forward, back)


def test_t2_may_be_february_or_monday() -> None:
    assert said("T2", "back") == "2026-02-01..2026-02-28 & 2026-11-16..2026-11-16"


def test_a_stretch_takes_the_year_of_its_title() -> None:
    assert str(parse_stretch("3/5 - 7/5", today=TODAY, look="forward", year=2025).value) == "03/05/2025–07/05/2025"
    assert str(parse_stretch("3-7/5", today=TODAY, look="back", year=2025).value) == "03/05/2025–07/05/2025"


def test_a_period_that_ends_before_it_starts_is_none() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Period(TODAY, TODAY)


@pytest.mark.parametrize(
    ("title", "year", "month", "days"),
    [
        ("LỊCH LÀM VIỆC THÁNG 12/2026", 2026, 12, "2026-12-01..2026-12-31"),
        ("Lịch trực T12/2026", 2026, 12, "2026-12-01..2026-12-31"),
        ("Tháng 11 năm 2026", 2026, 11, "2026-11-01..2026-11-30"),
        ("LỊCH THÁNG MƯỜI HAI NĂM 2026", 2026, 12, "2026-12-01..2026-12-31"),
        ("Danh sách 12-2026", 2026, 12, "2026-12-01..2026-12-31"),
        ("Lịch công tác tuần từ 16/11/2026 đến 22/11/2026", 2026, 11, "2026-11-16..2026-11-22"),
        ("Tuần 28/12/2026 - 3/1/2027", None, None, "2026-12-28..2027-01-03"),
        ("HỌC KỲ I NĂM HỌC 2026-2027", None, None, "2026-08-01..2027-07-31"),
        ("TKB HK2 2026 - 2027", None, None, "2026-08-01..2027-07-31"),
        ("LỊCH NĂM 2026", 2026, None, "2026-01-01..2026-12-31"),
        ("Lịch tháng 12", None, 12, None),
        ("Lịch giỗ họ Nguyễn", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_title_lends_its_year_month_or_days(
    title: str, year: int | None, month: int | None, days: str | None
) -> None:
    read = read_title(title, today=TODAY)
    assert (read.year, read.month) == (year, month)
    assert (f"{read.period.start}..{read.period.last}" if read.period else None) == days


any_day = st.dates(date(1950, 1, 1), date(2050, 12, 31))


@given(any_day)
def test_every_period_of_a_day_holds_that_day_and_neighbours_touch(day: date) -> None:
    for period in (periods.week_of(day), periods.month_of(day), periods.quarter_of(day), periods.year_period(day.year)):
        assert day in period
        assert periods.shifted(period, 1).start == period.end
        assert periods.shifted(period, -1).end == period.start
    assert periods.week_of(day).start.weekday() == 0


@given(any_day, st.integers(0, 250))
def test_a_written_stretch_is_read_back_with_both_its_ends(start: date, days: int) -> None:
    last = start + timedelta(days=days)
    text = f"{start:%d/%m/%Y} - {last:%d/%m/%Y}"
    assert parse_stretch(text, today=TODAY, look="forward").value == Period(start, last + timedelta(days=1))


@given(st.text(max_size=220) | st.text(alphabet="tháng quý năm tuần0123456789/-. đến", max_size=50))
def test_no_text_makes_reading_a_period_or_a_title_fail(text: str) -> None:
    parse_period(text, today=TODAY, look="back")
    parse_stretch(text, today=TODAY, look="forward")
    read_title(text, today=TODAY)


@pytest.mark.parametrize("text", ["1/1 - 31/12/2026", "1/1/2026 - 31/12/2026", "1/1 - 31/12"])
def test_a_whole_year_is_a_stretch(text: str) -> None:
    period = parse_stretch(text, today=date(2026, 11, 22), look="forward").value
    assert period is not None
    assert (period.start, period.last) == (date(2026, 1, 1), date(2026, 12, 31))
