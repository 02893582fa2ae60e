"""An average day is told in round figures, half up; what may be spent a day is never rounded up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.expenses.views.words import about, at_most

AMOUNTS = st.integers(0, 10**12)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (9_545, 9_500), (9_550, 9_600), (9_960, 10_000), (46_666, 47_000), (46_499, 46_000), (46_500, 47_000),
        (10_000, 10_000), (10_499, 10_000), (1_049, 1_000), (149, 100), (99, 99), (0, 0),
    ],
)  # fmt: skip
def test_an_average_day_is_rounded_half_up(amount: int, told: int) -> None:
    assert about(amount).amount == told


@given(AMOUNTS, AMOUNTS)
def test_an_average_day_is_near_what_it_was_and_keeps_the_order(one: int, other: int) -> None:
    assert abs(about(one).amount - one) <= (500 if one >= 10_000 else 50)
    assert (about(one).amount <= about(other).amount) or one > other


@given(AMOUNTS)
def test_what_may_be_spent_a_day_is_never_more_than_is_left(amount: int) -> None:
    assert 0 <= amount - at_most(amount).amount < 1_000


@given(AMOUNTS, st.sampled_from(["USD", "JPY"]))
def test_other_currencies_are_told_to_the_last_unit(amount: int, currency: str) -> None:
    assert about(amount, currency).amount == amount
