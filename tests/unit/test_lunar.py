"""The lunar calendar, judged by the sky (ephem) and by a library of holidays, neither of which computes as we do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import ephem
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import lunar
from toolkit.core.dates.lunar import Lunar, LunarError

HANOI = timedelta(hours=7)
TET = {
    2007: "2007-02-17", 2024: "2024-02-10", 2025: "2025-01-29", 2026: "2026-02-17", 2027: "2027-02-06",
    2028: "2028-01-26", 2029: "2029-02-13", 2030: "2030-02-02",
}  # fmt: skip
HUNG_KINGS = {
    2024: "2024-04-18", 2025: "2025-04-07", 2026: "2026-04-26", 2027: "2027-04-16", 2028: "2028-04-04",
    2029: "2029-04-23", 2030: "2030-04-12",
}  # fmt: skip


def local_day(moment: ephem.Date) -> date:
    at: datetime = moment.datetime() + HANOI
    return at.date()


@pytest.mark.parametrize(("year", "day"), TET.items())
def test_tet_falls_where_vietnam_keeps_it(year: int, day: str) -> None:
    assert lunar.tet(year).isoformat() == day


@pytest.mark.parametrize(("year", "day"), HUNG_KINGS.items())
def test_the_hung_kings_are_remembered_on_the_tenth_of_the_third_month(year: int, day: str) -> None:
    assert lunar.to_solar(Lunar(10, 3, year)).isoformat() == day


def test_every_tet_from_1990_to_2050_agrees_with_an_independent_library() -> None:
    import holidays

    for year in range(1990, 2051):
        theirs = [
            day
            for day, name in holidays.country_holidays("VN", years=year, language="vi").items()
            if name == "Tết Nguyên Đán"
        ]
        assert theirs == [lunar.tet(year)], year


@pytest.mark.parametrize("decade", range(1970, 2051, 10))
def test_every_month_begins_on_the_day_of_the_new_moon_over_hanoi(decade: int) -> None:
    for year in range(decade, decade + 10):
        for month in lunar.months(year):
            middle = datetime.combine(month.first, datetime.min.time(), UTC) + timedelta(days=14)
            assert local_day(ephem.previous_new_moon(middle.replace(tzinfo=None))) == month.first, (year, month)


@pytest.mark.parametrize("year", range(1970, 2060))
def test_the_eleventh_month_holds_the_winter_solstice(year: int) -> None:
    solstice = local_day(ephem.next_winter_solstice(f"{year}/12/1"))
    assert lunar.from_solar(solstice).month == 11
    assert not lunar.from_solar(solstice).leap


@pytest.mark.parametrize("year", range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1))
def test_a_year_has_twelve_months_or_one_of_them_twice(year: int) -> None:
    months = lunar.months(year)
    regular = [month.month for month in months if not month.leap]
    assert regular == list(range(1, 13))
    assert len(months) == 12 + (lunar.leap_month(year) is not None)
    assert set(lunar.month_lengths(year).values()) <= {29, 30}
    assert months[-1].first + timedelta(days=months[-1].length) == lunar.tet(year + 1) if year < 2099 else True


known_days = st.dates(date(1902, 1, 1), date(2099, 12, 31))


@given(known_days)
def test_a_day_comes_back_from_the_lunar_calendar_unchanged(day: date) -> None:
    assert lunar.to_solar(lunar.from_solar(day)) == day


@given(known_days)
def test_the_next_day_is_the_next_lunar_day_or_the_first_of_a_month(day: date) -> None:
    today, tomorrow = lunar.from_solar(day), lunar.from_solar(day + timedelta(days=1))
    if tomorrow.day == 1:
        assert today.day in (29, 30)
    else:
        assert tomorrow == Lunar(today.day + 1, today.month, today.year, today.leap)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (Lunar(30, 12, 2026), "core.date_lunar_no_such_day"),
        (Lunar(31, 1, 2026), "core.date_lunar_no_such_day"),
        (Lunar(0, 1, 2026), "core.date_lunar_no_such_day"),
        (Lunar(1, 13, 2026), "core.date_lunar_no_such_day"),
        (Lunar(1, 6, 2026, leap=True), "core.date_lunar_no_leap"),
        (Lunar(1, 5, 2025, leap=True), "core.date_lunar_no_leap"),
        (Lunar(1, 1, 1900), "core.date_lunar_out_of_range"),
        (Lunar(1, 1, 2100), "core.date_lunar_out_of_range"),
    ],
)
def test_a_lunar_day_that_does_not_exist_is_refused_with_its_reason(day: Lunar, code: str) -> None:
    with pytest.raises(LunarError) as refused:
        lunar.to_solar(day)
    assert refused.value.code == code


def test_the_leap_months_of_this_decade() -> None:
    leap = {year: lunar.leap_month(year) for year in range(2020, 2034) if lunar.leap_month(year)}
    assert leap == {2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11}


def test_a_leap_anniversary_falls_in_the_regular_month_where_there_is_no_leap_one_and_says_so() -> None:
    with_leap, without = lunar.anniversary(15, 6, True, 2025), lunar.anniversary(15, 6, True, 2026)
    assert (with_leap.date.isoformat(), with_leap.notes) == ("2025-08-08", ())
    assert (without.date.isoformat(), without.notes) == ("2026-07-28", ("core.note_lunar_leap_missing",))


def test_the_thirtieth_of_a_short_month_is_kept_on_its_last_day_and_says_so() -> None:
    kept = lunar.anniversary(30, 12, False, 2026)
    assert kept.date == lunar.tet(2027) - timedelta(days=1)
    assert (kept.lunar.day, kept.notes) == (29, ("core.note_lunar_short_month",))


def test_new_years_eve_is_the_day_before_tet_however_long_the_last_month() -> None:
    for year in range(2000, 2051):
        assert lunar.eve(year) == lunar.tet(year) - timedelta(days=1)


@pytest.mark.parametrize(("day", "month"), [(31, 1), (0, 1), (1, 13), (1, 0)])
def test_no_year_keeps_an_impossible_anniversary(day: int, month: int) -> None:
    with pytest.raises(LunarError):
        lunar.anniversary(day, month, False, 2026)
