"""The demo's workbook holds what the demo promises to show: merged cells, mixed cells, a lunar row, two bad rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from toolkit.calendar.reading import ReadOptions, ReadResult, read_events
from toolkit.demo.workbooks import move_meeting, write_anniversaries, write_month, write_timetable
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, today: date) -> ReadResult:
    return read_events(read_workbook(path), ReadOptions(today))


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2031])
def test_the_months_plan_has_its_events_and_exactly_two_bad_rows_in_any_year(year: int, tmp_path: Path) -> None:
    path = tmp_path / "lich.xlsx"
    write_month(path, date(year, 6, 1))
    result = read(path, date(year, 6, 1))
    assert [p.code for p in result.problems] == ["core.date_weekday_contradicts", "core.time_end_before_start"]
    assert len(result.refused) == 2
    lunar = [w.event for w in result.wanted if w.event.summary == "Giỗ bà nội"]
    assert len(lunar) == 5
    others = [w.event for w in result.wanted if w.event.summary != "Giỗ bà nội"]
    assert len(others) == 10
    assert all((event.start.year, event.start.month) == (year, 12) for event in others)


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2031])
def test_the_week_of_a_class_and_the_days_by_the_moon_are_read_whole_in_any_year(year: int, tmp_path: Path) -> None:
    today = date(year, 6, 1)
    write_timetable(tmp_path / "tkb.xlsx", today)
    week = read(tmp_path / "tkb.xlsx", today)
    assert not week.problems
    assert len(week.wanted) == 14
    assert {w.event.summary for w in week.wanted} >= {"Chào cờ", "Sinh hoạt lớp", "Thể dục"}
    assert not any("RA CHƠI" in w.event.summary for w in week.wanted)
    write_anniversaries(tmp_path / "gio.xlsx", today)
    days = read(tmp_path / "gio.xlsx", today)
    assert not days.problems
    assert len(days.wanted) == 4 * 5 + 1


def test_moving_the_meeting_changes_one_event_in_its_place_alone(tmp_path: Path) -> None:
    today = date(2026, 11, 22)
    path = tmp_path / "lich.xlsx"
    write_month(path, today)
    before = read(path, today)
    old, new = move_meeting(path)
    after = read(path, today)
    changed = [(a.event, b.event) for a, b in zip(before.wanted, after.wanted, strict=True) if a.event != b.event]
    assert [(a.location, b.location) for a, b in changed] == [(old, new)]
    assert changed[0][0].start == changed[0][1].start
