"""What is owed out of the book: only what a period needs is looked up, and it comes to the same as with everything."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.any_commission import DECEMBER, MILLION, NOVEMBER, OCTOBER, plans
from builders.kpi_books import NOW, memory_book
from builders.kpi_books import sale as sold
from toolkit.core.dates.periods import month
from toolkit.kpi.commission.entries import Names
from toolkit.kpi.commission.gathering import Gatherer
from toolkit.kpi.commission.plans import Only, PerThing, Plan, Rate, Rule, Version
from toolkit.kpi.commission.statement import statement
from toolkit.kpi.model import Activity, Line, Payment, Sale
from toolkit.kpi.service.owed import Owing, _Known

if TYPE_CHECKING:
    from toolkit.kpi.book import KpiBook

LATER = date(2027, 6, 30)
FIVE = Rule("basic", Rate(Fraction(5, 100)))


def five(**version: Any) -> Plan:
    return Plan(1, "", "month", (Version(None, (FIVE,), **version),))


def filled(*things: Any) -> KpiBook:
    book = memory_book()
    with book.recording("log", at=NOW) as recording:
        for thing in things:
            recording.add(thing)
    return book


@st.composite
def books(draw: st.DrawFn) -> list[Sale]:
    """Sales of three months with refunds of some, tied to their sale or not; every status."""
    found: list[Sale] = []
    number = 0
    for _ in range(draw(st.integers(0, 6))):
        number += 1
        day = draw(st.dates(date(2026, 10, 1), date(2026, 12, 31)))
        amount = draw(st.integers(1, 60 * MILLION))
        lines = (Line("bảo hiểm", Fraction(1), amount // 2), Line("phụ kiện", Fraction(2), amount - amount // 2))
        status = draw(st.sampled_from(["done", "done", "done", "open", "cancelled"]))
        made = sold(
            amount, ordered=day, lines=lines, status=status, customer_name=draw(st.sampled_from(["chị Hoa", ""])),
            share=draw(st.sampled_from([10_000, 5_000])), channel=draw(st.sampled_from(["zalo", ""])),
        )  # fmt: skip
        found.append(made)
        place = number
        if draw(st.booleans()):
            number += 1
            back = draw(st.integers(1, amount))
            tied = place if draw(st.booleans()) else 0
            later = day + timedelta(days=draw(st.integers(0, 70)))
            found.append(
                replace(made, kind="refund", status="done", amount=back, ordered=later, refunds=tied, lines=())
            )
    return found


@settings(max_examples=50)
@given(plans(), books())
def test_a_month_out_of_the_book_is_the_month_with_everything_known(by: Plan, sales: list[Sale]) -> None:
    book = filled(*sales)
    making = Gatherer(by, _Known(book, ()))
    kept = list(book.sales())
    entries = [making.refund(one) if one.kind == "refund" else making.sale(one) for one in kept]
    known = [entry for entry in entries if entry is not None]
    for period in (OCTOBER, NOVEMBER, DECEMBER, month(2027, 1), month(2027, 2)):
        everything = statement(by, period, known, names=Names({}), as_of=LATER)
        (looked_up,) = Owing(book, by, LATER).owed([period]).data.statements
        assert looked_up == everything


@settings(max_examples=15)
@given(plans(), books(), st.randoms(use_true_random=False))
def test_the_order_in_which_sales_were_typed_changes_no_total(by: Plan, sales: list[Sale], any_order: Any) -> None:
    sold_only = [one for one in sales if one.kind == "sale"]
    shuffled = list(sold_only)
    any_order.shuffle(shuffled)
    for period in (OCTOBER, NOVEMBER, DECEMBER):
        totals = [Owing(filled(*typed), by, LATER).owed([period]).data.total for typed in (sold_only, shuffled)]
        assert totals[0] == totals[1]


def test_a_refund_finds_its_sale_by_number_by_order_or_by_the_only_fitting_customer() -> None:
    first = sold(10 * MILLION, ordered=date(2026, 11, 3), order="A1", source="shop", lines=())
    back = replace(first, kind="refund", amount=4 * MILLION, ordered=date(2026, 12, 2))
    for refund, doubt in (
        (replace(back, refunds=1, order=""), ""),
        (replace(back, customer_name=""), ""),
        (replace(back, order="", source="log"), "same_customer"),
    ):
        (found,) = Owing(filled(first, refund), five(), LATER).owed([DECEMBER]).data.statements
        assert found.total == -200_000
        (line,) = found.lines
        assert (line.period, line.entry and line.entry.doubt) == (NOVEMBER.start, doubt)


def test_a_refund_that_fits_two_sales_of_a_customer_counts_in_its_own_month_and_says_so() -> None:
    first = sold(10 * MILLION, ordered=date(2026, 11, 3), lines=())
    second = sold(11 * MILLION, ordered=date(2026, 11, 4), lines=())
    back = sold(4 * MILLION, kind="refund", ordered=date(2026, 12, 2), lines=())
    outcome = Owing(filled(first, second, back), five(), LATER).owed([DECEMBER])
    assert outcome.data.total == -200_000
    assert outcome.data.statements[0].lines[0].period == DECEMBER.start
    assert [note.code for note in outcome.notes] == ["kpi.commission_doubt_no_sale"]


def test_nobody_in_particular_is_no_customer() -> None:
    by = Plan(1, "", "month", (Version(None, (Rule("repurchase", Rate(Fraction(1, 10)), Only(repeat=True)),)),))
    early = sold(MILLION, ordered=date(2026, 10, 3), customer_name="Khách lẻ", lines=())
    again = sold(MILLION, ordered=date(2026, 11, 3), customer_name="Khách lẻ", lines=())
    assert Owing(filled(early, again), by, LATER).owed([NOVEMBER]).data.total == 0
    hoa = [replace(one, customer_name="chị Hoa") for one in (early, again)]
    assert Owing(filled(*hoa), by, LATER).owed([NOVEMBER]).data.total == 100_000
    assert Owing(filled(*hoa), by, LATER).owed([OCTOBER]).data.total == 0


def test_orders_that_do_not_count_are_counted_in_notes() -> None:
    sales = [sold(MILLION, status=status, lines=()) for status in ("open", "unknown", "cancelled", "returned", "done")]
    outcome = Owing(filled(*sales), five(), LATER).owed([NOVEMBER])
    assert outcome.data.left_out == Counter(open=1, unknown=1, cancelled=1, returned=1)
    assert outcome.data.total == 50_000
    assert [note.code.removeprefix("kpi.commission_left_") for note in outcome.notes] == [
        "open", "unknown", "cancelled", "returned",
    ]  # fmt: skip


def test_payments_and_sales_paid_at_once_are_the_base_of_a_plan_on_money() -> None:
    by = five(base="received")
    credit = sold(10 * MILLION, ordered=date(2026, 10, 3), lines=())
    book = filled(credit)
    with book.recording("log", at=NOW) as recording:
        recording.add(Payment(0, "own", date(2026, 11, 9), 4 * MILLION, 0, NOW, sale=1))
        recording.add(sold(2 * MILLION, ordered=date(2026, 11, 9), paid=date(2026, 11, 9), lines=()))
    assert Owing(book, by, LATER).owed([OCTOBER]).data.total == 0
    assert Owing(book, by, LATER).owed([NOVEMBER]).data.total == 300_000
    assert Owing(book, by, date(2026, 11, 8)).owed([NOVEMBER]).data.total == 0


def test_what_was_done_counts_for_a_plan_that_pays_for_it() -> None:
    by = Plan(1, "", "month", (Version(None, (Rule("event", PerThing(50_000, "meeting")),)),))
    book = filled(
        Activity(0, "own", date(2026, 11, 5), "meeting", 3, 0, NOW),
        Activity(0, "own", date(2026, 11, 5), "call", 9, 0, NOW),
    )
    assert Owing(book, by, LATER).owed([NOVEMBER]).data.total == 150_000
    assert Owing(book, by, date(2026, 11, 4)).owed([NOVEMBER]).data.total == 0


def test_sales_completed_in_a_later_month_count_there() -> None:
    by = five(date="completed")
    book = filled(sold(MILLION, ordered=date(2026, 10, 30), completed=date(2026, 11, 2), lines=()))
    assert [Owing(book, by, LATER).owed([period]).data.total for period in (OCTOBER, NOVEMBER)] == [0, 50_000]
