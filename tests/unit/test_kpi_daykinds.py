"""Weekdays and ends of months that sell more or less: found where the days show it, and not made up."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from toolkit.kpi.daykinds import DayKind, Days, _f_tail, factors, made_alike
from toolkit.kpi.forecast import forecast_amount, forecast_counts

WEEK = [day % 6 for day in range(60)]
KINDS = [DayKind(day % 6, day % 22 >= 17) for day in range(66)]


def busy_saturdays(rng: random.Random, days: int = 60) -> list[float]:
    return [rng.gauss(12 if day % 6 == 5 else 6, 1.5) for day in range(days)]


def test_a_busy_saturday_is_found_and_the_average_day_stays_one() -> None:
    found = factors(busy_saturdays(random.Random(1)), WEEK, 3)
    assert found is not None
    assert found[5] == pytest.approx(12 / 7, rel=0.1)
    assert sum(found[weekday] for weekday in WEEK) == pytest.approx(60)


def test_days_alike_are_told_apart_about_once_in_a_hundred_members() -> None:
    rng = random.Random(2)
    found = sum(factors([rng.expovariate(1) for _ in WEEK], WEEK, 3) is not None for _ in range(1000))
    assert found <= 30


@pytest.mark.parametrize("days", [0, 5, 19])
def test_few_days_tell_nothing_of_weekdays(days: int) -> None:
    assert factors(busy_saturdays(random.Random(3), days), WEEK[:days], 3) is None


def test_the_days_to_come_count_by_their_weekday() -> None:
    days = busy_saturdays(random.Random(4))
    saturday, monday = (
        forecast_amount(days, Fraction(1), 0, kinds=Days(KINDS[:60], [DayKind(which)])) for which in (5, 0)
    )
    assert saturday is not None
    assert monday is not None
    assert saturday.by_weekday
    assert saturday.mid > 1.6 * monday.mid
    blind = forecast_amount(days, Fraction(6), 0)
    told = forecast_amount(days, Fraction(6), 0, kinds=Days(KINDS[:60], KINDS[:6]))
    assert blind is not None
    assert told is not None
    assert told.high - told.low < 0.7 * (blind.high - blind.low)  # whole weeks vary less than their days
    counts = [round(value) for value in days]
    counted = forecast_counts(counts, Fraction(1), 0, kinds=Days(KINDS[:60], [DayKind(5)]))
    assert counted is not None
    assert counted.by_weekday
    assert counted.mid > 9


def test_a_rush_at_the_end_of_months_is_known_by_two_of_them_and_not_by_one() -> None:
    rng = random.Random(7)
    values = [rng.gauss(15 if kind.month_end else 6, 1.5) for kind in KINDS]
    assert made_alike(values[:22], KINDS[:22]).month_end is None
    alike = made_alike(values, KINDS)
    assert alike.month_end is not None
    assert alike.weekdays is None
    assert alike.weight(DayKind(0, True)) == pytest.approx(2.5 * alike.weight(DayKind(0, False)), rel=0.1)
    quiet, busy = (
        forecast_amount(values[-60:], Fraction(5), 0, kinds=Days(KINDS[-60:], [DayKind(0, rush)] * 5))
        for rush in (False, True)
    )
    assert quiet is not None
    assert busy is not None
    assert busy.by_month_end
    assert quiet.high < 45
    assert busy.low > 60


@given(st.lists(st.tuples(st.floats(0, 1e12), st.integers(0, 6)), max_size=60))
def test_factors_are_above_nothing_and_average_to_one(days: list[tuple[float, int]]) -> None:
    weekdays = [weekday for _, weekday in days]
    found = factors([value for value, _ in days], weekdays, 3)
    if found is not None:
        assert min(found.values()) > 0
        told = [weekday for weekday in weekdays if weekday in found]
        assert sum(found[weekday] for weekday in told) == pytest.approx(len(told))


@given(st.floats(0.01, 50), st.integers(1, 6), st.integers(5, 60))
def test_the_tail_of_f_is_scipys(ratio: float, first: int, second: int) -> None:
    assert _f_tail(ratio, 1.0, first, second) == pytest.approx(stats.f.sf(ratio, first, second), abs=1e-12)
