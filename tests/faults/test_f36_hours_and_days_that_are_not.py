"""F36: hours that clocks skip or show twice, old zone names, February 29, Tết, the years 1900 and 9999."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import later, local, lunar, parse_date, parse_when, plausible, zone

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "at", "name"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin"),
        (date(2026, 3, 8), time(2, 0), "America/New_York"),
        (date(2026, 10, 4), time(2, 15), "Australia/Sydney"),
        (date(2011, 12, 30), time(12), "Pacific/Apia"),
    ],
)
def test_an_hour_that_the_clocks_skip_is_refused(day: date, at: time, name: str) -> None:
    read = local(day, at, name)
    assert (read.values, read.code) == ((), "core.time_skipped")
    assert read.params["zone"] == name


@pytest.mark.parametrize(
    ("day", "at", "name"),
    [
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin"),
        (date(2026, 11, 1), time(1, 30), "America/New_York"),
        (date(2026, 4, 5), time(2, 30), "Australia/Sydney"),
    ],
)
def test_an_hour_that_comes_twice_is_asked(day: date, at: time, name: str) -> None:
    read = local(day, at, name)
    assert read.code == "core.time_twice"
    first, second = (value.astimezone(UTC) for value in read.values)
    assert second - first == timedelta(hours=1)
    assert [option.reason for option in read.options] == ["core.reading_before_change", "core.reading_after_change"]


def test_vietnam_has_no_such_hours() -> None:
    for n in range(0, 3660, 7):
        assert local(date(2020, 1, 1) + timedelta(days=n), time(2, 30), "Asia/Ho_Chi_Minh").certain


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        (" Asia/Ho_Chi_Minh ", "Asia/Ho_Chi_Minh"),
    ],
)
def test_an_old_name_of_a_zone_is_the_new_one(alias: str, name: str) -> None:
    known = zone(alias).value
    assert known is not None
    assert known.key == name


@pytest.mark.parametrize("name", ["", "Mars/Base", "../etc/passwd", "Asia/Ho Chi Minh", "a" * 500, "Asia", "\0"])
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    assert zone(name).code == "core.zone_unknown"
    assert local(TODAY, time(8), name).code == "core.zone_unknown"


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1899, 12, 31), date(9999, 12, 31), date(1, 1, 1)])
def test_the_years_that_sheets_write_for_no_date_are_refused(day: date) -> None:
    assert plausible(day).code == "core.date_year_unlikely"
    assert local(day, time(8), "Asia/Ho_Chi_Minh").code == "core.date_year_unlikely"
    written = f"{day.day}/{day.month}/{day.year:04d}"
    assert parse_date(written, today=TODAY, look="forward").code == "core.date_year_unlikely"
    said = f"ngày {day.day} tháng {day.month} năm {day.year:04d}"
    assert parse_date(said, today=TODAY, look="forward").code == "core.date_year_unlikely"


@pytest.mark.parametrize("look", ["back", "forward"])
def test_february_29_of_an_ordinary_year_is_refused_never_moved(look: str) -> None:
    for text in ("29/2", "29/2/2027", "ngày 29 tháng 2 năm 2100"):
        read = parse_date(text, today=TODAY, look="back" if look == "back" else "forward")
        assert (read.values, read.code) == ((), "core.date_no_leap_day")
    assert parse_when("29/2/2028 8h", today=TODAY, look="forward").certain


@pytest.mark.parametrize("year", range(1995, 2051))
def test_tet_and_its_eve_are_neighbours_however_they_are_written(year: int) -> None:
    eve = parse_date(f"30 Tết {year}", today=TODAY, look="forward").value
    first = parse_date(f"mùng 1 Tết {year}", today=TODAY, look="forward").value
    assert eve is not None
    assert first is not None
    assert (eve.date, first.date) == (lunar.tet(year) - timedelta(days=1), lunar.tet(year))
    last = lunar.months(year - 1)[-1]
    thirtieth = parse_date(f"30/12/{year - 1} âm lịch", today=TODAY, look="forward")
    assert thirtieth.certain == (last.length == 30)


@pytest.mark.parametrize("today", [date(1901, 1, 1), date(1901, 2, 18), date(2099, 12, 31), date(2100, 12, 31)])
def test_the_edges_of_the_calendar_give_a_reason_not_a_crash(today: date) -> None:
    phrases = (
        "rằm tháng 7",
        "mùng 1 tết",
        "30 tết",
        "rằm",
        "rằm tháng trước",
        "3/11",
        "ngày 31",
        "mùng 5",
        "cuối tháng",
    )
    for text in (*phrases, "hôm kia", "mốt", "thứ 2", "cuối tuần", "đầu tháng sau", "3 năm trước"):
        for look in ("back", "forward"):
            read = parse_date(text, today=today, look="back" if look == "back" else "forward")
            assert read.values or read.code.startswith("core.date_")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)), st.integers(1, 3000))  # noqa: DTZ001
def test_an_hour_later_is_an_hour_later_even_when_the_clocks_change(naive: datetime, minutes: int) -> None:
    start = naive.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    end = later(start, timedelta(minutes=minutes))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=minutes)
