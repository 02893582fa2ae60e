"""The lesser columns: reminders, lengths, colours, addresses, cancellations, weeks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.calendar.reading.details import (
    MAX_REMINDER_MINUTES,
    MAX_REMINDERS,
    is_cancelled_status,
    is_cancelled_title,
    read_addresses,
    read_color,
    read_minutes,
    read_reminders,
    read_yes,
)
from toolkit.calendar.reading.repeats import MAX_WEEKS, read_weeks, runs


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30 phút", 30),
        ("30", 30),
        ("30p", 30),
        ("30'", 30),
        ("trước 15 phút", 15),
        ("nhắc trước 15 phút", 15),
        ("15 phút trước", 15),
        ("1 giờ", 60),
        ("1h", 60),
        ("2 tiếng", 120),
        ("1h30", 90),
        ("1 giờ 30 phút", 90),
        ("1,5 giờ", 90),
        ("một tiếng rưỡi", 90),
        ("nửa tiếng", 30),
        ("1 ngày", 1440),
        ("2 ngày trước", 2880),
        ("1 tuần", 10080),
        ("1 day", 1440),
        ("10 mins before", 10),
        ("lúc nào đó", None),
        ("", None),
        ("1h75", None),
        ("-5", None),
        ("1e3", None),
        ("３０", 30),
    ],
)
def test_a_length_of_time_as_members_write_it(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "reminders"),
    [
        ("30 phút; 1 ngày", (30, 1440)),
        ("1 ngày, 2 giờ và 10 phút", (1440, 120, 10)),
        ("30 phút, 30", (30,)),
        ("không", ()),
        ("", ()),
        ("1,5 giờ; 10", (90, 10)),
        ("4 tuần", (40320,)),
        ("29 ngày", None),
        ("1;2;3;4;5", (1, 2, 3, 4, 5)),
        ("1;2;3;4;5;6", None),
        ("30 phút; khi rảnh", None),
    ],
)
def test_reminders_keep_to_what_a_calendar_can_hold(text: str, reminders: tuple[int, ...] | None) -> None:
    assert read_reminders(text) == reminders


@given(st.text(max_size=60))
def test_reminders_never_exceed_the_limits_whatever_is_typed(text: str) -> None:
    found = read_reminders(text)
    assert found is None or (len(found) <= MAX_REMINDERS and all(0 <= m <= MAX_REMINDER_MINUTES for m in found))


@given(st.lists(st.integers(1, 600), min_size=1, max_size=5, unique=True))
def test_reminders_written_in_minutes_are_read_back(minutes: list[int]) -> None:
    assert read_reminders("; ".join(f"{m} phút" for m in minutes)) == tuple(minutes)


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("hoa@example.com", ("hoa@example.com",), ()),
        ("Hoa <Hoa@Example.com>, minh@a.vn", ("hoa@example.com", "minh@a.vn"), ()),
        ("hoa@example.com; hoa@example.com", ("hoa@example.com",), ()),
        ("mailto:hoa@example.com", ("hoa@example.com",), ()),
        ("hoa@@example.com", (), ("hoa@@example.com",)),
        ("hoa@example", (), ("hoa@example",)),
        ("hoa@-a..vn", (), ("hoa@-a..vn",)),
        ("chị Hoa", (), ()),
        ("a@b.vn\nc@d.vn", ("a@b.vn", "c@d.vn"), ()),
    ],
)
def test_addresses_are_picked_out_and_broken_ones_named(text: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert read_addresses(text) == (good, bad)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("đỏ", "11"),
        ("Màu xanh lá", "10"),
        ("xanh dương", "9"),
        ("VÀNG", "5"),
        ("7", "7"),
        ("0", None),
        ("12", None),
        ("cầu vồng", None),
    ],
)
def test_colours_are_google_calendars_eleven(text: str, color: str | None) -> None:
    assert read_color(text) == color


@pytest.mark.parametrize(
    ("text", "yes"), [("x", True), ("Có", True), ("TRUE", True), ("không", False), ("", False), ("hả", None)]
)
def test_boxes_are_ticked_in_many_ways(text: str, yes: bool | None) -> None:
    assert read_yes(text) is yes


def test_cancelled_is_a_status_or_stands_apart_in_a_title() -> None:
    assert all(is_cancelled_status(text) for text in ("HỦY", "huỷ", "Đã hủy.", "(hủy)", "Hoãn", "CANCELLED"))
    assert not any(is_cancelled_status(text) for text in (*("xong", "chưa hủy", "Huy", "đang làm")[:2], "đang làm"))
    assert all(is_cancelled_title(text) for text in ("HỦY - họp", "[huy] họp", "Họp (HỦY)", "ĐÃ HUỶ lịch gặp"))
    assert not any(is_cancelled_title(text) for text in ("Huy - họp", "Hủy thẻ ngân hàng", "Thủy: giao hàng"))


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("1-8,10-15", (*range(1, 9), *range(10, 16))),
        ("Tuần 3 đến 7", tuple(range(3, 8))),
        ("5", (5,)),
        ("tuần 5", (5,)),
        ("1;3;5", (1, 3, 5)),
        ("123456789012345", tuple(range(1, 16))),
        ("1234567--012345", (*range(1, 8), *range(10, 16))),
        ("--------90123", (9, 10, 11, 12, 13)),
        ("8-3", None),
        ("0-3", None),
        ("99", None),
        ("tuần chẵn", None),
        ("2345678901", None),
    ],
)
def test_weeks_of_a_term_as_timetables_print_them(text: str, weeks: tuple[int, ...] | None) -> None:
    assert read_weeks(text) == weeks


@given(st.sets(st.integers(1, MAX_WEEKS), min_size=1))
def test_runs_of_weeks_cover_exactly_the_weeks(weeks: set[int]) -> None:
    found = runs(sorted(weeks))
    assert [week for first, last in found for week in range(first, last + 1)] == sorted(weeks)
    assert all(b[0] > a[1] + 1 for a, b in itertools.pairwise(found))
