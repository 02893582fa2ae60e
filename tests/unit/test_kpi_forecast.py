"""The forecast: its worked numbers, and that it never says more than it knows."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpi.forecast import Forecast, forecast_amount, forecast_count, forecast_counts

DAILY = [0, 3, 0, 5, 2, 0, 8, 4, 0, 6, 3, 0, 7, 5, 3, 0, 9, 4, 2, 5]


def test_twenty_days_of_sales_and_ten_to_come() -> None:
    forecast = forecast_amount(DAILY, Fraction(10), 66, target=100)
    assert forecast is not None
    assert (forecast.method, forecast.days) == ("even", 20)
    assert forecast.low == pytest.approx(84.3506, abs=5e-5)
    assert forecast.mid == pytest.approx(99)
    assert forecast.high == pytest.approx(113.6494, abs=5e-5)
    assert forecast.probability == pytest.approx(0.4644, abs=5e-5)
    assert forecast.spoken == 0.45


def test_eighteen_orders_in_fifteen_days_and_five_to_come() -> None:
    forecast = forecast_count(18, Fraction(15), Fraction(5), target=24, prior=(4, 5))
    assert forecast.probability == pytest.approx(0.461343, abs=5e-7)
    assert (forecast.low, forecast.high) == (18 + 2, 18 + 9)
    assert forecast.mid == pytest.approx(23.5)
    assert forecast.spoken == 0.5


def test_below_ten_days_there_is_an_interval_and_no_probability() -> None:
    for days in range(2, 10):
        forecast = forecast_amount(DAILY[:days], Fraction(5), 20, target=30)
        assert forecast is not None
        assert forecast.spoken is None
        assert forecast.low < forecast.high
        assert forecast_count(3, Fraction(days), Fraction(5), target=4).probability is None
    ten = forecast_amount(DAILY[:10], Fraction(5), 20, target=30)
    assert ten is not None
    assert ten.probability is not None


def test_of_a_single_day_nothing_can_be_said() -> None:
    assert forecast_amount([5], Fraction(5), 5) is None
    with pytest.raises(ValueError, match="day"):
        forecast_count(0, Fraction(0), Fraction(5))


@pytest.mark.parametrize(
    ("probability", "days", "spoken"),
    [(0.44, 12, 0.4), (0.44, 20, 0.45), (0.999, 12, 0.9), (0.999, 30, 0.95), (0.001, 30, 0.05), (0.97, 19, 0.9)],
)
def test_a_probability_is_said_no_finer_than_it_is_known_and_never_as_certain(
    probability: float, days: int, spoken: float
) -> None:
    assert Forecast(0, 1, 2, 0.8, probability, days, "even").spoken == spoken


def test_of_days_without_any_sale_nothing_can_be_said() -> None:
    assert forecast_amount([0.0] * 30, Fraction(5), 0, target=10) is None


def test_the_worked_days_stay_on_the_even_model_and_a_quarter_ahead_allows_for_a_slope() -> None:
    near, far = (forecast_amount(DAILY, Fraction(ahead), 0) for ahead in (10, 45))
    assert near is not None
    assert far is not None
    assert (near.method, far.method) == ("even", "sloping")
    even_scale = 1.3277 * 2.848822 * (45 + 45**2 / 20) ** 0.5  # t of 19 days at 90 %
    assert far.high - far.mid > even_scale


def test_where_no_sale_is_likelier_than_a_tail_the_interval_begins_at_what_is_sold() -> None:
    days = [0.0] * 12 + [20e6, 0, 0, 0, 30e6, 0, 0, 0]
    forecasts = [forecast_amount(days, Fraction(2), 50e6, level=level) for level in (0.5, 0.8, 0.9)]
    assert [one and one.low for one in forecasts] == [50e6] * 3
    highs = [one.high for one in forecasts if one]
    assert highs == sorted(highs)
    assert highs[0] == 50e6  # two days without a sale are likelier than one with it
    assert highs[1] > 50e6


def test_days_below_nothing_let_the_end_lie_below_what_stands() -> None:
    net = [5.0, -3, 2, -4, 6, -5, 1, -2, 3, -4, 2, -6]
    forecast = forecast_amount(net, Fraction(5), 10)
    assert forecast is not None
    assert forecast.low < 10


def test_counts_that_differ_from_day_to_day_more_than_chance_have_a_wider_interval() -> None:
    calm, bursts = forecast_counts([3] * 20, Fraction(5), 60), forecast_counts([0, 0, 0, 12] * 5, Fraction(5), 60)
    unknown = forecast_count(60, Fraction(20), Fraction(5), prior=(0, 0))
    assert calm is not None
    assert bursts is not None
    assert (calm.low, calm.high) == (unknown.low, unknown.high)
    assert bursts.low < calm.low
    assert calm.high < bursts.high
    assert calm.days == 20


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=60), st.fractions(0, 250, max_denominator=2), st.integers(0, 900)
)
def test_no_counts_are_too_odd_to_be_forecast(daily: list[int], remaining: Fraction, target: int) -> None:
    count = sum(daily)
    forecast = forecast_counts(daily, remaining, count, target=target)
    assert forecast is not None
    assert count <= forecast.low <= forecast.mid <= forecast.high
    if forecast.probability is not None:
        assert 0 <= forecast.probability <= 1
    if not remaining:
        assert forecast.low == forecast.high == count


def test_only_the_last_sixty_days_count() -> None:
    recent = [float(value) for value in DAILY * 3]
    assert forecast_amount([1e9] * 40 + recent, Fraction(5), 0) == forecast_amount(recent, Fraction(5), 0)


def test_who_sells_on_few_days_is_forecast_by_sales_and_not_by_days() -> None:
    days = [0.0, 0, 0, 30e6, 0, 0, 0, 12e6, 0, 0, 0, 0, 18e6, 0, 0, 0]
    forecast = forecast_amount(days, Fraction(3), 60e6)
    assert forecast is not None
    assert forecast.method == "lumpy"
    assert forecast.low == 60e6  # three days without a sale are likely enough
    far = forecast_amount(days, Fraction(40), 60e6)
    assert far is not None
    assert far.low > 60e6


def test_a_level_that_has_doubled_is_followed() -> None:
    rng = random.Random(3)
    days = [rng.gauss(10, 1.5) for _ in range(25)] + [rng.gauss(30, 1.5) for _ in range(20)]
    forecast = forecast_amount(days, Fraction(10), 0)
    assert forecast is not None
    assert forecast.method == "moving"
    assert forecast.mid == pytest.approx(300, rel=0.1)


AMOUNTS = st.lists(st.floats(0, 1e12), max_size=80)


@given(AMOUNTS, st.fractions(0, 300, max_denominator=2), st.floats(0, 1e12), st.floats(0, 1e13))
def test_no_history_is_too_odd_to_be_forecast(
    daily: list[float], remaining: Fraction, actual: float, target: float
) -> None:
    forecast = forecast_amount(daily, remaining, actual, target=target)
    if forecast is None:
        assert len(daily) < 2 or not any(daily[-60:])
        return
    assert actual <= forecast.low <= forecast.mid <= forecast.high
    if forecast.probability is not None:
        assert 0 <= forecast.probability <= 1
        if target <= actual:
            assert forecast.probability == 1
    if not remaining:
        assert forecast.low == forecast.high == actual


@given(AMOUNTS.filter(lambda daily: len(daily) >= 10 and any(daily[-60:])), st.fractions(1, 60, max_denominator=2))
def test_a_wider_level_is_a_wider_interval(daily: list[float], remaining: Fraction) -> None:
    narrow, wide = (forecast_amount(daily, remaining, 0, level=level) for level in (0.5, 0.9))
    assert narrow is not None
    assert wide is not None
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


def test_the_band_holds_what_it_promises_for_members_who_sell_every_day() -> None:
    rng = random.Random(11)
    held = 0
    for _ in range(300):
        life = [rng.lognormvariate(13, 0.7) for _ in range(25)]
        forecast = forecast_amount(life[:15], Fraction(10), 0)
        assert forecast is not None
        held += forecast.low <= sum(life[15:]) <= forecast.high
    assert 0.72 <= held / 300 <= 0.9  # ± 3 standard errors of 300 around the promised 75–88 %
