"""Statements: every đồng of a commission has a line, whatever is sold, refunded or changed on the way."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings

from builders.any_commission import (
    DECEMBER,
    MILLION,
    NOVEMBER,
    OCTOBER,
    RETROACTIVE,
    ledgers,
    owed,
    plan,
    plans,
    refund,
    sale,
    tiered,
)
from toolkit.core.dates.periods import month, quarter
from toolkit.kpi.commission.accruals import rounded
from toolkit.kpi.commission.entries import Entry, Names, Part
from toolkit.kpi.commission.plans import (
    Bonus,
    ByCompletion,
    Each,
    OnDay,
    Only,
    PerThing,
    Plan,
    Rate,
    Rule,
    Salary,
    Version,
)
from toolkit.kpi.commission.rates import Levels, Tier, Tiers
from toolkit.kpi.model import Product

FIVE = Rule("basic", Rate(Fraction(5, 100)))


@pytest.mark.parametrize(
    ("base", "marginal", "retroactive"),
    [
        (0, 0, 0),
        (49_999_999, 1_500_000, 1_500_000),
        (50_000_000, 1_500_000, 2_500_000),
        (50_000_001, 1_500_000, 2_500_000),
        (99_999_999, 4_000_000, 5_000_000),
        (100_000_000, 4_000_000, 8_000_000),
        (120_000_000, 5_600_000, 9_600_000),
    ],
)
def test_three_five_and_eight_percent_of_a_month(base: int, marginal: int, retroactive: int) -> None:
    halves = [sale("2026-11-05", base // 2, 1), sale("2026-11-20", base - base // 2, 2)]
    assert owed(tiered(), NOVEMBER, *halves).total == marginal
    assert owed(tiered("retroactive"), NOVEMBER, *halves).total == retroactive


def test_the_line_of_a_sale_tells_how_much_of_it_fell_into_which_tier() -> None:
    (line,) = owed(tiered(), NOVEMBER, sale("2026-11-05", 120 * MILLION)).lines
    assert [(int(part.high - part.low), part.rate) for part in line.slices] == [
        (50 * MILLION, Fraction(3, 100)),
        (50 * MILLION, Fraction(5, 100)),
        (20 * MILLION, Fraction(8, 100)),
    ]


def test_a_refund_of_next_month_takes_back_what_it_had_earned() -> None:
    sold = sale("2026-11-05", 120 * MILLION)
    back = refund(sold, "2026-12-03", 30 * MILLION)
    assert owed(tiered(), NOVEMBER, sold, back).total == 5_600_000
    found = owed(tiered(), DECEMBER, sold, back)
    assert found.total == -2_100_000
    assert [line.period for line in found.lines] == [NOVEMBER.start]
    assert owed(tiered("retroactive"), DECEMBER, sold, back).total == 4_500_000 - 9_600_000


def test_a_refund_leaves_the_tiers_of_its_own_month_alone() -> None:
    sold = sale("2026-11-05", 120 * MILLION)
    december = sale("2026-12-02", 60 * MILLION)
    back = refund(sold, "2026-12-03", 30 * MILLION)
    assert owed(tiered(), DECEMBER, sold, december, back).total == 2_000_000 - 2_100_000


def test_a_refund_whose_sale_is_unknown_counts_in_its_own_month() -> None:
    sold = sale("2026-12-02", 60 * MILLION)
    back = refund(sold, "2026-12-20", 20 * MILLION, linked=False)
    assert owed(tiered(), DECEMBER, sold, back).total == 1_200_000


def test_a_sale_after_the_day_asked_about_does_not_count_yet() -> None:
    sales = [sale("2026-11-05", 10 * MILLION, 1), sale("2026-11-21", 10 * MILLION, 2)]
    assert owed(plan(FIVE), NOVEMBER, *sales, as_of=date(2026, 11, 20)).total == 500_000


def test_two_versions_of_one_month_pay_their_own_days_and_the_base_runs_on() -> None:
    after = Tiers((Tier(0, Fraction(4, 100)), Tier(60 * MILLION, Fraction(10, 100))))
    changed = Plan(
        1, "", "month",
        (Version(None, (FIVE,)), Version(date(2026, 11, 16), (Rule("tier", after),))),
    )  # fmt: skip
    sales = [sale("2026-11-05", 50 * MILLION, 1), sale("2026-11-20", 30 * MILLION, 2)]
    # 50tr at 5 %, then from a base of 50tr: 10tr at 4 % and 20tr at 10 %
    assert owed(changed, NOVEMBER, *sales).total == 2_500_000 + 400_000 + 2_000_000
    whole = Plan(1, "", "month", (changed.versions[0], Version(date(2026, 11, 16), (Rule("tier", RETROACTIVE),))))
    assert owed(whole, NOVEMBER, *sales).total == 2_500_000 + 30 * MILLION * 5 // 100


def test_a_refund_goes_by_the_version_that_its_sale_was_paid_by() -> None:
    changed = Plan(
        1, "", "month",
        (Version(None, (FIVE,)), Version(date(2026, 12, 1), (Rule("basic", Rate(Fraction(1, 10))),))),
    )  # fmt: skip
    sold = sale("2026-11-05", 20 * MILLION)
    assert owed(changed, DECEMBER, sold, refund(sold, "2026-12-03", 10 * MILLION)).total == -500_000


def test_what_lies_before_a_plan_is_named_and_not_paid() -> None:
    found = owed(
        plan(FIVE, start=date(2026, 11, 10)), NOVEMBER, sale("2026-11-05", MILLION), sale("2026-11-12", MILLION)
    )
    assert found.total == 50_000
    assert [entry.day.day for entry in found.unpaid] == [5]


def test_levels_by_completion_of_a_fixed_target() -> None:
    steps = ((50, 2_500_000), (80, 6 * MILLION), (100, 10 * MILLION), (150, 18 * MILLION))
    levels = Levels(tuple((Fraction(done, 100), paid) for done, paid in steps), "linear")
    by = plan(Rule("level", ByCompletion(levels, quota=100 * MILLION)))
    for done, paid in ((40, 2), (50, Fraction(5, 2)), (90, 8), (100, 10), (125, 14), (200, 18)):
        found = owed(by, NOVEMBER, sale("2026-11-05", done * MILLION))
        assert found.total == paid * MILLION
        assert found.lines[0].completion == Fraction(done, 100)


def test_levels_go_by_the_members_own_target_and_without_one_nothing_is_made_up() -> None:
    by = plan(Rule("level", ByCompletion(Levels(((Fraction(1), 10 * MILLION),)))))
    reached = owed(by, NOVEMBER, completion=lambda metric, _: Fraction(1) if metric == "revenue" else None)
    assert (reached.total, reached.missing) == (10 * MILLION, ())
    unknown = owed(by, NOVEMBER)
    assert (unknown.total, unknown.lines, unknown.missing) == (0, (), ("revenue",))


def test_a_rate_by_completion_is_of_the_whole_base() -> None:
    levels = Levels(((Fraction(4, 5), Fraction(1, 100)), (Fraction(1), Fraction(2, 100))))
    by = plan(Rule("level", ByCompletion(levels, rates=True, quota=100 * MILLION)))
    assert owed(by, NOVEMBER, sale("2026-11-05", 90 * MILLION)).total == 900_000
    assert (
        owed(by, NOVEMBER, sale("2026-11-05", 60 * MILLION, 1), sale("2026-11-06", 60 * MILLION, 2)).total == 2_400_000
    )


def test_a_product_with_a_rate_of_its_own_leaves_the_general_base() -> None:
    own = Rule("add_on", Rate(Fraction(1, 10)), Only(products=("phụ kiện",)), instead=True)
    on_top = Rule("add_on", Rate(Fraction(1, 10)), Only(products=("phụ kiện",)))
    parts = (
        Part("máy lọc nước", Fraction(8 * MILLION), Fraction(1)),
        Part("Phụ kiện", Fraction(2 * MILLION), Fraction(3)),
    )
    sold = sale("2026-11-05", 10 * MILLION, parts=parts)
    assert owed(plan(FIVE, own), NOVEMBER, sold).total == 400_000 + 200_000
    assert owed(plan(FIVE, on_top), NOVEMBER, sold).total == 500_000 + 200_000


def test_what_comes_on_top_comes_on_top_of_a_rate_of_its_own_too() -> None:
    own = Rule("add_on", Rate(Fraction(1, 10)), Only(products=("phụ kiện",)), instead=True)
    again = Rule("repurchase", Rate(Fraction(1, 100)), Only(repeat=True))
    sold = sale("2026-11-05", 10 * MILLION, product="phụ kiện", repeat=True)
    found = owed(plan(FIVE, own, again), NOVEMBER, sold)
    assert [(line.rule, line.whole) for line in found.lines] == [(1, 1_000_000), (2, 100_000)]


def test_of_two_rates_of_its_own_the_first_counts() -> None:
    first = Rule("add_on", Rate(Fraction(1, 10)), Only(products=("phụ kiện",)), instead=True)
    second = Rule("repurchase", Rate(Fraction(2, 100)), Only(repeat=True), instead=True)
    sold = sale("2026-11-05", 10 * MILLION, product="phụ kiện", repeat=True)
    assert owed(plan(FIVE, first, second), NOVEMBER, sold).total == 1_000_000
    assert owed(plan(FIVE, second, first), NOVEMBER, sold).total == 200_000


def test_a_rule_for_a_category_or_an_alias_finds_its_products() -> None:
    shelf = Names({"p1": Product("p1", "Ốp lưng trong", "Phụ kiện", ("ốp",))})
    for named in ("phụ kiện", "PHU KIEN", "ốp", "ốp lưng trong"):
        by = plan(Rule("add_on", Rate(Fraction(1, 10)), Only(products=(named,))))
        for product in ("p1", "Ốp lưng trong", "ốp"):
            assert owed(by, NOVEMBER, sale("2026-11-05", MILLION, product=product), names=shelf).total == 100_000
        assert owed(by, NOVEMBER, sale("2026-11-05", MILLION, product="kính"), names=shelf).total == 0


def test_fixed_amounts_count_orders_by_the_members_share_and_pieces() -> None:
    sold = sale("2026-11-05", MILLION, 1, units=3, share=Fraction(1, 2))
    other = sale("2026-11-06", MILLION, 2)
    assert owed(plan(Rule("fixed", PerThing(20_000, "order"))), NOVEMBER, sold, other).total == 30_000
    assert owed(plan(Rule("fixed", PerThing(5_000, "unit"))), NOVEMBER, sold, other).total == 20_000


def test_only_a_whole_refund_takes_an_orders_fixed_amount_back() -> None:
    by = plan(Rule("fixed", PerThing(20_000, "order")))
    sold = sale("2026-11-05", MILLION)
    half = refund(sold, "2026-12-02", MILLION // 2, 11)
    rest = refund(sold, "2026-12-09", MILLION // 2, 12)
    assert owed(by, DECEMBER, sold, half).total == 0
    assert owed(by, DECEMBER, sold, half, rest).total == -20_000


def test_a_bonus_comes_with_the_count_and_goes_with_it() -> None:
    by = plan(Rule("event", Bonus(MILLION, "order", 2)))
    first, second = sale("2026-11-05", MILLION, 1), sale("2026-11-06", MILLION, 2)
    assert owed(by, NOVEMBER, first).total == 0
    assert owed(by, NOVEMBER, first, second).total == MILLION
    assert owed(by, DECEMBER, first, second, refund(second, "2026-12-01", MILLION)).total == -MILLION
    again = plan(Rule("event", Bonus(500_000, "amount", 10 * MILLION, again=True)))
    assert owed(again, NOVEMBER, sale("2026-11-05", 35 * MILLION)).total == 1_500_000


def test_a_bonus_that_an_earlier_version_paid_is_not_paid_again() -> None:
    bonus = Rule("event", Bonus(MILLION, "order", 2))
    changed = Plan(1, "", "month", (Version(None, (bonus,)), Version(date(2026, 11, 16), (bonus,))))
    early = [sale("2026-11-05", MILLION, 1), sale("2026-11-06", MILLION, 2)]
    assert owed(changed, NOVEMBER, *early, sale("2026-11-20", MILLION, 3)).total == MILLION
    assert owed(changed, NOVEMBER, early[0], sale("2026-11-20", MILLION, 3)).total == MILLION


def test_a_plan_pays_nothing_from_the_day_on_which_it_ended() -> None:
    ended = Plan(1, "", "month", (Version(None, (FIVE,)),), ended=date(2026, 11, 16))
    found = owed(ended, NOVEMBER, sale("2026-11-05", MILLION, 1), sale("2026-11-20", MILLION, 2))
    assert (found.total, len(found.unpaid)) == (50_000, 1)


def test_things_done_are_paid_by_the_piece() -> None:
    by = plan(Rule("event", PerThing(50_000, "meeting")))
    done = [
        Entry("activity", 1, date(2026, 11, 5), thing="meeting", count=3),
        Entry("activity", 2, date(2026, 11, 6), thing="call", count=9),
    ]
    assert owed(by, NOVEMBER, *done).total == 150_000


def test_a_bonus_on_a_day_waits_for_the_day() -> None:
    by = plan(Rule("event", OnDay(2 * MILLION, date(2026, 11, 20))))
    assert owed(by, NOVEMBER, as_of=date(2026, 11, 19)).total == 0
    assert owed(by, NOVEMBER, as_of=date(2026, 11, 20)).total == 2 * MILLION
    assert owed(by, DECEMBER).total == 0


def test_a_salary_is_by_days_where_a_plan_begins_inside_a_month() -> None:
    assert owed(plan(Rule("salary", Salary(6 * MILLION))), NOVEMBER).total == 6 * MILLION
    assert owed(plan(Rule("salary", Salary(6 * MILLION)), start=date(2026, 11, 16)), NOVEMBER).total == 3 * MILLION


def test_a_period_that_has_not_begun_owes_nothing_yet() -> None:
    by = plan(Rule("salary", Salary(6 * MILLION)), FIVE, floor=MILLION)
    assert owed(by, DECEMBER, as_of=date(2026, 11, 30)).lines == ()
    assert owed(by, DECEMBER, as_of=date(2026, 12, 1)).total == 7 * MILLION


def test_a_most_and_a_least_have_lines_of_their_own_and_leave_the_salary_alone() -> None:
    by = plan(Rule("salary", Salary(5 * MILLION)), FIVE, cap=4 * MILLION, floor=2 * MILLION)
    much = owed(by, NOVEMBER, sale("2026-11-05", 100 * MILLION))
    assert (much.total, [line.kind for line in much.lines]) == (9 * MILLION, ["salary", "entry", "cap"])
    little = owed(by, NOVEMBER, sale("2026-11-05", 10 * MILLION))
    assert (little.total, [line.kind for line in little.lines]) == (7 * MILLION, ["salary", "entry", "floor"])


def test_a_refund_above_the_most_takes_nothing_back() -> None:
    by = plan(FIVE, cap=4 * MILLION)
    sold = sale("2026-11-05", 100 * MILLION)
    assert owed(by, DECEMBER, sold, refund(sold, "2026-12-01", 20 * MILLION)).total == 0
    assert owed(by, DECEMBER, sold, refund(sold, "2026-12-01", 40 * MILLION)).total == -MILLION


def test_a_rules_own_most_is_its_own() -> None:
    capped = Rule("basic", Rate(Fraction(5, 100)), cap=MILLION)
    found = owed(plan(capped, Rule("fixed", PerThing(20_000, "order"))), NOVEMBER, sale("2026-11-05", 100 * MILLION))
    assert found.total == MILLION + 20_000


def test_tiers_by_order_look_at_each_order_by_itself() -> None:
    steps = Tiers((Tier(0, Fraction(1, 10)), Tier(5 * MILLION, Fraction(15, 100))), "retroactive")
    by = plan(Rule("tier", Each(steps)))
    small, large = sale("2026-11-05", 4 * MILLION, 1), sale("2026-11-06", 6 * MILLION, 2)
    assert owed(by, NOVEMBER, small, large).total == 400_000 + 900_000
    assert owed(by, DECEMBER, small, large, refund(large, "2026-12-01", 2 * MILLION)).total == 400_000 - 900_000


def test_pieces_may_have_tiers_in_dong_a_piece() -> None:
    steps = Tiers((Tier(0, Fraction(5_000)), Tier(100, Fraction(8_000))))
    by = plan(Rule("tier", steps), base="units")
    assert owed(by, NOVEMBER, sale("2026-11-05", MILLION, units=120)).total == 500_000 + 160_000


def test_money_that_came_in_is_the_base_where_the_plan_says_so() -> None:
    by = plan(FIVE, base="received")
    sold = sale("2026-11-05", 10 * MILLION)
    part = Entry(
        "payment", 7, date(2026, 11, 9), Fraction(4 * MILLION), (Part("", Fraction(4 * MILLION), Fraction(0)),)
    )
    assert owed(by, NOVEMBER, sold, part).total == 200_000


@pytest.mark.parametrize(("step", "total"), [(1, 1_235), (100, 1_200), (1000, 1_000)])
def test_a_total_is_rounded_once(step: int, total: int) -> None:
    by = Plan(1, "", "month", (Version(None, (Rule("basic", Rate(Fraction(1, 3))),)),), rounding=step)
    found = owed(by, NOVEMBER, *(sale("2026-11-05", 1_234 + n, n + 1) for n in range(3)))
    assert found.exact == Fraction(1_234 * 3 + 3, 3)
    assert found.total == total
    assert sum(line.whole for line in found.lines) == total


def test_weeks_quarters_and_years_are_periods_too() -> None:
    by = Plan(1, "", "quarter", tiered().versions)
    sales = [sale("2026-10-05", 60 * MILLION, 1), sale("2026-12-05", 60 * MILLION, 2)]
    assert owed(by, quarter(2026, 4), *sales).total == 5_600_000
    assert by.periods_of(quarter(2026, 4)) == (quarter(2026, 4),)
    assert by.periods_of(NOVEMBER) is None
    assert tiered().periods_of(quarter(2026, 4)) == (OCTOBER, NOVEMBER, DECEMBER)


# --- whatever is sold ---


@settings(max_examples=120)
@given(plans(), ledgers())
def test_lines_sum_to_the_total_to_the_dong(by: Plan, entries: list[Entry]) -> None:
    for period in (OCTOBER, NOVEMBER, DECEMBER, month(2027, 1)):
        found = owed(by, period, *entries)
        assert sum(line.whole for line in found.lines) == found.total
        assert found.total == rounded(found.exact / by.rounding) * by.rounding
        assert sum((part.amount for line in found.lines for part in line.slices), Fraction(0)) == sum(
            (line.amount for line in found.lines if line.slices), Fraction(0)
        )


@settings(max_examples=80)
@given(plans(), ledgers())
def test_the_order_in_which_things_were_typed_changes_no_line(by: Plan, entries: list[Entry]) -> None:
    shuffled = list(entries)
    random.Random(7).shuffle(shuffled)
    for period in (OCTOBER, NOVEMBER, DECEMBER):
        assert owed(by, period, *entries) == owed(by, period, *shuffled)


@settings(max_examples=80)
@given(plans(), ledgers())
def test_months_sum_to_what_the_plan_comes_to_with_every_refund_known(by: Plan, entries: list[Entry]) -> None:
    """Accruals sum to f(total): booking refunds month by month ends where booking all of them at once would."""
    months = [month(2026, number) for number in (10, 11, 12)] + [month(2027, number) for number in (1, 2, 3)]
    booked = sum((owed(by, period, *entries).exact for period in months), Fraction(0))
    exact = Plan(1, "", "month", by.versions)
    moved = [_on_its_sales_day(entry) for entry in entries]
    at_once = sum((owed(exact, period, *moved).exact for period in months), Fraction(0))
    assert booked == at_once


def _on_its_sales_day(entry: Entry) -> Entry:
    from dataclasses import replace

    return replace(entry, day=entry.origin) if entry.origin is not None else entry


@settings(max_examples=60)
@given(ledgers())
def test_marginal_tiers_of_three_months_are_the_tiers_of_each_net_month(entries: list[Entry]) -> None:
    by = tiered()
    months = [month(2026, number) for number in (10, 11, 12)] + [month(2027, number) for number in (1, 2, 3)]
    booked = sum((owed(by, period, *entries).exact for period in months), Fraction(0))
    tiers = by.versions[0].rules[0].pay
    assert isinstance(tiers, Tiers)
    net = [sum((one.amount for one in entries if one.earned_on in period), Fraction(0)) for period in months]
    assert booked == sum((tiers.commission(base) for base in net), Fraction(0))
