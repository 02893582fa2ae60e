"""Budgets: which number holds in which month, what is left of it, and what one month hands on to the next."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders.money_months import TODAY, entries, entry
from toolkit.core.dates.periods import Period, month, month_of, quarter, shifted, year_period
from toolkit.core.workdays import FIVE_DAYS, WorkCalendar
from toolkit.expenses.budgets import (
    TOTAL,
    Limits,
    Rollover,
    Rule,
    Status,
    covers,
    limit_over,
    note_for,
    same_scope,
    scope_named,
    spending,
    status,
    statuses,
    whole_months,
)
from toolkit.expenses.categories import LEAVES, PARENTS
from toolkit.expenses.model import Entry, Kind

NOVEMBER = month(2026, 11)
LABELS = {
    "total": "mọi khoản chi", "eating": "Ăn uống", "home": "Nhà ở", "buying": "Mua sắm", "wellbeing": "Sức khỏe",
    "ceremonies": "Hiếu hỉ", "food": "ăn ngoài", "groceries": "đi chợ", "housing": "nhà ở",
    "utilities": "điện nước, mạng", "shopping": "mua sắm", "health": "sức khỏe", "gifts": "hiếu hỉ, quà",
}  # fmt: skip


def first(number: int, year: int = 2026) -> date:
    return date(year, number, 1)


def stands(rules: list[Rule], spent: dict[tuple[date, str], int], day: date = TODAY, scope: str = "food") -> Status:
    found = status(scope, month_of(day), day, Limits(rules), spent)
    assert found is not None
    return found


def test_a_budget_holds_from_its_month_on_until_another_one() -> None:
    limits = Limits(
        [Rule("food", first(3), 3_000_000), Rule("food", first(9), 2_500_000), Rule("food", first(12), None)]
    )
    held = {number: rule.amount if (rule := limits.at("food", first(number))) else None for number in range(1, 13)}
    before, after = dict.fromkeys(range(3, 9), 3_000_000), dict.fromkeys((9, 10, 11), 2_500_000)
    assert held == {1: None, 2: None, **before, **after, 12: None}


def test_a_month_may_have_a_budget_of_its_own_or_none() -> None:
    limits = Limits(
        [
            Rule("food", first(1), 3_000_000),
            Rule("food", first(2), 5_000_000, standing=False),
            Rule("food", first(3), None, standing=False),
            Rule("pets", first(3), 1, standing=False),
        ]
    )
    assert [rule.amount if (rule := limits.at("food", first(n))) else None for n in (1, 2, 3, 4)] == [
        3_000_000, 5_000_000, None, 3_000_000,
    ]  # fmt: skip
    assert limits.scopes(first(3)) == ("pets",)
    assert limits.scopes(first(4)) == ("food",)


def test_where_a_budget_stands() -> None:
    found = stands([Rule("food", first(11), 3_000_000)], {(first(11), "food"): 1_250_000, (first(10), "food"): 9})
    assert (found.left, int(found.days_left), found.per_day, found.state) == (1_750_000, 12, 145_833, "within")
    assert (found.used, found.passed) == (Fraction(5, 12), Fraction(18, 30))


@pytest.mark.parametrize(
    ("spent", "state", "left", "per_day"),
    [
        (0, "within", 3_000_000, 250_000), (1_800_000, "within", 1_200_000, 100_000),
        (1_800_001, "ahead", 1_199_999, 99_999), (3_000_000, "ahead", 0, None), (3_000_001, "over", -1, None),
    ],
)  # fmt: skip
def test_the_state_of_a_budget_compares_money_with_days(spent: int, state: str, left: int, per_day: int | None) -> None:
    found = stands([Rule("food", first(11), 3_000_000)], {(first(11), "food"): spent})
    assert (found.state, found.left, found.per_day) == (state, left, per_day)


def test_a_month_that_is_over_has_passed_and_one_to_come_has_not_begun() -> None:
    rules = [Rule("food", first(1), 100)]
    over = status("food", month(2026, 10), TODAY, Limits(rules), {})
    coming = status("food", month(2026, 12), TODAY, Limits(rules), {})
    assert over is not None
    assert coming is not None
    assert (int(over.passed), int(over.days_left), over.per_day) == (1, 0, None)
    assert (float(coming.passed), int(coming.days_left)) == (0, 31)


def test_the_pace_may_count_working_days() -> None:
    found = status(
        "food", NOVEMBER, TODAY, Limits([Rule("food", first(11), 100)]), {}, calendar=WorkCalendar(FIVE_DAYS)
    )
    assert found is not None
    # 21 weekdays, the 24th is the Day of Culture; after Wednesday the 18th: 19, 20, 23, 25, 26, 27, 30.
    assert (found.passed, found.days_left) == (Fraction(13, 20), Fraction(7))


@given(entries(), st.sampled_from([TOTAL, *PARENTS, *(one.id for one in LEAVES.values() if one.kind is Kind.EXPENSE)]))
def test_what_a_budget_has_spent_is_the_sum_of_the_expenses_in_it(written: list[Entry], scope: str) -> None:
    spent = spending(written)
    found = status(scope, NOVEMBER, TODAY, Limits([Rule(scope, first(1), 10**9)]), spent)
    assert found is not None
    assert found.spent == sum(
        one.amount
        for one in written
        if one.kind is Kind.EXPENSE and one.currency == "VND" and one.day in NOVEMBER and covers(scope, one.category)
    )
    assert found.left + found.spent == found.available


@given(entries())
def test_the_categories_of_a_parent_and_all_parents_together_are_the_whole(written: list[Entry]) -> None:
    parents = dict.fromkeys(one.parent for one in LEAVES.values() if one.kind is Kind.EXPENSE)
    limits = Limits([Rule(scope, first(1), 1) for scope in (TOTAL, *parents)])
    total, *others = statuses(NOVEMBER, TODAY, limits, spending(written))
    assert total.scope == TOTAL
    assert total.spent == sum(one.spent for one in others)


MONTHS = st.integers(1, 12)
SPENT = st.dictionaries(MONTHS.map(first).map(lambda day: (day, "food")), st.integers(0, 10**9))


@given(SPENT, st.sampled_from(["left", "both"]), st.integers(1, 10**9))
def test_what_is_handed_on_is_what_all_months_before_have_left(
    spent: dict[tuple[date, str], int], rollover: Rollover, amount: int
) -> None:
    rules = [Rule("food", first(1), amount, rollover=rollover)]
    handed_on = 0
    for number in range(1, 13):
        found = stands(rules, spent, date(2026, number, 15))
        assert found.carried == handed_on
        handed_on = found.left if rollover == "both" else max(found.left, 0)
    if rollover == "both":
        assert handed_on == 12 * amount - sum(spent.values())


@given(SPENT)
def test_without_rollover_every_month_begins_anew(spent: dict[tuple[date, str], int]) -> None:
    for number in range(1, 13):
        assert stands([Rule("food", first(1), 500)], spent, date(2026, number, 1)).carried == 0


def test_a_month_without_a_budget_hands_nothing_on() -> None:
    rules = [Rule("food", first(1), 100, rollover="left"), Rule("food", first(3), None, standing=False)]
    assert stands(rules, {}, date(2026, 2, 1)).carried == 100
    assert stands(rules, {}, date(2026, 4, 1)).carried == 0
    assert stands(rules, {}, date(2026, 5, 1)).carried == 100


def test_only_the_months_that_hand_something_on_have_to_be_read() -> None:
    limits = Limits([Rule("food", first(2), 1), Rule("pets", first(5), 1, rollover="left")])
    assert limits.since(first(11)) == first(5)
    assert Limits([Rule("food", first(2), 1)]).since(first(11)) == first(11)
    assert Limits([Rule("food", date(1900, 1, 1), 1, rollover="both")]).since(first(11)) == first(11, 2006)


def test_a_receipt_speaks_of_the_narrowest_budget() -> None:
    spent = spending([entry(TODAY, 45_000)])
    rules = [Rule(TOTAL, first(1), 10**7), Rule("eating", first(1), 10**6), Rule("food", first(1), 10**5)]
    for known, scope in ((rules, "food"), (rules[:2], "eating"), (rules[:1], TOTAL)):
        found = note_for("food", TODAY, TODAY, Limits(known), spent)
        assert found is not None
        assert (found.scope, found.spent) == (scope, 45_000)
    assert note_for("pets", TODAY, TODAY, Limits(rules[1:]), spent) is None
    assert note_for("gone", TODAY, TODAY, Limits(rules[1:]), spent) is None


def test_the_budget_of_a_longer_time_is_the_sum_of_its_months() -> None:
    limits = Limits([Rule("food", first(1), 100), Rule("food", first(9), 200), Rule("pets", first(9), 5)])
    assert limit_over(limits, quarter(2026, 3))("food") == 400
    assert limit_over(limits, quarter(2026, 3))("pets") is None
    assert limit_over(limits, Period(first(1), date(2026, 2, 3)))("food") is None
    assert limit_over(limits, year_period(2026))("food") == 1600


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 40))
def test_whole_months_tile_their_period(day: date, count: int) -> None:
    period = Period(month_of(day).start, shifted(month_of(day), count).start)
    months = whole_months(period)
    assert len(months) == count
    assert [shifted(month_of(one), 1).start for one in months[:-1]] == list(months[1:])
    assert whole_months(Period(period.start, period.end + timedelta(days=1))) == ()


@pytest.mark.parametrize(
    ("typed", "scope"),
    [
        ("food", "food"), ("FOOD", "food"), ("an-uong", "eating"), ("Ăn uống", "eating"), ("an uong", "eating"),
        ("ăn ngoài", "food"), ("an_ngoai", "food"), ("total", "total"), ("moi khoan chi", "total"),
        ("điện nước", "utilities"), ("mang", "utilities"), ("qua", "gifts"),
        ("chợ", "groceries"), ("housing", "housing"), ("home", "home"),
        ("hieu hi", "ceremonies"), ("ngoài", "food"),
    ],
)  # fmt: skip
def test_a_budget_is_named_as_members_name_it(typed: str, scope: str) -> None:
    assert scope_named(typed, LABELS).value == scope


@pytest.mark.parametrize(("typed", "scopes"), [("nhà ở", {"home", "housing"}), ("mua sam", {"buying", "shopping"})])
def test_a_name_that_is_a_group_and_a_category_is_asked(typed: str, scopes: set[str]) -> None:
    readings = scope_named(typed, LABELS)
    assert set(readings.values) == scopes
    assert readings.code == "expenses.scope_ambiguous"
    assert same_scope(readings.values) is None


def test_a_group_of_one_category_is_that_category() -> None:
    assert set(scope_named("sức khỏe", LABELS).values) == {"wellbeing", "health"}
    assert same_scope(["wellbeing", "health"]) == "health"


@given(st.text(max_size=300))
def test_any_name_is_read_or_refused(typed: str) -> None:
    readings = scope_named(typed, LABELS)
    assert set(readings.values) <= set(LABELS)
    assert readings.code or readings.certain


@given(SPENT, st.integers(1, 10**9), st.dates(first(1), date(2026, 12, 31)))
def test_what_is_left_a_day_is_never_more_than_what_is_left(
    spent: dict[tuple[date, str], int], amount: int, today: date
) -> None:
    found = stands([Rule("food", first(1), amount, rollover="both")], spent, today)
    assume(found.per_day is not None)
    assert found.per_day is not None
    assert 0 <= found.per_day * found.days_left <= found.left
