"""What a careful secretary would make of a row, and what she would ask about. Found by sheets of other authors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from builders.grids import book, grid
from toolkit.calendar.reading import HeadingsUnknownError, ReadOptions, ReadResult, read_events
from toolkit.core.errors import InputError


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
    assert [told.code for told in result.cancelled] == ["calendar.row_cancelled"]


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


# --- headings that aren't known ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "text", "start"),
    [
        ("Giờ dạy", "8h-9h30", "2026-11-28T08:00"),
        ("Giờ lên sân khấu", "19h30", "2026-11-28T19:30"),
        ("Khi nào có mặt", "7:15", "2026-11-28T07:15"),
    ],
)
def test_a_column_of_times_is_the_time(heading: str, text: str, start: str) -> None:
    assert starts(read(["Ngày", heading, "Nội dung"], ["28/11/2026", text, "Toán 9"])) == [start]


@pytest.mark.parametrize("heading", ["Giờ công", "Giờ tăng ca", "Giờ dạy"])
def test_a_column_of_counted_hours_is_no_time(heading: str) -> None:
    assert starts(read(["Ngày", "Nội dung", heading], ["28/11/2026", "Toán 9", 8])) == ["2026-11-28"]


def test_two_unknown_columns_of_times_are_start_and_end() -> None:
    result = read(["Ngày", "Đón", "Trả", "Việc"], ["28/11/2026", "8h", "10h30", "Đưa khách"])
    assert starts(result) == ["2026-11-28T08:00"]
    assert result.wanted[0].event.end.isoformat()[11:16] == "10:30"


def test_an_unknown_column_of_times_beside_a_known_one_is_a_detail() -> None:
    [wanted] = read(["Ngày", "Giờ", "Việc", "Có mặt"], ["28/11/2026", "8h", "Thi", "7h30"]).wanted
    assert wanted.event.description == "Có mặt: 7h30"
    assert wanted.event.start.isoformat()[11:16] == "08:00"


@pytest.mark.parametrize("heading", ["Mũi tiêm", "Nhắc việc", "Tên lớp", "Việc nhà", "Phần thi", "Lớp"])
def test_the_only_column_that_could_be_the_title_is_the_title(heading: str) -> None:
    result = read(
        [heading, "Ngày", "Giờ", "SĐT", "Giáo viên"],
        ["Phế cầu mũi 2", "2/12/2026", "8h", "0912345678", "cô Lan"],
        ["Cúm", "3/12/2026", "9h", "0912345679", "cô Lan"],
    )
    assert titles(result) == ["Phế cầu mũi 2", "Cúm"]


def test_of_two_columns_that_could_be_the_title_neither_is_guessed() -> None:
    with pytest.raises(InputError) as refused:
        read(["Mũi tiêm", "Hãng", "Ngày"], ["Phế cầu", "Synflorix", "2/12/2026"])
    assert isinstance(refused.value, HeadingsUnknownError)


@pytest.mark.parametrize("heading", ["Nơi tiêm", "Nơi cúng", "Điểm đón", "Phòng tập", "Địa điểm tập trung"])
def test_where_is_told_from_a_headings_first_words(heading: str) -> None:
    [wanted] = read(["Nội dung", "Ngày", heading], ["Cúm", "2/12/2026", "Trạm y tế"]).wanted
    assert wanted.event.location == "Trạm y tế"


@pytest.mark.parametrize("heading", ["Ngày sinh", "Ngày ký", "Ngày cấp", "Ngày đặt cọc"])
def test_days_of_something_else_are_not_the_events(heading: str) -> None:
    with pytest.raises(InputError):
        read(["Khách hàng", heading, "SĐT"], ["Lan", "3/5/1995", "0912345678"])


def test_of_two_day_columns_neither_is_guessed() -> None:
    result = read(["Công việc", "Ngày giao", "Hạn chót"], ["Báo cáo", "20/11/2026", "30/11/2026"])
    assert [(p.code, p.place.column) for p in result.problems] == [("calendar.two_days", 3)]
    assert not result.wanted


# --- cells and tables ----------------------------------------------------------------------------------------------


def test_two_tables_side_by_side_are_two_tables() -> None:
    result = read(
        ["Ngày", "Giờ", "Nội dung", None, "Ngày", "Giờ", "Nội dung"],
        ["24/11/2026", "8h", "Họp", None, "1/12/2026", "9h", "Kiểm kê"],
        [None, None, None, None, "2/12/2026", "10h", "Giao hàng"],
    )
    assert titles(result) == ["Họp", "Kiểm kê", "Giao hàng"]
    assert starts(result) == ["2026-11-24T08:00", "2026-12-01T09:00", "2026-12-02T10:00"]
    assert [wanted.event.description for wanted in result.wanted] == ["", "", ""]


@pytest.mark.parametrize("placeholder", ["-", "–", "N/A"])
def test_a_placeholder_says_nothing(placeholder: str) -> None:
    heading = ["Nội dung", "Ngày", "Giờ", "Địa điểm"]
    [wanted] = read(heading, ["Họp", "24/11/2026", placeholder, placeholder]).wanted
    assert (wanted.event.all_day, wanted.event.location) == (True, "")


@pytest.mark.parametrize("title", ["-", "...", "***", "?"])
def test_a_title_without_a_letter_is_missing(title: str) -> None:
    assert [p.code for p in read(LIST, [title, "24/11/2026", "8h", ""]).problems] == ["calendar.title_missing"]


def test_a_placeholder_for_a_day_is_no_day() -> None:
    assert [p.code for p in read(LIST, ["Họp", "-", "8h", ""]).problems] == ["core.date_empty"]


def test_a_full_moon_without_its_month_is_one_day() -> None:
    assert starts(read(LIST, ["Cúng rằm", "rằm", "", ""])) == ["2026-11-23"]


def test_after_tet_is_no_day() -> None:
    assert [p.code for p in read(LIST, ["Khai trương", "sau Tết", "", ""]).problems] == ["core.date_unknown"]


def test_five_oclock_is_the_morning_only_where_the_sheet_counts_to_24() -> None:
    assert starts(read(LIST, ["Yoga", "24/11/2026", "5h-6h", ""], ["Họp", "24/11/2026", "14h", ""])) == [
        "2026-11-24T05:00",
        "2026-11-24T14:00",
    ]
    for other in ("8h", "2h chiều"):
        asked = read(LIST, ["Yoga", "24/11/2026", "5h-6h", ""], ["Họp", "24/11/2026", other, ""])
        assert [p.code for p in asked.problems] == ["core.time_ambiguous"]


def test_three_oclock_is_asked_about_even_there() -> None:
    result = read(LIST, ["Yoga", "24/11/2026", "3h", ""], ["Họp", "24/11/2026", "14h", ""])
    assert [p.code for p in result.problems] == ["core.time_ambiguous"]


@pytest.mark.parametrize("note", ["Dời sang 26/11", "dời sang 9h", "hoãn đến ngày 3/12", "Chuyển sang 14h"])
def test_a_row_that_says_it_was_moved_is_asked_about(note: str) -> None:
    result = read(LIST, ["Họp", "24/11/2026", "8h", note])
    assert [(p.code, p.place.column) for p in result.problems] == [("calendar.row_moved", 4)]


@pytest.mark.parametrize("note", ["Chuyển sang phòng 3", "đổi sang Zoom", "dời xe trước 7h", "chuyển khoản 14h"])
def test_a_note_about_another_change_moves_nothing(note: str) -> None:
    assert starts(read(LIST, ["Họp", "24/11/2026", "8h", note])) == ["2026-11-24T08:00"]


def test_a_title_of_one_letter_is_a_title() -> None:
    assert titles(read(["Ngày", "Nội dung"], ["24/11/2026", "A"], ["25/11/2026", "I"])) == ["A", "I"]


@pytest.mark.parametrize(
    ("heading", "text", "minutes"),
    [
        ("Thời lượng", "90", 90),
        ("Thời lượng (phút)", "5", 5),
        ("Số giờ", "2", 120),
        ("Thời lượng (tiếng)", "2", 120),
        ("Thời lượng", "1h30", 90),
    ],
)
def test_a_length_counts_what_is_written(heading: str, text: str, minutes: int) -> None:
    [wanted] = read(["Nội dung", "Ngày", "Giờ", heading], ["Họp", "24/11/2026", "8h", text]).wanted
    length = wanted.event.end - wanted.event.start  # type: ignore[operator]
    assert length.total_seconds() == minutes * 60


def test_a_length_of_two_is_asked_about() -> None:
    result = read(["Nội dung", "Ngày", "Giờ", "Thời lượng"], ["Họp", "24/11/2026", "8h", 2])
    assert [p.code for p in result.problems] == ["calendar.duration_unknown"]


def test_a_length_in_days_is_that_many_days() -> None:
    [wanted] = read(["Nội dung", "Ngày", "Thời lượng"], ["Hội chợ", "24/11/2026", "3 ngày"]).wanted
    assert wanted.event.end.isoformat() == "2026-11-27"


def test_a_time_beside_an_end_is_the_start() -> None:
    heading = ["Nội dung", "Ngày", "Giờ", "Kết thúc"]
    [wanted] = read(heading, ["Họp", "24/11/2026", "8h", "10h"]).wanted
    assert wanted.event.end.isoformat()[11:16] == "10:00"
    assert [p.code for p in read(heading, ["Họp", "24/11/2026", "14h", "10h"]).problems] == [
        "core.time_end_before_start"
    ]


def test_from_and_to_may_be_places() -> None:
    heading = ["Công việc", "Ngày", "Giờ", "Từ", "Đến"]
    [wanted] = read(heading, ["Chở khách", "24/11/2026", "8h", "Hà Nội", "Huế"]).wanted
    assert wanted.event.end.isoformat()[11:16] == "09:00"
    assert wanted.event.description == "Từ: Hà Nội\nĐến: Huế"


def test_a_picture_is_a_title() -> None:
    assert titles(read(LIST, ["🎂", "24/11/2026", "", ""])) == ["🎂"]


@pytest.mark.parametrize(
    "heading",
    [
        ["Ngày", "Khoản chi", "Số tiền"],
        ["Ngày", "Sản phẩm", "Số lượng"],
        ["Họ tên", "Ngày tham gia", "SĐT"],
        ["Họ tên", "Ngày cưới", "Quê quán"],
    ],
)
def test_accounts_and_lists_of_people_are_no_calendar(heading: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        read(heading, ["Lan" if heading[0] == "Họ tên" else "2/12/2026", "3/12/2026", "12"])
    assert isinstance(refused.value, HeadingsUnknownError)
