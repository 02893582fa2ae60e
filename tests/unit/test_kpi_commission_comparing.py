"""What was paid beside what is owed: a slip that follows the plan agrees line by line, differences are told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from builders.any_commission import DECEMBER, MILLION, NOVEMBER, ledgers, owed, plan, plans, refund, sale
from toolkit.kpi.commission.comparing import (
    Reason,
    SlipRow,
    by_name,
    by_order,
    is_after_tax,
    order_key,
    orders_equal_to,
    refunds_of,
)
from toolkit.kpi.commission.plans import Plan, Rate, Rule

if TYPE_CHECKING:
    from toolkit.kpi.commission.entries import Entry

FIVE = Rule("basic", Rate(Fraction(5, 100)))


def never(key: str) -> Reason:
    raise AssertionError(key)


@settings(max_examples=60)
@given(plans(), ledgers())
def test_a_slip_that_follows_the_plan_agrees_line_by_line(by: Plan, entries: list[Entry]) -> None:
    named = [replace(entry, order=f"DH-{entry.sale or entry.id}") for entry in entries]
    found = owed(by, NOVEMBER, *named)
    paid: Counter[str] = Counter()
    for line in found.lines:
        if line.entry is not None:
            paid[line.entry.order] += line.whole
    slip = [SlipRow(n, amount, order=order) for n, (order, amount) in enumerate(paid.items(), start=2)]
    assert {line.reason for line in by_order([found], slip, never)} <= {"same"}
    assert {line.reason for line in by_order([found], [], never)} <= {"missing"}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([SlipRow(2, 500_000, "A1")], "same"),
        ([SlipRow(2, 499_999, "A1")], "rounding"),
        ([SlipRow(2, 300_000, "A1", rate=Fraction(3, 100))], "other_rate"),
        ([SlipRow(2, 300_000, "A1")], "other_rate"),
        ([SlipRow(2, 250_000, "A1", base=5 * MILLION)], "other_base"),
        ([SlipRow(2, 500_000, "A1"), SlipRow(3, 500_000, "a1 ")], "twice"),
    ],
)
def test_the_figures_of_an_order_name_what_differs(rows: list[SlipRow], reason: Reason) -> None:
    found = owed(plan(FIVE), NOVEMBER, sale("2026-11-05", 10 * MILLION, 1, order="A1"))
    (line,) = by_order([found], rows, never)
    assert line.reason == reason


def test_a_base_of_the_whole_sale_is_told_from_the_members_share() -> None:
    shared = sale("2026-11-05", 5 * MILLION, 1, order="A1", share=Fraction(1, 2))
    (line,) = by_order([owed(plan(FIVE), NOVEMBER, shared)], [SlipRow(2, 500_000, "A1", base=10 * MILLION)], never)
    assert (line.reason, line.difference) == ("share", 250_000)
    assert (line.theirs, line.ours) == (Fraction(10 * MILLION), Fraction(5 * MILLION))


@pytest.mark.parametrize(
    ("paid", "reason"), [(100_000, "refund_twice"), (500_000, "refund_missing"), (300_000, "same")]
)
def test_a_refund_of_the_same_month_taken_twice_or_not_at_all(paid: int, reason: Reason) -> None:
    sold = sale("2026-11-05", 10 * MILLION, 1, order="A1")
    found = owed(plan(FIVE), NOVEMBER, sold, refund(sold, "2026-11-20", 4 * MILLION))
    (line,) = by_order([found], [SlipRow(2, paid, "#A1")], never)
    assert line.reason == reason


def test_an_order_without_a_number_goes_by_the_number_in_the_book() -> None:
    found = owed(plan(FIVE), NOVEMBER, sale("2026-11-05", MILLION, 7))
    assert [line.reason for line in by_order([found], [SlipRow(2, 50_000, "#7")], never)] == ["same"]
    assert order_key(" #DH-07 ") == order_key("dh-07")


def test_sums_by_product_share_a_line_out() -> None:
    sold = sale("2026-11-05", 10 * MILLION)
    found = owed(plan(FIVE), NOVEMBER, sold)
    rows = [SlipRow(2, 400_000, product="Bảo hiểm"), SlipRow(3, 5, product="son")]
    lines = by_name("product", [found], rows, lambda _, line: {"bảo hiểm": Fraction(line.whole)})
    assert [(line.name, line.owed, line.reason) for line in lines] == [
        ("Bảo hiểm", 500_000, "other"), ("son", None, "not_in_book"),
    ]  # fmt: skip


def test_the_orders_and_refunds_that_a_difference_equals() -> None:
    first = sale("2026-11-05", 10 * MILLION, 1, order="A1")
    second = sale("2026-11-06", 4 * MILLION, 2, order="A2")
    found = owed(plan(FIVE), NOVEMBER, first, second, refund(first, "2026-11-20", MILLION))
    assert orders_equal_to([found], 200_000) == ["A2"]
    assert orders_equal_to([found], 0) == []
    assert refunds_of([found]) == -50_000
    assert refunds_of([owed(plan(FIVE), DECEMBER, first, second)]) == 0


@pytest.mark.parametrize(
    ("paid", "owed_", "is_it"),
    [(5_040_000, 5_600_000, True), (5_040_001, 5_600_000, True), (5_040_002, 5_600_000, False),
     (1_700_000, 1_888_889, False), (1_800_000, 2_000_000, True)],
)  # fmt: skip
def test_a_tenth_is_withheld_from_two_million_on(paid: int, owed_: int, is_it: bool) -> None:
    assert is_after_tax(paid, owed_) is is_it
