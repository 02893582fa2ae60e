"""The trend, judged by scipy: Mann–Kendall against Kendall's tau; units and the direction of time."""

from __future__ import annotations

import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.kpi.trend import mann_kendall, trend

MONTHS = st.lists(st.integers(0, 10**9), min_size=3, max_size=36)


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=10, unique=True))
def test_without_ties_p_is_the_exact_one_of_kendalls_tau(months: list[int]) -> None:
    theirs = scipy.stats.kendalltau(range(len(months)), months, method="exact")
    assert mann_kendall(months).p == pytest.approx(theirs.pvalue, abs=1e-12)


@given(MONTHS.filter(lambda months: len(months) > 10))
def test_with_ties_s_and_its_variance_are_those_of_kendalls_tau(months: list[int]) -> None:
    assume(len(set(months)) > 1)
    found = mann_kendall(months)
    pairs = len(months) * (len(months) - 1) / 2
    tied = sum(months.count(value) * (months.count(value) - 1) for value in set(months)) / 2
    tau = scipy.stats.kendalltau(range(len(months)), months).statistic
    assert found.s == pytest.approx(tau * (pairs * (pairs - tied)) ** 0.5)


@given(MONTHS, st.integers(1, 1000), st.integers(0, 10**6))
def test_a_trend_does_not_depend_on_the_unit_and_turns_with_time(months: list[int], times: int, more: int) -> None:
    found, scaled, turned = trend(months), trend([times * month for month in months]), trend(months[::-1])
    assert found is not None
    assert scaled is not None
    assert turned is not None
    assert scaled.slope == pytest.approx(found.slope * times, rel=1e-9)
    assert (scaled.test.s, scaled.test.p, scaled.verdict) == (found.test.s, found.test.p, found.verdict)
    assert turned.slope == pytest.approx(-found.slope)
    assert turned.test.s == -found.test.s
    lifted = trend([month + more for month in months])
    assert lifted is not None
    assert lifted.slope == pytest.approx(found.slope, abs=1e-6)
