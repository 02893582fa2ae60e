"""Commission: the worked numbers, and that every đồng is accounted for in whatever order sales were typed."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpi.commission.accruals import accruals, member_share, rounded, rounded_parts
from toolkit.kpi.commission.rates import Levels, Tier, Tiers

MILLION = 1_000_000
PLAN = (Tier(0, Fraction(3, 100)), Tier(50 * MILLION, Fraction(5, 100)), Tier(100 * MILLION, Fraction(8, 100)))
MARGINAL, RETROACTIVE = Tiers(PLAN), Tiers(PLAN, "retroactive")


@pytest.mark.parametrize(
    ("base", "marginal", "retroactive"),
    [
        (0, "0", "0"),
        (49_999_999, "1499999.97", "1499999.97"),
        (50_000_000, "1500000", "2500000"),
        (50_000_001, "1500000.05", "2500000.05"),
        (99_999_999, "3999999.95", "4999999.95"),
        (100_000_000, "4000000", "8000000"),
        (120_000_000, "5600000", "9600000"),
        (-10_000_000, "-300000", "-300000"),
    ],
)
def test_three_five_and_eight_percent(base: int, marginal: str, retroactive: str) -> None:
    assert MARGINAL.commission(Fraction(base)) == Fraction(marginal)
    assert RETROACTIVE.commission(Fraction(base)) == Fraction(retroactive)


def test_a_refund_of_thirty_million_next_month_claws_back_what_it_had_earned() -> None:
    sale, refund = accruals([Fraction(120 * MILLION), Fraction(-30 * MILLION)], MARGINAL.commission)
    assert [sale.amount, refund.amount] == [Fraction(5_600_000), Fraction(-2_100_000)]
    assert [refund.before, refund.after] == [Fraction(120 * MILLION), Fraction(90 * MILLION)]
    (later,) = accruals([Fraction(-30 * MILLION)], MARGINAL.commission, start=Fraction(120 * MILLION))
    assert later == refund


@pytest.mark.parametrize(
    ("percent", "paid"),
    [(40, 2_000_000), (50, 2_500_000), (90, 8_000_000), (100, 10_000_000), (125, 14_000_000), (200, 18_000_000)],
)
def test_levels_by_completion_in_straight_lines(percent: int, paid: int) -> None:
    assert _levels("linear").commission(Fraction(percent, 100)) == paid


def _levels(mode: str) -> Levels:
    levels = ((50, 2_500_000), (80, 6 * MILLION), (100, 10 * MILLION), (150, 18 * MILLION))
    return Levels(
        tuple((Fraction(percent, 100), paid) for percent, paid in levels), "step" if mode == "step" else "linear"
    )


@pytest.mark.parametrize(("percent", "paid"), [(0, 0), (49, 0), (50, 2_500_000), (99, 6_000_000), (300, 18_000_000)])
def test_levels_by_completion_in_steps(percent: int, paid: int) -> None:
    assert _levels("step").commission(Fraction(percent, 100)) == paid


def test_a_level_at_nothing_pays_from_the_start() -> None:
    levels = Levels(((Fraction(0), MILLION), (Fraction(1), 3 * MILLION)), "linear")
    assert levels.commission(Fraction(1, 2)) == 2 * MILLION
    assert levels.commission(Fraction(-1)) == MILLION


@pytest.mark.parametrize("starts", [[], [5], [0, 10, 10], [0, 20, 10]])
def test_tiers_start_at_nothing_and_rise(starts: list[int]) -> None:
    with pytest.raises(ValueError, match="tiers"):
        Tiers(tuple(Tier(start, Fraction(1, 10)) for start in starts))


@pytest.mark.parametrize("completions", [[], [-1], [1, 1], [2, 1]])
def test_levels_rise(completions: list[int]) -> None:
    with pytest.raises(ValueError, match="levels"):
        Levels(tuple((Fraction(completion), 1) for completion in completions))


RATES = st.fractions(min_value=0, max_value=1, max_denominator=1000)
STEPS = st.lists(st.integers(1, 50 * MILLION), max_size=4).map(lambda gaps: [0, *accumulate(gaps)])
TIERS = st.builds(
    lambda starts, rates, mode: Tiers(tuple(Tier(*pair) for pair in zip(starts, rates, strict=False)), mode),
    STEPS,
    st.lists(RATES, min_size=5, max_size=5),
    st.sampled_from(["marginal", "retroactive"]),
)
SALES = st.lists(st.integers(-40 * MILLION, 80 * MILLION).map(Fraction), max_size=12)


@given(TIERS, SALES, st.randoms(use_true_random=False))
def test_what_sales_add_sums_to_the_whole_in_every_order(plan: Tiers, sales: list[Fraction], any_order: object) -> None:
    total = plan.commission(sum(sales, Fraction(0)))
    assert sum(part.amount for part in accruals(sales, plan.commission)) == total
    any_order.shuffle(sales)  # type: ignore[attr-defined]
    assert sum(part.amount for part in accruals(sales, plan.commission)) == total


@given(TIERS, st.integers(-(10**10), 10**10).map(Fraction))
def test_the_slices_of_a_base_are_the_whole_base(plan: Tiers, base: Fraction) -> None:
    slices = plan.slices(base)
    assert sum(part.high - part.low for part in slices) == base
    assert sum(part.amount for part in slices) == plan.commission(base)
    assert all(slices[n].high == slices[n + 1].low for n in range(len(slices) - 1))


@given(TIERS, st.integers(-(10**9), 10**9).map(Fraction), st.integers(-(10**9), 10**9).map(Fraction))
def test_a_base_passes_on_its_way_through_slices_that_make_the_difference(
    plan: Tiers, start: Fraction, end: Fraction
) -> None:
    marginal = Tiers(plan.tiers)
    parts = marginal.between(start, end)
    assert sum(part.amount for part in parts) == marginal.commission(end) - marginal.commission(start)
    assert sum(part.high - part.low for part in parts) == end - start


@given(st.lists(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000), max_size=20))
def test_rounded_parts_sum_to_the_rounded_whole_and_none_moves_by_a_dong(parts: list[Fraction]) -> None:
    whole = rounded_parts(parts)
    assert sum(whole) == rounded(sum(parts, Fraction(0)))
    assert all(abs(mine - part) < 1 or mine - part == 1 for mine, part in zip(whole, parts, strict=True))


@pytest.mark.parametrize(("amount", "whole"), [("0.5", 1), ("-0.5", -1), ("0.49", 0), ("2.5", 3), ("-2.4", -2)])
def test_halves_are_rounded_away_from_zero(amount: str, whole: int) -> None:
    assert rounded(Fraction(amount)) == whole


def test_a_shared_sale_counts_by_the_members_share() -> None:
    assert member_share(Fraction(10 * MILLION), Fraction(30)) == 3 * MILLION
    with pytest.raises(ValueError, match="share"):
        member_share(Fraction(1), Fraction(101))
