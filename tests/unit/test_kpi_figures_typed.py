"""Numbers of key results as people type them, exactly."""

from __future__ import annotations

from fractions import Fraction
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpi.okr import Figure, Result, Value, read_figure


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("8", 8, "number"), ("9,5", Fraction(19, 2), "number"), ("9.5", Fraction(19, 2), "number"),
        ("1.500", 1500, "number"), ("1.500.000", 1_500_000, "number"), ("1,500,000", 1_500_000, "number"),
        ("1.500,5", Fraction(3001, 2), "number"), ("2/7", Fraction(2, 7), "number"), ("-3", -3, "number"),
        ("30%", Fraction(3, 10), "share"), ("12,5 %", Fraction(1, 8), "share"), ("120tr", 120_000_000, "dong"),
        ("1,2 tỷ", 1_200_000_000, "dong"), ("500.000đ", 500_000, "dong"), ("0,125", Fraction(1, 8), "number"),
    ],
)  # fmt: skip
def test_a_number_is_read_exactly(typed: str, value: Fraction, unit: str) -> None:
    assert read_figure(typed).value == Figure(Fraction(value), unit)  # type: ignore[arg-type]


def test_a_comma_before_three_digits_has_two_readings() -> None:
    readings = read_figure("1,500")
    assert {one.value for one in readings.values} == {Fraction(3, 2), Fraction(1500)}
    assert readings.code == "kpi.figure_two_readings"


@pytest.mark.parametrize("typed", ["", "nan", "inf", "1e9", "1/0", "--3", "12 khách", "٣", "9" * 50, "1.2.3", "0x10"])
def test_what_is_no_number_is_no_number(typed: str) -> None:
    assert not read_figure(typed)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(typed: str) -> None:
    readings = read_figure(typed)
    assert readings or readings.code


@pytest.mark.parametrize("typed", ["9" * 5000, "1." * 3000, "1,000" * 2000, "9 " * 4000 + "%", "1/" * 3000])
def test_long_input_takes_no_time(typed: str) -> None:
    began = monotonic()
    read_figure(typed)
    assert monotonic() - began < 1


def test_the_newest_value_up_to_a_day_is_what_a_result_stands_at() -> None:
    from datetime import date

    first, second = date(2026, 11, 1), date(2026, 11, 5)
    values = (Value(3, second, Fraction(7)), Value(1, first, Fraction(8)), Value(2, first, Fraction(9)))
    result = Result(1, 1, "điểm", Fraction(5), Fraction(10), values=values)
    assert [result.said(day) for day in (date(2026, 10, 31), first, second)] == [None, 9, 7]
