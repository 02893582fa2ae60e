"""What other programs' commissions have got wrong, as things that are true of ours; and how sales become entries.

Each name says the fact; the reports are public: OCA commission 51, 330, 500, 555, 607, 652; ADempiere 1628; ERPNext
40308 and its allocated percentages; Dokan 222.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.any_commission import DECEMBER, MILLION, NOVEMBER, owed, plan, refund, sale, tiered
from builders.kpi_books import NOW
from builders.kpi_books import sale as sold_in_book
from toolkit.kpi.commission.entries import Part
from toolkit.kpi.commission.gathering import Gatherer
from toolkit.kpi.commission.plans import Only, PerThing, Plan, Rate, Rule, Version
from toolkit.kpi.model import Activity, Line, Payment

if TYPE_CHECKING:
    from toolkit.kpi.commission.entries import Doubtful, Entry
    from toolkit.kpi.model import Sale

FIVE = Rule("basic", Rate(Fraction(5, 100)))
OF_A_PRODUCT = Rule("add_on", Rate(Fraction(5, 100)), Only(products=("bảo hiểm",)), instead=True)


@dataclass
class Known:
    """What the book knows, said by the test."""

    sales: dict[int, Sale] = field(default_factory=dict)
    payments: dict[int, list[tuple[date, int]]] = field(default_factory=dict)
    customers: frozenset[int] = frozenset()

    def sale_refunded(self, refund: Sale) -> tuple[Sale, Doubtful] | None:
        found = self.sales.get(refund.refunds)
        return None if found is None else (found, "")

    def sale(self, number: int) -> Sale | None:
        return self.sales.get(number)

    def bought_before(self, sale: Sale) -> bool:
        return sale.customer in self.customers

    def received(self, sale: int, until: date) -> int | None:
        if sale not in self.payments:
            return None
        return sum(amount for day, amount in self.payments[sale] if day <= until)


def november(amount: int, number: int = 1, **fields: Any) -> Sale:
    """A sale of November 5, one line for all of it."""
    lines = fields.pop("lines", (Line("bảo hiểm", Fraction(1), amount),))
    return sold_in_book(amount, id=number, ordered=date(2026, 11, 5), lines=lines, **fields)


def refunded(of: Sale, amount: int, **fields: Any) -> Sale:
    """A refund of it on December 3."""
    return replace(
        of, id=of.id + 100, kind="refund", amount=amount, ordered=date(2026, 12, 3), refunds=of.id, lines=(), **fields
    )


def gatherer(by: Plan, *sales: Sale, **known: Any) -> Gatherer:
    return Gatherer(by, Known({one.id: one for one in sales}, **known))


# --- named defects ---


@pytest.mark.parametrize("rule", [FIVE, OF_A_PRODUCT])
def test_a_refund_lowers_a_commission_by_product_as_it_lowers_any(rule: Rule) -> None:
    sold = sale("2026-11-05", 1_000)
    back = refund(sold, "2026-11-20", 200)
    assert owed(plan(rule), NOVEMBER, sold, back).exact == 800 * Fraction(5, 100)


def test_a_month_that_owes_and_one_that_takes_back_come_to_nothing_together() -> None:
    sold = sale("2026-11-05", 10 * MILLION)
    back = refund(sold, "2026-12-03", 10 * MILLION)
    months = [owed(plan(FIVE), period, sold, back).total for period in (NOVEMBER, DECEMBER)]
    assert months == [500_000, -500_000]
    assert sum(months) == 0


def test_tiers_go_by_the_month_not_by_each_line_of_an_order() -> None:
    halves = tuple(Part(name, Fraction(30 * MILLION), Fraction(1)) for name in ("a", "b"))
    order = sale("2026-11-05", 60 * MILLION, parts=halves)
    assert owed(tiered(), NOVEMBER, order).total == 2_000_000
    assert owed(tiered(), NOVEMBER, *(sale("2026-11-05", 30 * MILLION, n) for n in (1, 2))).total == 2_000_000


def test_an_order_that_was_never_paid_and_is_refunded_owes_nothing_and_takes_nothing() -> None:
    by = plan(FIVE, base="received")
    sold = november(10 * MILLION)
    making = gatherer(by, sold)
    assert making.given_back(refunded(sold, 10 * MILLION)) is None
    assert making.paid_at_once(sold) is None


def test_what_is_given_back_is_never_more_than_what_had_come_in() -> None:
    by = plan(FIVE, base="received")
    sold = november(10 * MILLION)
    making = gatherer(by, sold, payments={1: [(date(2026, 11, 9), 4 * MILLION)]})
    came = making.payment(Payment(7, "own", date(2026, 11, 9), 4 * MILLION, 1, NOW, sale=1))
    back = making.given_back(refunded(sold, 10 * MILLION))
    assert back is not None
    assert (int(came.amount), int(back.amount)) == (4 * MILLION, -4 * MILLION)
    assert owed(by, NOVEMBER, came, back).total == 200_000
    assert owed(by, DECEMBER, came, back).total == -200_000


def test_a_shared_sale_pays_the_members_share_of_the_rate_and_not_the_share_itself() -> None:
    shared = gatherer(plan(FIVE)).sale(november(10 * MILLION, share=3_000))
    assert shared is not None
    assert owed(plan(FIVE), NOVEMBER, shared).total == 150_000


def test_a_refund_of_a_shared_sale_is_shared_alike() -> None:
    sold = november(10 * MILLION, share=5_000)
    making = gatherer(plan(FIVE), sold)
    back = making.refund(refunded(sold, 10 * MILLION, share=10_000))
    assert back is not None
    assert back.amount == -5 * MILLION


def test_a_fixed_amount_is_paid_whatever_its_size() -> None:
    for amount in (1, 100, 101, 2_000_000):
        assert (
            owed(plan(Rule("fixed", PerThing(amount, "order"))), NOVEMBER, sale("2026-11-05", MILLION)).total == amount
        )


@given(st.lists(st.integers(1, 10**9), max_size=30))
def test_a_tenth_of_a_percent_of_many_small_sales_loses_no_dong(amounts: list[int]) -> None:
    by = plan(Rule("basic", Rate(Fraction(1, 1000))))
    found = owed(by, NOVEMBER, *(sale("2026-11-05", amount, n + 1) for n, amount in enumerate(amounts)))
    assert found.exact == Fraction(sum(amounts), 1000)
    assert abs(found.total - found.exact) <= Fraction(1, 2)


# --- from the book to entries ---


def made(by: Plan, *sales: Sale, **known: Any) -> list[Entry]:
    making = gatherer(by, *sales, **known)
    found = [making.refund(one) if one.kind == "refund" else making.sale(one) for one in sales]
    return [entry for entry in found if entry is not None]


@pytest.mark.parametrize("status", ["open", "cancelled", "returned", "unknown"])
def test_only_done_orders_count_and_a_refund_of_one_that_does_not_takes_nothing(status: Any) -> None:
    sold = november(10 * MILLION, status=status)
    assert made(plan(FIVE), sold, refunded(replace(sold, status="done"), MILLION)) == []


def test_a_refund_dated_before_its_sale_takes_nothing() -> None:
    sold = november(10 * MILLION)
    assert len(made(plan(FIVE), sold, replace(refunded(sold, MILLION), ordered=date(2026, 11, 1)))) == 1


@pytest.mark.parametrize(
    ("way", "month", "total"),
    [("claw_back", DECEMBER, -1_500_000), ("own_period", DECEMBER, -900_000), ("none", DECEMBER, 0)],
)
def test_a_plan_says_what_a_refund_does(way: Any, month: Any, total: int) -> None:
    by = tiered(refunds=way)
    sold = november(100 * MILLION)
    assert owed(by, month, *made(by, sold, refunded(sold, 30 * MILLION))).total == total


@pytest.mark.parametrize(("amount", "total"), [(10 * MILLION, -20_000), (9 * MILLION, 0)])
def test_a_fixed_amount_goes_with_the_whole_order_in_the_month_of_the_refund_too(amount: int, total: int) -> None:
    by = plan(Rule("fixed", PerThing(20_000, "order")), refunds="own_period")
    sold = november(10 * MILLION)
    assert owed(by, DECEMBER, *made(by, sold, refunded(sold, amount))).total == total


@pytest.mark.parametrize(
    ("kind", "fields", "day"),
    [
        ("ordered", {}, 5), ("completed", {"completed": date(2026, 11, 9)}, 9), ("completed", {}, 5),
        ("paid", {"paid": date(2026, 11, 12)}, 12), ("paid", {}, None),
    ],
)  # fmt: skip
def test_a_plan_says_which_day_counts(kind: Any, fields: dict[str, Any], day: int | None) -> None:
    found = made(plan(FIVE, date=kind), november(MILLION, **fields))
    assert [entry.day.day for entry in found] == ([] if day is None else [day])


def test_one_line_without_an_amount_has_what_the_others_leave() -> None:
    lines = (Line("máy", Fraction(1), 7 * MILLION), Line("phụ kiện", Fraction(3)))
    (entry,) = made(plan(FIVE), november(10 * MILLION, lines=lines))
    assert [(part.product, int(part.amount), int(part.units)) for part in entry.parts] == [
        ("máy", 7 * MILLION, 1), ("phụ kiện", 3 * MILLION, 3),
    ]  # fmt: skip
    (unclear,) = made(plan(FIVE), november(10 * MILLION, lines=(Line("a"), Line("b"))))
    assert unclear.doubt == "no_amount"
    assert owed(plan(FIVE), NOVEMBER, unclear).total == 500_000


def test_a_refund_without_lines_is_shared_out_by_value_and_says_so() -> None:
    lines = (Line("bảo hiểm", Fraction(1), 6 * MILLION), Line("phụ kiện", Fraction(2), 4 * MILLION))
    sold = november(10 * MILLION, lines=lines)
    found = made(plan(OF_A_PRODUCT), sold, refunded(sold, 5 * MILLION))
    assert found[1].doubt == "by_value"
    assert owed(plan(OF_A_PRODUCT), DECEMBER, *found).total == -150_000
    whole = made(plan(OF_A_PRODUCT), sold, refunded(sold, 10 * MILLION))
    assert (whole[1].doubt, owed(plan(OF_A_PRODUCT), DECEMBER, *whole).total) == ("", -300_000)


def test_who_bought_before_is_repeat_by_the_members_word_or_by_the_book() -> None:
    by = plan(Rule("repurchase", Rate(Fraction(2, 100)), Only(repeat=True)))
    said = november(10 * MILLION, repeat=True)
    known = november(10 * MILLION, 2, customer=9)
    new = november(10 * MILLION, 3, customer=4)
    assert owed(by, NOVEMBER, *made(by, said, known, new, customers=frozenset({9}))).total == 400_000
    firsts = plan(Rule("fixed", PerThing(50_000, "customer")))
    assert owed(firsts, NOVEMBER, *made(firsts, said, known, new, customers=frozenset({9}))).total == 50_000


def test_a_sale_that_is_marked_as_paid_came_in_unless_its_payments_are_known() -> None:
    by = plan(FIVE, base="received")
    sold = november(10 * MILLION, paid=date(2026, 11, 8))
    entry = gatherer(by, sold).paid_at_once(sold)
    assert entry is not None
    assert (entry.day, int(entry.amount)) == (date(2026, 11, 8), 10 * MILLION)
    assert gatherer(by, sold, payments={1: [(date(2026, 11, 8), MILLION)]}).paid_at_once(sold) is None


def test_things_done_are_entries_of_their_day() -> None:
    done = gatherer(plan(FIVE)).activity(Activity(3, "own", date(2026, 11, 5), "meeting", 2, 1, NOW))
    assert (done.thing, done.count, int(done.amount)) == ("meeting", 2, 0)


def test_a_version_may_change_which_day_counts() -> None:
    by = Plan(1, "", "month", (Version(None, (FIVE,)), Version(date(2026, 11, 1), (FIVE,), date="completed")))
    (entry,) = made(by, november(MILLION, completed=date(2026, 12, 2)))
    assert entry.day == date(2026, 12, 2)
