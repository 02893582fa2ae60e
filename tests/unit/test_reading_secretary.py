"""What a careful secretary would make of a row, and what she would ask about. Found by sheets of other authors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from toolkit.calendar.reading import ReadOptions, ReadResult, read_events

from builders.grids import book, grid


def read(*rows: list[Any], title: list[str] | None = None) -> ReadResult:
    """Read a sheet that begins with these rows, on 22 November 2026."""
    above = [[line] for line in title or ()]
    return read_events(book(grid([*above, *rows])), ReadOptions(date(2026, 11, 22)))


def titles(result: ReadResult) -> list[str]:
    return [wanted.event.summary for wanted in result.wanted]


def starts(result: ReadResult) -> list[str]:
    return [w.event.start.isoformat()[:16] for w in result.wanted]


LIST = ["Công việc", "Ngày", "Giờ", "Ghi chú"]


@pytest.mark.parametrize("note", ["HỦY", "ĐÃ HỦY", "đã huỷ", "(hủy)", "Hủy - khách bận", "Cancelled", "da huy"])
def test_a_note_that_says_cancelled_cancels(note: str) -> None:
    result = read(LIST, ["Gặp chị Thắm", "27/11/2026", "10h", note], ["Họp", "28/11/2026", "9h", ""])
    assert titles(result) == ["Họp"]
    assert "calendar.rows_cancelled" in [told.code for told in result.notes]


@pytest.mark.parametrize(
    "note",
    ["Huy", "Huy: 0912345678", "Hủy hợp đồng cũ", "Hủy nếu mưa", "hủy, nếu mưa to", "gọi Huy", "hủy trước 1 ngày"],
)
def test_a_note_that_only_mentions_cancelling_cancels_nothing(note: str) -> None:
    assert titles(read(LIST, ["Gặp chị Thắm", "27/11/2026", "10h", note])) == ["Gặp chị Thắm"]


@pytest.mark.parametrize("title", ["Tổng kết năm", "Tổng vệ sinh", "Cộng đồng chạy bộ", "Tổng duyệt văn nghệ"])
def test_a_dated_row_is_no_total(title: str) -> None:
    assert titles(read(LIST, ["Họp", "24/11/2026", "", ""], [title, "25/11/2026", "", ""])) == ["Họp", title]


def test_a_line_for_the_next_week_ends_the_week_above() -> None:
    result = read(
        ["Ngày", "Công việc", "Giờ"],
        ["Tuần 2 (07/12 - 13/12)", None, None],
        ["10/12", "Văn nghệ", "19h"],
        ["Tuần 3", None, None],
        ["16/12", "Bình chọn", "18h"],
        title=["Kế hoạch tháng 12/2026"],
    )
    assert not result.problems
    assert starts(result) == ["2026-12-10T19:00", "2026-12-16T18:00"]


def test_behind_an_evening_start_a_small_hour_is_the_next_morning() -> None:
    result = read(["Việc", "Ngày", "Bắt đầu", "Kết thúc"], ["Trực", "27/11/2026", "21h", "1h"])
    [wanted] = result.wanted
    assert wanted.event.end.replace(tzinfo=None) == datetime.fromisoformat("2026-11-28T01:00")  # type: ignore[call-arg]


def test_a_small_hour_alone_is_still_asked_about() -> None:
    result = read(["Việc", "Ngày", "Bắt đầu", "Kết thúc"], ["Trực", "27/11/2026", "8h", "2h"])
    assert [problem.code for problem in result.problems] == ["core.time_ambiguous"]


@pytest.mark.parametrize(
    ("text", "clock"), [("8AM", "08:00"), ("8:30PM", "20:30"), ("3pm", "15:00"), ("12PM", "12:00"), ("8h30SA", "08:30")]
)
def test_am_and_pm_may_touch_the_hour(text: str, clock: str) -> None:
    assert starts(read(LIST, ["Họp", "27/11/2026", text, ""])) == [f"2026-11-27T{clock}"]
