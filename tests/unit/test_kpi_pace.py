"""Where a target stands: the worked numbers, and what holds for every target."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpi.pace import PaceLine, pace, pace_line

T, A = Fraction(120_000_000), Fraction(66_000_000)


@pytest.mark.parametrize(
    ("total", "elapsed", "expected", "index", "projection", "required", "load", "safe"),
    [
        (20, 15, 90_000_000, "0.7333", 88_000_000, "10800000.0000", "2.4545", -4),
        (24, 17, 85_000_000, "0.7765", "93176470.5882", "7714285.7143", "1.9870", -4),
        (29, 20, "82758620.6897", "0.7975", 95_700_000, "6000000.0000", "1.8182", -5),
    ],
    ids=["five-day week", "six-day week", "every day"],
)
def test_sixty_six_of_a_hundred_and_twenty_million(
    total: int, elapsed: int, expected: object, index: str, projection: object, required: str, load: str, safe: int
) -> None:
    now = pace(pace_line(Fraction(total), T), A, Fraction(elapsed))
    assert now.index is not None
    assert now.projection is not None
    assert now.required is not None
    assert now.load is not None
    assert _shown(now.expected) == _shown(expected)
    assert _shown(now.gap) == _shown(A - now.expected)
    assert _shown(now.projection) == _shown(projection)
    assert f"{float(now.index):.4f}" == index
    assert f"{float(now.required):.4f}" == required
    assert f"{float(now.load):.4f}" == load
    assert now.safe_days == safe
    assert now.remaining == total - elapsed


def _shown(value: object) -> str:
    return f"{float(str(value)) if not isinstance(value, Fraction) else float(value):.4f}"


def test_what_has_no_value_is_none_and_never_zero() -> None:
    before = pace(pace_line(Fraction(20), T), Fraction(0), Fraction(0))
    assert (before.index, before.run_rate, before.projection, before.load) == (None, None, None, None)
    assert before.required == T / 20
    over = pace(pace_line(Fraction(20), T), A, Fraction(20))
    assert over.required is None
    assert over.load is None
    assert over.index == A / T
    nothing_asked = pace(pace_line(Fraction(20), Fraction(0)), A, Fraction(5))
    assert nothing_asked.index is None
    assert nothing_asked.safe_days is None
    assert nothing_asked.required == 0
    no_days = pace(pace_line(Fraction(0), T), A, Fraction(0))
    assert no_days.required is None
    assert no_days.run_rate is None
    assert no_days.safe_days is None
    assert no_days.expected == T


def test_a_target_already_met_requires_nothing_more() -> None:
    assert pace(pace_line(Fraction(20), T), T + 1, Fraction(3)).required == 0


def test_a_revised_target_bends_the_line_at_that_day_and_leaves_the_past_alone() -> None:
    line = pace_line(Fraction(20), Fraction(100), [(Fraction(10), Fraction(200))])
    assert line.expected(Fraction(5)) == 25
    assert line.expected(Fraction(10)) == 50
    assert line.expected(Fraction(15)) == 125
    assert line.expected(Fraction(20)) == 200


def test_a_revision_before_the_first_day_is_the_target() -> None:
    assert pace_line(Fraction(20), Fraction(100), [(Fraction(-3), Fraction(50))]) == pace_line(
        Fraction(20), Fraction(50)
    )


def test_a_lowered_target_may_lie_below_what_was_expected_already() -> None:
    line = pace_line(Fraction(20), Fraction(100), [(Fraction(10), Fraction(40))])
    assert line.expected(Fraction(15)) == 45
    assert line.expected(Fraction(20)) == 40


def test_a_line_goes_forward_from_its_first_day() -> None:
    with pytest.raises(ValueError, match="forward"):
        PaceLine(((Fraction(0), Fraction(0)), (Fraction(5), Fraction(1)), (Fraction(4), Fraction(2))))


DAYS = st.fractions(min_value=0, max_value=400, max_denominator=2)
AMOUNTS = st.integers(min_value=0, max_value=10**13).map(Fraction)
REVISIONS = st.lists(st.tuples(DAYS, AMOUNTS), max_size=4)


@given(DAYS, AMOUNTS, REVISIONS, AMOUNTS, DAYS)
def test_no_target_is_too_odd_to_be_measured(
    total: Fraction, target: Fraction, revisions: list[tuple[Fraction, Fraction]], actual: Fraction, gone: Fraction
) -> None:
    now = pace(pace_line(total, target, revisions), actual, gone)
    assert now.elapsed + now.remaining == total
    assert now.gap == actual - now.expected
    if now.required is not None:
        assert actual + now.required * now.remaining >= now.target


@given(DAYS.filter(bool), AMOUNTS.filter(bool), AMOUNTS, DAYS)
def test_after_the_safe_days_the_line_has_not_yet_passed_the_actual(
    total: Fraction, target: Fraction, actual: Fraction, gone: Fraction
) -> None:
    line = pace_line(total, target)
    now = pace(line, actual, gone)
    assert now.safe_days is not None
    rested = now.elapsed + now.safe_days
    if rested <= total:
        assert line.expected(max(rested, Fraction(0))) <= actual or rested <= 0
    if rested + 2 <= total:
        assert line.expected(max(rested + 2, Fraction(0))) > actual


@given(DAYS, AMOUNTS, REVISIONS)
def test_the_line_ends_at_the_last_target_and_does_not_jump_before(
    total: Fraction, target: Fraction, revisions: list[tuple[Fraction, Fraction]]
) -> None:
    line = pace_line(total, target, revisions)
    last = max(revisions, key=lambda revision: revision[0])[0] if revisions else None
    if last is None or last < total:
        for (day, amount), (next_day, _) in pairwise(line.corners):
            assert day < next_day or total == 0
            assert line.expected(day) == amount or total == 0
    assert line.expected(total) == line.target
