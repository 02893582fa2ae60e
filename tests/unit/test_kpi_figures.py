"""Shares, trends, distributions and key results: the worked numbers, and scipy and brute force as judges."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import inf, isnan

import pytest
import scipy.special
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.shares import share
from toolkit.kpi.distributions import NegativeBinomial, incomplete_beta, student_t_cdf, student_t_quantile
from toolkit.kpi.okr import KeyResult, objective_progress
from toolkit.kpi.ratios import WinLoss, funnel, needed_at_first
from toolkit.kpi.trend import mann_kendall, trend


def test_two_of_seven_customers_came_back() -> None:
    repeat = share(2, 7)
    assert repeat.value == Fraction(2, 7)
    assert repeat.low == pytest.approx(0.1253, abs=5e-5)
    assert repeat.high == pytest.approx(0.5275, abs=5e-5)


def test_nine_deals_won_and_twelve_lost() -> None:
    deals = WinLoss(9, 12)
    assert deals.rate.value == Fraction(3, 7)
    assert deals.ratio == Fraction(3, 4)
    at_95 = share(9, 21, level=0.95)
    assert at_95.low == pytest.approx(0.2447, abs=5e-5)
    assert at_95.high == pytest.approx(0.6345, abs=5e-5)


def test_no_deals_have_no_rate() -> None:
    assert share(0, 0) == share(0, 0, 0.5)
    assert share(0, 0).value is None
    assert WinLoss(4, 0).ratio is None


def test_a_part_is_not_more_than_the_whole() -> None:
    with pytest.raises(ValueError, match="whole"):
        share(3, 2)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.99))
def test_a_share_lies_in_its_interval_as_scipy_has_it(counts: tuple[int, int], level: float) -> None:
    mine = share(*counts, level)
    theirs = scipy.stats.binomtest(*counts).proportion_ci(level, method="wilson")
    assert mine.low == pytest.approx(theirs.low, abs=1e-9)
    assert mine.high == pytest.approx(theirs.high, abs=1e-9)


def test_a_funnel_says_what_each_stage_keeps() -> None:
    stages = funnel([120, 48, 20, 8])
    assert [stage.of_previous for stage in stages] == [None, Fraction(2, 5), Fraction(5, 12), Fraction(2, 5)]
    assert stages[-1].of_first == Fraction(1, 15)
    assert needed_at_first([120, 48, 20, 8], 12) == 180
    assert needed_at_first([120, 48, 0], 12) is None
    assert needed_at_first([], 12) is None
    assert funnel([0, 3])[1].of_previous is None


@pytest.mark.parametrize(
    ("months", "slope", "intercept", "s", "variance", "z", "p", "variation", "wobble", "verdict"),
    [
        ([40, 44, 43, 49, 52, 51, 57, 60, 62, 61, 68, 72], 2.75, 40.5,
         60, 212.6667, 4.0458, 5e-5, 0.184, 0.0136, "rising"),
        ([40, 75, 38, 80, 36, 78, 41, 74, 39, 82, 37, 79], 0.166667, 56.416667,
         6, 212.6667, 0.3429, 0.7317, 0.3565, 0.5092, "wavy"),
        ([55, 54, 56, 55, 55, 54, 56, 55, 54, 56, 55, 55], 0, 55, 3, 177, 0.1503, 0.8805, 0.0134, 0.0135, "steady"),
    ],
)  # fmt: skip
def test_a_year_of_months(
    months: list[float], slope: float, intercept: float, s: int, variance: float, z: float, p: float,
    variation: float, wobble: float, verdict: str,
) -> None:  # fmt: skip
    found = trend(months)
    assert found is not None
    assert found.slope == pytest.approx(slope, abs=5e-7)
    assert found.intercept == pytest.approx(intercept, abs=5e-7)
    assert (found.test.s, found.verdict) == (s, verdict)
    assert found.test.variance == pytest.approx(variance, abs=5e-5)
    assert found.test.z == pytest.approx(z, abs=5e-5)
    assert found.test.p == pytest.approx(p, abs=5e-5)
    assert found.variation == pytest.approx(variation, abs=5e-5)
    assert found.wobble == pytest.approx(wobble, abs=5e-5)


def test_below_six_months_there_is_no_verdict() -> None:
    for months in range(2, 6):
        found = trend(list(range(10, 10 + months)))
        assert found is not None
        assert found.verdict is None
        assert found.slope == 1
    six = trend(list(range(10, 16)))
    assert six is not None
    assert six.verdict == "rising"
    assert six.line(6) == 16
    assert trend([5.0]) is None


def test_months_without_any_sale_are_not_a_division_by_zero() -> None:
    empty = trend([0, 0, 0, 0, 0, 0])
    assert empty is not None
    assert empty.wobble is None
    assert empty.variation is None
    assert empty.test.p == 1


@given(st.lists(st.integers(0, 4), min_size=2, max_size=6))
def test_the_exact_p_is_what_all_orders_of_the_months_say(values: list[int]) -> None:
    found = mann_kendall(values)
    orders = [mann_kendall_s(order) for order in permutations(values)]
    assert found.s == mann_kendall_s(values)
    assert found.p == pytest.approx(sum(abs(s) >= abs(found.s) for s in orders) / len(orders))


def mann_kendall_s(values: tuple[int, ...] | list[int]) -> int:
    pairs = [(values[i], values[j]) for i in range(len(values)) for j in range(i + 1, len(values))]
    return sum(b > a for a, b in pairs) - sum(b < a for a, b in pairs)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=40))
def test_the_slope_is_scipys(values: list[int]) -> None:
    found = trend(values)
    assert found is not None
    judged = scipy.stats.theilslopes(values, method="joint")
    assert found.slope == pytest.approx(float(judged.slope), abs=1e-9)
    assert found.intercept == pytest.approx(float(judged.intercept), abs=1e-9)


SHAPES = st.floats(0.01, 5000)


@given(SHAPES, SHAPES, st.floats(0, 1))
def test_the_incomplete_beta_function_is_scipys(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(float(scipy.special.betainc(a, b, x)), abs=1e-9)


@given(st.floats(-50, 50), st.floats(1, 500))
def test_students_t_is_scipys(t: float, freedom: float) -> None:
    assert student_t_cdf(t, freedom) == pytest.approx(float(scipy.stats.t.cdf(t, freedom)), abs=1e-9)


@given(st.floats(0.001, 0.999), st.floats(1, 500))
def test_a_quantile_of_students_t_leads_back(probability: float, freedom: float) -> None:
    assert student_t_cdf(student_t_quantile(probability, freedom), freedom) == pytest.approx(probability, abs=1e-9)


def test_the_ends_of_students_t() -> None:
    assert student_t_quantile(0, 3) == -inf
    assert student_t_quantile(1, 3) == inf
    assert isnan(student_t_quantile(2, 3))


def test_eighteen_sales_in_fifteen_days_and_five_days_to_come() -> None:
    to_come = NegativeBinomial(4 + 18, 20 / 25)
    assert to_come.mean == pytest.approx(5.5)
    assert to_come.variance == pytest.approx(6.875)
    assert to_come.at_least(24 - 18) == pytest.approx(0.461343, abs=5e-7)
    assert [to_come.quantile(q) for q in (0.1, 0.9, 0.25, 0.75)] == [2, 9, 4, 7]
    assert to_come.at_least(0) == 1
    assert to_come.cdf(-1) == 0


@given(st.floats(0.1, 500), st.floats(0.02, 1), st.floats(0, 0.999))
def test_quantiles_of_counts_are_scipys(shape: float, probability: float, q: float) -> None:
    mine = NegativeBinomial(shape, probability)
    k = mine.quantile(q)
    assert mine.cdf(k) >= q
    assert mine.cdf(k - 1) < max(q, 1e-300)
    assert mine.cdf(k) == pytest.approx(float(scipy.stats.nbinom.cdf(k, shape, probability)), abs=1e-9)


@pytest.mark.parametrize(("shape", "probability"), [(0, 0.5), (1, 0), (1, 1.5)])
def test_a_count_that_cannot_be_is_refused(shape: float, probability: float) -> None:
    with pytest.raises(ValueError, match="shape"):
        NegativeBinomial(shape, probability)
    with pytest.raises(ValueError, match="quantile"):
        NegativeBinomial(1, 0.5).quantile(1)


def test_key_results_are_clamped_before_their_mean() -> None:
    results = [
        KeyResult(Fraction(0), Fraction(10), Fraction(25)),
        KeyResult(Fraction(8), Fraction(4), Fraction(7)),
        KeyResult(Fraction(0), Fraction(10), Fraction(-5)),
        KeyResult(Fraction(0), Fraction(10), None),
    ]
    assert [result.progress for result in results] == [1, Fraction(1, 4), 0, None]
    assert objective_progress(results) == Fraction(5, 16)
    assert objective_progress(results[3:]) is None
    assert objective_progress([]) is None
    assert KeyResult(Fraction(3), Fraction(3), Fraction(3)).progress is None
