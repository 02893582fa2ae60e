"""Working days: Vietnam's holidays by law, judged by an independent library, and the member's own week and leave."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.workdays import (
    FIVE_AND_A_HALF_DAYS,
    FIVE_DAYS,
    SEVEN_DAYS,
    SIX_DAYS,
    STATE_SWAPS,
    WEEKS,
    Week,
    WorkCalendar,
    public_holidays,
)

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
# The library doesn't know this one: announced on 2025-12-25, after its table was made.
SWAPPED_LATE = {date(2026, 1, 2)}


@pytest.mark.parametrize("year", range(1995, 2051))
def test_public_holidays_agree_with_an_independent_library(year: int) -> None:
    import holidays

    theirs = {day for day in holidays.country_holidays("VN", years=year) if day.year == year}
    swaps = {off for off in STATE_SWAPS if off.year == year}
    assert set(public_holidays(year)) | swaps == theirs | (swaps & SWAPPED_LATE)


@pytest.mark.parametrize("year", range(2010, 2027))
def test_a_five_day_week_with_the_states_swaps_rests_when_the_library_says_so(year: int) -> None:
    import holidays

    theirs = holidays.country_holidays("VN", years=(year - 1, year, year + 1))
    ours = WorkCalendar(state_swaps=True)
    for n in range(366):
        day = date(year, 1, 1) + timedelta(days=n)
        if day not in SWAPPED_LATE and day != date(2026, 1, 10):
            assert ours.is_working(day) == theirs.is_working_day(day), day


def test_the_swap_of_january_2026_counts_both_ways_where_it_is_followed() -> None:
    followed, ignored = WorkCalendar(state_swaps=True), WorkCalendar()
    friday, saturday = date(2026, 1, 2), date(2026, 1, 10)
    assert [followed.is_working(friday), followed.is_working(saturday)] == [False, True]
    assert [ignored.is_working(friday), ignored.is_working(saturday)] == [True, False]
    assert followed.off_because(friday) == "swap"


@pytest.mark.parametrize(("week", "whole", "until_20"), [("5", 20, 15), ("6", 24, 17), ("7", 29, 20)])
def test_november_2026_has_these_working_days(week: str, whole: int, until_20: int) -> None:
    calendar = WorkCalendar(WEEKS[week])
    assert calendar.working_days(*NOVEMBER) == whole
    assert calendar.working_days(NOVEMBER[0], date(2026, 11, 21)) == until_20


def test_a_half_saturday_counts_half() -> None:
    calendar = WorkCalendar(FIVE_AND_A_HALF_DAYS)
    assert calendar.weight(date(2026, 11, 21)) == Fraction(1, 2)
    assert calendar.working_days(*NOVEMBER) == 22


def test_who_works_on_saturdays_has_no_monday_off_for_a_holiday_on_a_saturday() -> None:
    # April 30 and May 1 of 2022 were a Saturday and a Sunday
    monday, tuesday = date(2022, 5, 2), date(2022, 5, 3)
    assert [WorkCalendar(FIVE_DAYS).is_working(day) for day in (monday, tuesday)] == [False, False]
    assert [WorkCalendar(SIX_DAYS).is_working(day) for day in (monday, tuesday)] == [False, True]
    assert [WorkCalendar(SEVEN_DAYS).is_working(day) for day in (monday, tuesday)] == [True, True]
    assert WorkCalendar(FIVE_DAYS).off_because(tuesday) == "compensation"


def test_the_reason_for_a_day_off_is_told() -> None:
    calendar = WorkCalendar(leave=frozenset({date(2026, 11, 23)}))
    told = {
        day: calendar.off_because(day)
        for day in (date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24))
    }
    assert list(told.values()) == [None, "rest", "leave", "holiday"]
    assert public_holidays(2026)[date(2026, 11, 24)].name == "core.note_holiday_culture"


def test_an_extra_day_is_worked_whatever_else_it_is() -> None:
    holiday = date(2026, 9, 2)
    calendar = WorkCalendar(extra=frozenset({holiday}), leave=frozenset({holiday}))
    assert calendar.weight(holiday) == 1
    assert calendar.off_because(holiday) is None


def test_the_next_working_day_steps_over_weekends_holidays_and_leave() -> None:
    assert WorkCalendar().next_working(date(2026, 11, 20)) == date(2026, 11, 23)
    assert WorkCalendar().next_working(date(2026, 11, 23)) == date(2026, 11, 25)
    year = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(800))
    assert WorkCalendar(leave=year).next_working(date(2026, 1, 1)) is None


@pytest.mark.parametrize("weights", [(), (Fraction(0),) * 7, (Fraction(1),) * 6, (Fraction(2),) * 7])
def test_a_week_without_work_or_with_too_much_is_no_week(weights: tuple[Fraction, ...]) -> None:
    with pytest.raises(ValueError, match="seven weights"):
        Week(weights)


days = st.dates(date(1996, 1, 1), date(2049, 12, 31))
calendars = st.builds(
    WorkCalendar,
    week=st.sampled_from(sorted(WEEKS)).map(WEEKS.__getitem__),
    leave=st.frozensets(days, max_size=5),
    extra=st.frozensets(days, max_size=5),
    state_swaps=st.booleans(),
)


@given(calendars, days, st.integers(0, 60), st.integers(0, 60))
def test_working_days_of_two_stretches_add_up(calendar: WorkCalendar, start: date, first: int, second: int) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    parts = calendar.working_days(start, middle) + calendar.working_days(middle, end)
    assert calendar.working_days(start, end) == parts
    assert calendar.working_days(end, start) == 0 or start == end


@given(calendars, days)
def test_a_day_off_has_a_reason_and_a_working_day_has_none(calendar: WorkCalendar, day: date) -> None:
    assert (calendar.weight(day) > 0) == (calendar.off_because(day) is None)


@given(calendars, days)
def test_the_next_working_day_is_the_first_one_worked(calendar: WorkCalendar, day: date) -> None:
    following = calendar.next_working(day)
    assert following is not None
    assert calendar.is_working(following)
    assert not calendar.working_days(day + timedelta(days=1), following)
