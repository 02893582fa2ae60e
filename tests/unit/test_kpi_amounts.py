"""Figures as a line has room for them: short, rounded to what can be known, never wrong by a unit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpi.views.amounts import Amount, Days, OfGoal, Percent, PeriodName, Span, rounded
from toolkit.kpi.views.overview import BAR, Bar
from toolkit.shell.messages import Messages

if TYPE_CHECKING:
    from toolkit.shell.blocks import Sayable

VI, EN = Messages("vi"), Messages("en")


def said(one: Sayable) -> str:
    return one.said(VI)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (66_000_000, "66tr"), (10_800_000, "10,8tr"), (7_714_286, "7,71tr"), (120_000_000, "120tr"), (0, "0đ"),
        (999, "999đ"), (1_000, "1k"), (45_500, "45,5k"), (1_234_567_890, "1,23 tỷ"), (-24_000_000, "−24tr"),
        (999_600, "1tr"), (Fraction(1, 3), "0đ"), (999_999_999, "1 tỷ"), (None, "–"),
    ],
)  # fmt: skip
def test_money_is_short(value: int | Fraction | None, text: str) -> None:
    assert said(Amount(value, "dong")) == text


def test_money_in_full_and_in_words() -> None:
    assert said(Amount(10_800_000, "dong", exact=True)) == "10.800.000đ"
    assert Amount(10_800_000, "dong", exact=True).said(EN) == "10,800,000đ"
    assert said(Amount(10_800_000, "dong", spoken=True)) == "10,8 triệu"
    assert Amount(10_800_000, "dong").said(EN) == "10.8m"


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (OfGoal(Fraction(66_000_000), Fraction(120_000_000), "dong"), "66/120tr"),
        (OfGoal(Fraction(900_000), Fraction(120_000_000), "dong"), "900k/120tr"),
        (OfGoal(Fraction(0), Fraction(120_000_000), "dong"), "0/120tr"),
        (OfGoal(None, Fraction(120_000_000), "dong"), "–/120tr"),
        (OfGoal(Fraction(18), Fraction(24), "count"), "18/24"),
        (OfGoal(Fraction(2, 7), Fraction(3, 10), "share"), "28,6/30 %"),
        (Span(84_350_600, 113_649_400, "dong"), "84–114tr"), (Span(45_200_000, 128_000_000, "dong"), "45–128tr"),
        (Span(66_000_000, 66_000_000, "dong"), "66tr"), (Span(900_000, 2_400_000, "dong"), "900k–2,4tr"),
        (Span(20.0, 27.0, "count"), "20–27"), (Span(-3_000_000, 2_000_000, "dong"), "−3–2tr"),
        (Percent(Fraction(11, 15)), "73%"), (Percent(0.8), "80%"), (Percent(Fraction(-1, 4)), "−25%"),
        (Percent(None), "–"), (Days(Fraction(9, 2)), "4,5"), (Days(Fraction(5)), "5"),
        (PeriodName(date(2026, 11, 1), date(2026, 12, 1), 2026), "T11"),
        (PeriodName(date(2026, 11, 1), date(2026, 12, 1), 2027), "T11/2026"),
        (PeriodName(date(2026, 10, 1), date(2027, 1, 1), 2026), "Q4"),
        (PeriodName(date(2026, 1, 1), date(2027, 1, 1), 2026), "năm 2026"),
        (PeriodName(date(2026, 11, 16), date(2026, 11, 23), 2026), "16/11–22/11"),
        (PeriodName(date(2026, 12, 28), date(2027, 1, 4), 2026), "28/12/2026–03/01/2027"),
        (PeriodName(date(2026, 11, 16), date(2026, 11, 17), 2026), "16/11"),
        (PeriodName(date(2026, 11, 1), date(2026, 12, 1), full=True), "tháng 11/2026"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)  # fmt: skip
def test_figures_are_said(one: Sayable, text: str) -> None:
    assert said(one) == text


@given(value=st.fractions(-(10**15), 10**15), digits=st.integers(1, 6))
def test_rounding_is_to_the_nearest_and_keeps_the_sign(value: Fraction, digits: int) -> None:
    near = rounded(value, digits)
    assert abs(near - value) <= abs(value) / (2 * 10 ** (digits - 1)) if value else near == 0
    assert near * value >= 0


@given(value=st.integers(-(10**15), 10**15) | st.fractions(-(10**9), 10**9), lang=st.sampled_from([VI, EN]))
def test_any_amount_in_any_unit_is_said(value: int | Fraction, lang: Messages) -> None:
    for unit in ("dong", "count", "share", "number"):
        assert Amount(value, unit).said(lang)
        assert "kpi." not in Span(float(value), float(value) + 5, unit).said(lang)


@given(part=st.fractions(-1, 3), pace=st.none() | st.fractions(-1, 3))
def test_a_bar_has_its_width_and_one_tick(part: Fraction, pace: Fraction | None) -> None:
    drawn = Bar(part, pace).said(VI)
    assert len(drawn) == BAR + 1
    assert drawn.count("│") == (pace is not None)
    assert ("▓" in drawn) == (part > 0)


def test_the_bar_of_the_design() -> None:
    assert Bar(Fraction(66, 120), Fraction(90, 120)).said(VI) == "▓▓▓▓▓▓░░│░░░"
    assert Bar(Fraction(1), None).said(VI) == "▓" * (BAR + 1)
    assert Bar(Fraction(2), Fraction(1)).said(VI) == "▓" * BAR + "│"
