"""Lunar days: which come back every year, where they fall, and that a re-import adds years without moving any."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.grids import book, grid
from toolkit.calendar.reading import ReadOptions, ReadResult, read_events
from toolkit.core.dates.lunar import from_solar
from toolkit.core.text import fold

TODAY = date(2026, 11, 22)


def read(title: str, day: Any, heading: str = "Ngày", repeat: str | None = None, **options: Any) -> ReadResult:
    sheet = grid([["Việc", heading, "Lặp lại"], [title, day, repeat]])
    return read_events(book(sheet), ReadOptions(options.pop("today", TODAY), **options))


def days(result: ReadResult) -> list[date]:
    assert not result.problems
    return [w.event.start for w in result.wanted]


def test_a_death_anniversary_is_written_out_for_five_years() -> None:
    found = days(read("Giỗ bà nội", "12/3 ÂL"))
    assert found == [date(2027, 4, 18), date(2028, 4, 6), date(2029, 4, 25), date(2030, 4, 14), date(2031, 4, 3)]
    assert [(from_solar(d).day, from_solar(d).month) for d in found] == [(12, 3)] * 5
    assert len(days(read("Giỗ bà nội", "12/3 ÂL", years=2))) == 2


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Cúng ông Công ông Táo", "23 tháng Chạp"),
        ("Cúng rằm", "rằm tháng Bảy"),
        ("Gio ong noi", "15/7 âm lịch"),
        ("Về quê", "mùng 5 tết"),
    ],
)
def test_what_returns_by_the_moon_is_known_by_its_title_or_its_day(title: str, day: str) -> None:
    found = days(read(title, day, repeat="hằng năm"))
    assert len(found) == 5
    assert len({(from_solar(d).day, from_solar(d).month) for d in found}) == 1


def test_an_ordinary_event_on_a_lunar_day_happens_once() -> None:
    assert days(read("Đi ăn cùng Lan", "12/3 ÂL")) == [date(2027, 4, 18)]
    assert days(read("Giỗ bà nội", "12/3/2028 âm lịch")) == [date(2028, 4, 6)]


def test_a_lunar_day_that_its_year_lacks_is_moved_and_said_also_where_it_happens_once() -> None:
    short, leap = read("Họp tổ", "30/12 ÂL"), read("Họp tổ", "15/6 nhuận ÂL")
    assert days(short) == [date(2027, 2, 5)]
    assert [note.code for note in short.notes] == ["calendar.lunar_short_month"]
    assert days(leap) == [date(2027, 7, 18)]
    assert [note.code for note in leap.notes] == ["calendar.lunar_leap_missing"]


def test_under_a_heading_of_anniversaries_every_day_is_lunar_and_yearly() -> None:
    assert len(days(read("Ông nội", "12/3", heading="Ngày giỗ"))) == 5
    assert len(days(read("Ông nội", "12/3/1998", heading="Ngày mất (ÂL)"))) == 5
    # a spreadsheet has turned the typed 12/3 into a date of its own
    assert days(read("Ông nội", date(2026, 3, 12), heading="Ngày giỗ (âm lịch)"))[0] == date(2027, 4, 18)


def test_thirty_tet_is_the_eve_also_in_a_year_whose_last_month_is_short() -> None:
    assert days(read("Tất niên", "30 Tết", repeat="hằng năm", years=4)) == [
        date(2027, 2, 5),
        date(2028, 1, 25),
        date(2029, 2, 12),
        date(2030, 2, 1),
    ]


def test_a_short_month_moves_its_thirtieth_and_says_so() -> None:
    result = read("Giỗ cụ", "30/1 ÂL", years=5)
    lengths = {(from_solar(d).day) for d in days(result)}
    assert lengths == {29, 30}
    moved = [note for note in result.notes if note.code == "calendar.lunar_short_month"]
    assert len(moved) == sum(from_solar(d).day == 29 for d in days(result))


def test_a_leap_month_missing_from_a_year_is_its_regular_month_and_said() -> None:
    result = read("Giỗ cụ", "12/6 nhuận ÂL", years=3)
    assert {(from_solar(d).month, from_solar(d).day) for d in days(result)} == {(6, 12)}
    assert [n.code for n in result.notes].count("calendar.lunar_leap_missing") == 3


def test_a_lunar_day_that_no_year_has_is_refused() -> None:
    result = read("Giỗ cụ", "31/3 ÂL")
    assert [p.code for p in result.problems] == ["core.date_lunar_no_such_day"]


@given(st.dates(date(2024, 1, 1), date(2060, 1, 1)), st.integers(1, 29), st.integers(1, 12))
def test_every_anniversary_falls_on_its_lunar_day_once_a_year(today: date, day: int, month: int) -> None:
    found = days(read("Giỗ", f"{day}/{month} ÂL", today=today))
    assert [(from_solar(d).day, from_solar(d).month) for d in found] == [(day, month)] * 5
    years = [from_solar(d).year for d in found]
    assert years == list(range(years[0], years[0] + 5))
    assert found[0] >= today
    assert (found[0] - today).days < 385


def test_a_later_import_keeps_the_years_that_passed_and_adds_new_ones() -> None:
    first = days(read("Giỗ bà nội", "12/3 ÂL"))
    later = read("Giỗ bà nội", "12/3 ÂL", today=date(2028, 5, 1), remembered={fold("Giỗ bà nội"): frozenset(first)})
    assert days(later) == [*first, date(2032, 4, 21), date(2033, 4, 11)]


def test_the_id_of_a_lunar_event_names_its_lunar_year() -> None:
    sheet = grid([["Mã", "Việc", "Ngày"], ["G1", "Giỗ", "12/3 ÂL"]])
    result = read_events(book(sheet), ReadOptions(TODAY, years=2))
    assert [w.own_id for w in result.wanted] == ["G1/2027", "G1/2028"]


def test_a_date_without_a_year_stays_where_an_earlier_import_placed_it() -> None:
    before = {fold("Họp"): frozenset({date(2026, 11, 25)})}
    sheet = grid([["Việc", "Ngày"], ["Họp", "25/11"], ["Gặp", "25/11"]])
    result = read_events(book(sheet), ReadOptions(date(2026, 12, 1), remembered=before))
    assert [w.event.start for w in result.wanted] == [date(2026, 11, 25), date(2027, 11, 25)]


def test_a_stretch_of_days_without_years_is_remembered_as_a_whole() -> None:
    before = {fold("Về quê"): frozenset({date(2026, 11, 30)})}
    sheet = grid([["Việc", "Ngày đi", "Ngày về"], ["Về quê", "30/11", "2/12"]])
    result = read_events(book(sheet), ReadOptions(date(2026, 12, 10), remembered=before))
    assert [(w.event.start, w.event.end) for w in result.wanted] == [(date(2026, 11, 30), date(2026, 12, 3))]
