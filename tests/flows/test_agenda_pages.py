"""The agenda as pages of a wall calendar: a day, a week, a month, at any width."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.calendar_events import event
from toolkit.calendar.agenda import Occurrence
from toolkit.calendar.almanac import holiday, lunar_day
from toolkit.calendar.boards import MonthBoard, WeekBoard, crop
from toolkit.calendar.model import Event
from toolkit.shell.layout import cell_width
from toolkit.shell.messages import Messages

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = "--today=2026-11-22"
ROWS = (
    "23/11/2026,8h30-9h30,Gặp chị Hoa,Cà phê 81",
    "24/11/2026,,Nghỉ lễ ở nhà,",
    "25/11/2026,22h-2h,Trực đêm,Kho",
    "25/11/2026,8h,A,",
    "25/11/2026,9h,B,",
    "25/11/2026,10h,C,",
)


@pytest.fixture
def filled(cli: Cli, tmp_path: Path) -> Cli:
    path = tmp_path / "lich.csv"
    path.write_text("\n".join(["Ngày,Giờ,Nội dung,Địa điểm", *ROWS]) + "\n", encoding="utf-8")
    assert cli("calendar", "import", path, "--yes", TODAY).exit_code == 0
    return cli


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("view", ["day", "week", "month"])
def test_no_line_is_wider_than_the_terminal(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, width: int, view: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = filled("calendar", "agenda", "--view", view, "--date", "25/11/2026", TODAY)
    assert ran.exit_code == 0
    assert max(map(cell_width, ran.stdout.splitlines())) <= width
    assert "Trực đêm" in ran.stdout


def test_a_week_stands_in_columns_with_lunar_days_and_holidays(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    lines = filled("calendar", "agenda", "--view", "week", "--date", "25/11/2026", TODAY).stdout.splitlines()
    assert lines[1].split() == ["T2", "23/11", "T3", "24/11", "T4", "25/11", "T5", "26/11", "T6", "27/11", "T7",
                                "28/11", "CN", "29/11"]  # fmt: skip
    assert lines[2].split()[:2] == ["15/10", "16/10"]
    assert "Ngày Văn hóa" in "\n".join(lines)
    assert "…–02:00" in "\n".join(lines)  # the night's end stands on its own day


def test_a_narrow_terminal_and_plain_show_one_day_below_the_other(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    plain = filled("calendar", "agenda", "--view", "week", "--date", "25/11/2026", "--plain", TODAY).stdout
    assert "T2 23/11 · 15/10 ÂL\n08:30–09:30 Gặp chị Hoa" in plain
    monkeypatch.setenv("COLUMNS", "40")
    narrow = filled("calendar", "agenda", "--view", "week", "--date", "25/11/2026", TODAY).stdout
    assert "T2 23/11 · 15/10 ÂL" in narrow


def test_a_month_crops_and_counts_what_does_not_fit(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = filled("calendar", "agenda", "--view", "month", TODAY).stdout
    assert "Tháng 11/2026" in page
    assert "08:00 A" in page
    assert "+2 việc" in page
    assert "22*" in page  # today


def test_lunar_days_can_be_left_out_once_or_for_good(filled: Cli) -> None:
    assert "ÂL" in filled("calendar", "agenda", TODAY).stdout
    assert "ÂL" not in filled("calendar", "agenda", "--no-lunar", TODAY).stdout
    filled("config", "set", "calendar.lunar", "no")
    assert "ÂL" not in filled("calendar", "agenda", TODAY).stdout
    assert "ÂL" in filled("calendar", "agenda", "--lunar", TODAY).stdout


def test_a_program_gets_the_same_page_as_data(filled: Cli) -> None:
    data = filled("calendar", "agenda", "--view", "week", "--date", "25/11/2026", "--json", TODAY).json["data"]
    assert len(data) == 6
    assert data[0]["lunar"] == {"day": 15, "month": 10, "year": 2026, "leap": False}
    assert len(filled("calendar", "agenda", "--date", "24/11/2026", "--json", TODAY).json["data"]) == 1


def test_two_ways_of_saying_which_days_are_one_too_many(filled: Cli) -> None:
    assert filled("calendar", "agenda", "--view", "week", "--days", "3").exit_code == 2


def test_months_and_weeks_over_new_year_are_whole(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    week = filled("calendar", "agenda", "--view", "week", "--date", "1/1/2027", TODAY).stdout
    assert "28/12" in week
    assert "03/01" in week
    month = filled("calendar", "agenda", "--view", "month", "--date", "31/12/2026", TODAY).stdout
    assert "31 " in month


def test_holidays_are_told_on_their_own_day_only() -> None:
    assert holiday(date(2027, 2, 6)) == "core.note_holiday_tet"  # Tết 2027
    assert holiday(date(2026, 11, 24)) == "core.note_holiday_culture"
    assert holiday(date(2026, 11, 25)) is None
    assert lunar_day(date(2500, 1, 1)) is None
    assert holiday(date(2500, 1, 1)) is None


@given(st.text(max_size=60), st.integers(1, 30))
def test_a_cropped_text_fits(text: str, width: int) -> None:
    assert cell_width(crop(text, width)) <= max(width, 1)


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(0, 23), st.text(max_size=40)), max_size=20),
    st.integers(76, 200),
)
def test_boards_keep_to_their_width_whatever_they_hold(rows: list[tuple[int, int, str]], width: int) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    found = []
    for day, hour, title in rows:
        start = datetime(2026, 12, day, hour, tzinfo=zone)
        one = Event(title, start, start + timedelta(hours=3), "Asia/Ho_Chi_Minh")
        found.append(Occurrence(one, one.start, one.end))
    whole = event("Nghỉ", 7, None)
    found.append(Occurrence(whole, whole.start, whole.end))
    for board in (
        WeekBoard(date(2026, 12, 7), found, width, True, date(2026, 12, 7)),
        MonthBoard(date(2026, 12, 1), found, width, True, date(2026, 12, 7)),
    ):
        assert max(map(cell_width, board.said(Messages("vi")).splitlines())) <= width
