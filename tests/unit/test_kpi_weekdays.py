"""Weekdays that sell more or less than others: found where the days show it, and not made up."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from toolkit.kpi.forecast import forecast_amount, forecast_counts
from toolkit.kpi.weekdays import Weekdays, _f_tail, weekday_factors

WEEK = [day % 6 for day in range(60)]


def busy_saturdays(rng: random.Random, days: int = 60) -> list[float]:
    return [rng.gauss(12 if day % 6 == 5 else 6, 1.5) for day in range(days)]


def test_a_busy_saturday_is_found_and_the_average_day_stays_one() -> None:
    factors = weekday_factors(busy_saturdays(random.Random(1)), WEEK)
    assert factors is not None
    assert factors[5] == pytest.approx(12 / 7, rel=0.1)
    assert sum(factors[weekday] for weekday in WEEK) == pytest.approx(60)


def test_days_alike_are_told_apart_about_once_in_a_hundred_members() -> None:
    rng = random.Random(2)
    found = sum(weekday_factors([rng.expovariate(1) for _ in WEEK], WEEK) is not None for _ in range(1000))
    assert found <= 30


@pytest.mark.parametrize("days", [0, 5, 19])
def test_few_days_tell_nothing_of_weekdays(days: int) -> None:
    assert weekday_factors(busy_saturdays(random.Random(3), days), WEEK[:days]) is None


def test_the_days_to_come_count_by_their_weekday() -> None:
    days = busy_saturdays(random.Random(4))
    saturday, monday = (forecast_amount(days, Fraction(1), 0, weekdays=Weekdays(WEEK, [which])) for which in (5, 0))
    assert saturday is not None
    assert monday is not None
    assert saturday.by_weekday
    assert saturday.mid > 1.6 * monday.mid
    blind = forecast_amount(days, Fraction(6), 0)
    told = forecast_amount(days, Fraction(6), 0, weekdays=Weekdays(WEEK, WEEK[:6]))
    assert blind is not None
    assert told is not None
    assert told.high - told.low < 0.7 * (blind.high - blind.low)  # whole weeks vary less than their days
    counts = [round(value) for value in days]
    counted = forecast_counts(counts, Fraction(1), 0, weekdays=Weekdays(WEEK, [5]))
    assert counted is not None
    assert counted.by_weekday
    assert counted.mid > 9


@given(st.lists(st.tuples(st.floats(0, 1e12), st.integers(0, 6)), max_size=60))
def test_factors_are_above_nothing_and_average_to_one(days: list[tuple[float, int]]) -> None:
    weekdays = [weekday for _, weekday in days]
    factors = weekday_factors([value for value, _ in days], weekdays)
    if factors is not None:
        assert min(factors.values()) > 0
        told = [weekday for weekday in weekdays if weekday in factors]
        assert sum(factors[weekday] for weekday in told) == pytest.approx(len(told))


@given(st.floats(0.01, 50), st.integers(1, 6), st.integers(5, 60))
def test_the_tail_of_f_is_scipys(ratio: float, first: int, second: int) -> None:
    assert _f_tail(ratio, 1.0, first, second) == pytest.approx(stats.f.sf(ratio, first, second), abs=1e-12)
